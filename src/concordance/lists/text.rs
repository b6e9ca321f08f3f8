//! How a text joins what it says: « et », « ou », « soit », by how strongly they part; points of an enumeration, one above
//! the other.

use super::Join;
use crate::concordance::article::Quoted;
use crate::concordance::lexicon::{CLAUSES, OPENINGS};
use crate::concordance::prose::sense::{Sentence, sentences};
use crate::concordance::prose::token::{Kind, Token};
use crate::concordance::prose::{Mention, ends_sentence};
use crate::source::Span;

/// How near a word that joins must stand to what it joins, in tokens; and one before which a clause ends.
const NEAR: usize = 12;
/// How near « et », « ou » stand before what they join, in tokens, where no clause begins.
const NEXT: usize = 5;
const FAR: usize = 25;
/// How long a part of a list is at most that commas part, in tokens.
const ITEM: usize = 8;

/// The passages of an item, one after the other.
pub(super) struct Text {
    pub(super) tokens: Vec<Token>,
    pub(super) mentions: Vec<Mention>,
    pub(super) sentences: Vec<Sentence>,
    /// Where each passage begins.
    starts: Vec<usize>,
    /// Whether each token is of a figure and its bound.
    spent: Vec<bool>,
    /// The parentheses that each token stands in: the place of the innermost that is open.
    inside: Vec<Option<usize>>,
    links: Vec<Link>,
    /// Enumerations, the outer ones first.
    series: Vec<Series>,
}

/// A word that joins.
#[derive(Debug, Clone, Copy)]
struct Link {
    at: usize,
    /// The word that tells: of a comma, that before the last of the list.
    tells: usize,
    /// How strongly it parts what stands on both sides.
    level: u8,
    /// Nothing, where it cannot be told.
    join: Option<Join>,
}

/// The points of an enumeration.
struct Series {
    points: Vec<usize>,
    join: Option<(Join, usize)>,
}

/// What joins two places, and the words that do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    pub(super) join: Join,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Met {
    fn at(join: Join, at: usize) -> Met {
        Met { join, from: at, to: at + 1 }
    }
}

/// Whether a word begins what something is for, or when it is.
fn opens(word: &str) -> bool {
    matches!(word, "pour" | "lorsque" | "lorsqu'" | "si" | "s'" | "quand")
}

