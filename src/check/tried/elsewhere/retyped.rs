//! A fact that is declared of one type, and read as another wherever rules read it: the declaration is at fault. Where
//! one rule alone reads it, what the fact asks tells which of the two is.

use std::collections::HashSet;

use super::super::keeps::is_cited;
use super::super::named::is_whole;
use super::super::{Key, lines_of};
use super::asked::{asked, period};
use super::{Change, Search};
use crate::diagnostic::{Diagnostic, Remedy};
use crate::source::Span;
use crate::syntax::tree::{Document, FactDecl, ItemKind, TypeExpr};

/// What is said of a value that is not of the type that is wanted.
const TYPED: [&str; 20] = [
    "periode-attendue",
    "types-incompatibles",
    "condition-attendue",
    "date-attendue",
    "liste-sans-valeur",
    "liste-attendue",
    "periode-sans-valeur",
    "fait-et-groupe",
    "unique-hors-liste",
    "sans-ordre",
    "nom-inconnu",
    "nom-reserve",
    "option-inconnue",
    "champ-hors-liste",
    "tournure",
    "signe-manquant",
    "unite-inconnue",
    "diviseur-nul",
    "borne",
    "frequence",
];
/// The types that are tried, the likeliest first.
pub(in crate::check::tried) const TYPES: [&str; 12] = [
    "date",
    "oui ou non",
    "entier",
    "nombre",
    "montant",
    "montant par mois",
    "montant par an",
    "pourcentage",
    "durée en mois",
    "durée en jours",
    "période",
    "liste",
];

/// How a message starts on an end of a scale that is not of the type of what it is read by.
const OF_SCALE: &str = "le barème se lit selon ";
/// Through so many definitions is a fact looked for.
const MOST_STEPS: usize = 3;

/// A type that mends whatever is said of a fact.
struct Fit {
    ty: String,
    left: HashSet<Key>,
}

