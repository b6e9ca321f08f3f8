//! Every construction of the language, on one complete dossier, against a result worked out by hand.

use conforme::check::check;
use conforme::decision::{Status, Warning};
use conforme::eval::{Request, decide};
use conforme::known::End;
use conforme::number::Ratio;
use conforme::source::SourceFile;
use conforme::time::Date;

const FACTS: &str = "\
dispositif t « Essai »
  en vigueur depuis le 1er janvier 2020

source T « Texte », texte opposable

dossier
  vrai : oui ou non
  faux : oui ou non
  n : entier ≥ 0
  m : entier
  x : nombre
  p : pourcentage
  somme due : montant ≥ 0 €
  naissance : date
  début : date
  fin : date
  ancienneté : durée en mois
  délai : durée en jours
  ville : texte
  couleur : parmi rouge, vert, bleu
  taille : parmi petit < moyen < grand
  agents : liste
  agents.nom : texte, unique
  agents.âge : entier ≥ 0
  agents.salaire : montant ≥ 0 €
  agents.cadre : oui ou non

";

const DOSSIER: &str = "\
dispositif: t
examiné le: 2025-10-01
vrai: oui
faux: non
n: 7
m: -3
x: 3,5
p: 10 %
somme due: 1 234,56 €
naissance: 2000-02-29
début: 2025-01-31
fin: 2025-07-31
ancienneté: 2 ans et 6 mois
délai: 15 jours
ville: Saint-Étienne
couleur: vert
taille: moyen
agents:
  - {nom: a, âge: 30, salaire: 1000 €, cadre: oui}
  - {nom: b, âge: 40, salaire: 2000 €, cadre: non}
  - {nom: c, âge: 50, salaire: '3500,50 €', cadre: oui}
";

/// Decides the dossier under the facts above and some items; `None` where the policy is refused.
fn decided(items: &str) -> conforme::decision::Decision {
    let file = SourceFile::new("t.pol", format!("{FACTS}{items}"));
    let checked = check(&file);
    let mistakes: Vec<_> = checked.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(mistakes.is_empty(), "{items}: {mistakes:?}");
    let policy = checked.policy.expect("a policy without mistakes");
    let dossier = conforme::dossier::read(DOSSIER.as_bytes(), "d.yaml", &policy)
        .unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let examined_on = Date::new(2025, 10, 1).expect("a date");
    decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() })
        .unwrap_or_else(|mistakes| panic!("{items}: {mistakes:?}"))
}

/// The status of a criterion that demands this.
fn demanded(condition: &str, extra: &str) -> Status {
    decided(&format!(
        "{extra}critère c\n  selon T « x »\n  exige {condition}\n\ndécision d\n  favorable si tous les critères sont remplis\n"
    ))
    .criteria[0]
        .status
}

/// The least amount of a financing that pays this.
fn paid(amount: &str) -> Ratio {
    let decision = decided(&format!(
        "critère c\n  selon T « x »\n  exige vrai\n\ndécision d\n  favorable si tous les critères sont remplis\n\nfinancement f\n  selon T « x »\n  montant {amount}\n"
    ));
    match decision.fundings[0].amount().map(|amount| amount.low.clone()) {
        Some(End::Included(least)) => least,
        other => panic!("{amount}: {other:?}"),
    }
}

const PARAMETER: &str = "paramètre taux plein\n  selon T « x »\n  vaut 10 % depuis le 1er janvier 2020\n  vaut 20 % depuis le 1er juin 2025\n\n";

const DOUBLE: &str = "définition agents.double âge\n  vaut âge × 2\n\n";

const RANK: &str = "définition agents.rang d'âge\n  vaut rang selon âge\n\n";

