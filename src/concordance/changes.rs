//! « majoré de », « diminué de »: whether what a passage adds, the rule adds, and what it takes off, the rule takes off.

use super::article::{Article, Articles, Nature};
use super::finding::{Finding, OR_WHY, quoted};
use super::prose;
use super::prose::token::Token;
use super::quantity::{Likeness, Quantity};
use super::rule::{Added, Operand};
use crate::concordance::lexicon::{ADDS, TAKES};
use crate::number::Ratio;
use crate::policy::Policy;
use crate::source::Span;

/// How far « majoré » may stand from « de » and its figure, in tokens.
const NEAR: usize = 3;
/// How far it may where only a noun stands between: « diminués d'une franchise de ».
const FAR: usize = 5;

/// What words do with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// They add it; else they take it off.
    pub adds: bool,
    /// Their first token.
    pub from: usize,
}

/// What the words before a figure do with it: « majoré de », « un abattement forfaitaire de ».
pub fn said(tokens: &[Token], figure: usize, after: usize) -> Option<Change> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let of = figure.checked_sub(1)?;
    if !matches!(word(of), "de" | "d'" | "du") {
        return None;
    }
    // « augmenté de 10 à 12 % »: where it goes from.
    if matches!(word(after), "à" | "au") && tokens.get(after + 1).is_some_and(|token| !token.is_word()) {
        return None;
    }
    for back in 1..=FAR {
        let at = of.checked_sub(back)?;
        let token = tokens.get(at).filter(|token| token.is_word())?;
        let noun = |at: usize| matches!(word(at), "un" | "une" | "l'" | "la" | "le");
        if back == NEAR + 1 && !(1..=NEAR).any(|back| of.checked_sub(back).is_some_and(noun)) {
            return None;
        }
        if token.is(&["est", "sont", "dont", "qui", "que", "et", "ou", "par", "pour"]) {
            return None;
        }
        let starts = |any: &[&str]| any.iter().any(|start| token.text.starts_with(start));
        let adds = if starts(&ADDS) {
            true
        } else if starts(&TAKES) {
            false
        } else {
            continue;
        };
        // « n'est pas majoré de ».
        let denied =
            (1..=4).any(|back| at.checked_sub(back).is_some_and(|at| matches!(word(at), "ne" | "n'")));
        return (!denied).then_some(Change { adds, from: at });
    }
    None
}

/// What does not agree in what the items add and take off.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        for quoted_passage in &article.quoted {
            for mention in &quoted_passage.passage.mentions {
                let Some(adds) = mention.adds else { continue };
                if let Some(change) = with_the_whole(article, &mention.quantity, adds) {
                    let words = quoted_passage.passage.span(mention.said_from, mention.to);
                    let says = mention.quantity.words();
                    let rule_says = super::finding::words(articles.policy, change.span);
                    found.push(Finding {
                        article: at,
                        code: "concordance-majoration",
                        message: format!(
                            "le texte {} {says} ({}), la règle en {} {rule_says}",
                            if adds { "ajoute" } else { "retranche" },
                            quoted(articles.policy, words),
                            if adds { "ajoute" } else { "retranche" },
                        ),
                        text: words,
                        text_label: format!("soit {says} de plus que la base, non {rule_says}"),
                        rule: change.span,
                        rule_label: "la base y est comptée une fois de trop".to_owned(),
                        help: format!("écrire « {says} », {OR_WHY}"),
                    });
                    continue;
                }
                let all = changes(articles, article, mention);
                if all.is_empty() || all.iter().any(|change| change.adds == adds) {
                    continue;
                }
                let Some(change) = all.first() else { continue };
                let words = quoted_passage.passage.span(mention.said_from, mention.to);
                // « de moitié », as rules write it.
                let figure = match &mention.quantity {
                    Quantity::Share(part) if part.mul(&Ratio::from(100)).is_integer() => {
                        Quantity::Percent(part.clone()).words()
                    }
                    other => other.words(),
                };
                let (says, does) = if adds { ("ajoute", "retranche") } else { ("retranche", "ajoute") };
                let (rule, write) = written(articles.policy, change.span, adds);
                found.push(Finding {
                    article: at,
                    code: "concordance-majoration",
                    message: format!(
                        "le texte {says} {figure} ({}), la règle {does} {figure}",
                        quoted(articles.policy, words)
                    ),
                    text: words,
                    text_label: if adds { "en plus" } else { "en moins" }.to_owned(),
                    rule,
                    rule_label: if adds { "en moins" } else { "en plus" }.to_owned(),
                    help: format!("écrire « {write} », {OR_WHY}"),
                });
            }
        }
    }
    found
}

/// `majoré de 120 %` for « majoré de 20 % »: what adds counts what it is added to as well.
fn with_the_whole<'a>(article: &'a Article, said: &Quantity, adds: bool) -> Option<&'a Added> {
    let Quantity::Percent(part) = said else { return None };
    let whole = Quantity::Percent(Ratio::one().add(part));
    let changes = || article.rule.added.iter().filter(|change| change.adds && adds);
    let is = |change: &&Added, wanted: &Quantity| match &change.operand {
        Operand::Figure(quantity) => is_same(wanted, quantity),
        Operand::Value(_) | Operand::Definition(_) => false,
    };
    let right = changes().any(|change| is(&change, said));
    changes().find(|change| is(change, &whole)).filter(|_| !right)
}

/// Where a rule adds or takes off, its words included, and what to write there.
fn written(policy: &Policy, operand: Span, adds: bool) -> (Span, &'static str) {
    const WORDS: [(&str, &str); 2] = [("majoré de", "minoré de"), ("augmenté de", "diminué de")];
    let before = policy.file.text().get(..operand.start as usize).unwrap_or("");
    let before = before.trim_end();
    let told = WORDS.iter().find_map(|(more, less)| {
        let (own, other) = if adds { (less, more) } else { (more, less) };
        Some((before.strip_suffix(own)?.len(), *other))
    });
    match told {
        Some((start, other)) => (Span::new(start, operand.end as usize), other),
        None => (operand, if adds { "+" } else { "-" }),
    }
}

/// What the rules near do with a figure of a passage.
fn changes<'a>(articles: &'a Articles, article: &'a Article, text: &prose::Mention) -> Vec<&'a Added> {
    let near = article.below.iter().chain(&article.above).map(|other| &articles.all[*other]);
    let mut found = Vec::new();
    for other in [article].into_iter().chain(near) {
        for change in &other.rule.added {
            let same = match &change.operand {
                Operand::Figure(quantity) => is_same(&text.quantity, quantity),
                Operand::Value(_) => false,
                // A rate that is defined apart: what its definition quotes, its readers do.
                Operand::Definition(definition) => {
                    article.nature == Nature::Shared && articles.is_definition(article, *definition)
                }
            };
            if same {
                found.push(change);
            }
        }
    }
    found
}

fn is_same(text: &Quantity, rule: &Quantity) -> bool {
    text.compare(rule) == Likeness::Same
}
