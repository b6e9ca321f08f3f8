//! Whatever is typed: what is said is what `conforme check` says of the same text, positions are right, nothing panics.

use super::{files, text};
use conforme::diagnostic::Diagnostic;
use conforme::editor::{
    Desk, Lines, Position, applied, between, colours, complete, constructs, hover, outline, rename, sheet,
};
use conforme::history::History;
use conforme::parallel::STACK;
use conforme::review::review;
use conforme::shelf::Shelf;
use conforme::source::{SourceFile, Span};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Weak};

/// What is typed or pasted: words of the language, halves of lines, what opens and is not closed, letters of one to four
/// bytes.
const TYPED: [&str; 34] = [
    "«",
    "»",
    "(",
    ")",
    "\n",
    "  ",
    "#",
    " : ",
    ",",
    "é",
    "e\u{301}",
    "\u{a0}",
    "😀",
    "👩\u{200d}👧",
    "\r\n",
    "\t",
    "-",
    "≥",
    "critère ",
    "définition x\n  vaut ",
    "exige âge ≥ 18",
    "selon loi « un",
    " dont ",
    "nombre d'enfants",
    "tous les critères",
    "dossier\n",
    "10 %",
    "80 000 €",
    "avenant 1 à essai « A »\n",
    "dispositif autre « B »\n",
    "l’âge",
    "si ",
    "sinon ",
    "\u{feff}",
];

const TEXT: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi d'essai », texte opposable

dossier

  âge : entier ≥ 0
    « Quel âge ? »
  enfants : liste
    « Quels enfants ? »
  enfants.frais : montant ≥ 0 €
    « Quels frais ? 😀 »

définition frais retenus
  vaut somme d'enfants.frais plafonné à 1 000 €

critère majeur
  selon loi, art. 1 « au moins dix-huit ans »
  exige âge ≥ 18

critère frais
  exige frais retenus ≥ 10 €

décision accord
  favorable si tous les critères sont remplis
";

/// One rule: most edits are of it, for each state is read twice.
const TINY: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier
  âge : entier ≥ 0
    « Quel âge\u{a0}? 😀 »

critère majeur
  exige âge ≥ 18

décision accord
  favorable si tous les critères sont remplis
";

const CASE: &str = "dispositif: essai\nexaminé le: 2025-06-01\nâge: 20\nenfants:\n- frais: 12 €\n";

/// What costs more than what is said is asked once in so many edits.
const ASKED_EVERY: usize = 10;

/// An edit: where, how much goes, what comes.
#[derive(Debug, Clone)]
enum Edit {
    Type(Index, usize),
    Delete(Index, usize),
    /// A stretch of the text, pasted elsewhere.
    Paste(Index, usize, Index),
    Undo,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), 0..TYPED.len()).prop_map(|(at, what)| Edit::Type(at, what)),
        2 => (any::<Index>(), 0_usize..40).prop_map(|(at, length)| Edit::Delete(at, length)),
        1 => (any::<Index>(), 0_usize..120, any::<Index>()).prop_map(|(from, length, to)| Edit::Paste(from, length, to)),
        3 => Just(Edit::Undo),
    ]
}

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    // No editor stands within a letter, or between the two halves of a line end.
    while !text.is_char_boundary(at) || at > 0 && text.as_bytes().get(at - 1..=at) == Some(b"\r\n") {
        at -= 1;
    }
    at
}

/// The span that goes and the text that comes.
fn meant(edit: &Edit, text: &str) -> Option<(Span, String)> {
    let place = |at: &Index| boundary(text, at.index(text.len() + 1));
    let end = |start: usize, length: usize| boundary(text, start + length).max(start);
    match edit {
        Edit::Type(at, what) => Some((Span::new(place(at), place(at)), TYPED[*what].to_owned())),
        Edit::Delete(at, length) => Some((Span::new(place(at), end(place(at), *length)), String::new())),
        Edit::Paste(from, length, to) => {
            let start = place(from);
            Some((Span::new(place(to), place(to)), text[start..end(start, *length)].to_owned()))
        }
        Edit::Undo => None,
    }
}

