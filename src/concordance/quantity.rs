//! Figures with their units, and bounds on them: what a text and a rule are compared by.

use crate::currency::Currency;
use crate::number::Ratio;
use crate::syntax::tree::CompareOp;
use crate::time::{Date, Duration};
use crate::wording::{French, Wording};

/// A figure with its unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantity {
    /// A number of whatever is counted; `bare` where no noun follows it.
    Count {
        /// How many.
        value: Ratio,
        /// No noun says of what.
        bare: bool,
    },
    /// A fraction in words: « la moitié », « deux tiers ».
    Share(Ratio),
    /// A percentage, as a ratio.
    Percent(Ratio),
    /// An amount, in euros.
    Euros(Ratio),
    /// An amount, in francs CFP.
    Francs(Ratio),
    /// Years and months, in months.
    Months(Ratio),
    /// Days and weeks, in days.
    Days(Ratio),
    /// Years, months and days together.
    Mixed(Duration),
    /// Days that are not those of the calendar: « jours ouvrables », « jours francs ».
    SpecialDays {
        /// How many.
        value: Ratio,
        /// Which: `ouvrables`.
        kind: &'static str,
    },
    /// Hours.
    Hours(Ratio),
    /// A date.
    Date(Date),
    /// A day of every year.
    DayOfYear {
        /// Day of the month.
        day: i8,
        /// Month, from 1.
        month: i8,
    },
    /// A year.
    Year(i64),
}

/// How two figures compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same.
    Same,
    /// The same number of another unit.
    OtherUnit,
    /// Two different numbers of one sort.
    OtherValue,
    /// Nothing in common.
    Unlike,
}

impl Quantity {
    /// The number, in the unit that it is kept in; none of a date.
    pub fn number(&self) -> Option<Ratio> {
        match self {
            Quantity::Count { value, .. }
            | Quantity::Share(value)
            | Quantity::Percent(value)
            | Quantity::Euros(value)
            | Quantity::Francs(value)
            | Quantity::Months(value)
            | Quantity::Days(value)
            | Quantity::SpecialDays { value, .. }
            | Quantity::Hours(value) => Some(value.clone()),
            Quantity::Year(year) => Some(Ratio::from(*year)),
            Quantity::Mixed(_) | Quantity::Date(_) | Quantity::DayOfYear { .. } => None,
        }
    }

    /// The numbers that a person may have written for it, whatever the unit.
    fn written(&self) -> Vec<Ratio> {
        let times = |value: &Ratio, by: i64| value.mul(&Ratio::from(by));
        let over = |value: &Ratio, by: i64| value.div(&Ratio::from(by));
        match self {
            Quantity::Percent(value) => vec![times(value, 100)],
            Quantity::Months(value) => [Some(value.clone()), over(value, 12)].into_iter().flatten().collect(),
            Quantity::Days(value) => [Some(value.clone()), over(value, 7)].into_iter().flatten().collect(),
            other => other.number().into_iter().collect(),
        }
    }

    /// Whether it is a time that is counted.
    pub fn is_time(&self) -> bool {
        matches!(
            self,
            Quantity::Months(_) | Quantity::Days(_) | Quantity::Mixed(_) | Quantity::SpecialDays { .. }
        )
    }

    /// Whether it stands in the calendar.
    pub fn is_date(&self) -> bool {
        matches!(self, Quantity::Date(_) | Quantity::DayOfYear { .. } | Quantity::Year(_))
    }

    /// How this figure of a text compares with one of a rule.
    pub fn compare(&self, rule: &Quantity) -> Likeness {
        if self.same(rule) {
            return Likeness::Same;
        }
        if self.is_date() || rule.is_date() {
            return if self.is_date() && rule.is_date() { Likeness::OtherValue } else { Likeness::Unlike };
        }
        if self.counts_alike(rule) {
            return Likeness::OtherUnit;
        }
        if std::mem::discriminant(self) == std::mem::discriminant(rule) || self.goes_with(rule) {
            return Likeness::OtherValue;
        }
        let rule_written = rule.written();
        if self.written().iter().any(|number| rule_written.contains(number)) {
            return Likeness::OtherUnit;
        }
        Likeness::Unlike
    }

    /// « six mois » and `6 ans`, « 2 semaines » and `2 jours`, « 30 jours ouvrés » and `30 jours ouvrables`: the number of
    /// one unit, written of another.
    fn counts_alike(&self, rule: &Quantity) -> bool {
        let (Some(a), Some(b)) = (self.number(), rule.number()) else { return false };
        if let (Quantity::SpecialDays { .. }, Quantity::SpecialDays { .. }) = (self, rule) {
            return a == b;
        }
        let times = match (self, rule) {
            (Quantity::Months(_), Quantity::Months(_)) => Ratio::from(12),
            (Quantity::Days(_), Quantity::Days(_)) => Ratio::from(7),
            _ => return false,
        };
        !a.is_zero() && (a == b.mul(&times) || b == a.mul(&times))
    }

    /// Whether it is an amount.
    pub fn is_money(&self) -> bool {
        matches!(self, Quantity::Euros(_) | Quantity::Francs(_))
    }

