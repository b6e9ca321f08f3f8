//! Many dossiers of one policy: what is worked out of a version once serves for all that it goes to.
//!
//! A dossier that costs nothing but itself: what is to be corrected in it stands in its row.

use std::sync::{Arc, PoisonError, RwLock};

use conforme::briefing::{self, Briefing};
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::history::{Consolidated, Ready, Refused, retained};
use conforme::policy::Policy;
use conforme::render::table::Columns;
use conforme::source::{FileName, SourceFile};
use conforme::table::{Cell, Style};
use conforme::time::Date;

use crate::policy::{Asked, decide};
use crate::table;
use crate::texts::Texts;

/// How much is said of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grounds {
    /// Why, in a sentence.
    Said,
    /// Not why, which is quicker.
    Unsaid,
}

/// What is worked out of a policy for many dossiers.
pub struct Many<'t> {
    texts: &'t Texts,
    asked: &'t Asked,
    grounds: Grounds,
    /// What is decided.
    pub columns: Columns,
    /// The versions that were met.
    ready: RwLock<Vec<Arc<Version<'t>>>>,
}

/// A version that goes to all dossiers of some days.
struct Version<'t> {
    ready: Ready<'t>,
    briefing: Briefing<'t>,
    asked: briefing::Asked,
    /// Words are asked of a dossier.
    empty: Dossier,
}

/// What a dossier came to.
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// What is to be corrected, as data.
    pub wrong: Option<String>,
}

/// What the dossier of a row is called: the same wherever the row stands.
const NAME: &str = "dossier";

