//! Formulas of what is written line by line: bullets, cases, scales.

use super::*;

impl Space<'_> {
    pub(super) fn bullets(&mut self, quantity: Quantity, of: &[Guarded]) -> Formula {
        let mut all = Vec::with_capacity(of.len());
        for bullet in of {
            let then = self.condition(bullet.then);
            all.push(match bullet.only_if {
                None => then,
                Some(only_if) => {
                    let only_if = self.condition(only_if);
                    if quantity == Quantity::All {
                        let idle = self.not(only_if);
                        self.any(vec![idle, then])
                    } else {
                        self.all(vec![only_if, then])
                    }
                }
            });
        }
        match quantity {
            Quantity::All => self.all(all),
            Quantity::AtLeast(n) => self.count(all, n as usize, usize::MAX),
            Quantity::AtMost(n) => self.count(all, 0, n as usize),
            Quantity::Exactly(n) => self.count(all, n as usize, n as usize),
        }
    }

    pub(super) fn quantified(
        &mut self,
        expr: ExprId,
        kind: Aggregate,
        list: crate::policy::ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
    ) -> Formula {
        let property = match (filter, of) {
            (Some(only), None) | (None, Some(only)) => Some(only),
            (None, None) => None,
            (Some(_), Some(_)) => return self.opaque(expr),
        };
        let term = Term::Count { list, filter: property.map(|p| self.policy.exprs.get(p).shape) };
        match kind {
            Aggregate::Exists => self.compare_term(term, CompareOp::Gt, Ratio::zero()),
            Aggregate::None => self.compare_term(term, CompareOp::Le, Ratio::zero()),
            Aggregate::All | Aggregate::Count | Aggregate::Sum | Aggregate::Greatest | Aggregate::Least => {
                self.opaque(expr)
            }
        }
    }

    /// When each line is the one that applies.
    pub fn lines(&mut self, lines: &[CaseLine]) -> Vec<Formula> {
        let mut above: Vec<Formula> = Vec::with_capacity(lines.len());
        for line in lines {
            let when = self.condition(line.when);
            let applies = if line.else_if {
                let taken = self.any(above.clone());
                let free = self.not(taken);
                self.all(vec![free, when])
            } else {
                when
            };
            above.push(applies);
        }
        above
    }

    pub(super) fn cases(&mut self, lines: &[CaseLine], otherwise: Option<ExprId>) -> Formula {
        let applies = self.lines(lines);
        let mut any = Vec::with_capacity(lines.len() + 1);
        for (line, applies) in lines.iter().zip(&applies) {
            let value = self.condition(line.value);
            any.push(self.all(vec![*applies, value]));
        }
        if let Some(otherwise) = otherwise {
            let taken = self.any(applies);
            let free = self.not(taken);
            let value = self.condition(otherwise);
            any.push(self.all(vec![free, value]));
        }
        self.any(any)
    }

    /// The subject falls in a line of a scale.
    pub fn band(&mut self, of: ExprId, band: &Band) -> Formula {
        match &band.range {
            BandRange::Options(options) => self.choice(of, OptionSet::of(options.iter().copied())),
            BandRange::Between { low, high } => {
                let mut all = Vec::new();
                if let Some((low, included)) = low {
                    let op = if *included { CompareOp::Ge } else { CompareOp::Gt };
                    all.push(self.compare(of, op, of, *low));
                }
                if let Some((high, included)) = high {
                    let op = if *included { CompareOp::Le } else { CompareOp::Lt };
                    all.push(self.compare(of, op, of, *high));
                }
                self.all(all)
            }
        }
    }

    pub(super) fn choice(&mut self, subject: ExprId, set: OptionSet) -> Formula {
        match self.value(subject) {
            Some(Value::Choice(option)) => self.is(set.contains(option)),
            _ => {
                let shape = self.policy.exprs.get(subject).shape;
                self.test(Dimension::Choice(shape), Test::Options(set))
            }
        }
    }
}
