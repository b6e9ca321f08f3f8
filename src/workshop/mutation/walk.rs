//! The changes that are made inside an expression.

use super::changes::Changes;
use super::literal::neighbours;
use crate::source::Span;
use crate::syntax::tree::{CompareOp, Expr, ExprKind, PeriodOp};

/// Goes through an expression, and adds what may be changed in it.
pub(super) struct Walk<'w, 'f>(pub(super) &'w mut Changes<'f>);

impl Walk<'_, '_> {
    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(_) => {
                for new in neighbours(expr, self.0.file.slice(expr.span)) {
                    self.0.add(vec![(expr.span, new)]);
                }
            }
            ExprKind::Compare { op, op_span, left, right } => {
                self.0.add(vec![(*op_span, sign(*op).to_owned())]);
                self.option(left, right);
                self.expr(left);
                self.expr(right);
            }
            ExprKind::And(of) => self.joined(of, " et ", " ou "),
            ExprKind::Or(of) => self.joined(of, " ou ", " et "),
            ExprKind::Is { subject, values, .. } => {
                self.expr(subject);
                match values.as_slice() {
                    [only] => self.option(subject, only),
                    several => self.one_less(subject, several, expr.span),
                }
            }
            ExprKind::Not(inner) => {
                self.0.add(vec![(expr.span, self.0.file.slice(inner.span).to_owned())]);
                self.expr(inner);
            }
            ExprKind::Between { subject: a, low: b, high: c, .. }
            | ExprKind::Within { date: a, duration: b, origin: c, .. } => {
                for inner in [a, b, c] {
                    self.expr(inner);
                }
            }
            ExprKind::Rank { by, filter, in_order } => {
                self.expr(by);
                let mut end = by.span.end;
                if let Some(filter) = filter {
                    self.expr(filter);
                    self.0.add(vec![(Span { start: end, end: filter.span.end }, String::new())]);
                    end = filter.span.end;
                }
                if *in_order {
                    self.0.add(vec![(Span { start: end, end: expr.span.end }, String::new())]);
                }
            }
            ExprKind::Paren(inner)
            | ExprKind::Negate(inner)
            | ExprKind::DayOf { date: inner, .. }
            | ExprKind::YearOf(inner)
            | ExprKind::WeekdayOf(inner)
            | ExprKind::Failing { of: inner, .. }
            | ExprKind::AtDate { date: inner, .. } => self.expr(inner),
            ExprKind::Arith { left, right, .. }
            | ExprKind::Elapsed { from: left, to: right, .. }
            | ExprKind::Range { low: left, high: right } => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::Adjusted { base, adjustment } => {
                self.expr(base);
                let rest = Span { start: base.span.end, end: expr.span.end };
                let blank = self.0.file.slice(rest).chars().take_while(|c| c.is_whitespace());
                let blank = u32::try_from(blank.map(char::len_utf8).sum::<usize>()).unwrap_or(0);
                self.0.adjustment(adjustment, Span { start: rest.start + blank, end: rest.end });
                self.0.add(vec![(rest, String::new())]);
            }
            ExprKind::Period { op, of } => {
                if let Some((said, other)) = contrary(*op)
                    && let [first, .., last] = of.as_slice()
                {
                    // What is said stands after both periods, or between a day and its period.
                    let place = [(first.span.end, last.span.start), (last.span.end, expr.span.end)];
                    let place = place.map(|(start, end)| Span { start, end });
                    let place = place.into_iter().find(|place| self.0.file.slice(*place).contains(said));
                    place.into_iter().for_each(|place| {
                        let turned = self.0.file.slice(place).replacen(said, other, 1);
                        self.0.add(vec![(place, turned)]);
                    });
                }
                of.iter().for_each(|inner| self.expr(inner));
            }
            ExprKind::Extremum { of, .. } => of.iter().for_each(|inner| self.expr(inner)),
            ExprKind::Aggregate { filter, property, .. } => {
                for inner in [filter, property].into_iter().flatten() {
                    self.expr(inner);
                }
            }
            ExprKind::Name(_)
            | ExprKind::ExaminationDate
            | ExprKind::AllCriteria
            | ExprKind::AmountOf(_)
            | ExprKind::Invalid => {}
        }
    }

    /// The other connective, and each condition left out.
    fn joined(&mut self, of: &[Expr], own: &str, other: &str) {
        let gaps: Vec<Span> =
            of.windows(2).map(|pair| Span { start: pair[0].span.end, end: pair[1].span.start }).collect();
        let turned: Vec<(Span, String)> = gaps
            .iter()
            .map(|gap| {
                let written = self.0.file.slice(*gap);
                let spaced = written.split_whitespace().collect::<Vec<_>>().join(" ");
                (*gap, format!(" {spaced} ").replace(own, other))
            })
            .collect();
        self.0.add(turned);
        for (rank, inner) in of.iter().enumerate() {
            let cut = match (rank.checked_sub(1).and_then(|before| of.get(before)), of.get(rank + 1)) {
                (Some(before), _) => Span { start: before.span.end, end: inner.span.end },
                (None, Some(next)) => Span { start: inner.span.start, end: next.span.start },
                (None, None) => continue,
            };
            self.0.add(vec![(cut, String::new())]);
            self.expr(inner);
        }
    }

    /// Each other option in the place of one.
    fn option(&mut self, subject: &Expr, value: &Expr) {
        let (ExprKind::Name(subject), ExprKind::Name(written)) = (&subject.kind, &value.kind) else { return };
        let Some(options) = self.0.options.get(&*subject.text) else { return };
        let others = options.iter().filter(|option| **option != *written.text).cloned();
        for other in others.collect::<Vec<_>>() {
            self.0.add(vec![(value.span, other)]);
        }
    }

    /// `est soit a, soit b` without one of them.
    fn one_less(&mut self, subject: &Expr, values: &[Expr], whole: Span) {
        let text = |span: Span| self.0.file.slice(span).to_owned();
        let written = text(Span { start: subject.span.end, end: whole.end });
        let verb = if written.contains("n'est pas") { "n'est pas" } else { "est" };
        let rest = Span { start: subject.span.end, end: whole.end };
        for rank in 0..values.len() {
            let kept: Vec<String> = values
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != rank)
                .map(|(_, value)| self.0.file.slice(value.span).to_owned())
                .collect();
            let said = match kept.as_slice() {
                [only] => format!(" {verb} {only}"),
                several => format!(" {verb} parmi {}", several.join(", ")),
            };
            self.0.add(vec![(rest, said)]);
        }
    }
}

/// The sign that says the same but at the bound.
fn sign(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Ge => ">",
        CompareOp::Gt => "≥",
        CompareOp::Le => "<",
        CompareOp::Lt => "≤",
        CompareOp::Eq => "≠",
        CompareOp::Ne => "=",
    }
}

/// How what is said of a period or a day is denied.
fn contrary(op: PeriodOp) -> Option<(&'static str, &'static str)> {
    let (shared, unshared) = ("ont des jours communs", "n'ont pas de jours communs");
    let (held, out) = ("est dans", "n'est pas dans");
    match op {
        PeriodOp::Shared => Some((shared, unshared)),
        PeriodOp::Unshared => Some((unshared, shared)),
        PeriodOp::Holds => Some((held, out)),
        PeriodOp::HoldsNot => Some((out, held)),
        _ => None,
    }
}
