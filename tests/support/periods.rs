//! Periods for the naive evaluator: sets of days, one by one.

use std::collections::BTreeSet;

use conforme::syntax::tree::*;
use conforme::time::Date;

use super::naive::{Element, Naive, Val, elapsed, num};

impl Naive<'_> {
    /// What is said of periods.
    pub fn period_value(&self, op: PeriodOp, of: &[Expr], element: Element) -> Val {
        let days = |rank: usize| self.days(&of[rank], element);
        let whole = |unit| {
            let days = days(0);
            let (Some(first), Some(last)) = (days.first(), days.last()) else { return num(0) };
            num(elapsed(*first, next(*last), unit))
        };
        match op {
            PeriodOp::Days => Val::Span(0, i64::try_from(days(0).len()).expect("few days")),
            PeriodOp::Months => whole(ElapsedUnit::Months),
            PeriodOp::Years => whole(ElapsedUnit::Years),
            PeriodOp::CalendarMonths => {
                let days = days(0);
                let firsts = days.iter().filter(|day| day.first_of_month() == **day);
                let held = firsts.filter(|first| {
                    let mut day = **first;
                    while day.first_of_month() == **first {
                        if !days.contains(&day) {
                            return false;
                        }
                        day = next(day);
                    }
                    true
                });
                num(i64::try_from(held.count()).expect("few months"))
            }
            PeriodOp::First => Val::Date(*days(0).first().expect("a day")),
            PeriodOp::Last => Val::Date(*days(0).last().expect("a day")),
            PeriodOp::Shared => Val::Bool(!days(0).is_disjoint(&days(1))),
            PeriodOp::Unshared => Val::Bool(days(0).is_disjoint(&days(1))),
            PeriodOp::Holds => Val::Bool(days(1).contains(&self.date(&of[0], element))),
            PeriodOp::HoldsNot => Val::Bool(!days(1).contains(&self.date(&of[0], element))),
            PeriodOp::Ends
            | PeriodOp::Common
            | PeriodOp::InYear
            | PeriodOp::InMonth
            | PeriodOp::Since
            | PeriodOp::Until => panic!("{op:?} is no value"),
        }
    }

    /// The days of a period.
    fn days(&self, period: &Expr, element: Element) -> BTreeSet<Date> {
        match &period.kind {
            ExprKind::Paren(inner) => self.days(inner, element),
            ExprKind::Name(path) => match self.item(&path.text).map(|item| &item.kind) {
                Some(ItemKind::Definition(definition)) => match &definition.body.form {
                    ValueForm::Single(value) => self.days(value, element),
                    other => panic!("{other:?} is no period"),
                },
                _ => {
                    let end = |end: &str| match self.name(&format!("{}.{end}", path.text), element) {
                        Val::Date(date) => date,
                        other => panic!("{other:?} is no day"),
                    };
                    all(end("du"), end("au"))
                }
            },
            ExprKind::Period { op, of } => {
                let date = |rank: usize| self.date(&of[rank], element);
                if *op == PeriodOp::Ends {
                    return all(date(0), date(1));
                }
                let mut days = self.days(&of[0], element);
                match op {
                    PeriodOp::Common => {
                        let other = self.days(&of[1], element);
                        days.retain(|day| other.contains(day));
                    }
                    PeriodOp::InYear => days.retain(|day| day.year() == date(1).year()),
                    PeriodOp::InMonth => days.retain(|day| day.first_of_month() == date(1).first_of_month()),
                    PeriodOp::Since => days.retain(|day| *day >= date(1)),
                    PeriodOp::Until => days.retain(|day| *day <= date(1)),
                    other => panic!("{other:?} is no period"),
                }
                days
            }
            other => panic!("{other:?} is no period"),
        }
    }

    /// Whether the last day of each period of the dossier follows its first one.
    pub fn periods_are_coherent(&self) -> bool {
        let facts = self.document.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Dossier(facts) => Some(facts),
            _ => None,
        });
        facts.flatten().filter(|fact| fact.ty == TypeExpr::Period).all(|fact| {
            let holds = |element| {
                let day =
                    |end: &str| match self.name(&format!("{}.{end}", name(&fact.path, element)), element) {
                        Val::Date(date) => date,
                        other => panic!("{other:?} is no day"),
                    };
                !self.asked(&fact.path.text, element) || day("du") <= day("au")
            };
            let list = self.facts.lists.keys().find(|list| fact.path.text.starts_with(&format!("{list}.")));
            match list {
                Some(list) => {
                    let rows = self.facts.lists.get(list).map_or(0, Vec::len);
                    (0..rows).all(|row| holds(Some((list.as_str(), row))))
                }
                None => holds(None),
            }
        })
    }
}

/// A fact's name where it is read: within its element, or whole.
fn name<'p>(path: &'p Path, element: Element<'p>) -> &'p str {
    match element {
        Some((list, _)) => path.text.get(list.len() + 1..).expect("a field of the list"),
        None => &path.text,
    }
}

fn all(first: Date, last: Date) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    let mut day = first;
    while day <= last {
        days.insert(day);
        day = next(day);
    }
    days
}

fn next(day: Date) -> Date {
    day.plus_days(1).expect("a date of the calendar")
}
