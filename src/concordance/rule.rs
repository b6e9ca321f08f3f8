//! What a rule says that its passages may be compared with: figures with the bound that they put on
//! something, options of scales and choices, and how conditions are joined.

use std::collections::HashSet;

use super::quantity::{Bound, Quantity};
use crate::number::Ratio;
use crate::policy::{
    BandRange, ChoiceId, DefinitionId, ExprId, ExprKind, Policy, Quantity as HowMany, ReadingId, Type,
};
use crate::source::Span;
use crate::syntax::tree::{Aggregate, CompareOp};
use crate::time::Duration;
use crate::value::Value;

/// What a figure does in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Something is compared with it.
    Compared,
    /// A ceiling or a floor of what is worked out.
    Limit,
    /// An end of a line of a scale.
    Band,
    /// An end of a slice, where it makes no difference on which side the end itself falls.
    Slice,
    /// An end of a range of amounts.
    Range,
    /// How long something may take, or must have lasted.
    Time,
    /// How many conditions must hold.
    HowMany,
    /// The first day of a value of a parameter.
    Since,
    /// A value, a rate, a factor.
    Value,
}

/// A figure of a rule.
#[derive(Debug, Clone)]
pub struct Mention {
    /// What is underlined: the comparison, or the figure itself.
    pub span: Span,
    /// Where the figure is written: it may be read from several places.
    pub written: Span,
    /// The figure.
    pub quantity: Quantity,
    /// The bound that it puts.
    pub bound: Option<Bound>,
    /// What it does.
    pub role: Role,
    /// Whether what it bounds must be so for the item to hold: its direction is the text's.
    pub sure: bool,
    /// What is compared takes whole values.
    pub whole: bool,
    /// It stands in what a criterion requires, and under no condition.
    pub required: bool,
    /// It stands in the definition of a value, and is read from there.
    pub borrowed: bool,
}

/// An option that something must be, or be compared with.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// What is underlined.
    pub span: Span,
    /// The type.
    pub choice: ChoiceId,
    /// The options.
    pub options: Vec<u16>,
    /// How the subject compares with it; `=` and `≠` where it is one of them or none.
    pub op: CompareOp,
    /// It stands in what a criterion requires.
    pub required: bool,
}

/// A fact that a condition asks for by its name.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its last name.
    pub name: String,
    /// Where it is asked for.
    pub span: Span,
    /// It must be so, under no condition.
    pub required: bool,
    /// It is asked for as it is, not denied.
    pub plain: bool,
}

/// How some conditions are joined.
#[derive(Debug, Clone)]
pub struct Joined {
    /// All of them.
    pub span: Span,
    /// How many must hold.
    pub how: HowMany,
    /// Each: its names, its place, and whether it is asked for plainly.
    pub of: Vec<Asked>,
    /// What a person would call the main condition of the item.
    pub main: bool,
}

/// Lines that give each a value.
#[derive(Debug, Clone)]
pub struct Table {
    /// The lines.
    pub lines: Vec<Line>,
    /// A scale read by a number: its lines go upwards.
    pub upwards: bool,
}

/// A line of a table: its condition and its value.
#[derive(Debug, Clone)]
pub struct Line {
    /// The figures of its condition.
    pub when: Vec<Quantity>,
    /// The options of its condition.
    pub options: Vec<(ChoiceId, u16)>,
    /// What it gives.
    pub value: Option<Quantity>,
    /// Where it stands.
    pub span: Span,
}

/// Everything that a rule says.
#[derive(Debug, Clone, Default)]
pub struct Rule {
    /// Figures.
    pub mentions: Vec<Mention>,
    /// Options.
    pub choosings: Vec<Choosing>,
    /// Facts asked for.
    pub asked: Vec<Asked>,
    /// Joined conditions.
    pub joined: Vec<Joined>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Definitions that it reads.
    pub definitions: Vec<DefinitionId>,
    /// Parameters that it reads.
    pub parameters: Vec<crate::policy::ParameterId>,
    /// Readings that it reads.
    pub readings: Vec<ReadingId>,
}

