//! Values in their clause: one value, lines of cases, a scale; then what applies to all of them.

mod scale;

use super::names::Scope;
use super::types::{Ty, arithmetic, unify};
use super::{Checker, Typed};
use crate::diagnostic::Diagnostic;
use crate::policy::{
    Band as Line, BandRange, CaseLine as Case, ChoiceId, ExprId, ExprKind as Kind, Type, Written,
};
use crate::source::Span;
use crate::syntax::tree::{
    ArithOp, Band, CaseLine, Expr, ExprKind, ScaleDecl, ScaleLine, Then, ValueBody, ValueForm, When,
};
use crate::value::Value;

/// What a clause wants its values to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Any value.
    Any,
    /// An amount, perhaps a range.
    Amount,
    /// An amount of each element of a list: never a range.
    EachAmount,
    /// One of the options that a definition announces: a bare name is first one of them.
    Option(ChoiceId),
}

/// When a line holds.
#[derive(Clone, Copy)]
struct Condition {
    id: ExprId,
    else_if: bool,
}

impl Checker<'_> {
    /// A `vaut` or `montant`.
    pub(super) fn lower_body(&mut self, body: &ValueBody, wanted: Wanted, scope: Scope) -> Typed {
        let start = body.span.start as usize;
        let form = body.then.first().map_or(body.span, |first| {
            let before = Span::new(start, first.span().start as usize);
            Span::new(start, start + self.file.slice(before).trim_end().len())
        });
        let mut typed = match &body.form {
            ValueForm::Single(expr) => self.lower_value(expr, wanted, scope),
            ValueForm::Cases(lines) => self.lower_cases(lines, wanted, form, scope),
            ValueForm::Scale(scale) => self.lower_scale(scale, wanted, form, scope),
            ValueForm::Table(table) => self.lower_table(table, wanted, form, scope),
            ValueForm::Share(share) => self.lower_share(share, body.span, scope),
        };
        self.check_clauses(&body.then);
        let mut rest = body.then.as_slice();
        while let Some((then, after)) = rest.split_first() {
            match then {
                Then::Adjust(adjusting) => {
                    typed = self.lower_clause(typed, adjusting, start, scope);
                    rest = after;
                }
                Then::Except(_) => {
                    let run = rest.iter().take_while(|then| matches!(then, Then::Except(_))).count();
                    let (exceptions, after) = rest.split_at(run);
                    typed = self.lower_exceptions(typed, exceptions, body, wanted, scope);
                    rest = after;
                }
            }
        }
        typed
    }

    /// A value of a clause.
    pub(super) fn lower_value(&mut self, expr: &Expr, wanted: Wanted, scope: Scope) -> Typed {
        match wanted {
            Wanted::Any => return self.lower(expr, scope),
            Wanted::Option(choice) => {
                let ty = Ty::Of(Type::Choice(choice));
                let any = Typed { id: self.poison, ty, span: expr.span };
                let typed = self.lower_like(any, expr, scope);
                return self.expect(typed, ty, "ce que donne cette définition");
            }
            Wanted::Amount | Wanted::EachAmount => {}
        }
        if wanted == Wanted::EachAmount && matches!(expr.kind, ExprKind::Range { .. }) {
            let message = "« pour chaque » additionne des montants : une fourchette ne s'y additionne pas";
            let help = "donner un montant à chacun, ou écrire la fourchette du tout sans « pour chaque »";
            self.error("fourchette", message.to_owned(), expr.span, "fourchette", Some(help.to_owned()));
            return self.unknown(expr.span);
        }
        if let ExprKind::Range { low, high } = &expr.kind {
            let low = self.lower_amount(low, scope);
            let high = self.lower_amount(high, scope);
            if low.ty.is_unknown() || high.ty.is_unknown() {
                return self.unknown(expr.span);
            }
            self.check_range(low, high, expr.span);
            let Some((low, high, ty)) = self.agree(low, high) else {
                let message = "les deux bouts d'une fourchette se comptent de même".to_owned();
                let diagnostic = Diagnostic::error("types-incompatibles", message)
                    .at(self.file, high.span, self.type_words(high.ty))
                    .at(self.file, low.span, self.type_words(low.ty));
                let ends = ((low.span, low.ty), (high.span, high.ty));
                self.report(self.with_one_period(diagnostic, ends.0, ends.1));
                return self.unknown(expr.span);
            };
            return self.push(Kind::Range { low: low.id, high: high.id }, ty, expr.span);
        }
        self.lower_amount(expr, scope)
    }

    fn check_range(&mut self, low: Typed, high: Typed, span: Span) {
        if let (Some(a), Some(b)) = (self.const_value(low.id), self.const_value(high.id))
            && let (Value::Number(a), Value::Number(b)) = (a, b)
            && b < a
        {
            let message = format!(
                "cette fourchette est vide : « {} » dépasse « {} »",
                self.words(low.span),
                self.words(high.span)
            );
            let help = format!("écrire « entre {} et {} »", self.words(high.span), self.words(low.span));
            self.error("fourchette-vide", message, span, "le moins élevé vient d'abord", Some(help));
        }
    }

    fn lower_amount(&mut self, expr: &Expr, scope: Scope) -> Typed {
        let typed = self.lower(expr, scope);
        if typed.ty.is_unknown() || typed.ty.is_money() {
            return typed;
        }
        let message = format!(
            "un montant est attendu ; « {} » est {}",
            self.words(expr.span),
            self.type_words(typed.ty)
        );
        let diagnostic = Diagnostic::error("types-incompatibles", message).at(
            self.file,
            expr.span,
            "un montant s'écrit en euros",
        );
        self.report(self.with_unit(diagnostic, Ty::Of(Type::Amount), expr));
        self.unknown(expr.span)
    }

    pub(super) fn const_value(&self, id: ExprId) -> Option<&Value> {
        match &self.exprs.get(id).kind {
            Kind::Const(value) => Some(value),
            _ => None,
        }
    }

    fn lower_cases(&mut self, lines: &[CaseLine], wanted: Wanted, span: Span, scope: Scope) -> Typed {
        let mut cases: Vec<(Option<Condition>, Typed, Span)> = Vec::new();
        let mut common: Option<(Ty, Span)> = None;
        for line in lines {
            let when = match &line.when {
                When::If(when) => Some(Condition { id: self.condition(when, scope).id, else_if: false }),
                When::ElseIf(when) => Some(Condition { id: self.condition(when, scope).id, else_if: true }),
                When::Otherwise(_) => None,
            };
            let value = self.lower_value(&line.value, wanted, scope);
            common = self.join(common, value, &line.value);
            cases.push((when, value, line.span));
        }
        let ty = common.map_or(Ty::Unknown, |(ty, _)| ty);
        let mut kept = Vec::new();
        let mut otherwise = None;
        for (when, value, span) in cases {
            let value = self.coerce(value, ty).id;
            match when {
                Some(Condition { id: when, else_if }) => {
                    kept.push(Case { when, else_if, value, span, written: Written::Line });
                }
                None => otherwise = Some(value),
            }
        }
        self.push(Kind::Cases { lines: kept, otherwise }, ty, span)
    }

    /// The type of all lines so far, or a word on the one that differs.
    pub(super) fn join(
        &mut self,
        common: Option<(Ty, Span)>,
        value: Typed,
        written: &Expr,
    ) -> Option<(Ty, Span)> {
        let Some((ty, first)) = common else { return Some((value.ty, written.span)) };
        if let Some(both) = unify(ty, value.ty) {
            return Some((both, first));
        }
        let of = |words: &str, ty: &str| {
            format!("toutes les lignes donnent la même sorte de valeur ; « {words} » est {ty}")
        };
        // A figure without a unit, where another line has one, lacks its own.
        if let (true, Some(texts)) = (is_plain_number(ty), self.unit_text(value.ty, first)) {
            let message = of(&self.words(first), &self.type_words(ty));
            let diagnostic = Diagnostic::error("types-incompatibles", message)
                .at(self.file, first, self.type_words(ty))
                .at(self.file, written.span, self.type_words(value.ty))
                .instead(self.file, first, &texts);
            self.report(diagnostic);
            return Some((value.ty, written.span));
        }
        let message = of(&self.words(written.span), &self.type_words(value.ty));
        let diagnostic = Diagnostic::error("types-incompatibles", message)
            .at(self.file, written.span, self.type_words(value.ty))
            .at(self.file, first, self.type_words(ty));
        self.report(self.with_unit(diagnostic, ty, written));
        Some((Ty::Unknown, first))
    }

    pub(super) fn report_early_rest(&mut self, place: Span) {
        let message = "les autres cas viennent en dernier".to_owned();
        let help = "mettre cette ligne après les autres".to_owned();
        self.error("autres-cas-avant-la-fin", message, place, "d'autres lignes suivent", Some(help));
    }
}

/// Whether it is a number without a unit.
fn is_plain_number(ty: Ty) -> bool {
    matches!(ty, Ty::Of(Type::Integer | Type::Number) | Ty::Ratio)
}
