//! What is never below what: one value less another is opened, definition by definition, case by case, least and
//! greatest by least and greatest, until what is left is never below zero whatever the dossier.
//!
//! Each step rests on one that is sound alone, so that a proof that is found holds; one that is not found says nothing.

use super::Held;
use super::base::Base;
use super::explore::{Found, budget};
use super::formula::Epoch;
use super::granularity::{Grain, grain};
use super::knowledge::Knowledge;
use super::linear::Term;
use super::question::{can_be_then, epochs};
use super::sum::{Factor, Sum, Sums};
use crate::known::Interval;
use crate::number::Ratio;
use crate::number::round::Direction;
use crate::policy::{CaseLine, ExprId, ExprKind, Policy, ShapeId, Type};
use crate::syntax::tree::CompareOp;

/// Greatest number of steps of a proof, in all stretches of time together.
pub(super) const STEPS: usize = 600;

/// What came of looking for a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// It is so.
    Found,
    /// No proof is found.
    NotFound,
    /// The search was given up.
    GivenUp,
}

/// What is to be proved of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AtLeast {
    /// By how much.
    pub least: Ratio,
    /// More than that.
    pub strict: bool,
}

impl AtLeast {
    /// Never below.
    pub const fn as_much(least: Ratio) -> AtLeast {
        AtLeast { least, strict: false }
    }
}

/// Whether an expression is never below zero under some conditions.
pub(super) fn never_negative(base: &Base<'_>, held: &[Held], expr: ExprId) -> bool {
    let of = |sums: Sums<'_>| sums.of(expr);
    look(base, held, &[expr], false, &of) == Proof::Found
}

/// Whether the first is always above the second by so much, under some conditions.
pub(super) fn above(base: &Base<'_>, held: &[Held], a: ExprId, b: ExprId, by: &AtLeast) -> Proof {
    let of = |sums: Sums<'_>| sums.of(a).minus(&sums.of(b)).minus(&Sum::constant(by.least.clone()));
    look(base, held, &[a, b], by.strict, &of)
}

fn look(
    base: &Base<'_>,
    held: &[Held],
    read: &[ExprId],
    strict: bool,
    of: &dyn Fn(Sums<'_>) -> Sum,
) -> Proof {
    let Some(epochs) = epochs(base, held, read) else { return Proof::GivenUp };
    let (mut steps, mut left) = (STEPS, budget());
    for epoch in &epochs {
        let sums = Sums { policy: base.policy, epoch };
        let mut search = Search { base, epoch, sums, strict, steps, left };
        let found = search.proves(&Ground::of(base, held), &of(sums));
        (steps, left) = (search.steps, search.left);
        if !found {
            return if steps == 0 || left == 0 { Proof::GivenUp } else { Proof::NotFound };
        }
    }
    Proof::Found
}

/// Where a proof stands: conditions in force, and what they teach.
struct Ground<'p> {
    held: Vec<Held>,
    knowledge: Knowledge<'p>,
}

impl<'p> Ground<'p> {
    fn of(base: &'p Base<'p>, held: &[Held]) -> Self {
        Ground { held: held.to_vec(), knowledge: Knowledge::under(base, held) }
    }

    fn with(&self, more: &[Held]) -> Self {
        let held: Vec<Held> = self.held.iter().chain(more).copied().collect();
        Ground::of(self.knowledge.base(), &held)
    }
}

struct Search<'p> {
    base: &'p Base<'p>,
    epoch: &'p Epoch,
    sums: Sums<'p>,
    strict: bool,
    steps: usize,
    left: usize,
}

