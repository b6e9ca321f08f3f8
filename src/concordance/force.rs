//! Whether a rule requires what the passage only allows or aims at, and aims at what the passage orders.

use super::article::{Article, Articles, Nature, Quoted};
use super::finding::{Finding, HELP, quoted};
use super::prose::aim::Aim;
use super::prose::token::{Token, fits};
use super::words::{same, stem, stems};
use crate::concordance::lexicon::{OBLIGES, ORDERS, SOFT};

/// What does not agree in the force of all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        match article.nature {
            Nature::Criterion => found.extend(allowed(articles, at, article)),
            Nature::Objective => found.extend(ordered(articles, at, article)),
            Nature::Other | Nature::Shared => {}
        }
    }
    found
}

/// Required facts that stand where the passage says « peut », « possible », « à terme ».
fn allowed(articles: &Articles, at: usize, article: &Article) -> Option<Finding> {
    let policy = articles.policy;
    for asked in article.rule.asked.iter().filter(|asked| asked.required) {
        let wanted = stems(&asked.name);
        if wanted.is_empty() {
            continue;
        }
        for quoted_passage in &article.quoted {
            let tokens = &quoted_passage.passage.tokens;
            let Some(aim) = quoted_passage.passage.aims.iter().find(|aim| bears_on(tokens, aim, &wanted))
            else {
                continue;
            };
            // Said firmly in the same passage, outside the words that leave it free.
            let firmly = (0..tokens.len())
                .filter(|token| *token < aim.from || *token >= aim.until)
                .collect::<Vec<_>>();
            // « …, laquelle est obligatoire ».
            let ordered = aim.faculty && tokens.iter().skip(aim.to).any(|token| token.is(&ORDERS));
            if ordered || holds_all(tokens, &firmly, &wanted) || is_read(articles, article, tokens, aim) {
                continue;
            }
            let span = quoted_passage.passage.span(aim.at, aim.to);
            let what = if aim.faculty { "laisse libre" } else { "fait un but de" };
            return Some(Finding {
                article: at,
                code: "concordance-modalite",
                message: format!(
                    "le texte {what} « {} » ({}), la règle l'exige",
                    asked.name,
                    quoted(policy, span)
                ),
                text: span,
                text_label: if aim.faculty { "laissé libre" } else { "un but, non une condition" }.to_owned(),
                rule: asked.span,
                rule_label: "exigé ici".to_owned(),
                help: "ne pas l'exiger, ou dire pourquoi c'est une condition : « concordance : motif « … » »"
                    .to_owned(),
            });
        }
    }
    None
}

fn bears_on(tokens: &[Token], aim: &Aim, wanted: &[String]) -> bool {
    let region: Vec<usize> =
        (aim.from..aim.until.min(tokens.len())).filter(|at| *at < aim.at || *at >= aim.to).collect();
    holds_all(tokens, &region, wanted)
}

fn holds_all(tokens: &[Token], region: &[usize], wanted: &[String]) -> bool {
    let found: Vec<String> = region
        .iter()
        .filter_map(|at| tokens.get(*at))
        .filter(|token| token.is_word())
        .map(|token| stem(&token.text))
        .collect();
    wanted.iter().all(|wanted| found.iter().any(|found| same(found, wanted)))
}

/// Whether a reading that the item rests on quotes the same words of faculty.
fn is_read(articles: &Articles, article: &Article, tokens: &[Token], aim: &Aim) -> bool {
    let words = |tokens: &[Token], aim: &Aim| -> Vec<String> {
        tokens.iter().skip(aim.at).take(3).map(|token| token.text.clone()).collect()
    };
    let wanted = words(tokens, aim);
    article.readings.iter().flat_map(|reading| &articles.readings[*reading]).any(|quoted: &Quoted| {
        quoted.passage.aims.iter().any(|other| words(&quoted.passage.tokens, other) == wanted)
    })
}

/// An order of the passage under a rule that only aims.
fn ordered(articles: &Articles, at: usize, article: &Article) -> Option<Finding> {
    let soft = article.quoted.iter().any(|quoted| {
        !quoted.passage.aims.is_empty() || quoted.passage.tokens.iter().any(|token| token.is(&SOFT))
    });
    if soft {
        return None;
    }
    let (quoted_passage, order) = article.quoted.iter().find_map(|quoted| {
        let tokens = &quoted.passage.tokens;
        let order = (0..tokens.len()).find_map(|at| fits(tokens, at, &OBLIGES).map(|to| (at, to)))?;
        Some((quoted, order))
    })?;
    let span = quoted_passage.passage.span(order.0, order.1);
    Some(Finding {
        article: at,
        code: "concordance-modalite",
        message: format!("le texte oblige ({}), la règle ne fait que viser", quoted(articles.policy, span)),
        text: span,
        text_label: "une obligation".to_owned(),
        rule: article.rule_span(),
        rule_label: "visé, sans effet sur la décision".to_owned(),
        help: format!("en faire un « critère » avec « exige » ; {HELP}"),
    })
}
