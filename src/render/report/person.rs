//! What a paper to a person is made of: each condition with its facts and its passages, said apart.

use std::cell::RefCell;

use super::Builder;
use super::conditions::add;
use super::passages::in_text_order;
use crate::concordance::prose::Passage;
use crate::decision::{
    Combination, Decision, ItemResult, Missing, MissingPlace, Op, Part, ReadingCase, Status, Step,
};
use crate::dossier::Dossier;
use crate::known::Truth;
use crate::number::Ratio;
use crate::policy::{Citation, ExprId, ExprKind, FactId, ItemRef, Policy, Reach, Type, Written};
use crate::render::words::{Audience, Words, by_readings, derogations, operand, part, truth};
use crate::render::{Explain, Lang};
use crate::value::Value;

/// A condition with what it stands on.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) name: String,
    /// Its facts, under each combination of readings that changes them.
    pub(crate) facts: Vec<(Combination, Vec<String>)>,
    /// Its exceptions, under each combination of readings that changes them.
    pub(crate) exceptions: Vec<(Combination, Vec<Exempted>)>,
    /// Its passages.
    pub(crate) law: Vec<Citation>,
    /// Those of the exceptions that hold, where one is what meets it.
    pub(crate) exempting: Option<Vec<Citation>>,
    /// Those of the exceptions to it that were looked at, where none holds.
    pub(crate) refusing: Vec<(String, Vec<Citation>)>,
    /// Whether it comes to the same under every reading.
    pub(crate) alike: bool,
    /// Values that a rule gives where none of its cases applies, and no passage bears out: name and value.
    pub(crate) conventions: Vec<(String, String)>,
    /// What would meet it, under each combination of readings that changes it.
    pub(crate) remedies: Vec<(Combination, String)>,
}

/// What was decided of an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exempted {
    /// Whether it holds.
    pub(crate) truth: Truth,
    /// Where the authority judges it: what it judges.
    pub(crate) judged: Option<FactId>,
    /// Why it holds or not.
    pub(crate) why: String,
}

impl<'a> Builder<'a> {
    /// For who gets a letter.
    pub(crate) fn for_addressee(policy: &'a Policy, dossier: &'a Dossier, decision: &'a Decision) -> Self {
        let mut builder = Builder::for_person(policy, dossier, decision);
        builder.words.audience = Audience::Addressee;
        // An author's notes are for who keeps the text.
        builder.explain = Explain::Brief;
        builder
    }

    /// For who gets a paper.
    pub(crate) fn for_person(policy: &'a Policy, dossier: &'a Dossier, decision: &'a Decision) -> Self {
        let words = Words {
            audience: Audience::Person,
            ..Words::new(policy, dossier, decision.examined_on, Lang::Fr)
        };
        let (named, read) = (RefCell::default(), RefCell::default());
        Builder { words, decision, explain: Explain::Full, named, read, by_form: false }
    }

    /// A criterion.
    pub(crate) fn told(&self, result: &ItemResult) -> Condition {
        let words = &self.words;
        let mut law = words.policy.head(result.item).citations.clone();
        let own = law.len();
        let (mut facts, mut exceptions, mut remedies) = (Vec::new(), Vec::new(), Vec::new());
        let (mut refusing, mut conventions): (Vec<(String, Vec<Citation>)>, _) = (Vec::new(), Vec::new());
        for case in &result.by_reading {
            facts.push((case.readings.clone(), self.figures(case)));
            // Of what is met by itself, no exception is told.
            let bears = case.status != Status::Met || words.by_exception(result).is_some();
            let told = derogations(&case.because).filter(|_| bears).map(|(_, step)| self.exempted(step));
            exceptions.push((case.readings.clone(), told.collect()));
            for (rank, step) in derogations(&case.because).filter(|(_, step)| bears && truth(step).fails()) {
                let name = step.expr.map_or_else(String::new, |expr| words.name(expr).into_owned());
                if !refusing.iter().any(|(known, _)| *known == name) {
                    refusing.push((name, self.excepting(result.item, rank).to_vec()));
                }
            }
            remedies.push((case.readings.clone(), words.remedy(&case.to_meet, true)));
            if let Some(step) = part(&case.because, Part::Condition) {
                for reason in words.reasons(step) {
                    add(reason.citations, &mut law);
                }
                self.used(step, &mut law);
                self.conventions(step, &mut conventions);
            }
        }
        in_text_order(law.get_mut(own..).unwrap_or_default());
        law.retain(|citation| !self.is_set_aside(citation));
        let remedies = by_readings(remedies);
        Condition {
            name: words.item(result.item).to_owned(),
            facts: by_readings(facts),
            exceptions: by_readings(exceptions),
            law,
            exempting: words.by_exception(result).map(|_| self.exempting(result.item)),
            refusing,
            alike: result.by_reading.windows(2).all(|two| two[0].status == two[1].status),
            conventions,
            remedies: remedies.into_iter().filter_map(|(c, said)| Some((c, said?))).collect(),
        }
    }

