//! The pieces of a document as paragraphs and tables.

use super::paragraph::{
    BINDING, CAPTION, CELL, CLOSING, CODE, FAINT, FILE, HEADINGS, INFORMING, ITEM, LIST, MARKED, NAME, NODE,
    NORMAL, OBJECT, OUTCOME, PLAIN, QUALITY, QUOTE, SIGNATORY, SIGNED_NODE, SOURCE, STEP, STRONG, SUBTITLE,
    TITLE, TO_SIGN, WHY, toned,
};
use super::xml::Xml;
use crate::diagnostic::Label;
use crate::render::Lang;
use crate::render::document::{Anchors, Block, Document, Mark, Node, Picture, Section, Shown, excerpts};

/// The width of an A4 page between its margins, in twentieths of a point.
const ROOM: u32 = 11_906 - 2 * MARGIN;
const MARGIN: u32 = 1_134;

/// What is being written.
pub(super) struct Writer {
    pub(super) xml: Xml,
    /// The rank of the headings, from 0.
    level: usize,
    /// How far from the left paragraphs begin.
    pub(super) indent: u32,
    /// How wide the page or the cell is.
    pub(super) room: u32,
    /// Whether what is written stands on the page of what comes next.
    pub(super) kept: bool,
    /// The anchors that stand already.
    pub(super) anchors: Anchors,
    /// How many places links can lead to.
    pub(super) marks: usize,
}

impl Writer {
    pub(super) fn new(lang: Lang) -> Self {
        let anchors = Anchors::default();
        Writer { xml: Xml::new(lang), level: 0, indent: 0, room: ROOM, kept: false, anchors, marks: 0 }
    }

    /// The main part of the file.
    pub(super) fn written(mut self, document: &Document) -> String {
        self.xml.open(
            "w:document",
            &[
                ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
                ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
            ],
        );
        self.xml.open("w:body", &[]);
        self.head(&document.head);
        self.said(if document.head.is_empty() { TITLE } else { OBJECT }, &document.title);
        document.subtitle.iter().for_each(|line| self.said(SUBTITLE, line));
        if let Some(verdict) = &document.verdict {
            self.paragraph(OUTCOME, |writer| writer.run(toned(verdict.tone), &verdict.word));
            self.said(WHY, &verdict.why);
        }
        let sections: Vec<&Section> =
            document.sections.iter().filter(|section| section.has_lines()).collect();
        for (rank, section) in sections.iter().enumerate() {
            let next = sections.get(rank + 1).and_then(|next| next.blocks.first());
            match (next, section.blocks.split_last()) {
                // A signature is never alone on its page.
                (Some(Block::Signed { .. }), Some((last, before))) => {
                    let before = before.to_vec();
                    self.section(&Section { title: section.title.clone(), blocks: before });
                    (self.kept, self.level) = (true, self.level + 1);
                    self.block(last);
                    (self.kept, self.level) = (false, self.level - 1);
                }
                _ => self.section(section),
            }
        }
        self.page();
        self.xml.close("w:body");
        self.xml.close("w:document");
        self.xml.finish()
    }

    /// Who writes on the left, then to whom, from half the page on. In paragraphs: where a page begins with a table,
    /// LibreOffice no longer keeps headings further on with what they announce.
    fn head(&mut self, blocks: &[Block]) {
        for block in blocks {
            let Block::Beside(columns) = block else {
                self.block(block);
                continue;
            };
            for (rank, column) in columns.iter().enumerate() {
                let indent = std::mem::replace(&mut self.indent, if rank > 0 { self.room / 2 } else { 0 });
                self.blocks(column);
                self.indent = indent;
            }
        }
    }

