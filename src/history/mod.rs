//! The history of a policy: its base texts and the amendments to them, and the text that they make on
//! any day.
//!
//! ```text
//! files ──Text──▶ History ──eras──▶ Edition ──compose──▶ consolidated file ──check──▶ Policy
//! ```
//!
//! An [`Era`] is a stretch of time over which the same texts are in force. An [`Edition`] is one text of
//! an era: where amendments go only to some dossiers, an era has several. Consolidation is textual: a
//! consolidated text is a file put together from the texts' own lines, so that whatever is said of it is
//! shown where a person can correct it ([`crate::source::SourceFile::origin`]).

mod across;
mod choose;
mod combine;
mod compose;
mod era;
mod forgotten;
mod lean;
mod parts;
mod places;
mod ready;
mod refuse;
mod repealed;
mod retain;
mod reword;
mod say;
mod show;
mod text;
mod verify;

use std::collections::BTreeSet;
use std::sync::Arc;

use elsa::sync::FrozenMap;

pub use choose::{Candidate, Choice, Read, Refused};
pub use combine::Decided;
pub use era::Era;
pub use ready::Ready;
pub use retain::{AskedReading, retained};
pub use text::{Done, Text};
pub use verify::Review;

use refuse::Wanted;

use crate::check::{self, Checked, proof};
use crate::diagnostic::Diagnostic;
use crate::known::DateRange;
use crate::limits;
use crate::policy::{ExprId, Policy};
use crate::source::SourceFile;
use crate::syntax;
use crate::time::Date;

/// Which texts are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    /// What was published later is not seen.
    pub known_on: Option<Date>,
    /// Whether drafts are.
    pub draft: bool,
}

/// All texts of one identifier.
pub struct History {
    texts: Vec<Text>,
    /// Those that its texts lean on.
    leaned: Vec<Arc<History>>,
    /// What is wrong with what they say that they lean on.
    astray: Vec<Diagnostic>,
    made: FrozenMap<Edition, Box<Consolidated>>,
}

/// One text of an era.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edition {
    /// The base text, by rank in the history.
    pub base: usize,
    /// The days on which it may go to a dossier.
    pub days: DateRange,
    /// The amendments in force, in the order in which they are applied.
    pub in_force: Vec<usize>,
    /// Those of them that are applied.
    pub applied: Vec<usize>,
    /// The version of each history that is leaned on; none where it has none in force.
    pub leaned: Vec<Option<Edition>>,
}

/// A consolidated text that was checked.
#[derive(Debug)]
pub struct Consolidated {
    /// Which it is.
    pub edition: Edition,
    /// Its file; what it leans on follows.
    pub file: Arc<SourceFile>,
    /// Its own lines.
    own: Arc<SourceFile>,
    /// What it leans on.
    sections: lean::Sections,
    checked: Checked,
    /// By amendment that was applied or not: what of it cannot be done.
    problems: Vec<Diagnostic>,
}

impl Consolidated {
    /// The policy that it is.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn policy(&self) -> Result<&Policy, Vec<Diagnostic>> {
        let errors: Vec<Diagnostic> = self.errors();
        match &self.checked.policy {
            Some(policy) if errors.is_empty() => Ok(policy),
            Some(_) | None => Err(errors),
        }
    }

    fn errors(&self) -> Vec<Diagnostic> {
        self.diagnostics().into_iter().filter(Diagnostic::is_error).collect()
    }
}

impl History {
    /// The histories of these texts, by identifier.
    pub fn all(texts: impl IntoIterator<Item = Text>) -> Vec<Arc<History>> {
        History::beside(Vec::new(), texts)
    }

    /// The histories of these texts beside others of which nothing changes: see [`resting_on`].
    pub fn beside(kept: Vec<Arc<History>>, texts: impl IntoIterator<Item = Text>) -> Vec<Arc<History>> {
        let mut histories: Vec<History> = Vec::new();
        for text in texts {
            match histories.iter_mut().find(|history| history.id() == text.id()) {
                Some(history) => history.texts.push(text),
                None => histories.push(History {
                    texts: vec![text],
                    leaned: Vec::new(),
                    astray: Vec::new(),
                    made: FrozenMap::new(),
                }),
            }
        }
        for history in &mut histories {
            history.read_together();
            history.texts.sort_by_key(|text| (text.is_amendment(), text.from(), text.number()));
        }
        histories.sort_by(|a, b| a.id().cmp(b.id()));
        lean::link(kept, histories)
    }

