//! Kinds of differences between the decisions of two texts.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Kind;
use super::effects::{Came, Difference};
use crate::decision::{Outcome, Status};
use crate::known::{End, Interval, Known};

/// Kinds of differences: of each one witness is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    SentBack(bool),
    Outcome(Outcome, Outcome),
    Status(Kind, Arc<str>, Option<Status>, Option<Status>),
    /// How the least amount moves, and how the greatest.
    Amount(Kind, Arc<str>, Ordering, Ordering),
    Value(Kind, Arc<str>),
}

impl Sort {
    /// The order in which kinds of differences are told: who loses what was granted first, then who gains.
    pub fn order(&self) -> (u8, Option<Kind>) {
        match self {
            Sort::Outcome(Outcome::Favourable, Outcome::Unfavourable) => (0, None),
            Sort::Outcome(Outcome::Unfavourable, Outcome::Favourable) => (1, None),
            Sort::Outcome(_, after) if *after != Outcome::Incomplete => (2, None),
            Sort::Outcome(..) => (3, None),
            Sort::Status(kind, ..) => (4, Some(*kind)),
            Sort::Amount(kind, ..) => (5, Some(*kind)),
            Sort::Value(kind, _) => (6, Some(*kind)),
            Sort::SentBack(_) => (7, None),
        }
    }
}

/// The kinds of a difference.
pub(super) fn sorts(difference: &Difference) -> Vec<Sort> {
    match difference {
        Difference::SentBack { after } => vec![Sort::SentBack(*after)],
        Difference::Outcome(before, after) => vec![Sort::Outcome(*before, *after)],
        Difference::Item(subject, before, after) => {
            let (kind, name) = (subject.kind, || Arc::clone(&subject.name));
            let status = |came: &Option<Came>| came.as_ref().map(|came| came.status);
            let (old, new) = (status(before), status(after));
            if old != new {
                return vec![Sort::Status(kind, name(), old, new)];
            }
            let value = |came: &Option<Came>| came.as_ref().and_then(|came| came.value.clone());
            match (value(before), value(after)) {
                (was, is) if was == is => Vec::new(),
                (Some(Known::Number(was)), Some(Known::Number(is))) => {
                    let (low, high) = moves(&was, &is);
                    vec![Sort::Amount(kind, name(), low, high)]
                }
                (Some(Known::Number(_)), None) | (None, Some(Known::Number(_))) => {
                    vec![Sort::Amount(kind, name(), Ordering::Equal, Ordering::Equal)]
                }
                (_, _) => vec![Sort::Value(kind, name())],
            }
        }
    }
}

/// How the least amount moves, and how the greatest.
fn moves(was: &Interval, is: &Interval) -> (Ordering, Ordering) {
    let end = |was: &End, is: &End, infinite: Ordering| match (was.value(), is.value()) {
        (Some(was), Some(is)) => is.cmp(was),
        (Some(_), None) => infinite,
        (None, Some(_)) => infinite.reverse(),
        (None, None) => Ordering::Equal,
    };
    (end(&was.low, &is.low, Ordering::Less), end(&was.high, &is.high, Ordering::Greater))
}
