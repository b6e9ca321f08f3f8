//! A second evaluator, deliberately naive: it walks the syntax tree by name, on complete facts, with
//! fractions of big integers and one recursion. It shares nothing with the engine but the parser and
//! the calendar, so that the two can be wrong only in different ways.
//!
//! What it does not do (missing facts, readings left open, explanations) is what the engine is held
//! against by trying every completion and every reading here.

use std::cell::RefCell;
use std::collections::BTreeMap;

use conforme::syntax::tree::*;
use conforme::time::Date;
use conforme::unit::Unit;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

mod arithmetic;
mod body;
mod element;
mod value;

pub use arithmetic::{big, elapsed, fold, round};
use arithmetic::{holds, later, order, shift};

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Val {
    Bool(bool),
    Num(BigRational),
    Date(Date),
    /// Months and days.
    Span(i64, i64),
    Text(String),
    Opt(String),
    Range(BigRational, BigRational),
}

pub fn num(n: i64) -> Val {
    Val::Num(BigRational::from_integer(BigInt::from(n)))
}

/// What an item came to: its status in the words of the interface, the amount if due, the time limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Result {
    pub status: &'static str,
    pub amount: Option<(BigRational, BigRational)>,
    pub due: Option<Date>,
    /// Of a result that is no number and no date: its word.
    pub word: Option<String>,
}

/// A complete dossier: every fact has a value.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub facts: BTreeMap<String, Val>,
    pub lists: BTreeMap<String, Vec<BTreeMap<String, Val>>>,
    pub readings: BTreeMap<String, String>,
    /// The value of each column from the day on that the text gives it none.
    pub later: Vec<i64>,
}

pub struct Naive<'a> {
    pub document: &'a Document,
    pub facts: &'a Facts,
    pub examined_on: Date,
    /// The elements around the one in turn, the innermost last, in the expression under way.
    pub around: RefCell<Vec<(String, usize)>>,
}

/// The element in turn: its list and rank.
pub type Element<'e> = Option<(&'e str, usize)>;

