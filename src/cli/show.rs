//! `conforme show`: the consolidated text of a day, or the page on which it is reviewed.

use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::pages::{CaseTold, PolicyPage};
use conforme::policy::Policy;
use conforme::wording::{French, Wording};

use super::args::{PaperFormat, Show};
use super::catalogue::Wanted;
use super::test::book::{self, Desk, Found};
use super::{TO_CORRECT, decide, output, print};

/// Prints the text, or its page.
pub fn run(args: &Show) -> u8 {
    match text(args) {
        Ok(text) => {
            let mut out = output::Out::to(args.output.as_deref());
            out.put(text);
            match out.close() {
                Ok(()) => 0,
                Err(problem) => told(&[problem]),
            }
        }
        Err(problems) => told(&problems),
    }
}

fn told(problems: &[Diagnostic]) -> u8 {
    output::problems(problems);
    TO_CORRECT
}

fn text(args: &Show) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let format = PaperFormat::asked(args.format, args.output.as_deref());
    let mut wrong = Vec::new();
    let on = decide::date(args.on.as_deref(), &mut wrong);
    let since = decide::date(args.since.as_deref(), &mut wrong);
    let sight = args.seen.sight(&mut wrong);
    if since.is_some() && format.is_none() {
        wrong.push(
            Diagnostic::error("forme-impossible", "« --since » ne va qu'avec la page d'un texte")
                .help("ajouter « --format html » ; ou comparer les deux textes : conforme diff"),
        );
    }
    let shown = format.map(PaperFormat::of_decision);
    wrong.extend(
        shown.and_then(|shown| output::unshowable(shown, args.output.is_some(), print::to_terminal())),
    );
    let asked = args.format.map(PaperFormat::of_decision);
    let page = args.output.as_deref().filter(|path| !is_text(path));
    if let Some(mut problem) = page.and_then(|path| output::misnamed(path, asked, &PaperFormat::ALL)) {
        if let Some(help) = problem.help.as_mut().filter(|_| asked.is_none()) {
            help.push_str(" ; le texte lui-même s'écrit sous un nom en « .pol »");
        }
        wrong.push(problem);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let wanted = Wanted::find(&args.policy, &args.place.policies)?;
    let history = wanted.history()?;
    let edition = history.edition_at(wanted.day(on)?, &sight, &args.with)?;
    let Some(format) = format else { return history.show(&edition).map(String::into_bytes) };
    let policy = history.consolidated(&edition).policy()?;
    let before = match since {
        Some(day) => Some((day, history.at(day, &sight)?.policy()?)),
        None => None,
    };
    let named = before.map(|(day, policy)| (format!("le {}", French::default().date(day)), policy));
    let desk =
        book::open(&[args.policy.split('@').next().unwrap_or_default().to_owned()], &args.place.policies)?;
    let cases = cases(&desk, policy)?;
    let told: Vec<CaseTold<'_>> = cases
        .iter()
        .filter_map(|found| {
            let case = found.case.as_ref().ok()?;
            Some(CaseTold { name: &found.name, policy: case.policy, decision: &case.decision })
        })
        .collect();
    let page = PolicyPage {
        history,
        policy,
        sight,
        cases: &told,
        since: named.as_ref().map(|(name, policy)| (name.as_str(), *policy)),
        lang: args.lang.into(),
    };
    Ok(match format {
        PaperFormat::Html => page.html().into_bytes(),
        PaperFormat::Markdown => page.markdown().into_bytes(),
        #[cfg(feature = "docx")]
        PaperFormat::Docx => page.docx(),
    })
}

/// Whether a file of this name holds a text as authors write it.
fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "pol" || ending == "txt")
}

/// The cases that are decided under a version of the policy.
fn cases<'d>(desk: &'d Desk, policy: &Policy) -> Result<Vec<Found<'d>>, Vec<Diagnostic>> {
    let found = desk.cases(&policy.id).map_err(|problem| vec![problem])?;
    let of_version =
        |found: &Found<'_>| found.case.as_ref().is_ok_and(|case| case.policy.sha256 == policy.sha256);
    Ok(found.into_iter().filter(of_version).collect())
}
