//! How a scale is told: what it is read by, the bounds that were worked out, then the lines that may be the one.

use super::detail::Told;
use super::{Builder, Node};
use crate::decision::Step;
use crate::policy::ExprId;
use crate::policy::expr::Band;

use crate::render::words::operand;
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
        let (slice, by) = words.slice(step, whole, band, rate)?;
        let part = slice.mul(&by);
        Some(format!(
            "{} {} {}",
            words.slice_said(whole, rate, (&slice, &by)),
            if is_rounded(&part) { "≈" } else { "=" },
            words.number(&part, words.ty(step))
        ))
    }
}
