//! Work on many things that have nothing to do with one another, by several threads.
//!
//! How many threads there are changes how long it takes and nothing else: results stand in the order of
//! what they are of.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Room for the recursions that the limits allow, as the first thread of a program has it.
pub const STACK: usize = 8 << 20;

/// What a function makes of each, in their order, worked out by as many threads at once as said. Whoever
/// is free takes the next.
pub fn map<T: Sync, R: Send>(workers: usize, of: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<(usize, R)> = Vec::new();
        loop {
            let rank = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = of.get(rank) else { return done };
            done.push((rank, f(one)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        // This thread works as well; one that cannot be had is done without.
        let more = 1..workers.min(of.len());
        let spawn = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let others: Vec<_> = more.filter_map(spawn).collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(theirs) => done.extend(theirs),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(rank, _)| *rank);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_stand_in_the_order_of_what_they_are_of() {
        let numbers: Vec<u64> = (0..1_000).collect();
        let squares: Vec<u64> = numbers.iter().map(|n| n * n).collect();
        for workers in [0, 1, 2, 7] {
            assert_eq!(map(workers, &numbers, |n| n * n), squares);
        }
        assert_eq!(map(4, &[] as &[u64], |n| n * n), Vec::<u64>::new());
    }
}
