//! Every operation is checked against values drawn inside its operands, on a grid fine enough to
//! stand for all of them: ends are halves from −1 to 1, values go farther and in smaller steps.

use proptest::prelude::*;

use super::*;
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};
use crate::syntax::tree::{CompareOp, ElapsedUnit};
use crate::time::{DayOf, DayOfYear, Holidays, MissingDay, Moved, Week, WorkingDays};
use crate::value::Text;

const OPS: [CompareOp; 6] =
    [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge];

fn r(num: i128, den: i128) -> Ratio {
    Ratio::new(num, den).unwrap()
}

fn whole(low: i64, high: i64) -> Interval {
    Interval::between(low.into(), high.into(), true).unwrap()
}

fn holds<T: Ord>(op: CompareOp, a: &T, b: &T) -> bool {
    match op {
        CompareOp::Eq => a == b,
        CompareOp::Ne => a != b,
        CompareOp::Lt => a < b,
        CompareOp::Le => a <= b,
        CompareOp::Gt => a > b,
        CompareOp::Ge => a >= b,
    }
}

/// The numbers of an interval from −reach to reach, in steps of 1/per.
fn members(interval: &Interval, reach: i128, per: i128) -> Vec<Ratio> {
    (-reach * per..=reach * per).map(|n| r(n, per)).filter(|n| interval.contains(n)).collect()
}

fn an_interval() -> impl Strategy<Value = Interval> {
    let end = || {
        (0..5u8, -2..=2i128).prop_map(|(kind, halves)| match kind {
            0 => End::Infinite,
            1 | 2 => End::Included(r(halves, 2)),
            _ => End::Excluded(r(halves, 2)),
        })
    };
    (end(), end(), any::<bool>())
        .prop_filter_map("empty", |(low, high, whole)| Interval::new(low, high, whole))
}

fn a_closed_interval() -> impl Strategy<Value = Interval> {
    (-2..=2i128, -2..=2i128, any::<bool>())
        .prop_filter_map("empty", |(low, high, whole)| Interval::between(r(low, 2), r(high, 2), whole))
}

fn a_rounding() -> impl Strategy<Value = Rounding> {
    let step = prop::sample::select(vec![r(1, 4), r(1, 2), r(1, 1), r(2, 1), r(3, 2)]);
    let direction = prop::sample::select(vec![
        Direction::HalfAway,
        Direction::HalfEven,
        Direction::Down,
        Direction::Up,
        Direction::TowardZero,
    ]);
    (step, direction).prop_map(|(step, direction)| Rounding { step, direction })
}

type Operation = (fn(&Interval, &Interval) -> Interval, fn(&Ratio, &Ratio) -> Option<Ratio>);

const ARITHMETIC: [Operation; 6] = [
    (Interval::add, |a, b| Some(a.add(b))),
    (Interval::sub, |a, b| Some(a.sub(b))),
    (Interval::mul, |a, b| Some(a.mul(b))),
    (Interval::div, Ratio::div),
    (Interval::min, |a, b| Some(a.min(b).clone())),
    (Interval::max, |a, b| Some(a.max(b).clone())),
];

proptest! {
    #[test]
    fn a_power_holds_every_power(a in an_interval(), least in 0..5i64, more in 0..3i64) {
        let exponents = Interval::between(Ratio::from(least), Ratio::from(least + more), true).unwrap();
        let power = a.power(&exponents);
        for x in members(&a, 3, 2) {
            for exponent in least..=least + more {
                let one = x.power(u32::try_from(exponent).unwrap()).unwrap();
                prop_assert!(power.contains(&one), "{x:?}^{exponent} in {power:?}");
            }
        }
    }
}

#[test]
fn whole_intervals_have_whole_included_ends() {
    let interval = Interval::new(End::Excluded(3.into()), End::Included(r(15, 2)), true).unwrap();
    assert_eq!(interval, whole(4, 7));
    assert_eq!(Interval::new(End::Excluded(3.into()), End::Excluded(4.into()), true), None);
    assert_eq!(Interval::new(End::Included(r(1, 2)), End::Included(r(1, 2)), true), None);
    assert_eq!(Interval::at_least(r(1, 2), true), Interval::at_least(Ratio::one(), true));
}

#[test]
fn ten_members_or_more_of_twelve_with_two_unknown() {
    let counted = Known::Number(whole(10, 12));
    let threshold = Known::Number(Interval::point(10.into()));
    assert_eq!(compare(CompareOp::Ge, &counted, &threshold), Truth::YES);
    assert_eq!(compare(CompareOp::Gt, &counted, &threshold), Truth::OPEN);
    assert_eq!(counted.narrow_by(CompareOp::Gt, &threshold), Some(Known::Number(whole(11, 12))));
    assert_eq!(counted.narrow_by(CompareOp::Lt, &threshold), None);
}

