//! The search for a combination of cells in which a formula holds.
//!
//! Branch and prune: a formula is worked out on what is left of each dimension; while it is open, the
//! first test that keeps it open is taken one way, then the other.

use super::cells::{Cell, Cells, sample};
use super::formula::{Dimension, Formula, Node, Space};
use super::knowledge::Knowledge;
use super::linear::Term;
use super::Held;
use crate::known::{Interval, Known, Truth};
use crate::limits;
use crate::number::Ratio;

/// What a search found.
#[derive(Debug, Clone, Default)]
pub(super) enum Found {
    /// The formula never holds.
    #[default]
    Nothing,
    /// It holds here.
    Example(Example),
    /// There were too many combinations to tell.
    TooMany,
}

/// A combination in which a formula holds: what matters of it, in the order in which conditions read it.
#[derive(Debug, Clone, Default)]
pub(super) struct Example {
    /// Each dimension with the cells that it may be in, and a number where it is one.
    pub at: Vec<(Dimension, Vec<Cell>, Option<Ratio>)>,
    /// The formulas of interest that hold there.
    pub holding: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Yes,
    No,
    /// Open, for one because of this test.
    Open(usize),
}

struct Branch {
    dimension: usize,
    before: Vec<bool>,
    test: usize,
    second: bool,
}

/// A search in one space.
pub(super) struct Search<'s, 'p> {
    space: &'s Space<'p>,
    cells: Vec<Cells>,
    accepted: Vec<Vec<bool>>,
    left: Vec<Vec<bool>>,
    verdicts: Vec<Verdict>,
}

impl<'s, 'p> Search<'s, 'p> {
    /// A search over all combinations.
    pub fn new(space: &'s Space<'p>) -> Self {
        let cells = space.cut();
        let accepted = space.tests.iter().map(|(of, test)| cells[*of].accepted(test)).collect();
        let left = cells.iter().map(|cells| cells.possible.clone()).collect();
        Search { space, cells, accepted, left, verdicts: Vec::new() }
    }

    /// A combination in which `goal` holds under the conditions in force; it says which of
    /// `interest` hold there. `budget` is what is left of [`limits::COMBINATIONS`].
    pub fn find(&mut self, goal: Formula, held: &[Held], interest: &[Formula], budget: &mut usize) -> Found {
        if self.left.iter().any(|left| !left.contains(&true)) {
            return Found::Nothing;
        }
        let mut branches: Vec<Branch> = Vec::new();
        loop {
            if *budget == 0 {
                return Found::TooMany;
            }
            *budget -= 1;
            match self.verdict(goal) {
                Verdict::Open(test) => {
                    let dimension = self.dimension_of(test);
                    let before = self.left[dimension].clone();
                    self.restrict(dimension, test, true);
                    branches.push(Branch { dimension, before, test, second: false });
                    continue;
                }
                Verdict::Yes => {
                    if let Some(example) = self.example(goal, held, interest) {
                        return Found::Example(example);
                    }
                }
                Verdict::No => {}
            }
            loop {
                let Some(mut branch) = branches.pop() else { return Found::Nothing };
                self.left[branch.dimension].clone_from(&branch.before);
                if !branch.second {
                    self.restrict(branch.dimension, branch.test, false);
                    branch.second = true;
                    branches.push(branch);
                    break;
                }
            }
        }
    }

    fn dimension_of(&self, test: usize) -> usize {
        self.space.tests.get_index(test).map_or(0, |(dimension, _)| *dimension)
    }

    fn restrict(&mut self, dimension: usize, test: usize, holds: bool) {
        for (left, accepted) in self.left[dimension].iter_mut().zip(&self.accepted[test]) {
            *left &= *accepted == holds;
        }
    }

    /// Works out every formula up to this one; operands stand below their users.
    fn verdict(&mut self, goal: Formula) -> Verdict {
        self.verdicts.clear();
        for node in &self.space.nodes[..=goal.0] {
            let verdict = match node {
                Node::Is(truth) => if *truth { Verdict::Yes } else { Verdict::No },
                Node::Test(test) => {
                    let left = &self.left[self.dimension_of(*test)];
                    let mut may = (false, false);
                    for (left, accepted) in left.iter().zip(&self.accepted[*test]) {
                        may.0 |= *left && *accepted;
                        may.1 |= *left && !*accepted;
                    }
                    match may {
                        (true, true) => Verdict::Open(*test),
                        (true, false) => Verdict::Yes,
                        (false, _) => Verdict::No,
                    }
                }
                Node::Not(of) => match self.verdicts[of.0] {
                    Verdict::Yes => Verdict::No,
                    Verdict::No => Verdict::Yes,
                    open => open,
                },
                Node::Count { of, least, most } => {
                    let (mut yes, mut open) = (0, 0);
                    let mut first = None;
                    for of in of {
                        match self.verdicts[of.0] {
                            Verdict::Yes => yes += 1,
                            Verdict::No => {}
                            Verdict::Open(test) => {
                                open += 1;
                                first.get_or_insert(test);
                            }
                        }
                    }
                    if yes > *most || yes + open < *least {
                        Verdict::No
                    } else if yes >= *least && yes + open <= *most {
                        Verdict::Yes
                    } else {
                        first.map_or(Verdict::No, Verdict::Open)
                    }
                }
            };
            self.verdicts.push(verdict);
        }
        self.verdicts[goal.0]
    }

