//! Forms on paper: each question with a place to write its answer.

use super::blocks::Writer;
use super::paragraph::{CHOICE, HELP, NORMAL, PLAIN, TO_FILL, toned};
use crate::render::document::{Asked, Field, Form, Input, Tone};

/// Answers that are together no longer stand on one line, in characters.
const ON_A_LINE: usize = 70;
/// How long the line for a number or a day is.
const SHORT: u32 = 2_268;

impl Writer {
    pub(super) fn form(&mut self, form: &Form) {
        match form {
            Form::Whole { blocks, .. } | Form::Live { blocks, .. } | Form::Place { blocks, .. } => {
                self.blocks(blocks);
            }
            Form::Told { document, .. } => {
                document.sections.iter().for_each(|section| self.section(section));
            }
            Form::Group { hidden: true, .. } => {}
            Form::Group { title, blocks, .. } => {
                self.named(title, "");
                self.under(blocks);
            }
            Form::Field(field) => self.field(field),
            Form::Editor { label, text, .. } => {
                self.named(label, "");
                self.code(text);
            }
            // Nothing can be pressed on paper.
            Form::Button { .. } | Form::File { .. } => {}
        }
    }

    fn field(&mut self, field: &Field) {
        let lang = self.xml.lang;
        if field.asked == Asked::NotNow {
            return;
        }
        let more = match field.asked {
            Asked::Plainly | Asked::NotNow => String::new(),
            Asked::First(rank) => format!("{} · {rank}", lang.pick("décisive", "decisive")),
        };
        self.named(&field.label, &more);
        if !field.help.is_empty() {
            self.said(HELP, &field.help.join(" "));
        }
        match &field.input {
            Input::OneOf(options) => self.boxes(options, &field.value),
            Input::Number(unit) => self.blank(&field.value, SHORT, unit),
            Input::Day(never) => {
                let never = never.filter(|_| field.value.is_empty()).map(|never| format!("☐ {never}"));
                self.blank(&field.value, SHORT, never.as_deref().unwrap_or_default());
            }
            Input::Line => self.blank(&field.value, self.room, ""),
        }
        for line in &field.wrong {
            self.paragraph(NORMAL, |writer| writer.run(toned(Tone::Bad), line));
        }
    }

    /// The answers, each with a box; side by side where they fit.
    fn boxes(&mut self, options: &[(String, String)], answer: &str) {
        let boxed = |(value, said): &(String, String)| {
            let mark = if value == answer { "☒" } else { "☐" };
            format!("{mark} {said}")
        };
        let lines: Vec<String> = options.iter().map(boxed).collect();
        let length: usize = lines.iter().map(|line| line.chars().count() + 4).sum();
        if length <= ON_A_LINE {
            return self.said(NORMAL, &lines.join("     "));
        }
        for (rank, line) in (1..).zip(&lines) {
            self.said(if rank == lines.len() { NORMAL } else { CHOICE }, line);
        }
    }

    /// The answer, or a line for it.
    fn blank(&mut self, answer: &str, long: u32, unit: &str) {
        if !answer.is_empty() {
            return self.said(NORMAL, format!("{answer} {unit}").trim_end());
        }
        let end = (self.indent + long).min(self.room);
        self.ruled(TO_FILL, end, |writer| {
            writer.tab();
            if !unit.is_empty() {
                writer.run(PLAIN, &format!(" {unit}"));
            }
        });
    }
}
