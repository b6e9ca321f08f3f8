//! A dossier that belongs to no policy: paths and answers as people write them.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::currency::Currency;
use crate::dossier::{Answer, Dossier, Given, Retained, Rows};
use crate::number::Ratio;
use crate::policy::item::Question;
use crate::policy::{Declared, FieldId, Policy, Type};
use crate::source::{SourceFile, Span};
use crate::time::Date;
use crate::value::{Text, Value};
use crate::wording::{French, Wording};

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// None.
    Plain,
    /// 1 is 100 %.
    Percent,
    /// An amount.
    Amount(Currency),
    /// Months.
    Months,
    /// Days.
    Days,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fill {
    /// `oui` or `non`.
    Truth(bool),
    /// A number with its unit.
    Number(Ratio, Unit),
    /// A date.
    Date(Date),
    /// A date that has not happened by the date of examination.
    NotYet,
    /// A text.
    Text(Arc<str>),
    /// An option of a choice, by its name.
    Choice(Arc<str>),
}

/// The elements of a list, each with its answers by the name of the field.
pub type Elements = Vec<IndexMap<Arc<str>, Fill>>;

/// What stands under a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// One answer.
    One(Fill),
    /// The elements of a list.
    Rows(Elements),
}

/// A dossier that belongs to no policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Its date of examination.
    pub examined_on: Date,
    /// Answers by path, in the order of the policy that they were made for; what is missing is left out.
    pub entries: IndexMap<Arc<str>, Entry>,
    /// Readings that it retains: name and option.
    pub readings: IndexMap<Arc<str>, Arc<str>>,
}

/// Why a sketch is no dossier of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The path, or the name of the reading, whose answer the policy does not take.
    pub path: Arc<str>,
}

/// A dossier of a policy that a sketch gave.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The dossier.
    pub dossier: Dossier,
    /// Paths and readings that the policy does not know: left out.
    pub unknown: Vec<Arc<str>>,
}

impl Sketch {
    /// What a dossier of a policy says.
    pub fn of(policy: &Policy, dossier: &Dossier, examined_on: Date) -> Sketch {
        let mut entries = IndexMap::new();
        for declared in policy.declared.iter().chain(&policy.version.beside) {
            match *declared {
                Declared::Fact(id) => {
                    let fact = &policy.facts[id.index()];
                    if let Some(fill) = fill(policy, &fact.ask, &dossier.fact(id).answer) {
                        entries.insert(Arc::clone(&fact.path), Entry::One(fill));
                    }
                }
                Declared::List(id) => {
                    let list = &policy.lists[id.index()];
                    let Some(rows) = dossier.list(id) else { continue };
                    let width = list.fields.len().max(1);
                    let element = |rank: usize| {
                        let cells = rows.cells.iter().skip(rank * width);
                        let named = list.fields.iter().zip(cells).filter_map(|(id, given)| {
                            let field = &policy.fields[id.index()];
                            Some((Arc::clone(&field.name), fill(policy, &field.ask, &given.answer)?))
                        });
                        named.collect()
                    };
                    let elements = (0..rows.spans.len()).map(element).collect();
                    entries.insert(Arc::clone(&list.path), Entry::Rows(elements));
                }
                Declared::Field(_) => {}
            }
        }
        // What the text itself retains the dossier does not say.
        let open =
            policy.readings.iter().zip(&dossier.readings).filter(|(reading, _)| reading.retained.is_none());
        let retained = open.filter_map(|(reading, retained)| {
            let options = &policy.choices[reading.choice.index()].options;
            let option = options.get(usize::from(retained.as_ref()?.option))?;
            Some((Arc::clone(&reading.head.name), Arc::clone(option)))
        });
        Sketch { examined_on, entries, readings: retained.collect() }
    }

    /// The same without some answers: paths, fields of lists and readings, as [`Fitted::unknown`] names them.
    pub fn without(&self, unknown: &[Arc<str>]) -> Sketch {
        let mut sketch = self.clone();
        for path in unknown {
            sketch.entries.shift_remove(path);
            sketch.readings.shift_remove(path);
            if let Some((list, field)) = path.rsplit_once('.')
                && let Some(Entry::Rows(rows)) = sketch.entries.get_mut(list)
            {
                for row in rows {
                    row.shift_remove(field);
                }
            }
        }
        sketch
    }

