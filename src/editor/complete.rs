//! What may be written at a place. Each proposal is put in the text and the text is checked before it is offered: what does
//! not check there is not proposed. Of things that are read alike, one is tried for all.

mod forms;
mod passages;
mod tried;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::colours::Colour;
use super::desk::Desk;
use crate::check::{Named, Sort};
use crate::source::Span;
use crate::syntax::tree::{Item, Kind, Path};
use crate::syntax::{self, Mark};
use crate::text;
use crate::wording::french::{before, singular};

use self::tried::Trial;
pub use passages::passages;

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is shown.
    pub label: String,
    /// What it is: « fait : un entier ».
    pub detail: String,
    /// How it is coloured; a construction is a keyword.
    pub colour: Colour,
    /// What is put in the place of `span`.
    pub text: String,
    /// What of that is to be said by the author: it stands for something.
    pub to_say: Vec<Span>,
    /// What gives way to it: what is written of it already.
    pub span: Span,
}

/// So many texts are checked to find what may be written at one place.
const TRIALS: usize = 160;

/// What may be written at a place of a text.
pub fn complete(desk: &mut Desk, path: &str, offset: u32) -> Vec<Proposal> {
    let Some((file, document)) = desk.read(path) else { return Vec::new() };
    let text = file.text();
    let Some(before) = text.get(..offset as usize) else { return Vec::new() };
    let marks = syntax::marks(text);
    let within = |(span, mark): &(Span, Mark)| {
        span.start < offset && (offset < span.end || offset == span.end && *mark == Mark::Comment)
    };
    if marks.iter().any(|mark| mark.1 != Mark::Keyword && within(mark)) {
        return Vec::new();
    }
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.get(line_start..).unwrap_or("");
    let trial = Trial::new(desk, path, text, offset, TRIALS);
    let starts_line = line.trim_start().chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '’'));
    if forms::is_type(&document, line, offset) {
        return forms::types(&trial, line_start, line);
    }
    let mut whole = if starts_line { forms::lines(&trial, text, line_start, line) } else { Vec::new() };
    whole.extend(forms::ends_of_source(&trial, line_start, line));
    let mut found = names(desk, path, &trial, line_start, line);
    // Where nothing is written yet, a line is to be begun; else it is to be gone on with.
    let at = if line.trim().is_empty() { 0 } else { found.len() };
    found.splice(at..at, whole);
    // What is written already, word for word, is no proposal.
    found.retain(|proposal| text.get(proposal.span.range()) != Some(proposal.text.as_str()));
    let mut told = BTreeSet::new();
    found.retain(|proposal: &Proposal| told.insert((proposal.label.clone(), proposal.text.clone())));
    found
}

/// Something that may be named or said in an expression, before it is tried.
struct Candidate {
    label: String,
    detail: String,
    colour: Colour,
    text: String,
    /// What goes after it where it may not stand alone, and how much of it is to be said.
    after: Option<String>,
    /// What is read as it is.
    class: String,
    /// The item that it names.
    item: Option<Arc<str>>,
}

/// The names of the item in which a line stands, and of all that rests on it.
fn around(desk: &mut Desk, path: &str, line: u32) -> BTreeSet<Arc<str>> {
    let mut found = BTreeSet::new();
    let Some((file, document)) = desk.read(path) else { return found };
    let names = desk.names();
    let at = |offset: u32| {
        let item = document.items.iter().rfind(|item| item.whole.start <= offset)?;
        Some((item, item.name.as_ref()?))
    };
    let mut open: Vec<(&Item, &Path)> = at(line).into_iter().collect();
    while let Some((item, name)) = open.pop() {
        if !found.insert(Arc::clone(&name.text)) {
            continue;
        }
        let own = names.at(path, name.span.start).map(|(symbol, _)| symbol);
        let uses = own.into_iter().flat_map(|symbol| &symbol.uses);
        open.extend(uses.filter(|place| place.file.name() == path).filter_map(|place| at(place.span.start)));
        if item.kind.kind() == Kind::Criterion {
            let all = file.text().match_indices("tous les critères").map(|(at, _)| at);
            open.extend(all.filter_map(|offset| at(u32::try_from(offset).ok()?)));
        }
    }
    found
}

/// Whether what is read in one way may stand at a place.
#[derive(Clone, Copy)]
enum Verdict {
    /// As it is.
    Alone,
    /// With what makes a condition of it.
    WithMore,
    /// The first of them reads, and is not proved: of the others it is not known.
    EachByItself,
    Never,
}

