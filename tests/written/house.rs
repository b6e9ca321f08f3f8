//! Each construction, through the whole house: laid out as it is written, one change of it named, covered by its
//! cases, changed so that a case notices, and held against the passage that it rests on.
//!
//! The tables stand in `house/`: a block holds the items of a small text, laid out as `fmt` does, a line `---`, then
//!
//! | line | what it says |
//! | --- | --- |
//! | `cas …` | the facts of a case, separated by ` ; ` |
//! | `- …`, `+ …` | words of the text, that stand there once, and what a change puts in their place |
//! | `dit …` | a sentence of what that change is said to do |
//! | `couvre … : N sur M` | of a line of the coverage, how many points the cases show, of those that can be |
//! | `remarque …` | the code of what the passage has against the change; or |
//! | `muette …` | why a passage has nothing against it |

use std::sync::Arc;

use conforme::check::check;
use conforme::concordance::review;
use conforme::decision::Decision;
use conforme::diff::{Side, changes, effects};
use conforme::dossier::Dossier;
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::probe::Options;
use conforme::render::diff::{Told, json};
use conforme::render::{Lang, diagnostics};
use conforme::source::SourceFile;
use conforme::syntax;
use conforme::time::Date;
use conforme::workshop::coverage::{Coverage, State, seen};
use conforme::workshop::mutation::{Bench, Fate, mutations};

const HEAD: &str = "dispositif t « Essai »\n  en vigueur depuis le 1er janvier 2020\n";
const SOURCE: &str = "\nsource arrêté « Arrêté du 2 janvier 2020 », texte opposable\n\n";

/// A construction, in a small text.
#[derive(Default)]
struct Row<'a> {
    title: &'a str,
    text: String,
    cases: Vec<String>,
    before: &'a str,
    after: &'a str,
    told: Vec<&'a str>,
    covered: Vec<(&'a str, &'a str)>,
    remark: Option<&'a str>,
    silent: Option<&'a str>,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    table.split("\n== ").skip(1).map(row).collect()
}

fn row(block: &str) -> Row<'_> {
    let (title, body) = block.split_once('\n').expect("a title");
    let (items, said) = body.split_once("\n---\n").expect("what is said of the text");
    // A line of the header may come first.
    let (head, items) = match items.strip_prefix("  ") {
        Some(_) => items.split_once('\n').expect("a line of the header"),
        None => ("", items),
    };
    let head = if head.is_empty() { String::new() } else { format!("{head}\n") };
    let mut row = Row { title, text: format!("{HEAD}{head}{SOURCE}{}\n", items.trim()), ..Row::default() };
    for line in said.lines().filter(|line| !line.is_empty()) {
        let (word, rest) = line.split_once(' ').expect("a word, then what it says");
        match word {
            "cas" => row.cases.push(rest.replace(" ; ", "\n")),
            "-" => row.before = rest,
            "+" => row.after = rest,
            "dit" => row.told.push(rest),
            "couvre" => row.covered.push(rest.rsplit_once(" : ").expect("a line, then how much of it")),
            "remarque" => row.remark = Some(rest),
            "muette" => row.silent = Some(rest),
            other => panic!("« {title} »: {other}"),
        }
    }
    row
}

fn checked(text: &str) -> Result<(Arc<SourceFile>, Policy), String> {
    let file = SourceFile::new("t.pol", text);
    let found = check(&file);
    let shown = diagnostics::text(&found.diagnostics, 100, false);
    found.policy.map(|policy| (file, policy)).ok_or(shown)
}

/// The sentences that a change is told in, each on one line.
fn sentences(old: &Policy, new: &Policy) -> Vec<String> {
    let (before, after) = (Side::new(old), Side::new(new));
    let options = Options { most: 0, parents: 0, ..Options::new(examined_on()) };
    let told = Told {
        before_name: "avant.pol",
        after_name: "après.pol",
        before: &before,
        after: &after,
        changes: &changes(old, new),
        effects: &effects(&before, &after, &[], &options),
    };
    let told: serde_json::Value = serde_json::from_str(&json(&told, Lang::Fr)).expect("JSON");
    let changes = told["changes"].as_array().expect("changes").iter();
    let said = changes.flat_map(|change| change["sentences"].as_array().expect("sentences").clone());
    said.map(|said| said.as_str().expect("a sentence").replace(['\u{a0}', '\u{202f}'], " ")).collect()
}

fn examined_on() -> Date {
    Date::new(2025, 10, 1).expect("a date")
}

