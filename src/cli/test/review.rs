//! `conforme test --review`: the cases that differ, one by one, approved or not.

use std::io::{self, BufRead, Write as _};

use conforme::diagnostic::Diagnostic;
use conforme::workshop::{Verdict, report};

use super::accept;
use super::book::Book;
use crate::cli::print;

/// What is answered of a case.
enum Answer {
    Accept(Option<String>),
    Refuse(Option<String>),
    Skip,
    Quit,
}

const KEYS: &str = "\
  a  approuver : cette décision devient celle qui fait foi
  r  refuser : elle n'est pas bonne, le texte ou le dossier est à corriger
  p  passer : y revenir une autre fois
  t  lire toute la décision
  q  quitter : ce qui est approuvé le reste
";

/// Goes through the cases that may be approved; what went wrong.
pub fn run(book: &mut Book) -> Vec<Diagnostic> {
    let open: Vec<usize> =
        book.judged.iter().enumerate().filter(|(_, case)| !case.passes()).map(|(rank, _)| rank).collect();
    if open.is_empty() && book.orphans.is_empty() {
        print::out("Rien à revoir : tous les cas sont comme approuvés.\n");
        return Vec::new();
    }
    let input = io::stdin();
    let mut input = input.lock();
    let (mut accepted, mut skipped) = (0, 0);
    let mut refused = Vec::new();
    for (done, rank) in open.iter().copied().enumerate() {
        let Some(case) = book.judged.get(rank) else { continue };
        print::out(&format!("── {} sur {} ──\n\n", done + 1, open.len()));
        print::out(&report::case(case, print::stdout_look()));
        if case.verdict == Verdict::NeverApproved {
            print::out(&format!("\n{}", case.text));
        }
        print::out("\n");
        if !case.may_be_approved() {
            let why = if case.is_broken() {
                "Ce cas ne peut pas être décidé : le corriger d'abord."
            } else {
                "Ce que le dossier attend n'est pas tenu : aucune approbation n'y peut rien. \
                 Corriger le texte, ou « attendu » dans le dossier."
            };
            print::out(&format!("{why}\n\n"));
            skipped += 1;
            continue;
        }
        let (name, text) = (case.name.clone(), case.text.clone());
        match ask(&mut input, &text) {
            Answer::Accept(reason) => match accept(book, rank, reason.as_deref()) {
                Ok(_) => {
                    accepted += 1;
                    print::out(&format!("approuvé : {name}\n\n"));
                }
                Err(problem) => return vec![problem],
            },
            Answer::Refuse(reason) => {
                print::out(&format!("refusé : {name}\n\n"));
                refused.push((name, reason));
            }
            Answer::Skip => {
                skipped += 1;
                print::out("\n");
            }
            Answer::Quit => {
                skipped += open.len() - done;
                break;
            }
        }
    }
    print::out(&format!(
        "approuvés : {accepted} · refusés : {} · restent à revoir : {skipped}\n",
        refused.len()
    ));
    for (name, reason) in refused {
        let why = reason.map(|reason| format!(" : {reason}")).unwrap_or_default();
        print::out(&format!("  à corriger, {name}{why}\n"));
    }
    print::out(&report::summary(&book.judged, &book.orphans));
    Vec::new()
}

fn ask(input: &mut impl BufRead, text: &str) -> Answer {
    print::out(KEYS);
    loop {
        let Some(answer) = line(input, "a, r, p, t ou q, puis Entrée : ") else { return Answer::Quit };
        match answer.to_lowercase().as_str() {
            "a" | "approuver" => {
                let reason =
                    line(input, "Pourquoi ? La raison est gardée avec la décision (Entrée : sans raison) : ");
                return Answer::Accept(reason.filter(|reason| !reason.is_empty()));
            }
            "r" | "refuser" => {
                let reason =
                    line(input, "Pourquoi ? La raison est rappelée à la fin (Entrée : sans raison) : ");
                return Answer::Refuse(reason.filter(|reason| !reason.is_empty()));
            }
            "p" | "passer" => return Answer::Skip,
            "t" => print::out(&format!("\n{text}\n")),
            "q" | "quitter" => return Answer::Quit,
            other => print::out(&format!("« {other} » n'est pas une réponse possible.\n{KEYS}")),
        }
    }
}

/// A line that is typed; `None` at the end of the input.
fn line(input: &mut impl BufRead, prompt: &str) -> Option<String> {
    print::out(prompt);
    let _ = io::stdout().flush();
    let mut typed = String::new();
    match input.read_line(&mut typed) {
        Ok(0) | Err(_) => {
            print::out("\n");
            None
        }
        Ok(_) => Some(typed.trim().to_owned()),
    }
}
