//! A drawing as it is made, and the room that words take in it.

use crate::number::Ratio;
use crate::render::document::{Anchoring, Picture, Shape};
use crate::render::layout::{width, wrap_prose};

/// How wide all drawings are, in their own units: little more than a small screen, where their words are still read.
pub(super) const WIDTH: u32 = 360;
/// From one line of words to the next.
pub(super) const LINE: u32 = 18;
/// About how wide a character is, in the style that pages give to words in drawings.
const CHARACTER: u32 = 7;
/// From the top of a line of words to the line that it stands on.
const ASCENT: u32 = 13;
/// Between words that stand side by side.
const GAP: u32 = 10;

/// A drawing from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    shapes: Vec<Shape>,
    /// Where what comes next begins.
    pub(super) y: u32,
}

/// About how wide words are.
pub(super) fn wide(text: &str) -> u32 {
    u32::try_from(width(text)).map_or(WIDTH, |columns| columns.saturating_mul(CHARACTER))
}

impl Drawing {
    pub(super) fn line(&mut self, from: (u32, u32), to: (u32, u32), class: &'static str) {
        self.shapes.push(Shape::Line { from, to, class });
    }

    pub(super) fn area(&mut self, at: (u32, u32), size: (u32, u32), class: &'static str) {
        self.shapes.push(Shape::Area { at, size, class });
    }

    /// A dot, whole within the frame.
    pub(super) fn dot(&mut self, (x, y): (u32, u32), radius: u32, class: &'static str) {
        let at = (x.clamp(radius, WIDTH - radius), y);
        self.shapes.push(Shape::Dot { at, radius, class });
    }

    /// Words whose line begins at a place; its upper end.
    pub(super) fn text(&mut self, (x, y): (u32, u32), text: &str) {
        self.put((x, y), text, Anchoring::Start);
    }

    fn put(&mut self, (x, y): (u32, u32), text: &str, anchoring: Anchoring) {
        let at = (x, y + ASCENT);
        self.shapes.push(Shape::Text { at, text: text.to_owned(), anchoring, class: "said" });
    }

    /// Words under or over a place, within the frame.
    pub(super) fn centred(&mut self, (x, y): (u32, u32), text: &str) {
        let (_, anchoring) = spread(x, text);
        let x = match anchoring {
            Anchoring::Start => 0,
            Anchoring::Middle => x,
            Anchoring::End => WIDTH,
        };
        self.put((x, y), text, anchoring);
    }

    /// Words over or under places, each on the first line where it meets no other; how many lines they take.
    pub(super) fn labels(&mut self, y: u32, labels: &[(u32, String)]) -> u32 {
        let mut lines: Vec<u32> = Vec::new();
        for (x, text) in labels {
            let ((left, right), _) = spread(*x, text);
            let rank = lines.iter().position(|end| end + GAP <= left).unwrap_or(lines.len());
            match lines.get_mut(rank) {
                Some(end) => *end = right,
                None => lines.push(right),
            }
            let rank = u32::try_from(rank).unwrap_or(0);
            self.centred((*x, y + rank * LINE), text);
        }
        u32::try_from(lines.len()).unwrap_or(0)
    }

    /// Words on as many lines as they need; how high they are.
    pub(super) fn words(&mut self, (x, y): (u32, u32), room: u32, text: &str) -> u32 {
        let columns = usize::try_from(room / CHARACTER).unwrap_or(1).max(8);
        let mut below = 0;
        for line in wrap_prose(text, "", "", columns) {
            self.text((x, y + below), &line);
            below += LINE;
        }
        below
    }

    pub(super) fn finish(self, told: String, caption: String) -> Picture {
        Picture { told, repeats: false, caption, size: (WIDTH, self.y), shapes: self.shapes }
    }
}

/// From where to where words go that stand at a place, and which end of them stands there: what would leave the frame
/// begins or ends with it.
fn spread(x: u32, text: &str) -> ((u32, u32), Anchoring) {
    let wide = wide(text).min(WIDTH);
    let half = wide / 2;
    if x < half {
        ((0, wide), Anchoring::Start)
    } else if x + half > WIDTH {
        ((WIDTH - wide, WIDTH), Anchoring::End)
    } else {
        ((x - half, x + half), Anchoring::Middle)
    }
}

/// Where a value stands on a line of so much room, from one end to the other; the ends where it is past them.
pub(super) fn place(value: &Ratio, (low, high): (&Ratio, &Ratio), room: u32) -> u32 {
    let part = value.sub(low).div(&high.sub(low)).unwrap_or_else(Ratio::zero);
    let at = part.mul(&Ratio::from(i64::from(room))).floor();
    let at = at.to_i64().unwrap_or(if at.signum() < 0 { 0 } else { i64::from(room) });
    u32::try_from(at.clamp(0, i64::from(room))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Drawing, WIDTH, place};
    use crate::number::Ratio;
    use crate::render::document::{Anchoring, Shape};

    #[test]
    fn a_value_stands_where_it_is_between_the_ends() {
        let (low, high) = (Ratio::zero(), Ratio::from(12));
        for (value, at) in [(0, 0), (3, 90), (10, 300), (12, 360), (15, 360), (-1, 0)] {
            assert_eq!(place(&Ratio::from(value), (&low, &high), WIDTH), at);
        }
    }

    fn texts(drawing: Drawing) -> Vec<(String, (u32, u32), Anchoring)> {
        let text = |shape| match shape {
            Shape::Text { at, text, anchoring, .. } => Some((text, at, anchoring)),
            _ => None,
        };
        drawing.finish(String::new(), String::new()).shapes.into_iter().filter_map(text).collect()
    }

    #[test]
    fn labels_that_would_meet_stand_on_two_lines() {
        let mut drawing = Drawing::default();
        // Ten characters of 7: 70 wide, 35 to each side of the place.
        let labels = [(10, "0123456789"), (60, "0123456789"), (130, "0123456789"), (355, "0123456789")];
        let lines = drawing.labels(0, &labels.map(|(x, text)| (x, text.to_owned())));
        assert_eq!(lines, 2);
        let places: Vec<_> = texts(drawing).into_iter().map(|(_, at, anchoring)| (at, anchoring)).collect();
        // 0 to 70; 25 to 95 meets it; 95 to 165 does not; the last ends with the frame.
        assert_eq!(
            places,
            [
                ((0, 13), Anchoring::Start),
                ((60, 31), Anchoring::Middle),
                ((130, 13), Anchoring::Middle),
                ((360, 13), Anchoring::End),
            ]
        );
    }

    #[test]
    fn words_go_to_the_next_line_where_there_is_no_room() {
        let mut drawing = Drawing::default();
        assert_eq!(drawing.words((5, 0), 70, "un deux trois quatre"), 3 * 18);
        let said = texts(drawing);
        assert_eq!(said[0], ("un deux".to_owned(), (5, 13), Anchoring::Start));
        assert_eq!(said[1].1, (5, 31));
    }
}
