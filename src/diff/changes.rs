//! What differs between two policies, item by item.

use super::compare::{aligned, differences, scale_lines};
use super::form::{Form, Shape};
use super::limits;
use super::side::Side;
use super::view::{Other, View, views};
use super::{Change, Clause, Detail, Kind, Line, Passage, What};
use crate::policy::Policy;

/// What differs between two sides, for all dossiers and then for those to which a variant goes on one
/// side only or on both: that one against the other, or against the plain text.
pub fn parts(before: &Side<'_>, after: &Side<'_>) -> Vec<Change> {
    let (Some(old), Some(new)) = (before.policy(), after.policy()) else { return Vec::new() };
    let mut all = changes(old, new);
    let mut scopes: Vec<&str> = Vec::new();
    // Where several amendments meet, each has been told.
    let alone = after.variants().chain(before.variants()).filter(|variant| variant.applied.len() == 1);
    for scope in alone.filter_map(|variant| variant.scope.as_deref()) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    for scope in scopes {
        let found = match (before.variant(scope), after.variant(scope)) {
            // What changes for all has been told.
            (None, Some(variant)) => changes(new, variant),
            (Some(variant), None) => changes(variant, old),
            (Some(was), Some(is)) => {
                changes(was, is).into_iter().filter(|change| !all.contains(change)).collect()
            }
            (None, None) => Vec::new(),
        };
        all.extend(found.into_iter().map(|change| Change { scope: Some(scope.to_owned()), ..change }));
    }
    all
}

/// What differs between two policies, in the order in which it is told: what may change a decision by
/// kind of item, in the order of the new text; what is repealed stands where its kind does.
pub fn changes(before: &Policy, after: &Policy) -> Vec<Change> {
    let (mut olds, mut news) = (views(before), views(after));
    let amended = |policy: &Policy| policy.version.texts.len() > 1 || !policy.version.aside.is_empty();
    if amended(before) || amended(after) {
        // What is put together from several texts has the days on which they meet: no change of the law.
        for view in olds.iter_mut().chain(&mut news) {
            if let Other::Text { from, until, .. } = &mut view.other {
                (*from, *until) = (None, None);
            }
        }
    }
    let same = |a: &View, b: &View| {
        a.subject.kind == b.subject.kind
            && (a.subject.name == b.subject.name || matches!(a.subject.kind, Kind::Text | Kind::Decision))
    };
    let mut found = Vec::new();
    let mut repealed: Vec<&View> = olds.iter().filter(|old| !news.iter().any(|new| same(old, new))).collect();
    for new in &news {
        match olds.iter().find(|old| same(old, new)) {
            Some(old) => {
                let details = details(old, new);
                if old.subject.name != new.subject.name && new.subject.kind == Kind::Decision {
                    found.push(renamed(old, new, details));
                } else if !details.is_empty() {
                    found.push(change(old, new, What::Changed(details)));
                }
            }
            None => match repealed.iter().position(|old| is_renamed(old, new)) {
                Some(rank) => {
                    let old = repealed.remove(rank);
                    found.push(renamed(old, new, details(old, new)));
                }
                None => found.push(Change {
                    subject: new.subject.clone(),
                    what: What::Added(said(new)),
                    before: Vec::new(),
                    after: all_passages(new),
                    scope: None,
                }),
            },
        }
    }
    found.extend(repealed.into_iter().map(|old| Change {
        subject: old.subject.clone(),
        what: What::Repealed(said(old)),
        before: all_passages(old),
        after: Vec::new(),
        scope: None,
    }));
    found.sort_by_key(|change| change.subject.kind);
    without_days(found)
}

