//! `conforme decide`: the only command that needs a date, and so the clock.

pub(crate) mod batch;
pub(crate) mod lines;
mod sheet;
mod tally;

use std::path::Path;
use std::sync::Arc;

use conforme::decision::{Decision, Outcome};
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::history::{self, AskedReading, Decided, History, Sight};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::text;
use conforme::time::Date;

use super::args::{Decide, DecisionFormat, Seen};
use super::catalogue::Catalogue;
use super::output::{Out, Written};
use super::{TO_CORRECT, clock, files, output, print};

/// Why a dossier was not decided.
pub enum Refused {
    /// Its answers are to be corrected.
    Dossier(Vec<Diagnostic>),
    /// Something else is: a text, the command, a file.
    Request(Vec<Diagnostic>),
}

impl Refused {
    /// Each mistake says which file it is about: where nothing else does, the dossier.
    pub fn about(self, dossier: &str) -> Refused {
        let about = |found: Vec<Diagnostic>| found.into_iter().map(|one| one.about(dossier)).collect();
        match self {
            Refused::Dossier(found) => Refused::Dossier(about(found)),
            Refused::Request(found) => Refused::Request(about(found)),
        }
    }
}

impl From<Vec<Diagnostic>> for Refused {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Refused::Request(diagnostics)
    }
}

/// What the command asks of every dossier.
pub struct Asked {
    pub on: Option<Date>,
    pub readings: Vec<AskedReading>,
    pub sight: Sight,
    pub catalogue: Arc<Catalogue>,
}

impl Asked {
    /// Nothing but the policies: dossiers are decided as they are.
    pub fn nothing(catalogue: impl Into<Arc<Catalogue>>) -> Asked {
        Asked { on: None, readings: Vec::new(), sight: Sight::default(), catalogue: catalogue.into() }
    }

    /// The texts that a dossier asks for.
    fn history(&self, file: &Arc<SourceFile>) -> Result<&History, Refused> {
        let id = dossier::identify(file).map_err(Refused::Dossier)?;
        let id = id.ok_or_else(|| Refused::Request(vec![nameless(file, &self.catalogue)]))?;
        self.catalogue.history(&id).map_err(|problems| unknown_policy(file, problems))
    }
}

/// Decides each dossier; the highest code.
pub fn run(args: &Decide) -> u8 {
    let asked = match asked(args) {
        Ok(asked) => asked,
        Err(diagnostics) => {
            let names: Vec<String> = args.dossiers.iter().map(|path| files::name(path)).collect();
            output::none_decided(diagnostics, &names, args.format());
            return TO_CORRECT;
        }
    };
    if let [path] = args.dossiers.as_slice() {
        if lines::holds(path) {
            return lines::run(path, args, &asked);
        }
        if sheet::holds(path) {
            return sheet::run(path, args, &asked);
        }
    }
    let mut highest = 0;
    let (format, mut out) = (args.format(), Out::to(args.output.as_deref()));
    let written = Written::asked(args, format, args.dossiers.len() == 1);
    for (rank, path) in args.dossiers.iter().enumerate() {
        let several = (args.dossiers.len() > 1).then(|| files::shown(path));
        if let Some(title) = &several {
            output::between(rank, title, format, &mut out);
        }
        let code = match decide(path, &asked) {
            Ok((policy, dossier, decision)) => {
                out.put(output::decision(policy, &dossier, &decision, written));
                code(&decision)
            }
            Err(refused) => {
                let refused = refused.about(&files::shown(path));
                output::refused(&refused, &files::name(path), several.as_deref(), format, &mut out);
                TO_CORRECT
            }
        };
        highest = highest.max(code);
    }
    match out.close() {
        Ok(()) => highest,
        Err(problem) => {
            output::problems(&[problem]);
            TO_CORRECT
        }
    }
}

/// The code of a dossier that was decided.
fn code(decision: &Decision) -> u8 {
    u8::from(!matches!(decision.outcome, Outcome::Favourable | Outcome::Calculated))
}

