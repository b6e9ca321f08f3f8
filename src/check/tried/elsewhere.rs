//! One mistake that shows in several places: what makes them all is looked for where it may stand, in a declaration,
//! in what a table is read by, in the unit of a whole scale, in the word that starts an item.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Key, changed, errors_of, key};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::{SourceFile, Span};
use crate::syntax::tree::{Document, ItemKind, Kind};

/// So many times a file is read again for this.
const MOST_READINGS: usize = 40;
/// So many things does a table of this search read.
const MOST_HEADS: usize = 3;

/// A change, and what is said of it.
struct Change {
    edits: Vec<Edit>,
    code: &'static str,
    message: String,
    place: Span,
    label: String,
    help: String,
}

/// A declaration with another type.
struct Retyped {
    name: String,
    edits: Vec<Edit>,
    /// What is written for it.
    says: String,
    ty: String,
}

/// A search for what makes several mistakes.
struct Search<'a> {
    file: &'a Arc<SourceFile>,
    text: &'a str,
    readings: usize,
}

/// Puts one message in the place of several, where one change elsewhere mends them all.
pub(super) fn settle(file: &Arc<SourceFile>, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let mut search = Search { file, text: file.text(), readings: 0 };
    let found = search
        .item(diagnostics)
        .or_else(|| search.order(diagnostics))
        .or_else(|| search.scale(diagnostics))
        .or_else(|| search.declared(document, diagnostics));
    let Some((change, left)) = found else { return };
    let first = diagnostics.iter().position(|one| one.is_error() && !left.contains(&key(one)));
    let Some(first) = first else { return };
    let mut rank = 0;
    diagnostics.retain(|one| {
        let own = rank;
        rank += 1;
        own == first || !one.is_error() || left.contains(&key(one))
    });
    if let Some(one) = diagnostics.get_mut(first) {
        let Change { edits, code, message, place, label, help } = change;
        *one = Diagnostic::error(code, message).at(file, place, label).help(&help);
        one.remedies.push(Remedy { label: help, edits });
    }
}

