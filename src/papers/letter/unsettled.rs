//! Readings of the texts: those that were retained, and those that somebody has still to retain.

use super::frame::titled;
use crate::decision::{Leaf, Op, ReadingResult, ReadingStatus, Status, Step};
use crate::papers::fill::{Fill, blank, capital, sentence};
use crate::policy::{Citation, ItemRef, ReadingId};
use crate::render::document::{Block, Section};
use crate::render::words::one_line;

impl Fill<'_> {
    /// The readings that were retained: they are grounds of law.
    pub(in crate::papers) fn retained(&self) -> Option<Section> {
        let words = self.words();
        let mut blocks = Vec::new();
        for result in &self.decision().readings {
            let Some(option) = result.retained.filter(|_| self.bears(result.reading)) else { continue };
            let reading = &words.policy.readings[result.reading.index()];
            let option_name = words.quoted(words.option(result.reading, option));
            let by = match &reading.retained {
                Some(_) => ", par le texte".to_owned(),
                None => format!(" {}", self.by_whom(result.origin.as_ref())),
            };
            let mut inner: Vec<Block> =
                reading.question.iter().map(|question| Block::Para(one_line(question))).collect();
            inner.push(Block::Para(sentence(&format!("lecture retenue : {option_name}{by}"))));
            let mut law: Vec<Citation> =
                reading.retained.iter().flat_map(|retained| retained.citations.clone()).collect();
            law.extend(reading.citations.get(usize::from(option)).into_iter().flatten().cloned());
            inner.extend(self.binding(&law, "cette lecture"));
            inner.extend(self.informing(&law));
            let title = capital(&reading.head.name);
            blocks.push(Block::Entry { title, blocks: inner });
        }
        titled("Lectures retenues", blocks)
    }

    /// Whether something that applies was worked out by a reading.
    fn bears(&self, reading: ReadingId) -> bool {
        fn reads(step: &Step, reading: ReadingId) -> bool {
            let body = match &step.op {
                Op::Shared(body) => Some(&**body),
                Op::Leaf(Leaf::Reading(own)) if *own == reading => return true,
                _ => None,
            };
            step.operands.iter().chain(body).any(|inner| reads(inner, reading))
        }
        let decision = self.decision();
        let results =
            std::iter::once(&decision.decision).chain(&decision.criteria).chain(&decision.objectives);
        let results =
            results.chain(&decision.missions).chain(&decision.fundings).chain(&decision.obligations);
        results
            .filter(|result| !matches!(result.status, Status::NotApplicable | Status::NotDue))
            .flat_map(|result| &result.by_reading)
            .flat_map(|case| &case.because.parts)
            .any(|(_, step)| reads(step, reading))
    }

    /// The readings left open that change what the letter tells: somebody has to retain one before it is signed.
    pub(super) fn open(&self) -> impl Iterator<Item = &ReadingResult> {
        self.decision().readings.iter().filter(|result| {
            result.retained.is_none()
                && result.status != ReadingStatus::Settled
                && result.changes.iter().any(|item| self.tells(*item))
        })
    }

    /// The readings left open that move an item.
    pub(super) fn moving(&self, item: ItemRef) -> Vec<ReadingId> {
        let open = self.decision().readings.iter().filter(|result| {
            result.retained.is_none()
                && result.status != ReadingStatus::Settled
                && result.changes.contains(&item)
        });
        open.map(|result| result.reading).collect()
    }

    /// Whether a letter rests on an item: nothing rests on an objective or a mission.
    pub(super) fn tells(&self, item: ItemRef) -> bool {
        match item {
            ItemRef::Criterion(_) | ItemRef::Decision => true,
            ItemRef::Funding(_) | ItemRef::Obligation(_) => !self.withholds(item),
            ItemRef::Objective(_) | ItemRef::Mission(_) => false,
        }
    }

    /// A reading that decides: its question, what each option gives, and the passages of each.
    pub(super) fn decisive(&self, result: &ReadingResult) -> Block {
        let words = self.words();
        let reading = &words.policy.readings[result.reading.index()];
        let mut blocks: Vec<Block> =
            reading.question.iter().map(|question| Block::Para(one_line(question))).collect();
        for (option, outcome) in (0_u16..).zip(&result.outcomes) {
            let title =
                words.pair(&words.quoted(words.option(result.reading, option)), words.outcome(*outcome));
            let law = reading.citations.get(usize::from(option)).map_or(&[][..], Vec::as_slice);
            let mut inner = self.binding(law, "cette lecture");
            inner.extend(self.informing(law));
            blocks.push(Block::Entry { title, blocks: inner });
        }
        blocks.push(Block::Para(words.pair("Lecture retenue", &blank("option retenue"))));
        blocks.push(Block::Para(words.pair("Par", &blank("prénom, nom et qualité de qui la retient"))));
        blocks.push(Block::Para(words.pair("Motif", &blank("motif"))));
        Block::Part { anchor: None, title: capital(&reading.head.name), blocks }
    }
}
