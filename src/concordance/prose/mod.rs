//! French legal prose: the figures of a passage, with their units and the words of comparison around them.
//!
//! A passage is cut in [`token`]s; [`figure`] finds numbers and their units, [`mod@reference`] puts aside those
//! that point to another text, [`bound`] reads the words of comparison, [`aim`] those that make of a rule an aim.

pub mod aim;
pub mod bound;
pub mod figure;
pub mod number;
pub mod per;
pub mod reference;
pub mod sense;
pub mod token;

use crate::concordance::quantity::{Bound, Quantity};
use crate::concordance::{changes, roundings};
use crate::number::Ratio;
use crate::source::Span;
use crate::syntax::tree::CompareOp;
use aim::Aim;
use per::Per;
use sense::Sentence;
use token::{Kind, Token};

/// A passage, read.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its figures.
    pub mentions: Vec<Mention>,
    /// Its words of aim and faculty.
    pub aims: Vec<Aim>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// A figure of a passage with what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Words of comparison, figure and unit.
    pub span: Span,
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// The figure.
    pub quantity: Quantity,
    /// What the words of comparison say.
    pub bound: Option<Bound>,
    /// « entre … et … ».
    pub between: bool,
    /// It bears out a rule and demands nothing of it.
    pub weak: bool,
    /// Of « un encadrant pour huit élèves »: 1 and 8, which a rule may have apart.
    pub parts: Option<(Ratio, Ratio)>,
    /// Rank, among the passage's, of the word that makes an aim of it.
    pub aim: Option<usize>,
    /// What it bounds is left out by the sentence.
    pub left_out: bool,
    /// What it is added to something (`Some(true)`) or taken off.
    pub adds: Option<bool>,
    /// First token of « majoré de ».
    pub said_from: usize,
    /// The sentence denies or excepts something: a bound may be said the other way round.
    pub contrary: bool,
    /// Over how long it is counted, where the words say.
    pub per: Option<Per>,
    /// What it counts in other units: 172 of « 172 trimestres », 1 000 of « 1 tonne ».
    pub also: Vec<Ratio>,
    /// It stands in a table, without its unit.
    pub cell: bool,
}

impl Passage {
    /// Reads a passage that stands at `start` in its file.
    pub fn read(text: &str, start: usize) -> Passage {
        let tokens = token::tokens(text, start);
        let figures = reference::without(&tokens, figure::figures(&tokens));
        let bounds = bound::bounds(&tokens, &figures);
        let aims = aim::aims(&tokens);
        let sentences = sense::sentences(&tokens);
        let mut rounded = vec![false; tokens.len()];
        for (from, to) in roundings::places(&tokens) {
            if let Some(place) = rounded.get_mut(from..to) {
                place.fill(true);
            }
        }
        let mut mentions = Vec::with_capacity(figures.len());
        for (figure, said) in figures.into_iter().zip(bounds) {
            let from = said.and_then(|said| said.from).unwrap_or(figure.from).min(figure.from);
            let to = said.and_then(|said| said.to).unwrap_or(figure.to).max(figure.to);
            let aim =
                aims.iter().position(|aim| !aim.faculty && aim.from <= figure.from && figure.to <= aim.until);
            let weak = is_weak(&tokens, &figure, said.is_some())
                || says_some(&tokens, &figure, said.map(|said| said.bound))
                || rounded.get(figure.from).copied().unwrap_or(false);
            // The noun that is counted, so that the words can be read.
            let named = matches!(figure.quantity, Quantity::Count { bare: false, .. })
                && to == figure.to
                && tokens.get(to).is_some_and(Token::is_word);
            let change = changes::said(&tokens, figure.from, figure.to);
            let quantity = figure.quantity;
            mentions.push(Mention {
                left_out: said.is_some()
                    && sentences
                        .iter()
                        .find(|sentence| (sentence.from..sentence.to).contains(&figure.from))
                        .is_some_and(|sentence| sentence.leaves_out((from, to))),
                adds: change.map(|change| change.adds),
                said_from: change.map_or(from, |change| change.from),
                span: span(&tokens, from, to + usize::from(named)),
                from,
                to,
                bound: said.map(|said| said.bound),
                between: said.is_some_and(|said| said.between),
                weak,
                parts: None,
                aim,
                contrary: false,
                per: None,
                also: also(&tokens, figure.to, &quantity),
                quantity,
                cell: false,
            });
        }
        mark_cells(&tokens, &mut mentions);
        // A negation that turned words of comparison round is spent: « ne peut excéder ».
        let bounded = mentions.iter().filter(|mention| mention.bound.is_some());
        let spent: Vec<(usize, usize)> = bounded.map(|mention| (mention.from, mention.to)).collect();
        for mention in &mut mentions {
            let place = (mention.from, mention.to);
            let of_it = sentences.iter().find(|one| (one.from..one.to).contains(&place.0));
            mention.contrary = of_it.is_some_and(|sentence| sentence.is_contrary(&tokens, place, &spent));
        }
        per::find(&tokens, &mut mentions);
        // « cinq à huit trimestres »: of both.
        for rank in 1..mentions.len() {
            let (head, tail) = mentions.split_at_mut(rank);
            if let (Some(first), Some(second)) = (head.last_mut(), tail.first())
                && first.between
                && second.between
                && first.also.is_empty()
                && !second.also.is_empty()
                && let Some(quarters) = first.quantity.number().and_then(|months| months.div(&Ratio::from(3)))
            {
                first.also.push(quarters);
            }
        }
        join_ratios(&tokens, &mut mentions);
        Passage { tokens, mentions, aims, sentences }
    }

