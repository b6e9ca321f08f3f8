//! Periods: each is its first and its last day for all that comes after, and so is what is said of them.

use std::sync::Arc;

use super::names::{Found, Read, Scope, Symbol, What};
use super::types::Ty;
use super::{Checker, Slot, Typed};
use crate::diagnostic::Diagnostic;
use crate::number::Ratio;
use crate::policy::{
    self, Coherence, Declared, ExprId, ExprKind as Kind, Fact, FactId, Field, FieldId, Guarded, Head, Period,
    Quantity, Type,
};
use crate::source::Span;
use crate::syntax::tree::{Aggregate, CompareOp, ElapsedUnit, Expr, ExprKind, FactDecl, Path, PeriodOp};
use crate::time::{DayOf, DayOfYear, MissingDay};
use crate::value::Value;

const DATE: Ty = Ty::Of(Type::Date);
const DAYS: Ty = Ty::Of(Type::Days);
const TRUTH: Ty = Ty::Of(Type::Truth);

/// What the ends of a period are called, after its name.
pub(super) const ENDS: [&str; 2] = ["du", "au"];

/// A period that an expression reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub(super) first: Typed,
    pub(super) last: Typed,
    /// It has a day at least: its first day does not follow its last one.
    some: bool,
}

impl<'a> Checker<'a> {
    /// Declares a period: its name, then its two days.
    pub(super) fn declare_period(&mut self, decl: &'a FactDecl) {
        let above = self.names.list_above(&decl.path.text);
        let rank = u32::try_from(self.periods.len()).unwrap_or(u32::MAX);
        let symbol = Symbol { what: What::Period(rank), span: decl.path.span, read: Read::Value };
        if !self.declare_name(&decl.path, symbol) {
            return;
        }
        self.refuse_on_period(decl);
        let mut parts: Vec<Arc<str>> = decl.path.parts.iter().map(|part| Arc::clone(&part.text)).collect();
        let mut within = Arc::clone(&decl.path.text);
        if let Some(list) = above {
            let path = self.names.list_path(list);
            parts = parts.into_iter().skip(path.matches('.').count() + 1).collect();
            within = Arc::from(decl.path.text.get(path.len() + 1..).unwrap_or_default());
        }
        let label = self.label(decl, &parts, false, above);
        let next = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let days = [("premier jour", false), ("dernier jour", true)];
        let ends = ENDS.into_iter().zip(days).map(|(end, (day, last_day))| {
            let path: Arc<str> = Arc::from(format!("{}.{end}", decl.path.text));
            let parts = parts.iter().cloned().chain([Arc::from(end)]).collect();
            let label = said(day, &label);
            let ask = policy::Question {
                ty: Type::Date,
                measure: None,
                domain: crate::known::Known::ANY_DATE,
                asked_if: None,
                question: decl.question.as_ref().map(|question| {
                    let still = if last_day { ", ou « en cours »" } else { "" };
                    // « Depuis quand » asks for no end.
                    let asked = match question.text.strip_prefix("Depuis quand").filter(|_| last_day) {
                        Some(rest) => format!("Jusqu'à quand{rest}"),
                        None => question.text.to_string(),
                    };
                    Arc::from(format!("{asked} ({day}{still})"))
                }),
                judge: decl.judge.as_ref().map(|judge| Arc::clone(&judge.value)),
                last_day,
                span: decl.path.span,
                ty_span: decl.ty_span,
            };
            let (what, declared) = match above {
                None => {
                    let fact = FactId(next(self.facts.len()));
                    self.facts.push(Fact { path: Arc::clone(&path), label, parts, ask });
                    (What::Fact(fact), Declared::Fact(fact))
                }
                Some(list) => {
                    let field = FieldId(next(self.fields.len()));
                    let name = Arc::from(format!("{within}.{end}"));
                    self.fields.push(Field { list, name, parts, label, rank: 0, unique: false, ask });
                    (What::Field(field), Declared::Field(field))
                }
            };
            self.names.declare(&path, Symbol { what, span: decl.path.span, read: Read::Value });
            self.declared.push(declared);
            declared
        });
        let ends: Vec<Declared> = ends.collect();
        if let [first, last] = ends[..] {
            let path = Arc::clone(&decl.path.text);
            self.periods.push(Period { path, label, first, last, span: decl.path.span });
        }
    }

