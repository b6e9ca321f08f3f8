//! What may be shown of a policy, item by item.

use std::collections::BTreeSet;

use super::words::is_clause;
use super::{Answer, Entry, Point, Row, first};
use crate::decision::Status;
use crate::eval::bounds::sides::{Bound, Side, bounded, bounds};
use crate::policy::{
    Citation, Derogation, ExprId, ExprKind, FundingKind, Head, ItemRef, ParameterId, Policy, Reach,
    ReadingId, Type, Written,
};
use crate::render::words::one_line;
use crate::source::Span;
use crate::time::{DayOf, WorkingDays};
use crate::wording::{French, Wording};
use crate::workshop::Subject;

/// All items, definitions, readings and parameters of which anything may be shown, in the order of the
/// file.
pub(super) fn entries(policy: &Policy) -> Vec<Entry> {
    let mut reach = Reach::default();
    for item in policy.items() {
        for root in policy.roots(item) {
            reach.add_expr(policy, root);
        }
    }
    let stated = |item: &ItemRef| policy.decision.stated || *item != ItemRef::Decision;
    let mut entries: Vec<Entry> =
        policy.items().filter(stated).map(|item| item_entry(policy, item)).collect();
    for id in &reach.definitions {
        let definition = &policy.definitions[id.index()];
        // A result stands among the items.
        if definition.result {
            continue;
        }
        let mut walk = Walk::new(policy);
        walk.expr(definition.body, "");
        entries.push(entry(
            policy,
            format!("définition {}", definition.head.name),
            &definition.head,
            walk.rows,
        ));
    }
    for id in &reach.parameters {
        let parameter = &policy.parameters[id.index()];
        let rows = parameter_rows(policy, *id);
        entries.push(entry(policy, format!("paramètre {}", parameter.head.name), &parameter.head, rows));
    }
    for id in &reach.readings {
        let reading = &policy.readings[id.index()];
        let rows = reading_rows(policy, *id);
        entries.push(entry(policy, format!("lecture {}", reading.head.name), &reading.head, rows));
    }
    // What another text says is shown by its own cases.
    entries.retain(|entry| !entry.rows.is_empty() && policy.is_own(entry.span));
    entries.sort_by_key(|entry| entry.span);
    entries
}

fn entry(policy: &Policy, name: String, head: &Head, rows: Vec<Row>) -> Entry {
    let said = |citation: &Citation| {
        let source = &policy.sources[citation.source.index()];
        Some((source.name.to_string(), one_line(citation.quote.as_deref()?)))
    };
    Entry { name, quote: head.citations.iter().find_map(said), span: head.span, rows }
}

fn item_entry(policy: &Policy, item: ItemRef) -> Entry {
    let head = policy.head(item);
    let mut walk = Walk::new(policy);
    walk.result(item, head.span);
    let unless: &[Derogation] = match item {
        ItemRef::Criterion(id) => &policy.criteria[id.index()].unless,
        ItemRef::Funding(id) => &policy.fundings[id.index()].unless,
        ItemRef::Obligation(id) => &policy.obligations[id.index()].unless,
        ItemRef::Objective(_) | ItemRef::Mission(_) | ItemRef::Decision => &[],
    };
    let applies = match item {
        ItemRef::Criterion(id) => policy.criteria[id.index()].applies,
        ItemRef::Objective(id) => policy.objectives[id.index()].applies,
        ItemRef::Mission(id) => policy.missions[id.index()].applies,
        ItemRef::Funding(id) => policy.fundings[id.index()].applies,
        ItemRef::Obligation(id) => policy.obligations[id.index()].applies,
        ItemRef::Decision => None,
    };
    for root in policy.roots(item) {
        let lead = if Some(root) == applies {
            "si "
        } else if unless.iter().any(|derogation| derogation.condition == root) {
            "sauf si "
        } else {
            ""
        };
        walk.expr(root, lead);
    }
    if let ItemRef::Obligation(id) = item {
        walk.limit(policy.obligations[id.index()].deadline);
    }
    entry(policy, Subject::Item(item).name(policy), head, walk.rows)
}

