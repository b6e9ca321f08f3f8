//! How often an amount is paid: « par an », « mensuellement », « en une seule fois », and the line of the rule.

use super::article::{Article, Articles, Paid};
use super::finding::{Finding, HELP, quoted};
use super::prose::token::Token;
use super::prose::{Mention, Passage, ends_sentence, per};
use crate::concordance::lexicon::{ENDS_OF, EVENTS, EXCEEDS, FOR_EACH, PAID, PAYS, RENEWED, REPEATED};
use crate::source::Span;
use crate::syntax::tree::{CompareOp, Frequency};

/// How far a word of time may stand from what is paid, in tokens.
const NEAR: usize = 8;
/// How far from an amount its period may: « 28 euros par patient et par mois ».
const AFTER: usize = 4;

/// How often something is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Often {
    Once,
    PerEvent,
    /// Each time that so many days have passed.
    Each(i64),
}

/// What a passage says of how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    often: Often,
    /// It follows an amount: « 1 800 euros par an ».
    priced: bool,
    /// It follows a limit, « sans excéder 1 600 euros par mois »: by what it is counted, which another rule may say of
    /// what is paid otherwise.
    limits: bool,
    from: usize,
    to: usize,
}

/// What does not agree in the frequencies of all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let Some(paid) = &article.paid else { continue };
        let mut places: Vec<(Said, &Passage)> = of(article);
        if places.is_empty() {
            places = article.below.iter().flat_map(|below| of(&articles.all[*below])).collect();
        }
        // « 250 euros par mois », « 9 000 euros par an » beside « versée chaque mois »: this says how often.
        if places.iter().any(|(said, _)| !said.priced && said.often != Often::Once) {
            places.retain(|(said, _)| !said.priced);
        }
        let Some((first, passage)) = places.iter().find(|(said, _)| !said.limits) else { continue };
        let own = paid.frequency.map(often);
        // With no line, the amount is for what the dossier states: a number of months, say.
        if places.iter().any(|(said, _)| own == Some(said.often)) || own.is_none() && !paid.outright {
            continue;
        }
        let text = passage.span(first.from, first.to);
        found.push(finding(articles, at, *first, text, paid));
    }
    found
}

fn finding(articles: &Articles, at: usize, said: Said, text: Span, paid: &Paid) -> Finding {
    let shown = quoted(articles.policy, text);
    let line = words(said.often);
    let (rule_says, label) = match paid.frequency {
        Some(frequency) => {
            (format!("la règle dit « {} »", words(often(frequency))), "ne revient pas aussi souvent")
        }
        None => {
            ("la règle ne dit pas à quelle fréquence".to_owned(), "dû une fois pour ce que dit le dossier")
        }
    };
    Finding {
        article: at,
        code: "concordance-frequence",
        message: format!("le texte dit {shown}, {rule_says}"),
        text,
        text_label: format!("soit « {line} »"),
        rule: paid.span,
        rule_label: label.to_owned(),
        help: match said.often {
            Often::Each(180) => format!("ramener le montant à l'année ou au trimestre ; {HELP}"),
            _ => format!("écrire « {line} » sous le montant ; {HELP}"),
        },
    }
}

fn often(frequency: Frequency) -> Often {
    match frequency {
        Frequency::Once => Often::Once,
        Frequency::Monthly => Often::Each(30),
        Frequency::Quarterly => Often::Each(90),
        Frequency::Yearly => Often::Each(360),
        Frequency::PerEvent => Often::PerEvent,
    }
}

/// The days from one payment to the next, thirty to a month.
pub fn days(frequency: Frequency) -> Option<i64> {
    match often(frequency) {
        Often::Each(days) => Some(days),
        Often::Once | Often::PerEvent => None,
    }
}

fn words(often: Often) -> &'static str {
    match often {
        Often::Once => "une fois",
        Often::Each(30) => "chaque mois",
        Often::Each(90) => "chaque trimestre",
        Often::Each(180) => "chaque semestre",
        Often::Each(_) => "chaque année",
        Often::PerEvent => "à chaque intervention",
    }
}

