//! Where a passage says the figures and the cases of claims, and how far apart.

use std::collections::BTreeSet;

use crate::concordance::accord;
use crate::concordance::article::{Articles, Quoted};
use crate::concordance::facts::{is_negative, said};
use crate::concordance::lexicon::RESTS;
use crate::concordance::prose::sense::Sentence;
use crate::concordance::prose::token::Token;
use crate::concordance::prose::{self, Passage, ends_sentence};
use crate::concordance::quantity::{Bound, is_floor};
use crate::concordance::rule::{Case, Claim, Claims, Mention};
use crate::concordance::words::{find_option, same, stem, stems};
use crate::source::Span;

/// A name of so many words may be said without one of them.
const MANY: usize = 4;

/// Some tokens of a passage.
pub(super) type Place = (usize, usize);

/// What going over another figure of the claims costs.
const OVER: i64 = 8;
/// What it costs that a case stands on the other side of its figure than the other cases do.
const OTHER_SIDE: i64 = 12;
/// What two figures cost that stand the other way round than their cases.
const TURNED: i64 = 10;
/// How far before a case what denies it may stand, in tokens.
const BEFORE: usize = 6;

/// Where a passage says what is claimed.
pub(super) struct Passages<'p> {
    quoted: &'p Quoted,
    /// The cost of all tokens before each.
    costs: Vec<i64>,
    /// The places of each figure, by claim; those of all other cases last.
    values: Vec<Vec<Place>>,
    /// The places of each part of each case; of what says « les autres », for all other cases.
    cases: Vec<Vec<Vec<Place>>>,
    /// Where the first and the last figure stand.
    range: Place,
    /// Where the passage says the contrary of each part of a case.
    contrary: Vec<Vec<Vec<Place>>>,
}

impl<'p> Passages<'p> {
    pub(super) fn new(articles: &Articles, quoted: &'p Quoted, claims: &Claims) -> Self {
        let passage = &quoted.passage;
        let sentences = &passage.sentences;
        let mut cases = Vec::new();
        let mut contrary = Vec::new();
        // The words of the facts by which the claims are told apart.
        let facts = claims.of.iter().flat_map(|claim| &claim.case).filter_map(|case| match case {
            Case::Fact(asked) => Some(asked.name.as_str()),
            Case::Named(name) => Some(name.as_str()),
            Case::Options { .. } | Case::Figure(_) => None,
        });
        let names: BTreeSet<&str> = facts.collect();
        let words: Vec<String> = names.into_iter().flat_map(stems).collect();
        for claim in &claims.of {
            let parts = claim.case.iter().map(|case| said_case(articles, passage, (sentences, &words), case));
            let (own, other): (Vec<_>, Vec<_>) = parts.unzip();
            cases.push(own);
            contrary.push(other);
        }
        let bounds: Vec<usize> = cases.iter().flatten().flatten().map(|(from, _): &Place| *from).collect();
        if claims.otherwise.is_some() {
            // « ou d'autres précipitations »: more of them, not all others.
            let more =
                |at: usize| at > 0 && passage.tokens.get(at - 1).is_some_and(|before| before.text == "d'");
            let rest = passage.tokens.iter().enumerate();
            let rest = rest.filter(|(at, token)| token.is(&RESTS) && !more(*at));
            let rest = rest.map(|(at, _)| (at, at + 1));
            let own =
                claims.rest.as_ref().map(|case| said_case(articles, passage, (sentences, &words), case).0);
            cases.push(vec![rest.chain(own.into_iter().flatten()).collect()]);
        }
        let values: Vec<Vec<Place>> = claims
            .of
            .iter()
            .map(|claim| claim.value.as_ref())
            .chain(claims.otherwise.as_ref().map(Some))
            .map(|value| said_value(passage, value, &bounds))
            .collect();
        let costs = costs(&passage.tokens, &values);
        let places = || values.iter().flatten().map(|(from, _)| *from);
        let range = (places().min().unwrap_or(0), places().max().unwrap_or(0));
        Passages { quoted, costs, values, cases, range, contrary }
    }