fn reading_rows(policy: &Policy, id: ReadingId) -> Vec<Row> {
    let reading = &policy.readings[id.index()];
    let options = &policy.choices[reading.choice.index()].options;
    let mut rows: Vec<Row> = (0..)
        .zip(options)
        .map(|(rank, option)| Row {
            label: option.to_string(),
            span: reading
                .citations
                .get(usize::from(rank))
                .and_then(|of| of.first())
                .map_or(reading.head.span, |c| c.span),
            points: vec![Point::Option(id, rank)],
        })
        .collect();
    rows.push(Row {
        label: "laissée ouverte, et un résultat en dépend".to_owned(),
        span: reading.head.span,
        points: vec![Point::Moves(id)],
    });
    rows
}

fn parameter_rows(policy: &Policy, id: ParameterId) -> Vec<Row> {
    let periods = &policy.parameters[id.index()].periods;
    if periods.len() < 2 {
        return Vec::new();
    }
    (0..)
        .zip(periods)
        .map(|(rank, period)| {
            let label = match period.from {
                Some(from) => format!("depuis le {}", French::default().date(from)),
                None => "d'abord".to_owned(),
            };
            Row { label, span: period.span, points: vec![Point::Period(id, rank)] }
        })
        .collect()
}

/// The points of an item or definition, gathered condition by condition.
struct Walk<'p> {
    policy: &'p Policy,
    rows: Vec<Row>,
    seen: BTreeSet<ExprId>,
    bounded: Vec<ExprId>,
}

impl<'p> Walk<'p> {
    fn new(policy: &'p Policy) -> Self {
        Walk { policy, rows: Vec::new(), seen: BTreeSet::new(), bounded: bounded(policy) }
    }

    fn row(&mut self, label: String, span: Span, points: Vec<Point>) {
        if !points.is_empty() {
            self.rows.push(Row { label, span, points });
        }
    }

    fn source(&self, expr: ExprId) -> String {
        one_line(self.policy.file.slice(self.policy.exprs.get(expr).span))
    }

    fn result(&mut self, item: ItemRef, span: Span) {
        let mut statuses: Vec<Status> = match item {
            ItemRef::Criterion(id) => {
                let waived = (!self.policy.criteria[id.index()].unless.is_empty()).then_some(Status::Waived);
                [Status::Met, Status::NotMet].into_iter().chain(waived).collect()
            }
            ItemRef::Objective(_) => vec![Status::Reached, Status::NotReached],
            ItemRef::Mission(_) => vec![Status::Covered, Status::NotCovered],
            ItemRef::Decision => vec![Status::Favourable, Status::Unfavourable],
            ItemRef::Funding(id) if self.policy.fundings[id.index()].kind == FundingKind::Result => {
                vec![Status::Due]
            }
            ItemRef::Funding(_) => vec![Status::Due, Status::NotDue],
            ItemRef::Obligation(id) if self.policy.obligations[id.index()].fulfilled_by.is_none() => {
                vec![Status::Pending, Status::Elapsed]
            }
            ItemRef::Obligation(_) => vec![Status::Fulfilled, Status::Pending, Status::Missed],
        };
        statuses.push(Status::Undetermined);
        if item == ItemRef::Decision {
            statuses.push(Status::DependsOnReading);
        }
        let points = statuses.into_iter().map(|status| Point::Status(item, status)).collect();
        self.row("résultat".to_owned(), span, points);
    }

    /// The two bounds of a time limit: what fulfils it, and the date of examination.
    fn limit(&mut self, deadline: ExprId) {
        let span = self.policy.exprs.get(deadline).span;
        let acted = crate::eval::bounds::sides::fulfilled_by(self.policy, deadline).map(|_| Bound::FULFILLED);
        for part in acted.into_iter().chain([Bound::EXAMINED]) {
            let bound = Bound { expr: deadline, part };
            let points = [Side::Below, Side::On, Side::Above].map(|side| Point::Side(bound, side)).to_vec();
            let words = self.source(deadline);
            // Time limits by cases say it themselves.
            let said =
                if words.starts_with("au plus tard ") { words } else { format!("au plus tard {words}") };
            self.row(said, span, points);
        }
    }

