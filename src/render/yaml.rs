//! A decision as YAML: the same keys and values as the JSON, in the same order.

use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;

/// A decision as one YAML document.
pub fn decision(policy: &Policy, dossier: &Dossier, decision: &Decision) -> String {
    from_json(&super::json::decision(policy, dossier, decision))
}

/// What our own JSON says, in YAML.
pub(crate) fn from_json(json: &str) -> String {
    // A YAML mapping keeps the order of its keys; numbers past what a double holds are texts.
    serde_json::from_str::<serde_yaml::Value>(json)
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
