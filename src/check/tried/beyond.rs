//! Words beyond what a line can say: « engagement pendant 5 ans » of a yes or no, « ≥ 4 essences » of a count, and
//! what nothing reads where all else does.

use std::sync::Arc;

use super::named::is_whole;
use super::{Trial, in_lines};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;

/// What ends the words that go beyond.
const ENDS: [&str; 8] = [" et ", " ou ", " si ", " sinon", " sauf ", ")", ",", " :"];
/// What starts words that say something else than the name before them.
const OTHER: [&str; 18] = [
    "et", "ou", "si", "sinon", "sauf", "est", "n'est", "dont", "parmi", "≥", "≤", "<", ">", "=", "≠", "+",
    "-", "×",
];
/// Words that cannot go without changing the law.
const TURNING: [&str; 40] = [
    "non",
    "pas",
    "ne",
    "ni",
    "sans",
    "sauf",
    "hors",
    "aucun",
    "aucune",
    "jamais",
    "absence",
    "moins",
    "plus",
    "autre",
    "autres",
    "double",
    "moitié",
    "tiers",
    "quart",
    "fois",
    "par",
    "pour",
    "chaque",
    "ou",
    "et",
    "avant",
    "après",
    "excepté",
    "exception",
    "nombre",
    "somme",
    "total",
    "moyenne",
    "depuis",
    "chacun",
    "chacune",
    "tous",
    "toutes",
    "seul",
    "minimum",
];
/// What says that the answer is no.
const DENYING: [&str; 12] = [
    "absent",
    "absente",
    "absents",
    "faux",
    "fausse",
    "refusé",
    "refusée",
    "manquant",
    "manquante",
    "exclu",
    "exclue",
    "non",
];
/// Words that say nothing of the law, alone or together: without them the line says the same.
const IDLE: [&str; 24] = [
    "le",
    "la",
    "les",
    "l",
    "un",
    "une",
    "du",
    "des",
    "de",
    "bien",
    "ainsi",
    "donc",
    "aussi",
    "également",
    "notamment",
    "précité",
    "précitée",
    "susvisé",
    "susvisée",
    "ci-dessus",
    "ci-dessous",
    "ci-après",
    "alors",
    "effectivement",
];
/// So many words at most that nothing reads.
const MOST_WORDS: usize = 4;

/// Words that are one too many, and what is said of them.
struct Beyond {
    /// In the file.
    span: Span,
    new: String,
    message: String,
    help: String,
    /// Whether the words may change the law: the author alone knows.
    asked: bool,
}