    /// What matters of the combination that is left, if some dossier may be in it.
    fn example(&mut self, goal: Formula, held: &[Held], interest: &[Formula]) -> Option<Example> {
        let knowledge = self.knowledge(held)?;
        let whole = self.left.clone();
        for dimension in (0..self.left.len()).rev() {
            let before = std::mem::replace(&mut self.left[dimension], self.cells[dimension].possible.clone());
            if before != self.left[dimension] && self.verdict(goal) != Verdict::Yes {
                self.left[dimension] = before;
            }
        }
        self.verdict(goal);
        let mut example = Example::default();
        example.holding = interest
            .iter()
            .enumerate()
            .filter(|(_, formula)| self.verdicts[formula.0] == Verdict::Yes)
            .map(|(rank, _)| rank)
            .collect();
        for (rank, dimension) in self.space.dimensions.iter().enumerate() {
            if self.left[rank] == self.cells[rank].possible {
                continue;
            }
            let cells: Vec<Cell> = self.cells[rank]
                .cells
                .iter()
                .zip(&self.left[rank])
                .filter(|(_, left)| **left)
                .map(|(cell, _)| cell.clone())
                .collect();
            let number = cells.iter().find_map(|cell| self.number(&knowledge, rank, dimension, cell));
            example.at.push((dimension.clone(), cells, number));
        }
        self.left = whole;
        Some(example)
    }

    fn number(&self, knowledge: &Knowledge<'_>, rank: usize, dimension: &Dimension, cell: &Cell) -> Option<Ratio> {
        let Cell::Numbers(interval) = cell else { return None };
        let narrowed = match dimension {
            Dimension::Line(form) => match form.as_slice() {
                [(Term::Shape(shape), _)] => {
                    knowledge.numbers(self.space.policy.exprs.first_of(*shape)).intersect(interval)
                }
                _ => None,
            },
            _ => None,
        };
        let step = self.cells[rank].step.as_ref();
        narrowed.and_then(|n| sample(&n, step)).or_else(|| sample(interval, step))
    }

    /// What is known in the combination that is left; `None` where no dossier is in it.
    fn knowledge(&self, held: &[Held]) -> Option<Knowledge<'p>> {
        let exprs = &self.space.policy.exprs;
        let mut knowledge = Knowledge::under(self.space.knowledge.base(), held);
        for (rank, dimension) in self.space.dimensions.iter().enumerate() {
            let cells = self.cells[rank].cells.iter().zip(&self.left[rank]).filter(|(_, left)| **left);
            let left = cells.map(|(cell, _)| cell);
            match dimension {
                Dimension::Truth(shape) => {
                    let mut left = left;
                    if let (Some(Cell::Truth(truth)), None) = (left.next(), left.next()) {
                        knowledge.learn(exprs.first_of(*shape), &Known::Truth(Truth::of(*truth)));
                        knowledge.assume(exprs.first_of(*shape), *truth);
                    }
                }
                Dimension::Choice(shape) => {
                    let options = left.fold(crate::known::OptionSet::NONE, |all, cell| match cell {
                        Cell::Options(options) => all.union(*options),
                        _ => all,
                    });
                    knowledge.learn(exprs.first_of(*shape), &Known::Choice(options));
                }
                Dimension::Line(form) => {
                    let hull = left
                        .filter_map(|cell| if let Cell::Numbers(i) = cell { Some(i.clone()) } else { None })
                        .reduce(|a: Interval, b| a.union(&b));
                    if let ([(Term::Shape(shape), _)], Some(hull)) = (form.as_slice(), hull) {
                        let expr = exprs.first_of(*shape);
                        if exprs.get(expr).ty != crate::policy::Type::Date {
                            knowledge.learn(expr, &Known::Number(hull));
                        }
                    }
                }
                Dimension::Text(_) | Dimension::Order(..) | Dimension::Multiple(..) => {}
            }
        }
        knowledge.agrees().then_some(knowledge)
    }
}

/// A fresh count of combinations.
pub(super) fn budget() -> usize {
    limits::COMBINATIONS
}
