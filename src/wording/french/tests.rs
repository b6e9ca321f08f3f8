use super::*;
use crate::currency::Currency;
use crate::time::Duration;

const PLAIN: French = French(Spaces::Plain);
const SET: French = French(Spaces::NoBreak);

fn n(text: &str) -> Ratio {
    Ratio::parse_decimal(text).unwrap()
}

fn r(num: i128, den: i128) -> Ratio {
    Ratio::new(num, den).unwrap()
}

/// With the no-break spaces made visible: `_` the full one, `.` raised the narrow one.
fn seen(text: &str) -> String {
    text.replace('\u{a0}', "_").replace('\u{202f}', "·")
}

#[test]
fn amounts() {
    assert_eq!(PLAIN.amount(&n("80000"), Currency::Euro), "80 000 €");
    assert_eq!(PLAIN.amount(&n("12,5"), Currency::Euro), "12,50 €");
    assert_eq!(PLAIN.amount(&n("0"), Currency::Euro), "0 €");
    assert_eq!(PLAIN.amount(&n("-1234,565"), Currency::Euro), "-1 234,565 €");
    assert_eq!(PLAIN.amount(&r(200, 3), Currency::Euro), "66,6667 €");
    assert_eq!(seen(&SET.amount(&n("1234567,8"), Currency::Euro)), "1·234·567,80_€");
}

#[test]
fn percentages() {
    assert_eq!(PLAIN.percent(&r(5, 35)), "14,29 %");
    assert_eq!(PLAIN.percent(&r(5, 60)), "8,33 %");
    assert_eq!(PLAIN.percent(&r(1, 10)), "10 %");
    assert_eq!(PLAIN.percent(&n("0,125")), "12,5 %");
    assert_eq!(PLAIN.percent(&n("12")), "1 200 %");
    assert_eq!(seen(&SET.percent(&n("0,5"))), "50_%");
}

#[test]
fn numbers() {
    assert_eq!(PLAIN.number(&n("3,5")), "3,5");
    assert_eq!(PLAIN.number(&n("999")), "999");
    assert_eq!(PLAIN.number(&n("1000")), "1 000");
    assert_eq!(PLAIN.number(&r(1, 3)), "0,33");
    assert_eq!(PLAIN.number(&n("2,005")), "2,005");
    assert_eq!(PLAIN.number(&r(-1, 3000)), "-0,0003");
    assert_eq!(PLAIN.number(&r(-70351, 30000)), "-2,35");
    assert_eq!(PLAIN.number(&n("123456789012345678901234567890")), "123 456 789 012 345 678 901 234 567 890");
    assert_eq!(PLAIN.exact(&n("-1234,5678")), "-1 234,5678");
    assert_eq!(PLAIN.exact(&r(1, 3)), "1/3");
}

#[test]
fn dates() {
    let date = |y, m, d| Date::new(y, m, d).unwrap();
    assert_eq!(PLAIN.date(date(2025, 1, 1)), "1er janvier 2025");
    assert_eq!(PLAIN.date(date(2025, 8, 31)), "31 août 2025");
    assert_eq!(PLAIN.weekday_date(date(2025, 9, 10)), "mercredi 10 septembre 2025");
    assert_eq!(PLAIN.weekday_date(date(2026, 3, 1)), "dimanche 1er mars 2026");
}

#[test]
fn durations() {
    assert_eq!(PLAIN.months(&n("6")), "6 mois");
    assert_eq!(PLAIN.months(&n("12")), "1 an");
    assert_eq!(PLAIN.months(&n("30")), "2 ans et 6 mois");
    assert_eq!(PLAIN.months(&n("0")), "0 mois");
    assert_eq!(PLAIN.months(&n("-30")), "-30 mois");
    assert_eq!(PLAIN.months(&n("2,5")), "2,5 mois");
    assert_eq!(PLAIN.days(&n("1")), "1 jour");
    assert_eq!(PLAIN.days(&n("1,5")), "1,5 jour");
    assert_eq!(PLAIN.days(&n("2")), "2 jours");
    assert_eq!(PLAIN.duration(Duration { months: 30, days: 10 }), "2 ans, 6 mois et 10 jours");
    assert_eq!(PLAIN.duration(Duration { months: 0, days: 10 }), "10 jours");
    assert_eq!(PLAIN.duration(Duration { months: 24, days: 1 }), "2 ans et 1 jour");
    assert_eq!(seen(&SET.months(&n("30"))), "2_ans et 6_mois");
}

proptest::proptest! {
    #[test]
    fn values_that_are_set_are_those_in_plain_spaces_set(num in proptest::prelude::any::<i64>(), den in 1..1000i128) {
        let value = r(num.into(), den);
        proptest::prop_assert_eq!(PLAIN.typography(&PLAIN.amount(&value, Currency::Euro)), SET.amount(&value, Currency::Euro));
    }
}

#[test]
fn what_is_counted_agrees_with_its_number() {
    let points = |n| several(n, "point manque", "points manquent");
    assert_eq!(points(0), "0 point manque");
    assert_eq!(points(1), "1 point manque");
    assert_eq!(points(2), "2 points manquent");
    assert_eq!(points(1_317), "1 317 points manquent");
}

#[test]
fn small_words_are_cut_before_a_vowel() {
    assert_eq!(before("plus de", "inscrits"), "plus d'inscrits");
    assert_eq!(before("attendu : autre que", "échelon"), "attendu : autre qu'échelon");
    assert_eq!(before("moins de", "places"), "moins de places");
    assert_eq!(before("moins de", "habitants"), "moins de habitants");
    assert_eq!(before("plus de", "ESS présentes"), "plus de ESS présentes");
    assert_eq!(before("au moins", "inscrits"), "au moins inscrits");
    assert_eq!(before("more than", "inscrits"), "more than inscrits");
}
