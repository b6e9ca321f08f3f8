//! What stands in one column: the conditions of neighbouring lines, the `:` of options and of a
//! scale, the titles of sources.

use std::collections::{HashMap, HashSet};

use super::line::{Laid, Part};
use crate::source::Span;
use crate::syntax::tree::{
    ChangeKind, Citation, ColumnsDecl, Condition, Derogation, Document, ItemKind, Quote, TableDecl, Then,
    ValueBody, ValueForm,
};

/// How the two sides of a cut are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// One space: `nom : valeur`, `source NOM « titre »`.
    One,
    /// Two: `vaut X  si C`.
    Two,
}

/// Where a line is cut, and with which lines it is aligned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// What stands right of it starts with the first token that stands here or after.
    pub at: u32,
    pub gap: Gap,
    group: usize,
}

/// The cuts of a document's lines, by the end of what stands on their left.
#[derive(Default)]
pub(super) struct Columns {
    /// By a place within the line: where what stands on its left ends.
    cuts: Vec<Cut>,
    /// Free texts, which are put back as they are.
    verbatim: HashMap<u32, Span>,
    /// Where quotations start that are prose.
    prose: HashSet<u32>,
    groups: usize,
}

impl Columns {
    /// The columns of a document that reads.
    pub fn of(document: &Document) -> Columns {
        let mut columns = Columns::default();
        if let Some(header) = &document.header {
            columns.quotes([&header.title]);
            header.citations.iter().for_each(|c| columns.citation(c));
            columns.quotes(&header.notes);
        }
        let mut source_line = None;
        for change in &document.changes {
            let (citations, notes) = match &change.what {
                ChangeKind::Replace(_) | ChangeKind::Add(_) => continue,
                ChangeKind::Repeal(repeal) => (&repeal.citations, &repeal.notes),
                ChangeKind::Reword(rewording) => (&rewording.citations, &rewording.notes),
                ChangeKind::Retain(retention) => (&retention.citations, &retention.notes),
            };
            columns.quotes(notes);
            citations.iter().for_each(|c| columns.citation(c));
        }
        let put_in = document.changes.iter().filter_map(|change| match &change.what {
            ChangeKind::Replace(item) | ChangeKind::Add(item) => Some(item),
            ChangeKind::Repeal(_) | ChangeKind::Reword(_) | ChangeKind::Retain(_) => None,
        });
        for (rank, item) in document.items.iter().chain(put_in).enumerate() {
            item.citations.iter().for_each(|c| columns.citation(c));
            columns.quotes(&item.notes);
            columns.quotes(&item.concordances);
            match &item.kind {
                ItemKind::Source(source) => {
                    let line = document.file.position(item.span.start).line;
                    if rank >= document.items.len()
                        || source_line.is_none_or(|before: u32| before + 1 != line)
                    {
                        columns.groups += 1;
                    }
                    source_line = Some(document.file.position(item.whole.end).line);
                    columns.cut(source.title.span.start, Gap::One);
                    columns.quotes([&source.title]);
                    continue;
                }
                ItemKind::Dossier(facts) => {
                    for fact in facts {
                        columns.quotes(&fact.label);
                        columns.quotes(&fact.question);
                        columns.quotes(&fact.notes);
                    }
                    for judge in facts.iter().filter_map(|fact| fact.judge.as_ref()) {
                        columns.verbatim.insert(judge.span.start, judge.span);
                    }
                }
                ItemKind::Coherence(c)
                | ItemKind::Objective(c)
                | ItemKind::Mission(c)
                | ItemKind::Decision(c) => {
                    columns.condition(c);
                }
                ItemKind::Parameter(periods, _) => {
                    columns.groups += 1;
                    for period in periods {
                        let dates = [&period.from, &period.until];
                        if dates.iter().any(|date| date.is_some()) {
                            columns.cut(period.value.span.end, Gap::One);
                        }
                    }
                }
                ItemKind::Columns(side) => columns.parameters(side),
                ItemKind::Reading(reading) => {
                    columns.quotes(&reading.question);
                    columns.groups += 1;
                    for option in &reading.options {
                        option.citations.iter().for_each(|c| columns.citation(c));
                        columns.cut(option.name.span.end, Gap::One);
                    }
                    let retained = reading.retained.iter().flat_map(|retained| &retained.citations);
                    retained.for_each(|c| columns.citation(c));
                }
                ItemKind::Definition(definition) => {
                    columns.quotes(&definition.gloss);
                    columns.value(&definition.body);
                }
                ItemKind::Criterion { requires, unless } => {
                    columns.condition(requires);
                    columns.derogations(unless);
                }
                ItemKind::Result(result) => columns.value(&result.body),
                ItemKind::Funding(funding) | ItemKind::Contribution(funding) => {
                    funding.due.iter().for_each(|due| columns.condition(due));
                    columns.derogations(&funding.unless);
                    columns.value(&funding.amount);
                }
                ItemKind::Obligation(obligation) => {
                    columns.derogations(&obligation.unless);
                    columns.value(&obligation.deadline);
                }
                ItemKind::Sharing(_) => {}
            }
            source_line = None;
        }
        columns.cuts.sort_by_key(|cut| cut.at);
        columns
    }

