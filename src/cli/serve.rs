//! `conforme serve`: the pages, on this machine.

use std::io;
use std::sync::Arc;

use conforme::diagnostic::Diagnostic;
use conforme::limits;
use conforme::pages::Shelf;

use super::args::Serve;
use super::files::{self, Folder};
use super::{TO_CORRECT, clock, output, print};
use crate::serve::{self, Served};

/// What pages are made of, by the ends of names.
const KINDS: [&str; 5] = ["pol", "yaml", "yml", "json", "txt"];

/// Serves the pages until it is interrupted.
pub fn run(args: &Serve) -> u8 {
    let shelf = match shelf(args) {
        Ok(shelf) => Arc::new(shelf),
        Err(problem) => {
            output::problems(&[problem]);
            return TO_CORRECT;
        }
    };
    output::problems(shelf.lost());
    let told = |address| {
        print::out(&format!("Les pages sont à l'adresse http://{address}/\nCtrl-C pour arrêter.\n"));
    };
    match serve::run(Served { shelf, today: clock::today }, args.port, told) {
        Ok(()) => 0,
        Err(error) => {
            output::problems(&[unheard(args.port, &error)]);
            TO_CORRECT
        }
    }
}

/// The files of the folder, in memory.
fn shelf(args: &Serve) -> Result<Shelf, Diagnostic> {
    let root = &args.place.policies;
    let nowhere = |error: Diagnostic| {
        error.help("« --policies RÉPERTOIRE » dit où sont les textes (à défaut « policies/ »)")
    };
    let folder = Folder::open(root).map_err(nowhere)?;
    let mut all = Vec::new();
    for path in folder.files_below(root, &KINDS).map_err(nowhere)? {
        all.push((files::relative(&path, root), folder.read(&path, limits::SOURCE_BYTES)?));
    }
    Ok(Shelf::new(all))
}

/// Why a port is not listened to, and what to do about it.
fn unheard(port: u16, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            Diagnostic::error("port-pris", format!("le port {port} est déjà pris par un autre programme"))
                .help("en choisir un autre, par exemple --port 4748 ; --port 0 prend un port libre")
        }
        io::ErrorKind::PermissionDenied => {
            Diagnostic::error("port-refuse", format!("le port {port} est réservé à l'administrateur"))
                .help("en choisir un au-dessus de 1024, par exemple --port 4747")
        }
        _ => Diagnostic::error("port-muet", format!("le port {port} ne peut être écouté : {error}"))
            .help("en choisir un autre, par exemple --port 4748"),
    }
}
