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
    let facts = "  coût : montant ≥ 0 €\n  ressources : montant ≥ 0 €";
    silent(
        facts,
        "définition d\n  vaut selon coût\n    moins de ressources : 1\n    de ressources à moins de 2 × ressources : 2\n    au-delà : 3",
    );
    shown!(
        facts,
        "définition d\n  vaut selon coût\n    moins de ressources : 1\n    de 2 × ressources à moins de 3 × ressources : 2\n    au-delà : 3"
    );
    shown!(
        facts,
        "définition d\n  vaut selon coût\n    moins de ressources : 1\n    de ressources à 500 € : 2\n    au-delà : 3"
    );
}
