//! What the names that a file declares make of a line: a list and the fields of its elements, the only source,
//! an option and the fact that it answers.

use std::ops::Range;

use super::{alike, said};
use crate::syntax::tree::{Document, ItemKind, TypeExpr};
use crate::text;

/// What a file declares, as far as a line may have it otherwise.
#[derive(Debug, Default)]
pub(super) struct Declared {
    pub lists: Vec<List>,
    sources: Vec<String>,
    /// Options, each with the fact that it answers.
    pub options: Vec<(String, String)>,
    /// The decision.
    pub decision: Option<String>,
    /// What is counted in a unit, each with how a figure says that it is by one: « par m² ».
    measured: Vec<(String, String)>,
    /// What is a number without a unit, as far as a declaration says it.
    pub counts: Vec<String>,
    /// What is answered by yes or no, fields of elements by their own name.
    pub truths: Vec<String>,
    /// Whatever an expression may name, with the words of each name.
    pub names: Vec<(String, Vec<String>)>,
}

/// A list.
#[derive(Debug)]
pub(super) struct List {
    pub name: String,
    pub fields: Vec<Field>,
}

/// What is asked of each element, or worked out for it.
#[derive(Debug)]
pub(super) struct Field {
    pub name: String,
    pub truth: bool,
    pub amount: bool,
    pub period: bool,
    pub options: Vec<String>,
}

impl Declared {
    /// What a file declares.
    pub fn of(document: &Document) -> Self {
        let mut own = Declared::default();
        for item in &document.items {
            match (&item.kind, &item.name) {
                (ItemKind::Source(_), Some(name)) => own.sources.push(name.text.to_string()),
                (ItemKind::Dossier(facts), _) => {
                    for fact in facts {
                        own.declare(&fact.path.text, &fact.ty);
                        let written = document.file.slice(fact.ty_span);
                        let unit = written.strip_prefix("nombre en ").and_then(|rest| rest.split(' ').next());
                        let unit = unit.map(|unit| format!(" par {unit}"));
                        own.measured.extend(unit.map(|unit| (unit, fact.path.text.to_string())));
                    }
                }
                (ItemKind::Columns(columns), _) => {
                    columns.names.iter().for_each(|name| own.name(&name.text));
                }
                (ItemKind::Decision(_), Some(name)) => {
                    own.name(&name.text);
                    own.decision = Some(name.text.to_string());
                }
                (ItemKind::Reading(reading), Some(name)) => {
                    own.name(&name.text);
                    let options = reading.options.iter().map(|option| option.name.text.to_string());
                    own.options.extend(options.map(|option| (option, name.text.to_string())));
                }
                (ItemKind::Coherence(_), _) | (_, None) => {}
                (ItemKind::Definition(definition), Some(name)) => {
                    let ty = definition.options.as_ref().map_or(&TypeExpr::Number, |options| &options.value);
                    own.declare(&name.text, ty);
                }
                (_, Some(name)) => own.name(&name.text),
            }
        }
        own
    }

    fn name(&mut self, name: &str) {
        let words = alike::content(name);
        if !self.names.iter().any(|(own, _)| own == name) {
            self.names.push((name.to_owned(), words));
        }
    }

    fn declare(&mut self, name: &str, ty: &TypeExpr) {
        if *ty == TypeExpr::List {
            self.lists.push(List { name: name.to_owned(), fields: Vec::new() });
            return;
        }
        let options = match ty {
            TypeExpr::Choice(options) | TypeExpr::Scale(options) => {
                options.iter().map(|option| option.text.to_string()).collect()
            }
            _ => Vec::new(),
        };
        if matches!(ty, TypeExpr::Integer | TypeExpr::Number) {
            self.counts.push(name.to_owned());
        }
        let truth = *ty == TypeExpr::Truth;
        if truth {
            let list = self.lists.iter().find_map(|list| field_of(name, &list.name));
            self.truths.push(list.unwrap_or(name).to_owned());
        }
        let field = |list: &List| field_of(name, &list.name).map(str::to_owned);
        if let Some((list, field)) = self.lists.iter_mut().find_map(|list| field(list).map(|own| (list, own)))
        {
            let (amount, period) = (*ty == TypeExpr::Amount, *ty == TypeExpr::Period);
            list.fields.push(Field { name: field.clone(), truth, amount, period, options: options.clone() });
            self.name(&field);
        } else {
            self.name(name);
        }
        self.options.extend(options.into_iter().map(|option| (option, name.to_owned())));
    }

