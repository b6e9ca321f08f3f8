//! A `répartition`, and the names by which what it defines is read.

use super::{Condition, Expr, Frequency, Path, Spanned};
use crate::number::round::Rounding;
use crate::number::share::Remainder;
use crate::source::Span;

/// A `répartition`: an envelope shared out between the elements of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct SharingDecl {
    /// `prévue si`.
    pub due: Option<Condition>,
    /// `enveloppe de`.
    pub envelope: Expr,
    /// `entre`: the list.
    pub list: Path,
    /// `dont`: the elements that share.
    pub filter: Option<Expr>,
    /// `au prorata de`, none for `à parts égales`, and the line.
    pub measure: Spanned<Option<Expr>>,
    /// `dans la limite de … chacune`, and the line.
    pub cap: Option<Spanned<Expr>>,
    /// `par ordre de`, and the line.
    pub order: Option<Spanned<Order>>,
    /// `arrondi …`, and the line.
    pub rounding: Option<Spanned<Rounding>>,
    /// `le reste est partagé de même entre les autres`.
    pub again: Option<Span>,
    /// `le reste à la première`, and the line.
    pub remainder: Option<Spanned<Remainder>>,
    /// `le restant est reporté`, and the line.
    pub left: Option<Spanned<Fate>>,
    /// How often it is shared out.
    pub frequency: Option<Spanned<Frequency>>,
}

impl SharingDecl {
    /// All lines that say what each gets.
    pub fn said(&self) -> Span {
        let cap = self.cap.as_ref().map(|cap| cap.span);
        let order = self.order.as_ref().map(|order| order.span);
        let rounding = self.rounding.as_ref().map(|rounding| rounding.span);
        let remainder = self.remainder.as_ref().map(|remainder| remainder.span);
        let lines = [cap, order, rounding, self.again, remainder].into_iter().flatten();
        lines.fold(self.measure.span, |all, line| Span {
            start: all.start.min(line.start),
            end: all.end.max(line.end),
        })
    }

    /// What is read of each element.
    pub fn of_each(&self) -> impl Iterator<Item = &Expr> {
        let order = self.order.iter().flat_map(|order| order.value.of_each());
        let cap = self.cap.as_ref().map(|cap| &cap.value);
        [self.filter.as_ref(), self.measure.value.as_ref(), cap].into_iter().flatten().chain(order)
    }

    /// Of what is read of each element, the conditions.
    pub fn conditions(&self) -> impl Iterator<Item = &Expr> {
        let groups = match self.order.as_ref().map(|order| &order.value) {
            Some(Order::Groups(groups)) => groups.as_slice(),
            Some(Order::By { .. }) | None => &[],
        };
        self.filter.iter().chain(groups.iter().map(|group| &group.value))
    }
}

/// Who is served before whom.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// `par ordre de X`.
    By {
        /// Read of each element.
        by: Expr,
        /// `décroissant`: the greatest first.
        descending: bool,
    },
    /// `d'abord celles dont C`, then each `puis celles dont C`, with their lines; the others come last.
    Groups(Vec<Spanned<Expr>>),
}

impl Order {
    /// What is read of each element.
    pub fn of_each(&self) -> impl Iterator<Item = &Expr> {
        let (by, groups) = match self {
            Order::By { by, .. } => (Some(by), &[][..]),
            Order::Groups(groups) => (None, groups.as_slice()),
        };
        by.into_iter().chain(groups.iter().map(|group| &group.value))
    }
}

/// What becomes of what is left of an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// `est reporté`.
    Carried,
    /// `n'est pas attribué`.
    Kept,
}

/// What a `répartition` defines beside its amount: of each element, and as a whole.
pub const PART: &str = "part";
/// See [`PART`].
pub const ENVELOPE: &str = "enveloppe";
/// See [`PART`].
pub const LEFT: &str = "restant";

const OF: [&str; 6] = ["du ", "de la ", "de l'", "des ", "de ", "d'"];

/// « part de fonds scolaire », « part d'aide »: the name of what a `répartition` defines.
pub fn name(what: &str, sharing: &str) -> String {
    crate::wording::french::before(&format!("{what} de"), sharing)
}

/// Every way in which what a `répartition` defines may be named.
pub fn names(sharing: &str) -> impl Iterator<Item = String> {
    let all = [PART, ENVELOPE, LEFT].into_iter().flat_map(|what| OF.map(|of| (what, of)));
    let sharing = sharing.to_owned();
    all.map(move |(what, of)| format!("{what} {of}{sharing}"))
}

/// The name meant by « part du fonds scolaire », where it is not the one declared.
pub fn canonical(written: &str) -> Option<String> {
    let (above, last) = written.rsplit_once('.').map_or(("", written), |(above, last)| (above, last));
    let meant = [PART, ENVELOPE, LEFT].into_iter().find_map(|what| {
        let rest = last.strip_prefix(what)?.strip_prefix(' ')?;
        let sharing = OF.iter().find_map(|of| rest.strip_prefix(of))?;
        Some(name(what, sharing))
    })?;
    let meant = if above.is_empty() { meant } else { format!("{above}.{meant}") };
    (meant != written).then_some(meant)
}
