//! Who may ask, and what a browser may do with the answer.

use std::net::IpAddr;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use conforme::render::html::SITE_POLICY;

use super::Service;
use super::problem::{Kind, Problem};
use super::tokens::{Role, Tokens, Who};

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

/// What a page of a named site may send.
const METHODS: HeaderValue = HeaderValue::from_static("GET, POST");
const SENT: HeaderValue = HeaderValue::from_static("authorization, content-type, idempotency-key");

/// The names of this machine for itself.
const LOCAL: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// What an address asks of who calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// A token, whatever its roles.
    Token,
    /// A token with this role.
    Role(Role),
}

/// The address that a request was answered at, as the list of addresses writes it.
#[derive(Debug, Clone, Copy)]
pub struct Route(pub &'static str);

/// Who is let in.
#[derive(Debug, Default)]
pub struct Guard {
    hosts: Vec<String>,
    origins: Vec<String>,
    tokens: Option<Tokens>,
}

impl Guard {
    /// A service that listens at this address, that is called by these names too, and that pages of these other sites
    /// may ask.
    pub fn new(address: IpAddr, hosts: &[String], origins: &[String], tokens: Option<Tokens>) -> Guard {
        let own = match address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        let given = hosts.iter().map(|host| host.to_lowercase());
        let own = (!address.is_unspecified()).then_some(own);
        let hosts = LOCAL.into_iter().map(str::to_owned).chain(own).chain(given).collect();
        Guard { hosts, origins: origins.to_vec(), tokens }
    }

    /// Who asks, if they may have what they ask for; nobody in particular where no tokens are asked for.
    fn admitted(&self, headers: &HeaderMap, need: Need) -> Result<Option<Who>, Problem> {
        let Some(tokens) = &self.tokens else { return Ok(None) };
        let who = tokens.who(headers);
        match (need, who) {
            (Need::Nothing, who) => Ok(who.cloned()),
            (_, None) if headers.contains_key(header::AUTHORIZATION) => Err(Problem::new(
                Kind::UnknownToken,
                "aucun jeton du service n'est celui qui est donné ; le donner ainsi : « Authorization: Bearer JETON »",
            )),
            (_, None) => {
                Err(Problem::new(Kind::NoToken, "le donner ainsi : « Authorization: Bearer JETON »"))
            }
            (Need::Role(role), Some(who)) if !who.may(role) => {
                let message = format!("le rôle « {} » manque à ce jeton", role.name());
                Err(Problem::new(Kind::Role, message))
            }
            (_, Some(who)) => Ok(Some(who.clone())),
        }
    }

    /// Whether a request was made to this service by its own name: that of another site may be made to lead here.
    fn is_called(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut given = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (given.next(), given.next()) else { return false };
        let Ok(host) = host.to_str() else { return false };
        let same = uri.authority().is_none_or(|own| own.as_str().eq_ignore_ascii_case(host));
        same && self.hosts.iter().any(|own| own.eq_ignore_ascii_case(name_of(host)))
    }

    /// Whether no page asks, or one of these, or one of a site that was named, which is then told.
    fn is_welcome(&self, uri: &Uri, headers: &HeaderMap) -> Result<Option<HeaderValue>, Problem> {
        let Some(from) = headers.get(header::ORIGIN) else { return Ok(None) };
        let said = from.to_str().unwrap_or("");
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        // A form that is sent without a referrer says « null ».
        let own = said == "null" && same_origin(headers)
            || ["http", "https"].iter().any(|scheme| said == format!("{scheme}://{host}"));
        if own {
            return Ok(None);
        }
        if self.origins.iter().any(|named| named == said) && uri.path().starts_with("/v1/") {
            return Ok(Some(from.clone()));
        }
        Err(Problem::new(
            Kind::Origin,
            "« --origin » nomme les sites dont les pages peuvent interroger le service",
        ))
    }
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether the browser says that a page of the same origin asks.
fn same_origin(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
}

/// Answers only who calls the service by its own name, and no page of another site; notes what was answered.
pub async fn guarded(State(service): State<Service>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let guard = &service.guard;
    let welcome = match guard.is_called(request.uri(), request.headers()) {
        true => guard.is_welcome(request.uri(), request.headers()),
        false => Err(Problem::new(Kind::Host, "« --host » dit sous quels autres noms il répond")),
    };
    let (mut response, other) = match welcome {
        Ok(Some(other)) if method == Method::OPTIONS => (StatusCode::NO_CONTENT.into_response(), Some(other)),
        Ok(other) => (other_method(next.run(request).await), other),
        Err(problem) => (problem.into_response(), None),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SITE_POLICY));
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Some(other) = other {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, other);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, SENT);
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
    let route = response.extensions().get().map_or("", |Route(route)| route);
    let status = response.status();
    service.metrics.answered(route, status.as_u16(), began.elapsed());
    if service.logs {
        let who = response.extensions().get().map_or("-", |who: &Who| &who.name);
        super::log::line(&method, route, status, began.elapsed(), who);
    }
    response
}

