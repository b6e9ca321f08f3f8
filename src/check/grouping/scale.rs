//! Values that a formula is tried with, of the size of what stands in it.

use super::*;

/// The figures of an expression, among which its cases are chosen.
#[derive(Default)]
pub(super) struct Scale {
    amount: Option<Ratio>,
    number: Option<Ratio>,
    step: Option<Ratio>,
}

impl Scale {
    pub(super) fn read(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(Literal::Amount(n)) => grow(&mut self.amount, n),
            ExprKind::Literal(Literal::Number(n)) => grow(&mut self.number, n),
            ExprKind::Paren(inner) | ExprKind::Negate(inner) => self.read(inner),
            ExprKind::Arith { left, right, .. } => {
                self.read(left);
                self.read(right);
            }
            ExprKind::Extremum { of, .. } => of.iter().for_each(|one| self.read(one)),
            ExprKind::Adjusted { base, adjustment } => {
                self.read(base);
                match &**adjustment {
                    Adjustment::AtMost(a) | Adjustment::AtLeast(a) => self.read(a),
                    Adjustment::Round(rounding) => self.step = Some(rounding.step.clone()),
                    Adjustment::Prorata(..)
                    | Adjustment::Increase(_)
                    | Adjustment::Decrease(_)
                    | Adjustment::Brought(_) => {}
                }
            }
            _ => {}
        }
    }

    /// Values of a type that stand on both sides of the figures of the expression.
    pub(super) fn pool(&self, ty: Ty) -> Vec<Value> {
        let numbers = |base: &Option<Ratio>, usual: i64| {
            let base = base.clone().unwrap_or_else(|| Ratio::from(usual));
            let mut all = Vec::new();
            // A rounding shows on what it does not leave as it is.
            if let Some(step) = &self.step {
                all.extend(
                    [(124, 10), (74, 10), (36, 10)]
                        .iter()
                        .filter_map(|(n, d)| Some(step.mul(&Ratio::new(*n, *d)?))),
                );
            }
            all.extend(
                [(3, 1), (3, 2), (1, 2)].iter().filter_map(|(n, d)| Some(base.mul(&Ratio::new(*n, *d)?))),
            );
            all
        };
        let whole = |all: &[i64]| all.iter().map(|n| Value::Number(Ratio::from(*n))).collect();
        let of = |all: Vec<Ratio>| all.into_iter().map(Value::Number).collect();
        match ty {
            Ty::Of(Type::Amount) => of(numbers(&self.amount, 100)),
            Ty::Measured(measure) if measure.money => of(numbers(&self.amount, 100)),
            Ty::Of(Type::Number) | Ty::Ratio | Ty::Measured(_) => of(numbers(&self.number, 10)),
            Ty::Of(Type::Integer) => {
                let floors = numbers(&self.number, 10).into_iter().map(|n| n.floor());
                of(floors.collect())
            }
            Ty::Of(Type::Percent) => [(50, 100), (20, 100), (12_346, 100_000), (80, 100)]
                .iter()
                .filter_map(|(n, d)| Ratio::new(*n, *d))
                .map(Value::Number)
                .collect(),
            Ty::Of(Type::Months) => whole(&[1, 5, 12]),
            Ty::Of(Type::Days) => whole(&[20, 45, 3]),
            Ty::Of(Type::Date) => [(2025, 2, 10), (2025, 1, 31), (2025, 8, 20), (2025, 12, 15)]
                .iter()
                .filter_map(|(year, month, day)| Date::new(*year, *month, *day))
                .map(Value::Date)
                .collect(),
            Ty::Of(Type::Truth | Type::Text | Type::Choice(_)) | Ty::Unknown => Vec::new(),
        }
    }
}

fn grow(greatest: &mut Option<Ratio>, n: &Ratio) {
    if n.signum() > 0 && greatest.as_ref().is_none_or(|own| n > own) {
        *greatest = Some(n.clone());
    }
}
