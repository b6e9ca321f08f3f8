//! Small changes to a dossier.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::decision::MissingPlace;
use crate::dossier::{Answer, Dossier, Given, Rows};
use crate::number::Ratio;
use crate::policy::item::Question;
use crate::policy::{FactId, FieldId, ListId, Policy, ReadingId, Type};
use crate::source::Span;
use crate::value::{Text, Value};

/// The question that a place answers; none for a list.
pub(super) fn ask(policy: &Policy, place: MissingPlace) -> Option<&Question> {
    match place {
        MissingPlace::Fact(fact) => Some(&policy.facts[fact.index()].ask),
        MissingPlace::Cell { field, .. } => Some(&policy.fields[field.index()].ask),
        MissingPlace::List(_) => None,
    }
}

/// The answer at a place.
pub(super) fn answer<'d>(policy: &Policy, dossier: &'d Dossier, place: MissingPlace) -> Option<&'d Answer> {
    match place {
        MissingPlace::Fact(fact) => Some(&dossier.fact(fact).answer),
        MissingPlace::Cell { row, field } => {
            let field = &policy.fields[field.index()];
            let width = policy.lists[field.list.index()].fields.len();
            let rows = dossier.list(field.list)?;
            Some(&rows.cells.get(row as usize * width + field.rank as usize)?.answer)
        }
        MissingPlace::List(_) => None,
    }
}

/// Answers a place; a list can only be left unanswered.
pub(super) fn set(policy: &Policy, dossier: &mut Dossier, place: MissingPlace, to: Answer) {
    let given = Given { answer: to, place: None, origin: None };
    match place {
        MissingPlace::Fact(fact) => {
            if let Some(slot) = dossier.facts.get_mut(fact.index()) {
                *slot = given;
            }
        }
        MissingPlace::Cell { row, field } => {
            let field = &policy.fields[field.index()];
            let width = policy.lists[field.list.index()].fields.len();
            let rows = dossier.lists.get_mut(field.list.index()).and_then(Option::as_mut);
            let at = row as usize * width + field.rank as usize;
            if let Some(slot) = rows.and_then(|rows| rows.cells.get_mut(at)) {
                *slot = given;
            }
        }
        MissingPlace::List(list) => {
            if let Some(slot) = dossier.lists.get_mut(list.index()) {
                *slot = None;
            }
        }
    }
}

/// How many elements a list has.
pub(super) fn length(dossier: &Dossier, list: ListId) -> usize {
    dossier.list(list).map_or(0, |rows| rows.spans.len())
}

/// What an element says, what tells it from others put aside.
pub(super) type Kind = Vec<Answer>;

/// What the element of this rank says.
pub(super) fn element(dossier: &Dossier, policy: &Policy, list: ListId, rank: usize) -> Option<Kind> {
    let width = policy.lists[list.index()].fields.len();
    let cells = dossier.list(list)?.cells.get(rank * width..(rank + 1) * width)?;
    Some(cells.iter().map(|given| given.answer.clone()).collect())
}

/// Whether two elements say the same, but for what tells them apart.
pub(super) fn alike(policy: &Policy, list: ListId, a: &Kind, b: &Kind) -> bool {
    let fields = &policy.lists[list.index()].fields;
    fields.iter().zip(a.iter().zip(b)).all(|(field, (a, b))| policy.fields[field.index()].unique || a == b)
}

/// The kinds of elements of a list, in the order in which they first stand there.
pub(super) fn kinds(policy: &Policy, dossier: &Dossier, list: ListId) -> Vec<(usize, Kind)> {
    let mut kinds: Vec<(usize, Kind)> = Vec::new();
    for rank in 0..length(dossier, list) {
        let Some(own) = element(dossier, policy, list, rank) else { continue };
        if kinds.iter().all(|(_, kind)| !alike(policy, list, kind, &own)) {
            kinds.push((rank, own));
        }
    }
    kinds
}

