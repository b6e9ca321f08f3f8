//! Which item reads which: the order in which they are lowered, the loops, the readings of each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::component::{components, is_loop};
use super::element;
use super::names::{Found, Names, Scope, Symbol, What};
use super::types::Ty;
use super::{Checker, Slot, words};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::Type;
use crate::source::Span;
use crate::syntax::tree::{
    Adjustment, Band, Condition, Derogation, Expr, ExprKind, Item, ItemKind, Path, PeriodOp, ShareOf, Then,
    TypeExpr, ValueBody, ValueForm, When, period_base,
};

/// The longest loop that a message spells out.
const LONGEST_LOOP: usize = 8;

/// One item reads another one.
#[derive(Debug, Clone, Copy)]
struct Edge {
    to: usize,
    /// Where.
    span: Span,
    /// It may be an option of the same name.
    unsure: bool,
}

/// Which item reads which, by rank in the file; one more stands for all criteria together.
#[derive(Debug)]
pub(super) struct Graph {
    edges: Vec<Vec<Edge>>,
    /// Readings are read as items are, but combine: how many options each has.
    options: Vec<Option<usize>>,
}

impl Graph {
    /// Gathers what the items of the file read.
    pub fn of(checker: &Checker<'_>) -> Graph {
        let doc = checker.doc;
        let mut edges: Vec<Vec<Edge>> = doc
            .items
            .iter()
            .map(|item| {
                let mut walk = Walk { checker, edges: Vec::new(), nesting: 0 };
                checker.read_as(item);
                walk.item(item);
                walk.edges
            })
            .collect();
        checker.names.enter(0);
        let criteria = checker.criteria_of(0);
        edges.push(criteria.map(|(to, item)| Edge { to, span: item.span, unsure: false }).collect());
        let mut options: Vec<Option<usize>> = checker
            .slots
            .iter()
            .map(|slot| match slot {
                Slot::Reading(reading) => {
                    let choice = checker.reading_choices[reading.index()];
                    Some(checker.choices[choice.index()].options.len())
                }
                _ => None,
            })
            .collect();
        options.push(None);
        Graph { edges, options }
    }

    /// The rank that stands for all criteria together.
    fn all_criteria(&self) -> usize {
        self.edges.len() - 1
    }

    fn plain(&self, sure_only: bool) -> Vec<Vec<usize>> {
        let kept = |edge: &&Edge| !(sure_only && edge.unsure);
        self.edges.iter().map(|edges| edges.iter().filter(kept).map(|edge| edge.to).collect()).collect()
    }

    /// An order in which each item reads only earlier ones; loops are reported.
    pub fn order(&self, checker: &mut Checker<'_>) -> Vec<usize> {
        let mut edges = self.plain(false);
        let mut found = components(&edges);
        if found.iter().any(|component| is_loop(component, &edges)) {
            // Names that may be options are believed to be so where a loop would follow.
            edges = self.plain(true);
            found = components(&edges);
            for component in &found {
                if is_loop(component, &edges) {
                    self.report_loop(component, checker);
                }
            }
        }
        found.into_iter().flatten().filter(|node| *node != self.all_criteria()).collect()
    }

