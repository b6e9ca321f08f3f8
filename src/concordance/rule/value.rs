//! Values: the figures that they are made of, the ends and lines of tables, time limits.

use super::deadline::{moved, working};
use super::{Added, Context, Mention, Named, Operand, Passed, Place, Reader, Role, Rounded, quantity, share};
use crate::concordance::finding::words;
use crate::concordance::prose::number::is_numeral;
use crate::concordance::quantity::{Bound, Quantity};
use crate::number::Ratio;
use crate::policy::{BandRange, ExprId, ExprKind, Type};
use crate::source::Span;
use crate::syntax::tree::CompareOp;
use crate::time::{DayOf, Duration, Moved};
use crate::value::Value;

impl Reader<'_> {
    /// A duration literal, days after its months included.
    pub(super) fn duration(&mut self, by: ExprId, then_days: i64, context: Option<Context>, place: Place) {
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
        if let Some(share) = share(policy, id) {
            self.mention(Quantity::Share(share), expr.span, context);
            return;
        }
        match &expr.kind {
            ExprKind::Const(_) => {
                if let Some(quantity) = self.figure(id) {
                    self.mention(quantity, expr.span, context);
                }
            }
            ExprKind::Parameter { parameter, at } => {
                self.rule.parameters.push(*parameter);
                let found = &policy.parameters[parameter.index()];
                for period in found.periods.iter().filter(|period| policy.is_own(period.span)) {
                    if let (Some(quantity), Some(context)) =
                        (quantity(self.policy.currency, &period.value, found.ty), context)
                    {
                        self.mention(quantity, period.span, Some(Context { borrowed: true, ..context }));
                    }
                }
                match at {
                    Some(at) => {
                        let event = self.dated(*at);
                        self.rule.dated.push((*parameter, event, expr.span));
                        self.value(*at, None, place);
                    }
                    None => self.rule.undated.push((*parameter, expr.span)),
                }
            }
            ExprKind::Definition(definition) => {
                self.rule.definitions.push(*definition);
                if let Some(context) = context
                    && policy.is_own(policy.definitions[definition.index()].head.span)
                    && self.followed.insert(*definition)
                {
                    let body = policy.definitions[definition.index()].body;
                    self.values_of(body, Context { borrowed: true, ..context });
                }
            }
            ExprKind::Reading(reading) => self.rule.readings.push(*reading),
            ExprKind::Cases { lines, otherwise } => {
                // « vaut oui, sauf si C ».
                if let ([line], Some(otherwise), Type::Truth) = (lines.as_slice(), otherwise, expr.ty)
                    && matches!(policy.exprs.get(line.value).kind, ExprKind::Const(_))
                {
                    self.exception(line.when);
                    self.value(*otherwise, context, place);
                    return;
                }
                self.claim_lines(lines, *otherwise);
                // « majoré de … si C » says what « si C » is for; of several lines, each has its own.
                let adjusts = matches!(lines.as_slice(), [line] if self.moved_by(line.value).is_some());
                let when = if adjusts { Place::CASE } else { Place::OPEN };
                for line in lines {
                    self.condition(line.when, when);
                    self.value(line.value, context, Place::OPEN);
                }
                if let Some(otherwise) = otherwise {
                    self.value(*otherwise, context, Place::OPEN);
                }
            }
            ExprKind::Scale { of, bands, by_slices } => {
                self.value(*of, None, place);
                let whole = self.is_whole(*of);
                let role = if *by_slices { Role::Slice } else { Role::Band };
                self.claim_bands(*of, bands);
                for band in bands {
                    if let BandRange::Between { low, high } = &band.range {
                        let ends =
                            [(low, CompareOp::Ge, CompareOp::Gt), (high, CompareOp::Le, CompareOp::Lt)];
                        for (end, with, without) in ends {
                            let Some((end, included)) = end else { continue };
                            let op = if *included { with } else { without };
                            let context =
                                Context { role, ..self.compared(band.span, op, whole, Place::OPEN) };
                            self.value(*end, Some(context), place);
                        }
                    }
                    self.value(band.value, None, Place::OPEN);
                }
            }
            ExprKind::Extremum { greatest, of } => {
                let op = if *greatest { CompareOp::Ge } else { CompareOp::Le };
                let limits = of.iter().any(|of| !self.is_constant(*of));
                if let [value, limit] = of.as_slice()
                    && self.called(*limit).is_some()
                {
                    self.against((*value, *limit), op, policy.exprs.get(*limit).span);
                }
                for bound_id in of {
                    let limit =
                        Context { role: Role::Limit, ..self.compared(expr.span, op, false, Place::MUST) };
                    let bound = policy.exprs.get(*bound_id);
                    if let Some((by, raises)) = self.moving.clone()
                        && raises != *greatest
                        && (of.first() != Some(bound_id) || matches!(bound.kind, ExprKind::Const(_)))
                    {
                        let (limit, span) = (self.as_named(*bound_id), bound.span);
                        self.rule.passed.push(Passed { limit, floor: *greatest, span, by });
                    }
                    if of.first() != Some(bound_id)
                        && let Some((by, raises)) = of.first().and_then(|value| self.moved_by(*value))
                        && raises != *greatest
                    {
                        let (limit, span) = (self.as_named(*bound_id), bound.span);
                        self.rule.held.push(Passed { limit, floor: *greatest, span, by });
                    }
                    let own = if self.is_constant(*bound_id) && limits && context.is_none() {
                        let written = policy.exprs.get(*bound_id).span;
                        Some(Context { span: written, ..limit })
                    } else {
                        context
                    };
                    self.value(*bound_id, own, place);
                }
            }
            ExprKind::Mul(a, b) => {
                self.rule.computes = true;
                let (left, right) = (self.is_constant(*a), self.is_constant(*b));
                self.value(*a, context.filter(|_| left && !right), place);
                self.value(*b, context.filter(|_| right && !left), place);
            }
            ExprKind::Shift { date, by, then_days, back } => {
                self.origin(*date, *back);
                self.value(*date, None, place);
                self.duration(*by, *then_days, context.filter(|context| context.role == Role::Time), place);
            }
            ExprKind::DayOf { day: DayOf::Working(days), date } if days.count == 0 => {
                self.rule.carried = true;
                self.value(*date, context, place);
            }
            ExprKind::Range { low, high } => {
                let of = |op, reader: &Self| {
                    let sure = Place::MUST;
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
            ExprKind::Round { value, rounding } => {
                let mut rounding = rounding.clone();
                if expr.ty == Type::Percent {
                    rounding.step = rounding.step.mul(&Ratio::from(100));
                }
                self.rule.roundings.push(Rounded { span: self.rounded(*value, expr.span), rounding });
                self.value(*value, context, place);
            }
            ExprKind::Fact(_) | ExprKind::Field(_) if expr.ty == Type::Truth => self.condition(id, place),
            ExprKind::Fact(_) | ExprKind::Field(_) => {
                let date = self.dated(id).filter(|_| expr.ty == Type::Date);
                self.rule.dates.extend(date.map(|event| (event, expr.span)));
            }
            ExprKind::ExaminationDate | ExprKind::Holds(_) | ExprKind::AmountOf(_) => {}
            ExprKind::DayOf { day, date } => {
                match day {
                    // « présence dans l'année de D », « mois de D »: its days are not of the text.
                    DayOf::Year(day) if self.is_written(expr.span) => {
                        let quantity = Quantity::DayOfYear { day: day.day(), month: day.month() };
                        self.mention(quantity, expr.span, context);
                    }
                    DayOf::Working(days) => {
                        let context = context.filter(|context| context.role == Role::Time);
                        self.mention(working(*days), expr.span, context);
                    }
                    DayOf::Moved(Moved { months, days, .. }) => {
                        let context = context.filter(|context| context.role == Role::Time);
                        self.mention(moved(*months, *days), expr.span, context);
                    }
                    DayOf::Year(_) | DayOf::FirstOfMonth | DayOf::LastOfMonth | DayOf::FirstOfNextMonth => {}
                }
                self.value(*date, None, place);
            }
            // « cinq critères »: as many as there are.
            ExprKind::AllCriteria => {
                let count = i64::try_from(policy.criteria.len()).unwrap_or(i64::MAX);
                let quantity = Quantity::Count { value: Ratio::from(count), bare: false };
                self.mention(quantity, expr.span, None);
                if let Some(last) = self.rule.mentions.last_mut() {
                    last.borrowed = true;
                    last.role = Role::Criteria;
                }
            }
            ExprKind::Add(a, b) | ExprKind::Sub(a, b) => {
                let adds = matches!(expr.kind, ExprKind::Add(..));
                self.added(*a, true, expr.span);
                self.added(*b, adds, expr.span);
                self.moved(*a, (*b, adds), place);
                self.moving(*b, place);
            }
            ExprKind::Scaled { base, rate, decrease } => {
                self.rule.computes = true;
                // The amount stands above, on lines of its own.
                let at = policy.exprs.get(*rate).span;
                self.added(*rate, !decrease, at);
                self.moved(*base, (*rate, !decrease), place);
                self.moving(*rate, place);
            }
            ExprKind::Allotted { total, envelope, .. } => {
                self.value(*envelope, context, place);
                self.condition(*total, place);
            }
            ExprKind::Share(share) => {
                self.value(share.envelope, context, place);
                let filter = share.filter.into_iter();
                filter.for_each(|filter| self.filter(filter));
                share.weight.into_iter().for_each(|weight| self.value(weight, None, place));
                if let Some(cap) = share.cap {
                    let sure = Place::MUST;
                    let span = policy.exprs.get(cap).span;
                    let limit = self.compared(span, CompareOp::Le, false, sure);
                    self.value(cap, Some(Context { role: Role::Limit, ..limit }), place);
                }
                share.order.into_iter().for_each(|(by, _)| self.value(by, None, place));
                let rounding = share.how.rounding.clone();
                self.rule.roundings.push(Rounded { span: expr.span, rounding });
            }
            ExprKind::Covered { filter, .. } => {
                let filter = *filter;
                filter.into_iter().for_each(|filter| self.filter(filter));
                let mut operands = Vec::new();
                expr.kind.for_each_operand(&mut |operand| operands.push(operand));
                let others = operands.into_iter().filter(|operand| Some(*operand) != filter);
                others.for_each(|operand| self.value(operand, None, place));
            }
            ExprKind::DaysBetween(to, from) | ExprKind::Elapsed { from, to, .. } => {
                let (from, to) = (*from, *to);
                self.lapse((from, to), expr.span, false);
                self.value(from, None, place);
                self.value(to, None, place);
            }
            // `x × 2 ÷ 3`: two thirds of it.
            ExprKind::Div(of, by) if let Some((part, other)) = self.part(*of, *by) => {
                self.rule.computes = true;
                self.mention(Quantity::Share(part), expr.span, context);
                self.value(other, None, place);
            }
            ExprKind::Div(..)
            | ExprKind::Power { .. }
            | ExprKind::Negate(_)
            | ExprKind::Prorata { .. }
            | ExprKind::YearOf(_)
            | ExprKind::WeekdayOf(_)
            | ExprKind::Around { .. }
            | ExprKind::Rank { .. } => {
                let mut operands = Vec::new();
                expr.kind.for_each_operand(&mut |operand| operands.push(operand));
                operands.into_iter().for_each(|operand| self.value(operand, None, place));
            }
        }
    }

    /// Reads a value to which something is added there, or off which it is taken.
    fn moved(&mut self, id: ExprId, (by, adds): (ExprId, bool), place: Place) {
        let by = self.as_named(by);
        let outer = self.moving.replace((by, adds));
        self.value(id, None, place);
        self.moving = outer;
    }

    /// Reads what is added or taken off, of which the parts are known to be.
    fn moving(&mut self, id: ExprId, place: Place) {
        let known = self.rule.added.len();
        self.value(id, None, place);
        self.rule.added.truncate(known);
    }

    /// What the last clause above adds to a value, or takes off it.
    fn moved_by(&self, id: ExprId) -> Option<(Named, bool)> {
        match &self.policy.exprs.get(id).kind {
            ExprKind::Round { value, .. } => self.moved_by(*value),
            ExprKind::Cases { lines, .. } => lines.first().and_then(|line| self.moved_by(line.value)),
            ExprKind::Scaled { rate, decrease, .. } => Some((self.as_named(*rate), !decrease)),
            ExprKind::Add(_, by) => Some((self.as_named(*by), true)),
            ExprKind::Sub(_, by) => Some((self.as_named(*by), false)),
            _ => None,
        }
    }

    /// What a passage may call a value by.
    fn as_named(&self, id: ExprId) -> Named {
        let policy = self.policy;
        let figures = match &policy.exprs.get(id).kind {
            ExprKind::Parameter { parameter, .. } => {
                let found = &policy.parameters[parameter.index()];
                let periods = found.periods.iter();
                periods.filter_map(|period| quantity(policy.currency, &period.value, found.ty)).collect()
            }
            _ => self.constant(id).into_iter().collect(),
        };
        Named { figures, name: self.called(id) }
    }

    /// What is added, with its sign: a figure, also one by the unit (`150 € × enfants`), or what is defined apart.
    fn added(&mut self, id: ExprId, adds: bool, span: Span) {
        let policy = self.policy;
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Const(_) => {
                if let Some(quantity) = self.figure(id) {
                    self.rule.added.push(Added { operand: Operand::Figure(quantity), adds, span });
                }
            }
            ExprKind::Definition(definition) => {
                self.rule.added.push(Added { operand: Operand::Definition(*definition), adds, span });
            }
            ExprKind::Mul(a, b) | ExprKind::Add(a, b) => {
                self.added(*a, adds, span);
                self.added(*b, adds, span);
            }
            _ => {
                let name = self.called(id);
                let value = name.map(|name| Added { operand: Operand::Value(name), adds, span });
                self.rule.added.extend(value);
            }
        }
    }

    /// The figure that a constant is, where the author writes it: what « pour chaque mois de présence » is lowered
    /// to counts with ones and first days that no text says.
    fn figure(&self, id: ExprId) -> Option<Quantity> {
        let expr = self.policy.exprs.get(id);
        let ExprKind::Const(value) = &expr.kind else { return None };
        quantity(self.policy.currency, value, expr.ty).filter(|_| self.is_written(expr.span))
    }

    /// Whether the author writes a figure there: it starts with its number.
    fn is_written(&self, figure: Span) -> bool {
        let words = words(self.policy, figure);
        words.starts_with(|c: char| c.is_ascii_digit())
            || words.split([' ', '-']).next().is_some_and(|first| is_numeral(&first.to_lowercase()))
    }

    /// Where a rounding is said: what stands after the value, up to the end of its line.
    fn rounded(&self, value: ExprId, whole: Span) -> Span {
        let after = self.policy.exprs.get(value).span.end as usize;
        let rest = self.policy.file.text().get(after..).unwrap_or("");
        let Some(at) = rest.find("arrondi") else { return whole };
        let line = rest.get(at..).unwrap_or("").split(['\n', ')', '#']).next().unwrap_or("").trim_end();
        Span::new(after + at, after + at + line.len())
    }

    /// The constants that a definition may come to, seen from where it is compared.
    fn values_of(&mut self, id: ExprId, context: Context) {
        let policy = self.policy;
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Const(_) | ExprKind::Parameter { .. } | ExprKind::Definition(_) => {
                self.value(id, Some(context), Place::OPEN);
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
            ExprKind::Const(_) => self.figure(id),
            ExprKind::Div(..) => share(self.policy, id).map(Quantity::Share),
            // « 60 % des frais », « 45 euros par jour »: its figure.
            ExprKind::Mul(a, b) => match (self.is_constant(*a), self.is_constant(*b)) {
                (true, false) => self.constant(*a),
                (false, true) => self.constant(*b),
                (true, true) | (false, false) => None,
            },
            _ => None,
        }
    }

    /// Of `x × n ÷ m`, the share and `x`.
    fn part(&self, of: ExprId, by: ExprId) -> Option<(Ratio, ExprId)> {
        let exprs = &self.policy.exprs;
        let number = |id: ExprId| match &exprs.get(id).kind {
            ExprKind::Const(Value::Number(n)) if exprs.get(id).ty != Type::Percent => Some(n.clone()),
            _ => None,
        };
        let ExprKind::Mul(a, b) = exprs.get(of).kind else { return None };
        let (n, other) = number(a).map(|n| (n, b)).or_else(|| number(b).map(|n| (n, a)))?;
        let (n, m) = (n.to_i64()?, number(by)?.to_i64()?);
        (0 < n && n < m && !self.is_constant(other))
            .then(|| Ratio::new(n.into(), m.into()))?
            .map(|share| (share, other))
    }

    pub(super) fn mention(&mut self, quantity: Quantity, written: Span, context: Option<Context>) {
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
            per: context.and_then(|context| context.per),
            counted: context.and_then(|context| context.counted),
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
            per: None,
            counted: None,
        });
        self.mention(quantity, span, context);
    }
}
