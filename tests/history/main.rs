//! Versions in force and amendments: what goes to a dossier, and what is wrong with a history.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says so when it fails

mod across;
mod chosen;
mod figures;
mod generated;
mod mistakes;
mod remarks;
mod reworded;
mod shown;
#[path = "../support/mod.rs"]
mod support;

use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::history::{History, Refused, Sight, Text};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;

/// The history of these texts, each with its file name.
pub fn history(texts: &[(&str, &str)]) -> std::sync::Arc<History> {
    let texts = texts.iter().map(|(name, text)| {
        Text::new(SourceFile::new(*name, *text)).unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}"))
    });
    let mut all = History::all(texts);
    assert_eq!(all.len(), 1, "texts of one identifier");
    all.remove(0)
}

/// A day, as ISO 8601 writes it.
pub fn day(iso: &str) -> Date {
    Date::parse_iso(iso).unwrap()
}

/// What a dossier came to, in a few words.
#[derive(Debug, PartialEq, Eq)]
pub struct Came {
    /// The outcome.
    pub outcome: String,
    /// The numbers of the amendments that were applied.
    pub with: Vec<u32>,
    /// The paths of the decisive missing facts.
    pub decisive: Vec<String>,
}

/// Decides a dossier.
pub fn decide(history: &History, dossier: &str, on: &str, sight: Sight) -> Result<Decision, Vec<Diagnostic>> {
    let read = |policy: &Policy| dossier::read(dossier.as_bytes(), "dossier.yaml", policy);
    let none = |_: &Policy, _: &Dossier| Ok(Vec::new());
    let said = |refused: Refused| match refused {
        Refused::Dossier(found) | Refused::Texts(found) => found,
    };
    let choice = history.choose(&sight, day(on), &read).map_err(said)?;
    choice.decide(&none).map_err(said).map(|decided| decided.decision)
}

/// Decides a dossier, in a few words.
pub fn came(history: &History, dossier: &str, on: &str, sight: Sight) -> Came {
    let read = |policy: &Policy| dossier::read(dossier.as_bytes(), "dossier.yaml", policy);
    let none = |_: &Policy, _: &Dossier| Ok(Vec::new());
    let choice = history.choose(&sight, day(on), &read).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let decided = choice.decide(&none).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let policy = decided.made.policy().unwrap();
    let paths =
        decided.decision.missing.iter().filter(|missing| missing.decisive).map(|missing| {
            match missing.place {
                conforme::decision::MissingPlace::Fact(fact) => policy.facts[fact.index()].path.to_string(),
                other => format!("{other:?}"),
            }
        });
    Came {
        outcome: format!("{:?}", decided.decision.outcome),
        with: policy.version.texts.iter().filter_map(|text| text.number).collect(),
        decisive: paths.collect(),
    }
}

/// What is wrong, as people read it.
pub fn told(found: &[Diagnostic]) -> String {
    conforme::render::diagnostics::text(found, 80, false)
}

/// A text to amend: « n ≥ 10 ».
pub const BASE: &str = "dispositif aide « Aide »
  en vigueur depuis le 1er janvier 2025
  note « Avant, l'aide était donnée sans règle écrite. »

source A « Arrêté », texte opposable

dossier

  n : entier ≥ 0
    « Combien ? »
  signé le : date
    « Signé quand ? »

critère seuil
  selon A « au moins 10 »
  exige n ≥ 10

objectif signature
  selon A « est signé »
  vise signé le ≤ date d'examen

décision éligibilité
  selon A « est éligible »
  favorable si tous les critères sont remplis
";

/// Raises the threshold, for what is signed from its own day.
pub const RAISED: &str = "avenant 1 à aide « Relèvement »
  en vigueur depuis le 1er janvier 2027
  publié le 15 novembre 2026
  applicable aux dossiers dont signé le ≥ 1er janvier 2027

source avenant1 « Avenant n° 1 », texte opposable

remplace critère seuil
  selon avenant1 « au moins 15 »
  exige n ≥ 15
";