impl Naive<'_> {
    pub fn item(&self, name: &str) -> Option<&Item> {
        let named = |item: &&Item| item.name.as_ref().is_some_and(|own| *own.text == *name);
        self.document.items.iter().find(named)
    }

    /// Whether every coherence rule holds.
    pub fn coherent(&self) -> bool {
        self.periods_are_coherent()
            && self.document.items.iter().all(|item| match &item.kind {
                ItemKind::Coherence(condition) => self.condition(condition, None),
                _ => true,
            })
    }

    /// Whether a fact is asked at all (its `si` holds), by its whole path.
    pub fn asked(&self, path: &str, element: Element) -> bool {
        let facts = self.document.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Dossier(facts) => Some(facts),
            _ => None,
        });
        facts
            .flatten()
            .find(|fact| *fact.path.text == *path)
            .and_then(|fact| fact.asked_if.as_ref())
            .is_none_or(|condition| self.truth(condition, element))
    }

    /// Every item that a decision reports, with what it came to.
    pub fn results(&self) -> BTreeMap<String, Result> {
        let mut results = BTreeMap::new();
        for item in &self.document.items {
            if let (Some(name), Some(result)) = (&item.name, self.result(item)) {
                results.insert(name.text.to_string(), result);
            }
        }
        results
    }

    pub fn favourable(&self) -> bool {
        self.document.items.iter().any(|item| match &item.kind {
            ItemKind::Decision(condition) => self.condition(condition, None),
            _ => false,
        })
    }

    pub(super) fn result(&self, item: &Item) -> Option<Result> {
        let plain = |status| Some(Result { status, amount: None, due: None, word: None });
        let applies = item.applies.as_ref().is_none_or(|condition| self.truth(condition, None));
        let spared = |unless: &[Derogation]| unless.iter().any(|d| self.condition(&d.condition, None));
        let reported = !matches!(
            item.kind,
            ItemKind::Source(_)
                | ItemKind::Dossier(_)
                | ItemKind::Coherence(_)
                | ItemKind::Parameter(..)
                | ItemKind::Columns(_)
                | ItemKind::Reading(_)
                | ItemKind::Definition(_)
        );
        if !reported {
            return None;
        }
        if !applies {
            return plain("not_applicable");
        }
        match &item.kind {
            ItemKind::Criterion { requires, unless } => plain(if self.condition(requires, None) {
                "met"
            } else if spared(unless) {
                "waived"
            } else {
                "not_met"
            }),
            ItemKind::Objective(aims) => {
                plain(if self.condition(aims, None) { "reached" } else { "not_reached" })
            }
            ItemKind::Mission(covered) => {
                plain(if self.condition(covered, None) { "covered" } else { "not_covered" })
            }
            ItemKind::Decision(condition) => {
                plain(if self.condition(condition, None) { "favourable" } else { "unfavourable" })
            }
            ItemKind::Result(result) => {
                let mut given = Result { status: "due", amount: None, due: None, word: None };
                match self.body(&result.body, None) {
                    Val::Num(number) => given.amount = Some((number.clone(), number)),
                    Val::Span(months, days) => {
                        let number = BigRational::from_integer((months + days).into());
                        given.amount = Some((number.clone(), number));
                    }
                    Val::Date(date) => given.due = Some(date),
                    Val::Bool(truth) => given.word = Some(if truth { "oui" } else { "non" }.to_owned()),
                    Val::Text(word) | Val::Opt(word) => given.word = Some(word),
                    other => panic!("a result cannot be {other:?}"),
                }
                Some(given)
            }
            ItemKind::Funding(funding) | ItemKind::Contribution(funding) => {
                let due = funding.due.as_ref().is_none_or(|condition| self.condition(condition, None));
                if !due || spared(&funding.unless) {
                    return plain("not_due");
                }
                let whole = match &funding.each {
                    Some(each) => Val::Num(self.of_each(each, &funding.amount)),
                    None => self.body(&funding.amount, None),
                };
                let amount = match whole {
                    Val::Range(low, high) => (low, high),
                    Val::Num(amount) => (amount.clone(), amount),
                    other => panic!("an amount cannot be {other:?}"),
                };
                Some(Result { status: "due", amount: Some(amount), due: None, word: None })
            }
            ItemKind::Sharing(sharing) if !self.is_shared(sharing) => plain("not_due"),
            ItemKind::Sharing(sharing) => {
                let total =
                    self.shares(sharing).into_iter().fold(BigRational::zero(), |sum, share| sum + share);
                Some(Result { status: "due", amount: Some((total.clone(), total)), due: None, word: None })
            }
            ItemKind::Obligation(obligation) => {
                if spared(&obligation.unless) {
                    return plain("not_applicable");
                }
                let Val::Date(mut limit) = self.body(&obligation.deadline, None) else { panic!("a date") };
                if let Some(put_off) = &obligation.working_day {
                    limit = conforme::time::WorkingDays::next(put_off.value).from(limit);
                }
                let done = obligation.fulfilled_by.as_ref().map(|act| self.date(act, None));
                let Some(done) = done else {
                    let status = if self.examined_on <= limit { "pending" } else { "elapsed" };
                    return Some(Result { status, amount: None, due: Some(limit), word: None });
                };
                let status = if done <= self.examined_on {
                    if done <= limit { "fulfilled" } else { "missed" }
                } else if self.examined_on <= limit {
                    "pending"
                } else {
                    "missed"
                };
                Some(Result { status, amount: None, due: Some(limit), word: None })
            }
            ItemKind::Source(_)
            | ItemKind::Dossier(_)
            | ItemKind::Coherence(_)
            | ItemKind::Parameter(..)
            | ItemKind::Columns(_)
            | ItemKind::Reading(_)
            | ItemKind::Definition(_) => None,
        }
    }

    /// By what an amount is counted: said by a literal, a fact, or what it is worked out from.
    pub(super) fn period_of(&self, expr: &Expr) -> Option<Unit> {
        let said = |span| conforme::unit::Measure::read(self.document.file.slice(span))?.per;
        match &expr.kind {
            ExprKind::Literal(_) => said(expr.span),
            ExprKind::Paren(inner) => self.period_of(inner),
            ExprKind::Arith { left, right, .. } => self.period_of(left).or_else(|| self.period_of(right)),
            ExprKind::Adjusted { base, adjustment } => match **adjustment {
                Adjustment::Brought(to) => Some(to),
                _ => self.period_of(base),
            },
            ExprKind::Name(path) => self.document.items.iter().find_map(|item| match &item.kind {
                ItemKind::Definition(definition) => match &definition.body.form {
                    ValueForm::Single(value) if item.name.as_ref()?.text == path.text => {
                        self.period_of(value)
                    }
                    _ => None,
                },
                ItemKind::Dossier(facts) => {
                    said(facts.iter().find(|fact| fact.path.text == path.text)?.ty_span)
                }
                _ => None,
            }),
            _ => None,
        }
    }
}
