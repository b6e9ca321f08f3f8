//! The pieces of a document as elements.

use super::markup::Markup;
use crate::diagnostic::Label;
use crate::render::document::{
    Anchors, Block, Cell, Excerpt, Grid, Mark, Node, Shown, Sign, Target, Tone, anchor, blanks, excerpts,
};

/// What is being written.
pub(super) struct Writer {
    pub(super) markup: Markup,
    /// The rank of the heading of a section.
    pub(super) level: usize,
    /// What every anchor begins with.
    pub(super) prefix: &'static str,
    /// The anchors that stand already.
    pub(super) anchors: Anchors,
}

impl Writer {
    /// An anchor that nothing else of the page has.
    pub(super) fn anchored(&mut self, name: &str) -> String {
        self.anchors.free(format!("{}{}", self.prefix, anchor(name)))
    }

    pub(super) fn heading(&mut self, title: &str) {
        const RANKS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        self.markup.said(RANKS[self.level.clamp(1, 6) - 1], &[], title);
    }

    /// Lines with a sign stand together in a list.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut listed = false;
        for block in blocks {
            let item = matches!(block, Block::Item { .. });
            match (listed, item) {
                (false, true) => self.list_of("items"),
                (true, false) => self.markup.close("ul"),
                (true, true) | (false, false) => {}
            }
            listed = item;
            self.block(block);
        }
        if listed {
            self.markup.close("ul");
        }
    }

    fn list_of(&mut self, class: &'static str) {
        self.markup.open("ul", &[("class", class)]);
        self.markup.line_end();
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Para(text) => self.said(&[], text),
            Block::Item { sign, title, blocks } => {
                self.markup.open("li", &[]);
                self.sign(*sign);
                self.markup.words(title);
                self.markup.line_end();
                self.blocks(blocks);
                self.markup.close("li");
            }
            Block::Entry { title, blocks } => {
                if !title.is_empty() {
                    self.markup.open("p", &[]);
                    self.markup.said("strong", &[], title);
                    self.markup.close("p");
                }
                self.within("div", "under", blocks);
            }
            Block::Table(rows) => {
                self.markup.open("table", &[]);
                self.markup.line_end();
                self.rows(rows, false);
                self.markup.close("table");
            }
            Block::Quote { source, passage } => {
                self.markup.open("blockquote", &[]);
                self.markup.said("cite", &[], source);
                if let Some(passage) = passage {
                    let lang = self.markup.lang;
                    self.markup.words(&format!("{}{}", lang.pick(" : ", ": "), lang.quoted(passage)));
                }
                self.markup.close("blockquote");
            }
            Block::ToWrite(text) => {
                self.markup.open("pre", &[]);
                self.markup.lines(text);
                self.markup.close("pre");
            }
            Block::Ask { rank, question, lines } => {
                self.markup.open("p", &[]);
                self.markup.words(&format!("{rank}. "));
                self.markup.said("strong", &[], question);
                self.markup.close("p");
                self.markup.open("ul", &[]);
                self.markup.line_end();
                lines.iter().for_each(|line| self.markup.said("li", &[], line));
                self.markup.close("ul");
            }
            Block::Frames(labels) => self.excerpts(labels),
            Block::Tree(nodes) => self.tree(nodes),
            Block::Part { anchor, title, blocks } => {
                let id = match anchor {
                    Some(anchor) => self.anchored(anchor),
                    None => self.anchored(title),
                };
                self.markup.open("section", &[("id", &id)]);
                self.markup.line_end();
                self.level += 1;
                self.heading(title);
                self.blocks(blocks);
                self.level -= 1;
                self.markup.close("section");
            }
            Block::Beside(columns) => {
                self.markup.open("div", &[("class", "beside")]);
                self.markup.line_end();
                columns.iter().for_each(|column| self.within("div", "column", column));
                self.markup.close("div");
            }
            Block::Passage { source, binding, passage } => {
                let class = if *binding { "binding" } else { "information" };
                self.markup.open("blockquote", &[("class", class)]);
                self.markup.open("cite", &[]);
                self.piece(source);
                self.markup.close("cite");
                if let Some(passage) = passage {
                    let lang = self.markup.lang;
                    self.markup.words(&format!("{}{}", lang.pick(" : ", ": "), lang.quoted(passage)));
                }
                self.markup.close("blockquote");
            }
            Block::Marked(marks) => {
                self.markup.open("pre", &[("class", "marked")]);
                marks.iter().for_each(|mark| self.mark(mark));
                self.markup.close("pre");
            }
            Block::Folded { title, blocks } => {
                self.markup.open("details", &[]);
                self.markup.said("summary", &[], title);
                self.blocks(blocks);
                self.markup.close("details");
            }
            Block::Grid(grid) => self.grid(grid),
            Block::List(lines) => {
                self.markup.open("ul", &[]);
                self.markup.line_end();
                for line in lines {
                    self.markup.open("li", &[]);
                    self.pieces(line);
                    self.markup.close("li");
                }
                self.markup.close("ul");
            }
            Block::Line(cells) => {
                self.markup.open("p", &[]);
                self.pieces(cells);
                self.markup.close("p");
            }
            Block::Terms(terms) => {
                self.markup.open("dl", &[]);
                self.markup.line_end();
                for (term, said) in terms {
                    self.markup.open("dt", &[]);
                    self.pieces(term);
                    self.markup.close("dt");
                    self.within("dd", "said", said);
                }
                self.markup.close("dl");
            }
            Block::Picture(picture) => self.picture(picture),
            Block::Lines(lines) => {
                self.markup.open("p", &[]);
                for (rank, line) in lines.iter().enumerate() {
                    if rank > 0 {
                        self.markup.own("<br>\n");
                    }
                    self.marked(line);
                }
                self.markup.close("p");
            }
            Block::Signed { closing, lines } => {
                self.markup.open("div", &[("class", "signed")]);
                self.markup.line_end();
                closing.iter().for_each(|line| self.said(&[], line));
                lines.iter().for_each(|line| self.said(&[("class", "signatory")], line));
                self.markup.close("div");
            }
            Block::Signature(lines) => {
                self.markup.open("div", &[("class", "signature")]);
                self.markup.line_end();
                lines.iter().for_each(|line| self.markup.said("p", &[], line));
                self.markup.close("div");
            }
            Block::Form(form) => self.form(form),
        }
    }

    /// A paragraph, its empty places marked.
    fn said(&mut self, attributes: &[(&'static str, &str)], text: &str) {
        self.markup.open("p", attributes);
        self.marked(text);
        self.markup.close("p");
    }

    fn marked(&mut self, text: &str) {
        for (piece, empty) in blanks(text) {
            match empty {
                true => self.markup.said("mark", &[], piece),
                false => self.markup.words(piece),
            }
        }
    }

    pub(super) fn within(&mut self, tag: &'static str, class: &'static str, blocks: &[Block]) {
        self.markup.open(tag, &[("class", class)]);
        self.markup.line_end();
        self.blocks(blocks);
        self.markup.close(tag);
    }

    /// Told by colour, by a line under it, and in words for who stops the mouse on it.
    fn mark(&mut self, mark: &Mark) {
        let Some((shown, told)) = &mark.shown else { return self.markup.lines(&mark.text) };
        let class = match shown {
            Shown::All => "all",
            Shown::Some => "some",
            Shown::Nothing => "none",
        };
        let told = self.markup.lang.typeset(told);
        self.markup.open("mark", &[("class", class), ("title", &told)]);
        self.markup.lines(&mark.text);
        self.markup.close("mark");
    }

    /// The places in each file as a figure: the line, the passage marked in it, what is said of it.
    fn excerpts(&mut self, labels: &[Label]) {
        for (name, places) in excerpts(labels) {
            self.markup.open("figure", &[]);
            self.markup.line_end();
            self.markup.open("figcaption", &[]);
            self.markup.kept(name);
            self.markup.close("figcaption");
            places.iter().for_each(|place| self.excerpt(place));
            self.markup.close("figure");
        }
    }

    fn excerpt(&mut self, place: &Excerpt<'_>) {
        let markup = &mut self.markup;
        markup.open("p", &[]);
        markup.open("code", &[]);
        markup.kept(place.before);
        markup.open("mark", &[]);
        markup.kept(place.marked);
        markup.close("mark");
        markup.kept(place.after);
        markup.close("code");
        markup.space();
        let said = format!("{} {}", markup.lang.pick("ligne", "line"), place.line);
        markup.said("span", &[("class", "faint")], &said);
        markup.close("p");
        markup.said("p", &[], place.said);
    }

    fn grid(&mut self, grid: &Grid) {
        let id = self.anchored(&grid.caption);
        // Wider than a small screen: it moves within its frame, by keyboard too.
        self.markup.open(
            "div",
            &[("class", "wide"), ("tabindex", "0"), ("role", "group"), ("aria-labelledby", &id)],
        );
        self.markup.line_end();
        self.markup.open("table", &[("class", "grid")]);
        self.markup.line_end();
        self.markup.said("caption", &[("id", &id)], &grid.caption);
        self.markup.open("thead", &[]);
        self.markup.open("tr", &[]);
        for head in &grid.heads {
            self.markup.said("th", &[("scope", "col")], head);
        }
        self.markup.close("tr");
        self.markup.close("thead");
        self.markup.open("tbody", &[]);
        self.markup.line_end();
        self.rows(&grid.rows, true);
        self.markup.close("tbody");
        self.markup.close("table");
        self.markup.close("div");
    }

    /// Rows of cells; the first cell of a row is perhaps its head.
    fn rows(&mut self, rows: &[Vec<Cell>], headed: bool) {
        for row in rows {
            self.markup.open("tr", &[]);
            for (rank, cell) in row.iter().enumerate() {
                match (headed && rank == 0, cell.tone) {
                    (true, _) => self.markup.open("th", &[("scope", "row")]),
                    (false, Tone::Plain) => self.markup.open("td", &[]),
                    (false, tone) => self.markup.open("td", &[("class", class(tone))]),
                }
                self.piece(cell);
                self.markup.close(if headed && rank == 0 { "th" } else { "td" });
            }
            self.markup.close("tr");
        }
    }

    fn pieces(&mut self, cells: &[Cell]) {
        for (rank, cell) in cells.iter().enumerate() {
            if rank > 0 && !cell.text.starts_with([',', '.']) {
                self.markup.space();
            }
            self.piece(cell);
        }
    }

    fn piece(&mut self, cell: &Cell) {
        if let Some(sign) = cell.sign {
            return self.sign(sign);
        }
        if let Some(target) = &cell.to {
            let address = self.address(target);
            return self.markup.said("a", &[("href", &address)], &cell.text);
        }
        self.markup.words(&cell.text);
    }

    fn address(&self, target: &Target) -> String {
        match target {
            Target::Here(place) => format!("#{}{}", self.prefix, anchor(place)),
            Target::Field(id) => format!("#{id}"),
            Target::Page(page, None) => page.clone(),
            Target::Page(page, Some(place)) => format!("{page}#{}", anchor(place)),
        }
    }

    fn tree(&mut self, nodes: &[Node]) {
        self.list_of("tree");
        for node in nodes {
            self.markup.open("li", &[]);
            match node.sign {
                Some(sign) => self.sign(sign),
                None => self.markup.own("<span class=\"sign faint\" aria-hidden=\"true\">·</span>"),
            }
            self.markup.words(&node.text);
            self.markup.line_end();
            if !node.inner.is_empty() {
                self.tree(&node.inner);
            }
            self.markup.close("li");
        }
        self.markup.close("ul");
    }

    /// Said, too, for who does not see it.
    fn sign(&mut self, sign: Sign) {
        let word = sign.word(self.markup.lang);
        let class = format!("sign {}", class(sign.tone()));
        self.markup.open("span", &[("class", &class), ("role", "img"), ("aria-label", word)]);
        self.markup.kept(sign.character());
        self.markup.close("span");
    }
}

pub(super) fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Open => "open",
        Tone::Faint => "faint",
    }
}
