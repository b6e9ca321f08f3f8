//! Work on many things that have nothing to do with one another, by several threads.
//!
//! How many threads there are changes how long it takes and nothing else: results stand in the order of
//! what they are of.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Room for the recursions that the limits allow, as the first thread of a program has it.
pub const STACK: usize = 8 << 20;

/// So many batches for each thread may be made before one that comes earlier.
const AHEAD: usize = 2;

/// What a function makes of each, in their order, worked out by as many threads at once as said. Whoever
/// is free takes the next.
pub fn map<T: Sync, R: Send>(workers: usize, of: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = together(workers.min(of.len()), || {
        let mut done: Vec<(usize, R)> = Vec::new();
        loop {
            let rank = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = of.get(rank) else { return done };
            done.push((rank, f(one)));
        }
    });
    let mut done: Vec<(usize, R)> = done.into_iter().flatten().collect();
    done.sort_unstable_by_key(|(rank, _)| *rank);
    done.into_iter().map(|(_, made)| made).collect()
}

/// Makes something of each batch of so many of what comes, by as many threads at once as said, and puts it out in
/// the order in which it came, until nobody takes more. Whoever is free takes the next batch, and puts out what is
/// its turn: no more than a few batches for each thread are at hand at once.
pub fn in_order<T, R: Send>(
    workers: usize,
    size: usize,
    of: impl Iterator<Item = T> + Send,
    f: impl Fn(Vec<T>) -> R + Sync,
    put: impl FnMut(R) -> bool + Send,
) {
    let mut of = of.fuse();
    let batches = (0..).map_while(move |rank: usize| {
        let batch: Vec<T> = of.by_ref().take(size).collect();
        (!batch.is_empty()).then_some((rank, batch))
    });
    let input = Mutex::new(batches);
    let output = Mutex::new(Output { put, next: 0, waiting: BTreeMap::new(), open: true });
    let moved = Condvar::new();
    together(workers, || {
        while locked(&output).open {
            let Some((rank, batch)) = locked(&input).next() else { return };
            let made = catch_unwind(AssertUnwindSafe(|| f(batch)));
            let mut output = locked(&output);
            while output.open && rank >= output.next + AHEAD * workers.max(1) {
                output = moved.wait(output).unwrap_or_else(PoisonError::into_inner);
            }
            let put = made.and_then(|made| catch_unwind(AssertUnwindSafe(|| output.take(rank, made))));
            // Nobody is to wait for what does not come.
            output.open &= put.is_ok();
            drop(output);
            moved.notify_all();
            if let Err(panic) = put {
                resume_unwind(panic);
            }
        }
    });
}

/// Where batches are put out.
struct Output<R, P> {
    put: P,
    /// The batch whose turn it is.
    next: usize,
    /// Those that are made, by rank.
    waiting: BTreeMap<usize, R>,
    /// Whether somebody takes more.
    open: bool,
}

impl<R, P: FnMut(R) -> bool> Output<R, P> {
    fn take(&mut self, rank: usize, made: R) {
        self.waiting.insert(rank, made);
        while self.open
            && let Some(made) = self.waiting.remove(&self.next)
        {
            self.next += 1;
            self.open = (self.put)(made);
        }
    }
}

/// Whoever fell while it held this falls for all, once the others are done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What each of so many threads comes to that do the same work. This thread is one of them; one that cannot be had
/// is done without.
fn together<R: Send>(workers: usize, work: impl Fn() -> R + Sync) -> Vec<R> {
    let work = &work;
    std::thread::scope(|scope| {
        let spawn = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..workers).filter_map(spawn).collect();
        let mut done = vec![work()];
        for other in others {
            match other.join() {
                Ok(theirs) => done.push(theirs),
                Err(panic) => resume_unwind(panic),
            }
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::{AHEAD, in_order, map};

    #[test]
    fn results_stand_in_the_order_of_what_they_are_of() {
        let numbers: Vec<u64> = (0..1_000).collect();
        let squares: Vec<u64> = numbers.iter().map(|n| n * n).collect();
        for workers in [0, 1, 2, 7] {
            assert_eq!(map(workers, &numbers, |n| n * n), squares);
            let mut found = Vec::new();
            in_order(
                workers,
                3,
                numbers.iter(),
                |batch| batch.iter().map(|n| *n * *n).collect::<Vec<_>>(),
                |made| {
                    found.extend(made);
                    true
                },
            );
            assert_eq!(found, squares);
        }
        assert_eq!(map(4, &[] as &[u64], |n| n * n), Vec::<u64>::new());
    }

    /// However long one batch takes, the others do not run away from it.
    #[test]
    fn few_batches_are_at_hand_at_once() {
        let (held, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (workers, size) = (3, 2);
        in_order(
            workers,
            size,
            (0..2_000).inspect(|_| {
                most.fetch_max(held.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            }),
            |batch| {
                if batch.contains(&100) {
                    std::thread::sleep(Duration::from_millis(50));
                }
                batch.len()
            },
            |made| {
                held.fetch_sub(made, Ordering::SeqCst);
                true
            },
        );
        let most = most.into_inner();
        assert!(most <= (AHEAD * workers + 1 + workers) * size, "{most}");
    }

    #[test]
    fn nothing_more_is_made_once_nobody_takes_it() {
        for workers in [1, 4] {
            let (made, put) = (AtomicUsize::new(0), Mutex::new(0));
            let make = |batch: Vec<usize>| made.fetch_add(batch.len(), Ordering::SeqCst);
            in_order(workers, 1, 0..1_000_000, make, |_| {
                let mut put = put.lock().unwrap();
                *put += 1;
                *put < 10
            });
            assert_eq!(put.into_inner().unwrap(), 10);
            assert!(made.into_inner() < 1_000);
        }
    }

    #[test]
    fn one_that_falls_is_heard_of_and_nobody_waits_for_it() {
        let fall = |batch: Vec<u32>| assert!(!batch.contains(&5), "five");
        let fallen = std::panic::catch_unwind(|| in_order(3, 1, 0..1_000, fall, |()| true));
        assert!(fallen.is_err());
        let fallen = std::panic::catch_unwind(|| {
            let mut put = 0;
            in_order(
                3,
                1,
                0..1_000,
                |batch| batch.len(),
                |made| {
                    put += made;
                    assert!(put < 5, "five");
                    true
                },
            );
        });
        assert!(fallen.is_err());
    }
}
