//! The changes that no case notices, for a person at a terminal.

use anstyle::{AnsiColor, Style};

use super::{Mutation, Witness};
use crate::number::Ratio;
use crate::render::Lang;
use crate::render::diagnostics::Look;
use crate::render::layout::{clean, wrap};
use crate::wording::french::several;
use crate::wording::{French, Spaces, Wording as _};

const BOLD: Style = Style::new().bold();
const GONE: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();

/// Longest list of what a dossier says otherwise.
const LINES: usize = 12;

/// What was tried, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// The policy.
    pub policy: String,
    /// Which version, in words that follow its name; nothing where there is but one.
    pub version: String,
    /// How many changes were tried.
    pub tried: usize,
    /// Those that provably say the same, each with the reason.
    pub same: Vec<(Mutation, String)>,
    /// How many `check` refuses.
    pub refused: usize,
    /// How many a case notices.
    pub noticed: usize,
    /// Those that no case notices, each with a dossier that would.
    pub unseen: Vec<(Mutation, Option<Witness>)>,
    /// How many dossiers were looked through for one.
    pub dossiers: usize,
    /// How many the budget did not let be tried on every case.
    pub untold: usize,
    /// How many of those that no case notices the budget did not let a dossier be looked for to the end.
    pub unsought: usize,
    /// The budget, in steps.
    pub steps: u64,
}

impl Tally {
    /// Whether the budget ended before all was tried.
    pub fn is_cut(&self) -> bool {
        self.untold + self.unsought > 0
    }
}

/// The report.
pub fn report(tally: &Tally, look: Look) -> String {
    let tried = several(tally.tried, "essayée", "essayées");
    let title = format!("Mutations de « {} »{} : {tried}", tally.policy, tally.version);
    let mut out = format!("{}\n", look.paint(BOLD, &Lang::Fr.typeset(&title)));
    let counts = format!(
        "{} par un cas, {} par la vérification, {} que rien ne voit",
        several(tally.noticed, "vue", "vues"),
        several(tally.refused, "refusée", "refusées"),
        tally.unseen.len()
    );
    out.push_str(&format!("{}\n", Lang::Fr.typeset(&counts)));
    for (mutation, reason) in &tally.same {
        let after = if mutation.after.is_empty() { "retiré" } else { &mutation.after };
        let said = format!(
            "équivalent, {} ({}:{}) : « {} » → {after} : {reason}",
            mutation.item, mutation.file, mutation.line, mutation.before
        );
        for line in wrap(&Lang::Fr.typeset(&said), "", "  ", look.width) {
            out.push_str(&format!("{line}\n"));
        }
    }
    for (mutation, witness) in &tally.unseen {
        let head = format!("{} ({}:{})", mutation.item, mutation.file, mutation.line);
        out.push_str(&format!("\n{}\n", look.paint(BOLD, &clean(&head))));
        let after = if mutation.after.is_empty() { "retiré" } else { &mutation.after };
        for (lead, said, style) in [("- ", mutation.before.as_str(), GONE), ("+ ", after, NEW)] {
            for line in wrap(&Lang::Fr.typeset(said), &format!("  {lead}"), "    ", look.width) {
                out.push_str(&format!("{}\n", look.paint(style, &line)));
            }
        }
        let said = match witness {
            Some(Witness { near: Some(near), .. }) => {
                format!("un dossier le verrait : comme « {near} », avec")
            }
            Some(Witness { near: None, .. }) => "un dossier le verrait :".to_owned(),
            None => format!(
                "aucun des {}, les cas et des dossiers à chaque borne, ne les distingue : ce \
                 n'est pas une preuve que les deux disent la même chose",
                several(tally.dossiers, "dossier essayé", "dossiers essayés")
            ),
        };
        for line in wrap(&Lang::Fr.typeset(&said), "  ", "  ", look.width) {
            out.push_str(&format!("{line}\n"));
        }
        for line in witness.iter().flat_map(|witness| &witness.says).take(LINES) {
            out.push_str(&format!("    {}\n", clean(line)));
        }
        if witness.as_ref().is_some_and(|witness| witness.says.len() > LINES) {
            out.push_str("    …\n");
        }
    }
    if tally.is_cut() {
        let untold = several(tally.untold, "mutation non essayée", "mutations non essayées");
        let unsought = several(tally.unsought, "dossier non cherché", "dossiers non cherchés");
        let parts = [(tally.untold, format!("{untold} sur tous les cas")), (tally.unsought, unsought)];
        let parts: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, said)| said).collect();
        out.push_str(&format!("\n{}", spent(tally.steps, &parts, look)));
    }
    out
}

/// What a budget that is spent left out.
pub fn spent(steps: u64, left_out: &[String], look: Look) -> String {
    let steps = French(Spaces::Plain).number(&Ratio::from(i64::try_from(steps).unwrap_or(i64::MAX)));
    let said = format!("Budget de {steps} pas épuisé : {} jusqu'au bout.", left_out.join(", "));
    wrap(&Lang::Fr.typeset(&said), "", "", look.width).iter().map(|line| format!("{line}\n")).collect()
}
