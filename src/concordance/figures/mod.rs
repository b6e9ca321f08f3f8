//! Figures of the passages and figures of the rules: which has no counterpart, and which bound differs.

mod apart;
mod derived;
mod excepted;
mod report;

use std::collections::{HashMap, HashSet};

use super::accord::{Accord, accord, likeness, same, same_cut};
use super::article::{Article, Articles, Nature};
use super::finding::{Finding, quoted};
use super::prose;
use super::prose::number::rank;
use super::prose::token::Kind;
use super::quantity::{Likeness, Quantity, holds_at_bound, is_floor};
use super::rule::{Mention, Role};
use crate::number::Ratio;
use crate::policy::SourceId;
use crate::source::Span;
use crate::syntax::tree::CompareOp;

/// A figure of a passage, and where it is quoted.
#[derive(Clone, Copy)]
struct Said<'p> {
    /// Rank of the quotation among those of its item; others follow.
    quotation: usize,
    passage: &'p prose::Passage,
    mention: &'p prose::Mention,
}

/// What does not agree in the figures of all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut taken = HashSet::new();
    let phrases = phrases(articles);
    // What a passage says of a figure is held against the definition that has it by the item that quotes it.
    let ranks = |quotes: bool| {
        let all = articles.all.iter().enumerate();
        all.filter(move |(_, one)| !one.passed_over && one.quoted.is_empty() != quotes).map(|(at, _)| at)
    };
    for at in ranks(true).chain(ranks(false)) {
        Comparison { articles, at, phrases: &phrases, taken: &mut taken, found: &mut found }.run();
    }
    found
}

/// The words around a figure, in a source.
type Phrase = (SourceId, Vec<String>);

/// Which items quote each figure, by the words around it.
fn phrases(articles: &Articles) -> HashMap<Phrase, Vec<usize>> {
    let mut found: HashMap<Phrase, Vec<usize>> = HashMap::new();
    for (at, article) in articles.all.iter().enumerate() {
        for quoted in &article.quoted {
            for mention in &quoted.passage.mentions {
                let items = found.entry((quoted.source, neighbours(&quoted.passage, mention))).or_default();
                if items.last() != Some(&at) {
                    items.push(at);
                }
            }
        }
    }
    found
}

struct Comparison<'c, 'a> {
    articles: &'c Articles<'a>,
    at: usize,
    phrases: &'c HashMap<Phrase, Vec<usize>>,
    /// Figures of rules that have been spoken of, by place.
    taken: &'c mut HashSet<Span>,
    found: &'c mut Vec<Finding>,
}

impl<'c, 'a> Comparison<'c, 'a> {
    fn article(&self) -> &'c Article<'a> {
        &self.articles.all[self.at]
    }

    fn run(&mut self) {
        let article = self.article();
        let own: Vec<Said<'c>> = said(article);
        let around: Vec<Said<'c>> = self.around();
        let rules = self.rules();
        // Units and bounds of what both have, then what one of them lacks.
        let mut lacking: Vec<Said<'c>> = Vec::new();
        // The day since which the policy is in force: a rule need not have it, but may have another in its place.
        let mut in_force: Vec<Said<'c>> = Vec::new();
        let told = self.say_excepted(&own);
        for text in &own {
            if told.iter().any(|mention| std::ptr::eq(*mention, text.mention)) {
                continue;
            }
            let same: Vec<&'c Mention> =
                rules.iter().copied().filter(|rule| same(text.mention, rule)).collect();
            if same.is_empty() {
                if !text.mention.weak
                    && !has_parts(text.mention, &rules)
                    && !self.is_named(text)
                    && !self.said_elsewhere(text)
                {
                    if self.takes_effect(text, &rules) {
                        continue;
                    }
                    match self.is_date_of_policy(&text.mention.quantity) {
                        true => in_force.push(*text),
                        false => lacking.push(*text),
                    }
                }
                continue;
            }
            self.compare_bounds(text, &same, &own);
            self.compare_force(text, &same);
        }
        let mut extra: Vec<&'c Mention> = Vec::new();
        for rule in &article.rule.mentions {
            if rule.borrowed || self.taken.contains(&rule.written) || self.begins_with_policy(rule) {
                continue;
            }
            let own_same: Vec<&Said> = own.iter().filter(|text| same(text.mention, rule)).collect();
            let around_same: Vec<&Said> = around.iter().filter(|text| same(text.mention, rule)).collect();
            let texts = if own_same.is_empty() { &around_same } else { &own_same };
            match texts.first() {
                None => extra.push(rule),
                Some(first) => {
                    let agree = own_same
                        .iter()
                        .chain(&around_same)
                        .any(|text| accord(text.mention, rule) == Accord::Same);
                    if !agree && !leaves_open(first, &[rule], &own) {
                        self.say_bounds(first, rule);
                    }
                }
            }
        }
        derived::set_aside(&own, &mut lacking, &mut extra);
        let compared = |rule: &&&Mention| rule.quantity.is_date() && rule.role == Role::Compared;
        if let ([text], Some(_), None) = (
            in_force.as_slice(),
            extra.iter().find(compared),
            lacking.iter().find(|one| one.mention.quantity.is_date()),
        ) {
            lacking.push(*text);
        }
        self.pair(&lacking, &mut extra, &rules);
        self.say_extra(&extra, !own.is_empty() || !article.quoted.is_empty());
    }

