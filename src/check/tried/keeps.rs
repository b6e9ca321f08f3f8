//! What no change of a line may do to the law that it says.

use super::Trial;
use super::alike::{content, root};
use super::faithful;
use crate::syntax::turns::number;
use crate::unit::Unit;

impl Trial<'_> {
    /// Whether a changed text may still say what its lines said: no « et » has become « ou », no sign another, no
    /// « avant » a later day.
    pub(super) fn keeps(&self, text: &str) -> bool {
        let Some((start, end)) = self.lines(text) else { return false };
        let (old, new) = (self.file.text().get(self.start..self.end), text.get(start..end));
        // What is declared and written is no word too many; what a line of a scale counts is not said in it.
        let kept = old.zip(new).is_some_and(|(old, new)| {
            let (head, rest) = old.split_once(" : ").map_or(("", old), |parts| parts);
            let written = if is_band(head) { rest } else { old };
            // The name that the line itself declares ends where its sign was forgotten.
            let declares = |name: &str| old.split_once(' ').is_some_and(|(_, rest)| rest.starts_with(name));
            law(old, new) && self.declared.written(written).all(|name| new.contains(name) || declares(name))
        });
        kept && self.keeps_cited(text) && self.is_faithful(text)
    }

    /// Whether the lines of a mistake keep what limits the law, and what they name, in a changed text.
    pub(super) fn is_faithful(&self, text: &str) -> bool {
        let old = self.file.text().get(self.start..self.end).unwrap_or("");
        let new = self.lines(text).and_then(|(start, end)| text.get(start..end)).unwrap_or("");
        !faithful::strays(old, new, self.declared)
    }

    /// Whether no figure has lost the unit with which a passage has it: « 180 € par m² ».
    pub(super) fn keeps_cited(&self, text: &str) -> bool {
        let old = self.file.text().get(self.start..self.end).unwrap_or("");
        let new = self.lines(text).and_then(|(start, end)| text.get(start..end)).unwrap_or("");
        old.match_indices("€ par ").all(|(at, _)| {
            let figure = figure_at(old, at);
            // « par mètre carré » may become « par m² ».
            let head = figure.split_inclusive("€ par ").next().unwrap_or(figure);
            // « par enfant », which is no unit, may become « × nombre d'enfants ».
            let counted = figure.get(head.len()..).is_some_and(|by| self.counts(by));
            let multiplied = head.strip_suffix("par ").map(|amount| format!("{amount}× "));
            let multiplied = multiplied.is_some_and(|says| counted && new.contains(&says));
            new.contains(head) || multiplied || !is_cited(self.file.text(), figure)
        })
    }

    /// Whether a word is what a list holds, or what a declared number counts, and no unit.
    fn counts(&self, word: &str) -> bool {
        let lists = self.declared.lists.iter().map(|list| &list.name);
        let said = content(word);
        let has =
            |name: &String| said.iter().all(|word| content(name).iter().any(|own| root(own) == root(word)));
        Unit::named(word).is_none() && !said.is_empty() && lists.chain(&self.declared.counts).any(has)
    }
}

/// The words of a line, what is quoted left out.
fn words(line: &str) -> Vec<&str> {
    let bare = line.split(['«', '»']).step_by(2);
    bare.flat_map(|part| part.split([' ', '(', ')', ',', '\n'])).filter(|word| !word.is_empty()).collect()
}

/// Whether words are the end of a line of a scale: « plus de 300 visites ».
pub(super) fn is_band(head: &str) -> bool {
    const HEADS: [&str; 8] =
        ["jusqu'", "jusqu’", "plus de ", "moins de ", "de ", "à partir de ", "au-delà", "entre "];
    let head = head.trim_start();
    HEADS.iter().any(|word| head.starts_with(word)) && head.contains(|c: char| c.is_ascii_digit())
}

