//! A decision, kept as it was made: words are asked of it.

use std::sync::Arc;

use conforme::decision::Decision;
use conforme::dossier::Dossier;
use conforme::history::Edition;
use conforme::policy::Policy;
use conforme::render::text::TextOptions;
use conforme::render::{self, Explain, Lang};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::refusal;
use crate::texts::Texts;

/// A decision with the dossier and the version that it is on.
#[pyclass(frozen, module = "conforme._native")]
pub struct NativeDecision {
    pub texts: Arc<Texts>,
    pub edition: Edition,
    pub dossier: Dossier,
    pub decision: Decision,
}

impl NativeDecision {
    fn policy(&self, py: Python<'_>) -> PyResult<&Policy> {
        let made = self.texts.history().consolidated(&self.edition);
        made.policy().map_err(|found| refusal::policy(py, &found))
    }
}

#[pymethods]
impl NativeDecision {
    /// For people, in so many columns.
    fn text(&self, py: Python<'_>, explain: &str, lang: &str, width: usize) -> PyResult<String> {
        let options = TextOptions {
            width,
            colour: false,
            explain: self::explain(explain)?,
            lang: self::lang(lang)?,
            commands: false,
        };
        Ok(render::text::decision(self.policy(py)?, &self.dossier, &self.decision, &options))
    }

    /// For people, to be kept beside a dossier.
    fn markdown(&self, py: Python<'_>, explain: &str, lang: &str) -> PyResult<String> {
        let (explain, lang) = (self::explain(explain)?, self::lang(lang)?);
        Ok(render::markdown::decision(self.policy(py)?, &self.dossier, &self.decision, explain, lang))
    }

    /// For programs: `conforme.decision/1`.
    fn json(&self, py: Python<'_>, explain: &str) -> PyResult<String> {
        let printer = render::json::Printer::new(self.policy(py)?).explaining(self::explain(explain)?);
        Ok(printer.decision(&self.dossier, &self.decision))
    }
}

fn explain(word: &str) -> PyResult<Explain> {
    match word {
        "none" => Ok(Explain::None),
        "brief" => Ok(Explain::Brief),
        "full" => Ok(Explain::Full),
        _ => Err(PyValueError::new_err(format!(
            "explain : attendu « none », « brief » ou « full » ; lu « {word} »"
        ))),
    }
}

fn lang(word: &str) -> PyResult<Lang> {
    match word {
        "fr" => Ok(Lang::Fr),
        "en" => Ok(Lang::En),
        _ => Err(PyValueError::new_err(format!("lang : attendu « fr » ou « en » ; lu « {word} »"))),
    }
}
