//! Sets of texts.

use crate::value::Text;

/// What a text may be. Never the empty set.
///
/// Made by its constructors it has one form for one set: its texts stand in order, each once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextSet {
    /// One of these.
    OneOf(Vec<Text>),
    /// Any but these.
    AnyBut(Vec<Text>),
}

impl TextSet {
    /// Any text.
    pub const ANY: TextSet = TextSet::AnyBut(Vec::new());

    /// One text.
    pub fn only(text: Text) -> TextSet {
        TextSet::OneOf(vec![text])
    }

    /// One of some texts; `None` for none.
    pub fn one_of(texts: impl IntoIterator<Item = Text>) -> Option<TextSet> {
        let texts = sorted(texts.into_iter().collect());
        (!texts.is_empty()).then_some(TextSet::OneOf(texts))
    }

    /// Any text but some.
    pub fn any_but(texts: impl IntoIterator<Item = Text>) -> TextSet {
        TextSet::AnyBut(sorted(texts.into_iter().collect()))
    }

    /// The one text that it holds, if it holds only one.
    pub fn value(&self) -> Option<&Text> {
        match self {
            TextSet::OneOf(texts) => match texts.as_slice() {
                [only] => Some(only),
                _ => None,
            },
            TextSet::AnyBut(_) => None,
        }
    }

    /// Whether it holds this text.
    pub fn contains(&self, text: &Text) -> bool {
        match self {
            TextSet::OneOf(texts) => texts.contains(text),
            TextSet::AnyBut(texts) => !texts.contains(text),
        }
    }

    /// Whether every text of it is in the other.
    pub fn is_subset(&self, other: &TextSet) -> bool {
        match (self, other) {
            (TextSet::OneOf(a), other) => a.iter().all(|text| other.contains(text)),
            (TextSet::AnyBut(a), TextSet::AnyBut(b)) => b.iter().all(|text| a.contains(text)),
            (TextSet::AnyBut(_), TextSet::OneOf(_)) => false,
        }
    }

    /// What either holds.
    #[must_use]
    pub fn union(&self, other: &TextSet) -> TextSet {
        match (self, other) {
            (TextSet::OneOf(a), TextSet::OneOf(b)) => {
                TextSet::OneOf(sorted(a.iter().chain(b).cloned().collect()))
            }
            (TextSet::AnyBut(but), set) | (set, TextSet::AnyBut(but)) => {
                TextSet::any_but(but.iter().filter(|text| !set.contains(text)).cloned())
            }
        }
    }

    /// What both hold; `None` for nothing.
    pub fn intersect(&self, other: &TextSet) -> Option<TextSet> {
        match (self, other) {
            (TextSet::OneOf(some), set) | (set, TextSet::OneOf(some)) => {
                TextSet::one_of(some.iter().filter(|text| set.contains(text)).cloned())
            }
            (TextSet::AnyBut(a), TextSet::AnyBut(b)) => Some(TextSet::any_but(a.iter().chain(b).cloned())),
        }
    }

    /// All of it but one text; `None` where nothing else is in it.
    pub fn without(&self, text: &Text) -> Option<TextSet> {
        self.intersect(&TextSet::any_but([text.clone()]))
    }
}

/// In order, each once. Of several texts that compare equal the first stays.
fn sorted(mut texts: Vec<Text>) -> Vec<Text> {
    texts.sort_by(|a, b| a.folded.cmp(&b.folded));
    texts.dedup();
    texts
}