    /// What a fact's line may say, and that of a period may not.
    fn refuse_on_period(&mut self, decl: &FactDecl) {
        let path = &decl.path.text;
        if let Some(bound) = decl.bounds.first() {
            let message = "une période n'a pas de bornes".to_owned();
            let help = format!("les dire dans une cohérence, par exemple « premier jour de {path} ≥ … »");
            self.error("borne", message, bound.value.span, "borne à ôter", Some(help));
        }
        if let Some(span) = decl.unique {
            let message = "« unique » ne se dit pas d'une période".to_owned();
            let help = "plusieurs éléments peuvent avoir la même période ; l'ôter ici";
            self.error("unique-sans-effet", message, span, "à ôter", Some(help.to_owned()));
        }
    }

    /// The declaration that a condition is written on is that of both days.
    pub(super) fn asked_of_period(&mut self, rank: u32, condition: ExprId) {
        for declared in [self.periods[rank as usize].first, self.periods[rank as usize].last] {
            match declared {
                Declared::Fact(fact) => self.facts[fact.index()].ask.asked_if = Some(condition),
                Declared::Field(field) => self.fields[field.index()].ask.asked_if = Some(condition),
                Declared::List(_) => {}
            }
        }
    }

    /// Both days of a period are read.
    pub(super) fn use_period(&mut self, rank: u32) {
        let Period { first, last, .. } = self.periods[rank as usize];
        for declared in [first, last] {
            match declared {
                Declared::Fact(fact) => {
                    self.used.facts.insert(fact);
                }
                Declared::Field(field) => {
                    self.used.fields.insert(field);
                }
                Declared::List(_) => {}
            }
        }
    }

    /// What every dossier respects: the first day of a period does not follow its last one.
    pub(super) fn period_coherences(&mut self) -> Vec<Coherence> {
        (0..self.periods.len()).map(|rank| self.period_coherence(rank)).collect()
    }

    fn period_coherence(&mut self, rank: usize) -> Coherence {
        let Period { ref path, first, last, span, .. } = self.periods[rank];
        let name = Arc::clone(path);
        let day = |declared| match declared {
            Declared::Fact(fact) => Kind::Fact(fact),
            Declared::Field(field) => Kind::Field(field),
            Declared::List(_) => Kind::Const(Value::Truth(true)),
        };
        let first_day = self.push(day(first), DATE, span).id;
        let last_day = self.push(day(last), DATE, span).id;
        let order = Kind::Compare { op: CompareOp::Le, left: first_day, right: last_day };
        let mut condition = self.push(order, TRUTH, span).id;
        let mut asked_if = None;
        match first {
            Declared::Fact(fact) => asked_if = self.facts[fact.index()].ask.asked_if,
            Declared::Field(field) => {
                let (list, filter) = {
                    let field = &self.fields[field.index()];
                    (field.list, field.ask.asked_if)
                };
                let all = Kind::Aggregate { kind: Aggregate::All, list, filter, of: Some(condition) };
                condition = self.push(all, TRUTH, span).id;
                asked_if = self.lists.get(list.index()).and_then(|list| list.asked_if);
            }
            Declared::List(_) => {}
        }
        if asked_if.is_some() {
            let of = vec![Guarded { only_if: asked_if, then: condition }];
            condition = self.push(Kind::Bullets { quantity: Quantity::All, of }, TRUTH, span).id;
        }
        let (citations, notes, concordances) = (Vec::new(), Vec::new(), Vec::new());
        let head = Head { name, span, whole: span, citations, notes, concordances };
        Coherence { head, condition, implied: true }
    }

