//! What a register keeps, and that nothing in it changes unseen.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::Failure;
use super::entry::{Content, Decision, Texts};
use super::store::{Record, Store};
use super::verify::verify;

fn record(name: &str, key: Option<(&str, &str)>) -> Record {
    let texts = Arc::new(Texts::new([("a.pol".to_owned(), b"dispositif a".to_vec())]));
    Record {
        at: "2026-01-02T03:04:05Z".to_owned(),
        by: Some("guichet".to_owned()),
        decision: Decision {
            policy: "a".to_owned(),
            texts: texts.hash.clone(),
            engine: "0".to_owned(),
            examined_on: "2026-01-01".to_owned(),
            outcome: "favourable".to_owned(),
            request: String::new(),
            dossier: String::new(),
            answer: String::new(),
        },
        content: Content {
            salt: Vec::new(),
            request: "{}".to_owned(),
            dossier: format!("dossier de {name}").into_bytes(),
            answer: format!("réponse à {name}").into_bytes(),
        },
        texts,
        key: key.map(|(key, request)| (key.to_owned(), request.to_owned())),
    }
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("registre.db")
}

fn kept(path: &Path, names: &[&str]) -> Store {
    let mut store = Store::open(path).unwrap();
    for name in names {
        let kept = store.keep(&[record(name, None)]).unwrap();
        assert!(kept.into_iter().all(|one| one.is_ok()));
    }
    store
}

fn ids(store: &Store) -> Vec<String> {
    store.rows(0, 1_000).unwrap().into_iter().map(|row| row.id).collect()
}

#[test]
fn what_is_kept_is_there_in_its_order_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    drop(kept(&file(&folder), &["Aya", "Bao"]));
    let mut store = Store::open(&file(&folder)).unwrap();
    let both = store.keep(&[record("Cléo", None), record("Dov", None)]).unwrap();
    let head = both[1].as_ref().unwrap().hash.clone();
    let read = Store::read(&file(&folder)).unwrap();
    let names: Vec<String> =
        (1..=4).map(|n| String::from_utf8(read.content(n).unwrap().unwrap().dossier).unwrap()).collect();
    assert_eq!(names, ["dossier de Aya", "dossier de Bao", "dossier de Cléo", "dossier de Dov"]);
    let report = verify(&read, Some(&both[0].as_ref().unwrap().hash)).unwrap();
    assert_eq!((report.entries, report.erased, report.faults.len(), report.met), (4, 0, 0, true));
    assert_eq!(report.head, head);
    assert!(!verify(&read, Some("0")).unwrap().met);
}

#[test]
fn what_is_asked_twice_under_one_key_is_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&file(&folder)).unwrap();
    let asked = || record("Aya", Some(("k", "r")));
    let twice = store.keep(&[asked(), asked()]).unwrap();
    let (first, second) = (twice[0].as_ref().unwrap(), twice[1].as_ref().unwrap());
    assert_eq!((&first.id, first.before.is_none()), (&second.id, true));
    assert_eq!(second.before.as_deref(), Some("réponse à Aya".as_bytes()));
    let others = store.keep(&[record("Bao", Some(("k", "s"))), record("Bao", Some(("l", "s")))]).unwrap();
    assert!(matches!(others[0], Err(Failure::OtherRequest)));
    assert!(others[1].is_ok());
    assert_eq!(ids(&store).len(), 2);
}

#[test]
fn what_is_erased_is_nowhere_in_the_file_and_the_chain_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    let mut store = kept(&path, &["Aya"]);
    store.keep(&[record("Zéphyrine", Some(("k", "r")))]).unwrap()[0].as_ref().unwrap();
    let before = ids(&store);
    assert!(store.erase(&before[1], "2026-02-01T00:00:00Z", Some("dpo"), "demande").unwrap());
    assert!(!store.erase(&before[1], "2026-02-01T00:00:00Z", None, "encore").unwrap());
    assert!(!store.erase("rien", "2026-02-01T00:00:00Z", None, "rien").unwrap());
    let report = verify(&store, None).unwrap();
    assert_eq!((report.entries, report.erased, report.faults.len()), (3, 1, 0), "{report:?}");
    assert!(store.content(2).unwrap().is_none() && store.content(1).unwrap().is_some());
    drop(store);
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(7).any(|part| part == "phyrine".as_bytes()));
    }
}

