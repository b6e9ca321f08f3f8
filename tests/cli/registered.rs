//! The pages of the register, and the one of the API, as a browser without script meets them.

use std::fs;

use super::SMALL;
use super::register::{Place, adult, header};
use super::serve::Server;

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
const PAGE: &str = "/pages/registre";

fn words(html: &str) -> String {
    html.replace(['\u{a0}', '\u{202f}'], " ").replace("&#39;", "'")
}

fn get(server: &Server, path: &str) -> (u16, String) {
    let (status, head, body) = server.get(path);
    assert!(head.contains("content-security-policy: default-src 'none'"), "{head}");
    (status, words(&body))
}

/// The numbers of the entries that a search finds, in its order.
fn found(server: &Server, asked: &str) -> Vec<u32> {
    let (status, _, body) = server.send(&format!("POST {PAGE}"), &server.address, FORM, asked);
    assert_eq!(status, 200, "{body}");
    let body = words(&body);
    let numbers = body.split(">n° ").skip(1).map(|rest| rest.split('<').next().unwrap().parse().unwrap());
    numbers.collect()
}

#[test]
fn a_decision_is_searched_found_and_decided_again() {
    let place = Place::new();
    let server = place.serve(&[]);
    let mut ids = Vec::new();
    for age in [17, 20, 40] {
        let asked = format!("POST /v1/decisions?by=agent-{age}&reason=%3Cb%3E");
        let json = "Content-Type: application/json\r\n";
        let (status, head, _) = server.send(&asked, &server.address, json, &adult(age));
        assert_eq!(status, 201);
        ids.push(header(&head, "conforme-entry-id").to_owned());
    }
    let (status, first) = get(&server, "/");
    assert!(status == 200 && first.contains("href=\"/pages/registre\""), "{first}");
    let (status, list) = get(&server, PAGE);
    assert!(status == 200 && list.contains(&format!("href=\"{PAGE}/{}\"", ids[0])), "{list}");
    for (asked, numbers) in [
        ("", &[3, 2, 1][..]),
        ("mots=dossier+AGENT-20", &[2]),
        ("mots=AGENT-17", &[1]),
        ("mots=agent-17+agent-20", &[]),
        ("mots=%25", &[]),
        (&format!("mots={}", ids[2]), &[3]),
        ("issue=unfavourable", &[1]),
        ("dispositif=essai&issue=favourable", &[3, 2]),
        ("dispositif=autre", &[]),
        ("depuis=2020-01-01&jusqu%27au=2999-01-01", &[3, 2, 1]),
        ("jusqu%27au=2020-01-01", &[]),
        ("depuis=2999-01-01", &[]),
        ("faire=suite+3", &[2, 1]),
        ("faire=suite+rien", &[3, 2, 1]),
    ] {
        assert_eq!(found(&server, asked), numbers, "{asked}");
    }
    // The texts of then decide, also after they moved on.
    fs::write(place.0.path().join("textes/majorite.pol"), SMALL.replace("18", "21")).unwrap();
    let (status, page) = get(&server, &format!("{PAGE}/{}", ids[1]));
    assert_eq!(status, 200, "{page}");
    for said in
        ["Décision n° 2", "agent-20", "la réponse est la même, octet pour octet", "FAVORABLE", "Dossier 20"]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("<b>"), "{page}");
    for path in ["rien", "..%2f..%2fregistre.db", "%27%20OR%201=1--"] {
        assert_eq!(get(&server, &format!("{PAGE}/{path}")).0, 404, "{path}");
    }
    place.command("erase", &[&ids[0], "--reason", "durée de conservation"]).code(0);
    let (status, page) = get(&server, &format!("{PAGE}/{}", ids[0]));
    assert!(status == 410 && page.contains("est effacé") && !page.contains("agent-17"), "{page}");
    assert!(found(&server, "mots=agent-17").is_empty());
    assert_eq!(found(&server, "mots=conservation"), [4]);
}

/// A search ends after so many, and says where it goes on.
#[test]
fn many_entries_are_shown_some_at_a_time() {
    let place = Place::new();
    let server = place.serve(&[]);
    for age in 0..60 {
        assert_eq!(server.record("", &adult(age)).0, 201);
    }
    let first = found(&server, "");
    assert_eq!((first.len(), first[0], first[49]), (50, 60, 11));
    let (_, page) = get(&server, PAGE);
    assert!(page.contains("value=\"suite 11\""), "{page}");
    assert_eq!(found(&server, "faire=suite+11"), (1..=10).rev().collect::<Vec<u32>>());
}

#[test]
fn what_was_changed_in_the_file_is_not_shown_as_decided() {
    let place = Place::new();
    let server = place.serve(&[]);
    let (_, head, _) = server.record("", &adult(20));
    let id = header(&head, "conforme-entry-id").to_owned();
    drop(server);
    let file = place.file();
    let done = std::process::Command::new("sqlite3")
        .args([
            &file,
            "UPDATE contents SET dossier = CAST(replace(CAST(dossier AS TEXT), '20', '30') AS BLOB)",
        ])
        .status();
    // Where there is no such command, the library's own tests tell of changed bytes.
    if !done.is_ok_and(|status| status.success()) {
        return;
    }
    let server = place.serve(&[]);
    let (status, page) = get(&server, &format!("{PAGE}/{id}"));
    assert!(status == 200 && page.contains("n'est pas celui qui a été consigné"), "{page}");
    assert!(!page.contains("octet pour octet"), "{page}");
}

#[test]
fn a_service_without_register_says_so_and_the_api_has_a_page() {
    let server = Server::of(&["--policies", "tests/pages/aide"]);
    let (status, _, body) = server.get(PAGE);
    assert!(status == 404 && body.contains("urn:conforme:registre-absent"), "{body}");
    let (_, first) = get(&server, "/");
    assert!(!first.contains(PAGE) && first.contains("href=\"/pages/api\""), "{first}");
    let (status, page) = get(&server, "/pages/api");
    assert_eq!(status, 200);
    let described: serde_json::Value = serde_json::from_str(&server.get("/v1/openapi.json").2).unwrap();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            assert!(page.contains(&format!("{} {path}", method.to_uppercase())), "{method} {path}");
        }
    }
    assert!(page.contains("Idempotency-Key") && !page.contains('`'), "{page}");
}