impl<'t> Many<'t> {
    /// Makes a policy ready.
    ///
    /// # Errors
    ///
    /// No version is in force, or a reading is asked for that the policy does not have.
    pub fn new(texts: &'t Texts, asked: &'t Asked, grounds: Grounds) -> Result<Many<'t>, Vec<Diagnostic>> {
        let day = asked.on.unwrap_or(asked.otherwise);
        let policy = usual(texts, day)?.policy()?;
        retained(policy, &empty(policy), &asked.readings)?;
        let columns = Columns::new(policy, Style::Plain);
        let many = Many { texts, asked, grounds, columns, ready: RwLock::default() };
        many.make_ready(day);
        Ok(many)
    }

    /// The version of the day of examination.
    pub fn policy(&self) -> Result<&'t Policy, Vec<Diagnostic>> {
        usual(self.texts, self.asked.on.unwrap_or(self.asked.otherwise))?.policy()
    }

    /// Decides a dossier in JSON.
    pub fn decide(&self, json: &str) -> Row {
        self.row(self.quickly(&[json]).pop().flatten(), json)
    }

    /// Decides dossiers in JSON, in their order.
    pub fn decide_all(&self, dossiers: &[String]) -> Vec<Row> {
        self.quickly(dossiers).into_iter().zip(dossiers).map(|(cells, json)| self.row(cells, json)).collect()
    }

    fn row(&self, cells: Option<Vec<Cell>>, json: &str) -> Row {
        match cells.map_or_else(|| self.generally(json), Ok) {
            Ok(cells) => Row { cells: self.fitted(cells), wrong: None },
            Err(Refused::Dossier(found) | Refused::Texts(found)) => self.refused(&found),
        }
    }

    /// The cells of a decision; what has no place in the type of its column is told with the grounds.
    fn fitted(&self, mut cells: Vec<Cell>) -> Vec<Cell> {
        let mut grounds = String::new();
        for ((cell, name), holds) in cells.iter_mut().zip(self.columns.names()).zip(self.columns.holds()) {
            if *cell != Cell::empty() && !table::fits(cell, holds) {
                grounds.push_str(&format!(" ; {name} : {}", cell.text(Style::Plain)));
                *cell = Cell::empty();
            }
        }
        if let Some(cell) = cells.get_mut(GROUNDS).filter(|_| !grounds.is_empty()) {
            let grounds = format!("{}{grounds}", cell.text(Style::Plain));
            *cell = Cell::Text(grounds.strip_prefix(" ; ").unwrap_or(&grounds).to_owned());
        }
        cells
    }

    /// What stands in the row of a dossier that cannot be decided.
    pub fn refused(&self, found: &[Diagnostic]) -> Row {
        let one = |found: &Diagnostic| serde_json::json!({ "code": found.code, "message": found.message, "help": found.help });
        let wrong = serde_json::Value::from_iter(found.iter().map(one)).to_string();
        Row { cells: self.columns.refused(found), wrong: Some(wrong) }
    }

    /// Complete dossiers of which no grounds are asked, many at a time.
    fn quickly(&self, dossiers: &[impl AsRef<[u8]>]) -> Vec<Option<Vec<Cell>>> {
        let mut told: Vec<Option<Vec<Cell>>> = vec![None; dossiers.len()];
        if self.grounds == Grounds::Said {
            return told;
        }
        let versions = self.ready.read().unwrap_or_else(PoisonError::into_inner).clone();
        for version in versions {
            let left: Vec<usize> = (0..told.len()).filter(|rank| told[*rank].is_none()).collect();
            let texts: Vec<_> = left.iter().map(|rank| &dossiers[*rank]).collect();
            for (rank, found) in left.into_iter().zip(version.briefing.many(&texts, &version.asked)) {
                let found = found.filter(|(_, examined_on)| version.ready.is_for(*examined_on));
                told[rank] = found.map(|(brief, examined_on)| {
                    self.columns.briefed(version.ready.policy(), &version.empty, &brief, examined_on)
                });
            }
        }
        told
    }

    fn generally(&self, json: &str) -> Result<Vec<Cell>, Refused> {
        let file = dossier::file(json.as_bytes(), FileName::new(NAME)).map_err(Refused::Dossier)?;
        let day = self.asked.on.or_else(|| dossier::examined_on(&file)).unwrap_or(self.asked.otherwise);
        if let Some((version, dossier)) = self.read(&file, day) {
            let policy = version.ready.policy();
            let readings = retained(policy, &dossier, &self.asked.readings).map_err(Refused::Texts)?;
            let decision = version.ready.decide(&dossier, day, readings)?;
            return Ok(self.cells(policy, &dossier, &decision));
        }
        let decided = decide(self.texts, &file, self.asked)?;
        let policy = decided.made.policy().map_err(Refused::Texts)?;
        self.make_ready(day);
        Ok(self.cells(policy, &decided.dossier, &decided.decision))
    }

    fn cells(
        &self,
        policy: &Policy,
        dossier: &Dossier,
        decision: &conforme::decision::Decision,
    ) -> Vec<Cell> {
        let mut cells = self.columns.decided(policy, dossier, decision);
        if let Some(grounds) = cells.get_mut(GROUNDS).filter(|_| self.grounds == Grounds::Unsaid) {
            *grounds = Cell::empty();
        }
        cells
    }

    /// A dossier as a version that is ready reads it.
    fn read(&self, file: &Arc<SourceFile>, day: Date) -> Option<(Arc<Version<'t>>, Dossier)> {
        let version = {
            let all = self.ready.read().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.iter().find(|version| version.ready.is_for(day))?)
        };
        let dossier = version.ready.read(file).ok()?;
        Some((version, dossier))
    }

    /// Makes the version of a day ready, where dossiers have no say in which goes to them.
    fn make_ready(&self, day: Date) {
        let mut all = self.ready.write().unwrap_or_else(PoisonError::into_inner);
        if all.iter().any(|version| version.ready.is_for(day)) {
            return;
        }
        let Some(ready) = self.texts.history().ready(&self.texts.sight, day) else { return };
        let (policy, Asked { on, otherwise, readings }) = (ready.policy(), self.asked);
        let empty = empty(policy);
        // A version may have no such reading: its dossiers are told so.
        let Ok(readings) = retained(policy, &empty, readings) else { return };
        let asked = briefing::Asked { examined_on: *on, otherwise: *otherwise, readings };
        let briefing = Briefing::new(policy);
        all.push(Arc::new(Version { ready, briefing, asked, empty }));
    }
}

/// The rank of the column of the grounds.
const GROUNDS: usize = 1;

fn empty(policy: &Policy) -> Dossier {
    Dossier::empty(policy, SourceFile::new(NAME, ""))
}

/// The version of a day, all amendments applied but those that go only to some dossiers; the last one, where none is
/// in force that day: dossiers may be of other days.
fn usual(texts: &Texts, day: Date) -> Result<&Consolidated, Vec<Diagnostic>> {
    let history = texts.history();
    history.at(day, &texts.sight).or_else(|problems| match history.eras(&texts.sight).last() {
        Some(era) if era.bases.len() == 1 => Ok(history.consolidated(&history.plain(era))),
        Some(_) | None => Err(problems),
    })
}
