//! A value that the passage takes at another date than the rule: « en vigueur à la date de la demande ».

use super::article::{Article, Articles};
use super::finding::{Finding, OR_WHY, quoted, words};
use super::origins::{Dated, dates};
use super::prose::token::Token;
use super::quantity::{Likeness, Quantity};
use super::rule::{Mention, Role};
use super::words::{same, stem, stems};
use crate::policy::Policy;
use crate::source::Span;

/// What says that a value is the one of some day: what holds, and when.
const IN_FORCE: &[&[&str]] = &[&["en", "vigueur"], &["applicable"], &["applicables"]];
const ON: &[&[&str]] =
    &[&["à", "la", "date"], &["au", "jour"], &["au", "moment"], &["le", "jour"], &["lors"]];
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
            let found = finding(articles, article)
                .or_else(|| elsewhere(articles, article))
                .or_else(|| of_one_year(articles, article));
            found.map(|finding| Finding { article: at, ..finding })
        })
        .collect()
}

/// A day of one year in the rule, where the passage names that of each: « le 31 décembre de l'année d'ouverture des droits »
/// and `≤ 31 décembre 2025`.
fn of_one_year(articles: &Articles, article: &Article) -> Option<Finding> {
    let policy = articles.policy;
    article.quoted.iter().find_map(|passage| {
        let tokens = &passage.passage.tokens;
        let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
        let of_year = |to: usize| {
            let said = word(to) == "de" && word(to + 1) == "l'" && word(to + 2) == "année";
            said && matches!(word(to + 3), "de" | "d'" | "du" | "des" | "où")
        };
        passage.passage.mentions.iter().filter(|day| of_year(day.to)).find_map(|day| {
            let Quantity::DayOfYear { .. } = day.quantity else { return None };
            let of_one = |rule: &&Mention| {
                let date = matches!(rule.quantity, Quantity::Date(_)) && rule.role == Role::Compared;
                date && day.quantity.compare(&rule.quantity) == Likeness::Same
            };
            let rule = article.rule.mentions.iter().find(of_one)?;
            let (from, to) = (day.to, day.to + 4);
            let text = passage.passage.span(day.from, from + 3);
            let date = meant(articles, tokens, (from + 3, to)).unwrap_or_else(|| "D".to_owned());
            let each = day.quantity.words();
            let each = each.trim_start_matches("le ");
            let written = words(policy, rule.written);
            let which = if date == "D" { ", D étant la date qu'il dit" } else { "" };
            Some(Finding {
                article: 0,
                code: "concordance-date",
                message: format!(
                    "le texte ne fixe pas l'année ({}), la règle dit « {written} »",
                    quoted(policy, text)
                ),
                text,
                text_label: "de chaque année".to_owned(),
                rule: rule.written,
                rule_label: "d'une seule année".to_owned(),
                help: format!("écrire « {each} de l'année de {date} »{which}, {OR_WHY}"),
            })
        })
    })
}

/// A parameter that is read at one date of the dossier where the passage names another.
fn elsewhere(articles: &Articles, article: &Article) -> Option<Finding> {
    let policy = articles.policy;
    let ([(id, Some(own), span)], []) = (article.rule.dated.as_slice(), article.rule.undated.as_slice())
    else {
        return None;
    };
    let parameter = policy.parameters.get(id.index()).filter(|parameter| parameter.periods.len() > 1)?;
    article.quoted.iter().find_map(|passage| {
        let tokens = &passage.passage.tokens;
        let (from, to) = (0..tokens.len()).find_map(|at| Some((at, in_force(tokens, at)?)))?;
        let named = meant(articles, tokens, (from, to)).filter(|named| *named != own.name)?;
        // What both dates are called by tells neither.
        if fits(&stems(&own.name), &words_near(tokens, (from, to))) > 0 {
            return None;
        }
        let text = passage.passage.span(from, to);
        let (name, own) = (&parameter.head.name, &own.written);
        Some(Finding {
            article: 0,
            code: "concordance-date",
            message: format!(
                "le texte dit {}, la règle lit « {name} » à la date de « {own} »",
                quoted(policy, text)
            ),
            text,
            text_label: "à cette date".to_owned(),
            rule: *span,
            rule_label: "à une autre date".to_owned(),
            help: format!("écrire « {} », {OR_WHY}", at_date(policy, *span, name, &named)),
        })
    })
}

fn finding(articles: &Articles, article: &Article) -> Option<Finding> {
    let policy = articles.policy;
    let [(id, span), others @ ..] = article.rule.undated.as_slice() else { return None };
    let parameter = &policy.parameters[id.index()];
    // Another that is read at a date of its own may be the one that is meant.
    let only = others.iter().all(|(other, _)| other == id)
        && article.rule.dated.iter().all(|(dated, ..)| dated == id);
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

/// The one date of the dossier that the words after « à la date » name: « du dépôt de la demande »; else the only one that
/// nothing reads, or the only one there is.
fn meant(articles: &Articles, tokens: &[Token], place: (usize, usize)) -> Option<String> {
    let named = words_near(tokens, place);
    let all: Vec<(usize, Dated)> =
        dates(articles).into_iter().map(|date| (fits(&date.stems, &named), date)).collect();
    let best = all.iter().map(|(fits, _)| *fits).max()?;
    if best > 0 {
        return only(all.into_iter().filter(|(fits, _)| *fits == best).map(|(_, date)| date.name));
    }
    let read = |name: &str| {
        let mut dates = articles.all.iter().flat_map(|article| &article.rule.dates);
        dates.any(|(event, _)| event.name == name)
    };
    let names = || all.iter().map(|(_, date)| date.name.clone());
    only(names().filter(|name| !read(name))).or_else(|| only(names()))
}

fn only(mut names: impl Iterator<Item = String>) -> Option<String> {
    let first = names.next()?;
    names.next().is_none().then_some(first)
}

/// How many of these words are among those of the passage.
fn fits(own: &[String], named: &[String]) -> usize {
    own.iter().filter(|word| named.iter().any(|named| same(word, named))).count()
}

/// The words from some place of the passage on that may name a day.
fn words_near(tokens: &[Token], (from, to): (usize, usize)) -> Vec<String> {
    (from..to + NEAR)
        .map_while(|at| tokens.get(at).filter(|token| token.is_word()))
        .map(|token| stem(&token.text))
        .collect()
}

/// One past the words that say which day, where they begin at a token and it is not that of the examination.
fn in_force(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let says = |turns: &[&[&str]], at: usize| {
        let turn =
            turns.iter().find(|turn| turn.iter().enumerate().all(|(rank, part)| word(at + rank) == *part))?;
        Some(at + turn.len())
    };
    let after = says(ON, says(IN_FORCE, at)?)?;
    let small = ["de", "d'", "du", "la", "le", "l'", "sa", "son", "où"];
    let named = (after..after + NEAR).find(|at| !small.contains(&word(*at)))?;
    let own =
        ["examen", "décision", "liquidation", "calcul", "présent", "présente", "publication", ".", ",", ""];
    (!own.contains(&word(named))).then_some(named + 1)
}