    /// The shortest way from the first item of a loop back to itself.
    fn report_loop(&self, component: &[usize], checker: &mut Checker<'_>) {
        let Some(first) = component.first().copied() else { return };
        let inside: BTreeSet<usize> = component.iter().copied().collect();
        let mut came_from: BTreeMap<usize, (usize, Edge)> = BTreeMap::new();
        let mut pending = VecDeque::from([first]);
        while let Some(node) = pending.pop_front() {
            for edge in self.edges[node].iter().filter(|edge| !edge.unsure && inside.contains(&edge.to)) {
                came_from.entry(edge.to).or_insert_with(|| {
                    pending.push_back(edge.to);
                    (node, *edge)
                });
            }
            if came_from.contains_key(&first) {
                break;
            }
        }
        let mut steps = Vec::new();
        let mut node = first;
        while let Some((from, edge)) = came_from.get(&node) {
            steps.push((*from, *edge));
            node = *from;
            if node == first {
                break;
            }
        }
        steps.reverse();
        let name = |node: usize| {
            if node == self.all_criteria() {
                "tous les critères".to_owned()
            } else {
                format!("« {} »", checker.item_name(node))
            }
        };
        let message = if steps.len() == 1 {
            format!("{} se calcule à partir de soi-même", name(first))
        } else {
            let mut said = format!("boucle : {}", name(first));
            for (rank, (from, edge)) in steps.iter().enumerate() {
                if rank >= LONGEST_LOOP && rank + 1 < steps.len() {
                    continue;
                }
                if rank + 1 == steps.len() && rank > LONGEST_LOOP {
                    said.push_str(", …");
                }
                said.push_str(match (rank, *from == self.all_criteria()) {
                    (_, true) => ", dont ",
                    (0, false) => " lit ",
                    (_, false) => ", qui lit ",
                });
                said.push_str(&name(edge.to));
            }
            said
        };
        let mut diagnostic = Diagnostic::error("boucle", message);
        for (node, edge) in steps.iter().filter(|(node, _)| *node != self.all_criteria()).take(LONGEST_LOOP) {
            let kind = words::item_words(&checker.doc.items[*node].kind);
            diagnostic = diagnostic.at(
                checker.file,
                edge.span,
                format!("{kind} {} lit {}", name(*node), name(edge.to)),
            );
        }
        checker.report(diagnostic.help("une valeur se calcule à partir d'autres : ôter l'un de ces renvois"));
    }

    /// All items that one reads, near and far, itself left out unless in a loop.
    pub fn reach(&self, from: usize) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let mut pending = vec![from];
        while let Some(node) = pending.pop() {
            for edge in &self.edges[node] {
                if seen.insert(edge.to) {
                    pending.push(edge.to);
                }
            }
        }
        seen
    }

    /// No item depends on more combinations of readings than can be decided.
    pub fn check_readings(&self, checker: &mut Checker<'_>) {
        // Enough readings to know that there are too many.
        let enough = limits::READING_COMBINATIONS.ilog2() as usize + 2;
        let mut readings: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.edges.len()];
        let mut refused = vec![false; self.edges.len()];
        for node in components(&self.plain(false)).into_iter().flatten() {
            let mut own = BTreeSet::new();
            let mut inherited = false;
            for edge in &self.edges[node] {
                inherited |= refused[edge.to];
                if self.options[edge.to].is_some() {
                    own.insert(edge.to);
                }
                own.extend(&readings[edge.to]);
            }
            while own.len() > enough {
                own.pop_last();
            }
            let options = own.iter().filter_map(|reading| self.options[*reading]);
            let combinations = options.fold(1, usize::saturating_mul);
            if combinations > limits::READING_COMBINATIONS {
                refused[node] = true;
                // Criteria that are too many together are so where they are read together.
                if node == self.all_criteria() {
                    refused[node] = inherited;
                } else if !inherited {
                    self.report_readings(node, &own, combinations, checker);
                }
            }
            readings[node] = own;
        }
    }

    fn report_readings(
        &self,
        node: usize,
        readings: &BTreeSet<usize>,
        combinations: usize,
        checker: &mut Checker<'_>,
    ) {
        let names: Vec<_> = readings.iter().map(|reading| checker.item_name(*reading)).collect();
        let message = format!(
            "{} « {} » dépend de {combinations} combinaisons de lectures, alors que la limite est de {}",
            words::item_words(&checker.doc.items[node].kind),
            checker.item_name(node),
            limits::READING_COMBINATIONS
        );
        let list = checker.quoted_list(names.iter().map(|name| &**name));
        let mut diagnostic = Diagnostic::error("trop-de-lectures", message).at(
            checker.file,
            checker.item_span(node),
            "trop de lectures se combinent ici",
        );
        for reading in readings {
            diagnostic = diagnostic.at(checker.file, checker.item_span(*reading), "lecture");
        }
        checker.report(diagnostic.help(format!("réunir ou trancher des lectures : {list}")));
    }
}

