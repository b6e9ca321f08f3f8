//! A decision that nobody waits for any more is given up; one that comes in time is the same as ever.

use std::cell::Cell;
use std::fmt::Write as _;

use conforme::eval;
use conforme::render::json::Printer;

use super::{decide, policy, read};

#[test]
fn a_decision_is_whole_or_refused() {
    let facts = "  adhérents : liste\n    « Lesquels ? »\n  adhérents.âge : entier entre 0 et 150\n    « Quel âge ? »\n  \
                 adhérents.actif : oui ou non\n    « Est-il actif ? »\n  part : entier entre 0 et 100\n    « Quelle part ? »\n";
    let mut rules = String::new();
    for n in 1..=3 {
        write!(
            rules,
            "critère nombre {n}\n  selon loi\n  exige (nombre d'adhérents dont (âge ≥ {n} et actif)) ≥ {n}\n\n\
             critère part {n}\n  selon loi\n  exige part ≥ {}\n\n\
             financement aide {n}\n  selon loi\n  montant {n} € × (nombre d'adhérents dont actif)\n\n",
            40 + n
        )
        .unwrap();
    }
    let policy = policy(facts, &rules);
    for answers in [
        "adhérents:\n  - {âge: 3}\n  - {actif: oui}\n  - {}\n",
        "part: 12\nadhérents:\n  - {âge: 3, actif: non}\n  - {âge: 2, actif: oui}\n",
    ] {
        let dossier = read(&policy, answers);
        let printed =
            || decide(&policy, &dossier).map(|decision| Printer::new(&policy).decision(&dossier, &decision));
        let whole = printed().unwrap();
        let mut refused = 0;
        for looks in (0..).map(|power| (1_u32 << power) - 1) {
            let left = Cell::new(looks);
            let ended = move || {
                let last = left.get() == 0;
                left.set(left.get().saturating_sub(1));
                last
            };
            match eval::until(ended, printed) {
                Ok(decision) => {
                    assert_eq!(decision, whole);
                    break;
                }
                Err(codes) => assert_eq!(codes, ["decision-interrompue"]),
            }
            refused += 1;
        }
        assert!(refused > 3, "{refused}");
        assert_eq!(printed().unwrap(), whole, "nothing of it is left");
    }
}
