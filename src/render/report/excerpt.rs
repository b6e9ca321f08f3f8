//! Where what fails or is missing stands, in the policy and in the dossier.

use std::sync::Arc;

use super::Builder;
use crate::decision::{Combination, ItemResult, Leaf, Op, Part, Step};
use crate::diagnostic::Label;
use crate::dossier::Answer;
use crate::policy::{Declared, ExprId, ExprKind, ListId};
use crate::render::words::{by_readings, elements, operand, part, truth};
use crate::source::{SourceFile, Span};

/// Past this many places of one file, the rest is left out.
const MANY: usize = 12;

/// A place with what is said about it under one combination.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    in_policy: bool,
    span: Span,
    text: String,
}

impl Builder<'_> {
    /// The conditions that fail or are open, in the policy; what they read, in the dossier.
    pub(super) fn excerpt(&self, result: &ItemResult) -> Vec<Label> {
        let mut cases: Vec<(Combination, Vec<Place>)> = Vec::new();
        for case in &result.by_reading {
            let mut places = Vec::new();
            if let Some(step) = part(&case.because, Part::Condition) {
                for reason in self.words.reasons(step) {
                    self.condition_place(reason.step, &mut places);
                }
            }
            cases.push((case.readings.clone(), places));
        }
        let mut all: Vec<Place> = Vec::new();
        for (_, places) in &cases {
            all.extend(places.iter().filter(|place| !all.contains(place)).cloned().collect::<Vec<_>>());
        }
        // What is said under every combination is said once, the rest under the options that say it.
        let mut labels: Vec<(bool, Span, Vec<String>)> = Vec::new();
        for place in all {
            let said_under: Vec<(Combination, bool)> = cases
                .iter()
                .map(|(combination, places)| (combination.clone(), places.contains(&place)))
                .collect();
            let options: Vec<String> = by_readings(said_under)
                .into_iter()
                .filter(|(_, said)| *said)
                .map(|(combination, _)| self.options(&combination))
                .filter(|options| !options.is_empty())
                .collect();
            let text = match (options.as_slice(), place.in_policy) {
                ([], _) => place.text,
                (some, true) => self.words.pair(&some.join(", "), &place.text),
                (some, false) => format!("{} ({})", place.text, some.join(", ")),
            };
            match labels.iter_mut().find(|(p, span, _)| *p == place.in_policy && *span == place.span) {
                Some((_, _, texts)) => texts.push(text),
                None => labels.push((place.in_policy, place.span, vec![text])),
            }
        }
        self.labels(&labels, true).into_iter().chain(self.labels(&labels, false)).collect()
    }

    fn labels(&self, all: &[(bool, Span, Vec<String>)], in_policy: bool) -> Vec<Label> {
        let file: &Arc<SourceFile> =
            if in_policy { &self.words.policy.file } else { &self.words.dossier.file };
        let mut labels: Vec<Label> = all
            .iter()
            .filter(|(p, _, _)| *p == in_policy)
            .take(MANY)
            .map(|(_, span, texts)| Label { file: Arc::clone(file), span: *span, text: texts.join(" · ") })
            .collect();
        // In the policy the condition comes first, then where what is missing is declared.
        if !in_policy {
            labels.sort_by_key(|label| label.span.start);
        }
        labels
    }

    fn condition_place(&self, step: &Step, places: &mut Vec<Place>) {
        let words = &self.words;
        let inner = match &step.op {
            Op::Shared(body) => Some(&**body),
            _ => None,
        };
        // Of trials over several conditions, what is missing tells more than the whole of them.
        let single =
            |kind: &ExprKind| !matches!(kind, ExprKind::Bullets { .. } | ExprKind::And(_) | ExprKind::Or(_));
        if let Some(expr) = step.expr.filter(|e| single(&words.policy.exprs.get(*e).kind)) {
            let text = match &words.policy.exprs.get(expr).kind {
                ExprKind::Compare { left, .. } => match operand(step, *left) {
                    Some(left) => self.value_text(left),
                    None => words.outcome_of(step),
                },
                ExprKind::Among { subject, .. } | ExprKind::Between { subject, .. } => {
                    operand(step, *subject).map_or_else(|| words.outcome_of(step), |s| words.outcome_of(s))
                }
                ExprKind::Aggregate { list, filter, of, .. } => {
                    let breaking = self.breaking(step, *list, *filter, *of);
                    match breaking.as_slice() {
                        [] => words.outcome_of(step),
                        [one] => words.pair(&one.text, &words.outcome_of(step)),
                        many => words.pair(
                            &words.policy.lists[list.index()].label,
                            &format!(
                                "{} {}",
                                many.len(),
                                words.say("ne le vérifient pas", "do not satisfy it")
                            ),
                        ),
                    }
                }
                _ => words.outcome_of(step),
            };
            places.push(Place { in_policy: true, span: words.policy.exprs.get(expr).span, text });
        }
        let mut facts = Vec::new();
        self.facts_of(inner.unwrap_or(step), None, &mut facts);
        if matches!(step.op, Op::Cases { .. }) {
            // What was tried is what is missing: what is known bears less.
            let lacking = self.lacking();
            facts.retain(|place: &Place| place.text.ends_with(&lacking));
        }
        places.extend(facts.into_iter().filter(|place| !places.contains(place)).collect::<Vec<_>>());
    }

    /// `2 ÷ 30 = 6,67 %` of a quotient, else the value.
    fn value_text(&self, step: &Step) -> String {
        let words = &self.words;
        match words.quotient(step) {
            Some(quotient) => format!(
                "{} ÷ {} {} {}",
                words.figure(quotient.part),
                words.figure(quotient.whole),
                if words.is_rounded(step) { "≈" } else { "=" },
                words.outcome_of(step)
            ),
            None => words.figure(step),
        }
    }

    /// The facts that a step reads, each under the name of the nearest definition above it.
    fn facts_of(&self, step: &Step, under: Option<&str>, places: &mut Vec<Place>) {
        let words = &self.words;
        let push = |places: &mut Vec<Place>, place: Place| {
            if !places.contains(&place) {
                places.push(place);
            }
        };
        match &step.op {
            Op::Leaf(Leaf::Fact(fact)) => {
                let declared = &words.policy.facts[fact.index()];
                let given = words.dossier.fact(*fact);
                match given.place {
                    Some(place) if given.answer != Answer::Missing => {
                        let text = under.map_or_else(|| words.outcome_of(step), str::to_owned);
                        push(places, Place { in_policy: false, span: place.value, text });
                    }
                    _ => {
                        push(places, Place { in_policy: true, span: declared.ask.span, text: self.lacking() })
                    }
                }
            }
            Op::Leaf(Leaf::Cell(row, field)) => {
                let of = &words.policy.fields[field.index()];
                let width = words.policy.lists[of.list.index()].fields.len();
                let cell = words
                    .dossier
                    .list(of.list)
                    .and_then(|rows| rows.cells.get(*row as usize * width + of.rank as usize));
                if cell.is_none_or(|cell| cell.answer == Answer::Missing) {
                    let span =
                        words.dossier.list(of.list).and_then(|rows| rows.spans.get(*row as usize).copied());
                    let text = words.pair(&of.name, &self.lacking());
                    if let Some(span) = span {
                        push(places, Place { in_policy: false, span, text });
                    }
                }
            }
            Op::Leaf(Leaf::List(list)) => self.list_place(Declared::List(*list), step, under, places),
            Op::Leaf(Leaf::Parameter(_) | Leaf::Literal | Leaf::Reading(_) | Leaf::ExaminationDate)
            | Op::Item => {}
            Op::Shared(body) => {
                let name = step.expr.and_then(|e| match words.policy.exprs.get(e).kind {
                    ExprKind::Definition(definition) => Some(words.definition(definition)),
                    _ => None,
                });
                self.facts_of(body, name.or(under), places);
            }
            Op::Expr | Op::Served { .. } | Op::Cases { .. } | Op::Case { .. } => {
                if let Some(ExprKind::Aggregate { list, filter, of, .. }) =
                    step.expr.map(|e| &words.policy.exprs.get(e).kind)
                {
                    let breaking = self.breaking(step, *list, *filter, *of);
                    if !breaking.is_empty() {
                        places.extend(
                            breaking.into_iter().filter(|place| !places.contains(place)).collect::<Vec<_>>(),
                        );
                        return;
                    }
                    self.list_place(Declared::List(*list), step, under, places);
                }
                for operand in &step.operands {
                    // What was looked at to choose a line is no part of the value.
                    if matches!(operand.op, Op::Leaf(Leaf::Reading(_)))
                        || truth(operand).fails() && under.is_some()
                    {
                        continue;
                    }
                    self.facts_of(operand, under, places);
                }
            }
        }
    }

    /// The elements for which a condition on all of a list fails, each where it stands.
    fn breaking(&self, step: &Step, list: ListId, filter: Option<ExprId>, of: Option<ExprId>) -> Vec<Place> {
        let words = &self.words;
        let spans = words.dossier.list(list).map_or(&[][..], |rows| &rows.spans);
        if !truth(step).fails() || of.is_none() {
            return Vec::new();
        }
        elements(step, filter, of)
            .into_iter()
            .filter(|element| truth(element.second.unwrap_or(element.first)).fails())
            .filter(|element| filter.is_none() || element.second.is_some())
            .filter_map(|element| {
                let span = *spans.get(element.row as usize)?;
                let text = words.element(element.row, list);
                Some(Place { in_policy: false, span, text })
            })
            .collect()
    }

    fn list_place(&self, list: Declared, step: &Step, under: Option<&str>, places: &mut Vec<Place>) {
        let Declared::List(list) = list else { return };
        let words = &self.words;
        let place = match words.dossier.list(list) {
            Some(rows) => {
                let value = words.outcome_of(step);
                let text = match under {
                    Some(name) => words.pair(name, &value),
                    None => value,
                };
                Place { in_policy: false, span: rows.key, text }
            }
            None => {
                Place { in_policy: true, span: words.policy.lists[list.index()].span, text: self.lacking() }
            }
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }

    fn lacking(&self) -> String {
        self.words.say("manque dans le dossier", "missing from the dossier").to_owned()
    }
}
