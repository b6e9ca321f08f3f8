//! Facts that are asked under a condition, and definitions that stand under one, are read only where it is in force.

use super::Held;
use super::explore::Found;
use super::question::can_be;
use super::walk::{Joined, Site, Walk};
use super::words;
use crate::diagnostic::Diagnostic;
use crate::policy::{DefinitionId, ExprId, ExprKind, Exprs, FactId, FieldId, ListId, Quantity, ShapeId};
use crate::source::Span;

/// A scalar fact is read.
pub(super) fn fact(walk: &mut Walk<'_>, at: ExprId, fact: FactId) {
    let declared = &walk.base.policy.facts[fact.index()];
    check(walk, at, (0, fact.0), declared.ask.asked_if, (&declared.path, declared.ask.span));
}

/// A list is gone through.
pub(super) fn list(walk: &mut Walk<'_>, at: ExprId, list: ListId) {
    let declared = &walk.base.policy.lists[list.index()];
    check(walk, at, (1, list.0), declared.asked_if, (&declared.path, declared.span));
}

/// A field of the element in turn is read.
pub(super) fn field(walk: &mut Walk<'_>, at: ExprId, field: FieldId) {
    let declared = &walk.base.policy.fields[field.index()];
    let path = format!("{}.{}", walk.base.policy.lists[declared.list.index()].path, declared.name);
    check(walk, at, (2, field.0), declared.ask.asked_if, (&path, declared.ask.span));
}

/// A definition is read.
pub(super) fn definition(walk: &mut Walk<'_>, at: ExprId, definition: DefinitionId) {
    let declared = &walk.base.policy.definitions[definition.index()];
    check(walk, at, (DEFINITION, definition.0), declared.applies, (&declared.head.name, declared.head.span));
}

/// The rank of definitions among what is read.
const DEFINITION: u8 = 3;

fn check(
    walk: &mut Walk<'_>,
    at: ExprId,
    key: (u8, u32),
    asked_if: Option<ExprId>,
    (path, declared): (&str, Span),
) {
    let Some(asked_if) = asked_if else { return };
    if in_force(walk, asked_if) || !walk.missed.insert(key) {
        return;
    }
    let policy = walk.base.policy;
    let condition = words::expression(policy, asked_if);
    let alone = match policy.exprs.get(asked_if).kind {
        ExprKind::Or(_) => format!("({condition})"),
        _ => condition.clone(),
    };
    let is_definition = key.0 == DEFINITION;
    let is_result = is_definition && policy.definitions[key.1 as usize].result;
    let of_it = match (is_result, is_definition) {
        (true, _) => "du résultat",
        (false, true) => "de la définition",
        (false, false) => "du fait",
    };
    let of_element = !policy.dependencies().free(policy.exprs.get(asked_if).shape).is_empty();
    // « C et … » is false where C is: only a condition keeps the law with it, what is required does not.
    let mended = mended(walk, &alone);
    let help = match walk.site {
        _ if let Some((says, _)) = &mended => says.clone(),
        Site::Line | Site::Clause | Site::Decision | Site::Guarded | Site::Otherwise
            if walk.denied && matches!(walk.operand, Some((_, Joined::Or | Joined::Bullet))) =>
        {
            format!(
                "dire ce qu'il en est hors de cette condition : « ({alone} et non …) », ou « (non ({condition}) ou non …) »"
            )
        }
        Site::Condition => format!("écrire « {alone} et » à gauche {of_it}"),
        Site::Filter if of_element => format!("écrire « {alone} et » à gauche {of_it}"),
        Site::Element if of_element => format!("écrire « dont {condition} » après le nom de la liste"),
        Site::Clause => format!("écrire au-dessus une ligne « si {condition} »"),
        Site::Filter | Site::Element => {
            format!("écrire « si {condition} » à la fin de cette ligne, ou seul au-dessus d'elle")
        }
        Site::Line => match walk.operand {
            // Which of the two only the text tells.
            Some((operand, Joined::And)) => {
                let point = policy.file.slice(policy.exprs.get(operand).span);
                format!(
                    "écrire « si {condition} » à la fin de cette ligne pour ne l'exiger que dans ce cas, ou « {alone} et {} » pour l'exiger de tous",
                    point.split_whitespace().collect::<Vec<_>>().join(" ")
                )
            }
            _ => format!("écrire « si {condition} » à la fin de cette ligne"),
        },
        Site::Guarded => format!("ajouter « et {alone} » au « si » de cette ligne"),
        Site::Otherwise => format!("le lire plutôt dans une ligne « si {condition} »"),
        Site::Decision => format!("le lire plutôt dans un critère qui a la ligne « si {condition} »"),
    };
    let (code, is, read) = if is_result {
        ("definition-hors-condition", "donné", "lu sans sa condition")
    } else if is_definition {
        ("definition-hors-condition", "défini", "lue sans sa condition")
    } else {
        ("fait-hors-condition", "demandé", "lu sans sa condition")
    };
    let diagnostic = Diagnostic::error(
        code,
        format!("« {path} » n'est {is} que « si {condition} », et cette condition n'est pas en vigueur ici"),
    )
    .at(&policy.file, policy.exprs.get(at).span, read)
    .at(&policy.file, declared, format!("{is} seulement si {condition}"))
    .help(help);
    walk.found.push(match mended {
        Some((says, edits)) => diagnostic.remedy(says, &policy.file, edits),
        None => diagnostic,
    });
}

