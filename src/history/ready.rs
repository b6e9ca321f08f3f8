//! A version made ready for many dossiers, where neither the dossier nor another version has a say in which goes
//! to it.

use std::sync::Arc;

use super::choose::Refused;
use super::{Consolidated, Edition, History, Sight};
use crate::decision::{ChosenBy, Decision, VersionChoice, VersionOutcome};
use crate::dossier::{Dossier, Reader};
use crate::eval::{Decider, Request};
use crate::policy::{Policy, ReadingId};
use crate::source::SourceFile;
use crate::time::Date;

/// The only version that goes to the dossiers examined on some days.
#[derive(Debug)]
pub struct Ready<'h> {
    made: &'h Consolidated,
    policy: &'h Policy,
    sight: Sight,
    reader: Reader<'h>,
    decider: Decider<'h>,
}

impl History {
    /// The only version of the day of examination, made ready; `None` where a dossier or another version has a
    /// say in which goes to it ([`History::choose`]), or where a text is to be corrected.
    pub fn ready(&self, sight: &Sight, examined_on: Date) -> Option<Ready<'_>> {
        if self.texts.iter().any(|text| text.header.common || text.header.version_at.is_some()) {
            return None;
        }
        let era = self.eras(sight).into_iter().find(|era| era.days.contains(examined_on))?;
        if era.bases.len() > 1 {
            return None;
        }
        let [edition]: [Edition; 1] = self.editions(&era).ok()?.try_into().ok()?;
        let made = self.consolidated(&edition);
        let policy = made.policy().ok()?;
        let (reader, decider) = (Reader::new(policy), Decider::new(policy));
        Some(Ready { made, policy, sight: *sight, reader, decider })
    }
}

impl<'h> Ready<'h> {
    /// The same, that gives no advice: see [`Decider::without_advice`].
    #[must_use]
    pub fn without_advice(self) -> Self {
        Ready { decider: self.decider.without_advice(), ..self }
    }

    /// The version.
    pub fn policy(&self) -> &'h Policy {
        self.policy
    }

    /// Whether it goes to the dossiers examined on this day.
    pub fn is_for(&self, examined_on: Date) -> bool {
        self.made.edition.days.contains(examined_on)
    }

    /// Reads an ordinary JSON dossier that names this policy; `None` of any other: see [`Reader::read_own`].
    pub fn read_own(&self, file: &Arc<SourceFile>) -> Option<Dossier> {
        self.reader.read_own(file)
    }

    /// Reads a dossier.
    ///
    /// # Errors
    ///
    /// All that must be corrected in it.
    pub fn read(&self, file: &Arc<SourceFile>) -> Result<Dossier, Refused> {
        self.reader.read_file(file).map_err(Refused::Dossier)
    }

    /// Decides a dossier that it goes to ([`Ready::is_for`]), as [`super::Choice::decide`] does.
    ///
    /// # Errors
    ///
    /// All that keeps the dossier from being examined.
    pub fn decide(
        &self,
        dossier: &Dossier,
        examined_on: Date,
        readings: Vec<(ReadingId, u16)>,
    ) -> Result<Decision, Refused> {
        let request = Request { examined_on, readings };
        let mut decision = self.decider.decide(dossier, &request).map_err(Refused::Dossier)?;
        let only = VersionOutcome {
            texts: self.policy.version.texts.clone(),
            days: self.made.edition.days,
            outcome: decision.outcome,
        };
        decision.version = Some(Box::new(VersionChoice {
            by: ChosenBy::Examination,
            known_on: self.sight.known_on,
            drafts: self.sight.draft,
            candidates: vec![only],
            shown: 0,
        }));
        Ok(decision)
    }
}
