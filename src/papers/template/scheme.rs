//! What an agency says of one scheme: what is asked for under it, when it was received, what its letters leave out.

use std::collections::BTreeMap;

use super::{Place, Silence, Template};
use crate::diagnostic::Diagnostic;
use crate::policy::Policy;
use crate::source::Span;
use crate::text::nearest;

/// What an agency says of one scheme.
#[derive(Debug, Clone, Default)]
pub(in crate::papers) struct Scheme {
    /// What is asked for, in its words.
    pub(in crate::papers) request: Option<String>,
    /// The answer of the dossier that says when the request was received.
    pub(in crate::papers) received: Option<Named>,
    /// What the decision gives that does not concern the person: told to the signatory alone.
    pub(in crate::papers) withheld: Vec<Named>,
    /// What it says of this scheme alone, in the place of what it says of all.
    pub(super) said: BTreeMap<Place, Vec<String>>,
    pub(super) delivered: Option<bool>,
    pub(super) silence: Option<Silence>,
}

/// What is of whoever signs.
const SIGNATORY: [Place; 4] = [Place::Given, Place::Surname, Place::Quality, Place::Delegation];

/// What is of one authority and of no other, besides whoever signs for it.
const AUTHORITY: [Place; 7] = [
    Place::Service,
    Place::Address,
    Place::Telephone,
    Place::Mail,
    Place::Town,
    Place::Remedies,
    Place::SilenceRemedies,
];

impl Scheme {
    /// Whether what is said of all schemes is not of this one: it names another authority, or another signatory.
    pub(super) fn sets_apart(&self, place: Place) -> bool {
        let other = self.said.contains_key(&Place::Authority);
        let signs = other || SIGNATORY.iter().any(|own| self.said.contains_key(own));
        other && AUTHORITY.contains(&place) || signs && SIGNATORY.contains(&place)
    }
}

/// A name of the scheme's text, and where the template writes it.
#[derive(Debug, Clone)]
pub(in crate::papers) struct Named {
    pub(in crate::papers) name: String,
    pub(super) span: Span,
}

impl Template {
    /// What it says of a scheme.
    pub(in crate::papers) fn scheme(&self, policy: &Policy) -> Option<&Scheme> {
        self.schemes.get(&*policy.id)
    }

    /// The names that it takes from a scheme's text and that are not there.
    pub fn unknown(&self, policy: &Policy) -> Vec<Diagnostic> {
        let (Some(file), Some(scheme)) = (&self.file, self.scheme(policy)) else { return Vec::new() };
        let facts: Vec<&str> = policy.facts.iter().map(|fact| &*fact.path).collect();
        let items: Vec<&str> = policy.items().map(|item| &*policy.head(item).name).collect();
        let received = scheme.received.iter().map(|named| (named, &facts, "aucune réponse du dossier"));
        let withheld = scheme.withheld.iter().map(|named| (named, &items, "rien dans le dispositif"));
        let unknown = received.chain(withheld).filter(|(named, known, _)| !known.contains(&&*named.name));
        let told = unknown.map(|(named, known, nothing)| {
            let message = format!("nom inconnu : « {} »", named.name);
            let wrong = Diagnostic::error("modele-nom-inconnu", message);
            let wrong = wrong.at(file, named.span, format!("{nothing} ne porte ce nom"));
            match nearest(&named.name, known.iter().copied()) {
                Some(near) => wrong.instead(file, named.span, &[near]),
                None => wrong.help("écrire le nom tel que le dispositif l'écrit"),
            }
        });
        told.collect()
    }
}
