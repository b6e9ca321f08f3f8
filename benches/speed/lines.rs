//! The command on many dossiers of one file, on one core and on all.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{MEMBERS, dossier, native};

/// So many dossiers are decided.
const LINES: usize = 10_000;

/// Prints what a dossier of such a file costs.
pub fn print() {
    println!("\n  the command, {LINES} dossiers in JSON Lines: µs each");
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    for explain in ["none", "brief"] {
        let all = each(explain, None);
        match each(explain, Some("0")).zip(all) {
            Some((one, all)) => {
                println!(
                    "    --explain {explain}: one core {one:.0} · {cores} cores {all:.0} · {:.2} ×",
                    one / all
                );
            }
            None => println!("    --explain {explain}: not measured, for want of taskset"),
        }
    }
}

/// The quickest of three runs on these cores, or on all; nothing, where cores cannot be chosen.
fn each(explain: &str, cores: Option<&str>) -> Option<f64> {
    let folder = tempfile::tempdir().ok()?;
    let path = folder.path().join("dossiers.jsonl");
    fs::write(&path, format!("{}\n", dossier::json(MEMBERS)).repeat(LINES)).ok()?;
    let run = || {
        let exe = env!("CARGO_BIN_EXE_conforme");
        let mut command = match cores {
            Some(cores) => {
                let mut command = Command::new("taskset");
                command.args(["-c", cores, exe]);
                command
            }
            None => Command::new(exe),
        };
        command.arg("decide").arg(&path).args(["--explain", explain, "--policies"]);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/policies"));
        for (reading, option) in native::READINGS {
            command.arg("--reading").arg(format!("{reading}={option}"));
        }
        let start = Instant::now();
        let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
        (done.code() == Some(0)).then(|| start.elapsed().as_secs_f64() * 1e6 / LINES as f64)
    };
    let times: Option<Vec<f64>> = (0..3).map(|_| run()).collect();
    times?.into_iter().reduce(f64::min)
}
