//! The names of a file: what each one stands for, and what a name that stands for nothing may have meant.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::texts::Texts;
use crate::policy::{FactId, FieldId, ListId};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Header, Path, sharing};
use crate::text;
use crate::wording::french;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum What {
    /// A scalar fact.
    Fact(FactId),
    /// A list.
    List(ListId),
    /// A field of a list.
    Field(FieldId),
    /// A period, by its rank in the file.
    Period(u32),
    /// An item, by its rank in the file; a definition may be of each element of a list.
    Item(usize),
}

/// A declared name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Symbol {
    /// What it stands for.
    pub what: What,
    /// Where it is declared.
    pub span: Span,
    /// Where an expression may read it.
    pub read: Read,
}

/// Where an expression may read a name. A criterion may have the name of a fact that is no condition: the place tells
/// which is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// Nowhere: a source and a `cohérence` have no value.
    Never,
    /// As a value or as a condition: a definition, a fact that is answered by yes or no.
    Anywhere,
    /// As a value only: any other fact.
    Value,
    /// As a condition only: a criterion, an objective.
    Condition,
}

impl Symbol {
    /// Whether an expression may read it.
    pub fn is_readable(&self) -> bool {
        self.read != Read::Never
    }

    fn is_item(&self) -> bool {
        matches!(self.what, What::Item(_))
    }
}

/// The element in turn, where there is one: that of this list.
pub(super) type Scope = Option<ListId>;

/// What was found under a name.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// This.
    Symbol(Symbol),
    /// A field of the element in turn and something else outside.
    Ambiguous {
        /// The whole path of the field.
        field: Arc<str>,
        /// What is outside.
        outside: Span,
    },
    /// Nothing.
    Nothing,
}

/// Things by their names, in the order of the file.
type ByName<T> = IndexMap<Arc<str>, T, RandomState>;

/// All names of a file.
#[derive(Debug, Default)]
pub(super) struct Names {
    symbols: ByName<Symbol>,
    /// Items that have the name of a fact.
    conditions: HashMap<Arc<str>, Symbol>,
    /// Every proper prefix of a path, with the first path under it.
    groups: ByName<Arc<str>>,
    lists: ByName<ListId>,
    list_paths: Vec<Arc<str>>,
    /// The texts that the first one leans on.
    texts: Texts,
    /// What the first one says that it leans on.
    leans_on: Vec<Arc<str>>,
    /// The text whose lines are being read: a name is first one of its own.
    within: Cell<usize>,
    /// By fact that several texts declare: those after the first that do.
    shared: RefCell<HashMap<Arc<str>, Vec<usize>>>,
}

impl Names {
    /// Declares a name; gives back the earlier declaration where it is taken.
    pub fn declare(&mut self, name: &Arc<str>, symbol: Symbol) -> Option<Symbol> {
        let mut value = symbol;
        if let Some(first) = self.symbols.get(name).copied() {
            let condition = match (first.read, symbol.read) {
                (Read::Value, Read::Condition) => symbol,
                (Read::Condition, Read::Value) => first,
                _ => return Some(first),
            };
            if let Some(other) = self.conditions.get(name) {
                return Some(*other);
            }
            self.conditions.insert(Arc::clone(name), condition);
            value = if condition.span == first.span { symbol } else { first };
        }
        self.symbols.insert(Arc::clone(name), value);
        for (at, _) in name.match_indices('.') {
            if let Some(group) = name.get(..at) {
                self.groups.entry(Arc::from(group)).or_insert_with(|| Arc::clone(name));
            }
        }
        None
    }

    /// Says which texts the file holds.
    pub fn put_together(&mut self, texts: Texts, header: Option<&Header>) {
        self.texts = texts;
        let named = header.map_or(&[][..], |header| &header.leans_on);
        self.leans_on = named.iter().map(|name| Arc::clone(&name.text)).collect();
    }

    /// The texts that the first one leans on.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// From here on, a text's lines are read.
    pub fn enter(&self, text: usize) {
        self.within.set(text);
    }

    /// The text whose lines are being read.
    pub fn within(&self) -> usize {
        self.within.get()
    }

    /// A fact that is declared is declared by this text too.
    pub fn share(&self, path: &Arc<str>, text: usize) {
        self.shared.borrow_mut().entry(Arc::clone(path)).or_default().push(text);
    }

