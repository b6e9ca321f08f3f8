//! What a request asks beside its body.

use std::collections::HashSet;

use axum::http::{HeaderMap, Uri, header};
use conforme::render::Explain;
use conforme::time::Date;

use super::bench::Wanted;
use super::posted;
use super::problem::{Kind, Problem};
use crate::cli::clock;

/// The most characters of a name or of a reason.
const NAME: usize = 200;

/// What a dossier's decision is asked with: `on`, `reading` (again for each), `known_on`, `draft`, `explain`, `name`.
///
/// # Errors
///
/// One that is not known, is given twice, or cannot be.
pub fn wanted(uri: &Uri) -> Result<Wanted, Problem> {
    let mut wanted = Wanted::default();
    for (key, value) in told_once(uri)? {
        if !put(&mut wanted, &key, value)? {
            return Err(unknown(&key, DECIDING));
        }
    }
    Ok(wanted)
}

/// Likewise of a decision that is kept, which also says who asks for it (`by`) and why (`reason`).
///
/// # Errors
///
/// As [`wanted`].
#[cfg(feature = "register")]
pub fn signed(uri: &Uri) -> Result<(Wanted, Option<String>, Option<String>), Problem> {
    let (mut wanted, mut by, mut reason) = (Wanted::default(), None, None);
    for (key, value) in told_once(uri)? {
        match key.as_str() {
            "by" => by = Some(name(&key, value)?),
            "reason" => reason = Some(name(&key, value)?),
            _ if put(&mut wanted, &key, value)? => {}
            _ => return Err(unknown(&key, &format!("{DECIDING}, by, reason"))),
        }
    }
    Ok((wanted, by, reason))
}

/// What a decision may be asked with.
const DECIDING: &str = "on, reading, known_on, draft, explain, name";

/// All that is asked, each but `reading` once.
fn told_once(uri: &Uri) -> Result<Vec<(String, String)>, Problem> {
    let (all, mut seen) = (asked(uri), HashSet::new());
    for (key, _) in all.iter().filter(|(key, _)| key != "reading") {
        once(&mut seen, key)?;
    }
    Ok(all)
}

/// Notes one thing that is asked, where it is known.
fn put(wanted: &mut Wanted, key: &str, value: String) -> Result<bool, Problem> {
    match key {
        "on" => wanted.on = Some(date(&value)?),
        "reading" => wanted.readings.push(reading(&value)?),
        "known_on" => wanted.sight.known_on = Some(date(&value)?),
        "draft" => wanted.sight.draft = truth(&value)?,
        "explain" => wanted.explain = Some(explain(&value)?),
        "name" => wanted.name = Some(name(key, value)?),
        _ => return Ok(false),
    }
    Ok(true)
}

/// The one thing that may be asked, where it is.
///
/// # Errors
///
/// As [`wanted`].
pub fn only(uri: &Uri, known: &str) -> Result<Option<String>, Problem> {
    let (mut found, mut seen) = (None, HashSet::new());
    for (key, value) in asked(uri) {
        once(&mut seen, &key)?;
        if key != known {
            return Err(unknown(&key, known));
        }
        found = Some(value);
    }
    Ok(found)
}

/// That nothing is asked.
///
/// # Errors
///
/// Something is.
pub fn nothing(uri: &Uri) -> Result<(), Problem> {
    match asked(uri).first() {
        Some((key, _)) => Err(unknown(key, "aucun")),
        None => Ok(()),
    }
}

fn asked(uri: &Uri) -> Vec<(String, String)> {
    posted::pairs(uri.query().unwrap_or_default().as_bytes())
}

fn once(seen: &mut HashSet<String>, key: &str) -> Result<(), Problem> {
    if seen.insert(key.to_owned()) {
        return Ok(());
    }
    Err(Problem::new(Kind::Request, format!("paramètre donné deux fois : « {key} »")))
}

fn unknown(key: &str, known: &str) -> Problem {
    Problem::new(Kind::Request, format!("paramètre inconnu : « {key} » ; paramètres connus : {known}"))
}

/// A date as the command takes it.
///
/// # Errors
///
/// It is none.
pub fn date(value: &str) -> Result<Date, Problem> {
    clock::parse(value).ok_or_else(|| Problem::of(Kind::Request, &[clock::badly_written(value)]))
}

fn reading(value: &str) -> Result<(String, String), Problem> {
    match value.split_once('=') {
        Some((reading, option)) if !reading.trim().is_empty() && !option.trim().is_empty() => {
            Ok((reading.to_owned(), option.to_owned()))
        }
        _ => Err(Problem::new(Kind::Request, format!("reading : attendu « NOM=OPTION » ; lu « {value} »"))),
    }
}

fn truth(value: &str) -> Result<bool, Problem> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Problem::new(
            Kind::Request,
            format!("draft : attendu « true » ou « false » ; lu « {value} »"),
        )),
    }
}

