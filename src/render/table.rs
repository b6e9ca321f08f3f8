//! A decision as the cells of a sheet.

use std::fmt::Write as _;

use super::Lang;
use super::words::{Purpose, Words, one_line};
use crate::decision::{Decision, Status};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::plain::Brief;
use crate::known::{DateRange, Known};
use crate::number::Ratio;
use crate::policy::{Funding, FundingKind, ItemRef, Policy, Type};
use crate::table::{Cell, Holds, Style, day};
use crate::time::Date;
use crate::wording::{French, Wording};

/// What stands before and after the columns of a policy's items.
const OUTCOME: [&str; 2] = ["décision", "motif"];
const REST: [&str; 2] = ["à demander", "à corriger"];

/// The columns of the decisions of a policy.
#[derive(Debug, Clone)]
pub struct Columns {
    names: Vec<String>,
    /// What their cells hold.
    holds: Vec<Holds>,
    style: Style,
}

impl Columns {
    /// Those of the items of a policy.
    pub fn new(policy: &Policy, style: Style) -> Columns {
        let mut columns = Columns { names: Vec::new(), holds: Vec::new(), style };
        let mut add = |name: String, holds: Holds| {
            columns.names.push(name);
            columns.holds.push(holds);
        };
        for name in OUTCOME {
            add(name.to_owned(), Holds::Anything);
        }
        for funding in &policy.fundings {
            let name = &funding.head.name;
            match funding.kind {
                FundingKind::Result => add(name.to_string(), given_holds(policy, funding)),
                FundingKind::Funding | FundingKind::Contribution => {
                    add(format!("{name}, au moins"), Holds::Amount);
                    add(format!("{name}, au plus"), Holds::Amount);
                }
            }
        }
        for obligation in &policy.obligations {
            add(format!("{}, terme", obligation.head.name), Holds::Day);
        }
        for name in REST {
            add(name.to_owned(), Holds::Anything);
        }
        columns
    }

    /// Their names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What their cells hold: an amount, a day or words. What is no single amount or day is in words in any of them.
    pub fn holds(&self) -> &[Holds] {
        &self.holds
    }

    /// The cells of a decision. What a version of the text has beside these columns is told with the grounds.
    pub fn decided(&self, policy: &Policy, dossier: &Dossier, decision: &Decision) -> Vec<Cell> {
        let words = Words::new(policy, dossier, decision.examined_on, Lang::Fr);
        let mut grounds = words.verdict(decision);
        for criterion in decision.criteria.iter().filter(|one| one.status == Status::NotMet) {
            let _ = write!(grounds, " ; {} : {}", words.item(criterion.item), words.summary(criterion));
        }
        let mut cells = vec![Cell::empty(); self.names.len()];
        let mut put = |name: &str, cell: Cell| match self.names.iter().position(|own| own == name) {
            Some(rank) => cells[rank] = cell,
            None if cell == Cell::empty() => {}
            None => {
                let _ = write!(grounds, " ; {name} : {}", cell.text(self.style));
            }
        };
        put("décision", Cell::Text(words.outcome(decision.outcome).to_owned()));
        let results = decision.fundings.iter().chain(&decision.obligations);
        self.items(words, results.map(|one| (one.item, one.status, one.value.as_ref())), &mut put);
        let asked = decision.missing.iter().filter(|m| words.purpose(decision, m) != Purpose::Nothing);
        let asked: Vec<String> = asked.map(|missing| words.label(missing.place)).collect();
        put("à demander", Cell::Text(asked.join(" ; ")));
        if let Some(cell) = cells.get_mut(1) {
            *cell = Cell::Text(one_line(&grounds));
        }
        cells
    }

    /// The cells of a dossier that was decided without why: those of [`Columns::decided`], but for the grounds.
    pub fn briefed(&self, policy: &Policy, dossier: &Dossier, brief: &Brief, examined_on: Date) -> Vec<Cell> {
        let words = Words::new(policy, dossier, examined_on, Lang::Fr);
        let mut cells = vec![Cell::empty(); self.names.len()];
        let mut next = 0;
        let mut put = |name: &str, cell: Cell| {
            // They come in the order of the columns, but where another version has others.
            let rest = self.names.iter().enumerate().skip(next);
            let found = rest.chain(self.names.iter().enumerate().take(next)).find(|(_, own)| *own == name);
            if let Some((rank, _)) = found {
                next = rank + 1;
                cells[rank] = cell;
            }
        };
        put("décision", Cell::Text(words.outcome(brief.outcome).to_owned()));
        let values: Vec<_> = brief.items().map(|(status, detail)| (status, detail.value())).collect();
        let items = policy.items().zip(&values);
        let items = items.filter(|(item, _)| matches!(item, ItemRef::Funding(_) | ItemRef::Obligation(_)));
        self.items(words, items.map(|(item, (status, value))| (item, *status, value.as_ref())), &mut put);
        cells
    }

