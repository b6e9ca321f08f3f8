//! What a decision costs, beside a function that says the same rules in Rust.
//!
//! `cargo bench` ends with a table of ratios to that function, measured in the same run. Before
//! anything is measured, every way to decide is held against the native one.

#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod compared;
mod dossier;
mod lines;
mod native;
mod paired;
mod policy;
mod table;
mod visits;

use std::hint::black_box;

use conforme::briefing::{Asked, Briefing};
use conforme::decision::{Outcome, Status};
use conforme::dossier::{Reader, Sheet};
use conforme::eval::plain::{Brief, Plain};
use conforme::eval::{Decider, Request};
use conforme::policy::Policy;
use conforme::render::json::Printer;
use conforme::time::Date;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput};

/// Members of the ordinary dossier.
const MEMBERS: usize = 30;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let policy = policy::policy(policy::ESS);
    same_answers(&policy);
    same_visits();
    loading(&mut criterion);
    one_dossier(&mut criterion, &policy);
    by_criteria(&mut criterion);
    by_members(&mut criterion, &policy);
    criterion.final_summary();
    // `--test` only tries that everything runs.
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|a| a == "--bench") && !arguments.iter().any(|a| a == "--profile-time") {
        table::print(&policy);
        lines::print();
    }
}

fn asked(policy: &Policy) -> Asked {
    Asked { examined_on: None, otherwise: Date::MAX, readings: policy::readings(policy, &native::READINGS) }
}

fn request(policy: &Policy) -> Request {
    Request { examined_on: Date::new(2025, 10, 1).unwrap(), readings: asked(policy).readings }
}

/// Every way to decide gives what the native function gives.
fn same_answers(policy: &Policy) {
    for members in [0, 3, 30, 500] {
        let text = dossier::json(members);
        let expected = native::decide(&native::read(text.as_bytes()).unwrap()).unwrap();
        let dossier = Reader::new(policy).read(text.as_bytes(), "essai.json").unwrap();
        let request = request(policy);
        let brief = Plain::new(policy)
            .decide(&dossier, request.examined_on, &request.readings)
            .expect("a complete dossier is decided plainly");
        assert_eq!(brief, Brief::of(&Decider::new(policy).decide_generally(&dossier, &request).unwrap()));
        let mut sheet = Sheet::new(policy);
        Reader::new(policy).sheet(text.as_bytes(), &mut sheet).expect("an ordinary dossier");
        let on_sheet = Plain::new(policy).decide_answers(&sheet, request.examined_on, &request.readings);
        assert_eq!(on_sheet.as_ref(), Some(&brief));
        let status = |rank: usize| brief.statuses[rank];
        assert_eq!(brief.outcome == Outcome::Favourable, expected.favourable);
        for (rank, met) in (1..).zip(expected.criteria) {
            assert_eq!(matches!(status(rank), Status::Met | Status::Waived), met, "criterion {rank}");
        }
        assert_eq!(status(6) == Status::Reached, expected.objective);
        for (rank, covered) in (7..).zip(expected.missions) {
            assert_eq!(status(rank) == Status::Covered, covered, "mission {rank}");
        }
        let cents = |rank: usize| {
            let amount = brief.item(rank)?.amount()?;
            let cents = |end: &conforme::known::End| end.value()?.to_i64().map(|euros| euros as u64 * 100);
            cents(&amount.low).zip(cents(&amount.high))
        };
        assert_eq!(cents(11), expected.start_up.map(|amount| (amount, amount)));
        assert_eq!(cents(12), expected.yearly);
        assert_eq!(cents(13), expected.sessions.map(|amount| (amount, amount)));
        let in_time = match status(14) {
            Status::NotApplicable => None,
            status => Some(matches!(status, Status::Fulfilled | Status::Pending)),
        };
        assert_eq!(in_time, expected.filed_in_time);
    }
}

/// Likewise of the policy whose list is read field by field.
fn same_visits() {
    let policy = policy::policy(visits::POLICY);
    let plain = Plain::new(&policy);
    for count in [0, 5, 40, 600] {
        let text = visits::json(count);
        let expected = visits::decide(&visits::read(text.as_bytes()).unwrap());
        assert!(visits::is_same(&visits::brief(&policy, &plain, &text), &expected), "{count}: {expected:?}");
    }
}