/// Where an address is used otherwise, says how.
fn other_method(response: Response) -> Response {
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        return response;
    }
    let (head, _) = response.into_parts();
    let allowed = head.headers.get(header::ALLOW);
    let said = allowed.and_then(|allowed| allowed.to_str().ok()).unwrap_or("une autre méthode");
    let mut told = Problem::new(Kind::Method, format!("attendu {said}")).into_response();
    told.headers_mut().extend(allowed.map(|allowed| (header::ALLOW, allowed.clone())));
    *told.extensions_mut() = head.extensions;
    told
}

/// Lets through who may have what stands at an address.
pub async fn admitted(
    State((service, need, route)): State<(Service, Need, Route)>,
    mut request: Request,
    next: Next,
) -> Response {
    let admitted = service.guard.admitted(request.headers(), need);
    let (mut response, who) = match admitted {
        Ok(who) => {
            if let Some(who) = &who {
                request.extensions_mut().insert(who.clone());
            }
            (next.run(request).await, who)
        }
        Err(problem) => (problem.into_response(), None),
    };
    response.extensions_mut().insert(route);
    if let Some(who) = who {
        response.extensions_mut().insert(who);
    }
    response
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn headers(given: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        headers
    }

    fn answers(guard: &Guard, uri: &str, given: &[(&str, &str)]) -> bool {
        let (uri, headers) = (uri.parse().unwrap(), headers(given));
        guard.is_called(&uri, &headers) && guard.is_welcome(&uri, &headers).is_ok()
    }

    #[test]
    fn only_this_machine_by_its_own_name_is_answered() {
        let guard = Guard::new(Ipv4Addr::LOCALHOST.into(), &[], &[], None);
        for (host, origin, site, answered) in [
            ("127.0.0.1:4747", "", "", true),
            ("localhost:4747", "", "", true),
            ("[::1]:4747", "", "", true),
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
            ("localhost:", "", "", false),
            ("", "", "", false),
        ] {
            let given: Vec<(&str, &str)> = [("host", host), ("origin", origin), ("sec-fetch-site", site)]
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect();
            assert_eq!(answers(&guard, "/", &given), answered, "{host} {origin} {site}");
        }
        assert!(!answers(&guard, "/", &[("host", "localhost"), ("host", "ailleurs.example")]));
        assert!(!answers(&guard, "http://ailleurs.example/", &[("host", "localhost")]));
        assert!(answers(&guard, "http://localhost/", &[("host", "localhost")]));
    }

    #[test]
    fn a_service_of_a_network_answers_to_its_names() {
        let names = ["Conforme.example".to_owned()];
        let guard = Guard::new(Ipv4Addr::UNSPECIFIED.into(), &names, &[], None);
        assert!(answers(&guard, "/", &[("host", "conforme.example:443")]));
        assert!(!answers(&guard, "/", &[("host", "0.0.0.0:4747")]));
        let guard = Guard::new(Ipv4Addr::new(10, 0, 0, 7).into(), &[], &[], None);
        assert!(answers(&guard, "/", &[("host", "10.0.0.7:4747")]));
        assert!(!answers(&guard, "/", &[("host", "10.0.0.8:4747")]));
    }

    #[test]
    fn pages_of_a_site_that_was_named_may_ask_the_api_alone() {
        let sites = ["https://portail.example".to_owned()];
        let guard = Guard::new(Ipv4Addr::LOCALHOST.into(), &[], &sites, None);
        let from = |origin| [("host", "localhost:4747"), ("origin", origin)];
        assert!(answers(&guard, "/v1/decide", &from("https://portail.example")));
        assert!(!answers(&guard, "/pages/answer", &from("https://portail.example")));
        assert!(!answers(&guard, "/v1/decide", &from("https://portail.example.org")));
        assert!(!answers(&guard, "/v1/decide", &from("null")));
    }
}
