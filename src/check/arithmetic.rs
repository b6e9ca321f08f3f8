//! Arithmetic, and what applies to the whole of it: caps, roundings, rates, shares.

mod adjust;

use super::names::{Found, Scope, What};
use super::seen::Meant;
use super::types::{Ty, arithmetic, brought, unify};
use super::{Checker, Slot, Typed, words};
use crate::diagnostic::Diagnostic;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind as Kind, FundingId, ItemRef, Type};
use crate::source::Span;
use crate::syntax::tree::{Adjustment, ArithOp, ElapsedUnit, Expr, ExprKind, Literal, Path};
use crate::time::{DayOf, Duration, MissingDay, Moved, WorkingDays};
use crate::unit::Unit;
use crate::value::Value;

const DATE: Ty = Ty::Of(Type::Date);
const NUMBER: Ty = Ty::Of(Type::Number);

impl Checker<'_> {
    pub(super) fn lower_negate(&mut self, inner: &Expr, span: Span, scope: Scope) -> Typed {
        let typed = self.lower(inner, scope);
        if typed.ty.is_unknown() || typed.ty.is_numeric() {
            return self.push(Kind::Negate(typed.id), typed.ty, span);
        }
        let message =
            format!("« {} » est {} : il n'a pas d'opposé", self.words(inner.span), self.type_words(typed.ty));
        self.error("types-incompatibles", message, inner.span, "un nombre est attendu", None);
        self.unknown(span)
    }

    pub(super) fn lower_arithmetic(
        &mut self,
        op: ArithOp,
        left: &Expr,
        right: &Expr,
        span: Span,
        scope: Scope,
    ) -> Typed {
        if let (ArithOp::Add | ArithOp::Sub, Some(duration)) = (op, duration_of(right)) {
            let date = self.lower(left, scope);
            return match date.ty {
                DATE => self.shift_by(date, duration, op == ArithOp::Sub, right, span),
                Ty::Unknown => self.unknown(span),
                _ => {
                    let by = self.lower(right, scope);
                    self.combine(op, (left, date), (right, by), span)
                }
            };
        }
        if let (ArithOp::Add | ArithOp::Sub, Some(days)) = (op, working_days_of(right)) {
            let date = self.lower_date(left, "un délai en jours ouvrés ou ouvrables", scope);
            let count = if op == ArithOp::Sub { -days.count } else { days.count };
            let day = DayOf::Working(WorkingDays { count, ..days });
            return self.push(Kind::DayOf { day, date: date.id }, DATE, span);
        }
        let a = self.lower(left, scope);
        let b = self.lower(right, scope);
        self.combine(op, (left, a), (right, b), span)
    }

    /// `D + 1 mois, à défaut le premier du mois suivant`; whole months and years as well.
    pub(super) fn lower_failing(
        &mut self,
        of: &Expr,
        missing: MissingDay,
        span: Span,
        scope: Scope,
    ) -> Typed {
        match &of.kind {
            ExprKind::Paren(inner) => return self.lower_failing(inner, missing, span, scope),
            ExprKind::Arith { op: op @ (ArithOp::Add | ArithOp::Sub), left, right } => {
                if let Some(Duration { months, days }) = duration_of(right).filter(|by| by.months != 0) {
                    let date = self.lower_date(left, "un délai", scope);
                    let sign = if *op == ArithOp::Sub { -1 } else { 1 };
                    let day = DayOf::Moved(Moved { months: sign * months, days: sign * days, missing });
                    return self.push(Kind::DayOf { day, date: date.id }, DATE, span);
                }
            }
            ExprKind::Elapsed { from, to, unit: ElapsedUnit::Years(_) } => {
                return self.lower_elapsed(from, to, ElapsedUnit::Years(missing), span, scope);
            }
            ExprKind::Elapsed { from, to, unit: ElapsedUnit::Months(_) } => {
                return self.lower_elapsed(from, to, ElapsedUnit::Months(missing), span, scope);
            }
            _ => {}
        }
        if !self.lower(of, scope).ty.is_unknown() {
            let words = self.words(of.span);
            let message = format!("« {words} » ne compte pas de mois : aucun jour n'y manque");
            let help = "« à défaut le premier du mois suivant » suit une date et des mois, « D + 1 mois », ou un compte en mois \
                        ou en années, « entre D et E en années entières »";
            self.error("sans-mois", message, of.span, "", Some(help.to_owned()));
        }
        self.unknown(span)
    }

    /// `entre D et E en années entières`.
    pub(super) fn lower_elapsed(
        &mut self,
        from: &Expr,
        to: &Expr,
        unit: ElapsedUnit,
        span: Span,
        scope: Scope,
    ) -> Typed {
        let from = self.lower_date(from, "le temps écoulé", scope);
        let to = self.lower_date(to, "le temps écoulé", scope);
        let kind = Kind::Elapsed { from: from.id, to: to.id, unit };
        self.push(kind, Ty::Of(Type::Integer), span)
    }

    /// A date and a duration written whole: months first, then days.
    fn shift_by(&mut self, date: Typed, duration: Duration, back: bool, by: &Expr, span: Span) -> Typed {
        let (ty, count, then_days) = match (duration.months, duration.days) {
            (0, days) => (Type::Days, days, 0),
            (months, days) => (Type::Months, months, days),
        };
        let by = self.push(Kind::Const(Value::Number(Ratio::from(count))), Ty::Of(ty), by.span);
        self.push(Kind::Shift { date: date.id, by: by.id, then_days, back }, DATE, span)
    }

    fn is_one(&self, id: ExprId) -> bool {
        matches!(&self.exprs.get(id).kind, Kind::Const(Value::Number(n)) if *n == Ratio::one())
    }

    fn combine(&mut self, op: ArithOp, left: (&Expr, Typed), right: (&Expr, Typed), span: Span) -> Typed {
        let ((left, a), (right, b)) = (left, right);
        let lasting = |ty: Ty| matches!(ty, Ty::Of(Type::Months | Type::Days));
        match op {
            _ if a.ty.is_unknown() || b.ty.is_unknown() => return self.unknown(span),
            ArithOp::Add | ArithOp::Sub if a.ty == DATE && lasting(b.ty) => {
                let kind = Kind::Shift { date: a.id, by: b.id, then_days: 0, back: op == ArithOp::Sub };
                return self.push(kind, DATE, span);
            }
            ArithOp::Add if b.ty == DATE && lasting(a.ty) => {
                let kind = Kind::Shift { date: b.id, by: a.id, then_days: 0, back: false };
                return self.push(kind, DATE, span);
            }
            ArithOp::Sub if a.ty == DATE && b.ty == DATE => {
                return self.push(Kind::DaysBetween(a.id, b.id), Ty::Of(Type::Days), span);
            }
            _ => {}
        }
        let Some(ty) = arithmetic(op, a.ty, b.ty) else {
            self.report_no_arithmetic(op, (left, a), (right, b));
            return self.unknown(span);
        };
        // « durée ÷ 1 jour » counts days: a number, and no part of anything.
        let ty = if op == ArithOp::Div && lasting(b.ty) && self.is_one(b.id) { NUMBER } else { ty };
        if matches!(op, ArithOp::Add | ArithOp::Sub) {
            self.remark_on_paces(left, right);
        }
        let (a, b) = match op {
            ArithOp::Add | ArithOp::Sub => (self.coerce(a, ty), self.coerce(b, ty)),
            ArithOp::Mul | ArithOp::Div | ArithOp::Pow => (a, b),
        };
        let kind = match op {
            ArithOp::Add => Kind::Add(a.id, b.id),
            ArithOp::Sub => Kind::Sub(a.id, b.id),
            ArithOp::Mul => Kind::Mul(a.id, b.id),
            ArithOp::Div => Kind::Div(a.id, b.id),
            ArithOp::Pow => Kind::Power { base: a.id, exponent: b.id },
        };
        self.push(kind, ty, span)
    }

    fn report_no_arithmetic(&mut self, op: ArithOp, left: (&Expr, Typed), right: (&Expr, Typed)) {
        let ((left, a), (right, b)) = (left, right);
        let (left_words, right_words) = (self.words(left.span), self.words(right.span));
        let (first, second) = (self.type_words(a.ty), self.type_words(b.ty));
        let message = match op {
            ArithOp::Add => format!("{second} ne s'ajoute pas à {first}"),
            ArithOp::Sub => format!("{second} ne se retranche pas d'{first}"),
            ArithOp::Mul => format!("{first} ne se multiplie pas par {second}"),
            ArithOp::Div => format!("{first} ne se divise pas par {second}"),
            ArithOp::Pow if b.ty != Ty::Of(Type::Integer) => {
                format!("l'exposant d'une puissance est un entier ; « {right_words} » est {second}")
            }
            ArithOp::Pow => format!("{first} ne s'élève pas à une puissance"),
        };
        let lasting = |ty: Ty| matches!(ty, Ty::Of(Type::Months | Type::Days));
        let additive = matches!(op, ArithOp::Add | ArithOp::Sub);
        let help = if op == ArithOp::Pow {
            Some(
                "par exemple « 1,03 puissance 2 », ou « (1 augmenté de taux) puissance (années) »".to_owned(),
            )
        } else if additive && a.ty != Ty::Of(Type::Percent) && a.ty.is_numeric() && b.ty.is_rate() {
            let word = if op == ArithOp::Add { "augmenté de" } else { "diminué de" };
            Some(format!("écrire « {left_words} {word} {right_words} »"))
        } else if additive && a.ty == DATE && b.ty.is_plain() {
            Some(self.duration_help(right))
        } else if additive && lasting(a.ty) && lasting(b.ty) {
            Some("compter les deux en mois, ou les deux en jours".to_owned())
        } else if additive {
            self.unit_help(a.ty, right).or_else(|| self.unit_help(b.ty, left))
        } else if lasting(a.ty) || lasting(b.ty) {
            Some(self.prorata_help(left, right).unwrap_or_else(|| {
                "une durée compte des mois ou des jours entiers : elle se multiplie par un entier".to_owned()
            }))
        } else {
            self.factor_help(op, right, a.ty, b.ty)
        };
        if let Some((place, bare)) = self
            .bare_time(left, right)
            .filter(|_| !additive && op != ArithOp::Pow && lasting(a.ty) != lasting(b.ty))
        {
            let problem = Diagnostic::error("types-incompatibles", message).at(self.file, place, "");
            let help = format!(
                "écrire « {bare} », sans unité, si rien d'autre ici ne se compte en mois ou en jours"
            );
            self.report(problem.help(&help).remedy(help, self.file, [(place, bare)]));
            return;
        }
        let diagnostic = Diagnostic::error("types-incompatibles", message)
            .at(self.file, right.span, self.type_words(b.ty))
            .at(self.file, left.span, self.type_words(a.ty));
        let diagnostic = match additive {
            true => self.with_one_period(diagnostic, (left.span, a.ty), (right.span, b.ty)),
            false => diagnostic,
        };
        let due = [left, right].into_iter().find_map(|side| match &side.kind {
            ExprKind::Name(path) => Some((self.amount_due(&path.text, None)?, side.span)),
            _ => None,
        });
        if let Some((amount, place)) = due {
            let message =
                format!("« {} » dit s'il est dû ; sa valeur s'écrit « {amount} »", self.words(place));
            let problem = Diagnostic::error("types-incompatibles", message).at(self.file, place, "");
            self.report(problem.instead(self.file, place, &[amount]));
            return;
        }
        self.report(match help.filter(|_| diagnostic.help.is_none()) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// `prime × mois restants ÷ 60 mois`, `3 mois × loyer`: the count alone, and where it stands.
    fn bare_time(&self, left: &Expr, right: &Expr) -> Option<(Span, String)> {
        [right, left].into_iter().find_map(|side| match &side.kind {
            ExprKind::Literal(Literal::Duration(_)) => {
                Some((side.span, self.words(side.span).split(' ').next()?.to_owned()))
            }
            _ => None,
        })
    }

    /// `prime × reste ÷ durée`: a prorata.
    fn prorata_help(&self, left: &Expr, right: &Expr) -> Option<String> {
        let text = self.file.text();
        let after = text.get(right.span.end as usize..)?.lines().next()?.trim();
        let whole = after.strip_prefix('÷')?.trim();
        let plain = |words: &str| !words.is_empty() && !words.contains(['(', ')', '×', '÷', '+', '-']);
        let (amount, part) = (self.words(left.span), self.words(right.span));
        [whole, &amount, &part]
            .into_iter()
            .all(plain)
            .then(|| format!("écrire « {amount} au prorata de {part} sur {whole} »"))
    }

    /// What to write where a number stands for a duration.
    pub(super) fn duration_help(&self, written: &Expr) -> String {
        match &written.kind {
            ExprKind::Literal(Literal::Number(_)) => {
                let count = self.words(written.span);
                format!(
                    "préciser l'unité, selon le texte : « {count} jours », « {count} mois » ou « {count} ans »"
                )
            }
            _ => "une durée s'écrit « 6 mois » ou « 15 jours », ou se déclare « durée en mois »".to_owned(),
        }
    }

    /// `le plus tôt de 3, 5`: only dates come early or late.
    pub(super) fn sooner(&mut self, span: Span, ty: Ty) {
        if matches!(ty, DATE | Ty::Unknown) {
            return;
        }
        let start = span.start as usize;
        let written = self.file.slice(span);
        let words = [("tôt", "petit"), ("tard", "grand")];
        let found = words.iter().find_map(|(said, says)| {
            let at = written.find(said).filter(|at| written[..*at].split_whitespace().count() <= 2)?;
            Some((Span::new(start + at, start + at + said.len()), *said, *says))
        });
        if let Some((place, said, says)) = found {
            let message =
                format!("« le plus {said} de » ne se dit que de dates, non d'{}", self.type_words(ty));
            let problem = Diagnostic::error("types-incompatibles", message).at(self.file, place, "");
            self.report(problem.instead(self.file, place, &[says]));
        }
    }

    pub(super) fn lower_extremum(&mut self, greatest: bool, of: &[Expr], span: Span, scope: Scope) -> Typed {
        let typed: Vec<Typed> = of.iter().map(|e| self.lower(e, scope)).collect();
        let mut common: Option<Ty> = None;
        for (expr, value) in of.iter().zip(&typed) {
            let comparable = value.ty.is_numeric() || matches!(value.ty, DATE | Ty::Unknown);
            let joined = common.map_or(Some(value.ty), |ty| unify(ty, value.ty));
            match joined {
                Some(ty) if comparable => common = Some(ty),
                _ => {
                    let message = if comparable {
                        let first = of.first().map_or(span, |first| first.span);
                        let first_ty = common.unwrap_or(value.ty);
                        format!(
                            "« {} » est {} ; {} ne s'y compare pas",
                            self.words(first),
                            self.type_words(first_ty),
                            self.type_words(value.ty)
                        )
                    } else {
                        format!(
                            "« {} » est {} : cela ne se range pas du plus petit au plus grand",
                            self.words(expr.span),
                            self.type_words(value.ty)
                        )
                    };
                    let mut diagnostic = Diagnostic::error("types-incompatibles", message).at(
                        self.file,
                        expr.span,
                        self.type_words(value.ty),
                    );
                    if let (true, Some(first), Some(ty)) = (comparable, of.first(), common) {
                        diagnostic = diagnostic.at(self.file, first.span, self.type_words(ty));
                    }
                    if let (Some(first), Some(ty)) = (of.first(), common) {
                        diagnostic =
                            self.with_one_period(diagnostic, (first.span, ty), (expr.span, value.ty));
                    }
                    self.report(match common {
                        Some(ty) => self.with_unit(diagnostic, ty, expr),
                        None => diagnostic,
                    });
                    return self.unknown(span);
                }
            }
        }
        let ty = common.unwrap_or(Ty::Unknown);
        self.sooner(span, ty);
        let ids = typed.into_iter().map(|value| self.coerce(value, ty).id).collect();
        self.push(Kind::Extremum { greatest, of: ids }, ty, span)
    }

    /// `P à la date de D`.
    pub(super) fn lower_at_date(&mut self, path: &Path, date: &Expr, span: Span, scope: Scope) -> Typed {
        let date = self.lower_date(date, "« à la date de »", scope);
        let found = self.names.resolve(&path.text, scope);
        let Found::Symbol(symbol) = found else {
            self.report_unknown(path, scope);
            return self.unknown(span);
        };
        self.note(path, Meant::What(symbol.what));
        let slot = match symbol.what {
            What::Item(item) => {
                self.used.items.insert(item);
                self.slots[item]
            }
            What::Fact(_) | What::Field(_) | What::List(_) | What::Period(_) => Slot::Dossier,
        };
        if let Slot::Parameter(parameter) = slot {
            let ty = self.parameter_types[parameter.index()];
            if date.ty.is_unknown() {
                return self.unknown(span);
            }
            return self.push(Kind::Parameter { parameter, at: Some(date.id) }, ty, span);
        }
        let message =
            format!("« à la date de » s'applique à un paramètre ; « {} » n'en est pas un", path.text);
        let diagnostic = Diagnostic::error("parametre-attendu", message)
            .at(self.file, path.span, "paramètre attendu")
            .at(self.file, symbol.span, "déclaré ici");
        self.report(diagnostic);
        self.unknown(span)
    }

    /// `montant de F`.
    pub(super) fn lower_amount_of(&mut self, path: &Path, span: Span, scope: Scope) -> Typed {
        let found = self.names.resolve(&path.text, scope);
        let Found::Symbol(symbol) = found else {
            self.report_unknown(path, scope);
            return self.unknown(span);
        };
        self.note(path, Meant::What(symbol.what));
        if let What::Item(item) = symbol.what {
            self.used.items.insert(item);
            if let Slot::Reported(ItemRef::Funding(funding)) = self.slots[item] {
                let ty = self.paces.get(&funding).copied().unwrap_or(Ty::Of(Type::Amount));
                return self.push(Kind::AmountOf(funding), ty, span);
            }
            if let Some(amount) = self.amounts.get(&item).copied() {
                return self.push(Kind::Definition(amount.id), amount.ty, span);
            }
        }
        let what = match symbol.what {
            What::Item(item) => words::item_words(&self.doc.items[item].kind),
            What::Fact(_) | What::Field(_) => "un fait",
            What::List(_) => "une liste",
            What::Period(_) => "une période",
        };
        let message = format!("« montant de » s'applique à un financement ; « {} » est {what}", path.text);
        let diagnostic = Diagnostic::error("financement-attendu", message)
            .at(self.file, path.span, "financement attendu")
            .at(self.file, symbol.span, "déclaré ici");
        self.report(diagnostic);
        self.unknown(span)
    }

    /// Whether the amount of a financing may be a range.
    pub(super) fn ranged_funding(&self, funding: FundingId) -> bool {
        self.ranged.contains(&funding)
    }
}

fn duration_of(expr: &Expr) -> Option<Duration> {
    match &expr.kind {
        ExprKind::Literal(Literal::Duration(duration)) => Some(*duration),
        ExprKind::Paren(inner) => duration_of(inner),
        _ => None,
    }
}

fn working_days_of(expr: &Expr) -> Option<WorkingDays> {
    match &expr.kind {
        ExprKind::Literal(Literal::WorkingDays(days)) => Some(*days),
        ExprKind::Paren(inner) => working_days_of(inner),
        _ => None,
    }
}
