//! What is around a letter: who writes, to whom, of what, and who signs.

use crate::papers::fill::{Fill, blank};
use crate::papers::template::Place;
use crate::render::document::{Block, Document, Section};
use crate::render::words::one_line;

impl Fill<'_> {
    /// A letter: its head, what stands in it, its signature.
    pub(super) fn letter(&self, about: &str, date: &str, sections: Vec<Section>) -> Document {
        let mut all = vec![untitled(self.opening())];
        all.extend(sections);
        all.push(untitled(self.closing()));
        Document {
            head: vec![Block::Beside(vec![self.sender(), self.addressee(date)])],
            title: self.words().pair("Objet", about),
            subtitle: Vec::new(),
            verdict: None,
            sections: all,
            hint: None,
        }
    }

    fn sender(&self) -> Vec<Block> {
        let mut lines = vec![self.line(Place::Authority, "désignation de l'autorité")];
        lines.extend(self.service());
        vec![Block::Lines(lines)]
    }

    /// To whom, from where and on which day.
    fn addressee(&self, date: &str) -> Vec<Block> {
        let town = self.line(Place::Town, "lieu");
        vec![
            Block::Lines(vec![blank("nom et adresse du destinataire")]),
            Block::Para(format!("{town}, le {}", blank(date))),
        ]
    }

    /// The service in charge: its name, addresses and telephone (CRPA, art. R. 112-5, 2°).
    pub(super) fn service(&self) -> Vec<String> {
        let mut lines = self.paragraphs(Place::Service, "service chargé du dossier");
        lines.extend(self.paragraphs(Place::Address, "adresse postale du service"));
        for (place, what, name) in [
            (Place::Telephone, "numéro de téléphone du service", "Téléphone"),
            (Place::Mail, "adresse électronique du service", "Courriel"),
        ] {
            lines.push(self.words().pair(name, &self.line(place, what)));
        }
        lines
    }

    fn opening(&self) -> Vec<Block> {
        let words = self.words();
        vec![
            Block::Lines(vec![
                words.pair("Dossier", &self.dossier()),
                words.pair("Demande reçue le", &self.received()),
            ]),
            Block::Para(self.line(Place::Opening, "formule d'appel")),
        ]
    }

    /// « Dossier examiné le … d'après le dispositif « … », texte en vigueur depuis le … », and what amends it.
    pub(in crate::papers) fn examined(&self) -> String {
        let words = self.words();
        let scheme = words.quoted(&one_line(&words.policy.title));
        let mut said = format!(
            "Le dossier a été examiné à la date du {}, d'après le dispositif {scheme}",
            words.date(self.decision().examined_on)
        );
        let mut more: Vec<String> =
            Some(words.base_text()).filter(|text| !text.is_empty()).into_iter().collect();
        more.extend(words.amendments());
        more.extend(words.leaned());
        if !more.is_empty() {
            said = format!("{said} ({})", more.join(" ; "));
        }
        format!("{said}.")
    }

    /// First name, name and quality in clear, and the signature (CRPA, art. L. 212-1).
    fn closing(&self) -> Vec<Block> {
        let closing = self.paragraphs(Place::Closing, "formule de politesse");
        vec![Block::Signed { closing, lines: self.signed() }]
    }

    pub(super) fn signed(&self) -> Vec<String> {
        let given = self.line(Place::Given, "prénom du signataire");
        let name = self.line(Place::Surname, "nom du signataire");
        let mut lines = vec![self.line(Place::Quality, "qualité du signataire")];
        lines.extend(self.own(Place::Delegation));
        lines.push(blank("signature"));
        lines.push(format!("{given} {name}"));
        lines
    }
}

/// A part under no title.
pub(super) fn untitled(blocks: Vec<Block>) -> Section {
    Section { title: String::new(), blocks }
}

/// A part under its title, where anything stands in it.
pub(super) fn titled(title: &str, blocks: Vec<Block>) -> Option<Section> {
    (!blocks.is_empty()).then(|| Section { title: title.to_owned(), blocks })
}