/// Beside other changes, the days in force only say which text is which: that is no change of a rule.
fn without_days(found: Vec<Change>) -> Vec<Change> {
    let is_day = |detail: &Detail| matches!(detail, Detail::From(..) | Detail::Until(..));
    let alone = found.iter().all(|change| match &change.what {
        What::Changed(details) => details.iter().all(is_day),
        What::Added(_) | What::Repealed(_) | What::Renamed(..) => false,
    });
    if alone {
        return found;
    }
    let kept = found.into_iter().filter_map(|mut change| {
        if let What::Changed(details) = &mut change.what {
            details.retain(|detail| !is_day(detail));
            if details.is_empty() {
                return None;
            }
        }
        Some(change)
    });
    kept.collect()
}

/// The changes of rules, and the sources that they alone bring or take away: those go without saying.
pub fn rules_and_sources(changes: &[Change]) -> (Vec<&Change>, Vec<&Change>) {
    let cites = |passages: &[Passage], name: &str| {
        passages.iter().any(|passage| {
            passage.source.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
        })
    };
    let goes_along = |change: &Change| {
        let name = &change.subject.name;
        change.subject.kind == Kind::Source
            && match change.what {
                What::Added(_) => changes.iter().any(|other| cites(&other.after, name)),
                What::Repealed(_) => changes.iter().any(|other| cites(&other.before, name)),
                What::Renamed(..) | What::Changed(_) => false,
            }
    };
    changes.iter().partition(|change| !goes_along(change))
}

fn change(old: &View, new: &View, what: What) -> Change {
    Change {
        subject: new.subject.clone(),
        what,
        before: all_passages(old),
        after: all_passages(new),
        scope: None,
    }
}

fn renamed(old: &View, new: &View, details: Vec<Detail>) -> Change {
    change(old, new, What::Renamed(std::sync::Arc::clone(&old.subject.name), details))
}

/// Whether one item is another under a new name: the same rule on the same passages.
fn is_renamed(old: &View, new: &View) -> bool {
    old.subject.kind == new.subject.kind
        && old.clauses == new.clauses
        && old.passages == new.passages
        && old.other == new.other
        && old.unless == new.unless
        && (!old.clauses.is_empty() || old.subject.kind != Kind::Fact)
        && !matches!(old.subject.kind, Kind::Text)
}

/// What an item says, clause by clause.
fn said(view: &View) -> Vec<(Clause, String)> {
    let mut said: Vec<(Clause, String)> =
        view.clauses.iter().map(|(clause, form)| (*clause, form.text.clone())).collect();
    said.extend(view.unless.iter().map(|(form, _)| (Clause::Unless, form.text.clone())));
    match &view.other {
        Other::Fact { answers, question, .. } => {
            said.insert(0, (Clause::Answers, answers.clone()));
            if let Some(question) = question {
                said.insert(0, (Clause::Question, question.clone()));
            }
        }
        Other::Parameter(periods) => {
            said.extend(periods.iter().map(|(_, value)| (Clause::Value, value.clone())));
        }
        Other::Source { title, .. } => said.push((Clause::Value, title.clone())),
        Other::Reading { options, .. } => {
            let options: Vec<&str> = options.iter().map(|(name, _)| name.as_str()).collect();
            said.insert(0, (Clause::Value, options.join(", ")));
        }
        Other::Nothing | Other::Text { .. } | Other::Funding { .. } | Other::Definition { .. } => {}
    }
    said
}

fn all_passages(view: &View) -> Vec<Passage> {
    let mut passages = view.passages.clone();
    if let Other::Reading { options, .. } = &view.other {
        passages.extend(options.iter().flat_map(|(_, of)| of.clone()));
    }
    passages
}

fn details(old: &View, new: &View) -> Vec<Detail> {
    let mut found = Vec::new();
    of_others(&old.other, &new.other, &mut found);
    of_clauses(old, new, &mut found);
    derogations(&old.unless, &new.unless, &mut found);
    if all_passages(old) != all_passages(new) && !matches!(new.other, Other::Reading { .. }) {
        found.push(Detail::Passages);
    }
    let gone = old.notes.iter().filter(|note| !new.notes.contains(note));
    found.extend(gone.map(|note| Detail::Note(false, note.clone())));
    let fresh = new.notes.iter().filter(|note| !old.notes.contains(note));
    found.extend(fresh.map(|note| Detail::Note(true, note.clone())));
    found
}

