//! What is missing between two halves that are right: a small word that was forgotten, a line that was broken.

use std::sync::Arc;

use super::{Trial, in_lines};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;

/// Words that are forgotten, each with the words after which it is looked for; where « et » does, « ou » does as
/// well, and only the text tells.
const SMALL: [(&str, &[&str]); 11] = [
    ("si", &[]),
    ("dont", &[]),
    ("et", &[]),
    ("est", &[]),
    (
        "de",
        &["somme", "nombre", "%", "partir", "limite", "majoré", "minoré", "diminué", "augmenté", "prorata"],
    ),
    ("des", &["somme", "nombre", "prorata"]),
    ("à", &["plafonné", "arrondi", "jusqu"]),
    ("parmi", &["est", "pas"]),
    ("selon", &["vaut", "montant"]),
    ("depuis", &["€", "%", "an", "mois", "vigueur"]),
    ("+", &[]),
];
/// How a line starts whose case is said after « si ».
const VALUES: [&str; 9] = [
    "vaut",
    "montant",
    "majoré",
    "minoré",
    "augmenté",
    "diminué",
    "plafonné",
    "au minimum",
    "dans la limite",
];
/// So many places of a line are tried.
const MOST_GAPS: usize = 4;
/// What starts no line, and goes on with one.
const GOES_ON: [&str; 21] = [
    "≥",
    "≤",
    "<",
    ">",
    "=",
    "≠",
    "+",
    "-",
    "×",
    "÷",
    "*",
    "/",
    "et",
    "ou",
    "dont",
    "est",
    "n'est",
    "parmi",
    "€",
    "%",
    "vérifient",
];
/// What is said of a line that could not be read from its first word on.
const AT_START: [&str; 5] =
    ["mot-cle-inconnu", "clause-deplacee", "suite-inattendue", "ligne-deplacee", "ligne-hors-element"];

