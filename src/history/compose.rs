//! From a base text and amendments to a consolidated text: a file put together from theirs, in which
//! every line is found where it is said.

use std::collections::HashMap;
use std::sync::Arc;

use super::forgotten::Replaced;
use super::parts::{self, Part, Role, piece};
use super::{Edition, History, reword, say};
use crate::check::Consolidation;
use crate::diagnostic::Diagnostic;
use crate::policy::called;
use crate::source::{Piece, SourceFile, Span};
use crate::syntax::tree::{Change, ChangeKind, ItemKind, Kind, Repeal, Retention, Rewording};
use crate::text;
use crate::time::Date;

/// A consolidated text before it is put together.
pub(super) struct Draft<'h> {
    history: &'h History,
    edition: &'h Edition,
    /// Whether what is repealed stays where it is.
    keeps: bool,
    pub parts: Vec<Part>,
    /// What was repealed, by whom, and where it says so.
    pub repealed: Vec<(Kind, Arc<str>, usize, Span)>,
    /// The last change of each thing: who made it and where.
    touched: HashMap<(Kind, Arc<str>), (usize, Span)>,
    /// The words that were changed, in what, and by whom.
    reworded: Vec<(usize, &'h Rewording)>,
    /// The parameters that were replaced.
    pub replaced: Vec<Replaced>,
    pub problems: Vec<Diagnostic>,
}

