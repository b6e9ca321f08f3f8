//! `conforme history`: the texts of a policy on a line of time.

use conforme::diagnostic::Diagnostic;
use conforme::render;
use conforme::render::diagnostics::Look;
use conforme::render::text::TextOptions;

use super::args::{DecisionFormat, HistoryOf};
use super::catalogue::Wanted;
use super::{TO_CORRECT, output, print};

/// Prints the history.
pub fn run(args: &HistoryOf) -> u8 {
    match said(args) {
        Ok(said) => {
            print::bytes(&said);
            0
        }
        Err(problems) => {
            output::problems(&problems);
            TO_CORRECT
        }
    }
}

fn said(args: &HistoryOf) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let sight = args.seen.sight(&mut wrong);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    output::shown_here(args.answer.format())?;
    let wanted = Wanted::find(&args.policy, &args.place.policies)?;
    let history = wanted.history()?;
    let lang = args.answer.lang.into();
    let text = match args.answer.format() {
        DecisionFormat::Text => {
            let Look { width, colour, .. } = print::stdout_look();
            render::history::text(
                history,
                &sight,
                &TextOptions { width, colour, lang, ..TextOptions::default() },
            )
        }
        DecisionFormat::Json => format!("{}\n", render::history::json(history, &sight, lang)),
        DecisionFormat::Yaml => render::yaml::from_json(&render::history::json(history, &sight, lang)),
        DecisionFormat::Markdown => render::history::markdown(history, &sight, lang),
        DecisionFormat::Html => render::history::html(history, &sight, lang),
        #[cfg(feature = "docx")]
        DecisionFormat::Docx => return Ok(render::history::docx(history, &sight, lang)),
    };
    Ok(text.into_bytes())
}
