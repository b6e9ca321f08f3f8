//! What is known over several versions that may go to a dossier. Figures are worked out by hand.

use conforme::decision::{Answered, Decision, Missing, MissingPlace, Outcome, Status};
use conforme::history::Sight;
use conforme::known::{DateRange, Interval, Known};
use conforme::number::Ratio;
use conforme::policy::FactId;

use super::{day, decide, history};

const SEEN: Sight = Sight { known_on: None, draft: false };

const FIRST: &str = "dispositif prime « Prime »
  en vigueur depuis le 1er janvier 2024 jusqu'au 31 décembre 2024
  version applicable à la date reçue le

source A « Arrêté », texte opposable

dossier
  reçue le : date
    « Reçue quand ? »
  n : entier ≥ 0
    « Combien ? »

critère seuil
  selon A « au moins 10 »
  exige n ≥ 10

décision éligibilité
  selon A « est éligible »
  favorable si tous les critères sont remplis

financement prime annuelle
  selon A « une prime »
  prévu si éligibilité
  montant 200 €
";

fn second() -> String {
    FIRST.replace("1er janvier 2024 jusqu'au 31 décembre 2024", "1er janvier 2025").replace("200 €", "350 €")
}

/// Doubles what is paid of what was received from July 2025 on.
const DOUBLED: &str = "avenant 1 à prime « Doublement »
  en vigueur depuis le 1er mars 2025
  applicable aux dossiers dont n ≥ 20

source avenant1 « Avenant n° 1 », texte opposable

remplace financement prime annuelle
  selon avenant1 « une prime double »
  prévu si éligibilité
  montant 700 €
";

fn euros(interval: Option<&Interval>) -> Option<(i64, i64)> {
    let interval = interval?;
    let end = |end: &conforme::known::End| end.value().and_then(Ratio::to_i64);
    Some((end(&interval.low)?, end(&interval.high)?))
}

fn about(decision: &Decision, fact: u32) -> Option<&Missing> {
    decision.missing.iter().find(|missing| missing.place == MissingPlace::Fact(FactId(fact)))
}

fn paid(one: &Answered) -> (Known, Outcome, Option<(i64, i64)>) {
    let amount = one.gives.first().and_then(|given| euros(given.amount()));
    (one.value.clone(), one.outcome, amount)
}

fn days(from: Option<&str>, to: Option<&str>) -> Known {
    Known::Date(DateRange { from: from.map(day), to: to.map(day) })
}

#[test]
fn an_amount_is_that_of_every_version_that_may_go_to_the_dossier() {
    let texts = history(&[("prime-2024.pol", FIRST), ("prime-2025.pol", &second())]);
    let decision = decide(&texts, "dispositif: prime\nn: 12\n", "2025-06-01", SEEN).expect("decided");
    assert_eq!(decision.outcome, Outcome::Favourable);
    let result = &decision.fundings[0];
    assert_eq!((result.status, euros(result.amount())), (Status::Due, Some((200, 350))));
    let asked = about(&decision, 0).expect("the date that chooses is asked");
    assert!(!asked.decisive);
    let told: Vec<_> = asked.outcomes.iter().map(paid).collect();
    let favourable = |value, amount| (value, Outcome::Favourable, Some((amount, amount)));
    assert_eq!(
        told,
        [
            favourable(days(Some("2024-01-01"), Some("2024-12-31")), 200),
            favourable(days(Some("2025-01-01"), None), 350),
        ]
    );
}

#[test]
fn where_the_date_is_known_the_amount_is_that_of_its_version() {
    let texts = history(&[("prime-2024.pol", FIRST), ("prime-2025.pol", &second())]);
    for (received, amount) in [("2024-12-31", 200), ("2025-01-01", 350)] {
        let dossier = format!("dispositif: prime\nn: 12\nreçue le: {received}\n");
        let decision = decide(&texts, &dossier, "2025-06-01", SEEN).expect("decided");
        assert_eq!(euros(decision.fundings[0].amount()), Some((amount, amount)), "{received}");
        assert!(decision.missing.is_empty(), "{received}");
    }
}

#[test]
fn an_amendment_whose_scope_is_not_known_widens_the_amount() {
    let base = second().replace("  version applicable à la date reçue le\n", "");
    let texts = history(&[("prime.pol", &base), ("avenant-1.pol", DOUBLED)]);
    let decision = decide(&texts, "dispositif: prime\nreçue le: 2025-04-01\n", "2025-06-01", SEEN);
    let decision = decision.expect("decided");
    let result = &decision.fundings[0];
    assert_eq!(euros(result.amount()), Some((350, 700)));
    assert!(about(&decision, 1).is_some_and(|missing| missing.decisive));
}

