//! A calculation over known values, as one reads it.

use super::Words;
use super::sentence::operand;
use crate::decision::{Op, Step};
use crate::known::Known;
use crate::policy::ExprKind;
use crate::unit::Unit;

/// Past this many terms, a calculation is left to the detail of each.
const MANY: usize = 12;

impl Words<'_> {
    /// A calculation over known values, all its terms or factors: `200 € × 12`, `1 + 2 - 3 + 4`. Nothing for a
    /// value that is not calculated.
    pub(crate) fn calculation(&self, step: &Step) -> Option<String> {
        let step = self.behind(step);
        let sum = match &self.policy.exprs.get(step.expr?).kind {
            ExprKind::Add(..) | ExprKind::Sub(..) => true,
            ExprKind::Mul(..) | ExprKind::Div(..) => false,
            _ => return None,
        };
        // From the last term back to the first: what is written without parentheses leans to the left.
        let mut terms: Vec<String> = Vec::new();
        let mut left = step;
        loop {
            let (sign, a, b) =
                match left.expr.filter(|_| left.op == Op::Expr).map(|e| &self.policy.exprs.get(e).kind) {
                    Some(ExprKind::Add(a, b)) if sum => ("+", a, b),
                    Some(ExprKind::Sub(a, b)) if sum => ("-", a, b),
                    Some(ExprKind::Mul(a, b)) if !sum => ("×", a, b),
                    Some(ExprKind::Div(a, b)) if !sum => ("÷", a, b),
                    _ => break,
                };
            let (a, b) = (operand(left, *a)?, operand(left, *b)?);
            terms.push(format!(" {sign} {}", self.term(b)?));
            left = a;
        }
        terms.push(self.term(left)?);
        terms.reverse();
        (terms.len() <= MANY).then(|| terms.concat())
    }

    /// `600 € par mois`: by what an amount that a period sums up is counted.
    pub(crate) fn rhythm(&self, step: &Step) -> Option<String> {
        let step = self.behind(step);
        let exprs = &self.policy.exprs;
        match &exprs.get(step.expr?).kind {
            ExprKind::Round { value, .. } => self.rhythm(operand(step, *value)?),
            ExprKind::Mul(paid, _) if exprs.measure(step.expr?).is_none() => {
                let lasts = |unit: Unit| unit.months().is_some() || unit == Unit::DAY;
                exprs.measure(*paid).and_then(|measure| measure.per).filter(|per| lasts(*per))?;
                self.term(operand(step, *paid)?)
            }
            _ => None,
        }
    }

    /// What is known of a term for certain.
    fn term(&self, step: &Step) -> Option<String> {
        matches!(&step.value, Known::Number(n) if n.value().is_some()).then(|| self.figure(step))
    }
}
