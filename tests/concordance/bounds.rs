//! How much is compared: at the limits, and past them.

use std::fmt::Write as _;

use conforme::check::check;
use conforme::concordance::review;
use conforme::limits;
use conforme::source::SourceFile;

/// A criterion that quotes so many words, and says so many figures.
fn codes(words: usize, figures: usize) -> Vec<&'static str> {
    let mut text = String::from(
        "dispositif essai « Essai »\n\nsource loi « Loi », texte opposable\n\ndossier\n  prêt : oui ou non\n\
         \n  nombre lu : nombre\n\ncritère c\n",
    );
    // A passage on several `selon`, each short enough for a line.
    for _ in 0..words / 1_000 {
        let _ = writeln!(text, "  selon loi « {} »", "mot ".repeat(1_000));
    }
    text.push_str("  exige\n");
    for _ in 0..figures {
        text.push_str("    - nombre lu ≥ 0\n");
    }
    text.push_str("\ndécision d\n  favorable si prêt\n");
    let checked = check(&SourceFile::new("essai.pol", text));
    let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    review(&policy).iter().map(|remark| remark.diagnostic.code).collect()
}

#[test]
fn what_there_is_to_compare() {
    // A figure counts twice: as what it bounds, and as the name of a condition among others.
    let figures = limits::COMPARED / 20_000 / 2;
    assert_eq!(codes(20_000, figures), [""; 0]);
    assert_eq!(codes(21_000, figures), ["concordance-trop-longue"]);
}

/// A criterion that rests on so many definitions.
fn resting_on(definitions: usize) -> Vec<&'static str> {
    let mut text = String::from(
        "dispositif essai « Essai »\n\nsource loi « Loi », texte opposable\n\ndossier\n  nombre lu : nombre\n\n",
    );
    for rank in 0..definitions {
        let _ = writeln!(text, "définition d{rank}\n  vaut nombre lu\n");
    }
    text.push_str("critère c\n  selon loi « Le nombre est positif. »\n  exige\n");
    for rank in 0..definitions {
        let _ = writeln!(text, "    - d{rank} ≥ 0");
    }
    text.push_str("\ndécision d\n  favorable si tous les critères sont remplis\n");
    let checked = check(&SourceFile::new("essai.pol", text));
    let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    review(&policy).iter().map(|remark| remark.diagnostic.code).collect()
}

#[test]
fn what_an_item_rests_on() {
    assert_eq!(resting_on(limits::NEAR), [""; 0]);
    // The decision reads all criteria, not what they rest on.
    assert_eq!(resting_on(limits::NEAR + 1), ["concordance-trop-longue"]);
}
