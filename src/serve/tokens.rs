//! Who may do what: tokens, of which only the SHA-256 is kept, with their roles.
//!
//! A token is drawn at random, and long: its plain hash gives nothing away.

use std::path::Path;
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use conforme::diagnostic::Diagnostic;
use conforme::source::SourceFile;
use sha2::{Digest, Sha256};

use crate::cli::files;

/// The most that such a file may hold, in bytes.
const BYTES: usize = 1 << 20;

/// What may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// To read what the register keeps.
    Read,
    /// To have dossiers decided.
    Decide,
    /// To have decisions kept in the register.
    Record,
}

impl Role {
    const ALL: [(Role, &'static str); 3] =
        [(Role::Read, "lire"), (Role::Decide, "décider"), (Role::Record, "consigner")];

    /// As a file of tokens names it.
    pub fn name(self) -> &'static str {
        Role::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, name)| name)
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The name of the token.
    pub name: Arc<str>,
    roles: Vec<Role>,
}

impl Who {
    /// Whether this may be done; whoever may record may decide.
    pub fn may(&self, role: Role) -> bool {
        self.roles.contains(&role) || role == Role::Decide && self.roles.contains(&Role::Record)
    }
}

/// All tokens that are known.
#[derive(Debug, Default)]
pub struct Tokens(Vec<([u8; 32], Who)>);

impl Tokens {
    /// Reads a file: `greffe  consigner,lire  sha256:9f86d081…` a line; `#` begins a comment.
    ///
    /// # Errors
    ///
    /// All that is to be corrected in it.
    pub fn open(path: &Path) -> Result<Tokens, Vec<Diagnostic>> {
        let bytes = files::read(path, BYTES).map_err(|problem| vec![problem])?;
        let shown = files::shown(path);
        let text = String::from_utf8(bytes).map_err(|_| {
            vec![
                Diagnostic::error("jetons-illisibles", "le fichier des jetons n'est pas en UTF-8")
                    .about(&shown),
            ]
        })?;
        Tokens::read(&SourceFile::new(shown, text))
    }

    fn read(file: &Arc<SourceFile>) -> Result<Tokens, Vec<Diagnostic>> {
        let (mut tokens, mut wrong) = (Tokens::default(), Vec::new());
        for (rank, line) in file.text().lines().enumerate() {
            // The line is named and not shown: a token may stand there by mistake.
            let place = format!("{}, ligne {}", file.path(), rank + 1);
            let said = line.split('#').next().unwrap_or_default().trim();
            if said.is_empty() {
                continue;
            }
            match entry(said) {
                Ok((_, who)) if tokens.0.iter().any(|(_, own)| own.name == who.name) => {
                    let message =
                        format!("{place} : attendu un nom par jeton ; « {} » en nomme deux", who.name);
                    wrong.push(Diagnostic::error("jeton-double", message).about(place));
                }
                Ok(token) => tokens.0.push(token),
                Err(message) => {
                    let message = format!("{place} : {message}");
                    wrong.push(Diagnostic::error("jeton-mal-ecrit", message).help(FORM).about(place));
                }
            }
        }
        if tokens.0.is_empty() && wrong.is_empty() {
            let message =
                format!("{} : aucun jeton dans ce fichier : personne ne pourrait rien demander", file.path());
            wrong.push(Diagnostic::error("aucun-jeton", message).help(FORM).about(file.path()));
        }
        if wrong.is_empty() { Ok(tokens) } else { Err(wrong) }
    }

    /// Who gives a token: `Authorization: Bearer JETON`, or a browser's name and password, the token as password.
    pub fn who(&self, headers: &HeaderMap) -> Option<&Who> {
        let mut given = headers.get_all(header::AUTHORIZATION).iter();
        let (Some(only), None) = (given.next(), given.next()) else { return None };
        let (scheme, rest) = only.to_str().ok()?.split_once(' ')?;
        let token = if scheme.eq_ignore_ascii_case("bearer") {
            rest.trim().as_bytes().to_vec()
        } else if scheme.eq_ignore_ascii_case("basic") {
            let pair = STANDARD.decode(rest.trim()).ok()?;
            let colon = pair.iter().position(|byte| *byte == b':')?;
            pair.get(colon + 1..)?.to_vec()
        } else {
            return None;
        };
        let hash: [u8; 32] = Sha256::digest(&token).into();
        // Looked at whole, each of them: how long it takes tells nothing.
        let same = |own: &[u8; 32]| own.iter().zip(&hash).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
        self.0.iter().fold(None, |found, (own, who)| if same(own) { Some(who) } else { found })
    }
}

