//! The policy's own text in colour: what cases have shown of it.

use super::words::point;
use super::{Coverage, Row, State};
use crate::render::Lang;
use crate::render::document::{Block, Cell, Document, Mark, Section, Shown};
use crate::render::html;
use crate::wording::french::several;
use crate::workshop::told_apart;

/// A page of its own.
pub fn report(coverage: &Coverage<'_>) -> String {
    html::page(&document(coverage), Lang::Fr)
}

fn document(coverage: &Coverage<'_>) -> Document {
    let policy = coverage.policy();
    let (shown, all) = coverage.count();
    let said =
        format!("{} cas, {} sur {all}.", coverage.cases(), several(shown, "point montré", "points montrés"));
    let key = |text: &str, shown: Shown| Mark { text: text.to_owned(), shown: Some((shown, String::new())) };
    let between = || Mark { text: " · ".to_owned(), shown: None };
    let key = vec![
        key("montré en entier", Shown::All),
        between(),
        key("en partie", Shown::Some),
        between(),
        key("par aucun cas", Shown::Nothing),
    ];
    let mut sections = vec![Section {
        title: String::new(),
        blocks: vec![
            Block::Para(said),
            Block::Marked(key),
            Block::Para(
                "Ce qui manque se lit en arrêtant la souris sur le passage, et à la fin de la page."
                    .to_owned(),
            ),
            Block::Marked(coloured(coverage)),
        ],
    }];
    let lacking: Vec<Vec<Cell>> = coverage
        .lacking()
        .into_iter()
        .map(|(entry, row, own)| {
            vec![Cell::plain(format!("{} : {} : {}", entry.name, row.label, point(policy, &own)))]
        })
        .collect();
    if !lacking.is_empty() {
        sections.push(Section { title: "Ce qui manque".to_owned(), blocks: vec![Block::List(lacking)] });
    }
    let title = format!("Couverture de « {} »{}", policy.id, told_apart(policy));
    Document { head: Vec::new(), title, subtitle: Vec::new(), verdict: None, sections, hint: None }
}

/// The text, each row's passage marked; of passages within one another the inner one.
fn coloured(coverage: &Coverage<'_>) -> Vec<Mark> {
    let file = &coverage.policy().file;
    let whole = file.text();
    let mut rows: Vec<&Row> = coverage.entries().iter().flat_map(|entry| &entry.rows).collect();
    rows.sort_by_key(|row| (row.span.len(), row.span.start));
    let mut taken: Vec<&Row> = Vec::new();
    for row in rows {
        let meets = |other: &&Row| row.span.start < other.span.end && other.span.start < row.span.end;
        if !row.span.is_empty() && !taken.iter().any(meets) {
            taken.push(row);
        }
    }
    taken.sort_by_key(|row| row.span.start);
    let plain = |text: Option<&str>| Mark { text: text.unwrap_or("").to_owned(), shown: None };
    let mut marks = Vec::new();
    let mut at = 0;
    for row in taken {
        let range = row.span.range();
        marks.push(plain(whole.get(at..range.start)));
        marks.push(Mark { text: file.slice(row.span).to_owned(), shown: Some(state(coverage, row)) });
        at = range.end;
    }
    marks.push(plain(whole.get(at..)));
    marks
}

fn state(coverage: &Coverage<'_>, row: &Row) -> (Shown, String) {
    let of = |wanted: State| -> Vec<String> {
        let points = row.points.iter().filter(|own| coverage.state(own) == wanted);
        points.map(|own| point(coverage.policy(), own)).collect()
    };
    let (shown, lacking) = (of(State::Shown), of(State::Lacking));
    if lacking.is_empty() {
        return (Shown::All, format!("montré : {}", shown.join(", ")));
    }
    let how = if shown.is_empty() { Shown::Nothing } else { Shown::Some };
    (how, format!("manque : {}", lacking.join(", ")))
}
