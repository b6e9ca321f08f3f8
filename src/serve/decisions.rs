//! Decisions that are kept: made once, found again.

use std::path::Path as File;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use conforme::limits;
use conforme::render::Explain;
use conforme::source::FileName;
use serde_json::{Value, json};

use super::Service;
use super::api::{UNNAMED, typed};
use super::bench::{Bench, Decided, Wanted};
use super::problem::{Kind, Problem};
use super::query::{self, Media};
use super::tokens::Who;
use crate::cli::print;
use crate::register::Failure;
use crate::register::entry::{self, Content, Decision, Event, Request, Texts};
use crate::register::store::{Kept, Record, Row, Store};
use crate::register::writer::Writer;

/// The most entries that are listed at once.
const LISTED: usize = 100;

/// The key under which a decision is asked for once.
const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The hash of the entry, which witnesses all before it.
const HASH: HeaderName = HeaderName::from_static("conforme-entry-hash");

/// The identifier of the entry.
const ID: HeaderName = HeaderName::from_static("conforme-entry-id");

/// That the answer is the one of before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The most characters of a key.
const KEY_LENGTH: usize = 255;

/// The register that is served.
pub struct Register {
    writer: Writer,
    reader: Arc<Mutex<Store>>,
}

impl Register {
    /// Opens a register; makes it where there is no file.
    ///
    /// # Errors
    ///
    /// It cannot be opened.
    pub fn open(path: &File) -> Result<Register, Failure> {
        let writer = Writer::open(path)?;
        Ok(Register { writer, reader: Arc::new(Mutex::new(Store::read(path)?)) })
    }

    /// Reads it, where it keeps no other request waiting.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub async fn read<R: Send + 'static>(
        &self,
        read: impl FnOnce(&Store) -> Result<R, Failure> + Send + 'static,
    ) -> Result<R, Problem> {
        let reader = Arc::clone(&self.reader);
        let work = move || read(&reader.lock().unwrap_or_else(PoisonError::into_inner));
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done.map_err(Problem::from),
            Err(_) => Err(Problem::new(Kind::Failed, "le registre n'a pas pu être lu")),
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        let kind = match &failure {
            Failure::Full => Kind::RegisterFull,
            Failure::Busy => Kind::Full,
            Failure::OtherRequest => Kind::OtherRequest,
            Failure::NoRegister | Failure::Other(_) | Failure::Unreadable(_) => {
                // Who asks can do nothing about it; who runs the service can.
                print::err(&format!("conforme : {failure}\n"));
                return Problem::new(Kind::Failed, "le registre ne répond pas");
            }
        };
        Problem::new(kind, failure.to_string())
    }
}

/// The register that is served.
///
/// # Errors
///
/// None is.
pub fn register(service: &Service) -> Result<&Register, Problem> {
    let missing = || Problem::new(Kind::NoRegister, "« conforme serve --register FICHIER » en tient un");
    service.register.as_ref().ok_or_else(missing)
}

/// Decides a dossier and keeps the decision.
pub async fn record(
    State(service): State<Service>,
    who: Option<Extension<Who>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let register = register(&service)?;
    let (wanted, by, reason) = query::signed(&uri)?;
    query::media(&headers, &[Media::One])?;
    let key = key(&headers)?;
    let who = who.map(|Extension(who)| who.name.to_string());
    let (bytes, held) = service.bodies.whole(&headers, body, limits::DOSSIER_BYTES).await?.parts();
    let name = FileName::new(wanted.name.as_deref().unwrap_or(UNNAMED));
    let explain = wanted.explain.unwrap_or(Explain::Full);
    let request = serde_json::to_string(&asked(&wanted, &name, explain, by, reason)).unwrap_or_default();
    let key = key.map(|key| {
        let own = entry::hash(format!("{}\0{key}", who.as_deref().unwrap_or_default()));
        let all = [request.as_bytes(), &[0], &bytes].concat();
        (own, entry::hash(all))
    });
    let texts = service.current.now();
    let work = {
        let (bytes, name) = (bytes.clone(), name.clone());
        move |bench: &Bench<'_>| {
            let decided = bench.decide(&bytes, name.clone(), &wanted, explain);
            let decided = decided.map_err(|found| Problem::of_dossier(&name, &found))?;
            let texts = bench.texts().kept(&decided.policy);
            Ok::<(Decided, Arc<Texts>), Problem>((decided, texts))
        }
    };
    let (decided, texts) = match service.pool.run(texts, work).await? {
        Ok(done) => done,
        Err(problem) => {
            service.metrics.sent_back();
            return Err(problem);
        }
    };
    let decision = Decision {
        policy: decided.policy,
        texts: texts.hash.clone(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        examined_on: decided.examined_on.to_string(),
        outcome: super::bench::named(decided.outcome).to_owned(),
        request: String::new(),
        dossier: String::new(),
        answer: String::new(),
    };
    let answer = decided.json;
    let content = Content { salt: Vec::new(), request, dossier: bytes, answer: answer.clone().into_bytes() };
    let at = now();
    let kept = register.writer.keep(Record { at, by: who, decision, content, texts, key }).await?;
    drop(held);
    service.metrics.decided(decided.outcome);
    Ok(created(kept, answer))
}

