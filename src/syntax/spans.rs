//! Every place of a tree, visited: to compare trees without their places, or to move them.

use std::sync::Arc;

use super::tree::{
    Adjustment, Band, Change, ChangeKind, Citation, Condition, Derogation, Document, Expr, ExprKind,
    FactDecl, Header, Item, ItemKind, Name, OptionDecl, Order, Path, PeriodValue, Quote, Repeal, Retention,
    Rewording, ShareOf, SharingDecl, Spanned, Then, TypeExpr, ValueBody, ValueForm, When,
};
use crate::source::{SourceFile, Span};

impl Document {
    /// The same document with every place, and the file itself, put aside: two texts say the same
    /// where these are equal.
    #[must_use]
    pub fn without_spans(mut self) -> Document {
        self.file = SourceFile::new("", "");
        self.map_spans(&mut |_| Span::default());
        self
    }

    pub(super) fn moved(mut self, file: &Arc<SourceFile>, to: impl Fn(Span) -> Span) -> Document {
        self.file = Arc::clone(file);
        self.map_spans(&mut |span| to(span));
        self
    }

    fn map_spans(&mut self, f: Map<'_>) {
        if let Some(header) = &mut self.header {
            map_header(header, f);
        }
        self.leaned.iter_mut().for_each(|header| map_header(header, f));
        self.items.iter_mut().for_each(|i| item(i, f));
        self.changes.iter_mut().for_each(|c| change(c, f));
    }

    pub(super) fn empty(file: &Arc<SourceFile>) -> Document {
        Document {
            file: Arc::clone(file),
            header: None,
            items: Vec::new(),
            changes: Vec::new(),
            leaned: Vec::new(),
        }
    }
}

impl Item {
    /// Moves every place of it.
    pub(super) fn move_spans(&mut self, f: Map<'_>) {
        item(self, f);
    }
}

type Map<'f> = &'f mut dyn FnMut(Span) -> Span;

fn set(span: &mut Span, f: Map<'_>) {
    *span = f(*span);
}

fn spanned<T>(value: &mut Spanned<T>, f: Map<'_>) {
    set(&mut value.span, f);
}

fn optional<T>(value: &mut Option<T>, f: Map<'_>, each: impl FnOnce(&mut T, Map<'_>)) {
    if let Some(value) = value {
        each(value, f);
    }
}

fn all<T>(values: &mut [T], f: Map<'_>, each: impl Fn(&mut T, Map<'_>)) {
    values.iter_mut().for_each(|value| each(value, f));
}

fn name(name: &mut Name, f: Map<'_>) {
    set(&mut name.span, f);
}

fn path(path: &mut Path, f: Map<'_>) {
    all(&mut path.parts, f, name);
    set(&mut path.span, f);
}

fn quote(quote: &mut Quote, f: Map<'_>) {
    set(&mut quote.span, f);
}

fn map_header(header: &mut Header, f: Map<'_>) {
    let Header {
        amendment,
        common: _,
        id,
        title,
        from,
        until,
        published,
        currency,
        draft,
        leans_on,
        instead_of,
        version_at,
        scopes,
        citations,
        notes,
        span,
        whole,
        in_force,
    } = header;
    optional(amendment, f, spanned);
    set(whole, f);
    optional(in_force, f, set);
    optional(currency, f, spanned);
    all(scopes, f, |scope, f| {
        expr(&mut scope.condition, f);
        set(&mut scope.span, f);
    });
    name(id, f);
    quote(title, f);
    optional(from, f, spanned);
    optional(until, f, spanned);
    optional(published, f, spanned);
    optional(draft, f, set);
    all(leans_on, f, name);
    optional(instead_of, f, spanned);
    optional(version_at, f, expr);
    all(citations, f, citation);
    all(notes, f, quote);
    set(span, f);
}

