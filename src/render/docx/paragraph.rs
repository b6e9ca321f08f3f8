//! Paragraphs and what runs in them.

use sha2::{Digest, Sha256};

use super::blocks::Writer;
use crate::render::document::{Cell, Sign, Target, Tone, anchor, blanks};

/// A style of paragraphs, with the indents that it has of its own; in twentieths of a point, as all measures here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    id: &'static str,
    left: u32,
    hanging: u32,
    /// The list whose mark stands before it.
    list: Option<&'static str>,
}

const fn style(id: &'static str) -> Style {
    Style { id, left: 0, hanging: 0, list: None }
}

const fn inset(id: &'static str, left: u32) -> Style {
    Style { id, left, hanging: 0, list: None }
}

const fn hung(id: &'static str, list: Option<&'static str>) -> Style {
    Style { id, left: STEP, hanging: STEP, list }
}

/// What stands under something is so much further to the right.
pub(super) const STEP: u32 = 340;

pub(super) const NORMAL: Style = style("Normal");
pub(super) const TITLE: Style = style("Title");
/// What a letter is about.
pub(super) const OBJECT: Style = style("Objet");
/// How a letter ends: its last words, who signs, and the name in clear under the signature.
pub(super) const CLOSING: Style = style("Closing");
pub(super) const QUALITY: Style = style("Qualite");
pub(super) const SIGNATORY: Style = style("Signataire");
pub(super) const SUBTITLE: Style = style("Subtitle");
pub(super) const HEADINGS: [Style; 6] = [
    style("Heading1"),
    style("Heading2"),
    style("Heading3"),
    style("Heading4"),
    style("Heading5"),
    style("Heading6"),
];
pub(super) const OUTCOME: Style = inset("Issue", 227);
pub(super) const WHY: Style = inset("Motif", 227);
pub(super) const QUOTE: Style = inset("Quote", 227);
/// Passages of texts that bind, and of documents that inform.
pub(super) const BINDING: Style = inset("Opposable", 227);
pub(super) const INFORMING: Style = inset("Information", 227);
pub(super) const ITEM: Style = hung("Point", None);
pub(super) const LIST: Style = hung("ListBullet", Some("1"));
pub(super) const NODE: Style = hung("Etape", Some("2"));
/// A step with a sign of its own.
pub(super) const SIGNED_NODE: Style = hung("EtapeSignee", None);
pub(super) const NAME: Style = style("Nom");
pub(super) const CELL: Style = style("Cellule");
pub(super) const HEAD: Style = style("Tete");
pub(super) const CAPTION: Style = style("Caption");
pub(super) const CODE: Style = style("Code");
pub(super) const FILE: Style = style("Fichier");
pub(super) const HELP: Style = style("Aide");
/// One of the answers to a question, another below it.
pub(super) const CHOICE: Style = style("Choix");
pub(super) const TO_FILL: Style = style("ARemplir");
pub(super) const TO_SIGN: Style = style("Signature");
pub(super) const AFTER_TABLE: Style = style("Apres");

/// A style of what runs in a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run(Option<&'static str>);

pub(super) const PLAIN: Run = Run(None);
pub(super) const STRONG: Run = Run(Some("Strong"));
pub(super) const FAINT: Run = Run(Some("Faible"));
pub(super) const SOURCE: Run = Run(Some("Cite"));
pub(super) const MARKED: Run = Run(Some("Marque"));
const LINK: Run = Run(Some("Hyperlink"));

pub(super) fn toned(tone: Tone) -> Run {
    match tone {
        Tone::Plain => PLAIN,
        Tone::Good => Run(Some("Bon")),
        Tone::Bad => Run(Some("Mauvais")),
        Tone::Open => Run(Some("Ouvert")),
        Tone::Faint => FAINT,
    }
}

impl Writer {
    /// A paragraph.
    pub(super) fn paragraph(&mut self, style: Style, write: impl FnOnce(&mut Self)) {
        self.open_paragraph(style, None);
        write(self);
        self.xml.close("w:p");
    }

    /// A paragraph that a line to write on ends: it goes as far as the right end, or as is said.
    pub(super) fn ruled(&mut self, style: Style, end: u32, write: impl FnOnce(&mut Self)) {
        self.open_paragraph(style, Some(end));
        write(self);
        self.xml.close("w:p");
    }

    fn open_paragraph(&mut self, style: Style, rule: Option<u32>) {
        let indent = self.indent;
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.set("w:pStyle", style.id);
        if self.kept {
            xml.own("<w:keepNext/>");
        }
        if let Some(list) = style.list {
            let rank = (indent / STEP).min(8).to_string();
            xml.open("w:numPr", &[]);
            xml.set("w:ilvl", &rank);
            xml.set("w:numId", list);
            xml.close("w:numPr");
        }
        if let Some(end) = rule {
            xml.open("w:tabs", &[]);
            let end = end.to_string();
            xml.empty("w:tab", &[("w:val", "left"), ("w:leader", "underscore"), ("w:pos", &end)]);
            xml.close("w:tabs");
        }
        if indent > 0 || style.list.is_some() {
            let (left, hanging) = ((indent + style.left).to_string(), style.hanging.to_string());
            xml.empty("w:ind", &[("w:left", &left), ("w:hanging", &hanging)]);
        }
        xml.close("w:pPr");
    }

    /// A paragraph of words alone.
    pub(super) fn said(&mut self, style: Style, words: &str) {
        self.paragraph(style, |writer| writer.prose(words));
    }

