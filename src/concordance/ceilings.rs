//! Ceilings and floors that a rule pays as they stand: « dans la limite de 1 200 euros » and `montant 1 200 €`; ceilings
//! that it goes over: « majorée de 10 %, sans pouvoir excéder 600 euros » and `majoré de` under `plafonné à`.

use super::article::{Article, Articles};
use super::finding::{Finding, HELP, quoted};
use super::prose::Mention;
use super::quantity::{Likeness, Quantity, is_floor};
use super::rule::{Operand, Raised};

/// Amounts of the passages that bound what is due, and that the rule gives outright.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let over = article.rule.raised.iter().filter_map(|raised| gone_over(articles, article, raised));
        found.extend(over.map(|finding| Finding { article: at, ..finding }));
        let Some(paid) = &article.paid else { continue };
        for quoted_passage in &article.quoted {
            for mention in &quoted_passage.passage.mentions {
                let Some(floor) = mention.bound.and_then(|bound| is_floor(bound.op)) else { continue };
                if !mention.quantity.is_money() || mention.between {
                    continue;
                }
                let same = |quantity: &Quantity| mention.quantity.compare(quantity) == Likeness::Same;
                let Some((_, span)) = paid.amounts.iter().find(|(quantity, _)| same(quantity)) else {
                    continue;
                };
                // Compared or limited elsewhere: said there. Said without a bound too: it is the amount.
                let near = article.below.iter().chain(&article.above).chain([&at]);
                let bounded = near
                    .flat_map(|other| &articles.all[*other].rule.mentions)
                    .any(|rule| rule.bound.is_some() && same(&rule.quantity));
                let plain = article
                    .quoted
                    .iter()
                    .flat_map(|quoted| &quoted.passage.mentions)
                    .any(|other| other.bound.is_none() && same(&other.quantity));
                if bounded || plain {
                    continue;
                }
                let words = quoted_passage.passage.span(mention.from, mention.to);
                let (limit, write) =
                    if floor { ("un minimum", "au minimum") } else { ("un plafond", "plafonné à") };
                found.push(Finding {
                    article: at,
                    code: "concordance-comparaison",
                    message: format!(
                        "le texte fait de {} {limit} ({}), la règle en fait le montant",
                        mention.quantity.words(),
                        quoted(articles.policy, words)
                    ),
                    text: words,
                    text_label: limit.to_owned(),
                    rule: *span,
                    rule_label: "versé tel quel".to_owned(),
                    help: format!(
                        "écrire ce qui est versé, « {write} {} » ; {HELP}",
                        mention.quantity.words()
                    ),
                });
            }
        }
    }
    found
}

/// A ceiling that the passages put after what they add, and the rule before it.
fn gone_over(articles: &Articles, article: &Article, raised: &Raised) -> Option<Finding> {
    let same = |one: &Quantity, other: &Quantity| one.compare(other) == Likeness::Same;
    let mentions = || {
        let passages = article.quoted.iter().map(|quoted| &quoted.passage);
        passages.enumerate().flat_map(|(rank, passage)| {
            passage.mentions.iter().map(move |mention| ((rank, mention.from), passage, mention))
        })
    };
    let bounds = |mention: &Mention| mention.bound.is_some_and(|bound| is_floor(bound.op) == Some(false));
    let (limited, passage, limit) =
        mentions().find(|(_, _, mention)| bounds(mention) && same(&mention.quantity, &raised.limit))?;
    let of_rule = |mention: &Mention| {
        article.rule.added.iter().any(|added| {
            added.span == raised.by
                && matches!(&added.operand, Operand::Figure(quantity) if same(&mention.quantity, quantity))
        })
    };
    let (added, ..) = mentions().find(|(_, _, mention)| mention.adds == Some(true) && of_rule(mention))?;
    if added > limited {
        return None;
    }
    let words = passage.span(limit.from, limit.to);
    let figure = limit.quantity.words();
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!(
            "le texte limite à {figure} ce qui a été majoré ({}), la règle majore ce qui a été limité",
            quoted(articles.policy, words)
        ),
        text: words,
        text_label: "le tout".to_owned(),
        rule: raised.span,
        rule_label: "limité avant d'être majoré".to_owned(),
        help: format!("mettre la ligne qui limite à {figure} sous celle qui majore ; {HELP}"),
    })
}
