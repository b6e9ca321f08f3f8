//! Combinations of readings: which readings matter, and what to call what is left.

use super::Words;
use crate::decision::Combination;
use crate::policy::ReadingId;

impl Words<'_> {
    /// `libéraux`; `libéraux, exigée` where several readings matter.
    pub(crate) fn options(&self, combination: &[(ReadingId, u16)]) -> String {
        combination.iter().map(|(r, o)| self.option(*r, *o)).collect::<Vec<_>>().join(", ")
    }
}

/// The same results, each once, under combinations of only the readings that move them.
pub(crate) fn by_readings<T: PartialEq>(cases: Vec<(Combination, T)>) -> Vec<(Combination, T)> {
    let mut cases = cases;
    let mut readings: Vec<ReadingId> =
        cases.iter().flat_map(|(combination, _)| combination.iter().map(|(r, _)| *r)).collect();
    readings.sort_unstable();
    readings.dedup();
    for reading in readings {
        let without = |combination: &Combination| -> Combination {
            combination.iter().filter(|(r, _)| *r != reading).copied().collect()
        };
        let moves = cases
            .iter()
            .enumerate()
            .any(|(i, (a, x))| cases.iter().skip(i + 1).any(|(b, y)| without(a) == without(b) && x != y));
        if moves {
            continue;
        }
        let mut kept: Vec<(Combination, T)> = Vec::with_capacity(cases.len());
        for (combination, result) in cases {
            let combination = without(&combination);
            if !kept.iter().any(|(c, _)| *c == combination) {
                kept.push((combination, result));
            }
        }
        cases = kept;
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ReadingId = ReadingId(0);
    const B: ReadingId = ReadingId(1);

    #[test]
    fn a_reading_that_moves_nothing_is_left_out() {
        let cases = vec![
            (vec![(A, 0), (B, 0)], "oui"),
            (vec![(A, 0), (B, 1)], "oui"),
            (vec![(A, 1), (B, 0)], "non"),
            (vec![(A, 1), (B, 1)], "non"),
        ];
        assert_eq!(by_readings(cases), [(vec![(A, 0)], "oui"), (vec![(A, 1)], "non")]);
    }

    #[test]
    fn where_each_reading_moves_something_all_stay() {
        let cases = vec![
            (vec![(A, 0), (B, 0)], 1),
            (vec![(A, 0), (B, 1)], 2),
            (vec![(A, 1), (B, 0)], 2),
            (vec![(A, 1), (B, 1)], 2),
        ];
        assert_eq!(by_readings(cases.clone()), cases);
    }

    #[test]
    fn one_result_needs_no_reading() {
        let cases = vec![(vec![(A, 0)], "oui"), (vec![(A, 1)], "oui")];
        assert_eq!(by_readings(cases), [(vec![], "oui")]);
    }
}
