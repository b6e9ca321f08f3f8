//! Points in words.

use super::{Answer, Point};
use crate::dossier::Dossier;
use crate::eval::bounds::sides::{Bound, Side, operands};
use crate::policy::{ExprId, ExprKind, Policy, Type};
use crate::render::Lang;
use crate::render::words::{Words, one_line};
use crate::source::SourceFile;
use crate::time::Date;

/// A point in a few words, after what it is a point of: `juste au-dessous`.
pub fn point(policy: &Policy, point: &Point) -> String {
    match *point {
        Point::Status(_, status) => {
            let dossier = Dossier::empty(policy, SourceFile::new("", ""));
            Words::new(policy, &dossier, Date::MIN, Lang::Fr).status(status).to_owned()
        }
        Point::Truth(_, Answer::Yes) => "oui".to_owned(),
        Point::Truth(_, Answer::No) => "non".to_owned(),
        Point::Truth(_, Answer::Open) => "inconnu".to_owned(),
        Point::Value(expr, rank) => match &policy.exprs.get(expr).kind {
            ExprKind::Among { values, .. } => {
                values.get(usize::from(rank)).map_or_else(String::new, |value| source(policy, *value))
            }
            _ => String::new(),
        },
        Point::Line(..) => "cette ligne".to_owned(),
        Point::Limit(expr, rank) => match &policy.exprs.get(expr).kind {
            ExprKind::Extremum { greatest, of } if is_clause(policy, expr) => {
                let limit = of.get(1).map_or_else(String::new, |limit| source(policy, *limit));
                match (greatest, rank) {
                    (false, 0) => format!("sous le plafond de {limit}"),
                    (false, _) => format!("plafonné à {limit}"),
                    (true, 0) => format!("au-dessus du minimum de {limit}"),
                    (true, _) => format!("porté au minimum de {limit}"),
                }
            }
            ExprKind::Extremum { of, .. } => {
                let of = of.get(usize::from(rank)).map_or_else(String::new, |of| source(policy, *of));
                format!("« {of} » l'emporte")
            }
            _ => String::new(),
        },
        Point::Effect(_) => "un terme reporté".to_owned(),
        Point::Period(..) => "cette période".to_owned(),
        Point::Option(..) => "cette lecture".to_owned(),
        Point::Moves(_) => "un cas".to_owned(),
        Point::Side(bound, side) => side_of(policy, bound, side),
    }
}

fn side_of(policy: &Policy, bound: Bound, side: Side) -> String {
    let limit = bound.part == Bound::FULFILLED || bound.part == Bound::EXAMINED;
    let sides = operands(policy, bound);
    let ty = sides.map(|(left, _)| policy.exprs.get(left).ty);
    let is_date = limit || sides.is_none() || ty == Some(Type::Date);
    let said = match (side, is_date) {
        (Side::Below, true) => "la veille",
        (Side::On, true) => "le jour même",
        (Side::Above, true) => "le lendemain",
        (Side::Below, false) => "juste au-dessous",
        (Side::On, false) => "au seuil",
        (Side::Above, false) => "juste au-dessus",
    };
    if limit {
        let said = if side == Side::On { "le jour" } else { said };
        let what = if bound.part == Bound::FULFILLED { "fait" } else { "examiné" };
        return format!("{what} {said} du terme");
    }
    // A bound among several of one line says which it is.
    let several = match &policy.exprs.get(bound.expr).kind {
        ExprKind::Between { .. } | ExprKind::Scale { .. } => true,
        ExprKind::Within { .. } => {
            let which = if bound.part == 0 { "du départ" } else { "du terme" };
            return format!("{said} {which}");
        }
        _ => false,
    };
    match sides.filter(|_| several) {
        Some((_, end)) => format!("{said} de {}", source(policy, end)),
        None => said.to_owned(),
    }
}

/// Whether a least or greatest value is written as a clause on what is before it: `plafonné à`, `au minimum`.
pub(super) fn is_clause(policy: &Policy, expr: ExprId) -> bool {
    let written = source(policy, expr);
    !["le plus ", "la plus ", "plus "].iter().any(|start| written.starts_with(start))
}

fn source(policy: &Policy, expr: ExprId) -> String {
    one_line(policy.file.slice(policy.exprs.get(expr).span))
}
