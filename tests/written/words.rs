//! Numbers in words, up to sixteen, where a whole number or a duration stands.

use conforme::decision::Status;
use conforme::source::SourceFile;

use super::{decided, refused, told};

const FACTS: &str = "\
dossier
  médecins : entier ≥ 0
  ancienneté : durée en mois
  notification : date
  réponse : date
  deux parents : oui ou non

";

fn holds(condition: &str, facts: &str) -> Status {
    let items =
        format!("{FACTS}critère c\n  selon T « x »\n  exige {condition}\n\ndécision d\n  favorable si c\n");
    decided(&items, facts).criteria[0].status
}

/// (the condition, then a dossier in which it holds, and one in which it does not)
#[test]
fn words_count_as_figures_do() {
    for (condition, meets, fails) in [
        ("médecins ≥ deux", "médecins: 2", "médecins: 1"),
        ("médecins est entre trois et seize", "médecins: 16", "médecins: 17"),
        ("médecins × quatre > dix", "médecins: 3", "médecins: 2"),
        ("médecins est parmi deux, quatre", "médecins: 4", "médecins: 3"),
        ("ancienneté ≥ deux ans et six mois", "ancienneté: 30 mois", "ancienneté: 29 mois"),
        ("ancienneté ≥ un an", "ancienneté: 12 mois", "ancienneté: 11 mois"),
        ("ancienneté ≥ douze mois et médecins = 0", "ancienneté: 1 an\nmédecins: 0", "ancienneté: 11 mois"),
        (
            "réponse ≤ notification + cinq jours ouvrés",
            "notification: 2025-06-02\nréponse: 2025-06-10",
            "notification: 2025-06-02\nréponse: 2025-06-11",
        ),
        (
            "réponse est dans les deux mois suivant notification",
            "notification: 2025-06-02\nréponse: 2025-08-02",
            "notification: 2025-06-02\nréponse: 2025-08-03",
        ),
        // A name that begins with a number is that name.
        ("deux parents", "deux parents: oui", "deux parents: non"),
    ] {
        assert_eq!(holds(condition, meets), Status::Met, "{condition}");
        assert_eq!(holds(condition, fails), Status::NotMet, "{condition}");
    }
}

/// Programs read the figure, the formatter keeps the word.
#[test]
fn a_word_is_its_figure_for_programs() {
    let items = |two: &str| {
        format!(
            "{FACTS}critère c\n  selon T « x »\n  exige médecins ≥ {two}\n\ndécision d\n  favorable si c\n\n\
             financement f\n  selon T « x »\n  montant selon médecins\n    moins de {two} : 10 €\n    \
             à partir de {two} : 100 € × {two}\n  chaque mois\n  pendant {two} ans\n"
        )
    };
    let plain = |two: &str| {
        let json = told(&items(two), "médecins: 3");
        serde_json::to_string(&json["fundings"]).expect("JSON").replace(two, "2")
    };
    assert_eq!(plain("deux"), plain("2"));
    let written = format!("{}{}", super::HEAD, items("deux"));
    let file = SourceFile::new("t.pol", written.clone());
    let formatted = conforme::syntax::format(&file).expect("a text in form");
    assert_eq!(formatted.matches("deux").count(), written.matches("deux").count());
}

/// What a passage says in figures or in words, a rule may say in the others.
#[test]
fn the_text_cited_says_the_same_number() {
    let remarks = |passage: &str, rule: &str| {
        let text = format!(
            "{}{FACTS}critère c\n  selon T, art. 1 « {passage} »\n  exige {rule}\n\ndécision d\n  selon T, art. 1\n  favorable si c\n",
            super::HEAD
        );
        let checked = conforme::check::check(&SourceFile::new("t.pol", text));
        let policy = checked.policy.expect("a policy");
        conforme::concordance::review(&policy).len()
    };
    for (passage, rule, told) in [
        ("au moins deux médecins", "médecins ≥ deux", false),
        ("au moins 2 médecins", "médecins ≥ deux", false),
        ("au moins deux médecins", "médecins ≥ 2", false),
        ("au moins deux médecins", "médecins ≥ trois", true),
        ("une ancienneté d'au moins deux ans", "ancienneté ≥ deux ans", false),
        ("une ancienneté d'au moins deux ans", "ancienneté ≥ trois ans", true),
    ] {
        assert_eq!(remarks(passage, rule) > 0, told, "{passage}, {rule}");
    }
}

#[test]
fn one_and_what_is_past_sixteen_are_figures() {
    for condition in ["médecins ≥ un", "médecins ≥ vingt", "ancienneté ≥ vingt mois"] {
        let (codes, text) = refused(&format!(
            "{FACTS}critère c\n  selon T « x »\n  exige {condition}\n\ndécision d\n  favorable si c\n"
        ));
        assert_eq!(codes, ["nombre-en-lettres"], "{text}");
    }
}