/// A dossier with as many elements of a kind as said, all others as they are.
pub(super) fn with_count(
    policy: &Policy,
    dossier: &Dossier,
    list: ListId,
    kind: &Kind,
    count: usize,
) -> Dossier {
    let mut new = dossier.clone();
    let fields = &policy.lists[list.index()].fields;
    let Some(slot) = new.lists.get_mut(list.index()) else { return new };
    let rows = slot.get_or_insert_with(Rows::default);
    let mut held = 0;
    let mut keeps = |own: &[Given]| {
        let same = is_of(policy, fields, own, kind);
        let kept = !same || held < count;
        held += usize::from(same && kept);
        kept
    };
    let kept: Vec<bool> = rows.cells.chunks(fields.len().max(1)).map(&mut keeps).collect();
    let mut ranks = kept.iter().flat_map(|kept| std::iter::repeat_n(*kept, fields.len()));
    rows.cells.retain(|_| ranks.next().unwrap_or(false));
    let elements = kept.into_iter().filter(|kept| *kept).count();
    let mut free: Vec<Option<Free<'_>>> = Vec::with_capacity(fields.len());
    for (column, id) in fields.iter().enumerate() {
        let taken = rows.cells.iter().skip(column).step_by(fields.len()).map(|given| &given.answer);
        let model = kind.get(column).cloned().unwrap_or_default();
        free.push(policy.fields[id.index()].unique.then(|| Free {
            policy,
            ask: &policy.fields[id.index()].ask,
            taken: taken.cloned().collect(),
            elements,
            next: model,
            round: 0,
        }));
    }
    for _ in held..count {
        for (column, free) in free.iter_mut().enumerate() {
            let answer = match free {
                Some(free) => free.answer(),
                None => kind.get(column).cloned().unwrap_or_default(),
            };
            rows.cells.push(Given { answer, place: None, origin: None });
        }
    }
    rows.spans = vec![Span::default(); rows.cells.len().checked_div(fields.len()).unwrap_or(count)];
    new
}

/// Whether an element says what those of a kind say.
fn is_of(policy: &Policy, fields: &[FieldId], own: &[Given], kind: &Kind) -> bool {
    let told = fields.iter().zip(own.iter().zip(kind));
    told.into_iter().all(|(field, (own, of))| policy.fields[field.index()].unique || own.answer == *of)
}

/// Answers that none of the elements has, one after another.
struct Free<'a> {
    policy: &'a Policy,
    ask: &'a Question,
    taken: HashSet<Answer>,
    elements: usize,
    /// The next to be tried: all before it are taken.
    next: Answer,
    round: usize,
}

impl Free<'_> {
    fn answer(&mut self) -> Answer {
        let answer = self.find();
        self.taken.insert(answer.clone());
        self.elements += 1;
        answer
    }

    fn find(&mut self) -> Answer {
        while self.round <= self.elements && self.taken.contains(&self.next) {
            let Answer::Known(value) = &self.next else { break };
            let next = match value {
                Value::Text(text) => Some(Value::Text(Text::new(&next_name(&text.shown, self.round)))),
                Value::Number(_) | Value::Date(_) => next(self.policy, value, self.ask.ty, true),
                Value::Truth(_) | Value::Choice(_) => None,
            };
            let Some(next) = next else { return Answer::Missing };
            self.next = Answer::Known(next);
            self.round += 1;
        }
        self.next.clone()
    }
}

/// The name that follows: its number plus one, where it ends in one.
fn next_name(name: &str, round: usize) -> String {
    let digits = name.chars().rev().take_while(char::is_ascii_digit).count();
    let (stem, number) = name.split_at(name.len() - digits);
    match number.parse::<u64>() {
        Ok(n) => format!("{stem}{:0digits$}", n + 1),
        Err(_) => format!("{name} {}", round + 2),
    }
}

