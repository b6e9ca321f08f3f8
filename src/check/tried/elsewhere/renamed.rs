//! A name that is declared otherwise than every rule has it: `rucher : liste`, read as « ruchers » everywhere.

use std::collections::HashSet;

use super::super::Key;
use super::super::alike::{alike, content};
use super::{Change, Search};
use crate::diagnostic::{Diagnostic, Remedy};
use crate::source::Span;
use crate::syntax::tree::{Document, ItemKind, Name, TypeExpr};
use crate::text::plain_letters;

/// What is said of a name that stands for nothing.
const UNKNOWN: [&str; 4] = ["nom-inconnu", "source-inconnue", "option-inconnue", "liste-attendue"];
/// So many declarations are tried under another name.
const MOST_TRIED: usize = 8;

/// What a declaration declares, as far as a name may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Source,
    Decision,
    Option,
    Other,
}

/// A name where it is declared.
struct Declaration {
    name: String,
    span: Span,
    sort: Sort,
}

/// A name that rules read and nothing declares.
struct Wanted<'a> {
    name: String,
    wrong: Vec<&'a Diagnostic>,
    /// Where it is read.
    places: Vec<Span>,
    sort: Sort,
}

impl Search<'_> {
    /// One declaration that nothing reads, where rules read one name that nothing declares.
    pub(super) fn renamed(
        &mut self,
        document: &Document,
        all: &[Diagnostic],
    ) -> Option<(Change, HashSet<Key>)> {
        let declarations = declarations(document);
        for wanted in self.wanted(all) {
            if let Some(found) = self.dotted(document, &declarations, &wanted, all) {
                return Some(found);
            }
            let mut likely: Vec<(usize, &Declaration)> = declarations
                .iter()
                .filter(|own| sorts_fit(own, &wanted, &declarations))
                .filter_map(|own| Some((apart(own, &wanted)?, own)))
                .collect();
            likely.sort_by_key(|(letters, own)| (*letters, own.span.start));
            let mut found = None;
            for (_, own) in likely.into_iter().take(MOST_TRIED) {
                let edits = vec![self.edit(own.span, wanted.name.clone())];
                let Some(left) = self.mends(&edits, &wanted.wrong, all) else { continue };
                found = Some((own, edits, left));
                break;
            }
            let Some((own, edits, left)) = found else { continue };
            let lost = self.has_lost_its_group(own, &wanted);
            let sure = wanted.places.len() > 1 || lost || self.is_misspelt(own, &wanted);
            // The one place where it is read may be wrong as well, unless it is nowhere like what is declared.
            let used = wanted.places.first().filter(|_| !sure);
            // « salariés de artisans » is no other name: it is how this one is read.
            let near = near(&own.name, &wanted.name);
            if let Some(used) = used.filter(|_| near && own.sort != Sort::Option) {
                let here = self.edit(*used, own.name.clone());
                if self.is_misspelt_where_read(own, &wanted)
                    || self.mends(std::slice::from_ref(&here), &wanted.wrong, all).is_none()
                {
                    continue;
                }
                let code = wanted.wrong.first().map_or("nom-inconnu", |one| one.code);
                let message = format!("nom inconnu : « {} »", wanted.name);
                let help = format!("écrire « {} » ici, ou « {} » là où c'est déclaré", own.name, wanted.name);
                let mut change = Change::new(code, message, *used, vec![here], help);
                let there = Remedy { label: format!("le déclarer « {} »", wanted.name), edits };
                for remedy in &mut change.remedies {
                    remedy.label = format!("écrire « {} »", own.name);
                }
                change.remedies.push(there);
                change.also = vec![(own.span, "déclaré ici, et lu nulle part sous ce nom".to_owned())];
                return Some((change, left));
            }
            if !sure {
                continue;
            }
            let message = match own.sort {
                Sort::Source => {
                    format!("aucun passage ne cite « {} » ; les règles citent « {} »", own.name, wanted.name)
                }
                Sort::Decision | Sort::Option | Sort::Other => {
                    format!("aucune règle ne lit « {} » ; elles lisent « {} »", own.name, wanted.name)
                }
            };
            let code = wanted.wrong.first().map_or("nom-inconnu", |one| one.code);
            let help = format!("écrire « {} »", wanted.name);
            let label = "déclaré ici sous ce nom".to_owned();
            let also = wanted.places.first().map(|place| (*place, "lu ici sous l'autre".to_owned()));
            let also = also.into_iter().collect();
            return Some((Change { label, also, ..Change::new(code, message, own.span, edits, help) }, left));
        }
        None
    }

    /// `enfants inscrit`, where `enfants` is a list and rules read `inscrit` of each.
    fn dotted(
        &mut self,
        document: &Document,
        declarations: &[Declaration],
        wanted: &Wanted<'_>,
        all: &[Diagnostic],
    ) -> Option<(Change, HashSet<Key>)> {
        let facts = document.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Dossier(facts) => Some(facts),
            _ => None,
        });
        for list in facts.flatten().filter(|fact| fact.ty == TypeExpr::List) {
            let list = &*list.path.text;
            let of_it = |own: &&Declaration| {
                own.name.strip_prefix(list).and_then(|rest| rest.strip_prefix(' ')) == Some(&*wanted.name)
            };
            let Some(own) = declarations.iter().find(of_it) else { continue };
            let says = format!("{list}.{}", wanted.name);
            let edits = vec![self.edit(own.span, says.clone())];
            let Some(left) = self.mends(&edits, &wanted.wrong, all) else { continue };
            let message = format!("ce qui se demande de chaque élément de « {list} » s'écrit avec un point");
            let help = format!("écrire « {says} »");
            let also = wanted.places.first().map(|place| (*place, "lu ici, de chaque élément".to_owned()));
            let also = also.into_iter().collect();
            return Some((
                Change { also, ..Change::new("nom-inconnu", message, own.span, edits, help) },
                left,
            ));
        }
        None
    }

    /// `prix`, between two fields of `travaux`, where rules read `travaux.prix`.
    fn has_lost_its_group(&self, own: &Declaration, wanted: &Wanted<'_>) -> bool {
        let Some(group) = wanted.name.strip_suffix(own.name.as_str()).filter(|group| group.ends_with('.'))
        else {
            return false;
        };
        let (start, line) = self.line(own.span);
        let above = self.text.get(..start).unwrap_or("").lines().rev();
        let below = self.text.get(start + line.len()..).unwrap_or("").lines();
        let declared = |line: Option<&str>| line.is_some_and(|line| line.trim_start().starts_with(group));
        let is_fact = |line: &&str| line.contains(" : ") && !line.trim_start().starts_with('«');
        declared(above.clone().find(is_fact)) || declared(below.clone().find(is_fact))
    }

    /// The names that stand for nothing, each with the messages that say so.
    fn wanted<'d>(&self, all: &'d [Diagnostic]) -> Vec<Wanted<'d>> {
        let unknown: Vec<&Diagnostic> =
            all.iter().filter(|one| one.is_error() && UNKNOWN.contains(&one.code)).collect();
        let mut names: Vec<(String, Sort)> = Vec::new();
        for one in &unknown {
            let Some(said) = one.labels.first().map(|label| self.file.slice(label.span)) else { continue };
            let sort = match one.code {
                "source-inconnue" => Sort::Source,
                "option-inconnue" => Sort::Option,
                _ => Sort::Other,
            };
            let group = said.split_once('.').map(|(group, _)| group);
            for name in [Some(said), group].into_iter().flatten() {
                let fits = !name.is_empty() && !name.contains('\n') && name.starts_with(char::is_alphabetic);
                if fits && !names.iter().any(|(own, _)| own == name) {
                    names.push((name.to_owned(), sort));
                }
            }
        }
        let of = |(name, sort): (String, Sort)| {
            let says = |one: &&&Diagnostic| {
                one.labels.first().is_some_and(|label| {
                    let said = self.file.slice(label.span);
                    said == name || said.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'))
                })
            };
            let wrong: Vec<&Diagnostic> = unknown.iter().filter(says).copied().collect();
            let mut places: Vec<Span> = Vec::new();
            for label in wrong.iter().flat_map(|one| &one.labels) {
                if self.file.slice(label.span).starts_with(name.as_str()) && !places.contains(&label.span) {
                    places.push(label.span);
                }
            }
            places.sort_by_key(|place| place.start);
            Wanted { name, wrong, places, sort }
        };
        names.into_iter().map(of).collect()
    }

    /// Whether what the file says elsewhere is written as the rules have it, and not as it is declared.
    fn is_misspelt(&self, own: &Declaration, wanted: &Wanted<'_>) -> bool {
        self.is_written(&wanted.name, &own.name)
    }

    /// Whether it is written as it is declared.
    fn is_misspelt_where_read(&self, own: &Declaration, wanted: &Wanted<'_>) -> bool {
        self.is_written(&own.name, &wanted.name)
    }

    /// Whether the words by which a name differs from another one stand elsewhere in the file, and the other's do not.
    fn is_written(&self, name: &str, other: &str) -> bool {
        let text = self.text.to_lowercase();
        let (own_words, words) = (words(other), words(name));
        let differ: Vec<(&String, &String)> = own_words.iter().zip(&words).filter(|(a, b)| a != b).collect();
        let elsewhere = |word: &str, name: &str| {
            let whole = |(at, _): &(usize, &str)| is_start(&text, *at);
            let own = name.matches(word).count();
            text.match_indices(word).filter(whole).count() > own
        };
        let (own_name, name) = (other.to_lowercase(), name.to_lowercase());
        own_words.len() == words.len()
            && !differ.is_empty()
            && differ.iter().all(|(own_word, word)| elsewhere(word, &name) && !elsewhere(own_word, &own_name))
    }
}

