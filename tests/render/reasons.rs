//! Why, in the right words: the element that fails, the grounds that are certain, the exception that is needed.

use conforme::check::check;
use conforme::eval::{Request, decide};
use conforme::render::text::TextOptions;
use conforme::render::{Explain, Lang, html, json, text};
use conforme::source::SourceFile;
use conforme::time::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::prose;

pub struct Told {
    pub brief: String,
    pub full: String,
    page: String,
    json: Value,
}

const HEAD: &str = "dispositif essai « Un essai »\n  en vigueur depuis le 1er janvier 2025\n\nsource T « Texte », document d'information\n\n";

pub fn told(policy: &str, dossier: &str) -> Told {
    let checked = check(&SourceFile::new("essai.pol", format!("{HEAD}{policy}")));
    let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let dossier = format!("dispositif: essai\n{dossier}");
    let dossier = conforme::dossier::read(dossier.as_bytes(), "essai.yaml", &policy).unwrap();
    let request = Request { examined_on: Date::new(2025, 10, 1).unwrap(), readings: Vec::new() };
    let decision = decide(&policy, &dossier, &request).unwrap();
    let as_text = |explain| {
        let options = TextOptions { explain, width: 200, ..TextOptions::default() };
        text::decision(&policy, &dossier, &decision, &options)
    };
    let json = json::decision(&policy, &dossier, &decision);
    // Our own nests deeper than a reader of foreign JSON would allow.
    let mut reader = serde_json::Deserializer::from_str(&json);
    reader.disable_recursion_limit();
    Told {
        brief: prose(&as_text(Explain::Brief)),
        full: as_text(Explain::Full).replace(['\u{a0}', '\u{202f}'], " "),
        page: html::decision(&policy, &dossier, &decision, Explain::Full, Lang::Fr),
        json: Value::deserialize(&mut reader).unwrap(),
    }
}

/// The elements of the first list that a tree goes through, each with what it came to.
fn elements(node: &Value) -> Vec<(i64, Value)> {
    let own = node["operands"].as_array().unwrap();
    let here: Vec<(i64, Value)> =
        own.iter().filter_map(|inner| Some((inner["element"].as_i64()?, inner["value"].clone()))).collect();
    if here.is_empty() {
        own.iter().map(elements).find(|of| !of.is_empty()).unwrap_or_default()
    } else {
        here
    }
}

const FLEET: &str = "dossier
  dépôts : liste
    « Quels dépôts ? »
  dépôts.nom : texte, unique
    « Nom ? »
  dépôts.stock : entier ≥ 0
    « Stock ? »
  camions : liste
    « Quels camions ? »
  camions.nom : texte, unique
    « Nom ? »
  camions.charge : entier ≥ 0
    « Charge ? »

critère essayé
  selon T
  exige CONDITION

décision admission
  favorable si
    - tous les critères sont remplis
";

const TRUCKS: &str = "dépôts:
  - {nom: Nord, stock: 100}
  - {nom: Sud, stock: 50}
camions:
  - {nom: Petit, charge: 10}
  - {nom: Moyen, charge: 50}
  - {nom: Gros, charge: 500}
";

#[test]
fn a_condition_on_a_list_names_its_own_element_whatever_it_reads_first() {
    for (condition, named, held) in [
        ("tous les camions vérifient (somme de dépôts.stock) ≥ charge", true, [true, true, false]),
        ("aucun camion dont (somme de dépôts.stock) < charge", true, [false, false, true]),
        ("(nombre de camions dont (somme de dépôts.stock) ≥ charge) ≥ 3", false, [true, true, false]),
        ("non (il existe un camion dont (somme de dépôts.stock) < charge)", true, [false, false, true]),
    ] {
        let told = told(&FLEET.replace("CONDITION", condition), TRUCKS);
        assert!(!named || told.brief.contains("Gros"), "{condition}\n{}", told.brief);
        for other in ["Petit", "Moyen", "Nord", "Sud"] {
            assert!(!told.brief.contains(other), "{condition}\n{}", told.brief);
        }
        let expected: Vec<(i64, Value)> = (1..).zip(held.map(Value::from)).collect();
        assert_eq!(elements(&told.json["criteria"][0]["because"]), expected, "{condition}");
        for truck in ["Petit", "Moyen", "Gros"] {
            assert!(told.full.contains(truck), "{condition}\n{}", told.full);
        }
    }
}

