//! Amounts of financings: whole cents or rounded, never below zero, ranges the right way round.

use std::cell::Cell;
use std::rc::Rc;

use super::explore::{Example, Found};
use super::formula::Dimension;
use super::granularity::{self, Grain};
use super::knowledge::Knowledge;
use super::linear::Term;
use super::question::can_be;
use super::walk::Walk;
use super::witness::{self, Witness};
use super::{Held, order, words};
use crate::currency::Currency;
use crate::diagnostic::Diagnostic;
use crate::known::{Interval, Known, compare};
use crate::number::Ratio;
use crate::policy::{Band, BandRange, Citation, ExprId, ExprKind, Funding, FundingKind, Policy, Share, Type};
use crate::source::{SourceFile, Span};
use crate::syntax::tree::{Aggregate, CompareOp};
use crate::wording::Decimal;

/// All that an amount must be; the conditions under which it is due are in force.
pub(super) fn check(walk: &mut Walk<'_>, funding: &Funding) {
    if walk.base.policy.exprs.get(funding.amount).ty != Type::Amount {
        return;
    }
    rounding(walk, funding.amount);
    if funding.kind == FundingKind::Result {
        return;
    }
    negative(walk, funding.amount, funding.kind);
    ranges(walk, funding.amount);
}

/// What is shared out, what shares are measured by and how far they go, is not below zero.
pub(super) fn measures(walk: &mut Walk<'_>, share: &Share) {
    let policy = walk.base.policy;
    let read = [(Some(share.envelope), "l'enveloppe"), (share.weight, "la mesure"), (share.cap, "la limite")];
    for (expr, what) in read.into_iter().filter_map(|(expr, what)| Some((expr?, what))) {
        let Some((part, _)) = below_zero(walk, &walk.held, expr, &Depth::default()) else { continue };
        // An envelope is called by its financing, and underlined.
        let said = match expr == share.envelope {
            true => what.to_owned(),
            false => format!("{what} « {} »", words::expression(policy, expr)),
        };
        let message = format!("rien ne prouve que {said} n'est jamais négative");
        let zero = words::number(policy.currency, policy.exprs.get(expr).ty, &Ratio::zero());
        walk.found.push(
            Diagnostic::error("mesure-negative", message)
                .at(&policy.file, policy.exprs.get(part).span, "une part serait négative")
                .help(format!("si cela n'est jamais négatif, le dire où il est déclaré : « ≥ {zero} »")),
        );
    }
}

/// Slices share out what goes from 0 to a value: none of them ends below 0.
pub(super) fn slices(walk: &mut Walk<'_>, bands: &[Band]) {
    let policy = walk.base.policy;
    let first = bands.first().and_then(|band| match &band.range {
        BandRange::Between { low, high } => low.or(*high),
        BandRange::Options(_) => None,
    });
    let Some((end, _)) = first else { return };
    let Some((part, _)) = below_zero(walk, &walk.held, end, &Depth::default()) else { return };
    let words = words::expression(policy, end);
    let zero = words::number(policy.currency, policy.exprs.get(end).ty, &Ratio::zero());
    let (message, help) = match policy.exprs.get(end).kind {
        ExprKind::Const(_) | ExprKind::Parameter { .. } => (
            format!("« par tranches » partage ce qui part de {zero} ; la borne « {words} » est en dessous"),
            format!("commencer à {zero} ou au-dessus, ou dire chaque cas par des lignes « vaut … si … »"),
        ),
        _ => (
            format!(
                "« par tranches » partage ce qui part de {zero} ; rien ne prouve que la borne « {words} » n'est jamais négative"
            ),
            format!(
                "si elle ne l'est jamais, le dire où elle est déclarée : « ≥ {zero} » ; sinon, « au minimum {zero} »"
            ),
        ),
    };
    let place = policy.exprs.get(part).span;
    walk.found.push(
        Diagnostic::error("tranche-negative", message)
            .at(&policy.file, place, "une tranche serait négative")
            .help(help),
    );
}

