//! Text and JSON say one thing: the status of every item, read back from the signs and words of the text.

use conforme::check::check;
use conforme::decision::Decision;
use conforme::dossier::Dossier;
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::render::text::TextOptions;
use conforme::render::{json, text};
use conforme::source::SourceFile;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::generate::sample;
use crate::support::policies::POLICIES;
use crate::{Book, alr, csq, ess};

/// Wide enough for one line to say one thing.
const WIDE: usize = 4000;

/// The lines under each title.
fn sections(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match all.last_mut() {
            Some((_, lines)) if line.starts_with(' ') => lines.push(line),
            _ => all.push((line, Vec::new())),
        }
    }
    all
}

/// What a line at the first level says of an item by this name: its sign, and what stands after the name.
fn line_of<'t>(lines: &[&'t str], name: &str) -> Option<(usize, Option<char>, &'t str)> {
    lines.iter().enumerate().find_map(|(rank, line)| {
        let line = line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?;
        let sign = line.chars().next().filter(|c| "✔✘?–~".contains(*c));
        let line = sign.map_or(line, |sign| line[sign.len_utf8()..].trim_start());
        let after = line.strip_prefix(name)?;
        (after.is_empty() || after.starts_with([' ', ',', '\u{a0}'])).then_some((rank, sign, after))
    })
}

/// The lines that stand under that of a rank.
fn under<'t>(lines: &[&'t str], rank: usize) -> Vec<&'t str> {
    lines[rank + 1..].iter().take_while(|line| line.starts_with("   ")).copied().collect()
}

/// What several readings come to together.
fn together(each: &[&'static str]) -> &'static str {
    match each {
        [first, rest @ ..] if rest.iter().all(|other| other == first) => first,
        _ if each.contains(&"undetermined") => "undetermined",
        _ => "depends_on_reading",
    }
}

/// Both may be told as what hinges on the decision.
const OPEN: &str = "undetermined or depends_on_reading";

fn criterion(sections: &[(&str, Vec<&str>)], name: &str) -> Option<&'static str> {
    let (_, lines) = sections.iter().find(|(title, _)| *title == "Critères")?;
    let (_, sign, after) = line_of(lines, name)?;
    Some(match sign? {
        // Nobody knows which of them it is.
        '✔' if after.contains("au besoin par exception") => "met",
        '✔' if after.contains("par exception") => "waived",
        '✔' => "met",
        '✘' => "not_met",
        '?' => "undetermined",
        '–' => "not_applicable",
        _ => "depends_on_reading",
    })
}

fn paid(words: &str) -> &'static str {
    // What follows is why.
    let words = words.split(" – ").next().unwrap_or(words);
    if words.contains("sans objet") {
        "not_applicable"
    } else if words.contains("non dû") {
        "not_due"
    } else if words.contains("à établir") || words.contains("dû si la décision") {
        "undetermined"
    } else {
        "due"
    }
}

fn funding(sections: &[(&str, Vec<&str>)], name: &str) -> Option<&'static str> {
    sections.iter().filter(|(title, _)| title.starts_with("Financement")).find_map(|(title, lines)| {
        let refused = lines.iter().find(|line| line.contains(", la décision étant défavorable"));
        if refused.is_some_and(|line| line.split([':', ',']).any(|part| part.trim() == name)) {
            return Some("not_due");
        }
        let (rank, sign, after) = line_of(lines, name)?;
        Some(if title.contains("si la décision est favorable") {
            OPEN
        } else if title.contains("selon la lecture") {
            let each: Vec<&str> = lines[rank + 1..].iter().map(|line| paid(line)).collect();
            if lines[rank + 1..].iter().any(|line| line.contains("dû si la décision")) {
                OPEN
            } else {
                together(&each)
            }
        } else {
            match sign {
                None => "due",
                Some('–') if after.contains("sans objet") => "not_applicable",
                Some('–') => "not_due",
                Some(_) => "undetermined",
            }
        })
    })
}

fn done(words: &str) -> &'static str {
    let words = words.trim().trim_start_matches([':', ' ', '\u{a0}']);
    if words.contains("sans objet") {
        "not_applicable"
    } else if words.contains("s'il y a lieu") || words.contains("on ne sait pas si") {
        "undetermined"
    } else if words.contains("dans le délai") {
        "fulfilled"
    } else if words.starts_with("le terme était") {
        // No act is told that was or was not done.
        "elapsed"
    } else if words.contains("en retard")
        || words.contains("après le terme")
        || words.contains("le terme était")
    {
        "missed"
    } else if words.contains("à faire") {
        "pending"
    } else if words.contains("terme inconnu") {
        "undetermined"
    } else {
        "fulfilled"
    }
}

fn obligation(sections: &[(&str, Vec<&str>)], name: &str) -> Option<&'static str> {
    sections.iter().filter(|(title, _)| title.starts_with("Suivi")).find_map(|(title, lines)| {
        let aside = lines.iter().find(|line| line.contains("sans objet") && line.contains(name));
        if title.contains("si la décision est favorable") {
            return line_of(lines, name).map(|_| OPEN);
        }
        match line_of(lines, name) {
            Some((rank, _, after)) if after.contains("selon la lecture") => {
                let each: Vec<&str> = under(lines, rank).iter().map(|line| done(line)).collect();
                Some(together(&each))
            }
            Some((_, _, after)) => Some(done(after)),
            None => aside.map(|_| "not_applicable"),
        }
    })
}

