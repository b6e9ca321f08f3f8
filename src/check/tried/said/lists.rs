//! Lists, and what is counted or summed over them.

use super::*;
use crate::wording::french::{is_feminine, singular};

impl<'a> Reading<'a> {
    /// « un élève est handicapé », « au moins un élève handicapé ».
    pub(super) fn exists(&self, at: usize) -> Option<Part> {
        let starts = [
            "il y a un",
            "il y a une",
            "au moins un",
            "au moins une",
            "l'un des",
            "l'une des",
            "un",
            "une",
            "il existe",
            "existe un",
            "existe une",
            "il existe au moins un",
            "il existe au moins une",
        ];
        let after = at + self.any(at, &starts)?;
        let (count, list) = self.list(after)?;
        let least = self.is(after + count, "au moins").unwrap_or(0);
        let (length, says) = self.whose(list, after + count + least)?;
        let length = length + least;
        let article = if self.word(after - 1) == "une" { "une" } else { "un" };
        let listed = self.said(after, count);
        Part::one(after + count + length - at, format!("il existe {article} {listed} dont {says}"))
    }

    /// « tous les élèves ont moins de 20 ans », « tous les élèves sont internes ».
    pub(super) fn all_of(&self, at: usize) -> Option<Part> {
        let every = [
            ("tous les", "tous les"),
            ("toutes les", "toutes les"),
            ("chaque", "tous les"),
            ("tout", "tous les"),
            ("toute", "toutes les"),
            ("l'ensemble des", "tous les"),
            ("chacun des", "tous les"),
            ("chacune des", "toutes les"),
            ("les", "tous les"),
        ];
        // « pour tous les élèves, âge ≥ 6 »
        let lead = self.any(at, &["pour", "chez"]).unwrap_or(0);
        let said = at + lead;
        let (turn, all) = every.into_iter().find_map(|(turn, all)| Some((self.is(said, turn)?, all)))?;
        let turn = lead + turn;
        let (count, list) = self.list(at + turn)?;
        let each = ["chaque", "chacun des", "tout", "toute", "l'ensemble des"];
        let each = self.any(said, &each).is_some();
        let feminine = each && is_feminine(&singular(&list.name));
        let all = if feminine { "toutes les" } else { all };
        let mut end = at + turn + count;
        let comma = self.any(end, &[",", ":"]).filter(|_| lead > 0 || each);
        end += comma.unwrap_or(0);
        let verbs = [
            "ont",
            "a",
            "sont âgés de",
            "sont âgées de",
            "doivent avoir",
            "doit avoir",
            "sont",
            "est",
            "vérifie",
            "vérifient",
            "respectent",
            "dont",
        ];
        // « chaque machine achetée le ≤ D » needs no verb.
        end += match self.any(end, &verbs) {
            Some(verb) => verb,
            None if self.is(said, "chaque").is_some() || comma.is_some() => 0,
            None => return None,
        };
        let listed = &list.name;
        let says = self.condition(list, end).or_else(|| self.field_bound(list, end));
        // « installé depuis au moins 3 mois »
        let since = || {
            let field = (1..=4).rev().find(|count| {
                let said = content(self.said(end, *count));
                let is_own =
                    list.fields.iter().any(|field| !said.is_empty() && same(&said, &content(&field.name)));
                is_own && end + count <= self.words.len()
            })?;
            let part = self.since(end, field)?;
            Some((part.count, part.says.into_iter().next()?))
        };
        let says = says.or_else(since).or_else(|| self.rest(end, false));
        if let Some((length, says)) = says {
            return Part::one(end + length - at, format!("{all} {listed} vérifient {says}"));
        }
        let (turn, sign) = [("moins de", "<"), ("plus de", ">"), ("au moins", "≥"), ("au plus", "≤")]
            .into_iter()
            .find_map(|(turn, sign)| Some((self.is(end, turn)?, sign)))?;
        end += turn;
        let (length, figure) = self.duration(end).filter(|(_, figure)| figure.ends_with("ans"))?;
        let age = list.fields.iter().find(|field| field.name == "âge")?;
        let years = figure.split(' ').next()?;
        let says = format!("{all} {listed} vérifient {} {sign} {years}", age.name);
        Part::one(end + length - at, says)
    }

    /// « âge de tous les élèves < 20 ».
    pub(super) fn field_of_all(&self, at: usize) -> Option<Part> {
        let of = (at + 1..self.words.len().min(at + NAME_WORDS))
            .find(|rank| self.is(*rank, "de tous les").is_some())?;
        let (count, list) = self.list(of + 3)?;
        let said = content(self.said(at, of - at));
        let field = list.fields.iter().find(|field| content(&field.name) == said)?;
        Part::one(of + 3 + count - at, format!("tous les {} vérifient {}", list.name, field.name))
    }

