//! An item being read: clause after clause.

use std::sync::Arc;

use super::sharing::Shared;
use super::value::Values;
use super::{Block, Kind, delay, meant, words};
use crate::source::Span;
use crate::syntax::grammar::{ConditionHead, Reader, SourceLine, ValueLine};
use crate::syntax::keyword::Keyword;
use crate::syntax::tree::{
    Bullet, Citation, Condition, CountedUnit, Derogation, EachDecl, Exception, Expr, ExprKind, FactDecl,
    Frequency, Mode, Name, OptionDecl, Order, Path, PeriodRow, Quote, RetainedDecl, Spanned, TypeExpr,
};
use crate::time::{Duration, Holidays};

/// All that an item's lines say, before it is known whether they make the item whole.
pub(super) struct Draft<'b, 'r, 'a> {
    pub reader: &'r Reader<'a>,
    pub block: &'b Block<'b>,
    pub name: Option<Path>,
    pub source: Option<SourceLine>,
    /// The gloss of a definition, the question of a reading.
    pub quote: Option<Quote>,
    /// The options of a definition.
    pub kind: Option<Spanned<TypeExpr>>,
    pub applies: Option<Expr>,
    pub citations: Vec<Citation>,
    pub notes: Vec<Quote>,
    pub concordances: Vec<Quote>,
    /// `exige`, `vise`, `prévu si`, `favorable si`.
    pub condition: Option<Condition>,
    pub unless: Vec<Derogation>,
    pub values: Values,
    /// `dont`, under an amount.
    pub parts: Vec<Path>,
    /// `pour chaque`.
    pub each: Option<EachDecl>,
    /// `en jours`, under a result.
    pub unit: Option<Spanned<CountedUnit>>,
    /// The names of a parameter, or of several side by side.
    pub columns: Vec<Path>,
    pub periods: Vec<PeriodRow>,
    pub frequency: Option<Spanned<Frequency>>,
    pub lasting: Option<Spanned<Duration>>,
    pub deadline: Values,
    pub working_day: Option<Spanned<Holidays>>,
    pub fulfilled: Option<Expr>,
    pub options: Vec<OptionDecl>,
    pub retained: Option<RetainedDecl>,
    pub sharing: Shared,
    pub facts: Vec<FactDecl>,
    /// Whether a line of the item could not be made out: what is missing may well be in it.
    pub broken: bool,
    /// Whether the first line had a mistake.
    pub unread: bool,
    /// Whether the last line of the dossier that names a fact could not be read.
    lost_fact: bool,
    /// Whether the main clause has been met.
    main: bool,
    seen: Vec<(Keyword, Span)>,
    cites: Cites,
}

/// What a `selon` line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cites {
    Item,
    Derogation,
    Exception,
    Option,
    Retained,
}

impl<'b, 'r, 'a> Draft<'b, 'r, 'a> {
    /// Reads the lines of an item.
    pub fn read(reader: &'r Reader<'a>, block: &'b Block<'b>) -> Self {
        let mut draft = Draft {
            reader,
            block,
            name: None,
            source: None,
            quote: None,
            kind: None,
            applies: None,
            citations: Vec::new(),
            notes: Vec::new(),
            concordances: Vec::new(),
            condition: None,
            unless: Vec::new(),
            values: Values::default(),
            parts: Vec::new(),
            each: None,
            unit: None,
            columns: Vec::new(),
            periods: Vec::new(),
            frequency: None,
            lasting: None,
            deadline: Values::default(),
            working_day: None,
            fulfilled: None,
            options: Vec::new(),
            retained: None,
            sharing: Shared::default(),
            facts: Vec::new(),
            broken: false,
            unread: false,
            lost_fact: false,
            main: false,
            seen: Vec::new(),
            cites: Cites::Item,
        };
        let before = reader.count();
        draft.first_line();
        draft.unread = reader.count() > before;
        let mut at = 0;
        while at < block.clauses.len() {
            at = draft.clause(at).max(at + 1);
        }
        draft
    }

    fn first_line(&mut self) {
        let rest = self.block.rest;
        match self.block.keyword {
            // A fact that an amendment adds or puts in.
            Keyword::Dossier if self.block.change.is_some() => self.facts.extend(self.reader.fact(rest)),
            Keyword::Dossier => {
                self.reader.bare(rest);
            }
            // Read by its own rule.
            Keyword::Rewords | Keyword::RetainsReading => {}
            Keyword::Source => {
                self.source = self.reader.source(rest);
                self.name = self.source.as_ref().map(|source| source.name.clone());
            }
            Keyword::Definition => {
                (self.name, self.quote, self.kind) = self.reader.definition(rest);
            }
            Keyword::Reading => (self.name, self.quote) = self.reader.glossed_name(rest),
            Keyword::Parameter => self.column_names(rest),
            _ if self.block.subject == Some(Keyword::Parameter) => self.column_names(rest),
            _ => self.name = self.reader.item_name(rest),
        }
    }

