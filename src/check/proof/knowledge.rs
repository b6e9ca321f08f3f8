//! What is known of an expression whatever the dossier and the date of examination, under the
//! conditions in force where it stands.
//!
//! The evaluator answers for one dossier on one date; a proof must hold for all of them, and for
//! every value that a dated parameter may have. Both stand on the same operations of
//! [`crate::known`].

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::base::Base;
use super::{Held, turned};
use crate::known::{DateRange, Interval, Known, Truth, compare};
use crate::number::Ratio;
use crate::policy::{
    Band, BandRange, CaseLine, ExprId, ExprKind, FundingId, FundingKind, Guarded, ListId, Quantity, ShapeId,
    Type,
};
use crate::syntax::tree::{Aggregate, CompareOp, ElapsedUnit};

/// How deep conditions are followed into definitions, and cases into their lines.
pub(super) const DEPTH: usize = 3;
/// How deep calls may nest: past it nothing is known, which is always sound.
const LEVELS: usize = 300;
/// How many expressions one question may work out: past it nothing more is known.
const WORK: usize = 50_000;

/// What is known under some conditions.
pub(super) struct Knowledge<'p> {
    pub(super) base: &'p Base<'p>,
    pub(super) learnt: HashMap<ShapeId, Known>,
    /// Which date comes before which, or is the same.
    pub(super) order: Vec<(ShapeId, ShapeId)>,
    /// The lists that an element in turn is of.
    pub(super) elements: BTreeSet<ListId>,
    pub(super) impossible: bool,
    pub(super) depth: usize,
    level: Cell<usize>,
    work: Rc<Cell<usize>>,
    pub(super) memo: RefCell<HashMap<ShapeId, Known>>,
}

impl<'p> Knowledge<'p> {
    /// What is known under no condition.
    pub fn new(base: &'p Base<'p>) -> Self {
        Knowledge {
            base,
            learnt: base.learnt.iter().cloned().collect(),
            order: base.order.clone(),
            elements: BTreeSet::new(),
            impossible: false,
            depth: 0,
            level: Cell::new(0),
            work: Rc::default(),
            memo: RefCell::default(),
        }
    }

    /// What is known under conditions.
    pub fn under(base: &'p Base<'p>, held: &[Held]) -> Self {
        let mut knowledge = Knowledge::new(base);
        for held in held {
            knowledge.hold(*held);
        }
        knowledge
    }

    fn child(&self) -> Self {
        Knowledge {
            base: self.base,
            learnt: self.learnt.clone(),
            order: self.order.clone(),
            elements: self.elements.clone(),
            impossible: self.impossible,
            depth: self.depth + 1,
            level: self.level.clone(),
            work: Rc::clone(&self.work),
            memo: RefCell::default(),
        }
    }

    /// What holds of the whole policy.
    pub fn base(&self) -> &'p Base<'p> {
        self.base
    }

    /// Whether nothing satisfies all conditions.
    pub fn is_impossible(&self) -> bool {
        self.impossible
    }

    /// What was learnt about shapes.
    pub fn learnt(&self) -> Vec<(ShapeId, Known)> {
        let mut learnt: Vec<_> = self.learnt.iter().map(|(shape, known)| (*shape, known.clone())).collect();
        learnt.sort_by_key(|(shape, _)| *shape);
        learnt
    }

    /// What is known of an expression.
    pub fn known(&self, expr: ExprId) -> Known {
        let node = self.base.policy.exprs.get(expr);
        if let Some(known) = self.memo.borrow().get(&node.shape) {
            return known.clone();
        }
        if self.level.get() >= LEVELS || self.work.get() >= WORK {
            return self.anything(node.ty);
        }
        self.level.set(self.level.get() + 1);
        self.work.set(self.work.get() + 1);
        let raw = self.work_out(expr);
        self.level.set(self.level.get() - 1);
        let known = match self.learnt.get(&node.shape) {
            Some(learnt) => raw.intersect(learnt).unwrap_or(raw),
            None => raw,
        };
        self.memo.borrow_mut().insert(node.shape, known.clone());
        known
    }

    /// What is known of a condition.
    pub fn truth(&self, expr: ExprId) -> Truth {
        match self.known(expr) {
            Known::Truth(truth) => truth,
            Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => Truth::OPEN,
        }
    }

    /// What is known of a number; of a date, as its number of days.
    pub fn numbers(&self, expr: ExprId) -> Interval {
        match self.known(expr) {
            Known::Number(numbers) => numbers,
            Known::Date(dates) => {
                let end = |date: Option<crate::time::Date>| match date {
                    Some(date) => crate::known::End::Included(super::formula::days(date)),
                    None => crate::known::End::Infinite,
                };
                Interval { low: end(dates.from), high: end(dates.to), whole: true }
            }
            Known::Truth(_) | Known::Text(_) | Known::Choice(_) => Interval::all(false),
        }
    }

