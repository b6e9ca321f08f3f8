//! An amount for each element of a list.

use super::{cents, decided, mistakes, paid, told};
use conforme::decision::{Outcome, Status};
use conforme::number::Ratio;
use conforme::source::SourceFile;

const DOCTORS: &str = "\
dossier
  zone : oui ou non
  médecins : liste
  médecins.nom : texte, unique
  médecins.gardes : entier ≥ 0
  médecins.conventionné : oui ou non
  médecins.forfait : montant ≥ 0 €, si zone

";

/// An `indemnité` that says so.
fn text(clauses: &[&str]) -> String {
    format!("{DOCTORS}financement indemnité\n  selon T « x »\n  {}\n", clauses.join("\n  "))
}

/// Doctors, each with its nights and whether it is `conventionné`.
fn doctors(of: &[(&str, &str)]) -> String {
    let mut facts = "zone: non\nmédecins:\n".to_owned();
    for (n, (nights, bound)) in of.iter().enumerate() {
        facts.push_str(&format!("  - {{nom: m{n}, gardes: {nights}, conventionné: {bound}}}\n"));
    }
    facts
}

/// So many centimes, no more and no less.
fn exactly(amount: i128) -> [Ratio; 2] {
    [cents(amount), cents(amount)]
}

const CAPPED: [&str; 3] = ["pour chaque médecin", "montant 150 € × gardes", "plafonné à 900 €"];

/// 4 × 150 = 600; 8 × 150 = 1 200, at most 900; 1 500 in all.
#[test]
fn each_element_has_its_amount() {
    let facts = doctors(&[("4", "oui"), ("8", "non")]);
    assert_eq!(paid(&text(&CAPPED), &facts), exactly(150_000));
    let told = told(&text(&CAPPED), &facts);
    let shares = told["funding"][0]["shares"].as_array().expect("what each has");
    let amounts: Vec<_> = shares.iter().map(|share| share["amount"]["min"].as_str()).collect();
    assert_eq!(amounts, [Some("600.00"), Some("900.00")]);
    assert!(told["funding"][0].get("rest").is_none(), "nothing is left of an envelope that is none");
    assert_eq!(paid(&text(&CAPPED), "zone: non\nmédecins: []"), [cents(0), cents(0)]);
}

/// Of those that count: 600 alone; where it is not known whether the second does, up to 900 more.
#[test]
fn only_those_that_count_have_one() {
    let some = ["pour chaque médecins dont conventionné", CAPPED[1], CAPPED[2]];
    assert_eq!(paid(&text(&some), &doctors(&[("4", "oui"), ("8", "non")])), exactly(60_000));
    let open = doctors(&[("4", "oui"), ("8", "inconnu"), ("1", "non")]);
    assert_eq!(paid(&text(&some), &open), [cents(60_000), cents(150_000)]);
    let told = told(&text(&some), &open);
    let shares = told["funding"][0]["shares"].as_array().expect("what each has");
    let ends = |share: &serde_json::Value| (share["element"].clone(), share["amount"]["max"].clone());
    let wanted = [(1.into(), "600.00".into()), (2.into(), "900.00".into())];
    assert_eq!(shares.iter().map(ends).collect::<Vec<_>>(), wanted);
}

/// Every form of an amount stands under it: cases, a scale, an exception. By hand, for 0, 3 and 9 nights: nothing,
/// 3 × 100, then 9 × 120 less a tenth; 50 € where one is not `conventionné`.
#[test]
fn an_amount_of_each_takes_every_form() {
    let clauses = [
        "pour chaque médecin",
        "montant selon gardes",
        "  0 : 0 €",
        "  de 1 à 5 : 100 € × gardes",
        "  plus de 5 : 120 € × gardes",
        "diminué de 10 % si gardes > 8",
        "sauf si non conventionné : 50 €",
    ];
    let clauses = clauses.map(|clause| clause.replace("  0 : ", "  jusqu'à 0 : "));
    let clauses: Vec<&str> = clauses.iter().map(String::as_str).collect();
    let facts = doctors(&[("0", "oui"), ("3", "oui"), ("9", "oui"), ("9", "non")]);
    assert_eq!(paid(&text(&clauses), &facts), exactly(30_000 + 97_200 + 5_000));
}

