//! `conforme serve`, as a browser meets it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command as Process, Stdio};

use predicates::prelude::*;
use predicates::str::contains;

use super::conforme;

/// A server on a free port, stopped in the end.
pub struct Server {
    pub process: Child,
    pub address: String,
}

impl Server {
    fn start() -> Server {
        Server::of(&["--policies", "tests/pages/aide"])
    }

    /// A server with these arguments.
    pub fn of(arguments: &[&str]) -> Server {
        let mut process = Process::new(env!("CARGO_BIN_EXE_conforme"))
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
        Server { process, address }
    }

    /// Stops it, and gives what it wrote on its standard error.
    pub fn stopped(mut self) -> String {
        self.process.kill().unwrap();
        let mut said = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }

    /// Sends a request as it is; the status, the head and the body.
    pub fn send(&self, line: &str, host: &str, more: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{line} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n{body}"
        )
        .unwrap();
        answer(stream)
    }

    pub fn get(&self, path: &str) -> (u16, String, String) {
        self.send(&format!("GET {path}"), &self.address, "", "")
    }

    pub fn post(&self, path: &str, body: &str) -> (u16, String, String) {
        self.send(&format!("POST {path}"), &self.address, "", body)
    }
}

/// What is answered, to its end.
pub fn answer(mut stream: TcpStream) -> (u16, String, String) {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_lowercase(), body.to_owned())
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_pages_are_served_with_what_keeps_them_safe() {
    let server = Server::start();
    for (path, status, said) in [
        ("/", 200, "Dispositifs"),
        ("/style.css", 200, "font"),
        ("/page.js", 200, "formPage"),
        ("/essai/", 200, "empreinte du texte"),
        ("/essai/formulaire", 200, "Quel est le loyer"),
        ("/essai/essai", 200, "textarea"),
        ("/autre/", 404, "dispositif inconnu"),
        ("/autre/formulaire", 404, "dispositif inconnu"),
        ("/a/b/c", 404, "Page inconnue"),
        ("/%2e%2e/Cargo.toml", 404, "Page inconnue"),
        ("/pages/answer", 405, ""),
    ] {
        let (found, head, body) = server.get(path);
        assert_eq!(found, status, "{path} {body}");
        let body = body.replace('\u{a0}', " ");
        assert!(body.to_lowercase().contains(&said.to_lowercase()), "{path} {body}");
        for header in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(head.contains(header), "{path} {head}");
        }
    }
    let (status, head, _) = server.get("/essai");
    assert!(status == 308 && head.contains("location: /essai/"), "{head}");
}

#[test]
fn nobody_is_answered_by_another_name() {
    let server = Server::start();
    let port = server.address.rsplit(':').next().unwrap();
    for (host, more, status) in [
        (format!("localhost:{port}"), "", 200),
        (format!("ailleurs.example:{port}"), "", 403),
        (format!("localhost:{port}"), "Origin: https://ailleurs.example\r\n", 403),
    ] {
        assert_eq!(server.send("GET /", &host, more, "").0, status, "{host} {more}");
    }
}

#[test]
fn the_engine_answers_the_script_and_a_form_without_it() {
    let server = Server::start();
    let (status, head, body) =
        server.post("/pages/answer", r#"{"ask":"form","policy":"essai","fields":[["part","5"]]}"#);
    assert!(status == 200 && head.contains("application/json"), "{head}");
    let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert!(answer["outcome"].as_str().unwrap().starts_with("DÉFAVORABLE"), "{answer}");
    let (status, _, body) = server.post("/pages/answer", "\u{0}{");
    assert!(status == 200 && body.contains("demande illisible"), "{body}");
    let (status, _, body) = server.post("/essai/formulaire", "part=5&faire=ajouter+enfants");
    assert!(
        status == 200 && body.contains("name=\"enfants[1].âge\"") && body.contains("value=\"5\""),
        "{body}"
    );
    let (status, head, body) =
        server.post("/essai/formulaire", "dossier=Aya%20%22B%22&part=5&faire=enregistrer+yaml");
    assert!(status == 200 && head.contains("attachment; filename*=utf-8''aya-b.yaml"), "{head}");
    assert!(body.contains("part: 5 %"), "{body}");
    let (status, ..) = server.post("/essai/formulaire", "faire=enregistrer+pdf");
    assert_eq!(status, 422);
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let server = Server::start();
    let port = server.address.rsplit(':').next().unwrap();
    conforme()
        .args(["serve", "--policies", "tests/pages/aide", "--port", port])
        .assert()
        .code(2)
        .stderr(contains("est déjà pris par un autre programme").and(contains("--port 0")));
    conforme()
        .args(["serve", "--policies", "nulle-part"])
        .assert()
        .code(2)
        .stderr(contains("--policies RÉPERTOIRE"));
}

#[cfg(unix)]
#[test]
fn an_interruption_stops_it() {
    let mut server = Server::start();
    let id = server.process.id().to_string();
    assert!(Process::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(server.process.wait().unwrap().success());
}
