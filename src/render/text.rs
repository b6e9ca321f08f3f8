//! A decision for a terminal: never wider than asked, colours that only repeat what words say.

use anstyle::{AnsiColor, Style};

use super::diagnostics::{Look, frames};
use super::document::{Block, Cell, Document, Node, Sign, Tone, Verdict};
use super::layout::{clean, width, wrap};
use super::{Explain, Lang, report};
use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;

/// How a decision is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOptions {
    /// Columns; never passed, and at least 40.
    pub width: usize,
    /// Whether colours are used.
    pub colour: bool,
    /// How much is explained.
    pub explain: Explain,
    /// The language of frame words.
    pub lang: Lang,
    /// Whether the command that tells more is named: only a person at a terminal types it, and nobody reads it aloud
    /// to an applicant.
    pub commands: bool,
}

impl Default for TextOptions {
    fn default() -> Self {
        TextOptions { width: 80, colour: false, explain: Explain::Brief, lang: Lang::Fr, commands: false }
    }
}

/// A decision as text, with a line end.
pub fn decision(policy: &Policy, dossier: &Dossier, decision: &Decision, options: &TextOptions) -> String {
    let mut whole = report::of(policy, dossier, decision, options.explain, options.lang);
    whole.hint = whole.hint.filter(|_| options.commands);
    report(&whole, options)
}

/// A report as text.
pub(super) fn report(report: &Document, options: &TextOptions) -> String {
    let look = Look { width: options.width.max(40), colour: options.colour, unicode: true };
    let mut page = Page { look, lang: options.lang, out: String::new(), in_item: false };
    page.report(report);
    page.out
}

/// The columns that words keep however deep a calculation goes.
const WORDS: usize = 28;

const BOLD: Style = Style::new().bold();

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Good => AnsiColor::Green.on_default(),
        Tone::Bad => AnsiColor::Red.on_default(),
        Tone::Open => AnsiColor::Yellow.on_default(),
        Tone::Faint => Style::new().dimmed(),
    }
}

struct Page {
    look: Look,
    lang: Lang,
    out: String,
    /// Whether what is printed is said of a line with a sign.
    in_item: bool,
}

impl Page {
    fn report(&mut self, report: &Document) {
        if !report.head.is_empty() {
            self.blocks(&report.head, "");
            self.out.push('\n');
        }
        self.prose(&report.title, "", "", BOLD);
        for line in &report.subtitle {
            self.prose(line, "", "", Style::new());
        }
        if let Some(verdict) = &report.verdict {
            self.out.push('\n');
            self.verdict(verdict);
        }
        for section in report.sections.iter().filter(|section| section.has_lines()) {
            self.out.push('\n');
            if !section.title.is_empty() {
                self.prose(&section.title, "", "", BOLD);
            }
            self.blocks(&section.blocks, "  ");
        }
        if let Some(hint) = &report.hint {
            self.out.push('\n');
            self.prose(hint, "", "", style(Tone::Faint));
        }
    }

    fn verdict(&mut self, verdict: &Verdict) {
        let word = clean(&verdict.word).into_owned();
        let lead = format!("  {word}   ");
        let rest = " ".repeat(width(&lead));
        let lines = wrap(&self.typeset(&verdict.why), &lead, &rest, self.look.width);
        for (i, line) in lines.iter().enumerate() {
            match line.strip_prefix(&lead).filter(|_| i == 0) {
                Some(why) => {
                    let word = self.look.paint(style(verdict.tone).bold(), &word);
                    self.out.push_str(&format!("  {word}   {why}"));
                }
                None => self.out.push_str(line),
            }
            self.out.push('\n');
        }
    }

    fn blocks(&mut self, blocks: &[Block], indent: &str) {
        let mut after_frames = false;
        for block in blocks {
            let frames = matches!(block, Block::Frames(_));
            if (frames || after_frames) && !self.out.ends_with("\n\n") {
                self.out.push('\n');
            }
            self.block(block, indent);
            after_frames = frames;
        }
    }

    fn block(&mut self, block: &Block, indent: &str) {
        match block {
            Block::Para(text) => {
                // Lines that follow one another hang; prose does not.
                let rest = if self.in_item { format!("{indent}  ") } else { indent.to_owned() };
                self.prose(text, indent, &rest, Style::new());
            }
            Block::Item { sign, title, blocks } => {
                self.signed(*sign, title, indent);
                let outer = std::mem::replace(&mut self.in_item, true);
                self.blocks(blocks, &format!("{indent}    "));
                self.in_item = outer;
            }
            Block::Entry { title, blocks } => {
                if !title.is_empty() {
                    self.prose(title, indent, &format!("{indent}  "), BOLD);
                }
                self.blocks(blocks, &format!("{indent}  "));
            }
            Block::Table(rows) => self.table(rows, indent),
            Block::Quote { source, passage } => self.quote(source, passage.as_deref(), indent),
            Block::ToWrite(text) => self.verbatim(text, indent),
            Block::Ask { rank, question, lines } => {
                let lead = format!("{indent}{rank}. ");
                let rest = " ".repeat(width(&lead));
                self.prose(question, &lead, &rest, BOLD);
                for line in lines {
                    self.prose(line, &rest, &format!("{rest}  "), Style::new());
                }
            }
            Block::Frames(labels) => self.out.push_str(&frames(labels, self.look)),
            Block::Tree(nodes) => self.tree(nodes, indent, 1),
            more => self.blocks(&more.lowered(), indent),
        }
    }

    fn typeset(&self, text: &str) -> String {
        self.lang.typeset(text)
    }

