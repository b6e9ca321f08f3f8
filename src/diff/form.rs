//! An expression apart from its policy: what it says, whatever slots and places it has.

use super::Put;
use crate::policy::expr::Quantity;
use crate::policy::{BandRange, ExprId, ExprKind, Policy, Type, Written};
use crate::source::Span;
use crate::syntax::tree::CompareOp;
use crate::value::Value;

/// What kind of form, as far as differences are told by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// A literal.
    Constant,
    /// A comparison: left, right.
    Compare(CompareOp),
    /// Conditions of which some must hold; each is a [`Shape::Bullet`] or stands bare.
    Bullets(Quantity),
    /// A condition with its `si`: what is said, then when.
    Bullet,
    /// Lines of cases.
    Cases,
    /// A line of cases: when (none for « dans les autres cas »), then the value.
    Line,
    /// A scale: what it is read by, then its bands.
    Scale,
    /// A line of a scale: its ends, then its value.
    Band,
    /// A ceiling, a floor or a rounding: what it is put on, then what is put on it.
    Put(Put),
    /// Anything else.
    Other,
}

/// An expression apart from its policy.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub shape: Shape,
    /// What it is, names in place of slots.
    pub label: String,
    pub inner: Vec<Form>,
    /// As its author wrote it, on one line.
    pub text: String,
    pub ty: Type,
}

impl PartialEq for Form {
    /// The same rule, however it is written.
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape && self.label == other.label && self.inner == other.inner
    }
}

impl Form {
    /// The form of an expression.
    pub fn of(policy: &Policy, id: ExprId) -> Form {
        let expr = policy.exprs.get(id);
        let text = match &expr.kind {
            ExprKind::Share(_) => clauses(policy, expr.span),
            _ => text(policy, expr.span),
        };
        let form = |id: &ExprId| Form::of(policy, *id);
        let (shape, label, inner) = match &expr.kind {
            ExprKind::Const(value) => (Shape::Constant, constant(policy, value, expr.ty), Vec::new()),
            ExprKind::Compare { op, left, right } => {
                (Shape::Compare(*op), String::new(), vec![form(left), form(right)])
            }
            ExprKind::And(of) => {
                (Shape::Bullets(Quantity::All), String::new(), of.iter().map(form).collect())
            }
            ExprKind::Or(of) => {
                (Shape::Bullets(Quantity::AtLeast(1)), String::new(), of.iter().map(form).collect())
            }
            ExprKind::Bullets { quantity, of } => {
                let bullets = of.iter().map(|bullet| match &bullet.only_if {
                    None => form(&bullet.then),
                    Some(only_if) => {
                        let (then, only_if) = (form(&bullet.then), form(only_if));
                        let text = format!("{} si {}", then.text, only_if.text);
                        let ty = Type::Truth;
                        Form {
                            shape: Shape::Bullet,
                            label: String::new(),
                            inner: vec![then, only_if],
                            text,
                            ty,
                        }
                    }
                });
                (Shape::Bullets(*quantity), String::new(), bullets.collect())
            }
            ExprKind::Cases { lines, otherwise } => {
                let mut inner: Vec<Form> = lines
                    .iter()
                    .map(|line| Form {
                        shape: Shape::Line,
                        label: if line.else_if { "sinon" } else { "si" }.to_owned(),
                        text: policy.spelled(line.span),
                        inner: vec![form(&line.when), form(&line.value)],
                        ty: expr.ty,
                    })
                    .collect();
                inner.extend(otherwise.as_ref().map(|value| {
                    let value = form(value);
                    let text = match lines.first().map(|line| line.written) {
                        Some(Written::Clause | Written::Exception) => value.text.clone(),
                        Some(Written::Row) => format!("dans les autres cas : {}", value.text),
                        Some(Written::Group) => "les autres, après ces groupes".to_owned(),
                        Some(Written::Line) | None => format!("{} dans les autres cas", value.text),
                    };
                    Form {
                        shape: Shape::Line,
                        label: "autres".to_owned(),
                        text,
                        inner: vec![value],
                        ty: expr.ty,
                    }
                }));
                (Shape::Cases, String::new(), inner)
            }
            ExprKind::Scale { of, bands, by_slices } => {
                let bands = bands.iter().map(|band| {
                    let value = form(&band.value);
                    let text = policy.spelled(band.span);
                    let (label, mut inner) = match &band.range {
                        BandRange::Between { low, high } => {
                            let ends: Vec<&(ExprId, bool)> = low.iter().chain(high).collect();
                            let label = format!(
                                "{:?} {:?}",
                                low.map(|(_, included)| included),
                                high.map(|(_, included)| included)
                            );
                            (label, ends.iter().map(|(end, _)| form(end)).collect::<Vec<_>>())
                        }
                        BandRange::Options(options) => (options_of(policy, *of, options), Vec::new()),
                    };
                    inner.push(value);
                    Form { shape: Shape::Band, label, inner, text, ty: expr.ty }
                });
                let inner = std::iter::once(form(of)).chain(bands).collect();
                (Shape::Scale, if *by_slices { "tranches" } else { "" }.to_owned(), inner)
            }
            ExprKind::Extremum { greatest, of } if is_put(&text) => {
                let put = if *greatest { Put::Floor } else { Put::Ceiling };
                let inner: Vec<Form> = of.iter().map(form).collect();
                return put_on(policy, id, put, inner);
            }
            ExprKind::Round { value, rounding } => {
                let how = Form {
                    shape: Shape::Constant,
                    label: format!("{rounding:?}"),
                    inner: Vec::new(),
                    text: after(policy, id, *value),
                    ty: expr.ty,
                };
                return put_on(policy, id, Put::Rounding, vec![form(value), how]);
            }
            other => {
                let mut inner = Vec::new();
                other.for_each_operand(&mut |operand| inner.push(Form::of(policy, operand)));
                (Shape::Other, label(policy, other), inner)
            }
        };
        Form { shape, label, inner, text, ty: expr.ty }
    }
}

