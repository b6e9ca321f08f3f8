//! Parameters that stand side by side, a column each: made into parameters of their own before anything is declared.

use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{ColumnsDecl, Document, Expr, ExprKind, Item, ItemKind, Path, PeriodValue};

/// Puts parameters in the place of columns; reports lines that have a value too many or too few.
pub(super) fn expand(mut document: Document, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let mut items = Vec::with_capacity(document.items.len());
    for item in std::mem::take(&mut document.items) {
        match &item.kind {
            ItemKind::Columns(columns) => {
                diagnostics.extend(uneven(&document, columns));
                items.extend(
                    columns
                        .names
                        .iter()
                        .enumerate()
                        .map(|(rank, name)| parameter(&item, columns, rank, name)),
                );
            }
            _ => items.push(item),
        }
    }
    document.items = items;
    document
}

fn parameter(item: &Item, columns: &ColumnsDecl, rank: usize, name: &Path) -> Item {
    let lines = columns.lines.iter().map(|line| {
        let lost = || Expr { kind: ExprKind::Invalid, span: line.span };
        PeriodValue {
            // Of an uneven line, nothing says which value is whose.
            value: line
                .values
                .get(rank)
                .filter(|_| line.values.len() == columns.names.len())
                .cloned()
                .unwrap_or_else(lost),
            from: line.from.clone(),
            until: line.until.clone(),
            span: line.span,
        }
    });
    Item {
        kind: ItemKind::Parameter(lines.collect(), columns.revised.clone()),
        name: Some(name.clone()),
        ..item.clone()
    }
}

fn uneven(document: &Document, columns: &ColumnsDecl) -> Vec<Diagnostic> {
    let names = columns.names.len();
    let is_uneven = |count: usize| count > 0 && count != names;
    columns
        .lines
        .iter()
        .filter(|line| is_uneven(line.values.len()))
        .map(|line| {
            let values = match line.values.len() {
                1 => "une valeur".to_owned(),
                count => format!("{count} valeurs"),
            };
            let named: Vec<&str> = columns.names.iter().map(|name| &*name.text).collect();
            let message = match names {
                1 => format!("cette ligne a {values} pour un seul paramètre : {}", named.concat()),
                _ => format!("cette ligne a {values} pour {names} paramètres : {}", named.join(", ")),
            };
            Diagnostic::error("colonnes-inegales", message)
                .at(&document.file, line.span, "")
                .help("une valeur pour chaque nom, dans cet ordre, séparées par des virgules")
        })
        .collect()
}
