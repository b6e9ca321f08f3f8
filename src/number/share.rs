//! Sharing an envelope out: who gets what, and what is left.
//!
//! Exact: shares and rest add up to the envelope. No share is above its cap, none below zero.

use super::Ratio;
use super::round::{Direction, Rounding};
use crate::limits;

/// What one of those that share has a right to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// In proportion to what it is served; who has none gets nothing.
    pub weight: Ratio,
    /// The most that it may get.
    pub cap: Option<Ratio>,
    /// The lesser are served before the greater.
    pub order: Ratio,
}

/// How an envelope is shared out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sharing {
    /// How each share is rounded.
    pub rounding: Rounding,
    /// Whether what a cap leaves goes to the others, likewise.
    pub again: bool,
    /// To whom what rounding leaves goes; to nobody where it is not said.
    pub remainder: Option<Remainder>,
}

/// To whom what rounding leaves goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remainder {
    /// To the first.
    First,
    /// To the one whose share is the greatest.
    Greatest,
    /// One step each, to those whose share lost most by rounding.
    Lost,
}

/// An envelope that was shared out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// In the order of the claims.
    pub of: Vec<Ratio>,
    /// Before caps and rounding, each that is served gets its weight times the first over the second.
    pub served: Vec<Option<(Ratio, Ratio)>>,
    /// What is left.
    pub rest: Ratio,
}

/// Shares an envelope out; `None` where a number on the way is too long.
pub fn share(envelope: &Ratio, claims: &[Claim], how: &Sharing) -> Option<Shares> {
    let mut shares = vec![Ratio::zero(); claims.len()];
    let mut all_served = vec![None; claims.len()];
    let mut left = at_least_zero(envelope);
    let mut served: Vec<usize> = (0..claims.len()).filter(|i| claims[*i].weight.signum() > 0).collect();
    served.sort_by(|a, b| claims[*a].order.cmp(&claims[*b].order));
    for group in served.chunk_by(|a, b| claims[*a].order == claims[*b].order) {
        let (exact, proportions) = proportional(&left, claims, group, how.again)?;
        for (i, proportion) in group.iter().zip(proportions) {
            all_served[*i] = Some(proportion);
        }
        let rounded = round(&left, claims, group, &exact, how);
        for (i, share) in group.iter().zip(rounded) {
            left = left.sub(&share);
            shares[*i] = share;
        }
    }
    let rest = left.add(&envelope.sub(&at_least_zero(envelope)));
    Some(Shares { of: shares, served: all_served, rest })
}

fn at_least_zero(number: &Ratio) -> Ratio {
    if number.signum() < 0 { Ratio::zero() } else { number.clone() }
}

fn cap_of(claim: &Claim) -> Option<Ratio> {
    claim.cap.as_ref().map(at_least_zero)
}

/// So much was shared out, in proportion to what is served together.
type Proportion = (Ratio, Ratio);

/// What each of a group gets before rounding, in its order, and of how much in proportion to what.
fn proportional(
    left: &Ratio,
    claims: &[Claim],
    group: &[usize],
    again: bool,
) -> Option<(Vec<Ratio>, Vec<Proportion>)> {
    let mut total = Ratio::zero();
    for i in group {
        total = total.add(&claims[*i].weight);
        if total.bits() > limits::NUMBER_BITS {
            return None;
        }
    }
    let mut left = left.clone();
    let mut exact = vec![Ratio::zero(); group.len()];
    let mut proportions = vec![(left.clone(), total.clone()); group.len()];
    // Those that reach their cap first come first: once one does not, none after it does.
    let mut ranks: Vec<(Option<Ratio>, usize)> = group
        .iter()
        .enumerate()
        .map(|(rank, i)| (cap_of(&claims[*i]).and_then(|cap| cap.div(&claims[*i].weight)), rank))
        .collect();
    if again {
        ranks.sort_by(|(a, i), (b, j)| (a.is_none(), a, i).cmp(&(b.is_none(), b, j)));
    }
    for (reached, rank) in ranks {
        let claim = &claims[group[rank]];
        proportions[rank] = (left.clone(), total.clone());
        let each = left.div(&total).unwrap_or_else(Ratio::zero);
        let capped = reached.is_some_and(|reached| reached <= each);
        exact[rank] = match cap_of(claim) {
            Some(cap) if capped => cap,
            _ => each.mul(&claim.weight),
        };
        // Where its cap holds nobody, all that come after are served as it is.
        if again && capped {
            left = left.sub(&exact[rank]);
            total = total.sub(&claim.weight);
        }
    }
    Some((exact, proportions))
}

/// The shares of a group, rounded; what that leaves goes to whom it is said.
fn round(available: &Ratio, claims: &[Claim], group: &[usize], exact: &[Ratio], how: &Sharing) -> Vec<Ratio> {
    let down = Rounding { step: how.rounding.step.clone(), direction: Direction::Down };
    let lost_is_given = how.remainder == Some(Remainder::Lost);
    let fits = |rank: usize, share: &Ratio| cap_of(&claims[group[rank]]).is_none_or(|cap| *share <= cap);
    let mut shares: Vec<Ratio> = (0..group.len())
        .map(|rank| {
            let nearest = how.rounding.apply(&exact[rank]);
            if lost_is_given || !fits(rank, &nearest) { down.apply(&exact[rank]) } else { nearest }
        })
        .collect();
    let sum = |of: &[Ratio]| of.iter().fold(Ratio::zero(), |sum, share| sum.add(share));
    // Where caps leave something, what is placed is rounded as shares are.
    let placed = sum(exact);
    let placed = if how.again || placed == *available { placed } else { down.apply(&placed) };
    let mut left = placed.sub(&sum(&shares));
    let mut turns: Vec<usize> = (0..group.len()).collect();
    match how.remainder {
        None => {}
        Some(Remainder::Lost) => {
            let lost = |rank: usize| exact[rank].sub(&shares[rank]);
            turns.retain(|rank| lost(*rank).signum() > 0);
            turns.sort_by_cached_key(|rank| std::cmp::Reverse(lost(*rank)));
            for rank in turns {
                let more = shares[rank].add(&down.step);
                if left >= down.step && fits(rank, &more) {
                    left = left.sub(&down.step);
                    shares[rank] = more;
                }
            }
        }
        Some(Remainder::First | Remainder::Greatest) => {
            if how.remainder == Some(Remainder::Greatest) {
                turns.sort_by(|a, b| shares[*b].cmp(&shares[*a]));
            }
            // Past its cap, or below zero, the next one takes its turn.
            for rank in turns {
                let wanted = at_least_zero(&shares[rank].add(&left));
                let given = match cap_of(&claims[group[rank]]) {
                    Some(cap) if cap < wanted => cap,
                    _ => wanted,
                };
                left = left.sub(&given.sub(&shares[rank]));
                shares[rank] = given;
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests;
