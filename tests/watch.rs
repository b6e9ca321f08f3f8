//! `conforme watch` as an author has it beside an editor: a file is saved, the screen says what is wrong.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A small policy: one fact, one criterion.
const POLICY: &str = include_str!("support/majorite.pol");

/// Longer than any machine takes: what is tested is that the screen comes, not when.
const PATIENCE: Duration = Duration::from_secs(120);

/// A command that is watching; stopped at the end, however the test ends.
struct Watching {
    child: Child,
    screens: Receiver<String>,
    shown: String,
}

impl Watching {
    fn start(folder: &Path) -> Watching {
        let mut child = Command::new(env!("CARGO_BIN_EXE_conforme"))
            .arg("watch")
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let (sender, screens) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = stdout.read(&mut bytes) {
                if sender.send(String::from_utf8_lossy(&bytes[..length]).into_owned()).is_err() {
                    break;
                }
            }
        });
        Watching { child, screens, shown: String::new() }
    }

    /// What was shown since the last time, once it holds some words.
    fn until(&mut self, words: &str) -> String {
        let start = Instant::now();
        while !self.shown.contains(words) {
            let left = PATIENCE.saturating_sub(start.elapsed());
            match self.screens.recv_timeout(left) {
                Ok(more) => self.shown.push_str(&more),
                Err(_) => panic!("« {words} » awaited in vain; shown:\n{}", self.shown),
            }
        }
        std::mem::take(&mut self.shown)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_saved_file_gives_a_new_screen() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("essai.pol");
    fs::write(&file, POLICY).unwrap();
    let mut watching = Watching::start(folder.path());
    assert_eq!(watching.until("vérifié\n").trim_end(), "tout va bien : 1 texte vérifié");

    fs::write(&file, POLICY.replace("exige âge", "exige agé")).unwrap();
    let screen = watching.until("1 erreur\n");
    assert!(screen.contains("nom inconnu : « agé »"), "{screen}");
    assert!(!screen.contains("tout va bien"), "{screen}");

    // As many editors save: beside the file, then in its place.
    let beside = folder.path().join("essai.pol~");
    fs::write(&beside, POLICY).unwrap();
    fs::rename(&beside, &file).unwrap();
    watching.until("tout va bien : 1 texte vérifié\n");
}

#[test]
fn what_is_not_there_is_not_watched() {
    let output = Command::new(env!("CARGO_BIN_EXE_conforme")).args(["watch", "absent"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("ou un dispositif connu ; lu « absent »"), "{said}");
    assert!(output.stdout.is_empty());
}
