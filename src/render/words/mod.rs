//! From typed steps to sentences.
//!
//! Architecture invariant: an author's words are taken as they stand, never inflected nor given an
//! article; but an element of a list is told by the singular of its name. Plain spaces everywhere: the printers put the no-break ones.

mod answer;
mod apart;
mod because;
mod bound;
mod calculation;
mod chosen;
mod combination;
mod elements;
mod grounds;
mod merge;
mod name;
mod obligation;
mod purpose;
mod remedy;
mod sentence;
mod sharing;
mod slice;
mod status;
mod summary;
mod suppose;
mod value;
mod verdict;
mod version;

pub(crate) use because::Reason;
pub(crate) use combination::by_readings;
pub(crate) use elements::{Counted, Element, counted, elements};
pub(crate) use grounds::Exception;
pub(crate) use merge::merged;
pub(crate) use name::one_line;
pub(crate) use obligation::lacking_of;
pub(crate) use purpose::Purpose;
pub(crate) use sentence::{operand, truth};
pub(crate) use status::{funding_noun, outcome_key, outcome_word, status_key};
pub(crate) use summary::{derogations, part};
pub(crate) use suppose::suppose;
pub(crate) use value::number;

use crate::dossier::Dossier;
use crate::policy::{ChoiceId, Policy};
use crate::render::Lang;
use crate::time::Date;

/// Words for one decision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) dossier: &'a Dossier,
    pub(crate) examined_on: Date,
    pub(crate) lang: Lang,
    pub(crate) audience: Audience,
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Who has the dossier before their eyes, on the day of the examination.
    Agency,
    /// Who is told, some day after, how it was worked out: no line of a file, and no days that are counted from the
    /// examination.
    Person,
    /// Who gets a letter: besides, whole sentences, and counts in words.
    Addressee,
}

impl<'a> Words<'a> {
    pub(crate) fn new(policy: &'a Policy, dossier: &'a Dossier, examined_on: Date, lang: Lang) -> Self {
        Words { policy, dossier, examined_on, lang, audience: Audience::Agency }
    }

    /// A count, in words where a paper to a person tells it: « trois ».
    pub(crate) fn count(&self, n: usize) -> String {
        const WORDS: [&str; 13] = [
            "zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
            "douze",
        ];
        match WORDS.get(n).filter(|_| self.audience != Audience::Agency && self.lang == Lang::Fr) {
            Some(word) => (*word).to_owned(),
            None => n.to_string(),
        }
    }

    /// The phrase of the language in use.
    pub(crate) fn say(&self, french: &'static str, english: &'static str) -> &'static str {
        self.lang.pick(french, english)
    }

    /// `nom : valeur`, with the space that the language wants.
    pub(crate) fn pair(&self, name: &str, value: &str) -> String {
        self.lang.pair(name, value)
    }

    /// `a, b et c`.
    pub(crate) fn list(&self, words: &[String], last: (&'static str, &'static str)) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [all @ .., end] => format!("{} {} {end}", all.join(", "), self.say(last.0, last.1)),
        }
    }

    /// The answers among which one is chosen: « libéral », « mixte » ou « salarié ».
    pub(crate) fn choices(&self, choice: ChoiceId) -> String {
        let options = self.policy.choices[choice.index()].options.iter();
        self.list(&options.map(|option| self.quoted(option)).collect::<Vec<_>>(), ("ou", "or"))
    }

    /// An author's words in quotation marks; those that they hold are of the inner kind.
    pub(crate) fn quoted(&self, text: &str) -> String {
        match self.lang {
            Lang::Fr => self.lang.quoted(&inner_quotes(text)),
            Lang::En => self.lang.quoted(text),
        }
    }
}

/// « … » within a quotation: “…”, whatever space is typed inside them.
fn inner_quotes(text: &str) -> String {
    let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let mut out = String::with_capacity(text.len());
    for (rank, part) in text.split('«').enumerate() {
        let part = if rank == 0 { part } else { part.trim_start_matches(blank) };
        if rank > 0 {
            out.push('“');
        }
        for (rank, part) in part.split('»').enumerate() {
            if rank > 0 {
                out.truncate(out.trim_end_matches(blank).len());
                out.push('”');
            }
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::inner_quotes;

    #[test]
    fn a_quotation_within_another_is_of_the_inner_kind() {
        for (typed, said) in [
            ("région : « Nouvelle-Aquitaine »", "région : “Nouvelle-Aquitaine”"),
            ("au moins «\u{a0}minimum\u{202f}» requis", "au moins “minimum” requis"),
            ("«a» et « b »", "“a” et “b”"),
            ("sans", "sans"),
        ] {
            assert_eq!(inner_quotes(typed), said);
        }
    }
}
