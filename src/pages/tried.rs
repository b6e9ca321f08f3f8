//! A text that is tried: what is wrong with it, what it decides of a dossier, and which cases it turns.

use serde_json::json;

use super::answers::{self, Answer, DECISION, Request};
use super::mended::{self, Mended};
use crate::decision::Outcome;
use crate::diagnostic::Diagnostic;
use crate::dossier;
use crate::history::Text;
use crate::limits;
use crate::render::document::{Block, Cell, Grid, Tone};
use crate::render::words::outcome_word;
use crate::render::{Explain, Lang, html, report};
use crate::review::review;
use crate::shelf::{CaseFile, Shelf};
use crate::source::SourceFile;
use crate::time::Date;
use crate::wording::french::several;

/// Tries a text in the place of the one that the shelf has.
pub(super) fn tried(shelf: &Shelf, request: &Request, today: Option<Date>) -> Answer {
    if request.text.len() > limits::POLICY_BYTES {
        let message = format!("attendu au plus {} octets", limits::POLICY_BYTES);
        return Err(vec![Diagnostic::error("texte-trop-long", message)]);
    }
    let path = shelf.text_of(&request.policy)?.file.name().to_owned();
    let changed = shelf.with(&path, request.text.clone().into_bytes());
    let own = changed.history(&request.policy).ok();
    let mut problems: Vec<Diagnostic> = changed.lost().to_vec();
    match own {
        Some(history) => {
            let sources = |file: &SourceFile, path: &str| changed.source(file, path);
            problems.extend(review(history, &changed.ids(), &sources, false));
        }
        None if problems.is_empty() => {
            let message = format!("le texte doit rester celui de « {} »", request.policy);
            problems.push(Diagnostic::error("autre-dispositif", message));
        }
        None => {}
    }
    // Where the text itself cannot be read, that its amendments find none says nothing more.
    let of_text = |one: &Diagnostic| one.labels.iter().any(|label| label.file.name() == path);
    if own.is_none() && problems.iter().any(of_text) {
        problems.retain(of_text);
    }
    let broken = problems.iter().any(Diagnostic::is_error);
    let count = problems.iter().filter(|one| one.is_error()).count();
    let Mended { mut messages, places } = mended::told(&problems, &path);
    // A text that cannot be read says nothing of dossiers: what was shown before stays, and is told to be of before.
    if broken {
        messages.push(Block::Para("Ce qui suit est d'avant ces corrections.".to_owned()));
    }
    let mut answer = json!({ "messages": html::blocks(&messages, Lang::Fr), "places": places });
    if broken {
        answer["outcome"] = several(count, "erreur dans le texte", "erreurs dans le texte").into();
        return Ok(answer);
    }
    let decided = dossier::file(request.dossier.as_bytes(), "dossier.yaml")
        .and_then(|file| changed.decide(&file, today));
    match &decided {
        Ok(decided) => {
            let report =
                report::of(decided.policy, &decided.dossier, &decided.decision, Explain::Brief, Lang::Fr);
            answer["decision"] = html::piece(&report, Lang::Fr, DECISION).into();
            answer["outcome"] = answers::outcome(&report).into();
        }
        Err(problems) => {
            answer["decision"] = html::blocks(&answers::told(problems), Lang::Fr).into();
            answer["outcome"] = Lang::Fr.typeset("dossier à corriger").into();
        }
    }
    // The text that the shelf has turns no case.
    let same = shelf.files().any(|(own, bytes)| own == path && bytes == request.text.as_bytes());
    let after = if same { None } else { Some(&changed) };
    answer["cases"] = html::blocks(&cases(shelf, after, &request.policy, today), Lang::Fr).into();
    Ok(answer)
}

/// Which cases turn, with the outcome of each before and after; none under the text that the shelf has.
fn cases(shelf: &Shelf, changed: Option<&Shelf>, id: &str, today: Option<Date>) -> Vec<Block> {
    let turned: Vec<(&CaseFile, Option<Outcome>, Option<Outcome>)> = match changed {
        None => Vec::new(),
        Some(changed) => {
            let before = shelf.outcomes(id, today);
            let both = shelf.cases(id).zip(before.iter().copied());
            let both = both.map(|(case, before)| (case, before, changed.outcome(case, today)));
            both.filter(|(_, before, after)| before != after).collect()
        }
    };
    let all = shelf.cases(id).count();
    let heads = ["cas", "avant", "après"].map(str::to_owned).to_vec();
    let row = |(case, before, after): (&CaseFile, Option<Outcome>, Option<Outcome>)| {
        vec![Cell::plain(case.name.as_str()), cell(before), cell(after)]
    };
    let said = match turned.len() {
        0 => format!("Aucun des {all} cas ne change."),
        some => format!("{} sur {all}.", several(some, "cas change", "cas changent")),
    };
    let mut blocks = vec![Block::Para(said)];
    if !turned.is_empty() {
        let rows = turned.into_iter().map(row).collect();
        blocks.push(Block::Grid(Grid { caption: "Cas qui changent".to_owned(), heads, rows }));
    }
    blocks
}

fn cell(outcome: Option<Outcome>) -> Cell {
    match outcome {
        Some(outcome) => Cell::toned(outcome_word(outcome, Lang::Fr), Tone::of(outcome)),
        None => Cell::toned("à corriger", Tone::Open),
    }
}

impl Shelf {
    /// The text of a policy that no other amends.
    pub(super) fn text_of(&self, id: &str) -> Result<&Text, Vec<Diagnostic>> {
        let texts = self.history(id)?.texts();
        texts.iter().find(|text| !text.is_amendment()).or(texts.first()).ok_or_else(Vec::new)
    }
}
