//! What a printer of plain lines makes of pieces that are more than lines.

use super::{Asked, Block, Cell, Field, Form, Grid, Input, Picture};

/// A place that is left to be written by hand.
const BLANK: &str = "…………………………";

impl Block {
    /// The same in lines, entries and tables, for printers that know no more. What is one of these stays as it is.
    pub(crate) fn lowered(&self) -> Vec<Block> {
        match self {
            Block::Part { title, blocks, .. } => {
                vec![Block::Entry { title: title.clone(), blocks: blocks.clone() }]
            }
            Block::Passage { source, passage, .. } => {
                vec![Block::Quote { source: source.text.clone(), passage: passage.clone() }]
            }
            Block::Folded { .. } => Vec::new(),
            Block::Marked(marks) => {
                let whole: Vec<&str> = marks.iter().map(|mark| mark.text.as_str()).collect();
                vec![Block::ToWrite(whole.concat())]
            }
            Block::Beside(columns) => columns.concat(),
            Block::Grid(Grid { caption, heads, rows }) => {
                let heads = heads.iter().map(Cell::plain).collect();
                let table = Block::Table(std::iter::once(heads).chain(rows.iter().cloned()).collect());
                vec![Block::Entry { title: caption.clone(), blocks: vec![table] }]
            }
            Block::List(lines) => {
                lines.iter().map(|line| Block::Para(format!("– {}", Cell::joined(line)))).collect()
            }
            Block::Line(cells) => vec![Block::Para(Cell::joined(cells))],
            Block::Terms(terms) => terms
                .iter()
                .map(|(term, blocks)| Block::Entry { title: Cell::joined(term), blocks: blocks.clone() })
                .collect(),
            Block::Picture(Picture { repeats: true, .. }) => Vec::new(),
            Block::Picture(picture) => vec![Block::Para(picture.told.clone())],
            Block::Lines(lines) | Block::Signature(lines) => {
                lines.iter().map(|line| Block::Para(line.clone())).collect()
            }
            Block::Signed { closing, lines } => {
                closing.iter().chain(lines).map(|line| Block::Para(line.clone())).collect()
            }
            Block::Form(form) => form.lowered(),
            Block::Para(_)
            | Block::Item { .. }
            | Block::Entry { .. }
            | Block::Table(_)
            | Block::Quote { .. }
            | Block::ToWrite(_)
            | Block::Ask { .. }
            | Block::Frames(_)
            | Block::Tree(_) => vec![self.clone()],
        }
    }
}

impl Form {
    /// On paper: the questions, each with a line to write on.
    fn lowered(&self) -> Vec<Block> {
        match self {
            Form::Whole { blocks, .. } | Form::Live { blocks, .. } | Form::Place { blocks, .. } => {
                blocks.clone()
            }
            Form::Group { hidden: true, .. } => Vec::new(),
            Form::Group { title, blocks, .. } => {
                vec![Block::Entry { title: title.clone(), blocks: blocks.clone() }]
            }
            Form::Field(field) => field.lowered(),
            Form::Editor { label, text, .. } => {
                vec![Block::Entry { title: label.clone(), blocks: vec![Block::ToWrite(text.clone())] }]
            }
            Form::Told { document, .. } => {
                document.sections.iter().flat_map(|section| section.blocks.clone()).collect()
            }
            Form::Button { .. } | Form::File { .. } => Vec::new(),
        }
    }
}

impl Field {
    fn lowered(&self) -> Vec<Block> {
        if self.asked == Asked::NotNow {
            return Vec::new();
        }
        let mut blocks: Vec<Block> = self.help.iter().map(|line| Block::Para(line.clone())).collect();
        let blank = if self.value.is_empty() { BLANK } else { &self.value };
        blocks.push(match &self.input {
            Input::OneOf(options) => {
                let boxed = |(value, said): &(String, String)| {
                    let mark = if *value == self.value { "☒" } else { "☐" };
                    format!("{mark} {said}")
                };
                Block::Para(options.iter().map(boxed).collect::<Vec<_>>().join("   "))
            }
            Input::Number(unit) => Block::Para(format!("{blank} {unit}").trim_end().to_owned()),
            Input::Day(_) | Input::Line => Block::Para(blank.to_owned()),
        });
        blocks.extend(self.wrong.iter().map(|line| Block::Para(line.clone())));
        vec![Block::Entry { title: self.label.clone(), blocks }]
    }
}

impl Cell {
    /// Pieces as one line.
    pub(crate) fn joined(cells: &[Cell]) -> String {
        let mut said = String::new();
        for cell in cells {
            if !said.is_empty() && !cell.text.starts_with([',', '.']) {
                said.push(' ');
            }
            said.push_str(&cell.text);
        }
        said
    }
}
