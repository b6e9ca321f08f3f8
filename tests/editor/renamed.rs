//! Another name for a thing: wherever it is written, and back.

use super::{at, files, policies, text};
use conforme::check::Sort;
use conforme::editor::rename::{rename, renamed};
use conforme::editor::{Change, Desk, applied, sheet};
use conforme::shelf::Shelf;
use conforme::syntax::tree::Kind;
use conforme::workshop::approved;

fn changed(desk: &Desk, change: &Change) -> Desk {
    let mut shelf = desk.shelf().clone();
    let files = change.files.iter().map(|(path, edits)| {
        let new = applied(&text(desk, path), edits).unwrap();
        (path.clone(), Some(new.into_bytes()))
    });
    shelf.change(files);
    Desk::new(shelf)
}

#[test]
fn a_fact_is_renamed_in_the_text_and_its_cases() {
    let mut desk = policies();
    let offset = at(&desk, "ess/ess.pol", "territoire.médecins libéraux ≤", 14);
    let what = renamed(&mut desk, "ess/ess.pol", offset).unwrap();
    assert_eq!(what.name, "médecins libéraux");
    let change = rename(&mut desk, &what, "praticiens libéraux").unwrap();
    let after = changed(&desk, &change);
    for (path, bytes) in after.shelf().files() {
        let said = String::from_utf8_lossy(bytes);
        if path.starts_with("ess/") && !path.ends_with(".md") && !path.ends_with(".txt") {
            assert!(!said.contains("territoire.médecins libéraux"), "{path}");
        }
    }
    let case = text(&after, "ess/cases/01-favorable.yaml");
    assert!(case.contains("  praticiens libéraux: 30\n"), "{case}");
}

/// Every name of every text is renamed and back: nothing is lost, nothing new is wrong.
#[test]
fn every_name_can_be_changed_and_back() {
    let mut desk = policies();
    let all: Vec<(String, u32, String, Sort)> = desk
        .names()
        .all()
        .iter()
        .filter_map(|symbol| {
            let place = symbol.declared.first()?;
            Some((place.file.name().to_owned(), place.span.end, symbol.name.to_string(), symbol.sort))
        })
        .collect();
    let mut refused = Vec::new();
    // One in six, whatever its sort: together they are of every policy.
    for (path, offset, name, sort) in all.iter().step_by(6) {
        let Some(what) = renamed(&mut desk, path, *offset) else { panic!("{name} in {path}") };
        // A list is named in the plural.
        let to = match sort {
            Sort::Of(Kind::Source) => "ZZ",
            Sort::Of(Kind::Fact) => "usagers quelconques",
            _ => "zone quelconque",
        };
        match rename(&mut desk, &what, to) {
            Ok(change) => assert!(!change.is_empty(), "{name}"),
            Err(why) => refused.push(format!("{path}: {name}: {why}")),
        }
    }
    assert!(refused.is_empty(), "{} of {}\n{}", refused.len(), all.len(), refused.join("\n"));
}

const BASE: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi d'essai », texte opposable

dossier

  revenu mensuel : montant ≥ 0 €
    « Quel revenu mensuel ? »
  zone : parmi plaine, montagne
    « Quelle zone ? »
  enfants : liste
    « Quels enfants ? »
  enfants.frais : montant ≥ 0 €
    « Quels frais ? »

définition aide de base
  vaut 10 % de revenu mensuel + somme d'enfants.frais

critère modeste
  selon loi « le revenu mensuel est de 1 000 euros au plus »
  exige revenu mensuel ≤ 1 000 €

décision accord
  favorable si tous les critères sont remplis

financement prime
  prévu si accord
  montant l'aide de base arrondi à l'euro
  une fois
";

const AMENDMENT: &str = "avenant 1 à essai « Avenant »
  en vigueur depuis le 1er janvier 2026

source arrêté « Arrêté d'essai », texte opposable

dans critère modeste, remplace « revenu mensuel ≤ 1 000 € » par « revenu mensuel ≤ 2 000 € et zone est montagne »
  selon arrêté « le revenu mensuel est de 2 000 euros au plus »
";

