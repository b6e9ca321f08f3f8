//! What Python holds, as the JSON of a dossier.
//!
//! Numbers stay exact: a `float` is the shortest decimal that stands for it (`0.1` is one tenth), a `Decimal` is its
//! digits. What a dossier has no word for is refused by the type that it has.

use std::fmt::Write as _;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};

/// No value stands deeper in a dossier.
const DEPTH: usize = 32;

/// How values are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One key a line: mistakes are shown at their place.
    Lines,
    /// All on one line.
    Line,
}

/// Writes a value.
pub fn write(value: &Bound<'_, PyAny>, layout: Layout, out: &mut String) -> PyResult<()> {
    any(value, layout, 0, out)
}

fn any(value: &Bound<'_, PyAny>, layout: Layout, depth: usize, out: &mut String) -> PyResult<()> {
    let py = value.py();
    if depth > DEPTH {
        return Err(PyTypeError::new_err("réponses trop imbriquées"));
    }
    if value.is_none() {
        out.push_str("null");
    } else if let Ok(text) = value.cast::<PyString>() {
        string(&text.to_cow()?, out);
    } else if let Ok(truth) = value.cast::<PyBool>() {
        out.push_str(if truth.is_true() { "true" } else { "false" });
    } else if value.is_instance_of::<PyInt>() {
        // A subclass may show itself otherwise.
        out.push_str(&py.get_type::<PyInt>().call_method1("__repr__", (value,))?.extract::<String>()?);
    } else if let Ok(number) = value.cast::<PyFloat>() {
        float(number.value(), out);
    } else if let Ok(map) = value.cast::<PyDict>() {
        entries(map.iter().map(Ok), layout, depth, out)?;
    } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        elements(value, layout, depth, out)?;
    } else {
        other(value, layout, depth, out)?;
    }
    Ok(())
}

/// What is met less often.
fn other(value: &Bound<'_, PyAny>, layout: Layout, depth: usize, out: &mut String) -> PyResult<()> {
    let py = value.py();
    if value.is_instance(class(py, &DATE, "datetime", "date")?)? {
        if value.is_instance(class(py, &DATETIME, "datetime", "datetime")?)? {
            if value.ne(value)? {
                // No date at all, as tables have it.
                out.push_str("null");
                return Ok(());
            }
            let midnight = ["hour", "minute", "second", "microsecond"]
                .iter()
                .try_fold(true, |so_far, part| Ok::<_, PyErr>(so_far && value.getattr(*part)?.eq(0)?))?;
            let method = if midnight { value.call_method0("date")? } else { value.clone() };
            string(&method.call_method0("isoformat")?.extract::<String>()?, out);
            return Ok(());
        }
        string(&value.call_method0("isoformat")?.extract::<String>()?, out);
    } else if value.is_instance(class(py, &DECIMAL, "decimal", "Decimal")?)? {
        string(&value.call_method1("__format__", ("f",))?.extract::<String>()?, out);
    } else if value.is_instance(class(py, &MAPPING, "collections.abc", "Mapping")?)? {
        let items = value.call_method0("items")?;
        entries(items.try_iter()?.map(|pair| pair?.extract()), layout, depth, out)?;
    } else if value.is_instance(class(py, &SEQUENCE, "collections.abc", "Sequence")?)? {
        elements(value, layout, depth, out)?;
    } else if let Ok(plain) = value.call_method0("tolist").or_else(|_| value.call_method0("as_py")) {
        // Arrays and scalars of numpy and Arrow.
        any(&plain, layout, depth + 1, out)?;
    } else if value.get_type().name()?.to_cow()? == "NAType" {
        out.push_str("null");
    } else {
        let kind = value.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "une réponse est un texte, un nombre, une date, oui ou non, une liste ou un groupe de réponses ; lu : {kind}"
        )));
    }
    Ok(())
}

fn entries<'py>(
    entries: impl Iterator<Item = PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>,
    layout: Layout,
    depth: usize,
    out: &mut String,
) -> PyResult<()> {
    out.push('{');
    let mut before = "";
    for entry in entries {
        let (key, value) = entry?;
        let Ok(key) = key.cast::<PyString>() else {
            let kind = key.get_type().name()?;
            return Err(PyTypeError::new_err(format!("le nom d'une réponse est un texte ; lu : {kind}")));
        };
        out.push_str(before);
        line(layout, depth + 1, out);
        string(&key.to_cow()?, out);
        out.push_str(": ");
        any(&value, layout, depth + 1, out)?;
        before = ",";
    }
    if !before.is_empty() {
        line(layout, depth, out);
    }
    out.push('}');
    Ok(())
}

fn elements(value: &Bound<'_, PyAny>, layout: Layout, depth: usize, out: &mut String) -> PyResult<()> {
    out.push('[');
    let mut before = "";
    for element in value.try_iter()? {
        out.push_str(before);
        line(layout, depth + 1, out);
        any(&element?, layout, depth + 1, out)?;
        before = ",";
    }
    if !before.is_empty() {
        line(layout, depth, out);
    }
    out.push(']');
    Ok(())
}

fn line(layout: Layout, depth: usize, out: &mut String) {
    if layout == Layout::Lines {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

/// A text as JSON has it.
pub fn string(text: &str, out: &mut String) {
    let plain = text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    if plain {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}

/// The shortest decimal that stands for a number; what is none, as a text that will be sent back.
pub fn float<F: Copy + Into<f64> + std::fmt::Display>(number: F, out: &mut String) {
    // Writing to memory does not fail.
    let _ = if number.into().is_finite() { write!(out, "{number}") } else { write!(out, "\"{number}\"") };
}

static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static MAPPING: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static SEQUENCE: PyOnceLock<Py<PyType>> = PyOnceLock::new();

fn class<'k, 'py>(
    py: Python<'py>,
    kept: &'k PyOnceLock<Py<PyType>>,
    module: &str,
    name: &str,
) -> PyResult<&'k Bound<'py, PyType>> {
    kept.import(py, module, name)
}
