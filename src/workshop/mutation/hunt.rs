//! A dossier that tells a change apart, where none of those at hand does.
//!
//! A change first shows in something that is worked out on the way, then, from the right dossier, in what is
//! decided. So the dossiers in whose explanation most is no longer the same are changed one fact at a time,
//! to every bound of the policy and of its change, and what comes of that again.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Mutation;
use super::trial::mutant;
use crate::decision::{Decision, Op, Step};
use crate::dossier::Dossier;
use crate::eval::{Budget, Decider, Request};
use crate::known::Known;
use crate::policy::{ExprId, Policy, Reach};
use crate::probe::{self, Around, Fitter, Sketch, Steer, Swift};
use crate::workshop::nudge::stirred;

/// Greatest number of facts that are changed one after another.
const STEPS: usize = 3;
/// Greatest number of dossiers that are changed at each step.
const PARENTS: usize = 6;
/// Greatest number of dossiers of which, first, only what the change rests on is changed.
const FIRST: usize = 24;
/// Greatest number of those that come of one and the same.
const SIBLINGS: usize = 2;
/// Greatest number of dossiers of a step that are explained.
const EXPLAINED: usize = 400;

/// What a hunt came to.
#[derive(Debug, Default)]
pub(super) struct Hunted {
    /// A dossier that tells the change apart.
    pub found: Option<Sketch>,
    /// Whether the steps ended before all was tried.
    pub is_cut: bool,
}

/// A dossier that tells a change apart, looked for from these in so many steps.
pub(super) fn hunt(
    steer: &Steer<'_>,
    policy: &Policy,
    mutation: &Mutation,
    starts: &[Sketch],
    options: &probe::Options,
    steps: u64,
) -> Hunted {
    let Some(mutant) = mutant(policy, mutation) else { return Hunted::default() };
    let budget = Budget::new(steps);
    let pair = Pair::new(policy, &mutant);
    let mut around = [Around::new(&pair.own, options), Around::new(&pair.other, options)];
    let whole = Reach::of_policy(policy);
    let changed = reach(policy, mutation);
    let mut near = pair.nearest(starts.iter().cloned().enumerate(), usize::MAX, FIRST);
    let mut seen: HashSet<String> = HashSet::new();
    for step in 0..STEPS {
        let mut made: Vec<(usize, Sketch)> = Vec::new();
        let showing =
            near.iter().filter(|(shows, _)| *shows).take(PARENTS).map(|(_, parent)| (parent, &whole));
        // Where it does not show, at first, what the change itself rests on may make it show.
        let first = near.iter().filter(|_| step == 0).map(|(_, parent)| (parent, &changed));
        for (rank, (parent, reach)) in showing.chain(first).enumerate() {
            let children = around.iter_mut().flat_map(|around| around.of(parent, reach, false));
            for child in children.chain(stirred(policy, parent)).filter_map(|child| steer.brought(child)) {
                if budget.is_spent() {
                    return Hunted { found: None, is_cut: true };
                }
                if seen.insert(child.yaml("", "")) {
                    if pair.differs(&child) {
                        return Hunted { found: Some(child), is_cut: false };
                    }
                    made.push((rank, child));
                }
            }
        }
        near = pair.nearest(made, SIBLINGS, PARENTS);
    }
    Hunted::default()
}

/// What the changed places may read.
fn reach(policy: &Policy, mutation: &Mutation) -> Reach {
    let mut reach = Reach::default();
    for expr in (0..u32::try_from(policy.exprs.len()).unwrap_or(u32::MAX)).map(ExprId) {
        let span = policy.exprs.get(expr).span;
        if mutation.edits.iter().any(|(edit, _)| span.start <= edit.end && edit.start <= span.end) {
            reach.add_expr(policy, expr);
        }
    }
    reach
}

/// A policy and its change.
struct Pair<'p> {
    own: Swift<'p>,
    other: Swift<'p>,
    fitter: Fitter<'p>,
    explain: [Decider<'p>; 2],
}

impl<'p> Pair<'p> {
    fn new(policy: &'p Policy, mutant: &'p Policy) -> Self {
        Pair {
            own: Swift::new(policy),
            other: Swift::new(mutant),
            fitter: Fitter::new(policy),
            explain: [Decider::new(policy), Decider::new(mutant)],
        }
    }

    fn dossier(&self, sketch: &Sketch) -> Option<Dossier> {
        Some(self.fitter.dossier(sketch).ok()?.dossier)
    }

    /// Whether a dossier comes to something else.
    fn differs(&self, sketch: &Sketch) -> bool {
        let Some(dossier) = self.dossier(sketch) else { return false };
        let Ok(own) = self.own.brief(&dossier, sketch.examined_on) else { return false };
        self.other.brief(&dossier, sketch.examined_on).map_or(true, |other| other != own)
    }

    /// The dossiers in whose explanation most differs, of those the ones of which most is worked out, with
    /// whether anything differs. Each comes with what it comes of; of one and the same there are some only.
    fn nearest(
        &self,
        sketches: impl IntoIterator<Item = (usize, Sketch)>,
        siblings: usize,
        most: usize,
    ) -> Vec<(bool, Sketch)> {
        let told = sketches.into_iter().take(EXPLAINED);
        let mut near: Vec<_> = told.map(|(parent, sketch)| (self.spread(&sketch), parent, sketch)).collect();
        near.sort_by_key(|(spread, ..)| Reverse(*spread));
        let mut held: HashMap<usize, usize> = HashMap::new();
        near.retain(|(_, parent, _)| {
            let held = held.entry(*parent).or_default();
            *held += 1;
            *held <= siblings
        });
        near.truncate(most);
        near.into_iter().map(|((spread, _), _, sketch)| (spread > 0, sketch)).collect()
    }

    /// How many of the values that explain what is decided differ, and how many there are.
    fn spread(&self, sketch: &Sketch) -> (usize, usize) {
        let Some(dossier) = self.dossier(sketch) else { return (0, 0) };
        let explained = self.explain.each_ref().map(|decider| {
            let request = Request { examined_on: sketch.examined_on, readings: Vec::new() };
            let decision = decider.decide(&dossier, &request).ok()?;
            Some(values(self.own.policy(), &decision))
        });
        let [Some(own), Some(other)] = explained else { return (0, 0) };
        let differ = own.iter().zip(&other).filter(|(own, other)| own != other).count();
        (differ + own.len().abs_diff(other.len()), own.len())
    }
}

/// The values of an explanation, in its order.
fn values(policy: &Policy, decision: &Decision) -> Vec<Known> {
    fn walk(step: &Step, told: &mut HashSet<*const Step>, values: &mut Vec<Known>) {
        values.push(step.value.clone());
        if let Op::Shared(inner) = &step.op
            && told.insert(Arc::as_ptr(inner))
        {
            walk(inner, told, values);
        }
        for operand in &step.operands {
            walk(operand, told, values);
        }
    }
    let (mut told, mut found) = (HashSet::new(), Vec::new());
    for case in policy.items().flat_map(|item| &decision.item(item).by_reading) {
        for (_, step) in &case.because.parts {
            walk(step, &mut told, &mut found);
        }
    }
    found
}