fn of_clauses(old: &View, new: &View, found: &mut Vec<Detail>) {
    let form = |view: &View, clause: Clause| -> Option<Form> {
        view.clauses.iter().find(|(own, _)| *own == clause).map(|(_, form)| form.clone())
    };
    let mut clauses: Vec<Clause> = old.clauses.iter().map(|(clause, _)| *clause).collect();
    for (clause, _) in &new.clauses {
        if !clauses.contains(clause) {
            clauses.push(*clause);
        }
    }
    for clause in clauses {
        match (form(old, clause), form(new, clause)) {
            (Some(old), Some(new)) => of_clause(clause, &old, &new, found),
            (Some(old), None) => {
                found.push(Detail::Clause { clause, added: false, text: old.text });
            }
            (None, Some(new)) => found.push(Detail::Clause { clause, added: true, text: new.text }),
            (None, None) => {}
        }
    }
}

fn of_clause(clause: Clause, old: &Form, new: &Form, found: &mut Vec<Detail>) {
    match limits::set_apart(old, new) {
        Some((old, new, put)) => {
            of_amount(clause, &old, &new, found);
            found.extend(put);
        }
        None => of_amount(clause, old, new, found),
    }
}

fn of_amount(clause: Clause, old: &Form, new: &Form, found: &mut Vec<Detail>) {
    // A scale in place of one value, or the other way round, reads best as lines.
    let is_scale = |form: &Form| form.shape == Shape::Scale;
    if is_scale(old) != is_scale(new) && matches!(clause, Clause::Amount | Clause::Value) {
        let lines = |form: &Form| match form.shape {
            Shape::Scale => scale_lines(form),
            Shape::Cases => form
                .inner
                .iter()
                .map(|line| Line { range: String::new(), value: line.text.clone() })
                .collect(),
            _ => vec![Line { range: String::new(), value: form.text.clone() }],
        };
        let of = |form: &Form| match form.shape {
            Shape::Scale => form.inner.first().map(|of| of.text.clone()),
            _ => None,
        };
        found.push(Detail::Scale { clause, of: (of(old), of(new)), before: lines(old), after: lines(new) });
        return;
    }
    differences(clause, old, new, found);
}

fn derogations(old: &[(Form, Vec<Passage>)], new: &[(Form, Vec<Passage>)], found: &mut Vec<Detail>) {
    let forms = |of: &[(Form, Vec<Passage>)]| of.iter().map(|(form, _)| form.clone()).collect::<Vec<_>>();
    let (olds, news) = (forms(old), forms(new));
    let passages = |of: &[(Form, Vec<Passage>)], form: &Form| {
        of.iter().find(|(own, _)| own == form).map(|(_, passages)| passages.clone()).unwrap_or_default()
    };
    for (gone, fresh) in aligned(&olds, &news) {
        match (gone, fresh) {
            (Some(gone), Some(fresh)) => differences(Clause::Unless, gone, fresh, found),
            (Some(gone), None) => found.push(Detail::Derogation {
                added: false,
                text: gone.text.clone(),
                passages: passages(old, gone),
            }),
            (None, Some(fresh)) => found.push(Detail::Derogation {
                added: true,
                text: fresh.text.clone(),
                passages: passages(new, fresh),
            }),
            (None, None) => {}
        }
    }
}