/// Whether two names differ by a few letters.
fn near(a: &str, b: &str) -> bool {
    let (a, b) = (plain_letters(a), plain_letters(b));
    let most = (a.chars().count().min(b.chars().count()) / 4).max(1);
    strsim::damerau_levenshtein(&a, &b) <= most
}

fn words(name: &str) -> Vec<String> {
    name.to_lowercase().split([' ', '.', '\'', '’']).map(str::to_owned).collect()
}

fn is_start(text: &str, at: usize) -> bool {
    !text.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

/// Whether what is read may be what is declared.
fn sorts_fit(own: &Declaration, wanted: &Wanted<'_>, all: &[Declaration]) -> bool {
    let alone = |sort: Sort| all.iter().filter(|other| other.sort == sort).count() == 1;
    match wanted.sort {
        Sort::Source => own.sort == Sort::Source,
        Sort::Option => own.sort == Sort::Option,
        Sort::Decision | Sort::Other => match own.sort {
            Sort::Source => false,
            Sort::Decision => alone(Sort::Decision),
            Sort::Option | Sort::Other => true,
        },
    }
}

/// The options of each fact, and what separates them.
pub(super) fn options(document: &Document) -> Vec<(&[Name], &'static str)> {
    let facts = document.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Dossier(facts) => Some(facts),
        _ => None,
    });
    let named = facts.flatten().filter_map(|fact| match &fact.ty {
        TypeExpr::Choice(options) => Some((options.as_slice(), ", ")),
        TypeExpr::Scale(options) => Some((options.as_slice(), " < ")),
        _ => None,
    });
    named.collect()
}

