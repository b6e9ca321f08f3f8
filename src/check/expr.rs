//! Expressions: typed and lowered, one construction after another.

use super::names::{Scope, condition_name};
use super::types::{Ty, unify};
use super::{Checker, Typed};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::{Expr as Lowered, ExprKind as Kind, Guarded, Quantity, Type};
use crate::source::Span;
use crate::syntax::tree::{Bullet, Condition, Expr, ExprKind, Literal, Mode};
use crate::time::DayOf;
use crate::value::Value;

impl Checker<'_> {
    /// What stands for an expression whose mistake has been reported.
    pub(super) fn unknown(&self, span: Span) -> Typed {
        Typed { id: self.poison, ty: Ty::Unknown, span }
    }

    /// Adds a typed expression to the policy.
    pub(super) fn push(&mut self, kind: Kind, ty: Ty, span: Span) -> Typed {
        if ty.is_unknown() {
            return self.unknown(span);
        }
        let mut depth = 0;
        let mut ranged = match &kind {
            Kind::Range { .. } => true,
            Kind::AmountOf(funding) => self.ranged_funding(*funding),
            Kind::Definition(definition) => {
                self.traits[self.definitions[definition.index()].body.0 as usize].ranged
            }
            _ => false,
        };
        let mut culprit: Option<Span> = None;
        kind.for_each_operand(&mut |operand| {
            let below = self.traits[operand.0 as usize];
            depth = depth.max(below.depth);
            if below.ranged && culprit.is_none() {
                culprit = Some(self.exprs.get(operand).span);
            }
        });
        if let Some(culprit) = culprit {
            ranged = true;
            if ty == Ty::Of(Type::Truth) {
                self.report_range_in_condition(culprit);
                ranged = false;
            }
        }
        if depth == limits::EXPRESSION_DEPTH {
            self.report_too_deep(span);
        }
        let id = self.exprs.push(kind, ty.settled(), span);
        if let Ty::Measured(measure) = ty {
            self.exprs.count_by(id, measure);
        }
        self.traits.push(super::Trait { depth: depth + 1, ranged });
        Typed { id, ty, span }
    }

    fn report_too_deep(&mut self, span: Span) {
        let message =
            format!("cette expression a trop d'étages : la limite est de {}", limits::EXPRESSION_DEPTH);
        let help = "en faire une ou plusieurs définitions";
        self.error("trop-imbrique", message, span, "un étage de trop", Some(help.to_owned()));
    }

    fn report_range_in_condition(&mut self, span: Span) {
        let message = format!(
            "une condition ne peut pas lire « {} » : son montant est une fourchette (« entre … et … »)",
            self.words(span)
        );
        let help = "lire plutôt si le financement est dû, ou les faits dont son montant dépend";
        self.error(
            "fourchette-dans-une-condition",
            message,
            span,
            "montant non fixé par les textes",
            Some(help.to_owned()),
        );
    }

    /// An expression, typed.
    pub(super) fn lower(&mut self, expr: &Expr, scope: Scope) -> Typed {
        self.nesting += 1;
        let typed = if self.nesting > limits::EXPRESSION_DEPTH {
            self.report_too_deep(expr.span);
            self.unknown(expr.span)
        } else {
            let start = self.exprs.len();
            let typed = self.lower_kind(expr, scope);
            self.check_grouping(expr, typed, start);
            typed
        };
        self.nesting -= 1;
        typed
    }

    fn lower_kind(&mut self, expr: &Expr, scope: Scope) -> Typed {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Literal(literal) => match self.literal(literal, expr) {
                Some((ty, value)) => self.push(Kind::Const(value), ty, span),
                None => self.unknown(span),
            },
            ExprKind::Name(path) => self.lower_name(path, scope),
            ExprKind::ExaminationDate => self.push(Kind::ExaminationDate, Ty::Of(Type::Date), span),
            ExprKind::AllCriteria if self.names.within() > 0 => {
                let id = self.all_leaned_criteria(span);
                Typed { id, ty: Ty::Of(Type::Truth), span }
            }
            ExprKind::AllCriteria => self.push(Kind::AllCriteria, Ty::Of(Type::Truth), span),
            ExprKind::Paren(inner) => self.lower(inner, scope),
            ExprKind::Not(inner) => {
                let inner = self.condition(inner, scope);
                self.push(Kind::Not(inner.id), Ty::Of(Type::Truth), span)
            }
            ExprKind::And(of) if self.is_and_of_values(of, scope) => self.unknown(span),
            ExprKind::And(of) => {
                let of = of.iter().map(|e| self.condition(e, scope).id).collect();
                self.push(Kind::And(of), Ty::Of(Type::Truth), span)
            }
            ExprKind::Or(of) => {
                let of = of.iter().map(|e| self.condition(e, scope).id).collect();
                self.push(Kind::Or(of), Ty::Of(Type::Truth), span)
            }
            ExprKind::Negate(inner) => self.lower_negate(inner, span, scope),
            ExprKind::Arith { op, left, right } => self.lower_arithmetic(*op, left, right, span, scope),
            ExprKind::Compare { op, op_span, left, right } => {
                self.lower_compare(*op, *op_span, left, right, span, scope)
            }
            ExprKind::Is { negated, subject, values } => {
                self.lower_is(*negated, subject, values, span, scope)
            }
            ExprKind::Between { negated, subject, low, high } => {
                let [subject, low, high] = [&**subject, low, high];
                self.lower_between(*negated, [subject, low, high], span, scope)
            }
            ExprKind::Within { negated, date, duration, origin } => {
                self.lower_within(*negated, [date, duration, origin], span, scope)
            }
            ExprKind::Adjusted { base, adjustment } => {
                let base_span = base.span;
                let base = self.lower(base, scope);
                let written = Span::new(base_span.end as usize, span.end as usize);
                self.adjust(base, adjustment, span, written, scope)
            }
            ExprKind::Extremum { greatest, of } => self.lower_extremum(*greatest, of, span, scope),
            ExprKind::Aggregate { kind, path, filter, property } => {
                self.lower_aggregate(*kind, path, filter.as_deref(), property.as_deref(), span, scope)
            }
            ExprKind::Rank { by, filter, in_order } => {
                self.lower_rank(by, filter.as_deref(), *in_order, span, scope)
            }
            ExprKind::Elapsed { from, to, unit } => self.lower_elapsed(from, to, *unit, span, scope),
            ExprKind::DayOf { day, date } => {
                let period = match day {
                    DayOf::Year(_) => "un jour de l'année",
                    DayOf::FirstOfMonth | DayOf::LastOfMonth | DayOf::FirstOfNextMonth => "un jour du mois",
                    DayOf::Working(_) => "un jour ouvrable",
                    DayOf::Moved(_) => "un délai",
                };
                let date = self.lower_date(date, period, scope);
                self.push(Kind::DayOf { day: *day, date: date.id }, Ty::Of(Type::Date), span)
            }
            ExprKind::YearOf(date) => {
                let date = self.lower_date(date, "l'année", scope);
                self.push(Kind::YearOf(date.id), Ty::Of(Type::Integer), span)
            }
            ExprKind::Failing { of, missing } => self.lower_failing(of, *missing, span, scope),
            ExprKind::WeekdayOf(date) => {
                let date = self.lower_date(date, "le jour de la semaine", scope);
                let choice = self.weekdays(span);
                self.push(Kind::WeekdayOf(date.id), Ty::Of(Type::Choice(choice)), span)
            }
            ExprKind::AtDate { parameter, date } => self.lower_at_date(parameter, date, span, scope),
            ExprKind::Period { op, of } => self.lower_period_value(*op, of, span, scope),
            ExprKind::AmountOf(path) => self.lower_amount_of(path, span, scope),
            // Told where the line is read, but for one in parentheses.
            ExprKind::Range { .. } if self.lost.any => self.unknown(span),
            ExprKind::Range { .. } => {
                let message = "« entre … et … » comme valeur ne s'écrit que dans un « montant »".to_owned();
                let help = "pour une condition, écrire « X est entre … et … »";
                self.error("fourchette", message, span, "fourchette à cet endroit", Some(help.to_owned()));
                self.unknown(span)
            }
            ExprKind::Invalid => self.unknown(span),
        }
    }

    /// An expression that must be a truth.
    pub(super) fn condition(&mut self, expr: &Expr, scope: Scope) -> Typed {
        if let (Some(item), Some(path)) = (self.names.held(expr, scope), condition_name(expr)) {
            return self.lower_symbol(item, path, scope);
        }
        let typed = self.lower(expr, scope);
        if typed.ty.is_unknown() || typed.ty == Ty::Of(Type::Truth) {
            return typed;
        }
        let words = self.words(expr.span);
        let message = format!("une condition est attendue ; « {words} » est {}", self.type_words(typed.ty));
        let help = match typed.ty {
            Ty::Of(Type::Choice(choice)) => {
                // It is not ours to prefer one.
                let options = self.choices[choice.index()].options.iter().take(4);
                let said: Vec<String> = options.map(|option| format!("« {words} est {option} »")).collect();
                format!("écrire, selon le texte, {}", said.join(" ou "))
            }
            Ty::Of(Type::Text) => format!("par exemple « {words} = « … » »"),
            Ty::Of(Type::Date) => format!("par exemple « {words} ≤ date d'examen »"),
            ty if ty.is_money() => format!("par exemple « {words} > 0 {} »", self.currency().sign()),
            Ty::Of(Type::Percent) => format!("par exemple « {words} ≥ 10 % »"),
            Ty::Of(Type::Months) => format!("par exemple « {words} ≥ 6 mois »"),
            Ty::Of(Type::Days) => format!("par exemple « {words} ≥ 30 jours »"),
            Ty::Of(_) | Ty::Measured(_) | Ty::Ratio | Ty::Unknown => {
                format!("par exemple « {words} ≥ 1 »")
            }
        };
        self.error(
            "condition-attendue",
            message,
            expr.span,
            "une réponse par oui ou par non est attendue",
            Some(help),
        );
        self.unknown(expr.span)
    }

    /// A value that must have a type; `what` says what it is for.
    pub(super) fn expect(&mut self, typed: Typed, ty: Ty, what: &str) -> Typed {
        match unify(typed.ty, ty) {
            Some(both) if both == ty || both.is_unknown() => self.coerce(typed, ty),
            _ => {
                let message = format!(
                    "{what} est {} ; « {} » est {}",
                    self.type_words(ty),
                    self.words(typed.span),
                    self.type_words(typed.ty)
                );
                let label = self.type_words(typed.ty);
                self.error("types-incompatibles", message, typed.span, &label, None);
                self.unknown(typed.span)
            }
        }
    }

    /// A date, for a construction that `what` names.
    pub(super) fn lower_date(&mut self, expr: &Expr, what: &str, scope: Scope) -> Typed {
        let typed = self.lower(expr, scope);
        if typed.ty.is_unknown() || typed.ty == Ty::Of(Type::Date) {
            return typed;
        }
        let message = format!(
            "{what} se compte sur des dates ; « {} » est {}",
            self.words(expr.span),
            self.type_words(typed.ty)
        );
        self.error("types-incompatibles", message, expr.span, "une date est attendue", None);
        self.unknown(expr.span)
    }

    /// Gives a quotient the type that its neighbour has: 14,29 % rather than 0,1429.
    pub(super) fn coerce(&mut self, typed: Typed, ty: Ty) -> Typed {
        if typed.ty != Ty::Ratio || ty != Ty::Of(Type::Percent) {
            return typed;
        }
        let Lowered { kind, span, .. } = self.exprs.get(typed.id).clone();
        self.push(kind, ty, span)
    }

    /// Both sides in the one type that they share.
    pub(super) fn agree(&mut self, a: Typed, b: Typed) -> Option<(Typed, Typed, Ty)> {
        let ty = match unify(a.ty, b.ty) {
            Some(ty) => ty,
            // Nothing is nothing, by the month as by the year.
            None if a.ty.measure().is_some() && self.is_nothing_of(a.ty, b) => a.ty,
            None if b.ty.measure().is_some() && self.is_nothing_of(b.ty, a) => b.ty,
            None => return None,
        };
        Some((self.coerce(a, ty), self.coerce(b, ty), ty))
    }

    /// Whether it is zero, as an amount or a number.
    fn is_nothing_of(&self, wanted: Ty, typed: Typed) -> bool {
        typed.ty.measure().is_none()
            && (wanted.is_money() && typed.ty.is_money() || !wanted.is_money() && typed.ty.is_plain())
            && matches!(&self.exprs.get(typed.id).kind, Kind::Const(Value::Number(n)) if n.is_zero())
    }

    /// A condition: one expression or bullets.
    pub(super) fn lower_condition(&mut self, condition: &Condition, scope: Scope) -> Typed {
        let bullets = u32::try_from(condition.bullets.len()).unwrap_or(u32::MAX);
        let quantity = match condition.mode {
            Mode::All => Quantity::All,
            Mode::Any => Quantity::AtLeast(1),
            Mode::None => Quantity::AtMost(0),
            Mode::AtLeast(n) => Quantity::AtLeast(n),
            Mode::AtMost(n) => Quantity::AtMost(n),
            Mode::Exactly(n) => Quantity::Exactly(n),
        };
        self.check_quantity(condition, bullets);
        let of: Vec<Guarded> =
            condition.bullets.iter().map(|bullet| self.lower_bullet(bullet, scope)).collect();
        match (of.as_slice(), quantity) {
            ([Guarded { only_if: None, then }], Quantity::All | Quantity::AtLeast(1)) => {
                let lowered = self.exprs.get(*then);
                // What is known of it is that it is a truth, or that its mistake was reported.
                Typed { id: *then, ty: Ty::Of(Type::Truth), span: lowered.span }
            }
            _ => self.push(Kind::Bullets { quantity, of }, Ty::Of(Type::Truth), condition.span),
        }
    }

    fn lower_bullet(&mut self, bullet: &Bullet, scope: Scope) -> Guarded {
        let then = self.condition(&bullet.expr, scope).id;
        let only_if = bullet.only_if.as_ref().map(|only_if| self.condition(only_if, scope).id);
        Guarded { only_if, then }
    }

    /// « au moins 3 de » two bullets asks for what cannot be; « au plus 2 de » two asks nothing.
    fn check_quantity(&mut self, condition: &Condition, bullets: u32) {
        // Bullets that could not be read are not there to be counted.
        if self.lost.any {
            return;
        }
        let (words, problem) = match condition.mode {
            Mode::AtLeast(n) if n > bullets => (format!("au moins {n} de"), "ne peut pas être rempli"),
            Mode::Exactly(n) if n > bullets => (format!("exactement {n} de"), "ne peut pas être rempli"),
            Mode::AtLeast(0) => ("au moins 0 de".to_owned(), "n'exige rien"),
            Mode::AtMost(n) if n >= bullets => (format!("au plus {n} de"), "n'exige rien"),
            Mode::All | Mode::Any | Mode::None | Mode::AtLeast(_) | Mode::AtMost(_) | Mode::Exactly(_) => {
                return;
            }
        };
        let s = if bullets > 1 { "s" } else { "" };
        let message = format!("« {words} » {problem} : il y a {bullets} condition{s}");
        let diagnostic = Diagnostic::error("quantite", message)
            .at(self.file, condition.span, format!("{bullets} condition{s}"))
            .help("corriger le nombre, ou ajouter ce qui manque");
        self.report(diagnostic);
    }

    /// A truth that is written.
    pub(super) fn truth_literal(expr: &Expr) -> Option<bool> {
        match &expr.kind {
            ExprKind::Literal(Literal::Truth(truth)) => Some(*truth),
            ExprKind::Paren(inner) => Self::truth_literal(inner),
            _ => None,
        }
    }
}