    /// Words as people read them.
    pub(super) fn run(&mut self, run: Run, words: &str) {
        self.open_run(run);
        for (rank, piece) in whole_articles(words).split(NO_BREAK_HYPHEN).enumerate() {
            if rank > 0 {
                self.xml.own("</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">");
            }
            self.xml.words(piece);
        }
        self.close_run();
    }

    /// Words as people read them, their empty places on a ground of their own.
    pub(super) fn prose(&mut self, words: &str) {
        if words.is_empty() {
            return self.run(PLAIN, "");
        }
        for (piece, empty) in blanks(words) {
            self.run(if empty { MARKED } else { PLAIN }, piece);
        }
    }

    /// What is shown as it is written.
    pub(super) fn kept(&mut self, run: Run, text: &str) {
        self.open_run(run);
        self.xml.kept(text);
        self.close_run();
    }

    pub(super) fn tab(&mut self) {
        self.xml.own("<w:r><w:tab/></w:r>");
    }

    pub(super) fn line_break(&mut self) {
        self.xml.own("<w:r><w:br/></w:r>");
    }

    fn open_run(&mut self, Run(style): Run) {
        self.xml.open("w:r", &[]);
        if let Some(style) = style {
            self.xml.open("w:rPr", &[]);
            self.xml.set("w:rStyle", style);
            self.xml.close("w:rPr");
        }
        self.xml.open("w:t", &[("xml:space", "preserve")]);
    }

    fn close_run(&mut self) {
        self.xml.close("w:t");
        self.xml.close("w:r");
    }

    pub(super) fn sign(&mut self, sign: Sign) {
        self.kept(toned(sign.tone()), sign.character());
    }

    pub(super) fn pieces(&mut self, cells: &[Cell]) {
        for (rank, cell) in cells.iter().enumerate() {
            if rank > 0 {
                self.run(PLAIN, " ");
            }
            self.piece(cell);
        }
    }

    /// A piece of a line. A link to another page is its words: the file leads nowhere outside itself.
    pub(super) fn piece(&mut self, cell: &Cell) {
        match (&cell.to, cell.sign) {
            (_, Some(sign)) => self.sign(sign),
            (Some(Target::Here(place)), None) => {
                let place = bookmark(&anchor(place));
                self.xml.open("w:hyperlink", &[("w:anchor", &place), ("w:history", "1")]);
                self.run(LINK, &cell.text);
                self.xml.close("w:hyperlink");
            }
            (Some(Target::Page(..) | Target::Field(_)) | None, None) => match cell.tone {
                Tone::Plain => self.prose(&cell.text),
                tone => self.run(toned(tone), &cell.text),
            },
        }
    }

    /// Words to which links lead.
    pub(super) fn marked(&mut self, name: &str, words: &str) {
        let place = bookmark(&self.anchors.free(anchor(name)));
        self.marks += 1;
        let id = self.marks.to_string();
        self.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &place)]);
        self.run(PLAIN, words);
        self.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }
}

const NO_BREAK_HYPHEN: char = '\u{2011}';

/// The numbers of articles of codes, « L. 411-2 », as words that no line end cuts.
fn whole_articles(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut signs = words.chars().peekable();
    // How much of « L. 411-2 » stands before: its letter, its point, its figures.
    let (mut before, mut last, mut number) = (' ', ' ', false);
    while let Some(sign) = signs.next() {
        let figure = signs.peek().is_some_and(char::is_ascii_digit);
        let kept = match sign {
            ' ' if figure && last == '.' && matches!(before, 'A' | 'D' | 'L' | 'R') => {
                number = true;
                '\u{a0}'
            }
            '-' if figure && number => NO_BREAK_HYPHEN,
            '-' => '-',
            _ => {
                number &= sign.is_ascii_digit();
                sign
            }
        };
        out.push(kept);
        (before, last) = (last, sign);
    }
    out
}

/// A word processor knows places by forty signs at most: letters, figures and `_`, the first a letter.
const PLACE_LENGTH: usize = 40;

/// What a word processor calls an anchor; anchors that differ are called differently.
fn bookmark(anchor: &str) -> String {
    let plain = anchor.replace('-', "_");
    let fits = plain.len() <= PLACE_LENGTH
        && plain.starts_with(|c: char| c.is_ascii_alphabetic())
        && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if fits {
        return plain;
    }
    let own: String = plain.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(28).collect();
    let hash = Sha256::digest(anchor.as_bytes());
    let hash: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("p_{own}_{hash}")
}

#[cfg(test)]
mod tests {
    use super::{bookmark, whole_articles};

    #[test]
    fn the_number_of_an_article_is_one_word() {
        assert_eq!(
            whole_articles("articles L. 311-3-1 et R. 421-5, de 2024-10-01 à 3-4 ; p. 5-6"),
            "articles L.\u{a0}311\u{2011}3\u{2011}1 et R.\u{a0}421\u{2011}5, de 2024-10-01 à 3-4 ; p. 5-6"
        );
    }

    #[test]
    fn a_place_is_called_as_word_processors_allow() {
        assert_eq!(bookmark("critere-seuil-d-adhesion"), "critere_seuil_d_adhesion");
        for long in ["critere-dont-le-nom-est-bien-plus-long-que-tout-autre", "2-volets", "2ᵉ-volet", "者"]
        {
            let name = bookmark(long);
            assert!(name.len() <= 40 && name.starts_with("p_"), "{name}");
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{name}");
        }
        assert_ne!(bookmark("2ᵉ-volet"), bookmark("2-volet"));
    }
}
