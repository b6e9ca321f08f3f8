//! What nothing reads: warnings, given only where the file holds no error, for an error hides uses.

use std::collections::BTreeSet;

use super::order::Graph;
use super::{Checker, Slot, words};
use crate::concordance::words::{same, stems};
use crate::diagnostic::Diagnostic;
use crate::policy::{Declared, FactId, FieldId, ItemRef, ListId, SourceId, Type};
use crate::source::Span;
use crate::syntax::tree::Item;

/// Fewest letters of a name that is looked for in passages.
const SHORTEST: usize = 5;

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Scalar facts.
    pub facts: BTreeSet<FactId>,
    /// Lists.
    pub lists: BTreeSet<ListId>,
    /// Fields.
    pub fields: BTreeSet<FieldId>,
    /// Items, by rank in the file.
    pub items: BTreeSet<usize>,
    /// Sources that were cited.
    pub sources: BTreeSet<SourceId>,
}

impl Checker<'_> {
    /// The item that quotes what a fact is called, and its place.
    fn quoting(&self, declared: Declared) -> Option<(String, Span)> {
        let last = match declared {
            Declared::Fact(id) => self.facts[id.index()].parts.last()?,
            Declared::Field(id) => self.fields[id.index()].parts.last()?,
            Declared::List(_) => return None,
        };
        let wanted = stems(last);
        if wanted.iter().map(String::len).sum::<usize>() < SHORTEST {
            return None;
        }
        let quotes = |item: &Item| {
            let mut quotes = item.citations.iter().filter_map(|citation| citation.quote.as_ref());
            quotes.any(|quote| {
                let words = stems(&quote.text);
                wanted.iter().all(|stem| words.iter().any(|word| same(stem, word)))
            })
        };
        let index = self.doc.items.iter().position(quotes)?;
        Some((self.item_name(index).to_string(), self.item_span(index)))
    }

    /// The sum that a field of a list that nothing reads may be a condition of, and what to write there.
    fn part_of_sum(&self, declared: Declared) -> Option<(Span, String)> {
        let Declared::Field(id) = declared else { return None };
        let field = &self.fields[id.index()];
        let more = match field.ask.ty {
            Type::Truth => "",
            Type::Choice(_) => " est …",
            _ => return None,
        };
        let whole = Span::new(0, self.file.text().len());
        let holds = |item: &Item, place: Span| item.whole.start <= place.start && place.end <= item.whole.end;
        let quoting = self.quoting(declared).and_then(|(_, place)| {
            self.doc.items.iter().find(|item| holds(item, place)).map(|item| item.whole)
        });
        let place = self.unsorted(&self.lists[field.list.index()].path, quoting.unwrap_or(whole))?;
        Some((place, format!("{} dont {}{more}", self.file.slice(place), field.name)))
    }

    /// The only sum or count of a list, where it takes all of it: `somme de personnes.revenu`.
    fn unsorted(&self, list: &str, within: Span) -> Option<Span> {
        let text = self.file.text();
        let heads = [
            format!("somme de {list}."),
            format!("nombre de {list}"),
            format!("nombre d'{list}"),
            format!("jours couverts par {list}."),
        ];
        let within = within.range();
        // What a passage says is no sum.
        let is_quoted = |at: usize| {
            let before = text.get(..at).unwrap_or("");
            before.rfind('«') > before.rfind('»')
        };
        let places = heads.iter().flat_map(|head| text.match_indices(head.as_str())).map(|(at, _)| at);
        let places = places.filter(|at| within.contains(at) && !is_quoted(*at));
        let mut found = places.map(|start| {
            let rest = text.get(start..).unwrap_or("");
            let ends = [")", "\n", " ÷", " ×", " +", " ≤", " ≥", " <", " >", " =", " est "];
            let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
            (Span::new(start, start + end), rest.get(..end).unwrap_or(""))
        });
        let (place, said) = found.next()?;
        (found.next().is_none() && !said.contains(" dont ")).then_some(place)
    }

    /// Warns of all that nothing reads.
    pub(super) fn warn_of_unused(&mut self, graph: &Graph) {
        if self.has_errors() {
            return;
        }
        let common = self.doc.header.as_ref().is_some_and(|header| header.common);
        for declared in self.declared.clone() {
            // Both days of a period are read, or none: one word is enough.
            if self.periods.iter().any(|period| period.last == declared) {
                continue;
            }
            let period = self.periods.iter().find(|period| period.first == declared);
            let unread = match declared {
                Declared::Fact(id) if !self.used.facts.contains(&id) => {
                    let fact = &self.facts[id.index()];
                    let said = match period {
                        Some(period) => format!("rien ne lit la période « {} »", period.path),
                        None => format!("rien ne lit le fait « {} »", fact.path),
                    };
                    Some((said, fact.ask.span))
                }
                Declared::List(id) if !self.used.lists.contains(&id) => {
                    let list = &self.lists[id.index()];
                    Some((format!("rien ne lit la liste « {} »", list.path), list.span))
                }
                Declared::Field(id) if !self.used.fields.contains(&id) => {
                    let field = &self.fields[id.index()];
                    // Of a list that nothing reads, one word is enough; what tells elements apart is read.
                    let silent = field.unique || !self.used.lists.contains(&field.list);
                    let list = &self.lists[field.list.index()].path;
                    let name = field.name.strip_suffix(".du").filter(|_| period.is_some());
                    let name = name.unwrap_or(&field.name);
                    (!silent).then(|| (format!("rien ne lit « {list}.{name} »"), field.ask.span))
                }
                Declared::Fact(_) | Declared::List(_) | Declared::Field(_) => None,
            };
            if let Some((message, span)) = unread {
                if common {
                    continue;
                }
                let problem = Diagnostic::warning("jamais-lu", message).at(
                    self.file,
                    span,
                    "la question serait posée pour rien",
                );
                if let Some((place, says)) = self.part_of_sum(declared) {
                    let help = format!(
                        "si le texte n'en compte qu'une part, l'écrire là : « {says} » ; ou l'ôter si aucune règle n'en dépend"
                    );
                    self.report(problem.at(self.file, place, "compte tous les éléments").help(help));
                    continue;
                }
                self.report(match self.quoting(declared) {
                    Some((name, place)) => problem
                        .at(self.file, place, "le passage cité ici en parle")
                        .help(format!("l'employer sous « {name} », ou l'ôter si aucune règle n'en dépend")),
                    None => problem.help("l'ôter, ou l'employer dans une règle"),
                });
            }
        }
        let decision = self.slots.iter().position(|slot| *slot == Slot::Reported(ItemRef::Decision));
        let decided = decision.map_or_else(BTreeSet::new, |decision| graph.reach(decision));
        for (index, slot) in self.slots.clone().into_iter().enumerate() {
            let name = self.item_name(index);
            let span = self.item_span(index);
            let kind = words::item_words(&self.doc.items[index].kind);
            match slot {
                Slot::Source(source) if !self.used.sources.contains(&source) => {
                    let message = format!("la source « {name} » n'est jamais citée");
                    self.warn(
                        "source-jamais-citee",
                        message,
                        span,
                        "jamais citée",
                        "la citer avec « selon », ou l'ôter",
                    );
                }
                Slot::Reported(ItemRef::Criterion(_)) if !decided.contains(&index) => {
                    let message = format!("le critère « {name} » ne compte dans aucune décision");
                    let help =
                        "l'ajouter sous « favorable si », ou y écrire « tous les critères sont remplis »";
                    self.warn("critere-sans-effet", message, span, "sans effet sur la décision", help);
                }
                Slot::Definition | Slot::Parameter(_) | Slot::Reading(_)
                    if !common && !self.used.items.contains(&index) =>
                {
                    let message = format!("rien ne lit {kind} « {name} »");
                    self.warn(
                        "jamais-lu",
                        message,
                        span,
                        "jamais lu",
                        "employer ce nom dans une règle, ou l'ôter",
                    );
                }
                Slot::Dossier
                | Slot::Source(_)
                | Slot::Coherence(_)
                | Slot::Parameter(_)
                | Slot::Reading(_)
                | Slot::Definition
                | Slot::Result(_)
                | Slot::Reported(_)
                | Slot::Leaned
                | Slot::Refused => {}
            }
        }
    }

    fn warn(&mut self, code: &'static str, message: String, span: Span, label: &str, help: &str) {
        self.report(Diagnostic::warning(code, message).at(self.file, span, label).help(help));
    }
}
