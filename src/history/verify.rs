//! What is wrong with a history: its texts, its line of time, and every text that it makes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::repealed::STILL_USED;
use super::{Consolidated, History, Sight, Text, lean, say};
use crate::check;
use crate::diagnostic::{Diagnostic, Edit, Label};
use crate::limits;
use crate::policy::{Policy, called};
use crate::source::{SourceFile, Span};
use crate::syntax;
use crate::text;

impl Consolidated {
    /// All that is wrong with it, each place where it is said.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let found = || self.checked.diagnostics.iter().cloned().map(at_origin);
        if self.problems.iter().any(Diagnostic::is_error) {
            let mut problems = self.problems.clone();
            // What a mistake leaves out may make others; what is used and repealed is wrong by itself.
            problems.extend(found().filter(|told| told.code == STILL_USED));
            problems.sort_by_key(|problem| {
                problem.labels.first().map(|label| (label.file.name().to_owned(), label.span))
            });
            return problems;
        }
        found().collect()
    }
}

/// What more there is to say of a policy that is right.
pub type Review<'r> = &'r dyn Fn(&Policy) -> Vec<Diagnostic>;

/// What is said of a text that was put together, at the places where people find it.
pub(super) fn at_origin(mut diagnostic: Diagnostic) -> Diagnostic {
    for label in &mut diagnostic.labels {
        let (file, span) = label.file.origin(label.span);
        *label = Label { file: Arc::clone(file), span, text: std::mem::take(&mut label.text) };
    }
    // Words that stand in an amendment's quotation are changed there, and not by their place.
    let is_verbatim = |edit: &Edit| {
        let (file, span) = edit.file.origin(edit.span);
        file.slice(span) == edit.file.slice(edit.span)
    };
    diagnostic.remedies.retain(|remedy| remedy.edits.iter().all(is_verbatim));
    for edit in diagnostic.remedies.iter_mut().flat_map(|remedy| &mut remedy.edits) {
        let (file, span) = edit.file.origin(edit.span);
        *edit = Edit { file: Arc::clone(file), span, text: std::mem::take(&mut edit.text) };
    }
    diagnostic
}

/// Whether a remark says that nothing reads, cites or needs what stands there.
fn is_of_what_is_unused(remark: &Diagnostic) -> bool {
    matches!(
        remark.code,
        "jamais-lu" | "source-jamais-citee" | "critere-sans-effet" | "concordance-sans-objet"
    )
}

