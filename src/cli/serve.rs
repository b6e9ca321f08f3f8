//! `conforme serve`: the pages and the API, on this machine or, with tokens, for others.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use conforme::diagnostic::Diagnostic;

use super::args::Serve;
use super::watch::files::Seen;
use super::{TO_CORRECT, clock, output, print, shelf};
use crate::serve::{self, Bounds, Served, Tokens};

/// Bytes that all bodies may take at once.
const MEMORY: usize = 256 << 20;

/// Serves until it is interrupted.
pub fn run(args: &Serve) -> u8 {
    let served = match served(args) {
        Ok(served) => served,
        Err(problems) => {
            output::problems(&problems);
            return TO_CORRECT;
        }
    };
    output::problems(served.shelf.lost());
    let open = !serve::is_local(args.address);
    let told = move |address: SocketAddr| {
        print::out(&format!("Les pages sont à l'adresse http://{address}/\nCtrl-C pour arrêter.\n"));
        if open {
            print::err(CLEAR);
        }
    };
    match serve::run(served, told) {
        Ok(()) => 0,
        Err(error) => {
            output::problems(&[unheard(args, &error)]);
            TO_CORRECT
        }
    }
}

/// What is said where others than this machine are answered.
const CLEAR: &str = "Attention : sur le réseau, demandes et réponses passent en clair, jetons compris ; placer devant le \
                     service un serveur mandataire qui chiffre (TLS).\n";

fn served(args: &Serve) -> Result<Served, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let tokens = match args.tokens.as_deref().map(Tokens::open).transpose() {
        Ok(tokens) => tokens,
        Err(problems) => {
            wrong.extend(problems);
            None
        }
    };
    #[cfg(feature = "register")]
    let register = match args.register.as_deref().map(serve::Register::open).transpose() {
        Ok(register) => register,
        Err(failure) => {
            let shown = args.register.as_deref().map(super::files::shown).unwrap_or_default();
            wrong.push(failure.told(&shown));
            None
        }
    };
    if !serve::is_local(args.address) {
        wrong.extend(open_to_all(args));
    }
    wrong.extend(args.origins.iter().filter_map(|origin| no_origin(origin)));
    let root = &args.place.policies;
    let seen = Seen::of([root.as_path()]);
    let shelf = match shelf::open(root) {
        Ok(shelf) if wrong.is_empty() => shelf,
        Ok(_) => return Err(wrong),
        Err(problem) => {
            let help = "« --policies RÉPERTOIRE » dit où sont les textes (à défaut « policies/ »)";
            wrong.push(problem.help(help));
            return Err(wrong);
        }
    };
    let bounds = Bounds {
        requests: args.requests.into(),
        streams: args.requests.div_ceil(4).into(),
        connections: args.connections,
        memory: MEMORY,
        patience: Duration::from_secs(args.patience),
    };
    Ok(Served {
        shelf,
        folder: (root.clone(), seen),
        today: clock::today,
        address: SocketAddr::new(args.address, args.port),
        hosts: args.hosts.clone(),
        origins: args.origins.clone(),
        tokens,
        #[cfg(feature = "register")]
        register,
        logs: args.log,
        bounds,
    })
}

/// What is missing where others than this machine are to be answered.
fn open_to_all(args: &Serve) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let address = args.address;
    if args.tokens.is_none() {
        let message = format!("à l'adresse {address}, n'importe qui pourrait interroger le service");
        let help =
            "« --tokens FICHIER » dit qui le peut ; à défaut, le service ne répond qu'à cet ordinateur";
        wrong.push(Diagnostic::error("jetons-absents", message).help(help));
    }
    if address.is_unspecified() && args.hosts.is_empty() {
        let message = format!("l'adresse {address} ne dit pas sous quel nom le service est appelé");
        let help = "« --host NOM » le dit, par exemple --host conforme.agence.example";
        wrong.push(Diagnostic::error("nom-absent", message).help(help));
    }
    wrong
}

/// What is no site.
fn no_origin(origin: &str) -> Option<Diagnostic> {
    let name = origin.strip_prefix("https://").or(origin.strip_prefix("http://")).unwrap_or_default();
    if !name.is_empty() && !name.contains(['/', '*', ' ', '?', '#', '@']) {
        return None;
    }
    let message = format!("attendu un site ; lu « {origin} »");
    let help = "l'écrire comme un navigateur : --origin https://portail.example";
    Some(Diagnostic::error("site-mal-ecrit", message).help(help))
}

/// Why a port is not listened to, and what to do about it.
fn unheard(args: &Serve, error: &io::Error) -> Diagnostic {
    let (port, address): (u16, IpAddr) = (args.port, args.address);
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            Diagnostic::error("port-pris", format!("le port {port} est déjà pris par un autre programme"))
                .help("en choisir un autre, par exemple --port 4748 ; --port 0 prend un port libre")
        }
        io::ErrorKind::PermissionDenied => {
            Diagnostic::error("port-refuse", format!("le port {port} est réservé à l'administrateur"))
                .help("en choisir un au-dessus de 1024, par exemple --port 4747")
        }
        io::ErrorKind::AddrNotAvailable => {
            Diagnostic::error("adresse-absente", format!("cet ordinateur n'a pas l'adresse {address}"))
                .help("« --address » prend une adresse de cet ordinateur, 127.0.0.1 à défaut")
        }
        _ => Diagnostic::error("port-muet", format!("le port {port} ne peut être écouté : {error}"))
            .help("en choisir un autre, par exemple --port 4748"),
    }
}
