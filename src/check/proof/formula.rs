//! Conditions as formulas over a finite space.
//!
//! Whatever conditions read is cut into cells: the options of a choice, the texts that it is compared
//! with and another, the numbers below, on, between and above the constants of comparisons. A
//! formula is then true or false of a combination of cells, whichever values stand for them.
//! What cannot be cut is an opaque truth, the same for every expression of its shape.

mod lines;

use std::collections::HashMap;

use indexmap::IndexSet;

use super::Held;
use super::cells::Cells;
use super::knowledge::Knowledge;
use super::linear::Term;
use crate::known::{End, Interval, OptionSet};
use crate::number::Ratio;
use crate::policy::{
    Band, BandRange, CaseLine, ExprId, ExprKind, Guarded, ParameterId, Policy, Quantity, ShapeId, Type,
};
use crate::syntax::tree::{Aggregate, CompareOp};
use crate::time::Date;
use crate::value::{Text, Value};

/// How deep conditions are followed, definitions included: past it a condition is an opaque truth.
pub(super) const DEPTH: usize = 300;

/// A formula of a [`Space`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Formula(pub usize);

/// What a formula is.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// Always or never so.
    Is(bool),
    /// A test of one dimension, by its rank in [`Space::tests`].
    Test(usize),
    /// `non`.
    Not(Formula),
    /// Between so many and so many of these hold.
    Count {
        /// The formulas.
        of: Vec<Formula>,
        /// At least.
        least: usize,
        /// At most.
        most: usize,
    },
}

/// What is cut into cells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Dimension {
    /// An opaque truth.
    Truth(ShapeId),
    /// A choice or a reading.
    Choice(ShapeId),
    /// A text.
    Text(ShapeId),
    /// How two choices or texts compare.
    Order(ShapeId, ShapeId),
    /// A linear form without constant; its first coefficient is 1.
    Line(Vec<(Term, Ratio)>),
    /// How many times the second term the first is; the second is above 0.
    Multiple(Term, Term),
}

/// A test of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Test {
    /// The truth holds.
    Holds,
    /// The choice is one of these options.
    Options(OptionSet),
    /// The text is this one.
    Text(Text),
    /// The first of two is below, equal to, above the second.
    Order([bool; 3]),
    /// The number compares so with a constant.
    Number(CompareOp, Ratio),
}

/// The values of parameters in one stretch of time.
pub(super) type Epoch = HashMap<(ParameterId, Option<ShapeId>), Value>;

/// The space of all combinations of cells, as formulas are added.
pub(super) struct Space<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// What is known where the conditions stand.
    pub knowledge: &'p Knowledge<'p>,
    /// The values of parameters.
    pub epoch: &'p Epoch,
    /// What is cut.
    pub dimensions: IndexSet<Dimension>,
    /// The tests that cut it, each with its dimension.
    pub tests: IndexSet<(usize, Test)>,
    /// All formulas.
    pub nodes: Vec<Node>,
    known: HashMap<ShapeId, Formula>,
    pub(super) counts: IndexSet<Term>,
    pub(super) depth: usize,
}

impl<'p> Space<'p> {
    /// A space with no formula.
    pub fn new(policy: &'p Policy, knowledge: &'p Knowledge<'p>, epoch: &'p Epoch) -> Self {
        Space {
            policy,
            knowledge,
            epoch,
            dimensions: IndexSet::new(),
            tests: IndexSet::new(),
            nodes: Vec::new(),
            known: HashMap::new(),
            counts: IndexSet::new(),
            depth: 0,
        }
    }

    fn add(&mut self, node: Node) -> Formula {
        self.nodes.push(node);
        Formula(self.nodes.len() - 1)
    }

    /// A test of a dimension.
    pub fn test(&mut self, dimension: Dimension, test: Test) -> Formula {
        let (dimension, _) = self.dimensions.insert_full(dimension);
        let (test, _) = self.tests.insert_full((dimension, test));
        self.add(Node::Test(test))
    }

    /// Always or never so.
    pub fn is(&mut self, truth: bool) -> Formula {
        self.add(Node::Is(truth))
    }

    /// `non`.
    pub fn not(&mut self, formula: Formula) -> Formula {
        self.add(Node::Not(formula))
    }

    /// All of these.
    pub fn all(&mut self, of: Vec<Formula>) -> Formula {
        let least = of.len();
        self.add(Node::Count { of, least, most: usize::MAX })
    }

    /// One of these, or several.
    pub fn any(&mut self, of: Vec<Formula>) -> Formula {
        self.count(of, 1, usize::MAX)
    }

    /// Between `least` and `most` of these.
    pub fn count(&mut self, of: Vec<Formula>, least: usize, most: usize) -> Formula {
        self.add(Node::Count { of, least, most })
    }