    /// Parameters side by side are called together: `forfait adulte, forfait enfant`.
    fn column_names(&mut self, rest: Span) {
        self.columns = self.reader.column_names(rest);
        self.name = match self.columns.as_slice() {
            [first, .., last] => {
                let text: Arc<str> =
                    self.columns.iter().map(|name| &*name.text).collect::<Vec<_>>().join(", ").into();
                let span = first.span.to(last.span);
                Some(Path { parts: vec![Name { text: Arc::clone(&text), span }], text, span })
            }
            one => one.first().cloned(),
        };
    }

    /// Reads the clause at `at`, its bullets with it; where the next one is.
    fn clause(&mut self, at: usize) -> usize {
        let Some(clause) = self.block.clauses.get(at) else { return at };
        let line = clause.line.span;
        let item = self.block.keyword;
        match clause.kind {
            Kind::Keyword(keyword, place, rest) => return self.keyword(keyword, place, rest, at),
            Kind::Labelled(_) if item == Keyword::Dossier && self.block.change.is_some() => {
                words::second_fact(self.reader, line);
            }
            Kind::Labelled(line) if item == Keyword::Dossier => {
                let fact = self.reader.fact(line);
                self.lost_fact = fact.is_none();
                self.facts.extend(fact);
            }
            // The question of a fact that could not be read.
            Kind::Quotation if self.lost_fact && item == Keyword::Dossier => {}
            Kind::Labelled(line) => {
                let amount = matches!(item, Keyword::Funding | Keyword::Contribution);
                self.values.band(self.reader, line, amount);
            }
            Kind::Bullet(rest) if item == Keyword::Reading => {
                self.main = true;
                self.cites = Cites::Option;
                match self.reader.option(rest) {
                    Some(option) => self.options.push(option),
                    None => self.broken = true,
                }
            }
            Kind::Quotation if self.takes_quotation() => {
                let quote = self.reader.quote(line);
                match self.facts.last_mut() {
                    Some(fact) if item == Keyword::Dossier => {
                        fact.question = quote;
                        fact.whole = fact.whole.to(line);
                    }
                    _ => self.quote = quote,
                }
            }
            Kind::Unknown => {
                self.broken = true;
                return self.after_bullets(at + 1);
            }
            Kind::Bullet(_) | Kind::Quotation => {
                words::stray_line(self.reader, clause, item, &self.seen);
                self.broken = true;
                return self.after_bullets(at + 1);
            }
        }
        at + 1
    }

    fn takes_quotation(&self) -> bool {
        match self.block.keyword {
            Keyword::Dossier => self.facts.last().is_some_and(|fact| fact.question.is_none()),
            Keyword::Definition => self.quote.is_none() && !self.main,
            Keyword::Reading => self.quote.is_none(),
            _ => false,
        }
    }

    fn after_bullets(&self, mut at: usize) -> usize {
        while self.block.clauses.get(at).is_some_and(|c| matches!(c.kind, Kind::Bullet(_))) {
            at += 1;
        }
        at
    }

