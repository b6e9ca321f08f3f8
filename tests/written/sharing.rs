//! Sharing an envelope out between the elements of a list.

use super::{cents, decided, mistakes, paid};
use conforme::check::check;
use conforme::decision::{Op, Outcome, Part, Status};
use conforme::known::{Interval, Known};
use conforme::number::Ratio;
use conforme::source::SourceFile;

const TOWNS: &str = "\
dossier
  lettre : oui ou non
  communes : liste
  communes.nom : texte, unique
  communes.élèves : entier ≥ 0
  communes.demande : montant ≥ 0 €
  communes.rang : entier ≥ 0
  communes.adhérente : oui ou non

critère demande
  selon T « x »
  exige lettre ou (nombre de communes) ≥ 0

décision d
  favorable si tous les critères sont remplis

répartition fonds scolaire
  selon T « x »
";

/// A text that shares out so.
fn sharing(clauses: &[&str]) -> String {
    format!("{TOWNS}  {}\n", clauses.join("\n  "))
}

/// Towns, one a line: pupils, what they ask for, their rank.
fn towns(of: &[(&str, &str, &str)]) -> String {
    let mut text = "lettre: oui\ncommunes:\n".to_owned();
    for (n, (pupils, asked, rank)) in of.iter().enumerate() {
        let line = format!(
            "  - {{nom: c{n}, élèves: {pupils}, demande: {asked} €, rang: {rank}, adhérente: oui}}\n"
        );
        text.push_str(&line);
    }
    text
}

fn pupils(of: &[&str]) -> String {
    towns(&of.iter().map(|pupils| (*pupils, "0", "0")).collect::<Vec<_>>())
}

fn point(known: &Known) -> Interval {
    match known {
        Known::Number(number) => number.clone(),
        other => panic!("{other:?} is no amount"),
    }
}

/// The shares, then the rest, as the decision tells them.
fn told(clauses: &[&str], facts: &str) -> Vec<Interval> {
    let decision = decided(&sharing(clauses), facts);
    let funding = &decision.fundings[0];
    assert_eq!(funding.status, Status::Due);
    let part = |wanted: Part| {
        let parts = &funding.by_reading[0].because.parts;
        &parts.iter().find(|(part, _)| *part == wanted).expect("a part").1
    };
    // The list itself has as many operands as there are towns.
    let Op::Shared(total) = &part(Part::Amount).operands[0].op else { panic!("the sum of the shares") };
    let mut all: Vec<Interval> = total.operands.iter().map(|share| point(&share.value)).collect();
    all.push(point(&part(Part::Rest).value));
    all
}

/// Shares and rest in euros, exactly.
fn shared(clauses: &[&str], facts: &str) -> Vec<String> {
    let plain = |number: &Interval| match number.value() {
        Some(number) => conforme::wording::French(conforme::wording::Spaces::Plain)
            .amount(number, conforme::currency::Currency::Euro),
        None => format!("{number:?}"),
    };
    use conforme::wording::Wording as _;
    told(clauses, facts).iter().map(plain).collect()
}

const SCHOOLS: [&str; 3] = ["300", "150", "50"];
const FUND: [&str; 5] = [
    "enveloppe de 90 000 €",
    "entre communes",
    "au prorata de communes.élèves",
    "dans la limite de 40 000 € chacune",
    "arrondi à l'euro inférieur",
];

fn with<'a>(clauses: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    clauses.iter().chain(more).copied().collect()
}

#[test]
fn what_a_limit_leaves_stays() {
    let text = with(&FUND, &["le restant est reporté"]);
    assert_eq!(shared(&text, &pupils(&SCHOOLS)), ["40 000 €", "27 000 €", "9 000 €", "14 000 €"]);
    assert_eq!(paid(&sharing(&text), &pupils(&SCHOOLS)), [cents(7_600_000), cents(7_600_000)]);
}

#[test]
fn or_goes_to_the_others_likewise() {
    let text =
        with(&FUND, &["le reste est partagé de même entre les autres", "le restant n'est pas attribué"]);
    assert_eq!(shared(&text, &pupils(&SCHOOLS)), ["40 000 €", "37 500 €", "12 500 €", "0 €"]);
    // All at their limit.
    assert_eq!(shared(&text, &pupils(&["1", "1"])), ["40 000 €", "40 000 €", "10 000 €"]);
}

