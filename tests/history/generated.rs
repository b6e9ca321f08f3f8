//! Histories that a generator makes: whatever amendments do, what is shown decides as what is amended.

use conforme::history::{History, Sight};
use proptest::prelude::*;

use super::shown::goes_round;
use super::{history, told};

const BASE: &str = "dispositif aide « Aide »
  en vigueur depuis le 1er janvier 2025

source A « Arrêté », texte opposable

# Les questions.
dossier

  n : entier ≥ 0
    « Combien ? »
  lieu.m : entier ≥ 0
    « Et là ? »
  lieu.rural : oui ou non
    « Rural ? »

paramètre minimum
  vaut 10

lecture base
  « Lesquels ? »
  - tous  : selon A « tous »
  - seuls : selon A « les seuls »

définition effectif
  vaut n           si base est tous
  vaut n + lieu.m  dans les autres cas

# ── Les critères ──

critère a
  selon A « a »
  exige effectif ≥ minimum

# Celui-ci est facultatif.
critère b
  exige lieu.m ≥ 1
  sauf si lieu.rural

objectif o
  vise n ≥ 50

décision éligibilité
  favorable si tous les critères sont remplis
";

/// Something that an amendment of this number does; those of one number bear on different things.
fn changes() -> impl Strategy<Value = (usize, u32)> {
    (0..9_usize, 1..40_u32)
}

fn change(number: usize, (what, least): (usize, u32)) -> String {
    match what {
        0 => format!("remplace critère a\n  exige effectif ≥ {least}\n"),
        1 => format!("# Un de plus.\najoute critère c{number}\n  exige n ≥ {least}\n"),
        2 => format!(
            "ajoute fait lieu.f{number} : entier ≥ 0\n  « f{number} ? »\n\najoute critère d{number}\n  exige lieu.f{number} ≥ {least}\n"
        ),
        3 => "abroge objectif o\n".to_owned(),
        4 => "retient lecture base : seuls\n".to_owned(),
        5 => format!("remplace paramètre minimum\n  vaut {least}\n"),
        6 => format!("remplace définition effectif\n  vaut n + {least}\n"),
        7 => "abroge critère b\n".to_owned(),
        _ => format!("remplace fait lieu.rural : oui ou non\n  « Rural, {least} ? »\n"),
    }
}

fn scope(of: u32, least: u32) -> String {
    match of {
        0 => format!("  pour n ≥ {least}\n"),
        1 => "  applicable aux dossiers dont lieu.rural\n".to_owned(),
        _ => String::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_shown_decides_as_what_is_amended(
        amendments in prop::collection::vec((changes(), changes(), 0..6_u32), 1..5),
        dossiers in prop::collection::vec((0..60_u32, prop::option::of(0..3_u32), prop::option::of(any::<bool>())), 1..4),
    ) {
        let texts: Vec<(String, String)> = amendments.iter().enumerate().map(|(rank, (one, two, of))| {
            let number = rank + 1;
            let mut text = format!(
                "avenant {number} à aide « Avenant »\n  en vigueur depuis le {number} mars 2026\n{}\n",
                scope(*of, one.1)
            );
            text.push_str(&change(number, *one));
            if two.0 != one.0 {
                text.push('\n');
                text.push_str(&change(number, *two));
            }
            (format!("avenant-{number}.pol"), text)
        }).collect();
        let mut all = vec![("aide.pol", BASE)];
        all.extend(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let history = history(&all);
        let found = history.check(&["aide"], &|_| Vec::new());
        // What is repealed twice, or used once it is gone, is told, and makes no text.
        prop_assume!(!found.iter().any(conforme::diagnostic::Diagnostic::is_error));
        let dossiers: Vec<String> = dossiers.iter().map(|(n, m, rural)| {
            let m = m.map_or(String::new(), |m| format!("lieu.m: {m}\n"));
            let rural = rural.map_or(String::new(), |rural| format!("lieu.rural: {}\n", if rural { "oui" } else { "non" }));
            format!("dispositif: aide\nn: {n}\n{m}{rural}")
        }).collect();
        for era in history.eras(&Sight::default()) {
            for edition in history.editions(&era).map_err(|wrong| TestCaseError::fail(told(&wrong)))? {
                goes_round(&history, &edition, &dossiers, era.days.from.unwrap());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Of two drafts of one day, one of which stands in place of the other, the text is made as if the other had
    /// never been written.
    #[test]
    fn a_draft_in_place_of_another_is_as_if_it_were_alone(
        first in changes(),
        drafts in (changes(), changes()),
        n in 0..60_u32,
    ) {
        let amendment = |number: usize, header: &str, what| {
            let head = format!("avenant {number} à aide « Avenant »\n  en vigueur depuis le 1er mars 2026\n{header}\n");
            head + &change(number, what)
        };
        let settled = amendment(1, "", first).replace("1er mars", "1er février");
        let other = amendment(2, "  statut projet\n", drafts.0);
        let instead = amendment(3, "  statut projet\n  à la place de l'avenant 2\n", drafts.1);
        let alone = amendment(3, "  statut projet\n", drafts.1);
        let both = history(&[("aide.pol", BASE), ("1.pol", &settled), ("2.pol", &other), ("3.pol", &instead)]);
        let one = history(&[("aide.pol", BASE), ("1.pol", &settled), ("3.pol", &alone)]);
        let is_wrong = |all: &History| {
            all.check(&["aide"], &|_| Vec::new()).iter().any(conforme::diagnostic::Diagnostic::is_error)
        };
        prop_assume!(!is_wrong(&one) && !is_wrong(&both));
        let came = |all: &History, draft| {
            let on = |on: &str| {
                let sight = Sight { draft, ..Sight::default() };
                let dossier = format!("dispositif: aide\nn: {n}\nlieu.m: 1\nlieu.rural: non\n");
                super::decide(all, &dossier, on, sight).map(|decision| format!("{:?} {:?}", decision.outcome, decision.missing.len()))
            };
            ["2026-02-15", "2026-03-01", "2026-06-01"].map(on)
        };
        prop_assert_eq!(came(&both, true), came(&one, true));
        prop_assert_eq!(came(&both, false), came(&one, false));
    }
}
