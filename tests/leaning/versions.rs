//! The version of a text leaned on is that of the same day.

use super::{BASE, MORE, called, day, decide, histories, wrong};
use conforme::history::Sight;

const AMENDED: &str = "avenant 1 à aide-socle « Relèvement »
  en vigueur depuis le 1er juillet 2025

source avenant1 « Avenant n° 1 », texte opposable

remplace financement prime
  selon avenant1
  prévu si éligibilité
  montant 200 € + somme des enfants.part
";

const DOSSIER: &str = "apprenti: oui\nhébergé: non\nrevenu: 100 €\nenfants: []\n";

#[test]
fn an_amendment_of_the_other_text_counts_from_its_day() {
    let all = histories(&[BASE, AMENDED, MORE]);
    let given = |on: &str| decide(&all, "complément", DOSSIER, on).unwrap().given["complément"].clone();
    assert_eq!((given("2025-06-30").as_str(), given("2025-07-01").as_str()), ("20", "40"));
    let found = wrong(&[BASE, AMENDED, MORE], "complément");
    assert!(found.is_empty(), "{found:#?}");
    // The days on which the other text changes are those on which this one does.
    let eras = called(&all, "complément").eras(&Sight::default());
    assert_eq!(
        eras.iter().map(|era| era.days.from).collect::<Vec<_>>(),
        [Some(day("2025-01-01")), Some(day("2025-07-01"))]
    );
}

#[test]
fn an_amendment_of_this_text_may_read_the_other() {
    let amendment = "avenant 1 à complément « Doublement »
  en vigueur depuis le 1er septembre 2025

source avenant1 « Avenant n° 1 », texte opposable

remplace financement complément
  selon avenant1
  prévu si complément accordé
  montant 2 × montant de aide-socle.prime
";
    let all = histories(&[BASE, AMENDED, MORE, amendment]);
    let given = |on: &str| decide(&all, "complément", DOSSIER, on).unwrap().given["complément"].clone();
    assert_eq!([given("2025-06-30"), given("2025-07-01"), given("2025-09-01")], ["20", "40", "400"]);
    let found = wrong(&[BASE, AMENDED, MORE, amendment], "complément");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_amendment_that_goes_to_some_dossiers_only_is_refused() {
    let scoped = AMENDED.replacen("\n\nsource", "\n  pour hébergé\n\nsource", 1);
    let found = wrong(&[BASE, &scoped, MORE], "complément");
    assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["appui-a-portee"]);
}

#[test]
fn a_date_that_chooses_is_the_same_in_both() {
    let at = |text: &str, date: &str| {
        text.replacen("janvier 2025\n", &format!("janvier 2025\n  version applicable à la date {date}\n"), 1)
            .replacen("dossier\n", "dossier\n  reçue le : date\n    « Reçue quand ? »\n  finie le : date\n    « Finie quand ? »\n", 1)
    };
    let base = at(BASE, "reçue le");
    let codes = |more: &str| {
        wrong(&[&base, more], "complément")
            .iter()
            .filter(|one| one.is_error())
            .map(|one| one.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(MORE), ["appui-autre-date"]);
    assert_eq!(codes(&at(MORE, "finie le")), ["appui-autre-date"]);
    assert_eq!(codes(&at(MORE, "reçue le")), Vec::<&str>::new());
}
