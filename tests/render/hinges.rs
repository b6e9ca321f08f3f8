//! What is said of what hinges on the decision, on a reading, or on what is not known, and of several of them at once.

use crate::{Book, csq, prose};

/// The cases of the ESS policy that stand near its bounds, were its threshold 15 %: enough among those who practise on their
/// own, not among all.
fn stricter() -> Book {
    Book::of("ess", "cases/couverture", |text| {
        text.replace("exige taux d'adhésion ≥ 10 %", "exige taux d'adhésion ≥ 15 %")
    })
}

fn part(text: &str, from: &str, to: &str) -> String {
    let text = prose(text);
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no « {from} » in {text}"));
    rest.split_once(to).map_or(rest, |(part, _)| part).trim().to_owned()
}

#[test]
fn a_financing_that_the_decision_bars_under_a_reading_is_told_by_the_other_where_something_is_open() {
    let book = stricter();
    let text = book.brief(book.case("lettre-inconnue"));
    assert_eq!(
        part(&text, "Financement ", "Financement, si"),
        "? crédit d'amorçage : 80 000 €, si les conditions sont réunies \
         lettre d'intention reçue : à établir (au plus tard le 1er octobre 2025, date d'examen)"
    );
}

#[test]
fn it_is_told_under_the_decision_alone_where_only_that_is_open() {
    let book = stricter();
    let text = book.brief(book.case("specialite-inconnue"));
    assert_eq!(
        part(&text, "Financement, si la décision est favorable ", "Financement, selon"),
        "crédit d'amorçage 80 000 € une fois dotation annuelle de 50 000 € à 100 000 € chaque année"
    );
    assert_eq!(
        part(&text, "Financement, selon la lecture (champ du forfait) ", "Suivi"),
        "forfait des consultations avancées 2 400 € (200 € × 12) \
         toute consultation financement dû quelle que soit la décision équipes créées financement dû si la décision est favorable"
    );
}

#[test]
fn what_may_not_have_to_be_done_is_told_so() {
    let book = stricter();
    let text = book.brief(book.case("lettre-inconnue"));
    assert_eq!(
        part(&text, "Suivi ", "Objectifs"),
        "dépôt du projet de santé : s'il y a lieu, obligation remplie le mercredi 10 septembre 2025, le dernier jour du délai"
    );
}

#[test]
fn what_trials_settle_only_with_the_decision_hinges_on_it() {
    // Signed within the six months before the demand, or not favourable: then each bill is later, and a report is due.
    let book = Book::of("csq", "cases/couverture", |text| text);
    let text = book.brief(book.case("signature-inconnue"));
    let paid = part(&text, "Financement, si la décision est favorable ", "Suivi");
    assert!(paid.contains("aide à l'équipement 5 600 € une fois"), "{paid}");
    assert!(part(&text, "Suivi, si la décision est favorable ", "Objectifs").starts_with("remise du bilan"));
    // A criterion that is not known makes nothing of what is paid uncertain but the decision.
    let text = csq().brief(csq().case("12"));
    assert!(
        prose(&text).contains("Financement, si la décision est favorable dotation de fonctionnement"),
        "{text}"
    );
}