    /// Wrapped, all in one style: the indents are left bare.
    fn prose(&mut self, text: &str, first: &str, rest: &str, style: Style) {
        let lines = wrap(&self.typeset(text), first, rest, self.look.width);
        for (i, line) in lines.iter().enumerate() {
            let lead = if i == 0 { first } else { rest };
            let said = line.strip_prefix(lead).unwrap_or(line);
            let said = if style == Style::new() { said.to_owned() } else { self.look.paint(style, said) };
            self.out.push_str(lead);
            self.out.push_str(&said);
            self.out.push('\n');
        }
    }

    fn signed(&mut self, sign: Sign, title: &str, indent: &str) {
        let first = format!("{indent}{} ", sign.character());
        let rest = format!("{indent}  ");
        let lines = wrap(&self.typeset(title), &first, &rest, self.look.width);
        for (i, line) in lines.iter().enumerate() {
            match line.strip_prefix(&first).filter(|_| i == 0) {
                Some(said) => {
                    let sign = self.look.paint(style(sign.tone()), sign.character());
                    self.out.push_str(&format!("{indent}{sign} {said}"));
                }
                None => self.out.push_str(line),
            }
            self.out.push('\n');
        }
    }

    fn quote(&mut self, source: &str, passage: Option<&str>, indent: &str) {
        match passage {
            Some(passage) => {
                let text = self.lang.pair(source, &self.lang.quoted(passage));
                self.prose(&text, indent, &format!("{indent}  "), style(Tone::Faint));
            }
            None => self.prose(source, indent, &format!("{indent}  "), style(Tone::Faint)),
        }
    }

    /// Left as it is: it is to be copied. Only its lines are wrapped, where YAML lets them be.
    /// What is to be written as it stands: its lines, each with its own indent.
    fn verbatim(&mut self, text: &str, indent: &str) {
        for line in text.lines() {
            let own = line.len() - line.trim_start_matches(' ').len();
            let first = format!("{indent}  {}", " ".repeat(own));
            for line in wrap(line, &first, &format!("{first}  "), self.look.width) {
                self.out.push_str(&line);
                self.out.push('\n');
            }
        }
    }

    fn table(&mut self, rows: &[Vec<Cell>], indent: &str) {
        let rows: Vec<Vec<(String, Tone)>> = rows
            .iter()
            .map(|row| row.iter().map(|c| (clean(&self.typeset(&c.text)).into_owned(), c.tone)).collect())
            .collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|c| rows.iter().filter_map(|r| r.get(c)).map(|(text, _)| width(text)).max().unwrap_or(0))
            .collect();
        const GAP: usize = 3;
        let fixed: usize = widths.iter().take(columns.saturating_sub(1)).map(|w| w + GAP).sum();
        let room = self.look.width.saturating_sub(width(indent) + fixed);
        let last = widths.last().copied().unwrap_or(0);
        if room < last.min(18) || width(indent) + fixed > self.look.width + GAP {
            return self.stacked(&rows, indent);
        }
        for row in &rows {
            let mut lead = indent.to_owned();
            let mut plain = indent.to_owned();
            for (c, (text, tone)) in row.iter().enumerate().take(columns.saturating_sub(1)) {
                let fill = " ".repeat(widths.get(c).copied().unwrap_or(0).saturating_sub(width(text)) + GAP);
                lead.push_str(&self.toned(text, *tone));
                lead.push_str(&fill);
                plain.push_str(text);
                plain.push_str(&fill);
            }
            let Some((text, tone)) = row.get(columns.saturating_sub(1)).filter(|(text, _)| !text.is_empty())
            else {
                self.out.push_str(lead.trim_end());
                self.out.push('\n');
                continue;
            };
            let rest = " ".repeat(width(&plain));
            for (i, line) in wrap(text, &rest, &rest, self.look.width).iter().enumerate() {
                self.out.push_str(if i == 0 { &lead } else { &rest });
                let said = line.get(rest.len()..).unwrap_or(line);
                let said = self.toned(said, *tone);
                self.out.push_str(&said);
                self.out.push('\n');
            }
        }
    }

    /// Where the columns do not fit: the first cell of a row on a line, the others under it.
    fn stacked(&mut self, rows: &[Vec<(String, Tone)>], indent: &str) {
        for row in rows {
            for (c, (text, tone)) in row.iter().enumerate().filter(|(_, (text, _))| !text.is_empty()) {
                let lead = if c == 0 { indent.to_owned() } else { format!("{indent}  ") };
                let style = style(*tone);
                let rest = format!("{lead}  ");
                self.prose(text, &lead, &rest, style);
            }
        }
    }

    fn toned(&self, text: &str, tone: Tone) -> String {
        if tone == Tone::Plain { text.to_owned() } else { self.look.paint(style(tone), text) }
    }

    fn tree(&mut self, nodes: &[Node], indent: &str, level: usize) {
        // Where there is no room left for words, the level is told by its number instead.
        let deepest = self.look.width.saturating_sub(WORDS);
        let told = if indent.len() > deepest {
            format!("({} {level}) ", self.lang.pick("niveau", "level"))
        } else {
            String::new()
        };
        let lead = indent.get(..deepest).unwrap_or(indent);
        for node in nodes {
            let text = format!("{told}{}", node.text);
            match node.sign {
                Some(sign) => self.signed(sign, &text, lead),
                None => self.prose(&text, &format!("{lead}· "), &format!("{lead}  "), Style::new()),
            }
            self.tree(&node.inner, &format!("{indent}  "), level + 1);
        }
    }
}