/// What is put on an amount: the clause that holds the amount opens with a word that is no part of it.
fn put_on(policy: &Policy, id: ExprId, put: Put, inner: Vec<Form>) -> Form {
    let expr = policy.exprs.get(id);
    let mut on = None;
    expr.kind.for_each_operand(&mut |operand| on = on.or(Some(operand)));
    let text = match (inner.first(), on) {
        (Some(amount), Some(on)) => format!("{} {}", amount.text, after(policy, id, on)),
        (Some(_) | None, _) => text(policy, expr.span),
    };
    Form { shape: Shape::Put(put), label: String::new(), inner, text, ty: expr.ty }
}

/// What an expression says after one of its operands.
fn after(policy: &Policy, id: ExprId, operand: ExprId) -> String {
    let end = policy.exprs.get(id).span.end;
    text(policy, Span { start: policy.exprs.get(operand).span.end, end })
}

/// Whether a least or greatest value is written as a limit on what stands before it: « plafonné à », « au
/// minimum ».
fn is_put(text: &str) -> bool {
    !["le plus ", "la plus ", "plus "].iter().any(|start| text.starts_with(start))
}

fn options_of(policy: &Policy, of: ExprId, options: &[u16]) -> String {
    let names =
        options.iter().map(|option| constant(policy, &Value::Choice(*option), policy.exprs.get(of).ty));
    names.collect::<Vec<_>>().join(", ")
}

/// A value told apart from every other one of its type.
fn constant(policy: &Policy, value: &Value, ty: Type) -> String {
    match (value, ty) {
        (Value::Choice(option), Type::Choice(choice)) => {
            let options = &policy.choices[choice.index()].options;
            options.get(usize::from(*option)).map_or_else(String::new, |name| name.to_string())
        }
        (Value::Text(text), _) => text.folded.to_string(),
        (Value::Number(number), ty) => format!("{}/{} {ty:?}", number.numerator(), number.denominator()),
        (Value::Date(date), _) => date.to_string(),
        (Value::Truth(truth), _) => truth.to_string(),
        (Value::Choice(option), _) => option.to_string(),
    }
}

