//! A made-up dossier in words: what it has other than the case that it is nearest to. What is not answered
//! is nothing.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::policy::Policy;
use crate::probe::{Entry, Fill, Sketch, Unit};
use crate::render::Lang;
use crate::wording::french::ranked;

/// Where two dossiers differ, what the other says there, what this one says.
pub(super) type Changed = (Place, Option<String>, Option<String>);

/// What a dossier answers.
pub(super) enum Place {
    /// A fact or a list, by its path.
    Declared(Arc<str>),
    /// A field of an element of a list, by its rank from 1.
    Cell(Arc<str>, usize, Arc<str>),
    /// What has no label: the date of examination, a reading.
    Named(String),
}

impl Place {
    /// As a dossier has it.
    pub(super) fn path(&self) -> String {
        match self {
            Place::Declared(path) => path.to_string(),
            Place::Cell(list, rank, field) => format!("{list}[{rank}].{field}"),
            Place::Named(name) => name.clone(),
        }
    }

    /// As people read it, by the first of these policies that declares it.
    pub(super) fn label<'p>(&self, mut policies: impl Iterator<Item = &'p Policy>, lang: Lang) -> String {
        let told = match self {
            Place::Declared(path) => policies.find_map(|policy| {
                let fact = policy.facts.iter().find(|fact| fact.path == *path).map(|fact| &fact.label);
                let list = || policy.lists.iter().find(|list| list.path == *path).map(|list| &list.label);
                fact.or_else(list).map(ToString::to_string)
            }),
            Place::Cell(list, rank, name) => policies.find_map(|policy| {
                let list = policy.lists.iter().find(|own| own.path == *list)?;
                let mut fields = list.fields.iter().map(|field| &policy.fields[field.index()]);
                let field = fields.find(|field| field.name == *name)?;
                let element = lang.pick(ranked(&list.label, *rank), format!("{} no. {rank}", list.label));
                Some(format!("{element}, {}", field.label))
            }),
            Place::Named(_) => None,
        };
        told.unwrap_or_else(|| self.path())
    }
}

/// What a dossier says other than another.
pub(super) fn differences(near: &Sketch, own: &Sketch, lang: Lang) -> Vec<Changed> {
    let mut found = Vec::new();
    if near.examined_on != own.examined_on {
        let date = |sketch: &Sketch| lang.wording().date(sketch.examined_on);
        found.push((
            Place::Named(lang.pick("examiné le", "examined on").to_owned()),
            Some(date(near)),
            Some(date(own)),
        ));
    }
    let gone = near.entries.keys().filter(|path| !own.entries.contains_key(*path));
    for path in own.entries.keys().chain(gone) {
        let (there, here) = (near.entries.get(path), own.entries.get(path));
        if there == here {
            continue;
        }
        match (there, here) {
            (Some(Entry::Rows(there)), Some(Entry::Rows(here))) if there.len() == here.len() => {
                for (rank, (there, here)) in there.iter().zip(here).enumerate() {
                    let gone = there.keys().filter(|name| !here.contains_key(*name));
                    for name in here.keys().chain(gone) {
                        let (was, is) = (there.get(name), here.get(name));
                        if was != is {
                            found.push((
                                Place::Cell(Arc::clone(path), rank + 1, Arc::clone(name)),
                                was.map(|was| fill(was, lang)),
                                is.map(|is| fill(is, lang)),
                            ));
                        }
                    }
                }
            }
            (there, here) => {
                found.push((Place::Declared(Arc::clone(path)), entry(there, lang), entry(here, lang)))
            }
        }
    }
    let gone = near.readings.keys().filter(|name| !own.readings.contains_key(*name));
    for name in own.readings.keys().chain(gone) {
        let option = |sketch: &Sketch| sketch.readings.get(name).map(ToString::to_string);
        if near.readings.get(name) != own.readings.get(name) {
            let path = format!("{} {name}", lang.pick("lecture", "reading"));
            found.push((Place::Named(path), option(near), option(own)));
        }
    }
    found
}

fn entry(entry: Option<&Entry>, lang: Lang) -> Option<String> {
    Some(match entry? {
        Entry::One(fill) => self::fill(fill, lang),
        Entry::Rows(rows) => match rows.len() {
            0 => lang.pick("aucun", "none").to_owned(),
            n => {
                let kinds = kinds(rows, lang);
                if kinds.is_empty() { n.to_string() } else { format!("{n}, {}", kinds.join(", ")) }
            }
        },
    })
}

/// What elements are counted by, where they do not all say the same: « exercice : 4 libéral et 11 salarié ».
fn kinds(rows: &[IndexMap<Arc<str>, Fill>], lang: Lang) -> Vec<String> {
    let mut counts: IndexMap<&str, IndexMap<String, usize>> = IndexMap::new();
    for row in rows {
        for (field, fill) in row {
            if matches!(fill, Fill::Choice(_) | Fill::Truth(_)) {
                *counts.entry(field).or_default().entry(self::fill(fill, lang)).or_default() += 1;
            }
        }
    }
    counts.retain(|_, counts| counts.len() > 1);
    let told = counts.iter().map(|(field, counts)| {
        let counts: Vec<String> = counts.iter().map(|(what, n)| format!("{n} {what}")).collect();
        let counts = match counts.as_slice() {
            [all @ .., last] if !all.is_empty() => {
                format!("{} {} {last}", all.join(", "), lang.pick("et", "and"))
            }
            all => all.concat(),
        };
        lang.pair(field, &counts)
    });
    told.collect()
}

/// An answer as people read it.
fn fill(fill: &Fill, lang: Lang) -> String {
    let wording = lang.wording();
    match fill {
        Fill::Truth(true) => lang.pick("oui", "yes").to_owned(),
        Fill::Truth(false) => lang.pick("non", "no").to_owned(),
        Fill::Number(value, Unit::Plain) => wording.exact(value),
        Fill::Number(value, Unit::Percent) => wording.percent(value),
        Fill::Number(value, Unit::Amount(currency)) => wording.amount(value, *currency),
        Fill::Number(value, Unit::Months) => wording.months(value),
        Fill::Number(value, Unit::Days) => wording.days(value),
        Fill::Date(date) => wording.date(*date),
        Fill::NotYet => lang.pick("pas encore", "not yet").to_owned(),
        Fill::Text(text) => lang.quoted(text),
        Fill::Choice(option) => option.to_string(),
    }
}
