//! What is sent: read whole within bounds of size, of time and of all memory that requests may hold, or line by line.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use conforme::limits;
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::problem::{Kind, Problem};

/// A body that was read, and the memory that is kept for it.
pub struct Whole {
    /// What was sent.
    pub bytes: Vec<u8>,
    held: Vec<OwnedSemaphorePermit>,
}

/// Where bodies are read.
#[derive(Clone)]
pub struct Bodies {
    /// The bytes that all of them may take at once.
    memory: Arc<Semaphore>,
    /// How long one may take to come whole; of lines, each piece.
    patience: Duration,
}

impl Bodies {
    /// So many bytes of memory for all, so much time for each.
    pub fn new(memory: usize, patience: Duration) -> Bodies {
        Bodies { memory: Arc::new(Semaphore::new(memory)), patience }
    }

    /// A body, if it is no longer than `limit`.
    ///
    /// # Errors
    ///
    /// It is too long, comes too slowly or not whole, or there is no room for it now.
    pub async fn whole(&self, headers: &HeaderMap, body: Body, limit: usize) -> Result<Whole, Problem> {
        if length(headers).is_some_and(|length| length > limit as u64) {
            return Err(too_large(limit));
        }
        timeout(self.patience, self.collected(body, limit))
            .await
            .unwrap_or_else(|_| Err(too_slow(self.patience)))
    }

    async fn collected(&self, mut body: Body, limit: usize) -> Result<Whole, Problem> {
        let mut whole = Whole { bytes: Vec::new(), held: Vec::new() };
        while let Some(piece) = next(&mut body).await? {
            if whole.bytes.len() + piece.len() > limit {
                return Err(too_large(limit));
            }
            whole.held.extend(self.room(piece.len())?);
            whole.bytes.extend_from_slice(&piece);
        }
        Ok(whole)
    }

    /// Keeps memory for so many bytes.
    fn room(&self, bytes: usize) -> Result<Option<OwnedSemaphorePermit>, Problem> {
        let wanted = u32::try_from(bytes).unwrap_or(u32::MAX);
        if wanted == 0 {
            return Ok(None);
        }
        Arc::clone(&self.memory)
            .try_acquire_many_owned(wanted)
            .map(Some)
            .map_err(|_| super::pool::Unanswered::Full.into())
    }

    /// The lines of a body.
    pub fn lines(&self, body: Body) -> Lines {
        Lines {
            body,
            patience: self.patience,
            rest: Vec::new(),
            seen: 0,
            number: 0,
            skipping: false,
            ended: false,
        }
    }
}

impl Whole {
    /// The bytes, and what is to be let go once they are.
    pub fn parts(self) -> (Vec<u8>, impl Send) {
        (self.bytes, self.held)
    }
}

