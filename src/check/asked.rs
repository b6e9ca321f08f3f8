//! Names that a question says: « date de naissance » for `né le`, whose question asks for the date of birth.

use super::Checker;
use super::names::Scope;
use crate::syntax::tree::Path;
use crate::text;

/// Fewest letters of words that are looked for in questions.
const LETTERS: usize = 5;
/// Most words.
const WORDS: usize = 6;

impl Checker<'_> {
    /// The one fact that may be read here whose question holds the words of an unknown name.
    pub(super) fn asked_as(&self, path: &Path, scope: Scope) -> Option<String> {
        let wanted = bare(&path.text);
        if wanted.len() > WORDS || wanted.iter().map(String::len).sum::<usize>() < LETTERS {
            return None;
        }
        let says = |question: &Option<std::sync::Arc<str>>| {
            let words = question.as_ref().map(|question| bare(question)).unwrap_or_default();
            words.windows(wanted.len().max(1)).any(|run| run == wanted)
        };
        let facts =
            self.facts.iter().filter(|fact| says(&fact.ask.question)).map(|fact| fact.path.to_string());
        let fields = self.fields.iter().filter(|field| says(&field.ask.question)).map(|field| {
            if scope == Some(field.list) {
                field.name.to_string()
            } else {
                format!("{}.{}", self.names.list_path(field.list), field.name)
            }
        });
        let mut found = facts.chain(fields);
        let (Some(name), None) = (found.next(), found.next()) else { return None };
        Some(name)
    }
}

impl Checker<'_> {
    /// The one name that may be read here and begins with the word of an unknown one: « engagement de maintien » for
    /// `engagement d'ouverture`, where nothing else reads it.
    pub(super) fn of_same_head(&self, path: &Path, scope: Scope) -> Option<String> {
        let head = bare(&path.text).into_iter().next().filter(|head| head.len() >= LETTERS)?;
        if !path.text.contains(' ') {
            return None;
        }
        let begins = |name: &str| bare(name).first() == Some(&head);
        let facts = (self.facts.iter().enumerate())
            .filter(|(rank, fact)| {
                let unread = !self.used.facts.iter().any(|id| id.index() == *rank);
                unread && fact.parts.last().is_some_and(|last| begins(last))
            })
            .map(|(_, fact)| fact.path.to_string());
        let fields = (self.fields.iter().enumerate())
            .filter(|(rank, field)| {
                let unread = !self.used.fields.iter().any(|id| id.index() == *rank);
                unread && scope == Some(field.list) && begins(&field.name)
            })
            .map(|(_, field)| field.name.to_string());
        let mut found = facts.chain(fields);
        let (Some(name), None) = (found.next(), found.next()) else { return None };
        Some(name)
    }
}

/// The words that name something, without articles and what joins them.
fn bare(said: &str) -> Vec<String> {
    const SMALL: [&str; 14] =
        ["le", "la", "les", "l", "de", "du", "des", "d", "à", "au", "aux", "un", "une", "en"];
    let said = text::fold(said);
    let words = said.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    words.filter(|word| !SMALL.contains(word)).map(str::to_owned).collect()
}
