//! The pages of the register: a search, and an entry with what its decision comes to again.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use conforme::pages::register::{Again, Content, Entry, Search, Told, entry_page, register_page};
use conforme::pages::{REQUEST_BYTES, Shelf};

use super::decisions::register;
use super::pages::page;
use super::problem::Problem;
use super::texts::Texts;
use super::{Service, posted};
use crate::register::entry::{self, Event, Request, Sealed};
use crate::register::search::search;
use crate::register::store::{Files, Row, Store};
use crate::register::{Failure, replay};

/// The latest entries.
pub async fn latest(State(service): State<Service>) -> Result<Response, Problem> {
    found(&service, Search::default(), i64::MAX).await
}

/// The entries that are looked for. Sent, and not written into the address, which others note.
pub async fn searched(
    State(service): State<Service>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (body, held) = service.bodies.whole(&headers, body, REQUEST_BYTES).await?.parts();
    let posted::Posted { fields, act } = posted::read(&body);
    drop(held);
    let before = act.strip_prefix("suite ").and_then(|before| before.parse().ok()).unwrap_or(i64::MAX);
    found(&service, Search::of(fields), before).await
}

async fn found(service: &Service, wanted: Search, before: i64) -> Result<Response, Problem> {
    let register = register(service)?;
    let (wanted, found) =
        register.read(move |store| search(store, &wanted, before).map(|found| (wanted, found))).await?;
    let entries: Vec<Entry> =
        found.entries.into_iter().map(|(row, sealed, is_there)| told(&row, sealed, is_there)).collect();
    Ok(page(StatusCode::OK, register_page(&wanted, &entries, found.further)))
}

/// What is kept of one entry.
struct Whole {
    row: Row,
    sealed: Sealed,
    content: Option<entry::Content>,
    /// The files of the texts of its decision.
    files: Option<Files>,
}

fn whole(store: &Store, id: &str) -> Result<Option<Whole>, Failure> {
    let Some(row) = store.find(id)? else { return Ok(None) };
    let (sealed, content) = (row.sealed()?, store.content(row.number)?);
    let files = match (&sealed.event, &content) {
        (Event::Decision(decision), Some(_)) => store.texts(&decision.texts)?,
        _ => None,
    };
    Ok(Some(Whole { row, sealed, content, files }))
}

/// An entry; its decision is decided again.
pub async fn entry(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    let found = register(&service)?.read(move |store| whole(store, &id)).await?;
    let Some(found) = found else { return Ok(page(StatusCode::NOT_FOUND, Shelf::nothing_here())) };
    let gone = found.content.is_none() && matches!(found.sealed.event, Event::Decision(_));
    let work = move |_: &super::bench::Bench<'_>| told_whole(found);
    let html = service.pool.run(service.current.now(), work).await?;
    Ok(page(if gone { StatusCode::GONE } else { StatusCode::OK }, html))
}

/// The page of an entry: where its decision comes to the same bytes, as it reads.
fn told_whole(found: Whole) -> String {
    let Whole { row, sealed, content, files } = found;
    let event = sealed.event.clone();
    let shown = told(&row, sealed, content.is_some());
    let (Event::Decision(decision), Some(content)) = (event, content) else {
        return entry_page(&shown, None, None);
    };
    let request: Request = serde_json::from_str(&content.request).unwrap_or_default();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let kept = Content {
        name: request.name,
        by: request.by,
        reason: request.reason,
        dossier: text(&content.dossier),
        answer: text(&content.answer),
    };
    let lost = |why: &str| entry_page(&shown, Some(&kept), Some(Again::Lost(why)));
    if !content.is_of(&decision) {
        return lost("le contenu n'est pas celui qui a été consigné");
    }
    let Some(files) = files else { return lost(replay::NO_TEXTS) };
    let texts = Texts::new(Shelf::new(files));
    let page = replay::told(&texts, &decision, &content, |policy, dossier, decision, explain, json| {
        let same = json.as_bytes() == content.answer;
        let again = if same { Again::Same(policy, dossier, decision, explain) } else { Again::Different };
        entry_page(&shown, Some(&kept), Some(again))
    });
    page.unwrap_or_else(|why| lost(&why))
}

/// An entry as its pages tell it.
fn told(row: &Row, sealed: Sealed, is_there: bool) -> Entry {
    let told = match sealed.event {
        Event::Decision(decision) => Told::Decision {
            policy: decision.policy,
            texts: decision.texts,
            engine: decision.engine,
            examined_on: decision.examined_on,
            outcome: decision.outcome,
            erased: !is_there,
        },
        Event::Erasure { of, reason } => Told::Erasure { of, reason },
    };
    let Sealed { number, id, recorded_at: at, recorded_by: by, previous, .. } = sealed;
    Entry { number, id, at, by, hash: row.hash.clone(), previous, told }
}
