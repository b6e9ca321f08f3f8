//! Every calculation in full: the whole tree of each item.

use std::sync::Arc;

use super::{Block, Builder, Node, Section, Sign};
use crate::decision::{ItemResult, Leaf, MissingPlace, Op, Part, Step};
use crate::known::{Known, Truth};
use crate::policy::ExprKind;
use crate::render::words::{operand, row_of, truth};

/// What has been told: a definition is told in full once.
type Told = Vec<*const Step>;

impl Builder<'_> {
    /// A tree for each item, under each combination that changes anything in it.
    pub(super) fn detail(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let mut told = Told::new();
        let results = std::iter::once(&self.decision.decision)
            .chain(&self.decision.criteria)
            .chain(&self.decision.objectives)
            .chain(&self.decision.missions)
            .chain(&self.decision.fundings)
            .chain(&self.decision.obligations);
        let blocks: Vec<Block> = results.map(|result| self.tree(result, &mut told)).collect();
        sections.push(Section {
            title: words.say("Le détail de chaque calcul", "Every calculation in full").to_owned(),
            blocks,
        });
    }

    fn tree(&self, result: &ItemResult, told: &mut Told) -> Block {
        let words = &self.words;
        let mut blocks = Vec::new();
        for case in &result.by_reading {
            let mut nodes: Vec<Node> =
                case.because.parts.iter().map(|(part, step)| self.part(*part, step, told)).collect();
            if !case.readings.is_empty() {
                let text = format!(
                    "{} {}",
                    words.say("lecture", "reading"),
                    words.pair(&words.options(&case.readings), words.status(case.status))
                );
                nodes = vec![Node { sign: None, text, inner: nodes }];
            }
            blocks.push(Block::Tree(nodes));
        }
        let title = words.pair(words.item(result.item), words.status(result.status));
        Block::Entry { title, blocks }
    }

    fn part(&self, part: Part, step: &Step, told: &mut Told) -> Node {
        let words = &self.words;
        let node = self.node(step, told);
        let title = match part {
            Part::Condition => return node,
            Part::Applies => words.say("si", "if"),
            Part::Unless(_) => words.say("sauf si", "unless"),
            Part::Amount => words.say("montant", "amount"),
            Part::Deadline => words.say("au plus tard", "no later than"),
            Part::FulfilledBy => words.say("remplie par", "fulfilled by"),
        };
        Node { sign: None, text: title.to_owned(), inner: vec![node] }
    }

    fn node(&self, step: &Step, told: &mut Told) -> Node {
        let words = &self.words;
        let sign = match step.value {
            Known::Truth(truth) => Some(sign(truth)),
            _ => None,
        };
        let kind = step.expr.map(|e| &words.policy.exprs.get(e).kind);
        let value = words.outcome_of(step);
        let named = |name: &str| match sign {
            // The sign says it; a fact says it in its own word as well.
            Some(_) if !matches!(step.op, Op::Leaf(_)) => name.to_owned(),
            _ => words.pair(name, &value),
        };
        let source = || step.expr.map(|e| words.source(e)).unwrap_or_default();
        let (text, inner) = match (&step.op, kind) {
            (Op::Shared(body), _) => {
                let name = step.expr.map(|e| words.name(e)).unwrap_or_default();
                if told.contains(&Arc::as_ptr(body)) {
                    let above = words.say("voir plus haut", "see above");
                    (format!("{} ({above})", words.pair(&name, &value)), Vec::new())
                } else {
                    told.push(Arc::as_ptr(body));
                    (words.pair(&name, &value), vec![self.node(body, told)])
                }
            }
            (Op::Leaf(leaf), _) => (self.leaf(*leaf, step), Vec::new()),
            (Op::Item, _) => (named(&source()), Vec::new()),
            (Op::Cases { on }, _) => {
                let paths: Vec<String> = on.iter().map(|place| words.path(*place)).collect();
                let tried =
                    format!("{} {}", words.say("selon la réponse à", "by the answer to"), paths.join(", "));
                let inner = step.operands.iter().map(|case| self.case(on, case, told)).collect();
                (format!("{} ({tried})", named(&source())), inner)
            }
            (Op::Case { .. }, _) => (value.clone(), self.nodes(step, told)),
            (Op::Expr, Some(ExprKind::Compare { left, right, .. })) => {
                let sides = [operand(step, *left), operand(step, *right)];
                let inner = sides.into_iter().flatten().filter(|s| !is_plain(s)).map(|s| self.node(s, told));
                (words.sentence(step, false), inner.collect())
            }
            (Op::Expr, Some(ExprKind::Among { .. } | ExprKind::Between { .. } | ExprKind::Within { .. })) => {
                let inner = step.operands.iter().filter(|s| !is_plain(s)).map(|s| self.node(s, told));
                (words.sentence(step, false), inner.collect())
            }
            (Op::Expr, Some(ExprKind::Aggregate { list, filter, of, .. })) => {
                let text = words.pair(&source(), &value);
                let inner = step
                    .operands
                    .iter()
                    .map(|operand| {
                        let mut node = self.node(operand, told);
                        if operand.expr.is_some()
                            && (operand.expr == *filter || operand.expr == *of)
                            && let Some(row) = row_of(operand)
                        {
                            node.text = words.pair(&words.element(row, *list), &words.outcome_of(operand));
                            node.inner.clear();
                        }
                        node
                    })
                    .collect();
                (text, inner)
            }
            (Op::Expr, Some(ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Bullets { .. })) => {
                let title = match kind {
                    Some(ExprKind::Or(_)) => words.say("l'un de", "one of"),
                    Some(ExprKind::Bullets { quantity, .. }) => match quantity {
                        crate::policy::Quantity::All => words.say("tous", "all"),
                        _ => words.say("conditions comptées", "conditions counted"),
                    },
                    _ => words.say("tous", "all"),
                };
                (title.to_owned(), self.nodes(step, told))
            }
            (Op::Expr, _) => (words.pair(&source(), &value), self.nodes(step, told)),
        };
        Node { sign, text, inner }
    }

    fn nodes(&self, step: &Step, told: &mut Told) -> Vec<Node> {
        step.operands
            .iter()
            .filter(|s| !matches!(s.op, Op::Leaf(Leaf::Literal)))
            .map(|s| self.node(s, told))
            .collect()
    }

    /// A fact with its value, the line where it stands and where it comes from.
    fn leaf(&self, leaf: Leaf, step: &Step) -> String {
        let words = &self.words;
        let said = words.sentence(step, false);
        let said = if said.is_empty() { words.outcome_of(step) } else { said };
        let given = match leaf {
            Leaf::Fact(fact) => Some(words.dossier.fact(fact)),
            Leaf::Cell(..)
            | Leaf::List(_)
            | Leaf::Parameter(_)
            | Leaf::Literal
            | Leaf::Reading(_)
            | Leaf::ExaminationDate => None,
        };
        let Some(given) = given else { return said };
        let line = given.place.map(|p| {
            format!("{} {}", words.say("ligne", "line"), words.dossier.file.position(p.value.start).line)
        });
        let source = given.origin.as_ref().and_then(|o| o.source.as_deref()).map(|s| words.quoted(s));
        let from: Vec<String> = line.into_iter().chain(source).collect();
        if from.is_empty() { said } else { format!("{said} ({})", from.join(", ")) }
    }

    /// What was supposed of what is missing, and what it then comes to.
    fn case(&self, on: &[MissingPlace], case: &Step, told: &mut Told) -> Node {
        let words = &self.words;
        let mut node = self.node(case, told);
        if let Op::Case { given } = &case.op {
            let given: Vec<String> = on
                .iter()
                .zip(given)
                .map(|(place, known)| {
                    words.pair(&words.path(*place), &words.known(known, words.type_of(*place)))
                })
                .collect();
            node.text = format!("{} {}", words.say("pour", "for"), given.join(", "));
        }
        node
    }
}

fn sign(truth: Truth) -> Sign {
    match truth.value() {
        Some(true) => Sign::Yes,
        Some(false) => Sign::No,
        None => Sign::Open,
    }
}

/// A side of a comparison that its sentence tells whole.
fn is_plain(step: &Step) -> bool {
    match &step.op {
        Op::Leaf(_) | Op::Item => !matches!(step.value, Known::Truth(_)) || truth(step).value().is_some(),
        Op::Shared(_) | Op::Expr | Op::Cases { .. } | Op::Case { .. } => false,
    }
}
