//! Declared names that hold words of the language: « frais d'hébergement et de repas », « nombre d'enfants ».
//!
//! In an expression a name ends at the first reserved word, and none begins with a construction: what a text
//! declares, the grammar cannot know. So declarations are looked for before any line is read. Wherever such
//! a name then stands, its blanks are hidden from the grammar, which sees one long word; places do not move,
//! and whoever needs the words takes them from the file. A name of which a reading would be lost is hidden
//! nowhere, and is refused where it is declared (`grammar::name`).

use std::borrow::Cow;

use super::declared::{Names, WORDS, before, tidy};
use super::grammar;
use super::keyword::Keyword;
use super::layout::{Layout, Start};
use super::letter::{is_blank, is_word};
use super::tree::sharing;
use super::vocabulary;

impl Names {
    /// What these texts declare.
    pub fn of<'t>(texts: impl IntoIterator<Item = (&'t str, &'t Layout)>) -> Names {
        let mut names = Names::default();
        for (text, layout) in texts {
            names.read(text, layout);
        }
        let odd = names.declared.iter().filter(|name| vocabulary::is_suspect(name));
        let phrases = odd.filter(|name| grammar::reads_as_phrase(name, &names)).cloned().collect();
        Names { phrases, ..names }
    }

    /// Whether no name needs to be hidden.
    pub fn is_plain(&self) -> bool {
        self.phrases.is_empty()
    }

    fn read(&mut self, text: &str, layout: &Layout) {
        let mut block = None;
        for line in layout.lines() {
            let rest = || text.get(line.rest.range()).unwrap_or("");
            match line.start {
                Start::Keyword(..) if line.labelled && block == Some(Keyword::Dossier) => {
                    self.fact(text.get(line.span.range()).unwrap_or(""));
                }
                Start::Keyword(Keyword::Replaces | Keyword::Adds, _) => {
                    let Some((subject, stands)) = grammar::subject(rest()) else { continue };
                    let named = rest().get(stands.end..).unwrap_or("");
                    if subject == Keyword::Fact {
                        block = Some(Keyword::Dossier);
                        self.fact(named);
                    } else {
                        block = Some(subject);
                        self.item(subject, named);
                    }
                }
                Start::Keyword(keyword, _) if keyword.starts_item() => {
                    block = Some(keyword);
                    self.item(keyword, rest());
                }
                Start::Other if line.labelled && block == Some(Keyword::Dossier) => {
                    self.fact(text.get(line.span.range()).unwrap_or(""));
                }
                Start::Bullet if block == Some(Keyword::Reading) => {
                    self.path(before(rest(), &[':', '\n']));
                }
                Start::Keyword(..) | Start::Bullet | Start::Quotation | Start::Other => {}
            }
        }
    }

    /// An item, named after its keyword.
    fn item(&mut self, keyword: Keyword, named: &str) {
        let declares =
            !matches!(keyword, Keyword::Policy | Keyword::Commons | Keyword::Amendment | Keyword::Source);
        if !declares || keyword.changes() {
            return;
        }
        let name = self.path(before(named, &['«', ':', '\n']));
        // `définition catégorie : parmi modeste < aisée`
        if let Some((_, kind)) = before(named, &['\n']).split_once(':') {
            self.options(kind);
        }
        match keyword {
            Keyword::Criterion | Keyword::Objective | Keyword::Mission | Keyword::Decision => {
                self.verdicts.extend(name.clone());
            }
            _ => self.value(name.as_deref()),
        }
        if keyword == Keyword::Sharing
            && let Some(name) = &name
        {
            self.declared.extend(sharing::names(name));
        }
        if matches!(keyword, Keyword::Funding | Keyword::Contribution | Keyword::Sharing) {
            self.fundings.extend(name);
        }
    }

    /// `nom : type, si …`
    fn fact(&mut self, line: &str) {
        let Some((name, kind)) = line.split_once(':') else { return };
        let name = self.path(before(name, &['«', '\n']));
        self.value(name.as_deref());
        if kind.trim_start_matches(is_blank).starts_with("liste") {
            self.lists.extend(name);
        }
        self.options(kind);
    }

    fn value(&mut self, name: Option<&str>) {
        let Some(name) = name else { return };
        if name.contains('.') {
            self.values.extend(name.split('.').map(|part| part.trim().to_owned()));
        }
        self.values.insert(name.to_owned());
    }

    /// `parmi a, b, si …`
    fn options(&mut self, kind: &str) {
        let Some(options) = kind.trim_start_matches(is_blank).strip_prefix("parmi") else { return };
        let option = |part: &&str| {
            !["à l'appréciation", "à l’appréciation", "si ", "unique"].iter().any(|end| part.starts_with(end))
        };
        let parts = before(options, &['\n', '«']).split([',', '<']).map(|part| part.trim_matches(is_blank));
        parts.take_while(option).for_each(|part| {
            self.path(part);
        });
    }

    /// A name as it is declared, and each part of it.
    fn path(&mut self, written: &str) -> Option<String> {
        let words = tidy(written);
        let words = ["le ", "la ", "les ", "l'"].iter().find_map(|a| words.strip_prefix(a)).unwrap_or(&words);
        if words.is_empty() {
            return None;
        }
        if words.contains('.') {
            words.split('.').for_each(|part| {
                self.declared.insert(part.trim().to_owned());
            });
        }
        self.declared.insert(words.to_owned());
        Some(words.to_owned())
    }

    /// The text as the grammar reads it: as long as it is, each name that holds words of the language made
    /// one word.
    pub fn hidden<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_plain() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let (mut depth, mut comment, mut inside) = (0_usize, false, false);
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            match c {
                '«' => depth += 1,
                '»' => depth = depth.saturating_sub(1),
                '#' if depth == 0 => comment = true,
                '\n' => comment = false,
                _ => {}
            }
            let starts = is_word(c) && !inside && depth == 0 && !comment;
            let length = if starts { self.phrase_at(text.get(at..).unwrap_or("")) } else { 0 };
            // What an article is glued to starts a word too: `l'`, `d'`.
            inside = is_word(c) && !matches!(c, '\'' | '’' | 'ʼ');
            if length == 0 {
                out.push(c);
                at += c.len_utf8();
                continue;
            }
            for c in text.get(at..at + length).unwrap_or("").chars() {
                match is_blank(c) {
                    true => out.extend(std::iter::repeat_n('-', c.len_utf8())),
                    false => out.push(c),
                }
            }
            at += length;
            inside = true;
        }
        Cow::Owned(out)
    }

    /// How many bytes the longest name takes that a text starts with, where it stands there as one.
    fn phrase_at(&self, text: &str) -> usize {
        let (mut at, mut name, mut longest) = (0, String::new(), 0);
        for _ in 0..WORDS {
            let rest = text.get(at..).unwrap_or("");
            let word = rest.split(|c| !is_word(c)).next().unwrap_or("");
            if word.is_empty() {
                break;
            }
            name.push_str(&word.replace(['’', 'ʼ'], "'"));
            at += word.len();
            let after = rest.get(word.len()..).unwrap_or("");
            if self.phrases.contains(&name) && ends_there(&name, after) {
                longest = at;
            }
            let blanks = after.len() - after.trim_start_matches(is_blank).len();
            if blanks == 0 {
                break;
            }
            at += blanks;
            name.push(' ');
        }
        longest
    }
}

