//! What is known of an expression, worked out from what is known of the slots that it reads.
//!
//! Sound: the result holds the value that the expression has in every completion of the world.
//! Exact: where every value read is single, so is the result. A definition, an item or an aggregate
//! is worked out once for all who read it in one context ([`super::context`]).

use foldhash::HashMap;

use super::coherence::Learnt;
use super::context::{Frame, Row};
use super::items::ItemKnown;
use super::narrow::apart::Apart;
use super::reads::{Memo, MemoId, Noted, OfAlike, Reads, Spread};
use super::trace::Trace;
use crate::decision::MissingPlace;
use crate::eval::world::ListState;
use crate::eval::world::World;
use crate::eval::world::place_set::PlaceSet;
use crate::known::{DateRange, Interval, Known, OptionSet, Truth};
use crate::limits;
use crate::policy::dependencies::{Dependencies, Touched, Unit, UnitId};
use crate::policy::{ExprId, ExprKind, FactId, FieldId, ItemRef, ListId, Policy, ShapeId};
use crate::value::Value;

/// How deep units may be worked out again inside contexts that change them, one within another.
/// Past it their value outside the contexts serves: wider, and still sound.
pub(super) const REENTRY: u32 = 3;

/// Works out expressions and items in one world.
pub struct Evaluator<'a> {
    pub(in crate::eval) policy: &'a Policy,
    pub(in crate::eval) world: &'a World,
    pub(in crate::eval) learnt: &'a Learnt,
    pub(in crate::eval) rests_on: &'a Dependencies,
    /// The element in turn, by list.
    pub(in crate::eval) rows: Vec<Option<Row>>,
    /// The one that was in turn before it, where an aggregate goes through the list for an element of it.
    pub(super) around: Vec<Option<Row>>,
    /// What the contexts in force teach, by [`Key`].
    pub(super) overlay: HashMap<Key, Known>,
    /// What the overlay was before each change, to go back.
    pub(super) trail: Vec<(Key, Option<Known>)>,
    pub(super) frames: Vec<Frame>,
    pub(super) memos: Vec<Memo>,
    /// By unit: its memo outside all contexts, where it reads no element in turn.
    pub(super) base: Vec<Option<MemoId>>,
    pub(super) base_of_rows: HashMap<(UnitId, u64), MemoId>,
    /// What was read so far.
    pub(super) noted: Vec<Noted>,
    /// What was read of elements that nothing tells apart.
    pub(super) of_alike: Vec<OfAlike<'a>>,
    /// Whether some calculation came to a number that is too long.
    pub(super) met_too_long: bool,
    /// Whether the contexts in force were found to contradict one another.
    pub(in crate::eval) impossible: bool,
    pub(super) reentry: u32,
    /// How much more may be assumed, and worked out again inside contexts.
    pub(super) budget: usize,
    pub(super) narrowing: super::narrow::State,
    /// What assumptions are to teach about, where only that matters; all, where it is not said.
    pub(in crate::eval) focus: Option<&'a Touched>,
    /// What alone the assumption that is being made is to teach about, the rest of it apart.
    pub(super) within: Option<&'a Touched>,
    /// What assumptions come to apart, where many worlds are looked at.
    pub(in crate::eval) apart: Option<&'a Apart>,
    pub(super) trace: Option<Trace>,
    /// Whether each element is gone through, those that nothing tells apart too.
    pub(super) one_by_one: bool,
    pub(super) ranks: HashMap<ShapeId, super::rank::Table>,
    pub(super) shares: HashMap<ShapeId, super::share::Table>,
}

/// What something may be learnt about: a shape, or an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    Shape(ShapeId),
    Item(ItemRef),
}

/// What a unit was worked out to be.
#[derive(Debug, Clone)]
pub(super) enum Worth {
    Known(Known),
    Item(ItemKnown),
}

impl<'a> Evaluator<'a> {
    /// An evaluator of a policy in a world of which `learnt` was learnt.
    pub fn new(policy: &'a Policy, world: &'a World, learnt: &'a Learnt) -> Self {
        let rests_on = policy.dependencies();
        Evaluator {
            policy,
            world,
            learnt,
            rests_on,
            rows: vec![None; policy.lists.len()],
            around: vec![None; policy.lists.len()],
            overlay: HashMap::default(),
            trail: Vec::new(),
            frames: Vec::new(),
            memos: Vec::new(),
            base: vec![None; rests_on.unit_count()],
            base_of_rows: HashMap::default(),
            noted: Vec::new(),
            of_alike: Vec::new(),
            met_too_long: false,
            impossible: false,
            reentry: 0,
            budget: budget(rests_on.unit_count(), world),
            narrowing: super::narrow::State::default(),
            focus: None,
            within: None,
            apart: None,
            trace: None,
            one_by_one: false,
            ranks: HashMap::default(),
            shares: HashMap::default(),
        }
    }

