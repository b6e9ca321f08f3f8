//! Amounts of financings: whole cents or rounded, never below zero, ranges the right way round.

use super::explore::Found;
use super::granularity::{self, Grain};
use super::knowledge::Knowledge;
use super::question::can_be;
use super::walk::Walk;
use super::{Held, words};
use crate::diagnostic::Diagnostic;
use crate::known::{Interval, Known, compare};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, Funding, Type};
use crate::syntax::tree::CompareOp;
use crate::wording::Decimal;

/// All that an amount must be; the conditions under which it is due are in force.
pub(super) fn check(walk: &mut Walk<'_>, funding: &Funding) {
    rounding(walk, funding.amount);
    negative(walk, funding.amount);
    ranges(walk, funding.amount);
}

fn rounding(walk: &mut Walk<'_>, amount: ExprId) {
    let base = walk.base;
    let policy = base.policy;
    let grain = granularity::grain(base, amount);
    if grain.is_multiple_of(&granularity::cent()) {
        return;
    }
    let culprit = granularity::culprit(base, amount);
    let why = match granularity::grain(base, culprit) {
        Grain::Step(step) if Decimal::exact(&step).is_some() => {
            format!("va par pas de {}", words::number(Type::Amount, &step))
        }
        Grain::Step(_) | Grain::Zero | Grain::Dense => "peut compter des fractions de centime".to_owned(),
    };
    let file = &policy.file;
    let span = policy.exprs.get(amount).span;
    let cause = policy.exprs.get(culprit).span;
    let diagnostic = Diagnostic::error(
        "arrondi-manquant",
        "le montant peut ne pas tomber juste au centime : la façon de l'arrondir doit être écrite",
    );
    let diagnostic = if cause.start >= span.start && cause.end <= span.end {
        diagnostic.at(file, cause, format!("ce calcul {why}"))
    } else {
        diagnostic.at(file, span, "montant à arrondir").at(file, cause, format!("ce calcul {why}"))
    };
    walk.found.push(diagnostic.help("ajouter après le montant « arrondi au centime », « arrondi à l'euro » ou « arrondi à l'euro inférieur », selon le texte"));
}

fn negative(walk: &mut Walk<'_>, amount: ExprId) {
    let Some((part, found)) = below_zero(walk, &walk.held, amount, 0) else { return };
    let policy = walk.base.policy;
    let message = match found {
        Found::Nothing => return,
        Found::Example(example) => match words::example(policy, &example) {
            case if case.is_empty() => "le montant peut être négatif".to_owned(),
            case => format!("le montant peut être négatif, par exemple si {case}"),
        },
        Found::TooMany => "rien ne prouve que le montant n'est jamais négatif".to_owned(),
    };
    walk.found.push(
        Diagnostic::error("montant-negatif", message)
            .at(&policy.file, policy.exprs.get(part).span, "un financement n'est jamais en dessous de 0 €")
            .help("ajouter « au minimum 0 € » après le montant"),
    );
}

/// How deep an amount is followed into its parts.
const DEPTH: usize = 24;

/// The part of an expression by which it may be below zero; parts are looked at one by one, each
/// under the conditions in force there.
fn below_zero(walk: &Walk<'_>, held: &[Held], expr: ExprId, depth: usize) -> Option<(ExprId, Found)> {
    let base = walk.base;
    let policy = base.policy;
    let knowledge = Knowledge::under(base, held);
    let zero = Known::Number(Interval::point(Ratio::zero()));
    if knowledge.is_impossible() || compare(CompareOp::Ge, &knowledge.known(expr), &zero).holds() {
        return None;
    }
    let with = |more: &[Held], expr: ExprId| {
        let mut all = held.to_vec();
        all.extend_from_slice(more);
        below_zero(walk, &all, expr, depth + 1)
    };
    if depth < DEPTH {
        match &policy.exprs.get(expr).kind {
            ExprKind::Cases { lines, otherwise } => {
                let mut above: Vec<Held> = Vec::new();
                for line in lines {
                    let mut inside = if line.else_if { above.clone() } else { Vec::new() };
                    inside.push(Held::so(line.when));
                    let found = with(&inside, line.value);
                    if found.is_some() {
                        return found;
                    }
                    above.push(Held::not_so(line.when));
                }
                return otherwise.and_then(|otherwise| with(&above, otherwise));
            }
            ExprKind::Scale { bands, by_slices: false, .. } => {
                return bands
                    .iter()
                    .enumerate()
                    .find_map(|(band, line)| with(&[Held::Band { scale: expr, band }], line.value));
            }
            // The greatest is below zero only where all are: one that never is settles it.
            ExprKind::Extremum { greatest: true, of }
                if of.iter().any(|operand| with(&[], *operand).is_none()) =>
            {
                return None;
            }
            ExprKind::Extremum { greatest: false, of } => return of.iter().find_map(|e| with(&[], *e)),
            ExprKind::Range { low, high } => return [*low, *high].into_iter().find_map(|e| with(&[], e)),
            ExprKind::Round { value, .. } => return with(&[], *value),
            ExprKind::Definition(definition) => {
                let (_, found) = with(&[], policy.definitions[definition.index()].body)?;
                return Some((expr, found));
            }
            ExprKind::Mul(a, b) if with(&[], *a).is_none() && with(&[], *b).is_none() => return None,
            _ => {}
        }
    }
    let found = can_be(base, held, &[expr], &|space| {
        let form = space.linear(expr);
        (space.compare_linear(CompareOp::Lt, form), Vec::new())
    });
    (!matches!(found, Found::Nothing)).then_some((expr, found))
}

fn ranges(walk: &mut Walk<'_>, amount: ExprId) {
    let policy = walk.base.policy;
    match &policy.exprs.get(amount).kind {
        ExprKind::Range { low, high } => {
            let knowledge = Knowledge::under(walk.base, &walk.held);
            if compare(CompareOp::Gt, &knowledge.known(*low), &knowledge.known(*high)).holds() {
                let (low, high) = (words::expression(policy, *low), words::expression(policy, *high));
                walk.found.push(
                    Diagnostic::error(
                        "fourchette-vide",
                        format!("cette fourchette est vide : « {low} » dépasse toujours « {high} »"),
                    )
                    .at(&policy.file, policy.exprs.get(amount).span, "le moins élevé vient d'abord")
                    .help(format!("écrire « entre {high} et {low} »")),
                );
            }
        }
        ExprKind::Cases { lines, otherwise } => {
            for line in lines {
                walk.with([Held::so(line.when)], |walk| ranges(walk, line.value));
            }
            if let Some(otherwise) = otherwise {
                ranges(walk, *otherwise);
            }
        }
        ExprKind::Scale { bands, .. } => {
            for band in bands {
                ranges(walk, band.value);
            }
        }
        _ => {}
    }
}