fn of_others(old: &Other, new: &Other, found: &mut Vec<Detail>) {
    match (old, new) {
        (
            Other::Text { title, from, until },
            Other::Text { title: new_title, from: new_from, until: new_until },
        ) => {
            differ(Some(title), Some(new_title), Detail::Title, found);
            if from != new_from {
                found.push(Detail::From(*from, *new_from));
            }
            if until != new_until {
                found.push(Detail::Until(*until, *new_until));
            }
        }
        (
            Other::Funding { frequency, lasting },
            Other::Funding { frequency: new_frequency, lasting: new_lasting },
        ) => {
            if frequency != new_frequency {
                found.push(Detail::Frequency(*frequency, *new_frequency));
            }
            if lasting != new_lasting {
                found.push(Detail::Lasting(*lasting, *new_lasting));
            }
        }
        (Other::Parameter(old), Other::Parameter(new)) => {
            let value = |of: &[(Option<crate::time::Date>, String)], from| {
                of.iter().find(|(own, _)| *own == from).map(|(_, value)| value.clone())
            };
            let mut starts: Vec<_> = old.iter().chain(new).map(|(from, _)| *from).collect();
            starts.sort();
            starts.dedup();
            for from in starts {
                let (before, after) = (value(old, from), value(new, from));
                if before != after {
                    found.push(Detail::Period(from, before, after));
                }
            }
        }
        (
            Other::Reading { question, options, retained },
            Other::Reading { question: new_question, options: new_options, retained: new_retained },
        ) => {
            if retained != new_retained {
                found.push(Detail::Retained(retained.clone(), new_retained.clone()));
            }
            let has = |of: &[(String, Vec<Passage>)], name: &str| of.iter().any(|(own, _)| own == name);
            let gone = options.iter().filter(|(name, _)| !has(new_options, name));
            found.extend(gone.map(|(name, _)| Detail::Choice(false, name.clone())));
            let fresh = new_options.iter().filter(|(name, _)| !has(options, name));
            found.extend(fresh.map(|(name, _)| Detail::Choice(true, name.clone())));
            let quoted = options
                .iter()
                .any(|(name, passages)| new_options.iter().any(|(own, new)| own == name && new != passages));
            if quoted && retained == new_retained {
                found.push(Detail::Passages);
            }
            differ(question.as_ref(), new_question.as_ref(), Detail::Question, found);
        }
        (
            Other::Definition { label, options },
            Other::Definition { label: new_label, options: new_options },
        ) => {
            if let (Some(before), Some(after)) = (options, new_options)
                && before != after
            {
                found.push(Detail::Options(before.clone(), after.clone()));
            }
            differ(Some(label), Some(new_label), Detail::Label, found);
        }
        (
            Other::Fact { label, answers, unique, judge, question },
            Other::Fact {
                label: new_label,
                answers: new_answers,
                unique: new_unique,
                judge: new_judge,
                question: new_question,
            },
        ) => {
            if answers != new_answers {
                found.push(Detail::Answers(answers.clone(), new_answers.clone()));
            }
            if unique != new_unique {
                found.push(Detail::Unique(*new_unique));
            }
            differ(Some(label), Some(new_label), Detail::Label, found);
            differ(judge.as_ref(), new_judge.as_ref(), Detail::Judge, found);
            differ(question.as_ref(), new_question.as_ref(), Detail::Question, found);
        }
        (Other::Source { title, binding }, Other::Source { title: new_title, binding: new_binding }) => {
            differ(Some(title), Some(new_title), Detail::Title, found);
            if binding != new_binding {
                found.push(Detail::Binding(*new_binding));
            }
        }
        // Two views of one kind have the same parts.
        (
            Other::Nothing
            | Other::Text { .. }
            | Other::Funding { .. }
            | Other::Parameter(_)
            | Other::Reading { .. }
            | Other::Definition { .. }
            | Other::Fact { .. }
            | Other::Source { .. },
            _,
        ) => {}
    }
}

fn differ(
    old: Option<&String>,
    new: Option<&String>,
    detail: fn(Option<String>, Option<String>) -> Detail,
    found: &mut Vec<Detail>,
) {
    if old != new {
        found.push(detail(old.cloned(), new.cloned()));
    }
}
