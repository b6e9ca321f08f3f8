//! The changes that no case notices, for programs.

use serde_json::{Value, json};

use super::text::Tally;

/// One object.
pub fn report(tally: &Tally) -> Value {
    let unseen: Vec<Value> = tally
        .unseen
        .iter()
        .map(|(mutation, witness)| {
            json!({
                "item": mutation.item,
                "file": mutation.file,
                "line": mutation.line,
                "before": mutation.before,
                "after": mutation.after,
                "witness": witness.as_ref().map(|witness| witness.sketch.yaml(&tally.policy, "Témoin")),
                "near": witness.as_ref().and_then(|witness| witness.near.as_ref()),
            })
        })
        .collect();
    json!({
        "schema": "conforme.mutations/1",
        "policy": tally.policy,
        "tried": tally.tried,
        "refused": tally.refused,
        "noticed": tally.noticed,
        "same": tally
            .same
            .iter()
            .map(|(mutation, reason)| {
                json!({"item": mutation.item, "file": mutation.file, "line": mutation.line,
                       "before": mutation.before, "after": mutation.after, "reason": reason})
            })
            .collect::<Vec<_>>(),
        "unseen": unseen,
        "dossiers": tally.dossiers,
        "budget": {"steps": tally.steps, "untold": tally.untold, "unsought": tally.unsought},
    })
}
