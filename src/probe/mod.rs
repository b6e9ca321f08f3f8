//! Dossiers that stand at every bound of a policy, found without a solver.
//!
//! [`dossiers`] starts from seeds (cases, say; a dossier made up from what is declared where there is
//! none) and changes one fact at a time: each truth and option, each text that is compared, each
//! reading, and every number, date and count of elements to the last value before a bound, the bound
//! itself and the first value after it, looked for through definitions, parameters and scales. A dossier
//! that shows something new (an item that has another status) is changed in turn. What the policy's
//! `cohérence` ties together moves together; a dossier that would be sent back is dropped.
//!
//! What comes out is a list of [`Probe`]s, in a fixed order: a [`Sketch`] (a dossier that belongs to no
//! policy: [`Sketch::yaml`] writes it, [`Fitter::dossier`] makes the in-memory dossier of any policy of
//! it) with where it [`Stand`]s: policy, bound, side. [`Probed::reached`] says of every bound which of
//! its three sides some dossier stands on, at one step from the next side; what is missing there was not
//! reached. [`standing_at`] says the same of a dossier that was not made here (a case, for coverage).
//!
//! What must be so for a version to go to a dossier is an [`Aim`]; [`Steer`] brings dossiers there.
//!
//! [`Around`] makes those that differ from one in one fact: for whoever knows what is still looked for.
//!
//! [`shrink()`] makes a dossier that shows something smaller, as long as it goes on showing it.
//!
//! [`Swift`] decides such dossiers quickly: a complete one under each combination of readings by the
//! plain evaluator.
//!
//! Limits: [`Options`]. Equal inputs give equal dossiers.

mod aim;
mod blank;
mod ground;
mod moves;
mod search;
mod shrink;
mod sketch;
mod swift;

use std::collections::BTreeMap;

pub use aim::{Aim, Steer};
pub use search::{Around, standing_at};
pub use shrink::{distance, shrink};
pub use sketch::{Elements, Entry, Fill, Fitted, Fitter, Sketch, Unfit, Unit};
pub use swift::Swift;

pub use crate::eval::bounds::sides::{Bound, Side, bounded, bounds, operands};
use crate::limits;
use crate::policy::Policy;
use crate::time::Date;

/// How far the search goes.
#[derive(Debug, Clone)]
pub struct Options {
    /// The date of examination of dossiers that are made up.
    pub examined_on: Date,
    /// Greatest number of dossiers.
    pub most: usize,
    /// Greatest number of dossiers whose facts are changed one by one.
    pub parents: usize,
    /// Greatest number of elements of a list.
    pub elements: usize,
    /// Whether dossiers with a missing fact are made as well.
    pub missing: bool,
    /// How many threads work at once; what comes out does not depend on it.
    pub workers: usize,
    /// Steps that each part of a search for one thing takes, where such dossiers are looked through.
    pub steps: u64,
}

impl Options {
    /// What serves ordinary policies.
    pub fn new(examined_on: Date) -> Options {
        Options {
            examined_on,
            most: limits::PROBES,
            parents: limits::PROBE_PARENTS,
            elements: limits::PROBE_ELEMENTS,
            missing: true,
            workers: 1,
            steps: limits::SEARCH_STEPS,
        }
    }
}

/// A bound that a dossier stands at, one step from another side of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stand {
    /// The policy, by rank among those that were given.
    pub policy: usize,
    /// The bound.
    pub bound: Bound,
    /// The side.
    pub side: Side,
}

/// A dossier that was made.
#[derive(Debug, Clone)]
pub struct Probe {
    /// What it says.
    pub sketch: Sketch,
    /// Where it stands.
    pub stands: Vec<Stand>,
}

/// What was made.
#[derive(Debug, Clone, Default)]
pub struct Probed {
    /// The dossiers, seeds left out.
    pub probes: Vec<Probe>,
    /// By policy and bound, of every bound: the sides on which some dossier stands.
    pub reached: BTreeMap<(usize, Bound), Vec<Side>>,
    /// How many dossiers had their facts changed one by one.
    pub varied: usize,
    /// How many more would have had, but for a limit of [`Options`]: they show a status that none did before.
    pub waited: usize,
    /// How many dossiers [`Options::most`] kept from being made, counted for each policy.
    pub dropped: usize,
    /// How many values [`limits::PROBE_VALUES`] kept from being tried.
    pub cut: usize,
}

/// Dossiers that stand at every bound of these policies.
///
/// Seeds that a policy would send back are passed over for that policy.
pub fn dossiers(policies: &[&Policy], seeds: &[Sketch], options: &Options) -> Probed {
    let swifts: Vec<Swift<'_>> = policies.iter().map(|policy| Swift::new(policy)).collect();
    dossiers_by(&swifts.iter().map(|swift| (swift, Vec::new())).collect::<Vec<_>>(), seeds, options)
}

/// The same for whoever goes on to decide them: what was decided in passing is remembered. Each policy
/// with what must be so for it to go to a dossier: seeds are moved to where it is.
pub fn dossiers_by(policies: &[(&Swift<'_>, Vec<Aim>)], seeds: &[Sketch], options: &Options) -> Probed {
    search::run(policies, seeds, options)
}
