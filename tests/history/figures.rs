//! A figure that an amendment puts in the place of another: the text decides as if it had been written so, is shown so, and
//! differs from the text of before by as much, is covered and changed as it would be, whatever the generator wrote.

use conforme::check::check;
use conforme::decision::Decision;
use conforme::diff::{Kind, What, changes};
use conforme::dossier;
use conforme::eval::Request;
use conforme::eval::plain::Brief;
use conforme::history::Sight;
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::workshop::coverage::{Coverage, Point, State, seen};
use conforme::workshop::mutation::mutations;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::support::generate::{Sample, sample};
use super::{day, history};

/// An amendment of one figure of a drawn text, and the text with the new figure written.
struct Reworded {
    amendment: String,
    written: String,
}

const KINDS: [&str; 8] = [
    "critère",
    "définition",
    "objectif",
    "financement",
    "contribution",
    "résultat",
    "répartition",
    "obligation",
];

/// Whole figures of a line, each between characters that no name and no other figure has.
fn figures(line: &str) -> Vec<&str> {
    line.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
        .filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

fn reworded(policy: &str, which: usize) -> Option<Reworded> {
    let mut found = Vec::new();
    for block in policy.split("\n\n") {
        let Some((head, body)) = block.split_once('\n') else { continue };
        let Some(kind) = KINDS.iter().find(|kind| head.starts_with(&format!("{kind} "))) else { continue };
        let name = head[kind.len()..].split(" : ").next().unwrap_or_default().trim();
        for line in body.lines().filter(|line| !line.starts_with("  selon ")) {
            for figure in figures(line) {
                if block.matches(figure).count() == 1 {
                    found.push((block, kind, name, figure));
                }
            }
        }
    }
    let (block, kind, name, figure) = *found.get(which.checked_rem(found.len())?)?;
    let raised = (figure.parse::<u32>().ok()? + 1).to_string();
    let (head, body) = block.split_once('\n')?;
    let amended = format!("{head}\n{}", body.replacen(figure, &raised, 1));
    Some(Reworded {
        amendment: format!(
            "avenant 1 à essai « Relèvement »\n  en vigueur depuis le 1er janvier 2025\n\nsource A « Avenant », texte \
             opposable\n\ndans {kind} {name}, remplace « {figure} » par « {raised} »\n  selon A « nouveau »\n"
        ),
        written: policy.replacen(block, &amended, 1),
    })
}

fn decided(policy: &Policy, sample: &Sample) -> Option<Decision> {
    let yaml = sample.dossier.yaml();
    let dossier = dossier::read(yaml.as_bytes(), "essai.yaml", policy).expect("a drawn dossier");
    let request = Request { examined_on: sample.examined_on, readings: Vec::new() };
    conforme::eval::decide(policy, &dossier, &request).ok()
}

/// What differs in substance, as people are told it.
fn differences(before: &Policy, after: &Policy) -> Vec<String> {
    let all = changes(before, after);
    let mut told = Vec::new();
    for change in &all {
        match &change.what {
            What::Renamed(_, details) | What::Changed(details) => {
                let details = details.iter().filter(|detail| detail.is_of_substance());
                told.extend(details.map(|detail| format!("{:?} : {detail:?}", change.subject)));
            }
            // What the amendment rests on.
            What::Added(_) if change.subject.kind == Kind::Source => {}
            What::Added(_) | What::Repealed(_) => told.push(format!("{:?}", change.subject)),
        }
    }
    told.sort();
    told
}

/// What a case shows of each line, of how much that can be.
fn covered(policy: &Policy, decision: Option<Decision>) -> Vec<(String, String, usize, usize)> {
    let mut coverage = Coverage::new(policy);
    coverage.add(&decision.map(|decision| seen(policy, &decision)).unwrap_or_default());
    let lines = coverage.entries().iter().flat_map(|entry| entry.rows.iter().map(move |row| (entry, row)));
    let count =
        |points: &[Point], state| points.iter().filter(|point| coverage.state(point) == state).count();
    lines
        .map(|(entry, row)| {
            let (shown, lacking) = (count(&row.points, State::Shown), count(&row.points, State::Lacking));
            (entry.name.clone(), row.label.clone(), shown, lacking)
        })
        .collect()
}

/// The changes that cases are to notice.
fn mutants(policy: &Policy) -> Vec<(String, String, String)> {
    mutations(&policy.file).into_iter().map(|one| (one.item, one.before, one.after)).collect()
}

#[test]
fn a_figure_that_is_replaced_is_a_figure_that_is_written() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let drawn = prop::collection::vec(any::<u8>(), 0..300);
    let (mut compared, mut changed, mut refused) = (0, 0, 0);
    let rounds = 90;
    for round in 0..rounds {
        let bytes = drawn.new_tree(&mut runner).unwrap().current();
        let sample = sample(&bytes, round % 4);
        let base = check(&SourceFile::new("essai.pol", sample.policy.clone()));
        let (Some(base), Some(reworded)) = (base.policy, reworded(&sample.policy, round)) else { continue };
        let context = || format!("{}\n{}", sample.policy, reworded.amendment);
        let laid_out = conforme::syntax::format(&SourceFile::new("avenant.pol", reworded.amendment.clone()))
            .unwrap_or_else(|wrong| panic!("{}\n{wrong:#?}", context()));
        let again = conforme::syntax::format(&SourceFile::new("avenant.pol", laid_out.clone()));
        assert_eq!(again.as_deref(), Ok(laid_out.as_str()), "laid out already");
        let written = check(&SourceFile::new("essai.pol", reworded.written.clone())).policy;
        for amendment in [&reworded.amendment, &laid_out] {
            let all = history(&[("essai.pol", &sample.policy), ("avenant-1.pol", amendment)]);
            let edition = all.edition_at(day("2025-10-01"), &Sight::default(), &[]).unwrap();
            let made = all.consolidated(&edition);
            let (amended, written) = match (made.policy(), &written) {
                (Ok(amended), Some(written)) => (amended, written),
                (Err(_), None) => {
                    refused += 1;
                    continue;
                }
                (Err(wrong), Some(_)) => panic!("written it is right:\n{}\n{wrong:#?}", context()),
                (Ok(_), None) => panic!("written it is refused:\n{}", context()),
            };
            let before = differences(&base, written);
            assert_eq!(differences(&base, amended), before, "{}", context());
            // Written, the text has no such source.
            let left = differences(written, amended);
            assert_eq!(left, [""; 0], "{}", context());
            let (ours, theirs) = (decided(amended, &sample), decided(written, &sample));
            let brief = |decision: &Option<Decision>| decision.as_ref().map(Brief::of);
            assert_eq!(brief(&ours), brief(&theirs), "{}\n{}", context(), sample.dossier.yaml());
            assert_eq!(covered(amended, ours), covered(written, theirs), "{}", context());
            assert_eq!(mutants(amended), mutants(written), "{}", context());
            compared += 1;
            changed += usize::from(!before.is_empty());
        }
    }
    assert!(compared > rounds / 2 && changed > rounds / 4, "{compared}, {changed}, {refused}");
}