#[test]
fn a_rank_is_served_before_the_next() {
    let text = [
        "enveloppe de 10 000 €",
        "entre communes",
        "au prorata de communes.demande",
        "dans la limite de communes.demande",
        "par ordre de communes.rang",
        "arrondi à l'euro inférieur",
        "le restant est reporté",
    ];
    let asked = towns(&[("0", "4000", "1"), ("0", "5000", "2"), ("0", "5000", "2"), ("0", "2000", "3")]);
    assert_eq!(shared(&text, &asked), ["4 000 €", "3 000 €", "3 000 €", "0 €", "0 €"]);
    let last = text.map(|clause| clause.replace("par ordre de", "par ordre décroissant de"));
    let last: Vec<&str> = last.iter().map(String::as_str).collect();
    assert_eq!(shared(&last, &asked), ["0 €", "4 000 €", "4 000 €", "2 000 €", "0 €"]);
}

/// Members first, then small towns, then the others: each group with what the one before leaves.
#[test]
fn a_group_is_served_before_the_others() {
    let asked = towns(&[("0", "4000", "1"), ("0", "5000", "2"), ("0", "5000", "2"), ("0", "2000", "3")]);
    let text = |groups: &[&'static str]| {
        let first = [
            "enveloppe de 10 000 €",
            "entre communes",
            "au prorata de communes.demande",
            "dans la limite de communes.demande",
        ];
        with(&with(&first, groups), &["arrondi à l'euro inférieur", "le restant est reporté"])
    };
    // 4 000 and 2 000 to the 1st and the 3rd rank; 4 000 is left to those of the 2nd, alike.
    assert_eq!(
        shared(&text(&["d'abord celles dont rang = 1 ou rang = 3"]), &asked),
        ["4 000 €", "2 000 €", "2 000 €", "2 000 €", "0 €"]
    );
    // 2 000 to the last; then 5 000 each is too much of 8 000: 4 000 each, and nothing to the first.
    assert_eq!(
        shared(
            &text(&["d'abord celles dont rang = 3", "puis celles dont communes.demande > 4 000 €"]),
            &asked
        ),
        ["0 €", "4 000 €", "4 000 €", "2 000 €", "0 €"]
    );
    // Who is of both groups is served with the first one.
    assert_eq!(
        shared(&text(&["d'abord celles dont rang = 2", "puis celles dont rang ≤ 2"]), &asked),
        ["0 €", "5 000 €", "5 000 €", "0 €", "0 €"]
    );
    // Nobody is first: as if nothing were said.
    assert_eq!(
        shared(&text(&["d'abord celles dont rang = 9"]), &asked),
        ["2 500 €", "3 125 €", "3 125 €", "1 250 €", "0 €"]
    );
}

/// Whether one is of the first group is not known: both shares stay open, their sum does not.
#[test]
fn a_group_that_is_not_known_leaves_shares_open() {
    let text = with(
        &with(
            &["enveloppe de 90 €", "entre communes", "à parts égales", "dans la limite de 60 € chacune"],
            &["d'abord celles dont adhérente"],
        ),
        &["arrondi à l'euro inférieur", "le restant est reporté"],
    );
    let facts = pupils(&["1", "1"]).replacen("adhérente: oui", "adhérente: inconnu", 1);
    let up_to =
        |least: i128, most: i128| Interval::between(cents(least), cents(most), false).expect("an interval");
    let told = told(&text, &facts);
    assert_eq!(told[0].high, up_to(0, 6_000).high);
    assert_eq!(told[1].high, up_to(0, 6_000).high);
    let facts = pupils(&["1", "1"]).replacen("adhérente: oui", "adhérente: non", 1);
    assert_eq!(shared(&text, &facts), ["30 €", "60 €", "0 €"]);
}

#[test]
fn what_rounding_leaves_goes_to_whom_it_is_said() {
    let thirds = |how: &[&'static str]| {
        let text = with(&["enveloppe de 100 €", "entre communes", "à parts égales"], how);
        shared(&text, &pupils(&["0", "0", "0"]))
    };
    assert_eq!(
        thirds(&["arrondi au centime", "le reste à la première"]),
        ["33,34 €", "33,33 €", "33,33 €", "0 €"]
    );
    assert_eq!(
        thirds(&["arrondi au centime inférieur", "le restant n'est pas attribué"]),
        ["33,33 €", "33,33 €", "33,33 €", "0,01 €"]
    );
    // By hand: quotas of 20 places, 8,6 4,8 6,6: 8, 4 and 6, then one each to 0,8, 0,6 and 0,6.
    let text = [
        "enveloppe de 20 €",
        "entre communes",
        "au prorata d'élèves",
        "arrondi à l'euro",
        "le reste au plus fort reste",
    ];
    assert_eq!(shared(&text, &pupils(&["43", "24", "33"])), ["9 €", "5 €", "6 €", "0 €"]);
}

