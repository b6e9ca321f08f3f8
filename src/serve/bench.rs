//! Where dossiers are decided: what is worked out of the texts once serves for all of them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use conforme::decision::{Decision, Outcome};
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::eval;
use conforme::history::{AskedReading, Sight};
use conforme::policy::Policy;
use conforme::render::Explain;
use conforme::source::FileName;
use conforme::time::Date;

use super::texts::Texts;
use crate::cli::decide::batch::Batch;
use crate::cli::decide::{Asked, Refused};

/// What a request asks of every dossier that it sends.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The date of examination.
    pub on: Option<Date>,
    /// The readings that are retained, each with its option.
    pub readings: Vec<(String, String)>,
    /// Which texts are seen.
    pub sight: Sight,
    /// How much is explained, where it is said.
    pub explain: Option<Explain>,
    /// What the dossier is called, where it is said.
    pub name: Option<String>,
}

impl Wanted {
    /// Whether nothing but the dossier counts.
    fn is_plain(&self) -> bool {
        self.on.is_none() && self.readings.is_empty() && self.sight == Sight::default()
    }
}

/// A dossier that was decided.
#[derive(Debug)]
pub struct Decided {
    /// The decision, as `decide --format json` writes it.
    pub json: String,
    /// What it came to.
    pub outcome: Outcome,
    /// The policy.
    #[cfg(feature = "register")]
    pub policy: String,
    /// The day of the examination.
    #[cfg(feature = "register")]
    pub examined_on: Date,
}

/// How an outcome is named.
pub fn named(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Favourable => "favourable",
        Outcome::Unfavourable => "unfavourable",
        Outcome::Incomplete => "incomplete",
        Outcome::DependsOnReading => "depends_on_reading",
        Outcome::Calculated => "calculated",
    }
}

/// The place of one thread, as long as the same texts are asked for.
pub struct Bench<'t> {
    texts: &'t Texts,
    batches: [(Explain, Batch<'t>); 3],
    /// Whether nobody waits any more for what is decided.
    ended: RefCell<Ended>,
}

/// Whether nobody waits any more.
type Ended = Rc<dyn Fn() -> bool>;

impl<'t> Bench<'t> {
    /// A place for these texts; `asked` asks nothing but them.
    pub fn new(texts: &'t Texts, asked: &'t Asked) -> Bench<'t> {
        let batch = |explain| (explain, Batch::new(asked, explain));
        let batches = [Explain::Full, Explain::Brief, Explain::None].map(batch);
        Bench { texts, batches, ended: RefCell::new(Rc::new(|| false)) }
    }

    /// Does some work whose decisions are given up once `ended` holds. Of what else is worked out of the texts, much is
    /// kept for others: it goes to its end.
    pub fn until<T>(&self, ended: impl Fn() -> bool + 'static, work: impl FnOnce() -> T) -> T {
        /// What held before holds again, however the work ends.
        struct Before<'b>(&'b RefCell<Ended>, Ended);
        impl Drop for Before<'_> {
            fn drop(&mut self) {
                self.0.replace(Rc::clone(&self.1));
            }
        }
        let _before = Before(&self.ended, self.ended.replace(Rc::new(ended)));
        work()
    }

    /// The texts.
    pub fn texts(&self) -> &'t Texts {
        self.texts
    }

    /// Decides a dossier.
    ///
    /// # Errors
    ///
    /// All that keeps it from being decided.
    pub fn decide(
        &self,
        bytes: &[u8],
        name: FileName,
        wanted: &Wanted,
        explain: Explain,
    ) -> Result<Decided, Vec<Diagnostic>> {
        let ended = Rc::clone(&self.ended.borrow());
        eval::until(move || ended(), || self.decided(bytes, name, wanted, explain))
    }

    fn decided(
        &self,
        bytes: &[u8],
        name: FileName,
        wanted: &Wanted,
        explain: Explain,
    ) -> Result<Decided, Vec<Diagnostic>> {
        let file = dossier::file(bytes, name)?;
        let told = |(Refused::Dossier(found) | Refused::Request(found))| found;
        if !wanted.is_plain() {
            let asked = Asked {
                on: wanted.on,
                readings: wanted
                    .readings
                    .iter()
                    .map(|(name, option)| AskedReading::new(name, option))
                    .collect(),
                sight: wanted.sight,
                catalogue: Arc::clone(&self.texts.catalogue),
            };
            let batch = Batch::new(&asked, explain);
            return batch.decide(&file).map(|decided| written(&batch, decided)).map_err(told);
        }
        let Some((_, batch)) = self.batches.iter().find(|(own, _)| *own == explain) else {
            return Err(Vec::new());
        };
        batch.decide(&file).map(|decided| written(batch, decided)).map_err(told)
    }
}

fn written<'a>(batch: &Batch<'a>, (policy, dossier, decision): (&'a Policy, Dossier, Decision)) -> Decided {
    Decided {
        json: batch.json(policy, &dossier, &decision),
        outcome: decision.outcome,
        #[cfg(feature = "register")]
        policy: policy.id.to_string(),
        #[cfg(feature = "register")]
        examined_on: decision.examined_on,
    }
}
