//! What no case shows, for a person at a terminal: what is lacking first.

use anstyle::{AnsiColor, Style};

use super::words::point;
use super::{Coverage, Entry, Point, Row, State};
use crate::render::Lang;
use crate::render::diagnostics::Look;
use crate::render::layout::{clean, width, wrap};
use crate::wording::french::several;
use crate::workshop::told_apart;

const BOLD: Style = Style::new().bold();
const LACKING: Style = AnsiColor::Red.on_default();
const SHOWN: Style = AnsiColor::Green.on_default();
const FAINT: Style = Style::new().dimmed();

/// The table.
pub fn report(coverage: &Coverage<'_>, look: Look) -> String {
    let (shown, all) = coverage.count();
    let cases = match coverage.cases() {
        0 => "sans aucun cas".to_owned(),
        1 => "par 1 cas".to_owned(),
        n => format!("par {n} cas"),
    };
    let version = told_apart(coverage.policy());
    let comma = if version.is_empty() { "" } else { "," };
    let points = several(shown, "point", "points");
    let title =
        format!("Couverture de « {} »{version}{comma} {cases} : {points} sur {all}", coverage.policy().id);
    let mut out = format!("{}\n", look.paint(BOLD, &Lang::Fr.typeset(&title)));
    let lacks = |entry: &&Entry| entry.rows.iter().any(|row| !lacking(coverage, row).is_empty());
    let (open, whole): (Vec<&Entry>, Vec<&Entry>) = coverage.entries().iter().partition(lacks);
    for entry in &open {
        out.push('\n');
        out.push_str(&head(coverage, entry, look));
        if let Some((source, quote)) = &entry.quote {
            let quote = format!("{source} « {quote} »");
            for line in wrap(&Lang::Fr.typeset(&quote), "  ", "    ", look.width).iter().take(2) {
                out.push_str(&format!("{}\n", look.paint(FAINT, line)));
            }
        }
        for row in &entry.rows {
            out.push_str(&self::row(coverage, row, look));
        }
    }
    if !whole.is_empty() {
        out.push_str(&format!("\n{}\n", look.paint(BOLD, "Rien ne manque à")));
        for entry in whole {
            out.push_str(&head(coverage, entry, look));
        }
    }
    if !open.is_empty() {
        let hint = format!(
            "\nPour écrire les dossiers qui manquent : conforme cases {} --missing\n",
            coverage.policy().id
        );
        out.push_str(&hint);
    }
    out
}

fn lacking(coverage: &Coverage<'_>, row: &Row) -> Vec<Point> {
    row.points.iter().filter(|point| coverage.state(point) == State::Lacking).copied().collect()
}

/// The name of an item, and how much of it is shown.
fn head(coverage: &Coverage<'_>, entry: &Entry, look: Look) -> String {
    let points = || entry.rows.iter().flat_map(|row| &row.points);
    let shown = points().filter(|point| coverage.state(point) == State::Shown).count();
    let all = points().filter(|point| coverage.state(point) != State::Impossible).count();
    let count = format!("{shown} sur {all}");
    let lines = wrap(&clean(&entry.name), "  ", "    ", look.width.saturating_sub(count.len() + 2));
    let mut out = String::new();
    for (rank, line) in lines.iter().enumerate() {
        if rank + 1 < lines.len() {
            out.push_str(&format!("{line}\n"));
            continue;
        }
        let gap = look.width.saturating_sub(width(line) + count.len());
        let style = if shown < all { LACKING } else { SHOWN };
        out.push_str(&format!("{line}{}{}\n", " ".repeat(gap), look.paint(style, &count)));
    }
    out
}

/// A row of which something is lacking: the author's words, then what no case shows.
fn row(coverage: &Coverage<'_>, row: &Row, look: Look) -> String {
    let lacking = lacking(coverage, row);
    if lacking.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    for line in wrap(&Lang::Fr.typeset(&row.label), "    ", "      ", look.width) {
        out.push_str(&format!("{line}\n"));
    }
    let words: Vec<String> = lacking.iter().map(|lacking| point(coverage.policy(), lacking)).collect();
    let said = format!("manque : {}", words.join(", "));
    for line in wrap(&Lang::Fr.typeset(&said), "      ", "        ", look.width) {
        out.push_str(&format!("{}\n", look.paint(LACKING, &line)));
    }
    out
}
