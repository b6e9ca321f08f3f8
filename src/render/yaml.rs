//! A decision as YAML: the same keys and values as the JSON, in the same order.

use serde::Deserialize as _;

use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::render::Explain;
use crate::render::json::Printer;

/// A decision as one YAML document.
pub fn decision(policy: &Policy, dossier: &Dossier, decision: &Decision, explain: Explain) -> String {
    from_json(&Printer::new(policy).explaining(explain).decision(dossier, decision))
}

/// Stack for a document as deep as `limits::CALCULATION_DEPTH` allows: the YAML library recurses, with
/// large frames in a build without optimisation.
const STACK: usize = 64 << 20;

/// What our own JSON says, in YAML.
pub fn from_json(json: &str) -> String {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        match builder.spawn_scoped(scope, || converted(json)) {
            Ok(thread) => thread.join().unwrap_or_default(),
            // Without a thread of its own: on this one.
            Err(_) => converted(json),
        }
    })
}

fn converted(json: &str) -> String {
    // Our own JSON nests deeper than a reader of foreign JSON would allow. A YAML mapping keeps the
    // order of its keys; numbers past what a double holds are texts.
    let mut reader = serde_json::Deserializer::from_str(json);
    reader.disable_recursion_limit();
    serde_yaml::Value::deserialize(&mut reader)
        .ok()
        .and_then(|value| serde_yaml::to_string(&value).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_keep_their_order() {
        assert_eq!(super::from_json(r#"{"b":1,"a":["oui",null]}"#), "b: 1\na:\n- oui\n- null\n");
    }
}
