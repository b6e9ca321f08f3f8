//! What a figure of a passage is about, and whether the rules of a policy speak of that: « deux ans d'emprisonnement » beside
//! a rule on what is drunk, « (91 jours calendaires) » beside one on months, ask nothing of it.

use std::collections::HashSet;

use super::accord;
use super::lexicon::{CLAUSES, EMPTY, FILLERS};
use super::prose::{Mention, Passage};
use super::quantity::Quantity;
use super::rule;
use super::words::{same, stem, stems};
use crate::policy::{Policy, Type};

/// What the items and the facts of a policy are about.
#[derive(Debug, Default)]
pub struct About {
    /// The words of their names.
    words: Vec<String>,
    /// The sorts of what is asked for.
    sorts: HashSet<Sort>,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Money,
    Rate,
    Time,
    Date,
    Count,
}

impl Sort {
    fn of(quantity: &Quantity) -> Sort {
        match quantity {
            Quantity::Euros(_) | Quantity::Francs(_) => Sort::Money,
            Quantity::Percent(_) | Quantity::Share(_) => Sort::Rate,
            Quantity::Months(_)
            | Quantity::Days(_)
            | Quantity::Mixed(_)
            | Quantity::SpecialDays { .. }
            | Quantity::Hours(_) => Sort::Time,
            Quantity::Date(_) | Quantity::DayOfYear { .. } | Quantity::Year(_) => Sort::Date,
            Quantity::Count { .. } => Sort::Count,
        }
    }
}

/// Words of a name whose figures are times: `âge en mois`, `heures par semaine`.
const TIMES: [&str; 10] =
    ["âge", "ancienneté", "durée", "délai", "an", "année", "mois", "semaine", "jour", "heure"];

impl About {
    /// Of a policy.
    pub fn of(policy: &Policy) -> About {
        let mut about = About::default();
        let facts = policy.facts.iter().map(|fact| (&fact.path, fact.ask.ty));
        let fields = policy.fields.iter().map(|field| (&field.name, field.ask.ty));
        for (name, ty) in facts.chain(fields) {
            about.name(name);
            let sort = match ty {
                Type::Amount => Sort::Money,
                Type::Percent => Sort::Rate,
                Type::Months | Type::Days => Sort::Time,
                Type::Date => Sort::Date,
                Type::Integer | Type::Number => {
                    let word = |word: &str| TIMES.contains(&word.trim_end_matches('s'));
                    if name.split([' ', '.', '\'', '-']).any(|one| word(one) || one == "mois") {
                        about.sorts.insert(Sort::Time);
                    }
                    Sort::Count
                }
                Type::Truth | Type::Text | Type::Choice(_) => continue,
            };
            about.sorts.insert(sort);
        }
        for list in &policy.lists {
            about.name(&list.path);
        }
        let definitions = policy.definitions.iter().map(|one| &one.head);
        let heads = definitions.chain(policy.parameters.iter().map(|one| &one.head));
        heads.for_each(|head| about.name(&head.name));
        about
    }

    fn name(&mut self, name: &str) {
        self.words.extend(stems(name));
    }

    /// Whether a rule should say something of a figure of its passage: it or what it may ask for counts that sort of thing,
    /// and the words around the figure, if there are any, are words of theirs.
    pub fn concerns(
        &self,
        passage: &Passage,
        mention: &Mention,
        head: &str,
        rules: &[&rule::Mention],
    ) -> bool {
        let sort = Sort::of(&mention.quantity);
        let own = |rule: &&rule::Mention| {
            let its = Sort::of(&rule.quantity);
            its == sort || its == Sort::Count && sort == Sort::Time && rule.counted.is_some()
        };
        // What is bounded is a condition, whatever it is of; so is « 25 logements, dont 5 accessibles ».
        let word = mention.from.checked_sub(1).and_then(|at| passage.tokens.get(at));
        if mention.bound.is_some() && !mention.between || word.is_some_and(|word| word.text == "dont") {
            // « dans les trois mois », of dates.
            let dated = sort == Sort::Time && self.sorts.contains(&Sort::Date);
            return dated || self.sorts.contains(&sort) || rules.iter().any(own);
        }
        // « de zéro à cinq ans ».
        if mention.quantity.number().is_some_and(|value| value.is_zero()) {
            return false;
        }
        let tokens = &passage.tokens;
        let word =
            |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.text.as_str());
        let before = |back: usize| word(mention.from.checked_sub(back));
        // « prorogé par périodes d'une année », « augmentée d'un mois »: each time, or once.
        let one = matches!(word(Some(mention.from)), "un" | "une") && mention.bound.is_none();
        if one && mention.quantity.is_time() || before(2) == "périodes" && before(3) == "par" {
            return false;
        }
        // « les montants de 45 euros sont portés à 49,50 euros »: what it was.
        let moved =
            |at: usize| ["porté", "ramené", "relevé"].iter().any(|verb| word(Some(at)).starts_with(verb));
        let until =
            (mention.to..tokens.len()).find(|at| tokens.get(*at).is_none_or(|end| end.is(&[".", ";"])));
        let until = until.unwrap_or(tokens.len());
        if let Some(verb) = (mention.to..until).find(|at| moved(*at))
            && passage
                .mentions
                .iter()
                .any(|other| (verb..until).contains(&other.from) && Sort::of(&other.quantity) == sort)
        {
            return false;
        }
        // « Personne seule  11 001 €  916 € »: of another column than that which the rule has.
        let beside = |other: &&Mention| {
            let next = other.to == mention.from || other.from == mention.to;
            next && [mention, other].iter().all(|one| one.bound.is_none())
                && Sort::of(&other.quantity) == sort
        };
        let mut row = passage.mentions.iter().filter(beside);
        if sort != Sort::Time && row.any(|other| rules.iter().any(|rule| accord::same(other, rule))) {
            return false;
        }
        if !self.sorts.contains(&sort) && !rules.iter().any(own) {
            return false;
        }
        let around = around(passage, mention);
        let head = stems(head);
        let known = |word: &String| self.words.iter().chain(&head).any(|one| same(one, word));
        around.is_empty() || around.iter().any(known)
    }
}

/// The words that say something in the clause of a figure, up to the figures beside it.
fn around(passage: &Passage, mention: &Mention) -> Vec<String> {
    let tokens = &passage.tokens;
    let other = |at: usize| {
        let beside = |other: &&Mention| other.from != mention.from && (other.from..other.to).contains(&at);
        passage.mentions.iter().any(|one| beside(&one))
    };
    let ends =
        |at: usize| other(at) || tokens.get(at).is_none_or(|token| token.is(&CLAUSES) || token.text == ",");
    let opens = |at: usize| tokens.get(at).is_some_and(|token| token.opens);
    let before = (0..mention.from).rev().take_while(|at| !ends(*at) && !opens(*at + 1));
    let after = (mention.to..tokens.len()).take_while(|at| !ends(*at) && !opens(*at));
    let said = before.chain(after).filter_map(|at| tokens.get(at)).filter(|token| token.is_word());
    let says = |text: &str| text.chars().count() >= 3 && !EMPTY.contains(&text) && !FILLERS.contains(&text);
    said.filter(|token| says(&token.text)).map(|token| stem(&token.text)).collect()
}