#[test]
fn it_names_the_element_that_is_so() {
    let told = told(
        &FLEET
            .replace("CONDITION", "il existe un camion dont (somme de dépôts.stock) ≥ charge et charge > 20"),
        TRUCKS,
    );
    let summary = told.json["criteria"][0]["summary"].as_str().unwrap();
    assert!(
        summary.contains("Moyen") && !summary.contains("Petit") && !summary.contains("Gros"),
        "{summary}"
    );
}

const TWO_READINGS: &str = "lecture base
  « Laquelle ? »
  - étroite : selon T « étroite »
  - large : selon T « large »

dossier
  n : entier ≥ 0
    « n ? »
  accordée : oui ou non, à l'appréciation du directeur
    « Accordée ? »

critère certain
  selon T
  exige n ≥ FIRST

critère incertain
  selon T
  exige n ≥ LOW si base est étroite ; n ≥ HIGH si base est large
  sauf si accordée

décision admission
  favorable si
    - tous les critères sont remplis
";

fn two_readings(first: &str, narrow: &str, wide: &str, granted: &str) -> Told {
    let policy = TWO_READINGS.replace("FIRST", first).replace(
        "exige n ≥ LOW si base est étroite ; n ≥ HIGH si base est large",
        &format!("exige\n    - n ≥ {narrow}  si base est étroite\n    - n ≥ {wide}  si base est large"),
    );
    told(&policy, &format!("n: 5\naccordée: {{valeur: {granted}, par: A, motif: b}}\n"))
}

#[test]
fn a_ground_that_depends_on_the_reading_is_not_said_as_certain() {
    let refused = two_readings("10", "3", "8", "non");
    let said = "une condition n'est pas remplie : « certain » ; une autre dépend de la lecture, sans changer la décision : « incertain »";
    assert!(refused.brief.contains(said), "{}", refused.brief);
    assert_eq!(refused.json["decision"]["summary"], said);
    let both = two_readings("10", "7", "8", "non");
    assert!(
        both.brief.contains("2 conditions ne sont pas remplies : « certain » et « incertain »"),
        "{}",
        both.brief
    );
}

#[test]
fn an_exception_is_said_where_it_is_needed_and_under_the_reading_that_needs_it() {
    let by_reading = two_readings("1", "3", "8", "oui");
    assert!(
        by_reading.brief.contains("FAVORABLE toutes les conditions sont remplies ; selon la lecture, « incertain » ne l'est que par exception"),
        "{}",
        by_reading.brief
    );
    assert!(
        by_reading
            .brief
            .contains("étroite ✔ n : 5 (au moins 3) large par exception n : 5 (il faut : au moins 8)"),
        "{}",
        by_reading.brief
    );
    let always = two_readings("1", "7", "8", "oui");
    assert!(always.brief.contains("remplies, par exception pour « incertain »"), "{}", always.brief);
    // A decision that does not ask for the criterion needs no exception.
    let policy = TWO_READINGS
        .replace("FIRST", "1")
        .replace("exige n ≥ LOW si base est étroite ; n ≥ HIGH si base est large", "exige n ≥ 8")
        .replace("- tous les critères sont remplis", "- certain");
    let aside = told(&policy, "n: 5\naccordée: {valeur: oui, par: A, motif: b}\n");
    assert!(
        aside.brief.contains("FAVORABLE toutes les conditions sont remplies Critères"),
        "{}",
        aside.brief
    );
}

