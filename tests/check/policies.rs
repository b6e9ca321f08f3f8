//! The policies of the project, and a copy of one with several mistakes.

use conforme::check::check;
use conforme::known::{Interval, Known};
use conforme::number::Ratio;
use conforme::policy::{ExprId, ExprKind, Type};
use conforme::source::SourceFile;

use super::messages;

const ESS: &str = include_str!("../../policies/ess/ess.pol");
const CSQ: &str = include_str!("../../policies/csq/csq.pol");

fn is_clean(name: &str, text: &str) {
    let file = SourceFile::new(name, text);
    let checked = check(&file);
    assert!(checked.diagnostics.is_empty(), "{}", messages(&file, &checked.diagnostics));
    assert!(checked.policy.is_some());
}

#[test]
fn ess_is_clean() {
    is_clean("ess/ess.pol", ESS);
}

#[test]
fn csq_is_clean() {
    is_clean("csq/csq.pol", CSQ);
}

/// Operands stand below their user, definitions below what reads them.
#[test]
fn what_is_read_stands_below() {
    for text in [ESS, CSQ] {
        let policy = check(&SourceFile::new("essai.pol", text)).policy.expect("it is clean");
        for index in 0..policy.exprs.len() {
            let id = ExprId(u32::try_from(index).expect("few expressions"));
            policy.exprs.get(id).kind.for_each_operand(&mut |operand| assert!(operand < id));
        }
        for (index, definition) in policy.definitions.iter().enumerate() {
            let mut pending = vec![definition.body];
            while let Some(id) = pending.pop() {
                let kind = &policy.exprs.get(id).kind;
                if let ExprKind::Definition(read) = kind {
                    assert!(read.index() < index, "« {} » reads a later definition", definition.head.name);
                }
                kind.for_each_operand(&mut |operand| pending.push(operand));
            }
        }
    }
}

/// Bounds are in the domains; quotients compared with percentages are shown as such.
#[test]
fn facts_and_quotients() {
    let policy = check(&SourceFile::new("ess.pol", ESS)).policy.expect("it is clean");
    let fact = policy.facts.iter().find(|fact| &*fact.path == "territoire.médecins").expect("it is declared");
    assert_eq!(fact.ask.ty, Type::Integer);
    assert_eq!(fact.ask.domain, Known::Number(Interval::at_least(Ratio::zero(), true)));
    let rate =
        policy.definitions.iter().find(|d| &*d.head.name == "taux d'adhésion").expect("it is declared");
    assert_eq!(policy.exprs.get(rate.body).ty, Type::Percent);
    let ExprKind::Cases { lines, .. } = &policy.exprs.get(rate.body).kind else {
        panic!("lines are expected")
    };
    assert_eq!(policy.exprs.get(lines[0].value).ty, Type::Percent);
    let fields: Vec<&str> = policy.lists[0].fields.iter().map(|f| &*policy.fields[f.index()].name).collect();
    assert_eq!(fields, ["RPPS", "exercice"]);
    assert_eq!(policy.sha256.len(), 64);
}

#[test]
fn six_mistakes_are_six_messages_each_on_its_line() {
    let slips = [
        ("exige taux d'adhésion ≥ 10 %", "exige taux d'adésion ≥ 10 %", "nom-inconnu"),
        ("territoire.échelon ≥ départemental", "territoire.échelon ≥ départementale", "option-inconnue"),
        ("au plus tard départ du délai + 6 mois", "au plus tard départ du délai + 6", "types-incompatibles"),
        ("selon CSP « contribue", "selon CPS « contribue", "source-inconnue"),
        ("    - territoire.continu\n", "    - territoire.continu adhérents comptés\n", "signe-manquant"),
        ("mission avis spécialisé\n", "mission second recours\n", "nom-en-double"),
    ];
    let mut text = ESS.to_owned();
    for (right, wrong, _) in &slips {
        assert_eq!(text.matches(right).count(), 1, "{right}");
        text = text.replace(right, wrong);
    }
    let file = SourceFile::new("ess/ess.pol", text.as_str());
    let checked = check(&file);
    let mut expected: Vec<(u32, &str)> = slips
        .iter()
        .map(|(_, wrong, code)| {
            // The name that is taken twice is wrong where it stands the second time.
            let at = text.rfind(wrong).expect("the slip is there");
            let line = text[..at].matches('\n').count();
            (u32::try_from(line).expect("few lines") + 1, *code)
        })
        .collect();
    expected.sort_unstable();
    let found: Vec<(u32, &str)> =
        checked.diagnostics.iter().map(|d| (file.position(d.labels[0].span.start).line, d.code)).collect();
    assert_eq!(found, expected, "{}", messages(&file, &checked.diagnostics));
}
