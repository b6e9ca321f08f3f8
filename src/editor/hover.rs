//! What an editor shows of the word under the pointer: what it stands for, how it is asked, what it cites, what it comes to.

use super::constructs;
use super::desk::Desk;
use super::names::{Place, Symbol};
use super::values::Values;
use crate::check::Sort;
use crate::source::{SourceFile, Span};
use crate::syntax::tree::{ChangeKind, Citation, Document, FactDecl, Item, ItemKind, Kind};
use crate::text;

/// The longest excerpt of a rule that is shown, in lines.
const LINES: usize = 14;

/// What is shown of a place: which words it is about, and what, in Markdown.
pub fn hover(desk: &mut Desk, path: &str, offset: u32, values: Option<&Values>) -> Option<(Span, String)> {
    if let Some((symbol, place)) = desk.names().at(path, offset) {
        return Some((place.span, told(desk, symbol, place, values)));
    }
    let (file, _) = desk.read(path)?;
    let (span, construct) = constructs::at(file.text(), offset)?;
    Some((span, format!("`{}`\n\n{}", construct.form, construct.says)))
}

fn told(desk: &Desk, symbol: &Symbol, place: &Place, values: Option<&Values>) -> String {
    let what = match symbol.sort {
        Sort::Of(kind) => kind.word(),
        Sort::Option => "option",
    };
    let ty = symbol.ty.as_deref().filter(|_| symbol.sort != Sort::Of(Kind::Source));
    let ty = ty.map(|ty| format!(" : {ty}")).unwrap_or_default();
    let mut parts = vec![format!("**{}** — {what}{ty}", symbol.name)];
    let at = |place: &Place| values.and_then(|values| values.at(place.file.name(), place.span));
    // Read as a condition, a rule is so or not; where it is declared, it is met, due, reached.
    let value = symbol.declared.iter().find_map(at).or_else(|| at(place)).or_else(|| {
        let mut places = symbol.uses.iter();
        places.find_map(at)
    });
    if let (Some(value), Some(values)) = (value, values) {
        parts.push(format!("dans le cas « {} » : **{value}**", values.case));
    }
    for declared in &symbol.declared {
        let Some((file, document)) = desk.read(declared.file.name()) else { continue };
        match found(&document, declared.span) {
            Some(Found::Fact(fact)) => {
                parts.extend(fact.question.as_ref().map(|question| format!("« {} »", question.text)));
                let declared = file.slice(fact.ty_span.to(fact.span));
                parts.push(code(declared));
            }
            Some(Found::Item(item)) => parts.extend(of_item(&file, item, symbol.sort)),
            None => {}
        }
        let amended = document.header.as_ref().and_then(|header| header.amendment.as_ref());
        if let Some(number) = amended {
            parts.push(format!("*avenant n° {}*", number.value));
        }
    }
    parts.join("\n\n")
}

enum Found<'d> {
    Fact(&'d FactDecl),
    Item(&'d Item),
}

/// What is declared at a place.
fn found(document: &Document, span: Span) -> Option<Found<'_>> {
    let put_in = document.changes.iter().filter_map(|change| match &change.what {
        ChangeKind::Replace(item) | ChangeKind::Add(item) => Some(item),
        ChangeKind::Repeal(_) | ChangeKind::Reword(_) | ChangeKind::Retain(_) => None,
    });
    for item in document.items.iter().chain(put_in) {
        if let ItemKind::Dossier(facts) = &item.kind {
            let inside = |fact: &&FactDecl| fact.whole.start <= span.start && span.end <= fact.whole.end;
            if let Some(fact) = facts.iter().find(inside) {
                return Some(Found::Fact(fact));
            }
        } else if item.whole.start <= span.start && span.end <= item.whole.end {
            return Some(Found::Item(item));
        }
    }
    None
}

fn of_item(file: &SourceFile, item: &Item, sort: Sort) -> Vec<String> {
    let mut parts = Vec::new();
    if let ItemKind::Source(source) = &item.kind {
        let force = if source.binding.value { "texte opposable" } else { "document d'information" };
        parts.push(format!("« {} », {force}", source.title.text));
        parts.extend(source.file.as_ref().map(|path| format!("dans `{}`", path.text)));
        return parts;
    }
    if let ItemKind::Reading(reading) = &item.kind {
        parts.extend(reading.question.as_ref().map(|question| format!("« {} »", question.text)));
    }
    if sort == Sort::Option && !matches!(item.kind, ItemKind::Reading(_)) {
        return parts;
    }
    parts.push(code(file.slice(item.whole)));
    parts.extend(item.citations.iter().filter_map(passage));
    parts.extend(item.notes.iter().map(|note| format!("*{}*", note.text)));
    parts
}

/// A passage, and where it stands.
fn passage(citation: &Citation) -> Option<String> {
    let quote = citation.quote.as_ref()?;
    let place = citation.place.as_ref().map(|place| format!(", {}", place.value)).unwrap_or_default();
    Some(format!("> « {} »\n>\n> {}{place}", quote.text, citation.source.text))
}

/// A piece of a text, its passages and notes left out, cut where it is long.
fn code(text: &str) -> String {
    let lines = crate::syntax::lines(text).into_iter().filter_map(|line| text.get(line.range()));
    let told = ["selon", "note", "concordance", "«"];
    let rule: Vec<String> =
        lines.filter(|line| !told.iter().any(|word| line.starts_with(word))).map(text::tidy).collect();
    let more = rule.len() > LINES;
    let mut shown: Vec<String> = Vec::new();
    for (rank, line) in rule.into_iter().take(LINES).enumerate() {
        shown.push(if rank == 0 { line } else { format!("  {line}") });
    }
    if more {
        shown.push("  …".to_owned());
    }
    format!("```conforme\n{}\n```", shown.join("\n"))
}
