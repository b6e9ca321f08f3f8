//! The policy that the project starts from, read into the tree.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says so when it fails

mod again;
mod any_text;
mod expressions;
mod formatter;
mod items;
mod mistakes;
mod prose;

use conforme::source::SourceFile;
use conforme::syntax;
use conforme::syntax::tree::{ExprKind, ItemKind, Mode, TypeExpr, ValueForm};

fn ess() -> std::sync::Arc<SourceFile> {
    SourceFile::new("ess/ess.pol", include_str!("../../policies/ess/ess.pol"))
}

#[test]
fn the_first_policy_reads_without_a_mistake() {
    let (document, problems) = syntax::parse(&ess());
    assert_eq!(problems, []);
    let header = document.header.expect("a header");
    assert_eq!(&*header.id.text, "ess");
    assert!(header.from.is_some());
    let count = |f: fn(&ItemKind) -> bool| document.items.iter().filter(|item| f(&item.kind)).count();
    assert_eq!(count(|k| matches!(k, ItemKind::Source(_))), 4);
    assert_eq!(count(|k| matches!(k, ItemKind::Reading(_))), 6);
    assert_eq!(count(|k| matches!(k, ItemKind::Definition(_))), 6);
    assert_eq!(count(|k| matches!(k, ItemKind::Criterion { .. })), 5);
    assert_eq!(count(|k| matches!(k, ItemKind::Mission(_))), 4);
    assert_eq!(count(|k| matches!(k, ItemKind::Funding(_))), 3);
    assert_eq!(count(|k| matches!(k, ItemKind::Obligation(_))), 1);
    let facts = document.items.iter().find_map(|item| match &item.kind {
        ItemKind::Dossier(facts) => Some(facts),
        _ => None,
    });
    let facts = facts.expect("a dossier");
    assert_eq!(facts.len(), 27);
    assert!(facts.iter().all(|fact| fact.question.is_some()));
    let echelon = facts.iter().find(|f| &*f.path.text == "territoire.échelon").expect("a scale");
    assert!(matches!(&echelon.ty, TypeExpr::Scale(options) if options.len() == 4));
}

#[test]
fn items_hold_what_their_lines_say() {
    let (document, _) = syntax::parse(&ess());
    let item = |name: &str| {
        let found = document.items.iter().find(|item| item.name.as_ref().is_some_and(|n| &*n.text == name));
        found.unwrap_or_else(|| panic!("no item {name}"))
    };
    let ItemKind::Criterion { requires, unless } = &item("seuil d'adhésion").kind else {
        panic!("criterion")
    };
    assert_eq!(requires.mode, Mode::All);
    assert!(matches!(requires.bullets[0].expr.kind, ExprKind::Compare { .. }));
    assert_eq!(unless.len(), 1);
    assert_eq!(unless[0].citations.len(), 1);
    assert_eq!(item("seuil d'adhésion").citations.len(), 2);
    let ItemKind::Definition(rate) = &item("taux d'adhésion").kind else { panic!("definition") };
    assert!(matches!(&rate.body.form, ValueForm::Cases(lines) if lines.len() == 2));
    let ItemKind::Funding(yearly) = &item("dotation annuelle").kind else { panic!("funding") };
    let ValueForm::Single(amount) = &yearly.amount.form else { panic!("single") };
    assert!(matches!(amount.kind, ExprKind::Range { .. }));
    let ItemKind::Reading(base) = &item("base du seuil").kind else { panic!("reading") };
    assert_eq!(base.options.len(), 2);
    assert_eq!(base.options[1].citations[0].source.text.as_ref(), "fiche");
    assert!(item("dépôt du projet de santé").applies.is_some());
}
