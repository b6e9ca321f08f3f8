//! `conforme register`: what a service decided, found, verified and decided again.

use std::collections::BTreeSet;
use std::path::Path;

use conforme::diagnostic::Diagnostic;

use super::args::{Register, RegisterErase, RegisterReplay, RegisterVerify, RegisterWhat};
use super::{TO_CORRECT, clock, files, output, print};
use crate::register::Failure;
use crate::register::entry::Event;
use crate::register::replay::{Again, Replayer};
use crate::register::store::{Row, Store};
use crate::register::verify::{Report, verify};
use crate::serve;

/// So many entries are read at once.
const AT_ONCE: usize = 200;

/// Exit code where something is not as it was kept.
const NOT_AS_KEPT: u8 = 1;

/// Does what is asked of a register.
pub fn run(args: &Register) -> u8 {
    let (file, done) = match &args.what {
        RegisterWhat::List(args) => (&args.file, list(&args.file)),
        RegisterWhat::Show(args) => (&args.file, show(&args.file, &args.id)),
        RegisterWhat::Verify(args) => (&args.file, verified(args)),
        RegisterWhat::Replay(args) => (&args.file, replay(args)),
        RegisterWhat::Export(args) => (&args.file, export(&args.file)),
        RegisterWhat::Erase(args) => (&args.file, erase(args)),
    };
    match done {
        Ok(code) => code,
        Err(Told::Failure(failure)) => {
            output::problems(&[failure.told(&files::shown(file))]);
            TO_CORRECT
        }
        Err(Told::Problem(problem)) => {
            output::problems(&[problem]);
            TO_CORRECT
        }
    }
}

/// Why nothing is done.
enum Told {
    Failure(Failure),
    Problem(Diagnostic),
}

impl From<Failure> for Told {
    fn from(failure: Failure) -> Told {
        Told::Failure(failure)
    }
}

fn open(path: &Path) -> Result<Store, Told> {
    if !path.exists() {
        return Err(Told::Problem(files::not_found(&files::shown(path))));
    }
    Ok(Store::read(path)?)
}

/// Does something with each entry, in order.
fn each(store: &Store, mut f: impl FnMut(&Row) -> Result<(), Told>) -> Result<(), Told> {
    let mut after = 0;
    loop {
        let rows = store.rows(after, AT_ONCE)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.number;
        rows.iter().try_for_each(&mut f)?;
    }
}

fn list(path: &Path) -> Result<u8, Told> {
    each(&open(path)?, |row| {
        let sealed = row.sealed()?;
        let by = sealed.recorded_by.map_or_else(String::new, |by| format!("  {by}"));
        let said = match sealed.event {
            Event::Decision(decision) => {
                format!("{}  {}  {}", decision.policy, decision.examined_on, outcome(&decision.outcome))
            }
            Event::Erasure { of, reason } => format!("effacement de {of} : {reason}"),
        };
        print::out(&format!("{:>6}  {}  {}  {said}{by}\n", row.number, row.id, sealed.recorded_at));
        Ok(())
    })?;
    Ok(0)
}

/// An outcome in French.
fn outcome(name: &str) -> &str {
    match name {
        "favourable" => "favorable",
        "unfavourable" => "défavorable",
        "incomplete" => "incomplet",
        "depends_on_reading" => "dépend de la lecture",
        "calculated" => "calculé",
        other => other,
    }
}

fn unknown(id: &str) -> Told {
    let message = format!("aucune entrée du registre n'a l'identifiant « {id} »");
    Told::Problem(Diagnostic::error("entree-inconnue", message).help("« conforme register list » les montre"))
}

fn show(path: &Path, id: &str) -> Result<u8, Told> {
    let (json, _) = serve::whole(&open(path)?, id)?.ok_or_else(|| unknown(id))?;
    print::out(&json);
    Ok(0)
}

fn export(path: &Path) -> Result<u8, Told> {
    let store = open(path)?;
    each(&store, |row| {
        if let Some((json, _)) = serve::whole(&store, &row.id)? {
            print::out(&json);
        }
        Ok(())
    })?;
    Ok(0)
}

/// What is not as it was written, a line each.
fn faults(report: &Report) -> String {
    let line = |(number, said): &(Option<i64>, String)| {
        let place = number.map_or_else(String::new, |number| format!("entrée {number} : "));
        format!("✘ {place}{said}\n")
    };
    report.faults.iter().map(line).collect()
}

/// A hash that is given, as entries have it.
fn hash(given: &str) -> Result<String, Told> {
    let hash = given.trim().to_lowercase();
    if hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(hash);
    }
    let message = format!("attendu 64 chiffres hexadécimaux ; lu « {given} »");
    let help = "« conforme register verify » écrit la dernière empreinte, à recopier entière";
    Err(Told::Problem(Diagnostic::error("empreinte-mal-ecrite", message).help(help)))
}

