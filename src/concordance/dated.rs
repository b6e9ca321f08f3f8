//! A value that the passage takes at another date than the rule: « en vigueur à la date de la demande ».

use super::article::{Article, Articles};
use super::finding::{Finding, OR_WHY, quoted};
use super::origins::{Dated, dates};
use super::prose::token::Token;
use super::words::{same, stem};
use crate::policy::Policy;
use crate::source::Span;

/// What says that a value is the one of some day.
const IN_FORCE: &[&[&str]] = &[
    &["en", "vigueur", "à", "la", "date"],
    &["applicable", "à", "la", "date"],
    &["applicables", "à", "la", "date"],
    &["en", "vigueur", "au", "jour"],
    &["applicable", "au", "jour"],
    &["applicables", "au", "jour"],
];
/// How far what the day is of may be named.
const NEAR: usize = 5;

/// Parameters that are read on the day of the examination where a passage gives another one, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    // Where another date chooses the version, parameters are read at that date.
    if articles.policy.version.chosen_at.is_some() {
        return Vec::new();
    }
    let compared = articles.compared();
    compared
        .filter_map(|(at, article)| {
            finding(articles, article).map(|finding| Finding { article: at, ..finding })
        })
        .collect()
}

fn finding(articles: &Articles, article: &Article) -> Option<Finding> {
    let policy = articles.policy;
    let [(id, span), others @ ..] = article.rule.undated.as_slice() else { return None };
    let parameter = &policy.parameters[id.index()];
    // Another that is read at a date of its own may be the one that is meant.
    let only =
        others.iter().all(|(other, _)| other == id) && article.rule.dated.iter().all(|dated| dated == id);
    if !only || parameter.periods.len() < 2 {
        return None;
    }
    article.quoted.iter().find_map(|passage| {
        let tokens = &passage.passage.tokens;
        let (from, to) = (0..tokens.len()).find_map(|at| Some((at, in_force(tokens, at)?)))?;
        let text = passage.passage.span(from, to);
        let name = &parameter.head.name;
        let help = match meant(articles, tokens, (from, to)) {
            Some(date) => format!("écrire « {} », {OR_WHY}", at_date(policy, *span, name, &date)),
            None => format!("écrire « {} », D étant cette date, {OR_WHY}", at_date(policy, *span, name, "D")),
        };
        Some(Finding {
            article: 0,
            code: "concordance-date",
            message: format!(
                "le texte dit {}, la règle lit « {name} » au jour de l'examen",
                quoted(policy, text)
            ),
            text,
            text_label: "à cette date".to_owned(),
            rule: *span,
            rule_label: "au jour de l'examen".to_owned(),
            help,
        })
    })
}

/// The parameter at a date, as the rule may write it where it reads it.
fn at_date(policy: &Policy, read: Span, name: &str, date: &str) -> String {
    const SIGNS: [char; 11] = ['×', '÷', '+', '-', '≥', '≤', '<', '>', '=', '(', ';'];
    let text = policy.file.text();
    let start = text.get(..read.start as usize).and_then(|above| above.rfind('\n')).map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or("").lines().next().unwrap_or("");
    match rest.contains(SIGNS) {
        true => format!("({name} à la date de {date})"),
        false => format!("{name} à la date de {date}"),
    }
}

/// The one date of the dossier that the words after « à la date » name: « du dépôt de la demande ».
fn meant(articles: &Articles, tokens: &[Token], (from, to): (usize, usize)) -> Option<String> {
    let named: Vec<String> = (from..to + NEAR)
        .map_while(|at| tokens.get(at).filter(|token| token.is_word()))
        .map(|token| stem(&token.text))
        .collect();
    let fits = |date: &Dated| {
        let words = date.stems.iter();
        words.filter(|word| named.iter().any(|own| same(word, own))).count()
    };
    let all: Vec<(usize, Dated)> = dates(articles).into_iter().map(|date| (fits(&date), date)).collect();
    let best = all.iter().map(|(fits, _)| *fits).max().filter(|best| *best > 0)?;
    let mut at_best = all.into_iter().filter(|(fits, _)| *fits == best);
    let (_, date) = at_best.next()?;
    at_best.next().is_none().then_some(date.name)
}

/// One past the words that say which day, where they begin at a token and it is not that of the examination.
fn in_force(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let turn =
        IN_FORCE.iter().find(|turn| turn.iter().enumerate().all(|(rank, part)| word(at + rank) == *part))?;
    let after = at + turn.len();
    let small = ["de", "d'", "du", "la", "le", "l'", "sa", "son", "où"];
    let named = (after..after + NEAR).find(|at| !small.contains(&word(*at)))?;
    let own =
        ["examen", "décision", "liquidation", "calcul", "présent", "présente", "publication", ".", ",", ""];
    (!own.contains(&word(named))).then_some(named + 1)
}
