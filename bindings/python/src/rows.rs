//! The rows of an Arrow table, each as the JSON of the dossier that it is.
//!
//! A column is known by the path, the label or the question of its fact; a group may be a structure, a list of the
//! dossier is a list of structures. What is null is not said. Nothing is copied but what goes into the text.

use std::fmt::Write as _;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Decimal256Type, Float32Type, Float64Type, Int64Type,
    TimestampMicrosecondType, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_buffer::NullBuffer;
use arrow_schema::{ArrowError, DataType, Schema, TimeUnit};
use conforme::diagnostic::Diagnostic;
use conforme::policy::Policy;
use conforme::table::{Header, Target, Title};
use conforme::time::Date;

use crate::answers;

/// Which columns are which answers.
pub struct Plan {
    leaves: Vec<Leaf>,
    /// What a dossier says, in the order of the columns.
    entries: Vec<Entry>,
}

/// A column, or one within a structure.
struct Leaf {
    name: String,
    /// The rank of the column, then of what stands within.
    at: Vec<usize>,
    ty: DataType,
}

/// A key of the dossier, as JSON has it, with its colon.
struct Entry {
    key: String,
    what: What,
}

enum What {
    /// A leaf, by rank.
    Leaf(usize),
    Group(Vec<Entry>),
}

impl Plan {
    /// The columns in the terms of a policy, with remarks on those that say nothing of a dossier; `known` names
    /// those of which nothing is to be said.
    ///
    /// # Errors
    ///
    /// A column that is nearly one of the policy's, two for one answer, a type that is none of an answer.
    pub fn new(
        policy: &Policy,
        schema: &Schema,
        known: &[String],
    ) -> Result<(Plan, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut leaves = Vec::new();
        for (rank, field) in schema.fields().iter().enumerate() {
            add(field.name().clone(), vec![rank], field.data_type(), &mut leaves);
        }
        let titles: Vec<Title> =
            leaves.iter().map(|leaf| Title { name: leaf.name.clone(), list: None }).collect();
        let (header, remarks) = Header::new(policy, &titles, known)?;
        let mut plan = Plan { leaves, entries: Vec::new() };
        let mut wrong = Vec::new();
        for (rank, leaf) in plan.leaves.iter().enumerate() {
            let path = match header.target(rank) {
                None => continue,
                Some(Target::Of(path)) => path,
                Some(Target::List(path)) if is_list(&leaf.ty) => path,
                Some(Target::List(_)) => {
                    wrong.push(of_type(leaf, "une liste de structures, une par élément"));
                    continue;
                }
                Some(Target::Field(list, _)) => {
                    let message = format!("la colonne « {} » répond pour un élément de liste", leaf.name);
                    let help = format!(
                        "réunir les éléments de chaque dossier dans une colonne « {} »",
                        list.join(".")
                    );
                    wrong.push(Diagnostic::error("colonne-d-element", message).help(help));
                    continue;
                }
            };
            if !is_read(&leaf.ty) {
                wrong
                    .push(of_type(leaf, "un texte, un nombre, un booléen, une date sans heure ou une liste"));
            }
            put(&mut plan.entries, path, rank);
        }
        if wrong.is_empty() { Ok((plan, remarks)) } else { Err(wrong) }
    }

    /// The rows of a batch.
    pub fn rows<'p>(&'p self, batch: &RecordBatch) -> Result<Rows<'p>, ArrowError> {
        let columns = self.leaves.iter().map(|leaf| {
            let mut array = batch.column(*leaf.at.first().unwrap_or(&0));
            let mut without = Vec::new();
            for rank in leaf.at.iter().skip(1) {
                let structure = array.as_struct();
                without.extend(structure.nulls().cloned());
                array = structure.column(*rank);
            }
            // What is not read stays as it is.
            Ok((if is_read(&leaf.ty) { Column::new(array)? } else { Column::Nothing }, without))
        });
        Ok(Rows { entries: &self.entries, columns: columns.collect::<Result<_, ArrowError>>()? })
    }
}

fn of_type(leaf: &Leaf, expected: &str) -> Diagnostic {
    let message = format!("la colonne « {} » : attendu {expected} ; lu {}", leaf.name, leaf.ty);
    Diagnostic::error("colonne-d-un-autre-type", message)
        .help("convertir la colonne, ou la renommer si elle dit autre chose")
}

/// The leaves of a column: what stands within a structure, unless that is an answer with its source.
fn add(name: String, at: Vec<usize>, ty: &DataType, leaves: &mut Vec<Leaf>) {
    match ty {
        DataType::Struct(fields) if !fields.iter().any(|field| field.name() == "valeur") => {
            for (rank, field) in fields.iter().enumerate() {
                let at = at.iter().copied().chain([rank]).collect();
                add(format!("{name}.{}", field.name()), at, field.data_type(), leaves);
            }
        }
        _ => leaves.push(Leaf { name, at, ty: ty.clone() }),
    }
}

