//! « canton de la commune », « celui de la commune »: what is read of an element by its own name, where the elements of
//! a list are gone through for an element of it or of another.

use super::names::{Found, Scope, What};
use super::seen::Meant;
use super::{Checker, Slot, Typed};
use crate::diagnostic::Diagnostic;
use crate::policy::{ExprKind as Kind, ListId};
use crate::source::Span;
use crate::syntax::tree::{ItemKind, Path};
use crate::wording::french;

/// « celui de la commune » is what stands on the left, of the commune.
pub(super) fn is_same(word: &str) -> bool {
    matches!(word, "celui" | "celle" | "ceux" | "celles")
}

/// « de la commune », of the list of communes.
pub(super) fn of_one(list: &str) -> String {
    french::of_the(&french::singular(list))
}

/// Which element is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// The one in turn, of its list.
    InTurn,
    /// The one around the aggregate over its own list.
    Around,
}

impl Checker<'_> {
    /// `définition âge atteint` for `définition personnes.âge atteint`: what it works out is of each element, and it
    /// is read of each elsewhere.
    pub(super) fn listless(&self, path: &Path) -> Option<Diagnostic> {
        let field = self.names.fields_named(&path.text)?;
        let list = self.names.list_path(self.names.list_above(field)?).clone();
        let mut items = self.doc.items.iter().filter(|item| matches!(item.kind, ItemKind::Definition(_)));
        let item =
            items.find(|item| item.whole.start <= path.span.start && path.span.end <= item.whole.end)?;
        let name = item.name.as_ref().filter(|name| !name.text.contains('.'))?;
        let own = format!("{list}.{}", name.text);
        let of_each = self.file.text().lines().any(|line| {
            let said = line.split_once(" dont ").map_or("", |(_, said)| said);
            said.contains(&*name.text) || line.contains(&own)
        });
        let message = format!("« {} » est propre à chaque élément de « {list} »", path.text);
        let label = format!("écrire « définition {own} »");
        let start = name.span.start as usize;
        of_each.then(|| {
            Diagnostic::error("champ-hors-liste", message)
                .at(self.file, name.span, "de quel élément ?")
                .at(self.file, path.span, "dit de chaque élément")
                .help(&label)
                .remedy(label, self.file, [(Span::new(start, start), format!("{list}."))])
        })
    }

    /// What is read of an element by its own name, to the right of `left` or by itself; `None` where the name says
    /// nothing of the kind.
    pub(super) fn of_element(&mut self, path: &Path, left: Option<Typed>, scope: Scope) -> Option<Typed> {
        let (said, list) = self.names.of_element(&path.text)?;
        if !matches!(self.names.resolve(&path.text, scope), Found::Nothing) {
            return None;
        }
        let field = match (is_same(said), left) {
            (true, Some(left)) if left.ty.is_unknown() => return Some(self.unknown(path.span)),
            (true, left) => match left.and_then(|left| self.read_of_each(left)) {
                Some(field) => field,
                None => return Some(self.report_nothing_named(path, said)),
            },
            (false, _) => said.to_owned(),
        };
        let whole = format!("{}.{field}", self.names.list_path(list));
        let which = self.which(list, scope);
        let Some(what) = self.names.get(&whole).map(|symbol| symbol.what) else {
            let near = self.near(&whole, list).filter(|_| which.is_some());
            return (is_same(said) || near.is_some()).then(|| self.report_no_such(path, &whole, list, near));
        };
        let Some(which) = which.filter(|which| !is_same(said) || self.differs(*which, list)) else {
            return is_same(said).then(|| self.report_no_element(path, list));
        };
        if let Some(frame) = self.around.last_mut() {
            frame.told_apart = true;
        }
        self.note(path, Meant::What(what));
        let read = self.read_of(what, list, path.span)?;
        Some(match which {
            Which::InTurn => read,
            Which::Around => self.push(Kind::Around { list, of: read.id }, read.ty, path.span),
        })
    }

    /// The element of a list that a name means: the nearest around, where its list is gone through again.
    fn which(&self, list: ListId, scope: Scope) -> Option<Which> {
        match self.around.iter().rposition(|frame| frame.outer == Some(list)) {
            Some(rank) => {
                let again = self.around.iter().skip(rank).any(|frame| frame.list == list);
                Some(if again { Which::Around } else { Which::InTurn })
            }
            None => (scope == Some(list)).then_some(Which::InTurn),
        }
    }

    /// Whether the element meant is another one than that of which the left is read.
    fn differs(&self, which: Which, list: ListId) -> bool {
        which == Which::Around || self.around.last().is_some_and(|frame| frame.list != list)
    }

    /// The name of what is read of each element of a list.
    fn read_of_each(&self, typed: Typed) -> Option<String> {
        match &self.exprs.get(typed.id).kind {
            Kind::Field(field) => Some(self.fields[field.index()].name.to_string()),
            Kind::Definition(definition) => {
                let definition = &self.definitions[definition.index()];
                let list = self.names.list_path(definition.list?);
                definition.head.name.strip_prefix(&format!("{list}.")).map(str::to_owned)
            }
            _ => None,
        }
    }

    fn read_of(&mut self, what: What, list: ListId, span: Span) -> Option<Typed> {
        self.used.lists.insert(list);
        match what {
            What::Field(field) => {
                self.used.fields.insert(field);
                let ty = self.question_type(&self.fields[field.index()].ask);
                Some(self.push(Kind::Field(field), ty, span))
            }
            What::Item(item) if self.slots[item] == Slot::Definition => {
                self.used.items.insert(item);
                // Not lowered yet: it is part of a loop, which has been reported.
                let lowered = self.lowered[item].filter(|lowered| !lowered.is_period);
                Some(match lowered {
                    Some(lowered) => self.push(Kind::Definition(lowered.id), lowered.ty, span),
                    None => self.unknown(span),
                })
            }
            What::Fact(_) | What::List(_) | What::Period(_) | What::Item(_) => None,
        }
    }

    fn report_nothing_named(&mut self, path: &Path, said: &str) -> Typed {
        let message =
            format!("« {said} » reprend ce qui est à gauche, qui n'est pas une valeur de chaque élément");
        let help = "nommer la valeur : « canton de la commune », par exemple";
        self.error(
            "champ-attendu",
            message,
            path.span,
            "de quelle valeur s'agit-il ?",
            Some(help.to_owned()),
        );
        self.unknown(path.span)
    }

    /// The nearest name of a value of each element of a list, the list left out.
    fn near(&self, whole: &str, list: ListId) -> Option<String> {
        let list = self.names.list_path(list);
        let near = crate::text::nearest(whole, self.names.members(list))?;
        near.strip_prefix(&format!("{list}.")).map(str::to_owned)
    }

    fn report_no_such(&mut self, path: &Path, whole: &str, list: ListId, near: Option<String>) -> Typed {
        let list = self.names.list_path(list).clone();
        let message = format!("« {list} » n'a ni fait ni définition « {whole} »");
        let problem =
            Diagnostic::error("nom-inconnu", message).at(self.file, path.span, "rien ne porte ce nom");
        let of = of_one(&list);
        self.report(match near {
            Some(near) => problem.instead(self.file, path.span, &[format!("{near} {of}")]),
            None => problem.help(format!("nommer la valeur : « … {of} »")),
        });
        self.unknown(path.span)
    }

    fn report_no_element(&mut self, path: &Path, list: ListId) -> Typed {
        let list = self.names.list_path(list).clone();
        let message = format!("« {} » : il n'y a pas ici d'autre élément de « {list} »", path.text);
        let diagnostic = Diagnostic::error("champ-hors-liste", message)
            .at(self.file, path.span, "de quel élément s'agit-il ?")
            .help(format!("l'écrire dans une « définition {list}.… », où il est question de chaque élément"));
        self.report(diagnostic);
        self.unknown(path.span)
    }
}