fn loading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("policy");
    let file = policy::file(policy::ESS);
    group.bench_function("read and check", |b| b.iter(|| conforme::check::check(black_box(&file))));
    let policy = policy::policy(policy::ESS);
    group.bench_function("make ready", |b| b.iter(|| Briefing::new(black_box(&policy))));
    group.finish();
}

fn one_dossier(criterion: &mut Criterion, policy: &Policy) {
    let text = dossier::json(MEMBERS);
    let request = request(policy);
    let asked = asked(policy);
    let typed = native::read(text.as_bytes()).unwrap();
    let reader = Reader::new(policy);
    let read = reader.read(text.as_bytes(), "essai.json").unwrap();
    let plain = Plain::new(policy);
    let decider = Decider::new(policy);
    let briefing = Briefing::new(policy);
    let printer = Printer::new(policy);

    let mut group = criterion.benchmark_group("in memory");
    group.bench_function("native", |b| b.iter(|| native::decide(black_box(&typed))));
    group.bench_function("outcome and amounts", |b| {
        b.iter(|| plain.decide(black_box(&read), request.examined_on, &request.readings));
    });
    group.bench_function("explained", |b| b.iter(|| decider.decide(black_box(&read), &request)));
    group.finish();

    let mut group = criterion.benchmark_group("JSON to JSON");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("native", |b| {
        b.iter(|| {
            let dossier = native::read(black_box(text.as_bytes())).unwrap();
            serde_json::to_vec(&native::decide(&dossier)).unwrap()
        });
    });
    group.bench_function("native, reading only", |b| {
        b.iter(|| native::read(black_box(text.as_bytes())).unwrap());
    });
    group.bench_function("reading only", |b| {
        b.iter(|| reader.read(black_box(text.as_bytes()), "essai.json").unwrap());
    });
    group.bench_function("outcome and amounts", |b| {
        b.iter(|| {
            let mut out = String::with_capacity(2_048);
            briefing.write(black_box(text.as_bytes()), "essai.json", &asked, &mut out).unwrap();
            out
        });
    });
    group.bench_function("explained", |b| {
        b.iter(|| {
            let dossier = reader.read(black_box(text.as_bytes()), "essai.json").unwrap();
            let decision = decider.decide(&dossier, &request).unwrap();
            printer.decision(&dossier, &decision)
        });
    });
    group.finish();
}

fn by_criteria(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("by copies of the criteria");
    for copies in [1, 10, 100, 1_000] {
        let policy = policy::policy(&policy::with_copies(copies));
        let request = request(&policy);
        let text = dossier::json(MEMBERS);
        let read = Reader::new(&policy).read(text.as_bytes(), "essai.json").unwrap();
        deciding(&mut group, copies, &policy, &read, &request);
    }
    group.finish();
}

fn by_members(criterion: &mut Criterion, policy: &Policy) {
    let mut group = criterion.benchmark_group("by members");
    let request = request(policy);
    for members in [10, 100, 1_000, 10_000] {
        let text = dossier::json(members);
        let typed = native::read(text.as_bytes()).unwrap();
        group.bench_function(BenchmarkId::new("native", members), |b| {
            b.iter(|| native::decide(black_box(&typed)));
        });
        let reader = Reader::new(policy);
        let read = reader.read(text.as_bytes(), "essai.json").unwrap();
        group.bench_function(BenchmarkId::new("reading only", members), |b| {
            b.iter(|| reader.read(black_box(text.as_bytes()), "essai.json").unwrap());
        });
        deciding(&mut group, members, policy, &read, &request);
    }
    group.finish();
}

fn deciding(
    group: &mut BenchmarkGroup<'_, WallTime>,
    size: usize,
    policy: &Policy,
    read: &conforme::dossier::Dossier,
    request: &Request,
) {
    let plain = Plain::new(policy);
    let decider = Decider::new(policy);
    group.bench_function(BenchmarkId::new("outcome and amounts", size), |b| {
        b.iter(|| plain.decide(black_box(read), request.examined_on, &request.readings));
    });
    group.sample_size(10);
    group.bench_function(BenchmarkId::new("explained", size), |b| {
        b.iter(|| decider.decide(black_box(read), request).unwrap());
    });
    group.sample_size(100);
}