impl Search<'_> {
    /// `remis le : oui ou non`, where every rule has a date there; whether what it asks tells so.
    pub(super) fn retyped(
        &mut self,
        document: &Document,
        all: &[Diagnostic],
    ) -> Option<(bool, Change, HashSet<Key>)> {
        // « mois de stage » is told as a count of months that lacks a word.
        let counts = |one: &Diagnostic| {
            one.remedies.iter().flat_map(|own| &own.edits).any(|edit| edit.text == "mois entiers")
        };
        let errors: Vec<&Diagnostic> = all.iter().filter(|one| one.is_error() && !counts(one)).collect();
        if !errors.iter().any(|one| TYPED.contains(&one.code)) {
            return None;
        }
        let said = said_types(&errors);
        let mut found: Vec<(bool, Change, HashSet<Key>)> = Vec::new();
        let facts = document.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Dossier(facts) => Some(facts),
            _ => None,
        });
        for fact in facts.flatten() {
            found.extend(self.fact_retyped(fact, document, &said, &errors, all));
        }
        found.extend(self.parameter_retyped(document, &said, &errors, all));
        if found.iter().any(|(sure, ..)| *sure) {
            found.retain(|(sure, ..)| *sure);
        }
        let [_] = found.as_slice() else { return None };
        found.pop()
    }

    fn fact_retyped(
        &mut self,
        fact: &FactDecl,
        document: &Document,
        said: &[String],
        errors: &[&Diagnostic],
        all: &[Diagnostic],
    ) -> Option<(bool, Change, HashSet<Key>)> {
        let written = self.file.slice(fact.ty_span).to_owned();
        let name = fact.path.text.to_string();
        let of_it = |one: &&&Diagnostic| {
            TYPED.contains(&one.code) && one.labels.iter().any(|label| self.names(fact, label.span))
        };
        let mut wrong: Vec<&Diagnostic> = errors.iter().filter(of_it).copied().collect();
        // How often an amount is paid tells nothing by itself of what it is worked out from.
        if wrong.iter().all(|one| one.code == "frequence") {
            wrong.clear();
        }
        // A limit is of the type of an amount that stands on another line.
        let above = wrong.is_empty();
        if above {
            let limits = |one: &&&Diagnostic| {
                one.code == "types-incompatibles"
                    && one.labels.first().is_some_and(|label| self.is_in_item(fact, label.span))
            };
            wrong = errors.iter().filter(limits).copied().collect();
        }
        // Where what is read of it only is at stake, what is wrong is of its type or of the one that is wanted.
        let through = wrong.is_empty() && said.iter().any(|own| own == head_of(&written));
        if through {
            wrong = errors.iter().filter(|one| one.code == "types-incompatibles").copied().collect();
        }
        // « dépenses éligibles » is a number, as what it sums is.
        let worked_out = wrong.iter().flat_map(|one| &one.labels).find(|label| {
            through
                && label.text.ends_with(head_of(&written))
                && self.comes_of(fact, document, self.file.slice(label.span), MOST_STEPS)
        });
        let worked_out = worked_out.map(|label| label.span).or_else(|| {
            let mut heads = wrong.iter().filter_map(|one| self.head_of_scale(one)).filter(|_| through);
            heads.find(|head| self.comes_of(fact, document, self.file.slice(*head), MOST_STEPS))
        });
        let mut uses: Vec<Span> = Vec::new();
        for label in wrong.iter().flat_map(|one| &one.labels) {
            let line = self.line(label.span).0;
            let named = through || above || self.names(fact, label.span);
            if !named || line == self.line(fact.path.span).0 {
                continue;
            }
            // The words that name it are shown, of those of a line.
            match uses.iter_mut().find(|other| self.line(**other).0 == line) {
                Some(known) if !is_named(fact, self.file.slice(*known)) => *known = label.span,
                Some(_) => {}
                None => uses.push(label.span),
            }
        }
        uses.sort_by_key(|place| place.start);
        if uses.is_empty()
            || through && uses.len() < 2 && worked_out.is_none()
            || fact.ty == TypeExpr::Invalid
            || written.is_empty()
        {
            return None;
        }
        let question = fact.question.as_ref().and_then(|question| asked(&question.text));
        let agrees = question.is_some_and(|asked| asked.fits(&written));
        let numeric = TYPES.iter().skip(2).take(8).any(|head| head_of(&written).starts_with(head));
        // One figure of another unit is a figure at fault.
        let figure = |one: &&Diagnostic| {
            let place = one.labels.first().map_or("", |label| self.file.slice(label.span));
            // One that a passage has with its unit is right.
            let unit = ["€ par ", " m²", " m³", " km", " ha", " heures", " kg", " kWh"];
            let cited = unit.iter().any(|unit| place.contains(unit)) && is_cited(self.text, place);
            !cited && (!one.remedies.is_empty() || place.starts_with(|c: char| c.is_ascii_digit()))
        };
        // « Quel est le loyer mensuel ? »
        let asked_by = fact.question.as_ref().and_then(|question| period(&question.text));
        // What is asked for by month is declared as it should be.
        if asked_by.is_some() && asked_by == Some(head_of(&written)) {
            return None;
        }
        // Bounds that are of another type than what is declared tell as much.
        let at_home = |one: &&Diagnostic| {
            one.labels.first().is_some_and(|label| self.line(label.span).0 == self.line(fact.path.span).0)
        };
        let own_bound = wrong.iter().any(at_home);
        let mut read_wrong = uses.len() < 2 && !own_bound && (agrees && !numeric || wrong.iter().all(figure));
        // What is made of it is wrong as well, elsewhere.
        let known: HashSet<Key> = wrong.iter().map(|one| super::key(one)).collect();
        let beyond = errors
            .iter()
            .filter(|one| one.code == "types-incompatibles" && !known.contains(&super::key(one)));
        let beyond: Vec<&Diagnostic> = beyond.copied().collect();
        if read_wrong && numeric && !beyond.is_empty() {
            wrong.extend(beyond);
            read_wrong = false;
        }
        if read_wrong && asked_by.is_none() && (agrees || question.is_none()) {
            return None;
        }
        let mut fits: Vec<Fit> = Vec::new();
        let other = TYPES.into_iter().filter(|ty| !through && !said.iter().any(|own| own == ty));
        let asked = asked_by.filter(|ty| !TYPES.contains(ty) && !said.iter().any(|own| own == ty));
        let types = said.iter().map(String::as_str).chain(asked).chain(other);
        for head in types {
            let Some(ty) = retyped(&written, head) else { continue };
            let edits = [self.edit(fact.ty_span, ty.clone())];
            fits.extend(self.mends(&edits, &wrong, all).map(|left| Fit { ty, left }));
        }
        if fits.is_empty() {
            return self.made_choice(fact, &wrong, &uses, all);
        }
        // What is asked, then what the messages say that is wanted.
        let wanted = |ty: &str| question.is_some_and(|asked| asked.fits(ty));
        if fits.iter().any(|fit| wanted(&fit.ty)) {
            fits.retain(|fit| wanted(&fit.ty));
        }
        let is_said = |ty: &str| said.iter().any(|own| head_of(ty) == own);
        if fits.iter().any(|fit| is_said(&fit.ty)) {
            fits.retain(|fit| is_said(&fit.ty));
        }
        if fits.iter().any(|fit| asked_by == Some(head_of(&fit.ty))) {
            fits.retain(|fit| asked_by == Some(head_of(&fit.ty)));
        } else if fits.iter().any(|fit| head_of(&fit.ty) == "montant") {
            fits.retain(|fit| !fit.ty.starts_with("montant par"));
        }
        let counted = |ty: &str| matches!(head_of(ty), "entier" | "nombre");
        if question.is_some() && fits.iter().all(|fit| counted(&fit.ty)) {
            fits.truncate(1);
        }
        let first = fits.first()?;
        if fits.len() > 2 || fits.len() == 2 && !fits.iter().all(|fit| counted(&fit.ty)) {
            return None;
        }
        let by_period = asked_by.is_some_and(|period| head_of(&first.ty) == period);
        let counts = |ty: &str| ty == "montant" || ty.starts_with("nombre");
        // Through one definition alone, what is asked must say so.
        if through && uses.len() < 2 && (agrees || !wanted(&first.ty)) {
            return None;
        }
        let sure = wanted(&first.ty) && !agrees || own_bound || by_period && counts(head_of(&written));
        // One mistake alone takes no unit off what is declared.
        let adds = !numeric || [" par ", " en ", "€"].iter().any(|unit| first.ty.contains(unit));
        if !sure && (read_wrong || uses.len() < 2 && !adds) {
            return None;
        }
        // What stays of it is not shown.
        let kept = |ty: &str| ty.get(head_of(ty).len()..) == written.get(head_of(&written).len()..);
        let (mut place, mut shown) =
            (fact.ty_span, fits.iter().map(|fit| fit.ty.as_str()).collect::<Vec<_>>());
        if fits.iter().all(|fit| kept(&fit.ty)) {
            place = Span::new(place.start as usize, place.start as usize + head_of(&written).len());
            shown = fits.iter().map(|fit| head_of(&fit.ty)).collect();
        }
        let label = format!("les règles en font {}", with_article(head_of(&first.ty)));
        let message = format!("« {name} » est déclaré autrement que les règles ne l'emploient");
        let quoted: Vec<String> = shown.iter().map(|ty| format!("« {ty} »")).collect();
        let remedies = shown
            .iter()
            .map(|ty| Remedy { label: format!("écrire « {ty} »"), edits: vec![self.edit(place, *ty)] });
        let change = Change {
            remedies: remedies.collect(),
            code: "types-incompatibles",
            message,
            place,
            label,
            help: format!("écrire {}", quoted.join(" ou ")),
            also: match (worked_out, uses.first()) {
                (Some(place), _) => vec![(place, "calculé avec lui".to_owned())],
                (None, Some(place)) => vec![(*place, "lu ici, par exemple".to_owned())],
                (None, None) => Vec::new(),
            },
        };
        fits.into_iter().next().map(|fit| (sure, change, fit.left))
    }

    /// What the scale is read by whose line is told not to be of its type.
    fn head_of_scale(&self, one: &Diagnostic) -> Option<Span> {
        let place = one.labels.first().filter(|_| one.message.starts_with(OF_SCALE))?.span;
        let above = self.text.get(..place.start as usize)?;
        let start = above.rfind(" selon ")? + " selon ".len();
        let head = above.get(start..)?.lines().next()?;
        Some(Span::new(start, start + head.strip_suffix(" par tranches").unwrap_or(head).trim_end().len()))
    }

    /// Whether some words name a definition that is worked out with a fact, by as many steps at most.
    fn comes_of(&self, fact: &FactDecl, document: &Document, said: &str, steps: usize) -> bool {
        let named = |name: &str| said.match_indices(name).any(|(at, name)| is_whole(said, at, name.len()));
        let definitions = document.items.iter().filter(|item| {
            let is_definition = matches!(item.kind, ItemKind::Definition(_));
            is_definition && item.name.as_ref().is_some_and(|name| named(&name.text))
        });
        definitions.into_iter().any(|item| {
            let lines = self.file.slice(item.whole).lines();
            lines.filter(|line| line.trim_start().starts_with("vaut")).any(|line| {
                is_named(fact, line) || steps > 1 && self.comes_of(fact, document, line, steps - 1)
            })
        })
    }

    /// `statut : texte`, where rules have options there: some of them are known, and not all.
    fn made_choice(
        &mut self,
        fact: &FactDecl,
        wrong: &[&Diagnostic],
        uses: &[Span],
        all: &[Diagnostic],
    ) -> Option<(bool, Change, HashSet<Key>)> {
        let mut options: Vec<&str> = Vec::new();
        let of_band = |one: &&&Diagnostic| one.message.ends_with("cette ligne veut une borne");
        let wrong: Vec<&Diagnostic> = wrong
            .iter()
            .filter(|one| one.code == "nom-inconnu")
            .chain(wrong.iter().filter(of_band))
            .copied()
            .collect();
        for one in &wrong {
            let said = one.labels.first().map_or("", |label| self.file.slice(label.span));
            // The lines of a scale that is read by its options.
            for said in said.split(", ").map(|said| said.trim_matches(['«', '»', ' '])) {
                if !options.contains(&said) && !said.contains('\n') {
                    options.push(said);
                }
            }
        }
        let wrong = wrong.as_slice();
        // « plus grand que 150 m » is no option.
        let compares = |option: &&str| option.contains(|c: char| c.is_ascii_digit() || "≥≤<>=".contains(c));
        if options.is_empty() || options.iter().any(compares) {
            return None;
        }
        let (ty, help) = match options.as_slice() {
            [only] => (format!("parmi {only}, autre"), format!("déclarer ses options : « parmi {only}, … »")),
            several => {
                let said = several.join(", ");
                (
                    format!("parmi {said}"),
                    format!("déclarer ses options : « parmi {said} », et les autres s'il y en a"),
                )
            }
        };
        let edits = [self.edit(fact.ty_span, ty)];
        let left = self.mends(&edits, wrong, all)?;
        let change = Change {
            remedies: Vec::new(),
            code: "types-incompatibles",
            message: format!("« {} » est déclaré autrement que les règles ne l'emploient", fact.path.text),
            place: fact.ty_span,
            label: "les règles en font un choix".to_owned(),
            help,
            also: uses.first().map(|place| (*place, "lu ici, par exemple".to_owned())).into_iter().collect(),
        };
        Some((true, change, left))
    }

    /// Whether the lines of a place name a fact.
    fn names(&self, fact: &FactDecl, place: Span) -> bool {
        let (start, end) = lines_of(self.text, place);
        is_named(fact, self.text.get(start..end).unwrap_or(""))
    }

    /// Whether the item of a place names a fact, in what it is worth.
    fn is_in_item(&self, fact: &FactDecl, place: Span) -> bool {
        let (before, after) = self.text.split_at_checked(place.start as usize).unwrap_or(("", ""));
        let start = before.rfind("\n\n").map_or(0, |at| at + 2);
        let end = before.len() + after.find("\n\n").unwrap_or(after.len());
        let mut lines = self.text.get(start..end).unwrap_or("").lines();
        lines.any(|line| {
            ["vaut", "montant"].iter().any(|head| line.trim_start().starts_with(head)) && is_named(fact, line)
        })
    }
}

