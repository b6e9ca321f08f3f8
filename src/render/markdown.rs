//! A decision in Markdown: to be kept beside a dossier and read as it is.

use super::diagnostics::{Look, frames};
use super::document::{Block, Cell, Document, Grid, Node, Sign};
use super::layout::clean;
use super::{Explain, Lang, report};
use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;

/// A decision as Markdown, with a line end.
pub fn decision(
    policy: &Policy,
    dossier: &Dossier,
    decision: &Decision,
    explain: Explain,
    lang: Lang,
) -> String {
    page(&report::of(policy, dossier, decision, explain, lang), lang)
}

/// A document as Markdown, with a line end.
pub(crate) fn page(report: &Document, lang: Lang) -> String {
    let mut page = Page { lang, level: 2, out: String::new() };
    page.report(report);
    page.out
}

struct Page {
    lang: Lang,
    /// The rank of the headings above.
    level: usize,
    out: String,
}

impl Page {
    fn report(&mut self, report: &Document) {
        if !report.head.is_empty() {
            self.blocks(&report.head, 0);
            self.out.push('\n');
        }
        let title = self.inline(&report.title);
        self.out.push_str(&format!("# {title}\n\n"));
        let subtitle: Vec<String> = report.subtitle.iter().map(|line| self.inline(line)).collect();
        self.out.push_str(&subtitle.join("  \n"));
        match &report.verdict {
            Some(verdict) => {
                let (word, why) = (self.inline(&verdict.word), self.inline(&verdict.why));
                let said = self.lang.typeset(&self.lang.pair(&format!("**{word}**"), &why));
                self.out.push_str(&format!("\n\n{said}\n"));
            }
            None if subtitle.is_empty() => {
                self.out.pop();
            }
            None => self.out.push('\n'),
        }
        for section in report.sections.iter().filter(|section| section.has_lines()) {
            self.out.push('\n');
            if !section.title.is_empty() {
                let title = self.inline(&section.title);
                self.out.push_str(&format!("## {title}\n\n"));
            }
            self.blocks(&section.blocks, 0);
        }
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        let mut loose = false;
        for (i, block) in blocks.iter().enumerate() {
            let apart = matches!(block, Block::Frames(_) | Block::ToWrite(_))
                || (depth == 0
                    && matches!(
                        block,
                        Block::Para(_)
                            | Block::Line(_)
                            | Block::Lines(_)
                            | Block::Grid(_)
                            | Block::Beside(_)
                            | Block::Signed { .. }
                    ));
            if i > 0 && (apart || loose) && !self.out.ends_with("\n\n") {
                self.out.push('\n');
            }
            self.block(block, depth);
            loose = apart;
        }
    }

