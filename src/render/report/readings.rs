//! Where the texts leave something open: what each reading gives, and which was retained.

use super::{Block, Builder, Cell, Section, Tone};
use crate::decision::{Combination, Outcome, ReadingResult, ReadingStatus, Status};
use crate::policy::ReadingId;
use crate::render::words::{by_readings, one_line};

impl Builder<'_> {
    /// The readings that decide: their passages, and the outcome under each.
    pub(super) fn decisive_readings(&self, sections: &mut Vec<Section>) {
        let decisive: Vec<&ReadingResult> =
            self.decision.readings.iter().filter(|r| r.status == ReadingStatus::Decisive).collect();
        if decisive.is_empty() {
            return;
        }
        let mut blocks: Vec<Block> = decisive.iter().map(|reading| self.decisive(reading)).collect();
        if decisive.len() > 1 {
            blocks.push(self.combinations());
        }
        blocks.extend(self.to_retain(&decisive));
        sections.push(Section { title: String::new(), blocks });
    }

    /// How to retain a reading.
    fn to_retain(&self, decisive: &[&ReadingResult]) -> Vec<Block> {
        let words = &self.words;
        if self.by_form {
            let said = words.say(
                "Pour retenir une lecture : la choisir à la fin du formulaire, dire qui la retient et pourquoi.",
                "To retain a reading: choose it at the end of the form, say by whom it is retained and why.",
            );
            return vec![Block::Para(said.to_owned())];
        }
        let mut blocks = Vec::new();
        // A dossier that retains some already has the key, which is written once.
        let added = words.dossier.readings.iter().any(Option::is_some);
        let head = match added {
            true => words.say(
                "Pour retenir une lecture, indiquer dans le dossier, sous « lectures », l'option retenue, qui la retient et pourquoi :",
                "To retain a reading, say in the dossier, below “lectures”, which option is retained, by whom and why:",
            ),
            false => words.say(
                "Pour retenir une lecture, indiquer dans le dossier l'option retenue, qui la retient et pourquoi :",
                "To retain a reading, say in the dossier which option is retained, by whom and why:",
            ),
        };
        blocks.push(Block::Para(head.to_owned()));
        let lines: Vec<String> = decisive
            .iter()
            .map(|result| {
                // It is not ours to prefer one.
                let options = (0_u16..).zip(&result.outcomes);
                let options: Vec<String> =
                    options.map(|(option, _)| words.option(result.reading, option).to_owned()).collect();
                let options = words.list(&options, ("ou", "or"));
                format!("{}: {{valeur: {options}, par: …, motif: …}}", words.reading(result.reading))
            })
            .collect();
        match added {
            true => blocks.extend(lines.into_iter().map(Block::ToWrite)),
            false => blocks.push(Block::ToWrite(format!("lectures: {{{}}}", lines.join(", ")))),
        }
        blocks
    }

    fn decisive(&self, result: &ReadingResult) -> Block {
        let words = &self.words;
        let reading = &words.policy.readings[result.reading.index()];
        let mut blocks = Vec::new();
        if let Some(question) = &reading.question {
            blocks.push(Block::Para(question.to_string()));
        }
        let mut rows = Vec::new();
        for (option, outcome) in (0_u16..).zip(&result.outcomes) {
            let cell = Cell::toned(words.outcome(*outcome), Tone::of(*outcome));
            let mut first = vec![Cell::plain(words.option(result.reading, option)), cell];
            let citations = reading.citations.get(usize::from(option)).map_or(&[][..], |c| c);
            for citation in citations {
                let source = self.source(citation);
                let passage =
                    citation.quote.as_deref().map(|q| words.quoted(&one_line(q))).unwrap_or_default();
                let mut row = std::mem::take(&mut first);
                row.resize(2, Cell::plain(""));
                row.push(Cell::plain(source));
                row.push(Cell::plain(passage));
                rows.push(row);
            }
            if citations.is_empty() {
                rows.push(first);
            }
        }
        blocks.push(Block::Table(rows));
        let head = words.say("lecture à retenir", "reading to be retained");
        Block::Entry { title: words.pair(head, words.reading(result.reading)), blocks }
    }

    /// The outcome under each combination, where several readings decide.
    fn combinations(&self) -> Block {
        let words = &self.words;
        let cases: Vec<(Combination, Status)> =
            self.decision.decision.by_reading.iter().map(|c| (c.readings.clone(), c.status)).collect();
        let rows = by_readings(cases)
            .into_iter()
            .map(|(combination, status)| {
                let outcome = match status {
                    Status::Favourable if !words.policy.decision.stated => Outcome::Calculated,
                    Status::Favourable => Outcome::Favourable,
                    Status::Unfavourable => Outcome::Unfavourable,
                    _ => Outcome::Incomplete,
                };
                vec![
                    Cell::plain(self.options(&combination)),
                    Cell::toned(words.outcome(outcome), Tone::of(outcome)),
                ]
            })
            .collect();
        Block::Entry {
            title: words.say("ces lectures ensemble", "these readings together").to_owned(),
            blocks: vec![Block::Table(rows)],
        }
    }

    /// The readings that the dossier or the command retains.
    pub(super) fn retained_readings(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let rows: Vec<Vec<Cell>> = self
            .decision
            .readings
            .iter()
            .filter_map(|result| {
                let option = words.option(result.reading, result.retained?);
                let origin = result.origin.as_ref();
                let by = origin.and_then(|o| o.by.as_deref());
                let reason = origin.and_then(|o| o.reason.as_deref()).map(|r| words.quoted(r));
                let by_text = words.policy.readings[result.reading.index()].retained.as_ref();
                let who = match (by, reason) {
                    _ if by_text.is_some() => {
                        let sources = by_text.into_iter().flat_map(|retained| &retained.citations);
                        let sources: Vec<String> = sources.map(|citation| self.source(citation)).collect();
                        let text = words.say("par le texte", "by the text").to_owned();
                        match sources.is_empty() {
                            true => text,
                            false => words.pair(&text, &words.list(&sources, ("et", "and"))),
                        }
                    }
                    (Some(by), Some(reason)) => words.pair(by, &reason),
                    (Some(by), None) => by.to_owned(),
                    (None, Some(reason)) => reason,
                    (None, None) => String::new(),
                };
                Some(vec![
                    Cell::plain(words.reading(result.reading)),
                    Cell::plain(option),
                    Cell::toned(who, Tone::Faint),
                ])
            })
            .collect();
        if !rows.is_empty() {
            let title = if rows.len() == 1 {
                words.say("Lecture retenue", "Reading retained")
            } else {
                words.say("Lectures retenues", "Readings retained")
            };
            sections.push(Section { title: title.to_owned(), blocks: vec![Block::Table(rows)] });
        }
    }

    /// The options of a combination, which are then explained with the readings that are cited.
    pub(super) fn options(&self, combination: &[(ReadingId, u16)]) -> String {
        self.read.borrow_mut().extend(combination.iter().map(|(reading, _)| *reading));
        self.words.options(combination)
    }

    /// What is asked by the readings of which an option is named here, with their options; those that decide apart:
    /// their question stands with them.
    pub(super) fn cited_readings(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let read = self.read.borrow();
        let cited = self.decision.readings.iter().filter(|result| {
            result.status != ReadingStatus::Decisive
                && (result.retained.is_some() || !result.changes.is_empty() || read.contains(&result.reading))
        });
        let rows: Vec<Vec<Cell>> = cited
            .filter_map(|result| {
                let question = words.policy.readings[result.reading.index()].question.as_ref()?;
                let options = (0_u16..).zip(&result.outcomes);
                let options: Vec<String> =
                    options.map(|(option, _)| words.option(result.reading, option).to_owned()).collect();
                let asked = format!("{} ({})", one_line(question), words.list(&options, ("ou", "or")));
                Some(vec![Cell::plain(words.reading(result.reading)), Cell::plain(asked)])
            })
            .collect();
        if !rows.is_empty() {
            let title = words.say("Lectures citées", "Readings cited");
            sections.push(Section { title: title.to_owned(), blocks: vec![Block::Table(rows)] });
        }
    }

    /// The names of the readings of some combinations: `champ du forfait`.
    pub(super) fn readings_named<T>(&self, cases: &[(Combination, T)]) -> String {
        let mut readings: Vec<ReadingId> =
            cases.iter().flat_map(|(combination, _)| combination.iter().map(|(r, _)| *r)).collect();
        readings.sort_unstable();
        readings.dedup();
        self.read.borrow_mut().extend(readings.iter().copied());
        readings.iter().map(|r| self.words.reading(*r)).collect::<Vec<_>>().join(", ")
    }
}
