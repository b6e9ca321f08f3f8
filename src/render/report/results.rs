//! The values that a decision gives.

use super::{Block, Builder, Cell, Section, Sign};
use crate::decision::{ItemResult, Part, ReadingCase, Status};
use crate::known::Known;
use crate::policy::ItemRef;
use crate::render::words::{by_readings, part};

impl Builder<'_> {
    /// The results: each with its value, and how it is worked out.
    pub(crate) fn results(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let results = self.decision.fundings.iter().filter(|result| words.is_result(result.item));
        let (mut given, mut others) = (Vec::new(), Vec::new());
        for result in results {
            let cases = result.by_reading.iter();
            let cases =
                by_readings(cases.map(|c| (c.readings.clone(), self.given(result.item, c))).collect());
            match cases.as_slice() {
                [(_, (true, said))] => {
                    given.push(vec![Cell::plain(words.item(result.item)), Cell::plain(said.clone())]);
                }
                [(_, (false, said))] => others.push(self.not_given(result, said)),
                cases => {
                    let rows = cases.iter().map(|(options, (_, said))| {
                        vec![Cell::plain(self.options(options)), Cell::plain(said.clone())]
                    });
                    others.push(Block::Entry {
                        title: words.item(result.item).to_owned(),
                        blocks: vec![Block::Table(rows.collect())],
                    });
                }
            }
        }
        let table = (!given.is_empty()).then_some(Block::Table(given));
        let blocks: Vec<Block> = table.into_iter().chain(others).collect();
        if !blocks.is_empty() {
            let title = words.say("Résultat", "Result").to_owned();
            sections.push(Section { title, blocks });
        }
    }

    /// Whether a value is given, and what is said of it.
    fn given(&self, item: ItemRef, case: &ReadingCase) -> (bool, String) {
        let words = &self.words;
        let step = part(&case.because, Part::Value);
        let told = |value: &Known| {
            let few = step.and_then(|step| words.one_of_few(step, value));
            few.unwrap_or_else(|| words.given_value(item, value))
        };
        match (case.status, &case.value) {
            (Status::NotApplicable, _) => (false, words.not_applicable(case)),
            (Status::Due, Some(value)) => {
                let said = told(value);
                let step = step.filter(|step| step.value == *value);
                match step.and_then(|step| words.calculation(step)) {
                    Some(calculation) if value.is_single() => (true, format!("{said} ({calculation})")),
                    Some(_) | None => (true, said),
                }
            }
            (_, Some(value)) => {
                let open = words.say("s'il y a lieu", "where it applies");
                let why = words.perhaps_not_applicable(case);
                let said = format!("{}, {open}", told(value));
                (false, why.map_or(said.clone(), |why| format!("{said} ; {why}")))
            }
            (_, None) => (false, words.say("à établir", "to be settled").to_owned()),
        }
    }

    fn not_given(&self, result: &ItemResult, said: &str) -> Block {
        let sign = if result.status == Status::NotApplicable { Sign::Aside } else { Sign::Open };
        let title = self.words.pair(self.words.item(result.item), said);
        Block::Item { sign, title, blocks: Vec::new() }
    }
}
