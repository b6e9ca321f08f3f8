//! Works every step of an explanation out again from the values of its operands alone.

use std::collections::BTreeSet;

use conforme::decision::{Leaf, Op, Step};
use conforme::known::{DateRange, Interval, Known, OptionSet, Truth, compare};
use conforme::number::Ratio;
use conforme::policy::expr::{BandRange, Quantity};
use conforme::policy::{ExprId, ExprKind, Policy, Type};
use conforme::syntax::tree::{Aggregate, CompareOp, ElapsedUnit};

/// Checks that a step's value is what its operands come to, or narrower where the context says more;
/// and so on down to the leaves.
pub fn check(policy: &Policy, step: &Step) -> Result<(), String> {
    for operand in &step.operands {
        check(policy, operand)?;
    }
    let replayed = match &step.op {
        Op::Shared(body) => {
            check(policy, body)?;
            Some(body.value.clone())
        }
        Op::Expr => step.expr.and_then(|expr| replay(policy, expr, step)),
        Op::Leaf(Leaf::Literal) => match step.expr.map(|expr| &policy.exprs.get(expr).kind) {
            Some(ExprKind::Const(value)) => Some(Known::exactly(value)),
            _ => return Err("a literal is a constant".to_owned()),
        },
        Op::Leaf(_) | Op::Item | Op::Served { .. } | Op::Cases { .. } | Op::Case { .. } => None,
    };
    match replayed {
        Some(replayed) if !step.value.is_subset(&replayed) => {
            let text = step.expr.map(|expr| policy.file.slice(policy.exprs.get(expr).span));
            Err(format!("{text:?} is {:?}, replayed {replayed:?}\n{step:#?}", step.value))
        }
        _ => Ok(()),
    }
}

fn numbers(known: &Known) -> Interval {
    match known {
        Known::Number(interval) => interval.clone(),
        other => panic!("{other:?} is no number"),
    }
}

fn dates(known: &Known) -> DateRange {
    match known {
        Known::Date(range) => *range,
        other => panic!("{other:?} is no date"),
    }
}

fn truth(known: &Known) -> Truth {
    match known {
        Known::Truth(truth) => *truth,
        other => panic!("{other:?} is no truth"),
    }
}