    /// Whether a text says in this unit what a rule says in that one.
    fn goes_with(&self, rule: &Quantity) -> bool {
        match rule {
            Quantity::Count { .. } => !(self.is_money() || matches!(self, Quantity::Percent(_))),
            Quantity::Percent(_) => matches!(self, Quantity::Share(_)),
            Quantity::Share(_) => matches!(self, Quantity::Percent(_)),
            Quantity::Euros(_) | Quantity::Francs(_) | Quantity::Months(_) | Quantity::Days(_) => {
                matches!(self, Quantity::Count { bare: true, .. })
            }
            Quantity::Mixed(_)
            | Quantity::SpecialDays { .. }
            | Quantity::Hours(_)
            | Quantity::Date(_)
            | Quantity::DayOfYear { .. }
            | Quantity::Year(_) => false,
        }
    }

    fn same(&self, rule: &Quantity) -> bool {
        match (self, rule) {
            (Quantity::Date(text), Quantity::Date(date)) => text == date,
            (Quantity::DayOfYear { day, month }, Quantity::Date(date)) => {
                (date.day(), date.month()) == (*day, *month)
            }
            (Quantity::DayOfYear { .. }, Quantity::DayOfYear { .. }) => self == rule,
            (Quantity::Date(date), Quantity::DayOfYear { day, month }) => {
                (date.day(), date.month()) == (*day, *month)
            }
            (Quantity::Year(year), Quantity::Date(date)) => i64::from(date.year()) == *year,
            // « soixante-douze heures ».
            (Quantity::Hours(hours), Quantity::Days(days)) => *hours == days.mul(&Ratio::from(24)),
            (Quantity::Mixed(text), Quantity::Mixed(rule)) => text == rule,
            // « jours ouvrés » are not « jours ouvrables ».
            (Quantity::SpecialDays { .. }, Quantity::SpecialDays { .. }) => self == rule,
            // A rule that counts without a unit says « 35 » for « 35 ans », or 420 months.
            (
                Quantity::Months(_) | Quantity::Days(_) | Quantity::SpecialDays { .. },
                Quantity::Count { value, .. },
            ) => self.written().contains(value),
            (
                Quantity::Percent(text) | Quantity::Hours(text) | Quantity::Share(text),
                Quantity::Count { value, .. },
            ) => text == value,
            (Quantity::Year(year), Quantity::Count { value, .. }) => Ratio::from(*year) == *value,
            (Quantity::Count { value, .. }, Quantity::Share(rule)) => value == rule,
            _ if std::mem::discriminant(self) == std::mem::discriminant(rule) || self.goes_with(rule) => {
                self.number().is_some() && self.number() == rule.number()
            }
            _ => false,
        }
    }

    /// As French writes it.
    pub fn words(&self) -> String {
        let french = French::default();
        match self {
            Quantity::Count { value, .. } => french.exact(value),
            Quantity::Share(value) => format!("{}/{}", value.numerator(), value.denominator()),
            Quantity::Percent(value) => french.percent(value),
            Quantity::Euros(value) => french.amount(value, Currency::Euro),
            Quantity::Francs(value) => french.amount(value, Currency::CfpFranc),
            Quantity::Months(value) => french.months(value),
            Quantity::Days(value) => french.days(value),
            Quantity::Mixed(duration) => french.duration(*duration),
            Quantity::SpecialDays { value, kind } => format!("{} {kind}", french.days(value)),
            Quantity::Hours(value) => format!("{} heures", french.exact(value)),
            Quantity::Date(date) => format!("le {}", french.date(*date)),
            Quantity::DayOfYear { day, month } => {
                let month = usize::try_from(month - 1)
                    .ok()
                    .and_then(|rank| crate::wording::MONTHS.get(rank))
                    .copied()
                    .unwrap_or_default();
                let first = if *day == 1 { "er" } else { "" };
                format!("le {day}{first} {month}")
            }
            Quantity::Year(year) => year.to_string(),
        }
    }
}

/// A bound on a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The quantity stands on its left.
    pub op: CompareOp,
    /// Whether it says on which side the bound itself falls: « dans un délai de » does not.
    pub exact: bool,
}

impl Bound {
    /// A bound that says on which side it falls.
    pub const fn exact(op: CompareOp) -> Bound {
        Bound { op, exact: true }
    }

    /// One that says a direction only.
    pub const fn loose(op: CompareOp) -> Bound {
        Bound { op, exact: false }
    }
}

/// Whether a value that equals the bound is counted with those above it: `≥` and `<` say so, `>` and
/// `≤` say the contrary. Negation does not change it.
pub fn with_those_above(op: CompareOp) -> Option<bool> {
    match op {
        CompareOp::Ge | CompareOp::Lt => Some(true),
        CompareOp::Gt | CompareOp::Le => Some(false),
        CompareOp::Eq | CompareOp::Ne => None,
    }
}

/// Whether the quantity must be great.
pub fn is_floor(op: CompareOp) -> Option<bool> {
    match op {
        CompareOp::Ge | CompareOp::Gt => Some(true),
        CompareOp::Lt | CompareOp::Le => Some(false),
        CompareOp::Eq | CompareOp::Ne => None,
    }
}

/// Whether a value that equals the bound satisfies it.
pub fn holds_at_bound(op: CompareOp) -> bool {
    matches!(op, CompareOp::Ge | CompareOp::Le | CompareOp::Eq)
}
