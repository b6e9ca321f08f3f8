//! A policy whose list is read field by field, beside the same rules in Rust.

use std::fmt::Write as _;

use conforme::decision::Outcome;
use conforme::eval::plain::{Brief, Plain};
use conforme::policy::Policy;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::native::Answer;

/// The policy.
pub const POLICY: &str = include_str!("visits.pol");

#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
pub enum Act {
    #[serde(rename = "soin")]
    Care,
    #[serde(rename = "conseil")]
    Advice,
    #[serde(rename = "suivi")]
    FollowUp,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Visit {
    #[serde(rename = "numéro")]
    pub id: String,
    #[serde(rename = "faite le")]
    pub day: Date,
    #[serde(rename = "acte")]
    pub act: Act,
    #[serde(rename = "à domicile")]
    pub at_home: Answer,
    pub minutes: u32,
    #[serde(rename = "prix")]
    pub price: u64,
}

/// A complete dossier.
#[derive(Debug, Clone, Deserialize)]
pub struct Dossier {
    #[serde(rename = "visites")]
    pub visits: Vec<Visit>,
}

/// Outcome and amounts, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    pub favourable: bool,
    pub lump: Option<u64>,
    pub refund: Option<u64>,
}

/// A complete dossier of so many visits, in JSON.
pub fn json(visits: usize) -> String {
    let mut list = String::new();
    for visit in 0..visits {
        let comma = if visit == 0 { "" } else { "," };
        let act = ["soin", "conseil", "suivi", "soin"][visit % 4];
        let home = if visit % 5 == 4 { "non" } else { "oui" };
        let (month, day) = (1 + visit % 9, 1 + visit % 28);
        let (minutes, price) = (10 + visit % 50, 20 + visit % 37);
        let _ = write!(
            list,
            r#"{comma}{{"numéro":"{visit:08}","faite le":"2025-{month:02}-{day:02}","acte":"{act}","à domicile":"{home}","minutes":{minutes},"prix":{price}}}"#
        );
    }
    format!(r#"{{"dispositif":"visites","examiné le":"2025-10-01","visites":[{list}]}}"#)
}

/// Reads a dossier, and refuses one in which two visits share a number.
pub fn read(bytes: &[u8]) -> Option<Dossier> {
    let dossier: Dossier = serde_json::from_slice(bytes).ok()?;
    let mut ids: Vec<&str> = dossier.visits.iter().map(|visit| visit.id.as_str()).collect();
    if !ids.is_sorted_by(|a, b| a < b) {
        ids.sort_unstable();
        if !ids.is_sorted_by(|a, b| a < b) {
            return None;
        }
    }
    Some(dossier)
}

/// Decides.
pub fn decide(dossier: &Dossier) -> Decided {
    let counts =
        |visit: &&Visit| visit.at_home == Answer::Yes && visit.minutes >= 20 && visit.act != Act::Advice;
    let counted = dossier.visits.iter().filter(counts).count() as u64;
    let since = Date::constant(2025, 3, 1);
    let spent: u64 = dossier.visits.iter().filter(|visit| visit.day >= since).map(|visit| visit.price).sum();
    let favourable = counted >= 10;
    Decided {
        favourable,
        lump: favourable.then_some(1_500 * counted),
        refund: favourable.then_some(50 * spent),
    }
}

/// Whether a brief says what the native function says.
pub fn is_same(brief: &Brief, decided: &Decided) -> bool {
    let cents = |rank: usize| {
        let amount = brief.item(rank)?.amount()?;
        let cents = amount.low.value()?.mul(&conforme::number::Ratio::from(100));
        u64::try_from(cents.to_i64()?).ok()
    };
    (brief.outcome == Outcome::Favourable) == decided.favourable
        && cents(2) == decided.lump
        && cents(3) == decided.refund
}

/// The brief of a dossier that a sheet holds.
pub fn brief(policy: &Policy, plain: &Plain, text: &str) -> Brief {
    let sheet = crate::table::sheet(policy, text.as_bytes());
    plain.decide_answers(&sheet, conforme::time::Date::MAX, &[]).expect("a complete dossier")
}
