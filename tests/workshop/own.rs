//! The project's own cases: the same as `conforme test` decides, over the same files.

use crate::{conforme, policies};

#[test]
fn every_case_is_as_approved() {
    conforme().args(["test", "--policies"]).arg(policies()).assert().code(0);
}

#[test]
fn every_case_states_by_hand_what_it_must_come_to() {
    for policy in ["ess", "csq"] {
        for entry in std::fs::read_dir(policies().join(policy).join("cases")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(text.contains("\nattendu:\n  décision: "), "{}", path.display());
            }
        }
    }
}

#[test]
fn the_cases_show_all_that_can_be_shown_of_the_policies() {
    conforme().args(["test", "--coverage", "--policies"]).arg(policies()).assert().code(0);
}