    pub(super) fn says_value(&self, at: usize) -> bool {
        self.values.get(at).is_some_and(|places| !places.is_empty())
    }

    /// Whether each part of a case is said.
    pub(super) fn says_case(&self, at: usize) -> bool {
        self.cases.get(at).is_some_and(|parts| !parts.is_empty() && parts.iter().all(|part| !part.is_empty()))
    }

    pub(super) fn value_of(&self, at: usize) -> Option<Place> {
        self.values.get(at)?.first().copied()
    }

    /// Where the only figure of a claim stands, in tokens.
    pub(super) fn only_value_of(&self, at: usize) -> Option<usize> {
        let [(from, _)] = self.values.get(at)?.as_slice() else { return None };
        Some(*from)
    }

    /// Where the first part of a case is said.
    pub(super) fn case_of(&self, at: usize) -> Option<Place> {
        self.cases.get(at)?.iter().flatten().next().copied()
    }

    pub(super) fn span(&self, (from, to): Place) -> Span {
        self.quoted.passage.span(from, to)
    }

    pub(super) fn whole(&self) -> Span {
        self.quoted.span
    }

    /// The part of a case of which only the contrary is said, near its only figure where it has one, and where.
    pub(super) fn contrary(&self, at: usize, near: Option<[i64; 2]>, figure: bool) -> Option<(usize, Place)> {
        let parts = self.cases.get(at)?.iter().zip(self.contrary.get(at)?);
        let mut turned = parts.enumerate().filter_map(|(rank, (own, contrary))| match contrary.as_slice() {
            [place] if own.is_empty() => Some((rank, *place)),
            _ => None,
        });
        let (Some((rank, place)), None) = (turned.next(), turned.next()) else { return None };
        let alone = self.quoted.passage.mentions.iter().filter(|mention| !mention.weak).count() < 2;
        let Some([of_one, of_several]) = near else {
            // Beside another figure, its case may be another one.
            return (alone || !figure).then_some((rank, place));
        };
        let [value] = self.values.get(at)?.as_slice() else { return None };
        let near = if alone { of_one } else { of_several };
        (self.between(*value, place).1 <= near).then_some((rank, place))
    }

    /// Whether a place stands before another, and what stands between them costs.
    fn between(&self, one: Place, other: Place) -> (bool, i64) {
        let before = one.0 <= other.0;
        let (first, second) = if before { (one, other) } else { (other, one) };
        let cost = |at: usize| self.costs.get(at).copied().unwrap_or(0);
        (before, (cost(second.0) - cost(first.1)).max(0))
    }

    /// What the figure of a claim costs in the case of another, figures standing before their cases or after them; and the
    /// place of it that costs the least.
    fn cost(&self, value: usize, case: usize, first: bool) -> (i64, Option<usize>) {
        let (Some(values), Some(parts)) = (self.values.get(value), self.cases.get(case)) else {
            return (0, None);
        };
        // Of a table with two entries, what is said apart from all figures is a head.
        let apart = |part: &Vec<Place>| part.iter().all(|(at, _)| *at < self.range.0 || *at > self.range.1);
        let counts = |part: &&Vec<Place>| !part.is_empty() && (parts.len() < 2 || !apart(part));
        let of = |place: &Place| {
            let cost = |part: &Vec<Place>| {
                let each = part.iter().map(|case| {
                    let (before, cost) = self.between(*place, *case);
                    cost + if before == first { 0 } else { OTHER_SIDE }
                });
                each.min().unwrap_or(0)
            };
            let parts = parts.iter().filter(counts);
            parts.map(cost).sum::<i64>()
        };
        let best = values.iter().map(|place| (of(place), place.0)).min();
        best.map_or((0, None), |(cost, at)| (cost, Some(at)))
    }
}

/// What claims cost as they are.
pub(super) struct Ways {
    /// By whether figures stand before their cases.
    whole: [i64; 2],
    /// Where each figure stands at best, so.
    at: [Vec<Option<usize>>; 2],
    costs: [Vec<i64>; 2],
}

