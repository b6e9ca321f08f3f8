//! What stands under each name of a shelf of texts, wherever it is written: in base texts, in amendments, in the texts that
//! lean on others.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::check::{Said, Seen, Sort};
use crate::history::History;
use crate::source::{SourceFile, Span};
use crate::syntax::tree::{Change, ChangeKind, Item, ItemKind, Kind, Name, Path};
use crate::text;

/// A name as it is written somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The whole.
    pub span: Span,
    /// Its parts, between points.
    pub parts: Vec<Span>,
}

/// Something that has a name, with every place where it is written.
#[derive(Debug, Clone)]
pub struct Symbol {
    /// What it is.
    pub sort: Sort,
    /// Its whole name, as it is declared.
    pub name: Arc<str>,
    /// What it is worth: « un montant ».
    pub ty: Option<String>,
    /// Where it is declared: by a text, by amendments.
    pub declared: Vec<Place>,
    /// Where it is read.
    pub uses: Vec<Place>,
}

impl Symbol {
    /// The parts of its name, those of its list or groups first.
    pub fn parts(&self) -> Vec<&str> {
        self.name.split('.').collect()
    }

    /// Every place, each once.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.declared.iter().chain(&self.uses)
    }
}

/// All names of a shelf.
#[derive(Debug, Default)]
pub struct Names {
    symbols: Vec<Symbol>,
    /// By file: every place, with the symbol.
    places: BTreeMap<String, Vec<(Span, usize)>>,
}

/// What was seen of the texts of one identifier.
pub type SeenTexts = Vec<(Arc<SourceFile>, Seen)>;

/// What makes two symbols one.
#[derive(PartialEq, Eq, Hash, Clone)]
enum Key {
    /// The same name for the same sort of thing, in the texts of one identifier.
    Named(String, Sort, Arc<str>),
    /// Declared at one place.
    At(String, Span, Arc<str>),
}

/// Symbols, of which those that turn out to be one are merged.
#[derive(Default)]
struct Merger {
    symbols: Vec<Symbol>,
    /// Which symbol each has become part of.
    into: Vec<usize>,
    keys: HashMap<Key, usize>,
}

impl Merger {
    fn root(&self, mut at: usize) -> usize {
        while self.into[at] != at {
            at = self.into[at];
        }
        at
    }

    fn add(&mut self, symbol: Symbol, keys: Vec<Key>) {
        let own = self.symbols.len();
        self.symbols.push(symbol);
        self.into.push(own);
        for key in keys {
            let before = *self.keys.entry(key).or_insert(own);
            let (before, own) = (self.root(before), self.root(own));
            // The one met first speaks for both.
            let (first, second) = (before.min(own), before.max(own));
            self.into[second] = first;
        }
    }

    fn finish(self) -> Vec<Symbol> {
        let mut ranks: BTreeMap<usize, usize> = BTreeMap::new();
        let mut made: Vec<Symbol> = Vec::new();
        let roots: Vec<usize> = (0..self.symbols.len()).map(|at| self.root(at)).collect();
        for (symbol, root) in self.symbols.into_iter().zip(roots) {
            match ranks.get(&root) {
                Some(rank) => {
                    let all = &mut made[*rank];
                    all.declared.extend(symbol.declared);
                    all.uses.extend(symbol.uses);
                    all.ty = all.ty.take().or(symbol.ty);
                }
                None => {
                    ranks.insert(root, made.len());
                    made.push(symbol);
                }
            }
        }
        for symbol in &mut made {
            for places in [&mut symbol.declared, &mut symbol.uses] {
                places.sort_by(|a, b| (a.file.name(), a.span).cmp(&(b.file.name(), b.span)));
                places.dedup_by(|a, b| a.file.name() == b.file.name() && a.span == b.span);
            }
            let declared = &symbol.declared;
            let is_declared = |place: &Place| {
                declared.iter().any(|own| own.file.name() == place.file.name() && own.span == place.span)
            };
            symbol.uses.retain(|place| !is_declared(place));
        }
        made
    }
}

