//! A bound that moves, as a sentence.

use super::sentence::place;
use crate::diff::Clause;
use crate::policy::Type;
use crate::render::Lang;
use crate::syntax::tree::CompareOp;

/// `il faut désormais au moins 12 ; c'était 10`: a bound before and after.
pub(super) fn bound(
    clause: Clause,
    of: &str,
    ty: Type,
    before: &(CompareOp, String),
    after: &(CompareOp, String),
    lang: Lang,
) -> String {
    let subject = lang.quoted(of);
    let ((old, was), (new, is)) = (before, after);
    if old == new {
        let what = end(*old, ty, lang);
        return lang.pick(
            format!("{what} de {subject} passe de {was} à {is}{}", place(clause, lang)),
            format!("the {what} of {subject} goes from {was} to {is}{}", place(clause, lang)),
        );
    }
    let must = !matches!(clause, Clause::Unless | Clause::Value | Clause::Applies | Clause::Asked);
    if was == is && must {
        match (old, new) {
            (CompareOp::Ge, CompareOp::Gt) if ty != Type::Date => {
                return lang.pick(
                    format!("{subject} doit désormais dépasser {is} ; l'atteindre suffisait"),
                    format!("{subject} must now exceed {is}; reaching it was enough"),
                );
            }
            (CompareOp::Gt, CompareOp::Ge) if ty != Type::Date => {
                return lang.pick(
                    format!("il suffit désormais que {subject} atteigne {is} ; il fallait le dépasser"),
                    format!("it is now enough that {subject} reaches {is}; it had to exceed it"),
                );
            }
            (CompareOp::Le, CompareOp::Lt) if ty != Type::Date => {
                return lang.pick(
                    format!("{subject} doit désormais rester en dessous de {is} ; l'atteindre était admis"),
                    format!("{subject} must now stay below {is}; reaching it was allowed"),
                );
            }
            (CompareOp::Lt, CompareOp::Le) if ty != Type::Date => {
                return lang.pick(
                    format!("{subject} peut désormais atteindre {is} ; il fallait rester en dessous"),
                    format!("{subject} may now reach {is}; it had to stay below"),
                );
            }
            _ => {}
        }
    }
    let (old, new) = (sign(*old, ty, lang), sign(*new, ty, lang));
    lang.pick(
        format!("pour {subject}{}, « {new} {is} » remplace « {old} {was} »", place(clause, lang)),
        format!("for {subject}{}, “{new} {is}” replaces “{old} {was}”", place(clause, lang)),
    )
}

/// What a bound is called.
fn end(op: CompareOp, ty: Type, lang: Lang) -> &'static str {
    match (op, ty == Type::Date) {
        (CompareOp::Ge, false) => lang.pick("le minimum", "minimum"),
        (CompareOp::Le, false) => lang.pick("le maximum", "maximum"),
        (CompareOp::Gt, false) => lang.pick("le seuil à dépasser", "threshold to exceed"),
        (CompareOp::Lt, false) => lang.pick("le plafond à ne pas atteindre", "ceiling not to reach"),
        (CompareOp::Ge, true) => lang.pick("la première date admise", "first date allowed"),
        (CompareOp::Le, true) => lang.pick("la dernière date admise", "last date allowed"),
        (CompareOp::Gt, true) => lang.pick("la date à dépasser", "date to pass"),
        (CompareOp::Lt, true) => lang.pick("la date à ne pas atteindre", "date not to reach"),
        (CompareOp::Eq, _) => lang.pick("la valeur attendue", "value expected"),
        (CompareOp::Ne, _) => lang.pick("la valeur exclue", "value excluded"),
    }
}

fn sign(op: CompareOp, ty: Type, lang: Lang) -> &'static str {
    match (op, ty == Type::Date) {
        (CompareOp::Ge, false) => lang.pick("au moins", "at least"),
        (CompareOp::Le, false) => lang.pick("au plus", "at most"),
        (CompareOp::Gt, false) => lang.pick("plus de", "more than"),
        (CompareOp::Lt, false) => lang.pick("moins de", "less than"),
        (CompareOp::Ge, true) => lang.pick("à compter du", "from"),
        (CompareOp::Le, true) => lang.pick("au plus tard le", "at the latest"),
        (CompareOp::Gt, true) => lang.pick("après le", "after"),
        (CompareOp::Lt, true) => lang.pick("avant le", "before"),
        (CompareOp::Eq, _) => lang.pick("égal à", "equal to"),
        (CompareOp::Ne, _) => lang.pick("différent de", "other than"),
    }
}
