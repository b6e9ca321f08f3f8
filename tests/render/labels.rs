//! What people read in place of machine names, and the turns that stand around it.

use conforme::policy::{Declared, Policy};

use crate::support::policies::POLICIES;
use crate::{Book, csq, ess, prose};

/// A text whose facts have no label of their own.
fn bare(text: String) -> String {
    let mut in_dossier = false;
    let lines = text.lines().map(|line| {
        if !line.starts_with(' ') && !line.is_empty() {
            in_dossier = line == "dossier";
        }
        match (line.split_once(" « "), line.split_once(" » : ")) {
            (Some((path, _)), Some((_, ty))) if in_dossier => format!("{path} : {ty}\n"),
            _ => format!("{line}\n"),
        }
    });
    lines.collect()
}

/// The paths that no one would write but in a dossier.
fn paths(policy: &Policy) -> Vec<String> {
    let path = |declared: &Declared| match declared {
        Declared::Fact(id) => policy.facts[id.index()].path.to_string(),
        Declared::List(id) => policy.lists[id.index()].path.to_string(),
        Declared::Field(id) => {
            let field = &policy.fields[id.index()];
            format!("{}.{}", policy.lists[field.list.index()].path, field.name)
        }
    };
    policy.declared.iter().map(path).filter(|path| path.contains('.')).collect()
}

/// Without what shows places as they are written, and without where an answer is to be written.
fn read_by_people(text: &str) -> String {
    let lines =
        text.lines().filter(|line| !line.contains(['│', '·', '╭', '╰']) || line.contains("à écrire dans"));
    let text = prose(&lines.collect::<Vec<_>>().join("\n"));
    text.split("à écrire dans ").map(|part| part.split_once(' ').map_or("", |(_, rest)| rest)).collect()
}

#[test]
fn a_path_stands_only_where_it_must_be_written() {
    for id in POLICIES {
        for book in [Book::of(id, "cases", |text| text), Book::of(id, "cases", bare)] {
            let paths = paths(book.policy);
            assert!(paths.len() > 5, "{paths:?}");
            for case in &book.cases {
                for text in [book.markdown(case), book.full(case)] {
                    let text = read_by_people(&text);
                    for path in &paths {
                        // « date d'examen.» ends a sentence.
                        assert!(!text.contains(path), "{} : « {path} » se lit dans :\n{text}", case.name);
                    }
                }
            }
        }
    }
}

/// A row: the case of a policy, what it says, what it no longer says.
#[test]
fn turns() {
    let table = [
        (ess(), "02", "médecins du territoire : 9, il en manque 1", "9 → 10"),
        (ess(), "12", "territoire d'un seul tenant : à établir", "territoire.continu : à établir"),
        (ess(), "11", "3e adhérent (RPPS : 10009999999) : exerce-t-il", "adhérents 3"),
        (
            ess(),
            "01",
            "pour la lecture « départ des six mois » : qui l'a retenue (par) et pourquoi (motif)",
            "qui l'a retenu (par)",
        ),
        (
            ess(),
            "08",
            "financements non dus, la décision étant défavorable : crédit d'amorçage, dotation annuelle",
            "non dû, la",
        ),
        (ess(), "12", "le dernier jour du délai", ", dernier jour"),
        (
            ess(),
            "08",
            "6,67 % au jour de l'examen, objectif pas encore atteint (au moins 50 %)",
            "aujourd'hui",
        ),
        (
            ess(),
            "18",
            "s'il y a lieu, terme inconnu : il manque la date « contrat signé »",
            "terme inconnu -",
        ),
        (csq(), "04", "(il faut : au moins 1 500, population minimale)", "au moins population minimale"),
    ];
    for (book, case, wanted, unwanted) in table {
        let text = prose(&book.brief(book.case(case)));
        assert!(text.contains(wanted), "{case} : « {wanted} » ne se lit pas dans :\n{text}");
        assert!(!text.contains(unwanted), "{case} : « {unwanted} » se lit dans :\n{text}");
    }
}

#[test]
fn what_is_not_wanted_is_quoted_and_a_formula_stays_unsaid() {
    let book = Book::of("csq", "cases", |text| {
        text.replace(
            "critère équipe\n",
            "critère métiers\n  exige aucun professionnel dont métier est soit infirmier, soit médecin\n\ncritère rang\n  \
             exige\n    - précarité ≠ forte\n    - engagement.signé le ≥ demande.déposée le + 2 ans\n\ncritère équipe\n",
        )
    });
    for case in &book.cases {
        let text = prose(&book.brief(case));
        assert!(!text.contains("autre que forte"), "{text}");
        assert!(!text.contains("+ 2 ans)"), "{text}");
    }
}
