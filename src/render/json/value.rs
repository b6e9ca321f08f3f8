//! Values for programs: exact, never a binary float.

use super::writer::Writer;
use crate::known::{End, Interval, Known, TextSet};
use crate::number::Ratio;
use crate::policy::Type;
use crate::render::words::Words;
use crate::value::Value;

/// Integers past this are written as texts: a program that reads numbers as doubles would change them.
const SAFE: i64 = 1 << 53;

impl Words<'_> {
    /// A value, `{"min", "max"}`, or `{"among": […]}`.
    pub(super) fn write_known(&self, w: &mut Writer, known: &Known, ty: Type) {
        match known {
            Known::Truth(truth) => match truth.value() {
                Some(truth) => w.truth(truth),
                None => w.object(|w| {
                    w.key("among").list(|w| {
                        w.truth(true);
                        w.truth(false);
                    });
                }),
            },
            Known::Number(interval) => match interval.value() {
                Some(value) => self.write_number(w, value, ty),
                None => w.object(|w| self.write_ends(w, interval, ty)),
            },
            Known::Date(range) => match range.value() {
                Some(date) => w.shown(date),
                None => w.object(|w| {
                    w.key("min").maybe(range.from.map(|d| d.to_string()).as_deref());
                    w.key("max").maybe(range.to.map(|d| d.to_string()).as_deref());
                }),
            },
            Known::Text(set) => match (set.value(), set) {
                (Some(text), _) => w.text(&text.shown),
                (None, TextSet::OneOf(texts)) => w.object(|w| {
                    w.key("among").list(|w| texts.iter().for_each(|t| w.text(&t.shown)));
                }),
                (None, TextSet::AnyBut(texts)) => w.object(|w| {
                    w.key("among").null();
                    w.key("except").list(|w| texts.iter().for_each(|t| w.text(&t.shown)));
                }),
            },
            Known::Choice(set) => match set.value() {
                Some(option) => w.text(self.option_of(ty, option)),
                None => w.object(|w| {
                    w.key("among").list(|w| set.iter().for_each(|o| w.text(self.option_of(ty, o))));
                }),
            },
        }
    }

    /// A single value.
    pub(super) fn write_value(&self, w: &mut Writer, value: &Value, ty: Type) {
        match value {
            Value::Truth(truth) => w.truth(*truth),
            Value::Number(number) => self.write_number(w, number, ty),
            Value::Date(date) => w.shown(*date),
            Value::Text(text) => w.text(&text.shown),
            Value::Choice(option) => w.text(self.option_of(ty, *option)),
        }
    }

    fn option_of(&self, ty: Type, option: u16) -> &str {
        match ty {
            Type::Choice(choice) => {
                self.policy.choices[choice.index()].options.get(usize::from(option)).map_or("", |name| name)
            }
            _ => "",
        }
    }

    /// The ends of an interval, with what is left out.
    pub(super) fn write_ends(&self, w: &mut Writer, interval: &Interval, ty: Type) {
        for (key, excluded, end) in
            [("min", "min_excluded", &interval.low), ("max", "max_excluded", &interval.high)]
        {
            match end.value() {
                Some(value) => self.write_number(w.key(key), value, ty),
                None => w.key(key).null(),
            }
            if matches!(end, End::Excluded(_)) {
                w.key(excluded).truth(true);
            }
        }
    }

    /// A number in the manner of its type: an amount with two places, a duration in ISO 8601, a ratio
    /// beside its rounded text.
    pub(super) fn write_number(&self, w: &mut Writer, value: &Ratio, ty: Type) {
        let whole = value.to_i64().filter(|n| n.abs() <= SAFE);
        match (ty, whole) {
            (Type::Amount, Some(euros)) => w.euros(euros),
            (Type::Amount, None) => match amount(value) {
                Some(amount) => w.text(&amount),
                None => self.write_ratio(w, value, ty),
            },
            (Type::Percent, _) => self.write_ratio(w, value, ty),
            (Type::Months, Some(n)) => w.text(&iso(n, 0)),
            (Type::Days, Some(n)) => w.text(&iso(0, n)),
            (_, Some(n)) => w.whole(n),
            (_, None) if value.is_integer() => w.text(&value.numerator()),
            (_, None) => self.write_ratio(w, value, ty),
        }
    }

    fn write_ratio(&self, w: &mut Writer, value: &Ratio, ty: Type) {
        let safe = |n: i64| n.unsigned_abs() <= SAFE.unsigned_abs();
        let digits = |w: &mut Writer, digits: &str| match digits.parse::<i64>() {
            Ok(n) if safe(n) => w.whole(n),
            _ => w.text(digits),
        };
        w.object(|w| {
            match value.machine() {
                Some((num, den)) if safe(num) && safe(den.get()) => {
                    w.key("num").whole(num);
                    w.key("den").whole(den.get());
                }
                Some(_) | None => {
                    digits(w.key("num"), &value.numerator());
                    digits(w.key("den"), &value.denominator());
                }
            }
            w.key("text").text(&self.number(value, ty));
        });
    }
}

/// An amount of whole cents as `80000.00`.
pub(in crate::render) fn amount(value: &Ratio) -> Option<String> {
    let cents = value.mul(&Ratio::from(100));
    if !cents.is_integer() {
        return None;
    }
    let digits = cents.abs().numerator();
    let padded = format!("{digits:0>3}");
    let (euros, cents) = padded.split_at(padded.len() - 2);
    let sign = if value.signum() < 0 { "-" } else { "" };
    Some(format!("{sign}{euros}.{cents}"))
}

/// A duration in ISO 8601: `P2Y6M`, `P10D`.
pub(super) fn iso(months: i64, days: i64) -> String {
    let mut out = String::from("P");
    if months < 0 {
        out.insert(0, '-');
    }
    let months = months.abs();
    for (count, unit) in [(months / 12, 'Y'), (months % 12, 'M'), (days, 'D')] {
        if count != 0 {
            out.push_str(&count.to_string());
            out.push(unit);
        }
    }
    if out.ends_with('P') {
        out.push_str(if months == 0 && days == 0 { "0D" } else { "" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_two_places() {
        let shown = |num, den| amount(&Ratio::new(num, den).unwrap());
        assert_eq!(shown(80_000, 1).as_deref(), Some("80000.00"));
        assert_eq!(shown(1, 20).as_deref(), Some("0.05"));
        assert_eq!(shown(-25, 2).as_deref(), Some("-12.50"));
        assert_eq!(shown(1, 3), None);
    }

    #[test]
    fn durations_are_those_of_iso_8601() {
        assert_eq!(iso(30, 0), "P2Y6M");
        assert_eq!(iso(0, 10), "P10D");
        assert_eq!(iso(0, 0), "P0D");
        assert_eq!(iso(-1, 0), "-P1M");
    }
}