#[test]
fn conditions_come_out_as_worked_out_by_hand() {
    let table: &[(&str, &str, Status)] = &[
        ("vrai", "", Status::Met),
        ("faux", "", Status::NotMet),
        ("non faux", "", Status::Met),
        ("vrai et non faux", "", Status::Met),
        ("faux ou vrai", "", Status::Met),
        ("vrai est oui", "", Status::Met),
        ("faux est non", "", Status::Met),
        ("vrai n'est pas non", "", Status::Met),
        ("n ≥ 7", "", Status::Met),
        ("n >= 7", "", Status::Met),
        ("n > 7", "", Status::NotMet),
        ("n <= 7", "", Status::Met),
        ("n != 7", "", Status::NotMet),
        ("n ≠ 8", "", Status::Met),
        ("n = 7", "", Status::Met),
        ("n est entre 7 et 9", "", Status::Met),
        ("m est entre -3 et 0", "", Status::Met),
        ("couleur est vert", "", Status::Met),
        ("couleur n'est pas rouge", "", Status::Met),
        ("couleur est parmi rouge, vert", "", Status::Met),
        ("couleur est soit rouge, soit vert", "", Status::Met),
        ("couleur est parmi rouge, bleu", "", Status::NotMet),
        ("taille ≥ moyen", "", Status::Met),
        ("taille > moyen", "", Status::NotMet),
        ("taille < grand", "", Status::Met),
        ("ville est « saint-étienne »", "", Status::Met),
        ("ville = « Saint-Étienne »", "", Status::Met),
        ("ville ≠ « Lyon »", "", Status::Met),
        ("ville est parmi « Lyon », « Saint-Étienne »", "", Status::Met),
        ("x × 2 = 7", "", Status::Met),
        ("x * 2 = 7", "", Status::Met),
        ("7 ÷ 2 = x", "", Status::Met),
        ("7 / 2 = x", "", Status::Met),
        ("n + m = 4", "", Status::Met),
        ("n - m = 10", "", Status::Met),
        ("-m = 3", "", Status::Met),
        ("m puissance 3 = -27", "", Status::Met),
        ("m puissance 0 = 1", "", Status::Met),
        ("x puissance 2 = 12,25", "", Status::Met),
        ("-m puissance 2 = -9", "", Status::Met),
        ("(n + 1) × 2 = 16", "", Status::Met),
        ("n ÷ 35 ≥ 20 %", "", Status::Met),
        ("p = 10 %", "", Status::Met),
        ("p ≥ 10,5 %", "", Status::NotMet),
        ("début + 6 mois = fin", "", Status::Met),
        ("début + 1 mois = 28/02/2025", "", Status::Met),
        ("début ≤ 31 janvier 2025", "", Status::Met),
        ("début < 1er février 2025", "", Status::Met),
        ("date d'examen = 01/10/2025", "", Status::Met),
        ("entre naissance et date d'examen en années entières = 25", "", Status::Met),
        ("entre début et fin en mois entiers = 6", "", Status::Met),
        ("entre début et fin en jours = 181", "", Status::Met),
        ("entre 15/06/2025 et 10/06/2025 en mois entiers = 0", "", Status::Met),
        ("entre 15/06/2025 et 15/05/2025 en mois entiers = -1", "", Status::Met),
        ("entre fin et début en mois entiers = -6", "", Status::Met),
        ("entre 15/06/2025 et 16/06/2024 en années entières = 0", "", Status::Met),
        ("entre date d'examen et naissance en années entières = -25", "", Status::Met),
        ("(-2,5 arrondi à l'unité inférieure) = -3", "", Status::Met),
        ("(-2,5 arrondi à l'unité supérieure) = -2", "", Status::Met),
        ("(-2,5 arrondi à l'unité) = -3", "", Status::Met),
        ("(-2,9 arrondi à l'unité vers zéro) = -2", "", Status::Met),
        ("(2,9 arrondi à l'unité vers zéro) = 2", "", Status::Met),
        ("fin est dans les 6 mois suivant début", "", Status::Met),
        ("fin est dans les 5 mois suivant début", "", Status::NotMet),
        ("premier jour du mois de début = 1er janvier 2025", "", Status::Met),
        // Friday 31 January 2025, then Monday 3 February.
        ("début + 1 jour ouvré = 03/02/2025", "", Status::Met),
        ("début + 1 jour ouvrable = 01/02/2025", "", Status::Met),
        ("début - 5 jours ouvrés = 24/01/2025", "", Status::Met),
        ("début + 1 jour reporté au premier jour ouvrable = 03/02/2025", "", Status::Met),
        ("jour de la semaine de début est vendredi", "", Status::Met),
        // 31 January: February has no such day; born on 29 February.
        ("début + 1 mois = 28/02/2025", "", Status::Met),
        ("(début + 1 mois, à défaut le dernier du mois) = 28/02/2025", "", Status::Met),
        ("(début + 1 mois, à défaut le premier du mois suivant) = 01/03/2025", "", Status::Met),
        ("(début + 2 mois, à défaut le premier du mois suivant) = 31/03/2025", "", Status::Met),
        ("(début + 1 mois et 10 jours, à défaut le premier du mois suivant) = 11/03/2025", "", Status::Met),
        ("(entre naissance et 28/02/2018 en années entières) = 18", "", Status::Met),
        (
            "(entre naissance et 28/02/2018 en années entières, à défaut le premier du mois suivant) = 17",
            "",
            Status::Met,
        ),
        (
            "(entre naissance et 01/03/2018 en années entières, à défaut le premier du mois suivant) = 18",
            "",
            Status::Met,
        ),
        ("jour de la semaine de début n'est pas parmi samedi, dimanche", "", Status::Met),
        ("dernier jour du mois de 10/02/2025 = 28/02/2025", "", Status::Met),
        ("1er janvier de l'année de début = 1er janvier 2025", "", Status::Met),
        ("31 décembre de l'année de (début + 1 an) = 31/12/2026", "", Status::Met),
        ("début > 30 janvier de l'année de début", "", Status::Met),
        ("début < 1er février de l'année de début", "", Status::Met),
        ("année de début = 2025", "", Status::Met),
        ("ancienneté ≥ 2 ans", "", Status::Met),
        ("ancienneté = 30 mois", "", Status::Met),
        ("délai ≤ 15 jours", "", Status::Met),
        ("début + 15 jours = 15/02/2025", "", Status::Met),
        ("fin - début = 181 jours", "", Status::Met),
        ("nombre d'agents = 3", "", Status::Met),
        ("(nombre d'agents dont cadre) = 2", "", Status::Met),
        ("(nombre d'agents dont âge ≥ 40 et non cadre) = 1", "", Status::Met),
        ("(somme de agents.salaire) = 6 500,50 €", "", Status::Met),
        ("(somme des agents.âge dont cadre) = 80", "", Status::Met),
        ("tous les agents vérifient âge ≥ 30", "", Status::Met),
        ("tous les agents dont cadre vérifient âge ≥ 40", "", Status::NotMet),
        ("aucun agents dont âge > 50", "", Status::Met),
        ("il existe un agents dont âge = 50", "", Status::Met),
        ("le plus grand de n, 10 = 10", "", Status::Met),
        ("(le plus petit de n, 10) = 7", "", Status::Met),
        ("10 % de n = 0,7", "", Status::Met),
        ("n augmenté de 10 % = 7,7", "", Status::Met),
        ("(n diminué de 50 %) = 3,5", "", Status::Met),
        ("taux plein = 20 %", PARAMETER, Status::Met),
        ("taux plein à la date de début = 10 %", PARAMETER, Status::Met),
        ("(somme de agents.double âge) = 240", DOUBLE, Status::Met),
        ("(nombre d'agents dont double âge ≥ 80) = 2", DOUBLE, Status::Met),
        ("(somme de agents.salaire dont rang d'âge ≤ 2) = 3 000 €", RANK, Status::Met),
        ("l'un de\n    - faux\n    - vrai", "", Status::Met),
        ("au moins 2 de\n    - faux\n    - vrai\n    - vrai", "", Status::Met),
        ("exactement 2 de\n    - faux\n    - vrai\n    - non faux", "", Status::Met),
        ("aucun de\n    - faux\n    - faux", "", Status::Met),
        ("au plus 1 de\n    - vrai\n    - faux", "", Status::Met),
        ("\n    - vrai\n    - faux  si faux", "", Status::Met),
        ("faux\n  sauf si vrai", "", Status::Waived),
    ];
    for (condition, extra, expected) in table {
        assert_eq!(demanded(condition, extra), *expected, "{condition}");
    }
}

