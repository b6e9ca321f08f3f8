//! Long chains and deep nesting on the stack of a test thread (2 MiB).

#![allow(missing_docs, clippy::panic, clippy::expect_used)]

use std::fmt::Write as _;

use conforme::check::check;
use conforme::eval::{Evaluator, ListState, World, learn, missing};
use conforme::limits;
use conforme::policy::{CriterionId, ItemRef, Policy};
use conforme::source::SourceFile;
use conforme::time::Date;

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
    // Two steps a link, two for the criterion and the first definition.
    let links = (limits::CALCULATION_DEPTH - 3) / 2;
    let text = |links| chain(links, |rank| format!("  vaut d{} + 1\n", word(rank - 1)));
    let longest = policy(&text(links));
    assert_eq!(run(&longest, empty(&longest)), 1, "a + {links} ≥ 10");
    let refused = check(&SourceFile::new("essai.pol", text(links + 1)));
    let errors = refused.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let codes: Vec<_> = errors.map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, ["calcul-trop-profond"]);
}

#[test]
fn the_deepest_decision_is_printed_in_every_form() {
    use conforme::eval::{Request, decide};
    use conforme::render::{self, Explain, Lang};
    let sums = chain((limits::CALCULATION_DEPTH - 3) / 2, |rank| format!("  vaut d{} + 1\n", word(rank - 1)));
    // A line of cases is one step more to a reader than to the calculation.
    let cases = chain((limits::CALCULATION_DEPTH - 6) / 3, |rank| {
        let above = word(rank - 1);
        format!("  vaut d{above} + 1  si b\n  vaut d{above} + 2  dans les autres cas\n")
    });
    for text in [sums, cases] {
        let policy = policy(&text);
        let dossier =
            conforme::dossier::read("a: 3\nb: oui\n".as_bytes(), "d.yaml", &policy).expect("a dossier");
        let examined_on = Date::parse_iso("2025-10-01").expect("a date");
        let decision =
            decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() }).expect("decided");
        assert!(render::json::decision(&policy, &dossier, &decision).contains("favourable"));
        assert!(render::yaml::decision(&policy, &dossier, &decision, Explain::Full).contains("favourable"));
        let full = render::text::TextOptions { explain: Explain::Full, ..Default::default() };
        assert!(render::text::decision(&policy, &dossier, &decision, &full).contains("FAVORABLE"));
        assert!(
            render::html::decision(&policy, &dossier, &decision, Explain::Full, Lang::Fr)
                .contains("avorable")
        );
        let markdown = render::markdown::decision(&policy, &dossier, &decision, Explain::Full, Lang::Fr);
        assert!(markdown.contains("avorable"));
    }
}

#[test]
fn each_definition_of_a_chain_may_suppose_what_changes_the_others() {
    let line = |rank: usize| {
        let above = word(rank - 1);
        format!("  vaut d{above} + 1  si b ou a > {rank}\n  vaut d{above} - 1  dans les autres cas\n")
    };
    let policy = policy(&chain(60, line));
    assert_eq!(run(&policy, empty(&policy)), 2);
}

#[test]
fn each_definition_of_a_chain_may_be_assumed_within_the_next() {
    let mut text = format!("{HEAD}  a : oui ou non\n  b : oui ou non\n");
    let _ = write!(text, "\ndéfinition d{}\n  vaut a\n", word(0));
    for rank in 1..=60 {
        let above = word(rank - 1);
        let _ = write!(text, "\ndéfinition d{}\n  vaut (d{above} et b) ou (b et d{above})\n", word(rank));
    }
    let _ = write!(text, "\ncritère seul\n  selon T « seul »\n  si d{}\n  exige a\n{TAIL}", word(60));
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
