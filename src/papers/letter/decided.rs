//! A decision that is notified: favourable, unfavourable, or the results of a text that decides nothing.

use super::frame::{titled, untitled};
use crate::decision::{Outcome, Status};
use crate::papers::fill::{Fill, capital, sentence};
use crate::papers::template::Place;
use crate::policy::{ItemRef, Reach};
use crate::render::document::{Block, Document, Section};

/// The letter.
pub(super) fn document(fill: &Fill<'_>) -> Document {
    let outcome = fill.decision().outcome;
    let (reasons, mut law) = fill.reasons();
    let given = fill.given(&mut law);
    let mut sections = vec![untitled(fill.paras_of(outcome))];
    sections.extend(fill.texts(&law));
    sections.push(Section { title: "Décision".to_owned(), blocks: fill.ruling() });
    sections.extend(reasons);
    sections.extend(titled("Appréciations portées par l'autorité", fill.judged()));
    sections.extend(fill.retained());
    sections.extend(given);
    sections.extend(titled("Objectifs et missions", fill.aims()));
    sections.extend(titled("Informations restant à fournir", fill.still_asked()));
    sections.extend(titled("Voies et délais de recours", fill.remedies()));
    sections.extend(fill.mention());
    fill.letter(&format!("{} – {}", fill.about(), fill.request()), "date de la décision", sections)
}

impl Fill<'_> {
    fn paras_of(&self, outcome: Outcome) -> Vec<Block> {
        let (place, what) = match outcome {
            Outcome::Unfavourable => (Place::Unfavourable, "formule d'une décision défavorable"),
            Outcome::Calculated => (Place::Calculated, "formule d'un résultat"),
            _ => (Place::Favourable, "formule d'une décision favorable"),
        };
        self.paras(place, what)
    }

    /// Objectives and missions: of a refusal, none; where nothing rests on them, that is said.
    fn aims(&self) -> Vec<Block> {
        let (words, decision) = (self.words(), self.decision());
        let results = || decision.objectives.iter().chain(&decision.missions);
        if decision.outcome == Outcome::Unfavourable || results().next().is_none() {
            return Vec::new();
        }
        let policy = words.policy;
        let others =
            policy.items().filter(|item| !matches!(item, ItemRef::Objective(_) | ItemRef::Mission(_)));
        let read: Vec<ItemRef> = others.flat_map(|item| Reach::of_item(policy, item).items).collect();
        let mut blocks = Vec::new();
        if !results().any(|result| read.contains(&result.item)) {
            blocks.push(Block::Para("Ce qui suit est sans effet sur la présente décision.".to_owned()));
        }
        for result in decision.objectives.iter().filter(|result| result.status != Status::NotApplicable) {
            let cases = result.by_reading.iter();
            let said: Vec<_> =
                cases.map(|case| (case.readings.clone(), vec![words.case(result.item, case)])).collect();
            let said = self.alike(&said).join(", ");
            blocks.push(Block::Para(sentence(&words.pair(&words.objective(result.item), &said))));
        }
        for (status, head) in [
            (Status::Covered, "missions que le dossier prévoit"),
            (Status::NotCovered, "missions que le dossier ne prévoit pas"),
        ] {
            let of = decision.missions.iter().filter(|mission| mission.status == status);
            let names: Vec<String> = of.map(|mission| words.item(mission.item).to_owned()).collect();
            if !names.is_empty() {
                let names = words.list(&names, ("et", "and"));
                blocks.push(Block::Para(format!("{}.", capital(&words.pair(head, &names)))));
            }
        }
        blocks
    }
}
