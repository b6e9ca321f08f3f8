//! What stands in one column: the conditions of neighbouring lines, the `:` of options and of a
//! scale, the titles of sources.

use std::collections::{HashMap, HashSet};

use super::line::Laid;
use crate::source::Span;
use crate::syntax::tree::{
    ChangeKind, Citation, Condition, Derogation, Document, ItemKind, Quote, Then, ValueBody, ValueForm,
};

/// How the two halves of a line are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// One space: `nom : valeur`, `source NOM « titre »`.
    One,
    /// Two: `vaut X  si C`.
    Two,
}

/// Where a line is cut in two, and with which lines it is aligned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// The right half starts with the first token that stands here or after.
    pub at: u32,
    pub gap: Gap,
    group: usize,
}

/// The cuts of a document's lines, by the end of what stands on their left.
#[derive(Default)]
pub(super) struct Columns {
    /// By a place within the line: where the left half ends.
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
                ChangeKind::Retain(retention) => (&retention.citations, &retention.notes),
            };
            columns.quotes(notes);
            citations.iter().for_each(|c| columns.citation(c));
        }
        let put_in = document.changes.iter().filter_map(|change| match &change.what {
            ChangeKind::Replace(item) | ChangeKind::Add(item) => Some(item),
            ChangeKind::Repeal(_) | ChangeKind::Retain(_) => None,
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
                ItemKind::Parameter(periods) => {
                    columns.groups += 1;
                    for period in periods {
                        let dates = [&period.from, &period.until];
                        if dates.iter().any(|date| date.is_some()) {
                            columns.cut(period.value.span.end, Gap::One);
                        }
                    }
                }
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
        }
        for then in &body.then {
            if let Then::Except(exception) = then {
                exception.citations.iter().for_each(|c| self.citation(c));
            }
        }
    }

    /// The cut of the line that is this stretch of the file.
    pub fn cut_of(&self, line: Span) -> Option<Cut> {
        let first = self.cuts.partition_point(|cut| cut.at <= line.start);
        self.cuts.get(first).copied().filter(|cut| cut.at <= line.end)
    }

    /// Whether a quotation that starts here is prose, whose lines are filled.
    pub fn is_prose(&self, start: u32) -> bool {
        self.prose.contains(&start)
    }

    /// The free text that starts here.
    pub fn verbatim(&self, start: u32) -> Option<Span> {
        self.verbatim.get(&start).copied()
    }

    /// Sets the gaps of lines so that their right halves stand in one column, group by group.
    pub fn align<'l>(&self, lines: impl Iterator<Item = &'l mut Laid>) {
        let mut widths: Vec<usize> = vec![0; self.groups + 1];
        let mut cut: Vec<&mut Laid> = lines.filter(|line| line.cut.is_some()).collect();
        for line in &cut {
            if let (Some(c), Some(width)) = (line.cut, line.width())
                && let Some(widest) = widths.get_mut(c.group)
            {
                *widest = (*widest).max(width);
            }
        }
        for line in &mut cut {
            let Some(c) = line.cut else { continue };
            let least = if c.gap == Gap::Two { 2 } else { 1 };
            let widest = widths.get(c.group).copied().unwrap_or(0);
            let missing = line.width().map_or(0, |width| widest.saturating_sub(width));
            line.gap = " ".repeat(missing + least);
        }
    }
}
