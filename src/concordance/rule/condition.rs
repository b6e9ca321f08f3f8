//! Conditions: what must be so, of what is compared, chosen, asked for, and how it is joined.

use super::deadline::working;
use super::{Against, Asked, Asking, Context, Joined, Ordered, Place, Reader, Role};
use crate::concordance::prose::per;
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, Quantity as HowMany, Type};
use crate::source::Span;
use crate::syntax::tree::{Aggregate, CompareOp, ElapsedUnit};
use crate::time::DayOf;
use crate::value::Value;

impl Reader<'_> {
    /// Reads an exception.
    pub fn exception(&mut self, id: ExprId) {
        let exprs = &self.policy.exprs;
        let mut fact = id;
        while let ExprKind::Not(of) = exprs.get(fact).kind {
            fact = of;
        }
        if matches!(exprs.get(fact).kind, ExprKind::Definition(_)) {
            let excepted = self.named(id, Place::EXCEPTION);
            self.rule.asked.extend(excepted.map(|asked| Asked { asking: Asking::Exception, ..asked }));
        }
        self.excepting = true;
        self.condition(id, Place::EXCEPTION);
        self.excepting = false;
    }

    /// Reads a condition.
    pub fn condition(&mut self, id: ExprId, place: Place) {
        let policy = self.policy;
        let expr = policy.exprs.get(id);
        let joins = matches!(
            expr.kind,
            ExprKind::Not(_)
                | ExprKind::And(_)
                | ExprKind::Or(_)
                | ExprKind::Bullets { quantity: HowMany::All | HowMany::AtLeast(1) | HowMany::AtMost(0), .. }
        );
        if joins {
            self.tree(id, place.required);
        }
        let outer = std::mem::replace(&mut self.joining, joins);
        self.read_condition(id, place);
        self.joining = outer;
    }

    fn read_condition(&mut self, id: ExprId, place: Place) {
        let policy = self.policy;
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Not(of) => {
                let from = self.rule.cases.len();
                self.condition(*of, place.denied());
                // What is neither asked for nor denied as a whole has no sign of its own.
                if place.polarity.is_none() {
                    self.rule.cases.iter_mut().skip(from).for_each(|case| case.op = case.op.negated());
                }
            }
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
                let from = self.rule.joined.len();
                self.join(expr.span, *quantity, &then, place);
                self.rule.joined.iter_mut().skip(from).for_each(|joined| joined.bullets = true);
                let inner = match quantity {
                    HowMany::All => place,
                    HowMany::AtMost(0) => place.denied(),
                    HowMany::AtLeast(_) => Place { required: false, ..place },
                    HowMany::AtMost(_) | HowMany::Exactly(_) => Place::OPEN,
                };
                self.how_many(expr.span, *quantity, place);
                self.claim_bullets(of);
                for bullet in of {
                    if let Some(only_if) = bullet.only_if {
                        self.joining = false;
                        self.condition(only_if, Place::CASE);
                        self.joining = true;
                    }
                    let required = inner.required && bullet.only_if.is_none();
                    self.condition(bullet.then, Place { required, ..inner });
                }
            }
            ExprKind::Compare { op, left, right } => {
                if let Some(name) =
                    self.called(*left).filter(|_| place.polarity.is_some() && self.is_constant(*right))
                {
                    self.claim_compared(name, id);
                }
                self.compare(expr.span, *op, *left, *right, place);
            }
            ExprKind::Among { subject, values } => self.among(expr.span, *subject, values, place),
            ExprKind::Between { subject, low, high } => {
                if let Type::Choice(choice) = policy.exprs.get(*subject).ty {
                    for (end, op) in [(*low, CompareOp::Ge), (*high, CompareOp::Le)] {
                        if let ExprKind::Const(Value::Choice(option)) = &policy.exprs.get(end).kind {
                            self.chosen(expr.span, choice, vec![*option], op, *subject, place);
                        }
                    }
                }
                let whole = self.is_whole(*subject);
                self.value(*subject, None, place);
                let per = self.period(*subject);
                self.lapse((*low, *high), expr.span, false);
                for (end, op) in [(low, CompareOp::Ge), (high, CompareOp::Le)] {
                    let context = Context { per, ..self.compared(expr.span, op, whole, place) };
                    self.value(*end, Some(context), place);
                }
            }
            ExprKind::Within { date, duration, origin } => {
                if place.polarity == Some(true)
                    && let (Some(first), Some(second)) = (self.dated(*date), self.dated(*origin))
                {
                    self.rule.ordered.push(Ordered {
                        first,
                        second,
                        op: CompareOp::Ge,
                        span: expr.span,
                        apart: true,
                    });
                }
                self.lapse((*origin, *date), expr.span, true);
                self.origin(*origin, false);
                self.value(*date, None, place);
                self.value(*origin, None, place);
                let context =
                    Context { role: Role::Time, ..self.compared(expr.span, CompareOp::Le, false, place) };
                self.value(*duration, Some(context), place);
            }
            ExprKind::Aggregate { kind, filter, of, .. } => {
                match filter {
                    // « aucun enfant à charge »: what is kept is what must not be.
                    Some(filter) if *kind == Aggregate::None => self.condition(*filter, Place::OPEN),
                    Some(filter) => self.filter(*filter),
                    None => {}
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

    pub(super) fn how_many(&mut self, span: Span, how: HowMany, place: Place) {
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

    pub(super) fn is_whole(&self, id: ExprId) -> bool {
        matches!(self.policy.exprs.get(id).ty, Type::Integer | Type::Days | Type::Date)
    }

    pub(super) fn compared(&self, span: Span, op: CompareOp, whole: bool, place: Place) -> Context {
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
            per: None,
            counted: None,
        }
    }

    fn compare(&mut self, span: Span, op: CompareOp, left: ExprId, right: ExprId, place: Place) {
        let exprs = &self.policy.exprs;
        if let Type::Choice(choice) = exprs.get(left).ty {
            self.choose(span, choice, op, left, right, place);
            return;
        }
        if exprs.get(left).ty == Type::Date
            && place.polarity != Some(false)
            && let (Some(first), Some(second)) =
                (self.dated_or_worked_out(left), self.dated_or_worked_out(right))
        {
            self.rule.ordered.push(Ordered { first, second, op, span, apart: false });
        }
        if exprs.get(left).ty == Type::Date && place.polarity != Some(false) {
            self.apart(span, op, left, right);
            self.shifts(span, left, right);
        }
        if exprs.get(left).ty != Type::Date
            && !self.filtering
            && let Some(positive) = place.polarity
        {
            self.against((left, right), if positive { op } else { op.negated() }, span);
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
                let (date, by, then_days, back) = (*date, *by, *then_days, *back);
                self.origin(date, back);
                self.duration(by, then_days, Some(context), place);
                self.value(date, None, place);
                self.value(other, None, place);
                return;
            }
        }
        // The same of working days.
        for (this, other, op) in [(left, right, op), (right, left, op.flipped())] {
            if let ExprKind::DayOf { day: DayOf::Working(days), date } = exprs.get(this).kind
                && days.count != 0
            {
                let elapsed = if days.count < 0 { op } else { op.flipped() };
                let context = Context { role: Role::Time, ..self.compared(span, elapsed, false, place) };
                self.origin(date, days.count < 0);
                self.mention(working(days), span, Some(context));
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
        // a ≥ b ÷ 3: a is at least the third of b.
        if let ExprKind::Div(of, by) = exprs.get(right).kind
            && let ExprKind::Const(Value::Number(n)) = &exprs.get(by).kind
            && !self.is_constant(of)
            // 3 × b ÷ 12: a quarter of it.
            && let (m, of) = coefficient(of).map_or((Ratio::one(), of), |(m, _, _)| (m, self.factor(of)))
            && let Some(share) = m.div(n)
        {
            let written = exprs.get(by).span;
            let context = self.compared(span, op, false, place);
            self.mention(Quantity::Share(share), written, Some(context));
            self.value(left, None, place);
            self.value(of, None, place);
            return;
        }
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
            let (per, counted) = (self.period(right), self.counted(right));
            self.value(right, None, place);
            let context = Context { per, counted, ..self.compared(span, op.flipped(), whole, place) };
            self.value(left, Some(context), place);
        } else {
            self.value(left, None, place);
            let day = matches!(exprs.get(right).kind, ExprKind::DayOf { .. });
            let bounded = self.is_constant(right) || coefficient(right).is_some() || day;
            let (per, counted) = (self.period(left), self.counted(left));
            let context = bounded.then(|| Context { per, counted, ..self.compared(span, op, whole, place) });
            self.value(right, context, place);
        }
    }

    /// What is not constant of a product.
    fn factor(&self, id: ExprId) -> ExprId {
        match &self.policy.exprs.get(id).kind {
            ExprKind::Mul(a, b) if self.is_constant(*a) => *b,
            ExprKind::Mul(a, b) if self.is_constant(*b) => *a,
            _ => id,
        }
    }

    /// The months that one of it is, of a time that is counted in whole months or years between two dates.
    fn counted(&self, id: ExprId) -> Option<i64> {
        match &self.policy.exprs.get(id).kind {
            ExprKind::Elapsed { unit: ElapsedUnit::Months(_), .. } => Some(1),
            ExprKind::Elapsed { unit: ElapsedUnit::Years(_), .. } => Some(12),
            ExprKind::Definition(definition) => {
                self.counted(self.policy.definitions[definition.index()].body)
            }
            _ => None,
        }
    }

    /// The days over which a value is counted, where the name of a fact or a definition says; `12 × revenu
    /// mensuel` is over a year.
    fn period(&self, id: ExprId) -> Option<i64> {
        let policy = self.policy;
        match &policy.exprs.get(id).kind {
            ExprKind::Fact(fact) => policy.facts[fact.index()].parts.last().and_then(|name| per::named(name)),
            ExprKind::Field(field) => {
                policy.fields[field.index()].parts.last().and_then(|name| per::named(name))
            }
            ExprKind::Definition(definition) => per::named(&policy.definitions[definition.index()].head.name),
            ExprKind::Mul(a, b) => {
                let (by, of) = match (&policy.exprs.get(*a).kind, &policy.exprs.get(*b).kind) {
                    (ExprKind::Const(Value::Number(by)), _) => (by, *b),
                    (_, ExprKind::Const(Value::Number(by))) => (by, *a),
                    _ => return None,
                };
                by.to_i64()?.checked_mul(self.period(of)?)
            }
            ExprKind::Div(a, b) => match &policy.exprs.get(*b).kind {
                ExprKind::Const(Value::Number(by)) => {
                    let by = by.to_i64().filter(|by| *by > 0)?;
                    let days = self.period(*a)?;
                    (days % by == 0).then(|| days / by)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// What a quantity is called.
    pub(super) fn called(&self, id: ExprId) -> Option<String> {
        let policy = self.policy;
        match &policy.exprs.get(id).kind {
            ExprKind::Definition(definition) => {
                Some(policy.definitions[definition.index()].head.name.to_string())
            }
            ExprKind::Parameter { parameter, .. } => {
                Some(policy.parameters[parameter.index()].head.name.to_string())
            }
            _ => self.event(id),
        }
    }

    /// Two quantities, of which one at least has a name of its own.
    pub(super) fn against(&mut self, (left, right): (ExprId, ExprId), op: CompareOp, span: Span) {
        let called = [left, right].map(|id| self.called(id));
        let sure = called.iter().all(Option::is_some);
        let [of_left, of_right] = [left, right].map(|id| self.read(id).join(" "));
        if called.iter().all(Option::is_none) || of_left.is_empty() || of_right.is_empty() {
            return;
        }
        self.rule.against.push(Against { left: of_left, right: of_right, op, span, sure });
    }

    /// The names of the quantities that a value is worked out of.
    fn read(&self, id: ExprId) -> Vec<String> {
        match &self.policy.exprs.get(id).kind {
            ExprKind::Add(a, b) | ExprKind::Sub(a, b) | ExprKind::Mul(a, b) | ExprKind::Div(a, b) => {
                [self.read(*a), self.read(*b)].concat()
            }
            ExprKind::Extremum { of, .. } => of.iter().flat_map(|of| self.read(*of)).collect(),
            ExprKind::Round { value, .. } => self.read(*value),
            _ => self.called(id).into_iter().collect(),
        }
    }

    fn join(&mut self, span: Span, how: HowMany, of: &[ExprId], place: Place) {
        if of.len() < 2 || place.polarity != Some(true) || self.filtering {
            return;
        }
        let of = of.iter().filter_map(|id| self.named(*id, place).or_else(|| self.unnamed(*id))).collect();
        let bullets = false;
        self.rule.joined.push(Joined { span, how, of, main: place.required, filter: false, bullets });
    }

    /// The `dont` of a list: how its conditions are joined is its own.
    pub(super) fn filter(&mut self, id: ExprId) {
        let own = Place::MUST;
        let expr = self.policy.exprs.get(id);
        let from = self.rule.joined.len();
        match &expr.kind {
            ExprKind::And(of) => self.join(expr.span, HowMany::All, of, own),
            ExprKind::Or(of) => self.join(expr.span, HowMany::AtLeast(1), of, own),
            _ => {}
        }
        self.rule.joined.iter_mut().skip(from).for_each(|joined| {
            joined.filter = true;
            joined.of.retain(|asked| !asked.name.is_empty());
        });
        let outer = std::mem::replace(&mut self.filtering, true);
        self.condition(id, own);
        self.filtering = outer;
    }

    /// What names a condition among others: the fact that it asks for or compares.
    pub(super) fn named(&self, id: ExprId, place: Place) -> Option<Asked> {
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
                question: String::new(),
                span: expr.span,
                required: false,
                asking: Asking::Open,
                plain: true,
            }),
            _ => self.asked(id, place),
        }
    }

    /// A comparison of what is worked out on the spot, and has no name.
    fn unnamed(&self, id: ExprId) -> Option<Asked> {
        let expr = self.policy.exprs.get(id);
        matches!(expr.kind, ExprKind::Compare { .. } | ExprKind::Between { .. }).then(|| Asked {
            name: String::new(),
            question: String::new(),
            span: expr.span,
            required: false,
            asking: Asking::Open,
            plain: true,
        })
    }

    fn asked(&self, id: ExprId, place: Place) -> Option<Asked> {
        let expr = self.policy.exprs.get(id);
        let (parts, ask) = match &expr.kind {
            ExprKind::Fact(fact) => {
                let fact = &self.policy.facts[fact.index()];
                (&fact.parts, &fact.ask)
            }
            ExprKind::Field(field) => {
                let field = &self.policy.fields[field.index()];
                (&field.parts, &field.ask)
            }
            _ => return None,
        };
        let name = parts.last()?.to_string();
        let question = ask.question.as_deref().unwrap_or("").to_owned();
        let plain = place.polarity.unwrap_or(place.plain);
        let asking = match place.polarity {
            Some(_) if self.filtering => Asking::Kept,
            Some(_) if place.required => Asking::Must,
            Some(_) => Asking::OneOf,
            None => place.asking,
        };
        Some(Asked { name, question, span: expr.span, required: place.required && plain, asking, plain })
    }
}
