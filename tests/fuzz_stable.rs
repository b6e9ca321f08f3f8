//! The bodies of the fuzz targets as property tests, for where no nightly toolchain is there: the project's own
//! files and small seeds, changed at random.

#[path = "../fuzz/bodies.rs"]
mod bodies;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const PIECES: &str = include_str!("../fuzz/policy.dict");

/// The words of the dictionary, in which a byte past ASCII stands as `\xC3`.
fn pieces() -> Vec<String> {
    let unescaped = |word: &str| {
        let mut parts = word.split("\\x");
        let mut bytes = parts.next().unwrap().as_bytes().to_vec();
        for part in parts {
            let (code, rest) = part.split_at(2);
            bytes.push(u8::from_str_radix(code, 16).unwrap());
            bytes.extend(rest.bytes());
        }
        String::from_utf8(bytes).unwrap()
    };
    PIECES.lines().map(|line| unescaped(line.trim_matches('"'))).filter(|piece| !piece.is_empty()).collect()
}

/// One change to some bytes.
#[derive(Debug, Clone)]
enum Edit {
    Insert(Index, String),
    Delete(Index, u8),
    Repeat(Index, u8),
    Byte(Index, u8),
    SwapLines(Index, Index),
    Cut(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let place = any::<Index>;
    prop_oneof![
        4 => (place(), select(pieces())).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        3 => (place(), any::<u8>()).prop_map(|(at, length)| Edit::Delete(at, length / 8)),
        2 => (place(), any::<u8>()).prop_map(|(at, length)| Edit::Repeat(at, length)),
        2 => (place(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
        2 => (place(), place()).prop_map(|(a, b)| Edit::SwapLines(a, b)),
        1 => place().prop_map(Edit::Cut),
    ]
}

fn apply(mut bytes: Vec<u8>, edits: Vec<Edit>) -> Vec<u8> {
    for edit in edits {
        let size = bytes.len() + 1;
        match edit {
            Edit::Insert(at, piece) => {
                let at = at.index(size);
                bytes.splice(at..at, piece.bytes());
            }
            Edit::Delete(at, length) => {
                let at = at.index(size);
                bytes.drain(at..(at + usize::from(length)).min(bytes.len()));
            }
            Edit::Repeat(at, length) => {
                let at = at.index(size);
                let again = bytes[at..(at + usize::from(length)).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
            Edit::Byte(at, byte) => {
                let at = at.index(size);
                bytes.splice(at..at, [byte]);
            }
            Edit::SwapLines(a, b) => {
                let mut lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                lines.swap(a, b);
                bytes = lines.join(&b'\n');
            }
            Edit::Cut(at) => bytes.truncate(at.index(size)),
        }
    }
    bytes
}

/// All files of a folder.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap()).collect()
}

fn changed(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    (select(seeds), vec(edit(), 0..8)).prop_map(|(seed, edits)| apply(seed, edits))
}

fn policies() -> Vec<Vec<u8>> {
    [files("fuzz/seeds/policy"), files("policies/ess"), files("policies/csq"), files("policies/alr")].concat()
}

fn dossiers() -> Vec<Vec<u8>> {
    [files("fuzz/seeds/dossier"), files("policies/ess/cases")].concat()
}

/// A policy with a dossier of it.
fn pairs() -> Vec<Vec<u8>> {
    let with = |policy: &str, cases: &str| {
        let policy = std::fs::read(policy).unwrap();
        files(cases).into_iter().map(move |case| [&policy, b"\n===\n".as_slice(), &case].concat())
    };
    files("fuzz/seeds/decide")
        .into_iter()
        .chain(with("policies/ess/ess.pol", "policies/ess/cases"))
        .chain(with("policies/csq/csq.pol", "policies/csq/cases"))
        .collect()
}

/// Few by default, for the suite stays short; as many as `PROPTEST_CASES` says.
fn config() -> ProptestConfig {
    let cases =
        if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 24 };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// What once took too long, or broke a promise, is a seed: as it stands.
#[test]
fn every_seed() {
    files("fuzz/seeds/policy").iter().for_each(|data| bodies::policy(data));
    files("fuzz/seeds/dossier").iter().for_each(|data| bodies::dossier(data));
    files("fuzz/seeds/decide").iter().for_each(|data| bodies::decide(data));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_policy(data in changed(policies())) {
        bodies::policy(&data);
    }

    #[test]
    fn any_dossier(data in changed(dossiers())) {
        bodies::dossier(&data);
    }

    #[test]
    fn any_policy_with_its_dossier(data in changed(pairs())) {
        bodies::decide(&data);
    }

    #[test]
    fn a_policy_with_any_dossier((pair, edits) in (select(pairs()), vec(edit(), 0..6))) {
        let text = String::from_utf8(pair).unwrap();
        let (policy, given) = text.split_once("\n===\n").unwrap();
        let given = apply(given.as_bytes().to_vec(), edits);
        bodies::decide(&[policy.as_bytes(), b"\n===\n", &given].concat());
    }

    #[test]
    fn any_bytes(data in vec(any::<u8>(), 0..400)) {
        bodies::policy(&data);
        bodies::dossier(&data);
    }
}
