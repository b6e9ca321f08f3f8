//! Which of two events comes first: « facturées à compter de la signature » and `facturée le ≤ signé le`.

use super::article::{Article, Articles};
use super::finding::{Finding, HELP, OR_WHY, quoted};
use super::prose::denial::sentences;
use super::prose::token::Token;
use super::quantity::is_floor;
use super::rule::{Event, Ordered};
use super::words::{same, stem, stems};
use super::write;
use crate::syntax::tree::CompareOp;

/// How far the name of the second event may stand from « à compter de », in tokens.
const NEAR: usize = 7;

/// Words that put the first event after the second.
const AFTER: &[&str] =
    &["à compter", "à partir", "postérieur*", "après", "depuis", "suivant", "qui suivent", "qui suit"];
/// Words that put it before.
const BEFORE: &[&str] = &["avant", "antérieur*", "préalable*"];

/// What does not agree in the order of events, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        for ordered in &article.rule.ordered {
            found.extend(
                finding(articles, article, ordered).map(|finding| Finding { article: at, ..finding }),
            );
        }
    }
    found
}

fn finding(articles: &Articles, article: &Article, ordered: &Ordered) -> Option<Finding> {
    let later = is_floor(ordered.op)?;
    let (first, second) = told_apart(&ordered.first, &ordered.second);
    if first.is_empty() || second.is_empty() {
        return None;
    }
    for quoted_passage in &article.quoted {
        let tokens = &quoted_passage.passage.tokens;
        for sentence in sentences(tokens) {
            let region = sentence.from..sentence.to;
            let said = region.clone().find_map(|at| {
                let (says_later, to) = words(tokens, at)?;
                let names = |wanted: &[String], from: usize, to: usize| {
                    (from..to.min(region.end)).any(|at| {
                        tokens.get(at).filter(|token| token.is_word()).is_some_and(|token| {
                            let word = stem(&token.text);
                            wanted.iter().any(|stem| same(stem, &word))
                        })
                    })
                };
                // What is said of the first event stands before the words, the second right after them.
                let fits = |first: &[String], second: &[String]| {
                    names(second, to, to + NEAR)
                        && names(first, region.start, at)
                        && !names(second, region.start, at)
                };
                let turned = fits(&second, &first) && !names(&second, to, to + NEAR);
                match fits(&first, &second) {
                    true => Some((says_later, at, to)),
                    false => turned.then_some((!says_later, at, to)),
                }
            });
            let Some((says_later, at, to)) = said else { continue };
            let denied = sentence.is_denied_before_hors(tokens, at);
            // « ne sont pas commencés avant le dépôt »: then, or after.
            let says_later = says_later != (denied == Some(true));
            if says_later == later {
                return same_day(articles, ordered, quoted_passage, (at, to))
                    .filter(|_| denied == Some(false));
            }
            let denied = denied?;
            let text = quoted_passage.passage.span(at, to);
            let order = |later: bool| if later { "après" } else { "avant" };
            return Some(Finding {
                article: 0,
                code: "concordance-comparaison",
                message: format!(
                    "le texte met « {} » {} « {} » ({}), la règle {}",
                    ordered.first.name,
                    order(says_later),
                    ordered.second.name,
                    quoted(articles.policy, text),
                    order(later)
                ),
                text,
                text_label: order(says_later).to_owned(),
                rule: ordered.span,
                rule_label: order(later).to_owned(),
                help: match write(articles, ordered, tokens, (at, says_later, denied)) {
                    Some(write) => format!("écrire « {write} », {OR_WHY}"),
                    None => HELP.to_owned(),
                },
            });
        }
    }
    None
}

/// The comparison as the passage has it: with its dates exchanged where some time stands between them, else with the sign
/// that its words say.
fn write(
    articles: &Articles,
    ordered: &Ordered,
    tokens: &[Token],
    (at, says_later, denied): (usize, bool, bool),
) -> Option<String> {
    let written = super::finding::words(articles.policy, ordered.span);
    if ordered.apart {
        return write::swapped(&written, &ordered.first.name, &ordered.second.name);
    }
    let starts = |any: &[&str]| {
        tokens.get(at).is_some_and(|token| any.iter().any(|start| token.text.starts_with(start)))
    };
    let with = match (starts(&["à"]), starts(&["après", "avant", "postérieur", "antérieur"])) {
        (true, _) => !denied,
        (false, true) => denied,
        (false, false) => matches!(ordered.op, CompareOp::Ge | CompareOp::Le),
    };
    let sign = match (says_later, with) {
        (true, true) => "≥",
        (true, false) => ">",
        (false, true) => "≤",
        (false, false) => "<",
    };
    write::with_sign(articles.policy, ordered.span, sign)
}

/// The words of each of two dates, those of its question that the other has not included.
pub(super) fn told_apart(first: &Event, second: &Event) -> (Vec<String>, Vec<String>) {
    let words = |event: &Event| [stems(&event.name), stems(&event.question)].concat();
    let own = |event: &Event, other: &Event| {
        let others = words(other);
        let asked =
            stems(&event.question).into_iter().filter(|stem| !others.iter().any(|one| same(one, stem)));
        [stems(&event.name), asked.collect()].concat()
    };
    (own(first, second), own(second, first))
}

/// Whether the day of the second event counts: « à compter de » and `>`, « après » and `≥`.
fn same_day(
    articles: &Articles,
    ordered: &Ordered,
    quoted_passage: &super::article::Quoted,
    (at, to): (usize, usize),
) -> Option<Finding> {
    let passage = &quoted_passage.passage;
    let starts = |any: &[&str]| {
        passage.tokens.get(at).is_some_and(|token| any.iter().any(|start| token.text.starts_with(start)))
    };
    // « suivant », « depuis », « postérieur à », « préalable » leave the day itself open.
    if ordered.apart {
        return None;
    }
    let counts = match (starts(&["à"]), starts(&["après", "avant"])) {
        (true, _) => true,
        (false, true) => false,
        (false, false) => return None,
    };
    let (written, right) = match (ordered.op, counts) {
        (CompareOp::Gt, true) => (">", "≥"),
        (CompareOp::Ge, false) => ("≥", ">"),
        (CompareOp::Le, false) => ("≤", "<"),
        _ => return None,
    };
    let text = passage.span(at, to);
    let day = |counts: bool| if counts { "le jour même compte" } else { "le jour même ne compte pas" };
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!(
            "le texte dit {} de « {} », la règle « {written} »",
            quoted(articles.policy, text),
            ordered.second.name
        ),
        text,
        text_label: day(counts).to_owned(),
        rule: ordered.span,
        rule_label: day(!counts).to_owned(),
        help: format!("écrire « {right} » ; {HELP}"),
    })
}

/// Words of order that begin at a token: whether they say « after », and the token after them.
fn words(tokens: &[Token], at: usize) -> Option<(bool, usize)> {
    let fits = |pattern: &str| {
        let mut end = at;
        for part in pattern.split(' ') {
            let word = tokens.get(end)?.text.as_str();
            let same = part.strip_suffix('*').map_or(word == part, |start| word.starts_with(start));
            same.then_some(())?;
            end += 1;
        }
        Some(end)
    };
    let find = |any: &[&str]| any.iter().find_map(|pattern| fits(pattern));
    find(AFTER).map(|to| (true, to)).or_else(|| find(BEFORE).map(|to| (false, to)))
}
