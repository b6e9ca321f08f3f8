//! Policies and dossiers drawn at random, small enough that every completion can be tried.
//!
//! Everything is drawn from a string of bytes, so that proptest shrinks a failure to the simplest
//! policy and dossier that show it: a byte of 0 always draws the simplest thing.

use std::fmt::Write as _;

use conforme::time::Date;

mod dossier;
mod expr;
mod given;

pub use dossier::{Given, Partial, candidates, dossier};

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

/// Draws a policy. It is not always one that the checker accepts: a drawn condition may be refused
/// for what it says (a comparison that always holds is not). `open`: a value of it may not be known yet.
pub fn policy(draw: &mut Draw<'_>, open: bool) -> String {
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
        let sharing = writer.sharing();
        // What is shared in one case only is read in no other.
        writer.shares = !sharing.contains("prévue si");
        text.push_str(&sharing);
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
        let columns = writer.columns(open);
        text.push_str(&columns);
    }
    if writer.draw.one_in(4) {
        let measured = writer.measured();
        text.push_str(&measured);
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
    // A criterion under the name of a fact: the place tells which is read.
    let named = writer.draw.one_in(3);
    if named {
        let sign = writer.sign();
        let _ = write!(text, "\ncritère n2\n  selon T « n2 »\n  exige n2 {sign} {}\n", writer.draw.below(4));
    }
    let _ = write!(text, "\ndécision éligibilité\n  favorable si\n    - tous les critères sont remplis\n");
    if named {
        let _ = writeln!(text, "    - {}", writer.draw.pick(&["n2", "(n2) ou a1", "non n2 ou n2 < 3"]));
    }
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
    if writer.draw.one_in(4) {
        let (each, shown) = (10 * (1 + writer.draw.below(3)), writer.draw.pick(&["", "  dont supplément\n"]));
        let _ = write!(
            text,
            "\ndéfinition base\n  vaut 100 € × n1\n\ndéfinition supplément\n  vaut {each} € × n2  si {}\n  \
             vaut 0 €  dans les autres cas\n\nfinancement aide\n  selon T « aide »\n  montant base + supplément\n  dont base\n{shown}",
            writer.truth(1)
        );
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
    if writer.draw.one_in(6) {
        text = without_decision(&text);
    }
    if writer.draw.one_in(4) { in_francs(&text) } else { text }
}

/// The same text, that only works values out: no criterion and no decision, and what waited for one does not.
fn without_decision(text: &str) -> String {
    let is_of_one = |block: &&str| block.starts_with("critère ") || block.starts_with("décision ");
    let kept: Vec<&str> = text.trim_end().split("\n\n").filter(|block| !is_of_one(block)).collect();
    let text = kept.join("\n\n") + "\n\nrésultat reste\n  selon T « reste »\n  vaut n1 + n2\n";
    text.replace("    - éligibilité\n", "").replace("  si éligibilité\n", "")
}

/// The same text, that counts in francs: they have no cents.
fn in_francs(text: &str) -> String {
    let said = "  en vigueur depuis le 1er janvier 2020\n";
    [
        (said, &*format!("{said}  monnaie « F CFP », sans décimale\n")),
        ("3,50 €", "4 €"),
        ("au centime", "au franc"),
        ("à l'euro", "au franc"),
        ("d'euros", "de francs"),
        ("€", "F"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (euros, francs)| text.replace(euros, francs))
}

/// Draws a whole sample.
pub fn sample(bytes: &[u8], holes: usize) -> Sample {
    drawn(bytes, holes, false)
}

/// Draws a whole sample, of which the text may not give the value of every day.
pub fn open_sample(bytes: &[u8], holes: usize) -> Sample {
    drawn(bytes, holes, true)
}

fn drawn(bytes: &[u8], holes: usize, open: bool) -> Sample {
    let mut draw = Draw::new(bytes);
    let examined_on = Date::new(2025, 10, 1).expect("a date");
    let dossier = dossier(&mut draw, examined_on, holes);
    let policy = policy(&mut draw, open);
    Sample { policy, dossier, examined_on }
}
