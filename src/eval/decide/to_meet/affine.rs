//! Values that grow by the same at each step along a line, worked out without a trial.
//!
//! Where all is known and a value is linear in what is changed, what it comes to after any number of steps is
//! what a trial of that dossier would show, exactly; anything else is left to trials.

use super::line::{Line, ratio};
use crate::eval::interpret::interpreter::Evaluator;
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::dependencies::Touched;
use crate::policy::{Declared, ExprId, ExprKind, ListId, Policy};
use crate::syntax::tree::Aggregate;
use crate::value::Value;

/// So many expressions are looked through for one value.
const MOST_EXPRESSIONS: usize = 128;

/// Numbers longer than this are left to trials, which know what to do with numbers that are too long.
const MOST_BITS: u64 = 128;

/// What a number comes to along a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Affine {
    /// As the dossier stands.
    now: Ratio,
    /// What it would be there, did steps begin at a whole one.
    start: Ratio,
    /// What each step adds.
    step: Ratio,
}

impl Affine {
    /// A number that nothing along the line moves.
    fn fixed(number: Ratio) -> Affine {
        Affine { start: number.clone(), now: number, step: Ratio::zero() }
    }

    /// After so many steps.
    pub fn after(&self, steps: u64) -> Ratio {
        if steps == 0 { self.now.clone() } else { self.start.add(&self.step.mul(&ratio(steps))) }
    }

    /// This less another.
    pub fn less(&self, other: &Affine) -> Affine {
        self.with(other, Ratio::sub)
    }

    /// Where nothing moves it.
    fn as_fixed(&self) -> Option<&Ratio> {
        (self.step.is_zero() && self.now == self.start).then_some(&self.now)
    }

    fn with(&self, other: &Affine, op: fn(&Ratio, &Ratio) -> Ratio) -> Affine {
        Affine {
            now: op(&self.now, &other.now),
            start: op(&self.start, &other.start),
            step: op(&self.step, &other.step),
        }
    }

    fn times(&self, factor: &Ratio) -> Affine {
        Affine { now: self.now.mul(factor), start: self.start.mul(factor), step: self.step.mul(factor) }
    }

    fn over(&self, divisor: &Ratio) -> Option<Affine> {
        Some(Affine {
            now: self.now.div(divisor)?,
            start: self.start.div(divisor)?,
            step: self.step.div(divisor)?,
        })
    }

    fn product(&self, other: &Affine) -> Option<Affine> {
        match (self.as_fixed(), other.as_fixed()) {
            (Some(factor), _) => Some(other.times(factor)),
            (_, Some(factor)) => Some(self.times(factor)),
            (None, None) => None,
        }
    }

    fn is_short(&self) -> bool {
        [&self.now, &self.start, &self.step].into_iter().all(|number| number.bits() <= MOST_BITS)
    }
}

/// What is looked through for what a line moves.
pub(super) struct Along<'l, 'e, 'w> {
    evaluator: &'e mut Evaluator<'w>,
    line: &'l Line,
    /// What a line changes.
    moved: Touched,
    /// So many expressions may yet be looked through.
    left: usize,
}

impl<'l, 'e, 'w> Along<'l, 'e, 'w> {
    /// Along a line, in a world where all is known and nothing was learnt.
    pub fn new(evaluator: &'e mut Evaluator<'w>, line: &'l Line) -> Self {
        let mut moved = Touched::default();
        let declared = match line {
            Line::Answer { fact, .. } => Declared::Fact(*fact),
            Line::More { list, .. } | Line::Fewer { list, .. } => Declared::List(*list),
        };
        moved.add_declared(evaluator.policy, declared);
        Along { evaluator, line, moved, left: MOST_EXPRESSIONS }
    }

    /// Whether nothing along the line changes an expression.
    pub fn is_fixed(&self, expr: ExprId) -> bool {
        let policy = self.evaluator.policy;
        !self.moved.meets_shape(policy.dependencies(), policy.exprs.get(expr).shape)
    }

    /// What an expression comes to along the line; `None` where a trial must tell.
    pub fn value(&mut self, expr: ExprId) -> Option<Affine> {
        self.left = MOST_EXPRESSIONS;
        self.of(expr)
    }