impl Names {
    /// The names of these texts, each with what was seen of it; `lone` are those of no identifier, for their first line
    /// does not read.
    pub fn of<'t>(
        texts: impl IntoIterator<Item = (&'t Arc<History>, &'t SeenTexts)> + Clone,
        lone: &SeenTexts,
    ) -> Names {
        let mut gathered = Gathered::default();
        for (file, seen) in lone {
            gathered.seen(None, file, seen);
        }
        for (history, seen) in texts.clone() {
            for (file, seen) in seen {
                gathered.seen(Some(history), file, seen);
            }
            for text in history.texts() {
                for change in &text.document().changes {
                    gathered.changed(history.id(), &text.file, change);
                }
            }
        }
        let mut symbols = gathered.merger.finish();
        for (history, _) in texts {
            reworded(history, &gathered.loose, &mut symbols);
        }
        let mut places: BTreeMap<String, Vec<(Span, usize)>> = BTreeMap::new();
        for (rank, symbol) in symbols.iter().enumerate() {
            for place in symbol.places() {
                places.entry(place.file.name().to_owned()).or_default().push((place.span, rank));
            }
        }
        for places in places.values_mut() {
            places.sort_unstable();
            places.dedup();
        }
        Names { symbols, places }
    }

    /// All of them.
    pub fn all(&self) -> &[Symbol] {
        &self.symbols
    }

    /// The name that stands at a place of a file: the symbol, and where the name is written.
    pub fn at(&self, file: &str, offset: u32) -> Option<(&Symbol, &Place)> {
        let places = self.places.get(file)?;
        // Two sides of one place: what starts there says more than what ends there.
        let touching = places.iter().filter(|(span, _)| span.start <= offset && offset <= span.end);
        let (span, rank) =
            touching.max_by_key(|(span, _)| (span.end > offset, std::cmp::Reverse(span.len())))?;
        let symbol = self.symbols.get(*rank)?;
        let place = symbol.places().find(|place| place.file.name() == file && place.span == *span)?;
        Some((symbol, place))
    }

    /// The places of a file where names are written, in order.
    pub fn within(&self, file: &str) -> impl Iterator<Item = (Span, &Symbol)> {
        let places = self.places.get(file).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|(span, rank)| Some((*span, self.symbols.get(*rank)?)))
    }
}

/// What is gathered of all texts before it is put together.
#[derive(Default)]
struct Gathered {
    merger: Merger,
    /// Names that are read in the words that an amendment puts in a rule: the file, the quotation, the name as it is
    /// written.
    loose: Vec<(String, Span, String)>,
}

impl Gathered {
    /// What was seen of a text that was put together or not.
    fn seen(&mut self, history: Option<&History>, file: &Arc<SourceFile>, seen: &Seen) {
        let mut uses: HashMap<usize, Vec<Place>> = HashMap::new();
        for (said, rank) in &seen.uses {
            match place(file, said) {
                Ok(place) => uses.entry(*rank).or_default().push(place),
                Err((own, span)) => {
                    self.loose.push((own.name().to_owned(), span, text::tidy(file.slice(said.span))));
                }
            }
        }
        for (rank, named) in seen.named.iter().enumerate() {
            let declared: Vec<Place> =
                named.declared.iter().filter_map(|said| place(file, said).ok()).collect();
            let uses = uses.remove(&rank).unwrap_or_default();
            if declared.is_empty() && uses.is_empty() {
                continue;
            }
            // As its own text writes it, without the identifier that others put before it.
            let written = declared.first().map(|place| text::tidy(place.file.slice(place.span)));
            let own: Arc<str> = match &written {
                Some(written) if named.name.ends_with(&**written) || named.sort == Sort::Option => {
                    Arc::from(&**written)
                }
                Some(_) | None => Arc::clone(&named.name),
            };
            let mut keys = Vec::new();
            let at = |place: &Place| Key::At(place.file.name().to_owned(), place.span, Arc::clone(&own));
            keys.extend(declared.iter().map(at));
            match (named.sort, history) {
                (_, None) => {}
                (Sort::Option, _) => keys.extend(uses.iter().map(at)),
                // A fact that several texts declare is asked once.
                (Sort::Of(Kind::Fact), Some(history)) => {
                    for text in history.with_leaned() {
                        keys.push(Key::Named(text.id().to_owned(), named.sort, Arc::clone(&own)));
                    }
                }
                (Sort::Of(_), Some(history)) => {
                    let is_own = |place: &Place| {
                        history.texts().iter().any(|text| text.file.name() == place.file.name())
                    };
                    if declared.iter().all(is_own) {
                        keys.push(Key::Named(history.id().to_owned(), named.sort, Arc::clone(&own)));
                    }
                }
            }
            let symbol = Symbol { sort: named.sort, name: own, ty: named.ty.clone(), declared, uses };
            self.merger.add(symbol, keys);
        }
    }

    /// What an amendment names: what it takes away, rewords, retains; what it puts in is declared by it.
    fn changed(&mut self, id: &str, file: &Arc<SourceFile>, change: &Change) {
        let (kind, path) = match &change.what {
            ChangeKind::Replace(item) | ChangeKind::Add(item) => match named(item) {
                Some(path) => (item.kind.kind(), path),
                None => return,
            },
            ChangeKind::Repeal(repeal) => (repeal.kind, &repeal.name),
            ChangeKind::Reword(rewording) => (rewording.kind, &rewording.name),
            ChangeKind::Retain(retention) => (Kind::Reading, &retention.reading),
        };
        let is_put_in = matches!(change.what, ChangeKind::Replace(_) | ChangeKind::Add(_));
        let sort = Sort::Of(kind);
        let written = vec![own_place(file, &Said::path(path))];
        let (declared, uses) = if is_put_in { (written, Vec::new()) } else { (Vec::new(), written) };
        let symbol = Symbol { sort, name: Arc::clone(&path.text), ty: None, declared, uses };
        self.merger.add(symbol, vec![Key::Named(id.to_owned(), sort, Arc::clone(&path.text))]);
        for citation in citations(change) {
            let uses = vec![own_place(file, &Said { span: citation.span, parts: vec![citation.span] })];
            let sort = Sort::Of(Kind::Source);
            let symbol =
                Symbol { sort, name: Arc::clone(&citation.text), ty: None, declared: Vec::new(), uses };
            self.merger.add(symbol, vec![Key::Named(id.to_owned(), sort, Arc::clone(&citation.text))]);
        }
    }
}

