//! What must be so of a dossier for one version of a policy to go to it, and dossiers moved until it is.

use super::ground::Ground;
use super::moves::{self, around, ask, set};
use super::sketch::{Fitter, Sketch};
use crate::decision::MissingPlace;
use crate::dossier::{Answer, Dossier};
use crate::eval::interpret::interpreter::date_of;
use crate::eval::{Evaluator, Learnt, World, cuts, turns};
use crate::history::Consolidated;
use crate::known::{DateRange, Truth};
use crate::policy::{Declared, ExprId, ExprKind, Policy, Reach, Type};
use crate::time::Date;
use crate::value::{Text, Value};

/// What must be so of a dossier for a version to go to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// These conditions hold, all of them.
    So(Vec<ExprId>),
    /// They do not all hold.
    NotSo(Vec<ExprId>),
    /// A date, that of the examination where none is said, is one of these.
    Dated(Option<ExprId>, DateRange),
}

impl Aim {
    /// What must be so for this version to go to a dossier, and no other; of one that goes to all, nothing.
    pub fn of(made: &Consolidated) -> Vec<Aim> {
        let Ok(policy) = made.policy() else { return Vec::new() };
        let (version, edition) = (&policy.version, &made.edition);
        let mut aims = Vec::new();
        if edition.days != DateRange::ALL {
            aims.push(Aim::Dated(version.chosen_at, edition.days));
        }
        for (rank, by) in edition.in_force.iter().enumerate() {
            let own = version.scopes.iter().filter(|(of, _)| *of == rank);
            let own: Vec<ExprId> = own.map(|(_, condition)| *condition).collect();
            match edition.applied.contains(by) {
                _ if own.is_empty() => {}
                true => aims.push(Aim::So(own)),
                false => aims.push(Aim::NotSo(own)),
            }
        }
        aims
    }

    /// Whether it is met.
    fn truth(&self, policy: &Policy, dossier: &Dossier, on: Date) -> Truth {
        let world = World::of(policy, dossier, on);
        let learnt = Learnt::default();
        let mut evaluator = Evaluator::new(policy, &world, &learnt);
        let mut all = |conditions: &[ExprId]| {
            conditions.iter().fold(Truth::of(true), |all, one| all.and(evaluator.truth(*one)))
        };
        match self {
            Aim::So(conditions) => all(conditions),
            Aim::NotSo(conditions) => {
                let all = all(conditions);
                all.value().map_or(all, |all| Truth::of(!all))
            }
            Aim::Dated(said, days) => {
                let known = said.map_or(DateRange::day(on), |expr| date_of(&evaluator.value(expr)));
                match known.intersect(*days) {
                    None => Truth::of(false),
                    Some(_) if known.is_subset(*days) => Truth::of(true),
                    Some(_) => Truth::of(true).union(Truth::of(false)),
                }
            }
        }
    }

    /// What it asks together: each may take another fact.
    fn parts(&self, policy: &Policy) -> Vec<Aim> {
        let each = |conditions: &[ExprId], make: fn(Vec<ExprId>) -> Aim| -> Vec<Aim> {
            conditions.iter().flat_map(|one| make(vec![*one]).parts(policy)).collect()
        };
        match self {
            Aim::So(conditions) => match conditions.as_slice() {
                [one] => match &policy.exprs.get(*one).kind {
                    ExprKind::And(of) => each(of, Aim::So),
                    _ => vec![self.clone()],
                },
                several => each(several, Aim::So),
            },
            Aim::NotSo(conditions) => match conditions.as_slice() {
                [one] => match &policy.exprs.get(*one).kind {
                    ExprKind::Or(of) => each(of, Aim::NotSo),
                    _ => vec![self.clone()],
                },
                _ => vec![self.clone()],
            },
            Aim::Dated(..) => vec![self.clone()],
        }
    }

    /// What it reads.
    fn exprs(&self) -> Vec<ExprId> {
        match self {
            Aim::So(conditions) | Aim::NotSo(conditions) => conditions.clone(),
            Aim::Dated(said, _) => said.iter().copied().collect(),
        }
    }

    /// Whether it is of the day of examination alone, which no answer moves.
    fn is_of_examination(&self) -> bool {
        matches!(self, Aim::Dated(None, _))
    }
}

/// Whether all are met for sure.
pub(super) fn met(policy: &Policy, dossier: &Dossier, on: Date, aims: &[Aim]) -> bool {
    aims.iter().all(|aim| aim.truth(policy, dossier, on).holds())
}