/// Whatever byte of the file is changed, what it then says of decisions is what it said, or the change is told.
#[test]
fn a_changed_byte_is_found_with_its_entry() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    let mut store = kept(&path, &["Aya", "Bao", "Cléo"]);
    let third = ids(&store)[2].clone();
    store.erase(&third, "2026-02-01T00:00:00Z", None, "demande").unwrap();
    let all = |store: &Store| -> Option<Vec<_>> {
        let rows = store.rows(0, 100).ok()?;
        let contents: Option<Vec<_>> = rows.iter().map(|row| store.content(row.number).ok()).collect();
        let texts: Option<Vec<_>> = rows
            .iter()
            .filter_map(|row| match row.sealed().ok()?.event {
                super::entry::Event::Decision(decision) => Some(store.texts(&decision.texts).ok()),
                super::entry::Event::Erasure { .. } => None,
            })
            .collect();
        Some(rows.into_iter().map(|row| (row.number, row.id, row.text, row.hash)).collect::<Vec<_>>())
            .zip(contents)
            .zip(texts)
            .map(|all| vec![all])
    };
    let said = all(&store);
    drop(store);
    let bytes = fs::read(&path).unwrap();
    let (mut told, mut of_entry) = (0, 0);
    // Every so many bytes: of the whole, and of what is not empty.
    let written = (0..bytes.len()).filter(|at| bytes[*at] != 0);
    for at in (0..bytes.len()).step_by(257).chain(written.step_by(31)) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x15;
        let other = folder.path().join("autre.db");
        fs::write(&other, &changed).unwrap();
        let Ok(store) = Store::read(&other) else {
            told += 1;
            continue;
        };
        let Ok(report) = verify(&store, None) else {
            told += 1;
            continue;
        };
        if report.faults.is_empty() {
            assert_eq!(all(&store), said, "byte {at}");
        } else {
            told += 1;
            of_entry += usize::from(report.faults.iter().any(|(number, _)| number.is_some()));
        }
    }
    assert!(told > 50 && of_entry > 20, "{told} {of_entry}");
}

/// What somebody who knows SQL may do to it.
#[test]
fn whoever_changes_it_on_purpose_is_found() {
    for (sql, entry, said) in [
        (
            "UPDATE entries SET sealed = replace(sealed, 'favourable', 'unfavourable') WHERE number = 2",
            2,
            "n'est pas celle",
        ),
        ("UPDATE entries SET id = 'a' WHERE number = 2", 2, "n'est pas à sa place"),
        ("DELETE FROM entries WHERE number = 2", 2, "il manque des entrées"),
        ("DELETE FROM contents WHERE number = 2", 2, "sans avoir été effacé"),
        ("UPDATE contents SET dossier = answer WHERE number = 2", 2, "n'est pas celui"),
        ("UPDATE contents SET number = 9 WHERE number = 2", 9, "contenu sans entrée"),
        ("UPDATE texts SET bytes = x'00'", 1, "les textes ne sont pas ceux"),
        ("DELETE FROM sets", 1, "les textes ne sont pas ceux"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        drop(kept(&file(&folder), &["Aya", "Bao", "Cléo"]));
        let connection = rusqlite::Connection::open(file(&folder)).unwrap();
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
        drop(connection);
        let report = verify(&Store::read(&file(&folder)).unwrap(), None).unwrap();
        assert_eq!(report.entries, if sql.starts_with("DELETE FROM entries") { 2 } else { 3 }, "{sql}");
        let found = report.faults.iter().any(|(number, told)| *number == Some(entry) && told.contains(said));
        assert!(found, "{sql}: {report:?}");
    }
}

/// A hash that is made again after a change is found by the entry that follows.
#[test]
fn a_hash_that_is_made_again_is_found_by_the_next_entry() {
    let folder = tempfile::tempdir().unwrap();
    let store = kept(&file(&folder), &["Aya", "Bao", "Cléo"]);
    let text = store.rows(1, 1).unwrap()[0].text.replace("favourable", "unfavourable");
    let connection = rusqlite::Connection::open(file(&folder)).unwrap();
    connection
        .execute(
            "UPDATE entries SET sealed = ?1, hash = ?2 WHERE number = 2",
            (&text, super::entry::hash(&text)),
        )
        .unwrap();
    let report = verify(&store, None).unwrap();
    assert_eq!(report.faults, [(Some(3), "l'entrée ne suit pas celle d'avant".to_owned())]);
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = kept(&file(&folder), &["Aya", "Bao"]);
    store.fill().unwrap();
    let mut large = record("Cléo", None);
    large.content.dossier = vec![7; 1 << 20];
    assert!(matches!(store.keep(&[record("Dov", None), large]), Err(Failure::Full)));
    let report = verify(&store, None).unwrap();
    assert_eq!((report.entries, report.faults.len()), (2, 0));
    drop(store);
    let mut store = Store::open(&file(&folder)).unwrap();
    assert!(store.keep(&[record("Dov", None)]).unwrap()[0].is_ok());
    assert_eq!(verify(&store, None).unwrap().faults, []);
}

#[test]
fn two_programs_write_in_one_register() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    drop(Store::open(&path).unwrap());
    std::thread::scope(|scope| {
        for name in ["Aya", "Bao"] {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path).unwrap();
                for _ in 0..50 {
                    assert!(store.keep(&[record(name, None)]).unwrap()[0].is_ok());
                }
            });
        }
    });
    let report = verify(&Store::read(&path).unwrap(), None).unwrap();
    assert_eq!((report.entries, report.faults.len()), (100, 0));
}

#[test]
fn what_is_no_register_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("texte");
    fs::write(&text, "x".repeat(5_000)).unwrap();
    assert!(matches!(Store::open(&text), Err(Failure::NoRegister)));
    let other = folder.path().join("autre.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    assert!(matches!(Store::open(&other), Err(Failure::NoRegister)));
    assert!(matches!(Store::read(&other), Err(Failure::NoRegister)));
    assert!(Store::open(folder.path()).is_err());
}
