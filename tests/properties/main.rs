//! Properties that hold of every policy and dossier that the generator draws.
//!
//! The oracle is [`support::naive`]: complete facts, one reading at a time, plain recursion. What the
//! engine says of an incomplete dossier is held against every completion.

mod drawn;
mod quick;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use conforme::decision::{Decision, MissingPlace, Outcome, Status};
use conforme::eval::plain::Plain;
use conforme::known::Known;
use conforme::policy::{ItemRef, Policy, Type};
use proptest::prelude::*;

use drawn::{
    MOST, Ready, bytes, completions, config, decided, is_open, naive, on_sheet, readings, ready,
    with_readings,
};
use support::generate::{Draw, Given, LIST, Partial, Sample, open_sample, sample};
use support::naive::{Facts, Val, big};
use support::shuffle::shuffle;

fn word(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::NotMet => "not_met",
        Status::Waived => "waived",
        Status::Reached => "reached",
        Status::NotReached => "not_reached",
        Status::Covered => "covered",
        Status::NotCovered => "not_covered",
        Status::Due => "due",
        Status::NotDue => "not_due",
        Status::Fulfilled => "fulfilled",
        Status::Pending => "pending",
        Status::Missed => "missed",
        Status::Elapsed => "elapsed",
        Status::Favourable => "favourable",
        Status::Unfavourable => "unfavourable",
        Status::NotApplicable => "not_applicable",
        Status::Undetermined => "undetermined",
        Status::DependsOnReading => "depends_on_reading",
    }
}

proptest! {
    #![proptest_config(config())]

    /// On complete facts and one reading of each, the engine and the oracle agree on everything.
    #[test]
    fn agrees_with_the_naive_evaluator(bytes in bytes(260)) {
        let Some(ready) = ready(sample(&bytes, 0)) else { return Ok(()) };
        for facts in ready.sample.dossier.completions(ready.sample.examined_on, 4) {
            for chosen in readings(&ready.policy) {
                let facts = with_readings(&ready.policy, &facts, &chosen);
                let naive = naive(&ready, &facts);
                let decision = decided(&ready, &ready.sample.dossier, &chosen);
                prop_assert_eq!(decision.is_some(), naive.coherent(), "{}", ready.sample.policy);
                let Some(decision) = decision else { continue };
                for item in ready.policy.items().filter(|item| is_stated(&ready.policy, *item)) {
                    let name = ready.policy.head(item).name.to_string();
                    let result = decision.item(item);
                    let expected = &naive.results()[&name];
                    prop_assert_eq!(word(result.status), expected.status, "{} in\n{}", name, ready.sample.policy);
                    let amount = result.amount().map(ends);
                    prop_assert_eq!(amount, expected.amount.clone(), "{} in\n{}", name, ready.sample.policy);
                    let due = result.due().map(|due| (due.from, due.to));
                    prop_assert_eq!(due, expected.due.map(|due| (Some(due), Some(due))), "{}", name);
                    let words = result.value.as_ref().map(|known| words(&ready.policy, item, known));
                    let expected = expected.word.clone().map(|word| vec![word]);
                    prop_assert_eq!(words.filter(|words| !words.is_empty()), expected, "{}", name);
                }
            }
        }
    }

    /// No determined status or outcome is contradicted by any completion under any reading; an
    /// incomplete outcome has a decisive fact; and a fact that is not decisive changes no outcome.
    #[test]
    fn is_never_contradicted_by_a_completion(bytes in bytes(260)) {
        let Some(ready) = ready(open_sample(&bytes, 3)) else { return Ok(()) };
        let Some(decision) = decided(&ready, &ready.sample.dossier, &[]) else {
            for facts in completions(&ready) {
                for chosen in readings(&ready.policy).iter().take(1) {
                    let facts = with_readings(&ready.policy, &facts, chosen);
                    prop_assert!(!naive(&ready, &facts).coherent(), "refused though a completion holds:\n{}\n{}", ready.sample.policy, ready.sample.dossier.yaml());
                }
            }
            return Ok(());
        };
        let context = || format!("{}\n{}", ready.sample.policy, ready.sample.dossier.yaml());
        let completions = completions(&ready);
        let first = &readings(&ready.policy)[0];
        let some = completions.iter().any(|facts| naive(&ready, &with_readings(&ready.policy, facts, first)).coherent());
        prop_assert!(some || completions.len() >= MOST, "examined though no completion holds:\n{}", context());
        // What the text does not say yet, nobody can answer.
        if decision.outcome == Outcome::Incomplete && !is_open(&ready) {
            prop_assert!(decision.missing.iter().any(|missing| missing.decisive), "no decisive fact:\n{}", context());
        }
        // The outcome of each completion, by what it says of each missing place.
        let holes = holes(&ready.sample.dossier);
        let decisive: Vec<bool> = holes.iter().map(|hole| is_decisive(&ready.policy, &decision, hole)).collect();
        for chosen in readings(&ready.policy) {
            let mut outcomes: BTreeMap<String, bool> = BTreeMap::new();
            for facts in &completions {
                let facts = with_readings(&ready.policy, facts, &chosen);
                let naive = naive(&ready, &facts);
                if !naive.coherent() {
                    continue;
                }
                let favourable = naive.favourable();
                match decision.outcome {
                    Outcome::Favourable => prop_assert!(favourable, "{}", context()),
                    Outcome::Unfavourable => prop_assert!(!favourable, "{}", context()),
                    Outcome::Incomplete | Outcome::DependsOnReading | Outcome::Calculated => {}
                }
                for (name, expected) in naive.results() {
                    let item = item(&ready.policy, &name);
                    let result = decision.item(item);
                    // What a criterion that nothing makes fail, or a payment that nothing makes due, may turn out to be is
                    // told beside its status.
                    let open = matches!(result.status, Status::Undetermined | Status::DependsOnReading);
                    let may_be = result.may_be();
                    let told = if may_be.is_empty() { vec![result.status] } else { may_be };
                    let is_told = told.iter().any(|status| word(*status) == expected.status);
                    prop_assert!(open || is_told, "{} is {}, told {:?}, in\n{}", name, expected.status, told, context());
                    if let (Some(amount), Some((low, high))) = (result.amount(), &expected.amount) {
                        prop_assert!(within(amount, low) && within(amount, high), "{}", context());
                    }
                    if let (Some(known), Some(expected)) = (&result.value, &expected.word) {
                        let words = words(&ready.policy, item, known);
                        prop_assert!(words.is_empty() || words.contains(expected), "{:?} {}", words, context());
                    }
                    if let (Some(due), Some(expected)) = (result.due(), expected.due) {
                        let from = due.from.is_none_or(|from| from <= expected);
                        prop_assert!(from && due.to.is_none_or(|to| expected <= to), "{}", context());
                    }
                }
                // Facts that are not decisive are free: what the others say fixes the outcome.
                if is_open(&ready) {
                    continue;
                }
                let key: Vec<String> = holes
                    .iter()
                    .zip(&decisive)
                    .filter(|(_, decisive)| **decisive)
                    .map(|(hole, _)| format!("{hole:?}={:?}", at(&facts, hole)))
                    .collect();
                let key = key.join(" ");
                if let Some(before) = outcomes.insert(key, favourable) {
                    prop_assert_eq!(before, favourable, "a fact that is not decisive decides:\n{}", context());
                }
            }
        }
    }
}