/// Whether a line that is changed so may still say the same.
pub(super) fn law(old: &str, new: &str) -> bool {
    let (old_words, new_words) = (words(old), words(new));
    let count = |words: &[&str], wanted: &str| words.iter().filter(|word| **word == wanted).count();
    let had = |wanted: &str| count(&old_words, wanted);
    let has = |wanted: &str| count(&new_words, wanted);
    let swapped = |a: &str, b: &str| has(a) < had(a) && has(b) > had(b);
    if swapped("et", "ou") || swapped("ou", "et") && !old.contains("ou égal") && !old.contains("ou = ") {
        return false;
    }
    // An exception stays one; what is denied stays denied, or its sign is turned.
    let excepts = |words: &[&str]| {
        let own = ["sauf", "l'exception", "l’exception", "excepté", "exceptée", "hormis", "hors"];
        words.iter().any(|word| own.contains(word))
    };
    let turned =
        |words: &[&str]| words.iter().any(|word| matches!(*word, "non" | "n'est" | "≠" | "aucun" | "aucune"));
    if had("sauf") > 0 && has("sauf") == 0
        || excepts(&old_words) && !excepts(&new_words) && !turned(&new_words)
    {
        return false;
    }
    if old.contains("appréciation") && !new.contains("appréciation")
        || old.contains("puissance") && has("+") > had("+")
        || has("due") < had("due") && has("prévu") > had("prévu")
    {
        return false;
    }
    const DENIALS: [&str; 9] = ["non", "pas", "sans", "aucun", "aucune", "jamais", "ni", "≠", "sauf"];
    let denied = |words: &[&str]| words.iter().any(|word| DENIALS.contains(word));
    const BOUND: [&str; 9] = ["≥", "≤", "<", ">", "=", "plafonné", "plafonnée", "minimum", "limite"];
    if denied(&old_words) && !denied(&new_words) && !BOUND.iter().any(|word| has(word) > had(word)) {
        return false;
    }
    // Days are no months, a share is no sum.
    const UNITS: [&[&str]; 4] = [
        &["jour", "jours", "semaine", "semaines", "quinzaine"],
        &["mois", "trimestre", "trimestres", "semestre", "semestres"],
        &["an", "ans"],
        &["%"],
    ];
    let of = |words: &[&str], unit: &[&str]| unit.iter().map(|own| count(words, own)).sum::<usize>();
    let gone = UNITS.iter().any(|unit| of(&new_words, unit) < of(&old_words, unit));
    if gone && UNITS.iter().any(|unit| of(&new_words, unit) > of(&old_words, unit)) {
        return false;
    }
    // The same figure in another unit of one kind is another quantity: 80 000 m are no 80 000 km.
    if [("m", "km"), ("m²", "ha"), ("kg", "t")].iter().any(|(a, b)| swapped(a, b) || swapped(b, a)) {
        return false;
    }
    const SIGNS: [&str; 6] = ["≥", "≤", "<", ">", "=", "≠"];
    let written =
        |words: &[&str]| SIGNS.into_iter().filter(|sign| count(words, sign) > 0).collect::<Vec<_>>();
    let (before, after) = (written(&old_words), written(&new_words));
    if before.iter().any(|sign| matches!(*sign, "≥" | "≤") && has(sign) < had(sign))
        && after.iter().any(|sign| has(sign) > had(sign))
    {
        return false;
    }
    // No figure goes, but in « chaque trimestre ».
    let figures =
        |words: &[&str]| words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count();
    let named = ["trimestre", "année"].iter().any(|unit| has(unit) > had(unit));
    // « les trois mois » has one in words.
    let in_words = |words: &[&str]| {
        let counted =
            |word: &&&str| !matches!(**word, "un" | "une") && !word.starts_with(|c: char| c.is_ascii_digit());
        words.iter().filter(counted).filter(|word| number(word).is_some()).count()
    };
    let all = |words: &[&str]| figures(words) + in_words(words);
    if (figures(&new_words) < figures(&old_words) || all(&new_words) < all(&old_words)) && !named {
        return false;
    }
    // « au moins 3 mois avant D » is no later than D less 3 months.
    let least = ["au moins", "au minimum", "plus de"].iter().any(|turn| old.contains(turn));
    let earlier = least && old_words.contains(&"avant");
    !(earlier && ["≥", ">"].iter().any(|sign| has(sign) > had(sign)))
}

/// A figure with its unit, of which a line has « € par » at a place.
pub(super) fn figure_at(line: &str, at: usize) -> &str {
    let before = line.get(..at).unwrap_or("").trim_end();
    let digits = before
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '\u{a0}' | '\u{202f}'));
    let start = digits.len()
        + (before.len() - digits.len() - before.get(digits.len()..).unwrap_or("").trim_start().len());
    let rest = line.get(at..).unwrap_or("");
    let end = rest.match_indices([' ', ')', ',', '\n']).map(|(end, _)| end).find(|end| *end > "€ par ".len());
    line.get(start..at + end.unwrap_or(rest.len())).unwrap_or("")
}

/// Whether a passage of a file has a figure with its unit.
pub(super) fn is_cited(text: &str, figure: &str) -> bool {
    let quoted = text.split(['«', '»']).skip(1).step_by(2);
    let plain = |said: &str| said.split_whitespace().collect::<Vec<_>>().join(" ");
    let (figure, in_words) = (plain(figure), plain(&figure.replace('€', "euros")));
    quoted.map(plain).any(|said| said.contains(&figure) || said.contains(&in_words))
}
