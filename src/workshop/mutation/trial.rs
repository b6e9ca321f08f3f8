//! Cases under a policy and under a change of it.

use crate::check::{Consolidation, check, check_consolidated};
use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::eval::plain::Brief;
use crate::eval::{Budget, Decider, Request};
use crate::parallel;
use crate::policy::Policy;
use crate::probe::{self, Aim, Fitter, Sketch, Steer, Swift};
use crate::time::Date;
use crate::workshop::nudge::{at_periods, stirred};
use crate::workshop::{Case, Statement, statements};

use super::Mutation;
use super::hunt::hunt;
use super::same::proof_of_sameness;

/// What becomes of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// `check` refuses it: it could never be in force.
    Refused,
    /// It is proved to say the same, for this reason.
    Same(String),
    /// A case comes to something else.
    Noticed(String),
    /// No case does.
    Unseen,
    /// The budget ended before all cases were tried.
    Untold,
}

/// A case with what it comes to.
struct Stand {
    name: String,
    dossier: Dossier,
    examined_on: Date,
    brief: Brief,
    statements: Vec<Statement>,
}

/// The cases of a policy, ready to be tried under its changes.
pub struct Bench<'p> {
    policy: &'p Policy,
    stands: Vec<Stand>,
}

impl<'p> Bench<'p> {
    /// The cases that this policy decides.
    pub fn new(policy: &'p Policy, cases: &[&Case<'_>]) -> Self {
        let mut bench = Bench::empty(policy);
        for case in cases {
            bench.add(&case.name, case.dossier.clone(), &case.decision);
        }
        bench
    }

    /// No case yet.
    pub fn empty(policy: &'p Policy) -> Self {
        Bench { policy, stands: Vec::new() }
    }

    /// Adds a dossier and what is decided of it.
    pub fn add(&mut self, name: &str, dossier: Dossier, decision: &Decision) {
        self.stands.push(Stand {
            name: name.to_owned(),
            examined_on: decision.examined_on,
            brief: Brief::of(decision),
            statements: statements(self.policy, &dossier, decision),
            dossier,
        });
    }

    /// What becomes of each change; each has its share of the budget.
    pub fn try_all(&self, changes: &[Mutation], options: &probe::Options) -> Vec<Fate> {
        let steps = share(options, changes.len());
        parallel::map(options.workers, changes, |change| self.try_out(change, steps))
    }

    /// What becomes of a change: by status, amount, date and outcome first, then by every point of the
    /// decision.
    fn try_out(&self, mutation: &Mutation, steps: u64) -> Fate {
        let Some(mutant) = mutant(self.policy, mutation) else { return Fate::Refused };
        let budget = Budget::new(steps);
        let swift = Swift::new(&mutant);
        for stand in &self.stands {
            match swift.brief(&stand.dossier, stand.examined_on) {
                Ok(brief) if brief == stand.brief => {}
                Ok(_) | Err(_) => return Fate::Noticed(stand.name.clone()),
            }
            if budget.is_spent() {
                return Fate::Untold;
            }
        }
        let decider = Decider::new(&mutant);
        for stand in &self.stands {
            let request = Request { examined_on: stand.examined_on, readings: Vec::new() };
            let same = decider
                .decide(&stand.dossier, &request)
                .is_ok_and(|decision| statements(&mutant, &stand.dossier, &decision) == stand.statements);
            if !same {
                return Fate::Noticed(stand.name.clone());
            }
            if budget.is_spent() {
                return Fate::Untold;
            }
        }
        match proof_of_sameness(self.policy, &mutant, mutation) {
            Some(reason) => Fate::Same(reason),
            None => Fate::Unseen,
        }
    }
}

/// The steps that each of so many may take.
fn share(options: &probe::Options, of: usize) -> u64 {
    (options.steps / (of as u64).max(1)).max(1)
}

