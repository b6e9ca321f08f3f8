//! Small texts and dossiers that were once answered wrongly, each with what must come of it.
//!
//! Worked out by hand, one a row. What has a table of its own (remedies, mistakes of writing, limits)
//! stands there.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use conforme::check::check;
use conforme::decision::Outcome;
use conforme::dossier;
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::render::text::{self, TextOptions};
use conforme::source::SourceFile;
use conforme::time::Date;

/// `critère c` asks this of the dossier; `rules` stand before it.
struct Row {
    facts: &'static str,
    rules: &'static str,
    asks: &'static str,
    /// The day of the examination, and the answers.
    dossier: (&'static str, &'static str),
    /// The outcome, or the code of what is sent back.
    comes: Result<Outcome, &'static str>,
    /// Lines of the decision, or the message of what is sent back.
    told: &'static [&'static str],
}

const STAFF: &str = "médecins : entier ≥ 0\n    « Combien ? »\n  infirmiers : entier ≥ 1\n    « Combien ? »";
const CLASSES: &str =
    "classes : entier entre 0 et 4\n    « Combien ? »\n  écoles : entier ≥ 1\n    « Combien ? »";
const AVERAGE: &str =
    "soignants : entier ≥ 0\n    « Combien ? »\n  habitants : entier ≥ 1\n    « Combien ? »";
const INCOME: &str = "ressources : montant ≥ 0 €\n    « Combien ? »";
const BORN: &str = "né le : date\n    « Quand ? »";

const HALF: &str = "médecins ÷ (médecins + infirmiers) ≥ 50 %";
const MINIMUM: &str = "paramètre minimum
  selon loi
  vaut 100 € depuis le 1er janvier 2020
  vaut 200 € depuis le 1er janvier 2025
";
const KNOWN_UNTIL: &str = "paramètre minimum
  selon loi
  vaut 100 € depuis le 1er janvier 2020
  vaut 200 € depuis le 1er janvier 2025 jusqu'au 31 décembre 2025
";
const AGE: &str = "définition âge\n  selon loi\n  vaut entre né le et date d'examen en années entières\n";

const ROWS: [Row; 11] = [
    // 4 ÷ 9 is below a half, 5 ÷ 10 is one.
    Row {
        facts: STAFF,
        rules: "",
        asks: HALF,
        dossier: ("2025-01-01", "médecins: 4\ninfirmiers: 5\n"),
        comes: Ok(Outcome::Unfavourable),
        told: &[
            "médecins : 4 sur 9, soit 44,44 % (il faut : au moins 50 %)",
            "Pour y remédier : médecins : 4, il en manque 1",
        ],
    },
    Row {
        facts: STAFF,
        rules: "",
        asks: HALF,
        dossier: ("2025-01-01", "médecins: 5\ninfirmiers: 5\n"),
        comes: Ok(Outcome::Favourable),
        told: &[],
    },
    // What is out of reach is sent back as well.
    Row {
        facts: CLASSES,
        rules: "",
        asks: "classes ÷ écoles ≥ 50 %",
        dossier: ("2025-01-01", "classes: 10\nécoles: 20\n"),
        comes: Err("hors-bornes"),
        told: &["classes : attendu un entier, entre 0 et 4 ; lu « 10 »"],
    },
    // Beside « au moins 1 », the quotient is never said to be 1.
    Row {
        facts: AVERAGE,
        rules: "définition densité\n  selon loi\n  vaut soignants ÷ habitants\n",
        asks: "densité ≥ 1",
        dossier: ("2025-01-01", "soignants: 100 000\nhabitants: 100 001\n"),
        comes: Ok(Outcome::Unfavourable),
        told: &["soignants : 100 000 sur 100 001, soit 0,99999 (il faut : au moins 1)"],
    },
    // A value that stands longer than any before it is told with its first day.
    Row {
        facts: INCOME,
        rules: MINIMUM,
        asks: "ressources ≥ minimum",
        dossier: ("2042-01-01", "ressources: 250 €\n"),
        comes: Ok(Outcome::Favourable),
        told: &[
            "« minimum » garde sa valeur depuis le 1er janvier 2025, plus longtemps qu'aucune avant elle : vérifier qu'aucun texte ne l'a changée.",
        ],
    },
    // Known until a day: decided up to it, open after it.
    Row {
        facts: INCOME,
        rules: KNOWN_UNTIL,
        asks: "ressources ≥ minimum",
        dossier: ("2024-12-31", "ressources: 150 €\n"),
        comes: Ok(Outcome::Favourable),
        told: &[],
    },
    Row {
        facts: INCOME,
        rules: KNOWN_UNTIL,
        asks: "ressources ≥ minimum",
        dossier: ("2025-12-31", "ressources: 150 €\n"),
        comes: Ok(Outcome::Unfavourable),
        told: &["ressources : 150 € (il faut : au moins 200 €, minimum)"],
    },
    Row {
        facts: INCOME,
        rules: KNOWN_UNTIL,
        asks: "ressources ≥ minimum",
        dossier: ("2026-01-01", "ressources: 250 €\n"),
        comes: Ok(Outcome::Incomplete),
        told: &[
            "« minimum » : valeur inconnue depuis le 1er janvier 2026. Ce qui en dépend reste ouvert : la nouvelle valeur est à ajouter au texte.",
        ],
    },
    // Born on a 29 February: a year older on the 28th, where there is no 29th.
    Row {
        facts: BORN,
        rules: AGE,
        asks: "âge ≥ 18",
        dossier: ("2026-02-27", "né le: 2008-02-29\n"),
        comes: Ok(Outcome::Unfavourable),
        told: &[],
    },
    Row {
        facts: BORN,
        rules: AGE,
        asks: "âge ≥ 18",
        dossier: ("2026-02-28", "né le: 2008-02-29\n"),
        comes: Ok(Outcome::Favourable),
        told: &[],
    },
    Row {
        facts: BORN,
        rules: AGE,
        asks: "âge ≥ 20",
        dossier: ("2028-02-28", "né le: 2008-02-29\n"),
        comes: Ok(Outcome::Unfavourable),
        told: &[],
    },
];

