//! A name with a verb or a denial within it or before: « logement non meublé », « le logement n'est pas meublé », for
//! `logement meublé`, answered by yes or no; « le demandeur est boursier », for `boursier`.

use std::sync::Arc;

use super::alike::{content, root};
use super::{Trial, keeps};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;

/// So many words are read as one name, with what stands within it.
const MOST_WORDS: usize = 9;
/// Who a condition may be of, whom its name leaves unsaid: « le demandeur est boursier ».
const SUBJECTS: [&str; 14] = [
    "demandeur",
    "demandeuse",
    "bénéficiaire",
    "candidat",
    "candidate",
    "intéressé",
    "intéressée",
    "personne",
    "usager",
    "allocataire",
    "étudiant",
    "étudiante",
    "il",
    "elle",
];
/// What stands within a name or before it, and whether it denies.
const WITHIN: [(&[&str], bool); 11] = [
    (&["ne", "pas", "être"], true),
    (&["être"], false),
    (&["n'est", "pas"], true),
    (&["ne", "sont", "pas"], true),
    (&["n'est", "pas", "un"], true),
    (&["est", "non"], true),
    (&["sont", "non"], true),
    (&["non"], true),
    (&["pas"], true),
    (&["est"], false),
    (&["sont"], false),
];

/// Some words of a line, and what they say.
struct Said {
    place: Span,
    name: String,
    denied: bool,
}

impl Trial<'_> {
    /// The text in which a name stands whole, with « non » before it where its words deny it.
    pub(super) fn around_verb(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let place = diagnostic.labels.first()?.span;
        let text = self.file.text();
        let line = text.get(self.start..self.end)?;
        if line.contains(['«', '\n', '#']) {
            return None;
        }
        for Said { place, name, denied } in self.with_verb(line, place) {
            let says = if denied { format!("non {name}") } else { name };
            let mut whole = text.to_owned();
            whole.replace_range(place.range(), &says);
            let new = self.lines(&whole).and_then(|(start, end)| whole.get(start..end)).unwrap_or("");
            if !keeps::law(line, new) || !self.mends(&whole) {
                continue;
            }
            let written = self.file.slice(place).split_whitespace().collect::<Vec<_>>().join(" ");
            diagnostic.code = "tournure";
            diagnostic.message = format!("« {written} » s'écrit « {says} »");
            diagnostic.labels.truncate(1);
            if let Some(label) = diagnostic.labels.first_mut() {
                (label.span, label.text) = (place, String::new());
            }
            let label = format!("écrire « {says} »");
            diagnostic.help = Some(label.clone());
            let edits = vec![Edit { file: Arc::clone(self.file), span: place, text: says }];
            diagnostic.remedies = vec![Remedy { label, edits }];
            return Some(whole);
        }
        None
    }

    /// The words beside a place that are a name with something within it, the most first.
    fn with_verb(&self, line: &str, place: Span) -> Vec<Said> {
        let words: Vec<(usize, &str)> = line
            .split([' ', '(', ')', ','])
            .filter(|word| !word.is_empty())
            .map(|word| ((word.as_ptr() as usize) - (line.as_ptr() as usize), word))
            .collect();
        let end_of = |rank: usize| words.get(rank).map_or(0, |(at, word)| at + word.len());
        let mut all = Vec::new();
        for count in (2..=MOST_WORDS.min(words.len())).rev() {
            for first in 0..=words.len() - count {
                let (from, to) = (words.get(first).map_or(0, |(at, _)| *at), end_of(first + count - 1));
                let span = Span::new(self.start + from, self.start + to);
                let apart = span.end < place.start || place.end < span.start;
                let run = words.get(first..first + count).unwrap_or_default();
                let run: Vec<String> = run.iter().map(|(_, word)| word.replace('’', "'")).collect();
                if apart || line.get(from..to).is_none_or(|said| said.contains(['(', ')', ','])) {
                    continue;
                }
                all.extend(self.named_around(&run).map(|(name, denied)| Said { place: span, name, denied }));
            }
        }
        all
    }

    /// The name that some words say, the ones within it left out, and whether they deny it.
    fn named_around(&self, run: &[String]) -> Option<(String, bool)> {
        WITHIN.iter().find_map(|(within, denied)| {
            let at = run.windows(within.len()).position(|own| own.iter().eq(within.iter()))?;
            let after = run.get(at + within.len()..)?;
            let before = run.get(..at)?;
            let article = run.first().is_some_and(|first| content(first).is_empty());
            // « le demandeur est », « être »: the name comes after.
            let subject = match before {
                [one] => SUBJECTS.contains(&one.as_str()),
                [_, one] => article && SUBJECTS.contains(&one.as_str()),
                [] => within.contains(&"être"),
                _ => false,
            };
            // An article stays before a name; « non » takes its place.
            let inside = !before.is_empty() && !(article && (before.len() < 2 || !denied));
            if after.is_empty() || !subject && !inside {
                return None;
            }
            let said = if subject {
                content(&after.join(" "))
            } else {
                content(&[before, after].concat().join(" "))
            };
            let same = |name: &str| {
                let own = content(name);
                own.len() == said.len() && own.iter().zip(&said).all(|(a, b)| root(a) == root(b))
            };
            let mut found = self.declared.truths.iter().filter(|name| same(name));
            let name = found.next()?;
            found.next().is_none().then(|| (name.clone(), *denied))
        })
    }
}
