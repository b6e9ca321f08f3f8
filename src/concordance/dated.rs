//! A value that the passage takes at another date than the rule: « en vigueur à la date de la demande ».

use super::article::{Article, Articles};
use super::finding::{Finding, quoted};
use super::prose::token::Token;

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
            help: format!(
                "écrire « ({name} à la date de D) », D étant cette date, ou dire pourquoi la règle est juste : « concordance : motif « … » »"
            ),
        })
    })
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
