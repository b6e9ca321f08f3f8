//! The versions that may go to a dossier, where what chooses is not known.

use crate::decision::{VersionChoice, VersionOutcome};

use super::{Block, Builder, Cell, Section, Tone};

impl Builder<'_> {
    /// What each version gives, and which is told below.
    pub(crate) fn versions(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let Some(choice) = self.decision.version.as_ref().filter(|choice| choice.candidates.len() > 1) else {
            return;
        };
        let labels: Vec<String> =
            choice.candidates.iter().map(|one| self.what_differs(one, choice)).collect();
        let rows = choice.candidates.iter().zip(&labels).map(|(one, label)| {
            vec![Cell::plain(label), Cell::toned(words.outcome(one.outcome), Tone::of(one.outcome))]
        });
        let mut blocks = vec![Block::Table(rows.collect())];
        if let Some(told) = labels.get(choice.shown) {
            let head =
                words.say("La suite est dite selon la version", "What follows is told under the version");
            let over_all = words.say(
                "les montants et les échéances sont ceux de toutes les versions possibles",
                "amounts and time limits are those of all possible versions",
            );
            blocks.push(Block::Para(format!(
                "{head} {}{}{over_all}.",
                words.quoted(told),
                words.lang.then()
            )));
        }
        sections.push(Section {
            title: words
                .say(
                    "Plusieurs versions du texte sont possibles",
                    "Several versions of the text are possible",
                )
                .to_owned(),
            blocks,
        });
    }

    /// What sets a version apart from the others: its days, the amendments that not all have.
    fn what_differs(&self, one: &VersionOutcome, choice: &VersionChoice) -> String {
        let words = &self.words;
        let mut said = Vec::new();
        if choice.candidates.iter().any(|other| other.days != one.days) {
            let from = one.days.from.map(|from| words.date(from));
            let to = one.days.to.map(|to| words.date(to));
            said.push(match (from, to) {
                (Some(from), Some(to)) => {
                    format!("{} {from} {} {to}", words.say("du", "from"), words.say("au", "to"))
                }
                (Some(from), None) => format!("{} {from}", words.say("depuis le", "since")),
                (None, Some(to)) => format!("{} {to}", words.say("jusqu'au", "until")),
                (None, None) => words.say("toujours", "always").to_owned(),
            });
        }
        let mut numbers: Vec<u32> = Vec::new();
        for text in choice.candidates.iter().flat_map(|other| &other.texts) {
            let everywhere = choice.candidates.iter().all(|other| other.texts.contains(text));
            numbers.extend(text.number.filter(|number| !everywhere && !numbers.contains(number)));
        }
        for number in numbers {
            let with = one.texts.iter().any(|text| text.number == Some(number));
            let word = if with { words.say("avec", "with") } else { words.say("sans", "without") };
            said.push(format!("{word} {} {number}", words.say("l'avenant n°", "amendment no.")));
        }
        said.join(", ")
    }
}
