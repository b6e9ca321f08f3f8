//! Many dossiers of one file: decided by all cores, answered in their order, in as much memory as a few of them
//! take.

use std::io::IsTerminal;
use std::num::NonZero;
use std::sync::{Arc, RwLock};

use conforme::decision::Decision;
use conforme::dossier::{self, Dossier};
use conforme::history::{Ready, retained};
use conforme::parallel;
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;

use super::tally::Tally;
use super::{Asked, Refused, code, day, decide_file};
use crate::cli::{TO_CORRECT, print};

/// So many dossiers are at hand at once.
const AT_ONCE: usize = 256;

/// What one dossier came to.
pub struct Answer<O> {
    code: u8,
    out: O,
    told: Tally,
}

impl<O> Answer<O> {
    /// Of a dossier that was not decided.
    pub fn refused(out: O) -> Answer<O> {
        Answer { code: TO_CORRECT, out, told: Tally::refused() }
    }
}

/// Answers each, in order, puts the answers out as they come, as long as somebody takes them, then tells what they
/// came to; the highest code.
pub fn run<T: Sync, O: Send>(
    mut dossiers: impl Iterator<Item = T>,
    answer: impl Fn(&T) -> Answer<O> + Sync,
    mut put: impl FnMut(Vec<O>) -> bool,
) -> u8 {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut all = Tally::default();
    let mut highest = 0;
    let watched = std::io::stderr().is_terminal();
    loop {
        let chunk: Vec<T> = dossiers.by_ref().take(AT_ONCE).collect();
        if chunk.is_empty() {
            break;
        }
        let mut out = Vec::with_capacity(chunk.len());
        for answer in parallel::map(workers, &chunk, &answer) {
            highest = highest.max(answer.code);
            out.push(answer.out);
            all.add(answer.told);
        }
        if !put(out) {
            return highest;
        }
        if watched {
            print::err(&format!("\r{}", all.so_far()));
        }
    }
    print::err(&format!("{}{}", if watched { "\r" } else { "" }, all.text()));
    highest
}

/// What is asked of every dossier.
pub struct Batch<'a> {
    asked: &'a Asked,
    /// The versions that were met, ready for more.
    ready: RwLock<Vec<(String, Arc<Ready<'a>>)>>,
}

impl<'a> Batch<'a> {
    pub fn new(asked: &'a Asked) -> Batch<'a> {
        Batch { asked, ready: RwLock::default() }
    }

    /// Decides a dossier, and writes what it came to.
    pub fn decided<O>(
        &self,
        file: &Arc<SourceFile>,
        write: impl Fn(&Policy, &Dossier, &Decision) -> O,
    ) -> Result<Answer<O>, Refused> {
        let told = |policy: &Policy, dossier: &Dossier, decision: &Decision| Answer {
            code: code(decision),
            out: write(policy, dossier, decision),
            told: Tally::of(policy, dossier, decision),
        };
        if let Some((ready, dossier)) = self.read(file) {
            let examined_on = self.examined_on(&dossier)?;
            if ready.is_for(examined_on) {
                let policy = ready.policy();
                let readings = retained(policy, &dossier, &self.asked.readings)?;
                let decision = ready.decide(&dossier, examined_on, readings)?;
                return Ok(told(policy, &dossier, &decision));
            }
        }
        let (policy, dossier, decision) = decide_file(file, self.asked)?;
        self.make_ready(&policy.id, self.examined_on(&dossier)?);
        Ok(told(policy, &dossier, &decision))
    }

    fn examined_on(&self, dossier: &Dossier) -> Result<Date, Refused> {
        day(self.asked.on.or(dossier.examined_on))
    }

    /// A dossier as a version that is ready reads it.
    fn read(&self, file: &Arc<SourceFile>) -> Option<(Arc<Ready<'a>>, Dossier)> {
        let id = dossier::identify(file).ok()??;
        let examined_on = day(self.asked.on.or_else(|| dossier::examined_on(file))).ok()?;
        let ready = {
            let all = self.ready.read().ok()?;
            let own = all.iter().find(|(own, ready)| *own == id && ready.is_for(examined_on));
            Arc::clone(&own?.1)
        };
        let dossier = ready.read(file).ok()?;
        Some((ready, dossier))
    }

    /// Makes a version ready, where the next dossiers may need no choice.
    fn make_ready(&self, id: &str, examined_on: Date) {
        let Ok(mut all) = self.ready.write() else { return };
        if all.iter().any(|(own, ready)| own == id && ready.is_for(examined_on)) {
            return;
        }
        let history = self.asked.catalogue.history(id).ok();
        if let Some(ready) = history.and_then(|history| history.ready(&self.asked.sight, examined_on)) {
            all.push((id.to_owned(), Arc::new(ready)));
        }
    }
}