/// Whether a name ends where its words do: no further word makes it longer, and none completes a
/// construction that it only seems to name (`salaire plafonné à 100 €`).
fn ends_there(name: &str, after: &str) -> bool {
    let after = after.trim_start_matches(is_blank);
    let word = after.split(|c: char| !is_word(c)).next().unwrap_or("").replace(['’', 'ʼ'], "'");
    // A hyphen on its own is a minus.
    if matches!(&*word, "" | "-") {
        return true;
    }
    let adjective = name
        .rsplit(' ')
        .next()
        .is_some_and(|last| last.starts_with("plafonné") || last.starts_with("arrondi"));
    let to = matches!(&*word, "à" | "au" | "aux");
    if adjective && to {
        return tidy(after).starts_with("à la date de");
    }
    to || word.starts_with("jusqu'")
        || matches!(&*word, "sur" | "suivant" | "depuis")
        || grammar::starts_reserved(after)
}

#[cfg(test)]
mod tests {
    use super::super::layout::lay_out;
    use super::Names;

    fn names(text: &str) -> Names {
        Names::of([(text, &lay_out(text))])
    }

    #[test]
    fn a_name_is_hidden_wherever_it_stands_as_one() {
        let names = names(
            "dossier\n  nombre d'enfants : entier\n  salaire : montant\n  frais d'hébergement et de repas : montant\n\
             définition salaire plafonné\n  vaut 1\n",
        );
        let hidden = |text: &str| names.hidden(text).into_owned();
        assert_eq!(hidden("exige le nombre  d’enfants ≥ 2"), "exige le nombre--d’enfants ≥ 2");
        assert_eq!(
            hidden("frais d'hébergement et de repas et salaire plafonné ≥ 3 €"),
            "frais-d'hébergement-et-de-repas et salaire-plafonné ≥ 3 €"
        );
        assert_eq!(hidden("vaut salaire plafonné à 100 €"), "vaut salaire plafonné à 100 €");
        assert_eq!(
            hidden("« nombre d'enfants » # salaire plafonné\n"),
            "« nombre d'enfants » # salaire plafonné\n"
        );
        assert_eq!(hidden("nombre d'enfants handicapés"), "nombre d'enfants handicapés");
        assert_eq!(hidden("sous-nombre d'enfants"), "sous-nombre d'enfants");
        assert_eq!(hidden("nombre d'enfants - 1"), "nombre-d'enfants - 1");
    }

    #[test]
    fn a_name_of_which_a_reading_would_be_lost_is_hidden_nowhere() {
        for text in [
            "dossier\n  enfants : liste\n  nombre d'enfants : entier\n",
            "dossier\n  a : oui ou non\n  b : oui ou non\n  a et b : oui ou non\n",
            "dossier\n  salarié : oui ou non\n  non salarié : oui ou non\n",
            "dossier\n  durée en jours : durée en jours\n",
            "dossier\n  est logé : oui ou non\n  revenus et : montant\n  date d'examen : date\n",
            "dossier\n  zone : parmi plaine, montagne\n  zone est plaine : oui ou non\n",
        ] {
            assert!(names(text).is_plain(), "{text}");
        }
    }
}
