//! What is missing: the questions to ask, and what each answer would give.

use super::{Block, Builder, Section};
use crate::decision::{Missing, Outcome};
use crate::known::Known;
use crate::policy::ItemRef;

/// Past this many questions, each takes two lines.
const FEW: usize = 5;

impl Builder<'_> {
    /// The questions whose answer may change the outcome.
    pub(super) fn questions(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let decisive: Vec<&Missing> = self.decision.missing.iter().filter(|m| m.decisive).collect();
        if decisive.is_empty() {
            return;
        }
        let blocks = decisive
            .iter()
            .enumerate()
            .map(|(i, missing)| {
                let write = format!(
                    "{} {}",
                    words.say("à écrire dans", "to be written in"),
                    words.path(missing.place)
                );
                let purpose = self.purpose(missing);
                let first = if purpose.is_empty() { write } else { format!("{purpose} · {write}") };
                let answers = self.answers(missing);
                let mut lines = vec![first];
                if !answers.is_empty() && decisive.len() <= FEW {
                    lines.push(answers);
                }
                Block::Ask { rank: i + 1, question: words.question(missing.place), lines }
            })
            .collect();
        sections.push(Section {
            title: words
                .say(
                    "À demander, avec un délai de réponse (CRPA, art. L. 114-5)",
                    "To be asked for, with a time to answer (CRPA, art. L. 114-5)",
                )
                .to_owned(),
            blocks,
        });
    }

    /// The criteria that a missing fact bears on, else the other items.
    fn purpose(&self, missing: &Missing) -> String {
        let words = &self.words;
        let named = |of: &dyn Fn(&ItemRef) -> bool| -> Vec<String> {
            missing.affects.iter().filter(|i| of(i)).map(|i| words.quoted(words.item(*i))).collect()
        };
        let criteria = named(&|i| matches!(i, ItemRef::Criterion(_)));
        let names = if criteria.is_empty() { named(&|i| !matches!(i, ItemRef::Decision)) } else { criteria };
        match names.as_slice() {
            [] => String::new(),
            names => format!("{} {}", words.say("pour", "for"), words.list(names, ("et", "and"))),
        }
    }

    /// `oui : favorable · non : défavorable`.
    fn answers(&self, missing: &Missing) -> String {
        let words = &self.words;
        let ty = words.type_of(missing.place);
        // Answers with one outcome stand together.
        let mut groups: Vec<(Vec<String>, Outcome)> = Vec::new();
        for (known, outcome) in &missing.outcomes {
            let value = match known {
                Known::Text(set) if set.value().is_none() => {
                    words.say("toute autre réponse", "any other answer").to_owned()
                }
                _ => words.known(known, ty),
            };
            match groups.iter_mut().find(|(_, o)| o == outcome) {
                Some((values, _)) => values.push(value),
                None => groups.push((vec![value], *outcome)),
            }
        }
        // Where no answer settles anything by itself, there is nothing to tell.
        if groups.len() == 1 {
            return String::new();
        }
        let said: Vec<String> = groups
            .iter()
            .map(|(values, outcome)| words.pair(&words.list(values, ("ou", "or")), words.outcome(*outcome)))
            .collect();
        said.join(" · ")
    }

    /// Missing facts that change no outcome, with what they bear on.
    pub(super) fn other_questions(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let mut groups: Vec<(&[ItemRef], Vec<String>)> = Vec::new();
        for missing in self.decision.missing.iter().filter(|m| !m.decisive) {
            let label = words.label(missing.place);
            match groups.iter_mut().find(|(items, _)| *items == missing.affects) {
                Some((_, labels)) => labels.push(label),
                None => groups.push((&missing.affects, vec![label])),
            }
        }
        let blocks: Vec<Block> = groups
            .iter()
            .map(|(items, labels)| {
                let names: Vec<String> = items.iter().map(|i| words.quoted(words.item(*i))).collect();
                let names = format!("{} {}", words.say("pour", "for"), words.list(&names, ("et", "and")));
                Block::Para(words.pair(&names, &labels.join(", ")))
            })
            .collect();
        if !blocks.is_empty() {
            sections.push(Section {
                title: words
                    .say(
                        "Inconnu aussi, sans effet sur la décision",
                        "Unknown too, with no effect on the decision",
                    )
                    .to_owned(),
                blocks,
            });
        }
    }
}
