//! The values that a parameter had and that the one put in its place no longer gives: a rule that reads them at other
//! dates than that of the version is to be told of it.

use std::sync::Arc;

use super::compose::Draft;
use super::{History, say};
use crate::diagnostic::Diagnostic;
use crate::policy::{ExprKind, Policy};
use crate::source::{Piece, SourceFile, Span};
use crate::syntax;
use crate::syntax::tree::{ItemKind, PeriodValue};
use crate::text;
use crate::time::Date;

/// A parameter that an amendment puts in the place of another.
#[derive(Debug)]
pub(super) struct Replaced {
    /// Its name.
    pub name: Arc<str>,
    /// Who puts it in, by rank, and where.
    pub by: usize,
    pub place: Span,
    /// What stood there.
    pub old: Vec<Piece>,
    /// What stands there now.
    pub new: Vec<Piece>,
}

/// A line of a parameter: from when it is worth what it says, and how it is written.
type Line = (Option<Date>, String);

/// What parameters that amendments replace were worth before and are not any more, where a rule reads them at some date,
/// or where the text serves others.
pub(super) fn forgotten(history: &History, draft: &Draft<'_>, policy: &Policy) -> Vec<Diagnostic> {
    draft.replaced.iter().filter_map(|replaced| told(history, replaced, policy)).collect()
}

fn told(history: &History, replaced: &Replaced, policy: &Policy) -> Option<Diagnostic> {
    let (old, new) = (lines(&replaced.old), lines(&replaced.new));
    let first = |lines: &[Line]| lines.iter().map(|(from, _)| *from).min();
    let (was, is) = (first(&old)?, first(&new)?);
    let by = &history.texts[replaced.by];
    let names: Vec<&str> = replaced.name.split(", ").collect();
    let dated = policy.exprs.iter().find_map(|expr| match expr.kind {
        ExprKind::Parameter { parameter, at: Some(_) } => {
            let name = &policy.parameters[parameter.index()].head.name;
            names.contains(&&**name).then_some(expr.span)
        }
        _ => None,
    });
    if dated.is_none() && !history.texts.iter().any(|text| text.header.common) {
        return None;
    }
    let written = |lines: &[Line]| {
        let lines: Vec<String> = lines.iter().map(|(_, line)| format!("« {line} »")).collect();
        lines.join(", ")
    };
    let kept: Vec<Line> = old.iter().filter(|(from, _)| is.is_none() || *from < is).cloned().collect();
    let (message, help) = match (was, is) {
        _ if kept.is_empty() || was == is && was.is_some() => return None,
        // What is said of no day is worth on all of them.
        (_, None) => {
            let day = by.from()?;
            let message = format!(
                "« {} » vaut désormais aussi pour les jours d'avant le {}",
                replaced.name,
                say::date(day)
            );
            let date = match old.iter().any(|(from, _)| from.is_none()) {
                true => "les dater, et dire de la nouvelle depuis quand",
                false => "dire de la nouvelle depuis quand",
            };
            (
                message,
                format!("reprendre les valeurs d'avant ({}), et {date} : « depuis le … »", written(&kept)),
            )
        }
        (_, Some(is)) => {
            let message = format!(
                "« {} » n'a plus de valeur pour les jours d'avant le {}",
                replaced.name,
                say::date(is)
            );
            (message, format!("reprendre aussi ce qu'il valait : {}", written(&kept)))
        }
    };
    let mut told = Diagnostic::warning("valeurs-oubliees", message).at(
        &by.file,
        replaced.place,
        "ce qui le remplace ne reprend pas ses valeurs d'avant",
    );
    if let Some(span) = dated {
        told = told.at(&policy.file, span, "lu ici à une autre date");
    }
    Some(told.help(help))
}

/// The lines of a parameter, or of parameters side by side.
fn lines(pieces: &[Piece]) -> Vec<Line> {
    let file: Arc<SourceFile> = SourceFile::composed("", pieces.iter().cloned());
    let (document, _) = syntax::parse(&file);
    let line = |from: Option<Date>, span: Span| (from, text::tidy(file.slice(span)));
    let own = |value: &PeriodValue| line(value.from.as_ref().map(|from| from.value), value.span);
    let found = document.items.iter().map(|item| match &item.kind {
        ItemKind::Parameter(values, _) => values.iter().map(own).collect(),
        ItemKind::Columns(columns) => {
            columns.lines.iter().map(|row| line(row.from.as_ref().map(|from| from.value), row.span)).collect()
        }
        _ => Vec::new(),
    });
    found.flat_map(|lines: Vec<Line>| lines).collect()
}
