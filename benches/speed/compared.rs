//! What it costs to say what a change does to 500 dossiers, beside deciding those 500 by both texts.

use std::hint::black_box;

use conforme::diff::{Given, Origin, Side, Tried, effects};
use conforme::dossier::Reader;
use conforme::eval::{Decider, Request};
use conforme::policy::Policy;
use conforme::probe::Options;
use conforme::time::Date;

use crate::paired::Measured;
use crate::policy;

const DOSSIERS: usize = 500;
const BEFORE: &str = "exige taux d'adhésion ≥ 10 %";
const AFTER: &str = "exige taux d'adhésion ≥ 15 %";

/// Both texts, and the dossiers.
pub struct Change {
    before: Policy,
    after: Policy,
    cases: Vec<String>,
    dossiers: Vec<String>,
    on: Date,
}

impl Change {
    /// A threshold that is raised; dossiers that are the cases, with their numbers a little elsewhere.
    pub fn new() -> Self {
        assert!(policy::ESS.contains(BEFORE));
        let cases = cases();
        let moved = |rank: usize| elsewhere(&cases[rank % cases.len()], rank / cases.len());
        Change {
            before: policy::policy(policy::ESS),
            after: policy::policy(&policy::ESS.replace(BEFORE, AFTER)),
            dossiers: (0..DOSSIERS).map(moved).collect(),
            cases,
            on: Date::new(2025, 10, 1).unwrap(),
        }
    }

    /// One after another, and all that compares them: by one thread, and by two.
    pub fn measured(&self) -> [Measured<'_>; 3] {
        [
            Measured::new("500 dossiers decided twice", || self.decided()),
            Measured::new("their diff", || self.compared(1)),
            Measured::new("their diff, two threads", || self.compared(2)),
        ]
    }

    fn decided(&self) -> usize {
        let decided = [&self.before, &self.after].into_iter().flat_map(|policy| {
            let (reader, decider) = (Reader::new(policy), Decider::new(policy));
            self.dossiers.iter().filter_map(move |text| {
                let dossier = reader.read(black_box(text.as_bytes()), "essai.yaml").ok()?;
                let request =
                    Request { examined_on: dossier.examined_on.unwrap_or(self.on), readings: Vec::new() };
                decider.decide(&dossier, &request).ok()
            })
        });
        decided.count()
    }

    fn compared(&self, workers: usize) -> usize {
        let (before, after) = (Side::new(&self.before), Side::new(&self.after));
        let given = Given::new(&before, &after, None, self.on);
        let all = self.cases.iter().map(|text| (text, Origin::Case));
        let all: Vec<_> = all.chain(self.dossiers.iter().map(|text| (text, Origin::Folder))).collect();
        let read = conforme::parallel::map(workers, &all, |(text, origin)| {
            given.read(black_box(text.as_bytes()), "essai.yaml", *origin)
        });
        let tried: Vec<Tried> = read.into_iter().flatten().collect();
        effects(&before, &after, &tried, &Options { workers, ..Options::new(self.on) }).witnesses.len()
    }
}

/// The cases of the policy, in the order of their names.
fn cases() -> Vec<String> {
    let folder = std::fs::read_dir("policies/ess/cases").unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "yaml"));
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// The same dossier, each number of two or three figures at the end of a line moved a little.
fn elsewhere(text: &str, turn: usize) -> String {
    let line = |(rank, line): (usize, &str)| {
        let number =
            line.rsplit_once(": ").and_then(|(key, value)| Some((key, value.parse::<usize>().ok()?)));
        match number {
            Some((key, number @ 10..=999)) => {
                format!("{key}: {}\n", (number + (turn * 5 + rank) % 15).saturating_sub(7))
            }
            Some(_) | None => format!("{line}\n"),
        }
    };
    text.lines().enumerate().map(line).collect()
}