/// The walk over one item.
struct Walk<'c, 'a> {
    checker: &'c Checker<'a>,
    edges: Vec<Edge>,
    nesting: usize,
}

impl Walk<'_, '_> {
    fn names(&self) -> &Names {
        &self.checker.names
    }

    fn item(&mut self, item: &Item) {
        let scope = match &item.kind {
            ItemKind::Definition(_) => {
                item.name.as_ref().and_then(|name| self.names().list_above(&name.text))
            }
            _ => None,
        };
        if let Some(applies) = &item.applies {
            self.expr(applies, scope);
        }
        match &item.kind {
            // Facts have their own check; sources and parameters read nothing; a reading's condition
            // is that of the item.
            ItemKind::Source(_)
            | ItemKind::Dossier(_)
            | ItemKind::Parameter(..)
            | ItemKind::Columns(_)
            | ItemKind::Reading(_)
            | ItemKind::Sharing(_) => {}
            ItemKind::Coherence(condition)
            | ItemKind::Objective(condition)
            | ItemKind::Mission(condition)
            | ItemKind::Decision(condition) => self.condition(condition, None),
            ItemKind::Definition(definition) => {
                let scope = item.name.as_ref().and_then(|name| self.names().list_above(&name.text));
                self.body(&definition.body, definition.options.as_ref().map(|options| &options.value), scope);
            }
            ItemKind::Criterion { requires, unless } => {
                self.condition(requires, None);
                self.derogations(unless);
            }
            ItemKind::Result(result) => self.body(&result.body, None, None),
            ItemKind::Funding(funding) | ItemKind::Contribution(funding) => {
                if let Some(due) = &funding.due {
                    self.condition(due, None);
                }
                self.derogations(&funding.unless);
                let each = funding.each.as_ref();
                let scope = each.and_then(|each| self.names().list(&each.list.text, true));
                each.and_then(|each| each.filter.as_ref()).iter().for_each(|filter| self.expr(filter, scope));
                self.body(&funding.amount, None, scope);
                for part in &funding.parts {
                    self.name(part, None, false);
                }
                funding.rest.iter().for_each(|rest| self.expr(&rest.value, None));
            }
            ItemKind::Obligation(obligation) => {
                self.derogations(&obligation.unless);
                self.body(&obligation.deadline, None, None);
                if let Some(act) = &obligation.fulfilled_by {
                    self.expr(act, None);
                }
            }
        }
    }

    fn condition(&mut self, condition: &Condition, scope: Scope) {
        for bullet in &condition.bullets {
            self.expr(&bullet.expr, scope);
            if let Some(only_if) = &bullet.only_if {
                self.expr(only_if, scope);
            }
        }
    }

    fn derogations(&mut self, unless: &[Derogation]) {
        for derogation in unless {
            self.condition(&derogation.condition, None);
        }
    }

    /// The values of a line of a scale.
    fn band(&mut self, of: &Expr, band: &Band, scope: Scope) {
        match band {
            Band::Between { low, high } => {
                for (end, _) in [low, high].into_iter().flatten() {
                    self.option_or_expr(of, end, scope);
                }
            }
            Band::Options(options) => {
                for option in options {
                    self.option_or_expr(of, option, scope);
                }
            }
            Band::Beyond | Band::Otherwise => {}
        }
    }