fn said(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut all: Vec<String> = diagnostics
        .iter()
        .map(|one| {
            let labels = one
                .labels
                .iter()
                .map(|label| format!("{}:{:?}:{}", label.file.name(), label.span, label.text));
            format!("{} {} {:?} {}", one.code, one.message, one.help, labels.collect::<Vec<_>>().join(" "))
        })
        .collect();
    all.sort();
    all
}

/// What is said of files that are read for the first time, by who has read nothing before.
fn afresh(files: &[(String, Vec<u8>)]) -> Vec<String> {
    let read = || {
        let shelf = Shelf::new(files.iter().cloned());
        let ids = shelf.ids();
        let found = shelf
            .histories()
            .iter()
            .flat_map(|history| review(history, &ids, &|_, _| Ok(String::new()), false));
        said(&shelf.lost().iter().cloned().chain(found).collect::<Vec<_>>())
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read).unwrap();
        thread.join().unwrap()
    })
}

/// Goes through edits of a file, as an editor tells them, and holds each state against what is read afresh. No state that
/// is past is kept.
fn follow(files: &mut [(String, Vec<u8>)], path: &str, edits: &[Edit]) {
    let mut desk = Desk::new(Shelf::new(files.iter().cloned()));
    let mut states = vec![text(&desk, path)];
    let mut read: HashMap<String, Vec<String>> = HashMap::new();
    let mut past: Vec<Weak<History>> = Vec::new();
    let mut files_read: Vec<Weak<SourceFile>> = Vec::new();
    for (rank, edit) in edits.iter().enumerate() {
        let before = states.last().unwrap().clone();
        match meant(edit, &before) {
            Some((span, new)) => {
                // As it goes over the wire: by positions, and back.
                let lines = Lines::of(&before);
                let (start, end) = lines.range(span);
                let units = before[..span.start as usize].encode_utf16().count();
                assert_eq!(units_before(&before, start), units, "{start:?}");
                let back = Span::new(lines.offset(start) as usize, lines.offset(end) as usize);
                assert_eq!(back, span, "{before:?}");
                states.push(applied(&before, &[(back, new)]).unwrap());
            }
            None if states.len() > 1 => {
                states.pop();
            }
            None => {}
        }
        let now = states.last().unwrap().clone();
        assert_eq!(applied(&before, &between(&before, &now)).as_deref(), Some(now.as_str()));
        desk.change([(path.to_owned(), Some(now.clone().into_bytes()))]);
        let told = said(&desk.diagnostics(&|_, _| Ok(String::new())));
        files.iter_mut().find(|(own, _)| own == path).unwrap().1 = now.clone().into_bytes();
        // What was undone was read afresh before.
        let wanted = read.entry(now.clone()).or_insert_with(|| afresh(files));
        assert_eq!(told, *wanted, "after {rank} edits\n{now}");
        if rank.is_multiple_of(ASKED_EVERY) {
            ask(&mut desk, path, &now, rank / ASKED_EVERY);
        }
        past.extend(desk.shelf().histories().iter().map(Arc::downgrade));
        files_read.extend(desk.read(path).map(|(file, _)| Arc::downgrade(&file)));
        // A history that did not change is noted at each edit.
        let alive =
            past.iter().filter_map(Weak::upgrade).map(|one| Arc::as_ptr(&one)).collect::<HashSet<_>>();
        assert!(alive.len() <= desk.shelf().histories().len(), "{} after {rank} edits", alive.len());
        let alive = files_read.iter().filter_map(Weak::upgrade).map(|one| Arc::as_ptr(&one));
        assert!(alive.collect::<HashSet<_>>().len() <= 1, "after {rank} edits\n{now}");
        past.retain(|one| one.strong_count() > 0);
        files_read.retain(|one| one.strong_count() > 0);
    }
}

