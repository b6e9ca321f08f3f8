//! From a key to what is said of the text: a letter typed in `ess.pol`, and in a text of 1,000 items, both whole and with a
//! mistake.
//!
//! `cargo bench --bench editor` prints it; nothing fails where it is slow.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a measure says so when it fails

use std::path::Path;
use std::time::{Duration, Instant};

use conforme::editor::Desk;
use conforme::editor::complete::complete;
use conforme::shelf::Shelf;

// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // `--test` only tries that it runs.
    let keys = if std::env::args().any(|argument| argument == "--bench") { 40 } else { 1 };
    let ess = std::fs::read_to_string("policies/ess/ess.pol").unwrap();
    let thousand = items(1000);
    println!("from a key to what is said");
    // What stands before the key.
    let (comment, stray) = ("# x".to_owned(), "# x\n".to_owned());
    let figure = |fact: &str| format!("\ncritère essai\n  exige {fact} ≥ 1");
    let both = |fact: &str| format!("\ncritère essai\n  exige {fact} ≥ 10\n");
    for (what, text, typed, aim) in [
        ("ess, a comment", &ess, comment.clone(), 30),
        ("ess, a figure", &ess, figure("territoire.médecins"), 30),
        ("ess, a name half typed", &ess, figure("territoire.méde"), 30),
        ("ess, a line that is none", &ess, stray.clone(), 30),
        ("ess, both mistakes", &ess, both("territoire.méde"), 30),
        ("1,000 items, a comment", &thousand, comment, 150),
        ("1,000 items, a figure", &thousand, figure("fait 7"), 150),
        ("1,000 items, a name half typed", &thousand, figure("fai"), 150),
        ("1,000 items, a line that is none", &thousand, stray, 150),
        ("1,000 items, both mistakes", &thousand, both("fai"), 150),
    ] {
        let mut desk = Desk::new(Shelf::new([("a/a.pol".to_owned(), text.clone().into_bytes())]));
        let mut times: Vec<Duration> = (0..keys)
            .map(|key| {
                let now = format!("{text}{typed}{key}\n");
                let start = Instant::now();
                desk.change([("a/a.pol".to_owned(), Some(now.into_bytes()))]);
                let said = desk.diagnostics(&|_, path| Ok(source(path)));
                std::hint::black_box(said.len());
                start.elapsed()
            })
            .collect();
        tell(what, &mut times, aim);
    }
    let mut desk = Desk::new(Shelf::new([(
        "a/a.pol".to_owned(),
        format!("{ess}\ncritère essai\n  exige ").into_bytes(),
    )]));
    let offset = u32::try_from(ess.len() + "\ncritère essai\n  exige ".len()).unwrap();
    let mut times: Vec<Duration> = (0..keys.min(5))
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(complete(&mut desk, "a/a.pol", offset).len());
            start.elapsed()
        })
        .collect();
    tell("ess, what may be written", &mut times, 500);
}

fn tell(what: &str, times: &mut [Duration], aim: u128) {
    times.sort_unstable();
    println!(
        "{what:<33} median {:>5.1} ms   longest {:>5.1} ms   aim {aim} ms",
        times[times.len() / 2].as_secs_f64() * 1000.0,
        times[times.len() - 1].as_secs_f64() * 1000.0,
    );
}

fn source(path: &str) -> String {
    std::fs::read_to_string(Path::new("policies/ess").join(path)).unwrap_or_default()
}

/// A text of so many items, each with a fact of its own.
fn items(count: usize) -> String {
    let mut text = String::from("dispositif a « A »\n  en vigueur depuis le 1er janvier 2025\n\ndossier\n\n");
    for rank in 0..count / 2 {
        text.push_str(&format!("  fait {rank} : entier ≥ 0\n    « Combien, pour {rank} ? »\n"));
    }
    for rank in 0..count / 2 {
        text.push_str(&format!("\ndéfinition valeur {rank}\n  vaut fait {rank} + 1\n"));
        text.push_str(&format!("\ncritère exigence {rank}\n  exige valeur {rank} ≥ 10\n"));
    }
    text.push_str("\ndécision accord\n  favorable si tous les critères sont remplis\n");
    text
}
