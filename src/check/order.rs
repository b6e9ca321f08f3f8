//! Which item reads which: the order in which they are lowered, the loops, the readings of each.

mod walk;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::component::{components, is_loop};
use super::element;
use super::names::{Found, Names, Scope, Symbol, What};
use super::types::Ty;
use super::{Checker, Slot, words};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::Type;
use crate::source::Span;
use crate::syntax::tree::{
    Adjustment, Band, Condition, Derogation, Expr, ExprKind, Item, ItemKind, Path, PeriodOp, ShareOf, Then,
    TypeExpr, ValueBody, ValueForm, When, period_base,
};

/// The longest loop that a message spells out.
const LONGEST_LOOP: usize = 8;

/// One item reads another one.
#[derive(Debug, Clone, Copy)]
struct Edge {
    to: usize,
    /// Where.
    span: Span,
    /// It may be an option of the same name.
    unsure: bool,
}

/// Which item reads which, by rank in the file; one more stands for all criteria together.
#[derive(Debug)]
pub(super) struct Graph {
    edges: Vec<Vec<Edge>>,
    /// Readings are read as items are, but combine: how many options each has.
    options: Vec<Option<usize>>,
}

impl Graph {
    /// Gathers what the items of the file read.
    pub fn of(checker: &Checker<'_>) -> Graph {
        let doc = checker.doc;
        let mut edges: Vec<Vec<Edge>> = doc
            .items
            .iter()
            .map(|item| {
                let mut walk = Walk { checker, edges: Vec::new(), nesting: 0 };
                checker.read_as(item);
                walk.item(item);
                walk.edges
            })
            .collect();
        checker.names.enter(0);
        let criteria = checker.criteria_of(0);
        edges.push(criteria.map(|(to, item)| Edge { to, span: item.span, unsure: false }).collect());
        let mut options: Vec<Option<usize>> = checker
            .slots
            .iter()
            .map(|slot| match slot {
                Slot::Reading(reading) => {
                    let choice = checker.reading_choices[reading.index()];
                    Some(checker.choices[choice.index()].options.len())
                }
                _ => None,
            })
            .collect();
        options.push(None);
        Graph { edges, options }
    }

    /// The rank that stands for all criteria together.
    fn all_criteria(&self) -> usize {
        self.edges.len() - 1
    }

    fn plain(&self, sure_only: bool) -> Vec<Vec<usize>> {
        let kept = |edge: &&Edge| !(sure_only && edge.unsure);
        self.edges.iter().map(|edges| edges.iter().filter(kept).map(|edge| edge.to).collect()).collect()
    }

    /// An order in which each item reads only earlier ones; loops are reported.
    pub fn order(&self, checker: &mut Checker<'_>) -> Vec<usize> {
        let mut edges = self.plain(false);
        let mut found = components(&edges);
        if found.iter().any(|component| is_loop(component, &edges)) {
            // Names that may be options are believed to be so where a loop would follow.
            edges = self.plain(true);
            found = components(&edges);
            for component in &found {
                if is_loop(component, &edges) {
                    self.report_loop(component, checker);
                }
            }
        }
        found.into_iter().flatten().filter(|node| *node != self.all_criteria()).collect()
    }

