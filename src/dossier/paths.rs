//! The paths that a policy declares, as a tree of names.

use std::collections::HashMap;

use crate::policy::{Declared, FactId, FieldId, ListId, Policy};
use crate::source::Span;
use crate::text;

/// A group, fact, list or field in the tree of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Node(u32);

impl Node {
    /// The node as an index.
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a whole path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    Fact(FactId),
    List(ListId),
    Field(FieldId),
}

#[derive(Debug, Default)]
struct Entry {
    /// What stands under it, in order of declaration.
    children: Vec<(Box<str>, Node)>,
    /// The rank of each name among the children.
    ranks: HashMap<Box<str>, usize>,
    leaf: Option<Leaf>,
    /// Its path, from the top of the dossier or of an element.
    path: String,
    /// Where it, or the first that it groups, is declared.
    declared: Span,
}

/// The names that may stand at the top of a dossier and in the elements of its lists.
#[derive(Debug)]
pub(super) struct Paths {
    nodes: Vec<Entry>,
    /// For each list, the node under which its fields stand.
    elements: Vec<Node>,
    /// The names that stand for a period, each with its first and its last day.
    periods: HashMap<Node, [Leaf; 2]>,
    /// Whether every name stands in JSON as it is, and none at the top is one of the dossier's own.
    ordinary: bool,
}

impl Paths {
    /// The node at the top of a dossier.
    pub(super) const TOP: Node = Node(0);

    pub(super) fn new(policy: &Policy) -> Self {
        let (nodes, elements, periods) = (vec![Entry::default()], Vec::new(), HashMap::new());
        let mut paths = Paths { nodes, elements, periods, ordinary: true };
        for _ in &policy.lists {
            paths.elements.push(Node(u32::try_from(paths.nodes.len()).unwrap_or(u32::MAX)));
            paths.nodes.push(Entry::default());
        }
        for declared in &policy.declared {
            match *declared {
                Declared::Fact(id) => {
                    let fact = &policy.facts[id.index()];
                    paths.declare(Self::TOP, &fact.parts, Leaf::Fact(id), fact.ask.span);
                }
                Declared::List(id) => {
                    let list = &policy.lists[id.index()];
                    paths.declare(Self::TOP, &list.parts, Leaf::List(id), list.span);
                }
                Declared::Field(id) => {
                    let field = &policy.fields[id.index()];
                    paths.declare(paths.element(field.list), &field.parts, Leaf::Field(id), field.ask.span);
                }
            }
        }
        for period in &policy.periods {
            let leaf = |declared| match declared {
                Declared::Fact(fact) => Leaf::Fact(fact),
                Declared::List(list) => Leaf::List(list),
                Declared::Field(field) => Leaf::Field(field),
            };
            let (from, parts) = match period.first {
                Declared::Fact(fact) => (Self::TOP, &policy.facts[fact.index()].parts),
                Declared::Field(field) => {
                    let field = &policy.fields[field.index()];
                    (paths.element(field.list), &field.parts)
                }
                Declared::List(_) => continue,
            };
            let mut above = parts.iter().take(parts.len().saturating_sub(1));
            let node = above.try_fold(from, |node, part| paths.child(node, &text::tidy(part)));
            if let Some(node) = node {
                paths.periods.insert(node, [leaf(period.first), leaf(period.last)]);
            }
        }
        paths
    }