#[test]
fn amounts_come_out_as_worked_out_by_hand() {
    let table: &[(&str, &str)] = &[
        ("80 000 €", "80000.00"),
        ("somme due", "1234.56"),
        ("200 € × n", "1400.00"),
        ("1,03 puissance 2 × 1 000 €", "1060.90"),
        ("1 000 € × (1 augmenté de 10 %) puissance 7 arrondi au centime", "1948.72"),
        ("1 € × 2 puissance (le plus petit de n, 10)", "128"),
        ("10 % de somme due arrondi au centime", "123.46"),
        ("somme due arrondi à l'euro", "1235.00"),
        ("somme due arrondi à l'euro inférieur", "1234.00"),
        ("somme due arrondi à la centaine d'euros supérieure", "1300.00"),
        ("somme due plafonné à 1 000 €", "1000.00"),
        ("somme due dans la limite de 1 000 €", "1000.00"),
        ("somme due au minimum 2 000 €", "2000.00"),
        ("1 200 € au prorata de n sur 12", "700.00"),
        ("somme due augmenté de 10 % arrondi au centime", "1358.02"),
        ("(le plus petit de somme due, 100 €)", "100.00"),
        ("entre 50 € et 100 €", "50.00"),
        ("somme de agents.salaire", "6500.50"),
        ("1 000 € ÷ 3 arrondi au centime", "333.33"),
        ("100 €\n  plafonné à 50 €", "50.00"),
        ("1 000 € × n\n  arrondi à la centaine d'euros supérieure\n  plafonné à 5 000 €", "5000.00"),
        ("selon n\n    jusqu'à 5 : 100 €\n    de 6 à 10 : 200 €\n    au-delà : 300 €", "200.00"),
        // One value alone; days before which, from which.
        ("selon n\n    moins de 7 : 100 €\n    7 : 200 €\n    au-delà : 300 €", "200.00"),
        ("selon n\n    jusqu'à 5 : 100 €\n    6 : 200 €\n    au-delà : 300 €", "300.00"),
        (
            "selon fin\n    avant le 31 juillet 2025 : 100 €\n    à compter du 31 juillet 2025 : 200 €",
            "200.00",
        ),
        ("selon fin\n    avant le 1er août 2025 : 100 €\n    depuis le 1er août 2025 : 200 €", "100.00"),
        // Neither end is in the middle line.
        ("selon n\n    jusqu'à 6 : 100 €\n    plus de 6 à moins de 8 : 200 €\n    au-delà : 300 €", "200.00"),
        (
            "selon n\n    jusqu'à 7 : 100 €\n    plus de 7 à moins de 8,5 : 200 €\n    au-delà : 300 €",
            "100.00",
        ),
        ("selon n\n    jusqu'à 5 : 100 €\n    plus de 5 à moins de 7 : 200 €\n    au-delà : 300 €", "300.00"),
        (
            "selon n\n    moins de 7 : 100 €\n    de 7 à moins de 10 : 200 €\n    à partir de 10 : 300 €",
            "200.00",
        ),
        ("selon taille\n    petit : 1 €\n    moyen : 2 €\n    grand : 3 €", "2.00"),
        ("selon couleur\n    rouge, vert : 1 €\n    bleu : 2 €", "1.00"),
        (
            "selon somme due par tranches\n    jusqu'à 1 000 € : 10 %\n    au-delà : 20 %\n  arrondi au centime",
            "146.91",
        ),
        ("1 € si vrai\n  montant 2 € dans les autres cas", "1.00"),
        ("1 € si faux\n  montant 2 € sinon si vrai\n  montant 3 € sinon", "2.00"),
    ];
    for (amount, expected) in table {
        assert_eq!(Some(paid(amount)), Ratio::parse_decimal(expected), "{amount}");
    }
}

