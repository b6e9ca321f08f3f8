//! What is said of a mistake that a change mends: what is written for what, and where.

use std::sync::Arc;

use super::{GENERAL, Trial, forms};
use crate::diagnostic::{Diagnostic, Edit, Label, Remedy};
use crate::source::Span;

impl Trial<'_> {
    /// Says what the line may hold, where nothing is known that would mend it; what was offered and is refused is not said.
    pub(super) fn say_form(&self, diagnostic: &mut Diagnostic, refused: bool) {
        let line = self.file.text().get(self.start..self.end).unwrap_or("");
        let place = diagnostic.labels.first().map_or("", |label| self.file.slice(label.span));
        if refused && matches!(diagnostic.code, "tournure" | "signe-en-mots") {
            diagnostic.code = "suite-inattendue";
            diagnostic.message = format!("« {place} » ne se lit pas ainsi");
            diagnostic.help = None;
        }
        let code = diagnostic.code;
        let unread =
            GENERAL.contains(&code) || matches!(code, "types-incompatibles" | "tournure" | "signe-en-mots");
        if diagnostic.help.is_none() && unread {
            diagnostic.help = forms::of(line, code);
        }
    }

    /// Says what mends a line, found by trying; what was said of it stays, where it is said of the same place.
    pub(super) fn say(&self, diagnostic: &mut Diagnostic, text: &str, stays: bool) {
        let (span, new) = self.change(diagnostic, text);
        let old = self.file.slice(span);
        // What was said of another place is not what is wrong.
        let beside =
            !matches!(diagnostic.code, "types-incompatibles" | "guillemet-ouvert" | "mot-cle-inconnu")
                && diagnostic.labels.first().is_some_and(|label| {
                    let own = label.span;
                    span.end < own.start || own.end < span.start
                });
        // What is underlined is less than what changes.
        let wider = diagnostic
            .labels
            .first()
            .is_some_and(|label| span.start < label.span.start || label.span.end < span.end);
        // « « A » s'écrit « B » », where what mends it has no B.
        let otherwise = diagnostic.message.split_once("» s'écrit « ").is_some_and(|(_, says)| {
            let says = says.trim_end_matches([' ', '»', '…']);
            !says.contains('…') && !new.contains(says)
        });
        // « un nombre s'écrit sans « m² » », where it keeps it.
        let kept = diagnostic.code == "unite-inconnue"
            && diagnostic.message.split(['«', '»']).nth(1).is_some_and(|unit| new.contains(unit.trim()));
        let of_more = wider && matches!(diagnostic.code, "signe-en-trop" | "mot-cle-inconnu");
        if GENERAL.contains(&diagnostic.code) && (!stays || of_more) || beside || otherwise || kept {
            diagnostic.code = "tournure";
            diagnostic.message = match new.trim() {
                "" => format!("« {} » est en trop", old.trim()),
                new => missing(old, new).unwrap_or_else(|| format!("« {old} » s'écrit {}", in_lines(new))),
            };
            diagnostic.labels.truncate(1);
            if let Some(label) = diagnostic.labels.first_mut() {
                label.span = span;
                label.text.clear();
            }
        }
        self.say_quoted(diagnostic, (span, &new));
        if self.say_opening(diagnostic, (span, &new)) {
            return;
        }
        if new.trim() == format!("{} :", old.trim()) {
            diagnostic.message = format!("il manque « : » après « {} »", old.trim());
        }
        let apart = |label: &Label| label.span.end < span.start || span.end < label.span.start;
        if let Some(label) = diagnostic.labels.first_mut().filter(|label| apart(label)) {
            (label.span, label.text) = (span, String::new());
            if diagnostic.code == "tournure" && !new.trim().is_empty() {
                diagnostic.message = missing(old, &new)
                    .unwrap_or_else(|| format!("« {} » s'écrit {}", old.trim(), in_lines(&new)));
            }
        }
        // The ends of what is asked are one thing.
        if diagnostic.message.starts_with("la borne de ")
            && let Some(label) = diagnostic.labels.first_mut()
        {
            (label.span, label.text) = (span, String::new());
        }
        let wider = wider && diagnostic.labels.first().is_none_or(|label| label.span != span);
        let label = match new.trim() {
            "" if wider => format!("enlever « {} »", old.trim()),
            "" => "l'enlever".to_owned(),
            new if diagnostic.message.ends_with("s'écrivent sans guillemets") => {
                format!("enlever les guillemets autour de « {new} »")
            }
            _ if wider && !old.trim().is_empty() && !old.contains('\n') => {
                format!("écrire {} au lieu de « {} »", in_lines(&new), old.trim())
            }
            _ => format!("écrire {}", in_lines(&new)),
        };
        // What is said of a type tells why, too.
        if diagnostic.code == "guillemet-ouvert" {
            let last = old.split([' ', '\n']).next_back().unwrap_or("");
            let before = new.trim().strip_suffix('»').map_or(last, str::trim_end);
            let closed = if new.trim().starts_with('»') {
                format!("avant « {} »", old.trim())
            } else {
                format!("après « {before} »")
            };
            diagnostic.help = Some(format!("ajouter » à la fin du texte cité, {closed}"));
        }
        let why = diagnostic
            .help
            .as_deref()
            .filter(|help| !help.starts_with("écrire ") && !help.starts_with("par exemple "));
        if !matches!(diagnostic.code, "types-incompatibles" | "guillemet-ouvert") || why.is_none() {
            diagnostic.help = Some(label.clone());
        }
        let edits = vec![Edit { file: Arc::clone(self.file), span, text: new }];
        diagnostic.remedies = vec![Remedy { label, edits }];
    }

    /// « surface irriguée ≥ 5 ha » for « exige surface irriguée ≥ 5 ha »: the word that starts the line is forgotten.
    fn say_opening(&self, diagnostic: &mut Diagnostic, (span, new): (Span, &str)) -> bool {
        let old = self.file.slice(span);
        let Some(word) = ["exige", "vaut", "montant"]
            .into_iter()
            .find(|word| new.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) == Some(old))
        else {
            return false;
        };
        let line = self.file.text().get(self.start..self.end).unwrap_or("");
        let said = line.trim();
        let start = self.start + (line.len() - line.trim_start().len());
        if span.start as usize != start || said.contains('\n') {
            return false;
        }
        let place = Span::new(start, start + said.len());
        let help = format!("écrire « {word} {said} »");
        diagnostic.code = "clause-manquante";
        diagnostic.message = format!("il manque « {word} » au début de cette ligne");
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (place, String::new());
        }
        diagnostic.help = Some(help.clone());
        let edits = vec![Edit { file: Arc::clone(self.file), span: place, text: format!("{word} {said}") }];
        diagnostic.remedies = vec![Remedy { label: help, edits }];
        true
    }

    /// « définition « capacité » »: what is wrong cannot be seen where both are shown between guillemets.
    fn say_quoted(&self, diagnostic: &mut Diagnostic, (span, new): (Span, &str)) {
        let old = self.file.slice(span);
        let bare = old.replace(['«', '»', '"', '“', '”', '\u{a0}'], " ");
        let joined = |text: &str| text.split_whitespace().collect::<String>();
        let same = joined(&bare) == joined(new);
        if old.contains(['«', '"', '“'])
            && !new.contains('«')
            && same
            && matches!(diagnostic.code, "tournure" | "guillemets-droits")
        {
            diagnostic.message = "un nom et une option s'écrivent sans guillemets".to_owned();
        }
    }

    /// What has changed, with the place of the mistake where they touch.
    pub(super) fn change(&self, diagnostic: &Diagnostic, text: &str) -> (Span, String) {
        let (span, new) = difference(self.file.text(), text);
        let place = diagnostic.labels.first().map_or(span, |label| label.span);
        let (start, end) = (place.start.min(span.start), place.end.max(span.end));
        let apart = Span::new(place.end as usize, span.start.max(place.end) as usize);
        let touches = place.start <= span.end
            && self.file.slice(apart).trim().is_empty()
            && (span.start <= place.end || diagnostic.code == "mot-cle-inconnu");
        let whole = Span::new(start as usize, end as usize);
        let grown = (text.len() + end as usize).saturating_sub(self.file.text().len());
        let (span, new) = match text.get(start as usize..grown) {
            Some(new) if touches && !self.file.slice(whole).contains('\n') => (whole, new.to_owned()),
            _ => (span, new),
        };
        let (span, new) = self.with_name(span, new);
        let (span, new) = self.with_figure(span, new);
        self.with_next(span, new)
    }

    /// « déposée » becomes « déposée le »: the name that it ends goes with what changes.
    fn with_name(&self, span: Span, new: String) -> (Span, String) {
        let before = self.file.text().get(..span.start as usize).unwrap_or("");
        let word = before.trim_end_matches(' ');
        let start = word.rfind([' ', '\n', '(']).map_or(0, |at| at + 1);
        let ends_a_name = new.starts_with("le ") && word.get(start..).is_some_and(|word| word.contains('.'));
        if !ends_a_name || self.file.slice(span).starts_with("le") {
            return (span, new);
        }
        let whole = Span::new(start, span.end as usize);
        let gap = before.get(start..).unwrap_or("");
        (whole, format!("{gap}{new}"))
    }

    /// « % et 100 % » becomes « 0 % et 100 % »: a unit goes with its figure.
    fn with_figure(&self, span: Span, new: String) -> (Span, String) {
        let before = self.file.text().get(..span.start as usize).unwrap_or("");
        let figure = before.trim_end_matches(' ');
        let start = figure.rfind([' ', '\n', '(']).map_or(0, |at| at + 1);
        let counted = figure.get(start..).is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()));
        let kept = before.get(start..).unwrap_or("");
        let old = self.file.slice(span);
        let added = new.starts_with(['%', '€']) && !old.starts_with(['%', '€']);
        match added && counted && figure.len() < before.len() {
            true => (Span::new(start, span.end as usize), format!("{kept}{new}")),
            false => (span, new),
        }
    }

    /// A change that ends on a word that joins goes on with what it joins: « statut est étudiant ».
    fn with_next(&self, span: Span, new: String) -> (Span, String) {
        const JOINTS: [&str; 4] = ["est", "dont", "×", "vérifient"];
        // « parmi inscrit, classé », « de 5 000 »: no list and no figure is cut.
        let goes_on = |next: &str| {
            new.ends_with(',') && new.contains("parmi ")
                || new.ends_with(|c: char| c.is_ascii_digit())
                    && next.len() == 3
                    && next.bytes().all(|b| b.is_ascii_digit())
        };
        let rest = self.file.text().get(span.end as usize..).unwrap_or("");
        let next = rest.strip_prefix(' ').and_then(|rest| {
            // A name is not cut, nor an option: « location de véhicule ».
            let options = self.declared.options.iter().map(|(option, _)| option.len());
            let option = options.filter_map(|end| rest.get(..end)).filter(|said| {
                new.ends_with(',') && self.declared.options.iter().any(|(option, _)| option == said)
            });
            let option = option.max_by_key(|said| said.len());
            self.declared.starting(rest).or(option).or_else(|| rest.split([' ', '\n', ')', ',', ':']).next())
        });
        let joins = new.rsplit(' ').next().is_some_and(|last| JOINTS.contains(&last)) && new.contains(' ');
        match next.filter(|next| (joins || goes_on(next)) && !next.is_empty()) {
            Some(next) => {
                let end = span.end as usize + 1 + next.len();
                (Span::new(span.start as usize, end), format!("{new} {next}"))
            }
            None => (span, new),
        }
    }
}

