//! Mistakes in a policy or a dossier, as people and programs read them.
//!
//! [`miette`] draws the frames and is seen by [`mod@frame`] only. The words around them are French,
//! so they are written here.

mod changes;
mod frame;
mod json;

pub use changes::remedy;
pub(crate) use frame::frames;
pub use json::{json, json_of};

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::layout;
use crate::source::Span;
use crate::wording::french::several;

/// How a report looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns; never passed.
    pub width: usize,
    /// Whether colours repeat what words and signs say.
    pub colour: bool,
    /// Whether frames and signs are drawn; else in plain characters.
    pub unicode: bool,
}

impl Look {
    /// Eighty columns, frames drawn, no colour.
    pub const PLAIN: Look = Look { width: 80, colour: false, unicode: true };

    pub(crate) fn paint(self, style: anstyle::Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

const RED: anstyle::Style = anstyle::AnsiColor::Red.on_default().bold();
const YELLOW: anstyle::Style = anstyle::AnsiColor::Yellow.on_default().bold();
const CYAN: anstyle::Style = anstyle::AnsiColor::Cyan.on_default();
const FAINT: anstyle::Style = anstyle::Style::new().dimmed();

/// Diagnostics one after the other, each with its sign, its places and its help.
pub fn text(diagnostics: &[Diagnostic], width: usize, colour: bool) -> String {
    text_with(diagnostics, Look { width, colour, unicode: true })
}

/// As [`text`], with every choice of look.
pub fn text_with(diagnostics: &[Diagnostic], look: Look) -> String {
    one_by_one(diagnostics, look, false)
}

/// As [`text_with`], each with the lines that its remedy changes, where it has one and nothing is to be chosen.
pub fn text_with_changes(diagnostics: &[Diagnostic], look: Look) -> String {
    one_by_one(diagnostics, look, true)
}

fn one_by_one(diagnostics: &[Diagnostic], look: Look, with_changes: bool) -> String {
    let mut out = String::new();
    for (i, diagnostic) in diagnostics.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let (sign, plain, style) = match diagnostic.severity {
            Severity::Error => ("×", "x", RED),
            Severity::Warning => ("⚠", "!", YELLOW),
            Severity::Advice => ("☞", ">", CYAN),
        };
        let sign = look.paint(style, if look.unicode { sign } else { plain });
        heading(&mut out, &sign, &diagnostic.message, look);
        body(&mut out, diagnostic, look);
        if let [only] = diagnostic.remedies.as_slice()
            && with_changes
        {
            out.push_str(&changes::beside(only, diagnostic.labels.first(), look));
        }
    }
    out
}

/// How many answers are to be corrected, and how many do not go together: which of these is wrong, a rule does not tell.
fn to_correct(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|d| d.is_error()).collect();
    if errors.is_empty() {
        return None;
    }
    let of_rule = |d: &&Diagnostic| matches!(d.code, "coherence-non-respectee" | "coherence-impossible");
    // Those of the dossier come first.
    let answers = |d: &Diagnostic| -> Vec<Span> {
        let Some(first) = d.labels.first() else { return Vec::new() };
        d.labels.iter().filter(|label| label.file == first.file).map(|label| label.span).collect()
    };
    let clashing: BTreeSet<Span> = errors
        .iter()
        .filter(|d| of_rule(d))
        .map(|d| answers(d))
        .filter(|places| places.len() > 1)
        .flatten()
        .collect();
    let clashing = clashing.len();
    let single = errors.iter().filter(|d| !of_rule(d) || answers(d).len() < 2).count();
    let mut said = Vec::new();
    if single > 0 {
        said.push(several(single, "réponse à corriger", "réponses à corriger"));
    }
    if clashing > 0 {
        said.push(format!("{clashing} réponses qui ne vont pas ensemble"));
    }
    Some(said.join(" et "))
}

/// The diagnostics of a dossier that is sent back: how many answers are to be corrected, then each.
pub fn sent_back(diagnostics: &[Diagnostic], look: Look) -> String {
    let mut out = String::new();
    let to_correct = to_correct(diagnostics);
    if let Some(said) = &to_correct {
        let sign = look.paint(RED, if look.unicode { "×" } else { "x" });
        heading(&mut out, &sign, &format!("dossier non examiné : {said}"), look);
    }
    for (i, diagnostic) in diagnostics.iter().enumerate() {
        if i > 0 || to_correct.is_some() {
            out.push('\n');
        }
        for line in layout::wrap_prose(&diagnostic.message, "  ", "  ", look.width) {
            out.push_str(&line);
            out.push('\n');
        }
        body(&mut out, diagnostic, look);
    }
    out
}

fn heading(out: &mut String, sign: &str, message: &str, look: Look) {
    for (i, line) in layout::wrap_prose(message, "", "", look.width.saturating_sub(4)).iter().enumerate() {
        let lead = if i == 0 { sign } else { " " };
        let _ = writeln!(out, "  {lead} {line}");
    }
}

/// The column at which codes start where there is room.
const CODE_COLUMN: usize = 60;

