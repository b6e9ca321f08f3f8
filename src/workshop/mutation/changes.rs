//! The changes that are made to a text, item by item.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Mutation;
use super::literal::{neighbours, shifted, turned};
use super::walk::Walk;
use crate::source::{SourceFile, Span};
use crate::syntax;
use crate::syntax::tree::{
    Adjustment, Band, CaseLine, Condition, Derogation, Document, Expr, Frequency, FundingDecl, Item,
    ItemKind, Mode, Order, ScaleDecl, SharingDecl, Spanned, TableDecl, TableLine, Then, TypeExpr, ValueBody,
    ValueForm, When,
};
use crate::time::Date;

/// Greatest number of changes that are tried.
const MOST: usize = 2_000;

/// The changes of a text, in its order. What is read at all is changed: the dossier block, the sources
/// and the `cohérence` are left alone.
pub fn mutations(file: &Arc<SourceFile>) -> Vec<Mutation> {
    let (document, _) = syntax::parse(file);
    let options = options(&document);
    let mut changes = Changes { file, options: &options, item: String::new(), found: Vec::new() };
    // What another text says is changed where its own cases are.
    let end = document.leaned.first().map(|header| header.span.start);
    for item in document.items.iter().filter(|item| end.is_none_or(|end| item.span.start < end)) {
        changes.item(item);
    }
    changes.found.truncate(MOST);
    changes.found
}

/// The options of choices and readings, by what they are options of.
fn options(document: &Document) -> BTreeMap<String, Vec<String>> {
    let mut options = BTreeMap::new();
    for item in &document.items {
        match (&item.kind, &item.name) {
            (ItemKind::Reading(reading), Some(name)) => {
                let names = reading.options.iter().map(|option| option.name.text.to_string()).collect();
                options.insert(name.text.to_string(), names);
            }
            (ItemKind::Definition(definition), Some(name)) => {
                let announced = definition.options.as_ref().map(|options| &options.value);
                if let Some(TypeExpr::Choice(names) | TypeExpr::Scale(names)) = announced {
                    let names = names.iter().map(|name| name.text.to_string()).collect();
                    options.insert(name.text.to_string(), names);
                }
            }
            (ItemKind::Dossier(facts), _) => {
                for fact in facts {
                    if let TypeExpr::Choice(names) | TypeExpr::Scale(names) = &fact.ty {
                        let names: Vec<String> = names.iter().map(|name| name.text.to_string()).collect();
                        // A field of a list is called by its own name inside `dont`.
                        if let Some(last) = fact.path.parts.last() {
                            options.entry(last.text.to_string()).or_insert_with(|| names.clone());
                        }
                        options.insert(fact.path.text.to_string(), names);
                    }
                }
            }
            _ => {}
        }
    }
    options
}

/// Gathers the changes of a text.
pub(super) struct Changes<'f> {
    pub(super) file: &'f Arc<SourceFile>,
    pub(super) options: &'f BTreeMap<String, Vec<String>>,
    item: String,
    found: Vec<Mutation>,
}

