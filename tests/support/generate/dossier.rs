//! Dossiers with holes, drawn at random, and every way to fill them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use conforme::time::Date;

use super::super::naive::{Facts, Val, fold, num};
use super::{Draw, FIELDS, LIST, SCALARS};

/// An answer of a dossier.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Known(Val),
    Missing,
    NotYet,
}

/// A dossier with holes.
#[derive(Debug, Clone)]
pub struct Partial {
    pub facts: BTreeMap<String, Given>,
    /// `None`: the list is absent.
    pub list: Option<Vec<BTreeMap<String, Given>>>,
}

/// The values that a fact is tried with: enough to stand on both sides of every drawn comparison.
pub fn candidates(path: &str, examined_on: Date) -> Vec<Val> {
    let texts = |of: &[&str]| of.iter().map(|t| Val::Text(fold(t))).collect();
    let options = |of: &[&str]| of.iter().map(|o| Val::Opt((*o).to_owned())).collect();
    match path {
        "a1" | "a2" | "a3" | "actif" => vec![Val::Bool(true), Val::Bool(false)],
        "n1" | "n2" | "n3" | "m1" | "poids" => [0, 1, 2, 3, 4, 5, 6, 7, 9, 14, 40].map(num).to_vec(),
        "p1" => vec![num(0), num(1)],
        "c1" => options(&["rouge", "vert", "bleu"]),
        "s1" => options(&["petit", "moyen", "grand"]),
        "genre" => options(&["x", "y", "z"]),
        "t1" => texts(&["alpha", "bêta", "gamma"]),
        "d1" | "d2" | "v1.du" | "v1.au" | "tenu.du" | "tenu.au" => [-400, -31, -1, 0, 1, 40, 200]
            .iter()
            .filter_map(|days| examined_on.plus_days(*days))
            .map(Val::Date)
            .collect(),
        other => panic!("{other} is no fact"),
    }
}

/// Draws a dossier with at most `holes` missing answers.
pub fn dossier(draw: &mut Draw<'_>, examined_on: Date, holes: usize) -> Partial {
    let mut left = holes;
    let mut answer = |draw: &mut Draw<'_>, path: &str| {
        if left > 0 && draw.one_in(6) {
            left -= 1;
            return if (path.starts_with('d') || path.contains('.')) && draw.one_in(3) {
                Given::NotYet
            } else {
                Given::Missing
            };
        }
        let values = candidates(path, examined_on);
        Given::Known(values[draw.below(values.len())].clone())
    };
    let mut facts = BTreeMap::new();
    for path in SCALARS {
        facts.insert(path.to_owned(), answer(draw, path));
    }
    // A conditional fact is given only where its condition holds.
    if facts["a1"] != Given::Known(Val::Bool(true)) && facts["n3"] != Given::Missing {
        facts.insert("n3".to_owned(), Given::Missing);
    }
    in_order(&mut facts, "v1");
    let rows = draw.below(4);
    let list = (0..rows)
        .map(|_| {
            let mut row = FIELDS.iter().map(|field| ((*field).to_owned(), answer(draw, field))).collect();
            in_order(&mut row, "tenu");
            row
        })
        .collect();
    Partial { facts, list: Some(list) }
}

/// The two days of a period, the first one first: a dossier that has them otherwise is sent back.
fn in_order(facts: &mut BTreeMap<String, Given>, period: &str) {
    let ends = [format!("{period}.du"), format!("{period}.au")];
    let [Given::Known(Val::Date(first)), Given::Known(Val::Date(last))] =
        ends.each_ref().map(|end| &facts[end])
    else {
        return;
    };
    let sorted = [*first.min(last), *first.max(last)].map(|day| Given::Known(Val::Date(day)));
    facts.extend(ends.into_iter().zip(sorted));
}

impl Partial {
    /// The dossier as a person would write it.
    pub fn yaml(&self) -> String {
        let mut text = String::from("dispositif: essai\n");
        let word = |given: &Given| match given {
            Given::Missing => "inconnu".to_owned(),
            Given::NotYet => "pas encore".to_owned(),
            Given::Known(Val::Bool(truth)) => if *truth { "oui" } else { "non" }.to_owned(),
            Given::Known(Val::Num(n)) => decimal(n),
            Given::Known(Val::Date(date)) => date.to_string(),
            Given::Known(Val::Text(text) | Val::Opt(text)) => text.clone(),
            Given::Known(other) => panic!("{other:?} is no answer"),
        };
        for (path, given) in &self.facts {
            let word = match (path.as_str(), given) {
                ("p1", Given::Known(Val::Num(n))) => {
                    format!("{} %", decimal(&(n * num_rational::BigRational::from_integer(100.into()))))
                }
                _ => word(given),
            };
            let _ = writeln!(text, "{path}: {word}");
        }
        if let Some(rows) = &self.list {
            if rows.is_empty() {
                let _ = writeln!(text, "{LIST}: []");
            } else {
                let _ = writeln!(text, "{LIST}:");
            }
            for (rank, row) in rows.iter().enumerate() {
                let _ = writeln!(text, "  - code: e{rank}");
                for (field, given) in row {
                    let _ = writeln!(text, "    {field}: {}", word(given));
                }
            }
        }
        text
    }

    /// Every completion, as far as the candidates go, of at most `most`.
    pub fn completions(&self, examined_on: Date, most: usize) -> Vec<Facts> {
        let values = |path: &str, given: &Given| -> Vec<Val> {
            match given {
                Given::Known(value) => vec![value.clone()],
                Given::Missing => candidates(path, examined_on),
                Given::NotYet => candidates(path, examined_on)
                    .into_iter()
                    .filter(|value| matches!(value, Val::Date(date) if *date > examined_on))
                    .collect(),
            }
        };
        let mut all = vec![Facts::default()];
        for (path, given) in &self.facts {
            let values = values(path, given);
            all = all
                .into_iter()
                .flat_map(|facts| {
                    values.iter().map(move |value| {
                        let mut facts = facts.clone();
                        facts.facts.insert(path.clone(), value.clone());
                        facts
                    })
                })
                .take(most)
                .collect();
        }
        for row in self.list.iter().flatten() {
            for facts in &mut all {
                facts.lists.entry(LIST.to_owned()).or_default().push(BTreeMap::new());
            }
            for (field, given) in row {
                let values = values(field, given);
                all = all
                    .into_iter()
                    .flat_map(|facts| {
                        values.iter().map(move |value| {
                            let mut facts = facts.clone();
                            if let Some(last) = facts.lists.get_mut(LIST).and_then(|rows| rows.last_mut()) {
                                last.insert(field.clone(), value.clone());
                            }
                            facts
                        })
                    })
                    .take(most)
                    .collect();
            }
        }
        for facts in &mut all {
            facts.lists.entry(LIST.to_owned()).or_default();
        }
        all
    }
}

/// A number as a dossier says it, with a comma. What no decimals end says itself as a fraction, which no dossier
/// takes: a draw of it is a mistake of the test.
fn decimal(number: &num_rational::BigRational) -> String {
    let ten = num_rational::BigRational::from_integer(10.into());
    let (mut scaled, mut places) = (number.clone(), 0);
    while !scaled.is_integer() && places < 12 {
        scaled *= &ten;
        places += 1;
    }
    if places == 0 || !scaled.is_integer() {
        return number.to_string();
    }
    let sign = if scaled < num_rational::BigRational::from_integer(0.into()) { "-" } else { "" };
    let digits = scaled.to_integer().to_string();
    let digits = format!("{:0>width$}", digits.trim_start_matches('-'), width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    format!("{sign}{whole},{rest}")
}
