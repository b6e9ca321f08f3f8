//! Names that stand for nothing because they are a turn of phrase: « neuf mois », « pas rural »,
//! « revenu supérieur à plafond ».

use super::Checker;
use super::names::{Found, Scope};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::Path;
use crate::syntax::turns;

/// No turn of phrase between two names is looked for in a longer one.
const MOST_WORDS: usize = 16;

impl Checker<'_> {
    /// What is said of a name that is a turn of phrase.
    pub(super) fn turned(&self, path: &Path, scope: Scope) -> Option<Diagnostic> {
        let text = &*path.text;
        if text == "inconnu" || text == "inconnue" {
            let message = format!("rien ne se compare à « {text} »");
            let help = "l'enlever : une réponse qui manque laisse d'elle-même la décision à établir";
            return Some(
                Diagnostic::error("compare-a-inconnu", message).at(self.file, path.span, "").help(help),
            );
        }
        if let Some(figure) = turns::quantity(text) {
            let message = format!("un nombre s'écrit en chiffres ; lu « {text} »");
            let problem = Diagnostic::error("nombre-en-lettres", message).at(self.file, path.span, "");
            return Some(problem.instead(self.file, path.span, &[figure]));
        }
        let readable = |name: &str| !matches!(self.names.resolve(name, scope), Found::Nothing);
        if let Some(denied) = text.strip_prefix("pas ").filter(|name| readable(name)) {
            let message = "« pas » s'écrit « non »".to_owned();
            let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
            return Some(problem.instead(self.file, path.span, &[format!("non {denied}")]));
        }
        if let Some(problem) = self.must_be(path, readable) {
            return Some(problem);
        }
        self.compared_in_words(path, readable).or_else(|| self.first_half(path, readable))
    }

    /// « revenu doit être ≥ 2 ».
    fn must_be(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let verb = [" doit être", " doivent être"].into_iter().find(|verb| path.text.ends_with(verb))?;
        let end = path.span.end as usize;
        let sign = self.file.text().get(end..)?.trim_start().chars().next()?;
        if !matches!(sign, '≥' | '≤' | '>' | '<' | '=' | '≠') || !readable(path.text.strip_suffix(verb)?)
        {
            return None;
        }
        let span = Span::new(end.checked_sub(verb.len())?, end);
        let words = Span::new(span.start as usize + 1, end);
        let message = format!("devant un signe, «{verb} » est en trop");
        let problem = Diagnostic::error("tournure", message).at(self.file, words, "").help("l'enlever");
        (self.file.slice(span) == verb)
            .then(|| problem.remedy("l'enlever", self.file, [(span, String::new())]))
    }

    /// « revenu supérieur à plafond », « heures au moins 5 », « est d'au plus 5 ».
    fn compared_in_words(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let text = &*path.text;
        let start = path.span.start as usize;
        let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        if ends.len() > MOST_WORDS || self.file.slice(path.span) != text {
            return None;
        }
        let value = |name: &str| readable(name) || name.bytes().all(|b| b.is_ascii_digit() || b == b' ');
        let before = self.file.text().get(..start)?;
        let verb = ["n'est pas ", "est "].into_iter().find(|verb| before.ends_with(verb)).unwrap_or("");
        // What is compared stands in the name, or before the verb.
        let lefts = if verb.is_empty() { ends.clone() } else { vec![0] };
        let (span, says) = lefts.iter().find_map(|left| {
            let from = if verb.is_empty() { left + 1 } else { 0 };
            if verb.is_empty() && !readable(text.get(..*left)?) {
                return None;
            }
            ends.iter().rev().find_map(|right| {
                let says = turns::between(&format!("{verb}{}", text.get(from..*right)?))?;
                let span = Span::new(start + from - verb.len(), start + right);
                value(text.get(right + 1..)?).then_some((span, says))
            })
        })?;
        Some(self.said_with(span, says))
    }

    /// « heures supérieures ou égales à 5 »: `ou` cuts it in two names, of which this is the first.
    fn first_half(&self, path: &Path, readable: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let (left, adjective) = path.text.rsplit_once(' ')?;
        let rest = self.file.text().get(path.span.end as usize..)?.strip_prefix(" ou ")?;
        let (equal, rest) = rest.split_once(' ')?;
        let says = rest.starts_with("à ").then(|| turns::between(&format!("{adjective} ou {equal} à")))??;
        let left = ["est", "sont"].iter().find_map(|verb| left.strip_suffix(verb)).unwrap_or(left).trim_end();
        let start = path.span.start as usize + self.file.slice(path.span).find(left)? + left.len() + 1;
        let end = path.span.end as usize + " ou ".len() + equal.len() + " à".len();
        readable(left).then(|| self.said_with(Span::new(start, end), says))
    }

    /// Whether a name is the second half of what was told of the first: « égales à 5 ».
    pub(super) fn is_second_half(&self, path: &Path) -> bool {
        let before = self.file.text().get(..path.span.start as usize).unwrap_or("");
        let words = before.strip_suffix(" ou ").and_then(|before| before.rsplit(' ').next());
        let equal = path.text.split_once(" à ").map(|(equal, _)| equal);
        words
            .zip(equal)
            .is_some_and(|(adjective, equal)| turns::between(&format!("{adjective} ou {equal} à")).is_some())
    }

    fn said_with(&self, span: Span, says: &str) -> Diagnostic {
        let message = format!("« {} » s'écrit « {says} »", self.file.slice(span));
        Diagnostic::error("signe-en-mots", message).at(self.file, span, "").instead(self.file, span, &[says])
    }
}
