//! Over truths, choices and whole numbers the proofs are exact: they agree with trying every case.

use proptest::prelude::*;

use super::*;

/// A condition over three truths, a number from 0 to 6 and a choice of four.
#[derive(Debug, Clone)]
enum Condition {
    Truth(usize),
    Number(CompareOp, i64),
    Option(u16),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    AtLeast(u32, Vec<(Option<Condition>, Condition)>),
}

#[derive(Debug, Clone, Copy)]
struct Case {
    truths: [bool; 3],
    number: i64,
    option: u16,
}

fn every_case() -> impl Iterator<Item = Case> {
    (0..8u8 as usize).flat_map(|t| {
        (0..=6).flat_map(move |number| {
            (0..4).map(move |option| Case { truths: [t & 1 > 0, t & 2 > 0, t & 4 > 0], number, option })
        })
    })
}

impl Condition {
    fn holds(&self, case: &Case) -> bool {
        match self {
            Condition::Truth(n) => case.truths[*n],
            Condition::Number(op, to) => match op {
                CompareOp::Eq => case.number == *to,
                CompareOp::Ne => case.number != *to,
                CompareOp::Lt => case.number < *to,
                CompareOp::Le => case.number <= *to,
                CompareOp::Gt => case.number > *to,
                CompareOp::Ge => case.number >= *to,
            },
            Condition::Option(option) => case.option == *option,
            Condition::Not(of) => !of.holds(case),
            Condition::All(of) => of.iter().all(|c| c.holds(case)),
            Condition::Any(of) => of.iter().any(|c| c.holds(case)),
            Condition::AtLeast(least, of) => {
                let counts = |(only_if, then): &&(Option<Condition>, Condition)| {
                    only_if.as_ref().is_none_or(|k| k.holds(case)) && then.holds(case)
                };
                of.iter().filter(counts).count() >= *least as usize
            }
        }
    }

    fn push(&self, p: &mut Making, facts: &Facts) -> ExprId {
        let kind = match self {
            Condition::Truth(n) => return facts.truths[*n],
            Condition::Number(op, to) => {
                let to = p.number("to", Type::Integer, *to);
                ExprKind::Compare { op: *op, left: facts.number, right: to }
            }
            Condition::Option(option) => {
                let ty = Type::Choice(ChoiceId(0));
                let option = p.expr("o", ty, ExprKind::Const(Value::Choice(*option)));
                ExprKind::Among { subject: facts.option, values: vec![option] }
            }
            Condition::Not(of) => ExprKind::Not(of.push(p, facts)),
            Condition::All(of) => ExprKind::And(of.iter().map(|c| c.push(p, facts)).collect()),
            Condition::Any(of) => ExprKind::Or(of.iter().map(|c| c.push(p, facts)).collect()),
            Condition::AtLeast(least, of) => ExprKind::Bullets {
                quantity: Quantity::AtLeast(*least),
                of: of
                    .iter()
                    .map(|(only_if, then)| Guarded {
                        only_if: only_if.as_ref().map(|c| c.push(p, facts)),
                        then: then.push(p, facts),
                    })
                    .collect(),
            },
        };
        p.expr("c", Type::Truth, kind)
    }
}

struct Facts {
    truths: Vec<ExprId>,
    number: ExprId,
    option: ExprId,
}

fn making() -> (Making, Facts) {
    let mut p = Making::new("un essai");
    p.policy
        .choices
        .push(Choice { options: ["a", "b", "c", "d"].into_iter().map(Arc::from).collect(), ordered: false });
    let truths = (0..3).map(|n| p.fact(&format!("fait {n}"), Type::Truth, TRUTH, None)).collect();
    let domain = Known::Number(Interval::between(Ratio::zero(), Ratio::from(6), true).unwrap());
    let number = p.fact("nombre", Type::Integer, domain, None);
    let option = p.fact("choix", Type::Choice(ChoiceId(0)), Known::any_choice(4), None);
    (p, Facts { truths, number, option })
}

fn condition() -> impl Strategy<Value = Condition> {
    let op = prop_oneof![
        Just(CompareOp::Eq),
        Just(CompareOp::Ne),
        Just(CompareOp::Lt),
        Just(CompareOp::Le),
        Just(CompareOp::Gt),
        Just(CompareOp::Ge),
    ];
    let leaf = prop_oneof![
        (0..3usize).prop_map(Condition::Truth),
        (op, -1..8i64).prop_map(|(op, to)| Condition::Number(op, to)),
        (0..4u16).prop_map(Condition::Option),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|c| Condition::Not(Box::new(c))),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Condition::Any),
            (0..3u32, prop::collection::vec((prop::option::of(inner.clone()), inner), 1..4))
                .prop_map(|(least, of)| Condition::AtLeast(least, of)),
        ]
    })
}

/// An end of a line, included or not.
type End = Option<(i64, bool)>;

