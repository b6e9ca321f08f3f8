//! What the `dont` of a list keeps: `ou` before what the passage leaves out, whatever else it says.

use super::article::{Article, Articles};
use super::facts::denied;
use super::finding::{Finding, OR_WHY, quoted};
use super::options::{occurrences, passages, span};
use super::prose::sense::sentences;
use super::rule::{Asked, Asking, Joined};
use super::words::{find_option, same, stem, stems};
use crate::policy::Quantity;
use crate::source::Span;
use crate::syntax::tree::CompareOp;

/// What does not agree in what is kept, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let either = article.rule.joined.iter().filter(|joined| joined.filter);
        let either = either.filter_map(|joined| either_way(articles, article, joined));
        found.extend(either.map(|finding| Finding { article: at, ..finding }));
    }
    found
}

/// `dont A ou non B`, of a passage that leaves out what is B: it is left out in any case.
fn either_way(articles: &Articles, article: &Article, joined: &Joined) -> Option<Finding> {
    if joined.how != Quantity::AtLeast(1) {
        return None;
    }
    if let Some((text, link)) = tied(articles, article, joined) {
        return Some(Finding {
            article: 0,
            code: "concordance-liste",
            message: format!(
                "le texte veut les deux ({}), la règle se contente de l'un",
                quoted(articles.policy, text)
            ),
            text,
            text_label: link.to_owned(),
            rule: joined.span,
            rule_label: "une condition suffit".to_owned(),
            help: format!("écrire « et », {OR_WHY}"),
        });
    }
    let inside = |span: Span| joined.span.start <= span.start && span.end <= joined.span.end;
    let kept = |asked: &&Asked| asked.asking == Asking::Kept && !asked.plain && inside(asked.span);
    let facts = article.rule.asked.iter().filter(kept);
    let fact = facts.filter_map(|asked| denied(articles, article, asked)).find(|(_, out)| *out);
    let text = match fact {
        Some((text, _)) => text,
        None => {
            let left = |op| op == CompareOp::Ne;
            let mut cases =
                article.rule.cases.iter().filter(|case| case.kept && left(case.op) && inside(case.span));
            cases.find_map(|case| {
                let passages = passages(articles, article);
                let said = occurrences(articles, case, &passages);
                let mut own = said.iter().filter(|one| case.options.contains(&one.rank)).peekable();
                let first = *own.peek()?;
                own.all(|one| one.denied).then(|| span(first))
            })?
        }
    };
    Some(Finding {
        article: 0,
        code: "concordance-liste",
        message: format!(
            "le texte écarte {} en tout cas, la règle le retient si l'autre condition est remplie",
            quoted(articles.policy, text)
        ),
        text,
        text_label: "écarté ici".to_owned(),
        rule: joined.span,
        rule_label: "une condition suffit".to_owned(),
        help: format!("écrire « et », {OR_WHY}"),
    })
}

/// Where a passage says one condition after the other with nothing between them that joins or parts them: « les dépenses
/// de transport payées à compter du dépôt ».
fn tied(articles: &Articles, article: &Article, joined: &Joined) -> Option<(Span, &'static str)> {
    let inside = |span: Span| joined.span.start <= span.start && span.end <= joined.span.end;
    let [first, second] = joined.of.as_slice() else { return None };
    let policy = articles.policy;
    let options: Vec<String> =
        (article.rule.cases.iter().filter(|case| case.kept && case.op == CompareOp::Eq))
            .filter(|case| inside(case.span))
            .flat_map(|case| case.options.iter().map(move |rank| (case.choice, *rank)))
            .filter_map(|(choice, rank)| policy.choices[choice.index()].options.get(usize::from(rank)))
            .map(ToString::to_string)
            .collect();
    let [option] = options.as_slice() else { return None };
    passages(articles, article).into_iter().find_map(|quoted_passage| {
        let tokens = &quoted_passage.passage.tokens;
        let [(from, to)] = find_option(tokens, option)[..] else { return None };
        let sentence = sentences(tokens).into_iter().find(|one| (one.from..one.to).contains(&from))?;
        let at = [first, second].into_iter().find_map(|asked| {
            let wanted = stems(&asked.name);
            let verb = wanted.first()?;
            (to..sentence.to.min(to + 2)).find(|at| {
                tokens.get(*at).is_some_and(|token| token.is_word() && same(verb, &stem(&token.text)))
            })
        })?;
        let apart = tokens.get(to..at)?.iter().any(|token| token.is(&["et", "ou", "soit", ",", "ainsi"]));
        (!apart && sentence.is_denied(tokens, (from, to)) == Some(false))
            .then(|| (quoted_passage.passage.span(from, at + 1), "l'un et l'autre"))
    })
}
