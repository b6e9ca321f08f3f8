//! What a case shows: read off the explanations of its decision.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{Answer, Point, first};
use crate::decision::{Decision, ItemResult, Leaf, Op, Outcome, Part, Status, Step};
use crate::eval::bounds::sides::{Bound, Side, bounds, operands};
use crate::known::{DateRange, Known};
use crate::number::Ratio;
use crate::policy::expr::BandRange;
use crate::policy::{ExprId, ExprKind, ItemRef, ParameterId, Policy, ReadingId, Type};
use crate::render::words::merged;
use crate::time::{Date, DayOf, WorkingDays};
use crate::value::Value;

/// What a decision shows.
pub fn seen(policy: &Policy, decision: &Decision) -> BTreeSet<Point> {
    let mut reader =
        Reader { policy, examined_on: decision.examined_on, shown: BTreeSet::new(), told: HashSet::new() };
    for item in policy.items() {
        reader.item(decision, decision.item(item));
    }
    for result in &decision.readings {
        reader.reading(result);
    }
    reader.shown
}

struct Reader<'p> {
    policy: &'p Policy,
    examined_on: Date,
    shown: BTreeSet<Point>,
    /// Shared steps that were read already.
    told: HashSet<*const Step>,
}

impl Reader<'_> {
    fn item(&mut self, decision: &Decision, result: &ItemResult) {
        self.shown.insert(Point::Status(result.item, result.status));
        if result.item == ItemRef::Decision {
            let status = match decision.outcome {
                Outcome::Favourable | Outcome::Calculated => Status::Favourable,
                Outcome::Unfavourable => Status::Unfavourable,
                Outcome::Incomplete => Status::Undetermined,
                Outcome::DependsOnReading => Status::DependsOnReading,
            };
            self.shown.insert(Point::Status(ItemRef::Decision, status));
        }
        for case in &result.by_reading {
            self.shown.insert(Point::Status(result.item, case.status));
            for (_, step) in &case.because.parts {
                self.step(step);
            }
            self.limit(result.item, &case.because.parts);
        }
    }

    fn reading(&mut self, result: &crate::decision::ReadingResult) {
        let options = match result.retained {
            Some(option) => vec![option],
            None => (0..).zip(&result.outcomes).map(|(option, _)| option).collect(),
        };
        let reading: ReadingId = result.reading;
        self.shown.extend(options.into_iter().map(|option| Point::Option(reading, option)));
        if !result.changes.is_empty() {
            self.shown.insert(Point::Moves(reading));
        }
    }

    fn step(&mut self, step: &Step) {
        if let Some(expr) = step.expr {
            self.truth(expr, &step.value);
            self.operation(expr, step);
        }
        match &step.op {
            // What is supposed in a trial is not what the dossier says: only what all trials leave open,
            // or agree on, is.
            Op::Cases { .. } => {
                let inner: Vec<&Step> = step.operands.iter().flat_map(|case| &case.operands).collect();
                if let Some(all) = merged(&inner) {
                    self.step(&all);
                }
                return;
            }
            Op::Case { .. } => return,
            Op::Shared(inner) => {
                if self.told.insert(Arc::as_ptr(inner)) {
                    self.step(inner);
                }
            }
            Op::Leaf(Leaf::Parameter(parameter)) => self.period(*parameter, step),
            Op::Leaf(_) | Op::Expr | Op::Served { .. } | Op::Item => {}
        }
        for operand in &step.operands {
            self.step(operand);
        }
    }

    fn truth(&mut self, expr: ExprId, value: &Known) {
        if let Known::Truth(truth) = value {
            let answer = match truth.value() {
                Some(true) => Answer::Yes,
                Some(false) => Answer::No,
                None => Answer::Open,
            };
            self.shown.insert(Point::Truth(first(self.policy, expr), answer));
        }
    }

    /// The sides of the bounds of an expression.
    fn bounds(&mut self, expr: ExprId, step: &Step) {
        let policy = self.policy;
        let own = first(policy, expr);
        let of = |expr: ExprId| step.operands.iter().find(|operand| operand.expr == Some(expr));
        for bound in bounds(policy, expr) {
            if bound.part == Bound::FULFILLED || bound.part == Bound::EXAMINED {
                continue;
            }
            let side = match operands(policy, bound) {
                Some((left, right)) => {
                    side_of(policy, of(left), like(policy, step, right), constant(policy, right))
                }
                None => last_day(policy, expr, step),
            };
            self.shown.extend(side.map(|side| Point::Side(Bound { expr: own, part: bound.part }, side)));
        }
    }

    /// The sides of a time limit on which what fulfils it stands, and the date of examination.
    fn limit(&mut self, item: ItemRef, parts: &[(Part, Step)]) {
        let ItemRef::Obligation(id) = item else { return };
        let deadline = self.policy.obligations[id.index()].deadline;
        let day = |wanted: Part| {
            let step = parts.iter().find(|(part, _)| *part == wanted).map(|(_, step)| step);
            match step.and_then(|step| step.value.value()) {
                Some(Value::Date(date)) => Some(date),
                Some(Value::Truth(_) | Value::Number(_) | Value::Text(_) | Value::Choice(_)) | None => None,
            }
        };
        let Some(limit) = day(Part::Deadline) else { return };
        let days = [(Bound::FULFILLED, day(Part::FulfilledBy)), (Bound::EXAMINED, Some(self.examined_on))];
        for (part, day) in days {
            let side = day.and_then(|day| side_of_day(day, limit));
            self.shown.extend(side.map(|side| Point::Side(Bound { expr: deadline, part }, side)));
        }
    }

    fn operation(&mut self, expr: ExprId, step: &Step) {
        self.bounds(expr, step);
        let policy = self.policy;
        let own = first(policy, expr);
        let of = |expr: ExprId| step.operands.iter().find(|operand| operand.expr == Some(expr));
        let single = |expr: ExprId| of(expr).and_then(|operand| operand.value.value());
        match &policy.exprs.get(expr).kind {
            ExprKind::Among { subject, values } => {
                let Some(subject) = single(*subject) else { return };
                for (rank, value) in (0..).zip(values) {
                    let value = single(*value).or_else(|| constant(policy, *value));
                    if value.as_ref() == Some(&subject) {
                        self.shown.insert(Point::Value(own, rank));
                    }
                }
            }
            ExprKind::Cases { lines, otherwise } => {
                let rank = lines.iter().position(|line| single(line.when) == Some(Value::Truth(true)));
                let otherwise = otherwise
                    .filter(|_| lines.iter().all(|line| single(line.when) == Some(Value::Truth(false))));
                let rank = rank.or_else(|| otherwise.map(|_| lines.len()));
                if let Some(rank) = rank.and_then(|rank| u16::try_from(rank).ok()) {
                    self.shown.insert(Point::Line(own, rank));
                }
            }
            ExprKind::Scale { of, bands, by_slices } => {
                let Some(subject) = single(*of) else { return };
                for (rank, band) in (0..).zip(bands) {
                    let end = |end| {
                        constant(policy, end)
                            .or_else(|| like(policy, step, end).and_then(|end| end.value.value()))
                    };
                    if inside(&end, &subject, &band.range, *by_slices) {
                        self.shown.insert(Point::Line(own, rank));
                    }
                }
            }
            ExprKind::Extremum { of, .. } => {
                let values: Vec<Option<Value>> =
                    of.iter().map(|of| single(*of).or_else(|| constant(policy, *of))).collect();
                let taken = step.value.value();
                let holds = |value: &Option<Value>| value.is_some() && *value == taken;
                if values.iter().filter(|value| holds(value)).count() == 1 {
                    for (rank, value) in (0..).zip(&values) {
                        if holds(value) {
                            self.shown.insert(Point::Limit(own, rank));
                        }
                    }
                }
            }
            ExprKind::DayOf { day: DayOf::Working(WorkingDays { count: 0, .. }), date: value } => {
                if let (Some(before), Some(after)) = (single(*value), step.value.value())
                    && before != after
                {
                    self.shown.insert(Point::Effect(own));
                }
            }
            _ => {}
        }
    }

    /// The period in which a parameter was taken.
    fn period(&mut self, parameter: ParameterId, step: &Step) {
        let day = match step.operands.first().map(|at| &at.value) {
            Some(Known::Date(dates)) => DateRange::value(*dates),
            Some(_) => None,
            None => Some(self.examined_on),
        };
        let Some(day) = day else { return };
        let periods = &self.policy.parameters[parameter.index()].periods;
        let covers = |from: Option<Date>| from.is_none_or(|from| from <= day);
        if let Some((rank, _)) = (0..).zip(periods).filter(|(_, period)| covers(period.from)).last() {
            self.shown.insert(Point::Period(parameter, rank));
        }
    }
}