#[test]
fn reasons_and_remedies_are_asked_of_unfavourable_decisions_alone() {
    let refused = two_readings("10", "3", "8", "non");
    for needed in [
        "L. 211-2 et L. 211-5",
        "recours gracieux ou hiérarchique (CRPA, art. L. 411-2)",
        "dans les deux mois",
    ] {
        assert!(refused.brief.contains(needed), "{}", refused.brief);
    }
    let granted = two_readings("1", "3", "8", "oui");
    assert!(!granted.brief.contains("211-5"), "{}", granted.brief);
    assert!(granted.brief.contains("viennent de documents d'information"), "{}", granted.brief);
}

const ONE_OF_EACH: &str = "dossier
  âge : entier ≥ 0
    « Quel âge ? »
  population : entier ≥ 0
    « Population ? »
  spécialité : texte
    « Spécialité ? »
  a : entier ≥ 0
    « a ? »
  b : entier ≥ 0
    « b ? »

définition majeur
  vaut oui si âge ≥ 18
  vaut non dans les autres cas

définition taux
  vaut 2 si âge ≥ 18
  vaut 3 dans les autres cas

définition borné
  vaut a au minimum 5

critère majorité
  selon T
  exige majeur

critère pharmacien
  selon T
  si population > 10 000
  exige a ≥ 1

critère spécialité exclue
  selon T
  exige spécialité ≠ « médecine générale »

critère deux sur trois
  selon T
  exige au moins 2 de
    - a ≥ 1
    - b ≥ 100
    - âge ≥ 99

critère plainement rempli
  selon T « le passage cité »
  exige a ≤ 40

décision admission
  favorable si
    - tous les critères sont remplis

financement prime
  selon T
  montant (a + b + âge + 3) × 1 €

financement dotation
  selon T
  montant 10 € + 1 € × a + 1 € × b + 20 €

financement complément
  selon T
  montant borné × 1 €

financement forfait
  selon T
  montant taux × 1 €
";

#[test]
fn each_wording_says_what_it_means() {
    let told = told(ONE_OF_EACH, "âge: 17\npopulation: 4001\nspécialité: médecine générale\na: 1\nb: 2\n");
    for said in [
        // The condition that chose the line, not the « non » that it is written with.
        "majeur : non – âge : 17 (il faut : au moins 18)",
        "sans objet – population : 4 001, la règle ne vaut qu'au-delà de 10 000",
        "spécialité : médecine générale (il faut : autre chose que « médecine générale »)",
        "1 condition réunie sur 3 (il en faut au moins 2)",
        // All its terms.
        "33 € (10 € + 1 € + 2 € + 20 €)",
    ] {
        assert!(told.brief.contains(said), "{said}\n{}", told.brief);
    }
    let full = prose(&told.full);
    assert!(full.contains("5 (au minimum 5) · a : 1"), "{full}");
    assert!(full.contains("dans les autres cas : 3 ✘ âge : 17 (il faut : au moins 18)"), "{full}");
    // What is plainly met tells its figures and its passage too.
    assert!(full.contains("✔ plainement rempli a : 1 (au plus 40) T : « le passage cité »"), "{full}");
}

#[test]
fn a_deep_calculation_keeps_its_levels() {
    let mut policy = String::from("dossier\n  a : entier ≥ 0\n    « a ? »\n");
    for level in 0..40 {
        let below = if level == 39 { "a".to_owned() } else { format!("terme {}", level + 1) };
        policy.push_str(&format!("\ndéfinition terme {level}\n  vaut {below} + 1\n"));
    }
    policy.push_str("\ncritère somme\n  selon T\n  exige terme 0 ≥ 100\n\ndécision admission\n  favorable si\n    - tous les critères sont remplis\n");
    let told = told(&policy, "a: 1\n");
    let lead = |name: &str| {
        let line = told.full.lines().find(|line| line.contains(&format!("{name} :"))).unwrap();
        line.len() - line.trim_start().len()
    };
    for level in 1..40 {
        assert!(
            lead(&format!("terme {level}")) > lead(&format!("terme {}", level - 1)),
            "{level}\n{}",
            told.full
        );
    }
}

