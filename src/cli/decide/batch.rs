//! Many dossiers of one file: decided by all cores, answered in their order, in as much memory as a few of them
//! take.

use std::io::IsTerminal;
use std::num::NonZero;
use std::sync::Arc;

use conforme::decision::Decision;
use conforme::dossier::{self, Dossier};
use conforme::history::{Ready, retained};
use conforme::parallel;
use conforme::policy::Policy;
use conforme::render::Explain;
use conforme::render::json::Printer;
use conforme::source::SourceFile;
use conforme::time::Date;
use elsa::sync::FrozenVec;

use super::tally::Tally;
use super::{Asked, Refused, code, day, decide_file};
use crate::cli::{TO_CORRECT, print};

/// So many dossiers are decided one after another by one core.
const AT_ONCE: usize = 16;

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

/// Answers each, puts the answers out in order as they come, as long as somebody takes them, then tells what they
/// came to; the highest code.
pub fn run<T, O: Send>(
    dossiers: impl Iterator<Item = T> + Send,
    answer: impl Fn(&T) -> Answer<O> + Sync,
    mut put: impl FnMut(Vec<O>) -> bool + Send,
) -> u8 {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let (mut all, mut highest, mut taken) = (Tally::default(), 0, true);
    let watched = std::io::stderr().is_terminal();
    let several = |dossiers: Vec<T>| {
        let (mut out, mut told, mut code) = (Vec::with_capacity(dossiers.len()), Tally::default(), 0);
        for answer in dossiers.iter().map(&answer) {
            code = code.max(answer.code);
            out.push(answer.out);
            told.add(answer.told);
        }
        (out, told, code)
    };
    parallel::in_order(workers, AT_ONCE, dossiers, several, |(out, told, code)| {
        highest = highest.max(code);
        all.add(told);
        taken = put(out);
        if watched && taken {
            print::err(&format!("\r{}", all.so_far()));
        }
        taken
    });
    if taken {
        print::err(&format!("{}{}", if watched { "\r" } else { "" }, all.text()));
    }
    highest
}

/// What is asked of every dossier.
pub struct Batch<'a> {
    asked: &'a Asked,
    explain: Explain,
    /// The versions that were met, ready for more.
    ready: FrozenVec<Box<Ready<'a>>>,
    /// Those that were met, each with what prints its decisions.
    printers: FrozenVec<Box<(&'a Policy, Printer<'a>)>>,
}

impl<'a> Batch<'a> {
    pub fn new(asked: &'a Asked, explain: Explain) -> Batch<'a> {
        Batch { asked, explain, ready: FrozenVec::new(), printers: FrozenVec::new() }
    }

    /// Decides a dossier, and writes what it came to.
    pub fn decided<O>(
        &self,
        file: &Arc<SourceFile>,
        write: impl Fn(&'a Policy, &Dossier, &Decision) -> O,
    ) -> Result<Answer<O>, Refused> {
        let (policy, dossier, decision) = self.decide(file)?;
        let told = Tally::of(policy, &dossier, &decision);
        let dated = self.asked.on.or(dossier.examined_on).is_some();
        let told = if dated { told } else { told.undated(decision.examined_on) };
        Ok(Answer { code: code(&decision), out: write(policy, &dossier, &decision), told })
    }

    /// Decides a dossier.
    pub fn decide(&self, file: &Arc<SourceFile>) -> Result<(&'a Policy, Dossier, Decision), Refused> {
        if let Some((ready, dossier, examined_on)) = self.read(file) {
            let policy = ready.policy();
            let readings = retained(policy, &dossier, &self.asked.readings)?;
            let decision = ready.decide(&dossier, examined_on, readings)?;
            return Ok((policy, dossier, decision));
        }
        let (policy, dossier, decision) = decide_file(file, self.asked)?;
        self.make_ready(&policy.id, decision.examined_on);
        Ok((policy, dossier, decision))
    }

    /// A decision in JSON, with a line end.
    pub fn json(&self, policy: &'a Policy, dossier: &Dossier, decision: &Decision) -> String {
        let mut line = self.printer(policy).decision(dossier, decision);
        line.push('\n');
        line
    }

    fn printer(&self, policy: &'a Policy) -> &Printer<'a> {
        let known = all(&self.printers).find(|(own, _)| std::ptr::eq(*own, policy));
        let made = || Box::new((policy, Printer::new(policy).explaining(self.explain)));
        &known.unwrap_or_else(|| self.printers.push_get(made())).1
    }

    /// The day on which a dossier is examined.
    fn examined_on(&self, dossier: &Dossier) -> Result<Date, Refused> {
        day(self.asked.on.or(dossier.examined_on))
    }

    /// A dossier as the version that is ready for it reads it, with the day of its examination.
    fn read(&self, file: &Arc<SourceFile>) -> Option<(&Ready<'a>, Dossier, Date)> {
        // Most are as a program writes them: they are read once.
        for ready in all(&self.ready) {
            let Some(dossier) = ready.read_own(file) else { continue };
            let examined_on = self.examined_on(&dossier).ok()?;
            if ready.is_for(examined_on) {
                return Some((ready, dossier, examined_on));
            }
        }
        let id = dossier::identify(file).ok()??;
        let examined_on = day(self.asked.on.or_else(|| dossier::examined_on(file))).ok()?;
        let ready = all(&self.ready).find(|own| *own.policy().id == *id && own.is_for(examined_on))?;
        let dossier = ready.read(file).ok()?;
        Some((ready, dossier, examined_on))
    }

    /// Makes a version ready, where the next dossiers may need no choice. Two threads may make the same one: the first is
    /// used.
    fn make_ready(&self, id: &str, examined_on: Date) {
        if all(&self.ready).any(|own| *own.policy().id == *id && own.is_for(examined_on)) {
            return;
        }
        let history = self.asked.catalogue.history(id).ok();
        if let Some(ready) = history.and_then(|history| history.ready(&self.asked.sight, examined_on)) {
            // What nobody is told is not looked for.
            let ready = if self.explain == Explain::None { ready.without_advice() } else { ready };
            self.ready.push(Box::new(ready));
        }
    }
}

/// What was put in so far.
fn all<T>(kept: &FrozenVec<Box<T>>) -> impl Iterator<Item = &T> {
    (0..).map_while(|at| kept.get(at))
}
