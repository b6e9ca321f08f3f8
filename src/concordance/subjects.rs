//! Which date a passage speaks of: « la demande est reçue au plus tard le 30 novembre » and `naissance ≤ 30 novembre`.

use super::article::{Article, Articles};
use super::facts::said;
use super::finding::{Finding, OR_WHY, quoted};
use super::origins::{Dated, dates};
use super::prose::sense::sentences;
use super::rule::Event;
use super::words::{same, stem, stems};
use crate::source::Span;

/// Dates of which the passages say nothing, where they name another that the rule does not read, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let dates = dates(articles);
    let policy = articles.policy;
    let asks = policy.facts.iter().map(|fact| &fact.ask).chain(policy.fields.iter().map(|field| &field.ask));
    let asked: Vec<Vec<String>> =
        asks.filter_map(|ask| ask.question.as_ref()).map(|question| stems(question)).collect();
    let mut found = Vec::new();
    for (at, article) in articles.compared().filter(|(_, article)| !article.quoted.is_empty()) {
        let all =
            article.rule.dates.iter().filter_map(|date| finding(articles, article, date, &dates, &asked));
        found.extend(all.take(1).map(|finding| Finding { article: at, ..finding }));
    }
    found
}

fn finding(
    articles: &Articles,
    article: &Article,
    (own, at): &(Event, Span),
    dates: &[Dated],
    asked: &[Vec<String>],
) -> Option<Finding> {
    // What several questions say tells none of them: « du salarié », « été ».
    let shared = |word: &String| asked.iter().filter(|one| one.iter().any(|other| other == word)).count() > 1;
    let own_words = stems(&own.question).into_iter().filter(|word| !shared(word));
    let words: Vec<String> = stems(&own.name).into_iter().chain(own_words).collect();
    let spoken = article
        .quoted
        .iter()
        .flat_map(|quoted| &quoted.passage.tokens)
        .any(|token| token.is_word() && words.iter().any(|own| same(own, &stem(&token.text))));
    if spoken || words.is_empty() {
        return None;
    }
    let near = article.below.iter().map(|below| &articles.all[*below]).chain([article]);
    let read: Vec<&str> = near.flat_map(|one| &one.rule.dates).map(|(event, _)| &*event.name).collect();
    let mut named = dates
        .iter()
        .filter(|date| date.stems.len() > 1 && date.name != own.name && !read.contains(&&*date.name))
        .filter_map(|date| {
            let place = article.quoted.iter().find_map(|quoted| {
                let tokens = &quoted.passage.tokens;
                let (from, to) = sentences(tokens).iter().find_map(|one| said(tokens, one, &date.stems))?;
                Some(quoted.passage.span(from, to))
            })?;
            Some((date, place))
        });
    let (Some((meant, text)), None) = (named.next(), named.next()) else { return None };
    Some(Finding {
        article: 0,
        code: "concordance-date",
        message: format!(
            "le texte parle de « {} » ({}), la règle lit « {} »",
            meant.name,
            quoted(articles.policy, text),
            own.name
        ),
        text,
        text_label: format!("« {} »", meant.name),
        rule: *at,
        rule_label: "le texte n'en dit rien".to_owned(),
        help: format!("écrire « {} », {OR_WHY}", meant.name),
    })
}