/// The policy so changed, where `check` takes it.
pub(super) fn mutant(policy: &Policy, mutation: &Mutation) -> Option<Policy> {
    let file = mutation.apply(&policy.file)?;
    match Consolidation::of(policy) {
        Some(consolidation) => check_consolidated(&file, &consolidation).policy,
        None => check(&file).policy,
    }
}

/// A dossier that tells a policy and its change apart.
#[derive(Debug, Clone)]
pub struct Witness {
    /// The case that it is nearest to, where there is one.
    pub near: Option<String>,
    /// What it says otherwise, as a dossier writes it.
    pub says: Vec<String>,
    /// The whole dossier.
    pub sketch: Sketch,
}

/// How hard a dossier that tells a change apart is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Among those that stand at every bound.
    AtHand,
    /// At what no bound shows as well: a period that starts on another day, a rounding that goes another
    /// way.
    Beside,
    /// For each change by itself, one fact after another.
    OneByOne,
}

impl Effort {
    /// All, the least first.
    pub const ALL: [Effort; 3] = [Effort::AtHand, Effort::Beside, Effort::OneByOne];
}

/// Dossiers among which a witness is looked for: made once for all changes.
pub struct Witnesses<'p> {
    policy: &'p Policy,
    seeds: Vec<(String, Sketch)>,
    made: Vec<(Sketch, Dossier, Brief)>,
    options: probe::Options,
    steer: Steer<'p>,
    /// The changes for which the budget ended before all was tried.
    unsought: Vec<Mutation>,
}

impl<'p> Witnesses<'p> {
    /// Dossiers that stand at every bound of the policy, around its cases, and that are as they must be for
    /// it to go to them.
    pub fn new(
        policy: &'p Policy,
        aims: Vec<Aim>,
        seeds: Vec<(String, Sketch)>,
        options: &probe::Options,
    ) -> Self {
        let starts: Vec<Sketch> = seeds.iter().map(|(_, sketch)| sketch.clone()).collect();
        let swift = Swift::new(policy);
        let probed = probe::dossiers_by(&[(&swift, aims.clone())], &starts, options).probes;
        let steer = Steer::new(policy, aims);
        let (made, options, unsought) = (Vec::new(), options.clone(), Vec::new());
        let mut witnesses = Witnesses { policy, seeds, made, options, steer, unsought };
        witnesses.add(probed.into_iter().map(|probe| probe.sketch));
        witnesses
    }

    /// Adds dossiers; those that the policy sends back, or to which it does not go, are left out.
    pub fn add(&mut self, sketches: impl IntoIterator<Item = Sketch>) {
        let (fitter, swift) = (Fitter::new(self.policy), Swift::new(self.policy));
        self.made.extend(sketches.into_iter().filter_map(|sketch| {
            let sketch = self.steer.brought(sketch)?;
            let dossier = fitter.dossier(&sketch).ok()?.dossier;
            let brief = swift.brief(&dossier, sketch.examined_on).ok()?;
            Some((sketch, dossier, brief))
        }));
    }

    /// Adds dossiers that may tell these changes apart.
    pub fn look(&mut self, effort: Effort, changes: &[&Mutation]) {
        let (policy, seeds) = (self.policy, self.seeds.iter().map(|(_, from)| from));
        let more: Vec<Sketch> = match effort {
            Effort::AtHand => return,
            Effort::Beside => seeds
                .flat_map(|from| at_periods(policy, from).into_iter().chain(stirred(policy, from)))
                .collect(),
            Effort::OneByOne => {
                let starts: Vec<Sketch> = seeds.cloned().collect();
                let steps = share(&self.options, changes.len());
                let hunt =
                    |change: &&Mutation| hunt(&self.steer, policy, change, &starts, &self.options, steps);
                let hunted = parallel::map(self.options.workers, changes, hunt);
                let cut = changes.iter().zip(&hunted).filter(|(_, hunted)| hunted.is_cut);
                self.unsought.extend(cut.map(|(change, _)| (*change).clone()));
                hunted.into_iter().filter_map(|hunted| hunted.found).collect()
            }
        };
        self.add(more);
    }