    /// Turns to another item, outside all contexts: as if new, but for what was worked out.
    pub(in crate::eval) fn renew(&mut self) {
        self.budget = self.whole_budget();
        self.noted.clear();
        self.impossible = false;
    }

    /// All that may be spent.
    pub(super) fn whole_budget(&self) -> usize {
        budget(self.rests_on.unit_count(), self.world)
    }

    /// What is known of an expression.
    pub fn value(&mut self, expr: ExprId) -> Known {
        let mark = self.noted.len();
        let outer = self.open_step();
        let raw = self.compute(expr);
        let known = self.narrowed(Key::Shape(self.policy.exprs.get(expr).shape), raw);
        if known.is_single() {
            // Whatever was read, it comes to this.
            self.noted.truncate(mark);
        }
        self.close_step(outer, expr, &known);
        known
    }

    /// What is known of a condition.
    pub fn truth(&mut self, expr: ExprId) -> Truth {
        truth_of(&self.value(expr))
    }

    /// Runs `f` knowing that a condition holds (or does not); `None` where that is impossible.
    pub fn assuming<R>(&mut self, cond: ExprId, holds: bool, f: impl FnOnce(&mut Self) -> R) -> Option<R> {
        let truth = self.truth(cond);
        self.under_truth(truth, cond, holds, f)
    }

    /// The places not fully known that were read, since the last [`Evaluator::clear_reads`], by
    /// values that are not settled whatever these places are.
    pub fn reads(&self) -> PlaceSet {
        self.all_reads().places
    }

    /// The first calculation on single numbers, among what was read as [`Evaluator::reads`] says, whose
    /// result is longer than the limit: what rests on it stays open, and nothing that is missing would
    /// settle it.
    pub fn too_long(&self) -> Option<ExprId> {
        if self.met_too_long { self.all_reads().too_long } else { None }
    }

    fn all_reads(&self) -> Reads {
        let Evaluator { policy, memos, of_alike, ranks, shares, .. } = self;
        Spread { policy, memos, of_alike, ranks, shares }.all(&self.noted)
    }

    /// A result within the limit on its size: an end that is past it is left out, and where single numbers
    /// came to it, that is noted.
    pub(super) fn bounded(&mut self, expr: ExprId, exact: bool, result: Interval) -> Interval {
        let result = if result.bits() <= limits::ELEMENT_BITS {
            result
        } else {
            result.within_bits(self.most_bits(expr))
        };
        if exact && result.value().is_none() {
            self.met_too_long = true;
            self.noted.push(Noted::TooLong(expr));
        }
        result
    }

    /// How long a result may be: the less, the more elements it is worked out for.
    pub(in crate::eval) fn most_bits(&self, expr: ExprId) -> u64 {
        let of = |list: &ListId| match &self.world.lists[list.index()] {
            ListState::Rows(rows) => rows.len() as u64,
            ListState::Absent => 1,
        };
        let lists = self.rests_on.free(self.policy.exprs.get(expr).shape);
        limits::number_bits(lists.iter().map(of).fold(1, u64::saturating_mul))
    }

    /// Goes through each element of a list from now on: for the tests that compare both ways.
    #[doc(hidden)]
    pub fn go_one_by_one(&mut self) {
        self.one_by_one = true;
    }

    /// Forgets what was read.
    pub fn clear_reads(&mut self) {
        self.noted.clear();
    }

    pub(in crate::eval) fn number(&mut self, expr: ExprId) -> Interval {
        number_of(self.value(expr))
    }

    pub(in crate::eval) fn date(&mut self, expr: ExprId) -> DateRange {
        date_of(&self.value(expr))
    }

    /// What is known of a value, along with what the contexts in force say of it.
    pub(super) fn narrowed(&mut self, key: Key, raw: Known) -> Known {
        if self.overlay.is_empty() && self.learnt.is_empty() {
            return raw;
        }
        let of_item;
        let before = match key {
            Key::Shape(shape) => self.learnt.get(shape),
            Key::Item(item) => {
                of_item = self.learnt.item(item).map(Known::Truth);
                of_item.as_ref()
            }
        };
        let mut known = raw;
        for said in [before, self.overlay.get(&key)].into_iter().flatten() {
            match known.intersect(said) {
                Some(both) => known = both,
                None => {
                    self.impossible = true;
                    break;
                }
            }
        }
        known
    }

