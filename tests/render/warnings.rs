//! What the reader of a decision should know, as it is told.

use conforme::eval::{Request, decide};
use conforme::render::text::{self, TextOptions};
use conforme::source::SourceFile;

use crate::prose;

/// What is told of these rules, on a request of 31 August 2025 by someone born on 29 February 2000.
fn told(rules: &str) -> String {
    let policy = format!(
        "dispositif part « Part »\n  en vigueur depuis le 1er janvier 2025\n\n\
         source loi « Loi », texte opposable\nsource fiche « Fiche », document d'information\n\n\
         dossier\n  demande : date\n    « À quelle date la demande a-t-elle été faite ? »\n  \
         naissance : date\n    « À quelle date la personne est-elle née ? »\n\n{rules}\n\
         décision accord\n  selon loi « accordé »\n  favorable si tous les critères sont remplis\n"
    );
    let checked = conforme::check::check(&SourceFile::new("part.pol", policy));
    let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let dossier = "dispositif: part\nexaminé le: 2025-09-01\ndemande: 2025-08-31\nnaissance: 2000-02-29\n";
    let dossier = conforme::dossier::read(dossier.as_bytes(), "d.yaml", &policy).unwrap();
    let request = Request { examined_on: dossier.examined_on.unwrap(), readings: Vec::new() };
    let decision = decide(&policy, &dossier, &request).unwrap();
    prose(&text::decision(&policy, &dossier, &decision, &TextOptions::default()))
}

fn criterion(name: &str, source: &str, exige: &str) -> String {
    format!("critère {name}\n  selon {source} « {name} »\n  exige {exige}\n\n")
}

#[test]
fn a_day_that_the_month_does_not_have_is_told_without_a_formula() {
    for (exige, wanted) in [
        (
            "demande + 6 mois ≥ 1er janvier 2025",
            "La durée de 6 mois comptée depuis le 31 août 2025 mène à un mois qui n'a pas de 31 : son dernier jour, le \
             28 février 2026, en tient lieu, sans que le texte le dise.",
        ),
        (
            "demande - 2 mois ≥ 1er janvier 2025",
            "La durée de 2 mois comptée à rebours depuis le 31 août 2025 mène à un mois qui n'a pas de 31 : son dernier \
             jour, le 30 juin 2025, en tient lieu, sans que le texte le dise.",
        ),
        (
            "entre naissance et 28 février 2018 en années entières ≥ 18",
            "Les années comptées depuis le 29 février 2000 mènent à un mois qui n'a pas de 29 : son dernier jour, le \
             28 février 2018, en tient lieu, sans que le texte le dise.",
        ),
    ] {
        let text = told(&criterion("âge", "loi", exige));
        assert!(text.contains(wanted), "« {wanted} » ne se lit pas dans :\n{text}");
    }
    // Two rules that count alike are told once.
    let twice = criterion("un", "loi", "demande + 6 mois ≥ 1er janvier 2025")
        + &criterion("deux", "loi", "demande + 6 mois ≥ 2 janvier 2025");
    assert_eq!(told(&twice).matches("en tient lieu").count(), 1);
}

#[test]
fn rules_of_documents_that_do_not_bind_are_named() {
    let rules = |of: &[(&str, &str)]| -> String {
        of.iter().map(|(name, source)| criterion(name, source, "demande ≥ 1er janvier 2025")).collect()
    };
    assert!(!told(&rules(&[("un", "loi")])).contains("opposables"));
    for (of, wanted) in [
        (
            &[("un", "loi"), ("deux", "fiche")][..],
            "Une règle appliquée, « deux », vient d'un document d'information, qui n'est pas opposable : avant de notifier",
        ),
        (
            &[("un", "fiche"), ("deux", "fiche")],
            "Certaines règles appliquées, « un » et « deux », viennent de documents d'information",
        ),
        (
            &[("un", "fiche"), ("deux", "fiche"), ("trois", "fiche"), ("quatre", "fiche")],
            "Certaines règles appliquées, « un », « deux », « trois » et d'autres, viennent de documents d'information",
        ),
    ] {
        let text = told(&rules(of));
        assert!(text.contains(wanted), "« {wanted} » ne se lit pas dans :\n{text}");
    }
}