    fn expr(&mut self, expr: ExprId, lead: &str) {
        let policy = self.policy;
        let own = first(policy, expr);
        let node = policy.exprs.get(expr);
        if !self.seen.insert(own) {
            return;
        }
        let label = match &node.kind {
            // Its lines are told each.
            ExprKind::Scale { .. } => {
                let written = policy.file.slice(node.span);
                format!("{lead}{}", one_line(written.lines().next().unwrap_or("")))
            }
            // Not all that it applies to once more.
            ExprKind::Extremum { greatest, of } if is_clause(policy, expr) => {
                let limit = of.get(1).map_or_else(String::new, |limit| self.source(*limit));
                format!("{} {limit}", if *greatest { "au minimum" } else { "plafonné à" })
            }
            // An article before a name is no part of it.
            ExprKind::Extremum { .. } if self.source(expr).starts_with("plus ") => {
                format!("{lead}le {}", self.source(expr))
            }
            _ => format!("{lead}{}", self.source(expr)),
        };
        let mut points = Vec::new();
        let mut inner_lead = "";
        match &node.kind {
            // What joins conditions is told by the conditions that it joins, and by the item's result.
            ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Not(_) | ExprKind::Bullets { .. } => {
                inner_lead = lead
            }
            ExprKind::Const(_) => {}
            _ if node.ty == Type::Truth => {
                points
                    .extend([Answer::Yes, Answer::No, Answer::Open].map(|answer| Point::Truth(own, answer)));
            }
            _ => {}
        }
        match &node.kind {
            ExprKind::Among { values, .. } if values.len() > 1 => {
                points.extend((0..).zip(values).map(|(rank, _)| Point::Value(own, rank)));
            }
            // « mois entiers de P »: never below zero, which no line says.
            ExprKind::Extremum { of, .. }
                if of.iter().any(|limit| policy.exprs.get(*limit).span == node.span) => {}
            ExprKind::Extremum { of, .. } => {
                points.extend((0..).zip(of).map(|(rank, _)| Point::Limit(own, rank)));
            }
            ExprKind::DayOf { day: DayOf::Working(WorkingDays { count: 0, .. }), .. } => {
                points.push(Point::Effect(own))
            }
            ExprKind::Cases { lines, otherwise } => {
                for (rank, line) in (0..).zip(lines) {
                    let label = one_line(policy.file.slice(line.span));
                    self.row(label, line.span, vec![Point::Line(own, rank)]);
                }
                if let Some(otherwise) = otherwise {
                    let rank = u16::try_from(lines.len()).unwrap_or(u16::MAX);
                    // After the same verb as the lines before it.
                    let first = lines.first().map_or("", |line| policy.file.slice(line.span));
                    let verb = ["vaut ", "montant "].into_iter().find(|verb| first.starts_with(verb));
                    let verb = verb.unwrap_or_default();
                    let value = self.source(*otherwise);
                    let label = match lines.first().map(|line| (line.written, line.span)) {
                        Some((Written::Clause, span)) => {
                            format!("sans « {} »", one_line(policy.file.slice(span)))
                        }
                        Some((Written::Exception, _)) => format!("règle, sans exception : {value}"),
                        Some((Written::Row, _)) => format!("dans les autres cas : {value}"),
                        Some((Written::Group, _)) => "les autres, après ces groupes".to_owned(),
                        Some((Written::Line, _)) | None => format!("{verb}{value} dans les autres cas"),
                    };
                    self.row(label, policy.exprs.get(*otherwise).span, vec![Point::Line(own, rank)]);
                }
            }
            ExprKind::Scale { bands, .. } => {
                for (rank, band) in (0..).zip(bands) {
                    let label = one_line(policy.file.slice(band.span));
                    self.row(label, band.span, vec![Point::Line(own, rank)]);
                }
            }
            _ => {}
        }
        if self.bounded.contains(&own) && is_ordered(policy, own) {
            for bound in bounds(policy, own) {
                if bound.part != Bound::FULFILLED && bound.part != Bound::EXAMINED {
                    points.extend([Side::Below, Side::On, Side::Above].map(|side| Point::Side(bound, side)));
                }
            }
        }
        self.row(label, node.span, points);
        if let ExprKind::Bullets { of, .. } = &node.kind {
            for bullet in of {
                if let Some(guard) = bullet.only_if {
                    self.expr(guard, "si ");
                }
                self.expr(bullet.then, lead);
            }
            return;
        }
        let mut operands = Vec::new();
        node.kind.for_each_operand(&mut |operand| operands.push(operand));
        for operand in operands {
            self.expr(operand, inner_lead);
        }
    }
}

/// Whether a bound is one on the sides of which something stands: texts have no order, and what is the
/// least of several values is told by which one it is.
fn is_ordered(policy: &Policy, expr: ExprId) -> bool {
    match &policy.exprs.get(expr).kind {
        ExprKind::Extremum { .. } => false,
        ExprKind::Compare { left, .. } => policy.exprs.get(*left).ty.is_ordered(&policy.choices),
        _ => true,
    }
}
