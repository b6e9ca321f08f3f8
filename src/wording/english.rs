//! Values as English prints them. An author's words stay French.

use super::{Decimal, Spaces, Unit, Wording, name};
use crate::currency::Currency;
use crate::number::Ratio;
use crate::time::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// English words for values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct English(pub Spaces);

impl Wording for English {
    fn date(&self, date: Date) -> String {
        format!("{} {} {}", date.day(), name(&MONTHS, date.month()), date.year())
    }

    fn is_plural(&self, count: &Ratio) -> bool {
        count.abs() != Ratio::one()
    }

    fn typography(&self, text: &str) -> String {
        text.to_owned()
    }

    fn spaces(&self) -> Spaces {
        self.0
    }

    fn decimal(&self, decimal: &Decimal) -> String {
        format!("{}{}", decimal.sign(), decimal.written(".", ","))
    }

    fn with_percent(&self, number: &str) -> String {
        format!("{number}%")
    }

    fn with_sign(&self, amount: &Decimal, currency: Currency) -> String {
        let figures = amount.written(".", ",");
        match currency {
            Currency::Euro => format!("{}€{figures}", amount.sign()),
            Currency::CfpFranc => {
                format!("{}{figures}{}{}", amount.sign(), self.0.before_unit(), currency.code())
            }
        }
    }

    fn unit(&self, unit: Unit, plural: bool) -> &'static str {
        match (unit, plural) {
            (Unit::Year, false) => "year",
            (Unit::Year, true) => "years",
            (Unit::Month, false) => "month",
            (Unit::Month, true) => "months",
            (Unit::Day, false) => "day",
            (Unit::Day, true) => "days",
        }
    }

    fn weekday(&self, date: Date) -> &'static str {
        name(&DAYS, date.weekday())
    }

    fn and(&self) -> &'static str {
        "and"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_english() {
        let english = English::default();
        let number = |text| Ratio::parse_decimal(text).unwrap();
        assert_eq!(english.amount(&number("80000"), Currency::Euro), "€80,000");
        assert_eq!(english.amount(&number("-1234,5"), Currency::Euro), "-€1,234.50");
        assert_eq!(english.percent(&Ratio::new(5, 35).unwrap()), "14.29%");
        assert_eq!(english.number(&number("3,5")), "3.5");
        assert_eq!(english.date(Date::new(2025, 1, 1).unwrap()), "1 January 2025");
        assert_eq!(english.weekday_date(Date::new(2025, 9, 10).unwrap()), "Wednesday 10 September 2025");
        assert_eq!(english.months(&number("30")), "2 years and 6 months");
        assert_eq!(english.months(&number("1")), "1 month");
        assert_eq!(english.days(&number("0")), "0 days");
    }
}