    /// The place of some tokens.
    pub fn span(&self, from: usize, to: usize) -> Span {
        span(&self.tokens, from, to)
    }
}

/// Numbers in a row with neither noun nor unit are cells of a table: of its head, the rule says what they are, and it need not
/// have every column.
fn mark_cells(tokens: &[Token], mentions: &mut [Mention]) {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    // A head says their unit: « (en %) », « en pourcentage ».
    let head = (0..tokens.len()).any(|at| {
        word(at) == "pourcentage" || matches!(word(at), "%" | "€" | "euros") && matches!(word(at + 1), ")")
    });
    let least = if head { 1 } else { 3 };
    let bare = |mention: &Mention| {
        matches!(mention.quantity, Quantity::Count { bare: true, .. })
            && mention.bound.is_none()
            && !mention.weak
    };
    if mentions.iter().filter(|mention| bare(mention)).count() >= least {
        mentions.iter_mut().filter(|mention| bare(mention)).for_each(|mention| {
            mention.cell = true;
            mention.weak = true;
        });
    }
}

/// A bound makes a figure of « au moins un », « à partir du 3e enfant », « à compter de 2026 »; a label, an
/// hour of the day, « les deux conditions » stay what they are.
fn is_weak(tokens: &[Token], figure: &figure::Figure, bounded: bool) -> bool {
    if !figure.weak {
        return false;
    }
    if figure::is_of_pay(tokens, &figure.quantity, figure.to) {
        return true;
    }
    let written = tokens.get(figure.from);
    let counts = written.is_some_and(|token| {
        matches!(token.kind, Kind::Rank(_))
            || token.is(&["un", "une"])
            || matches!(figure.quantity, Quantity::Year(_))
    });
    // « dans le mois qui suit »: as much as « dans un délai d'un mois ».
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.text.as_str());
    let within = matches!(word(figure.from.checked_sub(1)), "le" | "l'" | "la")
        && word(figure.from.checked_sub(2)) == "dans"
        && matches!(word(Some(figure.to)), "qui" | "suivant")
        && figure.quantity.is_time();
    !(within || bounded && counts)
}