fn explain(value: &str) -> Result<Explain, Problem> {
    match value {
        "full" => Ok(Explain::Full),
        "brief" => Ok(Explain::Brief),
        "none" => Ok(Explain::None),
        _ => Err(Problem::new(
            Kind::Request,
            format!("explain : attendu « full », « brief » ou « none » ; lu « {value} »"),
        )),
    }
}

/// A name, or a reason.
///
/// # Errors
///
/// It is none, or too long.
pub fn name(key: &str, value: String) -> Result<String, Problem> {
    match value.chars().count() {
        1..=NAME if !value.chars().any(char::is_control) => Ok(value),
        _ => Err(Problem::new(Kind::Request, format!("{key} : attendu de 1 à {NAME} caractères"))),
    }
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// One dossier, JSON or YAML: the same reader.
    One,
    /// A dossier a line.
    Lines,
    /// A text.
    Plain,
}

/// How the body is written, as its head says: a single dossier in JSON where it says nothing.
///
/// # Errors
///
/// It is of a kind that is not read here.
pub fn media(headers: &HeaderMap, taken: &[Media]) -> Result<Media, Problem> {
    const KNOWN: [(&str, Media); 8] = [
        ("application/json", Media::One),
        ("application/yaml", Media::One),
        ("application/x-yaml", Media::One),
        ("text/yaml", Media::One),
        ("application/x-ndjson", Media::Lines),
        ("application/jsonl", Media::Lines),
        ("application/json-lines", Media::Lines),
        ("text/plain", Media::Plain),
    ];
    let encoding = headers.get(header::CONTENT_ENCODING).map(|said| said.to_str().unwrap_or("?"));
    if let Some(said) = encoding.filter(|said| !said.trim().eq_ignore_ascii_case("identity")) {
        let message = format!("Content-Encoding : « {said} » n'est pas lu ; envoyer sans compression");
        return Err(Problem::new(Kind::Media, message));
    }
    let said = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or(""));
    let found = match said {
        None => taken.first().copied(),
        Some(said) => {
            let essence = said.split(';').next().unwrap_or_default().trim();
            let known = KNOWN.iter().find(|(name, _)| essence.eq_ignore_ascii_case(name));
            known.map(|(_, media)| *media).filter(|media| taken.contains(media))
        }
    };
    found.ok_or_else(|| {
        let names = KNOWN.iter().filter(|(_, media)| taken.contains(media)).map(|(name, _)| *name);
        Problem::new(Kind::Media, format!("Content-Type : attendu {}", names.collect::<Vec<_>>().join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    fn uri(query: &str) -> Uri {
        format!("/v1/decide?{query}").parse().unwrap()
    }

    #[test]
    fn what_is_asked_is_read() {
        let asked = "on=01/10/2025&reading=base+du+seuil=lib%C3%A9raux&reading=b=c&draft=true&explain=none&name=a.json";
        let wanted = wanted(&uri(asked)).unwrap();
        assert_eq!(wanted.on, Date::new(2025, 10, 1));
        assert_eq!(wanted.readings.len(), 2);
        assert!(wanted.sight.draft && wanted.sight.known_on.is_none());
        assert_eq!((wanted.explain, wanted.name.as_deref()), (Some(Explain::None), Some("a.json")));
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        let refused = [
            "on=demain",
            "on=2025-01-01&on=2025-01-02",
            "autre=1",
            "reading=a",
            "reading==b",
            "draft=oui",
            "explain=tout",
            "name=",
            "name=a%0Ab",
            &format!("name={}", "a".repeat(201)),
            "draft",
        ];
        for query in refused {
            let problem = wanted(&uri(query)).err().map(|problem| problem.into_response().status().as_u16());
            assert_eq!(problem, Some(400), "{query}");
        }
        assert!(only(&uri("on=2025-01-01"), "on").is_ok_and(|on| on.as_deref() == Some("2025-01-01")));
        assert!(
            only(&uri("off=1"), "on").is_err() && nothing(&uri("a")).is_err() && nothing(&uri("")).is_ok()
        );
    }

    #[test]
    fn a_body_is_read_as_its_head_says() {
        let both = [Media::One, Media::Lines];
        for (said, found) in [
            ("application/json", Some(Media::One)),
            ("Application/JSON; charset=utf-8", Some(Media::One)),
            ("application/yaml", Some(Media::One)),
            ("application/x-ndjson", Some(Media::Lines)),
            ("text/plain", None),
            ("application/x-www-form-urlencoded", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, said.parse().unwrap());
            assert_eq!(media(&headers, &both).ok(), found, "{said}");
        }
        assert_eq!(media(&HeaderMap::new(), &both).ok(), Some(Media::One));
    }
}
