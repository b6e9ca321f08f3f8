//! What an entry says, and how it is sealed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What comes before the first entry.
pub const ORIGIN: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What is never changed of an entry: its text is what is hashed. Nothing of a dossier is among it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The rank of the entry, from 1.
    pub number: i64,
    /// Its identifier, drawn at random.
    pub id: String,
    /// When it was made (RFC 3339, UTC).
    pub recorded_at: String,
    /// By whose token, where tokens are asked for.
    pub recorded_by: Option<String>,
    /// What happened.
    pub event: Event,
    /// The hash of the entry before it.
    pub previous: String,
}

/// What an entry tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// A dossier was decided.
    Decision(Decision),
    /// The content of an entry was erased.
    Erasure {
        /// The entry's identifier.
        of: String,
        /// Why.
        reason: String,
    },
}

/// A decision, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The policy.
    pub policy: String,
    /// The hash of the list of its texts.
    pub texts: String,
    /// The version of conforme.
    pub engine: String,
    /// The day of the examination.
    pub examined_on: String,
    /// What was decided.
    pub outcome: String,
    /// Salted hashes of the content.
    pub request: String,
    /// Of the dossier.
    pub dossier: String,
    /// Of the answer.
    pub answer: String,
}

/// What may be erased of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Drawn at random: hashes of what is erased cannot be found again by trying.
    pub salt: Vec<u8>,
    /// What was asked beside the dossier: a [`Request`] in JSON.
    pub request: String,
    /// As it was sent.
    pub dossier: Vec<u8>,
    /// As it was answered.
    pub answer: Vec<u8>,
}

/// What was asked beside a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// What the dossier is called.
    pub name: String,
    /// The date of examination, where it was asked for.
    pub on: Option<String>,
    /// The readings that were retained, each with its option.
    pub readings: Vec<(String, String)>,
    /// What was known on that day only.
    pub known_on: Option<String>,
    /// Whether drafts were seen.
    pub draft: bool,
    /// `full`, `brief`, `none`.
    pub explain: String,
    /// Who asked, as the request says.
    pub by: Option<String>,
    /// Why, likewise.
    pub reason: Option<String>,
}

impl Content {
    /// The hashes of the request, the dossier and the answer.
    pub fn commitments(&self) -> [String; 3] {
        let of = |part: &str, bytes: &[u8]| {
            let hash = Sha256::new().chain_update(&self.salt).chain_update([0]).chain_update(part);
            hex(&hash.chain_update([0]).chain_update(bytes).finalize())
        };
        [of("request", self.request.as_bytes()), of("dossier", &self.dossier), of("answer", &self.answer)]
    }

    /// Whether it is what an entry says.
    pub fn is_of(&self, decision: &Decision) -> bool {
        let [request, dossier, answer] = self.commitments();
        (request, dossier, answer)
            == (decision.request.clone(), decision.dossier.clone(), decision.answer.clone())
    }
}

/// The hash of a text.
pub fn hash(bytes: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files of a policy's texts: what a decision rested on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The hash of `list`.
    pub hash: String,
    /// Each path with the hash of its file, in JSON.
    pub list: String,
    /// Each hash with its file.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Texts {
    /// Of files by their paths.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Texts {
        let (mut list, mut kept) = (Vec::new(), Vec::new());
        for (path, bytes) in files {
            let own = hash(&bytes);
            list.push((path, own.clone()));
            kept.push((own, bytes));
        }
        list.sort();
        // Strings only: it cannot fail.
        let list = serde_json::to_string(&list).unwrap_or_default();
        Texts { hash: hash(&list), list, files: kept }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hashed_of_a_content_says_which_part_it_is_and_cannot_be_tried() {
        let content = |salt: &[u8]| Content {
            salt: salt.to_vec(),
            request: "a".to_owned(),
            dossier: b"a".to_vec(),
            answer: b"a".to_vec(),
        };
        let [request, dossier, answer] = content(b"1").commitments();
        assert!(request != dossier && dossier != answer && request != answer);
        assert_ne!(content(b"1").commitments(), content(b"2").commitments());
        assert_eq!(content(b"1").commitments(), content(b"1").commitments());
    }

    #[test]
    fn texts_are_known_by_their_files_in_whatever_order() {
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let texts = Texts::new([file("b.pol", "b"), file("a.pol", "a")]);
        assert_eq!(texts.hash, Texts::new([file("a.pol", "a"), file("b.pol", "b")]).hash);
        assert_ne!(texts.hash, Texts::new([file("a.pol", "a"), file("b.pol", "c")]).hash);
        assert_ne!(texts.hash, Texts::new([file("a.pol", "a"), file("c.pol", "b")]).hash);
    }
}
