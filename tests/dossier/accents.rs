//! Texts that differ by accents only are two texts, and the decision says so.

use conforme::check::check;
use conforme::decision::{Outcome, Warning};
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;

const TEXT: &str = "dispositif ville « Une ville »
  en vigueur depuis le 1er janvier 2020

source loi « Règlement inventé », texte opposable

dossier

  ville : texte
    « Quelle ville ? »
  siège : texte
    « Quel siège ? »
  membres : liste
    « Quels membres ? »
  membres.discipline : texte
    « Quelle discipline ? »

critère lieu
  selon loi
  exige ville est parmi « Évry », « Nîmes »

critère siège commun
  selon loi
  exige siège = ville

critère disciplines
  selon loi
  exige tous les membres vérifient discipline est « médecine générale »

décision accord
  selon loi
  favorable si tous les critères sont remplis
";

fn policy() -> Policy {
    let checked = check(&SourceFile::new("ville.pol", TEXT));
    checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

/// What is said of accents: each answer, and what it is not.
fn told(ville: &str, siège: &str, discipline: &str) -> (Outcome, Vec<(String, String)>) {
    let policy = policy();
    let dossier = format!(
        "ville: {ville}\nsiège: {siège}\nmembres:\n  - discipline: {discipline}\n  - discipline: {discipline}\n"
    );
    let dossier = conforme::dossier::read(dossier.as_bytes(), "d.yaml", &policy).unwrap();
    let examined_on = Date::new(2025, 1, 1).unwrap();
    let decision = decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() }).unwrap();
    let told = decision.warnings.iter().filter_map(|warning| match warning {
        Warning::AccentsDiffer { given, compared, .. } => {
            Some((given.shown.to_string(), compared.shown.to_string()))
        }
        _ => None,
    });
    (decision.outcome, told.collect())
}

#[test]
fn an_answer_that_differs_by_accents_only_is_told() {
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    };
    let general = "médecine générale";
    for (ville, siège, discipline, outcome, expected) in [
        ("Évry", "ÉVRY", "Médecine Générale", Outcome::Favourable, &[][..]),
        ("EVRY", "EVRY", general, Outcome::Unfavourable, &[("EVRY", "Évry")]),
        ("nimes", "Nîmes", general, Outcome::Unfavourable, &[("nimes", "Nîmes")]),
        ("Évry", "Evry", general, Outcome::Unfavourable, &[("Évry", "Evry")]),
        ("Évry", "Évry", "medecine generale", Outcome::Unfavourable, &[("medecine generale", general)]),
        ("Lyon", "Lyon", "chirurgie", Outcome::Unfavourable, &[]),
        // Letters and signs are other texts.
        ("Evry-Courcouronnes", "Evry-Courcouronnes", "medecine general", Outcome::Unfavourable, &[]),
    ] {
        assert_eq!(
            told(ville, siège, discipline),
            (outcome, pairs(expected)),
            "{ville}, {siège}, {discipline}"
        );
    }
}

/// A list of texts among which one is meant: the other is not told.
#[test]
fn an_answer_that_is_meant_is_not_told() {
    let text = TEXT.replace("« Évry », « Nîmes »", "« Évry », « Evry »");
    let policy = check(&SourceFile::new("ville.pol", text)).policy.unwrap();
    let dossier = conforme::dossier::read(b"ville: Evry\n", "d.yaml", &policy).unwrap();
    let examined_on = Date::new(2025, 1, 1).unwrap();
    let decision = decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() }).unwrap();
    assert!(!decision.warnings.iter().any(|warning| matches!(warning, Warning::AccentsDiffer { .. })));
}
