//! How an amount is worked out, on one line: « aide par jour (9 € par jour) × jours de présence (30 jours), majoré de
//! 25 % ».

use crate::decision::{Leaf, Op, Part, ReadingCase, Step};
use crate::known::Known;
use crate::papers::fill::Fill;
use crate::policy::{Band, BandRange, ExprId, ExprKind, ItemRef};
use crate::render::words::{operand, part};
use crate::value::Value;

impl Fill<'_> {
    /// How an amount or a result is worked out: a line, or one for each element of which it is made up.
    pub(super) fn calculations(&self, item: ItemRef, case: &ReadingCase) -> Vec<String> {
        let words = self.words();
        let Some(step) = part(&case.because, Part::Amount).or_else(|| part(&case.because, Part::Value))
        else {
            return Vec::new();
        };
        if !words.is_of_elements(item) {
            let (how, mut why) = self.worked_out(step);
            why.extend(how.map(|said| words.pair("calcul", &said)));
            return why;
        }
        let shared = words.allotted_of(step, case.amount());
        let each = shared.iter().filter_map(|shared| {
            let (step, value) = shared.had.as_ref()?;
            let had = match value {
                Known::Number(share) => words.payment(share),
                _ => words.figure(step),
            };
            let had = words.pair(&words.element(shared.row, shared.list), &had);
            Some(match self.worked_out(step).0 {
                Some(how) => format!("{had} – {how}"),
                None => had,
            })
        });
        each.collect()
    }

    /// How it is worked out, where it is; and why that line of cases applies.
    fn worked_out(&self, step: &Step) -> (Option<String>, Vec<String>) {
        let (mut done, mut why) = (Vec::new(), Vec::new());
        let Some(core) = self.core(step, &mut done, &mut why) else { return (None, why) };
        let plain = matches!(core.op, Op::Leaf(Leaf::Literal));
        if plain && done.is_empty() || matches!(self.kind(core), Some(ExprKind::Range { .. })) {
            return (None, why);
        }
        // What is done is done to the whole, and not to its last figure.
        if self.is_made_up(core)
            && let Some(first) = done.last_mut()
        {
            *first = format!("le tout {first}");
        }
        done.push(self.term(core, None));
        done.reverse();
        (Some(done.join(", ")), why)
    }

    /// Whether a figure is told by several.
    fn is_made_up(&self, step: &Step) -> bool {
        matches!(step.op, Op::Expr)
            && matches!(
                self.kind(step),
                Some(
                    ExprKind::Add(..)
                        | ExprKind::Sub(..)
                        | ExprKind::Mul(..)
                        | ExprKind::Div(..)
                        | ExprKind::Prorata { .. }
                        | ExprKind::Scale { by_slices: true, .. }
                )
            )
    }

    /// « dépenses retenues (8 000 €) × 70 % », where one slice holds it all.
    fn in_one_slice(&self, of: &Step, bands: &[Band]) -> Option<String> {
        let written = |expr: ExprId| match &self.words().policy.exprs.get(expr).kind {
            ExprKind::Const(Value::Number(figure)) => Some(figure),
            _ => None,
        };
        let first = bands.first()?;
        let BandRange::Between { low, high: Some((high, _)) } = &first.range else { return None };
        let from_zero = match low {
            None => true,
            Some((low, _)) => written(*low)?.is_zero(),
        };
        let Known::Number(told) = &of.value else { return None };
        let whole = from_zero && told.value()? <= written(*high)?;
        whole.then(|| format!("{} × {}", self.term(of, Some("×")), self.words().phrase(first.value)))
    }

    fn kind(&self, step: &Step) -> Option<&ExprKind> {
        step.expr.map(|expr| &self.words().policy.exprs.get(expr).kind)
    }

    /// What an amount is before it is rounded, capped or raised; what is done to it, the last first, and why.
    fn core<'s>(&self, step: &'s Step, done: &mut Vec<String>, why: &mut Vec<String>) -> Option<&'s Step> {
        let words = self.words();
        let within = |expr: ExprId| operand(step, expr);
        let (base, rate) = match (&step.op, self.kind(step)) {
            (Op::Shared(body), Some(kind)) if !matches!(kind, ExprKind::Definition(_)) => {
                return self.core(body, done, why);
            }
            (Op::Expr, Some(ExprKind::Around { .. })) => return self.core(step.operands.first()?, done, why),
            (Op::Expr, Some(ExprKind::Cases { lines, otherwise })) => {
                let mut taken = lines.iter().map(|line| line.value).chain(*otherwise).filter_map(within);
                return match (taken.next(), taken.next()) {
                    (Some(only), None) => {
                        let line = lines.iter().find(|line| within(line.value).is_some());
                        let when = line.and_then(|line| within(line.when));
                        why.extend(when.map(|when| words.why(when)));
                        self.core(only, done, why)
                    }
                    // Which of them it is stays open.
                    _ => None,
                };
            }
            (Op::Expr, Some(ExprKind::Round { value, .. })) => (within(*value)?, None),
            (Op::Expr, Some(ExprKind::Scaled { base, rate, .. })) => (within(*base)?, within(*rate)),
            (Op::Expr, Some(ExprKind::Extremum { of, .. })) => (within(*of.first()?)?, None),
            (Op::Expr | Op::Leaf(_) | Op::Shared(_) | Op::Item, _) => return Some(step),
            _ => return None,
        };
        let Some(said) = step.expr.and_then(|expr| words.adjustment(expr)) else { return Some(step) };
        // What changes nothing is not told.
        let binds = base.value != step.value;
        let named = rate.filter(|rate| !matches!(rate.op, Op::Leaf(Leaf::Literal)));
        match named {
            Some(rate) => done.push(format!("{said} ({})", words.figure(rate))),
            None if binds => done.push(said),
            None => {}
        }
        self.core(base, done, why)
    }

    /// A figure as it is, a name with its figure, and what is made of them; a sum within a product stands in parentheses.
    fn term(&self, step: &Step, within: Option<&str>) -> String {
        let words = self.words();
        let named = || {
            let name = step.expr.map(|expr| words.name(expr).into_owned()).unwrap_or_default();
            format!("{name} ({})", words.figure(step))
        };
        let (sign, a, b) = match (&step.op, self.kind(step)) {
            (Op::Leaf(Leaf::Literal), _) => return words.figure(step),
            (Op::Expr, Some(ExprKind::Add(a, b))) => ("+", a, b),
            (Op::Expr, Some(ExprKind::Sub(a, b))) => ("-", a, b),
            (Op::Expr, Some(ExprKind::Mul(a, b))) => ("×", a, b),
            (Op::Expr, Some(ExprKind::Div(a, b))) => ("÷", a, b),
            (Op::Expr, Some(ExprKind::Prorata { base, part, whole })) => {
                let [base, part, whole] = [base, part, whole].map(|expr| operand(step, *expr));
                let (Some(base), Some(part), Some(whole)) = (base, part, whole) else { return named() };
                // What has no name of its own is told as the text says it.
                let formula = part.expr.is_some_and(|expr| words.is_called(expr));
                if !formula && !part.value.is_single() {
                    let said = step.expr.map(|expr| words.phrase(expr)).unwrap_or_default();
                    return format!("{said} ({})", words.figure(part));
                }
                let part = if formula { self.term(part, Some("×")) } else { words.figure(part) };
                let [base, whole] = [base, whole].map(|inner| self.term(inner, Some("×")));
                return format!("{base} × {part} ÷ {whole}");
            }
            (Op::Expr, Some(ExprKind::Scale { of, bands, by_slices })) => {
                let Some(of) = operand(step, *of) else { return words.figure(step) };
                let slices = if *by_slices { "barème par tranches" } else { "barème" };
                let one = by_slices.then(|| self.in_one_slice(of, bands)).flatten();
                return one.unwrap_or_else(|| format!("{slices} selon {}", self.term(of, None)));
            }
            _ => return named(),
        };
        let (Some(a), Some(b)) = (operand(step, *a), operand(step, *b)) else { return named() };
        let sum = |sign: &str| matches!(sign, "+" | "-");
        let said = format!("{} {sign} {}", self.term(a, Some(sign)), self.term(b, Some(sign)));
        match within {
            Some(outer) if sum(sign) && !sum(outer) => format!("({said})"),
            _ => said,
        }
    }
}
