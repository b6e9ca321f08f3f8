//! The ratios to the native function, each pair measured in turns.

use std::hint::black_box;
use std::time::Duration;

use conforme::briefing::{Asked, Briefing};
use conforme::decision::Outcome;
use conforme::dossier::{Reader, Sheet};
use conforme::eval::plain::{Batch, Plain, ROWS};
use conforme::eval::{Decider, Request};
use conforme::policy::Policy;
use conforme::render::json::Printer;
use conforme::time::Date;

use crate::compared::Change;
use crate::paired::{Measured, measure};
use crate::{MEMBERS, asked, dossier, native, policy, request, visits};

const COMPLETE: &str = include_str!("../../policies/ess/cases/01-favorable.yaml");
const NEXT_TO_NOTHING: &str = include_str!("../../policies/ess/cases/18-presque-rien.yaml");

const LONG: Duration = Duration::from_secs(4);

/// Prints them, each with what is aimed at.
pub fn print(policy: &Policy) {
    println!("\nRatios to the native function; the quickest of batches that take turns\n");
    in_memory(policy);
    json_to_json(policy);
    column_by_column(policy);
    let file = policy::file(policy::ESS);
    let copies = policy::file(&policy::with_copies(1_000));
    let mut loading = [
        Measured::new("ess.pol read and checked", || conforme::check::check(black_box(&file))),
        Measured::new("1,000 copies of its criteria", || conforme::check::check(black_box(&copies))),
    ];
    measure(&mut loading, LONG / 2);
    println!();
    for (measured, aim) in loading.iter().zip([3, 50]) {
        println!("  {:<34}{:>9.2} ms          aim: {aim} at most", measured.name, measured.time() / 1e6);
    }
    incomplete();
    compared();
    by_criteria();
    by_members(policy);
    by_visits();
}

/// What a dossier says, on a sheet.
pub fn sheet(policy: &Policy, bytes: &[u8]) -> Sheet {
    let mut sheet = Sheet::new(policy);
    Reader::new(policy).sheet(bytes, &mut sheet).expect("an ordinary dossier");
    sheet
}

fn rows(all: &mut [Measured<'_>], aims: &[Option<f64>]) {
    measure(all, LONG);
    let native = all[0].time();
    for (measured, aim) in all.iter().zip(aims) {
        let aim = aim.map_or(String::new(), |aim| format!("aim: {aim} at most"));
        let time = measured.time();
        println!("  {:<34}{:>9.2} µs {:>7.2} × {aim}", measured.name, time / 1e3, time / native);
    }
}

fn in_memory(policy: &Policy) {
    let text = dossier::json(MEMBERS);
    let request = request(policy);
    let typed: native::Dossier = native::read(text.as_bytes()).unwrap();
    let read = Reader::new(policy).read(text.as_bytes(), "essai.json").unwrap();
    let sheet = sheet(policy, text.as_bytes());
    let plain = Plain::new(policy);
    let decider = Decider::new(policy);
    let mut all = [
        Measured::new("in memory: native", || native::decide(black_box(&typed))),
        Measured::new("in memory: outcome and amounts", || {
            plain.decide_answers(black_box(&sheet), request.examined_on, &request.readings)
        }),
        Measured::new("in memory: the same, with places", || {
            plain.decide(black_box(&read), request.examined_on, &request.readings)
        }),
        Measured::new("in memory: explained", || decider.decide(black_box(&read), &request)),
    ];
    rows(&mut all, &[None, Some(3.0), None, None]);
}

fn json_to_json(policy: &Policy) {
    let text = dossier::json(MEMBERS);
    let (request, asked) = (request(policy), asked(policy));
    let reader = Reader::new(policy);
    let briefing = Briefing::new(policy);
    let printer = Printer::new(policy);
    let decider = Decider::new(policy);
    let bytes = text.as_bytes();
    let mut sheet = Sheet::new(policy);
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
        Measured::new("reading only", || reader.sheet(black_box(bytes), &mut sheet).unwrap()),
        Measured::new("reading only, with places", || reader.read(black_box(bytes), "essai.json").unwrap()),
        Measured::new("printing only, explained", || printer.decision(black_box(&read), &decided)),
    ];
    rows(&mut all, &[None, Some(1.1), Some(8.0), None, None, None, None]);
    println!("  explained: {} bytes", printer.decision(&read, &decided).len());
}