/// The types that messages name.
fn said_types(errors: &[&Diagnostic]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let wrong = errors.iter().filter(|one| one.code == "types-incompatibles");
    let labels = wrong.clone().flat_map(|one| &one.labels).map(|label| label.text.as_str());
    let messages = wrong.flat_map(|one| {
        let said = one.message.strip_prefix(OF_SCALE).unwrap_or(&one.message);
        said.split([';', ':']).flat_map(|part| part.split(" est "))
    });
    for words in labels.chain(messages) {
        let ty = words.trim().strip_prefix("un ").or_else(|| words.trim().strip_prefix("une "));
        let ty =
            ty.map(|ty| ty.split(" ne ").next().unwrap_or(ty)).filter(|ty| is_type(ty)).map(str::to_owned);
        said.extend(ty.filter(|ty| !said.contains(ty)));
    }
    said
}

/// Whether words are a type of a fact.
fn is_type(words: &str) -> bool {
    ["montant", "nombre", "entier", "pourcentage", "date", "durée en"]
        .iter()
        .any(|own| words.starts_with(own))
        && words.split(' ').count() <= 4
}

/// A type without its bounds.
pub(in crate::check::tried) fn head_of(ty: &str) -> &str {
    let end = ["≥", ">", "≤", "<", "entre "].iter().filter_map(|sign| ty.find(sign)).min();
    ty.get(..end.unwrap_or(ty.len())).unwrap_or(ty).trim_end()
}