impl Trial<'_> {
    /// A line that goes on with the one above, and was cut there: the two as one; `sure` where its first word starts
    /// no line.
    pub(super) fn joined(&mut self, diagnostic: &mut Diagnostic, sure: bool) -> Option<String> {
        let place = diagnostic.labels.first()?.span;
        let text = self.file.text();
        let line = text.get(self.start..self.end)?;
        let first = self.start + (line.len() - line.trim_start().len());
        if place.start as usize != first || !AT_START.contains(&diagnostic.code) {
            return None;
        }
        let word = line.trim_start().split(' ').next().unwrap_or("");
        let above = text.get(..self.start)?.trim_end();
        let blank = text.get(above.len()..self.start)?.matches('\n').count() > 1;
        if above.is_empty() || blank || above.ends_with('»') || sure && !GOES_ON.contains(&word) {
            return None;
        }
        let cut = Span::new(above.len(), first);
        let mut whole = text.to_owned();
        whole.replace_range(cut.range(), " ");
        let (start, end) = super::lines_of(&whole, Span::new(above.len(), above.len()));
        let wrong = |one: &Diagnostic| {
            one.labels.first().is_some_and(|label| (start..=end).contains(&(label.span.start as usize)))
        };
        if !self.mends(&whole) || super::errors_of(self.file, &whole).iter().any(wrong) {
            return None;
        }
        diagnostic.code = "ligne-coupee";
        diagnostic.message =
            format!("cette ligne continue celle du dessus : « {word} » n'en commence pas une");
        let head = Span::new(first, first + word.len());
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (head, String::new());
        }
        let help = "la mettre à la suite de la ligne du dessus".to_owned();
        let edits = vec![Edit { file: Arc::clone(self.file), span: cut, text: " ".to_owned() }];
        diagnostic.help = Some(help.clone());
        diagnostic.remedies = vec![Remedy { label: help, edits }];
        Some(whole)
    }

    /// A small word that stands nowhere, and with which the line reads; one of two where both do.
    pub(super) fn forgotten(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let text = self.file.text();
        let place = diagnostic.labels.first()?.span;
        let line = text.get(self.start..self.end)?;
        if line.contains('\n') {
            return None;
        }
        let mut found: Vec<(usize, &str, String)> = Vec::new();
        for gap in self.gaps(line, place) {
            let at = self.start + gap;
            let next = line.get(gap..)?;
            let value = self.is_value();
            let opens = !line.get(..gap)?.trim().contains(' ');
            let counted = next.starts_with(|c: char| c.is_ascii_digit());
            let before = line.get(..gap)?.trim_end().split([' ', '(']).next_back().unwrap_or("");
            let vowel = next.starts_with(['a', 'e', 'é', 'i', 'o', 'u', 'h', 'â', 'ê']);
            for (word, after) in SMALL {
                let fits = match word {
                    "si" => value || opens,
                    "+" => counted && !value,
                    _ => after.is_empty() || after.contains(&before),
                };
                if !fits {
                    continue;
                }
                let word = if word == "de" && vowel { "d'" } else { word };
                let mut whole = text.to_owned();
                let blank = if word.ends_with('\'') { "" } else { " " };
                whole.insert_str(at, &format!("{word}{blank}"));
                if self.is_faithful(&whole) && self.mends(&whole) {
                    found.push((at, word, whole));
                    if word != "et" {
                        break;
                    }
                    // « ou » reads wherever « et » does.
                    let mut other = text.to_owned();
                    other.insert_str(at, "ou ");
                    if self.mends(&other) {
                        found.push((at, "ou", other));
                    }
                    break;
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        let (at, _, mended) = found.first()?.clone();
        let words: Vec<String> = found.iter().map(|(_, word, _)| format!("« {word} »")).collect();
        let words = words.join(" ou ");
        let start = text.get(..at)?.trim_end().rfind([' ', '\n', '(']).map_or(0, |before| before + 1);
        let before = text.get(start..at)?.trim_end().to_owned();
        // A name is not cut.
        let rest = text.get(at..self.end)?;
        let first = rest.split(' ').next().unwrap_or("");
        let after = self.declared.starting(rest).unwrap_or(first).to_owned();
        diagnostic.code = "signe-manquant";
        diagnostic.message = format!("il manque {words} entre « {before} » et « {after} »");
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (Span::new(start, at + after.len()), String::new());
        }
        let says = |word: &str| {
            let blank = if word.ends_with('\'') { "" } else { " " };
            format!("{before} {word}{blank}{after}")
        };
        diagnostic.remedies = found
            .iter()
            .map(|(_, word, _)| Remedy {
                label: format!("écrire {}", in_lines(&says(word))),
                edits: vec![Edit {
                    file: Arc::clone(self.file),
                    span: Span::new(start, at + after.len()),
                    text: says(word),
                }],
            })
            .collect();
        let said: Vec<String> = found.iter().map(|(_, word, _)| in_lines(&says(word))).collect();
        diagnostic.help = Some(match said.as_slice() {
            [one] => format!("écrire {one}"),
            several => format!("écrire {}, selon le texte", several.join(" ou ")),
        });
        (found.len() == 1).then_some(mended)
    }

    /// `dont autorisé, restreinte`: conditions are joined by « et » or « ou », and only the text tells which.
    pub(super) fn comma(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let place = diagnostic.labels.first()?.span;
        let text = self.file.text();
        let line = text.get(self.start..self.end)?;
        if line.contains(['«', '\n']) || !matches!(self.file.slice(place).trim(), "," | ";") {
            return None;
        }
        let own = (place.start as usize).checked_sub(self.start)?;
        let sign = self.file.slice(place).trim();
        let with_blank = format!("{sign} ");
        let places: Vec<usize> =
            line.match_indices(&with_blank).map(|(at, _)| at).filter(|at| *at >= own).collect();
        let joined = |word: &str| {
            let mut out = line.to_owned();
            for at in places.iter().rev() {
                let rest = out.get(at + with_blank.len()..).unwrap_or("");
                // « a, b et c »: the last is joined already; « a, et b » has its word.
                let said = ["et ", "ou "].into_iter().any(|own| rest.starts_with(own));
                let start = out.get(..*at).map_or(*at, |before| before.trim_end().len());
                let new = if said { " ".to_owned() } else { format!(" {word} ") };
                out.replace_range(start..at + with_blank.len(), &new);
            }
            out
        };
        let mut found: Vec<(&str, String)> = Vec::new();
        for word in ["et", "ou"] {
            let other = if word == "et" { " ou " } else { " et " };
            let tail = line.get(own..)?;
            if tail.contains(other) {
                continue;
            }
            let mut whole = text.to_owned();
            whole.replace_range(self.start..self.end, &joined(word));
            if self.mends(&whole) {
                found.push((word, whole));
            }
        }
        let first = found.first()?.1.clone();
        // From the name before the first sign to the name after the last.
        let (first_sign, last_sign) = (*places.first()?, *places.last()?);
        let before = self.declared.ending(line.get(..first_sign)?).map_or(0, str::len);
        let after = line.get(last_sign + with_blank.len()..)?;
        let tail = after.len() - self.declared.starting(after).map_or(after, |own| own).len();
        let span = Span::new(self.start + first_sign - before, self.end - tail.min(after.len()));
        let grown = |whole: &str| {
            let end = whole.len() - (text.len() - span.end as usize);
            whole.get(span.start as usize..end).unwrap_or("").trim().to_owned()
        };
        let changes: Vec<String> = found.iter().map(|(_, whole)| grown(whole)).collect();
        let words: Vec<String> = found.iter().map(|(word, _)| format!("« {word} »")).collect();
        diagnostic.code = "tournure";
        diagnostic.message =
            format!("deux conditions se relient par {}, pas par « {sign} »", words.join(" ou "));
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (span, String::new());
        }
        let said: Vec<String> = changes.iter().map(|new| in_lines(new)).collect();
        diagnostic.help = Some(match said.as_slice() {
            [one] => format!("écrire {one}"),
            several => format!("écrire {}, selon le texte", several.join(" ou ")),
        });
        diagnostic.remedies = changes
            .into_iter()
            .map(|new| Remedy {
                label: format!("écrire {}", in_lines(&new)),
                edits: vec![Edit { file: Arc::clone(self.file), span, text: new }],
            })
            .collect();
        (found.len() == 1).then_some(first)
    }

    /// Whether the line says what something is worth.
    pub(super) fn is_value(&self) -> bool {
        let line = self.file.text().get(self.start..self.end).unwrap_or("").trim_start();
        VALUES.iter().any(|head| line.starts_with(head))
    }

    /// Where a word may be missing: before what is not read, after it, then between its words.
    fn gaps(&self, line: &str, place: Span) -> Vec<usize> {
        let from = (place.start as usize).saturating_sub(self.start);
        let to = (place.end as usize).saturating_sub(self.start).min(line.len());
        let starts = |at: usize| {
            at > 0
                && line
                    .get(..at)
                    .is_some_and(|before| before.ends_with([' ', '(']) && !before.trim().is_empty())
                && line.get(at..).is_some_and(|rest| !rest.starts_with([' ', ',', ')']) && !rest.is_empty())
        };
        let word = |at: usize| {
            line.get(..at).and_then(|before| before.trim_end().rfind([' ', '('])).map(|at| at + 1)
        };
        let after = line.get(to..).map(|rest| to + (rest.len() - rest.trim_start().len()));
        let inner = line.get(from..to).unwrap_or("").match_indices(' ').map(|(at, _)| from + at + 1);
        let mut all: Vec<usize> = Vec::new();
        for at in [Some(from), after, word(from)].into_iter().flatten().chain(inner) {
            if starts(at) && !all.contains(&at) {
                all.push(at);
            }
        }
        all.truncate(MOST_GAPS);
        all
    }
}