/// How what is read counts for the whole.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Whether it must hold (`Some(true)`), must not (`Some(false)`), or neither.
    pub polarity: Option<bool>,
    /// It stands in what a criterion requires.
    pub required: bool,
}

impl Place {
    fn denied(self) -> Place {
        Place { polarity: self.polarity.map(|so| !so), ..self }
    }

    fn open(self) -> Place {
        Place { polarity: None, required: false }
    }
}

/// Reads rules of a policy.
pub struct Reader<'a> {
    policy: &'a Policy,
    rule: Rule,
    /// Definitions whose values were read from a bound: each once.
    followed: HashSet<DefinitionId>,
}

impl<'a> Reader<'a> {
    /// A reader of a rule of this policy.
    pub fn new(policy: &'a Policy) -> Self {
        Reader { policy, rule: Rule::default(), followed: HashSet::new() }
    }

    /// What was read.
    pub fn finish(self) -> Rule {
        self.rule
    }

    /// Reads a condition.
    pub fn condition(&mut self, id: ExprId, place: Place) {
        let policy = self.policy;
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Not(of) => self.condition(*of, place.denied()),
            ExprKind::And(of) => {
                self.join(expr.span, HowMany::All, of, place);
                of.iter().for_each(|of| self.condition(*of, place));
            }
            ExprKind::Or(of) => {
                self.join(expr.span, HowMany::AtLeast(1), of, place);
                let inner = if of.len() > 1 { Place { required: false, ..place } } else { place };
                of.iter().for_each(|of| self.condition(*of, inner));
            }
            ExprKind::Bullets { quantity, of } => {
                let then: Vec<ExprId> = of.iter().map(|bullet| bullet.then).collect();
                self.join(expr.span, *quantity, &then, place);
                let inner = match quantity {
                    HowMany::All => place,
                    HowMany::AtMost(0) => place.denied(),
                    HowMany::AtLeast(_) => Place { required: false, ..place },
                    HowMany::AtMost(_) | HowMany::Exactly(_) => place.open(),
                };
                self.how_many(expr.span, *quantity, place);
                for bullet in of {
                    if let Some(only_if) = bullet.only_if {
                        self.condition(only_if, place.open());
                    }
                    let required = inner.required && bullet.only_if.is_none();
                    self.condition(bullet.then, Place { required, ..inner });
                }
            }
            ExprKind::Compare { op, left, right } => self.compare(expr.span, *op, *left, *right, place),
            ExprKind::Among { subject, values } => self.among(expr.span, *subject, values, place),
            ExprKind::Between { subject, low, high } => {
                let whole = self.is_whole(*subject);
                self.value(*subject, None, place);
                self.value(*low, Some(self.compared(expr.span, CompareOp::Ge, whole, place)), place);
                self.value(*high, Some(self.compared(expr.span, CompareOp::Le, whole, place)), place);
            }
            ExprKind::Within { date, duration, origin } => {
                self.value(*date, None, place);
                self.value(*origin, None, place);
                let context =
                    Context { role: Role::Time, ..self.compared(expr.span, CompareOp::Le, false, place) };
                self.value(*duration, Some(context), place);
            }
            ExprKind::Aggregate { kind, filter, of, .. } => {
                if let Some(filter) = filter {
                    self.condition(*filter, place.open());
                }
                let Some(of) = of else { return };
                match kind {
                    Aggregate::All | Aggregate::Exists => self.condition(*of, place),
                    Aggregate::None => self.condition(*of, place.denied()),
                    Aggregate::Count | Aggregate::Sum | Aggregate::Greatest | Aggregate::Least => {
                        self.value(*of, None, place);
                    }
                }
            }
            ExprKind::Fact(_) | ExprKind::Field(_) => {
                let asked = self.asked(id, place);
                self.rule.asked.extend(asked);
            }
            _ => self.value(id, None, place),
        }
    }

    fn how_many(&mut self, span: Span, how: HowMany, place: Place) {
        let (count, op) = match how {
            HowMany::All | HowMany::AtLeast(1) | HowMany::AtMost(0) => return,
            HowMany::AtLeast(n) => (n, CompareOp::Ge),
            HowMany::AtMost(n) => (n, CompareOp::Le),
            HowMany::Exactly(n) => (n, CompareOp::Eq),
        };
        let context = Context { role: Role::HowMany, ..self.compared(span, op, true, place) };
        let quantity = Quantity::Count { value: Ratio::from(i64::from(count)), bare: false };
        self.mention(quantity, span, Some(context));
    }

    fn is_whole(&self, id: ExprId) -> bool {
        matches!(self.policy.exprs.get(id).ty, Type::Integer | Type::Days | Type::Date)
    }

    fn compared(&self, span: Span, op: CompareOp, whole: bool, place: Place) -> Context {
        let op = if place.polarity == Some(false) { op.negated() } else { op };
        Context {
            span,
            op,
            exact: true,
            role: Role::Compared,
            sure: place.polarity.is_some(),
            whole,
            required: place.required,
            borrowed: false,
        }
    }

    fn compare(&mut self, span: Span, op: CompareOp, left: ExprId, right: ExprId, place: Place) {
        let exprs = &self.policy.exprs;
        if let Type::Choice(choice) = exprs.get(left).ty {
            self.choose(span, choice, op, left, right, place);
            return;
        }
        let whole = self.is_whole(left) || self.is_whole(right);
        // d + 3 mois ≤ e: three months or more from d to e.
        for (this, other, op, is_left) in [(left, right, op, true), (right, left, op, false)] {
            if let ExprKind::Shift { date, by, then_days, back } = &exprs.get(this).kind
                && matches!(
                    exprs.get(*by).kind,
                    ExprKind::Const(_) | ExprKind::Parameter { .. } | ExprKind::Definition(_)
                )
            {
                let elapsed = if is_left == *back { op } else { op.flipped() };
                let context = Context { role: Role::Time, ..self.compared(span, elapsed, false, place) };
                let (date, by, then_days) = (*date, *by, *then_days);
                self.duration(by, then_days, Some(context), place);
                self.value(date, None, place);
                self.value(other, None, place);
                return;
            }
        }
        let coefficient = |id: ExprId| match &exprs.get(id).kind {
            ExprKind::Mul(a, b) => match (&exprs.get(*a).kind, &exprs.get(*b).kind) {
                (ExprKind::Const(Value::Number(n)), other) if !matches!(other, ExprKind::Const(_)) => {
                    Some((n.clone(), exprs.get(*a).span, exprs.get(*a).ty))
                }
                (other, ExprKind::Const(Value::Number(n))) if !matches!(other, ExprKind::Const(_)) => {
                    Some((n.clone(), exprs.get(*b).span, exprs.get(*b).ty))
                }
                _ => None,
            },
            _ => None,
        };
        // 2 × a ≥ b: a is at least half of b.
        if let Some((n, written, _)) = coefficient(left)
            && !self.is_constant(right)
        {
            let (m, _, _) = coefficient(right).unwrap_or((Ratio::one(), span, Type::Number));
            if let Some(share) = m.div(&n) {
                let context = self.compared(span, op, false, place);
                self.mention(Quantity::Share(share), written, Some(context));
                return;
            }
        }
        if self.is_constant(left) && !self.is_constant(right) {
            self.value(right, None, place);
            self.value(left, Some(self.compared(span, op.flipped(), whole, place)), place);
        } else {
            self.value(left, None, place);
            let bounded = self.is_constant(right) || coefficient(right).is_some();
            let context = bounded.then(|| self.compared(span, op, whole, place));
            self.value(right, context, place);
        }
    }

    /// Whether a value reads no fact: a constant, a parameter, or a definition that comes to constants.
    fn is_constant(&self, id: ExprId) -> bool {
        match &self.policy.exprs.get(id).kind {
            ExprKind::Const(_) | ExprKind::Parameter { .. } => true,
            ExprKind::Definition(definition) => {
                let body = self.policy.definitions[definition.index()].body;
                match &self.policy.exprs.get(body).kind {
                    ExprKind::Cases { lines, otherwise } => lines
                        .iter()
                        .map(|line| line.value)
                        .chain(*otherwise)
                        .all(|value| self.is_constant(value)),
                    ExprKind::Scale { bands, .. } => bands.iter().all(|band| self.is_constant(band.value)),
                    ExprKind::Const(_) | ExprKind::Parameter { .. } | ExprKind::Definition(_) => {
                        self.is_constant(body)
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn choose(
        &mut self,
        span: Span,
        choice: ChoiceId,
        op: CompareOp,
        left: ExprId,
        right: ExprId,
        place: Place,
    ) {
        let exprs = &self.policy.exprs;
        let found = match (&exprs.get(left).kind, &exprs.get(right).kind) {
            (_, ExprKind::Const(Value::Choice(option))) => Some((*option, op, left)),
            (ExprKind::Const(Value::Choice(option)), _) => Some((*option, op.flipped(), right)),
            _ => None,
        };
        match found {
            Some((option, op, subject)) => {
                self.chosen(span, choice, vec![option], op, subject, place);
                self.value(subject, None, place);
            }
            None => {
                self.value(left, None, place);
                self.value(right, None, place);
            }
        }
    }

    fn chosen(
        &mut self,
        span: Span,
        choice: ChoiceId,
        options: Vec<u16>,
        op: CompareOp,
        subject: ExprId,
        place: Place,
    ) {
        if matches!(self.policy.exprs.get(subject).kind, ExprKind::Reading(_)) {
            return;
        }
        let op = if place.polarity == Some(false) { op.negated() } else { op };
        if place.polarity.is_some() {
            self.rule.choosings.push(Choosing { span, choice, options, op, required: place.required });
        }
    }

    fn among(&mut self, span: Span, subject: ExprId, values: &[ExprId], place: Place) {
        let policy = self.policy;
        if let Type::Choice(choice) = policy.exprs.get(subject).ty {
            let options: Vec<u16> = values
                .iter()
                .filter_map(|value| match &policy.exprs.get(*value).kind {
                    ExprKind::Const(Value::Choice(option)) => Some(*option),
                    _ => None,
                })
                .collect();
            if options.len() == values.len() {
                self.chosen(span, choice, options, CompareOp::Eq, subject, place);
            }
            self.value(subject, None, place);
            return;
        }
        if policy.exprs.get(subject).ty == Type::Truth {
            // « X est oui », « X est non ».
            let denied = values
                .iter()
                .all(|value| matches!(policy.exprs.get(*value).kind, ExprKind::Const(Value::Truth(false))));
            self.condition(subject, if denied { place.denied() } else { place });
            return;
        }
        let whole = self.is_whole(subject);
        self.value(subject, None, place);
        for value in values {
            let context = self.compared(span, CompareOp::Eq, whole, place);
            self.value(*value, Some(context), place);
        }
    }

    /// A duration literal, days after its months included.
    fn duration(&mut self, by: ExprId, then_days: i64, context: Option<Context>, place: Place) {
        let expr = self.policy.exprs.get(by);
        if let (ExprKind::Const(Value::Number(months)), true) = (&expr.kind, then_days != 0)
            && let Some(months) = months.to_i64()
        {
            self.mention(Quantity::Mixed(Duration { months, days: then_days }), expr.span, context);
            return;
        }
        self.value(by, context, place);
    }

    /// Reads a value; `context` says what a constant in it bounds.
    pub fn value(&mut self, id: ExprId, context: Option<Context>, place: Place) {
        let policy = self.policy;
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Const(value) => {
                if let Some(quantity) = quantity(value, expr.ty) {
                    self.mention(quantity, expr.span, context);
                }
            }
            ExprKind::Parameter { parameter, at } => {
                self.rule.parameters.push(*parameter);
                let found = &policy.parameters[parameter.index()];
                for period in &found.periods {
                    if let (Some(quantity), Some(context)) = (quantity(&period.value, found.ty), context) {
                        self.mention(quantity, period.span, Some(Context { borrowed: true, ..context }));
                    }
                }
                if let Some(at) = at {
                    self.value(*at, None, place);
                }
            }
            ExprKind::Definition(definition) => {
                self.rule.definitions.push(*definition);
                if let Some(context) = context
                    && self.followed.insert(*definition)
                {
                    let body = policy.definitions[definition.index()].body;
                    self.values_of(body, Context { borrowed: true, ..context });
                }
            }
            ExprKind::Reading(reading) => self.rule.readings.push(*reading),
            ExprKind::Cases { lines, otherwise } => {
                let mut table = Vec::new();
                for line in lines {
                    table.push(self.line(line.when, line.value, line.span));
                    self.condition(line.when, place.open());
                    self.value(line.value, context, place.open());
                }
                if let Some(otherwise) = otherwise {
                    self.value(*otherwise, context, place.open());
                }
                self.rule.tables.push(Table { lines: table, upwards: false });
            }
            ExprKind::Scale { of, bands, by_slices } => {
                self.value(*of, None, place);
                let whole = self.is_whole(*of);
                let role = if *by_slices { Role::Slice } else { Role::Band };
                let mut table = Vec::new();
                for band in bands {
                    let mut when = Vec::new();
                    let mut options = Vec::new();
                    match &band.range {
                        BandRange::Between { low, high } => {
                            let ends =
                                [(low, CompareOp::Ge, CompareOp::Gt), (high, CompareOp::Le, CompareOp::Lt)];
                            for (end, with, without) in ends {
                                let Some((end, included)) = end else { continue };
                                let op = if *included { with } else { without };
                                let context =
                                    Context { role, ..self.compared(band.span, op, whole, place.open()) };
                                self.value(*end, Some(context), place);
                                let end = policy.exprs.get(*end);
                                if let ExprKind::Const(value) = &end.kind {
                                    when.extend(quantity(value, end.ty));
                                }
                            }
                        }
                        BandRange::Options(ranks) => {
                            if let Type::Choice(choice) = policy.exprs.get(*of).ty {
                                options.extend(ranks.iter().map(|rank| (choice, *rank)));
                            }
                        }
                    }
                    table.push(Line { when, options, value: self.constant(band.value), span: band.span });
                    self.value(band.value, None, place.open());
                }
                let upwards = table.iter().all(|line| line.options.is_empty());
                self.rule.tables.push(Table { lines: table, upwards });
            }
            ExprKind::Extremum { greatest, of } => {
                let op = if *greatest { CompareOp::Ge } else { CompareOp::Le };
                let limits = of.iter().any(|of| !self.is_constant(*of));
                for of in of {
                    let limit = Context {
                        role: Role::Limit,
                        ..self.compared(expr.span, op, false, Place { polarity: Some(true), required: false })
                    };
                    let own = if self.is_constant(*of) && limits && context.is_none() {
                        let written = policy.exprs.get(*of).span;
                        Some(Context { span: written, ..limit })
                    } else {
                        context
                    };
                    self.value(*of, own, place);
                }
            }
            ExprKind::Mul(a, b) => {
                let (left, right) = (self.is_constant(*a), self.is_constant(*b));
                self.value(*a, context.filter(|_| left && !right), place);
                self.value(*b, context.filter(|_| right && !left), place);
            }
            ExprKind::Shift { date, by, then_days, .. } => {
                self.value(*date, None, place);
                self.duration(*by, *then_days, context.filter(|context| context.role == Role::Time), place);
            }
            ExprKind::WorkingDay(of) => self.value(*of, context, place),
            ExprKind::Range { low, high } => {
                let of = |op, reader: &Self| {
                    let sure = Place { polarity: Some(true), required: false };
                    Context { role: Role::Range, ..reader.compared(expr.span, op, false, sure) }
                };
                let (least, most) = (of(CompareOp::Ge, self), of(CompareOp::Le, self));
                self.value(*low, Some(least), place);
                self.value(*high, Some(most), place);
            }
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Bullets { .. }
            | ExprKind::Compare { .. }
            | ExprKind::Among { .. }
            | ExprKind::Between { .. }
            | ExprKind::Within { .. }
            | ExprKind::Aggregate { .. } => self.condition(id, place),
            ExprKind::Round { value, .. } => self.value(*value, context, place),
            ExprKind::Fact(_)
            | ExprKind::Field(_)
            | ExprKind::ExaminationDate
            | ExprKind::Holds(_)
            | ExprKind::AmountOf(_) => {}
            // « cinq critères »: as many as there are.
            ExprKind::AllCriteria => {
                let count = i64::try_from(policy.criteria.len()).unwrap_or(i64::MAX);
                let quantity = Quantity::Count { value: Ratio::from(count), bare: false };
                self.mention(quantity, expr.span, None);
                if let Some(last) = self.rule.mentions.last_mut() {
                    last.borrowed = true;
                }
            }
            ExprKind::Add(..)
            | ExprKind::Sub(..)
            | ExprKind::Div(..)
            | ExprKind::Negate(_)
            | ExprKind::Scaled { .. }
            | ExprKind::Prorata { .. }
            | ExprKind::DaysBetween(..)
            | ExprKind::Elapsed { .. }
            | ExprKind::MonthEdge { .. }
            | ExprKind::YearOf(_)
            | ExprKind::Rank { .. } => {
                let mut operands = Vec::new();
                expr.kind.for_each_operand(&mut |operand| operands.push(operand));
                operands.into_iter().for_each(|operand| self.value(operand, None, place));
            }
        }
    }

    /// The constants that a definition may come to, seen from where it is compared.
    fn values_of(&mut self, id: ExprId, context: Context) {
        let policy = self.policy;
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Const(_) | ExprKind::Parameter { .. } | ExprKind::Definition(_) => {
                self.value(id, Some(context), Place { polarity: None, required: false });
            }
            ExprKind::Cases { lines, otherwise } => {
                lines
                    .iter()
                    .map(|line| line.value)
                    .chain(*otherwise)
                    .for_each(|value| self.values_of(value, context));
            }
            ExprKind::Scale { bands, .. } => {
                bands.iter().for_each(|band| self.values_of(band.value, context))
            }
            _ => {}
        }
    }

    fn constant(&self, id: ExprId) -> Option<Quantity> {
        let expr = self.policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Const(value) => quantity(value, expr.ty),
            _ => None,
        }
    }

    /// A line of cases, by the figures and options of its condition.
    fn line(&self, when: ExprId, value: ExprId, span: Span) -> Line {
        let mut reader = Reader::new(self.policy);
        reader.condition(when, Place { polarity: Some(true), required: false });
        let figures = reader.rule.mentions.iter().map(|mention| mention.quantity.clone()).collect();
        let options = reader
            .rule
            .choosings
            .iter()
            .flat_map(|choosing| choosing.options.iter().map(|option| (choosing.choice, *option)))
            .collect();
        Line { when: figures, options, value: self.constant(value), span }
    }

    fn mention(&mut self, quantity: Quantity, written: Span, context: Option<Context>) {
        self.rule.mentions.push(Mention {
            span: context.map_or(written, |context| context.span),
            written,
            quantity,
            bound: context.map(|context| Bound { op: context.op, exact: context.exact }),
            role: context.map_or(Role::Value, |context| context.role),
            sure: context.is_some_and(|context| context.sure),
            whole: context.is_some_and(|context| context.whole),
            required: context.is_some_and(|context| context.required),
            borrowed: context.is_some_and(|context| context.borrowed),
        });
    }

    /// Adds a figure that stands in no expression: a period, a duration.
    pub fn add(&mut self, quantity: Quantity, span: Span, role: Role, op: Option<CompareOp>) {
        let context = op.map(|op| Context {
            span,
            op,
            exact: true,
            role,
            sure: true,
            whole: role == Role::Since,
            required: false,
            borrowed: false,
        });
        self.mention(quantity, span, context);
    }

    /// Reads the time limit of an obligation.
    pub fn deadline(&mut self, id: ExprId) {
        let policy = self.policy;
        let place = Place { polarity: Some(true), required: false };
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::WorkingDay(of) => self.deadline(*of),
            ExprKind::Shift { date, by, then_days, back } => {
                // No later than e + k: k at most; no later than e − k: k at least before it.
                let op = if *back { CompareOp::Ge } else { CompareOp::Le };
                let context = Context { role: Role::Time, ..self.compared(expr.span, op, false, place) };
                self.duration(*by, *then_days, Some(context), place);
                self.deadline(*date);
            }
            ExprKind::Const(_) | ExprKind::Parameter { .. } => {
                let context = self.compared(expr.span, CompareOp::Le, true, place);
                self.value(id, Some(context), place);
            }
            _ => self.value(id, None, place),
        }
    }

    fn join(&mut self, span: Span, how: HowMany, of: &[ExprId], place: Place) {
        if of.len() < 2 || place.polarity != Some(true) {
            return;
        }
        let of = of.iter().filter_map(|id| self.named(*id, place)).collect();
        self.rule.joined.push(Joined { span, how, of, main: place.required });
    }

    /// What names a condition among others: the fact that it asks for or compares.
    fn named(&self, id: ExprId, place: Place) -> Option<Asked> {
        let expr = self.policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Not(of) => self.named(*of, place).map(|asked| Asked { plain: !asked.plain, ..asked }),
            ExprKind::Compare { left, right, .. } => self
                .named(*left, place)
                .or_else(|| self.named(*right, place))
                .map(|asked| Asked { span: expr.span, ..asked }),
            ExprKind::Among { subject, values } => {
                let denied = values.iter().all(|value| {
                    matches!(self.policy.exprs.get(*value).kind, ExprKind::Const(Value::Truth(false)))
                });
                let asked = self.named(*subject, place)?;
                Some(Asked { span: expr.span, plain: asked.plain != denied, ..asked })
            }
            ExprKind::Definition(definition) => Some(Asked {
                name: self.policy.definitions[definition.index()].head.name.to_string(),
                span: expr.span,
                required: false,
                plain: true,
            }),
            _ => self.asked(id, place),
        }
    }

    fn asked(&self, id: ExprId, place: Place) -> Option<Asked> {
        let expr = self.policy.exprs.get(id);
        let name = match &expr.kind {
            ExprKind::Fact(fact) => self.policy.facts[fact.index()].parts.last()?.to_string(),
            ExprKind::Field(field) => self.policy.fields[field.index()].parts.last()?.to_string(),
            _ => return None,
        };
        let plain = place.polarity != Some(false);
        Some(Asked { name, span: expr.span, required: place.required && plain, plain })
    }
}