    /// The longest name with which a text starts.
    pub fn starting<'t>(&self, text: &'t str) -> Option<&'t str> {
        let names = self.names.iter().map(|(name, _)| name.as_str());
        let found = names.filter(|name| text.starts_with(name) && is_whole(text, 0, name.len()));
        text.get(..found.map(str::len).max()?)
    }

    /// The longest name with which a text ends.
    pub fn ending<'t>(&self, text: &'t str) -> Option<&'t str> {
        let names = self.names.iter().map(|(name, _)| name.as_str());
        let at = |name: &str| text.len() - name.len();
        let found = names.filter(|name| text.ends_with(name) && is_whole(text, at(name), name.len()));
        text.get(text.len() - found.map(str::len).max()?..)
    }

    /// The names of several words that a line holds as they are declared: one word may be anything.
    pub fn written<'a>(&'a self, line: &'a str) -> impl Iterator<Item = &'a str> {
        let names = self.names.iter().filter(|(_, words)| words.len() > 1).map(|(name, _)| name.as_str());
        names.filter(|name| line.match_indices(name).any(|(at, _)| is_whole(line, at, name.len())))
    }

    /// The changes of a line that its names suggest.
    pub fn rewrites(&self, line: &str) -> Vec<(Range<usize>, String)> {
        let mut all = said::rewrites(self, line);
        for list in &self.lists {
            for (at, _) in line.match_indices(&list.name).filter(|(at, name)| is_whole(line, *at, name.len()))
            {
                list.after(line, at, &mut all);
                list.before(line, at, &mut all);
            }
        }
        all.extend(self.source(line));
        // « 180 € par m² »: of so many.
        for (unit, name) in &self.measured {
            let places = line.match_indices(unit.as_str()).filter(|(at, _)| is_whole(line, *at, unit.len()));
            for (at, _) in places.filter(|(at, _)| !line.get(at + unit.len()..).unwrap_or("").contains('×'))
            {
                all.push((at..at + unit.len(), format!("{unit} × {name}")));
            }
        }
        for (option, fact) in &self.options {
            let alone = self.options.iter().filter(|(own, _)| own == option).count() == 1;
            let places =
                line.match_indices(option.as_str()).filter(|(at, _)| is_whole(line, *at, option.len()));
            for (at, _) in places.filter(|_| alone) {
                // « statut est A et B »: nothing is both; what is one of them is `parmi A, B`.
                match self.option_before(line, at, fact) {
                    Some((start, first)) => {
                        all.push((start..at + option.len(), format!("parmi {first}, {option}")));
                    }
                    None => all.push((at..at + option.len(), format!("{fact} est {option}"))),
                }
            }
            // In a scale that is read by the fact, the option alone.
            let whole = format!("{fact} est {option}");
            all.extend(line.match_indices(&whole).map(|(at, _)| (at..at + whole.len(), option.clone())));
        }
        all
    }

    /// « A », of « est A et » just before a place, where it is an option of this fact, and where it starts.
    fn option_before(&self, line: &str, at: usize, fact: &str) -> Option<(usize, &str)> {
        let before = line.get(..at)?.strip_suffix(" et ")?;
        let mut own = self.options.iter().filter(|(_, its)| its == fact).map(|(option, _)| option.as_str());
        let first =
            own.find(|option| before.strip_suffix(option).is_some_and(|head| head.ends_with("est ")))?;
        Some((before.len() - first.len(), first))
    }

    /// « selon art. 3 », « selon art. 3 de la loi », where there is one source.
    fn source(&self, line: &str) -> Option<(Range<usize>, String)> {
        let [source] = self.sources.as_slice() else { return None };
        let start = line.find("selon ")? + "selon ".len();
        let rest = line.get(start..)?;
        let bare = rest.strip_prefix("l'").or_else(|| rest.strip_prefix("l’")).unwrap_or(rest);
        if !["art", "Art", "§", "alinéa", "al.", "page", "p.", "chapitre", "titre", "annexe"]
            .iter()
            .any(|word| bare.starts_with(word))
        {
            return None;
        }
        let place = bare.split('«').next()?.trim_end();
        let own = ["de l'", "de l’", "du ", "de la ", "des "]
            .into_iter()
            .find_map(|of| place.strip_suffix(source.as_str())?.strip_suffix(of).map(str::trim_end));
        let shown = own.unwrap_or(place);
        let end = start + (rest.len() - bare.len()) + place.len();
        Some((start..end, format!("{source}, {shown}")))
    }
}

fn field_of<'a>(name: &'a str, list: &str) -> Option<&'a str> {
    name.strip_prefix(list)?.strip_prefix('.')
}

impl List {
    /// « d'élèves ».
    pub fn of(&self) -> String {
        format!("{}{}", if starts_with_vowel(&self.name) { "d'" } else { "de " }, self.name)
    }

