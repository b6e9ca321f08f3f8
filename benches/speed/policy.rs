//! The policies under which they are decided.

use std::sync::Arc;

use conforme::policy::{Policy, ReadingId};
use conforme::source::SourceFile;

/// The ESS policy as it is.
pub const ESS: &str = include_str!("../../policies/ess/ess.pol");

pub fn file(text: &str) -> Arc<SourceFile> {
    SourceFile::new("ess/ess.pol", text)
}

pub fn policy(text: &str) -> Policy {
    let checked = conforme::check::check(&file(text));
    checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics.first()))
}

/// The ESS policy with so many copies of each criterion, each under a name of its own. The copies cite
/// and note nothing: a policy file is bounded.
pub fn with_copies(copies: usize) -> String {
    let mut text = String::with_capacity(ESS.len() + copies * 2_000);
    for item in items() {
        text.push_str(item);
        if let Some(rest) = item.strip_prefix("critère ") {
            let (name, body) = rest.split_once('\n').expect("a criterion has a body");
            let clauses = body.split_inclusive('\n').skip_while(|line| !line.trim().starts_with("exige"));
            let clauses = clauses.take_while(|line| !line.trim().starts_with("note"));
            let clauses: String = clauses.filter(|line| !line.trim().starts_with("selon")).collect();
            for copy in 1..copies {
                text.push_str(&format!("critère {name} {copy}\n{}\n", clauses.trim_end()));
            }
        }
    }
    text
}

/// The items of the ESS policy, each from its first line to the next item.
fn items() -> Vec<&'static str> {
    let starts = |line: &str| line.starts_with(char::is_alphabetic) || line.starts_with('#');
    let mut cuts = vec![0];
    let mut at = 0;
    for line in ESS.split_inclusive('\n') {
        if at > 0 && starts(line) {
            cuts.push(at);
        }
        at += line.len();
    }
    cuts.push(at);
    cuts.windows(2).map(|pair| &ESS[pair[0]..pair[1]]).collect()
}

/// The readings that the native function takes for granted, in a policy's own terms.
pub fn readings(policy: &Policy, wanted: &[(&str, &str)]) -> Vec<(ReadingId, u16)> {
    wanted
        .iter()
        .map(|(name, option)| {
            let rank = policy.readings.iter().position(|reading| *reading.head.name == **name);
            let rank = rank.expect("the policy has this reading");
            let options = &policy.choices[policy.readings[rank].choice.index()].options;
            let option = options.iter().position(|own| **own == **option).expect("it has this option");
            (ReadingId(rank as u32), option as u16)
        })
        .collect()
}