/// The next piece of a body.
async fn next(body: &mut Body) -> Result<Option<Bytes>, Problem> {
    loop {
        match body.frame().await {
            None => return Ok(None),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
            Some(Err(_)) => return Err(Problem::new(Kind::Request, "l'envoi s'est interrompu")),
        }
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large(limit: usize) -> Problem {
    Problem::new(Kind::Large, format!("attendu au plus {limit} octets"))
}

fn too_slow(patience: Duration) -> Problem {
    Problem::new(Kind::Slow, format!("attendu en {} secondes au plus", patience.as_secs()))
}

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// As it is, without white space around it.
    Text(Vec<u8>),
    /// Longer than a dossier may be.
    TooLong,
}

/// The lines of a body, blank ones left out, each with its number from 1; never more than one of them is held.
pub struct Lines {
    body: Body,
    patience: Duration,
    rest: Vec<u8>,
    /// How much of the rest has no line end.
    seen: usize,
    number: u32,
    /// Whether a line that is too long goes on.
    skipping: bool,
    ended: bool,
}

impl Lines {
    /// The next line.
    ///
    /// # Errors
    ///
    /// The body does not come, or not whole.
    pub async fn next(&mut self) -> Result<Option<(u32, Line)>, Problem> {
        loop {
            while let Some(line) = self.at_hand() {
                match line {
                    Line::Text(text) if text.is_empty() => {}
                    line => return Ok(Some((self.number, line))),
                }
            }
            if self.ended {
                return Ok(None);
            }
            match timeout(self.patience, next(&mut self.body)).await {
                Err(_) => return Err(too_slow(self.patience)),
                Ok(piece) => match piece? {
                    Some(piece) => self.rest.extend_from_slice(&piece),
                    None => self.ended = true,
                },
            }
        }
    }

    /// Whether another line is there without waiting.
    pub fn has_more(&self) -> bool {
        self.rest.get(self.seen..).is_some_and(|rest| rest.contains(&b'\n'))
    }

    fn at_hand(&mut self) -> Option<Line> {
        let end = self.rest.get(self.seen..)?.iter().position(|byte| *byte == b'\n').map(|at| self.seen + at);
        let line = match end {
            Some(end) => {
                let rest = self.rest.split_off(end + 1);
                std::mem::replace(&mut self.rest, rest)
            }
            None if self.ended && !self.rest.is_empty() => std::mem::take(&mut self.rest),
            None if self.rest.len() > limits::DOSSIER_BYTES + 1 => {
                self.rest.clear();
                self.seen = 0;
                let first = !std::mem::replace(&mut self.skipping, true);
                return first.then(|| self.counted(Line::TooLong));
            }
            None => {
                self.seen = self.rest.len();
                if self.ended {
                    self.skipping = false;
                }
                return None;
            }
        };
        self.seen = 0;
        if std::mem::take(&mut self.skipping) {
            // The end of a line that was told already.
            return Some(Line::Text(Vec::new()));
        }
        let long = line.len() > limits::DOSSIER_BYTES + 2;
        let line = if long { Line::TooLong } else { Line::Text(line.trim_ascii().to_vec()) };
        Some(self.counted(line))
    }

    fn counted(&mut self, line: Line) -> Line {
        self.number = self.number.saturating_add(1);
        line
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http_body::Frame;

    use super::*;

    /// A body that comes in pieces, and perhaps never ends.
    struct Pieces(Vec<Vec<u8>>, bool);

    impl http_body::Body for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            match self.0.is_empty() {
                true if self.1 => Poll::Pending,
                true => Poll::Ready(None),
                false => Poll::Ready(Some(Ok(Frame::data(self.0.remove(0).into())))),
            }
        }
    }

    fn body(pieces: &[&[u8]]) -> Body {
        Body::new(Pieces(pieces.iter().map(|piece| piece.to_vec()).collect(), false))
    }

    fn run<F: Future>(future: F) -> F::Output {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(future)
    }

    const SOON: Duration = Duration::from_millis(20);

    async fn all(body: Body) -> Vec<(u32, Line)> {
        let (mut lines, mut found) = (Bodies::new(100, SOON).lines(body), Vec::new());
        while let Some(line) = lines.next().await.unwrap() {
            found.push(line);
        }
        found
    }

    #[test]
    fn lines_are_the_same_however_they_come() {
        let text = b"{\"a\": 1}\r\n\n  {\"b\"\n\xff\n: 2}";
        let line = |number, text: &[u8]| (number, Line::Text(text.to_vec()));
        let expected = vec![line(1, b"{\"a\": 1}"), line(3, b"{\"b\""), line(4, b"\xff"), line(5, b": 2}")];
        run(async {
            assert_eq!(all(body(&[text])).await, expected);
            let single: Vec<&[u8]> = text.chunks(1).collect();
            assert_eq!(all(body(&single)).await, expected);
            assert_eq!(all(body(&[])).await, []);
        });
    }

    #[test]
    fn a_line_that_is_too_long_costs_itself_alone() {
        let long = vec![b' '; limits::DOSSIER_BYTES + 10];
        run(async {
            for size in [1 << 20, long.len()] {
                let mut pieces: Vec<&[u8]> = vec![b"1\n"];
                pieces.extend(long.chunks(size));
                pieces.push(b"\n2\n");
                let found = all(body(&pieces)).await;
                let expected =
                    vec![(1, Line::Text(b"1".to_vec())), (2, Line::TooLong), (3, Line::Text(b"2".to_vec()))];
                assert_eq!(found, expected, "{size}");
                assert_eq!(all(body(&pieces[1..pieces.len() - 1])).await, [(1, Line::TooLong)], "{size}");
            }
        });
    }

    #[test]
    fn what_is_too_long_or_too_slow_is_refused_and_memory_is_given_back() {
        run(async {
            let bodies = Bodies::new(10, SOON);
            let headers = HeaderMap::new();
            let status = |refused: Result<Whole, Problem>| {
                use axum::response::IntoResponse;
                refused.map(|_| ()).map_err(|problem| problem.into_response().status().as_u16())
            };
            assert_eq!(status(bodies.whole(&headers, body(&[b"123", b"456"]), 5).await), Err(413));
            let mut told = HeaderMap::new();
            told.insert(header::CONTENT_LENGTH, "6".parse().unwrap());
            assert_eq!(status(bodies.whole(&told, body(&[]), 5).await), Err(413));
            assert_eq!(
                status(bodies.whole(&headers, Body::new(Pieces(Vec::new(), true)), 5).await),
                Err(408)
            );
            let first = bodies.whole(&headers, body(&[b"123456"]), 8).await.ok().unwrap();
            assert_eq!(status(bodies.whole(&headers, body(&[b"123456"]), 8).await), Err(503));
            drop(first);
            assert_eq!(status(bodies.whole(&headers, body(&[b"123456"]), 8).await), Ok(()));
        });
    }
}
