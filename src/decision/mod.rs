//! A decision: the outcome, the status of every item, and why.
//!
//! Architecture invariant: nothing here is worded. Explanations are trees of typed steps over the
//! policy's expressions; [`crate::render`] decides words, language and layout.

mod explanation;
mod turns;
mod version;

pub use explanation::{Because, Leaf, Op, Part, Step};
pub use version::{ChosenBy, VersionChoice, VersionOutcome};

use std::sync::Arc;

use crate::dossier::{Answer, Dossier, Origin};
use crate::known::{DateRange, Interval, Known};
use crate::policy::{
    CriterionId, Declared, ExprId, FundingId, ItemRef, ListId, MissionId, ObjectiveId, ObligationId,
    ParameterId, Policy, ReadingId,
};
use crate::time::Date;
use crate::value::Text;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Favourable under every completion and reading.
    Favourable,
    /// Unfavourable under every completion and reading.
    Unfavourable,
    /// A text that decides nothing: all that it gives is known.
    Calculated,
    /// Open under some combination of readings; of a text that decides nothing, something that it gives is.
    Incomplete,
    /// Closed under each combination of readings, not the same under all.
    DependsOnReading,
}

/// The status of an item. Each kind of item uses some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Criterion.
    Met,
    /// Criterion.
    NotMet,
    /// Criterion: its derogation holds and its own condition fails for certain.
    Waived,
    /// Objective.
    Reached,
    /// Objective.
    NotReached,
    /// Mission.
    Covered,
    /// Mission.
    NotCovered,
    /// Financing.
    Due,
    /// Financing.
    NotDue,
    /// Obligation.
    Fulfilled,
    /// Obligation: not fulfilled, its time limit not passed.
    Pending,
    /// Obligation.
    Missed,
    /// Obligation that names no act: its time limit has passed.
    Elapsed,
    /// Decision.
    Favourable,
    /// Decision.
    Unfavourable,
    /// The item's `si` does not hold.
    NotApplicable,
    /// Open.
    Undetermined,
    /// Not the same under all readings left open.
    DependsOnReading,
}

/// A choice of an option for each of some readings, in order of declaration.
pub type Combination = Vec<(ReadingId, u16)>;

/// A whole decision.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The date of examination.
    pub examined_on: Date,
    /// The outcome.
    pub outcome: Outcome,
    /// How the outcome comes about.
    pub decision: ItemResult,
    /// By [`CriterionId`].
    pub criteria: Vec<ItemResult>,
    /// By [`ObjectiveId`].
    pub objectives: Vec<ItemResult>,
    /// By [`MissionId`].
    pub missions: Vec<ItemResult>,
    /// By [`FundingId`].
    pub fundings: Vec<ItemResult>,
    /// By [`ObligationId`].
    pub obligations: Vec<ItemResult>,
    /// By [`ReadingId`].
    pub readings: Vec<ReadingResult>,
    /// Missing facts that affect anything, in the order in which they should be asked.
    pub missing: Vec<Missing>,
    /// Missing facts that the text reads and that affect nothing, in the order of the dossier.
    pub without_effect: Vec<MissingPlace>,
    /// Human judgements that were given, in order of declaration.
    pub judgements: Vec<Judgement>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
    /// How the version of the text was chosen, where there was a choice ([`crate::history`]).
    pub version: Option<Box<VersionChoice>>,
}

impl Decision {
    /// The result of an item.
    pub fn item(&self, item: ItemRef) -> &ItemResult {
        match item {
            ItemRef::Criterion(CriterionId(i)) => &self.criteria[i as usize],
            ItemRef::Objective(ObjectiveId(i)) => &self.objectives[i as usize],
            ItemRef::Mission(MissionId(i)) => &self.missions[i as usize],
            ItemRef::Decision => &self.decision,
            ItemRef::Funding(FundingId(i)) => &self.fundings[i as usize],
            ItemRef::Obligation(ObligationId(i)) => &self.obligations[i as usize],
        }
    }
}