fn asked(args: &Decide) -> Result<Asked, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let on = date(args.on.as_deref(), &mut wrong);
    let sight = args.seen.sight(&mut wrong);
    let readings = readings(&args.readings, &mut wrong);
    let format = args.format();
    if format.is_whole_file() && args.dossiers.len() > 1 {
        let asked = match args.output.as_deref().filter(|_| args.answer.format.is_none()) {
            Some(path) => format!("« --output {} »", files::shown(path)),
            None => format!("« --format {} »", format.name()),
        };
        let message = format!("{asked} écrit un fichier entier, pour un seul dossier");
        wrong.push(
            Diagnostic::error("un-seul-dossier", message).help("lancer la commande une fois par dossier"),
        );
    }
    wrong.extend(output::unshowable(format, args.output.is_some(), print::to_terminal()));
    if args.dossiers.len() > 1
        && let Some(path) = args.dossiers.iter().find(|path| lines::holds(path) || sheet::holds(path))
    {
        let message = format!("« {} » tient plusieurs dossiers, un par ligne", files::shown(path));
        wrong.push(
            Diagnostic::error("un-seul-fichier", message).help("lancer la commande une fois par fichier"),
        );
    }
    if let Some(path) = args.output.as_deref()
        && !args.dossiers.iter().all(|path| sheet::holds(path))
    {
        wrong.extend(cannot_go_to(path, args));
    }
    let catalogue = match Catalogue::open(&args.place.policies) {
        Ok(catalogue) if wrong.is_empty() => catalogue,
        Ok(_) => return Err(wrong),
        Err(more) => return Err([wrong, more].concat()),
    };
    Ok(Asked { on, readings, sight, catalogue: Arc::new(catalogue) })
}

/// What keeps the answer from being written to a file of this name.
fn cannot_go_to(path: &Path, args: &Decide) -> Option<Diagnostic> {
    let shown = files::shown(path);
    if args.dossiers.iter().any(|dossier| lines::holds(dossier)) {
        let message = "« --output » n'écrit pas la réponse à un fichier d'un dossier par ligne";
        let help = "retirer « --output », et écrire « > FICHIER » à la fin de la commande";
        return Some(Diagnostic::error("sortie-par-ligne", message).help(help));
    }
    if sheet::holds(path) {
        let message = "« --output » écrit un tableau de dossiers sous ce nom ; attendu un fichier .csv ou .xlsx à décider";
        let help = "finir le nom par « .docx », « .html », « .md », « .json », « .yaml » ou « .txt »";
        return Some(Diagnostic::error("sortie-de-tableau", message).help(help));
    }
    if args.dossiers.iter().any(|dossier| files::same(path, dossier)) {
        let message = format!("« {shown} » est le dossier qui est lu");
        let help = "donner un autre nom à ce qui est écrit";
        return Some(Diagnostic::error("sortie-sur-le-dossier", message).help(help));
    }
    output::misnamed(path, args.answer.format, &DecisionFormat::ALL)
}

/// A date that is given, or what is wrong with it.
pub fn date(given: Option<&str>, wrong: &mut Vec<Diagnostic>) -> Option<Date> {
    let given = given?;
    let date = clock::parse(given);
    if date.is_none() {
        wrong.push(clock::badly_written(given));
    }
    date
}

/// The readings that are retained, or what is wrong with them.
pub fn readings(given: &[String], wrong: &mut Vec<Diagnostic>) -> Vec<AskedReading> {
    let mut readings: Vec<AskedReading> = Vec::new();
    for given in given {
        match given.split_once('=') {
            Some((reading, option)) if !reading.trim().is_empty() && !option.trim().is_empty() => {
                readings.push(AskedReading::new(reading, option));
            }
            _ => wrong.push(
                Diagnostic::error("lecture-mal-ecrite", format!("attendu « NOM=OPTION » ; lu « {given} »"))
                    .help("par exemple --reading \"base du seuil=libéraux\""),
            ),
        }
    }
    readings
}

