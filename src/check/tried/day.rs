//! A day of each year that is written otherwise than in words: « 31/12 de l'année de D », « 31 déc. de l'année de D ».

use std::sync::Arc;

use super::{changed, errors_of, line_of};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{SourceFile, Span};
use crate::text::plain_letters;
use crate::time::Date;
use crate::wording::MONTHS;

/// What follows the day and its month, in every way in which it is written.
const OF_THE_YEAR: [&str; 8] = [
    "de l'année de ",
    "de l’année de ",
    "de l'année d'",
    "de l'an de ",
    "de la même année que ",
    "l'année de ",
    "année de ",
    "année d'",
];
/// A year that has each day.
const LEAP: i16 = 2000;

/// Offers the day in words, where it is what is wrong with its line.
pub(super) fn settle(file: &Arc<SourceFile>, diagnostics: &mut [Diagnostic]) {
    let of_file = |one: &Diagnostic| one.labels.first().is_some_and(|label| label.file.name() == file.name());
    for one in diagnostics.iter_mut().filter(|one| one.is_error() && of_file(one)) {
        let (start, end) = line_of(file, one);
        let Some((place, says)) = file.text().get(start..end).and_then(|line| written_otherwise(line, start))
        else {
            continue;
        };
        let edit = Edit { file: Arc::clone(file), span: place, text: says.clone() };
        let Some(text) = changed(file.text(), &[edit]) else { continue };
        let after = end + says.len() - place.range().len();
        let here = |left: &Diagnostic| {
            let (from, to) = line_of(file, left);
            !left.labels.is_empty() && from <= after && start <= to
        };
        if !errors_of(file, &text).iter().any(here) {
            let message = "un jour de chaque année s'écrit en toutes lettres".to_owned();
            *one = Diagnostic::error("date-mal-ecrite", message).at(file, place, "").instead(
                file,
                place,
                &[says],
            );
        }
    }
}

/// The words of a line, that starts at some place, which say a day of each year otherwise, and how the language says it.
fn written_otherwise(line: &str, start: usize) -> Option<(Span, String)> {
    for (turn, says) in [("dernier jour", "31 décembre"), ("premier jour", "1er janvier")] {
        let of_year =
            |after: &str| after.starts_with(" de l'année de ") || after.starts_with(" de l’année de ");
        let at = line.find(turn).filter(|at| line.get(at + turn.len()..).is_some_and(of_year));
        if let Some(at) = at {
            return Some((Span::new(start + at, start + at + turn.len()), says.to_owned()));
        }
    }
    let year = OF_THE_YEAR.iter().filter_map(|turn| Some((line.find(turn)?, turn.len()))).min()?;
    let (before, end) = (line.get(..year.0)?, year.0 + year.1);
    let day_and_month = before.trim_end_matches([' ', '/', '-', '.']);
    let separator = |c: char| matches!(c, ' ' | '/' | '-' | '.');
    let (rest, month) = day_and_month.rsplit_once(separator)?;
    let rest = rest.trim_end_matches(separator);
    let digits =
        rest.len() - rest.trim_end_matches("er").trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let from = rest.len() - digits;
    let day: i8 = rest.get(from..)?.trim_end_matches("er").parse().ok()?;
    let month = month_of(month)?;
    let head = rest.get(..from)?;
    // A figure that goes on before is no day.
    let alone = head.is_empty() || head.ends_with([' ', '(']);
    let date = Date::new(LEAP, i8::try_from(month).ok()?, day).filter(|_| alone)?;
    let from = from - if head.ends_with(" au ") { "au ".len() } else { 0 };
    let name = MONTHS.get(month.checked_sub(1)?)?;
    let er = if date.day() == 1 { "er" } else { "" };
    let says = format!("{day}{er} {name}");
    // What is right after the day stays as it is.
    let right = line.get(day_and_month.len()..)?.starts_with(" de l'année de ");
    let (end, says) = match right {
        true => (day_and_month.len(), says),
        false => (line.get(..end)?.trim_end().len(), format!("{says} de l'année de")),
    };
    let place = Span::new(start + from, start + end);
    (line.get(from..end)? != says).then_some((place, says))
}

/// The rank of a month in figures, or by the beginning of its name.
fn month_of(written: &str) -> Option<usize> {
    if written.bytes().all(|b| b.is_ascii_digit()) {
        return written.parse().ok().filter(|month| (1..=12).contains(month));
    }
    let own = plain_letters(written);
    let mut named = MONTHS.iter().enumerate().filter(|(_, month)| plain_letters(month).starts_with(&own));
    let (rank, _) = named.next().filter(|_| own.len() >= 3)?;
    named.next().is_none().then_some(rank + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_each_year_is_found_in_any_writing() {
        for (line, found) in [
            ("exige d ≤ 31/12 de l'année de e", Some("exige d ≤ 31 décembre de l'année de e")),
            ("exige d ≤ 31-12 de l'année de e", Some("exige d ≤ 31 décembre de l'année de e")),
            ("exige d ≤ 31/12/de l'année de e", Some("exige d ≤ 31 décembre de l'année de e")),
            ("exige d ≤ 31/12/année de e", Some("exige d ≤ 31 décembre de l'année de e")),
            ("exige d ≤ 1.1 de l'année de e", Some("exige d ≤ 1er janvier de l'année de e")),
            ("exige d ≤ au 31 décembre de l'année de e", Some("exige d ≤ 31 décembre de l'année de e")),
            ("exige d ≤ 30 sept. de l'année de e", Some("exige d ≤ 30 septembre de l'année de e")),
            ("exige d ≤ dernier jour de l'année de e", Some("exige d ≤ 31 décembre de l'année de e")),
            ("exige d ≤ 31 décembre de l'année de e", None),
            ("exige d ≤ 31/13 de l'année de e", None),
            ("exige d ≤ 30 jui de l'année de e", None),
            ("exige d = année de e", None),
        ] {
            let mended = written_otherwise(line, 0).map(|(span, says)| {
                let mut line = line.to_owned();
                line.replace_range(span.range(), &says);
                line
            });
            assert_eq!(mended.as_deref(), found, "{line}");
        }
    }
}
