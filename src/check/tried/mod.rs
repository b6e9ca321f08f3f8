//! What is advised is tried before it is said: each change that a message offers is made, and the text read
//! again. One that leaves the line no better is not offered; one after which the same words need another is
//! offered with it. Where nothing is offered, what French says otherwise is looked for on the line.

mod again;
mod alike;
mod beyond;
mod closed;
mod dated;
mod day;
mod elsewhere;
mod euros;
mod faithful;
mod forgotten;
mod forms;
mod keeps;
mod named;
mod proved;
mod reworded;
mod said;
mod say;
mod typed;
mod unsaid;
mod verb;
mod whole;

use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::{SourceFile, Span};
use crate::syntax::rewrites;
use crate::syntax::tree::Document;
use again::errors_of;
pub(super) use alike::{content, said_by};
use named::Declared;
pub(super) use proved::settle as settle_proved;
use say::in_lines;

/// Texts longer than this are not read again.
const MOST_BYTES: usize = 1 << 17;
/// So many mistakes of one file are looked into.
const MOST_MISTAKES: usize = 6;
/// So many times one file is read again to go on from a change that is offered.
const MOST_AFTER: usize = 8;
/// So many times it is read again to find a change where none is.
const MOST_READINGS: usize = 48;
/// A text longer than this is read again less often, so that what is offered does not keep its author waiting.
const LONG: usize = 24_000;
/// A text is read again so many times at least.
const FEWEST_READINGS: usize = 6;
/// How far from the place of a mistake what makes it may stand, in bytes.
const REACH: usize = 48;
/// So many changes make one remedy.
const MOST_CHANGES: usize = 4;
/// What says that a line does not read, whatever is wrong with it: what mends it says more.
const GENERAL: [&str; 11] = [
    "suite-inattendue",
    "signe-manquant",
    "valeur-manquante",
    "mot-cle-inconnu",
    "nom-inconnu",
    "condition-attendue",
    "et-ou-melanges",
    "signe-inconnu",
    "signe-en-trop",
    "comparaisons-enchainees",
    "deux-points-manquants",
];
/// What else is looked into, where no change is offered: the message stays.
const LOOKED_INTO: [&str; 27] = [
    "si-deplace",
    "date-impossible",
    "formule-de-tableur",
    "part-sans-pourcentage",
    "tournure",
    "signe-en-mots",
    "type-inconnu",
    "type-manquant",
    "types-incompatibles",
    "option-inconnue",
    "unite-inconnue",
    "date-incomplete",
    "date-attendue",
    "fourchette-hors-montant",
    "periode-sans-valeur",
    "liste-attendue",
    "liste-sans-valeur",
    "champ-hors-liste",
    "source-absente",
    "source-inconnue",
    "question-deplacee",
    "condition-manquante",
    "point-decimal",
    "tranche-mal-ecrite",
    "groupe-sans-valeur",
    "guillemet-ouvert",
    "case-manquante",
];

/// What is said of one mistake.
type Key = (&'static str, String);

/// One mistake, while what mends it is looked for.
struct Trial<'a> {
    file: &'a Arc<SourceFile>,
    /// The lines where it stands.
    start: usize,
    end: usize,
    /// What else is wrong with the file.
    others: Vec<Key>,
    declared: &'a Declared,
}

/// Tries what these mistakes of a file offer, and looks for more.
pub(super) fn settle(file: &Arc<SourceFile>, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let errors = diagnostics.iter().filter(|one| one.is_error()).count();
    if errors == 0 || errors > 2 * MOST_MISTAKES || file.text().len() > MOST_BYTES {
        return;
    }
    dated::settle(file, document, diagnostics);
    day::settle(file, diagnostics);
    elsewhere::settle(file, document, diagnostics);
    let declared = Declared::of(document);
    let mut at = 0;
    let mut tried = 0;
    while at < diagnostics.len() && tried < MOST_MISTAKES {
        if diagnostics[at].is_error() && is_of(&diagnostics[at], file) {
            tried += 1;
            let mended = Trial::of(file, &declared, diagnostics, at).settle(&mut diagnostics[at]);
            if let Some(text) = mended {
                forget(file, diagnostics, &mut at, &text);
            }
        }
        at += 1;
    }
}

