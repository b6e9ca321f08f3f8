//! Texts that lean on others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says so when it fails

#[path = "../support/mod.rs"]
mod support;

mod commands;
mod decides;
mod law;
mod mistakes;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use conforme::decision::{Decision, Missing, MissingPlace};
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::history::{History, Refused, Sight, Text};
use conforme::known::Known;
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;
use conforme::value::Value;

/// The first aid, on which others lean.
pub const BASE: &str = include_str!("aide-socle.pol");

/// The aid that leans on it.
pub const MORE: &str = include_str!("complement.pol");

/// The two made one by hand.
pub const MERGED: &str = include_str!("reunis.pol");

/// The histories of these texts, each named by its rank.
pub fn histories(texts: &[&str]) -> Vec<Arc<History>> {
    let texts = texts.iter().zip(1..).map(|(text, rank)| {
        let name = format!("texte-{rank}.pol");
        Text::new(SourceFile::new(name.as_str(), *text)).unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}"))
    });
    History::all(texts)
}

/// The one of an identifier.
pub fn called<'h>(histories: &'h [Arc<History>], id: &str) -> &'h History {
    histories.iter().find(|history| history.id() == id).unwrap_or_else(|| panic!("no {id}"))
}

/// A day, as ISO 8601 writes it.
pub fn day(iso: &str) -> Date {
    Date::parse_iso(iso).unwrap()
}

/// All that is wrong with one of these texts.
pub fn wrong(texts: &[&str], id: &str) -> Vec<Diagnostic> {
    let all = histories(texts);
    let ids: Vec<&str> = all.iter().map(|history| history.id()).collect();
    called(&all, id).check(&ids, &|_| Vec::new())
}

/// What a dossier came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// The outcome.
    pub outcome: String,
    /// The amounts and results, by name.
    pub given: BTreeMap<String, String>,
    /// The paths of what is decisive and missing.
    pub decisive: Vec<String>,
    /// Of all that is missing, in order of path.
    pub missing: Vec<String>,
}

/// Decides a dossier of one of these texts.
pub fn decide(
    histories: &[Arc<History>],
    id: &str,
    dossier: &str,
    on: &str,
) -> Result<Came, Vec<Diagnostic>> {
    let said = |refused: Refused| match refused {
        Refused::Dossier(found) | Refused::Texts(found) => found,
    };
    let history = called(histories, id);
    let dossier = format!("dispositif: {id}\n{dossier}");
    let read = |policy: &Policy| dossier::read(dossier.as_bytes(), "dossier.yaml", policy);
    let none = |_: &Policy, _: &Dossier| Ok(Vec::new());
    let choice = history.choose(&Sight::default(), day(on), &read).map_err(said)?;
    let decided = choice.decide(&none).map_err(said)?;
    Ok(came(decided.made.policy().unwrap(), &decided.decision))
}

fn came(policy: &Policy, decision: &Decision) -> Came {
    let value = |known: &Known| match known.value() {
        Some(Value::Number(number)) => number.to_string(),
        _ => format!("{known:?}"),
    };
    let given =
        policy.fundings.iter().zip(&decision.fundings).filter_map(|(funding, found)| {
            Some((funding.head.name.to_string(), value(found.value.as_ref()?)))
        });
    let path = |missing: &Missing| match missing.place {
        MissingPlace::Fact(fact) => policy.facts[fact.index()].path.to_string(),
        MissingPlace::List(list) => policy.lists[list.index()].path.to_string(),
        other => format!("{other:?}"),
    };
    let decisive = decision.missing.iter().filter(|missing| missing.decisive).map(path).collect();
    let mut missing: Vec<String> = decision.missing.iter().map(path).collect();
    missing.sort();
    Came { outcome: format!("{:?}", decision.outcome), given: given.collect(), decisive, missing }
}
