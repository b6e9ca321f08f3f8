//! Scales have neither gap nor overlap over the whole domain of what they are read by.

use crate::silent;

const FACTS: &str = "  population : entier ≥ 1\n  ressources : montant ≥ 0 €\n  part : pourcentage ≥ 0 %";

#[test]
fn whole_numbers_step_by_one() {
    silent(
        FACTS,
        "définition d\n  vaut selon population\n    jusqu'à 4 000 : 1\n    de 4 001 à 8 000 : 2\n    à partir de 8 001 : 3",
    );
    silent(
        FACTS,
        "définition d\n  vaut selon population\n    moins de 4 000 : 1\n    de 4 000 à moins de 8 000 : 2\n    au-delà : 3",
    );
    shown!(FACTS, "définition d\n  vaut selon population\n    jusqu'à 39 999 : 1\n    plus de 40 000 : 2");
    shown!(
        FACTS,
        "définition d\n  vaut selon population\n    jusqu'à 80 000 : 1\n    à partir de 80 000 : 2"
    );
    shown!(FACTS, "définition d\n  vaut selon population\n    de 10 à 30 : 1\n    au-delà : 2");
}

#[test]
fn amounts_step_by_one_cent() {
    silent(
        FACTS,
        "définition d\n  vaut selon ressources\n    jusqu'à 99,99 € : 1\n    à partir de 100 € : 2",
    );
    shown!(FACTS, "définition d\n  vaut selon ressources\n    moins de 100 € : 1\n    plus de 100,01 € : 2");
}

#[test]
fn a_computed_number_is_dense() {
    silent(
        FACTS,
        "définition d\n  vaut selon part\n    moins de 10 % : 1\n    de 10 % à moins de 20 % : 2\n    au-delà : 3",
    );
    shown!(
        FACTS,
        "définition d\n  vaut selon part\n    jusqu'à 10 % : 1\n    de 11 % à 20 % : 2\n    au-delà : 3"
    );
    shown!(
        FACTS,
        "définition d\n  vaut selon ressources ÷ population\n    jusqu'à 10 € : 1\n    de 10,01 € à 20 € : 2\n    au-delà : 3"
    );
}

#[test]
fn the_last_line() {
    shown!(FACTS, "définition d\n  vaut selon population\n    jusqu'à 10 : 1\n    de 11 à 40 : 2");
    silent(
        "  part : pourcentage ≥ 0 % ≤ 100 %",
        "définition d\n  vaut selon part\n    moins de 50 % : 1\n    de 50 % à 100 % : 2",
    );
}

#[test]
fn overlapping_ranges() {
    shown!(
        FACTS,
        "définition d\n  vaut selon population\n    jusqu'à 10 : 1\n    de 11 à 30 : 2\n    de 20 à 40 : 3\n    au-delà : 4"
    );
}

#[test]
fn dates_go_by_day() {
    let facts = "  reçue le : date";
    silent(
        facts,
        "définition d\n  vaut selon reçue le\n    jusqu'à 31 décembre 2024 : 1\n    à partir de 1er janvier 2025 : 2",
    );
    shown!(
        facts,
        "définition d\n  vaut selon reçue le\n    jusqu'à 30 décembre 2024 : 1\n    à partir de 1er janvier 2025 : 2"
    );
}

#[test]
fn options_are_named_once() {
    let facts = "  zone : parmi rouge, orange, verte";
    silent(facts, "définition d\n  vaut selon zone\n    rouge, orange : 1\n    verte : 2");
    shown!(facts, "définition d\n  vaut selon zone\n    rouge : 1");
    shown!(facts, "définition d\n  vaut selon zone\n    rouge : 1\n    orange, verte : 2\n    rouge : 3");
}

#[test]
fn ends_that_are_parameters_or_multiples() {
    let ceiling = "paramètre plafond\n  vaut 10 000 € depuis le 1er janvier 2024\n  vaut 12 000 € depuis le 1er janvier 2026\n";
    silent(
        FACTS,
        &format!(
            "{ceiling}définition d\n  vaut selon ressources\n    jusqu'à plafond : 1\n    plus de plafond jusqu'à 2 × plafond : 2\n    au-delà : 3"
        ),
    );
    shown!(
        FACTS,
        &format!(
            "{ceiling}définition d\n  vaut selon ressources\n    jusqu'à 10 000 € : 1\n    plus de plafond : 2"
        )
    );
}

const WORKED_OUT: &str = "  coût : montant ≥ 0 €\n  ressources : montant ≥ 0 €\n  revenu : montant\n  enfants : entier ≥ 0\n  zone : parmi A, B\n  reçue le : date";

/// A scale of costs, after some items.
fn scale(items: &str, lines: &[&str]) -> String {
    let lines: Vec<String> =
        lines.iter().enumerate().map(|(rank, line)| format!("    {line} : {rank}\n")).collect();
    format!("{items}définition d\n  vaut selon coût\n{}", lines.concat())
}