fn body(out: &mut String, diagnostic: &Diagnostic, look: Look) {
    out.push_str(&frames(&diagnostic.labels, look));
    let code = format!("[{}]", diagnostic.code);
    let size = layout::width(&code);
    let column = CODE_COLUMN.min(look.width.saturating_sub(size));
    let mut lines = match &diagnostic.help {
        Some(help) => layout::wrap_prose(help, "  aide : ", "         ", look.width),
        None => Vec::new(),
    };
    let last = lines.pop().unwrap_or_default();
    let used = layout::width(&last);
    for line in &lines {
        out.push_str(&repaint_help(line, look));
        out.push('\n');
    }
    let gap = if used + 2 <= column {
        Some(column - used)
    } else if used + 2 + size <= look.width {
        Some(2)
    } else {
        None
    };
    out.push_str(&repaint_help(&last, look));
    if let Some(gap) = gap {
        out.push_str(&" ".repeat(gap));
    } else {
        out.push('\n');
        out.push_str(&" ".repeat(column));
    }
    out.push_str(&look.paint(FAINT, &code));
    out.push('\n');
}

fn repaint_help(line: &str, look: Look) -> String {
    match line.strip_prefix("  aide :") {
        Some(rest) => format!("  {}{rest}", look.paint(CYAN, "aide :")),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Span};

    fn span_of(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    #[test]
    fn a_mistake_in_a_policy() {
        let source = "critère périmètre\n  exige\n    - territoire.medecin ≥ 10\n";
        let file = SourceFile::new("ess/ess.pol", source);
        let diagnostic = Diagnostic::error("nom-inconnu", "nom inconnu : « territoire.medecin »")
            .at(&file, span_of(source, "territoire.medecin"), "aucun fait ni définition ne porte ce nom")
            .help("vouliez-vous dire « territoire.médecins » ?");
        insta::assert_snapshot!(text(&[diagnostic], 80, false), @r"
          × nom inconnu : « territoire.medecin »
           ╭─[ess/ess.pol:3:7]
         3 │     - territoire.medecin ≥ 10
           ·       ─────────┬────────
           ·                ╰── aucun fait ni définition ne porte ce nom
           ╰────
          aide : vouliez-vous dire « territoire.médecins » ?        [nom-inconnu]
        ");
    }

    #[test]
    fn the_column_counts_characters() {
        let source = "exige é à ça ≥ x\n";
        let file = SourceFile::new("a.pol", source);
        let diagnostic =
            Diagnostic::warning("essai", "message").at(&file, span_of(source, "x\n"), "ici le signe");
        let shown = text(&[diagnostic], 80, false);
        assert!(shown.contains("[a.pol:1:16]"), "{shown}");
    }

    #[test]
    fn a_dossier_is_sent_back_with_both_files() {
        let source = "dispositif: ess\nterritoire:\n  médecins: trente-quatre\n";
        let policy = "dossier\n  territoire.médecins : entier ≥ 0\n";
        let (dossier_file, policy_file) =
            (SourceFile::new("dossier.yaml", source), SourceFile::new("ess/ess.pol", policy));
        let diagnostic = Diagnostic::error(
            "type-attendu",
            "territoire.médecins : attendu un entier, 0 ou plus ; lu « trente-quatre »",
        )
        .at(&dossier_file, span_of(source, "trente-quatre"), "écrire le nombre en chiffres")
        .at(&policy_file, span_of(policy, "entier ≥ 0"), "déclaré ici");
        insta::assert_snapshot!(sent_back(&[diagnostic], Look::PLAIN), @r"
          × dossier non examiné : 1 réponse à corriger

          territoire.médecins : attendu un entier, 0 ou plus ; lu « trente-quatre »
           ╭─[dossier.yaml:3:13]
         3 │   médecins: trente-quatre
           ·             ──────┬──────
           ·                   ╰── écrire le nombre en chiffres
           ╰────
           ╭─[ess/ess.pol:2:25]
         2 │   territoire.médecins : entier ≥ 0
           ·                         ─────┬────
           ·                              ╰── déclaré ici
           ╰────
                                                                    [type-attendu]
        ");
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let long = format!("a {} territoire.médecins {} fin\n", "mot ".repeat(60), "suite ".repeat(900));
        let file = SourceFile::new("un/chemin/vraiment/long.pol".repeat(5), long.clone());
        for part in [
            "territoire",
            "fin",
            "mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot",
        ] {
            for width in [40, 80, 100] {
                let diagnostic = Diagnostic::error("code-assez-long", "un message ".repeat(20))
                    .at(&file, span_of(&long, part), "une étiquette plutôt longue ".repeat(5))
                    .help("une aide plutôt longue ".repeat(6));
                let shown = text(&[diagnostic], width, false);
                for line in shown.lines() {
                    assert!(layout::width(line) <= width, "{width} < {}\n{shown}", layout::width(line));
                }
            }
        }
    }

    #[test]
    fn places_far_apart_stand_in_frames_of_their_own() {
        let source = "un\ndeux\ntrois\nquatre\ncinq\nsix\nsept\n";
        let file = SourceFile::new("a.pol", source);
        let diagnostic = Diagnostic::error("double", "deux fois le même nom")
            .at(&file, span_of(source, "six"), "ici encore")
            .at(&file, span_of(source, "deux"), "d'abord ici")
            .at(&file, span_of(source, "trois\nqua"), "sur deux lignes");
        insta::assert_snapshot!(text(&[diagnostic], 80, false), @r"
          × deux fois le même nom
           ╭─[a.pol:6:1]
         6 │ six
           · ─┬─
           ·  ╰── ici encore
           ╰────
           ╭─[a.pol:2:1]
         2 │ deux
           · ──┬─
           ·   ╰── d'abord ici
         3 │ trois
           · ──┬──
           ·   ╰── sur deux lignes
           ╰────
                                                                    [double]
        ");
    }
}
