//! Words of messages: kinds of things and days.

use crate::known::DateRange;
use crate::syntax::tree::Kind;
use crate::time::Date;
use crate::wording::{French, Spaces, Wording};

/// « 1er janvier 2025 ».
pub(super) fn date(date: Date) -> String {
    French(Spaces::Plain).date(date)
}

/// « du 1er janvier 2025 au 31 décembre 2025 ».
pub(super) fn days(days: DateRange) -> String {
    match (days.from, days.to) {
        (Some(from), Some(to)) if from == to => format!("le {}", date(from)),
        (Some(from), Some(to)) => format!("du {} au {}", date(from), date(to)),
        (Some(from), None) => format!("depuis le {}", date(from)),
        (None, Some(to)) => format!("jusqu'au {}", date(to)),
        (None, None) => "toujours".to_owned(),
    }
}

fn is_feminine(kind: Kind) -> bool {
    match kind {
        Kind::Source
        | Kind::Contribution
        | Kind::Coherence
        | Kind::Reading
        | Kind::Definition
        | Kind::Mission
        | Kind::Decision
        | Kind::Obligation
        | Kind::Sharing => true,
        Kind::Fact | Kind::Parameter | Kind::Criterion | Kind::Objective | Kind::Funding | Kind::Result => {
            false
        }
    }
}

/// « abrogée ».
pub(super) fn repealed(kind: Kind) -> &'static str {
    if is_feminine(kind) { "abrogée" } else { "abrogé" }
}

/// « une lecture ».
pub(super) fn a(kind: Kind) -> String {
    format!("{} {}", if is_feminine(kind) { "une" } else { "un" }, kind.word())
}

/// « aucune lecture ».
pub(super) fn none_of(kind: Kind) -> String {
    format!("{} {}", if is_feminine(kind) { "aucune" } else { "aucun" }, kind.word())
}

/// « la lecture », « l'objectif ».
pub(super) fn the(kind: Kind) -> String {
    match kind {
        Kind::Objective | Kind::Obligation => format!("l'{}", kind.word()),
        _ if is_feminine(kind) => format!("la {}", kind.word()),
        _ => format!("le {}", kind.word()),
    }
}
