//! What the general search for dossiers leaves out, looked for point by point: from each dossier at hand,
//! the answers that a point rests on are left out or given otherwise, and time limits are moved to the day.

use std::sync::Arc;

use crate::decision::{Decision, Status};
use crate::eval::bounds::sides::{Bound, fulfilled_by};
use crate::number::Ratio;
use crate::policy::{Declared, ExprId, ExprKind, FieldId, ItemRef, ObligationId, Policy, Reach, Type};
use crate::probe::{Entry, Fill, Sketch};
use crate::time::Date;

use super::coverage::{Answer, Point};

/// The dossiers that may show a point, made of one that does not.
pub(super) fn nudged(policy: &Policy, point: Point, from: &Sketch, decision: &Decision) -> Vec<Sketch> {
    let mut made = Vec::new();
    match point {
        Point::Status(ItemRef::Obligation(id), Status::Pending | Status::Missed | Status::Fulfilled) => {
            made.extend(at_the_limit(policy, id, from, decision));
        }
        Point::Side(bound, _) if bound.part == Bound::EXAMINED || bound.part == Bound::FULFILLED => {
            let own = policy.obligations.iter().position(|obligation| obligation.deadline == bound.expr);
            let own = own.and_then(|rank| u32::try_from(rank).ok()).map(ObligationId);
            made.extend(own.into_iter().flat_map(|id| at_the_limit(policy, id, from, decision)));
        }
        Point::Period(parameter, rank) => {
            let periods = &policy.parameters[parameter.index()].periods;
            let day = periods.get(usize::from(rank)).and_then(|period| period.from);
            made.extend(day.into_iter().flat_map(|day| moved_in_time(from, day)));
        }
        // A time limit that falls on each day of a week.
        Point::Effect(_) => made.extend((1..7).filter_map(|days| shifted(from, days))),
        _ => {}
    }
    if matches!(point, Point::Side(..)) {
        // Beside their bounds dossiers are put by the search itself.
        return made;
    }
    let reach = reach_of(policy, point);
    let open = matches!(point, Point::Truth(_, Answer::Open) | Point::Status(_, Status::Undetermined));
    for declared in policy.declared.iter().filter(|declared| reach.reads(**declared)) {
        if open {
            made.extend(without(policy, from, *declared));
        } else {
            made.extend(otherwise(policy, from, *declared));
        }
    }
    made
}

/// What a point rests on; nothing for one that is not of an expression or item.
pub(super) fn reach_of(policy: &Policy, point: Point) -> Reach {
    let of = |expr: ExprId| {
        let mut reach = Reach::default();
        reach.add_expr(policy, expr);
        reach
    };
    match point {
        Point::Status(item, _) => Reach::of_item(policy, item),
        Point::Truth(expr, _)
        | Point::Value(expr, _)
        | Point::Line(expr, _)
        | Point::Limit(expr, _)
        | Point::Effect(expr) => of(expr),
        Point::Side(bound, _) => {
            let mut reach = of(bound.expr);
            if let Some(fulfilled_by) = fulfilled_by(policy, bound.expr) {
                reach.add_expr(policy, fulfilled_by);
            }
            reach
        }
        Point::Period(..) | Point::Option(..) | Point::Moves(_) => Reach::default(),
    }
}

/// Examined the day before a time limit, that day and the day after, what fulfils it not having happened.
fn at_the_limit(policy: &Policy, id: ObligationId, from: &Sketch, decision: &Decision) -> Vec<Sketch> {
    let Some(obligation) = policy.obligations.get(id.index()) else { return Vec::new() };
    let Some(act) = obligation.fulfilled_by else { return Vec::new() };
    let fulfilled = match &policy.exprs.get(act).kind {
        ExprKind::Fact(fact) => policy.facts.get(fact.index()).map(|fact| Arc::clone(&fact.path)),
        _ => None,
    };
    let Some(fulfilled) = fulfilled else { return Vec::new() };
    let cases = &decision.item(ItemRef::Obligation(id)).by_reading;
    let mut days: Vec<Date> = cases.iter().filter_map(|case| case.due()?.value()).collect();
    days.dedup();
    let mut made = Vec::new();
    for day in days {
        for examined_on in [-1, 0, 1].into_iter().filter_map(|by| day.plus_days(by)) {
            let mut sketch = Sketch { examined_on, ..from.clone() };
            sketch.entries.insert(Arc::clone(&fulfilled), Entry::One(Fill::NotYet));
            made.push(sketch);
            let mut sketch = Sketch { examined_on: examined_on.max(from.examined_on), ..from.clone() };
            sketch.entries.insert(Arc::clone(&fulfilled), Entry::One(Fill::Date(examined_on)));
            made.push(sketch);
        }
    }
    made
}

/// Without an answer: a fact, a list, or a field of the first element, of the last one, of all.
fn without(policy: &Policy, from: &Sketch, declared: Declared) -> Vec<Sketch> {
    let removed = |path: &Arc<str>| {
        let mut sketch = from.clone();
        sketch.entries.shift_remove(path).map(|_| sketch)
    };
    match declared {
        Declared::Fact(id) => removed(&policy.facts[id.index()].path).into_iter().collect(),
        Declared::List(id) => removed(&policy.lists[id.index()].path).into_iter().collect(),
        Declared::Field(id) => {
            let field = &policy.fields[id.index()];
            let path = &policy.lists[field.list.index()].path;
            let Some(Entry::Rows(rows)) = from.entries.get(path) else { return Vec::new() };
            let last = rows.len().saturating_sub(1);
            let choices = [0..1, last..rows.len(), 0..rows.len()];
            choices
                .into_iter()
                .map(|ranks| {
                    let mut rows = rows.clone();
                    for row in rows.iter_mut().take(ranks.end).skip(ranks.start) {
                        row.shift_remove(&field.name);
                    }
                    let mut sketch = from.clone();
                    sketch.entries.insert(Arc::clone(path), Entry::Rows(rows));
                    sketch
                })
                .collect()
        }
    }
}