impl<'p> Search<'p> {
    /// Whether a sum is never below zero; never zero either, for `strict`.
    fn proves(&mut self, ground: &Ground<'p>, sum: &Sum) -> bool {
        let Some(steps) = self.steps.checked_sub(1) else { return false };
        self.steps = steps;
        if ground.knowledge.is_impossible() || self.is_plain(ground, sum) {
            return true;
        }
        let then = |search: &mut Self, factor: &Factor, by: &Sum| {
            sum.with(factor, by).is_some_and(|sum| search.proves(ground, &sum))
        };
        if let Some((factor, body)) = self.last_definition(sum) {
            return then(self, &factor, &self.sums.of(body));
        }
        if let Some(proved) = self.with_paid(ground, sum) {
            return proved;
        }
        let policy = self.base.policy;
        let opened: Vec<(Factor, ExprId)> =
            factors(sum).filter_map(|f| Some((f.clone(), opened(policy, f)?))).collect();
        // Whatever it is, it is one of these.
        for (factor, expr) in &opened {
            let all: Vec<(Vec<Held>, ExprId)> = match &policy.exprs.get(*expr).kind {
                ExprKind::Cases { lines, otherwise } => lines_of(lines, *otherwise),
                ExprKind::Scale { bands, by_slices: false, .. } => bands
                    .iter()
                    .enumerate()
                    .map(|(band, line)| (vec![Held::Band { scale: *expr, band }], line.value))
                    .collect(),
                ExprKind::Extremum { greatest, of } if !self.goes(ground, sum, factor, *greatest) => {
                    of.iter().map(|operand| (Vec::new(), *operand)).collect()
                }
                _ => continue,
            };
            return all.into_iter().all(|(held, value)| {
                let inside = (!held.is_empty()).then(|| ground.with(&held));
                let value = self.sums.of(value);
                sum.with(factor, &value)
                    .is_some_and(|sum| self.proves(inside.as_ref().unwrap_or(ground), &sum))
            });
        }
        // It is no less than with one of these in its place.
        for (factor, expr) in &opened {
            match &policy.exprs.get(*expr).kind {
                ExprKind::Extremum { of, .. } => {
                    for operand in of {
                        if then(self, factor, &self.sums.of(*operand)) {
                            return true;
                        }
                    }
                }
                ExprKind::Round { value, .. } if self.rounded(ground, sum, factor, *expr, *value) => {
                    return true;
                }
                _ => {}
            }
        }
        self.later(ground, sum) || self.lessened(ground, sum).iter().any(|sum| self.proves(ground, sum))
    }

    /// What is known, and what comparisons in force say, settle it.
    fn is_plain(&mut self, ground: &Ground<'p>, sum: &Sum) -> bool {
        let hull = sum.products.iter().fold(Interval::point(Ratio::zero()), |all, (factors, times)| {
            all.add(&self.product(ground, factors).mul(&Interval::point(times.clone())))
        });
        let enough = |low: &Ratio, included: bool| match low.signum() {
            0 => !self.strict || !included,
            sign => sign > 0,
        };
        if hull.low.value().is_some_and(|low| enough(low, hull.low.is_included())) {
            return true;
        }
        let Some(form) = sum.linear() else { return false };
        let op = if self.strict { CompareOp::Le } else { CompareOp::Lt };
        let found = can_be_then(&ground.knowledge, &ground.held, self.epoch, &mut self.left, &|space| {
            (space.compare_linear(op, form.clone()), Vec::new())
        });
        if matches!(found, Found::TooMany) {
            self.left = 0;
        }
        matches!(found, Found::Nothing)
    }

    fn product(&self, ground: &Ground<'p>, factors: &[Factor]) -> Interval {
        let one = Interval::point(Ratio::one());
        factors.iter().fold(one, |product, factor| product.mul(&self.numbers(ground, factor)))
    }

    fn numbers(&self, ground: &Ground<'p>, factor: &Factor) -> Interval {
        let of = |shape| ground.knowledge.numbers(self.base.policy.exprs.first_of(shape));
        match factor {
            Factor::Of(Term::Shape(shape)) => of(*shape),
            Factor::Of(Term::Count { .. }) => Interval::at_least(Ratio::zero(), true),
            Factor::Of(Term::Shifted { .. }) => Interval::all(true),
            Factor::Inverse(shape) => Interval::point(Ratio::one()).div(&of(*shape)),
        }
    }

    /// The last definition that a sum reads: those before it may be what it is made of.
    fn last_definition(&self, sum: &Sum) -> Option<(Factor, ExprId)> {
        let policy = self.base.policy;
        let definition = |factor: &Factor| match factor {
            Factor::Of(Term::Shape(shape)) => match policy.exprs.get(policy.exprs.first_of(*shape)).kind {
                ExprKind::Definition(definition) => Some((definition, factor.clone())),
                _ => None,
            },
            Factor::Of(_) | Factor::Inverse(_) => None,
        };
        let (definition, factor) =
            factors(sum).filter_map(definition).max_by_key(|(definition, _)| *definition)?;
        Some((factor, policy.definitions[definition.index()].body))
    }

    /// A financing pays its amount, or nothing: whether it is so with both.
    fn with_paid(&mut self, ground: &Ground<'p>, sum: &Sum) -> Option<bool> {
        let (factor, amount) = self.paid(sum)?;
        let amount = self.sums.of(amount);
        let mut both = [Sum::default(), amount].into_iter();
        Some(both.all(|by| sum.with(&factor, &by).is_some_and(|sum| self.proves(ground, &sum))))
    }

