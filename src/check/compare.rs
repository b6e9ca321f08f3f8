//! Comparisons: signs, « est », « est parmi », « est entre », « est dans les … suivant ».

use std::collections::HashMap;

use super::names::{Found, Scope, What};
use super::types::Ty;
use super::{Checker, Typed};
use crate::diagnostic::Diagnostic;
use crate::policy::{ChoiceId, ExprKind as Kind, Type};
use crate::source::Span;
use crate::syntax::tree::{CompareOp, Expr, ExprKind, ItemKind, Path};
use crate::syntax::turns;

const TRUTH: Ty = Ty::Of(Type::Truth);

impl Checker<'_> {
    pub(super) fn lower_compare(
        &mut self,
        op: CompareOp,
        op_span: Span,
        left: &Expr,
        right: &Expr,
        span: Span,
        scope: Scope,
    ) -> Typed {
        if let Some(choice) = self.option_on_the_left(left, right, scope) {
            let flipped = op.flipped().sign();
            let message =
                format!("« {} » est une option : elle s'écrit à droite du signe", self.words(left.span));
            let diagnostic = Diagnostic::error("option-a-gauche", message)
                .at(self.file, left.span, "option")
                .at(self.file, self.choice_spans[choice.index()], "déclarée ici")
                .help(format!("écrire « {} {flipped} {} »", self.words(right.span), self.words(left.span)));
            self.report(diagnostic);
            return self.unknown(span);
        }
        let left_typed = self.lower(left, scope);
        let right_typed = self.lower_like(left_typed, right, scope);
        let Some((a, b, ty)) = self.agree(left_typed, right_typed) else {
            self.report_no_comparison(left, left_typed, right, right_typed);
            return self.unknown(span);
        };
        if !matches!(op, CompareOp::Eq | CompareOp::Ne) && !self.is_ordered(ty) {
            let message = format!(
                "« {} » est {} : cela ne se range pas du plus petit au plus grand",
                self.words(left.span),
                self.type_words(ty)
            );
            let problem =
                Diagnostic::error("sans-ordre", message).at(self.file, op_span, "ce signe suppose un ordre");
            self.report(match ty {
                Ty::Of(Type::Choice(choice)) => {
                    let scale = self.choices[choice.index()].options.join(" < ");
                    problem
                        .at(self.file, self.choice_spans[choice.index()], "déclaré sans ordre, par des virgules")
                        .help(format!(
                            "si c'est leur ordre, les déclarer ainsi : « {scale} » ; sinon comparer avec « est parmi »"
                        ))
                }
                _ => problem.help("comparer avec « = », « ≠ » ou « est »"),
            });
            return self.unknown(span);
        }
        self.remark_on_paces(left, right);
        self.push(Kind::Compare { op, left: a.id, right: b.id }, TRUTH, span)
    }

    pub(super) fn lower_is(
        &mut self,
        negated: bool,
        subject: &Expr,
        values: &[Expr],
        span: Span,
        scope: Scope,
    ) -> Typed {
        let subject_typed = self.lower(subject, scope);
        if let ([value], Ty::Of(Type::Truth)) = (values, subject_typed.ty)
            && let Some(truth) = Self::truth_literal(value).or_else(|| self.outcome(subject, value, scope))
        {
            return if truth == negated {
                self.push(Kind::Not(subject_typed.id), TRUTH, span)
            } else {
                Typed { span, ..subject_typed }
            };
        }
        let mut subject_agreed = subject_typed;
        let mut ids = Vec::new();
        let mut failed = false;
        let mut written: HashMap<&str, Span> = HashMap::new();
        for value in values {
            let name = match &value.kind {
                ExprKind::Name(path) => Some(&*path.text),
                _ => None,
            };
            if let Some(first) = name.and_then(|name| written.insert(name, value.span)) {
                let message = format!("« {} » est donné deux fois", self.words(value.span));
                let diagnostic = Diagnostic::error("option-en-double", message)
                    .at(self.file, value.span, "à ôter")
                    .at(self.file, first, "déjà donné ici");
                self.report(diagnostic);
                continue;
            }
            let typed = self.lower_like(subject_typed, value, scope);
            match self.agree(subject_agreed, typed) {
                Some((a, b, ty)) if !ty.is_unknown() => {
                    subject_agreed = a;
                    ids.push(b.id);
                }
                Some(_) => failed = true,
                None => {
                    failed = true;
                    self.report_no_comparison(subject, subject_typed, value, typed);
                }
            }
        }
        if failed {
            return self.unknown(span);
        }
        let among = self.push(Kind::Among { subject: subject_agreed.id, values: ids }, TRUTH, span);
        self.negate_if(negated, among)
    }

    pub(super) fn lower_between(&mut self, negated: bool, of: [&Expr; 3], span: Span, scope: Scope) -> Typed {
        let [subject, low, high] = of;
        let subject_typed = self.lower(subject, scope);
        let low_typed = self.lower_like(subject_typed, low, scope);
        let high_typed = self.lower_like(subject_typed, high, scope);
        if subject_typed.ty.is_plain()
            && let Some([least, most]) = self.counted_ends(subject, low, high)
        {
            let message = format!(
                "« {} » est {} ; {} ne s'y compare pas",
                self.words(subject.span),
                self.type_words(subject_typed.ty),
                self.type_words(low_typed.ty)
            );
            let help = format!("écrire « entre {least} et {most} »");
            let edits = [(low.span, least.to_string()), (high.span, most.to_string())];
            let problem = Diagnostic::error("types-incompatibles", message)
                .at(self.file, low.span.to(high.span), self.type_words(low_typed.ty))
                .at(self.file, subject.span, self.type_words(subject_typed.ty))
                .help(&help)
                .remedy(help, self.file, edits);
            self.report(problem);
            return self.unknown(span);
        }
        let mut ends = Vec::new();
        let mut agreed = subject_typed;
        for (end, typed) in [(low, low_typed), (high, high_typed)] {
            match self.agree(agreed, typed) {
                Some((a, b, ty)) if !ty.is_unknown() => {
                    if !self.is_ordered(ty) {
                        let message = format!(
                            "« {} » est {} : cela ne se range pas du plus petit au plus grand",
                            self.words(subject.span),
                            self.type_words(ty)
                        );
                        self.error("sans-ordre", message, subject.span, "« entre » suppose un ordre", None);
                        return self.unknown(span);
                    }
                    agreed = a;
                    ends.push(b.id);
                }
                Some(_) => {}
                None => {
                    self.report_no_comparison(subject, subject_typed, end, typed);
                    // An age was meant: both ends are one mistake.
                    if is_date(subject_typed.ty) && typed.ty.is_plain() {
                        break;
                    }
                }
            }
        }
        let [low, high] = ends.as_slice() else { return self.unknown(span) };
        let kind = Kind::Between { subject: agreed.id, low: *low, high: *high };
        let between = self.push(kind, TRUTH, span);
        self.negate_if(negated, between)
    }

    pub(super) fn lower_within(&mut self, negated: bool, of: [&Expr; 3], span: Span, scope: Scope) -> Typed {
        let [date, duration, origin] = of;
        let date = self.lower_date(date, "« est dans les … suivant »", scope);
        let typed = self.lower(duration, scope);
        let origin = self.lower_date(origin, "« est dans les … suivant »", scope);
        if !matches!(typed.ty, Ty::Of(Type::Months | Type::Days) | Ty::Unknown) {
            let words = self.words(duration.span);
            let message = format!("une durée est attendue ; « {words} » est {}", self.type_words(typed.ty));
            let help = typed.ty.is_plain().then(|| self.duration_help(duration));
            self.error("types-incompatibles", message, duration.span, "durée attendue", help);
            return self.unknown(span);
        }
        if typed.ty.is_unknown() {
            return self.unknown(span);
        }
        let kind = Kind::Within { date: date.id, duration: typed.id, origin: origin.id };
        let within = self.push(kind, TRUTH, span);
        self.negate_if(negated, within)
    }

    /// « aide-socle.décision est favorable »: what a decision may be.
    fn outcome(&self, subject: &Expr, value: &Expr, scope: Scope) -> Option<bool> {
        let (ExprKind::Name(subject), ExprKind::Name(value)) = (&subject.kind, &value.kind) else {
            return None;
        };
        let favourable = match &*value.text {
            "favorable" => true,
            "défavorable" => false,
            _ => return None,
        };
        let Found::Symbol(symbol) = self.names.resolve(&subject.text, scope) else { return None };
        let What::Item(item) = symbol.what else { return None };
        let of_decision = matches!(self.doc.items[item].kind, ItemKind::Decision(_));
        (of_decision && self.is_option_only(value, scope)).then_some(favourable)
    }

    fn negate_if(&mut self, negated: bool, typed: Typed) -> Typed {
        if negated { self.push(Kind::Not(typed.id), TRUTH, typed.span) } else { typed }
    }

    /// An expression to the right of one of a type: a bare name is first an option of that type.
    pub(super) fn lower_like(&mut self, left: Typed, expr: &Expr, scope: Scope) -> Typed {
        if let ExprKind::Name(path) = &expr.kind
            && let Some(typed) = self.of_element(path, Some(left), scope)
        {
            return typed;
        }
        match (left.ty, &expr.kind) {
            (Ty::Of(Type::Choice(choice)), ExprKind::Name(path)) => self.lower_option(choice, path, scope),
            (Ty::Of(Type::Choice(_)), ExprKind::Paren(inner)) => self.lower_like(left, inner, scope),
            // The left could not be read: a bare name may well be one of its options.
            (Ty::Unknown, ExprKind::Name(path)) if self.is_option_only(path, scope) => {
                self.unknown(expr.span)
            }
            (Ty::Of(Type::Text), ExprKind::Name(path)) if self.is_nothing(path, scope) => {
                let message = format!("un texte est attendu ; le nom « {} » est inconnu", path.text);
                let help = format!("entre guillemets, c'est un texte : « {} »", path.text);
                let problem = Diagnostic::error("nom-inconnu", message).at(
                    self.file,
                    expr.span,
                    "texte sans guillemets ?",
                );
                let quoted = format!("« {} »", path.text);
                self.report(problem.help(help).instead(self.file, expr.span, &[quoted]));
                self.unknown(expr.span)
            }
            (Ty::Of(Type::Truth), ExprKind::Name(path)) if self.is_nothing(path, scope) => {
                if turns::is_met(&path.text) && self.report_met(expr.span, &path.text) {
                    return self.unknown(expr.span);
                }
                if matches!(crate::text::fold(&path.text).as_str(), "vrai" | "faux" | "vraie" | "fausse") {
                    let answer = if path.text.to_lowercase().starts_with('v') { "oui" } else { "non" };
                    let message = format!("« {} » n'est pas une réponse", path.text);
                    let problem = Diagnostic::error("nom-inconnu", message).at(
                        self.file,
                        expr.span,
                        "« oui » ou « non »",
                    );
                    self.report(problem.instead(self.file, expr.span, &[answer]));
                    return self.unknown(expr.span);
                }
                self.lower(expr, scope)
            }
            _ => self.lower(expr, scope),
        }
    }

    /// « tout est rempli »: an item holds or not, and says so by its name alone.
    fn report_met(&mut self, span: Span, word: &str) -> bool {
        let Some(line) = self.line_before(span) else { return false };
        let (denied, length) = match [" n'est pas ", " est "].into_iter().find(|verb| line.ends_with(verb)) {
            Some(verb) => (verb != " est ", verb.len()),
            None => return false,
        };
        let start = span.start as usize - length;
        let message = format!("« est {word} » est en trop : le nom seul le dit");
        let place = Span::new(start + 1, span.end as usize);
        let problem = Diagnostic::error("tournure", message).at(self.file, place, "");
        self.report(if denied {
            problem.help("écrire « non » devant le nom, et l'enlever")
        } else {
            let gone = Span::new(start, span.end as usize);
            problem.help("l'enlever").remedy("l'enlever", self.file, [(gone, String::new())])
        });
        true
    }

    fn is_nothing(&self, path: &Path, scope: Scope) -> bool {
        matches!(self.names.resolve(&path.text, scope), Found::Nothing)
            && self.names.group(&path.text).is_none()
            && !self.may_be_lost(&path.text)
            && self.names.nearest(&path.text, scope).is_none()
    }

    fn is_option_only(&self, path: &Path, scope: Scope) -> bool {
        matches!(self.names.resolve(&path.text, scope), Found::Nothing)
    }

    /// `départemental ≤ territoire.échelon`: the options of a scale stand on the right.
    fn option_on_the_left(&mut self, left: &Expr, right: &Expr, scope: Scope) -> Option<ChoiceId> {
        let ExprKind::Name(option) = &left.kind else { return None };
        let ExprKind::Name(subject) = &right.kind else { return None };
        let Found::Nothing = self.names.resolve(&option.text, scope) else { return None };
        let Found::Symbol(symbol) = self.names.resolve(&subject.text, scope) else { return None };
        let Some(Ty::Of(Type::Choice(choice))) = self.what_type(symbol.what) else { return None };
        self.option_rank(choice, &option.text).map(|_| choice)
    }

    pub(super) fn is_ordered(&self, ty: Ty) -> bool {
        match ty {
            Ty::Of(ty) => ty.is_ordered(&self.choices),
            Ty::Ratio | Ty::Measured(_) | Ty::Unknown => true,
        }
    }

    /// Two values that are not of one kind.
    pub(super) fn report_no_comparison(&mut self, left: &Expr, a: Typed, right: &Expr, b: Typed) {
        let message = format!(
            "« {} » est {} ; {} ne s'y compare pas",
            self.words(left.span),
            self.type_words(a.ty),
            self.type_words(b.ty)
        );
        let dates = [(a.ty, right), (b.ty, left)].into_iter().find(|(ty, _)| is_date(*ty));
        if let Some(problem) = dates.and_then(|(_, written)| self.date_in_figures(written)) {
            self.report(problem);
            return;
        }
        let diagnostic = Diagnostic::error("types-incompatibles", message)
            .at(self.file, right.span, self.type_words(b.ty))
            .at(self.file, left.span, self.type_words(a.ty));
        let diagnostic = self.with_one_period(diagnostic, (left.span, a.ty), (right.span, b.ty));
        let unit = [(a.ty, right), (b.ty, left)]
            .into_iter()
            .find(|(wanted, written)| self.unit_help(*wanted, written).is_some())
            .filter(|_| a.ty != Ty::Of(Type::Days) || !is_age(left));
        let cited = [(a.ty, right), (b.ty, left)]
            .into_iter()
            .find_map(|(wanted, written)| Some((self.cited_time(wanted, written)?, written.span)));
        let lasts = matches!((a.ty, b.ty), (Ty::Of(Type::Date), Ty::Of(Type::Months | Type::Days)));
        let start =
            self.cited_start(right.span, None).filter(|start| lasts && *start != self.words(left.span));
        let start = start.map(|start| (format!("{start} + {}", self.words(right.span)), right.span));
        let part = [((a.ty, left), (b.ty, right)), ((b.ty, right), (a.ty, left))]
            .into_iter()
            .filter(|(date, number)| is_date(date.0) && number.0.is_plain())
            .find_map(|((_, date), (_, number))| self.part_of_date(date, number));
        let diagnostic = match (unit, self.comparison_help(left, a.ty, right, b.ty)) {
            _ if cited.is_some() || start.is_some() || part.is_some() => diagnostic,
            (Some((wanted, written)), _) => self.with_unit(diagnostic, wanted, written),
            (None, Some(help)) => diagnostic.help(help),
            (None, None) => diagnostic,
        };
        let count = self.count_text(left, right).map(|count| (count, right.span));
        let rate = [(a.ty, right, b.ty), (b.ty, left, a.ty)]
            .into_iter()
            .find_map(|(wanted, product, ty)| self.rate_meant(wanted, product, ty));
        let option = self.option_in_quotes((a.ty, left), (b.ty, right));
        let diagnostic = if option.is_some() { Diagnostic { help: None, ..diagnostic } } else { diagnostic };
        self.report(match cited.or(start).or(count).or(rate).or(part).or(option) {
            Some((text, place)) => diagnostic.instead(self.file, place, &[text]),
            None => diagnostic,
        });
    }

    /// « signé le < 6 mois »: signed for less than six months, on the day of the examination.
    fn since_help(&self, left: &Expr, right: &Expr) -> String {
        let between = Span::new(left.span.end as usize, right.span.start as usize);
        let (date, lasts) = (self.words(left.span), self.words(right.span));
        match self.file.slice(between).trim() {
            "<" => format!("depuis moins de {lasts} se dit « date d'examen < {date} + {lasts} »"),
            "≤" | "<=" => format!("depuis {lasts} au plus se dit « date d'examen ≤ {date} + {lasts} »"),
            ">" => format!("depuis plus de {lasts} se dit « {date} + {lasts} < date d'examen »"),
            _ => format!("depuis {lasts} au moins se dit « {date} + {lasts} ≤ date d'examen »"),
        }
    }

    /// A text without its quotation marks.
    fn unquoted(&self, quoted: &Expr) -> String {
        self.words(quoted.span).trim_matches(['«', '»', '"', '“', '”', ' ', '\u{a0}', '\u{202f}']).to_owned()
    }

    /// `niveau ≥ « départemental »`: the option, with the sign that is written.
    fn option_in_quotes(&self, choice: (Ty, &Expr), quoted: (Ty, &Expr)) -> Option<(String, Span)> {
        let (Ty::Of(Type::Choice(of)), Ty::Of(Type::Text)) = (choice.0, quoted.0) else { return None };
        let bare = self.unquoted(quoted.1);
        let known = self.choices[of.index()].options.iter().any(|option| **option == *bare);
        let between = Span::new(choice.1.span.end as usize, quoted.1.span.start as usize);
        let sign = match self.file.slice(between).trim() {
            "=" => "est",
            "≠" => "n'est pas",
            sign => sign,
        };
        let says = format!("{} {sign} {bare}", self.words(choice.1.span));
        known.then(|| (says, choice.1.span.to(quoted.1.span)))
    }

    fn comparison_help(&self, left: &Expr, a: Ty, right: &Expr, b: Ty) -> Option<String> {
        match (a, b) {
            (Ty::Of(Type::Date), Ty::Of(Type::Months | Type::Days)) => Some(self.since_help(left, right)),
            (Ty::Of(Type::Days), plain) if plain.is_plain() && is_age(left) => {
                Some("un âge se compte en années : « entre D et E en années entières »".to_owned())
            }
            (Ty::Of(Type::Months), Ty::Of(Type::Days)) | (Ty::Of(Type::Days), Ty::Of(Type::Months)) => {
                Some("compter les deux en mois, ou les deux en jours".to_owned())
            }
            (date, plain) if is_date(date) && plain.is_plain() => self.age_help(left),
            (plain, date) if is_date(date) && plain.is_plain() => self.age_help(right),
            (plain, Ty::Of(Type::Months | Type::Days)) if plain.is_plain() => self.count_help(left, right),
            (Ty::Of(Type::Text), Ty::Of(Type::Choice(_))) | (Ty::Of(Type::Choice(_)), Ty::Of(Type::Text)) => {
                let quoted = if a == Ty::Of(Type::Text) { left } else { right };
                Some(format!("une option s'écrit sans guillemets : « … est {} »", self.unquoted(quoted)))
            }
            (Ty::Of(Type::Choice(_)), Ty::Of(Type::Choice(_))) => {
                Some("les deux listes d'options doivent être les mêmes, dans le même ordre".to_owned())
            }
            (Ty::Of(Type::Truth), _) if b.is_numeric() => {
                Some(format!("écrire « {0} est oui » ou « {0} est non »", self.words(left.span)))
            }
            (plain, Ty::Of(Type::Percent)) if plain.is_plain() => {
                let whole = self.file.slice(left.span.to(right.span));
                Some(format!(
                    "une part est celle d'un total : « {} × … », avec ce total",
                    crate::text::tidy(whole)
                ))
            }
            (_, Ty::Of(Type::Truth)) if Self::truth_literal(right).is_some() => {
                Some("« oui » et « non » ne répondent qu'à une condition".to_owned())
            }
            (a, Ty::Of(Type::Amount)) if a.is_rate() => Some(format!(
                "pour une part d'un montant, écrire par exemple « … ≥ {} de … »",
                self.words(left.span)
            )),
            _ => None,
        }
    }
}

/// Whether what is compared is told as an age, whatever it counts.
fn is_age(of: &Expr) -> bool {
    matches!(&of.kind, ExprKind::Name(path) if ["âge", "ancienneté"].iter().any(|age| path.text.contains(age)))
}

fn is_date(ty: Ty) -> bool {
    ty == Ty::Of(Type::Date)
}
