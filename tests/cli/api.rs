//! What the service answers to programs: the bytes of the command, and what keeps it from answering.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::serve::{Server, answer};
use super::{SMALL, conforme, folder};

pub const JSON: &str = "Content-Type: application/json\r\n";
pub const YAML: &str = "Content-Type: application/yaml\r\n";
pub const LINES: &str = "Content-Type: application/x-ndjson\r\n";
pub const TEXT: &str = "Content-Type: text/plain\r\n";

/// A dossier of [`SMALL`].
pub const ADULT: &str = r#"{"dispositif": "essai", "examiné le": "2025-06-01", "âge": 20}"#;

impl Server {
    pub fn sent(&self, path: &str, more: &str, body: &str) -> (u16, String, String) {
        self.send(&format!("POST {path}"), &self.address, more, body)
    }
}

fn command(arguments: &[&str], input: &str) -> String {
    let output = conforme().args(arguments).write_stdin(input).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn cases() -> Vec<PathBuf> {
    let read = |folder: &str| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> = ["ess", "csq", "alr"]
        .iter()
        .flat_map(|id| read(&format!("policies/{id}/cases")))
        .filter(|path| path.extension().is_some_and(|own| own == "yaml"))
        .collect();
    all.sort();
    all
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn every_case_is_decided_to_the_bytes_of_the_command() {
    let server = Server::of(&[]);
    let cases = cases();
    assert!(cases.len() >= 66, "{}", cases.len());
    let (first, rest) = cases.split_at(cases.len() / 2);
    thread::scope(|scope| {
        for half in [first, rest] {
            let server = &server;
            scope.spawn(move || {
                for path in half {
                    let dossier = fs::read_to_string(path).unwrap();
                    let address = format!("/v1/decide?name={}", name(path));
                    let (status, head, body) = server.sent(&address, YAML, &dossier);
                    assert_eq!(status, 200, "{path:?} {body}");
                    assert!(head.contains("content-type: application/json"), "{head}");
                    let path = path.to_str().unwrap();
                    assert_eq!(body, command(&["decide", path, "--format", "json"], ""), "{path}");
                }
            });
        }
    });
}

#[test]
fn what_is_asked_beside_the_dossier_is_what_the_command_takes() {
    let server = Server::of(&[]);
    let case = "policies/ess/cases/05-la-lecture-decide.yaml";
    let dossier = fs::read_to_string(case).unwrap();
    for (query, arguments) in [
        ("on=2025-12-01", &["--on", "2025-12-01"][..]),
        ("reading=base+du+seuil%3Dlib%C3%A9raux", &["--reading", "base du seuil=libéraux"]),
        ("explain=brief", &["--explain", "brief"]),
        ("explain=none&known_on=2025-06-01", &["--explain", "none", "--known-on", "2025-06-01"]),
        ("on=2027-03-01&draft=true", &["--on", "2027-03-01", "--draft"]),
    ] {
        let (status, _, body) = server.sent(&format!("/v1/decide?{query}"), YAML, &dossier);
        let arguments = [&["decide", "-", "--format", "json"], arguments].concat();
        assert_eq!(status, 200, "{query} {body}");
        assert!(body == command(&arguments, &dossier), "{query}");
    }
}

/// As an answer in pieces is written, without their lengths.
pub fn whole(body: &str) -> String {
    let (mut rest, mut whole) = (body, String::new());
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        whole.push_str(&after[..length]);
        rest = &after[length + 2..];
    }
    whole
}

#[test]
fn lines_are_answered_in_order_to_the_bytes_of_the_command() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let policies = folder.path().to_str().unwrap();
    let server = Server::of(&["--policies", policies]);
    let line = |age: u32| match age % 7 {
        0 => "pas un dossier".to_owned(),
        1 => String::new(),
        2 => r#"{"dispositif": "essai", "examiné le": "2025-06-01", "âge": 1, "âge": 2}"#.to_owned(),
        _ => ADULT.replace("20", &age.to_string()),
    };
    let lines: Vec<String> = (0..400).map(line).collect();
    let lines = lines.join("\n");
    let path = folder.path().join("tous.jsonl");
    fs::write(&path, &lines).unwrap();
    let output =
        conforme().current_dir(&folder).args(["decide", "tous.jsonl", "--policies", "."]).output().unwrap();
    let expected = String::from_utf8(output.stdout).unwrap();
    let (status, head, body) = server.sent("/v1/decide?name=tous.jsonl", LINES, &lines);
    assert!(status == 200 && head.contains("content-type: application/x-ndjson"), "{head}");
    assert_eq!(whole(&body), expected);
}

