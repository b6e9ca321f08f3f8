//! How many elements of a list there are, and of which sort.

use super::*;

/// What is said before a number, and the sign that says it.
const BOUNDS: [(&str, &str); 13] = [
    ("au moins", "≥"),
    ("au minimum", "≥"),
    ("d'au moins", "≥"),
    ("au plus", "≤"),
    ("au maximum", "≤"),
    ("d'au plus", "≤"),
    ("plus de", ">"),
    ("de plus de", ">"),
    ("moins de", "<"),
    ("de moins de", "<"),
    ("exactement", "="),
    ("un seul", "= 1"),
    ("une seule", "= 1"),
];
/// What joins elements and what they are.
const LINKS: [&str; 12] = [
    "dont",
    "ayant",
    "ayant chacun",
    "qui ont",
    "qui a",
    "avec",
    "comptant",
    "comprenant",
    "de",
    "où",
    "qui comptent",
    "possédant",
];

impl<'a> Reading<'a> {
    /// « au moins 2 ruchers dont colonies ≥ 10 », « plus de deux enfants scolarisés ».
    pub(super) fn counted(&self, at: usize) -> Option<Part> {
        let there = self.any(at, &["il y a", "il existe", "existe", "existent"]).unwrap_or(0);
        let bound = BOUNDS.iter().filter_map(|(turn, sign)| Some((self.is(at + there, turn)?, *sign)));
        let (turn, mut sign) = bound.max_by_key(|(turn, _)| *turn).unwrap_or((0, "≥"));
        let (mut after, mut limit) = (at + there + turn, sign.to_owned());
        if !sign.ends_with('1') {
            let number = turns::number(self.word(after)).filter(|number| *number != "1")?;
            limit = format!("{sign} {number}");
            after += 1;
        }
        after += self.any(after, &["des", "de", "de ces"]).unwrap_or(0);
        let (count, list) = self.list(after)?;
        if self.exact(after).is_some_and(|length| length > count) {
            return None;
        }
        let mut end = after + count;
        let of = list.of();
        let ends = [("au moins", "≥"), ("au plus", "≤"), ("au minimum", "≥"), ("au maximum", "≤")];
        if let Some((length, last)) =
            ends.into_iter().find_map(|(turn, sign)| Some((self.is(end, turn)?, sign)))
            && turn == 0
        {
            limit = limit.replace(sign, last);
            end += length;
            sign = last;
        }
        if let Some((length, says)) = self.whose(list, end) {
            return Part::one(end + length - at, format!("(nombre {of} dont {says}) {limit}"));
        }
        let ends = !sign.ends_with('1') && end >= self.words.len()
            || matches!(self.word(end), "et" | "ou" | ")" | "si" | ",");
        ends.then(|| Part::one(end - at, format!("nombre {of} {limit}")))?
    }

    /// « aucun élève de plus de 20 ans », « aucun rucher loué ».
    pub(super) fn none_of(&self, at: usize) -> Option<Part> {
        let turns = ["aucun", "aucune", "aucun des", "aucune des", "pas de", "sans"];
        let turn = self.any(at, &turns)?;
        let (count, list) = self.list(at + turn)?;
        let end = at + turn + count;
        let (length, says) = self.whose(list, end)?;
        let none = if self.word(at).ends_with('e') { "aucune" } else { "aucun" };
        let listed = singular(&list.name);
        Part::one(end + length - at, format!("{none} {listed} dont {says}"))
    }

    /// What is to be read as it stands, to the end of the line, where it compares something or is a condition for sure.
    pub(super) fn rest(&self, at: usize, whole: bool) -> Option<(usize, String)> {
        let rest = self.words.len().checked_sub(at).filter(|rest| *rest > 0)?;
        let said = self.said(at, rest);
        let compares = ["≥", "≤", "<", ">", "=", " est ", "n'est"].iter().any(|sign| said.contains(sign));
        let closed = said.matches('(').count() == said.matches(')').count();
        ((whole || compares) && closed).then(|| (rest, said.to_owned()))
    }

    /// What elements are that are counted: « dont colonies ≥ 10 », « loués », « d'au moins 10 colonies ».
    pub(super) fn whose(&self, list: &'a List, at: usize) -> Option<(usize, String)> {
        let plain = self.condition(list, at).or_else(|| self.aged(list, at));
        if let Some(said) = plain.or_else(|| self.field_bound(list, at)) {
            return Some(said);
        }
        let link = self.any(at, &LINKS)?;
        self.rest(at + link, self.word(at) == "dont").map(|(length, says)| (link + length, says))
    }

    /// « d'au moins 10 colonies », « de dix colonies ou plus »: how much of a field an element has.
    pub(super) fn field_bound(&self, list: &'a List, at: usize) -> Option<(usize, String)> {
        let mut end = at + self.any(at, &LINKS).unwrap_or(0);
        let bound = BOUNDS.iter().filter_map(|(turn, sign)| Some((self.is(end, turn)?, *sign)));
        let bound = bound.max_by_key(|(turn, _)| *turn);
        end += bound.map_or(0, |(turn, _)| turn);
        let mut figure = turns::number(self.word(end))?.to_owned();
        end += 1;
        if let Some((length, unit)) = turns::unit(self.said(end, 1)).map(|(length, unit, _)| (length, unit))
            && length == self.word(end).len()
        {
            figure = format!("{figure} {unit}");
            end += 1;
        }
        end += self.any(end, &["de", "des"]).unwrap_or(0);
        let (count, field) =
            (1..=4).rev().filter(|count| end + count <= self.words.len()).find_map(|count| {
                let said = content(self.said(end, count));
                let field =
                    list.fields.iter().find(|field| !said.is_empty() && same(&said, &content(&field.name)));
                Some((count, field?))
            })?;
        end += count;
        let ends =
            [("ou plus", "≥"), ("et plus", "≥"), ("au moins", "≥"), ("ou moins", "≤"), ("au plus", "≤")];
        let last = ends.into_iter().find_map(|(turn, sign)| Some((self.is(end, turn)?, sign)));
        end += last.map_or(0, |(turn, _)| turn);
        let (_, sign) = bound.or(last)?;
        (!field.truth && !sign.ends_with('1')).then(|| (end - at, format!("{} {sign} {figure}", field.name)))
    }
}