fn is_of(diagnostic: &Diagnostic, file: &SourceFile) -> bool {
    diagnostic.labels.first().is_some_and(|label| label.file.name() == file.name())
}

/// What is gone with the mistake is no mistake of its own.
fn forget(file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>, at: &mut usize, mended: &str) {
    let left: HashSet<Key> = errors_of(file, mended).iter().map(key).collect();
    let mut rank = 0;
    let own = *at;
    diagnostics.retain(|one| {
        let is_gone = rank != own && one.is_error() && !left.contains(&key(one));
        if is_gone && rank < own {
            *at -= 1;
        }
        rank += 1;
        !is_gone
    });
}

fn key(diagnostic: &Diagnostic) -> Key {
    (diagnostic.code, diagnostic.message.clone())
}

fn line_of(file: &SourceFile, diagnostic: &Diagnostic) -> (usize, usize) {
    let span = diagnostic.labels.first().map_or(Span::default(), |label| label.span);
    lines_of(file.text(), span)
}

/// Where the lines of a place start and end.
fn lines_of(text: &str, span: Span) -> (usize, usize) {
    let start = text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(span.end as usize..).and_then(|after| after.find('\n'));
    (start, end.map_or(text.len(), |at| span.end as usize + at))
}

/// A text with changes made; nothing where two overlap.
fn changed(text: &str, edits: &[Edit]) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len() + 32);
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start as usize)?);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

impl<'a> Trial<'a> {
    fn of(file: &'a Arc<SourceFile>, declared: &'a Declared, diagnostics: &[Diagnostic], at: usize) -> Self {
        let others = diagnostics.iter().enumerate().filter(|(rank, one)| *rank != at && one.is_error());
        let others = others.map(|(_, one)| key(one)).collect();
        let (start, end) = diagnostics.get(at).map_or((0, 0), |one| line_of(file, one));
        Trial { file, start, end, others, declared }
    }

