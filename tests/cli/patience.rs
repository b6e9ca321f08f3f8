//! What takes long and who holds on: neither keeps others from being answered.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::api::{ADULT, JSON, LINES, TEXT, YAML, until, whole};
use super::serve::{Server, answer};
use super::{SMALL, folder};

/// A text whose dossiers take long while half of a list is missing, and such a dossier.
fn slow() -> (TempDir, String) {
    let mut text = "\
dispositif lent « Lent (inventé) »
  en vigueur depuis le 1er janvier 2020

source loi « Règlement inventé », texte opposable

dossier

  adhérents : liste
    « Lesquels ? »
  adhérents.âge : entier entre 0 et 150
    « Quel âge a-t-il ? »
  adhérents.actif : oui ou non
    « Est-il actif ? »
"
    .to_owned();
    for n in 1..=60 {
        let (age, other, count) = (20 + n, 40 + n, 30 + n);
        write!(
            text,
            "\ncritère nombre {n}\n  selon loi\n  \
             exige (nombre d'adhérents dont (âge ≥ {age} et (actif ou âge ≥ {other}))) ≥ {count}\n"
        )
        .unwrap();
    }
    text.push_str("\ndécision accord\n  selon loi\n  favorable si tous les critères sont remplis\n");
    let rows: Vec<String> = (0..100)
        .map(|n| if n % 2 == 0 { format!(r#"{{"âge": {}}}"#, 30 + n % 50) } else { "{}".to_owned() })
        .collect();
    let dossier = format!(
        r#"{{"dispositif": "lent", "examiné le": "2025-06-01", "adhérents": [{}]}}"#,
        rows.join(", ")
    );
    (folder(&[("lent.pol", &text), ("majorite.pol", SMALL)]), dossier)
}

/// More of them than there are threads: each is told that it takes too long, and the threads are free again.
#[test]
fn a_decision_that_takes_too_long_is_told_and_given_up() {
    let (folder, dossier) = slow();
    let server = Server::of(&["--policies", folder.path().to_str().unwrap(), "--patience", "5"]);
    let asked = 2 * thread::available_parallelism().unwrap().get();
    thread::scope(|scope| {
        let ask = || server.sent("/v1/decide", JSON, &dossier);
        let all: Vec<_> = (0..asked).map(|_| scope.spawn(ask)).collect();
        for one in all {
            let (status, head, body) = one.join().unwrap();
            assert_eq!(status, 503, "{body}");
            assert!(!head.contains("retry-after") && body.contains("urn:conforme:"), "{head} {body}");
        }
    });
    until("the engine is free again", || server.sent("/v1/decide", JSON, ADULT).0 == 200);
    // A page that decides it, likewise.
    let page = serde_json::json!({ "ask": "decide", "policy": "lent", "text": dossier }).to_string();
    thread::scope(|scope| {
        let ask = || server.sent("/pages/answer", JSON, &page);
        let all: Vec<_> = (0..asked).map(|_| scope.spawn(ask)).collect();
        all.into_iter().for_each(|one| assert_eq!(one.join().unwrap().0, 503));
    });
    until("the engine is free again", || server.sent("/v1/decide", JSON, ADULT).0 == 200);
    // Of lines, the one that takes too long alone is not decided.
    let lines = format!("{dossier}\n{ADULT}\n");
    let (status, _, body) = server.sent("/v1/decide", LINES, &lines);
    let body = whole(&body);
    let lines: Vec<&str> = body.lines().collect();
    assert_eq!((status, lines.len()), (200, 2), "{body}");
    assert!(lines[0].contains(r#""code":"decision-interrompue""#), "{}", lines[0]);
    assert!(lines[1].contains(r#""outcome":"favourable""#), "{}", lines[1]);
}

/// A connection that is being answered: its head is read, its body is waited for.
fn asking(address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!("POST /v1/decide HTTP/1.1\r\nHost: {address}\r\n{JSON}Connection: close\r\n");
    write!(stream, "{head}Expect: 100-continue\r\nContent-Length: {}\r\n\r\n", ADULT.len()).unwrap();
    const GO_ON: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
    let mut said = [0; GO_ON.len()];
    stream.read_exact(&mut said).unwrap();
    assert_eq!(said, GO_ON);
    stream
}

/// Connections that ask nothing make room for those that come; one that is being answered is not cut off.
#[test]
fn who_asks_nothing_makes_room_for_who_asks() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let policies = folder.path().to_str().unwrap();
    let server = Server::of(&["--policies", policies, "--connections", "20", "--patience", "60"]);
    let address = &server.address;
    // A body that is still to come is being waited for: this connection is not idle.
    let mut busy = asking(address);
    // One that was answered stays open, until others want its place.
    let mut answered = TcpStream::connect(address).unwrap();
    write!(answered, "GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    assert!(answered.read(&mut [0; 4096]).unwrap() > 0);
    let began = Instant::now();
    let idle: Vec<TcpStream> = (0..400).map(|_| TcpStream::connect(address).unwrap()).collect();
    for _ in 0..20 {
        assert_eq!(server.sent("/v1/decide", JSON, ADULT).0, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    answered.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    assert_eq!(answered.read(&mut [0; 4096]).unwrap(), 0, "it was closed");
    busy.write_all(ADULT.as_bytes()).unwrap();
    assert_eq!(answer(busy).0, 200);
    drop(idle);
}

/// Where all connections are being answered, who comes is told to come back.
#[test]
fn where_nobody_is_idle_one_is_told_to_come_back() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let policies = folder.path().to_str().unwrap();
    let server = Server::of(&["--policies", policies, "--connections", "3", "--patience", "60"]);
    let address = &server.address;
    let all: Vec<TcpStream> = (0..3).map(|_| asking(address)).collect();
    let mut said = String::new();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.read_to_string(&mut said).unwrap();
    let said = said.to_lowercase();
    assert!(said.starts_with("http/1.1 503") && said.contains("retry-after: 1"), "{said}");
    for mut one in all {
        one.write_all(ADULT.as_bytes()).unwrap();
        assert_eq!(answer(one).0, 200);
    }
    assert_eq!(server.sent("/v1/decide", JSON, ADULT).0, 200);
}

/// What would take hours if each part of it were held against every other; of a second's work, a busy machine may make
/// a minute.
#[test]
fn what_is_long_is_answered_in_time() {
    let folder = folder(&[("majorite.pol", SMALL)]);
    let server = Server::of(&["--policies", folder.path().to_str().unwrap(), "--patience", "120"]);
    let json = |rest: String| format!(r#"{{"dispositif": "essai", "examiné le": "2025-06-01"{rest}"#);
    let yaml = |rest: String| format!("dispositif: essai\nexaminé le: 2025-06-01\n{rest}");
    let many = |line: fn(usize) -> String| (0..90_000).map(line).collect::<String>();
    let doubled = |n: usize| match n {
        0 => "a0: &a0 [x, x]\n".to_owned(),
        n => format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1),
    };
    let text = |rest: &str| format!("dispositif x « X »\n  en vigueur depuis le 1er janvier 2025\n{rest}");
    let decided = [
        ("other keys", JSON, json(many(|n| format!(r#","clé {n}":1"#)) + "}")),
        ("one key", JSON, json(many(|_| r#","âge":1"#.to_owned()) + "}")),
        ("other keys", YAML, yaml(many(|n| format!("clé {n}: 1\n")))),
        ("one key", YAML, yaml(many(|_| "âge: 1\n".to_owned()))),
        ("lists", JSON, json(format!(r#","âge":{}"#, "[".repeat(1_000_000)))),
        ("lists", YAML, yaml(format!("âge: {}", "- ".repeat(1_000_000)))),
        ("indents", YAML, yaml((0..1_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect())),
        ("references", YAML, yaml((0..60).map(doubled).collect())),
        ("figures", JSON, json(format!(r#","âge":{}}}"#, "9".repeat(1_000_000)))),
        ("escapes", JSON, json(format!(r#","âge":"{}"}}"#, "\\u00e9".repeat(200_000)))),
    ];
    for (what, kind, body) in decided {
        let (status, _, body) = server.sent("/v1/decide", kind, &body);
        assert_eq!(status, 422, "{what} {kind} {body}");
        assert!(body.len() < 100_000, "{what} {kind} {}", body.len());
    }
    assert_eq!(server.sent("/v1/decide", LINES, &"\n".repeat(1_000_000)).0, 200);
    for (what, body) in [
        ("brackets", text(&format!("critère a\n  exige {}", "(".repeat(60_000)))),
        ("guillemets", text(&"«".repeat(30_000))),
        ("heads", text(&"critère\n".repeat(20_000))),
    ] {
        let (status, _, body) = server.sent("/v1/check", TEXT, &body);
        assert!(status == 200 && body.contains(r#""severity":"error""#), "{what} {status} {body}");
    }
    // As many parameters as a head may have.
    let asked: Vec<String> = (0..4_000).map(|n| format!("a{n}=1")).collect();
    assert_eq!(server.sent(&format!("/v1/decide?{}", asked.join("&")), JSON, ADULT).0, 400);
}