#[test]
fn zero_times_infinity_is_zero() {
    let zero = Interval::point(Ratio::zero());
    assert_eq!(zero.mul(&Interval::all(false)), zero);
    let counts = Interval::at_least(Ratio::zero(), true);
    assert_eq!(counts.mul(&Interval::point(200.into())), counts);
    let rate = Interval::between(Ratio::zero(), Ratio::one(), false).unwrap();
    assert_eq!(rate.mul(&counts), Interval::at_least(Ratio::zero(), false));
}

#[test]
fn a_divisor_that_holds_zero() {
    let one = Interval::point(Ratio::one());
    let unit = Interval::between(Ratio::zero(), Ratio::one(), false).unwrap();
    assert_eq!(one.div(&unit), Interval::at_least(Ratio::one(), false));
    let around = Interval::between(Ratio::from(-1), Ratio::one(), false).unwrap();
    assert_eq!(one.div(&around), Interval::all(false));
    // Whole divisors stay one away from 0.
    assert_eq!(one.div(&whole(-3, 5)), around);
    assert_eq!(one.div(&whole(0, 4)), Interval::between(r(1, 4), Ratio::one(), false).unwrap());
    assert_eq!(
        one.div(&Interval::at_least(Ratio::zero(), true)),
        Interval::new(End::Excluded(Ratio::zero()), End::Included(Ratio::one()), false).unwrap()
    );
}

proptest! {
    #[test]
    fn arithmetic_is_sound(a in an_interval(), b in an_interval()) {
        for (rank, (on_intervals, on_numbers)) in ARITHMETIC.into_iter().enumerate() {
            let result = on_intervals(&a, &b);
            let mut reached = Vec::new();
            for x in members(&a, 2, 8) {
                for y in members(&b, 2, 8) {
                    if let Some(value) = on_numbers(&x, &y) {
                        prop_assert!(result.contains(&value), "{rank}: {x} and {y} give {value}, not in {result:?}");
                        reached.push(value);
                    }
                }
            }
            // An end that is included is reached; a quotient may reach it for greater divisors only.
            if rank != 3 {
                for end in [&result.low, &result.high] {
                    if let End::Included(value) = end {
                        prop_assert!(reached.contains(value), "{rank}: {value} of {result:?} is not reached");
                    }
                }
            }
        }
    }

    #[test]
    fn arithmetic_is_tight_on_closed_intervals(a in a_closed_interval(), b in a_closed_interval()) {
        for (rank, (on_intervals, on_numbers)) in ARITHMETIC.into_iter().enumerate() {
            if rank == 3 && !b.whole && b.contains(&Ratio::zero()) {
                continue;
            }
            let results: Vec<Ratio> = members(&a, 1, 2)
                .iter()
                .flat_map(|x| members(&b, 1, 2).into_iter().filter_map(|y| on_numbers(x, &y)))
                .collect();
            let (Some(least), Some(greatest)) = (results.iter().min(), results.iter().max()) else { continue };
            let result = on_intervals(&a, &b);
            prop_assert_eq!(result.low, End::Included(least.clone()), "operation {}", rank);
            prop_assert_eq!(result.high, End::Included(greatest.clone()), "operation {}", rank);
        }
    }

    #[test]
    fn negation(a in an_interval()) {
        let result = a.neg();
        for x in members(&a, 2, 8) {
            prop_assert!(result.contains(&x.neg()));
        }
        prop_assert_eq!(result.neg(), a);
    }

    #[test]
    fn rounding_is_exact(a in an_interval(), rounding in a_rounding()) {
        let result = a.round(&rounding);
        let reached: Vec<Ratio> = members(&a, 4, 16).iter().map(|x| rounding.apply(x)).collect();
        for value in &reached {
            prop_assert!(result.contains(value), "{value} not in {result:?}");
        }
        prop_assert_eq!(result.low.value(), a.low.value().and(reached.iter().min()));
        prop_assert_eq!(result.high.value(), a.high.value().and(reached.iter().max()));
    }

    #[test]
    fn sets_of_numbers(a in an_interval(), b in an_interval()) {
        let (union, common) = (a.union(&b), a.intersect(&b));
        for n in members(&Interval::all(false), 3, 8) {
            prop_assert!(union.contains(&n) || !(a.contains(&n) || b.contains(&n)));
            prop_assert_eq!(
                common.as_ref().is_some_and(|common| common.contains(&n)),
                a.contains(&n) && b.contains(&n)
            );
        }
        if let Some(common) = common {
            prop_assert!(common.is_subset(&a) && common.is_subset(&b));
        }
        prop_assert!(a.is_subset(&union) && b.is_subset(&union));
        prop_assert_eq!(
            a.is_subset(&b),
            members(&a, 3, 8).iter().all(|n| b.contains(n)),
            "{:?} {:?}", a, b
        );
    }

    #[test]
    fn comparing_numbers_is_exact(a in an_interval(), b in an_interval()) {
        let (xs, ys) = (members(&a, 3, 8), members(&b, 3, 8));
        for op in OPS {
            let truth = compare(op, &Known::Number(a.clone()), &Known::Number(b.clone()));
            let pairs = || xs.iter().flat_map(|x| ys.iter().map(move |y| holds(op, x, y)));
            prop_assert_eq!(truth.may_hold, pairs().any(|held| held), "{:?}", op);
            prop_assert_eq!(truth.may_fail, pairs().any(|held| !held), "{:?}", op);
        }
    }

    #[test]
    fn narrowing_numbers_is_exact(a in an_interval(), b in an_interval()) {
        let ys = members(&b, 3, 16);
        for op in OPS {
            let narrowed = a.narrow_by(op, &b);
            for x in members(&a, 2, 8) {
                let kept = narrowed.as_ref().is_some_and(|narrowed| narrowed.contains(&x));
                let partner = ys.iter().any(|y| holds(op, &x, y));
                // Leaving one number out of the middle of an interval leaves no interval.
                let inside = op == CompareOp::Ne && a.without(&x).is_some_and(|rest| rest.contains(&x));
                prop_assert!(kept == partner || (kept && inside), "{op:?} {x}");
            }
        }
    }
}

