//! Where a passage speaks of each of the conditions that a rule joins: by the words of its name, by its options, by
//! its figure where it has no name. An « ou » within one of them joins nothing of the rule's.

use super::super::accord::same as same_figure;
use super::super::article::{Article, Articles};
use super::super::prose::Passage;
use super::super::rule::{Choosing, Joined};
use super::super::words::{find_option, same, stem, stems};
use crate::source::Span;
use crate::syntax::tree::CompareOp;

/// The first and the last token of each, in the order of the passage; those that it does not speak of are left out.
pub(super) fn places(
    articles: &Articles,
    article: &Article,
    joined: &Joined,
    passage: &Passage,
) -> Vec<(usize, usize)> {
    let tokens = &passage.tokens;
    let stemmed: Vec<String> =
        tokens.iter().map(|token| if token.is_word() { stem(&token.text) } else { String::new() }).collect();
    let names: Vec<Vec<String>> = joined.of.iter().map(|asked| stems(&asked.name)).collect();
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, asked) in joined.of.iter().enumerate() {
        let own = |stem: &&String| {
            let others = names.iter().enumerate().filter(|(other, _)| *other != at);
            !others.into_iter().any(|(_, name)| name.iter().any(|other| same(other, stem)))
        };
        let own: Vec<&String> = names.get(at).into_iter().flatten().filter(own).collect();
        let named = stemmed
            .iter()
            .position(|word| word.chars().count() >= 2 && own.iter().any(|stem| same(stem, word)));
        let options = options(articles, article, asked.span, passage);
        let figures = if asked.name.is_empty() { figures(article, asked.span, passage) } else { Vec::new() };
        let last = options.iter().chain(&figures).copied();
        let Some(first) = named.into_iter().chain(last.clone()).min() else { continue };
        found.push((first, last.collect()));
    }
    found.sort_unstable();
    found.dedup_by_key(|(first, _)| *first);
    let next = found.iter().skip(1).map(|(first, _)| *first).chain([tokens.len()]).collect::<Vec<_>>();
    let last = |first: usize, all: &[usize], next: usize| {
        all.iter().copied().filter(|last| *last < next).chain([first]).max().unwrap_or(first)
    };
    found.iter().zip(next).map(|((first, all), next)| (*first, last(*first, all, next))).collect()
}

/// The tokens of a passage in which a condition has its figures.
fn figures(article: &Article, of: Span, passage: &Passage) -> Vec<usize> {
    let own = article.rule.mentions.iter().filter(|mention| inside(of, mention.span));
    let own: Vec<_> = own.collect();
    let said = passage.mentions.iter().filter(|text| own.iter().any(|rule| same_figure(text, rule)));
    said.flat_map(|text| [text.from, text.to.saturating_sub(1)]).collect()
}

/// The tokens of a passage in which it names an option that a condition admits.
fn options(articles: &Articles, article: &Article, of: Span, passage: &Passage) -> Vec<usize> {
    let rule = &article.rule;
    let own = rule.choosings.iter().chain(&rule.cases).filter(|choosing| inside(of, choosing.span));
    own.flat_map(|choosing| {
        let all = articles.policy.choices[choosing.choice.index()].options.iter().enumerate();
        let admitted = all.filter(|(rank, _)| admits(choosing, *rank));
        admitted.flat_map(|(_, option)| find_option(&passage.tokens, option)).collect::<Vec<_>>()
    })
    .flat_map(|(from, to)| [from, to.saturating_sub(1)])
    .collect()
}

fn admits(choosing: &Choosing, rank: usize) -> bool {
    let mut options = choosing.options.iter().map(|option| usize::from(*option));
    match choosing.op {
        CompareOp::Eq => options.any(|option| rank == option),
        CompareOp::Ne => options.all(|option| rank != option),
        CompareOp::Lt => options.any(|option| rank < option),
        CompareOp::Le => options.any(|option| rank <= option),
        CompareOp::Gt => options.any(|option| rank > option),
        CompareOp::Ge => options.any(|option| rank >= option),
    }
}

fn inside(whole: Span, part: Span) -> bool {
    whole.start <= part.start && part.end <= whole.end
}