    /// « pour les adjoints », « salarié »: an option in the plural, or after its preposition.
    pub(super) fn for_those(&self, at: usize) -> Option<Part> {
        let after = at
            + self.any(
                at,
                &[
                    "pour les",
                    "pour un",
                    "pour une",
                    "pour le",
                    "pour la",
                    "pour",
                    "s'agissant des",
                    "lecture",
                    "option",
                ],
            )?;
        if let Some(part) = self.several_options(after) {
            let says = part.says.iter().flat_map(|says| [format!("si {says}"), says.clone()]).collect();
            return Some(Part { count: after + part.count - at, says });
        }
        let option = self.option_of_fact(after).or_else(|| self.option(after));
        let truth = || {
            self.named(after)
                .filter(|(_, name, _)| self.is_truth(name))
                .map(|(n, name, _)| (n, name.to_owned()))
        };
        let (count, says) = option.or_else(truth)?;
        Some(Part { count: after + count - at, says: vec![format!("si {says}"), says] })
    }

    fn is_truth(&self, name: &str) -> bool {
        self.declared.truths.iter().any(|own| own == name)
    }

    /// « catégorie C », « les agents de catégorie C »: a choice by its name, and one of its options.
    fn option_of_fact(&self, at: usize) -> Option<(usize, String)> {
        let starts = (at..self.words.len().min(at + 4)).filter(|start| {
            *start == at
                || ["de", "du", "en", "à", "dont"].iter().any(|of| self.is(*start - 1, of).is_some())
                || self.word(*start).starts_with("d'")
                || self.word(*start).starts_with("d’")
        });
        starts.into_iter().find_map(|start| {
            (1..=NAME_WORDS).rev().find_map(|count| {
                let middle = start + count;
                let named = content(self.said(start, count));
                let of_fact = |fact: &str| {
                    let own = content(fact.rsplit('.').next().unwrap_or(fact));
                    !named.is_empty() && (same(&named, &own) || same(&named, &content(fact)))
                };
                let middle = middle + self.any(middle, &["est", "="]).unwrap_or(0);
                (1..=4).rev().filter(|count| middle + count <= self.words.len()).find_map(|length| {
                    let said = content(self.said(middle, length));
                    let mut found = self
                        .declared
                        .options
                        .iter()
                        .filter(|(option, fact)| of_fact(fact) && same(&said, &content(option)));
                    let (option, fact) = found.next().filter(|_| !said.is_empty())?;
                    found.next().is_none().then(|| (middle + length - at, format!("{fact} est {option}")))
                })
            })
        })
    }

    /// « congé sabbatique de plus de 300 jours », « élèves handicapés »: elements of a list, and what they are.
    pub(super) fn elements(&self, at: usize) -> Option<Part> {
        let (count, list) = self.list(at)?;
        let listed = self.said(at, count);
        if let Some((length, says)) = self.aged(list, at + count) {
            return Part::one(count + length, format!("{listed} dont {says}"));
        }
        let (length, says) = self.condition(list, at + count)?;
        match self.lasting(list, at + count + length) {
            Some((more, lasts)) => {
                Part::one(count + length + more, format!("{listed} dont {says} et {lasts}"))
            }
            None => Part::one(count + length, format!("{listed} dont {says}")),
        }
    }

    /// « de plus de 20 ans », of elements that have an age.
    pub(super) fn aged(&self, list: &List, at: usize) -> Option<(usize, String)> {
        let turns = [
            ("de plus de", ">"),
            ("de moins de", "<"),
            ("âgé de plus de", ">"),
            ("âgé de moins de", "<"),
            ("âgés de plus de", ">"),
            ("âgés de moins de", "<"),
            ("d'au moins", "≥"),
        ];
        let (turn, sign) = turns.into_iter().find_map(|(turn, sign)| Some((self.is(at, turn)?, sign)))?;
        let (length, figure) = self.duration(at + turn).filter(|(_, figure)| figure.ends_with("ans"))?;
        let age = list.fields.iter().find(|field| field.name == "âge")?;
        Some((turn + length, format!("{} {sign} {}", age.name, figure.split(' ').next()?)))
    }

    /// « de plus de 300 jours », of elements that have one period.
    pub(super) fn lasting(&self, list: &List, at: usize) -> Option<(usize, String)> {
        let mut periods = list.fields.iter().filter(|field| field.period);
        let period = periods.next().filter(|_| periods.next().is_none())?;
        let turns = [("de plus de", ">"), ("de moins de", "<"), ("d'au moins", "≥"), ("d'au plus", "≤")];
        let (turn, sign) = turns.into_iter().find_map(|(turn, sign)| Some((self.is(at, turn)?, sign)))?;
        let (length, figure) = self.duration(at + turn)?;
        figure
            .ends_with("jours")
            .then(|| (turn + length, format!("jours de {} {sign} {figure}", period.name)))
    }

