//! Drawings: a few shapes in a frame, with the words that say the same.

/// A drawing.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// What it shows, whole, for who does not see it.
    pub(crate) told: String,
    /// Whether words beside it say the same already: then nothing is lost where it is not drawn.
    pub(crate) repeats: bool,
    /// What stands under it.
    pub(crate) caption: String,
    /// Width and height of the frame, in its own units.
    pub(crate) size: (u32, u32),
    pub(crate) shapes: Vec<Shape>,
}

/// A piece of a drawing. Places are in units of the frame, from its upper left; `class` names a look of the style sheet.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    Line { from: (u32, u32), to: (u32, u32), class: &'static str },
    Area { at: (u32, u32), size: (u32, u32), class: &'static str },
    Dot { at: (u32, u32), radius: u32, class: &'static str },
    Text { at: (u32, u32), text: String, anchoring: Anchoring, class: &'static str },
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchoring {
    Start,
    Middle,
    End,
}
