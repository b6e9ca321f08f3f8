//! An item on one line: what it came to and on what grounds.

use super::Words;
use super::combination::by_readings;
use super::merge::merged;
use crate::decision::{Because, ItemResult, Op, Part, ReadingCase, Status, Step};
use crate::known::{Interval, Known};
use crate::number::Ratio;
use crate::phrase;
use crate::policy::{ExprKind, Funding, FundingKind, ItemRef, Type};
use crate::syntax::tree::CompareOp;

/// The step of a part of an item.
pub(crate) fn part(because: &Because, wanted: Part) -> Option<&Step> {
    because.parts.iter().find(|(part, _)| *part == wanted).map(|(_, step)| step)
}

/// The derogations of an item, with the rank of each.
pub(crate) fn derogations(because: &Because) -> impl Iterator<Item = (u32, &Step)> {
    because.parts.iter().filter_map(|(part, step)| match part {
        Part::Unless(rank) => Some((*rank, step)),
        Part::Applies
        | Part::Condition
        | Part::Amount
        | Part::Value
        | Part::Share(_)
        | Part::Rest
        | Part::Deadline
        | Part::FulfilledBy => None,
    })
}

/// What trials of a step have in common, where there were any.
fn together(step: &Step) -> Option<Step> {
    let tried: Vec<&Step> = match &step.op {
        Op::Cases { .. } => step.operands.iter().flat_map(|case| &case.operands).collect(),
        Op::Expr | Op::Leaf(_) | Op::Shared(_) | Op::Case { .. } | Op::Served { .. } | Op::Item => Vec::new(),
    };
    merged(&tried)
}

