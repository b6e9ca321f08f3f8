//! What the evaluator knows of a world holds in every completion of it.
//!
//! Worlds are drawn at random for whole policies: some slots known, others missing, lists absent or
//! with elements partly known, readings open or settled. Completions are drawn inside them.

#![allow(missing_docs, clippy::panic, clippy::expect_used)]

mod replay;
#[path = "../support/mod.rs"]
mod support;

use conforme::check::check;
use conforme::decision::MissingPlace;
use conforme::eval::{Evaluator, ItemKnown, Learnt, ListState, Rows, World, cuts, learn, missing};
use conforme::known::{Interval, Known, OptionSet, Truth};
use conforme::number::Ratio;
use conforme::policy::{FieldId, ListId, Policy};
use conforme::source::SourceFile;
use conforme::time::Date;
use conforme::value::{Text, Value};
use proptest::prelude::*;

fn policy(name: &str) -> Policy {
    let text = std::fs::read_to_string(name).expect("the policy");
    let checked = check(&SourceFile::new(name, text));
    checked.policy.unwrap_or_else(|| panic!("{name}: {:?}", checked.diagnostics))
}

/// A drawer of choices; 0 once its bytes are used up.
struct Draw<'b> {
    bytes: &'b [u8],
    next: usize,
}

impl Draw<'_> {
    fn below(&mut self, n: usize) -> usize {
        let byte = self.bytes.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        usize::from(byte) % n.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    /// A value among some that stand on both sides of what the policies compare.
    fn value(&mut self, known: &Known, today: Date) -> Value {
        let fits = |value: Value| known.contains(&value).then_some(value);
        let mut values: Vec<Value> = match known {
            Known::Truth(_) => [true, false].map(Value::Truth).into_iter().filter_map(fits).collect(),
            Known::Number(_) => {
                let numbers = [
                    1, 0, 2, 3, 4, 5, 9, 10, 11, 35, 39, 40, 41, 45, 52, 1_499, 1_500, 2_000, 4_000, 4_001,
                    8_000, 8_001, 10_000, 10_001, 19_999, 20_000, 30_000, 30_001, -1,
                ];
                numbers.map(|n| Value::Number(Ratio::from(n))).into_iter().filter_map(fits).collect()
            }
            Known::Date(_) => {
                let days = [-20, 0, 1, -1, -95, -89, -184, -366, -500, -14_000, -16_500, 30, 200, 400, 800];
                let date = |days| today.plus_days(days).map(Value::Date);
                days.into_iter().filter_map(date).filter_map(fits).collect()
            }
            Known::Text(_) => ["cardiologie", "médecine générale", "Médecine Générale", "a", "b"]
                .map(|text| Value::Text(Text::new(text)))
                .into_iter()
                .filter_map(fits)
                .collect(),
            Known::Choice(options) => options.iter().map(Value::Choice).collect(),
        };
        if values.is_empty() {
            match known {
                Known::Number(Interval { low, high, .. }) => {
                    values.extend(
                        [low, high].into_iter().filter_map(|end| end.value().cloned()).map(Value::Number),
                    );
                }
                Known::Date(range) => values.extend(range.from.into_iter().chain(range.to).map(Value::Date)),
                Known::Truth(_) | Known::Text(_) | Known::Choice(_) => {}
            }
        }
        values.swap_remove(self.below(values.len()))
    }

    fn slot(&mut self, domain: &Known, today: Date, holes: usize) -> Known {
        if self.one_in(holes) { domain.clone() } else { Known::exactly(&self.value(domain, today)) }
    }

    /// A world; about one slot in `holes` is missing.
    fn world(&mut self, policy: &Policy, today: Date, holes: usize) -> World {
        let facts = policy.facts.iter().map(|fact| self.slot(&fact.ask.domain, today, holes)).collect();
        let mut lists = Vec::new();
        for (id, list) in (0..).map(ListId).zip(&policy.lists) {
            if self.one_in(8) {
                lists.push(ListState::Absent);
                continue;
            }
            let len = self.below(5);
            let mut cells: Vec<Known> = Vec::new();
            for row in 0..len {
                // Some elements are as the one before, or differ from it in one field.
                let alike = row > 0 && self.one_in(2);
                let other = self.below(list.fields.len() + 1);
                for (rank, field) in list.fields.iter().enumerate() {
                    let before =
                        cells.len().checked_sub(list.fields.len()).filter(|_| alike && rank != other);
                    let known = match before {
                        Some(before) => cells[before].clone(),
                        None => self.slot(&policy.fields[field.index()].ask.domain, today, holes),
                    };
                    cells.push(known);
                }
            }
            lists.push(ListState::Rows(Rows::new(policy, id, len, cells)));
        }
        let readings = policy
            .readings
            .iter()
            .map(|reading| {
                let count = policy.choices[reading.choice.index()].options.len();
                if self.one_in(4) { OptionSet::all(count) } else { OptionSet::only(self.below(count) as u16) }
            })
            .collect();
        World { examined_on: today, facts, lists, readings }
    }

    /// A world within another in which every slot has one value.
    fn completion(&mut self, policy: &Policy, world: &World) -> World {
        let today = world.examined_on;
        let mut one = |known: &Known| {
            if known.is_single() { known.clone() } else { Known::exactly(&self.value(known, today)) }
        };
        let facts = world.facts.iter().map(&mut one).collect();
        let mut lists: Vec<ListState> = Vec::new();
        for (id, list) in (0..).map(ListId).zip(&world.lists) {
            lists.push(match list {
                ListState::Absent => ListState::Absent,
                ListState::Rows(rows) => {
                    ListState::Rows(Rows::new(policy, id, rows.len(), rows.cells().map(&mut one)))
                }
            });
        }
        let domain = |field: &FieldId| policy.fields[field.index()].ask.domain.clone();
        for ((list, declared), id) in lists.iter_mut().zip(&policy.lists).zip((0..).map(ListId)) {
            if *list == ListState::Absent {
                let len = self.below(5);
                let cells: Vec<Known> = (0..len)
                    .flat_map(|_| declared.fields.iter().map(domain))
                    .map(|domain| Known::exactly(&self.value(&domain, today)))
                    .collect();
                *list = ListState::Rows(Rows::new(policy, id, len, cells));
            }
        }
        let readings = world
            .readings
            .iter()
            .map(|set| {
                let options: Vec<u16> = set.iter().collect();
                OptionSet::only(options[self.below(options.len())])
            })
            .collect();
        World { examined_on: today, facts, lists, readings }
    }
}