fn verified(args: &RegisterVerify) -> Result<u8, Told> {
    let expected = args.expect.as_deref().map(hash).transpose()?;
    let report = verify(&open(&args.file)?, expected.as_deref())?;
    print::out(&faults(&report));
    if !report.met {
        print::out("✘ aucune entrée n'a l'empreinte attendue : il en manque, ou c'est un autre registre\n");
    }
    let plural = |count: i64, one: &str| format!("{count} {one}{}", if count > 1 { "s" } else { "" });
    let erased = i64::try_from(report.erased).unwrap_or(i64::MAX);
    let (entries, erased) = (plural(report.entries, "entrée"), plural(erased, "contenu"));
    let head = &report.head;
    if report.faults.is_empty() && report.met {
        print::out(&format!("✔ {entries}, tout est comme il a été consigné ; effacés : {erased}\n"));
        print::out(&format!("  dernière empreinte, à noter ailleurs : {head}\n"));
        return Ok(0);
    }
    print::out(&format!("{entries} ; ce registre a été changé, ou est abîmé\n"));
    Ok(NOT_AS_KEPT)
}

fn replay(args: &RegisterReplay) -> Result<u8, Told> {
    let store = open(&args.file)?;
    // What is not there may have been taken away, not erased: the register tells only where it is whole.
    let report = verify(&store, None)?;
    print::out(&faults(&report));
    let faulty: BTreeSet<i64> = report.faults.iter().filter_map(|(number, _)| *number).collect();
    let mut replayer = Replayer::default();
    let mut code = if report.faults.is_empty() { 0 } else { NOT_AS_KEPT };
    let [mut same, mut erased, mut other] = [0_u64; 3];
    let mut one = |row: &Row| -> Result<(), Told> {
        let Some(again) = replayer.again(&store, row)? else { return Ok(()) };
        let told = match again {
            Again::Same => {
                same += 1;
                return Ok(());
            }
            Again::Erased => {
                if faulty.contains(&row.number) {
                    other += 1
                } else {
                    erased += 1
                }
                return Ok(());
            }
            Again::Different => "la décision n'est plus la même".to_owned(),
            Again::Lost(why) => why,
        };
        other += 1;
        code = NOT_AS_KEPT;
        print::out(&format!("✘ entrée {} ({}) : {told}\n", row.number, row.id));
        Ok(())
    };
    match &args.id {
        Some(id) => one(&store.find(id)?.ok_or_else(|| unknown(id))?)?,
        None => each(&store, one)?,
    }
    print::out(&format!(
        "décidées de nouveau à l'identique : {same} ; autrement : {other} ; effacées : {erased}\n"
    ));
    Ok(code)
}

fn erase(args: &RegisterErase) -> Result<u8, Told> {
    if args.reason.trim().is_empty() {
        let message = "attendu le motif de l'effacement ; « --reason » est vide";
        let help = "dire pourquoi : --reason \"durée de conservation passée\"";
        return Err(Told::Problem(Diagnostic::error("motif-absent", message).help(help)));
    }
    open(&args.file)?;
    let mut store = Store::open(&args.file)?;
    let ids = match (&args.id, &args.before) {
        (Some(id), _) => {
            store.find(id)?.ok_or_else(|| unknown(id))?;
            vec![id.clone()]
        }
        (None, Some(date)) => {
            let day = clock::parse(date).ok_or_else(|| Told::Problem(clock::badly_written(date)))?;
            // « Avant demain » is all that there is; what lies further is a slip.
            let last = clock::today().and_then(|today| today.plus_days(1));
            if last.is_some_and(|last| day > last) {
                let message = format!("« --before {date} » est une date à venir : rien n'est effacé");
                let help = "donner une date passée ; au plus tard celle de demain, pour tout effacer";
                return Err(Told::Problem(Diagnostic::error("date-a-venir", message).help(help)));
            }
            let (mut ids, day) = (Vec::new(), day.to_string());
            each(&store, |row| {
                let sealed = row.sealed()?;
                let old = sealed.recorded_at.get(..day.len()).is_some_and(|at| at < day.as_str());
                if old && matches!(sealed.event, Event::Decision(_)) {
                    ids.push(row.id.clone());
                }
                Ok(())
            })?;
            ids
        }
        (None, None) => Vec::new(),
    };
    let mut erased = 0;
    for id in ids {
        erased += u64::from(store.erase(&id, &serve::now(), args.by.as_deref(), &args.reason)?);
    }
    let plural = if erased > 1 { "s" } else { "" };
    print::out(&format!("{erased} contenu{plural} effacé{plural} ; la chaîne se vérifie encore\n"));
    Ok(0)
}
