//! What shows that the rules do what they say: cases, condition by condition, and answered remarks.

use std::collections::BTreeMap;

use super::PolicyPage;
use super::entry::Entry;
use crate::concordance;
use crate::render::document::{Block, Cell, Grid, Section};
use crate::render::words::outcome_word;
use crate::wording::french::several;
use crate::workshop::coverage::{Coverage, Point, State, in_words, seen};

/// How many cases are named for a point.
const NAMED: usize = 2;

/// What cases show, and the remarks that were answered.
pub(super) fn sections(page: &PolicyPage<'_>, entries: &[Entry<'_>], sections: &mut Vec<Section>) {
    if !page.cases.is_empty() {
        sections.push(Section {
            title: page.say("Ce que montrent les cas", "What the cases show").to_owned(),
            blocks: vec![
                outcomes(page),
                Block::Folded {
                    title: page.say("Condition par condition", "Condition by condition").to_owned(),
                    blocks: shown(page, entries),
                },
            ],
        });
    }
    let answered: Vec<(Vec<Cell>, Vec<Block>)> = concordance::review(page.policy)
        .into_iter()
        .filter_map(|remark| {
            let reason = remark.answer?;
            let said = remark.diagnostic.message.clone();
            let place = remark.diagnostic.labels.first()?.span;
            let entry = entries.iter().rfind(|entry| entry.head.whole.start <= place.start);
            let term = entry.map_or_else(|| Cell::plain(said.clone()), |entry| page.link(entry));
            let lead =
                page.say("Écart relevé entre la règle et le passage", "Difference between rule and passage");
            let answer = page.say("Réponse de l'auteur", "The author's answer");
            Some((
                vec![term],
                vec![
                    Block::Para(page.lang.pair(lead, &said)),
                    Block::Para(page.lang.pair(answer, &page.lang.quoted(&reason))),
                ],
            ))
        })
        .collect();
    if !answered.is_empty() {
        sections.push(Section {
            title: page.say("Écarts relevés, et leur raison", "Differences that were answered").to_owned(),
            blocks: vec![Block::Terms(answered)],
        });
    }
}

fn outcomes(page: &PolicyPage<'_>) -> Block {
    let mut by_outcome: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for case in page.cases {
        let said = outcome_word(case.decision.outcome, page.lang);
        by_outcome.entry(said).or_default().push(case.name);
    }
    let rows = by_outcome.into_iter().map(|(outcome, names)| {
        vec![Cell::plain(outcome), Cell::plain(names.len().to_string()), Cell::plain(names.join(", "))]
    });
    Block::Grid(Grid {
        caption: several(page.cases.len(), "cas décidé", "cas décidés"),
        heads: [("Résultat", "Outcome"), ("Combien", "How many"), ("Cas", "Cases")]
            .map(|(fr, en)| page.say(fr, en).to_owned())
            .to_vec(),
        rows: rows.collect(),
    })
}

/// For each condition, which cases show which of its sides.
fn shown(page: &PolicyPage<'_>, entries: &[Entry<'_>]) -> Vec<Block> {
    let mut coverage = Coverage::new(page.policy);
    let mut by_point: BTreeMap<Point, Vec<&str>> = BTreeMap::new();
    for case in page.cases.iter().filter(|case| case.policy.sha256 == page.policy.sha256) {
        let points = seen(case.policy, case.decision);
        coverage.add(&points);
        for point in points {
            by_point.entry(point).or_default().push(case.name);
        }
    }
    let (done, all) = coverage.count();
    let counted =
        format!("{} {} {all}", several(done, "point montré", "points montrés"), page.say("sur", "of"));
    let mut blocks = vec![Block::Para(format!("{counted}."))];
    let rows = coverage.entries().iter().flat_map(|entry| {
        entry.rows.iter().enumerate().map(|(rank, row)| {
            let of_points = row.points.iter().filter(|point| coverage.state(point) != State::Impossible);
            let told = of_points.map(|point| {
                let names = by_point.get(point).map(Vec::as_slice).unwrap_or_default();
                let named = match names {
                    [] => page.say("aucun cas", "no case").to_owned(),
                    names => {
                        let more = names.len().saturating_sub(NAMED);
                        let some = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
                        if more > 0 { format!("{some} et {more} de plus") } else { some }
                    }
                };
                page.lang.pair(&in_words(page.policy, point), &named)
            });
            let rule = entries.iter().find(|own| own.head.span == entry.span);
            let first = match (rank, rule) {
                (0, Some(rule)) => page.link(rule),
                (0, None) => Cell::plain(entry.name.clone()),
                _ => Cell::plain(""),
            };
            vec![first, Cell::plain(row.label.clone()), Cell::plain(told.collect::<Vec<_>>().join(" · "))]
        })
    });
    blocks.push(Block::Grid(Grid {
        caption: page.say("Quel cas montre quoi", "Which case shows what").to_owned(),
        heads: [("Règle", "Rule"), ("Condition", "Condition"), ("Montré par", "Shown by")]
            .map(|(fr, en)| page.say(fr, en).to_owned())
            .to_vec(),
        rows: rows.collect(),
    }));
    blocks
}