fn rounding(walk: &mut Walk<'_>, amount: ExprId) {
    let base = walk.base;
    let policy = base.policy;
    let grain = granularity::grain(base, amount);
    if grain.is_multiple_of(&policy.currency.step()) {
        return;
    }
    let culprit = granularity::culprit(base, amount);
    let why = match granularity::grain(base, culprit) {
        Grain::Step(step) if Decimal::exact(&step).is_some() => {
            format!("va par pas de {}", words::number(policy.currency, Type::Amount, &step))
        }
        Grain::Step(_) | Grain::Zero | Grain::Dense => {
            format!("peut compter des fractions de {}", policy.currency.least())
        }
    };
    let file = &policy.file;
    let span = policy.exprs.get(amount).span;
    let cause = policy.exprs.get(culprit).span;
    let diagnostic = Diagnostic::error(
        "arrondi-manquant",
        format!(
            "le montant peut ne pas tomber juste au {} : la façon de l'arrondir doit être écrite",
            policy.currency.least()
        ),
    );
    let diagnostic = if cause.start >= span.start && cause.end <= span.end {
        diagnostic.at(file, cause, format!("ce calcul {why}"))
    } else {
        diagnostic.at(file, span, "montant à arrondir").at(file, cause, format!("ce calcul {why}"))
    };
    let item = policy.fundings.iter().find(|funding| funding.amount == amount).map(|funding| &funding.head);
    let said = item.and_then(|head| rounding_said(&head.citations));
    let (Some(says), Some(place)) = (said, item.and_then(|head| after_amount(file, span, head.whole))) else {
        let ways = match policy.currency {
            Currency::Euro => {
                "« arrondi au centime », « arrondi à l'euro » ou « arrondi à l'euro inférieur »"
            }
            Currency::CfpFranc => "« arrondi au franc » ou « arrondi au franc inférieur »",
        };
        walk.found.push(diagnostic.help(format!("ajouter après le montant {ways}, selon le texte")));
        return;
    };
    let above = file.text().get(..place.start as usize).unwrap_or("");
    let line = above.get(above.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or("");
    let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or("");
    let help = format!("ajouter « {says} » sous « {} », comme le dit le texte cité", line.trim());
    let edit = (place, format!("\n{indent}{says}"));
    walk.found.push(diagnostic.help(&help).remedy(help, file, [edit]));
}

/// The rounding that the passages of an item say, where they say one.
fn rounding_said(citations: &[Citation]) -> Option<String> {
    const STEPS: [(&str, &str); 6] = [
        ("au centime", "au centime"),
        ("à l'euro", "à l'euro"),
        ("au millier d'euros", "au millier d'euros"),
        ("à la dizaine d'euros", "à la dizaine d'euros"),
        ("à la centaine d'euros", "à la centaine d'euros"),
        ("à deux décimales", "au centime"),
    ];
    const WAYS: [(&[&str], &str); 2] = [
        (&["inférieur", "inférieure", "par défaut"], " inférieur"),
        (&["supérieur", "supérieure", "par excès"], " supérieur"),
    ];
    let mut found: Vec<String> = Vec::new();
    for quote in citations.iter().filter_map(|citation| citation.quote.as_deref()) {
        let quote = quote.replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ");
        for (at, _) in quote.match_indices("arrondi") {
            let rest = quote.get(at..).unwrap_or("").split(['.', ';']).next().unwrap_or("");
            let (_, step) = STEPS.iter().find(|(said, _)| rest.contains(said))?;
            let way = WAYS.iter().find(|(ways, _)| ways.iter().any(|way| rest.contains(way)));
            let ends_in = if step.contains("dizaine") || step.contains("centaine") { "e" } else { "" };
            let says = match way {
                Some((_, way)) => format!("arrondi {step}{way}{ends_in}"),
                None => format!("arrondi {step}"),
            };
            if !found.contains(&says) {
                found.push(says);
            }
        }
    }
    found.pop().filter(|_| found.is_empty())
}

/// The end of the last line of an amount, with what raises, lowers or bounds it.
fn after_amount(file: &SourceFile, amount: Span, item: Span) -> Option<Span> {
    const OF_AMOUNT: [&str; 12] = [
        "montant",
        "vaut",
        "majoré",
        "minoré",
        "augmenté",
        "diminué",
        "plafonné",
        "dans la limite",
        "au minimum",
        "au prorata",
        "jusqu'",
        "à partir",
    ];
    let text = file.text();
    let end_of =
        |from: usize| text.get(from..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| from + at);
    let mut end = end_of(amount.end as usize);
    while end < item.end as usize {
        let line = text.get(end + 1..end_of(end + 1))?.trim_start();
        if !OF_AMOUNT.iter().any(|word| line.starts_with(word)) {
            break;
        }
        end = end_of(end + 1);
    }
    Some(Span::new(end, end))
}

fn paid_or_owed(kind: FundingKind) -> &'static str {
    match kind {
        FundingKind::Contribution => "une contribution",
        FundingKind::Funding | FundingKind::Result => "un financement",
    }
}