/// What is in force of the whole is in force of each: `si`, `prévu si`.
#[test]
fn what_is_in_force_of_the_whole_is_of_each() {
    let lumps = |condition: &str| text(&[condition, "pour chaque médecin", "montant forfait"]);
    let facts = "zone: oui\nmédecins:\n  - {nom: a, gardes: 1, conventionné: oui, forfait: 20 €}\n  - {nom: b, gardes: 1, conventionné: oui, forfait: 30 €}";
    for condition in ["si zone", "prévu si zone"] {
        assert_eq!(paid(&lumps(condition), facts), exactly(5_000), "{condition}");
    }
    let decision = decided(&lumps("prévu si zone"), &doctors(&[("1", "oui")]));
    assert_eq!(decision.fundings[0].status, Status::NotDue);
    assert_eq!(mistakes(&text(&["pour chaque médecin", "montant forfait"])), ["fait-hors-condition"]);
}

/// Each amount is whole to the cent and never below zero, as the amount of any financing.
#[test]
fn what_cannot_be_the_amount_of_each_is_refused() {
    let refused = |clauses: &[&str]| mistakes(&text(clauses));
    assert_eq!(refused(&["pour chaque médecin", "montant 10 € × gardes - 5 €"]), ["montant-negatif"]);
    assert_eq!(refused(&["pour chaque médecin", "montant 10 € ÷ 3"]), ["arrondi-manquant"]);
    assert_eq!(refused(&["pour chaque médecin", "montant entre 10 € et 20 €"]), ["fourchette"]);
    assert_eq!(refused(&["pour chaque médecin", "montant 10 × gardes"]), ["types-incompatibles"]);
    assert_eq!(refused(&["pour chaque infirmier", "montant 10 €"]), ["nom-inconnu"]);
    assert_eq!(refused(&["pour chaque zone", "montant 10 €"]), ["liste-attendue"]);
    assert_eq!(refused(&["montant 150 € × gardes"]), ["nom-inconnu"]);
    // At most 6 × 10 €: never below zero, one by one.
    let spared = ["pour chaque médecin dont gardes ≤ 6", "montant 60 € - 10 € × gardes"];
    assert_eq!(refused(&spared), Vec::<&str>::new());
}

/// An element in turn is in its list: neither the greatest of it nor a share of it is that of nothing.
#[test]
fn the_list_of_an_element_is_not_empty() {
    let of_each = |value: &str| {
        let text = format!("{DOCTORS}définition médecins.x\n  vaut {value}\n\n");
        mistakes(&format!("{text}résultat total\n  vaut somme de médecins.x\n"))
    };
    for fine in [
        "le plus grand de médecins.gardes",
        "gardes ÷ nombre de médecins",
        "1 ÷ ((nombre de médecins) × 2)",
        "gardes ÷ ((nombre de médecins) + 1)",
    ] {
        assert_eq!(of_each(fine), Vec::<&str>::new(), "{fine}");
    }
    assert_eq!(of_each("le plus grand de médecins.gardes dont conventionné"), ["liste-vide"]);
    assert_eq!(of_each("gardes ÷ (nombre de médecins dont conventionné)"), ["diviseur-nul"]);
    assert_eq!(of_each("gardes ÷ ((nombre de médecins) - 1)"), ["diviseur-nul"]);
    let outside =
        format!("{DOCTORS}résultat moyenne\n  vaut (somme de médecins.gardes) ÷ nombre de médecins\n");
    assert_eq!(mistakes(&outside), ["diviseur-nul"]);
    let each = ["pour chaque médecin", "montant 900 € ÷ nombre de médecins", "arrondi à l'euro"];
    assert_eq!(paid(&text(&each), &doctors(&[("1", "oui"), ("1", "oui")])), exactly(90_000));
}

/// What a completion gives was said to be possible.
#[test]
fn what_is_missing_leaves_what_each_may_have() {
    let facts = doctors(&[("4", "oui"), ("inconnu", "oui")]);
    assert_eq!(paid(&text(&CAPPED), &facts), [cents(60_000), cents(150_000)]);
    assert_eq!(decided(&text(&CAPPED), &facts).outcome, Outcome::Incomplete);
}

#[test]
fn fmt_keeps_it() {
    let text = format!("{}{}", super::HEAD, text(&CAPPED));
    let file = SourceFile::new("t.pol", text.clone());
    assert_eq!(conforme::syntax::format(&file).expect("a text that reads"), text);
}

