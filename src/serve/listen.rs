//! Connections: so many at once, none that stays without asking, and in the end none that is cut off while it is answered.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
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

/// Connections, so many at once.
#[derive(Debug)]
pub struct Connections {
    places: Arc<Semaphore>,
    all: usize,
}

impl Connections {
    /// So many.
    pub fn new(all: usize) -> Connections {
        Connections { places: Arc::new(Semaphore::new(all)), all }
    }

    /// How many there are.
    pub fn open(&self) -> usize {
        self.all.saturating_sub(self.places.available_permits())
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
    let ends = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut interrupted => break,
        };
        match accepted {
            Ok((stream, _)) => one(stream, &routes, connections, &ends),
            // One that went away at once, or no descriptor is left: others end in a while.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    let _ = timeout(END, ends.shutdown()).await;
}

fn one(stream: TcpStream, routes: &Router, connections: &Connections, ends: &GracefulShutdown) {
    let _ = stream.set_nodelay(true);
    let Ok(place) = Arc::clone(&connections.places).try_acquire_owned() else {
        tokio::spawn(refused(stream));
        return;
    };
    let service = TowerToHyperService::new(routes.clone());
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_LINES)
        .serve_connection(TokioIo::new(Patient::new(stream)), service);
    let connection = ends.watch(connection);
    tokio::spawn(async move {
        // What is wrong with a connection is wrong with its other end.
        let _ = connection.await;
        drop(place);
    });
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
    until: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream) -> Patient {
        Patient { stream, until: None }
    }

    fn waited<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
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