impl Search<'_> {
    /// What is left wrong after a change, where it mends all of these and makes no other mistake.
    fn mends(&mut self, edits: &[Edit], wrong: &[&Diagnostic], all: &[Diagnostic]) -> Option<HashSet<Key>> {
        if self.readings >= MOST_READINGS {
            return None;
        }
        self.readings += 1;
        let text = changed(self.text, edits)?;
        let left: HashSet<Key> = errors_of(self.file, &text).iter().map(key).collect();
        let known: HashSet<Key> = all.iter().map(key).collect();
        let mended = wrong.iter().all(|one| !left.contains(&key(one))) && left.is_subset(&known);
        mended.then_some(left)
    }

    fn edit(&self, span: Span, text: impl Into<String>) -> Edit {
        Edit { file: Arc::clone(self.file), span, text: text.into() }
    }

    fn line(&self, span: Span) -> (usize, &str) {
        let (start, end) = super::lines_of(self.text, span);
        (start, self.text.get(start..end).unwrap_or(""))
    }

    /// `droit repos`, above the clauses of a `résultat`: the only kind of item that has them.
    fn item(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let one = all
            .iter()
            .find(|one| one.is_error() && one.code == "mot-cle-inconnu" && one.remedies.is_empty())?;
        let span = one.labels.first()?.span;
        let (start, line) = self.line(span);
        let line = line.to_owned();
        let (word, name) = line.split_once(' ')?;
        if span.start as usize != start || name.trim().is_empty() || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let place = Span::new(start, start + word.len());
        let kinds = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Source | Kind::Fact));
        let mut fits: Vec<(Kind, HashSet<Key>)> = Vec::new();
        for kind in kinds {
            let edits = [self.edit(place, kind.word())];
            fits.extend(self.mends(&edits, &[one], all).map(|left| (kind, left)));
        }
        let least = fits.iter().map(|(_, left)| left.len()).min()?;
        fits.retain(|(_, left)| left.len() == least);
        let said: Vec<String> = fits.iter().map(|(kind, _)| format!("« {} »", kind.word())).collect();
        let (kind, left) = fits.into_iter().next()?;
        let [only] = said.as_slice() else { return None };
        let help = format!("écrire {only}");
        let message = format!("aucun élément ne commence par « {word} »");
        let edits = vec![self.edit(place, kind.word())];
        let label = String::new();
        Some((Change { edits, code: "mot-cle-inconnu", message, place, label, help }, left))
    }

    /// `selon façade, taille`, above lines that give the size first.
    fn order(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        const OF_CELLS: [&str; 3] = ["option-inconnue", "types-incompatibles", "nom-inconnu"];
        let wrong: Vec<&Diagnostic> =
            all.iter().filter(|one| one.is_error() && OF_CELLS.contains(&one.code)).collect();
        let first = wrong.first()?.labels.first()?.span;
        let above = self.text.get(..first.start as usize)?;
        let at = above.rfind(" selon ")? + " selon ".len();
        let end = at + self.text.get(at..)?.find('\n')?;
        // The lines of a table stand right below.
        let between = self.text.get(end..self.line(first).0)?;
        if between.lines().any(|line| !line.trim().is_empty() && !line.contains(" : ")) {
            return None;
        }
        let said = self.text.get(at..end)?.to_owned();
        let heads: Vec<&str> = said.split(", ").collect();
        if !(2..=MOST_HEADS).contains(&heads.len()) {
            return None;
        }
        let place = Span::new(at, end);
        let orders: &[&[usize]] = match heads.len() {
            2 => &[&[1, 0]],
            _ => &[&[1, 0, 2], &[0, 2, 1], &[2, 1, 0], &[1, 2, 0], &[2, 0, 1]],
        };
        for order in orders {
            let says =
                order.iter().filter_map(|rank| heads.get(*rank).copied()).collect::<Vec<_>>().join(", ");
            let edits = vec![self.edit(place, says.clone())];
            if let Some(left) = self.mends(&edits, &wrong, all) {
                let message =
                    "ces choses ne sont pas dans l'ordre où les lignes du tableau les donnent".to_owned();
                let help = format!("écrire « {says} »");
                let label = String::new();
                return Some((Change { edits, code: "ordre-du-tableau", message, place, label, help }, left));
            }
        }
        None
    }

    /// `jusqu'à 6 000 € : …`, read by an amount by year: every end lacks its unit.
    fn scale(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let of_scale = |one: &&Diagnostic| {
            one.is_error()
                && one.code == "types-incompatibles"
                && one.message.starts_with("le barème se lit selon ")
        };
        let wrong: Vec<&Diagnostic> = all.iter().filter(of_scale).collect();
        if wrong.len() < 2 {
            return None;
        }
        let edits: Vec<Edit> =
            wrong.iter().filter_map(|one| one.remedies.first()?.edits.first().cloned()).collect();
        let left = self.mends(&edits, &wrong, all).filter(|_| edits.len() == wrong.len())?;
        let first = wrong.first()?;
        let (wanted, _) = first.message.strip_prefix("le barème se lit selon ")?.split_once(" ; ")?;
        let mut said: Vec<String> = Vec::new();
        for edit in &edits {
            let own = format!("« {} »", edit.text);
            if !said.contains(&own) {
                said.push(own);
            }
        }
        let message = format!("le barème se lit selon {wanted} ; ses bornes n'en ont pas l'unité");
        let help = format!("écrire {}", said.join(", "));
        let place = first.labels.first()?.span;
        let label = String::new();
        Some((Change { edits, code: "types-incompatibles", message, place, label, help }, left))
    }

    /// `revenu : montant`, where every rule has it by year.
    fn declared(&mut self, document: &Document, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let wrong: Vec<&Diagnostic> =
            all.iter().filter(|one| one.is_error() && one.code == "types-incompatibles").collect();
        // One figure of another unit is a figure at fault.
        let figure = |one: &&Diagnostic| {
            let place = one.labels.first().map_or("", |label| self.file.slice(label.span));
            !one.remedies.is_empty() || place.starts_with(|c: char| c.is_ascii_digit())
        };
        let alone = wrong.len() < 2 && wrong.iter().all(figure);
        if wrong.is_empty() || alone {
            return None;
        }
        let mut said: Vec<String> = Vec::new();
        for words in wrong.iter().flat_map(|one| &one.labels).map(|label| label.text.as_str()).chain(
            wrong.iter().flat_map(|one| one.message.split([';', ':']).flat_map(|part| part.split(" est "))),
        ) {
            let ty = words.trim().strip_prefix("un ").or_else(|| words.trim().strip_prefix("une "));
            let ty = ty.filter(|ty| is_type(ty)).map(str::to_owned);
            said.extend(ty.filter(|ty| !said.contains(ty)));
        }
        let mut found: Vec<(Change, HashSet<Key>)> = Vec::new();
        for Retyped { name, edits, says, ty } in self.retyped(document, &said) {
            // One mistake alone takes no unit off what is declared: a source may say it.
            let adds = [" par ", " en "].iter().any(|unit| ty.contains(unit)) || says.contains('€');
            if !adds && wrong.len() < 2 {
                continue;
            }
            let (Some(left), Some(first)) = (self.mends(&edits, &wrong, all), edits.first()) else {
                continue;
            };
            let message = format!("« {name} » est déclaré autrement que les règles ne l'emploient");
            let (place, help) = (first.span, format!("écrire « {says} »"));
            let label = format!("les règles en font {}", with_article(&ty));
            found.push((Change { edits, code: "types-incompatibles", message, place, label, help }, left));
        }
        let [_] = found.as_slice() else { return None };
        found.pop()
    }

    /// The declarations that have one of these types, each with another of them.
    fn retyped(&self, document: &Document, said: &[String]) -> Vec<Retyped> {
        let mut all = Vec::new();
        let facts = document.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Dossier(facts) => Some(facts),
            _ => None,
        });
        for fact in facts.flatten() {
            let written = self.file.slice(fact.ty_span);
            let Some(own) = said.iter().filter(|ty| begins(written, ty)).max_by_key(|ty| ty.len()) else {
                continue;
            };
            let start = fact.ty_span.start as usize;
            for other in said.iter().filter(|other| *other != own) {
                let place = Span::new(start, start + own.len());
                let mut edits = vec![self.edit(place, other.clone())];
                let mut whole = other.clone();
                let bounds = written.get(own.len()..).unwrap_or("");
                if other.starts_with("montant") != own.starts_with("montant") && !bounds.trim().is_empty() {
                    let bare = bounds.replace(" €", "");
                    let says = if other.starts_with("montant") { format!("{bare} €") } else { bare };
                    let rest = Span::new(start + own.len(), start + written.len());
                    whole.push_str(&says);
                    edits.push(self.edit(rest, says));
                }
                all.push(Retyped { name: fact.path.text.to_string(), edits, says: whole, ty: other.clone() });
            }
        }
        for item in &document.items {
            let (ItemKind::Parameter(values, _), Some(name)) = (&item.kind, &item.name) else { continue };
            let written: Vec<&str> = values.iter().map(|value| self.file.slice(value.value.span)).collect();
            let is_money = |text: &&str| text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('€');
            if written.is_empty() || !written.iter().all(is_money) {
                continue;
            }
            for ty in said {
                let Some(unit) = ty.strip_prefix("montant") else { continue };
                let says = |text: &str| format!("{} €{unit}", text.split(" €").next().unwrap_or(""));
                let edits: Vec<Edit> = values
                    .iter()
                    .zip(&written)
                    .map(|(value, text)| self.edit(value.value.span, says(text)))
                    .collect();
                let first = written.first().map_or("", |text| text);
                if says(first) != first {
                    all.push(Retyped {
                        name: name.text.to_string(),
                        edits,
                        says: says(first),
                        ty: ty.clone(),
                    });
                }
            }
        }
        all
    }
}

/// Whether words are a type of a fact.
fn is_type(words: &str) -> bool {
    ["montant", "nombre", "entier", "pourcentage", "date", "durée en"]
        .iter()
        .any(|own| words.starts_with(own))
        && words.split(' ').count() <= 4
}

fn begins(written: &str, ty: &str) -> bool {
    written.strip_prefix(ty).is_some_and(|rest| {
        rest.is_empty() || [" ≥", " ≤", " >", " <", " entre", ","].iter().any(|next| rest.starts_with(next))
    })
}

fn with_article(ty: &str) -> String {
    let article = if ty.starts_with("date") || ty.starts_with("durée") { "une" } else { "un" };
    format!("{article} {ty}")
}
