//! Forms: fields that a keyboard reaches in order, each with its question and what is wrong with its answer.

use super::PIECE_LEVEL;
use super::blocks::Writer;
use crate::render::document::{Asked, Field, Form, Input};

impl Writer {
    pub(super) fn form(&mut self, form: &Form) {
        match form {
            Form::Whole { id, blocks } => {
                self.markup.open(
                    "form",
                    &[("id", id), ("method", "post"), ("autocomplete", "off"), ("novalidate", "")],
                );
                self.markup.line_end();
                self.blocks(blocks);
                self.markup.close("form");
            }
            Form::Group { id, title, hidden, blocks } => {
                let mut attributes = vec![("id", id.as_str()), ("class", "group")];
                if *hidden {
                    attributes.push(("hidden", ""));
                }
                self.markup.open("fieldset", &attributes);
                self.markup.said("legend", &[], title);
                self.markup.line_end();
                self.blocks(blocks);
                self.markup.close("fieldset");
            }
            Form::Field(field) => self.field(field),
            Form::Button { act, on, label } => {
                let value = format!("{act} {on}");
                let value = value.trim_end();
                self.markup.said("button", &[("name", "faire"), ("value", value)], label);
                self.markup.line_end();
            }
            Form::File { act, label, accept } => {
                let id = self.anchored(label);
                self.markup.open("p", &[]);
                self.markup.said("label", &[("for", &id)], label);
                self.markup.space();
                self.markup
                    .open("input", &[("type", "file"), ("id", &id), ("data-faire", act), ("accept", accept)]);
                self.markup.close("p");
            }
            Form::Editor { id, label, text } => {
                self.markup.open("p", &[("class", "editor")]);
                self.markup.said("label", &[("for", id)], label);
                self.markup.open(
                    "textarea",
                    &[
                        ("id", id),
                        ("name", id),
                        ("spellcheck", "false"),
                        ("rows", "24"),
                        ("autocapitalize", "off"),
                    ],
                );
                // The line end after the tag is none of the text.
                self.markup.own("\n");
                self.markup.lines(text);
                self.markup.close("textarea");
                self.markup.close("p");
            }
            Form::Place { id, blocks } => {
                self.markup.open("div", &[("id", id)]);
                self.markup.line_end();
                self.blocks(blocks);
                self.markup.close("div");
            }
            Form::Told { id, prefix, document } => {
                // It moves within its frame, by keyboard too.
                let label = self.markup.lang.pick("Décision", "Decision");
                self.markup
                    .open("div", &[("id", id), ("tabindex", "0"), ("role", "region"), ("aria-label", label)]);
                self.markup.line_end();
                let (level, before) = (self.level, self.prefix);
                (self.level, self.prefix) = (PIECE_LEVEL, prefix);
                self.content(document);
                (self.level, self.prefix) = (level, before);
                self.markup.close("div");
            }
            Form::Live { id, blocks } => {
                self.markup.open("div", &[("id", id), ("aria-live", "polite")]);
                self.markup.line_end();
                self.blocks(blocks);
                self.markup.close("div");
            }
        }
    }

    fn field(&mut self, field: &Field) {
        let (wrong, help) = (format!("{}-erreur", field.id), format!("{}-aide", field.id));
        let mut class = "field".to_owned();
        if matches!(field.asked, Asked::First(_)) {
            class.push_str(" first");
        }
        let mut attributes = vec![("class", class.as_str()), ("data-champ", field.path.as_str())];
        if field.asked == Asked::NotNow {
            attributes.push(("hidden", ""));
        }
        let told: Vec<&str> = [(&help, !field.help.is_empty()), (&wrong, !field.wrong.is_empty())]
            .iter()
            .filter_map(|(id, is_there)| is_there.then_some(id.as_str()))
            .collect();
        let told = told.join(" ");
        let grouped = matches!(&field.input, Input::OneOf(options) if options.len() <= RADIOS);
        self.markup.open(if grouped { "fieldset" } else { "div" }, &attributes);
        self.markup.line_end();
        match grouped {
            true => self.markup.said("legend", &[], &field.label),
            false => self.markup.said("label", &[("for", &field.id)], &field.label),
        }
        self.markup.line_end();
        if let Asked::First(rank) = field.asked {
            let said = self.markup.lang.pick("décisive", "decisive");
            self.markup.said("span", &[("class", "rank")], &format!("{said} · {rank}"));
            self.markup.line_end();
        }
        if !field.help.is_empty() {
            self.markup.said("p", &[("class", "help"), ("id", &help)], &field.help.join(" "));
        }
        let mut own = vec![("id", field.id.as_str()), ("name", field.path.as_str())];
        if !told.is_empty() {
            own.push(("aria-describedby", &told));
        }
        if !field.wrong.is_empty() {
            own.push(("aria-invalid", "true"));
        }
        match &field.input {
            Input::OneOf(options) if grouped => self.radios(field, options),
            Input::OneOf(options) => {
                self.markup.open("select", &own);
                for (value, said) in options {
                    let mut attributes = vec![("value", value.as_str())];
                    if *value == field.value {
                        attributes.push(("selected", ""));
                    }
                    self.markup.said("option", &attributes, said);
                }
                self.markup.close("select");
            }
            Input::Number(unit) => {
                own.extend([("type", "text"), ("inputmode", "decimal"), ("value", &field.value)]);
                self.markup.open("input", &own);
                if !unit.is_empty() {
                    self.markup.space();
                    self.markup.said("span", &[("class", "unit")], unit);
                }
            }
            Input::Day(instead) => {
                let ticked = instead.is_some_and(|instead| instead == field.value);
                let day = if ticked { "" } else { &field.value };
                own.extend([("type", "date"), ("value", day)]);
                self.markup.open("input", &own);
                if let Some(instead) = instead {
                    self.tick(field, instead, ticked);
                }
            }
            Input::Line => {
                own.extend([("type", "text"), ("value", &field.value)]);
                self.markup.open("input", &own);
            }
        }
        if !field.wrong.is_empty() {
            self.markup.open("div", &[("class", "wrong"), ("id", &wrong)]);
            field.wrong.iter().for_each(|line| self.markup.said("p", &[], line));
            self.markup.close("div");
        }
        self.markup.close(if grouped { "fieldset" } else { "div" });
    }

    /// A box to tick in the place of an answer.
    fn tick(&mut self, field: &Field, instead: &str, ticked: bool) {
        let id = format!("{}-sans", field.id);
        let mut attributes = vec![("type", "checkbox"), ("id", id.as_str()), ("name", field.path.as_str())];
        attributes.push(("value", instead));
        if ticked {
            attributes.push(("checked", ""));
        }
        self.markup.open("span", &[("class", "radio")]);
        self.markup.open("input", &attributes);
        self.markup.space();
        self.markup.said("label", &[("for", &id)], instead);
        self.markup.close("span");
    }

    fn radios(&mut self, field: &Field, options: &[(String, String)]) {
        for (rank, (value, said)) in options.iter().enumerate() {
            let id = if rank == 0 { field.id.clone() } else { format!("{}-{rank}", field.id) };
            let mut attributes = vec![
                ("type", "radio"),
                ("id", id.as_str()),
                ("name", field.path.as_str()),
                ("value", value.as_str()),
            ];
            if *value == field.value {
                attributes.push(("checked", ""));
            }
            self.markup.open("span", &[("class", "radio")]);
            self.markup.open("input", &attributes);
            self.markup.space();
            self.markup.said("label", &[("for", &id)], said);
            self.markup.close("span");
        }
    }
}

/// Up to so many answers stand side by side; more of them in a list that opens.
const RADIOS: usize = 6;