fn item(item: &mut Item, f: Map<'_>) {
    let Item { kind: what, name, keyword, span, whole, applies, citations, notes, concordances } = item;
    kind(what, f);
    optional(name, f, path);
    set(keyword, f);
    set(span, f);
    set(whole, f);
    optional(applies, f, expr);
    all(citations, f, citation);
    all(notes, f, quote);
    all(concordances, f, quote);
}

fn change(change: &mut Change, f: Map<'_>) {
    let Change { keyword, whole, what } = change;
    set(keyword, f);
    set(whole, f);
    match what {
        ChangeKind::Replace(it) | ChangeKind::Add(it) => item(it, f),
        ChangeKind::Repeal(Repeal { kind: _, name, citations, notes }) => {
            path(name, f);
            all(citations, f, citation);
            all(notes, f, quote);
        }
        ChangeKind::Reword(Rewording { kind: _, name, from, to, citations, notes }) => {
            path(name, f);
            quote(from, f);
            quote(to, f);
            all(citations, f, citation);
            all(notes, f, quote);
        }
        ChangeKind::Retain(Retention { reading, option, citations, notes }) => {
            path(reading, f);
            name(option, f);
            all(citations, f, citation);
            all(notes, f, quote);
        }
    }
}

fn kind_of(ty: &mut TypeExpr, f: Map<'_>) {
    if let TypeExpr::Choice(options) | TypeExpr::Scale(options) = ty {
        all(options, f, name);
    }
}

fn citation(citation: &mut Citation, f: Map<'_>) {
    let Citation { source, place, quote: passage, span } = citation;
    name(source, f);
    optional(place, f, spanned);
    optional(passage, f, quote);
    set(span, f);
}

fn kind(kind: &mut ItemKind, f: Map<'_>) {
    match kind {
        ItemKind::Source(source) => {
            quote(&mut source.title, f);
            optional(&mut source.file, f, quote);
            spanned(&mut source.binding, f);
        }
        ItemKind::Dossier(facts) => all(facts, f, fact),
        ItemKind::Coherence(c) | ItemKind::Objective(c) | ItemKind::Mission(c) | ItemKind::Decision(c) => {
            condition(c, f);
        }
        ItemKind::Parameter(periods, revised) => {
            optional(revised, f, spanned);
            all(periods, f, |period, f| {
                let PeriodValue { value, from, until, span } = period;
                expr(value, f);
                optional(from, f, spanned);
                optional(until, f, spanned);
                set(span, f);
            });
        }
        ItemKind::Columns(columns) => {
            optional(&mut columns.revised, f, spanned);
            all(&mut columns.names, f, path);
            all(&mut columns.lines, f, |line, f| {
                all(&mut line.values, f, expr);
                optional(&mut line.from, f, spanned);
                optional(&mut line.until, f, spanned);
                set(&mut line.span, f);
            });
        }
        ItemKind::Reading(reading) => {
            optional(&mut reading.question, f, quote);
            all(&mut reading.options, f, |option, f| {
                let OptionDecl { name: option, citations } = option;
                name(option, f);
                all(citations, f, citation);
            });
            optional(&mut reading.retained, f, |retained, f| {
                name(&mut retained.option, f);
                all(&mut retained.citations, f, citation);
                set(&mut retained.span, f);
            });
        }
        ItemKind::Definition(definition) => {
            optional(&mut definition.gloss, f, quote);
            optional(&mut definition.options, f, |options, f| {
                kind_of(&mut options.value, f);
                set(&mut options.span, f);
            });
            body(&mut definition.body, f);
        }
        ItemKind::Criterion { requires, unless } => {
            condition(requires, f);
            all(unless, f, derogation);
        }
        ItemKind::Funding(funding) | ItemKind::Contribution(funding) => {
            optional(&mut funding.each, f, |each, f| {
                path(&mut each.list, f);
                optional(&mut each.filter, f, expr);
            });
            optional(&mut funding.due, f, condition);
            all(&mut funding.unless, f, derogation);
            body(&mut funding.amount, f);
            all(&mut funding.parts, f, path);
            optional(&mut funding.frequency, f, spanned);
            optional(&mut funding.lasting, f, spanned);
            optional(&mut funding.rest, f, |rest, f| expr(&mut rest.value, f));
        }
        ItemKind::Result(result) => {
            body(&mut result.body, f);
            optional(&mut result.unit, f, spanned);
        }
        ItemKind::Sharing(decl) => sharing(decl, f),
        ItemKind::Obligation(obligation) => {
            all(&mut obligation.unless, f, derogation);
            body(&mut obligation.deadline, f);
            optional(&mut obligation.working_day, f, spanned);
            optional(&mut obligation.fulfilled_by, f, expr);
        }
    }
}

