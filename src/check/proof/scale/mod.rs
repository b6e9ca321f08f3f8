//! Scales have neither gap nor overlap, and go up.

mod ladder;
mod quoted;
mod worked_out;

use self::ladder::Ladder;
use super::knowledge::Knowledge;
use super::question::{changing, epochs};
use super::walk::Walk;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::known::{Known, OptionSet};
use crate::policy::{Band, BandRange, ExprId, Policy, Type};
use crate::source::Span;

/// A scale, read by `of`.
pub(super) fn check(walk: &mut Walk<'_>, scale: ExprId, of: ExprId, bands: &[Band]) {
    let base = walk.base;
    let policy = base.policy;
    let knowledge = Knowledge::under(base, &walk.held);
    if knowledge.is_impossible() {
        return;
    }
    if let (Type::Choice(_), Known::Choice(all)) = (policy.exprs.get(of).ty, knowledge.known(of)) {
        walk.found.extend(options(policy, of, all, bands));
        return;
    }
    let ends = bands.iter().flat_map(|band| match &band.range {
        BandRange::Between { low, high } => {
            vec![low, high].into_iter().flatten().map(|(end, _)| *end).collect()
        }
        BandRange::Options(_) => Vec::new(),
    });
    let read: Vec<ExprId> = ends.chain([of]).collect();
    let Some(epochs) = epochs(base, &[], &read) else {
        walk.found.push(
            Diagnostic::error("trop-de-cas", "les paramètres de ce barème ont trop de périodes ensemble").at(
                &policy.file,
                policy.exprs.get(scale).span,
                "barème à simplifier",
            ),
        );
        return;
    };
    for epoch in &epochs {
        let Some(ladder) = Ladder::new(&knowledge, epoch, scale, (of, bands)) else {
            walk.found.extend(worked_out::check(base, &walk.held, of, bands));
            return;
        };
        let mut found = ladder.mistakes();
        let when = words::parameters(policy, &changing(&epochs, epoch));
        if !when.is_empty() {
            for mistake in &mut found {
                mistake.message = format!("{} quand {}", mistake.message, words::and(&when));
            }
        }
        if !found.is_empty() {
            walk.found.extend(found);
            return;
        }
    }
}

/// Options of a choice: each in one line.
fn options(policy: &Policy, of: ExprId, all: OptionSet, bands: &[Band]) -> Vec<Diagnostic> {
    let Type::Choice(choice) = policy.exprs.get(of).ty else { return Vec::new() };
    let name = |option: u16| words::option(policy, choice, option);
    let mut found = Vec::new();
    let mut named = OptionSet::NONE;
    for (rank, band) in bands.iter().enumerate() {
        let BandRange::Options(options) = &band.range else { continue };
        for option in options {
            if named.contains(*option)
                && let Some(first) = bands[..rank].iter().find(|band| match &band.range {
                    BandRange::Options(options) => options.contains(option),
                    BandRange::Between { .. } => false,
                })
            {
                found.push(
                    Diagnostic::error(
                        "bareme-qui-se-recouvre",
                        format!("« {} » est dans deux lignes du barème", name(*option)),
                    )
                    .at(&policy.file, first.span, "ici")
                    .at(&policy.file, band.span, "et ici")
                    .help("ne garder que l'une des deux lignes"),
                );
            }
            named = named.union(OptionSet::only(*option));
        }
    }
    if let Some(missing) = all.without(named) {
        let missing: Vec<String> = missing.iter().map(|option| name(option).to_string()).collect();
        let names: Vec<String> = missing.iter().map(|name| format!("« {name} »")).collect();
        let whole = bands.iter().map(|band| band.span).reduce(Span::to).unwrap_or_default();
        found.push(
            Diagnostic::error("bareme-troue", format!("rien n'est prévu pour {}", words::and(&names)))
                .at(&policy.file, whole, "le barème doit nommer chaque option une fois")
                .help(match missing.as_slice() {
                    [one] => {
                        format!("ajouter la ligne « {one} : … », avec ce que le texte prévoit pour ce cas")
                    }
                    several => format!(
                        "ajouter une ligne pour chacune, ou une pour toutes : « {} : … »",
                        several.join(", ")
                    ),
                }),
        );
    }
    found
}
