//! What a comparison asks, in the words of what is compared: `au moins 10 %`, `au plus tard le 1er octobre 2025`.

use super::{Audience, Words};
use crate::decision::Step;
use crate::known::{Known, compare};
use crate::number::Ratio;
use crate::phrase::event;
use crate::policy::{ExprId, ExprKind, Type};
use crate::syntax::tree::{Aggregate, CompareOp};
use crate::wording::french::before;

impl Words<'_> {
    /// What a comparison asks: `au moins 10 %`, `au plus tard le 1er octobre 2025`.
    pub(crate) fn bound(&self, op: CompareOp, left: &Step, right: &Step) -> String {
        let ty = self.ty(right);
        let value = self.outcome_beside(right, &[left]);
        let literal = right.expr.is_some_and(|e| matches!(self.policy.exprs.get(e).kind, ExprKind::Const(_)));
        if let Known::Date(range) = right.value {
            let name = self.step_name(right);
            let named = if self.has_name(right) {
                format!(", {}", event(&name).unwrap_or(&name))
            } else {
                String::new()
            };
            return match (range.value(), right.expr) {
                (None, Some(expr)) => format!("{}, {value}", self.phrases().against(op, expr)),
                (Some(_), _) | (None, None) => format!("{} {value}{named}", self.date_word(op)),
            };
        }
        if literal && let Some(said) = self.whole_bound(op, left, right) {
            return said;
        }
        let word = self.bound_word(op, ty);
        let value = match ty {
            Type::Text => self.quoted(&value),
            // « autre que « en emploi » »: an option may begin as prose does not.
            Type::Choice(_) if op == CompareOp::Ne => self.quoted(&value),
            _ => value,
        };
        if literal {
            before(word, &value)
        } else if self.has_name(right) && right.value.is_single() {
            format!("{}, {}", before(word, &value), self.step_name(right))
        } else {
            let name = right.expr.map(|expr| self.phrases().held(expr)).unwrap_or_default();
            let bound = before(word, &name);
            let few = self.one_of_few(right, &right.value);
            match few.or_else(|| self.span_beside(right, &[left])) {
                Some(span) => format!("{bound}, {span} {}", self.say("selon le cas", "as the case may be")),
                None if value == self.unknown() => format!("{bound}, {value}"),
                None => format!("{bound}, {} {value}", self.say("soit", "that is")),
            }
        }
    }

    /// In a letter, a date beside that of the examination, which is no time limit: « contrat signé le 10 mars 2025, avant la
    /// date d'examen (1er octobre 2025) »; « au 1er octobre 2025, date d'examen, contrat signé : pas encore ».
    pub(super) fn beside_examination(&self, left: &Step, right: &Step) -> Option<String> {
        let of = |step: &Step| step.expr.map(|expr| &self.policy.exprs.get(expr).kind);
        if self.audience != Audience::Addressee || !matches!(of(right), Some(ExprKind::ExaminationDate)) {
            return None;
        }
        let day = self.date(self.examined_on);
        let said = self.measure(left, &[right]);
        let is = |op: CompareOp| compare(op, &left.value, &right.value).holds();
        Some(if is(CompareOp::Eq) {
            format!("{said}, jour de l'examen")
        } else if left.value.is_single() && is(CompareOp::Lt) {
            format!("{said}, avant la date d'examen ({day})")
        } else if left.value.is_single() && is(CompareOp::Gt) {
            format!("{said}, après la date d'examen ({day})")
        } else {
            // What has not happened yet, or is not known.
            format!("au {day}, date d'examen, {said}")
        })
    }

    /// In a letter, of what is to be counted and is not there: « aucun professionnel (métier : pharmacien), alors qu'il en
    /// faut au moins un ».
    pub(super) fn none_counted(&self, op: CompareOp, left: &Step, right: &Step) -> Option<String> {
        let behind = self.behind(left).expr.map(|expr| &self.policy.exprs.get(expr).kind);
        let Some(ExprKind::Aggregate { kind: Aggregate::Count, list, filter, of }) = behind else {
            return None;
        };
        let (Known::Number(left), Known::Number(right)) = (&left.value, &right.value) else { return None };
        let least = match op {
            CompareOp::Ge => right.value()?.clone(),
            CompareOp::Gt => right.value()?.add(&Ratio::one()),
            CompareOp::Le | CompareOp::Lt | CompareOp::Eq | CompareOp::Ne => return None,
        };
        let none = left.value()?.is_zero() && least >= Ratio::one() && least.is_integer();
        let told = none && self.audience == Audience::Addressee;
        told.then(|| self.in_want_of(&self.phrases().some_of(*list, *filter, *of), *list, Some(&least)))
    }

    /// `au moins 2` for a whole number that is to be more than 1: beside a count of 1, « plus de 1 » is easily misread.
    fn whole_bound(&self, op: CompareOp, left: &Step, right: &Step) -> Option<String> {
        if let (Known::Choice(option), ty @ Type::Choice(choice)) = (&right.value, self.ty(left)) {
            // « au plus intermédiaire » for what is to be below « aisée ».
            let rank = option.value()?;
            let (op, next) = match op {
                CompareOp::Gt => (CompareOp::Ge, rank.checked_add(1)?),
                CompareOp::Lt => (CompareOp::Le, rank.checked_sub(1)?),
                CompareOp::Ge | CompareOp::Le | CompareOp::Eq | CompareOp::Ne => return None,
            };
            let said = self.policy.choices[choice.index()].options.get(usize::from(next))?;
            return Some(before(self.bound_word(op, ty), said));
        }
        let Known::Number(bound) = &right.value else { return None };
        let bound = bound.value().filter(|bound| bound.is_integer() && self.ty(left) == Type::Integer)?;
        let (op, end) = match op {
            CompareOp::Gt => (CompareOp::Ge, bound.add(&Ratio::one())),
            CompareOp::Lt => (CompareOp::Le, bound.sub(&Ratio::one())),
            CompareOp::Ge | CompareOp::Le | CompareOp::Eq | CompareOp::Ne => return None,
        };
        Some(before(self.bound_word(op, Type::Integer), &self.number(&end, Type::Integer)))
    }

    /// Whether a value is called by a name; a formula is not.
    fn has_name(&self, step: &Step) -> bool {
        step.expr.is_some_and(|expr| self.is_called(expr))
    }

    /// The same, of an expression.
    pub(crate) fn is_called(&self, expr: ExprId) -> bool {
        matches!(
            self.policy.exprs.get(expr).kind,
            ExprKind::Fact(_)
                | ExprKind::Field(_)
                | ExprKind::Definition(_)
                | ExprKind::Parameter { at: None, .. }
                | ExprKind::ExaminationDate
        )
    }

    pub(super) fn bound_word(&self, op: CompareOp, ty: Type) -> &'static str {
        let ranked = matches!(ty, Type::Choice(_));
        match op {
            CompareOp::Ge => self.say("au moins", "at least"),
            CompareOp::Le => self.say("au plus", "at most"),
            CompareOp::Gt if ranked => self.say("au-dessus de", "above"),
            CompareOp::Lt if ranked => self.say("au-dessous de", "below"),
            CompareOp::Gt => self.say("plus de", "more than"),
            CompareOp::Lt => self.say("moins de", "less than"),
            CompareOp::Eq => self.say("il faut :", "expected:"),
            CompareOp::Ne => self.say("autre que", "other than"),
        }
    }

    /// `autre que « médecine générale »`.
    pub(super) fn excluding(&self, value: &Step) -> String {
        let said = self.outcome_of(value);
        let said =
            if matches!(self.ty(value), Type::Text | Type::Choice(_)) { self.quoted(&said) } else { said };
        format!("{} {said}", self.say("autre que", "other than"))
    }

    fn date_word(&self, op: CompareOp) -> &'static str {
        match op {
            CompareOp::Ge => self.say("au plus tôt le", "no earlier than"),
            CompareOp::Le => self.say("au plus tard le", "no later than"),
            CompareOp::Gt => self.say("après le", "after"),
            CompareOp::Lt => self.say("avant le", "before"),
            CompareOp::Eq => self.say("il faut : le", "expected:"),
            CompareOp::Ne => self.say("il faut : un autre jour que le", "expected: another day than"),
        }
    }
}
