//! What a case states by hand: no acceptance overrides it.

use crate::{Workshop, printed, says};

fn stated(attendu: &str) -> Workshop {
    let workshop = Workshop::fresh();
    workshop.case("adulte", &format!("âge: 18\ndispense: non\nenfants: 2\nattendu:\n{attendu}"));
    workshop
}

fn holds(attendu: &str) {
    stated(attendu).test(&["--accept"]).code(0);
}

#[test]
fn it_is_stated_in_the_words_that_a_decision_prints() {
    holds("  décision: favorable\n");
    holds("  décision accord: favorable\n");
    holds("  critère majorité: rempli\n  critère famille: rempli\n");
    holds("  financement prime: dû\n");
    holds("  financement prime: 200 €\n");
    holds("  financement prime: dû, 200 €, une fois\n");
    holds("  financement prime: [dû, 200€]\n");
    holds("  à demander: rien\n");
    holds("  à demander: []\n");
}

#[test]
fn what_is_stated_and_not_so_cannot_be_accepted_away() {
    let workshop = stated("  critère majorité: non rempli\n  financement prime: dû, 300 €\n");
    for _ in 0..2 {
        let text = printed(&workshop.test(&["--accept"]).code(1));
        says(&text, "✘ critère majorité : attendu « non rempli », décidé « rempli »");
        says(&text, "✘ financement prime : attendu « dû, 300 € », décidé « dû, 200 €,");
        says(&text, "1 contraire à ce qu'il attend");
        assert_eq!(workshop.decision("adulte"), None);
    }
}

#[test]
fn an_approved_case_still_fails_what_it_states() {
    let workshop = Workshop::approved();
    workshop.case("dispense", "âge: 12\ndispense: oui\nenfants: 0\nattendu: {critère majorité: rempli}\n");
    let text = printed(&workshop.test(&[]).code(1));
    says(&text, "attendu « rempli », décidé « rempli par exception »");
}

#[test]
fn what_is_missing_is_stated_by_its_path() {
    let workshop = Workshop::fresh();
    workshop
        .case("adulte", "dispense: non\nenfants: 2\nattendu:\n  décision: incomplet\n  à demander: âge\n");
    workshop.test(&["--accept"]).code(0);
    workshop.case("adulte", "dispense: non\nenfants: 2\nattendu:\n  à demander: enfants\n");
    let text = printed(&workshop.test(&[]).code(1));
    says(&text, "✘ à demander : attendu « enfants », décidé « âge »");
}

#[test]
fn what_the_policy_does_not_have_is_told_with_the_nearest() {
    for (attendu, message, help) in [
        (
            "critère majorite: rempli",
            "rien ne s'appelle « critère majorite »",
            "vouliez-vous dire « critère majorité » ?",
        ),
        ("majorité: rempli", "rien ne s'appelle « majorité »", "vouliez-vous dire « critère majorité » ?"),
        (
            "critère majorité: remplie",
            "critère majorité : résultat inconnu, « remplie »",
            "vouliez-vous dire « rempli » ?",
        ),
        ("critère majorité: 200 €", "résultat inconnu, « 200 € »", "attendu : rempli, non rempli,"),
        ("décision: [{a: b}]", "attendu : un résultat en un mot", "par exemple"),
    ] {
        let text = printed(&stated(&format!("  {attendu}\n")).test(&[]).code(2));
        says(&text, message);
        says(&text, help);
    }
}

#[test]
fn one_point_is_stated_once() {
    let text = printed(&stated("  décision: favorable\n  décision: favorable\n").test(&[]).code(2));
    says(&text, "« décision » est énoncé deux fois");
}
