//! The rows of the tables, as they are written.

use std::fs;
use std::path::{Path, PathBuf};

/// A mistake: what is written, what should have been, and what is said about it.
#[derive(Default)]
pub struct Row<'a> {
    frame: &'a str,
    /// What the row is about.
    pub title: &'a str,
    wrong: Vec<&'a str>,
    right: Vec<&'a str>,
    /// The code of its message.
    pub code: &'a str,
    /// The words at the place that the message names first.
    pub under: &'a str,
    /// Words of the message.
    pub says: Vec<&'a str>,
    /// Words of the help.
    pub helps: Vec<&'a str>,
    /// Words of the remedy that is right, where several are offered.
    pub choice: Option<&'a str>,
    /// Whether only the author can mend it: no remedy is ready made.
    pub by_hand: bool,
}

impl Row<'_> {
    /// The whole text with the mistake in it.
    pub fn wrong(&self) -> String {
        self.framed(&self.wrong)
    }

    /// The whole text as its author meant it.
    pub fn right(&self) -> String {
        self.framed(&self.right)
    }

    /// The frame with these lines at its « … », or, where it has none, in the place of the right ones.
    fn framed(&self, lines: &[&str]) -> String {
        if !self.frame.lines().any(|line| line == "…") {
            let block = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
            let (frame, right) = (format!("\n{}", self.frame), format!("\n{}", block(&self.right)));
            let places = frame.matches(&right).count();
            assert_eq!(places, 1, "« {} »: what is right stands once in its frame", self.title);
            return frame.replacen(&right, &format!("\n{}", block(lines)), 1).split_off(1);
        }
        let here = |line: &str| if line == "…" { lines.join("\n") } else { line.to_owned() };
        self.frame.lines().map(|line| here(line) + "\n").collect()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The names of the tables, in order.
pub fn tables() -> Vec<String> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|kind| kind == "txt"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The text of a table.
pub fn table(name: &str) -> String {
    fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap()
}

/// The rows of a table.
pub fn rows(text: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut frame = "";
    // What stands before the first block is said to whoever reads the table.
    for block in text.split("\n== ").skip(1) {
        let (title, body) = block.split_once('\n').unwrap_or((block, ""));
        if title.trim() == "cadre" {
            frame = body;
            continue;
        }
        rows.push(row(frame, title.trim(), body));
    }
    rows
}

fn row<'a>(frame: &'a str, title: &'a str, body: &'a str) -> Row<'a> {
    let mut row = Row { frame, title, ..Row::default() };
    for line in body.lines().filter(|line| !line.trim().is_empty()) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "-" => row.wrong.push(rest),
            "+" => row.right.push(rest),
            "code" => row.code = rest,
            "sous" => row.under = rest,
            "dit" => row.says.push(rest),
            "aide" => row.helps.push(rest),
            "choix" => row.choice = Some(rest),
            "à" if rest == "la main" => row.by_hand = true,
            _ => panic!("« {title} »: a line that says nothing: {line}"),
        }
    }
    assert!(!row.wrong.is_empty() && !row.code.is_empty(), "« {title} »: a row has its mistake and its code");
    row
}