impl<'h> Draft<'h> {
    /// The text of an edition.
    pub fn of(history: &'h History, edition: &'h Edition) -> Draft<'h> {
        Draft::made(history, edition, false)
    }

    /// The text of an edition as it would be, had nothing been repealed.
    pub fn keeping(history: &'h History, edition: &'h Edition) -> Draft<'h> {
        Draft::made(history, edition, true)
    }

    fn made(history: &'h History, edition: &'h Edition, keeps: bool) -> Draft<'h> {
        let mut draft = Draft {
            history,
            edition,
            keeps,
            parts: parts::cut(edition.base, &history.texts[edition.base]),
            repealed: Vec::new(),
            touched: HashMap::new(),
            reworded: Vec::new(),
            replaced: Vec::new(),
            problems: Vec::new(),
        };
        for rank in &edition.in_force {
            draft.amend(*rank, edition.applied.contains(rank));
        }
        draft
    }

    /// Applies an amendment. Of one that does not go to these dossiers, only the facts that it adds.
    fn amend(&mut self, by: usize, whole: bool) {
        let history = self.history;
        let text = &history.texts[by];
        if whole {
            for item in &text.document.items {
                self.add(parts::put_in(by, &text.file, item, item.span));
            }
        }
        // What is repealed makes room for what is added under its name.
        let rank = |change: &Change| match change.what {
            ChangeKind::Repeal(_) => 0,
            ChangeKind::Replace(_) => 1,
            ChangeKind::Add(_) => 2,
            ChangeKind::Reword(_) => 3,
            ChangeKind::Retain(_) => 4,
        };
        let mut changes: Vec<&Change> = text.document.changes.iter().collect();
        changes.sort_by_key(|change| rank(change));
        for change in changes {
            match &change.what {
                ChangeKind::Add(item) if whole || matches!(item.kind, ItemKind::Dossier(_)) => {
                    self.add(parts::put_in(by, &text.file, item, change.keyword));
                }
                ChangeKind::Replace(item) if whole => {
                    self.replace(parts::put_in(by, &text.file, item, change.keyword));
                }
                ChangeKind::Repeal(repeal) if whole => self.repeal(by, repeal),
                ChangeKind::Reword(rewording) if whole => self.reword(by, change, rewording),
                ChangeKind::Retain(retention) if whole => self.retain(by, change, retention),
                ChangeKind::Add(_)
                | ChangeKind::Replace(_)
                | ChangeKind::Repeal(_)
                | ChangeKind::Reword(_)
                | ChangeKind::Retain(_) => {}
            }
        }
    }

    fn find(&self, kind: Kind, name: &str) -> Option<usize> {
        self.parts.iter().position(|part| part.is(kind, name))
    }

    /// Notes that a text bears on a thing; another one that does so from the same day is a mistake, for
    /// nothing says which goes first. Whether it is alone to do so.
    fn touch(&mut self, kind: Kind, name: &Arc<str>, by: usize, place: Span) -> bool {
        let texts = &self.history.texts;
        let before = self.touched.insert((kind, Arc::clone(name)), (by, place));
        let Some((other, first)) = before else { return true };
        let day = texts[by].from();
        if other == by || day != texts[other].from() {
            return true;
        }
        let on = day.map_or_else(String::new, |day| format!(" le {}", say::date(day)));
        let message = format!("deux avenants touchent {} « {name} »{on}", say::the(kind));
        self.problems.push(
            Diagnostic::error("deux-avenants-un-jour", message)
                .at(&texts[by].file, place, format!("ici {}", called(texts[by].number())))
                .at(&texts[other].file, first, format!("ici {}", called(texts[other].number())))
                .help("le numéro n'ordonne rien : les réunir, leur donner deux dates, ou des portées (« pour … ») qui s'excluent ; si l'un tient lieu de l'autre, y écrire « à la place de l'avenant … »"),
        );
        false
    }

    fn add(&mut self, part: Part) {
        let Role::Thing(kind, name) = part.role.clone() else { return };
        if self.keeps {
            // What was repealed, and was kept all the same, makes room.
            let repealed = &self.repealed;
            self.parts.retain(|part| match &part.role {
                Role::Thing(own, called) => {
                    *called != name || !repealed.iter().any(|(kind, gone, ..)| kind == own && gone == called)
                }
                Role::Header | Role::Dossier | Role::Tail => true,
            });
        }
        if let Some(there) = self.find(kind, &name) {
            // Two variants may ask the same question: it is asked once.
            if kind == Kind::Fact && said(&self.parts[there]) == said(&part) {
                return;
            }
            // What was repealed, and was kept all the same, makes room.
            let (file, place) = (Arc::clone(&self.parts[there].file), self.parts[there].place);
            let message = format!("« {name} » existe déjà");
            self.problems.push(
                Diagnostic::error("ajout-de-l-existant", message)
                    .at(&part.file, part.place, "ajouté ici")
                    .at(&file, place, "déjà là")
                    .help(format!("pour le changer, écrire « remplace {} {name} »", kind.word())),
            );
            return;
        }
        self.touch(kind, &name, part.by, part.place);
        let at = self.place_for(kind, &name, &part);
        let lead = if kind == Kind::Fact && self.facts_are_close(at) { "" } else { "\n" };
        let part =
            Part { lead: vec![Piece::Words(lead.to_owned(), Arc::clone(&part.file), part.place)], ..part };
        self.parts.insert(at, part);
    }

    /// Whether the fact before a rank has no empty line above it.
    fn facts_are_close(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.parts.get(before));
        let Some(Part { role: Role::Thing(Kind::Fact, _), lead, .. }) = before else { return false };
        lead.iter().all(|piece| match piece {
            Piece::Of(file, span) => file.slice(*span).trim().is_empty() && !file.slice(*span).contains('\n'),
            Piece::Words(words, ..) => words.is_empty(),
        })
    }

    /// Where a new thing goes: after the last of its kind; a fact, after the last of its group.
    fn place_for(&mut self, kind: Kind, name: &str, part: &Part) -> usize {
        if kind == Kind::Fact {
            let group = name.rsplit_once('.').map(|(group, _)| group);
            let near = |part: &Part| match &part.role {
                Role::Thing(Kind::Fact, other) => group.is_some_and(|group| {
                    **other == *group || other.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
                }),
                _ => false,
            };
            if let Some(last) = self.parts.iter().rposition(near) {
                return last + 1;
            }
        }
        if let Some(last) = self.parts.iter().rposition(|part| part.kind() == Some(kind)) {
            return last + 1;
        }
        if kind == Kind::Fact
            && let Some(block) = self.parts.iter().rposition(|part| part.role == Role::Dossier)
        {
            return block + 1;
        }
        let order = |kind: Kind| Kind::ALL.iter().position(|own| *own == kind);
        let before = |part: &Part| {
            part.role == Role::Header || part.kind().is_some_and(|own| order(own) < order(kind))
        };
        let at = self.parts.iter().rposition(before).map_or(1, |last| last + 1);
        if kind == Kind::Fact {
            let words =
                |words: &str| vec![Piece::Words(words.to_owned(), Arc::clone(&part.file), part.place)];
            let (lead, body) = (words("\n"), words("dossier\n"));
            self.parts.insert(at, Part { role: Role::Dossier, lead, body, ..part.clone() });
            return at + 1;
        }
        at
    }

    fn replace(&mut self, part: Part) {
        let Role::Thing(kind, name) = part.role.clone() else { return };
        let Some(at) = self.find(kind, &name) else {
            self.nothing("remplace", kind, &name, part.by, part.place);
            return;
        };
        self.touch(kind, &name, part.by, part.place);
        let lead = std::mem::take(&mut self.parts[at].lead);
        if kind == Kind::Parameter {
            let (old, new) = (self.parts[at].body.clone(), part.body.clone());
            self.replaced.push(Replaced { name, by: part.by, place: part.place, old, new });
        }
        self.parts[at] = Part { lead, ..part };
    }

    fn repeal(&mut self, by: usize, repeal: &Repeal) {
        let (kind, name) = (repeal.kind, &repeal.name.text);
        let Some(at) = self.find(kind, name) else {
            self.nothing("abroge", kind, name, by, repeal.name.span);
            return;
        };
        self.touch(kind, name, by, repeal.name.span);
        self.repealed.push((kind, Arc::clone(name), by, repeal.name.span));
        if self.keeps {
            return;
        }
        let gone = self.parts.remove(at);
        // The title of a section stays above what follows.
        if let Some(next) = self.parts.get_mut(at) {
            next.lead.splice(0..0, gone.lead);
        }
        let below = format!("{name}.");
        let orphan = self.parts.iter().find(|part| {
            matches!(&part.role, Role::Thing(Kind::Fact, other) if kind == Kind::Fact && other.starts_with(&below))
        });
        if let Some(orphan) = orphan {
            let message = format!("la liste « {name} » est abrogée, ses faits restent");
            self.problems.push(
                Diagnostic::error("abroge-mais-employe", message)
                    .at(&self.history.texts[by].file, repeal.name.span, "abrogée ici")
                    .at(&orphan.file, orphan.place, "de cette liste")
                    .help("abroger aussi chacun de ses faits"),
            );
        }
    }

    fn retain(&mut self, by: usize, change: &Change, retention: &Retention) {
        let name = &retention.reading.text;
        let Some(at) = self.find(Kind::Reading, name) else {
            self.nothing("retient", Kind::Reading, name, by, retention.reading.span);
            return;
        };
        self.touch(Kind::Reading, name, by, retention.reading.span);
        let file = &self.history.texts[by].file;
        let part = &mut self.parts[at];
        if let Some(clause) = part.retains {
            part.body = part.body.drain(..).flat_map(|piece| without(piece, clause)).collect();
        }
        let first = parts::line_end(file, retention.option.span.end);
        let last = parts::line_end(file, change.whole.end).max(first);
        let words = |words: &str| Piece::Words(words.to_owned(), Arc::clone(file), retention.option.span);
        part.body.push(words("  retient "));
        part.body.push(piece(file, retention.option.span.start, retention.option.span.end));
        part.body.push(words("\n"));
        part.body.push(piece(file, first, last));
        part.by = by;
        part.retains = None;
    }

    fn reword(&mut self, by: usize, change: &Change, rewording: &'h Rewording) {
        let (kind, name) = (rewording.kind, &rewording.name.text);
        let Some(at) = self.find(kind, name) else {
            self.nothing("remplace", kind, name, by, rewording.name.span);
            return;
        };
        if !self.touch(kind, name, by, rewording.name.span) {
            return;
        }
        let file = &self.history.texts[by].file;
        let Err(problem) = reword::reword(&mut self.parts[at], by, file, change, rewording) else {
            self.reworded.push((by, rewording));
            return;
        };
        let earlier = self.reworded.iter().rev().find(|(_, earlier)| {
            (earlier.kind, &earlier.name.text, &earlier.from.text) == (kind, name, &rewording.from.text)
        });
        self.problems.push(match earlier.filter(|_| problem.code == reword::ABSENT) {
            Some((other, earlier)) => {
                let (text, own) = (&self.history.texts[*other], &self.history.texts[by]);
                let instead = match text.number().filter(|_| *other != by) {
                    Some(number) => format!(
                        " ; si {} tient lieu de l'autre, y écrire en tête « à la place de l'avenant {number} »",
                        called(own.number())
                    ),
                    None => String::new(),
                };
                problem
                    .at(&text.file, earlier.to.span, format!("{} les a changés ici", called(text.number())))
                    .help(format!("remplacer les mots qui y sont désormais, « {} »{instead}", earlier.to.text))
            }
            None => problem,
        });
    }

    /// A change of what does not exist.
    fn nothing(&mut self, change: &str, kind: Kind, name: &Arc<str>, by: usize, place: Span) {
        let file = &self.history.texts[by].file;
        let message = format!("« {change} » : {} ne s'appelle « {name} »", say::none_of(kind));
        let diagnostic = Diagnostic::error("avenant-sans-objet", message).at(file, place, "rien à changer");
        let repealed = self.repealed.iter().find(|(own, called, ..)| *own == kind && called == name);
        let other = self
            .parts
            .iter()
            .find(|part| matches!(&part.role, Role::Thing(own, called) if *own != kind && called == name));
        let diagnostic = if let Some((_, _, who, where_)) = repealed {
            diagnostic.at(&self.history.texts[*who].file, *where_, "abrogé ici")
        } else if let Some(other) = other.and_then(|part| Some((part.kind()?, part))) {
            let (own, part) = other;
            diagnostic
                .at(&part.file, part.place, format!("ici, {}", say::a(own)))
                .help(format!("écrire « {change} {} {name} »", own.word()))
        } else {
            let names = self.parts.iter().filter_map(|part| match &part.role {
                Role::Thing(own, called) if *own == kind => Some(&**called),
                _ => None,
            });
            let names: Vec<&str> = names.collect();
            let beside = names.iter().find(|called| called.split(", ").any(|one| *one == **name));
            if let Some(beside) = beside {
                let help = format!(
                    "il est déclaré à côté d'un autre : écrire « {change} {} {beside} »",
                    kind.word()
                );
                self.problems.push(diagnostic.help(help));
                return;
            }
            match text::nearest(name, names.iter().copied()) {
                Some(near) => diagnostic.help(format!("vouliez-vous dire « {near} » ?")),
                None if change == "remplace" => {
                    diagnostic.help(format!("s'il est nouveau, écrire « ajoute {} {name} »", kind.word()))
                }
                None => diagnostic,
            }
        };
        self.problems.push(diagnostic);
    }

    /// The file, and what it does not say of itself.
    pub fn finish(&self) -> (Arc<SourceFile>, Consolidation) {
        let (history, edition) = (self.history, self.edition);
        let base = &history.texts[edition.base];
        let mut pieces = self.header();
        let mut scopes = Vec::new();
        for (rank, by) in edition.in_force.iter().enumerate() {
            let text = &history.texts[*by];
            for scope in &text.header.scopes {
                pieces.push(Piece::Words("  ".to_owned(), Arc::clone(&text.file), scope.span));
                pieces.push(Piece::Of(Arc::clone(&text.file), scope.span));
                pieces.push(Piece::Words("\n".to_owned(), Arc::clone(&text.file), scope.span));
                scopes.push(rank);
            }
        }
        for part in &self.parts {
            for piece in part.lead.iter().chain(&part.body) {
                close(&mut pieces);
                pieces.push(piece.clone());
            }
        }
        let applied = edition.applied.iter().map(|rank| history.texts[*rank].about());
        let left = edition.in_force.iter().filter(|rank| !edition.applied.contains(rank));
        let aside = left.map(|rank| history.texts[*rank].about()).collect();
        let beside = edition.in_force.iter().filter(|rank| !edition.applied.contains(rank));
        let facts = beside.flat_map(|rank| &history.texts[*rank].document.changes);
        let beside = facts.filter_map(|change| match &change.what {
            ChangeKind::Add(item) => match &item.kind {
                ItemKind::Dossier(facts) => facts.first().map(|fact| Arc::clone(&fact.path.text)),
                _ => None,
            },
            ChangeKind::Replace(_)
            | ChangeKind::Repeal(_)
            | ChangeKind::Reword(_)
            | ChangeKind::Retain(_) => None,
        });
        let rank = |by: usize| edition.applied.iter().position(|own| *own == by).map(|rank| rank + 1);
        let facts = self.repealed.iter().filter(|(kind, ..)| *kind == Kind::Fact);
        let repealed = facts.filter_map(|(_, name, by, _)| Some((Arc::clone(name), rank(*by)?)));
        let consolidation = Consolidation {
            repealed: repealed.collect(),
            texts: std::iter::once(base.about()).chain(applied).collect(),
            aside,
            scopes,
            beside: beside.collect(),
            leaned: Vec::new(),
        };
        (SourceFile::composed(base.file.called(), pieces), consolidation)
    }

    /// The header of the base text, its period that of the edition.
    pub fn header(&self) -> Vec<Piece> {
        let base = &self.history.texts[self.edition.base];
        let (file, header) = (&base.file, &base.header);
        let end = parts::line_end(file, header.whole.end);
        let days = self.edition.days;
        if (days.from, days.to) == (base.from(), base.until()) {
            let mut whole = vec![piece(file, 0, end)];
            close(&mut whole);
            return whole;
        }
        let from = |date: Date| format!(" depuis le {}", say::date(date));
        let until = |date: Date| format!(" jusqu'au {}", say::date(date));
        let period = days.from.map_or_else(String::new, from) + &days.to.map_or_else(String::new, until);
        // The text that starts the period says it.
        let starts = |rank: &&usize| self.history.texts[**rank].from() == days.from;
        let said = self.edition.in_force.iter().find(starts).map_or(base, |rank| &self.history.texts[*rank]);
        let words = |words: String| Piece::Words(words, Arc::clone(&said.file), said.period_span());
        let mut pieces = match header.in_force {
            Some(clause) => vec![
                piece(file, 0, clause.start),
                words(format!("en vigueur{period}")),
                piece(file, clause.end, end),
            ],
            None => {
                let line = parts::line_end(file, header.span.end);
                vec![piece(file, 0, line), words(format!("  en vigueur{period}\n")), piece(file, line, end)]
            }
        };
        close(&mut pieces);
        pieces
    }
}

