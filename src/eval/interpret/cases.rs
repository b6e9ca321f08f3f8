//! Lines of cases, scales and parameters: the hull of what may be chosen.

use super::interpreter::Evaluator;
use super::narrow::Goal;
use crate::known::{DateRange, Interval, IntervalSum, Known, Truth, compare};
use crate::number::Ratio;
use crate::policy::expr::{Band, BandRange, CaseLine};
use crate::policy::{ExprId, ExprKind, Parameter, ParameterId, Policy, Type};
use crate::syntax::tree::CompareOp;
use crate::time::Date;

impl Evaluator<'_> {
    pub(in crate::eval) fn cases(
        &mut self,
        lines: &[CaseLine],
        otherwise: Option<ExprId>,
        ty: Type,
    ) -> Known {
        let depth = self.frames.len();
        let outer = std::mem::replace(&mut self.impossible, false);
        let mark = self.noted.len();
        let mut result: Option<Known> = None;
        let mut passed = Passed::default();
        let mut closed = false;
        for (rank, line) in lines.iter().enumerate() {
            if line.else_if && !self.pass(lines, rank, &mut passed) {
                closed = true;
                break;
            }
            let before = self.noted.len();
            let truth = self.truth(line.when);
            passed.truths.push(truth);
            let Some(value) = self.value_under(truth, line.when, true, line.value) else { continue };
            if truth.holds() {
                if lines[..=rank].iter().all(|line| !line.else_if) {
                    // Lines exclude one another: what those above were read for is of no matter.
                    self.noted.drain(mark..before);
                    result = None;
                }
                result = Some(join(result, value));
                closed = true;
                break;
            }
            result = Some(join(result, value));
        }
        if let (false, Some(otherwise)) = (closed, otherwise)
            && self.pass(lines, lines.len(), &mut passed)
        {
            let value = self.value(otherwise);
            if !self.impossible {
                result = Some(join(result, value));
            }
        }
        let entered = self.frames.len() > depth;
        self.leave(depth);
        self.impossible = outer || (self.impossible && !entered);
        result.unwrap_or_else(|| {
            // No line can be the one: neither can what is known here.
            self.impossible = true;
            self.policy.domain_of(ty)
        })
    }

    /// Supposes that no line before a rank holds; whether that is possible.
    fn pass(&mut self, lines: &[CaseLine], rank: usize, passed: &mut Passed) -> bool {
        while passed.supposed < rank {
            let (line, truth) = (&lines[passed.supposed], passed.truths.get(passed.supposed));
            passed.supposed += 1;
            let open = truth.is_none_or(|truth| truth.is_open());
            if truth.is_some_and(|truth| truth.holds())
                || (open && !self.enter(&[Goal::Expr(line.when, false)], None))
            {
                return false;
            }
        }
        true
    }

    pub(in crate::eval) fn scale(&mut self, of: ExprId, bands: &[Band], ty: Type) -> Known {
        let subject = self.value(of);
        let exprs = &self.policy.exprs;
        let mut result: Option<Known> = None;
        for band in bands {
            let Some((inside, narrowed)) = self.untraced(|inner| inner.in_band(&subject, &band.range)) else {
                continue;
            };
            self.show_ends(&band.range);
            let free =
                inside.holds() || !self.rests_on.meet(exprs.get(of).shape, exprs.get(band.value).shape);
            let value = if free {
                Some(self.value(band.value))
            } else {
                self.supposing(&[Goal::Narrow(of, narrowed)], |inner| inner.value(band.value))
            };
            if let Some(value) = value {
                result = Some(if inside.holds() { value } else { join(result, value) });
            }
            if inside.holds() {
                break;
            }
        }
        result.unwrap_or_else(|| {
            self.impossible = true;
            self.policy.domain_of(ty)
        })
    }

    /// Leaves how the ends of a line came about, where the line does not say them itself.
    fn show_ends(&mut self, range: &BandRange) {
        for end in range.ends() {
            if self.is_traced() && !self.is_written(end) {
                self.value(end);
            }
        }
    }

    /// Whether a value stands in the text as it is.
    fn is_written(&self, expr: ExprId) -> bool {
        matches!(self.policy.exprs.get(expr).kind, ExprKind::Const(_))
    }

    /// Whether a value is in a band, and what it is where it is; `None` where it cannot be.
    pub(super) fn in_band(&mut self, subject: &Known, range: &BandRange) -> Option<(Truth, Known)> {
        match range {
            BandRange::Options(options) => {
                let options = Known::Choice(crate::known::OptionSet::of(options.iter().copied()));
                let narrowed = subject.intersect(&options)?;
                Some((Truth { may_hold: true, may_fail: !subject.is_subset(&options) }, narrowed))
            }
            BandRange::Between { low, high } => {
                let mut inside = Truth::YES;
                let mut narrowed = subject.clone();
                let ends = [(low, CompareOp::Ge, CompareOp::Gt), (high, CompareOp::Le, CompareOp::Lt)];
                for (end, with, without) in ends {
                    let Some((end, included)) = end else { continue };
                    let op = if *included { with } else { without };
                    let end = self.value(*end);
                    inside = inside.and(compare(op, subject, &end));
                    narrowed = narrowed.narrow_by(op, &end)?;
                }
                inside.may_hold.then_some((inside, narrowed))
            }
        }
    }

    /// Each slice at its own rate. A slice begins where the one before it ends.
    pub(in crate::eval) fn slices(&mut self, expr: ExprId, of: ExprId, bands: &[Band]) -> Interval {
        let subject = self.number(of);
        let zero = Interval::point(Ratio::zero());
        let mut exact = subject.value().is_some();
        let mut total = IntervalSum::default();
        let mut from: Option<Interval> = None;
        for band in bands {
            let BandRange::Between { low, high } = &band.range else { continue };
            let end = |inner: &mut Self, end: &Option<(ExprId, bool)>| {
                end.map(|(end, _)| match inner.is_written(end) {
                    true => inner.untraced(|inner| inner.number(end)),
                    false => inner.number(end),
                })
            };
            let to = end(self, high);
            let start = match from.take() {
                Some(start) => Some(start),
                None => end(self, low),
            };
            let reached = to.as_ref().map_or_else(|| subject.clone(), |to| subject.min(to));
            let slice = match start {
                // Below the first slice that begins somewhere there is nothing.
                Some(start) => reached.sub(&start).max(&zero),
                None => reached,
            };
            from = to;
            if slice != zero {
                let rate = self.number(band.value);
                exact &= rate.value().is_some() && slice.value().is_some();
                total.add(&rate.mul(&slice), 1);
            }
        }
        let total = total.total(self.most_bits(expr));
        self.bounded(expr, exact, total)
    }

    pub(in crate::eval) fn parameter(&mut self, parameter: ParameterId, at: Option<ExprId>) -> Known {
        let dates = match at {
            Some(at) => self.date(at),
            None => DateRange::day(self.world.examined_on),
        };
        let declared = &self.policy.parameters[parameter.index()];
        values_at(self.policy, declared, dates).unwrap_or_else(|| self.policy.domain_of(declared.ty))
    }
}

