//! What takes long, beside the conversation: the cases that are missing are looked for while the author writes on, one
//! search at a time, and written when they are found.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use conforme::editor::{Desk, cases};
use conforme::parallel::STACK;
use conforme::time::Date;
use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::{Value, json};

use super::changes;

/// How many steps the search takes; the same ones give the same cases.
const STEPS: u64 = 200_000;

/// So many searches at once, those that were given up with them.
const MOST: usize = 3;

/// What the editor shows it as.
const TITLE: &str = "Écrire les cas qui manquent";

/// Sends one message.
type Send = Box<dyn Fn(Message) + std::marker::Send>;

/// The way to the editor. Once closed it lets nothing pass and holds nothing open, whoever still has it.
#[derive(Clone)]
pub struct Outlet(Arc<Mutex<Option<Send>>>);

impl Outlet {
    /// A way that is open.
    pub fn new(send: impl Fn(Message) + std::marker::Send + 'static) -> Outlet {
        Outlet(Arc::new(Mutex::new(Some(Box::new(send)))))
    }

    /// How many searches have it, given up or not: each ends by itself.
    fn searches(&self) -> usize {
        // The conversation has it, and the server.
        Arc::strong_count(&self.0).saturating_sub(2)
    }

    /// The conversation is over.
    pub fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn send(&self, message: impl Into<Message>) {
        if let Some(send) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            send(message.into());
        }
    }

    fn ask(&self, id: &str, method: &str, params: impl Serialize) {
        self.send(Request::new(RequestId::from(id.to_owned()), method.to_owned(), params));
    }

    fn tell(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }
}

/// What is to be looked for.
pub struct Wanted {
    /// The folder of the texts.
    pub folder: PathBuf,
    /// The texts and cases, as they are when it is asked for.
    pub desk: Desk,
    /// Of which of them.
    pub id: String,
    /// The day.
    pub today: Date,
    /// Whether the editor makes files.
    pub makes_files: bool,
    /// Whether it shows what is under way.
    pub shows_progress: bool,
}

/// A search that goes on.
pub struct Search {
    request: RequestId,
    is_given_up: Arc<AtomicBool>,
    is_over: Arc<AtomicBool>,
}

impl Search {
    /// Starts a search, which answers the request in the end.
    ///
    /// # Errors
    ///
    /// Why it does not start.
    pub fn start(request: RequestId, wanted: Wanted, outlet: &Outlet) -> Result<Search, String> {
        if outlet.searches() >= MOST {
            return Err("les recherches abandonnées se terminent encore : attendre un peu".to_owned());
        }
        let search =
            Search { request: request.clone(), is_given_up: Arc::default(), is_over: Arc::default() };
        let (is_given_up, is_over) = (Arc::clone(&search.is_given_up), Arc::clone(&search.is_over));
        let outlet = outlet.clone();
        let run = move || {
            let token = format!("cas-manquants-{request}");
            let shows_progress = wanted.shows_progress;
            if shows_progress {
                outlet.ask(&token, "window/workDoneProgress/create", json!({ "token": token }));
                let value = json!({ "kind": "begin", "title": TITLE, "cancellable": true });
                outlet.tell("$/progress", json!({ "token": token, "value": value }));
            }
            let found = catch_unwind(AssertUnwindSafe(|| found(&wanted)));
            let found = found.unwrap_or_else(|_| Err("la recherche a échoué".to_owned()));
            if shows_progress {
                outlet.tell("$/progress", json!({ "token": token, "value": { "kind": "end" } }));
            }
            let given_up = is_given_up.load(Ordering::Relaxed);
            is_over.store(true, Ordering::Relaxed);
            outlet.send(match found {
                _ if given_up => {
                    let code = ErrorCode::RequestCanceled as i32;
                    Response::new_err(request, code, "recherche abandonnée".to_owned())
                }
                Ok(edit) => {
                    let label = Some(TITLE.to_owned());
                    let params = lsp::ApplyWorkspaceEditParams { label, edit, ..Default::default() };
                    outlet.ask(&format!("{token}-écrire"), "workspace/applyEdit", params);
                    Response::new_ok(request, Value::Null)
                }
                Err(why) => Response::new_err(request, ErrorCode::RequestFailed as i32, why),
            });
        };
        let thread = thread::Builder::new().stack_size(STACK).spawn(run);
        thread.map(|_| search).map_err(|_| "cet ordinateur n'a plus de place pour chercher".to_owned())
    }

    /// Whether its answer is still to come.
    pub fn goes_on(&self) -> bool {
        !self.is_over.load(Ordering::Relaxed) && !self.is_given_up.load(Ordering::Relaxed)
    }

    /// Gives it up, if it is this one: nothing is written of it.
    pub fn give_up(&self, params: &Value) {
        let by_request = params.get("id").is_some_and(|id| *id == json!(self.request));
        let token = params.get("token").and_then(Value::as_str);
        if by_request || token.is_some_and(|token| token == format!("cas-manquants-{}", self.request)) {
            self.is_given_up.store(true, Ordering::Relaxed);
        }
    }
}

fn found(wanted: &Wanted) -> Result<lsp::WorkspaceEdit, String> {
    let change = cases::write_missing(&wanted.desk, &wanted.id, wanted.today, STEPS)?;
    changes::workspace(&wanted.folder, wanted.desk.shelf(), &change, wanted.makes_files)
        .ok_or_else(|| changes::MAKES_NONE.to_owned())
}
