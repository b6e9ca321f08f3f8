//! The elements that an aggregate went through, each with what was asked of it.

use super::Words;
use super::sentence::truth;
use crate::decision::Step;
use crate::policy::{ExprId, ExprKind, ListId};
use crate::syntax::tree::Aggregate;

/// An element of a list, as an aggregate went through it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'s> {
    /// Its rank, from 0.
    pub(crate) row: u32,
    /// Its filter; without a filter, what is summed or tested.
    pub(crate) first: &'s Step,
    /// What is summed or tested, where there is a filter and it counts.
    pub(crate) second: Option<&'s Step>,
}

/// The elements that the step of an aggregate tells, in their order: every one leaves the step of its filter, or
/// without a filter that of what is summed or tested, whatever it reads.
pub(crate) fn elements(step: &Step, filter: Option<ExprId>, of: Option<ExprId>) -> Vec<Element<'_>> {
    let mut all: Vec<Element<'_>> = Vec::new();
    let Some(starts) = filter.or(of) else { return all };
    for operand in &step.operands {
        if operand.expr == Some(starts) {
            let row = u32::try_from(all.len()).unwrap_or(u32::MAX);
            all.push(Element { row, first: operand, second: None });
        } else if operand.expr == of
            && let Some(last) = all.last_mut()
        {
            last.second = Some(operand);
        }
    }
    all
}

/// An element whose days were counted: its filter, then its first and last days where it counts.
pub(crate) struct Counted<'s> {
    /// Its rank, from 0.
    pub(crate) row: u32,
    pub(crate) filter: Option<&'s Step>,
    pub(crate) days: Option<[&'s Step; 2]>,
}

/// The elements whose days were counted together, in their order.
pub(crate) fn counted(step: &Step, filter: Option<ExprId>, [first, last]: [ExprId; 2]) -> Vec<Counted<'_>> {
    let mut all: Vec<Counted<'_>> = Vec::new();
    let mut before = None;
    for operand in &step.operands {
        let is = |expr: ExprId| operand.expr == Some(expr);
        if operand.expr == filter && filter.is_some() || filter.is_none() && is(first) {
            let row = u32::try_from(all.len()).unwrap_or(u32::MAX);
            all.push(Counted { row, filter: filter.map(|_| operand), days: None });
        }
        if is(last)
            && let (Some(first), Some(element)) = (before, all.last_mut())
        {
            element.days = Some([first, operand]);
        }
        before = is(first).then_some(operand);
    }
    all
}

/// Past this many elements, the others are only counted.
const FEW: usize = 3;

impl Words<'_> {
    /// The elements that make a condition on a list what it is, each with why: « nom Camus, exercice : salarié
    /// (attendu : libéral) ». Nothing where none does by itself.
    pub(super) fn by_element(&self, step: &Step, negated: bool) -> Option<String> {
        let ExprKind::Aggregate { kind, list, filter, of } = self.policy.exprs.get(step.expr?).kind else {
            return None;
        };
        // What is wanted of an element that settles the whole; of `aucun`, each is asked not to be so.
        let (settles, wanted) = match kind {
            Aggregate::All => (truth(step).fails(), false),
            Aggregate::Exists => (truth(step).holds(), true),
            Aggregate::None => (truth(step).fails(), true),
            Aggregate::Count | Aggregate::Sum | Aggregate::Greatest | Aggregate::Least => (false, true),
        };
        if !settles {
            return None;
        }
        let so = |step: &Step| if wanted { truth(step).holds() } else { truth(step).fails() };
        let telling: Vec<(u32, &Step)> = elements(step, filter, of)
            .into_iter()
            .filter_map(|element| match (filter, of) {
                (Some(_), Some(_)) => {
                    let counts = truth(element.first).holds();
                    element.second.filter(|second| counts && so(second)).map(|second| (element.row, second))
                }
                (Some(_), None) | (None, _) => so(element.first).then_some((element.row, element.first)),
            })
            .collect();
        let negated = negated != (kind == Aggregate::None);
        let told = if telling.len() > FEW { 1 } else { telling.len() };
        let mut said: Vec<String> =
            telling.iter().take(told).map(|(row, why)| self.of_element(*row, list, why, negated)).collect();
        match telling.len() - told {
            0 => {}
            more => said.push(format!(
                "{} {more} {}",
                self.say("et", "and"),
                self.say("autres éléments", "more elements")
            )),
        }
        (!said.is_empty()).then(|| said.join(self.lang.then()))
    }

    /// What tells an element, then why something is so of it.
    fn of_element(&self, row: u32, list: ListId, step: &Step, negated: bool) -> String {
        let element = self.element(row, list);
        let lead = format!("{element}, ");
        let whys: Vec<String> = self
            .reasons_of(step, negated)
            .iter()
            .map(|reason| {
                let line = reason.line(self.lang);
                line.strip_prefix(&lead).map(str::to_owned).unwrap_or(line)
            })
            .collect();
        if whys.is_empty() { element } else { format!("{lead}{}", whys.join(self.lang.then())) }
    }
}