impl Changes<'_> {
    /// Adds a change, unless it changes nothing.
    pub(super) fn add(&mut self, edits: Vec<(Span, String)>) {
        if let Some(mutation) = Mutation::new(self.file, &self.item, edits)
            && mutation.before != mutation.after
            && !self.found.contains(&mutation)
        {
            self.found.push(mutation);
        }
    }

    fn item(&mut self, item: &Item) {
        let keyword = self.file.slice(item.keyword);
        let name = item.name.as_ref().map_or("", |name| &name.text);
        self.item = format!("{keyword} {name}");
        match &item.kind {
            ItemKind::Criterion { requires, unless } => {
                self.condition(requires);
                self.derogations(unless);
            }
            ItemKind::Objective(condition) | ItemKind::Mission(condition) | ItemKind::Decision(condition) => {
                self.condition(condition);
            }
            ItemKind::Definition(definition) => self.value(&definition.body),
            ItemKind::Funding(funding) | ItemKind::Contribution(funding) => self.funding(funding),
            ItemKind::Result(result) => self.value(&result.body),
            ItemKind::Sharing(sharing) => self.sharing(sharing),
            ItemKind::Obligation(obligation) => {
                self.derogations(&obligation.unless);
                self.value(&obligation.deadline);
                if let Some(act) = &obligation.fulfilled_by {
                    Walk(self).expr(act);
                }
                if let Some(put_off) = &obligation.working_day {
                    self.add(vec![(self.lines(put_off.span), String::new())]);
                }
            }
            ItemKind::Parameter(periods, _) => {
                for (rank, period) in periods.iter().enumerate() {
                    self.period(rank, std::slice::from_ref(&period.value), period.from.as_ref());
                }
            }
            ItemKind::Columns(columns) => {
                for (rank, line) in columns.lines.iter().enumerate() {
                    self.period(rank, &line.values, line.from.as_ref());
                }
            }
            ItemKind::Source(_) | ItemKind::Dossier(_) | ItemKind::Coherence(_) | ItemKind::Reading(_) => {
                return;
            }
            // What an amendment changes is changed in the consolidated text.
            #[allow(unreachable_patterns)]
            _ => return,
        }
        // That of a definition changes no decision: it says where it may be read.
        let decides = !matches!(item.kind, ItemKind::Definition(_));
        if let Some(applies) = item.applies.as_ref().filter(|_| decides) {
            Walk(self).expr(applies);
            self.add(vec![(self.lines(applies.span), String::new())]);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        let several = condition.bullets.len() > 1;
        for bullet in &condition.bullets {
            Walk(self).expr(&bullet.expr);
            if let Some(guard) = &bullet.only_if {
                Walk(self).expr(guard);
                self.add(vec![(Span { start: bullet.expr.span.end, end: guard.span.end }, String::new())]);
            }
            if several {
                self.add(vec![(self.lines(bullet.span), String::new())]);
            }
        }
        let Some(first) = condition.bullets.first().filter(|_| several) else { return };
        let head = Span { start: condition.span.start, end: first.span.start };
        let written = self.file.slice(head).to_owned();
        let line = written.lines().next().unwrap_or("").to_owned();
        let head = Span { start: head.start, end: head.start + u32::try_from(line.len()).unwrap_or(0) };
        let n = |n: u32| n.to_string();
        let new: Vec<String> = match condition.mode {
            Mode::All if line.trim() == "exige" => vec!["exige l'un de".to_owned()],
            Mode::Any => vec![line.replace(" l'un de", "").replace(" l’un de", "")],
            Mode::AtLeast(k) | Mode::AtMost(k) | Mode::Exactly(k) => {
                let others = [k.checked_sub(1), Some(k + 1)].into_iter().flatten();
                let count = u32::try_from(condition.bullets.len()).unwrap_or(u32::MAX);
                let others = others.filter(|other| *other > 0 && *other <= count);
                others.map(|other| line.replacen(&n(k), &n(other), 1)).collect()
            }
            Mode::All | Mode::None => Vec::new(),
        };
        for new in new {
            self.add(vec![(head, new)]);
        }
    }

    fn derogations(&mut self, unless: &[Derogation]) {
        for derogation in unless {
            self.condition(&derogation.condition);
            let last =
                derogation.citations.last().map_or(derogation.condition.span, |citation| citation.span);
            let whole = derogation.condition.span.to(last);
            self.add(vec![(self.lines(whole), String::new())]);
        }
    }

    fn value(&mut self, body: &ValueBody) {
        match &body.form {
            ValueForm::Single(expr) => Walk(self).expr(expr),
            ValueForm::Cases(lines) => self.cases(lines),
            ValueForm::Scale(scale) => self.scale(scale),
            ValueForm::Table(table) => self.table(table),
            // What a check makes of a « répartition »: no text says it.
            ValueForm::Share(_) => {}
        }
        for then in &body.then {
            match then {
                Then::Adjust(adjusting) => {
                    for adjustment in &adjusting.adjustments {
                        self.adjustment(&adjustment.value, adjustment.span);
                    }
                    if let Some(only_if) = &adjusting.only_if {
                        Walk(self).expr(only_if);
                    }
                    self.add(vec![(self.lines(adjusting.span), String::new())]);
                }
                Then::Except(exception) => {
                    self.condition(&exception.condition);
                    if let Some(value) = &exception.value {
                        Walk(self).expr(value);
                    }
                    let last = exception.citations.last().map_or(exception.span, |citation| citation.span);
                    self.add(vec![(self.lines(exception.span.to(last)), String::new())]);
                }
            }
        }
    }

    pub(super) fn adjustment(&mut self, adjustment: &Adjustment, written: Span) {
        match adjustment {
            Adjustment::AtMost(expr)
            | Adjustment::AtLeast(expr)
            | Adjustment::Increase(expr)
            | Adjustment::Decrease(expr) => Walk(self).expr(expr),
            Adjustment::Brought(_) => {}
            Adjustment::Prorata(part, whole) => {
                Walk(self).expr(part);
                Walk(self).expr(whole);
            }
            Adjustment::Round(rounding) => {
                for new in turned(self.file.slice(written), rounding) {
                    self.add(vec![(written, new)]);
                }
            }
        }
    }

    fn cases(&mut self, lines: &[CaseLine]) {
        for line in lines {
            Walk(self).expr(&line.value);
            match &line.when {
                When::If(condition) | When::ElseIf(condition) => Walk(self).expr(condition),
                When::Otherwise(_) => {}
            }
        }
    }

    fn scale(&mut self, scale: &ScaleDecl) {
        Walk(self).expr(&scale.of);
        for (rank, line) in scale.lines.iter().enumerate() {
            Walk(self).expr(&line.value);
            // A bound moves for the line that ends there and for the one that starts there.
            let Band::Between { high: Some((high, _)), .. } = &line.band else { continue };
            let next = scale.lines.get(rank + 1).and_then(|next| match &next.band {
                Band::Between { low: Some((low, _)), .. } => Some(low),
                Band::Between { low: None, .. } | Band::Options(_) | Band::Beyond | Band::Otherwise => None,
            });
            for by in [-1, 1] {
                let edit =
                    |end: &Expr| shifted(end, self.file.slice(end.span), by).map(|new| (end.span, new));
                let edits = [edit(high), next.and_then(edit)];
                if edits.first().is_some_and(Option::is_some) {
                    self.add(edits.into_iter().flatten().collect());
                }
            }
        }
    }

    /// A bound that moves in one line of a table leaves a gap or an overlap, unless it moves in all.
    fn table(&mut self, table: &TableDecl) {
        table.of.iter().for_each(|of| Walk(self).expr(of));
        let ends = |line: &TableLine| -> Vec<Expr> {
            let bands = line.cells.iter().map(|cell| &cell.value);
            bands
                .flat_map(|band| match band {
                    Band::Between { low, high } => vec![low, high],
                    Band::Options(_) | Band::Beyond | Band::Otherwise => Vec::new(),
                })
                .flatten()
                .map(|(end, _)| end.clone())
                .collect()
        };
        let all: Vec<Expr> = table.lines.iter().flat_map(ends).collect();
        let mut told: Vec<&str> = Vec::new();
        for end in &all {
            let text = self.file.slice(end.span);
            if told.contains(&text) {
                continue;
            }
            told.push(text);
            for by in [-1, 1] {
                let like = all.iter().filter(|other| self.file.slice(other.span) == text);
                let edits: Vec<_> =
                    like.filter_map(|end| Some((end.span, shifted(end, text, by)?))).collect();
                if !edits.is_empty() {
                    self.add(edits);
                }
            }
        }
        for line in &table.lines {
            Walk(self).expr(&line.value);
        }
    }

    fn funding(&mut self, funding: &FundingDecl) {
        if let Some(filter) = funding.each.as_ref().and_then(|each| each.filter.as_ref()) {
            Walk(self).expr(filter);
        }
        if let Some(due) = &funding.due {
            self.condition(due);
        }
        self.derogations(&funding.unless);
        self.value(&funding.amount);
        if let Some(frequency) = &funding.frequency {
            let new = match frequency.value {
                Frequency::Once => "chaque année",
                Frequency::Monthly => "chaque trimestre",
                Frequency::Quarterly => "chaque mois",
                Frequency::Yearly | Frequency::PerEvent => "une fois",
            };
            self.add(vec![(frequency.span, new.to_owned())]);
        }
        if let Some(lasting) = &funding.lasting {
            self.add(vec![(self.lines(lasting.span), String::new())]);
        }
    }

    fn sharing(&mut self, sharing: &SharingDecl) {
        if let Some(due) = &sharing.due {
            self.condition(due);
        }
        Walk(self).expr(&sharing.envelope);
        sharing.of_each().for_each(|expr| Walk(self).expr(expr));
        let cap = sharing.cap.as_ref().map(|cap| cap.span);
        // A group left out; the first one with those after it, which follow no other.
        let order = sharing.order.iter().flat_map(|order| match &order.value {
            Order::By { .. } => vec![order.span],
            Order::Groups(groups) => {
                std::iter::once(order.span).chain(groups.iter().skip(1).map(|group| group.span)).collect()
            }
        });
        let remainder = sharing.remainder.as_ref().map(|remainder| remainder.span);
        for line in [cap, sharing.again, remainder].into_iter().flatten().chain(order) {
            self.add(vec![(self.lines(line), String::new())]);
        }
        if let Some(rounding) = &sharing.rounding {
            for new in turned(self.file.slice(rounding.span), &rounding.value) {
                self.add(vec![(rounding.span, new)]);
            }
        }
    }

    /// A line of a parameter, or of several side by side.
    fn period(&mut self, rank: usize, values: &[Expr], from: Option<&Spanned<Date>>) {
        for value in values {
            for new in neighbours(value, self.file.slice(value.span)) {
                self.add(vec![(value.span, new)]);
            }
        }
        // Before the first period there is no value at all.
        let Some(from) = from.filter(|_| rank > 0) else { return };
        for by in [-1, 1] {
            if let Some(day) = from.value.plus_days(by) {
                use crate::wording::{French, Wording};
                let written = self.file.slice(from.span);
                let article = if written.starts_with("le ") { "le " } else { "" };
                self.add(vec![(from.span, format!("{article}{}", French::default().date(day)))]);
            }
        }
    }

    /// The whole lines of a place, with their line end.
    fn lines(&self, span: Span) -> Span {
        let text = self.file.text();
        let start =
            text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let end = span.end as usize;
        let end = text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |rest| end + rest + 1);
        Span::new(start, end)
    }
}
