//! Tables: whether a rule gives each value to the line that the passage gives it to.
//!
//! A text goes through its lines in one order, values and conditions alike. Where the rule's lines, put in the
//! order of their values in the text, have conditions that the text does not say in that order, two lines have
//! been exchanged.

mod cases;

use crate::concordance::article::{Article, Articles};
use crate::concordance::denials::{is_negative, said};
use crate::concordance::finding::{Finding, HELP, OR_WHY, quoted, words};
use crate::concordance::options::passages;
use crate::concordance::prose::denial::{Sentence, sentences};
use crate::concordance::prose::{Mention, Passage};
use crate::concordance::quantity::{Likeness, Quantity, is_floor};
use crate::concordance::rule::{Line, Table};
use crate::concordance::words::{find_option, stems};
use crate::concordance::write;

/// What does not agree in the tables of all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let finding = exchanged(articles, article)
            .or_else(|| contrary(articles, article))
            .or_else(|| cases::exchanged(articles, article));
        found.extend(finding.map(|finding| Finding { article: at, ..finding }));
    }
    found
}

/// A line found in a passage: where its value stands, and where its condition may.
struct Placed<'l> {
    value: usize,
    when: Vec<usize>,
    line: &'l Line,
}

/// « 1 500 habitants dans un quartier prioritaire » and `vaut 1 500 si non quartier prioritaire`: of a sentence
/// that says one value of the table, and a fact that it does not deny.
fn contrary(articles: &Articles, article: &Article) -> Option<Finding> {
    for table in &article.rule.tables {
        for line in &table.lines {
            let Some(value) = &line.value else { continue };
            let Some(denied) = Denied::of(articles, line) else { continue };
            for quoted_passage in passages(articles, article) {
                let passage = &quoted_passage.passage;
                let [at] = said_at(passage, value)[..] else { continue };
                let Some(mention) = passage.mentions.get(at) else { continue };
                let sentences = sentences(&passage.tokens);
                let Some(sentence) = sentences.iter().find(|one| (one.from..one.to).contains(&mention.from))
                else {
                    continue;
                };
                let alone = passage
                    .mentions
                    .iter()
                    .filter(|other| !other.weak && (sentence.from..sentence.to).contains(&other.from))
                    .count()
                    == 1;
                let Some((from, to)) = denied.said(passage, sentence) else { continue };
                if !alone || sentence.is_denied(&passage.tokens, from) != Some(false) {
                    continue;
                }
                let text = passage.span(from, to);
                return Some(Finding {
                    article: 0,
                    code: "concordance-bareme",
                    message: format!(
                        "le texte donne « {} » dans ce cas ({}), la règle dans le cas contraire",
                        value.words(),
                        quoted(articles.policy, text)
                    ),
                    text,
                    text_label: "dans ce cas".to_owned(),
                    rule: line.span,
                    rule_label: "dans le cas contraire".to_owned(),
                    help: format!("écrire « si {} », {OR_WHY}", denied.affirmed),
                });
            }
        }
    }
    None
}

/// What the condition of a line denies.
struct Denied {
    /// The words of the fact; none of an option.
    wanted: Vec<String>,
    /// The option.
    option: Option<String>,
    /// The condition, not denied.
    affirmed: String,
}

impl Denied {
    fn of(articles: &Articles, line: &Line) -> Option<Denied> {
        if let Some((choice, rank, span)) = &line.without {
            let option = articles.policy.choices[choice.index()].options.get(usize::from(*rank))?.to_string();
            let written = words(articles.policy, *span);
            let affirmed = write::affirmed(&written).unwrap_or(written);
            return Some(Denied { wanted: Vec::new(), option: Some(option), affirmed });
        }
        let fact = line.fact.as_ref().filter(|fact| !fact.plain)?;
        let wanted = stems(&fact.name);
        let affirmed = words(articles.policy, fact.span);
        (!wanted.is_empty() && !is_negative(&fact.name)).then_some(Denied { wanted, option: None, affirmed })
    }

    /// Where a sentence says it.
    fn said(&self, passage: &Passage, sentence: &Sentence) -> Option<(usize, usize)> {
        match &self.option {
            Some(option) => find_option(&passage.tokens, option)
                .into_iter()
                .find(|(from, _)| (sentence.from..sentence.to).contains(from)),
            None => said(&passage.tokens, sentence, &self.wanted),
        }
    }
}

fn exchanged(articles: &Articles, article: &Article) -> Option<Finding> {
    for table in article.rule.tables.iter().filter(|table| table.lines.len() > 1) {
        for quoted in passages(articles, article) {
            let passage = &quoted.passage;
            if respectively(passage, table) {
                continue;
            }
            let astray = if table.upwards {
                against_bounds(passage, table)
            } else {
                against_conditions(articles, passage, table)
            };
            if let Some((line, value)) = astray {
                let shown = line.value.as_ref().map_or(String::new(), Quantity::words);
                return Some(Finding {
                    article: 0,
                    code: "concordance-bareme",
                    message: format!("la règle ne donne pas « {shown} » à la même ligne que le texte"),
                    text: passage.mentions.get(value).map_or(quoted.span, |mention| mention.span),
                    text_label: "le texte va dans un autre ordre".to_owned(),
                    rule: line.span,
                    rule_label: "une autre ligne du texte".to_owned(),
                    help: match in_order(passage, table) {
                        Some(write) => format!("{write}, {OR_WHY}"),
                        None => HELP.to_owned(),
                    },
                });
            }
        }
    }
    None
}

