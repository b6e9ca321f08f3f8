//! How the domain of a missing fact is split into parts.

use std::sync::LazyLock;

use super::explore::options;
use crate::decision::MissingPlace;
use crate::eval::bounds::cuts::cuts;
use crate::eval::world::World;
use crate::known::{DateRange, End, Interval, Known, TextSet, Truth};
use crate::limits;
use crate::number::Ratio;
use crate::policy::{Policy, Type};
use crate::time::Date;
use crate::value::Value;

/// What splitting gave.
pub(super) enum Split {
    /// Two parts or more, which together are the whole.
    Parts(Vec<Known>),
    /// Nothing to split.
    Whole,
}

/// Splits what is known of a place: a truth, choice or finite text into its values; a text, number
/// or date at the values that it is compared with, or, with `halve`, in the middle.
pub(in crate::eval) fn split(policy: &Policy, world: &World, place: MissingPlace, halve: bool) -> Split {
    let Some(known) = world.at(policy, place) else { return Split::Whole };
    let points = || cuts(policy, world, place);
    let parts: Vec<Known> = match known {
        Known::Truth(truth) if truth.is_open() => {
            vec![Known::Truth(Truth::YES), Known::Truth(Truth::NO)]
        }
        Known::Truth(_) => Vec::new(),
        Known::Choice(set) => options(*set).into_iter().map(Known::Choice).collect(),
        Known::Text(TextSet::OneOf(texts)) => {
            texts.iter().map(|text| Known::Text(TextSet::OneOf(vec![text.clone()]))).collect()
        }
        Known::Text(TextSet::AnyBut(but)) => {
            let mut but = but.clone();
            let mut parts = Vec::new();
            for point in points() {
                if let Value::Text(text) = point
                    && !but.contains(&text)
                {
                    parts.push(Known::Text(TextSet::OneOf(vec![text.clone()])));
                    but.push(text);
                }
            }
            parts.push(Known::Text(TextSet::AnyBut(but)));
            parts
        }
        Known::Number(interval) if halve => {
            let step = step_of(type_of(policy, place));
            match step.and_then(|step| Some((halves(interval, &step)?, step))) {
                Some(((within, middle), step)) => at_numbers(&within, vec![middle], Some(step)),
                None => Vec::new(),
            }
        }
        Known::Number(interval) => {
            at_numbers(interval, points().into_iter().filter_map(number).collect(), None)
        }
        Known::Date(range) => {
            let dates: Vec<Date> = if halve {
                middle_date(*range).into_iter().collect()
            } else {
                points().into_iter().filter_map(date).collect()
            };
            at_dates(*range, dates, halve)
        }
    };
    if parts.len() > 1 { Split::Parts(parts) } else { Split::Whole }
}

fn number(value: Value) -> Option<Ratio> {
    match value {
        Value::Number(number) => Some(number),
        Value::Truth(_) | Value::Date(_) | Value::Text(_) | Value::Choice(_) => None,
    }
}

fn date(value: Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(date),
        Value::Truth(_) | Value::Number(_) | Value::Text(_) | Value::Choice(_) => None,
    }
}

/// The type of a place.
pub(super) fn type_of(policy: &Policy, place: MissingPlace) -> Option<Type> {
    match place {
        MissingPlace::Fact(fact) => Some(policy.facts[fact.index()].ask.ty),
        MissingPlace::Cell { field, .. } => Some(policy.fields[field.index()].ask.ty),
        MissingPlace::List(_) => None,
    }
}

/// The step between two values of a type; `None` for a dense one.
pub(super) fn step_of(ty: Option<Type>) -> Option<Ratio> {
    match ty? {
        Type::Integer | Type::Months | Type::Days => Some(Ratio::one()),
        Type::Amount => Ratio::new(1, 100),
        Type::Number | Type::Percent | Type::Date | Type::Text | Type::Truth | Type::Choice(_) => None,
    }
}

