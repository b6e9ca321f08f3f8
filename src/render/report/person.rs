//! What a paper to a person is made of: each condition with its facts and its passages, said apart.

use std::cell::RefCell;

use super::Builder;
use super::conditions::add;
use super::passages::in_text_order;
use crate::decision::{Combination, Decision, ItemResult, MissingPlace, Part, ReadingCase, Status, Step};
use crate::dossier::Dossier;
use crate::known::Truth;
use crate::policy::{Citation, ExprId, ExprKind, FactId, ItemRef, Policy};
use crate::render::words::{Audience, Words, by_readings, derogations, part, truth};
use crate::render::{Explain, Lang};

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
        for case in &result.by_reading {
            facts.push((case.readings.clone(), self.figures(case)));
            // Of what is met by itself, no exception is told.
            let bears = case.status != Status::Met || words.by_exception(result).is_some();
            let told = derogations(&case.because).filter(|_| bears).map(|(_, step)| self.exempted(step));
            exceptions.push((case.readings.clone(), told.collect()));
            remedies.push((case.readings.clone(), words.remedy(&case.to_meet, true)));
            if let Some(step) = part(&case.because, Part::Condition) {
                for reason in words.reasons(step) {
                    add(reason.citations, &mut law);
                }
                self.applied(step, &mut law);
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
            remedies: remedies.into_iter().filter_map(|(c, said)| Some((c, said?))).collect(),
        }
    }

    /// The passages of an item itself, those of the exceptions to it that hold, and those of the definitions that it was
    /// worked out by.
    pub(crate) fn whole_law(&self, item: ItemRef) -> Vec<Citation> {
        let mut law = self.words.policy.head(item).citations.clone();
        add(&self.exempting(item), &mut law);
        let own = law.len();
        for (_, step) in self.decision.item(item).by_reading.iter().flat_map(|case| &case.because.parts) {
            self.applied(step, &mut law);
        }
        in_text_order(law.get_mut(own..).unwrap_or_default());
        law.retain(|citation| !self.is_set_aside(citation));
        law
    }

    /// The passages of the exceptions to an item that hold.
    fn exempting(&self, item: ItemRef) -> Vec<Citation> {
        let policy = self.words.policy;
        let exceptions = match item {
            ItemRef::Criterion(id) => &policy.criteria[id.index()].unless[..],
            ItemRef::Funding(id) => &policy.fundings[id.index()].unless,
            ItemRef::Obligation(id) => &policy.obligations[id.index()].unless,
            ItemRef::Objective(_) | ItemRef::Mission(_) | ItemRef::Decision => &[],
        };
        let mut law = Vec::new();
        for case in &self.decision.item(item).by_reading {
            for (rank, _) in derogations(&case.because).filter(|(_, step)| truth(step).holds()) {
                add(exceptions.get(rank as usize).map_or(&[], |exception| &exception.citations), &mut law);
            }
        }
        law
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
                    if self.is_criterion(reason.step.expr) {
                        continue;
                    }
                    let mut law = reason.citations.to_vec();
                    self.applied(reason.step, &mut law);
                    law.retain(|citation| !self.is_set_aside(citation));
                    if let Some((_, known)) = all.iter_mut().find(|(expr, _)| *expr == reason.step.expr) {
                        add(&law, &mut known.law);
                        continue;
                    }
                    let under = self.under_each(reason.step.expr);
                    let under = under.into_iter().map(|(combination, (said, _))| (combination, vec![said]));
                    let condition = Condition {
                        name: reason.step.expr.map_or_else(String::new, |e| words.name(e).into_owned()),
                        facts: by_readings(under.collect()),
                        exceptions: Vec::new(),
                        law,
                        exempting: None,
                        remedies: Vec::new(),
                    };
                    all.push((reason.step.expr, condition));
                }
            }
        }
        all.into_iter().map(|(_, condition)| condition).collect()
    }

    /// What a question is for: « périmètre géographique ».
    pub(crate) fn asked_for(&self, missing: &crate::decision::Missing) -> String {
        self.purpose(missing)
    }

    /// What is written of each element of a list that is asked for.
    pub(crate) fn of_each(&self, place: MissingPlace) -> Option<String> {
        let MissingPlace::List(list) = place else { return None };
        let policy = self.words.policy;
        let list = &policy.lists[list.index()];
        let labels = list.fields.iter().map(|field| {
            let field = &policy.fields[field.index()];
            crate::phrase::alone(&field.label)
        });
        let labels: Vec<String> = labels.collect();
        let each = format!("pour chaque {}", crate::wording::french::singular(&list.label));
        (!labels.is_empty()).then(|| self.words.pair(&each, &labels.join(", ")))
    }
}