    /// Whether a text may read what is called by an identifier.
    pub fn sees(&self, text: usize, id: &str) -> bool {
        match text {
            0 => self.leans_on.iter().any(|own| **own == *id),
            text => self.texts.id(text).is_some_and(|own| **own == *id) || self.texts.leans(text, id),
        }
    }

    /// Whether a text declares a fact, a list, a period.
    fn declares(&self, text: usize, path: &str, symbol: &Symbol) -> bool {
        !matches!(symbol.what, What::Item(_))
            && (self.texts.at(symbol.span) == text
                || self.shared.borrow().get(path).is_some_and(|texts| texts.contains(&text)))
    }

    /// Whether the text that is being read may read what is declared under a whole name.
    fn is_seen(&self, name: &str, symbol: &Symbol) -> bool {
        let (within, owner) = (self.within(), self.texts.at(symbol.span));
        match symbol.what {
            What::Item(_) => owner == within || self.texts.id(owner).is_some_and(|id| self.sees(within, id)),
            What::Fact(_) | What::Field(_) | What::List(_) | What::Period(_) => {
                self.declares(within, name, symbol)
            }
        }
    }

    /// What is declared under a name, as the text that is being read means it.
    fn known(&self, name: &str) -> Option<(&Arc<str>, &Symbol)> {
        if self.texts.is_empty() {
            return self.symbols.get_key_value(name);
        }
        let (above, rest) = self.in_list(name);
        let own = self
            .texts
            .id(self.within())
            .and_then(|id| self.symbols.get_key_value(format!("{above}{id}.{rest}").as_str()));
        let whole = self.symbols.get_key_value(name).filter(|(name, symbol)| self.is_seen(name, symbol));
        // « aide-socle.revenu »: a fact of that text.
        let fact = || {
            let (id, fact) = rest.split_once('.')?;
            let text = self.texts.called(id).filter(|_| self.sees(self.within(), id))?;
            let path = format!("{above}{fact}");
            self.symbols
                .get_key_value(path.as_str())
                .filter(|(name, symbol)| self.declares(text, name, symbol))
        };
        let hidden = || self.conditions.get_key_value(name).filter(|(name, item)| self.is_seen(name, item));
        let known = whole.filter(|(_, symbol)| !symbol.is_item());
        known.or(own).or_else(fact).or(whole).or_else(hidden)
    }

