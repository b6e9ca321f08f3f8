//! The days of several periods together.

/// How many days are of one of some periods at least, each given by its first and its last day, both of it; one
/// whose last day comes before its first has no day.
pub fn covered(mut periods: Vec<(i64, i64)>) -> i64 {
    periods.sort_unstable();
    let (mut total, mut next) = (0, i64::MIN);
    for (first, last) in periods {
        let from = first.max(next);
        if last >= from {
            next = last + 1;
            total += next - from;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::covered;

    #[test]
    fn days_of_several_periods_count_once() {
        for (periods, days) in [
            (vec![], 0),
            (vec![(1, 1)], 1),
            (vec![(5, 4)], 0),
            (vec![(1, 10), (5, 12)], 12),
            (vec![(5, 12), (1, 10), (2, 3)], 12),
            (vec![(1, 3), (4, 6)], 6),
            (vec![(1, 3), (1, 3), (8, 9), (9, 8)], 5),
            (vec![(i64::MIN, i64::MIN + 1)], 2),
        ] {
            assert_eq!(covered(periods.clone()), days, "{periods:?}");
        }
    }
}
