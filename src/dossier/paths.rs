//! The paths that a policy declares, as a tree of names.

use std::collections::HashMap;

use crate::policy::{FactId, FieldId, ListId, Policy};
use crate::source::Span;
use crate::text;

/// A group, fact, list or field in the tree of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Node(u32);

/// What a whole path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    Fact(FactId),
    List(ListId),
    Field(FieldId),
}

#[derive(Debug, Default)]
struct Entry {
    children: HashMap<Box<str>, Node>,
    /// The names of its children, as declared.
    names: Vec<Box<str>>,
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
}

impl Paths {
    /// The node at the top of a dossier.
    pub(super) const TOP: Node = Node(0);

    pub(super) fn new(policy: &Policy) -> Self {
        let mut paths = Paths { nodes: vec![Entry::default()], elements: Vec::new() };
        for (i, fact) in (0..).zip(&policy.facts) {
            paths.declare(Self::TOP, &fact.parts, Leaf::Fact(FactId(i)), fact.ask.span);
        }
        for (i, list) in (0..).zip(&policy.lists) {
            paths.declare(Self::TOP, &list.parts, Leaf::List(ListId(i)), list.span);
            let element = Node(u32::try_from(paths.nodes.len()).unwrap_or(u32::MAX));
            paths.nodes.push(Entry::default());
            paths.elements.push(element);
        }
        for (i, field) in (0..).zip(&policy.fields) {
            let element = paths.element(field.list);
            paths.declare(element, &field.parts, Leaf::Field(FieldId(i)), field.ask.span);
        }
        paths
    }

    fn declare(&mut self, from: Node, parts: &[std::sync::Arc<str>], leaf: Leaf, declared: Span) {
        let mut node = from;
        for part in parts {
            let name: Box<str> = text::tidy(part).into();
            node = match self.entry(node).children.get(&name) {
                Some(child) => *child,
                None => {
                    let child = Node(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
                    let path = self.join(node, &name);
                    let parent = &mut self.nodes[node.0 as usize];
                    parent.children.insert(name.clone(), child);
                    parent.names.push(name);
                    self.nodes.push(Entry { path, declared, ..Entry::default() });
                    child
                }
            };
        }
        let entry = &mut self.nodes[node.0 as usize];
        entry.leaf = Some(leaf);
        entry.declared = declared;
    }

    fn entry(&self, node: Node) -> &Entry {
        &self.nodes[node.0 as usize]
    }

    /// The node under which the fields of a list stand.
    pub(super) fn element(&self, list: ListId) -> Node {
        self.elements[list.index()]
    }

    /// What a key names under a node: one name, or several joined by dots.
    pub(super) fn find(&self, under: Node, key: &str) -> Option<Node> {
        if let Some(child) = self.entry(under).children.get(key) {
            return Some(*child);
        }
        let tidied = text::tidy(key);
        if let Some(child) = self.entry(under).children.get(tidied.as_str()) {
            return Some(*child);
        }
        tidied.contains('.').then(|| {
            tidied
                .split('.')
                .try_fold(under, |node, part| self.entry(node).children.get(part.trim()).copied())
        })?
    }

    /// What a node is by itself; `None` for a mere group.
    pub(super) fn leaf(&self, node: Node) -> Option<Leaf> {
        self.entry(node).leaf
    }

    /// Whether other names stand under a node.
    pub(super) fn is_group(&self, node: Node) -> bool {
        !self.entry(node).children.is_empty()
    }

    /// The names that stand under a node, in order of declaration.
    pub(super) fn names(&self, node: Node) -> impl Iterator<Item = &str> {
        self.entry(node).names.iter().map(|name| &**name)
    }

    /// What stands under a node, in order of declaration.
    pub(super) fn children(&self, node: Node) -> impl Iterator<Item = (&str, Node)> {
        let entry = self.entry(node);
        self.names(node).filter_map(|name| entry.children.get(name).map(|child| (name, *child)))
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
