use super::*;

fn d(iso: &str) -> Date {
    Date::parse_iso(iso).unwrap()
}

#[test]
fn the_ends_of_the_calendar() {
    assert_eq!(Date::MIN.to_string(), "0001-01-01");
    assert_eq!(Date::MAX.to_string(), "9999-12-31");
    assert_eq!(Date::new(0, 12, 31), None);
    assert_eq!(Date::MAX.plus_days(1), None);
    assert_eq!(Date::MIN.plus_days(-1), None);
    assert_eq!(Date::MAX.plus_months(1), None);
    assert_eq!(Date::MIN.plus_months(-1), None);
    assert_eq!(Date::MAX.plus_months(i64::MAX), None);
    assert_eq!(Date::MIN.plus_days(i64::MIN), None);
    assert_eq!(Date::MAX.last_of_month(), Date::MAX);
    assert_eq!(Date::MIN.first_of_month(), Date::MIN);
}

#[test]
fn both_written_forms() {
    assert_eq!(Date::parse_iso("2025-02-03"), Date::new(2025, 2, 3));
    assert_eq!(Date::parse_slashed("03/02/2025"), Date::new(2025, 2, 3));
    assert_eq!(Date::parse_slashed("3/2/2025"), Date::new(2025, 2, 3));
    for wrong in ["2025-2-3", "2025-02-30", "2025-02", "2025-02-03-04", "+025-02-03", "2025-+2-03", "", "a"] {
        assert_eq!(Date::parse_iso(wrong), None, "{wrong}");
    }
    for wrong in ["31/02/2025", "2025/02/03", "02/2025", "03/02/25", "003/2/2025", "/2/2025", "3/+2/2025"] {
        assert_eq!(Date::parse_slashed(wrong), None, "{wrong}");
    }
}