    /// A value; where options are announced, a name among them is one.
    fn body(&mut self, body: &ValueBody, options: Option<&TypeExpr>, scope: Scope) {
        match &body.form {
            ValueForm::Single(expr) => self.given(expr, options, scope),
            ValueForm::Cases(lines) => {
                for line in lines {
                    self.given(&line.value, options, scope);
                    match &line.when {
                        When::If(when) | When::ElseIf(when) => self.expr(when, scope),
                        When::Otherwise(_) => {}
                    }
                }
            }
            ValueForm::Scale(scale) => {
                self.expr(&scale.of, scope);
                for line in &scale.lines {
                    self.band(&scale.of, &line.band, scope);
                    self.given(&line.value, options, scope);
                }
            }
            ValueForm::Table(table) => {
                table.of.iter().for_each(|of| self.expr(of, scope));
                for line in &table.lines {
                    for (of, cell) in table.of.iter().zip(&line.cells) {
                        self.band(of, &cell.value, scope);
                    }
                    self.given(&line.value, options, scope);
                }
            }
            ValueForm::Share(share) => {
                self.expr(&share.envelope, None);
                match &share.what {
                    ShareOf::Part(sharing) => sharing.of_each().for_each(|expr| self.expr(expr, scope)),
                    ShareOf::Given(total) | ShareOf::Left(total) => self.expr(total, None),
                }
            }
        }
        for then in &body.then {
            match then {
                Then::Adjust(adjusting) => {
                    for adjustment in &adjusting.adjustments {
                        self.adjustment(&adjustment.value, scope);
                    }
                    if let Some(only_if) = &adjusting.only_if {
                        self.expr(only_if, scope);
                    }
                }
                Then::Except(exception) => {
                    self.condition(&exception.condition, scope);
                    if let Some(value) = &exception.value {
                        self.given(value, options, scope);
                    }
                }
            }
        }
    }

    fn given(&mut self, value: &Expr, options: Option<&TypeExpr>, scope: Scope) {
        match (&value.kind, options) {
            (ExprKind::Name(path), Some(TypeExpr::Choice(names) | TypeExpr::Scale(names)))
                if names.iter().any(|name| name.text == path.text) =>
            {
                self.name(path, scope, true);
            }
            _ => self.expr(value, scope),
        }
    }

    fn adjustment(&mut self, adjustment: &Adjustment, scope: Scope) {
        match adjustment {
            Adjustment::AtMost(e)
            | Adjustment::AtLeast(e)
            | Adjustment::Increase(e)
            | Adjustment::Decrease(e) => {
                self.expr(e, scope);
            }
            Adjustment::Prorata(part, whole) => {
                self.expr(part, scope);
                self.expr(whole, scope);
            }
            Adjustment::Round(_) | Adjustment::Brought(_) => {}
        }
    }

    fn name(&mut self, path: &Path, scope: Scope, unsure: bool) {
        if let Found::Symbol(symbol) = self.names().resolve(&path.text, scope)
            && let What::Item(to) = symbol.what
        {
            self.edges.push(Edge { to, span: path.span, unsure });
        }
    }

    /// « celui de la commune », to the right of a name, or « rang de la commune »: what is read of another element.
    fn of_element(&mut self, path: &Path, subject: Option<&Path>) {
        let Some((field, list)) = self.names().of_element(&path.text) else { return };
        let own = subject.and_then(|subject| subject.parts.last());
        let field = match own.filter(|_| element::is_same(field)) {
            Some(own) => &own.text,
            None => field,
        };
        let whole = format!("{}.{field}", self.names().list_path(list));
        if let Some(Symbol { what: What::Item(to), .. }) = self.names().get(&whole) {
            self.edges.push(Edge { to, span: path.span, unsure: false });
        }
    }

    /// A name to the right of `subject`: an option of its type is no item.
    fn option_or_expr(&mut self, subject: &Expr, value: &Expr, scope: Scope) {
        let ExprKind::Name(path) = &value.kind else {
            self.expr(value, scope);
            return;
        };
        let ExprKind::Name(subject) = &subject.kind else {
            self.name(path, scope, true);
            return;
        };
        self.of_element(path, Some(subject));
        let known = match self.names().resolve(&subject.text, scope) {
            Found::Symbol(symbol) => self.checker.what_type(symbol.what),
            Found::Ambiguous { .. } | Found::Nothing => None,
        };
        match known {
            Some(Ty::Of(Type::Choice(choice))) if self.checker.option_rank(choice, &path.text).is_some() => {}
            Some(_) => self.name(path, scope, false),
            None => self.name(path, scope, true),
        }
    }

