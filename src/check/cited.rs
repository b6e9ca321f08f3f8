//! What the passages that a rule quotes say of a figure that is written otherwise: where they settle it, one remedy is
//! enough.

use super::Checker;
use super::names::{Found, Scope};
use super::types::Ty;
use crate::concordance::prose::{Mention, Passage};
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;
use crate::policy::Type;
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Item, ItemKind, Literal};
use crate::unit::Unit;
use crate::wording::{French, Wording};

impl Checker<'_> {
    /// The figures of the passages that the item at a place quotes; of all passages, where it quotes none.
    pub(super) fn cited(&self, at: Span) -> Vec<Mention> {
        let figures = |item: &Item| {
            let quotes = item.citations.iter().filter_map(|citation| citation.quote.as_ref());
            quotes.flat_map(|quote| Passage::read(&quote.text, 0).mentions).collect::<Vec<_>>()
        };
        let own: Vec<Mention> =
            self.doc.items.iter().filter(|item| here(item, at)).flat_map(figures).collect();
        if own.is_empty() { self.doc.items.iter().flat_map(figures).collect() } else { own }
    }

    /// Which of two percentages the passages say: « 30 % », where the rule has `0,30`.
    pub(super) fn cited_share(&self, at: Span, readings: Vec<String>) -> Vec<String> {
        let said = self.cited(at);
        let is_said = |text: &String| {
            let number = plain_number(text);
            let part = number.and_then(|number| number.div(&Ratio::from(100)));
            part.is_some_and(|part| {
                said.iter().any(|mention| match &mention.quantity {
                    Quantity::Percent(own) | Quantity::Share(own) => *own == part,
                    _ => false,
                })
            })
        };
        let only: Vec<String> = readings.iter().filter(|text| is_said(text)).cloned().collect();
        if only.len() == 1 { only } else { readings }
    }

    /// The time that the passages say, in this unit, where the rule says it in the other: « plus d'un an » for
    /// `365 jours` of a number of months.
    pub(super) fn cited_time(&self, wanted: Ty, written: &Expr) -> Option<String> {
        let ExprKind::Literal(Literal::Duration(own)) = &written.kind else { return None };
        let of_months = wanted == Ty::Of(Type::Months) && own.months == 0;
        let of_days = wanted == Ty::Of(Type::Days) && own.days == 0;
        // A month has between 28 and 31 days.
        let close = |months: &Ratio, days: &Ratio| {
            months.mul(&Ratio::from(28)) <= *days && *days <= months.mul(&Ratio::from(31))
        };
        let french = French::default();
        let mut found: Vec<String> = Vec::new();
        for mention in self.cited(written.span) {
            let text = match &mention.quantity {
                Quantity::Months(n) if of_months && close(n, &Ratio::from(own.days)) => {
                    format!("{} mois", french.exact(n))
                }
                Quantity::Days(n) if of_days && close(&Ratio::from(own.months), n) => french.days(n),
                _ => continue,
            };
            if !found.contains(&text) {
                found.push(text);
            }
        }
        found.pop().filter(|_| found.is_empty())
    }

    /// The date from which the passages count a time: « moins de cinq ans après l'installation ».
    pub(super) fn cited_start(&self, at: Span, scope: Scope) -> Option<String> {
        let quotes = self.doc.items.iter().filter(|item| here(item, at)).flat_map(|item| &item.citations);
        let mut found: Vec<String> = Vec::new();
        for quote in quotes.filter_map(|citation| citation.quote.as_ref()) {
            let said = quote.text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'");
            for turn in [" après ", " suivant "] {
                for (from, _) in said.match_indices(turn) {
                    let before = said.get(..from).unwrap_or("");
                    if !["an", "ans", "mois", "jour", "jours"]
                        .iter()
                        .any(|unit| before.rsplit(' ').next() == Some(unit))
                    {
                        continue;
                    }
                    let rest = said.get(from + turn.len()..)?.split([',', '.', ';', '(']).next()?;
                    let bare = ["le ", "la ", "l'"].into_iter().find_map(|small| rest.strip_prefix(small));
                    found.push(self.date_at_head(bare.unwrap_or(rest), scope)?);
                }
            }
        }
        found.pop().filter(|_| found.is_empty())
    }

    /// The date that the first words of some others name.
    fn date_at_head(&self, words: &str, scope: Scope) -> Option<String> {
        let ends = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]);
        let names = ends.filter_map(|end| words.get(..end));
        let dates = names.filter(|name| match self.names.resolve(name, scope) {
            Found::Symbol(symbol) => self.what_type(symbol.what) == Some(Ty::Of(Type::Date)),
            _ => false,
        });
        dates.last().map(str::to_owned)
    }

    /// The amount by the period that is wanted, where the passages say it so and the rule has another: « 15 000 € par
    /// mois » for « 15 000 euros par an ».
    pub(super) fn cited_per(&self, written: Span, wanted: Unit) -> Option<String> {
        let (figure, _) = self.file.slice(written).split_once(" par ")?;
        let figure = figure.trim().strip_suffix('€')?.trim();
        let plain =
            figure.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '\u{a0}' | '\u{202f}'));
        let number = plain_number(figure).filter(|_| plain)?;
        let days = match wanted {
            Unit::MONTH => 30,
            Unit::QUARTER => 90,
            Unit::YEAR => 360,
            _ => return None,
        };
        let said = self.cited(written);
        let mut same = said.iter().filter(|mention| {
            mention.quantity.is_money() && mention.quantity.number().as_ref() == Some(&number)
        });
        let by = |mention: &Mention| mention.per.is_some_and(|per| per.days == days && !per.among);
        (same.next().is_some_and(by) && same.all(by)).then(|| format!("{figure} € par {}", wanted.one()))
    }

    /// The amount that the passages say by no period, where the rule says it by one.
    pub(super) fn cited_amount(&self, wanted: Ty, written: Span) -> Option<String> {
        let text = self.file.slice(written);
        let (figure, _) = text.split_once(" par ").filter(|_| wanted == Ty::Of(Type::Amount))?;
        let number = plain_number(figure)?;
        let said = self.cited(written);
        let mut same = said.iter().filter(|mention| {
            mention.quantity.is_money() && mention.quantity.number().as_ref() == Some(&number)
        });
        let first = same.next()?;
        // What is paid for each element, « pour un même mois », has no other period.
        let each = self.doc.items.iter().filter(|item| here(item, written)).any(|item| match &item.kind {
            ItemKind::Funding(funding) => funding.each.is_some(),
            _ => false,
        });
        let plain = first.per.is_none() && same.all(|mention| mention.per.is_none());
        (each || plain).then(|| figure.to_owned())
    }
}

/// Whether a place is in an item.
fn here(item: &Item, at: Span) -> bool {
    item.whole.start <= at.start && at.end <= item.whole.end
}

/// The number that a figure starts with, its spaces and its unit left out.
fn plain_number(figure: &str) -> Option<Ratio> {
    let digits: String = figure.chars().filter(|c| c.is_ascii_digit() || *c == ',').collect();
    Ratio::parse_decimal(&digits)
}