/// With another answer, where there are few.
fn otherwise(policy: &Policy, from: &Sketch, declared: Declared) -> Vec<Sketch> {
    let (path, ty) = match declared {
        Declared::Fact(id) => (&policy.facts[id.index()].path, policy.facts[id.index()].ask.ty),
        Declared::Field(id) => return multiplied(policy, from, id),
        Declared::List(_) => return Vec::new(),
    };
    let fills: Vec<Fill> = match ty {
        Type::Truth => vec![Fill::Truth(true), Fill::Truth(false)],
        Type::Choice(choice) => policy.choices[choice.index()]
            .options
            .iter()
            .map(|option| Fill::Choice(Arc::clone(option)))
            .collect(),
        Type::Date => vec![Fill::NotYet, Fill::Date(from.examined_on)],
        Type::Integer
        | Type::Number
        | Type::Percent
        | Type::Amount
        | Type::Months
        | Type::Days
        | Type::Text => Vec::new(),
    };
    fills
        .into_iter()
        .map(|fill| {
            let mut sketch = from.clone();
            sketch.entries.insert(Arc::clone(path), Entry::One(fill));
            sketch
        })
        .collect()
}

/// A field that holds a number, many times greater in every element.
fn multiplied(policy: &Policy, from: &Sketch, id: FieldId) -> Vec<Sketch> {
    let field = &policy.fields[id.index()];
    let path = &policy.lists[field.list.index()].path;
    let Some(Entry::Rows(rows)) = from.entries.get(path) else { return Vec::new() };
    let by = |factor: i64| {
        let mut rows = rows.clone();
        for fill in rows.iter_mut().filter_map(|row| row.get_mut(&field.name)) {
            if let Fill::Number(number, _) = fill {
                *number = number.add(&Ratio::one()).mul(&Ratio::from(factor));
            }
        }
        let mut sketch = from.clone();
        sketch.entries.insert(Arc::clone(path), Entry::Rows(rows));
        sketch
    };
    [10, 1_000].map(by).to_vec()
}

/// A dossier moved to the last day of each period of a parameter, and to the first day of the next one.
pub(super) fn at_periods(policy: &Policy, from: &Sketch) -> Vec<Sketch> {
    let starts = policy.parameters.iter().flat_map(|parameter| &parameter.periods);
    let days = starts.filter_map(|period| period.from).flat_map(|day| [day.plus_days(-1), Some(day)]);
    days.flatten().flat_map(|day| moved_in_time(from, day)).collect()
}

/// A dossier each number of which is some steps higher in turn: what is rounded is then told from what is
/// rounded another way.
pub(super) fn stirred(policy: &Policy, from: &Sketch) -> Vec<Sketch> {
    let mut made = Vec::new();
    for declared in &policy.declared {
        let (path, name, ty) = match *declared {
            Declared::Fact(id) => (&policy.facts[id.index()].path, None, policy.facts[id.index()].ask.ty),
            Declared::Field(id) => {
                let field = &policy.fields[id.index()];
                (&policy.lists[field.list.index()].path, Some(&field.name), field.ask.ty)
            }
            Declared::List(_) => continue,
        };
        let Some(step) = ty.step(policy.currency) else { continue };
        for steps in 1..=STIRS {
            let by = step.mul(&Ratio::from(steps));
            let mut sketch = from.clone();
            let fill = match (sketch.entries.get_mut(path), name) {
                (Some(Entry::One(fill)), None) => Some(fill),
                (Some(Entry::Rows(rows)), Some(name)) => rows.first_mut().and_then(|row| row.get_mut(name)),
                (Some(Entry::One(_) | Entry::Rows(_)) | None, _) => None,
            };
            if let Some(Fill::Number(number, _)) = fill {
                *number = number.add(&by);
                made.push(sketch);
            }
        }
    }
    made
}

/// Greatest number of steps by which a number is moved to tell roundings apart.
const STIRS: i64 = 4;

/// The whole dossier moved to another time, so that one of its dates falls on a day.
fn moved_in_time(from: &Sketch, day: Date) -> Vec<Sketch> {
    let dates = from.entries.values().filter_map(|entry| match entry {
        Entry::One(Fill::Date(date)) => Some(*date),
        Entry::One(_) | Entry::Rows(_) => None,
    });
    let dates = dates.chain([from.examined_on]);
    let mut by: Vec<i64> = dates.map(|date| date.days_until(day)).collect();
    by.sort_unstable();
    by.dedup();
    by.into_iter().filter_map(|days| shifted(from, days)).collect()
}

/// A dossier all dates of which are so many days later.
pub(super) fn shifted(from: &Sketch, days: i64) -> Option<Sketch> {
    let mut sketch = Sketch { examined_on: from.examined_on.plus_days(days)?, ..from.clone() };
    for entry in sketch.entries.values_mut() {
        let fills: Vec<&mut Fill> = match entry {
            Entry::One(fill) => vec![fill],
            Entry::Rows(rows) => rows.iter_mut().flat_map(|row| row.values_mut()).collect(),
        };
        for fill in fills {
            if let Fill::Date(date) = fill {
                *date = date.plus_days(days)?;
            }
        }
    }
    Some(sketch)
}
