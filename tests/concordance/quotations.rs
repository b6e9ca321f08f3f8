//! Passages held against the text of their source.

use std::fmt::Write as _;

use conforme::check::check;
use conforme::concordance::source_text;
use conforme::diagnostic::Diagnostic;
use conforme::source::SourceFile;

const TEXT: &str = "\
Article 2. – La communauté couvre un quartier d’au moins 2\u{202f}000 habitants. Elle réunit au moins quatre profes-
sionnels, dont au moins un médecin.

Elle assure :
  • des consultations après vingt heures ;
  • des visites à domicile, dans une logique « parcours ».
";

/// What is said of a passage.
fn said(quote: &str) -> String {
    let source = format!(
        "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi » dans « loi.txt », texte opposable

dossier
  prêt : oui ou non

critère c
  selon loi, art. 2 « {quote} »
  exige prêt

décision d
  favorable si tous les critères sont remplis
"
    );
    shown(&source, &mut |_, path| {
        assert_eq!(path, "loi.txt");
        Ok(TEXT.to_owned())
    })
}

fn shown(source: &str, read: source_text::Read<'_>) -> String {
    let file = SourceFile::new("essai/essai.pol", source);
    let policy = check(&file).policy.unwrap();
    let mut out = String::new();
    for diagnostic in source_text::compare(&policy, read) {
        let _ = writeln!(out, "{} [{}]", diagnostic.message, diagnostic.code);
        for label in &diagnostic.labels {
            let _ = writeln!(out, "  « {} » : {}", file.text().get(label.span.range()).unwrap(), label.text);
        }
        let _ = writeln!(out, "  aide : {}", diagnostic.help.unwrap_or_default());
    }
    out
}

#[test]
fn what_is_quoted_word_for_word() {
    for quote in [
        "La communauté couvre un quartier d'au moins 2 000 habitants.",
        "couvre un quartier d’au\n    moins 2\u{a0}000 habitants",
        "Elle réunit au moins quatre professionnels, dont au moins un médecin",
        "Elle réunit au moins quatre profes-\n    sionnels",
        "La communauté couvre un quartier […] dont au moins un médecin.",
        "couvre un quartier … Elle réunit au moins quatre professionnels",
        "un quartier [...] des visites à domicile",
        "des visites à domicile, dans une logique « parcours »",
        "des consultations après vingt heures; des visites à domicile",
    ] {
        assert_eq!(said(quote), "", "{quote}");
    }
}

#[test]
fn what_is_not() {
    let all: String = [
        "La communauté couvre un quartier d'au moins 3 000 habitants.",
        "Elle réunit plus de quatre professionnels, dont au moins un médecin.",
        "Elle réunit au moins quatre professionnels, dont un médecin.",
        "des visites à domicile … des consultations après vingt heures",
        "La commune nomme un référent.",
    ]
    .iter()
    .map(|quote| format!("« {quote} »\n{}\n", said(quote)))
    .collect();
    insta::assert_snapshot!("not_word_for_word", all);
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_at_its_place() {
    let source = |path: &str| {
        format!(
            "dispositif essai « Essai »

source loi « Loi » dans « {path} », texte opposable

dossier
  prêt : oui ou non

décision d
  selon loi « Le texte. »
  favorable si prêt
"
        )
    };
    let gone = shown(&source("loi.txt"), &mut |_, path| {
        Err(Diagnostic::error("fichier-introuvable", format!("fichier introuvable : « {path} »")))
    });
    assert_eq!(
        gone,
        "fichier introuvable : « loi.txt » [fichier-introuvable]\n  « « loi.txt » » : le texte de cette source\n  aide : \n"
    );
    for path in ["../loi.txt", "/etc/passwd", "sources/../../loi.txt"] {
        let refused = shown(&source(path), &mut |_, _| panic!("is not read"));
        assert!(refused.starts_with("le fichier d'une source est à côté du texte"), "{refused}");
    }
}