fn coherent(policy: &Policy, world: &World) -> bool {
    let nothing = Learnt::default();
    let mut evaluator = Evaluator::new(policy, world, &nothing);
    policy.coherences.iter().all(|coherence| evaluator.truth(coherence.condition) == Truth::YES)
        && learn(policy, &mut world.clone()).is_ok()
}

fn is_within(policy: &Policy, inner: &World, outer: &World) -> Result<(), String> {
    for (rank, (inner, outer)) in inner.facts.iter().zip(&outer.facts).enumerate() {
        if !inner.is_subset(outer) {
            return Err(format!("{}: {inner:?} is not in {outer:?}", policy.facts[rank].path));
        }
    }
    for (rank, (inner, outer)) in inner.lists.iter().zip(&outer.lists).enumerate() {
        if let (ListState::Rows(inner), ListState::Rows(outer)) = (inner, outer)
            && !inner.cells().zip(outer.cells()).all(|(inner, outer)| inner.is_subset(outer))
        {
            return Err(format!("{}: {inner:?} is not in {outer:?}", policy.lists[rank].path));
        }
    }
    Ok(())
}

/// Elements that nothing tells apart are worked out once: as if each were gone through.
fn same_one_by_one(known: &Judged<'_>) -> Result<(), TestCaseError> {
    let policy = known.policy;
    let (mut together, mut apart) = (known.evaluator(), known.evaluator());
    apart.go_one_by_one();
    for definition in policy.definitions.iter().filter(|definition| definition.list.is_none()) {
        together.clear_reads();
        apart.clear_reads();
        prop_assert_eq!(together.value(definition.body), apart.value(definition.body));
        prop_assert!(together.reads().iter().eq(apart.reads().iter()), "{}", definition.head.name);
    }
    for item in policy.items() {
        together.clear_reads();
        apart.clear_reads();
        prop_assert_eq!(together.item(item), apart.item(item));
        prop_assert!(together.reads().iter().eq(apart.reads().iter()), "{}", policy.head(item).name);
        prop_assert_eq!(together.because(item), apart.because(item), "{}", policy.head(item).name);
    }
    Ok(())
}

