//! What a policy is compiled into: small nodes that stand in one arena, operands before their users.

use std::sync::Arc;

use super::columns::FieldTest;
use super::steps::Step;
use crate::known::OptionSet;
use crate::number::Small;
use crate::number::round::Rounding;
use crate::number::share::Sharing;
use crate::policy::{Declared, FactId, ListId, ReadingId, Type};
use crate::syntax::tree::{self, CompareOp, ElapsedUnit};
use crate::time::{Date, DayOf};

/// A node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct At(pub u32);

/// Nodes that stand side by side among the operands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nodes {
    pub from: u32,
    pub len: u32,
}

/// Something that is worked out once: a definition, an aggregate, the criteria together.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitAt(pub u32);

/// What kind of value an expression has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Truth,
    Number,
    Day,
    Pick,
    Word,
}

impl Sort {
    pub fn of(ty: Type) -> Sort {
        match ty {
            Type::Truth => Sort::Truth,
            Type::Integer | Type::Number | Type::Percent | Type::Amount | Type::Months | Type::Days => {
                Sort::Number
            }
            Type::Date => Sort::Day,
            Type::Text => Sort::Word,
            Type::Choice(_) => Sort::Pick,
        }
    }
}

/// An expression.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node {
    Truth(bool),
    Number(Small),
    /// A number that does not fit.
    TooGreat,
    Day(Date),
    Pick(u16),
    /// By rank among the words of the program.
    Word(u32),
    Fact(FactId),
    /// Of the element in turn, by rank among its fields.
    Field {
        list: ListId,
        rank: u32,
    },
    Definition(UnitAt, At),
    /// Of the element in turn.
    OfElement {
        unit: UnitAt,
        list: ListId,
        body: At,
    },
    Parameter {
        parameter: u32,
        at: At,
    },
    Reading(ReadingId),
    Today,
    /// By rank of the item.
    Holds(u32),
    AllCriteria(UnitAt),
    AmountOf(u32),
    /// Conditions put together of others: they are worked out by their steps.
    Not(At),
    All(Nodes),
    Any(Nodes),
    /// Where the first does not hold, it holds.
    Implies(At, At),
    /// Where they start among the steps.
    Steps(u32),
    /// A condition that is read more than once.
    Once(UnitAt, At),
    /// How many of these hold lies between two counts.
    Tally {
        least: u32,
        most: u32,
        of: Nodes,
    },
    Compare {
        sort: Sort,
        op: CompareOp,
        left: At,
        right: At,
    },
    /// A fact that is a whole number, between two, both included.
    Whole {
        fact: FactId,
        least: i64,
        most: i64,
    },
    /// One of some options, as bits.
    PickIn {
        subject: At,
        options: u64,
    },
    /// Likewise, of a fact.
    FactIn {
        fact: FactId,
        options: u64,
    },
    /// Likewise, of a reading.
    ReadingIn {
        reading: ReadingId,
        options: u64,
    },
    Among {
        sort: Sort,
        subject: At,
        values: Nodes,
    },
    Between {
        sort: Sort,
        subject: At,
        low: At,
        high: At,
    },
    Within {
        date: At,
        by: At,
        days: bool,
        origin: At,
    },
    Add(At, At),
    Sub(At, At),
    Mul(At, At),
    Div(At, At),
    Power(At, At),
    Negate(At),
    Scaled {
        base: At,
        rate: At,
        decrease: bool,
    },
    Prorata {
        base: At,
        part: At,
        whole: At,
    },
    /// By rank among the roundings.
    Round(At, u32),
    DaysBetween(At, At),
    Elapsed {
        from: At,
        to: At,
        unit: ElapsedUnit,
    },
    YearOf(At),
    Shift {
        date: At,
        by: At,
        days: bool,
        back: bool,
    },
    WeekdayOf(At),
    DayOf {
        day: DayOf,
        date: At,
    },
    Extremum {
        greatest: bool,
        of: Nodes,
    },
    /// By rank among the aggregates.
    Aggregate(u32),
    /// By rank among the periods covered.
    Covered(u32),
    /// By rank among the ranks.
    Rank(u32),
    /// By rank among the shares.
    Share(u32),
    /// A value of the element around the one in turn of a list.
    Around(ListId, At),
    /// Condition, value, condition, value, …
    Cases {
        lines: Nodes,
        otherwise: Option<At>,
    },
    /// By rank among the scales.
    Scale(u32),
    /// By rank among the scales.
    Slices(u32),
    Range(At, At),
}

