//! What changes from day to day in the texts of a policy, drafts included: their list, and what each does to the cases.

use std::num::NonZero;

use super::whole::{Engine, menu};
use crate::diagnostic::Diagnostic;
use crate::diff::{self, Given, Origin, Side};
use crate::history::{Era, History, Sight};
use crate::probe::Options;
use crate::render::document::{Block, Cell, Document, Section, Target};
use crate::render::html::{Site, site_page};
use crate::render::{Lang, diff as told};
use crate::shelf::Shelf;
use crate::time::Date;
use crate::wording::{French, Wording as _};

/// Drafts are what is most worth comparing.
const SIGHT: Sight = Sight { draft: true, known_on: None };

/// The first day of each change that the texts bring or announce.
pub(super) fn days(history: &History) -> Vec<Date> {
    let eras = history.eras(&SIGHT);
    let follows = |pair: &[Era]| {
        let [before, after] = pair else { return None };
        let day = after.days.from?;
        (before.days.to.and_then(|last| last.plus_days(1)) == Some(day)).then_some(day)
    };
    eras.windows(2).filter_map(follows).collect()
}

impl Shelf {
    /// The days on which something changes.
    ///
    /// # Errors
    ///
    /// There is no policy of that identifier.
    pub fn changes_page(&self, id: &str, engine: Engine) -> Result<String, Vec<Diagnostic>> {
        let history = self.history(id)?;
        let lines = days(history).into_iter().map(|day| {
            let words = format!("le {}", French::default().date(day));
            vec![Cell::link(words, Target::Page(engine.address(&day.to_string()), None))]
        });
        let lines: Vec<Vec<Cell>> = lines.collect();
        let blocks = match lines.is_empty() {
            true => vec![Block::Para("Un seul texte, sans avenant ni projet : rien ne change.".to_owned())],
            false => vec![
                Block::Para("Ce qui change, projets compris, et pour qui :".to_owned()),
                Block::List(lines),
            ],
        };
        let text = self.text_of(id)?;
        let document = Document {
            head: Vec::new(),
            title: text.title().to_string(),
            subtitle: vec!["Les changements".to_owned()],
            verdict: None,
            sections: vec![Section { title: String::new(), blocks }],
            hint: None,
        };
        self.page(id, &document, engine)
    }

    /// What changes on a day, in the rules and for the cases.
    ///
    /// # Errors
    ///
    /// There is no such policy, nothing changes on that day, or a text is to be corrected first.
    pub fn change_page(&self, id: &str, day: &str, engine: Engine) -> Result<String, Vec<Diagnostic>> {
        let history = self.history(id)?;
        let known = days(history).into_iter().find(|known| known.to_string() == day);
        let (Some(day), Some(eve)) = (known, known.and_then(|day| day.plus_days(-1))) else {
            let unknown = format!("aucun changement de ce texte ne date du « {day} »");
            return Err(vec![Diagnostic::error("changement-inconnu", unknown)]);
        };
        let (before, after) = (Side::on(history, eve, &SIGHT)?, Side::on(history, day, &SIGHT)?);
        let given = Given::new(&before, &after, None, day);
        let cases = self.cases(history.id());
        let (mut tried, mut unread) = (Vec::new(), Vec::new());
        for case in cases {
            match given.read(case.file.text().as_bytes(), &case.name, Origin::Case) {
                Some(one) => tried.push(one),
                None => unread.push(case.name.clone().into()),
            }
        }
        let changes = diff::parts(&before, &after);
        let first = tried.first().map_or(day, |first| first.sketch.examined_on);
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
        let mut effects = diff::effects(&before, &after, &tried, &Options { workers, ..Options::new(first) });
        effects.covered.unread = unread;
        let name = |day: Date| format!("{} le {}", history.id(), French::default().date(day));
        let (before_name, after_name) = (&name(eve), &name(day));
        let (before, after) = (&before, &after);
        let told =
            told::Told { before_name, after_name, before, after, changes: &changes, effects: &effects };
        self.page(id, &told::document(&told, Lang::Fr), engine)
    }

    fn page(&self, id: &str, document: &Document, engine: Engine) -> Result<String, Vec<Diagnostic>> {
        let menu = menu(self.text_of(id)?, engine, "../");
        Ok(site_page(
            document,
            Lang::Fr,
            &Site { root: "../../", menu: &menu, data: &[], ahead: &[], wide: false },
        ))
    }
}