/// Each line has its answer while the others are still to be sent.
#[test]
fn lines_are_answered_as_they_come() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let server = Server::of(&["--policies", folder.path().to_str().unwrap()]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let address = &server.address;
    write!(
        stream,
        "POST /v1/decide HTTP/1.1\r\nHost: {address}\r\n{LINES}Transfer-Encoding: chunked\r\n\r\n"
    )
    .unwrap();
    let mut seen = String::new();
    for count in 1..=3 {
        let line = format!("{ADULT}\n");
        write!(stream, "{:x}\r\n{line}\r\n", line.len()).unwrap();
        let mut buffer = [0; 65536];
        while seen.matches("\"outcome\":\"favourable\"").count() < count {
            let read = stream.read(&mut buffer).unwrap();
            assert!(read > 0, "{seen}");
            seen.push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
    }
    write!(stream, "0\r\n\r\n").unwrap();
}

#[test]
fn what_keeps_a_dossier_from_being_decided_is_told_with_its_place() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let policies = folder.path().to_str().unwrap();
    let server = Server::of(&["--policies", policies]);
    for dossier in [
        r#"{"dispositif": "essai", "examiné le": "2025-06-01", "âge": "vingt"}"#,
        r#"{"dispositif": "essai", "examiné le": "2025-06-01", "âge": 1, "âge": 2}"#,
        r#"{"dispositif": "autre"}"#,
        r#"{"âge": 20}"#,
        r#"{"dispositif": "essai", "examiné le": "2030-06-01", "âge": 20}"#,
        "{",
        "",
        "null",
        "[1]",
    ] {
        let (status, head, body) = server.sent("/v1/decide", JSON, dossier);
        assert_eq!(status, 422, "{dossier} {body}");
        assert!(head.contains("content-type: application/problem+json"), "{head}");
        let problem: Value = serde_json::from_str(&body).unwrap();
        let said = command(&["decide", "-", "--format", "json", "--policies", policies], dossier);
        let said: Value = serde_json::from_str(&said).unwrap();
        assert_eq!((&problem["type"], &problem["status"]), (&"urn:conforme:a-corriger".into(), &422.into()));
        for (one, own) in
            said["diagnostics"].as_array().unwrap().iter().zip(problem["diagnostics"].as_array().unwrap())
        {
            for key in ["code", "message", "line", "column"] {
                assert_eq!(own[key], one[key], "{dossier}");
            }
        }
        assert_eq!(said["dossier"], problem["dossier"]);
    }
}

#[test]
fn what_is_asked_badly_is_told() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let server = Server::of(&["--policies", folder.path().to_str().unwrap()]);
    for (line, more, body, status, said) in [
        ("POST /v1/decide?on=demain", JSON, ADULT, 400, "attendu une date ; lu « demain »"),
        ("POST /v1/decide?autre=1", JSON, ADULT, 400, "paramètre inconnu : « autre »"),
        ("POST /v1/decide?on=2025-01-01&on=2025-01-01", JSON, ADULT, 400, "paramètre donné deux fois"),
        ("POST /v1/decide", TEXT, ADULT, 415, "Content-Type : attendu application/json"),
        (
            "POST /v1/decide",
            "Content-Type: application/x-www-form-urlencoded\r\n",
            "a=b",
            415,
            "Content-Type",
        ),
        ("POST /v1/check", JSON, "{}", 415, "Content-Type : attendu text/plain"),
        (
            "POST /v1/decide",
            "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
            ADULT,
            415,
            "Content-Encoding : « gzip » n'est pas lu",
        ),
        ("GET /v1/decide", "", "", 405, "attendu POST"),
        ("DELETE /v1/policies", "", "", 405, "attendu GET,HEAD"),
        ("TRACE /v1/check", "", "", 405, "attendu POST"),
        ("GET /v1/rien", "", "", 404, "/v1/openapi.json"),
        ("GET /v1/policies/autre/schema", "", "", 404, "dispositif inconnu : « autre »"),
        ("GET /v1/policies/..%2f..%2fCargo.toml/schema", "", "", 404, "dispositif inconnu"),
        ("GET /v1/policies/essai/schema?on=2040-01-01", "", "", 422, "2040"),
        ("GET /v1/policies?x=1", "", "", 400, "paramètre inconnu"),
    ] {
        let (found, head, answer) = server.send(line, &server.address, more, body);
        assert_eq!(found, status, "{line} {answer}");
        assert!(head.contains("content-type: application/problem+json"), "{line} {head}");
        let problem: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(problem["status"], status, "{line}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(said), "{line}: {detail}");
    }
}