fn put(entries: &mut Vec<Entry>, path: &[String], leaf: usize) {
    let Some((first, rest)) = path.split_first() else { return };
    let mut key = String::new();
    answers::string(first, &mut key);
    key.push(':');
    let known = entries.iter().position(|entry| entry.key == key);
    if rest.is_empty() {
        entries.push(Entry { key, what: What::Leaf(leaf) });
        return;
    }
    match known.and_then(|rank| entries.get_mut(rank)) {
        Some(Entry { what: What::Group(inner), .. }) => put(inner, rest, leaf),
        Some(_) | None => {
            let mut inner = Vec::new();
            put(&mut inner, rest, leaf);
            entries.push(Entry { key, what: What::Group(inner) });
        }
    }
}

fn is_list(ty: &DataType) -> bool {
    matches!(ty, DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) | DataType::Null)
}

/// Whether values of a type may be answers.
fn is_read(ty: &DataType) -> bool {
    match ty {
        DataType::List(of) | DataType::LargeList(of) | DataType::FixedSizeList(of, _) => {
            is_read(of.data_type())
        }
        DataType::Struct(fields) => fields.iter().all(|field| is_read(field.data_type())),
        DataType::Dictionary(_, of) => is_read(of),
        DataType::Timestamp(_, zone) => zone.is_none(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Date32 | DataType::Date64 | DataType::Boolean | DataType::Null => true,
        DataType::Decimal32(..) | DataType::Decimal64(..) => true,
        DataType::Decimal128(..) | DataType::Decimal256(..) => true,
        ty => ty.is_integer() || ty.is_floating(),
    }
}

/// The rows of a batch, ready to be written.
pub struct Rows<'p> {
    entries: &'p [Entry],
    /// By leaf: its values, and where what it stands within is null.
    columns: Vec<(Column, Vec<NullBuffer>)>,
}

impl Rows<'_> {
    /// Writes a row.
    pub fn write(&self, row: usize, out: &mut String) {
        out.push('{');
        self.entries(self.entries, row, out);
        out.push('}');
    }

    fn entries(&self, entries: &[Entry], row: usize, out: &mut String) -> bool {
        let mut before = "";
        for entry in entries {
            let start = out.len();
            out.push_str(before);
            out.push_str(&entry.key);
            let says = match &entry.what {
                What::Leaf(rank) => self.columns.get(*rank).is_some_and(|(column, without)| {
                    let is_there = without.iter().all(|nulls| nulls.is_valid(row)) && !column.is_null(row);
                    if is_there {
                        column.write(row, out);
                    }
                    is_there
                }),
                What::Group(inner) => {
                    out.push('{');
                    let says = self.entries(inner, row, out);
                    out.push('}');
                    says
                }
            };
            if says {
                before = ",";
            } else {
                out.truncate(start);
            }
        }
        !before.is_empty()
    }
}

/// The values of a column, of one of few types.
enum Column {
    Nothing,
    Truth(ArrayRef),
    Whole(ArrayRef),
    Natural(ArrayRef),
    Single(ArrayRef),
    Double(ArrayRef),
    Decimal(ArrayRef),
    LongDecimal(ArrayRef),
    Text(ArrayRef),
    LongText(ArrayRef),
    ViewedText(ArrayRef),
    Day(ArrayRef),
    Moment(ArrayRef),
    List(ArrayRef, Box<Column>),
    LongList(ArrayRef, Box<Column>),
    Structure(ArrayRef, Vec<(String, Column)>),
}

impl Column {
    fn new(array: &ArrayRef) -> Result<Column, ArrowError> {
        let cast = |ty: &DataType| arrow_cast::cast(array, ty);
        let own = || ArrayRef::clone(array);
        Ok(match array.data_type() {
            DataType::Boolean => Column::Truth(own()),
            DataType::Int64 => Column::Whole(own()),
            DataType::Int8 | DataType::Int16 | DataType::Int32 => Column::Whole(cast(&DataType::Int64)?),
            DataType::UInt64 => Column::Natural(own()),
            DataType::UInt8 | DataType::UInt16 | DataType::UInt32 => {
                Column::Natural(cast(&DataType::UInt64)?)
            }
            DataType::Float16 => Column::Single(cast(&DataType::Float32)?),
            DataType::Float32 => Column::Single(own()),
            DataType::Float64 => Column::Double(own()),
            DataType::Decimal32(_, scale) => Column::Decimal(cast(&DataType::Decimal128(38, *scale))?),
            DataType::Decimal64(_, scale) => Column::Decimal(cast(&DataType::Decimal128(38, *scale))?),
            DataType::Decimal128(..) => Column::Decimal(own()),
            DataType::Decimal256(..) => Column::LongDecimal(own()),
            DataType::Utf8 => Column::Text(own()),
            DataType::LargeUtf8 => Column::LongText(own()),
            DataType::Utf8View => Column::ViewedText(own()),
            DataType::Date32 => Column::Day(own()),
            DataType::Date64 => Column::Day(cast(&DataType::Date32)?),
            DataType::Timestamp(TimeUnit::Microsecond, _) => Column::Moment(own()),
            DataType::Timestamp(..) => {
                Column::Moment(cast(&DataType::Timestamp(TimeUnit::Microsecond, None))?)
            }
            DataType::Dictionary(_, of) => Column::new(&cast(of)?)?,
            DataType::List(_) => Column::List(own(), Box::new(Column::new(array.as_list::<i32>().values())?)),
            DataType::LargeList(_) => {
                Column::LongList(own(), Box::new(Column::new(array.as_list::<i64>().values())?))
            }
            DataType::FixedSizeList(of, _) => Column::new(&cast(&DataType::LargeList(of.clone()))?)?,
            DataType::Struct(fields) => {
                let columns = fields.iter().zip(array.as_struct().columns()).map(|(field, array)| {
                    let mut key = String::new();
                    answers::string(field.name(), &mut key);
                    key.push(':');
                    Ok((key, Column::new(array)?))
                });
                Column::Structure(own(), columns.collect::<Result<_, ArrowError>>()?)
            }
            // No other type is read.
            _ => Column::Nothing,
        })
    }