    /// What is said of periods and dates.
    pub(super) fn lower_period_value(
        &mut self,
        op: PeriodOp,
        of: &[Expr],
        span: Span,
        scope: Scope,
    ) -> Typed {
        match (op, of) {
            (
                PeriodOp::Days
                | PeriodOp::Months
                | PeriodOp::CalendarMonths
                | PeriodOp::Years
                | PeriodOp::First
                | PeriodOp::Last,
                [period],
            ) => match self.lower_period(period, scope) {
                Some(ends) => self.counted_in(op, ends, span),
                None => self.unknown(span),
            },
            (PeriodOp::Shared | PeriodOp::Unshared, [one, other]) => {
                let (one, other) = (self.lower_period(one, scope), self.lower_period(other, scope));
                match (one, other) {
                    (Some(one), Some(other)) => {
                        let shared = self.shared(one, other, span);
                        if op == PeriodOp::Shared { shared } else { self.refuted(shared) }
                    }
                    (None, _) | (_, None) => self.unknown(span),
                }
            }
            (PeriodOp::Holds | PeriodOp::HoldsNot, [date, period]) => {
                let date = self.lower_date(date, "« est dans » une période", scope);
                let Some(ends) = self.lower_period(period, scope) else { return self.unknown(span) };
                if date.ty.is_unknown() {
                    return self.unknown(span);
                }
                let kind = Kind::Between { subject: date.id, low: ends.first.id, high: ends.last.id };
                let held = self.push(kind, TRUTH, span);
                if op == PeriodOp::Holds { held } else { self.refuted(held) }
            }
            (PeriodOp::Covered, [period]) => self.lower_covered(period, None, span, scope),
            (PeriodOp::Covered, [period, filter]) => self.lower_covered(period, Some(filter), span, scope),
            (PeriodOp::ByMonth, [value, period]) => {
                let base = Typed { span: value.span, ..self.lower(value, scope) };
                self.by_month(base, period, span, scope)
            }
            (PeriodOp::During | PeriodOp::DuringByDays, [value, period]) => {
                let base = Typed { span: value.span, ..self.lower(value, scope) };
                self.during(base, period, op == PeriodOp::DuringByDays, span, scope)
            }
            (PeriodOp::MonthOf | PeriodOp::QuarterOf, [date]) => self.rank_in_year(op, date, span, scope),
            _ => {
                self.report_period_as_value(span);
                self.unknown(span)
            }
        }
    }

    fn refuted(&mut self, condition: Typed) -> Typed {
        self.push(Kind::Not(condition.id), TRUTH, condition.span)
    }

    /// A period where a value is expected.
    pub(super) fn report_period_as_value(&mut self, span: Span) {
        let words = self.words(span);
        let message = format!("« {words} » est une période, non une valeur");
        let help =
            "écrire ce que l'on en compte : « jours de … », « mois entiers de … », « premier jour de … »";
        self.error("periode-sans-valeur", message, span, "que compte-t-on ici ?", Some(help.to_owned()));
    }

    /// How many days, months, years there are in a period; one of its days.
    pub(super) fn counted_in(&mut self, op: PeriodOp, ends: Ends, span: Span) -> Typed {
        let (first, last) = (ends.first.id, ends.last.id);
        match op {
            PeriodOp::First => Typed { span, ..ends.first },
            PeriodOp::Last => Typed { span, ..ends.last },
            PeriodOp::Months => self.whole_in(first, last, ElapsedUnit::Months(MissingDay::Last), span),
            PeriodOp::Years => self.whole_in(first, last, ElapsedUnit::Years(MissingDay::Last), span),
            PeriodOp::CalendarMonths => {
                // From the first day of a month that the period holds, to the end of the last one that it holds.
                let eve = self.moved(first, -1, Type::Days, span);
                let month = self.day_of(DayOf::FirstOfMonth, eve, span);
                let first = self.moved(month, 1, Type::Months, span);
                let after = self.moved(last, 1, Type::Days, span);
                let end = self.day_of(DayOf::FirstOfMonth, after, span);
                let kind =
                    Kind::Elapsed { from: first, to: end, unit: ElapsedUnit::Months(MissingDay::Last) };
                let months = self.push(kind, Ty::Of(Type::Integer), span);
                self.never_negative(months, span)
            }
            _ => {
                let between = self.push(Kind::DaysBetween(last, first), DAYS, span).id;
                let one = self.number(1, DAYS, span);
                let days = self.push(Kind::Add(between, one), DAYS, span);
                self.never_negative(days, span)
            }
        }
    }

    /// Whole months or years: the day after the last one ends them.
    fn whole_in(&mut self, first: ExprId, last: ExprId, unit: ElapsedUnit, span: Span) -> Typed {
        let after = self.moved(last, 1, Type::Days, span);
        let whole = self.push(Kind::Elapsed { from: first, to: after, unit }, Ty::Of(Type::Integer), span);
        self.never_negative(whole, span)
    }

