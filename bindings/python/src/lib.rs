//! conforme for Python: a thin door to the library.
//!
//! ```text
//! files ──texts──▶ History ─────────────────────────────────────────┐
//! Python value ──answers──▶ JSON of a dossier ──────────────────────┴─▶ decision
//! Arrow batch ──rows──▶ JSON of a dossier, row by row ──many, table─────▶ Arrow batch
//! ```
//!
//! This crate reads the files of policies, which the library does not, and turns what Python gives into the
//! dossiers that the library reads. It decides nothing and words nothing.

mod answers;
mod decision;
mod many;
mod policy;
mod refusal;
mod rows;
mod table;
mod texts;
mod values;

use pyo3::prelude::*;

/// What is compiled of the package `conforme`.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::decision::NativeDecision;
    #[pymodule_export]
    use super::policy::NativePolicy;
}
