//! Ceilings and floors that a rule pays as they stand: « dans la limite de 1 200 euros » and `montant 1 200 €`; ceilings
//! that it goes over: « majorée de 10 %, sans pouvoir excéder le plafond » and `majoré de` under `plafonné à`.

use super::article::{Article, Articles};
use super::finding::{Finding, HELP, OR_WHY, quoted};
use super::prose::Passage;
use super::prose::bound::around;
use super::prose::sense::sentences;
use super::quantity::{Bound, Likeness, Quantity, is_floor};
use super::rule::Passed;
use super::words::{same as same_word, stem, stems};
use crate::concordance::lexicon::{PUT_ON as ADDING, TAKEN_OFF as TAKING};

/// How far after them what is added may be named, in tokens.
const NEAR: usize = 8;

/// Amounts of the passages that bound what is due, and that the rule gives outright.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let past = article.rule.passed.iter().filter_map(|passed| gone_past(articles, article, passed));
        found.extend(past.map(|finding| Finding { article: at, ..finding }));
        let short = article.rule.held.iter().filter_map(|held| held_short(articles, article, held));
        found.extend(short.map(|finding| Finding { article: at, ..finding }));
        let Some(paid) = &article.paid else { continue };
        for quoted_passage in &article.quoted {
            for mention in &quoted_passage.passage.mentions {
                let Some(floor) = mention.bound.and_then(|bound| is_floor(bound.op)) else { continue };
                if !mention.quantity.is_money() || mention.between {
                    continue;
                }
                let same = |quantity: &Quantity| mention.quantity.compare(quantity) == Likeness::Same;
                let Some((_, span)) = paid.amounts.iter().find(|(quantity, _)| same(quantity)) else {
                    continue;
                };
                // Compared or limited elsewhere: said there. Said without a bound too: it is the amount.
                let near = article.below.iter().chain(&article.above).chain([&at]);
                let bounded = near
                    .flat_map(|other| &articles.all[*other].rule.mentions)
                    .any(|rule| rule.bound.is_some() && same(&rule.quantity));
                let plain = article
                    .quoted
                    .iter()
                    .flat_map(|quoted| &quoted.passage.mentions)
                    .any(|other| other.bound.is_none() && same(&other.quantity));
                if bounded || plain {
                    continue;
                }
                let words = quoted_passage.passage.span(mention.from, mention.to);
                let (limit, write) =
                    if floor { ("un minimum", "au minimum") } else { ("un plafond", "plafonné à") };
                found.push(Finding {
                    article: at,
                    code: "concordance-comparaison",
                    message: format!(
                        "le texte fait de {} {limit} ({}), la règle en fait le montant",
                        mention.quantity.words(),
                        quoted(articles.policy, words)
                    ),
                    text: words,
                    text_label: limit.to_owned(),
                    rule: *span,
                    rule_label: "versé tel quel".to_owned(),
                    help: format!(
                        "écrire ce qui est versé, « {write} {} » ; {HELP}",
                        mention.quantity.words()
                    ),
                });
            }
        }
    }
    found
}

/// A limit that the passages put after what they add or take off, and the rule before it.
fn gone_past(articles: &Articles, article: &Article, passed: &Passed) -> Option<Finding> {
    let passages = || article.quoted.iter().map(|quoted| &quoted.passage).enumerate();
    let (limited, words) = passages().find_map(|(rank, passage)| {
        let (from, to) = limit_in(passage, passed)?;
        Some(((rank, from), passage.span(from, to)))
    })?;
    let moved = passages().find_map(|(rank, passage)| Some((rank, moved_in(passage, passed)?)))?;
    if moved > limited {
        return None;
    }
    let figure = passed.limit.figures.first().filter(|_| passed.limit.name.is_none());
    let limit = match (figure, &passed.limit.name) {
        (Some(figure), _) => figure.words(),
        (None, Some(name)) => format!("« {name} »"),
        (None, None) => return None,
    };
    let (keeps, moved, moves) = match passed.floor {
        false => ("limite", "majoré", "majore"),
        true => ("porte au moins", "diminué", "diminue"),
    };
    let limits = if passed.floor { "porte au moins" } else { "limite" };
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!(
            "le texte {keeps} à {limit} ce qui a été {moved} ({}), la règle {moves} ce qui a été {}",
            quoted(articles.policy, words),
            if passed.floor { "porté à ce minimum" } else { "limité" }
        ),
        text: words,
        text_label: "le tout".to_owned(),
        rule: passed.span,
        rule_label: format!(
            "{} avant d'être {moved}",
            if passed.floor { "porté à ce minimum" } else { "limité" }
        ),
        help: format!("mettre la ligne qui {limits} à {limit} sous celle qui {moves}, {OR_WHY}"),
    })
}