    fn block(&mut self, block: &Block, depth: usize) {
        let pad = "  ".repeat(depth);
        match block {
            Block::Para(text) => {
                // A line of a list that stands in a list already needs no second dash.
                let text = if depth == 0 { text } else { text.strip_prefix("– ").unwrap_or(text) };
                let text = self.inline(text);
                let bullet = if depth == 0 { "" } else { "- " };
                self.out.push_str(&format!("{pad}{bullet}{text}\n"));
            }
            Block::Item { sign, title, blocks } => {
                let title = self.inline(title);
                // A dash after the dash of the list would say nothing more.
                let sign =
                    if *sign == Sign::Aside { String::new() } else { format!("{} ", sign.character()) };
                self.out.push_str(&format!("{pad}- {sign}{title}\n"));
                self.blocks(blocks, depth + 1);
            }
            Block::Entry { title, blocks } => {
                if title.is_empty() {
                    return self.blocks(blocks, depth + 1);
                }
                let title = self.inline(title);
                self.out.push_str(&format!("{pad}- **{title}**\n"));
                self.blocks(blocks, depth + 1);
            }
            Block::Table(rows) => self.rows(rows, &pad),
            Block::Quote { source, passage } => {
                let said = match passage {
                    Some(passage) => self.lang.pair(source, &self.lang.quoted(passage)),
                    None => source.clone(),
                };
                let said = self.inline(&said);
                self.out.push_str(&format!("{pad}- *{said}*\n"));
            }
            Block::ToWrite(text) => {
                // A fence that nothing in the text closes.
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                self.out.push_str(&format!("{pad}{fence}yaml\n"));
                for line in text.lines() {
                    self.out.push_str(format!("{pad}{}", clean(line)).trim_end());
                    self.out.push('\n');
                }
                self.out.push_str(&format!("{pad}{fence}\n"));
            }
            Block::Ask { rank, question, lines } => {
                let question = self.inline(question);
                self.out.push_str(&format!("{pad}{rank}. **{question}**\n"));
                for line in lines {
                    let line = self.inline(line);
                    self.out.push_str(&format!("{pad}   - {line}\n"));
                }
            }
            Block::Frames(labels) => {
                self.out.push_str(&format!("{pad}```text\n"));
                for line in frames(labels, Look::PLAIN).lines() {
                    self.out.push_str(format!("{pad}{line}").trim_end());
                    self.out.push('\n');
                }
                self.out.push_str(&format!("{pad}```\n"));
            }
            Block::Tree(nodes) => self.tree(nodes, depth),
            Block::Part { title, blocks, .. } if depth == 0 => {
                let title = self.inline(title);
                if !self.out.ends_with("\n\n") {
                    self.out.push('\n');
                }
                self.level += 1;
                let marks = "#".repeat(self.level.min(6));
                self.out.push_str(&format!("{marks} {title}\n\n"));
                self.blocks(blocks, 0);
                self.level -= 1;
            }
            Block::Grid(grid) if depth == 0 => self.grid(grid),
            Block::Lines(lines) if depth == 0 => {
                let lines: Vec<String> = lines.iter().map(|line| self.inline(line)).collect();
                self.out.push_str(&format!("{}\n", lines.join("  \n")));
            }
            more => self.blocks(&more.lowered(), depth),
        }
    }

    /// A table with heads: outside lists, where one may stand.
    fn grid(&mut self, grid: &Grid) {
        let caption = self.inline(&grid.caption);
        self.out.push_str(&format!("**{caption}**\n\n"));
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        self.out.push_str(&line(grid.heads.iter().map(|head| self.inline(head)).collect()));
        self.out.push_str(&line(vec!["---".to_owned(); grid.heads.len()]));
        for row in &grid.rows {
            self.out.push_str(&line(row.iter().map(|cell| self.inline(&cell.text)).collect()));
        }
        self.out.push('\n');
    }

    /// Rows as lines: a table of Markdown cannot stand in a list, nor be read as it is.
    fn rows(&mut self, rows: &[Vec<Cell>], pad: &str) {
        for row in rows {
            let sign =
                row.iter().find(|c| c.sign.is_some()).map(|c| format!("{} ", c.text)).unwrap_or_default();
            let mut cells = row.iter().filter(|c| !c.text.is_empty() && c.sign.is_none());
            let carried = row.first().is_some_and(|c| c.text.is_empty());
            let first = if carried { None } else { cells.next() };
            let rest: Vec<String> = cells.map(|c| self.inline(&c.text)).collect();
            let line = match (first, rest.is_empty()) {
                (Some(first), true) => self.inline(&first.text),
                (Some(first), false) => self.lang.pair(&self.inline(&first.text), &rest.join(" · ")),
                (None, _) => rest.join(" · "),
            };
            let line = self.lang.typeset(&line);
            let deeper = if carried { "  " } else { "" };
            self.out.push_str(&format!("{pad}{deeper}- {sign}{line}\n"));
        }
    }

    fn tree(&mut self, nodes: &[Node], depth: usize) {
        for node in nodes {
            let text = self.inline(&node.text);
            let sign = node.sign.map(|s| format!("{} ", s.character())).unwrap_or_default();
            self.out.push_str(&format!("{}- {sign}{text}\n", "  ".repeat(depth)));
            self.tree(&node.inner, depth + 1);
        }
    }

    /// What would be read as mark-up is escaped.
    fn inline(&self, text: &str) -> String {
        let typeset = self.lang.typeset(text);
        let mut out = String::with_capacity(typeset.len());
        for c in clean(&typeset).chars() {
            if matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' | '|') {
                out.push('\\');
            }
            out.push(c);
        }
        out
    }
}
