//! Dossiers that are given, read against both texts.

use std::sync::Arc;

use super::effects::{Origin, Tried};
use super::side::Side;
use crate::dossier::Reader;
use crate::policy::Policy;
use crate::probe::Sketch;
use crate::time::Date;

/// Reads dossiers against both texts.
#[derive(Debug)]
pub struct Given<'p> {
    before: Vec<(&'p Policy, Reader<'p>)>,
    after: Vec<(&'p Policy, Reader<'p>)>,
    /// The date of examination of all dossiers; else it is that which each states.
    on: Option<Date>,
    otherwise: Date,
    /// The first day on which both texts are in force: before it the later one decides nothing.
    earliest: Option<Date>,
}

impl<'p> Given<'p> {
    /// Makes both texts ready. `on` is the date of examination of all dossiers; else it is that which
    /// each states, else `otherwise`, and not before both texts are in force.
    pub fn new(before: &Side<'p>, after: &Side<'p>, on: Option<Date>, otherwise: Date) -> Self {
        let readers = |side: &Side<'p>| {
            side.variants().map(|variant| (variant.policy, Reader::new(variant.policy))).collect()
        };
        let from = |side: &Side<'p>| side.policy().and_then(|policy| policy.from);
        let earliest = from(before).max(from(after));
        Given { before: readers(before), after: readers(after), on, otherwise, earliest }
    }

    /// A dossier, as far as either text knows what it says; `None` where both send it back.
    pub fn read(&self, bytes: &[u8], name: &str, origin: Origin) -> Option<Tried> {
        let one = |readers: &[(&Policy, Reader<'_>)]| {
            readers.iter().find_map(|(policy, reader)| {
                let dossier = reader.read(bytes, name).ok()?;
                let stated = dossier.examined_on.unwrap_or(self.otherwise);
                let earliest = self.earliest.unwrap_or(stated);
                let on = self.on.unwrap_or(stated.max(earliest));
                let postponed = self.on.is_none() && dossier.examined_on.is_some_and(|day| day < on);
                Some((Sketch::of(policy, &dossier, on), postponed))
            })
        };
        let (sketch, postponed) = match (one(&self.before), one(&self.after)) {
            // What only one of them knows is taken from it.
            (Some((mut old, postponed)), Some((new, _))) => {
                for (path, entry) in new.entries {
                    old.entries.entry(path).or_insert(entry);
                }
                for (reading, option) in new.readings {
                    old.readings.entry(reading).or_insert(option);
                }
                (old, postponed)
            }
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => return None,
        };
        Some(Tried { origin, postponed, name: Arc::from(name), sketch })
    }
}
