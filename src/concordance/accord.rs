//! Whether a figure of a passage is one of a rule, and whether their bounds are one.

use super::prose::{self, per};
use super::quantity::{Likeness, Quantity, is_floor, with_those_above};
use super::rule::{Mention, Role};
use crate::number::Ratio;
use crate::syntax::tree::CompareOp;
use crate::time::Date;

/// How a bound of a passage stands to one of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accord {
    /// They say the same, or one says nothing.
    Same,
    /// They differ for the value of the bound itself.
    AtBound,
    /// One asks for more, the other for less.
    Direction,
}

/// Whether a figure of a passage is one of a rule: the same value, or a bound at the same place (« plus de 9 »
/// and `≥ 10`, of whole numbers).
pub fn same(text: &prose::Mention, rule: &Mention) -> bool {
    // « 21 600 euros par an » and `revenu mensuel ≤ 1 800 €`.
    if let Some(times) = per::times(text.per, rule.per)
        && let (Some(a), Some(b)) = (text.quantity.number(), rule.quantity.number())
        && std::mem::discriminant(&text.quantity) == std::mem::discriminant(&rule.quantity)
        && a.mul(&times) == b
    {
        return true;
    }
    if other_period(text, rule) {
        return false;
    }
    // « 86,17 » in a column of rates.
    if text.cell
        && let (Some(cell), Quantity::Percent(rate)) = (text.quantity.number(), &rule.quantity)
        && cell == rate.mul(&Ratio::from(100))
    {
        return true;
    }
    if is_also(text, rule) {
        return true;
    }
    // « dix ans » and `ancienneté > 120`, of whole months.
    if let Some(same) = counted_as(text, rule) {
        return same || rule.whole && falls_with(text, rule);
    }
    if text.quantity.compare(&rule.quantity) == Likeness::Same {
        return true;
    }
    // `2 × a ≥ b` for « la moitié », `÷ 4` for « le quart ».
    if let (Quantity::Share(share), Quantity::Count { value, .. }) = (&text.quantity, &rule.quantity)
        && rule.role == Role::Value
        && share.mul(value) == Ratio::one()
    {
        return true;
    }
    // « majoré de 25 % » and `× 1,25`, « réduit d'un tiers » and `2 ÷ 3`.
    if let (Some(adds), Quantity::Percent(part) | Quantity::Share(part)) = (text.adds, &text.quantity)
        && (rule.bound.is_none() || rule.role == Role::Compared)
        && let Quantity::Percent(value) | Quantity::Share(value) | Quantity::Count { value, .. } =
            &rule.quantity
    {
        let whole = Ratio::one();
        return *value == if adds { whole.add(part) } else { whole.sub(part) };
    }
    // « trois mois de budget » and `3 × budget ÷ 12`.
    if let (Quantity::Months(months), Quantity::Share(share)) = (&text.quantity, &rule.quantity)
        && months.div(&Ratio::from(12)).as_ref() == Some(share)
    {
        return true;
    }
    // « un pour huit » and `8 × a ≥ b`.
    if let (Quantity::Count { value, .. }, Quantity::Share(share)) = (&text.quantity, &rule.quantity)
        && share.mul(value) == Ratio::one()
    {
        return true;
    }
    rule.whole && falls_with(text, rule)
}

/// « 172 trimestres » of quarters that are counted, « 1 tonne » of kilograms.
fn is_also(text: &prose::Mention, rule: &Mention) -> bool {
    matches!(&rule.quantity, Quantity::Count { value, .. } if text.also.contains(value))
}

/// The same figure of one period in the text, and of another in what the rule compares.
pub fn other_period(text: &prose::Mention, rule: &Mention) -> bool {
    rule.role == Role::Compared
        && text.per.is_some_and(|per| !per.among)
        && per::times(text.per, rule.per).is_some()
        && text.quantity.compare(&rule.quantity) == Likeness::Same
}

/// Whether a time is the count of a rule, where what the rule counts is known to be months or years.
fn counted_as(text: &prose::Mention, rule: &Mention) -> Option<bool> {
    let (Quantity::Months(months), Quantity::Count { value, .. }) = (&text.quantity, &rule.quantity) else {
        return None;
    };
    Some(value.mul(&Ratio::from(rule.counted?)) == *months)
}

/// The number of a time of the text is that of the rule, which counts it in another unit: « dix ans » and
/// `ancienneté > 10`, of whole months.
pub fn of_other_unit(text: &prose::Mention, rule: &Mention) -> bool {
    counted_as(text, rule) == Some(false) && text.quantity.compare(&rule.quantity) == Likeness::Same
}

fn falls_with(text: &prose::Mention, rule: &Mention) -> bool {
    let (Some(text_bound), Some(rule_bound)) = (text.bound, rule.bound) else { return false };
    if !text_bound.exact || !rule_bound.exact {
        return false;
    }
    let alike = std::mem::discriminant(&text.quantity) == std::mem::discriminant(&rule.quantity)
        || matches!((&text.quantity, &rule.quantity), (Quantity::Days(_), Quantity::Count { .. }));
    // An age counted in whole years.
    if let (Quantity::Months(months), Quantity::Count { value, .. }) = (&text.quantity, &rule.quantity) {
        let years = months.div(&Ratio::from(rule.counted.unwrap_or(12))).filter(Ratio::is_integer);
        let (Some(years), Some(a), Some(b)) =
            (years, with_those_above(text_bound.op), with_those_above(rule_bound.op))
        else {
            return false;
        };
        let first = |value: &Ratio, with| if with { value.clone() } else { value.add(&Ratio::one()) };
        return first(&years, a) == first(value, b);
    }
    let place = first_above(&text.quantity, text_bound.op);
    alike && place.is_some() && place == first_above(&rule.quantity, rule_bound.op)
}

