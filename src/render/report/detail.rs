//! Every calculation in full: the whole tree of each item.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Block, Builder, Node, Section, Sign};
use crate::decision::{ItemResult, Leaf, MissingPlace, Op, Part, Step};
use crate::known::{Known, Truth};
use crate::policy::{ExprKind, ItemRef, ListId, Quantity};
use crate::render::words::{Audience, Counted, counted, elements, merged, operand, truth};
use crate::wording::Lang;

/// What has been told: a definition is told in full once.
pub(super) type Told = HashSet<*const Step>;

/// Past this many cases tried, they are told together.
const FEW: usize = 6;

impl Builder<'_> {
    /// A tree for each item, under each combination that changes anything in it.
    pub(crate) fn detail(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        sections.push(Section {
            title: words.say("Le détail de chaque calcul", "Every calculation in full").to_owned(),
            blocks: self.calculations(&|_| true),
        });
    }

    /// A tree for each of these items.
    pub(crate) fn calculations(&self, of: &dyn Fn(ItemRef) -> bool) -> Vec<Block> {
        let words = &self.words;
        let mut told = Told::new();
        let decided = words.policy.decision.stated.then_some(&self.decision.decision);
        let results = decided
            .into_iter()
            .chain(&self.decision.criteria)
            .chain(&self.decision.objectives)
            .chain(&self.decision.missions)
            .chain(&self.decision.fundings)
            .chain(&self.decision.obligations);
        results.filter(|result| of(result.item)).map(|result| self.tree(result, &mut told)).collect()
    }

    fn tree(&self, result: &ItemResult, told: &mut Told) -> Block {
        let words = &self.words;
        let mut blocks = Vec::new();
        for case in &result.by_reading {
            let mut nodes: Vec<Node> = Vec::new();
            for (part, step) in &case.because.parts {
                match words.is_of_elements(result.item) {
                    true => self.sharing(*part, step, words.shared_out(result.item), told, &mut nodes),
                    false => self.part(*part, step, told, &mut nodes),
                }
            }
            if !case.readings.is_empty() {
                let text = format!(
                    "{} {}",
                    words.say("lecture", "reading"),
                    words.pair(
                        &self.options(&case.readings),
                        &words.came_to(result.item, case.status, case.value.as_ref())
                    )
                );
                nodes = vec![Node { sign: None, text, inner: nodes }];
            }
            blocks.push(Block::Tree(nodes));
        }
        let said = words.came_to(result.item, result.status, result.value.as_ref());
        let title = words.pair(words.item(result.item), &said);
        Block::Entry { title, blocks }
    }

    pub(super) fn part(&self, part: Part, step: &Step, told: &mut Told, out: &mut Vec<Node>) {
        let words = &self.words;
        let title = match part {
            Part::Condition => {
                // Its bullets are the item's own: they stand at the same level.
                self.flat(step, told, out);
                return;
            }
            Part::Value => {
                self.nodes_of(step, told, out);
                return;
            }
            // It stands in the amount.
            Part::Share(_) => return,
            Part::Applies => words.say("si", "if"),
            Part::Unless(_) => words.say("sauf si", "unless"),
            Part::Amount => words.say("montant", "amount"),
            Part::Rest => words.say("restant", "rest"),
            Part::Deadline => words.say("au plus tard", "no later than"),
            Part::FulfilledBy => words.say("remplie par", "fulfilled by"),
        };
        let mut inner = Vec::new();
        self.nodes_of(step, told, &mut inner);
        let text = match (inner.is_empty(), part) {
            (true, Part::Amount) => match &step.value {
                Known::Number(amount) => words.pair(title, &words.payment(amount)),
                _ => words.pair(title, &words.figure(step)),
            },
            (true, _) => words.pair(title, &words.figure(step)),
            (false, _) => title.to_owned(),
        };
        out.push(Node { sign: None, text, inner });
    }

    /// A step as one node, or what stands under it where it says nothing of its own.
    pub(super) fn nodes_of(&self, step: &Step, told: &mut Told, out: &mut Vec<Node>) {
        let kind = step.expr.map(|e| &self.words.policy.exprs.get(e).kind);
        match (&step.op, kind) {
            // Literals are in the sentence; how many elements a list has, in what counts them.
            (Op::Leaf(Leaf::Literal | Leaf::List(_)), _) => {}
            // The element is named where its value is.
            (Op::Expr, Some(ExprKind::Around { .. })) => {
                step.operands.iter().for_each(|of| self.nodes_of(of, told, out));
            }
            // The amount says it.
            (Op::Expr, Some(ExprKind::Range { .. })) if step.operands.iter().all(is_plain) => {}
            (Op::Expr, Some(ExprKind::Cases { lines, otherwise })) => {
                let others = otherwise.and_then(|e| operand(step, e));
                if self.under_value(step, lines, others, told, out) {
                    return;
                }
                // The line that applies: its condition, then its value.
                for operand in
                    step.operands.iter().filter(|o| others.is_none_or(|other| !std::ptr::eq(*o, other)))
                {
                    if !matches!(operand.value, Known::Truth(truth) if truth.fails())
                        || self.is_value(step, operand)
                    {
                        self.nodes_of(operand, told, out);
                    }
                }
                if let Some(others) = others {
                    out.push(self.otherwise(step, others, told));
                }
            }
            (Op::Shared(body), kind) if !matches!(kind, Some(ExprKind::Definition(_))) => {
                self.nodes_of(body, told, out);
            }
            _ => out.push(self.node(step, told)),
        }
    }

    /// Bullets, or the operands of `et` and `ou`: each with its `si`.
    pub(super) fn conditions_in(&self, step: &Step, told: &mut Told) -> Vec<Node> {
        let words = &self.words;
        let mut out = Vec::new();
        let Some(ExprKind::Bullets { of, .. }) = step.expr.map(|e| &words.policy.exprs.get(e).kind) else {
            for operand in &step.operands {
                self.nodes_of(operand, told, &mut out);
            }
            return out;
        };
        for bullet in of {
            let guard = bullet.only_if.and_then(|k| operand(step, k));
            let mut asked = Vec::new();
            if let Some(guard) = guard {
                self.nodes_of(guard, told, &mut asked);
                if let Some(first) = asked.first_mut() {
                    first.text = format!("{} {}", words.say("si", "if"), first.text);
                }
            }
            if guard.is_some_and(|g| truth(g).fails()) {
                let text = words.pair(
                    &self.quoted_if_need_be(&words.name(bullet.then)),
                    words.say("sans objet", "not applicable"),
                );
                out.push(Node { sign: Some(Sign::Aside), text, inner: asked });
                continue;
            }
            let Some(then) = operand(step, bullet.then) else { continue };
            let from = out.len();
            self.nodes_of(then, told, &mut out);
            if let Some(node) = out.get_mut(from) {
                node.inner.extend(asked);
            }
        }
        out
    }

    fn node(&self, step: &Step, told: &mut Told) -> Node {
        let words = &self.words;
        let sign = match step.value {
            Known::Truth(truth) => Some(sign(truth)),
            Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => None,
        };
        let kind = step.expr.map(|e| &words.policy.exprs.get(e).kind);
        let value = words.figure(step);
        let source = || self.quoted_if_need_be(&step.expr.map(|e| words.name(e)).unwrap_or_default());
        let (text, inner) = match (&step.op, kind) {
            (Op::Shared(body), _) => {
                let name = step.expr.map(|e| words.name(e)).unwrap_or_default();
                let said = words.pair(&name, &value);
                if told.insert(Arc::as_ptr(body)) {
                    let mut inner = Vec::new();
                    self.nodes_of(body, told, &mut inner);
                    (said, inner)
                } else {
                    (format!("{said} ({})", words.say("voir plus haut", "see above")), Vec::new())
                }
            }
            (Op::Leaf(leaf), _) => (self.leaf(*leaf, step), Vec::new()),
            (Op::Expr, Some(_)) if self.says_at_once(step) => {
                let mut inner = Vec::new();
                self.behind(step, told, &mut inner);
                let said = match kind {
                    Some(ExprKind::Extremum { greatest, .. }) => {
                        self.day_of_period(step, *greatest, source())
                    }
                    _ => source(),
                };
                (words.pair(&said, &value), once(inner))
            }
            (Op::Item, Some(ExprKind::Holds(item))) => {
                (words.pair(words.item(*item), &words.item_word(*item, truth(step))), Vec::new())
            }
            (Op::Item, _) => (words.pair(&source(), &value), Vec::new()),
            (Op::Cases { on }, _) => {
                let labels: Vec<String> =
                    on.iter().map(|place| words.quoted(&words.listed(*place))).collect();
                let answer = words.say("selon la réponse à", "by the answer to");
                let tried = format!("{answer} {}", words.list(&labels, ("et", "and")));
                let joined = matches!(
                    kind,
                    Some(ExprKind::Bullets { .. } | ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Fact(_))
                );
                let text =
                    if joined { tried } else { format!("{} ({tried})", words.pair(&source(), &value)) };
                (text, self.cases(on, step, told))
            }
            (Op::Case { .. }, _) => (value.clone(), self.inner(step, told)),
            (Op::Expr, Some(ExprKind::Not(inner)))
                if operand(step, *inner).is_some_and(|s| self.is_one(s)) =>
            {
                operand(step, *inner).map(|inner| self.compared(inner, true, told)).unwrap_or_default()
            }
            (
                Op::Expr,
                Some(
                    ExprKind::Compare { .. }
                    | ExprKind::Among { .. }
                    | ExprKind::Between { .. }
                    | ExprKind::Within { .. },
                ),
            ) => self.compared(step, false, told),
            (Op::Expr, Some(ExprKind::Aggregate { list, filter, of, .. })) => {
                let mut inner = Vec::new();
                for told_of in elements(step, *filter, *of) {
                    let element = words.element(told_of.row, *list);
                    for operand in std::iter::once(told_of.first).chain(told_of.second) {
                        let from = inner.len();
                        self.nodes_of(operand, told, &mut inner);
                        if let Some(node) = inner.get_mut(from) {
                            node.of_element(&element);
                        }
                    }
                }
                (words.pair(&source(), &value), inner)
            }
            (Op::Expr, Some(ExprKind::Covered { list, filter, first, last })) => {
                let mut inner = Vec::new();
                for element in counted(step, *filter, [*first, *last]) {
                    self.period(&element, *list, told, &mut inner);
                }
                (words.pair(&source(), &value), inner)
            }
            (Op::Expr, Some(ExprKind::Or(_))) => {
                (words.say("l'un de", "one of").to_owned(), self.conditions_in(step, told))
            }
            (Op::Expr, Some(ExprKind::And(_))) => {
                (words.say("tout cela", "all of these").to_owned(), self.conditions_in(step, told))
            }
            (Op::Expr, Some(ExprKind::Bullets { quantity, .. })) => {
                let title = match quantity {
                    Quantity::All => words.say("tout cela", "all of these").to_owned(),
                    Quantity::AtLeast(n) => format!("{} {n}", words.say("au moins", "at least")),
                    Quantity::AtMost(n) => format!("{} {n}", words.say("au plus", "at most")),
                    Quantity::Exactly(n) => format!("{} {n}", words.say("exactement", "exactly")),
                };
                (title, self.conditions_in(step, told))
            }
            (Op::Expr, Some(ExprKind::Scale { of, bands, by_slices })) => {
                self.scale(step, (*of, bands, *by_slices), &value, told)
            }
            (
                Op::Expr,
                Some(
                    ExprKind::Round { .. }
                    | ExprKind::Extremum { .. }
                    | ExprKind::Scaled { .. }
                    | ExprKind::Prorata { .. },
                ),
            ) => {
                let said = match (step.expr.and_then(|e| words.adjustment(e)), kind) {
                    // « 42 (au minimum 5) »: after a colon, it would be the bound that is 42.
                    (Some(said), Some(ExprKind::Extremum { .. })) => format!("{value} ({said})"),
                    (Some(said), _) => words.pair(&said, &value),
                    (None, Some(ExprKind::Extremum { greatest, .. })) => {
                        words.pair(&self.day_of_period(step, *greatest, source()), &value)
                    }
                    (None, _) => words.pair(&source(), &value),
                };
                (said, self.inner(step, told))
            }
            (Op::Served { of, out_of }, _) => self.served(step, of, out_of, told),
            (Op::Expr, _) => (words.pair(&source(), &value), self.inner(step, told)),
        };
        Node { sign, text, inner }
    }

    /// « premier jour de « résidence dans l'année de la demande » »: a part of a period is written once for both its days.
    fn day_of_period(&self, step: &Step, greatest: bool, written: String) -> String {
        let words = &self.words;
        let is_date = matches!(step.value, Known::Date(_));
        if !is_date || written.starts_with("le plus ") {
            return written;
        }
        let day = match greatest {
            true => words.say("premier jour de", "first day of"),
            false => words.say("dernier jour de", "last day of"),
        };
        format!("{day} {}", words.quoted(&written))
    }

    /// The period of an element, then how its days come about; its filter alone where it does not count.
    fn period(&self, element: &Counted<'_>, list: ListId, told: &mut Told, out: &mut Vec<Node>) {
        let words = &self.words;
        let name = words.element(element.row, list);
        let mut inner = Vec::new();
        for step in element.filter.into_iter().chain(element.days.into_iter().flatten()) {
            self.nodes_of(step, told, &mut inner);
        }
        match element.days {
            Some([first, last]) if first.value.value().is_some() && last.value.value().is_some() => {
                let [first, last] = [first, last].map(|day| words.outcome_of(day));
                let days = match words.lang {
                    Lang::Fr => format!("du {first} au {last}"),
                    Lang::En => format!("from {first} to {last}"),
                };
                out.push(Node { sign: None, text: words.pair(&name, &days), inner });
            }
            _ => out.append(&mut inner),
        }
    }
    fn inner(&self, step: &Step, told: &mut Told) -> Vec<Node> {
        let mut out = Vec::new();
        for operand in &step.operands {
            self.nodes_of(operand, told, &mut out);
        }
        out
    }

    /// A fact with its value, the line where it stands and where it comes from.
    fn leaf(&self, leaf: Leaf, step: &Step) -> String {
        let words = &self.words;
        let said = words.sentence(step, false);
        let said = if said.is_empty() { words.outcome_of(step) } else { said };
        match leaf {
            Leaf::Fact(_) | Leaf::Cell(..) => said + &beside(&self.place(step)),
            Leaf::List(_) | Leaf::Parameter(_) | Leaf::Literal | Leaf::Reading(_) | Leaf::ExaminationDate => {
                said
            }
        }
    }

    /// Where a fact stands, `ligne 12`, and where it comes from, `« Cnam, effectifs 2024 »`.
    pub(super) fn place(&self, step: &Step) -> Vec<String> {
        let words = &self.words;
        let given = match &step.op {
            Op::Leaf(Leaf::Fact(fact)) => Some(words.dossier.fact(*fact)),
            Op::Leaf(Leaf::Cell(row, field)) => words.given(*row, *field),
            Op::Expr
            | Op::Leaf(_)
            | Op::Cases { .. }
            | Op::Case { .. }
            | Op::Shared(_)
            | Op::Served { .. }
            | Op::Item => None,
        };
        let Some(given) = given else { return Vec::new() };
        let line = given
            .place
            .filter(|_| words.audience == Audience::Agency)
            .map(|p| format!("{} {}", words.say("ligne", "line"), words.dossier.file.line_of(p.value.start)));
        let source = given.origin.as_ref().and_then(|o| o.source.as_deref()).map(|s| words.quoted(s));
        line.into_iter().chain(source).collect()
    }

    /// Each case that was tried; where they are many, what all of them leave open.
    fn cases(&self, on: &[MissingPlace], step: &Step, told: &mut Told) -> Vec<Node> {
        if step.operands.len() <= FEW {
            return step.operands.iter().map(|case| self.case(on, case, told)).collect();
        }
        let all: Vec<&Step> = step.operands.iter().flat_map(|case| &case.operands).collect();
        let mut out = Vec::new();
        if let Some(merged) = merged(&all) {
            self.flat(&merged, told, &mut out);
        }
        out
    }

    /// What was supposed of what is missing, and what it then comes to.
    fn case(&self, on: &[MissingPlace], case: &Step, told: &mut Told) -> Node {
        let words = &self.words;
        let mut inner = Vec::new();
        for operand in &case.operands {
            self.flat(operand, told, &mut inner);
        }
        let given: Vec<String> = match &case.op {
            Op::Case { given } => on
                .iter()
                .zip(given)
                .map(|(place, known)| (place, known, words.known_at(*place, known)))
                // What may be anything is no supposition.
                .filter(|(_, _, said)| *said != words.unknown())
                .map(|(place, known, said)| words.supposed(&words.label(*place), known, &said))
                .collect(),
            Op::Expr | Op::Leaf(_) | Op::Cases { .. } | Op::Shared(_) | Op::Served { .. } | Op::Item => {
                Vec::new()
            }
        };
        // One answer that is the whole condition needs no second line.
        if on.len() == 1 && inner.len() == 1 && inner.iter().all(|node| node.inner.is_empty()) {
            inner.clear();
        }
        Node {
            sign: Some(sign(truth(case))),
            text: format!("{} {}", words.say("pour", "for"), given.join(", ")),
            inner,
        }
    }

    /// A step whose bullets stand at the level at which it is told.
    fn flat(&self, step: &Step, told: &mut Told, out: &mut Vec<Node>) {
        let all = step.expr.is_some_and(|e| {
            matches!(
                self.words.policy.exprs.get(e).kind,
                ExprKind::Bullets { quantity: Quantity::All, .. } | ExprKind::And(_)
            )
        });
        if all && step.op == Op::Expr && !self.says_at_once(step) {
            out.extend(self.conditions_in(step, told));
        } else {
            self.nodes_of(step, told, out);
        }
    }
}

/// ` (ligne 12, « Cnam, effectifs 2024 »)`, after what is said of a fact.
pub(super) fn beside(places: &[String]) -> String {
    if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) }
}

fn sign(truth: Truth) -> Sign {
    match truth.value() {
        Some(true) => Sign::Yes,
        Some(false) => Sign::No,
        None => Sign::Open,
    }
}

/// A side of a comparison that its sentence tells whole.
pub(super) fn is_plain(step: &Step) -> bool {
    matches!(step.op, Op::Leaf(_) | Op::Item)
}

/// What is read several times is told once.
fn once(nodes: Vec<Node>) -> Vec<Node> {
    let mut told: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        if !told.contains(&node) {
            told.push(node);
        }
    }
    told
}
