//! What a change does to all cases at once: each point with what it came to and comes to, and in how many cases.

use super::case::{Judged, Verdict};
use super::compare::Difference;

/// A point that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Changed {
    /// What it is about: `critère seuil d'adhésion`; empty for cases in which no point changes, only how they are told.
    pub name: String,
    /// What it came to, what it comes to, and in how many cases; most cases first.
    pub moves: Vec<(String, String, usize)>,
    /// In how many others it changes in some other way: an amount, a date, a reading, what is asked for.
    pub others: usize,
}

/// How many moves of a point are told.
const TOLD: usize = 3;

/// The points that change in some case, in the order of a decision; cases that are only told otherwise last.
pub(super) fn changes(judged: &[Judged]) -> Vec<Changed> {
    let mut found: Vec<Changed> = Vec::new();
    let mut told = 0;
    for case in judged {
        let Verdict::Differs(differences) = &case.verdict else { continue };
        let mut moved = false;
        for difference in differences {
            let Difference::Point { name, before, after } = difference else { continue };
            moved = true;
            let before = before.as_deref().map_or("absent", result);
            let after = after.as_deref().map_or("absent", result);
            let rank = found.iter().position(|changed| changed.name == *name).unwrap_or_else(|| {
                found.push(Changed { name: name.clone(), moves: Vec::new(), others: 0 });
                found.len() - 1
            });
            let Some(changed) = found.get_mut(rank) else { continue };
            // What is asked for is a list, not a result.
            if before == after || name.starts_with("à ") {
                changed.others += 1;
                continue;
            }
            match changed.moves.iter_mut().find(|(b, a, _)| b == before && a == after) {
                Some((_, _, count)) => *count += 1,
                None => changed.moves.push((before.to_owned(), after.to_owned(), 1)),
            }
        }
        told += usize::from(!moved);
    }
    for changed in &mut found {
        changed.moves.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
        let rest = changed.moves.split_off(changed.moves.len().min(TOLD));
        changed.others += rest.iter().map(|(.., count)| count).sum::<usize>();
    }
    if told > 0 {
        found.push(Changed { name: String::new(), moves: Vec::new(), others: told });
    }
    found
}

/// What a point comes to, without amount, date, or what it comes to under each reading.
fn result(said: &str) -> &str {
    let end = [", ", " ("].iter().filter_map(|mark| said.find(mark)).min();
    end.map_or(said, |end| said.get(..end).unwrap_or(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(name: &str, points: &[(&str, &str, &str)]) -> Judged {
        let mut case = Judged::broken("essai", name, Vec::new());
        let point = |(name, before, after): &(&str, &str, &str)| Difference::Point {
            name: (*name).to_owned(),
            before: Some((*before).to_owned()),
            after: Some((*after).to_owned()),
        };
        case.verdict = Verdict::Differs(points.iter().map(point).collect());
        case
    }

    #[test]
    fn the_moves_of_few_cases_are_told_together() {
        let ends = ["b", "b", "c", "c", "d", "e", "f"];
        let cases: Vec<Judged> = ends.iter().map(|end| case(end, &[("décision", "a", end)])).collect();
        let found = changes(&cases);
        assert_eq!((found[0].moves.len(), found[0].others), (3, 2));
    }

    #[test]
    fn each_move_of_a_point_is_counted_most_cases_first() {
        let cases = [
            case("a", &[("décision", "favorable", "dépend de la lecture (a : favorable ; b : défavorable)")]),
            case("b", &[("décision", "favorable", "défavorable"), ("critère c", "rempli", "non rempli")]),
            case("c", &[("décision", "favorable", "défavorable"), ("à demander", "âge", "rien")]),
            case("e", &[("financement f", "dû, 200 €", "dû, 240 €")]),
            case("f", &[("financement f", "dû, 200 €", "non dû")]),
            case("d", &[]),
        ];
        let found = changes(&cases);
        let moves = |rank: usize| -> Vec<(&str, &str, usize)> {
            found[rank].moves.iter().map(|(b, a, n)| (b.as_str(), a.as_str(), *n)).collect()
        };
        let names: Vec<(&str, usize)> = found.iter().map(|c| (c.name.as_str(), c.others)).collect();
        assert_eq!(
            names,
            [("décision", 0), ("critère c", 0), ("à demander", 1), ("financement f", 1), ("", 1)]
        );
        assert_eq!(moves(0), [("favorable", "défavorable", 2), ("favorable", "dépend de la lecture", 1)]);
        assert_eq!(moves(1), [("rempli", "non rempli", 1)]);
        assert_eq!(moves(2), []);
        assert_eq!(moves(3), [("dû", "non dû", 1)]);
    }
}
