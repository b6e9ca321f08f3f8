//! The slices of a scale: how much of a whole falls in each, and at which rate.

use super::Words;
use crate::decision::Step;
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::expr::{Band, BandRange};
use crate::policy::{ExprId, ExprKind};
use crate::value::Value;

impl Words<'_> {
    /// How much of the whole falls in a line of a scale by slices, and its rate; nothing where one of them is not known.
    pub(crate) fn slice(
        &self,
        step: &Step,
        whole: &Step,
        band: &Band,
        rate: &Step,
    ) -> Option<(Ratio, Ratio)> {
        let BandRange::Between { low, high } = &band.range else { return None };
        let exprs = &self.policy.exprs;
        let worked_out = |end: ExprId| {
            let same = |own: ExprId| exprs.get(own).shape == exprs.get(end).shape;
            let step = step.operands.iter().find(|operand| operand.expr.is_some_and(same))?;
            step.value.value()
        };
        let end = |end: &Option<(ExprId, bool)>| match end {
            None => Some(None),
            Some((end, _)) => match &exprs.get(*end).kind {
                ExprKind::Const(Value::Number(end)) => Some(Some(end.clone())),
                _ => match worked_out(*end)? {
                    Value::Number(end) => Some(Some(end)),
                    Value::Truth(_) | Value::Date(_) | Value::Text(_) | Value::Choice(_) => None,
                },
            },
        };
        let (low, high) = (end(low)?, end(high)?);
        let (Known::Number(of), Known::Number(by)) = (&whole.value, &rate.value) else { return None };
        let (of, by) = (of.value()?, by.value()?);
        let top = high.filter(|high| high < of).unwrap_or_else(|| of.clone());
        // What is below zero is all in the first line, which has no lower end.
        let slice = low.map_or_else(|| top.clone(), |low| top.sub(&low).max(Ratio::zero()));
        Some((slice, by.clone()))
    }

    /// `10 000 € × 70 %`.
    pub(crate) fn slice_said(&self, whole: &Step, rate: &Step, (slice, by): (&Ratio, &Ratio)) -> String {
        format!("{} × {}", self.factor(slice, self.ty(whole)), self.factor(by, self.ty(rate)))
    }
}
