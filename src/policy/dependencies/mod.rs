//! What each expression rests on, worked out once for a policy.
//!
//! A *unit* is what is worth working out once for all who read it: a definition, an item, an
//! aggregate, a rank. A *leaf* is a slot of the dossier: a fact, a field, the length of a list, a
//! reading. What is learnt about an expression can only change another that shares a leaf with it.

mod build;
mod elements;

use indexmap::IndexSet;

use build::Builder;
use elements::Elements;

use super::{Declared, DefinitionId, ExprId, FactId, FieldId, ItemRef, ListId, Policy, ReadingId, ShapeId};

/// A unit, by slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitId(pub u32);

impl UnitId {
    /// The slot as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A definition.
    Definition(DefinitionId),
    /// An item.
    Item(ItemRef),
    /// `tous les critères sont remplis`.
    AllCriteria,
    /// An aggregate or a rank, by its first occurrence.
    Expr(ExprId),
}

/// A set of leaves; past a size, all of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Leaves {
    Few(Box<[u32]>),
    Many,
}

/// A slot of the dossier that something rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leaf {
    /// A fact.
    Fact(FactId),
    /// A field of the elements of a list.
    Field(FieldId),
    /// A list as a whole.
    List(ListId),
    /// A reading.
    Reading(ReadingId),
}

/// Greatest set of leaves that is told apart from all leaves: bounds what a hostile policy costs.
const FEW: usize = 256;

/// What each expression and unit of a policy rests on.
#[derive(Debug)]
pub struct Dependencies {
    units: Vec<Unit>,
    /// By expression: its unit, where it is one.
    unit_of: Vec<Option<UnitId>>,
    /// By unit: the units that must be known before, within the same element.
    uses: Vec<Box<[UnitId]>>,
    /// By unit: whether it stands at more than one place.
    repeated: Vec<bool>,
    sets: IndexSet<Leaves>,
    /// By shape, then by unit: its leaves among `sets`.
    shape_leaves: Vec<u32>,
    unit_leaves: Vec<u32>,
    /// By shape, then by unit: the lists whose element in turn it reads.
    shape_free: Vec<Box<[ListId]>>,
    unit_free: Vec<Box<[ListId]>>,
    /// By list: the shape that counts all its elements.
    lengths: Vec<Option<ExprId>>,
    /// By leaf: the comparisons and scales that rest on it.
    compared: Vec<Vec<ExprId>>,
    /// Those that rest on more leaves than are told apart.
    compared_widely: Vec<ExprId>,
    /// Parameters taken at a date that an expression gives.
    dated_parameters: Vec<ExprId>,
    elements: Elements,
    first_item: usize,
    items: Vec<ItemRef>,
    leaf_counts: [usize; 4],
}

impl Dependencies {
    /// Works them out.
    pub fn of(policy: &Policy) -> Dependencies {
        let mut builder = Builder::new(policy);
        builder.find_uses();
        builder.find_leaves();
        builder.find_comparisons();
        let mut done = builder.into_done();
        done.elements = Elements::of(policy, &done);
        done
    }

    /// What a unit is.
    pub fn unit(&self, unit: UnitId) -> Unit {
        self.units[unit.index()]
    }

    /// How many units there are.
    pub fn unit_count(&self) -> usize {
        self.units.len()
    }

    /// The unit that an expression reads or is.
    pub fn unit_of(&self, policy: &Policy, expr: ExprId) -> Option<UnitId> {
        self.unit_of[policy.exprs.get(expr).shape.0 as usize]
    }

    /// The unit of a definition.
    pub fn of_definition(&self, definition: DefinitionId) -> UnitId {
        UnitId(definition.0)
    }

    /// The unit of an item.
    pub fn of_item(&self, policy: &Policy, item: ItemRef) -> UnitId {
        let (criteria, objectives) = (policy.criteria.len(), policy.objectives.len());
        let (missions, fundings) = (policy.missions.len(), policy.fundings.len());
        let rank = match item {
            ItemRef::Decision => 0,
            ItemRef::Criterion(id) => 1 + id.index(),
            ItemRef::Objective(id) => 1 + criteria + id.index(),
            ItemRef::Mission(id) => 1 + criteria + objectives + id.index(),
            ItemRef::Funding(id) => 1 + criteria + objectives + missions + id.index(),
            ItemRef::Obligation(id) => 1 + criteria + objectives + missions + fundings + id.index(),
        };
        unit_id(self.first_item + rank)
    }

