//! What a dossier is asked.

use crate::dossier;
use crate::phrase::{self, Phrases};
use crate::policy::item::Question;
use crate::policy::{Declared, ExprId, Policy};
use crate::render::Lang;
use crate::render::document::{Block, Cell, Grid, Section};

/// Every question of the dossier, in order.
pub(super) fn section(policy: &Policy, lang: Lang) -> Section {
    let rows = policy.declared.iter().map(|declared| match declared {
        Declared::Fact(id) => {
            let fact = &policy.facts[id.index()];
            question(policy, lang, phrase::alone(&fact.label), &fact.ask)
        }
        Declared::Field(id) => {
            let field = &policy.fields[id.index()];
            let list = &policy.lists[field.list.index()].label;
            question(policy, lang, format!("{list}, {}", phrase::alone(&field.label)), &field.ask)
        }
        Declared::List(id) => {
            let list = &policy.lists[id.index()];
            let asked = list.question.as_deref().unwrap_or_default();
            let expected = lang.pick("une liste, un élément à la fois", "a list, one element at a time");
            row(policy, lang, list.label.to_string(), (asked, expected.to_owned()), list.asked_if)
        }
    });
    let heads = [("Réponse", "Answer"), ("Question", "Question"), ("Attendu", "Expected")];
    let grid = Grid {
        caption: lang
            .pick("Questions, dans l'ordre du dossier", "Questions, in the order of the dossier")
            .to_owned(),
        heads: heads.map(|(fr, en)| lang.pick(fr, en).to_owned()).to_vec(),
        rows: rows.collect(),
    };
    let title = lang.pick("Ce qui est demandé à un dossier", "What a dossier is asked").to_owned();
    Section { title, blocks: vec![Block::Grid(grid)] }
}

fn question(policy: &Policy, lang: Lang, label: String, ask: &Question) -> Vec<Cell> {
    let mut expected = dossier::expected(policy, ask);
    if let Some(judge) = &ask.judge {
        expected.push_str(&format!(", {} {judge}", lang.pick("à l'appréciation de", "judged by")));
    }
    row(policy, lang, label, (ask.question.as_deref().unwrap_or_default(), expected), ask.asked_if)
}

fn row(
    policy: &Policy,
    lang: Lang,
    label: String,
    (question, mut expected): (&str, String),
    asked_if: Option<ExprId>,
) -> Vec<Cell> {
    if let Some(condition) = asked_if {
        let condition = Phrases { policy, lang }.condition(condition);
        let only_if = lang.pick("seulement si", "only if");
        expected.push_str(&format!(", {only_if} {}", lang.quoted(&condition)));
    }
    [label, question.to_owned(), expected].map(Cell::plain).to_vec()
}