fn sharing(decl: &mut SharingDecl, f: Map<'_>) {
    let SharingDecl {
        due,
        envelope,
        list,
        filter,
        measure,
        cap,
        order,
        rounding,
        again,
        remainder,
        left,
        frequency,
    } = decl;
    optional(due, f, condition);
    expr(envelope, f);
    path(list, f);
    optional(filter, f, expr);
    optional(&mut measure.value, f, expr);
    spanned(measure, f);
    optional(cap, f, |cap, f| {
        expr(&mut cap.value, f);
        spanned(cap, f);
    });
    optional(order, f, |order, f| {
        match &mut order.value {
            Order::By { by, .. } => expr(by, f),
            Order::Groups(groups) => all(groups, f, |group, f| {
                expr(&mut group.value, f);
                spanned(group, f);
            }),
        }
        spanned(order, f);
    });
    optional(rounding, f, spanned);
    optional(again, f, set);
    optional(remainder, f, spanned);
    optional(left, f, spanned);
    optional(frequency, f, spanned);
}

fn fact(fact: &mut FactDecl, f: Map<'_>) {
    let FactDecl {
        path: name_path,
        label,
        ty,
        ty_span,
        bounds,
        unique,
        judge,
        asked_if,
        question,
        notes,
        span,
        whole,
    } = fact;
    set(whole, f);
    path(name_path, f);
    optional(label, f, quote);
    kind_of(ty, f);
    set(ty_span, f);
    all(bounds, f, |bound, f| expr(&mut bound.value, f));
    optional(unique, f, set);
    optional(judge, f, spanned);
    optional(asked_if, f, expr);
    optional(question, f, quote);
    all(notes, f, quote);
    set(span, f);
}

fn condition(condition: &mut Condition, f: Map<'_>) {
    all(&mut condition.bullets, f, |bullet, f| {
        expr(&mut bullet.expr, f);
        optional(&mut bullet.only_if, f, expr);
        set(&mut bullet.span, f);
    });
    set(&mut condition.span, f);
}

fn derogation(derogation: &mut Derogation, f: Map<'_>) {
    condition(&mut derogation.condition, f);
    all(&mut derogation.citations, f, citation);
}

fn body(body: &mut ValueBody, f: Map<'_>) {
    match &mut body.form {
        ValueForm::Single(value) => expr(value, f),
        ValueForm::Cases(lines) => all(lines, f, |line, f| {
            expr(&mut line.value, f);
            match &mut line.when {
                When::If(e) | When::ElseIf(e) => expr(e, f),
                When::Otherwise(span) => set(span, f),
            }
            set(&mut line.span, f);
        }),
        ValueForm::Scale(scale) => {
            expr(&mut scale.of, f);
            optional(&mut scale.by_slices, f, set);
            all(&mut scale.lines, f, |line, f| {
                band(&mut line.band, f);
                set(&mut line.band_span, f);
                expr(&mut line.value, f);
                set(&mut line.span, f);
            });
        }
        ValueForm::Table(table) => {
            all(&mut table.of, f, expr);
            all(&mut table.lines, f, |line, f| {
                all(&mut line.cells, f, |cell, f| {
                    band(&mut cell.value, f);
                    set(&mut cell.span, f);
                });
                expr(&mut line.value, f);
                set(&mut line.span, f);
            });
        }
        ValueForm::Share(share) => {
            expr(&mut share.envelope, f);
            match &mut share.what {
                ShareOf::Part(decl) => sharing(decl, f),
                ShareOf::Given(total) | ShareOf::Left(total) => expr(total, f),
            }
        }
    }
    all(&mut body.then, f, |then, f| match then {
        Then::Adjust(adjusting) => {
            all(&mut adjusting.adjustments, f, |a, f| {
                adjustment(&mut a.value, f);
                set(&mut a.span, f);
            });
            optional(&mut adjusting.only_if, f, expr);
            set(&mut adjusting.span, f);
        }
        Then::Except(exception) => {
            condition(&mut exception.condition, f);
            optional(&mut exception.value, f, expr);
            all(&mut exception.citations, f, citation);
            set(&mut exception.span, f);
        }
    });
    set(&mut body.span, f);
}

