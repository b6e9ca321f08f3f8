//! A time from the end of something to its beginning: « d'une durée d'au moins six mois » and
//! `contrat.commence le ≥ contrat.finit le + 6 mois`.

use super::article::{Article, Articles, Quoted};
use super::finding::{Finding, OR_WHY, quoted, words};
use super::order::told_apart;
use super::prose::sense::sentences;
use super::rule::{Event, Lapse};
use super::words::{same, stem};
use super::write;
use crate::source::Span;

/// What begins something and what ends it, by the stems of their words.
const ENDS: &[(&[&str], &[&str])] = &[
    (
        &["commen", "debut", "signe", "signat", "conclu", "embauc", "recrut", "ouvert", "ouvre"],
        &[
            "fin", "fini", "finit", "termin", "term", "acheve", "acheve", "achev", "echean", "echu", "expir",
            "expire", "cess", "cesse", "rompu", "ruptur", "clos", "clotur", "ferme", "fermet",
        ],
    ),
    (&["entre", "entree"], &["sorti", "sort"]),
    (&["arriv", "arrive"], &["depart", "parti", "part"]),
    (&["depart", "parti", "part"], &["retour", "revenu", "rentre"]),
];
/// How far after « durée » its figure may stand, in tokens.
const NEAR: usize = 10;

/// Times that go from an end to its beginning, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (at, article) in articles.compared() {
        for lapse in &article.rule.lapses {
            let said = match is_backwards(lapse) {
                true => finding(articles, article, lapse),
                false => article.quoted.iter().find_map(|quoted| since(articles, quoted, lapse)),
            };
            found.extend(said.map(|finding| Finding { article: at, ..finding }));
        }
    }
    found
}

/// Whether both dates are of one thing, and it goes from its end to its beginning.
fn is_backwards(lapse: &Lapse) -> bool {
    ENDS.iter().any(|(begins, ends)| {
        let (from, to) = (split(&lapse.from, ends), split(&lapse.to, begins));
        from.is_some() && from == to && split(&lapse.from, begins).is_none()
    })
}

/// The words of a name without the one that is among some; none where none is.
fn split(event: &Event, among: &[&str]) -> Option<Vec<String>> {
    let own = |word: &String| among.contains(&word.as_str());
    let mut words: Vec<String> = event
        .name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2)
        .map(stem)
        .collect();
    let at = words.iter().rposition(own)?;
    words.remove(at);
    Some(words)
}

/// « titulaire du diplôme depuis moins de dix ans à la date de la demande », of a time that goes from the demand to the
/// diploma.
fn since(articles: &Articles, quoted_passage: &Quoted, lapse: &Lapse) -> Option<Finding> {
    let passage = &quoted_passage.passage;
    let tokens = &passage.tokens;
    let at = tokens.iter().position(|token| token.text == "depuis")?;
    let mut times = passage.mentions.iter().filter(|mention| mention.quantity.is_time());
    let time = times.find(|mention| at < mention.from && mention.from <= at + NEAR / 2)?;
    let sentence = sentences(tokens).into_iter().find(|one| (one.from..one.to).contains(&at))?;
    if sentence.is_denied(tokens, (at, at + 1)) != Some(false) {
        return None;
    }
    let (from, to) = told_apart(&lapse.from, &lapse.to);
    let names = |wanted: &[String], from: usize, to: usize| {
        tokens.get(from..to).unwrap_or_default().iter().filter(|token| token.is_word()).any(|token| {
            let word = stem(&token.text);
            wanted.iter().any(|own| same(own, &word))
        })
    };
    let fits = |first: &[String], second: &[String]| {
        names(first, sentence.from, at)
            && names(second, time.to, sentence.to)
            && !names(second, sentence.from, at)
            && !names(first, time.to, sentence.to)
    };
    if !fits(&to, &from) {
        return None;
    }
    let (from, to) = (&lapse.from.written, &lapse.to.written);
    let write = match write::swapped(&words(articles.policy, lapse.span), from, to) {
        Some(swapped) => format!("écrire « {swapped} »"),
        None => format!("échanger « {from} » et « {to} »"),
    };
    let text = passage.span(at, time.to);
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!(
            "le texte compte ce temps depuis « {to} » ({}), la règle de « {from} » à « {to} »",
            quoted(articles.policy, text)
        ),
        text,
        text_label: format!("depuis « {to} »"),
        rule: lapse.span,
        rule_label: format!("depuis « {from} »"),
        help: format!("{write}, {OR_WHY}"),
    })
}

fn finding(articles: &Articles, article: &Article, lapse: &Lapse) -> Option<Finding> {
    let policy = articles.policy;
    let above = article.above.iter().flat_map(|above| &articles.all[*above].quoted);
    let passages: Vec<&Quoted> = match article.quoted.as_slice() {
        [] => above.collect(),
        own => own.iter().collect(),
    };
    let lasting = passages.iter().find_map(|quoted| lasts(quoted));
    let text = match (lasting, lapse.by_shift) {
        (Some(text), _) => text,
        // Of a time that is added, another order may be meant; what is counted is counted forward.
        (None, true) => return None,
        (None, false) => passages.first()?.span,
    };
    let (from, to) = (&lapse.from.written, &lapse.to.written);
    let written = words(policy, lapse.span);
    let write = match write::swapped(&written, from, to) {
        Some(swapped) => format!("écrire « {swapped} »"),
        None => format!("échanger « {from} » et « {to} »"),
    };
    let said = match lasting {
        Some(text) => format!("le texte fixe une durée ({})", quoted(policy, text)),
        None => "le texte va du début à la fin".to_owned(),
    };
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!("{said}, la règle la compte de « {from} » à « {to} »"),
        text,
        text_label: "du début à la fin".to_owned(),
        rule: lapse.span,
        rule_label: "de la fin au début".to_owned(),
        help: format!("{write}, {OR_WHY}"),
    })
}

/// Words of a passage that say how long something lasts.
fn lasts(quoted: &Quoted) -> Option<Span> {
    let passage = &quoted.passage;
    let at = passage
        .tokens
        .iter()
        .position(|token| token.is_word() && (token.text.starts_with("duré") || token.text == "pendant"))?;
    let times = passage.mentions.iter().filter(|mention| mention.quantity.is_time());
    let mut near = times.filter(|mention| at < mention.from && mention.from <= at + NEAR);
    near.next().map(|mention| passage.span(at, mention.to))
}
