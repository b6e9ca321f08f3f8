//! An age below zero: « âge < 16 » holds of whoever is born after the date at which the age is counted.

use super::explore::Found;
use super::question::can_be;
use super::walk::Walk;
use super::{Held, turned, words};
use crate::diagnostic::Diagnostic;
use crate::policy::{Band, BandRange, Coherence, ExprId, ExprKind, ListId, Policy, Quantity};
use crate::syntax::tree::{Aggregate, CompareOp};

/// How many parts of a value are looked into.
const STEPS: usize = 200;

/// What is counted from one date to another.
#[derive(Clone, Copy)]
struct Elapsed {
    /// Where it is counted.
    at: ExprId,
    from: ExprId,
    to: ExprId,
}

/// A comparison that holds of all that is small enough.
pub(super) fn check(walk: &mut Walk<'_>, comparison: ExprId) {
    let small = match &walk.base.policy.exprs.get(comparison).kind {
        ExprKind::Compare { op: CompareOp::Lt | CompareOp::Le, left, .. } => *left,
        ExprKind::Compare { op: CompareOp::Gt | CompareOp::Ge, right, .. } => *right,
        _ => return,
    };
    tell(walk, comparison, small);
}

/// A scale whose first line has no lower end.
pub(super) fn scale(walk: &mut Walk<'_>, scale: ExprId, of: ExprId, bands: &[Band]) {
    if bands.iter().any(|band| matches!(band.range, BandRange::Between { low: None, .. })) {
        tell(walk, scale, of);
    }
}

/// A least amount that hides a count below zero: « au minimum 15 € » of so much by day.
pub(super) fn floor(walk: &mut Walk<'_>, floor: ExprId, of: &[ExprId]) {
    let policy = walk.base.policy;
    let above_zero = of.iter().any(|operand| {
        walk.plain.numbers(*operand).low.value().is_some_and(|low| low.signum() > 0)
            && matches!(policy.exprs.get(*operand).kind, ExprKind::Const(_) | ExprKind::Parameter { .. })
    });
    if !above_zero {
        return;
    }
    let (mut todo, mut steps) = (of.to_vec(), STEPS);
    while let Some(expr) = todo.pop() {
        steps -= 1;
        match &policy.exprs.get(expr).kind {
            ExprKind::Elapsed { .. } => tell(walk, floor, expr),
            ExprKind::Definition(definition) => todo.push(policy.definitions[definition.index()].body),
            ExprKind::Cases { lines, otherwise } => {
                todo.extend(lines.iter().map(|line| line.value).chain(*otherwise));
            }
            kind @ (ExprKind::Add(..)
            | ExprKind::Mul(..)
            | ExprKind::Round { .. }
            | ExprKind::Scaled { .. }) => {
                kind.for_each_operand(&mut |operand| todo.push(operand));
            }
            _ => {}
        }
        if steps == 0 {
            return;
        }
    }
}

fn tell(walk: &mut Walk<'_>, place: ExprId, counted: ExprId) {
    let policy = walk.base.policy;
    let Some(elapsed) = elapsed(policy, counted) else { return };
    if walk.told.contains(&policy.exprs.get(elapsed.at).shape) || !may_be_negative(walk, elapsed) {
        return;
    }
    walk.told.insert(policy.exprs.get(elapsed.at).shape);
    let [from, to] = [elapsed.from, elapsed.to].map(|date| words::expression(policy, date));
    let order = match element(walk, elapsed) {
        Some(list) => format!("tous les {} vérifient {from} ≤ {to}", policy.lists[list.index()].path),
        None => format!("{from} ≤ {to}"),
    };
    let span = |expr: ExprId| policy.exprs.get(expr).span;
    let mut diagnostic = Diagnostic::warning(
        "age-negatif",
        format!(
            "« {} » est nul ou négatif si « {from} » vient après « {to} »",
            words::expression(policy, counted)
        ),
    )
    .at(
        &policy.file,
        match &policy.exprs.get(place).kind {
            ExprKind::Extremum { of, .. } => of.last().map_or(span(place), |floor| span(*floor)),
            _ => span(place),
        },
        match policy.exprs.get(place).kind {
            ExprKind::Extremum { .. } => "ce minimum le cache",
            _ => "ce qui est négatif ou nul y passe pour petit",
        },
    );
    let inside = span(place).start <= span(elapsed.at).start && span(elapsed.at).end <= span(place).end;
    if !inside {
        diagnostic = diagnostic.at(&policy.file, span(elapsed.at), "compté ici");
    }
    // A line of a scale or of a table only names the end of what it takes.
    let compared = words::expression(policy, place);
    let meant = match compared.contains(&*words::expression(policy, counted)) {
        true if matches!(policy.exprs.get(place).kind, ExprKind::Compare { .. }) => {
            format!("{from} ≤ {to} et {compared}")
        }
        true | false => format!("{} au minimum 0", words::expression(policy, elapsed.at)),
    };
    // A cohérence reads facts, and no definition.
    let defined = [elapsed.from, elapsed.to].into_iter().find_map(|date| match policy.exprs.get(date).kind {
        ExprKind::Definition(definition) => Some(&policy.definitions[definition.index()].head.name),
        _ => None,
    });
    let held = match defined {
        None => format!("« cohérence dates », puis « exige {order} »"),
        Some(name) => format!("une « cohérence » entre les faits que lit « {name} »"),
    };
    walk.found.push(diagnostic.help(format!(
        "renvoyer les dossiers où ces dates se contredisent : {held} ; si c'est voulu, « {meant} »"
    )));
}

