//! The floor: the rules of the ESS policy written by hand in Rust, typed, with no explanation.
//!
//! Readings are settled as in [`READINGS`]; amounts are in cents. It reads no declaration, says
//! nothing of what is missing and cites no text: it is what a decision costs at the least.

use std::hint::black_box;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The readings that the function takes for granted, as the command line would write them.
pub const READINGS: [(&str, &str); 6] = [
    ("base du seuil", "libéraux"),
    ("composition de l'équipe", "plusieurs médecins"),
    ("formalisation des liens", "possible"),
    ("départ des six mois", "signature"),
    ("ouverture de la dotation annuelle", "critères seuls"),
    ("champ du forfait", "toute consultation"),
];

/// A yes or no as a dossier writes it.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
pub enum Answer {
    #[serde(rename = "oui")]
    Yes,
    #[serde(rename = "non")]
    No,
}

#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    #[serde(rename = "infra-départemental")]
    Below,
    #[serde(rename = "départemental")]
    Department,
    #[serde(rename = "interdépartemental")]
    Departments,
    #[serde(rename = "régional")]
    Region,
}

#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
pub enum Practice {
    #[serde(rename = "libéral")]
    Independent,
    #[serde(rename = "mixte")]
    Mixed,
    #[serde(rename = "salarié")]
    Employed,
}