    /// As YAML, in the order of its entries, which `dossier::read` reads back.
    pub fn yaml(&self, policy_id: &str, name: &str) -> String {
        let mut out = format!("dispositif: {policy_id}\ndossier: {}\n", quoted(name));
        let _ = writeln!(out, "examiné le: {}", self.examined_on);
        let paths: Vec<&Arc<str>> = self.entries.keys().collect();
        let mut done = vec![false; paths.len()];
        for (rank, (path, entry)) in self.entries.iter().enumerate() {
            if done.get(rank).copied().unwrap_or(true) {
                continue;
            }
            let group = path.split_once('.').map(|(group, _)| group);
            // Under its name a period whose last day is not said goes on: here it is not known.
            let open = |group: &str| {
                self.entries.contains_key(format!("{group}.du").as_str())
                    && !self.entries.contains_key(format!("{group}.au").as_str())
            };
            let grouped = |group: &&str| !self.entries.contains_key(*group) && !open(group);
            let Some(group) = group.filter(grouped) else {
                write_entry(&mut out, "", path, entry);
                continue;
            };
            let _ = writeln!(out, "{group}:");
            for (other, (path, entry)) in self.entries.iter().enumerate().skip(rank) {
                if let Some(rest) = path.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')) {
                    write_entry(&mut out, "  ", rest, entry);
                    if let Some(done) = done.get_mut(other) {
                        *done = true;
                    }
                }
            }
        }
        if !self.readings.is_empty() {
            out.push_str("lectures:\n");
            for (name, option) in &self.readings {
                let _ = writeln!(out, "  {name}: {}", quoted(option));
            }
        }
        out
    }
}

fn write_entry(out: &mut String, indent: &str, path: &str, entry: &Entry) {
    match entry {
        Entry::One(fill) => {
            let _ = writeln!(out, "{indent}{path}: {}", scalar(fill));
        }
        Entry::Rows(elements) if elements.is_empty() => {
            let _ = writeln!(out, "{indent}{path}: []");
        }
        Entry::Rows(elements) => {
            let _ = writeln!(out, "{indent}{path}:");
            for element in elements {
                let mut lead = "- ";
                if element.is_empty() {
                    let _ = writeln!(out, "{indent}- {{}}");
                }
                for (name, fill) in element {
                    let _ = writeln!(out, "{indent}{lead}{name}: {}", scalar(fill));
                    lead = "  ";
                }
            }
        }
    }
}

/// An answer as a dossier writes it.
fn scalar(fill: &Fill) -> String {
    match fill {
        Fill::Truth(true) => "oui".to_owned(),
        Fill::Truth(false) => "non".to_owned(),
        Fill::Number(value, unit) => fill_number(value, *unit),
        Fill::Date(date) => date.to_string(),
        Fill::NotYet => "pas encore".to_owned(),
        Fill::Text(text) | Fill::Choice(text) => quoted(text),
    }
}

fn fill_number(value: &Ratio, unit: Unit) -> String {
    let french = French::default();
    match unit {
        Unit::Plain => french.exact(value),
        Unit::Percent => format!("{} %", french.exact(&value.mul(&Ratio::from(100)))),
        Unit::Amount(currency) => format!("{} {}", french.exact(value), currency.sign()),
        Unit::Months => format!("{} mois", french.exact(value)),
        Unit::Days => format!("{} jours", french.exact(value)),
    }
}

/// A word as it is where nothing can be mistaken in it, else between apostrophes.
fn quoted(text: &str) -> String {
    let plain = text.chars().next().is_some_and(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\''))
        && !text.ends_with(' ')
        && !matches!(crate::text::fold(text).as_str(), "oui" | "non" | "inconnu" | "null" | "pas encore");
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

fn fill(policy: &Policy, ask: &Question, answer: &Answer) -> Option<Fill> {
    let value = match answer {
        Answer::Missing => return None,
        Answer::NotYet => return Some(Fill::NotYet),
        Answer::Known(value) => value,
    };
    Some(match value {
        Value::Truth(truth) => Fill::Truth(*truth),
        Value::Number(number) => Fill::Number(number.clone(), unit(policy, ask.ty)),
        Value::Date(date) => Fill::Date(*date),
        Value::Text(text) => Fill::Text(Arc::clone(&text.shown)),
        Value::Choice(option) => {
            let Type::Choice(choice) = ask.ty else { return None };
            Fill::Choice(Arc::clone(policy.choices[choice.index()].options.get(usize::from(*option))?))
        }
    })
}

fn unit(policy: &Policy, ty: Type) -> Unit {
    match ty {
        Type::Percent => Unit::Percent,
        Type::Amount => Unit::Amount(policy.currency),
        Type::Months => Unit::Months,
        Type::Days => Unit::Days,
        Type::Truth | Type::Integer | Type::Number | Type::Date | Type::Text | Type::Choice(_) => Unit::Plain,
    }
}

/// Makes dossiers of one policy out of sketches.
#[derive(Debug)]
pub struct Fitter<'p> {
    policy: &'p Policy,
    paths: HashMap<&'p str, Declared>,
    file: Arc<SourceFile>,
}

