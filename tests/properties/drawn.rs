//! Drawn policies and dossiers, ready to be decided.

use std::cell::RefCell;

use conforme::check::check;
use conforme::decision::Decision;
use conforme::dossier::{Dossier, Sheet};
use conforme::eval::{Request, decide};
use conforme::policy::{Policy, ReadingId};
use conforme::source::SourceFile;
use conforme::syntax::tree::Document;
use proptest::prelude::*;

use crate::support::generate::{Partial, Sample};
use crate::support::naive::{Facts, Naive};

/// A drawn policy that the checker accepts, with its tree for the oracle.
pub struct Ready {
    pub sample: Sample,
    pub policy: Policy,
    pub document: Document,
}

pub fn ready(sample: Sample) -> Option<Ready> {
    let file = SourceFile::new("essai.pol", sample.policy.clone());
    let (document, _) = conforme::syntax::parse(&file);
    let policy = check(&file).policy?;
    Some(Ready { sample, policy, document })
}

/// What the engine says of a partial dossier under some settled readings; `None` when sent back.
pub fn decided(ready: &Ready, dossier: &Partial, readings: &[(ReadingId, u16)]) -> Option<Decision> {
    let dossier = conforme::dossier::read(dossier.yaml().as_bytes(), "essai.yaml", &ready.policy)
        .unwrap_or_else(|mistakes| panic!("the drawn dossier is of its types: {mistakes:?}"));
    let request = Request { examined_on: ready.sample.examined_on, readings: readings.to_vec() };
    decide(&ready.policy, &dossier, &request).ok()
}

/// Every choice of an option for each reading.
pub fn readings(policy: &Policy) -> Vec<Vec<(ReadingId, u16)>> {
    let mut all = vec![Vec::new()];
    for (rank, reading) in policy.readings.iter().enumerate() {
        let count = policy.choices[reading.choice.index()].options.len();
        all = all
            .iter()
            .flat_map(|chosen: &Vec<(ReadingId, u16)>| {
                (0..count).map(move |option| {
                    let mut longer = chosen.clone();
                    longer.push((ReadingId(rank as u32), option as u16));
                    longer
                })
            })
            .collect();
    }
    all
}

pub fn with_readings(policy: &Policy, facts: &Facts, chosen: &[(ReadingId, u16)]) -> Facts {
    let mut facts = facts.clone();
    for (reading, option) in chosen {
        let reading = &policy.readings[reading.index()];
        let option = &policy.choices[reading.choice.index()].options[usize::from(*option)];
        facts.readings.insert(reading.head.name.to_string(), option.to_string());
    }
    facts
}

pub fn naive<'a>(ready: &'a Ready, facts: &'a Facts) -> Naive<'a> {
    Naive {
        document: &ready.document,
        facts,
        examined_on: ready.sample.examined_on,
        around: RefCell::default(),
    }
}

pub fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

pub fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..most)
}

/// At most so many completions are tried, whatever the values that the text does not give.
pub const MOST: usize = 2_000;

/// Whether the text does not give a value for every day.
pub fn is_open(ready: &Ready) -> bool {
    let ends = ["31 août 2025\n", "31 décembre 2025\n"];
    ends.iter().any(|end| ready.sample.policy.contains(end))
}

/// Every completion of the drawn dossier, with some of the values that the text does not give yet.
pub fn completions(ready: &Ready) -> Vec<Facts> {
    let all = |most| ready.sample.dossier.completions(ready.sample.examined_on, most);
    if !is_open(ready) {
        return all(MOST);
    }
    let later = [[0, 0], [1, 5], [5, 1], [9, 2]];
    let with = |facts: &Facts| later.map(|values| Facts { later: values.to_vec(), ..facts.clone() });
    all(MOST / later.len()).iter().flat_map(with).collect()
}

/// A drawn dossier, as it is read and on a sheet.
pub fn on_sheet(ready: &Ready, yaml: &str) -> Option<(Dossier, Sheet)> {
    let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &ready.policy).expect("a dossier");
    let mut sheet = Sheet::new(&ready.policy);
    sheet.take(&dossier)?;
    Some((dossier, sheet))
}
