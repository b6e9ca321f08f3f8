//! Reading a template, with every mistake at its place.

use std::sync::Arc;

use super::{
    BRACES, Filled, Named, Piece, Place, Scheme, Silence, Template, filled, pieces, stands_in_braces,
};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Entry, Located, Node, template_tree};
use crate::source::{SourceFile, Span};
use crate::text::{nearest, tidy};

/// What stands under a name.
#[derive(Clone, Copy)]
enum Holds {
    /// One line.
    Line(Place),
    /// One paragraph or several.
    Paragraphs(Place),
    /// Whether an acknowledgment was delivered.
    Delivered,
    /// What silence amounts to.
    Silence,
    /// What is said of each scheme, by its name.
    Schemes,
    /// Of a scheme: what is asked for.
    Request,
    /// Of a scheme: the answer that says when the request was received.
    Received,
    /// Of a scheme: what is not told to the person.
    Withheld,
    /// Names of its own.
    Group(&'static [(&'static str, Holds)]),
}

const SIGNATORY: &[(&str, Holds)] = &[
    ("prénom", Holds::Line(Place::Given)),
    ("nom", Holds::Line(Place::Surname)),
    ("qualité", Holds::Line(Place::Quality)),
    ("délégation", Holds::Line(Place::Delegation)),
];

const FORMULAS: &[(&str, Holds)] = &[
    ("appel", Holds::Line(Place::Opening)),
    ("favorable", Holds::Paragraphs(Place::Favourable)),
    ("défavorable", Holds::Paragraphs(Place::Unfavourable)),
    ("calculé", Holds::Paragraphs(Place::Calculated)),
    ("incomplet", Holds::Paragraphs(Place::Incomplete)),
    ("salutation", Holds::Paragraphs(Place::Closing)),
];

const PIECES: &[(&str, Holds)] =
    &[("délai", Holds::Line(Place::Delay)), ("envoi", Holds::Paragraphs(Place::SendTo))];

const ACKNOWLEDGMENT: &[(&str, Holds)] = &[
    ("délivré", Holds::Delivered),
    ("silence", Holds::Silence),
    ("délai du silence", Holds::Line(Place::SilenceAfter)),
];

const ALGORITHM: &[(&str, Holds)] = &[
    ("finalité", Holds::Paragraphs(Place::Purpose)),
    ("part dans la décision", Holds::Paragraphs(Place::Part)),
    ("communication des règles", Holds::Paragraphs(Place::Rules)),
    ("saisine de la commission", Holds::Paragraphs(Place::Commission)),
];

/// Of a scheme: names of its own, and what may be said of it alone.
const SCHEME: &[(&str, Holds)] = &[
    ("demande", Holds::Request),
    ("reçue le", Holds::Received),
    ("non communiqué", Holds::Withheld),
    ("autorité", Holds::Line(Place::Authority)),
    ("service", Holds::Line(Place::Service)),
    ("adresse", Holds::Paragraphs(Place::Address)),
    ("téléphone", Holds::Line(Place::Telephone)),
    ("courriel", Holds::Line(Place::Mail)),
    ("lieu", Holds::Line(Place::Town)),
    ("signataire", Holds::Group(SIGNATORY)),
    ("textes visés", Holds::Paragraphs(Place::Texts)),
    ("formules", Holds::Group(FORMULAS)),
    ("pièces", Holds::Group(PIECES)),
    ("accusé de réception", Holds::Group(ACKNOWLEDGMENT)),
    ("recours", Holds::Paragraphs(Place::Remedies)),
    ("recours silence", Holds::Paragraphs(Place::SilenceRemedies)),
    ("traitement", Holds::Group(ALGORITHM)),
];