    fn keyword(&mut self, keyword: Keyword, place: Span, rest: Span, at: usize) -> usize {
        let reader = self.reader;
        let item = self.block.keyword;
        let line = place.to(rest);
        let labelled = self.block.clauses.get(at).is_some_and(|clause| clause.line.labelled);
        if keyword == Keyword::Applies
            && (self.main || !item.clauses().contains(&keyword))
            && meant::two_clauses(reader, item, place, rest)
        {
            self.broken = true;
            return at + 1;
        }
        if keyword == Keyword::Applies && (self.main || !item.clauses().contains(&keyword)) {
            words::stray_if(reader, item, place);
            reader.expression(rest);
            return at + 1;
        }
        if !words::in_place(reader, item, keyword, place) {
            self.broken = true;
            return self.after_bullets(at + 1);
        }
        let apart = match keyword {
            Keyword::Applies => meant::two_clauses(reader, item, place, rest),
            Keyword::Requires | Keyword::Aims => meant::condition_first(reader, place, rest),
            _ => false,
        };
        if apart {
            self.broken = true;
            return self.after_bullets(at + 1);
        }
        if !may_repeat(keyword) && !words::first_time(reader, &mut self.seen, keyword, place) {
            return self.after_bullets(at + 1);
        }
        if !matches!(keyword, Keyword::Cites | Keyword::Note | Keyword::Concordance | Keyword::Applies) {
            self.main = true;
            self.cites = Cites::Item;
        }
        match keyword {
            Keyword::Cites => {
                let citation = reader.citation(line, rest);
                match (self.cites, self.unless.last_mut(), self.options.last_mut()) {
                    (Cites::Derogation, Some(derogation), _) => derogation.citations.extend(citation),
                    (Cites::Exception, ..) => self.values.cite(citation),
                    (Cites::Option, _, Some(option)) => option.citations.extend(citation),
                    (Cites::Retained, _, _) => {
                        if let Some(retained) = &mut self.retained {
                            retained.citations.extend(citation);
                            retained.span = retained.span.to(line);
                        }
                    }
                    _ => self.citations.extend(citation),
                }
            }
            Keyword::Note => {
                let note = reader.quote(rest);
                match self.facts.last_mut() {
                    Some(fact) => {
                        fact.notes.extend(note);
                        fact.whole = fact.whole.to(line);
                    }
                    None => self.notes.extend(note),
                }
            }
            Keyword::Concordance => self.concordances.extend(reader.concordance(rest)),
            Keyword::Applies => self.applies = Some(reader.expression(rest)),
            Keyword::Retains => {
                let option = reader.retained(rest);
                self.retained =
                    option.map(|option| RetainedDecl { option, citations: Vec::new(), span: line });
                self.cites = Cites::Retained;
            }
            Keyword::Requires | Keyword::Aims => {
                let below = self.block.clauses.get(at + 1..).unwrap_or(&[]);
                let head = match meant::counted_in_words(reader, keyword, place, rest, below) {
                    true => ConditionHead::Bullets,
                    false => reader.condition(rest),
                };
                let (condition, next) = self.bullets(head, Mode::All, (keyword, place, line), at);
                self.condition = Some(condition);
                return next;
            }
            Keyword::Planned | Keyword::Favourable => {
                let head = self.plain_head(keyword, place, rest, at);
                let (condition, next) = self.bullets(head, Mode::All, (keyword, place, line), at);
                self.condition = Some(condition);
                return next;
            }
            Keyword::Unless | Keyword::UnlessAny | Keyword::UnlessFirst
                if matches!(item, Keyword::Definition | Keyword::Result)
                    || keyword == Keyword::UnlessFirst
                    || labelled && matches!(item, Keyword::Funding | Keyword::Contribution) =>
            {
                let (head, value) = match keyword {
                    Keyword::UnlessAny => {
                        reader.bare(rest);
                        (ConditionHead::Bullets, None)
                    }
                    _ => reader.exception(rest, matches!(item, Keyword::Funding | Keyword::Contribution)),
                };
                let (condition, next) = self.bullets(head, Mode::Any, (keyword, place, line), at);
                let first = keyword == Keyword::UnlessFirst;
                let span = line.to(condition.span);
                self.values.except(Exception { first, condition, value, citations: Vec::new(), span });
                self.cites = Cites::Exception;
                return next;
            }
            Keyword::Unless | Keyword::UnlessAny => {
                let head = match keyword {
                    Keyword::UnlessAny => {
                        reader.bare(rest);
                        ConditionHead::Bullets
                    }
                    _ => self.plain_head(keyword, place, rest, at),
                };
                let (condition, next) = self.bullets(head, Mode::Any, (keyword, place, line), at);
                self.unless.push(Derogation { condition, citations: Vec::new() });
                self.cites = Cites::Derogation;
                return next;
            }
            Keyword::Worth if item == Keyword::Parameter => {
                self.periods.push(reader.period_row(line, rest));
            }
            Keyword::Worth | Keyword::Amount => {
                self.values.line(reader, reader.value(rest, keyword == Keyword::Amount), line);
            }
            Keyword::Adjusts if item == Keyword::Sharing => self.sharing_line(line),
            Keyword::Adjusts => self.values.adjust(reader.adjusting(line), line),
            Keyword::ForEach => {
                self.each = reader.sharers(rest).map(|(list, filter)| EachDecl { list, filter });
                self.broken |= self.each.is_none();
            }
            Keyword::Including => self.parts.extend(reader.included(rest)),
            Keyword::Unit => self.unit = reader.unit(rest),
            Keyword::Once | Keyword::PerEvent => {
                reader.bare(rest);
                let value = if keyword == Keyword::Once { Frequency::Once } else { Frequency::PerEvent };
                self.frequency = Some(Spanned { value, span: line });
            }
            Keyword::Each | Keyword::Revised => {
                self.frequency = reader.each(rest).map(|value| Spanned { value, span: line })
            }
            Keyword::Lasting => self.lasting = reader.lasting(rest),
            Keyword::Deadline => {
                let value = match delay::delay_in_words(reader, rest) {
                    true => ValueLine::Value(invalid(rest), None),
                    false => reader.value(rest, false),
                };
                self.deadline.line(reader, value, line);
            }
            Keyword::WorkingDay => {
                self.working_day = reader.holidays(rest).map(|value| Spanned { value, span: line });
            }
            Keyword::Fulfilled => self.fulfilled = Some(reader.expression(rest)),
            Keyword::Envelope => self.sharing.envelope = Some(reader.expression(rest)),
            Keyword::Between => {
                self.sharing.sharers = reader.sharers(rest);
                self.broken |= self.sharing.sharers.is_none();
            }
            Keyword::Equally => {
                reader.bare(rest);
                self.measure(None, line);
            }
            Keyword::InOrder => {
                if let Some(value) = reader.order(rest) {
                    self.order(value, line);
                }
            }
            Keyword::First => {
                let group = Spanned { value: reader.expression(rest), span: line };
                self.order(Order::Groups(vec![group]), line);
            }
            Keyword::Then => self.then(Spanned { value: reader.expression(rest), span: line }),
            Keyword::Remainder => self.remainder(line, rest),
            Keyword::Left => {
                self.sharing.left = reader.left(rest).map(|value| Spanned { value, span: line });
                self.broken |= self.sharing.left.is_none();
            }
            // In place nowhere but under `dispositif`, or starting an item.
            _ => {}
        }
        at + 1
    }