/// What is said of a change, and the change.
type Mended = (String, Vec<(Span, String)>);

/// Where the condition goes so that the law stays what it is: with the branch of `ou` that reads the fact, at
/// its left in a condition, with what a line or a financing already asks for.
fn mended(walk: &Walk<'_>, alone: &str) -> Option<Mended> {
    let exprs = &walk.base.policy.exprs;
    let file = &walk.base.policy.file;
    let span = |expr: ExprId| exprs.get(expr).span;
    let start = |expr: ExprId| Span::new(span(expr).start as usize, span(expr).start as usize);
    let end = |expr: ExprId| Span::new(span(expr).end as usize, span(expr).end as usize);
    let in_words = |expr: ExprId| file.slice(span(expr)).split_whitespace().collect::<Vec<_>>().join(" ");
    let left_of = |expr: ExprId| {
        let says = format!("écrire « {alone} et {} »", in_words(expr));
        (says, vec![(start(expr), format!("{alone} et "))])
    };
    // `a ou b` is asked for as a whole.
    let grown = |expr: ExprId| match exprs.get(expr).kind {
        ExprKind::Or(_) => vec![(start(expr), "(".to_owned()), (end(expr), format!(") et {alone}"))],
        _ => vec![(end(expr), format!(" et {alone}"))],
    };
    match (walk.site, walk.operand) {
        (Site::Filter | Site::Element, _) => None,
        (_, Some((_, Joined::Or | Joined::Bullet))) if walk.denied => None,
        (_, Some((operand, Joined::Or))) => {
            let whole = format!("({alone} et {})", in_words(operand));
            Some((format!("écrire « {whole} »"), vec![(span(operand), whole)]))
        }
        (_, Some((operand, Joined::Bullet))) => Some(left_of(operand)),
        (Site::Condition, Some((operand, Joined::And))) if !walk.denied => Some(left_of(operand)),
        (Site::Guarded, _) => {
            let guard = walk.guard?;
            Some((format!("ajouter « et {alone} » au « si » de cette ligne"), grown(guard)))
        }
        (Site::Line, None) => {
            let due = walk.due.filter(|due| !matches!(exprs.get(*due).kind, ExprKind::Bullets { .. }))?;
            Some((format!("ajouter « et {alone} » à ce que demande « prévu si »"), grown(due)))
        }
        (Site::Clause | Site::Condition | Site::Decision | Site::Line | Site::Otherwise, _) => None,
    }
}

fn in_force(walk: &Walk<'_>, condition: ExprId) -> bool {
    let exprs = &walk.base.policy.exprs;
    let shape = exprs.get(condition).shape;
    let stated = walk.held.iter().any(|held| match held {
        Held::Condition { expr, truth: true } => states(exprs, *expr, shape),
        Held::Condition { truth: false, .. } | Held::Band { .. } | Held::Element(_) => false,
    });
    if stated {
        return true;
    }
    if let ExprKind::And(of) = &exprs.get(condition).kind {
        return of.iter().all(|operand| in_force(walk, *operand));
    }
    let broken = can_be(walk.base, &walk.held, &[condition], &|space| {
        let formula = space.condition(condition);
        (space.not(formula), Vec::new())
    });
    matches!(broken, Found::Nothing)
}

/// Whether a condition says this, alone or among others.
fn states(exprs: &Exprs, condition: ExprId, wanted: ShapeId) -> bool {
    let node = exprs.get(condition);
    node.shape == wanted
        || match &node.kind {
            ExprKind::And(of) => of.iter().any(|operand| states(exprs, *operand, wanted)),
            ExprKind::Bullets { quantity: Quantity::All, of } => {
                of.iter().any(|bullet| bullet.only_if.is_none() && states(exprs, bullet.then, wanted))
            }
            _ => false,
        }
}
