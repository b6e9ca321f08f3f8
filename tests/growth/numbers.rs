use std::fmt::Write as _;

use conforme::decision::{Outcome, Status};
use conforme::eval::{self, Request};
use conforme::render;
use conforme::time::Date;

use super::{decide, policy, read};

const TOO_LONG: &str = "nombre-calcule-trop-long";

/// `carré 1` is the fact, each that follows the square of the one before.
fn squares(count: usize, of: &str) -> String {
    let mut text = format!("définition carré-1\n  selon loi\n  vaut {of}\n\n");
    for n in 2..=count {
        let before = n - 1;
        write!(text, "définition carré-{n}\n  selon loi\n  vaut carré-{before} × carré-{before}\n\n")
            .unwrap();
    }
    text
}

const NUMBER: &str = "  x : nombre\n    « Combien ? »\n";

fn outcome(facts: &str, rules: &str, answers: &str) -> Result<Outcome, Vec<&'static str>> {
    let policy = policy(facts, rules);
    decide(&policy, &read(&policy, answers)).map(|decision| decision.outcome)
}

fn criterion(requires: &str) -> String {
    format!("critère grand\n  selon loi\n  exige {requires}\n\n")
}

#[test]
fn a_number_may_be_as_long_as_the_limit_and_no_longer() {
    // 2^16384, so that 2^16384 × 2^16383 has 32 768 bits.
    let chain = squares(15, "x");
    let at = criterion("carré-15 × (carré-15 ÷ 2) ≥ 3");
    assert_eq!(outcome(NUMBER, &format!("{chain}{at}"), "x: 2\n"), Ok(Outcome::Favourable));
    let past = criterion("carré-15 × carré-15 ≥ 3");
    assert_eq!(outcome(NUMBER, &format!("{chain}{past}"), "x: 2\n"), Err(vec![TOO_LONG]));
    // The same below 1, and below 0.
    let at = criterion("carré-15 × (carré-15 ÷ 0,5) < 3");
    assert_eq!(outcome(NUMBER, &format!("{chain}{at}"), "x: 0,5\n"), Ok(Outcome::Favourable));
    let past = criterion("carré-15 × carré-15 < 3");
    assert_eq!(outcome(NUMBER, &format!("{chain}{past}"), "x: 0,5\n"), Err(vec![TOO_LONG]));
    assert_eq!(outcome(NUMBER, &format!("{chain}{past}"), "x: -2\n"), Err(vec![TOO_LONG]));
}

#[test]
fn eighteen_squares_are_refused_at_once_and_shown_where_they_stand() {
    let rules = format!("{}{}", squares(18, "x"), criterion("carré-18 ≥ 3"));
    let policy = policy(NUMBER, &rules);
    let dossier = read(&policy, "x: 1,0001\n");
    let request = Request { examined_on: Date::new(2025, 1, 1).unwrap(), readings: Vec::new() };
    let refused = eval::decide(&policy, &dossier, &request).unwrap_err();
    let text = render::diagnostics::text(&refused, 80, false);
    // 10 001^2048 is the first that is too long.
    assert!(text.contains("« carré-12 × carré-12 »"), "{text}");
    assert!(text.contains("taille d'un nombre calculé"), "{text}");
    assert!(text.contains("arrondi au centime"), "{text}");
    assert!(text.contains("calculé ici"), "{text}");
}

#[test]
fn what_does_not_rest_on_it_is_decided() {
    let chain = squares(18, "x");
    let rules = format!("{chain}{}", criterion("x ≥ 1 ou carré-18 ≥ 3"));
    assert_eq!(outcome(NUMBER, &rules, "x: 1,0001\n"), Ok(Outcome::Favourable));
    // Where the answer is missing, nothing is too long yet: the range has no end.
    let rules = format!("{chain}{}", criterion("carré-18 ≥ 3"));
    assert_eq!(outcome(NUMBER, &rules, "x: inconnu\n"), Ok(Outcome::Incomplete));
}

#[test]
fn an_amount_is_never_made_up() {
    let rules = format!(
        "{}{}financement prime\n  selon loi\n  si x ≥ 0\n  montant 1 € × carré-18\n  au minimum 0 €\n  arrondi au centime\n\n",
        squares(18, "x"),
        criterion("x ≥ 0")
    );
    assert_eq!(outcome(NUMBER, &rules, "x: 1,0001\n"), Err(vec![TOO_LONG]));
    let policy = policy(NUMBER, &rules);
    let due = decide(&policy, &read(&policy, "x: -1,0001\n")).unwrap();
    assert_eq!(due.fundings[0].status, Status::NotApplicable);
}

