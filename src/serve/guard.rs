//! Who may ask, and what a browser may do with the answer.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use conforme::render::html::SITE_POLICY;

/// What every answer says of itself.
const HEADERS: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cache-control", "no-store"),
];

/// Answers only who asks this machine by its own name, and no page of another site.
pub async fn guarded(request: Request, next: Next) -> Response {
    let mut response = match is_own(request.headers()) {
        true => next.run(request).await,
        false => (StatusCode::FORBIDDEN, "Cette adresse n'est servie qu'à cet ordinateur.").into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SITE_POLICY));
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// Whether a request was made to this machine by its own name, and from one of these pages if from any: the name of
/// another site may be made to lead here.
fn is_own(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let local = ["127.0.0.1", "localhost"].iter().any(|own| name.eq_ignore_ascii_case(own));
    let from = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or(""));
    // A form that is sent without a referrer says « null ».
    local
        && from.is_none_or(|from| from == "null" && same_origin(headers) || from == format!("http://{host}"))
}

/// Whether the browser says that a page of the same origin asks.
fn same_origin(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::is_own;

    #[test]
    fn only_this_machine_by_its_own_name_is_answered() {
        for (host, origin, site, answered) in [
            ("127.0.0.1:4747", "", "", true),
            ("localhost:4747", "", "", true),
            ("LOCALHOST", "", "", true),
            ("localhost:4747", "http://localhost:4747", "same-origin", true),
            ("localhost:4747", "null", "same-origin", true),
            ("localhost:4747", "null", "cross-site", false),
            ("localhost:4747", "null", "", false),
            ("localhost:4747", "http://localhost:8000", "", false),
            ("localhost:4747", "https://ailleurs.example", "", false),
            ("ailleurs.example:4747", "", "", false),
            ("localhost.ailleurs.example", "", "", false),
            ("127.0.0.1.ailleurs.example:4747", "", "", false),
            ("", "", "", false),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [("host", host), ("origin", origin), ("sec-fetch-site", site)] {
                if !value.is_empty() {
                    headers.insert(name, value.parse().unwrap());
                }
            }
            assert_eq!(is_own(&headers), answered, "{host} {origin} {site}");
        }
    }
}
