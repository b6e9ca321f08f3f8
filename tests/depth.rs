//! Long chains and deep nesting on the stack of a test thread (2 MiB), and work that grows in
//! proportion.

#![allow(missing_docs, clippy::panic, clippy::expect_used)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use conforme::check::check;
use conforme::eval::{Evaluator, ListState, World, learn, missing};
use conforme::known::{Known, Truth};
use conforme::policy::{CriterionId, ItemRef, Policy};
use conforme::source::SourceFile;
use conforme::time::Date;
use conforme::value::Value;

const HEAD: &str = "dispositif essai « Essai »\n  en vigueur depuis le 1er janvier 2020\n\n\
                    source T « Texte », texte opposable\n\ndossier\n";

const TAIL: &str = "\ndécision accord\n  favorable si tous les critères sont remplis\n";

fn policy(text: &str) -> Policy {
    let checked = check(&SourceFile::new("essai.pol", text));
    let shown: String = format!("{:?}", checked.diagnostics).chars().take(2_000).collect();
    checked.policy.unwrap_or_else(|| panic!("{shown}"))
}

fn empty(policy: &Policy) -> World {
    World {
        examined_on: Date::parse_iso("2025-10-01").expect("a date"),
        facts: policy.facts.iter().map(|fact| fact.ask.domain.clone()).collect(),
        lists: policy.lists.iter().map(|_| ListState::Absent).collect(),
        readings: Vec::new(),
    }
}

/// Works out, explains and lists all that is missing; how many statuses the first criterion may have.
fn run(policy: &Policy, mut world: World) -> usize {
    let learnt = learn(policy, &mut world).expect("coherent");
    let mut evaluator = Evaluator::new(policy, &world, &learnt);
    for item in policy.items() {
        evaluator.statuses(item);
        evaluator.because(item);
    }
    missing(policy, &world);
    evaluator.statuses(ItemRef::Criterion(CriterionId(0))).len()
}

fn chain(length: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = format!("{HEAD}  a : entier ≥ 0\n  b : oui ou non\n  c : oui ou non\n");
    let _ = write!(text, "\ndéfinition d{}\n  vaut a\n", word(0));
    for rank in 1..=length {
        let _ = write!(text, "\ndéfinition d{}\n{}", word(rank), line(rank));
    }
    let _ = write!(text, "\ncritère seul\n  selon T « seul »\n  exige d{} ≥ 10\n{TAIL}", word(length));
    text
}

/// A name without digits at its start.
fn word(rank: usize) -> String {
    format!(" numéro {rank}")
}

#[test]
fn definitions_may_stand_in_a_long_chain() {
    let policy = policy(&chain(2_000, |rank| format!("  vaut d{} + 1\n", word(rank - 1))));
    assert_eq!(run(&policy, empty(&policy)), 1, "a + 2000 ≥ 10");
}

#[test]
fn each_definition_of_a_chain_may_suppose_what_changes_the_others() {
    let line = |rank: usize| {
        let above = word(rank - 1);
        format!("  vaut d{above} + 1  si b ou a > {rank}\n  vaut d{above} - 1  dans les autres cas\n")
    };
    let policy = policy(&chain(400, line));
    assert_eq!(run(&policy, empty(&policy)), 2);
}

#[test]
fn each_definition_of_a_chain_may_be_assumed_within_the_next() {
    let mut text = format!("{HEAD}  a : oui ou non\n  b : oui ou non\n");
    let _ = write!(text, "\ndéfinition d{}\n  vaut a\n", word(0));
    for rank in 1..=1_000 {
        let above = word(rank - 1);
        let _ = write!(text, "\ndéfinition d{}\n  vaut (d{above} et b) ou (b et d{above})\n", word(rank));
    }
    let _ = write!(text, "\ncritère seul\n  selon T « seul »\n  si d{}\n  exige a\n{TAIL}", word(1_000));
    let policy = policy(&text);
    // An assumption is carried through a few definitions only: trials settle the rest.
    assert_eq!(run(&policy, empty(&policy)), 3);
}

#[test]
fn conditions_may_nest_as_deep_as_the_limit() {
    let mut inner = String::from("a > 0");
    for rank in 0..60 {
        inner = match rank % 3 {
            0 => format!("(b et {inner})"),
            1 => format!("(c ou {inner})"),
            _ => format!("(a > {rank} et {inner})"),
        };
    }
    let text = format!(
        "{HEAD}  a : entier ≥ 0\n  b : oui ou non\n  c : oui ou non\n\n\
         critère seul\n  selon T « seul »\n  si {inner}\n  exige {inner}\n{TAIL}"
    );
    let policy = policy(&text);
    assert_eq!(run(&policy, empty(&policy)), 2);
}

fn members(rows: usize, holes: usize) -> ListState {
    let cell = |rank: usize| {
        if rank.is_multiple_of(holes) {
            Known::Truth(Truth::OPEN)
        } else {
            Known::exactly(&Value::Truth(rank.is_multiple_of(3)))
        }
    };
    ListState::Rows { len: rows, cells: (1..=rows).map(cell).collect() }
}

fn criteria(count: usize) -> Policy {
    let mut text = format!("{HEAD}  membres : liste\n  membres.actif : oui ou non\n  seuil : entier ≥ 0\n");
    text.push_str("\ndéfinition actifs\n  vaut nombre de membres dont actif\n");
    for rank in 0..count {
        let least = rank % 7 + 1;
        let _ = write!(
            text,
            "\ncritère essai {rank}\n  selon T « un »\n  exige actifs ≥ {least} et (nombre de membres dont actif) ≥ seuil\n"
        );
    }
    text.push_str(TAIL);
    policy(&text)
}

#[test]
fn a_thousand_criteria_over_one_count_cost_one_count() {
    let time = |count: usize, rows: usize| {
        let policy = criteria(count);
        let mut world = empty(&policy);
        world.lists[0] = members(rows, 5);
        let learnt = learn(&policy, &mut world).expect("coherent");
        (0..3)
            .map(|_| {
                let start = Instant::now();
                let mut evaluator = Evaluator::new(&policy, &world, &learnt);
                for item in policy.items() {
                    evaluator.statuses(item);
                }
                start.elapsed()
            })
            .min()
            .expect("three times")
    };
    let (few, many) = (time(10, 2_000), time(1_000, 2_000));
    assert!(many < few * 20 + Duration::from_millis(200), "{few:?}, {many:?}");
}
