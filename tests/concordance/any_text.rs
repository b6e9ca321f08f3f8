//! Any passage is read, whatever stands in it, and every place is one of the file's.

use conforme::check::check;
use conforme::concordance::{prose::Passage, review, source_text};
use conforme::source::SourceFile;
use proptest::prelude::*;

/// What legal prose is made of, and what breaks it.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: [&str; 58] = [
        "au moins",
        "plus de",
        "moins",
        "n'excède pas",
        "ni",
        "entre",
        "et",
        "à",
        "jusqu'à",
        "dans un délai de",
        "10",
        "2 000",
        "80\n 000",
        "3,5",
        "%",
        "€",
        "millions d'euros",
        "ans",
        "mois",
        "jours ouvrables",
        "un",
        "deux",
        "quatre-vingt-",
        "dix-sept",
        "cent",
        "mille",
        "milliards",
        "1er",
        "2°",
        "31 février 2025",
        "1er janvier 2025",
        "12/13/2024",
        "article",
        "L. 1411-11",
        "du 3 mars 2020",
        ".",
        ";",
        ",",
        "(",
        ")",
        "peut",
        "être",
        "à terme",
        "objectif",
        "l'une des",
        "conditions",
        "cumulatives",
        "soit",
        "ou",
        "le tiers",
        "deux tiers de",
        "élèves",
        "départe-\n  mental",
        "’",
        "…",
        "[...]",
        "n°",
        "99999999999999999999999999999999999999999999",
    ];
    prop_oneof![4 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()), 1 => "[^«»]{0,6}"]
}

proptest! {
    #[test]
    fn any_passage_is_read(pieces in prop::collection::vec(piece(), 0..40), glue in "[ \u{a0}\u{202f}\n]") {
        let text = pieces.join(&glue);
        let start = 7;
        let passage = Passage::read(&text, start);
        let inside = |at: u32| text.is_char_boundary(at as usize - start);
        for token in &passage.tokens {
            prop_assert!(inside(token.span.start) && inside(token.span.end), "{:?} of {text:?}", token);
        }
        for mention in &passage.mentions {
            prop_assert!(inside(mention.span.start) && inside(mention.span.end), "{:?} of {text:?}", mention);
            prop_assert!(mention.from < mention.to && mention.to <= passage.tokens.len());
        }
    }

    #[test]
    fn any_passage_is_compared(pieces in prop::collection::vec(piece(), 0..30), source in prop::collection::vec(piece(), 0..30)) {
        let quote = pieces.join(" ").replace(['«', '»', '#'], "");
        let text = format!(
            "dispositif essai « Essai »\n\nsource loi « Loi » dans « loi.txt », texte opposable\n\ndossier\n  élèves : entier\n  prêt : oui ou non\n\n\
             critère c\n  selon loi « {quote} »\n  exige\n    - élèves ≥ 10\n    - prêt\n\ndécision d\n  favorable si tous les critères sont remplis\n"
        );
        let file = SourceFile::new("essai.pol", text);
        if let Some(policy) = check(&file).policy {
            let found = source_text::compare(&policy, &mut |_, _| Ok(source.join(" ")));
            let remarks = review(&policy).into_iter().map(|remark| remark.diagnostic);
            for diagnostic in found.into_iter().chain(remarks) {
                for label in &diagnostic.labels {
                    prop_assert!(file.text().get(label.span.range()).is_some(), "{diagnostic:?}");
                }
            }
        }
    }
}
