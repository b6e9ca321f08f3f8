//! The clauses under `dispositif`.

use pest::iterators::Pair;

use super::{Reader, Rule, Source, child};
use crate::currency::Currency;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Expr, Header, Name, Spanned};
use crate::time::Date;

/// A period as it is written: `depuis le …`, `jusqu'au …`.
pub(in crate::syntax) type Period = (Option<Spanned<Date>>, Option<Spanned<Date>>);

impl<'a> Reader<'a> {
    /// What follows `en vigueur`.
    pub fn in_force(&self, rest: Span) -> Period {
        let Some((pair, source)) = self.parse(Rule::in_force_line, rest) else { return (None, None) };
        source.period(pair)
    }

    /// What follows `publié`.
    pub fn published(&self, rest: Span) -> Option<Spanned<Date>> {
        let (pair, source) = self.parse(Rule::published_line, rest)?;
        source.date_in(pair)
    }

    /// What follows `monnaie`.
    pub fn currency(&self, rest: Span) -> Option<Spanned<Currency>> {
        let (pair, source) = self.parse(Rule::currency_line, rest)?;
        let mut parts = pair.into_inner();
        let written = child(&mut parts, Rule::quotation)?;
        let whole = child(&mut parts, Rule::no_decimals).map(|part| source.span(&part));
        let (said, span) = (source.quote(&written).text, source.span(&written));
        let Some(value) = Currency::read(&said) else {
            let known = Currency::ALL.map(|currency| format!("« {} »", currency.sign())).join(" ou ");
            let message = format!("la monnaie « {said} » n'est pas de celles que l'on compte ici");
            self.report_at("monnaie-inconnue", message, span, "", &format!("écrire {known}"));
            self.unknown_currency.set(Some(span));
            return None;
        };
        if let Some(place) = whole.filter(|_| value.decimals() > 0) {
            let message = format!("{} a des centimes", value.named());
            self.report_at("monnaie-inconnue", message, place, "", "ôter « sans décimale »");
        }
        Some(Spanned { value, span })
    }

    /// Reports the amounts of a text that are of another currency than the text, once.
    pub fn check_signs(&self, header: Option<&mut Header>) {
        let Some(header) = header else { return };
        if let Some(span) = self.unknown_currency.get() {
            // That of its first amount, so that one mistake is told once.
            let value = self.signs.borrow().first().map_or(Currency::Euro, |sign| sign.value);
            header.currency = Some(Spanned { value, span });
            return;
        }
        let said = header.currency.as_ref();
        let own = said.map_or(Currency::Euro, |said| said.value);
        let signs = self.signs.borrow();
        let mut others = signs.iter().filter(|sign| sign.value != own);
        let Some(first) = others.next() else { return };
        let more = others.count();
        let message =
            format!("ce texte compte en {}, et ce montant en {}", own.several(), first.value.several());
        let label = if more > 0 { format!("et {more} autres") } else { String::new() };
        let mut problem = Diagnostic::error("monnaie-melee", message).at(self.file, first.span, label);
        if let Some(said) = said {
            problem = problem.at(self.file, said.span, "la monnaie du texte");
        }
        // All its amounts are so: the header is what is missing.
        self.report(if said.is_none() && more + 1 == signs.len() {
            problem.help(format!(
                "dire en tête la monnaie du texte : « monnaie « {} » », sous « dispositif »",
                first.value.sign()
            ))
        } else {
            problem.help(format!(
                "écrire « {} » si le montant l'est aussi, sinon le convertir ; un texte n'a qu'une monnaie",
                own.sign()
            ))
        });
    }

    /// What follows `statut`; whether it is a draft.
    pub fn draft(&self, rest: Span) -> bool {
        self.parse(Rule::status_line, rest).is_some()
    }

    /// What follows `pour`, `applicable aux dossiers dont`.
    pub fn scope(&self, rest: Span) -> Expr {
        self.expression_of(Rule::expr_line, rest)
    }

    /// What follows `s'appuie sur`: the identifier of a text.
    pub fn leans_on(&self, rest: Span) -> Option<Name> {
        let (pair, source) = self.parse(Rule::leans_on_line, rest)?;
        let path = source.plain_path(pair.into_inner().find(|part| part.as_rule() == Rule::declared)?);
        Some(Name { text: path.text, span: path.span })
    }

    /// What follows `à la place de`: the number of an amendment.
    pub fn instead_of(&self, rest: Span) -> Option<Spanned<u32>> {
        let (pair, source) = self.parse(Rule::instead_line, rest)?;
        let number = pair.into_inner().find(|part| part.as_rule() == Rule::rank_number)?;
        Some(Spanned { value: number.as_str().parse().ok()?, span: source.span(&number) })
    }

    /// What follows `version applicable à la date`.
    pub fn version_at(&self, rest: Span) -> Expr {
        self.expression_of(Rule::version_line, rest)
    }
}

impl<'a> Source<'_, 'a> {
    /// The dates of the `since` and `until` of a line; one that ends before it begins is reported.
    pub(super) fn period(&self, pair: Pair<'a, Rule>) -> Period {
        let (mut from, mut until) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::since => from = self.date_in(part),
                Rule::until => until = self.date_in(part),
                _ => {}
            }
        }
        if let (Some(from), Some(until)) = (&from, &until)
            && until.value < from.value
        {
            self.reader.report_at(
                "periode-a-l-envers",
                "cette période finit avant de commencer".to_string(),
                until.span,
                "la fin",
                "la date de fin est comprise dans la période",
            );
        }
        (from, until)
    }

    fn date_in(&self, pair: Pair<'a, Rule>) -> Option<Spanned<Date>> {
        let date = pair.into_inner().find(|p| {
            matches!(
                p.as_rule(),
                Rule::date_words | Rule::date_numeric | Rule::date_iso | Rule::date_misspelt
            )
        })?;
        self.spanned_date(date)
    }
}
