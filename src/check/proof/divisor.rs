//! Divisors are not zero; exponents are within their bounds; the greatest of a list is not that of an empty one.

use super::explore::Found;
use super::knowledge::Knowledge;
use super::linear::Term;
use super::question::can_be;
use super::walk::Walk;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, ListId, Policy, Type};
use crate::source::Span;
use crate::syntax::tree::CompareOp;

/// A divisor that may be zero.
pub(super) fn check(walk: &mut Walk<'_>, divisor: ExprId) {
    let policy = walk.base.policy;
    if walk.plain.numbers(divisor).value().is_some_and(Ratio::is_zero) {
        let span = policy.exprs.get(divisor).span;
        walk.found.push(
            Diagnostic::error("diviseur-nul", "ce diviseur est toujours nul")
                .at(&policy.file, span, "on ne divise pas par zéro")
                .help("diviser par une grandeur qui n'est pas nulle"),
        );
        return;
    }
    let found = may_be_zero(walk, divisor);
    let name = words::expression(policy, divisor);
    let message = match &found {
        Found::Nothing => return,
        Found::Example(example) => match words::example(policy, example) {
            case if case.is_empty() || case.starts_with(&format!("{name} = 0")) => {
                format!("le diviseur « {name} » peut être nul")
            }
            case => format!("le diviseur « {name} » peut être nul, par exemple si {case}"),
        },
        Found::TooMany => format!("rien ne prouve que le diviseur « {name} » n'est jamais nul"),
    };
    let span = policy.exprs.get(divisor).span;
    let sign = if walk.plain.numbers(divisor).low.value().is_some_and(|low| low.signum() >= 0) {
        ">"
    } else {
        "≠"
    };
    let zero = words::number(policy.currency, policy.exprs.get(divisor).ty, &Ratio::zero());
    let plain = format!("{name} {sign} {zero}");
    let guarded =
        format!("ne diviser que sous condition, « si {plain} », et dire ce qui vaut dans les autres cas");
    let diagnostic =
        Diagnostic::error("diviseur-nul", message).at(&policy.file, span, "on ne divise pas par zéro");
    walk.found.push(match declared_above_zero(policy, divisor) {
        Some((place, declared)) => {
            let never = format!("si « {name} » n'est jamais nul, le dire où il est déclaré : « {declared} »");
            let diagnostic = diagnostic.at(&policy.file, place, "0 est admis ici");
            // An income may well be zero, a household without anybody is none.
            if policy.exprs.get(divisor).ty == Type::Amount {
                diagnostic.help(format!("{guarded} ; {never}"))
            } else {
                diagnostic.help(format!("{never} ; sinon {guarded}")).remedy(
                    format!("déclarer « {declared} »"),
                    &policy.file,
                    [(place, declared)],
                )
            }
        }
        None => match of_all(policy, divisor, &name) {
            Some(all) => diagnostic.help(format!(
                "pour diviser par tous ceux dont on fait la somme, écrire « {all} » ; sinon {guarded}"
            )),
            None => diagnostic.help(guarded),
        },
    });
}

/// What to say of `au prorata de durée sur reste`, where a coherence has `reste ≤ durée`: it is upside down.
pub(super) fn turned_share(walk: &mut Walk<'_>, part: ExprId, whole: ExprId) {
    let policy = walk.base.policy;
    let (part, whole_words) = (words::expression(policy, part), words::expression(policy, whole));
    let less = format!("{whole_words} ≤ {part}");
    let place = policy.exprs.get(whole).span;
    let own = walk.found.last_mut().filter(|one| {
        one.code == "diviseur-nul" && one.labels.first().is_some_and(|label| label.span == place)
    });
    if let Some(own) = own.filter(|_| policy.file.text().contains(&less)) {
        own.remedies.clear();
        own.help = Some(format!(
            "intervertir : écrire « au prorata de {whole_words} sur {part} » ; la part ne dépasse pas le tout, « {less} »"
        ));
    }
}

/// « nombre de personnes », where the sum of all is divided by the number of some: `(somme de personnes.revenu) ÷ nombre
/// de personnes dont actives`.
fn of_all<'n>(policy: &Policy, divisor: ExprId, name: &'n str) -> Option<&'n str> {
    let (all, _) = name.split_once(" dont ").filter(|(all, _)| all.starts_with("nombre "))?;
    let before = policy.file.text().get(..policy.exprs.get(divisor).span.start as usize)?;
    let line = before.rsplit('\n').next()?.trim_end_matches([' ', '(']).strip_suffix('÷')?;
    let sum = line.rsplit_once("somme de ")?.1;
    (!sum.contains(" dont ")).then_some(all)
}