    /// 0 where there is no day.
    pub(super) fn never_negative(&mut self, value: Typed, span: Span) -> Typed {
        let zero = self.number(0, value.ty, span);
        self.push(Kind::Extremum { greatest: true, of: vec![value.id, zero] }, value.ty, span)
    }

    pub(super) fn number(&mut self, number: i64, ty: Ty, span: Span) -> ExprId {
        self.push(Kind::Const(Value::Number(Ratio::from(number))), ty, span).id
    }

    fn moved(&mut self, date: ExprId, by: i64, unit: Type, span: Span) -> ExprId {
        let by_id = self.number(by.abs(), Ty::Of(unit), span);
        let kind = Kind::Shift { date, by: by_id, then_days: 0, back: by < 0 };
        self.push(kind, DATE, span).id
    }

    pub(super) fn day_of(&mut self, day: DayOf, date: ExprId, span: Span) -> ExprId {
        self.push(Kind::DayOf { day, date }, DATE, span).id
    }

    /// Whether two periods have a day in common.
    fn shared(&mut self, one: Ends, other: Ends, span: Span) -> Typed {
        let mut pairs = vec![(one.first, other.last), (other.first, one.last)];
        pairs.extend([one, other].iter().filter(|ends| !ends.some).map(|ends| (ends.first, ends.last)));
        let of = pairs.into_iter().map(|(first, last)| {
            let kind = Kind::Compare { op: CompareOp::Le, left: first.id, right: last.id };
            self.push(kind, TRUTH, span).id
        });
        let of = of.collect();
        self.push(Kind::And(of), TRUTH, span)
    }