const NAMES: &[(&str, Holds)] = &[
    ("autorité", Holds::Line(Place::Authority)),
    ("service", Holds::Line(Place::Service)),
    ("adresse", Holds::Paragraphs(Place::Address)),
    ("téléphone", Holds::Line(Place::Telephone)),
    ("courriel", Holds::Line(Place::Mail)),
    ("lieu", Holds::Line(Place::Town)),
    ("signataire", Holds::Group(SIGNATORY)),
    ("textes visés", Holds::Paragraphs(Place::Texts)),
    ("formules", Holds::Group(FORMULAS)),
    ("pièces", Holds::Group(PIECES)),
    ("accusé de réception", Holds::Group(ACKNOWLEDGMENT)),
    ("recours", Holds::Paragraphs(Place::Remedies)),
    ("recours silence", Holds::Paragraphs(Place::SilenceRemedies)),
    ("dispositifs", Holds::Schemes),
    ("traitement", Holds::Group(ALGORITHM)),
];

/// Reads a template.
pub(super) fn read(file: &Arc<SourceFile>) -> Result<Template, Vec<Diagnostic>> {
    let tree = template_tree(file)?;
    let template = Template { file: Some(Arc::clone(file)), ..Template::default() };
    let mut reader = Reader { file, template, scheme: None, wrong: Vec::new() };
    match &tree.node {
        Node::Map(entries) => reader.group(entries, NAMES),
        Node::Scalar(scalar) if scalar.text.is_empty() => {}
        Node::Scalar(_) | Node::List(_) | Node::Refused => {
            let message = "attendu des rubriques, « autorité: … » par exemple";
            reader.wrong.push(
                Diagnostic::error("modele-sans-rubrique", message)
                    .at(file, tree.span, "ce n'en est pas une")
                    .help(format!("rubriques connues : {}", listed(NAMES))),
            );
        }
    }
    if reader.wrong.is_empty() { Ok(reader.template) } else { Err(reader.wrong) }
}

