//! Mistakes as whoever filled in the sheet knows its cells: a column by its title, an element by its line.

use super::Header;
use super::header::Target;
use crate::diagnostic::{Diagnostic, Label};

impl Header {
    /// Mistakes of a dossier of this sheet, in its words.
    pub fn told(&self, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let one = |problem: &Diagnostic| {
            let mut problem = problem.clone();
            if let Some(message) = self.in_its_words(&problem) {
                problem.message = message;
            }
            // Which answer it is the message says already.
            for label in &mut problem.labels {
                if self
                    .columns
                    .iter()
                    .filter_map(|own| own.target.as_ref())
                    .any(|own| own.path() == label.text)
                {
                    label.text.clear();
                }
            }
            // Several places in the sheet are told by their lines.
            let mut here: Vec<&mut Label> = problem
                .labels
                .iter_mut()
                .filter(|label| !label.text.is_empty() && is_of_a_row(label))
                .collect();
            if here.len() > 1 {
                let all: Vec<String> = here
                    .iter_mut()
                    .map(|own| format!("{}, {}", std::mem::take(&mut own.text), place(own)))
                    .collect();
                here[0].text = all.join(" ; ");
            }
            problem
        };
        found.iter().map(one).collect()
    }

    /// A message that begins with the path of an answer.
    fn in_its_words(&self, problem: &Diagnostic) -> Option<String> {
        let message = problem.message.as_str();
        self.columns.iter().find_map(|column| match column.target.as_ref()? {
            own @ (Target::Of(_) | Target::List(_)) => {
                let rest = message.strip_prefix(&own.path()).filter(|rest| rest.starts_with(" : "))?;
                (column.name != own.path()).then(|| format!("« {} »{rest}", column.name))
            }
            Target::Field(list, field) => {
                let (rank, rest) =
                    message.strip_prefix(&list.join("."))?.strip_prefix('[')?.split_once("].")?;
                let rest = rest.strip_prefix(&field.join(".")).filter(|rest| rest.starts_with(" : "))?;
                let whose = match problem.labels.first() {
                    Some(label) => place(label),
                    None => format!("élément {rank}"),
                };
                Some(format!("{whose}, « {} »{rest}", column.name))
            }
        })
    }
}

/// Whether a place is one of the sheet, not of the text.
fn is_of_a_row(label: &Label) -> bool {
    label.file.origin(label.span).0.called().line().is_some()
}

/// Where a cell stands: in the sheet of a list, which says so itself, or in that of the dossiers.
fn place(label: &Label) -> String {
    let (file, span) = label.file.origin(label.span);
    let line = format!("ligne {}", file.line_of(span.start));
    match file.name().split_once(", ") {
        Some((_, sheet)) => format!("{sheet}, {line}"),
        None => line,
    }
}
