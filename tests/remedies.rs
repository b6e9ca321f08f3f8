//! What would meet a condition that fails: what is proposed, put in the dossier, gives what is promised.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::cell::Cell;
use std::collections::BTreeMap;

use conforme::check::check;
use conforme::decision::{Change, Decision, MissingPlace, Status, Way};
use conforme::eval::{Request, decide};
use conforme::known::Known;
use conforme::policy::{ItemRef, Policy, ReadingId};
use conforme::render::text::{self, TextOptions};
use conforme::source::SourceFile;
use conforme::value::Value;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::generate::{Given, Partial, Sample, sample};
use support::naive::{Val, big};

/// `critère c` asks this; `rules` stand before it.
struct Row {
    asks: &'static str,
    rules: &'static str,
    /// Answers that differ from those of [`ANSWERS`].
    answers: &'static [(&'static str, &'static str)],
    members: &'static str,
    /// The lines that propose, or say that nothing can be.
    told: &'static str,
}

const POLICY: &str = "dispositif essai « Essai (inventé) »
  en vigueur depuis le 1er janvier 2020

source loi « Règlement inventé », texte opposable

dossier

  médecins : entier ≥ 0
    « Combien de médecins ? »
  infirmiers : entier ≥ 1
    « Combien d'infirmiers ? »
  classes : entier entre 0 et 4
    « Combien de classes ? »
  écoles : entier ≥ 1
    « Combien d'écoles ? »
  loyer : montant ≥ 0 €
    « Quel loyer ? »
  revenu : montant ≥ 0 €
    « Quel revenu ? »
  taux : pourcentage entre 0 % et 100 %
    « Quel taux ? »
  visite : oui ou non, si médecins < 5
    « Une visite a-t-elle eu lieu ? »
  note : entier entre 0 et 20, à l'appréciation de la commission
    « Quelle note ? »
  membres : liste
    « Qui en est membre ? »
  membres.nom : texte, unique
    « Comment s'appelle-t-il ? »
  membres.actif : oui ou non
    « Exerce-t-il ? »
  membres.rang : entier ≥ 0
    « Quel est son rang ? »
";

const ANSWERS: [(&str, &str); 8] = [
    ("médecins", "2"),
    ("infirmiers", "5"),
    ("classes", "2"),
    ("écoles", "20"),
    ("loyer", "600 €"),
    ("revenu", "1 777,77 €"),
    ("taux", "10 %"),
    ("note", "8"),
];

const MEMBERS: &str = "[{nom: A, actif: oui}, {nom: B, actif: non}]";

const fn asks(asks: &'static str, told: &'static str) -> Row {
    Row { asks, rules: "", answers: &[], members: MEMBERS, told }
}

