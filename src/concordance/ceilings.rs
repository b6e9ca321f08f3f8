//! Ceilings and floors that a rule pays as they stand: « dans la limite de 1 200 euros » and `montant 1 200 €`.

use super::article::Articles;
use super::finding::{Finding, HELP, quoted};
use super::quantity::{Likeness, Quantity, is_floor};

/// Amounts of the passages that bound what is due, and that the rule gives outright.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let Some(paid) = &article.paid else { continue };
        for quoted_passage in &article.quoted {
            for mention in &quoted_passage.passage.mentions {
                let Some(floor) = mention.bound.and_then(|bound| is_floor(bound.op)) else { continue };
                if !matches!(mention.quantity, Quantity::Euros(_)) || mention.between {
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
