//! `conforme test --review`: the cases that differ, one by one, approved or not.

use std::io::{self, BufRead};
use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::limits;
use conforme::render::diagnostics::Look;
use conforme::workshop::report::Next;
use conforme::workshop::{Judged, Verdict, report};

use super::accept;
use super::book::Book;
use crate::cli::files::{self, Folder};
use crate::cli::{output, print};

/// What is answered of a case.
enum Answer {
    Accept(Option<String>),
    Refuse(Option<String>),
    Skip,
    Quit,
}

/// What each key does, where a case may be approved.
const KEYS: &str = concat!(
    "  a  approuver : cette décision devient celle qui fait foi\n",
    "  r  refuser : elle n'est pas bonne, le texte ou le dossier est à corriger\n",
    "  p  passer : y revenir une autre fois\n",
    "  t  lire toute la décision\n",
    "  d  lire le dossier\n",
    "  q  quitter : ce qui est approuvé le reste\n",
);

/// Likewise, where it may not.
const FEWER_KEYS: &str = concat!(
    "  p  passer au suivant : celui-ci reste à corriger\n",
    "  t  lire toute la décision\n",
    "  d  lire le dossier\n",
    "  q  quitter : ce qui est approuvé le reste\n",
);

/// Likewise, where there is no decision at all.
const FEWEST_KEYS: &str = concat!(
    "  p  passer au suivant : celui-ci reste à corriger\n",
    "  d  lire le dossier\n",
    "  q  quitter : ce qui est approuvé le reste\n",
);

/// Why it may not, and what to do.
fn barred(case: &Judged, dossier: &str) -> String {
    if case.is_broken() {
        format!("Ce cas ne peut pas être décidé : corriger d'abord {dossier}, ou le texte.")
    } else {
        format!(
            "Ce que le dossier attend n'est pas tenu : aucune approbation n'y peut rien. \
             Corriger le texte, ou « attendu » dans {dossier}."
        )
    }
}

/// Goes through the cases that are not as approved; what went wrong.
pub fn run(folder: &Folder, book: &mut Book, next: &Next) -> Vec<Diagnostic> {
    let look = print::stdout_look();
    let open: Vec<usize> =
        book.judged.iter().enumerate().filter(|(_, case)| !case.passes()).map(|(rank, _)| rank).collect();
    if open.is_empty() && book.orphans.is_empty() {
        if book.judged.is_empty() {
            print::out(&report::summary(&book.judged, &book.orphans, next, look));
        } else {
            print::out("Rien à revoir : tous les cas sont comme approuvés.\n");
        }
        return Vec::new();
    }
    let whole = report::changes(&book.judged, look);
    if !whole.is_empty() {
        print::out(&format!("{whole}\n"));
    }
    let input = io::stdin();
    let mut session = Session { folder, input: input.lock(), look, explained: Vec::new() };
    let (mut accepted, mut skipped) = (0, 0);
    let mut refused = Vec::new();
    for (done, rank) in open.iter().copied().enumerate() {
        let (Some(case), Some(path)) = (book.judged.get(rank), book.dossiers.get(rank)) else { continue };
        print::out(&format!("── {} sur {} ──\n\n", done + 1, open.len()));
        print::out(&report::case(case, look));
        if case.verdict == Verdict::NeverApproved {
            print::out(&format!("\n{}", report::page(&case.text, look)));
        }
        if let Some(reason) = &case.reason {
            print::out(&report::paragraph(&format!("approuvé jusqu'ici parce que : {reason}"), "  ", look));
        }
        print::out("\n");
        let name = case.name.clone();
        match session.ask(case, path) {
            Answer::Accept(reason) => match accept(folder, book, rank, reason.as_deref()) {
                Ok(_) => {
                    accepted += 1;
                    print::out(&format!("approuvé : {name}\n\n"));
                }
                Err(problem) => return vec![problem],
            },
            Answer::Refuse(reason) => {
                print::out(&format!("refusé : {name}\n\n"));
                refused.push((files::shown(path), reason));
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
    for orphan in &book.orphans {
        print::out(&format!("{}\n", report::orphan(orphan, look)));
    }
    print::out(&format!(
        "approuvés : {accepted} · refusés : {} · restent à revoir : {skipped}\n",
        refused.len()
    ));
    for (dossier, reason) in refused {
        let why = reason.map(|reason| format!(" : {reason}")).unwrap_or_default();
        print::out(&report::paragraph(&format!("à corriger, {dossier}{why}"), "  ", look));
    }
    print::out(&report::summary(&book.judged, &book.orphans, next, look));
    Vec::new()
}

/// Questions to a person, and answers.
struct Session<'f, I> {
    folder: &'f Folder,
    input: I,
    look: Look,
    /// The keys that were explained already: each set is, once, and whenever somebody asks.
    explained: Vec<&'static str>,
}

impl<I: BufRead> Session<'_, I> {
    fn ask(&mut self, case: &Judged, path: &Path) -> Answer {
        let may_be_approved = case.may_be_approved();
        let (keys, letters) = match (may_be_approved, case.is_broken()) {
            (true, _) => (KEYS, "a, r, p, t, d ou q"),
            (false, false) => (FEWER_KEYS, "p, t, d ou q"),
            (false, true) => (FEWEST_KEYS, "p, d ou q"),
        };
        let barred = report::paragraph(&barred(case, &files::shown(path)), "", self.look);
        if !may_be_approved {
            print::out(&format!("{barred}\n"));
        }
        if !self.explained.contains(&keys) {
            self.explained.push(keys);
            print::out(keys);
        }
        loop {
            let prompt = format!("{letters}, puis Entrée (? : ce que fait chaque lettre) : ");
            let Some(answer) = self.line(&prompt) else { return Answer::Quit };
            match answer.to_lowercase().as_str() {
                "a" | "approuver" | "r" | "refuser" if !may_be_approved => print::out(&barred),
                "a" | "approuver" => {
                    return Answer::Accept(self.reason("La raison est gardée avec la décision"));
                }
                "r" | "refuser" => return Answer::Refuse(self.reason("La raison est rappelée à la fin")),
                "p" | "passer" => return Answer::Skip,
                "t" if !case.is_broken() => {
                    print::out(&format!("\n{}\n", report::page(&case.text, self.look)))
                }
                "d" => match self.folder.read(path, limits::DOSSIER_BYTES) {
                    Ok(bytes) => print::out(&format!("\n{}\n", String::from_utf8_lossy(&bytes))),
                    Err(problem) => output::problems(&[problem]),
                },
                "q" | "quitter" => return Answer::Quit,
                "?" | "" => print::out(keys),
                other => {
                    let said = format!("« {other} » n'est pas une réponse possible.");
                    print::out(&format!("{}{keys}", report::paragraph(&said, "", self.look)));
                }
            }
        }
    }

    fn reason(&mut self, kept: &str) -> Option<String> {
        self.line(&format!("Pourquoi ? {kept} (Entrée : sans raison) : ")).filter(|reason| !reason.is_empty())
    }

    /// A line that is typed; `None` at the end of the input.
    fn line(&mut self, prompt: &str) -> Option<String> {
        print::out(prompt);
        let mut typed = String::new();
        match self.input.read_line(&mut typed) {
            Ok(0) | Err(_) => {
                print::out("\n");
                None
            }
            Ok(_) => Some(typed.trim().to_owned()),
        }
    }
}