fn of<'p>(article: &'p Article) -> Vec<(Said, &'p Passage)> {
    let passages = article.quoted.iter().map(|quoted| &quoted.passage);
    passages.flat_map(|passage| said(passage).into_iter().map(move |said| (said, passage))).collect()
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

/// A period for which something may be paid.
fn period(word: &str) -> Option<Often> {
    let word = if word == "mois" { word } else { word.trim_end_matches('s') };
    per::noun(word).filter(|days| *days >= 30).map(Often::Each)
}

/// The frequencies of what a passage has paid.
fn said(passage: &Passage) -> Vec<Said> {
    (0..passage.tokens.len()).filter_map(|at| read(passage, &passage.tokens, at)).collect()
}

fn read(passage: &Passage, tokens: &[Token], at: usize) -> Option<Said> {
    let word = |at: usize| word(tokens, at);
    let before = at.checked_sub(1).map_or("", word);
    let said = |often, to| Said { often, priced: false, limits: false, from: at, to };
    let paid = |said: Said| is_paid(tokens, at).then_some(said);
    match word(at) {
        // « payable par douzièmes ».
        "par" if ["douzième", "mensualité"].iter().any(|start| word(at + 1).starts_with(start)) => {
            Some(said(Often::Each(30), at + 2))
        }
        // « 1 800 euros par an », « versée par mois »; « par année restant à courir » is for each of them, not every one.
        "par" => {
            let often = period(word(at + 1)).filter(|_| !starts(word(at + 2), &FOR_EACH))?;
            let near = |mention: &&Mention| {
                let gap = tokens.get(mention.to..at).unwrap_or_default();
                let each = gap.first().is_none_or(|token| token.text == "par");
                mention.quantity.is_money() && mention.to <= at && at <= mention.to + AFTER && each
            };
            let price = passage.mentions.iter().rev().find(near);
            let limits = price.is_some_and(|mention| is_denied_excess(tokens, mention));
            let said = Said { priced: price.is_some(), limits, ..said(often, at + 2) };
            if said.priced { Some(said) } else { paid(said) }
        }
        // « perçue à chaque intervention ».
        "chaque" if EVENTS.contains(&word(at + 1)) => {
            matches!(before, "à" | "pour" | "lors").then(|| paid(said(Often::PerEvent, at + 2)))?
        }
        // « chaque mois », « au début de chaque mois »; not « le loyer de chaque mois ».
        "chaque" => {
            let of = matches!(before, "de" | "d'");
            let ends = at.checked_sub(2).is_some_and(|at| ENDS_OF.contains(&word(at)));
            (!of || ends).then(|| paid(said(period(word(at + 1))?, at + 2)))?
        }
        "tous" if word(at + 1) == "les" => paid(said(period(word(at + 2))?, at + 3)),
        // « en une seule fois »; not « renouvelable une fois », « une fois par an ».
        "une" => {
            let to = at + 2 + usize::from(word(at + 1) == "seule");
            let again = tokens.get(at.saturating_sub(4)..at).unwrap_or_default();
            let again = again.iter().any(|token| starts(&token.text, &RENEWED));
            let each =
                matches!(word(to), "chaque" | "tous") || word(to) == "par" && period(word(to + 1)).is_some();
            (word(to - 1) == "fois" && !again && !each).then(|| paid(said(Often::Once, to)))?
        }
        // « mensuelle », « semestriellement ».
        this => {
            let said = said(Often::Each(per::adjective(this).filter(|days| *days >= 30)?), at + 1);
            // The adjective is of what is paid: « une indemnité forfaitaire mensuelle », not « le loyer mensuel ».
            let near = sentence_before(tokens, at).take(2).take_while(|token| token.is_word());
            let of_paid = || near.into_iter().any(|token| starts(&token.text, &PAID)).then_some(said);
            if this.ends_with("lement") { paid(said) } else { of_paid() }
        }
    }
}

/// « ne peut excéder », « n'excède pas », « sans dépasser », before an amount.
fn is_denied_excess(tokens: &[Token], mention: &Mention) -> bool {
    let within = tokens.get(mention.said_from.min(mention.from)..mention.to).unwrap_or_default();
    mention.bound.is_some_and(|bound| matches!(bound.op, CompareOp::Le | CompareOp::Lt))
        && within.iter().any(|token| starts(&token.text, &EXCEEDS))
}

fn starts(word: &str, any: &[&str]) -> bool {
    any.iter().any(|start| word.starts_with(start))
}

/// The words of the sentence before a token, the nearest first.
fn sentence_before(tokens: &[Token], at: usize) -> impl Iterator<Item = &Token> {
    let own = (0..at).rev().take_while(|at| word(tokens, *at) != ";" && !ends_sentence(tokens, *at));
    own.filter_map(|at| tokens.get(at))
}

/// The nearest verb before says that something is paid; or, with none before, one soon after.
fn is_paid(tokens: &[Token], at: usize) -> bool {
    let told = |token: &Token| match &*token.text {
        word if starts(word, &REPEATED) => Some(false),
        word => (starts(word, &PAYS) || starts(word, &PAID)).then_some(true),
    };
    sentence_before(tokens, at).take(NEAR).find_map(told).unwrap_or_else(|| {
        let after = tokens.iter().skip(at).take(NEAR).take_while(|token| token.is_word());
        after.into_iter().any(|token| starts(&token.text, &PAYS))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_often_something_is_paid() {
        for (text, expected) in [
            ("une indemnité mensuelle de 250 euros", "chaque mois"),
            ("une aide de 1 800 euros par an", "chaque année"),
            ("la contribution est acquittée chaque trimestre", "chaque trimestre"),
            ("versée en une seule fois", "une fois"),
            ("une dotation annuelle, payable par douzièmes", "chaque année chaque mois"),
            ("versée par acomptes mensuels", "chaque mois"),
            ("elle est servie semestriellement", "chaque semestre"),
            ("elle est perçue à chaque intervention", "à chaque intervention"),
            ("un compte rendu suit chaque intervention", ""),
            ("elle est versée mensuellement pendant deux ans", "chaque mois"),
            ("une convention renouvelable une fois", ""),
            ("le loyer mensuel n'excède pas 500 euros", ""),
            ("le montant ne peut excéder 1 600 € par mois", ""),
            ("une aide de 300 euros par mois, sans que le total puisse excéder 1 600 €", "chaque mois"),
            ("le montant est révisé chaque année", ""),
            ("versée au début de chaque trimestre", "chaque trimestre"),
            ("une déduction de 100 € par logement et par an", "chaque année"),
            ("avant le 31 mars de chaque année", ""),
            ("le reversement est de 500 euros par année restant à courir", ""),
            ("l'aide est de 40 euros par mois de présence", ""),
        ] {
            let found: Vec<&str> = said(&Passage::read(text, 0))
                .iter()
                .filter(|said| !said.limits)
                .map(|said| words(said.often))
                .collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
