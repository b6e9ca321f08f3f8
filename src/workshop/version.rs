//! Which version of a policy a report is about, where there are several, and which dossiers are of it.

use crate::dossier;
use crate::history::{Consolidated, History, Sight};
use crate::policy::{Policy, TextOf};
use crate::probe::{Aim, Sketch};
use crate::wording::{French, Wording};

/// One version of a policy.
#[derive(Clone, Copy)]
pub struct Version<'h> {
    /// The policy that it is.
    pub policy: &'h Policy,
    history: &'h History,
    made: &'h Consolidated,
}

/// Whether a version goes to a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It does, and no other.
    Alone,
    /// It is one of several that may, and the one in which the decision is told.
    AmongSeveral,
    /// Another does, or none, or the dossier is sent back.
    Not,
}

impl<'h> Version<'h> {
    /// Every version that could be checked.
    pub fn all(history: &'h History) -> Vec<Version<'h>> {
        let eras = history.eras(&Sight::default());
        let editions = eras.iter().filter_map(|era| history.editions(era).ok()).flatten();
        let made = editions.map(|edition| history.consolidated(&edition));
        made.filter_map(|made| Some(Version { policy: made.policy().ok()?, history, made })).collect()
    }

    /// What must be so of a dossier for it to go to it.
    pub fn aims(&self) -> Vec<Aim> {
        Aim::of(self.made)
    }

    /// Whether the history gives a dossier this version: written, read and decided like any other.
    pub fn given(&self, sketch: &Sketch) -> Given {
        let written = sketch.yaml(&self.policy.id, "");
        let read = |policy: &Policy| dossier::read(written.as_bytes(), "", policy);
        let choice = self.history.choose(&Sight::default(), sketch.examined_on, &read);
        let Ok(decided) = choice.and_then(|choice| choice.decide(&|_, _| Ok(Vec::new()))) else {
            return Given::Not;
        };
        let among = decided.decision.version.as_ref().map_or(1, |version| version.candidates.len());
        match std::ptr::eq(decided.made, self.made) {
            true if among < 2 => Given::Alone,
            true => Given::AmongSeveral,
            false => Given::Not,
        }
    }
}

/// What tells a version from the others, each part with its comma: « , avec l'avenant n° 1 ». Nothing of a
/// text that nothing amends and that goes on.
pub fn told_apart(policy: &Policy) -> String {
    let numbers = |of: &[TextOf]| of.iter().filter_map(|text| text.number).collect::<Vec<u32>>();
    let amendments = |numbers: &[u32]| {
        let called: Vec<String> = numbers.iter().map(|number| format!("n° {number}")).collect();
        match called.split_last() {
            None => String::new(),
            Some((only, [])) => format!("l'avenant {only}"),
            Some((last, others)) => format!("les avenants {} et {last}", others.join(", ")),
        }
    };
    let (with, without) = (numbers(&policy.version.texts), numbers(&policy.version.aside));
    let mut said = String::new();
    if !with.is_empty() {
        said.push_str(&format!(", avec {}", amendments(&with)));
    }
    if !without.is_empty() {
        said.push_str(&format!(", sans {}", amendments(&without)));
    }
    if let Some(until) = policy.until {
        said.push_str(&format!(", jusqu'au {}", French::default().date(until)));
    }
    said
}