    /// « enfants scolarisés », « enfants.scolarisé », « enfants qui sont scolarisés »: a condition on the elements.
    fn after(&self, line: &str, at: usize, all: &mut Vec<(Range<usize>, String)>) {
        let end = at + self.name.len();
        let rest = line.get(end..).unwrap_or("");
        let before = line.get(..at).unwrap_or("").trim_end();
        if rest.starts_with(" dont ")
            && ["vaut", "montant", "×", "("].iter().any(|head| before.ends_with(head))
        {
            // « vaut élèves dont … »: how many there are.
            all.push((at..end, format!("nombre {}", self.of())));
        }
        for Field { name: field, truth, .. } in &self.fields {
            if rest.strip_prefix('.').is_some_and(|own| own.starts_with(field.as_str())) {
                let (whole, from) = (end + 1 + field.len(), at);
                if *truth {
                    all.push((end..whole, format!(" dont {field}")));
                } else if ["÷", "de"].iter().any(|sign| before.ends_with(&format!(" {sign}")))
                    && !before.ends_with("somme de")
                    // « somme de lots.prix ÷ lots.parts »: the quotient of each may be meant, and added up.
                    && !before.contains(&format!("somme {}.", self.of()))
                {
                    // « 50 % de lots.parts », « parts ÷ lots.parts »: of them all.
                    let of = before.ends_with(" de").then(|| before.len() - "de".len());
                    let says = format!("somme {}.{field}", self.of());
                    all.push((
                        of.unwrap_or(from)..whole,
                        if of.is_some() { format!("× {says}") } else { says },
                    ));
                } else if !line.get(..at).unwrap_or("").trim().contains(' ')
                    && line
                        .get(whole..)
                        .is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(" dont "))
                {
                    // Within a calculation, each element may be meant to have its own.
                    all.push((from..whole, format!("somme {}.{field}", self.of())));
                }
            }
            let links = [" dont sont ", " qui sont ", " qui est ", " ayant ", " avec ", " dont ", " "];
            if let Some(link) = links.into_iter().find(|link| rest.starts_with(link))
                && let Some(said) = rest.get(link.len()..)
                && let Some(length) = same_words(said, field)
                && *truth
            {
                all.push((end..end + link.len() + length, format!(" dont {field}")));
            }
        }
    }

    /// « frais de garde des enfants »: what is summed, before its list.
    fn before(&self, line: &str, at: usize, all: &mut Vec<(Range<usize>, String)>) {
        let before = line.get(..at).unwrap_or("");
        // In a condition, each element may be meant, or one of them.
        if !["vaut ", "montant ", "enveloppe de "].iter().any(|head| line.trim_start().starts_with(head)) {
            return;
        }
        let Some(of) =
            [" des ", " de ", " d'", " de l'", " de la "].into_iter().find(|of| before.ends_with(of))
        else {
            return;
        };
        let head = before.get(..before.len() - of.len()).unwrap_or("");
        let starts = head.match_indices(' ').map(|(at, _)| at + 1);
        for start in starts {
            let said = head.get(start..).unwrap_or("");
            let summed = ["somme des ", "total des ", "somme de ", "total de ", "totalité des "];
            let bare = summed.into_iter().find_map(|word| said.strip_prefix(word)).unwrap_or(said);
            for Field { name: field, .. } in self.fields.iter().filter(|field| !field.truth) {
                if same_words(bare, field) == Some(bare.len()) {
                    let end = at + self.name.len();
                    all.push((start..end, format!("somme {}.{field}", self.of())));
                }
            }
        }
    }
}

/// How many bytes at the start of a text say this name, in the singular or not, accents or not.
fn same_words(said: &str, name: &str) -> Option<usize> {
    let count = name.split(' ').count();
    let end = said.match_indices(' ').nth(count - 1).map_or(said.trim_end().len(), |(at, _)| at);
    let own = said.get(..end)?.trim_end_matches([',', ')']);
    let alike = own.split(' ').count() == count
        && own.split(' ').zip(name.split(' ')).all(|(a, b)| stem(a) == stem(b));
    alike.then_some(own.len())
}

fn stem(word: &str) -> String {
    let plain = text::plain_letters(&word.to_lowercase());
    plain.trim_end_matches(['s', 'x']).trim_end_matches('e').to_owned()
}

fn starts_with_vowel(name: &str) -> bool {
    text::plain_letters(name).starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h'])
}

/// Whether words stand whole at a place of a line.
pub(super) fn is_whole(line: &str, at: usize, length: usize) -> bool {
    let before = line.get(..at).and_then(|text| text.chars().next_back());
    let after = line.get(at + length..).and_then(|text| text.chars().next());
    !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
        && !after.is_some_and(|c| c.is_alphanumeric() || c == '-')
}
