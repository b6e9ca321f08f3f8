//! Tables by several things.

use super::{cents, decided, paid, ready, refused};
use conforme::decision::{Outcome, Status};
use conforme::render::Explain;
use conforme::render::text::{self, TextOptions};

const HEAD: &str = "\
dossier
  âge : entier ≥ 0
  sexe : parmi F, M
  locataire : oui ou non
  revenu : montant ≥ 0 €
  zone : parmi A < B < C

définition catégorie : parmi modeste, aisée
  vaut modeste si revenu ≤ 1 000 €
  vaut aisée dans les autres cas

financement aide
  selon T « x »
  montant selon ";

const BY_AGE: &str = "âge, sexe
    moins de 30, F : 10 €
    moins de 30, M : 12 €
    à partir de 30, F ou M : 15 €
";

fn table(lines: &str) -> String {
    format!("{HEAD}{lines}")
}

fn gives(lines: &str, facts: &str, euros: i128) {
    assert_eq!(paid(&table(lines), facts), [cents(euros * 100), cents(euros * 100)], "{lines}{facts}");
}

#[test]
fn an_amount_by_age_and_sex() {
    gives(BY_AGE, "âge: 29\nsexe: F", 10);
    gives(BY_AGE, "âge: 29\nsexe: M", 12);
    gives(BY_AGE, "âge: 30\nsexe: F", 15);
    gives(BY_AGE, "âge: 30\nsexe: M", 15);
    // What is not known leaves what its answers give.
    gives(BY_AGE, "âge: 40", 15);
    assert_eq!(paid(&table(BY_AGE), "âge: 20"), [cents(1000), cents(1200)]);
    assert_eq!(paid(&table(BY_AGE), "sexe: F"), [cents(1000), cents(1500)]);
}

#[test]
fn cells_are_categories_scales_truths_and_numbers() {
    let lines = "catégorie, locataire, zone
    modeste, oui, A : 100 €
    modeste, oui, à partir de B : 80 €
    modeste, non, A ou B ou C : 50 €
    aisée, oui ou non, jusqu'à B : 20 €
    dans les autres cas : 5 €
";
    for (facts, euros) in [
        ("revenu: 1000 €\nlocataire: oui\nzone: A", 100),
        ("revenu: 1000 €\nlocataire: oui\nzone: C", 80),
        ("revenu: 1000 €\nlocataire: non\nzone: C", 50),
        ("revenu: 1000,01 €\nlocataire: oui\nzone: B", 20),
        ("revenu: 1000,01 €\nlocataire: non\nzone: C", 5),
    ] {
        gives(lines, facts, euros);
    }
    let exact = "âge, zone
    0, A ou B ou C : 1 €
    1 ou 2, A : 2 €
    1 ou 2, B ou C : 3 €
    plus de 2, A ou B ou C : 4 €
";
    for (age, zone, euros) in [(0, "C", 1), (1, "A", 2), (2, "B", 3), (3, "A", 4)] {
        gives(exact, &format!("âge: {age}\nzone: {zone}"), euros);
    }
}

/// Bounds may be worked out; elements have their table; what a table gives is any value.
#[test]
fn tables_of_any_value() {
    let items = "\
dossier
  plafond : montant ≥ 0 €
  agents : liste
  agents.paie : montant ≥ 0 €
  agents.cadre : oui ou non

définition agents.groupe : parmi un, deux, trois
  vaut selon paie, cadre
    jusqu'à plafond, non : un
    plus de plafond, non : deux
    jusqu'à plafond, oui : deux
    plus de plafond, oui : trois

critère c
  selon T « x »
  exige (nombre d'agents dont groupe est deux) = 2

décision d
  favorable si tous les critères sont remplis
";
    let facts = |third: &str| {
        format!(
            "plafond: 2000 €\nagents:\n  - {{paie: 2000 €, cadre: non}}\n  - {{paie: 2001 €, cadre: non}}\n  - {{paie: {third}, cadre: oui}}"
        )
    };
    assert_eq!(decided(items, &facts("2000")).outcome, Outcome::Favourable);
    assert_eq!(decided(items, &facts("'2000,01 €'")).criteria[0].status, Status::NotMet);
}

#[test]
fn gaps_and_overlaps_are_told_with_an_example() {
    for (lines, code, says) in [
        (
            "âge, sexe\n    moins de 30, F : 10 €\n    moins de 31, M : 12 €\n    à partir de 30, F ou M : 15 €\n",
            "cas-qui-se-recouvrent",
            "deux lignes du tableau s'appliquent à la fois, par exemple si âge = 30 et sexe est M",
        ),
        (
            "âge, sexe\n    moins de 30, F : 10 €\n    moins de 29, M : 12 €\n    à partir de 30, F ou M : 15 €\n",
            "cas-oublie",
            "aucune ligne ne s'applique, par exemple si âge = 29 et sexe est M",
        ),
        ("âge, sexe\n    moins de 30, F : 10 €\n    à partir de 30 : 15 €\n", "case-manquante", "une case"),
        (
            "âge, sexe\n    moins de 30, F : 10 €\n    au-delà, F ou M : 15 €\n",
            "case-sans-borne",
            "« au-delà »",
        ),
        (
            "âge, sexe\n    dans les autres cas : 10 €\n    moins de 30, F : 15 €\n",
            "autres-cas-avant-la-fin",
            "viennent en dernier",
        ),
        (
            "âge, revenu par tranches\n    moins de 30, jusqu'à 10 € : 10 %\n",
            "tranches-de-plusieurs",
            "une seule chose",
        ),
        ("âge, sexe\n", "bareme-vide", "ce tableau n'a aucune ligne"),
        (
            "âge, sexe\n    moins de 30, X ou M : 10 €\n    dans les autres cas : 1 €\n",
            "option-inconnue",
            "« X »",
        ),
        ("sexe, âge\n    moins de 30, F : 10 €\n    dans les autres cas : 1 €\n", "ordre-du-tableau", ""),
    ] {
        let (found, text) = refused(&table(lines));
        assert_eq!(found, [code], "{lines}{text}");
        assert!(text.contains(says), "{lines}{text}");
    }
}

#[test]
fn the_explanation_names_the_line() {
    let (policy, dossier, decision) = ready(&table(BY_AGE), "âge: 29\nsexe: M");
    let options = TextOptions { explain: Explain::Full, ..TextOptions::default() };
    let report = text::decision(&policy, &dossier, &decision, &options).replace(['\u{a0}', '\u{202f}'], " ");
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in ["« moins de 30, M : 12 € »", "âge : 29 (au plus 29)", "sexe : M"] {
        assert!(report.contains(line), "« {line} »\n{report}");
    }
}
