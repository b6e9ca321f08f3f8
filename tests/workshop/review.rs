//! `--review`, answered from a pipe.

use crate::{Workshop, printed, says};

fn review(workshop: &Workshop, answers: &str) -> assert_cmd::assert::Assert {
    workshop.command("test", &["--review"]).write_stdin(answers.to_owned()).assert()
}

#[test]
fn each_key_is_explained_before_it_is_asked_for() {
    let text = printed(&review(&Workshop::fresh(), "q\n").code(1));
    says(&text, "── 1 sur 3 ──");
    for key in [
        "\n  a  approuver",
        "\n  r  refuser",
        "\n  p  passer",
        "\n  t  lire toute la décision",
        "\n  q  quitter",
    ] {
        says(&text, key);
    }
    says(&text, "approuvés : 0 · refusés : 0 · restent à revoir : 3");
}

#[test]
fn cases_are_approved_one_by_one_with_a_reason_that_is_kept() {
    let workshop = Workshop::fresh();
    review(&workshop, "a\nlu avec le service juridique\na\n\np\n").code(1);
    let adult = workshop.decision("adulte").unwrap();
    says(&adult, "\nApprouvé parce que : lu avec le service juridique\n");
    assert!(!workshop.decision("dispense").unwrap().contains("Approuvé parce que"));
    assert_eq!(workshop.decision("enfant"), None);
    // A reason is no part of the decision: the case is as approved.
    let text = printed(&workshop.test(&[]).code(1));
    says(&text, "3 cas décidés, 2 comme approuvé, 1 jamais approuvé");
}

#[test]
fn a_refusal_leaves_what_was_approved_and_is_recalled_with_its_reason() {
    let workshop = Workshop::approved();
    let before = workshop.decision("adulte");
    workshop.change("100 € × enfants", "120 € × enfants");
    workshop.case("adulte", "âge: 18\ndispense: non\nenfants: 2\n");
    let text = printed(&review(&workshop, "r\nle taux n'a pas changé\n").code(1));
    says(&text, "financement prime : dû, 200 €, une fois → dû, 240 €, une fois");
    says(&text.split_whitespace().collect::<Vec<_>>().join(" "), "adulte.yaml : le taux n'a pas changé");
    assert_eq!(workshop.decision("adulte"), before);
}

#[test]
fn the_whole_decision_may_be_read_first_and_a_wrong_key_is_asked_again() {
    let workshop = Workshop::fresh();
    let text = printed(&review(&workshop, "x\nt\na\n\na\n\na\n\n").code(0));
    says(&text, "« x » n'est pas une réponse possible");
    says(&text, "\nFAVORABLE : ");
    assert!(!text.contains("**") && !text.contains("\n#"), "plain words: {text}");
    says(&text, "approuvés : 3 · refusés : 0 · restent à revoir : 0");
    workshop.test(&[]).code(0);
}

#[test]
fn the_end_of_the_answers_is_as_good_as_quitting() {
    let workshop = Workshop::fresh();
    review(&workshop, "a\n").code(1);
    assert!(workshop.decision("adulte").is_some() && workshop.decision("dispense").is_none());
}

#[test]
fn what_a_case_states_cannot_be_approved_away() {
    let workshop = Workshop::fresh();
    workshop.case("adulte", "âge: 18\ndispense: non\nenfants: 2\nattendu: {décision: défavorable}\n");
    let text = printed(&review(&workshop, "a\nr\nt\np\na\n\na\n\n").code(1));
    let (first, rest) = text.split_once("── 2 sur 3 ──").unwrap();
    assert_eq!(
        first.matches("aucune approbation n'y peut rien").count(),
        3,
        "asked for, it is said again: {first}"
    );
    says(first, "essai/cases/adulte.yaml");
    says(first, "p, t, d ou q, puis Entrée");
    assert!(!first.contains("a  approuver"), "{first}");
    says(rest, "a  approuver");
    says(rest, "approuvés : 2 · refusés : 0 · restent à revoir : 1");
    assert_eq!(workshop.decision("adulte"), None);
}

#[test]
fn what_a_dossier_expects_otherwise_is_told_once() {
    let workshop = Workshop::approved();
    workshop.change("100 € × enfants", "120 € × enfants");
    let text = printed(&review(&workshop, "p\n").code(1));
    says(&text, "✘ financement prime : attendu « dû, 200 € », décidé « dû, 240 €, une fois »");
    assert!(!text.contains("dû, 200 €, une fois → "), "{text}");
}

#[test]
fn a_case_that_cannot_be_decided_is_passed_over_by_a_key_and_has_no_decision_to_read() {
    let workshop = Workshop::approved();
    workshop.case("adulte", "âge: dix-huit\n");
    let text = printed(&review(&workshop, "t\np\n").code(2));
    says(&text, "âge : attendu un entier");
    says(&text, "« t » n'est pas une réponse possible");
    says(&text, "p, d ou q, puis Entrée");
    says(&text, "restent à revoir : 1");
}

#[test]
fn each_set_of_keys_is_explained_once_and_whenever_it_is_asked_for() {
    let text = printed(&review(&Workshop::fresh(), "p\np\np\n").code(1));
    assert_eq!(text.matches("  a  approuver :").count(), 1, "{text}");
    let text = printed(&review(&Workshop::fresh(), "?\n\nq\n").code(1));
    assert_eq!(text.matches("  a  approuver :").count(), 3, "{text}");
    assert!(!text.contains("n'est pas une réponse possible"), "{text}");
}

#[test]
fn the_reason_of_what_was_approved_is_recalled() {
    let workshop = Workshop::fresh();
    workshop.case("adulte", "âge: 18\ndispense: non\nenfants: 2\n");
    review(&workshop, "a\nlu avec le service juridique\na\n\na\n\n").code(0);
    workshop.change("100 € × enfants", "120 € × enfants");
    let text = printed(&review(&workshop, "q\n").code(1));
    says(&text, "  approuvé jusqu'ici parce que : lu avec le service juridique\n");
}

#[test]
fn a_decision_without_its_dossier_is_shown() {
    let workshop = Workshop::approved();
    std::fs::remove_file(workshop.path("essai/cases/enfant.yaml")).unwrap();
    let text = printed(&review(&workshop, "").code(1));
    says(&text, "essai · enfant\n  une décision est approuvée, le dossier n'est plus là");
}

#[test]
fn the_dossier_may_be_read() {
    let text = printed(&review(&Workshop::fresh(), "d\nq\n").code(1));
    says(&text, "examiné le: 2025-06-01\nâge: 18\ndispense: non\n");
}

#[test]
fn no_line_is_wider_than_the_screen() {
    let workshop = Workshop::approved();
    workshop.change("âge ≥ 18", "âge ≥ 21");
    let long = format!("{}\n", "un mot de trop, ".repeat(12));
    let text = printed(&review(&workshop, &format!("{long}t\np\nt\nr\n{long}p\n")).code(1));
    // What is typed is not seen here: what follows a question would stand on a line of its own.
    for line in text.replace(") : ", ") :\n").lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_review_is_for_a_person() {
    let workshop = Workshop::fresh();
    for program in [["--format", "json"], ["--junit", "rapport.xml"]] {
        workshop.test(&[&["--review"], program.as_slice()].concat()).code(2);
    }
}

#[test]
fn nothing_to_review_is_said_so() {
    let text = printed(&review(&Workshop::approved(), "").code(0));
    says(&text, "Rien à revoir");
}
