//! `conforme watch`: at each save, what is wrong with the texts and their cases.

pub(crate) mod files;
mod screen;

use std::time::Duration;

use self::files::Seen;
use self::screen::Watch;
use super::args::Watch as Args;
use super::{TO_CORRECT, output, print};

/// How often files are looked at. Asking the system to tell of changes would be quicker by less than a
/// blink, and is not to be relied on where folders are shared over a network.
const EVERY: Duration = Duration::from_millis(50);

/// How long files must stay as they are before they are read: an editor saves in several steps.
const SETTLED: Duration = Duration::from_millis(20);

/// Watches until the command is stopped, or nobody reads what it says any more.
pub fn run(args: &Args) -> u8 {
    let look = print::stdout_look();
    let mut watch = match Watch::new(&args.paths, look) {
        Ok(watch) => watch,
        Err(problems) => {
            output::problems(&problems);
            return TO_CORRECT;
        }
    };
    let mut seen = Seen::of(watch.roots());
    let mut screen = watch.everything();
    let terminal = print::terminal_rows();
    loop {
        let text = match terminal {
            Some(_) => format!("{CLEAR}{}", screen.cut(print::terminal_rows())),
            None => format!("{}\n", screen.cut(None)),
        };
        if !print::try_out(&text) {
            return 0;
        }
        let changed = loop {
            std::thread::sleep(EVERY);
            let changed = settled(&mut seen, &watch);
            if !changed.is_empty() {
                break changed;
            }
        };
        screen = watch.after(&changed);
    }
}

/// Clears the terminal, what was scrolled away included, and goes back to its first line.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// The files that changed since they were last seen, once no more of them change.
fn settled(seen: &mut Seen, watch: &Watch) -> Vec<std::path::PathBuf> {
    let mut now = Seen::of(watch.roots());
    if now == *seen {
        return Vec::new();
    }
    loop {
        std::thread::sleep(SETTLED);
        let later = Seen::of(watch.roots());
        if later == now {
            break;
        }
        now = later;
    }
    let changed = seen.changed(&now);
    *seen = now;
    changed
}