fn day(n: i64) -> Date {
    // Around two ends of February, one of them in a leap year.
    Date::new(2023, 12, 20).unwrap().plus_days(n).unwrap()
}

fn a_range() -> impl Strategy<Value = DateRange> {
    let end = || prop::option::weighted(0.8, (0..500i64).prop_map(day));
    (end(), end()).prop_filter_map("empty", |(from, to)| DateRange::new(from, to))
}

/// Dates that stand for all: every ninth day, and those beside the ends of both ranges.
fn dates_around(a: DateRange, b: DateRange) -> Vec<Date> {
    let ends = [a.from, a.to, b.from, b.to].into_iter().flatten();
    let beside = ends.flat_map(|end| [-1, 0, 1].into_iter().filter_map(move |n| end.plus_days(n)));
    (-60..560).step_by(9).map(day).chain(beside).collect()
}

proptest! {
    #[test]
    fn sets_and_order_of_dates(a in a_range(), b in a_range()) {
        let (union, common) = (a.union(b), a.intersect(b));
        let dates = dates_around(a, b);
        let within = |range: DateRange| dates.iter().copied().filter(move |date| range.contains(*date));
        for date in dates.iter().copied() {
            prop_assert!(union.contains(date) || !(a.contains(date) || b.contains(date)));
            prop_assert_eq!(
                common.is_some_and(|common| common.contains(date)),
                a.contains(date) && b.contains(date)
            );
        }
        prop_assert!(a.is_subset(union) && b.is_subset(union));
        prop_assert_eq!(a.is_subset(b), a.intersect(b) == Some(a));
        for op in OPS {
            let truth = compare(op, &Known::Date(a), &Known::Date(b));
            let narrowed = a.narrow_by(op, b);
            let (mut held, mut failed) = (false, false);
            for x in within(a) {
                let mut partner = false;
                for y in within(b) {
                    let so = holds(op, &x, &y);
                    (held, failed, partner) = (held || so, failed || !so, partner || so);
                }
                let kept = narrowed.is_some_and(|narrowed| narrowed.contains(x));
                prop_assert!(kept || !partner, "{op:?} {x}");
                if b.from.is_some() && b.to.is_some() && op != CompareOp::Ne {
                    prop_assert!(partner || !kept, "{op:?} {x}");
                }
            }
            prop_assert!(truth.may_hold || !held);
            prop_assert!(truth.may_fail || !failed);
            if [a.from, a.to, b.from, b.to].iter().all(Option::is_some) {
                prop_assert_eq!(truth, Truth { may_hold: held, may_fail: failed }, "{:?}", op);
            }
        }
        let (least, greatest) = (a.min(b), a.max(b));
        for x in within(a) {
            for y in within(b) {
                prop_assert!(least.contains(x.min(y)) && greatest.contains(x.max(y)));
            }
        }
    }

    #[test]
    fn the_last_date_of_a_day(limit in (0..5000i64).prop_map(day), shift in -800..800i64, count in 1..40i32) {
        let days = [
            DayOf::FirstOfMonth,
            DayOf::LastOfMonth,
            DayOf::FirstOfNextMonth,
            DayOf::Year(DayOfYear::new(1, 1).unwrap()),
            DayOf::Year(DayOfYear::new(6, 30).unwrap()),
            DayOf::Working(WorkingDays { count, week: Week::Six, holidays: Holidays::AlsaceMoselle }),
            DayOf::Working(WorkingDays { count: -count, week: Week::Five, holidays: Holidays::Mayotte }),
            DayOf::Working(WorkingDays::next(Holidays::France)),
            DayOf::Moved(Moved { months: count.into(), days: 0, missing: MissingDay::Next }),
            DayOf::Moved(Moved { months: -i64::from(count), days: 3, missing: MissingDay::Last }),
        ];
        let date = limit.plus_days(shift).unwrap();
        for day in days {
            let last = day.last_date(limit).unwrap();
            prop_assert_eq!(day.of(date) <= limit, date <= last);
        }
    }

    #[test]
    fn shifting_and_counting_dates(a in a_range(), b in a_range(), low in -20..20i64, span in 0..15i64) {
        let by = whole(low, low + span);
        let days_of = [
            DayOf::FirstOfMonth,
            DayOf::LastOfMonth,
            DayOf::FirstOfNextMonth,
            DayOf::Year(DayOfYear::new(1, 1).unwrap()),
            DayOf::Year(DayOfYear::new(8, 31).unwrap()),
            DayOf::Working(WorkingDays { count: 3, week: Week::Five, holidays: Holidays::Reunion }),
        ];
        let (months, days) = (a.plus_months(&by), a.plus_days(&by));
        let dates = dates_around(a, b);
        let within = |range: DateRange| dates.iter().copied().filter(move |date| range.contains(*date));
        for x in within(a) {
            for n in low..=low + span {
                prop_assert!(months.contains(x.plus_months(n).unwrap()));
                prop_assert!(days.contains(x.plus_days(n).unwrap()));
            }
            for day in days_of {
                prop_assert!(a.day_of(day).contains(day.of(x)));
            }
            prop_assert!(a.weekdays().contains(u16::try_from(x.weekday()).unwrap() - 1));
            prop_assert!(a.year().contains(&Ratio::from(i64::from(x.year()))));
            for y in within(b) {
                let number = |n: i64| Ratio::from(n);
                prop_assert!(a.elapsed(b, ElapsedUnit::Days).contains(&number(x.days_until(y))));
                prop_assert!(a.elapsed(b, ElapsedUnit::Months(MissingDay::Last)).contains(&number(x.months_until(y))));
                prop_assert!(a.elapsed(b, ElapsedUnit::Years(MissingDay::Next)).contains(&number(MissingDay::Next.months_between(x, y) / 12)));
            }
        }
        if let (Some(from), Some(to)) = (a.from, a.to) {
            prop_assert_eq!(months.from, from.plus_months(low));
            prop_assert_eq!(months.to, to.plus_months(low + span));
        }
    }
}

