//! What is noted of a request: when, what address, what came of it, by whose token. Nothing of a dossier, and so no
//! query, no name and no number of an entry.

use std::time::Duration;

use axum::http::{Method, StatusCode};

use crate::cli::print;

/// Notes a request.
pub fn line(method: &Method, route: &str, status: StatusCode, took: Duration, who: &str) {
    let now = jiff::Timestamp::now().round(jiff::Unit::Millisecond).unwrap_or_default();
    let (route, status) = (if route.is_empty() { "-" } else { route }, status.as_u16());
    // A method may be whatever its sender likes.
    let method = match *method {
        Method::GET | Method::POST | Method::HEAD | Method::OPTIONS => method.as_str(),
        _ => "-",
    };
    print::err(&format!("{now} {method} {route} {status} {:.1} ms {who}\n", took.as_secs_f64() * 1_000.0));
}
