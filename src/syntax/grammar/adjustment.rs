//! What applies to the arithmetic on its left: caps, floors, shares of time, rounding.

use pest::iterators::Pair;

use super::{Rule, Source};
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};
use crate::syntax::tree::{Adjustment, Spanned};
use crate::unit::Unit;

impl<'a> Source<'_, 'a> {
    /// An adjustment on a line of its own.
    pub(super) fn adjustment(&self, pair: Pair<'a, Rule>) -> Option<Spanned<Adjustment>> {
        self.adjustment_at(pair, 0, &mut 0)
    }

    pub(super) fn adjustment_at(
        &self,
        pair: Pair<'a, Rule>,
        level: usize,
        depth: &mut usize,
    ) -> Option<Spanned<Adjustment>> {
        let span = self.span(&pair);
        let pair = pair.into_inner().next()?;
        let rule = pair.as_rule();
        if rule == Rule::rounded {
            return self.rounding(pair).map(|r| Spanned { value: Adjustment::Round(r), span });
        }
        if rule == Rule::brought {
            let to = pair.into_inner().find_map(|part| match part.as_rule() {
                Rule::to_month => Some(Unit::MONTH),
                Rule::to_quarter => Some(Unit::QUARTER),
                Rule::to_year => Some(Unit::YEAR),
                _ => None,
            })?;
            return Some(Spanned { value: Adjustment::Brought(to), span });
        }
        let (values, deepest) = self.several(pair.into_inner(), &[Rule::sum, Rule::guarded_sum], level);
        *depth = (*depth).max(deepest);
        let mut values = values.into_iter();
        let first = values.next()?;
        let value = match rule {
            Rule::at_most => Adjustment::AtMost(first),
            Rule::at_least => Adjustment::AtLeast(first),
            Rule::increased => Adjustment::Increase(first),
            Rule::decreased => Adjustment::Decrease(first),
            _ => Adjustment::Prorata(first, values.next()?),
        };
        Some(Spanned { value, span })
    }

    fn rounding(&self, pair: Pair<'a, Rule>) -> Option<Rounding> {
        let (mut step, mut direction) = (None, Direction::HalfAway);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::step_cent => step = Ratio::new(1, 100),
                Rule::step_euro | Rule::step_franc | Rule::step_unit => step = Some(Ratio::one()),
                Rule::step_ten => step = Some(Ratio::from(10)),
                Rule::step_hundred => step = Some(Ratio::from(100)),
                Rule::step_thousand => step = Some(Ratio::from(1000)),
                Rule::step_decimals => {
                    let span = self.span(&part);
                    let digits = part.into_inner().next().and_then(|n| n.as_str().parse::<u32>().ok());
                    match digits.filter(|d| *d <= 20) {
                        Some(digits) => step = Ratio::new(1, 10_i128.pow(digits)),
                        None => {
                            self.reader.report_at(
                                "arrondi-impossible",
                                "on arrondit à 20 décimales au plus".to_string(),
                                span,
                                "",
                                "",
                            );
                            return None;
                        }
                    }
                }
                Rule::down => direction = Direction::Down,
                Rule::up => direction = Direction::Up,
                Rule::half_even => direction = Direction::HalfEven,
                Rule::toward_zero => direction = Direction::TowardZero,
                _ => {}
            }
        }
        step.map(|step| Rounding { step, direction })
    }
}