fn band(band: &mut Band, f: Map<'_>) {
    match band {
        Band::Between { low, high } => {
            optional(low, f, |(e, _), f| expr(e, f));
            optional(high, f, |(e, _), f| expr(e, f));
        }
        Band::Options(options) => all(options, f, expr),
        Band::Beyond | Band::Otherwise => {}
    }
}

fn adjustment(adjustment: &mut Adjustment, f: Map<'_>) {
    match adjustment {
        Adjustment::AtMost(e)
        | Adjustment::AtLeast(e)
        | Adjustment::Increase(e)
        | Adjustment::Decrease(e) => {
            expr(e, f);
        }
        Adjustment::Prorata(a, b) => {
            expr(a, f);
            expr(b, f);
        }
        Adjustment::Round(_) | Adjustment::Brought(_) => {}
    }
}

fn expr(e: &mut Expr, f: Map<'_>) {
    set(&mut e.span, f);
    match &mut e.kind {
        ExprKind::Literal(_) | ExprKind::ExaminationDate | ExprKind::AllCriteria | ExprKind::Invalid => {}
        ExprKind::Name(p) | ExprKind::AmountOf(p) => path(p, f),
        ExprKind::Paren(a)
        | ExprKind::Not(a)
        | ExprKind::Negate(a)
        | ExprKind::YearOf(a)
        | ExprKind::WeekdayOf(a)
        | ExprKind::Failing { of: a, .. }
        | ExprKind::DayOf { date: a, .. } => expr(a, f),
        ExprKind::Rank { by, filter, .. } => {
            expr(by, f);
            optional(filter, f, |filter, f| expr(filter, f));
        }
        ExprKind::And(list)
        | ExprKind::Or(list)
        | ExprKind::Extremum { of: list, .. }
        | ExprKind::Period { of: list, .. } => all(list, f, expr),
        ExprKind::Arith { left: a, right: b, .. }
        | ExprKind::Elapsed { from: a, to: b, .. }
        | ExprKind::Range { low: a, high: b } => {
            expr(a, f);
            expr(b, f);
        }
        ExprKind::Compare { op_span, left, right, .. } => {
            set(op_span, f);
            expr(left, f);
            expr(right, f);
        }
        ExprKind::Is { subject, values, .. } => {
            expr(subject, f);
            all(values, f, expr);
        }
        ExprKind::Between { subject: a, low: b, high: c, .. }
        | ExprKind::Within { date: a, duration: b, origin: c, .. } => {
            expr(a, f);
            expr(b, f);
            expr(c, f);
        }
        ExprKind::Adjusted { base, adjustment: a } => {
            expr(base, f);
            adjustment(a, f);
        }
        ExprKind::Aggregate { path: p, filter, property, .. } => {
            path(p, f);
            optional(filter, f, |e, f| expr(e, f));
            optional(property, f, |e, f| expr(e, f));
        }
        ExprKind::AtDate { parameter, date } => {
            path(parameter, f);
            expr(date, f);
        }
    }
}
