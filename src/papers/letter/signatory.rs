//! The note to whoever signs a letter: what is still to be settled or checked, and what the person is not told. It goes to
//! nobody else.

use super::frame::{titled, untitled};
use crate::decision::{Combination, Outcome, ReadingResult, Status};
use crate::papers::fill::{Fill, blank, sentence};
use crate::policy::ItemRef;
use crate::render::document::{Block, Document, Section};
use crate::render::words::one_line;

/// Where the note says what it is.
pub(super) const RETAINED: &str = "La lecture retenue est un motif : la décision l'énonce, avec le texte opposable qui la \
                                   fonde (code des relations entre le public et l'administration, article L. 211-5). Une \
                                   fois inscrits au dossier la lecture, son auteur et son motif, la lettre est à établir de \
                                   nouveau.";

/// The note; none where there is nothing to say.
pub(super) fn document(fill: &Fill<'_>) -> Option<Document> {
    let mut sections = Vec::new();
    // A request for what is missing decides nothing yet.
    let decided = fill.decision().outcome != Outcome::Incomplete;
    if decided {
        sections.extend(titled("Lectures à retenir avant signature", fill.open_readings()));
    }
    sections.extend(titled("À vérifier avant signature", fill.to_check()));
    if decided {
        sections.extend(titled("Non communiqué au demandeur", fill.withheld()));
    }
    if sections.is_empty() {
        return None;
    }
    let said = "Cette note est destinée à qui signe la lettre. Elle n'est ni envoyée au demandeur ni jointe à la lettre.";
    sections.insert(0, untitled(vec![Block::Para(said.to_owned())]));
    let title = "Note à l'attention du signataire – à retirer avant envoi".to_owned();
    Some(Document { head: Vec::new(), title, subtitle: fill.noted(), verdict: None, sections, hint: None })
}

impl Fill<'_> {
    /// The readings left open that change what the letter tells: what each option gives, and its passages.
    fn open_readings(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = self.open().map(|result| self.options(result)).collect();
        if !blocks.is_empty() {
            blocks.push(Block::Para(RETAINED.to_owned()));
        }
        blocks
    }

    fn options(&self, result: &ReadingResult) -> Block {
        let words = self.words();
        let reading = &words.policy.readings[result.reading.index()];
        let mut blocks: Vec<Block> =
            reading.question.iter().map(|question| Block::Para(one_line(question))).collect();
        for option in (0_u16..).take(result.outcomes.len()) {
            let mut inner: Vec<Block> = Vec::new();
            for item in result.changes.iter().filter(|item| self.tells(**item)) {
                let under = |combination: &Combination| combination.contains(&(result.reading, option));
                let mut said: Vec<String> = Vec::new();
                for case in self.decision().item(*item).by_reading.iter().filter(|case| under(&case.readings))
                {
                    let came_to = match (item, &case.value) {
                        (ItemRef::Obligation(_), _) => words.case(*item, case),
                        (_, Some(value)) if case.status == Status::Due => {
                            format!(
                                "{}, {}",
                                words.status_said(*item, case.status),
                                words.given_value(*item, value)
                            )
                        }
                        _ => words.status_said(*item, case.status),
                    };
                    if !said.contains(&came_to) {
                        said.push(came_to);
                    }
                }
                let said = words.pair(words.item(*item), &words.list(&said, ("ou", "or")));
                inner.push(Block::Para(sentence(&said)));
            }
            let law = reading.citations.get(usize::from(option)).map_or(&[][..], Vec::as_slice);
            inner.extend(self.binding(law, "cette lecture"));
            inner.extend(self.informing(law));
            blocks.push(Block::Entry {
                title: words.quoted(words.option(result.reading, option)),
                blocks: inner,
            });
        }
        let mark = blank("lecture retenue, par qui et pourquoi");
        blocks.push(Block::Para(mark));
        let title = crate::papers::fill::capital(&reading.head.name);
        Block::Part { anchor: None, title, blocks }
    }

    /// What the decision wants its reader to know.
    pub(super) fn to_check(&self) -> Vec<Block> {
        let mut sections: Vec<Section> = Vec::new();
        self.report.to_know(&mut sections);
        sections.into_iter().flat_map(|section| section.blocks).collect()
    }

    /// What the agency's template keeps from the person, with what it comes to.
    fn withheld(&self) -> Vec<Block> {
        let words = self.words();
        let (fundings, obligations) = (&self.decision().fundings, &self.decision().obligations);
        let told = fundings.iter().chain(obligations).filter(|result| self.withholds(result.item));
        let told = told.map(|result| {
            let said = match result.item {
                ItemRef::Obligation(_) => words.summary(result),
                _ => words.came_to(result.item, result.status, result.value.as_ref()),
            };
            let place = self.places(self.report.whole_law(result.item).iter()).join(" ; ");
            let said = words.pair(words.item(result.item), &said);
            Block::Para(sentence(&if place.is_empty() { said } else { format!("{said} ({place})") }))
        });
        told.collect()
    }
}
