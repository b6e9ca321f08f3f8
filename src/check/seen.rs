//! What the names of a text stand for, place by place: for whoever shows a text to its author. It is known of all that
//! reads, whatever else is wrong with the text.

use std::collections::HashMap;
use std::sync::Arc;

use super::names::What;
use super::types::Ty;
use super::{Checker, Consolidation, Slot};
use crate::policy::{ChoiceId, Type};
use crate::source::{SourceFile, Span};
use crate::syntax::tree::{FactDecl, Item, ItemKind, Kind, Name, Path, TypeExpr};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// A thing of this kind.
    Of(Kind),
    /// An option of a choice.
    Option,
}

/// A name that is declared.
#[derive(Debug, Clone)]
pub struct Named {
    /// What it stands for.
    pub sort: Sort,
    /// The whole name, that of its list or group included.
    pub name: Arc<str>,
    /// What it is worth: « un montant », or nothing where it has no value.
    pub ty: Option<String>,
    /// Its type, exactly: two things of one type are read in the same places.
    pub class: String,
    /// The list whose elements it is of.
    pub list: Option<Arc<str>>,
    /// Whether it is a list.
    pub is_list: bool,
    /// Whether it is declared with something else, whose name stands where it is declared: what a `répartition` defines.
    pub is_derived: bool,
    /// Whether it stands only under a condition.
    pub is_conditional: bool,
    /// The options among which its value is.
    pub options: Vec<Arc<str>>,
    /// Where it is declared, once or, of an option, by several things.
    pub declared: Vec<Said>,
}

/// A name as it is written somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Said {
    /// The whole.
    pub span: Span,
    /// Its parts, between points.
    pub parts: Vec<Span>,
}

/// What names stand for in a text.
#[derive(Debug, Default)]
pub struct Seen {
    /// What is declared.
    pub named: Vec<Named>,
    /// Where a name is read, and which of them it is.
    pub uses: Vec<(Said, usize)>,
}

/// What was noted of a name while it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meant {
    /// Something declared.
    What(What),
    /// An option.
    Option(ChoiceId, u16),
}

/// Facts by the place of their name.
type Facts<'d> = HashMap<Span, &'d FactDecl>;

/// What the names of a text stand for.
pub fn seen(file: &Arc<SourceFile>, consolidation: Option<&Consolidation>) -> Seen {
    let mut seen = Seen::default();
    super::read_noting(file, consolidation, &mut |checker| seen = checker.all_seen());
    seen
}

impl Said {
    fn name(name: &Name) -> Said {
        Said { span: name.span, parts: vec![name.span] }
    }

    /// A path as it is written.
    pub fn path(path: &Path) -> Said {
        Said { span: path.span, parts: path.parts.iter().map(|part| part.span).collect() }
    }
}

