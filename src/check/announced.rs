//! A definition that gives options without saying which there are.

use super::Checker;
use super::names::{Found, Scope};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Item, Name, ValueBody, ValueForm};

impl Checker<'_> {
    /// Whether each line of a definition gives a bare name that stands for nothing, which is then said: they
    /// are the options of a choice that is not announced.
    pub(super) fn lacks_options(&mut self, item: &Item, body: &ValueBody, scope: Scope) -> bool {
        let values: Vec<&Expr> = match &body.form {
            ValueForm::Single(_) | ValueForm::Share(_) => return false,
            ValueForm::Cases(lines) => lines.iter().map(|line| &line.value).collect(),
            ValueForm::Table(table) => table.lines.iter().map(|line| &line.value).collect(),
            ValueForm::Scale(scale) => scale.lines.iter().map(|line| &line.value).collect(),
        };
        let mut options: Vec<&Name> = Vec::new();
        for value in &values {
            let ExprKind::Name(path) = &value.kind else { return false };
            let [name] = path.parts.as_slice() else { return false };
            let found = self.names.resolve(&name.text, scope);
            if !matches!(found, Found::Nothing)
                || self.names.group(&name.text).is_some()
                || self.may_be_lost(&name.text)
                || self.names.nearest(&name.text, scope).is_some()
            {
                return false;
            }
            if options.iter().all(|option| option.text != name.text) {
                options.push(name);
            }
        }
        let [first, _, ..] = options.as_slice() else { return false };
        let Some(name) = &item.name else { return false };
        let shown: Vec<&str> = options.iter().map(|option| &*option.text).collect();
        let announced = format!(" : parmi {}", shown.join(", "));
        let message = format!(
            "cette définition donne {}, qui ne sont pas déclarés",
            super::words::quoted_list(shown.iter().copied(), "et")
        );
        let help = format!(
            "si ce sont des options, les annoncer : « définition {}{announced} », ou avec « < » du plus bas au plus haut",
            name.text
        );
        let end = item.span.end as usize;
        let mut problem = Diagnostic::error("options-non-annoncees", message);
        for value in values.iter().take(super::MOST_PLACES) {
            let text = if value.span == first.span { "option ?" } else { "" };
            problem = problem.at(self.file, value.span, text);
        }
        let edit = (Span::new(end, end), announced);
        self.report(problem.help(&help).remedy(help, self.file, [edit]));
        true
    }
}
