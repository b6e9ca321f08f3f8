//! The share of an element in an envelope.

use super::context::Row;
use super::interpreter::Evaluator;
use super::rank::as_numbers;
use super::reads::Noted;
use crate::eval::world::ListState;
use crate::known::{Interval, Truth};
use crate::limits;
use crate::number::Ratio;
use crate::number::share::{Claim, share};
use crate::policy::{ShapeId, Share};

/// What each element of a list gets, outside of all contexts: worked out once for a whole list.
#[derive(Debug)]
pub(super) struct Table {
    of_rows: Vec<Interval>,
    /// Of how much each is served, in proportion to its weight out of what, where that is known.
    served: Vec<Option<(Ratio, Ratio)>>,
    /// What they all read.
    pub noted: Box<[Noted]>,
}

/// What is known of what an element has a right to.
struct Known {
    shares: Truth,
    weight: Interval,
    cap: Option<Interval>,
    order: Interval,
}

impl Known {
    /// Where all is known.
    fn claim(&self, descending: bool) -> Option<Claim> {
        let cap = match &self.cap {
            Some(cap) => Some(cap.value()?.clone()),
            None => None,
        };
        let order = self.order.value()?;
        Some(Claim {
            weight: if self.shares.value()? { self.weight.value()?.clone() } else { Ratio::zero() },
            cap,
            order: if descending { order.neg() } else { order.clone() },
        })
    }

    /// What it gets at the most.
    fn most(&self, envelope: &Interval) -> Interval {
        if self.shares.fails() || self.weight.value().is_some_and(Ratio::is_zero) {
            return Interval::point(Ratio::zero());
        }
        self.cap.as_ref().map_or_else(|| envelope.clone(), |cap| envelope.min(cap)).part()
    }
}

impl Evaluator<'_> {
    /// What the element in turn gets.
    pub(super) fn share(&mut self, shape: ShapeId, share: &Share) -> Interval {
        let envelope = self.number(share.envelope);
        let own = self.claimed(share);
        let row = match self.rows[share.list.index()] {
            Some(Row::At(row)) => Some(row as usize),
            Some(Row::Any) | None => None,
        };
        let (Some(row), ListState::Rows(rows)) = (row, &self.world.lists[share.list.index()]) else {
            return own.most(&envelope);
        };
        if !self.shares.contains_key(&shape) {
            let len = rows.len();
            let table = self.untraced(|inner| inner.outside_contexts(|inner| inner.shares_of(share, len)));
            self.shares.insert(shape, table);
        }
        let Some(table) = self.shares.get(&shape) else { return own.most(&envelope) };
        if !table.noted.is_empty() {
            self.noted.push(Noted::Ranks(shape));
        }
        let most = own.most(&envelope);
        let served = table.served.get(row).cloned().flatten();
        let known = table.of_rows.get(row).cloned().unwrap_or_else(|| most.clone());
        self.show_share(served);
        known.intersect(&most).unwrap_or(known)
    }

    /// What the element in turn has a right to.
    fn claimed(&mut self, share: &Share) -> Known {
        let shares = share.filter.map_or(Truth::YES, |filter| self.truth(filter));
        let read = |inner: &mut Self| {
            let weight = share.weight.map_or_else(|| Interval::point(Ratio::one()), |of| inner.number(of));
            let cap = share.cap.map(|of| inner.number(of));
            let order = share.order.map(|(by, _)| as_numbers(&inner.value(by)));
            let order = order.unwrap_or_else(|| Interval::point(Ratio::zero()));
            Known { shares, weight, cap, order }
        };
        let nothing = || Interval::point(Ratio::zero());
        let none = Known { shares: Truth::NO, weight: nothing(), cap: None, order: nothing() };
        match share.filter {
            None => read(self),
            Some(filter) => self.under_truth(shares, filter, true, read).unwrap_or(none),
        }
    }

    fn shares_of(&mut self, share_of: &Share, len: usize) -> Table {
        let outer = std::mem::take(&mut self.noted);
        let envelope = self.number(share_of.envelope);
        let known: Vec<Known> = (0..len)
            .map(|row| {
                let row = Row::At(u32::try_from(row).unwrap_or(u32::MAX));
                self.in_row(share_of.list, row, |inner| inner.claimed(share_of))
            })
            .collect();
        let noted = std::mem::replace(&mut self.noted, outer).into();
        let descending = share_of.order.is_some_and(|(_, descending)| descending);
        let claims: Option<Vec<Claim>> = known.iter().map(|known| known.claim(descending)).collect();
        let exact = envelope.value().zip(claims).and_then(|(envelope, claims)| {
            let shares = share(envelope, &claims, &share_of.how)?;
            shares.of.iter().all(|share| share.bits() <= limits::ELEMENT_BITS).then_some(shares)
        });
        let (of_rows, served) = match exact {
            Some(shares) => (shares.of.into_iter().map(Interval::point).collect(), shares.served),
            None => (known.iter().map(|known| known.most(&envelope)).collect(), Vec::new()),
        };
        Table { of_rows, served, noted }
    }
}