    /// A period; `None` where its mistake was reported.
    pub(super) fn lower_period(&mut self, expr: &Expr, scope: Scope) -> Option<Ends> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Name(path) => self.named_period(path, scope),
            ExprKind::Paren(inner) => self.lower_period(inner, scope),
            ExprKind::Invalid => None,
            ExprKind::Period { op, of } => match (op, of.as_slice()) {
                (PeriodOp::Ends, [first, last]) => {
                    let first = self.lower_date(first, "une période", scope);
                    let last = self.lower_date(last, "une période", scope);
                    let known = !first.ty.is_unknown() && !last.ty.is_unknown();
                    known.then_some(Ends { first, last, some: false })
                }
                (PeriodOp::Common, [one, other]) => {
                    let (one, other) = (self.lower_period(one, scope), self.lower_period(other, scope));
                    let (one, other) = (one?, other?);
                    Some(self.both(one, Some(other.first), Some(other.last), span))
                }
                (PeriodOp::InYear | PeriodOp::InMonth, [of, date]) => {
                    let of = self.lower_period(of, scope);
                    let date = self.lower_date(date, "une part de période", scope);
                    if date.ty.is_unknown() {
                        return None;
                    }
                    let [first, last] = match op {
                        PeriodOp::InMonth => [DayOf::FirstOfMonth, DayOf::LastOfMonth],
                        _ => [DayOf::Year(DayOfYear::new(1, 1)?), DayOf::Year(DayOfYear::new(12, 31)?)],
                    };
                    let ends = [first, last].map(|day| {
                        let id = self.day_of(day, date.id, span);
                        Typed { id, ty: DATE, span }
                    });
                    of.map(|of| self.both(of, Some(ends[0]), Some(ends[1]), span))
                }
                (PeriodOp::Since | PeriodOp::Until, [of, date]) => {
                    let of = self.lower_period(of, scope);
                    let date = self.lower_date(date, "une part de période", scope);
                    if date.ty.is_unknown() {
                        return None;
                    }
                    of.map(|of| match op {
                        PeriodOp::Since => self.both(of, Some(date), None, span),
                        _ => self.both(of, None, Some(date), span),
                    })
                }
                _ => self.no_period(expr, scope),
            },
            _ => self.no_period(expr, scope),
        }
    }

    /// What is in a period, and between two days.
    pub(super) fn both(
        &mut self,
        period: Ends,
        first: Option<Typed>,
        last: Option<Typed>,
        span: Span,
    ) -> Ends {
        let mut end = |own: Typed, other: Option<Typed>, greatest: bool| match other {
            Some(other) => self.push(Kind::Extremum { greatest, of: vec![own.id, other.id] }, DATE, span),
            None => own,
        };
        Ends { first: end(period.first, first, true), last: end(period.last, last, false), some: false }
    }

    /// A period under its name: a fact, a field of the element in turn, a definition.
    fn named_period(&mut self, path: &Path, scope: Scope) -> Option<Ends> {
        let Found::Symbol(symbol) = self.names.resolve(&path.text, scope) else {
            self.lower_name(path, scope);
            return None;
        };
        match symbol.what {
            What::Period(rank) => {
                let Period { first, last, .. } = self.periods[rank as usize];
                let end = |declared| match declared {
                    Declared::Fact(fact) => What::Fact(fact),
                    Declared::List(list) => What::List(list),
                    Declared::Field(field) => What::Field(field),
                };
                let first = self.lower_symbol(Symbol { what: end(first), ..symbol }, path, scope);
                if first.ty.is_unknown() {
                    return None;
                }
                let last = self.lower_symbol(Symbol { what: end(last), ..symbol }, path, scope);
                Some(Ends { first, last, some: true })
            }
            What::Item(item) if self.is_period_definition(item) => {
                let first = self.lower_symbol(symbol, path, scope);
                let definition = match self.exprs.get(first.id).kind {
                    Kind::Definition(definition) if !first.ty.is_unknown() => definition,
                    _ => return None,
                };
                let first = Typed { ty: DATE, ..first };
                let last = Kind::Definition(policy::DefinitionId(definition.0 + 1));
                let last = self.push(last, DATE, path.span);
                Some(Ends { first, last, some: false })
            }
            What::Item(_) | What::Fact(_) | What::Field(_) | What::List(_) => {
                let expr = Expr { kind: ExprKind::Name(path.clone()), span: path.span };
                self.no_period(&expr, scope)
            }
        }
    }

    fn is_period_definition(&self, item: usize) -> bool {
        matches!(self.slots[item], Slot::Definition)
            && self.lowered[item].is_some_and(|lowered| lowered.is_period)
    }

    /// Whether an expression is a period, by what it is made of or what its name stands for.
    pub(super) fn is_period(&self, expr: &Expr, scope: Scope) -> bool {
        match &expr.kind {
            ExprKind::Period { op, .. } => op.makes_period(),
            ExprKind::Paren(inner) => self.is_period(inner, scope),
            ExprKind::Name(path) => self.names_period(path, scope),
            _ => false,
        }
    }

    /// Whether a name stands for a period.
    pub(super) fn names_period(&self, path: &Path, scope: Scope) -> bool {
        match self.names.resolve(&path.text, scope) {
            Found::Symbol(symbol) => match symbol.what {
                What::Period(_) => true,
                What::Item(item) => self.is_period_definition(item),
                What::Fact(_) | What::Field(_) | What::List(_) => false,
            },
            Found::Ambiguous { .. } | Found::Nothing => false,
        }
    }

    /// The first and last day of a definition that is a period.
    pub(super) fn lower_period_definition(&mut self, expr: &Expr, scope: Scope) -> Option<[ExprId; 2]> {
        self.lower_period(expr, scope).map(|ends| [ends.first.id, ends.last.id])
    }

    /// A value where a period is expected.
    fn no_period(&mut self, expr: &Expr, scope: Scope) -> Option<Ends> {
        let typed = self.lower(expr, scope);
        if typed.ty.is_unknown() {
            return None;
        }
        let message = format!(
            "une période est attendue ; « {} » est {}",
            self.words(expr.span),
            self.type_words(typed.ty)
        );
        let diagnostic = Diagnostic::error("periode-attendue", message)
            .at(self.file, expr.span, "période attendue")
            .help("une période se déclare « présence : période », ou s'écrit « du … au … »");
        self.report(diagnostic);
        None
    }
}

/// What people read of a day of a period.
pub(super) fn said(day: &str, label: &str) -> Arc<str> {
    match label.contains('(') {
        true => Arc::from(format!("{day}, {label}")),
        false => Arc::from(format!("{day} ({label})")),
    }
}