/// What a part says, white space and comments above it left out.
fn said(part: &Part) -> Vec<String> {
    let body = part.body.iter().map(|piece| match piece {
        Piece::Of(file, span) => file.slice(*span),
        Piece::Words(words, ..) => words,
    });
    let lines = body.flat_map(str::lines).filter(|line| !line.trim_start().starts_with('#'));
    lines.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

/// Ends the last line of what is there.
fn close(pieces: &mut Vec<Piece>) {
    let last = pieces.iter().rev().find_map(|piece| {
        let (text, file, span) = match piece {
            Piece::Of(file, span) => (file.slice(*span), file, *span),
            Piece::Words(words, file, span) => (words.as_str(), file, *span),
        };
        (!text.is_empty()).then(|| (text.ends_with('\n') || matches!(piece, Piece::Words(..)), file, span))
    });
    if let Some((false, file, span)) = last
        && span.end as usize == file.text().len()
    {
        let end = Piece::Words("\n".to_owned(), Arc::clone(file), span);
        pieces.push(end);
    }
}

/// A piece with a stretch of its file left out.
fn without(piece: Piece, gone: Span) -> Vec<Piece> {
    match piece {
        Piece::Of(file, span) if span.start <= gone.start && gone.end <= span.end => {
            vec![parts::piece(&file, span.start, gone.start), parts::piece(&file, gone.end, span.end)]
        }
        piece @ (Piece::Of(..) | Piece::Words(..)) => vec![piece],
    }
}
