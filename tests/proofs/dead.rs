//! Exceptions that change nothing, lines that no dossier reaches: said without any passage that is quoted.

use crate::{said, silent};

const FACTS: &str = "  âge : entier entre 0 et 120\n    « Quel âge ? »\n  revenus : montant ≥ 0 €\n    « Quels revenus ? »\n  \
     logé : oui ou non\n    « Logé ? »\n  hors zone : oui ou non\n    « Hors zone ? »\n";

/// Each message on such a condition, with the words underlined.
fn dead(items: &str) -> Vec<(String, Vec<String>)> {
    said(FACTS, items)
        .into_iter()
        .map(|one| {
            assert!(matches!(one.code, "exception-sans-effet" | "ligne-morte"), "{items}\n{}", one.message);
            let words = one.labels.iter().map(|label| label.file.slice(label.span).to_owned()).collect();
            (one.message.clone(), words)
        })
        .collect()
}

#[track_caller]
fn is_dead(items: &str, message: &str, shown: &[&str]) {
    let shown = shown.iter().map(|one| (*one).to_owned()).collect();
    assert_eq!(dead(items), [(message.to_owned(), shown)], "{items}");
}

fn criterion(required: &str, exceptions: &[&str]) -> String {
    let exceptions: String = exceptions.iter().map(|one| format!("  sauf si {one}\n")).collect();
    format!("critère condition\n  selon T\n  exige {required}\n{exceptions}")
}

#[test]
fn an_exception_within_the_rule_changes_nothing() {
    let message = "cette exception ne change jamais rien : ce que la règle exige est déjà rempli";
    for (required, exception) in [
        ("âge ≥ 18", "âge ≥ 20"),
        ("âge ≥ 18", "âge > 17"),
        ("logé", "logé et âge ≥ 60"),
        ("revenus ≤ 1 000 € ou logé", "revenus < 500 €"),
        ("âge ≥ 18 et revenus ≤ 1 000 €", "âge est entre 20 et 30 et revenus = 0 €"),
    ] {
        is_dead(&criterion(required, &[exception]), message, &[exception, required]);
    }
    for (required, exception) in [
        ("âge ≥ 18", "âge ≥ 16"),
        ("âge ≥ 18", "âge ≥ 20 ou logé"),
        ("logé", "hors zone"),
        ("âge ≥ 18 et revenus ≤ 1 000 €", "âge ≥ 20"),
    ] {
        silent(FACTS, &criterion(required, &[exception]));
    }
    // Where the criterion is in force only for who is old enough, what is said of the young is said for nobody.
    let none = "cette exception ne change jamais rien : aucun dossier n'est dans ce cas";
    let within = "critère condition\n  selon T\n  si âge ≥ 60\n  exige logé\n  sauf si âge < 18\n";
    is_dead(within, none, &["âge < 18"]);
}

#[test]
fn of_two_exceptions_the_narrow_one_changes_nothing() {
    let message = "cette exception ne change jamais rien : une autre exception couvre déjà ce cas";
    for (exceptions, told) in [
        (["hors zone et âge ≥ 60", "hors zone"], ["hors zone et âge ≥ 60", "hors zone"]),
        (["hors zone", "hors zone et âge ≥ 60"], ["hors zone et âge ≥ 60", "hors zone"]),
        // The same twice: the second is told, and once.
        (["âge ≥ 60", "non âge < 60"], ["non âge < 60", "âge ≥ 60"]),
    ] {
        is_dead(&criterion("logé", &exceptions), message, &told);
    }
    silent(FACTS, &criterion("logé", &["hors zone et âge ≥ 60", "hors zone et âge < 80"]));
}

fn defined(lines: &str) -> String {
    format!("définition tarif\n{lines}financement aide\n  selon T\n  montant tarif\n  une fois\n")
}

#[test]
fn a_line_behind_those_that_cover_it_is_never_reached() {
    let message = "cette ligne ne s'applique jamais : ce qui la précède couvre tous ses cas";
    is_dead(
        &defined(
            "  vaut 10 € si revenus ≤ 1 000 €\n  vaut 20 € sinon si revenus < 500 €\n  vaut 30 € dans les autres cas\n",
        ),
        message,
        &["vaut 20 € sinon si revenus < 500 €", "vaut 10 € si revenus ≤ 1 000 €"],
    );
    // Covered by two together: neither is named.
    is_dead(
        &defined(
            "  vaut 10 € si âge < 30\n  vaut 20 € sinon si âge ≥ 60\n  vaut 30 € sinon si âge < 20 ou âge > 70\n  \
             vaut 40 € dans les autres cas\n",
        ),
        message,
        &["vaut 30 € sinon si âge < 20 ou âge > 70"],
    );
    silent(
        FACTS,
        &defined(
            "  vaut 20 € si revenus < 500 €\n  vaut 10 € sinon si revenus ≤ 1 000 €\n  vaut 30 € dans les autres cas\n",
        ),
    );
}