    /// What a sum reads of another financing, and its amount.
    fn paid(&self, sum: &Sum) -> Option<(Factor, ExprId)> {
        let policy = self.base.policy;
        factors(sum).find_map(|factor| {
            let Factor::Of(Term::Shape(shape)) = factor else { return None };
            let ExprKind::AmountOf(id) = policy.exprs.get(policy.exprs.first_of(*shape)).kind else {
                return None;
            };
            let funding = &policy.fundings[id.index()];
            let ranged = matches!(policy.exprs.get(funding.amount).kind, ExprKind::Range { .. });
            let whole = !funding.each && !funding.is_shared_out() && !ranged;
            whole.then(|| (factor.clone(), funding.amount))
        })
    }

    /// Whether a sum goes up with a factor, or down for `up: false`, wherever the factor stands.
    fn goes(&mut self, ground: &Ground<'p>, sum: &Sum, factor: &Factor, up: bool) -> bool {
        let sign = if up { 1 } else { -1 };
        let mut with = sum.products.iter().filter(|(factors, _)| factors.contains(factor));
        with.all(|(factors, times)| {
            times.signum() == sign
                && factors.iter().filter(|other| *other == factor).count() == 1
                && self.is_never_negative(ground, factors.iter().filter(|other| *other != factor))
        })
    }

