//! How a scale is told: what it is read by, the bounds that were worked out, then the lines that may be the one.

use super::detail::Told;
use super::{Builder, Node};
use crate::decision::Step;
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::expr::{Band, BandRange};
use crate::policy::{ExprId, ExprKind};

use crate::render::words::operand;
use crate::value::Value;
use crate::wording::is_rounded;

impl Builder<'_> {
    /// A scale (what it is read by, its lines, whether by slices), which comes to `value`.
    pub(super) fn scale(
        &self,
        step: &Step,
        (of, bands, by_slices): (ExprId, &[Band], bool),
        value: &str,
        told: &mut Told,
    ) -> (String, Vec<Node>) {
        let words = &self.words;
        let title = format!("{} {}", words.say("selon", "by"), words.quoted(&words.phrase(of)));
        let slices = if by_slices { words.say(" par tranches", " in slices") } else { "" };
        let mut inner = Vec::new();
        if let Some(of) = operand(step, of) {
            self.nodes_of(of, told, &mut inner);
        }
        let whole = operand(step, of).filter(|_| by_slices);
        let mut shown = Vec::new();
        for band in bands {
            for end in band.range.ends().filter_map(|end| operand(step, end)) {
                let shape = end.expr.map(|end| words.policy.exprs.get(end).shape);
                if !shown.contains(&shape) {
                    shown.push(shape);
                    self.nodes_of(end, told, &mut inner);
                }
            }
            let Some(given) = operand(step, band.value) else { continue };
            let line = words.quoted(&words.line(band.span));
            let line = match whole.and_then(|whole| self.slice(step, whole, band, given)) {
                Some(slice) => words.pair(&line, &slice),
                None => line,
            };
            let mut below = Vec::new();
            self.nodes_of(given, told, &mut below);
            inner.push(Node { sign: None, text: line, inner: below });
        }
        (words.pair(&(title + slices), value), inner)
    }

    /// `10 000 € × 70 % = 7 000 €`: what a line of a scale by slices gives of the whole.
    fn slice(&self, step: &Step, whole: &Step, band: &Band, rate: &Step) -> Option<String> {
        let words = &self.words;
        let BandRange::Between { low, high } = &band.range else { return None };
        let exprs = &words.policy.exprs;
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
        let part = slice.mul(by);
        Some(format!(
            "{} × {} {} {}",
            words.number(&slice, words.ty(whole)),
            words.number(by, words.ty(rate)),
            if is_rounded(&part) { "≈" } else { "=" },
            words.number(&part, words.ty(step))
        ))
    }
}