const TOWNS: &str = "\
dossier
  communes : liste
  communes.nom : texte, unique
  communes.canton : parmi Nord, Sud, Est
  communes.habitants : entier ≥ 0
  écoles : liste
  écoles.nom : texte, unique
  écoles.canton : parmi Nord, Sud, Est
  écoles.élèves : entier ≥ 0

";

/// Of each town, one a line: its canton, its inhabitants; schools likewise.
fn towns(of: &[(&str, &str)], schools: &[(&str, &str)]) -> String {
    let mut facts = "communes:\n".to_owned();
    for (n, (canton, count)) in of.iter().enumerate() {
        facts.push_str(&format!("  - {{nom: c{n}, canton: {canton}, habitants: {count}}}\n"));
    }
    facts.push_str(if schools.is_empty() { "écoles: []\n" } else { "écoles:\n" });
    for (n, (canton, count)) in schools.iter().enumerate() {
        facts.push_str(&format!("  - {{nom: e{n}, canton: {canton}, élèves: {count}}}\n"));
    }
    facts
}

/// What a definition of each town comes to, town by town.
fn of_each_town(value: &str, facts: &str) -> Vec<String> {
    let text = format!("{TOWNS}définition communes.x\n  vaut {value}\n\n");
    let asked = |n: usize| {
        format!("résultat r{n}\n  selon T « x »\n  vaut somme de communes.x dont nom est « c{n} »\n")
    };
    let count = facts.matches("habitants:").count();
    let text = format!("{text}{}", (0..count).map(asked).collect::<Vec<_>>().join("\n"));
    let told = told(&text, facts);
    let results = told["results"].as_array().expect("results");
    results.iter().map(|result| result["value"].to_string()).collect()
}

const CANTONS: [(&str, &str); 3] = [("Nord", "600"), ("Nord", "400"), ("Sud", "1000")];

/// The canton of a town counts all who live in it: 600 + 400, 600 + 400, 1 000.
#[test]
fn elements_are_held_against_the_one_around() {
    let of =
        |value: &str| of_each_town(value, &towns(&CANTONS, &[("Nord", "30"), ("Nord", "12"), ("Est", "9")]));
    assert_eq!(
        of("somme de communes.habitants dont canton est celui de la commune"),
        ["1000", "1000", "1000"]
    );
    assert_eq!(
        of("somme de communes.habitants dont canton est canton de la commune"),
        ["1000", "1000", "1000"]
    );
    assert_eq!(of("nombre de communes dont habitants < celui de la commune"), ["1", "0", "2"]);
    assert_eq!(
        of("nombre de communes dont canton est celui de la commune et nom ≠ celui de la commune"),
        ["1", "1", "0"]
    );
    assert_eq!(
        of("somme de communes.habitants dont habitants ≥ (habitants de la commune) - 200"),
        ["2000", "2000", "1000"]
    );
    // Of another list, the element around is the one in turn of its own.
    assert_eq!(
        of("somme d'écoles.élèves dont canton est celui de la commune".replace("d'é", "de é").as_str()),
        ["42", "42", "0"]
    );
    // Among the elements of a list, another goes through it: 600 and 400 are in one canton, 1 000 alone.
    let pairs = "nombre de communes dont (nombre de communes dont canton est celui de la commune) ≥ 2";
    assert_eq!(of(pairs), ["2", "2", "2"]);
}

/// What is missing of one element leaves open what rests on it, and no more: by hand, the second town lives in Nord or
/// not, so that the canton of the first counts 600 or 1 000, and that of the third 1 000 or 1 400.
#[test]
fn what_is_missing_of_one_leaves_the_others_open() {
    let text = format!(
        "{TOWNS}définition communes.canton entier\n  vaut somme de communes.habitants dont canton est celui de la commune\n\nrésultat premier\n  selon T « x »\n  vaut le plus grand de communes.canton entier dont nom est « c0 »\n  sauf si nombre de communes = 0 : 0\n"
    );
    let text =
        text.replace("le plus grand de", "somme de").replace("  sauf si nombre de communes = 0 : 0\n", "");
    let facts = towns(&[("Nord", "600"), ("inconnu", "400"), ("Sud", "1000")], &[]);
    let told = told(&text, &facts);
    let value = &told["results"][0]["value"];
    assert_eq!((value["min"].to_string(), value["max"].to_string()), ("600".into(), "1000".into()));
    assert_eq!(told["missing"].as_array().expect("what is missing").len(), 1);
}