    /// A4, its margins, the number of the page in the foot.
    fn page(&mut self) {
        let margin = MARGIN.to_string();
        self.xml.open("w:sectPr", &[]);
        self.xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId4")]);
        self.xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
        let sides = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, margin.as_str()));
        let rest = [("w:header", "567"), ("w:footer", "567"), ("w:gutter", "0")];
        self.xml.empty("w:pgMar", &[&sides[..], &rest[..]].concat());
        self.xml.close("w:sectPr");
    }

    pub(super) fn section(&mut self, section: &Section) {
        if !section.title.is_empty() {
            self.heading(&section.title, &section.title);
        }
        self.level += 1;
        self.blocks(&section.blocks);
        self.level -= 1;
    }

    fn heading(&mut self, anchor: &str, title: &str) {
        let style = HEADINGS[self.level.min(HEADINGS.len() - 1)];
        let indent = std::mem::take(&mut self.indent);
        self.paragraph(style, |writer| writer.marked(anchor, title));
        self.indent = indent;
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    /// What stands under something: further to the right, as long as there is room.
    pub(super) fn under(&mut self, blocks: &[Block]) {
        let indent = self.indent;
        if indent + STEP <= self.room / 3 {
            self.indent += STEP;
        }
        self.blocks(blocks);
        self.indent = indent;
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Para(text) => self.para(text),
            Block::Item { sign, title, blocks } => {
                self.paragraph(ITEM, |writer| {
                    writer.sign(*sign);
                    writer.tab();
                    writer.run(PLAIN, title);
                });
                self.under(blocks);
            }
            Block::Entry { title, blocks } => {
                if !title.is_empty() {
                    self.said(NAME, title);
                }
                self.under(blocks);
            }
            Block::Table(rows) => self.table(rows),
            Block::Quote { source, passage } => self.paragraph(QUOTE, |writer| {
                writer.run(SOURCE, source);
                if let Some(passage) = passage {
                    writer.run(PLAIN, writer.xml.lang.pick(" : ", ": "));
                    writer.run(PLAIN, &writer.xml.lang.quoted(passage));
                }
            }),
            Block::Passage { source, binding, passage } => {
                self.paragraph(if *binding { BINDING } else { INFORMING }, |writer| {
                    match source.to {
                        Some(_) => writer.piece(source),
                        None => writer.run(SOURCE, &source.text),
                    }
                    if let Some(passage) = passage {
                        writer.run(PLAIN, writer.xml.lang.pick(" : ", ": "));
                        writer.run(PLAIN, &writer.xml.lang.quoted(passage));
                    }
                });
            }
            // Nothing can be unfolded on paper.
            Block::Folded { .. } => {}
            Block::Marked(marks) => self.marks_of(marks),
            Block::ToWrite(text) => self.code(text),
            Block::Ask { rank, question, lines } => {
                self.said(NAME, &format!("{rank}. {question}"));
                lines.iter().for_each(|line| self.said(LIST, line));
            }
            Block::Frames(labels) => self.excerpts(labels),
            Block::Tree(nodes) => self.tree(nodes),
            Block::Part { anchor, title, blocks } => {
                self.heading(anchor.as_ref().unwrap_or(title), title);
                self.level += 1;
                self.blocks(blocks);
                self.level -= 1;
            }
            Block::Beside(columns) => self.beside(columns),
            Block::Grid(grid) => self.grid(grid),
            Block::List(lines) => {
                for line in lines {
                    self.paragraph(LIST, |writer| writer.pieces(line));
                }
            }
            Block::Line(cells) => self.paragraph(NORMAL, |writer| writer.pieces(cells)),
            Block::Terms(terms) => {
                for (term, said) in terms {
                    self.paragraph(NAME, |writer| writer.pieces(term));
                    self.under(said);
                }
            }
            // Drawings are not shown alike by all word processors; the words that say the same are.
            Block::Picture(Picture { repeats: true, .. }) => {}
            Block::Picture(picture) => {
                if !picture.caption.is_empty() {
                    self.said(CAPTION, &picture.caption);
                }
                self.said(NORMAL, &picture.told);
            }
            Block::Lines(lines) => self.paragraph(NORMAL, |writer| {
                for (rank, line) in lines.iter().enumerate() {
                    if rank > 0 {
                        writer.line_break();
                    }
                    writer.prose(line);
                }
            }),
            Block::Signed { closing, lines } => self.signed(closing, lines),
            Block::Signature(lines) => {
                for line in lines {
                    self.ruled(TO_SIGN, self.room, |writer| {
                        writer.prose(line);
                        writer.run(PLAIN, " ");
                        writer.tab();
                    });
                }
            }
            Block::Form(form) => self.form(form),
        }
    }

    /// A sentence; one that a dash begins is a line of a list.
    fn para(&mut self, text: &str) {
        match text.strip_prefix("– ") {
            Some(line) => self.paragraph(LIST, |writer| writer.prose(line)),
            // What announces something stands on the page of it.
            None => {
                let kept = self.kept;
                self.kept |= text.ends_with(':');
                self.paragraph(NORMAL, |writer| writer.prose(text));
                self.kept = kept;
            }
        }
    }

    /// The last words and who signs, on one page; room for the signature where it goes.
    fn signed(&mut self, closing: &[String], lines: &[String]) {
        for line in closing {
            self.paragraph(CLOSING, |writer| writer.prose(line));
        }
        let indent = std::mem::replace(&mut self.indent, self.room / 2);
        for (rank, line) in lines.iter().enumerate() {
            let style = if rank + 1 == lines.len() { SIGNATORY } else { QUALITY };
            self.paragraph(style, |writer| writer.prose(line));
        }
        self.indent = indent;
    }

    /// What is typed as it is, line after line.
    pub(super) fn code(&mut self, text: &str) {
        self.paragraph(CODE, |writer| {
            for (rank, line) in text.split('\n').enumerate() {
                if rank > 0 {
                    writer.line_break();
                }
                writer.kept(PLAIN, line.trim_end_matches('\r'));
            }
        });
    }

    /// A text as it is written, what is marked in it on a ground of its own; how far it is shown, where it is not whole.
    fn marks_of(&mut self, marks: &[Mark]) {
        self.paragraph(CODE, |writer| {
            for mark in marks {
                let run = if mark.shown.is_some() { MARKED } else { PLAIN };
                for (rank, line) in mark.text.split('\n').enumerate() {
                    if rank > 0 {
                        writer.line_break();
                    }
                    writer.kept(run, line.trim_end_matches('\r'));
                }
                if let Some((Shown::Some | Shown::Nothing, told)) = &mark.shown {
                    writer.run(FAINT, &format!(" [{told}]"));
                }
            }
        });
    }

    /// The places in each file: the line, the passage marked in it, what is said of it.
    fn excerpts(&mut self, labels: &[Label]) {
        for (name, places) in excerpts(labels) {
            self.paragraph(FILE, |writer| writer.kept(PLAIN, name));
            let indent = self.indent;
            self.indent += STEP;
            for place in places {
                let rank = format!("   {} {}", self.xml.lang.pick("ligne", "line"), place.line);
                self.paragraph(CODE, |writer| {
                    writer.kept(PLAIN, place.before);
                    writer.kept(MARKED, place.marked);
                    writer.kept(PLAIN, place.after);
                    writer.run(FAINT, &rank);
                });
                if !place.said.is_empty() {
                    self.said(CELL, place.said);
                }
            }
            self.indent = indent;
        }
    }

    fn tree(&mut self, nodes: &[Node]) {
        let indent = self.indent;
        for node in nodes {
            // « si » and « montant » announce what stands under them.
            let kept = self.kept;
            self.kept |= !node.inner.is_empty();
            match node.sign {
                Some(sign) => self.paragraph(SIGNED_NODE, |writer| {
                    writer.sign(sign);
                    writer.tab();
                    writer.run(PLAIN, &node.text);
                }),
                None => self.said(NODE, &node.text),
            }
            self.kept = kept;
            if indent + STEP <= self.room / 2 {
                self.indent = indent + STEP;
            }
            self.tree(&node.inner);
            self.indent = indent;
        }
    }

    /// A name in bold, before what is said of it.
    pub(super) fn named(&mut self, name: &str, more: &str) {
        self.paragraph(NAME, |writer| {
            writer.run(STRONG, name);
            if !more.is_empty() {
                writer.run(PLAIN, "  ");
                writer.run(FAINT, more);
            }
        });
    }
}
