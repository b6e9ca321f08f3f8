//! A decision as a page of its own: escaped, printable, readable without colour or sight.

use super::layout::clean;
use super::report::{Block, Cell, Node, Report, Sign, Tone};
use super::{Explain, Lang};
use crate::decision::Decision;
use crate::diagnostic::Label;
use crate::dossier::Dossier;
use crate::policy::Policy;

/// A decision as one HTML page that needs nothing else.
pub fn decision(
    policy: &Policy,
    dossier: &Dossier,
    decision: &Decision,
    explain: Explain,
    lang: Lang,
) -> String {
    report(&Report::new(policy, dossier, decision, explain, lang), lang)
}

/// A report in this form.
pub(super) fn report(report: &Report, lang: Lang) -> String {
    let mut page = Page { lang, out: String::new() };
    page.report(report);
    page.out
}

const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0}
h2{font-size:1.1rem;margin:1.8rem 0 .4rem;border-bottom:1px solid #8886}
header p{margin:.1rem 0}
.verdict{border-left:.4rem solid;padding:.4rem 1rem;margin:1.5rem 0}
.verdict strong{display:block;font-size:1.25rem;letter-spacing:.02em}
.good{color:#1a6b34}.bad{color:#a32020}.open{color:#8a5a00}.faint{opacity:.75}
@media(prefers-color-scheme:dark){.good{color:#7fd49b}.bad{color:#ff9b93}.open{color:#f0c169}}
ul.items,ul.tree,ul.tree ul{list-style:none;padding-left:0;margin:.2rem 0}
ul.tree ul{padding-left:1.2rem}
ul.items>li{margin:.35rem 0 .35rem 1.6rem}
.sign{display:inline-block;width:1.4rem;margin-left:-1.6rem;font-weight:bold}
ul.tree .sign,td .sign{margin-left:0}
.under{margin-left:1.2rem}
p{margin:.2rem 0}
table{border-collapse:collapse;margin:.3rem 0}
td{padding:.1rem 1rem .1rem 0;vertical-align:top;text-align:left}
blockquote{margin:.3rem 0 .3rem .2rem;padding-left:.8rem;border-left:2px solid #8886;font-style:italic}
blockquote cite{font-style:normal}
figure{margin:.4rem 0;padding:.4rem .8rem;border:1px solid #8886}
figcaption{font-size:.85rem;opacity:.75}
mark{background:#f0c16966;color:inherit}
pre{overflow-x:auto;font-size:.85rem;line-height:1.25;padding:.5rem;border:1px solid #8886}
@media print{body{margin:0;max-width:none;font-size:10.5pt}h2{break-after:avoid}li,tr,blockquote,figure{break-inside:avoid}pre{white-space:pre-wrap}}
";

struct Page {
    lang: Lang,
    out: String,
}

impl Page {
    fn report(&mut self, report: &Report) {
        let title = self.text(&report.title);
        let outcome = report.verdict.as_ref().map(|verdict| self.text(&verdict.word));
        let heading =
            outcome.as_ref().map_or_else(|| title.clone(), |outcome| format!("{title} – {outcome}"));
        self.out.push_str(&format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{heading}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{title}</h1>\n",
            self.lang.pick("fr", "en")
        ));
        for line in &report.subtitle {
            let line = self.text(line);
            self.out.push_str(&format!("<p>{line}</p>\n"));
        }
        self.out.push_str("</header>\n");
        if let (Some(verdict), Some(outcome)) = (&report.verdict, outcome) {
            let why = self.text(&verdict.why);
            self.out.push_str(&format!(
                "<p class=\"verdict {}\"><strong>{outcome}</strong> {why}</p>\n",
                class(verdict.tone)
            ));
        }
        for section in &report.sections {
            self.out.push_str("<section>\n");
            if !section.title.is_empty() {
                let title = self.text(&section.title);
                self.out.push_str(&format!("<h2>{title}</h2>\n"));
            }
            self.blocks(&section.blocks);
            self.out.push_str("</section>\n");
        }
        self.out.push_str("</main>\n</body>\n</html>\n");
    }

    /// Lines with a sign stand together in a list.
    fn blocks(&mut self, blocks: &[Block]) {
        let mut listed = false;
        for block in blocks {
            let item = matches!(block, Block::Item { .. });
            match (listed, item) {
                (false, true) => self.out.push_str("<ul class=\"items\">\n"),
                (true, false) => self.out.push_str("</ul>\n"),
                (true, true) | (false, false) => {}
            }
            listed = item;
            self.block(block);
        }
        if listed {
            self.out.push_str("</ul>\n");
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Para(text) => {
                let text = self.text(text);
                self.out.push_str(&format!("<p>{text}</p>\n"));
            }
            Block::Item { sign, title, blocks } => {
                let title = self.text(title);
                let sign = self.sign(*sign);
                self.out.push_str(&format!("<li>{sign}{title}\n"));
                self.blocks(blocks);
                self.out.push_str("</li>\n");
            }
            Block::Entry { title, blocks } => {
                if !title.is_empty() {
                    let title = self.text(title);
                    self.out.push_str(&format!("<p><strong>{title}</strong></p>\n"));
                }
                self.out.push_str("<div class=\"under\">\n");
                self.blocks(blocks);
                self.out.push_str("</div>\n");
            }
            Block::Table(rows) => self.table(rows),
            Block::Quote { source, passage } => {
                let source = self.text(source);
                self.out.push_str(&format!("<blockquote><cite>{source}</cite>"));
                if let Some(passage) = passage {
                    let passage = self.text(&self.lang.quoted(passage));
                    self.out.push_str(&format!(" {passage}"));
                }
                self.out.push_str("</blockquote>\n");
            }
            Block::ToWrite(text) => {
                self.out.push_str("<pre>");
                self.out.push_str(&escape(&clean(text)));
                self.out.push_str("</pre>\n");
            }
            Block::Ask { rank, question, lines } => {
                let question = self.text(question);
                self.out.push_str(&format!("<p>{rank}. <strong>{question}</strong></p>\n<ul>\n"));
                for line in lines {
                    let line = self.text(line);
                    self.out.push_str(&format!("<li>{line}</li>\n"));
                }
                self.out.push_str("</ul>\n");
            }
            Block::Frames(labels) => self.excerpts(labels),
            Block::Tree(nodes) => self.tree(nodes),
        }
    }

    /// The places in each file as a figure: the line, the passage marked in it, what is said of it.
    fn excerpts(&mut self, labels: &[Label]) {
        let mut files: Vec<(String, Vec<String>)> = Vec::new();
        for label in labels {
            let (file, span) = label.file.origin(label.span);
            let at = file.position(span.start);
            let (number, line) = (at.line, file.line(at.line));
            let from = line.char_indices().nth(at.column as usize - 1).map_or(line.len(), |(byte, _)| byte);
            let to = (from + (span.end - span.start) as usize).min(line.len());
            let part = |range: std::ops::Range<usize>| escape(&clean(line.get(range).unwrap_or_default()));
            let (before, marked, after) = (part(0..from), part(from..to), part(to..line.len()));
            let before = before.trim_start();
            let said = self.text(&label.text);
            let place = self.text(&format!("{} {number}", self.lang.pick("ligne", "line")));
            let entry = format!(
                "<p><code>{before}<mark>{marked}</mark>{after}</code> <span class=\"faint\">{place}</span></p>\n<p>{said}</p>\n"
            );
            let name = file.name().to_owned();
            match files.iter_mut().find(|(known, _)| *known == name) {
                Some((_, entries)) => entries.push(entry),
                None => files.push((name, vec![entry])),
            }
        }
        for (name, entries) in files {
            let name = escape(&clean(&name));
            self.out.push_str(&format!("<figure>\n<figcaption>{name}</figcaption>\n"));
            entries.iter().for_each(|entry| self.out.push_str(entry));
            self.out.push_str("</figure>\n");
        }
    }

    fn table(&mut self, rows: &[Vec<Cell>]) {
        self.out.push_str("<table>\n");
        for row in rows {
            self.out.push_str("<tr>");
            for cell in row {
                let text = match cell.sign {
                    Some(sign) => self.sign(sign),
                    None => self.text(&cell.text),
                };
                let tone = match cell.tone {
                    Tone::Plain => String::new(),
                    tone => format!(" class=\"{}\"", class(tone)),
                };
                self.out.push_str(&format!("<td{tone}>{text}</td>"));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</table>\n");
    }

    fn tree(&mut self, nodes: &[Node]) {
        if nodes.is_empty() {
            return;
        }
        self.out.push_str("<ul class=\"tree\">\n");
        for node in nodes {
            let text = self.text(&node.text);
            let sign = node.sign.map_or_else(
                || "<span class=\"sign faint\" aria-hidden=\"true\">·</span>".to_owned(),
                |sign| self.sign(sign),
            );
            self.out.push_str(&format!("<li>{sign}{text}"));
            self.tree(&node.inner);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    /// A sign, with its word for those who hear the page.
    fn sign(&self, sign: Sign) -> String {
        format!(
            "<span class=\"sign {}\" role=\"img\" aria-label=\"{}\">{}</span>",
            class(sign.tone()),
            sign.word(self.lang),
            sign.character()
        )
    }

    fn text(&self, text: &str) -> String {
        escape(&clean(&self.lang.typeset(text)))
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Open => "open",
        Tone::Faint => "faint",
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_of_an_author_is_mark_up() {
        assert_eq!(super::escape("<b a='1'>&\""), "&lt;b a=&#39;1&#39;&gt;&amp;&quot;");
    }
}