fn end() -> impl Strategy<Value = End> {
    prop::option::of((0..8i64, any::<bool>()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_of_cases(
        lines in prop::collection::vec((condition(), any::<bool>()), 1..4),
        otherwise: bool,
        applies in prop::option::of(condition()),
    ) {
        let (mut p, facts) = making();
        let when: Vec<ExprId> = lines.iter().map(|(c, _)| c.push(&mut p, &facts)).collect();
        let value = p.expr("v", Type::Amount, ExprKind::Const(Value::Number(Ratio::one())));
        let of = lines.iter().zip(&when).enumerate().map(|(rank, ((_, else_if), when))| CaseLine {
            when: *when,
            else_if: *else_if && rank > 0,
            value,
            span: Span::new(rank, rank + 1),
            written: Written::Line,
        }).collect();
        let otherwise_value = otherwise.then_some(value);
        let cases = p.expr("c", Type::Amount, ExprKind::Cases { lines: of, otherwise: otherwise_value });
        p.fund(None, cases);
        let applies_expr = applies.as_ref().map(|c| c.push(&mut p, &facts));
        p.policy.fundings[0].applies = applies_expr;

        let (mut overlap, mut gap, mut none) = (false, false, false);
        let mut reached = vec![false; lines.len()];
        let in_force = every_case().any(|case| applies.as_ref().is_none_or(|c| c.holds(&case)));
        for case in every_case().filter(|case| applies.as_ref().is_none_or(|c| c.holds(case))) {
            let mut taken = 0;
            for (rank, (c, else_if)) in lines.iter().enumerate() {
                let above = *else_if && rank > 0 && taken > 0;
                reached[rank] |= !above && c.holds(&case);
                taken += usize::from(!above && c.holds(&case));
            }
            overlap |= taken > 1;
            none |= taken == 0;
            gap |= taken == 0 && !otherwise;
        }
        let mut found: Vec<&str> = prove(&p.policy).iter().map(|d| d.code).filter(|code| *code != "condition-certaine").collect();
        found.sort_unstable();
        // Lines that are never reached; where there is none, what would be left for the other cases.
        let told = in_force && !gap && !overlap;
        let dead = reached.iter().filter(|reached| told && !**reached).count();
        let dead = dead.max(usize::from(told && otherwise && !none));
        let expected: Vec<&str> = [(gap, "cas-oublie"), (overlap, "cas-qui-se-recouvrent")]
            .iter()
            .filter(|(so, _)| *so)
            .map(|(_, code)| *code)
            .chain(std::iter::repeat_n("ligne-morte", dead))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn divisors_under_a_condition(c in condition(), by in 0..7i64) {
        let (mut p, facts) = making();
        let by_expr = p.number("b", Type::Integer, by);
        let difference = p.expr("d", Type::Integer, ExprKind::Sub(facts.number, by_expr));
        let quotient = p.expr("q", Type::Number, ExprKind::Div(by_expr, difference));
        let when = c.push(&mut p, &facts);
        let lines = vec![CaseLine { when, else_if: false, value: quotient, span: Span::default(), written: Written::Line }];
        let cases = p.expr("c", Type::Number, ExprKind::Cases { lines, otherwise: Some(by_expr) });
        p.define("d", Type::Number, cases);
        let zero = every_case().any(|case| c.holds(&case) && case.number == by);
        let found = prove(&p.policy).iter().any(|d| d.code == "diviseur-nul");
        prop_assert_eq!(found, zero);
    }

    #[test]
    fn bands_of_a_scale(
        bands in prop::collection::vec((end(), end()), 1..4),
    ) {
        let (mut p, facts) = making();
        let mut ends = |end: &Option<(i64, bool)>| end.map(|(at, included)| (p.number("n", Type::Integer, at), included));
        let ranges: Vec<BandRange> =
            bands.iter().map(|(low, high)| BandRange::Between { low: ends(low), high: ends(high) }).collect();
        let value = p.number("v", Type::Integer, 1);
        let of = ranges.into_iter().map(|range| Band { range, value, span: Span::default() }).collect();
        let scale = p.expr("s", Type::Integer, ExprKind::Scale { of: facts.number, bands: of, by_slices: false });
        p.define("d", Type::Integer, scale);
        let within = |n: i64, (low, high): &(End, End)| {
            low.is_none_or(|(low, included)| low < n || included && low == n)
                && high.is_none_or(|(high, included)| n < high || included && n == high)
        };
        let counts: Vec<usize> = (0..=6).map(|n| bands.iter().filter(|band| within(n, band)).count()).collect();
        let codes: Vec<&str> = prove(&p.policy).iter().map(|d| d.code).collect();
        if !codes.iter().any(|code| ["ligne-vide", "bareme-desordonne"].contains(code)) {
            prop_assert_eq!(codes.contains(&"bareme-troue"), counts.contains(&0));
            prop_assert_eq!(codes.contains(&"bareme-qui-se-recouvre"), counts.iter().any(|n| *n > 1));
        }
    }
}
