//! The quick ways to decide, each against the one behind it.

use std::collections::BTreeMap;

use conforme::dossier::Sheet;
use conforme::eval::plain::{Batch, Brief, Plain};
use conforme::eval::{Decider, Request};
use conforme::policy::{Policy, Type};
use conforme::render::Explain;
use conforme::render::json::Printer;
use proptest::prelude::*;

use crate::drawn::{bytes, completions, config, decided, is_open, on_sheet, readings, ready};
use crate::is_complete;
use crate::support::generate::{Given, LIST, Partial, open_sample};
use crate::support::naive::Val;

proptest! {
    #![proptest_config(config())]

    /// Where the plain evaluator answers, it answers as the general one; of complete facts and one
    /// reading of each, it does answer wherever the dossier is examined.
    #[test]
    fn plain_agrees_with_the_general_evaluator(bytes in bytes(260), holes in 0usize..3) {
        let Some(ready) = ready(open_sample(&bytes, holes)) else { return Ok(()) };
        let plain = Plain::new(&ready.policy);
        let decider = Decider::new(&ready.policy);
        let printer = Printer::new(&ready.policy);
        let yaml = ready.sample.dossier.yaml();
        let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &ready.policy).expect("a dossier");
        let written = on_sheet(&ready, &yaml);
        for chosen in readings(&ready.policy).into_iter().chain([Vec::new()]) {
            let brief = plain.decide(&dossier, ready.sample.examined_on, &chosen);
            if let Some((read, sheet)) = &written {
                let same = plain.decide(read, ready.sample.examined_on, &chosen);
                let told = plain.decide_answers(sheet, ready.sample.examined_on, &chosen);
                prop_assert_eq!(told, same, "{}\n{}", ready.sample.policy, &yaml);
            }
            let request = Request { examined_on: ready.sample.examined_on, readings: chosen.clone() };
            let decision = decider.decide_generally(&dossier, &request).ok();
            let context = || format!("{}\n{yaml}", ready.sample.policy);
            match (brief, &decision) {
                (Some(brief), Some(decision)) => {
                    prop_assert_eq!(brief, Brief::of(decision), "{}", context());
                    let quickly = decider.decide(&dossier, &request).expect("as above");
                    let told = |decision| printer.decision(&dossier, decision);
                    prop_assert_eq!(told(&quickly), told(decision), "{}", context());
                }
                (Some(_), None) => prop_assert!(false, "decided though sent back:\n{}", context()),
                (None, Some(_)) if chosen.len() == ready.policy.readings.len() => {
                    let left = !is_complete(&ready.sample.dossier) || gives_a_text(&ready.policy) || is_open(&ready);
                    prop_assert!(left, "left to the other:\n{}", context());
                }
                (None, _) => {}
            }
        }
    }

    /// Column by column, dossiers are decided as each alone; of what has a place in its column, all are.
    #[test]
    fn a_batch_is_decided_as_each_of_its_dossiers(bytes in bytes(260), holes in 0usize..3) {
        let Some(ready) = ready(open_sample(&bytes, holes)) else { return Ok(()) };
        let plain = Plain::new(&ready.policy);
        let mut sheets: Vec<Sheet> = on_sheet(&ready, &ready.sample.dossier.yaml()).map(|(_, sheet)| sheet).into_iter().collect();
        for (rank, facts) in completions(&ready).iter().enumerate().take(70) {
            let given = |(path, value): (&String, &Val)| (path.clone(), Given::Known(value.clone()));
            let mut dossier = Partial { facts: facts.facts.iter().map(given).collect(), list: None };
            // Lists of several lengths, and some that are not given.
            let known = |row: &BTreeMap<String, Val>| {
                row.iter().map(given).collect()
            };
            let rows = facts.lists.get(LIST).filter(|_| rank % 7 != 3);
            dossier.list = rows.map(|rows| rows.iter().skip(rank % 2).take(rank % 4 + 1).map(known).collect());
            sheets.extend(on_sheet(&ready, &dossier.yaml()).map(|(_, sheet)| sheet));
        }
        let mut batch = Batch::new(&ready.policy);
        prop_assert!(sheets.iter().all(|sheet| batch.push(sheet)));
        for chosen in readings(&ready.policy).into_iter().chain([Vec::new()]) {
            let briefs = plain.decide_batch(&batch, ready.sample.examined_on, &chosen).expect("a shallow text");
            for (row, sheet) in sheets.iter().enumerate() {
                let alone = plain.decide_answers(sheet, ready.sample.examined_on, &chosen);
                let told = briefs.brief(row);
                let context = || format!("{row} of {}\n{}", ready.sample.policy, ready.sample.dossier.yaml());
                prop_assert_eq!(told, alone, "{}", context());
            }
        }
    }

    /// Without its trees, a decision is as long as what it says: some hundred bytes an item, and a question with
    /// what each answer gives.
    #[test]
    fn a_decision_without_its_trees_is_short(bytes in bytes(260), holes in 0usize..5) {
        let Some(ready) = ready(open_sample(&bytes, holes)) else { return Ok(()) };
        let yaml = ready.sample.dossier.yaml();
        let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &ready.policy).expect("a dossier");
        let Some(decision) = decided(&ready, &ready.sample.dossier, &[]) else { return Ok(()) };
        // A drawn text has up to some twenty facts and fifteen items, each with its sentence of warning at worst; what an
        // answer gives is a line for each item that it moves, with figures of any length.
        let answers = decision.missing.iter().flat_map(|missing| &missing.outcomes);
        let given: usize = answers.map(|answer| 1 + answer.gives.len()).sum();
        for (explain, most) in [(Explain::None, 8 << 10), (Explain::Brief, 16 << 10)] {
            let printed = Printer::new(&ready.policy).explaining(explain).decision(&dossier, &decision);
            prop_assert!(printed.len() <= most + 256 * given, "{} bytes:\n{}", printed.len(), printed);
        }
    }

    /// What is decided without why, the items of which all is known plainly, is what is decided in full:
    /// whatever is missing, whichever readings are left open.
    #[test]
    fn a_brief_is_that_of_the_whole_decision(bytes in bytes(260), holes in 0usize..5, settled in any::<usize>()) {
        let Some(ready) = ready(open_sample(&bytes, holes)) else { return Ok(()) };
        let decider = Decider::new(&ready.policy);
        let yaml = ready.sample.dossier.yaml();
        let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &ready.policy).expect("a dossier");
        let all = readings(&ready.policy);
        let chosen = &all[settled % all.len()];
        // All readings open, some settled, all settled.
        for most in [0, chosen.len() / 2, chosen.len()] {
            let readings = chosen[..most].to_vec();
            let request = Request { examined_on: ready.sample.examined_on, readings };
            let brief = decider.brief(&dossier, &request).ok();
            let whole = decider.decide_generally(&dossier, &request).ok();
            let whole = whole.as_ref().map(Brief::of);
            prop_assert_eq!(brief, whole, "{}\n{}", ready.sample.policy, yaml);
        }
    }
}

/// A text as it was written is not kept by the plain evaluator.
fn gives_a_text(policy: &Policy) -> bool {
    policy.fundings.iter().any(|given| policy.exprs.get(given.amount).ty == Type::Text)
}
