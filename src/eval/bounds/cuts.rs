//! The values of a place at which a comparison that rests on it turns.

use std::cmp::Ordering;

use crate::decision::MissingPlace;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::context::Row;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::invert::latest_before;
use crate::eval::world::ListState;
use crate::eval::world::World;
use crate::known::Known;
use crate::limits;
use crate::number::{Ratio, Sum};
use crate::policy::dependencies::Touched;
use crate::policy::expr::BandRange;
use crate::policy::{ExprId, ExprKind, ListId, Policy, Type};
use crate::syntax::tree::{Aggregate, ElapsedUnit};
use crate::time::Date;
use crate::value::Value;

/// Greatest number of values that are looked for.
const MOST: usize = 1_024;
/// How many definitions a value is looked for through.
const DEPTH: u32 = 16;

/// The known values that a place is compared with anywhere, ascending, each once.
///
/// Where the place stands inside arithmetic whose other operands are known, it is the value of the
/// place at which the whole equals what it is compared with.
pub fn cuts(policy: &Policy, world: &World, place: MissingPlace) -> Vec<Value> {
    let rests_on = policy.dependencies();
    let comparisons: Vec<ExprId> = match place {
        MissingPlace::Fact(fact) => rests_on.comparisons_of_fact(fact).collect(),
        MissingPlace::List(_) => Vec::new(),
        MissingPlace::Cell { field, .. } => {
            let list = policy.fields[field.index()].list;
            let of_field = rests_on.comparisons_of_field(field);
            let mut all: Vec<ExprId> = of_field.chain(rests_on.comparisons_of_list(list)).collect();
            all.sort();
            all.dedup();
            all
        }
    };
    turns(policy, world, place, &comparisons)
}

/// The values of a place at which these comparisons, scales and bounded values turn, ascending, each once.
pub fn turns(policy: &Policy, world: &World, place: MissingPlace, of: &[ExprId]) -> Vec<Value> {
    let learnt = Learnt::default();
    let mut search =
        Search { evaluator: Evaluator::new(policy, world, &learnt), place, found: Vec::new(), depth: 0 };
    for comparison in of {
        search.comparison_in_rows(*comparison);
    }
    search.obligations();
    let mut found = search.found;
    found.sort_by(order);
    found.dedup();
    found
}

fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Choice(a), Value::Choice(b)) => a.cmp(b),
        (Value::Truth(a), Value::Truth(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.folded.cmp(&b.folded),
        (Value::Number(_) | Value::Date(_) | Value::Choice(_) | Value::Truth(_) | Value::Text(_), _) => {
            Ordering::Equal
        }
    }
}

struct Search<'a> {
    evaluator: Evaluator<'a>,
    place: MissingPlace,
    found: Vec<Value>,
    depth: u32,
}

