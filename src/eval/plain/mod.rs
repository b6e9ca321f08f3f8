//! The common case over plain values: everything that is read is known, every reading is settled.
//!
//! A policy is compiled once into a compact program; a dossier is then decided with neither
//! intervals nor contexts nor explanation. As soon as anything is out of the ordinary (something
//! missing is read, a reading is open, a coherence rule is broken) there is no answer here, and the
//! general evaluator decides.
//!
//! Architecture invariant: what is answered here is what [`super::decide`] answers; a property test
//! holds the two against each other on generated policies and dossiers. Nothing in here explains.

mod answers;
mod brief;
mod compile;
mod height;
mod items;
mod lists;
mod program;
mod run;
mod sorts;

pub use answers::{Answers, Slot};
pub use brief::{Brief, BriefItem};

use crate::decision::Outcome;
use crate::dossier::Dossier;
use crate::known::OptionSet;
use crate::policy::{Policy, ReadingId};
use crate::time::Date;

use self::answers::Written;
use self::program::Program;
use self::run::Run;

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
    /// `readings` are those that the command retains, as in [`super::Request`].
    pub fn decide(
        &self,
        dossier: &Dossier,
        examined_on: Date,
        readings: &[(ReadingId, u16)],
    ) -> Option<Brief> {
        self.decide_answers(&Written(dossier), examined_on, readings)
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
        let readings = (0..).map(ReadingId).zip(settled);
        let readings = readings.map(|(own, set)| if own == reading { Some(option) } else { set.value() });
        Run::ready(self.program.as_ref()?, &Written(dossier), examined_on, readings.collect()).outcome()
    }

    /// Decides answers, however they are held; `None` where the general evaluator must.
    pub fn decide_answers<A: Answers>(
        &self,
        answers: &A,
        examined_on: Date,
        readings: &[(ReadingId, u16)],
    ) -> Option<Brief> {
        Run::new(self.program.as_ref()?, answers, examined_on, readings)?.brief()
    }
}
