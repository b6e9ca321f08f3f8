//! How an amount is worked out, on one line: « aide par jour (9 € par jour) × jours de présence (30 jours), majoré de
//! 25 % ».

use crate::decision::{Leaf, Op, Part, ReadingCase, Step};
use crate::known::Known;
use crate::papers::fill::Fill;
use crate::policy::{ExprId, ExprKind, ItemRef};
use crate::render::words::{operand, part};

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
        done.push(self.term(core, None));
        done.reverse();
        (Some(done.join(", ")), why)
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
            (Op::Expr, Some(ExprKind::Prorata { part, .. })) => {
                let whole = step.expr.map(|expr| words.phrase(expr)).unwrap_or_default();
                return match operand(step, *part) {
                    Some(part) => format!("{whole} ({})", words.figure(part)),
                    None => whole,
                };
            }
            (Op::Expr, Some(ExprKind::Scale { of, by_slices, .. })) => {
                let slices = if *by_slices { "barème par tranches" } else { "barème" };
                return match operand(step, *of) {
                    Some(of) => format!("{slices} selon {}", self.term(of, None)),
                    None => words.figure(step),
                };
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
