//! Texts that lean on others: which ones, in which version, and the file that they make together.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Edition, History, Sight, Text, say};
use crate::currency::Currency;
use crate::diagnostic::Diagnostic;
use crate::known::DateRange;
use crate::limits;
use crate::policy::LeanedOn;
use crate::source::{Piece, SourceFile, Span};
use crate::syntax::tree::{Header, Name};
use crate::text;

/// What stands in the file of a text after its own lines.
pub(super) type Sections = Vec<(LeanedOn, Arc<SourceFile>)>;

/// Gives each history those that its texts lean on. Those that lean on one another in a circle get a mistake in
/// their place. `kept` have theirs, and none of them leans on the others.
pub(super) fn link(kept: Vec<Arc<History>>, histories: Vec<History>) -> Vec<Arc<History>> {
    let new = histories.into_iter().map(|history| (Some(history), None));
    let mut all: Vec<(Option<History>, Option<Arc<History>>)> =
        new.chain(kept.into_iter().map(|history| (None, Some(history)))).collect();
    let id = |(new, kept): &(Option<History>, Option<Arc<History>>)| -> Arc<str> {
        new.as_ref().or(kept.as_deref()).map_or_else(|| Arc::from(""), |history| Arc::from(history.id()))
    };
    all.sort_by_key(&id);
    let ids: Vec<Arc<str>> = all.iter().map(&id).collect();
    let rank = |id: &str| ids.iter().position(|own| **own == *id);
    let (mut waiting, mut done): (Vec<Option<History>>, Vec<Option<Arc<History>>>) = all.into_iter().unzip();
    let wanted: Vec<BTreeSet<usize>> = waiting
        .iter()
        .map(|history| {
            let named = history.iter().flat_map(History::named);
            named.filter_map(|(_, name)| rank(&name.text)).collect()
        })
        .collect();
    while let Some(first) = waiting.iter().position(Option::is_some) {
        let ready = |rank: &usize| wanted[*rank].iter().all(|on| done[*on].is_some());
        let next = (0..waiting.len()).filter(|rank| waiting[*rank].is_some()).find(ready);
        let (of, circle) = match next {
            Some(rank) => (vec![rank], None),
            None => {
                let circle = circle(first, &wanted, &done);
                (circle.clone(), Some(circle))
            }
        };
        for rank in of {
            let Some(mut history) = waiting[rank].take() else { continue };
            history.leaned = match &circle {
                None => wanted[rank].iter().filter_map(|on| done[*on].clone()).collect(),
                Some(_) => Vec::new(),
            };
            history.read_beside();
            history.astray = history.astray(&ids, circle.as_deref().map(|circle| (rank, circle)));
            done[rank] = Some(Arc::new(history));
        }
    }
    done.into_iter().flatten().collect()
}

/// Texts that lean on one another, from one of them around.
fn circle(first: usize, wanted: &[BTreeSet<usize>], done: &[Option<Arc<History>>]) -> Vec<usize> {
    let mut way = vec![first];
    while let Some(next) = way.last().and_then(|last| wanted[*last].iter().find(|on| done[**on].is_none())) {
        if let Some(start) = way.iter().position(|met| met == next) {
            return way.split_off(start);
        }
        way.push(*next);
    }
    way
}

impl History {
    /// The texts that base texts say that they lean on, each with the text that says so.
    fn named(&self) -> impl Iterator<Item = (&Text, &Name)> {
        self.texts.iter().flat_map(|text| text.header.leans_on.iter().map(move |name| (text, name)))
    }

    /// Whether one of its texts leans on others.
    pub fn leans(&self) -> bool {
        self.named().next().is_some()
    }

    /// The identifiers that its texts lean on and that are no text's.
    pub fn lacks(&self) -> impl Iterator<Item = &str> {
        let known = |name: &&Name| self.leaned.iter().any(|history| *history.id() == *name.text);
        self.named().map(|(_, name)| name).filter(move |name| !known(name)).map(|name| &*name.text)
    }

    /// Its texts, and those of all that they lean on.
    pub fn with_leaned(&self) -> Vec<&Text> {
        let mut all: Vec<&Text> = self.texts.iter().collect();
        for text in self.leaned.iter().flat_map(|history| history.with_leaned()) {
            if !all.iter().any(|known| std::ptr::eq(*known, text)) {
                all.push(text);
            }
        }
        all
    }

