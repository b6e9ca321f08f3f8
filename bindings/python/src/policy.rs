//! A policy, ready to decide dossiers.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};
use conforme::diagnostic::Diagnostic;
use conforme::dossier;
use conforme::history::{AskedReading, Decided, Refused, Sight, retained};
use conforme::limits;
use conforme::parallel;
use conforme::source::{FileName, SourceFile};
use conforme::time::Date;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3_arrow::PyTable;
use pyo3_arrow::input::AnyRecordBatch;

use crate::answers::{self, Layout};
use crate::decision::NativeDecision;
use crate::many::{Grounds, Many};
use crate::refusal;
use crate::rows::Plan;
use crate::table;
use crate::texts::{self, Texts};
use crate::values;

/// All versions of a policy that are seen.
#[pyclass(frozen, module = "conforme._native")]
pub struct NativePolicy {
    pub texts: Arc<Texts>,
}

/// What is asked of every dossier.
pub struct Asked {
    /// The date of examination; absent, each dossier's own.
    pub on: Option<Date>,
    /// Of dossiers that state none.
    pub otherwise: Date,
    /// Readings that are retained for all.
    pub readings: Vec<AskedReading>,
}

impl Asked {
    /// What Python asks, dates in ISO 8601.
    pub fn new(on: Option<&str>, otherwise: &str, readings: &[(String, String)]) -> PyResult<Asked> {
        Ok(Asked {
            on: on.map(date).transpose()?,
            otherwise: date(otherwise)?,
            readings: readings.iter().map(|(reading, option)| AskedReading::new(reading, option)).collect(),
        })
    }
}

/// A text of a policy: what it is called, where it was found, what it says.
type Given = (String, String, String);

#[pymethods]
impl NativePolicy {
    /// Reads a folder of texts, or one file.
    #[staticmethod]
    fn load(
        py: Python<'_>,
        path: PathBuf,
        id: Option<&str>,
        drafts: bool,
        known_on: Option<&str>,
    ) -> PyResult<NativePolicy> {
        let sight = sight(drafts, known_on)?;
        py.detach(|| {
            let texts = Texts::load(&path, id, sight)?;
            texts.check()?;
            Ok(NativePolicy { texts: Arc::new(texts) })
        })
        .map_err(|found: Vec<Diagnostic>| refusal::policy(py, &found))
    }

    /// Takes texts that were read before.
    #[staticmethod]
    fn of_texts(
        py: Python<'_>,
        texts: Vec<Given>,
        id: Option<&str>,
        drafts: bool,
        known_on: Option<&str>,
    ) -> PyResult<NativePolicy> {
        let sight = sight(drafts, known_on)?;
        let file = |(name, path, text): Given| SourceFile::new(FileName::new(name).at(path), text);
        py.detach(|| {
            let texts = Texts::of(texts.into_iter().map(file).collect(), id, sight, "textes donnés")?;
            texts.check()?;
            Ok(NativePolicy { texts: Arc::new(texts) })
        })
        .map_err(|found: Vec<Diagnostic>| refusal::policy(py, &found))
    }

    /// Its texts, each with what it is called and where it was found.
    fn texts(&self) -> Vec<Given> {
        let given =
            |file: &Arc<SourceFile>| (file.name().to_owned(), file.path().to_owned(), file.text().to_owned());
        self.texts.files().iter().map(given).collect()
    }

    /// Its identifier.
    #[getter]
    fn id(&self) -> &str {
        self.texts.history().id()
    }

    /// The title of its first text.
    #[getter]
    fn title(&self) -> &str {
        self.texts.history().texts().first().map_or("", |text| text.title())
    }

    /// JSON Schema of its dossiers, of the version of a day.
    fn schema(&self, py: Python<'_>, on: &str) -> PyResult<String> {
        let made = self.texts.history().at(date(on)?, &self.texts.sight);
        let policy = made.and_then(|made| made.policy());
        policy.map(|policy| dossier::schema(policy).to_string()).map_err(|found| refusal::policy(py, &found))
    }

