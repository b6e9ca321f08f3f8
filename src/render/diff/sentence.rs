//! One sentence for each thing that differs in an item, in the terms of the law.

use super::bound::bound;
use super::kinds::{clause as called, keyword};
use crate::diff::{Clause, Detail, Joined, Kind, Line, Put};
use crate::phrase;
use crate::policy::expr::Quantity;
use crate::render::Lang;
use crate::syntax::tree::Frequency;

/// What differs, as a sentence.
pub(super) fn detail(kind: Kind, detail: &Detail, lang: Lang) -> String {
    let quoted = |text: &str| lang.quoted(text);
    match detail {
        Detail::Bound { clause, of, ty, before, after } => bound(*clause, of, *ty, before, after, lang),
        Detail::Value { clause, of, before, after } => match of {
            None => moves(called(*clause, lang), before, after, lang),
            Some((old, new)) => moves(called(*clause, lang), &quoted(old), &quoted(new), lang),
        },
        Detail::Condition { clause, added, text, of } => {
            let where_ = place(*clause, lang);
            let any = is_any(*of);
            match (added, any) {
                (true, false) => lang.pick(
                    format!("condition ajoutée{where_} : {}", quoted(text)),
                    format!("condition added{where_}: {}", quoted(text)),
                ),
                (false, false) => lang.pick(
                    format!("condition supprimée{where_} : {}", quoted(text)),
                    format!("condition removed{where_}: {}", quoted(text)),
                ),
                (true, true) => lang.pick(
                    format!("cas ajouté{where_} : {}", quoted(text)),
                    format!("case added{where_}: {}", quoted(text)),
                ),
                (false, true) => lang.pick(
                    format!("cas supprimé{where_} : {}", quoted(text)),
                    format!("case removed{where_}: {}", quoted(text)),
                ),
            }
        }
        Detail::Joined { clause, before, after } => lang.pick(
            format!(
                "il faut désormais {} des conditions{} ; il fallait {}",
                joined(*after, lang),
                place(*clause, lang),
                joined(*before, lang)
            ),
            format!(
                "{} of the conditions{} now, and were {}",
                joined(*after, lang),
                place(*clause, lang),
                joined(*before, lang)
            ),
        ),
        Detail::OnlyIf { of, before, after, .. } => match (before, after) {
            (None, Some(now)) => lang.pick(
                format!("{} n'est plus demandé que si {}", quoted(of), quoted(now)),
                format!("{} is now asked only if {}", quoted(of), quoted(now)),
            ),
            (Some(was), None) => lang.pick(
                format!(
                    "{} est désormais demandé dans tous les cas, et ne l'était que si {}",
                    quoted(of),
                    quoted(was)
                ),
                format!("{} is now asked in all cases, and was only if {}", quoted(of), quoted(was)),
            ),
            (Some(was), Some(now)) => lang.pick(
                format!("{} est demandé si {}, et l'était si {}", quoted(of), quoted(now), quoted(was)),
                format!("{} is asked if {}, and was if {}", quoted(of), quoted(now), quoted(was)),
            ),
            (None, None) => String::new(),
        },
        Detail::Derogation { added, text, .. } => match added {
            true => lang.pick(
                format!("dérogation ajoutée : {}", quoted(text)),
                format!("derogation added: {}", quoted(text)),
            ),
            false => lang.pick(
                format!("dérogation supprimée : {}", quoted(text)),
                format!("derogation removed: {}", quoted(text)),
            ),
        },
        Detail::Clause { clause, added, text } => self::clause(kind, *clause, *added, text, lang),
        Detail::Line { when, before, after, .. } => {
            let when = match when {
                Some(when) => lang.pick(format!("si {}", quoted(when)), format!("if {}", quoted(when))),
                None => lang.pick("dans les autres cas", "in all other cases").to_owned(),
            };
            match (before, after) {
                (Some(was), Some(is)) => lang.pick(
                    format!("{when} : {is} au lieu de {was}"),
                    format!("{when}: {is} instead of {was}"),
                ),
                (None, Some(is)) => {
                    lang.pick(format!("cas ajouté : {is} {when}"), format!("case added: {is} {when}"))
                }
                (Some(was), None) => {
                    lang.pick(format!("cas supprimé : {was} {when}"), format!("case removed: {was} {when}"))
                }
                (None, None) => String::new(),
            }
        }
        Detail::Scale { clause, of, .. } => scale(*clause, of, lang),
        Detail::ScaleLine { range, before, after, .. } => moves(range, before, after, lang),
        Detail::Put { put: Put::Rounding, before, after } => {
            rounding(before.as_deref(), after.as_deref(), lang)
        }
        Detail::Put { put, before, after } => limit(*put, before.as_deref(), after.as_deref(), lang),
        Detail::Rewritten { clause, before, after } => lang.pick(
            format!("{} change : {} devient {}", called(*clause, lang), quoted(before), quoted(after)),
            format!("{} changes: {} becomes {}", called(*clause, lang), quoted(before), quoted(after)),
        ),
        Detail::Frequency(before, after) => lang.pick(
            format!("versé {} ; il l'était {}", frequency(*after, lang), frequency(*before, lang)),
            format!("paid {}, and was {}", frequency(*after, lang), frequency(*before, lang)),
        ),
        Detail::Lasting(before, after) => {
            let told = |lasting: &Option<crate::time::Duration>| match lasting {
                Some(lasting) => {
                    format!("{} {}", lang.pick("pendant", "for"), lang.wording().duration(*lasting))
                }
                None => lang.pick("sans durée fixée", "for no fixed time").to_owned(),
            };
            lang.pick(
                format!("versé {} ; il l'était {}", told(after), told(before)),
                format!("paid {}, and was {}", told(after), told(before)),
            )
        }
        Detail::Period(from, before, after) => {
            let since = match from {
                Some(from) => format!("{} {}", lang.pick("à compter du", "from"), lang.wording().date(*from)),
                None => lang.pick("en tout temps", "at all times").to_owned(),
            };
            match (before, after) {
                (Some(was), Some(is)) => lang.pick(
                    format!("{since} : {is} au lieu de {was}"),
                    format!("{since}: {is} instead of {was}"),
                ),
                (None, Some(is)) => {
                    lang.pick(format!("porté à {is} {since}"), format!("set to {is} {since}"))
                }
                (Some(was), None) => lang.pick(
                    format!("n'est plus porté à {was} {since}"),
                    format!("no longer set to {was} {since}"),
                ),
                (None, None) => String::new(),
            }
        }
        Detail::Choice(true, name) => lang.pick(
            format!("lecture possible ajoutée : {}", quoted(name)),
            format!("reading added: {}", quoted(name)),
        ),
        Detail::Choice(false, name) => lang.pick(
            format!("lecture écartée : {}", quoted(name)),
            format!("reading ruled out: {}", quoted(name)),
        ),
        Detail::Retained(_, Some(option)) => lang.pick(
            format!("lecture retenue : {}", quoted(option)),
            format!("reading retained: {}", quoted(option)),
        ),
        Detail::Retained(was, None) => {
            let was = was.as_deref().unwrap_or_default();
            lang.pick(
                format!("la lecture {} n'est plus retenue : la question se rouvre", quoted(was)),
                format!("the reading {} is no longer retained: the question is open again", quoted(was)),
            )
        }
        Detail::Options(before, after) => lang.pick(
            format!("options : {} au lieu de {}", quoted(after), quoted(before)),
            format!("options: {} instead of {}", quoted(after), quoted(before)),
        ),
        Detail::Answers(before, after) => lang.pick(
            format!("réponse attendue : {} au lieu de {}", quoted(after), quoted(before)),
            format!("expected answer: {} instead of {}", quoted(after), quoted(before)),
        ),
        Detail::Unique(true) => lang
            .pick(
                "deux éléments ne peuvent plus avoir la même réponse",
                "no two elements may have the same answer any more",
            )
            .to_owned(),
        Detail::Unique(false) => lang
            .pick(
                "deux éléments peuvent désormais avoir la même réponse",
                "two elements may now have the same answer",
            )
            .to_owned(),
        Detail::Judge(before, after) => optional(
            lang.pick("à l'appréciation de", "left to the judgement of"),
            before.as_deref(),
            after.as_deref(),
            lang,
        ),
        Detail::Question(before, after) => {
            optional(lang.pick("question posée", "question asked"), before.as_deref(), after.as_deref(), lang)
        }
        Detail::Title(before, after) => {
            optional(lang.pick("intitulé", "title"), before.as_deref(), after.as_deref(), lang)
        }
        Detail::Label(before, after) => {
            optional(lang.pick("libellé", "label"), before.as_deref(), after.as_deref(), lang)
        }
        Detail::From(before, after) => {
            day(lang.pick("en vigueur depuis", "in force since"), *before, *after, lang)
        }
        Detail::Until(before, after) => {
            day(lang.pick("en vigueur jusqu'à", "in force until"), *before, *after, lang)
        }
        Detail::Binding(true) => {
            lang.pick("est désormais un texte opposable", "is now a binding text").to_owned()
        }
        Detail::Binding(false) => lang
            .pick("n'est plus qu'un document d'information", "is now a mere information document")
            .to_owned(),
        Detail::Passages => lang.pick("passages cités : d'autres", "passages quoted: others").to_owned(),
        Detail::Note(true, note) => {
            lang.pick(format!("note ajoutée : {}", quoted(note)), format!("note added: {}", quoted(note)))
        }
        Detail::Note(false, note) => {
            lang.pick(format!("note supprimée : {}", quoted(note)), format!("note removed: {}", quoted(note)))
        }
    }
}