/// Worked out by hand, one a row.
const ROWS: [Row; 37] = [
    asks("médecins ≥ 5", "Pour y remédier : médecins : 2, il en manque 3"),
    asks("5 ≤ médecins", "Pour y remédier : médecins : 2, il en manque 3"),
    asks("médecins > 5", "Pour y remédier : médecins : 2, il en manque 4"),
    asks("infirmiers ≤ 3", "Pour y remédier : infirmiers : 5, 2 de trop"),
    asks("infirmiers < 3", "Pour y remédier : infirmiers : 5, 3 de trop"),
    asks("médecins = 22", "Pour y remédier : médecins : 2, il en manque 20"),
    asks("médecins ≠ 2", "Pour y remédier : médecins : 2, il en manque 1"),
    asks("médecins est entre 10 et 20", "Pour y remédier : médecins : 2, il en manque 8"),
    asks("infirmiers est entre 1 et 3", "Pour y remédier : infirmiers : 5, 2 de trop"),
    asks("non (médecins ≤ 4)", "Pour y remédier : médecins : 2, il en manque 3"),
    // Both sides of the quotient read the fact.
    asks("médecins ÷ (médecins + infirmiers) ≥ 50 %", "Pour y remédier : médecins : 2, il en manque 3"),
    asks("médecins ÷ écoles ≥ 50 %", "Pour y remédier : médecins : 2, il en manque 8 (sur 20)"),
    // 2 × 2,5 = 5, and no team is a half.
    asks("2 × médecins ≥ 5", "Pour y remédier : médecins : 2, il en manque 1"),
    asks("2 × médecins = 5", ""),
    // Neither side can come up with the other.
    Row {
        rules: "définition seuil\n  selon loi\n  vaut médecins + 5\n", ..asks("médecins ≥ seuil", "")
    },
    // One member more makes the other case apply: the count goes from 1 to 2, what it was called from 1 to 20.
    Row {
        rules: "définition effectif
  selon loi
  vaut 20 si (nombre de membres dont actif) ≥ 2
  vaut nombre de membres dont actif dans les autres cas
",
        ..asks("effectif ≥ 5", "Pour y remédier : nombre de membres (actif : oui) : 1, il en manque 1")
    },
    asks("médecins ≥ infirmiers", "Pour y remédier : médecins : 2, il en manque 3"),
    asks("classes ÷ écoles ≥ 50 %", "Hors d'atteinte : classes : il faudrait 10, 4 au plus"),
    asks("classes ≥ 4", "Pour y remédier : classes : 2, il en manque 2"),
    asks(
        "médecins + infirmiers ≥ 10",
        "Pour y remédier : médecins : 2, il en manque 3 ; ou infirmiers : 5, il en manque 3",
    ),
    asks("médecins ≥ 5 et infirmiers ≥ 9", ""),
    asks("médecins ≥ 5 et médecins ≤ infirmiers + 10", "Pour y remédier : médecins : 2, il en manque 3"),
    asks(
        "médecins ≥ 5 ou infirmiers ≥ 9",
        "Pour y remédier : médecins : 2, il en manque 3 ; ou infirmiers : 5, il en manque 4",
    ),
    // 30 % of 1 777,77 € is 533,331 €.
    asks("loyer ≤ revenu × 30 %", "Pour y remédier : loyer : 600 €, à ramener à 533,33 €"),
    asks("taux ≥ 12,5 %", "Pour y remédier : taux : 10 %, à porter à 12,5 %"),
    // What another rule would send back is not proposed.
    Row { rules: "cohérence effectif\n  exige infirmiers ≤ 8\n", ..asks("infirmiers ≥ 9", "") },
    Row { answers: &[("visite", "oui")], ..asks("médecins ≥ 5", "") },
    Row {
        answers: &[("visite", "oui")],
        ..asks("médecins ≥ 4", "Pour y remédier : médecins : 2, il en manque 2")
    },
    // It is for the commission to say.
    asks("note ≥ 10", ""),
    asks(
        "(nombre de membres dont actif) ≥ 3",
        "Pour y remédier : nombre de membres (actif : oui) : 1, il en manque 2",
    ),
    Row {
        members: "[]",
        ..asks(
            "(nombre de membres dont actif) ≥ 2",
            "Pour y remédier : nombre de membres (actif : oui) : 0, il en manque 2",
        )
    },
    Row {
        members: "[]",
        ..asks("nombre de membres ≥ 2", "Pour y remédier : nombre de membres : 0, il en manque 2")
    },
    // One more like the first would be an active one too many.
    Row {
        rules: "cohérence actifs\n  exige (nombre de membres dont actif) ≤ 1\n",
        ..asks("nombre de membres ≥ 3", "Pour y remédier : nombre de membres : 2, il en manque 1")
    },
    // One like the first comes before the second as well: of one that counts they become three, not two.
    Row {
        rules: "définition membres.devanciers\n  vaut nombre de membres dont rang < celui du membre\n",
        members: "[{nom: A, actif: oui, rang: 6}, {nom: B, actif: oui, rang: 9}]",
        ..asks("(nombre de membres dont devanciers ≠ 1) est entre 2 et 3", "")
    },
    // A whole is not made smaller where its part can grow.
    asks("médecins ÷ écoles × 100 ≥ 50", "Pour y remédier : médecins : 2, il en manque 8"),
    asks("1 000 ÷ écoles ≥ 100", "Pour y remédier : écoles : 20, 10 de trop"),
    asks("nombre de membres ≤ 1", "Pour y remédier : nombre de membres : 2, 1 de trop"),
];

