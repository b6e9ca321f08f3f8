//! What an envelope was shared out into.

use super::Words;
use super::elements::elements;
use super::sentence::truth;
use crate::decision::{Op, Part, ReadingCase, Step};
use crate::known::{Interval, Known};
use crate::number::Ratio;
use crate::policy::{ExprKind, ItemRef, ListId, Rest, Share, Type};
use crate::syntax::tree::Fate;

/// What an element has of an amount.
pub(crate) struct Shared<'s> {
    /// The list.
    pub(crate) list: ListId,
    /// Its rank, from 0.
    pub(crate) row: u32,
    /// Whether it counts, where that is asked.
    pub(crate) counts: Option<&'s Step>,
    /// How it comes about, and how much it is: where it is not known whether the element counts, from nothing to
    /// that. None of an element that does not count.
    pub(crate) had: Option<(&'s Step, Known)>,
}

impl Words<'_> {
    /// Whether the elements of a list each have their amount, which make up the whole.
    pub(crate) fn is_of_elements(&self, item: ItemRef) -> bool {
        match item {
            ItemRef::Funding(id) => self.policy.fundings[id.index()].each,
            ItemRef::Criterion(_)
            | ItemRef::Objective(_)
            | ItemRef::Mission(_)
            | ItemRef::Decision
            | ItemRef::Obligation(_) => false,
        }
    }

    /// What is left, of a financing that shares an envelope out.
    pub(crate) fn shared_out(&self, item: ItemRef) -> Option<Rest> {
        match item {
            ItemRef::Funding(id) => self.policy.fundings[id.index()].rest,
            ItemRef::Criterion(_)
            | ItemRef::Objective(_)
            | ItemRef::Mission(_)
            | ItemRef::Decision
            | ItemRef::Obligation(_) => None,
        }
    }

    /// What each element has of an amount, in the order of the list.
    pub(crate) fn allotted<'s>(&self, amount: &'s Step) -> Vec<Shared<'s>> {
        let inner = match &amount.op {
            Op::Shared(body) => return self.allotted(body),
            Op::Expr => amount.expr.map(|expr| &self.policy.exprs.get(expr).kind),
            Op::Leaf(_) | Op::Cases { .. } | Op::Case { .. } | Op::Served { .. } | Op::Item => None,
        };
        match inner {
            Some(ExprKind::Aggregate { list, filter, of, .. }) => elements(amount, *filter, *of)
                .into_iter()
                .map(|element| {
                    let counts = filter.map(|_| element.first);
                    let step = if filter.is_some() { element.second } else { Some(element.first) };
                    let had = step.map(|step| match &step.value {
                        Known::Number(share) if counts.is_some_and(|counts| !truth(counts).holds()) => {
                            (step, Known::Number(share.union(&Interval::point(Ratio::zero()))))
                        }
                        value => (step, value.clone()),
                    });
                    Shared { list: *list, row: element.row, counts, had }
                })
                .collect(),
            Some(ExprKind::Allotted { .. }) => {
                amount.operands.first().map_or_else(Vec::new, |of| self.allotted(of))
            }
            _ => Vec::new(),
        }
    }

    /// The same of what an item comes to as a whole: each share is what the others leave of it, so the only one is all
    /// of it.
    pub(crate) fn allotted_of<'s>(&self, amount: &'s Step, whole: Option<&Interval>) -> Vec<Shared<'s>> {
        let mut all = self.allotted(amount);
        let known = |shared: &Shared<'_>| match &shared.had {
            Some((_, Known::Number(share))) => Some(share.clone()),
            Some(_) => None,
            None => Some(Interval::point(Ratio::zero())),
        };
        let rows = all.first().and_then(|first| self.dossier.list(first.list)).map(|rows| rows.spans.len());
        let shares: Option<Vec<Interval>> = all.iter().map(known).collect();
        let (Some(whole), Some(shares)) = (whole, shares.filter(|shares| Some(shares.len()) == rows)) else {
            return all;
        };
        // What comes before each, and what comes after it.
        let nothing = || Interval::point(Ratio::zero());
        let mut after: Vec<Interval> = vec![nothing()];
        for share in shares.iter().rev() {
            let so_far = after.last().map_or_else(nothing, |so_far| so_far.add(share));
            after.push(so_far);
        }
        let mut before = nothing();
        for ((shared, share), after) in all.iter_mut().zip(&shares).zip(after.iter().rev().skip(1)) {
            let left = whole.sub(&before.add(after));
            if let Some((_, Known::Number(own))) = &mut shared.had
                && let Some(narrower) = share.intersect(&left)
            {
                *own = narrower;
            }
            before = before.add(share);
        }
        all
    }

    /// How an envelope is shared out, of the step of a share.
    pub(crate) fn share_of(&self, step: &Step) -> Option<&Share> {
        match &self.policy.exprs.get(step.expr?).kind {
            ExprKind::Share(share) => Some(share),
            _ => None,
        }
    }

    /// The unit in which shares are measured.
    pub(crate) fn measured_in(&self, step: &Step) -> Type {
        let weight = self.share_of(step).and_then(|share| share.weight);
        weight.map_or(Type::Integer, |weight| self.policy.exprs.get(weight).ty)
    }

    /// « 14 000 €, reporté »: what is left, and what becomes of it.
    pub(crate) fn rest(&self, rest: Rest, case: &ReadingCase) -> Option<String> {
        self.left_of(case).map(|left| self.left(rest, &left))
    }

    /// What is left of what was shared out: no more than the envelope, less what was given of it.
    pub(crate) fn left_of(&self, case: &ReadingCase) -> Option<Interval> {
        let Known::Number(left) = &super::part(&case.because, Part::Rest)?.value else { return None };
        let of_envelope = |amount: &&Step| {
            amount.op == Op::Expr
                && amount
                    .expr
                    .is_some_and(|expr| matches!(self.policy.exprs.get(expr).kind, ExprKind::Allotted { .. }))
        };
        let amount = super::part(&case.because, Part::Amount).filter(of_envelope);
        let envelope = amount.and_then(|amount| amount.operands.get(1)).map(|step| &step.value);
        let narrower = match (envelope, case.amount()) {
            (Some(Known::Number(envelope)), Some(given)) => left.intersect(&envelope.sub(given)),
            (_, _) => None,
        };
        Some(narrower.unwrap_or_else(|| left.clone()))
    }

    /// See [`Words::rest`].
    pub(crate) fn left(&self, rest: Rest, left: &Interval) -> String {
        let amount = self.payment(left);
        let nothing = left.value().is_some_and(crate::number::Ratio::is_zero);
        match rest.fate.filter(|_| !nothing) {
            Some(Fate::Carried) => format!("{amount}, {}", self.say("reporté", "carried over")),
            Some(Fate::Kept) => format!("{amount}, {}", self.say("non attribué", "not allotted")),
            None => amount,
        }
    }
}