fn source(facts: &str, rules: &str, asks: &str) -> Arc<SourceFile> {
    let text = format!(
        "dispositif essai « Essai (inventé) »\n  en vigueur depuis le 1er janvier 2020\n\n\
         source loi « Règlement inventé », texte opposable\n\ndossier\n\n  {facts}\n\n{rules}\n\
         critère c\n  selon loi\n  exige {asks}\n\n\
         décision d\n  selon loi\n  favorable si tous les critères sont remplis\n"
    );
    SourceFile::new("essai.pol", text)
}

fn policy(row: &Row) -> Policy {
    let checked = check(&source(row.facts, row.rules, row.asks));
    checked.policy.unwrap_or_else(|| panic!("{} : {:?}", row.asks, checked.diagnostics))
}

#[test]
fn what_comes_of_each_is_what_was_worked_out_by_hand() {
    for row in &ROWS {
        let policy = policy(row);
        let (day, answers) = row.dossier;
        let examined_on = Date::parse_iso(day).unwrap();
        let yaml = format!("dispositif: essai\nexaminé le: {day}\n{answers}");
        let came = dossier::read(yaml.as_bytes(), "d.yaml", &policy).and_then(|dossier| {
            let decision = decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() })?;
            Ok((dossier, decision))
        });
        let (comes, said) = match came {
            Ok((dossier, decision)) => {
                // Wide, so that each stands on one line.
                let options = TextOptions { width: 200, ..TextOptions::default() };
                (Ok(decision.outcome), text::decision(&policy, &dossier, &decision, &options))
            }
            Err(found) => {
                let messages: Vec<String> = found.iter().map(|one| one.message.clone()).collect();
                (Err(found[0].code), messages.join("\n"))
            }
        };
        assert_eq!(comes, row.comes, "{} : {answers}", row.asks);
        let said = said.replace(['\u{a0}', '\u{202f}'], " ");
        for line in row.told {
            assert!(said.lines().any(|own| own.trim() == *line), "« {line} » in\n{said}");
        }
    }
}

/// A comparison whose sides stay apart by the same whatever the dossier, and what is remarked of it.
#[test]
fn sides_that_stay_apart_by_the_same_are_remarked() {
    let facts = "lits : entier ≥ 0\n    « Combien ? »\n  salles : entier ≥ 0\n    « Combien ? »";
    let rules = "définition seuil\n  selon loi\n  vaut lits + 5\n\ndéfinition double\n  selon loi\n  vaut seuil + seuil\n";
    for (asks, so) in [
        ("lits ≥ seuil", Some("faux")),
        ("lits ≥ lits + 5", Some("impossible")),
        ("seuil - lits = 5", Some("vrai")),
        ("double - 2 × lits > 9", Some("vrai")),
        ("double ≤ 2 × lits + 10 - salles + salles", Some("vrai")),
        ("lits + salles ≥ seuil", None),
        ("2 × lits ≥ seuil", None),
        ("double ≥ seuil + 6", None),
    ] {
        let rest = "lits + salles + double ≥ 30";
        let found = check(&source(facts, rules, &format!("{asks} et {rest}"))).diagnostics;
        let told: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
        let expected = so.map(|so| match so {
            // What is never true, and proved so, is said of the criterion that nobody can meet.
            "impossible" => "aucun dossier ne peut remplir le critère « c »".to_owned(),
            so => format!("« {asks} » est toujours {so}, quel que soit le dossier"),
        });
        assert_eq!(told, expected.iter().map(String::as_str).collect::<Vec<_>>(), "{asks}");
    }
}

/// A chain that doubles at each step is followed a little way only.
#[test]
fn a_chain_of_definitions_is_not_followed_for_ever() {
    let facts = "lits : entier ≥ 0\n    « Combien ? »";
    let mut rules = "définition d0\n  selon loi\n  vaut lits\n".to_owned();
    for n in 1..100 {
        let before = n - 1;
        rules.push_str(&format!("\ndéfinition d{n}\n  selon loi\n  vaut d{before} + d{before}\n"));
    }
    let found = check(&source(facts, &rules, "d99 ≥ lits + 5")).diagnostics;
    assert!(found.is_empty(), "{found:?}");
}