/// How far the lines of cases are supposed not to hold.
#[derive(Default)]
struct Passed {
    truths: Vec<Truth>,
    supposed: usize,
}

fn join(so_far: Option<Known>, value: Known) -> Known {
    match so_far {
        Some(so_far) => so_far.union(&value),
        None => value,
    }
}

/// What a parameter may be at some dates: past its last known value, anything; `None` where it has no value at
/// any of them.
pub(in crate::eval) fn values_at(policy: &Policy, parameter: &Parameter, dates: DateRange) -> Option<Known> {
    let unknown = unknown_after(parameter)
        .is_some_and(|last| dates.to.is_none_or(|to| to > last))
        .then(|| policy.domain_of(parameter.ty));
    (0..parameter.periods.len())
        .filter(|rank| period(parameter, *rank).is_some_and(|period| period.intersect(dates).is_some()))
        .map(|rank| Known::exactly(&parameter.periods[rank].value))
        .chain(unknown)
        .reduce(|a, b| a.union(&b))
}

/// The days from the first on which a parameter has a value; past the last known one it has another.
pub(super) fn days_of(parameter: &Parameter) -> Option<DateRange> {
    (0..parameter.periods.len())
        .filter_map(|rank| period(parameter, rank))
        .reduce(DateRange::union)
        .map(|days| DateRange { to: None, ..days })
}

/// The last day of the last value of a parameter, where that ends.
pub(in crate::eval) fn unknown_after(parameter: &Parameter) -> Option<Date> {
    parameter.periods.last().and_then(|period| period.until)
}

/// The days of a period: up to its last one, or until the next period.
fn period(parameter: &Parameter, rank: usize) -> Option<DateRange> {
    let period = &parameter.periods[rank];
    let next = parameter.periods.get(rank + 1).and_then(|next| next.from?.plus_days(-1));
    let until = match (period.until, next) {
        (Some(until), Some(next)) => Some(until.min(next)),
        (until, next) => until.or(next),
    };
    DateRange::new(period.from, until)
}