/// The file of a source comes with no request: that is no mistake of the text.
#[test]
fn a_text_whose_source_is_not_served_is_told_so_and_is_not_wrong() {
    let server = Server::of(&[]);
    let text = fs::read_to_string("policies/csq/csq.pol").unwrap();
    let (status, _, body) = server.sent("/v1/check", TEXT, &text);
    assert_eq!(status, 200, "{body}");
    let found: Value = serde_json::from_str(&body).unwrap();
    let found = found["diagnostics"].as_array().unwrap();
    let one = found.iter().find(|one| one["code"] == "source-non-comparee").unwrap();
    assert_eq!(one["severity"], "warning");
    assert!(one["message"].as_str().unwrap().contains("« sources/convention.txt »"), "{one}");
    assert!(found.iter().all(|one| one["severity"] != "error"), "{found:?}");
}

#[test]
fn a_text_is_checked_beside_those_that_are_served() {
    let server = Server::of(&[]);
    for path in ["ess/ess.pol", "alr/alr.pol", "exemples/2027-seuil.pol"] {
        let file = format!("policies/{path}");
        if !Path::new(&file).exists() {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for text in [text.clone(), text.replacen("selon", "sellon", 1)] {
            let copy = folder(&[]);
            let (status, _, body) = server.sent(&format!("/v1/check?name={path}"), TEXT, &text);
            assert_eq!(status, 200, "{body}");
            // The same folder, with the text in its place.
            let all = copy.path().join("policies");
            let copied =
                std::process::Command::new("cp").args(["-r", "policies"]).arg(&all).status().unwrap();
            assert!(copied.success());
            fs::write(all.join(path), &text).unwrap();
            let said =
                conforme().current_dir(&copy).args(["check", &file, "--format", "json"]).output().unwrap();
            let said: Value = serde_json::from_slice(&said.stdout).unwrap();
            let found: Value = serde_json::from_str(&body).unwrap();
            let told = |all: &Value| -> Vec<(Value, Value, Value)> {
                let one = |one: &Value| (one["code"].clone(), one["message"].clone(), one["line"].clone());
                all["diagnostics"].as_array().unwrap().iter().map(one).collect()
            };
            assert_eq!(told(&found), told(&said), "{path}");
        }
    }
}

#[test]
fn policies_their_schemas_and_the_state_of_the_service_are_told() {
    let server = Server::of(&[]);
    let (_, _, body) = server.get("/v1/policies");
    let policies: Value = serde_json::from_str(&body).unwrap();
    let ids: Vec<&str> = policies["policies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|policy| policy["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["alr", "baremes", "csq", "ess"]);
    for id in ["ess", "csq"] {
        let (status, head, body) = server.get(&format!("/v1/policies/{id}/schema"));
        assert!(status == 200 && head.contains("application/schema+json"), "{head}");
        assert_eq!(body, command(&["schema", id], ""), "{id}");
    }
    let (_, _, body) = server.get("/healthz");
    let health: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (&health["status"], &health["texts"], &health["policies"]),
        (&"ok".into(), &"current".into(), &4.into())
    );
    let (_, head, body) = server.get("/metrics");
    assert!(head.contains("content-type: text/plain; version=0.0.4"), "{head}");
    assert!(
        body.contains("conforme_requests_total{route=\"/v1/policies/{id}/schema\",status=\"200\"} 2"),
        "{body}"
    );
    let (_, _, body) = server.get("/v1/openapi.json");
    let described: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(described["openapi"], "3.1.0");
}

