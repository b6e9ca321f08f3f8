//! Facts that are asked under a condition, and definitions that stand under one, are read only where it is in force.

use std::collections::HashSet;

use super::Held;
use super::explore::Found;
use super::question::can_be;
use super::walk::{Joined, Site, Walk};
use super::words;
use crate::diagnostic::Diagnostic;
use crate::policy::{
    DefinitionId, ExprId, ExprKind, Exprs, FactId, FieldId, ListId, Policy, Quantity, ShapeId,
};
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
/// The rank of periods.
const PERIOD: u8 = 4;
/// What starts a line under an amount that takes a `si` of its own.
const ADJUSTS: [&str; 8] =
    ["majoré", "minoré", "augmenté", "diminué", "plafonné", "au minimum", "dans la limite", "au prorata"];

/// What is read without its condition.
pub(super) struct Miss {
    /// The condition.
    asked_if: ExprId,
    /// What is read.
    path: String,
    code: &'static str,
    /// « demandé », and of several « demandés ».
    is: [&'static str; 2],
    /// « lu sans sa condition »
    read: &'static str,
    /// Where it is read, and where it is declared.
    at: Span,
    declared: Span,
    help: String,
    edits: Option<Vec<(Span, String)>>,
    /// Whether a line above the statement may say the condition: the bullet that reads it, and how many there are.
    under: Option<(Option<ExprId>, usize)>,
}

fn check(
    walk: &mut Walk<'_>,
    at: ExprId,
    key: (u8, u32),
    asked_if: Option<ExprId>,
    (path, declared): (&str, Span),
) {
    let Some(asked_if) = asked_if else { return };
    let policy = walk.base.policy;
    // The two ends of a period are one question.
    let period = [".du", ".au"].iter().find_map(|end| path.strip_suffix(end));
    let (path, key) = match period.filter(|name| crate::text::tidy(policy.file.slice(declared)) == *name) {
        Some(name) => (name, (PERIOD, declared.start)),
        None => (path, key),
    };
    if in_force(walk, asked_if) || !walk.missed.insert(key) {
        return;
    }
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
        Site::Clause => above(walk, &condition).0,
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
            _ if !of_element && walk.opens.is_some() && !takes_its_own(walk, at) => above(walk, &condition).0,
            _ if !of_element && above_value(policy, at).is_some() => {
                format!("écrire « si {condition} » seul sur une ligne, au-dessus de « vaut »")
            }
            _ => format!("écrire « si {condition} » à la fin de cette ligne"),
        },
        Site::Guarded => format!("ajouter « et {alone} » au « si » de cette ligne"),
        Site::Otherwise => format!("le lire plutôt dans une ligne « si {condition} »"),
        Site::Decision => format!("le lire plutôt dans un critère qui a la ligne « si {condition} »"),
    };
    let (code, is, read) = if is_result {
        ("definition-hors-condition", ["donné", "donnés"], "lu sans sa condition")
    } else if is_definition {
        ("definition-hors-condition", ["défini", "définies"], "lue sans sa condition")
    } else {
        ("fait-hors-condition", ["demandé", "demandés"], "lu sans sa condition")
    };
    let under = match (walk.site, walk.operand) {
        _ if of_element || walk.opens.is_none() => None,
        (Site::Clause, _) => Some((None, 0)),
        (Site::Line, None) if !takes_its_own(walk, at) => Some((None, 0)),
        (Site::Line, Some((operand, Joined::And))) => Some((Some(operand), walk.bullets)),
        _ => None,
    };
    let edits = match (mended, under) {
        (Some((_, edits)), _) => Some(edits),
        (None, Some((None, _))) => above(walk, &condition).1,
        (None, _) if help.contains("au-dessus de « vaut »") => above_value(policy, at)
            .map(|value| vec![(Span::new(value, value), format!("\n  si {condition}"))]),
        (None, _) => None,
    };
    let at = policy.exprs.get(at).span;
    let path = path.to_owned();
    walk.misses.push(Miss { asked_if, path, code, is, read, at, declared, help, edits, under });
}

/// Where `vaut` starts, of a definition that has one value and something said below of it: no case may be left out.
fn above_value(policy: &Policy, at: ExprId) -> Option<usize> {
    const VALUE: &str = "\n  vaut ";
    let (text, place) = (policy.file.text(), policy.exprs.get(at).span);
    let (before, after) = (text.get(..place.start as usize)?, text.get(place.end as usize..)?);
    let value = before.rfind(VALUE)?;
    let within = before.get(value + VALUE.len()..)?;
    let below = after.split("\n\n").next()?;
    let (line, adjusts) = below.split_once('\n')?;
    let alone = !within.contains('\n') && !line.contains(" si ") && !adjusts.contains("vaut ");
    (alone && !adjusts.trim().is_empty()).then_some(value)
}