    fn is_null(&self, row: usize) -> bool {
        match self {
            Column::Nothing => true,
            Column::Truth(array)
            | Column::Whole(array)
            | Column::Natural(array)
            | Column::Single(array)
            | Column::Double(array)
            | Column::Decimal(array)
            | Column::LongDecimal(array)
            | Column::Text(array)
            | Column::LongText(array)
            | Column::ViewedText(array)
            | Column::Day(array)
            | Column::Moment(array)
            | Column::List(array, _)
            | Column::LongList(array, _)
            | Column::Structure(array, _) => array.is_null(row),
        }
    }

    /// Writes a value that is there. Writing to memory does not fail.
    fn write(&self, row: usize, out: &mut String) {
        match self {
            Column::Nothing => out.push_str("null"),
            Column::Truth(array) => {
                out.push_str(if array.as_boolean().value(row) { "true" } else { "false" })
            }
            Column::Whole(array) => drop(write!(out, "{}", array.as_primitive::<Int64Type>().value(row))),
            Column::Natural(array) => drop(write!(out, "{}", array.as_primitive::<UInt64Type>().value(row))),
            Column::Single(array) => answers::float(array.as_primitive::<Float32Type>().value(row), out),
            Column::Double(array) => answers::float(array.as_primitive::<Float64Type>().value(row), out),
            Column::Decimal(array) => {
                out.push_str(&array.as_primitive::<Decimal128Type>().value_as_string(row))
            }
            Column::LongDecimal(array) => {
                out.push_str(&array.as_primitive::<Decimal256Type>().value_as_string(row));
            }
            Column::Text(array) => answers::string(array.as_string::<i32>().value(row), out),
            Column::LongText(array) => answers::string(array.as_string::<i64>().value(row), out),
            Column::ViewedText(array) => answers::string(array.as_string_view().value(row), out),
            Column::Day(array) => day(array.as_primitive::<Date32Type>().value(row).into(), out),
            Column::Moment(array) => moment(array.as_primitive::<TimestampMicrosecondType>().value(row), out),
            Column::List(array, of) => {
                let offsets = array.as_list::<i32>().value_offsets();
                let at =
                    |row: usize| offsets.get(row).map_or(0, |offset| usize::try_from(*offset).unwrap_or(0));
                of.elements(at(row)..at(row + 1), out);
            }
            Column::LongList(array, of) => {
                let offsets = array.as_list::<i64>().value_offsets();
                let at =
                    |row: usize| offsets.get(row).map_or(0, |offset| usize::try_from(*offset).unwrap_or(0));
                of.elements(at(row)..at(row + 1), out);
            }
            Column::Structure(_, columns) => {
                out.push('{');
                let mut before = "";
                for (key, column) in columns.iter().filter(|(_, column)| !column.is_null(row)) {
                    out.push_str(before);
                    out.push_str(key);
                    column.write(row, out);
                    before = ",";
                }
                out.push('}');
            }
        }
    }

    fn elements(&self, rows: std::ops::Range<usize>, out: &mut String) {
        out.push('[');
        for row in rows.clone() {
            if row > rows.start {
                out.push(',');
            }
            if self.is_null(row) { out.push_str("null") } else { self.write(row, out) }
        }
        out.push(']');
    }
}

/// A day, by its number from 1970; past what a calendar has, a text that will be sent back.
fn day(days: i64, out: &mut String) {
    let _ = match Date::from_days(days) {
        Some(date) => write!(out, "\"{date}\""),
        None => write!(out, "\"jour {days}\""),
    };
}

/// A moment: a day at midnight, else a text that will be sent back where a day is asked for.
fn moment(microseconds: i64, out: &mut String) {
    const DAY: i64 = 86_400_000_000;
    let (days, rest) = (microseconds.div_euclid(DAY), microseconds.rem_euclid(DAY) / 1_000_000);
    if microseconds.rem_euclid(DAY) == 0 {
        return day(days, out);
    }
    let mut text = String::new();
    day(days, &mut text);
    let _ = write!(
        out,
        "\"{} {:02}:{:02}:{:02}\"",
        text.trim_matches('"'),
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    );
}
