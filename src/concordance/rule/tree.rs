//! How the parts of one condition are joined: each with the « et » and « ou » that it stands under.

use super::{Case, Place, Reader};
use crate::policy::{ExprId, ExprKind, Quantity as HowMany};
use crate::source::Span;

/// Parts of one condition beyond which they are not held against a passage: each two of them are.
const MOST: usize = 16;

/// A condition that joins others.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Its parts, in order.
    pub leaves: Vec<Leaf>,
    /// What joins some of them.
    pub joints: Vec<Joint>,
    /// It is the `dont` of a list.
    pub filter: bool,
    /// It is an exception.
    pub except: bool,
}

/// A part that joins nothing.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// The names of what it asks for or compares.
    pub names: Vec<String>,
    /// It is asked for, not denied.
    pub plain: bool,
    /// Where it stands.
    pub span: Span,
    /// What it is known by.
    pub cases: Vec<Case>,
    /// What it stands under, by rank, the outermost first.
    under: Vec<usize>,
}

/// « et », « ou », bullets.
#[derive(Debug, Clone)]
pub struct Joint {
    /// All must hold; else one.
    pub every: bool,
    /// All that it joins.
    pub span: Span,
    /// One under the other.
    pub bullets: bool,
    /// It is what the item requires.
    pub main: bool,
}

impl Tree {
    /// What joins two of its leaves.
    pub fn joint(&self, one: &Leaf, other: &Leaf) -> Option<&Joint> {
        let common = one.under.iter().zip(&other.under).take_while(|(a, b)| a == b);
        common.last().and_then(|(at, _)| self.joints.get(*at))
    }
}

impl Reader<'_> {
    /// The tree of a condition that joins others, once.
    pub(super) fn tree(&mut self, id: ExprId, required: bool) {
        if self.shallow || self.joining {
            return;
        }
        let mut tree = Tree { filter: self.filtering, except: self.excepting, ..Tree::default() };
        self.branch(&mut tree, id, true, &mut Vec::new());
        tree.joints.iter_mut().take(1).for_each(|outer| outer.main = required);
        if (2..=MOST).contains(&tree.leaves.len()) {
            self.rule.trees.push(tree);
        }
    }

    fn branch(&self, tree: &mut Tree, id: ExprId, plain: bool, under: &mut Vec<usize>) {
        let expr = self.policy.exprs.get(id);
        let (every, denied, of): (bool, bool, Vec<ExprId>) = match &expr.kind {
            ExprKind::Not(of) => return self.branch(tree, *of, !plain, under),
            ExprKind::And(of) => (plain, false, of.to_vec()),
            ExprKind::Or(of) => (!plain, false, of.to_vec()),
            ExprKind::Bullets { quantity, of } => {
                // What is asked for in a case only is joined with nothing.
                let of = of.iter().filter(|bullet| bullet.only_if.is_none());
                let of = of.map(|bullet| bullet.then).collect();
                match quantity {
                    HowMany::All => (plain, false, of),
                    HowMany::AtLeast(1) => (!plain, false, of),
                    HowMany::AtMost(0) => (plain, true, of),
                    HowMany::AtLeast(_) | HowMany::AtMost(_) | HowMany::Exactly(_) => return,
                }
            }
            _ => {
                let named = self.named(id, Place::OPEN);
                let own = named.as_ref().is_none_or(|asked| asked.plain);
                let mut names: Vec<String> = named.into_iter().map(|asked| asked.name).collect();
                if let ExprKind::Compare { right, .. } = expr.kind {
                    let other = self.named(right, Place::OPEN).map(|asked| asked.name);
                    names.extend(other.filter(|other| !names.contains(other)));
                }
                let cases = self.cases(id);
                let own = own && !cases.iter().any(|case| matches!(case, Case::Options { plain: false, .. }));
                tree.leaves.push(Leaf {
                    names,
                    plain: plain == own,
                    span: expr.span,
                    cases,
                    under: under.clone(),
                });
                return;
            }
        };
        let bullets = matches!(expr.kind, ExprKind::Bullets { .. });
        under.push(tree.joints.len());
        tree.joints.push(Joint { every, span: expr.span, bullets, main: false });
        for of in of {
            self.branch(tree, of, plain != denied, under);
        }
        under.pop();
    }
}
