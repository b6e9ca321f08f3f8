//! Examples in French: values, names and combinations as an author would write them.

use super::cells::Cell;
use super::explore::{At, Example};
use super::formula::Dimension;
use super::linear::Term;
use crate::currency::Currency;
use crate::known::OptionSet;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, ItemRef, ParameterId, Policy, ShapeId, Type};
use crate::time::Date;
use crate::value::Value;
use crate::wording::{French, Spaces, Wording};

/// An expression by its name, or as the file says it.
pub(super) fn expression(policy: &Policy, expr: ExprId) -> String {
    let node = policy.exprs.get(expr);
    let name: &str = match &node.kind {
        ExprKind::Const(constant) => return value(policy, node.ty, constant),
        ExprKind::Fact(fact) => &policy.facts[fact.index()].path,
        ExprKind::Field(field) => &policy.fields[field.index()].name,
        ExprKind::Definition(definition) => &policy.definitions[definition.index()].head.name,
        ExprKind::Reading(reading) => &policy.readings[reading.index()].head.name,
        ExprKind::Holds(item) => &policy.head(*item).name,
        ExprKind::Parameter { parameter, at: None } => &policy.parameters[parameter.index()].head.name,
        ExprKind::AmountOf(funding) => {
            return format!("montant de {}", policy.head(ItemRef::Funding(*funding)).name);
        }
        ExprKind::AllCriteria => "tous les critères sont remplis",
        ExprKind::ExaminationDate => "date d'examen",
        _ => return crate::text::tidy(policy.file.slice(node.span)),
    };
    name.to_owned()
}

/// Whether an expression is read by its name alone.
fn is_named(policy: &Policy, expr: ExprId) -> bool {
    matches!(
        policy.exprs.get(expr).kind,
        ExprKind::Fact(_)
            | ExprKind::Field(_)
            | ExprKind::Definition(_)
            | ExprKind::Reading(_)
            | ExprKind::Holds(_)
            | ExprKind::Parameter { at: None, .. }
    )
}

fn of_shape(policy: &Policy, shape: ShapeId) -> String {
    expression(policy, policy.exprs.first_of(shape))
}

/// A value of a type.
pub(super) fn value(policy: &Policy, ty: Type, value: &Value) -> String {
    match value {
        Value::Truth(truth) => if *truth { "oui" } else { "non" }.to_owned(),
        Value::Number(number) => self::number(policy.currency, ty, number),
        Value::Date(date) => French(Spaces::Plain).date(*date),
        Value::Text(text) => format!("« {} »", text.shown),
        Value::Choice(option) => match ty {
            Type::Choice(choice) => self::option(policy, choice, *option),
            _ => option.to_string(),
        },
    }
}

/// An option of a choice.
pub(super) fn option(policy: &Policy, choice: crate::policy::ChoiceId, option: u16) -> String {
    let options = &policy.choices[choice.index()].options;
    options.get(usize::from(option)).map_or_else(String::new, |name| name.to_string())
}

/// A number with its unit, exact; a number of days since 1970 where a date is meant.
pub(in crate::check) fn number(currency: Currency, ty: Type, number: &Ratio) -> String {
    let french = French(Spaces::Plain);
    match ty {
        Type::Amount if number.mul(&Ratio::from(100)).is_integer() => french.amount(number, currency),
        Type::Amount => format!("{} {}", french.exact(number), currency.sign()),
        Type::Percent => format!("{} %", french.exact(&number.mul(&Ratio::from(100)))),
        Type::Months => french.months(number),
        Type::Days => french.days(number),
        Type::Date => match number.to_i64().and_then(Date::from_days) {
            Some(date) => french.date(date),
            None => french.exact(number),
        },
        Type::Integer | Type::Number | Type::Truth | Type::Text | Type::Choice(_) => french.exact(number),
    }
}

/// What to write of a fact that a dossier never gives below zero.
pub(super) fn never_negative(policy: &Policy, fact: ExprId) -> String {
    let (name, zero) =
        (expression(policy, fact), number(policy.currency, policy.exprs.get(fact).ty, &Ratio::zero()));
    format!("si « {name} » n'est jamais négatif, le dire où il est déclaré : « ≥ {zero} »")
}

/// A combination: « base du seuil est libéraux et effectif de référence = 0 ».
pub(super) fn example(policy: &Policy, example: &Example) -> String {
    let parts = example.at.iter().map(|at| part(policy, at)).filter(|part| !part.is_empty());
    and(&parts.chain(parameters(policy, &example.parameters)).collect::<Vec<_>>())
}

/// « plafond = 12 000 € », for each parameter.
pub(super) fn parameters(policy: &Policy, values: &[(ParameterId, Value)]) -> Vec<String> {
    let part = |(parameter, value): &(ParameterId, Value)| {
        let parameter = &policy.parameters[parameter.index()];
        format!("{} = {}", parameter.head.name, self::value(policy, parameter.ty, value))
    };
    values.iter().map(part).collect()
}

/// `a, b et c`.
pub(in crate::check) fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

