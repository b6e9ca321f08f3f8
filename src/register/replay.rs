//! Decides again what was decided, from what is kept of it.

use std::sync::Arc;

use conforme::dossier::Dossier;
use conforme::history::Sight;
use conforme::policy::Policy;
use conforme::render::Explain;
use conforme::shelf::Shelf;
use conforme::source::FileName;
use conforme::time::Date;

use super::Failure;
use super::entry::{Content, Decision, Event, Request};
use super::store::{Row, Store};
use crate::cli::decide::Asked;
use crate::serve::bench::{Bench, Wanted};
use crate::serve::texts::Texts;

/// What a decision comes to again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// The same bytes.
    Same,
    /// Others.
    Different,
    /// What it was made of is erased.
    Erased,
    /// What it was made of is not there, or does not decide.
    Lost(String),
}

/// What is said where the texts of a decision are not there.
pub const NO_TEXTS: &str = "les textes ne sont pas là";

/// Decides again; what is worked out of texts serves as long as entries rest on the same.
#[derive(Default)]
pub struct Replayer {
    texts: Option<(String, Arc<Texts>)>,
}

impl Replayer {
    /// What an entry comes to again; `None` where it tells of no decision.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn again(&mut self, store: &Store, row: &Row) -> Result<Option<Again>, Failure> {
        let Event::Decision(decision) = row.sealed()?.event else { return Ok(None) };
        let Some(content) = store.content(row.number)? else { return Ok(Some(Again::Erased)) };
        let Some(texts) = self.texts(store, &decision)? else {
            return Ok(Some(Again::Lost(NO_TEXTS.to_owned())));
        };
        Ok(Some(decided(&texts, &decision, &content)))
    }

    fn texts(&mut self, store: &Store, decision: &Decision) -> Result<Option<Arc<Texts>>, Failure> {
        if let Some((hash, texts)) = &self.texts
            && *hash == decision.texts
        {
            return Ok(Some(Arc::clone(texts)));
        }
        let Some(files) = store.texts(&decision.texts)? else { return Ok(None) };
        let texts = Arc::new(Texts::new(Shelf::new(files)));
        self.texts = Some((decision.texts.clone(), Arc::clone(&texts)));
        Ok(Some(texts))
    }
}

fn decided(texts: &Texts, decision: &Decision, content: &Content) -> Again {
    match told(texts, decision, content, |_, _, _, _, json| json.as_bytes() == content.answer) {
        Ok(true) => Again::Same,
        Ok(false) => Again::Different,
        Err(why) => Again::Lost(why),
    }
}

/// Decides again; what `tell` makes of the decision and of its bytes.
///
/// # Errors
///
/// Why it is not decided.
pub fn told<R>(
    texts: &Texts,
    decision: &Decision,
    content: &Content,
    tell: impl FnOnce(&Policy, &Dossier, &conforme::decision::Decision, Explain, String) -> R,
) -> Result<R, String> {
    let Some((name, explain, wanted)) = asked(decision, content) else {
        return Err("la demande ne se lit pas".to_owned());
    };
    let own = Asked::nothing(Arc::clone(&texts.catalogue));
    let done = Bench::new(texts, &own).told(
        &content.dossier,
        name,
        &wanted,
        explain,
        |policy, dossier, decision, json| tell(policy, dossier, &decision, explain, json),
    );
    done.map_err(|found| found.first().map_or_else(String::new, |one| one.message.clone()))
}

/// What was asked. Of the day of the examination, the one that was then chosen.
fn asked(decision: &Decision, content: &Content) -> Option<(FileName, Explain, Wanted)> {
    let request: Request = serde_json::from_str(&content.request).ok()?;
    let explain = match request.explain.as_str() {
        "full" => Explain::Full,
        "brief" => Explain::Brief,
        "none" => Explain::None,
        _ => return None,
    };
    let known_on = match &request.known_on {
        Some(day) => Some(Date::parse_iso(day)?),
        None => None,
    };
    let wanted = Wanted {
        on: Some(Date::parse_iso(&decision.examined_on)?),
        readings: request.readings,
        sight: Sight { known_on, draft: request.draft },
        explain: Some(explain),
        name: None,
    };
    Some((FileName::new(request.name), explain, wanted))
}