/// The sources that a change cites for itself: those of an item that is put in stand in the text that it makes.
fn citations(change: &Change) -> impl Iterator<Item = &Name> {
    let all = match &change.what {
        ChangeKind::Replace(_) | ChangeKind::Add(_) => &[][..],
        ChangeKind::Repeal(repeal) => &repeal.citations,
        ChangeKind::Reword(rewording) => &rewording.citations,
        ChangeKind::Retain(retention) => &retention.citations,
    };
    all.iter().map(|citation| &citation.source)
}

/// The name of what an item, or the fact in it, declares.
fn named(item: &Item) -> Option<&Path> {
    match &item.kind {
        ItemKind::Dossier(facts) => facts.first().map(|fact| &fact.path),
        _ => item.name.as_ref(),
    }
}

fn own_place(file: &Arc<SourceFile>, said: &Said) -> Place {
    Place { file: Arc::clone(file), span: said.span, parts: said.parts.clone() }
}

/// Where people find a name; of one that stands in the words of an amendment, the quotation.
fn place(file: &Arc<SourceFile>, said: &Said) -> Result<Place, (Arc<SourceFile>, Span)> {
    let (own, span) = file.origin(said.span);
    if own.slice(span) != file.slice(said.span) {
        return Err((Arc::clone(own), span));
    }
    let parts = said.parts.iter().map(|part| file.origin(*part).1);
    Ok(Place { file: Arc::clone(own), span, parts: parts.collect() })
}

/// Finds the names in the quotations of « dans …, remplace « … » par « … » »: those of the rule that it changes, and
/// those that were read where its words were put.
fn reworded(history: &History, loose: &[(String, Span, String)], symbols: &mut [Symbol]) {
    for text in history.texts() {
        for change in &text.document().changes {
            let ChangeKind::Reword(rewording) = &change.what else { continue };
            let rules = rules(history, rewording.kind, &rewording.name.text);
            let file = &text.file;
            let mut forms: Vec<(String, usize)> = Vec::new();
            for (rank, symbol) in symbols.iter().enumerate() {
                for place in symbol.places() {
                    let inside = |(own, whole): &(Arc<SourceFile>, Span)| {
                        own.name() == place.file.name()
                            && whole.start <= place.span.start
                            && place.span.end <= whole.end
                    };
                    let form = text::tidy(place.file.slice(place.span));
                    let put = |(own, span, written): &(String, Span, String)| {
                        own == file.name() && *span == rewording.to.span && *written == form
                    };
                    if rules.iter().any(inside) || loose.iter().any(put) {
                        forms.push((form, rank));
                    }
                }
            }
            // « taux d'adhésion » is no « taux ».
            forms.sort_by_key(|(form, rank)| (std::cmp::Reverse(form.len()), *rank));
            forms.dedup();
            let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
            for (form, rank) in forms {
                for quote in [&rewording.from, &rewording.to] {
                    for found in text::occurrences(file.text(), quote.span.range(), &form) {
                        if taken.iter().any(|other| other.start < found.end && found.start < other.end) {
                            continue;
                        }
                        let span = Span::new(found.start, found.end);
                        let parts = parts_of(file.text(), &found);
                        taken.push(found);
                        symbols[rank].uses.push(Place { file: Arc::clone(file), span, parts });
                    }
                }
            }
        }
    }
}

/// The parts of a name that stands somewhere.
fn parts_of(text: &str, range: &std::ops::Range<usize>) -> Vec<Span> {
    let mut start = range.start;
    let written = text.get(range.clone()).unwrap_or("");
    let parts = written.split('.').map(|part| {
        let span = Span::new(start, start + part.len());
        start += part.len() + 1;
        span
    });
    parts.collect()
}

/// Where the texts of an identifier say what this is.
fn rules(history: &History, kind: Kind, name: &str) -> Vec<(Arc<SourceFile>, Span)> {
    let mut found = Vec::new();
    for text in history.texts() {
        let put_in = text.document().changes.iter().filter_map(|change| match &change.what {
            ChangeKind::Replace(item) | ChangeKind::Add(item) => Some(item),
            ChangeKind::Repeal(_) | ChangeKind::Reword(_) | ChangeKind::Retain(_) => None,
        });
        for item in text.document().items.iter().chain(put_in) {
            match &item.kind {
                ItemKind::Dossier(facts) if kind == Kind::Fact => {
                    let own = facts.iter().filter(|fact| *fact.path.text == *name);
                    found.extend(own.map(|fact| (Arc::clone(&text.file), fact.whole)));
                }
                of if of.kind() == kind && item.name.as_ref().is_some_and(|own| *own.text == *name) => {
                    found.push((Arc::clone(&text.file), item.whole));
                }
                _ => {}
            }
        }
    }
    found
}
