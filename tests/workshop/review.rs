//! `--review`, answered from a pipe.

use crate::{Workshop, plain, printed, says};

fn review(workshop: &Workshop, answers: &str) -> assert_cmd::assert::Assert {
    workshop.command("test", &["--review"]).write_stdin(answers.to_owned()).assert()
}

#[test]
fn each_key_is_explained_before_it_is_asked_for() {
    let text = printed(&review(&Workshop::fresh(), "q\n").code(1));
    says(&text, "── 1 sur 3 ──");
    for key in ["a  approuver", "r  refuser", "p  passer", "t  lire toute la décision", "q  quitter"] {
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
    says(&text, "à corriger, adulte : le taux n'a pas changé");
    assert_eq!(workshop.decision("adulte"), before);
}

#[test]
fn the_whole_decision_may_be_read_first_and_a_wrong_key_is_asked_again() {
    let workshop = Workshop::fresh();
    let text = printed(&review(&workshop, "x\nt\na\n\na\n\na\n\n").code(0));
    says(&text, "« x » n'est pas une réponse possible");
    says(&text, "**FAVORABLE**");
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
    let text = plain(&printed(&review(&workshop, "a\n\na\n\na\n\n").code(1)));
    says(&text, "aucune approbation n'y peut rien");
    assert_eq!(workshop.decision("adulte"), None);
}

#[test]
fn nothing_to_review_is_said_so() {
    let text = printed(&review(&Workshop::approved(), "").code(0));
    says(&text, "Rien à revoir");
}