impl Search<'_> {
    /// An obligation compares its time limit, the date that fulfils it and the examination.
    fn obligations(&mut self) {
        let policy = self.evaluator.policy;
        let mut place = Touched::default();
        place.add_declared(policy, self.place.declared());
        let examined_on = Value::Date(self.evaluator.world.examined_on);
        for obligation in &policy.obligations {
            let Some(act) = obligation.fulfilled_by else {
                let own = obligation.deadline;
                if place.meets_shape(self.evaluator.rests_on, policy.exprs.get(own).shape) {
                    self.solve(own, &examined_on);
                }
                continue;
            };
            let dates = [obligation.deadline, act];
            for (own, other) in [(dates[0], dates[1]), (dates[1], dates[0])] {
                if place.meets_shape(self.evaluator.rests_on, policy.exprs.get(own).shape) {
                    self.solve(own, &examined_on);
                    self.equal(own, other);
                }
            }
        }
    }

    /// A comparison inside an aggregate is one of each element; of the place's own, where it is one.
    fn comparison_in_rows(&mut self, expr: ExprId) {
        let policy = self.evaluator.policy;
        let shape = policy.exprs.get(expr).shape;
        match self.evaluator.rests_on.free(shape) {
            [] => self.comparison(expr),
            [list] => {
                let ListState::Rows(rows) = &self.evaluator.world.lists[list.index()] else { return };
                let rows = 0..u32::try_from(rows.len()).unwrap_or(u32::MAX);
                let own = match self.place {
                    MissingPlace::Cell { row, field } if policy.fields[field.index()].list == *list => {
                        Some(row)
                    }
                    _ => None,
                };
                for row in rows.filter(|row| own.is_none_or(|own| own == *row)) {
                    if self.found.len() >= MOST {
                        return;
                    }
                    self.in_row(*list, row, |search| search.comparison(expr));
                }
            }
            _ => {}
        }
    }

    fn in_row(&mut self, list: ListId, row: u32, f: impl FnOnce(&mut Self)) {
        let outer = self.evaluator.rows[list.index()].replace(Row::At(row));
        f(self);
        self.evaluator.rows[list.index()] = outer;
    }

    fn single(&mut self, expr: ExprId) -> Option<Value> {
        self.evaluator.value(expr).value()
    }

    fn comparison(&mut self, expr: ExprId) {
        let policy = self.evaluator.policy;
        if let Some(fulfilled_by) = super::sides::fulfilled_by(policy, expr) {
            self.equal(fulfilled_by, expr);
            self.equal(expr, fulfilled_by);
            self.solve(expr, &Value::Date(self.evaluator.world.examined_on));
        }
        match &policy.exprs.get(expr).kind {
            ExprKind::Compare { left, right, .. } => {
                self.equal(*left, *right);
                self.equal(*right, *left);
            }
            ExprKind::Among { subject, values } => {
                for value in values {
                    self.equal(*subject, *value);
                    self.equal(*value, *subject);
                }
            }
            ExprKind::Between { subject, low, high } => {
                for end in [*low, *high] {
                    self.equal(*subject, end);
                    self.equal(end, *subject);
                }
            }
            ExprKind::Within { date, duration, origin } => {
                self.equal(*date, *origin);
                self.equal(*origin, *date);
                let last = self.evaluator.last_day(*duration, *origin).value();
                if let Some(last) = last {
                    self.solve(*date, &Value::Date(last));
                }
                if let (Some(Value::Date(date)), Some(Value::Number(by))) =
                    (self.single(*date), self.single(*duration))
                {
                    let ty = policy.exprs.get(*duration).ty;
                    if let Some(first) = latest_before(date, |from| moved(from, &by, ty)) {
                        self.solve(*origin, &Value::Date(first));
                    }
                }
            }
            ExprKind::Scale { of, bands, .. } => {
                for band in bands {
                    if let BandRange::Between { low, high } = &band.range {
                        for (end, _) in [low, high].into_iter().flatten() {
                            self.equal(*of, *end);
                            self.equal(*end, *of);
                        }
                    }
                }
            }
            ExprKind::Extremum { of, .. } => {
                for (rank, value) in of.iter().enumerate() {
                    for other in of.iter().skip(rank + 1) {
                        self.equal(*value, *other);
                        self.equal(*other, *value);
                    }
                }
            }
            _ => {}
        }
    }

    /// What makes an expression equal to another that is known.
    fn equal(&mut self, expr: ExprId, other: ExprId) {
        if let Some(value) = self.single(other) {
            self.solve(expr, &value);
        }
    }

    /// What makes an expression come to a value.
    fn solve(&mut self, expr: ExprId, target: &Value) {
        let policy = self.evaluator.policy;
        let node = policy.exprs.get(expr);
        let too_long = matches!(target, Value::Number(number) if number.bits() > limits::NUMBER_BITS);
        if self.found.len() >= MOST || too_long {
            return;
        }
        match (&node.kind, target) {
            (ExprKind::Fact(fact), _) if self.place == MissingPlace::Fact(*fact) => {
                self.found.push(target.clone());
            }
            (ExprKind::Field(field), _) => {
                let list = policy.fields[field.index()].list;
                if let Some(Row::At(row)) = self.evaluator.rows[list.index()]
                    && self.place == (MissingPlace::Cell { row, field: *field })
                {
                    self.found.push(target.clone());
                }
            }
            (ExprKind::Definition(definition), _) if self.depth < DEPTH => {
                self.depth += 1;
                self.solve(policy.definitions[definition.index()].body, target);
                self.depth -= 1;
            }
            (ExprKind::Extremum { of, .. }, _) => of.iter().for_each(|operand| self.solve(*operand, target)),
            (ExprKind::Cases { lines, otherwise }, _) => {
                for value in lines.iter().map(|line| line.value).chain(*otherwise) {
                    self.solve(value, target);
                }
            }
            (ExprKind::Aggregate { kind, list, filter, of: Some(of) }, _) => {
                self.solve_aggregate(*kind, *list, *filter, *of, target);
            }
            (ExprKind::Shift { date, by, then_days, back }, Value::Date(target)) => {
                if let Some(Value::Number(amount)) = self.single(*by) {
                    let ty = policy.exprs.get(*by).ty;
                    let (amount, days) =
                        if *back { (amount.neg(), -then_days) } else { (amount, *then_days) };
                    let later = |from: Date| moved(from, &amount, ty)?.plus_days(days);
                    if let Some(date_of) = latest_before(*target, later) {
                        self.solve(*date, &Value::Date(date_of));
                    }
                }
            }
            (ExprKind::DayOf { day, date }, Value::Date(target)) => {
                if let Some(last) = day.last_date(*target) {
                    self.solve(*date, &Value::Date(last));
                }
            }
            (kind, Value::Number(target)) => self.solve_number(kind, target),
            _ => {}
        }
    }

    fn solve_number(&mut self, kind: &ExprKind, target: &Ratio) {
        let number = |value: Option<Value>| match value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        let mut pairs: Vec<(ExprId, Option<Ratio>)> = Vec::new();
        match kind {
            ExprKind::Add(a, b) => {
                pairs.push((*a, number(self.single(*b)).map(|b| target.sub(&b))));
                pairs.push((*b, number(self.single(*a)).map(|a| target.sub(&a))));
            }
            ExprKind::Sub(a, b) => {
                pairs.push((*a, number(self.single(*b)).map(|b| target.add(&b))));
                pairs.push((*b, number(self.single(*a)).map(|a| a.sub(target))));
            }
            ExprKind::Mul(a, b) => {
                pairs.push((*a, number(self.single(*b)).and_then(|b| target.div(&b))));
                pairs.push((*b, number(self.single(*a)).and_then(|a| target.div(&a))));
            }
            ExprKind::Div(a, b) => {
                pairs.push((*a, number(self.single(*b)).map(|b| target.mul(&b))));
                pairs.push((*b, number(self.single(*a)).and_then(|a| a.div(target))));
            }
            ExprKind::Negate(a) => pairs.push((*a, Some(target.neg()))),
            ExprKind::Round { value, .. } => pairs.push((*value, Some(target.clone()))),
            ExprKind::Scaled { base, rate, decrease } => {
                let rate = number(self.single(*rate));
                let one = Ratio::one();
                let factor = rate.map(|rate| if *decrease { one.sub(&rate) } else { one.add(&rate) });
                pairs.push((*base, factor.and_then(|factor| target.div(&factor))));
            }
            ExprKind::DaysBetween(a, b) => self.solve_elapsed(*b, *a, ElapsedUnit::Days, target),
            ExprKind::Elapsed { from, to, unit } => self.solve_elapsed(*from, *to, *unit, target),
            ExprKind::YearOf(date) => {
                let year = target.floor().to_i64().and_then(|year| i16::try_from(year).ok());
                let ends = year.map(|year| [Date::new(year, 1, 1), Date::new(year, 12, 31)]);
                for day in ends.into_iter().flatten().flatten() {
                    self.solve(*date, &Value::Date(day));
                }
            }
            _ => {}
        }
        for (operand, value) in pairs {
            if let Some(value) = value {
                self.solve(operand, &Value::Number(value));
            }
        }
    }

    /// The first day on which so many units have passed, and the last on which no more have; the
    /// last day from which so many have, and the last from which more have.
    fn solve_elapsed(&mut self, from: ExprId, to: ExprId, unit: ElapsedUnit, target: &Ratio) {
        let Some(count) = target.floor().to_i64() else { return };
        let later = |date: Date, count: i64| unit.after(date, count);
        // Backwards the same is counted from the end, with a minus sign.
        for (fixed, free, counted) in [(from, to, Some(count)), (to, from, count.checked_neg())] {
            let (Some(Value::Date(day)), Some(counted)) = (self.single(fixed), counted) else { continue };
            let mut days: Vec<Option<Date>> = Vec::new();
            if counted >= 0 {
                days.push(later(day, counted));
                days.push(later(day, counted.saturating_add(1)).and_then(|day| day.plus_days(-1)));
            }
            if counted <= 0 {
                for units in [counted.saturating_neg(), counted.saturating_neg().saturating_add(1)] {
                    days.push(latest_before(day, |date| later(date, units)));
                }
            }
            for day in days.into_iter().flatten() {
                self.solve(free, &Value::Date(day));
            }
        }
    }

    /// What the element of the place must be for an aggregate to come to a value.
    fn solve_aggregate(
        &mut self,
        kind: Aggregate,
        list: ListId,
        filter: Option<ExprId>,
        of: ExprId,
        target: &Value,
    ) {
        let MissingPlace::Cell { row: own, field } = self.place else { return };
        let policy = self.evaluator.policy;
        if policy.fields[field.index()].list != list {
            return;
        }
        let target = match (kind, target) {
            (Aggregate::Greatest | Aggregate::Least, _) => target.clone(),
            (Aggregate::Sum, Value::Number(target)) => {
                let ListState::Rows(rows) = &self.evaluator.world.lists[list.index()] else { return };
                let mut others = Sum::default();
                for row in (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).filter(|row| *row != own) {
                    let (counts, value) =
                        self.evaluator.in_row(list, Row::At(row), |inner| inner.element(filter, Some(of)));
                    match (counts.value(), value) {
                        (Some(false), _) => {}
                        (Some(true), Some(Known::Number(value))) => match value.value() {
                            Some(value) => others.add(value, 1),
                            None => return,
                        },
                        _ => return,
                    }
                }
                match others.total(limits::NUMBER_BITS) {
                    Some(others) => Value::Number(target.sub(&others)),
                    None => return,
                }
            }
            _ => return,
        };
        self.in_row(list, own, |search| search.solve(of, &target));
    }
}

fn moved(date: Date, by: &Ratio, ty: Type) -> Option<Date> {
    let by = by.to_i64()?;
    if ty == Type::Days { date.plus_days(by) } else { date.plus_months(by) }
}