    /// What financings and obligations came to, each under its name.
    fn items<'v>(
        &self,
        words: Words<'_>,
        items: impl Iterator<Item = (ItemRef, Status, Option<&'v Known>)>,
        put: &mut impl FnMut(&str, Cell),
    ) {
        let policy = words.policy;
        for (item, status, value) in items {
            let name = &policy.head(item).name;
            let value = value.filter(|_| status != Status::NotApplicable);
            match item {
                ItemRef::Funding(id) if policy.fundings[id.index()].kind == FundingKind::Result => {
                    put(
                        name,
                        value.map_or(Cell::empty(), |value| {
                            given(words, &policy.fundings[id.index()], item, value)
                        }),
                    );
                }
                ItemRef::Funding(_) => {
                    let (least, most) = paid(status, value);
                    put(&format!("{name}, au moins"), least.map_or(Cell::empty(), |least| amount(&least)));
                    put(&format!("{name}, au plus"), most.map_or(Cell::empty(), |most| amount(&most)));
                }
                ItemRef::Obligation(_) => {
                    let due = match value {
                        Some(Known::Date(due)) => self.due(*due),
                        _ => Cell::empty(),
                    };
                    put(&format!("{name}, terme"), due);
                }
                ItemRef::Criterion(_) | ItemRef::Objective(_) | ItemRef::Mission(_) | ItemRef::Decision => {}
            }
        }
    }

    /// The cells of a dossier that was not decided: what is to be corrected in it.
    pub fn refused(&self, found: &[Diagnostic]) -> Vec<Cell> {
        let mut cells = vec![Cell::empty(); self.names.len()];
        if let [first, .., last] = cells.as_mut_slice() {
            *first = Cell::Text("à corriger".to_owned());
            *last = Cell::Text(told(found));
        }
        cells
    }

    fn due(&self, due: DateRange) -> Cell {
        let day = |date| day(date, self.style);
        match (due.from, due.to) {
            (Some(from), Some(to)) if from == to => Cell::Day(from),
            (Some(from), Some(to)) => Cell::Text(format!("du {} au {}", day(from), day(to))),
            (Some(from), None) => Cell::Text(format!("à compter du {}", day(from))),
            (None, Some(to)) => Cell::Text(format!("jusqu'au {}", day(to))),
            (None, None) => Cell::empty(),
        }
    }
}

/// An amount; exactly, where it has no decimals.
fn amount(amount: &Ratio) -> Cell {
    super::json::amount(amount).map_or_else(|| Cell::Text(French::default().exact(amount)), Cell::Amount)
}

/// What the cells of a result hold.
fn given_holds(policy: &Policy, funding: &Funding) -> Holds {
    match policy.exprs.get(funding.amount).ty {
        // What it is counted by stands in words beside it.
        Type::Amount if policy.exprs.measure(funding.amount).is_none() => Holds::Amount,
        Type::Date => Holds::Day,
        Type::Amount | Type::Truth | Type::Integer | Type::Number | Type::Percent => Holds::Anything,
        Type::Months | Type::Days | Type::Text | Type::Choice(_) => Holds::Anything,
    }
}

/// What is given, as a value where a sheet has one for it.
fn given(words: Words<'_>, funding: &Funding, item: ItemRef, value: &Known) -> Cell {
    let exact = match (given_holds(words.policy, funding), value) {
        (Holds::Amount, Known::Number(number)) => number.value().map(amount),
        (Holds::Day, Known::Date(date)) => date.value().map(Cell::Day),
        _ => None,
    };
    exact.unwrap_or_else(|| Cell::Text(words.given_value(item, value)))
}

/// The least and the most that is paid, where there is such: nothing, where it is not due.
fn paid(status: Status, value: Option<&Known>) -> (Option<Ratio>, Option<Ratio>) {
    let amount = match value {
        Some(Known::Number(amount)) => Some(amount),
        _ => None,
    };
    let most = amount.and_then(|amount| amount.high.value().cloned());
    match status {
        Status::NotDue | Status::NotApplicable => (Some(Ratio::zero()), Some(Ratio::zero())),
        Status::Due => (amount.and_then(|amount| amount.low.value().cloned()), most),
        _ => (Some(Ratio::zero()), most),
    }
}

/// What is to be corrected, in one cell: each mistake with its place.
fn told(found: &[Diagnostic]) -> String {
    let one = |problem: &Diagnostic| {
        let label = problem.labels.first().map_or("", |label| label.text.as_str());
        let parts = [problem.message.as_str(), label, problem.help.as_deref().unwrap_or("")];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" : ")
    };
    found.iter().map(one).collect::<Vec<_>>().join(" ; ")
}
