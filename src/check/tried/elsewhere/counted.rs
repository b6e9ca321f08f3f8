//! A date less another one counts days: where rules compare it with years or with months, it was meant to be counted so.

use std::collections::HashSet;

use super::super::Key;
use super::{Change, Search};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;
use crate::syntax::tree::{ArithOp, Document, Expr, ExprKind, ItemKind, ValueForm};

/// Words of what is counted in years.
const IN_YEARS: [&str; 5] = ["âge", "ancienneté", "années", "ans", "an"];
/// Words of the date from which an age is counted.
const BIRTH: [&str; 5] = ["né", "née", "nés", "nées", "naissance"];

/// What rules compare.
struct Counted {
    /// The name that they read, or nothing where it stands in them.
    name: Option<String>,
    place: Span,
    first: String,
    second: String,
}

impl Search<'_> {
    /// `vaut demande.déposée le - né le`, compared with whole numbers.
    pub(super) fn counted(
        &mut self,
        document: &Document,
        all: &[Diagnostic],
    ) -> Option<(Change, HashSet<Key>)> {
        let in_days = |one: &&Diagnostic| {
            one.is_error()
                && one.code == "types-incompatibles"
                && (one.message.contains("une durée en jours")
                    || one.labels.iter().any(|label| label.text == "une durée en jours"))
        };
        let wrong: Vec<&Diagnostic> = all.iter().filter(in_days).collect();
        if wrong.is_empty() {
            return None;
        }
        if let Some(found) = self.days_of_months(document, &wrong, all) {
            return Some(found);
        }
        let found = self.defined(document).into_iter().chain(self.written_there(&wrong));
        for counted in found.collect::<Vec<_>>() {
            if let Some(found) = self.counted_so(&counted, &wrong, all) {
                return Some(found);
            }
        }
        None
    }

    /// `vaut jours de stage`, or `jours de stage ≥ 2`, where the passages that rules cite count months.
    fn days_of_months(
        &mut self,
        document: &Document,
        wrong: &[&Diagnostic],
        all: &[Diagnostic],
    ) -> Option<(Change, HashSet<Key>)> {
        let defined = document.items.iter().filter_map(|item| {
            let (ItemKind::Definition(definition), Some(name)) = (&item.kind, &item.name) else {
                return None;
            };
            let ValueForm::Single(value) = &definition.body.form else { return None };
            Some((Some(name.text.to_string()), bare(value).span))
        });
        let labels = wrong.iter().flat_map(|one| &one.labels);
        let written =
            labels.filter(|label| label.text == "une durée en jours").map(|label| (None, label.span));
        let found: Vec<(Option<String>, Span)> = defined.chain(written).collect();
        found.into_iter().find_map(|(name, place)| {
            let written = self.file.slice(place);
            let said = written.trim_end();
            let inner = said.trim_start_matches('(');
            let of = inner.strip_prefix("jours ")?;
            let start = place.start as usize + said.len() - inner.len();
            let reads = |one: &&&Diagnostic| {
                one.labels.iter().any(|label| match &name {
                    Some(name) => self.line(label.span).1.contains(name.as_str()),
                    None => label.span == place,
                })
            };
            let wrong: Vec<&Diagnostic> = wrong.iter().filter(reads).copied().collect();
            let compared: Vec<Span> =
                wrong.iter().filter_map(|one| one.labels.first()).map(|label| label.span).collect();
            if wrong.is_empty() || !compared.iter().all(|place| self.cites_months(*place)) {
                return None;
            }
            let mut edits = vec![self.edit(Span::new(start, start + "jours".len()), "mois entiers")];
            for span in &compared {
                let count = self.file.slice(*span).strip_suffix(" mois");
                edits.extend(count.map(|count| self.edit(*span, count)));
            }
            let left = self.mends(&edits, &wrong, all)?;
            let says = format!("mois entiers {}", of.trim_end_matches(')'));
            let message = match &name {
                Some(name) => format!("« {name} » compte des jours, les passages cités comptent des mois"),
                None => "cette règle compte des jours, le passage cité compte des mois".to_owned(),
            };
            let place = Span::new(start, start + inner.trim_end_matches(')').len());
            let mut change =
                Change::new("types-incompatibles", message, place, edits, format!("écrire « {says} »"));
            let first = compared.first().filter(|_| name.is_some());
            change.also.extend(first.map(|place| (*place, "lu ici, par exemple".to_owned())));
            Some((change, left))
        })
    }

    /// Whether what the item of a place cites counts months, and no days.
    fn cites_months(&self, place: Span) -> bool {
        let (before, after) = self.text.split_at_checked(place.start as usize).unwrap_or(("", ""));
        let start = before.rfind("\n\n").unwrap_or(0);
        let end = before.len() + after.find("\n\n").unwrap_or(after.len());
        let block = self.text.get(start..end).unwrap_or("");
        let mut words = block
            .split(['«', '»'])
            .skip(1)
            .step_by(2)
            .flat_map(|said| said.split([' ', '\n', ',', '.', ';']));
        let has = |word: &str| matches!(word, "mois" | "jour" | "jours");
        let counted: Vec<&str> = words.by_ref().filter(|word| has(word)).collect();
        !counted.is_empty() && counted.iter().all(|word| *word == "mois")
    }

    /// The definitions that are one date less another.
    fn defined(&self, document: &Document) -> Vec<Counted> {
        let items = document.items.iter().filter_map(|item| {
            let (ItemKind::Definition(definition), Some(name)) = (&item.kind, &item.name) else {
                return None;
            };
            let ValueForm::Single(value) = &definition.body.form else { return None };
            let ExprKind::Arith { op: ArithOp::Sub, left, right } = &bare(value).kind else { return None };
            let [first, second] = [left, right].map(|date| self.file.slice(date.span).to_owned());
            Some(Counted { name: Some(name.text.to_string()), place: value.span, first, second })
        });
        items.collect()
    }

    /// What stands where it is compared.
    fn written_there(&self, wrong: &[&Diagnostic]) -> Option<Counted> {
        let label =
            wrong.iter().flat_map(|one| &one.labels).find(|label| label.text == "une durée en jours")?;
        let said = self.file.slice(label.span);
        let (first, second) = said.trim_matches(['(', ')']).split_once(" - ")?;
        let (first, second) = (first.to_owned(), second.to_owned());
        Some(Counted { name: None, place: label.span, first, second })
    }

    fn counted_so(
        &mut self,
        counted: &Counted,
        wrong: &[&Diagnostic],
        all: &[Diagnostic],
    ) -> Option<(Change, HashSet<Key>)> {
        let Counted { name, place, first, second } = counted;
        let reads = |one: &&&Diagnostic| {
            one.labels.iter().any(|label| match name {
                Some(name) => {
                    self.file.slice(label.span) == name || self.line(label.span).1.contains(&**name)
                }
                None => label.span == *place,
            })
        };
        let wrong: Vec<&Diagnostic> = wrong.iter().filter(reads).copied().collect();
        let compared: Vec<Span> =
            wrong.iter().filter_map(|one| one.labels.first()).map(|label| label.span).collect();
        let written: Vec<&str> = compared.iter().map(|span| self.file.slice(*span)).collect();
        let has =
            |text: &str, words: &[&str]| text.split([' ', '.', '\'', '’']).any(|word| words.contains(&word));
        let born = [first, second].into_iter().any(|date| has(date, &BIRTH));
        let years = born || name.as_deref().is_some_and(|name| has(name, &IN_YEARS));
        let in_months = name.as_deref().is_some_and(|name| has(name, &["mois"]));
        let ends = |unit: &[&str]| written.iter().any(|text| unit.iter().any(|own| text.ends_with(own)));
        let (unit, of) = match (ends(&[" mois"]), ends(&[" ans", " an"])) {
            (true, _) => ("en mois entiers", "mois"),
            (false, true) => ("en années entières", "années"),
            _ if in_months => ("en mois entiers", "mois"),
            _ if years => ("en années entières", "années"),
            _ => return None,
        };
        // Who was born comes before what is asked for them.
        let (from, to) =
            if has(first, &BIRTH) && !has(second, &BIRTH) { (first, second) } else { (second, first) };
        let says = format!("entre {from} et {to} {unit}");
        let says = if name.is_some() { says } else { format!("({says})") };
        let mut edits = vec![self.edit(*place, says.clone())];
        let mut bare: Vec<String> = Vec::new();
        for (span, text) in compared.iter().zip(&written) {
            let (count, by) = text.rsplit_once(' ').unwrap_or((text, ""));
            let count = match (by, of) {
                ("mois", "mois") | ("ans" | "an", "années") => count.to_owned(),
                ("ans" | "an", "mois") => (count.parse::<u32>().ok()?.checked_mul(12)?).to_string(),
                _ => continue,
            };
            bare.push(format!("« {count} » au lieu de « {text} »"));
            edits.push(self.edit(*span, count));
        }
        edits.dedup_by_key(|edit| edit.span);
        let left = self.mends(&edits, &wrong, all)?;
        let mut help = format!("écrire « {says} »");
        if !bare.is_empty() {
            help.push_str(&format!(", et {}", bare.join(", ")));
        }
        let message = match name {
            Some(name) => format!("« {name} » compte des jours, les règles y lisent des {of}"),
            None => format!("une date moins une autre compte des jours, ce qui suit des {of}"),
        };
        let remedies = vec![Remedy { label: help.clone(), edits: edits.into_iter().collect::<Vec<Edit>>() }];
        let also = name.is_some().then(|| compared.first()).flatten();
        let also = also.map(|place| (*place, "comparé ici, par exemple".to_owned())).into_iter().collect();
        let change = Change {
            remedies,
            code: "types-incompatibles",
            message,
            place: *place,
            label: String::new(),
            help,
            also,
        };
        Some((change, left))
    }
}

/// What parentheses hold.
fn bare(value: &Expr) -> &Expr {
    match &value.kind {
        ExprKind::Paren(inner) => bare(inner),
        _ => value,
    }
}
