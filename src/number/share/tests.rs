use proptest::prelude::*;

use super::*;

fn d(text: &str) -> Ratio {
    Ratio::parse_decimal(text).unwrap()
}

fn sharing(step: &str, direction: Direction, again: bool, remainder: Option<Remainder>) -> Sharing {
    Sharing { rounding: Rounding { step: d(step), direction }, again, remainder }
}

/// Claims as « weight cap order », `-` for none.
fn claims(of: &[(&str, &str, i64)]) -> Vec<Claim> {
    let claim = |(weight, cap, order): &(&str, &str, i64)| Claim {
        weight: d(weight),
        cap: (*cap != "-").then(|| d(cap)),
        order: Ratio::from(*order),
    };
    of.iter().map(claim).collect()
}

fn check(envelope: &str, of: &[(&str, &str, i64)], how: &Sharing, expected: &[&str], rest: &str) {
    let Shares { of: shares, rest: left, .. } = share(&d(envelope), &claims(of), how).unwrap();
    assert_eq!(shares, expected.iter().map(|share| d(share)).collect::<Vec<_>>(), "{envelope} {of:?}");
    assert_eq!(left, d(rest), "{envelope} {of:?}");
}

const SCHOOLS: [(&str, &str, i64); 3] = [("300", "40000", 0), ("150", "40000", 0), ("50", "40000", 0)];

#[test]
fn what_a_cap_leaves_stays_or_goes_to_the_others() {
    let once = sharing("1", Direction::Down, false, None);
    check("90000", &SCHOOLS, &once, &["40000", "27000", "9000"], "14000");
    let again = sharing("1", Direction::Down, true, None);
    check("90000", &SCHOOLS, &again, &["40000", "37500", "12500"], "0");
    // The second reaches its cap only once the first has left its share.
    let caps = [("60", "10", 0), ("30", "35", 0), ("10", "-", 0)];
    check("100", &caps, &again, &["10", "35", "55"], "0");
    // All at their caps: what is left is left.
    check("100", &[("1", "10", 0), ("1", "20", 0)], &again, &["10", "20"], "70");
}

#[test]
fn each_rank_is_served_before_the_next() {
    let again = sharing("1", Direction::Down, true, None);
    let asked = [("4000", "4000", 1), ("5000", "5000", 2), ("5000", "5000", 2), ("2000", "2000", 3)];
    check("10000", &asked, &again, &["4000", "3000", "3000", "0"], "0");
    // What rounding leaves in a rank goes to the next.
    let asked = [("3", "3", 1), ("3", "3", 1), ("3", "3", 2)];
    check("5", &asked, &again, &["2", "2", "1"], "0");
}

#[test]
fn what_rounding_leaves_goes_to_whom_it_is_said() {
    let thirds = [("1", "-", 0), ("1", "-", 0), ("1", "-", 0)];
    let first = sharing("0,01", Direction::HalfAway, false, Some(Remainder::First));
    check("100", &thirds, &first, &["33,34", "33,33", "33,33"], "0");
    // Rounded up, the parts would be past the envelope: the first gives back.
    let sixths = [("1", "-", 0); 6];
    check("100", &sixths, &first, &["16,65", "16,67", "16,67", "16,67", "16,67", "16,67"], "0");
    // What it has not, it cannot give back: the next does.
    check("0,02", &[("1", "-", 0); 4], &first, &["0", "0", "0,01", "0,01"], "0");
    let greatest = sharing("1", Direction::Down, false, Some(Remainder::Greatest));
    check("100", &[("1", "-", 0), ("1", "-", 0), ("4", "-", 0)], &greatest, &["16", "16", "68"], "0");
    // At its cap, it is the next one's turn.
    check("100", &[("1", "-", 0), ("1", "-", 0), ("4", "67", 0)], &greatest, &["17", "16", "67"], "0");
    // Hamilton: quotas 8,6 4,8 6,6 of 20 seats.
    let lost = sharing("1", Direction::Down, false, Some(Remainder::Lost));
    check("20", &[("43", "-", 0), ("24", "-", 0), ("33", "-", 0)], &lost, &["9", "5", "6"], "0");
    check("20,5", &[("1", "-", 0), ("1", "-", 0)], &lost, &["10", "10"], "0,5");
}

#[test]
fn who_has_no_weight_gets_nothing() {
    let how = sharing("0,01", Direction::Down, true, Some(Remainder::First));
    check("100", &[], &how, &[], "100");
    check("100", &[("0", "-", 0), ("0", "-", 0)], &how, &["0", "0"], "100");
    check("100", &[("0", "-", 0), ("1", "30", 0)], &how, &["0", "30"], "70");
    check("0", &[("1", "-", 0)], &how, &["0"], "0");
}

fn cents() -> impl Strategy<Value = Ratio> {
    (0..20_000i128).prop_map(|cents| Ratio::new(cents, 100).unwrap())
}