impl Ways {
    pub(super) fn new(places: &Passages, all: &[&Claim], own: &[usize]) -> Ways {
        let way = |first: bool| {
            let each = own.iter().map(|claim| places.cost(*claim, *claim, first));
            let (costs, at): (Vec<i64>, Vec<Option<usize>>) = each.unzip();
            let mut whole = costs.iter().sum::<i64>();
            for one in 0..all.len().min(super::ALL * 2) {
                for other in one + 1..all.len().min(super::ALL * 2) {
                    whole += turned(places, all, (one, other), (at.get(one), at.get(other)));
                }
            }
            (whole, at, costs)
        };
        let (a, b) = (way(false), way(true));
        Ways { whole: [a.0, b.0], at: [a.1, b.1], costs: [a.2, b.2] }
    }

    /// How much better two figures stand where they are exchanged.
    pub(super) fn gained(&self, places: &Passages, all: &[&Claim], (one, other): (usize, usize)) -> i64 {
        let way = |rank: usize| {
            let (whole, at, costs) = (self.whole.get(rank)?, self.at.get(rank)?, self.costs.get(rank)?);
            let (a, a_at) = places.cost(other, one, rank == 1);
            let (b, b_at) = places.cost(one, other, rank == 1);
            let mut now = whole - costs.get(one)? - costs.get(other)? + a + b;
            for third in (0..all.len().min(super::ALL * 2)).filter(|third| *third != one && *third != other) {
                for (own, new) in [(one, a_at), (other, b_at)] {
                    now -= turned(places, all, (own, third), (at.get(own), at.get(third)));
                    now += turned(places, all, (own, third), (Some(&new), at.get(third)));
                }
            }
            now -= turned(places, all, (one, other), (at.get(one), at.get(other)));
            now += turned(places, all, (one, other), (Some(&a_at), Some(&b_at)));
            Some(now)
        };
        let now = [way(0), way(1)].into_iter().flatten().min().unwrap_or(0);
        self.whole.iter().min().copied().unwrap_or(0) - now
    }
}

/// What two claims cost whose figures stand the other way round than the one part in which their cases differ.
fn turned(
    places: &Passages,
    all: &[&Claim],
    (one, other): (usize, usize),
    at: (Option<&Option<usize>>, Option<&Option<usize>>),
) -> i64 {
    let (Some(Some(first)), Some(Some(second))) = at else { return 0 };
    let (Some(a), Some(b)) = (all.get(one), all.get(other)) else { return 0 };
    if first == second || a.case.is_empty() || b.case.is_empty() {
        return 0;
    }
    // Of each case, the first place of what the other has not.
    let place = |own: usize, claim: &Claim, other: &Claim| {
        let apart = claim.case.iter().zip(places.cases.get(own)?);
        let apart = apart.filter(|(case, _)| !other.case.iter().any(|one| one.same(case)));
        let mut parts = apart.map(|(_, part)| part).filter(|part| !part.is_empty());
        let part = parts.next()?;
        let figures = claim.case.iter().all(|case| matches!(case, Case::Figure(_)));
        (figures || parts.next().is_none()).then(|| part.iter().map(|(from, _)| *from).min())?
    };
    let (Some(mine), Some(its)) = (place(one, a, b), place(other, b, a)) else { return 0 };
    let before = if mine == its { goes_first(places, mine, a) } else { Some(mine < its) };
    if before.is_some_and(|before| before != (first < second)) { TURNED } else { 0 }
}

/// Whether what is given up to a bound comes before what is given from it on, where both are known by that bound: « pour les
/// 50 premiers logements, 1 000 € ; 600 € pour les suivants ».
fn goes_first(places: &Passages, at: usize, claim: &Claim) -> Option<bool> {
    let mut mentions = places.quoted.passage.mentions.iter();
    let said = mentions.find(|mention| mention.from == at)?;
    // « 90 € au-delà de 100, 150 € sinon » goes down.
    if floor(said.bound) == Some(true) {
        return None;
    }
    claim.case.iter().find_map(|case| match case {
        Case::Figure(figure) => Some(floor(figure.bound) == Some(false)),
        Case::Fact(_) | Case::Named(_) | Case::Options { .. } => None,
    })
}

