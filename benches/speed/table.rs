//! The ratios to the native function, each pair measured in turns.

use std::hint::black_box;
use std::time::Duration;

use conforme::briefing::Briefing;
use conforme::dossier::Reader;
use conforme::eval::plain::Plain;
use conforme::eval::{Decider, Request};
use conforme::policy::Policy;
use conforme::render::json::Printer;
use conforme::time::Date;

use crate::compared::Change;
use crate::paired::{Measured, measure};
use crate::{MEMBERS, asked, dossier, native, policy, request};

const COMPLETE: &str = include_str!("../../policies/ess/cases/01-favorable.yaml");
const NEXT_TO_NOTHING: &str = include_str!("../../policies/ess/cases/18-presque-rien.yaml");

const LONG: Duration = Duration::from_secs(4);

/// Prints them, each with what is aimed at.
pub fn print(policy: &Policy) {
    println!("\nRatios to the native function; the quickest of batches that take turns\n");
    in_memory(policy);
    json_to_json(policy);
    let file = policy::file(policy::ESS);
    let mut loading =
        [Measured::new("ess.pol read and checked", || conforme::check::check(black_box(&file)))];
    measure(&mut loading, LONG / 2);
    println!("\n  {:<34}{:>9.2} ms          aim: 3 at most", loading[0].name, loading[0].time() / 1e6);
    incomplete();
    compared();
    by_criteria();
    by_members(policy);
}

fn rows(all: &mut [Measured<'_>], aims: &[Option<f64>]) {
    measure(all, LONG);
    let native = all[0].time();
    for (measured, aim) in all.iter().zip(aims) {
        let aim = aim.map_or(String::new(), |aim| format!("aim: {aim:.0} at most"));
        let time = measured.time();
        println!("  {:<34}{:>9.2} µs {:>7.2} × {aim}", measured.name, time / 1e3, time / native);
    }
}

fn in_memory(policy: &Policy) {
    let text = dossier::json(MEMBERS);
    let request = request(policy);
    let typed: native::Dossier = native::read(text.as_bytes()).unwrap();
    let read = Reader::new(policy).read(text.as_bytes(), "essai.json").unwrap();
    let plain = Plain::new(policy);
    let decider = Decider::new(policy);
    let mut all = [
        Measured::new("in memory: native", || native::decide(black_box(&typed))),
        Measured::new("in memory: outcome and amounts", || {
            plain.decide(black_box(&read), request.examined_on, &request.readings)
        }),
        Measured::new("in memory: explained", || decider.decide(black_box(&read), &request)),
    ];
    rows(&mut all, &[None, Some(6.0), None]);
}

fn json_to_json(policy: &Policy) {
    let text = dossier::json(MEMBERS);
    let (request, asked) = (request(policy), asked(policy));
    let reader = Reader::new(policy);
    let briefing = Briefing::new(policy);
    let printer = Printer::new(policy);
    let decider = Decider::new(policy);
    let bytes = text.as_bytes();
    let read = reader.read(bytes, "essai.json").unwrap();
    let decided = decider.decide(&read, &request).unwrap();
    let mut all = [
        Measured::new("JSON to JSON: native", || {
            let dossier = native::read(black_box(bytes)).unwrap();
            serde_json::to_vec(&native::decide(&dossier)).unwrap()
        }),
        Measured::new("JSON to JSON: outcome and amounts", || {
            let mut out = String::with_capacity(2_048);
            briefing.write(black_box(bytes), "essai.json", &asked, &mut out).unwrap();
            out
        }),
        Measured::new("JSON to JSON: explained", || {
            let dossier = reader.read(black_box(bytes), "essai.json").unwrap();
            let decision = decider.decide(&dossier, &request).unwrap();
            printer.decision(&dossier, &decision)
        }),
        Measured::new("reading only: native", || native::read(black_box(bytes)).unwrap()),
        Measured::new("reading only", || reader.read(black_box(bytes), "essai.json").unwrap()),
        Measured::new("printing only, explained", || printer.decision(black_box(&read), &decided)),
    ];
    rows(&mut all, &[None, Some(2.0), Some(8.0), None, None, None]);
    println!("  explained: {} bytes", printer.decision(&read, &decided).len());
}

/// What a dossier costs of which next to nothing is known, beside one of which all is: the text read and
/// checked, the dossier read, decided and printed.
fn incomplete() {
    let from_text_to_json = |dossier: &str| {
        let policy = policy::policy(policy::ESS);
        let dossier = Reader::new(&policy).read(dossier.as_bytes(), "essai.yaml").unwrap();
        let request = Request { examined_on: Date::new(2025, 10, 1).unwrap(), readings: Vec::new() };
        let decision = Decider::new(&policy).decide(&dossier, &request).unwrap();
        Printer::new(&policy).decision(&dossier, &decision)
    };
    let members: String = (0..25).map(|rank| format!("  - RPPS: r{rank}\n")).collect();
    let members = format!("dispositif: ess\nadhérents:\n{members}");
    let mut all = [
        Measured::new("all: case 01, complete", || from_text_to_json(black_box(COMPLETE))),
        Measured::new("all: case 18, next to nothing", || from_text_to_json(black_box(NEXT_TO_NOTHING))),
        Measured::new("all: an empty dossier", || from_text_to_json(black_box("dispositif: ess\n"))),
        Measured::new("all: 25 members, nothing else", || from_text_to_json(black_box(&members))),
    ];
    println!();
    rows(&mut all, &[None, Some(10.0), Some(10.0), None]);
}

/// What a change does to 500 dossiers, made-up ones included, beside deciding them by both texts.
fn compared() {
    let change = Change::new();
    println!();
    rows(&mut change.measured(), &[None, Some(1.0), Some(1.0)]);
}

fn by_criteria() {
    println!("\n  by copies of the criteria: µs, and µs a copy");
    for copies in [1u32, 10, 100, 1_000] {
        let policy = policy::policy(&policy::with_copies(copies as usize));
        sized(&policy, copies, MEMBERS, copies <= 100);
    }
}

fn by_members(policy: &Policy) {
    println!("\n  by members: µs, and µs a member");
    for members in [10u32, 100, 1_000, 10_000] {
        sized(policy, members, members as usize, true);
    }
}

fn sized(policy: &Policy, size: u32, members: usize, explained: bool) {
    let text = dossier::json(members);
    let request = request(policy);
    let reader = Reader::new(policy);
    let typed: native::Dossier = native::read(text.as_bytes()).unwrap();
    let read = reader.read(text.as_bytes(), "essai.json").unwrap();
    let plain = Plain::new(policy);
    let decider = Decider::new(policy);
    let mut all = vec![
        Measured::new("native", || native::decide(black_box(&typed))),
        Measured::new("read", || reader.read(black_box(text.as_bytes()), "essai.json").unwrap()),
        Measured::new("outcome and amounts", || {
            plain.decide(black_box(&read), request.examined_on, &request.readings)
        }),
    ];
    if explained {
        all.push(Measured::new("explained", || decider.decide(black_box(&read), &request)));
    }
    measure(&mut all, LONG / 4);
    let cells: Vec<String> = all
        .iter()
        .map(|measured| {
            let time = measured.time() / 1e3;
            format!("{} {time:.2} ({:.4})", measured.name, time / f64::from(size))
        })
        .collect();
    println!("    {size:>6}: {}", cells.join(" · "));
}
