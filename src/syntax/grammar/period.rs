//! Periods: what they are made of, and what is said of them.

use std::sync::Arc;

use pest::iterators::Pair;

use super::expression::Built;
use super::{Rule, Source, child};
use crate::limits;
use crate::source::Span;
use crate::syntax::declared::Sort;
use crate::syntax::tree::{Expr, ExprKind, Literal, PeriodOp};
use crate::time::Date;

impl<'a> Source<'_, 'a> {
    /// `jours de P`, `premier jour de P`: a word, then a period.
    pub(super) fn of_period(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        let mut op = PeriodOp::Days;
        let mut of = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::w_months_of => op = PeriodOp::Months,
                Rule::w_calendar_months_of => op = PeriodOp::CalendarMonths,
                Rule::w_years_of => op = PeriodOp::Years,
                Rule::w_first_of => op = PeriodOp::First,
                Rule::w_last_of => op = PeriodOp::Last,
                Rule::period => of = Some(self.period_at(part, level)),
                Rule::period_ends => of = Some(self.ends(part, level)),
                _ => {}
            }
        }
        match of {
            Some(of) => made(op, vec![of], span),
            None => Built::leaf(self.invalid(span)),
        }
    }

    /// `jours couverts par L.P depuis D dont C`.
    pub(super) fn covered(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        if level > limits::NESTING {
            return self.too_deep(span);
        }
        let mut of: Vec<Built> = Vec::new();
        for part in pair.into_inner() {
            match (part.as_rule(), of.pop()) {
                (Rule::covered_path, _) => {
                    let path = self.path(part);
                    let span = path.span;
                    of.push(Built::leaf(Expr { kind: ExprKind::Name(path), span }));
                }
                (Rule::narrowed, Some(period)) => of.push(self.narrowed(period, part, level)),
                (Rule::period, Some(period)) => {
                    let span = period.expr.span.to(self.span(&part));
                    let other = self.period_at(part, level + 1);
                    of.push(made(PeriodOp::Common, vec![period, other], span));
                }
                (Rule::filter, Some(period)) => {
                    let filter =
                        child(&mut part.into_inner(), Rule::expr).map(|expr| self.build(expr, level));
                    of.extend([Some(period), filter].into_iter().flatten());
                }
                (_, kept) => of.extend(kept),
            }
        }
        made(PeriodOp::Covered, of, span)
    }

    /// A period where one is expected, or where a value may stand; then what it shares days with.
    pub(super) fn period_at(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        if level > limits::NESTING {
            return self.too_deep(span);
        }
        let start = span.start as usize;
        let mut common = Vec::new();
        let mut period: Option<Built> = None;
        for part in pair.into_inner() {
            let end = self.span(&part).end as usize;
            match part.as_rule() {
                Rule::period_base => period = Some(self.period_at(part, level + 1)),
                Rule::period_path => {
                    let path = self.path(part);
                    let span = path.span;
                    period = Some(Built::leaf(Expr { kind: ExprKind::Name(path), span }));
                }
                Rule::period_ends => period = Some(self.ends(part, level + 1)),
                // In brackets, or one of two that have days in common.
                Rule::period => {
                    common.push(self.period_at(part, level + 1));
                    if let Ok([one, other]) =
                        <[Built; 2]>::try_from(std::mem::take(&mut common)).map_err(|kept| common = kept)
                    {
                        period = Some(made(PeriodOp::Common, vec![one, other], Span::new(start, end)));
                    }
                }
                Rule::narrowed => {
                    period = period.or_else(|| common.pop()).map(|of| self.narrowed(of, part, level));
                }
                Rule::sharing => {
                    period = period.or_else(|| common.pop()).map(|of| self.sharing(of, part, level));
                }
                _ => {}
            }
        }
        let mut built = period.or_else(|| common.pop()).unwrap_or_else(|| Built::leaf(self.invalid(span)));
        // `part de P …` starts before what it names.
        if matches!(built.expr.kind, ExprKind::Period { .. }) {
            built.expr.span = Span::new(start, built.expr.span.end as usize);
        }
        built
    }

    /// `D au E`, after `du`.
    fn ends(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        let ends = pair.into_inner().filter(|p| p.as_rule() == Rule::day_sum);
        made(PeriodOp::Ends, ends.map(|end| self.build(end, level)).collect(), span)
    }

    /// A period, and what it is narrowed to.
    fn narrowed(&self, of: Built, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = of.expr.span.to(self.span(&pair));
        let (mut op, mut date) = (PeriodOp::InYear, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::w_in_the_month => op = PeriodOp::InMonth,
                Rule::w_since | Rule::w_starting => op = PeriodOp::Since,
                Rule::w_until => op = PeriodOp::Until,
                Rule::day_sum | Rule::day_operand => date = Some(self.build(part, level + 1)),
                Rule::year => {
                    let first = self.written(&part).parse().ok().and_then(|year| Date::new(year, 1, 1));
                    let kind = first.map_or(ExprKind::Invalid, |day| ExprKind::Literal(Literal::Date(day)));
                    date = Some(Built::leaf(Expr { kind, span: self.span(&part) }));
                }
                _ => {}
            }
        }
        match date {
            Some(date) => made(op, vec![of, date], span),
            None => Built::leaf(self.invalid(span)),
        }
    }

    /// A period, `et`, another one, and whether they have days in common.
    pub(super) fn sharing(&self, of: Built, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = of.expr.span.to(self.span(&pair));
        let mut parts = pair.into_inner();
        let other = child(&mut parts, Rule::period).map(|other| self.period_at(other, level + 1));
        let op = match child(&mut parts, Rule::w_unshared) {
            Some(_) => PeriodOp::Unshared,
            None => PeriodOp::Shared,
        };
        match other {
            Some(other) => made(op, vec![of, other], span),
            None => Built::leaf(self.invalid(span)),
        }
    }

    /// A value, then `pour chaque mois de P au prorata des jours` or `pendant la durée de P`.
    pub(super) fn by_month(&self, value: Built, pair: Pair<'a, Rule>, level: usize, span: Span) -> Built {
        let during = pair.as_rule() == Rule::during;
        let by_days = pair.clone().into_inner().any(|part| part.as_rule() == Rule::w_by_days);
        let of = pair.into_inner().find_map(|part| match part.as_rule() {
            Rule::period => Some(self.period_at(part, level + 1)),
            Rule::period_ends => Some(self.ends(part, level + 1)),
            _ => None,
        });
        let op = match (during, by_days) {
            (false, _) => PeriodOp::ByMonth,
            (true, true) => PeriodOp::DuringByDays,
            (true, false) => PeriodOp::During,
        };
        match of {
            Some(mut of) => {
                if during {
                    self.without_length(&mut of.expr);
                }
                made(op, vec![value, of], span)
            }
            None => Built::leaf(self.invalid(span)),
        }
    }

    /// « la durée du contrat » is the contract, unless a period is declared under these words.
    fn without_length(&self, period: &mut Expr) {
        let path = match &mut period.kind {
            ExprKind::Name(path) => path,
            ExprKind::Period { op, of } if op.makes_period() => {
                return of.iter_mut().take(1).for_each(|of| self.without_length(of));
            }
            _ => return,
        };
        if self.reader.names.declares(&path.text, Sort::Any) {
            return;
        }
        let Some(first) = path.parts.first_mut() else { return };
        let of = ["de la ", "de l'", "des ", "du ", "de ", "d'"];
        let named = first.text.strip_prefix("durée ").or_else(|| first.text.strip_prefix("période "));
        let Some(name) = named.and_then(|rest| of.iter().find_map(|of| rest.strip_prefix(of))) else {
            return;
        };
        let name: Arc<str> = Arc::from(name);
        // A name is written with as many signs as it is shown with.
        let mut signs = self.reader.file.slice(first.span).char_indices().rev();
        if let Some((at, _)) = signs.nth(name.chars().count().saturating_sub(1)) {
            first.span = Span::new(first.span.start as usize + at, first.span.end as usize);
        }
        first.text = name;
        *path = super::path_of(std::mem::take(&mut path.parts), path.span);
        if let ExprKind::Name(path) = &period.kind {
            period.span = path.span;
        }
    }

    /// `D est dans P`.
    pub(super) fn within_period(
        &self,
        date: Built,
        pair: Pair<'a, Rule>,
        negated: bool,
        level: usize,
        span: Span,
    ) -> Built {
        let op = if negated { PeriodOp::HoldsNot } else { PeriodOp::Holds };
        match child(&mut pair.into_inner(), Rule::period) {
            Some(period) => made(op, vec![date, self.period_at(period, level + 1)], span),
            None => Built::leaf(self.invalid(span)),
        }
    }
}

fn made(op: PeriodOp, of: Vec<Built>, span: Span) -> Built {
    let depth = of.iter().map(|built| built.depth).max().unwrap_or(0) + 1;
    let of = of.into_iter().map(|built| built.expr).collect();
    Built { expr: Expr { kind: ExprKind::Period { op, of }, span }, depth }
}