/// A count from one date to another that coherence rules put the other way round: it is never above zero.
pub(super) fn order(walk: &mut Walk<'_>, at: ExprId) {
    let policy = walk.base.policy;
    let ExprKind::Elapsed { from, to, .. } = policy.exprs.get(at).kind else { return };
    let elapsed = Elapsed { at, from, to };
    let mut held = walk.held.clone();
    if let Some(list) = element(walk, elapsed) {
        held.extend(of_each(policy, list));
    }
    let later = can_be(walk.base, &held, &[from, to], &|space| {
        let form = space.linear(to).minus(&space.linear(from));
        (space.compare_linear(CompareOp::Gt, form), Vec::new())
    });
    let shape = |expr: ExprId| policy.exprs.get(expr).shape;
    let never = matches!(later, Found::Nothing);
    // A birth after what is asked of whoever is born, whatever is compared with the age.
    let born = turned::is_birth(policy, from) && !turned::is_birth(policy, to);
    if !never && !born || walk.told.contains(&shape(at)) {
        return;
    }
    if let Some((rule, blamed)) = turned::blamed(policy, at, from, to) {
        walk.told.insert(shape(at));
        // Ages that are counted from one birth have one cause.
        if walk.told.insert(shape(rule)) {
            walk.found.push(blamed);
        }
        return;
    }
    if !never {
        return;
    }
    walk.told.insert(shape(at));
    let [first, second] = [from, to].map(|date| words::expression(policy, date));
    let message =
        format!("« {first} » ne vient jamais avant « {second} » : ce qui est compté n'est jamais positif");
    let help = format!("écrire « entre {second} et {first} », ou revoir ce que dit la « cohérence »");
    walk.found.push(
        Diagnostic::warning("age-negatif", message)
            .at(&policy.file, policy.exprs.get(at).span, "de la date la plus tardive à la plus ancienne")
            .help(help),
    );
}

/// What a value counts, itself or by the definitions that it stands for.
fn elapsed(policy: &Policy, mut expr: ExprId) -> Option<Elapsed> {
    // A definition only reads those before it.
    loop {
        match &policy.exprs.get(expr).kind {
            ExprKind::Elapsed { from, to, .. } => return Some(Elapsed { at: expr, from: *from, to: *to }),
            ExprKind::Definition(definition) => expr = policy.definitions[definition.index()].body,
            _ => return None,
        }
    }
}

/// The list of whose element in turn the dates are.
fn element(walk: &Walk<'_>, elapsed: Elapsed) -> Option<ListId> {
    let lists = (0u32..).zip(&walk.base.policy.lists).map(|(rank, _)| ListId(rank));
    let mut lists = lists.filter(|list| walk.base.is_of_element(elapsed.at, *list));
    lists.next()
}

fn may_be_negative(walk: &Walk<'_>, elapsed: Elapsed) -> bool {
    let policy = walk.base.policy;
    if walk.plain.numbers(elapsed.at).low.value().is_some_and(|low| low.signum() >= 0) {
        return false;
    }
    let mut held = walk.held.clone();
    // What a coherence rule says of all elements holds of the one in turn.
    if let Some(list) = element(walk, elapsed) {
        held.extend(of_each(policy, list));
    }
    let found = can_be(walk.base, &held, &[elapsed.from, elapsed.to], &|space| {
        let form = space.linear(elapsed.to).minus(&space.linear(elapsed.from));
        (space.compare_linear(CompareOp::Lt, form), Vec::new())
    });
    !matches!(found, Found::Nothing)
}

/// What the coherence rules require of each element of a list.
fn of_each(policy: &Policy, wanted: ListId) -> Vec<Held> {
    let mut rules: Vec<ExprId> = policy.coherences.iter().map(|rule: &Coherence| rule.condition).collect();
    let mut held = Vec::new();
    while let Some(rule) = rules.pop() {
        match &policy.exprs.get(rule).kind {
            ExprKind::And(of) => rules.extend(of),
            ExprKind::Bullets { quantity: Quantity::All, of } => {
                rules.extend(of.iter().filter(|bullet| bullet.only_if.is_none()).map(|bullet| bullet.then));
            }
            ExprKind::Aggregate { kind: Aggregate::All, list, filter: None, of: Some(of) }
                if *list == wanted =>
            {
                held.push(Held::so(*of));
            }
            // « aucun L dont P », « aucun L dont C vérifie P »: of each, not P.
            ExprKind::Aggregate { kind: Aggregate::None, list, filter: None, of: Some(of) }
            | ExprKind::Aggregate { kind: Aggregate::None, list, filter: Some(of), of: None }
                if *list == wanted =>
            {
                held.push(Held::not_so(*of));
            }
            _ => {}
        }
    }
    held
}
