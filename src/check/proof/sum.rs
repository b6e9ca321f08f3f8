//! Sums of products: what an expression comes to, as far as signs of arithmetic go.
//!
//! Where a linear form takes a product of two quantities as it is, a sum multiplies it out: `a × n - b × n` is
//! the sum of two products that share a factor.

use std::collections::BTreeMap;

use super::formula::{Epoch, days};
use super::linear::{Linear, Term};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, Policy, ShapeId, Type};
use crate::syntax::tree::Aggregate;
use crate::value::Value;

/// Greatest number of products in a sum.
const PRODUCTS: usize = 64;
/// Greatest number of factors of a product.
const FACTORS: usize = 6;
/// How deep an expression is followed into its operands.
const DEPTH: usize = 64;

/// What is multiplied.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Factor {
    /// A quantity.
    Of(Term),
    /// One divided by a quantity, which is not zero.
    Inverse(ShapeId),
}

/// A sum of products, each with how often it is counted; none of them 0 times.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sum {
    /// Factors in their order; none: a constant.
    pub products: BTreeMap<Vec<Factor>, Ratio>,
}

impl Sum {
    /// A number.
    pub fn constant(constant: Ratio) -> Self {
        let mut sum = Sum::default();
        sum.add(Vec::new(), constant);
        sum
    }

    /// A quantity.
    pub fn factor(factor: Factor) -> Self {
        Sum { products: BTreeMap::from([(vec![factor], Ratio::one())]) }
    }

    /// The number that it is, where it has no factor.
    pub fn as_constant(&self) -> Option<Ratio> {
        match self.products.iter().next() {
            None => Some(Ratio::zero()),
            Some((factors, times)) if self.products.len() == 1 && factors.is_empty() => Some(times.clone()),
            Some(_) => None,
        }
    }

    fn add(&mut self, factors: Vec<Factor>, times: Ratio) {
        let all = match self.products.remove(&factors) {
            Some(before) => before.add(&times),
            None => times,
        };
        if !all.is_zero() {
            self.products.insert(factors, all);
        }
    }

    /// Sum.
    pub fn plus(mut self, other: &Sum) -> Self {
        for (factors, times) in &other.products {
            self.add(factors.clone(), times.clone());
        }
        self
    }

    /// Difference.
    pub fn minus(self, other: &Sum) -> Self {
        self.plus(&other.scaled(&Ratio::from(-1)))
    }

    /// Multiplied by a number.
    pub fn scaled(&self, by: &Ratio) -> Self {
        let mut sum = Sum::default();
        for (factors, times) in &self.products {
            sum.add(factors.clone(), times.mul(by));
        }
        sum
    }

    /// Product; `None` where it would be too long.
    pub fn times(&self, other: &Sum) -> Option<Self> {
        let mut sum = Sum::default();
        for (a, times_a) in &self.products {
            for (b, times_b) in &other.products {
                let factors = product(a, b);
                if factors.len() > FACTORS {
                    return None;
                }
                sum.add(factors, times_a.mul(times_b));
            }
        }
        (sum.products.len() <= PRODUCTS).then_some(sum)
    }

    /// With another sum in the place of a factor; `None` where it would be too long.
    pub fn with(&self, factor: &Factor, by: &Sum) -> Option<Self> {
        let mut sum = Sum::default();
        for (factors, times) in &self.products {
            let mut product = Sum::constant(times.clone());
            for each in factors {
                let each = if each == factor { by.clone() } else { Sum::factor(each.clone()) };
                product = product.times(&each)?;
            }
            sum = sum.plus(&product);
        }
        (sum.products.len() <= PRODUCTS).then_some(sum)
    }

    /// As a linear form, where it has no product of two factors.
    pub fn linear(&self) -> Option<Linear> {
        let mut form = Linear::constant(Ratio::zero());
        for (factors, times) in &self.products {
            form = match factors.as_slice() {
                [] => form.plus(&Linear::constant(times.clone())),
                [Factor::Of(term)] => form.plus(&Linear::term(term.clone()).scaled(times)),
                _ => return None,
            };
        }
        Some(form)
    }
}

