//! What is wrong with a text that is written in a page: where it stands, and what mends it, a press away.

use serde_json::{Value, json};

use super::answers;
use super::form::capital;
use crate::diagnostic::Diagnostic;
use crate::editor::Lines;
use crate::render::document::{Block, Form};
use crate::source::{SourceFile, Span};

/// Mistakes with their buttons.
pub(super) struct Mended {
    pub(super) messages: Vec<Block>,
    /// By the number of a button: the changes that a press on it makes, `[start, end, text]` as the script counts letters;
    /// without a text, the place that it leads to.
    pub(super) places: Vec<Value>,
}

/// Mistakes as a page shows them; those of the text of this path with what leads to them and what mends them.
pub(super) fn told(problems: &[Diagnostic], path: &str) -> Mended {
    let mut mended = Mended { messages: Vec::new(), places: Vec::new() };
    for problem in problems {
        let buttons = mended.buttons(problem, path);
        mended.messages.push(answers::told_with(problem, buttons));
    }
    mended
}

impl Mended {
    fn buttons(&mut self, problem: &Diagnostic, path: &str) -> Vec<Block> {
        let Some(place) = problem.labels.first().filter(|label| label.file.name() == path) else {
            return Vec::new();
        };
        let line = place.file.line_of(place.span.start);
        let [start, end] = units(&place.file, place.span);
        let mut buttons =
            vec![self.button("aller", format!("Aller à la ligne {line}"), json!([[start, end]]))];
        for remedy in &problem.remedies {
            let own = remedy.edits.iter().filter(|edit| edit.file.name() == path);
            let edits: Vec<Value> = own
                .map(|edit| {
                    let [start, end] = units(&edit.file, edit.span);
                    json!([start, end, edit.text])
                })
                .collect();
            // What changes other texts as well is not to be done here.
            if edits.len() == remedy.edits.len() {
                buttons.push(self.button("corriger", capital(&remedy.label), edits.into()));
            }
        }
        buttons
    }

    fn button(&mut self, act: &'static str, label: String, place: Value) -> Block {
        self.places.push(place);
        Block::Form(Form::Button { act, on: (self.places.len() - 1).to_string(), label })
    }
}

/// Where a place starts and ends, as a script counts letters.
fn units(file: &SourceFile, span: Span) -> [usize; 2] {
    let lines = Lines::of(file.text());
    [span.start, span.end].map(|offset| lines.units(offset))
}