/// Where a fact that is divided by is declared, and its type with a bound above zero.
fn declared_above_zero(policy: &Policy, divisor: ExprId) -> Option<(Span, String)> {
    let node = policy.exprs.get(divisor);
    let ask = match node.kind {
        ExprKind::Fact(fact) => &policy.facts[fact.index()].ask,
        ExprKind::Field(field) => &policy.fields[field.index()].ask,
        _ => return None,
    };
    let (least, unit) = match node.ty {
        Type::Integer => ("≥ 1", ""),
        Type::Number => ("> 0", ""),
        Type::Months => ("≥ 1", " mois"),
        Type::Days => ("≥ 1", " jour"),
        Type::Amount => ("> 0", policy.currency.sign()),
        Type::Percent => ("> 0", " %"),
        Type::Truth | Type::Date | Type::Text | Type::Choice(_) => return None,
    };
    let written = crate::text::tidy(policy.file.slice(ask.ty_span));
    let declared = match written.split_once("≥ 0") {
        Some((ty, rest)) if !rest.starts_with(|c: char| c.is_ascii_digit() || c == ',') => {
            let rest = if node.ty == Type::Days { unit } else { rest };
            format!("{ty}{least}{rest}")
        }
        Some(_) => return None,
        None if written.contains(['≥', '>', '≤', '<']) || written.contains("entre ") => return None,
        None => format!("{written} {least} {}", unit.trim()).trim_end().to_owned(),
    };
    Some((ask.ty_span, declared))
}

/// An exponent below zero, or past the limit.
pub(super) fn exponent(walk: &mut Walk<'_>, exponent: ExprId) {
    let policy = walk.base.policy;
    let numbers = Knowledge::under(walk.base, &walk.held).numbers(exponent);
    let most = Ratio::from(i64::from(limits::EXPONENT));
    let within = numbers.low.value().is_some_and(|low| low.signum() >= 0)
        && numbers.high.value().is_some_and(|high| *high <= most);
    if within {
        return;
    }
    let (name, most) = (words::expression(policy, exponent), limits::EXPONENT);
    let written = matches!(policy.exprs.get(exponent).kind, ExprKind::Const(_));
    let (read, help) = if written {
        (format!("lu « {name} »"), format!("écrire un entier de 0 à {most}"))
    } else {
        (
            format!("rien ne le dit de « {name} »"),
            format!(
                "le borner où il est déclaré, « entier entre 0 et {most} », ou ne calculer que « si {name} est entre 0 et {most} »"
            ),
        )
    };
    walk.found.push(
        Diagnostic::error("exposant-hors-bornes", format!("un exposant va de 0 à {most} ; {read}"))
            .at(&policy.file, policy.exprs.get(exponent).span, "exposant")
            .help(help),
    );
}

fn may_be_zero(walk: &Walk<'_>, divisor: ExprId) -> Found {
    let policy = walk.base.policy;
    // A product, a quotient or an opposite is zero only where a factor is.
    match &policy.exprs.get(divisor).kind {
        ExprKind::Mul(a, b) => {
            return match may_be_zero(walk, *a) {
                Found::Nothing => may_be_zero(walk, *b),
                found => found,
            };
        }
        ExprKind::Div(a, _) | ExprKind::Negate(a) => return may_be_zero(walk, *a),
        _ => {}
    }
    if !walk.plain.numbers(divisor).contains(&Ratio::zero()) {
        return Found::Nothing;
    }
    let knowledge = Knowledge::under(walk.base, &walk.held);
    if knowledge.is_impossible() || !knowledge.numbers(divisor).contains(&Ratio::zero()) {
        return Found::Nothing;
    }
    if let ExprKind::Definition(definition) = &policy.exprs.get(divisor).kind {
        let body = policy.definitions[definition.index()].body;
        if let ExprKind::Mul(..) | ExprKind::Sub(..) | ExprKind::Add(..) | ExprKind::Definition(_) =
            &policy.exprs.get(body).kind
            && matches!(may_be_zero(walk, body), Found::Nothing)
        {
            return Found::Nothing;
        }
    }
    can_be(walk.base, &walk.held, &[divisor], &|space| {
        let form = space.linear(divisor);
        (space.compare_linear(CompareOp::Eq, form), Vec::new())
    })
}

/// The greatest or least of a list that may be empty.
pub(super) fn emptiness(walk: &mut Walk<'_>, aggregate: ExprId, list: ListId, filter: Option<ExprId>) {
    let policy = walk.base.policy;
    let filter = filter.map(|filter| policy.exprs.get(filter).shape);
    let term = Term::Count { list, filter };
    let found = can_be(walk.base, &walk.held, &[], &|space| {
        (space.compare_term(term.clone(), CompareOp::Le, Ratio::zero()), Vec::new())
    });
    if matches!(found, Found::Nothing) {
        return;
    }
    let count = words::term(policy, &term);
    walk.found.push(
        Diagnostic::error("liste-vide", format!("il n'y a peut-être aucun élément : {count} peut être 0"))
            .at(&policy.file, policy.exprs.get(aggregate).span, "le plus grand ou le plus petit de rien")
            .help(format!("ne le demander que sous condition : « si {count} ≥ 1 »")),
    );
}
