//! What a policy expects of an answer, in words.

use crate::currency::Currency;
use crate::known::{End, Known};
use crate::number::Ratio;
use crate::policy::item::Question;
use crate::policy::{Policy, Type};
use crate::time::Date;
use crate::unit::Measure;
pub(super) use crate::wording::MONTHS;
use crate::wording::{French, Wording};

/// How many options of a choice are spelt out before the rest is only counted.
const OPTIONS_SHOWN: usize = 8;

/// `un entier, 0 ou plus`.
pub(crate) fn expected(policy: &Policy, ask: &Question) -> String {
    let kind = match ask.ty {
        Type::Truth => "oui ou non",
        Type::Integer => "un entier",
        Type::Number => "un nombre",
        Type::Percent => "un pourcentage, avec son signe",
        Type::Amount => match policy.currency {
            Currency::Euro => "un montant en euros",
            Currency::CfpFranc => "un montant en francs CFP",
        },
        Type::Date => "une date",
        Type::Months => "une durée en mois ou en années",
        Type::Days => "une durée en jours",
        Type::Text => "un texte",
        Type::Choice(choice) => {
            let options: Vec<&str> = policy.choices[choice.index()].options.iter().map(|o| &**o).collect();
            return alternatives(&options);
        }
    };
    let kind = match ask.measure {
        Some(Measure { of: Some(of), per: None, .. }) => format!("{kind} en {}", of.several()),
        Some(measure) => format!("{kind}{measure}"),
        None => kind.to_owned(),
    };
    match bounds(policy.currency, ask) {
        Some(bounds) => format!("{kind}, {bounds}"),
        None => kind,
    }
}

/// `libéral, mixte ou salarié`.
pub(super) fn alternatives(options: &[&str]) -> String {
    match options {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if options.len() <= OPTIONS_SHOWN => format!("{} ou {last}", first.join(", ")),
        _ => {
            let shown: Vec<&str> = options.iter().take(OPTIONS_SHOWN).copied().collect();
            format!("{} ou un autre des {} choix déclarés", shown.join(", "), options.len())
        }
    }
}

/// `0 ou plus`, `entre 0 % et 100 %`; nothing where there is no bound.
pub(super) fn bounds(currency: Currency, ask: &Question) -> Option<String> {
    match &ask.domain {
        Known::Number(interval) => {
            let show = |n: &Ratio| quantity(currency, n, ask.ty);
            match (&interval.low, &interval.high) {
                (End::Infinite, End::Infinite) => None,
                (End::Included(low), End::Infinite) => Some(format!("{} ou plus", show(low))),
                (End::Excluded(low), End::Infinite) => Some(format!("plus de {}", show(low))),
                (End::Infinite, End::Included(high)) => Some(format!("{} au plus", show(high))),
                (End::Infinite, End::Excluded(high)) => Some(format!("moins de {}", show(high))),
                (End::Included(low), End::Included(high)) => {
                    Some(format!("entre {} et {}", show(low), show(high)))
                }
                (End::Included(low), End::Excluded(high)) => {
                    Some(format!("{} ou plus, moins de {}", show(low), show(high)))
                }
                (End::Excluded(low), End::Included(high)) => {
                    Some(format!("plus de {}, {} au plus", show(low), show(high)))
                }
                (End::Excluded(low), End::Excluded(high)) => {
                    Some(format!("plus de {} et moins de {}", show(low), show(high)))
                }
            }
        }
        Known::Date(range) => {
            let from = range.from.filter(|d| d.year() > crate::limits::FIRST_YEAR);
            let to = range.to.filter(|d| d.year() < crate::limits::LAST_YEAR);
            match (from, to) {
                (None, None) => None,
                (Some(from), None) => Some(format!("du {} ou après", date(from))),
                (None, Some(to)) => Some(format!("du {} ou avant", date(to))),
                (Some(from), Some(to)) => Some(format!("du {} au {}", date(from), date(to))),
            }
        }
        Known::Truth(_) | Known::Text(_) | Known::Choice(_) => None,
    }
}

/// A number with its unit: `80 000 €`, `3,5 %`, `6 mois`.
pub(super) fn quantity(currency: Currency, n: &Ratio, ty: Type) -> String {
    match ty {
        Type::Percent => format!("{} %", decimal(&n.mul(&Ratio::from(100)))),
        Type::Amount => format!("{} {}", decimal(n), currency.sign()),
        Type::Months => format!("{} mois", decimal(n)),
        Type::Days => {
            let unit = if *n == Ratio::from(1) || n.is_zero() { "jour" } else { "jours" };
            format!("{} {unit}", decimal(n))
        }
        Type::Truth | Type::Integer | Type::Number | Type::Date | Type::Text | Type::Choice(_) => decimal(n),
    }
}

/// `3 février 2025`.
pub(super) fn date(date: Date) -> String {
    French::default().date(date)
}

/// A number as French writes it, `1 234,5`; a ratio that no decimal equals as `1/3`.
pub(super) fn decimal(n: &Ratio) -> String {
    French::default().exact(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_french() {
        for (written, shown) in [
            ("0", "0"),
            ("1234567", "1 234 567"),
            ("-1234,50", "-1 234,5"),
            ("0,05", "0,05"),
            ("999", "999"),
            ("1000", "1 000"),
        ] {
            assert_eq!(
                Ratio::parse_decimal(written).map(|n| decimal(&n)).as_deref(),
                Some(shown),
                "{written}"
            );
        }
        assert_eq!(Ratio::new(1, 3).map(|n| decimal(&n)).as_deref(), Some("1/3"));
    }
}
