//! Which of two events comes first: « facturées à compter de la signature » and `facturée le ≤ signé le`.

use super::article::{Article, Articles};
use super::finding::{Finding, HELP, OR_WHY, quoted};
use super::prose::sense::sentences;
use super::prose::token::{Token, fits};
use super::quantity::is_floor;
use super::rule::{Event, Ordered};
use super::words::{same, stem, stems};
use super::write;
use crate::concordance::lexicon::{AFTER, BEFORE, SMALL};
use crate::syntax::tree::CompareOp;

/// How far the name of the second event may stand from « à compter de », in tokens.
const NEAR: usize = 7;

/// Words that put it on the other side of a day that they name at once, the day itself included: whether they say « after ».
const UNTIL: &[(&str, bool)] = &[("au plus tard", false), ("au plus tôt", true)];

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
                let near = match tokens.get(at).is_some_and(|token| token.text == "au") {
                    true => one_past_name(tokens, to),
                    false => to + NEAR,
                };
                let names = |wanted: &[String], from: usize, to: usize| {
                    let mut words = (from..to.min(region.end)).filter_map(|at| tokens.get(at));
                    words.any(|token| {
                        let word = || stem(&token.text);
                        token.is_word() && wanted.iter().any(|stem| same(stem, &word()))
                    })
                };
                // What is said of the first event stands before the words, the second right after them.
                let fits = |first: &[String], second: &[String]| {
                    names(second, to, near)
                        && names(first, region.start, at)
                        && !names(second, region.start, at)
                };
                let turned = fits(&second, &first) && !names(&second, to, near);
                match fits(&first, &second) {
                    true => Some((says_later, at, to)),
                    false => turned.then_some((!says_later, at, to)),
                }
            });
            let Some((says_later, at, to)) = said else { continue };
            let denied = sentence.is_denied(tokens, (at, at + 1));
            // « ne sont pas commencés avant le dépôt »: then, or after.
            let timed = quoted_passage.passage.mentions.iter();
            let timed = timed.filter(|mention| mention.quantity.is_time()).any(|mention| mention.to == at);
            // « n'est pas cédé dans les six mois suivant »: after all the same.
            let says_later = says_later != (denied == Some(true) && !timed);
            if says_later == later {
                return same_day(articles, ordered, quoted_passage, (at, to, denied?));
            }
            let denied = denied?;
            let text = quoted_passage.passage.span(at, to);
            let order = |later: bool| if later { "après" } else { "avant" };
            return Some(Finding {
                article: 0,
                code: "concordance-comparaison",
                message: format!(
                    "le texte met « {} » {} « {} » ({}), la règle {}",
                    ordered.first.written,
                    order(says_later),
                    ordered.second.written,
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
        return write::swapped(&written, &ordered.first.written, &ordered.second.written);
    }
    let starts = |any: &[&str]| {
        tokens.get(at).is_some_and(|token| any.iter().any(|start| token.text.starts_with(start)))
    };
    let with = match (starts(&["à", "au"]), starts(&["après", "avant", "postérieur", "antérieur"])) {
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
    let without = |own: Vec<String>, others: &[String]| -> Vec<String> {
        own.into_iter().filter(|stem| !others.iter().any(|one| same(one, stem))).collect()
    };
    let own = |event: &Event, other: &Event| {
        let (names, others) = (stems(&event.name), stems(&other.name));
        // « travaux achevés » and « terme des travaux »: what both names have tells nothing; « veille du terme » is no « terme ».
        let apart = match (event.worked_out, event.worked_out || other.worked_out) {
            (true, _) => without(names.iter().take(1).cloned().collect(), &others),
            (false, true) => without(names.clone(), &others),
            (false, false) => Vec::new(),
        };
        let mut asked = without(stems(&event.question), &words(other));
        // « De quel jour à quel jour ».
        asked.retain(|stem| stem != "jour");
        [if apart.is_empty() { names } else { apart }, asked].concat()
    };
    (own(first, second), own(second, first))
}

/// Whether the day of the second event counts: « à compter de » and `>`, « après » and `≥`, « pas avant » and `>`.
fn same_day(
    articles: &Articles,
    ordered: &Ordered,
    quoted_passage: &super::article::Quoted,
    (at, to, denied): (usize, usize, bool),
) -> Option<Finding> {
    let passage = &quoted_passage.passage;
    let starts = |any: &[&str]| {
        passage.tokens.get(at).is_some_and(|token| any.iter().any(|start| token.text.starts_with(start)))
    };
    // « trente jours avant »: how long, not which day.
    let timed = passage.mentions.iter().any(|mention| mention.quantity.is_time() && mention.to == at);
    // « suivant », « depuis », « postérieur à », « préalable » leave the day itself open.
    if ordered.apart || timed {
        return None;
    }
    let counts = match (starts(&["à", "au"]), starts(&["après", "avant"])) {
        (true, _) => !denied,
        (false, true) => denied,
        (false, false) => return None,
    };
    let right = match (ordered.op, counts) {
        (CompareOp::Gt, true) => "≥",
        (CompareOp::Lt, true) => "≤",
        (CompareOp::Ge, false) => ">",
        (CompareOp::Le, false) => "<",
        _ => return None,
    };
    let near = at.saturating_sub(NEAR)..at;
    let denies = near.rev().find(|at| passage.tokens.get(*at).is_some_and(|token| token.is(&["ne", "n'"])));
    let text = passage.span(denies.filter(|_| denied).unwrap_or(at), to);
    let says = |counts: bool| if counts { "admet" } else { "écarte" };
    let day = |counts: bool| if counts { "le jour même compte" } else { "le jour même ne compte pas" };
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!(
            "le texte {} le jour même de « {} » ({}), la règle l'{}",
            says(counts),
            ordered.second.written,
            quoted(articles.policy, text),
            says(!counts)
        ),
        text,
        text_label: day(counts).to_owned(),
        rule: ordered.span,
        rule_label: day(!counts).to_owned(),
        help: format!("écrire « {right} », {OR_WHY}"),
    })
}

/// Words of order that begin at a token: whether they say « after », and the token after them.
fn words(tokens: &[Token], at: usize) -> Option<(bool, usize)> {
    let until = UNTIL.iter().find_map(|(turn, later)| {
        let to = fits(tokens, at, &[turn])?;
        // « au plus tard trois mois après le retour »: a time comes first.
        let plain = tokens.get(one_past_name(tokens, to).saturating_sub(1)).is_some_and(Token::is_word);
        plain.then_some((*later, to))
    });
    let after = || fits(tokens, at, &AFTER).map(|to| (true, to));
    until.or_else(after).or_else(|| fits(tokens, at, &BEFORE).map(|to| (false, to)))
}

/// One past the first word from a token on that names something.
fn one_past_name(tokens: &[Token], from: usize) -> usize {
    from + tokens.iter().skip(from).take_while(|token| token.is(&SMALL)).count() + 1
}