/// The value one step up or down.
pub(super) fn next(policy: &Policy, value: &Value, ty: Type, up: bool) -> Option<Value> {
    match value {
        Value::Number(number) => {
            let step = ty.step(policy.currency)?;
            Some(Value::Number(if up { number.add(&step) } else { number.sub(&step) }))
        }
        Value::Date(date) => date.plus_days(if up { 1 } else { -1 }).map(Value::Date),
        Value::Choice(option) => {
            if up { option.checked_add(1) } else { option.checked_sub(1) }.map(Value::Choice)
        }
        Value::Truth(_) | Value::Text(_) => None,
    }
}

/// The values that stand at and around one, on the grid of the type.
pub(super) fn around(policy: &Policy, value: &Value, ask: &Question) -> Vec<Value> {
    let mut found: Vec<Value> = match value {
        Value::Number(number) => {
            let Some(step) = ask.ty.step(policy.currency) else { return Vec::new() };
            let Some(steps) = number.div(&step) else { return Vec::new() };
            let (low, high, one) = (steps.floor(), steps.ceil(), Ratio::one());
            let near =
                if low == high { vec![low.sub(&one), low.clone(), low.add(&one)] } else { vec![low, high] };
            near.into_iter().map(|steps| Value::Number(steps.mul(&step))).collect()
        }
        Value::Date(_) => {
            let days =
                [next(policy, value, ask.ty, false), Some(value.clone()), next(policy, value, ask.ty, true)];
            days.into_iter().flatten().collect()
        }
        Value::Text(_) | Value::Choice(_) | Value::Truth(_) => vec![value.clone()],
    };
    found.retain(|value| ask.domain.contains(value));
    found
}

/// The scalar facts of a policy.
pub(super) fn facts(policy: &Policy) -> impl Iterator<Item = MissingPlace> + use<> {
    (0..u32::try_from(policy.facts.len()).unwrap_or(u32::MAX)).map(|rank| MissingPlace::Fact(FactId(rank)))
}

/// The lists of a policy.
pub(super) fn lists(policy: &Policy) -> impl Iterator<Item = ListId> + use<> {
    (0..u32::try_from(policy.lists.len()).unwrap_or(u32::MAX)).map(ListId)
}

/// Every choice of options of these readings, up to a number; the first takes the first options.
pub(super) fn readings(
    policy: &Policy,
    dossier: &Dossier,
    of: &BTreeSet<ReadingId>,
    most: usize,
) -> Vec<Vec<(ReadingId, u16)>> {
    let mut all: Vec<Vec<(ReadingId, u16)>> = vec![Vec::new()];
    for reading in of.iter().filter(|reading| dossier.reading(**reading).is_none()) {
        let options = policy.choices[policy.readings[reading.index()].choice.index()].options.len();
        let options = 0..u16::try_from(options).unwrap_or(u16::MAX);
        let longer = all.iter().flat_map(|settled| {
            options.clone().map(move |o| [settled.as_slice(), &[(*reading, o)]].concat())
        });
        all = longer.take(most).collect();
    }
    all
}

/// What tells a dossier from others.
pub(super) fn fingerprint(dossier: &Dossier) -> u64 {
    let mut hasher = DefaultHasher::new();
    for given in &dossier.facts {
        hash(&given.answer, &mut hasher);
    }
    for rows in &dossier.lists {
        rows.as_ref().map(|rows| rows.spans.len()).hash(&mut hasher);
        for given in rows.iter().flat_map(|rows| &rows.cells) {
            hash(&given.answer, &mut hasher);
        }
    }
    for retained in &dossier.readings {
        retained.as_ref().map(|retained| retained.option).hash(&mut hasher);
    }
    dossier.examined_on.hash(&mut hasher);
    hasher.finish()
}

fn hash(answer: &Answer, hasher: &mut DefaultHasher) {
    match answer {
        Answer::Missing => 0u8.hash(hasher),
        Answer::NotYet => 1u8.hash(hasher),
        Answer::Known(value) => (2u8, value).hash(hasher),
    }
}