fn names(desk: &mut Desk, path: &str, trial: &Trial, line_start: usize, line: &str) -> Vec<Proposal> {
    let mut found = Vec::new();
    let mut classes: BTreeMap<String, Verdict> = BTreeMap::new();
    let around = around(desk, path, u32::try_from(line_start).unwrap_or(u32::MAX));
    for candidate in candidates(desk, path) {
        // What rests on the rule that is being written may not be read in it.
        if candidate.item.as_ref().is_some_and(|item| around.contains(item)) {
            continue;
        }
        let Some(start) = started(line, &candidate.text) else { continue };
        let span = Span::new(line_start + start, line_start + line.len());
        let class = format!("{} {}", candidate.class, span.start);
        let with = candidate.after.as_ref().map(|after| format!("{} {after}", candidate.text));
        let tried = || match with.as_deref() {
            _ if trial.checks(span, &candidate.text) => Verdict::Alone,
            Some(with) if trial.checks(span, with) => Verdict::WithMore,
            _ if trial.reads(span, &candidate.text) => Verdict::EachByItself,
            _ => Verdict::Never,
        };
        let verdict = match *classes.entry(class).or_insert_with(tried) {
            Verdict::EachByItself => tried(),
            verdict => verdict,
        };
        let with_after = match verdict {
            Verdict::Alone => false,
            Verdict::WithMore => true,
            Verdict::Never | Verdict::EachByItself => continue,
        };
        let mut proposal = Proposal {
            label: candidate.label,
            detail: candidate.detail,
            colour: candidate.colour,
            text: candidate.text,
            to_say: Vec::new(),
            span,
        };
        if with_after && let Some(after) = candidate.after {
            let start = proposal.text.len() + 1 + after.find(' ').map_or(0, |at| at + 1);
            proposal.text = format!("{} {after}", proposal.text);
            proposal.to_say.push(Span::new(start, proposal.text.len()));
        }
        found.push(proposal);
    }
    found
}

/// All that a text may name, and the constructions that name it.
fn candidates(desk: &mut Desk, path: &str) -> Vec<Candidate> {
    let mut found = vec![
        said("date d'examen", "une date", "date", Some("≥ 1er janvier 2025".to_owned())),
        said("tous les critères sont remplis", "une condition", "critères", None),
        said("oui", "une condition", "oui", None),
        // What always fails may be refused where what always holds is not.
        said("non", "une condition", "non", None),
    ];
    let Some(history) = desk.history_of(path) else {
        let lone = desk.names();
        for symbol in
            lone.all().iter().filter(|symbol| symbol.declared.iter().any(|at| at.file.name() == path))
        {
            let class = format!("{:?} {:?}", symbol.sort, symbol.ty);
            let detail = symbol.ty.clone().unwrap_or_default();
            found.push(Candidate {
                colour: Colour::of(symbol.sort),
                ..said(&symbol.name, &detail, &class, None)
            });
        }
        return found;
    };
    let id = history.id().to_owned();
    let Some(seen) = desk.seen(&id) else { return found };
    // The fullest of the texts that it makes knows the most names.
    let fullest = seen.iter().max_by_key(|(_, seen)| seen.named.len());
    let all = fullest.map_or(&[][..], |(_, seen)| seen.named.as_slice());
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for named in all {
        *times.entry(&named.name).or_default() += 1;
    }
    for named in all {
        let is_alone = times.get(&*named.name) == Some(&1);
        found.extend(of(named, is_alone));
    }
    let lists: Vec<&Named> =
        fullest.map_or(Vec::new(), |(_, seen)| seen.named.iter().filter(|named| named.is_list).collect());
    for list in lists {
        let fields = fullest.into_iter().flat_map(|(_, seen)| &seen.named);
        found.extend(of_list(list, fields.filter(|named| named.list.as_ref() == Some(&list.name))));
    }
    found
}

fn said(text: &str, detail: &str, class: &str, after: Option<String>) -> Candidate {
    Candidate {
        label: text.to_owned(),
        detail: detail.to_owned(),
        colour: Colour::Keyword,
        text: text.to_owned(),
        after,
        class: format!("={class}"),
        item: None,
    }
}

/// A name, and the same without its list, for where the element in turn is meant.
fn of(named: &Named, is_alone: bool) -> Vec<Candidate> {
    let what = match named.sort {
        Sort::Of(kind) => kind.word(),
        Sort::Option => "option",
    };
    let ty = named.ty.as_deref().filter(|_| named.sort != Sort::Option);
    let detail = ty.map_or_else(|| what.to_owned(), |ty| format!("{what} : {ty}"));
    let class = format!(
        "{:?} {} {:?} {} {} {}",
        named.sort, named.class, named.list, named.is_list, named.is_conditional, named.is_derived
    );
    // What is only there in a case is tried by itself, and so is a name that two things bear.
    let class = if named.is_conditional || !is_alone { format!("{class} {}", named.name) } else { class };
    let one = |text: &str, class: String| Candidate {
        label: text.to_owned(),
        detail: detail.clone(),
        colour: Colour::of(named.sort),
        text: text.to_owned(),
        after: after(named),
        class,
        item: (!matches!(named.sort, Sort::Of(Kind::Fact) | Sort::Option)).then(|| Arc::clone(&named.name)),
    };
    let mut all = vec![one(&named.name, class.clone())];
    if let Some(field) =
        named.list.as_ref().and_then(|list| named.name.strip_prefix(&**list)?.strip_prefix('.'))
    {
        all.push(one(field, format!("{class} champ")));
    }
    if named.sort == Sort::Of(Kind::Funding) {
        let text = before("montant de", &named.name);
        all.push(Candidate {
            colour: Colour::Keyword,
            after: Some("≥ 0 €".to_owned()),
            ..one(&text, format!("{class} montant"))
        });
    }
    all
}