    /// Reads the texts again where one declares names that the others cannot read without knowing it.
    fn read_together(&mut self) {
        if self.texts.len() < 2 {
            return;
        }
        let telling = telling(self.texts.iter());
        if !telling.is_empty() {
            let texts = std::mem::take(&mut self.texts);
            self.texts = texts.into_iter().map(|text| text.among(&telling)).collect();
        }
    }

    /// The identifier.
    pub fn id(&self) -> &str {
        self.texts.first().map_or("", Text::id)
    }

    /// Base texts first, then amendments; each by date, then number.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// Whether there is one base text and nothing else: then no version is to be chosen.
    pub fn is_single(&self) -> bool {
        self.texts.len() == 1 && !self.leans() && self.texts.iter().all(|text| !text.is_amendment())
    }

    /// The stretch of time around a day.
    ///
    /// # Errors
    ///
    /// No version is in force that day, or several are.
    pub fn era_at(&self, day: Date, sight: &Sight) -> Result<Era, Vec<Diagnostic>> {
        self.era_wanted(day, sight, Wanted::Named)
    }

    fn era_wanted(&self, day: Date, sight: &Sight, wanted: Wanted<'_>) -> Result<Era, Vec<Diagnostic>> {
        let era = self.eras(sight).into_iter().find(|era| era.days.contains(day));
        match era {
            Some(era) if era.bases.len() > 1 => {
                Err(vec![self.overlap(&era, &format!("le {}", say::date(day)))])
            }
            Some(era) => Ok(era),
            None => Err(vec![self.none_in_force(day, sight, wanted)]),
        }
    }

    /// The text of a day, to be shown: every amendment in force applied, but of those that go only to some
    /// dossiers only the numbers in `with`.
    ///
    /// # Errors
    ///
    /// No version is in force that day, or an amendment of that number is not.
    pub fn edition_at(&self, day: Date, sight: &Sight, with: &[u32]) -> Result<Edition, Vec<Diagnostic>> {
        let era = self.era_wanted(day, sight, Wanted::Shown)?;
        let number = |rank: &usize| self.texts[*rank].number();
        for wanted in with {
            if !era.amendments.iter().any(|rank| number(rank) == Some(*wanted)) {
                return Err(vec![self.no_such_amendment(*wanted, day, &era)]);
            }
        }
        let applied = era.amendments.iter().copied().filter(|rank| {
            !self.texts[*rank].is_scoped() || number(rank).is_some_and(|number| with.contains(&number))
        });
        Ok(self.edition(&era, applied.collect()))
    }

    /// The text of an era for the dossiers to which no amendment goes that goes only to some.
    pub fn plain(&self, era: &Era) -> Edition {
        let applied = era.amendments.iter().copied().filter(|rank| !self.texts[*rank].is_scoped());
        self.edition(era, applied.collect())
    }

    /// The conditions under which alone a text goes to a dossier, with a policy in which they stand: none
    /// where it goes to all, or where what it amends is broken.
    pub fn conditions(&self, rank: usize) -> Option<(&Policy, Vec<ExprId>)> {
        let text = self.texts.get(rank).filter(|text| text.is_scoped())?;
        let sight = Sight { known_on: None, draft: text.is_draft() };
        let eras = self.eras(&sight);
        let era = eras.iter().find(|era| era.bases.len() == 1 && era.amendments.contains(&rank))?;
        let policy = self.consolidated(&self.plain(era)).policy().ok()?;
        // A policy counts amendments by their rank among those in force.
        let own = era.amendments.iter().position(|other| *other == rank)?;
        let found: Vec<ExprId> = policy
            .version
            .scopes
            .iter()
            .filter(|(of, _)| *of == own)
            .map(|(_, condition)| *condition)
            .collect();
        (!found.is_empty()).then_some((policy, found))
    }

    /// The policy of a day, every amendment in force applied but those that go only to some dossiers.
    ///
    /// # Errors
    ///
    /// No version is in force that day, or what is wrong with it.
    pub fn at(&self, day: Date, sight: &Sight) -> Result<&Consolidated, Vec<Diagnostic>> {
        let made = self.consolidated(&self.plain(&self.era_at(day, sight)?));
        made.policy()?;
        Ok(made)
    }

    fn edition(&self, era: &Era, applied: Vec<usize>) -> Edition {
        let base = era.bases.first().copied().unwrap_or_default();
        let (in_force, leaned) = (era.amendments.clone(), era.leaned.clone());
        Edition { base, days: era.days, in_force, applied, leaned }
    }