/// What makes two reports one mistake.
pub(super) type Key = (&'static str, String, Option<(String, Span)>);

pub(super) fn key(diagnostic: &Diagnostic) -> Key {
    let place = diagnostic.labels.first().map(|label| (label.file.name().to_owned(), label.span));
    (diagnostic.code, diagnostic.message.clone(), place)
}

impl History {
    /// What is wrong with a base text by itself: of one that does not read, as those that it leans on let it be told.
    fn problems_among(&self, rank: usize) -> Vec<Diagnostic> {
        let text = &self.texts[rank];
        let told = || {
            let eras = self.eras(&Sight { known_on: None, draft: true });
            let era = eras.into_iter().find(|era| era.bases == [rank])?;
            let sections = self.sections(&self.edition(&era, Vec::new())).ok()?;
            let joined = lean::joined(&text.file, &sections);
            let leaned = sections.into_iter().map(|(leaned, _)| leaned).collect();
            let made = check::Consolidation { texts: vec![text.about()], leaned, ..Default::default() };
            let found = check::check_consolidated(&joined, &made).diagnostics.into_iter().map(at_origin);
            let own = |one: &Diagnostic| one.labels.first().is_some_and(|label| *label.file == *text.file);
            Some(found.filter(own).collect::<Vec<_>>())
        };
        let told = text.broken.then(told).flatten().filter(|all| all.iter().any(Diagnostic::is_error));
        told.unwrap_or_else(|| text.problems().to_vec())
    }

    /// Everything that is wrong with the texts, with their line of time, and with every text that they
    /// make: at each date at which something starts or ends, for each combination of the amendments that
    /// go only to some dossiers. Each mistake once. `ids` are all the identifiers that are known; `review`
    /// says what more there is to say of a policy that is right.
    pub fn check(&self, ids: &[&str], review: Review<'_>) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = Vec::new();
        for (rank, text) in self.texts.iter().enumerate() {
            match text.is_amendment() {
                true => found.extend(text.problems().iter().cloned()),
                // What it reads of others is known in the texts that they make together.
                false if self.leans() => found.extend(self.problems_among(rank)),
                false => {
                    // Among others it was read as they have it; what is said of it is said of it alone.
                    let checked = match self.texts.len() {
                        1 => check::check_parsed(text.document(), text.problems()),
                        _ => check::check(&text.file),
                    };
                    found.extend(checked.diagnostics);
                    found.extend(checked.policy.iter().flat_map(review));
                }
            }
        }
        if self.is_single() {
            return found;
        }
        if self.texts.len() > limits::TEXTS {
            found.push(self.too_many_texts());
            return found;
        }
        found.extend(self.astray.iter().cloned());
        self.check_headers(ids, &mut found);
        self.check_bases(&mut found);
        // What is wrong with a text alone, or with when it is in force, is wrong with all that it makes.
        if found.iter().any(Diagnostic::is_error) {
            return found;
        }
        let mut known: Vec<Key> = found.iter().map(key).collect();
        // By warning: in how many texts it is found; by amendment: in how many it is applied.
        let mut warned: BTreeMap<Key, (usize, Diagnostic)> = BTreeMap::new();
        let mut applied: BTreeMap<String, usize> = BTreeMap::new();
        let mut seen = Vec::new();
        for draft in [false, true] {
            for era in self.eras(&Sight { known_on: None, draft }) {
                if era.bases.len() != 1 || era.amendments.is_empty() && !self.leans() {
                    continue;
                }
                let editions = match self.editions(&era) {
                    Ok(editions) => editions,
                    Err(errors) => {
                        found.extend(errors.into_iter().filter(|error| !known.contains(&key(error))));
                        known.extend(found.iter().map(key));
                        continue;
                    }
                };
                for edition in editions {
                    if seen.contains(&edition) {
                        continue;
                    }
                    let base = Some(&edition.base).filter(|_| self.leans());
                    for rank in edition.applied.iter().chain(base) {
                        *applied.entry(self.texts[*rank].file.name().to_owned()).or_default() += 1;
                    }
                    let made = self.consolidated(&edition);
                    let reviewed = made.policy().map(review).unwrap_or_default();
                    let reviewed = reviewed.into_iter().map(at_origin);
                    let reviewed = reviewed.filter(|diagnostic| self.is_of_own(diagnostic));
                    for diagnostic in made.diagnostics().into_iter().chain(reviewed) {
                        let key = key(&diagnostic);
                        if !diagnostic.is_error() {
                            warned.entry(key).or_insert((0, diagnostic)).0 += 1;
                        } else if !known.contains(&key) {
                            known.push(key);
                            found.push(diagnostic);
                        }
                    }
                    seen.push(edition);
                }
            }
        }
        for (key, (count, diagnostic)) in warned {
            // What an amendment leaves unused of others is no slip of theirs: it is told of what stands
            // unused wherever its own text is applied.
            let everywhere = || {
                let of_amendment = key.2.as_ref().and_then(|(file, _)| applied.get(file));
                of_amendment == Some(&count)
            };
            let told = !is_of_what_is_unused(&diagnostic) || everywhere();
            if told && !known.contains(&key) && !self.is_cited_by_repeal(&diagnostic) {
                found.push(diagnostic);
            }
        }
        found
    }

    /// Whether something is said of its own texts, and not of one that they lean on.
    fn is_of_own(&self, diagnostic: &Diagnostic) -> bool {
        let own = |file: &Arc<SourceFile>| self.texts.iter().any(|text| Arc::ptr_eq(&text.file, file));
        !self.leans() || diagnostic.labels.first().is_none_or(|label| own(&label.file))
    }

    /// Whether a source that no rule cites says why something is repealed.
    fn is_cited_by_repeal(&self, diagnostic: &Diagnostic) -> bool {
        let Some(label) = diagnostic.labels.first().filter(|_| diagnostic.code == "source-jamais-citee")
        else {
            return false;
        };
        let name = text::tidy(label.file.slice(label.span));
        self.texts.iter().flat_map(|text| &text.document.changes).any(|change| match &change.what {
            syntax::tree::ChangeKind::Repeal(repeal) => {
                repeal.citations.iter().any(|citation| *citation.source.text == *name)
            }
            _ => false,
        })
    }

    fn too_many_texts(&self) -> Diagnostic {
        let message = format!(
            "un dispositif tient en {} textes au plus, « {} » en a {}",
            limits::TEXTS,
            self.id(),
            self.texts.len()
        );
        let mut diagnostic = Diagnostic::error("trop-de-textes", message);
        if let Some(text) = self.texts.get(limits::TEXTS) {
            diagnostic = diagnostic.at(&text.file, text.header.span, "un de trop");
        }
        diagnostic.help("consolider les plus anciens en un texte de base")
    }

    /// What amendments say of themselves.
    fn check_headers(&self, ids: &[&str], found: &mut Vec<Diagnostic>) {
        let based = self.texts.iter().any(|text| !text.is_amendment());
        for (rank, text) in self.texts.iter().enumerate().filter(|(_, text)| text.is_amendment()) {
            let (file, header) = (&text.file, &text.header);
            if !based {
                let message = format!("aucun texte ne s'appelle « {} » : rien à amender", text.id());
                let others = ids.iter().copied().filter(|id| *id != text.id());
                let near = text::nearest(text.id(), others.clone());
                let all: Vec<&str> = others.collect();
                let help = match near {
                    Some(near) => format!("vouliez-vous dire « {near} » ?"),
                    None if all.is_empty() => "donner aussi le fichier du texte de base".to_owned(),
                    None => format!("dispositifs connus : {}", all.join(", ")),
                };
                found.push(
                    Diagnostic::error("avenant-sans-texte", message)
                        .at(file, header.id.span, "aucun dispositif de ce nom")
                        .help(help),
                );
                continue;
            }
            if text.from().is_none() && !text.broken {
                let help = "ajouter par exemple « en vigueur depuis le 1er janvier 2027 »";
                found.push(
                    Diagnostic::error(
                        "avenant-sans-date",
                        "cet avenant ne dit pas depuis quand il est en vigueur",
                    )
                    .at(file, header.span, "")
                    .help(help),
                );
                continue;
            }
            if let Some(first) = self.texts.get(..rank).and_then(|before| {
                before.iter().find(|other| other.is_amendment() && other.number() == text.number())
            }) {
                let message = format!("deux avenants portent le n° {}", text.number().unwrap_or_default());
                let place = |text: &Text| text.header.amendment.as_ref().map_or(text.header.span, |n| n.span);
                found.push(
                    Diagnostic::error("numero-en-double", message)
                        .at(file, place(text), "le second")
                        .at(&first.file, place(first), "le premier")
                        .help("donner à chacun son numéro"),
                );
            }
            self.check_period(text, found);
            self.check_place(text, found);
        }
    }

    /// An amendment stands in place of another one, that is in force with it.
    fn check_place(&self, text: &Text, found: &mut Vec<Diagnostic>) {
        let Some(place) = &text.header.instead_of else { return };
        let number = place.value;
        let other = self.texts.iter().find(|other| other.is_amendment() && other.number() == Some(number));
        let (message, help) = match other {
            None => (
                format!("« {} » n'a pas d'avenant n° {number}", self.id()),
                "corriger le numéro après « à la place de l'avenant »",
            ),
            Some(other) if std::ptr::eq(other, text) => {
                (format!("l'avenant n° {number} ne peut être à sa propre place"), "corriger le numéro")
            }
            Some(other) if other.instead_of() == text.number() => (
                format!("l'avenant n° {number} est déjà à la place de celui-ci"),
                "ne garder que l'une des deux lignes",
            ),
            Some(_) if text.is_scoped() => (
                "un avenant à la place d'un autre va à tous les dossiers où il irait".to_owned(),
                "ôter sa portée (« pour … »), ou la mettre dans les règles qu'il change",
            ),
            Some(other)
                if text.period().zip(other.period()).is_none_or(|(a, b)| a.intersect(b).is_none()) =>
            {
                (
                    format!("l'avenant n° {number} n'est jamais en vigueur en même temps que celui-ci"),
                    "ôter cette ligne, ou corriger les dates",
                )
            }
            Some(_) => return,
        };
        let mut diagnostic = Diagnostic::error("place-impossible", message).at(&text.file, place.span, "");
        if let Some(other) = other.filter(|other| !std::ptr::eq(*other, text)) {
            diagnostic = diagnostic.at(&other.file, other.period_span(), called(other.number()));
        }
        found.push(diagnostic.help(help));
    }

    /// An amendment is in force within the period of the text that it amends.
    fn check_period(&self, text: &Text, found: &mut Vec<Diagnostic>) {
        let Some(start) = text.from() else { return };
        let bases =
            self.texts.iter().filter(|base| !base.is_amendment() && (text.is_draft() || !base.is_draft()));
        let amended = bases.clone().find(|base| base.period().is_some_and(|period| period.contains(start)));
        let Some(amended) = amended else {
            let message =
                format!("aucun texte de « {} » n'est en vigueur le {}", text.id(), say::date(start));
            let mut diagnostic = Diagnostic::error("avenant-hors-periode", message).at(
                &text.file,
                text.period_span(),
                format!("{} commence ce jour-là", called(text.number())),
            );
            if let Some(base) =
                bases.min_by_key(|base| base.from().map_or(0, |from| (from.days() - start.days()).abs()))
            {
                diagnostic = diagnostic.at(&base.file, base.period_span(), "la période du texte");
            }
            found.push(diagnostic.help("un avenant prend effet dans la période du texte qu'il modifie"));
            return;
        };
        if let (Some(end), Some(last)) = (text.header.until.as_ref(), amended.until())
            && end.value > last
        {
            let message = format!("cet avenant finit après le texte qu'il modifie, le {}", say::date(last));
            found.push(
                Diagnostic::error("avenant-hors-periode", message)
                    .at(&text.file, end.span, "la fin de l'avenant")
                    .at(
                        &amended.file,
                        amended.header.until.as_ref().map_or(amended.header.span, |until| until.span),
                        "la fin du texte",
                    )
                    .help("ôter « jusqu'au » : un avenant finit avec le texte qu'il modifie"),
            );
        }
    }

    /// Base texts follow one another with neither gap nor overlap; drafts among themselves.
    fn check_bases(&self, found: &mut Vec<Diagnostic>) {
        for draft in [false, true] {
            let bases: Vec<&Text> =
                self.texts.iter().filter(|text| !text.is_amendment() && text.is_draft() == draft).collect();
            for pair in bases.windows(2) {
                let [before, after] = pair else { continue };
                let (Some(first), Some(second)) = (before.period(), after.period()) else { continue };
                if let Some(both) = first.intersect(second) {
                    let message =
                        format!("deux textes de « {} » sont en vigueur {}", self.id(), say::days(both));
                    found.push(
                        Diagnostic::error("versions-superposees", message)
                            .at(&after.file, after.period_span(), "celui-ci")
                            .at(&before.file, before.period_span(), "et celui-là")
                            .help("écrire dans l'un « jusqu'au », dans l'autre « en vigueur depuis le », sans jour commun"),
                    );
                    continue;
                }
                let next = first.to.and_then(|to| to.plus_days(1));
                let last = second.from.and_then(|from| from.plus_days(-1));
                if let (Some(next), Some(last)) = (next, last)
                    && next <= last
                    && !draft
                {
                    let gap = crate::known::DateRange { from: Some(next), to: Some(last) };
                    let message =
                        format!("aucun texte de « {} » n'est en vigueur {}", self.id(), say::days(gap));
                    let end = before.header.until.as_ref().map_or(before.header.span, |until| until.span);
                    found.push(
                        Diagnostic::error("versions-avec-un-vide", message)
                            .at(&after.file, after.period_span(), "celui-ci commence trop tard")
                            .at(&before.file, end, "celui-là finit trop tôt")
                            .help("faire suivre les périodes, sans jour perdu"),
                    );
                }
            }
        }
    }
}
