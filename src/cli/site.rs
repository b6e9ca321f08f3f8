//! `conforme site`: the pages as files, the engine in the reader's browser.

use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::pages::{Engine, site};
use conforme::wording::french::several;

use super::args::Site;
use super::{TO_CORRECT, files, output, print, shelf};

/// The files of the engine, as `bindings/wasm/build.sh` makes them.
const ENGINE: [&str; 2] = ["moteur.js", "moteur_bg.wasm"];

/// The most bytes that one of them has.
const ENGINE_BYTES: usize = 64 << 20;

/// Writes the site.
pub fn run(args: &Site) -> u8 {
    match written(args) {
        Ok(()) => 0,
        Err(problems) => {
            output::problems(&problems);
            TO_CORRECT
        }
    }
}

fn written(args: &Site) -> Result<(), Vec<Diagnostic>> {
    let alone = |problem| vec![problem];
    let shelf = shelf::open(&args.policies).map_err(alone)?;
    if !shelf.lost().is_empty() {
        return Err(shelf.lost().to_vec());
    }
    if shelf.ids().is_empty() {
        return Err(vec![files::no_text_in(&args.policies)]);
    }
    let ids = shelf.ids();
    let mistakes: Vec<Diagnostic> = ids
        .iter()
        .filter_map(|id| shelf.history(id).ok())
        .flat_map(|history| history.check(&ids, &|_| Vec::new()))
        .filter(Diagnostic::is_error)
        .collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let engine = engine(&args.engine).map_err(alone)?;
    let kind = if engine.is_some() { Engine::Wasm } else { Engine::Still };
    let pages = site(&shelf, kind)?;
    let count = pages.len();
    for (path, text) in pages {
        files::write(&args.output.join(path), text).map_err(alone)?;
    }
    for (name, bytes) in engine.iter().flatten() {
        files::write(&args.output.join(name), bytes).map_err(alone)?;
    }
    let files = several(count + engine.map_or(0, |files| files.len()), "fichier écrit", "fichiers écrits");
    print::out(&format!("{files} dans {}\n", files::shown(&args.output)));
    if kind == Engine::Still {
        output::problems(&[without(&args.engine)]);
    }
    Ok(())
}

/// The files of the engine, by their names.
type EngineFiles = Vec<(&'static str, Vec<u8>)>;

/// The files of the engine; none where it has not been built.
fn engine(folder: &Path) -> Result<Option<EngineFiles>, Diagnostic> {
    if !ENGINE.iter().any(|name| folder.join(name).exists()) {
        return Ok(None);
    }
    ENGINE
        .iter()
        .map(|name| Ok((*name, files::read(&folder.join(name), ENGINE_BYTES)?)))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn without(folder: &Path) -> Diagnostic {
    let folder = files::shown(folder);
    Diagnostic::warning(
        "moteur-absent",
        format!("le moteur n'est pas dans « {folder} » : le site est écrit sans les formulaires ni les essais"),
    )
    .help("le construire par « bindings/wasm/build.sh », puis recommencer ; « --engine RÉPERTOIRE » dit où il est")
}
