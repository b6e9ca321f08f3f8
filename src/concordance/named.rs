//! What is compared with something that has a name and no figure: « n'excède pas le plafond » and `loyer < plafond`.

use super::article::{Article, Articles, Nature, Quoted};
use super::finding::{Finding, OR_WHY, quoted};
use super::prose::bound::{around, turns};
use super::quantity::is_floor;
use super::roundings;
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
    let (right, left) = (tells(&right, &left), tells(&left, &right));
    let sides = [(right.clone(), against.op), (left.clone(), against.op.flipped())];
    let mut differs = None;
    for passage in &article.quoted {
        let tokens = &passage.passage.tokens;
        for sentence in &passage.passage.sentences {
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
                // « leur plafond de dépenses »: of the name itself.
                let own = stem(&tokens.get(from)?.text);
                if sides.iter().any(|(names, _)| names.iter().any(|name| same(name, &own))) {
                    continue;
                }
                // « jusqu'à un âge limite »: whether that year is one of them, nobody says.
                if tokens.get(from).is_some_and(|token| token.text == "jusqu'") {
                    continue;
                }
                // A figure between the words and the name is what is compared.
                if passage
                    .passage
                    .mentions
                    .iter()
                    .any(|mention| !mention.weak && mention.from >= from && mention.from <= at + 2)
                {
                    return None;
                }
                // « n'excède pas le montant des dépenses réglées sur l'apport »: words of both follow.
                let follows = |names: &[String]| {
                    let rest = tokens.get(at..sentence.to).unwrap_or_default().iter();
                    let mut words = rest.filter(|token| token.is_word()).map(|token| stem(&token.text));
                    words.any(|word| names.iter().any(|name| same(name, &word)))
                };
                if sides.iter().all(|(names, _)| follows(names)) {
                    continue;
                }
                if said.bound.op == *op {
                    return None;
                }
                differs.get_or_insert((passage, from, at + 1, said.bound.op, *op));
            }
        }
    }
    let alone = || (article.rule.against.len() == 1).then(|| alone(article, against, (&left, &right)))?;
    let (passage, from, to, says, does) = differs.or_else(alone)?;
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
    let written = super::finding::words(articles.policy, against.span);
    let write = match (written.contains(['<', '>', '≤', '≥']), is_floor(sign)) {
        // `plafonné à X`, of which X alone is underlined.
        (false, Some(true)) => format!("au minimum {written}"),
        (false, _) => format!("plafonné à {written}"),
        (true, _) => sign.sign().to_owned(),
    };
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!("le texte dit {}, la règle dit « {} »", quoted(articles.policy, text), written),
        text,
        text_label: format!("soit « {} »", says.sign()),
        rule: against.span,
        rule_label: "n'est pas la même comparaison".to_owned(),
        help: format!("{differs} ; écrire « {write} », {OR_WHY}"),
    })
}

/// The only words of comparison of the passages, and the only comparison of the rule, whatever they call what is compared:
/// what the passage compares comes first, unless its words say otherwise.
fn alone<'a>(
    article: &'a Article,
    against: &Against,
    (left, right): (&[String], &[String]),
) -> Option<(&'a Quoted, usize, usize, CompareOp, CompareOp)> {
    let mut all = Vec::new();
    for quoted in &article.quoted {
        let passage = &quoted.passage;
        let of_figures =
            passage.mentions.iter().filter(|mention| !mention.weak).map(|mention| (mention.from, mention.to));
        let spent: Vec<(usize, usize)> = of_figures.chain(roundings::places(&passage.tokens)).collect();
        let found = turns(&passage.tokens, &spent).into_iter();
        all.extend(found.map(|(bound, from, to)| (quoted, bound.op, from, to)));
    }
    if all.is_empty() {
        all.extend(article.quoted.iter().filter_map(extreme));
    }
    if all.is_empty() {
        all.extend(article.quoted.iter().filter_map(|quoted| called(quoted, against)));
    }
    let (quoted, says, from, to) = *all.first()?;
    if all.iter().any(|(_, op, ..)| *op != says) {
        return None;
    }
    let tokens = &quoted.passage.tokens;
    let sentence = quoted.passage.sentences.iter().find(|one| (one.from..one.to).contains(&from))?;
    if sentence.is_contrary(tokens, (from, to), &[(from, to)]) {
        return None;
    }
    let said = |names: &[String], (from, to): (usize, usize)| {
        let words = tokens.get(from..to).unwrap_or_default().iter().filter(|token| token.is_word());
        words.into_iter().any(|token| names.iter().any(|name| same(name, &stem(&token.text))))
    };
    let (before, after) = ((sentence.from, from), (to, sentence.to));
    let turned = said(right, before) && !said(right, after) && !said(left, before);
    let does = if turned { against.op.flipped() } else { against.op };
    (does != says).then_some((quoted, from, to, says, does))
}

/// « la durée maximale »: what a quantity is called says how another compares with it.
fn called<'a>(quoted: &'a Quoted, against: &Against) -> Option<(&'a Quoted, CompareOp, usize, usize)> {
    const ALL: [(&str, CompareOp); 2] = [("maxim", CompareOp::Le), ("minim", CompareOp::Ge)];
    let starts = |name: &str, start: &str| name.split(' ').any(|word| word.to_lowercase().starts_with(start));
    let (start, op) = ALL.iter().find(|(start, _)| starts(&against.right, start))?;
    let tokens = &quoted.passage.tokens;
    let at = tokens.iter().position(|token| token.text.starts_with(start))?;
    Some((quoted, *op, at, at + 1))
}

/// « le plus petit des deux nombres », « le plus élevé de ces montants ».
fn extreme(quoted: &Quoted) -> Option<(&Quoted, CompareOp, usize, usize)> {
    let tokens = &quoted.passage.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    (0..tokens.len()).find_map(|at| {
        let starts = |any: &[&str]| any.iter().any(|start| word(at + 1).starts_with(start));
        let op = match word(at) {
            "plus" if starts(&["petit", "faible", "bas"]) => CompareOp::Le,
            "moins" if starts(&["élevé"]) => CompareOp::Le,
            "plus" if starts(&["grand", "élevé", "fort"]) => CompareOp::Ge,
            _ => return None,
        };
        let led = at.checked_sub(1).is_some_and(|at| matches!(word(at), "le" | "la" | "au" | "du"));
        (led && matches!(word(at + 2), "de" | "des" | "d'")).then_some((quoted, op, at, at + 2))
    })
}