fn constant(policy: &Policy, expr: ExprId) -> Option<Value> {
    match &policy.exprs.get(expr).kind {
        ExprKind::Const(value) => Some(value.clone()),
        _ => None,
    }
}

/// An operand that says the same thing.
fn like<'s>(policy: &Policy, step: &'s Step, expr: ExprId) -> Option<&'s Step> {
    let shape = policy.exprs.get(expr).shape;
    let same = |operand: &&Step| operand.expr.is_some_and(|own| policy.exprs.get(own).shape == shape);
    step.operands.iter().find(same)
}

/// Whether a value is in a line of a scale, of which `value` says the ends; by slices, whether it reaches into it.
fn inside(
    value: &dyn Fn(ExprId) -> Option<Value>,
    subject: &Value,
    range: &BandRange,
    by_slices: bool,
) -> bool {
    match range {
        BandRange::Options(options) => matches!(subject, Value::Choice(option) if options.contains(option)),
        BandRange::Between { low, high } => {
            let above = low.is_none_or(|(end, included)| match order(subject, value(end)) {
                Some(order) => order.is_gt() || (included && order.is_eq()),
                None => false,
            });
            let below = by_slices
                || high.is_none_or(|(end, included)| match order(subject, value(end)) {
                    Some(order) => order.is_lt() || (included && order.is_eq()),
                    None => false,
                });
            above && below
        }
    }
}

