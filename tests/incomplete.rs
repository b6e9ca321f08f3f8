//! Dossiers of which next to nothing is known: trials settle all that they can, without reaching their
//! limit, and ask for what may decide. Expectations are worked out by hand.

#![allow(missing_docs, clippy::panic, clippy::expect_used)]

use conforme::check::check;
use conforme::decision::{Decision, MissingPlace, Outcome, Warning};
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;

fn policy(name: &str) -> Policy {
    let text = std::fs::read_to_string(name).expect("the policy");
    check(&SourceFile::new(name, text)).policy.unwrap_or_else(|| panic!("{name} checks"))
}

fn decided(policy: &Policy, dossier: &str) -> Decision {
    let dossier = conforme::dossier::read(dossier.as_bytes(), "essai.yaml", policy)
        .unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let examined_on = Date::new(2025, 10, 1).expect("a date");
    decide(policy, &dossier, &Request { examined_on, readings: Vec::new() })
        .unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// The facts that may decide; of elements, the field and how many of them.
fn decisive(policy: &Policy, decision: &Decision) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for missing in decision.missing.iter().filter(|missing| missing.decisive) {
        let name = match missing.place {
            MissingPlace::Fact(fact) => policy.facts[fact.index()].path.to_string(),
            MissingPlace::List(list) => policy.lists[list.index()].path.to_string(),
            MissingPlace::Cell { field, .. } => policy.fields[field.index()].name.to_string(),
        };
        match found.last_mut() {
            Some((last, count)) if *last == name => *count += 1,
            _ => found.push((name, 1)),
        }
    }
    found
}

fn is_limited(decision: &Decision) -> bool {
    decision.warnings.iter().any(|warning| matches!(warning, Warning::TrialLimit(_)))
}

/// The facts of the ESS decision but for its members.
const ESS: [&str; 15] = [
    "spécialité",
    "objet du projet",
    "territoire.continu",
    "territoire.échelon",
    "territoire.déjà couvert",
    "territoire.autres ESS présentes",
    "territoire.médecins",
    "territoire.médecins libéraux",
    "circonstances exceptionnelles",
    "collaboration.CPTS",
    "collaboration.autres ESS",
    "collaboration.DAC",
    "collaboration.hospitaliers",
    "collaboration.liens formalisés avec les établissements",
    "adhérents",
];

