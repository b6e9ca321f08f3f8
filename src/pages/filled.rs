//! A form that is filled in: what its answers come to, and what is to be corrected at which field.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fields::{self, Fields, field_of};
use crate::decision::{Decision, MissingPlace};
use crate::diagnostic::Diagnostic;
use crate::dossier::{self, Dossier};
use crate::eval;
use crate::history::{self, Decided as Chosen, History, Sight};
use crate::policy::Policy;
use crate::source::SourceFile;
use crate::time::Date;

/// A form with the version that applies to what it says.
pub(super) struct Filled<'h> {
    pub(super) policy: &'h Policy,
    pub(super) fields: Fields,
    /// The day of examination.
    pub(super) day: Date,
    /// What can be read of it.
    pub(super) dossier: Dossier,
    /// What was decided, where nothing is to be corrected.
    pub(super) decided: Option<(Dossier, Decision)>,
    /// The fields whose question does not arise.
    pub(super) not_asked: BTreeSet<String>,
    /// The fields whose answer is best given first, in order.
    pub(super) first: Vec<String>,
    /// What is to be corrected at each field.
    pub(super) wrong: BTreeMap<String, Vec<String>>,
    /// What is to be corrected and is of no field.
    pub(super) above: Vec<String>,
}

/// What the answers of a form are to a version of the text.
struct Reading {
    dossier: Dossier,
    not_asked: Vec<MissingPlace>,
    wrong: Vec<Diagnostic>,
}

/// Reads what is typed: what cannot be read is left out, and told; so is what is not asked.
fn read(policy: &Policy, fields: &Fields, day: Date) -> Reading {
    let reader = dossier::Reader::new(policy);
    let mut without: BTreeSet<String> = fields.doubled().map(str::to_owned).collect();
    let mut wrong: Vec<Diagnostic> = Vec::new();
    let empty = |file: &Arc<SourceFile>| Dossier::empty(policy, Arc::clone(file));
    // Mistakes are told so many at a time; past a few times, nothing is read.
    const TIMES: usize = 8;
    let mut times = 0;
    loop {
        let file = fields.dossier(policy, &without);
        let dossier = match reader.read_file(&file) {
            Ok(dossier) => dossier,
            Err(found) => {
                let known = without.len();
                without.extend(
                    found.iter().flat_map(|one| one.labels.iter().filter_map(field_of)).map(str::to_owned),
                );
                wrong.extend(found);
                times += 1;
                if without.len() > known && times < TIMES {
                    continue;
                }
                empty(&file)
            }
        };
        let not_asked = eval::not_asked(policy, &dossier, day);
        let known = without.len();
        for place in &not_asked {
            let path = fields::path(policy, *place);
            if !fields.get(&path).is_empty() {
                without.extend(fields::BESIDE.map(|beside| format!("{path}#{beside}")));
                without.insert(path);
            }
        }
        if without.len() == known {
            let hidden: BTreeSet<String> =
                not_asked.iter().map(|place| fields::path(policy, *place)).collect();
            let is_hidden = |label: &crate::diagnostic::Label| {
                field_of(label).is_none_or(|field| is_within(&hidden, field))
            };
            let of_field = |one: &Diagnostic| one.labels.iter().any(|label| field_of(label).is_some());
            wrong.retain(|one| !of_field(one) || !one.labels.iter().all(is_hidden));
            return Reading { dossier, not_asked, wrong };
        }
    }
}

/// Whether a field is one of these, within a list of these, or beside an answer of these.
fn is_within(paths: &BTreeSet<String>, field: &str) -> bool {
    let ends = field.match_indices(['[', '#']).map(|(at, _)| at).chain([field.len()]);
    ends.filter_map(|end| field.get(..end)).any(|path| paths.contains(path))
}