fn prose(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.replace(['\u{a0}', '\u{202f}'], " ").trim().to_owned());
    lines.filter(|line| line.starts_with("Pour y remédier") || line.starts_with("Hors d'atteinte")).collect()
}

#[test]
fn what_is_proposed_is_what_was_worked_out_by_hand() {
    for row in &ROWS {
        let policy = format!(
            "{POLICY}\n{}\ncritère c\n  selon loi\n  exige {}\n\ndécision d\n  selon loi\n  favorable si tous les critères sont remplis\n",
            row.rules, row.asks
        );
        let checked = check(&SourceFile::new("essai.pol", policy));
        let said: Vec<&str> = checked.diagnostics.iter().map(|mistake| mistake.message.as_str()).collect();
        let policy = checked.policy.unwrap_or_else(|| panic!("{} : {said:?}", row.asks));
        let mut answers: BTreeMap<&str, &str> = ANSWERS.into_iter().collect();
        answers.extend(row.answers.iter().copied());
        let mut yaml = String::from("dispositif: essai\n");
        for (path, answer) in answers {
            yaml.push_str(&format!("{path}: {answer}\n"));
        }
        yaml.push_str(&format!("membres: {}\n", row.members));
        let dossier = conforme::dossier::read(yaml.as_bytes(), "d.yaml", &policy).unwrap();
        let examined_on = conforme::time::Date::new(2025, 1, 1).unwrap();
        let decision = decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() }).unwrap();
        assert_eq!(decision.criteria[0].status, Status::NotMet, "{}", row.asks);
        // Wide, so that each stands on one line.
        let options = TextOptions { width: 160, ..TextOptions::default() };
        let text = text::decision(&policy, &dossier, &decision, &options);
        assert_eq!(prose(&text).join("\n"), row.told, "{}", row.asks);
    }
}

/// What the engine says of a dossier; `None` when sent back.
fn decided(
    policy: &Policy,
    drawn: &Sample,
    dossier: &Partial,
    readings: &[(ReadingId, u16)],
) -> Option<Decision> {
    let dossier = conforme::dossier::read(dossier.yaml().as_bytes(), "essai.yaml", policy).ok()?;
    let request = Request { examined_on: drawn.examined_on, readings: readings.to_vec() };
    decide(policy, &dossier, &request).ok()
}

fn number(known: &Known) -> num_rational::BigRational {
    match known.value() {
        Some(Value::Number(value)) => big(&value),
        other => panic!("a proposal is a number, not {other:?}"),
    }
}