/// What an expression is, operands put aside.
fn label(policy: &Policy, kind: &ExprKind) -> String {
    match kind {
        ExprKind::Fact(fact) => format!("fait {}", policy.facts[fact.index()].path),
        ExprKind::Field(field) => {
            let field = &policy.fields[field.index()];
            format!("champ {}.{}", policy.lists[field.list.index()].path, field.name)
        }
        ExprKind::Definition(definition) => {
            format!("définition {}", policy.definitions[definition.index()].head.name)
        }
        ExprKind::Parameter { parameter, at } => {
            format!("paramètre {} {}", policy.parameters[parameter.index()].head.name, at.is_some())
        }
        ExprKind::Reading(reading) => format!("lecture {}", policy.readings[reading.index()].head.name),
        ExprKind::ExaminationDate => "examen".to_owned(),
        ExprKind::Holds(item) => format!("vérifié {}", policy.head(*item).name),
        ExprKind::AllCriteria => "tous les critères".to_owned(),
        ExprKind::AmountOf(funding) => format!("montant {}", policy.fundings[funding.index()].head.name),
        ExprKind::Not(_) => "non".to_owned(),
        ExprKind::Among { .. } => "parmi".to_owned(),
        ExprKind::Between { .. } => "entre".to_owned(),
        ExprKind::Within { .. } => "dans les".to_owned(),
        ExprKind::Add(..) => "+".to_owned(),
        ExprKind::Sub(..) => "-".to_owned(),
        ExprKind::Mul(..) => "×".to_owned(),
        ExprKind::Div(..) => "÷".to_owned(),
        ExprKind::Power { .. } => "puissance".to_owned(),
        ExprKind::Negate(_) => "opposé".to_owned(),
        ExprKind::Scaled { decrease, .. } => format!("augmenté {decrease}"),
        ExprKind::Prorata { .. } => "prorata".to_owned(),
        ExprKind::Shift { then_days, back, .. } => format!("décalé {then_days} {back}"),
        ExprKind::DaysBetween(..) => "jours".to_owned(),
        ExprKind::Elapsed { unit, .. } => format!("durée {unit:?}"),
        ExprKind::DayOf { day, .. } => format!("jour {day:?}"),
        ExprKind::YearOf(_) => "année".to_owned(),
        ExprKind::WeekdayOf(_) => "jour de la semaine".to_owned(),
        ExprKind::Extremum { greatest, .. } => format!("extrême {greatest}"),
        ExprKind::Aggregate { kind, list, filter, .. } => {
            format!("{kind:?} {} {}", policy.lists[list.index()].path, filter.is_some())
        }
        ExprKind::Covered { list, filter, .. } => {
            format!("jours couverts {} {}", policy.lists[list.index()].path, filter.is_some())
        }
        ExprKind::Rank { list, filter, in_order, .. } => {
            format!("rang {} {} {in_order}", policy.lists[list.index()].path, filter.is_some())
        }
        ExprKind::Around { list, .. } => format!("autour {}", policy.lists[list.index()].path),
        ExprKind::Allotted { left, .. } => format!("attribué {left}"),
        ExprKind::Share(share) => format!("part {} {:?}", policy.lists[share.list.index()].path, share.how),
        ExprKind::Range { .. } => "fourchette".to_owned(),
        // Told by their shape.
        ExprKind::Const(_)
        | ExprKind::Compare { .. }
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Bullets { .. }
        | ExprKind::Cases { .. }
        | ExprKind::Round { .. }
        | ExprKind::Scale { .. } => String::new(),
    }
}

/// A passage of the policy's file on one line, labels in place of paths.
pub(super) fn text(policy: &Policy, span: Span) -> String {
    policy.spelled(span)
}

/// Clauses of a line each, one after the other.
fn clauses(policy: &Policy, span: Span) -> String {
    let mut start = span.start;
    let lines = policy.file.slice(span).split_inclusive('\n').map(|line| {
        let end = start.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
        text(policy, Span { start: std::mem::replace(&mut start, end), end })
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}
