//! A text that is read again, changed here and there: what it says is what it says to who reads it for the first time.

use std::sync::Arc;
use std::thread;

use conforme::diagnostic::Diagnostic;
use conforme::parallel::STACK;
use conforme::source::SourceFile;
use conforme::syntax;
use conforme::syntax::tree::Document;

const TEXTS: [&str; 4] = [
    include_str!("../../policies/ess/ess.pol"),
    include_str!("../../policies/csq/csq.pol"),
    include_str!("../../policies/alr/alr.pol"),
    include_str!("../../policies/exemples/avenant-1-seuil.pol"),
];

type Said = (Document, Vec<Diagnostic>);

fn here(text: &str) -> Said {
    syntax::parse(&SourceFile::new("essai.pol", text))
}

/// By a thread that has read nothing before.
fn afresh(text: &str) -> Said {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || here(text)).unwrap();
        thread.join().unwrap()
    })
}

fn assert_same(text: &str, what: &str) {
    let ((document, problems), (wanted, wanted_problems)) = (here(text), afresh(text));
    assert_eq!(problems, wanted_problems, "{what}");
    let file = Arc::clone(&document.file);
    assert!(Document { file, ..wanted } == document, "{what}");
}

/// Lines above move every item; a line that is doubled, left out or cut says something else, or nothing.
#[test]
fn a_text_that_changed_says_what_it_says() {
    for text in TEXTS {
        assert_same(text, "as it is");
        assert_same(text, "again");
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in (0..lines.len()).step_by(19) {
            let with = |line: &str| [&lines[..at], &[line], &lines[at + 1..]].concat().concat();
            let line = lines[at];
            let half: String = line.chars().take(line.chars().count() / 2).collect();
            for (changed, what) in [
                (with(&format!("# é 😀 \u{a0}\n{line}")), "a comment above"),
                (with(&format!("{line}{line}")), "doubled"),
                (with(""), "left out"),
                (with(&half), "cut"),
                (with(&line.replace('€', "$")), "another currency"),
                (with(&line.replace(" : ", " et demi : ")), "another name"),
            ] {
                assert_same(&changed, &format!("line {at}, {what}: {line}"));
            }
            assert_same(text, "as it was");
        }
    }
}

/// A name that holds words of the language changes how all others are read.
#[test]
fn a_name_that_is_declared_changes_what_other_lines_say() {
    let text = |name: &str| {
        format!(
            "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier
  {name} : entier ≥ 0
    « Combien ? »
  enfants : liste
    « Lesquels ? »

critère c
  exige nombre d'enfants ≥ 1

décision d
  favorable si tous les critères sont remplis
"
        )
    };
    for name in
        ["nombre d'enfants", "enfants à charge", "nombre d'enfants", "âge et demi", "enfants à charge"]
    {
        assert_same(&text(name), name);
    }
}

/// A mistake is told each time, where it stands now.
#[test]
fn what_is_wrong_with_an_item_is_told_each_time() {
    let text = "dispositif essai « Essai »\n\ncritère c\n  exige âge ≥ dix-huit ans\n  exige\n";
    let (_, first) = here(text);
    assert!(!first.is_empty());
    assert_same(text, "again");
    assert_same(&text.replace("critère", "\n# plus bas\ncritère"), "below");
}
