//! Values: `vaut`, `montant`, scales, periods, and what applies to them.

use pest::iterators::Pair;

use super::{ConditionHead, Reader, Rule, Source, child};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{
    Adjusting, Band, Bullet, CountedUnit, Expr, ExprKind, Frequency, Path, PeriodRow, ScaleLine, Spanned,
    TableLine, When,
};
use crate::syntax::turns;
use crate::time::Duration;

/// A line `vaut …` or `montant …`.
pub(in crate::syntax) enum ValueLine {
    /// A value, with when it holds if the line says so.
    Value(Expr, Option<When>),
    /// `selon X`, `par tranches`: the lines of a scale follow.
    Scale(Expr, Option<Span>),
    /// `selon X, Y`: the lines of a table follow.
    Table(Vec<Expr>),
}

impl<'a> Reader<'a> {
    /// What follows `vaut` or `montant` (`amount`: a range may stand there).
    pub fn value(&self, rest: Span, amount: bool) -> ValueLine {
        if let Some(plain) = self.plain(rest, |_| true) {
            return ValueLine::Value(plain.expr, plain.when);
        }
        let invalid = Expr { kind: ExprKind::Invalid, span: rest };
        let Some((pair, source)) = self.parse(Rule::value_line, rest) else {
            return ValueLine::Value(invalid, None);
        };
        let (mut value, mut when) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::scale_of => return source.scale_of(part),
                Rule::expr if amount => value = Some(source.amount(part)),
                Rule::expr => value = Some(source.expr(part)),
                Rule::asked_if => when = source.condition_of(part).map(When::If),
                Rule::else_if => when = source.condition_of(part).map(When::ElseIf),
                Rule::otherwise => when = Some(When::Otherwise(source.span(&part))),
                _ => {}
            }
        }
        ValueLine::Value(value.unwrap_or(invalid), when)
    }

    /// What follows `vaut` under `paramètre`.
    pub fn period_row(&self, line: Span, rest: Span) -> PeriodRow {
        let Some((pair, source)) = self.parse(Rule::period_line, rest) else {
            return PeriodRow { values: Vec::new(), from: None, until: None, span: line };
        };
        let sums = pair.clone().into_inner().filter(|part| part.as_rule() == Rule::guarded_sum);
        let values = sums.map(|sum| source.expr(sum)).collect();
        let (from, until) = source.period(pair);
        PeriodRow { values, from, until, span: line }
    }

    /// A line of a scale.
    pub fn scale_line(&self, line: Span, amount: bool) -> ScaleLine {
        let invalid = || Expr { kind: ExprKind::Invalid, span: line };
        let read = match self.between_band(line) {
            Some(problem) => {
                self.report(problem);
                None
            }
            None => self.parse(Rule::scale_line, line),
        };
        let Some((pair, source)) = read else {
            let band = Band::Options(vec![invalid()]);
            return ScaleLine { band, band_span: line, value: invalid(), span: line };
        };
        let (mut band, mut value) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expr if amount => value = Some(source.amount(part)),
                Rule::expr => value = Some(source.expr(part)),
                Rule::colon | Rule::EOI => {}
                _ => band = Some((source.span(&part), source.band(part))),
            }
        }
        let (band_span, band) = band.unwrap_or_else(|| (line, Band::Options(vec![invalid()])));
        ScaleLine { band, band_span, value: value.unwrap_or_else(invalid), span: line }
    }

    /// A line of a table.
    pub fn table_line(&self, line: Span, amount: bool) -> TableLine {
        let invalid = || Expr { kind: ExprKind::Invalid, span: line };
        let Some((pair, source)) = self.parse(Rule::table_line, line) else {
            return TableLine { cells: Vec::new(), value: invalid(), span: line };
        };
        let (mut cells, mut value) = (Vec::new(), None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expr if amount => value = Some(source.amount(part)),
                Rule::expr => value = Some(source.expr(part)),
                Rule::comma | Rule::colon | Rule::EOI => {}
                _ => cells.push(Spanned { span: source.span(&part), value: source.band(part) }),
            }
        }
        TableLine { cells, value: value.unwrap_or_else(invalid), span: line }
    }

    /// `entre 1 001 et 1 500 : 7 000 €`, `de 1 000 € jusqu'à 1 500 € : …`.
    fn between_band(&self, line: Span) -> Option<Diagnostic> {
        let (band, _) = self.slice(line).split_once(':')?;
        let (turn, joint) = [("entre", " et "), ("de", " jusqu'à "), ("de", " jusqu’à ")].into_iter().find(
            |(turn, joint)| {
                band.strip_prefix(turn).is_some_and(|rest| rest.starts_with(' ') && rest.contains(joint))
            },
        )?;
        let (low, high) = band.strip_prefix(turn)?.trim_start().split_once(joint)?;
        let is_figure = |end: &str| end.starts_with(|c: char| c.is_ascii_digit());
        if !is_figure(low) || !is_figure(high) || band.contains(" en ") {
            return None;
        }
        let start = line.start as usize;
        let and = start + turn.len() + " ".len() + low.len() + " ".len();
        let (from, to) = self.ends_beside(line, low, high.trim_end());
        let edits = [
            (Span::new(start, start + turn.len()), from.to_owned()),
            (Span::new(and, and + joint.trim().len()), to.to_owned()),
        ];
        let help = format!("dans un barème, écrire « {from} {low} {to} {} : »", high.trim_end());
        let message = match turn {
            "entre" => "une tranche ne s'écrit pas avec « entre »".to_owned(),
            _ => format!("une tranche ne s'écrit pas avec « {turn} …{joint}… »"),
        };
        let span = Span::new(start, start + band.trim_end().len());
        let problem = Diagnostic::error("tranche-mal-ecrite", message).at(self.file, span, "").help(&help);
        Some(problem.remedy(help, self.file, edits))
    }

    /// How a band says its ends, where the lines beside it take them or leave them.
    fn ends_beside(&self, line: Span, low: &str, high: &str) -> (&'static str, &'static str) {
        let text = self.file.text();
        let band = |line: Option<&str>| {
            line.and_then(|line| line.split_once(':')).map_or("", |(band, _)| band.trim()).replace('’', "'")
        };
        // What stands before the line on its own row is its indent.
        let above = text.get(..line.start as usize).unwrap_or("").lines().rev().nth(1);
        let above = band(above);
        let below = band(text.get(line.end as usize..).and_then(|after| after.lines().nth(1)));
        let is_taken = above.strip_suffix(low).is_some_and(|head| {
            !head.ends_with("moins de ") && head.ends_with(|c: char| !c.is_ascii_digit())
        });
        let is_left =
            ["de", "à partir de"].into_iter().any(|word| below.starts_with(&format!("{word} {high}")));
        match (is_taken, is_left) {
            (true, _) => ("plus de", "jusqu'à"),
            (false, true) => ("de", "à moins de"),
            (false, false) => ("de", "à"),
        }
    }

    /// A line of adjustments, keyword included.
    pub fn adjusting(&self, line: Span) -> Option<Adjusting> {
        let (pair, source) = self.parse(Rule::adjust_line, line)?;
        let (mut adjustments, mut only_if) = (Vec::new(), None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::adjustment => adjustments.extend(source.adjustment(part)),
                Rule::asked_if => only_if = source.condition_of(part),
                _ => {}
            }
        }
        (!adjustments.is_empty()).then_some(Adjusting { adjustments, only_if, span: line })
    }

    /// What follows `sauf si` where it may give a value: its condition, and that value.
    pub fn exception(&self, rest: Span, amount: bool) -> (ConditionHead, Option<Expr>) {
        let invalid = |span| Bullet { expr: Expr { kind: ExprKind::Invalid, span }, only_if: None, span };
        let Some((pair, source)) = self.parse(Rule::exception_line, rest) else {
            return (ConditionHead::Single(invalid(rest)), None);
        };
        let mut parts = pair.into_inner().filter(|part| part.as_rule() == Rule::expr);
        let Some(condition) = parts.next() else { return (ConditionHead::Bullets, None) };
        let expr = source.expr(condition);
        let value = parts.next().map(|value| if amount { source.amount(value) } else { source.expr(value) });
        let span = expr.span;
        (ConditionHead::Single(Bullet { expr, only_if: None, span }), value)
    }

    /// What follows `dont`, under an amount.
    pub fn included(&self, rest: Span) -> Option<Path> {
        let (pair, source) = self.parse(Rule::including_line, rest)?;
        child(&mut pair.into_inner(), Rule::path).map(|path| source.path(path))
    }

    /// What follows `en`, under a result.
    pub fn unit(&self, rest: Span) -> Option<Spanned<CountedUnit>> {
        let (pair, _) = self.parse(Rule::unit_line, rest)?;
        let unit = pair.into_inner().find_map(|p| match p.as_rule() {
            Rule::k_in_days => Some(CountedUnit::Days),
            Rule::k_in_months => Some(CountedUnit::Months),
            _ => None,
        });
        unit.map(|value| Spanned { value, span: rest })
    }

    /// What follows `chaque`.
    pub fn each(&self, rest: Span) -> Option<Frequency> {
        let (pair, _) = self.parse(Rule::each_line, rest)?;
        pair.into_inner().find_map(|p| match p.as_rule() {
            Rule::each_month => Some(Frequency::Monthly),
            Rule::each_quarter => Some(Frequency::Quarterly),
            Rule::each_year => Some(Frequency::Yearly),
            _ => None,
        })
    }

    /// What follows `pendant`.
    pub fn lasting(&self, rest: Span) -> Option<Spanned<Duration>> {
        let (pair, source) = self.parse(Rule::lasting_line, rest)?;
        child(&mut pair.into_inner(), Rule::duration).and_then(|d| source.spanned_duration(d))
    }
}

