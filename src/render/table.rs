//! A decision as the cells of a sheet.

use std::fmt::Write as _;

use super::Lang;
use super::words::{Words, one_line};
use crate::decision::{Decision, ItemResult, Status};
use crate::dossier::Dossier;
use crate::known::{DateRange, End, Interval};
use crate::number::Ratio;
use crate::policy::{FundingKind, Policy};
use crate::time::Date;
use crate::wording::{French, Wording};

/// How cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `80000,00`, `03/02/2025`: as spreadsheets have it in French.
    French,
    /// `80000.00`, `2025-02-03`.
    Plain,
}

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
    pub fn decided(&self, policy: &Policy, dossier: &Dossier, decision: &Decision) -> Vec<String> {
        let words = Words::new(policy, dossier, decision.examined_on, Lang::Fr);
        let mut grounds = words.verdict(decision);
        for criterion in decision.criteria.iter().filter(|one| one.status == Status::NotMet) {
            let _ = write!(grounds, " ; {} : {}", words.item(criterion.item), words.summary(criterion));
        }
        let mut cells = vec![String::new(); self.names.len()];
        let mut put = |name: &str, cell: String| match self.names.iter().position(|own| own == name) {
            Some(rank) => cells[rank] = cell,
            None if cell.is_empty() => {}
            None => {
                let _ = write!(grounds, " ; {name} : {cell}");
            }
        };
        put("décision", words.outcome(decision.outcome).to_owned());
        for (funding, result) in policy.fundings.iter().zip(&decision.fundings) {
            let name = &funding.head.name;
            if funding.kind == FundingKind::Result {
                let value = result.value.as_ref().filter(|_| result.status != Status::NotApplicable);
                put(name, value.map_or_else(String::new, |value| words.given_value(result.item, value)));
                continue;
            }
            let (least, most) = paid(result);
            put(&format!("{name}, au moins"), least.map_or_else(String::new, |amount| self.amount(&amount)));
            put(&format!("{name}, au plus"), most.map_or_else(String::new, |amount| self.amount(&amount)));
        }
        for (obligation, result) in policy.obligations.iter().zip(&decision.obligations) {
            let due = result.due().filter(|_| result.status != Status::NotApplicable);
            let due = due.map_or_else(String::new, |due| self.due(due));
            put(&format!("{}, terme", obligation.head.name), due);
        }
        let asked: Vec<String> = decision.missing.iter().map(|missing| words.label(missing.place)).collect();
        put("à demander", asked.join(" ; "));
        put("à corriger", String::new());
        if let Some(cell) = cells.get_mut(1) {
            *cell = one_line(&grounds);
        }
        cells
    }

    /// The cells of a dossier that was not decided.
    pub fn refused(&self, what: &str) -> Vec<String> {
        let mut cells = vec![String::new(); self.names.len()];
        if let [first, .., last] = cells.as_mut_slice() {
            "à corriger".clone_into(first);
            what.clone_into(last);
        }
        cells
    }

    fn amount(&self, amount: &Ratio) -> String {
        let Some(written) = super::json::amount(amount) else {
            return French::default().exact(amount);
        };
        if self.style == Style::French { written.replace('.', ",") } else { written }
    }

    fn date(&self, date: Date) -> String {
        let iso = date.to_string();
        match (self.style, iso.split('-').collect::<Vec<_>>().as_slice()) {
            (Style::French, [year, month, day]) => format!("{day}/{month}/{year}"),
            (_, _) => iso,
        }
    }

    fn due(&self, due: DateRange) -> String {
        match (due.from, due.to) {
            (Some(from), Some(to)) if from == to => self.date(from),
            (Some(from), Some(to)) => format!("du {} au {}", self.date(from), self.date(to)),
            (Some(from), None) => format!("à compter du {}", self.date(from)),
            (None, Some(to)) => format!("jusqu'au {}", self.date(to)),
            (None, None) => String::new(),
        }
    }
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
