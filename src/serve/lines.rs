//! A dossier a line in, a decision a line out, in their order, in as much memory as a few of them take.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use axum::body::{Body, Bytes};
use conforme::render::{Explain, diagnostics};
use conforme::source::FileName;
use conforme::{eval, limits};
use http_body::Frame;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use super::bench::{Bench, Wanted};
use super::body::{Line, Lines};
use super::metrics::Metrics;
use super::pool::Pool;
use super::texts::Texts;
use crate::cli::decide::lines::too_long;

/// So many lines are decided one after another by one thread, unless they are long.
const AT_ONCE: usize = 16;

/// So many bytes of lines are enough for it.
const LONG: usize = limits::DOSSIER_BYTES / 64;

/// So many such batches may be ahead of who reads the answers.
const AHEAD: usize = 4;

/// What is asked of each line.
pub struct Each {
    /// The texts of the whole request.
    pub texts: Arc<Texts>,
    /// What is asked of each.
    pub wanted: Arc<Wanted>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
}

/// The answers to lines, as they come; `place` is free once the last is given.
pub fn answered(lines: Lines, each: Each, pool: Pool, place: OwnedSemaphorePermit) -> Body {
    let (put, coming) = mpsc::channel(AHEAD);
    tokio::spawn(taken_in(lines, each, pool, put));
    Body::new(Answers { coming, first: None, _place: place })
}

/// Reads lines and has them decided, as long as somebody takes the answers.
async fn taken_in(mut lines: Lines, each: Each, pool: Pool, put: mpsc::Sender<oneshot::Receiver<Vec<u8>>>) {
    let mut ended = false;
    while !ended {
        let (mut batch, mut bytes) = (VecDeque::new(), 0);
        loop {
            match lines.next().await {
                Ok(Some((number, line))) => {
                    bytes += if let Line::Text(text) = &line { text.len() } else { 0 };
                    batch.push_back((number, line));
                }
                Ok(None) => ended = true,
                // Who sends no more learns it by what does not come: the answer ends before its end.
                Err(_) => return broken(put).await,
            }
            // Nobody waits for a line that does not come to have the answer to one that did.
            if ended || batch.len() >= AT_ONCE || bytes >= LONG || !lines.has_more() {
                break;
            }
        }
        if batch.is_empty() {
            return;
        }
        let (wanted, metrics) = (Arc::clone(&each.wanted), Arc::clone(&each.metrics));
        let budget = pool.budget();
        let work = move |bench: &Bench<'_>| {
            let one = |(number, line)| {
                // Each has as long as a dossier that comes alone.
                let began = Instant::now();
                eval::until(
                    move || began.elapsed() >= budget,
                    || one(bench, number, &line, &wanted, &metrics),
                )
            };
            batch.into_iter().flat_map(one).collect()
        };
        let Ok(answer) = pool.start_one(Arc::clone(&each.texts), work).await else { return };
        if put.send(answer).await.is_err() {
            return;
        }
    }
}

/// Has the answer break off.
async fn broken(put: mpsc::Sender<oneshot::Receiver<Vec<u8>>>) {
    let (gone, never) = oneshot::channel();
    drop(gone);
    let _ = put.send(never).await;
}

fn one(bench: &Bench<'_>, number: u32, line: &Line, wanted: &Wanted, metrics: &Metrics) -> Vec<u8> {
    let name = FileName::new(wanted.name.as_deref().unwrap_or(super::api::UNNAMED)).from_line(number);
    let decided = match line {
        Line::TooLong => Err(vec![too_long()]),
        Line::Text(text) => {
            bench.decide(text, name.clone(), wanted, wanted.explain.unwrap_or(Explain::Brief))
        }
    };
    match decided {
        Ok(decided) => {
            metrics.decided(decided.outcome);
            decided.json.into_bytes()
        }
        Err(found) => {
            metrics.sent_back();
            format!("{}\n", diagnostics::json_of(&name, &found)).into_bytes()
        }
    }
}

/// The answers, in order.
struct Answers {
    coming: mpsc::Receiver<oneshot::Receiver<Vec<u8>>>,
    /// The one whose turn it is.
    first: Option<oneshot::Receiver<Vec<u8>>>,
    _place: OwnedSemaphorePermit,
}

/// The answer cannot go on.
#[derive(Debug, thiserror::Error)]
#[error("la réponse s'interrompt")]
struct Broken;

impl http_body::Body for Answers {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        loop {
            if let Some(first) = &mut self.first {
                let answer = ready!(Pin::new(first).poll(context));
                self.first = None;
                return Poll::Ready(Some(match answer {
                    Ok(bytes) => Ok(Frame::data(bytes.into())),
                    Err(_) => Err(Broken),
                }));
            }
            match ready!(self.coming.poll_recv(context)) {
                Some(next) => self.first = Some(next),
                None => return Poll::Ready(None),
            }
        }
    }
}
