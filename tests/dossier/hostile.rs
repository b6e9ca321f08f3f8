//! What a hostile file costs: next to nothing, whatever it holds. The files are so large that none of
//! these tests would come to its end if reading cost more than in proportion.

use conforme::diagnostic::Diagnostic;
use conforme::dossier;
use conforme::limits;
use conforme::render::diagnostics;

use crate::policies::every_type;

/// The codes of what is sent back.
fn codes(bytes: &[u8]) -> Vec<&'static str> {
    let policy = every_type();
    let read = dossier::read(bytes, "dossier.yaml", &policy);
    let mistakes: Vec<Diagnostic> = read.err().unwrap_or_default();
    assert!(mistakes.len() <= limits::MISTAKES + 1);
    assert!(diagnostics::text(&mistakes, 80, false).len() < 1 << 20);
    mistakes.iter().map(|m| m.code).collect()
}

#[test]
fn quadratic_references_are_not_expanded() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for i in 1..2_000 {
        let previous = format!("*a{}", i - 1);
        text += &format!("a{i}: &a{i} [{}]\n", [previous.as_str(); 9].join(", "));
    }
    let codes = codes(text.as_bytes());
    assert_eq!(codes.len(), limits::MISTAKES + 1);
    assert_eq!(codes.last(), Some(&"autres-erreurs"));
}

#[test]
fn too_many_bytes_are_refused_unread() {
    let mut exactly = b"nom: x\n".to_vec();
    exactly.resize(limits::DOSSIER_BYTES, b'\n');
    assert_eq!(codes(&exactly), Vec::<&str>::new());
    exactly.push(b'\n');
    assert_eq!(codes(&exactly), ["dossier-trop-gros"]);
    assert_eq!(codes(&vec![0xff; 100 << 20]), ["dossier-trop-gros"]);
}

#[test]
fn nesting_is_bounded() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let nested =
            |depth: usize| format!("attendu: {}1{}", open.repeat(depth - 1), close.repeat(depth - 1));
        assert_eq!(codes(nested(limits::NESTING).as_bytes()), Vec::<&str>::new());
        assert_eq!(codes(nested(limits::NESTING + 1).as_bytes()), ["imbrication-trop-profonde"]);
        assert_eq!(codes(open.repeat(500_000).as_bytes()), ["imbrication-trop-profonde"]);
    }
    let dashes = |depth: usize| format!("attendu:\n{}1\n", "- ".repeat(depth - 1));
    assert_eq!(codes(dashes(limits::NESTING).as_bytes()), Vec::<&str>::new());
    assert_eq!(codes(dashes(limits::NESTING + 1).as_bytes()), ["imbrication-trop-profonde"]);
    assert_eq!(codes("- ".repeat(500_000).as_bytes()), ["imbrication-trop-profonde"]);
}

#[test]
fn one_key_many_times_is_one_mistake() {
    let text = "médecins: 1\n".repeat(limits::LIST_LENGTH);
    assert_eq!(codes(text.as_bytes()), ["cle-en-double"]);
    assert_eq!(codes((text + "médecins: 1\n").as_bytes()), ["liste-trop-longue"]);
    let groups = "territoire: {continu: oui}\n".repeat(50_000);
    assert_eq!(codes(groups.as_bytes()), ["cle-en-double"]);
}

#[test]
fn lists_and_texts_are_bounded() {
    let list = |n: usize| format!("adhérents: [{}]", vec!["{}"; n].join(","));
    assert_eq!(codes(list(limits::LIST_LENGTH).as_bytes()), Vec::<&str>::new());
    assert_eq!(codes(list(limits::LIST_LENGTH + 1).as_bytes()), ["liste-trop-longue"]);
    let text = |n: usize| format!("nom: {}", "é".repeat(n));
    assert_eq!(codes(text(limits::TEXT_LENGTH).as_bytes()), Vec::<&str>::new());
    assert_eq!(codes(text(limits::TEXT_LENGTH + 1).as_bytes()), ["texte-trop-long"]);
    let values = |n: usize| {
        let full = vec![format!("[{}]", vec!["1"; 9_999].join(",")); n / 10_000];
        format!("attendu: [{}]", full.join(","))
    };
    // The list, its lists, their values, the key, and the dossier itself.
    assert_eq!(codes(values(limits::VALUES - 10_000).as_bytes()), Vec::<&str>::new());
    assert_eq!(codes(values(limits::VALUES).as_bytes()), ["dossier-trop-long"]);
}

#[test]
fn long_lines_and_many_wrong_keys_stay_cheap() {
    let line = "x".repeat(4 << 20);
    assert_eq!(codes(format!("nom: {line}").as_bytes()), ["texte-trop-long"]);
    assert_eq!(codes(format!("nom: \"{line}").as_bytes()), ["guillemet-ouvert"]);
    assert_eq!(codes(format!("nom: {}", "a ".repeat(2 << 20)).as_bytes()), ["texte-trop-long"]);
    assert_eq!(codes(format!("nom: {}", "a\n ".repeat(1 << 20)).as_bytes()), ["texte-trop-long"]);
    let keys: String = (0..90_000).map(|i| format!("clé{i}: 1\n")).collect();
    assert_eq!(codes(keys.as_bytes()).len(), limits::MISTAKES + 1);
    let answers: String =
        (0..90_000).map(|i| format!("- {{RPPS: {i}, exercice: {}}}\n", "é".repeat(60))).collect();
    assert_eq!(codes(format!("adhérents:\n{answers}").as_bytes()).len(), limits::MISTAKES + 1);
    assert_eq!(codes("\t".repeat(1 << 20).as_bytes()), Vec::<&str>::new());
    assert_eq!(codes(format!("a:\n{}", " ".repeat(1 << 20)).as_bytes()), ["cle-inconnue"]);
    assert_eq!(codes("#\n".repeat(1 << 20).as_bytes()), Vec::<&str>::new());
}

#[test]
fn what_is_no_utf_8_is_shown_at_its_line() {
    let policy = every_type();
    let mistakes = dossier::read(b"nom: x\n# l'\xe9quipe\n", "dossier.yaml", &policy).unwrap_err();
    assert_eq!(mistakes[0].code, "encodage-inattendu");
    assert_eq!(mistakes[0].message, "ligne 2 : attendu un texte en UTF-8 ; lu un octet qui n'en est pas");
    assert_eq!(mistakes[0].labels[0].file.position(mistakes[0].labels[0].span.start).column, 5);
    for bytes in [&b"\xff\xfen\0o\0m\0"[..], b"\0", b"nom: \xc3", b"\xed\xa0\x80"] {
        assert!(dossier::read(bytes, "dossier.yaml", &policy).is_err(), "{bytes:?}");
    }
}
