//! The words of a line, one after the other.

use crate::syntax::tree::CompareOp;

/// Whether an expression reads a name as one: `usable`, of a name that holds no word to think twice about.
pub(in crate::syntax::grammar) fn is_usable(name: &str) -> bool {
    let mut words = Words::new(name);
    if words.word().is_none_or(is_article) || words.is_elided() || words.starts_otherwise() {
        return false;
    }
    loop {
        if words.name(true).is_none() {
            return false;
        }
        if !words.skip_point() {
            return words.is_over();
        }
    }
}

/// A line, and how far it has been read.
pub(super) struct Words<'a> {
    text: &'a str,
    pub at: usize,
}

/// Whether a word ends the name before it.
#[derive(PartialEq, Eq)]
enum Ends {
    Yes,
    No,
    /// The grammar tells.
    Perhaps,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str) -> Self {
        Words { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn is_over(&self) -> bool {
        self.at == self.text.len()
    }

    pub fn advance(&mut self, length: usize) {
        self.at += length;
    }

    /// Whether something was skipped.
    pub fn skip_blanks(&mut self) -> bool {
        let start = self.at;
        while let Some(c) = self.next().filter(|c| is_blank(*c)) {
            self.at += c.len_utf8();
        }
        self.at > start
    }

    /// Skips blanks and line ends.
    pub fn skip_spaces(&mut self) {
        while self.skip_blanks() || self.rest().starts_with(['\n', '\r']) {
            self.at += usize::from(self.rest().starts_with(['\n', '\r']));
        }
    }

    /// The word that starts here.
    pub fn word(&self) -> Option<&'a str> {
        self.run().filter(|word| word.starts_with(is_letter))
    }

    /// The word or the figure that starts here, or what stands before the next blank or sign.
    fn run(&self) -> Option<&'a str> {
        let rest = self.rest();
        let mut ends = rest.char_indices().skip_while(|(_, c)| is_of_word(*c));
        let end = match ends.next() {
            // A letter that is none of French.
            Some((_, c)) if c.is_alphanumeric() => return None,
            Some((at, _)) => at,
            None => rest.len(),
        };
        rest.get(..end).filter(|word| !word.is_empty())
    }

    /// The word after this many bytes and the blanks there.
    fn word_after(&self, length: usize) -> Option<&'a str> {
        let mut next = Words { text: self.text, at: self.at + length };
        next.skip_blanks();
        next.word()
    }

    /// An article, where one stands here; `None` where a second one follows it, or nothing.
    pub fn skip_article(&mut self) -> Option<()> {
        let word = self.word()?;
        if self.is_elided() {
            self.at += 1;
            self.at += self.next()?.len_utf8();
        } else if is_article(word) {
            self.at += word.len();
            self.skip_blanks().then_some(())?;
        } else {
            return Some(());
        }
        let word = self.word()?;
        (!is_article(word) && !self.is_elided()).then_some(())
    }

    /// `l'`
    fn is_elided(&self) -> bool {
        self.rest().strip_prefix('l').is_some_and(|rest| rest.starts_with(is_apostrophe))
    }

    /// Whether an operand that starts here may be no name.
    pub fn starts_otherwise(&self) -> bool {
        let Some(word) = self.word() else { return true };
        matches!(
            word,
            "oui"
                | "non"
                | "entre"
                | "selon"
                | "du"
                | "dans"
                | "au"
                | "exactement"
                | "aucun"
                | "aucune"
                | "année"
                | "années"
                | "date"
                | "dernier"
                | "il"
                | "jour"
                | "jours"
                | "mois"
                | "montant"
                | "nombre"
                | "part"
                | "plus"
                | "premier"
                | "rang"
                | "somme"
                | "tous"
                | "toutes"
                | "trimestre"
                | "un"
                | "une"
                | "deux"
                | "trois"
                | "quatre"
                | "cinq"
                | "six"
                | "sept"
                | "huit"
                | "neuf"
                | "dix"
                | "onze"
                | "douze"
                | "treize"
                | "quatorze"
                | "quinze"
                | "seize"
        )
    }

    /// A name, or a part of one, up to a word or a sign that ends it; figures in it only where `figures` says so, and
    /// last. `None` where the grammar must tell.
    pub fn name(&mut self, figures: bool) -> Option<()> {
        let word = self.word()?;
        if self.ends_name(word) != Ends::No {
            return None;
        }
        self.at += word.len();
        loop {
            let end = self.at;
            if !self.skip_blanks() {
                return Some(());
            }
            let Some(word) = self.run() else {
                // A sign, or a letter that is none of French.
                let ends = self.next().is_none_or(|c| !c.is_alphanumeric());
                self.at = end;
                return ends.then_some(());
            };
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                self.at += word.len();
                return (figures && self.is_over()).then_some(());
            }
            if !word.starts_with(is_letter) {
                self.at = end;
                return Some(());
            }
            match self.ends_name(word) {
                Ends::No => self.at += word.len(),
                Ends::Yes => {
                    self.at = end;
                    return Some(());
                }
                Ends::Perhaps => return None,
            }
        }
    }

    /// Whether the word that stands here is, or starts, one that ends a name.
    fn ends_name(&self, word: &str) -> Ends {
        let second = || self.word_after(word.len()).unwrap_or("");
        let perhaps = |starts: bool| if starts { Ends::Perhaps } else { Ends::No };
        match word {
            "et" | "ou" | "si" | "est" => Ends::Yes,
            "dans" if self.is_other_cases() => Ends::Yes,
            "non" | "sinon" | "parmi" | "soit" | "dont" | "entre" | "vérifient" | "puissance" => {
                Ends::Perhaps
            }
            "dans" => perhaps(matches!(second(), "la" | "les")),
            "au" => perhaps(matches!(second(), "minimum" | "prorata")),
            "à" => perhaps(matches!(second(), "la" | "défaut")),
            "par" => perhaps(second() == "tranches"),
            "pour" => perhaps(second() == "chaque"),
            "pendant" => perhaps(second() == "la"),
            "en" => perhaps(matches!(second(), "années" | "mois" | "jours")),
            _ => {
                const STEMS: [&str; 8] =
                    ["arrondi", "plafonné", "augmenté", "majoré", "diminué", "minoré", "ramené", "reporté"];
                let adjusts = |stem: &&str| {
                    word.strip_prefix(stem).is_some_and(|rest| matches!(rest, "" | "e" | "s" | "es"))
                };
                let denies = word.strip_prefix('n').is_some_and(|rest| rest.starts_with(is_apostrophe));
                perhaps(denies || STEMS.iter().any(adjusts))
            }
        }
    }

    fn is_other_cases(&self) -> bool {
        Words { text: self.text, at: self.at }.other_cases().is_some()
    }

    /// `dans les autres cas`
    pub fn other_cases(&mut self) -> Option<()> {
        for (rank, word) in ["dans", "les", "autres", "cas"].into_iter().enumerate() {
            if rank > 0 {
                self.skip_blanks();
            }
            if self.word() != Some(word) {
                return None;
            }
            self.at += word.len();
        }
        Some(())
    }

    /// A name as it is declared: words and figures, whatever they are.
    pub fn declared_name(&mut self) -> Option<()> {
        self.at += self.word()?.len();
        loop {
            let end = self.at;
            let next = if self.skip_blanks() { self.run() } else { None };
            match next.filter(|word| word.starts_with(|c| is_letter(c) || c.is_ascii_digit())) {
                Some(word) => self.at += word.len(),
                None => {
                    self.at = end;
                    return Some(());
                }
            }
        }
    }

    /// Whether a point between the parts of a name was skipped.
    pub fn skip_point(&mut self) -> bool {
        let point = self.rest().starts_with('.');
        self.at += usize::from(point);
        point
    }

    /// Skips the sign that stands here, if it is one of these, and the blanks before it.
    pub fn sign<T: Copy>(&mut self, signs: &[(&str, T)]) -> Option<T> {
        self.skip_blanks();
        let rest = self.rest();
        let (sign, found) = signs.iter().find(|(sign, _)| rest.starts_with(sign))?;
        self.at += sign.len();
        Some(*found)
    }

    pub fn comparison(&mut self) -> Option<CompareOp> {
        self.sign(&[
            ("≥", CompareOp::Ge),
            (">=", CompareOp::Ge),
            ("≤", CompareOp::Le),
            ("<=", CompareOp::Le),
            ("≠", CompareOp::Ne),
            ("!=", CompareOp::Ne),
            (">", CompareOp::Gt),
            ("<", CompareOp::Lt),
            ("=", CompareOp::Eq),
        ])
    }

    pub fn is_figure(&self) -> bool {
        self.next().is_some_and(|c| c.is_ascii_digit())
    }

    /// A figure with its spaces: `1 500,50`.
    pub fn number(&mut self) -> Option<&'a str> {
        let start = self.at;
        let first = self.digits();
        if (1..=3).contains(&first) {
            loop {
                let end = self.at;
                let Some(blank) = self.next().filter(|c| is_blank(*c)) else { break };
                self.at += blank.len_utf8();
                if self.digits() != 3 {
                    self.at = end;
                    break;
                }
            }
        }
        if self.rest().starts_with(',') {
            self.at += 1;
            (self.digits() > 0).then_some(())?;
        }
        self.text.get(start..self.at)
    }

    fn digits(&mut self) -> usize {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        count
    }

    /// `%` or `€`
    pub fn unit(&mut self) -> Option<char> {
        let unit = self.next().filter(|c| matches!(c, '%' | '€'))?;
        self.at += unit.len_utf8();
        Some(unit)
    }

    /// Whether what follows a figure neither goes on with it nor makes a date of it.
    pub fn ends_figure(&self) -> bool {
        let mut next = Words { text: self.text, at: self.at };
        if !next.skip_blanks() {
            return next.is_over();
        }
        match next.run() {
            None => next.next().is_none_or(|c| !c.is_alphanumeric()),
            Some(word @ ("et" | "ou" | "si")) => {
                next.at += word.len();
                next.skip_blanks();
                !next.is_figure()
            }
            Some("dans") => next.is_other_cases(),
            Some(word) => word == "-",
        }
    }
}

/// White space that parts words.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{202F}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_article(word: &str) -> bool {
    matches!(word, "le" | "la" | "les")
}

/// The letters of French, and of its neighbours.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'Œ' | 'œ')
}

fn is_of_word(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit() || c == '-' || is_apostrophe(c)
}