/// Whether a text has the item: one that only works values out has no decision.
fn is_stated(policy: &Policy, item: ItemRef) -> bool {
    item != ItemRef::Decision || policy.decision.stated
}

fn is_complete(dossier: &Partial) -> bool {
    dossier.list.is_some() && holes(dossier).is_empty()
}

proptest! {
    #![proptest_config(config())]

    /// Items and bullets may be shuffled: no outcome, status, amount, date or decisive fact changes.
    #[test]
    fn order_changes_nothing(bytes in bytes(260), seed in any::<u64>()) {
        let Some(ready) = ready(open_sample(&bytes, 3)) else { return Ok(()) };
        let shuffled = Sample { policy: shuffle(&ready.sample.policy, seed), ..ready.sample.clone() };
        let text = shuffled.policy.clone();
        let other = self::ready(shuffled);
        prop_assert!(other.is_some(), "shuffled, the policy is refused:\n{}", text);
        let Some(other) = other else { return Ok(()) };
        let before = decided(&ready, &ready.sample.dossier, &[]);
        let after = decided(&other, &other.sample.dossier, &[]);
        prop_assert_eq!(before.is_some(), after.is_some(), "{}\n{}", ready.sample.policy, text);
        let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
        prop_assert_eq!(before.outcome, after.outcome, "{}\n{}", ready.sample.policy, text);
        for item in ready.policy.items() {
            let name = &ready.policy.head(item).name;
            let (a, b) = (before.item(item), after.item(self::item(&other.policy, name)));
            prop_assert_eq!((a.status, &a.value), (b.status, &b.value), "{}\n{}", name, text);
        }
        for hole in holes(&ready.sample.dossier) {
            prop_assert_eq!(
                is_decisive(&ready.policy, &before, &hole),
                is_decisive(&other.policy, &after, &hole),
                "{:?}\n{}\n{}", hole, text, ready.sample.dossier.yaml()
            );
        }
    }
}

