//! How an item's status follows from conditions that may be settled apart.
//!
//! A decision reads criteria, a financing reads the decision: rather than suppose values for all the
//! missing facts of all of them together, each condition that stands by itself is an [`Atom`], and
//! what joins the atoms is a [`Formula`]. Atoms that share no missing fact are tried apart.
//!
//! Only bullets, and `et`, `ou`, `non` around an item that is read as a condition, are taken apart:
//! bullets do not narrow one another, so nothing is lost.

use crate::decision::Status;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::items::StatusSet;
use crate::known::Truth;
use crate::policy::{
    CriterionId, Derogation, ExprId, ExprKind, FundingId, Guarded, ItemRef, ObligationId, Policy, Quantity,
};

/// A condition that is worked out as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::eval) enum Atom {
    /// The status of an item.
    Item(ItemRef),
    /// The status of an obligation where it applies.
    Obligation(ObligationId),
    /// An expression, read knowing that others hold.
    Expr {
        /// What is known to hold, in order.
        under: Vec<ExprId>,
        /// The expression.
        expr: ExprId,
    },
}

/// What is known of an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::eval) enum AtomKnown {
    /// The truth of an expression.
    Truth(Truth),
    /// The statuses that an item may have.
    Statuses {
        /// The statuses.
        set: StatusSet,
        /// Of a criterion, « not applicable » bars nothing; of other items it is no fulfilment.
        criterion: bool,
    },
}

impl AtomKnown {
    /// The statuses that an item may have.
    pub fn statuses_of(item: ItemRef, set: StatusSet) -> AtomKnown {
        AtomKnown::Statuses { set, criterion: matches!(item, ItemRef::Criterion(_)) }
    }

    /// As a condition (language, § 4).
    pub fn truth(self) -> Truth {
        match self {
            AtomKnown::Truth(truth) => truth,
            AtomKnown::Statuses { set, criterion } => {
                let holds = |status| match status {
                    Status::Met
                    | Status::Waived
                    | Status::Reached
                    | Status::Covered
                    | Status::Due
                    | Status::Fulfilled
                    | Status::Favourable => true,
                    Status::NotApplicable => criterion,
                    Status::NotMet
                    | Status::NotReached
                    | Status::NotCovered
                    | Status::NotDue
                    | Status::Pending
                    | Status::Missed
                    | Status::Elapsed
                    | Status::Unfavourable
                    | Status::Undetermined
                    | Status::DependsOnReading => false,
                };
                Truth { may_hold: set.iter().any(holds), may_fail: set.iter().any(|status| !holds(status)) }
            }
        }
    }

    /// The statuses of an item; none for an expression.
    pub fn statuses(self) -> StatusSet {
        match self {
            AtomKnown::Truth(_) => StatusSet::NONE,
            AtomKnown::Statuses { set, .. } => set,
        }
    }

    /// Whether more would have to be known.
    pub fn is_open(self) -> bool {
        match self {
            AtomKnown::Truth(truth) => truth.is_open(),
            AtomKnown::Statuses { set, .. } => !closed(set),
        }
    }

    /// Each of the ways in which it may come out for good: statuses that are one to a reader once.
    pub fn settled_ways(self) -> Vec<AtomKnown> {
        let mut ways: Vec<AtomKnown> = Vec::new();
        match self {
            AtomKnown::Truth(truth) => {
                ways.extend(truth.may_hold.then_some(AtomKnown::Truth(Truth::YES)));
                ways.extend(truth.may_fail.then_some(AtomKnown::Truth(Truth::NO)));
            }
            AtomKnown::Statuses { set, criterion } => {
                for status in set.iter() {
                    let way = AtomKnown::Statuses { set: StatusSet::only(status), criterion };
                    if !criterion || ways.iter().all(|known| known.truth() != way.truth()) {
                        ways.push(way);
                    }
                }
            }
        }
        ways
    }