struct Reader<'f> {
    file: &'f Arc<SourceFile>,
    template: Template,
    /// The scheme of which the names are read, where one is.
    scheme: Option<Scheme>,
    wrong: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn group(&mut self, entries: &[Entry<'_>], known: &'static [(&'static str, Holds)]) {
        let mut given: Vec<(&str, Span)> = Vec::new();
        for entry in entries {
            let name = tidy(&entry.key);
            let Some((name, holds)) = known.iter().find(|(known, _)| *known == name) else {
                self.unknown(entry, known);
                continue;
            };
            if let Some((_, first)) = given.iter().find(|(known, _)| known == name) {
                let twice = Diagnostic::error("rubrique-double", format!("« {name} » est écrit deux fois"));
                let twice = twice.at(self.file, entry.key_span, "de nouveau ici");
                self.wrong.push(twice.at(self.file, *first, "d'abord ici").help("n'en garder qu'une"));
                continue;
            }
            given.push((name, entry.key_span));
            self.value(name, &entry.value, *holds);
        }
    }

    fn unknown(&mut self, entry: &Entry<'_>, known: &[(&'static str, Holds)]) {
        let unknown =
            Diagnostic::error("rubrique-inconnue", format!("rubrique inconnue : « {} »", tidy(&entry.key)))
                .at(self.file, entry.key_span, "aucune rubrique ne porte ce nom ici");
        // It may stand one level too high or too deep.
        let elsewhere = NAMES.iter().find_map(|(group, holds)| match holds {
            Holds::Group(inner) if inner.iter().any(|(name, _)| *name == tidy(&entry.key)) => Some(*group),
            _ => None,
        });
        self.wrong.push(match (nearest(&entry.key, known.iter().map(|(name, _)| *name)), elsewhere) {
            (Some(near), _) => unknown.instead(self.file, entry.key_span, &[near]),
            (None, Some(group)) => {
                unknown.help(format!("l'écrire sous « {group}: », en retrait de deux espaces"))
            }
            (None, None) => unknown.help(format!("rubriques connues ici : {}", listed(known))),
        });
    }

    fn value(&mut self, name: &str, value: &Located<'_>, holds: Holds) {
        match (holds, &value.node) {
            (_, Node::Refused) => {}
            (Holds::Group(known), Node::Map(entries)) => self.group(entries, known),
            // Left empty: what it would say is marked in the letter.
            (_, Node::Scalar(scalar)) if scalar.text.trim().is_empty() => {}
            (Holds::Schemes, Node::Map(entries)) => self.schemes(entries),
            (Holds::Request, Node::Scalar(scalar)) => self.of_scheme().request = Some(tidy(&scalar.text)),
            (Holds::Received, Node::Scalar(scalar)) => {
                self.of_scheme().received = Some(Named { name: tidy(&scalar.text), span: value.span });
            }
            (Holds::Withheld, Node::List(items)) => {
                for item in items {
                    match &item.node {
                        Node::Scalar(scalar) => {
                            let name = tidy(&scalar.text);
                            self.of_scheme().withheld.push(Named { name, span: item.span });
                        }
                        Node::Refused => {}
                        Node::List(_) | Node::Map(_) => self.expected(name, holds, item.span),
                    }
                }
            }
            (Holds::Line(place) | Holds::Paragraphs(place), Node::Scalar(scalar)) => {
                self.text(place, &scalar.text, value.span);
            }
            (Holds::Paragraphs(place), Node::List(items)) => {
                for item in items {
                    match &item.node {
                        Node::Scalar(scalar) => self.text(place, &scalar.text, item.span),
                        Node::Refused => {}
                        Node::List(_) | Node::Map(_) => self.expected(name, holds, item.span),
                    }
                }
            }
            (Holds::Delivered, Node::Scalar(scalar)) if !scalar.quoted => match tidy(&scalar.text).as_str() {
                "oui" => *self.delivered() = Some(true),
                "non" => *self.delivered() = Some(false),
                _ => self.expected(name, holds, value.span),
            },
            (Holds::Silence, Node::Scalar(scalar)) => match tidy(&scalar.text).as_str() {
                "rejet" => *self.silence() = Some(Silence::Rejection),
                "acceptation" => *self.silence() = Some(Silence::Acceptance),
                _ => self.expected(name, holds, value.span),
            },
            _ => self.expected(name, holds, value.span),
        }
    }

    fn of_scheme(&mut self) -> &mut Scheme {
        self.scheme.get_or_insert_default()
    }

    fn delivered(&mut self) -> &mut Option<bool> {
        match &mut self.scheme {
            Some(scheme) => &mut scheme.delivered,
            None => &mut self.template.delivered,
        }
    }

    fn silence(&mut self) -> &mut Option<Silence> {
        match &mut self.scheme {
            Some(scheme) => &mut scheme.silence,
            None => &mut self.template.silence,
        }
    }

    /// What is said of each scheme: any name may be that of one.
    fn schemes(&mut self, entries: &[Entry<'_>]) {
        for entry in entries {
            self.scheme = Some(Scheme::default());
            match &entry.value.node {
                Node::Map(own) => self.group(own, SCHEME),
                Node::Scalar(scalar) if scalar.text.trim().is_empty() => {}
                Node::Refused => {}
                _ => self.expected(&entry.key, Holds::Group(SCHEME), entry.value.span),
            }
            let scheme = self.scheme.take().unwrap_or_default();
            if self.template.schemes.insert(tidy(&entry.key), scheme).is_some() {
                let message = format!("« {} » est écrit deux fois", tidy(&entry.key));
                let twice = Diagnostic::error("rubrique-double", message);
                self.wrong
                    .push(twice.at(self.file, entry.key_span, "de nouveau ici").help("n'en garder qu'un"));
            }
        }
    }

    fn expected(&mut self, name: &str, holds: Holds, span: Span) {
        let wanted = match holds {
            Holds::Line(_) | Holds::Request => "un texte",
            Holds::Received => "le nom d'une réponse du dossier",
            Holds::Withheld => "une liste de noms",
            Holds::Schemes => "des dispositifs, en retrait de deux espaces",
            Holds::Paragraphs(_) => "un texte, ou une liste de textes",
            Holds::Delivered => "oui ou non",
            Holds::Silence => "rejet ou acceptation",
            Holds::Group(_) => "des rubriques, en retrait de deux espaces",
        };
        let help = match holds {
            Holds::Group(known) => Some(format!("rubriques connues ici : {}", listed(known))),
            Holds::Line(_) => Some("un texte qui contient « : » ou « # » se met entre guillemets".to_owned()),
            Holds::Paragraphs(_) => Some(
                "chaque paragraphe sur sa ligne, après « - » ; entre guillemets s'il contient « : »"
                    .to_owned(),
            ),
            Holds::Request | Holds::Received => {
                Some("un texte qui contient « : » se met entre guillemets".to_owned())
            }
            Holds::Withheld => Some("chaque nom sur sa ligne, après « - »".to_owned()),
            Holds::Schemes => Some("écrire le nom du dispositif, puis ses rubriques en retrait".to_owned()),
            Holds::Delivered | Holds::Silence => None,
        };
        let read = self.file.slice(span).lines().next().unwrap_or_default();
        let message = format!("« {name} » : attendu {wanted} ; lu « {read} »");
        let wrong = Diagnostic::error("rubrique-inattendue", message).at(self.file, span, "");
        self.wrong.push(match help {
            Some(help) => wrong.help(help),
            None => wrong,
        });
    }

    /// A text, its names in braces looked up.
    fn text(&mut self, place: Place, text: &str, span: Span) {
        for piece in pieces(text) {
            match piece {
                Piece::Plain(_) => {}
                Piece::Named(name) => match filled(name) {
                    Some(Filled::Own(_)) if stands_in_braces(place) => self.braces_in_braces(name, span),
                    Some(_) => {}
                    None => self.unknown_brace(name, span),
                },
                Piece::Unclosed(after) => {
                    let at = self.within(span, &format!("{{{after}"), 0);
                    let message = "attendu « } » après un nom entre accolades";
                    let help = "refermer l'accolade, « {dossier} » par exemple, ou la retirer";
                    let wrong = Diagnostic::error("accolade-ouverte", message);
                    self.wrong.push(wrong.at(self.file, at, "ouverte ici").help(help));
                }
            }
        }
        let tidied = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !tidied.is_empty() {
            let said = match &mut self.scheme {
                Some(scheme) => &mut scheme.said,
                None => &mut self.template.said,
            };
            said.entry(place).or_default().push(tidied);
        }
    }

    fn braces_in_braces(&mut self, name: &str, span: Span) {
        let at = self.within(span, &format!("{{{name}}}"), 0);
        let message = format!("« {{{name}}} » ne s'emploie pas ici : ce texte sert lui-même entre accolades");
        let wrong = Diagnostic::error("accolade-dans-accolade", message).at(self.file, at, "à remplacer");
        self.wrong.push(wrong.help("écrire ici les mots eux-mêmes"));
    }

    fn unknown_brace(&mut self, name: &str, span: Span) {
        let at = self.within(span, &format!("{{{name}}}"), 1);
        let wrong = Diagnostic::error("accolade-inconnue", format!("nom inconnu : « {{{name}}} »"));
        let wrong = wrong.at(self.file, at, "rien ne porte ce nom");
        let names = BRACES.iter().map(|(name, _)| *name);
        self.wrong.push(match nearest(name, names.clone()) {
            Some(near) => wrong.instead(self.file, at, &[near]),
            None => {
                let all: Vec<String> = names.map(|name| format!("{{{name}}}")).collect();
                wrong.help(format!("noms connus : {}", all.join(", ")))
            }
        });
    }

    /// Where some words stand in a text as it is written, without as many signs at both ends; the whole text where
    /// they are not written so.
    fn within(&self, span: Span, words: &str, less: usize) -> Span {
        let Some(at) = self.file.slice(span).find(words) else { return span };
        let start = span.start as usize + at;
        Span::new(start + less, start + words.len() - less)
    }
}

fn listed(known: &[(&'static str, Holds)]) -> String {
    known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
