//! Types of expressions.

use super::super::{Choice, ChoiceId};
use crate::currency::Currency;
use crate::number::Ratio;

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// `oui ou non`.
    Truth,
    /// `entier`.
    Integer,
    /// `nombre`.
    Number,
    /// `pourcentage`: a number shown in %.
    Percent,
    /// `montant`, in euros.
    Amount,
    /// `date`.
    Date,
    /// `durée en mois`, in months.
    Months,
    /// `durée en jours`, in days.
    Days,
    /// `texte`.
    Text,
    /// A choice, a scale, or the options of a reading.
    Choice(ChoiceId),
}

impl Type {
    /// Whether its values are numbers (of any unit).
    pub fn is_numeric(self) -> bool {
        matches!(
            self,
            Type::Integer | Type::Number | Type::Percent | Type::Amount | Type::Months | Type::Days
        )
    }

    /// By how much two numbers differ of which a dossier may say the one or the other: a unit, a cent, a
    /// hundredth of a per cent. `None` for what is no number.
    pub fn step(self, currency: Currency) -> Option<Ratio> {
        match self {
            Type::Integer | Type::Months | Type::Days => Some(Ratio::one()),
            Type::Amount => Some(currency.step()),
            Type::Number => Ratio::new(1, 100),
            Type::Percent => Ratio::new(1, 10_000),
            Type::Truth | Type::Date | Type::Text | Type::Choice(_) => None,
        }
    }

    /// Whether its values are whole: consecutive values differ by one.
    pub fn is_whole(self) -> bool {
        matches!(self, Type::Integer | Type::Months | Type::Days | Type::Date)
    }

    /// Whether its values are in an order: all but truths, texts and choices that are no scale.
    pub fn is_ordered(self, choices: &[Choice]) -> bool {
        match self {
            Type::Choice(choice) => choices[choice.index()].ordered,
            Type::Truth | Type::Text => false,
            Type::Integer
            | Type::Number
            | Type::Percent
            | Type::Amount
            | Type::Date
            | Type::Months
            | Type::Days => true,
        }
    }
}
