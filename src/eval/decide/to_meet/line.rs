//! The dossiers that a lever gives, step by step of what a dossier may say.

use super::levers::{Counted, Lever, Of};
use super::trials::Trials;
use crate::dossier::{Answer, Dossier, Given};
use crate::eval::interpret::context::Row;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::{ListState, World};
use crate::known::{DateRange, End, Interval, Known, TextSet};
use crate::limits;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, FactId, ListId, Policy};
use crate::value::Value;

/// Past so many steps nothing is looked for.
const MOST: u64 = 1_000_000_000_000_000;

/// Where a lever leads, one way.
#[derive(Debug, Clone)]
pub(super) enum Line {
    /// An answer that grows or shrinks.
    Answer {
        /// Which.
        fact: FactId,
        /// What it is.
        now: Ratio,
        /// What it is, or the nearest before it that a dossier may say in whole steps.
        start: Ratio,
        /// A step, with its sign.
        step: Ratio,
        /// How many there are.
        most: u64,
        /// All that its type and bounds allow past what it is.
        room: Interval,
    },
    /// Elements like this one are added.
    More {
        /// To which list.
        list: ListId,
        /// Its answers.
        element: Vec<Given>,
        /// How many there is room for.
        most: u64,
        /// What counts them.
        counted: Counted,
    },
    /// Elements that count are left out, the last first.
    Fewer {
        /// Of which list.
        list: ListId,
        /// Their ranks, ascending.
        rows: Vec<usize>,
        /// What counts them.
        counted: Counted,
    },
}

impl Line {
    /// Where a lever leads, up or down; `None` where there is nowhere to go. Elements may be added in more
    /// than one way: `nth` says which, from 0.
    pub fn of(
        trials: &mut Trials<'_>,
        evaluator: &mut Evaluator<'_>,
        lever: &Lever,
        up: bool,
        nth: usize,
    ) -> Option<Line> {
        let (policy, dossier) = (trials.policy(), trials.dossier());
        let (list, filter, counted) = match lever.of {
            Of::Answer(fact) => match &dossier.fact(fact).answer {
                Answer::Known(Value::Number(now)) if nth == 0 => return answer(policy, fact, now, up),
                Answer::Known(_) | Answer::NotYet | Answer::Missing => return None,
            },
            Of::Elements { list, filter, counted } => (list, filter, counted),
        };
        let length = dossier.list(list)?.spans.len();
        let mut counting = |most: usize| match filter {
            Some(filter) => counting(evaluator, list, filter, (counted.by, length), most),
            None => (0..length.min(most)).collect(),
        };
        if up {
            let most =
                u64::try_from(limits::LIST_LENGTH.saturating_sub(length)).ok().filter(|most| *most > 0)?;
            // First like one that counts; then, of what it would say, only what makes it count.
            let element = match (counting(1).first().copied(), nth) {
                (Some(row), 0) => like(policy, dossier, list, row),
                (Some(_), 1) | (None, 0) => made(trials, list, filter)?,
                (_, _) => return None,
            };
            return Some(Line::More { list, element, most, counted });
        }
        let rows = counting(usize::MAX);
        (nth == 0 && !rows.is_empty()).then_some(Line::Fewer { list, rows, counted })
    }

    /// How many steps there are.
    pub fn most(&self) -> u64 {
        match self {
            Line::Answer { most, .. } | Line::More { most, .. } => *most,
            Line::Fewer { rows, .. } => u64::try_from(rows.len()).unwrap_or(u64::MAX),
        }
    }

    /// What is answered now, where an answer is changed.
    pub fn now(&self) -> Option<Ratio> {
        match self {
            Line::Answer { now, .. } => Some(now.clone()),
            Line::More { .. } | Line::Fewer { .. } => None,
        }
    }

    /// What would be answered.
    pub fn value(&self, steps: u64) -> Option<Ratio> {
        match self {
            Line::Answer { start, step, .. } => Some(start.add(&step.mul(&ratio(steps)))),
            Line::More { .. } | Line::Fewer { .. } => None,
        }
    }

