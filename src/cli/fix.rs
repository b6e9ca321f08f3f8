//! `conforme fix`: the remedies of messages, made on request: one by one, or all that leave nothing to choose.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::path::Path;
use std::sync::Arc;

use conforme::diagnostic::{Diagnostic, Remedy};
use conforme::editor::applied;
use conforme::render::diagnostics;
use conforme::source::{SourceFile, Span};
use conforme::wording::french::several;

use super::args::Fix;
use super::{TO_CORRECT, check, files, fmt, output, print};

/// So many times texts are checked again after changes: one remedy may make room for another.
const ROUNDS: usize = 10;

/// Shows the remedies, or makes them.
pub fn run(args: &Fix) -> u8 {
    if args.paths.iter().any(|path| files::is_stdin(path)) {
        let refused = Diagnostic::error(
            "fichier-attendu",
            "attendu des fichiers ; l'entrée standard ne se corrige pas",
        );
        output::problems(&[refused]);
        return TO_CORRECT;
    }
    let made = if args.review {
        review(args)
    } else if args.accept {
        accept(args)
    } else {
        Ok(0)
    };
    let made = match made {
        Ok(made) => made,
        Err(problem) => {
            output::problems(&[problem]);
            return TO_CORRECT;
        }
    };
    let (_, left) = check::found(&args.paths, false);
    let with: Vec<&Diagnostic> = left.iter().filter(|one| !one.remedies.is_empty()).collect();
    if !args.review {
        with.iter().for_each(|one| print::out(&told(one)));
    }
    let unread = left.iter().any(|one| one.is_error() && one.labels.is_empty());
    if unread {
        output::problems(&left.iter().filter(|one| one.labels.is_empty()).cloned().collect::<Vec<_>>());
    }
    print::out(&summary(made, with.len(), args));
    if unread { TO_CORRECT } else { u8::from(!with.is_empty()) }
}

/// A message with what may be done about it.
fn told(one: &Diagnostic) -> String {
    let look = print::stdout_look();
    let mut out =
        format!("{}\n", diagnostics::text_with(&[Diagnostic { help: None, ..one.clone() }], look).trim_end());
    for (rank, remedy) in one.remedies.iter().enumerate() {
        let choice = if one.remedies.len() > 1 { format!("{}. ", rank + 1) } else { String::new() };
        out.push_str(&format!("  {choice}{}\n{}", remedy.label, diagnostics::remedy(remedy, look)));
    }
    out.push('\n');
    out
}

fn summary(made: usize, left: usize, args: &Fix) -> String {
    let done = match made {
        0 => String::new(),
        made => format!("{} ; ", several(made, "changement fait", "changements faits")),
    };
    match left {
        0 => format!("{done}rien à changer\n"),
        left if args.accept || args.review => {
            format!(
                "{done}{}\n",
                several(left, "message demande de choisir", "messages demandent de choisir")
            )
        }
        left => format!(
            "{}\nPour le faire : « conforme fix --accept » ; un à un : « conforme fix --review »\n",
            several(left, "message a un remède", "messages ont un remède")
        ),
    }
}

/// Makes what leaves nothing to choose, until nothing of the kind is left.
fn accept(args: &Fix) -> Result<usize, Diagnostic> {
    let mut made = 0;
    for _ in 0..ROUNDS {
        let (_, found) = check::found(&args.paths, false);
        let sure = found.iter().filter_map(|one| match one.remedies.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        let done = make(sure)?;
        if done == 0 {
            break;
        }
        made += done;
    }
    Ok(made)
}

/// Asks of each message what to do.
fn review(args: &Fix) -> Result<usize, Diagnostic> {
    let (mut made, mut passed) = (0, Vec::new());
    let mut lines = io::stdin().lock().lines();
    loop {
        let (_, found) = check::found(&args.paths, false);
        let key = |one: &Diagnostic| {
            (one.code, one.message.clone(), one.labels.first().map(|label| label.file.name().to_owned()))
        };
        let next = found.into_iter().find(|one| !one.remedies.is_empty() && !passed.contains(&key(one)));
        let Some(one) = next else { return Ok(made) };
        print::out(&told(&one));
        let numbers =
            if one.remedies.len() > 1 { format!("1 à {}", one.remedies.len()) } else { "o".to_owned() };
        print::out(&format!("Faire ce changement ? {numbers} : oui ; n : non ; q : quitter\n> "));
        let Some(Ok(answer)) = lines.next() else { return Ok(made) };
        let chosen = match answer.trim() {
            "q" => return Ok(made),
            "o" => one.remedies.first().filter(|_| one.remedies.len() == 1),
            number => number.parse::<usize>().ok().and_then(|rank| one.remedies.get(rank.checked_sub(1)?)),
        };
        match chosen {
            Some(remedy) => made += make([remedy])?,
            None => passed.push(key(&one)),
        }
    }
}

/// A file with what is changed in it.
type Edited = (Arc<SourceFile>, Vec<(Span, String)>);

/// Makes these changes, but for those that would touch others; how many remedies were made.
fn make<'r>(remedies: impl IntoIterator<Item = &'r Remedy>) -> Result<usize, Diagnostic> {
    let mut by_file: BTreeMap<String, Edited> = BTreeMap::new();
    let mut made = 0;
    for remedy in remedies {
        let fits = remedy.edits.iter().all(|edit| {
            let taken = by_file.get(edit.file.path()).map_or(&[][..], |(_, edits)| edits.as_slice());
            taken.iter().all(|(span, _)| edit.span.end < span.start || span.end < edit.span.start)
        });
        if !fits || remedy.edits.is_empty() {
            continue;
        }
        for edit in &remedy.edits {
            let of_file = || (Arc::clone(&edit.file), Vec::new());
            by_file
                .entry(edit.file.path().to_owned())
                .or_insert_with(of_file)
                .1
                .push((edit.span, edit.text.clone()));
        }
        made += 1;
    }
    for (path, (file, edits)) in by_file {
        let Some(text) = applied(file.text(), &edits) else { continue };
        fmt::replace(Path::new(&path), &text).map_err(|error| files::unreadable(&path, &error))?;
    }
    Ok(made)
}
