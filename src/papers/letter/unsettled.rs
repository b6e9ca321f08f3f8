//! Readings of the texts: those that were retained, and those that somebody has still to retain.

use super::frame::titled;
use crate::decision::{ReadingResult, ReadingStatus};
use crate::papers::fill::{Fill, blank, sentence};
use crate::policy::Citation;
use crate::render::document::{Block, Section};
use crate::render::words::one_line;

impl Fill<'_> {
    /// The readings that were retained: they are grounds of law.
    pub(in crate::papers) fn retained(&self) -> Option<Section> {
        let words = self.words();
        let mut blocks = Vec::new();
        for result in &self.decision().readings {
            let Some(option) = result.retained else { continue };
            let reading = &words.policy.readings[result.reading.index()];
            let option_name = words.quoted(words.option(result.reading, option));
            let by = match &reading.retained {
                Some(_) => "par le texte".to_owned(),
                None => self.by_whom(result.origin.as_ref()),
            };
            let mut inner: Vec<Block> =
                reading.question.iter().map(|question| Block::Para(one_line(question))).collect();
            inner.push(Block::Para(sentence(&format!("lecture retenue : {option_name}, {by}"))));
            let mut law: Vec<Citation> =
                reading.retained.iter().flat_map(|retained| retained.citations.clone()).collect();
            law.extend(reading.citations.get(usize::from(option)).into_iter().flatten().cloned());
            inner.extend(self.binding(&law, "cette lecture"));
            inner.extend(self.informing(&law));
            let title = reading.head.name.to_string();
            blocks.push(Block::Entry { title, blocks: inner });
        }
        titled("Lectures retenues", blocks)
    }

    /// The readings left open that change what the letter tells: somebody has to retain one before it is signed.
    pub(super) fn unsettled(&self) -> Option<Section> {
        let words = self.words();
        let open = self.decision().readings.iter().filter(|result| {
            result.retained.is_none()
                && result.status != ReadingStatus::Settled
                && result.changes.iter().any(|item| self.tells(*item))
        });
        let told = open.map(|result| {
            let names = result.changes.iter().filter(|item| self.tells(**item));
            let names: Vec<String> = names.map(|item| words.quoted(words.item(*item))).collect();
            let head = format!(
                "{}, dont dépend {}",
                words.reading(result.reading),
                words.list(&names, ("et", "and"))
            );
            Block::Para(words.pair(&head, &blank("lecture retenue, par qui et pourquoi")))
        });
        titled("Lectures à retenir avant signature", told.collect())
    }

    /// Whether a letter tells of an item: of a refusal, no objective and no mission.
    fn tells(&self, item: crate::policy::ItemRef) -> bool {
        use crate::policy::ItemRef as I;
        match item {
            I::Criterion(_) | I::Decision | I::Funding(_) | I::Obligation(_) => true,
            I::Objective(_) | I::Mission(_) => {
                self.decision().outcome != crate::decision::Outcome::Unfavourable
            }
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
        Block::Part { anchor: None, title: reading.head.name.to_string(), blocks }
    }
}