/// What is compared between a world and its completions.
struct Judged<'a> {
    policy: &'a Policy,
    world: World,
    learnt: Learnt,
}

impl Judged<'_> {
    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(self.policy, &self.world, &self.learnt)
    }
}

fn explained(known: &Judged<'_>) -> Result<(), String> {
    let mut evaluator = known.evaluator();
    for item in known.policy.items() {
        let before = evaluator.item(item);
        for (part, step) in evaluator.because(item).parts {
            replay::check(known.policy, &step)
                .map_err(|wrong| format!("{item:?} {part:?}: {wrong}\nin {before:?}"))?;
        }
    }
    Ok(())
}

fn holds_in_completions(policy: &Policy, bytes: &[u8], today: Date) -> Result<(), TestCaseError> {
    let mut draw = Draw { bytes, next: 0 };
    let holes = [3, 8, 2][draw.below(3)];
    let world = draw.world(policy, today, holes);
    let mut narrowed = world.clone();
    let learnt = learn(policy, &mut narrowed);
    let partial = learnt.ok().map(|learnt| Judged { policy, world: narrowed, learnt });
    if let Some(partial) = &partial {
        prop_assert_eq!(is_within(policy, &partial.world, &world), Ok(()));
        prop_assert_eq!(explained(partial), Ok(()));
        same_one_by_one(partial)?;
    }
    for _ in 0..12 {
        let complete = draw.completion(policy, &world);
        if !coherent(policy, &complete) {
            continue;
        }
        let Some(partial) = &partial else {
            prop_assert!(false, "refused, though {complete:?} is coherent");
            continue;
        };
        prop_assert_eq!(is_within(policy, &complete, &partial.world), Ok(()));
        let complete = Judged { policy, world: complete, learnt: Learnt::default() };
        prop_assert_eq!(explained(&complete), Ok(()));
        same_one_by_one(&complete)?;
        compared(partial, &complete)?;
    }
    Ok(())
}

fn compared(partial: &Judged<'_>, complete: &Judged<'_>) -> Result<(), TestCaseError> {
    let policy = partial.policy;
    let (mut outer, mut inner) = (partial.evaluator(), complete.evaluator());
    for definition in policy.definitions.iter().filter(|definition| definition.list.is_none()) {
        let (wide, one) = (outer.value(definition.body), inner.value(definition.body));
        prop_assert!(one.is_single(), "{} is {one:?}", definition.head.name);
        prop_assert!(one.is_subset(&wide), "{} is {one:?}, not in {wide:?}", definition.head.name);
    }
    for item in policy.items() {
        let name = &policy.head(item).name;
        let (wide, one) = (outer.statuses(item), inner.statuses(item));
        prop_assert_eq!(one.len(), 1, "{}: {:?}", name, one.iter().collect::<Vec<_>>());
        prop_assert!(one.iter().all(|status| wide.contains(status)), "{name}: {one:?} not in {wide:?}");
        prop_assert!(inner.reads().is_empty());
        amounts(name, &outer.item(item), &inner.item(item))?;
    }
    // Where nothing is left open but facts, what is open was read from some.
    if partial.world.readings.iter().all(|set| set.value().is_some()) {
        for item in policy.items() {
            outer.clear_reads();
            let open = outer.statuses(item).len() > 1;
            prop_assert_eq!(open, !outer.reads().is_empty(), "{}", policy.head(item).name);
            for place in outer.reads().iter() {
                let known = partial.world.at(policy, place);
                prop_assert!(known.is_none_or(|known| !known.is_single()), "{place:?} is known");
            }
        }
    }
    Ok(())
}