    fn plain_head(&self, keyword: Keyword, place: Span, rest: Span, at: usize) -> ConditionHead {
        let below = self.block.clauses.get(at + 1..).unwrap_or(&[]);
        if let Some(problem) = meant::some_met(self.reader, rest) {
            self.reader.report(problem);
            return ConditionHead::Single(Bullet { expr: invalid(rest), only_if: None, span: rest });
        }
        match meant::counted_in_words(self.reader, keyword, place, rest, below) {
            true => ConditionHead::Bullets,
            false => self.reader.plain_condition(rest),
        }
    }

    /// A condition and the bullets under it; where the next clause is.
    fn bullets(
        &self,
        head: ConditionHead,
        several: Mode,
        (keyword, place, span): (Keyword, Span, Span),
        at: usize,
    ) -> (Condition, usize) {
        let next = self.after_bullets(at + 1);
        let lines = self.block.clauses.get(at + 1..next).unwrap_or(&[]);
        let (line, span) = (span, lines.last().map_or(span, |last| span.to(last.line.span)));
        let any = match head {
            ConditionHead::Counted(mode) => mode == Mode::Any,
            ConditionHead::Bullets | ConditionHead::Single(_) => several == Mode::Any,
        };
        let counted = match head {
            ConditionHead::Counted(mode) => Some(mode),
            ConditionHead::Bullets | ConditionHead::Single(_) => None,
        };
        let rests = meant::bullets_apart(self.reader, lines, (keyword, place, any), counted);
        let mut bullets: Vec<Bullet> = rests.into_iter().map(|rest| self.reader.bullet(rest)).collect();
        let mode = match head {
            ConditionHead::Single(bullet) => {
                if let Some(extra) = lines.first()
                    && !matches!(bullet.expr.kind, ExprKind::Invalid)
                {
                    words::bullets_after_expression(self.reader, bullet.span, extra.line.span);
                }
                return (Condition { mode: Mode::All, bullets: vec![bullet], span }, next);
            }
            ConditionHead::Bullets => several,
            ConditionHead::Counted(mode) => mode,
        };
        if bullets.is_empty() {
            // A line below that could not be made out may well be the condition.
            if self.block.clauses.get(next).is_none_or(|clause| clause.kind != Kind::Unknown) {
                words::no_condition(self.reader, span);
            }
            bullets.push(Bullet { expr: invalid(span), only_if: None, span });
        }
        let unread = self.block.clauses.get(next).is_some_and(|clause| clause.kind == Kind::Unknown);
        if !unread
            && let Mode::AtLeast(n) | Mode::AtMost(n) | Mode::Exactly(n) = mode
            && n as usize > bullets.len()
        {
            words::too_many_wanted(self.reader, line, n, bullets.len());
        }
        (Condition { mode, bullets, span }, next)
    }
}

fn may_repeat(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Cites
            | Keyword::Note
            | Keyword::Concordance
            | Keyword::Unless
            | Keyword::UnlessAny
            | Keyword::UnlessFirst
            | Keyword::Deadline
            | Keyword::Worth
            | Keyword::Amount
            | Keyword::Adjusts
            | Keyword::First
            | Keyword::Then
            | Keyword::Including
            | Keyword::Remainder
    )
}

/// What stands where an expression could not be read.
pub(super) fn invalid(span: Span) -> Expr {
    Expr { kind: ExprKind::Invalid, span }
}