impl<'a> Source<'_, 'a> {
    fn scale_of(&self, pair: Pair<'a, Rule>) -> ValueLine {
        let span = self.span(&pair);
        let (mut of, mut by_slices) = (Vec::new(), None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::sum => of.push(self.expr(part)),
                Rule::w_by_slices => by_slices = Some(self.span(&part)),
                _ => {}
            }
        }
        if let ([_, _, ..], Some(slices)) = (of.as_slice(), by_slices) {
            self.reader.report_at(
                "tranches-de-plusieurs",
                "« par tranches » se lit selon une seule chose".to_owned(),
                slices,
                "tranches de quoi ?",
                "ôter « par tranches », ou ne garder que ce que l'on découpe",
            );
            return ValueLine::Table(of.iter().map(|of| self.invalid(of.span)).collect());
        }
        match <[Expr; 1]>::try_from(of) {
            Ok([of]) => ValueLine::Scale(of, by_slices),
            Err(of) if of.is_empty() => ValueLine::Scale(self.invalid(span), by_slices),
            Err(of) => ValueLine::Table(of),
        }
    }

    /// An option that starts as a band of figures does was meant as one.
    fn checked_option(&self, option: Expr) -> Expr {
        let ExprKind::Name(path) = &option.kind else { return option };
        if let Some((length, says)) = turns::band(self.reader.file.slice(option.span)) {
            let start = option.span.start as usize;
            let span = Span::new(start, start + length);
            let message = format!("« {} » s'écrit « {says} »", self.reader.file.slice(span));
            let problem = Diagnostic::error("tranche-mal-ecrite", message).at(self.reader.file, span, "");
            self.reader.report(problem.instead(self.reader.file, span, &[says]));
            return self.invalid(option.span);
        }
        let (first, rest) = path.text.split_once(' ').unwrap_or((&path.text, ""));
        let figures = rest.chars().any(|c| c.is_ascii_digit());
        let is_band =
            matches!(first, "de" | "moins" | "plus" | "à" | "au-delà" | "jusque" | "jusqu'à" | "entre");
        if figures && is_band {
            self.reader.report_at(
                "tranche-mal-ecrite",
                format!("cette tranche ne se lit pas : « {} »", path.text),
                option.span,
                "",
                "« jusqu'à a », « moins de a », « de a à b », « plus de a », « à partir de a » ou « au-delà »",
            );
            return self.invalid(option.span);
        }
        option
    }

    fn band(&self, pair: Pair<'a, Rule>) -> Band {
        let rule = pair.as_rule();
        let parts = pair.into_inner();
        let high_excluded = parts.clone().any(|p| p.as_rule() == Rule::to_less);
        let mut ends =
            parts.filter(|p| matches!(p.as_rule(), Rule::bound_sum | Rule::sum)).map(|p| self.expr(p));
        match rule {
            Rule::band_options | Rule::cell_options => {
                Band::Options(ends.map(|option| self.checked_option(option)).collect())
            }
            Rule::band_less => Band::Between { low: None, high: ends.next().map(|e| (e, false)) },
            Rule::band_up_to => Band::Between { low: None, high: ends.next().map(|e| (e, true)) },
            Rule::band_otherwise => Band::Otherwise,
            Rule::band_beyond => match ends.next() {
                None => Band::Beyond,
                Some(low) => Band::Between { low: Some((low, false)), high: None },
            },
            _ => {
                let low = ends.next().map(|e| (e, rule != Rule::band_more));
                Band::Between { low, high: ends.next().map(|e| (e, !high_excluded)) }
            }
        }
    }
}