/// What makes a condition of a value.
fn after(named: &Named) -> Option<String> {
    let class = named.class.as_str();
    if named.sort == Sort::Option || named.is_list {
        return None;
    }
    if let Some(option) = named.options.first() {
        return Some(format!("est {option}"));
    }
    let is = |ty: &str| class.contains(ty);
    Some(
        if is("Integer") || is("Ratio") || is("Of(Number)") {
            "≥ 0"
        } else if is("Percent") {
            "≥ 10 %"
        } else if is("Amount") || is("money: true") {
            "≥ 0 €"
        } else if is("Date") {
            "≤ date d'examen"
        } else if is("Months") {
            "≥ 6 mois"
        } else if is("Days") {
            "≥ 15 jours"
        } else if is("Text") {
            "est « à dire »"
        } else {
            return None;
        }
        .to_owned(),
    )
}

/// What is counted, summed or verified of a list.
fn of_list<'n>(list: &Named, fields: impl Iterator<Item = &'n Named>) -> Vec<Candidate> {
    let name = &*list.name;
    let mut all = vec![said(
        &before("nombre de", name),
        "un entier",
        &format!("nombre {name}"),
        Some("≥ 1".to_owned()),
    )];
    let one = singular(name);
    for field in fields {
        let Some(bare) = field.name.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) else {
            continue;
        };
        let condition = match (field.class.contains("Truth"), after(field)) {
            (true, _) => bare.to_owned(),
            (false, Some(after)) => format!("{bare} {after}"),
            (false, None) => continue,
        };
        all.push(said(
            &format!("il existe un {one} dont {condition}"),
            "une condition",
            &format!("existe {} {name}", field.name),
            None,
        ));
        all.push(said(
            &format!("{} dont {condition}", before("nombre de", name)),
            "un entier",
            &format!("nombre dont {} {name}", field.name),
            Some("≥ 1".to_owned()),
        ));
        if field.class.contains("Amount")
            || field.class.contains("Integer")
            || field.class.contains("money: true")
        {
            let after = after(field);
            all.push(said(
                &before("somme de", &field.name),
                field.ty.as_deref().unwrap_or(""),
                &format!("somme {} {name}", field.class),
                after,
            ));
        }
    }
    all
}

/// Where on a line a name starts that is being written: as much of it as stands before the cursor; at the cursor where none
/// of it does. Nothing where another word is being written.
fn started(line: &str, name: &str) -> Option<usize> {
    let wanted: Vec<char> = plain(name);
    let starts = line.char_indices().map(|(at, _)| at).filter(|at| {
        line.get(..*at).and_then(|before| before.chars().next_back()).is_none_or(|c| !is_word(c))
    });
    for start in starts {
        let raw = line.get(start..).unwrap_or("");
        let written = plain(raw);
        // The blank before a word is no letter of it.
        let is_one = raw.starts_with(|c: char| !c.is_whitespace());
        if is_one && written.len() <= wanted.len() && wanted.starts_with(&written) {
            return Some(start);
        }
    }
    let apart = line.chars().next_back().is_none_or(|c| !is_word(c) && c != '.');
    apart.then_some(line.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// Letters as they are compared while they are typed: without accents or case.
fn plain(written: &str) -> Vec<char> {
    let folded = text::plain_letters(written);
    folded.replace(['’', 'ʼ'], "'").replace(['\u{a0}', '\u{202f}'], " ").to_lowercase().chars().collect()
}

#[cfg(test)]
mod tests {
    use super::started;

    #[test]
    fn what_is_written_of_a_name_gives_way_to_it() {
        for (line, name, start) in [
            ("  exige ", "taux d'adhésion", Some(8)),
            ("  exige tau", "taux d'adhésion", Some(8)),
            ("  exige Taux d’adhe", "taux d'adhésion", Some(8)),
            ("  exige âge ≥ ", "seuil", Some(17)),
            ("  exige âge ≥ seu", "seuil", Some(17)),
            ("  parmi élève, app", "app", Some(17)),
            ("  exige mont", "seuil", None),
            ("  exige territoire.", "territoire.médecins", Some(8)),
            ("  exige territoire.", "médecins", None),
            ("", "x", Some(0)),
        ] {
            assert_eq!(started(line, name), start, "{line:?} {name}");
        }
    }
}