    /// All conditions in force.
    pub fn held(&mut self, held: &[Held]) -> Formula {
        let all = held
            .iter()
            .map(|held| match held {
                Held::Condition { expr, truth } => {
                    let formula = self.condition(*expr);
                    if *truth { formula } else { self.not(formula) }
                }
                Held::Band { scale, band } => match &self.policy.exprs.get(*scale).kind {
                    ExprKind::Scale { of, bands, .. } => match bands.get(*band) {
                        Some(band) => self.band(*of, band),
                        None => self.is(true),
                    },
                    _ => self.is(true),
                },
                Held::Element(list) => {
                    let count = Term::Count { list: *list, filter: None };
                    self.compare_term(count, CompareOp::Ge, Ratio::one())
                }
            })
            .collect();
        self.all(all)
    }

    /// A term compared with a constant.
    pub fn compare_term(&mut self, term: Term, op: CompareOp, constant: Ratio) -> Formula {
        if matches!(term, Term::Count { .. }) {
            self.counts.insert(term.clone());
        }
        self.test(Dimension::Line(vec![(term, Ratio::one())]), Test::Number(op, constant))
    }

    /// A condition.
    pub fn condition(&mut self, expr: ExprId) -> Formula {
        let shape = self.policy.exprs.get(expr).shape;
        if let Some(known) = self.known.get(&shape) {
            return *known;
        }
        self.depth += 1;
        let formula = if self.depth > DEPTH { self.opaque(expr) } else { self.build(expr) };
        self.depth -= 1;
        self.known.insert(shape, formula);
        formula
    }

    fn build(&mut self, expr: ExprId) -> Formula {
        let policy = self.policy;
        let node = policy.exprs.get(expr);
        match &node.kind {
            ExprKind::Const(Value::Truth(truth)) => self.is(*truth),
            ExprKind::Parameter { .. } => match self.value(expr) {
                Some(Value::Truth(truth)) => self.is(truth),
                _ => self.opaque(expr),
            },
            ExprKind::Definition(definition) => self.condition(policy.definitions[definition.index()].body),
            ExprKind::Not(operand) => {
                let operand = self.condition(*operand);
                self.not(operand)
            }
            ExprKind::And(of) => {
                let of = of.iter().map(|e| self.condition(*e)).collect();
                self.all(of)
            }
            ExprKind::Or(of) => {
                let of = of.iter().map(|e| self.condition(*e)).collect();
                self.any(of)
            }
            ExprKind::Bullets { quantity, of } => self.bullets(*quantity, of),
            ExprKind::Compare { op, left, right } => self.compare(expr, *op, *left, *right),
            ExprKind::Among { subject, values } => {
                let of =
                    values.iter().map(|value| self.compare(expr, CompareOp::Eq, *subject, *value)).collect();
                self.any(of)
            }
            ExprKind::Between { subject, low, high } => {
                let of = vec![
                    self.compare(expr, CompareOp::Ge, *subject, *low),
                    self.compare(expr, CompareOp::Le, *subject, *high),
                ];
                self.all(of)
            }
            ExprKind::Within { date, duration, origin } => {
                let after = self.compare(expr, CompareOp::Ge, *date, *origin);
                let date = self.linear(*date);
                let end = self.shifted(*origin, *duration, 0, false);
                let before = self.compare_linear(CompareOp::Le, date.minus(&end));
                self.all(vec![after, before])
            }
            ExprKind::Aggregate { kind, list, filter, of } => {
                self.quantified(expr, *kind, *list, *filter, *of)
            }
            ExprKind::Cases { lines, otherwise } => self.cases(lines, *otherwise),
            ExprKind::Const(_)
            | ExprKind::Fact(_)
            | ExprKind::Field(_)
            | ExprKind::Reading(_)
            | ExprKind::ExaminationDate
            | ExprKind::Holds(_)
            | ExprKind::AllCriteria
            | ExprKind::AmountOf(_)
            | ExprKind::Add(..)
            | ExprKind::Sub(..)
            | ExprKind::Mul(..)
            | ExprKind::Div(..)
            | ExprKind::Power { .. }
            | ExprKind::Negate(_)
            | ExprKind::Scaled { .. }
            | ExprKind::Prorata { .. }
            | ExprKind::Shift { .. }
            | ExprKind::DaysBetween(..)
            | ExprKind::Elapsed { .. }
            | ExprKind::DayOf { .. }
            | ExprKind::YearOf(_)
            | ExprKind::WeekdayOf(_)
            | ExprKind::Round { .. }
            | ExprKind::Extremum { .. }
            | ExprKind::Covered { .. }
            | ExprKind::Rank { .. }
            | ExprKind::Around { .. }
            | ExprKind::Share(_)
            | ExprKind::Allotted { .. }
            | ExprKind::Scale { .. }
            | ExprKind::Range { .. } => self.opaque(expr),
        }
    }

