//! What is missing: the questions to ask, of whom, and what each answer would give.

use super::{Block, Builder, Section};
use crate::decision::{Missing, MissingPlace};
use crate::policy::ItemRef;
use crate::render::words::Purpose;
use crate::wording::french::singular;

/// Past this many questions, each takes two lines; of those that decide nothing, all are told in a few.
const FEW: usize = 5;

impl Builder<'_> {
    /// The questions whose answer changes something, first those that decide.
    pub(super) fn questions(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let of = |wanted: Purpose| -> Vec<&Missing> {
            let missing = self.decision.missing.iter();
            missing
                .filter(|m| words.purpose(self.decision, m) == wanted && words.judge(m.place).is_none())
                .collect()
        };
        let judged: Vec<&Missing> = self
            .decision
            .missing
            .iter()
            .filter(|m| words.purpose(self.decision, m) != Purpose::Nothing && words.judge(m.place).is_some())
            .collect();
        for (purpose, title) in [
            (
                Purpose::Outcome,
                words.say(
                    "À demander, avec un délai de réponse (CRPA, art. L. 114-5)",
                    "To be asked for, with a time to answer (CRPA, art. L. 114-5)",
                ),
            ),
            (
                Purpose::Due,
                words.say(
                    "À demander pour savoir si un financement est dû",
                    "To be asked for to know whether a funding is due",
                ),
            ),
            (
                Purpose::Amount,
                words.say("À demander pour fixer le montant", "To be asked for to fix the amount"),
            ),
            (
                Purpose::Value,
                words.say("À demander pour fixer le résultat", "To be asked for to fix the result"),
            ),
            (
                Purpose::TimeLimit,
                words.say("À demander pour fixer les échéances", "To be asked for to fix the time limits"),
            ),
            (Purpose::FollowUp, words.say("À demander pour le suivi", "To be asked for the follow-up")),
        ] {
            let blocks = self.asked(&of(purpose), purpose == Purpose::Outcome);
            if !blocks.is_empty() {
                sections.push(Section { title: title.to_owned(), blocks });
            }
            if purpose == Purpose::Outcome && !judged.is_empty() {
                let title = words.say("À apprécier par l'autorité", "For the authority to judge");
                sections.push(Section { title: title.to_owned(), blocks: self.asked(&judged, true) });
            }
        }
    }

    /// Questions that wait for no other, then what is asked after them.
    fn asked(&self, all: &[&Missing], one_by_one: bool) -> Vec<Block> {
        let words = &self.words;
        if !one_by_one && all.len() > FEW {
            return self.in_short(all);
        }
        let asked = |place| all.iter().any(|missing| missing.place == place);
        let waits = |missing: &&&Missing| missing.after.iter().any(|place| asked(*place));
        let now: Vec<&&Missing> = all.iter().filter(|missing| !waits(missing)).collect();
        let mut blocks: Vec<Block> = Vec::new();
        for (rank, missing) in now.iter().enumerate() {
            let mut lines = vec![self.to_write(missing)];
            lines.retain(|line| !line.is_empty());
            if missing.place.is_not_yet(words.policy, words.dossier) {
                let again = words.say(
                    "réponse : pas encore ; à demander de nouveau dès que la date est connue",
                    "answered: not yet; to be asked again as soon as the date is known",
                );
                lines.push(again.to_owned());
            }
            let answers = if now.len() <= FEW { words.answers(missing) } else { words.refusing(missing) };
            lines.extend(Some(answers).filter(|answers| !answers.is_empty()));
            blocks.push(Block::Ask { rank: rank + 1, question: words.asked(missing.place), lines });
        }
        let later: Vec<String> =
            all.iter().filter(waits).map(|missing| words.listed(missing.place)).collect();
        if !later.is_empty() {
            let head = match now.len() {
                1 => words.say(
                    "Selon la réponse, à demander ensuite",
                    "Depending on the answer, to be asked for next",
                ),
                _ => words.say(
                    "Selon ces réponses, à demander ensuite",
                    "Depending on these answers, to be asked for next",
                ),
            };
            blocks.push(Block::Para(words.pair(head, &later.join(words.lang.then()))));
        }
        blocks
    }

    /// What a question is for, who judges it, where its answer is written.
    fn to_write(&self, missing: &Missing) -> String {
        let words = &self.words;
        let write = format!(
            "{} {}{}",
            words.say("à écrire dans", "to be written in"),
            words.written(missing.place),
            self.fields(missing.place)
        );
        let judge =
            words.judge(missing.place).map(|judge| words.pair(words.say("appréciation", "judgement"), judge));
        let purpose = Some(self.purpose(missing)).filter(|purpose| !purpose.is_empty());
        let write = (!self.by_form).then_some(write);
        purpose.into_iter().chain(judge).chain(write).collect::<Vec<_>>().join(" · ")
    }

    /// `, pour chaque adhérent : RPPS, exercice`: what is written of the elements of a list.
    fn fields(&self, place: MissingPlace) -> String {
        let MissingPlace::List(list) = place else { return String::new() };
        let words = &self.words;
        let list = &words.policy.lists[list.index()];
        let names = list.fields.iter().map(|field| words.policy.fields[field.index()].name.to_string());
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            return String::new();
        }
        let each = words.lang.pick(
            format!(", pour chaque {}", singular(&list.label)),
            format!(", for each of {}", list.label),
        );
        words.pair(&each, &names.join(", "))
    }

    /// Of what decides, the criteria and the decision's own conditions that wait for it; of the rest, the other items,
    /// for no condition is lacking any more.
    pub(super) fn purpose(&self, missing: &Missing) -> String {
        let words = &self.words;
        let named = |of: &dyn Fn(&ItemRef) -> bool| -> Vec<String> {
            missing.affects.iter().filter(|i| of(i)).map(|i| words.quoted(words.item(*i))).collect()
        };
        let mut names = Vec::new();
        if missing.decisive || !words.policy.decision.stated {
            names = named(&|i| matches!(i, ItemRef::Criterion(_)));
        }
        if missing.affects.contains(&ItemRef::Decision) {
            let own = self.own_conditions_on(missing.place);
            names.extend(own.iter().map(|name| words.quoted(name)));
        }
        if names.is_empty() {
            names = named(&|i| !matches!(i, ItemRef::Decision | ItemRef::Criterion(_)));
        }
        if names.is_empty() {
            names = named(&|i| matches!(i, ItemRef::Criterion(_)));
        }
        match names.as_slice() {
            [] => String::new(),
            names => format!("{} {}", words.say("pour", "for"), words.list(names, ("et", "and"))),
        }
    }

    /// Missing facts that change nothing any more, with what they bear on.
    pub(super) fn other_questions(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let missing = self.decision.missing.iter();
        let others: Vec<&Missing> =
            missing.filter(|m| words.purpose(self.decision, m) == Purpose::Nothing).collect();
        let mut blocks = self.in_short(&others);
        let idle = self.idle();
        // After lines that say for what, these would be read as the end of the last.
        blocks.extend(idle.map(|idle| match blocks.is_empty() {
            true => Block::Para(idle),
            false => Block::Para(self.words.pair(self.words.say("pour le reste", "for the rest"), &idle)),
        }));
        if !blocks.is_empty() {
            let title = self.words.say(
                "Sans réponse, et sans effet sur la décision",
                "Not answered, with no effect on the decision",
            );
            sections.push(Section { title: title.to_owned(), blocks });
        }
    }

    /// Missing facts that bear on nothing at all: the first few by their names.
    fn idle(&self) -> Option<String> {
        let words = &self.words;
        let all = &self.decision.without_effect;
        let told = if all.len() > FEW + 1 { FEW } else { all.len() };
        let mut names: Vec<String> = all.iter().take(told).map(|place| words.listed(*place)).collect();
        if all.len() > told {
            let more = all.len() - told;
            names.push(words.lang.pick(format!("et {more} autres"), format!("and {more} more")));
        }
        (!names.is_empty()).then(|| names.join(words.lang.then()))
    }

    /// A line for all that bear on the same items.
    fn in_short(&self, all: &[&Missing]) -> Vec<Block> {
        let words = &self.words;
        let mut groups: Vec<(&[ItemRef], Vec<String>)> = Vec::new();
        for missing in all {
            let label = words.listed(missing.place);
            match groups.iter_mut().find(|(items, _)| *items == missing.affects) {
                Some((_, labels)) => labels.push(label),
                None => groups.push((&missing.affects, vec![label])),
            }
        }
        groups
            .iter()
            .map(|(items, labels)| {
                let names: Vec<String> = items.iter().map(|i| words.quoted(words.item(*i))).collect();
                let names = format!("{} {}", words.say("pour", "for"), words.list(&names, ("et", "and")));
                Block::Para(words.pair(&names, &labels.join(words.lang.then())))
            })
            .collect()
    }
}
