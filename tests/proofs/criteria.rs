//! Criteria that no dossier can meet.

use conforme::check::check;
use conforme::source::SourceFile;

/// Each such remark: its message, and the words underlined, in order.
fn said(coherence: &str, required: &str) -> Vec<(String, Vec<String>)> {
    let text = format!(
        "dispositif essai « Un essai »\n  en vigueur depuis le 1er janvier 2025\n\nsource T « Un texte », texte opposable\n\n\
         dossier\n  déclarée le : date\n    « Quand ? »\n  reçue le : date\n    « Quand ? »\n  close le : date\n    « Quand ? »\n  âge : entier entre 0 et 120\n    « Quel âge ? »\n\n\
         {coherence}critère ancienneté\n  selon T\n  exige {required}\n\ndécision accord\n  favorable si tous les critères sont remplis\n"
    );
    let file = SourceFile::new("essai.pol", text);
    let all = check(&file).diagnostics.into_iter().filter(|one| one.code == "critere-impossible");
    all.map(|one| {
        let words = one.labels.iter().map(|label| file.slice(label.span).to_owned());
        (one.message.clone(), words.collect())
    })
    .collect()
}

const RULE: &str = "cohérence dates\n  exige déclarée le ≤ reçue le\n\n";

#[test]
fn a_comparison_the_wrong_way_round_is_said() {
    let message = "aucun dossier ne peut remplir le critère « ancienneté »";
    for (coherence, required, shown) in [
        (
            RULE,
            "reçue le + 2 ans ≤ déclarée le",
            vec!["reçue le + 2 ans ≤ déclarée le", "déclarée le ≤ reçue le"],
        ),
        (RULE, "reçue le < déclarée le", vec!["reçue le < déclarée le", "déclarée le ≤ reçue le"]),
        (
            "cohérence dates\n  exige\n    - déclarée le ≥ reçue le\n    - close le ≤ date d'examen\n\n",
            "déclarée le + 2 ans ≤ reçue le",
            vec!["déclarée le + 2 ans ≤ reçue le", "déclarée le ≥ reçue le"],
        ),
        ("", "âge ≥ 150", vec!["âge ≥ 150"]),
        // Whatever the rules of coherence say.
        (RULE, "âge est entre 60 et 18", vec!["âge est entre 60 et 18"]),
    ] {
        let shown: Vec<String> = shown.into_iter().map(str::to_owned).collect();
        assert_eq!(said(coherence, required), [(message.to_owned(), shown)], "{coherence}{required}");
    }
}

/// A third date between the two says in which order they are.
#[test]
fn what_stands_between_two_dates_puts_them_in_order() {
    let message = "aucun dossier ne peut remplir le critère « ancienneté »";
    let both =
        |required: &str| format!("\n    - {required}\n    - close le est entre déclarée le et reçue le");
    for required in
        ["déclarée le ≥ reçue le + 6 mois", "déclarée le > reçue le", "reçue le + 1 mois ≤ déclarée le"]
    {
        let said = said("", &both(required));
        assert!(matches!(said.as_slice(), [(one, _)] if one == message), "{required}: {said:?}");
    }
    for required in
        ["déclarée le ≥ reçue le", "reçue le ≥ déclarée le + 6 mois", "déclarée le ≥ reçue le - 1 mois"]
    {
        assert_eq!(said("", &both(required)), [], "{required}");
    }
}

#[test]
fn what_some_dossier_meets_is_not() {
    for (coherence, required) in [
        (RULE, "déclarée le + 2 ans ≤ reçue le"),
        (RULE, "reçue le ≤ déclarée le"),
        (RULE, "reçue le ≥ close le"),
        ("", "reçue le + 2 ans ≤ déclarée le"),
        ("", "âge ≥ 120"),
    ] {
        assert_eq!(said(coherence, required), [], "{coherence}{required}");
    }
}
