//! Comparisons of two numbers that rest on the same thing.
//!
//! Intervals forget that a fact that stands on both sides is one and the same: `charges ≤ charges + loyer`
//! stays open on them whatever the charges. Here both sides are put into one sum, in which each
//! quantity is counted once.

use std::collections::BTreeMap;

use super::interpreter::Evaluator;
use crate::known::{Interval, Known, Truth, compare};
use crate::limits;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, ShapeId};
use crate::syntax::tree::CompareOp;

/// `constant + Σ coefficient × term`.
#[derive(Default)]
struct Sum {
    constant: Option<Ratio>,
    /// By shape: what shares it has one value. With each, an expression of it.
    terms: BTreeMap<ShapeId, (ExprId, Ratio)>,
    /// Whether a quantity was met twice.
    repeats: bool,
    /// How many expressions were looked into.
    steps: usize,
    /// Whether a number in it is longer than the limit.
    too_long: bool,
}

/// How many expressions are looked into at most: past it they are quantities of their own. Definitions
/// that read one another twice would take twice as many with each.
const STEPS: usize = 256;

impl Sum {
    fn add_constant(&mut self, value: &Ratio) {
        let sum = self.constant.as_ref().map_or_else(|| value.clone(), |sum| sum.add(value));
        self.too_long |= sum.bits() > limits::NUMBER_BITS;
        self.constant = Some(sum);
    }

    fn add_term(&mut self, shape: ShapeId, expr: ExprId, coefficient: &Ratio) {
        match self.terms.get_mut(&shape) {
            Some((_, sum)) => {
                *sum = sum.add(coefficient);
                self.repeats = true;
            }
            None => {
                self.terms.insert(shape, (expr, coefficient.clone()));
            }
        }
    }
}

/// What a comparison comes to, given what is known of the difference too. Where the two contradict one
/// another no value is possible: that is for contexts to tell.
fn sharper(truth: Truth, op: CompareOp, difference: Interval) -> Truth {
    let zero = Known::Number(Interval::point(Ratio::zero()));
    let of_difference = compare(op, &Known::Number(difference), &zero);
    if of_difference.is_open() { truth } else { of_difference }
}

impl Evaluator<'_> {
    /// What a comparison of two expressions comes to. Of what it reads, what counts alike on both sides
    /// is left out: whatever that is, the comparison comes to the same.
    pub(super) fn compared(&mut self, op: CompareOp, left: ExprId, right: ExprId) -> Truth {
        let mark = self.noted.len();
        let of_left = self.value(left);
        let of_right = self.value(right);
        let truth = compare(op, &of_left, &of_right);
        if !truth.is_open() || !self.share_numbers(left, right) {
            return truth;
        }
        match self.untraced(|inner| inner.difference(left, right, mark)) {
            Some(difference) => sharper(truth, op, difference),
            None => truth,
        }
    }

    /// What a comparison of two expressions comes to of which it is known already what they are.
    pub(super) fn compared_with(
        &mut self,
        op: CompareOp,
        (left, of_left): (ExprId, &Known),
        (right, of_right): (ExprId, &Known),
    ) -> Truth {
        let truth = compare(op, of_left, of_right);
        if !truth.is_open() || !self.share_numbers(left, right) {
            return truth;
        }
        let before = self.noted.len();
        let difference = self.untraced(|inner| inner.difference(left, right, before));
        self.noted.truncate(before);
        difference.map_or(truth, |difference| sharper(truth, op, difference))
    }

    /// Whether two expressions are numbers that rest on something in common.
    fn share_numbers(&self, left: ExprId, right: ExprId) -> bool {
        let (left, right) = (self.policy.exprs.get(left), self.policy.exprs.get(right));
        left.ty.is_numeric() && self.rests_on.meet(left.shape, right.shape)
    }

    /// What is known of `left − right`; `None` where nothing stands twice in it. Otherwise what was noted
    /// as read since a mark becomes what the difference reads.
    fn difference(&mut self, left: ExprId, right: ExprId, mark: usize) -> Option<Interval> {
        let mut sum = Sum::default();
        let before = self.noted.len();
        self.gather(left, &Ratio::one(), &mut sum);
        self.gather(right, &Ratio::from(-1), &mut sum);
        self.noted.truncate(before);
        if !sum.repeats || sum.too_long {
            return None;
        }
        self.noted.truncate(mark);
        let mut whole = Interval::point(sum.constant.unwrap_or_else(Ratio::zero));
        for (expr, coefficient) in sum.terms.into_values() {
            if !coefficient.is_zero() {
                whole = whole.add(&self.number(expr).mul(&Interval::point(coefficient)));
            }
        }
        Some(whole)
    }

    /// Adds `coefficient × expr` to a sum.
    fn gather(&mut self, expr: ExprId, coefficient: &Ratio, sum: &mut Sum) {
        sum.too_long |= coefficient.bits() > limits::NUMBER_BITS;
        if sum.too_long {
            return;
        }
        if let Some(value) = self.only_number(expr) {
            return sum.add_constant(&value.mul(coefficient));
        }
        sum.steps += 1;
        let node = self.policy.exprs.get(expr);
        match &node.kind {
            _ if sum.steps > STEPS => sum.add_term(node.shape, expr, coefficient),
            ExprKind::Add(a, b) => {
                self.gather(*a, coefficient, sum);
                self.gather(*b, coefficient, sum);
            }
            ExprKind::Sub(a, b) => {
                self.gather(*a, coefficient, sum);
                self.gather(*b, &coefficient.neg(), sum);
            }
            ExprKind::Negate(a) => self.gather(*a, &coefficient.neg(), sum),
            ExprKind::Mul(a, b) => match (self.only_number(*a), self.only_number(*b)) {
                (Some(factor), _) => self.gather(*b, &coefficient.mul(&factor), sum),
                (_, Some(factor)) => self.gather(*a, &coefficient.mul(&factor), sum),
                (None, None) => sum.add_term(node.shape, expr, coefficient),
            },
            ExprKind::Div(a, b) => match self.only_number(*b).and_then(|by| coefficient.div(&by)) {
                Some(coefficient) => self.gather(*a, &coefficient, sum),
                None => sum.add_term(node.shape, expr, coefficient),
            },
            ExprKind::Scaled { base, rate, decrease } => match self.only_number(*rate) {
                Some(rate) => {
                    let factor = if *decrease { Ratio::one().sub(&rate) } else { Ratio::one().add(&rate) };
                    self.gather(*base, &coefficient.mul(&factor), sum);
                }
                None => sum.add_term(node.shape, expr, coefficient),
            },
            ExprKind::Definition(definition) => {
                let inner = self.policy.definitions[definition.index()].body;
                self.gather(inner, coefficient, sum);
            }
            _ => sum.add_term(node.shape, expr, coefficient),
        }
    }

    /// The number that an expression comes to, where only one is possible.
    fn only_number(&mut self, expr: ExprId) -> Option<Ratio> {
        self.number(expr).value().cloned()
    }
}