#[test]
fn a_shift_out_of_the_calendar_opens_the_range() {
    let last = DateRange::day(Date::MAX);
    let later = Interval::point(1.into());
    let open_above = DateRange { from: Some(Date::MAX), to: None };
    assert_eq!(last.plus_days(&later), open_above);
    assert_eq!(last.plus_months(&later), open_above);
    assert_eq!(last.plus_months(&Interval::all(true)), DateRange::ALL);
    let huge = Interval::point(Ratio::parse_decimal("1000000000000000000000000000000").unwrap());
    assert_eq!(DateRange::day(day(0)).plus_days(&huge), open_above);
    let open_below = DateRange { from: None, to: Some(Date::MIN) };
    assert_eq!(DateRange::day(day(0)).plus_days(&huge.neg()), open_below);
    assert_eq!(DateRange::after(Date::MAX), open_above);
}

fn texts() -> Vec<Text> {
    ["a", "b", "c", "d"].into_iter().map(Text::new).collect()
}

fn a_text_set() -> impl Strategy<Value = TextSet> {
    (any::<bool>(), prop::sample::subsequence(texts(), 0..=3)).prop_filter_map("empty", |(but, some)| {
        if but { Some(TextSet::any_but(some)) } else { TextSet::one_of(some) }
    })
}

