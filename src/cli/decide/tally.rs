//! What many dossiers came to, all told.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use conforme::currency::Currency;
use conforme::decision::{Decision, Outcome, Status};
use conforme::dossier::Dossier;
use conforme::known::End;
use conforme::number::Ratio;
use conforme::policy::{FundingKind, Policy};
use conforme::render::{self, Lang};
use conforme::time::Date;
use conforme::wording::{French, Wording};

/// How many facts that are missing are named.
const NAMED: usize = 5;

/// What dossiers came to.
#[derive(Debug, Default)]
pub struct Tally {
    /// Favourable, unfavourable, incomplete, depends on a reading, calculated, to be corrected.
    outcomes: [u64; 6],
    /// By name of a financing or contribution.
    due: BTreeMap<String, Due>,
    /// What is missing, by label: of how many dossiers.
    missing: BTreeMap<String, u64>,
    /// Those that say no day of examination, and the day on which they were therefore examined.
    undated: Option<(u64, Date)>,
}

const TO_CORRECT: usize = 5;

/// What is paid, or asked for.
#[derive(Debug)]
struct Due {
    currency: Currency,
    least: Ratio,
    most: Ratio,
    /// Of how many dossiers it has no bound.
    endless: u64,
}

impl Tally {
    /// A dossier that was not decided.
    pub fn refused() -> Tally {
        let mut one = Tally::default();
        one.outcomes[TO_CORRECT] = 1;
        one
    }

    /// A dossier that was decided.
    pub fn of(policy: &Policy, dossier: &Dossier, decision: &Decision) -> Tally {
        let mut one = Tally::default();
        one.outcomes[rank(decision.outcome)] = 1;
        for (funding, result) in policy.fundings.iter().zip(&decision.fundings) {
            if funding.kind == FundingKind::Result {
                continue;
            }
            let zero = || Some(Ratio::zero());
            let amount = result.amount();
            let end = |end: &End| end.value().cloned();
            let (least, most) = match result.status {
                Status::NotDue | Status::NotApplicable => (zero(), zero()),
                Status::Due => (amount.and_then(|a| end(&a.low)), amount.and_then(|a| end(&a.high))),
                _ => (zero(), amount.and_then(|a| end(&a.high))),
            };
            let endless = u64::from(least.is_none() || most.is_none());
            let (least, most) = least.zip(most).unwrap_or((Ratio::zero(), Ratio::zero()));
            let due = Due { currency: policy.currency, least, most, endless };
            one.due.insert(funding.head.name.to_string(), due);
        }
        for missing in decision.missing.iter().filter(|missing| missing.decisive) {
            let label = render::label(policy, dossier, decision, missing.place, Lang::Fr);
            *one.missing.entry(label).or_default() += 1;
        }
        one
    }

    /// Of a dossier that is examined on this day for want of its own.
    pub fn undated(self, today: Date) -> Tally {
        Tally { undated: Some((1, today)), ..self }
    }

    /// With the dossiers of another tally.
    pub fn add(&mut self, other: Tally) {
        for (own, more) in self.outcomes.iter_mut().zip(other.outcomes) {
            *own += more;
        }
        for (name, due) in other.due {
            match self.due.entry(name) {
                Entry::Vacant(own) => {
                    own.insert(due);
                }
                Entry::Occupied(mut own) => {
                    let own = own.get_mut();
                    own.least = own.least.add(&due.least);
                    own.most = own.most.add(&due.most);
                    own.endless += due.endless;
                }
            }
        }
        self.undated = match (self.undated, other.undated) {
            (Some((own, day)), Some((more, _))) => Some((own + more, day)),
            (own, more) => own.or(more),
        };
        for (label, count) in other.missing {
            *self.missing.entry(label).or_default() += count;
        }
    }

    fn all(&self) -> u64 {
        self.outcomes.iter().sum()
    }

    /// How many there were so far.
    pub fn so_far(&self) -> String {
        format!("{} dossiers…", number(self.all()))
    }

    /// A few lines, with a line end.
    pub fn text(&self) -> String {
        const WORDS: [(&str, &str); 6] = [
            ("favorable", "favorables"),
            ("défavorable", "défavorables"),
            ("incomplet", "incomplets"),
            ("dépend de la lecture d'un texte", "dépendent de la lecture d'un texte"),
            ("calculé", "calculés"),
            ("à corriger", "à corriger"),
        ];
        let all = self.all();
        let counted = self.outcomes.iter().zip(WORDS).filter(|(count, _)| **count > 0);
        let counted: Vec<String> = counted
            .map(|(count, (one, many))| format!("{} {}", number(*count), if *count > 1 { many } else { one }))
            .collect();
        let mut out = format!("{} dossier{}", number(all), if all > 1 { "s" } else { "" });
        if !counted.is_empty() {
            out.push_str(&format!(" : {}", counted.join(", ")));
        }
        out.push('\n');
        for (name, due) in &self.due {
            let amount = |amount: &Ratio| French::default().amount(amount, due.currency);
            let sum = if due.least == due.most {
                amount(&due.least)
            } else {
                format!("de {} à {}", amount(&due.least), amount(&due.most))
            };
            let endless = match due.endless {
                0 => String::new(),
                1 => ", sans un dossier dont le montant n'a pas de borne connue".to_owned(),
                n => format!(", sans {} dossiers dont le montant n'a pas de borne connue", number(n)),
            };
            out.push_str(&format!("  {name} : {sum}{endless}\n"));
        }
        let mut missing: Vec<(&String, &u64)> = self.missing.iter().collect();
        missing.sort_by_key(|(label, count)| (std::cmp::Reverse(**count), (*label).clone()));
        if !missing.is_empty() {
            let named: Vec<String> = missing
                .iter()
                .take(NAMED)
                .map(|(label, count)| format!("{label} ({})", number(**count)))
                .collect();
            let more = if missing.len() > NAMED { " ; …" } else { "" };
            out.push_str(&format!("  manque le plus souvent : {}{more}\n", named.join(" ; ")));
        }
        if let Some((count, day)) = self.undated {
            let day = French::default().date(day);
            out.push_str(&format!(
                "  sans jour d'examen, donc examinés aujourd'hui ({day}) : {}\n",
                number(count)
            ));
        }
        out
    }
}

fn rank(outcome: Outcome) -> usize {
    match outcome {
        Outcome::Favourable => 0,
        Outcome::Unfavourable => 1,
        Outcome::Incomplete => 2,
        Outcome::DependsOnReading => 3,
        Outcome::Calculated => 4,
    }
}

fn number(count: u64) -> String {
    French::default().number(&Ratio::from(i64::try_from(count).unwrap_or(i64::MAX)))
}
