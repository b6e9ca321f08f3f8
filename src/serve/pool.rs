//! The engine: a few threads that decide, and the queue before them.
//!
//! Architecture invariant: nothing is worked out by the threads that accept and answer. A request takes a place before
//! it is queued, and there are only so many: past them it is told to come back. What nobody waits for any more is not
//! begun, and a decision that is under way is given up.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use conforme::eval;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::bench::Bench;
use super::texts::Texts;
use crate::cli::decide::Asked;

/// Room for a calculation as deep as a text may have it, in a build without optimisation.
pub const STACK: usize = 64 << 20;

/// What a thread is given to do.
struct Job {
    texts: Arc<Texts>,
    run: Box<dyn FnOnce(&Bench<'_>) + Send>,
}

/// The jobs that wait.
#[derive(Default)]
struct Queue {
    waiting: Mutex<VecDeque<Job>>,
    more: Condvar,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// All places are taken.
    Full,
    /// It took longer than a request may.
    TooLong,
    /// The engine failed.
    Failed,
}

/// The threads of the engine.
#[derive(Clone)]
pub struct Pool {
    queue: Arc<Queue>,
    places: Arc<Semaphore>,
    all: usize,
    budget: Duration,
}

impl Pool {
    /// So many threads, so many requests at once, so long for each.
    ///
    /// # Errors
    ///
    /// A thread cannot be had.
    pub fn start(threads: usize, places: usize, budget: Duration) -> std::io::Result<Pool> {
        let queue = Arc::new(Queue::default());
        for _ in 0..threads {
            let queue = Arc::clone(&queue);
            thread::Builder::new().name("moteur".to_owned()).stack_size(STACK).spawn(move || work(&queue))?;
        }
        Ok(Pool { queue, places: Arc::new(Semaphore::new(places)), all: places, budget })
    }

    /// How long each request may take.
    pub fn budget(&self) -> Duration {
        self.budget
    }

    /// How many places are taken.
    pub fn taken(&self) -> usize {
        self.all.saturating_sub(self.places.available_permits())
    }

    /// What some work comes to, done by a thread of the engine where there is a place.
    ///
    /// # Errors
    ///
    /// See [`Unanswered`].
    pub async fn run<R: Send + 'static>(
        &self,
        texts: Arc<Texts>,
        work: impl FnOnce(&Bench<'_>) -> R + Send + 'static,
    ) -> Result<R, Unanswered> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Unanswered::Full)?;
        let answer = self.queued(place, texts, work);
        match tokio::time::timeout(self.budget, answer).await {
            Ok(answer) => answer.map_err(|_| Unanswered::Failed),
            Err(_) => Err(Unanswered::TooLong),
        }
    }

    /// Likewise, of work that goes on for long: waits for a place, then gives what the work will come to.
    pub async fn start_one<R: Send + 'static>(
        &self,
        texts: Arc<Texts>,
        work: impl FnOnce(&Bench<'_>) -> R + Send + 'static,
    ) -> Result<oneshot::Receiver<R>, Unanswered> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| Unanswered::Failed)?;
        Ok(self.queued(place, texts, work))
    }

    fn queued<R: Send + 'static>(
        &self,
        place: OwnedSemaphorePermit,
        texts: Arc<Texts>,
        work: impl FnOnce(&Bench<'_>) -> R + Send + 'static,
    ) -> oneshot::Receiver<R> {
        let (give, answer) = oneshot::channel();
        let run = move |bench: &Bench<'_>| {
            // In this order: its place is free before whoever waits hears of it, whatever becomes of the work.
            let (give, place) = (Rc::new(give), place);
            let awaited = Rc::clone(&give);
            let made = (!give.is_closed()).then(|| eval::until(move || awaited.is_closed(), || work(bench)));
            drop(place);
            if let (Some(made), Some(give)) = (made, Rc::into_inner(give)) {
                let _ = give.send(made);
            }
        };
        self.queue.locked().push_back(Job { texts, run: Box::new(run) });
        self.queue.more.notify_one();
        answer
    }
}

impl Queue {
    fn locked(&self) -> MutexGuard<'_, VecDeque<Job>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Job {
        let mut waiting = self.locked();
        loop {
            match waiting.pop_front() {
                Some(job) => return job,
                None => waiting = self.more.wait(waiting).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// One thread: what it worked out of texts serves as long as these are asked for.
fn work(queue: &Queue) {
    let mut job = queue.next();
    loop {
        let texts = Arc::clone(&job.texts);
        let asked = Asked::nothing(Arc::clone(&texts.catalogue));
        let bench = Bench::new(&texts, &asked);
        job = loop {
            // Whoever waits for what falls is told by its silence; the others are none the worse.
            let fell = catch_unwind(AssertUnwindSafe(|| (job.run)(&bench))).is_err();
            let next = queue.next();
            if fell || !Arc::ptr_eq(&next.texts, &texts) {
                break next;
            }
            job = next;
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use conforme::shelf::Shelf;

    use super::*;

    fn run<F: Future>(future: F) -> F::Output {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(future)
    }

    fn texts() -> Arc<Texts> {
        Arc::new(Texts::new(Shelf::default()))
    }

    #[test]
    fn past_its_places_who_comes_is_told_to_come_back() {
        run(async {
            let pool = Pool::start(1, 2, Duration::from_secs(60)).unwrap();
            let (end, ended) = mpsc::channel::<()>();
            let held = pool.start_one(texts(), move |_| ended.recv().is_ok()).await.unwrap();
            let second = pool.start_one(texts(), |_| 2).await.unwrap();
            assert_eq!(pool.run(texts(), |_| 3).await, Err(Unanswered::Full));
            assert_eq!(pool.taken(), 2);
            end.send(()).unwrap();
            assert!(held.await.unwrap());
            assert_eq!(second.await.unwrap(), 2);
            assert_eq!(pool.run(texts(), |_| 3).await, Ok(3));
            assert_eq!(pool.taken(), 0);
        });
    }

    #[test]
    fn what_takes_too_long_is_told_and_what_nobody_waits_for_is_not_begun() {
        run(async {
            let pool = Pool::start(1, 8, Duration::from_millis(20)).unwrap();
            let (end, ended) = mpsc::channel::<()>();
            assert_eq!(pool.run(texts(), move |_| ended.recv().is_ok()).await, Err(Unanswered::TooLong));
            let (begun, began) = mpsc::channel();
            // It waits behind the first, in vain.
            assert_eq!(pool.run(texts(), move |_| begun.send(())).await.err(), Some(Unanswered::TooLong));
            end.send(()).unwrap();
            let last = pool.start_one(texts(), |_| 1).await.unwrap();
            assert_eq!(last.await.unwrap(), 1);
            assert!(began.recv().is_err());
        });
    }

    #[test]
    fn one_that_falls_falls_alone() {
        run(async {
            let pool = Pool::start(1, 8, Duration::from_secs(60)).unwrap();
            let fallen =
                pool.run(texts(), |bench| assert!(!bench.texts().shelf.ids().is_empty(), "empty")).await;
            assert_eq!(fallen, Err(Unanswered::Failed));
            assert_eq!(pool.taken(), 0);
            assert_eq!(pool.run(texts(), |_| 3).await, Ok(3));
        });
    }
}
