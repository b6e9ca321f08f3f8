//! What the library finds wrong, as the exceptions of the package.

use conforme::diagnostic::Diagnostic;
use conforme::history::Refused;
use conforme::render::diagnostics::{self, Look};
use conforme::source::FileName;
use pyo3::prelude::*;

/// A text, or what is asked, is to be corrected: `PolicyError`.
pub fn policy(py: Python<'_>, found: &[Diagnostic]) -> PyErr {
    raise(py, "PolicyError", &diagnostics::text_with(found, Look::PLAIN), &diagnostics::json(found))
}

/// A dossier was not decided: `DossierError` where its answers are to be corrected, else `PolicyError`.
pub fn dossier(py: Python<'_>, name: &FileName, refused: &Refused) -> PyErr {
    match refused {
        Refused::Dossier(found) => {
            let text = diagnostics::sent_back(found, Look::PLAIN);
            raise(py, "DossierError", &text, &diagnostics::json_of(name, found))
        }
        Refused::Texts(found) => policy(py, found),
    }
}

fn raise(py: Python<'_>, class: &str, text: &str, json: &str) -> PyErr {
    let made = || py.import("conforme._errors")?.getattr(class)?.call1((text.trim_end(), json));
    made().map_or_else(|error| error, PyErr::from_value)
}
