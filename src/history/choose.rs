//! Which version goes to a dossier: that of the date that the law says, and of the amendments that go
//! only to some dossiers, those whose condition holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::refuse::Wanted;
use super::{Consolidated, Edition, Era, History, Sight, say};
use crate::decision::ChosenBy;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Answer, Dossier};
use crate::eval::interpret::interpreter::date_of;
use crate::eval::{Evaluator, World, learn};
use crate::known::{DateRange, Truth};
use crate::policy::{Declared, ExprId, FactId, ListId, Policy, Reach};
use crate::time::Date;

/// What may be decided on: one version of the text, the dossier read against it.
#[derive(Debug)]
pub struct Candidate<'h> {
    /// The version.
    pub made: &'h Consolidated,
    /// The dossier.
    pub dossier: Dossier,
}

/// The versions that a dossier may be decided on.
#[derive(Debug)]
pub struct Choice<'h> {
    /// The date of examination.
    pub examined_on: Date,
    /// What chose them.
    pub by: ChosenBy,
    /// Which texts were seen.
    pub sight: Sight,
    /// At least one; several where what chooses is not known.
    pub candidates: Vec<Candidate<'h>>,
    /// The facts that would tell which, where there are several.
    pub open: Vec<Open>,
}

/// A fact that would tell which version goes to a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its path.
    pub path: Arc<str>,
    /// The numbers of the amendments of which it tells whether they go to it; `None` where it tells the date, and so
    /// any of them.
    pub amendments: Option<BTreeSet<u32>>,
}

/// Why no version was chosen.
#[derive(Debug)]
pub enum Refused {
    /// The dossier is to be corrected.
    Dossier(Vec<Diagnostic>),
    /// Something else is: a text, or the date.
    Texts(Vec<Diagnostic>),
}

/// Reads the dossier against a policy.
pub type Read<'r> = &'r dyn Fn(&Policy) -> Result<Dossier, Vec<Diagnostic>>;

/// What a dossier says of what chooses, as one version reads it.
struct Probe {
    /// The date that the text says, where it says one.
    date: Option<DateRange>,
    words: String,
    /// By rank among the amendments in force: whether it goes to the dossier.
    scopes: Vec<(usize, Truth)>,
    /// The facts that the date reads and that are not known.
    date_open: Vec<Arc<str>>,
    /// Likewise for the conditions that stay open, by rank among the amendments in force.
    scopes_open: Vec<(usize, Arc<str>)>,
    /// The edition that read the dossier, by rank, and what it read.
    read: (usize, Dossier),
}

/// A stretch of time that may be that of the dossier.
struct Possible {
    era: Era,
    editions: Vec<Edition>,
    probe: Result<Probe, Refused>,
}