    /// Every text of an era: one, but where amendments go only to some dossiers; those whose amendments
    /// can go to no dossier together are left out.
    ///
    /// # Errors
    ///
    /// There are too many.
    pub fn editions(&self, era: &Era) -> Result<Vec<Edition>, Vec<Diagnostic>> {
        let scoped: Vec<usize> =
            era.amendments.iter().copied().filter(|rank| self.texts[*rank].is_scoped()).collect();
        let count = u32::try_from(scoped.len()).ok().and_then(|bits| 1_usize.checked_shl(bits));
        let Some(count) = count.filter(|count| *count <= limits::EDITIONS) else {
            return Err(vec![self.too_many(era, &scoped)]);
        };
        let with = |mask: usize| {
            let left_out = |rank: &usize| {
                scoped.iter().position(|own| own == rank).is_some_and(|bit| mask >> bit & 1 == 0)
            };
            let applied = era.amendments.iter().copied().filter(|rank| !left_out(rank));
            self.edition(era, applied.collect())
        };
        let plain = with(0);
        if scoped.len() < 2 {
            return Ok((0..count).map(with).collect());
        }
        let made = self.consolidated(&plain);
        let Some(policy) = &made.checked.policy else { return Ok((0..count).map(with).collect()) };
        let possible = |mask: &usize| {
            let applies = |rank: usize| {
                let bit = era.amendments.get(rank).and_then(|by| scoped.iter().position(|own| own == by));
                bit.is_some_and(|bit| mask >> bit & 1 == 1)
            };
            let together: Vec<ExprId> = policy
                .version
                .scopes
                .iter()
                .filter(|(rank, _)| applies(*rank))
                .map(|(_, scope)| *scope)
                .collect();
            together.len() < 2 || proof::possible(policy, &together)
        };
        Ok((0..count).filter(possible).map(with).collect())
    }

    /// The consolidated text of an edition, made when it is first asked for.
    pub fn consolidated(&self, edition: &Edition) -> &Consolidated {
        match self.made.get(edition) {
            Some(made) => made,
            None => self.made.insert(edition.clone(), Box::new(self.consolidate(edition))),
        }
    }

    fn consolidate(&self, edition: &Edition) -> Consolidated {
        let base = &self.texts[edition.base];
        let broken: Vec<Diagnostic> = std::iter::once(&edition.base)
            .chain(&edition.in_force)
            .filter(|rank| self.texts[**rank].broken)
            .flat_map(|rank| self.texts[*rank].problems().to_vec())
            .collect();
        if !broken.is_empty() {
            return Consolidated::refused(edition, base, broken);
        }
        let Prepared { draft, own, file, sections, consolidation } = match self.prepared(edition) {
            Ok(prepared) => prepared,
            Err(problems) => return Consolidated::refused(edition, base, problems),
        };
        let mut checked = match &draft {
            None if sections.is_empty() => check::check(&file),
            Some(_) | None => check::check_consolidated(&file, &consolidation),
        };
        if let Some(draft) = &draft {
            let found = std::mem::take(&mut checked.diagnostics);
            checked.diagnostics = repealed::told(self, edition, draft, (&file, &sections), found);
            if let Some(policy) = &checked.policy {
                checked.diagnostics.extend(forgotten::forgotten(self, draft, policy));
            }
        }
        let problems = draft.map_or_else(Vec::new, |draft| draft.problems);
        Consolidated { edition: edition.clone(), file, own, sections, checked, problems }
    }

    /// The file of an edition, before it is checked.
    fn prepared<'h>(&'h self, edition: &'h Edition) -> Result<Prepared<'h>, Vec<Diagnostic>> {
        let base = &self.texts[edition.base];
        let sections = self.sections(edition)?;
        let whole = (edition.days.from, edition.days.to) == (base.from(), base.until());
        let draft = (!edition.in_force.is_empty() || !whole).then(|| compose::Draft::of(self, edition));
        let (own, consolidation) = match &draft {
            Some(draft) => draft.finish(),
            None => {
                let texts = vec![base.about()];
                (Arc::clone(&base.file), check::Consolidation { texts, ..check::Consolidation::default() })
            }
        };
        let leaned = sections.iter().map(|(leaned, _)| leaned.clone()).collect();
        let consolidation = check::Consolidation { leaned, ..consolidation };
        let file = if sections.is_empty() { Arc::clone(&own) } else { lean::joined(&own, &sections) };
        Ok(Prepared { draft, own, file, sections, consolidation })
    }

