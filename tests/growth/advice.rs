//! What would meet a condition is looked for by so many trials, and no more.

use conforme::decision::{Change, Decision, MissingPlace, Status};
use conforme::limits;

use super::{decide, policy, read};

/// A criterion that any of so many counts would meet, each one short of ten.
fn alternatives(count: usize) -> (Decision, Vec<usize>) {
    let facts: String =
        (0..count).map(|n| format!("  compte {n} : entier ≥ 0\n    « Combien ({n}) ? »\n")).collect();
    let bullets: String = (0..count).map(|n| format!("    - compte {n} ≥ 10\n")).collect();
    let rules = format!("critère assez\n  selon loi\n  exige l'un de\n{bullets}");
    let policy = policy(&facts, &rules);
    let answers: String = (0..count).map(|n| format!("compte {n}: 9\n")).collect();
    let decision = decide(&policy, &read(&policy, &answers)).unwrap();
    let told = decision.criteria[0].by_reading[0].to_meet.ways.iter().map(|way| match &way.change {
        Change::Answer(MissingPlace::Fact(fact)) => fact.index(),
        other => panic!("{other:?}"),
    });
    let told = told.collect();
    (decision, told)
}

#[test]
fn as_many_ways_as_there_are_trials_for_are_told_and_then_no_more() {
    let (decision, told) = alternatives(40);
    assert_eq!(decision.criteria[0].by_reading[0].status, Status::NotMet);
    assert_eq!(told, (0..40).collect::<Vec<_>>());
    // A way takes one trial at least.
    let (decision, told) = alternatives(limits::REMEDY_TRIALS + 1);
    assert_eq!(decision.criteria[0].by_reading[0].status, Status::NotMet);
    assert!(!told.is_empty() && told.len() < limits::REMEDY_TRIALS, "{}", told.len());
    assert_eq!(told, (0..told.len()).collect::<Vec<_>>(), "the first ones, and none left out between them");
}
