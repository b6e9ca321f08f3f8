//! Measures that hold on a busy machine: what is compared runs in turns, in short batches, and the
//! quickest batches of each are what it costs when nothing else is in the way.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long a batch runs, about.
const BATCH: Duration = Duration::from_micros(400);

/// Something that is measured.
pub struct Measured<'a> {
    pub name: &'static str,
    run: Box<dyn FnMut() + 'a>,
    /// How often it is run in a batch.
    often: u32,
    /// What each batch took, in nanoseconds a run.
    batches: Vec<f64>,
}

impl<'a> Measured<'a> {
    pub fn new<R>(name: &'static str, mut f: impl FnMut() -> R + 'a) -> Self {
        let mut run: Box<dyn FnMut() + 'a> = Box::new(move || {
            black_box(f());
        });
        let start = Instant::now();
        let mut warm = 0;
        while start.elapsed() < 5 * BATCH || warm < 3 {
            run();
            warm += 1;
        }
        let once = start.elapsed() / warm;
        let often = (BATCH.as_nanos() / once.as_nanos().max(1)).clamp(1, 1 << 20);
        Measured { name, run, often: often as u32, batches: Vec::new() }
    }

    fn batch(&mut self) {
        let start = Instant::now();
        for _ in 0..self.often {
            (self.run)();
        }
        self.batches.push(start.elapsed().as_nanos() as f64 / f64::from(self.often));
    }

    /// The time of a run, in nanoseconds: the batch than which one in twenty is quicker.
    pub fn time(&self) -> f64 {
        let mut sorted = self.batches.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 20).copied().unwrap_or(f64::NAN)
    }
}

/// Runs them in turns for a while.
pub fn measure(all: &mut [Measured<'_>], long: Duration) {
    let start = Instant::now();
    while start.elapsed() < long {
        for measured in all.iter_mut() {
            measured.batch();
        }
    }
}