    /// Reads its texts again where those that they lean on declare names that cannot be read without knowing it.
    fn read_beside(&mut self) {
        let beside = self.leaned.iter().flat_map(|history| history.with_leaned());
        let telling = super::telling(beside);
        if !telling.is_empty() {
            let own = super::telling(self.texts.iter());
            let all: Vec<Arc<SourceFile>> = own.into_iter().chain(telling).collect();
            self.texts = std::mem::take(&mut self.texts).into_iter().map(|text| text.among(&all)).collect();
        }
    }

    /// What is wrong with what its texts say that they lean on.
    fn astray(&self, ids: &[Arc<str>], circle: Option<(usize, &[usize])>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (text, name) in self.named() {
            if !ids.contains(&name.text) {
                let message = format!("aucun texte ne s'appelle « {} »", name.text);
                let others = ids.iter().map(|id| &**id).filter(|id| *id != self.id());
                let near = text::nearest(&name.text, others);
                let diagnostic = Diagnostic::error("appui-inconnu", message).at(&text.file, name.span, "");
                found.push(match near {
                    Some(near) => diagnostic.help(format!("vouliez-vous dire « {near} » ?")).instead(
                        &text.file,
                        name.span,
                        &[near],
                    ),
                    None => {
                        diagnostic.help("donner aussi le fichier de ce texte, ou corriger son identifiant")
                    }
                });
            }
        }
        let Some((own, circle)) = circle else { return found };
        let start = circle.iter().position(|rank| *rank == own).unwrap_or(0);
        let around: Vec<&str> =
            circle.iter().cycle().skip(start).take(circle.len() + 1).map(|r| &*ids[*r]).collect();
        let message = match around.as_slice() {
            [only, _] => format!("« {only} » s'appuie sur soi-même"),
            [first, next @ ..] => {
                let next: Vec<String> = next.iter().map(|id| format!("s'appuie sur « {id} »")).collect();
                format!("« {first} » {}", next.join(", qui "))
            }
            [] => return found,
        };
        let next = around.get(1).copied().unwrap_or_default();
        if let Some((text, name)) = self.named().find(|(_, name)| *name.text == *next) {
            found.push(
                Diagnostic::error("appui-en-boucle", message)
                    .at(&text.file, name.span, "")
                    .help("ôter l'un de ces appuis ; ce que ces textes ont en commun peut aller dans un « texte commun »"),
            );
        }
        found
    }

    /// The versions of the texts leaned on over days on which none of them changes, as they are seen.
    pub(super) fn leaned_over(&self, days: DateRange, sight: &Sight) -> Vec<Option<Edition>> {
        let over = |history: &Arc<History>| {
            let era = history.eras(sight).into_iter().find(|era| days.is_subset(era.days))?;
            (era.bases.len() == 1).then(|| history.plain(&era))
        };
        self.leaned.iter().map(over).collect()
    }