    fn dates(&self, expr: ExprId) -> DateRange {
        match self.known(expr) {
            Known::Date(dates) => dates,
            Known::Truth(_) | Known::Number(_) | Known::Text(_) | Known::Choice(_) => DateRange::ALL,
        }
    }

    fn anything(&self, ty: Type) -> Known {
        self.base.policy.domain_of(ty)
    }

    /// What a financing pays or a contribution takes is proved never to be negative, where it is declared.
    fn never_below_zero(&self, funding: FundingId, amount: Known) -> Known {
        let owed = match self.base.policy.fundings[funding.index()].kind {
            FundingKind::Funding | FundingKind::Contribution => Interval::at_least(Ratio::zero(), false),
            FundingKind::Result => return amount,
        };
        amount.intersect(&Known::Number(owed)).unwrap_or(amount)
    }

    pub(super) fn work_out(&self, expr: ExprId) -> Known {
        let policy = self.base.policy;
        let node = policy.exprs.get(expr);
        match &node.kind {
            ExprKind::Const(value) => Known::exactly(value),
            ExprKind::Fact(fact) => policy.facts[fact.index()].ask.domain.clone(),
            ExprKind::Field(field) => policy.fields[field.index()].ask.domain.clone(),
            ExprKind::Definition(definition) => {
                let known = self.base.definitions.get(definition.index());
                match known {
                    Some(known) if self.depth >= DEPTH || self.learnt.is_empty() => known.clone(),
                    _ => {
                        let mut child = self.child();
                        child.impossible = false;
                        child.known(policy.definitions[definition.index()].body)
                    }
                }
            }
            ExprKind::Parameter { parameter, .. } => self
                .base
                .parameter_values(*parameter)
                .map(Known::exactly)
                .reduce(|a, b| a.union(&b))
                .unwrap_or_else(|| self.anything(node.ty)),
            ExprKind::AmountOf(funding) if self.depth < DEPTH => {
                let zero = Known::Number(Interval::point(Ratio::zero()));
                let mut child = self.child();
                child.impossible = false;
                let paid = child.known(policy.fundings[funding.index()].amount).union(&zero);
                self.never_below_zero(*funding, paid)
            }
            ExprKind::AmountOf(funding) => self.never_below_zero(*funding, self.anything(node.ty)),
            ExprKind::Reading(_) | ExprKind::ExaminationDate | ExprKind::Holds(_) | ExprKind::AllCriteria => {
                self.anything(node.ty)
            }
            ExprKind::Not(operand) => Known::Truth(!self.truth(*operand)),
            ExprKind::And(of) => {
                Known::Truth(of.iter().fold(Truth::YES, |all, operand| all.and(self.truth(*operand))))
            }
            ExprKind::Or(of) => {
                Known::Truth(of.iter().fold(Truth::NO, |any, operand| any.or(self.truth(*operand))))
            }
            ExprKind::Bullets { quantity, of } => Known::Truth(self.bullets(*quantity, of)),
            ExprKind::Compare { op, left, right } => Known::Truth(self.compared(*op, *left, *right)),
            ExprKind::Among { subject, values } => Known::Truth(
                values
                    .iter()
                    .fold(Truth::NO, |any, value| any.or(self.compared(CompareOp::Eq, *subject, *value))),
            ),
            ExprKind::Between { subject, low, high } => {
                Known::Truth(self.compared(CompareOp::Ge, *subject, *low).and(self.compared(
                    CompareOp::Le,
                    *subject,
                    *high,
                )))
            }
            ExprKind::Within { date, duration, origin } => {
                let end = Known::Date(self.shifted(*origin, *duration, 0, false));
                Known::Truth(self.compared(CompareOp::Ge, *date, *origin).and(compare(
                    CompareOp::Le,
                    &self.known(*date),
                    &end,
                )))
            }
            ExprKind::Add(a, b) => Known::Number(self.numbers(*a).add(&self.numbers(*b))),
            ExprKind::Sub(a, b) => Known::Number(self.numbers(*a).sub(&self.numbers(*b))),
            ExprKind::Mul(a, b) => Known::Number(self.numbers(*a).mul(&self.numbers(*b))),
            ExprKind::Div(a, b) => Known::Number(self.numbers(*a).div(&self.numbers(*b))),
            ExprKind::Power { base, exponent } => {
                Known::Number(self.numbers(*base).power(&self.numbers(*exponent)))
            }
            ExprKind::Negate(a) => Known::Number(self.numbers(*a).neg()),
            ExprKind::Scaled { base, rate, decrease } => {
                let rate = self.numbers(*rate);
                let one = Interval::point(Ratio::one());
                let factor = if *decrease { one.sub(&rate) } else { one.add(&rate) };
                Known::Number(self.numbers(*base).mul(&factor))
            }
            ExprKind::Prorata { base, part, whole } => {
                let product = self.numbers(*base).mul(&self.numbers(*part));
                Known::Number(product.div(&self.numbers(*whole)))
            }
            ExprKind::Shift { date, by, then_days, back } => {
                Known::Date(self.shifted(*date, *by, *then_days, *back))
            }
            ExprKind::DaysBetween(a, b) => Known::Number(self.elapsed(*b, *a, ElapsedUnit::Days)),
            ExprKind::Elapsed { from, to, unit } => Known::Number(self.elapsed(*from, *to, *unit)),
            ExprKind::DayOf { day, date } => Known::Date(self.dates(*date).day_of(*day)),
            ExprKind::WeekdayOf(date) => Known::Choice(self.dates(*date).weekdays()),
            ExprKind::YearOf(date) => Known::Number(self.dates(*date).year()),
            ExprKind::Round { value, rounding } => Known::Number(self.numbers(*value).round(rounding)),
            ExprKind::Extremum { greatest, of } => self.extremum(*greatest, of, node.ty),
            ExprKind::Aggregate { kind: Aggregate::Count, list, filter, .. } => {
                at_least(i64::from(filter.is_none() && self.elements.contains(list)))
            }
            ExprKind::Aggregate { kind, list, of, .. } => self.of_other(*list).aggregate(*kind, *of, node.ty),
            ExprKind::Around { list, of } => self.of_other(*list).known(*of),
            ExprKind::Covered { .. } => at_least(0),
            ExprKind::Rank { .. } => at_least(1),
            ExprKind::Allotted { envelope, .. } => Known::Number(self.numbers(*envelope).part()),
            ExprKind::Share(share) => {
                let envelope = self.numbers(share.envelope);
                let most = share.cap.map_or(envelope.clone(), |cap| envelope.min(&self.numbers(cap)));
                Known::Number(most.part())
            }
            ExprKind::Cases { lines, otherwise } => self.cases(lines, *otherwise, node.ty),
            ExprKind::Scale { of, bands, by_slices: false } => self.scale(*of, bands, node.ty),
            ExprKind::Scale { of, bands, by_slices: true } => self.slices(*of, bands),
            ExprKind::Range { low, high } => self.known(*low).union(&self.known(*high)),
        }
    }