/// A declaration of another type, with its bounds as far as they have a sense there; nothing where it is the same.
pub(in crate::check::tried) fn retyped(written: &str, head: &str) -> Option<String> {
    let own = head_of(written);
    if own == head {
        return None;
    }
    let unit = match head {
        "entier" | "nombre" => "",
        "pourcentage" => " %",
        "durée en mois" => " mois",
        "durée en jours" => " jours",
        _ if head.starts_with("montant") => " €",
        _ if head.starts_with("nombre en ") => "",
        _ => return Some(head.to_owned()),
    };
    let bounds = written.get(own.len()..).unwrap_or("").trim_start();
    let was_numeric =
        ["montant", "nombre", "entier", "pourcentage", "durée"].iter().any(|ty| own.starts_with(ty));
    let mut out = head.to_owned();
    if bounds.is_empty() {
        if !was_numeric {
            out.push_str(&format!(" ≥ 0{unit}"));
        }
        return Some(out);
    }
    let words: Vec<&str> = bounds.split(' ').collect();
    let is_figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    for (rank, word) in words.iter().enumerate() {
        let figure = is_figure(word);
        if !figure && !matches!(*word, "≥" | ">" | "≤" | "<" | "entre" | "et") {
            continue;
        }
        out.push(' ');
        out.push_str(word);
        if figure && !words.get(rank + 1).is_some_and(|next| is_figure(next)) {
            out.push_str(unit);
        }
    }
    Some(out)
}

pub(super) fn with_article(ty: &str) -> String {
    let article = match ty {
        "oui ou non" => return "une condition (oui ou non)".to_owned(),
        ty if ["date", "durée", "liste", "période"].iter().any(|own| ty.starts_with(own)) => "une",
        _ => "un",
    };
    format!("{article} {ty}")
}

/// Whether a line names a fact, by its whole name or the last part of it.
fn is_named(fact: &FactDecl, line: &str) -> bool {
    let short = fact.path.parts.last().map_or("", |part| &part.text);
    [&fact.path.text, short].iter().any(|name| {
        !name.is_empty() && line.match_indices(*name).any(|(at, name)| is_whole(line, at, name.len()))
    })
}
