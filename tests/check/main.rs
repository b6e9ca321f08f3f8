//! What an author reads when a policy holds a mistake: SOURCE, then ERROR.
//!
//! Each source is completed by the same heading, facts and decision; the snapshot shows the part that
//! matters, then every message as it stands.

#![allow(clippy::expect_used)]

use std::fmt::Write as _;

use conforme::check::check;
use conforme::diagnostic::{Diagnostic, Severity};
use conforme::source::SourceFile;

/// What stands above the lines of each test.
const ABOVE: &str = "\
dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi du 1er janvier 2025 », texte opposable

dossier
  population : entier ≥ 0
    « Combien d'habitants ? »
  surface : nombre > 0
    « Quelle surface, en km² ? »
  budget : montant ≥ 0 €
    « Quel budget ? »
  part locale : pourcentage
    « Quelle part est locale ? »
  engagement : durée en mois
    « Quel engagement ? »
  préavis : durée en jours
    « Quel préavis ? »
  commune : texte
    « Quelle commune ? »
  territoire.continu : oui ou non
    « Est-il d'un seul tenant ? »
  territoire.rural : oui ou non
    « Est-il rural ? »
  territoire.échelon : parmi commune, canton, département
    « Quel échelon ? »
  territoire.fragilité : parmi faible < moyenne < forte
    « Quelle fragilité ? »
  demande.déposée le : date
    « Quand la demande a-t-elle été déposée ? »
  demande.complète le : date
    « Quand a-t-elle été complétée ? »
  adhérents : liste
    « Qui adhère ? »
  adhérents.nom : texte, unique
    « Quel nom ? »
  adhérents.métier : parmi médecin, infirmier
    « Quel métier ? »
  adhérents.heures : nombre ≥ 0
    « Combien d'heures ? »
  adhérents.installé le : date, unique
    « Depuis quand ? »

";

/// What stands below: a decision on all criteria, and a rule that reads every fact.
const BELOW: &str = "

critère dossier entier
  selon loi, art. 1
  exige
    - population ≥ 1 et surface > 1 et budget ≥ 1 € et part locale ≥ 1 %
    - engagement ≥ 1 mois et préavis ≥ 1 jour et commune ≠ « »
    - territoire.continu ou territoire.rural
    - territoire.échelon est parmi commune, canton et territoire.fragilité ≥ moyenne
    - demande.déposée le ≤ date d'examen et demande.complète le ≤ date d'examen
    - tous les adhérents vérifient (métier est médecin et heures ≥ 1 et installé le ≤ date d'examen)

décision aide
  favorable si tous les critères sont remplis
";

/// The messages on a file, as text.
fn messages(file: &std::sync::Arc<SourceFile>, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let sign = match diagnostic.severity {
            Severity::Error => "×",
            Severity::Warning => "⚠",
            Severity::Advice => "☞",
        };
        let _ = writeln!(out, "{sign} {}  [{}]", diagnostic.message, diagnostic.code);
        for label in &diagnostic.labels {
            let start = file.position(label.span.start);
            let end = file.position(label.span.end);
            let line = file.line(start.line);
            let width = if end.line == start.line { end.column - start.column } else { 3 };
            let _ = writeln!(out, "  │ {}", line.trim_end());
            let indent = " ".repeat(start.column as usize - 1);
            let mark = "─".repeat(width.max(1) as usize);
            let _ = writeln!(out, "  │ {indent}{mark} {}", label.text);
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "  aide : {help}");
        }
    }
    out
}

/// SOURCE then ERROR; a source with its own heading is a whole file.
fn shown(source: &str) -> (String, Vec<Diagnostic>) {
    let source = source.trim_matches('\n');
    let whole = source.starts_with("dispositif");
    let text = if whole { source.to_owned() } else { format!("{ABOVE}{source}{BELOW}") };
    let file = SourceFile::new("essai/essai.pol", text);
    let checked = check(&file);
    let found = messages(&file, &checked.diagnostics);
    assert_eq!(
        checked.policy.is_none(),
        checked.diagnostics.iter().any(Diagnostic::is_error),
        "a policy is made where no error was found: {found}"
    );
    (format!("{source}\n\n{found}"), checked.diagnostics)
}

/// One mistake, one message, of this code.
macro_rules! mistakes {
    ($($name:ident: $code:literal, $source:literal;)*) => {$(
        #[test]
        fn $name() {
            let (text, diagnostics) = crate::shown($source);
            let codes: Vec<&str> = diagnostics.iter().map(|d| d.code).collect();
            assert_eq!(codes, [$code], "{text}");
            insta::assert_snapshot!(stringify!($name), text);
        }
    )*};
}

/// No mistake.
macro_rules! accepted {
    ($($name:ident: $source:literal;)*) => {$(
        #[test]
        fn $name() {
            let (text, diagnostics) = crate::shown($source);
            assert!(diagnostics.is_empty(), "{text}");
        }
    )*};
}

mod ages;
mod broken;
mod items;

mod limits;
mod lists;

mod names;
mod policies;
mod remedies;
mod silent;

mod types;

mod values;
