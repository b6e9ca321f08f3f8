//! The register: each decision with its dossier, its texts and who asked for it, in a chain that cannot be changed unseen.
//!
//! ```text
//! entry 1 ──hash──▶ entry 2 ──hash──▶ entry 3 …      sealed: what is never changed
//!    │                 │                 │
//! content           content           (erased)       dossier, answer, request: may be erased
//! ```
//!
//! Architecture invariant: an entry holds the hash of the one before it, and of its content only hashes made with a salt
//! that is erased with it. Erasing a content therefore breaks nothing, and is an entry itself; changing anything else is
//! found by [`verify::verify`]. SQL stands in [`store`] alone.

pub mod entry;
pub mod replay;
pub mod search;
pub mod store;
#[cfg(test)]
mod tests;
pub mod verify;
pub mod writer;

use conforme::diagnostic::Diagnostic;

/// Why the register does not do what is asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no room left where it stands.
    #[error("il n'y a plus de place pour le registre")]
    Full,
    /// Another program holds it for long.
    #[error("le registre est pris par un autre programme")]
    Busy,
    /// The file is no register, or of another version.
    #[error("ce fichier n'est pas un registre que cette version sait lire")]
    NoRegister,
    /// The key was used for another request.
    #[error("cette clé d'idempotence a servi à une autre demande")]
    OtherRequest,
    /// Whatever else.
    #[error("le registre ne peut pas être lu ni écrit : {0}")]
    Other(rusqlite::Error),
    /// What it holds cannot be read.
    #[error("l'entrée {0} ne se lit pas")]
    Unreadable(i64),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Failure::Full,
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Failure::Busy,
            Some(rusqlite::ErrorCode::NotADatabase) => Failure::NoRegister,
            _ => Failure::Other(error),
        }
    }
}

impl Failure {
    /// As the command tells it.
    pub fn told(&self, shown: &str) -> Diagnostic {
        let code = match self {
            Failure::Full => "registre-plein",
            Failure::Busy => "registre-pris",
            Failure::NoRegister => "registre-attendu",
            Failure::OtherRequest => "cle-deja-employee",
            Failure::Other(_) => "registre-illisible",
            Failure::Unreadable(_) => "registre-abime",
        };
        Diagnostic::error(code, self.to_string()).about(shown)
    }
}
