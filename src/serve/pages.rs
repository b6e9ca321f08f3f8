//! The pages: the list of policies, the form of each, a text to try, and the engine that answers them.

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use conforme::diagnostic::Diagnostic;
use conforme::pages::{Engine, REQUEST_BYTES, Shelf, api_page, escaped};

use super::api::typed;
use super::bench::Bench;
use super::problem::Problem;
use super::{Service, openapi, posted};

/// Works out an answer where it keeps nobody waiting but who asked.
async fn worked(service: &Service, work: impl FnOnce(&Shelf) -> Response + Send + 'static) -> Response {
    let work = move |bench: &Bench<'_>| work(&bench.texts().shelf);
    match service.pool.run(service.current.now(), work).await {
        Ok(response) => response,
        Err(why) => Problem::from(why).into_response(),
    }
}

/// A page.
pub fn page(status: StatusCode, html: String) -> Response {
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
pub async fn slashed(Path(id): Path<String>) -> Response {
    Redirect::permanent(&format!("/{}/", escaped(&id))).into_response()
}

/// That there is nothing at an address.
pub async fn nowhere() -> Response {
    page(StatusCode::NOT_FOUND, Shelf::nothing_here())
}

pub async fn index(State(service): State<Service>) -> Response {
    let register = service.keeps_register();
    worked(&service, move |shelf| page(StatusCode::OK, shelf.index_page(Engine::Serve, register))).await
}

/// What the API is, for people.
pub async fn api() -> Response {
    static PAGE: LazyLock<String> =
        LazyLock::new(|| api_page(&serde_json::from_str(openapi::document()).unwrap_or_default()));
    page(StatusCode::OK, PAGE.clone())
}

pub async fn policy(State(service): State<Service>, Path(id): Path<String>) -> Response {
    let today = (service.today)();
    worked(&service, move |shelf| made(shelf.policy_page(&id, Engine::Serve, today))).await
}

pub async fn trial(State(service): State<Service>, Path(id): Path<String>) -> Response {
    worked(&service, move |shelf| made(shelf.trial_page(&id, Engine::Serve))).await
}

pub async fn changes(State(service): State<Service>, Path(id): Path<String>) -> Response {
    worked(&service, move |shelf| made(shelf.changes_page(&id, Engine::Serve))).await
}

pub async fn change(State(service): State<Service>, Path((id, day)): Path<(String, String)>) -> Response {
    worked(&service, move |shelf| made(shelf.change_page(&id, &day, Engine::Serve))).await
}

pub async fn cases(State(service): State<Service>, Path(id): Path<String>) -> Response {
    worked(&service, move |shelf| made(shelf.cases_page(&id, Engine::Serve))).await
}

pub async fn case(State(service): State<Service>, Path((id, name)): Path<(String, String)>) -> Response {
    worked(&service, move |shelf| made(shelf.case_page(&id, &name, Engine::Serve))).await
}

pub async fn form(State(service): State<Service>, Path(id): Path<String>) -> Response {
    let today = (service.today)();
    worked(&service, move |shelf| made(shelf.form_page(&id, Engine::Serve, Vec::new(), "", today))).await
}

/// The form as a browser without script sends it.
pub async fn posted(
    State(service): State<Service>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let today = (service.today)();
    let (body, held) = service.bodies.whole(&headers, body, REQUEST_BYTES).await?.parts();
    let response = worked(&service, move |shelf| {
        let posted::Posted { fields, act } = posted::read(&body);
        drop(held);
        let Some(kind) = act.strip_prefix("enregistrer ") else {
            return made(shelf.form_page(&id, Engine::Serve, fields, &act, today));
        };
        match shelf.saved(&id, fields, kind, today) {
            Ok((name, text)) => {
                // A name of letters, figures and hyphens; in another script, told by its bytes.
                let told = format!("attachment; filename*=UTF-8''{}", escaped(&name));
                let kind = "application/octet-stream".to_owned();
                ([(header::CONTENT_DISPOSITION, told), (header::CONTENT_TYPE, kind)], text).into_response()
            }
            Err(problems) => made(Err(problems)),
        }
    });
    Ok(response.await)
}

pub async fn answer(
    State(service): State<Service>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let today = (service.today)();
    let (body, held) = service.bodies.whole(&headers, body, REQUEST_BYTES).await?.parts();
    let response = worked(&service, move |shelf| {
        let request = String::from_utf8_lossy(&body);
        let answer = typed("application/json; charset=utf-8", shelf.answer(&request, today));
        drop(held);
        answer
    });
    Ok(response.await)
}
