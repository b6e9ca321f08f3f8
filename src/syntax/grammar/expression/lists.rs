//! What is said of a list: counted, summed, ranked, the greatest of it.

use super::*;

impl<'a> Source<'_, 'a> {
    pub(super) fn rank(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        let in_order = pair.clone().into_inner().any(|pair| pair.as_rule() == Rule::ties);
        let filter = child(&mut pair.clone().into_inner(), Rule::filter)
            .and_then(|filter| child(&mut filter.into_inner(), Rule::expr));
        let filter = filter.filter(|_| level <= limits::NESTING).map(|expr| self.build(expr, level));
        let deep = filter.as_ref().map_or(0, |filter| filter.depth + 1);
        let filter = filter.map(|filter| Box::new(filter.expr));
        let built = self.with_child(pair, Rule::operand, level, span, |by| ExprKind::Rank {
            by: Box::new(by),
            filter,
            in_order,
        });
        Built { depth: built.depth.max(deep), ..built }
    }

    pub(super) fn aggregate(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        if level > limits::NESTING {
            return self.too_deep(span);
        }
        let kind = match pair.as_rule() {
            Rule::total => Aggregate::Sum,
            Rule::exists => Aggregate::Exists,
            Rule::every => Aggregate::All,
            Rule::none => Aggregate::None,
            _ => Aggregate::Count,
        };
        let (mut path, mut filter, mut property, mut depth) = (None, None, None, 0);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::path | Rule::guarded_path => path = Some(self.path(part)),
                Rule::filter => filter = self.filter(part, level, &mut depth),
                Rule::expr => {
                    let built = self.build(part, level);
                    depth = depth.max(built.depth);
                    property = Some(Box::new(built.expr));
                }
                _ => {}
            }
        }
        let Some(path) = path else { return Built::leaf(self.invalid(span)) };
        let kind = ExprKind::Aggregate { kind, path, filter, property };
        Built { depth: depth + 1, expr: Expr { kind, span } }
    }

    pub(super) fn filter(&self, pair: Pair<'a, Rule>, level: usize, depth: &mut usize) -> Option<Box<Expr>> {
        let built = self.build(child(&mut pair.into_inner(), Rule::expr)?, level);
        *depth = (*depth).max(built.depth);
        Some(Box::new(built.expr))
    }

    /// `le plus grand de a, b`, or `le plus grand de L.x dont C`.
    pub(super) fn extreme(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        if level > limits::NESTING {
            return self.too_deep(span);
        }
        let parts = pair.into_inner();
        let greatest = parts.clone().any(|p| p.as_rule() == Rule::w_greatest);
        let (mut of, mut depth) = self.several(parts.clone(), &[Rule::sum], level);
        if of.len() > 1 {
            return Built {
                depth: depth + 1,
                expr: Expr { kind: ExprKind::Extremum { greatest, of }, span },
            };
        }
        let filter = child(&mut parts.clone(), Rule::filter).and_then(|f| self.filter(f, level, &mut depth));
        let path: Path = match of.pop() {
            Some(Expr { kind: ExprKind::Name(path), .. }) => path,
            Some(Expr { kind: ExprKind::Invalid, .. }) | None => return Built::leaf(self.invalid(span)),
            Some(other) => {
                let words = if greatest { "le plus grand de" } else { "le plus petit de" };
                self.reader.report_at(
                    "valeurs-manquantes",
                    format!("« {words} » attend au moins deux valeurs, ou la rubrique d'une liste"),
                    other.span,
                    "une seule valeur",
                    &format!("par exemple « {words} a, b »"),
                );
                return Built::leaf(self.invalid(span));
            }
        };
        let kind = if greatest { Aggregate::Greatest } else { Aggregate::Least };
        let kind = ExprKind::Aggregate { kind, path, filter, property: None };
        Built { depth: depth + 1, expr: Expr { kind, span } }
    }
}