impl Seen {
    /// Which texts are seen.
    pub fn sight(&self, wrong: &mut Vec<Diagnostic>) -> Sight {
        Sight { known_on: date(self.known_on.as_deref(), wrong), draft: self.draft }
    }
}

/// Decides a dossier under the version that applies to it.
pub fn decide<'a>(path: &Path, asked: &'a Asked) -> Result<(&'a Policy, Dossier, Decision), Refused> {
    let bytes = asked.catalogue.dossier(path).map_err(|error| Refused::Request(vec![error]))?;
    decide_file(&dossier::file(&bytes, files::named(path)).map_err(Refused::Dossier)?, asked)
}

/// Decides a dossier that is at hand under the version that applies to it.
fn decide_file<'a>(
    file: &Arc<SourceFile>,
    asked: &'a Asked,
) -> Result<(&'a Policy, Dossier, Decision), Refused> {
    let history = asked.history(file)?;
    // The date of examination may choose the version: it is read before the rest, which only a version
    // can read.
    let examined_on = day(asked.on.or_else(|| dossier::examined_on(file)))?;
    let read = |policy: &Policy| dossier::Reader::new(policy).read_file(file);
    let choice = history.choose(&asked.sight, examined_on, &read)?;
    let readings = |policy: &Policy, dossier: &Dossier| {
        history::retained(policy, dossier, &asked.readings).map_err(history::Refused::Texts)
    };
    let Decided { made, dossier, decision } = choice.decide(&readings)?;
    Ok((made.policy()?, dossier, decision))
}

impl From<history::Refused> for Refused {
    fn from(refused: history::Refused) -> Self {
        match refused {
            history::Refused::Dossier(found) => Refused::Dossier(found),
            history::Refused::Texts(found) => Refused::Request(found),
        }
    }
}

/// The date of examination: the one that is given, else today.
fn day(given: Option<Date>) -> Result<Date, Refused> {
    given.or_else(clock::today).ok_or_else(|| Refused::Request(vec![clock::unknown()]))
}

/// What keeps a policy from being known, where the dossier asks for it.
fn unknown_policy(file: &Arc<SourceFile>, problems: Vec<Diagnostic>) -> Refused {
    let mut problems = problems.into_iter();
    let Some(first) = problems.next() else { return Refused::Request(Vec::new()) };
    match dossier::unknown(file, first) {
        Ok(first) => Refused::Request(std::iter::once(first).chain(problems).collect()),
        Err(unreadable) => Refused::Dossier(unreadable),
    }
}

fn nameless(file: &SourceFile, catalogue: &Catalogue) -> Diagnostic {
    let (ids, name) = (catalogue.decided(), file.called().path());
    let example = ids.first().copied().unwrap_or("ess");
    let first = file.text().lines().next().unwrap_or_default().trim_start_matches('\u{feff}');
    let (key, _) = first.split_once(':').unwrap_or((first, ""));
    let is_titles = first.split([';', ',', '\t']).any(|cell| text::fold(cell) == "dispositif");
    let help = if file.called().line().is_some() {
        // A row of a sheet, or a line of its own.
        format!("la ligne ne le dit pas : y remplir « dispositif » ; dispositifs connus : {}", ids.join(", "))
    } else if is_titles && key == first {
        "ceci est un tableau : l'enregistrer dans un fichier « .csv », et donner ce fichier".to_owned()
    } else if let Some(key) = file.text().lines().find_map(misspelt) {
        format!("écrire « dispositif » au lieu de « {key} »")
    } else {
        format!("écrire en tête « dispositif: {example} » ; dispositifs connus : {}", ids.join(", "))
    };
    Diagnostic::error("dispositif-absent", format!("« {name} » ne dit pas de quel dispositif il relève"))
        .help(help)
        .about(name)
}

/// The key of a line that is nearly « dispositif ».
fn misspelt(line: &str) -> Option<&str> {
    let key = line.split_once(':')?.0;
    text::nearest(key.trim(), ["dispositif"]).map(|_| key.trim())
}
