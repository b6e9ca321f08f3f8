//! What holds between quantities whatever the dossier: it rules out combinations that no dossier is
//! in, and never shows in an example.

use std::collections::{BTreeMap, BTreeSet};

use super::formula::{Dimension, Formula, Node, Space, Test};
use super::linear::{Linear, Term};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, Quantity, ShapeId, Type};
use crate::syntax::tree::CompareOp;
use crate::value::Value;

/// Most orders of three dates that are told at once.
const CHAINS: usize = 8;

impl Space<'_> {
    /// What holds between the quantities that formulas read so far.
    pub fn theory(&mut self) -> Vec<Formula> {
        let mut all = Vec::new();
        self.counting(&mut all);
        self.multiples(&mut all);
        self.between(&mut all);
        self.time_limits(&mut all);
        all
    }

    /// A date that is no earlier than another, which is no earlier than a third, is no earlier than the third: of dates
    /// that are compared with a third one, and with one another or with one another some months later.
    fn between(&mut self, all: &mut Vec<Formula>) {
        let mut compared: BTreeSet<(Term, Term)> = BTreeSet::new();
        let mut near: BTreeSet<(Term, Term)> = BTreeSet::new();
        for dimension in &self.dimensions {
            let Dimension::Line(form) = dimension else { continue };
            let [(a, _), (b, factor)] = form.as_slice() else { continue };
            if factor != &Ratio::from(-1) || !self.is_date(a) || !self.is_date(b) {
                continue;
            }
            compared.extend([(a.clone(), b.clone()), (b.clone(), a.clone())]);
            if let (Some((a, _)), Some((b, _))) = (self.months_after(a), self.months_after(b))
                && a != b
            {
                near.insert((Term::Shape(a.min(b)), Term::Shape(a.max(b))));
            }
        }
        let mut chains = Vec::new();
        for (a, b) in &near {
            let of_a = compared.iter().filter(|(one, _)| one == a).map(|(_, other)| other);
            let third = of_a.filter(|third| compared.contains(&((*third).clone(), b.clone())));
            chains.extend(third.map(|third| (a.clone(), third.clone(), b.clone())));
        }
        for (a, third, b) in chains.into_iter().take(CHAINS) {
            let less =
                |one: &Term, other: &Term| Linear::term(one.clone()).minus(&Linear::term(other.clone()));
            for op in [CompareOp::Ge, CompareOp::Le] {
                let first = self.compare_linear(op, less(&a, &third));
                let second = self.compare_linear(op, less(&third, &b));
                let so = self.compare_linear(op, less(&a, &b));
                let not = self.not(so);
                let three = self.all(vec![first, second, not]);
                all.push(self.not(three));
            }
        }
    }

    fn is_date(&self, term: &Term) -> bool {
        let date = |shape: ShapeId| self.policy.exprs.get(self.policy.exprs.first_of(shape)).ty == Type::Date;
        match term {
            Term::Shape(shape) => date(*shape),
            Term::Shifted { .. } => true,
            Term::Count { .. } => false,
        }
    }

    /// Those that satisfy a condition are among all.
    fn counting(&mut self, all: &mut Vec<Formula>) {
        let counts: Vec<Term> = self.counts.iter().cloned().collect();
        for term in &counts {
            let Term::Count { list, filter: Some(_) } = term else { continue };
            let whole = Term::Count { list: *list, filter: None };
            if self.counts.contains(&whole) {
                let none = self.compare_term(whole, CompareOp::Le, Ratio::zero());
                let some = self.compare_term(term.clone(), CompareOp::Gt, Ratio::zero());
                let both = self.all(vec![none, some]);
                all.push(self.not(both));
            }
        }
    }

    /// Of two multiples of a quantity that is not negative, the greater is never below the lesser.
    fn multiples(&mut self, all: &mut Vec<Formula>) {
        let mut factors: BTreeMap<(Term, Term), Vec<Ratio>> = BTreeMap::new();
        for (dimension, test) in &self.tests {
            if let (Some(Dimension::Line(form)), Test::Number(_, at)) =
                (self.dimensions.get_index(*dimension), test)
                && let [(a, _), (b, factor)] = form.as_slice()
                && at.is_zero()
                && factor.signum() < 0
            {
                let factors = factors.entry((a.clone(), b.clone())).or_default();
                if !factors.contains(&factor.neg()) {
                    factors.push(factor.neg());
                }
            }
        }
        factors.retain(|_, factors| factors.len() > 1);
        for ((a, b), mut factors) in factors {
            if !self.is_never_negative(&a) && !self.is_never_negative(&b) {
                continue;
            }
            factors.sort();
            let beyond =
                |factor: &Ratio| Linear::term(a.clone()).minus(&Linear::term(b.clone()).scaled(factor));
            for pair in factors.windows(2) {
                let [less, more] = pair else { continue };
                for (above, below) in [(CompareOp::Ge, CompareOp::Lt), (CompareOp::Gt, CompareOp::Le)] {
                    let above = self.compare_linear(above, beyond(more));
                    let below = self.compare_linear(below, beyond(less));
                    let both = self.all(vec![above, below]);
                    all.push(self.not(both));
                }
            }
        }
    }

    fn is_never_negative(&self, term: &Term) -> bool {
        self.hull(term).low.value().is_some_and(|low| low.signum() >= 0)
    }

    /// A date so many months later is before the same date more months later.
    fn time_limits(&mut self, all: &mut Vec<Formula>) {
        let mut limits: BTreeMap<(Term, ShapeId), Vec<(i64, Term)>> = BTreeMap::new();
        for dimension in &self.dimensions {
            let Dimension::Line(form) = dimension else { continue };
            let [(a, _), (b, factor)] = form.as_slice() else { continue };
            if factor != &Ratio::from(-1) {
                continue;
            }
            for (date, limit) in [(a, b), (b, a)] {
                if let Some((origin, months)) = self.months_after(limit) {
                    limits.entry((date.clone(), origin)).or_default().push((months, limit.clone()));
                }
            }
        }
        for ((date, _), mut limits) in limits {
            limits.sort();
            for pair in limits.windows(2) {
                let [(early, first), (late, second)] = pair else { continue };
                if early == late {
                    continue;
                }
                let since = |limit: &Term| Linear::term(date.clone()).minus(&Linear::term(limit.clone()));
                let after = self.compare_linear(CompareOp::Ge, since(second));
                let before = self.compare_linear(CompareOp::Le, since(first));
                let both = self.all(vec![after, before]);
                all.push(self.not(both));
            }
        }
    }

    /// How many months after which date a term lies.
    fn months_after(&self, term: &Term) -> Option<(ShapeId, i64)> {
        match term {
            Term::Shape(shape) => Some((*shape, 0)),
            Term::Shifted { date, by, back } => match self.value(self.policy.exprs.first_of(*by)) {
                Some(Value::Number(months)) => {
                    let months = months.to_i64()?;
                    Some((*date, if *back { months.checked_neg()? } else { months }))
                }
                _ => None,
            },
            Term::Count { .. } => None,
        }
    }

    /// What the coherence rules say of quantities that formulas already read.
    pub fn coherent(&mut self) -> Vec<Formula> {
        let known = self.dimensions.len();
        let mut rules: Vec<ExprId> =
            self.knowledge.base().coherences.iter().rev().map(|c| c.condition).collect();
        let mut all = Vec::new();
        while let Some(rule) = rules.pop() {
            match &self.policy.exprs.get(rule).kind {
                ExprKind::And(of) => rules.extend(of.iter().rev()),
                ExprKind::Bullets { quantity: Quantity::All, of }
                    if of.iter().all(|b| b.only_if.is_none()) =>
                {
                    rules.extend(of.iter().rev().map(|bullet| bullet.then));
                }
                _ => {
                    let formula = self.condition(rule);
                    if self.reads(formula).iter().any(|dimension| *dimension < known) {
                        all.push(formula);
                    }
                }
            }
        }
        all
    }

    /// The dimensions that a formula reads.
    fn reads(&self, formula: Formula) -> Vec<usize> {
        let mut todo = vec![formula];
        let mut reads = Vec::new();
        let mut seen = vec![false; self.nodes.len()];
        while let Some(formula) = todo.pop() {
            if std::mem::replace(&mut seen[formula.0], true) {
                continue;
            }
            match &self.nodes[formula.0] {
                Node::Is(_) => {}
                Node::Test(test) => {
                    reads.extend(self.tests.get_index(*test).map(|(dimension, _)| *dimension))
                }
                Node::Not(of) => todo.push(*of),
                Node::Count { of, .. } => todo.extend(of),
            }
        }
        reads
    }
}
