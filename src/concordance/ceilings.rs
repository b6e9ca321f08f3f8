//! Ceilings and floors that a rule pays as they stand: « dans la limite de 1 200 euros » and `montant 1 200 €`; ceilings
//! that it goes over: « majorée de 10 %, sans pouvoir excéder le plafond » and `majoré de` under `plafonné à`.

use super::article::{Article, Articles};
use super::finding::{Finding, HELP, OR_WHY, quoted};
use super::prose::Passage;
use super::prose::bound::around;
use super::prose::sense::sentences;
use super::prose::token::Token;
use super::quantity::{Bound, Likeness, Quantity, is_floor};
use super::rule::Passed;
use super::words::{same as same_word, stem, stems};
use crate::concordance::lexicon::{PUT_ON as ADDING, TAKEN_OFF as TAKING, WHOLE};
use crate::source::Span;

/// How far after them what is added may be named, in tokens.
const NEAR: usize = 8;

/// Amounts of the passages that bound what is due, and that the rule gives outright.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let passed = article.rule.passed.iter().map(|passed| (passed, false));
        let all = passed.chain(article.rule.held.iter().map(|held| (held, true)));
        let misplaced = all.filter_map(|(passed, held)| misplaced(articles, article, passed, held));
        found.extend(misplaced.map(|finding| Finding { article: at, ..finding }));
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

/// A limit that the passages put after what they add or take off, and the rule before it; or, of one that the rule holds the
/// whole to, that they put on what is only added to in a later sentence.
fn misplaced(articles: &Articles, article: &Article, passed: &Passed, held: bool) -> Option<Finding> {
    let limit = match (passed.limit.figures.first(), &passed.limit.name) {
        (_, Some(name)) => format!("« {name} »"),
        (Some(figure), None) => figure.words(),
        (None, None) => return None,
    };
    let text = if held { before_more(article, passed) } else { after_all(article, passed) }?;
    let shown = quoted(articles.policy, text);
    let (limits, limited, moves, moved) = match passed.floor {
        false => ("limite", "limité", "majore", "majoré"),
        true => ("porte au moins", "porté à ce minimum", "diminue", "diminué"),
    };
    let said = match held {
        false => format!("ce qui a été {moved} ({shown}), la règle {moves} ce qui a été {limited}"),
        true => format!("ce qui est {moved} ensuite ({shown}), la règle {limits} le tout"),
    };
    let (before, whole) = (format!("avant d'être {moved}"), "le tout".to_owned());
    let (text_label, rule_label) =
        if held { (before, whole) } else { (whole, format!("{limited} {before}")) };
    let place = if held { "au-dessus de" } else { "sous" };
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!("le texte {limits} à {limit} {said}"),
        text,
        text_label,
        rule: passed.span,
        rule_label,
        help: format!("mettre la ligne qui {limits} à {limit} {place} celle qui {moves}, {OR_WHY}"),
    })
}

/// Where a limit is said after what it bounds is added to.
fn after_all(article: &Article, passed: &Passed) -> Option<Span> {
    let passages = || article.quoted.iter().map(|quoted| &quoted.passage).enumerate();
    let (limited, text) = passages().find_map(|(rank, passage)| {
        let (from, to) = limit_in(passage, passed)?;
        Some(((rank, from), passage.span(from, to)))
    })?;
    let moved = passages().find_map(|(rank, passage)| Some((rank, moved_in(passage, passed)?)))?;
    (moved <= limited).then_some(text)
}

/// Where a limit is said before the sentence that adds to what it bounds; not of « le total », « majorations comprises ».
fn before_more(article: &Article, held: &Passed) -> Option<Span> {
    article.quoted.iter().find_map(|quoted| {
        let passage = &quoted.passage;
        let (from, to) = limit_in(passage, held)?;
        let adds = moved_in(passage, held)?;
        let mut sentences = sentences(&passage.tokens).into_iter();
        let later = sentences.any(|one| one.from > from && (one.from..one.to).contains(&adds));
        let whole = |token: &Token| WHOLE.iter().any(|start| token.text.starts_with(start));
        (later && !passage.tokens.iter().any(whole)).then(|| passage.span(from, to))
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
