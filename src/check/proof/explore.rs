//! The search for a combination of cells in which a formula holds.
//!
//! Branch and prune: a formula is worked out on what is left of each dimension; while it is open, the
//! first test that keeps it open is taken one way, then the other.

use super::Held;
use super::cells::{Cell, Cells, sample};
use super::formula::{Dimension, Formula, Node, Space};
use super::knowledge::Knowledge;
use super::linear::Term;
use crate::known::{Interval, Known, Truth};
use crate::limits;
use crate::number::Ratio;
use crate::policy::ParameterId;
use crate::value::Value;

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
    /// The dimensions that matter.
    pub at: Vec<At>,
    /// The values of the parameters that change with time.
    pub parameters: Vec<(ParameterId, Value)>,
    /// The formulas of interest that hold there.
    pub holding: Vec<usize>,
}

/// Where an example stands in one dimension.
#[derive(Debug, Clone)]
pub(super) struct At {
    /// The dimension.
    pub dimension: Dimension,
    /// The cells that it may be in.
    pub cells: Vec<Cell>,
    /// A number in them, where they are of numbers.
    pub number: Option<Ratio>,
    /// Whether only its sign is of interest.
    pub by_sign: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Yes,
    No,
    /// Open, for one because of this test.
    Open(usize),
}

/// Cells, one bit each.
type Bits = Vec<u64>;

fn bits(cells: &[bool]) -> Bits {
    let pack = |cells: &[bool]| {
        cells.iter().enumerate().fold(0u64, |word, (rank, cell)| word | u64::from(*cell) << rank)
    };
    cells.chunks(64).map(pack).collect()
}

struct Branch {
    dimension: usize,
    before: Bits,
    test: usize,
    second: bool,
}

/// How much is worked out for one combination; where conditions are so many that it takes more, a
/// combination counts for several.
const STEP: usize = 4_096;

/// A search in one space.
pub(super) struct Search<'s, 'p> {
    space: &'s Space<'p>,
    cells: Vec<Cells>,
    /// By dimension: the cells in which some value falls.
    possible: Vec<Bits>,
    /// By dimension: the cells that are left.
    left: Vec<Bits>,
    /// By dimension: its tests.
    tests: Vec<Vec<usize>>,
    /// By test: the cells in which it holds.
    accepted: Vec<Bits>,
    /// By test: its verdict on what is left.
    tested: Vec<Verdict>,
    /// By formula, up to the goal.
    verdicts: Vec<Verdict>,
    work: usize,
}

impl<'s, 'p> Search<'s, 'p> {
    /// A search over all combinations.
    pub fn new(space: &'s Space<'p>) -> Self {
        let cells = space.cut();
        let possible: Vec<Bits> = cells.iter().map(|cells| bits(&cells.possible)).collect();
        let mut tests = vec![Vec::new(); cells.len()];
        for (test, (dimension, _)) in space.tests.iter().enumerate() {
            tests[*dimension].push(test);
        }
        let mut search = Search {
            accepted: space.tests.iter().map(|(of, test)| bits(&cells[*of].accepted(test))).collect(),
            tested: vec![Verdict::No; space.tests.len()],
            left: possible.clone(),
            space,
            cells,
            possible,
            tests,
            verdicts: Vec::new(),
            work: 0,
        };
        for dimension in 0..search.left.len() {
            search.test(dimension);
        }
        search
    }