/// Where a quotation that is open from a place on may end, the likeliest first: before what follows it on a line of
/// a source, at the end of a sentence, at the end of a line.
pub(super) fn ends_of_quote(text: &str, open: usize) -> Vec<usize> {
    const AFTER: [&str; 5] =
        [" dans «", ", texte opposable", ", document d'information", ", document d’information", " : "];
    let rest = text.get(open..).unwrap_or("");
    let block = rest.get(..rest.find("\n\n").unwrap_or(rest.len())).unwrap_or(rest);
    let inner = block.get('«'.len_utf8()..).unwrap_or("");
    let within = inner.get(..inner.find('«').map_or(inner.len(), |at| at)).unwrap_or("");
    let mut all: Vec<usize> = Vec::new();
    let mut put = |at: usize| {
        if !all.contains(&at) {
            all.push(at);
        }
    };
    for after in AFTER {
        let head = after.trim_end_matches('«');
        let found = if after.ends_with('«') { inner.find(after) } else { within.find(head) };
        found.into_iter().for_each(|at| put(open + '«'.len_utf8() + at));
    }
    let ends = block.match_indices('\n').map(|(at, _)| at).chain([block.len()]);
    for end in ends.take(MOST_GAPS) {
        put(open + block.get(..end).map_or(end, |line| line.trim_end().len()));
    }
    all
}