/// What a decision warns of under these items, on 1 October 2025.
fn warned(items: &str, condition: &str) -> Vec<Warning> {
    decided(&format!(
        "{items}critère c\n  selon T « x »\n  exige {condition}\n\ndécision d\n  favorable si tous les critères sont remplis\n"
    ))
    .warnings
}

#[test]
fn a_value_that_stands_longer_than_each_before_is_warned_of() {
    let since = |day: &str| {
        let text = format!(
            "paramètre taux\n  selon T « x »\n  vaut 10 % depuis le 1er janvier 2020\n  vaut 20 % depuis le {day}\n\n"
        );
        let old = |warning: &Warning| match warning {
            Warning::OldValue(_, date) => Some(*date),
            _ => None,
        };
        warned(&text, "p ≤ taux").iter().find_map(old)
    };
    // From 1 January 2020 to 1 October 2025 there are 2,100 days: 1,050 on each side of 16 November 2022.
    assert_eq!(since("16 novembre 2022"), None, "as long as the value before");
    assert_eq!(since("15 novembre 2022"), Date::new(2022, 11, 15), "a day longer");
}

#[test]
fn elements_of_one_rank_are_warned_of() {
    let ranked = |limit: &str| {
        let text = format!(
            "définition agents.tranche\n  vaut 1 si âge ≥ {limit}\n  vaut 0 dans les autres cas\n\ndéfinition agents.ordre\n  vaut rang selon tranche\n\n"
        );
        let tied = |warning: &Warning| match warning {
            Warning::Tied { rows, .. } => Some(*rows),
            _ => None,
        };
        warned(&text, "(nombre d'agents dont ordre ≤ 1) ≥ 1").iter().find_map(tied)
    };
    // They are 30, 40 and 50 years old: of three in two classes, two are side by side.
    assert_eq!(ranked("40"), Some((1, 2)));
    assert_eq!(ranked("50"), Some((0, 1)));
    assert!(
        warned(RANK, "(nombre d'agents dont rang d'âge ≤ 1) ≥ 1")
            .iter()
            .all(|w| !matches!(w, Warning::Tied { .. }))
    );
}
