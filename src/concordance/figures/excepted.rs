//! The figure of one line, held against the passage that this line itself quotes: `sauf si … : 20` over « vingt-cinq
//! jours ». Another passage of the item may well have its figure.

use super::{Comparison, Said};
use crate::concordance::accord::same;
use crate::concordance::prose;
use crate::concordance::quantity::{Likeness, Quantity};
use crate::concordance::rule::Role;
use crate::source::Span;

impl<'c> Comparison<'c, '_> {
    /// Says which lines give another figure than their own passage, and gives the figures of the passages that it tells.
    pub(super) fn say_excepted(&mut self, own: &[Said<'c>]) -> Vec<&'c prose::Mention> {
        let article = self.article();
        let text = self.articles.policy.file.text();
        let mut told = Vec::new();
        for (rank, quoted) in article.quoted.iter().enumerate() {
            let clause = quoted.clause.start;
            let stands_above = |span: Span| {
                let between = text.get(span.end as usize..clause as usize);
                between.is_some_and(|between| between.trim().is_empty() && between.contains('\n'))
            };
            let given = article
                .rule
                .mentions
                .iter()
                .find(|rule| rule.role == Role::Value && !rule.borrowed && stands_above(rule.written));
            let Some(rule) = given else { continue };
            let here: Vec<&Said<'c>> =
                own.iter().filter(|said| said.quotation == rank && !said.mention.weak).collect();
            // What is worked out of two figures is neither.
            let is_part = |said: &&Said| {
                said.mention.adds.is_some() || matches!(said.mention.quantity, Quantity::Share(_))
            };
            if here.iter().any(|said| same(said.mention, rule)) || here.iter().any(is_part) {
                continue;
            }
            let other = |said: &&&Said| {
                said.mention.bound.is_none()
                    && said.mention.quantity.compare(&rule.quantity) == Likeness::OtherValue
            };
            let mut others = here.iter().filter(other);
            if let (Some(said), None) = (others.next(), others.next())
                && self.taken.insert(rule.written)
            {
                self.say_other(said, rule);
                told.push(said.mention);
            }
        }
        told
    }
}