    fn declare(&mut self, from: Node, parts: &[std::sync::Arc<str>], leaf: Leaf, declared: Span) {
        let mut node = from;
        for part in parts {
            let name: Box<str> = text::tidy(part).into();
            let own = node == Self::TOP && super::read::OWN_KEYS.contains(&&*name);
            self.ordinary &= !own && !name.contains(|c: char| matches!(c, '"' | '\\') || c.is_control());
            node = match self.child(node, &name) {
                Some(child) => child,
                None => {
                    let child = Node(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
                    let path = self.join(node, &name);
                    let parent = &mut self.nodes[node.index()];
                    parent.ranks.insert(name.clone(), parent.children.len());
                    parent.children.push((name, child));
                    self.nodes.push(Entry { path, declared, ..Entry::default() });
                    child
                }
            };
        }
        let entry = &mut self.nodes[node.index()];
        entry.leaf = Some(leaf);
        entry.declared = declared;
    }

    #[inline]
    fn entry(&self, node: Node) -> &Entry {
        &self.nodes[node.index()]
    }

    /// The node under which the fields of a list stand.
    pub(super) fn element(&self, list: ListId) -> Node {
        self.elements[list.index()]
    }

    /// Whether the quick way knows how to tell all names.
    pub(super) fn are_ordinary(&self) -> bool {
        self.ordinary
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn child(&self, under: Node, name: &str) -> Option<Node> {
        let entry = self.entry(under);
        let rank = entry.ranks.get(name)?;
        entry.children.get(*rank).map(|(_, child)| *child)
    }

    /// What stands under a node at a rank, in order of declaration.
    #[inline]
    pub(super) fn at(&self, under: Node, rank: usize) -> Option<(&str, Node)> {
        self.entry(under).children.get(rank).map(|(name, child)| (&**name, *child))
    }

    /// The rank of a name, written as it is compared, among what stands under a node.
    pub(super) fn rank(&self, under: Node, name: &str) -> Option<usize> {
        self.entry(under).ranks.get(name).copied()
    }

    /// What a key names under a node: one name, or several joined by dots.
    pub(super) fn find(&self, under: Node, key: &str) -> Option<Node> {
        if let Some(child) = self.child(under, key) {
            return Some(child);
        }
        let tidied = text::tidy(key);
        if let Some(child) = self.child(under, &tidied) {
            return Some(child);
        }
        tidied
            .contains('.')
            .then(|| tidied.split('.').try_fold(under, |node, part| self.child(node, part.trim())))?
    }

    /// What a node is by itself; `None` for a mere group.
    #[inline]
    pub(super) fn leaf(&self, node: Node) -> Option<Leaf> {
        self.entry(node).leaf
    }

    /// The days of the period that a node is, if it is one.
    pub(super) fn period(&self, node: Node) -> Option<[Leaf; 2]> {
        self.periods.get(&node).copied()
    }

    /// Whether other names stand under a node.
    #[inline]
    pub(super) fn is_group(&self, node: Node) -> bool {
        !self.entry(node).children.is_empty()
    }

    /// The names that stand under a node, in order of declaration.
    pub(super) fn names(&self, node: Node) -> impl Iterator<Item = &str> {
        self.children(node).map(|(name, _)| name)
    }

    /// What stands under a node, in order of declaration.
    pub(super) fn children(&self, node: Node) -> impl Iterator<Item = (&str, Node)> {
        self.entry(node).children.iter().map(|(name, child)| (&**name, *child))
    }

    /// The path of a node.
    pub(super) fn path(&self, node: Node) -> &str {
        &self.entry(node).path
    }

    /// Where a node is declared.
    pub(super) fn declared(&self, node: Node) -> Span {
        self.entry(node).declared
    }

    /// The path of a name under a node.
    pub(super) fn join(&self, node: Node, name: &str) -> String {
        let path = self.path(node);
        if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
    }

    /// The whole path nearest to a path that nothing declares, at the top or under the elements of a
    /// list: the only one whose last name is the same, else the one spelt most alike.
    pub(super) fn nearest<'s>(
        &'s self,
        top: Node,
        path: &str,
        own: &[&'s str],
    ) -> Option<(&'s str, Option<Span>)> {
        let mut leaves = Vec::new();
        self.leaves(top, &mut leaves);
        let last = |p: &str| text::fold(p.rsplit('.').next().unwrap_or(p));
        let wanted = last(path);
        let mut alike = leaves.iter().map(|n| self.path(*n)).filter(|p| last(p) == wanted);
        let found = alike.next().filter(|_| alike.next().is_none()).or_else(|| {
            super::scalar::nearest(path, leaves.iter().map(|n| self.path(*n)).chain(own.iter().copied()))
        })?;
        let declared = leaves.iter().find(|n| self.path(**n) == found).map(|n| self.declared(*n));
        Some((found, declared))
    }

    fn leaves(&self, node: Node, into: &mut Vec<Node>) {
        if self.leaf(node).is_some() {
            into.push(node);
        }
        for (_, child) in self.children(node) {
            self.leaves(child, into);
        }
    }
}
