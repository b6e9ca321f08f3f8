//! Constants: bounds of facts, values of parameters.

use std::sync::Arc;

use super::names::What;
use super::types::{Ty, unify};
use super::{Checker, Consolidation, words};
use crate::diagnostic::Diagnostic;
use crate::number::Ratio;
use crate::policy::{Declared, Parameter, ParameterPeriod, TextOf, Type, Version};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Header, ItemKind, Literal, PeriodValue};
use crate::time::Date;
use crate::unit::Measure;
use crate::value::{Text, Value};

impl Checker<'_> {
    /// The value of a constant; says what is expected where it is none.
    pub(super) fn constant(&mut self, expr: &Expr, what: &str) -> Option<(Ty, Value)> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.constant(inner, what),
            ExprKind::Literal(literal) => self.literal(literal, expr),
            ExprKind::Negate(inner) => match self.constant(inner, what)? {
                (ty, Value::Number(n)) => Some((ty, Value::Number(n.neg()))),
                _ => {
                    self.report_no_constant(expr, what);
                    None
                }
            },
            ExprKind::Invalid => None,
            _ => {
                self.report_no_constant(expr, what);
                None
            }
        }
    }

    fn report_no_constant(&mut self, expr: &Expr, what: &str) {
        let message = format!("{what} est une valeur fixe, non « {} »", self.words(expr.span));
        let help = "par exemple « 10 », « 80 000 € », « 10 % », « 6 mois » ou « 1er janvier 2025 »";
        self.error("constante-attendue", message, expr.span, "valeur à écrire ici", Some(help.to_owned()));
    }

    /// The type and value of a literal.
    pub(super) fn literal(&mut self, literal: &Literal, expr: &Expr) -> Option<(Ty, Value)> {
        // Its unit stands in the text.
        let measure = Measure::read(self.file.slice(expr.span)).map(Ty::Measured);
        let number = |ty: Type, n: &Ratio| Some((measure.unwrap_or(Ty::Of(ty)), Value::Number(n.clone())));
        match literal {
            Literal::Truth(truth) => Some((Ty::Of(Type::Truth), Value::Truth(*truth))),
            Literal::Number(n) if n.is_integer() => number(Type::Integer, n),
            Literal::Number(n) => number(Type::Number, n),
            Literal::Percent(n) => number(Type::Percent, n),
            Literal::Amount(n) => number(Type::Amount, n),
            Literal::Date(date) => Some((Ty::Of(Type::Date), Value::Date(*date))),
            Literal::Text(text) => Some((Ty::Of(Type::Text), Value::Text(Text::new(text)))),
            Literal::WorkingDays(_) => {
                let help = "écrire par exemple « demande déposée le + 5 jours ouvrés »";
                let message = "un nombre de jours ouvrés ou ouvrables ne s'ajoute qu'à une date".to_owned();
                self.error("delai-ouvre", message, expr.span, "sans date", Some(help.to_owned()));
                None
            }
            Literal::Duration(duration) => match (duration.months, duration.days) {
                // « 0 jour » and « 0 mois » differ by their unit only, which stands in the text.
                (0, 0) if self.file.slice(expr.span).contains("jour") => number(Type::Days, &Ratio::zero()),
                (months, 0) => number(Type::Months, &Ratio::from(months)),
                (0, days) => number(Type::Days, &Ratio::from(days)),
                (_, _) => {
                    let message = format!(
                        "« {} » mêle des mois et des jours : cette durée ne peut qu'être ajoutée à une date ou en être ôtée",
                        self.words(expr.span)
                    );
                    let help = "compter en mois, ou en jours";
                    self.error(
                        "duree-mixte",
                        message,
                        expr.span,
                        "mois et jours mêlés",
                        Some(help.to_owned()),
                    );
                    None
                }
            },
        }
    }

    /// Parameters: constants, perhaps by period.
    pub(super) fn read_parameters(&mut self) {
        let doc = self.doc;
        for (index, item) in doc.items.iter().enumerate() {
            let ItemKind::Parameter(lines, revised) = &item.kind else { continue };
            self.read_as(item);
            let mut ty: Option<Ty> = None;
            let mut first: Option<Span> = None;
            let mut periods = Vec::new();
            for line in lines {
                let Some((line_ty, value)) = self.constant(&line.value, "un paramètre") else {
                    ty = Some(Ty::Unknown);
                    continue;
                };
                match unify(ty.unwrap_or(line_ty), line_ty) {
                    Some(both) => {
                        ty = Some(both);
                        first = first.or(Some(line.value.span));
                    }
                    None => {
                        let before = ty.map_or_else(String::new, |ty| self.type_words(ty));
                        let message = format!(
                            "« {} » est {before} ; « {} » est {}",
                            self.item_name(index),
                            self.words(line.value.span),
                            self.type_words(line_ty)
                        );
                        let mut diagnostic = Diagnostic::error("types-incompatibles", message).at(
                            self.file,
                            line.value.span,
                            self.type_words(line_ty),
                        );
                        if let Some(first) = first {
                            diagnostic = diagnostic.at(self.file, first, before);
                        }
                        self.report(match ty {
                            Some(ty) => self.with_unit(diagnostic, ty, &line.value),
                            None => diagnostic,
                        });
                        ty = Some(Ty::Unknown);
                    }
                }
                periods.push(ParameterPeriod {
                    from: line.from.as_ref().map(|from| from.value),
                    until: line.until.as_ref().map(|until| until.value),
                    value,
                    span: line.span,
                });
            }
            // Of parameters side by side, the first says it for all.
            let beside = index.checked_sub(1).and_then(|before| doc.items.get(before));
            if beside.is_none_or(|beside| beside.whole != item.whole) {
                self.check_periods(index, lines);
            }
            periods.sort_by_key(|period| period.from);
            let ty = ty.unwrap_or(Ty::Unknown);
            let head = self.head(item);
            let label = self.beside(&self.own_parts(item, 0).join("."), item);
            self.parameter_types.push(ty);
            self.parameters.push(Parameter {
                head,
                label,
                ty: ty.settled(),
                revised: revised.as_ref().map(|often| often.value),
                periods,
            });
        }
        self.names.enter(0);
    }

    /// Periods follow one another with neither gap nor overlap, from the first day in force. The last may end:
    /// past it no value is known, and a dossier examined then is refused.
    fn check_periods(&mut self, index: usize, lines: &[PeriodValue]) {
        let name = self.item_name(index);
        let mut sorted: Vec<&PeriodValue> = lines.iter().collect();
        sorted.sort_by_key(|line| line.from.as_ref().map(|from| from.value));
        // A period that ends before it begins has been reported where it was read.
        if self.lost.any {
            return;
        }
        for pair in sorted.windows(2) {
            let [before, after] = pair else { continue };
            let start = after.from.as_ref().map(|from| from.value);
            let end = before.until.as_ref().map(|until| until.value);
            let overlap = match (start, end) {
                (None, _) => true,
                (Some(start), _) if before.from.as_ref().is_some_and(|from| from.value == start) => true,
                (Some(start), Some(end)) => end >= start,
                (Some(_), None) => false,
            };
            if overlap {
                let day = start.or(end);
                let on = day.map_or_else(String::new, |day| format!(" le {}", words::date(day)));
                let diagnostic =
                    Diagnostic::error("periodes-en-double", format!("« {name} » a deux valeurs{on}"))
                        .at(self.file, after.span, "seconde valeur")
                        .at(self.file, before.span, "première valeur")
                        .help("faire commencer chaque valeur un autre jour, avec « depuis le … »");
                self.report(diagnostic);
                return;
            }
            if let (Some(start), Some(end)) = (start, end)
                && end.plus_days(1).is_some_and(|next| next < start)
            {
                let (first, last) = (end.plus_days(1).unwrap_or(end), start.plus_days(-1).unwrap_or(start));
                let message = format!(
                    "« {name} » n'a pas de valeur du {} au {}",
                    words::date(first),
                    words::date(last)
                );
                let diagnostic = Diagnostic::error("periode-sans-valeur", message)
                    .at(self.file, after.span, "cette valeur commence trop tard")
                    .at(self.file, before.span, "celle-ci finit trop tôt");
                self.report(diagnostic);
                return;
            }
        }
        self.check_coverage(&name, &sorted);
    }

    fn check_coverage(&mut self, name: &str, sorted: &[&PeriodValue]) {
        let Some(header) = &self.doc.header else { return };
        let spanned =
            |date: &Option<crate::syntax::tree::Spanned<Date>>| date.as_ref().map(|d| (d.value, d.span));
        let first = sorted.first().and_then(|line| Some((spanned(&line.from)?.0, line.span)));
        if let (Some((start, span)), Some((from, from_span))) = (first, spanned(&header.from))
            && start > from
        {
            let message = format!("« {name} » n'a pas de valeur avant le {}", words::date(start));
            let diagnostic = Diagnostic::error("periode-sans-valeur", message)
                .at(self.file, span, "première valeur")
                .at(self.file, from_span, "le texte est en vigueur dès ce jour")
                .help("donner la valeur qui s'appliquait auparavant");
            self.report(diagnostic);
        }
    }

    /// The date that chooses the version, before the items that take parameters at it. One in which
    /// something is wrong waits until all names are known, and is told then.
    pub(super) fn read_version_date(&mut self) {
        let doc = self.doc;
        let Some(expr) = doc.header.as_ref().and_then(|header| header.version_at.as_ref()) else { return };
        let (told, said) = (self.diagnostics.len(), self.said.clone());
        let typed = self.lower(expr, None);
        let date = self.expect(typed, Ty::Of(Type::Date), "la date qui choisit la version");
        self.only_facts(date.id, false, "la date qui choisit la version");
        if self.diagnostics.len() > told || !matches!(date.ty, Ty::Of(Type::Date)) {
            self.diagnostics.truncate(told);
            self.said = said;
        } else {
            self.version_date = Some(date.id);
        }
    }

    /// The date that chooses the version reads facts only, the conditions of amendments facts and the
    /// date of examination.
    pub(super) fn check_header(&mut self, consolidation: Option<&Consolidation>) {
        let doc = self.doc;
        let Some(header) = &doc.header else { return };
        let mut version = Version { texts: vec![text_of(header, self.file.text())], ..Version::default() };
        if let Some(expr) = &header.version_at {
            version.chosen_at = Some(self.version_date.unwrap_or_else(|| {
                let typed = self.lower(expr, None);
                let date = self.expect(typed, Ty::Of(Type::Date), "la date qui choisit la version");
                self.only_facts(date.id, false, "la date qui choisit la version");
                date.id
            }));
        }
        let owners = consolidation.map_or(&[][..], |known| &known.scopes);
        for (scope, owner) in header.scopes.iter().zip(owners) {
            let condition = self.condition(&scope.condition, None);
            self.only_facts(condition.id, true, "ce qui dit à qui va un avenant");
            version.scopes.push((*owner, condition.id));
        }
        if let Some(known) = consolidation {
            version.texts.clone_from(&known.texts);
            version.aside.clone_from(&known.aside);
            version.repealed.clone_from(&known.repealed);
            version.leaned.clone_from(&known.leaned);
            for path in &known.beside {
                let declared = match self.names.get(path).map(|symbol| symbol.what) {
                    Some(What::Fact(fact)) => Declared::Fact(fact),
                    Some(What::List(list)) => Declared::List(list),
                    Some(What::Field(field)) => Declared::Field(field),
                    Some(What::Period(rank)) => {
                        let period = &self.periods[rank as usize];
                        version.beside.extend([period.first, period.last]);
                        self.use_period(rank);
                        continue;
                    }
                    Some(What::Item(_)) | None => continue,
                };
                self.used.facts.extend(if let Declared::Fact(fact) = declared { Some(fact) } else { None });
                self.used.lists.extend(if let Declared::List(list) = declared { Some(list) } else { None });
                self.used.fields.extend(if let Declared::Field(field) = declared {
                    Some(field)
                } else {
                    None
                });
                version.beside.push(declared);
            }
        }
        version.leaned_from = self.names.texts().start();
        self.version = Some(version);
    }
}

/// What a text says of itself.
pub(crate) fn text_of(header: &Header, text: &str) -> TextOf {
    let words = |span: Span| {
        let words = text.get(span.range()).unwrap_or("").split_whitespace();
        Arc::from(words.collect::<Vec<_>>().join(" "))
    };
    TextOf {
        number: header.amendment.as_ref().map(|number| number.value),
        title: Arc::clone(&header.title.text),
        from: header.from.as_ref().map(|from| from.value),
        until: header.until.as_ref().map(|until| until.value),
        published: header.published.as_ref().map(|published| published.value),
        draft: header.draft.is_some(),
        scope: header.scopes.iter().map(|scope| words(scope.condition.span)).collect(),
        sha256: super::item::digest(text),
    }
}
