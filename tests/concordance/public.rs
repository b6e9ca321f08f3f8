//! Sentences of public texts (`public/README.md`): each entry is well formed.

use conforme::check::check;
use conforme::source::SourceFile;

const HEAD: &str = "dispositif essai « Essai »\n  en vigueur depuis le 1er janvier 1950\n\nsource loi « Textes publics », \
texte opposable\n\ndossier\n  dossier recevable : oui ou non\n";
const DECISION: &str = "\ndécision d\n  favorable si dossier recevable\n";

/// A sentence with its rules.
struct Entry {
    reference: String,
    facts: String,
    /// The right one, then those with a mistake.
    rules: Vec<String>,
}

fn entries() -> Vec<Entry> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/concordance/public");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let text = |path| std::fs::read_to_string(path).unwrap();
    let of = |text: String| text.split("=== ").skip(1).map(entry).collect::<Vec<_>>();
    paths.iter().map(text).flat_map(of).collect()
}

fn entry(text: &str) -> Entry {
    let (reference, rest) = text.split_once("\nfaits\n").unwrap_or_else(|| panic!("{text}"));
    let (facts, rest) = rest.split_once("juste\n").unwrap_or_else(|| panic!("{text}"));
    let mut rules = vec![String::new()];
    for line in rest.lines() {
        match line.strip_prefix("faute ") {
            Some(_) => rules.push(String::new()),
            None => rules.last_mut().unwrap().extend([line, "\n"]),
        }
    }
    Entry { reference: reference.to_owned(), facts: facts.to_owned(), rules }
}

#[test]
fn every_entry_reads() {
    let all = entries();
    assert!(all.len() >= 500, "{}", all.len());
    for entry in &all {
        assert!(entry.reference.contains("\n# "), "{}", entry.reference);
        assert!(entry.rules.len() > 1, "{}", entry.reference);
        for (rank, rule) in entry.rules.iter().enumerate() {
            // A slip may be seen without any passage.
            let itself = |code: &str| rank > 0 && matches!(code, "ligne-morte" | "exception-sans-effet");
            let text = format!("{HEAD}{}\n{rule}{DECISION}", entry.facts);
            let checked = check(&SourceFile::new("essai.pol", text.as_str()));
            let wrong: Vec<_> =
                checked.diagnostics.iter().filter(|one| one.is_error() && !itself(one.code)).collect();
            assert!(wrong.is_empty(), "{}\n{text}\n{}", entry.reference, wrong[0].message);
        }
    }
}
