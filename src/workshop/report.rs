//! What came of the cases, for a person at a terminal.

use anstyle::{AnsiColor, Style};

use super::case::{Judged, Orphan, Verdict};
use super::changes::{self, Changed};
use super::compare::{Change, Difference};
use super::expected::Failure;
use super::missing::{Missing, Unsought};
use super::mutation::text::spent;
use super::plain;
use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::render::Lang;
use crate::render::diagnostics::{self, Look};
use crate::render::layout::{clean, width, wrap};
use crate::render::words::Words;
use crate::source::SourceFile;
use crate::wording::french::several;

const BOLD: Style = Style::new().bold();
const GONE: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();
const FAINT: Style = Style::new().dimmed();

/// What is said of cases of which only the heading is no longer as approved.
const VERSION_ALONE: &str =
    "rédaction seule, l'en-tête dit une autre version du texte (--accept le met à jour)";

/// Most commands that are proposed for as many policies.
const COMMANDS: usize = 3;

/// Commands to type next, as they can be copied.
#[derive(Debug, Clone, Default)]
pub struct Next {
    /// Those that find the missing cases, one a policy.
    pub missing: Vec<String>,
    /// The one that goes through what differs.
    pub review: String,
}

/// All cases that are not as approved, then how many are.
pub fn cases(judged: &[Judged], orphans: &[Orphan], next: &Next, look: Look) -> String {
    let mut out = String::new();
    for case in judged.iter().filter(|case| !case.passes()) {
        out.push_str(&self::case(case, look));
        out.push('\n');
    }
    for orphan in orphans {
        out.push_str(&self::orphan(orphan, look));
        out.push('\n');
    }
    let several = changes(judged, look);
    if !several.is_empty() {
        out.push_str(&format!("{several}\n"));
    }
    out.push_str(&summary(judged, orphans, next, look));
    out
}