    /// Figures of passages near the item: of what it reads, of what reads it, of the readings.
    fn around(&self) -> Vec<Said<'c>> {
        let article = self.article();
        let articles = self.articles;
        let mut found = Vec::new();
        for other in article.below.iter().chain(&article.above) {
            found.extend(said(&articles.all[*other]));
        }
        for reading in &article.readings {
            for (quotation, quoted) in articles.readings[*reading].iter().enumerate() {
                found.extend(quoted.passage.mentions.iter().map(|mention| Said {
                    quotation: quotation + 1_000,
                    passage: &quoted.passage,
                    mention,
                }));
            }
        }
        found
    }

    /// Figures of the item's rule, then of what it reads and of what reads it.
    fn rules(&self) -> Vec<&'c Mention> {
        let article = self.article();
        let articles = self.articles;
        let near = article
            .below
            .iter()
            .chain(&article.above)
            .flat_map(|other| articles.all[*other].rule.mentions.iter());
        let all: Vec<&'c Mention> = article.rule.mentions.iter().chain(near).collect();
        // A value of a definition that something is compared with is judged there.
        let bounded: HashSet<Span> = all
            .iter()
            .filter(|rule| rule.borrowed && rule.bound.is_some())
            .map(|rule| rule.written)
            .collect();
        // The day since which it has it stands on the same line, and is judged where it is.
        let judged =
            |rule: &Mention| rule.borrowed || rule.role == Role::Since || !bounded.contains(&rule.written);
        all.into_iter().filter(|rule| judged(rule)).collect()
    }

    fn concerns(&self, text: &Said, rules: &[&Mention]) -> bool {
        self.articles.about.concerns(text.passage, text.mention, &self.article().head.name, rules)
    }

    /// « les mineurs de moins de onze ans » of `mineurs de moins de onze ans`: what the rule reads has it in its name.
    fn is_named(&self, text: &Said) -> bool {
        // « âgés de seize à dix-huit ans » of a name that has « seize ans ».
        let before = text.passage.mentions.iter().filter(|other| other.to == text.mention.from);
        let known = |quantity: &Quantity| {
            let number = |one: &Quantity| {
                matches!(one, Quantity::Year(_) | Quantity::Count { .. }).then(|| one.number())
            };
            let mut all = self.articles.named.iter();
            all.any(|named| {
                alike(quantity, named) || number(quantity).is_some_and(|own| number(named) == Some(own))
            })
        };
        let declared = |quantity: &Quantity| self.articles.ends.iter().any(|end| alike(quantity, end));
        // « jusqu'au 4e degré » of an option « parent jusqu'au quatrième degré ».
        let tokens = text.passage.tokens.get(text.mention.from..text.mention.to).unwrap_or_default();
        let mut ranks = tokens.iter().filter_map(|token| match token.kind {
            Kind::Rank(rank) => Some(rank),
            _ => rank(&token.text),
        });
        ranks.any(|rank| self.articles.ranks.contains(&rank))
            && matches!(text.mention.quantity, Quantity::Count { .. })
            || text.mention.between && declared(&text.mention.quantity)
            || known(&text.mention.quantity)
            || before.into_iter().any(|other| known(&other.quantity))
    }

    /// Whether the same words are quoted from the same source under another item, whose rule has the figure.
    fn said_elsewhere(&self, text: &Said) -> bool {
        let Some(quoted) = self.article().quoted.get(text.quotation) else { return false };
        let others = self.phrases.get(&(quoted.source, neighbours(text.passage, text.mention)));
        others.into_iter().flatten().any(|at| {
            *at != self.at && self.articles.all[*at].rule.mentions.iter().any(|rule| same(text.mention, rule))
        })
    }

    /// « sont révisés chaque année à compter de 2014 » over an amount: since when it holds, where the rule reads no date.
    fn takes_effect(&self, text: &Said, rules: &[&Mention]) -> bool {
        let since = text.mention.bound.is_some_and(|bound| bound.op == CompareOp::Ge);
        let article = self.article();
        text.mention.quantity.is_date()
            && since
            && article.nature == Nature::Shared
            && article.rule.dates.is_empty()
            && !rules.iter().any(|rule| rule.quantity.is_date())
    }

    fn is_date_of_policy(&self, quantity: &Quantity) -> bool {
        let policy = self.articles.policy;
        [policy.from, policy.until]
            .into_iter()
            .flatten()
            .any(|date| quantity.compare(&Quantity::Date(date)) == Likeness::Same)
    }

    /// The first value of a parameter, since the policy is in force: no text need say it.
    fn begins_with_policy(&self, rule: &Mention) -> bool {
        let from = self.articles.policy.from;
        rule.role == Role::Since
            && from.is_some_and(|from| rule.quantity.compare(&Quantity::Date(from)) == Likeness::Same)
    }

    /// « de 501 » after « jusqu'à 500 »: the same cut, spoken of already.
    fn is_cut_of_spoken(&self, rule: &Mention) -> bool {
        rule.role == Role::Band
            && self.article().rule.mentions.iter().any(|other| {
                other.written != rule.written && self.taken.contains(&other.written) && same_cut(other, rule)
            })
    }

    /// A bound of the passage that no rule of this figure has.
    fn compare_bounds(&mut self, text: &Said<'c>, same: &[&'c Mention], own: &[Said<'c>]) {
        // « au moins une fois » and `≤ 1`.
        let some = text.mention.bound.is_some() && !text.mention.contrary;
        let turned = |rule: &&Mention| rule.required && accord(text.mention, rule) == Accord::Direction;
        let weak = text.mention.weak && !(some && same.iter().all(turned));
        if weak
            || leaves_open(text, same, own)
            || same.iter().any(|rule| accord(text.mention, rule) == Accord::Same)
        {
            return;
        }
        // « au moins 80 % ou, sans atteindre 80 %, … »: the rule has the first of the two.
        let beside = own.iter().any(|other| {
            let apart = !std::ptr::eq(other.mention, text.mention) && other.mention.bound.is_some();
            apart
                && alike(&other.mention.quantity, &text.mention.quantity)
                && same
                    .iter()
                    .all(|rule| rule.role == Role::Compared && accord(other.mention, rule) == Accord::Same)
        });
        if beside {
            return;
        }
        // Another quotation of the item says it as the rule does: one of them suffices, where one rule is at stake.
        let borne_out = own.iter().any(|other| {
            other.quotation != text.quotation
                && other.mention.bound.is_some()
                && same.iter().any(|rule| {
                    self::same(other.mention, rule) && accord(other.mention, rule) == Accord::Same
                })
        });
        if borne_out && same.len() == 1 {
            return;
        }
        // A reading that quotes the same words settles it.
        let settled = self.around().iter().any(|other| {
            other.quotation >= 1_000
                && other.mention.bound.is_some()
                && same.iter().any(|rule| {
                    self::same(other.mention, rule) && accord(other.mention, rule) == Accord::Same
                })
        });
        if settled {
            return;
        }
        if let Some(rule) = same.first() {
            self.say_bounds(text, rule);
        }
    }

    /// An aim of the passage that a criterion requires; an order of the passage that is only aimed at.
    fn compare_force(&mut self, text: &Said<'c>, same: &[&'c Mention]) {
        let article = self.article();
        let Some(aim) = text.mention.aim.and_then(|aim| text.passage.aims.get(aim)) else { return };
        if article.nature != Nature::Criterion {
            return;
        }
        let Some(rule) = same.iter().find(|rule| rule.required) else { return };
        if !self.taken.insert(rule.written) {
            return;
        }
        let policy = self.articles.policy;
        let span = text.passage.span(aim.at, aim.to);
        self.found.push(Finding {
            article: self.at,
            code: "concordance-modalite",
            message: format!(
                "le texte fait de {} un but ({}), la règle l'exige",
                text.mention.quantity.words(),
                quoted(policy, span)
            ),
            text: span,
            text_label: "un but, non une condition".to_owned(),
            rule: rule.span,
            rule_label: "exigé ici".to_owned(),
            help: "en faire un « objectif » avec « vise », ou dire pourquoi c'est une condition : « concordance : motif « … » »".to_owned(),
        });
    }

    /// Puts what the passage has and the rule lacks beside what the rule has and the passage lacks.
    fn pair(&mut self, lacking: &[Said<'c>], extra: &mut Vec<&'c Mention>, rules: &[&'c Mention]) {
        if lacking.is_empty() {
            return;
        }
        // A figure of the rule that a passage bears out is not what another became.
        let mut candidates: Vec<&'c Mention> = extra.clone();
        candidates.extend(rules.iter().filter(|rule| !extra.iter().any(|e| e.written == rule.written)));
        candidates.retain(|rule| !self.is_borne_out(rule));
        let mut told: Vec<&Quantity> = Vec::new();
        for text in lacking {
            if told.iter().any(|quantity| alike(&text.mention.quantity, quantity)) {
                continue;
            }
            told.push(&text.mention.quantity);
            let best = candidates
                .iter()
                .filter(|rule| !self.taken.contains(&rule.written))
                .filter_map(|rule| Some((likeness(text.mention, rule)?, *rule)))
                .max_by_key(|(score, rule)| {
                    (*score, self.is_tied(text, rule, rules), std::cmp::Reverse(rule.written))
                });
            match best {
                Some((_, rule)) => {
                    self.taken.insert(rule.written);
                    extra.retain(|other| other.written != rule.written);
                    self.say_other(text, rule);
                }
                None if self.concerns(text, rules) => self.say_lacking(text),
                None => {}
            }
        }
    }

    /// Whether a date is the one since which a parameter has the value that the passage gives last before the date that
    /// it says: « il est porté à 1 300 € à compter du 1er septembre 2026 ».
    fn is_tied(&self, text: &Said<'c>, since: &Mention, rules: &[&'c Mention]) -> bool {
        let before = text.passage.mentions.iter().filter(|mention| mention.to <= text.mention.from);
        let value = before.rev().find(|mention| !mention.quantity.is_date() && !mention.quantity.is_time());
        since.role == Role::Since
            && value.is_some_and(|value| {
                rules.iter().any(|rule| {
                    rule.written == since.written && rule.role != Role::Since && same(value, rule)
                })
            })
    }

    /// Whether some passage near has this figure of a rule.
    fn is_borne_out(&self, rule: &Mention) -> bool {
        rule.is_structural()
            || said(self.article()).iter().chain(&self.around()).any(|text| same(text.mention, rule))
            || self.articles.all.iter().any(|other| {
                other.rule.mentions.iter().any(|mine| mine.written == rule.written && !mine.borrowed)
                    && said(other).iter().any(|text| same(text.mention, rule))
            })
    }
}