    /// Either of two.
    #[must_use]
    pub fn union(self, other: AtomKnown) -> AtomKnown {
        match (self, other) {
            (AtomKnown::Truth(a), AtomKnown::Truth(b)) => AtomKnown::Truth(a.union(b)),
            (AtomKnown::Statuses { set: a, criterion }, AtomKnown::Statuses { set: b, .. }) => {
                AtomKnown::Statuses { set: a.union(b), criterion }
            }
            // One atom is always known in one way.
            (AtomKnown::Truth(_), AtomKnown::Statuses { .. })
            | (AtomKnown::Statuses { .. }, AtomKnown::Truth(_)) => AtomKnown::Truth(Truth::OPEN),
        }
    }
}

/// Whether nothing more needs to be known of an item. Of a criterion met, waived and not applicable
/// are one: it bars nothing, whichever of them it turns out to be.
pub(in crate::eval) fn closed(set: StatusSet) -> bool {
    set.len() <= 1 || set.settled() != Status::Undetermined
}

/// What joins atoms, by their rank in the target's list.
#[derive(Debug, Clone)]
pub(super) enum Formula {
    /// An atom.
    Atom(usize),
    /// Always so.
    Always,
    /// Negation.
    Not(Box<Formula>),
    /// So many of these hold.
    Count(Quantity, Vec<Formula>),
}

impl Formula {
    /// What it comes to, where an atom's truth is `of(rank)`.
    pub fn truth(&self, of: &impl Fn(usize) -> Truth) -> Truth {
        match self {
            Formula::Atom(rank) => of(*rank),
            Formula::Always => Truth::YES,
            Formula::Not(inner) => !inner.truth(of),
            Formula::Count(quantity, parts) => {
                quantity_holds(*quantity, parts.iter().map(|part| part.truth(of)))
            }
        }
    }
}

impl Formula {
    /// The same formula with others in the place of its atoms.
    fn with_atoms(&self, of: &impl Fn(usize) -> Formula) -> Formula {
        match self {
            Formula::Atom(rank) => of(*rank),
            Formula::Always => Formula::Always,
            Formula::Not(inner) => Formula::Not(Box::new(inner.with_atoms(of))),
            Formula::Count(quantity, parts) => {
                Formula::Count(*quantity, parts.iter().map(|part| part.with_atoms(of)).collect())
            }
        }
    }
}

/// Whether so many of these truths hold.
pub(in crate::eval) fn quantity_holds(quantity: Quantity, truths: impl Iterator<Item = Truth>) -> Truth {
    let (mut sure, mut possible, mut all) = (0u32, 0u32, 0u32);
    for truth in truths {
        all += 1;
        sure += u32::from(truth.holds());
        possible += u32::from(truth.may_hold);
    }
    let at_least = |n: u32| Truth { may_hold: possible >= n, may_fail: sure < n };
    let at_most = |n: u32| Truth { may_hold: sure <= n, may_fail: possible > n };
    match quantity {
        Quantity::All => at_least(all),
        Quantity::AtLeast(n) => at_least(n),
        Quantity::AtMost(n) => at_most(n),
        // Between sure and possible every count may come about, as far as each truth stands alone.
        Quantity::Exactly(n) => {
            Truth { may_hold: sure <= n && n <= possible, may_fail: sure != n || possible != n }
        }
    }
}

/// How an item's status follows from its atoms.
#[derive(Debug, Clone)]
pub(in crate::eval) struct Target {
    /// The conditions.
    pub atoms: Vec<Atom>,
    /// Whether the item applies.
    pub(super) applies: Formula,
    /// Its status where it applies.
    pub(super) core: Core,
}

/// An item's status where it applies.
#[derive(Debug, Clone)]
pub(super) enum Core {
    /// That of an atom (which may itself find that the item does not apply).
    Atom(usize),
    /// One of two statuses, by a condition.
    Either {
        /// The condition.
        when: Formula,
        /// Where it holds.
        yes: Status,
        /// Where it fails.
        no: Status,
    },
}