/// Every answer is as it is described.
#[test]
fn answers_are_as_they_are_described() {
    let server = Server::of(&[]);
    let described: Value = serde_json::from_str(&server.get("/v1/openapi.json").2).unwrap();
    let schema = |name: &str| {
        let schema = serde_json::json!({
            "$ref": format!("#/components/schemas/{name}"), "components": described["components"]
        });
        jsonschema::validator_for(&schema).unwrap()
    };
    let dossier = fs::read_to_string("policies/ess/cases/12-incomplet.yaml").unwrap();
    for (name, answer) in [
        ("Decision", server.sent("/v1/decide", YAML, &dossier)),
        ("ToCorrect", server.sent("/v1/decide", JSON, "{\"dispositif\": 1}")),
        ("Problem", server.sent("/v1/decide?x=1", JSON, "{}")),
        ("Problem", server.get("/v1/rien")),
        ("Policies", server.get("/v1/policies")),
        ("Health", server.get("/healthz")),
        ("Diagnostics", server.sent("/v1/check", TEXT, "dispositif x « X »\n")),
    ] {
        let value: Value = serde_json::from_str(&answer.2).unwrap();
        let found: Vec<String> = schema(name).iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(found.is_empty(), "{name} {found:?} {value}");
    }
}

/// Waits for what comes in a moment; on a machine that others keep busy, in minutes.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(300), "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn texts_that_change_are_served_and_broken_ones_are_told_while_the_old_stay() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let policies = folder.path().to_str().unwrap();
    let server = Server::of(&["--policies", policies]);
    let path = folder.path().join("majorite.pol");
    let outcome = || {
        let (status, _, body) = server.sent("/v1/decide", JSON, ADULT);
        assert_eq!(status, 200, "{body}");
        serde_json::from_str::<Value>(&body).unwrap()["outcome"].as_str().unwrap().to_owned()
    };
    let state = || serde_json::from_str::<Value>(&server.get("/healthz").2).unwrap()["texts"].clone();
    assert_eq!(outcome(), "favourable");
    // Requests go on all the while.
    let older = SMALL.replace("18", "21");
    assert_ne!(older, SMALL);
    fs::write(&path, &older).unwrap();
    until("the new text", || outcome() == "unfavourable");
    fs::write(&path, older.replace("exige", "exije")).unwrap();
    until("the broken text is told", || state() == "behind");
    assert_eq!(outcome(), "unfavourable");
    fs::write(&path, SMALL).unwrap();
    until("the text of the beginning", || outcome() == "favourable");
    assert_eq!(state(), "current");
    fs::write(folder.path().join("autre.pol"), SMALL.replace("dispositif essai", "dispositif autre"))
        .unwrap();
    until("one more", || server.get("/v1/policies/autre/schema").0 == 200);
    fs::remove_file(folder.path().join("autre.pol")).unwrap();
    until("one less", || server.get("/v1/policies/autre/schema").0 == 404);
    let said = server.stopped();
    assert!(said.contains("exije") && said.contains("ceux d'avant restent servis"), "{said}");
}

