//! Another name for a thing, wherever it is written: in base texts and amendments, in what they quote of the rules, in the
//! dossiers of cases and what they state. The reverse gives the bytes of before, which is tried before it is offered.

mod agree;
mod cases;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::desk::Desk;
use super::edits::{Change, applied, between};
use super::names::{Names, Place, Symbol};
use super::sheet;
use crate::check::Sort;
use crate::diagnostic::Diagnostic;
use crate::history::History;
use crate::shelf::Shelf;
use crate::source::Span;
use crate::syntax::tree::Kind;
use crate::text;
use crate::wording::french::singular;
use crate::workshop::approved;

/// What is renamed: a part of the name of a thing, and of all names that start with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Where it stands under the cursor.
    pub span: Span,
    /// As it is now.
    pub name: String,
    sort: Sort,
    /// The parts up to it, it included.
    prefix: Vec<String>,
    whole: String,
    /// The identifiers whose texts have it.
    ids: BTreeSet<String>,
}

/// What would be renamed at a place.
pub fn renamed(desk: &mut Desk, path: &str, offset: u32) -> Option<Renamed> {
    let names = desk.names();
    let (symbol, place) = names.at(path, offset)?;
    let touched = |part: &Span| part.start <= offset && offset <= part.end;
    let at = place.parts.iter().rposition(touched)?;
    let parts = symbol.parts();
    let depth = (parts.len() + at).checked_sub(place.parts.len())?;
    let own = |path: &str| symbol.places().any(|place| place.file.name() == path);
    let ids = desk
        .shelf()
        .histories()
        .iter()
        .filter(|history| history.texts().iter().any(|text| own(text.file.name())))
        .map(|history| history.id().to_owned())
        .collect();
    let name = (*parts.get(depth)?).to_owned();
    let prefix = parts.iter().take(depth + 1).map(|part| (*part).to_owned()).collect();
    Some(Renamed {
        span: *place.parts.get(at)?,
        name,
        sort: symbol.sort,
        prefix,
        whole: symbol.name.to_string(),
        ids,
    })
}

/// The changes that give it this name.
///
/// # Errors
///
/// Why the name cannot be taken, in words for who asked.
pub fn rename(desk: &mut Desk, what: &Renamed, to: &str) -> Result<Change, String> {
    let to = text::tidy(to);
    if to.is_empty() || to.contains(['.', '«', '»', '#', ':', '\n']) {
        return Err("un nom est un groupe de mots, sans point ni deux-points".to_owned());
    }
    if to == what.name {
        return Ok(Change::default());
    }
    let mut why = None;
    // With the little words around it in agreement; else as they are.
    for agreeing in [true, false] {
        let change = match changes(desk, what, &to, agreeing) {
            Ok(change) => change,
            Err(told) => {
                why.get_or_insert(told);
                continue;
            }
        };
        let after = made(desk.shelf(), &change)?;
        let before = errors(desk.shelf(), &after);
        if let Some(error) = errors(&after, desk.shelf()).into_iter().find(|one| !before.contains(one)) {
            why.get_or_insert(format!("« {to} » ne peut pas être ce nom : {}", error.1));
            continue;
        }
        let mut there = desk.clone();
        there.change(change.files.keys().map(|path| (path.clone(), after.file(path).map(<[u8]>::to_vec))));
        let back = what.under(&to);
        let returned =
            changes(&mut there, &back, &what.name, agreeing).and_then(|back| made(there.shelf(), &back));
        let same = returned.is_ok_and(|returned| returned.files().eq(desk.shelf().files()));
        if same {
            let approved = approved(desk.shelf(), there.shelf(), what);
            return Ok(Change { files: change.files.into_iter().chain(approved.files).collect(), ..change });
        }
        why.get_or_insert_with(|| {
            format!("« {to} » se confondrait avec d'autres mots : on ne pourrait plus revenir en arrière")
        });
    }
    Err(why.unwrap_or_default())
}

impl Renamed {
    /// The same once it is called so.
    fn under(&self, to: &str) -> Renamed {
        let mut there = self.clone();
        to.clone_into(&mut there.name);
        if let Some(last) = there.prefix.last_mut() {
            to.clone_into(last);
        }
        let mut whole: Vec<&str> = self.whole.split('.').collect();
        if let Some(part) = whole.get_mut(self.prefix.len() - 1) {
            *part = to;
        }
        there.whole = whole.join(".");
        there
    }

    /// Whether this bears the name: it is the thing itself, or its name starts with that of the group or list.
    fn is_in(&self, symbol: &Symbol) -> bool {
        let parts = symbol.parts();
        let starts = parts.len() >= self.prefix.len() && parts.iter().zip(&self.prefix).all(|(a, b)| a == b);
        if symbol.sort == Sort::Option || self.sort == Sort::Option {
            return symbol.sort == self.sort && starts;
        }
        let is_group = parts.len() > self.prefix.len();
        let is_below = |sort: Sort| matches!(sort, Sort::Of(Kind::Fact | Kind::Definition));
        starts
            && (symbol.sort == self.sort && *symbol.name == *self.whole || is_group && is_below(symbol.sort))
            || starts
                && !is_group
                && self.whole.split('.').count() > self.prefix.len()
                && is_below(symbol.sort)
    }
}

