//! `conforme test`: every case against the decision that was approved of it.

pub mod book;
pub mod coverage;
pub mod mutate;
mod review;

use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::workshop::{Judged, approved, json, junit, report};

use self::book::Book;
use super::args::{Test, TestFormat};
use super::files::{self, Folder};
use super::{TO_CORRECT, output, print};

/// Decides every case of the policies that are asked for.
pub fn run(args: &Test) -> u8 {
    if args.format == TestFormat::Html && !args.coverage {
        output::problems(&[Diagnostic::error(
            "forme-impossible",
            "« --format html » ne va qu'avec « --coverage »",
        )
        .help("attendu : text ou json")]);
        return TO_CORRECT;
    }
    let desk = match book::open(&args.wanted, &args.place.policies) {
        Ok(desk) => desk,
        Err(problems) => {
            output::problems(&problems);
            return TO_CORRECT;
        }
    };
    if args.coverage {
        return coverage::run(&desk, args.format);
    }
    if args.mutate {
        return mutate::run(&desk, args.format, args.budget);
    }
    let mut book = desk.book();
    output::problems(&book.problems());
    let next = desk.next();
    if args.review {
        return code(&review::run(desk.folder(), &mut book, &next), &book);
    }
    let mut written = Vec::new();
    if args.accept {
        for rank in 0..book.judged.len() {
            match accept(desk.folder(), &mut book, rank, None) {
                Ok(true) => written
                    .extend(book.judged.get(rank).map(|case| format!("{} · {}", case.policy, case.name))),
                Ok(false) => {}
                Err(problem) => {
                    output::problems(&[problem]);
                    return TO_CORRECT;
                }
            }
        }
    }
    if let Some(path) = &args.junit
        && let Err(problem) = write_junit(&book, path)
    {
        output::problems(&[problem]);
        return TO_CORRECT;
    }
    match args.format {
        TestFormat::Json => print::out(&format!("{}\n", json::report(&book.judged, &book.orphans))),
        TestFormat::Text | TestFormat::Html => {
            for name in &written {
                print::out(&format!("approuvé : {name}\n"));
            }
            print::out(&report::cases(&book.judged, &book.orphans, &next, print::stdout_look()));
            if let Some(path) = &args.junit {
                print::out(&format!("Rapport JUnit : {}\n", files::shown(path)));
            }
        }
    }
    code(&[], &book)
}

/// 0: all as approved; 1: differences; 2: something is to be corrected.
fn code(problems: &[Diagnostic], book: &Book) -> u8 {
    output::problems(problems);
    if !problems.is_empty() || !book.problems().is_empty() || book.judged.iter().any(Judged::is_broken) {
        return TO_CORRECT;
    }
    u8::from(!book.orphans.is_empty() || !book.judged.iter().all(Judged::passes))
}

/// Approves a case as it is decided now, where it may be. Whether it was.
fn accept(folder: &Folder, book: &mut Book, rank: usize, reason: Option<&str>) -> Result<bool, Diagnostic> {
    let (Some(case), Some(path)) = (book.judged.get_mut(rank), book.approved.get(rank)) else {
        return Ok(false);
    };
    if !case.may_be_approved() {
        return Ok(false);
    }
    folder.write(path, &approved::with_reason(&case.text, reason))?;
    case.approve(reason);
    Ok(true)
}

fn write_junit(book: &Book, path: &Path) -> Result<(), Diagnostic> {
    let report = junit::report(&book.policies, &book.judged, &book.orphans)
        .ok_or_else(|| Diagnostic::error("rapport-impossible", "le rapport JUnit ne peut pas être écrit"))?;
    files::write(path, &report)
}