#[test]
fn what_is_too_much_is_refused_and_costs_others_nothing() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let server =
        Server::of(&["--policies", folder.path().to_str().unwrap(), "--requests", "2", "--patience", "2"]);
    let address = &server.address;
    // A body that is announced as too long is not waited for.
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "POST /v1/decide HTTP/1.1\r\nHost: {address}\r\n{JSON}Content-Length: 100000000\r\n\r\n")
        .unwrap();
    assert_eq!(answer(stream).0, 413);
    // Nor is one that goes on and on.
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "POST /v1/decide HTTP/1.1\r\nHost: {address}\r\n{JSON}Transfer-Encoding: chunked\r\n\r\n")
        .unwrap();
    let piece = format!("{:x}\r\n{}\r\n", 1 << 20, " ".repeat(1 << 20));
    let sent = (0..40).take_while(|_| stream.write_all(piece.as_bytes()).is_ok()).count();
    assert!(sent < 40, "{sent}");
    // Half bodies are told that they are late; meanwhile others are answered.
    let mut halves: Vec<TcpStream> = (0..10).map(|_| TcpStream::connect(address).unwrap()).collect();
    for half in &mut halves {
        write!(half, "POST /v1/decide HTTP/1.1\r\nHost: {address}\r\n{JSON}Content-Length: 70\r\n\r\n{{")
            .unwrap();
    }
    assert_eq!(server.sent("/v1/decide", JSON, ADULT).0, 200);
    for half in halves {
        assert_eq!(answer(half).0, 408);
    }
    // What is no request at all.
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"\x00\x01\x02 GET\r\n\r\nGET / HTTP/9.9\r\n\r\n").unwrap();
    assert_eq!(answer(stream).0, 400);
    let mut stream = TcpStream::connect(address).unwrap();
    // It is not taken to its end.
    let _ = write!(stream, "GET /{} HTTP/1.1\r\nHost: {address}\r\n\r\n", "a".repeat(70_000));
    let mut said = [0; 13];
    assert!(stream.read_exact(&mut said).is_err() || &said == b"HTTP/1.1 414 " || &said == b"HTTP/1.1 431 ");
    assert_eq!(server.sent("/v1/decide", JSON, ADULT).0, 200);
}

/// Ten times as many as there are places: each has its answer, or is told to come back.
#[test]
fn past_the_limit_one_is_told_to_come_back() {
    let server = Server::of(&["--requests", "2"]);
    let dossier = fs::read_to_string("policies/ess/cases/12-incomplet.yaml").unwrap();
    let statuses: Vec<(u16, bool)> = thread::scope(|scope| {
        let ask = || {
            let (status, head, _) = server.sent("/v1/decide", YAML, &dossier);
            (status, head.contains("retry-after: 1"))
        };
        let all: Vec<_> = (0..20).map(|_| scope.spawn(ask)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|one| *one == (200, false) || *one == (503, true)), "{statuses:?}");
    assert!(statuses.contains(&(200, false)));
    assert_eq!(server.sent("/v1/decide", YAML, &dossier).0, 200);
}

#[test]
fn nothing_of_a_dossier_is_noted() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let server = Server::of(&["--log", "--policies", folder.path().to_str().unwrap()]);
    let secret = "Zéphyrine";
    let dossier = format!(
        r#"{{"dispositif": "essai", "dossier": "{secret}", "examiné le": "2025-06-01", "âge": "{secret}"}}"#
    );
    for (path, more) in [
        (format!("/v1/decide?name={secret}"), JSON),
        (format!("/v1/decide?on={secret}"), JSON),
        ("/v1/decide".to_owned(), LINES),
        (format!("/{secret}/formulaire"), JSON),
        (format!("/v1/{secret}"), JSON),
    ] {
        server.sent(&path, more, &dossier);
    }
    server.send(&secret.to_uppercase().replace('É', "E").to_string(), &server.address, "", "");
    let said = server.stopped();
    assert!(said.contains("POST /v1/decide 422") && said.contains("POST /v1/decide 400"), "{said}");
    assert!(!said.to_lowercase().contains("phyrine"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_request_that_is_being_answered_is_answered_to_its_end_when_the_service_stops() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let mut server = Server::of(&["--policies", folder.path().to_str().unwrap()]);
    let address = server.address.clone();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(
        stream,
        "POST /v1/decide HTTP/1.1\r\nHost: {address}\r\n{JSON}Content-Length: {}\r\n\r\n",
        ADULT.len()
    )
    .unwrap();
    // So that it is begun.
    until("it is there", || server.get("/metrics").2.contains("conforme_connections 2"));
    let id = server.process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    until("nobody else is heard", || TcpStream::connect(&address).is_err());
    stream.write_all(ADULT.as_bytes()).unwrap();
    assert_eq!(answer(stream).0, 200);
    assert!(server.process.wait().unwrap().success());
}
