//! A scale whose degrees are declared the wrong way round: `lourde < modérée < légère`, and `favorable < défavorable`
//! where what is asked for is an opinion « au moins réservé ».
//!
//! How strong something is has one order, whatever the rule. What is good of two opposites, a risk may put the other
//! way round on purpose: it is told only of a criterion that lets the bad one pass and leaves the good one out, where
//! its passage names neither the bad one nor its opposite.

use super::super::article::{Article, Articles, Nature};
use super::super::finding::{Finding, OR_WHY, words};
use super::super::rule::Choosing;
use super::{Occurrence, name};
use crate::syntax::tree::CompareOp;
use crate::text;

/// How strong something is, from the least to the most.
const STRENGTH: [&[&str]; 4] = [
    &["nul", "nulle", "aucun", "aucune", "inexistant", "inexistante"],
    &["faible", "leger", "legere", "mineur", "mineure", "petit", "petite", "bas", "basse", "minime"],
    &["moyen", "moyenne", "modere", "moderee", "median", "mediane", "intermediaire"],
    &[
        "fort", "forte", "lourd", "lourde", "majeur", "majeure", "eleve", "elevee", "grave", "severe",
        "haut", "haute",
    ],
];

/// A scale that is read the wrong way round where an item asks for a degree of it.
pub(super) fn finding(
    articles: &Articles,
    article: &Article,
    choosing: &Choosing,
    occurrences: &[Occurrence],
) -> Option<Finding> {
    let floor = match choosing.op {
        CompareOp::Ge | CompareOp::Gt => true,
        CompareOp::Le | CompareOp::Lt => false,
        CompareOp::Eq | CompareOp::Ne => return None,
    };
    let options = &articles.policy.choices[choosing.choice.index()].options;
    let strengths: Vec<Option<usize>> = options.iter().map(|option| strength(option)).collect();
    let known: Vec<usize> = strengths.iter().copied().flatten().collect();
    let weakens = known.len() > 1 && known.windows(2).all(|pair| pair.first() > pair.last());
    let opposite = (0..options.len()).find_map(|bad| {
        let good = options.iter().position(|good| options.get(bad).is_some_and(|bad| denies(bad, good)))?;
        Some((bad, good))
    });
    let asked = article.nature == Nature::Criterion && choosing.required;
    let names = |rank: usize| occurrences.iter().any(|one| usize::from(one.rank) == rank);
    // Up to the bad one, or from the good one down.
    let worsens = opposite.is_some_and(|(bad, good)| {
        let admitted = |rank: usize| admits(choosing, rank);
        asked && floor && bad > good && admitted(bad) && !admitted(good) && !names(bad) && !names(good)
    });
    let quoted = article.quoted.first()?;
    if !weakens && !worsens {
        return None;
    }
    let rank = *choosing.options.first()?;
    let text = occurrences.iter().find(|one| one.rank == rank).map_or(quoted.span, super::span);
    let kept: Vec<String> = (0..options.len())
        .filter(|rank| admits(choosing, *rank))
        .map(|rank| name(articles, choosing, u16::try_from(rank).unwrap_or(u16::MAX)))
        .collect();
    let upright: Vec<&str> = options.iter().rev().map(|option| &**option).collect();
    Some(Finding {
        article: 0,
        code: "concordance-option",
        message: format!(
            "une échelle va du plus bas au plus haut : « {} » retient ici « {} »",
            words(articles.policy, choosing.span),
            kept.join(", ")
        ),
        text,
        text_label: "le texte".to_owned(),
        rule: choosing.span,
        rule_label: format!("retient « {} »", kept.join(", ")),
        help: format!("écrire « parmi {} » où l'échelle est déclarée, {OR_WHY}", upright.join(" < ")),
    })
}

fn admits(choosing: &Choosing, rank: usize) -> bool {
    choosing.options.iter().map(|option| usize::from(*option)).any(|option| match choosing.op {
        CompareOp::Ge => rank >= option,
        CompareOp::Gt => rank > option,
        CompareOp::Le => rank <= option,
        CompareOp::Lt => rank < option,
        CompareOp::Eq => rank == option,
        CompareOp::Ne => rank != option,
    })
}

/// How strong an option is said to be.
fn strength(option: &str) -> Option<usize> {
    let plain = text::plain_letters(option);
    STRENGTH.iter().position(|words| words.contains(&plain.as_str()))
}

/// « défavorable » of « favorable », « non conforme » of « conforme », « insuffisant » of « suffisant ».
fn denies(bad: &str, good: &str) -> bool {
    const DENIALS: [&str; 9] = ["dé", "des", "dis", "in", "im", "ir", "il", "non ", "peu "];
    good.chars().count() >= 4
        && DENIALS.iter().any(|denial| bad.strip_prefix(denial).is_some_and(|rest| rest.trim() == good))
}
