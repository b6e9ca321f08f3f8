//! The file in which a decision is approved: the decision as people read it, then each point in a line,
//! then why it was approved.

use std::collections::HashMap;

use super::compare::{Difference, differences};
use super::points::points;
use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::render::{Explain, Lang, layout, markdown};

/// The title of the part that tells each point in a line.
const POINTS: &str = "Point par point";

/// What stands before the reason.
const BECAUSE: &str = "Approuvé parce que : ";

/// The text of a decision, to be approved. It holds neither path nor hash nor place in a file.
pub fn text(policy: &Policy, dossier: &Dossier, decision: &Decision) -> String {
    let mut text = markdown::decision(policy, dossier, decision, Explain::Brief, Lang::Fr);
    text.push_str(&format!("\n## {POINTS}\n\n"));
    for (title, said) in points(policy, dossier, decision) {
        let line = format!("{title} : {said}");
        text.push_str(&format!("- {}\n", layout::clean(&Lang::Fr.typeset(&line))));
    }
    text
}

/// The same with the reason for which it was approved.
pub fn with_reason(text: &str, reason: Option<&str>) -> String {
    match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{text}\n{BECAUSE}{}\n", layout::clean(reason)),
        None => text.to_owned(),
    }
}

/// A file that was approved: the decision, and the reason where one was given.
pub fn read(file: &str) -> (String, Option<String>) {
    let file = file.replace("\r\n", "\n");
    match file.rsplit_once(&format!("\n{BECAUSE}")) {
        Some((text, reason)) if !reason.trim_end().contains('\n') => {
            (text.to_owned(), Some(reason.trim().to_owned()))
        }
        Some(_) | None => (file, None),
    }
}

/// What differs between an approved decision and the one of now, both without their reasons.
pub fn compare(before: &str, after: &str) -> Vec<Difference> {
    // Which kind of space stands in a line is no difference.
    let plain = |line: &str| line.replace(['\u{a0}', '\u{202f}'], " ");
    let now: HashMap<String, &str> = after.lines().map(|line| (plain(line), line)).collect();
    let before: String =
        before.lines().flat_map(|line| [now.get(&plain(line)).copied().unwrap_or(line), "\n"]).collect();
    if before == after { Vec::new() } else { differences(&before, after, POINTS) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_kept_apart() {
        let file = with_reason("# Titre\n", Some("lu avec l'ARS"));
        assert_eq!(read(&file), ("# Titre\n".to_owned(), Some("lu avec l'ARS".to_owned())));
        assert_eq!(read("# Titre\n"), ("# Titre\n".to_owned(), None));
        assert_eq!(with_reason("# Titre\n", Some("  ")), "# Titre\n");
    }
}
