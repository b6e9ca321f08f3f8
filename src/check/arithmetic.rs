//! Arithmetic, and what applies to the whole of it: caps, roundings, rates, shares.

use super::names::{Found, Scope, What};
use super::types::{Ty, arithmetic, brought, unify};
use super::{Checker, Slot, Typed, words};
use crate::diagnostic::Diagnostic;
use crate::number::Ratio;
use crate::policy::{ExprKind as Kind, FundingId, ItemRef, Type};
use crate::source::Span;
use crate::syntax::tree::{Adjustment, ArithOp, ElapsedUnit, Expr, ExprKind, Literal, Path};
use crate::time::{DayOf, Duration, MissingDay, Moved, WorkingDays};
use crate::unit::Unit;
use crate::value::Value;

const DATE: Ty = Ty::Of(Type::Date);

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
            Some(
                "une durée compte des mois ou des jours entiers : elle se multiplie par un entier".to_owned(),
            )
        } else {
            self.factor_help(op, right, a.ty, b.ty)
        };
        let diagnostic = Diagnostic::error("types-incompatibles", message)
            .at(self.file, right.span, self.type_words(b.ty))
            .at(self.file, left.span, self.type_words(a.ty));
        let diagnostic = match additive {
            true => self.with_one_period(diagnostic, (left.span, a.ty), (right.span, b.ty)),
            false => diagnostic,
        };
        self.report(match help.filter(|_| diagnostic.help.is_none()) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// What to write where a number stands for a duration.
    pub(super) fn duration_help(&self, written: &Expr) -> String {
        match &written.kind {
            ExprKind::Literal(Literal::Number(_)) => {
                let count = self.words(written.span);
                format!("préciser l'unité : « {count} jours » ou « {count} mois »")
            }
            _ => "une durée s'écrit « 6 mois » ou « 15 jours », ou se déclare « durée en mois »".to_owned(),
        }
    }

    /// `plafonné à`, `au minimum`, `au prorata de`, `arrondi`, `augmenté de`, `diminué de`; `written` is
    /// where it is written.
    pub(super) fn adjust(
        &mut self,
        base: Typed,
        adjustment: &Adjustment,
        span: Span,
        written: Span,
        scope: Scope,
    ) -> Typed {
        match adjustment {
            Adjustment::AtMost(limit) => self.limit(base, limit, false, span, scope),
            Adjustment::AtLeast(limit) => self.limit(base, limit, true, span, scope),
            Adjustment::Prorata(part, whole) => self.prorata(base, part, whole, span, scope),
            Adjustment::Round(rounding) => {
                let mut rounding = rounding.clone();
                let euros = ["euro", "centime"].iter().any(|word| self.file.slice(written).contains(word));
                let ty = match base.ty {
                    Ty::Unknown => return self.unknown(span),
                    ty if ty.is_money() => ty,
                    Ty::Measured(_) if !euros => base.ty,
                    Ty::Of(Type::Integer | Type::Number) | Ty::Ratio if !euros => {
                        if rounding.step.is_integer() { Ty::Of(Type::Integer) } else { Ty::Of(Type::Number) }
                    }
                    // What is rounded is the number that people read: 14,285 % gives 14,29 %.
                    Ty::Of(Type::Percent) if !euros => {
                        let hundredth = Ratio::new(1, 100).unwrap_or_else(Ratio::one);
                        rounding.step = rounding.step.mul(&hundredth);
                        base.ty
                    }
                    _ => {
                        let message = format!(
                            "« {} » est {} : {}",
                            self.words(base.span),
                            self.type_words(base.ty),
                            if euros {
                                "seul un montant s'arrondit en euros"
                            } else {
                                "cela ne s'arrondit pas"
                            }
                        );
                        let help = (euros && base.ty.is_numeric())
                            .then(|| "écrire « arrondi à l'unité » ou « arrondi à 2 décimales »".to_owned());
                        self.error("arrondi", message, written, "arrondi", help);
                        return self.unknown(span);
                    }
                };
                self.push(Kind::Round { value: base.id, rounding }, ty, span)
            }
            Adjustment::Brought(to) => self.bring(base, *to, span, written),
            Adjustment::Increase(rate) => self.scale(base, rate, false, span, scope),
            Adjustment::Decrease(rate) => self.scale(base, rate, true, span, scope),
        }
    }

    /// `ramené au mois`.
    fn bring(&mut self, base: Typed, to: Unit, span: Span, written: Span) -> Typed {
        if base.ty.is_unknown() {
            return self.unknown(span);
        }
        let said = self.file.slice(written);
        let blank = said.len() - said.trim_start().len();
        let written = Span::new(written.start as usize + blank, written.end as usize);
        let Some((ty, by)) = brought(base.ty, to) else {
            let message = format!(
                "« {} » est {} : cela ne se ramène pas à une autre période",
                self.words(base.span),
                self.type_words(base.ty)
            );
            let help = match base.ty.measure().and_then(|measure| measure.per) {
                Some(Unit::DAY) => {
                    "un mois et une année n'ont pas toujours autant de jours : multiplier par un nombre de jours"
                }
                _ => {
                    "un montant dit par quelle période il se compte : « 3 600 € par an », « montant par an »"
                }
            };
            self.error("periode-absente", message, written, "ramené à quoi ?", Some(help.to_owned()));
            return self.unknown(span);
        };
        if ty == base.ty {
            let message = format!("« {} » est déjà {}", self.words(base.span), self.type_words(ty));
            self.error("periode-absente", message, written, "à ôter", None);
            return self.unknown(span);
        }
        // Twelfths are exact as a quotient of whole numbers.
        let (many, kind) = match by.to_i64() {
            Some(times) => (times, Kind::Mul as fn(_, _) -> _),
            None => {
                (Ratio::one().div(&by).and_then(|by| by.to_i64()).unwrap_or(1), Kind::Div as fn(_, _) -> _)
            }
        };
        let many = self.push(Kind::Const(Value::Number(Ratio::from(many))), Ty::Of(Type::Integer), written);
        self.push(kind(base.id, many.id), ty, span)
    }

    fn limit(&mut self, base: Typed, limit: &Expr, greatest: bool, span: Span, scope: Scope) -> Typed {
        let typed = self.lower(limit, scope);
        let ordered = typed.ty.is_unknown() || typed.ty.is_numeric() || typed.ty == DATE;
        match self.agree(base, typed) {
            Some((a, b, ty)) if ordered => {
                self.push(Kind::Extremum { greatest, of: vec![a.id, b.id] }, ty, span)
            }
            _ => {
                let message = format!(
                    "« {} » est {} : sa limite doit l'être aussi",
                    self.words(base.span),
                    self.type_words(base.ty)
                );
                let diagnostic = Diagnostic::error("types-incompatibles", message).at(
                    self.file,
                    limit.span,
                    self.type_words(typed.ty),
                );
                let diagnostic =
                    self.with_one_period(diagnostic, (base.span, base.ty), (limit.span, typed.ty));
                // « 400 € », where an amount by month is limited: by the same period.
                let euros = matches!(limit.kind, ExprKind::Literal(Literal::Amount(_))) && base.ty.is_money();
                let limited = self.unit_text(base.ty, limit.span).filter(|_| euros);
                self.report(match limited {
                    Some(texts) => diagnostic.instead(self.file, limit.span, &texts),
                    None => self.with_unit(diagnostic, base.ty, limit),
                });
                self.unknown(span)
            }
        }
    }

    fn prorata(&mut self, base: Typed, part: &Expr, whole: &Expr, span: Span, scope: Scope) -> Typed {
        let part_typed = self.lower(part, scope);
        let whole_typed = self.lower(whole, scope);
        if base.ty.is_unknown() || part_typed.ty.is_unknown() || whole_typed.ty.is_unknown() {
            return self.unknown(span);
        }
        let unit = unify(part_typed.ty, whole_typed.ty).filter(|ty| ty.is_numeric());
        if unit.is_none() {
            let message = format!(
                "au prorata : « {} » et « {} » doivent se compter dans la même unité",
                self.words(part.span),
                self.words(whole.span)
            );
            let diagnostic = Diagnostic::error("types-incompatibles", message)
                .at(self.file, whole.span, self.type_words(whole_typed.ty))
                .at(self.file, part.span, self.type_words(part_typed.ty));
            self.report(diagnostic);
            return self.unknown(span);
        }
        let ty = match base.ty {
            Ty::Of(Type::Amount | Type::Percent) | Ty::Ratio | Ty::Measured(_) => base.ty,
            Ty::Of(Type::Integer | Type::Number) => Ty::Of(Type::Number),
            _ => {
                let message = format!(
                    "« {} » est {} : cela ne se partage pas au prorata",
                    self.words(base.span),
                    self.type_words(base.ty)
                );
                self.error(
                    "types-incompatibles",
                    message,
                    base.span,
                    "un montant ou un nombre est attendu",
                    None,
                );
                return self.unknown(span);
            }
        };
        self.push(Kind::Prorata { base: base.id, part: part_typed.id, whole: whole_typed.id }, ty, span)
    }

    fn scale(&mut self, base: Typed, rate: &Expr, decrease: bool, span: Span, scope: Scope) -> Typed {
        let typed = self.lower(rate, scope);
        if base.ty.is_unknown() || typed.ty.is_unknown() {
            return self.unknown(span);
        }
        let (word, sign) = if decrease { ("diminué de", "-") } else { ("augmenté de", "+") };
        if base.ty.is_money() && typed.ty == base.ty {
            let kind = if decrease { Kind::Sub(base.id, typed.id) } else { Kind::Add(base.id, typed.id) };
            return self.push(kind, base.ty, span);
        }
        if !typed.ty.is_rate() {
            let message = format!(
                "« {word} » veut un pourcentage ; « {} » est {}",
                self.words(rate.span),
                self.type_words(typed.ty)
            );
            let help = self.rate_help(rate).unwrap_or_else(|| {
                format!("écrire « {} {sign} {} »", self.words(base.span), self.words(rate.span))
            });
            let label = self.type_words(typed.ty);
            self.error("types-incompatibles", message, rate.span, &label, Some(help));
            return self.unknown(span);
        }
        let ty = match base.ty {
            Ty::Of(Type::Amount) | Ty::Measured(_) => base.ty,
            Ty::Of(Type::Integer | Type::Number) | Ty::Ratio => Ty::Of(Type::Number),
            _ => {
                let message = format!(
                    "« {} » est {} : « {word} » s'applique à un montant ou à un nombre",
                    self.words(base.span),
                    self.type_words(base.ty)
                );
                let help = (base.ty == Ty::Of(Type::Percent))
                    .then(|| format!("pour des points, écrire « {sign} » ; pour une proportion, multiplier"));
                let label = self.type_words(base.ty);
                self.error("types-incompatibles", message, base.span, &label, help);
                return self.unknown(span);
            }
        };
        let rate = self.coerce(typed, Ty::Of(Type::Percent));
        self.push(Kind::Scaled { base: base.id, rate: rate.id, decrease }, ty, span)
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
