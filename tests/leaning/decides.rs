//! What a text decides that leans on another: values worked out by hand, and the same text written as one.

use super::{BASE, MERGED, MORE, decide, histories};

/// Two children of 5 and 12: a ceiling of 12 000 € + 2 × 1 000 €, a bonus of 100 € + 10 € + 20 €.
const TWO: &str = "apprenti: oui\nhébergé: non\nenfants:\n  - âge: 5\n  - âge: 12\n";

#[test]
fn what_the_other_text_gives_is_read() {
    let all = histories(&[BASE, MORE]);
    let found = decide(&all, "complément", &format!("revenu: 14 000 €\n{TWO}"), "2025-06-01").unwrap();
    assert_eq!(found.outcome, "Favourable");
    // 20 % of 130 €; 3 + 2 days; 14 000 € − 14 000 €.
    assert_eq!(format!("{:?}", found.given), r#"{"complément": "26", "jours": "5", "marge": "0"}"#);
    let found = decide(&all, "complément", &format!("revenu: 14 000,01 €\n{TWO}"), "2025-06-01").unwrap();
    assert_eq!(found.outcome, "Unfavourable");
    // The parameter of the other text takes its value of the day.
    let found = decide(&all, "complément", &format!("revenu: 14 000,01 €\n{TWO}"), "2026-06-01").unwrap();
    assert_eq!(found.outcome, "Favourable");
}

#[test]
fn what_the_other_text_lacks_is_asked_here() {
    let all = histories(&[BASE, MORE]);
    let found = decide(&all, "complément", "apprenti: oui\n", "2025-06-01").unwrap();
    assert_eq!(found.outcome, "Incomplete");
    assert_eq!(found.missing, ["enfants", "hébergé", "revenu"]);
    assert!(["revenu", "enfants"].iter().all(|path| found.decisive.iter().any(|own| own == path)));
    // The same fact in both texts is asked once, and by this one's question.
    let found = decide(&all, "complément", "apprenti: non\nrevenu: 10 €\n", "2025-06-01").unwrap();
    assert_eq!((found.outcome.as_str(), found.decisive.len()), ("Unfavourable", 0));
}

#[test]
fn a_text_that_leans_on_another_decides_as_if_both_were_one() {
    let (all, one) = (histories(&[BASE, MORE]), histories(&[MERGED]));
    let mut tried = 0;
    for revenue in ["", "revenu: 0 €\n", "revenu: 5 000 €\n", "revenu: 14 000 €\n", "revenu: 20 000 €\n"]
    {
        for apprentice in ["", "apprenti: oui\n", "apprenti: non\n"] {
            for housed in ["", "hébergé: oui\n", "hébergé: non\n"] {
                for children in [
                    "",
                    "enfants: []\n",
                    "enfants:\n  - âge: 5\n  - âge: 12\n",
                    "enfants:\n  - âge: 1\n  - {}\n  - âge: 3\n",
                ] {
                    let dossier = [revenue, apprentice, housed, children].concat();
                    let leaning = decide(&all, "complément", &dossier, "2025-06-01").unwrap();
                    let merged = decide(&one, "réunis", &dossier, "2025-06-01").unwrap();
                    assert_eq!(leaning.outcome, merged.outcome, "{dossier}");
                    assert_eq!(
                        (&leaning.given, &leaning.missing),
                        (&merged.given, &merged.missing),
                        "{dossier}"
                    );
                    assert_eq!(leaning.decisive.is_empty(), merged.decisive.is_empty(), "{dossier}");
                    tried += 1;
                }
            }
        }
    }
    assert_eq!(tried, 180);
}

#[test]
fn shared_definitions_stand_in_a_common_text() {
    let common = "texte commun barèmes « Barèmes »
  en vigueur depuis le 1er janvier 2025

dossier
  revenu : montant ≥ 0 €
    « Quel revenu ? »
  zone : parmi nord, sud
    « Où ? »

paramètre plafond
  vaut 1 000 €

définition tranche : parmi modeste < aisée
  vaut modeste si revenu ≤ plafond
  vaut aisée dans les autres cas
";
    let one = "dispositif un « Un »
  en vigueur depuis le 1er janvier 2025
  s'appuie sur barèmes

source loi « Loi », texte opposable

critère tranche
  selon loi
  exige barèmes.tranche est modeste

décision accord
  favorable si tous les critères sont remplis
";
    // It leans on the first one, and on what that one leans on.
    let two = "dispositif deux « Deux »
  en vigueur depuis le 1er janvier 2025
  s'appuie sur un
  s'appuie sur barèmes

source loi « Loi », texte opposable

critère premier
  selon loi
  exige un.décision est défavorable ou barèmes.zone est sud

décision accord
  favorable si tous les critères sont remplis

financement somme
  selon loi
  montant 10 % de barèmes.plafond
";
    let all = histories(&[common, one, two]);
    let came = |id: &str, dossier: &str| decide(&all, id, dossier, "2025-06-01").unwrap();
    assert_eq!(came("un", "revenu: 1 000 €\n").outcome, "Favourable");
    assert_eq!(came("un", "revenu: 1 000,01 €\n").outcome, "Unfavourable");
    let found = came("deux", "revenu: 1 000 €\nzone: nord\n");
    assert_eq!((found.outcome.as_str(), found.given["somme"].as_str()), ("Unfavourable", "100"));
    assert_eq!(came("deux", "revenu: 1 000,01 €\nzone: nord\n").outcome, "Favourable");
    assert_eq!(came("deux", "revenu: 1 000 €\n").decisive, ["zone"]);
    // No dossier is decided under the common text itself.
    let refused = decide(&all, "barèmes", "revenu: 1 €\n", "2025-06-01").unwrap_err();
    assert_eq!(refused[0].code, "texte-commun");
}

#[test]
fn a_criterion_of_the_other_text_may_have_the_name_of_a_fact() {
    let base = "dispositif socle « Socle »
  en vigueur depuis le 1er janvier 2025

source loi « Loi », texte opposable

dossier
  âge : entier ≥ 0
    « Quel âge ? »

critère âge
  selon loi, art. 1
  exige âge ≥ 18

décision d
  favorable si âge
";
    let more = "dispositif suite « Suite »
  en vigueur depuis le 1er janvier 2025
  s'appuie sur socle

source loi « Loi », texte opposable

critère âge
  selon loi, art. 2
  exige socle.âge et socle.âge ≤ 30

décision d
  favorable si âge et socle.décision est favorable
";
    let all = histories(&[base, more]);
    for (age, outcome) in [(17, "Unfavourable"), (18, "Favourable"), (30, "Favourable"), (31, "Unfavourable")]
    {
        let found = decide(&all, "suite", &format!("âge: {age}\n"), "2025-06-01").unwrap();
        assert_eq!(found.outcome, outcome, "{age}");
    }
    // The fact is declared here too.
    let both = more
        .replace("critère âge", "dossier\n  âge : entier ≥ 0\n    « Quel âge ? »\n\ncritère âge")
        .replace("socle.âge et socle.âge ≤ 30", "socle.âge et âge ≤ 30");
    let all = histories(&[base, &both]);
    for (age, outcome) in [(17, "Unfavourable"), (18, "Favourable"), (31, "Unfavourable")] {
        let found = decide(&all, "suite", &format!("âge: {age}\n"), "2025-06-01").unwrap();
        assert_eq!(found.outcome, outcome, "{age}");
    }
}