const CASE: &str = "dispositif: essai
examiné le: 2026-02-01
revenu mensuel: {valeur: 900 €, source: le revenu mensuel déclaré}
zone: montagne
enfants:
- frais: 10 €
attendu:
  critère modeste: rempli
";

const OPEN: &str = "dispositif: essai
examiné le: 2026-02-01
zone: montagne
enfants: []
attendu:
  à demander: revenu mensuel
";

fn amended() -> Desk {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    Desk::new(Shelf::new([
        file("essai/essai.pol", BASE),
        file("essai/avenant-1.pol", AMENDMENT),
        file("essai/cases/1.yaml", CASE),
        file("essai/cases/2.yaml", OPEN),
    ]))
}

/// The names are changed in what an amendment quotes of the rule, in dossiers and in what they state; the words of sources,
/// questions and people stay.
#[test]
fn amendments_and_cases_follow_and_words_that_are_no_names_stay() {
    let mut desk = amended();
    let told = desk.diagnostics(&|_, _| Ok(String::new()));
    assert!(told.iter().all(|one| !one.is_error()), "{told:?}");
    let offset = at(&desk, "essai/essai.pol", "revenu mensuel :", 2);
    let what = renamed(&mut desk, "essai/essai.pol", offset).unwrap();
    let change = rename(&mut desk, &what, "salaire").unwrap();
    let after = changed(&desk, &change);
    let base = BASE
        .replace("revenu mensuel :", "salaire :")
        .replace("10 % de revenu mensuel", "10 % de salaire")
        .replace("exige revenu mensuel", "exige salaire");
    assert_eq!(text(&after, "essai/essai.pol"), base);
    let amendment = AMENDMENT.replace("« revenu mensuel ≤", "« salaire ≤");
    assert_eq!(text(&after, "essai/avenant-1.pol"), amendment);
    assert_eq!(text(&after, "essai/cases/1.yaml"), CASE.replace("revenu mensuel: {", "salaire: {"));
    assert_eq!(text(&after, "essai/cases/2.yaml"), OPEN.replace("revenu mensuel", "salaire"));
    // What is decided is the same.
    for path in ["essai/cases/1.yaml", "essai/cases/2.yaml"] {
        let outcome = |desk: &Desk| {
            let case = desk.shelf().all_cases().find(|case| case.path == path).unwrap();
            desk.shelf().decide(&case.file, None).map(|decided| decided.decision.outcome).unwrap()
        };
        assert_eq!(outcome(&desk), outcome(&after), "{path}");
    }
}

#[test]
fn options_elements_and_small_words_follow() {
    let mut desk = amended();
    let mut made = |words: &str, on: usize, to: &str| {
        let offset = at(&desk, "essai/essai.pol", words, on);
        let what = renamed(&mut desk, "essai/essai.pol", offset).unwrap();
        let change = rename(&mut desk, &what, to).unwrap();
        changed(&desk, &change)
    };
    let option = made("montagne\n", 2, "altitude");
    assert!(text(&option, "essai/essai.pol").contains("parmi plaine, altitude"));
    assert!(text(&option, "essai/avenant-1.pol").contains("zone est altitude »"));
    assert!(text(&option, "essai/cases/1.yaml").contains("zone: altitude"));
    let list = made("enfants : liste", 2, "pupilles");
    assert!(text(&list, "essai/essai.pol").contains("somme de pupilles.frais"));
    assert!(text(&list, "essai/essai.pol").contains("  pupilles.frais : montant"));
    assert!(text(&list, "essai/cases/1.yaml").contains("pupilles:\n- frais: 10 €"));
    let aid = made("aide de base\n  vaut", 2, "prime de base");
    assert!(
        text(&aid, "essai/essai.pol").contains("montant la prime de base arrondi"),
        "{}",
        text(&aid, "essai/essai.pol")
    );
}

#[test]
fn a_name_that_would_not_check_is_refused_with_the_reason() {
    let mut desk = amended();
    let offset = at(&desk, "essai/essai.pol", "revenu mensuel :", 2);
    let what = renamed(&mut desk, "essai/essai.pol", offset).unwrap();
    for to in ["zone", "accord", "oui", "2 zones", "", "a.b"] {
        assert!(rename(&mut desk, &what, to).is_err(), "{to}");
    }
}

