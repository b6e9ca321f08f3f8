//! One case and all others: « 60 % lorsque le site est classé » and `vaut 40 % si site classé`.

use super::said_at;
use crate::concordance::article::{Article, Articles};
use crate::concordance::denials::{is_negative, said};
use crate::concordance::finding::{Finding, HELP, quoted};
use crate::concordance::prose::Passage;
use crate::concordance::prose::denial::sentences;
use crate::concordance::quantity::Quantity;
use crate::concordance::words::stems;

/// What a passage says in a case.
struct Given {
    /// Whether it is the first of the two values.
    first: bool,
    /// Where the case is said.
    from: usize,
    to: usize,
}

/// The two values of a table exchanged: that of one case, and that of the others.
pub(super) fn exchanged(articles: &Articles, article: &Article) -> Option<Finding> {
    for table in &article.rule.tables {
        let ([line], Some(otherwise)) = (table.lines.as_slice(), &table.otherwise) else { continue };
        let (Some(fact), Some(value)) = (&line.fact, &line.value) else { continue };
        let wanted = stems(&fact.name);
        if wanted.is_empty() || is_negative(&fact.name) || value == otherwise {
            continue;
        }
        for quoted_passage in &article.quoted {
            let passage = &quoted_passage.passage;
            let Some(given) = given(passage, &wanted, value, otherwise) else { continue };
            if given.first == fact.plain {
                continue;
            }
            let (text_gives, rule_gives) = if given.first { (value, otherwise) } else { (otherwise, value) };
            let text = passage.span(given.from, given.to);
            return Some(Finding {
                article: 0,
                code: "concordance-bareme",
                message: format!(
                    "le texte donne « {} » dans ce cas ({}), la règle donne « {} »",
                    text_gives.words(),
                    quoted(articles.policy, text),
                    rule_gives.words()
                ),
                text,
                text_label: format!("« {} » dans ce cas", text_gives.words()),
                rule: line.span,
                rule_label: format!("« {} » dans ce cas", rule_gives.words()),
                help: HELP.to_owned(),
            });
        }
    }
    None
}

/// Which of two values a passage gives in a case: the one right before it (« 60 % lorsque … »), or the one that
/// follows it (« lorsque …, 60 % »).
fn given(passage: &Passage, wanted: &[String], first: &Quantity, second: &Quantity) -> Option<Given> {
    let tokens = &passage.tokens;
    let place = |quantity| match said_at(passage, quantity)[..] {
        [at] => passage.mentions.get(at),
        _ => None,
    };
    let values = [(true, place(first)?), (false, place(second)?)];
    let mut found = sentences(tokens).into_iter().filter_map(|sentence| {
        let (from, to) = said(tokens, &sentence, wanted)?;
        Some((sentence, from, to))
    });
    let (sentence, from, to) = found.next()?;
    if found.next().is_some() || sentence.is_denied(tokens, from) != Some(false) {
        return None;
    }
    let other = |at: &usize| tokens.get(*at).is_some_and(|token| token.is(&["autre", "autres"]));
    if (from.saturating_sub(4)..to).any(|at| other(&at)) {
        return None;
    }
    let inside = values.iter().filter(|(_, value)| (sentence.from..sentence.to).contains(&value.from));
    let before = inside.clone().filter(|(_, value)| value.to <= from).max_by_key(|(_, value)| value.to);
    let after = inside.filter(|(_, value)| value.from >= to).min_by_key(|(_, value)| value.from);
    let parts = |from: usize, to: usize, words: &[&str]| {
        tokens.get(from..to).is_some_and(|gap| gap.iter().any(|token| token.is(words)))
    };
    let first = match (before, after) {
        (Some((first, value)), _) if !parts(value.to, from, &[",", ":", "et", "puis", "mais", "ou"]) => {
            *first
        }
        // « lorsque le site est classé, 60 % »: nothing stands before.
        (None, Some((first, value)))
            if !parts(to, value.from, &["autre", "autres", "contraire", "sinon", "défaut"]) =>
        {
            *first
        }
        _ => return None,
    };
    Some(Given { first, from, to })
}
