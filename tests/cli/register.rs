//! Decisions that are kept: found, verified, decided again, erased; and none lost that was answered.

use std::collections::HashMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::api::until;
use super::serve::Server;
use super::{SMALL, conforme, folder};

const JSON: &str = "Content-Type: application/json\r\n";

pub fn adult(age: u32) -> String {
    format!(
        r#"{{"dispositif": "essai", "dossier": "Dossier {age}", "examiné le": "2025-06-01", "âge": {age}}}"#
    )
}

/// A folder with texts in it, and a place for a register.
pub struct Place(pub TempDir);

impl Place {
    pub fn new() -> Place {
        Place(folder(&[("textes/majorite.pol", SMALL)]))
    }

    pub fn file(&self) -> String {
        self.0.path().join("registre.db").to_str().unwrap().to_owned()
    }

    pub fn serve(&self, more: &[&str]) -> Server {
        let texts = self.0.path().join("textes");
        let file = self.file();
        let arguments = ["--policies", texts.to_str().unwrap(), "--register", &file];
        Server::of(&[&arguments[..], more].concat())
    }

    pub fn command(&self, what: &str, more: &[&str]) -> assert_cmd::assert::Assert {
        conforme().args(["register", what, &self.file()]).args(more).assert()
    }
}

impl Server {
    pub fn record(&self, more: &str, body: &str) -> (u16, String, String) {
        self.send("POST /v1/decisions", &self.address, &format!("{JSON}{more}"), body)
    }
}

pub fn header<'h>(head: &'h str, name: &str) -> &'h str {
    head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default()
}

