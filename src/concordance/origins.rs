//! From which day a time is counted: « dans les deux mois suivant son retour » and `départ le + 2 mois`.

use super::article::{Article, Articles};
use super::finding::{Finding, HELP, quoted};
use super::prose::token::Token;
use super::rule::Origin;
use super::words::{same, stem, stems};
use crate::policy::Type;

/// What stands between a time and the day from which it is counted.
const FROM: &[&[&str]] = &[
    &["suivant"],
    &["après"],
    &["qui", "suivent"],
    &["qui", "suit"],
    &["à", "compter", "de"],
    &["à", "compter", "du"],
    &["à", "partir", "de"],
    &["à", "partir", "du"],
];
/// How far behind the time these words stand, in tokens.
const GAP: usize = 2;
/// How far what the day is of may be named, in tokens.
const NEAR: usize = 4;

/// Times that the passage counts from another date of the dossier than the rule, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let dates = dates(articles);
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let [origin] = article.rule.origins.as_slice() else { continue };
        found.extend(
            finding(articles, article, origin, &dates).map(|finding| Finding { article: at, ..finding }),
        );
    }
    found
}

/// A date of the dossier: its name, and the words of it.
struct Dated {
    name: String,
    stems: Vec<String>,
}

fn dates(articles: &Articles) -> Vec<Dated> {
    let policy = articles.policy;
    let facts =
        policy.facts.iter().filter(|fact| fact.ask.ty == Type::Date).map(|fact| fact.path.to_string());
    let fields =
        policy.fields.iter().filter(|field| field.ask.ty == Type::Date).map(|field| field.name.to_string());
    facts.chain(fields).map(|name| Dated { stems: stems(&name), name }).collect()
}

fn finding(articles: &Articles, article: &Article, origin: &Origin, dates: &[Dated]) -> Option<Finding> {
    let own = stems(&origin.name);
    for quoted_passage in &article.quoted {
        let passage = &quoted_passage.passage;
        for mention in passage.mentions.iter().filter(|mention| mention.quantity.is_time()) {
            let Some((from, to)) = (mention.from..=mention.to + GAP).find_map(|at| {
                let words = |turn: &&&[&str]| {
                    turn.iter().enumerate().all(|(rank, word)| says(&passage.tokens, at + rank, word))
                };
                FROM.iter().find(words).map(|turn| (at, at + turn.len()))
            }) else {
                continue;
            };
            let named: Vec<(usize, String)> = (to..to + NEAR)
                .map_while(|at| {
                    passage
                        .tokens
                        .get(at)
                        .filter(|token| token.is_word())
                        .map(|token| (at, stem(&token.text)))
                })
                .collect();
            let is_named = |stems: &[String]| {
                named
                    .iter()
                    .filter(|(_, word)| stems.iter().any(|stem| same(stem, word)))
                    .map(|(at, _)| *at)
                    .next()
            };
            if is_named(&own).is_some() {
                return None;
            }
            // The first word that names a date names it alone.
            let mut others: Vec<(usize, &Dated)> =
                dates.iter().filter_map(|date| Some((is_named(&date.stems)?, date))).collect();
            others.sort_by_key(|(at, _)| *at);
            let [(at, meant), rest @ ..] = others.as_slice() else { continue };
            if !rest.is_empty() {
                return None;
            }
            let text = passage.span(from, at + 1);
            return Some(Finding {
                article: 0,
                code: "concordance-date",
                message: format!(
                    "le texte compte ce délai depuis « {} » ({}), la règle depuis « {} »",
                    meant.name,
                    quoted(articles.policy, text),
                    origin.name
                ),
                text,
                text_label: format!("depuis « {} »", meant.name),
                rule: origin.span,
                rule_label: "une autre date".to_owned(),
                help: format!("écrire « {} » ; {HELP}", meant.name),
            });
        }
    }
    None
}

fn says(tokens: &[Token], at: usize, word: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == word)
}
