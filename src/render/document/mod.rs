//! What people read, before any layout: one model, from which pages, print, DOCX, Markdown and terminal text are
//! written.
//!
//! Architecture invariant: a document holds words and no layout: no width, no colour, no mark-up. Spaces are plain; the
//! printers put the no-break ones, and escape every value in one place each.

mod anchor;
mod blank;
mod excerpt;
mod form;
mod lowered;
mod picture;

pub(crate) use anchor::{Anchors, anchor};
pub(crate) use blank::{blank, blanks};
pub(crate) use excerpt::{Excerpt, excerpts};
pub(crate) use form::{Asked, Field, Form, Input};
pub(crate) use picture::{Anchoring, Picture, Shape};

use crate::decision::{Outcome, Status};
use crate::diagnostic::Label;
use crate::render::Lang;

/// What is told: of a decision, a policy, a change, a letter.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// What stands above the title: who writes to whom. A document that has it is a letter.
    pub(crate) head: Vec<Block>,
    /// What was decided on.
    pub(crate) title: String,
    /// Under what, and when.
    pub(crate) subtitle: Vec<String>,
    /// The outcome, and why in a line, where something was decided.
    pub(crate) verdict: Option<Verdict>,
    pub(crate) sections: Vec<Section>,
    /// How to know more, for who reads it in a terminal.
    pub(crate) hint: Option<String>,
}

/// The outcome.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    pub(crate) word: String,
    pub(crate) tone: Tone,
    pub(crate) why: String,
}

/// A part with its title; the one under the verdict has none.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

impl Section {
    /// Whether a printer of plain lines has anything to say of it: what is folded is for a screen.
    pub(crate) fn has_lines(&self) -> bool {
        self.blocks.is_empty() || self.blocks.iter().any(|block| !block.lowered().is_empty())
    }
}

/// A piece of a section.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// A sentence or more.
    Para(String),
    /// A line with a sign, and what is said of it.
    Item { sign: Sign, title: String, blocks: Vec<Block> },
    /// A name with what is said of it; no sign.
    Entry { title: String, blocks: Vec<Block> },
    /// Rows of cells, aligned; the last cell takes what room is left.
    Table(Vec<Vec<Cell>>),
    /// A passage of a source, word for word.
    Quote { source: String, passage: Option<String> },
    /// What is to be typed as it is.
    ToWrite(String),
    /// A question to ask.
    Ask { rank: usize, question: String, lines: Vec<String> },
    /// Places in the policy and the dossier.
    Frames(Vec<Label>),
    /// Steps of a calculation.
    Tree(Vec<Node>),
    /// A part under a heading of its own; links point at its anchor.
    Part { anchor: Option<String>, title: String, blocks: Vec<Block> },
    /// Pieces that stand side by side where there is room: a passage, and the rule that it gives.
    Beside(Vec<Vec<Block>>),
    /// A passage of a source of which it is told whether it binds.
    Passage { source: Cell, binding: bool, passage: Option<String> },
    /// What is shown on request only; on paper, not at all.
    Folded { title: String, blocks: Vec<Block> },
    /// A text as it is written, some passages of it marked.
    Marked(Vec<Mark>),
    /// A table whose columns have heads.
    Grid(Grid),
    /// Lines of one rank, each of pieces.
    List(Vec<Vec<Cell>>),
    /// One line of pieces, some of which may lead elsewhere.
    Line(Vec<Cell>),
    /// Terms, each with what is said of it.
    Terms(Vec<(Vec<Cell>, Vec<Block>)>),
    /// A drawing that repeats what words say.
    Picture(Picture),
    /// Lines one below the other: an address.
    Lines(Vec<String>),
    /// Lines that somebody fills in by hand and signs.
    Signature(Vec<String>),
    /// How a letter ends: its last words, never apart from who signs it, a line each.
    Signed { closing: Vec<String>, lines: Vec<String> },
    /// What somebody fills in.
    Form(Form),
}

