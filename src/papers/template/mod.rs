//! An agency's own words: head, signatory, remedies, formulas. A place that it leaves empty stays marked.

mod read;
mod scheme;

pub(super) use scheme::{Named, Scheme};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::policy::Policy;
use crate::source::SourceFile;

/// An agency's own words.
#[derive(Debug, Clone, Default)]
pub struct Template {
    said: BTreeMap<Place, Vec<String>>,
    delivered: Option<bool>,
    silence: Option<Silence>,
    /// What it says of one scheme, by the name that the scheme's file gives it.
    schemes: BTreeMap<String, Scheme>,
    file: Option<Arc<SourceFile>>,
}

/// What an authority's silence on a request amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    Rejection,
    Acceptance,
}

/// Words that a template may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Authority,
    Service,
    Address,
    Telephone,
    Mail,
    Town,
    Given,
    Surname,
    Quality,
    Delegation,
    Texts,
    Opening,
    Favourable,
    Unfavourable,
    Calculated,
    Incomplete,
    Closing,
    Delay,
    SendTo,
    SilenceAfter,
    Remedies,
    SilenceRemedies,
    Purpose,
    Part,
    Rules,
    Commission,
}

/// What a name in braces stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filled {
    Dossier,
    Scheme,
    Request,
    Decision,
    Examined,
    Own(Place),
}

/// The names that may stand in braces.
const BRACES: [(&str, Filled); 9] = [
    ("dossier", Filled::Dossier),
    ("dispositif", Filled::Scheme),
    ("demande", Filled::Request),
    ("décision", Filled::Decision),
    ("date d'examen", Filled::Examined),
    ("autorité", Filled::Own(Place::Authority)),
    ("service", Filled::Own(Place::Service)),
    ("courriel", Filled::Own(Place::Mail)),
    ("délai", Filled::Own(Place::Delay)),
];

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// Everything that must be corrected.
    pub fn read(file: &Arc<SourceFile>) -> Result<Template, Vec<Diagnostic>> {
        read::read(file)
    }

    /// What it says there of a scheme, a paragraph each; none where it is silent.
    pub(super) fn said(&self, policy: &Policy, place: Place) -> &[String] {
        let own = self.scheme(policy);
        match own.and_then(|scheme| scheme.said.get(&place)) {
            Some(said) => said,
            // Another authority has neither the addresses nor the signatory of the first.
            None if own.is_some_and(|scheme| scheme.sets_apart(place)) => &[],
            None => self.said.get(&place).map_or(&[], Vec::as_slice),
        }
    }

    /// Whether an acknowledgment was delivered; nothing where the template does not say.
    pub(super) fn delivered(&self, policy: &Policy) -> Option<bool> {
        self.scheme(policy).and_then(|scheme| scheme.delivered).or(self.delivered)
    }

    /// What silence amounts to, where the template says.
    pub(super) fn silence(&self, policy: &Policy) -> Option<Silence> {
        self.scheme(policy).and_then(|scheme| scheme.silence).or(self.silence)
    }
}

/// A text cut at its names in braces. A brace that nothing closes, or a name that is none, was refused when it was read.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut out, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        out.push(Piece::Plain(before));
        let Some((name, then)) = after.split_once('}') else {
            out.push(Piece::Unclosed(after));
            return out;
        };
        out.push(Piece::Named(name));
        rest = then;
    }
    out.push(Piece::Plain(rest));
    out
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Plain(&'t str),
    /// What stands in braces.
    Named(&'t str),
    /// What stands after a brace that nothing closes.
    Unclosed(&'t str),
}

/// What a name in braces stands for, where it is one.
pub(super) fn filled(name: &str) -> Option<Filled> {
    let name = crate::text::tidy(name);
    BRACES.iter().find(|(known, _)| *known == name).map(|(_, filled)| *filled)
}

/// Whether words stand in braces in others.
pub(super) fn stands_in_braces(place: Place) -> bool {
    BRACES.iter().any(|(_, filled)| *filled == Filled::Own(place))
}
