//! What is proved never to be below something else is not, whatever the facts are.

use proptest::prelude::*;

use super::*;
use crate::check::proof::base::Base;
use crate::check::proof::order::{AtLeast, Proof, above};
use crate::number::round::{Direction, Rounding};

/// A quantity over two whole numbers, one of them never negative, and a truth.
#[derive(Debug, Clone)]
enum Quantity {
    Number(i64),
    First,
    Second,
    Add(Box<[Quantity; 2]>),
    Sub(Box<[Quantity; 2]>),
    Mul(Box<[Quantity; 2]>),
    /// Divided by one more than the first.
    Shared(Box<Quantity>),
    Extremum(bool, Box<[Quantity; 2]>),
    Round(i64, usize, Box<Quantity>),
    Cases(bool, Box<[Quantity; 2]>),
    Defined(Box<Quantity>),
}

const DIRECTIONS: [Direction; 5] =
    [Direction::HalfAway, Direction::HalfEven, Direction::Down, Direction::Up, Direction::TowardZero];

#[derive(Debug, Clone, Copy)]
struct Case {
    first: i64,
    second: i64,
    truth: bool,
}

fn rounding(step: i64, direction: usize) -> Rounding {
    Rounding { step: Ratio::from(step), direction: DIRECTIONS[direction] }
}

impl Quantity {
    fn value(&self, case: &Case) -> Ratio {
        match self {
            Quantity::Number(n) => Ratio::from(*n),
            Quantity::First => Ratio::from(case.first),
            Quantity::Second => Ratio::from(case.second),
            Quantity::Add(of) => of[0].value(case).add(&of[1].value(case)),
            Quantity::Sub(of) => of[0].value(case).sub(&of[1].value(case)),
            Quantity::Mul(of) => of[0].value(case).mul(&of[1].value(case)),
            Quantity::Shared(of) => of.value(case).div(&Ratio::from(case.first + 1)).expect("not zero"),
            Quantity::Extremum(true, of) => of[0].value(case).max(of[1].value(case)),
            Quantity::Extremum(false, of) => of[0].value(case).min(of[1].value(case)),
            Quantity::Round(step, direction, of) => rounding(*step, *direction).apply(&of.value(case)),
            Quantity::Cases(by_truth, of) => {
                let first = if *by_truth { case.truth } else { case.first >= case.second };
                of[usize::from(!first)].value(case)
            }
            Quantity::Defined(of) => of.value(case),
        }
    }

    fn push(&self, p: &mut Making, facts: &Facts) -> ExprId {
        let kind = match self {
            Quantity::Number(n) => return p.number("n", Type::Number, *n),
            Quantity::First => return facts.first,
            Quantity::Second => return facts.second,
            Quantity::Add(of) => ExprKind::Add(of[0].push(p, facts), of[1].push(p, facts)),
            Quantity::Sub(of) => ExprKind::Sub(of[0].push(p, facts), of[1].push(p, facts)),
            Quantity::Mul(of) => ExprKind::Mul(of[0].push(p, facts), of[1].push(p, facts)),
            Quantity::Shared(of) => {
                let one = p.number("1", Type::Number, 1);
                let by = p.expr("s", Type::Number, ExprKind::Add(facts.first, one));
                ExprKind::Div(of.push(p, facts), by)
            }
            Quantity::Extremum(greatest, of) => {
                ExprKind::Extremum { greatest: *greatest, of: of.iter().map(|q| q.push(p, facts)).collect() }
            }
            Quantity::Round(step, direction, of) => {
                ExprKind::Round { value: of.push(p, facts), rounding: rounding(*step, *direction) }
            }
            Quantity::Cases(by_truth, of) => {
                let when = match by_truth {
                    true => facts.truth,
                    false => p.compare("c", CompareOp::Ge, facts.first, facts.second),
                };
                let (value, otherwise) = (of[0].push(p, facts), of[1].push(p, facts));
                ExprKind::Cases { lines: vec![p.line("l", when, false, value)], otherwise: Some(otherwise) }
            }
            Quantity::Defined(of) => {
                let body = of.push(p, facts);
                let name = format!("d{}", p.policy.definitions.len());
                return p.define(&name, Type::Number, body);
            }
        };
        p.expr("e", Type::Number, kind)
    }
}

struct Facts {
    first: ExprId,
    second: ExprId,
    truth: ExprId,
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let leaf = prop_oneof![
        (-3..4i64).prop_map(Quantity::Number),
        Just(Quantity::First),
        Just(Quantity::First),
        Just(Quantity::Second)
    ];
    leaf.prop_recursive(4, 16, 2, |inner| {
        let two = || [inner.clone(), inner.clone()].prop_map(Box::new);
        prop_oneof![
            two().prop_map(Quantity::Add),
            two().prop_map(Quantity::Sub),
            two().prop_map(Quantity::Mul),
            inner.clone().prop_map(|q| Quantity::Shared(Box::new(q))),
            (any::<bool>(), two()).prop_map(|(greatest, of)| Quantity::Extremum(greatest, of)),
            (1..3i64, 0..5usize, inner.clone()).prop_map(|(s, d, q)| Quantity::Round(s, d, Box::new(q))),
            (any::<bool>(), two()).prop_map(|(by, of)| Quantity::Cases(by, of)),
            inner.clone().prop_map(|q| Quantity::Defined(Box::new(q))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proved_is_so(a in quantity(), b in quantity(), more in quantity(), over: bool, least in -1..2i64, strict: bool) {
        // Of two drawn apart little is proved: the second is often made from the first.
        let b = if over { b } else { Quantity::Sub(Box::new([a.clone(), more])) };
        let mut p = Making::new("un essai");
        let facts = Facts {
            first: p.fact("premier", Type::Integer, from(0, true), None),
            second: p.fact("second", Type::Integer, Known::any_number(true), None),
            truth: p.fact("vérité", Type::Truth, TRUTH, None),
        };
        let (left, right) = (a.push(&mut p, &facts), b.push(&mut p, &facts));
        let base = Base::new(&p.policy);
        let by = AtLeast { least: Ratio::from(least), strict };
        if above(&base, &[], left, right, &by) == Proof::Found {
            for first in 0..6 {
                for second in -5..6 {
                    for truth in [false, true] {
                        let case = Case { first, second, truth };
                        let apart = a.value(&case).sub(&b.value(&case));
                        prop_assert!(apart > by.least || !strict && apart == by.least, "{case:?}: {apart:?}");
                    }
                }
            }
        }
    }
}
