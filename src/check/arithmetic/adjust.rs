//! What is done to a value: limits, shares of time, rates, rounding, another period.

use super::*;
use crate::currency::Currency;

impl Checker<'_> {
    /// `plafonné à`, `au minimum`, `au prorata de`, `arrondi`, `augmenté de`, `diminué de`; `written` is
    /// where it is written.
    pub(in crate::check) fn adjust(
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
                let said = self.file.slice(written);
                let euros = ["euro", "centime", "franc"].iter().any(|word| said.contains(word));
                let francs = said.contains("franc");
                if euros && francs != (self.currency() == Currency::CfpFranc) {
                    self.report_other_rounding(written);
                    return self.unknown(span);
                }
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

    /// « arrondi au centime », where the text counts in francs.
    fn report_other_rounding(&mut self, written: Span) {
        let currency = self.currency();
        let message =
            format!("ce texte compte en {} : un montant ne s'y arrondit pas ainsi", currency.several());
        let help = match currency {
            Currency::Euro => "écrire « arrondi à l'euro », « arrondi au centime »",
            Currency::CfpFranc => "écrire « arrondi au franc », « arrondi à la dizaine de francs »",
        };
        self.error("monnaie-melee", message, written, "", Some(help.to_owned()));
    }

    /// `ramené au mois`.
    pub(super) fn bring(&mut self, base: Typed, to: Unit, span: Span, written: Span) -> Typed {
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

    pub(super) fn limit(
        &mut self,
        base: Typed,
        limit: &Expr,
        greatest: bool,
        span: Span,
        scope: Scope,
    ) -> Typed {
        let typed = self.lower(limit, scope);
        let ordered = typed.ty.is_unknown() || typed.ty.is_numeric() || typed.ty == DATE;
        match self.agree(base, typed) {
            Some((a, b, ty)) if ordered => {
                self.push(Kind::Extremum { greatest, of: vec![a.id, b.id] }, ty, span)
            }
            _ if self.slices_left_out(base) => self.unknown(span),
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
                let cited = || self.cited_amount(base.ty, limit.span).map(|text| vec![text]);
                let limited = limited.or_else(cited);
                self.report(match limited {
                    Some(texts) => diagnostic.instead(self.file, limit.span, &texts),
                    None => self.with_unit(diagnostic, base.ty, limit),
                });
                self.unknown(span)
            }
        }
    }

    pub(super) fn prorata(
        &mut self,
        base: Typed,
        part: &Expr,
        whole: &Expr,
        span: Span,
        scope: Scope,
    ) -> Typed {
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

    pub(super) fn scale(
        &mut self,
        base: Typed,
        rate: &Expr,
        decrease: bool,
        span: Span,
        scope: Scope,
    ) -> Typed {
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
            let word = self.adjusting_word(rate.span).unwrap_or_else(|| word.to_owned());
            let message = format!(
                "« {word} » veut un pourcentage ; « {} » est {}",
                self.words(rate.span),
                self.type_words(typed.ty)
            );
            let label = self.type_words(typed.ty);
            let problem = Diagnostic::error("types-incompatibles", message).at(self.file, rate.span, label);
            let help = self.rate_help(rate);
            let only = help.as_deref().and_then(|help| help.strip_prefix("écrire « ")?.strip_suffix(" »"));
            self.report(match (only.filter(|says| !says.contains('»')), &help) {
                (Some(says), _) => problem.instead(self.file, rate.span, &[says]),
                (None, Some(help)) => problem.help(help),
                (None, None) => {
                    let (base, rate) = (self.words(base.span), self.words(rate.span));
                    problem.help(format!("écrire « {base} {sign} {rate} »"))
                }
            });
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

    /// The verb by which a rate is told, as its author wrote it: « majoré de ».
    fn adjusting_word(&self, rate: Span) -> Option<String> {
        const VERBS: [&str; 6] = ["majoré", "augmenté", "minoré", "diminué", "réduit", "bonifié"];
        let before = self.line_before(rate)?.trim_end();
        let verb = before.strip_suffix(" de")?.rsplit([' ', '\n']).next()?;
        VERBS.iter().any(|own| verb.starts_with(own)).then(|| format!("{verb} de"))
    }
}
