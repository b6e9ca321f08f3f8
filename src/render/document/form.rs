//! What somebody fills in: fields and buttons. On paper, a line to write on.

use super::{Block, Document};

/// A piece of a form.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// All of it, by the identifier that a script knows.
    Whole { id: &'static str, blocks: Vec<Block> },
    /// Fields that belong together; one element of a list, say.
    Group { id: String, title: String, hidden: bool, blocks: Vec<Block> },
    /// A question.
    Field(Box<Field>),
    /// What a press on it asks for: an action and on what.
    Button { act: &'static str, on: String, label: String },
    /// A file to be opened.
    File { act: &'static str, label: String, accept: &'static str },
    /// A text to be written, with its name.
    Editor { id: &'static str, label: String, text: String },
    /// Where answers come in as one writes; told to who does not see it.
    Live { id: &'static str, blocks: Vec<Block> },
    /// Where what an engine answers is put.
    Place { id: &'static str, blocks: Vec<Block> },
    /// A whole document that an engine answers, its anchors beginning so.
    Told { id: &'static str, prefix: &'static str, document: Box<Document> },
}

/// A question with its answer.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// What tells it from all others of the page.
    pub(crate) id: String,
    /// The path of its fact: `adhérents[1].exercice`.
    pub(crate) path: String,
    /// The question.
    pub(crate) label: String,
    /// What is to be known to answer it.
    pub(crate) help: Vec<String>,
    /// How it is answered.
    pub(crate) input: Input,
    /// The answer so far, as it is written; nothing where there is none.
    pub(crate) value: String,
    /// What is to be corrected in it.
    pub(crate) wrong: Vec<String>,
    /// Whether it is asked now.
    pub(crate) asked: Asked,
}

/// How a question is answered.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// One of some values, each with what people read.
    OneOf(Vec<(String, String)>),
    /// A number, with the unit that stands after it.
    Number(String),
    /// A day; what stands for one that is not there yet: « pas encore », « en cours ».
    Day(Option<&'static str>),
    /// A line of text.
    Line,
}

/// Whether a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Like any other.
    Plainly,
    /// Its answer decides: the rank in which it is best asked, from 1.
    First(usize),
    /// It does not arise from what is answered so far.
    NotNow,
}
