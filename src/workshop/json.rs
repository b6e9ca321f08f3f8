//! What came of the cases, for programs.

use serde_json::{Value, json};

use super::case::{Judged, Orphan, Verdict};
use super::compare::{Change, Difference};
use super::expected::Failure;
use crate::render::diagnostics;

/// One object, with an entry a case.
pub fn report(judged: &[Judged], orphans: &[Orphan]) -> Value {
    json!({
        "schema": "conforme.tests/1",
        "cases": judged.iter().map(case).collect::<Vec<_>>(),
        "without_dossier": orphans
            .iter()
            .map(|orphan| json!({"policy": orphan.policy, "case": orphan.name}))
            .collect::<Vec<_>>(),
    })
}

fn case(case: &Judged) -> Value {
    let (status, differences) = match &case.verdict {
        Verdict::AsApproved => ("as_approved", Vec::new()),
        Verdict::Reworded => ("reworded", Vec::new()),
        Verdict::Differs(found) => ("differs", found.iter().map(difference).collect()),
        Verdict::NeverApproved => ("never_approved", Vec::new()),
        Verdict::Broken(_) => ("broken", Vec::new()),
    };
    let mistakes = match &case.verdict {
        Verdict::Broken(mistakes) => diagnostics::json(mistakes),
        Verdict::AsApproved | Verdict::Reworded | Verdict::Differs(_) | Verdict::NeverApproved => {
            diagnostics::json(&[])
        }
    };
    // What the printer of diagnostics wrote is put in as it is.
    let mistakes: Value = serde_json::from_str(&mistakes).unwrap_or(Value::Null);
    json!({
        "policy": case.policy,
        "case": case.name,
        "status": status,
        "passes": case.passes(),
        "differences": differences,
        "expected": case.failures.iter().map(failure).collect::<Vec<_>>(),
        "reason": case.reason,
        "diagnostics": mistakes["diagnostics"],
    })
}

fn failure(Failure { name, stated, decided }: &Failure) -> Value {
    json!({"point": name, "stated": stated, "decided": decided})
}

fn difference(difference: &Difference) -> Value {
    match difference {
        Difference::Point { name, before, after } => json!({"point": name, "before": before, "after": after}),
        Difference::Passage { title, lines } => {
            let of = |wanted: Change| -> Vec<&str> {
                lines.iter().filter(|(change, _)| *change == wanted).map(|(_, line)| line.trim()).collect()
            };
            json!({"passage": title, "before": of(Change::Gone), "after": of(Change::New)})
        }
    }
}