fn check_ess(dossier: &str, expected: &[(&str, usize)]) {
    let policy = policy("policies/ess/ess.pol");
    let decision = decided(&policy, dossier);
    assert_eq!(decision.outcome, Outcome::Incomplete);
    assert!(!is_limited(&decision), "{:?}", decision.warnings);
    let mut found = decisive(&policy, &decision);
    let mut expected: Vec<(String, usize)> =
        expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn of_an_empty_dossier_all_that_the_criteria_read_may_decide() {
    check_ess("dispositif: ess\n", &ESS.map(|name| (name, 1)));
}

#[test]
fn of_members_alike_each_may_decide() {
    for count in [2, 25, 30] {
        let rows: String = (0..count).map(|rank| format!("  - RPPS: r{rank}\n")).collect();
        let facts = ESS.iter().filter(|name| **name != "adhérents").map(|name| (*name, 1));
        let expected: Vec<(&str, usize)> = facts.chain([("exercice", count)]).collect();
        check_ess(&format!("dispositif: ess\nadhérents:\n{rows}"), &expected);
    }
}

#[test]
fn without_a_member_nothing_is_left_to_decide() {
    // Nobody makes a team, whatever the territory counts and whether an exception is granted.
    let policy = policy("policies/ess/ess.pol");
    let decision = decided(&policy, "dispositif: ess\nadhérents: []\n");
    assert_eq!(decision.outcome, Outcome::Unfavourable);
    assert_eq!(decisive(&policy, &decision), []);
}

#[test]
fn with_one_member_the_threshold_is_open() {
    // Of less than eleven doctors one is a tenth; whether one is enough is a reading.
    let facts = ESS.iter().filter(|name| **name != "adhérents").map(|name| (*name, 1));
    let expected: Vec<(&str, usize)> = facts.chain([("exercice", 1)]).collect();
    check_ess("dispositif: ess\nadhérents:\n  - RPPS: seul\n", &expected);
}

#[test]
fn of_a_long_list_of_unknown_professionals_each_may_decide() {
    let policy = policy("policies/csq/csq.pol");
    let rows: String = (0..25).map(|rank| format!("  - nom: n{rank}\n")).collect();
    let decision = decided(&policy, &format!("dispositif: csq\nprofessionnels:\n{rows}"));
    assert_eq!(decision.outcome, Outcome::Incomplete);
    assert!(!is_limited(&decision), "{:?}", decision.warnings);
    let mut found = Counts::default();
    found.add(decisive(&policy, &decision));
    assert_eq!(found.of("métier"), 25, "one doctor, one pharmacist must be among them");
    assert_eq!(found.of("installé le"), 25, "each must be there for three months");
}

/// How often each name was found.
#[derive(Default)]
struct Counts(std::collections::BTreeMap<String, usize>);

impl Counts {
    fn add(&mut self, found: Vec<(String, usize)>) {
        for (name, count) in found {
            *self.0.entry(name).or_default() += count;
        }
    }

    fn of(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or_default()
    }
}

/// Conditions of two amounts, two whole numbers and a quantity that may be negative, of which nothing is said.
fn of_nothing(condition: &str) -> (Policy, Decision) {
    let text = format!(
        "dispositif t « t »
  en vigueur depuis le 1er janvier 2025
source a « a », texte opposable
dossier
  revenus : montant ≥ 0 €
    « Revenus ? »
  charges : montant ≥ 0 €
    « Charges ? »
  enfants : entier ≥ 0
    « Enfants ? »
  élèves : entier ≥ 0
    « Élèves ? »
  solde : entier
    « Solde ? »
définition reste
  selon a « a »
  vaut revenus - charges
critère c
  selon a « a »
  exige {condition}
décision t
  favorable si tous les critères sont remplis
"
    );
    let policy =
        check(&SourceFile::new("t.pol", text)).policy.unwrap_or_else(|| panic!("{condition} checks"));
    let decision = decided(&policy, "dispositif: t\n");
    assert!(!is_limited(&decision), "{condition}");
    (policy, decision)
}

/// What stands on both sides is one and the same, whatever it is: for each of these no answer is needed.
#[test]
fn a_fact_on_both_sides_of_a_comparison_is_one_fact() {
    for (condition, outcome) in [
        ("enfants × 2 ≤ enfants × 4", Outcome::Favourable),
        ("enfants × 4 + 1 ≤ enfants × 2", Outcome::Unfavourable),
        ("charges ≤ charges + revenus", Outcome::Favourable),
        ("reste ≤ revenus", Outcome::Favourable),
        ("reste > revenus × 2 - charges + 0,01 €", Outcome::Unfavourable),
        ("revenus × 30 % + charges / 2 ≤ revenus + charges", Outcome::Favourable),
        ("solde est entre solde - enfants et solde + enfants", Outcome::Favourable),
        ("solde + enfants ≠ solde - 1", Outcome::Favourable),
    ] {
        let (policy, decision) = of_nothing(condition);
        assert_eq!(decision.outcome, outcome, "{condition}");
        assert_eq!(decisive(&policy, &decision), [], "{condition}");
    }
}

/// Where both sides differ by something that is not known, the answers that tell are asked for.
#[test]
fn facts_on_both_sides_that_may_tip_a_comparison_are_asked_for() {
    for (condition, asked) in [
        // Only what a solde below zero makes of it.
        ("solde × 2 ≤ solde × 4", &["solde"][..]),
        // What is earned counts on both sides alike.
        ("revenus + charges ≤ revenus + 100 €", &["charges"]),
        ("reste ≥ revenus × 50 %", &["charges", "revenus"]),
    ] {
        let (policy, decision) = of_nothing(condition);
        assert_eq!(decision.outcome, Outcome::Incomplete, "{condition}");
        let mut found: Vec<String> = decisive(&policy, &decision).into_iter().map(|(name, _)| name).collect();
        found.sort();
        assert_eq!(found, asked, "{condition}");
    }
}

/// 2n ≤ n² + 1 for every n: no two terms are the same, so numbers are halved, up to the farthest that
/// a dossier can write.
#[test]
fn numbers_are_halved_as_far_as_they_can_be_written() {
    let (_, decision) = of_nothing("enfants × 2 ≤ enfants × enfants + 1");
    assert_eq!(decision.outcome, Outcome::Favourable);
    let (_, decision) = of_nothing("solde × 2 ≤ solde × solde + 1");
    assert_eq!(decision.outcome, Outcome::Favourable);
}
