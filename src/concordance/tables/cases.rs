//! One case and all others: « 60 % lorsque le site est classé » and `vaut 40 % si site classé`.

use super::said_at;
use crate::concordance::article::{Article, Articles};
use crate::concordance::denials::{is_negative, said};
use crate::concordance::finding::{Finding, OR_WHY, quoted};
use crate::concordance::options::passages;
use crate::concordance::prose::Passage;
use crate::concordance::prose::denial::sentences;
use crate::concordance::quantity::Quantity;
use crate::concordance::rule::Line;
use crate::concordance::words::{find_option, stems};
use crate::policy::ChoiceId;

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
    let tables = article.rule.tables.iter().filter_map(|table| Some((table, table.otherwise.as_ref()?)));
    let mut lines =
        tables.flat_map(|(table, otherwise)| table.lines.iter().map(move |line| (line, otherwise)));
    lines.find_map(|(line, otherwise)| turned(articles, article, line, otherwise))
}

/// What the condition of a line is about: the words of its fact, or its option; and whether it is asked for.
fn about(articles: &Articles, line: &Line) -> Option<(Vec<String>, Option<String>, bool)> {
    let option = |choice: &ChoiceId, rank: u16| {
        let options = &articles.policy.choices[choice.index()].options;
        options.get(usize::from(rank)).map(ToString::to_string)
    };
    if let Some((choice, rank, _)) = &line.without {
        return Some((Vec::new(), Some(option(choice, *rank)?), false));
    }
    match (&line.fact, line.options.as_slice()) {
        (Some(fact), _) => {
            let wanted = stems(&fact.name);
            (!wanted.is_empty() && !is_negative(&fact.name)).then_some((wanted, None, fact.plain))
        }
        (None, [(choice, rank)]) if line.when.is_empty() => {
            Some((Vec::new(), Some(option(choice, *rank)?), true))
        }
        _ => None,
    }
}

fn turned(articles: &Articles, article: &Article, line: &Line, otherwise: &Quantity) -> Option<Finding> {
    let value = line.value.as_ref().filter(|value| *value != otherwise)?;
    let (wanted, option, plain) = about(articles, line)?;
    for quoted_passage in passages(articles, article) {
        let passage = &quoted_passage.passage;
        let Some(given) = given(passage, (&wanted, option.as_deref()), value, otherwise) else { continue };
        if given.first == plain {
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
            help: format!("échanger « {} » et « {} », {OR_WHY}", text_gives.words(), rule_gives.words()),
        });
    }
    None
}

/// Which of two values a passage gives in a case: the one right before it (« 60 % lorsque … »), or the one that
/// follows it (« lorsque …, 60 % »).
fn given(
    passage: &Passage,
    (wanted, option): (&[String], Option<&str>),
    first: &Quantity,
    second: &Quantity,
) -> Option<Given> {
    let tokens = &passage.tokens;
    let place = |quantity| match said_at(passage, quantity)[..] {
        [at] => passage.mentions.get(at),
        _ => None,
    };
    let values = [(true, place(first)?), (false, place(second)?)];
    let mut found = sentences(tokens).into_iter().filter_map(|sentence| {
        let inside = |place: &(usize, usize)| (sentence.from..sentence.to).contains(&place.0);
        let (from, to) = match option {
            Some(option) => find_option(tokens, option).into_iter().find(inside)?,
            None => said(tokens, &sentence, wanted)?,
        };
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