/// UTF-16 units before a position, counted otherwise than it was.
fn units_before(text: &str, at: Position) -> usize {
    let mut line = 0;
    let mut units = 0;
    let mut letters = text.chars().peekable();
    while line < at.line {
        let c = letters.next().unwrap();
        units += c.len_utf16();
        if c == '\n' || c == '\r' && letters.peek() != Some(&'\n') {
            line += 1;
        }
    }
    units + at.column as usize
}

/// Asks everything at some place; nothing that is answered leads out of the text.
fn ask(desk: &mut Desk, path: &str, text: &str, seed: usize) {
    let offset = u32::try_from(boundary(text, (seed * 7919) % (text.len() + 1))).unwrap();
    let inside = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    };
    if path.ends_with(".pol") {
        if let Some((span, _)) = hover::hover(desk, path, offset, None) {
            inside(span);
        }
        let names = desk.names();
        names.within(path).for_each(|(span, _)| inside(span));
        colours::colours(text, path, &names).iter().for_each(|(span, ..)| inside(*span));
        if let Some((file, document)) = desk.read(path) {
            outline::folds(file.text(), &document).iter().for_each(|(span, _)| inside(*span));
        }
        let _ = constructs::signature(text, offset);
        let _ = rename::renamed(desk, path, offset);
        if seed.is_multiple_of(8) {
            complete::complete(desk, path, offset).iter().for_each(|one| inside(one.span));
        }
    } else {
        let place = sheet::at(text, offset);
        inside(place.key_span);
        if let Some(policy) = desk.policy_of(path) {
            sheet::complete(policy, text, offset).iter().for_each(|one| inside(one.span));
            let _ = sheet::hover(policy, text, offset);
        }
    }
}

/// Edits that are drawn anew each time, unless a seed says otherwise.
fn drawn<S: Strategy>(of: S, follows: impl Fn(S::Value)) {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse::<u64>().ok());
    let rng = seed.map(|seed| {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
    });
    let config = Config { cases: 1, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let mut runner = match rng {
        Some(rng) => TestRunner::new_with_rng(config, rng),
        None => TestRunner::new(config),
    };
    runner
        .run(&of, |edits| {
            follows(edits);
            Ok(())
        })
        .unwrap();
}

fn edits(count: usize) -> impl Strategy<Value = Vec<Edit>> {
    proptest::collection::vec(edit(), count)
}

/// A small text and its case.
fn small() -> Vec<(String, Vec<u8>)> {
    vec![
        ("essai/essai.pol".to_owned(), TEXT.as_bytes().to_vec()),
        ("essai/cases/1.yaml".to_owned(), CASE.as_bytes().to_vec()),
    ]
}

/// A thousand edits: after each of them, what is said is what is said of the text read afresh.
#[test]
fn a_thousand_edits_leave_nothing_out_of_step() {
    drawn((edits(850), edits(150)), |(of_tiny, of_small)| {
        let mut tiny = vec![("essai/essai.pol".to_owned(), TINY.as_bytes().to_vec())];
        follow(&mut tiny, "essai/essai.pol", &of_tiny);
        follow(&mut small(), "essai/essai.pol", &of_small);
    });
}

#[test]
fn edits_of_a_case_leave_nothing_out_of_step() {
    drawn(edits(300), |edits| follow(&mut small(), "essai/cases/1.yaml", &edits));
}

/// The same of texts that lean on one another and are amended.
#[test]
fn texts_that_rest_on_others_stay_in_step() {
    drawn(edits(10), |edits| {
        for path in ["alr/alr.pol", "alr/baremes.pol"] {
            follow(&mut beside("alr"), path, &edits);
        }
    });
}

/// The same of a whole policy.
#[test]
fn a_whole_policy_stays_in_step() {
    drawn(edits(10), |edits| follow(&mut beside("ess"), "ess/ess.pol", &edits));
}

/// The texts of a folder of policies.
fn beside(folder: &str) -> Vec<(String, Vec<u8>)> {
    let all = files(&format!("policies/{folder}")).into_iter();
    let texts = all.filter(|(path, _)| path.ends_with(".pol"));
    texts.map(|(path, bytes)| (format!("{folder}/{path}"), bytes)).collect()
}