/// Now, as entries write it.
pub fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Millisecond).unwrap_or_default().to_string()
}

fn created(kept: Kept, answer: String) -> Response {
    let before = kept.before.is_some();
    let answer = kept.before.map_or_else(|| Body::from(answer), Body::from);
    let mut response = typed("application/json", answer);
    *response.status_mut() = StatusCode::CREATED;
    let headers = response.headers_mut();
    // All are hexadecimal.
    let value = |text: String| HeaderValue::from_str(&text).ok();
    headers.extend(value(format!("/v1/decisions/{}", kept.id)).map(|at| (header::LOCATION, at)));
    headers.extend(value(kept.id).map(|id| (ID, id)));
    headers.extend(value(kept.hash).map(|hash| (HASH, hash)));
    if before {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

fn asked(
    wanted: &Wanted,
    name: &FileName,
    explain: Explain,
    by: Option<String>,
    reason: Option<String>,
) -> Request {
    let day = |day: Option<conforme::time::Date>| day.map(|day| day.to_string());
    let explain = match explain {
        Explain::Full => "full",
        Explain::Brief => "brief",
        Explain::None => "none",
    };
    Request {
        name: name.name().to_owned(),
        on: day(wanted.on),
        readings: wanted.readings.clone(),
        known_on: day(wanted.sight.known_on),
        draft: wanted.sight.draft,
        explain: explain.to_owned(),
        by,
        reason,
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut given = headers.get_all(KEY).iter();
    let wrong = || {
        Problem::new(
            Kind::Request,
            format!("Idempotency-Key : attendu une clé, de 1 à {KEY_LENGTH} caractères"),
        )
    };
    match (given.next(), given.next()) {
        (None, _) => Ok(None),
        (Some(key), None) => {
            let key = key.to_str().map_err(|_| wrong())?;
            if (1..=KEY_LENGTH).contains(&key.len()) { Ok(Some(key.to_owned())) } else { Err(wrong()) }
        }
        (Some(_), Some(_)) => Err(wrong()),
    }
}

/// The entries after one, without their contents.
pub async fn list(State(service): State<Service>, uri: Uri) -> Result<Response, Problem> {
    let register = register(&service)?;
    let after = match query::only(&uri, "after")? {
        None => 0,
        Some(number) => number.parse::<u32>().map(i64::from).map_err(|_| {
            Problem::new(Kind::Request, format!("after : attendu le numéro d'une entrée ; lu « {number} »"))
        })?,
    };
    let rows = register.read(move |store| store.rows(after, LISTED)).await?;
    let all: Result<Vec<Value>, Failure> = rows.iter().map(told).collect();
    Ok(typed("application/json", json!({ "entries": all? }).to_string() + "\n"))
}

/// An entry, without its content.
fn told(row: &Row) -> Result<Value, Failure> {
    let mut all = serde_json::to_value(row.sealed()?).map_err(|_| Failure::Unreadable(row.number))?;
    all["hash"] = row.hash.as_str().into();
    Ok(all)
}

/// A decision that was kept, with its content.
pub async fn find(
    State(service): State<Service>,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    query::nothing(&uri)?;
    let register = register(&service)?;
    let found = register.read(move |store| whole(store, &id)).await?;
    let found =
        found.ok_or_else(|| Problem::new(Kind::Unknown, "aucune entrée du registre n'a cet identifiant"))?;
    match found {
        (json, true) => Ok(typed("application/json", json)),
        (json, false) => Ok((StatusCode::GONE, typed("application/json", json)).into_response()),
    }
}

/// An entry with its content, and whether it is there. The decision stands in it as it was answered, byte for byte.
///
/// # Errors
///
/// The register cannot be read.
pub fn whole(store: &Store, id: &str) -> Result<Option<(String, bool)>, Failure> {
    let Some(row) = store.find(id)? else { return Ok(None) };
    let content = store.content(row.number)?;
    let mut entry = told(&row)?;
    let erasable = matches!(row.sealed()?.event, Event::Decision(_));
    let Some(content) = content else {
        entry["erased"] = erasable.into();
        return Ok(Some((entry.to_string() + "\n", !erasable)));
    };
    let unreadable = || Failure::Unreadable(row.number);
    let request: Value = serde_json::from_str(&content.request).map_err(|_| unreadable())?;
    let answer = String::from_utf8(content.answer).map_err(|_| unreadable())?;
    entry["erased"] = false.into();
    entry["asked"] = request;
    entry["sent"] = String::from_utf8_lossy(&content.dossier).into();
    let mut text = entry.to_string();
    text.pop();
    Ok(Some((format!("{text},\"decision\":{}}}\n", answer.trim_end()), true)))
}