#[test]
fn what_names_no_element_is_told() {
    let of = |value: &str| {
        mistakes(&format!(
            "{TOWNS}définition communes.x\n  vaut {value}\n\nrésultat r\n  vaut somme de communes.x\n"
        ))
    };
    assert_eq!(of("nombre de communes dont canton est celui de l'école"), ["champ-hors-liste"]);
    assert_eq!(of("nombre de écoles dont élèves > celui de la commune"), ["nom-inconnu"]);
    assert_eq!(of("nombre de communes dont habitants + 1 > celui de la commune"), ["champ-attendu"]);
    assert_eq!(of("nombre de communes dont x = celui de la commune"), ["boucle"]);
    let outside =
        format!("{TOWNS}résultat r\n  vaut nombre de communes dont habitants > celui de la commune\n");
    assert_eq!(mistakes(&outside), ["champ-hors-liste"]);
    // Its own value, named in full, is itself.
    assert_eq!(of("habitants de la commune"), Vec::<&str>::new());
}

const APPRENTICES: &str = "\
dossier
  apprentis : liste
  apprentis.nom : texte, unique
  apprentis.embauché le : date
  apprentis.inscrit : oui ou non

définition apprentis.rang
  vaut RANG

résultat comptés
  selon T « chaque apprenti sauf le plus ancien »
  vaut nombre d'apprentis dont inscrit et rang ≥ 2
";

fn counted(rank: &str, days: &[(&str, &str)]) -> String {
    let mut facts = "apprentis:\n".to_owned();
    for (n, (day, entered)) in days.iter().enumerate() {
        facts.push_str(&format!("  - {{nom: a{n}, embauché le: {day}, inscrit: {entered}}}\n"));
    }
    let told = told(&APPRENTICES.replace("RANG", rank), &facts);
    told["results"][0]["value"].to_string()
}

/// « Chaque apprenti sauf le plus ancien »: of two hired on one day, the first of the dossier is the oldest, and the
/// two others count; without a word on ties both are first, and one counts.
#[test]
fn ties_are_broken_as_the_text_says() {
    let days = [("2024-09-01", "oui"), ("2024-09-01", "oui"), ("2025-01-15", "oui")];
    assert_eq!(counted("rang selon embauché le, à égalité, dans l'ordre du dossier", &days), "2");
    assert_eq!(counted("rang selon embauché le, à égalité dans l'ordre du dossier", &days), "2");
    assert_eq!(counted("rang selon embauché le", &days), "1");
    let text = APPRENTICES.replace("RANG", "rang selon embauché le");
    let facts = "apprentis:\n  - {nom: a, embauché le: 2024-09-01, inscrit: oui}\n  - {nom: b, embauché le: 2024-09-01, inscrit: non}";
    let told_of = |text: &str| told(text, facts)["warnings"].to_string();
    assert!(told_of(&text).contains("tied"), "{}", told_of(&text));
    for settled in
        ["rang selon embauché le, à égalité, dans l'ordre du dossier", "rang selon embauché le dont inscrit"]
    {
        assert!(!told_of(&APPRENTICES.replace("RANG", settled)).contains("tied"), "{settled}");
    }
}

/// Only those entered are ranked: the oldest of all is not, so that of the two others one is first.
#[test]
fn a_rank_is_among_those_that_count() {
    let days = [("2023-09-01", "non"), ("2024-09-01", "oui"), ("2025-01-15", "oui")];
    assert_eq!(counted("rang selon embauché le dont inscrit", &days), "1");
    assert_eq!(counted("rang selon embauché le", &days), "2");
    let open = [("2023-09-01", "inconnu"), ("2024-09-01", "oui"), ("2025-01-15", "oui")];
    // If the first is entered it is first and both others count; if not, one of them is.
    let both = counted("rang selon embauché le dont inscrit", &open);
    assert!(both.contains("\"min\":1") && both.contains("\"max\":2"), "{both}");
}

#[test]
fn fmt_keeps_ranks_and_elements_around() {
    for text in [
        APPRENTICES
            .replace("RANG", "rang selon embauché le dont inscrit, à égalité, dans l'ordre du dossier"),
        format!(
            "{TOWNS}définition communes.x\n  vaut nombre de communes dont canton est celui de la commune\n"
        ),
    ] {
        let text = format!("{}{text}", super::HEAD);
        let file = SourceFile::new("t.pol", text.clone());
        assert_eq!(conforme::syntax::format(&file).expect("a text that reads"), text);
    }
}