    /// The errors of one of its texts, at their places in it: by itself, or in the text that it makes with what it leans on
    /// or amends. What may mend them is not looked for.
    pub fn errors_of(&self, path: &str) -> Vec<Diagnostic> {
        let Some(rank) = self.texts.iter().position(|text| text.file.name() == path) else {
            return Vec::new();
        };
        let text = &self.texts[rank];
        if !text.is_amendment() && !self.leans() {
            return check::errors(&text.file, None);
        }
        if text.broken {
            return text.problems().iter().filter(|one| one.is_error()).cloned().collect();
        }
        let eras = self.eras(&Sight { known_on: None, draft: true });
        let concerned = |era: &&Era| era.bases == [rank] || era.amendments.contains(&rank);
        let Some(era) = eras.iter().find(concerned) else { return Vec::new() };
        let mut edition = self.plain(era);
        if text.is_amendment() && !edition.applied.contains(&rank) {
            edition.applied.push(rank);
            edition.applied.sort_unstable();
        }
        let found = match self.prepared(&edition) {
            Ok(Prepared { draft, file, consolidation, .. }) => {
                let problems = draft.map_or_else(Vec::new, |draft| draft.problems);
                let checked = check::errors(&file, Some(&consolidation));
                problems.into_iter().chain(checked).map(verify::at_origin).collect()
            }
            Err(problems) => problems,
        };
        found.into_iter().filter(Diagnostic::is_error).collect()
    }

    /// What the names of its texts stand for, in each text that they make: with the file whose places these are. A text
    /// that makes none, because of what is wrong, is read by itself.
    pub fn seen(&self) -> Vec<(Arc<SourceFile>, check::Seen)> {
        let mut seen = Vec::new();
        let mut told: BTreeSet<usize> = BTreeSet::new();
        let mut made: Vec<Edition> = Vec::new();
        for draft in [false, true] {
            for era in self.eras(&Sight { known_on: None, draft }) {
                let sound = |rank: &usize| !self.texts[*rank].broken;
                let all = self.edition(&era, era.amendments.clone());
                let alone = Edition { in_force: Vec::new(), applied: Vec::new(), ..all.clone() };
                // What amendments take away is seen in the text without them.
                for mut edition in [all, self.plain(&era), alone] {
                    edition.in_force.retain(sound);
                    edition.applied.retain(sound);
                    if made.contains(&edition) {
                        continue;
                    }
                    if let Ok(Prepared { file, consolidation, .. }) = self.prepared(&edition) {
                        seen.push((Arc::clone(&file), check::seen(&file, Some(&consolidation))));
                        told.insert(edition.base);
                        told.extend(edition.applied.iter().copied());
                    }
                    made.push(edition);
                }
            }
        }
        for (rank, text) in self.texts.iter().enumerate() {
            if !told.contains(&rank) && !text.is_amendment() {
                seen.push((Arc::clone(&text.file), check::seen(&text.file, None)));
            }
        }
        seen
    }
}

/// The file of an edition, and what its lines come from.
struct Prepared<'h> {
    draft: Option<compose::Draft<'h>>,
    /// Its own lines.
    own: Arc<SourceFile>,
    /// With what it leans on.
    file: Arc<SourceFile>,
    sections: lean::Sections,
    consolidation: check::Consolidation,
}

impl Consolidated {
    /// One that cannot be made.
    fn refused(edition: &Edition, base: &Text, diagnostics: Vec<Diagnostic>) -> Consolidated {
        Consolidated {
            edition: edition.clone(),
            file: Arc::clone(&base.file),
            own: Arc::clone(&base.file),
            sections: Vec::new(),
            checked: Checked { policy: None, diagnostics },
            problems: Vec::new(),
        }
    }
}

/// The identifiers whose histories are to be made again where the texts of some change: those, what leans on them,
/// near and far, and what leans on a text that is not there.
pub fn resting_on(histories: &[Arc<History>], touched: &BTreeSet<String>) -> BTreeSet<String> {
    let mut all = touched.clone();
    all.extend(histories.iter().filter(|own| own.lacks().next().is_some()).map(|own| own.id().to_owned()));
    loop {
        let leans = |history: &&Arc<History>| {
            !all.contains(history.id())
                && history.texts().iter().flat_map(Text::leans_on).any(|on| all.contains(on))
        };
        let more: Vec<String> = histories.iter().filter(leans).map(|own| own.id().to_owned()).collect();
        if more.is_empty() {
            return all;
        }
        all.extend(more);
    }
}

/// The files of texts that declare names which others cannot read without knowing it.
fn telling<'t>(texts: impl Iterator<Item = &'t Text>) -> Vec<Arc<SourceFile>> {
    texts.map(|text| &text.file).filter(|file| syntax::declares_phrases(file)).cloned().collect()
}
