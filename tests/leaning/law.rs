//! The law of texts that lean on others: what they read there is what the other text decides, for every policy and
//! dossier that the generator draws, complete or not.

use conforme::decision::{Decision, Outcome, Status};
use conforme::dossier;
use conforme::eval::{Request, decide};
use conforme::history::{History, Sight};
use conforme::known::Known;
use conforme::policy::{ItemRef, Policy};
use conforme::source::SourceFile;
use conforme::syntax::tree::{Document, ItemKind};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::support::generate::sample;
use super::{called, day, histories};

/// A text that leans on one that was drawn, and reads all that it gives.
fn leaning(document: &Document) -> String {
    let mut text = "dispositif appui « Appui »
  en vigueur depuis le 1er janvier 2020
  s'appuie sur essai

source U « Texte », texte opposable

"
    .to_owned();
    // Both count in one currency.
    if document.header.as_ref().is_some_and(|header| header.currency.is_some()) {
        text = text.replace("  s'appuie", "  monnaie « F CFP », sans décimale\n  s'appuie");
    }
    let mut decides = String::new();
    for item in &document.items {
        let Some(name) = &item.name else { continue };
        let name = &name.text;
        match &item.kind {
            ItemKind::Criterion { .. } | ItemKind::Objective(_) | ItemKind::Mission(_) => {
                text += &format!("objectif a {name}\n  selon U\n  vise essai.{name}\n\n");
            }
            ItemKind::Obligation(obligation) if obligation.fulfilled_by.is_some() => {
                text += &format!("objectif a {name}\n  selon U\n  vise essai.{name}\n\n");
            }
            ItemKind::Funding(_) | ItemKind::Contribution(_) | ItemKind::Sharing(_) => {
                text += &format!("objectif a {name}\n  selon U\n  vise essai.{name}\n\n");
                text += &format!("financement m {name}\n  selon U\n  montant montant de essai.{name}\n\n");
            }
            ItemKind::Decision(_) => {
                decides = "critère issue\n  selon U\n  exige essai.décision est favorable\n\n\
                           décision accord\n  favorable si issue\n"
                    .to_owned();
            }
            ItemKind::Source(_)
            | ItemKind::Dossier(_)
            | ItemKind::Coherence(_)
            | ItemKind::Parameter(..)
            | ItemKind::Columns(_)
            | ItemKind::Reading(_)
            | ItemKind::Definition(_)
            | ItemKind::Obligation(_)
            | ItemKind::Result(_) => {}
        }
    }
    text + &decides
}

fn holds(status: Status) -> Option<bool> {
    match status {
        Status::Met
        | Status::Waived
        | Status::Reached
        | Status::Covered
        | Status::Due
        | Status::Fulfilled
        | Status::Favourable => Some(true),
        Status::NotMet
        | Status::NotReached
        | Status::NotCovered
        | Status::NotDue
        | Status::Pending
        | Status::Missed
        | Status::Elapsed
        | Status::Unfavourable => Some(false),
        Status::NotApplicable | Status::Undetermined | Status::DependsOnReading => None,
    }
}

/// The status of an item, by its name.
fn status(policy: &Policy, decision: &Decision, name: &str) -> Option<(ItemRef, Status)> {
    let item = policy.items().find(|item| *policy.head(*item).name == *name)?;
    Some((item, decision.item(item).status))
}

fn amount(policy: &Policy, decision: &Decision, name: &str) -> Option<Known> {
    let rank = policy.fundings.iter().position(|funding| *funding.head.name == *name)?;
    decision.fundings[rank].value.clone()
}

#[test]
fn what_is_read_of_another_text_is_what_it_decides() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut compared, mut determined) = (0, 0);
    let drawn = prop::collection::vec(any::<u8>(), 0..400);
    let cases = 120;
    for round in 0..cases {
        let holes = round % 4;
        let bytes = drawn.new_tree(&mut runner).unwrap().current();
        let sample = sample(&bytes, holes);
        let (document, _) = conforme::syntax::parse(&SourceFile::new("essai.pol", sample.policy.clone()));
        let Some(own) = conforme::check::check(&SourceFile::new("essai.pol", sample.policy.clone())).policy
        else {
            continue;
        };
        let text = leaning(&document);
        let all = histories(&[&sample.policy, &text]);
        let history: &History = called(&all, "appui");
        let made = match history.at(day("2024-06-01"), &Sight::default()) {
            Ok(made) => made.policy().unwrap(),
            // A range is no condition, and no amount of another financing where it is rounded.
            Err(wrong) => panic!("{wrong:#?}\n{}\n{text}", sample.policy),
        };
        let request = Request { examined_on: sample.examined_on, readings: Vec::new() };
        let yaml = sample.dossier.yaml();
        let read = |policy: &Policy, yaml: &str| dossier::read(yaml.as_bytes(), "essai.yaml", policy);
        let theirs = read(&own, &yaml).unwrap();
        let ours = read(made, &yaml.replace("dispositif: essai", "dispositif: appui")).unwrap();
        let (theirs, ours) = match (decide(&own, &theirs, &request), decide(made, &ours, &request)) {
            (Ok(theirs), Ok(ours)) => (theirs, ours),
            (Err(_), Err(_)) => continue,
            (theirs, ours) => panic!("{theirs:#?}\n{ours:#?}\n{}\n{text}\n{yaml}", sample.policy),
        };
        compared += 1;
        let said = |outcome| matches!(outcome, Outcome::Favourable | Outcome::Unfavourable);
        if said(theirs.outcome) || said(ours.outcome) {
            determined += 1;
            assert_eq!(theirs.outcome, ours.outcome, "{}\n{text}\n{yaml}", sample.policy);
        }
        for item in own.items() {
            let name = own.head(item).name.to_string();
            let (theirs_status, ours_status) = (
                theirs.item(item).status,
                status(made, &ours, &format!("a {name}")).map(|(_, status)| status),
            );
            let (Some(theirs_status), Some(ours_status)) =
                (holds(theirs_status), ours_status.and_then(holds))
            else {
                continue;
            };
            assert_eq!(theirs_status, ours_status, "{name}\n{}\n{text}\n{yaml}", sample.policy);
            if theirs_status
                && let Some(theirs) = amount(&own, &theirs, &name)
                && let Some(ours) = amount(made, &ours, &format!("m {name}"))
            {
                assert_eq!(theirs, ours, "{name}\n{}\n{text}\n{yaml}", sample.policy);
            }
        }
    }
    assert!(compared > cases / 4 && determined > cases / 10, "{compared}, {determined}");
}