impl Target {
    /// The statuses that the item may have, where `of(rank)` is known of each atom.
    pub fn statuses(&self, of: &impl Fn(usize) -> AtomKnown) -> StatusSet {
        let truth = |rank| of(rank).truth();
        let applies = self.applies.truth(&truth);
        let mut set = StatusSet::NONE.with(Status::NotApplicable, applies.may_fail);
        if applies.may_hold {
            match &self.core {
                Core::Atom(rank) => set = set.union(of(*rank).statuses()),
                Core::Either { when, yes, no } => {
                    let when = when.truth(&truth);
                    set = set.with(*yes, when.may_hold).with(*no, when.may_fail);
                }
            }
        }
        set
    }

    /// The same target with the conditions of a decision, financing or obligation in the place of the
    /// atom that stands for it.
    pub fn expanded(&self, policy: &Policy, rank: usize) -> Target {
        let Some(Atom::Item(item)) = self.atoms.get(rank) else { return self.clone() };
        let inner = Target::of(policy, *item);
        let mut builder = Builder { policy, atoms: Vec::new() };
        let own: Vec<Option<usize>> =
            (0..self.atoms.len()).map(|i| (i != rank).then(|| builder.atom(self.atoms[i].clone()))).collect();
        let theirs: Vec<usize> = inner.atoms.iter().map(|atom| builder.atom(atom.clone())).collect();
        let moved = |inner: &Formula| inner.with_atoms(&|rank| Formula::Atom(theirs[rank]));
        let (applies, core) = (moved(&inner.applies), &inner.core);
        let holds = match core {
            Core::Either { when, .. } => moved(when),
            Core::Atom(rank) => Formula::Atom(theirs[*rank]),
        };
        let stands_for = Formula::Count(Quantity::All, vec![applies, holds]);
        let place =
            |rank: usize| own.get(rank).copied().flatten().map_or_else(|| stands_for.clone(), Formula::Atom);
        Target {
            applies: self.applies.with_atoms(&place),
            core: match &self.core {
                // The core of a target is never the atom that is expanded: that one is a condition.
                Core::Atom(rank) => Core::Atom(own.get(*rank).copied().flatten().unwrap_or(*rank)),
                Core::Either { when, yes, no } => {
                    Core::Either { when: when.with_atoms(&place), yes: *yes, no: *no }
                }
            },
            atoms: builder.atoms,
        }
    }

    /// The target of an item, its conditions apart. An item read as a condition stays one atom.
    pub fn of(policy: &Policy, item: ItemRef) -> Target {
        let mut builder = Builder { policy, atoms: Vec::new() };
        let (applies, core) = match item {
            ItemRef::Criterion(_) | ItemRef::Objective(_) | ItemRef::Mission(_) => {
                (Formula::Always, Core::Atom(builder.atom(Atom::Item(item))))
            }
            ItemRef::Obligation(id) => {
                let obligation = &policy.obligations[id.index()];
                let applies = builder.applies(obligation.applies, &obligation.unless);
                (applies, Core::Atom(builder.atom(Atom::Obligation(id))))
            }
            ItemRef::Decision => {
                let when = builder.condition(policy.decision.favourable, &[]);
                (Formula::Always, Core::Either { when, yes: Status::Favourable, no: Status::Unfavourable })
            }
            ItemRef::Funding(id) => builder.funding(id),
        };
        Target { atoms: builder.atoms, applies, core }
    }
}

struct Builder<'p> {
    policy: &'p Policy,
    atoms: Vec<Atom>,
}