    fn cut(&mut self, at: u32, gap: Gap) {
        self.cuts.push(Cut { at, gap, group: self.groups });
    }

    fn quotes<'q>(&mut self, quotes: impl IntoIterator<Item = &'q Quote>) {
        self.prose.extend(quotes.into_iter().map(|quote| quote.span.start));
    }

    fn citation(&mut self, citation: &Citation) {
        self.quotes(&citation.quote);
        if let Some(place) = &citation.place {
            self.verbatim.insert(place.span.start, place.span);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        self.groups += 1;
        for bullet in &condition.bullets {
            if bullet.only_if.is_some() {
                self.cut(bullet.expr.span.end, Gap::Two);
            }
        }
    }

    fn derogations(&mut self, derogations: &[Derogation]) {
        for derogation in derogations {
            self.condition(&derogation.condition);
            derogation.citations.iter().for_each(|c| self.citation(c));
        }
    }

    fn value(&mut self, body: &ValueBody) {
        self.groups += 1;
        match &body.form {
            ValueForm::Single(_) | ValueForm::Share(_) => {}
            ValueForm::Cases(lines) => lines.iter().for_each(|line| self.cut(line.value.span.end, Gap::Two)),
            ValueForm::Scale(scale) => {
                scale.lines.iter().for_each(|line| self.cut(line.band_span.end, Gap::One))
            }
            ValueForm::Table(table) => self.table(table),
        }
        for then in &body.then {
            if let Then::Except(exception) = then {
                exception.citations.iter().for_each(|c| self.citation(c));
            }
        }
    }

    /// Each value of parameters side by side, then their dates.
    fn parameters(&mut self, side: &ColumnsDecl) {
        let first = self.groups + 1;
        self.groups = first + side.names.len();
        for line in &side.lines {
            for (column, value) in line.values.iter().enumerate().skip(1) {
                let group = (first + column).min(self.groups) - 1;
                self.cuts.push(Cut { at: value.span.start, gap: Gap::One, group });
            }
            let dated = line.from.is_some() || line.until.is_some();
            if let Some(last) = line.values.last().filter(|_| dated) {
                self.cut(last.span.end, Gap::One);
            }
        }
    }

    /// Each column of a table, then what it gives.
    fn table(&mut self, table: &TableDecl) {
        let first = self.groups;
        self.groups += table.of.len();
        for line in &table.lines {
            for (column, cell) in line.cells.iter().enumerate().skip(1) {
                let group = (first + column - 1).min(self.groups);
                self.cuts.push(Cut { at: cell.span.start, gap: Gap::One, group });
            }
            if let Some(last) = line.cells.last() {
                self.cut(last.span.end, Gap::One);
            }
        }
    }

    /// The cuts of the line that is this stretch of the file.
    pub fn cuts_of(&self, line: Span) -> &[Cut] {
        let first = self.cuts.partition_point(|cut| cut.at <= line.start);
        let end = self.cuts.partition_point(|cut| cut.at <= line.end);
        self.cuts.get(first..end).unwrap_or_default()
    }

    /// Whether a quotation that starts here is prose, whose lines are filled.
    pub fn is_prose(&self, start: u32) -> bool {
        self.prose.contains(&start)
    }

    /// The free text that starts here.
    pub fn verbatim(&self, start: u32) -> Option<Span> {
        self.verbatim.get(&start).copied()
    }

    /// Sets the gaps of lines so that what stands right of a cut stands in one column, group by group: a line's cuts are
    /// of groups in their order.
    pub fn align<'l>(&self, lines: impl Iterator<Item = &'l mut Laid>) {
        let mut lines: Vec<&mut Laid> = lines.filter(|line| line.parts.len() > 1).collect();
        let mut cuts: Vec<(usize, usize, usize)> = Vec::new();
        for (rank, line) in lines.iter().enumerate() {
            let of = |(part, laid): (usize, &Part)| laid.cut.map(|cut| (cut.group, rank, part));
            cuts.extend(line.parts.iter().enumerate().filter_map(of));
        }
        cuts.sort_unstable();
        for group in cuts.chunk_by(|a, b| a.0 == b.0) {
            let width = |(_, line, part): &(usize, usize, usize)| lines.get(*line)?.width(*part);
            let widths: Vec<Option<usize>> = group.iter().map(width).collect();
            let widest = widths.iter().flatten().max().copied().unwrap_or(0);
            for ((_, line, part), width) in group.iter().zip(widths) {
                let Some(part) = lines.get_mut(*line).and_then(|line| line.parts.get_mut(*part)) else {
                    continue;
                };
                let least = if part.cut.is_some_and(|cut| cut.gap == Gap::Two) { 2 } else { 1 };
                part.gap = " ".repeat(width.map_or(0, |width| widest.saturating_sub(width)) + least);
            }
        }
    }
}
