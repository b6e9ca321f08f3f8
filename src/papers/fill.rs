//! An agency's words with what the decision puts in their braces; what nobody says is marked.

use super::template::{Filled, Piece, Place, Scheme, Template, filled, pieces};
use crate::decision::{Decision, MissingPlace};
use crate::dossier::{Answer, Dossier, Origin};
use crate::known::Known;
use crate::policy::{FactId, ItemRef, Policy};
use crate::render::document::Block;
pub(super) use crate::render::document::blank;
use crate::render::report::Builder;
use crate::render::words::{Audience, Words, one_line};
use crate::value::Value;

/// What a paper is made of.
pub(super) struct Fill<'a> {
    pub(super) report: Builder<'a>,
    pub(super) template: &'a Template,
}

impl<'a> Fill<'a> {
    pub(super) fn new(
        policy: &'a Policy,
        dossier: &'a Dossier,
        decision: &'a Decision,
        template: &'a Template,
    ) -> Self {
        Fill { report: Builder::for_person(policy, dossier, decision), template }
    }

    /// The same, for a letter.
    pub(super) fn for_letter(
        policy: &'a Policy,
        dossier: &'a Dossier,
        decision: &'a Decision,
        template: &'a Template,
    ) -> Self {
        Fill { report: Builder::for_addressee(policy, dossier, decision), template }
    }

    pub(super) fn words(&self) -> &Words<'a> {
        &self.report.words
    }

    pub(super) fn decision(&self) -> &'a Decision {
        self.report.decision
    }

    /// What the agency says there, a paragraph each; none where it is silent.
    pub(super) fn own(&self, place: Place) -> Vec<String> {
        self.template.said(self.words().policy, place).iter().map(|text| self.filled(text)).collect()
    }

    /// The same, or the mark of a place that is empty.
    pub(super) fn paragraphs(&self, place: Place, what: &str) -> Vec<String> {
        let own = self.own(place);
        if own.is_empty() { vec![blank(what)] } else { own }
    }

    /// The same on one line.
    pub(super) fn line(&self, place: Place, what: &str) -> String {
        self.paragraphs(place, what).join(" ")
    }

    /// The same as paragraphs of a document.
    pub(super) fn paras(&self, place: Place, what: &str) -> Vec<Block> {
        self.paragraphs(place, what).into_iter().map(Block::Para).collect()
    }

    fn filled(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                // Refused when the template was read.
                Piece::Unclosed(after) => out.push_str(after),
                Piece::Named(name) => out.push_str(&match filled(name) {
                    Some(what) => self.fills(what),
                    None => blank(name),
                }),
            }
        }
        out
    }

    fn fills(&self, what: Filled) -> String {
        match what {
            Filled::Dossier => self.dossier(),
            Filled::Scheme => one_line(&self.words().policy.title),
            Filled::Request => self.request(),
            Filled::Decision => self.words().item(ItemRef::Decision).to_owned(),
            Filled::Examined => self.words().date(self.decision().examined_on),
            // What stands in braces names none of its kind: this comes to an end.
            Filled::Own(place) => self.line(place, named(place)),
        }
    }

    fn scheme(&self) -> Option<&'a Scheme> {
        self.template.scheme(self.words().policy)
    }

    /// What is asked for, in the agency's words; else the title of the scheme.
    pub(super) fn request(&self) -> String {
        let own = self.scheme().and_then(|scheme| scheme.request.clone());
        own.unwrap_or_else(|| one_line(&self.words().policy.title))
    }

    /// When the request was received, where the dossier says so under the name that the agency gives; else its mark.
    pub(super) fn received(&self) -> String {
        let words = self.words();
        let answer = self
            .received_at()
            .map(|(id, value)| words.known_at(MissingPlace::Fact(id), &Known::exactly(value)));
        answer.unwrap_or_else(|| blank("date de réception de la demande"))
    }

    /// The answer that says it.
    pub(super) fn received_at(&self) -> Option<(FactId, &'a Value)> {
        let words = self.words();
        let own = self.scheme().and_then(|scheme| scheme.received.as_ref())?;
        let mut facts = (0_u32..).map(FactId).zip(&words.policy.facts);
        let (id, _) = facts.find(|(_, fact)| *fact.path == *own.name)?;
        match &words.dossier.fact(id).answer {
            Answer::Known(value) => Some((id, value)),
            Answer::Missing | Answer::NotYet => None,
        }
    }

    /// Whether the agency keeps something for its signatory.
    pub(super) fn withholds(&self, item: ItemRef) -> bool {
        let own = self.words().item(item);
        self.withheld_names().any(|name| name == own)
    }

    /// What the agency keeps for its signatory, by name.
    pub(super) fn withheld_names(&self) -> impl Iterator<Item = &str> {
        let withheld = self.scheme().map_or(&[][..], |scheme| &scheme.withheld);
        withheld.iter().map(|withheld| &*withheld.name)
    }

    /// The name of the dossier.
    pub(super) fn dossier(&self) -> String {
        self.words().dossier.name.as_ref().map_or_else(|| blank("nom du dossier"), |name| one_line(name))
    }

    /// « (ARS Nouvelle-Aquitaine, le 20 février 2025) : « motif » »; in a letter, « au motif suivant »: who judged or
    /// retained, when and why. A dossier names its author with an article or without: in parentheses, either reads well.
    pub(super) fn by_whom(&self, origin: Option<&Origin>) -> String {
        let words = self.words();
        let by = origin.and_then(|origin| origin.by.as_deref()).map_or_else(|| blank("auteur"), one_line);
        let on = origin.and_then(|origin| origin.as_of).map(|day| format!(", le {}", words.date(day)));
        let why = origin.and_then(|origin| origin.reason.as_deref());
        let why = why.map_or_else(|| blank("motif"), |why| words.quoted(&one_line(why)));
        let on = on.unwrap_or_default();
        match words.audience {
            Audience::Addressee => words.pair(&format!("({by}{on}) au motif suivant"), &why),
            Audience::Person | Audience::Agency => words.pair(&format!("({by}{on})"), &why),
        }
    }
}

/// What the words that others hold in braces are, where they are silent.
fn named(place: Place) -> &'static str {
    match place {
        Place::Authority => "désignation de l'autorité",
        Place::Service => "service chargé du dossier",
        Place::Mail => "adresse électronique du service",
        Place::Delay => "délai pour produire les pièces et informations",
        _ => "rubrique du modèle",
    }
}

/// A phrase with a capital.
pub(super) fn capital(phrase: &str) -> String {
    let mut chars = phrase.chars();
    let first = chars.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    first + chars.as_str()
}

/// A phrase as a sentence of its own.
pub(super) fn sentence(phrase: &str) -> String {
    let end = if phrase.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    capital(phrase) + end
}