#[test]
fn a_page_shows_excerpts_as_figures_of_its_own() {
    let told = told(ONE_OF_EACH, "âge: 17\npopulation: 4001\nspécialité: chirurgie\na: 1\nb: 2\n");
    assert!(told.page.contains("<figure>") && told.page.contains("<mark>"), "{}", told.page);
    for drawn in ["╭", "╰", "────"] {
        assert!(!told.page.contains(drawn), "{}", told.page);
    }
}

const BY_READING: &str = "dossier
  adhérents : entier ≥ 0
    « Combien d'adhérents ? »
  habitants : entier ≥ 0
    « Combien d'habitants ? »
  soirée : oui ou non
    « Le soir ? »
  samedi : oui ou non
    « Le samedi ? »
  dépense : montant ≥ 0 € et ≤ 100 €
    « Quelle dépense ? »
  bilan remis le : date
    « Remis quand ? »

lecture composition
  « Plusieurs, ou un seul ? »
  - plusieurs : selon T « des médecins »
  - un seul   : selon T « un médecin »

définition ensemble
  selon T « un ensemble »
  vaut adhérents > 1  si composition est plusieurs
  vaut adhérents > 0  dans les autres cas

critère de nuit
  selon T « le soir ou le samedi »
  si habitants > 10 000
  exige au moins 1 de
    - soirée
    - samedi

décision création
  favorable si
    - ensemble
    - tous les critères sont remplis

financement prime
  selon T
  si création
  montant dépense

objectif croissance
  selon T
  vise adhérents ≥ 50

obligation bilan
  selon T
  si création
  au plus tard 1er décembre 2025
  remplie par bilan remis le
";

#[test]
fn a_condition_of_the_decision_shows_the_rule_of_each_reading() {
    let told_of = |dossier: &str| told(BY_READING, dossier).brief;
    for (dossier, said) in [
        (
            "adhérents: 1\nhabitants: 1\n",
            "~ ensemble plusieurs ✘ adhérents : 1 (il faut : au moins 2) un seul ✔ adhérents : 1 (au moins 1) T : « un ensemble »",
        ),
        // Where both fail, each by its own figure.
        (
            "adhérents: 0\nhabitants: 1\n",
            "✘ ensemble plusieurs adhérents : 0 (il faut : au moins 2) un seul adhérents : 0 (il faut : au moins 1) T : « un ensemble »",
        ),
        // The one that is retained is the rule.
        (
            "adhérents: 0\nhabitants: 1\nlectures: {composition: plusieurs}\n",
            "✘ ensemble adhérents : 0 (il faut : au moins 2) T : « un ensemble »",
        ),
    ] {
        let brief = told_of(dossier);
        assert!(brief.contains(said), "{said}\n{brief}");
    }
}

#[test]
fn what_is_open_or_aside_says_why() {
    for (dossier, said) in [
        ("adhérents: 3\n", "? de nuit habitants : à établir, la règle ne vaut qu'au-delà de 10 000"),
        (
            "adhérents: 3\n",
            "aucune condition réunie pour l'instant, 2 à établir (il en faut au moins 1 sur 2)",
        ),
        (
            "adhérents: 3\nsoirée: non\n",
            "aucune condition réunie pour l'instant, 1 à établir (il en faut au moins 1 sur 2)",
        ),
        ("habitants: 1\n", "croissance : valeur inconnue, objectif de 50"),
        ("adhérents: 0\nhabitants: 1\n", "bilan : sans objet, la décision étant défavorable"),
    ] {
        let brief = told(BY_READING, dossier).brief;
        assert!(brief.contains(said), "{said}\n{brief}");
    }
}

#[test]
fn what_fails_whatever_is_learnt_is_quoted() {
    let policy = "dossier
  âge : entier ≥ 0
    « Âge ? »

critère jeune
  selon T « de moins de vingt ans »
  exige âge < 20

critère mûr
  selon T « de plus de trente ans »
  exige âge > 30

décision admission
  favorable si
    - tous les critères sont remplis
";
    let brief = told(policy, "").brief;
    assert!(brief.contains("âge : à établir (au plus 19) T : « de moins de vingt ans »"), "{brief}");
    assert!(brief.contains("âge : à établir (au moins 31) T : « de plus de trente ans »"), "{brief}");
}
