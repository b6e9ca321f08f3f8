//! What is answered where there is no answer: RFC 9457, in French, with the diagnostics inside.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use conforme::diagnostic::Diagnostic;
use conforme::render::diagnostics;
use conforme::source::FileName;
use serde_json::{Map, Value};

use super::pool::Unanswered;

/// What such an answer is.
pub const KIND: &str = "application/problem+json";

/// Seconds after which to come back.
const LATER: HeaderValue = HeaderValue::from_static("1");

/// Kinds of problems: each has its code, its status and its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What is sent or asked for is not understood.
    Request,
    /// No token.
    NoToken,
    /// A token that is not known.
    UnknownToken,
    /// The token has no such role.
    Role,
    /// The service is called by another name than its own.
    Host,
    /// A page of another site asks.
    Origin,
    /// No such address.
    Nowhere,
    /// Nothing of that name.
    Unknown,
    /// Another method is wanted.
    Method,
    /// The body does not come.
    Slow,
    /// The body is too long.
    Large,
    /// The body is of a kind that is not read.
    Media,
    /// A dossier is to be corrected, or a text.
    Correct,
    /// The service failed.
    Failed,
    /// All places are taken.
    Full,
    /// It took longer than a request may.
    TooLong,
    /// No register is kept.
    #[cfg(feature = "register")]
    NoRegister,
    /// The key was used for something else.
    #[cfg(feature = "register")]
    OtherRequest,
    /// There is no room for the register.
    #[cfg(feature = "register")]
    RegisterFull,
}

impl Kind {
    const fn told(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Kind::Request => ("demande-mal-faite", StatusCode::BAD_REQUEST, "La demande n'est pas comprise"),
            Kind::NoToken => ("jeton-absent", StatusCode::UNAUTHORIZED, "Il faut un jeton"),
            Kind::UnknownToken => ("jeton-inconnu", StatusCode::UNAUTHORIZED, "Ce jeton n'est pas connu"),
            Kind::Role => ("role-absent", StatusCode::FORBIDDEN, "Le jeton ne le permet pas"),
            Kind::Host => ("nom-refuse", StatusCode::FORBIDDEN, "Le service ne répond pas sous ce nom"),
            Kind::Origin => ("origine-refusee", StatusCode::FORBIDDEN, "La demande vient d'un autre site"),
            Kind::Nowhere => ("adresse-inconnue", StatusCode::NOT_FOUND, "Rien n'est à cette adresse"),
            Kind::Unknown => ("inconnu", StatusCode::NOT_FOUND, "Rien ne porte ce nom"),
            Kind::Method => {
                ("methode-refusee", StatusCode::METHOD_NOT_ALLOWED, "Cette adresse s'emploie autrement")
            }
            Kind::Slow => {
                ("envoi-trop-lent", StatusCode::REQUEST_TIMEOUT, "L'envoi n'est pas arrivé à temps")
            }
            Kind::Large => ("envoi-trop-gros", StatusCode::PAYLOAD_TOO_LARGE, "L'envoi est trop gros"),
            Kind::Media => {
                ("forme-inconnue", StatusCode::UNSUPPORTED_MEDIA_TYPE, "Cette forme n'est pas lue")
            }
            Kind::Correct => {
                ("a-corriger", StatusCode::UNPROCESSABLE_ENTITY, "Il y a quelque chose à corriger")
            }
            Kind::Failed => ("panne", StatusCode::INTERNAL_SERVER_ERROR, "Le service n'a pas pu répondre"),
            Kind::Full => ("service-occupe", StatusCode::SERVICE_UNAVAILABLE, "Trop de demandes à la fois"),
            Kind::TooLong => {
                ("delai-depasse", StatusCode::SERVICE_UNAVAILABLE, "La demande est trop longue à traiter")
            }
            #[cfg(feature = "register")]
            Kind::NoRegister => {
                ("registre-absent", StatusCode::NOT_FOUND, "Le service ne tient pas de registre")
            }
            #[cfg(feature = "register")]
            Kind::OtherRequest => {
                ("cle-deja-employee", StatusCode::UNPROCESSABLE_ENTITY, "La clé a servi à une autre demande")
            }
            #[cfg(feature = "register")]
            Kind::RegisterFull => {
                ("registre-plein", StatusCode::INSUFFICIENT_STORAGE, "La décision n'a pas pu être consignée")
            }
        }
    }
}

