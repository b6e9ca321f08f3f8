//! The two texts that are compared: files, identifiers, identifiers at a date, or a policy and an
//! amendment to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use conforme::diagnostic::Diagnostic;
use conforme::diff::Side;
use conforme::history::{History, Sight, Text};
use conforme::source::SourceFile;
use conforme::time::Date;
use conforme::wording::{French, Wording as _};

use crate::cli::args::Diff;
use crate::cli::catalogue::{self, Wanted};
use crate::cli::clock;
use crate::cli::files;

/// One side of the comparison.
pub struct Asked {
    /// How people call it.
    pub name: String,
    /// Where its cases stand.
    pub cases: PathBuf,
    /// All its texts.
    pub history: Arc<History>,
    sight: Sight,
    /// The day of the text; any, where there is only one.
    day: Option<Date>,
}

type Found = Result<Asked, Vec<Diagnostic>>;

/// Both sides. An amendment on the right stands for the text on the left, amended by it on the day on
/// which it takes effect; on the left then stands that text as it is without it, on that day.
pub fn texts(args: &Diff) -> (Found, Found) {
    match amendment(&args.after) {
        Ok(Some(file)) => {
            let pair = amended(args, &file);
            match pair {
                Ok((old, new)) => (Ok(old), Ok(new)),
                Err(problems) => (Err(problems), Err(Vec::new())),
            }
        }
        Ok(None) => (plain(args, &args.before), plain(args, &args.after)),
        Err(problems) => (plain(args, &args.before), Err(problems)),
    }
}

/// The file of an amendment, where one is asked for without a date.
fn amendment(wanted: &str) -> Result<Option<Arc<SourceFile>>, Vec<Diagnostic>> {
    let path = Path::new(wanted);
    if path.extension().is_none_or(|e| e != "pol") {
        return Ok(None);
    }
    let file = catalogue::read(&files::Found::given(path))?;
    let text = Text::new(Arc::clone(&file))?;
    Ok(text.is_amendment().then_some(file))
}

fn plain(args: &Diff, wanted: &str) -> Found {
    let root = &args.place.policies;
    let found = Wanted::find(wanted, root)?;
    let history = only(copies(found.history()?)?, &found.id)?;
    // A draft counts where it is asked for: by `--draft`, or by the name of its file.
    let file = Path::new(wanted).extension().is_some_and(|e| e == "pol");
    let sight = Sight { draft: args.draft || file, known_on: None };
    Ok(Asked {
        name: name(wanted, found.on),
        cases: cases(wanted, root, &history),
        history,
        sight,
        day: found.on,
    })
}

fn amended(args: &Diff, file: &Arc<SourceFile>) -> Result<(Asked, Asked), Vec<Diagnostic>> {
    let root = &args.place.policies;
    let found = Wanted::find(&args.before, root)?;
    let amendment = Text::new(Arc::clone(file))?;
    let (id, own) = (amendment.id().to_owned(), found.history()?.id().to_owned());
    if id != own {
        let message = format!("attendu un avenant à « {own} » ; « {} » modifie « {id} »", file.path());
        return Err(vec![
            Diagnostic::error("avenant-d-un-autre-texte", message)
                .help("donner à gauche le dispositif que l'avenant modifie"),
        ]);
    }
    let day = found.on.or(amendment.from());
    let sight = Sight { draft: args.draft || amendment.is_draft(), known_on: None };
    // Beside an amendment that is a draft, others that are drafts do not count.
    let mut without = copies(found.history()?)?;
    without.retain(|text| text.file.name() != file.name() && (args.draft || !text.is_draft()));
    let without = only(without, &own)?;
    let mut texts = copies(&without)?;
    texts.push(amendment);
    let with = only(texts, &own)?;
    let cases = cases(&args.before, root, &without);
    let before =
        Asked { name: name(&args.before, found.on), cases: cases.clone(), history: without, sight, day };
    Ok((before, Asked { name: name(&args.before, found.on), cases, history: with, sight, day }))
}

/// The texts of a history, and of those that it leans on, to make another of.
fn copies(history: &History) -> Result<Vec<Text>, Vec<Diagnostic>> {
    history.with_leaned().into_iter().map(|text| Text::new(Arc::clone(&text.file))).collect()
}

/// The history of this identifier.
fn only(texts: Vec<Text>, id: &str) -> Result<Arc<History>, Vec<Diagnostic>> {
    let id = conforme::text::tidy(id);
    History::all(texts)
        .into_iter()
        .find(|history| history.id() == id)
        .ok_or_else(|| vec![Diagnostic::error("aucun-texte", "il ne reste aucun texte à comparer")])
}

/// What a side is called: its file, or its identifier and day.
fn name(wanted: &str, on: Option<Date>) -> String {
    let path = Path::new(wanted);
    match (wanted.rsplit_once('@'), on) {
        (Some((id, _)), Some(day)) => format!("{id} le {}", French::default().date(day)),
        _ if path.extension().is_some_and(|e| e == "pol") => files::Found::given(path).name.name().to_owned(),
        _ => wanted.to_owned(),
    }
}

/// Where the cases of a text stand: beside it.
fn cases(wanted: &str, root: &Path, history: &History) -> PathBuf {
    let (wanted, _) = wanted.rsplit_once('@').unwrap_or((wanted, ""));
    let path = Path::new(wanted);
    if path.extension().is_some_and(|e| e == "pol") {
        return path.with_file_name("cases");
    }
    let first = history.texts().first().map(|text| text.file.name()).unwrap_or_default();
    root.join(first).with_file_name("cases")
}

impl Asked {
    /// The text on its day.
    pub fn side(&self) -> Result<Side<'_>, Vec<Diagnostic>> {
        Side::on(&self.history, self.day()?, &self.sight)
    }

    /// The day of the text: where none is said and there is only one text, any of its days.
    fn day(&self) -> Result<Date, Vec<Diagnostic>> {
        let eras = self.history.eras(&self.sight);
        let day = match (self.day, eras.as_slice()) {
            (Some(day), _) => Some(day),
            (None, [only]) => only.days.from.or(only.days.to).or_else(clock::today),
            (None, _) => clock::today(),
        };
        day.ok_or_else(|| vec![clock::unknown()])
    }
}