#[test]
fn a_decision_that_is_kept_is_found_with_all_that_it_rests_on() {
    let place = Place::new();
    let server = place.serve(&[]);
    let dossier = adult(20);
    let (status, head, body) =
        server.send("POST /v1/decisions?name=a.json&by=agent-7&reason=A-12", &server.address, JSON, &dossier);
    assert_eq!(status, 201, "{body}");
    // What is answered is what is decided without being kept.
    assert_eq!(body, server.send("POST /v1/decide?name=a.json", &server.address, JSON, &dossier).2);
    let location = header(&head, "location");
    let (status, _, entry) = server.get(location);
    assert_eq!(status, 200, "{entry}");
    assert!(entry.ends_with(&format!(",\"decision\":{}}}\n", body.trim_end())), "byte for byte");
    let entry: Value = serde_json::from_str(&entry).unwrap();
    assert_eq!(entry["sent"], dossier.as_str());
    assert_eq!((&entry["asked"]["by"], &entry["asked"]["reason"]), (&"agent-7".into(), &"A-12".into()));
    assert_eq!(entry["event"]["outcome"], "favourable");
    assert_eq!(entry["hash"], header(&head, "conforme-entry-hash"));
    assert_eq!(entry["id"], header(&head, "conforme-entry-id"));
    let described: Value = serde_json::from_str(&server.get("/v1/openapi.json").2).unwrap();
    let schema =
        serde_json::json!({ "$ref": "#/components/schemas/Entry", "components": described["components"] });
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&entry), "{entry}");
    let listed: Value = serde_json::from_str(&server.get("/v1/decisions").2).unwrap();
    assert_eq!(listed["entries"][0]["id"], entry["id"]);
    assert_eq!(server.get("/v1/decisions?after=1").2.trim(), r#"{"entries":[]}"#);
    // What cannot be decided is not kept.
    assert_eq!(server.record("", r#"{"dispositif": "essai", "âge": "x"}"#).0, 422);
    for (path, status) in [
        ("/v1/decisions/rien", 404),
        ("/v1/decisions/..%2f..%2fregistre.db", 404),
        ("/v1/decisions/%27%20OR%201=1--", 404),
        ("/v1/decisions?after=-1", 400),
        ("/v1/decisions?after=x", 400),
    ] {
        assert_eq!(server.get(path).0, status, "{path}");
    }
    drop(server);
    let shown = place.command("show", &[entry["id"].as_str().unwrap()]).code(0);
    assert_eq!(serde_json::from_slice::<Value>(&shown.get_output().stdout).unwrap(), entry);
    place.command("show", &["rien"]).code(2).stderr(contains("aucune entrée du registre"));
    place.command("list", &[]).code(0).stdout(contains("essai  2025-06-01  favorable"));
    place.command("verify", &[]).code(0).stdout(contains("1 entrée, tout est comme il a été consigné"));
    place.command("verify", &["--expect", entry["hash"].as_str().unwrap()]).code(0);
    let other = "0".repeat(64);
    place.command("verify", &["--expect", &other]).code(1).stdout(contains("l'empreinte attendue"));
    let capitals = format!(" {} ", entry["hash"].as_str().unwrap().to_uppercase());
    place.command("verify", &["--expect", &capitals]).code(0);
    for badly in ["00", "", &"g".repeat(64)] {
        let told = place.command("verify", &["--expect", badly]).code(2);
        told.stderr(contains("attendu 64 chiffres hexadécimaux"));
    }
    place.command("replay", &[]).code(0).stdout(contains("à l'identique : 1 ; autrement : 0"));
    place.command("export", &[]).code(0).stdout(contains("\"sent\""));
}

#[test]
fn what_is_asked_again_under_one_key_is_kept_once() {
    let place = Place::new();
    let server = place.serve(&[]);
    let key = "Idempotency-Key: affaire-12\r\n";
    let (status, first, body) = server.record(key, &adult(20));
    assert!(status == 201 && !first.contains("idempotency-replayed"));
    let (status, again, same) = server.record(key, &adult(20));
    assert_eq!((status, &same), (201, &body));
    assert_eq!(header(&first, "location"), header(&again, "location"));
    assert_eq!(header(&again, "idempotency-replayed"), "true");
    let (status, _, body) = server.record(key, &adult(21));
    assert!(status == 422 && body.contains("urn:conforme:cle-deja-employee"), "{body}");
    assert_eq!(server.record(&format!("{key}{key}"), &adult(20)).0, 400);
    assert_eq!(server.record("Idempotency-Key: \r\n", &adult(20)).0, 400);
    place.command("verify", &[]).code(0).stdout(contains("1 entrée,"));
}

/// Also after the texts moved on.
#[test]
fn what_was_decided_is_decided_again_to_the_same_bytes() {
    let place = Place::new();
    let server = place.serve(&[]);
    for age in [17, 18, 40] {
        assert_eq!(server.record("", &adult(age)).0, 201);
    }
    let asked = "POST /v1/decisions?on=2025-03-01&explain=brief&draft=true&known_on=2025-05-01";
    assert_eq!(server.send(asked, &server.address, JSON, &adult(20)).0, 201);
    fs::write(place.0.path().join("textes/majorite.pol"), SMALL.replace("18", "21")).unwrap();
    let decide = || server.send("POST /v1/decide", &server.address, JSON, &adult(20)).2;
    while !decide().contains("\"outcome\":\"unfavourable\"") {
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(server.record("", &adult(20)).0, 201);
    drop(server);
    place.command("replay", &[]).code(0).stdout(contains("à l'identique : 5 ; autrement : 0 ; effacées : 0"));
    place.command("verify", &[]).code(0).stdout(contains("5 entrées"));
}

#[test]
fn what_is_erased_is_marked_and_the_rest_verifies() {
    let place = Place::new();
    let server = place.serve(&[]);
    let at: Vec<String> =
        (20..23).map(|age| header(&server.record("", &adult(age)).1, "location").to_owned()).collect();
    let id = at[1].rsplit('/').next().unwrap();
    place
        .command("erase", &[id, "--reason", "demande de la personne", "--by", "dpo"])
        .code(0)
        .stdout(contains("1 contenu effacé"));
    let (status, _, body) = server.get(&at[1]);
    assert_eq!(status, 410, "{body}");
    let entry: Value = serde_json::from_str(&body).unwrap();
    assert!(entry["erased"] == true && entry["sent"].is_null() && entry["event"]["outcome"] == "favourable");
    assert_eq!(server.get(&at[0]).0, 200);
    // It goes on beside.
    assert_eq!(server.record("", &adult(30)).0, 201);
    place.command("verify", &[]).code(0).stdout(contains("5 entrées").and(contains("effacés : 1 contenu")));
    place.command("replay", &[]).code(0).stdout(contains("à l'identique : 3 ; autrement : 0 ; effacées : 1"));
    place
        .command("list", &[])
        .code(0)
        .stdout(contains(format!("effacement de {id} : demande de la personne")));
    place
        .command("erase", &["--before", "2020-01-01", "--reason", "durée"])
        .code(0)
        .stdout(contains("0 contenu"));
    place
        .command("erase", &["--before", "2999-01-01", "--reason", "durée"])
        .code(2)
        .stderr(contains("est une date à venir"));
    place.command("erase", &["--before", "2020-01-01", "--reason", " "]).code(2).stderr(contains("motif"));
    let tomorrow = jiff::Zoned::now().date().tomorrow().unwrap().to_string();
    place
        .command("erase", &["--before", &tomorrow, "--reason", "durée"])
        .code(0)
        .stdout(contains("3 contenus effacés"));
    place
        .command("erase", &["--before", "hier", "--reason", "durée"])
        .code(2)
        .stderr(contains("attendu une date"));
    place.command("erase", &["--reason", "durée"]).code(2);
    place.command("verify", &[]).code(0);
}

/// What is taken away is not told as erased, and an entry that is missing is not counted.
#[test]
fn what_was_taken_away_is_told_wherever_the_register_is_gone_through() {
    for (sql, entry, entries) in [
        (
            "DELETE FROM contents WHERE number = 2",
            "entrée 2 : le contenu n'est pas là, sans avoir été effacé",
            3,
        ),
        ("DELETE FROM entries WHERE number = 2", "entrée 2 : il manque des entrées avant celle-ci", 2),
    ] {
        let place = Place::new();
        let server = place.serve(&[]);
        for age in 20..23 {
            assert_eq!(server.record("", &adult(age)).0, 201);
        }
        drop(server);
        let connection = rusqlite::Connection::open(place.file()).unwrap();
        assert_eq!(connection.execute(sql, []).unwrap(), 1);
        drop(connection);
        let told = contains(entry);
        place
            .command("verify", &[])
            .code(1)
            .stdout(told.clone().and(contains(format!("{entries} entrées ;"))));
        place.command("replay", &[]).code(1).stdout(told.and(contains("effacées : 0")));
    }
}

#[test]
fn who_may_keep_and_who_may_read_are_told_apart() {
    let place = Place::new();
    let hash =
        |token: &str| Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let file = place.0.path().join("jetons.txt");
    let line = |name: &str, role: &str| format!("{name} {role} sha256:{}\n", hash(name));
    fs::write(&file, [line("l", "lire"), line("d", "décider"), line("c", "consigner")].concat()).unwrap();
    let server = place.serve(&["--tokens", file.to_str().unwrap()]);
    let ask = |line: &str, token: &str| {
        let more = format!("{JSON}Authorization: Bearer {token}\r\n");
        server.send(line, &server.address, &more, &adult(20))
    };
    for (line, token, status) in [
        ("POST /v1/decisions", "l", 403),
        ("POST /v1/decisions", "d", 403),
        ("POST /v1/decisions", "x", 401),
        ("POST /v1/decisions", "c", 201),
        ("POST /v1/decide", "c", 200),
        ("GET /v1/decisions", "c", 403),
        ("GET /v1/decisions", "d", 403),
        ("GET /v1/decisions", "l", 200),
        ("GET /v1/decisions/rien", "d", 403),
    ] {
        assert_eq!(ask(line, token).0, status, "{line} {token}");
    }
    assert!(ask("GET /v1/decisions", "l").2.contains("\"recorded_by\":\"c\""));
}

#[test]
fn what_is_no_register_is_told_in_french() {
    let place = Place::new();
    place.command("verify", &[]).code(2).stderr(contains("fichier introuvable"));
    fs::write(place.file(), "un texte".repeat(1_000)).unwrap();
    place.command("verify", &[]).code(2).stderr(contains("n'est pas un registre"));
    conforme()
        .args(["serve", "--port", "0", "--policies", place.0.path().join("textes").to_str().unwrap()])
        .args(["--register", &place.file()])
        .assert()
        .code(2)
        .stderr(contains("n'est pas un registre"));
    let without = Server::of(&["--policies", place.0.path().join("textes").to_str().unwrap()]);
    let (status, _, body) = without.record("", &adult(20));
    assert!(status == 404 && body.contains("--register FICHIER"), "{body}");
}

/// Whoever has an answer finds the decision, however the service ends.
#[cfg(unix)]
#[test]
fn nothing_that_was_answered_is_lost_when_the_service_is_killed() {
    let place = Place::new();
    let moments: u64 = std::env::var("KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(8);
    let mut answered: Vec<(String, String)> = Vec::new();
    for moment in 0..moments {
        let mut server = place.serve(&[]);
        let (address, count) = (server.address.clone(), AtomicUsize::new(0));
        let found: Vec<(String, String)> = thread::scope(|scope| {
            let client = |first: u32| {
                let (address, count) = (&address, &count);
                move || {
                    let mut found = Vec::new();
                    for age in first.. {
                        match recorded(address, &adult(age % 90 + 20)) {
                            Some(one) => found.push(one),
                            None => return found,
                        }
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    found
                }
            };
            let clients: Vec<_> = (0..4).map(|rank| scope.spawn(client(rank * 1_000))).collect();
            until("some are answered", || count.load(Ordering::Relaxed) > 0);
            // No two of them are the same, and they are the same each time.
            thread::sleep(Duration::from_millis(moment * 7_919 % 400));
            server.process.kill().unwrap();
            clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
        });
        answered.extend(found);
    }
    assert!(answered.len() as u64 >= moments, "{}", answered.len());
    let verified = place.command("verify", &[]).code(0);
    let said = String::from_utf8(verified.get_output().stdout.clone()).unwrap();
    let entries: usize = said.trim_start_matches("✔ ").split(' ').next().unwrap().parse().unwrap();
    assert!(entries >= answered.len(), "{entries} {}", answered.len());
    let exported = place.command("export", &[]).code(0);
    let exported = String::from_utf8(exported.get_output().stdout.clone()).unwrap();
    let of_id = |line: &'_ str| line.split("\"id\":\"").nth(1).map(|rest| rest[..32].to_owned()).unwrap();
    let lines: HashMap<String, &str> = exported.lines().map(|line| (of_id(line), line)).collect();
    for (id, body) in &answered {
        let line = lines[id];
        assert!(line.ends_with(&format!(",\"decision\":{}}}", body.trim_end())), "{id}");
    }
}

/// The identifier of a decision that is kept, with the answer; `None` where it does not come whole.
fn recorded(address: &str, body: &str) -> Option<(String, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    write!(
        stream,
        "POST /v1/decisions HTTP/1.1\r\nHost: {address}\r\n{JSON}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let head = head.to_lowercase();
    assert!(head.starts_with("http/1.1 201"), "{head}");
    let whole: usize = header(&head, "content-length").parse().ok()?;
    (body.len() == whole).then(|| {
        let id = Path::new(header(&head, "location")).file_name().unwrap().to_str().unwrap();
        (id.to_owned(), body.to_owned())
    })
}
