//! Names of places that last: what a link to a rule says.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The anchor of something that is called so: « critère seuil d'adhésion » is `critere-seuil-d-adhesion`. Letters and
/// figures alone, so that it needs no escape in an address.
pub(crate) fn anchor(name: &str) -> String {
    let spelled = name.replace(['œ', 'Œ'], "oe").replace(['æ', 'Æ'], "ae");
    let mut out = String::with_capacity(spelled.len());
    for c in spelled.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let end = out.trim_end_matches('-').len();
    out.truncate(end);
    if out.is_empty() { "partie".to_owned() } else { out }
}

/// The anchors of a document: each is its own.
#[derive(Debug, Default)]
pub(crate) struct Anchors(BTreeSet<String>);

impl Anchors {
    /// This one, or the next that nothing else has.
    pub(crate) fn free(&mut self, plain: String) -> String {
        let others = (2..).map(|rank: u32| format!("{plain}-{rank}"));
        let free = std::iter::once(plain.clone()).chain(others).find(|id| !self.0.contains(id));
        let free = free.unwrap_or(plain);
        self.0.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchors, anchor};

    #[test]
    fn no_two_places_have_one_anchor() {
        let mut anchors = Anchors::default();
        let own: Vec<String> = ["a", "b", "a", "a"].map(|name| anchors.free(name.to_owned())).into();
        assert_eq!(own, ["a", "b", "a-2", "a-3"]);
    }

    #[test]
    fn an_anchor_is_the_name_in_plain_letters() {
        for (name, wanted) in [
            ("critère seuil d'adhésion", "critere-seuil-d-adhesion"),
            ("cœur de l’aide — 2ᵉ volet", "coeur-de-l-aide-2ᵉ-volet"),
            ("<script>", "script"),
            ("« »", "partie"),
        ] {
            assert_eq!(anchor(name), wanted);
        }
    }
}
