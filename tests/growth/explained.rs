use std::fmt::Write as _;

use conforme::policy::Policy;
use conforme::render::Explain;
use conforme::render::json::Printer;
use serde_json::Value;

use super::{decide, policy, read};

fn lines() -> Policy {
    policy(
        "  lignes : liste\n    « Quelles lignes ? »\n  lignes.prix : montant ≥ 0 €\n    « Quel prix ? »\n",
        "critère total\n  selon loi\n  exige (somme de lignes.prix) ≥ 5 €\n\n\
         financement prime\n  selon loi\n  montant (somme de lignes.prix) plafonné à 100 €\n\n",
    )
}

/// What a decision of so many lines is printed as.
fn printed(policy: &Policy, count: usize, explain: Explain) -> String {
    let mut answers = "lignes:\n".to_owned();
    (0..count).for_each(|n| writeln!(answers, "  - {{prix: {n}}}").unwrap());
    let dossier = read(policy, &answers);
    let decision = decide(policy, &dossier).unwrap();
    Printer::new(policy).explaining(explain).decision(&dossier, &decision)
}

#[test]
fn without_its_trees_a_decision_does_not_grow_with_the_dossier() {
    let policy = lines();
    for explain in [Explain::None, Explain::Brief] {
        let [few, many] = [10, 10_000].map(|count| printed(&policy, count, explain));
        assert!(many.len() < 4_096, "{} bytes: {many}", many.len());
        assert!(many.len() < few.len() + 64, "{} bytes, {} of few lines", many.len(), few.len());
    }
    assert!(printed(&policy, 10_000, Explain::Full).len() > 1_000_000);
}

/// What is left of a decision that is explained in full, where less is told.
fn without(keys: &[&str], json: &mut Value) {
    match json {
        Value::Object(map) => {
            map.retain(|key, _| !keys.contains(&key.as_str()));
            map.values_mut().for_each(|value| without(keys, value));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| without(keys, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn what_is_told_is_the_same_whatever_is_explained() {
    let policy = lines();
    let read = |explain| -> Value { serde_json::from_str(&printed(&policy, 3, explain)).unwrap() };
    let full = read(Explain::Full);
    assert_eq!(full.get("explain"), None);
    for (explain, name, left_out) in [
        (Explain::Brief, "brief", &["because"][..]),
        (
            Explain::None,
            "none",
            &["because", "summary", "sources", "to_meet", "to_meet_facts", "out_of_reach"][..],
        ),
    ] {
        let mut less = read(explain);
        assert_eq!(less["explain"], name);
        without(&["explain"], &mut less);
        let mut expected = full.clone();
        without(left_out, &mut expected);
        assert_eq!(less, expected);
    }
}