impl Text {
    pub(super) fn new<'q>(quoted: impl Iterator<Item = &'q Quoted>) -> Text {
        let (mut tokens, mut mentions, mut starts) = (Vec::<Token>::new(), Vec::<Mention>::new(), Vec::new());
        for quoted in quoted {
            let start = tokens.len();
            starts.push(start);
            tokens.extend(quoted.passage.tokens.iter().cloned());
            if let Some(first) = tokens.get_mut(start) {
                first.opens = true;
            }
            let own = quoted.passage.mentions.iter().cloned();
            mentions.extend(own.map(|one| Mention {
                from: one.from + start,
                to: one.to + start,
                said_from: one.said_from + start,
                ..one
            }));
        }
        let mut spent = vec![false; tokens.len()];
        for one in &mentions {
            spent.get_mut(one.from.min(one.said_from)..one.to).into_iter().for_each(|own| own.fill(true));
        }
        let inside = inside(&tokens);
        let (links, series) = (Vec::new(), Vec::new());
        let sentences = sentences(&tokens);
        let mut text = Text { inside, links, series, tokens, mentions, sentences, starts, spent };
        text.links = text.links();
        text.series = text.series();
        text
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    pub(super) fn is_spent(&self, at: usize) -> bool {
        self.spent.get(at).copied().unwrap_or(false)
    }

    pub(super) fn span(&self, from: usize, to: usize) -> Option<Span> {
        Some(self.tokens.get(from)?.span.to(self.tokens.get(to.checked_sub(1)?)?.span))
    }

    /// Whether a sentence or a passage ends between two places.
    pub(super) fn ends_between(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| ends_sentence(&self.tokens, at))
            || self.starts.iter().any(|at| from < *at && *at <= to)
    }

    /// The first token of the sentence that a place stands in.
    pub(super) fn sentence(&self, at: usize) -> usize {
        (0..at).rev().find(|before| self.ends_between(*before, *before + 1)).map_or(0, |before| before + 1)
    }

    /// Whether a word joins clauses, or points.
    pub(super) fn is_clause(&self, at: usize) -> bool {
        !self.links.iter().any(|link| link.at == at && link.level < 2)
    }

    /// What joins what stands at two places, the first before the second.
    pub(super) fn met(
        &self,
        one: (usize, usize),
        other: (usize, usize),
        said: &[(usize, usize)],
    ) -> Option<Met> {
        for series in &self.series {
            let parted = series.points.iter().any(|point| one.0 < *point && *point <= other.0);
            if !parted {
                continue;
            }
            let first = *series.points.first()?;
            if one.0 >= first {
                return series.join.map(|(join, at)| Met::at(join, at));
            }
            // What stands above the points is joined with each of them as with their list.
            if self.ends_between(one.1, first) {
                return None;
            }
            series.join?;
            return self.linked(one, (first, first), said).or_else(|| {
                let none = !self.links.iter().any(|link| (one.1..first).contains(&link.at));
                (none && self.word(first.saturating_sub(1)) == ":").then(|| Met::at(Join::All, first))
            });
        }
        self.linked(one, other, said)
    }

    fn linked(&self, one: (usize, usize), other: (usize, usize), said: &[(usize, usize)]) -> Option<Met> {
        if one.1 > other.0 || self.ends_between(one.1, other.0) {
            return None;
        }
        let inside = |at: usize| self.inside.get(at).copied().flatten();
        let (mine, its) = (inside(one.0), inside(other.0));
        // Out of parentheses into them: by the word that they begin with.
        if mine != its {
            let opens = its.filter(|opens| mine.is_none() && one.1 <= *opens)?;
            let link = self.links.iter().find(|link| link.at == opens + 1)?;
            return link.join.map(|join| Met::at(join, link.tells));
        }
        let all =
            self.links.iter().filter(|link| (one.1..other.0).contains(&link.at) && inside(link.at) == mine);
        let all: Vec<&Link> = all.collect();
        let Some(level) = all.iter().map(|link| link.level).max() else {
            let whole = Met { join: Join::All, from: one.0, to: other.1 };
            return self.goes_with(one.1, other.0).then_some(whole);
        };
        let mut joins = all.iter().filter(|link| link.level == level);
        let first = joins.next()?;
        let join = first.join?;
        // « un taux de 0,20 pour les autocars ou lorsque … », « démolir une construction située A, ou située B »: what is joined
        // begins after the first of the two.
        let word = self.word(first.at + 1);
        let begins = |at: usize| {
            self.word(at) == word && word.chars().count() > 3 || opens(self.word(at)) && opens(word)
        };
        if (one.1 + 1..first.at).any(begins) {
            return None;
        }
        // « , fonctionnaires ou militaires, »: what it joins ends before. « ou, à son choix, »: what it joins comes after.
        let last = all.last()?.at;
        let comma = |at: &usize| self.word(*at) == "," && !self.is_spent(*at);
        let inserted = Some(last + 1).filter(comma).and_then(|at| (at + 1..other.0).find(comma));
        let last = inserted.unwrap_or(last) + 1;
        let ended = level == 1 && (other.0 >= last + NEXT || (last..other.0).any(|at| comma(&at)));
        let reach = if level > 1 { FAR } else { NEAR };
        let marks = said.iter().map(|place| place.0).chain(all.iter().map(|link| link.at));
        let mut marks: Vec<usize> =
            marks.filter(|at| (one.1..other.0).contains(at)).chain([one.1, other.0]).collect();
        marks.sort_unstable();
        let tells = |at: usize| all.iter().any(|link| link.level == level && link.at == at);
        let near =
            marks.windows(2).all(|pair| matches!(pair, [a, b] if b - a <= reach || !tells(*a) && !tells(*b)));
        let alike = joins.all(|link| link.join == Some(join));
        (alike && !ended && near).then(|| Met::at(join, first.tells))
    }

    /// Whether what follows goes with what stands before: « 57 ans s'il a accompli 17 ans », « deux fois par semaine, selon
    /// l'horaire habituel, trois heures ».
    fn goes_with(&self, from: usize, to: usize) -> bool {
        let apart = |token: &Token| token.is(&["(", ")", ":", "-", "et", "ou", "défaut", "lieu"]);
        let Some(gap) = self.tokens.get(from..to) else { return false };
        let commas = gap.iter().filter(|token| token.text == ",").count();
        let ranges = gap.len() == 1 && self.word(from) == "à";
        gap.len() <= NEAR && !gap.iter().any(apart) && matches!(commas, 0 | 2) && !ranges
    }

    /// The words that join, in order.
    fn links(&self) -> Vec<Link> {
        let mut found: Vec<Link> = Vec::new();
        let mut soit = None;
        for at in 0..self.tokens.len() {
            if ends_sentence(&self.tokens, at) {
                soit = None;
            }
            // « ses ressources ou celles du ménage »: of one noun.
            let of_noun = matches!(self.word(at + 1), "celui" | "celle" | "ceux" | "celles")
                && matches!(self.word(at + 2), "de" | "du" | "des" | "d'");
            if self.is_spent(at) || of_noun {
                continue;
            }
            let after_comma = at.checked_sub(1).is_some_and(|at| self.word(at) == ",");
            let join = match self.word(at) {
                "et" if self.word(at + 1) != "/" && !self.continues(at) && !self.ranges(at) => {
                    Some(Join::All)
                }
                "ainsi" if self.word(at + 1).starts_with("qu") => Some(Join::All),
                "ou" if self.word(at.saturating_sub(1)) != "/" && !self.continues(at) => Some(Join::One),
                "et" | "ou" | "," => None,
                "soit" if self.is_either(at) => {
                    let again = soit.replace(at).is_some();
                    if again {
                        found.push(Link { at, tells: at, level: 3, join: Some(Join::One) });
                    }
                    continue;
                }
                ";" => {
                    found.push(Link { at, tells: at, level: 4, join: None });
                    continue;
                }
                _ => continue,
            };
            if join.is_none() && self.word(at) != "," {
                // « et/ou », « ou plus ».
                if self.word(at) == "et" && self.word(at + 1) == "/" {
                    found.push(Link { at, tells: at, level: 1, join: None });
                }
                continue;
            }
            let level = match self.word(at) {
                "," => 0,
                _ => 1 + u8::from(after_comma) + u8::from(self.opens_clause(at + 1) || self.repeats(at)),
            };
            found.push(Link { at, tells: at, level, join });
        }
        // « A, B et C »; « …; …; et … »: what parts says what the last of them does.
        for rank in (0..found.len()).rev() {
            let Some(link) = found.get(rank).copied() else { continue };
            if link.join.is_some() || !matches!(self.word(link.at), "," | ";") {
                continue;
            }
            let next = found.get(rank + 1).copied();
            let next = next.filter(|next| !self.ends_between(link.at, next.at) && next.level >= link.level);
            let Some(own) = found.get_mut(rank) else { continue };
            // « , et »: one of the two; « A, B et C », « …; …; et … ».
            let list = next.filter(|next| match link.level {
                0 => next.at <= link.at + ITEM,
                _ => next.level == 4 || next.at <= link.at + 2,
            });
            if let Some(next) = list {
                *own = Link { level: next.level.max(own.level), join: next.join, tells: next.tells, ..*own };
            }
        }
        // A comma that no list goes on from parts nothing.
        found.retain(|link| link.level > 0);
        found
    }

    /// « entre 20 heures et 22 heures ».
    fn ranges(&self, at: usize) -> bool {
        (at.saturating_sub(6)..at)
            .rev()
            .take_while(|at| self.word(*at) != "et")
            .any(|at| self.word(at) == "entre")
    }

    /// Whether something joins what stands between two places, outside figures.
    pub(super) fn joins_between(&self, from: usize, to: usize) -> bool {
        let points = self.series.iter().flat_map(|series| &series.points);
        self.links.iter().map(|link| &link.at).chain(points).any(|at| (from..to).contains(at))
    }

    /// « ou plus », « ou non », « et au-delà », « supérieur ou égal », « ou à défaut de ».
    fn continues(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        matches!(next, "plus" | "moins" | "non" | "au-delà" | "égal" | "égale" | "égaux" | "égales")
            || matches!((next, self.word(at + 2)), ("au", "plus" | "moins" | "delà"))
            || ["supérieur", "inférieur"].iter().any(|start| next.starts_with(start))
    }

    /// « soit A, soit B »; not « soit remplie », « soit 12 % ».
    fn is_either(&self, at: usize) -> bool {
        let again = |at: usize| self.word(at) == "soit";
        let near = (at + 1..self.tokens.len()).take(60).take_while(|at| !ends_sentence(&self.tokens, *at));
        let before = (0..at).rev().take(60).take_while(|at| !ends_sentence(&self.tokens, *at));
        !matches!(self.word(at.saturating_sub(1)), "ne" | "que" | "qu'" | "elle" | "il")
            && near.chain(before).any(again)
    }

    /// « par une concentration … ou par une concentration … »: what it joins begins alike.
    fn repeats(&self, at: usize) -> bool {
        let Some([first, second]) = self.tokens.get(at + 1..at + 3) else { return false };
        let before = self.tokens.get(at.saturating_sub(FAR)..at).unwrap_or_default();
        let alike = |pair: &[Token]| matches!(pair, [a, b] if a.text == first.text && b.text == second.text);
        first.is(&["par", "en", "dans", "sur", "pour", "avec"])
            && second.is_word()
            && before.windows(2).any(alike)
    }

    /// Whether a clause begins there: « et qui », « ou s'il », « et justifie », « et répondant ».
    fn opens_clause(&self, at: usize) -> bool {
        let word = self.word(at);
        CLAUSES.contains(&word) && self.tokens.get(at).is_some_and(Token::is_word)
            || OPENINGS.contains(&word)
            || word.ends_with("ant") && word.chars().count() >= 6
    }

    /// The enumerations: `1°`, `a)`, lines that begin with a dash.
    fn series(&self) -> Vec<Series> {
        let opens = |at: usize| {
            let parts = |before: usize| matches!(self.word(before), ":" | ";" | "." | ",");
            self.tokens.get(at).is_some_and(|token| token.opens) || at.checked_sub(1).is_some_and(parts)
        };
        let mut ranks: Vec<usize> = Vec::new();
        let mut letters: Vec<usize> = Vec::new();
        let mut dashes: Vec<usize> = Vec::new();
        for (at, token) in self.tokens.iter().enumerate().filter(|(at, _)| opens(*at)) {
            let next = |known: &Vec<usize>| i64::try_from(known.len() + 1).unwrap_or(i64::MAX);
            let letter =
                u8::try_from(letters.len()).ok().and_then(|rank| b'a'.checked_add(rank)).map(char::from);
            match token.text.as_str() {
                text if text.ends_with('°') && token.kind == Kind::Rank(next(&ranks)) => ranks.push(at),
                "-" | "–" | "—" | "•" if token.opens => dashes.push(at),
                text if self.word(at + 1) == ")" && letter.is_some_and(|own| text.chars().eq([own])) => {
                    letters.push(at);
                }
                _ => {}
            }
        }
        let mut all = vec![ranks, letters, dashes];
        all.retain(|points| points.len() > 1);
        all.sort_by_key(|points| points.first().copied());
        all.into_iter().map(|points| Series { join: self.announced(&points), points }).collect()
    }

    /// How the points of an enumeration are joined.
    fn announced(&self, points: &[usize]) -> Option<(Join, usize)> {
        let first = *points.first()?;
        let head = self.tokens.get(self.sentence(first.saturating_sub(1))..first)?;
        let from = first - head.len();
        if let Some((join, at, _)) = super::announces(head) {
            return Some((join, from + at));
        }
        // « 1° Soit … ; 2° Soit … », « …; ou », « …; et ».
        let mut said: Option<(Join, usize)> = None;
        for point in points {
            let at = (*point..point + 4).find(|at| matches!(self.word(*at), "soit" | "ou" | "et"));
            let at = at.or_else(|| point.checked_sub(1).filter(|_| *point > first)).unwrap_or(0);
            let join = match self.word(at) {
                "soit" | "ou" => Join::One,
                "et" => Join::All,
                _ => continue,
            };
            if said.is_some_and(|(known, _)| known != join) {
                return None;
            }
            said.get_or_insert((join, at));
        }
        said
    }
}

/// The parentheses that each token stands in.
fn inside(tokens: &[Token]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut all = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" => open.push(at),
            ")" => _ = open.pop(),
            _ => {}
        }
        all.push(open.last().copied().filter(|opens| *opens != at));
    }
    all
}