impl Builder<'_> {
    fn atom(&mut self, atom: Atom) -> usize {
        match self.atoms.iter().position(|known| *known == atom) {
            Some(rank) => rank,
            None => {
                self.atoms.push(atom);
                self.atoms.len() - 1
            }
        }
    }

    fn funding(&mut self, id: FundingId) -> (Formula, Core) {
        let funding = &self.policy.fundings[id.index()];
        let under: Vec<ExprId> = funding.applies.into_iter().collect();
        let applies = self.applies(funding.applies, &[]);
        let due = match funding.due {
            Some(cond) => self.condition(cond, &under),
            None => Formula::Always,
        };
        let when = Formula::Count(Quantity::All, vec![due, self.none_of(&funding.unless, &under)]);
        (applies, Core::Either { when, yes: Status::Due, no: Status::NotDue })
    }

    /// `si`, and none of some `sauf si`.
    fn applies(&mut self, applies: Option<ExprId>, unless: &[Derogation]) -> Formula {
        let under: Vec<ExprId> = applies.into_iter().collect();
        let first = match applies {
            Some(cond) => self.condition(cond, &[]),
            None => Formula::Always,
        };
        Formula::Count(Quantity::All, vec![first, self.none_of(unless, &under)])
    }

    fn none_of(&mut self, unless: &[Derogation], under: &[ExprId]) -> Formula {
        let parts = unless.iter().map(|derogation| self.condition(derogation.condition, under)).collect();
        Formula::Count(Quantity::AtMost(0), parts)
    }

    /// Whether an expression itself (not through a definition) reads an item as a condition.
    fn reads_item(&self, expr: ExprId) -> bool {
        let kind = &self.policy.exprs.get(expr).kind;
        let mut found = matches!(kind, ExprKind::Holds(_) | ExprKind::AllCriteria);
        kind.for_each_operand(&mut |operand| found = found || self.reads_item(operand));
        found
    }

    fn condition(&mut self, expr: ExprId, under: &[ExprId]) -> Formula {
        match &self.policy.exprs.get(expr).kind {
            ExprKind::Holds(item) => Formula::Atom(self.atom(Atom::Item(*item))),
            ExprKind::AllCriteria => {
                let criteria = (0..self.policy.criteria.len())
                    .map(|i| ItemRef::Criterion(CriterionId(u32::try_from(i).unwrap_or(u32::MAX))))
                    .map(|item| Formula::Atom(self.atom(Atom::Item(item))))
                    .collect();
                Formula::Count(Quantity::All, criteria)
            }
            ExprKind::Bullets { quantity, of } => {
                let parts = of.iter().map(|bullet| self.bullet(*quantity, *bullet, under)).collect();
                Formula::Count(*quantity, parts)
            }
            ExprKind::And(of) if self.reads_item(expr) => {
                let mut under = under.to_vec();
                let mut parts = Vec::new();
                for operand in of {
                    parts.push(self.condition(*operand, &under));
                    under.push(*operand);
                }
                Formula::Count(Quantity::All, parts)
            }
            ExprKind::Or(of) if self.reads_item(expr) => Formula::Count(
                Quantity::AtLeast(1),
                of.iter().map(|operand| self.condition(*operand, under)).collect(),
            ),
            ExprKind::Not(inner) if self.reads_item(expr) => {
                Formula::Not(Box::new(self.condition(*inner, under)))
            }
            _ => Formula::Atom(self.atom(Atom::Expr { under: under.to_vec(), expr })),
        }
    }

    /// A bullet with its `si`: under « all » it asks nothing where its `si` fails; elsewhere it then
    /// counts for nothing.
    fn bullet(&mut self, quantity: Quantity, bullet: Guarded, under: &[ExprId]) -> Formula {
        let Some(only_if) = bullet.only_if else { return self.condition(bullet.then, under) };
        let guard = self.condition(only_if, under);
        let mut within = under.to_vec();
        within.push(only_if);
        let then = self.condition(bullet.then, &within);
        match quantity {
            Quantity::All => Formula::Count(Quantity::AtLeast(1), vec![Formula::Not(Box::new(guard)), then]),
            Quantity::AtLeast(_) | Quantity::AtMost(_) | Quantity::Exactly(_) => {
                Formula::Count(Quantity::All, vec![guard, then])
            }
        }
    }
}

/// What is known of an atom in an evaluator's world.
pub(in crate::eval) fn work_out(evaluator: &mut Evaluator<'_>, atom: &Atom) -> AtomKnown {
    match atom {
        Atom::Item(item) => AtomKnown::statuses_of(*item, evaluator.statuses(*item)),
        Atom::Obligation(id) => {
            AtomKnown::statuses_of(ItemRef::Obligation(*id), evaluator.statuses_of_dates(*id))
        }
        // Where what is supposed cannot be, the value is never looked at: both are left open.
        Atom::Expr { under, expr } => AtomKnown::Truth(evaluator.truth_under(under, *expr)),
    }
}
