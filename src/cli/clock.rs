//! The date of today: the only clock of the project.

use conforme::diagnostic::Diagnostic;
use conforme::time::Date;

/// Today, where the computer stands.
pub fn today() -> Option<Date> {
    let today = jiff::Zoned::now().date();
    Date::new(today.year(), today.month(), today.day())
}

/// That a date is needed and the computer gives none.
pub fn unknown() -> Diagnostic {
    Diagnostic::error("date-inconnue", "la date du jour n'est pas connue de cet ordinateur")
        .help("donner la date d'examen avec « --on »")
}

/// A date as an argument gives it: `2025-10-01` or `01/10/2025`.
pub fn parse(text: &str) -> Option<Date> {
    if let Some(date) = Date::parse_iso(text) {
        return Some(date);
    }
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A date as people read it: `1er octobre 2025`.
pub fn shown(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let month = usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).unwrap_or(&"");
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day} {month} {}", date.year())
}