    /// The text with the mistake mended, where one change alone does it and it is said here.
    fn settle(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        if let Some(mended) = self.asked_where(diagnostic) {
            return mended;
        }
        if let Some(mended) = self.said_otherwise(diagnostic) {
            return mended;
        }
        if self.excepted(diagnostic) {
            return None;
        }
        if diagnostic.code == "parenthese-ouverte" {
            return self.closed(diagnostic);
        }
        let in_euros = self.of_euros(diagnostic);
        if in_euros.is_some() {
            return in_euros;
        }
        let name = self.around_verb(diagnostic);
        if name.is_some() {
            return name;
        }
        let of_each = self.is_multiplied(diagnostic).then(|| self.already_of_one(diagnostic)).flatten();
        if of_each.is_some() {
            return of_each;
        }
        let said = diagnostic.help.clone();
        let offered = std::mem::take(&mut diagnostic.remedies);
        let was_offered = !offered.is_empty();
        let alone = offered.len() == 1;
        let mut mended = None;
        // The changes that leave nothing wrong anywhere.
        let mut whole: Vec<String> = Vec::new();
        for remedy in offered {
            let is_here = |edit: &Edit| edit.file.name() == self.file.name();
            let text = changed(self.file.text(), &remedy.edits).filter(|_| remedy.edits.iter().all(is_here));
            let Some(text) = text else {
                diagnostic.remedies.push(remedy);
                continue;
            };
            let within =
                |edit: &Edit| edit.span.start as usize >= self.start && edit.span.end as usize <= self.end;
            let stays = remedy.edits.iter().all(within);
            if !self.keeps_cited(&text) || stays && !self.is_faithful(&text) {
                if said.as_ref() == Some(&remedy.label) {
                    diagnostic.help = None;
                }
                continue;
            }
            let left = self.left(&text);
            let again = left.iter().any(|one| self.touches(one, &remedy, &text));
            if !again {
                // What it leaves elsewhere may be mistakes of their own, or come of it: another change may leave none.
                let better = if alone && !left.is_empty() && self.others.is_empty() {
                    self.search(self.file.text().to_owned(), vec![diagnostic.clone()], MOST_READINGS)
                } else {
                    None
                };
                if let Some(text) = better {
                    self.say(diagnostic, &text, false);
                    return Some(text);
                }
                if left.is_empty() {
                    whole.push(remedy.label.clone());
                    if alone {
                        mended = Some(text);
                    }
                }
                diagnostic.remedies.push(remedy);
            } else if let Some(text) = self.search(text, left, MOST_AFTER) {
                if alone {
                    // What was offered is not what mends it: what was said of it goes with it.
                    let (_, new) = self.change(diagnostic, &text);
                    let has = |word: &str| new.split([' ', ',', '(', ')']).any(|own| own == word);
                    let stays = remedy.edits.iter().flat_map(|edit| edit.text.split_whitespace()).all(has);
                    let told = stays || diagnostic.code != "tournure";
                    if !told {
                        diagnostic.code = "suite-inattendue";
                    }
                    self.say(diagnostic, &text, told);
                } else {
                    let (span, new) = self.change(diagnostic, &text);
                    let label = format!("écrire {}", in_lines(&new));
                    if said.as_ref() == Some(&remedy.label) {
                        diagnostic.help = Some(label.clone());
                    }
                    let edits = vec![Edit { file: Arc::clone(self.file), span, text: new }];
                    diagnostic.remedies.push(Remedy { label, edits });
                }
                mended = alone.then_some(text);
            } else if said.as_ref() == Some(&remedy.label) {
                diagnostic.help = None;
            }
        }
        if whole.len() < diagnostic.remedies.len() && !whole.is_empty() {
            diagnostic.remedies.retain(|remedy| whole.contains(&remedy.label));
            let said = diagnostic.remedies.iter().map(|remedy| remedy.label.trim_start_matches("écrire "));
            diagnostic.help = Some(format!("écrire {}", said.collect::<Vec<_>>().join(" ou ")));
        }
        if diagnostic.remedies.is_empty()
            && let Some(text) = self.joined(diagnostic, true)
        {
            return Some(text);
        }
        // None of the types that are offered is what rules make of it: another may be.
        if was_offered && whole.is_empty() && mended.is_none() && diagnostic.code == "type-inconnu" {
            let other = self.typed(diagnostic);
            if other.is_some() {
                return other;
            }
        }
        let code = diagnostic.code;
        // What a value holds on its line is a case of it; of a condition, it is a line of its own.
        let cut = code == "ligne-a-couper" && self.is_value();
        let silent = diagnostic.help.is_none();
        let refused = was_offered && diagnostic.remedies.is_empty();
        if diagnostic.remedies.is_empty()
            && (silent || cut || GENERAL.contains(&code) || LOOKED_INTO.contains(&code))
        {
            // A unit that is none is told as such.
            if self.file.text().get(self.start..self.end).is_some_and(|line| line.contains(": nombre en ")) {
                mended = self.typed(diagnostic);
                if mended.is_some() || !diagnostic.remedies.is_empty() {
                    return mended;
                }
            }
            let already = self.already_of_one(diagnostic);
            if already.is_some() {
                return already;
            }
            let found = self.search(self.file.text().to_owned(), vec![diagnostic.clone()], MOST_READINGS);
            mended = found;
            if let Some(text) = &mended {
                // What was said is not what is wrong.
                if refused && matches!(code, "tournure" | "signe-en-mots") {
                    diagnostic.code = "suite-inattendue";
                }
                self.say(diagnostic, text, false);
            } else {
                mended = self.typed(diagnostic);
                if mended.is_some() || !diagnostic.remedies.is_empty() {
                    return mended;
                }
                let unread =
                    GENERAL.contains(&code) || code == "formule-de-tableur" || refused && code == "tournure";
                mended = self.joined(diagnostic, false).or_else(|| self.comma(diagnostic));
                if mended.is_none() && diagnostic.remedies.is_empty() && (unread || cut) {
                    mended = self.forgotten(diagnostic);
                }
                if mended.is_none() && diagnostic.remedies.is_empty() && unread {
                    mended = self.unknown_option(diagnostic).or_else(|| self.multiplied(diagnostic));
                }
                if mended.is_none()
                    && diagnostic.remedies.is_empty()
                    && unread
                    && code != "formule-de-tableur"
                {
                    mended = self.beyond(diagnostic);
                }
                if mended.is_none() && diagnostic.remedies.is_empty() {
                    mended = self.share(diagnostic).or_else(|| self.total(diagnostic));
                }
                if diagnostic.remedies.is_empty() && (refused || silent) {
                    self.say_form(diagnostic, refused);
                }
            }
        }
        mended
    }