/// What a clause is done to is read where it applies and where it does not: it is not dead for that.
#[test]
fn clauses_of_cases_that_exclude_one_another_are_all_reached() {
    for clauses in [
        "  vaut revenus\n  plafonné à 150 € si logé\n  plafonné à 250 € si non logé\n",
        "  vaut revenus\n  majoré de 10 € si âge < 18\n  majoré de 20 € si âge ≥ 60\n  plafonné à 250 € si logé\n",
        "  vaut 10 € si logé\n  vaut 20 € dans les autres cas\n  plafonné à 15 € si non logé\n",
        "  vaut 10 €\n  sauf si logé : 20 €\n  plafonné à 15 € si non logé\n",
        "  vaut revenus\n  plafonné à 15 € si non logé\n  sauf si logé : 20 €\n",
        "  vaut selon âge\n    jusqu'à 17 : 10 €\n    au-delà : 20 €\n  majoré de 5 € si âge < 10\n  minoré de 5 € si âge > 20\n",
    ] {
        silent(FACTS, &defined(clauses));
        let all = crate::told(FACTS, &defined(clauses));
        assert!(all.iter().all(|one| one.code != "ligne-morte"), "{clauses}{all:?}");
    }
    is_dead(
        &defined("  vaut revenus\n  plafonné à 150 € si âge > 130\n"),
        "cette ligne ne s'applique à aucun dossier",
        &["âge > 130"],
    );
}

#[test]
fn a_line_whose_condition_never_holds_is_said_once() {
    is_dead(
        &defined("  vaut 10 €\n  sauf si âge ≥ 20 et âge < 15 : 20 €\n"),
        "cette exception ne s'applique à aucun dossier",
        &["âge ≥ 20 et âge < 15"],
    );
    is_dead(
        &defined("  vaut 10 € si âge > 130\n  vaut 20 € dans les autres cas\n"),
        "cette ligne ne s'applique à aucun dossier",
        &["âge > 130"],
    );
}

#[test]
fn an_exception_behind_one_that_wins_is_never_reached() {
    is_dead(
        &defined("  vaut 10 €\n  sauf d'abord si âge ≥ 20 : 20 €\n  sauf si âge ≥ 60 : 30 €\n"),
        "cette exception ne s'applique jamais : ce qui l'emporte sur elle couvre tous ses cas",
        &["sauf si âge ≥ 60 : 30 €", "âge ≥ 20"],
    );
    is_dead(
        &defined("  vaut 10 €\n  sauf si logé : 20 €\n  sauf si non logé : 30 €\n"),
        "la règle ne s'applique jamais : ses exceptions couvrent tous les cas",
        &["10 €"],
    );
    silent(FACTS, &defined("  vaut 10 €\n  sauf d'abord si âge ≥ 60 : 20 €\n  sauf si âge ≥ 20 : 30 €\n"));
}

#[test]
fn what_is_left_of_nothing_is_remarked() {
    for (items, message) in [
        (
            defined("  vaut 10 € si logé\n  vaut 20 € sinon si non logé\n  vaut 30 € dans les autres cas\n"),
            "il n'y a pas d'autres cas : les lignes au-dessus les couvrent tous",
        ),
        (
            criterion("logé", &["non logé"]),
            "aucun dossier ne peut manquer le critère « condition » : ses exceptions couvrent tous les autres cas",
        ),
    ] {
        silent(FACTS, &items);
        let all = crate::told(FACTS, &items);
        assert!(all.iter().any(|one| one.message == message), "{items}\n{all:?}");
    }
    for items in
        [defined("  vaut 10 € si logé\n  vaut 30 € dans les autres cas\n"), criterion("logé", &["hors zone"])]
    {
        let all = crate::told(FACTS, &items);
        assert!(
            all.iter().all(|one| !matches!(one.code, "ligne-morte" | "critere-toujours-rempli")),
            "{items}"
        );
    }
}

/// A text may shut out what it does not give: a remark.
#[test]
fn an_exclusion_of_what_is_not_due_is_remarked() {
    let items = "financement aide\n  selon T\n  prévu si revenus ≤ 400 €\n  sauf si revenus > 500 €\n  montant 10 €\n  une fois\n";
    silent(FACTS, items);
    let all = crate::told(FACTS, items);
    let of: Vec<&str> =
        all.iter().filter(|one| one.code == "exception-sans-effet").map(|one| &*one.message).collect();
    assert_eq!(of, ["cette exception ne change jamais rien : rien n'est dû de toute façon"]);
}
