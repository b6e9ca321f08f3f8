//! Where a line could not be read, what it declared is lost: the rest of the file is judged without a
//! second word on it.

use conforme::check::check;
use conforme::source::SourceFile;

use super::messages;

/// Codes of the messages on a copy of the ESS policy with one line spoilt.
fn codes(right: &str, wrong: &str) -> (Vec<&'static str>, String) {
    let ess = include_str!("../../policies/ess/ess.pol");
    assert_eq!(ess.matches(right).count(), 1, "{right}");
    let file = SourceFile::new("ess/ess.pol", ess.replace(right, wrong));
    let checked = check(&file);
    assert!(checked.policy.is_none());
    (checked.diagnostics.iter().map(|d| d.code).collect(), messages(&file, &checked.diagnostics))
}

/// One mistake of the syntax is one message, though names were lost with it.
#[test]
fn a_line_that_cannot_be_read_is_one_mistake() {
    let slips = [
        ("définition taux d'adhésion", "définitoin taux d'adhésion"),
        ("critère seuil d'adhésion", "critere seuil d'adhésion"),
        (
            "  territoire.continu « territoire d'un seul tenant » : oui ou non\n",
            "  territoire.continu « territoire d'un seul tenant » : oui au non\n",
        ),
        (
            "  territoire.médecins « médecins du territoire » : entier ≥ 0\n",
            "  territoire.médecins « médecins du territoire » : entier ≥\n",
        ),
        ("  adhérents : liste\n", "  adhérents : listes\n"),
        ("lecture base du seuil\n", "lectur base du seuil\n"),
        ("décision éligibilité\n", "décission éligibilité\n"),
        ("dans « sources/urps-ml-na-ess.txt »", "dans « sources/urps-ml-na-ess.txt"),
        ("  - libéraux : selon URPS", "  - libéraux : slon URPS"),
        (
            "  vaut 0 %                                        dans les autres cas",
            "  vaut 0 %% dans les autres cas",
        ),
        (
            "  vaut contrat.signé le             si départ des six mois est signature",
            "  vaut contrat.signé le             si et signature",
        ),
        ("dossier\n\n", "dosier\n\n"),
        ("financement crédit d'amorçage\n", "financment crédit d'amorçage\n"),
    ];
    let mut wrong = String::new();
    for (right, spoilt) in slips {
        let (codes, text) = codes(right, spoilt);
        if codes.len() != 1 {
            wrong.push_str(&format!("──── {spoilt}\n{text}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What else is wrong is said all the same.
#[test]
fn other_mistakes_are_still_said() {
    let ess = include_str!("../../policies/ess/ess.pol")
        .replace("vise taux d'adhésion ≥ 50 %", "vise taux d'adhésion 50 %")
        .replace("critère périmètre médical", "critere périmètre médical")
        .replace("    - territoire.continu\n", "    - territoire.continu adhérents\n")
        .replace("vaut spécialité n'est pas", "vaut spécialit n'est pas");
    let file = SourceFile::new("ess/ess.pol", ess);
    let codes: Vec<&str> = check(&file).diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["nom-inconnu", "signe-manquant", "mot-cle-inconnu", "signe-manquant"]);
}