/// The lines of a scale that changed, before and after.
pub(super) fn tables(detail: &Detail) -> Option<(&[Line], &[Line])> {
    match detail {
        Detail::Scale { before, after, .. } => Some((before, after)),
        _ => None,
    }
}

/// Whether a sentence says nothing that the passages do not show.
pub(super) fn is_shown_by_passages(detail: &Detail) -> bool {
    matches!(detail, Detail::Passages)
}

fn moves(what: &str, before: &str, after: &str, lang: Lang) -> String {
    lang.pick(format!("{what} passe de {before} à {after}"), format!("{what} goes from {before} to {after}"))
}

/// Where something stands that is not the main clause.
pub(super) fn place(clause: Clause, lang: Lang) -> &'static str {
    match clause {
        Clause::Applies => {
            lang.pick(" dans la condition d'application", " in the condition under which it applies")
        }
        Clause::Unless => lang.pick(" dans la dérogation", " in the derogation"),
        Clause::Asked => lang.pick(
            " dans la condition sous laquelle il est demandé",
            " in the condition under which it is asked",
        ),
        Clause::Amount => lang.pick(" dans le montant", " in the amount"),
        Clause::Requires
        | Clause::Aims
        | Clause::Due
        | Clause::Favourable
        | Clause::Deadline
        | Clause::FulfilledBy
        | Clause::Question
        | Clause::Answers
        | Clause::Value => "",
    }
}