/// « en zone de revitalisation, il est respectivement de 1,3, de 1,4 et de 1,6 »: the bounds are said once for the
/// values of two columns.
fn respectively(passage: &Passage, table: &Table) -> bool {
    let lines = |bound: &Quantity| table.lines.iter().filter(|line| line.when.contains(bound)).count();
    // « jusqu'à 100 » and « au-delà » have one bound between them.
    let usual = |line: &Line| if line.when.len() == 1 { 2 } else { 1 };
    let mut again = table.lines.iter().filter(|line| {
        let alike = table.lines.iter().filter(|other| other.when == line.when).count();
        !line.when.is_empty() && alike > usual(line)
    });
    again.any(|line| line.when.iter().any(|bound| said_at(passage, bound).len() < lines(bound)))
}

/// What to exchange so that the values of the lines, and their conditions, go in the order of the text.
fn in_order(passage: &Passage, table: &Table) -> Option<String> {
    let mut placed: Vec<(usize, &Quantity)> = Vec::new();
    for value in table.lines.iter().filter_map(|line| line.value.as_ref()) {
        let [at] = said_at(passage, value)[..] else { return None };
        placed.push((at, value));
    }
    let own = placed.clone();
    placed.sort_by_key(|(at, _)| *at);
    let upwards = placed.clone();
    placed.reverse();
    // Whichever way the text goes, what has been exchanged is two values that are not in order.
    let found = [upwards, placed].into_iter().find_map(|sorted| {
        let apart = own.iter().zip(&sorted).filter(|(own, other)| own.0 != other.0);
        let apart: Vec<String> = apart.map(|(own, _)| own.1.words()).collect();
        (apart.len() == 2).then_some(apart)
    })?;
    let [one, other] = found.as_slice() else { return None };
    Some(format!("échanger « {one} » et « {other} »"))
}

/// Of a scale: where the text says its bounds upwards, it says its values so too.
fn against_bounds<'l>(passage: &Passage, table: &'l Table) -> Option<(&'l Line, usize)> {
    let mut bounds: Vec<&Quantity> = Vec::new();
    for bound in table.lines.iter().flat_map(|line| &line.when) {
        if !bounds.contains(&bound) {
            bounds.push(bound);
        }
    }
    let places: Vec<usize> =
        bounds.iter().filter_map(|bound| said_at(passage, bound).first().copied()).collect();
    let upwards = match places.as_slice() {
        [] => return None,
        // « 150 € pour les 100 premiers, 90 € au-delà »; not « 90 € au-delà de 100, 150 € sinon ».
        [only] => {
            let floor = passage
                .mentions
                .get(*only)
                .and_then(|mention| mention.bound)
                .and_then(|bound| is_floor(bound.op));
            if floor == Some(true) {
                return None;
            }
            true
        }
        places if places.is_sorted() => true,
        places if places.iter().rev().is_sorted() => false,
        _ => return None,
    };
    let mut last: Option<usize> = None;
    for line in &table.lines {
        let Some(value) = &line.value else { continue };
        let [at] = said_at(passage, value)[..] else { continue };
        if last.is_some_and(|last| (at > last) != upwards && at != last) {
            return Some((line, at));
        }
        last = Some(at);
    }
    None
}

/// Of other lines: in the order of their values, their conditions stand in order.
fn against_conditions<'l>(
    articles: &Articles,
    passage: &Passage,
    table: &'l Table,
) -> Option<(&'l Line, usize)> {
    let mut placed: Vec<Placed<'l>> =
        table.lines.iter().filter_map(|line| place(articles, passage, &table.lines, line)).collect();
    if placed.len() < 2 {
        return None;
    }
    placed.sort_by_key(|line| line.value);
    let mut last: Option<usize> = None;
    for line in &placed {
        let strictly = line.line.when.is_empty();
        let next = line
            .when
            .iter()
            .copied()
            .find(|at| last.is_none_or(|last| *at > last || (*at == last && !strictly)));
        match next {
            Some(next) => last = Some(next),
            None => return Some((line.line, line.value)),
        }
    }
    None
}

/// Where a passage says a figure: ranks of its mentions.
fn said_at(passage: &Passage, quantity: &Quantity) -> Vec<usize> {
    let same = |(at, mention): (usize, &Mention)| {
        (mention.quantity.compare(quantity) == Likeness::Same).then_some(at)
    };
    passage.mentions.iter().enumerate().filter_map(same).collect()
}

fn place<'l>(articles: &Articles, passage: &Passage, table: &[Line], line: &'l Line) -> Option<Placed<'l>> {
    let value = line.value.as_ref()?;
    let twice = table.iter().filter(|other| other.value.as_ref() == Some(value)).count() > 1;
    let [at] = said_at(passage, value)[..] else { return None };
    if twice {
        return None;
    }
    // Places are counted in tokens, so that options and figures stand in one order.
    let mut when: Vec<usize> = line
        .when
        .iter()
        .flat_map(|quantity| said_at(passage, quantity))
        .filter(|found| *found != at)
        .filter_map(|found| passage.mentions.get(found).map(|mention| mention.from))
        .collect();
    for (choice, rank) in &line.options {
        let options = &articles.policy.choices[choice.index()].options;
        if let Some(option) = options.get(usize::from(*rank)) {
            when.extend(find_option(&passage.tokens, option).into_iter().map(|(from, _)| from));
        }
    }
    when.sort_unstable();
    (!when.is_empty()).then_some(Placed { value: at, when, line })
}
