//! Every operation is checked against values drawn inside its operands.

use super::*;
use crate::number::Ratio;
use crate::syntax::tree::CompareOp;

fn whole(low: i64, high: i64) -> Interval {
    Interval::between(low.into(), high.into(), true).unwrap()
}

#[test]
fn whole_intervals_have_whole_included_ends() {
    let half = |n| Ratio::new(n, 2).unwrap();
    let interval = Interval::new(End::Excluded(3.into()), End::Included(half(15)), true).unwrap();
    assert_eq!(interval, whole(4, 7));
    assert_eq!(Interval::new(End::Excluded(3.into()), End::Excluded(4.into()), true), None);
    assert_eq!(Interval::new(End::Included(half(1)), End::Included(half(1)), true), None);
}

#[test]
fn ten_members_or_more_of_twelve_with_two_unknown() {
    let counted = Known::Number(whole(10, 12));
    let threshold = Known::Number(Interval::point(10.into()));
    assert_eq!(compare(CompareOp::Ge, &counted, &threshold), Truth::YES);
    assert_eq!(compare(CompareOp::Gt, &counted, &threshold), Truth::OPEN);
    assert_eq!(counted.narrow_by(CompareOp::Gt, &threshold), Some(Known::Number(whole(11, 12))));
    assert_eq!(counted.narrow_by(CompareOp::Lt, &threshold), None);
}