/// An aggregate over a list.
#[derive(Debug)]
pub(super) struct Aggregate {
    pub kind: tree::Aggregate,
    pub list: ListId,
    pub filter: Option<At>,
    pub of: Option<At>,
    /// A filter that only tests fields of the element, each by rank.
    pub tests: Option<Vec<(u32, FieldTest)>>,
    /// Where it is kept; nowhere, where it reads the element in turn of another list.
    pub unit: Option<UnitAt>,
}

/// The days of the periods of the elements of a list.
#[derive(Debug)]
pub(super) struct Covered {
    pub list: ListId,
    pub filter: Option<At>,
    pub first: At,
    pub last: At,
}

/// A rank among the elements of a list.
#[derive(Debug)]
pub(super) struct Rank {
    pub list: ListId,
    pub by: At,
    pub sort: Sort,
    pub filter: Option<At>,
    pub in_order: bool,
}

/// What elements of a list get of an envelope.
#[derive(Debug)]
pub(super) struct Share {
    pub list: ListId,
    pub envelope: At,
    pub filter: Option<At>,
    pub weight: Option<At>,
    pub cap: Option<At>,
    /// What they are served in the order of, and whether the greatest is first.
    pub order: Option<(At, Sort, bool)>,
    pub how: Sharing,
}

/// The lines of a scale.
#[derive(Debug)]
pub(super) struct Scale {
    pub of: At,
    pub sort: Sort,
    pub bands: Vec<Band>,
}

/// A line of a scale.
#[derive(Debug)]
pub(super) struct Band {
    pub range: Ends,
    pub value: At,
}

/// The values of a line of a scale.
#[derive(Debug)]
pub(super) enum Ends {
    Between { low: Option<(At, bool)>, high: Option<(At, bool)> },
    Options(OptionSet),
}

/// A value that a parameter has from a day to another, both included.
#[derive(Debug)]
pub(super) struct Period {
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// A constant.
    pub value: At,
}

impl Period {
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

/// An item that a decision reports.
#[derive(Debug)]
pub(super) enum Item {
    Decision(At),
    /// Of a text that only works values out.
    Nothing,
    Criterion {
        applies: Option<At>,
        requires: At,
        unless: Nodes,
    },
    /// A criterion that is as this earlier item, by rank.
    Same(u32),
    Objective {
        applies: Option<At>,
        aims: At,
    },
    Mission {
        applies: Option<At>,
        covered: At,
    },
    Funding {
        applies: Option<At>,
        due: Option<At>,
        unless: Nodes,
        amount: At,
        sort: Sort,
    },
    Obligation {
        applies: Option<At>,
        unless: Nodes,
        deadline: At,
        fulfilled_by: Option<At>,
    },
}

/// A compiled policy.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub nodes: Vec<Node>,
    pub operands: Vec<At>,
    pub steps: Vec<Step>,
    pub words: Vec<Arc<str>>,
    pub roundings: Vec<Rounding>,
    pub parameters: Vec<Vec<Period>>,
    pub aggregates: Vec<Aggregate>,
    pub covers: Vec<Covered>,
    pub ranks: Vec<Rank>,
    pub shares: Vec<Share>,
    pub scales: Vec<Scale>,
    /// In the order of a decision.
    pub items: Vec<Item>,
    /// The rank of the first item that has anything beside its status.
    pub first_detail: usize,
    /// The rank of the first criterion among the items, and how many there are.
    pub criteria: std::ops::Range<usize>,
    /// By criterion: the rank of the item that tells it, itself or an earlier one ([`Item::Same`]).
    pub told_by: Vec<u32>,
    pub coherences: Vec<At>,
    /// What is asked only under a condition.
    pub asked: Vec<(Declared, At)>,
    /// The dates at which parameters are taken, each with the list whose element in turn it reads.
    pub dated: Vec<(u32, At, Option<ListId>)>,
    /// By field: its list and its rank.
    pub fields: Vec<(ListId, u32)>,
    /// By list: how many fields it has.
    pub widths: Vec<u32>,
    pub readings: u32,
    pub units: u32,
    /// Whether something is read of the element around an aggregate.
    pub looks_around: bool,
    /// By aggregate that goes through a list for each element of another: these lists.
    pub paired: Vec<Vec<ListId>>,
}

impl Program {
    /// How many things are kept of a dossier: units, then readings, then lists.
    pub fn kept(&self) -> usize {
        self.first_list() + self.widths.len()
    }

    #[inline]
    pub fn first_reading(&self) -> usize {
        self.units as usize
    }

    #[inline]
    pub fn first_list(&self) -> usize {
        (self.units + self.readings) as usize
    }

    #[inline]
    pub fn node(&self, at: At) -> &Node {
        &self.nodes[at.0 as usize]
    }

    #[inline]
    pub fn operands(&self, of: Nodes) -> &[At] {
        &self.operands[of.from as usize..(of.from + of.len) as usize]
    }
}
