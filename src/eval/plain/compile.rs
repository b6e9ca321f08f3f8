//! From a policy to its program.

mod parts;

use std::collections::HashMap;

use super::program::{
    Aggregate, At, Band, Covered, Ends, Item, Node, Nodes, Period, Program, Rank, Scale, Share, Sort, UnitAt,
};
use crate::known::OptionSet;
use crate::number::Small;
use crate::policy::dependencies::Dependencies;
use crate::policy::{
    BandRange, CaseLine, Criterion, Declared, Derogation, ExprId, ExprKind, FactId, FieldId, Guarded,
    ItemRef, ListId, Parameter, ParameterPeriod, Policy, Quantity, ShapeId, Type,
};
use crate::syntax::tree::CompareOp;
use crate::value::Value;

/// Compiles a policy.
pub(super) fn program(policy: &Policy) -> Program {
    let mut compiler = Compiler {
        policy,
        rests_on: policy.dependencies(),
        program: Program::default(),
        definitions: Vec::with_capacity(policy.definitions.len()),
        aggregates: HashMap::new(),
        ranks: HashMap::new(),
        shares: HashMap::new(),
        conditions: HashMap::new(),
        criteria: HashMap::new(),
        all_criteria: None,
    };
    compiler.start();
    compiler.items();
    compiler.conditions();
    compiler.program.lay_steps();
    compiler.program
}

struct Compiler<'a> {
    policy: &'a Policy,
    rests_on: &'a Dependencies,
    program: Program,
    /// The bodies of the definitions compiled so far: each uses only earlier ones.
    definitions: Vec<At>,
    /// Aggregates and ranks that were met, by shape.
    aggregates: HashMap<ShapeId, u32>,
    ranks: HashMap<ShapeId, u32>,
    shares: HashMap<ShapeId, u32>,
    /// Conditions that were met, by shape; those that read the element in turn of a list are left out.
    conditions: HashMap<ShapeId, At>,
    /// Criteria that were met, by their conditions; their ranks among the items.
    criteria: HashMap<(Option<At>, At, Vec<At>), u32>,
    all_criteria: Option<UnitAt>,
}

fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl Compiler<'_> {
    fn start(&mut self) {
        let policy = self.policy;
        self.program.widths = policy.lists.iter().map(|list| id(list.fields.len())).collect();
        self.program.paired = self.rests_on.paired(policy).map(|(_, lists)| lists).collect();
        self.program.readings = id(policy.readings.len());
        self.program.parameters = policy.parameters.iter().map(|own| self.periods(own)).collect();
        self.program.fields = policy.fields.iter().map(|field| (field.list, field.rank)).collect();
        // The units of definitions come first, in order.
        self.program.units = id(policy.definitions.len());
        for definition in &policy.definitions {
            let body = self.expr(definition.body);
            self.definitions.push(body);
        }
    }

    fn items(&mut self) {
        let policy = self.policy;
        self.program.criteria = 1..1 + policy.criteria.len();
        self.program.first_detail =
            self.program.criteria.end + policy.objectives.len() + policy.missions.len();
        for item in policy.items() {
            let item = self.item(item);
            self.program.items.push(item);
        }
    }

    fn item(&mut self, item: ItemRef) -> Item {
        let policy = self.policy;
        match item {
            ItemRef::Decision if !policy.decision.stated => Item::Nothing,
            ItemRef::Decision => Item::Decision(self.expr(policy.decision.favourable)),
            ItemRef::Criterion(id) => self.criterion(&policy.criteria[id.index()]),
            ItemRef::Objective(id) => {
                let objective = &policy.objectives[id.index()];
                Item::Objective { applies: self.maybe(objective.applies), aims: self.expr(objective.aims) }
            }
            ItemRef::Mission(id) => {
                let mission = &policy.missions[id.index()];
                Item::Mission { applies: self.maybe(mission.applies), covered: self.expr(mission.covered) }
            }
            ItemRef::Funding(id) => {
                let funding = &policy.fundings[id.index()];
                Item::Funding {
                    applies: self.maybe(funding.applies),
                    due: self.maybe(funding.due),
                    unless: self.unless(&funding.unless),
                    amount: self.expr(funding.amount),
                    sort: self.sort(funding.amount),
                }
            }
            ItemRef::Obligation(id) => {
                let obligation = &policy.obligations[id.index()];
                Item::Obligation {
                    applies: self.maybe(obligation.applies),
                    unless: self.unless(&obligation.unless),
                    deadline: self.expr(obligation.deadline),
                    fulfilled_by: self.maybe(obligation.fulfilled_by),
                }
            }
        }
    }

    /// A criterion; one that asks for what an earlier one asks for is told by that.
    fn criterion(&mut self, criterion: &Criterion) -> Item {
        let applies = self.maybe(criterion.applies);
        let requires = self.expr(criterion.requires);
        let unless: Vec<At> = criterion.unless.iter().map(|own| self.expr(own.condition)).collect();
        let own = id(self.program.items.len());
        let first = *self.criteria.entry((applies, requires, unless.clone())).or_insert(own);
        self.program.told_by.push(first);
        match first {
            first if first != own => Item::Same(first),
            _ => Item::Criterion { applies, requires, unless: self.nodes(unless) },
        }
    }

    fn unless(&mut self, of: &[Derogation]) -> Nodes {
        let conditions = of.iter().map(|derogation| self.expr(derogation.condition)).collect();
        self.nodes(conditions)
    }

    /// What makes a dossier fit to be examined: the coherence rules, the conditions under which answers
    /// are asked for, the dates at which parameters are taken.
    fn conditions(&mut self) {
        let policy = self.policy;
        for coherence in &policy.coherences {
            let condition = self.expr(coherence.condition);
            self.program.coherences.push(condition);
        }
        let facts = (0..).zip(&policy.facts).map(|(i, fact)| (Declared::Fact(FactId(i)), fact.ask.asked_if));
        let lists = (0..).zip(&policy.lists).map(|(i, list)| (Declared::List(ListId(i)), list.asked_if));
        let fields =
            (0..).zip(&policy.fields).map(|(i, field)| (Declared::Field(FieldId(i)), field.ask.asked_if));
        for (declared, asked_if) in facts.chain(lists).chain(fields) {
            if let Some(asked_if) = asked_if {
                let condition = self.expr(asked_if);
                self.program.asked.push((declared, condition));
            }
        }
        for expr in self.rests_on.dated_parameters() {
            let ExprKind::Parameter { parameter, at: Some(at) } = policy.exprs.get(*expr).kind else {
                continue;
            };
            // Of elements of several lists at once nothing is required.
            let list = match self.rests_on.free(policy.exprs.get(at).shape) {
                [] => None,
                [list] => Some(*list),
                _ => continue,
            };
            let at = self.expr(at);
            self.program.dated.push((parameter.0, at, list));
        }
    }

    fn push(&mut self, node: Node) -> At {
        self.program.nodes.push(node);
        At(id(self.program.nodes.len() - 1))
    }

    fn nodes(&mut self, of: Vec<At>) -> Nodes {
        let from = id(self.program.operands.len());
        let len = id(of.len());
        self.program.operands.extend(of);
        Nodes { from, len }
    }

    fn unit(&mut self) -> UnitAt {
        self.program.units += 1;
        UnitAt(self.program.units - 1)
    }

    fn maybe(&mut self, expr: Option<ExprId>) -> Option<At> {
        expr.map(|expr| self.expr(expr))
    }

    fn exprs(&mut self, of: &[ExprId]) -> Nodes {
        let of = of.iter().map(|expr| self.expr(*expr)).collect();
        self.nodes(of)
    }

    fn sort(&self, expr: ExprId) -> Sort {
        Sort::of(self.policy.exprs.get(expr).ty)
    }

    fn in_days(&self, by: ExprId) -> bool {
        self.policy.exprs.get(by).ty == Type::Days
    }

    fn expr(&mut self, expr: ExprId) -> At {
        let typed = self.policy.exprs.get(expr);
        let is_condition = typed.ty == Type::Truth && self.rests_on.free(typed.shape).is_empty();
        if let Some(known) = self.conditions.get(&typed.shape).copied().filter(|_| is_condition) {
            return self.once(known);
        }
        let node = self.node(expr);
        let at = self.push(node);
        if is_condition {
            self.conditions.insert(typed.shape, at);
        }
        at
    }

    /// A condition that is read again: from now on it is worked out once, wherever it is read, if it takes
    /// more than a look.
    fn once(&mut self, known: At) -> At {
        let node = *self.program.node(known);
        // One that is put together of others has its steps where it is read: in one place.
        let worth = node.is_put_together()
            || matches!(
                node,
                Node::Tally { .. }
                    | Node::Compare { .. }
                    | Node::Among { .. }
                    | Node::Between { .. }
                    | Node::Within { .. }
            );
        if worth {
            let unit = self.unit();
            let of = self.push(node);
            self.program.nodes[known.0 as usize] = Node::Once(unit, of);
        }
        known
    }

    fn node(&mut self, expr: ExprId) -> Node {
        let policy = self.policy;
        let typed = policy.exprs.get(expr);
        match &typed.kind {
            ExprKind::Const(value) => self.constant(value),
            ExprKind::Fact(fact) => Node::Fact(*fact),
            ExprKind::Field(field) => {
                let (list, rank) = self.program.fields[field.index()];
                Node::Field { list, rank }
            }
            ExprKind::Definition(definition) => {
                let (unit, body) = (UnitAt(definition.0), self.definitions[definition.index()]);
                match policy.definitions[definition.index()].list {
                    None => Node::Definition(unit, body),
                    Some(list) => Node::OfElement { unit, list, body },
                }
            }
            ExprKind::Parameter { parameter, at } => {
                let at = match at {
                    Some(at) => self.expr(*at),
                    None => {
                        let today = self.push(Node::Today);
                        self.program.dated.push((parameter.0, today, None));
                        today
                    }
                };
                Node::Parameter { parameter: parameter.0, at }
            }
            ExprKind::Reading(reading) => {
                let choice = policy.readings[reading.index()].choice;
                // One option leaves nothing open.
                match policy.choices[choice.index()].options.len() {
                    1 => Node::Pick(0),
                    _ => Node::Reading(*reading),
                }
            }
            ExprKind::ExaminationDate => Node::Today,
            ExprKind::Holds(item) => Node::Holds(self.rank_of(*item)),
            ExprKind::AllCriteria => {
                let unit = match self.all_criteria {
                    Some(unit) => unit,
                    None => self.unit(),
                };
                self.all_criteria = Some(unit);
                Node::AllCriteria(unit)
            }
            ExprKind::AmountOf(funding) => Node::AmountOf(self.rank_of(ItemRef::Funding(*funding))),
            ExprKind::Not(operand) => Node::Not(self.expr(*operand)),
            ExprKind::And(operands) => Node::All(self.exprs(operands)),
            ExprKind::Or(operands) => Node::Any(self.exprs(operands)),
            ExprKind::Bullets { quantity, of } => self.bullets(*quantity, of),
            ExprKind::Compare { op, left, right } => self.comparison(*op, *left, *right),
            ExprKind::Among { subject, values } => self.among(*subject, values),
            ExprKind::Between { subject, low, high } => Node::Between {
                sort: self.sort(*subject),
                subject: self.expr(*subject),
                low: self.expr(*low),
                high: self.expr(*high),
            },
            ExprKind::Within { date, duration, origin } => Node::Within {
                date: self.expr(*date),
                by: self.expr(*duration),
                days: self.in_days(*duration),
                origin: self.expr(*origin),
            },
            ExprKind::Add(a, b) => Node::Add(self.expr(*a), self.expr(*b)),
            ExprKind::Sub(a, b) => Node::Sub(self.expr(*a), self.expr(*b)),
            ExprKind::Mul(a, b) => Node::Mul(self.expr(*a), self.expr(*b)),
            ExprKind::Div(a, b) => Node::Div(self.expr(*a), self.expr(*b)),
            ExprKind::Power { base, exponent } => Node::Power(self.expr(*base), self.expr(*exponent)),
            ExprKind::Negate(a) => Node::Negate(self.expr(*a)),
            ExprKind::Scaled { base, rate, decrease } => {
                Node::Scaled { base: self.expr(*base), rate: self.expr(*rate), decrease: *decrease }
            }
            ExprKind::Prorata { base, part, whole } => {
                Node::Prorata { base: self.expr(*base), part: self.expr(*part), whole: self.expr(*whole) }
            }
            ExprKind::Shift { date, by, then_days, back } => self.shift(*date, *by, *then_days, *back),
            ExprKind::DaysBetween(a, b) => Node::DaysBetween(self.expr(*a), self.expr(*b)),
            ExprKind::Elapsed { from, to, unit } => {
                Node::Elapsed { from: self.expr(*from), to: self.expr(*to), unit: *unit }
            }
            ExprKind::DayOf { day, date } => Node::DayOf { day: *day, date: self.expr(*date) },
            ExprKind::WeekdayOf(date) => Node::WeekdayOf(self.expr(*date)),
            ExprKind::YearOf(date) => Node::YearOf(self.expr(*date)),
            ExprKind::Round { value, rounding } => {
                let value = self.expr(*value);
                self.program.roundings.push(rounding.clone());
                Node::Round(value, id(self.program.roundings.len() - 1))
            }
            ExprKind::Extremum { greatest, of } => Node::Extremum { greatest: *greatest, of: self.exprs(of) },
            ExprKind::Aggregate { kind, list, filter, of } => {
                if let Some(known) = self.aggregates.get(&typed.shape) {
                    return Node::Aggregate(*known);
                }
                let (filter, of) = (self.maybe(*filter), self.maybe(*of));
                let unit = self.rests_on.free(typed.shape).is_empty().then(|| self.unit());
                let tests = filter.and_then(|filter| self.program.field_tests(*list, filter));
                let aggregate = Aggregate { kind: *kind, list: *list, filter, of, tests, unit };
                self.program.aggregates.push(aggregate);
                let rank = id(self.program.aggregates.len() - 1);
                self.aggregates.insert(typed.shape, rank);
                Node::Aggregate(rank)
            }
            ExprKind::Covered { list, filter, first, last } => {
                let (filter, first, last) = (self.maybe(*filter), self.expr(*first), self.expr(*last));
                self.program.covers.push(Covered { list: *list, filter, first, last });
                Node::Covered(id(self.program.covers.len() - 1))
            }
            ExprKind::Rank { list, by, filter, in_order } => {
                if let Some(known) = self.ranks.get(&typed.shape) {
                    return Node::Rank(*known);
                }
                let rank = Rank {
                    list: *list,
                    sort: self.sort(*by),
                    by: self.expr(*by),
                    filter: self.maybe(*filter),
                    in_order: *in_order,
                };
                self.program.ranks.push(rank);
                let rank = id(self.program.ranks.len() - 1);
                self.ranks.insert(typed.shape, rank);
                Node::Rank(rank)
            }
            ExprKind::Around { list, of } => {
                self.program.looks_around = true;
                Node::Around(*list, self.expr(*of))
            }
            ExprKind::Allotted { total, left: false, .. } => self.node(*total),
            ExprKind::Allotted { total, envelope, left: true } => {
                Node::Sub(self.expr(*envelope), self.expr(*total))
            }
            ExprKind::Share(share) => {
                if let Some(known) = self.shares.get(&typed.shape) {
                    return Node::Share(*known);
                }
                let declared = Share {
                    list: share.list,
                    envelope: self.expr(share.envelope),
                    filter: self.maybe(share.filter),
                    weight: self.maybe(share.weight),
                    cap: self.maybe(share.cap),
                    order: share.order.map(|(by, descending)| (self.expr(by), self.sort(by), descending)),
                    how: share.how.clone(),
                };
                self.program.shares.push(declared);
                let rank = id(self.program.shares.len() - 1);
                self.shares.insert(typed.shape, rank);
                Node::Share(rank)
            }
            ExprKind::Cases { lines, otherwise } => self.cases(lines, *otherwise),
            ExprKind::Scale { of, bands, by_slices } => {
                let scale = self.scale(*of, bands);
                self.program.scales.push(scale);
                let rank = id(self.program.scales.len() - 1);
                if *by_slices { Node::Slices(rank) } else { Node::Scale(rank) }
            }
            ExprKind::Range { low, high } => Node::Range(self.expr(*low), self.expr(*high)),
        }
    }

    fn constant(&mut self, value: &Value) -> Node {
        match value {
            Value::Truth(truth) => Node::Truth(*truth),
            Value::Number(number) => match Small::of(number) {
                Some(number) => Node::Number(number),
                None => Node::TooGreat,
            },
            Value::Date(date) => Node::Day(*date),
            Value::Choice(option) => Node::Pick(*option),
            Value::Text(text) => {
                self.program.words.push(text.folded.clone());
                Node::Word(id(self.program.words.len() - 1))
            }
        }
    }

    /// The rank of an item in the order of a decision.
    fn rank_of(&self, item: ItemRef) -> u32 {
        let policy = self.policy;
        let (criteria, objectives) = (policy.criteria.len(), policy.objectives.len());
        let (missions, fundings) = (policy.missions.len(), policy.fundings.len());
        id(match item {
            ItemRef::Decision => 0,
            ItemRef::Criterion(id) => 1 + id.index(),
            ItemRef::Objective(id) => 1 + criteria + id.index(),
            ItemRef::Mission(id) => 1 + criteria + objectives + id.index(),
            ItemRef::Funding(id) => 1 + criteria + objectives + missions + id.index(),
            ItemRef::Obligation(id) => 1 + criteria + objectives + missions + fundings + id.index(),
        })
    }

    /// The periods of a parameter, each up to its last day or to the day before the next one.
    fn periods(&mut self, parameter: &Parameter) -> Vec<Period> {
        let periods = &parameter.periods;
        let period = |(rank, period): (usize, &ParameterPeriod)| {
            let next = periods.get(rank + 1).and_then(|next| next.from?.plus_days(-1));
            let until = match (period.until, next) {
                (Some(until), Some(next)) => Some(until.min(next)),
                (until, next) => until.or(next),
            };
            let value = self.constant(&period.value);
            Period { from: period.from, until, value: self.push(value) }
        };
        periods.iter().enumerate().map(period).collect()
    }
}
