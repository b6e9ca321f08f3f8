//! Two names with nothing between them: the reader of a file sees one long name that stands for nothing.

use super::Checker;
use super::names::{Found, Scope};
use crate::diagnostic::Diagnostic;
use crate::policy::{ChoiceId, ListId};
use crate::source::Span;
use crate::syntax::tree::Path;

/// What is missing.
struct Missing {
    /// « un signe », « une virgule », « « dont » ».
    what: &'static str,
    /// What to write.
    help: String,
}

impl Checker<'_> {
    /// « territoire.continu adhérents »: two known names with no sign between them.
    pub(super) fn is_glued_value(&mut self, path: &Path, scope: Scope) -> bool {
        let readable = |name: &str| !matches!(self.names.resolve(name, scope), Found::Nothing);
        let option =
            |name: &str| self.choices.iter().any(|choice| choice.options.iter().any(|o| **o == *name));
        let words = self
            .names
            .glued(&path.text, readable, readable)
            .or_else(|| self.names.glued(&path.text, readable, option));
        let help = "par exemple « ≥ », « + », « et » ou « est »".to_owned();
        self.report_glued(path, words, Missing { what: "un signe", help })
    }

    /// « est soit libéral mixte »: two options with no comma, or an option and a value with no sign.
    pub(super) fn is_glued_option(&mut self, choice: ChoiceId, path: &Path, scope: Scope) -> bool {
        let option = |name: &str| self.option_rank(choice, name).is_some();
        let readable = |name: &str| !matches!(self.names.resolve(name, scope), Found::Nothing);
        if let Some(words) = self.names.glued(&path.text, option, option) {
            let help = "séparer les options par des virgules".to_owned();
            return self.report_glued(path, Some(words), Missing { what: "une virgule", help });
        }
        let words = self.names.glued(&path.text, option, readable);
        let help = "par exemple « et » ou « ou »".to_owned();
        self.report_glued(path, words, Missing { what: "un mot", help })
    }

    /// « nombre d'adhérents exercice est libéral »: a list, or what is summed of it, and a field.
    pub(super) fn is_glued_list(&mut self, path: &Path, field: bool) -> bool {
        let left = |name: &str| {
            if field { self.names.get(name).is_some() } else { self.names.list(name, true).is_some() }
        };
        let list_of = |name: &str| -> Option<ListId> {
            if field { self.names.list_above(name) } else { self.names.list(name, true) }
        };
        let words = self.names.glued(&path.text, left, |_| true).filter(|words| {
            let spaces = path.text.match_indices(' ').nth(words - 1);
            spaces.and_then(|(at, _)| Some((path.text.get(..at)?, path.text.get(at + 1..)?))).is_some_and(
                |(left, right)| match list_of(left) {
                    Some(list) => !matches!(self.names.resolve(right, Some(list)), Found::Nothing),
                    None => false,
                },
            )
        });
        let help = "la condition sur les éléments suit « dont »".to_owned();
        if let Some(diagnostic) = self.counted_without_where(path, words.filter(|_| !field)) {
            self.report(diagnostic);
            return true;
        }
        self.report_glued(path, words, Missing { what: "« dont »", help })
    }

    /// « nombre d'enfants à charge ≥ 1 »: what is counted ends with the line, or within parentheses.
    fn counted_without_where(&self, path: &Path, words: Option<usize>) -> Option<Diagnostic> {
        let (left, right) = split_at_word(self.file.slice(path.span), path.span, words?)?;
        let line = self.line_before(path.span)?;
        let count =
            ["nombre d'", "nombre d’", "nombre de "].into_iter().find(|count| line.ends_with(count))?;
        let open = line.get(..line.len() - count.len())?.trim_end().ends_with('(');
        let after = self.file.text().get(path.span.end as usize..)?.split('\n').next()?.trim();
        let start = path.span.start as usize - count.len();
        let at = |place: usize, text: &str| (Span::new(place, place), text.to_owned());
        let dont = at(right.start as usize, "dont ");
        let whole = !open && !after.is_empty();
        let edits = match whole {
            true => vec![at(start, "("), dont, at(path.span.end as usize, ")")],
            false => vec![dont],
        };
        let own = self.file.slice(Span::new(start, left.end as usize));
        let counted = format!("{own} dont {}", self.file.slice(right));
        let says = if whole { format!("({counted})") } else { counted };
        let message =
            format!("il manque « dont » entre « {} » et « {} »", self.words(left), self.words(right));
        let help = format!("écrire « {says} »");
        Some(
            Diagnostic::error("signe-manquant", message)
                .at(self.file, right, "écrire avant ce nom ce qui manque")
                .help(&help)
                .remedy(help, self.file, edits),
        )
    }

    fn report_glued(&mut self, path: &Path, words: Option<usize>, missing: Missing) -> bool {
        let parts = words.and_then(|words| split_at_word(self.file.slice(path.span), path.span, words));
        let Some((left, right)) = parts else { return false };
        let message =
            format!("il manque {} entre « {} » et « {} »", missing.what, self.words(left), self.words(right));
        let diagnostic = Diagnostic::error("signe-manquant", message)
            .at(self.file, right, "écrire avant ce nom ce qui manque")
            .help(missing.help);
        self.report(diagnostic);
        true
    }
}

/// The spans of the first words of a place and of the rest.
fn split_at_word(slice: &str, span: Span, words: usize) -> Option<(Span, Span)> {
    let mut seen = 0;
    let mut inside = false;
    let mut first_end = 0;
    for (at, c) in slice.char_indices() {
        let space = c.is_whitespace();
        if !space && !inside {
            seen += 1;
            if seen == words + 1 {
                let start = span.start as usize;
                return Some((Span::new(start, start + first_end), Span::new(start + at, span.end as usize)));
            }
        }
        if !space {
            first_end = at + c.len_utf8();
        }
        inside = !space;
    }
    None
}
