//! « diminuée de l'indemnité », `+ indemnité`: whether what a passage takes off by its name, the rule takes off.

use super::article::{Article, Articles};
use super::finding::{Finding, OR_WHY, quoted};
use super::prose::token::Token;
use super::rule::{Added, Operand};
use super::words::{same, stem, stems};
use crate::source::Span;

/// Participles that add, by the beginning of the word.
const ADDS: [&str; 2] = ["augment", "major"];
/// Participles that take off.
const TAKES: [&str; 2] = ["diminu", "minor"];
/// How far before them what denies stands, in tokens.
const NEAR: usize = 4;

/// What a passage adds or takes off by its name.
struct Said {
    adds: bool,
    /// The first word of what it is.
    word: String,
    from: usize,
    to: usize,
}

/// What does not agree in what the items add and take off, told by its name, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        for passage in article.quoted.iter().map(|quoted| &quoted.passage) {
            for said in all_said(&passage.tokens) {
                let text = passage.span(said.from, said.to);
                let finding = finding(articles, article, &said, text);
                found.extend(finding.map(|finding| Finding { article: at, ..finding }));
            }
        }
    }
    found
}

fn finding(articles: &Articles, article: &Article, said: &Said, text: Span) -> Option<Finding> {
    let name = |added: &Added| match &added.operand {
        Operand::Definition(definition) => {
            Some(articles.policy.definitions[definition.index()].head.name.to_string())
        }
        Operand::Value(name) => Some(name.clone()),
        Operand::Figure(_) => None,
    };
    let is_meant = |name: &String| {
        let own = name.rsplit('.').next().unwrap_or(name);
        stems(own).first().is_some_and(|first| same(first, &said.word))
    };
    let mut meant =
        article.rule.added.iter().filter_map(|added| Some((added, name(added).filter(is_meant)?)));
    // Of two that are called so, nothing tells which one is meant.
    let (Some((added, name)), None) = (meant.next(), meant.next()) else { return None };
    if added.adds == said.adds {
        return None;
    }
    let (does, sign, write) = if said.adds { ("le retranche", "-", "+") } else { ("l'ajoute", "+", "-") };
    let rule = place(articles.policy.file.text(), added.span, &format!("{sign} {name}"))?;
    let says = if said.adds { "ajoute" } else { "retranche" };
    Some(Finding {
        article: 0,
        code: "concordance-majoration",
        message: format!("le texte {says} « {name} » ({}), la règle {does}", quoted(articles.policy, text)),
        text,
        text_label: if said.adds { "en plus" } else { "en moins" }.to_owned(),
        rule,
        rule_label: if said.adds { "en moins" } else { "en plus" }.to_owned(),
        help: format!("écrire « {write} {name} », {OR_WHY}"),
    })
}

/// Where these words stand in an operation, once, in no parentheses that another sign turns.
fn place(text: &str, whole: Span, words: &str) -> Option<Span> {
    let said = text.get(whole.range())?;
    let at = said.find(words).filter(|_| said.matches(words).count() == 1)?;
    let start = whole.start as usize + at;
    let line = text.get(..start)?.rsplit('\n').next()?;
    let mut turned = Vec::new();
    for (at, sign) in line.match_indices(['(', ')']) {
        match sign {
            "(" => turned.push(line.get(..at)?.trim_end().ends_with(['-', '−', '÷', '/'])),
            _ => turned.truncate(turned.len().saturating_sub(1)),
        }
    }
    (!turned.contains(&true)).then(|| Span::new(start, start + words.len()))
}

/// « diminuée de l'indemnité », « déduction faite des aides ».
fn all_said(tokens: &[Token]) -> Vec<Said> {
    let word = |at: usize| tokens.get(at).filter(|token| token.is_word()).map_or("", |token| &*token.text);
    let mut all = Vec::new();
    for from in 0..tokens.len() {
        let own = word(from);
        let participle = ["é", "ée", "és", "ées"].iter().any(|end| own.ends_with(end));
        let starts = |any: &[&str]| participle && any.iter().any(|start| own.starts_with(start));
        let (adds, mut at) = match () {
            () if starts(&ADDS) => (true, from + 1),
            () if starts(&TAKES) => (false, from + 1),
            () if own == "déduction" && word(from + 1) == "faite" => (false, from + 2),
            () => continue,
        };
        if !matches!(word(at), "de" | "d'" | "du" | "des") {
            continue;
        }
        at += 1;
        if matches!(word(at), "la" | "l'" | "les" | "le") {
            at += 1;
        }
        let denied = (1..=NEAR)
            .any(|back| from.checked_sub(back).is_some_and(|at| matches!(word(at), "ne" | "n'" | "non")));
        if word(at).chars().count() >= 3 && !denied {
            all.push(Said { adds, word: stem(word(at)), from, to: at + 1 });
        }
    }
    all
}
