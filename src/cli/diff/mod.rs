//! `conforme diff`: what a change of a text does, and to whom.

use std::num::NonZero;
use std::path::{Path, PathBuf};

use conforme::diagnostic::Diagnostic;
use conforme::diff::{self, Given, Origin, Side, Tried};
use conforme::limits;
use conforme::parallel;
use conforme::probe::{Options, Sketch};
use conforme::render;
use conforme::render::diagnostics::Look;
use conforme::render::text::TextOptions;
use conforme::time::Date;

use crate::cli::args::{DecisionFormat, Diff};
use crate::cli::files::{self, Folder};
use crate::cli::{TO_CORRECT, clock, output, print};

mod asked;

use asked::Asked;

/// Tells what changes from one text to the other.
pub fn run(args: &Diff) -> u8 {
    match compare(args) {
        Ok(differs) => u8::from(differs),
        Err(problems) => {
            output::problems(&problems);
            TO_CORRECT
        }
    }
}

/// Whether anything differs.
fn compare(args: &Diff) -> Result<bool, Vec<Diagnostic>> {
    let on = match &args.on {
        Some(on) => Some(clock::parse(on).ok_or_else(|| vec![clock::badly_written(on)])?),
        None => None,
    };
    output::shown_here(args.answer.format())?;
    let (old, new) = match asked::texts(args) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err([old.err(), new.err()].into_iter().flatten().flatten().collect()),
    };
    match (old.side(), new.side()) {
        (Ok(before), Ok(after)) => tell(args, on, (&old, &before), (&new, &after)),
        (before, after) => Err([before.err(), after.err()].into_iter().flatten().flatten().collect()),
    }
}

fn tell(
    args: &Diff,
    on: Option<Date>,
    (old, before): (&Asked, &Side<'_>),
    (new, after): (&Asked, &Side<'_>),
) -> Result<bool, Vec<Diagnostic>> {
    let from = after.policy().and_then(|policy| policy.from);
    let Some(otherwise) = on.or(from).or_else(clock::today) else { return Err(vec![clock::unknown()]) };
    let given = Given::new(before, after, on, otherwise);
    let mut tried: Vec<Tried> = Vec::new();
    let mut unread = Vec::new();
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut add = |folder: Option<&Folder>, paths: Vec<PathBuf>, origin: Origin| {
        let read = parallel::map(workers, &paths, |path| {
            let bytes = match folder {
                Some(folder) => folder.read(path, limits::DOSSIER_BYTES)?,
                None => files::read(path, limits::DOSSIER_BYTES)?,
            };
            let name = match origin {
                Origin::Case => {
                    path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned())
                }
                Origin::Folder | Origin::Made => files::name(path),
            };
            Ok(given.read(&bytes, &name, origin).ok_or(name))
        });
        for one in read {
            match one.map_err(|problem| vec![problem])? {
                Ok(one) => tried.push(one),
                Err(name) => unread.push(name.into()),
            }
        }
        Ok::<(), Vec<Diagnostic>>(())
    };
    let below = |root: &Path, folder: &Path| {
        let root = Folder::open(root)?;
        let paths = root.files_below(folder, &files::DOSSIERS)?;
        Ok((root, paths))
    };
    let failed = |problem: Diagnostic| vec![problem];
    let cases = [&old.cases, &new.cases].into_iter().find(|folder| folder.is_dir());
    if let Some(folder) = cases {
        let (root, paths) = below(folder.parent().unwrap_or(folder), folder).map_err(failed)?;
        add(Some(&root), paths, Origin::Case)?;
    }
    for path in &args.dossiers {
        if path.is_dir() {
            let (root, paths) = below(path, path).map_err(failed)?;
            add(Some(&root), paths, Origin::Folder)?;
        } else {
            add(None, vec![path.clone()], Origin::Folder)?;
        }
    }
    // Dossiers that are made up for want of a case are examined on the day on which cases are.
    let day = tried.first().map_or(otherwise, |first| first.sketch.examined_on);
    let changes = diff::parts(before, after);
    let mut effects = diff::effects(before, after, &tried, &Options { workers, ..Options::new(day) });
    effects.covered.unread = unread;
    let told = render::diff::Told {
        before_name: &old.name,
        after_name: &new.name,
        before,
        after,
        changes: &changes,
        effects: &effects,
    };
    if let Some(folder) = &args.witnesses {
        let id = after.policy().map_or("", |policy| &policy.id);
        let folder = Folder::make(folder).map_err(failed)?;
        for (rank, witness) in effects.witnesses.iter().enumerate() {
            let name = format!("exemple-{:02}", rank + 1);
            let write = |name: &str, sketch: &Sketch| {
                let path = folder.path().join(format!("{name}.yaml"));
                folder.write(&path, &sketch.yaml(id, name)).map_err(failed)
            };
            match witness.dossiers() {
                (both, None) => write(&name, &both)?,
                (old, Some(new)) => {
                    write(&format!("{name}-avant"), &old)?;
                    write(&format!("{name}-apres"), &new)?;
                }
            }
        }
    }
    let lang = args.answer.lang.into();
    let text = match args.answer.format() {
        DecisionFormat::Text => {
            let Look { width, colour, .. } = print::stdout_look();
            let options = TextOptions { width, colour, lang, ..TextOptions::default() };
            render::diff::text(&told, &options)
        }
        DecisionFormat::Json => format!("{}\n", render::diff::json(&told, lang)),
        DecisionFormat::Yaml => render::yaml::from_json(&render::diff::json(&told, lang)),
        DecisionFormat::Markdown => render::diff::markdown(&told, lang),
        DecisionFormat::Html => render::diff::html(&told, lang),
        #[cfg(feature = "docx")]
        DecisionFormat::Docx => {
            print::bytes(&render::diff::docx(&told, lang));
            String::new()
        }
    };
    print::out(&text);
    Ok(!changes.is_empty() || !effects.witnesses.is_empty())
}