/// How a line is written.
const FORM: &str =
    "une ligne par jeton : « NOM  RÔLES  sha256:EMPREINTE », les rôles parmi lire, décider, consigner";

/// A token, or what is wrong with its line.
fn entry(said: &str) -> Result<([u8; 32], Who), String> {
    let parts: Vec<&str> = said.split_whitespace().collect();
    let [name, roles, hash] = parts.as_slice() else {
        let words = if parts.len() == 1 { "un mot".to_owned() } else { format!("{} mots", parts.len()) };
        return Err(format!("attendu un nom, des rôles et une empreinte ; lu {words}"));
    };
    let role = |said: &str| {
        let known = Role::ALL.iter().find(|(_, name)| *name == conforme::text::tidy(said));
        known
            .map(|(role, _)| *role)
            .ok_or_else(|| format!("attendu « lire », « décider » ou « consigner » ; lu « {said} »"))
    };
    let roles = roles.split(',').map(role).collect::<Result<Vec<Role>, String>>()?;
    let hex = hash.strip_prefix("sha256:").and_then(bytes_of);
    let hash = hex.ok_or_else(|| {
        "attendu « sha256: » et 64 chiffres hexadécimaux : l'empreinte du jeton, jamais le jeton".to_owned()
    })?;
    Ok((hash, Who { name: Arc::from(*name), roles }))
}

fn bytes_of(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of « secret ».
    const HASH: &str = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    fn read(text: &str) -> Result<Tokens, Vec<Diagnostic>> {
        Tokens::read(&SourceFile::new("jetons", text.to_owned()))
    }

    #[test]
    fn a_token_is_known_by_its_hash_alone() {
        let tokens = read(&format!("# qui\n\ngreffe  consigner,lire  sha256:{HASH}  # le greffe\n")).unwrap();
        for (given, known) in [
            ("Bearer secret", true),
            ("bearer  secret", true),
            ("Basic eDpzZWNyZXQ=", true),
            ("Bearer secre", false),
            ("Bearer secret2", false),
            ("Bearer", false),
            ("Basic secret", false),
            ("Basic c2VjcmV0", false),
            ("Digest secret", false),
            (&format!("Bearer {HASH}"), false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, given.parse().unwrap());
            assert_eq!(tokens.who(&headers).is_some(), known, "{given}");
        }
        let mut twice = HeaderMap::new();
        twice.append(header::AUTHORIZATION, "Bearer secret".parse().unwrap());
        twice.append(header::AUTHORIZATION, "Bearer autre".parse().unwrap());
        assert_eq!(tokens.who(&twice), None);
        assert_eq!(tokens.who(&HeaderMap::new()), None);
    }

    #[test]
    fn whoever_may_record_may_decide_and_nobody_reads_without_the_role() {
        let tokens = read(&format!("a consigner sha256:{HASH}\nb lire sha256:{}\n", "0".repeat(64))).unwrap();
        let may = |rank: usize, role| tokens.0[rank].1.may(role);
        assert!(may(0, Role::Record) && may(0, Role::Decide) && !may(0, Role::Read));
        assert!(!may(1, Role::Record) && !may(1, Role::Decide) && may(1, Role::Read));
    }

    #[test]
    fn what_is_wrong_with_a_file_of_tokens_is_told_at_its_line() {
        for (line, code, said) in [
            (
                "greffe lire",
                "jeton-mal-ecrit",
                "jetons, ligne 1 : attendu un nom, des rôles et une empreinte ; lu 2 mots".to_owned(),
            ),
            (
                "# qui\nsecret",
                "jeton-mal-ecrit",
                "jetons, ligne 2 : attendu un nom, des rôles et une empreinte ; lu un mot".to_owned(),
            ),
            (
                &format!("greffe tout sha256:{HASH}"),
                "jeton-mal-ecrit",
                "jetons, ligne 1 : attendu « lire », « décider » ou « consigner » ; lu « tout »".to_owned(),
            ),
            (
                "greffe lire secret",
                "jeton-mal-ecrit",
                "jetons, ligne 1 : attendu « sha256: » et 64 chiffres hexadécimaux : l'empreinte du jeton, jamais le jeton"
                    .to_owned(),
            ),
            (
                &format!("a lire sha256:{HASH}\na lire sha256:{HASH}"),
                "jeton-double",
                "jetons, ligne 2 : attendu un nom par jeton ; « a » en nomme deux".to_owned(),
            ),
            (
                "# personne",
                "aucun-jeton",
                "jetons : aucun jeton dans ce fichier : personne ne pourrait rien demander".to_owned(),
            ),
        ] {
            let found = read(line).unwrap_err();
            assert_eq!((found[0].code, &found[0].message), (code, &said), "{line}");
        }
    }
}