fn reached(words: &str) -> &'static str {
    let words = words.trim().trim_start_matches([':', ' ', '\u{a0}']);
    if words.contains("sans objet") {
        "not_applicable"
    } else if words.contains("pas encore atteint") {
        "not_reached"
    } else if words.contains("atteint") {
        "reached"
    } else if words.contains("indéterminé") || words.contains("à établir") || words.contains("inconnu") {
        "undetermined"
    } else {
        "not_reached"
    }
}

fn objective(sections: &[(&str, Vec<&str>)], name: &str) -> Option<&'static str> {
    let (_, lines) = sections.iter().find(|(title, _)| *title == "Objectifs")?;
    let (rank, _, after) = line_of(lines, name)?;
    Some(if after.contains("selon la lecture") {
        let each: Vec<&str> = under(lines, rank).iter().map(|line| reached(line)).collect();
        together(&each)
    } else {
        reached(after)
    })
}

fn mission(sections: &[(&str, Vec<&str>)], name: &str) -> Option<&'static str> {
    let (_, lines) = sections.iter().find(|(title, _)| *title == "Missions")?;
    let covered = lines.iter().find_map(|line| line.trim_start().strip_prefix("✔ "));
    if covered.is_some_and(|names| names.split(", ").any(|one| one == name)) {
        return Some("covered");
    }
    let (_, sign, after) = line_of(lines, name)?;
    Some(match sign? {
        '?' => "undetermined",
        '~' => "depends_on_reading",
        _ if after.contains("sans objet") => "not_applicable",
        _ => "not_covered",
    })
}

/// What text and JSON say otherwise of a decision.
fn differences(policy: &Policy, dossier: &Dossier, decision: &Decision) -> Vec<String> {
    let shown =
        text::decision(policy, dossier, decision, &TextOptions { width: WIDE, ..TextOptions::default() });
    let told: Value = serde_json::from_str(&json::decision(policy, dossier, decision)).unwrap();
    let sections = sections(&shown);
    type Reader = fn(&[(&str, Vec<&str>)], &str) -> Option<&'static str>;
    let kinds: [(&str, Reader); 5] = [
        ("criteria", criterion),
        ("objectives", objective),
        ("missions", mission),
        ("funding", funding),
        ("obligations", obligation),
    ];
    let mut wrong = Vec::new();
    for (key, read) in kinds {
        for item in told[key].as_array().unwrap() {
            let (name, status) = (item["name"].as_str().unwrap(), item["status"].as_str().unwrap());
            let read = read(&sections, name);
            let agrees = match read {
                Some(OPEN) => OPEN.contains(status),
                read => read == Some(status),
            };
            if !agrees {
                wrong.push(format!("{name}: text {read:?}, JSON {status}"));
            }
        }
    }
    let outcome = match told["outcome"].as_str().unwrap() {
        "favourable" => "  FAVORABLE ",
        "unfavourable" => "  DÉFAVORABLE ",
        "incomplete" => "  INCOMPLET ",
        "calculated" => "  CALCULÉ ",
        _ => "  DÉPEND DE LA LECTURE ",
    };
    if !shown.lines().any(|line| line.starts_with(outcome)) {
        wrong.push(format!("outcome: JSON {outcome}"));
    }
    if !wrong.is_empty() {
        wrong.push(shown);
    }
    wrong
}

fn book(book: &Book) {
    for case in &book.cases {
        let wrong = differences(book.policy, &case.dossier, &case.decision);
        assert!(wrong.is_empty(), "{}\n{}", case.name, wrong.join("\n"));
    }
}

#[test]
fn text_and_json_give_one_status_in_every_case() {
    for (id, folder) in POLICIES.map(|id| (id, "cases/couverture")) {
        book(&Book::of(id, folder, |text| text));
    }
    book(ess());
    book(csq());
    book(alr());
}

#[test]
fn what_an_unfavourable_decision_bars_is_told_so_whatever_else_is_unknown() {
    // Nine doctors, and nobody knows whether the contract is signed.
    let book = ess();
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/ess/cases/02-neuf-medecins.yaml");
    let dossier = std::fs::read_to_string(path).unwrap();
    let signed = dossier.lines().find(|line| line.contains("signé le:")).unwrap();
    let unknown = format!("{}signé le: inconnu", &signed[..signed.find("signé").unwrap()]);
    let dossier = dossier.replace(signed, &unknown);
    let dossier = conforme::dossier::read(dossier.as_bytes(), "neuf.yaml", book.policy).unwrap();
    let request = Request { examined_on: dossier.examined_on.unwrap(), readings: Vec::new() };
    let decision = decide(book.policy, &dossier, &request).unwrap();
    let wrong = differences(book.policy, &dossier, &decision);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn text_and_json_give_one_status_to_what_is_drawn(
        bytes in proptest::collection::vec(any::<u8>(), 0..260),
        holes in 0usize..5,
    ) {
        let sample = sample(&bytes, holes);
        let Some(policy) = check(&SourceFile::new("essai.pol", sample.policy.clone())).policy else { return Ok(()) };
        let dossier = conforme::dossier::read(sample.dossier.yaml().as_bytes(), "essai.yaml", &policy).unwrap();
        let request = Request { examined_on: sample.examined_on, readings: Vec::new() };
        let Ok(decision) = decide(&policy, &dossier, &request) else { return Ok(()) };
        let wrong = differences(&policy, &dossier, &decision);
        prop_assert!(wrong.is_empty(), "{}\n{}", wrong.join("\n"), sample.policy);
    }
}