    fn of(&mut self, expr: ExprId) -> Option<Affine> {
        self.left = self.left.checked_sub(1)?;
        let policy = self.evaluator.policy;
        if self.is_fixed(expr) {
            return number(&self.evaluator.value(expr)).map(Affine::fixed).filter(Affine::is_short);
        }
        let found = match &policy.exprs.get(expr).kind {
            ExprKind::Fact(own) => match self.line {
                Line::Answer { fact, now, start, step, .. } if fact == own => {
                    Some(Affine { now: now.clone(), start: start.clone(), step: step.clone() })
                }
                _ => None,
            },
            ExprKind::Definition(id) if policy.definitions[id.index()].list.is_none() => {
                self.of(policy.definitions[id.index()].body)
            }
            ExprKind::Cases { lines, otherwise } => {
                for line in lines {
                    if !self.is_fixed(line.when) {
                        return None;
                    }
                    if self.evaluator.truth(line.when).value()? {
                        return self.of(line.value);
                    }
                }
                self.of((*otherwise)?)
            }
            ExprKind::Aggregate { kind: Aggregate::Count, list, filter, .. } => {
                self.count(expr, *list, *filter)
            }
            ExprKind::Add(a, b) => Some(self.of(*a)?.with(&self.of(*b)?, Ratio::add)),
            ExprKind::Sub(a, b) => Some(self.of(*a)?.less(&self.of(*b)?)),
            ExprKind::Negate(a) => Some(self.of(*a)?.times(&Ratio::one().neg())),
            ExprKind::Mul(a, b) => self.of(*a)?.product(&self.of(*b)?),
            ExprKind::Div(a, b) => {
                let part = self.of(*a)?;
                part.over(self.of(*b)?.as_fixed()?)
            }
            _ => None,
        };
        found.filter(Affine::is_short)
    }

    /// How many elements count, where each that is added or left out is one of them.
    fn count(&mut self, expr: ExprId, of: ListId, filter: Option<ExprId>) -> Option<Affine> {
        let (list, counted, sign) = match self.line {
            Line::Answer { .. } => return None,
            Line::More { list, counted, .. } => (*list, counted, Ratio::one()),
            Line::Fewer { list, counted, .. } => (*list, counted, Ratio::one().neg()),
        };
        let exprs = &self.evaluator.policy.exprs;
        let same = exprs.get(expr).shape == exprs.get(counted.by).shape;
        if of != list || (filter.is_some() && !same) || !filter.is_none_or(|filter| self.tells(filter, list))
        {
            return None;
        }
        let now = number(&self.evaluator.value(expr))?;
        Some(Affine { start: now.clone(), now, step: sign })
    }

    /// Whether what a condition says of an element follows from the element's own answers, those left out that no
    /// two elements share: whatever stands beside it, another element with these answers counts as it does.
    fn tells(&mut self, expr: ExprId, list: ListId) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return false };
        self.left = left;
        if self.is_fixed(expr) {
            return true;
        }
        let policy: &Policy = self.evaluator.policy;
        let kind = &policy.exprs.get(expr).kind;
        match kind {
            ExprKind::Field(field) => {
                let field = &policy.fields[field.index()];
                field.list == list && !field.unique
            }
            ExprKind::Definition(id) => self.tells(policy.definitions[id.index()].body, list),
            ExprKind::Fact(_)
            | ExprKind::Aggregate { .. }
            | ExprKind::Covered { .. }
            | ExprKind::Rank { .. }
            | ExprKind::Around { .. }
            | ExprKind::Share(_)
            | ExprKind::Allotted { .. }
            | ExprKind::Holds(_)
            | ExprKind::AllCriteria
            | ExprKind::AmountOf(_) => false,
            _ => {
                let mut all = true;
                kind.for_each_operand(&mut |operand| all = all && self.tells(operand, list));
                all
            }
        }
    }
}

fn number(known: &Known) -> Option<Ratio> {
    match known.value()? {
        Value::Number(number) => Some(number),
        Value::Truth(_) | Value::Date(_) | Value::Text(_) | Value::Choice(_) => None,
    }
}