/// What a constant bounds.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    span: Span,
    op: CompareOp,
    exact: bool,
    role: Role,
    sure: bool,
    whole: bool,
    required: bool,
    borrowed: bool,
}

/// A constant as a figure; none of a truth, a text or an option.
pub fn quantity(value: &Value, ty: Type) -> Option<Quantity> {
    Some(match (value, ty) {
        (Value::Date(date), _) => Quantity::Date(*date),
        (Value::Number(n), Type::Percent) => Quantity::Percent(n.clone()),
        (Value::Number(n), Type::Amount) => Quantity::Euros(n.clone()),
        (Value::Number(n), Type::Months) => Quantity::Months(n.clone()),
        (Value::Number(n), Type::Days) => Quantity::Days(n.clone()),
        (Value::Number(n), Type::Integer | Type::Number) => Quantity::Count { value: n.clone(), bare: false },
        _ => return None,
    })
}

impl Mention {
    /// Whether it may be of the rule's own making: none, one or more, a conversion.
    pub fn is_structural(&self) -> bool {
        let Some(value) = self.quantity.number() else { return false };
        let one = value == Ratio::one();
        let counted = matches!(self.quantity, Quantity::Count { .. });
        if value.is_zero() {
            return true;
        }
        match self.bound.map(|bound| bound.op) {
            Some(CompareOp::Ge | CompareOp::Lt | CompareOp::Eq | CompareOp::Ne) => {
                one && counted && self.role == Role::Compared
            }
            Some(CompareOp::Gt | CompareOp::Le) => false,
            None => {
                let conversion = [1, 7, 12, 24, 30, 52, 60, 100, 360, 365, 1_000];
                (counted && conversion.iter().any(|n| value == Ratio::from(*n)))
                    || (one && matches!(self.quantity, Quantity::Percent(_) | Quantity::Days(_)))
            }
        }
    }
}
