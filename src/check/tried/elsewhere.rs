//! One mistake that shows in several places: what makes them all is looked for where it may stand, in a declaration,
//! in what a table is read by, in the unit of a whole scale, in the word that starts an item.

pub(super) mod asked;
mod counted;
mod divided;
mod each;
mod heads;
mod parameter;
mod per;
mod renamed;
pub(super) mod retyped;

use std::collections::HashSet;
use std::sync::Arc;

use super::again::errors_where;
use super::{Key, changed, key};
use crate::diagnostic::{Diagnostic, Edit, Label, Remedy};
use crate::source::{SourceFile, Span};
use crate::syntax::tree::Document;

/// So many times a file is read again for this.
const MOST_READINGS: usize = 120;
/// So many things does a table of this search read.
const MOST_HEADS: usize = 3;

/// A change, and what is said of it.
struct Change {
    /// Alternatives, the likelier first; none where only the author knows.
    remedies: Vec<Remedy>,
    code: &'static str,
    message: String,
    place: Span,
    label: String,
    help: String,
    /// Other places, and what is said there.
    also: Vec<(Span, String)>,
}

impl Change {
    /// One that is told at its place alone.
    fn new(code: &'static str, message: String, place: Span, edits: Vec<Edit>, help: String) -> Self {
        let remedies = vec![Remedy { label: help.clone(), edits }];
        Change { remedies, code, message, place, label: String::new(), help, also: Vec::new() }
    }
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
        .or_else(|| search.several(diagnostics))
        .or_else(|| search.order(diagnostics))
        .or_else(|| search.scaled(diagnostics))
        .or_else(|| search.comma(document, diagnostics))
        .or_else(|| search.ranked(diagnostics))
        .or_else(|| search.cut_source(diagnostics))
        .or_else(|| search.divided(document, diagnostics))
        .or_else(|| search.summed(diagnostics))
        .or_else(|| search.counted(document, diagnostics))
        .or_else(|| search.per(diagnostics))
        .or_else(|| search.each_left_out(document, diagnostics))
        .or_else(|| search.renamed(document, diagnostics))
        .or_else(|| search.unit(document, diagnostics));
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
        let Change { remedies, code, message, place, label, help, also } = change;
        *one = Diagnostic::error(code, message).at(file, place, label).help(help);
        for (place, text) in also {
            one.labels.push(Label { file: Arc::clone(file), span: place, text });
        }
        one.remedies = remedies;
    }
}

