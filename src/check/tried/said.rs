//! A line in French, read as what is declared and the turns that join it: « le revenu n'excède pas le plafond »,
//! « 50 € par élève interne », « bail signé depuis moins de six mois ».

mod counts;
mod lists;
mod sorts;
mod times;

use std::ops::Range;

use super::alike::{alike, content, said_by};
use super::named::{Declared, List};
use crate::syntax::{self, turns};
use crate::wording::french::singular;

/// So many words of a line are read.
const MOST_WORDS: usize = 40;
/// So many words make one name.
const NAME_WORDS: usize = 8;
/// Words that end a name.
const JOINTS: [&str; 34] = [
    "et",
    "ou",
    "non",
    "si",
    "sinon",
    "est",
    "n'est",
    "parmi",
    "soit",
    "dont",
    "entre",
    "vérifient",
    "pas",
    "ne",
    "sont",
    "depuis",
    "avant",
    "après",
    "jusqu'à",
    "jusqu'au",
    "arrondi",
    "arrondie",
    "plafonné",
    "plafonnée",
    "majoré",
    "minoré",
    "diminué",
    "augmenté",
    "sans",
    "sauf",
    "moins",
    "plus",
    "au-delà",
    "chaque",
];

/// A word of a line, or a sign.
struct Word<'a> {
    place: Range<usize>,
    text: &'a str,
}

/// A stretch of words and what it may be written as, the likeliest first.
struct Part {
    count: usize,
    says: Vec<String>,
}

impl Part {
    fn one(count: usize, says: impl Into<String>) -> Option<Self> {
        Some(Part { count, says: vec![says.into()] })
    }
}

/// A line with what is declared in it.
struct Reading<'a> {
    declared: &'a Declared,
    line: &'a str,
    words: Vec<Word<'a>>,
    /// The first word after the keyword.
    first: usize,
}

/// The changes of a line that make it say what is declared: the whole line first, then each stretch alone.
pub(super) fn rewrites(declared: &Declared, line: &str) -> Vec<(Range<usize>, String)> {
    if line.contains('«') || line.contains('\n') {
        return Vec::new();
    }
    let words = words_of(line);
    if words.len() > MOST_WORDS {
        return Vec::new();
    }
    let head = syntax::head_length(line);
    let first = words.iter().position(|word| word.place.start >= head).unwrap_or(words.len());
    let reading = Reading { declared, line, words, first };
    let mut parts = Vec::new();
    let mut at = first;
    while at < reading.words.len() {
        let part = reading.part(at);
        let count = part.as_ref().map_or(1, |part| part.count).max(1);
        if let Some(part) = part {
            parts.push((reading.place(at, count), part.says));
        }
        at += count;
    }
    let changes =
        |(place, says): &(Range<usize>, Vec<String>)| line.get(place.clone()) != says.first().map(|s| &**s);
    parts.retain(changes);
    let mut all = Vec::new();
    let most = parts.iter().map(|(_, says)| says.len()).max().unwrap_or(0);
    if let (Some((start, _)), Some((end, _))) = (parts.first(), parts.last())
        && parts.len() > 1
    {
        for rank in 0..most {
            let mut text = String::new();
            let mut from = start.start;
            for (place, says) in &parts {
                text.push_str(line.get(from..place.start).unwrap_or(""));
                text.push_str(says.get(rank).or(says.first()).map_or("", |says| says));
                from = place.end;
            }
            all.push((start.start..end.end, text));
        }
    }
    all.extend(parts.into_iter().flat_map(|(place, says)| says.into_iter().map(move |s| (place.clone(), s))));
    all
}

impl<'a> Reading<'a> {
    fn place(&self, at: usize, count: usize) -> Range<usize> {
        let start = self.words.get(at).map_or(0, |word| word.place.start);
        let last = (at + count).checked_sub(1).filter(|_| count > 0).and_then(|last| self.words.get(last));
        let end = last.map_or(start, |word| word.place.end);
        start..end
    }