    /// A name under a list, and what it is under.
    fn in_list<'n>(&self, name: &'n str) -> (&'n str, &'n str) {
        let list = self.list_above(name).map(|list| self.list_path(list).len() + 1);
        name.split_at_checked(list.unwrap_or(0)).unwrap_or(("", name))
    }

    /// Where a condition is expected, the item that has the name of what is no condition.
    pub fn held(&self, expr: &Expr, scope: Scope) -> Option<Symbol> {
        let path = condition_name(expr)?;
        let Found::Symbol(Symbol { read: Read::Value, .. }) = self.find(&path.text, scope) else {
            return None;
        };
        let name = &*path.text;
        let own =
            self.texts.id(self.within()).and_then(|id| self.symbols.get(format!("{id}.{name}").as_str()));
        let items = [self.conditions.get(name), own, self.symbols.get(name)];
        let seen = |item: &&Symbol| item.read == Read::Condition && self.is_seen(name, item);
        items.into_iter().flatten().find(seen).copied()
    }

    /// What a name stands for in another text, that this one may not read so.
    pub fn hidden(&self, name: &str) -> Option<(usize, Symbol)> {
        let symbol = self.symbols.get(name).filter(|symbol| !matches!(symbol.what, What::Item(_)))?;
        Some((self.texts.at(symbol.span), *symbol)).filter(|(text, _)| *text > 0)
    }

    /// The nearest name of a text that is leaned on, as that text writes it.
    pub fn nearest_of(&self, wanted: &str, text: usize) -> Option<String> {
        let prefix = format!("{}.", self.texts.id(text)?);
        let names = self.symbols.iter().filter_map(|(name, symbol)| match symbol.what {
            What::Item(_) => name.strip_prefix(&*prefix),
            What::Fact(_) => self.declares(text, name, symbol).then_some(&**name),
            What::Field(_) | What::List(_) | What::Period(_) => None,
        });
        text::nearest(wanted, names).map(str::to_owned)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// All that is declared; of an item that has the name of a fact, both.
    pub fn all(&self) -> impl Iterator<Item = (&Arc<str>, &Symbol)> {
        self.symbols.iter().chain(&self.conditions)
    }

    /// Declares the path of the next list.
    pub fn declare_list(&mut self, path: &Arc<str>) {
        let list = ListId(u32::try_from(self.lists.len()).unwrap_or(u32::MAX));
        self.lists.insert(Arc::clone(path), list);
        self.list_paths.push(Arc::clone(path));
    }

    /// The path of a list.
    pub fn list_path(&self, list: ListId) -> &Arc<str> {
        &self.list_paths[list.index()]
    }

    /// What any text declares under this whole name.
    pub fn whole(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).copied()
    }

    /// What is declared under this name.
    pub fn get(&self, name: &str) -> Option<Symbol> {
        let known = |name: &str| self.known(name).map(|(_, symbol)| *symbol);
        known(name).or_else(|| known(&sharing::canonical(name)?))
    }

    /// The list that a path starts with, where what follows is not empty.
    pub fn list_above(&self, path: &str) -> Option<ListId> {
        path.match_indices('.').find_map(|(at, _)| self.lists.get(path.get(..at)?).copied())
    }

    /// The list of this path; after « aucun » and « il existe un », also by its singular.
    pub fn list(&self, path: &str, singular: bool) -> Option<ListId> {
        let plain = |text: &str| {
            text.split(' ').map(|word| word.trim_end_matches(['s', 'x'])).collect::<Vec<_>>().join(" ")
        };
        let hidden = |list: &str| {
            !self.texts.is_empty() && self.symbols.contains_key(list) && self.known(list).is_none()
        };
        if let Some(list) = self.lists.get(path).filter(|_| !hidden(path)) {
            return Some(*list);
        }
        if !singular {
            return None;
        }
        let wanted = plain(path);
        let named = |list: &str| plain(list) == wanted || french::singular(list) == *path;
        let mut near = self.lists.iter().filter(|(list, _)| named(list) && !hidden(list));
        let only = near.next()?;
        near.next().is_none().then_some(*only.1)
    }

    /// « canton de la commune »: what is read of an element, and the list that it is of.
    pub fn of_element<'n>(&self, name: &'n str) -> Option<(&'n str, ListId)> {
        const OF: [&str; 4] = [" de la ", " de l'", " du ", " de "];
        OF.into_iter().find_map(|of| {
            name.match_indices(of).find_map(|(at, _)| {
                let (field, one) = (name.get(..at)?, name.get(at + of.len()..)?);
                let list = self.list(one, true)?;
                let path = self.list_path(list);
                (**path != *one || french::singular(path) == *one).then_some((field, list))
            })
        })
    }

    /// What a name stands for, seen from inside an element of `scope` or from outside any list.
    pub fn resolve(&self, name: &str, scope: Scope) -> Found {
        match self.find(name, scope) {
            // « part du fonds » is « part de fonds ».
            Found::Nothing => match sharing::canonical(name) {
                Some(meant) => self.find(&meant, scope),
                None => Found::Nothing,
            },
            found => found,
        }
    }

    fn find(&self, name: &str, scope: Scope) -> Found {
        let outside = self.known(name).map(|(_, symbol)| symbol).filter(|symbol| symbol.is_readable());
        if let Some(list) = scope {
            let path = format!("{}.{name}", self.list_path(list));
            if let Some((field, symbol)) = self.known(&path) {
                let outside =
                    outside.filter(|outside| (symbol.read, outside.read) != (Read::Value, Read::Condition));
                return match outside {
                    None => Found::Symbol(*symbol),
                    Some(outside) => Found::Ambiguous { field: Arc::clone(field), outside: outside.span },
                };
            }
        }
        outside.map_or(Found::Nothing, |symbol| Found::Symbol(*symbol))
    }

    /// Whether a name is that of a group of facts; gives back a path of that group.
    pub fn group(&self, name: &str) -> Option<&Arc<str>> {
        self.groups.get(name)
    }

    /// The paths under a group, in order.
    pub fn members(&self, group: &str) -> Vec<&str> {
        self.symbols
            .keys()
            .filter(|name| name.strip_prefix(group).is_some_and(|rest| rest.starts_with('.')))
            .map(|name| &**name)
            .collect()
    }

    /// The fields of this last name in any list, by whole path.
    pub fn fields_named(&self, name: &str) -> Option<&Arc<str>> {
        self.symbols.iter().find_map(|(path, _)| {
            let list = self.list_above(path)?;
            let rest = path.get(self.list_path(list).len() + 1..)?;
            (rest == name).then_some(path)
        })
    }

    /// The fields of lists of which something is told, each with its list and its own name.
    pub fn options_of_elements<T>(&self, told: impl Fn(What) -> Option<T>) -> Vec<(ListId, String, T)> {
        let fields = self.symbols.iter().filter_map(|(path, symbol)| {
            let list = self.list_above(path)?;
            let field = path.get(self.list_path(list).len() + 1..)?.to_owned();
            Some((list, field, told(symbol.what)?))
        });
        fields.collect()
    }

    /// The item in whose lines a place stands.
    pub fn item_at(&self, start: u32) -> Option<&str> {
        let items = self.symbols.iter().chain(self.conditions.iter()).filter(|(_, symbol)| symbol.is_item());
        let above = items.filter(|(_, symbol)| symbol.span.start < start);
        above.max_by_key(|(_, symbol)| symbol.span.start).map(|(name, _)| &**name)
    }

    /// The one name that may be read from here, all whose words are among these: the one that leaves out least.
    pub fn said_whole(&self, said: &[String], words: impl Fn(&str) -> Vec<String>) -> Option<&str> {
        let names = self.symbols.iter().filter(|(path, symbol)| {
            symbol.is_readable() && !matches!(symbol.what, What::List(_)) && self.list_above(path).is_none()
        });
        let names = names.filter(|(path, symbol)| self.texts.is_empty() || self.is_seen(path, symbol));
        let mut best: Vec<(usize, &str)> = names
            .map(|(path, _)| (words(path), &**path))
            .filter(|(own, _)| own.len() > 1 && own.iter().all(|word| said.contains(word)))
            .map(|(own, path)| (own.len(), path))
            .collect();
        best.sort();
        let (most, name) = best.pop()?;
        best.last().is_none_or(|(next, _)| *next < most).then_some(name)
    }

    /// The nearest name that may be read from `scope`.
    pub fn nearest(&self, wanted: &str, scope: Scope) -> Option<String> {
        let inside = scope.map(|list| format!("{}.", self.list_path(list)));
        let mut bare: Vec<String> = Vec::new();
        let mut candidates: Vec<&str> = Vec::new();
        for (name, symbol) in &self.symbols {
            let hidden = !self.texts.is_empty() && !self.is_seen(name, symbol);
            if hidden || !symbol.is_readable() || matches!(symbol.what, What::List(_)) {
                continue;
            }
            let field = inside.as_deref().and_then(|list| name.strip_prefix(list));
            match field {
                Some(field) => bare.push(field.to_owned()),
                None if self.list_above(name).is_some() => {}
                None => candidates.push(name),
            }
        }
        // The last words of a path, its group forgotten.
        let forgotten = candidates
            .iter()
            .find(|name| name.strip_suffix(wanted).is_some_and(|group| group.ends_with('.')));
        if let Some(name) = forgotten {
            return Some((*name).to_owned());
        }
        candidates.extend(bare.iter().map(String::as_str));
        text::nearest(wanted, candidates).map(str::to_owned)
    }

    /// The list, where there is only one.
    pub fn only_list(&self) -> Option<&str> {
        let mut lists = self.lists.keys();
        lists.next().filter(|_| lists.next().is_none()).map(|list| &**list)
    }

    /// The nearest list, or path under a list.
    pub fn nearest_list(&self, wanted: &str) -> Option<String> {
        let lists = self.lists.keys().map(|list| &**list);
        let below = self.symbols.keys().map(|name| &**name).filter(|name| self.list_above(name).is_some());
        text::nearest(wanted, lists.chain(below)).map(str::to_owned)
    }

    /// Two known names that were glued together: the number of words of the first.
    pub fn glued(
        &self,
        text: &str,
        first: impl Fn(&str) -> bool,
        second: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        // A phrase longer than this was never two names.
        let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).take(32).collect();
        spaces.iter().enumerate().rev().find_map(|(words, at)| {
            let (left, right) = (text.get(..*at)?, text.get(at + 1..)?);
            (first(left) && second(right)).then_some(words + 1)
        })
    }
}

/// The name that stands alone where a condition is expected.
pub(super) fn condition_name(expr: &Expr) -> Option<&Path> {
    match &expr.kind {
        ExprKind::Name(path) => Some(path),
        ExprKind::Paren(inner) => condition_name(inner),
        _ => None,
    }
}
