//! How often an amount is paid: « par an », « mensuellement », « en une seule fois », and the line of the rule.

use super::article::{Article, Articles, Paid};
use super::finding::{Finding, HELP, quoted};
use super::prose::token::Token;
use super::prose::{Mention, Passage, ends_sentence};
use crate::concordance::lexicon::{PAID, PAYS, REPEATED as OTHERWISE};
use crate::source::Span;
use crate::syntax::tree::{CompareOp, Frequency};

/// How far a word of time may stand from what is paid, in tokens.
const NEAR: usize = 8;

/// How often a text has something paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Often {
    /// As a rule may say it.
    As(Frequency),
    /// Twice a year, which no rule says.
    HalfYearly,
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
        let often = |said: &Said| !said.priced && said.often != Often::As(Frequency::Once);
        if places.iter().any(|(said, _)| often(said)) {
            places.retain(|(said, _)| !said.priced);
        }
        let Some((first, passage)) = places.iter().find(|(said, _)| !said.limits) else { continue };
        if places.iter().any(|(said, _)| paid.frequency.map(Often::As) == Some(said.often)) {
            continue;
        }
        // With no line, the amount is for what the dossier states: a number of months, say.
        if paid.frequency.is_none() && !paid.outright {
            continue;
        }
        let text = passage.span(first.from, first.to);
        found.push(finding(articles, at, *first, text, paid));
    }
    found
}

fn finding(articles: &Articles, at: usize, said: Said, text: Span, paid: &Paid) -> Finding {
    let shown = quoted(articles.policy, text);
    let line = said_words(said.often);
    let (message, label) = match paid.frequency {
        Some(frequency) => (
            format!("le texte dit {shown}, la règle dit « {} »", words(frequency)),
            "ne revient pas aussi souvent",
        ),
        None => (
            format!("le texte dit {shown}, la règle ne dit pas à quelle fréquence"),
            "dû une fois pour ce que dit le dossier",
        ),
    };
    Finding {
        article: at,
        code: "concordance-frequence",
        message,
        text,
        text_label: format!("soit « {line} »"),
        rule: paid.span,
        rule_label: label.to_owned(),
        help: match said.often {
            Often::As(_) => format!("écrire « {line} » sous le montant ; {HELP}"),
            Often::HalfYearly => format!("ramener le montant à l'année ou au trimestre ; {HELP}"),
        },
    }
}

/// The months from one payment to the next.
pub fn months(frequency: Frequency) -> Option<i64> {
    match frequency {
        Frequency::Monthly => Some(1),
        Frequency::Quarterly => Some(3),
        Frequency::Yearly => Some(12),
        Frequency::Once | Frequency::PerEvent => None,
    }
}

fn said_words(often: Often) -> &'static str {
    match often {
        Often::As(frequency) => words(frequency),
        Often::HalfYearly => "chaque semestre",
    }
}

fn words(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Once => "une fois",
        Frequency::Monthly => "chaque mois",
        Frequency::Quarterly => "chaque trimestre",
        Frequency::Yearly => "chaque année",
        Frequency::PerEvent => "à chaque intervention",
    }
}

