//! What things are called.

use std::borrow::Cow;

use super::Words;
use crate::decision::MissingPlace;
use crate::dossier::Given;
use crate::known::Known;
use crate::phrase::{Phrases, alone, event};
use crate::policy::{DefinitionId, ExprId, ExprKind, FieldId, ItemRef, ListId, ReadingId, Type};
use crate::render::Lang;
use crate::source::Span;
use crate::wording::french::{leans, lowered, ranked};

impl<'a> Words<'a> {
    /// An expression as it is said aloud.
    pub(crate) fn phrase(&self, expr: ExprId) -> String {
        self.phrases().said(expr)
    }

    /// How expressions are said.
    pub(crate) fn phrases(&self) -> Phrases<'a> {
        Phrases { policy: self.policy, lang: self.lang }
    }

    /// A name and what is known under it. A date follows a name that ends in « le »: « contrat signé le 3 mars 2025 »,
    /// but « contrat signé : à établir ».
    pub(crate) fn told(&self, name: &str, known: &Known, said: &str) -> String {
        let event = event(name).filter(|_| matches!(known, Known::Date(_)) && self.lang == Lang::Fr);
        match event {
            Some(_) if known.is_single() => format!("{name} {said}"),
            // « à établir »: that it took place at all is not known.
            Some(event) if said.starts_with("le ") || said.starts_with("entre le ") => {
                self.pair(event, &format!("{}, {said}", self.unknown()))
            }
            Some(event) => self.pair(event, said),
            None => self.pair(name, said),
        }
    }

    /// What was supposed of what is missing: « engagement signé entre le 3 et le 5 mars 2025 ».
    pub(crate) fn supposed(&self, name: &str, known: &Known, said: &str) -> String {
        match event(name).filter(|_| self.lang == Lang::Fr) {
            Some(event) if said.starts_with("le ") || said.starts_with("entre le ") => {
                format!("{event} {said}")
            }
            Some(_) | None => self.told(name, known, said),
        }
    }

    /// The period of which a place is the last day.
    pub(crate) fn ends(&self, place: MissingPlace) -> Option<String> {
        let period = self.policy.periods.iter().find(|period| period.last == place.declared())?;
        Some(match place {
            MissingPlace::Cell { row, field } => {
                format!("{}, {}", self.element(row, self.policy.fields[field.index()].list), period.label)
            }
            MissingPlace::Fact(_) | MissingPlace::List(_) => period.label.to_string(),
        })
    }

    /// The label of a place that stands alone, without a value.
    pub(crate) fn listed(&self, place: MissingPlace) -> String {
        alone(&self.label(place))
    }

    /// What an expression is called: a name where it has one, else how it is said.
    pub(crate) fn name(&self, expr: ExprId) -> Cow<'a, str> {
        Cow::Borrowed(match &self.policy.exprs.get(expr).kind {
            ExprKind::Fact(fact) => &self.policy.facts[fact.index()].label,
            ExprKind::Field(field) => &self.policy.fields[field.index()].label,
            ExprKind::Definition(definition) => self.definition(*definition),
            ExprKind::Parameter { parameter, at: None } => &self.policy.parameters[parameter.index()].label,
            ExprKind::Reading(reading) => self.reading(*reading),
            ExprKind::ExaminationDate => self.say("date d'examen", "date of examination"),
            ExprKind::Holds(item) => self.item(*item),
            _ => return Cow::Owned(self.phrase(expr)),
        })
    }

    /// What people read of a definition.
    pub(crate) fn definition(&self, definition: DefinitionId) -> &'a str {
        &self.policy.definitions[definition.index()].label
    }

    /// The name of an item.
    pub(crate) fn item(&self, item: ItemRef) -> &'a str {
        &self.policy.head(item).name
    }

    /// The name of a reading.
    pub(crate) fn reading(&self, reading: ReadingId) -> &'a str {
        &self.policy.readings[reading.index()].head.name
    }

    /// The name of an option of a reading.
    pub(crate) fn option(&self, reading: ReadingId, option: u16) -> &'a str {
        let choice = self.policy.readings[reading.index()].choice;
        self.policy.choices[choice.index()].options.get(usize::from(option)).map_or("", |name| name)
    }

    /// Where a fact is to be written: `territoire.continu`, `adhérents[3].exercice`.
    pub(crate) fn path(&self, place: MissingPlace) -> String {
        match place {
            MissingPlace::Fact(fact) => self.policy.facts[fact.index()].path.to_string(),
            MissingPlace::List(list) => self.policy.lists[list.index()].path.to_string(),
            MissingPlace::Cell { row, field } => {
                let field = &self.policy.fields[field.index()];
                format!("{}[{}].{}", self.policy.lists[field.list.index()].path, row + 1, field.name)
            }
        }
    }

    /// Where an answer is written: a path, or a field of an element, which a dossier gives by rank.
    pub(crate) fn written(&self, place: MissingPlace) -> String {
        match place {
            MissingPlace::Fact(_) | MissingPlace::List(_) => self.path(place),
            MissingPlace::Cell { row, field } => {
                let field = &self.policy.fields[field.index()];
                format!("{}, {}", field.name, self.element(row, field.list))
            }
        }
    }

    /// What people read of a fact: « médecins du territoire », « 3e adhérent (RPPS : 1000…), exercice ».
    pub(crate) fn label(&self, place: MissingPlace) -> String {
        match place {
            MissingPlace::Fact(fact) => self.policy.facts[fact.index()].label.to_string(),
            MissingPlace::List(list) => self.policy.lists[list.index()].label.to_string(),
            MissingPlace::Cell { row, field } => {
                let field = &self.policy.fields[field.index()];
                format!("{}, {}", self.element(row, field.list), field.label)
            }
        }
    }

    /// The type of a place that may be missing; of a list, how many elements it has.
    pub(crate) fn type_of(&self, place: MissingPlace) -> Type {
        match place {
            MissingPlace::Fact(fact) => self.policy.facts[fact.index()].ask.ty,
            MissingPlace::Cell { field, .. } => self.policy.fields[field.index()].ask.ty,
            MissingPlace::List(_) => Type::Integer,
        }
    }

    /// The question to ask; that of an element starts with what tells the element.
    pub(crate) fn question(&self, place: MissingPlace) -> String {
        match place {
            MissingPlace::Fact(fact) => {
                let fact = &self.policy.facts[fact.index()];
                fact.ask.question.as_ref().unwrap_or(&fact.label).to_string()
            }
            MissingPlace::List(list) => {
                let list = &self.policy.lists[list.index()];
                list.question.as_ref().unwrap_or(&list.label).to_string()
            }
            MissingPlace::Cell { row, field } => {
                let field = &self.policy.fields[field.index()];
                let question = field.ask.question.as_ref().unwrap_or(&field.label);
                self.pair(&self.element(row, field.list), &lowered(question))
            }
        }
    }

    /// The question as people are asked it, alone among others: one that leans on what was said before it in the text
    /// comes after the name of what it asks for.
    pub(crate) fn asked(&self, place: MissingPlace) -> String {
        let question = self.question(place);
        match place {
            MissingPlace::Fact(_) | MissingPlace::List(_) if leans(&question) => {
                self.pair(&self.listed(place), &lowered(&question))
            }
            // The element is named already.
            MissingPlace::Fact(_) | MissingPlace::List(_) | MissingPlace::Cell { .. } => question,
        }
    }

    /// An element of a list: its rank, and its `unique` field where that is known, « 3e adhérent (RPPS :
    /// 1000…) ».
    pub(crate) fn element(&self, row: u32, list: ListId) -> String {
        let ranked = self.ranked(row, list);
        match self.told_by(row, list) {
            Some(told) => format!("{ranked} ({told})"),
            None => ranked,
        }
    }

    fn ranked(&self, row: u32, list: ListId) -> String {
        let label = &self.policy.lists[list.index()].label;
        let rank = row as usize + 1;
        self.lang.pick(ranked(label, rank), format!("{label} no. {rank}"))
    }

    /// The first `unique` field of an element, with its value.
    fn told_by(&self, row: u32, list: ListId) -> Option<String> {
        let fields = self.policy.lists[list.index()].fields.iter();
        let field = *fields.into_iter().find(|field| self.policy.fields[field.index()].unique)?;
        let value = self.cell(row, field)?;
        let field = &self.policy.fields[field.index()];
        Some(self.pair(&field.label, &self.value(value, field.ask.ty)))
    }

    /// What an author wrote at a place, labels in place of paths, on one line.
    pub(crate) fn line(&self, span: Span) -> String {
        self.policy.spelled(span)
    }

    /// `arrondi à l'euro` of `X arrondi à l'euro`: what is done to a value, without the value.
    pub(crate) fn adjustment(&self, expr: ExprId) -> Option<String> {
        self.phrases().adjusted(expr).map(|(_, how)| how)
    }

    /// What a dossier gives for a field of an element.
    pub(crate) fn given(&self, row: u32, field: FieldId) -> Option<&'a Given> {
        let field = &self.policy.fields[field.index()];
        let width = self.policy.lists[field.list.index()].fields.len();
        let rows = self.dossier.list(field.list)?;
        rows.cells.get(row as usize * width + field.rank as usize)
    }

    fn cell(&self, row: u32, field: FieldId) -> Option<&'a crate::value::Value> {
        match &self.given(row, field)?.answer {
            crate::dossier::Answer::Known(value) => Some(value),
            crate::dossier::Answer::Missing | crate::dossier::Answer::NotYet => None,
        }
    }
}

/// A passage of a file with its runs of spaces and line ends made one space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
