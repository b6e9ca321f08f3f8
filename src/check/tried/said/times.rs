//! Times and shares: « signé depuis moins de six mois », « trois mois de loyer », « la moitié de ».

use super::{Part, Reading};
use crate::syntax::turns;

impl<'a> Reading<'a> {
    /// « signé depuis moins de six mois ».
    pub(super) fn since(&self, at: usize, count: usize) -> Option<Part> {
        let name = self.name(at, count)?;
        let mut end = at + count + self.is(at + count, "depuis")?;
        let (turn, signs): (usize, fn(&str, &str) -> String) = [
            ("moins de", (|d, q| format!("date d'examen < {d} + {q}")) as fn(&str, &str) -> String),
            ("au moins", |d, q| format!("{d} + {q} ≤ date d'examen")),
            ("plus de", |d, q| format!("{d} + {q} < date d'examen")),
            ("au plus", |d, q| format!("date d'examen ≤ {d} + {q}")),
        ]
        .into_iter()
        .find_map(|(turn, signs)| Some((self.is(end, turn)?, signs)))?;
        end += turn;
        let (length, figure) = self.duration(end)?;
        end += length;
        let says = signs(name, &figure);
        let examined = ["à la date d'examen", "à la date de l'examen", "au jour de l'examen"];
        if let Some(turn) = self.any(end, &examined) {
            return Part::one(end + turn - at, says);
        }
        // « depuis au moins 2 ans à la date de la demande »: the day it is counted to.
        let to = [
            "à la date de",
            "à la date du",
            "à la date d'",
            "au jour de",
            "au jour du",
            "à",
            "au",
            "avant",
            "lors de",
            "le jour de",
        ];
        let day = self.any(end, &to).and_then(|turn| {
            let exact = self.exact(end + turn).map(|count| (count, self.said(end + turn, count)));
            let (count, day) =
                exact.or_else(|| self.named(end + turn).map(|(count, name, _)| (count, name)))?;
            Some((turn + count, day))
        });
        match day {
            Some((count, day)) => Part::one(end + count - at, says.replace("date d'examen", day)),
            None => Part::one(end - at, says),
        }
    }

    /// « donné au moins 3 mois avant le départ ».
    pub(super) fn apart(&self, at: usize, count: usize) -> Option<Part> {
        let name = self.name(at, count)?;
        let mut end = at + count;
        end += self.any(end, &["est", "a lieu", "intervient", "est donné", "doit être donné"]).unwrap_or(0);
        let turns = ["au moins", "au minimum", "plus de", "au plus", "moins de", "dans les"];
        let turn = turns.into_iter().find(|turn| self.is(end, turn).is_some())?;
        end += turn.split(' ').count();
        let (length, figure) = self.duration(end)?;
        end += length;
        end += self.any(end, &["au moins", "au minimum"]).unwrap_or(0);
        let later = match self.word(end) {
            "avant" => false,
            "après" | "suivant" => true,
            _ => return None,
        };
        end += 1;
        let (length, other) = match self.exact(end) {
            Some(length) => (length, self.said(end, length)),
            None => self.named(end).map(|(length, name, _)| (length, name))?,
        };
        let says = match (turn, later) {
            ("au moins" | "au minimum", false) => format!("{name} ≤ {other} - {figure}"),
            ("plus de", false) => format!("{name} < {other} - {figure}"),
            ("au plus" | "dans les", false) => format!("{other} est dans les {figure} suivant {name}"),
            ("moins de", false) => format!("{name} > {other} - {figure}"),
            ("au moins" | "au minimum", true) => format!("{name} ≥ {other} + {figure}"),
            ("plus de", true) => format!("{name} > {other} + {figure}"),
            ("au plus" | "dans les", true) => format!("{name} est dans les {figure} suivant {other}"),
            ("moins de", true) => format!("{name} < {other} + {figure}"),
            _ => return None,
        };
        Part::one(end + length - at, says)
    }

    /// « durée du stage ≥ 2 mois », of a period: how many whole months it has.
    pub(super) fn lasts(&self, at: usize) -> Option<Part> {
        let turns = ["durée de", "durée du", "durée des", "la durée de", "la durée du", "durée de la"];
        let first = at + self.any(at, &turns)?;
        let exact = self.exact(first).map(|count| (count, self.said(first, count)));
        let (count, name) = exact.or_else(|| self.named(first).map(|(count, name, _)| (count, name)))?;
        let end = first + count;
        let (length, sign, figure) = self.compared_to(end)?;
        let (unit, figure) = in_whole(sign, &figure, ["mois entiers", "années entières", "jours"])?;
        Part::one(end + length - at, format!("{unit} de {name} {sign} {figure}"))
    }

    /// « entre début et fin ≥ 6 mois »: the time from one date to another.
    pub(super) fn between_dates(&self, at: usize) -> Option<Part> {
        self.is(at, "entre")?;
        let end = (at + 2..self.words.len()).find(|rank| self.compared_to(*rank).is_some())?;
        let said = self.said(at, end - at);
        let (length, sign, figure) = self.compared_to(end).filter(|_| said.contains(" et "))?;
        let units = ["en mois entiers", "en années entières", "en jours"];
        let (unit, figure) = in_whole(sign, &figure, units)?;
        Part::one(end + length - at, format!("{said} {unit} {sign} {figure}"))
    }

