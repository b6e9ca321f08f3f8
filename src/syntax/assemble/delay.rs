//! The time limit of an obligation as French says it: `dans les 3 mois suivant D`, `avant le D`. Whether the last day counts,
//! the passages that are cited say.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::grammar::{self, Reader};
use crate::syntax::keyword::Keyword;
use crate::syntax::layout::Line;
use crate::syntax::turns;

/// What a passage says of a time limit whose last day counts.
const WITHIN: [&str; 9] = [
    "au plus tard",
    "dans les ",
    "dans un délai",
    "dans le délai",
    "dans l'année",
    "dans le mois",
    "jusqu'au ",
    "jusqu'à ",
    "sous ",
];

/// `dans les 3 mois suivant D`, `avant le D`: how long one has, said otherwise. Whether it was reported.
pub(super) fn deadline_in_words(reader: &Reader<'_>, line: &Line, item: Option<Keyword>) -> bool {
    if item != Some(Keyword::Obligation) {
        return false;
    }
    let text = reader.file().slice(line.span);
    let Some((length, value)) = turns::deadline(text).filter(|(_, value)| grammar::reads_as_value(value))
    else {
        return false;
    };
    let start = line.span.start as usize;
    let place = Span::new(start, start + length);
    let days = last_days(reader, start, value);
    let says: Vec<String> = days.iter().map(|day| format!("au plus tard {day}")).collect();
    let message = format!("« {} … » s'écrit « au plus tard … »", reader.file().slice(place));
    let problem = Diagnostic::error("tournure", message).at(reader.file(), line.span, "");
    reader.report(if_the_day_counts(problem, &says).instead(reader.file(), line.span, &says));
    true
}

/// `au plus tard dans les 3 mois suivant D`. Whether it was reported.
pub(super) fn delay_in_words(reader: &Reader<'_>, rest: Span) -> bool {
    let text = reader.file().slice(rest);
    if !text.starts_with("dans ") && !text.starts_with("avant ") {
        return false;
    }
    let Some((length, value)) = turns::deadline(text).filter(|(_, value)| grammar::reads_as_value(value))
    else {
        return false;
    };
    let start = rest.start as usize;
    let place = Span::new(start, start + length);
    let days = last_days(reader, start, value);
    let shown = days.first().map_or("", |day| day);
    let message = format!("« {} … » s'écrit « {shown} »", reader.file().slice(place));
    let problem = Diagnostic::error("tournure", message).at(reader.file(), rest, "");
    reader.report(if_the_day_counts(problem, &days).instead(reader.file(), rest, &days));
    true
}

/// Which of two last days is meant, where the passages leave it open.
fn if_the_day_counts(problem: Diagnostic, says: &[String]) -> Diagnostic {
    match says {
        [with, without] => {
            problem.help(format!("écrire « {with} » si ce jour-là compte encore, « {without} » sinon"))
        }
        _ => problem,
    }
}

/// The last day that counts: where « avant D » is written, D itself if the passages say « au plus tard » or « dans les », the
/// day before if they say « avant », both if they say both.
fn last_days(reader: &Reader<'_>, at: usize, value: String) -> Vec<String> {
    let Some(day) = value.strip_suffix(" - 1 jour") else { return vec![value] };
    let text = reader.file().text();
    let own = block(text, at);
    let defined = text.find(&format!("\ndéfinition {day}\n")).map_or("", |at| block(text, at + 1));
    let cited: String = [own, defined].into_iter().flat_map(passages).collect::<Vec<_>>().join(" ");
    let cited = crate::text::tidy(&cited).to_lowercase().replace('’', "'");
    let within = WITHIN.iter().any(|turn| cited.contains(turn));
    let before = cited.split([' ', ',', ';', '.', '(']).any(|word| word == "avant");
    match (within, before) {
        (true, false) => vec![day.to_owned()],
        (true, true) => vec![day.to_owned(), value],
        (false, _) => vec![value],
    }
}

/// The item around a place: from its first line, which is not indented, to the next one that is not.
fn block(text: &str, at: usize) -> &str {
    let starts = |line: &str| line.starts_with(|c: char| !c.is_whitespace());
    let before = text.get(..at).unwrap_or("");
    let mut start = 0;
    for (newline, _) in before.match_indices('\n') {
        if text.get(newline + 1..).is_some_and(starts) {
            start = newline + 1;
        }
    }
    let after = text.get(at..).unwrap_or("");
    let end = after.match_indices('\n').find(|(newline, _)| after.get(newline + 1..).is_some_and(starts));
    text.get(start..end.map_or(text.len(), |(newline, _)| at + newline)).unwrap_or("")
}

/// What stands between guillemets.
fn passages(item: &str) -> impl Iterator<Item = &str> {
    item.split('«').skip(1).filter_map(|part| part.split('»').next())
}
