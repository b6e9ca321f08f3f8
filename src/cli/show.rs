//! `conforme show`: the consolidated text of a day.

use conforme::diagnostic::Diagnostic;

use super::args::Show;
use super::catalogue::Wanted;
use super::{TO_CORRECT, decide, output, print};

/// Prints the text.
pub fn run(args: &Show) -> u8 {
    match text(args) {
        Ok(text) => {
            print::out(&text);
            0
        }
        Err(problems) => {
            output::problems(&problems);
            TO_CORRECT
        }
    }
}

fn text(args: &Show) -> Result<String, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let on = decide::date(args.on.as_deref(), &mut wrong);
    let sight = args.seen.sight(&mut wrong);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let wanted = Wanted::find(&args.policy, &args.place.policies)?;
    let history = wanted.history()?;
    let edition = history.edition_at(wanted.day(on)?, &sight, &args.with)?;
    history.show(&edition)
}