    /// Decides a dossier: its answers by name.
    fn decide_answers(
        &self,
        py: Python<'_>,
        answers: &Bound<'_, PyAny>,
        on: Option<&str>,
        otherwise: &str,
        readings: Vec<(String, String)>,
    ) -> PyResult<NativeDecision> {
        let mut text = String::new();
        answers::write(answers, Layout::Lines, &mut text)?;
        self.decide_text(
            py,
            text.into_bytes(),
            FileName::new("dossier"),
            &Asked::new(on, otherwise, &readings)?,
        )
    }

    /// Decides a dossier in YAML or JSON.
    fn decide_bytes(
        &self,
        py: Python<'_>,
        bytes: Vec<u8>,
        on: Option<&str>,
        otherwise: &str,
        readings: Vec<(String, String)>,
    ) -> PyResult<NativeDecision> {
        self.decide_text(py, bytes, FileName::new("dossier"), &Asked::new(on, otherwise, &readings)?)
    }

    /// Decides a dossier that stands in a file.
    fn decide_file(
        &self,
        py: Python<'_>,
        path: PathBuf,
        on: Option<&str>,
        otherwise: &str,
        readings: Vec<(String, String)>,
    ) -> PyResult<NativeDecision> {
        let shown = path.to_string_lossy().replace('\\', "/");
        let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
        let name = FileName::new(name).at(&shown);
        let bytes = py
            .detach(|| texts::read(&path, limits::DOSSIER_BYTES, &shown))
            .map_err(|problem| refusal::dossier(py, &name, &Refused::Dossier(vec![problem])))?;
        self.decide_text(py, bytes, name, &Asked::new(on, otherwise, &readings)?)
    }

    /// Decides a table, a dossier a row: the table with what was decided beside its columns, or what was decided
    /// alone; and what there is to say of its columns.
    #[expect(clippy::too_many_arguments, reason = "Python gives them apart")]
    fn decide_table(
        &self,
        py: Python<'_>,
        dossiers: AnyRecordBatch,
        on: Option<&str>,
        otherwise: &str,
        readings: Vec<(String, String)>,
        grounds: bool,
        threads: usize,
        keep: bool,
    ) -> PyResult<(PyTable, Vec<String>)> {
        let asked = Asked::new(on, otherwise, &readings)?;
        let reader = dossiers.into_reader()?;
        let schema = reader.schema();
        // Nothing of Python is touched from here on, but where batches come from it.
        let decided: Result<_, Failed> = py.detach(|| {
            let many = Many::new(&self.texts, &asked, said(grounds)).map_err(Failed::Refused)?;
            let decided = table::fields(&many);
            let known: Vec<String> = decided.iter().map(|field| field.name().clone()).collect();
            let policy = many.policy().map_err(Failed::Refused)?;
            let (plan, remarks) = Plan::new(policy, &schema, &known).map_err(Failed::Refused)?;
            let kept = if keep { table::kept(&schema, &decided) } else { Vec::new() };
            let fields = kept.iter().map(|rank| Arc::clone(&schema.fields()[*rank])).chain(decided);
            let made = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
            let mut batches = Vec::new();
            for batch in reader {
                let batch = batch?;
                let columns = kept.iter().map(|rank| Arc::clone(batch.column(*rank)));
                let columns = columns.chain(table::decide(&many, &plan, &batch, workers(threads))?).collect();
                batches.push(RecordBatch::try_new(Arc::clone(&made), columns)?);
            }
            Ok((batches, made, remarks))
        });
        match decided {
            Ok((batches, made, remarks)) => Ok((PyTable::try_new(batches, made)?, told(&remarks))),
            Err(Failed::Refused(found)) => Err(refusal::policy(py, &found)),
            Err(Failed::Arrow(error)) => Err(PyValueError::new_err(error.to_string())),
        }
    }

