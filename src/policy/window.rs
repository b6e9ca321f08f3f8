//! Two dates that stand in one year or one month, whatever the dossier: what is counted between them has an end.

use super::{ExprId, ExprKind, Policy, Type};
use crate::known::Interval;
use crate::number::Ratio;
use crate::syntax::tree::ElapsedUnit;
use crate::time::{DayOf, DayOfYear};
use crate::value::Value;

/// How far dates are followed into what they are worked out from.
const DEPTH: usize = 16;

/// What holds two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Year,
    Month,
}

impl Policy {
    /// What is counted from one date to another, of which `counted` is known, where both stand in one year or one
    /// month: the first one not before its first day, the second not after its last one, or the day that follows it.
    pub fn within(&self, from: ExprId, to: ExprId, unit: ElapsedUnit, counted: Interval) -> Interval {
        if counted.value().is_some() {
            return counted;
        }
        let mut starts = Vec::new();
        self.not_before(from, DEPTH, &mut starts);
        let (end, past) = match self.next_day(to) {
            Some(end) => (end, true),
            None => (to, false),
        };
        let held = if starts.is_empty() { None } else { self.held_by(end, &starts, DEPTH) };
        let Some(held) = held else { return counted };
        let most = match (held, unit) {
            (Held::Year, ElapsedUnit::Years(_)) => i64::from(past),
            (Held::Year, ElapsedUnit::Months(_)) => 11 + i64::from(past),
            (Held::Year, ElapsedUnit::Days) => 365 + i64::from(past),
            (Held::Month, ElapsedUnit::Years(_)) => 0,
            (Held::Month, ElapsedUnit::Months(_)) => i64::from(past),
            (Held::Month, ElapsedUnit::Days) => 30 + i64::from(past),
        };
        let most = Ratio::from(most);
        let within = match self.starts_its_own(from, to) {
            true => Interval::between(Ratio::zero(), most, true),
            false => Some(Interval::at_most(most, true)),
        };
        within.and_then(|within| within.intersect(&counted)).unwrap_or(counted)
    }

    /// Whether a date is the first day of the year or the month of another: it does not come after that.
    fn starts_its_own(&self, from: ExprId, to: ExprId) -> bool {
        match &self.exprs.get(from).kind {
            ExprKind::DayOf { day: DayOf::Year(DayOfYear::FIRST) | DayOf::FirstOfMonth, date } => {
                self.exprs.get(*date).shape == self.exprs.get(to).shape
            }
            _ => false,
        }
    }

    /// First days of a year or of a month before which a date never stands, each with the date that it is told by.
    fn not_before(&self, date: ExprId, depth: usize, found: &mut Vec<(Held, ExprId)>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match &self.exprs.get(date).kind {
            ExprKind::DayOf { day: DayOf::Year(DayOfYear::FIRST), date } => found.push((Held::Year, *date)),
            ExprKind::DayOf { day: DayOf::FirstOfMonth, date } => {
                found.push((Held::Month, *date));
                // The first day of a year is one of a month.
                self.not_before(*date, depth, found);
            }
            ExprKind::Extremum { greatest: true, of } => {
                of.iter().for_each(|date| self.not_before(*date, depth, found));
            }
            ExprKind::Definition(definition) => {
                self.not_before(self.definitions[definition.index()].body, depth, found);
            }
            // The first day of a month that is not before a date.
            ExprKind::Shift { date: month, by, then_days: 0, back: false }
                if self.is_one(*by, Type::Months) =>
            {
                let ExprKind::DayOf { day: DayOf::FirstOfMonth, date: eve } = self.exprs.get(*month).kind
                else {
                    return;
                };
                if let ExprKind::Shift { date, by, then_days: 0, back: true } = self.exprs.get(eve).kind
                    && self.is_one(by, Type::Days)
                {
                    self.not_before(date, depth, found);
                }
            }
            _ => {}
        }
    }

    /// The year or the month that began at one of these days, past which a date never stands.
    fn held_by(&self, date: ExprId, starts: &[(Held, ExprId)], depth: usize) -> Option<Held> {
        let depth = depth.checked_sub(1)?;
        let shape = |expr: ExprId| self.exprs.get(expr).shape;
        let began = |held: Held, by: ExprId| {
            starts.iter().any(|(own, date)| *own == held && shape(*date) == shape(by)).then_some(held)
        };
        // The date itself is in its year and in its month.
        let own = began(Held::Month, date).or_else(|| began(Held::Year, date));
        own.or_else(|| match &self.exprs.get(date).kind {
            ExprKind::DayOf { day: DayOf::Year(_), date } => began(Held::Year, *date),
            ExprKind::DayOf { day: DayOf::LastOfMonth, date } => began(Held::Month, *date),
            ExprKind::DayOf { day: DayOf::FirstOfMonth, date } => self.held_by(*date, starts, depth),
            ExprKind::Extremum { greatest: false, of } => {
                let all = of.iter().filter_map(|date| self.held_by(*date, starts, depth));
                all.reduce(|one, other| if one == Held::Month { one } else { other })
            }
            ExprKind::Definition(definition) => {
                self.held_by(self.definitions[definition.index()].body, starts, depth)
            }
            _ => None,
        })
    }

    /// The date of which this is the next day; of a month that begins at the latest then, the same.
    fn next_day(&self, date: ExprId) -> Option<ExprId> {
        match &self.exprs.get(date).kind {
            ExprKind::Shift { date, by, then_days: 0, back: false } if self.is_one(*by, Type::Days) => {
                Some(*date)
            }
            ExprKind::DayOf { day: DayOf::FirstOfMonth, date } => self.next_day(*date),
            _ => None,
        }
    }

    fn is_one(&self, expr: ExprId, ty: Type) -> bool {
        let expr = self.exprs.get(expr);
        expr.ty == ty && matches!(&expr.kind, ExprKind::Const(Value::Number(one)) if *one == Ratio::one())
    }
}
