//! What the engine answers to a page: JSON in, JSON out. The same in a browser and on a server.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::filled::{self, Filled};
use super::form::{self, capital};
use super::{opened, saved, tried};
use crate::diagnostic::Diagnostic;
use crate::dossier;
use crate::history::History;
use crate::limits;
use crate::render::document::{Block, Cell, Document, Form, Section, Sign, Target, Tone, Verdict};
use crate::render::{Explain, Lang, html, pictures, report};
use crate::shelf::Shelf;
use crate::time::Date;
use crate::wording::french::several;

/// What a page asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Request {
    /// `form`, `open`, `save`, `decide`, `try`.
    pub(super) ask: String,
    pub(super) policy: String,
    /// Answers by the path of their field.
    pub(super) fields: Vec<(String, String)>,
    /// What a button asks: `ajouter adhérents`, `retirer adhérents[3]`.
    pub(super) act: String,
    /// The name of a file.
    pub(super) name: String,
    pub(super) text: String,
    /// A file that is no text.
    pub(super) base64: String,
    /// In which form a dossier is saved: `yaml`, `json`, `csv`.
    #[serde(rename = "as")]
    pub(super) kind: String,
    /// The dossier that a policy is tried on.
    pub(super) dossier: String,
}

/// What is answered, or what keeps it from being so.
pub(super) type Answer = Result<Value, Vec<Diagnostic>>;

/// The most bytes that a request may have: a text and a dossier, as JSON writes them.
pub const REQUEST_BYTES: usize = 2 * (limits::DOSSIER_BYTES + limits::POLICY_BYTES);

impl Shelf {
    /// Answers a page: what it asks and what it is told are JSON (`docs/pages.md`). Whatever the request, there is an
    /// answer; it is the same for the same request, texts and day.
    pub fn answer(&self, request: &str, today: Option<Date>) -> String {
        let answer = match read(request) {
            Ok(request) => self.answered(&request, today),
            Err(problem) => Err(vec![problem]),
        };
        let answer = answer.unwrap_or_else(|problems| refused(&problems));
        answer.to_string()
    }

    fn answered(&self, request: &Request, today: Option<Date>) -> Answer {
        match request.ask.as_str() {
            "form" => {
                let history = self.history(&request.policy)?;
                let mut fields = Fields::new(request.fields.iter().cloned());
                let focus = act(&mut fields, &request.act);
                formed(history, fields, today, focus, Vec::new())
            }
            "open" => {
                let opened = opened::open(self, request, today)?;
                let history = self.history(&opened.policy)?;
                formed(history, opened.fields, today, None, opened.remarks)
            }
            "save" => {
                let history = self.history(&request.policy)?;
                let filled = Filled::of(history, Fields::new(request.fields.iter().cloned()), today)?;
                saved::save(&filled, &request.kind)
            }
            "decide" => {
                let name = if request.name.is_empty() { "dossier" } else { &request.name };
                let file = dossier::file(request.text.as_bytes(), name)?;
                let decided = self.decide(&file, today)?;
                let report =
                    report::of(decided.policy, &decided.dossier, &decided.decision, Explain::Brief, Lang::Fr);
                Ok(
                    json!({ "decision": html::piece(&report, Lang::Fr, DECISION), "outcome": outcome(&report) }),
                )
            }
            "try" => tried::tried(self, request, today),
            other => {
                let message = format!(
                    "demande inconnue : attendu « form », « open », « save », « decide » ou « try » ; lu « {other} »"
                );
                Err(vec![Diagnostic::error("demande-inconnue", message)])
            }
        }
    }
}

fn read(request: &str) -> Result<Request, Diagnostic> {
    if request.len() > REQUEST_BYTES {
        return Err(Diagnostic::error(
            "demande-trop-longue",
            format!("attendu au plus {REQUEST_BYTES} octets"),
        ));
    }
    serde_json::from_str(request)
        .map_err(|_| Diagnostic::error("demande-illisible", "la page a envoyé une demande illisible"))
}

/// What keeps a request from being answered.
fn refused(problems: &[Diagnostic]) -> Value {
    json!({ "messages": html::blocks(&told(problems), Lang::Fr), "outcome": words(problems) })
}

fn words(problems: &[Diagnostic]) -> String {
    let all: Vec<String> = problems.iter().map(filled::in_words).collect();
    Lang::Fr.typeset(&all.join(" "))
}

/// Mistakes as a page shows them, each with its places.
pub(super) fn told(problems: &[Diagnostic]) -> Vec<Block> {
    problems.iter().map(|problem| told_with(problem, Vec::new())).collect()
}

/// A mistake as a page shows it, with what may be done about it.
pub(super) fn told_with(problem: &Diagnostic, more: Vec<Block>) -> Block {
    let mut blocks = Vec::new();
    if !problem.labels.is_empty() {
        blocks.push(Block::Frames(problem.labels.clone()));
    }
    blocks.extend(problem.help.as_deref().map(|help| Block::Para(capital(help))));
    blocks.extend(more);
    let sign = if problem.is_error() { Sign::No } else { Sign::Open };
    Block::Item { sign, title: capital(&problem.message), blocks }
}

