//! A note to the authority, where something is for it to settle before any letter.

use super::frame::{titled, untitled};
use crate::decision::{Outcome, ReadingStatus, Status};
use crate::papers::fill::{Fill, blank, capital, sentence};
use crate::papers::template::Place;
use crate::policy::FundingKind;
use crate::render::document::{Block, Document, Section, Sign};

/// The note.
pub(super) fn document(fill: &Fill<'_>) -> Document {
    let words = fill.words();
    let mut sections = vec![untitled(vec![
        Block::Para(
            "Cette note est destinée à l'autorité qui décide. Elle n'est pas une lettre au demandeur et ne lui est pas adressée : \
             rien n'est encore décidé."
                .to_owned(),
        ),
        Block::Para(fill.examined()),
        Block::Para(sentence(&words.verdict(fill.decision()))),
    ])];
    sections.extend(titled("Lectures à retenir", fill.to_retain()));
    sections.extend(titled("Appréciations à porter", fill.to_settle()));
    sections.extend(titled("Appréciations portées par l'autorité", fill.judged()));
    sections.extend(fill.retained());
    sections.extend(titled("Critères", fill.criteria()));
    let mut given = Vec::new();
    fill.report.versions(&mut given);
    fill.report.results(&mut given);
    fill.report.fundings(FundingKind::Funding, &mut given);
    fill.report.fundings(FundingKind::Contribution, &mut given);
    // A paper has no key to signs: what is open says so in words.
    for block in given.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Item { sign, .. } = block {
            *sign = Sign::Aside;
        }
    }
    sections.extend(given);
    sections.extend(titled("À vérifier avant signature", fill.to_check()));
    let next = match fill.decision().outcome {
        Outcome::DependsOnReading => super::signatory::RETAINED,
        _ => {
            "Ce qui est apprécié est un motif de la décision, que celle-ci énonce avec le texte opposable qui le fonde (code \
             des relations entre le public et l'administration, article L. 211-5). Une fois inscrits au dossier \
             l'appréciation, son auteur et son motif, la lettre au demandeur peut être établie."
        }
    };
    sections
        .push(Section { title: "Suite à donner".to_owned(), blocks: vec![Block::Para(next.to_owned())] });
    let date = words.pair("Date", &blank("date"));
    let signed = vec![blank("prénom, nom et qualité de qui décide"), date, blank("signature")];
    sections.push(untitled(vec![Block::Signature(signed)]));
    Document {
        head: Vec::new(),
        title: "Note à l'autorité qui décide".to_owned(),
        subtitle: fill.noted(),
        verdict: None,
        sections,
        hint: None,
    }
}

impl Fill<'_> {
    /// What stands at the head of a note.
    pub(super) fn noted(&self) -> Vec<String> {
        let mut lines = vec![self.line(Place::Authority, "désignation de l'autorité")];
        lines.extend(self.own(Place::Service));
        lines.push(self.words().pair("Dossier", &self.dossier()));
        lines
    }

    fn to_retain(&self) -> Vec<Block> {
        let readings = self.decision().readings.iter();
        readings
            .filter(|result| result.status == ReadingStatus::Decisive)
            .map(|result| self.decisive(result))
            .collect()
    }

    /// What the authority has to judge, and what each judgement would give.
    fn to_settle(&self) -> Vec<Block> {
        let words = self.words();
        let told = self.to_judge().into_iter().enumerate().map(|(rank, missing)| {
            let mut lines: Vec<String> =
                Some(self.report.asked_for(missing, &|item| self.tells(item))).into_iter().collect();
            lines.push(words.answers(missing));
            lines.retain(|line| !line.is_empty());
            lines.push(words.pair("appréciation", &blank("réponse, auteur et motif")));
            Block::Ask { rank: rank + 1, question: words.asked(missing.place), lines }
        });
        told.collect()
    }

    /// Each criterion with its facts, those that are met by their names.
    fn criteria(&self) -> Vec<Block> {
        let words = self.words();
        let mut blocks = Vec::new();
        for result in &self.decision().criteria {
            let status = words.status_said(result.item, result.status);
            let title = words.pair(&capital(words.item(result.item)), &status);
            let plain = matches!(result.status, Status::Met) && words.by_exception(result).is_none();
            let facts = if plain { Vec::new() } else { self.facts(&self.report.told(result)) };
            blocks.push(Block::Entry { title, blocks: facts });
        }
        blocks
    }
}