impl Words<'_> {
    /// An item over all readings left open; where they differ, what each option says.
    pub(crate) fn summary(&self, result: &ItemResult) -> String {
        let cases =
            result.by_reading.iter().map(|c| (c.readings.clone(), self.case(result.item, c))).collect();
        let said: Vec<String> = by_readings(cases)
            .into_iter()
            .map(|(combination, said)| match combination.as_slice() {
                [] => said,
                some => self.pair(&self.options(some), &said),
            })
            .collect();
        said.join(" · ")
    }

    /// An item under one combination of readings.
    pub(crate) fn case(&self, item: ItemRef, case: &ReadingCase) -> String {
        if case.status == Status::NotApplicable {
            return self.not_applicable(case);
        }
        match item {
            ItemRef::Criterion(_) | ItemRef::Mission(_) | ItemRef::Decision => self.condition(case),
            ItemRef::Objective(_) => self.target(item, case),
            ItemRef::Funding(id) => {
                let funding = &self.policy.fundings[id.index()];
                match case.status {
                    Status::NotDue => self.condition(case),
                    _ => {
                        let value = case.value.as_ref();
                        let mut said = value.map(|value| self.given_value(item, value)).unwrap_or_default();
                        let often = self.often(funding);
                        if !often.is_empty() {
                            said = if said.is_empty() { often } else { format!("{said}, {often}") };
                        }
                        if case.status == Status::Undetermined {
                            let why = self.condition(case);
                            if !why.is_empty() {
                                said = if said.is_empty() { why } else { format!("{said} ; {why}") };
                            }
                        }
                        said
                    }
                }
            }
            ItemRef::Obligation(_) => self.obligation(case),
        }
    }

    /// The main condition of an item, and the derogation where one bears on it.
    fn condition(&self, case: &ReadingCase) -> String {
        let mut said: Vec<String> = part(&case.because, Part::Condition)
            .map(|s| self.why(s))
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect();
        if matches!(case.status, Status::Waived | Status::Undetermined) || self.may_be_waived(case) {
            for (_, step) in derogations(&case.because) {
                if !super::sentence::truth(step).fails() {
                    said.push(self.pair(self.say("exception", "exception"), &self.why(step)));
                }
            }
        }
        said.join(self.lang.then())
    }

    /// Why an item does not apply.
    pub(crate) fn not_applicable(&self, case: &ReadingCase) -> String {
        let applies = part(&case.because, Part::Applies).filter(|s| super::sentence::truth(s).fails());
        let step = applies.or_else(|| {
            derogations(&case.because).map(|(_, s)| s).find(|s| super::sentence::truth(s).holds())
        });
        match step {
            Some(step) => {
                if let Some(given) = self.hinges_on(step) {
                    return format!("{}, {given}", self.say("sans objet", "not applicable"));
                }
                let why = self.only_beyond(step).unwrap_or_else(|| self.why(step));
                format!("{} – {why}", self.say("sans objet", "not applicable"))
            }
            None => self.say("sans objet", "not applicable").to_owned(),
        }
    }

    /// Why it is open whether an item applies.
    pub(crate) fn perhaps_not_applicable(&self, case: &ReadingCase) -> Option<String> {
        let step = part(&case.because, Part::Applies).filter(|s| super::sentence::truth(s).is_open())?;
        let together = together(step);
        let step = together.as_ref().unwrap_or(step);
        Some(self.only_beyond(step).unwrap_or_else(|| {
            let open =
                self.say("on ne sait pas si la règle s'applique", "not known whether the rule applies");
            format!("{open} – {}", self.why(step))
        }))
    }

    /// `la décision étant défavorable`, where what an item hangs on is the decision or another item alone.
    fn hinges_on(&self, step: &Step) -> Option<String> {
        let reasons = self.reasons(step);
        let [reason] = reasons.as_slice() else { return None };
        let ExprKind::Holds(item) = self.policy.exprs.get(reason.step.expr?).kind else { return None };
        let holds = super::sentence::truth(reason.step).value()?;
        match item {
            ItemRef::Decision if holds => {
                Some(self.say("la décision étant favorable", "the decision being favourable").to_owned())
            }
            ItemRef::Decision => {
                Some(self.say("la décision étant défavorable", "the decision being unfavourable").to_owned())
            }
            ItemRef::Funding(id) => {
                let due = self.policy.fundings[id.index()].kind == FundingKind::Contribution;
                let being = match (holds, due) {
                    (true, false) => self.say("étant dû", "being due"),
                    (false, false) => self.say("n'étant pas dû", "not being due"),
                    (true, true) => self.say("étant due", "being due"),
                    (false, true) => self.say("n'étant pas due", "not being due"),
                };
                let the = match due {
                    true => self.say("la contribution ", ""),
                    false => self.say("le financement ", ""),
                };
                Some(format!("{the}{} {being}", self.quoted(self.item(item))))
            }
            ItemRef::Criterion(_) | ItemRef::Objective(_) | ItemRef::Mission(_) | ItemRef::Obligation(_) => {
                None
            }
        }
    }

    /// What a rule for large or small numbers only says of one that is not: `habitants : 4 001, la règle ne vaut
    /// qu'au-delà de 10 000`.
    fn only_beyond(&self, step: &Step) -> Option<String> {
        let (op, now, bound) = self.beyond(step)?;
        if let Some(none) = self.none_counted(op, now, bound) {
            return Some(none);
        }
        let beyond = match op {
            CompareOp::Gt => self.say("la règle ne vaut qu'au-delà de", "the rule applies only above"),
            CompareOp::Ge => self.say("la règle ne vaut qu'à partir de", "the rule applies only from"),
            CompareOp::Lt => self.say("la règle ne vaut qu'au-dessous de", "the rule applies only below"),
            CompareOp::Le => self.say("la règle ne vaut que jusqu'à", "the rule applies only up to"),
            CompareOp::Eq | CompareOp::Ne => return None,
        };
        Some(format!("{}, {beyond} {}", self.measure(now, &[bound]), self.outcome_of(bound)))
    }

    /// What makes a rule bind, where it binds in one case only: `habitants : 10 001, la règle vaut au-delà de 10 000`.
    pub(crate) fn binds(&self, step: &Step) -> Vec<String> {
        let said = self.beyond(step).and_then(|(op, now, bound)| {
            let beyond = match op {
                CompareOp::Gt => self.say("la règle vaut au-delà de", "the rule applies above"),
                CompareOp::Ge => self.say("la règle vaut à partir de", "the rule applies from"),
                CompareOp::Lt => self.say("la règle vaut au-dessous de", "the rule applies below"),
                CompareOp::Le => self.say("la règle vaut jusqu'à", "the rule applies up to"),
                CompareOp::Eq | CompareOp::Ne => return None,
            };
            Some(format!("{}, {beyond} {}", self.measure(now, &[bound]), self.outcome_of(bound)))
        });
        match said {
            Some(said) => vec![said],
            None => self.reasons(step).iter().map(|reason| reason.line(self.lang)).collect(),
        }
    }

    /// A value held against a number that is written in the text.
    fn beyond<'s>(&self, step: &'s Step) -> Option<(CompareOp, &'s Step, &'s Step)> {
        let ExprKind::Compare { op, left, right } = &self.policy.exprs.get(step.expr?).kind else {
            return None;
        };
        let (now, bound) = (super::sentence::operand(step, *left)?, super::sentence::operand(step, *right)?);
        let written = matches!(self.policy.exprs.get(*right).kind, ExprKind::Const(_));
        (written && matches!(bound.value, Known::Number(_)) && step.op == Op::Expr)
            .then_some((*op, now, bound))
    }

    /// Where one stands on the way to a target: `14,29 % au jour de l'examen, 50 % visés`.
    fn target(&self, item: ItemRef, case: &ReadingCase) -> String {
        let Some(step) = part(&case.because, Part::Condition) else { return String::new() };
        let together = together(step);
        let step = together.as_ref().unwrap_or(step);
        let status = self.status_said(item, case.status);
        let Some(expr) = step.expr else { return self.pair(&status, &self.why(step)) };
        if let ExprKind::Compare { op, left, right } = self.policy.exprs.get(expr).kind
            && let Some(now) = super::sentence::operand(step, left)
            && let Some(aim) = super::sentence::operand(step, right)
            && matches!(aim.value, Known::Number(_))
        {
            let fixed = |expr| {
                matches!(self.policy.exprs.get(expr).kind, ExprKind::Const(_) | ExprKind::Parameter { .. })
            };
            let (op, now, aim) =
                if fixed(left) && !fixed(right) { (op.flipped(), aim, now) } else { (op, now, aim) };
            // Of a share, from nothing to all of it says nothing.
            let all = |n: &Interval| {
                self.ty(now) == Type::Percent
                    && n.low.value().is_some_and(Ratio::is_zero)
                    && n.high.value() == Some(&Ratio::one())
            };
            let unbounded = matches!(
                &now.value,
                Known::Number(n) if n.low.value().is_none() || n.high.value().is_none() || all(n)
            );
            // What is known of a value may settle it: « 2 € par ha ou plus ».
            let open = matches!(case.status, Status::Undetermined | Status::DependsOnReading);
            let now_said = if unbounded && open { self.unknown() } else { self.outcome_beside(now, &[aim]) };
            return match case.status {
                _ if open && now_said == self.unknown() => format!(
                    "{}, {}",
                    self.say("valeur inconnue", "value unknown"),
                    self.aimed(op, &self.outcome_beside(aim, &[now]))
                ),
                Status::Undetermined if !unbounded => format!(
                    "{} – {} {}, {}",
                    self.say("à établir", "to be settled"),
                    now_said,
                    self.say("au jour de l'examen", "on the day of examination"),
                    self.aimed(op, &self.outcome_of(aim))
                ),
                status => {
                    let reached = match status {
                        Status::Reached => self.say("objectif atteint", "target reached"),
                        _ => self.say("objectif pas encore atteint", "target not reached yet"),
                    };
                    format!(
                        "{now_said} {}, {reached} ({})",
                        self.say("au jour de l'examen", "on the day of examination"),
                        self.bound(op, now, aim)
                    )
                }
            };
        }
        match self.why(step) {
            why if why.is_empty() => status,
            why => format!("{status} – {why}"),
        }
    }

    /// An objective, with what is measured where a figure does not tell its unit: `couverture (professionnels pour
    /// 1 000 habitants)`.
    pub(crate) fn objective(&self, item: ItemRef) -> String {
        let name = self.item(item);
        let ItemRef::Objective(id) = item else { return name.to_owned() };
        let aims = self.policy.exprs.get(self.policy.objectives[id.index()].aims);
        let ExprKind::Compare { left, .. } = aims.kind else { return name.to_owned() };
        let left = self.policy.exprs.get(left);
        match (&left.kind, left.ty) {
            (ExprKind::Definition(definition), Type::Integer | Type::Number) => {
                let measured = self.definition(*definition);
                if measured == name { name.to_owned() } else { format!("{name} ({measured})") }
            }
            _ => name.to_owned(),
        }
    }

    /// `objectif de 50 %`, `objectif de plus de 22`: in words that agree with nothing that is counted.
    fn aimed(&self, op: CompareOp, aim: &str) -> String {
        let said = match op {
            CompareOp::Ge => aim.to_owned(),
            CompareOp::Gt => format!("{} {aim}", self.say("plus de", "more than")),
            CompareOp::Le => format!("{aim} {}", self.say("au plus", "at most")),
            CompareOp::Lt => format!("{} {aim}", self.say("moins de", "less than")),
            CompareOp::Eq => format!("{aim} {}", self.say("exactement", "exactly")),
            CompareOp::Ne => {
                return format!("{} {aim}", self.say("objectif : tout sauf", "target: anything but"));
            }
        };
        format!("{} {said}", self.say("objectif de", "target of"))
    }

    /// As [`Words::often`], of a financing among items.
    pub(crate) fn often_of(&self, item: ItemRef) -> String {
        match item {
            ItemRef::Funding(id) => self.often(&self.policy.fundings[id.index()]),
            ItemRef::Criterion(_)
            | ItemRef::Objective(_)
            | ItemRef::Mission(_)
            | ItemRef::Decision
            | ItemRef::Obligation(_) => String::new(),
        }
    }

    /// How often and for how long an amount is paid; nothing where the text does not say.
    pub(crate) fn often(&self, funding: &Funding) -> String {
        let frequency = funding.frequency.map(|f| phrase::frequency(f, self.lang).to_owned());
        let lasting = funding.lasting.map(|d| format!("{} {}", self.say("pendant", "for"), self.duration(d)));
        frequency.into_iter().chain(lasting).collect::<Vec<_>>().join(", ")
    }

    /// A duration as written.
    fn duration(&self, duration: crate::time::Duration) -> String {
        self.lang.wording().duration(duration)
    }
}