    fn is_never_negative<'f>(
        &mut self,
        ground: &Ground<'p>,
        mut factors: impl Iterator<Item = &'f Factor>,
    ) -> bool {
        let strict = std::mem::replace(&mut self.strict, false);
        let never = factors.all(|factor| {
            let numbers = self.numbers(ground, factor);
            let policy = self.base.policy;
            numbers.low.value().is_some_and(|low| low.signum() >= 0)
                || match factor {
                    Factor::Of(Term::Shape(_)) => {
                        opened(policy, factor).is_some() && self.proves(ground, &Sum::factor(factor.clone()))
                    }
                    Factor::Of(_) => false,
                    // What is not zero has the sign of what it divides one by.
                    Factor::Inverse(shape) => {
                        let of = self.sums.of(policy.exprs.first_of(*shape));
                        self.proves(ground, &of)
                    }
                }
        });
        self.strict = strict;
        never
    }

    /// What is rounded is not far from what it was, on the same side of what stands on a step, and never below what
    /// was less before it was rounded likewise.
    fn rounded(
        &mut self,
        ground: &Ground<'p>,
        sum: &Sum,
        factor: &Factor,
        expr: ExprId,
        value: ExprId,
    ) -> bool {
        let policy = self.base.policy;
        let ExprKind::Round { rounding, .. } = &policy.exprs.get(expr).kind else { return false };
        let (own, step) = (self.sums.of(value), &rounding.step);
        if let Some(times) = sum.products.get(std::slice::from_ref(factor)).filter(|_| !self.strict) {
            let rest = sum.clone().minus(&Sum::factor(factor.clone()).scaled(times));
            if !factors(&rest).any(|other| other == factor) {
                if self.grain(&rest).is_multiple_of(&step.mul(&times.abs()))
                    && self.proves(ground, &rest.clone().plus(&own.scaled(times)))
                {
                    return true;
                }
                for (other, of) in factors(&rest).filter_map(|f| Some((f, opened(policy, f)?))) {
                    let ExprKind::Round { value, rounding: like } = &policy.exprs.get(of).kind else {
                        continue;
                    };
                    let other = Sum::factor(other.clone()).scaled(times);
                    let rest = rest.clone().plus(&other);
                    if like == rounding
                        && rest.products.len() < sum.products.len()
                        && self.proves(ground, &own.clone().minus(&self.sums.of(*value)).scaled(times))
                        && self.proves(ground, &rest)
                    {
                        return true;
                    }
                }
            }
        }
        let half = || step.div(&Ratio::from(2)).unwrap_or_else(|| step.clone());
        let (below, above) = match rounding.direction {
            Direction::Down => (step.clone(), Ratio::zero()),
            Direction::Up => (Ratio::zero(), step.clone()),
            Direction::HalfAway | Direction::HalfEven => (half(), half()),
            Direction::TowardZero => (step.clone(), step.clone()),
        };
        for (up, by) in [(true, below.neg()), (false, above)] {
            if self.goes(ground, sum, factor, up)
                && let Some(sum) = sum.with(factor, &own.clone().plus(&Sum::constant(by)))
            {
                return self.proves(ground, &sum);
            }
        }
        false
    }

    /// More months after a date is no earlier.
    fn later(&mut self, ground: &Ground<'p>, sum: &Sum) -> bool {
        let dates: Vec<(Factor, Ratio, ShapeId, Sum)> = sum
            .products
            .iter()
            .filter_map(|(factors, times)| match factors.as_slice() {
                [factor] => self.after(factor).map(|(date, by)| (factor.clone(), times.clone(), date, by)),
                _ => None,
            })
            .collect();
        dates.iter().filter(|(_, times, ..)| times.signum() > 0).any(|(late, times, date, by)| {
            dates.iter().filter(|(_, less, other, _)| other == date && *less == times.neg()).any(
                |(early, _, _, less)| {
                    let pair = Sum::factor(late.clone()).minus(&Sum::factor(early.clone())).scaled(times);
                    let rest = sum.clone().minus(&pair);
                    let strict = self.strict;
                    let apart = self.proves(ground, &by.clone().minus(less));
                    self.strict = false;
                    let so = apart && self.proves(ground, &rest);
                    self.strict = strict;
                    so
                },
            )
        })
    }

    /// How many months after which date a factor lies.
    fn after(&self, factor: &Factor) -> Option<(ShapeId, Sum)> {
        let exprs = &self.base.policy.exprs;
        match factor {
            Factor::Of(Term::Shifted { date, by, back }) => {
                let by = self.sums.of(exprs.first_of(*by));
                Some((*date, if *back { by.scaled(&Ratio::from(-1)) } else { by }))
            }
            Factor::Of(Term::Shape(shape)) if exprs.get(exprs.first_of(*shape)).ty == Type::Date => {
                Some((*shape, Sum::default()))
            }
            Factor::Of(_) | Factor::Inverse(_) => None,
        }
    }

    /// The step of a sum.
    fn grain(&self, sum: &Sum) -> Grain {
        sum.products.iter().fold(Grain::Zero, |all, (factors, times)| {
            let product = factors.iter().fold(Grain::of(times), |product, factor| match factor {
                Factor::Of(Term::Shape(shape)) => {
                    product.times(&grain(self.base, self.base.policy.exprs.first_of(*shape)))
                }
                Factor::Of(Term::Shifted { .. } | Term::Count { .. }) => {
                    product.times(&Grain::Step(Ratio::one()))
                }
                Factor::Inverse(_) => Grain::Dense,
            });
            all.with(product)
        })
    }

    /// Sums that are no greater: a factor of a product that counts is at its least, of one that is taken off at its
    /// most, where the other factors are never below zero.
    fn lessened(&mut self, ground: &Ground<'p>, sum: &Sum) -> Vec<Sum> {
        let mut all = Vec::new();
        for (factors, times) in &sum.products {
            for (rank, factor) in factors.iter().enumerate() {
                let numbers = self.numbers(ground, factor);
                let end = if times.signum() > 0 { &numbers.low } else { &numbers.high };
                let Some(end) = end.value().filter(|_| factors.len() > 1) else { continue };
                let others: Vec<Factor> = factors
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != rank)
                    .map(|(_, f)| f.clone())
                    .collect();
                if self.is_never_negative(ground, others.iter()) {
                    let [whole, less] = [(factors.clone(), times.clone()), (others, times.mul(end))].map(
                        |(factors, times)| Sum { products: [(factors, Ratio::one())].into() }.scaled(&times),
                    );
                    all.push(sum.clone().minus(&whole).plus(&less));
                }
            }
        }
        all
    }
}

/// The factors of a sum, one after the other.
fn factors(sum: &Sum) -> impl Iterator<Item = &Factor> {
    sum.products.keys().flatten()
}

/// The expression behind a factor that can be opened further.
fn opened(policy: &Policy, factor: &Factor) -> Option<ExprId> {
    let Factor::Of(Term::Shape(shape)) = factor else { return None };
    let expr = policy.exprs.first_of(*shape);
    matches!(
        policy.exprs.get(expr).kind,
        ExprKind::Cases { .. }
            | ExprKind::Scale { by_slices: false, .. }
            | ExprKind::Extremum { .. }
            | ExprKind::Round { .. }
            | ExprKind::Definition(_)
    )
    .then_some(expr)
}

/// What each line gives, with the conditions in force there.
fn lines_of(lines: &[CaseLine], otherwise: Option<ExprId>) -> Vec<(Vec<Held>, ExprId)> {
    let mut above: Vec<Held> = Vec::new();
    let mut all = Vec::new();
    for line in lines {
        let mut held = if line.else_if { above.clone() } else { Vec::new() };
        held.push(Held::so(line.when));
        all.push((held, line.value));
        above.push(Held::not_so(line.when));
    }
    all.extend(otherwise.map(|value| (above, value)));
    all
}
