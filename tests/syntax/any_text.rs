//! Whatever the text, reading it ends, reports places of the text, and what is laid out stays put.

use std::sync::Arc;

use conforme::diagnostic::Diagnostic;
use conforme::source::SourceFile;
use conforme::syntax;
use proptest::prelude::*;

use super::formatter::settled;

/// Reads a text; every mistake has a place in it.
fn read(text: &str) -> (Arc<SourceFile>, Vec<Diagnostic>) {
    let file = SourceFile::new("t.pol", text);
    let (_, problems) = syntax::parse(&file);
    for problem in &problems {
        assert!(!problem.labels.is_empty(), "{problem:?}");
        for label in &problem.labels {
            let range = label.span.range();
            assert!(text.get(range).is_some(), "{problem:?} stands in the text");
        }
        assert!(!problem.message.is_empty() && !problem.message.ends_with('.'), "{problem:?}");
    }
    (file, problems)
}

/// Pieces that files are made of, put together without sense.
fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "dispositif t « t »",
        "critère",
        "exige",
        "exige l'un de",
        "selon",
        "vaut",
        "montant",
        "si",
        "sinon",
        "et",
        "ou",
        "non",
        "est",
        "n'est pas",
        "parmi",
        "soit",
        "entre",
        "dont",
        "nombre de",
        "tous les",
        "vérifient",
        "il existe un",
        "le plus grand de",
        "au minimum",
        "au prorata de",
        "sur",
        "arrondi à l'euro",
        "plafonné à",
        "dans les autres cas",
        "par tranches",
        "dossier",
        "liste",
        "texte, unique",
        "jusqu'à",
        "de",
        "à",
        "plus de",
        "au-delà",
        "source",
        "texte opposable",
        "lecture",
        "paramètre",
        "définition",
        "financement",
        "obligation",
        "une fois",
        "note",
        "a",
        "b.c",
        "territoire.médecins",
        "10",
        "10 %",
        "1er janvier 2025",
        "6 mois",
        "80 000 €",
        "« p »",
        "«",
        "»",
        "(",
        ")",
        ",",
        ":",
        "-",
        "+",
        "×",
        "≥",
        ">",
        "=",
        "# r",
        "\n",
        "\n  ",
        "\n    - ",
        "\n\n",
        "\u{a0}",
        "’",
        "é",
        "e\u{301}",
        "\r\n",
        "à la date de",
        "dans les",
        "suivant",
        "10 % de",
        "sauf si",
    ]);
    prop::collection::vec((words, prop::bool::weighted(0.8)), 0..60).prop_map(|words| {
        words
            .into_iter()
            .map(|(word, spaced)| if spaced { format!("{word} ") } else { word.to_string() })
            .collect()
    })
}

const POLICIES: [&str; 2] =
    [include_str!("../../policies/ess/ess.pol"), include_str!("../../policies/csq/csq.pol")];

/// A stretch of a policy, on characters.
fn stretch(text: &str, at: f64, length: usize) -> (usize, usize) {
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
    let first = ((starts.len() as f64) * at) as usize;
    let end = (first + length).min(starts.len());
    let offset = |n: usize| starts.get(n).copied().unwrap_or(text.len());
    (offset(first), offset(end))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(text in "\\PC*") {
        read(&text);
        read(&format!("dispositif t « t »\ncritère c\n  exige {text}\n"));
    }

    #[test]
    fn any_pieces(text in pieces()) {
        let text = format!("dispositif t « t »\n{text}");
        let (_, problems) = read(&text);
        if problems.is_empty() {
            settled(&text);
        }
    }

    #[test]
    fn a_policy_with_a_stretch_changed(
        which in 0..2_usize, at in 0.0..1.0_f64, length in 0..40_usize, other in pieces(), cut in any::<bool>(),
    ) {
        let policy = POLICIES[which];
        let (start, end) = stretch(policy, at, length);
        let new = if cut { String::new() } else { other.chars().take(30).collect() };
        let text = format!("{}{new}{}", &policy[..start], &policy[end..]);
        let (_, problems) = read(&text);
        if problems.is_empty() {
            settled(&text);
        }
    }

    #[test]
    fn a_policy_whose_lines_move(which in 0..2_usize, from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let mut lines: Vec<&str> = POLICIES[which].lines().collect();
        let line = lines.remove(from.index(lines.len()));
        lines.insert(to.index(lines.len()), line);
        let text = lines.join("\r\n");
        let (_, problems) = read(&text);
        if problems.is_empty() {
            settled(&text);
        }
    }
}