    /// The unit of `tous les critères sont remplis`.
    pub fn all_criteria(&self) -> UnitId {
        unit_id(self.first_item + self.items.len())
    }

    /// The units that a unit uses, of the same element of a list or of none.
    pub fn uses(&self, unit: UnitId) -> &[UnitId] {
        &self.uses[unit.index()]
    }

    /// Whether a unit stands at more than one place of the policy.
    pub fn is_repeated(&self, unit: UnitId) -> bool {
        self.repeated[unit.index()]
    }

    /// The lists whose element in turn a shape reads.
    pub fn free(&self, shape: ShapeId) -> &[ListId] {
        &self.shape_free[shape.0 as usize]
    }

    /// The lists whose element in turn a unit reads.
    pub fn free_of_unit(&self, unit: UnitId) -> &[ListId] {
        &self.unit_free[unit.index()]
    }

    /// An expression that counts all elements of a list, where the policy has one.
    pub fn length_of(&self, list: ListId) -> Option<ExprId> {
        self.lengths[list.index()]
    }

    /// The aggregates that go through a list for each element of the same or of another.
    pub fn paired<'p>(&'p self, policy: &'p Policy) -> impl Iterator<Item = (ExprId, Vec<ListId>)> + 'p {
        self.units.iter().zip(&self.unit_free).filter_map(move |(unit, free)| {
            let Unit::Expr(expr) = unit else { return None };
            let list = policy.exprs.get(*expr).kind.gone_through()?;
            (!free.is_empty()).then(|| (*expr, free.iter().copied().chain([list]).collect()))
        })
    }

    /// How many pairs of elements an evaluation goes through in all, of lists of such lengths.
    pub fn pairs(&self, policy: &Policy, length: impl Fn(ListId) -> usize) -> usize {
        let of =
            |(_, lists): (ExprId, Vec<ListId>)| lists.into_iter().map(&length).fold(1, usize::saturating_mul);
        self.paired(policy).map(of).fold(0, usize::saturating_add)
    }

    /// Whether two shapes share a leaf.
    pub fn meet(&self, a: ShapeId, b: ShapeId) -> bool {
        match (self.set(self.shape_leaves[a.0 as usize]), self.set(self.shape_leaves[b.0 as usize])) {
            (Leaves::Few(a), Leaves::Few(b)) => {
                let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
                short.iter().any(|leaf| long.binary_search(leaf).is_ok())
            }
            (few, Leaves::Many) | (Leaves::Many, few) => !few.is_empty(),
        }
    }

    /// The comparisons and scales that rest on a fact.
    pub fn comparisons_of_fact(&self, fact: FactId) -> impl Iterator<Item = ExprId> {
        self.comparisons(fact.index())
    }

    /// The comparisons and scales that rest on a field.
    pub fn comparisons_of_field(&self, field: FieldId) -> impl Iterator<Item = ExprId> {
        self.comparisons(self.leaf_counts[0] + field.index())
    }

    /// The comparisons and scales that rest on a list as a whole.
    pub fn comparisons_of_list(&self, list: ListId) -> impl Iterator<Item = ExprId> {
        self.comparisons(self.leaf_counts[0] + self.leaf_counts[1] + list.index())
    }

    /// Parameters taken at a date that an expression gives, by their first occurrences.
    pub fn dated_parameters(&self) -> &[ExprId] {
        &self.dated_parameters
    }

    fn comparisons(&self, leaf: usize) -> impl Iterator<Item = ExprId> {
        self.compared[leaf].iter().chain(&self.compared_widely).copied()
    }

    fn set(&self, set: u32) -> &Leaves {
        &self.sets[set as usize]
    }
}

/// A set of leaves that were touched, as bits; all of them past a point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Touched {
    bits: Vec<u64>,
    any: bool,
    all: bool,
}

impl Touched {
    /// Adds the leaves of a shape.
    pub fn add_shape(&mut self, dependencies: &Dependencies, shape: ShapeId) {
        self.add(dependencies.set(dependencies.shape_leaves[shape.0 as usize]));
    }

    /// Adds the leaves of a unit.
    pub fn add_unit(&mut self, dependencies: &Dependencies, unit: UnitId) {
        self.add(dependencies.set(dependencies.unit_leaves[unit.index()]));
    }