    /// How many dossiers there are.
    pub fn count(&self) -> usize {
        self.made.len()
    }

    /// Whether the budget ended before all was tried that may tell a change apart.
    pub fn is_unsought(&self, mutation: &Mutation) -> bool {
        self.unsought.contains(mutation)
    }

    /// For each change the dossiers that tell it apart, by rank; each has its share of the budget.
    pub fn telling_all(&mut self, changes: &[&Mutation]) -> Vec<Vec<usize>> {
        let steps = share(&self.options, changes.len());
        let told = parallel::map(self.options.workers, changes, |change| self.telling(change, steps));
        let mut ranks = Vec::with_capacity(told.len());
        for (change, (own, is_cut)) in changes.iter().zip(told) {
            if is_cut {
                self.unsought.push((*change).clone());
            }
            ranks.push(own);
        }
        ranks
    }

    /// The dossiers that tell a change apart, by rank, and whether the steps ended before all were tried.
    fn telling(&self, mutation: &Mutation, steps: u64) -> (Vec<usize>, bool) {
        let mut telling = Vec::new();
        let Some(mutant) = mutant(self.policy, mutation) else { return (telling, false) };
        let (swift, budget) = (Swift::new(&mutant), Budget::new(steps));
        for (rank, (sketch, dossier, brief)) in self.made.iter().enumerate() {
            if budget.is_spent() {
                return (telling, true);
            }
            if swift.brief(dossier, sketch.examined_on).map_or(true, |own| own != *brief) {
                telling.push(rank);
            }
        }
        (telling, false)
    }

    /// The dossier of a rank.
    pub fn sketch(&self, rank: usize) -> Option<&Sketch> {
        self.made.get(rank).map(|(sketch, ..)| sketch)
    }

    /// Of the dossiers that tell a change apart, by rank, the one that is nearest to a case.
    pub fn nearest(&self, telling: &[usize]) -> Option<Witness> {
        let differ = telling.iter().filter_map(|rank| self.sketch(*rank));
        let near = |sketch: &Sketch| {
            let far = |(name, seed): &'_ (String, Sketch)| (probe::distance(sketch, seed), name.clone());
            self.seeds.iter().map(far).min()
        };
        let (_, sketch) = differ
            .map(|sketch| (near(sketch).map_or(usize::MAX, |(far, _)| far), sketch))
            .min_by_key(|(far, _)| *far)?;
        let nearest = near(sketch).map(|(_, name)| name);
        let seed = nearest.as_ref().and_then(|name| self.seeds.iter().find(|(own, _)| own == name));
        Some(Witness {
            says: otherwise(sketch, seed.map(|(_, seed)| seed)),
            near: nearest,
            sketch: sketch.clone(),
        })
    }
}

/// What a dossier says that another one does not.
fn otherwise(sketch: &Sketch, near: Option<&Sketch>) -> Vec<String> {
    let Some(near) = near else { return lines(sketch) };
    let mut own = Sketch { readings: sketch.readings.clone(), ..sketch.clone() };
    own.entries.retain(|path, entry| near.entries.get(path) != Some(entry));
    own.readings.retain(|name, option| near.readings.get(name) != Some(option));
    let mut said = Vec::new();
    if sketch.examined_on != near.examined_on {
        said.push(format!("examiné le: {}", sketch.examined_on));
    }
    said.extend(lines(&own));
    let left_out = near.entries.keys().filter(|path| !sketch.entries.contains_key(*path));
    said.extend(left_out.map(|path| format!("{path}: inconnu")));
    said
}

/// Its answers, as a dossier writes them.
fn lines(sketch: &Sketch) -> Vec<String> {
    // The head says of what policy it is, what it is called and when it is examined.
    sketch.yaml("", "").lines().skip(3).map(str::to_owned).collect()
}
