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
    before: (&'p Policy, Reader<'p>),
    after: (&'p Policy, Reader<'p>),
    /// The date of examination of dossiers that state none, or of all.
    on: Option<Date>,
    otherwise: Date,
}

impl<'p> Given<'p> {
    /// Makes both texts ready. `on` is the date of examination of all dossiers; else it is that which
    /// each states, else `otherwise`.
    pub fn new(before: &Side<'p>, after: &Side<'p>, on: Option<Date>, otherwise: Date) -> Self {
        Given {
            before: (before.policy, Reader::new(before.policy)),
            after: (after.policy, Reader::new(after.policy)),
            on,
            otherwise,
        }
    }

    /// A dossier, as far as either text knows what it says; `None` where both send it back.
    pub fn read(&self, bytes: &[u8], name: &str, origin: Origin) -> Option<Tried> {
        let one = |(policy, reader): &(&Policy, Reader<'_>)| {
            let dossier = reader.read(bytes, name).ok()?;
            let on = self.on.or(dossier.examined_on).unwrap_or(self.otherwise);
            Some(Sketch::of(policy, &dossier, on))
        };
        let sketch = match (one(&self.before), one(&self.after)) {
            // What only one of them knows is taken from it.
            (Some(mut old), Some(new)) => {
                for (path, entry) in new.entries {
                    old.entries.entry(path).or_insert(entry);
                }
                old
            }
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => return None,
        };
        Some(Tried { origin, name: Arc::from(name), sketch })
    }
}