/// What an item came to, over all readings left open.
#[derive(Debug, Clone)]
pub struct ItemResult {
    /// Which item.
    pub item: ItemRef,
    /// Its status over all combinations.
    pub status: Status,
    /// One entry for each combination of the readings left open that the item depends on; exactly
    /// one, with an empty combination, where it depends on none. Where combinations do not differ in
    /// status, amount, dates or explanation they are merged into that one.
    pub by_reading: Vec<ReadingCase>,
    /// What stands beside its status, over the combinations under which it may: what is paid if a financing
    /// is due, the time limit of an obligation where it applies.
    pub value: Option<Known>,
}

/// An item under one combination of readings.
#[derive(Debug, Clone)]
pub struct ReadingCase {
    /// The combination.
    pub readings: Combination,
    /// The status.
    pub status: Status,
    /// Financing: the amount if due. Obligation: its time limit.
    pub value: Option<Known>,
    /// Whether the limit of trials left that value wider, perhaps, than it is.
    pub wide: bool,
    /// Why.
    pub because: Because,
    /// What would meet it.
    pub to_meet: ToMeet,
}

/// What would meet a criterion, or reach an objective, all else as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToMeet {
    /// Changes of one answer each; any of them does.
    pub ways: Vec<Way>,
    /// Where there is none: what would do, were it not past what the text allows.
    pub beyond: Option<Beyond>,
}

/// The least change of one answer that does. It was put in the dossier, and decided again: it gives the
/// status that is promised, and one step less does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What changes.
    pub change: Change,
    /// What it is.
    pub now: Known,
    /// What would do.
    pub needed: Known,
    /// Of the part of a quotient, its whole, where that stays what it is: `(sur 30)`.
    pub out_of: Option<Known>,
}

/// What may be changed in a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// An answer.
    Answer(MissingPlace),
    /// How many elements of a list count.
    Elements {
        /// The list.
        list: crate::policy::ListId,
        /// What counts them, by the name that it has.
        counted: crate::policy::ExprId,
    },
}

/// What would do, were it not past what the text allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// What would have to change.
    pub place: MissingPlace,
    /// What it is.
    pub now: Known,
    /// What it would have to be.
    pub needed: Known,
    /// The last value that the text allows on the way.
    pub bound: Known,
    /// Whether that is the greatest.
    pub up: bool,
}

/// What became of a reading.
#[derive(Debug, Clone)]
pub struct ReadingResult {
    /// Which.
    pub reading: ReadingId,
    /// Settled, indifferent or decisive.
    pub status: ReadingStatus,
    /// The option that was retained.
    pub retained: Option<u16>,
    /// Who retained it and why.
    pub origin: Option<Origin>,
    /// The outcome with each option settled and the other readings left as they are, in order.
    pub outcomes: Vec<Outcome>,
    /// The items whose status, amount or date it moves.
    pub changes: Vec<ItemRef>,
}

/// What became of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadingStatus {
    /// Retained by the dossier or the command.
    Settled,
    /// Changes no outcome.
    Indifferent,
    /// For some choice of the others, its options differ in outcome.
    Decisive,
}

/// What is missing: a scalar fact, a list, or a field of one element (rank from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MissingPlace {
    /// A scalar fact.
    Fact(crate::policy::FactId),
    /// A list that is absent.
    List(crate::policy::ListId),
    /// A field of an element.
    Cell {
        /// Rank of the element, from 0.
        row: u32,
        /// The field.
        field: crate::policy::FieldId,
    },
}

impl MissingPlace {
    /// Whether a dossier answers « pas encore » there: the date is not known, but there is nothing to ask.
    pub fn is_not_yet(self, policy: &Policy, dossier: &Dossier) -> bool {
        let given = match self {
            MissingPlace::Fact(fact) => Some(dossier.fact(fact)),
            MissingPlace::List(_) => None,
            MissingPlace::Cell { row, field } => {
                let field = &policy.fields[field.index()];
                let width = policy.lists[field.list.index()].fields.len();
                let rank = row as usize * width + field.rank as usize;
                dossier.list(field.list).and_then(|rows| rows.cells.get(rank))
            }
        };
        given.is_some_and(|given| given.answer == Answer::NotYet)
    }

