//! What an editor may have done: a case approved, missing cases written, a case decided.

use conforme::editor::cases;
use conforme::render::{Explain, Lang, html};
use gen_lsp_types as lsp;
use gen_lsp_types::Uri;
use lsp_server::{Request, RequestId};
use serde_json::{Value, json};

use super::changes;
use super::search::{Search, Wanted};
use super::server::{Server, read};
use crate::cli::clock;

/// Approves a case as it is decided now: its file.
pub const APPROVE: &str = "conforme.serveur.approuver";
/// Writes the cases that are missing: the file of a text.
pub const MISSING: &str = "conforme.serveur.casManquants";
/// Decides a case: its file. The answer has `html`, or `problems` where it is to be corrected first.
pub const DECIDE: &str = "conforme.serveur.decider";

/// All of them.
pub const ALL: [&str; 3] = [APPROVE, MISSING, DECIDE];

/// Shows the cases of a lens: for editors with no better way, they are told by their names.
pub const SHOW: &str = "conforme.montrerCas";

/// Does what is asked.
///
/// # Errors
///
/// Why it is not done.
pub fn run(server: &mut Server, params: lsp::ExecuteCommandParams) -> Result<Value, String> {
    let arguments = params.arguments.unwrap_or_default();
    let first = arguments.first().and_then(Value::as_str).unwrap_or_default().to_owned();
    let makes_files = server.makes_files();
    if params.command == SHOW {
        let message = arguments.get(1).and_then(Value::as_array).map_or_else(String::new, |cases| {
            let names: Vec<&str> = cases
                .iter()
                .filter_map(Value::as_str)
                .map(|uri| uri.rsplit('/').next().unwrap_or(uri))
                .collect();
            names.join(", ")
        });
        let told = lsp::ShowMessageParams { kind: lsp::MessageType::Info, message };
        server.tell("window/showMessage", told);
        return Ok(Value::Null);
    }
    let asked = server.asked(&Uri(first)).ok_or("ce fichier n'est pas lisible")?;
    let (label, change) = match params.command.as_str() {
        APPROVE => ("Approuver ce cas", cases::approve(asked.root.desk.shelf(), &asked.name)?),
        DECIDE => return Ok(decided(&asked)),
        other => return Err(format!("« {other} » n'est pas une commande connue")),
    };
    if change.is_empty() {
        return Err("il n'y a rien à changer".to_owned());
    }
    let root = asked.root;
    let edit = changes::workspace(&root.folder, root.desk.shelf(), &change, makes_files)
        .ok_or(changes::MAKES_NONE)?;
    server.ask(
        "workspace/applyEdit",
        lsp::ApplyWorkspaceEditParams { label: Some(label.to_owned()), edit, ..Default::default() },
    );
    Ok(Value::Null)
}

/// Whether the cases that are missing are asked for: they are looked for beside what else is asked.
pub fn is_search(request: &Request) -> bool {
    request.method == "workspace/executeCommand" && request.params.get("command") == Some(&json!(MISSING))
}

/// Starts to look for the cases that are missing.
///
/// # Errors
///
/// Why it does not start.
pub fn search(server: &mut Server, id: RequestId, params: Value) -> Result<(), String> {
    if server.search.as_ref().is_some_and(Search::goes_on) {
        return Err("les cas qui manquent sont déjà cherchés".to_owned());
    }
    let params: lsp::ExecuteCommandParams = read(params).ok_or("commande illisible")?;
    let file = params.arguments.as_ref().and_then(|all| all.first()?.as_str()).unwrap_or_default();
    let (makes_files, shows_progress) = (server.makes_files(), server.shows_progress());
    let today = clock::today().ok_or("la date du jour n'est pas connue")?;
    let asked = server.asked(&Uri(file.to_owned())).ok_or("ce fichier n'est pas lisible")?;
    let history = asked.root.desk.history_of(&asked.name).ok_or("ce texte est à corriger d'abord")?;
    let wanted = Wanted {
        folder: asked.root.folder.clone(),
        id: history.id().to_owned(),
        desk: asked.root.desk.clone(),
        today,
        makes_files,
        shows_progress,
    };
    server.search = Some(Search::start(id, wanted, &server.outlet)?);
    Ok(())
}

/// The decision of a dossier, as a page.
fn decided(asked: &super::server::Asked<'_>) -> Value {
    let shelf = asked.root.desk.shelf();
    let file = conforme::dossier::file(asked.text.as_bytes(), asked.name.rsplit('/').next().unwrap_or(""));
    match file.and_then(|file| shelf.decide(&file, clock::today())) {
        Ok(decided) => {
            let (policy, dossier) = (decided.policy, &decided.dossier);
            json!({ "html": html::decision(policy, dossier, &decided.decision, Explain::Full, Lang::Fr) })
        }
        Err(problems) => {
            let told: Vec<String> = problems.iter().map(|one| Lang::Fr.typeset(&one.message)).collect();
            json!({ "problems": told })
        }
    }
}