    /// Works out an expression from its operands.
    pub(super) fn compute(&mut self, expr: ExprId) -> Known {
        let policy = self.policy;
        let node = policy.exprs.get(expr);
        match &node.kind {
            ExprKind::Const(value) => self.constant(value),
            ExprKind::Fact(fact) => self.fact(*fact),
            ExprKind::Field(field) => self.field(*field),
            ExprKind::Definition(_)
            | ExprKind::AllCriteria
            | ExprKind::Aggregate { .. }
            | ExprKind::Covered { .. }
            | ExprKind::Rank { .. }
            | ExprKind::Share(_) => self.known_unit(expr),
            ExprKind::Around { list, of } => self.of_around(*list, *of),
            ExprKind::Holds(item) => Known::Truth(self.holds(*item)),
            ExprKind::AmountOf(funding) => Known::Number(self.amount_of(*funding)),
            ExprKind::Parameter { parameter, at } => self.parameter(*parameter, *at),
            ExprKind::Reading(reading) => {
                Known::Choice(self.world.readings.get(reading.index()).copied().unwrap_or(OptionSet::NONE))
            }
            ExprKind::ExaminationDate => Known::Date(DateRange::day(self.world.examined_on)),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Bullets { .. }
            | ExprKind::Compare { .. }
            | ExprKind::Among { .. }
            | ExprKind::Between { .. }
            | ExprKind::Within { .. } => Known::Truth(self.condition(&node.kind)),
            ExprKind::Add(..)
            | ExprKind::Sub(..)
            | ExprKind::Mul(..)
            | ExprKind::Div(..)
            | ExprKind::Power { .. }
            | ExprKind::Negate(_)
            | ExprKind::Scaled { .. }
            | ExprKind::Prorata { .. }
            | ExprKind::Round { .. }
            | ExprKind::DaysBetween(..)
            | ExprKind::Elapsed { .. }
            | ExprKind::YearOf(_)
            | ExprKind::Allotted { .. }
            | ExprKind::Range { .. } => Known::Number(self.arithmetic(expr)),
            ExprKind::Shift { .. } | ExprKind::DayOf { .. } => Known::Date(self.calendar(&node.kind)),
            ExprKind::WeekdayOf(date) => Known::Choice(self.date(*date).weekdays()),
            ExprKind::Extremum { greatest, of } => self.extremum(*greatest, of, node.ty),
            ExprKind::Cases { lines, otherwise } => self.cases(lines, *otherwise, node.ty),
            ExprKind::Scale { of, bands, by_slices } => {
                if *by_slices {
                    Known::Number(self.slices(expr, *of, bands))
                } else {
                    self.scale(*of, bands, node.ty)
                }
            }
        }
    }

    fn constant(&mut self, value: &Value) -> Known {
        Known::exactly(value)
    }

    fn fact(&mut self, fact: FactId) -> Known {
        let known = match self.world.facts.get(fact.index()) {
            Some(known) => known.clone(),
            None => self.policy.facts[fact.index()].ask.domain.clone(),
        };
        if !known.is_single() {
            self.noted.push(Noted::Place(MissingPlace::Fact(fact)));
        }
        known
    }

    fn field(&mut self, field: FieldId) -> Known {
        let declared = &self.policy.fields[field.index()];
        if let Some(Row::At(row)) = self.rows[declared.list.index()]
            && let Some(known) = self.world.cell(self.policy, row as usize, field)
        {
            if !known.is_single() {
                self.noted.push(Noted::Place(MissingPlace::Cell { row, field }));
            }
            return known.clone();
        }
        declared.ask.domain.clone()
    }

    /// The value of a unit that is no item.
    fn known_unit(&mut self, expr: ExprId) -> Known {
        let Some(unit) = self.rests_on.unit_of(self.policy, expr) else {
            return self.policy.domain_of(self.policy.exprs.get(expr).ty);
        };
        let worth = self.worth(unit);
        self.show_unit(unit, expr);
        match worth {
            Worth::Known(known) => known,
            Worth::Item(_) => self.policy.domain_of(self.policy.exprs.get(expr).ty),
        }
    }

    /// What a unit is worth in the contexts in force; notes what it reads.
    pub(super) fn worth(&mut self, unit: UnitId) -> Worth {
        match self.memo(unit) {
            Some(memo) => {
                if !self.memos[memo.index()].noted.is_empty() {
                    self.noted.push(Noted::Memo(memo));
                }
                self.memos[memo.index()].worth.clone()
            }
            // Of elements of too many lists at once: worked out each time.
            None => self.untraced(|inner| inner.work_out(unit)),
        }
    }

