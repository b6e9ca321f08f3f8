//! Tables: aligned rows, those with heads, and pieces side by side.

use unicode_width::UnicodeWidthChar;

use super::blocks::Writer;
use super::paragraph::{AFTER_TABLE, CAPTION, CELL, HEAD, NORMAL, PLAIN};
use crate::render::document::{Block, Cell, Grid};

/// What stands between two columns.
const GAP: u32 = 170;
/// Between what stands side by side.
const BETWEEN: u32 = 340;

/// Who takes what room is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// The last column.
    Last,
    /// Each in proportion.
    All,
}

/// What a column asks for: its longest word, its longest cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Wish {
    least: u32,
    whole: u32,
}

impl Wish {
    fn of(text: &str) -> Wish {
        let least = text.split(' ').map(wide).max().unwrap_or(0);
        Wish { least: least + GAP, whole: wide(text) + GAP }
    }

    /// The same in bold, an eighth wider.
    fn bold(self) -> Wish {
        Wish { least: self.least * 9 / 8, whole: self.whole * 9 / 8 }
    }

    fn and(self, other: Wish) -> Wish {
        Wish { least: self.least.max(other.least), whole: self.whole.max(other.whole) }
    }
}

/// About how wide a text is on one line; what is past a page is no wider.
fn wide(text: &str) -> u32 {
    text.chars().map(advance).fold(0, |all, own| (all + own).min(100_000))
}

/// How far a character of ten points goes.
fn advance(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' => 56,
        'f' | 't' | 'r' | '(' | ')' | '-' | ' ' | '\u{a0}' | '\u{202f}' => 68,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 180,
        c if c.is_uppercase() => 150,
        c => 115 * u32::try_from(c.width().unwrap_or(0)).unwrap_or(1),
    }
}

impl Writer {
    /// Rows of cells, aligned.
    pub(super) fn table(&mut self, rows: &[Vec<Cell>]) {
        let widths = self.widths(&[], rows, Rest::Last);
        if widths.is_empty() {
            return;
        }
        self.open_table("Alignement", None, &widths);
        rows.iter().for_each(|row| self.row(row, &widths));
        self.close_table();
    }

    /// A table whose heads stand again on each page.
    pub(super) fn grid(&mut self, grid: &Grid) {
        let widths = self.widths(&grid.heads, &grid.rows, Rest::All);
        if widths.is_empty() {
            return;
        }
        self.paragraph(CAPTION, |writer| writer.marked(&grid.caption, &grid.caption));
        self.open_table("Grille", Some(&grid.caption), &widths);
        self.xml.open("w:tr", &[]);
        self.xml.own("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (width, rank) in widths.iter().zip(0..) {
            self.open_cell(*width, 1);
            self.said(HEAD, grid.heads.get(rank).map_or("", String::as_str));
            self.xml.close("w:tc");
        }
        self.xml.close("w:tr");
        grid.rows.iter().for_each(|row| self.row(row, &widths));
        self.close_table();
    }

    /// Pieces side by side. Headings are no part of a table: the outline of a word processor would not have them.
    pub(super) fn beside(&mut self, columns: &[Vec<Block>]) {
        let headed = |column: &Vec<Block>| column.iter().any(|block| matches!(block, Block::Part { .. }));
        let count = u32::try_from(columns.len()).unwrap_or(1).max(1);
        if columns.len() < 2 || columns.iter().any(headed) {
            return columns.iter().for_each(|column| self.blocks(column));
        }
        let widths = vec![(self.room - self.indent) / count; columns.len()];
        self.open_table("Alignement", None, &widths);
        self.xml.open("w:tr", &[]);
        let (room, indent) = (self.room, std::mem::take(&mut self.indent));
        for (column, width) in columns.iter().zip(&widths) {
            self.open_cell(*width, 1);
            self.room = width.saturating_sub(BETWEEN);
            match column.is_empty() {
                true => self.said(NORMAL, ""),
                false => self.blocks(column),
            }
            self.xml.close("w:tc");
        }
        (self.room, self.indent) = (room, indent);
        self.xml.close("w:tr");
        self.close_table();
    }

    fn widths(&self, heads: &[String], rows: &[Vec<Cell>], rest: Rest) -> Vec<u32> {
        let count = rows.iter().map(Vec::len).chain([heads.len()]).max().unwrap_or(0);
        let mut wishes = vec![Wish::default(); count];
        for (wish, head) in wishes.iter_mut().zip(heads) {
            *wish = Wish::of(head).bold();
        }
        for row in rows {
            for (wish, cell) in wishes.iter_mut().zip(row) {
                *wish = wish.and(Wish::of(&cell.text));
            }
        }
        shared(&wishes, self.room - self.indent, rest)
    }

