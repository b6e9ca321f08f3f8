//! The note to whoever signs a letter: what is still to be settled or checked, and what the person is not told. It goes to
//! nobody else.

use super::frame::{titled, untitled};
use crate::decision::{Combination, Outcome, ReadingResult, Status};
use crate::papers::fill::{Fill, blank, sentence};
use crate::policy::{ItemRef, Reach};
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
    sections.extend(titled("Appréciations à porter", fill.still_to_judge()));
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

    /// What the authority has still to judge.
    fn still_to_judge(&self) -> Vec<Block> {
        let words = self.words();
        let judged = self.to_judge();
        let names: Vec<String> =
            judged.iter().map(|missing| words.quoted(&words.listed(missing.place))).collect();
        if names.is_empty() {
            return Vec::new();
        }
        let said = words.pair("l'autorité a encore à apprécier", &words.list(&names, ("et", "and")));
        let then = "Une fois inscrits au dossier l'appréciation, son auteur et son motif, la lettre est à établir de nouveau.";
        vec![Block::Para(sentence(&said)), Block::Para(then.to_owned())]
    }

    /// What is to be checked: a time that is over, a refusal in part, what the decision wants its reader to know, and what
    /// the author of the text wrote of it.
    pub(super) fn to_check(&self) -> Vec<Block> {
        let over = self.silence_over().map(|over| self.warned_of(&over));
        let mut blocks: Vec<Block> = over.into_iter().chain(self.in_part()).map(Block::Para).collect();
        let mut sections: Vec<Section> = Vec::new();
        self.report.to_know(&mut sections);
        blocks.extend(sections.into_iter().flat_map(|section| section.blocks));
        blocks.extend(self.noted_by_author().into_iter().map(Block::Para));
        blocks
    }

    /// A refusal of a part of what is asked for is reasoned as a refusal is.
    fn in_part(&self) -> Option<String> {
        let words = self.words();
        let refused: Vec<String> = self.refused_in_part().iter().map(|name| words.quoted(name)).collect();
        (!refused.is_empty()).then(|| {
            format!(
                "Refus partiel : {}. Le refus d'un avantage qui est un droit pour qui remplit les conditions légales de son \
                 obtention est motivé, en droit comme en fait (code des relations entre le public et l'administration, \
                 articles L. 211-2 et L. 211-5) : vérifier que la lettre en énonce les motifs.",
                words.list(&refused, ("et", "and"))
            )
        })
    }

    /// The author's notes, in the author's words: those of the text, those of what the decision tells, and those of the
    /// readings and of what it was worked out by; of an amount or a right that may be given, that it is to be checked
    /// before it is.
    fn noted_by_author(&self) -> Vec<String> {
        let words = self.words();
        let policy = words.policy;
        let quoted = |head: &str, note: &str| words.pair(head, &words.quoted(&one_line(note)));
        let mut told: Vec<String> = Vec::new();
        told.extend(policy.notes.iter().map(|note| quoted("Note de l'auteur du texte", note)));
        let items = policy.items().filter(|item| {
            !matches!(self.decision().item(*item).status, Status::NotApplicable | Status::NotDue)
        });
        let mut read = Reach::default();
        for item in items {
            let name = words.quoted(words.item(item));
            let head = match item {
                ItemRef::Funding(_) => {
                    format!("À vérifier avant de signer, pour {name}, note de l'auteur du texte")
                }
                _ => format!("Note de l'auteur du texte, sur {name}"),
            };
            told.extend(policy.head(item).notes.iter().map(|note| quoted(&head, note)));
            policy.roots(item).into_iter().for_each(|expr| read.add_expr(policy, expr));
        }
        let readings = read.readings.iter().map(|id| &policy.readings[id.index()].head);
        let readings = readings.map(|head| ("la lecture ", &head.name, &head.notes));
        let definitions =
            read.definitions.iter().map(|id| &policy.definitions[id.index()]).filter(|one| !one.result);
        let definitions = definitions.map(|one| ("", &one.label, &one.head.notes));
        let parameters = read.parameters.iter().map(|id| &policy.parameters[id.index()]);
        let parameters = parameters.map(|one| ("", &one.label, &one.head.notes));
        for (kind, name, notes) in readings.chain(definitions).chain(parameters) {
            let head = format!("Note de l'auteur du texte, sur {kind}{}", words.quoted(name));
            told.extend(notes.iter().map(|note| quoted(&head, note)));
        }
        told
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
