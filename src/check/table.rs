//! Tables by several things: each line is a case, whose condition is what its cells say together.

use super::body::Wanted;
use super::names::Scope;
use super::types::Ty;
use super::{Checker, Typed};
use crate::policy::{CaseLine, ExprKind as Kind, Type, Written};
use crate::source::Span;
use crate::syntax::tree::{Band, CompareOp, Expr, ExprKind, Literal, Spanned, TableDecl, TableLine};
use crate::value::Value;

impl Checker<'_> {
    /// `vaut selon X, Y` and its lines.
    pub(super) fn lower_table(
        &mut self,
        table: &TableDecl,
        wanted: Wanted,
        span: Span,
        scope: Scope,
    ) -> Typed {
        // Said once, whatever the lines.
        let read: Vec<Typed> = table.of.iter().map(|of| self.lower(of, scope)).collect();
        let lost = read.iter().any(|read| read.ty.is_unknown());
        let wanted = if lost { Wanted::Any } else { wanted };
        let mut lines: Vec<(Option<Typed>, Typed, Span)> = Vec::new();
        let mut common: Option<(Ty, Span)> = None;
        let (mut whole, last) = (true, table.lines.len().saturating_sub(1));
        for (rank, line) in table.lines.iter().enumerate() {
            let when = match line.cells.as_slice() {
                [Spanned { value: Band::Otherwise, span }] => {
                    if rank < last {
                        self.report_early_rest(*span);
                        whole = false;
                    }
                    None
                }
                _ => Some(self.row(table, &read, line, scope)),
            };
            whole &= when.is_none_or(|when| !when.ty.is_unknown());
            let value = self.lower_value(&line.value, wanted, scope);
            common = self.join(common, value, &line.value);
            lines.push((when, value, line.span));
        }
        let ty = common.map_or(Ty::Unknown, |(ty, _)| ty);
        if !whole || ty.is_unknown() {
            return self.unknown(span);
        }
        let (mut kept, mut otherwise) = (Vec::new(), None);
        for (when, value, span) in lines {
            let value = self.coerce(value, ty).id;
            match when {
                Some(when) => {
                    let written = Written::Row;
                    kept.push(CaseLine { when: when.id, else_if: false, value, span, written });
                }
                None => otherwise = Some(value),
            }
        }
        self.push(Kind::Cases { lines: kept, otherwise }, ty, span)
    }

    /// When a line is the one: what each of its cells says.
    fn row(&mut self, table: &TableDecl, read: &[Typed], line: &TableLine, scope: Scope) -> Typed {
        let Some(span) = line.cells.iter().map(|cell| cell.span).reduce(Span::to) else {
            return self.unknown(line.span);
        };
        if line.cells.len() != table.of.len() {
            let things: Vec<String> = table.of.iter().map(|of| self.words(of.span)).collect();
            let cells = match line.cells.len() {
                1 => "une case".to_owned(),
                count => format!("{count} cases"),
            };
            let message = format!(
                "cette ligne a {cells} ; le tableau se lit selon {}",
                super::words::quoted_list(things.iter().map(String::as_str), "et")
            );
            let help = "une case pour chaque chose, dans cet ordre, séparées par des virgules ; plusieurs options dans une case se joignent par « ou »";
            self.error("case-manquante", message, span, "", Some(help.to_owned()));
            return self.unknown(span);
        }
        let mut all = Vec::new();
        for ((of, read), cell) in table.of.iter().zip(read).zip(&line.cells) {
            // Cells in another order would each be told.
            let Ok(when) = self.cell(of, *read, cell, scope) else { return self.unknown(span) };
            all.extend(when);
        }
        match all.as_slice() {
            [] => self.push(Kind::Const(Value::Truth(true)), Ty::Of(Type::Truth), span),
            [only] => *only,
            several => {
                let of = several.iter().map(|when| when.id).collect();
                self.push(Kind::And(of), Ty::Of(Type::Truth), span)
            }
        }
    }

    /// What a cell asks; nothing where it takes every value. The mistake was reported where it cannot be said.
    fn cell(
        &mut self,
        of: &Expr,
        read: Typed,
        cell: &Spanned<Band>,
        scope: Scope,
    ) -> Result<Option<Typed>, ()> {
        if read.ty.is_unknown() {
            return Err(());
        }
        let compare = |op: CompareOp, end: &Expr| Expr {
            kind: ExprKind::Compare {
                op,
                op_span: cell.span,
                left: Box::new(of.clone()),
                right: Box::new(end.clone()),
            },
            span: cell.span,
        };
        let asked = match &cell.value {
            Band::Between { low, high } => {
                let low = low.iter().map(|(end, included)| {
                    compare(if *included { CompareOp::Ge } else { CompareOp::Gt }, end)
                });
                let high = high.iter().map(|(end, included)| {
                    compare(if *included { CompareOp::Le } else { CompareOp::Lt }, end)
                });
                joined(low.chain(high).collect(), ExprKind::And, cell.span)
            }
            Band::Options(options) => match read.ty {
                Ty::Of(Type::Truth) if takes_both(options) => return Ok(None),
                Ty::Of(Type::Truth | Type::Text | Type::Choice(_)) => Expr {
                    kind: ExprKind::Is {
                        negated: false,
                        subject: Box::new(of.clone()),
                        values: options.clone(),
                    },
                    span: cell.span,
                },
                Ty::Of(_) | Ty::Measured(_) | Ty::Ratio | Ty::Unknown => {
                    let equal = options.iter().map(|value| compare(CompareOp::Eq, value)).collect();
                    joined(equal, ExprKind::Or, cell.span)
                }
            },
            Band::Beyond | Band::Otherwise => {
                let (said, help) = match cell.value {
                    Band::Beyond => ("au-delà", "écrire la borne : « plus de … », « à partir de … »"),
                    _ => ("dans les autres cas", "le mettre seul sur la dernière ligne du tableau"),
                };
                let message = format!("« {said} » ne se dit pas d'une case");
                self.error("case-sans-borne", message, cell.span, "", Some(help.to_owned()));
                return Err(());
            }
        };
        let when = self.condition(&asked, scope);
        if when.ty.is_unknown() {
            return Err(());
        }
        Ok(Some(when).filter(|when| !self.takes_all(*when)))
    }

    /// Whether every option of a choice is among those that are named.
    fn takes_all(&self, when: Typed) -> bool {
        let Kind::Among { subject, values } = &self.exprs.get(when.id).kind else { return false };
        let Type::Choice(choice) = self.exprs.get(*subject).ty else { return false };
        let count = u16::try_from(self.choices[choice.index()].options.len()).unwrap_or(u16::MAX);
        (0..count).all(|option| {
            let is_named = |value| self.const_value(value) == Some(&Value::Choice(option));
            values.iter().any(|value| is_named(*value))
        })
    }
}

/// One condition, or several joined.
fn joined(mut of: Vec<Expr>, join: fn(Vec<Expr>) -> ExprKind, span: Span) -> Expr {
    match (of.len(), of.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            of.extend(last);
            Expr { kind: join(of), span }
        }
    }
}

/// `oui ou non`.
fn takes_both(options: &[Expr]) -> bool {
    let named =
        |truth: bool| options.iter().any(|option| option.kind == ExprKind::Literal(Literal::Truth(truth)));
    named(true) && named(false)
}