/// The decisions of cases that were as approved are approved under the new name.
fn approved(before: &Shelf, after: &Shelf, what: &Renamed) -> Change {
    let mut change = Change::default();
    for case in before.all_cases().filter(|case| what.ids.contains(&case.policy)) {
        let path = sheet::approved_path(case);
        let file = before.file(&path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let is_approved = |file: &&str| {
            sheet::judge(before, case)
                .is_ok_and(|own| approved::with_reason(&own.text, own.reason.as_deref()) == **file)
        };
        let now = after.all_cases().find(|own| own.path == case.path);
        let judged = now.and_then(|case| sheet::judge(after, case).ok());
        if let (Some(file), Some(judged)) = (file.filter(is_approved), judged) {
            let text = approved::with_reason(&judged.text, judged.reason.as_deref());
            for (span, new) in between(file, &text) {
                change.add(&path, span, new);
            }
        }
    }
    change
}

/// What is wrong with the texts of a shelf that are not those of another one.
fn errors(shelf: &Shelf, beside: &Shelf) -> Vec<(&'static str, String)> {
    let ids = shelf.ids();
    let is_other = |own: &&Arc<History>| !beside.histories().iter().any(|other| Arc::ptr_eq(own, other));
    let of = |history: &Arc<History>| history.check(&ids, &|_| Vec::new());
    let found = shelf.histories().iter().filter(is_other).flat_map(of);
    let all = shelf.lost().iter().cloned().chain(found);
    all.filter(Diagnostic::is_error).map(|error| (error.code, error.message)).collect()
}

/// A shelf with changes made.
fn made(shelf: &Shelf, change: &Change) -> Result<Shelf, String> {
    let mut after = shelf.clone();
    let mut files = Vec::new();
    for (path, edits) in &change.files {
        let text = shelf.file(path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let text = text.and_then(|text| applied(text, edits)).ok_or("deux changements se recouvrent")?;
        files.push((path.clone(), Some(text.into_bytes())));
    }
    after.change(files);
    Ok(after)
}

fn changes(desk: &mut Desk, what: &Renamed, to: &str, agreeing: bool) -> Result<Change, String> {
    let mut change = Change::default();
    let shelf = desk.shelf().clone();
    let names = desk.names();
    let concerned: Vec<&Symbol> = symbols(&names, &shelf, what);
    for symbol in &concerned {
        for place in symbol.places() {
            for (span, text) in at_place(symbol, place, what, to, agreeing)? {
                change.add(place.file.name(), span, text);
            }
        }
    }
    cases::changes(&shelf, &concerned, what, to, &mut change);
    Ok(change)
}

/// The symbols that bear the name, in the texts that share it.
fn symbols<'n>(names: &'n Names, shelf: &Shelf, what: &Renamed) -> Vec<&'n Symbol> {
    let files: BTreeSet<&str> = shelf
        .histories()
        .iter()
        .filter(|history| what.ids.contains(history.id()))
        .flat_map(|history| history.texts())
        .map(|text| text.file.name())
        .collect();
    let within = |symbol: &&Symbol| symbol.places().any(|place| files.contains(place.file.name()));
    names.all().iter().filter(|symbol| what.is_in(symbol)).filter(within).collect()
}

/// What changes where the name is written.
fn at_place(
    symbol: &Symbol,
    place: &Place,
    what: &Renamed,
    to: &str,
    agreeing: bool,
) -> Result<Vec<(Span, String)>, String> {
    let after = symbol.parts().len() - what.prefix.len();
    // A field of the element in turn is written without its list.
    let Some(at) = place.parts.len().checked_sub(after + 1) else { return Ok(Vec::new()) };
    let Some(part) = place.parts.get(at).copied() else { return Ok(Vec::new()) };
    let raw = place.file.slice(part);
    let written = text::tidy(raw);
    let (old, one) = (what.name.as_str(), singular(&what.name));
    let mut edits = Vec::new();
    let start = part.start as usize;
    if written == old {
        edits.push((part, to.to_owned()));
    } else if written == one || is_plural_of(old, &written) {
        edits.push((part, singular(to)));
    } else if let Some(rest) = raw.strip_suffix(old).filter(|rest| rest.ends_with([' ', '\'', '’'])) {
        // « part du fonds scolaire »: what a `répartition` defines.
        edits.push((Span::new(start + rest.len(), part.end as usize), to.to_owned()));
    } else if raw.starts_with(old) && raw.get(old.len()..).is_some_and(|rest| rest.starts_with(' ')) {
        // « canton de la commune »: what is read of an element.
        edits.push((Span::new(start, start + old.len()), to.to_owned()));
    } else if place.parts.len() < symbol.parts().len() {
        return Ok(Vec::new());
    } else {
        return Err(format!("« {written} » ne se renomme pas : l'écrire autrement d'abord"));
    }
    if agreeing && at == 0 {
        let before = place.file.text().get(..edits.first().map_or(start, |(span, _)| span.start as usize));
        edits.extend(before.and_then(|before| agree::with(before, old, to)));
    }
    Ok(edits)
}

/// « médecin » for `médecins`.
fn is_plural_of(list: &str, written: &str) -> bool {
    let plain = |text: &str| {
        text.split(' ').map(|word| word.trim_end_matches(['s', 'x']).to_owned()).collect::<Vec<_>>()
    };
    plain(list) == plain(written)
}
