//! From the bytes of a dossier to the bytes of a brief, for programs that decide many dossiers under
//! one policy: what is worked out of the policy once serves for all of them.
//!
//! A complete JSON dossier goes all the way by the quick ways (`dossier`'s and [`crate::eval::plain`]);
//! any other is read and decided as always. The brief is the same either way.

use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::dossier::{Dossier, Reader, Sheet};
use crate::eval::plain::{Batch, Brief, Plain, ROWS};
use crate::eval::{Request, decide};
use crate::policy::{Policy, ReadingId};
use crate::render::json::Briefs;
use crate::time::Date;

/// What is asked for all dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The date of examination; absent, each dossier's own (`examiné le`).
    pub examined_on: Option<Date>,
    /// The date of examination of dossiers that state none.
    pub otherwise: Date,
    /// Readings that are retained for all.
    pub readings: Vec<(ReadingId, u16)>,
}

/// Decides dossiers of one policy.
#[derive(Debug)]
pub struct Briefing<'p> {
    policy: &'p Policy,
    reader: Reader<'p>,
    plain: Plain,
    briefs: Briefs,
    /// Sheets that nobody is filling, so that as many threads as like may share this.
    sheets: Mutex<Vec<Sheet>>,
}

impl<'p> Briefing<'p> {
    /// Makes a policy ready.
    pub fn new(policy: &'p Policy) -> Self {
        Briefing {
            policy,
            reader: Reader::new(policy),
            plain: Plain::new(policy),
            briefs: Briefs::new(policy),
            sheets: Mutex::default(),
        }
    }

    /// Decides a dossier, and writes the brief at the end of `out`.
    ///
    /// # Errors
    ///
    /// All that must be corrected in the dossier; nothing is written then.
    pub fn write(
        &self,
        bytes: &[u8],
        name: &str,
        asked: &Asked,
        out: &mut String,
    ) -> Result<Brief, Vec<Diagnostic>> {
        let brief = match self.quickly(bytes, asked) {
            Some((brief, _)) => brief,
            None => self.decide(&self.reader.read(bytes, name)?, asked)?,
        };
        self.briefs.write(&brief, out);
        Ok(brief)
    }

    /// Decides an ordinary JSON dossier of which all that is read is known, with the date on which it is examined;
    /// `None` of any other.
    pub fn quickly(&self, bytes: &[u8], asked: &Asked) -> Option<(Brief, Date)> {
        self.with_sheet(|sheet| {
            let examined_on = self.read(bytes, asked, sheet)?;
            Some((self.plain.decide_answers(sheet, examined_on, &asked.readings)?, examined_on))
        })
    }

    /// Decides many as [`Briefing::quickly`] does each; those of one day are decided together, column by column.
    pub fn many(&self, dossiers: &[impl AsRef<[u8]>], asked: &Asked) -> Vec<Option<(Brief, Date)>> {
        dossiers.chunks(ROWS).flat_map(|some| self.batch(some, asked)).collect()
    }

    fn batch(&self, dossiers: &[impl AsRef<[u8]>], asked: &Asked) -> Vec<Option<(Brief, Date)>> {
        let mut batch = Batch::new(self.policy);
        let mut day: Option<Date> = None;
        // By dossier: its row, where it is in the batch.
        let mut take = |sheet: &mut Sheet, bytes: &[u8]| {
            let examined_on = self.read(bytes, asked, sheet)?;
            let together = *day.get_or_insert(examined_on) == examined_on && batch.push(sheet);
            together.then(|| batch.len() - 1)
        };
        let rows: Vec<Option<usize>> =
            self.with_sheet(|sheet| dossiers.iter().map(|bytes| take(sheet, bytes.as_ref())).collect());
        let briefs = day.and_then(|day| self.plain.decide_batch(&batch, day, &asked.readings));
        let told = |(row, bytes): (Option<usize>, _)| {
            let together = row.zip(briefs.as_ref()).and_then(|(row, briefs)| briefs.brief(row));
            // What has no place in its column may have one alone.
            together.zip(day).or_else(|| self.quickly(AsRef::as_ref(bytes), asked))
        };
        rows.into_iter().zip(dossiers).map(told).collect()
    }

    /// What is done with a sheet that nobody is filling.
    fn with_sheet<R>(&self, f: impl FnOnce(&mut Sheet) -> R) -> R {
        // Whoever fell while it held these had not begun to change them.
        let sheets = || self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        let free = sheets().pop();
        let mut sheet = free.unwrap_or_else(|| Sheet::new(self.policy));
        let done = f(&mut sheet);
        sheets().push(sheet);
        done
    }

    /// Reads an ordinary JSON dossier onto a sheet; the date on which it is examined.
    fn read(&self, bytes: &[u8], asked: &Asked, sheet: &mut Sheet) -> Option<Date> {
        self.reader.sheet(bytes, sheet)?;
        // Whoever retains otherwise than the dossier is told so where it is read in full.
        let other = |(id, option): &(ReadingId, u16)| {
            sheet.readings.get(id.index()).copied().flatten().is_some_and(|own| own != *option)
        };
        let examined_on = asked.examined_on.or(sheet.examined_on).unwrap_or(asked.otherwise);
        (!asked.readings.iter().any(other)).then_some(examined_on)
    }

    /// Decides a dossier that was read.
    ///
    /// # Errors
    ///
    /// What keeps the dossier from being examined.
    pub fn decide(&self, dossier: &Dossier, asked: &Asked) -> Result<Brief, Vec<Diagnostic>> {
        let examined_on = asked.examined_on.or(dossier.examined_on).unwrap_or(asked.otherwise);
        if let Some(brief) = self.plain.decide(dossier, examined_on, &asked.readings) {
            return Ok(brief);
        }
        let request = Request { examined_on, readings: asked.readings.clone() };
        decide(self.policy, dossier, &request).map(|decision| Brief::of(&decision))
    }
}