    /// Decides each of several dossiers: what each came to, by column.
    #[expect(clippy::too_many_arguments, reason = "Python gives them apart")]
    fn decide_rows<'py>(
        &self,
        py: Python<'py>,
        dossiers: Vec<Bound<'py, PyAny>>,
        on: Option<&str>,
        otherwise: &str,
        readings: Vec<(String, String)>,
        grounds: bool,
        threads: usize,
    ) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let asked = Asked::new(on, otherwise, &readings)?;
        let written: Vec<Result<String, String>> = dossiers
            .iter()
            .map(|answers| {
                let mut text = String::new();
                let written = answers::write(answers, Layout::Line, &mut text);
                written.map(|()| text).map_err(|error| error.value(py).to_string())
            })
            .collect();
        let decided: Result<_, Vec<Diagnostic>> = py.detach(|| {
            let many = Many::new(&self.texts, &asked, said(grounds))?;
            let rows = parallel::map(workers(threads), &written, |written| match written {
                Ok(json) => many.decide(json),
                Err(why) => many.refused(&[Diagnostic::error("reponse-inattendue", why)]),
            });
            Ok((rows, many.columns.names().to_vec()))
        });
        let (rows, names) = decided.map_err(|found: Vec<Diagnostic>| refusal::policy(py, &found))?;
        rows.into_iter().map(|row| values::of(py, &names, &row)).collect()
    }
}

/// Why a table was not decided.
enum Failed {
    Refused(Vec<Diagnostic>),
    Arrow(ArrowError),
}

impl From<ArrowError> for Failed {
    fn from(error: ArrowError) -> Failed {
        Failed::Arrow(error)
    }
}

fn said(grounds: bool) -> Grounds {
    if grounds { Grounds::Said } else { Grounds::Unsaid }
}

/// How many threads work: as many as there are cores, where nothing is said.
fn workers(threads: usize) -> usize {
    if threads > 0 { threads } else { std::thread::available_parallelism().map_or(1, NonZero::get) }
}

/// What there is to say of the columns of a table, in a line each.
fn told(remarks: &[Diagnostic]) -> Vec<String> {
    let told = |remark: &Diagnostic| match &remark.help {
        Some(help) => format!("{} : {help}", remark.message),
        None => remark.message.clone(),
    };
    remarks.iter().map(told).collect()
}

impl NativePolicy {
    fn decide_text(
        &self,
        py: Python<'_>,
        bytes: Vec<u8>,
        name: FileName,
        asked: &Asked,
    ) -> PyResult<NativeDecision> {
        let decided: Result<_, Refused> = py.detach(|| {
            let file = dossier::file(&bytes, &name).map_err(Refused::Dossier)?;
            let Decided { made, dossier, decision } = decide(&self.texts, &file, asked)?;
            let (texts, edition) = (Arc::clone(&self.texts), made.edition.clone());
            Ok(NativeDecision { texts, edition, dossier, decision })
        });
        decided.map_err(|refused| refusal::dossier(py, &name, &refused))
    }
}

/// Decides a dossier under the version that goes to it.
pub fn decide<'t>(texts: &'t Texts, file: &Arc<SourceFile>, asked: &Asked) -> Result<Decided<'t>, Refused> {
    // The date of examination may choose the version: it is read before the rest, which only a version can read.
    let examined_on = asked.on.or_else(|| dossier::examined_on(file)).unwrap_or(asked.otherwise);
    let read = |policy: &conforme::policy::Policy| dossier::Reader::new(policy).read_file(file);
    let choice = texts.history().choose(&texts.sight, examined_on, &read)?;
    choice.decide(&|policy, dossier| retained(policy, dossier, &asked.readings).map_err(Refused::Texts))
}

fn sight(drafts: bool, known_on: Option<&str>) -> PyResult<Sight> {
    Ok(Sight { known_on: known_on.map(date).transpose()?, draft: drafts })
}

/// A date in ISO 8601.
fn date(written: &str) -> PyResult<Date> {
    Date::parse_iso(written)
        .ok_or_else(|| PyValueError::new_err(format!("attendu une date ; lu « {written} »")))
}