impl<'h> Filled<'h> {
    /// What the answers of a form come to.
    ///
    /// # Errors
    ///
    /// The texts cannot be read, or the day of examination is not known.
    pub(super) fn of(
        history: &'h History,
        fields: Fields,
        today: Option<Date>,
    ) -> Result<Filled<'h>, Vec<Diagnostic>> {
        let said = dossier::written_date(fields.get("examiné le"));
        let day = said.or(today).ok_or_else(|| {
            vec![Diagnostic::error(
                "date-d-examen-absente",
                "le dossier ne dit pas à quelle date il est examiné",
            )]
        })?;
        let lenient = |policy: &Policy| Ok(read(policy, &fields, day).dossier);
        let (mut above, mut found) = (Vec::new(), Vec::new());
        let (policy, decided) = match history.choose(&Sight::default(), day, &lenient) {
            Ok(choice) => {
                let first = choice.candidates.first().map(|candidate| candidate.made.policy());
                let policy = first.ok_or_else(Vec::new)??;
                let readings = |policy: &Policy, dossier: &Dossier| {
                    history::retained(policy, dossier, &[]).map_err(history::Refused::Texts)
                };
                match choice.decide(&readings) {
                    Ok(Chosen { made, dossier, decision }) => (made.policy()?, Some((dossier, decision))),
                    Err(history::Refused::Dossier(problems)) => {
                        found = problems;
                        (policy, None)
                    }
                    Err(history::Refused::Texts(problems)) => {
                        above = problems;
                        (policy, None)
                    }
                }
            }
            Err(history::Refused::Texts(problems) | history::Refused::Dossier(problems)) => {
                let policy = any_version(history).ok_or_else(|| problems.clone())?;
                above = problems;
                (policy, None)
            }
        };
        let Reading { dossier, not_asked, wrong } = read(policy, &fields, day);
        found.extend(wrong);
        let not_asked = not_asked.into_iter().map(|place| fields::path(policy, place)).collect();
        let first = decided.as_ref().map_or_else(Vec::new, |(_, decision)| {
            let decisive = decision.missing.iter().filter(|missing| missing.decisive);
            decisive.map(|missing| fields::path(policy, missing.place)).collect()
        });
        let mut filled = Filled {
            policy,
            day,
            dossier,
            decided,
            not_asked,
            first,
            wrong: BTreeMap::new(),
            above: above.iter().map(in_words).collect(),
            fields,
        };
        filled.tell(&found);
        if !filled.wrong.is_empty() || !filled.above.is_empty() {
            filled.decided = None;
        }
        Ok(filled)
    }

    /// Puts mistakes to the fields that they are about.
    fn tell(&mut self, found: &[Diagnostic]) {
        let counts = |path: &&str| !is_within(&self.not_asked, path);
        let doubled: Vec<String> = self.fields.doubled().filter(counts).map(str::to_owned).collect();
        for path in doubled {
            let both = "Deux réponses à la fois : n'en garder qu'une.".to_owned();
            self.wrong.entry(path).or_default().push(both);
        }
        for problem in found {
            let said = in_words(problem);
            let mut fields: BTreeSet<&str> = problem.labels.iter().filter_map(field_of).collect();
            // What is said of one field, with the place of another, is told at that one alone.
            let is_named = |field: &str| problem.message.starts_with(&format!("{field} : "));
            if let Some(named) = fields.iter().copied().find(|field| is_named(field)) {
                fields = BTreeSet::from([named]);
            }
            if fields.is_empty() {
                self.above.push(said);
                continue;
            }
            for field in fields {
                let prefix = format!("{field} : ");
                let own = problem.message.strip_prefix(&prefix).map(|rest| {
                    let label = problem.labels.first().map_or("", |label| label.text.as_str());
                    sentence(&[label, rest, problem.help.as_deref().unwrap_or("")])
                });
                let told = self.wrong.entry(field.to_owned()).or_default();
                let own = own.unwrap_or_else(|| said.clone());
                if !told.contains(&own) {
                    told.push(own);
                }
            }
        }
    }
}

/// A mistake for who knows no file, nor any command.
pub(super) fn in_words(problem: &Diagnostic) -> String {
    let help = problem.help.as_deref().unwrap_or("");
    let help = if help.contains("« --on »") { "vérifier la date d'examen" } else { help };
    sentence(&[&problem.message, help])
}

/// Parts as sentences, each from a capital letter to its full stop.
fn sentence(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut letters = part.chars();
        out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        out.push_str(letters.as_str());
        if !part.ends_with(['.', '?', '!']) {
            out.push('.');
        }
    }
    out
}

/// The latest version of a text, whatever the day.
pub(super) fn any_version(history: &History) -> Option<&Policy> {
    let eras = history.eras(&Sight::default());
    eras.iter().rev().filter(|era| era.bases.len() == 1).find_map(|era| {
        let edition = history.plain(era);
        history.consolidated(&edition).policy().ok()
    })
}
