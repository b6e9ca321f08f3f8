//! Clause lines under a value: what applies to it in one case only, and the exceptions to it. Both are lowered to
//! lines of cases, of which the value that stands above is the last.

use super::body::Wanted;
use super::names::Scope;
use super::types::{Ty, unify};
use super::{Checker, Typed};
use crate::limits;
use crate::policy::{CaseLine, ExprKind as Kind, Type, Written};
use crate::source::Span;
use crate::syntax::tree::{Adjusting, Exception, Expr, ExprKind, Literal, Then, ValueBody, ValueForm};
use crate::value::Value;

impl Then {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        match self {
            Then::Adjust(adjusting) => adjusting.span,
            Then::Except(exception) => exception.span,
        }
    }
}

impl Checker<'_> {
    /// The value is worked out with and without each clause that stands under a condition.
    pub(super) fn check_clauses(&mut self, then: &[Then]) {
        let under = |then: &&Then| matches!(then, Then::Adjust(Adjusting { only_if: Some(_), .. }));
        let Some(extra) = then.iter().filter(under).nth(limits::CONDITIONAL_CLAUSES) else { return };
        let message = format!("une valeur a au plus {} clauses sous condition", limits::CONDITIONAL_CLAUSES);
        let help = "en donner une partie dans une « définition »";
        self.error("trop-de-clauses", message, extra.span(), "une de trop", Some(help.to_owned()));
    }

    /// `plafonné à x si C`; the value begins at `start`.
    pub(super) fn lower_clause(
        &mut self,
        base: Typed,
        adjusting: &Adjusting,
        start: usize,
        scope: Scope,
    ) -> Typed {
        let when = adjusting.only_if.as_ref().map(|only_if| self.condition(only_if, scope));
        let mut typed = base;
        for adjustment in &adjusting.adjustments {
            let span = Span::new(start, adjustment.span.end as usize);
            typed = self.adjust(typed, &adjustment.value, span, adjustment.span, scope);
        }
        let Some(when) = when else { return typed };
        let Some(ty) = unify(base.ty, typed.ty) else { return self.unknown(adjusting.span) };
        let (base, value) = (self.coerce(base, ty), self.coerce(typed, ty));
        let line = CaseLine {
            when: when.id,
            else_if: false,
            value: value.id,
            span: adjusting.span,
            written: Written::Clause,
        };
        let span = Span::new(start, adjusting.span.end as usize);
        self.push(Kind::Cases { lines: vec![line], otherwise: Some(base.id) }, ty, span)
    }

    /// Exceptions that stand together: those that come first, in their order; then the others, which exclude one
    /// another.
    pub(super) fn lower_exceptions(
        &mut self,
        rule: Typed,
        exceptions: &[Then],
        body: &ValueBody,
        wanted: Wanted,
        scope: Scope,
    ) -> Typed {
        let mut ty = rule.ty;
        let mut lowered = Vec::new();
        for exception in exceptions {
            let Then::Except(exception) = exception else { continue };
            let when = self.lower_condition(&exception.condition, scope);
            let value = self.lower_exception(exception, ty, body, wanted, scope);
            if let Some(both) = unify(ty, value.ty) {
                ty = both;
            } else {
                self.report_other_kind(rule, value, exception);
                ty = Ty::Unknown;
            }
            lowered.push((exception, when, value));
        }
        let mut typed = rule;
        for first in [false, true] {
            let of: Vec<_> = lowered.iter().filter(|(exception, ..)| exception.first == first).collect();
            let (Some((one, ..)), Some((last, ..))) = (of.first(), of.last()) else { continue };
            let span = one.span.to(last.span);
            let mut lines = Vec::new();
            for (rank, (exception, when, value)) in of.iter().enumerate() {
                lines.push(CaseLine {
                    when: when.id,
                    else_if: first && rank > 0,
                    value: self.coerce(*value, ty).id,
                    span: exception.span,
                    written: Written::Exception,
                });
            }
            let otherwise = self.coerce(typed, ty).id;
            typed = self.push(Kind::Cases { lines, otherwise: Some(otherwise) }, ty, span);
        }
        typed
    }

    fn lower_exception(
        &mut self,
        exception: &Exception,
        ty: Ty,
        body: &ValueBody,
        wanted: Wanted,
        scope: Scope,
    ) -> Typed {
        if let Some(value) = &exception.value {
            return self.lower_value(value, wanted, scope);
        }
        let span = exception.span;
        if ty.is_unknown() {
            return self.unknown(span);
        }
        if ty != Ty::Of(Type::Truth) {
            let condition = self.words(exception.condition.bullets.first().map_or(span, |b| b.expr.span));
            let message = format!(
                "cette exception ne dit pas ce qu'elle donne : la règle donne {}",
                self.type_words(ty)
            );
            let help = format!("écrire « sauf si {condition} : », puis la valeur");
            self.error("exception-sans-valeur", message, span, "valeur attendue", Some(help));
            return self.unknown(span);
        }
        // « vaut non », « sauf si C »: oui. Of a rule that is a condition, non.
        let contrary = match &body.form {
            ValueForm::Single(Expr { kind: ExprKind::Literal(Literal::Truth(truth)), .. }) => !truth,
            ValueForm::Single(_)
            | ValueForm::Cases(_)
            | ValueForm::Scale(_)
            | ValueForm::Table(_)
            | ValueForm::Share(_) => false,
        };
        self.push(Kind::Const(Value::Truth(contrary)), ty, span)
    }

    fn report_other_kind(&mut self, rule: Typed, value: Typed, exception: &Exception) {
        let message = format!(
            "l'exception donne la même sorte de valeur que la règle ; « {} » est {}",
            self.words(value.span),
            self.type_words(value.ty)
        );
        let problem = crate::diagnostic::Diagnostic::error("types-incompatibles", message)
            .at(self.file, value.span, self.type_words(value.ty))
            .at(self.file, rule.span, self.type_words(rule.ty));
        self.report(match &exception.value {
            Some(written) => self.with_unit(problem, rule.ty, written),
            None => problem,
        });
    }
}
