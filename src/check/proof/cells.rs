//! The cells into which what conditions read is cut.

use std::cmp::Ordering;

use super::formula::{Dimension, ORDERINGS, Space, Test, holds};
use super::granularity;
use super::linear::Term;
use crate::known::{End, Interval, Known, OptionSet};
use crate::number::Ratio;
use crate::value::Text;

/// One cell: values that no test tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// A truth.
    Truth(bool),
    /// Some options of a choice.
    Options(OptionSet),
    /// A text, or any other than those that are named.
    Text(Option<Text>),
    /// The first of two is below, equal, above.
    Order(Ordering),
    /// A number, or those between two.
    Numbers(Interval),
}

/// The cells of a dimension.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    /// The cells; of numbers in ascending order, those between two thresholds then the upper one.
    pub cells: Vec<Cell>,
    /// Whether some value falls in each.
    pub possible: Vec<bool>,
    /// What all values are a multiple of; `None` where they are dense.
    pub step: Option<Ratio>,
    thresholds: Vec<Ratio>,
}

impl Cells {
    /// Cuts a dimension as its tests ask.
    pub fn cut<'t>(space: &Space<'_>, dimension: &Dimension, tests: impl Iterator<Item = &'t Test>) -> Cells {
        let plain = |cells: Vec<Cell>| {
            let possible = vec![true; cells.len()];
            Cells { cells, possible, step: None, thresholds: Vec::new() }
        };
        let exprs = &space.policy.exprs;
        match dimension {
            Dimension::Truth(shape) => {
                let truth = space.knowledge.truth(exprs.first_of(*shape));
                Cells {
                    possible: vec![truth.contains(true), truth.contains(false)],
                    ..plain(vec![Cell::Truth(true), Cell::Truth(false)])
                }
            }
            Dimension::Order(..) => plain(ORDERINGS.map(Cell::Order).to_vec()),
            Dimension::Choice(shape) => {
                let Known::Choice(all) = space.knowledge.known(exprs.first_of(*shape)) else {
                    return plain(Vec::new());
                };
                let mut cells = vec![all];
                for test in tests {
                    let Test::Options(set) = test else { continue };
                    cells = cells
                        .into_iter()
                        .flat_map(|cell| [cell.intersect(*set), cell.without(*set)])
                        .flatten()
                        .collect();
                }
                // In the order of declaration, so that an example is the first there is.
                cells.sort_by_key(|cell| cell.first());
                plain(cells.into_iter().map(Cell::Options).collect())
            }
            Dimension::Text(shape) => {
                let known = space.knowledge.known(exprs.first_of(*shape));
                let named: Vec<Text> = tests
                    .filter_map(|test| if let Test::Text(text) = test { Some(text.clone()) } else { None })
                    .collect();
                let possible: Vec<bool> = named
                    .iter()
                    .map(|text| known.contains(&crate::value::Value::Text(text.clone())))
                    .chain([match &known {
                        Known::Text(crate::known::TextSet::OneOf(texts)) => {
                            texts.iter().any(|text| !named.contains(text))
                        }
                        _ => true,
                    }])
                    .collect();
                let cells = named.into_iter().map(Some).chain([None]).map(Cell::Text).collect();
                Cells { cells, possible, step: None, thresholds: Vec::new() }
            }
            Dimension::Line(form) => {
                let hull = form
                    .iter()
                    .map(|(term, factor)| space.hull(term).mul(&Interval::point(factor.clone())))
                    .reduce(|a, b| a.add(&b))
                    .unwrap_or_else(|| Interval::all(false));
                Cells::numbers(&hull, step_of(space, form), tests)
            }
            Dimension::Multiple(first, second) => {
                let hull = space.hull(first).div(&space.hull(second));
                Cells::numbers(&Interval { whole: false, ..hull }, None, tests)
            }
        }
    }

    /// Cuts numbers at the constants of tests.
    pub fn numbers<'t>(hull: &Interval, step: Option<Ratio>, tests: impl Iterator<Item = &'t Test>) -> Cells {
        let mut thresholds: Vec<Ratio> = tests
            .filter_map(|test| if let Test::Number(_, at) = test { Some(at.clone()) } else { None })
            .collect();
        thresholds.sort();
        thresholds.dedup();
        let mut cells = Vec::with_capacity(2 * thresholds.len() + 1);
        let mut low = End::Infinite;
        for at in &thresholds {
            cells.push(Interval { low, high: End::Excluded(at.clone()), whole: false });
            cells.push(Interval::point(at.clone()));
            low = End::Excluded(at.clone());
        }
        cells.push(Interval { low, high: End::Infinite, whole: false });
        let within: Vec<Option<Interval>> = cells
            .iter()
            .map(|cell| cell.intersect(hull).filter(|cell| sample(cell, step.as_ref()).is_some()))
            .collect();
        Cells {
            possible: within.iter().map(Option::is_some).collect(),
            cells: within
                .into_iter()
                .zip(cells)
                .map(|(in_hull, cell)| Cell::Numbers(in_hull.unwrap_or(cell)))
                .collect(),
            step,
            thresholds,
        }
    }

    /// Whether numbers are compared with 0 only.
    pub fn is_by_sign(&self) -> bool {
        self.thresholds.iter().all(Ratio::is_zero)
    }

    /// In which cells a test holds.
    pub fn accepted(&self, test: &Test) -> Vec<bool> {
        match test {
            Test::Number(op, at) => {
                let place = self.thresholds.binary_search(at).unwrap_or_else(|at| at) * 2 + 1;
                (0..self.cells.len()).map(|cell| holds(*op, cell.cmp(&place))).collect()
            }
            Test::Holds | Test::Options(_) | Test::Text(_) | Test::Order(_) => self
                .cells
                .iter()
                .map(|cell| match (test, cell) {
                    (Test::Holds, Cell::Truth(truth)) => *truth,
                    (Test::Options(set), Cell::Options(options)) => options.is_subset(*set),
                    (Test::Text(text), Cell::Text(of)) => of.as_ref() == Some(text),
                    (Test::Order([below, equal, above]), Cell::Order(order)) => match order {
                        Ordering::Less => *below,
                        Ordering::Equal => *equal,
                        Ordering::Greater => *above,
                    },
                    _ => false,
                })
                .collect(),
        }
    }
}

