//! A draft made into an item: what is missing is reported, and the rest delivered.

use std::sync::Arc;

use super::draft::{Draft, invalid};
use super::value::Values;
use super::{change, words};
use crate::source::Span;
use crate::syntax::keyword::Keyword;
use crate::syntax::tree::{
    Bullet, ColumnsDecl, Condition, DefinitionDecl, Expr, ExprKind, FundingDecl, Item, ItemKind, Mode,
    ObligationDecl, PeriodRow, PeriodValue, Quote, ReadingDecl, ResultDecl, Source, Spanned, ValueBody,
    ValueForm,
};

impl Draft<'_, '_, '_> {
    /// The item.
    pub fn finish(mut self) -> Item {
        let block = self.block;
        let kind = self.kind();
        Item {
            kind,
            name: self.name,
            keyword: block.at,
            span: block.line.span,
            whole: change::whole(block),
            applies: self.applies,
            citations: self.citations,
            notes: self.notes,
            concordances: self.concordances,
        }
    }

    /// One parameter, or several side by side.
    fn parameters(&mut self) -> ItemKind {
        let names = std::mem::take(&mut self.columns);
        let lines = std::mem::take(&mut self.periods);
        if names.len() > 1 || lines.iter().any(|line| line.values.len() > 1) {
            return ItemKind::Columns(ColumnsDecl { names, lines, revised: self.frequency.take() });
        }
        let one = |line: PeriodRow| PeriodValue {
            value: line.values.into_iter().next().unwrap_or_else(|| invalid(line.span)),
            from: line.from,
            until: line.until,
            span: line.span,
        };
        ItemKind::Parameter(lines.into_iter().map(one).collect(), self.frequency.take())
    }

    fn kind(&mut self) -> ItemKind {
        match self.block.keyword {
            Keyword::Source => ItemKind::Source(self.source()),
            Keyword::Dossier => ItemKind::Dossier(std::mem::take(&mut self.facts)),
            Keyword::Coherence => ItemKind::Coherence(self.condition(Keyword::Requires)),
            Keyword::Parameter => {
                if self.periods.is_empty() {
                    self.missing(Keyword::Worth);
                }
                self.parameters()
            }
            Keyword::Reading => {
                if self.options.len() < 2 && !self.broken {
                    words::few_options(self.reader, self.block.line.span, self.options.len());
                }
                let question = self.quote.take();
                let options = std::mem::take(&mut self.options);
                ItemKind::Reading(ReadingDecl { question, options, retained: self.retained.take() })
            }
            Keyword::Criterion => ItemKind::Criterion {
                requires: self.condition(Keyword::Requires),
                unless: std::mem::take(&mut self.unless),
            },
            Keyword::Objective => ItemKind::Objective(self.condition(Keyword::Aims)),
            Keyword::Mission => ItemKind::Mission(self.condition(Keyword::Planned)),
            Keyword::Decision => ItemKind::Decision(self.condition(Keyword::Favourable)),
            Keyword::Funding => ItemKind::Funding(self.funding()),
            Keyword::Contribution => ItemKind::Contribution(self.funding()),
            Keyword::Result => {
                ItemKind::Result(ResultDecl { body: self.value(Keyword::Worth), unit: self.unit.take() })
            }
            Keyword::Sharing => ItemKind::Sharing(Box::new(self.shared())),
            Keyword::Obligation => {
                let deadline = self.deadline();
                ItemKind::Obligation(ObligationDecl {
                    unless: std::mem::take(&mut self.unless),
                    deadline,
                    working_day: self.working_day.take(),
                    fulfilled_by: self.fulfilled.take(),
                })
            }
            // A definition; what starts no item makes no draft.
            _ => ItemKind::Definition(DefinitionDecl {
                gloss: self.quote.take(),
                options: self.kind.take(),
                body: self.value(Keyword::Worth),
            }),
        }
    }

    fn funding(&mut self) -> FundingDecl {
        FundingDecl {
            each: self.each.take(),
            due: self.condition.take(),
            unless: std::mem::take(&mut self.unless),
            amount: self.value(Keyword::Amount),
            parts: std::mem::take(&mut self.parts),
            frequency: self.frequency.take(),
            lasting: self.lasting.take(),
            rest: None,
        }
    }

    fn source(&mut self) -> Source {
        let span = self.block.line.span;
        let empty = || Quote { text: Arc::from(""), span };
        match self.source.take() {
            Some(line) => Source {
                title: line.title.unwrap_or_else(empty),
                file: line.file,
                binding: line.binding.unwrap_or(Spanned { value: false, span }),
            },
            None => Source { title: empty(), file: None, binding: Spanned { value: false, span } },
        }
    }

    fn condition(&mut self, clause: Keyword) -> Condition {
        self.condition.take().unwrap_or_else(|| {
            let expr = self.missing(clause);
            let span = expr.span;
            Condition { mode: Mode::All, bullets: vec![Bullet { expr, only_if: None, span }], span }
        })
    }

    fn value(&mut self, clause: Keyword) -> ValueBody {
        let values = std::mem::take(&mut self.values);
        self.body(values, clause)
    }

    fn deadline(&mut self) -> ValueBody {
        let values = std::mem::take(&mut self.deadline);
        if let Some((line, when)) = values.only_if()
            && !matches!(when.kind, ExprKind::Invalid)
        {
            words::condition_of_deadline(self.reader, line, when.span);
        }
        self.body(values, Keyword::Deadline)
    }

    fn body(&mut self, values: Values, clause: Keyword) -> ValueBody {
        values.finish(self.reader).unwrap_or_else(|| {
            let expr = self.missing(clause);
            let span = expr.span;
            ValueBody { form: ValueForm::Single(expr), then: Vec::new(), span }
        })
    }

    /// Reports a missing clause, unless it may be in a line that could not be made out.
    pub(super) fn missing(&self, clause: Keyword) -> Expr {
        let block = self.block;
        let span: Span = block.line.span;
        // A first line that could not be read may hold it, where nothing else follows.
        let alone = self.unread && block.clauses.is_empty();
        if !self.broken && !alone {
            words::missing_clause(self.reader, block.keyword, clause, block.at, self.name.as_ref());
        }
        invalid(span)
    }
}