/// Whether an expression stands in a line that takes a `si` of its own: `majoré de …`.
fn takes_its_own(walk: &Walk<'_>, at: ExprId) -> bool {
    let policy = walk.base.policy;
    let before = policy.file.text().get(..policy.exprs.get(at).span.start as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("").trim_start();
    !walk.is_paid || ADJUSTS.iter().any(|head| line.starts_with(head))
}

/// What to say above what the element in turn states, and the change where only one place is right.
fn above(walk: &Walk<'_>, condition: &str) -> (String, Option<Vec<(Span, String)>>) {
    const STATES: [&str; 4] = ["\n  pour chaque ", "\n  prévu si", "\n  due si", "\n  montant "];
    let policy = walk.base.policy;
    // A `cohérence` has no condition of its own.
    let Some((head, applies)) = walk.opens else {
        return (format!("écrire « si {condition} » à la fin de cette ligne"), None);
    };
    if let Some(applies) = applies {
        let alone = if condition.contains(" ou ") { format!("({condition})") } else { condition.to_owned() };
        // Of what a criterion asks for, only the text tells whether it asks it of all.
        let edits = walk.is_paid.then(|| grown(&policy.exprs, applies, &alone));
        return (format!("ajouter « et {alone} » à la ligne « si » de cet élément"), edits);
    }
    let text = policy.file.text().get(head.end as usize..).unwrap_or("");
    let block = text.split("\n\n").next().unwrap_or(text);
    let at = STATES.iter().filter_map(|states| block.find(states)).min().filter(|_| walk.is_paid);
    let edits = at.map(|at| {
        let at = head.end as usize + at;
        vec![(Span::new(at, at), format!("\n  si {condition}"))]
    });
    (format!("écrire au-dessus une ligne « si {condition} »"), edits)
}

/// Tells what the element in turn reads without its condition: what one line mends is told once.
pub(super) fn settle(walk: &mut Walk<'_>) {
    let policy = walk.base.policy;
    let mut left = std::mem::take(&mut walk.misses);
    while !left.is_empty() {
        let first = left.remove(0);
        let shape = |miss: &Miss| policy.exprs.get(miss.asked_if).shape;
        let (same, others): (Vec<Miss>, Vec<Miss>) =
            left.into_iter().partition(|miss| shape(miss) == shape(&first) && miss.code == first.code);
        left = others;
        let line =
            |miss: &Miss| policy.file.text().get(..miss.at.start as usize).and_then(|text| text.rfind('\n'));
        let alike = |miss: &Miss| {
            let one_place = first.edits.is_some() || line(miss) == line(&first);
            miss.help == first.help && miss.edits == first.edits && one_place
        };
        let all: Vec<&Miss> = std::iter::once(&first).chain(&same).collect();
        let bullets: HashSet<ExprId> = all.iter().filter_map(|miss| miss.under?.0).collect();
        let under = all.iter().all(|miss| miss.under.is_some_and(|(_, of)| of == bullets.len()));
        if same.iter().all(alike) {
            let told = told(policy, &all, &first.help, first.edits.clone());
            walk.found.push(told);
        } else if under {
            let (help, edits) = above(walk, &words::expression(policy, first.asked_if));
            let told = told(policy, &all, &help, edits);
            walk.found.push(told);
        } else {
            for miss in all {
                walk.found.push(told(policy, &[miss], &miss.help, miss.edits.clone()));
            }
        }
    }
}

fn told(policy: &Policy, all: &[&Miss], help: &str, edits: Option<Vec<(Span, String)>>) -> Diagnostic {
    let Some(Miss { asked_if, code, is: [one, several], .. }) = all.first() else {
        return Diagnostic::error("fait-hors-condition", "");
    };
    let condition = words::expression(policy, *asked_if);
    let names: Vec<String> = all.iter().map(|miss| format!("« {} »", miss.path)).collect();
    let is = if all.len() == 1 { format!("n'est {one}") } else { format!("ne sont {several}") };
    let message = format!(
        "{} {is} que « si {condition} », et cette condition n'est pas en vigueur ici",
        words::and(&names)
    );
    let mut diagnostic = Diagnostic::error(code, message);
    for miss in all {
        diagnostic = diagnostic.at(&policy.file, miss.at, miss.read);
    }
    for miss in all {
        diagnostic = diagnostic.at(&policy.file, miss.declared, format!("{one} seulement si {condition}"));
    }
    let diagnostic = diagnostic.help(help);
    match edits {
        Some(edits) => diagnostic.remedy(help, &policy.file, edits),
        None => diagnostic,
    }
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
    let in_words = |expr: ExprId| file.slice(span(expr)).split_whitespace().collect::<Vec<_>>().join(" ");
    let left_of = |expr: ExprId| {
        let says = format!("écrire « {alone} et {} »", in_words(expr));
        (says, vec![(start(expr), format!("{alone} et "))])
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
            Some((format!("ajouter « et {alone} » au « si » de cette ligne"), grown(exprs, guard, alone)))
        }
        (Site::Line, None) => {
            let due = walk.due.filter(|due| !matches!(exprs.get(*due).kind, ExprKind::Bullets { .. }))?;
            // « prévu si », or « due si » of what the person owes.
            let before = file.text().get(..span(due).start as usize).unwrap_or("").trim_end();
            let verb = ["due si", "dû si", "prévue si"].into_iter().find(|verb| before.ends_with(verb));
            let says = format!("ajouter « et {alone} » à ce que demande « {} »", verb.unwrap_or("prévu si"));
            Some((says, grown(exprs, due, alone)))
        }
        (Site::Clause | Site::Condition | Site::Decision | Site::Line | Site::Otherwise, _) => None,
    }
}

/// A condition with another: `a ou b` is asked for as a whole.
fn grown(exprs: &Exprs, expr: ExprId, alone: &str) -> Vec<(Span, String)> {
    let node = exprs.get(expr);
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    match node.kind {
        ExprKind::Or(_) => {
            vec![(Span::new(start, start), "(".to_owned()), (Span::new(end, end), format!(") et {alone}"))]
        }
        _ => vec![(Span::new(end, end), format!(" et {alone}"))],
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
