//! The pages as files, for a server that only hands files out: the engine runs in the reader's browser.

use super::changes;
use super::whole::{Engine, SCRIPT};
use crate::diagnostic::Diagnostic;
use crate::history::{History, Sight};
use crate::render::html::STYLE;
use crate::shelf::Shelf;
use crate::time::Date;

/// What loads the engine, for the script of the pages, and the thread in which it works.
const LOADER: &str = include_str!("engine.js");
const WORKER: &str = include_str!("worker.js");

/// All files of the site but the engine itself, by their paths: the same bytes for the same texts and cases. Without an
/// engine, the pages that need one are left out.
///
/// # Errors
///
/// A text is to be corrected first.
pub fn site(shelf: &Shelf, engine: Engine) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let live = engine == Engine::Wasm;
    let mut files = vec![
        ("index.html".to_owned(), shelf.index_page(engine, false)),
        ("style.css".to_owned(), STYLE.to_owned()),
    ];
    if live {
        files.push(("page.js".to_owned(), SCRIPT.to_owned()));
        files.push(("engine.js".to_owned(), LOADER.to_owned()));
        files.push(("worker.js".to_owned(), WORKER.to_owned()));
    }
    for id in shelf.ids() {
        let mut put = |path: &str, text: String| files.push((format!("{id}/{path}"), text));
        put("index.html", shelf.policy_page(id, engine, None)?);
        if shelf.text_of(id)?.is_common() {
            continue;
        }
        if live {
            let day = first_day(shelf.history(id)?);
            put("formulaire.html", shelf.form_page(id, engine, Vec::new(), "", day)?);
            put("essai.html", shelf.trial_page(id, engine)?);
            put("textes.json", shelf.bundle(id)?);
        }
        put("changements/index.html", shelf.changes_page(id, engine)?);
        for day in changes::days(shelf.history(id)?) {
            let day = day.to_string();
            put(&format!("changements/{day}.html"), shelf.change_page(id, &day, engine)?);
        }
        put("cas/index.html", shelf.cases_page(id, engine)?);
        for case in shelf.cases(id) {
            put(&format!("cas/{}.html", case.name), shelf.case_page(id, &case.name, engine)?);
        }
    }
    Ok(files)
}

/// The day for which a form is first written, until the script asks for today: the first of the latest version, so that
/// the same texts give the same files.
fn first_day(history: &History) -> Option<Date> {
    history.eras(&Sight::default()).iter().rev().find_map(|era| era.days.from)
}
