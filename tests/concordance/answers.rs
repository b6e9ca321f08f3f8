//! What an author answers to a warning.

use std::fs;

use assert_cmd::Command;
use conforme::check::check;
use conforme::concordance::review;
use conforme::source::SourceFile;

fn policy(criterion: &str) -> String {
    format!(
        "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi » dans « loi.txt », texte opposable

dossier
  élèves : entier ≥ 0
    « Combien d'élèves ? »

{criterion}

décision d
  favorable si tous les critères sont remplis
"
    )
}

const ANSWERED: &str = "critère c
  selon loi « deux cents élèves au plus, en au moins dix divisions »
  exige élèves ≤ 200
  concordance : motif « les divisions sont vérifiées par l'inspection »";

const UNANSWERED: &str = "critère c
  selon loi « deux cents élèves au plus, en au moins dix divisions »
  exige élèves ≤ 200";

const TO_NOTHING: &str = "critère c
  selon loi « deux cents élèves au plus »
  exige élèves ≤ 200
  concordance : motif « rien à redire »";

#[test]
fn an_answer_is_kept_beside_what_it_answers() {
    let checked = check(&SourceFile::new("essai.pol", policy(ANSWERED)));
    let remarks = review(&checked.policy.unwrap());
    let [remark] = remarks.as_slice() else { panic!("{remarks:?}") };
    assert_eq!(remark.diagnostic.message, "le texte dit « au moins dix divisions », la règle n'en dit rien");
    assert_eq!(remark.answer.as_deref(), Some("les divisions sont vérifiées par l'inspection"));
}

/// What an editor writes where the reason is to be given is none, and neither is « … ».
#[test]
fn an_answer_that_gives_no_reason_yet_leaves_the_remark() {
    for begun in ["à dire", "…", " à  dire "] {
        let text = ANSWERED.replace("les divisions sont vérifiées par l'inspection", begun);
        let checked = check(&SourceFile::new("essai.pol", policy(&text)));
        let remarks = review(&checked.policy.unwrap());
        let [remark] = remarks.as_slice() else { panic!("{remarks:?}") };
        assert_eq!(remark.answer, None, "{begun}");
        let label = remark.diagnostic.labels.last().unwrap();
        assert_eq!(label.text, "le motif est encore à dire", "{begun}");
        assert_eq!(label.file.slice(label.span), format!("« {begun} »"));
    }
    let (code, printed) =
        checked(&ANSWERED.replace("les divisions sont vérifiées par l'inspection", "à dire"), &[]);
    assert!(
        code == 0 && printed.contains("1 remarque") && printed.contains("le motif est encore à dire"),
        "{printed}"
    );
}

#[test]
fn an_answer_to_nothing_is_a_warning() {
    let checked = check(&SourceFile::new("essai.pol", policy(TO_NOTHING)));
    let remarks = review(&checked.policy.unwrap());
    let [remark] = remarks.as_slice() else { panic!("{remarks:?}") };
    assert_eq!(remark.diagnostic.code, "concordance-sans-objet");
    assert_eq!(remark.diagnostic.message, "« c » : cette réponse ne répond à rien");
    assert!(remark.answer.is_none());
}

/// Exit code and what is printed by `conforme check`, the source's text beside the policy.
fn checked(criterion: &str, arguments: &[&str]) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("essai.pol"), policy(criterion)).unwrap();
    fs::write(
        folder.path().join("loi.txt"),
        "Art. 1. L'école compte deux cents élèves au plus, en au moins dix divisions.",
    )
    .unwrap();
    let output = Command::cargo_bin("conforme")
        .unwrap()
        .current_dir(folder.path())
        .args(["check", "essai.pol"])
        .args(arguments)
        .output()
        .unwrap();
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap(), printed)
}

#[test]
fn check_counts_what_is_not_answered_and_shows_the_rest_on_request() {
    let (code, printed) = checked(UNANSWERED, &["--strict"]);
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("[concordance-chiffre]"), "{printed}");
    let (code, printed) = checked(ANSWERED, &["--strict"]);
    assert_eq!((code, printed.trim()), (0, "1 texte vérifié : aucune erreur"));
    let (code, printed) = checked(ANSWERED, &["--strict", "--all"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("réponse de l'auteur : les divisions sont vérifiées par"), "{printed}");
}

#[test]
fn check_reads_the_text_of_a_source_beside_the_policy() {
    let damaged = UNANSWERED.replace("deux cents élèves", "deux cents personnes");
    let (code, printed) = checked(&damaged, &[]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("la source écrit « élèves »"), "{printed}");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("essai.pol"), policy(UNANSWERED)).unwrap();
    let output = Command::cargo_bin("conforme")
        .unwrap()
        .current_dir(folder.path())
        .args(["check", "essai.pol"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(printed.contains("fichier introuvable : « loi.txt »"), "{printed}");
    assert!(printed.contains("le texte de cette source"), "{printed}");
}

/// A rule that a definition writes: the remark shows the words of both, an answer may stand under either.
#[test]
fn an_answer_stands_under_whichever_item_the_remark_shows() {
    let text = |of_definition: &str, of_criterion: &str| {
        let items = format!(
            "définition assez d'élèves
  vaut élèves > 15{of_definition}

critère c
  selon loi « l'école compte au moins quinze élèves »
  exige assez d'élèves{of_criterion}"
        );
        let checked = check(&SourceFile::new("essai.pol", policy(&items)));
        let remarks = review(&checked.policy.unwrap());
        remarks
            .into_iter()
            .map(|remark| (remark.diagnostic.code, remark.answer.is_some()))
            .collect::<Vec<_>>()
    };
    let answer = "\n  concordance : motif « erreur de plume »";
    let [(code, false)] = text("", "")[..] else { panic!("{:?}", text("", "")) };
    assert_eq!(text(answer, ""), [(code, true)]);
    assert_eq!(text("", answer), [(code, true)]);
}