    fn elapsed(&self, from: ExprId, to: ExprId, unit: ElapsedUnit) -> Interval {
        let elapsed = self.dates(from).elapsed(self.dates(to), unit);
        let shape = |expr: ExprId| self.base.policy.exprs.get(expr).shape;
        let ahead = match turned::leads(&self.order, shape(from), shape(to)) {
            true => elapsed.intersect(&Interval::at_least(Ratio::zero(), false)).unwrap_or(elapsed),
            false => elapsed,
        };
        self.base.policy.within(from, to, unit, ahead)
    }

    pub(super) fn compared(&self, op: CompareOp, left: ExprId, right: ExprId) -> Truth {
        let exprs = &self.base.policy.exprs;
        if exprs.get(left).shape == exprs.get(right).shape {
            return Truth::of(super::formula::holds(op, std::cmp::Ordering::Equal));
        }
        compare(op, &self.known(left), &self.known(right))
    }

    fn bullets(&self, quantity: Quantity, of: &[Guarded]) -> Truth {
        let mut at_least = 0usize;
        let mut at_most = 0usize;
        let mut all = Truth::YES;
        for bullet in of {
            let then = self.truth(bullet.then);
            let asked = bullet.only_if.map_or(Truth::YES, |only_if| self.truth(only_if));
            all = all.and(then.or(!asked));
            let counts = asked.and(then);
            at_least += usize::from(counts.holds());
            at_most += usize::from(counts.may_hold);
        }
        let between = |least: usize, most: usize| Truth {
            may_hold: at_most >= least && at_least <= most,
            may_fail: at_least < least || at_most > most,
        };
        match quantity {
            Quantity::All => all,
            Quantity::AtLeast(n) => between(n as usize, usize::MAX),
            Quantity::AtMost(n) => between(0, n as usize),
            Quantity::Exactly(n) => between(n as usize, n as usize),
        }
    }