fn order(value: &Value, end: Option<Value>) -> Option<std::cmp::Ordering> {
    match (value, end?) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(&b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(&b)),
        _ => None,
    }
}

/// On which side of a bound a value stands, where one step takes it to another: a value that is equal
/// stands on it, an option, a day or a number that is one step away beside it.
fn side_of(policy: &Policy, left: Option<&Step>, right: Option<&Step>, end: Option<Value>) -> Option<Side> {
    let left = left?;
    let end = right.and_then(|right| right.value.value()).or(end)?;
    let (order, is_near) = match (left.value.value()?, end) {
        (Value::Choice(a), Value::Choice(b)) => (a.cmp(&b), a.abs_diff(b) <= 1),
        (Value::Date(a), Value::Date(b)) => return side_of_day(a, b),
        (Value::Number(a), Value::Number(b)) => {
            let steps = [Some(left), right].into_iter().flatten();
            let step = steps.filter_map(|side| granule(policy, side)).max();
            (a.cmp(&b), step.is_some_and(|step| a.sub(&b).abs() <= step))
        }
        _ => return None,
    };
    beside(order, is_near)
}

fn side_of_day(day: Date, limit: Date) -> Option<Side> {
    beside(day.cmp(&limit), day.days_until(limit).abs() <= 1)
}

fn beside(order: Ordering, is_near: bool) -> Option<Side> {
    match order {
        Ordering::Equal => Some(Side::On),
        Ordering::Less => is_near.then_some(Side::Below),
        Ordering::Greater => is_near.then_some(Side::Above),
    }
}

/// On which side of the last day of `est dans les … suivant` a date stands.
fn last_day(policy: &Policy, expr: ExprId, step: &Step) -> Option<Side> {
    let ExprKind::Within { date, duration, origin } = &policy.exprs.get(expr).kind else { return None };
    let value = |wanted: ExprId| {
        let operand = step.operands.iter().find(|operand| operand.expr == Some(wanted));
        operand.and_then(|operand| operand.value.value()).or_else(|| constant(policy, wanted))
    };
    let (Value::Date(date), Value::Number(count), Value::Date(origin)) =
        (value(*date)?, value(*duration)?, value(*origin)?)
    else {
        return None;
    };
    let count = count.to_i64()?;
    let last = match policy.exprs.get(*duration).ty {
        Type::Months => origin.plus_months(count)?,
        _ => origin.plus_days(count)?,
    };
    side_of_day(date, last)
}

/// The least by which a number moves when one of the answers that it rests on does: an element more, a
/// unit, a cent. `None` where nothing moves it.
fn granule(policy: &Policy, step: &Step) -> Option<Ratio> {
    if let Op::Shared(inner) = &step.op {
        return granule(policy, inner);
    }
    let node = policy.exprs.get(step.expr?);
    let number = |step: &Step| match step.value.value() {
        Some(Value::Number(number)) => Some(number),
        Some(Value::Truth(_) | Value::Date(_) | Value::Text(_) | Value::Choice(_)) | None => None,
    };
    let inner = || step.operands.iter().filter_map(|operand| granule(policy, operand)).max();
    match (&node.kind, step.operands.as_slice()) {
        (ExprKind::Const(_) | ExprKind::Parameter { .. }, _) => None,
        (ExprKind::Fact(_) | ExprKind::Field(_), _) => node.ty.step(policy.currency),
        (
            ExprKind::Aggregate { of: None, .. }
            | ExprKind::Elapsed { .. }
            | ExprKind::DaysBetween(..)
            | ExprKind::YearOf(_)
            | ExprKind::Covered { .. }
            | ExprKind::Rank { .. },
            _,
        ) => Some(Ratio::one()),
        (ExprKind::Div(..), [above, below]) => match granule(policy, above) {
            Some(step) => step.div(&number(below)?.abs()),
            None => granule(policy, below)?.mul(&number(step)?.abs()).div(&number(below)?.abs()),
        },
        (ExprKind::Mul(..), [a, b]) => {
            let by = |step: Option<Ratio>, other: &Step| Some(step?.mul(&number(other)?.abs()));
            by(granule(policy, a), b).max(by(granule(policy, b), a))
        }
        _ => inner(),
    }
}
