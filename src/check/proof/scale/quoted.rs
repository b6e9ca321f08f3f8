//! Where the passages part two lines of a scale: « n'excède pas 600 euros » leaves 600 to the line below, « à partir de
//! 13 » gives 13 to the line above.

use crate::concordance::prose::Passage;
use crate::concordance::quantity::{Quantity, with_those_above};
use crate::number::Ratio;
use crate::policy::reach::Reach;
use crate::policy::{ExprId, Head, Policy, Type};
use crate::syntax::tree::CompareOp;

/// A bound that a passage puts on what a scale is read by.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    /// How it is said: `≥ 13`.
    pub op: CompareOp,
    /// On what.
    pub at: Ratio,
    /// « entre … et … », which leaves open on which side its ends fall.
    pub between: bool,
}

/// Where two lines part: all from here, or all above here, is in the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    at: Ratio,
    with: bool,
}

impl Cut {
    /// The place of a bound; of what goes by steps, what is above one is from the next.
    pub fn new(at: &Ratio, with: bool, step: Option<&Ratio>) -> Cut {
        match step {
            Some(step) if !with && at.div(step).is_some_and(|steps| steps.is_integer()) => {
                Cut { at: at.add(step), with: true }
            }
            _ => Cut { at: at.clone(), with },
        }
    }

    /// Where a bound parts what is below from what is above.
    pub fn of(bound: &Bound, step: Option<&Ratio>) -> Option<Cut> {
        Some(Cut::new(&bound.at, with_those_above(bound.op)?, step))
    }
}

/// The exact bounds that passages put on quantities of this type: those of the item that the scale stands in, else
/// those of the items that read it.
pub(super) fn bounds(policy: &Policy, scale: ExprId, ty: Type) -> Vec<Bound> {
    let passages = passages(policy, scale);
    let mentions = passages.iter().flat_map(|passage| &passage.mentions);
    mentions
        .filter_map(|mention| {
            let bound = mention.bound.filter(|bound| bound.exact)?;
            Some(Bound { op: bound.op, at: number(&mention.quantity, ty)?, between: mention.between })
        })
        .collect()
}

/// A figure of a passage as a number of this type.
fn number(quantity: &Quantity, ty: Type) -> Option<Ratio> {
    let years = |months: &Ratio| months.div(&Ratio::from(12)).filter(Ratio::is_integer);
    match (quantity, ty) {
        (Quantity::Euros(n) | Quantity::Francs(n), Type::Amount)
        | (Quantity::Percent(n) | Quantity::Share(n), Type::Percent)
        | (Quantity::Months(n), Type::Months)
        | (Quantity::Days(n), Type::Days | Type::Integer | Type::Number)
        | (Quantity::Count { value: n, .. } | Quantity::Hours(n), Type::Integer | Type::Number) => {
            Some(n.clone())
        }
        // « de 18 à 25 ans » of an age in whole years.
        (Quantity::Months(n), Type::Integer | Type::Number) => years(n),
        _ => None,
    }
}

fn passages(policy: &Policy, scale: ExprId) -> Vec<Passage> {
    let at = policy.exprs.get(scale).span;
    let own = |head: &Head| head.whole.start <= at.start && at.end <= head.whole.end;
    let quotes = |head: &Head| {
        let quotes = head.citations.iter().filter_map(|citation| citation.quote.as_deref());
        quotes.map(|quote| Passage::read(quote, 0)).collect::<Vec<_>>()
    };
    let of_definitions = policy.definitions.iter().map(|one| (&one.head, vec![one.body]));
    let of_items = policy.items().map(|item| (policy.head(item), policy.roots(item)));
    let all: Vec<(&Head, Vec<ExprId>)> = of_definitions.chain(of_items).collect();
    let here: Vec<Passage> =
        all.iter().filter(|(head, _)| own(head)).flat_map(|(head, _)| quotes(head)).collect();
    if !here.is_empty() {
        return here;
    }
    let reads = |roots: &[ExprId]| {
        let mut reach = Reach::default();
        roots.iter().for_each(|root| reach.add_expr(policy, *root));
        reach.definitions.iter().any(|definition| own(&policy.definitions[definition.index()].head))
    };
    all.iter().filter(|(_, roots)| reads(roots)).flat_map(|(head, _)| quotes(head)).collect()
}
