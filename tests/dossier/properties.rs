//! What holds of any text.

use conforme::dossier;
use conforme::source::Position;
use proptest::prelude::*;

use crate::policies::every_type;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// No bytes make the reader panic, and every mistake has its place in the file.
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }

    /// Nor does anything that looks like a dossier.
    #[test]
    fn anything_like_a_dossier(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..40)) {
        check(words.concat().as_bytes());
    }
}

const WORDS: &[&str] = &[
    "nom",
    "médecins",
    "territoire",
    "continu",
    "adhérents",
    "RPPS",
    "lectures",
    "départ",
    "valeur",
    "source",
    "au",
    "budget",
    "part",
    "début",
    "durée",
    "statut",
    ".",
    ": ",
    ":",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    "\t",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "\"",
    "'",
    "oui",
    "34",
    "3,5",
    "10 %",
    "80 000 €",
    "2025-02-30",
    "pas encore",
    "inconnu",
    "null",
    "~",
    "&a ",
    "*a",
    "!!str ",
    "<<",
    "|\n ",
    "? ",
    "# x\n",
    "---\n",
    "\u{feff}",
    "\u{202f}",
    "\\u00e9",
    "\\",
    "signature",
    "€",
];

fn check(bytes: &[u8]) {
    let policy = every_type();
    let _ = dossier::file(bytes, "d").and_then(|file| dossier::identify(&file));
    let Err(mistakes) = dossier::read(bytes, "d", &policy) else { return };
    assert!(!mistakes.is_empty());
    for mistake in mistakes {
        assert!(mistake.is_error());
        let label = &mistake.labels[0];
        assert_eq!(label.file.name(), "d");
        assert!(label.file.text().get(label.span.range()).is_some(), "{mistake:?}");
        assert!(label.file.position(label.span.start) >= Position { line: 1, column: 1 });
        for word in ["token", "mapping", "scalar", "sequence", "YAML", "None", "expected"] {
            assert!(
                !mistake.message.contains(word) || String::from_utf8_lossy(bytes).contains(word),
                "{mistake:?}"
            );
        }
    }
}