#[test]
fn of_days_that_no_version_covers_nothing_is_advised() {
    let late = "dispositif prime « Prime »
  en vigueur depuis le 1er juillet 2025
  version applicable à la date reçue le

source A « Arrêté », texte opposable

dossier
  reçue le : date
    « Reçue quand ? »

critère délai
  selon A « avant septembre »
  exige reçue le ≤ 31 août 2025

décision éligibilité
  selon A « est éligible »
  favorable si tous les critères sont remplis
";
    let texts = history(&[("prime.pol", late)]);
    let decision = decide(&texts, "dispositif: prime\n", "2025-10-01", SEEN).expect("decided");
    assert_eq!(decision.outcome, Outcome::Incomplete);
    let told: Vec<_> = about(&decision, 0).expect("it is asked").outcomes.iter().map(paid).collect();
    assert_eq!(
        told,
        [
            (days(Some("2025-07-01"), Some("2025-08-31")), Outcome::Favourable, None),
            (days(Some("2025-09-01"), None), Outcome::Unfavourable, None),
        ]
    );
}

#[test]
fn an_answer_gives_what_it_gives_under_every_version() {
    // Ten are enough in 2024, fifteen are needed from 2025.
    let second = second().replace("n ≥ 10", "n ≥ 15").replace("au moins 10", "au moins 15");
    let texts = history(&[("prime-2024.pol", FIRST), ("prime-2025.pol", &second)]);
    let decision = decide(&texts, "dispositif: prime\n", "2025-06-01", SEEN).expect("decided");
    let told: Vec<Outcome> =
        about(&decision, 1).expect("it is asked").outcomes.iter().map(|one| one.outcome).collect();
    // Below 10, from 10 to 14, from 15 on.
    assert_eq!(told, [Outcome::Unfavourable, Outcome::Incomplete, Outcome::Favourable]);
}

/// A prime for all under one reading, for those who are eligible under the other.
const READ: &str = "dispositif prime « Prime »
  en vigueur depuis le 1er janvier 2025

source A « Arrêté », texte opposable
source B « Circulaire », texte opposable

dossier
  reçue le : date
    « Reçue quand ? »
  n : entier ≥ 0
    « Combien ? »

lecture champ
  « À qui va la prime ? »
  - tous     : selon A « une prime »
  - retenus  : selon B « aux retenus »

critère seuil
  selon A « au moins 10 »
  exige n ≥ 10

décision éligibilité
  selon A « est éligible »
  favorable si tous les critères sont remplis

financement prime annuelle
  selon A « une prime »
  prévu si
    - n ≥ 1
    - éligibilité  si champ est retenus
  montant 200 €
";

const RAISED: &str = "avenant 1 à prime « Seuil »
  en vigueur depuis le 1er mars 2025
  applicable aux dossiers dont reçue le ≥ 1er juillet 2025

source avenant1 « Avenant n° 1 », texte opposable

remplace critère seuil
  selon avenant1 « au moins 20 »
  exige n ≥ 20
";

/// Under the reading that asks for no decision, it is due under every version.
#[test]
fn a_reading_under_which_all_versions_agree_is_settled() {
    let texts = history(&[("prime.pol", READ), ("avenant-1.pol", RAISED)]);
    let decision = decide(&texts, "dispositif: prime\nn: 15\n", "2025-12-01", SEEN).expect("decided");
    assert_eq!(decision.outcome, Outcome::Incomplete);
    let statuses: Vec<Status> = decision.fundings[0].by_reading.iter().map(|case| case.status).collect();
    assert_eq!(statuses, [Status::Due, Status::Undetermined]);
}

/// Each fact that chooses is asked for what its own amendment changes.
#[test]
fn a_fact_that_chooses_is_asked_for_what_it_changes() {
    let doubled = "avenant 2 à prime « Doublement »
  en vigueur depuis le 1er mars 2025
  applicable aux dossiers dont région est « Sud »

source avenant2 « Avenant n° 2 », texte opposable

ajoute fait région : texte
  « Quelle région ? »

remplace financement prime annuelle
  selon avenant2 « une prime double »
  prévu si éligibilité
  montant 400 €
";
    let texts =
        history(&[("prime.pol", &second_alone()), ("avenant-1.pol", RAISED), ("avenant-2.pol", doubled)]);
    let bears = |n: u32| {
        let decision = decide(&texts, &format!("dispositif: prime\nn: {n}\n"), "2025-12-01", SEEN);
        let missing = decision.expect("decided").missing;
        missing.into_iter().map(|one| (one.decisive, one.affects.len())).collect::<Vec<_>>()
    };
    // Above both thresholds, only the region moves anything: the prime.
    assert_eq!(bears(25), [(false, 1)]);
    // Between them, the day of receipt decides; the region moves the prime all the same.
    let between = bears(15);
    assert!(between.contains(&(false, 1)) && between.iter().any(|(decisive, _)| *decisive), "{between:?}");
}

fn second_alone() -> String {
    second().replace("  version applicable à la date reçue le\n", "")
}
