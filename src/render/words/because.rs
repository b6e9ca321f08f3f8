//! Why a condition holds, fails or stays open: the conditions in it that make it so.

use super::merge::merged;
use super::sentence::{operand, truth};
use super::{Audience, Words};
use crate::decision::{Leaf, MissingPlace, Op, Step};
use crate::known::Truth;
use crate::policy::expr::{Guarded, Quantity};
use crate::policy::{Citation, ExprId, ExprKind};
use crate::render::Lang;

/// A condition that makes another what it is.
#[derive(Debug, Clone)]
pub(crate) struct Reason<'s> {
    /// In words.
    pub(crate) text: String,
    /// What it comes to, for the one that it explains.
    pub(crate) truth: Truth,
    /// Its step; of what was tried in several cases, the step that was.
    pub(crate) step: &'s Step,
    /// The condition itself.
    pub(crate) expr: Option<ExprId>,
    /// The passages of a definition that it goes through.
    pub(crate) citations: &'s [Citation],
    /// Why in turn, where it is a definition.
    pub(crate) inner: Vec<Reason<'s>>,
}

impl Reason<'_> {
    /// On one line.
    pub(crate) fn line(&self, lang: Lang) -> String {
        if self.inner.is_empty() {
            return self.text.clone();
        }
        let inner: Vec<String> = self.inner.iter().map(|inner| inner.line(lang)).collect();
        format!("{} – {}", self.text, inner.join(lang.then()))
    }
}