    /// The fact whose declared bound ends it, and that bound.
    pub fn end(&self) -> Option<(FactId, Ratio)> {
        match self {
            Line::Answer { fact, step, room, .. } => {
                let end = if step.signum() > 0 { &room.high } else { &room.low };
                Some((*fact, end.value()?.clone()))
            }
            Line::More { .. } | Line::Fewer { .. } => None,
        }
    }

    /// As if it went on past that bound.
    pub fn without_end(&self) -> Line {
        let mut line = self.clone();
        if let Line::Answer { most, .. } = &mut line {
            *most = MOST;
        }
        line
    }

    /// A world that holds every dossier along it.
    pub fn all(&self, world: &mut World) {
        match self {
            Line::Answer { fact, room, .. } => world.facts[fact.index()] = Known::Number(room.clone()),
            Line::More { list, .. } | Line::Fewer { list, .. } => {
                world.lists[list.index()] = ListState::Absent;
            }
        }
    }

    /// Makes of `changed`, which is `dossier` or was made of it here, the dossier after so many steps.
    pub fn change(&self, dossier: &Dossier, changed: &mut Dossier, steps: u64) {
        match self {
            Line::Answer { fact, now, .. } => {
                let value = if steps == 0 { Some(now.clone()) } else { self.value(steps) };
                if let (Some(given), Some(value)) = (changed.facts.get_mut(fact.index()), value) {
                    given.answer = Answer::Known(Value::Number(value));
                }
            }
            Line::More { list, element, .. } => {
                let Some(rows) = changed.lists.get_mut(list.index()).and_then(Option::as_mut) else { return };
                let length = dossier.list(*list).map_or(0, |rows| rows.spans.len());
                rows.spans.truncate(length);
                rows.cells.truncate(length * element.len());
                for _ in 0..steps {
                    rows.spans.push(rows.key);
                    rows.cells.extend(element.iter().cloned());
                }
            }
            Line::Fewer { list, rows: counting, .. } => {
                let Some(given) = dossier.list(*list) else { return };
                let Some(Some(rows)) = changed.lists.get_mut(list.index()) else { return };
                let kept = counting.len().saturating_sub(usize::try_from(steps).unwrap_or(usize::MAX));
                let left_out = counting.get(kept..).unwrap_or_default();
                let width = given.cells.len() / given.spans.len().max(1);
                rows.spans.clear();
                rows.cells.clear();
                for (row, span) in given.spans.iter().enumerate() {
                    if left_out.binary_search(&row).is_err() {
                        rows.spans.push(*span);
                        let cells = given.cells.get(row * width..(row + 1) * width);
                        rows.cells.extend(cells.unwrap_or_default().iter().cloned());
                    }
                }
            }
        }
    }
}

fn answer(policy: &Policy, fact: FactId, now: &Ratio, up: bool) -> Option<Line> {
    let ask = &policy.facts[fact.index()].ask;
    let (unit, Known::Number(domain)) = (ask.ty.step(policy.currency)?, &ask.domain) else { return None };
    let units = now.div(&unit)?;
    let (start, step) = if up { (units.floor(), unit.clone()) } else { (units.ceil(), unit.neg()) };
    let start = start.mul(&unit);
    let first = start.add(&step);
    let end = if up { &domain.high } else { &domain.low };
    let most = match end.value() {
        None => MOST,
        Some(end_value) => {
            let steps = end_value.sub(&start).div(&step)?;
            let whole = steps.floor();
            let whole = if !end.is_included() && whole == steps { whole.sub(&Ratio::one()) } else { whole };
            u64::try_from(whole.to_i64().unwrap_or(i64::MAX)).ok()?.min(MOST)
        }
    };
    let room = if up {
        Interval::new(End::Included(first), domain.high.clone(), domain.whole)
    } else {
        Interval::new(domain.low.clone(), End::Included(first), domain.whole)
    };
    let room = room.filter(|_| most > 0)?;
    Some(Line::Answer { fact, now: now.clone(), start, step, most, room })
}

