//! The first step along a line at which a comparison turns.

use super::failing::Failing;
use super::line::{Line, ratio};
use super::trials::Trials;
use crate::number::Ratio;

/// How many steps it takes, where what is measured moves one way; whoever asks decides again.
///
/// As far at once as the last two steps say, at least twice as far as before; then between the last that
/// did not do and the first that did.
pub(super) fn least(trials: &mut Trials<'_>, comparison: &Failing, line: &Line) -> Option<u64> {
    let first = trials.gap(comparison, line, 0)?;
    let most = line.most();
    let (mut low, mut low_gap) = (0, first.clone());
    let (mut high, mut leap) = (1, 1u64);
    while high <= most {
        let gap = trials.gap(comparison, line, high)?;
        if comparison.turned(&first, &gap) {
            return between(trials, comparison, line, &first, low, high);
        }
        if high == most {
            return None;
        }
        leap = leap.saturating_mul(2);
        let guess = reach((low, &low_gap), (high, &gap)).unwrap_or(leap).max(leap);
        (low, low_gap) = (high, gap);
        high = high.saturating_add(guess).min(most);
    }
    None
}

/// How far on from the second of two points the line through them comes to zero.
fn reach((low, low_gap): (u64, &Ratio), (high, gap): (u64, &Ratio)) -> Option<u64> {
    let slope = gap.sub(low_gap).div(&ratio(high - low))?;
    let steps = gap.neg().div(&slope)?;
    u64::try_from(steps.ceil().to_i64()?).ok()
}

/// The first that does, of those after one that does not up to one that does.
fn between(
    trials: &mut Trials<'_>,
    comparison: &Failing,
    line: &Line,
    first: &Ratio,
    mut low: u64,
    mut high: u64,
) -> Option<u64> {
    // Where a guess was right, the step before it says so.
    let mut middle = high - 1;
    while high - low > 1 {
        let gap = trials.gap(comparison, line, middle)?;
        if comparison.turned(first, &gap) {
            high = middle;
        } else {
            low = middle;
        }
        middle = low + (high - low) / 2;
    }
    Some(high)
}
