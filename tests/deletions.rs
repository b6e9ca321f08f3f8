//! Deleting any one fact of any case never gives a wrong outcome, and lists that fact as missing and
//! decisive exactly where it is, under some combination of readings: every value is tried by the
//! naive evaluator.

mod support;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use conforme::check::check;
use conforme::decision::{Decision, MissingPlace, Outcome};
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::syntax::tree::{Document, ItemKind};
use support::cases::{Case, Hole, candidates, fill, read};
use support::naive::{Facts, Naive, Val};

/// Lists tried in the place of one that is absent: so many elements of each practice.
fn lists() -> Vec<Vec<BTreeMap<String, Val>>> {
    let one = |rank: usize, practice: &str| {
        BTreeMap::from([
            ("RPPS".to_owned(), Val::Text(format!("r{rank}"))),
            ("exercice".to_owned(), Val::Opt(practice.to_owned())),
        ])
    };
    let mut lists = Vec::new();
    for independent in 0..=12 {
        for employed in 0..=4 {
            let all = (0..independent).map(|rank| one(rank, "libéral"));
            lists.push(all.chain((0..employed).map(|rank| one(100 + rank, "salarié"))).collect());
        }
    }
    lists
}

/// Every completion of a case, as far as the candidates go.
fn completions(document: &Document, case: &Case) -> Vec<Facts> {
    let mut all = vec![case.facts.clone()];
    for hole in &case.holes {
        let values = candidates(document, hole, case.examined_on);
        all = all
            .into_iter()
            .flat_map(|facts| {
                values.iter().map(move |value| {
                    let mut facts = facts.clone();
                    fill(&mut facts, hole, value.clone());
                    facts
                })
            })
            .collect();
    }
    for list in &case.absent_lists {
        all = all
            .into_iter()
            .flat_map(|facts| {
                lists().into_iter().map(move |rows| {
                    let mut facts = facts.clone();
                    facts.lists.insert(list.clone(), rows);
                    facts
                })
            })
            .collect();
    }
    all
}

/// Every choice of the readings that a case leaves open and that may decide.
fn readings(document: &Document, case: &Case) -> Vec<BTreeMap<String, String>> {
    let mut all = vec![BTreeMap::new()];
    for item in &document.items {
        let (ItemKind::Reading(reading), Some(name)) = (&item.kind, &item.name) else { continue };
        let name = name.text.to_string();
        let options: Vec<String> = match case.retained.get(&name) {
            Some(option) => vec![option.clone()],
            None => reading.options.iter().map(|option| option.name.text.to_string()).collect(),
        };
        all = all
            .into_iter()
            .flat_map(|chosen| {
                options.iter().map({
                    let name = name.clone();
                    move |option| {
                        let mut chosen: BTreeMap<String, String> = chosen.clone();
                        chosen.insert(name.clone(), option.clone());
                        chosen
                    }
                })
            })
            .collect();
    }
    all
}

/// Readings that only move amounts or dates are left at their first option.
fn deciding(all: Vec<BTreeMap<String, String>>) -> Vec<BTreeMap<String, String>> {
    let mut kept: Vec<BTreeMap<String, String>> = Vec::new();
    for chosen in all {
        let key = |chosen: &BTreeMap<String, String>| {
            ["base du seuil", "formalisation des liens", "composition de l'équipe"]
                .map(|name| chosen.get(name).cloned())
        };
        if kept.iter().all(|other| key(other) != key(&chosen)) {
            kept.push(chosen);
        }
    }
    kept
}

/// The outcomes that completions give, and whether two that differ only in `hole` differ in outcome.
fn brute_force(document: &Document, case: &Case, hole: Option<&Hole>) -> (BTreeSet<(usize, bool)>, bool) {
    let mut outcomes = BTreeSet::new();
    let mut decisive = false;
    for (rank, chosen) in deciding(readings(document, case)).into_iter().enumerate() {
        let mut by_rest: BTreeMap<String, BTreeSet<bool>> = BTreeMap::new();
        for mut facts in completions(document, case) {
            facts.readings = chosen.clone();
            let naive =
                Naive { document, facts: &facts, examined_on: case.examined_on, around: RefCell::default() };
            if !naive.coherent() {
                continue;
            }
            let favourable = naive.favourable();
            outcomes.insert((rank, favourable));
            let mut rest = facts.clone();
            match hole {
                Some(hole) => fill(&mut rest, hole, Val::Bool(true)),
                None => case.absent_lists.iter().for_each(|list| {
                    rest.lists.remove(list);
                }),
            }
            by_rest.entry(format!("{:?}{:?}", rest.facts, rest.lists)).or_default().insert(favourable);
        }
        decisive |= by_rest.values().any(|outcomes| outcomes.len() > 1);
    }
    (outcomes, decisive)
}

