//! Where in a rule something is read: what it counts for there.

/// What a rule asks for a fact for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// It must be so, or must not.
    Must,
    /// The same of one of several, or of what a value is worked out from.
    OneOf,
    /// The rule is for that case.
    Case,
    /// That case is excepted.
    Exception,
    /// It stands in the `dont` of a list.
    Kept,
    /// Anything else.
    Open,
}

/// How what is read counts for the whole.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Whether it must hold (`Some(true)`), must not (`Some(false)`), or neither.
    pub polarity: Option<bool>,
    /// It stands in what a criterion requires.
    pub required: bool,
    /// What facts are asked for, where it neither must hold nor must not.
    pub(super) asking: Asking,
    /// It stands under no `non`, or under two.
    pub(super) plain: bool,
}

impl Place {
    /// What must hold.
    pub const MUST: Place =
        Place { polarity: Some(true), required: false, asking: Asking::Must, plain: true };
    /// What neither must hold nor must not.
    pub const OPEN: Place = Place { polarity: None, required: false, asking: Asking::Open, plain: true };
    /// What a criterion requires.
    pub const REQUIRED: Place = Place { required: true, ..Place::MUST };
    /// The case that a rule is for.
    pub const CASE: Place = Place { asking: Asking::Case, ..Place::OPEN };
    /// What is excepted.
    pub const EXCEPTION: Place = Place { asking: Asking::Exception, ..Place::OPEN };

    pub(super) fn denied(self) -> Place {
        Place { polarity: self.polarity.map(|so| !so), plain: !self.plain, ..self }
    }
}