    fn said(&self, at: usize, count: usize) -> &'a str {
        self.line.get(self.place(at, count)).unwrap_or("")
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |word| word.text)
    }

    /// Whether the words from here on are these, and how many they are.
    fn is(&self, at: usize, turn: &str) -> Option<usize> {
        let wanted: Vec<&str> = turn.split(' ').collect();
        let same =
            |(rank, word): (usize, &&str)| self.word(at + rank).replace('’', "'").eq_ignore_ascii_case(word);
        wanted.iter().enumerate().all(same).then_some(wanted.len())
    }

    fn any(&self, at: usize, turns: &[&str]) -> Option<usize> {
        turns.iter().filter_map(|turn| self.is(at, turn)).max()
    }

    fn part(&self, at: usize) -> Option<Part> {
        if let Some(part) = self
            .several_options(at)
            .or_else(|| self.field_of_all(at))
            .or_else(|| self.is_one(at))
            .or_else(|| self.whatever(at))
            .or_else(|| self.of_own_sort(at).or_else(|| self.between_dates(at)).or_else(|| self.lasts(at)))
        {
            return Some(part);
        }
        if let Some(count) = self.exact(at) {
            return self
                .since(at, count)
                .or_else(|| self.apart(at, count))
                .or_else(|| Part::one(count, self.said(at, count)));
        }
        self.per(at)
            .or_else(|| self.one_of_sort(at).or_else(|| self.several_of_sort(at)))
            .or_else(|| self.summed(at))
            .or_else(|| self.exists(at))
            .or_else(|| self.none_of(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.all_of(at))
            .or_else(|| self.how_many(at))
            .or_else(|| self.a_share(at))
            .or_else(|| self.denied(at))
            .or_else(|| self.in_case(at))
            .or_else(|| self.for_those(at))
            .or_else(|| self.bounded(at))
            .or_else(|| self.times(at))
            .or_else(|| self.decided(at))
            .or_else(|| self.sign(at))
            .or_else(|| self.figure(at))
            .or_else(|| self.elements(at))
            .or_else(|| self.called(at))
            .or_else(|| self.among_words(at))
    }

    /// A declared name as it stands.
    fn exact(&self, at: usize) -> Option<usize> {
        (1..=NAME_WORDS).rev().filter(|count| at + count <= self.words.len()).find(|count| {
            let said = self.said(at, *count);
            self.declared.names.iter().any(|(name, _)| name == said)
        })
    }

    /// The longest run of words from here that says a declared name, and what it is called.
    fn named(&self, at: usize) -> Option<(usize, &'a str, usize)> {
        (1..=NAME_WORDS).rev().filter(|count| at + count <= self.words.len()).find_map(|count| {
            let run = self.words.get(at..at + count)?;
            if matches!(run.first()?.text, "à" | "au" | "aux" | "en" | "par" | "pour" | "sur") {
                return None;
            }
            let joined = run.iter().any(|word| {
                JOINTS.contains(&word.text)
                    || word.text.contains('.') && count > 1
                    || word.text.starts_with(|c: char| !c.is_alphabetic())
            });
            let last = content(run.last()?.text);
            if joined || last.is_empty() {
                return None;
            }
            let said = content(self.said(at, count));
            let (name, beside) = said_by(&said, &self.declared.names)?;
            // « apprenti » is no « âge de l'apprenti »: what a name is of does not name it.
            let own = content(name.rsplit('.').next().unwrap_or(name));
            let whole = content(name);
            let heads = [own.first(), whole.first()];
            let head = heads.into_iter().flatten().any(|head| said.iter().any(|word| alike(word, head)));
            (beside == 0 || head).then_some((count, name, beside))
        })
    }

    /// « le plafond », « dépôt de la demande ».
    fn called(&self, at: usize) -> Option<Part> {
        let (count, name, _) = self.named(at)?;
        let count = count.max(1);
        match self.since(at, count).or_else(|| self.apart(at, count)) {
            Some(part) => Some(part),
            // « 31 décembre de l'année du départ »
            None => Part::one(
                count,
                match self.word(at) {
                    "du" | "des" | "de" => format!("de {name}"),
                    word if word.starts_with("d'") || word.starts_with("d’") => format!("de {name}"),
                    _ => name.to_owned(),
                },
            ),
        }
    }

    /// « immeuble situé en secteur protégé » for `immeuble.secteur protégé`: the only name whose words are all said.
    fn among_words(&self, at: usize) -> Option<Part> {
        const MOST_BESIDE: usize = 4;
        let turns = ["moins", "plus", "pas", "ne", "aucun", "aucune", "hors", "jamais", "ni", "absence"];
        let joins = |word: &Word<'_>| {
            JOINTS.contains(&word.text)
                || turns.contains(&word.text)
                || word.text.starts_with(|c: char| !c.is_alphabetic())
        };
        let rest = self.words.get(at..)?;
        let count = rest.iter().position(joins).unwrap_or(rest.len()).min(NAME_WORDS + MOST_BESIDE);
        let related =
            matches!(self.word(at), "à" | "au" | "aux" | "en" | "par" | "pour" | "sur" | "de" | "du" | "des");
        if count < 2 || related {
            return None;
        }
        let said = content(self.said(at, count));
        let held = |words: &Vec<String>| {
            words.len() > 1
                && words.len() + MOST_BESIDE >= said.len()
                && words.iter().all(|own| said.iter().any(|word| alike(word, own)))
        };
        let mut found = self.declared.names.iter().filter(|(_, words)| held(words));
        let (name, own) = found.next()?;
        // What is beside it is no name of its own.
        let named = |word: &String| {
            self.declared.names.iter().any(|(_, words)| matches!(words.as_slice(), [one] if alike(one, word)))
        };
        if said.iter().any(|word| !own.iter().any(|own| alike(word, own)) && named(word)) {
            return None;
        }
        found.next().is_none().then(|| Part::one(count, name.as_str()))?
    }

    /// What these words name.
    fn name(&self, at: usize, count: usize) -> Option<&'a str> {
        let said = self.said(at, count);
        let exact = self.declared.names.iter().find(|(name, _)| name == said).map(|(name, _)| &**name);
        exact.or_else(|| said_by(&content(said), &self.declared.names).map(|(name, _)| name))
    }

    /// « toutes les zones », in a cell: each of its options.
    fn whatever(&self, at: usize) -> Option<Part> {
        let turns = [
            "toutes les",
            "tous les",
            "toute",
            "tout",
            "quelle que soit la",
            "quel que soit le",
            "quelle que soit l'",
            "quel que soit l'",
            "n'importe quelle",
            "n'importe quel",
        ];
        let after = at + self.any(at, &turns)?;
        let count = (1..=4).rev().find(|count| {
            let said = content(self.said(after, *count));
            !said.is_empty()
                && after + count <= self.words.len()
                && self.declared.options.iter().any(|(_, fact)| same(&said, &content(fact)))
        })?;
        let said = content(self.said(after, count));
        let options = self.declared.options.iter().filter(|(_, fact)| same(&said, &content(fact)));
        let all: Vec<&str> = options.map(|(option, _)| option.as_str()).collect();
        Part::one(after + count - at, all.join(" ou "))
    }

    /// « en cas d'autre aide ».
    fn in_case(&self, at: usize) -> Option<Part> {
        let first = at + self.is(at, "en cas")?;
        let (count, name, _) = self.named(first)?;
        let says = vec![format!("si {name}"), format!("si {name} > 0 €"), format!("si {name} > 0")];
        Some(Part { count: first + count - at, says })
    }

    /// An option that these words name, with the fact that it answers.
    fn option(&self, at: usize) -> Option<(usize, String)> {
        (1..=4).rev().filter(|count| at + count <= self.words.len()).find_map(|count| {
            let said = content(self.said(at, count));
            let mut found = self.declared.options.iter().filter(|(option, _)| same(&said, &content(option)));
            let (option, fact) = found.next().filter(|_| !said.is_empty())?;
            found.next().is_none().then(|| (count, format!("{fact} est {option}")))
        })
    }

    /// « immeuble inscrit ou classé », « inscrit ou classé »: options of one fact, with words of its name before them.
    fn several_options(&self, at: usize) -> Option<Part> {
        if self.line.contains(" et ") {
            return None;
        }
        let end_of = |from: usize| {
            (from..self.words.len())
                .find(|rank| matches!(self.word(*rank), "et" | "si" | ":" | ")" | "(" | "≥" | "≤" | "sauf"))
                .unwrap_or(self.words.len())
        };
        let end = end_of(at);
        (at..end.min(at + NAME_WORDS)).find_map(|first| {
            let before = content(self.said(at, first - at));
            let before = if first == at { Vec::new() } else { before };
            let mut rank = first;
            let mut options: Vec<(String, String)> = Vec::new();
            loop {
                let (count, says) = self.option(rank)?;
                let (fact, option) = says.split_once(" est ")?;
                options.push((fact.to_owned(), option.to_owned()));
                rank += count;
                match self.word(rank) {
                    "ou" | "," => rank += 1,
                    _ => break,
                }
            }
            let (fact, _) = options.first()?;
            let own = content(fact);
            let held = before.iter().all(|word| own.iter().any(|own| alike(word, own)) || word == "est");
            let one = options.len() > 1 && options.iter().all(|(other, _)| other == fact);
            let list: Vec<&str> = options.iter().map(|(_, option)| option.as_str()).collect();
            (held && one).then(|| Part::one(rank - at, format!("{fact} est parmi {}", list.join(", "))))?
        })
    }

    /// « au moins cinq années d'ancienneté ».
    fn bounded(&self, at: usize) -> Option<Part> {
        let (turn, sign) = [("au moins", "≥"), ("au plus", "≤"), ("plus de", ">"), ("moins de", "<")]
            .into_iter()
            .find_map(|(turn, sign)| Some((self.is(at, turn)?, sign)))?;
        let (length, figure) = self.duration(at + turn)?;
        let after = at + turn + length;
        let (count, name, _) = self.named(after)?;
        let number = figure.split(' ').next()?;
        let says = vec![format!("{name} {sign} {figure}"), format!("{name} {sign} {number}")];
        Some(Part { count: after + count - at, says })
    }

    /// « armateur est une coopérative »: what answers, before an option.
    fn is_one(&self, at: usize) -> Option<Part> {
        let verb = (at + 1..self.words.len().min(at + NAME_WORDS))
            .find(|rank| self.any(*rank, &["est", "est un", "est une", "sont des"]).is_some())?;
        let after = verb + self.any(verb, &["est", "est un", "est une", "sont des"])?;
        let (count, says) = self.option(after)?;
        let (fact, _) = says.split_once(" est ")?;
        let said = content(self.said(at, verb - at));
        let own = content(fact);
        let held = !said.is_empty() && said.iter().all(|word| own.iter().any(|own| alike(word, own)));
        held.then(|| Part::one(after + count - at, says))?
    }

    /// « n'excède pas ».
    fn sign(&self, at: usize) -> Option<Part> {
        if at == self.first {
            return None;
        }
        (1..=6).rev().filter(|count| at + count <= self.words.len()).find_map(|count| {
            let says = turns::between(self.said(at, count))?;
            Part::one(count, says)
        })
    }

    /// « six mois ».
    fn figure(&self, at: usize) -> Option<Part> {
        if let Some(figure) = turns::quantity(self.said(at, 2)).filter(|figure| figure.contains(' ')) {
            return Part::one(2, figure);
        }
        let word = self.word(at);
        let figure = turns::number(word).filter(|figure| *figure != word && *figure != "1")?;
        Part::one(1, figure)
    }

    /// « aucune autre bourse », « pas d'autre bourse », of what is answered by yes or no.
    fn denied(&self, at: usize) -> Option<Part> {
        let turns = [
            "aucun",
            "aucune",
            "absence de",
            "absence d'",
            "pas de",
            "pas",
            "sans",
            "ni",
            "ne pas avoir",
            "n'a pas",
            "n'a pas d'",
            "hors",
        ];
        if let Some(part) = self.denied_verb(at) {
            return Some(part);
        }
        let after = at + self.any(at, &turns)?;
        let exact = self.exact(after).map(|count| (count, self.said(after, count)));
        let with_own = || {
            // « aucune autre bourse » where `autre bourse` is a name that starts with what denies.
            self.named(after).map(|(count, name, _)| (count, name))
        };
        let (count, name) = exact.or_else(with_own)?;
        Part::one(after + count - at, format!("non {name}"))
    }

    /// « ne réside pas dans la commune », « n'habite pas sur place »: a name that starts with a verb, denied.
    fn denied_verb(&self, at: usize) -> Option<Part> {
        let first = self.word(at);
        let verb = first.strip_prefix("n'").or_else(|| first.strip_prefix("n’"));
        let from = at + if verb.is_some() { 0 } else { self.is(at, "ne")? };
        (2..=NAME_WORDS + 1).rev().filter(|count| from + count <= self.words.len()).find_map(|count| {
            let mut words: Vec<&str> = (from..from + count).map(|rank| self.word(rank)).collect();
            if let (Some(verb), Some(first)) = (verb, words.first_mut()) {
                *first = verb;
            }
            let denial = words.iter().position(|word| *word == "pas")?;
            words.remove(denial);
            let said = words.join(" ");
            let is_declared = self.declared.names.iter().any(|(name, _)| *name == said);
            is_declared.then(|| Part::one(from + count - at, format!("non {said}")))?
        })
    }

    /// « décision favorable »: the decision, by its name.
    fn decided(&self, at: usize) -> Option<Part> {
        let turns =
            ["décision favorable", "la décision est favorable", "décision est favorable", "avis favorable"];
        let count = self.any(at, &turns)?;
        Part::one(count, self.declared.decision.clone()?)
    }
}

/// Whether two names are one, in the plural or not.
fn same(said: &[String], name: &[String]) -> bool {
    said.len() == name.len()
        && said.iter().zip(name).all(|(a, b)| super::alike::root(a) == super::alike::root(b))
}

/// The words and signs of a line.
fn words_of(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let sign = matches!(c, '(' | ')' | ',' | ';' | ':');
        let decimal =
            c == ',' && line.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if c.is_whitespace() || (sign && !decimal) {
            if let Some(start) = open.take() {
                words.push(Word { place: start..at, text: line.get(start..at).unwrap_or("") });
            }
            if sign && at < line.len() {
                words.push(Word { place: at..at + 1, text: line.get(at..at + 1).unwrap_or("") });
            }
        } else {
            open = open.or(Some(at));
        }
    }
    words
}