/// What changes over all cases, point by point; nothing where no more than one case differs.
pub fn changes(judged: &[Judged], look: Look) -> String {
    if judged.iter().filter(|case| matches!(case.verdict, Verdict::Differs(_))).count() < 2 {
        return String::new();
    }
    let mut out = format!("{}\n", look.paint(BOLD, "Ce qui change, en tout"));
    for Changed { name, moves, others } in changes::changes(judged) {
        let told = moves.iter().map(|(before, after, count)| format!("{before} → {after}, {count}\u{a0}cas"));
        let mut told: Vec<String> = told.collect();
        match others {
            0 => {}
            others if told.is_empty() => told.push(format!("{others}\u{a0}cas")),
            others => told.push(format!("autrement, {others}\u{a0}cas")),
        }
        let name = if name.is_empty() { "rédaction seule" } else { &name };
        let said = format!("{name} : {}", told.join(" ; "));
        for line in wrap(&Lang::Fr.typeset(&said), "  ", "    ", look.width) {
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}

/// An approved decision whose dossier is gone.
pub fn orphan(Orphan { policy, name }: &Orphan, look: Look) -> String {
    let head = look.paint(BOLD, &format!("{policy} · {name}"));
    let said = "une décision est approuvée, le dossier n'est plus là : le rétablir, ou supprimer \
                le fichier de la décision";
    format!("{head}\n{}", paragraph(&format!("{said} ({name}.decision.md)"), "  ", look))
}

/// One case that is not as approved.
pub fn case(case: &Judged, look: Look) -> String {
    let mut out = format!("{}\n", look.paint(BOLD, &format!("{} · {}", case.policy, case.name)));
    for Failure { name, stated, decided } in &case.failures {
        let said = format!("✘ {name} : attendu « {stated} », décidé « {decided} »");
        for line in wrap(&Lang::Fr.typeset(&said), "  ", "    ", look.width) {
            out.push_str(&format!("{}\n", look.paint(GONE, &line)));
        }
    }
    match &case.verdict {
        Verdict::AsApproved | Verdict::Reworded => {}
        Verdict::NeverApproved => {
            out.push_str(&paragraph("jamais approuvé", "  ", look));
        }
        Verdict::Differs(found) if found.is_empty() => {
            out.push_str(&paragraph("seule la mise en page diffère", "  ", look));
        }
        Verdict::Differs(found) => {
            // What the dossier expects otherwise has been told.
            let told = |name: &str| case.failures.iter().any(|failure| failure.name == name);
            let is_new = |of: &&Difference| !matches!(of, Difference::Point { name, .. } if told(name));
            for difference in found.iter().filter(is_new) {
                out.push_str(&self::difference(difference, look));
            }
        }
        Verdict::Broken(mistakes) => out.push_str(&diagnostics::text_with(mistakes, look)),
    }
    out
}

fn difference(difference: &Difference, look: Look) -> String {
    let mut out = String::new();
    match difference {
        Difference::Point { name, before, after } => {
            let absent = || "absent".to_owned();
            let (before, after) =
                (before.clone().unwrap_or_else(absent), after.clone().unwrap_or_else(absent));
            let whole = format!("{name}\u{a0}: {before} → {after}");
            let lines = wrap(&Lang::Fr.typeset(&whole), "  ", "    ", look.width);
            match lines.as_slice() {
                // On one line each side keeps its colour; a long one says it with the arrow alone.
                [_] => out.push_str(&format!(
                    "  {name}\u{a0}: {} → {}\n",
                    look.paint(GONE, &clean(&before)),
                    look.paint(NEW, &clean(&after))
                )),
                lines => lines.iter().for_each(|line| out.push_str(&format!("{line}\n"))),
            }
        }
        Difference::Passage { title, lines } => {
            let title = if title.is_empty() { "En tête".to_owned() } else { plain::words(title) };
            out.push_str(&format!("  {}\n", look.paint(FAINT, &clean(&title))));
            for (change, text) in lines.iter().filter(|(_, text)| !plain::is_fence(text)) {
                let (sign, style) = match change {
                    Change::Gone => ("-", GONE),
                    Change::New => ("+", NEW),
                    Change::Under => (" ", FAINT),
                };
                let bare = text.trim_start();
                let told = bare.strip_prefix("- ").unwrap_or(bare);
                let depth = " ".repeat((text.len() - bare.len()).min(12));
                let told = plain::words(told);
                let first = format!("    {sign} {depth}");
                let rest = format!("      {depth}  ");
                for line in wrap(&told, &first, &rest, look.width) {
                    out.push_str(&format!("{}\n", look.paint(style, line.trim_end())));
                }
            }
        }
    }
    out
}

/// Some words in lines as wide as what shows them.
pub fn paragraph(text: &str, indent: &str, look: Look) -> String {
    wrap(&Lang::Fr.typeset(text), indent, indent, look.width).iter().map(|line| format!("{line}\n")).collect()
}

/// The text of a decision in plain words, in lines as wide as what shows them.
pub fn page(text: &str, look: Look) -> String {
    let mut out = String::new();
    for line in text.lines().filter(|line| !plain::is_fence(line)) {
        if let Some(title) = plain::title(line) {
            out.push_str(&format!("{}\n", look.paint(BOLD, &clean(&title))));
            continue;
        }
        let bare = line.trim_start();
        let indent = " ".repeat(line.len() - bare.len());
        let mut lines = wrap(&plain::words(bare), &indent, &format!("{indent}  "), look.width);
        // A line that is empty stays one.
        if lines.is_empty() {
            lines.push(String::new());
        }
        out.extend(lines.iter().map(|line| format!("{}\n", line.trim_end())));
    }
    out
}

/// How many cases there are of each sort.
pub fn summary(judged: &[Judged], orphans: &[Orphan], next: &Next, look: Look) -> String {
    if judged.is_empty() && orphans.is_empty() {
        let said = "Aucun cas : un cas est un dossier, dans un répertoire « cases » à côté du texte. \
                    Pour voir lesquels montreraient tout le texte :";
        let mut out = paragraph(said, "", look);
        // A command is never cut: it is there to be copied.
        out.extend(next.missing.iter().take(COMMANDS).map(|command| format!("  {command}\n")));
        if next.missing.len() > COMMANDS {
            out.push_str("  …\n");
        }
        return out;
    }
    let count = |of: &dyn Fn(&Judged) -> bool| judged.iter().filter(|case| of(case)).count();
    let mut parts = vec![several(judged.len(), "cas décidé", "cas décidés")];
    let passing = count(&Judged::passes);
    let reworded = count(&|case| case.verdict == Verdict::Reworded && case.passes());
    let version = match reworded {
        0 => String::new(),
        all if all == judged.len() => paragraph(VERSION_ALONE, "", look),
        some => paragraph(&format!("De {} : {VERSION_ALONE}", several(some, "cas", "cas")), "", look),
    };
    if passing == judged.len() && orphans.is_empty() {
        return format!("{} : tous comme approuvé\n{version}", parts.concat());
    }
    parts.push(format!("{passing} comme approuvé"));
    let failing = count(&|case| !case.failures.is_empty());
    if failing > 0 {
        parts.push(several(failing, "contraire à ce qu'il attend", "contraires à ce qu'ils attendent"));
    }
    let differing = count(&|case| matches!(case.verdict, Verdict::Differs(_)));
    if differing > 0 {
        parts.push(several(differing, "diffère", "diffèrent"));
    }
    let new = count(&|case| case.verdict == Verdict::NeverApproved);
    if new > 0 {
        parts.push(several(new, "jamais approuvé", "jamais approuvés"));
    }
    let broken = count(&Judged::is_broken);
    if broken > 0 {
        parts.push(several(broken, "à corriger", "à corriger"));
    }
    if !orphans.is_empty() {
        parts.push(several(orphans.len(), "décision sans dossier", "décisions sans dossier"));
    }
    let mut out = paragraph(&parts.join(", "), "", look);
    out.push_str(&version);
    let open = count(&|case| case.may_be_approved() && !case.passes());
    if open > 0 {
        let said = "Pour les revoir un à un (pour les approuver tous : --accept au lieu de --review) :";
        out.push_str(&paragraph(said, "", look));
        out.push_str(&format!("  {}\n", next.review));
    }
    out
}

/// Cases with their outcomes.
pub fn outcomes(cases: &[(&str, &Policy, &Decision)]) -> String {
    let widest = cases.iter().map(|(name, ..)| width(name)).max().unwrap_or(0);
    let line = |(name, policy, decision): &(&str, &Policy, &Decision)| {
        let dossier = Dossier::empty(policy, SourceFile::new("", ""));
        let words = Words::new(policy, &dossier, decision.examined_on, Lang::Fr);
        let gap = " ".repeat(widest.saturating_sub(width(name)));
        format!("{name}{gap}   {}\n", words.outcome(decision.outcome))
    };
    cases.iter().map(line).collect()
}

/// The dossiers that coverage lacks.
pub fn missing(found: &Missing, steps: u64, look: Look) -> String {
    let mut out = String::new();
    for new in &found.new {
        out.push_str(&format!("{}\n", look.paint(BOLD, &new.name)));
        for shows in &new.shows {
            for line in wrap(&Lang::Fr.typeset(shows), "  ", "    ", look.width) {
                out.push_str(&format!("{line}\n"));
            }
        }
    }
    if !found.not_found.is_empty() {
        let tried = several(found.tried, "dossier essayé", "dossiers essayés");
        let head = Lang::Fr.typeset(&format!("Non trouvé, sur {tried}"));
        out.push_str(&format!("\n{}\n", look.paint(BOLD, &head)));
        for lacking in &found.not_found {
            for line in wrap(&Lang::Fr.typeset(lacking), "  ", "    ", look.width) {
                out.push_str(&format!("{}\n", look.paint(GONE, &line)));
            }
        }
    }
    if !found.alike.is_empty() {
        let head = "Changements du texte qu'aucun dossier essayé ne distingue";
        out.push_str(&format!("\n{}\n", look.paint(BOLD, &Lang::Fr.typeset(head))));
        for change in &found.alike {
            for line in wrap(&Lang::Fr.typeset(change), "  ", "    ", look.width) {
                out.push_str(&format!("{}\n", look.paint(GONE, &line)));
            }
        }
    }
    let Unsought { points, changes } = found.unsought;
    let left_out: Vec<String> = [
        (points, several(points, "point non cherché", "points non cherchés")),
        (changes, several(changes, "changement du texte non essayé", "changements du texte non essayés")),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(_, said)| said)
    .collect();
    if !left_out.is_empty() {
        out.push_str(&format!("\n{}", spent(steps, &left_out, look)));
    }
    let points = several(found.not_found.len(), "point manque", "points manquent");
    let rest = match found.not_found.len() {
        0 => "chaque point est montré".to_owned(),
        _ => format!("{points} encore"),
    };
    let last = match found.new.len() {
        0 if !found.not_found.is_empty() => format!("{rest}."),
        0 if !found.alike.is_empty() || !left_out.is_empty() => "Rien d'autre ne manque.".to_owned(),
        0 => {
            "Rien ne manque : chaque point est montré par un cas, chaque petit changement du texte vu par un cas."
                .to_owned()
        }
        1 => format!("1 dossier manque ; avec lui, {rest}."),
        new => format!("{} ; avec eux, {rest}.", several(new, "dossier manque", "dossiers manquent")),
    };
    if !out.is_empty() {
        out.push('\n');
    }
    for line in wrap(&Lang::Fr.typeset(&last), "", "", look.width) {
        out.push_str(&format!("{line}\n"));
    }
    out
}