    /// The passages of an item itself, those of the exceptions to it that hold, and those of the definitions that it was
    /// worked out by.
    pub(crate) fn whole_law(&self, item: ItemRef) -> Vec<Citation> {
        let mut law = self.words.policy.head(item).citations.clone();
        let steps = || self.decision.item(item).by_reading.iter().flat_map(|case| &case.because.parts);
        let mut applied = Vec::new();
        steps().for_each(|(_, step)| self.excepted_values(step, &mut applied));
        let whole = self.words.policy.head(item).whole;
        let lines = self.words.policy.exprs.iter().filter_map(|expr| match &expr.kind {
            ExprKind::Cases { lines, .. } => Some(lines),
            _ => None,
        });
        let excepted: Vec<u32> = lines
            .flatten()
            .filter(|line| line.written == Written::Exception)
            .map(|line| line.span.start)
            .filter(|start| (whole.start..whole.end).contains(start))
            .collect();
        law.retain(|citation| {
            // An exception's own passages stand after its first word, and before the next.
            let of = excepted.iter().filter(|start| **start < citation.span.start).max();
            of.is_none_or(|start| applied.contains(start))
        });
        let (mut told, mut left) = (Vec::new(), Vec::new());
        steps().for_each(|(_, step)| self.figures_told(step, &mut told, &mut left));
        left.retain(|figure| !told.contains(figure));
        law.retain(|citation| {
            let passage = citation.quote.as_deref().map(|quote| Passage::read(quote, 0));
            let figures = passage.iter().flat_map(|passage| &passage.mentions);
            let figures: Vec<Ratio> = figures.filter_map(|mention| mention.quantity.number()).collect();
            figures.is_empty() || figures.iter().any(|figure| !left.contains(figure))
        });
        add(&self.exempting(item), &mut law);
        let own = law.len();
        steps().for_each(|(_, step)| self.used(step, &mut law));
        in_text_order(law.get_mut(own..).unwrap_or_default());
        law.retain(|citation| !self.is_set_aside(citation));
        law
    }

    /// The passages of the exceptions to an item that hold.
    fn exempting(&self, item: ItemRef) -> Vec<Citation> {
        let mut law = Vec::new();
        for case in &self.decision.item(item).by_reading {
            for (rank, _) in derogations(&case.because).filter(|(_, step)| truth(step).holds()) {
                add(self.excepting(item, rank), &mut law);
            }
        }
        law
    }