/// The exact laws of sets, on a universe that tells any two sets of it apart.
fn check_set(a: &Known, b: &Known, universe: &[Value], ranked: bool) -> Result<(), TestCaseError> {
    let (union, common) = (a.union(b), a.intersect(b));
    for value in universe {
        let (in_a, in_b) = (a.contains(value), b.contains(value));
        prop_assert_eq!(union.contains(value), in_a || in_b);
        prop_assert_eq!(common.as_ref().is_some_and(|common| common.contains(value)), in_a && in_b);
    }
    prop_assert_eq!(common.is_none(), universe.iter().all(|v| !a.contains(v) || !b.contains(v)));
    prop_assert_eq!(a.is_subset(b), universe.iter().all(|v| !a.contains(v) || b.contains(v)));
    let single: Vec<&Value> = universe.iter().filter(|v| a.contains(v)).collect();
    prop_assert_eq!(a.value(), if a.is_single() { Some(single[0].clone()) } else { None });
    prop_assert_eq!(a.is_single(), single.len() == 1);
    for op in if ranked { &OPS[..] } else { &OPS[..2] } {
        let so = |x: &Value, y: &Value| match (x, y) {
            (Value::Choice(x), Value::Choice(y)) => holds(*op, x, y),
            (x, y) => (x == y) == (*op == CompareOp::Eq),
        };
        let narrowed = a.narrow_by(*op, b);
        let mut truth = Truth { may_hold: false, may_fail: false };
        for x in universe.iter().filter(|x| a.contains(x)) {
            let mut partner = false;
            for y in universe.iter().filter(|y| b.contains(y)) {
                truth = truth.union(Truth::of(so(x, y)));
                partner |= so(x, y);
            }
            prop_assert_eq!(narrowed.as_ref().is_some_and(|n| n.contains(x)), partner, "{:?} {:?}", op, x);
        }
        prop_assert_eq!(compare(*op, a, b), truth, "{:?}", op);
    }
    Ok(())
}

proptest! {
    #[test]
    fn sets_of_texts(a in a_text_set(), b in a_text_set()) {
        // Two more texts than any set names: what « any but » leaves is never one text.
        let mut universe: Vec<Value> = texts().into_iter().map(Value::Text).collect();
        universe.extend(["e", "f"].map(|t| Value::Text(Text::new(t))));
        check_set(&Known::Text(a), &Known::Text(b), &universe, false)?;
    }

    #[test]
    fn sets_of_options(a in 1..32u16, b in 1..32u16) {
        // On both sides of where the first word ends, and at the last option of all.
        let ranks = [0u16, 1, 63, 64, 127];
        let universe: Vec<Value> = ranks.into_iter().map(Value::Choice).collect();
        let set = |bits: u16| OptionSet::of((0..5).filter(|at| bits & (1 << at) != 0).map(|at| ranks[at]));
        check_set(&Known::Choice(set(a)), &Known::Choice(set(b)), &universe, true)?;
        let held: Vec<u16> = set(a).iter().collect();
        prop_assert_eq!(held.len(), set(a).len());
        prop_assert_eq!((set(a).first(), set(a).last()), (held.first().copied(), held.last().copied()));
        prop_assert_eq!(OptionSet::all(128).is_subset(set(a)), false);
        prop_assert_eq!(OptionSet::of(0..70), OptionSet::all(70));
    }
}

#[test]
fn sets_of_truths() {
    let truths = [Truth::YES, Truth::NO, Truth::OPEN];
    for a in truths {
        for b in truths {
            let universe = [Value::Truth(true), Value::Truth(false)];
            check_set(&Known::Truth(a), &Known::Truth(b), &universe, false).unwrap();
        }
    }
}

#[test]
fn a_choice_of_as_many_options_as_there_can_be() {
    let all = OptionSet::all(128);
    assert_eq!((all.len(), all.first(), all.last()), (128, Some(0), Some(127)));
    assert_eq!(OptionSet::only(127).value(), Some(127));
    assert_eq!(all.narrow_by(CompareOp::Gt, OptionSet::only(126)), Some(OptionSet::only(127)));
    assert_eq!(all.narrow_by(CompareOp::Gt, OptionSet::only(127)), None);
    assert_eq!(all.narrow_by(CompareOp::Le, OptionSet::only(127)), Some(all));
    assert_eq!(OptionSet::of([3, 1]).iter().collect::<Vec<_>>(), [1, 3]);
    assert!(OptionSet::only(128).is_empty());
}

#[test]
fn two_kinds_of_values_teach_nothing() {
    let (number, date) = (Known::any_number(true), Known::ANY_DATE);
    assert_eq!(compare(CompareOp::Eq, &number, &date), Truth::OPEN);
    assert_eq!(number.narrow_by(CompareOp::Eq, &date), Some(number.clone()));
    assert_eq!(number.intersect(&date), None);
}
