//! What is learnt by taking a condition to hold, or not to.

use super::Held;
use super::knowledge::{DEPTH, Knowledge};
use crate::known::{Known, OptionSet, Truth};
use crate::policy::{Band, BandRange, ExprId, ExprKind, Quantity, Type};
use crate::syntax::tree::CompareOp;

impl Knowledge<'_> {
    /// Takes in a condition in force.
    pub fn hold(&mut self, held: Held) {
        match held {
            Held::Condition { expr, truth } => self.assume(expr, truth),
            Held::Band { scale, band } => {
                if let ExprKind::Scale { of, bands, .. } = &self.base.policy.exprs.get(scale).kind
                    && let Some(band) = bands.get(band)
                {
                    self.assume_band(*of, band);
                }
            }
            Held::Element(list) => {
                self.elements.insert(list);
            }
        }
    }

    /// Takes in that an expression has one of some values.
    pub fn learn(&mut self, expr: ExprId, known: &Known) {
        let shape = self.base.policy.exprs.get(expr).shape;
        match self.known(expr).intersect(known) {
            Some(both) => {
                self.learnt.insert(shape, both);
                self.memo.get_mut().clear();
            }
            None => self.impossible = true,
        }
    }

    /// Whether what was learnt of one shape agrees with what was learnt of others.
    pub fn agrees(&self) -> bool {
        !self.impossible
            && self.learnt.iter().all(|(shape, learnt)| {
                let expr = self.base.policy.exprs.first_of(*shape);
                self.work_out(expr).intersect(learnt).is_some()
            })
    }

    /// Takes in that what a scale is read by falls in a line.
    pub(super) fn assume_band(&mut self, of: ExprId, band: &Band) {
        match &band.range {
            BandRange::Options(options) => {
                self.learn(of, &Known::Choice(OptionSet::of(options.iter().copied())));
            }
            BandRange::Between { low, high } => {
                if let Some((low, included)) = low {
                    self.assume_compare(if *included { CompareOp::Ge } else { CompareOp::Gt }, of, *low);
                }
                if let Some((high, included)) = high {
                    self.assume_compare(if *included { CompareOp::Le } else { CompareOp::Lt }, of, *high);
                }
            }
        }
    }

    fn assume_compare(&mut self, op: CompareOp, left: ExprId, right: ExprId) {
        if self.compared(op, left, right).fails() {
            self.impossible = true;
            return;
        }
        self.put_in_order(op, left, right);
        let (a, b) = (self.known(left), self.known(right));
        match (a.narrow_by(op, &b), b.narrow_by(op.flipped(), &a)) {
            (Some(a), Some(b)) => {
                self.learn(left, &a);
                self.learn(right, &b);
            }
            _ => self.impossible = true,
        }
    }

    fn put_in_order(&mut self, op: CompareOp, left: ExprId, right: ExprId) {
        let exprs = &self.base.policy.exprs;
        let (left, right) = (exprs.get(left), exprs.get(right));
        if left.ty != Type::Date {
            return;
        }
        match op {
            CompareOp::Lt | CompareOp::Le => self.order.push((left.shape, right.shape)),
            CompareOp::Gt | CompareOp::Ge => self.order.push((right.shape, left.shape)),
            CompareOp::Eq | CompareOp::Ne => return,
        }
        self.memo.get_mut().clear();
    }

    /// Takes in that a condition holds, or does not.
    pub fn assume(&mut self, expr: ExprId, truth: bool) {
        if !self.truth(expr).contains(truth) {
            self.impossible = true;
            return;
        }
        let policy = self.base.policy;
        match &policy.exprs.get(expr).kind {
            ExprKind::Not(operand) => self.assume(*operand, !truth),
            ExprKind::And(of) if truth => of.iter().for_each(|operand| self.assume(*operand, true)),
            ExprKind::Or(of) if !truth => of.iter().for_each(|operand| self.assume(*operand, false)),
            ExprKind::And(of) | ExprKind::Or(of) => {
                // Only one is left that may decide it.
                let mut open = of.iter().filter(|operand| self.truth(**operand).contains(truth));
                if let (Some(only), None) = (open.next(), open.next()) {
                    self.assume(*only, truth);
                }
            }
            ExprKind::Bullets { quantity: Quantity::All, of } if truth => {
                for bullet in of {
                    if bullet.only_if.is_none_or(|only_if| self.truth(only_if).holds()) {
                        self.assume(bullet.then, true);
                    }
                }
            }
            ExprKind::Compare { op, left, right } => {
                let op = if truth { *op } else { op.negated() };
                self.assume_compare(op, *left, *right);
            }
            ExprKind::Among { subject, values } => {
                if truth {
                    let of = self.known(*subject);
                    let union = values
                        .iter()
                        .filter_map(|value| of.narrow_by(CompareOp::Eq, &self.known(*value)))
                        .reduce(|a, b| a.union(&b));
                    match union {
                        Some(union) => self.learn(*subject, &union),
                        None => self.impossible = true,
                    }
                } else {
                    for value in values {
                        self.assume_compare(CompareOp::Ne, *subject, *value);
                    }
                }
            }
            ExprKind::Between { subject, low, high } if truth => {
                self.assume_compare(CompareOp::Ge, *subject, *low);
                self.assume_compare(CompareOp::Le, *subject, *high);
            }
            ExprKind::Within { date, origin, .. } if truth => {
                self.assume_compare(CompareOp::Ge, *date, *origin);
            }
            ExprKind::Definition(definition) if self.depth < DEPTH => {
                self.learn(expr, &Known::Truth(Truth::of(truth)));
                self.depth += 1;
                self.assume(policy.definitions[definition.index()].body, truth);
                self.depth -= 1;
            }
            _ => self.learn(expr, &Known::Truth(Truth::of(truth))),
        }
    }
}
