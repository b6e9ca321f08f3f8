//! Which missing places open a question: those that its condition reads.

use std::collections::HashMap;

use crate::decision::MissingPlace;
use crate::policy::{ExprId, FieldId, Policy, Reach};

/// Some missing places, and what opens each.
pub(in crate::eval) struct Openers<'a> {
    policy: &'a Policy,
    places: &'a [MissingPlace],
    /// Ranks of the facts and lists, and by element those of its fields.
    single: Vec<usize>,
    of_element: HashMap<u32, Vec<usize>>,
    /// Whether a fact or list is opened by the fields of all elements that its condition reads; else by
    /// none of them.
    all_elements: bool,
    /// By condition: ranks of the facts and lists that it reads, and the fields.
    by_condition: HashMap<ExprId, (Vec<usize>, Vec<FieldId>)>,
}

impl<'a> Openers<'a> {
    /// Those among some places.
    pub fn new(policy: &'a Policy, places: &'a [MissingPlace], all_elements: bool) -> Self {
        let mut single = Vec::new();
        let mut of_element: HashMap<u32, Vec<usize>> = HashMap::new();
        for (rank, place) in places.iter().enumerate() {
            match place {
                MissingPlace::Fact(_) | MissingPlace::List(_) => single.push(rank),
                MissingPlace::Cell { row, .. } => of_element.entry(*row).or_default().push(rank),
            }
        }
        Openers { policy, places, single, of_element, all_elements, by_condition: HashMap::new() }
    }

    /// The ranks, ascending, of the other places that the condition of a place reads; of elements, where
    /// it is a field of one, those of its own.
    pub fn of(&mut self, place: MissingPlace) -> Vec<usize> {
        let policy = self.policy;
        let asked_if = match place {
            MissingPlace::Fact(fact) => policy.facts[fact.index()].ask.asked_if,
            MissingPlace::List(list) => policy.lists[list.index()].asked_if,
            MissingPlace::Cell { field, .. } => policy.fields[field.index()].ask.asked_if,
        };
        let Some(condition) = asked_if else { return Vec::new() };
        let (places, single) = (self.places, &self.single);
        let (facts, fields) = self.by_condition.entry(condition).or_insert_with(|| {
            let mut reach = Reach::default();
            reach.add_expr(policy, condition);
            let facts = single.iter().copied().filter(|rank| reach.reads(places[*rank].declared()));
            let fields = (0..).map(FieldId).take(policy.fields.len());
            let fields = fields.filter(|field| reach.reads(crate::policy::Declared::Field(*field)));
            (facts.collect(), fields.collect())
        });
        let mut found: Vec<usize> = facts.clone();
        let read = |rank: &usize| matches!(places[*rank], MissingPlace::Cell { field, .. } if fields.contains(&field));
        match place {
            _ if fields.is_empty() => {}
            MissingPlace::Cell { row, .. } => {
                found.extend(self.of_element.get(&row).into_iter().flatten().copied().filter(read));
            }
            MissingPlace::Fact(_) | MissingPlace::List(_) if self.all_elements => {
                found.extend((0..places.len()).filter(read));
            }
            MissingPlace::Fact(_) | MissingPlace::List(_) => {}
        }
        found.retain(|rank| places[*rank] != place);
        found.sort_unstable();
        found
    }
}