/// `None` where the operands alone do not tell.
fn replay(policy: &Policy, expr: ExprId, step: &Step) -> Option<Known> {
    let find = |wanted: ExprId| step.operands.iter().find(|operand| operand.expr == Some(wanted));
    let of = |wanted: ExprId| find(wanted).map(|operand| operand.value.clone());
    let number = |wanted: ExprId| of(wanted).map(|known| numbers(&known));
    let date = |wanted: ExprId| of(wanted).map(|known| dates(&known));
    let node = policy.exprs.get(expr);
    let all = || step.operands.iter().map(|operand| truth(&operand.value));
    Some(match &node.kind {
        ExprKind::Around { of: value, .. } => of(*value)?,
        ExprKind::Not(a) => Known::Truth(!truth(&of(*a)?)),
        ExprKind::And(_) => Known::Truth(all().fold(Truth::YES, Truth::and)),
        ExprKind::Or(_) => Known::Truth(all().fold(Truth::NO, Truth::or)),
        ExprKind::Bullets { quantity, of: bullets } => {
            let (mut every, mut sure, mut possible) = (Truth::YES, 0, 0);
            for bullet in bullets {
                let asked = bullet.only_if.map_or(Some(Truth::YES), |k| of(k).map(|k| truth(&k)))?;
                let (asked, holds) = match of(bullet.then) {
                    Some(then) => (asked, truth(&then)),
                    None => (Truth::NO, Truth::NO),
                };
                every = every.and((!asked).or(holds));
                sure += u32::from(asked.and(holds).holds());
                possible += u32::from(asked.and(holds).may_hold);
            }
            Known::Truth(match quantity {
                Quantity::All => every,
                Quantity::AtLeast(n) => Truth { may_hold: possible >= *n, may_fail: sure < *n },
                Quantity::AtMost(n) => Truth { may_hold: sure <= *n, may_fail: possible > *n },
                Quantity::Exactly(n) => {
                    Truth { may_hold: sure <= *n && *n <= possible, may_fail: (sure, possible) != (*n, *n) }
                }
            })
        }
        ExprKind::Compare { op, left, right } => Known::Truth(compare(*op, &of(*left)?, &of(*right)?)),
        ExprKind::Among { subject, values } => {
            let subject = of(*subject)?;
            let values: Vec<Known> = values.iter().filter_map(|value| of(*value)).collect();
            let any = values.iter().map(|value| compare(CompareOp::Eq, &subject, value));
            let any = any.fold(Truth::NO, Truth::or);
            let whole = values.iter().cloned().reduce(|a, b| a.union(&b))?;
            let certain = matches!(subject, Known::Choice(_) | Known::Text(_))
                && values.iter().all(Known::is_single)
                && subject.is_subset(&whole);
            Known::Truth(if certain { Truth::YES } else { any })
        }
        ExprKind::Between { subject, low, high } => {
            let subject = of(*subject)?;
            Known::Truth(compare(CompareOp::Ge, &subject, &of(*low)?).and(compare(
                CompareOp::Le,
                &subject,
                &of(*high)?,
            )))
        }
        ExprKind::Within { date: day, duration, origin } => {
            let (day, origin) = (of(*day)?, of(*origin)?);
            let last = shift(dates(&origin), &number(*duration)?, policy.exprs.get(*duration).ty);
            Known::Truth(compare(CompareOp::Ge, &day, &origin).and(compare(
                CompareOp::Le,
                &day,
                &Known::Date(last),
            )))
        }
        ExprKind::Add(a, b) => Known::Number(number(*a)?.add(&number(*b)?)),
        ExprKind::Sub(a, b) => Known::Number(number(*a)?.sub(&number(*b)?)),
        ExprKind::Mul(a, b) => Known::Number(number(*a)?.mul(&number(*b)?)),
        ExprKind::Div(a, b) => Known::Number(number(*a)?.div(&number(*b)?)),
        ExprKind::Power { base, exponent } => Known::Number(number(*base)?.power(&number(*exponent)?)),
        ExprKind::Negate(a) => Known::Number(number(*a)?.neg()),
        ExprKind::Scaled { base, rate, decrease } => {
            let one = Interval::point(Ratio::one());
            let rate = number(*rate)?;
            let factor = if *decrease { one.sub(&rate) } else { one.add(&rate) };
            Known::Number(number(*base)?.mul(&factor))
        }
        ExprKind::Prorata { base, part, whole } => {
            Known::Number(number(*base)?.mul(&number(*part)?).div(&number(*whole)?))
        }
        ExprKind::Shift { date: day, by, then_days, back } => {
            let by_number = number(*by)?;
            let by_number = if *back { by_number.neg() } else { by_number };
            let days = Ratio::from(if *back { -then_days } else { *then_days });
            let moved = shift(date(*day)?, &by_number, policy.exprs.get(*by).ty);
            Known::Date(moved.plus_days(&Interval::point(days)))
        }
        ExprKind::DaysBetween(to, from) => {
            let days = date(*from)?.elapsed(date(*to)?, ElapsedUnit::Days);
            Known::Number(policy.within(*from, *to, ElapsedUnit::Days, days))
        }
        ExprKind::Elapsed { from, to, unit } => {
            let counted = date(*from)?.elapsed(date(*to)?, *unit);
            Known::Number(policy.within(*from, *to, *unit, counted))
        }
        ExprKind::DayOf { day: which, date: day } => Known::Date(date(*day)?.day_of(*which)),
        ExprKind::WeekdayOf(day) => Known::Choice(date(*day)?.weekdays()),
        ExprKind::YearOf(day) => Known::Number(date(*day)?.year()),
        ExprKind::Round { value, rounding } => Known::Number(number(*value)?.round(rounding)),
        ExprKind::Extremum { greatest, of: values } => {
            let values = values.iter().map(|value| of(*value)).collect::<Option<Vec<_>>>()?;
            values.into_iter().reduce(|a, b| extreme(*greatest, &a, &b))?
        }
        ExprKind::Range { low, high } => Known::Number(number(*low)?.union(&number(*high)?)),
        ExprKind::Aggregate { kind, filter, of: inner, .. } => {
            aggregate(*kind, *filter, *inner, &step.operands)?
        }
        ExprKind::Cases { lines, otherwise } => {
            let mut result: Option<Known> = None;
            let mut closed = false;
            for (rank, line) in lines.iter().enumerate() {
                let Some(when) = of(line.when).map(|when| truth(&when)) else { break };
                let Some(value) = of(line.value).filter(|_| when.may_hold) else { continue };
                if when.holds() && lines[..=rank].iter().all(|line| !line.else_if) {
                    result = None;
                }
                result = Some(result.map_or(value.clone(), |so_far| so_far.union(&value)));
                closed |= when.holds();
            }
            if let Some(value) = otherwise.and_then(of).filter(|_| !closed) {
                result = Some(result.map_or(value.clone(), |so_far| so_far.union(&value)));
            }
            result?
        }
        ExprKind::Scale { of: subject, bands, by_slices: false } => {
            of(*subject)?;
            bands.iter().filter_map(|band| of(band.value)).reduce(|a, b| a.union(&b))?
        }
        ExprKind::Scale { of: subject, bands, by_slices: true } => {
            let subject = number(*subject)?;
            let zero = Interval::point(Ratio::zero());
            let end = |end: &Option<(ExprId, bool)>| match end.map(|(end, _)| &policy.exprs.get(end).kind) {
                Some(ExprKind::Const(value)) => Some(numbers(&Known::exactly(value))),
                _ => None,
            };
            let (mut total, mut from) = (zero.clone(), None);
            for band in bands {
                let BandRange::Between { low, high } = &band.range else { return None };
                let start: Option<Interval> = from.or_else(|| end(low));
                let reached = end(high).map_or_else(|| subject.clone(), |to| subject.min(&to));
                let slice = start.map_or(reached.clone(), |start| reached.sub(&start).max(&zero));
                from = end(high);
                if slice != zero {
                    total = total.add(&number(band.value)?.mul(&slice));
                }
            }
            Known::Number(total)
        }
        ExprKind::Allotted { total, envelope, left } => {
            let (total, envelope) = (number(*total)?, number(*envelope)?);
            let shared = if *left { envelope.sub(&total) } else { total };
            Known::Number(shared.intersect(&envelope.part())?)
        }
        ExprKind::Covered { filter, first, last, .. } => covered(*filter, [*first, *last], &step.operands)?,
        // Among elements that are not shown.
        ExprKind::Rank { .. } | ExprKind::Share(_) => return None,
        ExprKind::Const(_)
        | ExprKind::Fact(_)
        | ExprKind::Field(_)
        | ExprKind::Parameter { .. }
        | ExprKind::Reading(_)
        | ExprKind::ExaminationDate
        | ExprKind::Definition(_)
        | ExprKind::Holds(_)
        | ExprKind::AllCriteria
        | ExprKind::AmountOf(_) => return None,
    })
}