fn negative(walk: &mut Walk<'_>, amount: ExprId, kind: FundingKind) {
    let Some((part, found)) = below_zero(walk, &walk.held, amount, &Depth::default()) else { return };
    let policy = walk.base.policy;
    let below = |knowledge: &Knowledge<'_>| {
        let zero = Known::Number(Interval::point(Ratio::zero()));
        compare(CompareOp::Lt, &knowledge.known(amount), &zero).holds()
    };
    let witness = Witness::find(walk.base, &walk.held, &[amount], &below);
    let example = match &found {
        Found::Example(example) if witness::is_of_inputs(policy, example) => words::example(policy, example),
        Found::Example(_) | Found::Nothing | Found::TooMany => String::new(),
    };
    let case = match &witness {
        Some(witness) if example.is_empty() => witness.words(policy),
        Some(_) | None => example,
    };
    let message = match case.is_empty() {
        true => "rien ne prouve que le montant n'est jamais négatif".to_owned(),
        false => format!("le montant peut être négatif, par exemple si {case}"),
    };
    let fact = witness.as_ref().and_then(Witness::below_zero).or_else(|| match &found {
        Found::Example(example) => only_below_zero(policy, example),
        Found::Nothing | Found::TooMany => None,
    });
    let help = match fact {
        Some(fact) => words::never_negative(policy, fact),
        None => {
            "si un dossier sensé l'exclut, le dire dans une « cohérence » ; « au minimum 0 € » ajouterait \
                 au texte : ne l'écrire que si la source le dit"
                .to_owned()
        }
    };
    let diagnostic = Diagnostic::error("montant-negatif", message)
        .at(
            &policy.file,
            policy.exprs.get(part).span,
            format!("{} n'est jamais en dessous de 0 {}", paid_or_owed(kind), policy.currency.sign()),
        )
        .help(help);
    walk.found.push(match fact.and_then(|fact| without_bound(policy, fact)) {
        Some((declared, says)) => {
            let label = format!("écrire « {says} »");
            let edit = (declared, says);
            Diagnostic { help: Some(label.clone()), ..diagnostic }
                .at(&policy.file, declared, "rien ne dit que ce montant n'est jamais négatif")
                .remedy(label, &policy.file, [edit])
        }
        None => diagnostic,
    });
}

/// The fact that an example takes below zero, where it is the only one.
fn only_below_zero(policy: &Policy, example: &Example) -> Option<ExprId> {
    let mut below = example.at.iter().filter_map(|at| {
        let Dimension::Line(terms) = &at.dimension else { return None };
        let [(Term::Shape(shape), _)] = terms.as_slice() else { return None };
        let expr = policy.exprs.first_of(*shape);
        let is_fact = matches!(policy.exprs.get(expr).kind, ExprKind::Fact(_) | ExprKind::Field(_));
        (is_fact && at.number.as_ref().is_some_and(|number| number.signum() < 0)).then_some(expr)
    });
    below.next().filter(|_| below.next().is_none())
}

/// Where an amount is declared without a bound, and what to write there.
fn without_bound(policy: &Policy, fact: ExprId) -> Option<(Span, String)> {
    let declared = match policy.exprs.get(fact).kind {
        ExprKind::Fact(fact) => policy.facts[fact.index()].ask.span,
        ExprKind::Field(field) => policy.fields[field.index()].ask.span,
        _ => return None,
    };
    let (text, start) = (policy.file.text(), declared.start as usize);
    let line = text.get(start..)?.split('\n').next()?;
    let at = line.find(": montant")? + ": ".len();
    let bare = line.get(at..)? == "montant";
    let span = Span::new(start + at, start + at + "montant".len());
    bare.then(|| (span, format!("montant ≥ 0 {}", policy.currency.sign())))
}

/// How deep an amount is followed into its parts.
const DEPTH: usize = 24;
/// How many parts are looked at in all.
const PARTS: usize = 1_000;

/// How deep an amount has been followed, and how many parts were looked at.
#[derive(Clone, Default)]
struct Depth {
    depth: usize,
    parts: Rc<Cell<usize>>,
}

impl Depth {
    fn below(&self) -> Depth {
        self.parts.set(self.parts.get() + 1);
        Depth { depth: self.depth + 1, parts: Rc::clone(&self.parts) }
    }

    fn is_shallow(&self, bound: usize) -> bool {
        self.depth < bound && self.parts.get() < PARTS
    }
}

/// The part of an expression by which it may be below zero; parts are looked at one by one, each
/// under the conditions in force there.
fn below_zero(walk: &Walk<'_>, held: &[Held], expr: ExprId, depth: &Depth) -> Option<(ExprId, Found)> {
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
        below_zero(walk, &all, expr, &depth.below())
    };
    if depth.is_shallow(DEPTH) {
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
            ExprKind::Aggregate { kind: Aggregate::Sum, list, filter, of: Some(of) } => {
                let outside =
                    |held: &&Held| held.subject().is_none_or(|expr| !base.is_of_element(expr, *list));
                let mut all: Vec<Held> = held.iter().filter(outside).copied().collect();
                all.extend([Held::Element(*list)].into_iter().chain(filter.map(Held::so)));
                below_zero(walk, &all, *of, &depth.below())?;
            }
            ExprKind::Mul(a, b) | ExprKind::Div(a, b) | ExprKind::Add(a, b)
                if with(&[], *a).is_none() && with(&[], *b).is_none() =>
            {
                return None;
            }
            ExprKind::Prorata { base: of, part, whole }
                if [*of, *part, *whole].into_iter().all(|operand| with(&[], operand).is_none()) =>
            {
                return None;
            }
            ExprKind::Mul(..) | ExprKind::Div(..) | ExprKind::Add(..) | ExprKind::Sub(..)
                if order::never_negative(base, held, expr) =>
            {
                return None;
            }
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