#[test]
fn bounds_that_are_multiples_of_a_quantity() {
    let silent = |lines: &[&str]| silent(WORKED_OUT, &scale("", lines));
    silent(&["moins de ressources", "de ressources à moins de 2 × ressources", "au-delà"]);
    silent(&["jusqu'à ressources + 1 €", "plus de ressources + 1 € jusqu'à 2 × ressources + 1 €", "au-delà"]);
    shown!(
        WORKED_OUT,
        &scale("", &["moins de ressources", "de 2 × ressources à moins de 3 × ressources", "au-delà"])
    );
    shown!(WORKED_OUT, &scale("", &["moins de ressources", "de ressources à 500 €", "au-delà"]));
    shown!(WORKED_OUT, &scale("", &["moins de revenu", "de revenu à moins de 2 × revenu", "au-delà"]));
}

#[test]
fn bounds_that_are_worked_out_are_in_order() {
    let silent = |items: &str, lines: &[&str]| silent(WORKED_OUT, &scale(items, lines));
    let lines = ["jusqu'à a", "plus de a jusqu'à b", "au-delà"];
    let by_zone = |a: &str, b: &str| {
        format!(
            "définition a\n  vaut {a} si zone est A\n  vaut 300 € dans les autres cas\ndéfinition b\n  vaut {b} si zone est A\n  vaut 400 € dans les autres cas\n"
        )
    };
    silent(&by_zone("200 €", "250 €"), &lines);
    silent("définition a\n  vaut 100 € × enfants\ndéfinition b\n  vaut 150 € × enfants\n", &lines);
    silent(
        "définition a\n  vaut ressources plafonné à 100 €\ndéfinition b\n  vaut ressources plafonné à 200 €\n",
        &lines,
    );
    silent(
        "définition a\n  vaut 30 % × ressources arrondi à l'euro\ndéfinition b\n  vaut a majoré de 10 %\n",
        &lines,
    );
    silent(
        "cohérence r\n  exige revenu ≥ ressources\n",
        &["jusqu'à ressources", "plus de ressources jusqu'à revenu", "au-delà"],
    );
    shown!(WORKED_OUT, &scale(&by_zone("450 €", "440 €"), &lines));
    shown!(
        WORKED_OUT,
        &scale("définition a\n  vaut 100 € × enfants\ndéfinition b\n  vaut 500 € + 50 € × enfants\n", &lines)
    );
    shown!(
        WORKED_OUT,
        &scale(
            "définition a\n  vaut 30 % × ressources\ndéfinition b\n  vaut 20 % × ressources augmenté de 1 000 €\n",
            &lines
        )
    );
}

/// Parameters: the order holds in each stretch of time.
#[test]
fn bounds_that_are_worked_out_from_parameters() {
    let items = |second: &str| {
        format!(
            "paramètre premier\n  vaut 10 € depuis le 1er janvier 2024\n  vaut 20 € depuis le 1er janvier 2026\n\
             paramètre second\n  vaut 15 € depuis le 1er janvier 2024\n  vaut {second} depuis le 1er janvier 2026\n"
        )
    };
    let lines =
        ["jusqu'à premier × enfants", "plus de premier × enfants jusqu'à second × enfants", "au-delà"];
    silent(WORKED_OUT, &scale(&items("25 €"), &lines));
    shown!(WORKED_OUT, &scale(&items("19 €"), &lines));
}

#[test]
fn lines_meet_at_bounds_that_are_worked_out() {
    let silent = |lines: &[&str]| silent(WORKED_OUT, &scale("", lines));
    let shown = |lines: &[&str]| crate::refused(WORKED_OUT, &scale("", lines));
    // Whole cents on both sides: the next one begins a line.
    silent(&["jusqu'à ressources", "à partir de ressources + 0,01 €"]);
    silent(&["jusqu'à 10 % × ressources", "plus de ressources × 10 %"]);
    for (lines, says) in [
        (["jusqu'à ressources", "à partir de ressources"], "« ressources » est dans deux lignes du barème"),
        (["moins de ressources", "plus de ressources"], "rien n'est prévu pour « ressources »"),
        (["jusqu'à ressources", "plus de ressources + 1 €"], "l'une finit à 0 €, l'autre commence à 1 €"),
        (["jusqu'à ressources", "plus de ressources - 1 €"], "l'une finit à 0 €, l'autre commence à -1 €"),
        (["de ressources à 2 × ressources", "au-delà"], "rien n'est prévu en dessous de « ressources »"),
    ] {
        let text = shown(&lines);
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(says), "{text}");
    }
}

/// No dossier is invented: where none is found, the message says that no proof is.
#[test]
fn an_order_that_is_not_proved_has_no_example() {
    let items =
        "définition a\n  vaut somme de agents.paie dont chef\ndéfinition b\n  vaut somme de agents.paie\n";
    let facts =
        format!("{WORKED_OUT}\n  agents : liste\n  agents.paie : montant ≥ 0 €\n  agents.chef : oui ou non");
    let text = crate::refused(&facts, &scale(items, &["jusqu'à a", "plus de a jusqu'à b", "au-delà"]));
    assert!(text.contains("rien ne prouve que « a » ne dépasse jamais « b »"), "{text}");
}
