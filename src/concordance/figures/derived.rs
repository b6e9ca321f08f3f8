//! Figures that a rule has worked out: « 300 euros, majorés de moitié » and `450 €`, « 12 000 euros, par douzièmes »
//! and `1 000 €`.

use super::Said;
use crate::concordance::accord::same;
use crate::concordance::quantity::Quantity;
use crate::concordance::rule::Mention;
use crate::number::Ratio;

/// How many figures may stand between the two.
const NEAR: usize = 6;

/// Takes out what a rule has worked out of two figures of one quotation, and those two figures.
pub(super) fn set_aside(own: &[Said], lacking: &mut Vec<Said>, extra: &mut Vec<&Mention>) {
    extra.retain(|rule| {
        let Some(sources) = sources(own, rule) else { return true };
        lacking.retain(|text| !sources.iter().any(|source| std::ptr::eq(source.mention, text.mention)));
        false
    });
}

/// The figures that one of a rule is worked out of.
fn sources<'p>(own: &[Said<'p>], rule: &Mention) -> Option<[Said<'p>; 2]> {
    if !matches!(
        rule.quantity,
        Quantity::Euros(_) | Quantity::Francs(_) | Quantity::Count { .. } | Quantity::Percent(_)
    ) {
        return None;
    }
    let value = rule.quantity.number()?;
    own.iter().enumerate().filter(|(_, base)| !base.mention.weak && !same(base.mention, rule)).find_map(
        |(at, base)| {
            if std::mem::discriminant(&base.mention.quantity) != std::mem::discriminant(&rule.quantity) {
                return None;
            }
            let whole = base.mention.quantity.number()?;
            let near = own.get(at.saturating_sub(NEAR)..own.len().min(at + NEAR + 1))?;
            let by = near.iter().find(|by| {
                by.quotation == base.quotation
                    && !std::ptr::eq(by.mention, base.mention)
                    && factor(by).is_some_and(|factor| whole.mul(&factor) == value)
            })?;
            Some([*base, *by])
        },
    )
}

/// What a figure multiplies another by: « majoré de moitié », « le quart », « doublé ».
fn factor(by: &Said) -> Option<Ratio> {
    let whole = Ratio::one();
    match (&by.mention.quantity, by.mention.adds) {
        (Quantity::Share(part) | Quantity::Percent(part), Some(adds)) => {
            Some(if adds { whole.add(part) } else { whole.sub(part) })
        }
        (Quantity::Share(part), None) if by.mention.bound.is_none() => Some(part.clone()),
        (Quantity::Count { value, .. }, None) => {
            let token = by.passage.tokens.get(by.mention.from)?;
            ["doubl", "tripl", "quadrupl", "quintupl", "décupl"]
                .iter()
                .any(|start| token.text.starts_with(start))
                .then(|| value.clone())
        }
        _ => None,
    }
}