fn shift(date: DateRange, by: &Interval, ty: Type) -> DateRange {
    if ty == Type::Days { date.plus_days(by) } else { date.plus_months(by) }
}

fn extreme(greatest: bool, a: &Known, b: &Known) -> Known {
    match (a, b) {
        (Known::Number(a), Known::Number(b)) => Known::Number(if greatest { a.max(b) } else { a.min(b) }),
        (Known::Date(a), Known::Date(b)) => Known::Date(if greatest { a.max(*b) } else { a.min(*b) }),
        (Known::Choice(a), Known::Choice(b)) => {
            let one = |x: u16, y: u16| if greatest { x.max(y) } else { x.min(y) };
            Known::Choice(OptionSet::of(a.iter().flat_map(|x| b.iter().map(move |y| one(x, y)))))
        }
        other => panic!("{other:?} have no order"),
    }
}

/// The days of the periods that are shown, one by one.
fn covered(filter: Option<ExprId>, [first, last]: [ExprId; 2], operands: &[Step]) -> Option<Known> {
    let (mut sure, mut possible) = (BTreeSet::new(), BTreeSet::new());
    let (mut counts, mut from, mut endless) = (Truth::YES, None, false);
    for operand in operands {
        match (operand.expr, &operand.value) {
            (expr, Known::Truth(truth)) if expr == filter => counts = *truth,
            (Some(expr), Known::Date(range)) if expr == first => from = Some(*range),
            (Some(expr), Known::Date(to)) if expr == last => {
                let from = from.take()?;
                if let (true, Some(first), Some(last)) = (counts.holds(), from.to, to.from) {
                    sure.extend(first.days()..=last.days());
                }
                match (from.from, to.to) {
                    (Some(first), Some(last)) => possible.extend(first.days()..=last.days()),
                    _ => endless = true,
                }
            }
            // A list that is absent: its elements are not shown.
            _ => return None,
        }
    }
    let count = |days: BTreeSet<i64>| Ratio::from(i64::try_from(days.len()).expect("few days"));
    let least = count(sure);
    Some(Known::Number(match endless {
        true => Interval::at_least(least, true),
        false => Interval::between(least, count(possible), true)?,
    }))
}

