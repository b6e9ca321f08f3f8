//! On which side of each bound of a policy a dossier stands.
//!
//! A *bound* is a place where two values of one order meet: a comparison, an end of `est entre` or of
//! a line of a scale, a ceiling or floor, the time limit of an obligation. What is compared stands below,
//! on or above it.

use std::cmp::Ordering;

use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::context::Row;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::ListState;
use crate::eval::world::World;
use crate::policy::expr::BandRange;
use crate::policy::{ExprId, ExprKind, Policy, Reach, Type};
use crate::value::Value;

/// A bound: where it stands, and which one of those that stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bound {
    /// The comparison, scale, ceiling or floor.
    pub expr: ExprId,
    /// From 0, in the order in which they are written.
    pub part: u16,
}

/// Where what is compared stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Less than the bound.
    Below,
    /// Equal to it.
    On,
    /// More.
    Above,
}

/// A bound with the side on which a dossier stands, of one element where the bound is of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Standing {
    /// The bound.
    pub bound: Bound,
    /// The element, from 0, where the bound is one of each element of a list.
    pub row: Option<u32>,
    /// The side.
    pub side: Side,
}

impl Bound {
    /// The part that stands for what fulfils an obligation against its time limit.
    pub const FULFILLED: u16 = u16::MAX - 1;
    /// The part that stands for the date of examination against the time limit.
    pub const EXAMINED: u16 = u16::MAX;
}

/// What a bound compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sides {
    Two(ExprId, ExprId),
    /// A date, and the last day of a duration that starts at another.
    LastDay(ExprId),
}

/// The expressions of a policy that have bounds, each shape once, in the order of the file; those that
/// nothing reads are left out.
pub fn bounded(policy: &Policy) -> Vec<ExprId> {
    let mut found: Vec<ExprId> = Vec::new();
    let mut seen = vec![false; policy.exprs.len()];
    let reach = Reach::of_policy(policy);
    let mut roots: Vec<ExprId> = policy.items().flat_map(|item| policy.roots(item)).collect();
    roots.extend(policy.coherences.iter().map(|coherence| coherence.condition));
    roots.extend(reach.definitions.iter().map(|definition| policy.definitions[definition.index()].body));
    roots.extend(policy.facts.iter().filter_map(|fact| fact.ask.asked_if));
    roots.extend(policy.version.scopes.iter().map(|(_, scope)| *scope));
    while let Some(expr) = roots.pop() {
        let shape = policy.exprs.first_of(policy.exprs.get(expr).shape);
        let Some(seen) = seen.get_mut(shape.0 as usize) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        let kind = &policy.exprs.get(shape).kind;
        kind.for_each_operand(&mut |operand| roots.push(operand));
        if !sides_of(policy, kind).is_empty() {
            found.push(shape);
        }
    }
    found.extend(policy.obligations.iter().map(|obligation| obligation.deadline));
    found.sort();
    found.dedup();
    found
}

/// The bounds of an expression; of a time limit as well.
pub fn bounds(policy: &Policy, expr: ExprId) -> Vec<Bound> {
    let count = sides_of(policy, &policy.exprs.get(expr).kind).len();
    let own = 0..u16::try_from(count).unwrap_or(0);
    let act = fulfilled_by(policy, expr).map(|_| Bound::FULFILLED);
    let limit = policy.obligations.iter().any(|obligation| obligation.deadline == expr);
    let limit = limit.then_some(Bound::EXAMINED);
    own.chain(act).chain(limit).map(|part| Bound { expr, part }).collect()
}

/// What fulfils the obligation, where an act does, of which an expression is the time limit.
pub fn fulfilled_by(policy: &Policy, deadline: ExprId) -> Option<ExprId> {
    let own = policy.obligations.iter().find(|obligation| obligation.deadline == deadline);
    own?.fulfilled_by
}

/// What a bound compares with what: the two expressions, where both are written.
pub fn operands(policy: &Policy, bound: Bound) -> Option<(ExprId, ExprId)> {
    if bound.part == Bound::FULFILLED {
        return Some((fulfilled_by(policy, bound.expr)?, bound.expr));
    }
    match sides_of(policy, &policy.exprs.get(bound.expr).kind).get(usize::from(bound.part))? {
        Sides::Two(left, right) => Some((*left, *right)),
        Sides::LastDay(_) => None,
    }
}

fn sides_of(policy: &Policy, kind: &ExprKind) -> Vec<Sides> {
    match kind {
        ExprKind::Compare { left, .. } if !policy.exprs.get(*left).ty.is_ordered(&policy.choices) => {
            Vec::new()
        }
        ExprKind::Compare { left, right, .. } => vec![Sides::Two(*left, *right)],
        ExprKind::Between { subject, low, high } => {
            vec![Sides::Two(*subject, *low), Sides::Two(*subject, *high)]
        }
        ExprKind::Within { date, origin, .. } => vec![Sides::Two(*date, *origin), Sides::LastDay(*date)],
        ExprKind::Extremum { of, .. } => match of.split_first() {
            Some((first, rest)) => rest.iter().map(|other| Sides::Two(*first, *other)).collect(),
            None => Vec::new(),
        },
        ExprKind::Scale { of, bands, .. } => {
            let mut ends = Vec::new();
            let mut closed = false;
            for band in bands {
                if let BandRange::Between { low, high } = &band.range {
                    // The lower end of a line says again what the upper end of the line before it says.
                    let low = low.filter(|_| !closed);
                    ends.extend(low.iter().chain(high).map(|(end, _)| Sides::Two(*of, *end)));
                    closed = high.is_some();
                }
            }
            ends
        }
        _ => Vec::new(),
    }
}

