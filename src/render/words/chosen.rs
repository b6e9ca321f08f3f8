//! Why an option that was worked out is the one that it is: the figure that a scale is read by beside its bounds, the
//! conditions of the line of cases that applies. Without them « aisée » would be no fact that a refusal can rest on.

use super::Words;
use super::because::Reason;
use super::sentence::operand;
use crate::decision::{Op, Step};
use crate::policy::expr::{Band, BandRange};
use crate::policy::{ExprId, ExprKind, Type};
use crate::syntax::tree::CompareOp;
use crate::value::Value;
use crate::wording::french::before;

impl<'a> Words<'a> {
    /// What made each side of a comparison of options what it is, where the text works it out.
    pub(super) fn chosen<'s>(&self, step: &'s Step) -> Vec<Reason<'s>>
    where
        'a: 's,
    {
        let sides: Vec<ExprId> = match step.expr.map(|e| &self.policy.exprs.get(e).kind) {
            Some(ExprKind::Compare { left, right, .. }) => vec![*left, *right],
            Some(ExprKind::Among { subject, .. }) => vec![*subject],
            _ => Vec::new(),
        };
        let sides = sides.into_iter().filter_map(|side| operand(step, side));
        let options = sides.filter(|side| matches!(self.ty(side), Type::Choice(_)) && side.value.is_single());
        let mut all = Vec::new();
        for side in options {
            let mut chosen = self.chosen_by(side);
            // What leans on another text names it once.
            if let Some(of_text) = self.text_named(side) {
                chosen.iter_mut().for_each(|reason| reason.text = reason.text.replace(&of_text, ""));
            }
            all.extend(chosen);
        }
        all
    }

    /// ` (Barèmes applicables aux familles)`, at the end of the name of what another text works out.
    fn text_named(&self, step: &Step) -> Option<String> {
        let ExprKind::Definition(definition) = self.policy.exprs.get(step.expr?).kind else { return None };
        let label = self.definition(definition);
        let (_, text) = label.strip_suffix(')')?.split_once(" (")?;
        Some(format!(" ({text})"))
    }

    /// What made a value the one that it is, where one line of a scale or of cases gave it.
    pub(crate) fn chosen_by<'s>(&self, option: &'s Step) -> Vec<Reason<'s>>
    where
        'a: 's,
    {
        let body = match &option.op {
            Op::Shared(body) => return self.chosen_by(body),
            Op::Expr => option,
            Op::Leaf(_) | Op::Cases { .. } | Op::Case { .. } | Op::Served { .. } | Op::Item => {
                return Vec::new();
            }
        };
        match body.expr.map(|e| &self.policy.exprs.get(e).kind) {
            Some(ExprKind::Scale { of, bands, .. }) => {
                let mut taken = bands.iter().filter(|band| operand(body, band.value).is_some());
                match (operand(body, *of), taken.next(), taken.next()) {
                    (Some(of), Some(band), None) => self.in_band(body, of, band).into_iter().collect(),
                    _ => Vec::new(),
                }
            }
            Some(ExprKind::Cases { lines, otherwise }) => {
                let mut taken = lines.iter().filter(|line| operand(body, line.value).is_some());
                let others = otherwise.and_then(|other| operand(body, other));
                match (taken.next(), taken.next(), others) {
                    (Some(line), None, None) => {
                        let value = operand(body, line.value);
                        let when = operand(body, line.when).map(|when| self.reasons(when));
                        let inner = value.map(|value| self.chosen_by(value));
                        when.into_iter().chain(inner).flatten().collect()
                    }
                    (None, None, Some(others)) => {
                        let when = lines.iter().filter_map(|line| operand(body, line.when));
                        when.flat_map(|when| self.reasons(when)).chain(self.chosen_by(others)).collect()
                    }
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    /// `quotient familial : 1 149,01 € (plus de 1 149 €, second plafond)`.
    fn in_band<'s>(&self, scale: &Step, of: &'s Step, band: &Band) -> Option<Reason<'s>> {
        let reason = |text| Reason {
            text,
            truth: crate::known::Truth::YES,
            step: of,
            expr: of.expr,
            citations: &[],
            inner: Vec::new(),
        };
        let BandRange::Between { low, high } = &band.range else {
            return Some(reason(self.measure(of, &[])));
        };
        let low = low.map(|(end, within)| (if within { CompareOp::Ge } else { CompareOp::Gt }, end));
        let high = high.map(|(end, within)| (if within { CompareOp::Le } else { CompareOp::Lt }, end));
        let ends: Vec<(CompareOp, ExprId)> = low.into_iter().chain(high).collect();
        let exprs = &self.policy.exprs;
        let worked_out = |end: ExprId| {
            let same = |own: ExprId| exprs.get(own).shape == exprs.get(end).shape;
            scale.operands.iter().find(|operand| operand.expr.is_some_and(same))
        };
        let beside: Vec<&Step> = ends.iter().filter_map(|(_, end)| worked_out(*end)).collect();
        let said = ends.iter().filter_map(|(op, end)| match (worked_out(*end), &exprs.get(*end).kind) {
            (Some(end), _) => Some(self.bound(*op, of, end)),
            (None, ExprKind::Const(Value::Number(value))) => {
                let ty = exprs.get(*end).ty;
                Some(before(self.bound_word(*op, ty), &self.number(value, ty)))
            }
            (None, _) => None,
        });
        let said: Vec<String> = said.collect();
        let measured = self.measure(of, &beside);
        let text = match said.is_empty() {
            true => measured,
            false => format!("{measured} ({})", said.join(self.lang.then())),
        };
        Some(reason(text))
    }
}