impl Search<'_> {
    /// A declaration of another type, or the ends of a scale in another unit: the declaration first where what it
    /// asks tells it.
    fn unit(&mut self, document: &Document, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let retyped = self.retyped(document, all);
        match retyped {
            Some((true, change, left)) => Some((change, left)),
            other => self.scale(all).or(other.map(|(_, change, left)| (change, left))),
        }
    }

    /// What is left wrong after a change, where it mends all of these and makes no other mistake.
    fn mends(&mut self, edits: &[Edit], wrong: &[&Diagnostic], all: &[Diagnostic]) -> Option<HashSet<Key>> {
        if self.readings >= MOST_READINGS {
            return None;
        }
        self.readings += 1;
        let text = changed(self.text, edits)?;
        let known: HashSet<Key> = all.iter().map(key).collect();
        let wrong: HashSet<Key> = wrong.iter().map(|one| key(one)).collect();
        let mended = |left: &HashSet<Key>| left.is_subset(&known) && left.is_disjoint(&wrong);
        let of_use = |errors: &[&Diagnostic]| mended(&errors.iter().map(|one| key(one)).collect());
        let left = errors_where(self.file, &text, of_use)?.iter().map(key).collect();
        mended(&left).then_some(left)
    }

    fn edit(&self, span: Span, text: impl Into<String>) -> Edit {
        Edit { file: Arc::clone(self.file), span, text: text.into() }
    }

    fn line(&self, span: Span) -> (usize, &str) {
        let (start, end) = super::lines_of(self.text, span);
        (start, self.text.get(start..end).unwrap_or(""))
    }

    /// `vaut revenu`, above the lines of a scale: « selon » is missing.
    fn scaled(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let one = all.iter().find(|one| one.is_error() && one.code == "mot-cle-inconnu")?;
        let (start, line) = self.line(one.labels.first()?.span);
        let above = self.text.get(..start)?.trim_end();
        let from = above.rfind('\n')? + 1;
        let said = above.get(from..)?;
        let verb = ["vaut ", "montant "].into_iter().find(|verb| said.trim_start().starts_with(verb))?;
        if !line.contains(" : ") || said.contains("selon ") {
            return None;
        }
        let verb_at = from + (said.len() - said.trim_start().len());
        let at = verb_at + verb.len();
        let edits = vec![self.edit(Span::new(at, at), "selon ")];
        let left = self.mends(&edits, &[one], all)?;
        let what = above.get(at..)?;
        let message = format!("il manque « selon » entre « {} » et « {what} »", verb.trim());
        let help = format!("écrire « {verb}selon {what} »");
        Some((Change::new("signe-manquant", message, Span::new(verb_at, above.len()), edits, help), left))
    }

    /// `parmi salarié étudiant, retraité`, where rules read « étudiant »: a comma is missing.
    fn comma(&mut self, document: &Document, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let unknown = |one: &&Diagnostic| one.is_error() && one.code == "option-inconnue";
        let one = all.iter().find(unknown)?;
        let wanted = self.file.slice(one.labels.first()?.span).to_owned();
        let said = |one: &&Diagnostic| one.labels.first().is_some_and(|l| self.file.slice(l.span) == wanted);
        let wrong: Vec<&Diagnostic> = all.iter().filter(unknown).filter(said).collect();
        for (options, sign) in renamed::options(document) {
            for option in options {
                let text = &option.text;
                let cut = text.strip_suffix(wanted.as_str()).filter(|before| before.ends_with(' '));
                let cut = cut.map(str::len).or_else(|| {
                    let after = text.strip_prefix(wanted.as_str())?.starts_with(' ');
                    after.then_some(wanted.len() + 1)
                });
                let Some(cut) = cut.filter(|_| option.span.len() == text.len()) else { continue };
                let at = option.span.start as usize + cut;
                let edits = vec![self.edit(Span::new(at - 1, at), sign)];
                let Some(left) = self.mends(&edits, &wrong, all) else { continue };
                let (before, after) = (text.get(..cut)?.trim_end(), text.get(cut..)?);
                let message = format!("il manque « {} » entre « {before} » et « {after} »", sign.trim());
                let help = format!("écrire « {before}{sign}{after} »");
                return Some((Change::new("virgule-manquante", message, option.span, edits, help), left));
            }
        }
        None
    }

    /// `source loi « Loi »`, and `dans « loi.txt », texte opposable` on the line below.
    fn cut_source(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let of = |code: &'static str| all.iter().find(move |one| one.is_error() && one.code == code);
        let (lacks, goes_on) = (of("portee-manquante")?, of("mot-cle-inconnu")?);
        let (start, line) = self.line(goes_on.labels.first()?.span);
        let (end, said) = (self.text.get(..start)?.trim_end().len(), line.trim_start());
        let above = self.line(lacks.labels.first()?.span);
        if above.0 + above.1.trim_end().len() != end || !said.starts_with(['d', ',']) {
            return None;
        }
        let at = start + line.len() - said.len();
        let join = if said.starts_with(',') { "" } else { " " };
        let edits = vec![self.edit(Span::new(end, at), join)];
        let place = Span::new(at, start + line.trim_end().len());
        let left = self.mends(&edits, &[lacks, goes_on], all)?;
        let message = "cette ligne continue celle du dessus".to_owned();
        let help = "la mettre à la fin de la ligne du dessus, après le titre".to_owned();
        Some((Change::new("ligne-coupee", message, place, edits, help), left))
    }

    /// `parmi faible, moyen, fort`, where several rules compare by a sign: the options stand in their order.
    fn ranked(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let unranked = |one: &&Diagnostic| one.is_error() && one.code == "sans-ordre";
        let one = all.iter().find(unranked)?;
        let (use_at, declared) = (one.labels.first()?.span, one.labels.get(1)?.span);
        let of_it = |one: &&Diagnostic| one.labels.iter().any(|label| label.span == declared);
        let wrong: Vec<&Diagnostic> = all.iter().filter(unranked).filter(of_it).collect();
        let written = self.file.slice(declared).to_owned();
        if all.iter().filter(|one| one.is_error()).count() < 2 || !written.contains(", ") {
            return None;
        }
        let says = written.replace(", ", " < ");
        let edits = vec![self.edit(declared, says.clone())];
        let left = self.mends(&edits, &wrong, all)?;
        let message = "ces options se comparent par un signe : elles se déclarent dans leur ordre".to_owned();
        let help = format!("écrire « {says} », de la plus basse à la plus haute");
        let mut change = Change::new("sans-ordre", message, declared, edits, help);
        change.also.push((use_at, "comparé ici, par exemple".to_owned()));
        Some((change, left))
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
                return Some((Change::new("ordre-du-tableau", message, place, edits, help), left));
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
        Some((Change::new("types-incompatibles", message, place, edits, help), left))
    }
}