fn part(policy: &Policy, at: &At) -> String {
    let number = at.number.as_ref();
    match (&at.dimension, at.cells.first()) {
        (Dimension::Truth(shape), Some(Cell::Truth(truth))) => {
            let expr = policy.exprs.first_of(*shape);
            let answer = if *truth { "oui" } else { "non" };
            if is_named(policy, expr) {
                format!("{} est {answer}", expression(policy, expr))
            } else if *truth {
                format!("il est vrai que {}", expression(policy, expr))
            } else {
                format!("il est faux que {}", expression(policy, expr))
            }
        }
        (Dimension::Choice(shape), Some(Cell::Options(_))) => {
            let all = at.cells.iter().fold(OptionSet::NONE, |all, cell| match cell {
                Cell::Options(options) => all.union(*options),
                _ => all,
            });
            match (policy.exprs.get(policy.exprs.first_of(*shape)).ty, all.first()) {
                (Type::Choice(choice), Some(first)) => {
                    format!("{} est {}", of_shape(policy, *shape), option(policy, choice, first))
                }
                _ => String::new(),
            }
        }
        (Dimension::Text(shape), Some(Cell::Text(Some(text)))) => {
            format!("{} est « {} »", of_shape(policy, *shape), text.shown)
        }
        (Dimension::Text(shape), Some(Cell::Text(None))) => {
            format!("{} est un autre texte", of_shape(policy, *shape))
        }
        (Dimension::Order(a, b), Some(Cell::Order(order))) => {
            let unordered = policy.exprs.get(policy.exprs.first_of(*a)).ty == Type::Text;
            let sign = match order {
                std::cmp::Ordering::Equal => "=",
                _ if unordered => "≠",
                std::cmp::Ordering::Less => "<",
                std::cmp::Ordering::Greater => ">",
            };
            format!("{} {sign} {}", of_shape(policy, *a), of_shape(policy, *b))
        }
        (Dimension::Line(form), _) => number.map_or_else(String::new, |n| line(policy, form, at.by_sign, n)),
        (Dimension::Multiple(a, b), _) => {
            number.map_or_else(String::new, |n| format!("{} = {}", term(policy, a), multiple(policy, n, b)))
        }
        _ => String::new(),
    }
}

fn line(policy: &Policy, form: &[(Term, Ratio)], by_sign: bool, number: &Ratio) -> String {
    let (one, zero) = (Ratio::one(), Ratio::zero());
    match form {
        [(only, _)] => {
            let value = self::number(policy.currency, type_of(policy, only), number);
            format!("{} = {value}", term(policy, only))
        }
        [(a, _), (b, factor)] if factor.signum() < 0 && by_sign => {
            let (a, b) = (term(policy, a), multiple(policy, &factor.neg(), b));
            match number.cmp(&zero) {
                std::cmp::Ordering::Less => format!("{a} < {b}"),
                std::cmp::Ordering::Equal => format!("{a} = {b}"),
                std::cmp::Ordering::Greater => format!("{a} > {b}"),
            }
        }
        _ => {
            let mut text = String::new();
            for (rank, (of, factor)) in form.iter().enumerate() {
                let negative = factor.signum() < 0;
                text.push_str(match (rank, negative) {
                    (0, true) => "-",
                    (0, false) => "",
                    (_, true) => " - ",
                    (_, false) => " + ",
                });
                if factor.abs() != one {
                    text.push_str(&format!(
                        "{} × ",
                        self::number(policy.currency, Type::Number, &factor.abs())
                    ));
                }
                text.push_str(&term(policy, of));
            }
            let ty = form.first().map_or(Type::Number, |(first, _)| match type_of(policy, first) {
                Type::Date => Type::Days,
                ty => ty,
            });
            format!("{text} = {}", self::number(policy.currency, ty, number))
        }
    }
}

/// `2 × plafond`.
pub(super) fn multiple(policy: &Policy, factor: &Ratio, of: &Term) -> String {
    let term = term(policy, of);
    if factor == &Ratio::one() {
        return term;
    }
    let sum = matches!(of, Term::Shape(shape) if matches!(
        policy.exprs.get(policy.exprs.first_of(*shape)).kind,
        ExprKind::Add(..) | ExprKind::Sub(..)
    ));
    let factor = number(policy.currency, Type::Number, factor);
    if sum { format!("{factor} × ({term})") } else { format!("{factor} × {term}") }
}

fn type_of(policy: &Policy, term: &Term) -> Type {
    match term {
        Term::Shape(shape) => policy.exprs.get(policy.exprs.first_of(*shape)).ty,
        Term::Shifted { .. } => Type::Date,
        Term::Count { .. } => Type::Integer,
    }
}

pub(super) fn term(policy: &Policy, term: &Term) -> String {
    match term {
        Term::Shape(shape) => of_shape(policy, *shape),
        Term::Shifted { date, by, back } => {
            let sign = if *back { '-' } else { '+' };
            format!("{} {sign} {}", of_shape(policy, *date), of_shape(policy, *by))
        }
        Term::Count { list, filter } => {
            let list = &policy.lists[list.index()].path;
            let of = if list.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h', 'é', 'è', 'ê', 'â', 'î', 'œ'])
            {
                "d'"
            } else {
                "de "
            };
            match filter {
                Some(filter) => format!("nombre {of}{list} dont {}", of_shape(policy, *filter)),
                None => format!("nombre {of}{list}"),
            }
        }
    }
}