/// A piece of a text; marked, with how far it is shown and what is said of it.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) text: String,
    pub(crate) shown: Option<(Shown, String)>,
}

/// How far something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    All,
    Some,
    Nothing,
}

/// A table whose columns have heads.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    /// What it is of.
    pub(crate) caption: String,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// Where a link leads: never out of what the project writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// An anchor of this document.
    Here(String),
    /// A field of the form, by its identifier.
    Field(String),
    /// A page beside this one, and perhaps an anchor in it.
    Page(String, Option<String>),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) tone: Tone,
    /// A sign in a column of its own.
    pub(crate) sign: Option<Sign>,
    /// Where it leads.
    pub(crate) to: Option<Target>,
}

impl Cell {
    pub(crate) fn plain(text: impl Into<String>) -> Cell {
        Cell::toned(text, Tone::Plain)
    }

    pub(crate) fn toned(text: impl Into<String>, tone: Tone) -> Cell {
        Cell { text: text.into(), tone, sign: None, to: None }
    }

    pub(crate) fn sign(sign: Sign) -> Cell {
        Cell { text: sign.character().to_owned(), tone: sign.tone(), sign: Some(sign), to: None }
    }

    pub(crate) fn link(text: impl Into<String>, to: Target) -> Cell {
        Cell { to: Some(to), ..Cell::plain(text) }
    }
}

/// A step of a calculation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) sign: Option<Sign>,
    pub(crate) text: String,
    pub(crate) inner: Vec<Node>,
}

impl Node {
    /// Says which element of a list it is about, where it does not yet.
    pub(crate) fn of_element(&mut self, element: &str) {
        if !self.text.starts_with(element) {
            self.text = format!("{element}, {}", self.text);
        }
    }
}

/// What stands before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Holds.
    Yes,
    /// Fails.
    No,
    /// Open.
    Open,
    /// Not applicable.
    Aside,
    /// Depends on the reading.
    Depends,
}

impl Sign {
    pub(crate) fn character(self) -> &'static str {
        match self {
            Sign::Yes => "✔",
            Sign::No => "✘",
            Sign::Open => "?",
            Sign::Aside => "–",
            Sign::Depends => "~",
        }
    }

    pub(crate) fn tone(self) -> Tone {
        match self {
            Sign::Yes => Tone::Good,
            Sign::No => Tone::Bad,
            Sign::Open | Sign::Depends => Tone::Open,
            Sign::Aside => Tone::Faint,
        }
    }

    /// For those who hear a page instead of seeing it.
    pub(crate) fn word(self, lang: Lang) -> &'static str {
        match self {
            Sign::Yes => lang.pick("oui", "yes"),
            Sign::No => lang.pick("non", "no"),
            Sign::Open => lang.pick("à établir", "to be settled"),
            Sign::Aside => lang.pick("sans objet", "not applicable"),
            Sign::Depends => lang.pick("selon la lecture", "depends on the reading"),
        }
    }

    pub(crate) fn of(status: Status) -> Sign {
        match status {
            Status::Met
            | Status::Waived
            | Status::Reached
            | Status::Covered
            | Status::Due
            | Status::Fulfilled
            | Status::Favourable => Sign::Yes,
            Status::NotMet | Status::Missed | Status::Unfavourable => Sign::No,
            Status::NotReached
            | Status::NotCovered
            | Status::NotDue
            | Status::Elapsed
            | Status::NotApplicable => Sign::Aside,
            Status::Pending | Status::Undetermined => Sign::Open,
            Status::DependsOnReading => Sign::Depends,
        }
    }
}

/// What colour repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Good,
    Bad,
    Open,
    Faint,
}

impl Tone {
    pub(crate) fn of(outcome: Outcome) -> Tone {
        match outcome {
            Outcome::Favourable | Outcome::Calculated => Tone::Good,
            Outcome::Unfavourable => Tone::Bad,
            Outcome::Incomplete | Outcome::DependsOnReading => Tone::Open,
        }
    }
}