/// Many dossiers at a time, each of another number of members.
fn column_by_column(policy: &Policy) {
    let request = request(policy);
    let texts: Vec<String> = (0..ROWS).map(|rank| dossier::json(MEMBERS - 15 + rank % 31)).collect();
    let typed: Vec<native::Dossier> =
        texts.iter().map(|text| native::read(text.as_bytes()).unwrap()).collect();
    let sheets: Vec<Sheet> = texts.iter().map(|text| sheet(policy, text.as_bytes())).collect();
    let mut batch = Batch::new(policy);
    assert!(sheets.iter().all(|sheet| batch.push(sheet)));
    let plain = Plain::new(policy);
    let briefs = plain.decide_batch(&batch, request.examined_on, &request.readings).unwrap();
    for (row, sheet) in sheets.iter().enumerate() {
        let alone = plain.decide_answers(sheet, request.examined_on, &request.readings);
        assert!(alone.is_some() && briefs.brief(row) == alone);
    }
    let mut all = [
        Measured::new("1,024 dossiers: native", || {
            typed
                .iter()
                .filter_map(|one| native::decide(black_box(one)))
                .filter(|told| told.favourable)
                .count()
        }),
        Measured::new("one by one", || {
            let decide = |sheet| plain.decide_answers(sheet, request.examined_on, &request.readings);
            sheets.iter().filter_map(decide).filter(|brief| brief.outcome == Outcome::Favourable).count()
        }),
        Measured::new("column by column", || {
            plain.decide_batch(black_box(&batch), request.examined_on, &request.readings).unwrap()
        }),
        Measured::new("filling the columns", || {
            let mut batch = Batch::new(policy);
            sheets.iter().all(|sheet| batch.push(black_box(sheet)))
        }),
    ];
    println!();
    rows(&mut all, &[None, None, None, None]);
    let each = all[2].time() / ROWS as f64;
    println!("  column by column, a dossier       {each:>9.1} ns          aim: 100 at most");
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

/// A list of which every element is read field by field.
fn by_visits() {
    println!("\n  by visits, read field by field");
    let policy = policy::policy(visits::POLICY);
    let plain = Plain::new(&policy);
    let briefing = Briefing::new(&policy);
    let (reader, decider, printer) = (Reader::new(&policy), Decider::new(&policy), Printer::new(&policy));
    let asked = Asked { examined_on: None, otherwise: Date::MAX, readings: Vec::new() };
    let request = Request { examined_on: Date::new(2025, 10, 1).unwrap(), readings: Vec::new() };
    for count in [30, 10_000] {
        let text = visits::json(count);
        let bytes = text.as_bytes();
        let typed = visits::read(bytes).unwrap();
        let sheet = sheet(&policy, bytes);
        let mut all = [
            Measured::new("in memory: native", || visits::decide(black_box(&typed))),
            Measured::new("in memory: outcome and amounts", || {
                plain.decide_answers(black_box(&sheet), Date::MAX, &[])
            }),
        ];
        rows(&mut all, &[None, Some(3.0)]);
        let mut all = [
            Measured::new("JSON to JSON: native", || {
                serde_json::to_vec(&visits::decide(&visits::read(black_box(bytes)).unwrap())).unwrap()
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
        ];
        rows(&mut all, &[None, Some(1.1), None]);
    }
}

fn by_criteria() {
    println!("\n  by copies of the criteria: µs, and µs a copy");
    for copies in [1u32, 10, 100, 1_000] {
        let policy = policy::policy(&policy::with_copies(copies as usize));
        sized(&policy, copies, copies as usize, MEMBERS, copies <= 100, 3.5);
    }
}

fn by_members(policy: &Policy) {
    println!("\n  by members: µs, and µs a member");
    for members in [10u32, 100, 1_000, 10_000] {
        sized(policy, members, 1, members as usize, true, 2.2);
    }
}

fn sized(policy: &Policy, size: u32, copies: usize, members: usize, explained: bool, aim: f64) {
    let text = dossier::json(members);
    let request = request(policy);
    let reader = Reader::new(policy);
    let typed: native::Dossier = native::read(text.as_bytes()).unwrap();
    let read = reader.read(text.as_bytes(), "essai.json").unwrap();
    let sheet = sheet(policy, text.as_bytes());
    let mut filled = Sheet::new(policy);
    let plain = Plain::new(policy);
    let decider = Decider::new(policy);
    let mut all = vec![
        Measured::new("native", || native::decide_copies(black_box(&typed), copies)),
        Measured::new("read", || reader.sheet(black_box(text.as_bytes()), &mut filled).unwrap()),
        Measured::new("outcome and amounts", || {
            plain.decide_answers(black_box(&sheet), request.examined_on, &request.readings)
        }),
    ];
    if explained {
        all.push(Measured::new("explained", || decider.decide(black_box(&read), &request)));
    }
    measure(&mut all, LONG / 4);
    let ratio = all[2].time() / all[0].time();
    let cells: Vec<String> = all
        .iter()
        .map(|measured| {
            let time = measured.time() / 1e3;
            format!("{} {time:.2} ({:.4})", measured.name, time / f64::from(size))
        })
        .collect();
    println!("    {size:>6}: {} · {ratio:.2} × native (aim: {aim:.1} at most)", cells.join(" · "));
}