impl History {
    /// The versions that a dossier may be decided on.
    ///
    /// # Errors
    ///
    /// No version is in force at the date that chooses, or what keeps the dossier or a text from being read.
    pub fn choose(&self, sight: &Sight, examined_on: Date, read: Read<'_>) -> Result<Choice<'_>, Refused> {
        let texts = |diagnostic| Refused::Texts(vec![diagnostic]);
        if let Some(common) = self.texts.iter().find(|text| text.header.common) {
            let message = format!("« {} » est un texte commun : aucun dossier n'en relève", self.id());
            return Err(texts(
                Diagnostic::error("texte-commun", message)
                    .at(&common.file, common.header.span, "")
                    .help("nommer dans le dossier un texte qui s'appuie dessus"),
            ));
        }
        let mut possible: Vec<Possible> = Vec::new();
        for era in self.eras(sight) {
            let now = era.days.contains(examined_on);
            if era.bases.len() > 1 {
                if now {
                    return Err(texts(self.overlap(&era, &format!("le {}", say::date(examined_on)))));
                }
                continue;
            }
            let says = era.bases.iter().any(|base| self.texts[*base].header.version_at.is_some());
            if now || says {
                let editions = self.editions(&era).map_err(Refused::Texts)?;
                let probe = self.probe(&editions, examined_on, read);
                possible.push(Possible { era, editions, probe });
            }
        }
        if possible.is_empty() {
            return Err(texts(self.none_in_force(examined_on, sight, Wanted::Examination)));
        }
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        let (mut by, mut eras) = (ChosenBy::Examination, 0);
        let mut dates: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut scopes: BTreeMap<Arc<str>, BTreeSet<u32>> = BTreeMap::new();
        let mut nearest: Option<&Probe> = None;
        for one in &possible {
            // What this version cannot read another of the same text may.
            let kin = || possible.iter().filter(|other| other.era.bases == one.era.bases);
            let said = match &one.probe {
                Ok(probe) => Some(probe),
                Err(_) => kin().find_map(|other| other.probe.as_ref().ok()),
            };
            let date = said.and_then(|probe| probe.date);
            let known = date.unwrap_or(DateRange::day(examined_on));
            nearest = nearest.or(said);
            if said.is_some() && known.intersect(one.era.days).is_none() {
                continue;
            }
            let probe = match &one.probe {
                Ok(probe) => probe,
                Err(Refused::Dossier(errors)) => return Err(Refused::Dossier(errors.clone())),
                Err(Refused::Texts(errors)) => return Err(Refused::Texts(errors.clone())),
            };
            if let Some(known) = probe.date {
                by = ChosenBy::Said { words: probe.words.clone(), known };
            }
            eras += 1;
            dates.extend(probe.date_open.iter().cloned());
            for (rank, path) in &probe.scopes_open {
                let by = one.era.amendments.get(*rank).and_then(|by| self.texts.get(*by));
                scopes.entry(Arc::clone(path)).or_default().extend(by.and_then(|text| text.number()));
            }
            for (rank, edition) in one.editions.iter().enumerate() {
                if !goes(edition, &probe.scopes) {
                    continue;
                }
                let made = self.consolidated(edition);
                let policy = made.policy().map_err(Refused::Texts)?;
                let dossier = match &probe.read {
                    (own, dossier) if *own == rank => dossier.clone(),
                    _ => read(policy).map_err(Refused::Dossier)?,
                };
                candidates.push(Candidate { made, dossier });
            }
        }
        if candidates.is_empty() {
            return Err(texts(self.no_version(nearest, examined_on, sight)));
        }
        let mut open: Vec<Open> = Vec::new();
        if candidates.len() > 1 {
            if eras > 1 {
                open.extend(dates.into_iter().map(|path| Open { path, amendments: None }));
            }
            for (path, amendments) in scopes {
                if open.iter().all(|other| other.path != path) {
                    open.push(Open { path, amendments: Some(amendments) });
                }
            }
        }
        Ok(Choice { examined_on, by, sight: *sight, candidates, open })
    }

    /// What a dossier says, by the first version that can read it.
    fn probe(&self, editions: &[Edition], examined_on: Date, read: Read<'_>) -> Result<Probe, Refused> {
        let mut failed = None;
        for (rank, edition) in editions.iter().enumerate() {
            let made = self.consolidated(edition);
            let tried = made.policy().map_err(Refused::Texts).and_then(|policy| {
                let dossier = read(policy).map_err(Refused::Dossier)?;
                Ok(probe(policy, rank, dossier, examined_on))
            });
            match tried {
                Ok(probe) => return Ok(probe),
                Err(refused) => failed = failed.or(Some(refused)),
            }
        }
        Err(failed.unwrap_or(Refused::Texts(Vec::new())))
    }

    /// No version is in force at the date that the text says.
    fn no_version(&self, probe: Option<&Probe>, examined_on: Date, sight: &Sight) -> Diagnostic {
        let Some((probe, known)) = probe.and_then(|probe| Some((probe, probe.date?))) else {
            return self.none_in_force(examined_on, sight, Wanted::Examination);
        };
        if let Some(day) = known.value() {
            return self.none_in_force(day, sight, Wanted::Dossier(&probe.words));
        }
        let message = format!(
            "la version se choisit à une date qui n'est pas connue (« {} »), et aucune n'est en vigueur {}",
            probe.words,
            say::days(known)
        );
        let base = self.texts.iter().find(|text| text.header.version_at.is_some());
        let mut diagnostic = Diagnostic::error("version-absente", message)
            .help(format!("dire dans le dossier « {} »", probe.date_open.join(" », « ")));
        if let Some(text) = base {
            let place = text.header.version_at.as_ref().map_or(text.header.span, |expr| expr.span);
            diagnostic = diagnostic.at(&text.file, place, "la date qui choisit la version");
            diagnostic = diagnostic.at(&text.file, text.period_span(), "en vigueur");
        }
        diagnostic
    }
}

/// Whether an edition may go to a dossier of which this is known.
fn goes(edition: &Edition, scopes: &[(usize, Truth)]) -> bool {
    scopes.iter().all(|(rank, truth)| {
        let applied = edition.in_force.get(*rank).is_some_and(|by| edition.applied.contains(by));
        truth.contains(applied)
    })
}

fn probe(policy: &Policy, rank: usize, dossier: Dossier, examined_on: Date) -> Probe {
    let plain = World::of(policy, &dossier, examined_on);
    let mut world = plain.clone();
    // Answers that contradict one another are sent back when they are decided on.
    let learnt = learn(policy, &mut world).unwrap_or_else(|_| {
        world = plain;
        Default::default()
    });
    let mut evaluator = Evaluator::new(policy, &world, &learnt);
    let version = &policy.version;
    let date = version.chosen_at.map(|expr| date_of(&evaluator.value(expr)));
    let mut scopes: Vec<(usize, Truth)> = Vec::new();
    let mut scopes_open = Vec::new();
    for (rank, condition) in &version.scopes {
        let truth = evaluator.truth(*condition);
        if truth.is_open() {
            scopes_open.extend(unknown(policy, &dossier, *condition).into_iter().map(|path| (*rank, path)));
        }
        match scopes.iter_mut().find(|(own, _)| own == rank) {
            Some((_, all)) => *all = all.and(truth),
            None => scopes.push((*rank, truth)),
        }
    }
    let words = version.chosen_at.map_or_else(String::new, |expr| {
        let words = policy.file.slice(policy.exprs.get(expr).span);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let date_open = version.chosen_at.map_or_else(Vec::new, |expr| unknown(policy, &dossier, expr));
    Probe { date, words, scopes, date_open, scopes_open, read: (rank, dossier) }
}

/// The facts that an expression reads and of which the dossier gives no value.
fn unknown(policy: &Policy, dossier: &Dossier, expr: ExprId) -> Vec<Arc<str>> {
    let mut reach = Reach::default();
    reach.add_expr(policy, expr);
    let facts = (0..).map(FactId).zip(&policy.facts).filter(|(id, _)| {
        reach.reads(Declared::Fact(*id)) && !matches!(dossier.fact(*id).answer, Answer::Known(_))
    });
    let lists = (0..).map(ListId).zip(&policy.lists);
    let lists = lists.filter(|(id, _)| reach.reads(Declared::List(*id)) && dossier.list(*id).is_none());
    facts
        .map(|(_, fact)| Arc::clone(&fact.path))
        .chain(lists.map(|(_, list)| Arc::clone(&list.path)))
        .collect()
}