#[test]
fn nobody_to_share_leaves_all() {
    let text = with(&FUND, &["le restant est reporté"]);
    assert_eq!(shared(&text, &pupils(&["0", "0"])), ["0 €", "0 €", "90 000 €"]);
    assert_eq!(paid(&sharing(&text), "communes: []"), [cents(0), cents(0)]);
    let members = with(
        &["enveloppe de 90 €", "entre communes dont adhérente"],
        &["à parts égales", "arrondi au centime inférieur", "le restant est reporté"],
    );
    let facts = pupils(&["1", "1", "1"]).replacen("adhérente: oui", "adhérente: non", 1);
    assert_eq!(shared(&members, &facts), ["0 €", "45 €", "45 €", "0 €"]);
}

/// `part` and `restant` are read where values are, article or not.
#[test]
fn shares_are_values() {
    let text = sharing(&with(&FUND, &["le restant est reporté"]));
    let demanded = |condition: &str| {
        let text = text.replace("exige lettre ou (nombre de communes) ≥ 0", &format!("exige {condition}"));
        decided(&text, &pupils(&SCHOOLS)).criteria[0].status
    };
    for so in [
        "(nombre de communes dont part de fonds scolaire < 10 000 €) = 1",
        "il existe une communes dont part du fonds scolaire = 40 000 €",
        "restant du fonds scolaire = 14 000 €",
        "restant de fonds scolaire + montant de fonds scolaire = enveloppe de fonds scolaire",
        "le plus grand de (somme de communes.part de fonds scolaire), 1 € = 76 000 €",
    ] {
        assert_eq!(demanded(so), Status::Met, "{so}");
    }
}

/// What is shared in one case only is due in that case, and read there.
#[test]
fn an_envelope_may_be_shared_in_one_case_only() {
    let letter = |letter: &str| pupils(&SCHOOLS).replacen("lettre: oui", &format!("lettre: {letter}"), 1);
    let result = |when: &str, read: &str| {
        let clauses = with(&[when], &with(&FUND, &["le restant est reporté"]));
        format!(
            "{}\nrésultat ce qui reste\n  selon T « x »\n{read}  vaut restant du fonds scolaire\n",
            sharing(&clauses)
        )
    };
    for (when, open) in [("prévue si lettre", Status::NotDue), ("si lettre", Status::NotApplicable)] {
        let text = result(when, "  si lettre\n");
        assert_eq!(paid(&text, &letter("oui")), [cents(7_600_000), cents(7_600_000)]);
        assert_eq!(decided(&text, &letter("non")).fundings[0].status, open, "{when}");
        assert_eq!(decided(&text, &letter("inconnu")).fundings[0].status, Status::Undetermined, "{when}");
        assert_eq!(mistakes(&result(when, "")), ["definition-hors-condition"]);
    }
    let bullets = "prévue si\n    - lettre\n    - nombre de communes ≥ 2 si lettre";
    let text = result(bullets, "  si lettre et nombre de communes ≥ 2\n");
    assert_eq!(decided(&text, &letter("oui")).fundings[0].status, Status::Due);
    // One mistake in the condition is told once.
    assert_eq!(mistakes(&result("prévue si lettre + 3 €", "  si lettre\n")).len(), 1);
}

/// Each share lies between nothing and its limit; what every completion gives is said.
#[test]
fn what_is_missing_leaves_each_share_within_its_limit() {
    let text = with(&FUND, &["le restant est reporté"]);
    let facts = pupils(&["300", "inconnu", "50"]);
    let up_to = |most: i128| Interval::between(Ratio::zero(), cents(most), false).expect("an interval");
    assert_eq!(told(&text, &facts), [4_000_000, 4_000_000, 4_000_000, 9_000_000].map(up_to));
    let decision = decided(&sharing(&text), &facts);
    assert_eq!(decision.missing.len(), 1);
    let text = sharing(&text)
        .replace("exige lettre ou (nombre de communes) ≥ 0", "exige restant du fonds scolaire ≥ 0 €");
    assert_eq!(decided(&text, &facts).outcome, Outcome::Favourable);
}