#[test]
fn months_end_early() {
    for (from, months, to) in [
        ("2025-08-31", 6, "2026-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-01-31", 2, "2025-03-31"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-01-15", -1, "2024-12-15"),
        ("1900-01-31", 1, "1900-02-28"),
        ("2000-01-31", 1, "2000-02-29"),
    ] {
        assert_eq!(d(from).plus_months(months), Some(d(to)), "{from} {months:+} months");
    }
    assert_eq!(d("2028-02-10").last_of_month(), d("2028-02-29"));
    assert_eq!(d("2028-02-10").first_of_month(), d("2028-02-01"));
}

#[test]
fn ages() {
    for (born, on, years) in [
        ("2000-06-15", "2025-06-14", 24),
        ("2000-06-15", "2025-06-15", 25),
        ("2000-02-29", "2025-02-27", 24),
        ("2000-02-29", "2025-02-28", 25),
        ("2000-02-29", "2028-02-28", 27),
        ("2000-02-29", "2028-02-29", 28),
        ("2025-06-15", "2025-06-14", 0),
        ("2025-06-15", "2024-06-16", 0),
        ("2025-06-15", "2024-06-15", -1),
        ("2025-06-15", "2025-06-15", 0),
    ] {
        assert_eq!(d(born).months_until(d(on)) / 12, years, "born {born}, on {on}");
    }
}

#[test]
fn whole_months() {
    for (from, to, months) in [
        ("2025-08-31", "2026-02-27", 5),
        ("2025-08-31", "2026-02-28", 6),
        ("2025-01-31", "2025-03-30", 1),
        ("2025-01-31", "2025-03-31", 2),
        ("2025-03-15", "2025-03-14", 0),
        ("2025-06-15", "2025-06-10", 0),
        ("2025-03-15", "2025-02-16", 0),
        ("2025-03-15", "2025-02-15", -1),
        ("2025-03-15", "2025-02-14", -1),
        ("2026-02-28", "2025-08-31", -6),
        ("2026-02-27", "2025-08-31", -5),
    ] {
        assert_eq!(d(from).months_until(d(to)), months, "{from} to {to}");
    }
}

#[test]
fn weekdays() {
    assert_eq!(d("1970-01-01").weekday(), 4);
    assert_eq!(d("2025-09-10").weekday(), 3);
    assert_eq!(d("1789-07-14").weekday(), 2);
    assert_eq!(d("2024-02-29").weekday(), 4);
}

#[test]
fn easter() {
    // The earliest and the latest there can be, the two exceptions of the cycle, and recent years.
    for (year, date) in [
        (1818, "1818-03-22"),
        (1943, "1943-04-25"),
        (1954, "1954-04-18"),
        (1981, "1981-04-19"),
        (2000, "2000-04-23"),
        (2024, "2024-03-31"),
        (2025, "2025-04-20"),
        (2026, "2026-04-05"),
        (2027, "2027-03-28"),
        (2038, "2038-04-25"),
        (2049, "2049-04-18"),
    ] {
        assert_eq!(easter_sunday(year), Some(d(date)));
    }
}

#[test]
fn public_holidays_of_2025() {
    let holidays: Vec<String> = (0..365)
        .filter_map(|n| d("2025-01-01").plus_days(n))
        .filter(|day| day.is_public_holiday())
        .map(|day| day.to_string())
        .collect();
    assert_eq!(
        holidays,
        [
            "2025-01-01",
            "2025-04-21",
            "2025-05-01",
            "2025-05-08",
            "2025-05-29",
            "2025-06-09",
            "2025-07-14",
            "2025-08-15",
            "2025-11-01",
            "2025-11-11",
            "2025-12-25",
        ]
    );
}

#[test]
fn working_days() {
    for (day, next) in [
        ("2025-09-10", "2025-09-10"), // a Wednesday
        ("2025-09-13", "2025-09-15"), // a Saturday
        ("2025-04-19", "2025-04-22"), // Saturday before Easter Monday
        ("2025-05-01", "2025-05-02"),
        ("2024-05-08", "2024-05-10"), // 8 May, then Ascension Day
        ("2027-12-25", "2027-12-27"), // Christmas on a Saturday
        ("2025-11-01", "2025-11-03"),
        ("9999-12-31", "9999-12-31"),
    ] {
        assert_eq!(WorkingDays::next(Holidays::France).from(d(day)), d(next), "{day}");
    }
}

#[test]
fn so_many_working_days() {
    // Worked out on a wall calendar.
    for (day, count, week, holidays, to) in [
        ("2025-04-25", 5, Week::Five, Holidays::France, "2025-05-05"), // Friday; 1 May is no working day
        ("2025-04-25", 5, Week::Six, Holidays::France, "2025-05-02"),
        ("2025-04-26", 1, Week::Five, Holidays::France, "2025-04-28"), // Saturday
        ("2025-04-17", 1, Week::Five, Holidays::France, "2025-04-18"), // Good Friday
        ("2025-04-17", 1, Week::Five, Holidays::AlsaceMoselle, "2025-04-22"), // and Easter Monday
        ("2025-12-24", 1, Week::Five, Holidays::France, "2025-12-26"),
        ("2025-12-24", 1, Week::Five, Holidays::AlsaceMoselle, "2025-12-29"),
        ("2025-05-26", 1, Week::Five, Holidays::Guadeloupe, "2025-05-28"),
        ("2025-06-06", 1, Week::Five, Holidays::Guyane, "2025-06-11"), // Whit Monday, then 10 June
        ("2025-05-21", 1, Week::Five, Holidays::Martinique, "2025-05-23"),
        ("2026-04-24", 1, Week::Five, Holidays::Mayotte, "2026-04-28"),
        ("2024-12-19", 1, Week::Six, Holidays::Reunion, "2024-12-21"),
        ("2025-05-05", -5, Week::Five, Holidays::France, "2025-04-25"),
        ("2025-05-04", -1, Week::Five, Holidays::France, "2025-05-02"), // Sunday
        ("9999-12-30", 5, Week::Five, Holidays::France, "9999-12-31"),
    ] {
        assert_eq!(WorkingDays { count, week, holidays }.from(d(day)), d(to), "{day} + {count} {holidays:?}");
    }
}

#[test]
fn days_and_civil_dates_agree_all_along() {
    // Each day follows the one before as the calendar says.
    let mut day = d("1599-12-31");
    let mut expected = civil::date(1599, 12, 31);
    while day < d("2101-01-01") {
        assert_eq!((day.year(), day.month(), day.day()), (expected.year(), expected.month(), expected.day()));
        assert_eq!(day.weekday(), expected.weekday().to_monday_one_offset());
        assert_eq!(Date::new(day.year(), day.month(), day.day()), Some(day));
        day = day.plus_days(1).unwrap();
        expected = expected.tomorrow().unwrap();
    }
}

proptest::proptest! {
    #[test]
    fn shifts_agree_with_the_calendar(days in -719_162i64..=2_932_896, months in -3000i64..3000) {
        let date = Date::from_days(days).unwrap();
        let span = jiff::Span::new().months(months);
        let expected = date.civil().checked_add(span).ok().map(Date::from_civil).and_then(Date::checked);
        proptest::prop_assert_eq!(date.plus_months(months), expected);
    }

    #[test]
    fn elapsed_months_are_the_greatest_that_fit(from in -20_000i64..40_000, to in -20_000i64..40_000) {
        let (from, to) = (Date::from_days(from).unwrap(), Date::from_days(to).unwrap());
        proptest::prop_assert_eq!(from.months_until(to), -to.months_until(from));
        proptest::prop_assert_eq!(from.months_until(to) / 12, -(to.months_until(from) / 12));
        let (from, to) = (from.min(to), from.max(to));
        let n = from.months_until(to);
        proptest::prop_assert!(from.plus_months(n).unwrap() <= to);
        proptest::prop_assert!(from.plus_months(n + 1).unwrap() > to);
        let n = from.months_until(to) / 12;
        proptest::prop_assert!(from.plus_months(12 * n).unwrap() <= to);
        proptest::prop_assert!(from.plus_months(12 * (n + 1)).unwrap() > to);
    }

    #[test]
    fn elapsed_months_rise_with_the_end_and_fall_with_the_start(from in -800i64..800, to in -800i64..800, by in 0i64..70) {
        let [from, to] = [from, to].map(|days| Date::from_days(days).unwrap());
        let later = |date: Date| date.plus_days(by).unwrap();
        proptest::prop_assert!(from.months_until(to) <= from.months_until(later(to)));
        proptest::prop_assert!(from.months_until(to) >= later(from).months_until(to));
        proptest::prop_assert!(from.months_until(to) / 12 <= from.months_until(later(to)) / 12);
        proptest::prop_assert!(from.months_until(to) / 12 >= later(from).months_until(to) / 12);
    }
}
