//! Limits: at each of them, and one past it; on the stack of a thread.

use std::fmt::Write as _;

use conforme::check::{Checked, check};
use conforme::limits;
use conforme::source::SourceFile;

use super::messages;

/// Checks a file on a stack of 2 MiB; its codes, and its messages.
fn on_a_small_stack(text: String) -> (Vec<&'static str>, String) {
    let run = move || {
        let file = SourceFile::new("essai/essai.pol", text);
        let Checked { diagnostics, .. } = check(&file);
        (diagnostics.iter().map(|d| d.code).collect(), messages(&file, &diagnostics))
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run).expect("a thread starts");
    thread.join().expect("the check returns")
}

fn policy(facts: &str, items: &str) -> String {
    format!(
        "dispositif essai « Essai »\n  en vigueur depuis le 1er janvier 2025\n\ndossier\n  population : entier ≥ 0\n    \
         « Combien ? »\n{facts}\n{items}\n\ncritère taille\n  exige population ≥ 3\n\ndécision aide\n  \
         favorable si tous les critères sont remplis\n"
    )
}

#[test]
fn options_of_a_choice() {
    let choice = |count: usize| {
        let names: Vec<String> = (0..count).map(|i| format!("option n{i}")).collect();
        policy(
            &format!("  choix : parmi {}\n    « Lequel ? »\n", names.join(", ")),
            "critère choisi\n  exige choix est option n0",
        )
    };
    assert_eq!(on_a_small_stack(choice(limits::OPTIONS)).0, [""; 0]);
    let (codes, text) = on_a_small_stack(choice(limits::OPTIONS + 1));
    assert_eq!(codes, ["trop-d-options"], "{text}");
    insta::assert_snapshot!(text.lines().next().unwrap_or_default(), @"× 129 options, alors que la limite est de 128  [trop-d-options]");
}

#[test]
fn combinations_of_readings() {
    let readings = |count: usize| {
        let mut items = String::new();
        let mut reads = Vec::new();
        for i in 0..count {
            let _ = write!(
                items,
                "lecture l{i}\n  « Laquelle ? »\n  - large : selon loi « a »\n  - stricte : selon loi « b »\n\n"
            );
            reads.push(format!("    - l{i} est large"));
        }
        let source = "source loi « Loi », texte opposable\n\n";
        policy("", &format!("{source}{items}critère lu\n  exige\n{}", reads.join("\n")))
    };
    assert_eq!(on_a_small_stack(readings(6)).0, [""; 0]);
    assert_eq!(on_a_small_stack(readings(7)).0, ["trop-de-lectures"]);
}

#[test]
fn depth_of_an_expression() {
    let sum = |terms: usize| {
        let sum = vec!["population"; terms].join(" + ");
        policy("", &format!("critère somme\n  exige {sum} ≥ 3"))
    };
    // The comparison is one more level, and so is each sign.
    assert_eq!(on_a_small_stack(sum(limits::EXPRESSION_DEPTH - 1)).0, [""; 0]);
    assert_eq!(on_a_small_stack(sum(limits::EXPRESSION_DEPTH + 1)).0.len(), 1);
    assert_eq!(on_a_small_stack(sum(20 * limits::EXPRESSION_DEPTH)).0.len(), 1);
}

#[test]
fn depth_of_clauses() {
    let caps = |count: usize| {
        let caps = "  plafonné à 10 000 €\n".repeat(count);
        policy("", &format!("financement dotation\n  montant population × 10 €\n{caps}  une fois"))
    };
    assert_eq!(on_a_small_stack(caps(limits::EXPRESSION_DEPTH - 2)).0, [""; 0]);
    assert_eq!(on_a_small_stack(caps(limits::EXPRESSION_DEPTH + 20)).0, ["trop-imbrique"]);
}

#[test]
fn long_chains_of_definitions() {
    let mut items = String::new();
    for i in 0..2_000 {
        let _ = write!(items, "définition d{i}\n  vaut d{} + 1\n\n", i + 1);
    }
    items.push_str("définition d2000\n  vaut population\n\ncritère chaîne\n  exige d0 ≥ 3 000");
    assert_eq!(on_a_small_stack(policy("", &items)).0, ["calcul-trop-profond"]);
}

#[test]
fn a_long_loop_is_one_message() {
    let mut items = String::new();
    for i in 0..2_000 {
        let _ = write!(items, "définition d{i}\n  vaut d{} + 1\n\n", (i + 1) % 2_000);
    }
    items.push_str("critère chaîne\n  exige d0 ≥ 3");
    let (codes, text) = on_a_small_stack(policy("", &items));
    assert_eq!(codes, ["boucle"]);
    assert!(text.lines().next().is_some_and(|line| line.len() < 400), "{text}");
}

/// A quarter of the longest file, in which every name is wrong: nothing compares each with each, or this
/// would not come to its end.
#[test]
fn many_mistakes_are_all_found() {
    let mut items = String::new();
    let mut count = 0;
    while items.len() < limits::POLICY_BYTES / 4 {
        let _ = write!(items, "définition nombre{count}\n  vaut inconnue{count} + adhérente{count}\n\n");
        count += 1;
    }
    let (codes, _) = on_a_small_stack(policy("", &items));
    assert!(codes.len() >= count);
}
