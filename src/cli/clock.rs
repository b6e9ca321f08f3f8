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
    Date::parse_iso(text).or_else(|| Date::parse_slashed(text))
}

/// An argument that is no date.
pub fn badly_written(given: &str) -> Diagnostic {
    Diagnostic::error("date-mal-ecrite", format!("attendu une date ; lu « {given} »"))
        .help("l'écrire 2025-10-01 ou 01/10/2025")
}
