//! The sheet to fill in: a column for each question, its choices at hand.

use super::header::{Targets, Title};
use super::page::{Head, Holds, Page};
use crate::dossier;
use crate::policy::item::Question;
use crate::policy::{Policy, Type};
use crate::text;

/// The sheet of the dossiers, then one for each list.
pub fn form(policy: &Policy) -> Vec<Page> {
    let own = |name: &str, note: &str, holds: Holds| Head {
        name: name.to_owned(),
        note: Some(note.to_owned()),
        holds,
    };
    let called = "Le nom du dossier, le même dans toutes les feuilles ; une ligne par dossier";
    let mut heads = vec![
        own(
            "dispositif",
            &format!("{} : à écrire dans chaque ligne", policy.id),
            Holds::OneOf(vec![policy.id.to_string()]),
        ),
        own("dossier", called, Holds::Anything),
        own("examiné le", "La date à laquelle le dossier est examiné", Holds::Day),
    ];
    let targets = Targets::of(policy);
    // People read a label; a path, where a label is of several questions.
    let called_so = |path: &str, label: &str, list: Option<&str>| {
        let title = Title { name: text::tidy(label), list: list.map(str::to_owned) };
        if targets.is_one(&title) { title.name } else { text::tidy(path) }
    };
    heads.extend(
        policy
            .facts
            .iter()
            .map(|fact| head(policy, called_so(&fact.path, &fact.label, None), &fact.label, &fact.ask)),
    );
    for list in &policy.lists {
        let question = list.question.as_deref().unwrap_or(&list.label);
        let note = format!(
            "{question}\nÉcrire « aucun » s'il n'y en a pas ; sinon remplir la feuille « {} »",
            list.path
        );
        heads.push(own(&text::tidy(&list.path), &note, Holds::OneOf(vec!["aucun".to_owned()])));
    }
    for reading in &policy.readings {
        let name = format!("lectures.{}", text::tidy(&reading.head.name));
        let options = &policy.choices[reading.choice.index()].options;
        let options = options.iter().map(|option| text::tidy(option)).collect();
        heads.push(own(
            &name,
            "La lecture du texte qui est retenue ; vide, toutes sont essayées",
            Holds::OneOf(options),
        ));
    }
    let mut pages = vec![Page { title: "dossiers".to_owned(), heads, rows: Vec::new() }];
    for list in &policy.lists {
        let called = own("dossier", "Le nom du dossier dont c'est un élément", Holds::Anything);
        let fields = list.fields.iter().map(|id| {
            let field = &policy.fields[id.index()];
            let name = called_so(&field.name, &field.label, Some(&text::tidy(&list.path)));
            head(policy, name, &field.label, &field.ask)
        });
        let heads = std::iter::once(called).chain(fields).collect();
        pages.push(Page { title: text::tidy(&list.path), heads, rows: Vec::new() });
    }
    pages
}

/// The titles of a sheet in CSV, where the elements of lists stand with their dossiers.
pub fn titles(policy: &Policy) -> String {
    let pages = form(policy);
    let mut titles = Vec::new();
    for (rank, page) in pages.iter().enumerate() {
        for head in page.heads.iter().skip(usize::from(rank > 0)) {
            let name = if rank == 0 { head.name.clone() } else { format!("{}.{}", page.title, head.name) };
            // A title with a semicolon of its own would be two.
            titles.push(if name.contains([';', '"']) {
                format!("\"{}\"", name.replace('"', "\"\""))
            } else {
                name
            });
        }
    }
    format!("\u{feff}{}\n", titles.join(";"))
}

/// The column of a question.
fn head(policy: &Policy, name: String, label: &str, ask: &Question) -> Head {
    let mut note = ask.question.as_deref().unwrap_or(label).to_owned();
    if let Some(condition) = ask.asked_if {
        let written = policy.file.slice(policy.exprs.get(condition).span);
        note.push_str(&format!("\n(seulement si {})", text::tidy(written)));
    }
    let holds = match ask.ty {
        Type::Truth => Holds::OneOf(vec!["oui".to_owned(), "non".to_owned()]),
        Type::Choice(id) => {
            Holds::OneOf(policy.choices[id.index()].options.iter().map(|option| text::tidy(option)).collect())
        }
        Type::Date => Holds::Day,
        Type::Amount => Holds::Amount,
        Type::Percent => Holds::Percent,
        Type::Months | Type::Days | Type::Integer | Type::Number | Type::Text => Holds::Anything,
    };
    note.push_str(&format!("\nAttendu : {}", dossier::expected(policy, ask)));
    Head { name, note: Some(note), holds }
}