    /// Where it is declared.
    pub fn declared(self) -> Declared {
        match self {
            MissingPlace::Fact(f) => Declared::Fact(f),
            MissingPlace::List(l) => Declared::List(l),
            MissingPlace::Cell { field, .. } => Declared::Field(field),
        }
    }
}

/// A missing fact that affects something.
#[derive(Debug, Clone)]
pub struct Missing {
    /// Which.
    pub place: MissingPlace,
    /// Whether, under some combination of readings, it may change the outcome.
    pub decisive: bool,
    /// The items that it may change.
    pub affects: Vec<ItemRef>,
    /// What each value or range of it gives, the other missing facts left missing; empty where the
    /// trials give nothing exact.
    pub outcomes: Vec<Answered>,
    /// The missing facts that decide whether it is asked at all.
    pub after: Vec<MissingPlace>,
}

/// What an answer to what is missing would give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer: a value, or any of a range.
    pub value: Known,
    /// The outcome.
    pub outcome: Outcome,
    /// What would become of the financings and time limits that it moves.
    pub gives: Vec<Given>,
}

/// What an answer would make of a financing or an obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Which.
    pub item: ItemRef,
    /// Its status.
    pub status: Status,
    /// Financing: what would be paid if it is due. Obligation: its time limit.
    pub value: Option<Known>,
}

/// What a value that stands beside a status may be.
macro_rules! with_a_value {
    ($($name:ident),*) => {$(
        impl $name {
            /// The value, where it is a number: an amount.
            pub fn amount(&self) -> Option<&Interval> {
                match &self.value {
                    Some(Known::Number(amount)) => Some(amount),
                    Some(Known::Date(_) | Known::Truth(_) | Known::Text(_) | Known::Choice(_)) | None => None,
                }
            }

            /// The value, where it is a date: a time limit.
            pub fn due(&self) -> Option<DateRange> {
                match &self.value {
                    Some(Known::Date(due)) => Some(*due),
                    Some(Known::Number(_) | Known::Truth(_) | Known::Text(_) | Known::Choice(_)) | None => None,
                }
            }
        }
    )*};
}

pub(crate) use with_a_value;

with_a_value!(ItemResult, ReadingCase, Given);

/// A human judgement that was given.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The fact.
    pub place: MissingPlace,
    /// What was judged.
    pub value: Known,
    /// Who, why, when.
    pub origin: Option<Origin>,
}

/// What the reader of a decision should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// A judgement without who or why.
    JudgementUnsigned(MissingPlace),
    /// A retained reading without who or why.
    ReadingUnsigned(ReadingId),
    /// The rules rest on documents that do not bind: these items.
    NotBinding(Vec<ItemRef>),
    /// The decision is unfavourable: it is to be notified with its reasons and the remedies.
    ReasonsRequired,
    /// The limit of trials was reached for these items, which stay open.
    TrialLimit(Vec<ItemRef>),
    /// An answer is not the text that it is compared with, by its accents only.
    AccentsDiffer {
        /// The answer.
        place: MissingPlace,
        /// What it is.
        given: Text,
        /// What it is compared with.
        compared: Text,
    },
    /// The limit of trials was reached for the amounts or time limits of these items.
    WideRange(Vec<ItemRef>),
    /// A fact is given that nothing reads.
    Unread(Arc<str>),
    /// A parameter has kept its last value longer than any before: since this day.
    OldValue(ParameterId, Date),
    /// A parameter is taken after the last day of its last value: none is known from this day on.
    UnknownValue(ParameterId, Date),
    /// Two elements of a list have the same rank: they are ranked by this.
    Tied {
        /// The list.
        list: ListId,
        /// What they are ranked by.
        by: ExprId,
        /// The first two.
        rows: (u32, u32),
    },
    /// A month has no such day, and the policy does not say which one stands for it: its last was taken.
    MissingDay {
        /// Months added to a date, or whole months or years between two.
        at: ExprId,
        /// The date that they are counted from.
        from: Date,
        /// The last day of the month.
        taken: Date,
    },
}