/// All that a file declares, with its place.
fn declarations(document: &Document) -> Vec<Declaration> {
    let mut all = Vec::new();
    let mut put = |name: &str, span: Span, sort: Sort| {
        all.push(Declaration { name: name.to_owned(), span, sort });
    };
    for item in &document.items {
        match &item.kind {
            ItemKind::Dossier(facts) => {
                for fact in facts {
                    put(&fact.path.text, fact.path.span, Sort::Other);
                    if let [.., last] = fact.path.parts.as_slice()
                        && fact.path.parts.len() > 1
                    {
                        put(&last.text, last.span, Sort::Other);
                    }
                    if let TypeExpr::Choice(options) | TypeExpr::Scale(options) = &fact.ty {
                        options.iter().for_each(|option| put(&option.text, option.span, Sort::Option));
                    }
                }
            }
            ItemKind::Columns(columns) => {
                columns.names.iter().for_each(|name| put(&name.text, name.span, Sort::Other));
            }
            kind => {
                if let ItemKind::Reading(reading) = kind {
                    let options = reading.options.iter();
                    options.for_each(|option| put(&option.name.text, option.name.span, Sort::Option));
                }
                if let ItemKind::Definition(definition) = kind
                    && let Some(TypeExpr::Choice(options) | TypeExpr::Scale(options)) =
                        definition.options.as_ref().map(|options| &options.value)
                {
                    options.iter().for_each(|option| put(&option.text, option.span, Sort::Option));
                }
                let sort = match kind {
                    ItemKind::Source(_) => Sort::Source,
                    ItemKind::Decision(_) => Sort::Decision,
                    _ => Sort::Other,
                };
                if let Some(name) = &item.name {
                    put(&name.text, name.span, sort);
                }
            }
        }
    }
    all
}

/// How far the name that is declared is from the one that is read, where it is near enough.
fn apart(own: &Declaration, wanted: &Wanted<'_>) -> Option<usize> {
    let (a, b) = (plain_letters(&own.name), plain_letters(&wanted.name));
    let letters = strsim::damerau_levenshtein(&a, &b);
    if own.name == wanted.name {
        return None;
    }
    let (of_a, of_b) = (content(&own.name), content(&wanted.name));
    let held = |small: &[String], whole: &[String]| {
        small.iter().all(|word| whole.iter().any(|other| alike(word, other)))
    };
    let near = near(&own.name, &wanted.name) || held(&of_a, &of_b) || held(&of_b, &of_a);
    // The only source, the only decision, whatever it is called.
    let only = matches!(own.sort, Sort::Source | Sort::Decision) && wanted.places.len() > 1;
    (near || only).then_some(letters)
}