/// A limit that a passage puts on what it only adds to in a later sentence, and the rule on the whole.
fn held_short(articles: &Articles, article: &Article, held: &Passed) -> Option<Finding> {
    let (figure, name) = (held.limit.figures.first().filter(|_| held.limit.name.is_none()), &held.limit.name);
    let limit = match (figure, name) {
        (Some(figure), _) => figure.words(),
        (None, Some(name)) => format!("« {name} »"),
        (None, None) => return None,
    };
    let (limits, moves, moved) = match held.floor {
        false => ("limite", "majore", "majoré"),
        true => ("porte au moins", "diminue", "diminué"),
    };
    article.quoted.iter().find_map(|quoted_passage| {
        let passage = &quoted_passage.passage;
        let (from, to) = limit_in(passage, held)?;
        let adds = moved_in(passage, held)?;
        let later = sentences(&passage.tokens)
            .iter()
            .any(|one| one.from > from && (one.from..one.to).contains(&adds));
        // « majorations comprises », « le total ».
        let whole = passage.tokens.iter().any(|token| {
            ["compris", "total", "ensemble", "inclus", "cumul", "tout"]
                .iter()
                .any(|start| token.text.starts_with(start))
        });
        if !later || whole {
            return None;
        }
        let text = passage.span(from, to);
        Some(Finding {
            article: 0,
            code: "concordance-comparaison",
            message: format!(
                "le texte {limits} à {limit} ce qui est {moved} ensuite ({}), la règle {limits} le tout",
                quoted(articles.policy, text)
            ),
            text,
            text_label: format!("avant d'être {moved}"),
            rule: held.span,
            rule_label: "le tout".to_owned(),
            help: format!("mettre la ligne qui {limits} à {limit} au-dessus de celle qui {moves}, {OR_WHY}"),
        })
    })
}

/// Where a passage says a limit: by its figure, else by its name.
fn limit_in(passage: &Passage, passed: &Passed) -> Option<(usize, usize)> {
    let same = |one: &Quantity, other: &Quantity| one.compare(other) == Likeness::Same;
    let bounds = |bound: Bound| is_floor(bound.op) == Some(passed.floor);
    let figure = passage.mentions.iter().find(|mention| {
        mention.bound.is_some_and(bounds)
            && passed.limit.figures.iter().any(|limit| same(&mention.quantity, limit))
    });
    if let Some(mention) = figure {
        return Some((mention.from, mention.to));
    }
    let names = stems(passed.limit.name.as_deref()?);
    let kind = if passed.floor { ["planch", "minimu"] } else { ["plafon", "maximu"] };
    let tokens = &passage.tokens;
    (0..tokens.len()).find_map(|at| {
        let token = tokens.get(at).filter(|token| token.is_word())?;
        let word = stem(&token.text);
        let called = names.iter().any(|name| same_word(name, &word)) || kind.contains(&word.as_str());
        let said = around(tokens, at, at + 1).filter(|said| called && bounds(said.bound))?;
        // A figure between the words and the name is what bounds.
        let from = said.from?;
        let other = passage.mentions.iter().any(|mention| from <= mention.from && mention.from < at);
        (!other).then_some((from, at + 1))
    })
}

/// Where a passage says what is added or taken off: by its figure, else by its name.
fn moved_in(passage: &Passage, passed: &Passed) -> Option<usize> {
    let same = |one: &Quantity, other: &Quantity| one.compare(other) == Likeness::Same;
    let figure = passage.mentions.iter().find(|mention| {
        mention.adds == Some(!passed.floor) && passed.by.figures.iter().any(|by| same(&mention.quantity, by))
    });
    if let Some(mention) = figure {
        return Some(mention.from);
    }
    let names = stems(passed.by.name.as_deref()?);
    let verbs: &[&str] = if passed.floor { &TAKING } else { &ADDING };
    let tokens = &passage.tokens;
    (0..tokens.len()).find(|at| {
        tokens.get(*at).is_some_and(|token| verbs.iter().any(|verb| token.text.starts_with(verb)))
            && (at + 1..at + NEAR).any(|near| {
                tokens.get(near).filter(|token| token.is_word()).is_some_and(|token| {
                    let word = stem(&token.text);
                    names.iter().any(|name| same_word(name, &word))
                })
            })
    })
}
