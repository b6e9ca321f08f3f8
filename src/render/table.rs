//! A decision as the cells of a sheet.

use std::fmt::Write as _;

use super::Lang;
use super::words::{Purpose, Words, one_line};
use crate::decision::{Decision, ItemResult, Status};
use crate::dossier::Dossier;
use crate::known::{DateRange, End, Interval};
use crate::number::Ratio;
use crate::policy::{FundingKind, Policy};
use crate::table::{Cell, Style, day};
use crate::wording::{French, Wording};

/// What stands before and after the columns of a policy's items.
const OUTCOME: [&str; 2] = ["décision", "motif"];
const REST: [&str; 2] = ["à demander", "à corriger"];

/// The columns of the decisions of a policy.
#[derive(Debug, Clone)]
pub struct Columns {
    names: Vec<String>,
    style: Style,
}

impl Columns {
    /// Those of the items of a policy.
    pub fn new(policy: &Policy, style: Style) -> Columns {
        let mut names: Vec<String> = OUTCOME.map(str::to_owned).into();
        for (funding, name) in policy.fundings.iter().map(|f| (f.kind, &f.head.name)) {
            match funding {
                FundingKind::Result => names.push(name.to_string()),
                FundingKind::Funding | FundingKind::Contribution => {
                    names.push(format!("{name}, au moins"));
                    names.push(format!("{name}, au plus"));
                }
            }
        }
        names.extend(policy.obligations.iter().map(|one| format!("{}, terme", one.head.name)));
        names.extend(REST.map(str::to_owned));
        Columns { names, style }
    }

    /// Their names.
    pub fn names(&self) -> &[String] {
        &self.names
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
        for (funding, result) in policy.fundings.iter().zip(&decision.fundings) {
            let name = &funding.head.name;
            if funding.kind == FundingKind::Result {
                let value = result.value.as_ref().filter(|_| result.status != Status::NotApplicable);
                put(
                    name,
                    value.map_or(Cell::empty(), |value| Cell::Text(words.given_value(result.item, value))),
                );
                continue;
            }
            let (least, most) = paid(result);
            put(&format!("{name}, au moins"), least.map_or(Cell::empty(), |least| amount(&least)));
            put(&format!("{name}, au plus"), most.map_or(Cell::empty(), |most| amount(&most)));
        }
        for (obligation, result) in policy.obligations.iter().zip(&decision.obligations) {
            let due = result.due().filter(|_| result.status != Status::NotApplicable);
            let due = due.map_or(Cell::empty(), |due| self.due(due));
            put(&format!("{}, terme", obligation.head.name), due);
        }
        let asked = decision.missing.iter().filter(|m| words.purpose(decision, m) != Purpose::Nothing);
        let asked: Vec<String> = asked.map(|missing| words.label(missing.place)).collect();
        put("à demander", Cell::Text(asked.join(" ; ")));
        if let Some(cell) = cells.get_mut(1) {
            *cell = Cell::Text(one_line(&grounds));
        }
        cells
    }

    /// The cells of a dossier that was not decided.
    pub fn refused(&self, what: &str) -> Vec<Cell> {
        let mut cells = vec![Cell::empty(); self.names.len()];
        if let [first, .., last] = cells.as_mut_slice() {
            *first = Cell::Text("à corriger".to_owned());
            *last = Cell::Text(what.to_owned());
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

/// The least and the most that is paid, where there is such: nothing, where it is not due.
fn paid(result: &ItemResult) -> (Option<Ratio>, Option<Ratio>) {
    let end = |end: &End| end.value().cloned();
    let amount: Option<&Interval> = result.amount();
    let most = amount.and_then(|amount| end(&amount.high));
    match result.status {
        Status::NotDue | Status::NotApplicable => (Some(Ratio::zero()), Some(Ratio::zero())),
        Status::Due => (amount.and_then(|amount| end(&amount.low)), most),
        _ => (Some(Ratio::zero()), most),
    }
}