    /// The passages of an exception to an item.
    fn excepting(&self, item: ItemRef, rank: u32) -> &'a [Citation] {
        let policy = self.words.policy;
        let exceptions = match item {
            ItemRef::Criterion(id) => &policy.criteria[id.index()].unless[..],
            ItemRef::Funding(id) => &policy.fundings[id.index()].unless,
            ItemRef::Obligation(id) => &policy.obligations[id.index()].unless,
            ItemRef::Objective(_) | ItemRef::Mission(_) | ItemRef::Decision => &[],
        };
        exceptions.get(rank as usize).map_or(&[], |exception| &exception.citations)
    }

    /// The passages of the definitions and dated values that a step rests on, those of each element of a list too.
    fn used(&self, step: &Step, law: &mut Vec<Citation>) {
        let policy = self.words.policy;
        match (&step.op, step.expr.map(|expr| &policy.exprs.get(expr).kind)) {
            (Op::Shared(body), Some(ExprKind::Definition(definition))) if !self.is_otherwise(body) => {
                add(&policy.definitions[definition.index()].head.citations, law);
            }
            (_, Some(ExprKind::Parameter { parameter, .. })) => {
                add(&policy.parameters[parameter.index()].head.citations, law);
            }
            _ => {}
        }
        let body = if let Op::Shared(body) = &step.op { Some(&**body) } else { None };
        step.operands.iter().chain(body).for_each(|inner| self.used(inner, law));
    }

    /// Whether a definition gives what it gives « dans les autres cas »: its passages tell the cases that are not so.
    fn is_otherwise(&self, body: &Step) -> bool {
        match body.expr.map(|expr| &self.words.policy.exprs.get(expr).kind) {
            Some(ExprKind::Cases { otherwise: Some(other), .. }) => operand(body, *other).is_some(),
            _ => false,
        }
    }

    /// Where each `sauf si …` begins that is what gives a value.
    fn excepted_values(&self, step: &Step, all: &mut Vec<u32>) {
        if let Some(ExprKind::Cases { lines, .. }) =
            step.expr.map(|expr| &self.words.policy.exprs.get(expr).kind)
        {
            let exceptions = lines.iter().filter(|line| line.written == Written::Exception);
            let given = exceptions.filter(|line| operand(step, line.value).is_some());
            all.extend(given.map(|line| line.span.start));
        }
        let body = if let Op::Shared(body) = &step.op { Some(&**body) } else { None };
        step.operands.iter().chain(body).for_each(|inner| self.excepted_values(inner, all));
    }

    /// The figures that a value was worked out by, and those of the cases that do not apply: a passage that says these
    /// alone is no ground.
    fn figures_told(&self, step: &Step, told: &mut Vec<Ratio>, left: &mut Vec<Ratio>) {
        let exprs = &self.words.policy.exprs;
        match step.expr.map(|expr| &exprs.get(expr).kind) {
            Some(ExprKind::Const(Value::Number(figure))) => told.push(figure.clone()),
            Some(ExprKind::Cases { lines, .. }) => {
                for line in lines.iter().filter(|line| operand(step, line.value).is_none()) {
                    self.figures_in(line.value, left);
                }
            }
            _ => {}
        }
        let body = if let Op::Shared(body) = &step.op { Some(&**body) } else { None };
        step.operands.iter().chain(body).for_each(|inner| self.figures_told(inner, told, left));
    }

    fn figures_in(&self, expr: ExprId, all: &mut Vec<Ratio>) {
        let kind = &self.words.policy.exprs.get(expr).kind;
        if let ExprKind::Const(Value::Number(figure)) = kind {
            all.push(figure.clone());
        }
        kind.for_each_operand(&mut |inner| self.figures_in(inner, all));
    }

    /// The figures that a definition without any passage gives where none of its cases applies.
    fn conventions(&self, step: &Step, all: &mut Vec<(String, String)>) {
        let policy = self.words.policy;
        if let (Op::Shared(body), Some(ExprKind::Definition(definition))) =
            (&step.op, step.expr.map(|expr| &policy.exprs.get(expr).kind))
        {
            let constant = match body.expr.map(|expr| &policy.exprs.get(expr).kind) {
                Some(ExprKind::Cases { otherwise: Some(other), .. }) => {
                    matches!(policy.exprs.get(*other).kind, ExprKind::Const(_))
                        && operand(body, *other).is_some()
                        && body.value.is_single()
                }
                _ => false,
            };
            let definition = &policy.definitions[definition.index()];
            let told = (definition.label.to_string(), self.words.figure(step));
            if constant && definition.head.citations.is_empty() && !all.contains(&told) {
                all.push(told);
            }
        }
        let body = if let Op::Shared(body) = &step.op { Some(&**body) } else { None };
        step.operands.iter().chain(body).for_each(|inner| self.conventions(inner, all));
    }

    /// Whether a condition reads the decision.
    pub(crate) fn rests_on_decision(&self, step: &Step) -> bool {
        self.is_decision(step) || step.operands.iter().any(|inner| self.rests_on_decision(inner))
    }

    /// Why a financing is not due, or may not be, the decision itself left out.
    pub(crate) fn own_reasons(&self, case: &ReadingCase) -> Vec<String> {
        let words = &self.words;
        let reasons = part(&case.because, Part::Condition).map(|step| words.reasons(step));
        let mut told: Vec<String> = derogations(&case.because)
            .filter(|(_, step)| truth(step).holds())
            .map(|(_, step)| words.why(step))
            .collect();
        let own = reasons.unwrap_or_default().into_iter().filter(|reason| !self.is_decision(reason.step));
        told.extend(own.map(|reason| reason.line(words.lang)));
        told
    }

    /// The figures and answers that make a criterion what it is.
    fn figures(&self, case: &ReadingCase) -> Vec<String> {
        let words = &self.words;
        if case.status == Status::NotApplicable {
            return vec![words.not_applicable(case)];
        }
        let mut facts: Vec<String> = words.perhaps_not_applicable(case).into_iter().collect();
        let binds = part(&case.because, Part::Applies).filter(|_| case.status == Status::NotMet);
        facts.extend(binds.map(|step| words.binds(step)).unwrap_or_default());
        let reasons = part(&case.because, Part::Condition).map(|step| words.reasons(step));
        facts.extend(reasons.unwrap_or_default().iter().map(|reason| reason.line(words.lang)));
        facts
    }

    fn exempted(&self, step: &Step) -> Exempted {
        let policy = self.words.policy;
        let fact = step.expr.and_then(|expr| match policy.exprs.get(expr).kind {
            ExprKind::Fact(fact) => Some(fact),
            _ => None,
        });
        let judged = fact.filter(|fact| policy.facts[fact.index()].ask.judge.is_some());
        Exempted { truth: truth(step), judged, why: self.words.why(step) }
    }

    /// The conditions of the decision that are no criteria: those that hold where it is favourable, those that fail where
    /// it is not.
    pub(crate) fn own_told(&self) -> Vec<Condition> {
        let words = &self.words;
        let mut all: Vec<(Option<ExprId>, Condition)> = Vec::new();
        for case in &self.decision.decision.by_reading {
            for (_, step) in &case.because.parts {
                for reason in words.reasons(step) {
                    if self.is_criterion(reason.expr) {
                        continue;
                    }
                    let mut law = reason.citations.to_vec();
                    self.used(reason.step, &mut law);
                    law.retain(|citation| !self.is_set_aside(citation));
                    if let Some((_, known)) = all.iter_mut().find(|(expr, _)| *expr == reason.expr) {
                        add(&law, &mut known.law);
                        continue;
                    }
                    let under = self.under_each(reason.expr);
                    let alike = under.windows(2).all(|two| two[0].1.1 == two[1].1.1);
                    let under = under.into_iter().map(|(combination, (said, _))| (combination, vec![said]));
                    let mut conventions = Vec::new();
                    self.conventions(reason.step, &mut conventions);
                    let condition = Condition {
                        name: reason.expr.map_or_else(String::new, |e| words.name(e).into_owned()),
                        facts: by_readings(under.collect()),
                        exceptions: Vec::new(),
                        law,
                        exempting: None,
                        refusing: Vec::new(),
                        alike,
                        conventions,
                        remedies: Vec::new(),
                    };
                    all.push((reason.expr, condition));
                }
            }
        }
        all.into_iter().map(|(_, condition)| condition).collect()
    }

    /// What a question is for, of what may be told: « périmètre géographique ».
    pub(crate) fn asked_for(&self, missing: &Missing, tells: &dyn Fn(ItemRef) -> bool) -> String {
        let affects = missing.affects.iter().copied().filter(|item| tells(*item)).collect();
        self.purpose(&Missing { affects, ..missing.clone() })
    }

    /// What is written of each element of a list that is asked for, with the answers among which one is chosen.
    pub(crate) fn of_each(&self, place: MissingPlace) -> Option<String> {
        let MissingPlace::List(list) = place else { return None };
        let words = &self.words;
        let list = &words.policy.lists[list.index()];
        let labels = list.fields.iter().map(|field| {
            let field = &words.policy.fields[field.index()];
            let label = crate::phrase::alone(&field.label);
            match field.ask.ty {
                Type::Choice(choice) => format!("{label} ({})", words.choices(choice)),
                Type::Truth => format!("{label} (par oui ou par non)"),
                _ => label,
            }
        });
        let labels: Vec<String> = labels.collect();
        let each = format!("pour chaque {}", crate::wording::french::singular(&list.label));
        (!labels.is_empty()).then(|| words.pair(&each, &labels.join(", ")))
    }

    /// Whether an amount or a right itself reads what is missing, and not by its conditions alone.
    pub(crate) fn is_worked_out_by(&self, item: ItemRef, place: MissingPlace) -> bool {
        let ItemRef::Funding(id) = item else { return false };
        let mut read = Reach::default();
        read.add_expr(self.words.policy, self.words.policy.fundings[id.index()].amount);
        read.reads(place.declared())
    }
}