fn aggregate(
    kind: Aggregate,
    filter: Option<ExprId>,
    of: Option<ExprId>,
    operands: &[Step],
) -> Option<Known> {
    if let [Step { op: Op::Leaf(Leaf::List(_)), value, .. }] = operands {
        // All of the list, or a list that is absent: only its length is shown.
        return (filter.is_none() && of.is_none()).then(|| value.clone());
    }
    let mut rows: Vec<(Truth, Option<Known>)> = Vec::new();
    for operand in operands {
        if operand.expr == filter {
            rows.push((truth(&operand.value), None));
        } else if filter.is_none() {
            rows.push((Truth::YES, Some(operand.value.clone())));
        } else {
            rows.last_mut()?.1 = Some(operand.value.clone());
        }
    }
    // An element of which nothing could be read does not count.
    let counted =
        rows.into_iter().filter(|(counts, value)| counts.may_hold && (of.is_none() || value.is_some()));
    let zero = Interval::point(Ratio::zero());
    let one = Interval::point(Ratio::one());
    let mut total = zero.clone();
    let (mut all, mut any) = (Truth::YES, Truth::NO);
    let mut so_far: Option<Known> = None;
    let mut sure = false;
    for (counts, value) in counted {
        let term = match (kind, &value) {
            (Aggregate::Sum, Some(value)) => numbers(value),
            _ => one.clone(),
        };
        total = total.add(&if counts.holds() { term } else { term.union(&zero) });
        match kind {
            Aggregate::Count | Aggregate::Sum => {}
            Aggregate::Greatest | Aggregate::Least => {
                let value = value?;
                let greatest = kind == Aggregate::Greatest;
                so_far = Some(match so_far {
                    None => value,
                    Some(before) => {
                        let both = extreme(greatest, &before, &value);
                        let both = if counts.holds() { both } else { both.union(&before) };
                        if sure { both } else { both.union(&value) }
                    }
                });
                sure |= counts.holds();
            }
            Aggregate::All | Aggregate::Exists | Aggregate::None => {
                let property = value.as_ref().map_or(Truth::YES, truth);
                all = all.and((!counts).or(property));
                any = any.or(counts.and(property));
            }
        }
    }
    match kind {
        Aggregate::Count | Aggregate::Sum => Some(Known::Number(total)),
        Aggregate::Greatest | Aggregate::Least => so_far,
        Aggregate::All => Some(Known::Truth(all)),
        Aggregate::Exists => Some(Known::Truth(any)),
        Aggregate::None => Some(Known::Truth(!any)),
    }
}
