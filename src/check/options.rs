//! Several options of one choice, as French says them: « statut est lycéen ou étudiant », « n'est ni l'un ni l'autre ».

use super::Checker;
use super::names::{Found, Scope, What};
use super::types::Ty;
use crate::diagnostic::Diagnostic;
use crate::policy::{ChoiceId, Type};
use crate::source::Span;
use crate::syntax::tree::{Aggregate, Expr, ExprKind, Path};

/// No more options are looked for in one list.
const MOST: usize = 32;

impl Checker<'_> {
    /// `X est a ou b`, said at `b`, which stands for nothing alone. Whether it was said, here or at the option before.
    pub(super) fn is_second_option(&mut self, path: &Path, scope: Scope) -> bool {
        let Some(line) = self.line_before(path.span).map(str::to_owned) else { return false };
        let start = path.span.start as usize - line.len();
        // From the last « est » on: options and « ou » only.
        let Some((is, word)) = [" n'est pas ", " est "]
            .into_iter()
            .filter_map(|word| line.rfind(word).map(|at| (at, word)))
            .max_by_key(|(at, word)| at + word.len())
        else {
            return false;
        };
        let from = is + word.len();
        let list = line.get(from..).unwrap_or("");
        let (lead, list) = ["parmi ", "soit "]
            .into_iter()
            .find_map(|lead| list.strip_prefix(lead).map(|rest| (lead, rest)))
            .unwrap_or(("", list));
        let subject = line.get(..is).unwrap_or("");
        let Some(choice) = self.choice_at_the_end(subject, scope) else { return false };
        let mut options: Vec<&str> = list.split(" ou ").flat_map(|part| part.split(", ")).collect();
        let open = options.pop().is_some_and(|last| last.trim().is_empty());
        let named = |option: &&str| self.option_rank(choice, option.trim()).is_some();
        if !open || options.is_empty() || options.len() > MOST || !options.iter().all(named) {
            return false;
        }
        if self.option_rank(choice, &path.text).is_none() {
            return false;
        }
        // Said at the first that stands after « ou ».
        if list.matches(" ou ").count() > 1 {
            return true;
        }
        let mut end = path.span.end as usize;
        let mut all: Vec<String> = options.iter().map(|option| option.trim().to_owned()).collect();
        all.push(path.text.to_string());
        while let Some((option, to)) = self.next_option(choice, end) {
            all.push(option);
            end = to;
            if all.len() > MOST {
                break;
            }
        }
        let first = Span::new(start + from, start + from + lead.len() + list.len());
        let whole = Span::new(first.start as usize, end);
        let written = format!("parmi {}", all.join(", "));
        let place = Span::new(first.start as usize, end);
        let says = format!("{}{written}", word.trim_start());
        let message = format!("« {} » se dit « {says} »", self.words(Span::new(start + is + 1, end)));
        self.report(
            Diagnostic::error("tournure", message)
                .at(self.file, place, "")
                .help(format!("écrire « {says} »"))
                .remedy(format!("écrire « {says} »"), self.file, [(whole, written)]),
        );
        true
    }

    /// « X n'est ni a ni b », read as one name.
    pub(super) fn neither(&self, path: &Path, scope: Scope) -> Option<Diagnostic> {
        let (subject, options) = path.text.split_once(" n'est ni ")?;
        let choice = self.choice_at_the_end(subject, scope)?;
        let options: Vec<&str> = options.split(" ni ").collect();
        if self.file.slice(path.span) != &*path.text
            || options.len() > MOST
            || !options.iter().all(|option| self.option_rank(choice, option).is_some())
        {
            return None;
        }
        let from = path.span.start as usize + subject.len() + 1;
        let place = Span::new(from, path.span.end as usize);
        let says = match options.as_slice() {
            [only] => format!("n'est pas {only}"),
            several => format!("n'est pas parmi {}", several.join(", ")),
        };
        let message = format!("« {} » se dit « {says} »", self.words(place));
        Some(Diagnostic::error("tournure", message).at(self.file, place, "").instead(
            self.file,
            place,
            &[says],
        ))
    }

    /// « X est pas a », « X est non a ».
    pub(super) fn denied_option(&self, choice: ChoiceId, path: &Path) -> Option<Diagnostic> {
        let bare =
            ["un ", "une ", "le ", "la "].into_iter().find_map(|article| path.text.strip_prefix(article));
        if let Some(option) = bare.filter(|option| self.option_rank(choice, option).is_some()) {
            let message = format!("option inconnue : « {} »", path.text);
            let problem = Diagnostic::error("option-inconnue", message).at(self.file, path.span, "");
            return Some(problem.instead(self.file, path.span, &[option]));
        }
        let option = ["pas ", "non "].into_iter().find_map(|no| path.text.strip_prefix(no))?;
        self.option_rank(choice, option)?;
        let line = self.line_before(path.span)?;
        let is = line.strip_suffix("est ")?;
        let from = path.span.start as usize - (line.len() - is.len());
        let place = Span::new(from, path.span.end as usize);
        let says = format!("n'est pas {option}");
        let message = format!("« {} » se dit « {says} »", self.words(place));
        Some(Diagnostic::error("tournure", message).at(self.file, place, "").instead(
            self.file,
            place,
            &[says],
        ))
    }

    /// « statut étudiant »: a fact and one of its options, with nothing between them.
    pub(super) fn option_without_is(&self, path: &Path, scope: Scope) -> Option<Diagnostic> {
        let text = &*path.text;
        let (at, _) = text.match_indices(' ').take(MOST).find(|(at, _)| {
            let (subject, option) = (text.get(..*at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
            self.choice_of(subject, scope).is_some_and(|choice| self.option_rank(choice, option).is_some())
        })?;
        if self.file.slice(path.span) != text {
            return None;
        }
        let from = path.span.start as usize + at + 1;
        let (left, right) = (text.get(..at)?, text.get(at + 1..)?);
        let place = Span::new(from, path.span.end as usize);
        let message = format!("il manque « est » entre « {left} » et « {right} »");
        let says = format!("est {right}");
        Some(Diagnostic::error("signe-manquant", message).at(self.file, place, "").instead(
            self.file,
            place,
            &[says],
        ))
    }

    /// `territoire est rural`, where `territoire.rural` is a fact.
    pub(super) fn group_is(&self, path: &Path, scope: Scope) -> Option<Diagnostic> {
        let after = self.file.text().get(path.span.end as usize..)?;
        let (verb, rest) =
            [" n'est pas ", " est "].into_iter().find_map(|v| Some((v, after.strip_prefix(v)?)))?;
        let line = rest.split('\n').next()?;
        let ends = line.match_indices(' ').map(|(at, _)| at).chain([line.len()]);
        let (name, length) = ends.take(MOST).filter_map(|end| {
            let name = format!("{}.{}", path.text, line.get(..end)?);
            matches!(self.names.resolve(&name, scope), Found::Symbol(symbol) if self.what_type(symbol.what) == Some(Ty::Of(Type::Truth)))
                .then_some((name, end))
        }).last()?;
        let end = path.span.end as usize + verb.len() + length;
        let place = Span::new(path.span.start as usize, end);
        let says = if verb == " est " { name } else { format!("non {name}") };
        let message = format!("« {} » s'écrit « {says} »", self.words(place));
        Some(Diagnostic::error("tournure", message).at(self.file, place, "").instead(
            self.file,
            place,
            &[says],
        ))
    }

    /// The choice of the longest name with which some words end.
    fn choice_at_the_end(&self, words: &str, scope: Scope) -> Option<ChoiceId> {
        let starts = [0].into_iter().chain(words.match_indices([' ', '(']).map(|(at, _)| at + 1));
        starts.filter_map(|at| self.choice_of(words.get(at..)?, scope)).next()
    }

    fn choice_of(&self, name: &str, scope: Scope) -> Option<ChoiceId> {
        let Found::Symbol(symbol) = self.names.resolve(name, scope) else { return None };
        match self.what_type(symbol.what)? {
            Ty::Of(Type::Choice(choice)) => Some(choice),
            _ => None,
        }
    }

    /// ` ou c` after a place, and where it ends.
    fn next_option(&self, choice: ChoiceId, end: usize) -> Option<(String, usize)> {
        let rest = self.file.text().get(end..)?.strip_prefix(" ou ")?;
        let line = rest.split(['\n', ')', ',']).next()?;
        let ends = line.match_indices(' ').map(|(at, _)| at).chain([line.len()]);
        let option = ends
            .take(MOST)
            .filter_map(|at| line.get(..at))
            .filter(|o| self.option_rank(choice, o).is_some())
            .last()?;
        Some((option.to_owned(), end + " ou ".len() + option.len()))
    }

    /// The line of the file before a place.
    pub(super) fn line_before(&self, span: Span) -> Option<&str> {
        let before = self.file.text().get(..span.start as usize)?;
        before.get(before.rfind('\n').map_or(0, |at| at + 1)..)
    }

    /// The rest of the line after a place.
    pub(super) fn line_after(&self, span: Span) -> Option<&str> {
        self.file.text().get(span.end as usize..)?.split('\n').next()
    }

    /// « la somme de a et b », « le plus petit de a et b »: values, and no list; whether it was reported.
    pub(super) fn is_and_of_values(&mut self, of: &[Expr], scope: Scope) -> bool {
        // « un an et demi »: one length of time.
        let half = |expr: &&Expr| matches!(&expr.kind, ExprKind::Name(path) if &*path.text == "demi");
        if let Some(expr) = of.iter().find(half)
            && let ExprKind::Name(path) = &expr.kind
            && matches!(self.names.resolve("demi", scope), Found::Nothing)
        {
            self.report_unknown(path, scope);
            return true;
        }
        let [first, rest @ ..] = of else { return false };
        let (kind, path, name) = match &first.kind {
            ExprKind::Aggregate { kind, path, filter: None, property: None } => (*kind, path, &*path.text),
            ExprKind::Name(path) => {
                let words = [("minimum de ", Aggregate::Least), ("maximum de ", Aggregate::Greatest)];
                let Some((kind, name)) =
                    words.into_iter().find_map(|(word, kind)| Some((kind, path.text.strip_prefix(word)?)))
                else {
                    return false;
                };
                (kind, path, name)
            }
            _ => return false,
        };
        let values = |name: &str| {
            matches!(self.names.resolve(name, scope), Found::Symbol(symbol)
                if self.what_type(symbol.what).is_some_and(Ty::is_numeric))
        };
        let others: Option<Vec<&Path>> = rest
            .iter()
            .map(|expr| match &expr.kind {
                ExprKind::Name(path) if values(&path.text) => Some(path),
                _ => None,
            })
            .collect();
        let Some(others) = others.filter(|_| {
            values(name) && self.names.get(&path.text).is_none_or(|s| !matches!(s.what, What::Field(_)))
        }) else {
            return false;
        };
        let names = || [name].into_iter().chain(others.iter().map(|path| &*path.text));
        let says = match kind {
            Aggregate::Sum => names().collect::<Vec<_>>().join(" + "),
            Aggregate::Greatest => format!("le plus grand de {}", names().collect::<Vec<_>>().join(", ")),
            Aggregate::Least => format!("le plus petit de {}", names().collect::<Vec<_>>().join(", ")),
            Aggregate::Count | Aggregate::All | Aggregate::None | Aggregate::Exists => return false,
        };
        let Some(last) = rest.last() else { return false };
        let place = first.span.to(last.span);
        // The article before it goes with it.
        let line = self.line_before(place).unwrap_or("");
        let article = ["le ", "la ", "La ", "Le "].into_iter().find(|article| line.ends_with(article));
        let whole = Span::new(place.start as usize - article.map_or(0, str::len), place.end as usize);
        let message = format!("« {} » s'écrit « {says} »", self.words(whole));
        self.report(Diagnostic::error("tournure", message).at(self.file, whole, "").instead(
            self.file,
            whole,
            &[says],
        ));
        true
    }
}
