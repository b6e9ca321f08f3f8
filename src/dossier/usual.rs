//! What most answers are, read in few steps and without asking for memory.
//!
//! Architecture invariant: what is read here, [`scalar::answer`](super::scalar::answer) reads alike;
//! tried on generated dossiers. Whatever is written otherwise is left to it.

use std::sync::Arc;

use super::decimal::small_integer;
use super::scalar::{is_missing, plain_text};
use crate::known::{End, Interval, Known, OptionSet, TextSet};
use crate::limits;
use crate::number::Ratio;
use crate::policy::item::Question;
use crate::policy::{FactId, FieldId, Policy, Type};
use crate::time::Date;
use crate::value::{Text, Value};

/// A value as most answers give it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Common<'t> {
    Truth(bool),
    Whole(i64),
    Date(Date),
    Choice(u16),
    /// As written.
    Text(&'t str),
}

impl Common<'_> {
    pub(super) fn value(self) -> Value {
        match self {
            Common::Truth(truth) => Value::Truth(truth),
            Common::Whole(number) => Value::Number(Ratio::from(number)),
            Common::Date(date) => Value::Date(date),
            Common::Choice(option) => Value::Choice(option),
            Common::Text(text) => Value::Text(Text::new(text)),
        }
    }
}

/// How each question is usually answered.
#[derive(Debug)]
pub(super) struct Usuals {
    facts: Vec<Usual>,
    fields: Vec<Usual>,
}

impl Usuals {
    pub(super) fn new(policy: &Policy) -> Self {
        Usuals {
            facts: policy.facts.iter().map(|fact| Usual::of(policy, &fact.ask)).collect(),
            fields: policy.fields.iter().map(|field| Usual::of(policy, &field.ask)).collect(),
        }
    }

    #[inline]
    pub(super) fn fact(&self, fact: FactId) -> Option<&Usual> {
        self.facts.get(fact.index())
    }

    #[inline]
    pub(super) fn field(&self, field: FieldId) -> Option<&Usual> {
        self.fields.get(field.index())
    }
}

/// How a question is usually answered, what its type and bounds admit taken in.
#[derive(Debug)]
pub(super) enum Usual {
    Truth {
        yes: bool,
        no: bool,
    },
    /// A run of digits.
    Whole {
        least: i64,
        most: i64,
    },
    /// Year, month and day.
    Date {
        from: Date,
        to: Date,
    },
    Choice {
        options: Box<[Arc<str>]>,
        admitted: OptionSet,
    },
    Text,
    /// In many ways.
    Other,
}

impl Usual {
    fn of(policy: &Policy, ask: &Question) -> Usual {
        match (ask.ty, &ask.domain) {
            (Type::Truth, Known::Truth(known)) => Usual::Truth { yes: known.may_hold, no: known.may_fail },
            (Type::Integer | Type::Number | Type::Amount, Known::Number(interval)) => {
                whole(interval).unwrap_or(Usual::Other)
            }
            (Type::Date, Known::Date(range)) => {
                let first = Date::new(limits::FIRST_YEAR, 1, 1).unwrap_or(Date::MAX);
                let last = Date::new(limits::LAST_YEAR, 12, 31).unwrap_or(Date::MIN);
                Usual::Date {
                    from: range.from.map_or(first, |from| from.max(first)),
                    to: range.to.map_or(last, |to| to.min(last)),
                }
            }
            (Type::Choice(choice), Known::Choice(admitted)) => {
                let options = policy.choices[choice.index()].options.iter().cloned().collect();
                Usual::Choice { options, admitted: *admitted }
            }
            (Type::Text, Known::Text(TextSet::AnyBut(none))) if none.is_empty() => Usual::Text,
            (_, Known::Truth(_) | Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_)) => {
                Usual::Other
            }
        }
    }

    /// Reads an answer; `None` where it is none of the usual ones.
    #[inline]
    pub(super) fn read<'t>(&self, written: &'t str, quoted: bool) -> Option<Common<'t>> {
        match self {
            Usual::Truth { yes, no } => match written {
                "oui" | "true" if *yes => Some(Common::Truth(true)),
                "non" | "false" if *no => Some(Common::Truth(false)),
                _ => None,
            },
            Usual::Whole { least, most } => {
                let number = small_integer(written)?;
                (*least <= number && number <= *most).then_some(Common::Whole(number))
            }
            Usual::Date { from, to } => {
                let date = iso(written)?;
                (*from <= date && date <= *to).then_some(Common::Date(date))
            }
            Usual::Choice { options, admitted } if quoted => {
                let rank = u16::try_from(options.iter().position(|option| **option == *written)?).ok()?;
                admitted.contains(rank).then_some(Common::Choice(rank))
            }
            Usual::Text if !is_missing(written, quoted) => Some(Common::Text(plain_text(written).ok()?)),
            Usual::Choice { .. } | Usual::Text | Usual::Other => None,
        }
    }
}

/// The whole numbers from 0 on between two whole ends; `None` where an end is no machine integer.
fn whole(interval: &Interval) -> Option<Usual> {
    let least = match &interval.low {
        End::Infinite => 0,
        End::Included(low) => low.to_i64()?,
        End::Excluded(low) => low.to_i64()?.checked_add(1)?,
    };
    let most = match &interval.high {
        End::Infinite => i64::MAX,
        End::Included(high) => high.to_i64()?,
        End::Excluded(high) => high.to_i64()?.checked_sub(1)?,
    };
    Some(Usual::Whole { least, most })
}

/// `2025-02-03`.
fn iso(written: &str) -> Option<Date> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = written.as_bytes() else { return None };
    let digits = [a, b, c, d, e, f, g, h];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let [a, b, c, d, e, f, g, h] = digits.map(|digit| i16::from(digit - b'0'));
    let (month, day) = (i8::try_from(e * 10 + f).ok()?, i8::try_from(g * 10 + h).ok()?);
    Date::new(a * 1000 + b * 100 + c * 10 + d, month, day)
}
