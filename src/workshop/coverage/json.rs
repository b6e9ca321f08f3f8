//! What was shown, for programs.

use serde_json::{Value, json};

use super::words::point;
use super::{Coverage, Entry, Row, State};

/// One object: an entry an item, with its rows and points.
pub fn report(coverage: &Coverage<'_>) -> Value {
    let (shown, all) = coverage.count();
    let entries: Vec<Value> = coverage.entries().iter().map(|entry| self::entry(coverage, entry)).collect();
    json!({
        "schema": "conforme.coverage/1",
        "policy": &*coverage.policy().id,
        "cases": coverage.cases(),
        "shown": shown,
        "points": all,
        "complete": coverage.is_complete(),
        "items": entries,
    })
}

fn entry(coverage: &Coverage<'_>, entry: &Entry) -> Value {
    json!({
        "name": entry.name,
        "source": entry.quote.as_ref().map(|(source, _)| source),
        "quote": entry.quote.as_ref().map(|(_, quote)| quote),
        "rows": entry.rows.iter().map(|row| self::row(coverage, row)).collect::<Vec<_>>(),
    })
}

fn row(coverage: &Coverage<'_>, row: &Row) -> Value {
    let position = coverage.policy().file.position(row.span.start);
    let points: Vec<Value> = row
        .points
        .iter()
        .map(|own| {
            let state = match coverage.state(own) {
                State::Shown => "shown",
                State::Lacking => "lacking",
                State::Impossible => "impossible",
            };
            json!({"point": point(coverage.policy(), own), "state": state})
        })
        .collect();
    json!({"text": row.label, "line": position.line, "column": position.column, "points": points})
}
