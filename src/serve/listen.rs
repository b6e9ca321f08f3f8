//! Connections: so many at once, those that ask nothing the first to make room, and none that is cut off while it is
//! answered.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout};

/// How long a request's head may take to come, the time since the last one included.
const HEAD: Duration = Duration::from_secs(15);

/// The most bytes of a head.
const HEAD_BYTES: usize = 32 << 10;

/// The most lines of a head.
const HEAD_LINES: usize = 64;

/// How long nothing of an answer may be taken before its taker is given up.
const TAKEN: Duration = Duration::from_secs(30);

/// How long is waited for requests that are being answered when the service stops.
const END: Duration = Duration::from_secs(30);

/// What is said where all connections are taken.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// How often a connection that is to end is looked at while something of it is answered.
const LAST: Duration = Duration::from_millis(50);

/// How long one that comes waits for the place of one that ends.
const ROOM: Duration = Duration::from_millis(500);

/// Connections, so many at once. Where all places are taken, the one that has been idle for the longest time makes room.
#[derive(Debug)]
pub struct Connections {
    places: Arc<Semaphore>,
    all: u32,
    open: Arc<Mutex<Open>>,
}

/// Those that are open.
#[derive(Debug, Default)]
struct Open {
    last: u64,
    all: HashMap<u64, Arc<One>>,
}

/// One of them, as the others see it.
#[derive(Debug)]
struct One {
    /// Since when nothing of it is answered, where nothing is.
    idle: Mutex<Option<Instant>>,
    /// Whether its other end is slow to take what is written.
    slow: AtomicBool,
    /// Whether it was told to end.
    told: AtomicBool,
    end: Notify,
}

impl One {
    fn new() -> One {
        One {
            idle: Mutex::new(Some(Instant::now())),
            slow: AtomicBool::new(false),
            told: AtomicBool::new(false),
            end: Notify::new(),
        }
    }

    /// Since when it has been of no use.
    fn idle_since(&self) -> Option<Instant> {
        if self.slow.load(Ordering::Relaxed) { None } else { *locked(&self.idle) }
    }

    fn end(&self) {
        self.told.store(true, Ordering::Relaxed);
        self.end.notify_one();
    }
}

/// That something of a connection is answered.
#[derive(Debug)]
struct Answering(Arc<One>);

impl Answering {
    fn new(one: &Arc<One>) -> Answering {
        *locked(&one.idle) = None;
        Answering(Arc::clone(one))
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        *locked(&self.0.idle) = Some(Instant::now());
    }
}

/// The place of a connection among the others.
#[derive(Debug)]
struct Place {
    number: u64,
    open: Arc<Mutex<Open>>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        locked(&self.open).all.remove(&self.number);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connections {
    /// So many.
    pub fn new(all: u16) -> Connections {
        Connections { places: Arc::new(Semaphore::new(all.into())), all: all.into(), open: Arc::default() }
    }

    /// How many there are.
    pub fn open(&self) -> usize {
        locked(&self.open).all.len()
    }

    /// A place for one more, where there is one or another makes room.
    async fn place(&self) -> Option<(Arc<One>, Place)> {
        let permit = match Arc::clone(&self.places).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) if self.end_idlest() => {
                timeout(ROOM, Arc::clone(&self.places).acquire_owned()).await.ok()?.ok()?
            }
            Err(_) => return None,
        };
        let one = Arc::new(One::new());
        let mut open = locked(&self.open);
        open.last += 1;
        let number = open.last;
        open.all.insert(number, Arc::clone(&one));
        drop(open);
        Some((one, Place { number, open: Arc::clone(&self.open), _permit: permit }))
    }

    /// Ends the one that has been idle for the longest time; `false` where none is.
    fn end_idlest(&self) -> bool {
        let open = locked(&self.open);
        let idle = open.all.values().filter(|one| !one.told.load(Ordering::Relaxed));
        let idle = idle.filter_map(|one| Some((one.idle_since()?, one)));
        let idlest = idle.min_by_key(|(since, _)| *since);
        idlest.inspect(|(_, one)| one.end()).is_some()
    }

    /// Ends all, and waits until they have.
    async fn end(&self) {
        locked(&self.open).all.values().for_each(|one| one.end());
        let _ = timeout(END, self.places.acquire_many(self.all)).await;
    }
}

/// Answers who connects, until it is interrupted; then whoever is being answered.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    connections: &Connections,
    interrupted: impl Future<Output = ()>,
) {
    let mut interrupted = std::pin::pin!(interrupted);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut interrupted => break,
        };
        match accepted {
            Ok((stream, _)) => match connections.place().await {
                Some((one, place)) => connected(stream, routes.clone(), one, place),
                None => drop(tokio::spawn(refused(stream))),
            },
            Err(error) => {
                // Unless it went away at once, no descriptor is left.
                if !matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset)
                {
                    connections.end_idlest();
                }
                sleep(LAST).await;
            }
        }
    }
    drop(listener);
    connections.end().await;
}

fn connected(stream: TcpStream, routes: Router, one: Arc<One>, place: Place) {
    let _ = stream.set_nodelay(true);
    let routes = TowerToHyperService::new(routes);
    let asked = Arc::clone(&one);
    let service = service_fn(move |request| {
        let answering = Answering::new(&asked);
        let answer = routes.call(request);
        async move { Ok::<_, Infallible>(answer.await?.map(|body| Answer { body, _answering: answering })) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_LINES)
        .serve_connection(TokioIo::new(Patient::new(stream, Arc::clone(&one))), service);
    tokio::spawn(async move {
        let mut connection = std::pin::pin!(connection);
        // What is wrong with a connection is wrong with its other end.
        tokio::select! {
            _ = connection.as_mut() => {}
            () = one.end.notified() => {
                connection.as_mut().graceful_shutdown();
                // What is being answered is answered to its end; a head of which half is there is not waited for.
                let mut last = Duration::from_millis(1);
                while timeout(last, connection.as_mut()).await.is_err() && one.idle_since().is_none() {
                    last = LAST;
                }
            }
        }
        drop(place);
    });
}

/// The body of an answer, that knows when it has been given.
struct Answer {
    body: Body,
    _answering: Answering,
}

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Who connects in vain; few bytes, which are taken or not.
async fn refused(stream: TcpStream) {
    if let Ok(Ok(())) = timeout(Duration::from_secs(1), stream.writable()).await {
        let _ = stream.try_write(FULL);
    }
}

/// A connection that is given up where nothing of what is written is taken for long.
struct Patient {
    stream: TcpStream,
    one: Arc<One>,
    until: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream, one: Arc<One>) -> Patient {
        Patient { stream, one, until: None }
    }

    fn waited<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        self.one.slow.store(written.is_pending(), Ordering::Relaxed);
        if written.is_ready() {
            self.until = None;
            return written;
        }
        let until = self.until.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + TAKEN)));
        match until.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.waited(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.waited(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.waited(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
