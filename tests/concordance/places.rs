//! Whether a passage stands where its citation says: in the article, in the paragraph.

use conforme::check::check;
use conforme::concordance::source_text;
use conforme::source::SourceFile;

const LAW: &str = "Loi inventée

Article 1er
Les personnes inscrites ont droit à l'aide.

Article 2
I. – La demande est écrite.
II. – La demande est déposée avant
le 30 juin, au lieu que fixe l'article 3 du présent texte.
Article 3 du présent texte : voir ailleurs, ce qui n'est pas un titre.

Art. L. 12-3 (nouveau)
La réponse est motivée. La demande est écrite.
";

/// What is said of a citation of this place and passage.
fn said(place: &str, passage: &str) -> Vec<(String, String)> {
    let text = format!(
        "dispositif essai « Essai »\n  en vigueur depuis le 1er janvier 2025\n\nsource loi « Loi » dans « loi.txt », texte opposable\n\ndossier\n  écrite : oui ou non\n\ncritère c\n  selon loi, {place} « {passage} »\n  exige écrite\n\ndécision d\n  favorable si c\n"
    );
    let file = SourceFile::new("essai.pol", text);
    let policy = check(&file).policy.unwrap();
    let found = source_text::compare(&policy, &mut |_, _| Ok(LAW.to_owned()));
    found.into_iter().map(|one| (file.slice(one.labels[0].span).to_owned(), one.message)).collect()
}

#[test]
fn a_passage_stands_in_its_article() {
    let inscribed = "Les personnes inscrites ont droit à l'aide.";
    let answer = "La réponse est motivée.";
    for (place, passage) in [
        ("art. 1", inscribed),
        ("art. 1er", inscribed),
        ("article 1er, alinéa 1", inscribed),
        ("art. L. 12-3", answer),
        ("art. L.12-3", answer),
        // In two articles.
        ("art. 2", "La demande est écrite."),
        ("art. L. 12-3", "La demande est écrite."),
        ("art. 2, I", "La demande est écrite."),
        ("art. 2, II", "La demande est déposée avant le 30 juin"),
        // No article, or several.
        ("titre 3", inscribed),
        ("art. 2 et 3", inscribed),
    ] {
        assert_eq!(said(place, passage), [], "{place}: {passage}");
    }
    for (place, passage, shown, message) in [
        ("art. 2", inscribed, "2", "ce passage est à l'article 1 de « loi », non à l'article 2"),
        ("article 12, II", inscribed, "12", "ce passage est à l'article 1 de « loi », non à l'article 12"),
        ("art. 1, II", inscribed, "II", "l'article 1 n'a pas de paragraphe II"),
        (
            "art. R. 12-3",
            answer,
            "R.",
            "ce passage est à l'article L. 12-3 de « loi », non à l'article R. 12-3",
        ),
        (
            "art. 2, I",
            "La demande est déposée avant le 30 juin",
            "I",
            "ce passage est au II de l'article 2, non au I",
        ),
    ] {
        assert_eq!(said(place, passage), [(shown.to_owned(), message.to_owned())], "{place}: {passage}");
    }
}

#[test]
fn what_a_result_quotes_is_told_once() {
    let text = "dispositif essai « Essai »\n  en vigueur depuis le 1er janvier 2025\n\nsource loi « Loi » dans « loi.txt », texte opposable\n\ndossier\n  écrite : oui ou non\n  loyer : montant ≥ 0 €\n\ndécision d\n  favorable si écrite\n\nrésultat garantie\n  selon loi, art. 2 « PASSAGE »\n  si d\n  vaut 3 × loyer\n";
    for (passage, code) in [
        ("Les personnes inscrites ont droit à l'aide.", "passage-ailleurs"),
        ("Les personnes inscrites ont toutes droit à l'aide.", "citation-absente"),
    ] {
        let file = SourceFile::new("essai.pol", text.replace("PASSAGE", passage));
        let policy = check(&file).policy.unwrap();
        let found = source_text::compare(&policy, &mut |_, _| Ok(LAW.to_owned()));
        let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
        assert_eq!(codes, [code], "{passage}");
    }
}
