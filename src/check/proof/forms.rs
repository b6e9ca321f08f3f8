//! Both sides of a comparison as one linear form, and what it cuts.

use super::formula::{DEPTH, Dimension, Formula, Space, Test, days, holds, is_positive};
use super::linear::{Linear, Term};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, Type};
use crate::syntax::tree::{Aggregate, CompareOp};
use crate::value::Value;

impl Space<'_> {
    /// A linear form compared with 0.
    pub fn compare_linear(&mut self, op: CompareOp, form: Linear) -> Formula {
        let mut terms = form.terms.iter();
        let Some((first, leading)) = terms.next() else {
            return self.is(holds(op, form.constant.cmp(&Ratio::zero())));
        };
        let (first, op) = (first.clone(), if leading.signum() < 0 { op.flipped() } else { op });
        let inverse = Ratio::one().div(leading).unwrap_or_else(Ratio::one);
        let form = form.scaled(&inverse);
        for term in form.terms.keys().filter(|term| matches!(term, Term::Count { .. })) {
            self.counts.insert(term.clone());
        }
        if let (2, true, Some((second, coefficient))) =
            (form.terms.len(), form.constant.is_zero(), form.terms.iter().nth(1))
        {
            let times = coefficient.neg();
            if times.signum() > 0 {
                if is_positive(&self.hull(second)) {
                    return self.test(Dimension::Multiple(first, second.clone()), Test::Number(op, times));
                }
                if is_positive(&self.hull(&first)) {
                    let times = Ratio::one().div(&times).unwrap_or_else(Ratio::one);
                    let dimension = Dimension::Multiple(second.clone(), first);
                    return self.test(dimension, Test::Number(op.flipped(), times));
                }
            }
        }
        let threshold = form.constant.neg();
        self.test(Dimension::Line(form.terms.into_iter().collect()), Test::Number(op, threshold))
    }

    /// The value of an expression made of constants and parameters.
    pub fn value(&self, expr: ExprId) -> Option<Value> {
        let node = self.policy.exprs.get(expr);
        match &node.kind {
            ExprKind::Const(value) => Some(value.clone()),
            ExprKind::Parameter { parameter, at } => {
                let at = at.map(|at| self.policy.exprs.get(at).shape);
                self.epoch.get(&(*parameter, at)).cloned()
            }
            _ => None,
        }
    }

    /// « mois de D », which no line writes as a sum: an example gives the month itself.
    fn is_rank_in_year(&self, sum: ExprId, counted: ExprId) -> bool {
        let [sum, counted] = [sum, counted].map(|expr| self.policy.exprs.get(expr));
        sum.span == counted.span && matches!(counted.kind, ExprKind::Elapsed { .. } | ExprKind::Round { .. })
    }

    /// An expression as a linear form.
    pub fn linear(&mut self, expr: ExprId) -> Linear {
        let policy = self.policy;
        let node = policy.exprs.get(expr);
        let itself = || Linear::term(Term::Shape(node.shape));
        match &node.kind {
            ExprKind::Const(_) | ExprKind::Parameter { .. } => match self.value(expr) {
                Some(Value::Number(number)) => Linear::constant(number),
                Some(Value::Date(date)) => Linear::constant(days(date)),
                _ => itself(),
            },
            ExprKind::Definition(definition) if self.depth < DEPTH => {
                let body = policy.definitions[definition.index()].body;
                let simple = matches!(
                    policy.exprs.get(body).kind,
                    ExprKind::Const(_)
                        | ExprKind::Parameter { .. }
                        | ExprKind::Definition(_)
                        | ExprKind::Fact(_)
                        | ExprKind::Mul(..)
                        | ExprKind::Scaled { .. }
                        | ExprKind::Add(..)
                        | ExprKind::Sub(..)
                );
                if !simple {
                    return itself();
                }
                self.depth += 1;
                let body = self.linear(body);
                self.depth -= 1;
                if body.as_constant().is_some() { body } else { itself() }
            }
            ExprKind::Add(a, _) if self.is_rank_in_year(expr, *a) => itself(),
            ExprKind::Add(a, b) => self.linear(*a).plus(&self.linear(*b)),
            ExprKind::Sub(a, b) | ExprKind::DaysBetween(a, b) => self.linear(*a).minus(&self.linear(*b)),
            ExprKind::Negate(a) => self.linear(*a).scaled(&Ratio::from(-1)),
            ExprKind::Mul(a, b) => {
                let (a, b) = (self.linear(*a), self.linear(*b));
                match (a.as_constant(), b.as_constant()) {
                    (Some(factor), _) => b.scaled(factor),
                    (_, Some(factor)) => a.scaled(factor),
                    _ => itself(),
                }
            }
            ExprKind::Div(a, b) => {
                let by = self.linear(*b);
                match by.as_constant().and_then(|by| Ratio::one().div(by)) {
                    Some(factor) => self.linear(*a).scaled(&factor),
                    None => itself(),
                }
            }
            ExprKind::Scaled { base, rate, decrease } => {
                let rate = self.linear(*rate);
                match rate.as_constant() {
                    Some(rate) => {
                        let one = Ratio::one();
                        let factor = if *decrease { one.sub(rate) } else { one.add(rate) };
                        self.linear(*base).scaled(&factor)
                    }
                    None => itself(),
                }
            }
            ExprKind::Prorata { base, part, whole } => {
                let (part, whole) = (self.linear(*part), self.linear(*whole));
                match (part.as_constant(), whole.as_constant()) {
                    (Some(part), Some(whole)) => match part.div(whole) {
                        Some(factor) => self.linear(*base).scaled(&factor),
                        None => itself(),
                    },
                    _ => itself(),
                }
            }
            ExprKind::Shift { date, by, then_days, back } => self.shifted(*date, *by, *then_days, *back),
            ExprKind::Aggregate { kind: Aggregate::Count, list, filter, of: None } => {
                let filter = filter.map(|filter| policy.exprs.get(filter).shape);
                Linear::term(Term::Count { list: *list, filter })
            }
            _ => itself(),
        }
    }

    /// A date moved by months or days.
    pub fn shifted(&mut self, date: ExprId, by: ExprId, then_days: i64, back: bool) -> Linear {
        let sign = Ratio::from(if back { -1 } else { 1 });
        let exprs = &self.policy.exprs;
        let start = if exprs.get(by).ty == Type::Days {
            let days = self.linear(by).scaled(&sign);
            self.linear(date).plus(&days)
        } else {
            Linear::term(Term::Shifted { date: exprs.get(date).shape, by: exprs.get(by).shape, back })
        };
        start.plus(&Linear::constant(Ratio::from(then_days).mul(&sign)))
    }
}
