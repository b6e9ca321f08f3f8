//! A day that does not exist, where the passage that the item quotes says which is meant: « 31 septembre 2026 » beside
//! « 1er septembre 2026 ».

use std::sync::Arc;

use crate::concordance::prose::Passage;
use crate::concordance::quantity::Quantity;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::syntax::tree::Document;
use crate::text;
use crate::time::Date;
use crate::wording::{French, MONTHS, Spaces, Wording};

/// Offers the only date of a quoted passage that a day which does not exist can stand for.
pub(super) fn settle(file: &Arc<SourceFile>, document: &Document, diagnostics: &mut [Diagnostic]) {
    for one in diagnostics.iter_mut().filter(|one| one.code == "date-impossible" && one.remedies.is_empty()) {
        let Some(place) = one.labels.first().filter(|label| label.file.name() == file.name()) else {
            continue;
        };
        let place = place.span;
        let Some(written) = parts(&text::tidy(file.slice(place))) else { continue };
        let item =
            document.items.iter().find(|item| item.whole.start <= place.start && place.end <= item.whole.end);
        let quotes =
            item.into_iter().flat_map(|item| &item.citations).filter_map(|citation| citation.quote.as_ref());
        let mut meant: Vec<Date> = Vec::new();
        for mention in quotes.flat_map(|quote| Passage::read(&quote.text, 0).mentions) {
            if let Quantity::Date(date) = mention.quantity
                && is_near(written, date)
                && !meant.contains(&date)
            {
                meant.push(date);
            }
        }
        if let [date] = meant.as_slice() {
            let says = French(Spaces::Plain).date(*date);
            one.help = Some(format!("le passage cité dit « {says} » : écrire « {says} »"));
            *one = one.clone().instead(file, place, &[says]);
        }
    }
}

/// A day, a month and a year that are no date.
fn parts(written: &str) -> Option<[i32; 3]> {
    let parts: Vec<&str> = written.split([' ', '/']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let named = MONTHS.iter().position(|name| name == month).and_then(|rank| i32::try_from(rank + 1).ok());
    Some([
        day.trim_end_matches("er").parse().ok()?,
        named.or_else(|| month.parse().ok())?,
        year.parse().ok()?,
    ])
}

/// Whether a date says the same but for its day, or but for its month.
fn is_near([day, month, year]: [i32; 3], date: Date) -> bool {
    let (same_day, same_month) = (i32::from(date.day()) == day, i32::from(date.month()) == month);
    i32::from(date.year()) == year && (same_day || same_month)
}
