//! Narrowing carried backward: from what a compound value may be to what its operands may be.

use super::interpreter::{Evaluator, number_of};
use super::narrow::Goal;
use crate::known::{DateRange, End, Interval, Known};
use crate::number::Ratio;
use crate::policy::expr::{Band, CaseLine};
use crate::policy::{ExprId, ExprKind, Type};
use crate::syntax::tree::{Aggregate, CompareOp, ElapsedUnit};
use crate::time::Date;

impl Evaluator<'_> {
    /// Teaches the operands of an expression that its value is within `known`, which its value now
    /// is; whether anything is left of each of them.
    pub(super) fn descend(&mut self, expr: ExprId, known: &Known) -> bool {
        let policy = self.policy;
        match &policy.exprs.get(expr).kind {
            ExprKind::Definition(definition) => {
                let body = policy.definitions[definition.index()].body;
                self.deeper(|inner| inner.narrow(body, known))
            }
            ExprKind::Cases { lines, otherwise } => self.descend_cases(lines, *otherwise, known),
            ExprKind::Scale { of, bands, by_slices: false } => self.descend_scale(*of, bands, known),
            ExprKind::Extremum { greatest, of } => {
                // The least is at least so much: so is each. The greatest likewise.
                let op = if *greatest { CompareOp::Le } else { CompareOp::Ge };
                of.iter().all(|operand| {
                    let now = self.value(*operand);
                    now.narrow_by(op, known).is_some_and(|narrowed| self.narrow(*operand, &narrowed))
                })
            }
            ExprKind::Aggregate { kind: Aggregate::Count, list, filter: Some(filter), of: None } => {
                let at_least = Interval { high: End::Infinite, ..number_of(known.clone()) };
                let whole_list = match self.rests_on.length_of(*list) {
                    Some(length) => self.narrow(length, &Known::Number(at_least)),
                    None => true,
                };
                whole_list && self.descend_count(expr, *list, *filter, known)
            }
            kind => match known {
                Known::Number(numbers) => self.descend_number(kind, numbers),
                Known::Date(dates) => self.descend_date(kind, *dates),
                Known::Truth(_) | Known::Text(_) | Known::Choice(_) => true,
            },
        }
    }

    fn narrow_number(&mut self, expr: ExprId, to: Interval) -> bool {
        self.narrow(expr, &Known::Number(to))
    }

    fn narrow_date(&mut self, expr: ExprId, to: DateRange) -> bool {
        self.narrow(expr, &Known::Date(to))
    }

    fn descend_number(&mut self, kind: &ExprKind, to: &Interval) -> bool {
        let any = |interval: Interval| Interval { whole: false, ..interval };
        match kind {
            ExprKind::Add(a, b) => {
                let of_b = self.number(*b);
                self.narrow_number(*a, any(to.sub(&of_b))) && {
                    let of_a = self.number(*a);
                    self.narrow_number(*b, any(to.sub(&of_a)))
                }
            }
            ExprKind::Sub(a, b) => {
                let of_b = self.number(*b);
                self.narrow_number(*a, any(to.add(&of_b))) && {
                    let of_a = self.number(*a);
                    self.narrow_number(*b, any(of_a.sub(to)))
                }
            }
            ExprKind::Negate(a) => self.narrow_number(*a, to.neg()),
            ExprKind::Mul(a, b) => {
                let of_b = self.number(*b);
                (has_zero(&of_b) || self.narrow_number(*a, any(to.div(&of_b)))) && {
                    let of_a = self.number(*a);
                    has_zero(&of_a) || self.narrow_number(*b, any(to.div(&of_a)))
                }
            }
            ExprKind::Div(a, b) => {
                let of_b = self.number(*b);
                self.narrow_number(*a, any(to.mul(&of_b))) && {
                    let of_a = self.number(*a);
                    has_zero(to) || self.narrow_number(*b, any(of_a.div(to)))
                }
            }
            ExprKind::Scaled { base, rate, decrease } => {
                let rate = self.number(*rate);
                let factor = super::arithmetic::factor(&rate, *decrease);
                has_zero(&factor) || self.narrow_number(*base, any(to.div(&factor)))
            }
            ExprKind::DaysBetween(a, b) => {
                let of_b = self.date(*b);
                self.narrow_date(*a, of_b.plus_days(to)) && {
                    let of_a = self.date(*a);
                    self.narrow_date(*b, of_a.plus_days(&to.neg()))
                }
            }
            ExprKind::Elapsed { from, to: until, unit } => self.descend_elapsed(*from, *until, *unit, to),
            ExprKind::YearOf(date) => {
                let day = |end: &End, month, day| {
                    let year = i16::try_from(end.value()?.floor().to_i64()?).ok()?;
                    Date::new(year, month, day)
                };
                let years = DateRange::new(day(&to.low, 1, 1), day(&to.high, 12, 31));
                years.is_none_or(|years| self.narrow_date(*date, years))
            }
            _ => true,
        }
    }

    /// From n ≥ 1 on, `from + n units ≤ until` for the least n; up to n ≥ 0, not for the one after the greatest.
    /// Backwards the same is said of `until`.
    fn descend_elapsed(&mut self, from: ExprId, until: ExprId, unit: ElapsedUnit, to: &Interval) -> bool {
        let later = |date: Date, units: i64| unit.after(date, units);
        let count = |end: &End| end.value().and_then(Ratio::to_i64);
        let (of_from, of_until) = (self.date(from), self.date(until));
        // The last day before as many units and one more have passed.
        let before = |date: Date, most: i64| later(date, most.checked_add(1)?)?.plus_days(-1);
        // The latest date from which so many units are reached.
        let reach = |limit: Date, units: i64| latest_before(limit, |date| later(date, units));
        let earliest = of_from.from.zip(count(&to.low)).and_then(|(date, least)| match least {
            1.. => later(date, least),
            _ => reach(date, least.checked_neg()?.checked_add(1)?)?.plus_days(1),
        });
        let latest = of_from.to.zip(count(&to.high)).and_then(|(date, most)| match most {
            0.. => before(date, most),
            _ => reach(date, most.checked_neg()?),
        });
        if !DateRange::new(earliest, latest).is_some_and(|dates| self.narrow_date(until, dates)) {
            return false;
        }
        // Of the dates from which it runs: the latest from which the least is reached.
        let to_from = count(&to.low).zip(of_until.to).and_then(|(least, limit)| match least {
            1.. => reach(limit, least),
            _ => before(limit, least.checked_neg()?),
        });
        self.narrow_date(from, DateRange { from: None, to: to_from })
    }

    fn descend_date(&mut self, kind: &ExprKind, to: DateRange) -> bool {
        match kind {
            ExprKind::Shift { date, by, then_days, back } => {
                let amount = self.number(*by);
                let Some(amount) = amount.value().and_then(Ratio::to_i64) else { return true };
                let months = self.policy.exprs.get(*by).ty != Type::Days;
                let (amount, days) = if *back { (-amount, -then_days) } else { (amount, *then_days) };
                let later = |date: Date| {
                    let moved = if months { date.plus_months(amount) } else { date.plus_days(amount) };
                    moved?.plus_days(days)
                };
                let latest = to.to.and_then(|limit| latest_before(limit, later));
                // The first day from which it is not before the earliest one.
                let before = to.from.and_then(|from| from.plus_days(-1));
                let earliest =
                    before.and_then(|limit| latest_before(limit, later)).and_then(|day| day.plus_days(1));
                match DateRange::new(earliest, latest) {
                    Some(dates) => self.narrow_date(*date, dates),
                    None => false,
                }
            }
            ExprKind::DayOf { day, date } => {
                let before = to.from.and_then(|from| day.last_date(from.plus_days(-1)?));
                let earliest = before.and_then(|before| before.plus_days(1));
                let latest = to.to.and_then(|limit| day.last_date(limit));
                match DateRange::new(earliest, latest) {
                    Some(dates) => self.narrow_date(*date, dates),
                    None => false,
                }
            }
            _ => true,
        }
    }

    /// A line that gives nothing within what is known does not hold; the last one left does.
    fn descend_cases(&mut self, lines: &[CaseLine], otherwise: Option<ExprId>, known: &Known) -> bool {
        let mut left: Vec<usize> = Vec::new();
        for (rank, line) in lines.iter().enumerate() {
            let truth = self.truth(line.when);
            let gives = match self.value_under(truth, line.when, true, line.value) {
                Some(value) => value.intersect(known).is_some(),
                None => false,
            };
            if gives {
                left.push(rank);
            } else if truth.may_hold && !line.else_if && !self.assume(line.when, false) {
                return false;
            }
            if truth.holds() {
                return match left.as_slice() {
                    [] => false,
                    [only] => self.narrow(lines[*only].value, known),
                    _ => true,
                };
            }
        }
        let rest = match otherwise {
            Some(otherwise) => self.value(otherwise).intersect(known).is_some(),
            None => false,
        };
        match (left.as_slice(), otherwise) {
            ([], None) => false,
            ([], Some(_)) if !rest => false,
            ([], Some(otherwise)) => {
                let none = lines.iter().all(|line| self.assume(line.when, false));
                none && self.narrow(otherwise, known)
            }
            ([only], _) if !rest => {
                let line = &lines[*only];
                self.assume(line.when, true) && self.narrow(line.value, known)
            }
            _ => true,
        }
    }

    fn descend_scale(&mut self, of: ExprId, bands: &[Band], known: &Known) -> bool {
        let subject = self.value(of);
        let mut all: Option<Known> = None;
        for band in bands {
            let Some((_, narrowed)) = self.in_band(&subject, &band.range) else { continue };
            let goal = [Goal::Narrow(of, narrowed.clone())];
            let gives = self.supposing(&goal, |inner| inner.value(band.value).intersect(known).is_some());
            if gives == Some(true) {
                all = Some(all.map_or(narrowed.clone(), |all| all.union(&narrowed)));
            }
        }
        all.is_some_and(|all| self.narrow(of, &all))
    }

    /// Where as many elements certainly count as may, no other does; where as many may count as must,
    /// all of them do.
    fn descend_count(
        &mut self,
        expr: ExprId,
        list: crate::policy::ListId,
        filter: ExprId,
        known: &Known,
    ) -> bool {
        if self.narrowing.cells.is_none() {
            return true;
        }
        let (Known::Number(counted), Known::Number(known)) = (self.compute(expr), known) else { return true };
        if known.high == counted.low {
            self.teach_open_elements(list, expr, filter, false)
        } else if known.low == counted.high {
            self.teach_open_elements(list, expr, filter, true)
        } else {
            true
        }
    }
}

fn has_zero(interval: &Interval) -> bool {
    interval.contains(&Ratio::zero())
}

/// The latest date that a rising operation brings no further than a limit; `None` where it is past
/// the calendar.
pub(in crate::eval) fn latest_before(limit: Date, later: impl Fn(Date) -> Option<Date>) -> Option<Date> {
    // The operation moves dates by nearly the same number of days: start from there.
    let moved = later(limit)?;
    let mut date = limit.plus_days(-limit.days_until(moved))?;
    let fits = |date: Date| later(date).is_some_and(|moved| moved <= limit);
    for _ in 0..8 {
        if fits(date) {
            break;
        }
        date = date.plus_days(-1)?;
    }
    for _ in 0..8 {
        match date.plus_days(1) {
            Some(next) if fits(next) => date = next,
            _ => break,
        }
    }
    let settled = fits(date) && date.plus_days(1).is_some_and(|next| !fits(next));
    settled.then_some(date)
}