    /// A combination in which `goal` holds under the conditions in force; what matters of it is
    /// what makes `core` hold and does not follow by `theory` from the rest, and it says which of
    /// `interest` hold there. `budget` is what is left of [`limits::COMBINATIONS`].
    pub fn find(
        &mut self,
        goal: Formula,
        core: Formula,
        theory: Formula,
        held: &[Held],
        interest: &[Formula],
        budget: &mut usize,
    ) -> Found {
        if self.left.iter().any(|left| left.iter().all(|word| *word == 0)) {
            return Found::Nothing;
        }
        let mut branches: Vec<Branch> = Vec::new();
        loop {
            let verdict = self.verdict(goal);
            let spent = self.work / STEP + usize::from(!matches!(verdict, Verdict::Open(_)));
            self.work = 0;
            match budget.checked_sub(spent) {
                Some(left) => *budget = left,
                None => return Found::TooMany,
            }
            match verdict {
                Verdict::Open(test) => {
                    let dimension = self.dimension_of(test);
                    let before = self.left[dimension].clone();
                    self.restrict(dimension, test, true);
                    branches.push(Branch { dimension, before, test, second: false });
                    continue;
                }
                Verdict::Yes => {
                    if let Some(example) = self.example(core, theory, held, interest) {
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
                self.test(branch.dimension);
            }
        }
    }

    fn dimension_of(&self, test: usize) -> usize {
        self.space.tests.get_index(test).map_or(0, |(dimension, _)| *dimension)
    }

    fn restrict(&mut self, dimension: usize, test: usize, holds: bool) {
        for (left, accepted) in self.left[dimension].iter_mut().zip(&self.accepted[test]) {
            *left &= if holds { *accepted } else { !*accepted };
        }
        self.test(dimension);
    }

    /// Works out the tests of a dimension on what is left of it.
    fn test(&mut self, dimension: usize) {
        let left = &self.left[dimension];
        for test in &self.tests[dimension] {
            let accepted = &self.accepted[*test];
            let holds = left.iter().zip(accepted).any(|(left, accepted)| left & accepted != 0);
            let fails = left.iter().zip(accepted).any(|(left, accepted)| left & !accepted != 0);
            self.tested[*test] = match (holds, fails) {
                (true, true) => Verdict::Open(*test),
                (true, false) => Verdict::Yes,
                (false, _) => Verdict::No,
            };
        }
        self.work += self.tests[dimension].len() * left.len();
    }

    /// Works out every formula up to this one; operands stand below their users.
    fn verdict(&mut self, goal: Formula) -> Verdict {
        self.verdicts.clear();
        for node in &self.space.nodes[..=goal.0] {
            let verdict = match node {
                Node::Is(truth) => {
                    if *truth {
                        Verdict::Yes
                    } else {
                        Verdict::No
                    }
                }
                Node::Test(test) => self.tested[*test],
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
                    self.work += of.len();
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
        self.work += self.verdicts.len();
        self.verdicts[goal.0]
    }

    /// What matters of the combination that is left, if some dossier may be in it.
    fn example(
        &mut self,
        goal: Formula,
        theory: Formula,
        held: &[Held],
        interest: &[Formula],
    ) -> Option<Example> {
        let knowledge = self.knowledge(held)?;
        let whole = self.left.clone();
        for dimension in (0..self.left.len()).rev() {
            let before = std::mem::replace(&mut self.left[dimension], self.possible[dimension].clone());
            if before != self.left[dimension] {
                self.test(dimension);
                if self.verdict(goal) != Verdict::Yes {
                    self.left[dimension] = before;
                    self.test(dimension);
                }
            }
        }
        self.verdict(goal);
        let so = |formula: &Formula| self.verdicts[formula.0] == Verdict::Yes;
        let holding = (0..interest.len()).filter(|rank| so(&interest[*rank])).collect();
        let mut example = Example { holding, ..Example::default() };
        self.leave_out_what_follows(theory);
        for (rank, dimension) in self.space.dimensions.iter().enumerate() {
            if self.left[rank] == self.possible[rank] {
                continue;
            }
            let cells: Vec<Cell> = self.left_cells(rank).cloned().collect();
            let number = cells.iter().find_map(|cell| self.number(&knowledge, rank, dimension, cell));
            let by_sign = self.cells[rank].is_by_sign();
            example.at.push(At { dimension: dimension.clone(), cells, number, by_sign });
        }
        self.left = whole;
        for dimension in 0..self.left.len() {
            self.test(dimension);
        }
        Some(example)
    }

    /// Forgets where an example stands in a dimension when the others leave it no choice.
    fn leave_out_what_follows(&mut self, theory: Formula) {
        for dimension in (0..self.left.len()).rev() {
            let own = self.left[dimension].clone();
            let other: Bits =
                self.possible[dimension].iter().zip(&own).map(|(all, own)| all & !own).collect();
            if other.iter().all(|word| *word == 0) {
                continue;
            }
            self.left[dimension] = other;
            self.test(dimension);
            let follows = self.verdict(theory) == Verdict::No;
            self.left[dimension] = if follows { self.possible[dimension].clone() } else { own };
            self.test(dimension);
        }
    }

    /// The cells that are left of a dimension.
    fn left_cells(&self, dimension: usize) -> impl Iterator<Item = &Cell> {
        let left = &self.left[dimension];
        let is_left = move |rank: usize| left.get(rank / 64).is_some_and(|word| word >> (rank % 64) & 1 == 1);
        self.cells[dimension]
            .cells
            .iter()
            .enumerate()
            .filter(move |(rank, _)| is_left(*rank))
            .map(|(_, cell)| cell)
    }

    fn number(
        &self,
        knowledge: &Knowledge<'_>,
        rank: usize,
        dimension: &Dimension,
        cell: &Cell,
    ) -> Option<Ratio> {
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
            let left = self.left_cells(rank);
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