/// What every anchor of a decision begins with, beside the form.
pub(super) const DECISION: &str = "decision-";

/// What a press on a button does; the field that is then looked at.
pub(super) fn act(fields: &mut Fields, act: &str) -> Option<String> {
    let (what, on) = act.split_once(' ')?;
    match what {
        "ajouter" => {
            let rank = fields.add(on);
            Some(format!("{on}[{rank}]"))
        }
        "retirer" => {
            let (list, rank) = on.strip_suffix(']')?.rsplit_once('[')?;
            fields.remove(list, rank.parse().ok()?);
            Some(list.to_owned())
        }
        _ => None,
    }
}

fn formed(
    history: &History,
    fields: Fields,
    today: Option<Date>,
    focus: Option<String>,
    remarks: Vec<String>,
) -> Answer {
    let filled = Filled::of(history, fields, today)?;
    let page = Page::of(&filled, remarks);
    let mut answer = Map::new();
    answer.insert("policy".to_owned(), history.id().into());
    answer.insert("title".to_owned(), page.title.clone().into());
    answer.insert("form".to_owned(), html::blocks(&page.form, Lang::Fr).into());
    answer.insert("decision".to_owned(), html::piece(&page.decision, Lang::Fr, DECISION).into());
    answer.insert("outcome".to_owned(), outcome(&page.decision).into());
    if let Some(focus) = focus {
        answer.insert("focus".to_owned(), focus.into());
    }
    Ok(Value::Object(answer))
}

/// The outcome in a line, for who does not see the decision.
pub(super) fn outcome(decision: &Document) -> String {
    let said = decision.verdict.as_ref().map_or_else(String::new, |verdict| match verdict.why.is_empty() {
        true => verdict.word.clone(),
        false => format!("{} : {}", verdict.word, verdict.why),
    });
    Lang::Fr.typeset(&said)
}

/// A form and the decision beside it.
pub(super) struct Page {
    pub(super) title: String,
    pub(super) form: Vec<Block>,
    pub(super) decision: Document,
}

impl Page {
    pub(super) fn of(filled: &Filled<'_>, remarks: Vec<String>) -> Page {
        let form::Written { blocks, ids } = form::form(filled);
        // What is wrong with a field that is not shown is told above.
        let of_none = filled.wrong.iter().filter(|(path, _)| !ids.contains_key(*path));
        let above: Vec<&String> =
            remarks.iter().chain(&filled.above).chain(of_none.flat_map(|(_, told)| told)).collect();
        let lines = above.iter().map(|line| vec![Cell::plain(line.as_str())]).collect::<Vec<_>>();
        let told = if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] };
        let mut form = vec![Block::Form(Form::Place { id: "erreurs", blocks: told })];
        form.extend(blocks);
        let title = match filled.fields.get("dossier") {
            "" => filled.policy.title.to_string(),
            name => name.to_owned(),
        };
        let link = |path: &String, words: String| {
            ids.get(path).map(|id| vec![Cell::link(words, Target::Field(id.clone()))])
        };
        let decision = match &filled.decided {
            Some((dossier, decision)) => {
                let mut report = report::by_form(filled.policy, dossier, decision, Lang::Fr);
                report.sections.extend(pictures::standing(filled.policy, dossier, decision, Lang::Fr));
                let words = crate::render::words::Words::new(filled.policy, dossier, filled.day, Lang::Fr);
                let decisive = decision.missing.iter().filter(|missing| missing.decisive);
                let links: Vec<Vec<Cell>> = decisive
                    .zip(&filled.first)
                    .filter_map(|(missing, path)| link(path, words.asked(missing.place)))
                    .collect();
                if !links.is_empty() {
                    let title = "À renseigner d'abord".to_owned();
                    report.sections.insert(0, Section { title, blocks: vec![Block::List(links)] });
                }
                report
            }
            None => {
                let why = match filled.wrong.len() {
                    0 => String::new(),
                    some => several(some, "réponse à corriger d'abord", "réponses à corriger d'abord"),
                };
                let links: Vec<Vec<Cell>> = filled
                    .wrong
                    .iter()
                    .filter_map(|(path, told)| link(path, told.join(" ")))
                    .chain(above.iter().map(|line| vec![Cell::plain(line.as_str())]))
                    .collect();
                Document {
                    head: Vec::new(),
                    title: title.clone(),
                    subtitle: vec![filled.policy.title.to_string()],
                    verdict: Some(Verdict { word: "À CORRIGER".to_owned(), tone: Tone::Open, why }),
                    sections: vec![Section { title: String::new(), blocks: vec![Block::List(links)] }],
                    hint: None,
                }
            }
        };
        Page { title, form, decision }
    }
}