#[test]
fn what_a_text_leaves_unsaid_is_refused() {
    let refused = |clauses: &[&str]| mistakes(&sharing(clauses));
    let plain = ["enveloppe de 90 €", "entre communes", "à parts égales"];
    assert_eq!(refused(&plain), ["arrondi-manquant"]);
    assert_eq!(refused(&with(&plain, &["arrondi au centime inférieur"])), ["reste-non-dit"]);
    assert_eq!(refused(&FUND), ["reste-non-dit"]);
    assert_eq!(refused(&with(&FUND, &["le reste à la première"])), ["reste-non-dit"]);
    assert_eq!(refused(&with(&plain, &["arrondi au centime", "le restant est reporté"])), ["repartition"]);
    assert_eq!(
        refused(&with(&plain, &["arrondi à l'euro supérieur", "le restant est reporté"])),
        ["repartition"]
    );
    let down = ["arrondi au centime inférieur", "le restant est reporté"];
    assert_eq!(refused(&with(&with(&plain, &down), &["par ordre de rang"])), ["repartition"]);
    assert_eq!(refused(&with(&with(&plain, &down), &["d'abord celles dont adhérente"])), ["repartition"]);
    let capped = with(&plain, &["dans la limite de 60 € chacune"]);
    let twice = ["d'abord celles dont adhérente", "par ordre de rang"];
    assert_eq!(refused(&with(&with(&capped, &down), &twice)), ["repartition"]);
    let twice = ["d'abord celles dont adhérente", "d'abord celles dont rang = 1"];
    assert_eq!(refused(&with(&with(&capped, &down), &twice)), ["repartition"]);
    assert_eq!(refused(&with(&with(&capped, &down), &["puis celles dont adhérente"])), ["repartition"]);
    assert_eq!(
        refused(&with(&with(&plain, &down), &["le reste est partagé de même entre les autres"])),
        ["repartition"]
    );
}

/// What may be below zero, or of another type, is refused where it stands.
#[test]
fn what_is_measured_is_never_below_zero() {
    let with_measure = |measure: &str| {
        mistakes(&sharing(&[
            "enveloppe de 90 €",
            "entre communes",
            measure,
            "arrondi au centime inférieur",
            "le restant est reporté",
        ]))
    };
    assert_eq!(with_measure("au prorata d'élèves - 3"), ["mesure-negative"]);
    assert_eq!(with_measure("au prorata de nom"), ["types-incompatibles"]);
    assert_eq!(with_measure("au prorata d'élèves"), Vec::<&str>::new());
    let text = sharing(&[
        "enveloppe de 12",
        "entre communes",
        "à parts égales",
        "arrondi au centime inférieur",
        "le restant est reporté",
    ]);
    assert_eq!(mistakes(&text), ["types-incompatibles"]);
    let text =
        text.replace("enveloppe de 12", "enveloppe de 12 €").replace("entre communes", "entre commune");
    assert_eq!(mistakes(&text), ["nom-inconnu"]);
}

#[test]
fn a_clause_that_lacks_is_named() {
    for (clauses, said) in [
        (vec!["entre communes", "à parts égales"], "enveloppe de"),
        (vec!["enveloppe de 9 €", "à parts égales"], "entre"),
        (vec!["enveloppe de 9 €", "entre communes"], "au prorata de"),
    ] {
        let file = SourceFile::new("t.pol", format!("{}{}", super::HEAD, sharing(&clauses)));
        let errors: Vec<String> =
            check(&file).diagnostics.into_iter().filter(|d| d.is_error()).map(|d| d.message).collect();
        assert!(errors.iter().any(|message| message.contains(said)), "{said}: {errors:?}");
        assert_eq!(errors.len(), 1, "{errors:?}");
    }
}

/// A text that a formatter has laid out is laid out.
#[test]
fn fmt_keeps_a_sharing() {
    let text = format!("{}{}", super::HEAD, sharing(&with(&FUND, &["le restant est reporté"])));
    let file = SourceFile::new("t.pol", text.clone());
    assert_eq!(conforme::syntax::format(&file).expect("a text that reads"), text);
}