/// The factors of both; one that is divided by itself is left out.
fn product(a: &[Factor], b: &[Factor]) -> Vec<Factor> {
    let mut all = a.to_vec();
    for factor in b {
        let other = match factor {
            Factor::Of(Term::Shape(shape)) => Some(Factor::Inverse(*shape)),
            Factor::Of(Term::Shifted { .. } | Term::Count { .. }) => None,
            Factor::Inverse(shape) => Some(Factor::Of(Term::Shape(*shape))),
        };
        match other.and_then(|other| all.iter().position(|factor| *factor == other)) {
            Some(at) => {
                all.remove(at);
            }
            None => all.push(factor.clone()),
        }
    }
    all.sort();
    all
}

/// What expressions come to, parameters having their values of one stretch of time.
#[derive(Clone, Copy)]
pub(super) struct Sums<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// The values of parameters.
    pub epoch: &'p Epoch,
}

impl Sums<'_> {
    /// An expression as a sum of products.
    pub fn of(&self, expr: ExprId) -> Sum {
        self.below(expr, 0)
    }

    fn below(&self, expr: ExprId, depth: usize) -> Sum {
        let itself = || Sum::factor(Factor::Of(Term::Shape(self.policy.exprs.get(expr).shape)));
        if depth > DEPTH {
            return itself();
        }
        self.read(expr, depth + 1).unwrap_or_else(itself)
    }

    /// `None`: nothing but itself.
    fn read(&self, expr: ExprId, depth: usize) -> Option<Sum> {
        let node = self.policy.exprs.get(expr);
        let of = |expr: &ExprId| self.below(*expr, depth);
        let one = || Sum::constant(Ratio::one());
        match &node.kind {
            ExprKind::Const(_) | ExprKind::Parameter { .. } => match self.value(expr)? {
                Value::Number(number) => Some(Sum::constant(number)),
                Value::Date(date) => Some(Sum::constant(days(date))),
                Value::Truth(_) | Value::Text(_) | Value::Choice(_) => None,
            },
            ExprKind::Add(a, b) => Some(of(a).plus(&of(b))),
            ExprKind::Sub(a, b) | ExprKind::DaysBetween(a, b) => Some(of(a).minus(&of(b))),
            ExprKind::Negate(a) => Some(of(a).scaled(&Ratio::from(-1))),
            ExprKind::Mul(a, b) => of(a).times(&of(b)),
            ExprKind::Div(a, b) => of(a).times(&self.inverse(*b, depth)?),
            ExprKind::Scaled { base, rate, decrease } => {
                let rate = of(rate);
                of(base).times(&if *decrease { one().minus(&rate) } else { one().plus(&rate) })
            }
            ExprKind::Prorata { base, part, whole } => {
                of(base).times(&of(part))?.times(&self.inverse(*whole, depth)?)
            }
            ExprKind::Shift { date, by, then_days, back } => {
                let sign = Ratio::from(if *back { -1 } else { 1 });
                let exprs = &self.policy.exprs;
                let moved = if exprs.get(*by).ty == Type::Days {
                    of(date).plus(&of(by).scaled(&sign))
                } else {
                    let (date, by) = (exprs.get(*date).shape, exprs.get(*by).shape);
                    Sum::factor(Factor::Of(Term::Shifted { date, by, back: *back }))
                };
                Some(moved.plus(&Sum::constant(Ratio::from(*then_days).mul(&sign))))
            }
            ExprKind::Aggregate { kind: Aggregate::Count, list, filter, of: None } => {
                let filter = filter.map(|filter| self.policy.exprs.get(filter).shape);
                Some(Sum::factor(Factor::Of(Term::Count { list: *list, filter })))
            }
            ExprKind::Round { value, rounding } if rounding.step.is_zero() => Some(of(value)),
            _ => None,
        }
    }

    fn inverse(&self, expr: ExprId, depth: usize) -> Option<Sum> {
        match self.below(expr, depth).as_constant() {
            Some(number) => Some(Sum::constant(Ratio::one().div(&number)?)),
            None => Some(Sum::factor(Factor::Inverse(self.policy.exprs.get(expr).shape))),
        }
    }

    fn value(&self, expr: ExprId) -> Option<Value> {
        match &self.policy.exprs.get(expr).kind {
            ExprKind::Const(value) => Some(value.clone()),
            ExprKind::Parameter { parameter, at } => {
                let at = at.map(|at| self.policy.exprs.get(at).shape);
                self.epoch.get(&(*parameter, at)).cloned()
            }
            _ => None,
        }
    }
}