    fn expr(&mut self, expr: &Expr, scope: Scope) {
        // What is nested deeper is refused when it is lowered.
        if self.nesting > limits::EXPRESSION_DEPTH {
            return;
        }
        self.nesting += 1;
        self.kind(expr, scope);
        self.nesting -= 1;
    }

    fn kind(&mut self, expr: &Expr, scope: Scope) {
        match &expr.kind {
            ExprKind::Literal(_) | ExprKind::ExaminationDate | ExprKind::Invalid => {}
            ExprKind::Name(path) => {
                self.of_element(path, None);
                self.name(path, scope, false);
            }
            ExprKind::AmountOf(path) => self.name(path, scope, false),
            ExprKind::AllCriteria => {
                let within = self.checker.names.within();
                if within > 0 {
                    let own = self.checker.criteria_of(within);
                    self.edges.extend(own.map(|(to, _)| Edge { to, span: expr.span, unsure: false }));
                    return;
                }
                let to = self.checker.doc.items.len();
                self.edges.push(Edge { to, span: expr.span, unsure: false });
            }
            ExprKind::Paren(e)
            | ExprKind::Not(e)
            | ExprKind::Negate(e)
            | ExprKind::YearOf(e)
            | ExprKind::WeekdayOf(e)
            | ExprKind::Failing { of: e, .. }
            | ExprKind::DayOf { date: e, .. } => self.expr(e, scope),
            ExprKind::Rank { by, filter, .. } => {
                self.expr(by, scope);
                filter.iter().for_each(|filter| self.expr(filter, scope));
            }
            ExprKind::Period { op: PeriodOp::Covered, of } => {
                let list =
                    of.first().and_then(period_base).and_then(|path| self.names().list_above(&path.text));
                for e in of {
                    self.expr(e, list.or(scope));
                }
            }
            ExprKind::And(of)
            | ExprKind::Or(of)
            | ExprKind::Extremum { of, .. }
            | ExprKind::Period { of, .. } => {
                for e in of {
                    self.expr(e, scope);
                }
            }
            ExprKind::Arith { left, right, .. }
            | ExprKind::Elapsed { from: left, to: right, .. }
            | ExprKind::Range { low: left, high: right } => {
                self.expr(left, scope);
                self.expr(right, scope);
            }
            ExprKind::Compare { left, right, .. } => {
                self.expr(left, scope);
                self.option_or_expr(left, right, scope);
            }
            ExprKind::Is { subject, values, .. } => {
                self.expr(subject, scope);
                for value in values {
                    self.option_or_expr(subject, value, scope);
                }
            }
            ExprKind::Between { subject, low, high, .. } => {
                self.expr(subject, scope);
                self.option_or_expr(subject, low, scope);
                self.option_or_expr(subject, high, scope);
            }
            ExprKind::Within { date, duration, origin, .. } => {
                self.expr(date, scope);
                self.expr(duration, scope);
                self.expr(origin, scope);
            }
            ExprKind::Adjusted { base, adjustment } => {
                self.expr(base, scope);
                self.adjustment(adjustment, scope);
            }
            ExprKind::Aggregate { path, filter, property, .. } => {
                let list =
                    self.names().list(&path.text, true).or_else(|| self.names().list_above(&path.text));
                if list.is_some_and(|list| self.names().list_path(list) != &path.text) {
                    self.name(path, list, false);
                }
                for e in [filter, property].into_iter().flatten() {
                    self.expr(e, list.or(scope));
                }
            }
            ExprKind::AtDate { parameter, date } => {
                self.name(parameter, scope, false);
                self.expr(date, scope);
            }
        }
    }
}
