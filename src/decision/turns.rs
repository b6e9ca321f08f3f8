//! What an item that is settled for all that matters may still turn out to be: a criterion that nothing makes fail is told
//! as met, though what is missing may show that an exception meets it, or that it does not apply.

use super::{Because, ItemResult, Part, ReadingCase, Status, Step};
use crate::known::{Known, Truth};
use crate::policy::ItemRef;

impl ItemResult {
    /// The statuses that completions of the dossier may give it, where there are several and none of them changes anything
    /// else: « met », « waived » and « not applicable » of a criterion, « not due » and « not applicable » of what is paid.
    pub fn may_be(&self) -> Vec<Status> {
        let of_case = |case: &ReadingCase| match case.may_be(self.item) {
            all if all.is_empty() => vec![case.status],
            all => all,
        };
        let open = [Status::Undetermined, Status::DependsOnReading].contains(&self.status);
        let mut all: Vec<Status> = self.by_reading.iter().filter(|_| !open).flat_map(of_case).collect();
        all.sort_by_key(|status| *status as u32);
        all.dedup();
        if all.len() > 1 { all } else { Vec::new() }
    }
}

impl ReadingCase {
    /// Likewise, under one combination of readings.
    pub fn may_be(&self, item: ItemRef) -> Vec<Status> {
        let part = |wanted: Part| part(&self.because, wanted);
        let applies = part(Part::Applies).unwrap_or(Truth::YES);
        let all: Vec<(Status, bool)> = match (item, self.status) {
            (ItemRef::Criterion(_), Status::Met | Status::Waived) => {
                let Some(requires) = part(Part::Condition) else { return Vec::new() };
                let mut exceptions =
                    self.because.parts.iter().filter(|(part, _)| matches!(part, Part::Unless(_)));
                vec![
                    (Status::Met, applies.may_hold && requires.may_hold),
                    (
                        Status::Waived,
                        applies.may_hold
                            && requires.may_fail
                            && exceptions.any(|(_, step)| truth(step).may_hold),
                    ),
                    (Status::NotApplicable, applies.may_fail),
                ]
            }
            (ItemRef::Funding(_), Status::NotDue) => {
                vec![(Status::NotDue, applies.may_hold), (Status::NotApplicable, applies.may_fail)]
            }
            _ => return Vec::new(),
        };
        let all: Vec<Status> = all.into_iter().filter(|(_, may)| *may).map(|(status, _)| status).collect();
        if all == [self.status] { Vec::new() } else { all }
    }
}

/// What a part of an item came to, as a condition.
fn part(because: &Because, wanted: Part) -> Option<Truth> {
    because.parts.iter().find(|(part, _)| *part == wanted).map(|(_, step)| truth(step))
}

fn truth(step: &Step) -> Truth {
    match &step.value {
        Known::Truth(truth) => *truth,
        _ => Truth::OPEN,
    }
}