/// The ranks of the first elements that count, as many as are wanted; elements that nothing tells apart count
/// together.
fn counting(
    evaluator: &mut Evaluator<'_>,
    list: ListId,
    filter: ExprId,
    (by, length): (ExprId, usize),
    most: usize,
) -> Vec<usize> {
    let ranks = 0..u32::try_from(length).unwrap_or(u32::MAX);
    let index = |row: u32| row as usize;
    let world = evaluator.world;
    let rows = match &world.lists[list.index()] {
        ListState::Rows(rows) if rows.len() == length => Some(rows),
        ListState::Rows(_) | ListState::Absent => None,
    };
    let classes = rows.and_then(|rows| evaluator.classes(rows, list, by));
    let mut counts = |row: u32| evaluator.in_row(list, Row::At(row), |inner| inner.truth(filter)).holds();
    let Some(classes) = classes else {
        return ranks.filter(|row| counts(*row)).map(index).take(most).collect();
    };
    let mut found = Vec::new();
    for elements in classes.iter() {
        if elements.first().is_some_and(|first| counts(*first)) {
            found.extend(elements.iter().copied().map(index));
            // Classes stand in the order of their first elements.
            if most == 1 {
                break;
            }
        }
    }
    found.sort_unstable();
    found.truncate(most);
    found
}

/// The answers of an element, but for those that no two elements share.
fn like(policy: &Policy, dossier: &Dossier, list: ListId, row: usize) -> Vec<Given> {
    let fields = &policy.lists[list.index()].fields;
    let cells =
        dossier.list(list).and_then(|rows| rows.cells.get(row * fields.len()..(row + 1) * fields.len()));
    let cells = cells.unwrap_or_default().iter().zip(fields);
    cells
        .map(|(given, field)| {
            let shared = !policy.fields[field.index()].unique;
            let answer = if shared { given.answer.clone() } else { Answer::Missing };
            Given { answer, place: given.place, origin: None }
        })
        .collect()
}

/// An element of which only what makes it count is answered.
fn made(trials: &mut Trials<'_>, list: ListId, filter: Option<ExprId>) -> Option<Vec<Given>> {
    let policy = trials.policy();
    let fields = &policy.lists[list.index()].fields;
    let mut element = vec![Given::default(); fields.len()];
    let Some(filter) = filter else { return Some(element) };
    let last = Row::At(u32::try_from(trials.dossier().list(list)?.spans.len()).ok()?);
    let counted = Counted { by: filter, name: filter };
    let with = |element: &Vec<Given>| Line::More { list, element: element.clone(), most: 1, counted };
    for (rank, field) in fields.iter().enumerate() {
        let mut ids = (0..policy.exprs.len()).map(|id| ExprId(u32::try_from(id).unwrap_or(u32::MAX)));
        let Some(read) = ids.find(|id| policy.exprs.get(*id).kind == ExprKind::Field(*field)) else {
            continue;
        };
        let known = trials.at(&with(&element), 1, |evaluator| {
            evaluator.in_row(list, last, |inner| inner.assuming(filter, true, |inner| inner.value(read)))
        })?;
        if known != policy.fields[field.index()].ask.domain
            && let (Some(value), Some(given)) = (some(&known), element.get_mut(rank))
        {
            given.answer = Answer::Known(value);
        }
    }
    let counts =
        trials.at(&with(&element), 1, |evaluator| evaluator.in_row(list, last, |inner| inner.truth(filter)));
    counts.holds().then_some(element)
}

/// A value among those that are left.
fn some(known: &Known) -> Option<Value> {
    Some(match known {
        Known::Truth(truth) => Value::Truth(truth.may_hold),
        Known::Number(numbers) => {
            let end = [&numbers.low, &numbers.high].into_iter().find(|end| end.is_included())?;
            Value::Number(end.value()?.clone())
        }
        Known::Date(DateRange { from, to }) => Value::Date((*from).or(*to)?),
        Known::Text(TextSet::OneOf(texts)) => Value::Text(texts.iter().next()?.clone()),
        Known::Text(TextSet::AnyBut(_)) => return None,
        Known::Choice(options) => Value::Choice(options.first()?),
    })
}

/// A number of steps.
pub(super) fn ratio(steps: u64) -> Ratio {
    Ratio::from(i64::try_from(steps).unwrap_or(i64::MAX))
}
