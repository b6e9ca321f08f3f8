//! Tables: whether a rule gives each value to the line that the passage gives it to.
//!
//! A text goes through its lines in one order, values and conditions alike. Where the rule's lines, put in the
//! order of their values in the text, have conditions that the text does not say in that order, two lines have
//! been exchanged.

use super::article::{Article, Articles};
use super::finding::{Finding, HELP};
use super::prose::Passage;
use super::quantity::{Likeness, Quantity};
use super::rule::Line;
use super::words::find_option;

/// What does not agree in the tables of all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.all.iter().enumerate() {
        found.extend(exchanged(articles, article).map(|finding| Finding { article: at, ..finding }));
    }
    found
}

/// A line found in a passage: where its value stands, and where its condition may.
struct Placed<'l> {
    value: usize,
    when: Vec<usize>,
    line: &'l Line,
}

fn exchanged(articles: &Articles, article: &Article) -> Option<Finding> {
    for table in article.rule.tables.iter().filter(|table| table.len() > 1) {
        for quoted in &article.quoted {
            let mut placed: Vec<Placed> =
                table.iter().filter_map(|line| place(articles, &quoted.passage, table, line)).collect();
            if placed.len() < 2 {
                continue;
            }
            placed.sort_by_key(|line| line.value);
            let mut last = None;
            for line in &placed {
                let next = line.when.iter().copied().filter(|at| last.is_none_or(|last| *at > last)).min();
                match next {
                    Some(next) => last = Some(next),
                    None => {
                        let value = line.line.value.as_ref().map_or(String::new(), Quantity::words);
                        return Some(Finding {
                            article: 0,
                            code: "concordance-bareme",
                            message: format!(
                                "la règle ne donne pas « {value} » à la même ligne que le texte"
                            ),
                            text: quoted
                                .passage
                                .mentions
                                .get(line.value)
                                .map_or(quoted.span, |mention| mention.span),
                            text_label: "le texte va dans un autre ordre".to_owned(),
                            rule: line.line.span,
                            rule_label: "une autre ligne du texte".to_owned(),
                            help: HELP.to_owned(),
                        });
                    }
                }
            }
        }
    }
    None
}

fn place<'l>(articles: &Articles, passage: &Passage, table: &[Line], line: &'l Line) -> Option<Placed<'l>> {
    let value = line.value.as_ref()?;
    let same = |quantity: &Quantity| -> Vec<usize> {
        passage
            .mentions
            .iter()
            .enumerate()
            .filter(|(_, mention)| mention.quantity.compare(quantity) == Likeness::Same)
            .map(|(at, _)| at)
            .collect()
    };
    let twice = table.iter().filter(|other| other.value.as_ref() == Some(value)).count() > 1;
    let [at] = same(value)[..] else { return None };
    if twice {
        return None;
    }
    // Places are counted in tokens, so that options and figures stand in one order.
    let mut when: Vec<usize> = line
        .when
        .iter()
        .flat_map(same)
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
