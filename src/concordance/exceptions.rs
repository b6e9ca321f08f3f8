//! What an exception is made for: « sauf s'il s'agit d'un jardin collectif » and `sauf si non jardin collectif`.

use super::article::{Article, Articles};
use super::denials::{is_negative, said};
use super::finding::{Finding, OR_WHY, quoted, words};
use super::prose::denial::{Sentence, sentences};
use super::prose::token::Token;
use super::rule::Asked;
use super::words::stems;
use crate::concordance::lexicon::{APPLIES, EXCEPTS, SET};

/// How far before the verb its subject may stand, in tokens.
const SUBJECT: usize = 8;

/// Exceptions turned round, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let all = article.rule.excepted.iter().filter_map(|asked| finding(articles, article, asked));
        found.extend(all.map(|finding| Finding { article: at, ..finding }));
    }
    found
}

fn finding(articles: &Articles, article: &Article, asked: &Asked) -> Option<Finding> {
    let wanted = stems(&asked.name);
    if wanted.is_empty() || is_negative(&asked.name) {
        return None;
    }
    let mut all = article.quoted.iter().flat_map(|quoted| {
        let tokens = &quoted.passage.tokens;
        let places = sentences(tokens).into_iter().filter_map(|sentence| {
            let (from, to) = said(tokens, &sentence, &wanted)?;
            Some((sentence, from, to))
        });
        places.map(move |place| (quoted, place)).collect::<Vec<_>>()
    });
    let (Some((passage, (sentence, from, to))), None) = (all.next(), all.next()) else { return None };
    let tokens = &passage.passage.tokens;
    let denied = denies(tokens, excepts(tokens, &sentence, from)?, from, to)?;
    if denied != asked.plain {
        return None;
    }
    let text = passage.passage.span(from, to);
    let written = words(articles.policy, asked.span);
    let bare = written.strip_prefix("non ").unwrap_or(&written);
    let write = if denied { format!("sauf si non {bare}") } else { format!("sauf si {bare}") };
    Some(Finding {
        article: 0,
        code: "concordance-negation",
        message: format!(
            "le texte excepte ce cas ({}), la règle le cas contraire",
            quoted(articles.policy, text)
        ),
        text,
        text_label: if denied { "excepté s'il n'en est rien" } else { "excepté s'il en est ainsi" }
            .to_owned(),
        rule: asked.span,
        rule_label: "le cas contraire".to_owned(),
        help: format!("écrire « {write} », {OR_WHY}"),
    })
}

/// One past the words that except, before a token: « sauf », « ne s'applique pas ».
fn excepts(tokens: &[Token], sentence: &Sentence, before: usize) -> Option<usize> {
    let starts = |at: usize, any: &[&str]| {
        tokens.get(at).is_some_and(|token| any.iter().any(|start| token.text.starts_with(start)))
    };
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is(words));
    (sentence.from..before).rev().find_map(|at| {
        // « peut écarter cette condition en cas de »
        let set_aside = starts(at, &["écarte", "lever"]) && (at + 1..at + 4).any(|at| starts(at, &SET));
        // « ce seuil peut être écarté en cas de »
        let is_set_aside = starts(at, &["écarté", "levé"])
            && at > sentence.from
            && starts(at - 1, &["être", "est", "sont"])
            && !(at.saturating_sub(4).max(sentence.from)..at).any(|at| is(at, &["ne", "n'"]))
            && (at.saturating_sub(SUBJECT).max(sentence.from)..at).any(|at| starts(at, &SET));
        if starts(at, &EXCEPTS) || set_aside || is_set_aside {
            return Some(at + 1);
        }
        if !is(at, &["pas"]) {
            return None;
        }
        let near = at.saturating_sub(4).max(sentence.from)..at;
        let not = near.clone().any(|at| is(at, &["ne", "n'"]));
        let applies = near.chain([at + 1]).find(|at| starts(*at, &APPLIES))?;
        not.then_some(applies.max(at) + 1)
    })
}

/// Whether a fact is denied between the words that except and those that say it; none where that cannot be told.
fn denies(tokens: &[Token], after: usize, from: usize, to: usize) -> Option<bool> {
    let region = tokens.get(after..to)?;
    // What is said of another, or in another clause.
    if region.iter().any(|token| token.is(&[";", ":", "que", "qu'", "sauf"])) {
        return None;
    }
    let not = tokens.get(after..from)?.iter().filter(|token| {
        token.is(&["ne", "n'", "non", "sans", "aucun", "aucune", "ni", "hors", "autre", "autres"])
            || token.is(&["absence", "défaut", "faute"])
    });
    match not.count() {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}
