//! The common case over plain values: everything that is read is known, every reading is settled.
//!
//! A policy is compiled once into a compact program; a dossier is then decided with neither
//! intervals nor contexts nor explanation. As soon as anything is out of the ordinary (something
//! missing is read, a reading is open, a coherence rule is broken) there is no answer here, and the
//! general evaluator decides.
//!
//! Architecture invariant: what is answered here is what [`super::decide()`] answers; a property test
//! holds the two against each other on generated policies and dossiers. Nothing in here explains.

mod answers;
mod brief;
mod columns;
mod compile;
mod height;
mod items;
mod lists;
mod program;
mod run;
mod sorts;
mod steps;
mod wide;

pub use answers::{Answers, Slot};
pub use brief::{Brief, BriefItem, Detail};
pub use columns::FieldTest;
pub use wide::{Batch, Briefs, ROWS};

use self::answers::Written;
use self::program::Program;
use self::run::{Kept, Run};
use crate::decision::Outcome;
use crate::dossier::Dossier;
use crate::known::OptionSet;
use crate::policy::{Policy, ReadingId};
use crate::time::Date;

/// How many things are kept without asking for memory.
const ROOM: usize = 32;

/// A policy made ready to decide complete dossiers.
#[derive(Debug)]
pub struct Plain {
    /// `None` for a policy whose definitions stand so deep in one another that the general
    /// evaluator, which goes through them one after another, must decide.
    program: Option<Program>,
}

impl Plain {
    /// Makes a policy ready.
    pub fn new(policy: &Policy) -> Plain {
        Plain { program: height::is_shallow(policy).then(|| compile::program(policy)) }
    }

    /// Decides a dossier; `None` where the general evaluator must.
    ///
    /// `readings` are those that the command retains, as in [`crate::eval::decide::assembly::Request`].
    pub fn decide(
        &self,
        dossier: &Dossier,
        examined_on: Date,
        readings: &[(ReadingId, u16)],
    ) -> Option<Brief> {
        self.decide_answers(&self.program.as_ref()?.written(dossier), examined_on, readings)
    }

    /// The outcome of a dossier that was decided, with all readings settled but one that is settled
    /// otherwise; `None` where the general evaluator must say.
    pub(super) fn outcome_with(
        &self,
        dossier: &Dossier,
        examined_on: Date,
        settled: &[OptionSet],
        reading: ReadingId,
        option: u16,
    ) -> Option<Outcome> {
        let program = self.program.as_ref()?;
        let answers = program.written(dossier);
        let mut kept = vec![Kept::NOTHING; program.kept()];
        let mut run = Run::new(program, &answers, examined_on, &mut kept);
        for (own, set) in (0..).map(ReadingId).zip(settled) {
            if let Some(option) = if own == reading { Some(option) } else { set.value() } {
                run.retain(own, option)?;
            }
        }
        run.outcome()
    }

    /// Every item of a dossier that is examined, in the order of a decision: undetermined, where more is
    /// read than is plainly known. `readings` are settled beside those of the dossier.
    pub(super) fn items(
        &self,
        dossier: &Dossier,
        examined_on: Date,
        readings: &[(ReadingId, u16)],
    ) -> Option<Vec<BriefItem>> {
        let program = self.program.as_ref()?;
        let answers = program.written(dossier);
        let mut kept = vec![Kept::NOTHING; program.kept()];
        Run::new(program, &answers, examined_on, &mut kept).each(readings)
    }

    /// Decides answers, however they are held; `None` where the general evaluator must.
    pub fn decide_answers<A: Answers>(
        &self,
        answers: &A,
        examined_on: Date,
        readings: &[(ReadingId, u16)],
    ) -> Option<Brief> {
        let program = self.program.as_ref()?;
        // What is kept of an ordinary policy finds room on the stack.
        if program.kept() <= ROOM {
            let mut kept = [Kept::NOTHING; ROOM];
            Run::new(program, answers, examined_on, &mut kept).brief(readings)
        } else {
            let mut kept = vec![Kept::NOTHING; program.kept()];
            Run::new(program, answers, examined_on, &mut kept).brief(readings)
        }
    }
}

impl Program {
    /// A dossier as it was read.
    fn written<'a>(&'a self, dossier: &'a Dossier) -> Written<'a> {
        Written { dossier, widths: &self.widths }
    }
}
