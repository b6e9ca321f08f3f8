//! Makes a dossier that shows something smaller, while it goes on showing it.

use super::sketch::{Entry, Fill, Sketch};
use crate::number::Ratio;
use crate::time::Date;

/// Rounds over all facts.
const ROUNDS: usize = 4;

/// How far a dossier is from another: answers and readings that differ, each element one.
pub fn distance(a: &Sketch, b: &Sketch) -> usize {
    let paths = a.entries.keys().chain(b.entries.keys().filter(|path| !a.entries.contains_key(*path)));
    let entries: usize = paths
        .map(|path| match (a.entries.get(path), b.entries.get(path)) {
            (Some(Entry::Rows(a)), Some(Entry::Rows(b))) => {
                let changed = a.iter().zip(b).filter(|(a, b)| a != b).count();
                changed + a.len().abs_diff(b.len())
            }
            (a, b) => usize::from(a != b),
        })
        .sum();
    let readings = a.readings.iter().filter(|(name, option)| b.readings.get(*name) != Some(option)).count()
        + b.readings.keys().filter(|name| !a.readings.contains_key(*name)).count();
    entries + readings + usize::from(a.examined_on != b.examined_on)
}

/// A smaller dossier of which `keeps` still holds: first the fewest answers away from `near`, then the
/// fewest elements, then answers as close to those of `near` as may be.
pub fn shrink(found: &Sketch, near: Option<&Sketch>, keeps: &mut dyn FnMut(&Sketch) -> bool) -> Sketch {
    let mut best = found.clone();
    if let Some(near) = near {
        for _ in 0..ROUNDS {
            let before = best.clone();
            give_back(&mut best, near, keeps);
            if best == before {
                break;
            }
        }
    }
    fewer_elements(&mut best, near, keeps);
    if let Some(near) = near {
        come_closer(&mut best, near, keeps);
    }
    best
}

/// Puts back one answer after another as the near dossier has it.
fn give_back(best: &mut Sketch, near: &Sketch, keeps: &mut dyn FnMut(&Sketch) -> bool) {
    let paths: Vec<_> = best.entries.keys().chain(near.entries.keys()).cloned().collect();
    for path in paths {
        if best.entries.get(&path) == near.entries.get(&path) {
            continue;
        }
        let mut tried = best.clone();
        match near.entries.get(&path) {
            Some(entry) => {
                tried.entries.insert(path, entry.clone());
            }
            None => {
                tried.entries.shift_remove(&path);
            }
        }
        if keeps(&tried) {
            *best = tried;
        }
    }
    if best.readings != near.readings {
        let tried = Sketch { readings: near.readings.clone(), ..best.clone() };
        if keeps(&tried) {
            *best = tried;
        }
    }
}

/// Leaves out one element after another, the last first; not those that the near dossier has.
fn fewer_elements(best: &mut Sketch, near: Option<&Sketch>, keeps: &mut dyn FnMut(&Sketch) -> bool) {
    let paths: Vec<_> = best.entries.keys().cloned().collect();
    for path in paths {
        if near.is_some_and(|near| near.entries.get(&path) == best.entries.get(&path)) {
            continue;
        }
        let Some(Entry::Rows(rows)) = best.entries.get(&path) else { continue };
        for rank in (0..rows.len()).rev() {
            let mut tried = best.clone();
            if let Some(Entry::Rows(rows)) = tried.entries.get_mut(&path)
                && rank < rows.len()
            {
                rows.remove(rank);
            }
            if keeps(&tried) {
                *best = tried;
            }
        }
    }
}

/// Brings each number and date that differs as close to the near dossier's as it may be.
fn come_closer(best: &mut Sketch, near: &Sketch, keeps: &mut dyn FnMut(&Sketch) -> bool) {
    let paths: Vec<_> = best.entries.keys().cloned().collect();
    for path in paths {
        let Some(Entry::One(mut far)) = near.entries.get(&path).cloned() else { continue };
        // Bisection between what is kept and what is not: one end of what is kept is found.
        for _ in 0..64 {
            let Some(Entry::One(own)) = best.entries.get(&path) else { break };
            let Some(middle) = between(own, &far) else { break };
            let mut tried = best.clone();
            tried.entries.insert(path.clone(), Entry::One(middle.clone()));
            if keeps(&tried) {
                *best = tried;
            } else {
                far = middle;
            }
        }
    }
}

/// What lies half way, at least one whole step from both.
fn between(own: &Fill, other: &Fill) -> Option<Fill> {
    match (own, other) {
        (Fill::Number(own, unit), Fill::Number(other, same)) if unit == same => {
            let half = Ratio::new(1, 2)?;
            let middle = own.add(&other.sub(own).mul(&half)).floor();
            (middle != *own && middle != *other).then_some(Fill::Number(middle, *unit))
        }
        (Fill::Date(own), Fill::Date(other)) => {
            let middle = Date::from_days((own.days() + other.days()) / 2)?;
            (middle != *own && middle != *other).then_some(Fill::Date(middle))
        }
        _ => None,
    }
}