/// « 172 trimestres validés », « 1 tonne »: counted in a unit that a rule may count in another.
fn also(tokens: &[Token], to: usize, quantity: &Quantity) -> Vec<Ratio> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let by = |value: &Ratio, by: i64| value.mul(&Ratio::from(by));
    let over = |value: &Ratio, by: i64| value.div(&Ratio::from(by));
    match quantity {
        Quantity::Months(months) if to > 0 && word(to - 1).starts_with("trimestre") => {
            over(months, 3).into_iter().collect()
        }
        Quantity::Count { value, .. } => match word(to).trim_end_matches('s') {
            "tonne" | "t" | "kilomètre" | "km" | "mètre" | "m" if word(to + 1).starts_with("carré") => {
                Vec::new()
            }
            "tonne" | "t" | "kilomètre" | "km" => vec![by(value, 1_000)],
            "kilogramme" | "kg" | "mètre" | "m" | "gramme" | "g" => over(value, 1_000).into_iter().collect(),
            "hectare" | "ha" => vec![by(value, 10_000)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// « au moins un local »: that there is one, which a rule may say without a figure; not « au moins une fois par an ».
fn says_some(tokens: &[Token], figure: &figure::Figure, bound: Option<Bound>) -> bool {
    let times = tokens.get(figure.to.saturating_sub(1)..figure.to + 2).unwrap_or_default();
    if times.iter().any(|token| token.text == "fois") {
        return false;
    }
    let one = matches!(&figure.quantity, Quantity::Count { value, .. } if *value == Ratio::one());
    one && bound.is_some_and(|bound| bound.op == CompareOp::Ge)
}

/// « un encadrant pour huit élèves », « 3 places sur 4 »: one figure, and the share that it makes.
fn join_ratios(tokens: &[Token], mentions: &mut Vec<Mention>) {
    let mut joined = Vec::new();
    for rank in 1..mentions.len() {
        let (head, tail) = mentions.split_at_mut(rank);
        let (Some(first), Some(second)) = (head.last_mut(), tail.first_mut()) else { continue };
        let (Quantity::Count { value: a, .. }, Quantity::Count { value: b, .. }) =
            (&first.quantity, &second.quantity)
        else {
            continue;
        };
        let Some(gap) = tokens.get(first.to..second.from) else { continue };
        let links = gap.len() <= 4
            && gap.iter().all(Token::is_word)
            && gap.last().is_some_and(|last| last.is(&["pour", "sur"]));
        if links && is_marked(tokens, first.from) {
            second.weak = true;
            continue;
        }
        let Some(share) = a.div(b).filter(|_| links && second.bound.is_none()) else { continue };
        let parts = Some((a.clone(), b.clone()));
        first.weak = true;
        second.weak = true;
        joined.push(Mention {
            span: first.span.to(second.span),
            to: second.to,
            quantity: Quantity::Share(share),
            weak: false,
            parts,
            ..first.clone()
        });
    }
    mentions.extend(joined);
    mentions.sort_by_key(|mention| mention.from);
}

/// « une note de 8 sur 20 »: out of what it is given, and no share.
fn is_marked(tokens: &[Token], at: usize) -> bool {
    let near = tokens.get(at.saturating_sub(8)..at).unwrap_or_default();
    near.iter().any(|token| token.is(&["note", "notes", "moyenne", "score", "notation"]))
}

fn span(tokens: &[Token], from: usize, to: usize) -> Span {
    let first = tokens.get(from).map(|token| token.span);
    let last = to.checked_sub(1).and_then(|last| tokens.get(last)).map(|token| token.span);
    match (first, last) {
        (Some(first), Some(last)) => first.to(last),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Span::default(),
    }
}

/// Whether a token ends a sentence: « art. » and « L. » do not.
pub fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    let short = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|before| {
        before.is(&["art", "p", "al", "cf", "ex", "etc", "l", "r", "d", "n"])
            || (before.is_word() && before.text.chars().count() == 1)
    });
    token.text == "." && !short
}

/// « hors tout », « hors taxes »: how something is measured, not what is left out.
fn measures(tokens: &[Token], at: usize) -> bool {
    let how = ["tout", "taxe", "taxes", "tva", "œuvre", "charges", "frais", "cotisations"];
    tokens.get(at).is_some_and(|token| token.text == "hors")
        && tokens.get(at + 1).is_some_and(|next| next.is(&how))
}

#[cfg(test)]
mod tests;