    /// The memo of a unit in the contexts in force. The units that it uses are worked out before it,
    /// one after another: a long chain of definitions goes no deeper than one of them.
    pub(super) fn memo(&mut self, unit: UnitId) -> Option<MemoId> {
        let rows = self.rows_of(unit)?;
        if let Some(memo) = self.find(unit, rows) {
            return Some(memo);
        }
        if self.is_spent() && self.home(unit) > 0 {
            return self.outside_contexts(|inner| inner.memo(unit));
        }
        let trace = self.trace.take();
        let mut path = vec![(unit, rows, false)];
        while let Some(last) = path.last_mut() {
            let (next, rows, expanded) = *last;
            if self.find(next, rows).is_some() {
                path.pop();
                continue;
            }
            if !expanded {
                last.2 = true;
                let rests_on = self.rests_on;
                for used in rests_on.uses(next) {
                    if let Some(rows) = self.rows_of(*used)
                        && self.find(*used, rows).is_none()
                    {
                        path.push((*used, rows, false));
                    }
                }
                continue;
            }
            path.pop();
            self.store(next, rows);
        }
        self.trace = trace;
        self.find(unit, rows)
    }

    /// Works a unit out and keeps it in the outermost context that changes it.
    fn store(&mut self, unit: UnitId, rows: u64) {
        let home = self.home(unit);
        let outer = std::mem::take(&mut self.noted);
        // What is worked out outside of what is being assumed is worked out as sharply as ever.
        let (assuming, within) = (self.narrowing.assuming, self.within);
        if home < assuming {
            (self.narrowing.assuming, self.within) = (0, None);
        }
        let changed = u32::from(home > 0);
        self.reentry += changed;
        self.budget = self.budget.saturating_sub(usize::from(home > 0));
        let worth = self.work_out(unit);
        self.reentry -= changed;
        (self.narrowing.assuming, self.within) = (assuming, within);
        let noted = std::mem::replace(&mut self.noted, outer);
        let memo = MemoId::from_index(self.memos.len());
        self.memos.push(Memo { unit, worth, noted: noted.into(), step: None });
        match home {
            0 if self.rests_on.free_of_unit(unit).is_empty() => self.base[unit.index()] = Some(memo),
            0 => {
                self.base_of_rows.insert((unit, rows), memo);
            }
            home => {
                self.frames[home - 1].memos.insert((unit, rows), memo);
            }
        }
    }

    fn work_out(&mut self, unit: UnitId) -> Worth {
        match self.rests_on.unit(unit) {
            Unit::Definition(definition) => {
                Worth::Known(self.value(self.policy.definitions[definition.index()].body))
            }
            Unit::Item(item) => Worth::Item(self.parts_of(item)),
            Unit::AllCriteria => Worth::Known(Known::Truth(self.all_criteria())),
            Unit::Expr(expr) => Worth::Known(self.over_list(expr)),
        }
    }

    /// What stands inside an aggregate, a rank or a share.
    pub(super) fn over_list(&mut self, expr: ExprId) -> Known {
        let policy = self.policy;
        let node = policy.exprs.get(expr);
        match &node.kind {
            ExprKind::Aggregate { kind, list, filter, of } => {
                self.aggregate(expr, *kind, *list, *filter, *of)
            }
            ExprKind::Covered { list, filter, first, last } => {
                Known::Number(self.covered(*list, *filter, [*first, *last]))
            }
            ExprKind::Rank { .. } => Known::Number(self.rank(expr)),
            ExprKind::Share(share) => Known::Number(self.share(node.shape, share)),
            _ => policy.domain_of(node.ty),
        }
    }

    fn all_criteria(&mut self) -> Truth {
        let policy = self.policy;
        let mut all = Truth::YES;
        for item in policy.items().filter(|item| matches!(item, ItemRef::Criterion(_))) {
            all = all.and(self.holds(item));
            if all.fails() {
                break;
            }
        }
        all
    }
}

/// What may be spent in contexts: in proportion to the policy and to the dossier's lists.
fn budget(units: usize, world: &World) -> usize {
    let cells = world.lists.iter().map(|list| match list {
        ListState::Absent => 0,
        ListState::Rows(rows) => rows.cell_count(),
    });
    5_000 + 20 * (units + cells.sum::<usize>())
}

/// The truth of a value that is one.
pub(in crate::eval) fn truth_of(known: &Known) -> Truth {
    match known {
        Known::Truth(truth) => *truth,
        Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => Truth::OPEN,
    }
}

/// The numbers of a value that is one.
pub(super) fn number_of(known: Known) -> Interval {
    match known {
        Known::Number(interval) => interval,
        Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => Interval::all(false),
    }
}

/// The dates of a value that is one.
pub(crate) fn date_of(known: &Known) -> DateRange {
    match known {
        Known::Date(range) => *range,
        Known::Truth(_) | Known::Number(_) | Known::Text(_) | Known::Choice(_) => DateRange::ALL,
    }
}
