//! What would meet a condition is looked for by so many trials, and no more.

use conforme::decision::{Change, Decision, MissingPlace, Status};
use conforme::limits;
use conforme::number::Ratio;
use conforme::value::Value;

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

/// So many elements that each is held against all: what is missing is told where there is room to see it, and else
/// nothing is claimed.
#[test]
fn as_many_pairs_as_there_is_room_for_are_looked_at_and_no_more() {
    let wanted = |count: usize| {
        let facts = "  lots : liste\n    « Quels lots ? »\n  lots.poids : entier ≥ 0\n    « Quel poids ? »\n";
        let rules = format!(
            "définition lots.pareils\n  vaut nombre de lots dont poids ≤ celui du lot\n\n\
             critère assez\n  selon loi\n  exige (nombre de lots dont pareils ≥ 1) ≥ {count}"
        );
        let policy = policy(facts, &rules);
        let decision = decide(&policy, &read(&policy, "lots:\n  - {poids: 4}\n")).unwrap();
        let case = &decision.criteria[0].by_reading[0];
        assert_eq!(case.status, Status::NotMet);
        case.to_meet.ways.iter().map(|way| way.needed.value()).collect::<Vec<_>>()
    };
    assert_eq!(wanted(300), [Some(Value::Number(Ratio::from(300)))]);
    // 60,000 lots are 3,600,000,000 pairs.
    assert_eq!(wanted(60_000), []);
}