fn any_claims() -> impl Strategy<Value = Vec<Claim>> {
    let weight = prop_oneof![Just(Ratio::zero()), (1..9i64).prop_map(Ratio::from)];
    let cap = prop_oneof![Just(None), cents().prop_map(Some)];
    let claim =
        (weight, cap, 0..3i64).prop_map(|(weight, cap, order)| Claim { weight, cap, order: order.into() });
    proptest::collection::vec(claim, 0..7)
}

fn any_sharing() -> impl Strategy<Value = Sharing> {
    let remainder = prop_oneof![
        Just(None),
        Just(Some(Remainder::First)),
        Just(Some(Remainder::Greatest)),
        Just(Some(Remainder::Lost))
    ];
    let step = prop_oneof![Just("0,01"), Just("1"), Just("10")];
    (step, any::<bool>(), any::<bool>(), remainder).prop_map(|(step, down, again, remainder)| {
        // To the nearest only where somebody bears what that leaves: the checker refuses the rest.
        let direction = if down || remainder.is_none() { Direction::Down } else { Direction::HalfAway };
        sharing(step, direction, again, remainder)
    })
}

proptest! {
    #[test]
    fn shares_and_rest_add_up(envelope in cents(), claims in any_claims(), how in any_sharing()) {
        let Shares { of: shares, rest, .. } = share(&envelope, &claims, &how).unwrap();
        let sum = shares.iter().fold(rest.clone(), |sum, share| sum.add(share));
        prop_assert_eq!(&sum, &envelope);
        prop_assert!(rest.signum() >= 0);
        for (share, claim) in shares.iter().zip(&claims) {
            prop_assert!(share.signum() >= 0);
            prop_assert!(claim.cap.as_ref().is_none_or(|cap| share <= cap));
            prop_assert!(!claim.weight.is_zero() || share.is_zero());
            prop_assert!(share.div(&d("0,01")).unwrap().is_integer());
            if matches!(how.remainder, None | Some(Remainder::Lost)) {
                prop_assert!(share.div(&how.rounding.step).unwrap().is_integer());
            }
        }
    }

    /// Before rounding, whoever is below its cap has the same by the unit of weight, and nobody has more.
    #[test]
    fn those_below_their_caps_are_served_alike(envelope in cents(), claims in any_claims()) {
        let group: Vec<usize> = (0..claims.len()).filter(|i| !claims[*i].weight.is_zero()).collect();
        let (exact, proportions) = proportional(&envelope, &claims, &group, true).unwrap();
        let sum = exact.iter().fold(Ratio::zero(), |sum, share| sum.add(share));
        let each = |rank: usize| exact[rank].div(&claims[group[rank]].weight).unwrap();
        let below = |rank: &usize| claims[group[*rank]].cap.as_ref().is_none_or(|cap| exact[*rank] < *cap);
        let served: Vec<Ratio> = (0..group.len()).filter(below).map(each).collect();
        for (rank, (of, total)) in proportions.iter().enumerate().filter(|(rank, _)| below(rank)) {
            prop_assert_eq!(&of.div(total).unwrap().mul(&claims[group[rank]].weight), &exact[rank]);
        }
        prop_assert!(served.windows(2).all(|pair| pair[0] == pair[1]));
        if let Some(most) = served.first() {
            prop_assert!((0..group.len()).all(|rank| each(rank) <= *most));
            prop_assert_eq!(sum, envelope);
        }
    }

    /// The order of the dossier only settles ties: whole shares without a remainder follow their claims.
    #[test]
    fn turned_round_each_has_the_same(envelope in cents(), claims in any_claims(), again in any::<bool>()) {
        let how = sharing("1", Direction::Down, again, None);
        let Shares { of: shares, rest, .. } = share(&envelope, &claims, &how).unwrap();
        let turned: Vec<Claim> = claims.iter().rev().cloned().collect();
        let Shares { of: mut back, rest: same, .. } = share(&envelope, &turned, &how).unwrap();
        back.reverse();
        prop_assert_eq!(shares, back);
        prop_assert_eq!(rest, same);
    }

    /// More is never less for anybody where what a cap leaves is shared again.
    #[test]
    fn a_greater_envelope_takes_nothing_away(a in cents(), b in cents(), claims in any_claims()) {
        let how = sharing("0,01", Direction::Down, true, None);
        let (less, more) = if a <= b { (a, b) } else { (b, a) };
        let ungrouped: Vec<Claim> =
            claims.into_iter().map(|claim| Claim { order: Ratio::zero(), ..claim }).collect();
        let Shares { of: before, .. } = share(&less, &ungrouped, &how).unwrap();
        let Shares { of: after, .. } = share(&more, &ungrouped, &how).unwrap();
        prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after));
    }
}