fn floor(bound: Option<Bound>) -> Option<bool> {
    bound.and_then(|bound| is_floor(bound.op))
}

/// What going over each token costs: what parts clauses, more than words.
fn costs(tokens: &[Token], values: &[Vec<Place>]) -> Vec<i64> {
    let figures: Vec<usize> = values.iter().flatten().map(|(from, _)| *from).collect();
    let mut sum = 0;
    let mut all = Vec::with_capacity(tokens.len() + 1);
    for (at, token) in tokens.iter().enumerate() {
        all.push(sum);
        let parts = match token.text.as_str() {
            ";" | "|" => 40,
            "." if ends_sentence(tokens, at) => 60,
            "," | "et" | "ou" | "(" | ")" | "mais" | "toutefois" => 6,
            ":" => 3,
            _ if token.opens => 7,
            _ => 1,
        };
        sum += parts + if figures.contains(&at) { OVER } else { 0 };
    }
    all.push(sum);
    all
}

fn said_value(passage: &Passage, value: Option<&Mention>, bounds: &[usize]) -> Vec<Place> {
    let Some(value) = value else { return Vec::new() };
    let mentions = passage.mentions.iter().filter(|text| accord::same(text, value));
    let all: Vec<Place> = mentions.map(|text| (text.from, text.to)).collect();
    // What bounds a case is no value, where the value is said elsewhere too.
    let apart: Vec<Place> = all.iter().filter(|(from, _)| !bounds.contains(from)).copied().collect();
    if apart.is_empty() { all } else { apart }
}

/// Where a part of a case is said, and where its contrary is.
fn said_case(
    articles: &Articles,
    passage: &Passage,
    (sentences, words): (&[Sentence], &[String]),
    case: &Case,
) -> (Vec<Place>, Vec<Place>) {
    let tokens = &passage.tokens;
    match case {
        Case::Figure(figure) => {
            // « plus de 2 ans » is no case of `≤ 2 ans`, but that of the next line.
            let opposed = |text: &prose::Mention| {
                let sides = floor(text.bound).zip(floor(figure.bound));
                sides.is_some_and(|(text, rule)| text != rule)
            };
            let all = passage.mentions.iter();
            let bounded =
                passage.mentions.iter().any(|text| text.bound.is_some() && accord::same(text, figure));
            let counts = |text: &prose::Mention| text.bound.is_some() || !bounded || figure.bound.is_none();
            let own = all.filter(|text| accord::same(text, figure) && !opposed(text) && counts(text));
            let mut own: Vec<Place> = own.map(|text| (text.from, text.to)).collect();
            // « 45 % jusqu'à 3 184 euros et 90 % au-delà ».
            if own.is_empty() && floor(figure.bound) == Some(true) {
                let beyond = |at: usize| {
                    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
                    matches!(
                        word(at),
                        "au-delà" | "supplémentaire" | "supplémentaires" | "suivants" | "suivantes"
                    ) && !matches!(word(at + 1), "de" | "d'" | "du" | "des")
                };
                own.extend((0..tokens.len()).filter(|at| beyond(*at)).map(|at| (at, at + 1)));
            }
            let other =
                |text: &&prose::Mention| accord::same(text, figure) && opposed(text) && !text.contrary;
            let other = passage.mentions.iter().filter(other);
            (own, other.map(|text| (text.from, text.to)).collect())
        }
        Case::Fact(asked) => {
            let all = said_name(tokens, sentences, &asked.name, words);
            told(tokens, if is_negative(&asked.name) { Vec::new() } else { all }, asked.plain)
        }
        Case::Named(name) => (said_name(tokens, sentences, name, words), Vec::new()),
        Case::Options { choice, ranks, plain, .. } => {
            let options = &articles.policy.choices[choice.index()].options;
            let named = ranks.iter().filter_map(|rank| options.get(usize::from(*rank)));
            let all = named.flat_map(|option| find_option(tokens, option)).collect();
            told(tokens, all, *plain)
        }
    }
}