fn of<'p>(article: &'p Article) -> Vec<(Said, &'p Passage)> {
    article
        .quoted
        .iter()
        .flat_map(|quoted| said(&quoted.passage).into_iter().map(move |said| (said, &quoted.passage)))
        .collect()
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

fn period(word: &str) -> Option<Often> {
    Some(match word {
        "an" | "ans" | "année" => Often::As(Frequency::Yearly),
        "mois" => Often::As(Frequency::Monthly),
        "trimestre" | "trimestres" => Often::As(Frequency::Quarterly),
        "semestre" | "semestres" => Often::HalfYearly,
        _ => return None,
    })
}

/// The frequencies of what a passage has paid.
fn said(passage: &Passage) -> Vec<Said> {
    let tokens = &passage.tokens;
    (0..tokens.len()).filter_map(|at| read(passage, tokens, at)).collect()
}

fn read(passage: &Passage, tokens: &[Token], at: usize) -> Option<Said> {
    let said = |often, to| Some(Said { often, priced: false, limits: false, from: at, to });
    match word(tokens, at) {
        // « payable par douzièmes ».
        "par" if matches!(word(tokens, at + 1), "douzième" | "douzièmes") => {
            said(Often::As(Frequency::Monthly), at + 2)
        }
        "par" if matches!(word(tokens, at + 1), "mensualité" | "mensualités") => {
            said(Often::As(Frequency::Monthly), at + 2)
        }
        // « 1 800 euros par an », « versée par mois ».
        "par" => {
            let frequency = period(word(tokens, at + 1))?;
            // « par année restant à courir », « par mois de présence »: for each of them, not every one.
            (!is_counted(word(tokens, at + 2))).then_some(())?;
            let mut prices =
                passage.mentions.iter().filter(|mention| mention.to == at && mention.quantity.is_money());
            let priced = prices.clone().next().is_some();
            (priced || is_paid(tokens, at)).then_some(())?;
            let limits = prices.any(|mention| is_denied_excess(tokens, mention));
            // « 28 euros par patient et par mois ».
            let near = |to: usize| to <= at && at <= to + 4;
            let priced =
                passage.mentions.iter().any(|mention| mention.quantity.is_money() && near(mention.to));
            said(frequency, at + 2).map(|said| Said { priced, limits, ..said })
        }
        // « perçue à chaque intervention ».
        "chaque" if is_event(word(tokens, at + 1)) => {
            (follows(tokens, at, &["à", "pour", "lors"]) && is_paid(tokens, at)).then_some(())?;
            said(Often::As(Frequency::PerEvent), at + 2)
        }
        "chaque" => {
            let frequency = period(word(tokens, at + 1))?;
            (!follows(tokens, at, &["de", "d'"]) && is_paid(tokens, at)).then_some(())?;
            said(frequency, at + 2)
        }
        "tous" if word(tokens, at + 1) == "les" => {
            let frequency = period(word(tokens, at + 2))?;
            is_paid(tokens, at).then_some(())?;
            said(frequency, at + 3)
        }
        // « en une seule fois »; not « renouvelable une fois ».
        "une" => {
            let to = match (word(tokens, at + 1), word(tokens, at + 2)) {
                ("fois", _) => at + 2,
                ("seule", "fois") => at + 3,
                _ => return None,
            };
            let again = tokens.get(at.saturating_sub(4)..at).unwrap_or_default().iter().any(|token| {
                ["renouvel", "prolong", "prorog", "reconduct", "moins", "plus"]
                    .iter()
                    .any(|s| token.text.starts_with(s))
            });
            (!again && is_paid(tokens, at) && !by_period(tokens, to)).then_some(())?;
            said(Often::As(Frequency::Once), to)
        }
        this => {
            let (often, adverb) = repeats(this)?;
            let is_so = if adverb { is_paid(tokens, at) } else { qualifies(tokens, at) };
            is_so.then_some(())?;
            said(often, at + 1)
        }
    }
}

/// « ne peut excéder », « n'excède pas », « sans dépasser », before an amount.
fn is_denied_excess(tokens: &[Token], mention: &Mention) -> bool {
    let within = tokens.get(mention.said_from.min(mention.from)..mention.to).unwrap_or_default();
    let exceeds = |token: &Token| starts(token, &["excéd", "excèd", "dépass"]);
    mention.bound.is_some_and(|bound| matches!(bound.op, CompareOp::Le | CompareOp::Lt))
        && within.iter().any(exceeds)
}

/// « mensuelle », « semestriellement »: how often, and whether it is said of a verb.
fn repeats(word: &str) -> Option<(Often, bool)> {
    let (start, adverb) = match word.strip_suffix("lement") {
        Some(start) => (start, true),
        None => (word.trim_end_matches('s').trim_end_matches("le"), false),
    };
    let often = match start {
        "annuel" => Often::As(Frequency::Yearly),
        "mensuel" => Often::As(Frequency::Monthly),
        "trimestriel" => Often::As(Frequency::Quarterly),
        "semestriel" => Often::HalfYearly,
        _ => return None,
    };
    Some((often, adverb))
}

/// What an amount may be paid for each time.
fn is_event(word: &str) -> bool {
    matches!(
        word,
        "intervention"
            | "acte"
            | "consultation"
            | "séance"
            | "visite"
            | "garde"
            | "astreinte"
            | "déplacement"
            | "vacation"
    )
}

/// What says which periods an amount is for: « restant à courir », « de présence », « entière ».
fn is_counted(word: &str) -> bool {
    matches!(word, "de" | "d'" | "du" | "non")
        || [
            "restant",
            "entier",
            "entière",
            "complet",
            "complète",
            "commencé",
            "entamé",
            "manquant",
            "révolu",
            "accompli",
        ]
        .iter()
        .any(|start| word.starts_with(start))
}

/// « une fois par an ».
fn by_period(tokens: &[Token], at: usize) -> bool {
    match word(tokens, at) {
        "par" => period(word(tokens, at + 1)).is_some(),
        other => matches!(other, "chaque" | "tous"),
    }
}

fn follows(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.is(words))
}

fn starts(token: &Token, any: &[&str]) -> bool {
    any.iter().any(|start| token.text.starts_with(start))
}

/// The words of the sentence before a token, the nearest first.
fn before(tokens: &[Token], at: usize) -> impl Iterator<Item = &Token> {
    (0..at)
        .rev()
        .take_while(|at| word(tokens, *at) != ";" && !ends_sentence(tokens, *at))
        .filter_map(|at| tokens.get(at))
}

/// The nearest verb before says that something is paid; or, with none before, one soon after.
fn is_paid(tokens: &[Token], at: usize) -> bool {
    let verb = before(tokens, at).take(NEAR).find_map(|token| {
        if starts(token, &OTHERWISE) {
            return Some(false);
        }
        (starts(token, &PAYS) || starts(token, &PAID)).then_some(true)
    });
    verb.unwrap_or_else(|| {
        tokens
            .iter()
            .skip(at)
            .take(NEAR)
            .take_while(|token| token.is_word())
            .any(|token| starts(token, &PAYS))
    })
}

/// The adjective is of what is paid: « une indemnité forfaitaire mensuelle », not « le loyer mensuel ».
fn qualifies(tokens: &[Token], at: usize) -> bool {
    before(tokens, at).take(2).take_while(|token| token.is_word()).any(|token| starts(token, &PAID))
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
            ("avant le 31 mars de chaque année", ""),
            ("le reversement est de 500 euros par année restant à courir", ""),
            ("l'aide est de 40 euros par mois de présence", ""),
        ] {
            let found: Vec<&str> = said(&Passage::read(text, 0))
                .iter()
                .filter(|said| !said.limits)
                .map(|said| said_words(said.often))
                .collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
