//! Which version of a policy a report is about, where there are several.

use crate::policy::{Policy, TextOf};
use crate::wording::{French, Wording};

/// What tells a version from the others, each part with its comma: « , avec l'avenant n° 1 ». Nothing of a
/// text that nothing amends and that goes on.
pub fn told_apart(policy: &Policy) -> String {
    let numbers = |of: &[TextOf]| of.iter().filter_map(|text| text.number).collect::<Vec<u32>>();
    let amendments = |numbers: &[u32]| {
        let called: Vec<String> = numbers.iter().map(|number| format!("n° {number}")).collect();
        match called.split_last() {
            None => String::new(),
            Some((only, [])) => format!("l'avenant {only}"),
            Some((last, others)) => format!("les avenants {} et {last}", others.join(", ")),
        }
    };
    let (with, without) = (numbers(&policy.version.texts), numbers(&policy.version.aside));
    let mut said = String::new();
    if !with.is_empty() {
        said.push_str(&format!(", avec {}", amendments(&with)));
    }
    if !without.is_empty() {
        said.push_str(&format!(", sans {}", amendments(&without)));
    }
    if let Some(until) = policy.until {
        said.push_str(&format!(", jusqu'au {}", French::default().date(until)));
    }
    said
}