/// What is to be written, line by line.
pub(super) fn in_lines(new: &str) -> String {
    new.lines().map(|line| format!("« {} »", line.trim())).collect::<Vec<_>>().join(", puis à la ligne ")
}

/// « il manque « de » devant « 501 » », where what is written stays and words come beside it.
fn missing(old: &str, new: &str) -> Option<String> {
    let (old, new) = (old.trim(), new.trim());
    if old.is_empty() || new.contains('\n') {
        return None;
    }
    if new.strip_suffix(',') == Some(old) {
        return Some(format!("il manque une virgule après « {old} »"));
    }
    let beside = |added: &str| !added.trim().is_empty() && !added.contains(['«', '»', '(', ')']);
    if let Some(after) = new.strip_prefix(old).filter(|after| after.starts_with(' ') && beside(after)) {
        return Some(format!("il manque « {} » après « {old} »", after.trim()));
    }
    let before = new.strip_suffix(old).filter(|before| before.ends_with(' ') && beside(before))?;
    Some(format!("il manque « {} » devant « {old} »", before.trim()))
}

/// What one text has where another has something else: whole words, and never nothing.
fn difference(old: &str, new: &str) -> (Span, String) {
    let same =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let shorter = old.len().min(new.len()) - same;
    let tail =
        old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8());
    let mut after = 0;
    for length in tail {
        if after + length > shorter {
            break;
        }
        after += length;
    }
    let is_blank = |c: char| matches!(c, ' ' | '\n');
    let head = old.get(..same).unwrap_or("");
    let mut start = head.rfind(|c| is_blank(c) || c == '(').map_or(0, |at| at + 1);
    let rest = old.get(old.len() - after..).unwrap_or("");
    let mut end = old.len() - after + rest.find(|c| is_blank(c) || c == ')').unwrap_or(rest.len());
    let grown = |end: usize| new.len() - (old.len() - end);
    if start >= end || new.get(start..grown(end)).is_none_or(str::is_empty) && start == end {
        // Nothing is replaced: the word before goes with what comes in.
        let before = old.get(..start).unwrap_or("").trim_end();
        start = before.rfind(is_blank).map_or(0, |at| at + 1);
        end = end.max(before.len());
    }
    // A comma goes with the word before it.
    if new.get(start..grown(end)).is_some_and(|text| text.starts_with([',', ';'])) {
        let before = old.get(..start).unwrap_or("").trim_end_matches(' ');
        start = before.rfind(is_blank).map_or(0, |at| at + 1);
    }
    let text = new.get(start..grown(end)).unwrap_or("").to_owned();
    (Span::new(start, end), text)
}
