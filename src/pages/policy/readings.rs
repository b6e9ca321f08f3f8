//! What the texts leave open: each question with the passages of its answers, and the rules that it moves.

use super::PolicyPage;
use super::entry::{Entry, title};
use crate::policy::ReadingId;
use crate::render::document::{Block, Cell, Section, anchor};

/// The readings that a policy leaves open, or retains.
pub(super) fn section(page: &PolicyPage<'_>, entries: &[Entry<'_>]) -> Option<Section> {
    let policy = page.policy;
    let blocks: Vec<Block> = (0..)
        .map(ReadingId)
        .zip(&policy.readings)
        .filter(|(_, reading)| policy.is_own(reading.head.span))
        .map(|(id, reading)| {
            let mut blocks: Vec<Block> = reading.question.iter().map(|asked| Block::Para(asked.to_string())).collect();
            let options = &policy.choices[reading.choice.index()].options;
            let terms = options.iter().zip(&reading.citations);
            let terms = terms.map(|(option, citations)| {
                (vec![Cell::plain(option.to_string())], page.passages(citations))
            });
            blocks.push(Block::Terms(terms.collect()));
            match &reading.retained {
                Some(retained) => {
                    let option = options.get(usize::from(retained.option)).map(ToString::to_string).unwrap_or_default();
                    let lead = page.say("Le texte retient", "The text retains");
                    blocks.push(Block::Para(format!("{lead} {}.", page.lang.quoted(&option))));
                    blocks.extend(page.passages(&retained.citations));
                }
                None => blocks.push(Block::Para(
                    page.say(
                        "Aucune n'est retenue : chaque dossier est décidé selon toutes, et l'autorité choisit là où \
                         elles divergent.",
                        "None is retained: each dossier is decided under all of them, and the authority chooses where \
                         they part.",
                    )
                    .to_owned(),
                )),
            }
            let moved: Vec<Vec<Cell>> = entries
                .iter()
                .filter(|entry| entry.reach(policy).readings.contains(&id))
                .map(|entry| vec![page.link(entry)])
                .collect();
            if !moved.is_empty() {
                blocks.push(Block::Para(page.say("Elle change :", "It changes:").to_owned()));
                blocks.push(Block::List(moved));
            }
            let name = format!("lecture {}", reading.head.name);
            let title = title(&name, &reading.head.name, page.lang);
            Block::Part { anchor: Some(anchor(&name)), title, blocks }
        })
        .collect();
    let title = page.say("Ce que les textes laissent ouvert", "What the texts leave open").to_owned();
    (!blocks.is_empty()).then_some(Section { title, blocks })
}
