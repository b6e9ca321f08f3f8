//! Elements of a list by what they are: « au moins un pharmacien », « nombre de médecins parmi les professionnels »,
//! « dont médecin de moins de 35 ans ».

use super::*;
use crate::wording::french::{is_feminine, singular};

impl<'a> Reading<'a> {
    /// « au moins un pharmacien », « un pharmacien », « nombre de pharmaciens », « pharmaciens ≥ 2 ».
    pub(super) fn one_of_sort(&self, at: usize) -> Option<Part> {
        let some = ["au moins un", "au moins une", "un", "une", "il existe un", "il existe une", "il y a un"];
        if let Some(turn) = self.any(at, &some) {
            let (count, list, is) = self.sort(at + turn)?;
            let one = singular(&list.name);
            let article = if is_feminine(&one) { "une" } else { "un" };
            return Part::one(turn + count, format!("il existe {article} {one} dont {is}"));
        }
        let turn = self.any(at, &["nombre de", "nombre des", "le nombre de"]);
        let (count, list, is) = self.sort(at + turn.unwrap_or(0))?;
        let mut end = at + turn.unwrap_or(0) + count;
        // « parmi les professionnels »
        if let Some(among) = self.any(end, &["parmi les", "parmi", "dans les", "chez les"])
            && let Some((count, own)) = self.list(end + among)
            && own.name == list.name
        {
            end += among + count;
        }
        let compared = matches!(self.word(end), "≥" | "≤" | "<" | ">" | "=" | "≠");
        if turn.is_none() && !(compared && at == self.first) {
            return None;
        }
        let counted = format!("nombre {} dont {is}", list.of());
        let says = if end < self.words.len() { format!("({counted})") } else { counted };
        Part::one(end - at, says)
    }

    /// « au moins deux infirmiers ».
    pub(super) fn several_of_sort(&self, at: usize) -> Option<Part> {
        const BOUNDS: [(&str, &str); 5] =
            [("au moins", "≥"), ("au plus", "≤"), ("plus de", ">"), ("moins de", "<"), ("exactement", "=")];
        let (turn, sign) = BOUNDS.into_iter().find_map(|(turn, sign)| Some((self.is(at, turn)?, sign)))?;
        let figure = turns::number(self.word(at + turn)).filter(|figure| *figure != "1")?;
        let (count, list, is) = self.sort(at + turn + 1)?;
        Part::one(turn + 1 + count, format!("(nombre {} dont {is}) {sign} {figure}", list.of()))
    }

    /// « par médecin de moins de 35 ans »: so many of one sort and of one age.
    pub(super) fn per_of_sort(&self, at: usize) -> Option<(usize, String)> {
        let (count, list, is) = self.sort(at)?;
        let (more, aged) = self.aged(list, at + count)?;
        Some((count + more, format!("× (nombre {} dont {is} et {aged})", list.of())))
    }

    /// After « dont », what the elements that are counted are: « médecin », « médecin de moins de 35 ans ».
    pub(super) fn of_own_sort(&self, at: usize) -> Option<Part> {
        let before = at.checked_sub(1).map(|before| self.word(before))?;
        if before != "dont" {
            return None;
        }
        let lists = |rank: usize| (rank < at).then(|| self.list(rank)).flatten();
        let (_, list) = (self.first..at).rev().find_map(lists)?;
        let (count, own, is) = self.sort(at)?;
        if own.name != list.name {
            return None;
        }
        match self.aged(list, at + count) {
            Some((more, aged)) => Part::one(count + more, format!("{is} et {aged}")),
            None => Part::one(count, is),
        }
    }

    /// An option of one field of the elements of one list, in the plural or not, and what it says of them.
    fn sort(&self, at: usize) -> Option<(usize, &'a List, String)> {
        (1..=4).rev().filter(|count| at + count <= self.words.len()).find_map(|count| {
            let said = content(self.said(at, count));
            let whole = !content(self.word(at + count - 1)).is_empty();
            let of = self.declared.lists.iter().flat_map(|list| {
                let fields =
                    list.fields.iter().flat_map(|field| field.options.iter().map(move |o| (field, o)));
                fields.map(move |(field, option)| (list, field, option))
            });
            let mut found = of.filter(|(.., option)| !said.is_empty() && same(&said, &content(option)));
            let (list, field, option) = found.next().filter(|_| whole)?;
            found.next().is_none().then(|| (count, list, format!("{} est {option}", field.name)))
        })
    }
}
