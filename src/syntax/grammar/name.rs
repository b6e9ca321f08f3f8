//! Names where they are declared: one that no expression could read back is refused, with a better one.
//! What a name may not be for other reasons (a word of the dossier, a name taken) is the checker's.

use pest::Parser as _;

use super::{Grammar, Rule, Source};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::Name;
use crate::syntax::vocabulary;

impl<'a> Source<'_, 'a> {
    /// Reports a declared name that an expression could not read back.
    pub(super) fn check_name(&self, name: &Name) {
        let text = &*name.text;
        if !vocabulary::is_suspect(text) || Grammar::parse(Rule::usable, text).is_ok() {
            return;
        }
        if let Ok(mut start) = Grammar::parse(Rule::starter, text) {
            let words = start.next().map_or("", |pair| pair.as_str());
            let rest = text.get(words.len()..).unwrap_or("").trim();
            let rest = ["le ", "la ", "les ", "l'"].iter().find_map(|a| rest.strip_prefix(a)).unwrap_or(rest);
            let help = match rest.chars().next() {
                Some(first) if first.is_alphabetic() => format!("par exemple « {rest} »"),
                _ => "choisir un autre nom".to_string(),
            };
            self.refuse(
                name,
                format!("un nom ne commence pas par « {words} », qui annonce un calcul"),
                &help,
            );
            return;
        }
        let Some((start, end)) = reserved_in(text) else {
            self.refuse(
                name,
                "une grandeur avec son unité ne fait pas partie d'un nom".to_string(),
                "l'écrire autrement, ou en toutes lettres",
            );
            return;
        };
        let word = text.get(start..end).unwrap_or("");
        let joined = hyphenated(text, start, end);
        self.refuse(name, format!("un nom ne contient pas « {word} »"), &format!("par exemple « {joined} »"));
    }

    /// `parmi plaine, défavorisée ou montagne`: two options, and a comma between them.
    pub(super) fn joined_options(&self, name: &Name) -> bool {
        let written = self.reader.file().slice(name.span);
        let Some((at, word)) = [" ou ", " et "].iter().find_map(|word| Some((written.find(word)?, *word)))
        else {
            return false;
        };
        let start = name.span.start as usize + at;
        let span = Span::new(start, start + word.len());
        let message =
            format!("les options d'un choix se séparent par des virgules, pas par « {} »", word.trim());
        let file = self.reader.file();
        let problem = Diagnostic::error("virgule-manquante", message).at(file, name.span, "");
        self.reader.report(problem.help("écrire une virgule").instead(file, span, &[", "]));
        true
    }

    fn refuse(&self, name: &Name, message: String, help: &str) {
        self.reader.report_at("nom-reserve", message, name.span, "", help);
    }
}

/// The first reserved word of a name, in bytes of it.
fn reserved_in(text: &str) -> Option<(usize, usize)> {
    let starts = std::iter::once(0).chain(text.match_indices(' ').map(|(i, _)| i + 1));
    starts.into_iter().find_map(|start| {
        let mut pairs = Grammar::parse(Rule::reserved, text.get(start..)?).ok()?;
        Some((start, start + pairs.next()?.as_str().len()))
    })
}

/// The name with its reserved words tied to their neighbours, which makes them part of a word.
fn hyphenated(text: &str, start: usize, end: usize) -> String {
    let (before, word, after) =
        (text.get(..start).unwrap_or(""), text.get(start..end).unwrap_or(""), text.get(end..).unwrap_or(""));
    let mut out = before.trim_end().to_string();
    if !out.is_empty() {
        out.push('-');
    }
    out.push_str(&word.replace([' ', '\''], "-"));
    if !after.trim().is_empty() {
        out.push('-');
        out.push_str(after.trim_start());
    }
    out
}