impl Checker<'_> {
    /// Notes what a name stands for.
    pub(super) fn note(&self, path: &Path, meant: Meant) {
        // A name that no author wrote stands for what is written there.
        if crate::text::tidied(self.file.slice(path.span)) != *path.text {
            return;
        }
        self.noted.borrow_mut().push((Said::path(path), meant));
    }

    /// Likewise, of a name without parts.
    pub(super) fn note_name(&self, name: &Name, meant: Meant) {
        self.noted.borrow_mut().push((Said::name(name), meant));
    }

    fn all_seen(&self) -> Seen {
        let mut seen = Seen::default();
        let mut ranks: HashMap<Meant, usize> = HashMap::new();
        let facts: Facts<'_> =
            super::declare::fact_decls(self.doc).map(|(_, decl)| (decl.path.span, decl)).collect();
        for (name, symbol) in self.names.all() {
            let rank = seen.named.len();
            if let Some(named) = self.named(name, symbol.what, facts.get(&symbol.span).copied()) {
                ranks.insert(Meant::What(symbol.what), rank);
                seen.named.push(named);
            }
        }
        for (choice, options) in self.choices.iter().enumerate() {
            let choice = ChoiceId(u32::try_from(choice).unwrap_or(u32::MAX));
            for (option, text) in (0_u16..).zip(&options.options) {
                ranks.insert(Meant::Option(choice, option), seen.named.len());
                seen.named.push(self.named_option(choice, text));
            }
        }
        for (names, ordered) in self.options_declared() {
            let texts: Vec<Arc<str>> = names.iter().map(|name| Arc::clone(&name.text)).collect();
            let Some(choice) = self.interned.get(&(texts, ordered)) else { continue };
            for (option, name) in (0_u16..).zip(names) {
                if let Some(rank) = ranks.get(&Meant::Option(*choice, option)) {
                    seen.named[*rank].declared.push(Said::name(name));
                }
            }
        }
        let mut uses = self.noted.borrow().clone();
        uses.sort_by_key(|(said, _)| said.span);
        uses.dedup();
        for (mut said, meant) in uses {
            let Some(rank) = ranks.get(&self.as_declared(meant)) else { continue };
            // « communes.part du fonds » : what a `répartition` defines of each element of a list.
            if seen.named[*rank].is_derived && said.parts.len() > 1 {
                let own = said.parts.split_off(said.parts.len() - 1);
                let list = seen.named[*rank].list.clone();
                let of_list =
                    seen.named.iter().position(|named| named.is_list && Some(&named.name) == list.as_ref());
                let above = said.parts.iter().copied().reduce(Span::to);
                if let (Some(list), Some(span)) = (of_list, above) {
                    seen.uses.push((Said { span, parts: said.parts }, list));
                }
                said = Said { span: own.first().copied().unwrap_or_default(), parts: own };
            }
            seen.uses.push((said, *rank));
        }
        seen
    }

    /// The first and last day of a period are no names of their own.
    fn as_declared(&self, meant: Meant) -> Meant {
        let declared = match meant {
            Meant::What(What::Fact(fact)) => crate::policy::Declared::Fact(fact),
            Meant::What(What::Field(field)) => crate::policy::Declared::Field(field),
            Meant::What(What::List(_) | What::Period(_) | What::Item(_)) | Meant::Option(..) => return meant,
        };
        let period = self.periods.iter().position(|period| [period.first, period.last].contains(&declared));
        period.and_then(|rank| u32::try_from(rank).ok()).map_or(meant, |rank| Meant::What(What::Period(rank)))
    }

    /// Every list of options that is written, and whether it is a scale.
    fn options_declared(&self) -> Vec<(Vec<&Name>, bool)> {
        let of_type = |ty: &'_ TypeExpr| match ty {
            TypeExpr::Choice(_) => Some(false),
            TypeExpr::Scale(_) => Some(true),
            _ => None,
        };
        let mut all: Vec<(Vec<&Name>, bool)> = Vec::new();
        for item in &self.doc.items {
            let types: Vec<&TypeExpr> = match &item.kind {
                ItemKind::Dossier(facts) => facts.iter().map(|fact| &fact.ty).collect(),
                ItemKind::Definition(definition) => definition.options.iter().map(|o| &o.value).collect(),
                ItemKind::Reading(reading) => {
                    all.push((reading.options.iter().map(|option| &option.name).collect(), false));
                    Vec::new()
                }
                _ => Vec::new(),
            };
            for ty in types {
                if let (Some(ordered), TypeExpr::Choice(names) | TypeExpr::Scale(names)) = (of_type(ty), ty) {
                    all.push((names.iter().collect(), ordered));
                }
            }
        }
        all
    }

    fn named_option(&self, choice: ChoiceId, text: &Arc<str>) -> Named {
        Named {
            sort: Sort::Option,
            name: Arc::clone(text),
            ty: Some(self.type_words(Ty::Of(Type::Choice(choice)))),
            class: format!("{:?}", Ty::Of(Type::Choice(choice))),
            list: None,
            is_list: false,
            is_derived: false,
            is_conditional: false,
            options: Vec::new(),
            declared: Vec::new(),
        }
    }

    /// What is declared under a name; nothing of the ends of a period, which no line declares.
    fn named(&self, name: &Arc<str>, what: What, fact: Option<&FactDecl>) -> Option<Named> {
        let (sort, path, is_conditional) = match what {
            What::Item(item) => {
                let item: &Item = &self.doc.items[item];
                let kind = match &item.kind {
                    ItemKind::Funding(funding) if funding.rest.is_some() => Kind::Sharing,
                    kind => kind.kind(),
                };
                (Sort::Of(kind), item.name.as_ref()?, item.applies.is_some())
            }
            What::Fact(_) | What::Field(_) | What::List(_) | What::Period(_) => {
                let declared = fact.filter(|fact| fact.path.text == *name)?;
                (Sort::Of(Kind::Fact), &declared.path, declared.asked_if.is_some())
            }
        };
        let ty = self.what_type(what);
        let list = self.names.list_above(name).map(|list| Arc::clone(self.names.list_path(list)));
        let options = match ty {
            Some(Ty::Of(Type::Choice(choice))) => self.choices[choice.index()].options.clone(),
            _ => Vec::new(),
        };
        let written = self.file.slice(path.span);
        let last = path.parts.last().map_or("", |part| &*part.text);
        let is_derived =
            matches!(what, What::Item(_)) && crate::text::tidied(written) != last && !written.contains('.');
        let said = match is_derived {
            true => Said { span: path.span, parts: vec![path.span] },
            false => Said::path(path),
        };
        let ty_words = match what {
            What::List(_) => Some("une liste".to_owned()),
            What::Period(_) => Some("une période".to_owned()),
            What::Item(item) => {
                let holds = matches!(self.slots[item], Slot::Reported(_));
                if holds { None } else { ty.map(|ty| self.type_words(ty)) }
            }
            What::Fact(_) | What::Field(_) => ty.map(|ty| self.type_words(ty)),
        };
        Some(Named {
            sort,
            name: Arc::clone(name),
            ty: ty_words,
            class: format!("{ty:?}"),
            list,
            is_list: matches!(what, What::List(_)),
            is_derived,
            is_conditional,
            options,
            declared: vec![said],
        })
    }
}
