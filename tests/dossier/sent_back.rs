//! What is sent back: each dossier, then all that its author reads.

use std::fmt::Write as _;

use conforme::dossier;
use conforme::render::diagnostics;

use crate::policies::{every_type, policy};

/// Dossiers one after the other, each with its mistakes.
fn report(dossiers: &[&str]) -> String {
    report_of(&every_type(), dossiers)
}

fn report_of(policy: &conforme::policy::Policy, dossiers: &[&str]) -> String {
    let mut out = String::new();
    for text in dossiers {
        let _ = writeln!(out, "SOURCE");
        for line in text.lines() {
            let _ = writeln!(out, "    {}", line.replace('\t', "→"));
        }
        let _ = writeln!(out, "ERROR");
        match dossier::read(text.as_bytes(), "dossier.yaml", policy) {
            Ok(_) => out.push_str("(rien)\n"),
            Err(mistakes) => out.push_str(&diagnostics::text(&mistakes, 100, false)),
        }
        out.push('\n');
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Compares with the approved text, which stands beside this file.
macro_rules! snapshot {
    ($text:expr) => {
        insta::with_settings!({omit_expression => true}, { insta::assert_snapshot!($text) })
    };
}

#[test]
fn answers_of_the_wrong_type() {
    snapshot!(report(&[
        "territoire:\n  médecins: trente-quatre\n",
        "médecins: 12,5\n",
        "médecins: -3\n",
        "médecins: 1e\n",
        "médecins: 1 2\n",
        "médecins: 12345678901234567890123456789012345678901\n",
        "ouvert: 1\n",
        "ouvert: oui, sans doute\n",
        "superficie: 10 %\n",
        "part: 10\n",
        "part: 0.125\n",
        "part: dix\n",
        "budget: 80.000 €\n",
        "budget: beaucoup\n",
        "début: 2025-02-30\n",
        "début: 03/02/25\n",
        "début: 1492-10-12\n",
        "début: bientôt\n",
        "début: 2025-02-03T10:00:00Z\n",
        "préavis: 15\n",
        "préavis: 2 mois\n",
        "durée: 6\n",
        "durée: 300 ans\n",
        "durée: pas encore\n",
        "statut: liberal\n",
        "échelon: mondial\n",
        "médecins: [1, 2]\n",
        "nom: {a: b}\n",
        "nom: \"\\u001b[31mrouge\"\n",
    ]));
}

#[test]
fn keys() {
    snapshot!(report(&[
        "territoire:\n  medecins: 34\n",
        "Médecins: 34\n",
        "continu: oui\n",
        "exemple: oui\n",
        "territoire.adresse: oui\n",
        "motif: oui\n",
        "territoire: oui\n",
        "territoire:\n- continu\n",
        "adhérents.exercice: mixte\n",
        "adhérents:\n  exercice: mixte\n",
        "adhérents: 12\n",
        "adhérents:\n- libéral\n-\n",
        "adhérents:\n- RPPS: 1\n  exercise: mixte\n",
        "statut: {valeur: mixte, sourse: Cnam}\n",
        "statut: {source: Cnam, au: hier}\n",
        "statut: {valeur: mixte, au: hier, par: [a]}\n",
        "{superficie: 3,5}\n",
        "? [a]\n: b\n",
        "42\n",
        "- nom: x\n",
    ]));
}

#[test]
fn given_twice() {
    snapshot!(report(&[
        "médecins: 1\nmédecins: 2\nmédecins: 3\n",
        "territoire:\n  continu: oui\nterritoire:\n  continu: non\n  médecins: zéro\n",
        "territoire:\n  continu: oui\nterritoire.continu: oui\n",
        "adhérents: []\nadhérents: []\n",
        "dossier: a\ndossier: b\n",
        "adhérents:\n- RPPS: 1\n- RPPS: \"2\"\n- RPPS: '1'\n",
        "lectures: {départ: signature, départ: réception}\n",
    ]));
}

#[test]
fn own_keys() {
    snapshot!(report(&[
        "dispositif: autre\nmédecins: zéro\n",
        "dispositif: [essai]\n",
        "examiné le: demain\n",
        "examinė le: 2025-01-01\n",
        "dossier: [1]\n",
        "lectures: libéraux\n",
        "lectures:\n  base du seuils: libéraux\n  inconnue: x\n",
        "lectures:\n  base du seuil: liberaux\n  départ: {valeur: arrivée, par: X}\n",
        "lectures:\n  départ: {par: X}\n",
    ]));
}

#[test]
fn files_that_cannot_be_read() {
    snapshot!(report(&[
        "territoire\n  continu: oui\n",
        "médecins:34\nnom: x\n",
        "médecins: 34\n  nom: x\n",
        "territoire:\n    continu: oui\n  médecins: 3\n",
        "nom: ESS: Landes\n",
        "territoire:\n\tcontinu: oui\n",
        "nom: \"ESS\nmédecins: 3\n",
        "nom: 'l'équipe'\n",
        "nom: \"C:\\dossiers\"\n",
        "adhérents: [{RPPS: 1}, {RPPS: 2}\nmédecins: 3\n",
        "{\"médecins\": 3\n",
        "{\"médecins\": 3]}\n",
        "{médecins: 3 nom: x}\n",
        "nom: ]\n",
        "nom: @ESS\n",
        "adhérents: - RPPS: 1\n",
        "nom: &a x\nstatut: *a\nouvert: *b\npart: !!str dix\n<<: {médecins: 3}\n",
        "nom: x\n---\nnom: y\n",
        "%YAML 1.1\n---\nnom: x\n",
        "nom: a\u{1b}[31m\n",
        "{\"nom\": \"a\"} 12\n",
        "nom: |x\n  a\n",
        "nom: x\nmédecins\nouvert: oui\n",
        "nom: x\nmédecins\n",
        "nom: x # y\n  z\nouvert: oui\n",
        "adhérents:\n- RPPS: 1\n RPPS: 2\n",
        "nom: {x\n",
        "{\"nom\": \"x\"\n \"médecins\": 3}\n",
    ]));
}

#[test]
fn several_mistakes_in_one_run_in_the_order_of_the_dossier() {
    snapshot!(report_of(
        &policy("  a : entier ≥ 0\n  b.c : oui ou non\n  b.d : parmi x, y", ""),
        &["b: {d: z, e: 1}\na: -1\nb.c: peut-être\nd: x\nb.d: x\n"]
    ));
}