    fn shifted(&self, date: ExprId, by: ExprId, then_days: i64, back: bool) -> DateRange {
        let sign = |interval: Interval| if back { interval.neg() } else { interval };
        let by_days = self.base.policy.exprs.get(by).ty == Type::Days;
        let steps = sign(self.numbers(by));
        let start = self.dates(date);
        let moved = if by_days { start.plus_days(&steps) } else { start.plus_months(&steps) };
        moved.plus_days(&sign(Interval::point(Ratio::from(then_days))))
    }

    fn extremum(&self, greatest: bool, of: &[ExprId], ty: Type) -> Known {
        of.iter()
            .map(|operand| self.known(*operand))
            .reduce(|a, b| match (&a, &b) {
                (Known::Number(a), Known::Number(b)) => {
                    Known::Number(if greatest { a.max(b) } else { a.min(b) })
                }
                (Known::Date(a), Known::Date(b)) => Known::Date(if greatest { a.max(*b) } else { a.min(*b) }),
                _ => a.union(&b),
            })
            .unwrap_or_else(|| self.anything(ty))
    }

    /// What is known of another element of a list: what is learnt of one says nothing of the others.
    fn of_other(&self, list: ListId) -> Self {
        let mut other = self.child();
        other.impossible = false;
        other.elements.insert(list);
        let exprs = &self.base.policy.exprs;
        other.learnt.retain(|shape, _| !self.base.is_of_element(exprs.first_of(*shape), list));
        other
    }

    fn aggregate(&self, kind: Aggregate, of: Option<ExprId>, ty: Type) -> Known {
        match (kind, of) {
            (Aggregate::Sum, Some(of)) => {
                let each = self.numbers(of);
                let zero = Interval::point(Ratio::zero());
                // 0 for the empty list; then as many times as there are elements.
                let times = Interval::at_least(Ratio::zero(), true);
                Known::Number(each.mul(&times).union(&zero))
            }
            (Aggregate::Greatest | Aggregate::Least, Some(of)) => self.known(of),
            (
                Aggregate::Count
                | Aggregate::Sum
                | Aggregate::Greatest
                | Aggregate::Least
                | Aggregate::All
                | Aggregate::Exists
                | Aggregate::None,
                _,
            ) => self.anything(ty),
        }
    }

    fn cases(&self, lines: &[CaseLine], otherwise: Option<ExprId>, ty: Type) -> Known {
        if self.depth >= DEPTH {
            return self.anything(ty);
        }
        let mut union: Option<Known> = None;
        let mut add = |known: Known| {
            union = Some(match union.take() {
                Some(union) => union.union(&known),
                None => known,
            });
        };
        let mut rest = self.child();
        for line in lines {
            let mut inside = if line.else_if { rest.child() } else { self.child() };
            inside.depth = self.depth + 1;
            inside.assume(line.when, true);
            if !inside.impossible {
                add(inside.known(line.value));
            }
            rest.assume(line.when, false);
        }
        if let Some(otherwise) = otherwise
            && !rest.impossible
        {
            add(rest.known(otherwise));
        }
        union.unwrap_or_else(|| self.anything(ty))
    }

    fn scale(&self, of: ExprId, bands: &[Band], ty: Type) -> Known {
        if self.depth >= DEPTH {
            return self.anything(ty);
        }
        let mut union: Option<Known> = None;
        for band in bands {
            let mut inside = self.child();
            inside.assume_band(of, band);
            if !inside.impossible {
                let known = inside.known(band.value);
                union = Some(union.map_or_else(|| known.clone(), |union| union.union(&known)));
            }
        }
        union.unwrap_or_else(|| self.anything(ty))
    }

    /// The sum of slice × rate.
    fn slices(&self, of: ExprId, bands: &[Band]) -> Known {
        let zero = Interval::point(Ratio::zero());
        let subject = self.numbers(of);
        let mut sum = zero.clone();
        for band in bands {
            let BandRange::Between { low, high } = &band.range else { continue };
            let from = low.as_ref().map_or_else(|| zero.clone(), |(low, _)| self.numbers(*low));
            let upto = match high {
                Some((high, _)) => subject.min(&self.numbers(*high)),
                None => subject.clone(),
            };
            let slice = upto.sub(&from);
            // The first slice has no lower end: below 0 it counts as it is.
            let slice = if low.is_some() { slice.max(&zero) } else { slice };
            sum = sum.add(&slice.mul(&self.numbers(band.value)));
        }
        Known::Number(sum)
    }
}

/// A whole number, of which only the least is known.
fn at_least(least: i64) -> Known {
    Known::Number(Interval::at_least(Ratio::from(least), true))
}
