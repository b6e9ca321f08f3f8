//! What is to be done and by when, what is aimed at, and what the team takes on.

use super::hinge::Ground;
use super::{Block, Builder, Cell, Section, Sign, Tone};
use crate::decision::{Combination, ItemResult, Outcome, ReadingCase, Status};
use crate::render::words::by_readings;

impl Builder<'_> {
    /// Obligations with their time limits.
    pub(crate) fn obligations(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let (mut now, mut if_favourable) = (Vec::new(), Vec::new());
        // Those that do not apply, together where it is for one reason.
        let mut aside: Vec<(String, Vec<String>)> = Vec::new();
        let open = matches!(self.decision.outcome, Outcome::DependsOnReading | Outcome::Incomplete);
        for result in &self.decision.obligations {
            let unsettled = matches!(result.status, Status::Undetermined | Status::DependsOnReading);
            let hinges =
                open && unsettled && result.by_reading.iter().any(|c| self.ground(c) == Ground::IfFavourable);
            let mut cases: Vec<&ReadingCase> = result.by_reading.iter().collect();
            // What only the decision keeps from applying is told by the readings under which it applies.
            if cases.iter().any(|c| c.status != Status::NotApplicable) {
                cases.retain(|c| c.status != Status::NotApplicable || self.ground(c) == Ground::Never);
            }
            let said: Vec<(Combination, (String, Status))> = cases
                .iter()
                .map(|c| {
                    let said = words.case(result.item, c);
                    // Nobody knows yet whether it is to be done at all.
                    let whether = if c.status == Status::Undetermined && self.ground(c) == Ground::Open {
                        words.say("s'il y a lieu, ", "if it applies, ")
                    } else {
                        ""
                    };
                    (c.readings.clone(), (format!("{whether}{said}"), c.status))
                })
                .collect();
            if let [(_, (why, Status::NotApplicable))] = by_readings(said.clone()).as_slice() {
                let name = words.item(result.item).to_owned();
                match aside.iter_mut().find(|(known, _)| known == why) {
                    Some((_, names)) => names.push(name),
                    None => aside.push((why.clone(), vec![name])),
                }
                continue;
            }
            let block = self.by_reading(words.item(result.item), said);
            if hinges { if_favourable.push(block) } else { now.push(block) }
        }
        now.extend(aside.into_iter().map(|(why, names)| Block::Para(words.pair(&names.join(", "), &why))));
        let title = words.say("Suivi", "Follow-up");
        if !now.is_empty() {
            sections.push(Section { title: title.to_owned(), blocks: now });
        }
        if !if_favourable.is_empty() {
            let more = words.say(", si la décision est favorable", ", if the decision is favourable");
            sections.push(Section { title: format!("{title}{more}"), blocks: if_favourable });
        }
    }

    /// A name with what is said of it, per option where that differs.
    fn by_reading(&self, name: &str, cases: Vec<(Combination, (String, Status))>) -> Block {
        let words = &self.words;
        let said = cases.iter().map(|(combination, (said, _))| (combination.clone(), said.clone()));
        // What is said alike is told once, whatever it rests on.
        let groups = by_readings(said.collect());
        if let [(_, said)] = groups.as_slice() {
            return Block::Para(words.pair(name, said));
        }
        let tone = |combination: &Combination| {
            let within = |case: &&(Combination, (String, Status))| {
                combination.iter().all(|choice| case.0.contains(choice))
            };
            let mut tones = cases.iter().filter(within).map(|(_, (_, status))| Sign::of(*status).tone());
            let first = tones.next().unwrap_or(Tone::Plain);
            if tones.all(|tone| tone == first) { first } else { Tone::Open }
        };
        let reading = self.readings_named(&groups);
        let rows = groups
            .iter()
            .map(|(combination, said)| {
                vec![Cell::toned(self.options(combination), tone(combination)), Cell::plain(said.clone())]
            })
            .collect();
        Block::Entry {
            title: format!("{name}, {} ({reading})", words.say("selon la lecture", "by reading")),
            blocks: vec![Block::Table(rows)],
        }
    }

    /// Targets: where one stands.
    pub(crate) fn objectives(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let blocks: Vec<Block> = self
            .decision
            .objectives
            .iter()
            .map(|result| {
                let cases = result
                    .by_reading
                    .iter()
                    .map(|c| (c.readings.clone(), (words.case(result.item, c), c.status)))
                    .collect();
                self.by_reading(&words.objective(result.item), cases)
            })
            .collect();
        if !blocks.is_empty() {
            sections.push(Section { title: words.say("Objectifs", "Objectives").to_owned(), blocks });
        }
    }

    /// Missions: those that are covered on one line, the others each with what is lacking.
    pub(crate) fn missions(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let (covered, others): (Vec<&ItemResult>, Vec<&ItemResult>) =
            self.decision.missions.iter().partition(|m| m.status == Status::Covered);
        let mut blocks = Vec::new();
        if !covered.is_empty() {
            let names: Vec<String> = covered.iter().map(|m| words.item(m.item).to_owned()).collect();
            blocks.push(Block::Item { sign: Sign::Yes, title: names.join(", "), blocks: Vec::new() });
        }
        for result in others {
            let cases = result
                .by_reading
                .iter()
                .map(|c| {
                    let said = words.case(result.item, c);
                    (c.readings.clone(), (said, c.status))
                })
                .collect();
            // The sign and the reason say what is open.
            let title = match result.status {
                Status::Undetermined => words.item(result.item).to_owned(),
                status => words.pair(words.item(result.item), &words.status_said(result.item, status)),
            };
            let inner = by_readings(cases)
                .into_iter()
                .map(|(combination, (said, _))| match combination.as_slice() {
                    [] => Block::Para(said),
                    some => Block::Table(vec![vec![
                        Cell::toned(self.options(some), Tone::Plain),
                        Cell::plain(said),
                    ]]),
                })
                .collect();
            blocks.push(Block::Item { sign: Sign::of(result.status), title, blocks: inner });
        }
        if !blocks.is_empty() {
            sections.push(Section { title: words.say("Missions", "Missions").to_owned(), blocks });
        }
    }
}