    fn opaque(&mut self, expr: ExprId) -> Formula {
        let shape = self.policy.exprs.get(expr).shape;
        self.test(Dimension::Truth(shape), Test::Holds)
    }

    /// A comparison; `whole` is where it is written, taken as it is where nothing can be cut.
    pub fn compare(&mut self, whole: ExprId, op: CompareOp, left: ExprId, right: ExprId) -> Formula {
        match self.policy.exprs.get(left).ty {
            Type::Truth => {
                let (a, b) = (self.condition(left), self.condition(right));
                let (not_a, not_b) = (self.not(a), self.not(b));
                let both = self.all(vec![a, b]);
                let neither = self.all(vec![not_a, not_b]);
                let same = self.any(vec![both, neither]);
                match op {
                    CompareOp::Eq => same,
                    CompareOp::Ne => self.not(same),
                    CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => self.opaque(whole),
                }
            }
            Type::Choice(choice) => {
                let count = self.policy.choices[choice.index()].options.len();
                let ranks = |op: CompareOp, to: u16| {
                    let all = 0..u16::try_from(count).unwrap_or(u16::MAX);
                    OptionSet::of(all.filter(|rank| holds(op, rank.cmp(&to))))
                };
                match (self.value(left), self.value(right)) {
                    (_, Some(Value::Choice(to))) => self.choice(left, ranks(op, to)),
                    (Some(Value::Choice(from)), _) => self.choice(right, ranks(op.flipped(), from)),
                    _ => self.order(op, left, right),
                }
            }
            Type::Text => match (self.value(left), self.value(right)) {
                (Some(Value::Text(a)), Some(Value::Text(b))) => self.is((a == b) == (op == CompareOp::Eq)),
                (None, Some(Value::Text(text))) => self.text(op, left, text),
                (Some(Value::Text(text)), None) => self.text(op, right, text),
                _ => self.order(op, left, right),
            },
            Type::Integer
            | Type::Number
            | Type::Percent
            | Type::Amount
            | Type::Date
            | Type::Months
            | Type::Days => {
                let difference = self.linear(left).minus(&self.linear(right));
                self.compare_linear(op, difference)
            }
        }
    }

    fn text(&mut self, op: CompareOp, subject: ExprId, text: Text) -> Formula {
        let shape = self.policy.exprs.get(subject).shape;
        let same = self.test(Dimension::Text(shape), Test::Text(text));
        if op == CompareOp::Ne { self.not(same) } else { same }
    }

    fn order(&mut self, op: CompareOp, left: ExprId, right: ExprId) -> Formula {
        let (a, b) = (self.policy.exprs.get(left).shape, self.policy.exprs.get(right).shape);
        if a == b {
            return self.is(holds(op, std::cmp::Ordering::Equal));
        }
        let (a, b, op) = if a < b { (a, b, op) } else { (b, a, op.flipped()) };
        self.test(Dimension::Order(a, b), Test::Order(ORDERINGS.map(|o| holds(op, o))))
    }

    /// What bounds a term.
    pub fn hull(&self, term: &Term) -> Interval {
        match term {
            Term::Shape(shape) => self.knowledge.numbers(self.policy.exprs.first_of(*shape)),
            Term::Shifted { .. } => Interval::all(true),
            Term::Count { .. } => Interval::at_least(Ratio::zero(), true),
        }
    }

    /// The cells of every dimension.
    pub fn cut(&self) -> Vec<Cells> {
        self.dimensions
            .iter()
            .enumerate()
            .map(|(rank, dimension)| {
                let tests = self.tests.iter().filter(|(of, _)| *of == rank).map(|(_, test)| test);
                Cells::cut(self, dimension, tests)
            })
            .collect()
    }
}

/// The three ways to compare.
pub(super) const ORDERINGS: [std::cmp::Ordering; 3] =
    [std::cmp::Ordering::Less, std::cmp::Ordering::Equal, std::cmp::Ordering::Greater];

/// Whether a comparison holds of two values that compare so.
pub(super) fn holds(op: CompareOp, ordering: std::cmp::Ordering) -> bool {
    match op {
        CompareOp::Eq => ordering.is_eq(),
        CompareOp::Ne => ordering.is_ne(),
        CompareOp::Lt => ordering.is_lt(),
        CompareOp::Le => ordering.is_le(),
        CompareOp::Gt => ordering.is_gt(),
        CompareOp::Ge => ordering.is_ge(),
    }
}

/// A date as its number of days.
pub(super) fn days(date: Date) -> Ratio {
    Ratio::from(date.days())
}

/// Whether all that an interval holds is above 0.
pub(super) fn is_positive(interval: &Interval) -> bool {
    match &interval.low {
        End::Infinite => false,
        End::Included(low) => low.signum() > 0,
        End::Excluded(low) => low.signum() >= 0,
    }
}