    /// « ≥ 6 mois ».
    fn compared_to(&self, at: usize) -> Option<(usize, &'a str, String)> {
        let sign = Some(self.word(at)).filter(|sign| matches!(*sign, "≥" | "≤" | "<" | ">" | "="))?;
        let (length, figure) = self.duration(at + 1)?;
        Some((1 + length, sign, figure))
    }

    /// « six mois », « 6 mois ».
    pub(super) fn duration(&self, at: usize) -> Option<(usize, String)> {
        let unit = self.word(at + 1);
        if self.word(at).bytes().all(|b| b.is_ascii_digit())
            && matches!(unit, "mois" | "jours" | "jour" | "ans" | "an")
        {
            return Some((2, self.said(at, 2).to_owned()));
        }
        Some((2, turns::quantity(self.said(at, 2)).filter(|_| !unit.is_empty())?))
    }

    /// « par élève interne », « par jour travaillé »: what is multiplied.
    pub(super) fn per(&self, at: usize) -> Option<Part> {
        let after = at + self.any(at, &["par", "pour chaque", "par chaque"]).filter(|_| at > self.first)?;
        if let Some((count, says)) = self.per_of_sort(after) {
            return Part::one(after + count - at, says);
        }
        let named = self.named(after);
        // « pour chaque élève, âge ≥ 6 » is said of each of them.
        let of_each = self.list(after).is_some_and(|(count, _)| self.word(after + count) == ",");
        if of_each {
            return None;
        }
        if let Some((count, name, 0)) = named {
            return Part::one(after + count - at, format!("× {name}"));
        }
        let Some((count, list)) = self.list(after) else {
            // « par jeune », for `jeunes licenciés`.
            let (count, name, _) = named?;
            return Part::one(after + count - at, format!("× {name}"));
        };
        let of = list.of();
        match self.condition(list, after + count) {
            Some((length, says)) => {
                Part::one(after + count + length - at, format!("× (nombre {of} dont {says})"))
            }
            None => Part::one(after + count - at, format!("× (nombre {of})")),
        }
    }

    /// « trois mois de loyer »: so many times what is by month.
    pub(super) fn times(&self, at: usize) -> Option<Part> {
        let (length, figure) = self.duration(at)?;
        let (count, name, _) = self.named(at + length)?;
        let of = self.word(at + length);
        let number = figure.split(' ').next()?;
        if !matches!(of, "de" | "du") && !of.starts_with("d'") {
            return None;
        }
        let end = at + length + count;
        if let Some(more) = self.any(end, &["au moins", "au minimum"]) {
            let says = vec![format!("{name} ≥ {figure}"), format!("{name} ≥ {number}")];
            return Some(Part { count: end + more - at, says });
        }
        if let Some(more) = self.any(end, &["au plus", "au maximum"]) {
            let says = vec![format!("{name} ≤ {figure}"), format!("{name} ≤ {number}")];
            return Some(Part { count: end + more - at, says });
        }
        figure.contains("mois").then(|| Part::one(length + count, format!("{number} × {name}")))?
    }

    /// « la moitié de X », « le tiers du loyer »: a share of what is named.
    pub(super) fn a_share(&self, at: usize) -> Option<Part> {
        const SHARES: [(&str, &str); 12] = [
            ("la moitié", "50 % ×"),
            ("moitié", "50 % ×"),
            ("le quart", "25 % ×"),
            ("un quart", "25 % ×"),
            ("les trois quarts", "75 % ×"),
            ("le dixième", "10 % ×"),
            ("le tiers", "1 ÷ 3 ×"),
            ("un tiers", "1 ÷ 3 ×"),
            ("les deux tiers", "2 ÷ 3 ×"),
            ("le double", "2 ×"),
            ("le triple", "3 ×"),
            ("le quadruple", "4 ×"),
        ];
        let (turn, says) = SHARES.into_iter().find_map(|(turn, says)| Some((self.is(at, turn)?, says)))?;
        let after = at + turn;
        let (small, bare) = match self.word(after) {
            "de" if matches!(self.word(after + 1), "la" | "l'") => (2, None),
            "de" | "du" | "des" => (1, None),
            word => (0, word.strip_prefix("d'").or_else(|| word.strip_prefix("d’"))),
        };
        if let Some((count, name, _)) = self.named(after) {
            return Part::one(after + count - at, format!("{says} {name}"));
        }
        // What it is a share of is written as it should be.
        match bare {
            Some(bare) => Part::one(turn + 1, format!("{says} {bare}")),
            None => (small > 0).then(|| Part::one(turn + small, says))?,
        }
    }
}

/// In what unit a time is counted that is compared to a figure, of months, years and days, and that figure. Of whole
/// months and years, only « at least » and « less than » say the same as of the time itself.
fn in_whole<'u>(sign: &str, figure: &str, units: [&'u str; 3]) -> Option<(&'u str, String)> {
    let [months, years, days] = units;
    let (count, of) = figure.split_once(' ')?;
    let same = matches!(sign, "≥" | "<");
    match of {
        "mois" if same => Some((months, count.to_owned())),
        "an" | "ans" if same => Some((years, count.to_owned())),
        "jour" | "jours" => Some((days, figure.to_owned())),
        _ => None,
    }
}
