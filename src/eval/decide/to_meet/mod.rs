//! What would meet a condition that fails, all else as it is.
//!
//! From each comparison that makes it fail (`failing`), back to the answers that move one of its sides
//! (`levers`); along each, step by step of what a dossier may say, to the first value that turns the
//! comparison (`search`). What is found is put in the dossier and decided again (`trials`): only what is
//! seen to give the status, and one step less of which is seen not to, is told.

mod affine;
mod failing;
mod levers;
mod line;
mod search;
mod trials;

use self::failing::{Failing, failing};
use self::levers::{Counted, Lever, levers};
use self::line::Line;
use self::search::least;
use self::trials::Trials;
use super::assembly::Request;
use super::decider::Decider;
use crate::decision::{Beyond, Change, Combination, MissingPlace, Status, ToMeet, Way};
use crate::dossier::Dossier;
use crate::eval::effort;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::World;
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::{ExprId, ItemRef};
use crate::value::Value;

/// What was decided, so that it can be decided again.
#[derive(Clone, Copy)]
pub(super) struct Again<'a> {
    /// Who decides.
    pub decider: &'a Decider<'a>,
    /// What was decided on.
    pub dossier: &'a Dossier,
    /// What was asked.
    pub request: &'a Request,
    /// What it says, where all of it is known, every reading is settled, and nothing was learnt beyond that.
    pub known: Option<&'a World>,
}

/// The least changes of one answer each that would meet a criterion or reach an objective under a
/// combination of readings; none, of whoever gives no advice.
pub(super) fn to_meet(
    again: Again<'_>,
    evaluator: &mut Evaluator<'_>,
    under: &Combination,
    item: ItemRef,
    status: Status,
) -> ToMeet {
    let policy = again.decider.policy;
    let mut told = ToMeet::default();
    if !again.decider.advises || effort::is_ended() {
        return told;
    }
    let (root, wanted) = match (item, status) {
        (ItemRef::Criterion(id), Status::NotMet) => (policy.criteria[id.index()].requires, Status::Met),
        (ItemRef::Objective(id), Status::NotReached) => (policy.objectives[id.index()].aims, Status::Reached),
        (_, _) => return told,
    };
    let comparisons = failing(policy, evaluator, root);
    let mut trials = Trials::new(again, under, item, wanted, root);
    for comparison in &comparisons {
        for lever in levers(policy, evaluator, again.dossier, comparison) {
            if let Some(way) = along(&mut trials, evaluator, comparison, &lever, &mut told.beyond)
                && told.ways.iter().all(|own| own.change != way.change)
            {
                told.ways.push(way);
            }
        }
    }
    if !told.ways.is_empty() {
        told.beyond = None;
    }
    told
}

/// The least change along a lever, either way.
fn along(
    trials: &mut Trials<'_>,
    evaluator: &mut Evaluator<'_>,
    comparison: &Failing,
    lever: &Lever,
    beyond: &mut Option<Beyond>,
) -> Option<Way> {
    let mut nearest: Option<(u64, Way)> = None;
    for up in [true, false] {
        for nth in 0.. {
            let Some(line) = Line::of(trials, evaluator, lever, up, nth) else { break };
            trials.follow(evaluator, comparison, &line, beside(comparison, lever, &line));
            if trials.is_hopeless(comparison, &line) {
                if beyond.is_none() && lever.direct {
                    *beyond = past_the_end(trials, comparison, &line, up);
                }
                break;
            }
            let Some(steps) = least(trials, comparison, &line) else { continue };
            if nearest.as_ref().is_some_and(|(fewest, _)| steps >= *fewest) {
                break;
            }
            if let Some(way) = way(trials, comparison, lever, &line, steps) {
                nearest = Some((steps, way));
                break;
            }
        }
    }
    nearest.map(|(_, way)| way)
}

/// What would do, were it not past what the text allows.
fn past_the_end(trials: &mut Trials<'_>, comparison: &Failing, line: &Line, up: bool) -> Option<Beyond> {
    let (fact, bound) = line.end()?;
    let endless = line.without_end();
    let (first, next) = (trials.gap(comparison, &endless, 0)?, trials.gap(comparison, &endless, 1)?);
    if next.abs() >= first.abs() {
        return None;
    }
    let steps = least(trials, comparison, &endless)?;
    Some(Beyond {
        place: MissingPlace::Fact(fact),
        now: exactly(line.now()?),
        needed: exactly(line.value(steps)?),
        bound: exactly(bound),
        up,
    })
}

/// What is told beside a change: what counts the elements, and the whole of which a quotient is measured.
fn beside(comparison: &Failing, lever: &Lever, line: &Line) -> (Option<Counted>, Option<ExprId>) {
    let whole = comparison.quotient.map(|(_, whole)| whole).filter(|_| lever.direct);
    let counted = match line {
        Line::Answer { .. } => None,
        Line::More { counted, .. } | Line::Fewer { counted, .. } => Some(*counted),
    };
    (counted, whole)
}

/// What is told of a change that was seen to do.
fn way(trials: &mut Trials<'_>, comparison: &Failing, lever: &Lever, line: &Line, steps: u64) -> Option<Way> {
    if !trials.gives(line, steps)? || (steps > 1 && trials.gives(line, steps - 1)?) {
        return None;
    }
    let beside = beside(comparison, lever, line);
    let ((count, of), (count_then, of_then)) =
        (trials.beside(line, 0, beside), trials.beside(line, steps, beside));
    let (change, now, needed) = match (line, count, count_then) {
        (Line::More { list, counted, .. } | Line::Fewer { list, counted, .. }, Some(now), Some(then)) => {
            // Each that is added, or left out, is one more, or one less, of those that count, and the others stay so.
            let sign = if matches!(line, Line::More { .. }) { Ratio::one() } else { Ratio::one().neg() };
            if number(&then.0)?.sub(&number(&now.0)?) != line::ratio(steps).mul(&sign) {
                return None;
            }
            // A definition by cases may come to something else once the count has changed.
            let named = now.0 == now.1 && then.0 == then.1;
            let counted = if named { counted.name } else { counted.by };
            (Change::Elements { list: *list, counted }, now.0, then.0)
        }
        (Line::Answer { fact, .. }, _, _) => {
            (Change::Answer(MissingPlace::Fact(*fact)), exactly(line.now()?), exactly(line.value(steps)?))
        }
        (Line::More { .. } | Line::Fewer { .. }, _, _) => return None,
    };
    let out_of = of.filter(|of| of_then.as_ref() == Some(of) && of.is_single());
    Some(Way { change, now, needed, out_of })
}

fn number(known: &Known) -> Option<Ratio> {
    match known.value()? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn exactly(value: Ratio) -> Known {
    Known::exactly(&Value::Number(value))
}
