//! Whether something hinges on the decision: what it would come to if that were favourable, and if
//! it were not.

use super::Builder;
use crate::decision::{Because, Op, Part, ReadingCase, Step};
use crate::known::Truth;
use crate::policy::{ExprKind, FundingId, ItemRef, ReadingId};
use crate::render::words::{derogations, part, suppose, truth};

/// On what something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Whatever the decision.
    Always,
    /// If the decision is favourable, and then for certain.
    IfFavourable,
    /// In no case.
    Never,
    /// Not known, even if the decision were.
    Open,
}

impl Builder<'_> {
    /// On what a financing or obligation stands under a combination of readings.
    pub(super) fn ground(&self, case: &ReadingCase) -> Ground {
        let favourable = self.applies(&case.because, &case.readings, true);
        let unfavourable = self.applies(&case.because, &case.readings, false);
        if favourable.fails() {
            Ground::Never
        } else if favourable.is_open() {
            Ground::Open
        } else if unfavourable.fails() {
            Ground::IfFavourable
        } else if unfavourable.holds() {
            Ground::Always
        } else {
            Ground::Open
        }
    }

    /// Whether an item applies and is due, supposing an outcome.
    fn applies(&self, because: &Because, under: &[(ReadingId, u16)], favourable: bool) -> Truth {
        let of = |wanted: Part| {
            part(because, wanted).map_or(Truth::YES, |step| self.suppose(step, under, favourable))
        };
        let unless = derogations(because)
            .fold(Truth::NO, |all, (_, step)| all.or(self.suppose(step, under, favourable)));
        of(Part::Applies).and(of(Part::Condition)).and(!unless)
    }

    /// What a condition would come to.
    fn suppose(&self, step: &Step, under: &[(ReadingId, u16)], favourable: bool) -> Truth {
        suppose(self.words.policy, step, &|step, kind| match (&step.op, kind) {
            (Op::Item | Op::Cases { .. }, Some(ExprKind::Holds(ItemRef::Decision))) => {
                Some(Truth::of(favourable))
            }
            (Op::Cases { .. }, _) => Some(self.suppose_cases(step, under, favourable)),
            (Op::Item, Some(ExprKind::Holds(ItemRef::Funding(funding)))) => {
                self.suppose_funding(*funding, under, favourable)
            }
            _ => None,
        })
    }

    /// What trials would come to: those in which the decision is the one that is supposed.
    fn suppose_cases(&self, step: &Step, under: &[(ReadingId, u16)], favourable: bool) -> Truth {
        let within = step.operands.iter().flat_map(|case| &case.operands);
        within
            .filter(|inner| !self.decides(inner, !favourable))
            .map(|inner| self.suppose(inner, under, favourable))
            .reduce(Truth::union)
            .unwrap_or(Truth::OPEN)
    }

    /// Whether the decision, as a step reads it, is certainly this one.
    fn decides(&self, step: &Step, favourable: bool) -> bool {
        self.is_decision(step) && truth(step) == Truth::of(favourable)
            || step.operands.iter().any(|inner| self.decides(inner, favourable))
    }

    fn suppose_funding(
        &self,
        funding: FundingId,
        under: &[(ReadingId, u16)],
        favourable: bool,
    ) -> Option<Truth> {
        self.decision
            .item(ItemRef::Funding(funding))
            .by_reading
            .iter()
            .filter(|case| {
                case.readings
                    .iter()
                    .all(|(r, o)| under.iter().all(|(other, option)| r != other || o == option))
            })
            .map(|case| self.applies(&case.because, &case.readings, favourable))
            .reduce(Truth::union)
    }
}