impl<'a> Words<'a> {
    /// The conditions in a step that make it what it is: those that fail where it fails, those that
    /// are open where it is open, all that count where it holds.
    pub(crate) fn reasons<'s>(&self, step: &'s Step) -> Vec<Reason<'s>>
    where
        'a: 's,
    {
        self.reasons_of(step, false)
    }

    /// As [`Words::reasons`], of a step or of its contrary.
    pub(super) fn reasons_of<'s>(&self, step: &'s Step, negated: bool) -> Vec<Reason<'s>>
    where
        'a: 's,
    {
        let mut out = Vec::new();
        self.collect(step, negated, &mut out);
        out
    }

    /// As [`Words::reasons`], of a condition that stands somewhere in a step, as the step asks it; nothing where it
    /// was not needed.
    pub(crate) fn reasons_within<'s>(&self, step: &'s Step, expr: ExprId) -> Option<Vec<Reason<'s>>>
    where
        'a: 's,
    {
        self.within(step, expr, false)
    }

    fn within<'s>(&self, step: &'s Step, expr: ExprId, negated: bool) -> Option<Vec<Reason<'s>>>
    where
        'a: 's,
    {
        if step.expr == Some(expr) {
            return Some(self.reasons_of(step, negated));
        }
        if matches!(step.op, Op::Cases { .. }) {
            // As all cases have it, and not the first.
            let all = self.reasons_of(step, negated).into_iter();
            let own: Vec<_> = all.filter(|reason| reason.expr == Some(expr)).collect();
            if !own.is_empty() {
                return Some(own);
            }
        }
        let under_not = step.expr.is_some_and(|e| matches!(self.policy.exprs.get(e).kind, ExprKind::Not(_)));
        let body = match &step.op {
            Op::Shared(body) => Some(&**body),
            Op::Expr | Op::Leaf(_) | Op::Cases { .. } | Op::Case { .. } | Op::Served { .. } | Op::Item => {
                None
            }
        };
        let mut inner = step.operands.iter().chain(body);
        inner.find_map(|inner| self.within(inner, expr, negated != under_not))
    }

    /// The reasons on one line.
    pub(crate) fn why(&self, step: &Step) -> String {
        self.reasons(step)
            .iter()
            .map(|reason| reason.line(self.lang))
            .collect::<Vec<_>>()
            .join(self.lang.then())
    }

    fn collect<'s>(&self, step: &'s Step, negated: bool, out: &mut Vec<Reason<'s>>)
    where
        'a: 's,
    {
        match &step.op {
            Op::Leaf(_) | Op::Item => out.push(self.plain(step, negated)),
            Op::Shared(body) => self.through_definition(step, body, negated, out),
            Op::Cases { on } => self.tried(step, on, negated, out),
            Op::Case { .. } => {
                for operand in &step.operands {
                    self.collect(operand, negated, out);
                }
            }
            Op::Expr | Op::Served { .. } => self.compound(step, negated, out),
        }
    }

    /// What trials settled, or left open: the conditions that are so in all cases taken together.
    fn tried<'s>(&self, step: &'s Step, on: &[MissingPlace], negated: bool, out: &mut Vec<Reason<'s>>)
    where
        'a: 's,
    {
        let value = turned(truth(step), negated);
        let cases: Vec<&Step> = step.operands.iter().flat_map(|case| &case.operands).collect();
        if let Some(merged) = merged(&cases) {
            let mut told = Vec::new();
            self.collect(&merged, negated, &mut told);
            if !told.is_empty() && told.iter().all(|reason| reason.truth == value) {
                out.extend(told.iter().map(|reason| self.of_step(reason, step)));
                return;
            }
        }
        let labels: Vec<String> = on.iter().map(|place| self.quoted(&self.listed(*place))).collect();
        let phrase = step.expr.map(|e| self.quoted(&self.phrase(e))).unwrap_or_default();
        let always = self.say("quoi que l'on réponde à", "whatever the answer to");
        let labels = self.list(&labels, ("et", "and"));
        let text = format!("{}, {always} {labels}", self.pair(&phrase, &self.outcome_of(step)));
        out.push(Reason { text, truth: value, step, expr: step.expr, citations: &[], inner: Vec::new() });
    }

    /// The same reason, told of the step that the cases were tried for.
    fn of_step<'s>(&self, reason: &Reason<'_>, step: &'s Step) -> Reason<'s>
    where
        'a: 's,
    {
        let definition = reason.expr.and_then(|e| match self.policy.exprs.get(e).kind {
            ExprKind::Definition(definition) if !reason.citations.is_empty() => Some(definition),
            _ => None,
        });
        let citations = definition.map_or(&[][..], |d| &self.policy.definitions[d.index()].head.citations);
        let inner = reason.inner.iter().map(|inner| self.of_step(inner, step)).collect();
        Reason { text: reason.text.clone(), truth: reason.truth, step, expr: reason.expr, citations, inner }
    }

    fn plain<'s>(&self, step: &'s Step, negated: bool) -> Reason<'s> {
        Reason {
            text: self.sentence(step, negated),
            truth: turned(truth(step), negated),
            step,
            expr: step.expr,
            citations: &[],
            inner: Vec::new(),
        }
    }

    fn through_definition<'s>(&self, step: &'s Step, body: &'s Step, negated: bool, out: &mut Vec<Reason<'s>>)
    where
        'a: 's,
    {
        let definition = match step.expr.map(|e| &self.policy.exprs.get(e).kind) {
            Some(ExprKind::Definition(definition)) => &self.policy.definitions[definition.index()],
            _ => return self.collect(body, negated, out),
        };
        let mut inner = Vec::new();
        self.collect(body, negated, &mut inner);
        out.push(Reason {
            text: self.pair(&definition.label, &self.outcome_of(step)),
            truth: turned(truth(step), negated),
            step,
            expr: step.expr,
            citations: &definition.head.citations,
            inner,
        });
    }

    fn compound<'s>(&self, step: &'s Step, negated: bool, out: &mut Vec<Reason<'s>>)
    where
        'a: 's,
    {
        let value = turned(truth(step), negated);
        let Some(expr) = step.expr else {
            for operand in &step.operands {
                self.collect(operand, negated, out);
            }
            return;
        };
        match &self.policy.exprs.get(expr).kind {
            ExprKind::Not(inner) => match operand(step, *inner) {
                Some(inner) => self.collect(inner, !negated, out),
                None => out.push(self.plain(step, negated)),
            },
            kind @ (ExprKind::And(of) | ExprKind::Or(of)) => {
                let every = matches!(kind, ExprKind::And(_)) != negated;
                for inner in of.iter().filter_map(|e| operand(step, *e)) {
                    if counts(turned(truth(inner), negated), value, every) {
                        self.collect(inner, negated, out);
                    }
                }
            }
            ExprKind::Bullets { quantity: Quantity::All, of } => {
                for bullet in of {
                    self.bullet(step, bullet, negated, value, out);
                }
            }
            ExprKind::Bullets { quantity, of } => {
                let of: Vec<&Step> = of
                    .iter()
                    .filter(|b| b.only_if.and_then(|k| operand(step, k)).is_none_or(|k| !truth(k).fails()))
                    .filter_map(|b| operand(step, b.then))
                    .collect();
                let held = of.iter().filter(|s| truth(s).holds()).count();
                let open = of.iter().filter(|s| truth(s).is_open()).count();
                let count = |n: &u32| usize::try_from(*n).map_or_else(|_| n.to_string(), |n| self.count(n));
                let asked = match quantity {
                    Quantity::AtLeast(n) => format!("{} {}", self.say("au moins", "at least"), count(n)),
                    Quantity::AtMost(0) => self.say("aucune", "none").to_owned(),
                    Quantity::AtMost(n) => format!("{} {}", self.say("au plus", "at most"), count(n)),
                    Quantity::Exactly(n) => format!("{} {}", self.say("exactement", "exactly"), count(n)),
                    Quantity::All => String::new(),
                };
                let mut inner = Vec::new();
                for condition in &of {
                    self.collect(condition, false, &mut inner);
                }
                out.push(Reason {
                    text: self.held_of([held, open, of.len()], *quantity, &asked, value),
                    truth: value,
                    step,
                    expr: step.expr,
                    citations: &[],
                    inner,
                });
            }
            ExprKind::Cases { lines, otherwise } => {
                let behind = self.behind(step);
                if std::ptr::eq(behind, step) {
                    out.push(self.plain(step, negated));
                } else if matches!(behind.op, Op::Leaf(Leaf::Literal))
                    && (behind.expr == *otherwise || lines.iter().any(|line| behind.expr == Some(line.value)))
                {
                    // What is written out is so for what chose its line: its condition, or that none before holds.
                    let last = behind.expr == *otherwise;
                    let chose = lines.iter().filter(|line| last || behind.expr == Some(line.value));
                    let from = out.len();
                    for when in chose.filter_map(|line| operand(step, line.when)) {
                        self.collect(when, false, out);
                    }
                    out.iter_mut().skip(from).for_each(|reason| reason.truth = value);
                } else {
                    self.collect(behind, negated, out);
                }
            }
            _ => {
                let mut plain = self.plain(step, negated);
                plain.inner = self.chosen(step);
                out.push(plain);
            }
        }
    }

    /// `1 condition réunie sur 3 (il en faut au moins 2)`; where some are open, `1 condition réunie pour l'instant, 2 à établir (il
    /// en faut au moins 2 sur 3)`.
    fn held_of(
        &self,
        [held, open, total]: [usize; 3],
        quantity: Quantity,
        asked: &str,
        value: Truth,
    ) -> String {
        let so_far = match held {
            0 => "aucune condition réunie".to_owned(),
            1 => format!("{} condition réunie", self.count(1)),
            many => format!("{} conditions réunies", self.count(many)),
        };
        let need = match quantity {
            Quantity::AtMost(0) => "il n'en faut aucune".to_owned(),
            _ => format!("il en faut {asked}"),
        };
        let (all, unsettled) = (self.count(total), self.count(open));
        let french = match open {
            0 => format!("{so_far} sur {all} ({need})"),
            _ if value.fails() && matches!(quantity, Quantity::AtLeast(_)) => {
                let may = if open == 1 { "au plus peut l'être" } else { "au plus peuvent l'être" };
                format!("{so_far}, {unsettled} {may} encore ({need} sur {all})")
            }
            // What is still open changes nothing then.
            _ if value.holds()
                && matches!(quantity, Quantity::AtLeast(_))
                && self.audience == Audience::Addressee =>
            {
                format!("{so_far}, ce qui suffit, {unsettled} encore à établir ({need} sur {all})")
            }
            _ if quantity == Quantity::AtMost(0) => {
                format!("{so_far} pour l'instant, {unsettled} à établir ({need})")
            }
            _ => format!("{so_far} pour l'instant, {unsettled} à établir ({need} sur {all})"),
        };
        let so_far = match held {
            0 => format!("none of {total} conditions holds"),
            1 => format!("1 of {total} conditions holds"),
            many => format!("{many} of {total} conditions hold"),
        };
        let english = match open {
            0 => format!("{so_far} ({asked})"),
            _ => format!("{so_far} so far, {open} unknown ({asked})"),
        };
        self.lang.pick(french, english)
    }

    /// A bullet of conditions that must all hold: with its `si`, where that is open.
    fn bullet<'s>(
        &self,
        step: &'s Step,
        bullet: &Guarded,
        negated: bool,
        whole: Truth,
        out: &mut Vec<Reason<'s>>,
    ) where
        'a: 's,
    {
        let guard = bullet.only_if.and_then(|k| operand(step, k));
        let asked = guard.map_or(Truth::YES, truth);
        if asked.fails() {
            return;
        }
        let Some(then) = operand(step, bullet.then) else { return };
        let value = truth(then).or(!asked);
        if !counts(turned(value, negated), whole, !negated) {
            return;
        }
        let from = out.len();
        self.collect(then, negated, out);
        if asked.is_open()
            && let Some(guard) = guard
        {
            let condition = guard.expr.map(|e| self.quoted(&self.phrase(e))).unwrap_or_default();
            for reason in out.iter_mut().skip(from) {
                // In words that agree with nothing that is named before.
                let only = self.say("ce qui ne compte que si", "which counts only if");
                let too = match reason.truth.is_open() {
                    true => self.say("point aussi à établir", "unknown too"),
                    false => self.say("point à établir", "unknown"),
                };
                reason.text = format!("{}, {only} {condition}, {too}", reason.text);
                reason.truth = turned(value, negated);
            }
        }
    }
}

/// Whether an operand bears on what the whole came to; `every`: all operands must hold.
fn counts(part: Truth, whole: Truth, every: bool) -> bool {
    if whole.is_open() {
        return part.is_open();
    }
    match (every, whole.holds()) {
        (true, false) => part.fails(),
        (false, true) => part.holds(),
        (true, true) | (false, false) => true,
    }
}

fn turned(truth: Truth, negated: bool) -> Truth {
    if negated { !truth } else { truth }
}
