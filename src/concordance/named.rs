//! What is compared with something that has a name and no figure: « n'excède pas le plafond » and `loyer < plafond`.

use super::article::{Article, Articles, Nature};
use super::finding::{Finding, OR_WHY, quoted};
use super::prose::bound::around;
use super::prose::denial::sentences;
use super::quantity::is_floor;
use super::rule::Against;
use super::words::{same, stem, stems};
use crate::syntax::tree::CompareOp;

/// What does not agree in what named quantities are compared with, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        if !matches!(article.nature, Nature::Criterion | Nature::Shared) {
            continue;
        }
        let all = article.rule.against.iter().filter_map(|against| finding(articles, article, against));
        found.extend(all.map(|finding| Finding { article: at, ..finding }));
    }
    found
}

fn finding(articles: &Articles, article: &Article, against: &Against) -> Option<Finding> {
    // Of several comparisons, a passage speaks of the one of which it says a word that no other has.
    let others = article.rule.against.iter().filter(|other| other.span != against.span);
    let others: Vec<String> =
        others.flat_map(|other| [stems(&other.left), stems(&other.right)].concat()).collect();
    let own = |name: &str| {
        let words = stems(name).into_iter().filter(|word| !others.iter().any(|other| same(other, word)));
        words.collect::<Vec<_>>()
    };
    let (left, right) = (own(&against.left), own(&against.right));
    // The words that both names have tell nothing.
    let tells = |own: &[String], other: &[String]| {
        own.iter().filter(|word| !other.iter().any(|o| same(o, word))).cloned().collect::<Vec<_>>()
    };
    let sides = [(tells(&right, &left), against.op), (tells(&left, &right), against.op.flipped())];
    let mut differs = None;
    for passage in &article.quoted {
        let tokens = &passage.passage.tokens;
        for sentence in sentences(tokens) {
            for at in sentence.from..sentence.to {
                let Some(token) = tokens.get(at).filter(|token| token.is_word()) else { continue };
                let word = stem(&token.text);
                let Some((_, op)) =
                    sides.iter().find(|(names, _)| names.iter().any(|name| same(name, &word)))
                else {
                    continue;
                };
                let Some(said) = around(tokens, at, at + 1).filter(|said| said.bound.exact) else { continue };
                let Some(from) = said.from.filter(|from| *from >= sentence.from) else { continue };
                // « jusqu'à un âge limite »: whether that year is one of them, nobody says.
                if tokens.get(from).is_some_and(|token| token.text == "jusqu'") {
                    continue;
                }
                // A figure between the words and the name is what is compared.
                if passage
                    .passage
                    .mentions
                    .iter()
                    .any(|mention| mention.from >= from && mention.from <= at + 2)
                {
                    return None;
                }
                if said.bound.op == *op {
                    return None;
                }
                differs.get_or_insert((passage, from, at + 1, said.bound.op, *op));
            }
        }
    }
    let (passage, from, to, says, does) = differs?;
    let text = passage.passage.span(from, to);
    let alike = is_floor(says) == is_floor(does);
    let answer = |op: CompareOp| {
        if matches!(op, CompareOp::Ge | CompareOp::Le | CompareOp::Eq) { "oui" } else { "non" }
    };
    let sign = if does == against.op { says } else { says.flipped() };
    let differs = if alike && answer(says) != answer(does) {
        format!("à égalité, le texte dit {} et la règle dit {}", answer(says), answer(does))
    } else {
        "le texte demande l'inverse de la règle".to_owned()
    };
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!(
            "le texte dit {}, la règle dit « {} »",
            quoted(articles.policy, text),
            super::finding::words(articles.policy, against.span)
        ),
        text,
        text_label: format!("soit « {} »", says.sign()),
        rule: against.span,
        rule_label: "n'est pas la même comparaison".to_owned(),
        help: format!("{differs} ; écrire « {} », {OR_WHY}", sign.sign()),
    })
}