/// The dossier such that all are met, one fact moved for each that is not.
pub(super) fn within(ground: &Ground<'_>, dossier: Dossier, on: Date, aims: &[Aim]) -> Option<Dossier> {
    let policy = ground.policy;
    let mut dossier = dossier;
    let mut pinned: Vec<Declared> = Vec::new();
    for aim in aims.iter().flat_map(|aim| aim.parts(policy)) {
        if aim.truth(policy, &dossier, on).holds() {
            continue;
        }
        let (place, moved) = meeting(policy, &dossier, on, &aim)?;
        pinned.push(place.declared());
        dossier = ground.settle(moved, on, &pinned)?;
    }
    met(policy, &dossier, on, aims).then_some(dossier)
}

/// One fact moved so that an aim is met.
fn meeting(policy: &Policy, dossier: &Dossier, on: Date, aim: &Aim) -> Option<(MissingPlace, Dossier)> {
    let mut reach = Reach::default();
    let exprs = aim.exprs();
    exprs.iter().for_each(|expr| reach.add_expr(policy, *expr));
    let compared: Vec<ExprId> = exprs.iter().flat_map(|expr| joined(policy, *expr)).collect();
    let world = World::of(policy, dossier, on);
    for place in moves::facts(policy).filter(|place| reach.reads(place.declared())) {
        let Some(ask) = ask(policy, place) else { continue };
        let values: Vec<Value> = match (ask.ty, aim) {
            (Type::Truth, _) => vec![Value::Truth(true), Value::Truth(false)],
            (Type::Choice(choice), _) => {
                let options = 0..policy.choices[choice.index()].options.len();
                options.filter_map(|o| u16::try_from(o).ok()).map(Value::Choice).collect()
            }
            (Type::Text, _) => {
                let other = Value::Text(Text::new("autre"));
                cuts(policy, &world, place).into_iter().chain([other]).collect()
            }
            // As near the examination as may be.
            (Type::Date, Aim::Dated(_, days)) => {
                let near = [Some(on), days.to, days.from].into_iter().flatten();
                near.filter(|day| days.contains(*day)).map(Value::Date).collect()
            }
            (
                Type::Integer
                | Type::Number
                | Type::Percent
                | Type::Amount
                | Type::Months
                | Type::Days
                | Type::Date,
                _,
            ) => {
                let turns = turns(policy, &world, place, &compared);
                // The bound itself first: nobody looks for more than it takes.
                turns
                    .iter()
                    .cloned()
                    .chain(turns.iter().flat_map(|value| around(policy, value, ask)))
                    .collect()
            }
        };
        for value in values.into_iter().filter(|value| ask.domain.contains(value)) {
            let mut moved = dossier.clone();
            set(policy, &mut moved, place, Answer::Known(value));
            if aim.truth(policy, &moved, on).holds() {
                return Some((place, moved));
            }
        }
    }
    None
}

/// The conditions that a condition joins, or denies.
fn joined(policy: &Policy, condition: ExprId) -> Vec<ExprId> {
    match &policy.exprs.get(condition).kind {
        ExprKind::And(of) | ExprKind::Or(of) => of.iter().flat_map(|part| joined(policy, *part)).collect(),
        ExprKind::Not(of) => joined(policy, *of),
        _ => vec![condition],
    }
}

/// Brings dossiers to where one version of a policy goes to them.
pub struct Steer<'p> {
    ground: Ground<'p>,
    fitter: Fitter<'p>,
    aims: Vec<Aim>,
}

impl<'p> Steer<'p> {
    /// Makes a policy ready.
    pub fn new(policy: &'p Policy, aims: Vec<Aim>) -> Self {
        Steer { ground: Ground::new(policy), fitter: Fitter::new(policy), aims }
    }

    /// The dossier as it is, unless it certainly goes to another version: then moved until it goes to this
    /// one. None where that does not succeed.
    pub fn brought(&self, sketch: Sketch) -> Option<Sketch> {
        let (policy, on) = (self.ground.policy, sketch.examined_on);
        let (fixed, moving): (Vec<&Aim>, Vec<&Aim>) =
            self.aims.iter().partition(|aim| aim.is_of_examination());
        let out = |aim: &&Aim| matches!(aim, Aim::Dated(None, days) if !days.contains(on));
        if fixed.iter().any(out) {
            return None;
        }
        if moving.is_empty() {
            return Some(sketch);
        }
        let dossier = self.fitter.dossier(&sketch).ok()?.dossier;
        if !moving.iter().any(|aim| aim.truth(policy, &dossier, on).fails()) {
            return Some(sketch);
        }
        let moved = within(&self.ground, dossier, on, &self.aims)?;
        Some(Sketch::of(policy, &moved, on))
    }
}