/// Whether a rule has both figures of a ratio apart: `1 000 × professionnels ÷ population ≥ 1`.
fn has_parts(text: &prose::Mention, rules: &[&Mention]) -> bool {
    let Some((a, b)) = &text.parts else { return false };
    [a, b].into_iter().all(|part| {
        *part == Ratio::one()
            || rules
                .iter()
                .any(|rule| matches!(&rule.quantity, Quantity::Count { value, .. } if value == part))
    })
}

/// Whether two figures of passages are one.
fn alike(a: &Quantity, b: &Quantity) -> bool {
    a.compare(b) == Likeness::Same || b.compare(a) == Likeness::Same
}

/// The figures of the passages of an item.
fn said<'p>(article: &'p Article) -> Vec<Said<'p>> {
    article
        .quoted
        .iter()
        .enumerate()
        .flat_map(|(quotation, quoted)| {
            quoted.passage.mentions.iter().map(move |mention| Said {
                quotation,
                passage: &quoted.passage,
                mention,
            })
        })
        .collect()
}

/// The words on both sides of a figure.
fn neighbours(passage: &prose::Passage, mention: &prose::Mention) -> Vec<String> {
    let from = mention.from.saturating_sub(2);
    let to = (mention.to + 2).min(passage.tokens.len());
    passage.tokens.get(from..to).unwrap_or_default().iter().map(|token| token.text.clone()).collect()
}

/// « moins de 10 ans », then « plus de 10 ans »: what holds at ten years the passage does not say, and the rule must.
fn leaves_open(text: &Said, same: &[&Mention], own: &[Said]) -> bool {
    let Some(bound) = text.mention.bound else { return false };
    let beside = |other: &Said| {
        other.mention.bound.is_some_and(|its| {
            let apart = is_floor(its.op).zip(is_floor(bound.op)).is_some_and(|(a, b)| a != b);
            apart && holds_at_bound(its.op) == holds_at_bound(bound.op)
        })
    };
    own.iter().any(|other| beside(other) && alike(&other.mention.quantity, &text.mention.quantity))
        && same.iter().all(|rule| accord(text.mention, rule) != Accord::Direction || rule.role == Role::Band)
}