    /// Whether what is wrong now is wrong where a remedy has changed the text.
    fn touches(&self, one: &Diagnostic, remedy: &Remedy, text: &str) -> bool {
        let Some(span) = one.labels.first().map(|label| label.span) else { return false };
        let mut moved = 0_i64;
        let mut edits: Vec<&Edit> = remedy.edits.iter().collect();
        edits.sort_by_key(|edit| edit.span.start);
        edits.iter().any(|edit| {
            let start = i64::from(edit.span.start) + moved;
            let end = start + edit.text.len() as i64;
            moved += edit.text.len() as i64 - edit.span.len() as i64;
            // A blank between is no distance.
            (i64::from(span.start) <= end + 1) && (start <= i64::from(span.end) + 1)
        }) || self.lines(text).is_some_and(|(start, end)| {
            // A verb, a sign: what it makes of its line is said of the line.
            let place = span.start as usize..span.end as usize;
            place.start >= start && place.end <= end && self.file.text().len() != text.len()
        })
    }

    /// Where the mistake's lines stand in a changed text.
    fn lines(&self, text: &str) -> Option<(usize, usize)> {
        let after = self.file.text().len() - self.end;
        let end = text.len().checked_sub(after)?;
        (end >= self.start).then_some((self.start, end))
    }

    /// The texts that one change makes of a text.
    fn moves(&self, text: &str, left: &[Diagnostic]) -> Vec<String> {
        let Some((start, end)) = self.lines(text) else { return Vec::new() };
        let offered = left.iter().flat_map(|one| &one.remedies).filter_map(|remedy| {
            let within = remedy
                .edits
                .iter()
                .all(|edit| edit.span.start as usize >= start && edit.span.end as usize <= end);
            changed(text, &remedy.edits).filter(|_| within)
        });
        let mut all: Vec<String> = offered.collect();
        let Some(line) = text.get(start..end) else { return all };
        let place =
            left.first().and_then(|one| one.labels.first()).map_or(Span::default(), |label| label.span);
        let at = (place.start as usize).saturating_sub(start)..(place.end as usize).saturating_sub(start);
        let code = left.first().map_or("", |one| one.code);
        if code == "guillemet-ouvert" {
            let open = place.start as usize;
            all.extend(forgotten::ends_of_quote(text, open).into_iter().map(|at| {
                let mut closed = text.to_owned();
                closed.insert_str(at, " »");
                closed
            }));
            return all;
        }
        let mut found = self.declared.rewrites(line);
        found.extend(rewrites(line, at.start, code));
        // What stands at the place, then what stands beside it.
        let gap = |range: &std::ops::Range<usize>| {
            if range.end < at.start { at.start - range.end } else { range.start.saturating_sub(at.end) }
        };
        found.retain(|(range, _)| gap(range) <= REACH);
        found.sort_by_key(|(range, _)| (gap(range).saturating_sub(1), std::cmp::Reverse(range.len())));
        for (range, new) in found {
            let mut changed = text.to_owned();
            changed.replace_range(start + range.start..start + range.end, &new);
            all.push(changed);
        }
        all
    }
}
