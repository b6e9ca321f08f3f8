//! Conditions as formulas over a finite space.
//!
//! Whatever conditions read is cut into cells: the options of a choice, the texts that it is compared
//! with and another, the numbers below, on, between and above the constants of comparisons. A
//! formula is then true or false of a combination of cells, whichever values stand for them.
//! What cannot be cut is an opaque truth, the same for every expression of its shape.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};

use super::Held;
use super::cells::Cells;
use super::knowledge::Knowledge;
use super::linear::{Linear, Term};
use crate::known::{End, Interval, OptionSet};
use crate::number::Ratio;
use crate::policy::{
    Band, BandRange, CaseLine, ExprId, ExprKind, Guarded, ParameterId, Policy, Quantity, ShapeId, Type,
};
use crate::syntax::tree::{Aggregate, CompareOp};
use crate::time::Date;
use crate::value::{Text, Value};

/// How deep conditions are followed, definitions included: past it a condition is an opaque truth.
const DEPTH: usize = 300;

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
    Options(u128),
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
    counts: IndexMap<Term, ()>,
    depth: usize,
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
            counts: IndexMap::new(),
            depth: 0,
        }
    }

    fn add(&mut self, node: Node) -> Formula {
        self.nodes.push(node);
        Formula(self.nodes.len() - 1)
    }

    fn test(&mut self, dimension: Dimension, test: Test) -> Formula {
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
            })
            .collect();
        self.all(all)
    }

    /// What counting implies: those that satisfy a condition are among all.
    pub fn counting(&mut self) -> Formula {
        let counts: Vec<Term> = self.counts.keys().cloned().collect();
        let mut all = Vec::new();
        for term in &counts {
            let Term::Count { list, filter: Some(_) } = term else { continue };
            let whole = Term::Count { list: *list, filter: None };
            if self.counts.contains_key(&whole) {
                let none = self.compare_term(whole, CompareOp::Le, Ratio::zero());
                let some = self.compare_term(term.clone(), CompareOp::Gt, Ratio::zero());
                let both = self.all(vec![none, some]);
                all.push(self.not(both));
            }
        }
        self.all(all)
    }

    /// What the coherence rules say of quantities that formulas already read.
    pub fn coherent(&mut self) -> Vec<Formula> {
        let known = self.dimensions.len();
        let mut rules: Vec<ExprId> = self.policy.coherences.iter().rev().map(|c| c.condition).collect();
        let mut all = Vec::new();
        while let Some(rule) = rules.pop() {
            match &self.policy.exprs.get(rule).kind {
                ExprKind::And(of) => rules.extend(of.iter().rev()),
                ExprKind::Bullets { quantity: Quantity::All, of }
                    if of.iter().all(|b| b.only_if.is_none()) =>
                {
                    rules.extend(of.iter().rev().map(|bullet| bullet.then));
                }
                _ => {
                    let formula = self.condition(rule);
                    if self.reads(formula).iter().any(|dimension| *dimension < known) {
                        all.push(formula);
                    }
                }
            }
        }
        all
    }

    /// The dimensions that a formula reads.
    fn reads(&self, formula: Formula) -> Vec<usize> {
        let mut todo = vec![formula];
        let mut reads = Vec::new();
        let mut seen = vec![false; self.nodes.len()];
        while let Some(formula) = todo.pop() {
            if std::mem::replace(&mut seen[formula.0], true) {
                continue;
            }
            match &self.nodes[formula.0] {
                Node::Is(_) => {}
                Node::Test(test) => {
                    reads.extend(self.tests.get_index(*test).map(|(dimension, _)| *dimension))
                }
                Node::Not(of) => todo.push(*of),
                Node::Count { of, .. } => todo.extend(of),
            }
        }
        reads
    }

    /// A term compared with a constant.
    pub fn compare_term(&mut self, term: Term, op: CompareOp, constant: Ratio) -> Formula {
        if matches!(term, Term::Count { .. }) {
            self.counts.insert(term.clone(), ());
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
            | ExprKind::Negate(_)
            | ExprKind::Scaled { .. }
            | ExprKind::Prorata { .. }
            | ExprKind::Shift { .. }
            | ExprKind::WorkingDay(_)
            | ExprKind::DaysBetween(..)
            | ExprKind::Elapsed { .. }
            | ExprKind::MonthEdge { .. }
            | ExprKind::YearOf(_)
            | ExprKind::Round { .. }
            | ExprKind::Extremum { .. }
            | ExprKind::Rank { .. }
            | ExprKind::Scale { .. }
            | ExprKind::Range { .. } => self.opaque(expr),
        }
    }

    fn opaque(&mut self, expr: ExprId) -> Formula {
        let shape = self.policy.exprs.get(expr).shape;
        self.test(Dimension::Truth(shape), Test::Holds)
    }

    fn bullets(&mut self, quantity: Quantity, of: &[Guarded]) -> Formula {
        let mut all = Vec::with_capacity(of.len());
        for bullet in of {
            let then = self.condition(bullet.then);
            all.push(match bullet.only_if {
                None => then,
                Some(only_if) => {
                    let only_if = self.condition(only_if);
                    if quantity == Quantity::All {
                        let idle = self.not(only_if);
                        self.any(vec![idle, then])
                    } else {
                        self.all(vec![only_if, then])
                    }
                }
            });
        }
        match quantity {
            Quantity::All => self.all(all),
            Quantity::AtLeast(n) => self.count(all, n as usize, usize::MAX),
            Quantity::AtMost(n) => self.count(all, 0, n as usize),
            Quantity::Exactly(n) => self.count(all, n as usize, n as usize),
        }
    }

    fn quantified(
        &mut self,
        expr: ExprId,
        kind: Aggregate,
        list: crate::policy::ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
    ) -> Formula {
        let property = match (filter, of) {
            (Some(only), None) | (None, Some(only)) => Some(only),
            (None, None) => None,
            (Some(_), Some(_)) => return self.opaque(expr),
        };
        let term = Term::Count { list, filter: property.map(|p| self.policy.exprs.get(p).shape) };
        match kind {
            Aggregate::Exists => self.compare_term(term, CompareOp::Gt, Ratio::zero()),
            Aggregate::None => self.compare_term(term, CompareOp::Le, Ratio::zero()),
            Aggregate::All | Aggregate::Count | Aggregate::Sum | Aggregate::Greatest | Aggregate::Least => {
                self.opaque(expr)
            }
        }
    }

    /// When each line is the one that applies.
    pub fn lines(&mut self, lines: &[CaseLine]) -> Vec<Formula> {
        let mut above: Vec<Formula> = Vec::with_capacity(lines.len());
        for line in lines {
            let when = self.condition(line.when);
            let applies = if line.else_if {
                let taken = self.any(above.clone());
                let free = self.not(taken);
                self.all(vec![free, when])
            } else {
                when
            };
            above.push(applies);
        }
        above
    }

    fn cases(&mut self, lines: &[CaseLine], otherwise: Option<ExprId>) -> Formula {
        let applies = self.lines(lines);
        let mut any = Vec::with_capacity(lines.len() + 1);
        for (line, applies) in lines.iter().zip(&applies) {
            let value = self.condition(line.value);
            any.push(self.all(vec![*applies, value]));
        }
        if let Some(otherwise) = otherwise {
            let taken = self.any(applies);
            let free = self.not(taken);
            let value = self.condition(otherwise);
            any.push(self.all(vec![free, value]));
        }
        self.any(any)
    }

    /// The subject falls in a line of a scale.
    pub fn band(&mut self, of: ExprId, band: &Band) -> Formula {
        match &band.range {
            BandRange::Options(options) => {
                let set = options.iter().fold(0u128, |set, o| set | OptionSet::only(*o).0);
                self.choice(of, set)
            }
            BandRange::Between { low, high } => {
                let mut all = Vec::new();
                if let Some((low, included)) = low {
                    let op = if *included { CompareOp::Ge } else { CompareOp::Gt };
                    all.push(self.compare(of, op, of, *low));
                }
                if let Some((high, included)) = high {
                    let op = if *included { CompareOp::Le } else { CompareOp::Lt };
                    all.push(self.compare(of, op, of, *high));
                }
                self.all(all)
            }
        }
    }

    fn choice(&mut self, subject: ExprId, set: u128) -> Formula {
        match self.value(subject) {
            Some(Value::Choice(option)) => self.is(OptionSet::only(option).0 & set != 0),
            _ => {
                let shape = self.policy.exprs.get(subject).shape;
                self.test(Dimension::Choice(shape), Test::Options(set))
            }
        }
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
                    (0..u16::try_from(count).unwrap_or(u16::MAX))
                        .filter(|rank| holds(op, rank.cmp(&to)))
                        .fold(0u128, |set, rank| set | OptionSet::only(rank).0)
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

    /// A linear form compared with 0.
    pub fn compare_linear(&mut self, op: CompareOp, form: Linear) -> Formula {
        let mut terms = form.terms.iter();
        let Some((first, leading)) = terms.next() else {
            return self.is(holds(op, form.constant.cmp(&Ratio::zero())));
        };
        let (first, op) = (first.clone(), if leading.signum() < 0 { op.flipped() } else { op });
        let inverse = Ratio::one().div(leading).unwrap_or_else(Ratio::one);
        let form = form.scaled(&inverse);
        for term in form.terms.keys().filter(|term| matches!(term, Term::Count { .. })) {
            self.counts.insert(term.clone(), ());
        }
        if let (2, true, Some((second, coefficient))) =
            (form.terms.len(), form.constant.is_zero(), form.terms.iter().nth(1))
        {
            let times = coefficient.neg();
            if times.signum() > 0 {
                if is_positive(&self.hull(second)) {
                    return self.test(Dimension::Multiple(first, second.clone()), Test::Number(op, times));
                }
                if is_positive(&self.hull(&first)) {
                    let times = Ratio::one().div(&times).unwrap_or_else(Ratio::one);
                    let dimension = Dimension::Multiple(second.clone(), first);
                    return self.test(dimension, Test::Number(op.flipped(), times));
                }
            }
        }
        let threshold = form.constant.neg();
        self.test(Dimension::Line(form.terms.into_iter().collect()), Test::Number(op, threshold))
    }

    /// The value of an expression made of constants and parameters.
    pub fn value(&self, expr: ExprId) -> Option<Value> {
        let node = self.policy.exprs.get(expr);
        match &node.kind {
            ExprKind::Const(value) => Some(value.clone()),
            ExprKind::Parameter { parameter, at } => {
                let at = at.map(|at| self.policy.exprs.get(at).shape);
                self.epoch.get(&(*parameter, at)).cloned()
            }
            _ => None,
        }
    }

    /// An expression as a linear form.
    pub fn linear(&mut self, expr: ExprId) -> Linear {
        let policy = self.policy;
        let node = policy.exprs.get(expr);
        let itself = || Linear::term(Term::Shape(node.shape));
        match &node.kind {
            ExprKind::Const(_) | ExprKind::Parameter { .. } => match self.value(expr) {
                Some(Value::Number(number)) => Linear::constant(number),
                Some(Value::Date(date)) => Linear::constant(days(date)),
                _ => itself(),
            },
            ExprKind::Definition(definition) if self.depth < DEPTH => {
                let body = policy.definitions[definition.index()].body;
                let simple = matches!(
                    policy.exprs.get(body).kind,
                    ExprKind::Const(_)
                        | ExprKind::Parameter { .. }
                        | ExprKind::Definition(_)
                        | ExprKind::Fact(_)
                        | ExprKind::Mul(..)
                        | ExprKind::Scaled { .. }
                        | ExprKind::Add(..)
                        | ExprKind::Sub(..)
                );
                if !simple {
                    return itself();
                }
                self.depth += 1;
                let body = self.linear(body);
                self.depth -= 1;
                if body.as_constant().is_some() { body } else { itself() }
            }
            ExprKind::Add(a, b) => self.linear(*a).plus(&self.linear(*b)),
            ExprKind::Sub(a, b) | ExprKind::DaysBetween(a, b) => self.linear(*a).minus(&self.linear(*b)),
            ExprKind::Negate(a) => self.linear(*a).scaled(&Ratio::from(-1)),
            ExprKind::Mul(a, b) => {
                let (a, b) = (self.linear(*a), self.linear(*b));
                match (a.as_constant(), b.as_constant()) {
                    (Some(factor), _) => b.scaled(factor),
                    (_, Some(factor)) => a.scaled(factor),
                    _ => itself(),
                }
            }
            ExprKind::Div(a, b) => {
                let by = self.linear(*b);
                match by.as_constant().and_then(|by| Ratio::one().div(by)) {
                    Some(factor) => self.linear(*a).scaled(&factor),
                    None => itself(),
                }
            }
            ExprKind::Scaled { base, rate, decrease } => {
                let rate = self.linear(*rate);
                match rate.as_constant() {
                    Some(rate) => {
                        let one = Ratio::one();
                        let factor = if *decrease { one.sub(rate) } else { one.add(rate) };
                        self.linear(*base).scaled(&factor)
                    }
                    None => itself(),
                }
            }
            ExprKind::Prorata { base, part, whole } => {
                let (part, whole) = (self.linear(*part), self.linear(*whole));
                match (part.as_constant(), whole.as_constant()) {
                    (Some(part), Some(whole)) => match part.div(whole) {
                        Some(factor) => self.linear(*base).scaled(&factor),
                        None => itself(),
                    },
                    _ => itself(),
                }
            }
            ExprKind::Shift { date, by, then_days, back } => self.shifted(*date, *by, *then_days, *back),
            ExprKind::Aggregate { kind: Aggregate::Count, list, filter, of: None } => {
                let filter = filter.map(|filter| policy.exprs.get(filter).shape);
                Linear::term(Term::Count { list: *list, filter })
            }
            _ => itself(),
        }
    }

    fn shifted(&mut self, date: ExprId, by: ExprId, then_days: i64, back: bool) -> Linear {
        let sign = Ratio::from(if back { -1 } else { 1 });
        let exprs = &self.policy.exprs;
        let start = if exprs.get(by).ty == Type::Days {
            let days = self.linear(by).scaled(&sign);
            self.linear(date).plus(&days)
        } else {
            Linear::term(Term::Shifted { date: exprs.get(date).shape, by: exprs.get(by).shape, back })
        };
        start.plus(&Linear::constant(Ratio::from(then_days).mul(&sign)))
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
