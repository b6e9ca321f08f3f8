//! What a text says of the elements of a list in words: « chaque déplacement de plus de 100 km », « chaque astreinte »
//! where `astreinte` is an option of what is asked of each.

use super::names::Scope;
use super::types::Ty;
use super::{Checker, words};
use crate::diagnostic::Diagnostic;
use crate::policy::{ListId, Type};
use crate::source::Span;
use crate::syntax::tree::Path;
use crate::unit::Unit;
use crate::wording::french;

/// Words before a figure, and the sign that says them.
const BOUNDS: [(&str, &str); 6] = [
    ("au moins ", "≥"),
    ("au plus ", "≤"),
    ("plus de ", ">"),
    ("moins de ", "<"),
    ("plus d'", ">"),
    ("moins d'", "<"),
];

impl Checker<'_> {
    /// « déplacement de plus de 100 km », « astreinte »: the list, and the condition that tells its elements.
    pub(super) fn elements_said(&self, path: &Path) -> Option<Diagnostic> {
        let message = format!("nom inconnu : « {} »", path.text);
        let problem = Diagnostic::error("nom-inconnu", message);
        if let Some(says) = self.bounded_elements(&path.text) {
            let label = "ce qui est dit de chaque élément suit « dont »";
            return Some(problem.at(self.file, path.span, label).instead(self.file, path.span, &[says]));
        }
        let (list, field, option) = self.elements_of_option(&path.text)?;
        let line = self.line_before(path.span)?;
        let one = ["chaque ", "aucun ", "aucune ", "un ", "une "].iter().any(|word| line.ends_with(word));
        let of = self.names.list_path(list);
        let mut says = if one { french::singular(of) } else { of.to_string() };
        let (mut start, mut end) = (path.span.start as usize, path.span.end as usize);
        if let Some(elided) = ["d'", "d’"].into_iter().find(|elided| line.ends_with(elided)) {
            start -= elided.len();
            says = words::of(&says);
        }
        says = format!("{says} dont {field} est {option}");
        if self.line_after(path.span)?.starts_with(" dont ") {
            says.push_str(" et");
            end += " dont".len();
        }
        let label = format!("ici, une option de « {of}.{field} »");
        let place = Span::new(start, end);
        Some(problem.at(self.file, path.span, label).instead(self.file, place, &[says]))
    }

    /// « dont plus de 100 km »: what is counted so, of each element.
    pub(super) fn of_each(&self, path: &Path, scope: Scope) -> Option<Diagnostic> {
        let says = self.bounded_field(scope?, &path.text)?;
        let message = format!("« {} » s'écrit « {says} »", path.text);
        let problem = Diagnostic::error("tournure", message).at(self.file, path.span, "");
        Some(problem.instead(self.file, path.span, &[says]))
    }

    fn bounded_elements(&self, phrase: &str) -> Option<String> {
        phrase.match_indices(' ').find_map(|(at, _)| {
            let (said, rest) = (phrase.get(..at)?, phrase.get(at + 1..)?);
            let list = self.names.list(said, true)?;
            Some(format!("{said} dont {}", self.bounded_field(list, rest)?))
        })
    }

    /// « de plus de 100 km »: the only field of a list that is counted so, and its bound.
    fn bounded_field(&self, list: ListId, said: &str) -> Option<String> {
        let said = ["de ", "d'", "d’", "à "].iter().find_map(|of| said.strip_prefix(of)).unwrap_or(said);
        let (sign, figure) =
            BOUNDS.iter().find_map(|(turn, sign)| Some((*sign, said.strip_prefix(turn)?)))?;
        let (number, unit) = figure.rsplit_once(' ')?;
        let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}');
        (number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(digits)).then_some(())?;
        let of = self.names.list_path(list).clone();
        let is_age = |path: &str| ["âge", "ancienneté"].iter().any(|age| path.contains(age));
        let years = matches!(unit, "an" | "ans" | "années");
        let counted = |path: &&str| {
            let ty = self.names.get(path).and_then(|symbol| self.what_type(symbol.what));
            match ty {
                Some(Ty::Of(Type::Amount)) => unit == self.currency().sign(),
                Some(Ty::Of(Type::Months)) => unit == "mois",
                Some(Ty::Of(Type::Days)) => matches!(unit, "jour" | "jours"),
                Some(Ty::Measured(measure)) => {
                    let is_of = Unit::named(unit).is_some_and(|unit| measure.of == Some(unit));
                    is_of && measure.per.is_none() && !measure.money
                }
                Some(ty) => years && ty.is_plain() && is_age(path),
                // A definition of each element may be read after what names it.
                None => years && is_age(path),
            }
        };
        let mut found = self.names.members(&of).into_iter().filter(counted);
        let field = found.next().filter(|_| found.next().is_none())?;
        let field = field.strip_prefix(&*of)?.strip_prefix('.')?;
        Some(format!("{field} {sign} {}", if years { number } else { figure }))
    }

    /// The only list of whose elements one thing that is asked has this option.
    fn elements_of_option(&self, said: &str) -> Option<(ListId, String, String)> {
        let one = french::singular(said);
        let options = self.names.options_of_elements(|what| match self.what_type(what) {
            Some(Ty::Of(Type::Choice(choice))) => {
                let options = &self.choices[choice.index()].options;
                options.iter().find(|option| ***option == *said || ***option == *one).map(ToString::to_string)
            }
            _ => None,
        });
        <[_; 1]>::try_from(options).ok().map(|[only]| only)
    }
}