    /// The shortest way from the first item of a loop back to itself.
    fn report_loop(&self, component: &[usize], checker: &mut Checker<'_>) {
        let Some(first) = component.first().copied() else { return };
        let inside: BTreeSet<usize> = component.iter().copied().collect();
        let mut came_from: BTreeMap<usize, (usize, Edge)> = BTreeMap::new();
        let mut pending = VecDeque::from([first]);
        while let Some(node) = pending.pop_front() {
            for edge in self.edges[node].iter().filter(|edge| !edge.unsure && inside.contains(&edge.to)) {
                came_from.entry(edge.to).or_insert_with(|| {
                    pending.push_back(edge.to);
                    (node, *edge)
                });
            }
            if came_from.contains_key(&first) {
                break;
            }
        }
        let mut steps = Vec::new();
        let mut node = first;
        while let Some((from, edge)) = came_from.get(&node) {
            steps.push((*from, *edge));
            node = *from;
            if node == first {
                break;
            }
        }
        steps.reverse();
        // « remplie par » itself: it is told as no date.
        if let [(node, edge)] = steps.as_slice()
            && let ItemKind::Obligation(obligation) = &checker.doc.items[*node].kind
            && obligation
                .fulfilled_by
                .as_ref()
                .is_some_and(|act| act.span.start <= edge.span.start && edge.span.end <= act.span.end)
        {
            return;
        }
        let name = |node: usize| {
            if node == self.all_criteria() {
                "tous les critères".to_owned()
            } else {
                format!("« {} »", checker.item_name(node))
            }
        };
        let message = if steps.len() == 1 {
            format!("{} se calcule à partir de soi-même", name(first))
        } else {
            let mut said = format!("boucle : {}", name(first));
            for (rank, (from, edge)) in steps.iter().enumerate() {
                if rank >= LONGEST_LOOP && rank + 1 < steps.len() {
                    continue;
                }
                if rank + 1 == steps.len() && rank > LONGEST_LOOP {
                    said.push_str(", …");
                }
                said.push_str(match (rank, *from == self.all_criteria()) {
                    (_, true) => ", dont ",
                    (0, false) => " lit ",
                    (_, false) => ", qui lit ",
                });
                said.push_str(&name(edge.to));
            }
            said
        };
        let mut diagnostic = Diagnostic::error("boucle", message);
        for (node, edge) in steps.iter().filter(|(node, _)| *node != self.all_criteria()).take(LONGEST_LOOP) {
            let kind = words::item_words(&checker.doc.items[*node].kind);
            diagnostic = diagnostic.at(
                checker.file,
                edge.span,
                format!("{kind} {} lit {}", name(*node), name(edge.to)),
            );
        }
        checker.report(diagnostic.help("une valeur se calcule à partir d'autres : ôter l'un de ces renvois"));
    }

    /// All items that one reads, near and far, itself left out unless in a loop.
    pub fn reach(&self, from: usize) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let mut pending = vec![from];
        while let Some(node) = pending.pop() {
            for edge in &self.edges[node] {
                if seen.insert(edge.to) {
                    pending.push(edge.to);
                }
            }
        }
        seen
    }

    /// No item depends on more combinations of readings than can be decided.
    pub fn check_readings(&self, checker: &mut Checker<'_>) {
        // Enough readings to know that there are too many.
        let enough = limits::READING_COMBINATIONS.ilog2() as usize + 2;
        let mut readings: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.edges.len()];
        let mut refused = vec![false; self.edges.len()];
        for node in components(&self.plain(false)).into_iter().flatten() {
            let mut own = BTreeSet::new();
            let mut inherited = false;
            for edge in &self.edges[node] {
                inherited |= refused[edge.to];
                if self.options[edge.to].is_some() {
                    own.insert(edge.to);
                }
                own.extend(&readings[edge.to]);
            }
            while own.len() > enough {
                own.pop_last();
            }
            let options = own.iter().filter_map(|reading| self.options[*reading]);
            let combinations = options.fold(1, usize::saturating_mul);
            if combinations > limits::READING_COMBINATIONS {
                refused[node] = true;
                // Criteria that are too many together are so where they are read together.
                if node == self.all_criteria() {
                    refused[node] = inherited;
                } else if !inherited {
                    self.report_readings(node, &own, combinations, checker);
                }
            }
            readings[node] = own;
        }
    }

    fn report_readings(
        &self,
        node: usize,
        readings: &BTreeSet<usize>,
        combinations: usize,
        checker: &mut Checker<'_>,
    ) {
        let names: Vec<_> = readings.iter().map(|reading| checker.item_name(*reading)).collect();
        let message = format!(
            "{} « {} » dépend de {combinations} combinaisons de lectures, alors que la limite est de {}",
            words::item_words(&checker.doc.items[node].kind),
            checker.item_name(node),
            limits::READING_COMBINATIONS
        );
        let list = checker.quoted_list(names.iter().map(|name| &**name));
        let mut diagnostic = Diagnostic::error("trop-de-lectures", message).at(
            checker.file,
            checker.item_span(node),
            "trop de lectures se combinent ici",
        );
        for reading in readings {
            diagnostic = diagnostic.at(checker.file, checker.item_span(*reading), "lecture");
        }
        checker.report(diagnostic.help(format!("réunir ou trancher des lectures : {list}")));
    }
}

/// The walk over one item.
struct Walk<'c, 'a> {
    checker: &'c Checker<'a>,
    edges: Vec<Edge>,
    nesting: usize,
}

impl Walk<'_, '_> {}