    /// What follows the lines of a text in its file: all that it leans on, near and far, each after what it leans
    /// on itself.
    ///
    /// # Errors
    ///
    /// What keeps one of them from being leaned on.
    pub(super) fn sections(&self, edition: &Edition) -> Result<Sections, Vec<Diagnostic>> {
        let base = &self.texts[edition.base];
        let (mut sections, mut problems): (Sections, Vec<Diagnostic>) = (Vec::new(), self.astray.clone());
        for name in &base.header.leans_on {
            let Some(rank) = self.leaned.iter().position(|history| *history.id() == *name.text) else {
                continue;
            };
            let history = &self.leaned[rank];
            let Some(other) = edition.leaned.get(rank).and_then(Option::as_ref) else {
                problems.push(self.not_in_force(base, name, history, edition.days));
                continue;
            };
            let scoped = other.in_force.iter().map(|by| &history.texts[*by]).find(|by| by.is_scoped());
            if let Some(amendment) = scoped {
                let message = format!(
                    "« {} » a un avenant qui ne va qu'à certains dossiers : un texte ne peut pas encore s'y appuyer",
                    name.text
                );
                let scope = amendment.header.scopes.first().map_or(amendment.header.span, |scope| scope.span);
                problems.push(
                    Diagnostic::error("appui-a-portee", message)
                        .at(&base.file, name.span, "")
                        .at(&amendment.file, scope, "cet avenant")
                        .help("mettre sa condition dans la règle qu'il change"),
                );
                continue;
            }
            let made = history.consolidated(other);
            if let Err(errors) = made.policy() {
                let mut problem = Diagnostic::error(
                    "appui-en-erreur",
                    format!("« {} » a des erreurs : un texte ne peut pas s'y appuyer", name.text),
                )
                .at(&base.file, name.span, "");
                if let Some(label) = errors.first().and_then(|error| error.labels.first()) {
                    problem = problem.at(&label.file, label.span, "la première");
                }
                problems.push(problem.help("corriger d'abord ce texte : « conforme check » dit ses erreurs"));
                continue;
            }
            let counts = |header: &Header| header.currency.as_ref().map_or(Currency::Euro, |said| said.value);
            let (own, theirs) = (counts(&base.header), counts(&history.texts[other.base].header));
            if own != theirs {
                let message = format!(
                    "« {} » compte en {}, et ce texte en {}",
                    name.text,
                    theirs.several(),
                    own.several()
                );
                let help = "un texte et ceux sur lesquels il s'appuie ont une seule monnaie : la même ligne « monnaie » en tête";
                problems.push(
                    Diagnostic::error("appui-autre-monnaie", message)
                        .at(&base.file, name.span, "")
                        .help(help),
                );
                continue;
            }
            let chosen = self.texts[edition.base].header.version_at.as_ref();
            if let Some(date) = history.texts[other.base].header.version_at.as_ref() {
                let words = |file: &SourceFile, span: Span| text::tidy(file.slice(span));
                let file = &history.texts[other.base].file;
                if chosen.is_none_or(|own| words(&base.file, own.span) != words(file, date.span)) {
                    let message = format!(
                        "« {} » choisit sa version à une autre date que ce texte : {}",
                        name.text,
                        words(file, date.span)
                    );
                    problems.push(
                        Diagnostic::error("appui-autre-date", message)
                            .at(&base.file, name.span, "")
                            .at(file, date.span, "la date qui choisit sa version")
                            .help("dire la même date dans les deux : « version applicable à la date … »"),
                    );
                    continue;
                }
            }
            let own = LeanedOn { id: Arc::clone(&name.text), texts: history.texts_of(other) };
            for (leaned, file) in made.sections.iter().cloned().chain([(own, Arc::clone(&made.own))]) {
                if !sections.iter().any(|(known, _)| known.id == leaned.id) {
                    sections.push((leaned, file));
                }
            }
        }
        let others: usize = sections.iter().map(|(_, file)| file.text().len()).sum();
        let size = base.file.text().len() + others;
        if !sections.is_empty() && size > limits::POLICY_BYTES {
            let place = base.header.leans_on.first().map_or(base.header.span, |name| name.span);
            let message = format!(
                "ce texte et ceux sur lesquels il s'appuie ont {size} octets, alors que la limite est de {}",
                limits::POLICY_BYTES
            );
            problems.push(
                Diagnostic::error("appui-trop-grand", message)
                    .at(&base.file, place, "")
                    .help("mettre ce qui est commun dans un « texte commun » plus court"),
            );
        }
        if problems.is_empty() { Ok(sections) } else { Err(problems) }
    }

    fn texts_of(&self, edition: &Edition) -> Vec<crate::policy::TextOf> {
        let ranks = std::iter::once(&edition.base).chain(&edition.applied);
        ranks.map(|rank| self.texts[*rank].about()).collect()
    }

    fn not_in_force(&self, base: &Text, name: &Name, history: &History, days: DateRange) -> Diagnostic {
        let message = format!(
            "aucune version de « {} » n'est en vigueur {}, où ce texte s'appuie dessus",
            name.text,
            say::days(days)
        );
        let mut diagnostic = Diagnostic::error("appui-hors-vigueur", message).at(&base.file, name.span, "");
        for text in history.texts.iter().filter(|text| !text.is_amendment()).take(2) {
            diagnostic = diagnostic.at(&text.file, text.period_span(), "en vigueur");
        }
        diagnostic.help("faire que ce texte soit en vigueur tant que l'autre l'est : « en vigueur depuis le … jusqu'au … »")
    }
}

/// A text with those that it leans on after it.
pub(super) fn joined(own: &Arc<SourceFile>, sections: &Sections) -> Arc<SourceFile> {
    let mut pieces = Vec::new();
    for file in std::iter::once(own).chain(sections.iter().map(|(_, file)| file)) {
        let whole = Span::new(0, file.text().len());
        pieces.push(Piece::Of(Arc::clone(file), whole));
        if !file.text().ends_with('\n') {
            pieces.push(Piece::Words(
                "\n".to_owned(),
                Arc::clone(file),
                Span { start: whole.end, end: whole.end },
            ));
        }
    }
    SourceFile::composed(own.called(), pieces)
}
