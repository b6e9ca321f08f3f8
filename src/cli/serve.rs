//! `conforme serve`: the pages, on this machine.

use std::io;
use std::sync::Arc;

use conforme::diagnostic::Diagnostic;

use super::args::Serve;
use super::{TO_CORRECT, clock, output, print, shelf};
use crate::serve::{self, Served};

/// Serves the pages until it is interrupted.
pub fn run(args: &Serve) -> u8 {
    let shelf = match shelf::open(&args.place.policies) {
        Ok(shelf) => Arc::new(shelf),
        Err(problem) => {
            let help = "« --policies RÉPERTOIRE » dit où sont les textes (à défaut « policies/ »)";
            output::problems(&[problem.help(help)]);
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
