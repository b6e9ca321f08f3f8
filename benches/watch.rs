//! How long after a save `conforme watch` says what is wrong, or that all is well: from the save of `ess.pol`
//! to the last line of the screen, with its quotations and cases. Once for its folder alone, as its author
//! watches it; once for all policies of this project.
//!
//! `cargo bench --bench watch` prints it; nothing fails where it is slow.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a measure says so when it fails

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const AIM: Duration = Duration::from_millis(300);

fn main() {
    // `--test` only tries that it runs.
    let saves = if std::env::args().any(|argument| argument == "--bench") { 20 } else { 1 };
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("policies"), folder.path());
    println!("from a save to the screen; aim for ess: {} ms at most", AIM.as_millis());
    for (what, watched) in [("ess", folder.path().join("ess")), ("all policies", folder.path().to_owned())] {
        measure(what, &watched, &folder.path().join("ess/ess.pol"), saves);
    }
}

/// Saves a policy again and again while a folder is watched.
fn measure(what: &str, watched: &Path, policy: &Path, saves: usize) {
    let text = fs::read_to_string(policy).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_conforme"))
        .arg("watch")
        .arg(watched)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    // Piped, a screen ends with an empty line.
    let mut screen = || lines.by_ref().take_while(|line| !line.is_empty()).last();
    let first = screen().unwrap();
    let mut times: Vec<Duration> = (0..saves)
        .map(|save| {
            let start = Instant::now();
            fs::write(policy, format!("{text}# {save}\n")).unwrap();
            assert_eq!(screen().as_deref(), Some(&*first));
            start.elapsed()
        })
        .collect();
    child.kill().unwrap();
    child.wait().unwrap();
    times.sort_unstable();
    println!(
        "{what:<14} median {:>4} ms   longest {:>4} ms   {first}",
        times[times.len() / 2].as_millis(),
        times[times.len() - 1].as_millis(),
    );
    fs::write(policy, text).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
