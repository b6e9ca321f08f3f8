//! A period as people and programs write it: its first day, and its last one unless it goes on.

use super::day::date;
use super::fault::Fault;
use crate::text;
use crate::time::Date;

/// What stands before the first day of a period that goes on.
const SINCE: [&str; 4] = ["depuis ", "à compter du ", "à partir du ", "dès le "];

/// `du 15/01/2025 au 10/03/2025`, `depuis le 15/01/2025`, `2025-01-15/2025-03-10`.
pub(super) fn period(written: &str) -> Result<(Date, Option<Date>), Fault> {
    let words = text::tidy(written);
    let lower = words.to_lowercase();
    let cut = |at: usize| words.get(at..).unwrap_or("").trim();
    if let Some(since) = SINCE.iter().find(|since| lower.starts_with(**since)) {
        return Ok((date(without_article(cut(since.len())))?, None));
    }
    let ends = match lower.strip_prefix("du ").and_then(|rest| rest.find(" au ")) {
        Some(at) => {
            let last = cut("du ".len() + at + " au ".len());
            Some((words.get("du ".len().."du ".len() + at).unwrap_or("").trim(), last))
        }
        None => words.split_once('/').filter(|(first, last)| first.len() == 10 && last.len() == 10),
    };
    let Some((first, last)) = ends else {
        return Err(Fault::kind("deux dates sont attendues ici"));
    };
    let first = date(first)?;
    if text::fold(last) == GOES_ON {
        return Ok((first, None));
    }
    Ok((first, Some(date(last)?)))
}

fn without_article(words: &str) -> &str {
    words.strip_prefix("le ").unwrap_or(words)
}

/// What is said of the last day of a period that goes on.
pub(super) const GOES_ON: &str = "en cours";

/// How a period is written.
pub(super) const FORMS: &str =
    "écrire « du 15/01/2025 au 10/03/2025 », ou « depuis le 15/01/2025 » si elle court encore";