#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
pub enum Purpose {
    #[serde(rename = "spécialité")]
    Specialty,
    #[serde(rename = "pathologie")]
    Disease,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Territory {
    #[serde(rename = "continu")]
    pub continuous: Answer,
    #[serde(rename = "échelon")]
    pub level: Level,
    #[serde(rename = "déjà couvert")]
    pub covered: Answer,
    #[serde(rename = "autres ESS présentes")]
    pub others: Answer,
    #[serde(rename = "médecins")]
    pub doctors: u32,
    #[serde(rename = "médecins libéraux")]
    pub independent: u32,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    #[serde(rename = "RPPS")]
    pub id: String,
    #[serde(rename = "exercice")]
    pub practice: Practice,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Work {
    #[serde(rename = "CPTS")]
    pub cpts: Answer,
    #[serde(rename = "autres ESS")]
    pub others: Option<Answer>,
    #[serde(rename = "DAC")]
    pub dac: Answer,
    #[serde(rename = "hospitaliers")]
    pub hospital: Answer,
    #[serde(rename = "liens formalisés avec les établissements")]
    pub links: Answer,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Letter {
    #[serde(rename = "reçue le")]
    pub received: Date,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Contract {
    #[serde(rename = "signé le")]
    pub signed: Date,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Project {
    #[serde(rename = "déposé le")]
    pub filed: Date,
    #[serde(rename = "parcours")]
    pub path: Answer,
    #[serde(rename = "structuration du second recours")]
    pub second: Answer,
    #[serde(rename = "point de contact des médecins traitants")]
    pub contact: Answer,
    #[serde(rename = "avis spécialisé ponctuel")]
    pub advice: Answer,
    #[serde(rename = "égal accès aux soins")]
    pub access: Answer,
    #[serde(rename = "consultations avancées")]
    pub advanced: Answer,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Sessions {
    #[serde(rename = "demi-journées")]
    pub half_days: u32,
}

/// A complete dossier.
#[derive(Debug, Clone, Deserialize)]
pub struct Dossier {
    #[serde(rename = "examiné le")]
    pub examined_on: Date,
    #[serde(rename = "spécialité")]
    pub specialty: String,
    #[serde(rename = "objet du projet")]
    pub purpose: Purpose,
    #[serde(rename = "territoire")]
    pub territory: Territory,
    #[serde(rename = "adhérents")]
    pub members: Vec<Member>,
    #[serde(rename = "circonstances exceptionnelles")]
    pub exceptional: Answer,
    #[serde(rename = "collaboration")]
    pub work: Work,
    #[serde(rename = "lettre d'intention")]
    pub letter: Letter,
    #[serde(rename = "contrat")]
    pub contract: Contract,
    #[serde(rename = "projet de santé")]
    pub project: Project,
    #[serde(rename = "consultations avancées")]
    pub sessions: Sessions,
}

/// Outcome and amounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    pub favourable: bool,
    pub criteria: [bool; 5],
    pub objective: bool,
    pub missions: [bool; 4],
    pub start_up: Option<u64>,
    pub yearly: Option<(u64, u64)>,
    pub sessions: Option<u64>,
    pub filed_in_time: Option<bool>,
}

/// Reads a dossier, and refuses one in which two members share a number.
pub fn read(bytes: &[u8]) -> Option<Dossier> {
    let dossier: Dossier = serde_json::from_slice(bytes).ok()?;
    let mut ids: Vec<&str> = dossier.members.iter().map(|member| member.id.as_str()).collect();
    if !ids.is_sorted_by(|a, b| a < b) {
        ids.sort_unstable();
        if !ids.is_sorted_by(|a, b| a < b) {
            return None;
        }
    }
    Some(dossier)
}

fn yes(answer: Answer) -> bool {
    answer == Answer::Yes
}

/// The five criteria, of so many members that count.
fn criteria(dossier: &Dossier, counted: u64) -> [bool; 5] {
    let territory = &dossier.territory;
    let base = u64::from(territory.independent);
    [
        yes(territory.continuous)
            && territory.level >= Level::Department
            && !yes(territory.covered)
            && territory.doctors >= 10,
        (base > 0 && counted * 10 >= base) || yes(dossier.exceptional),
        dossier.purpose == Purpose::Specialty,
        yes(dossier.work.cpts)
            && (!yes(territory.others) || dossier.work.others.is_some_and(yes))
            && yes(dossier.work.dac),
        yes(dossier.work.hospital),
    ]
}

/// Decides as [`decide`] does, the criteria worked out so many times over.
pub fn decide_copies(dossier: &Dossier, copies: usize) -> (Option<Decided>, usize) {
    let met = |counted: u64| {
        let again = (1..copies).map(|_| criteria(black_box(dossier), counted));
        again.flatten().filter(|met| *met).count()
    };
    let met = if copies > 1 { met(black_box(dossier).members.len() as u64) } else { 0 };
    (decide(dossier), met)
}

/// Decides; `None` for a dossier that does not hang together.
pub fn decide(dossier: &Dossier) -> Option<Decided> {
    let territory = &dossier.territory;
    let counted =
        dossier.members.iter().filter(|member| member.practice != Practice::Employed).count() as u64;
    let base = u64::from(territory.independent);
    let coherent = territory.independent <= territory.doctors
        && dossier.members.len() as u64 <= u64::from(territory.doctors)
        && counted <= base
        && (yes(territory.others) || dossier.work.others.is_none());
    if !coherent {
        return None;
    }
    let share = |percent: u64| base > 0 && counted * 100 >= percent * base;
    let criteria = criteria(dossier, counted);
    let specialty = dossier.specialty.to_lowercase();
    let general = ["médecine générale", "médecin généraliste", "généraliste"].contains(&&*specialty);
    let favourable = !general && dossier.members.len() > 1 && criteria.iter().all(|met| *met);
    let project = &dossier.project;
    let credit = favourable
        && dossier.letter.received <= dossier.examined_on
        && dossier.contract.signed <= dossier.examined_on;
    Some(Decided {
        favourable,
        criteria,
        objective: share(50),
        missions: [
            yes(project.path),
            yes(project.second) && yes(project.contact),
            yes(project.advice),
            yes(project.access) && yes(project.advanced),
        ],
        start_up: credit.then_some(8_000_000),
        yearly: favourable.then_some((5_000_000, 10_000_000)),
        sessions: (dossier.sessions.half_days >= 1).then(|| 20_000 * u64::from(dossier.sessions.half_days)),
        filed_in_time: credit.then(|| {
            let limit = dossier.contract.signed.checked_add(6.months()).unwrap_or(Date::MAX);
            if project.filed <= dossier.examined_on {
                project.filed <= limit
            } else {
                dossier.examined_on <= limit
            }
        }),
    })
}