/// Where a world stands at the bounds of these expressions; a bound whose two sides are not both known
/// is left out.
pub fn standings(policy: &Policy, world: &World, of: &[ExprId]) -> Vec<Standing> {
    let learnt = Learnt::default();
    let mut evaluator = Evaluator::new(policy, world, &learnt);
    let mut found = Vec::new();
    for expr in of {
        let shape = policy.exprs.get(*expr).shape;
        match evaluator.rests_on.free(shape) {
            [] => evaluator.sides(*expr, None, &mut found),
            [list] => {
                let ListState::Rows(rows) = &world.lists[list.index()] else { continue };
                for row in 0..u32::try_from(rows.len()).unwrap_or(u32::MAX) {
                    evaluator.in_row(*list, Row::At(row), |inner| inner.sides(*expr, Some(row), &mut found));
                }
            }
            _ => {}
        }
    }
    found
}

impl Evaluator<'_> {
    fn sides(&mut self, expr: ExprId, row: Option<u32>, found: &mut Vec<Standing>) {
        let policy = self.policy;
        let kind = &policy.exprs.get(expr).kind;
        for (part, sides) in (0..).zip(sides_of(policy, kind)) {
            let (left, right) = match (sides, kind) {
                (Sides::Two(left, right), _) => (self.value(left).value(), self.value(right).value()),
                (Sides::LastDay(date), ExprKind::Within { duration, origin, .. }) => {
                    let last = self.last_day(*duration, *origin).value().map(Value::Date);
                    (self.value(date).value(), last)
                }
                (Sides::LastDay(_), _) => continue,
            };
            let (Some(left), Some(right)) = (left, right) else { continue };
            let Some(side) = order(&left, &right).map(Side::of) else { continue };
            found.push(Standing { bound: Bound { expr, part }, row, side });
        }
        if self.policy.obligations.iter().any(|obligation| obligation.deadline == expr)
            && let Some(deadline) = self.value(expr).value()
        {
            let done = fulfilled_by(self.policy, expr).and_then(|act| self.value(act).value());
            let today = Some(Value::Date(self.world.examined_on));
            for (part, day) in [(Bound::FULFILLED, done), (Bound::EXAMINED, today)] {
                if let Some(order) = day.and_then(|day| order(&day, &deadline)) {
                    found.push(Standing { bound: Bound { expr, part }, row, side: Side::of(order) });
                }
            }
        }
    }
}

impl Side {
    fn of(order: Ordering) -> Side {
        match order {
            Ordering::Less => Side::Below,
            Ordering::Equal => Side::On,
            Ordering::Greater => Side::Above,
        }
    }
}

fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Choice(a), Value::Choice(b)) => Some(a.cmp(b)),
        (Value::Number(_) | Value::Date(_) | Value::Choice(_) | Value::Truth(_) | Value::Text(_), _) => None,
    }
}

/// Whether a condition certainly fails, of some element where it is one of each.
pub fn fails(policy: &Policy, world: &World, expr: ExprId) -> bool {
    let learnt = Learnt::default();
    let mut evaluator = Evaluator::new(policy, world, &learnt);
    let shape = policy.exprs.get(expr).shape;
    let truth = policy.exprs.get(expr).ty == Type::Truth;
    match evaluator.rests_on.free(shape) {
        _ if !truth => false,
        [] => evaluator.truth(expr).fails(),
        [list] => {
            let ListState::Rows(rows) = &world.lists[list.index()] else { return false };
            let mut rows = 0..u32::try_from(rows.len()).unwrap_or(u32::MAX);
            rows.any(|row| evaluator.in_row(*list, Row::At(row), |inner| inner.truth(expr).fails()))
        }
        _ => false,
    }
}

/// How many of the conditions that items are made of hold.
pub fn holding(policy: &Policy, world: &World) -> usize {
    let learnt = Learnt::default();
    let mut evaluator = Evaluator::new(policy, world, &learnt);
    let mut count = 0;
    for item in policy.items() {
        for root in policy.roots(item) {
            let node = policy.exprs.get(root);
            match &node.kind {
                ExprKind::Bullets { of, .. } => {
                    count += of.iter().filter(|bullet| evaluator.truth(bullet.then).holds()).count();
                }
                _ if node.ty == Type::Truth => {
                    count += usize::from(evaluator.truth(root).holds());
                }
                _ => {}
            }
        }
    }
    count
}
