//! The pages on this machine: the list of policies, the form of each, a text to try, and the engine that answers them.
//!
//! Architecture invariant: it decides nothing and words nothing; it hands what comes in to [`conforme::pages`], one
//! request on one thread, and what that says out. Nothing of a dossier is kept or told elsewhere.

mod guard;
mod posted;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use conforme::diagnostic::Diagnostic;
use conforme::pages::{Engine, REQUEST_BYTES, SCRIPT, Shelf, escaped};
use conforme::render::html::STYLE;
use conforme::time::Date;

/// What is served.
#[derive(Clone)]
pub struct Served {
    /// The texts and their cases.
    pub shelf: Arc<Shelf>,
    /// What day it is.
    pub today: fn() -> Option<Date>,
}

/// Room for a calculation as deep as a text may have it, in a build without optimisation.
const STACK: usize = 64 << 20;

/// Serves until it is interrupted; `ready` is told of the address.
///
/// # Errors
///
/// The port cannot be listened to.
pub fn run(served: Served, port: u16, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(std::thread::available_parallelism().map_or(2, usize::from).max(2))
        .thread_stack_size(STACK)
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let mut interruption = interruption()?;
        ready(listener.local_addr()?);
        let interrupted = async move {
            interruption.recv().await;
        };
        axum::serve(listener, routes(served)).with_graceful_shutdown(interrupted).await
    })
}

/// What Ctrl-C wakes, from now on.
#[cfg(unix)]
fn interruption() -> io::Result<tokio::signal::unix::Signal> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
}

/// What Ctrl-C wakes, from now on.
#[cfg(windows)]
fn interruption() -> io::Result<tokio::signal::windows::CtrlC> {
    tokio::signal::windows::ctrl_c()
}

fn routes(served: Served) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/style.css", get(async || typed("text/css; charset=utf-8", STYLE)))
        .route("/page.js", get(async || typed("text/javascript; charset=utf-8", SCRIPT)))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/pages/answer", post(answer))
        .route("/{id}", get(async |Path(id): Path<String>| slashed(&id)))
        .route("/{id}/", get(policy))
        .route("/{id}/formulaire", get(form).post(posted))
        .route("/{id}/essai", get(trial))
        .route("/{id}/changements/", get(changes))
        .route("/{id}/changements/{day}", get(change))
        .route("/{id}/cas/", get(cases))
        .route("/{id}/cas/{name}", get(case))
        .fallback(async || page(StatusCode::NOT_FOUND, Shelf::nothing_here()))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES))
        .layer(middleware::from_fn(guard::guarded))
        .with_state(served)
}

/// Works out an answer where it keeps nobody waiting but who asked.
async fn worked(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn typed(kind: &'static str, text: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, kind)], text.into()).into_response()
}

fn page(status: StatusCode, html: String) -> Response {
    (status, typed("text/html; charset=utf-8", html)).into_response()
}

/// A page, or what keeps it from being made.
fn made(made: Result<String, Vec<Diagnostic>>) -> Response {
    match made {
        Ok(html) => page(StatusCode::OK, html),
        Err(problems) => {
            let unknown = problems
                .iter()
                .any(|one| matches!(one.code, "dispositif-inconnu" | "cas-inconnu" | "changement-inconnu"));
            let status = if unknown { StatusCode::NOT_FOUND } else { StatusCode::UNPROCESSABLE_ENTITY };
            page(status, Shelf::problem_page(&problems))
        }
    }
}

/// The pages of a policy stand below it.
fn slashed(id: &str) -> Response {
    Redirect::permanent(&format!("/{}/", escaped(id))).into_response()
}

async fn index(State(served): State<Served>) -> Response {
    worked(move || page(StatusCode::OK, served.shelf.index_page(Engine::Serve))).await
}

async fn policy(State(served): State<Served>, Path(id): Path<String>) -> Response {
    worked(move || made(served.shelf.policy_page(&id, Engine::Serve, (served.today)()))).await
}

async fn trial(State(served): State<Served>, Path(id): Path<String>) -> Response {
    worked(move || made(served.shelf.trial_page(&id, Engine::Serve))).await
}

async fn changes(State(served): State<Served>, Path(id): Path<String>) -> Response {
    worked(move || made(served.shelf.changes_page(&id, Engine::Serve))).await
}

async fn change(State(served): State<Served>, Path((id, day)): Path<(String, String)>) -> Response {
    worked(move || made(served.shelf.change_page(&id, &day, Engine::Serve))).await
}

async fn cases(State(served): State<Served>, Path(id): Path<String>) -> Response {
    worked(move || made(served.shelf.cases_page(&id, Engine::Serve))).await
}

async fn case(State(served): State<Served>, Path((id, name)): Path<(String, String)>) -> Response {
    worked(move || made(served.shelf.case_page(&id, &name, Engine::Serve))).await
}

async fn form(State(served): State<Served>, Path(id): Path<String>) -> Response {
    let fields = Vec::new();
    worked(move || made(served.shelf.form_page(&id, Engine::Serve, fields, "", (served.today)()))).await
}

/// The form as a browser without script sends it.
async fn posted(State(served): State<Served>, Path(id): Path<String>, body: Bytes) -> Response {
    worked(move || {
        let today = (served.today)();
        let posted::Posted { fields, act } = posted::read(&body);
        let Some(kind) = act.strip_prefix("enregistrer ") else {
            return made(served.shelf.form_page(&id, Engine::Serve, fields, &act, today));
        };
        match served.shelf.saved(&id, fields, kind, today) {
            Ok((name, text)) => {
                // A name of letters, figures and hyphens; in another script, told by its bytes.
                let told = format!("attachment; filename*=UTF-8''{}", escaped(&name));
                let kind = "application/octet-stream".to_owned();
                ([(header::CONTENT_DISPOSITION, told), (header::CONTENT_TYPE, kind)], text).into_response()
            }
            Err(problems) => made(Err(problems)),
        }
    })
    .await
}

async fn answer(State(served): State<Served>, body: Bytes) -> Response {
    worked(move || {
        let request = String::from_utf8_lossy(&body);
        typed("application/json; charset=utf-8", served.shelf.answer(&request, (served.today)()))
    })
    .await
}