/// A policy with its white space and its signs as a hurried hand types them.
fn rumpled(policy: &str, spaces: &[u8]) -> String {
    let mut spaces = spaces.iter().copied().cycle();
    let mut blank = move || match spaces.next() {
        Some(0) => "\t",
        Some(1) => "   ",
        Some(2) => "\u{a0}",
        _ => " ",
    };
    let mut out = String::new();
    let mut depth = 0_usize;
    for line in policy.lines() {
        let content = line.trim_start();
        out.push_str(blank());
        // A comment at the margin stays there where an empty line follows it.
        if content.starts_with('#') && depth == 0 {
            out.truncate(out.trim_end_matches([' ', '\t', '\u{a0}']).len());
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let mut before = ' ';
        let mut chars = content.chars().peekable();
        while let Some(c) = chars.next() {
            let in_number = before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
            before = c;
            match c {
                '«' => depth += 1,
                '»' => depth -= 1,
                _ => {}
            }
            match c {
                ' ' if depth == 0 && in_number => out.push('\u{202f}'),
                ' ' if depth == 0 => out.push_str(blank()),
                '≥' if depth == 0 => out.push_str(">="),
                '≤' if depth == 0 => out.push_str("<="),
                '≠' if depth == 0 => out.push_str("!="),
                '×' if depth == 0 => out.push('*'),
                '÷' if depth == 0 => out.push('/'),
                c => out.push(c),
            }
        }
        out.push_str("  \n");
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rumpled_policy_is_laid_out_again(which in 0..2_usize, spaces in prop::collection::vec(0..8_u8, 1..40)) {
        let rumpled = rumpled(POLICIES[which], &spaces);
        for (line, expected) in settled(&rumpled).lines().zip(POLICIES[which].lines()) {
            prop_assert_eq!(line, expected);
        }
    }
}

#[test]
fn letters_with_their_accents_apart_read_the_same() {
    use unicode_normalization::UnicodeNormalization;
    for policy in POLICIES {
        let apart: String = policy.nfd().collect();
        assert_ne!(apart, policy);
        let file = SourceFile::new("t.pol", apart.as_str());
        let (document, problems) = syntax::parse(&file);
        assert_eq!(problems, []);
        let (composed, _) = syntax::parse(&SourceFile::new("t.pol", policy));
        for (item, same) in document.items.iter().zip(&composed.items) {
            let name = item.name.as_ref().map_or("", |name| file.slice(name.span));
            let expected = same.name.as_ref().map_or("", |name| &*name.text);
            assert_eq!(name.nfc().collect::<String>(), expected);
        }
        assert_eq!(document.without_spans(), composed.without_spans());
        assert_eq!(syntax::format(&file).ok().as_deref(), Some(policy));
    }
}

#[test]
fn a_mark_and_windows_line_ends_are_read_without_a_word() {
    let windows = format!("\u{feff}{}", POLICIES[0].replace('\n', "\r\n"));
    let file = syntax::decode("ess.pol", windows.as_bytes()).expect("UTF-8");
    let (document, problems) = syntax::parse(&file);
    assert_eq!(problems, []);
    let (same, _) = syntax::parse(&SourceFile::new("ess.pol", POLICIES[0]));
    assert_eq!(document.without_spans(), same.without_spans());
    assert_eq!(syntax::parse(&SourceFile::new("ess.pol", windows)).1, []);
}

#[test]
fn bytes_that_are_no_text_are_refused_at_their_line() {
    let problem = syntax::decode("p.pol", b"dispositif a\n# caf\xe9\n").expect_err("Latin-1");
    assert_eq!(
        (problem.code, problem.message.as_str()),
        ("encodage", "le fichier n'est pas en UTF-8 : ligne 2 illisible")
    );
    let place = problem.labels[0].file.position(problem.labels[0].span.start);
    assert_eq!((place.line, place.column), (2, 6));
}

#[test]
fn a_file_has_a_greatest_size() {
    use conforme::limits::{LINE_BYTES, POLICY_BYTES};
    let header = "dispositif t « t »\n";
    let full = format!("{header}{}", "#".repeat(POLICY_BYTES - header.len()));
    assert_eq!(read(&full).1, []);
    assert_eq!(read(&format!("{full}#")).1[0].code, "fichier-trop-grand");
    assert_eq!(
        syntax::decode("p", format!("{full}#").as_bytes()).expect_err("too large").code,
        "fichier-trop-grand"
    );
    let note = |n: usize| format!("{header}note « {} »", "a".repeat(n - "note «  »".len()));
    assert_eq!(read(&note(LINE_BYTES)).1, []);
    assert_eq!(read(&note(LINE_BYTES + 1)).1[0].code, "ligne-trop-longue");
}

#[test]
fn mistakes_are_counted_past_a_bound() {
    use conforme::limits::MISTAKES;
    let text =
        |n: usize| format!("dispositif t « t »\ncritère c\n  exige l'un de\n{}", "    - a ≥\n".repeat(n));
    assert_eq!(read(&text(MISTAKES)).1.len(), MISTAKES);
    let (_, problems) = read(&text(MISTAKES + 50));
    assert_eq!(problems.len(), MISTAKES + 1);
    assert_eq!(problems[MISTAKES].code, "trop-d-erreurs");
}