/// Where a name is said, once a sentence; else the first word of it.
fn said_name(tokens: &[Token], sentences: &[Sentence], name: &str, words: &[String]) -> Vec<Place> {
    let wanted = stems(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let all = sentences.iter().filter_map(|sentence| said(tokens, sentence, &wanted));
    let mut all: Vec<Place> = all.collect();
    // All words of it but one: « un programme d'intérêt général » of `programme d'intérêt général renforcé`.
    if all.is_empty() && wanted.len() >= MANY {
        all.extend((0..wanted.len()).filter_map(|left| {
            let others = wanted.iter().enumerate().filter(|(at, _)| *at != left);
            let others: Vec<String> = others.map(|(_, word)| word.clone()).collect();
            let mut places = sentences.iter().filter_map(|sentence| said(tokens, sentence, &others));
            places.next().filter(|_| places.next().is_none())
        }));
        all.truncate(1);
    }
    if all.is_empty() {
        all.extend(first_word(tokens, &wanted, words));
    }
    all
}

/// The only place of the first word of a name, or of its last, where it is long enough to tell and is in no other name.
fn first_word(tokens: &[Token], wanted: &[String], words: &[String]) -> Option<Place> {
    let alone = |word: &&String| words.iter().filter(|other| same(word, other)).count() == 1;
    let only = |word: &String| {
        let is = |token: &Token| token.is_word() && same(word, &stem(&token.text));
        let mut all = tokens.iter().enumerate().filter(|(_, token)| is(token)).map(|(at, _)| (at, at + 1));
        all.next().filter(|_| all.next().is_none())
    };
    // The first word of a name, else the last: « lorsqu'il émane du bailleur » of `congé du bailleur`.
    let ends = [wanted.first(), wanted.last()].into_iter().flatten();
    ends.filter(|word| word.chars().count() >= 5).filter(alone).find_map(only)
}

/// Of the places of a fact or an option, those that affirm it and those that deny it, as the rule asks for it.
fn told(tokens: &[Token], all: Vec<Place>, plain: bool) -> (Vec<Place>, Vec<Place>) {
    let mut own = Vec::new();
    let mut contrary = Vec::new();
    for place in all {
        match denied(tokens, place) {
            Some(denied) if denied != plain => own.push(place),
            Some(_) => contrary.push(place),
            None => {}
        }
    }
    (own, contrary)
}

/// Whether what is said at a place is denied in its clause; none where that cannot be told.
fn denied(tokens: &[Token], (from, to): Place) -> Option<bool> {
    const ENDS: [&str; 14] =
        [",", ";", ":", ".", "si", "s'", "lorsque", "lorsqu'", "qui", "que", "qu'", "pour", "cas", "et"];
    let before = (from.saturating_sub(BEFORE)..from).rev();
    let clause = before.take_while(|at| !tokens.get(*at).is_some_and(|token| token.is(&ENDS)));
    let near: Vec<&Token> = clause.chain(from..to).filter_map(|at| tokens.get(at)).collect();
    if near.iter().any(|token| token.is(&["autre", "autres", "sauf", "hors", "contraire", "défaut"])) {
        return None;
    }
    let denies = |token: &&&Token| token.is(&["ne", "n'", "non", "sans", "aucun", "aucune", "ni"]);
    let after = tokens.get(to..to + 2).unwrap_or_default().iter();
    // « rurale et ne peut excéder »: of another verb.
    let own = after.take_while(|token| token.is_word() && !token.is(&ENDS));
    let turned = own.into_iter().any(|token| token.is(&["ne", "n'"]));
    match near.iter().filter(denies).count() + usize::from(turned) {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}
