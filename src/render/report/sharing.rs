//! An envelope shared out: the share of each, and what is left.

use super::detail::Told;
use super::{Block, Builder, Cell, Node};
use crate::decision::{Part, ReadingCase, Step};
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::{ItemRef, Rest, Type};
use crate::render::words::{operand, part};

impl Builder<'_> {
    /// The table of what each element has of a financing, under one combination.
    pub(super) fn share_table(&self, item: ItemRef, case: &ReadingCase) -> Option<Block> {
        let words = &self.words;
        if !words.is_of_elements(item) {
            return None;
        }
        let rest = words.shared_out(item);
        let amount = part(&case.because, Part::Amount)?;
        let mut rows: Vec<Vec<Cell>> = words
            .allotted_of(amount, case.amount())
            .iter()
            .filter_map(|shared| {
                let (step, value) = shared.had.as_ref()?;
                let share = match value {
                    Known::Number(share) => words.payment(share),
                    _ => words.figure(step),
                };
                Some(vec![Cell::plain(words.element(shared.row, shared.list)), Cell::plain(share)])
            })
            .collect();
        if let Some(left) = rest.and_then(|rest| words.rest(rest, case)) {
            rows.push(vec![Cell::plain(words.say("restant", "left")), Cell::plain(left)]);
        }
        // Elements that are not known have no amount yet.
        if rows.is_empty() {
            return None;
        }
        let what = match rest {
            Some(_) => words.say("parts", "shares"),
            None => words.say("détail", "in detail"),
        };
        let title = words.pair(words.item(item), what);
        Some(Block::Entry { title, blocks: vec![Block::Table(rows)] })
    }

    /// The parts of a financing of which each element has its own.
    pub(super) fn sharing(
        &self,
        part: Part,
        step: &Step,
        rest: Option<Rest>,
        told: &mut Told,
        out: &mut Vec<Node>,
    ) {
        let words = &self.words;
        match (part, &step.value, rest) {
            (Part::Amount, Known::Number(amount), _) => {
                let mut inner = Vec::new();
                // The envelope, which comes after the shares.
                let whole = step.operands.iter().skip(1).filter(|_| rest.is_some());
                whole.for_each(|whole| self.nodes_of(whole, told, &mut inner));
                for shared in words.allotted(step) {
                    let (from, mut counts) = (inner.len(), Vec::new());
                    shared.counts.iter().for_each(|step| self.nodes_of(step, told, &mut counts));
                    if let Some((step, _)) = shared.had {
                        self.nodes_of(step, told, &mut inner);
                    }
                    match inner.get_mut(from) {
                        Some(node) => {
                            node.of_element(&words.element(shared.row, shared.list));
                            node.inner.splice(0..0, counts);
                        }
                        None => inner.extend(counts),
                    }
                }
                let text = words.pair(words.say("montant", "amount"), &words.payment(amount));
                out.push(Node { sign: None, text, inner });
            }
            (Part::Rest, Known::Number(left), Some(rest)) => {
                let text = words.pair(words.say("restant", "left"), &words.left(rest, left));
                out.push(Node { sign: None, text, inner: Vec::new() });
            }
            _ => self.part(part, step, told, out),
        }
    }

    /// « 50 000 € × 150 ÷ 200, au plus 30 000 € : 30 000 € », with what is read of the element.
    pub(super) fn served(
        &self,
        step: &Step,
        of: &Ratio,
        out_of: &Ratio,
        told: &mut Told,
    ) -> (String, Vec<Node>) {
        let words = &self.words;
        let ty = words.measured_in(step);
        let read = |expr: Option<crate::policy::ExprId>| expr.and_then(|expr| operand(step, expr));
        let share = words.share_of(step);
        let weight = match read(share.and_then(|share| share.weight)).map(|weight| &weight.value) {
            Some(Known::Number(weight)) => weight.value().cloned(),
            _ => Some(Ratio::one()),
        };
        let mut said = words.factor(of, Type::Amount);
        if let Some(weight) = &weight
            && weight != out_of
        {
            said = format!("{said} × {} ÷ {}", words.factor(weight, ty), words.factor(out_of, ty));
        }
        if let Some(Known::Number(cap)) = read(share.and_then(|share| share.cap)).map(|cap| &cap.value)
            && let (Some(cap), Some(weight)) = (cap.value(), &weight)
            && of.mul(weight).div(out_of).is_some_and(|exact| exact > *cap)
        {
            let most = words.say("au plus", "at most");
            said = format!("{said}, {most} {}", words.number(cap, Type::Amount));
        }
        let mut inner = Vec::new();
        for operand in
            step.operands.iter().filter(|o| share.is_none_or(|share| o.expr != Some(share.envelope)))
        {
            self.nodes_of(operand, told, &mut inner);
        }
        (words.pair(&said, &words.figure(step)), inner)
    }
}