#[test]
fn a_coherence_rule_that_cannot_be_told_sends_the_dossier_back() {
    // So many factors of 133 bits: 32 688 bits, then 32 821.
    let of = |factors: usize| {
        let product = vec!["x"; factors].join(" × ");
        let rules = format!("cohérence bornes\n  exige {product} ≥ 3\n\n{}", criterion("x ≥ 0"));
        outcome(NUMBER, &rules, &format!("x: {}\n", "9".repeat(40)))
    };
    assert_eq!(of(246), Ok(Outcome::Favourable));
    assert_eq!(of(247), Err(vec![TOO_LONG]));
}

const LOTS: &str = "  lots : liste\n    « Quels lots ? »\n  lots.charges : montant ≥ 0 €\n    « Quelles charges ? »\n  \
                    lots.surface : nombre entre 9 et 200\n    « Quelle surface ? »\n";

fn lots(count: u32) -> String {
    let mut text = "lots:\n".to_owned();
    for n in 0..count {
        // Every surface in hundredths that there is, the same for each run.
        let hundredths = 900 + n * 7_919 % 19_101;
        writeln!(
            text,
            "  - {{charges: {}, surface: \"{},{:02}\"}}",
            n + 1,
            hundredths / 100,
            hundredths % 100
        )
        .unwrap();
    }
    text
}

#[test]
fn a_sum_of_quotients_over_a_long_list_is_exact() {
    let part = "définition lots.part\n  selon loi\n  vaut charges ÷ surface\n\n";
    // Without the common denominator of 27 000 bits, this compares nothing.
    let rules = format!("{part}{}", criterion("(somme de lots.part) - (somme de lots.part) = 0 €"));
    assert_eq!(outcome(LOTS, &rules, &lots(4_000)), Ok(Outcome::Favourable));
    let rules = format!("{part}{}", criterion("(somme de lots.part) ≥ 5 €"));
    assert_eq!(outcome(LOTS, &rules, &lots(4_000)), Ok(Outcome::Favourable));
}

#[test]
fn divisors_of_forty_digits_have_no_common_denominator_that_fits() {
    let facts = "  lots : liste\n    « Quels lots ? »\n  lots.tantièmes : entier ≥ 1\n    « Combien ? »\n";
    let rules = format!(
        "définition lots.part\n  selon loi\n  vaut 1 000 € au prorata de 1 sur tantièmes\n\n{}",
        criterion("(somme de lots.part) ≥ 5 €")
    );
    let mut few = "lots:\n".to_owned();
    let mut many = few.clone();
    for n in 0..500_u32 {
        let line = format!("  - {{tantièmes: 1000000000000000000000000{:05}}}\n", n * 2 + 1);
        if n < 20 {
            few.push_str(&line);
        }
        many.push_str(&line);
    }
    assert_eq!(outcome(facts, &rules, &few), Ok(Outcome::Unfavourable));
    assert_eq!(outcome(facts, &rules, &many), Err(vec![TOO_LONG]));
}

#[test]
fn the_longer_a_list_the_shorter_the_numbers_of_its_elements() {
    let facts = "  lots : liste\n    « Quels lots ? »\n  lots.n : nombre ≥ 0\n    « Combien ? »\n";
    let mut chain = "définition lots.carré-1\n  selon loi\n  vaut n\n\n".to_owned();
    for n in 2..=15 {
        let before = n - 1;
        write!(
            chain,
            "définition lots.carré-{n}\n  selon loi\n  vaut lots.carré-{before} × lots.carré-{before}\n\n"
        )
        .unwrap();
    }
    // 2^(16 384 + 8 192 + 4 096): 28 673 bits, of which 10 000 elements leave 26 843.
    let rules = format!("{chain}{}", criterion("tous les lots vérifient carré-15 × carré-14 × carré-13 ≥ 3"));
    let answers = |count| format!("lots:\n{}", "  - {n: 2}\n".repeat(count));
    assert_eq!(outcome(facts, &rules, &answers(2)), Ok(Outcome::Favourable));
    assert_eq!(outcome(facts, &rules, &answers(10_000)), Err(vec![TOO_LONG]));
}
