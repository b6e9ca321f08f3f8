//! Drawings as SVG: in the page, with the words that say the same, and no style of their own.

use super::blocks::Writer;
use crate::render::document::{Anchoring, Picture, Shape};

impl Writer {
    pub(super) fn picture(&mut self, picture: &Picture) {
        let (width, height) = picture.size;
        self.markup.open("figure", &[("class", "picture")]);
        self.markup.line_end();
        if !picture.caption.is_empty() {
            self.markup.said("figcaption", &[], &picture.caption);
        }
        let frame = format!("0 0 {width} {height}");
        self.markup.open("svg", &[("viewBox", &frame), ("role", "img"), ("aria-label", &picture.told)]);
        self.markup.line_end();
        picture.shapes.iter().for_each(|shape| self.shape(shape));
        self.markup.close("svg");
        self.markup.close("figure");
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Line { from, to, class } => {
                let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(|n| n.to_string());
                self.markup
                    .open("line", &[("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2), ("class", class)]);
                self.markup.close("line");
            }
            Shape::Area { at, size, class } => {
                let [x, y, width, height] = [at.0, at.1, size.0, size.1].map(|n| n.to_string());
                self.markup.open(
                    "rect",
                    &[("x", &x), ("y", &y), ("width", &width), ("height", &height), ("class", class)],
                );
                self.markup.close("rect");
            }
            Shape::Dot { at, radius, class } => {
                let [x, y, r] = [at.0, at.1, *radius].map(|n| n.to_string());
                self.markup.open("circle", &[("cx", &x), ("cy", &y), ("r", &r), ("class", class)]);
                self.markup.close("circle");
            }
            Shape::Text { at, text, anchoring, class } => {
                let [x, y] = [at.0, at.1].map(|n| n.to_string());
                let anchor = match anchoring {
                    Anchoring::Start => "start",
                    Anchoring::Middle => "middle",
                    Anchoring::End => "end",
                };
                self.markup.said(
                    "text",
                    &[("x", &x), ("y", &y), ("text-anchor", anchor), ("class", class)],
                    text,
                );
                self.markup.line_end();
            }
        }
    }
}
