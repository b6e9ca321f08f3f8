//! Where dossiers are decided: what is worked out of the texts once serves for all of them.

use std::sync::Arc;

use conforme::decision::{Decision, Outcome};
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::history::{AskedReading, Sight};
use conforme::policy::Policy;
use conforme::render::Explain;
use conforme::source::{FileName, SourceFile};
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
}

impl<'t> Bench<'t> {
    /// A place for these texts; `asked` asks nothing but them.
    pub fn new(texts: &'t Texts, asked: &'t Asked) -> Bench<'t> {
        let batch = |explain| (explain, Batch::new(asked, explain));
        let batches = [Explain::Full, Explain::Brief, Explain::None].map(batch);
        Bench { texts, batches }
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
        self.told(bytes, name, wanted, explain, written)
    }

    /// Decides a dossier; what `tell` makes of the decision and of its bytes.
    ///
    /// # Errors
    ///
    /// As [`Bench::decide`].
    pub fn told<R>(
        &self,
        bytes: &[u8],
        name: FileName,
        wanted: &Wanted,
        explain: Explain,
        tell: impl FnOnce(&Policy, &Dossier, Decision, String) -> R,
    ) -> Result<R, Vec<Diagnostic>> {
        let file = dossier::file(bytes, name)?;
        if wanted.is_plain()
            && let Some((_, batch)) = self.batches.iter().find(|(own, _)| *own == explain)
        {
            return decided(batch, &file, tell);
        }
        let readings = wanted.readings.iter().map(|(name, option)| AskedReading::new(name, option));
        let asked = Asked {
            on: wanted.on,
            readings: readings.collect(),
            sight: wanted.sight,
            catalogue: Arc::clone(&self.texts.catalogue),
        };
        decided(&Batch::new(&asked, explain), &file, tell)
    }
}

fn decided<R>(
    batch: &Batch<'_>,
    file: &Arc<SourceFile>,
    tell: impl FnOnce(&Policy, &Dossier, Decision, String) -> R,
) -> Result<R, Vec<Diagnostic>> {
    let told = |(Refused::Dossier(found) | Refused::Request(found))| found;
    let (policy, dossier, decision) = batch.decide(file).map_err(told)?;
    let json = batch.json(policy, &dossier, &decision);
    Ok(tell(policy, &dossier, decision, json))
}

#[cfg_attr(not(feature = "register"), expect(unused_variables))]
fn written(policy: &Policy, _: &Dossier, decision: Decision, json: String) -> Decided {
    Decided {
        json,
        outcome: decision.outcome,
        #[cfg(feature = "register")]
        policy: policy.id.to_string(),
        #[cfg(feature = "register")]
        examined_on: decision.examined_on,
    }
}