/// The dossiers that a way and one step less of it give: one, or one for each element that could be added
/// or left out.
fn changed(policy: &Policy, dossier: &Partial, way: &Way) -> Vec<(Partial, Partial)> {
    let (now, needed) = (number(&way.now), number(&way.needed));
    // A step is the least by which an answer may differ: of an amount, a centime.
    let step = match way.change {
        Change::Answer(MissingPlace::Fact(fact)) => {
            big(&policy.facts[fact.index()].ask.ty.step(policy.currency).expect("a number"))
        }
        Change::Answer(_) | Change::Elements { .. } => num_rational::BigRational::from_integer(1.into()),
    };
    let less = if needed > now { &needed - &step } else { &needed + &step };
    match way.change {
        Change::Answer(MissingPlace::Fact(fact)) => {
            let path = policy.facts[fact.index()].path.to_string();
            let with = |value: &num_rational::BigRational| {
                let mut changed = dossier.clone();
                changed.facts.insert(path.clone(), Given::Known(Val::Num(value.clone())));
                changed
            };
            vec![(with(&needed), with(&less))]
        }
        Change::Answer(place) => panic!("{place:?} is not changed"),
        Change::Elements { .. } => {
            let rows = dossier.list.clone().unwrap_or_default();
            let steps: usize =
                (&needed - &now).to_integer().to_string().trim_start_matches('-').parse().unwrap();
            let with = |rows: Vec<BTreeMap<String, Given>>| Partial { list: Some(rows), ..dossier.clone() };
            if needed > now {
                elements(&rows)
                    .into_iter()
                    .map(|row| {
                        let more =
                            |n: usize| with(rows.iter().cloned().chain(vec![row.clone(); n]).collect());
                        (more(steps), more(steps - 1))
                    })
                    .collect()
            } else {
                // Each way to leave out so many, the first of them kept in the second dossier.
                let mut all = Vec::new();
                for bits in 0_u32..1 << rows.len() {
                    if bits.count_ones() as usize != steps {
                        continue;
                    }
                    let without = |bits: u32| {
                        let kept = rows.iter().enumerate().filter(|(rank, _)| bits >> rank & 1 == 0);
                        with(kept.map(|(_, row)| row.clone()).collect())
                    };
                    all.push((without(bits), without(bits & (bits - 1))));
                }
                all
            }
        }
    }
}

/// Elements that may be added: like one that is there, or of these answers.
fn elements(rows: &[BTreeMap<String, Given>]) -> Vec<BTreeMap<String, Given>> {
    let options = |of: &[&str]| -> Vec<Given> {
        of.iter().map(|o| Given::Known(Val::Opt((*o).to_owned()))).chain([Given::Missing]).collect()
    };
    let mut all = rows.to_vec();
    for genre in options(&["x", "y", "z"]) {
        for actif in [Given::Known(Val::Bool(true)), Given::Known(Val::Bool(false)), Given::Missing] {
            for poids in (0..6).map(|n| Given::Known(support::naive::num(n))).chain([Given::Missing]) {
                all.push(BTreeMap::from([
                    ("genre".to_owned(), genre.clone()),
                    ("actif".to_owned(), actif.clone()),
                    ("poids".to_owned(), poids),
                ]));
            }
        }
    }
    all
}

/// Each proposal, put in the dossier, gives the status that is promised; one step less does not.
#[test]
fn what_is_proposed_gives_what_is_promised() {
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() });
    let proposed = Cell::new(0_usize);
    let holds = |bytes: Vec<u8>, holes: usize| {
        let drawn = sample(&bytes, holes);
        let Some(policy) = check(&SourceFile::new("essai.pol", drawn.policy.clone())).policy else {
            return Ok(());
        };
        let Some(decision) = decided(&policy, &drawn, &drawn.dossier, &[]) else { return Ok(()) };
        for result in decision.criteria.iter().chain(&decision.objectives) {
            let wanted = match result.item {
                ItemRef::Criterion(_) => Status::Met,
                _ => Status::Reached,
            };
            for case in &result.by_reading {
                for way in &case.to_meet.ways {
                    proposed.set(proposed.get() + 1);
                    let status = |dossier: &Partial| {
                        decided(&policy, &drawn, dossier, &case.readings).map(|d| d.item(result.item).status)
                    };
                    let kept = changed(&policy, &drawn.dossier, way)
                        .iter()
                        .any(|(with, less)| status(with) == Some(wanted) && status(less) != Some(wanted));
                    prop_assert!(
                        kept,
                        "{:?} under {:?} in\n{}\n{}",
                        way,
                        case.readings,
                        drawn.policy,
                        drawn.dossier.yaml()
                    );
                }
            }
        }
        Ok(())
    };
    let draws = (proptest::collection::vec(any::<u8>(), 0..260), 0_usize..3);
    runner.run(&draws, |(bytes, holes)| holds(bytes, holes)).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(proposed.get() >= 10, "only {} proposals in {} draws", proposed.get(), runner.config().cases);
}