fn is_any(joined: Joined) -> bool {
    match joined.0 {
        Quantity::All => false,
        Quantity::AtLeast(_) | Quantity::AtMost(_) | Quantity::Exactly(_) => true,
    }
}

fn joined(joined: Joined, lang: Lang) -> String {
    match joined.0 {
        Quantity::All => lang.pick("la totalité", "all").to_owned(),
        Quantity::AtLeast(1) => lang.pick("l'une", "one").to_owned(),
        Quantity::AtLeast(n) => lang.pick(format!("au moins {n}"), format!("at least {n}")),
        Quantity::AtMost(0) => lang.pick("aucune", "none").to_owned(),
        Quantity::AtMost(n) => lang.pick(format!("au plus {n}"), format!("at most {n}")),
        Quantity::Exactly(n) => lang.pick(format!("exactement {n}"), format!("exactly {n}")),
    }
}

fn clause(kind: Kind, clause: Clause, added: bool, text: &str, lang: Lang) -> String {
    let text = lang.quoted(text);
    match (clause, added, kind) {
        (Clause::Applies | Clause::Asked, true, _) => {
            lang.pick(format!("ne s'applique plus que si {text}"), format!("now applies only if {text}"))
        }
        (Clause::Applies | Clause::Asked, false, _) => lang.pick(
            format!("s'applique désormais dans tous les cas, et ne s'appliquait que si {text}"),
            format!("now applies in all cases, and did only if {text}"),
        ),
        (_, true, _) => lang.pick(
            format!("{} est désormais : {text}", called(clause, lang)),
            format!("{} is now: {text}", called(clause, lang)),
        ),
        (_, false, _) => lang.pick(
            format!("{} disparaît : c'était {text}", called(clause, lang)),
            format!("{} is gone: it was {text}", called(clause, lang)),
        ),
    }
}

