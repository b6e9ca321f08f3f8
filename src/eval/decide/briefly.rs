//! Outcome, statuses, amounts and time limits of a decision, without working out why, what is missing,
//! or what other readings would give: for whoever compares many dossiers.
//!
//! An item of which all that it reads is plainly known is told by the plain evaluator, whatever the
//! dossier leaves open elsewhere; only the others are worked out by what is known of every value.

use std::collections::{BTreeMap, HashMap};

use super::assembly::{Request, beside, examined, unless_too_long};
use super::calculated;
use super::engine::{Engine, Worlds};
use super::overall::{hull, outcome_of, overall};
use crate::decision::{Combination, Outcome, Status};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::plain::{Brief, BriefItem, Detail, Plain};
use crate::policy::{ItemRef, Policy, ReadingId};
use crate::time::Date;

/// The same as the brief of the whole decision.
pub(super) fn briefly(
    policy: &Policy,
    plain: &Plain,
    dossier: &Dossier,
    request: &Request,
) -> Result<Brief, Vec<Diagnostic>> {
    examined(policy, dossier, request, |world, learnt| {
        let plainly = Plainly::new(policy, plain, dossier, request);
        let worlds = Worlds::default();
        let mut engine = Engine::new(policy, world, learnt, &worlds).helped_by(plainly);
        let mut told: Vec<Vec<Case>> = Vec::new();
        for item in policy.items() {
            let combinations = engine.combinations(item);
            told.push(combinations.into_iter().map(|under| Case::of(&mut engine, item, under)).collect());
        }
        finish(policy, &mut engine, &mut told);
        let outcome = if policy.decision.stated {
            let decision = told.first().map(|decision| decision.iter().map(|case| case.told.status));
            decision.map_or(Outcome::Incomplete, outcome_of)
        } else {
            let came = |case: &Case| (case.told.status, case.told.value());
            let items = policy.items().zip(&told);
            calculated::outcome(policy, items.map(|(item, cases)| (item, cases.iter().map(came).collect())))
        };
        let items = policy.items().zip(told).map(|(item, cases)| together(item, cases));
        unless_too_long(policy, dossier, &engine, Brief::new(outcome, items))
    })
}

/// An item under one combination of the readings that it depends on.
struct Case {
    under: Combination,
    told: BriefItem,
    /// Whether an amount or a time limit is still to be worked out.
    lacks: bool,
}

impl Case {
    fn of(engine: &mut Engine<'_>, item: ItemRef, under: Combination) -> Case {
        if let Some(told) = engine.plainly(item, &under) {
            return Case { told, under, lacks: false };
        }
        let status = engine.resolve(item, &under).statuses.settled();
        let lacks = match item {
            ItemRef::Funding(_) => matches!(status, Status::Due | Status::Undetermined),
            ItemRef::Obligation(_) => status != Status::NotApplicable,
            ItemRef::Decision | ItemRef::Criterion(_) | ItemRef::Objective(_) | ItemRef::Mission(_) => false,
        };
        Case { told: BriefItem { status, detail: Detail::None }, under, lacks }
    }
}

/// Works out the amounts and time limits that are not plain. Items under one combination share an
/// evaluator.
fn finish(policy: &Policy, engine: &mut Engine<'_>, told: &mut [Vec<Case>]) {
    let mut places: BTreeMap<Combination, Vec<(ItemRef, usize, usize)>> = BTreeMap::new();
    for (rank, (item, cases)) in policy.items().zip(&*told).enumerate() {
        for (own, case) in cases.iter().enumerate().filter(|(_, case)| case.lacks) {
            places.entry(case.under.clone()).or_default().push((item, rank, own));
        }
    }
    for (under, places) in places {
        let learnt = engine.learnt_under(&under);
        let mut evaluator = Evaluator::new(policy, engine.world_under(&under), &learnt);
        for (item, rank, own) in places {
            let Some(case) = told.get_mut(rank).and_then(|cases| cases.get_mut(own)) else { continue };
            evaluator.renew();
            let found = beside(engine, &mut evaluator, item, case.told.status);
            case.told.detail = Detail::found(found.value.as_ref());
        }
    }
}

/// An item over all combinations.
fn together(item: ItemRef, mut cases: Vec<Case>) -> BriefItem {
    if cases.len() == 1
        && let Some(only) = cases.pop()
    {
        return only.told;
    }
    let value = hull(cases.iter().filter_map(|case| case.told.value()));
    BriefItem {
        status: overall(item, cases.iter().map(|case| case.told.status)),
        detail: Detail::found(value.as_ref()),
    }
}

/// What the plain evaluator tells of the items of a dossier that is examined.
pub(super) struct Plainly<'a> {
    plain: &'a Plain,
    dossier: &'a Dossier,
    examined_on: Date,
    /// The readings that the command retains.
    retained: &'a [(ReadingId, u16)],
    items: Vec<ItemRef>,
    under: HashMap<Combination, Vec<BriefItem>>,
}

impl<'a> Plainly<'a> {
    /// Of a dossier.
    pub fn new(policy: &Policy, plain: &'a Plain, dossier: &'a Dossier, request: &'a Request) -> Self {
        Plainly {
            plain,
            dossier,
            examined_on: request.examined_on,
            retained: &request.readings,
            items: policy.items().collect(),
            under: HashMap::new(),
        }
    }

    /// An item under a combination of the readings left open; `None` where it reads more than is plainly
    /// known.
    pub fn item(&mut self, item: ItemRef, under: &Combination) -> Option<&BriefItem> {
        let rank = self.items.iter().position(|own| *own == item)?;
        if !self.under.contains_key(under) {
            let settled = [self.retained, under.as_slice()].concat();
            let told = self.plain.items(self.dossier, self.examined_on, &settled).unwrap_or_default();
            self.under.insert(under.clone(), told);
        }
        self.under.get(under)?.get(rank).filter(|told| told.status != Status::Undetermined)
    }
}