impl<'p> Fitter<'p> {
    /// Makes a policy ready.
    pub fn new(policy: &'p Policy) -> Self {
        let mut paths = HashMap::new();
        for declared in policy.declared.iter().chain(&policy.version.beside) {
            match *declared {
                Declared::Fact(id) => paths.insert(&*policy.facts[id.index()].path, *declared),
                Declared::List(id) => paths.insert(&*policy.lists[id.index()].path, *declared),
                Declared::Field(_) => None,
            };
        }
        Fitter { policy, paths, file: SourceFile::new("essai.yaml", "") }
    }

    /// The dossier that a sketch gives; what the policy does not know is left out.
    ///
    /// # Errors
    ///
    /// An answer that the policy knows and does not take: another type, out of bounds, no such option.
    pub fn dossier(&self, sketch: &Sketch) -> Result<Fitted, Unfit> {
        let policy = self.policy;
        let mut dossier = Dossier::empty(policy, Arc::clone(&self.file));
        dossier.examined_on = Some(sketch.examined_on);
        let mut unknown = Vec::new();
        for (path, entry) in &sketch.entries {
            let unfit = || Unfit { path: Arc::clone(path) };
            match (self.paths.get(&**path), entry) {
                (None, _) => unknown.push(Arc::clone(path)),
                (Some(Declared::Fact(id)), Entry::One(fill)) => {
                    let answer = self.answer(&policy.facts[id.index()].ask, fill).ok_or_else(unfit)?;
                    dossier.facts[id.index()].answer = answer;
                }
                (Some(Declared::List(id)), Entry::Rows(elements)) => {
                    let rows = self.rows(&policy.lists[id.index()].fields, elements, path, &mut unknown)?;
                    dossier.lists[id.index()] = Some(rows);
                }
                (Some(_), _) => return Err(unfit()),
            }
        }
        for (name, option) in &sketch.readings {
            let Some(rank) = policy.readings.iter().position(|reading| reading.head.name == *name) else {
                unknown.push(Arc::clone(name));
                continue;
            };
            let options = &policy.choices[policy.readings[rank].choice.index()].options;
            let option = options.iter().position(|own| own == option);
            let option = option.and_then(|option| u16::try_from(option).ok());
            let settled = policy.readings[rank].retained.as_ref().map(|settled| settled.option);
            let option = option.filter(|option| settled.is_none_or(|settled| settled == *option));
            let option = option.ok_or_else(|| Unfit { path: Arc::clone(name) })?;
            dossier.readings[rank] = Some(Retained { option, place: None, origin: None });
        }
        unknown.sort();
        unknown.dedup();
        Ok(Fitted { dossier, unknown })
    }

    fn rows(
        &self,
        fields: &[FieldId],
        elements: &Elements,
        path: &Arc<str>,
        unknown: &mut Vec<Arc<str>>,
    ) -> Result<Rows, Unfit> {
        let mut rows = Rows::default();
        for element in elements {
            rows.spans.push(Span::default());
            for id in fields {
                let field = &self.policy.fields[id.index()];
                let answer = match element.get(&field.name) {
                    None => Answer::Missing,
                    Some(fill) => self
                        .answer(&field.ask, fill)
                        .ok_or_else(|| Unfit { path: format!("{path}.{}", field.name).into() })?,
                };
                rows.cells.push(Given { answer, place: None, origin: None });
            }
            let known =
                |name: &Arc<str>| fields.iter().any(|id| self.policy.fields[id.index()].name == *name);
            unknown.extend(
                element.keys().filter(|name| !known(name)).map(|name| format!("{path}.{name}").into()),
            );
        }
        Ok(rows)
    }

    fn answer(&self, ask: &Question, fill: &Fill) -> Option<Answer> {
        let value = match (fill, ask.ty) {
            (Fill::NotYet, Type::Date) => return Some(Answer::NotYet),
            (Fill::Truth(truth), Type::Truth) => Value::Truth(*truth),
            (Fill::Date(date), Type::Date) => Value::Date(*date),
            (Fill::Text(text), Type::Text) => Value::Text(Text::new(text)),
            (Fill::Choice(option), Type::Choice(choice)) => {
                let options = &self.policy.choices[choice.index()].options;
                Value::Choice(u16::try_from(options.iter().position(|own| own == option)?).ok()?)
            }
            (Fill::Number(number, own), ty) if ty.is_numeric() && unit(self.policy, ty) == *own => {
                Value::Number(number.clone())
            }
            _ => return None,
        };
        let within = ask.domain.contains(&value) && (ask.ty != Type::Integer || whole(&value));
        within.then_some(Answer::Known(value))
    }
}

fn whole(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_integer(),
        Value::Truth(_) | Value::Date(_) | Value::Text(_) | Value::Choice(_) => true,
    }
}
