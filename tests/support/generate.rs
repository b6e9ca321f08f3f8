//! Policies and dossiers drawn at random, small enough that every completion can be tried.
//!
//! Everything is drawn from a string of bytes, so that proptest shrinks a failure to the simplest
//! policy and dossier that show it: a byte of 0 always draws the simplest thing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use conforme::time::Date;

use super::naive::{Facts, Val, fold, num};

mod given;

/// A drawer of choices.
pub struct Draw<'b> {
    bytes: &'b [u8],
    next: usize,
}

impl<'b> Draw<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Draw { bytes, next: 0 }
    }

    /// A number below `n`; 0 once the bytes are used up.
    pub fn below(&mut self, n: usize) -> usize {
        let byte = self.bytes.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        usize::from(byte) % n
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

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

/// A policy, a dossier and a date of examination.
#[derive(Debug, Clone)]
pub struct Sample {
    pub policy: String,
    pub dossier: Partial,
    pub examined_on: Date,
}

pub const LIST: &str = "éléments";
pub const SCALARS: [&str; 15] =
    ["a1", "a2", "a3", "n1", "n2", "n3", "m1", "p1", "c1", "s1", "d1", "d2", "t1", "v1.du", "v1.au"];
pub const FIELDS: [&str; 5] = ["genre", "poids", "actif", "tenu.du", "tenu.au"];

const HEAD: &str = "\
dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2020

source T « Texte », texte opposable

dossier
  a1 : oui ou non
  a2 : oui ou non
  a3 : oui ou non
  n1 : entier ≥ 0
  n2 : entier ≥ 0
  n3 : entier ≥ 0, si a1
  m1 : montant ≥ 0 €
  p1 : pourcentage ≥ 0 %
  c1 : parmi rouge, vert, bleu
  s1 : parmi petit < moyen < grand
  d1 : date
  d2 : date
  t1 : texte
  v1 : période
  éléments : liste
  éléments.code : texte, unique
  éléments.genre : parmi x, y, z
  éléments.poids : entier ≥ 0
  éléments.actif : oui ou non
  éléments.tenu : période
";

pub(super) struct Writer<'d, 'b> {
    pub draw: &'d mut Draw<'b>,
    truths: Vec<String>,
    numbers: Vec<String>,
    readings: Vec<String>,
    categories: Vec<String>,
    /// Whether an envelope is shared out.
    shares: bool,
    /// Definitions that stand under « si a1 ».
    conditional: Vec<String>,
    /// Definitions of each element, in whole numbers.
    of_each: Vec<&'static str>,
}

impl Writer<'_, '_> {
    fn number(&mut self, depth: usize) -> String {
        let constant = self.draw.below(6).to_string();
        match self.draw.below(if depth == 0 { 4 } else { 12 }) {
            0 => constant,
            1 => "n1".into(),
            2 => "n2".into(),
            3 => {
                let known = self.numbers.len();
                if known == 0 { "n1".into() } else { self.numbers[self.draw.below(known)].clone() }
            }
            4 => format!("({} + {})", self.number(depth - 1), self.number(depth - 1)),
            5 => format!("({} - {})", self.number(depth - 1), self.number(depth - 1)),
            6 => format!("(nombre d'éléments dont {})", self.element(depth - 1)),
            7 => format!("(somme de éléments.poids dont {})", self.element(depth - 1)),
            8 => format!("({} × {})", self.number(depth - 1), 1 + self.draw.below(3)),
            10 => {
                let exponent = match self.draw.below(4) {
                    3 => "(le plus petit de n1, 2)".to_owned(),
                    constant => constant.to_string(),
                };
                format!("(({}) puissance {exponent})", self.number(depth - 1))
            }
            9 => {
                let (unit, step) = (
                    self.draw.pick(&["en mois entiers", "en années entières"]),
                    self.draw.pick(&["", " + 3 mois"]),
                );
                format!("(entre d1 et d2{step} {unit})")
            }
            _ => {
                let which = self.draw.pick(&["petit", "grand"]);
                format!("(le plus {which} de {}, {})", self.number(depth - 1), self.number(depth - 1))
            }
        }
    }

    fn sign(&mut self) -> &'static str {
        self.draw.pick(&["≥", "≤", ">", "<", "=", "≠"])
    }

    /// A condition over an element and the rest.
    pub fn element(&mut self, depth: usize) -> String {
        if !self.of_each.is_empty() && self.draw.one_in(4) {
            let read = self.of_each[self.draw.below(self.of_each.len())];
            return format!("{read} {} {}", self.sign(), self.draw.below(4));
        }
        match self.draw.below(if depth == 0 { 4 } else { 8 + usize::from(self.shares) }) {
            0 => "actif".into(),
            1 => format!("genre est {}", self.draw.pick(&["x", "y", "z"])),
            2 => "genre est soit x, soit z".into(),
            3 => format!("poids {} {}", self.sign(), self.draw.below(4)),
            4 => format!("({} et {})", self.element(depth - 1), self.element(depth - 1)),
            6 => format!("d1 est dans {}", self.period("tenu")),
            7 => self.counted("tenu"),
            8 => format!("part de fonds {} {} €", self.sign(), self.draw.below(8)),
            _ => format!("({} ou {})", self.element(depth - 1), self.truth(0)),
        }
    }

    /// A period; `name` is one that is declared.
    fn period(&mut self, name: &str) -> String {
        match self.draw.below(6) {
            0 | 1 => name.to_owned(),
            2 => format!("{name} dans l'année de d2"),
            3 => format!("{name} jusqu'à d2"),
            4 => format!("{name} depuis d1"),
            _ => format!("part commune de {name} et du d1 au d2"),
        }
    }

    /// A comparison of what is counted in a period.
    fn counted(&mut self, name: &str) -> String {
        let period = self.period(name);
        let sign = self.sign();
        match self.draw.below(6) {
            4 => {
                format!("(2 pour chaque mois de {period} au prorata des jours) {sign} {}", self.draw.below(8))
            }
            5 => format!("mois de d1 {sign} {}", 1 + self.draw.below(12)),
            0 | 1 => format!("jours de {period} {sign} {} jours", self.draw.pick(&["1", "32", "200"])),
            2 => format!("mois entiers de {period} {sign} {}", self.draw.below(8)),
            _ => format!("mois civils entiers de {period} {sign} {}", self.draw.below(8)),
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        match self.draw.below(if depth == 0 { 9 } else { 25 + usize::from(self.shares) }) {
            0 => "a1".into(),
            1 => "a2".into(),
            2 => {
                let known = self.truths.len();
                if known == 0 { "a3".into() } else { self.truths[self.draw.below(known)].clone() }
            }
            3 => format!("c1 est {}", self.draw.pick(&["rouge", "vert", "bleu"])),
            4 => format!("s1 {} {}", self.sign(), self.draw.pick(&["petit", "moyen", "grand"])),
            5 => "d1 ≤ date d'examen".into(),
            6 => format!("t1 est « {} »", self.draw.pick(&["alpha", "bêta"])),
            7 => {
                let known = self.readings.len();
                if known == 0 {
                    "a3".into()
                } else {
                    let reading = self.readings[self.draw.below(known)].clone();
                    format!("{reading} est {}", self.draw.pick(&["étroite", "large"]))
                }
            }
            8 => {
                let known = self.categories.len();
                if known == 0 {
                    "a3".into()
                } else {
                    let category = self.categories[self.draw.below(known)].clone();
                    format!("{category} {} {}", self.sign(), self.draw.pick(&["basse", "moyenne", "haute"]))
                }
            }
            9 => format!("(non {})", self.truth(depth - 1)),
            10 | 11 => format!("({} et {})", self.truth(depth - 1), self.truth(depth - 1)),
            12 | 13 => format!("({} ou {})", self.truth(depth - 1), self.truth(depth - 1)),
            14 => format!("{} {} {}", self.number(depth - 1), self.sign(), self.number(depth - 1)),
            15 => {
                let months = 1 + self.draw.below(8);
                format!("d2 est dans les {months} mois suivant d1")
            }
            16 => match self.draw.below(6) {
                4 => format!(
                    "d1 + {} mois, à défaut le premier du mois suivant {} d2",
                    1 + self.draw.below(3),
                    self.sign()
                ),
                5 => format!(
                    "(entre d1 et d2 en mois entiers, à défaut le premier du mois suivant) {} 1",
                    self.sign()
                ),
                0 => format!(
                    "d1 + {} jours {} {} d2",
                    1 + self.draw.below(30),
                    self.draw.pick(&["ouvrés", "ouvrables de Mayotte"]),
                    self.sign()
                ),
                1 => format!("d1 reporté au premier jour ouvrable d'Alsace-Moselle {} d2", self.sign()),
                2 => format!(
                    "jour de la semaine de d1 est {}",
                    self.draw.pick(&["samedi", "parmi lundi, mardi"])
                ),
                _ => format!("d1 + {} mois {} d2", 1 + self.draw.below(8), self.sign()),
            },
            17 => format!("(tous les éléments vérifient {})", self.element(depth - 1)),
            18 => format!("(il existe un éléments dont {})", self.element(depth - 1)),
            19 => {
                // What is asked, or defined, only if a1.
                let known = self.conditional.len();
                let read = match self.draw.below(known + 1) {
                    0 => "n3".to_owned(),
                    rank => self.conditional[rank - 1].clone(),
                };
                format!("(a1 et {read} {} {})", self.sign(), self.number(depth - 1))
            }
            20 => self.counted("v1"),
            21 => format!("(v1 et {} ont des jours communs)", self.period("du d1 au d2")),
            22 => format!("(v1 et {} n'ont pas de jours communs)", self.period("du d1 au d2")),
            23 => format!("d1 est dans {}", self.period("v1")),
            25 => {
                let what = self.draw.pick(&["restant de fonds", "montant de fonds"]);
                format!("{what} {} {} €", self.sign(), self.draw.below(20))
            }
            _ => {
                let low = self.draw.below(4);
                format!("{} est entre {low} et {}", self.number(depth - 1), low + self.draw.below(4))
            }
        }
    }

    /// Clause lines under a number: clauses in one case only, exceptions of which one comes first.
    fn under(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.draw.below(3) {
            let _ = match self.draw.below(4) {
                0 => {
                    let limit = self.draw.pick(&["au minimum", "plafonné à"]);
                    writeln!(text, "  {limit} ({}) si {}", self.number(0), self.truth(1))
                }
                1 => writeln!(text, "  au minimum {}", self.number(0)),
                2 => writeln!(text, "  sauf si {} : {}", self.truth(1), self.number(1)),
                _ => {
                    let first = format!("  sauf d'abord si {} : {}\n", self.truth(1), self.number(1));
                    writeln!(text, "{first}  sauf si {} : {}", self.truth(1), self.number(1))
                }
            };
        }
        text
    }

    fn bullets(&mut self) -> String {
        if !self.draw.one_in(3) {
            return format!(" {}\n", self.truth(2));
        }
        let how = match self.draw.below(5) {
            0 => String::new(),
            1 => " l'un de".into(),
            2 => format!(" au moins {} de", 1 + self.draw.below(2)),
            3 => format!(" exactement {} de", 1 + self.draw.below(2)),
            _ => " aucun de".into(),
        };
        let mut text = format!("{how}\n");
        for _ in 0..2 + self.draw.below(2) {
            let _ = write!(text, "    - {}", self.truth(1));
            if self.draw.one_in(3) {
                let _ = write!(text, "  si {}", self.truth(1));
            }
            text.push('\n');
        }
        text
    }
}

/// Draws a policy. It is not always one that the checker accepts: a drawn condition may be refused
/// for what it says (a comparison that always holds is not).
pub fn policy(draw: &mut Draw<'_>) -> String {
    let mut text = HEAD.to_owned();
    let mut writer = Writer {
        draw,
        truths: Vec::new(),
        numbers: Vec::new(),
        readings: Vec::new(),
        conditional: Vec::new(),
        of_each: Vec::new(),
        categories: Vec::new(),
        shares: false,
    };
    for name in ["une", "deux"].iter().take(writer.draw.below(3)) {
        let rule = match writer.draw.below(6) {
            0 => "n1 ≤ n2".to_owned(),
            1 => "nombre d'éléments ≤ n2".to_owned(),
            2 => "d1 ≤ d2".to_owned(),
            3 => "(n1 ≤ 2 ou n1 ≥ 5) et n1 ≠ 40".to_owned(),
            4 => "c1 est rouge ou (a1 et n2 > 3)".to_owned(),
            _ => "(nombre d'éléments dont actif) ≤ n1".to_owned(),
        };
        let _ = write!(text, "\ncohérence règle {name}\n  exige {rule}\n");
    }
    for name in ["première", "seconde"].iter().take(writer.draw.below(3)) {
        let _ = write!(
            text,
            "\nlecture {name}\n  « Laquelle ? »\n  - étroite : selon T « étroite »\n  - large : selon T « large »\n"
        );
        writer.readings.push((*name).to_owned());
    }
    if writer.draw.one_in(3) {
        text.push_str(&writer.sharing());
        writer.shares = true;
    }
    if writer.draw.one_in(3) {
        let (filter, ties) = (
            writer.draw.pick(&["", " dont actif", " dont genre est x"]),
            writer.draw.pick(&["", ", à égalité, dans l'ordre du dossier"]),
        );
        let _ = write!(text, "\ndéfinition éléments.place\n  vaut rang selon poids{filter}{ties}\n");
        writer.of_each.push("place");
    }
    if writer.draw.one_in(3) {
        let held = writer.draw.pick(&[
            "genre est celui de l'élément",
            "poids < celui de l'élément",
            "(actif ou genre n'est pas celui de l'élément)",
            "(genre est celui de l'élément et poids ≤ poids de l'élément)",
        ]);
        let counted = writer.draw.pick(&["nombre d'éléments", "somme de éléments.poids"]);
        let _ = write!(text, "\ndéfinition éléments.voisins\n  vaut {counted} dont {held}\n");
        writer.of_each.push("voisins");
    }
    if writer.draw.one_in(3) {
        let _ = write!(text, "\ndéfinition réserve\n  si a1\n  vaut n3 + {}\n", writer.number(1));
        writer.conditional.push("réserve".to_owned());
    }
    for rank in 0..writer.draw.below(4) {
        let kind = writer.draw.below(5);
        if kind == 4 {
            writer.table(&mut text, rank);
        } else if kind == 3 {
            writer.worked_out(&mut text, rank);
        } else if kind == 2 {
            writer.category(&mut text, rank);
        } else if kind == 0 {
            let name = format!("condition {rank}");
            let _ = write!(text, "\ndéfinition {name}\n  vaut {}\n", writer.truth(2));
            if writer.draw.one_in(3) {
                let _ = writeln!(text, "  sauf si {}", writer.truth(1));
            }
            writer.truths.push(name);
        } else {
            let name = format!("compte {rank}");
            let (condition, one, other) = (writer.truth(1), writer.number(1), writer.number(1));
            let _ = write!(
                text,
                "\ndéfinition {name}\n  vaut {one} si {condition}\n  vaut {other} dans les autres cas\n"
            );
            text.push_str(&writer.under());
            writer.numbers.push(name);
        }
    }
    if writer.draw.one_in(2) {
        let (numerator, denominator) = (writer.number(1), writer.number(0));
        let _ = write!(
            text,
            "\ndéfinition taux\n  vaut ({numerator}) ÷ ({denominator}) si ({denominator}) > 0\n  vaut 0 % dans les autres cas\n\ncritère taux atteint\n  selon T « taux »\n  exige taux ≥ {} %\n",
            10 * (1 + writer.draw.below(5))
        );
    }
    if writer.draw.one_in(3) {
        let (month, year) = (100 * writer.draw.below(4), 1200 * writer.draw.below(4));
        let _ = write!(
            text,
            "\ndéfinition salaire\n  vaut ({month} € par mois + ({year} € par an ramené au mois)) × n1\n\ncritère salaire suffisant\n  selon T « salaire »\n  exige (salaire ramené à l'année) {} {} € par an\n",
            writer.sign(),
            1200 * writer.draw.below(6)
        );
    }
    for rank in 0..1 + writer.draw.below(3) {
        let _ = write!(text, "\ncritère numéro {rank}\n  selon T « critère »\n");
        if writer.draw.one_in(4) {
            let _ = writeln!(text, "  si {}", writer.truth(1));
        }
        let _ = write!(text, "  exige{}", writer.bullets());
        if writer.draw.one_in(3) {
            let _ = writeln!(text, "  sauf si {}", writer.truth(1));
        }
    }
    let _ = write!(text, "\ndécision éligibilité\n  favorable si\n    - tous les critères sont remplis\n");
    for _ in 0..writer.draw.below(2) {
        let _ = writeln!(text, "    - {}", writer.truth(1));
    }
    if writer.draw.one_in(2) {
        let _ = write!(text, "\nobjectif cible\n  selon T « cible »\n  vise {}\n", writer.truth(2));
    }
    if writer.draw.one_in(2) {
        let _ = write!(
            text,
            "\nfinancement dotation\n  selon T « dotation »\n  prévu si\n    - éligibilité\n    - {}\n  montant {} € × n1\n",
            writer.truth(1),
            100 * (1 + writer.draw.below(4))
        );
        if writer.draw.one_in(2) {
            let _ = writeln!(text, "  plafonné à 400 € si {}", writer.truth(1));
        }
    }
    if writer.draw.one_in(3) {
        let filter =
            if writer.draw.one_in(2) { format!(" dont {}", writer.element(1)) } else { String::new() };
        let _ = write!(
            text,
            "\nfinancement indemnité\n  selon T « indemnité »\n  pour chaque élément{filter}\n  montant {} € × poids\n",
            100 * (1 + writer.draw.below(3))
        );
        if writer.draw.one_in(2) {
            let _ = writeln!(text, "  plafonné à 300 € si {}", writer.element(1));
        }
    }
    if writer.draw.one_in(2) {
        let _ = write!(
            text,
            "\nobligation dépôt\n  selon T « dépôt »\n  si éligibilité\n  au plus tard d1 + {} mois\n{}",
            1 + writer.draw.below(8),
            if writer.draw.one_in(3) { "" } else { "  remplie par d2\n" }
        );
    }
    writer.given(&mut text);
    text
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

/// Draws a whole sample.
pub fn sample(bytes: &[u8], holes: usize) -> Sample {
    let mut draw = Draw::new(bytes);
    let examined_on = Date::new(2025, 10, 1).expect("a date");
    let dossier = dossier(&mut draw, examined_on, holes);
    let policy = policy(&mut draw);
    Sample { policy, dossier, examined_on }
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