    /// Adds an entry of the dossier; of a list, what stands in it too.
    pub fn add_declared(&mut self, policy: &Policy, declared: Declared) {
        let [facts, fields, ..] = policy.dependencies().leaf_counts;
        match declared {
            Declared::Fact(fact) => self.add_leaf(fact.index()),
            Declared::Field(field) => self.add_leaf(facts + field.index()),
            Declared::List(list) => {
                self.add_leaf(facts + fields + list.index());
                for field in &policy.lists[list.index()].fields {
                    self.add_leaf(facts + field.index());
                }
            }
        }
    }

    /// Adds all of another set.
    pub fn add_all(&mut self, other: &Touched) {
        self.bits.resize(self.bits.len().max(other.bits.len()), 0);
        self.bits.iter_mut().zip(&other.bits).for_each(|(word, other)| *word |= other);
        (self.all, self.any) = (self.all || other.all, self.any || other.any);
    }

    /// Keeps what is in another set as well.
    pub fn keep(&mut self, other: &Touched) {
        if self.all {
            *self = other.clone();
        } else if !other.all {
            self.bits.truncate(other.bits.len());
            self.bits.iter_mut().zip(&other.bits).for_each(|(word, other)| *word &= other);
            self.any = self.bits.iter().any(|word| *word != 0);
        }
    }

    /// Whether another set has a leaf of it.
    pub fn meets(&self, other: &Touched) -> bool {
        let shared = || self.bits.iter().zip(&other.bits).any(|(a, b)| a & b != 0);
        if self.all {
            other.any
        } else if other.all {
            self.any
        } else {
            shared()
        }
    }

    /// The leaves, in order; `None` where they are all there are.
    pub fn leaves(&self, dependencies: &Dependencies) -> Option<impl Iterator<Item = Leaf>> {
        let [facts, fields, lists, _] = dependencies.leaf_counts;
        let leaf = move |leaf: usize| {
            let slot = |before: usize| u32::try_from(leaf - before).unwrap_or(u32::MAX);
            if leaf < facts {
                Leaf::Fact(FactId(slot(0)))
            } else if leaf < facts + fields {
                Leaf::Field(FieldId(slot(facts)))
            } else if leaf < facts + fields + lists {
                Leaf::List(ListId(slot(facts + fields)))
            } else {
                Leaf::Reading(ReadingId(slot(facts + fields + lists)))
            }
        };
        let set = (0..self.bits.len() * 64).filter(|leaf| self.bits[leaf / 64] >> (leaf % 64) & 1 == 1);
        (!self.all).then(|| set.map(leaf))
    }

    /// Whether a shape rests on a leaf of it.
    pub fn meets_shape(&self, dependencies: &Dependencies, shape: ShapeId) -> bool {
        self.meets_any(dependencies.set(dependencies.shape_leaves[shape.0 as usize]))
    }

    /// Whether a unit rests on a leaf of it.
    pub fn meets_unit(&self, dependencies: &Dependencies, unit: UnitId) -> bool {
        self.meets_any(dependencies.set(dependencies.unit_leaves[unit.index()]))
    }

    fn meets_any(&self, leaves: &Leaves) -> bool {
        match leaves {
            Leaves::Few(few) if self.all => !few.is_empty(),
            Leaves::Few(few) => few.iter().any(|leaf| {
                self.bits.get(*leaf as usize / 64).is_some_and(|bits| bits >> (leaf % 64) & 1 == 1)
            }),
            Leaves::Many => self.any,
        }
    }

    fn add(&mut self, leaves: &Leaves) {
        match leaves {
            Leaves::Many => (self.all, self.any) = (true, true),
            Leaves::Few(few) => {
                for leaf in few {
                    self.add_leaf(*leaf as usize);
                }
            }
        }
    }

    fn add_leaf(&mut self, leaf: usize) {
        let word = leaf / 64;
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= 1 << (leaf % 64);
        self.any = true;
    }
}

impl Leaves {
    fn is_empty(&self) -> bool {
        match self {
            Leaves::Few(few) => few.is_empty(),
            Leaves::Many => false,
        }
    }
}

fn unit_id(index: usize) -> UnitId {
    UnitId(u32::try_from(index).unwrap_or(u32::MAX))
}