fn is_decisive(policy: &Policy, decision: &Decision, hole: Option<&Hole>) -> bool {
    decision.missing.iter().filter(|missing| missing.decisive).any(|missing| match (missing.place, hole) {
        (MissingPlace::Fact(fact), Some((None, path))) => *policy.facts[fact.index()].path == **path,
        (MissingPlace::Cell { row, field }, Some((Some((_, own)), path))) => {
            row as usize == *own && *policy.fields[field.index()].name == **path
        }
        (MissingPlace::List(_), None) => true,
        (_, _) => false,
    })
}

/// A case's text without one key; every key is on a line of its own, lists at the end of theirs.
fn without(yaml: &str, path: &Hole) -> Option<String> {
    let mut root: serde_yaml::Value = serde_yaml::from_str(yaml).ok()?;
    let (mut at, path) = match &path.0 {
        None => (&mut root, path.1.clone()),
        Some((list, row)) => (root.get_mut(list.as_str())?.get_mut(*row)?, path.1.clone()),
    };
    let parts: Vec<&str> = path.split('.').collect();
    let (last, groups) = parts.split_last()?;
    for group in groups {
        at = at.get_mut(*group)?;
    }
    at.as_mapping_mut()?.remove(*last)?;
    serde_yaml::to_string(&root).ok()
}

#[test]
fn deleting_any_one_fact_of_any_case_is_never_wrong_and_exactly_decisive() {
    let text = std::fs::read_to_string("policies/ess/ess.pol").expect("the policy");
    let file = SourceFile::new("ess/ess.pol", text);
    let (document, _) = conforme::syntax::parse(&file);
    let policy = check(&file).policy.expect("the policy checks");
    let mut tried = 0;
    let mut files: Vec<_> = std::fs::read_dir("policies/ess/cases")
        .expect("the cases")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 35);
    for path in files {
        let yaml = std::fs::read_to_string(&path).expect("a case");
        let whole = read(&document, &yaml);
        // Where nearly all is missing there is no trying every completion.
        if whole.holes.len() > 2 || !whole.absent_lists.is_empty() {
            continue;
        }
        let mut deleted: Vec<Option<Hole>> =
            whole.facts.facts.keys().map(|path| Some((None, path.clone()))).collect();
        for (list, rows) in &whole.facts.lists {
            for (row, fields) in rows.iter().enumerate() {
                deleted.extend(fields.keys().map(|field| Some((Some((list.clone(), row)), field.clone()))));
            }
        }
        // The identifier of an element is read by nothing: trying one stands for all.
        deleted.retain(|hole| !matches!(hole, Some((Some((_, row)), field)) if field == "RPPS" && *row > 0));
        deleted.push(None);
        for hole in deleted {
            let list = (None, "adhérents".to_owned());
            let Some(yaml) = without(&yaml, hole.as_ref().unwrap_or(&list)) else {
                panic!("{}: {hole:?} cannot be deleted", path.display())
            };
            let case = read(&document, &yaml);
            let place = format!("{} without {hole:?}", path.display());
            let dossier = conforme::dossier::read(yaml.as_bytes(), "case.yaml", &policy)
                .unwrap_or_else(|mistakes| panic!("{place}: {mistakes:?}"));
            let request = Request { examined_on: case.examined_on, readings: Vec::new() };
            let decision =
                decide(&policy, &dossier, &request).unwrap_or_else(|why| panic!("{place}: {why:?}"));
            let (outcomes, decisive) = brute_force(&document, &case, hole.as_ref());
            let all = |favourable: bool| outcomes.iter().all(|(_, outcome)| *outcome == favourable);
            match decision.outcome {
                Outcome::Favourable => assert!(all(true), "{place}"),
                Outcome::Unfavourable => assert!(all(false), "{place}"),
                Outcome::Incomplete => {
                    let both = |rank| outcomes.contains(&(rank, true)) && outcomes.contains(&(rank, false));
                    assert!(
                        outcomes.iter().any(|(rank, _)| both(*rank)),
                        "{place}: incomplete, though no completion changes it"
                    );
                }
                Outcome::Calculated => panic!("{place}: the policies that are kept decide"),
                Outcome::DependsOnReading => assert!(!all(true) && !all(false), "{place}"),
            }
            assert_eq!(is_decisive(&policy, &decision, hole.as_ref()), decisive, "{place}: decisive");
            tried += 1;
        }
    }
    assert!(tried > 800, "only {tried} facts were deleted");
}