/// What keeps a request from being answered.
#[derive(Debug)]
pub struct Problem {
    kind: Kind,
    detail: String,
    /// `conforme.diagnostics/1`.
    diagnostics: Option<String>,
}

impl Problem {
    /// A problem, with what to do about it.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Problem {
        Problem { kind, detail: detail.into(), diagnostics: None }
    }

    /// What keeps a dossier from being decided.
    pub fn of_dossier(name: &FileName, found: &[Diagnostic]) -> Problem {
        let diagnostics = Some(diagnostics::json_of(name, found));
        Problem { kind: Kind::Correct, detail: detail(found), diagnostics }
    }

    /// What is wrong with something else.
    pub fn of(kind: Kind, found: &[Diagnostic]) -> Problem {
        Problem { kind, detail: detail(found), diagnostics: Some(diagnostics::json(found)) }
    }

    /// As an object.
    fn json(&self) -> String {
        let (code, status, title) = self.kind.told();
        let mut all = Map::new();
        all.insert("type".to_owned(), format!("urn:conforme:{code}").into());
        all.insert("title".to_owned(), title.into());
        all.insert("status".to_owned(), status.as_u16().into());
        all.insert("detail".to_owned(), self.detail.as_str().into());
        let inside = self.diagnostics.as_deref().and_then(|json| serde_json::from_str(json).ok());
        if let Some(Value::Object(inside)) = inside {
            all.extend(inside);
        }
        Value::Object(all).to_string()
    }
}

/// What was found, in a line.
fn detail(found: &[Diagnostic]) -> String {
    let errors: Vec<&Diagnostic> = found.iter().filter(|one| one.is_error()).collect();
    match errors.as_slice() {
        [] => "rien de plus n'est connu".to_owned(),
        [one] => one.message.clone(),
        [first, others @ ..] => format!("{} ; et {} de plus", first.message, others.len()),
    }
}

impl From<Unanswered> for Problem {
    fn from(why: Unanswered) -> Problem {
        match why {
            Unanswered::Full => Problem::new(Kind::Full, "revenir dans un instant (Retry-After)"),
            Unanswered::TooLong => {
                Problem::new(Kind::TooLong, "le dossier demande plus de travail qu'une demande n'en permet")
            }
            Unanswered::Failed => Problem::new(Kind::Failed, "le signaler à qui tient le service"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (_, status, _) = self.kind.told();
        let mut response = (status, [(header::CONTENT_TYPE, KIND)], self.json()).into_response();
        let headers = response.headers_mut();
        match self.kind {
            Kind::Full => {
                headers.insert(header::RETRY_AFTER, LATER);
            }
            Kind::NoToken | Kind::UnknownToken => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE));
            }
            // What was not read of it is not to be taken for another request.
            Kind::Large | Kind::Slow => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        response
    }
}

/// How a token is given: by programs, and by browsers, which ask for a name and a password.
const CHALLENGE: &str = "Bearer realm=\"conforme\", Basic realm=\"conforme\", charset=\"UTF-8\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_what_it_is_and_holds_the_diagnostics() {
        let found = [Diagnostic::error("un", "le premier"), Diagnostic::error("deux", "le second")];
        let problem = Problem::of_dossier(&"a.json".into(), &found);
        let json: Value = serde_json::from_str(&problem.json()).unwrap();
        assert_eq!(json["type"], "urn:conforme:a-corriger");
        assert_eq!((&json["status"], &json["detail"]), (&422.into(), &"le premier ; et 1 de plus".into()));
        assert_eq!(json["schema"], "conforme.diagnostics/1");
        assert_eq!(json["diagnostics"][1]["code"], "deux");
        assert_eq!(problem.into_response().headers()[header::CONTENT_TYPE], KIND);
    }

    #[test]
    fn who_comes_back_is_told_when_and_who_has_no_token_how() {
        let full = Problem::from(Unanswered::Full).into_response();
        assert_eq!((full.status().as_u16(), &full.headers()[header::RETRY_AFTER]), (503, &LATER));
        let late = Problem::from(Unanswered::TooLong).into_response();
        assert!(late.status().as_u16() == 503 && !late.headers().contains_key(header::RETRY_AFTER));
        let bare = Problem::new(Kind::NoToken, "").into_response();
        assert_eq!(
            (bare.status().as_u16(), bare.headers().contains_key(header::WWW_AUTHENTICATE)),
            (401, true)
        );
    }
}
