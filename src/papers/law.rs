//! Grounds of law: texts that bind, and documents that only inform, told apart.

use super::fill::{Fill, blank};
use crate::policy::Citation;
use crate::render::document::Block;
use crate::render::words::one_line;

impl Fill<'_> {
    /// Whether a passage is of a text that binds.
    pub(super) fn binds(&self, citation: &Citation) -> bool {
        self.words().policy.sources[citation.source.index()].binding
    }

    /// « Délibération n° 2024-31 du 13 juin 2024, art. 2, I ».
    pub(super) fn text_of(&self, citation: &Citation) -> String {
        let title = one_line(&self.words().policy.sources[citation.source.index()].title);
        match &citation.place {
            Some(place) => format!("{title}, {place}"),
            None => title,
        }
    }

    fn quote(&self, citation: &Citation, nature: &str) -> Block {
        Block::Quote {
            source: format!("{} ({nature})", self.text_of(citation)),
            passage: citation.quote.as_deref().map(one_line),
        }
    }

    /// The texts that bind, word for word; the mark of `what` they would found, where there is none.
    pub(super) fn binding(&self, law: &[Citation], what: &str) -> Vec<Block> {
        let binding = law.iter().filter(|citation| self.binds(citation));
        let quotes: Vec<Block> = binding.map(|citation| self.quote(citation, "texte opposable")).collect();
        if quotes.is_empty() {
            return vec![Block::Para(blank(&format!("texte opposable qui fonde {what}")))];
        }
        quotes
    }

    /// The documents that only inform, word for word, apart from what the decision rests on.
    pub(super) fn informing(&self, law: &[Citation]) -> Option<Block> {
        let informing = law.iter().filter(|citation| !self.binds(citation));
        let quotes: Vec<Block> =
            informing.map(|citation| self.quote(citation, "document d'information")).collect();
        let title = "Pour information, sans fonder la décision".to_owned();
        (!quotes.is_empty()).then_some(Block::Entry { title, blocks: quotes })
    }

    /// The titles of some passages' texts, each once.
    pub(super) fn titles<'c>(&self, law: impl Iterator<Item = &'c Citation>) -> Vec<String> {
        let mut titles: Vec<String> = Vec::new();
        for citation in law {
            let title = one_line(&self.words().policy.sources[citation.source.index()].title);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles
    }
}
