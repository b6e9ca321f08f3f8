//! The type of a fact, where none is read: what is written, what is asked and what rules make of it tell which it is.

use std::sync::Arc;

use super::Trial;
use super::elsewhere::asked::{asked, period};
use super::elsewhere::retyped::{TYPES, head_of, retyped};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;
use crate::syntax::turns;

/// What says that a type is not read.
const UNREAD: [&str; 9] = [
    "type-inconnu",
    "type-manquant",
    "suite-inattendue",
    "signe-inconnu",
    "signe-manquant",
    "signe-en-trop",
    "signe-en-mots",
    "unite-inconnue",
    "tournure",
];
/// What says that a fact is not asked in all cases, and not in which.
const WHERE_DUE: [&str; 4] = ["le cas échéant", "s'il y a lieu", "éventuellement", "si applicable"];
/// The units of a number, as its type says them.
const UNITS: [&str; 10] = ["m", "m²", "m³", "km", "ha", "kg", "t", "litres", "kWh", "heures"];
/// So many types are told.
const MOST_TOLD: usize = 3;

/// A type where it is written.
struct Written {
    span: Span,
    /// With its bounds, without what follows a comma.
    text: String,
    /// What follows: who judges, when it is asked.
    rest: String,
    question: String,
}

impl Trial<'_> {
    /// The type that a fact may have, where the one that is written is none.
    pub(super) fn typed(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let written = self.written_type(diagnostic)?;
        let whole = format!("{}{}", written.text, written.rest);
        let meant = turns::type_of(&whole);
        let said: Vec<String> = meant.into_iter().chain(turns::cleaned_types(&whole)).collect();
        for says in said {
            if let Some(text) = self.with_type(written.span, &says) {
                return self.say_type(diagnostic, &written, &[says], text);
            }
        }
        // What follows a comma says something that no other type does.
        if written.text.contains(',') {
            return None;
        }
        let mut fits: Vec<(String, String)> = Vec::new();
        let units = UNITS.map(|unit| format!("nombre en {unit}"));
        let types = TYPES.iter().copied().chain(units.iter().map(String::as_str));
        let kind = turns::kind_of_type(&written.text);
        for head in types {
            let Some(ty) = retyped(&written.text, head) else { continue };
            let says = format!("{ty}{}", written.rest);
            fits.extend(self.with_type(written.span, &says).map(|text| (says, text)));
        }
        let keep = |fits: &mut Vec<(String, String)>, wanted: &dyn Fn(&str) -> bool| {
            if fits.iter().any(|(ty, _)| wanted(ty)) {
                fits.retain(|(ty, _)| wanted(ty));
            }
        };
        if let Some(kind) = kind {
            keep(&mut fits, &|ty| ty.starts_with(kind));
        }
        let question = asked(&written.question);
        keep(&mut fits, &|ty| question.is_some_and(|asked| asked.fits(ty)));
        let by = period(&written.question);
        keep(&mut fits, &|ty| by == Some(head_of(ty)));
        // What no rule has in a unit is a number without one.
        if fits.iter().any(|(ty, _)| head_of(ty) == "nombre") {
            fits.retain(|(ty, _)| !ty.starts_with("nombre en "));
        }
        if fits.iter().any(|(ty, _)| head_of(ty) == "montant") {
            fits.retain(|(ty, _)| !ty.starts_with("montant par "));
        }
        let told: Vec<String> = fits.iter().take(MOST_TOLD).map(|(ty, _)| ty.clone()).collect();
        match fits.as_slice() {
            [] => None,
            [(_, text)] => {
                let text = text.clone();
                self.say_type(diagnostic, &written, &told, text)
            }
            several if several.len() <= MOST_TOLD => {
                self.say_type(diagnostic, &written, &told, String::new());
                None
            }
            _ => None,
        }
    }

    /// `date, le cas échéant`: when it is asked is a condition, that of the group's own answer by yes or no.
    pub(super) fn asked_where(&mut self, diagnostic: &mut Diagnostic) -> Option<Option<String>> {
        let written = self.written_type(diagnostic)?;
        let (ty, turn) = WHERE_DUE
            .iter()
            .find_map(|turn| Some((written.text.strip_suffix(turn)?.trim_end_matches([',', ' ']), *turn)))?;
        let text = self.file.text();
        let line = text.get(self.start..self.end)?.trim_start();
        let name = line.split([':', '«']).next()?.trim();
        let group = name.split_once('.').map(|(group, _)| format!("{group}."));
        let of_it = |truth: &&String| group.as_ref().is_some_and(|group| truth.starts_with(group.as_str()));
        let all: Vec<&String> = self.declared.truths.iter().filter(of_it).collect();
        let named = all.iter().find(|truth| name.starts_with(truth.as_str())).copied();
        let asked = named.or(match all.as_slice() {
            [one] => Some(*one),
            _ => None,
        });
        diagnostic.code = "tournure";
        diagnostic.message = format!("« {turn} » ne dit pas quand c'est demandé");
        diagnostic.labels.truncate(1);
        let start = written.span.start as usize + written.text.rfind(turn)?;
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (Span::new(start, start + turn.len()), String::new());
        }
        let Some(asked) = asked else {
            diagnostic.help = Some(format!("dire dans quel cas : « {ty}, si … »"));
            diagnostic.remedies.clear();
            return Some(None);
        };
        let says = format!("{ty}, si {asked}");
        let changed = self.with_type(written.span, &says);
        diagnostic.help = Some(format!("écrire « {says} »"));
        diagnostic.remedies = vec![Remedy {
            label: format!("écrire « {says} »"),
            edits: vec![Edit { file: Arc::clone(self.file), span: written.span, text: says }],
        }];
        Some(changed)
    }

    /// The type of the line of a mistake, where the line declares a fact and the mistake stands in its type.
    fn written_type(&self, diagnostic: &Diagnostic) -> Option<Written> {
        let place = diagnostic.labels.first()?.span;
        let text = self.file.text();
        let line = text.get(self.start..self.end).filter(|line| line.starts_with([' ', '\t']))?;
        if !UNREAD.contains(&diagnostic.code) || line.contains('\n') || !self.is_in_dossier() {
            return None;
        }
        let from = line.rfind('»').unwrap_or(0);
        let colon = from + line.get(from..)?.find(':')? + 1;
        let rest = line.get(colon..)?;
        let start = self.start + colon + (rest.len() - rest.trim_start().len());
        let whole = rest.trim();
        if whole.is_empty() || line.get(from..)?.trim_end().ends_with('»') {
            return None;
        }
        // A condition is no type.
        let condition = [", si ", " si "].into_iter().filter_map(|link| whole.find(link)).min();
        let ends = [", unique", ", à l'appréciation", ", à l’appréciation"];
        let cut = ends.into_iter().filter_map(|end| whole.find(end)).chain(condition).min();
        let cut = cut.unwrap_or(whole.len());
        let after = condition.map_or(self.end, |at| start + at);
        if (place.start as usize) < self.start + colon - 1 || place.start as usize >= after {
            return None;
        }
        let next = text.get(self.end..).unwrap_or("").trim_start();
        let question = next.strip_prefix('«').and_then(|rest| rest.split('»').next()).unwrap_or("");
        let (text, rest) = whole.split_at(cut);
        Some(Written {
            span: Span::new(start, start + whole.len()),
            text: text.to_owned(),
            rest: rest.to_owned(),
            question: question.trim().to_owned(),
        })
    }

    /// Whether the line stands under « dossier ».
    fn is_in_dossier(&self) -> bool {
        let before = self.file.text().get(..self.start).unwrap_or("");
        let above = before.lines().rev().find(|line| line.starts_with(char::is_alphabetic));
        above.is_some_and(|line| line.starts_with("dossier"))
    }

    /// The text with another type there, where it leaves nothing wrong.
    fn with_type(&mut self, span: Span, says: &str) -> Option<String> {
        let mut text = self.file.text().to_owned();
        text.replace_range(span.range(), says);
        (self.is_faithful(&text) && self.mends(&text)).then_some(text)
    }

    fn say_type(
        &self,
        diagnostic: &mut Diagnostic,
        written: &Written,
        types: &[String],
        text: String,
    ) -> Option<String> {
        // What stays of it is not shown.
        let rest = written.rest.as_str();
        let bare: Vec<&str> = types.iter().map(|ty| ty.strip_suffix(rest).unwrap_or(ty)).collect();
        let first = *bare.first()?;
        let start = written.span.start as usize;
        let own = written.text.as_str();
        let head = head_of(own);
        let with_rest = types.iter().any(|ty| !ty.ends_with(rest));
        let kept = bare.iter().all(|ty| ty.get(head_of(ty).len()..) == own.get(head.len()..));
        let (span, shown): (Span, Vec<&str>) = if with_rest {
            (written.span, types.iter().map(String::as_str).collect())
        } else if kept && !head.is_empty() {
            (Span::new(start, start + head.len()), bare.iter().map(|ty| head_of(ty)).collect())
        } else {
            (Span::new(start, start + own.len()), bare.clone())
        };
        let old = self.file.slice(span).to_owned();
        let quoted: Vec<String> = shown.iter().map(|ty| format!("« {ty} »")).collect();
        let unit = old.strip_prefix("nombre en ").filter(|unit| unit.split(' ').count() <= 2);
        let beyond = old
            .strip_prefix(shown.first().copied().unwrap_or(""))
            .filter(|rest| shown.len() == 1 && !rest.is_empty() && !rest.starts_with(char::is_alphanumeric));
        if let Some(unit) = unit {
            diagnostic.code = "unite-inconnue";
            diagnostic.message = format!("unité inconnue : « {unit} »");
        } else if let Some(beyond) = beyond {
            let beyond = beyond.trim_start_matches([',', ' ']);
            diagnostic.code = "suite-inattendue";
            diagnostic.message = format!("« {beyond} » n'est d'aucun type");
        } else {
            diagnostic.code = "type-inconnu";
            diagnostic.message = format!("type inconnu : « {old} »");
        }
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (span, String::new());
        }
        let mut help = format!("écrire {}", quoted.join(" ou "));
        if unit.is_some() && head_of(first) == "nombre" {
            help.push_str(&format!(", l'unité dite par la question ; unités connues : {}", UNITS.join(", ")));
        }
        diagnostic.help = Some(help);
        diagnostic.remedies = shown
            .iter()
            .zip(&quoted)
            .map(|(ty, quoted)| Remedy {
                label: format!("écrire {quoted}"),
                edits: vec![Edit { file: Arc::clone(self.file), span, text: (*ty).to_owned() }],
            })
            .collect();
        (!text.is_empty()).then_some(text)
    }
}