/// The first value above a bound, of what goes by whole steps.
fn first_above(quantity: &Quantity, op: CompareOp) -> Option<Ratio> {
    let with = with_those_above(op)?;
    let value = match quantity {
        Quantity::Date(date) => Ratio::from(date.days()),
        // A year that has no 29 February, as days of every year.
        Quantity::DayOfYear { day, month } => Ratio::from(Date::new(2001, *month, *day)?.days()),
        Quantity::Count { value, .. } | Quantity::Days(value) => value.clone(),
        _ => return None,
    };
    value.is_integer().then(|| if with { value } else { value.add(&Ratio::one()) })
}

/// Whether two ends of lines part the same values: « jusqu'à 500 », « de 501 à … ».
pub fn same_cut(a: &Mention, b: &Mention) -> bool {
    let place = |mention: &Mention| first_above(&mention.quantity, mention.bound?.op);
    let here = place(a);
    a.whole && b.whole && here.is_some() && here == place(b)
}

/// How their bounds compare.
pub fn accord(text: &prose::Mention, rule: &Mention) -> Accord {
    let (Some(text_bound), Some(rule_bound)) = (text.bound, rule.bound) else {
        return if leaves_out_its_own(text, rule) { Accord::AtBound } else { Accord::Same };
    };
    let (text_op, rule_op) = (text_bound.op, rule_bound.op);
    let opposed = match (is_floor(text_op), is_floor(rule_op)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    // « n'ouvrent pas droit les demandes postérieures au 30 juin »: no later than that day.
    if text.left_out && rule.required && rule.sure && matches!(rule.role, Role::Compared | Role::Time) {
        let kept = is_floor(text_op.negated());
        if kept.is_some() && is_floor(rule_op).is_some_and(|floor| Some(floor) != kept) {
            return Accord::Direction;
        }
    }
    if rule.role == Role::Slice {
        return Accord::Same;
    }
    // « 12 % jusqu'au 31 décembre »: the next value begins where this one ends.
    if rule.role == Role::Since && falls_with(text, rule) {
        return Accord::Same;
    }
    if rule.role == Role::Limit || rule.role == Role::Range {
        return if opposed && !text.contrary { Accord::Direction } else { Accord::Same };
    }
    let same = is_also(text, rule) || text.quantity.compare(&rule.quantity) == Likeness::Same;
    if rule.whole && falls_with(text, rule) || !same {
        return if opposed && rule.sure && !text.contrary { Accord::Direction } else { Accord::Same };
    }
    if text_bound.exact && rule_bound.exact && !(text.between && rule.role == Role::Band) {
        if matches!(rule_op, CompareOp::Eq | CompareOp::Ne) {
            // « une durée maximale de cinq ans » and `= 5 ans`.
            let exactly = rule.role == Role::Compared && rule.required && !text.contrary;
            return if rule.role == Role::HowMany || exactly { Accord::AtBound } else { Accord::Same };
        }
        if with_those_above(text_op) != with_those_above(rule_op) {
            return if opposed && rule.sure && !text.contrary { Accord::Direction } else { Accord::AtBound };
        }
    }
    if opposed && rule.sure && !text.contrary && rule.role != Role::Band {
        Accord::Direction
    } else {
        Accord::Same
    }
}

/// « renouvelable deux fois » and `renouvellements < 2`: what a passage says of no bound, the rule leaves out.
fn leaves_out_its_own(text: &prose::Mention, rule: &Mention) -> bool {
    let strict = rule.bound.is_some_and(|bound| matches!(bound.op, CompareOp::Lt | CompareOp::Gt));
    let firm = !text.weak && !text.cell && !text.contrary && text.bound.is_none();
    let counted = !text.quantity.is_date() && text.quantity.compare(&rule.quantity) == Likeness::Same;
    strict && firm && counted && rule.sure && rule.required && rule.role == Role::Compared
}

/// How likely a figure of a rule is what one of a passage became; none where they have nothing in common.
pub fn likeness(text: &prose::Mention, rule: &Mention) -> Option<u32> {
    let unit = match text.quantity.compare(&rule.quantity) {
        Likeness::OtherUnit => 4,
        Likeness::OtherValue => 2,
        Likeness::Same if other_period(text, rule) || of_other_unit(text, rule) => 4,
        Likeness::Same | Likeness::Unlike => {
            // Months for days: both are times.
            if text.quantity.is_time() && rule.quantity.is_time() { 1 } else { return None }
        }
    };
    let direction = match (text.bound, rule.bound) {
        (Some(a), Some(b)) if is_floor(a.op) == is_floor(b.op) => 2,
        (None, None) => 1,
        _ => 0,
    };
    Some(unit + direction)
}