fn scale(clause: Clause, of: &(Option<String>, Option<String>), lang: Lang) -> String {
    let what = called(clause, lang);
    match of {
        (None, Some(now)) => lang.pick(
            format!("{what} suit désormais un barème selon {}", lang.quoted(now)),
            format!("{what} now follows a scale by {}", lang.quoted(now)),
        ),
        (Some(was), None) => lang.pick(
            format!("{what} ne suit plus de barème selon {}", lang.quoted(was)),
            format!("{what} no longer follows a scale by {}", lang.quoted(was)),
        ),
        (Some(was), Some(now)) if was == now => lang.pick(
            format!("le barème selon {} change", lang.quoted(now)),
            format!("the scale by {} changes", lang.quoted(now)),
        ),
        (Some(was), Some(now)) => lang.pick(
            format!("le barème va selon {}, et non plus selon {}", lang.quoted(now), lang.quoted(was)),
            format!("the scale goes by {}, and no longer by {}", lang.quoted(now), lang.quoted(was)),
        ),
        (None, None) => lang.pick(format!("{what} change"), format!("{what} changes")),
    }
}

/// A ceiling or a floor.
fn limit(put: Put, before: Option<&str>, after: Option<&str>, lang: Lang) -> String {
    let what = match put {
        Put::Ceiling => lang.pick("plafond", "ceiling"),
        Put::Floor | Put::Rounding => lang.pick("minimum", "minimum"),
    };
    match (before, after) {
        (Some(was), Some(is)) => {
            moves(&lang.pick(format!("le {what}"), format!("the {what}")), was, is, lang)
        }
        (None, Some(is)) => lang.pick(format!("{what} ajouté : {is}"), format!("{what} added: {is}")),
        (Some(was), None) => lang.pick(format!("{what} supprimé : {was}"), format!("{what} removed: {was}")),
        (None, None) => what.to_owned(),
    }
}

/// A rounding, as the text writes it: « arrondi à l'euro ».
fn rounding(before: Option<&str>, after: Option<&str>, lang: Lang) -> String {
    match (before, after) {
        (Some(was), Some(is)) => lang.pick(
            format!("{} au lieu de {}", lang.quoted(is), lang.quoted(was)),
            format!("{} instead of {}", lang.quoted(is), lang.quoted(was)),
        ),
        (None, Some(is)) => lang.pick(
            format!("arrondi ajouté : {}", lang.quoted(is)),
            format!("rounding added: {}", lang.quoted(is)),
        ),
        (Some(was), None) => lang.pick(
            format!("arrondi supprimé : {}", lang.quoted(was)),
            format!("rounding removed: {}", lang.quoted(was)),
        ),
        (None, None) => String::new(),
    }
}

fn frequency(frequency: Option<Frequency>, lang: Lang) -> &'static str {
    match frequency {
        Some(frequency) => phrase::frequency(frequency, lang),
        None => lang.pick("pour ce que dit le dossier", "for what the dossier states"),
    }
}

fn optional(what: &str, before: Option<&str>, after: Option<&str>, lang: Lang) -> String {
    match (before, after) {
        (Some(was), Some(is)) => lang.pick(
            format!("{what} : {} au lieu de {}", lang.quoted(is), lang.quoted(was)),
            format!("{what}: {} instead of {}", lang.quoted(is), lang.quoted(was)),
        ),
        (None, Some(is)) => lang.pair(what, &lang.quoted(is)),
        (Some(was), None) => lang.pick(
            format!("{what} : plus rien, au lieu de {}", lang.quoted(was)),
            format!("{what}: nothing, instead of {}", lang.quoted(was)),
        ),
        (None, None) => what.to_owned(),
    }
}

fn day(
    what: &str,
    before: Option<crate::time::Date>,
    after: Option<crate::time::Date>,
    lang: Lang,
) -> String {
    let shown = |date: Option<crate::time::Date>| match date {
        Some(date) => lang.pick(format!("le {}", lang.wording().date(date)), lang.wording().date(date)),
        None => lang.pick("une date qui n'est pas dite", "a day that is not said").to_owned(),
    };
    // « depuis le », « jusqu'au »
    let said = lang.pick(
        format!("{what} {}, et non plus {what} {}", shown(after), shown(before)),
        format!("{what} {}, and no longer {what} {}", shown(after), shown(before)),
    );
    said.replace("jusqu'à le ", "jusqu'au ")
}

/// What an item says that is new or gone, clause by clause.
pub(super) fn said(kind: Kind, said: &[(Clause, String)], lang: Lang) -> Vec<String> {
    said.iter()
        .map(|(clause, text)| match keyword(kind, *clause) {
            "" => lang.quoted(text),
            word => format!("{word} {}", lang.quoted(text)),
        })
        .collect()
}