impl Trial<'_> {
    /// The text without the words that go beyond what its line says, where nothing is wrong then.
    pub(super) fn beyond(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let line = self.file.text().get(self.start..self.end)?.to_owned();
        if line.contains(['\n', '«']) {
            return None;
        }
        let place = diagnostic.labels.first()?.span;
        let own =
            (place.start as usize).checked_sub(self.start)?..(place.end as usize).checked_sub(self.start)?;
        let mut all = self.after_truth(&line);
        all.extend(self.after_figure(&line));
        // What a name says beside what is declared is for the author to judge.
        if !diagnostic.help.as_ref().is_some_and(|help| help.contains("est déclaré")) {
            all.extend(self.unread(&line, own));
        }
        for beyond in all {
            let mut text = self.file.text().to_owned();
            text.replace_range(beyond.span.range(), &beyond.new);
            if !self.is_faithful(&text) || !self.mends(&text) {
                continue;
            }
            diagnostic.code = "suite-inattendue";
            diagnostic.message = beyond.message;
            diagnostic.labels.truncate(1);
            if let Some(label) = diagnostic.labels.first_mut() {
                let blank =
                    self.file.slice(beyond.span).len() - self.file.slice(beyond.span).trim_start().len();
                let start = beyond.span.start as usize + blank;
                (label.span, label.text) = (Span::new(start, beyond.span.end as usize), String::new());
            }
            let edits = vec![Edit { file: Arc::clone(self.file), span: beyond.span, text: beyond.new }];
            let remedy = Remedy { label: beyond.help.clone(), edits };
            diagnostic.remedies = if beyond.asked { Vec::new() } else { vec![remedy] };
            diagnostic.help = Some(beyond.help);
            return Some(text);
        }
        None
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.start + from, self.start + to)
    }

    /// What follows a name that is answered by yes or no.
    fn after_truth(&self, line: &str) -> Vec<Beyond> {
        let mut all = Vec::new();
        for name in &self.declared.truths {
            for (at, _) in
                line.match_indices(name.as_str()).filter(|(at, name)| is_whole(line, *at, name.len()))
            {
                let end = at + name.len();
                let tail = tail(line, end);
                let first = tail.trim_start().split(' ').next().unwrap_or("");
                let longer = self.declared.starting(line.get(at..).unwrap_or(""));
                let is_name = longer.is_some_and(|longer| longer.len() > name.len());
                if first.is_empty() || OTHER.contains(&first) || is_name {
                    continue;
                }
                let said = tail.trim().to_owned();
                let stop = end + tail.trim_end().len();
                let yes_no = format!("« {name} » se répond par oui ou non");
                // The group of the name goes with it.
                let start = line.get(..at).unwrap_or("").rfind(' ').map_or(0, |before| before + 1);
                let whole = line.get(start..end).unwrap_or(name);
                if DENYING.contains(&said.as_str()) {
                    let new = format!("non {whole}");
                    let help = format!("écrire « {new} »");
                    let message = format!("{yes_no} : ce qui le nie se met devant");
                    all.push(Beyond { span: self.span(start, stop), new, message, help, asked: false });
                    continue;
                }
                let timed = said.contains(|c: char| c.is_ascii_digit());
                if !timed && turns(&said) || self.names_something(&said) {
                    continue;
                }
                let lasts = ["depuis", "d'au moins", "de plus de"].iter().any(|head| said.starts_with(head));
                let duration =
                    said.find(|c: char| c.is_ascii_digit()).and_then(|at| said.get(at..)).unwrap_or("");
                let more = match (timed, lasts) {
                    (true, true) => {
                        format!(
                            ", ou déclarer la date d'où elle court, et écrire « DATE + {duration} ≤ date d'examen »"
                        )
                    }
                    (true, false) => ", que sa question peut dire".to_owned(),
                    (false, _) => String::new(),
                };
                let what = if timed { "aucune durée ne s'y ajoute" } else { "rien ne s'y ajoute" };
                let message = format!("{yes_no} : {what}");
                let help = format!("enlever « {said} »{more}");
                all.push(Beyond {
                    span: self.span(end, stop),
                    new: String::new(),
                    message,
                    help,
                    asked: false,
                });
            }
        }
        all
    }

    /// What a count counts, after its figure; whether a bound is one of the days it says.
    fn after_figure(&self, line: &str) -> Vec<Beyond> {
        let bytes = line.as_bytes();
        let mut all = Vec::new();
        for at in (0..bytes.len()).filter(|at| bytes.get(*at).is_some_and(u8::is_ascii_digit)) {
            let end = at + 1;
            let tail = tail(line, end);
            let said = tail.trim();
            let ends_figure = tail.starts_with(' ') && said.starts_with(char::is_alphabetic);
            if !ends_figure {
                continue;
            }
            let stop = end + tail.trim_end().len();
            let start = line.get(..at).unwrap_or("").rfind(['≥', '≤', '<', '>', '=']);
            let inclusive = matches!(said, "inclus" | "incluse" | "compris" | "comprise" | "y compris");
            if let Some(start) = start.filter(|_| inclusive) {
                let kept = line.get(start..end).unwrap_or("");
                let new = kept.replace('<', "≤").replace('>', "≥");
                let message = format!("un signe dit si la borne est comprise : « {said} » n'y ajoute rien");
                let help = format!("écrire « {new} »");
                all.push(Beyond { span: self.span(start, stop), new, message, help, asked: false });
                continue;
            }
            let of = ["de", "du", "des", "à", "au", "le", "la", "jours", "mois"];
            let first = said.split(' ').next().unwrap_or("");
            if start.is_none()
                || turns(said)
                || of.contains(&first)
                || first.starts_with("d'")
                || said.contains(|c: char| c.is_ascii_digit() || matches!(c, '€' | '%' | '²' | '³'))
            {
                continue;
            }
            let figure = start.and_then(|start| line.get(start..end)).unwrap_or("");
            // « ≥ 1/4 licenciés »: a share of another value.
            let before = start.and_then(|start| line.get(..start)).unwrap_or("").trim_end();
            if self.declared.names.iter().any(|(name, _)| name == said && !before.ends_with(said)) {
                let new = format!("{figure} × {said}");
                let message = format!("il manque « × » devant « {said} »");
                let help = format!("écrire « {new} »");
                let from = start.unwrap_or(end);
                all.push(Beyond { span: self.span(from, stop), new, message, help, asked: false });
                continue;
            }
            let message =
                format!("un nombre s'écrit sans ce qu'il compte : « {said} » est dit par le nom du fait");
            let help = format!("écrire « {figure} »");
            let from = start.unwrap_or(end);
            all.push(Beyond {
                span: self.span(from, stop),
                new: figure.to_owned(),
                message,
                help,
                asked: false,
            });
        }
        all
    }

    /// The fewest words at the place of a mistake, or just before it, without which the line reads.
    fn unread(&self, line: &str, place: std::ops::Range<usize>) -> Vec<Beyond> {
        let words: Vec<(usize, &str)> = line
            .split(' ')
            .scan(0, |at, word| {
                let start = *at;
                *at += word.len() + 1;
                Some((start, word))
            })
            .filter(|(_, word)| !word.is_empty())
            .collect();
        let end_of = |rank: usize| words.get(rank).map_or(0, |(at, word)| at + word.len());
        let mut all = Vec::new();
        for count in 1..=MOST_WORDS {
            for (rank, (start, _)) in words.iter().enumerate().skip(1) {
                let Some(run) = words.get(rank..rank + count) else { continue };
                let end = end_of(rank + count - 1);
                let touches = *start <= place.end && end + 1 >= place.start;
                let said = line.get(*start..end).unwrap_or("");
                // A name with a dot in it is somebody's: of a list, or of another text.
                let plain = run.iter().all(|(_, word)| {
                    let word = word.trim_end_matches('.');
                    word.chars().all(|c| c.is_alphabetic() || "'’-".contains(c))
                });
                let named = self.names_something(said);
                if !touches || !plain || named || turns(said) || self.cuts_a_name(line, *start, end) {
                    continue;
                }
                // What is left is told with it, where a name stands before.
                let message = format!("« {said} » ne se lit pas ici");
                let asked = !run.iter().all(|(_, word)| IDLE.contains(&word.to_lowercase().as_str()));
                let left = in_lines(&without(line, *start, end));
                let help = match asked {
                    true => format!(
                        "si ces mots changent la règle, le dire autrement, par un fait ou une définition ; sinon les \
                         enlever : {left}"
                    ),
                    false => format!("l'enlever : {left}"),
                };
                let from = line.get(..*start).map_or(*start, |before| before.trim_end().len());
                all.push(Beyond { span: self.span(from, end), new: String::new(), message, help, asked });
            }
        }
        all
    }

    /// Whether some of these words name something.
    fn names_something(&self, said: &str) -> bool {
        let has = |name: &str| said.match_indices(name).any(|(at, name)| is_whole(said, at, name.len()));
        let declared = self.declared;
        declared.names.iter().any(|(name, _)| has(name))
            || declared.options.iter().any(|(option, _)| has(option))
            || declared.lists.iter().any(|list| has(&list.name))
    }

    /// Whether words are a part of a declared name as the line has it.
    fn cuts_a_name(&self, line: &str, start: usize, end: usize) -> bool {
        self.declared.names.iter().any(|(name, _)| {
            line.match_indices(name.as_str()).any(|(at, name)| at < end && start < at + name.len())
        })
    }
}

/// What follows on a line, up to what goes on with it.
fn tail(line: &str, from: usize) -> &str {
    let rest = line.get(from..).unwrap_or("");
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    rest.get(..end).unwrap_or("")
}

fn turns(said: &str) -> bool {
    said.to_lowercase().split([' ', '\'', '’']).any(|word| TURNING.contains(&word))
}

fn without(line: &str, start: usize, end: usize) -> String {
    let (before, after) = (line.get(..start).unwrap_or("").trim_end(), line.get(end..).unwrap_or(""));
    format!("{before}{after}").trim().to_owned()
}
