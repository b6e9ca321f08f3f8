//! A table of dossiers, and the same with what was decided.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Decimal128Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema};
use conforme::parallel;
use conforme::table::{Cell, Holds, Style};

use crate::many::{Many, Row};
use crate::rows::Plan;

/// The column that holds what is to be corrected, as data.
pub const ERRORS: &str = "errors";

/// So many dossiers are decided in one go.
const AT_ONCE: usize = 256;

/// Digits of an amount, and how many of them are cents.
const AMOUNT: (u8, i8) = (38, 2);

/// The columns that are decided.
pub fn fields(many: &Many<'_>) -> Vec<FieldRef> {
    let own = many.columns.names().iter().zip(many.columns.holds());
    let own = own.map(|(name, holds)| Field::new(name, type_of(holds), true));
    own.chain([Field::new(ERRORS, DataType::Utf8, true)]).map(Arc::new).collect()
}

/// The columns of a table that come back beside them: what an earlier decision said is said anew.
pub fn kept(schema: &Schema, decided: &[FieldRef]) -> Vec<usize> {
    let again = |name: &str| decided.iter().any(|field| field.name() == name.trim());
    (0..schema.fields().len()).filter(|rank| !again(schema.field(*rank).name())).collect()
}

/// What the rows of a batch came to, a column for each that is decided.
pub fn decide(
    many: &Many<'_>,
    plan: &Plan,
    batch: &RecordBatch,
    workers: usize,
) -> Result<Vec<ArrayRef>, ArrowError> {
    let rows = plan.rows(batch)?;
    let starts = (0..batch.num_rows()).step_by(AT_ONCE);
    let ranges: Vec<Range<usize>> =
        starts.map(|start| start..(start + AT_ONCE).min(batch.num_rows())).collect();
    let parts = parallel::map(workers, &ranges, |range| {
        let mut columns = Decided::new(many, range.len());
        let text = |row| {
            let mut text = String::new();
            rows.write(row, &mut text);
            text
        };
        let texts: Vec<String> = range.clone().map(text).collect();
        many.decide_all(&texts).into_iter().for_each(|row| columns.push(row));
        columns.finish()
    });
    let whole = |(rank, field): (usize, FieldRef)| {
        let parts: Vec<_> = parts.iter().filter_map(|part| part.get(rank)).map(AsRef::as_ref).collect();
        if parts.is_empty() {
            return Ok(arrow_array::new_empty_array(field.data_type()));
        }
        arrow_select::concat::concat(&parts)
    };
    fields(many).into_iter().enumerate().map(whole).collect()
}

fn type_of(holds: &Holds) -> DataType {
    match holds {
        Holds::Amount => DataType::Decimal128(AMOUNT.0, AMOUNT.1),
        Holds::Day => DataType::Date32,
        Holds::Anything | Holds::OneOf(_) | Holds::Percent => DataType::Utf8,
    }
}

/// The values of a column that is decided.
enum Values {
    Text(StringBuilder),
    Amount(Decimal128Builder),
    Day(Date32Builder),
}

/// Columns that are being decided.
struct Decided {
    columns: Vec<Values>,
    errors: StringBuilder,
}

impl Decided {
    fn new(many: &Many<'_>, rows: usize) -> Decided {
        let values = |holds: &Holds| match type_of(holds) {
            DataType::Date32 => Values::Day(Date32Builder::with_capacity(rows)),
            DataType::Decimal128(..) => Values::Amount(
                Decimal128Builder::with_capacity(rows)
                    .with_data_type(DataType::Decimal128(AMOUNT.0, AMOUNT.1)),
            ),
            _ => Values::Text(StringBuilder::with_capacity(rows, 16 * rows)),
        };
        Decided { columns: many.columns.holds().iter().map(values).collect(), errors: StringBuilder::new() }
    }

    fn push(&mut self, row: Row) {
        for (cell, values) in row.cells.iter().zip(&mut self.columns) {
            match values {
                Values::Text(values) => {
                    values.append_option(Some(cell.text(Style::Plain)).filter(|text| !text.is_empty()));
                }
                Values::Amount(values) => values.append_option(cents(cell)),
                Values::Day(values) => values.append_option(days(cell)),
            }
        }
        self.errors.append_option(row.wrong);
    }

    fn finish(self) -> Vec<ArrayRef> {
        let finish = |values: Values| -> ArrayRef {
            match values {
                Values::Text(mut values) => Arc::new(values.finish()),
                Values::Amount(mut values) => Arc::new(values.finish()),
                Values::Day(mut values) => Arc::new(values.finish()),
            }
        };
        let mut errors = self.errors;
        self.columns.into_iter().map(finish).chain([Arc::new(errors.finish()) as ArrayRef]).collect()
    }
}

/// Whether what is decided has a place in the type of its column.
pub fn fits(cell: &Cell, holds: &Holds) -> bool {
    match type_of(holds) {
        DataType::Decimal128(..) => cents(cell).is_some(),
        DataType::Date32 => days(cell).is_some(),
        _ => true,
    }
}

/// An amount in cents, where it has a place among so many digits.
fn cents(cell: &Cell) -> Option<i128> {
    let Cell::Amount(written) = cell else { return None };
    let (euros, cents) = written.split_once('.').filter(|(_, cents)| cents.len() == 2)?;
    let cents = format!("{euros}{cents}").parse::<i128>().ok()?;
    (cents.unsigned_abs() < 10_u128.pow(AMOUNT.0.into())).then_some(cents)
}

/// A day, by its number from 1970.
fn days(cell: &Cell) -> Option<i32> {
    match cell {
        Cell::Day(date) => i32::try_from(date.days()).ok(),
        Cell::Text(_) | Cell::Amount(_) | Cell::Number(_) | Cell::Percent(_) => None,
    }
}