fn amounts(name: &str, wide: &ItemKnown, one: &ItemKnown) -> Result<(), TestCaseError> {
    match (wide, one) {
        (ItemKnown::Funding { amount: wide, .. }, ItemKnown::Funding { amount: Some(one), .. }) => {
            let wide = wide.as_ref();
            prop_assert!(wide.is_some_and(|wide| one.is_subset(wide)), "{name}: {one:?} not in {wide:?}");
        }
        (
            ItemKnown::Obligation { applies, deadline: wide, .. },
            ItemKnown::Obligation { applies: applied, deadline: one, .. },
        ) if applied.holds() => {
            prop_assert!(applies.may_hold, "{name}");
            prop_assert!(one.is_subset(*wide), "{name}: {one:?} not in {wide:?}");
        }
        _ => {}
    }
    Ok(())
}

fn cases(bytes: usize, policy: &Policy, today: &str) {
    let today = Date::parse_iso(today).expect("a date");
    let config = ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(bytes in proptest::collection::vec(any::<u8>(), 0..bytes))| {
        holds_in_completions(policy, &bytes, today)?;
    });
}

#[test]
fn of_the_first_policy() {
    cases(300, &policy("policies/ess/ess.pol"), "2025-10-01");
}

#[test]
fn of_the_second_policy() {
    cases(300, &policy("policies/csq/csq.pol"), "2025-06-15");
}

#[test]
fn of_a_policy_that_leans_on_another() {
    cases(300, support::policies::policy("alr"), "2025-10-01");
}

#[test]
fn of_a_policy_that_says_all_that_can_be_said() {
    cases(300, &policy("tests/worlds/all.pol"), "2025-06-15");
}

#[test]
fn a_list_of_places_and_cuts() {
    let policy = policy("policies/csq/csq.pol");
    let today = Date::parse_iso("2025-06-15").expect("a date");
    let world = World {
        examined_on: today,
        facts: policy.facts.iter().map(|fact| fact.ask.domain.clone()).collect(),
        lists: policy.lists.iter().map(|_| ListState::Absent).collect(),
        readings: Vec::new(),
    };
    let places = missing(&policy, &world);
    let of = |path: &str| {
        let rank = policy.facts.iter().position(|fact| &*fact.path == path).expect("a fact");
        MissingPlace::Fact(conforme::policy::FactId(rank as u32))
    };
    let rank = |place| places.iter().position(|other| *other == place).expect("missing");
    assert_eq!(places.len(), policy.facts.len() + policy.lists.len());
    assert!(rank(of("services.samedi")) < rank(of("services.samedis assurés")));
    assert!(places.contains(&MissingPlace::List(ListId(0))));
    let numbers = |values: Vec<Value>| -> Vec<i64> {
        values
            .into_iter()
            .filter_map(|value| match value {
                Value::Number(number) => number.to_i64(),
                _ => None,
            })
            .collect()
    };
    // The bounds of the scale, and 10 000; the least population is not known.
    let bounds = [4_000, 4_001, 8_000, 8_001, 10_000, 19_999, 20_000];
    assert_eq!(numbers(cuts(&policy, &world, of("population"))), bounds);
    let known = Known::Truth(Truth::NO);
    let mut ordinary = world.clone();
    ordinary.suppose(&policy, of("quartier prioritaire"), known);
    let least: Vec<i64> = [2_000].into_iter().chain(bounds).collect();
    assert_eq!(numbers(cuts(&policy, &ordinary, of("population"))), least);
}