/// What is left of an interval to be cut in two, and the value, on the type's own steps, at which to cut
/// it. Where it has no end, the value stands as far as the square of the end that it has: any bound is
/// soon passed. No number that can be written stands beyond [`FARTHEST`]: there it ends.
fn halves(interval: &Interval, step: &Ratio) -> Option<(Interval, Ratio)> {
    let end = |end: &End| end.value().cloned();
    let (far, two) = (&*FARTHEST, Ratio::from(2));
    let (low, high, middle) = match (end(&interval.low), end(&interval.high)) {
        (None, None) => (None, None, Ratio::zero()),
        (Some(low), None) => match reach(&low) {
            middle if middle < *far => (None, None, middle),
            _ if low < *far => (None, Some(far.clone()), low.add(far).div(&two)?),
            _ => return None,
        },
        (None, Some(high)) => match reach(&high.neg()) {
            middle if middle < *far => (None, None, middle.neg()),
            _ if high > far.neg() => (Some(far.neg()), None, high.sub(far).div(&two)?),
            _ => return None,
        },
        (Some(low), Some(high)) if low < high => (None, None, low.add(&high).div(&two)?),
        (Some(_), Some(_)) => return None,
    };
    let ended = |found: Option<Ratio>, end: &End| found.map_or_else(|| end.clone(), End::Included);
    let within =
        Interval { low: ended(low, &interval.low), high: ended(high, &interval.high), whole: interval.whole };
    Some((within, middle.div(step)?.floor().mul(step)))
}

/// A number well above another.
fn reach(from: &Ratio) -> Ratio {
    let least = Ratio::from(16);
    if *from < least { from.max(&Ratio::zero()).add(&least) } else { from.mul(from) }
}

/// What no number of a dossier passes, on either side of zero: [`limits::DIGITS`] digits are the most.
static FARTHEST: LazyLock<Ratio> =
    LazyLock::new(|| (0..limits::DIGITS).fold(Ratio::one(), |power, _| power.mul(&Ratio::from(10))));

/// A part of an interval without the ends that only [`FARTHEST`] gave it; `None` where it has none of these.
pub(super) fn without_far_ends(from: &Interval, part: &Interval) -> Option<Interval> {
    let given = |from: &End, part: &End| {
        *from == End::Infinite && part.value().is_some_and(|value| value.abs() == *FARTHEST)
    };
    let (low, high) = (given(&from.low, &part.low), given(&from.high, &part.high));
    (low || high).then(|| Interval {
        low: if low { End::Infinite } else { part.low.clone() },
        high: if high { End::Infinite } else { part.high.clone() },
        whole: part.whole,
    })
}

fn middle_date(range: DateRange) -> Option<Date> {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from < to => Date::from_days((from.days() + to.days()).div_euclid(2)),
        (Some(_), Some(_)) => None,
        (Some(from), None) => Date::from_days(from.days().saturating_mul(2).abs().max(from.days() + 4096)),
        (None, Some(to)) => Date::from_days(to.days() - 4096),
        (None, None) => Date::from_days(0),
    }
}

/// Cells below, on and above each of some values. Halving (`step`) keeps the value with the cell
/// below it, and starts the cell above it one step further: no value lies between.
fn at_numbers(interval: &Interval, mut numbers: Vec<Ratio>, step: Option<Ratio>) -> Vec<Known> {
    numbers.sort();
    numbers.dedup();
    let mut parts = Vec::new();
    let mut low = interval.low.clone();
    let mut keep = |low: End, high: End| {
        let cell = Interval { low, high, whole: interval.whole };
        if let Some(Known::Number(cell)) = Known::Number(interval.clone()).intersect(&Known::Number(cell)) {
            let cell = Known::Number(cell);
            if !parts.contains(&cell) {
                parts.push(cell);
            }
        }
    };
    for number in numbers {
        match &step {
            Some(step) => {
                keep(low, End::Included(number.clone()));
                low = End::Included(number.add(step));
            }
            None => {
                keep(low, End::Excluded(number.clone()));
                keep(End::Included(number.clone()), End::Included(number.clone()));
                low = End::Excluded(number);
            }
        }
    }
    keep(low, interval.high.clone());
    parts
}

fn at_dates(range: DateRange, mut dates: Vec<Date>, halve: bool) -> Vec<Known> {
    dates.sort();
    dates.dedup();
    let mut parts = Vec::new();
    let mut from = range.from;
    let mut keep = |from: Option<Date>, to: Option<Date>| {
        if matches!((from, to), (Some(from), Some(to)) if from > to) {
            return;
        }
        if let Some(cell) = Known::Date(range).intersect(&Known::Date(DateRange { from, to }))
            && !parts.contains(&cell)
        {
            parts.push(cell);
        }
    };
    for date in dates {
        if halve {
            keep(from, Some(date));
        } else {
            if let Some(before) = date.plus_days(-1) {
                keep(from, Some(before));
            }
            keep(Some(date), Some(date));
        }
        from = date.plus_days(1).or(Some(Date::MAX));
    }
    keep(from, range.to);
    parts
}
