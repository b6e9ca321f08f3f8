//! What programs ask: to decide, to check, what policies there are and what a dossier of each holds.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use conforme::diagnostic::Diagnostic;
use conforme::history::{History, Sight, Text};
use conforme::render::{Explain, diagnostics};
use conforme::source::FileName;
use conforme::{dossier, limits};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::bench::{Bench, Wanted};
use super::lines::{self, Each};
use super::metrics::Now;
use super::pool::Unanswered;
use super::problem::{Kind, Problem};
use super::query::{self, Media};
use super::{Service, checked, openapi};
use crate::cli::files;

/// What a dossier is called that has no name: as the command calls it.
pub const UNNAMED: &str = files::STDIN;

const JSON: &str = "application/json";

/// An answer in this form.
pub fn typed(kind: &'static str, text: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, kind)], text.into()).into_response()
}

/// Decides a dossier, or one a line.
pub async fn decide(
    State(service): State<Service>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let wanted = query::wanted(&uri)?;
    match query::media(&headers, &[Media::One, Media::Lines])? {
        Media::Lines => {
            let place = Arc::clone(&service.streams).try_acquire_owned();
            let place = place.map_err(|_| Problem::from(Unanswered::Full))?;
            let (texts, metrics) = (service.current.now(), Arc::clone(&service.metrics));
            let each = Each { texts, wanted: Arc::new(wanted), metrics };
            let lines = service.bodies.lines(body);
            let answers = lines::answered(lines, each, service.pool.clone(), place);
            Ok(typed("application/x-ndjson", answers))
        }
        Media::One | Media::Plain => {
            let json = decided(&service, &headers, body, wanted).await?;
            Ok(typed(JSON, json))
        }
    }
}

async fn decided(
    service: &Service,
    headers: &HeaderMap,
    body: Body,
    wanted: Wanted,
) -> Result<String, Problem> {
    let (bytes, held) = service.bodies.whole(headers, body, limits::DOSSIER_BYTES).await?.parts();
    let work = move |bench: &Bench<'_>| {
        let name = FileName::new(wanted.name.as_deref().unwrap_or(UNNAMED));
        let explain = wanted.explain.unwrap_or(Explain::Full);
        let decided = bench.decide(&bytes, name.clone(), &wanted, explain);
        drop(held);
        decided.map_err(|found| Problem::of_dossier(&name, &found))
    };
    match service.pool.run(service.current.now(), work).await? {
        Ok(decided) => {
            service.metrics.decided(decided.outcome);
            Ok(decided.json)
        }
        Err(problem) => {
            service.metrics.sent_back();
            Err(problem)
        }
    }
}

/// Checks a text that is sent beside those that are served.
pub async fn check(
    State(service): State<Service>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let name =
        query::only(&uri, "name")?.map_or(Ok("texte.pol".to_owned()), |name| query::name("name", name))?;
    query::media(&headers, &[Media::Plain])?;
    let (bytes, held) = service.bodies.whole(&headers, body, limits::POLICY_BYTES).await?.parts();
    let work = move |bench: &Bench<'_>| {
        let found = checked::of(&bench.texts().shelf, &name, &bytes);
        drop(held);
        diagnostics::json(&found)
    };
    let json = service.pool.run(service.current.now(), work).await?;
    Ok(typed(JSON, json + "\n"))
}

/// Which policies there are, with their texts.
pub async fn policies(State(service): State<Service>, uri: Uri) -> Result<Response, Problem> {
    query::nothing(&uri)?;
    let texts = service.current.now();
    let all: Vec<Value> = texts.shelf.histories().iter().map(|history| policy(history)).collect();
    Ok(typed(JSON, json!({ "policies": all }).to_string() + "\n"))
}

fn policy(history: &History) -> Value {
    let first = history.texts().iter().find(|text| !text.is_amendment()).or(history.texts().first());
    let text = |text: &Text| {
        let mut said = Map::new();
        let day = |day: Option<conforme::time::Date>| day.map_or(Value::Null, |day| day.to_string().into());
        said.insert("title".to_owned(), text.title().to_string().into());
        said.insert("file".to_owned(), text.file.name().into());
        said.insert("amendment".to_owned(), text.number().into());
        said.insert("draft".to_owned(), text.is_draft().into());
        said.insert("in_force_from".to_owned(), day(text.from()));
        said.insert("in_force_to".to_owned(), day(text.until()));
        said.insert("sha256".to_owned(), hex(&Sha256::digest(text.file.text())).into());
        Value::Object(said)
    };
    json!({
        "id": history.id(),
        "title": first.map_or("", |text| text.title()),
        "common": first.is_some_and(Text::is_common),
        "texts": history.texts().iter().map(text).collect::<Vec<_>>(),
    })
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The JSON Schema of the dossiers of a policy.
pub async fn schema(
    State(service): State<Service>,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    let on = query::only(&uri, "on")?.map(|on| query::date(&on)).transpose()?;
    let today = (service.today)();
    let work = move |bench: &Bench<'_>| {
        let history = bench.texts().shelf.history(&id).map_err(|found| Problem::of(Kind::Unknown, &found))?;
        // Where there is but one text it is that one, whatever the day.
        let only = history.eras(&Sight::default());
        let day = match (on, only.as_slice()) {
            (None, [only]) => only.days.from.or(only.days.to).or(today),
            _ => on.or(today),
        };
        let unknown = || vec![crate::cli::clock::unknown()];
        let made = day.ok_or_else(unknown).and_then(|day| history.at(day, &Sight::default()));
        let policy = made.and_then(|made| made.policy());
        let policy = policy.map_err(|found: Vec<Diagnostic>| Problem::of(Kind::Correct, &found))?;
        Ok(format!("{:#}\n", dossier::schema(policy)))
    };
    let schema: Result<String, Problem> = service.pool.run(service.current.now(), work).await?;
    Ok(typed("application/schema+json", schema?))
}

/// Whether the service answers.
pub async fn health(State(service): State<Service>, uri: Uri) -> Result<Response, Problem> {
    query::nothing(&uri)?;
    let said = json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "policies": service.current.now().shelf.ids().len(),
        "texts": if service.current.is_behind() { "behind" } else { "current" },
    });
    Ok(typed(JSON, said.to_string() + "\n"))
}

/// What was counted.
pub async fn metrics(State(service): State<Service>, uri: Uri) -> Result<Response, Problem> {
    query::nothing(&uri)?;
    let now = Now {
        engine: service.pool.taken(),
        connections: service.connections.open(),
        reloads: service.current.reloads(),
        behind: service.current.is_behind(),
        policies: service.current.now().shelf.ids().len(),
    };
    Ok(typed("text/plain; version=0.0.4; charset=utf-8", service.metrics.text(now)))
}

/// The description of all this, for programs.
pub async fn described(uri: Uri) -> Result<Response, Problem> {
    query::nothing(&uri)?;
    Ok(typed(JSON, openapi::document()))
}

/// That there is nothing at an address below `/v1/`.
pub async fn nowhere() -> Problem {
    Problem::new(Kind::Nowhere, "les adresses sont décrites à /v1/openapi.json")
}
