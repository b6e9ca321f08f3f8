//! Who is answered, and to what.

use std::fs;

use predicates::prelude::*;
use predicates::str::contains;
use sha2::{Digest, Sha256};

use super::serve::Server;
use super::{SMALL, conforme, folder};

const ADULT: &str = r#"{"dispositif": "essai", "examiné le": "2025-06-01", "âge": 20}"#;

fn hash(token: &str) -> String {
    let bytes = Sha256::digest(token);
    format!("sha256:{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

#[test]
fn only_who_has_a_token_with_the_role_is_answered() {
    let folder = folder(&[("textes/majorite.pol", SMALL)]);
    let file = folder.path().join("jetons.txt");
    let (read, decide) = (hash("jeton-qui-lit"), hash("jeton-qui-decide"));
    fs::write(&file, format!("# les jetons\nlecture  lire  {read}\nguichet  décider  {decide}\n")).unwrap();
    let texts = folder.path().join("textes");
    let server =
        Server::of(&["--policies", texts.to_str().unwrap(), "--tokens", file.to_str().unwrap(), "--log"]);
    let bearer = |token: &str| format!("Authorization: Bearer {token}\r\n");
    let nobody = String::new();
    let basic = "Authorization: Basic Z3VpY2hldDpqZXRvbi1xdWktZGVjaWRl\r\n".to_owned();
    for (line, token, status) in [
        ("POST /v1/decide", &nobody, 401),
        ("POST /v1/decide", &bearer("jeton-qui-lit"), 403),
        ("POST /v1/decide", &bearer("jeton-qui-decide"), 200),
        ("POST /v1/decide", &bearer("jeton-qui-decid"), 401),
        ("POST /v1/decide", &bearer(&decide), 401),
        ("POST /v1/decide", &basic, 200),
        ("POST /v1/check", &bearer("jeton-qui-lit"), 403),
        ("POST /pages/answer", &nobody, 401),
        ("POST /pages/answer", &bearer("jeton-qui-lit"), 403),
        ("POST /essai/formulaire", &bearer("jeton-qui-lit"), 403),
        ("GET /pages/registre", &nobody, 401),
        ("GET /pages/registre", &bearer("jeton-qui-decide"), 403),
        ("GET /pages/registre", &bearer("jeton-qui-lit"), 404),
        ("POST /pages/registre", &bearer("jeton-qui-decide"), 403),
        ("GET /pages/registre/x", &bearer("jeton-qui-decide"), 403),
        ("GET /pages/api", &nobody, 401),
        ("GET /", &nobody, 401),
        ("GET /", &basic, 200),
        ("GET /essai/", &nobody, 401),
        ("GET /rien/du/tout", &nobody, 401),
        ("GET /v1/rien", &nobody, 401),
        ("GET /v1/policies", &nobody, 401),
        ("GET /v1/policies", &bearer("jeton-qui-lit"), 200),
        ("GET /metrics", &nobody, 401),
        ("GET /metrics", &bearer("jeton-qui-lit"), 200),
        ("GET /healthz", &nobody, 200),
    ] {
        let more = format!("Content-Type: application/json\r\n{token}");
        let (found, head, body) = server.send(line, &server.address, &more, ADULT);
        assert_eq!(found, status, "{line} {token} {body}");
        assert_eq!(head.contains("www-authenticate: bearer"), status == 401, "{head}");
        // Whoever gave one is not told to give one.
        let said = if token.is_empty() { "urn:conforme:jeton-absent" } else { "urn:conforme:jeton-inconnu" };
        assert_eq!(body.contains(said), status == 401, "{line} {token} {body}");
    }
    let said = server.stopped();
    assert!(said.contains("POST /v1/decide 200") && said.contains(" guichet\n"), "{said}");
    assert!(!said.contains("jeton-qui") && !said.contains("sha256"), "{said}");
}

#[test]
fn others_than_this_machine_are_answered_only_with_tokens() {
    let folder = folder(&[("majorite.pol", SMALL), ("vide.txt", "# personne\n")]);
    let policies = folder.path().to_str().unwrap();
    let empty = folder.path().join("vide.txt");
    for (arguments, said) in [
        (
            &["--address", "0.0.0.0", "--host", "a.example"][..],
            "n'importe qui pourrait interroger le service",
        ),
        (&["--address", "::"], "ne dit pas sous quel nom le service est appelé"),
        (&["--tokens", "absent.txt"], "fichier introuvable"),
        (&["--tokens", empty.to_str().unwrap()], "aucun jeton dans ce fichier"),
        (&["--origin", "*"], "attendu un site ; lu « * »"),
        (&["--origin", "https://a.example/b"], "attendu un site"),
        (&["--address", "ici"], "valeur inconnue"),
        (&["--requests", "0"], "valeur"),
    ] {
        let assert = conforme()
            .args(["serve", "--port", "0", "--policies", policies])
            .args(arguments)
            .assert()
            .code(2);
        let output = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        let output = output.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(output.contains(said), "{said} in {output}");
    }
    let file = folder.path().join("jetons.txt");
    fs::write(&file, format!("a lire {}\n", hash("jeton"))).unwrap();
    let server = Server::of(&[
        "--policies",
        policies,
        "--tokens",
        file.to_str().unwrap(),
        "--address",
        "0.0.0.0",
        "--host",
        "a.example",
    ]);
    let port = server.address.rsplit(':').next().unwrap().to_owned();
    let token = "Authorization: Bearer jeton\r\n";
    assert_eq!(server.send("GET /v1/policies", &format!("a.example:{port}"), token, "").0, 200);
    assert_eq!(server.send("GET /v1/policies", &format!("b.example:{port}"), token, "").0, 403);
    let said = server.stopped();
    assert!(contains("passent en clair").eval(&said), "{said}");
}

#[test]
fn pages_of_other_sites_ask_only_where_they_are_named() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let server =
        Server::of(&["--policies", folder.path().to_str().unwrap(), "--origin", "https://portail.example"]);
    let ask = |line: &str, origin: &str| {
        let more = format!("Origin: {origin}\r\nContent-Type: application/json\r\n");
        server.send(line, &server.address, &more, ADULT)
    };
    let (status, head, _) = ask("POST /v1/decide", "https://portail.example");
    assert!(status == 200 && head.contains("access-control-allow-origin: https://portail.example"), "{head}");
    let (status, head, _) = ask("OPTIONS /v1/decide", "https://portail.example");
    assert!(status == 204 && head.contains("access-control-allow-headers: authorization"), "{head}");
    assert!(!head.contains("allow-credentials"), "{head}");
    for (line, origin) in [
        ("POST /v1/decide", "https://autre.example"),
        ("OPTIONS /v1/decide", "https://autre.example"),
        ("POST /pages/answer", "https://portail.example"),
    ] {
        let (status, head, _) = ask(line, origin);
        assert!(status == 403 && !head.contains("access-control"), "{line} {head}");
    }
}

/// Nothing that is asked can write a line of its own into an answer.
#[test]
fn no_head_is_written_by_who_asks() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let server = Server::of(&["--policies", folder.path().to_str().unwrap()]);
    for path in [
        "/essai%0d%0aX-Injected:%201",
        "/v1/policies/a%0d%0aX-Injected:%201/schema",
        "/v1/decide?name=a%0d%0aX-Injected:%201",
    ] {
        for method in ["GET", "POST"] {
            let (_, head, _) = server.send(&format!("{method} {path}"), &server.address, "", "");
            assert!(!head.contains("\nx-injected"), "{head}");
        }
    }
}
