//! What is said where no version is in force, or too many are.

use super::{Era, History, Sight, Text, say};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::called;
use crate::time::Date;

/// Where the day on which no version is in force comes from: what to correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted<'w> {
    /// The day of examination.
    Examination,
    /// A date of the dossier, in the words of the text that chooses its version by it.
    Dossier(&'w str),
    /// A day that follows the name of a text.
    Named,
    /// The same, or an option of the command that shows a text.
    Shown,
}

impl Wanted<'_> {
    /// What to do, with a day on which a version is in force.
    fn help(self, near: Option<Date>) -> String {
        let day = |near: Date| match self {
            Wanted::Shown => format!(", par exemple « --on {near} », ou « @{near} » après son nom"),
            _ => format!(", par exemple « @{near} » après son nom"),
        };
        match self {
            Wanted::Examination => {
                "vérifier la date d'examen : « --on » dans la commande, « examiné le » dans le dossier"
                    .to_owned()
            }
            Wanted::Dossier(words) => {
                format!("vérifier dans le dossier « {words} » : cette date choisit la version")
            }
            Wanted::Named | Wanted::Shown => {
                format!("demander un jour où le texte est en vigueur{}", near.map_or_else(String::new, day))
            }
        }
    }
}

impl History {
    /// The base texts that are seen.
    fn bases(&self, sight: &Sight) -> impl Iterator<Item = &Text> {
        let seen = (0..self.texts.len()).filter(|rank| self.is_seen(*rank, sight));
        let texts: Vec<&Text> = seen.map(|rank| &self.texts[rank]).collect();
        texts.into_iter().filter(|text| !text.is_amendment())
    }

    /// No version is in force on a day: the nearest ones, never one of them in its place.
    pub(super) fn none_in_force(&self, day: Date, sight: &Sight, wanted: Wanted<'_>) -> Diagnostic {
        let id = self.id();
        let mut message = format!("aucune version de « {id} » n'est en vigueur le {}", say::date(day));
        if self.bases(sight).next().is_none() {
            return self.none_seen(message, sight);
        }
        let before = self
            .bases(sight)
            .filter_map(|text| Some((text.until()?, text)))
            .filter(|(until, _)| *until < day)
            .max_by_key(|(until, _)| *until);
        let after = self
            .bases(sight)
            .filter_map(|text| Some((text.from()?, text)))
            .filter(|(from, _)| *from > day)
            .min_by_key(|(from, _)| *from);
        if let Some((until, _)) = before {
            message += &format!(" ; la précédente l'était jusqu'au {}", say::date(until));
        }
        if let Some((from, _)) = after {
            let which = if before.is_some() { "suivante" } else { "première" };
            message += &format!(" ; la {which} l'est depuis le {}", say::date(from));
        }
        let check = wanted.help(after.map(|(from, _)| from).or(before.map(|(until, _)| until)));
        let note = match (before, after) {
            (None, Some((_, text))) => text.notes().next(),
            _ => None,
        };
        let help = match note {
            Some(note) => format!("le texte dit : « {note} » ; sinon, {check}"),
            None => check,
        };
        let mut diagnostic = Diagnostic::error("version-absente", message).help(help);
        for (_, text) in before.into_iter().chain(after) {
            diagnostic = diagnostic.at(&text.file, text.period_span(), "en vigueur");
        }
        diagnostic
    }

    /// Nothing of what there is is seen.
    fn none_seen(&self, message: String, sight: &Sight) -> Diagnostic {
        let bases = || self.texts.iter().filter(|text| !text.is_amendment());
        let mut diagnostic = Diagnostic::error("version-absente", message);
        if let Some(day) = sight.known_on
            && let Some(text) = bases().find(|text| text.known_from().is_some_and(|from| from > day))
        {
            let help = format!("aucun texte n'en était publié le {} (« --known-on »)", say::date(day));
            return diagnostic.at(&text.file, text.period_span(), "publié plus tard").help(help);
        }
        for text in bases() {
            diagnostic = diagnostic.at(
                &text.file,
                text.header.draft.unwrap_or(text.header.span),
                "n'est qu'un projet",
            );
        }
        match self.texts.first() {
            Some(text) if text.is_amendment() => diagnostic
                .at(&text.file, text.header.id.span, "cet avenant n'a pas de texte à amender")
                .help("donner le texte de base avec ses avenants"),
            _ => diagnostic.help("« --draft » essaie les projets"),
        }
    }

    /// Several base texts are in force at once.
    pub fn overlap(&self, era: &Era, when: &str) -> Diagnostic {
        let mut texts = era.bases.iter().map(|rank| &self.texts[*rank]);
        let message = format!("deux textes de « {} » sont en vigueur {when}", self.id());
        let mut diagnostic = Diagnostic::error("versions-superposees", message);
        for said in ["celui-ci", "et celui-là"] {
            if let Some(text) = texts.next() {
                diagnostic = diagnostic.at(&text.file, text.period_span(), said);
            }
        }
        diagnostic
            .help("écrire dans l'un « jusqu'au », dans l'autre « en vigueur depuis le », sans jour commun")
    }

    /// `--with` names an amendment that is not in force.
    pub(super) fn no_such_amendment(&self, wanted: u32, day: Date, era: &Era) -> Diagnostic {
        let message =
            format!("l'avenant n° {wanted} de « {} » n'est pas en vigueur le {}", self.id(), say::date(day));
        let there: Vec<String> = era
            .amendments
            .iter()
            .filter_map(|rank| self.texts[*rank].number())
            .map(|number| number.to_string())
            .collect();
        let mut diagnostic = Diagnostic::error("avenant-absent", message);
        if let Some(text) = self.texts.iter().find(|text| text.number() == Some(wanted)) {
            diagnostic = diagnostic.at(&text.file, text.period_span(), "sa période");
        }
        match there.as_slice() {
            [] => diagnostic.help("aucun avenant ne l'est ce jour-là"),
            numbers => diagnostic.help(format!("le sont ce jour-là : {}", numbers.join(", "))),
        }
    }

    /// So many amendments go only to some dossiers that their combinations are not gone through.
    pub(super) fn too_many(&self, era: &Era, scoped: &[usize]) -> Diagnostic {
        let message = format!(
            "{} avenants de « {} » ne vont qu'à certains dossiers {} : ils se combinent de plus de {} façons",
            scoped.len(),
            self.id(),
            say::days(era.days),
            limits::EDITIONS
        );
        let mut diagnostic = Diagnostic::error("trop-de-versions", message);
        for rank in scoped.iter().take(2) {
            let text = &self.texts[*rank];
            let place = text.header.scopes.first().map_or(text.header.span, |scope| scope.span);
            diagnostic = diagnostic.at(&text.file, place, called(text.number()));
        }
        diagnostic.help("réunir des avenants, ou en abréger les périodes")
    }
}