/// A missing place as the oracle names it: a path, or a row and a field.
type Hole = (Option<usize>, String);

fn holes(dossier: &Partial) -> Vec<Hole> {
    let missing = |given: &Given| matches!(given, Given::Missing | Given::NotYet);
    let facts =
        dossier.facts.iter().filter(|(_, given)| missing(given)).map(|(path, _)| (None, path.clone()));
    let rows = dossier.list.iter().flatten().enumerate().flat_map(|(row, fields)| {
        fields.iter().filter(|(_, given)| missing(given)).map(move |(field, _)| (Some(row), field.clone()))
    });
    facts.chain(rows).collect()
}

fn at(facts: &Facts, (row, path): &Hole) -> Option<Val> {
    match row {
        None => facts.facts.get(path).cloned(),
        Some(row) => facts.lists.get(LIST)?.get(*row)?.get(path).cloned(),
    }
}

fn is_decisive(policy: &Policy, decision: &Decision, (row, path): &Hole) -> bool {
    decision.missing.iter().filter(|missing| missing.decisive).any(|missing| match (missing.place, row) {
        (MissingPlace::Fact(fact), None) => *policy.facts[fact.index()].path == **path,
        (MissingPlace::Cell { row: own, field }, Some(row)) => {
            own as usize == *row && *policy.fields[field.index()].name == **path
        }
        (_, _) => false,
    })
}

fn item(policy: &Policy, name: &str) -> ItemRef {
    policy.items().find(|item| *policy.head(*item).name == *name).expect("an item of this name")
}

/// What a result may be, in words; nothing of a number or a date, and of any text at all.
fn words(policy: &Policy, item: ItemRef, known: &Known) -> Vec<String> {
    let ty = match item {
        ItemRef::Funding(id) => policy.exprs.get(policy.fundings[id.index()].amount).ty,
        _ => return Vec::new(),
    };
    match (known, ty) {
        (Known::Truth(truth), _) => [(truth.may_hold, "oui"), (truth.may_fail, "non")]
            .into_iter()
            .filter(|(may, _)| *may)
            .map(|(_, word)| word.to_owned())
            .collect(),
        (Known::Choice(set), Type::Choice(choice)) => {
            let options = &policy.choices[choice.index()].options;
            set.iter().map(|option| options[usize::from(option)].to_string()).collect()
        }
        (Known::Text(conforme::known::TextSet::OneOf(texts)), _) => {
            texts.iter().map(|text| text.folded.to_string()).collect()
        }
        (Known::Text(_) | Known::Number(_) | Known::Date(_) | Known::Choice(_), _) => Vec::new(),
    }
}

fn ends(amount: &conforme::known::Interval) -> (num_rational::BigRational, num_rational::BigRational) {
    use conforme::known::End;
    let end = |end: &End| match end {
        End::Included(value) => big(value),
        other => panic!("a complete dossier gives an amount, not {other:?}"),
    };
    (end(&amount.low), end(&amount.high))
}

fn within(amount: &conforme::known::Interval, value: &num_rational::BigRational) -> bool {
    use conforme::known::End;
    let above = match &amount.low {
        End::Infinite => true,
        End::Included(low) => big(low) <= *value,
        End::Excluded(low) => big(low) < *value,
    };
    above
        && match &amount.high {
            End::Infinite => true,
            End::Included(high) => *value <= big(high),
            End::Excluded(high) => *value < big(high),
        }
}

/// Most drawn policies must pass the checker, and their dossiers go onto a sheet, or the properties above
/// would test nothing.
#[test]
fn most_drawn_policies_are_accepted() {
    let (mut accepted, mut on_sheets) = (0, 0);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..200)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 24) as u8
            })
            .collect();
        let drawn = sample(&bytes, 0);
        let _ = Draw::new(&bytes);
        let ready = ready(drawn);
        accepted += usize::from(ready.is_some());
        let plainly = |ready: &Ready| {
            let (_, sheet) = on_sheet(ready, &ready.sample.dossier.yaml())?;
            let chosen = &readings(&ready.policy)[0];
            Plain::new(&ready.policy).decide_answers(&sheet, ready.sample.examined_on, chosen)
        };
        on_sheets += usize::from(ready.as_ref().and_then(plainly).is_some());
    }
    assert!(accepted >= 120, "only {accepted} of 200 drawn policies are accepted");
    assert!(on_sheets >= 80, "only {on_sheets} of {accepted} drawn dossiers are decided on a sheet");
}