    /// « somme des impayés relancés », « total des montants dus »: of the only amount of the elements, or of the one named.
    pub(super) fn summed(&self, at: usize) -> Option<Part> {
        let turns = ["somme des", "somme de", "total des", "total de", "montant des", "cumul des"];
        let after = at + self.any(at, &turns)?;
        if let Some((count, list)) = self.list(after) {
            let mut amounts = list.fields.iter().filter(|field| field.amount);
            let field = amounts.next().filter(|_| amounts.next().is_none())?;
            let sum = format!("somme {}.{}", list.of(), field.name);
            return match self.condition(list, after + count) {
                Some((length, says)) => Part::one(after + count + length - at, format!("{sum} dont {says}")),
                None => Part::one(after + count - at, sum),
            };
        }
        let mut fields =
            self.declared.lists.iter().flat_map(|list| list.fields.iter().map(move |field| (list, field)));
        fields.find_map(|(list, field)| {
            let count = content(&field.name).len();
            let end = (1..=NAME_WORDS).rev().find(|count| {
                after + count <= self.words.len()
                    && same(&content(self.said(after, *count)), &content(&field.name))
            })?;
            let sum = format!("somme {}.{}", list.of(), field.name);
            (count > 0 && !field.truth).then(|| Part::one(after + end - at, sum))?
        })
    }

    /// The list that these words name, in the singular or not.
    pub(super) fn list(&self, at: usize) -> Option<(usize, &'a List)> {
        (1..=4).rev().filter(|count| at + count <= self.words.len()).find_map(|count| {
            let said = content(self.said(at, count));
            let list = self.declared.lists.iter().find(|list| same(&said, &content(&list.name)))?;
            // « rucher a » is not its name.
            let whole = !content(self.word(at + count - 1)).is_empty();
            (!said.is_empty() && whole).then_some((count, list))
        })
    }

    /// « au moins deux copropriétaires », « plusieurs copropriétaires »: how many there are.
    pub(super) fn how_many(&self, at: usize) -> Option<Part> {
        const HAVING: [&str; 12] = [
            "il y a",
            "y a",
            "il existe",
            "compte",
            "comptent",
            "comporte",
            "comprend",
            "possède",
            "emploie",
            "a",
            "réunit",
            "a au",
        ];
        // « l'immeuble compte au moins deux copropriétaires »
        let has = (at..self.words.len().min(at + NAME_WORDS))
            .take_while(|rank| *rank == at || !JOINTS.contains(&self.word(*rank)))
            .find_map(|rank| Some(rank + self.any(rank, &HAVING)?));
        let mut end = has.filter(|_| at == self.first).unwrap_or(at);
        let (sign, figure) = if let Some(turn) = self.is(end, "plusieurs") {
            end += turn;
            ("≥", "2".to_owned())
        } else {
            const SIGNS: [(&str, &str); 6] = [
                ("au moins", "≥"),
                ("au minimum", "≥"),
                ("au plus", "≤"),
                ("au maximum", "≤"),
                ("plus de", ">"),
                ("moins de", "<"),
            ];
            let (turn, sign) =
                SIGNS.into_iter().find_map(|(turn, sign)| Some((self.is(end, turn)?, sign)))?;
            end += turn;
            let word = self.word(end);
            let figure = match word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() {
                true => word.to_owned(),
                false => turns::quantity(word)?,
            };
            end += 1;
            (sign, figure)
        };
        let (count, list) = self.list(end)?;
        end += count;
        let of = list.of();
        match self.condition(list, end) {
            Some((length, says)) => {
                Part::one(end + length - at, format!("(nombre {of} dont {says}) {sign} {figure}"))
            }
            None => Part::one(end - at, format!("nombre {of} {sign} {figure}")),
        }
    }

    /// What is said of the elements of a list: « qui sont handicapés », « interne ».
    pub(super) fn condition(&self, list: &'a List, at: usize) -> Option<(usize, String)> {
        let links =
            ["qui sont", "qui est", "est", "sont", "ayant un", "ayant une", "ayant", "en", "dont sont"];
        let link = self.any(at, &links).unwrap_or(0);
        let after = at + link;
        (1..=4).rev().filter(|count| after + count <= self.words.len()).find_map(|count| {
            let said = content(self.said(after, count));
            if said.is_empty() {
                return None;
            }
            let truth = list.fields.iter().find(|field| field.truth && same(&said, &content(&field.name)));
            let says = truth.map(|field| field.name.clone()).or_else(|| {
                list.fields.iter().find_map(|field| {
                    let option = field.options.iter().find(|option| same(&said, &content(option)))?;
                    Some(format!("{} est {option}", field.name))
                })
            })?;
            Some((link + count, says))
        })
    }
}
