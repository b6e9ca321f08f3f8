//! Two lines of cases that say the same option, where another option has none: one of the two was to say that one.

use super::words;
use crate::diagnostic::Diagnostic;
use crate::policy::{CaseLine, ChoiceId, ExprId, ExprKind, Policy, ShapeId, Type, Written};
use crate::source::Span;
use crate::value::Value;

/// What is said twice, and what is left over for it.
struct Repeated {
    /// Where the second of two lines says it, then the first.
    places: [Span; 2],
    /// The same, with what their conditions read.
    conditions: [Span; 2],
    said: String,
    missing: Vec<String>,
    /// What the conditions are of: « zone est », or nothing where it is a condition by itself.
    of: String,
}

/// One message in the place of an overlap and of a gap.
pub(super) fn told(policy: &Policy, lines: &[CaseLine]) -> Option<Diagnostic> {
    if lines.iter().any(|line| line.else_if || line.written != Written::Line) {
        return None;
    }
    let found = options(policy, lines).or_else(|| truths(policy, lines))?;
    if found.missing.is_empty() {
        return None;
    }
    let left: Vec<String> = found.missing.iter().map(|missing| format!("{}{missing}", found.of)).collect();
    let said = format!("{}{}", found.of, found.said);
    let message =
        format!("deux lignes disent « si {said} », aucune ne dit « si {} »", left.join(" » ni « si "));
    let [one] = found.missing.as_slice() else {
        let left: Vec<String> = left.iter().map(|left| format!("« si {left} »")).collect();
        let help = format!("donner une ligne à {}", left.join(" et à "));
        let problem = Diagnostic::error("cas-qui-se-recouvrent", message);
        return Some(
            problem
                .at(&policy.file, found.places[0], "déjà dit au-dessus")
                .at(&policy.file, found.places[1], "dit ici")
                .help(help),
        );
    };
    // The line whose value has the name of what is missing was to say it: the second where none has.
    let values = |place: Span| {
        let line = lines.iter().find(|line| line.span.start <= place.start && place.end <= line.span.end);
        line.map_or("", |line| policy.file.slice(policy.exprs.get(line.value).span))
    };
    let first = values(found.places[1]).contains(one) && !values(found.places[0]).contains(one);
    let (own, other) = if first { (1, 0) } else { (0, 1) };
    let (place, condition) = (found.places[own], found.conditions[own]);
    let slice = |from: u32, to: u32| policy.file.slice(Span::new(from as usize, to as usize));
    let says = format!("si {}{one}{}", slice(condition.start, place.start), slice(place.end, condition.end));
    let help = format!("écrire « {says} »");
    let problem = Diagnostic::error("cas-qui-se-recouvrent", message)
        .at(&policy.file, place, if first { "dit encore en dessous" } else { "déjà dit au-dessus" })
        .at(&policy.file, found.places[other], "dit ici")
        .help(&help);
    Some(problem.remedy(help, &policy.file, [(place, one.clone())]))
}

/// An option that two lines have, where each line says options of one thing.
fn options(policy: &Policy, lines: &[CaseLine]) -> Option<Repeated> {
    let mut of: Option<(ShapeId, ChoiceId, ExprId)> = None;
    let mut said: Vec<(u16, Span, Span)> = Vec::new();
    for line in lines {
        let when = policy.exprs.get(line.when);
        let ExprKind::Among { subject, values } = &when.kind else { return None };
        let read = policy.exprs.get(*subject);
        let Type::Choice(choice) = read.ty else { return None };
        if of.is_some_and(|(shape, ..)| shape != read.shape) {
            return None;
        }
        of = Some((read.shape, choice, *subject));
        for value in values {
            let value = policy.exprs.get(*value);
            let ExprKind::Const(Value::Choice(option)) = value.kind else { return None };
            said.push((option, value.span, when.span));
        }
    }
    let (_, choice, subject) = of?;
    let twice = said.iter().enumerate().flat_map(|(at, own)| {
        said.iter().skip(at + 1).filter(move |other| other.0 == own.0).map(move |other| (own, other))
    });
    let [(first, second)] = twice.collect::<Vec<_>>()[..] else { return None };
    let named = |option: u16| words::option(policy, choice, option);
    let count = policy.choices[choice.index()].options.len();
    let all = (0..count).filter_map(|rank| u16::try_from(rank).ok());
    let missing = all.filter(|option| !said.iter().any(|(own, ..)| own == option));
    let is_written = |place: Span| policy.file.slice(place) == named(first.0);
    (is_written(first.1) && is_written(second.1)).then(|| Repeated {
        places: [second.1, first.1],
        conditions: [second.2, first.2],
        said: named(first.0),
        missing: missing.map(named).collect(),
        of: format!("{} est ", words::expression(policy, subject)),
    })
}

/// One condition that both of two lines have: one of them was to have its contrary.
fn truths(policy: &Policy, lines: &[CaseLine]) -> Option<Repeated> {
    let [first, second] = lines else { return None };
    let [one, other] = [first, second].map(|line| policy.exprs.get(line.when));
    let is_name = |expr: ExprId| {
        matches!(
            policy.exprs.get(expr).kind,
            ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_) | ExprKind::Holds(_)
        )
    };
    let said = policy.file.slice(one.span);
    let missing = match &one.kind {
        ExprKind::Not(of) if is_name(*of) => said.strip_prefix("non ")?.to_owned(),
        _ if is_name(first.when) => format!("non {said}"),
        _ => return None,
    };
    (one.shape == other.shape && policy.file.slice(other.span) == said).then(|| Repeated {
        places: [other.span, one.span],
        conditions: [other.span, one.span],
        said: said.to_owned(),
        missing: vec![missing],
        of: String::new(),
    })
}