fn step_of(space: &Space<'_>, form: &[(Term, Ratio)]) -> Option<Ratio> {
    let mut sum = granularity::Grain::Zero;
    for (term, factor) in form {
        let grain = match term {
            Term::Shape(shape) => {
                granularity::grain(space.knowledge.base(), space.policy.exprs.first_of(*shape))
            }
            Term::Shifted { .. } | Term::Count { .. } => granularity::Grain::Step(Ratio::one()),
        };
        sum = sum.with(grain.times(&granularity::Grain::of(factor)));
    }
    sum.step().cloned()
}

/// A number of an interval, as plain as can be; `None` where no multiple of the step is in it.
pub(super) fn sample(interval: &Interval, step: Option<&Ratio>) -> Option<Ratio> {
    let one = Ratio::one();
    let step = match step {
        Some(step) => step,
        None if interval.whole => &one,
        None => return Some(dense_sample(interval)),
    };
    let zero = Ratio::zero();
    if interval.contains(&zero) && interval.low.value().is_none() {
        return Some(zero);
    }
    let units = |n: &Ratio| n.div(step);
    let candidate = match (&interval.low, &interval.high) {
        (End::Infinite, End::Infinite) => zero,
        (End::Included(low), _) => units(low)?.ceil().mul(step),
        (End::Excluded(low), _) => units(low)?.floor().add(&one).mul(step),
        (End::Infinite, End::Included(high)) => units(high)?.floor().mul(step),
        (End::Infinite, End::Excluded(high)) => units(high)?.ceil().sub(&one).mul(step),
    };
    interval.contains(&candidate).then_some(candidate)
}

fn dense_sample(interval: &Interval) -> Ratio {
    let one = Ratio::one();
    match (&interval.low, &interval.high) {
        (End::Infinite, End::Infinite) => Ratio::zero(),
        (End::Included(low), _) => low.clone(),
        (_, End::Included(high)) => high.clone(),
        (End::Excluded(low), End::Infinite) => low.floor().add(&one),
        (End::Infinite, End::Excluded(high)) => high.ceil().sub(&one),
        (End::Excluded(low), End::Excluded(high)) => {
            // The middle, or a rounder number beside it.
            let half = low.add(high).mul(&Ratio::new(1, 2).unwrap_or_else(Ratio::one));
            let whole = low.floor().add(&one);
            if &whole < high { whole } else { half }
        }
    }
}