    fn open_table(&mut self, style: &'static str, caption: Option<&str>, widths: &[u32]) {
        let (whole, indent) = (widths.iter().sum::<u32>().to_string(), self.indent.to_string());
        let xml = &mut self.xml;
        xml.open("w:tbl", &[]);
        xml.open("w:tblPr", &[]);
        xml.set("w:tblStyle", style);
        xml.empty("w:tblW", &[("w:w", &whole), ("w:type", "dxa")]);
        xml.empty("w:tblInd", &[("w:w", &indent), ("w:type", "dxa")]);
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        if let Some(caption) = caption {
            xml.set("w:tblCaption", caption);
        }
        xml.close("w:tblPr");
        xml.open("w:tblGrid", &[]);
        widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
        xml.close("w:tblGrid");
    }

    /// Two tables that touch would be one, and a cell ends with a paragraph.
    fn close_table(&mut self) {
        self.xml.close("w:tbl");
        self.said(AFTER_TABLE, "");
    }

    fn open_cell(&mut self, width: u32, columns: usize) {
        self.xml.open("w:tc", &[]);
        self.xml.open("w:tcPr", &[]);
        self.xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        if columns > 1 {
            self.xml.set("w:gridSpan", &columns.to_string());
        }
        self.xml.close("w:tcPr");
    }

    /// A row; its last cell goes as far as the last column.
    fn row(&mut self, row: &[Cell], widths: &[u32]) {
        let indent = std::mem::take(&mut self.indent);
        self.xml.open("w:tr", &[]);
        self.xml.own("<w:trPr><w:cantSplit/></w:trPr>");
        let empty = [Cell::plain("")];
        let row = if row.is_empty() { &empty[..] } else { row };
        for (rank, cell) in row.iter().enumerate() {
            let own = if rank + 1 == row.len() { &widths[rank..] } else { &widths[rank..=rank] };
            self.open_cell(own.iter().sum(), own.len());
            self.paragraph(CELL, |writer| match cell.text.is_empty() {
                true => writer.run(PLAIN, ""),
                false => writer.piece(cell),
            });
            self.xml.close("w:tc");
        }
        self.xml.close("w:tr");
        self.indent = indent;
    }
}

/// How wide columns are that share some room.
fn shared(wishes: &[Wish], room: u32, rest: Rest) -> Vec<u32> {
    // One that is very long does not press the others to their longest words.
    let wishes: Vec<Wish> = wishes
        .iter()
        .map(|wish| {
            let least = wish.least.min(room);
            Wish { least, whole: wish.whole.min(room / 10 * 6).max(least) }
        })
        .collect();
    let (least, whole): (u32, u32) =
        wishes.iter().fold((0, 0), |(least, whole), wish| (least + wish.least, whole + wish.whole));
    let part = |of: u32, own: u32, all: u32| {
        u32::try_from(u64::from(of) * u64::from(own) / u64::from(all.max(1))).unwrap_or(0)
    };
    let mut widths: Vec<u32> = wishes
        .iter()
        .map(|wish| {
            if whole <= room {
                match rest {
                    Rest::Last => wish.whole,
                    Rest::All => part(room, wish.whole, whole),
                }
            } else if least >= room {
                part(room, wish.least, least)
            } else {
                wish.least + part(room - least, wish.whole - wish.least, whole - least)
            }
        })
        .collect();
    let taken: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += room.saturating_sub(taken);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::{GAP, Rest, Wish, shared};

    fn wish(least: u32, whole: u32) -> Wish {
        Wish { least, whole }
    }

    #[test]
    fn a_cell_asks_for_its_longest_word_and_its_whole_length() {
        // a, u, o, n, s: 115 each; i: 56; m: 180; a space: 68.
        let moins = 180 + 115 + 56 + 115 + 115;
        assert_eq!(Wish::of("au moins"), wish(moins + GAP, 2 * 115 + 68 + moins + GAP));
        assert_eq!(Wish::of("URPS"), wish(600 + GAP, 600 + GAP));
    }

    #[test]
    fn columns_share_the_room() {
        // All fits: the last takes what is left, or each its part.
        assert_eq!(shared(&[wish(100, 200), wish(100, 600)], 1000, Rest::Last), [200, 800]);
        assert_eq!(shared(&[wish(100, 200), wish(100, 600)], 1000, Rest::All), [250, 750]);
        // Too long: no word is broken, the rest goes where it is needed; a long one is taken for 600 at most.
        assert_eq!(shared(&[wish(200, 500), wish(100, 9_000)], 1000, Rest::Last), [462, 538]);
        // Not even the words fit.
        assert_eq!(shared(&[wish(900, 900), wish(600, 600)], 1000, Rest::Last), [600, 400]);
        assert!(shared(&[], 1000, Rest::All).is_empty());
    }
}