fn decided(policy: &Policy, facts: &str) -> Result<(Dossier, Decision), String> {
    let facts = format!("dispositif: t\n{facts}\n");
    let shown = |found: Vec<_>| format!("{facts}\n{}", diagnostics::text(&found, 100, false));
    let dossier = conforme::dossier::read(facts.as_bytes(), "d.yaml", policy).map_err(shown)?;
    let request = Request { examined_on: examined_on(), readings: Vec::new() };
    let decision = decide(policy, &dossier, &request).map_err(shown)?;
    Ok((dossier, decision))
}

/// What a passage has against its rule, by code.
fn remarks(policy: &Policy) -> Vec<&'static str> {
    review(policy).into_iter().map(|remark| remark.diagnostic.code).collect()
}

/// What a row promises and does not keep.
fn broken(row: &Row<'_>) -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    let (file, policy) = checked(&row.text)?;
    let laid_out = syntax::format(&file).map_err(|found| diagnostics::text(&found, 100, false))?;
    if laid_out != row.text {
        wrong.push(format!("laid out otherwise:\n{laid_out}"));
    }
    // One change is named.
    if row.text.matches(row.before).count() != 1 {
        return Err(format!("« {} » does not stand once", row.before));
    }
    let (_, other) = checked(&row.text.replacen(row.before, row.after, 1))?;
    let told = sentences(&policy, &other);
    if told != row.told {
        wrong.push(format!("the change is told:\n{}", told.join("\n")));
    }
    // Its passage has nothing against it, and something against the change.
    let (own, against) = (remarks(&policy), remarks(&other));
    if !own.is_empty() {
        wrong.push(format!("the right text has remarks: {own:?}"));
    }
    match (row.remark, row.silent) {
        (Some(code), None) if against.contains(&code) => {}
        (None, Some(_)) if against.is_empty() => {}
        (..) => wrong.push(format!("remarks on the change: {against:?}")),
    }
    // The cases cover it.
    let mut coverage = Coverage::new(&policy);
    let mut bench = Bench::empty(&policy);
    for (rank, facts) in row.cases.iter().enumerate() {
        let (dossier, decision) = decided(&policy, facts)?;
        coverage.add(&seen(&policy, &decision));
        bench.add(&rank.to_string(), dossier, &decision);
    }
    let lines: Vec<(String, String)> = coverage
        .entries()
        .iter()
        .flat_map(|entry| entry.rows.iter())
        .map(|line| {
            let states: Vec<State> = line.points.iter().map(|point| coverage.state(point)).collect();
            let of = |wanted: State| states.iter().filter(|state| **state == wanted).count();
            let (shown, lacking) = (of(State::Shown), of(State::Lacking));
            (line.label.clone(), format!("{shown} sur {}", shown + lacking))
        })
        .collect();
    let is_shown =
        |(label, count): &(&str, &str)| lines.iter().any(|(own, shown)| own == label && shown == count);
    if row.covered.is_empty() || !row.covered.iter().all(is_shown) {
        wrong.push(format!("covered: {lines:#?}"));
    }
    // One of its mutants at least is noticed by a case.
    let line = row.text.lines().find(|line| line.contains(row.before)).expect("the line");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let own: Vec<_> = mutations(&file).into_iter().filter(|one| one.before.contains(&line)).collect();
    let fates = bench.try_all(&own, &Options::new(examined_on()));
    if !fates.iter().any(|fate| matches!(fate, Fate::Noticed(_))) {
        wrong.push(format!("of {} mutants of « {line} », no case notices one: {fates:?}", own.len()));
    }
    Ok(wrong)
}

fn keeps_its_promises(table: &str) {
    let mut said = String::new();
    let rows = rows(table);
    assert!(!rows.is_empty(), "a table has rows");
    for row in &rows {
        for wrong in broken(row).unwrap_or_else(|refused| vec![refused]) {
            said.push_str(&format!("== {}\n{wrong}\n", row.title));
        }
    }
    assert!(said.is_empty(), "{said}");
}

#[test]
fn values_and_choices() {
    keeps_its_promises(include_str!("house/valeurs.txt"));
}

#[test]
fn what_a_text_grants() {
    keeps_its_promises(include_str!("house/octrois.txt"));
}

#[test]
fn quantities_and_time() {
    keeps_its_promises(include_str!("house/temps.txt"));
}

#[test]
fn lists_and_shares() {
    keeps_its_promises(include_str!("house/listes.txt"));
}