/// What is put after a name: no word of any text.
const ADDED: &str = " zzz";

/// Another name that says as much: « le » at the end of a name tells that it is a day.
fn longer(name: &str) -> String {
    match name.strip_suffix(" le") {
        Some(act) => format!("{act}{ADDED} le"),
        None => format!("{name}{ADDED}"),
    }
}

/// A text by its words, without what was put after names; how wide a table is drawn and where a line ends is no word.
fn words(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| word.chars().any(|c| !matches!(c, '-' | '|' | ':')));
    words.collect::<Vec<_>>().join(" ").replace(ADDED, "")
}

/// A decision for programs, without what tells texts from one another: where words stand, and what files come to.
fn without_places(json: &str) -> String {
    let mut parts = json.split("\"column\":");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| plain.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit())));
    let mut parts = plain.split("\"sha256\":");
    let mut said = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| said.push_str(part.get(66..).unwrap()));
    said
}

/// What all cases of a policy come to, all that is told of it, and what was approved; names as they were.
fn come_to(desk: &Desk, policy: &str) -> Vec<(String, String)> {
    let shelf = desk.shelf();
    let mut told = Vec::new();
    for case in shelf.cases(policy) {
        let decided = shelf.decide(&case.file, None).unwrap_or_else(|why| panic!("{}: {why:?}", case.path));
        let json = conforme::render::json::decision(decided.policy, &decided.dossier, &decided.decision);
        told.push((case.path.clone(), words(&without_places(&json))));
        let judged = sheet::judge(shelf, case).unwrap();
        assert!(judged.failures.is_empty(), "{}", case.path);
        let path = sheet::approved_path(case);
        if shelf.file(&path).is_some() {
            let approved = text(desk, &path);
            assert_eq!(approved::with_reason(&judged.text, judged.reason.as_deref()), approved, "{path}");
            told.push((path, words(&approved)));
        }
    }
    told
}

/// Renames facts of a policy, one by one: what its cases come to is the same but for the name, with what they state and what
/// was approved; renamed back, every file is what it was, to the byte.
fn rename_facts(policy: &str, path: &str, every: usize) {
    let mut files = files(&format!("policies/{policy}"));
    files.iter_mut().for_each(|(path, _)| *path = format!("{policy}/{path}"));
    let mut desk = Desk::new(Shelf::new(files));
    let facts: Vec<(String, u32)> = desk
        .names()
        .all()
        .iter()
        .filter(|symbol| symbol.sort == Sort::Of(Kind::Fact))
        .filter_map(|symbol| symbol.declared.first().filter(|place| place.file.name() == path))
        .map(|place| (text(&desk, path)[place.span.range()].to_owned(), place.span.end))
        .collect();
    let before = come_to(&desk, policy);
    assert!(facts.len() > 5 && before.len() > 20, "{} {}", facts.len(), before.len());
    for (name, offset) in facts.iter().step_by(every) {
        let what = renamed(&mut desk, path, *offset).unwrap();
        let change =
            rename(&mut desk, &what, &longer(&what.name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        let mut after = changed(&desk, &change);
        assert_ne!(text(&after, path), text(&desk, path), "{name}");
        for (now, was) in come_to(&after, policy).iter().zip(&before) {
            assert_eq!(now, was, "{name}");
        }
        let back = renamed(&mut after, path, *offset).unwrap();
        let change = rename(&mut after, &back, &what.name).unwrap_or_else(|why| panic!("{name}: {why}"));
        let returned = changed(&after, &change);
        for (now, was) in returned.shelf().files().zip(desk.shelf().files()) {
            assert!(now == was, "{name}: {} is not what it was", was.0);
        }
    }
}

#[test]
fn decisions_are_the_same_but_for_the_name_of_any_fact() {
    rename_facts("alr", "alr/alr.pol", 1);
}

#[test]
fn decisions_are_the_same_but_for_the_name_of_facts_of_other_policies() {
    rename_facts("ess", "ess/ess.pol", 13);
    rename_facts("csq", "csq/csq.pol", 10);
}
