//! Periods for the naive evaluator: sets of days, one by one.

use std::collections::BTreeSet;

use conforme::syntax::tree::*;
use conforme::time::Date;
use num_rational::BigRational;

use super::naive::{Element, Naive, Val, elapsed, num};

/// The days of a period, numbered, in order: any day may be left out.
type Days = Vec<i64>;

impl Naive<'_> {
    /// What is said of periods.
    pub fn period_value(&self, op: PeriodOp, of: &[Expr], element: Element) -> Val {
        let days = |rank: usize| self.days(&of[rank], element);
        let whole = |unit| {
            let days = days(0);
            let (Some(first), Some(last)) = (days.first(), days.last()) else { return num(0) };
            num(elapsed(date_of(*first), date_of(*last + 1), unit))
        };
        match op {
            PeriodOp::Days => Val::Span(0, i64::try_from(days(0).len()).expect("few days")),
            PeriodOp::Covered => {
                let path = period_base(&of[0]).expect("the period of a list");
                let (list, _) = path.text.rsplit_once('.').expect("a field");
                let depth = self.around.borrow().len();
                self.around.borrow_mut().extend(element.map(|(list, row)| (list.to_owned(), row)));
                let rows = self.facts.lists.get(list).map_or(0, Vec::len);
                let kept = (0..rows).map(|row| Some((list, row)));
                let kept = kept.filter(|own| of.get(1).is_none_or(|filter| self.truth(filter, *own)));
                let days: BTreeSet<i64> = kept.flat_map(|own| self.days(&of[0], own)).collect();
                self.around.borrow_mut().truncate(depth);
                Val::Span(0, i64::try_from(days.len()).expect("few days"))
            }
            PeriodOp::Months => whole(ElapsedUnit::Months(conforme::time::MissingDay::Last)),
            PeriodOp::Years => whole(ElapsedUnit::Years(conforme::time::MissingDay::Last)),
            PeriodOp::CalendarMonths => {
                let days = days(0);
                let (Some(first), Some(last)) = (days.first(), days.last()) else { return num(0) };
                let mut month = date_of(*first).first_of_month();
                let mut held = 0;
                while month <= date_of(*last) {
                    let after = month.plus_months(1).expect("a date of the calendar");
                    held += i64::from((month.days()..after.days()).all(|day| days.contains(&day)));
                    month = after;
                }
                num(held)
            }
            PeriodOp::First => Val::Date(date_of(*days(0).first().expect("a day"))),
            PeriodOp::Last => Val::Date(date_of(*days(0).last().expect("a day"))),
            PeriodOp::Shared => Val::Bool(common(&days(0), &days(1)).next().is_some()),
            PeriodOp::Unshared => Val::Bool(common(&days(0), &days(1)).next().is_none()),
            PeriodOp::Holds => Val::Bool(days(1).contains(&self.date(&of[0], element).days())),
            PeriodOp::HoldsNot => Val::Bool(!days(1).contains(&self.date(&of[0], element).days())),
            PeriodOp::ByMonth | PeriodOp::During | PeriodOp::DuringByDays => {
                let value = |day| match &of[0].kind {
                    ExprKind::Name(path) => match self.item(&path.text).map(|item| &item.kind) {
                        Some(ItemKind::Parameter(periods, _)) => self.parameter(periods, day),
                        _ => self.value(&of[0], element),
                    },
                    _ => self.value(&of[0], element),
                };
                let shares = self.days(&of[1], element).into_iter().map(|day| {
                    let day = date_of(day);
                    let month = day.first_of_month().days_until(day.last_of_month()) + 1;
                    let share = if op == PeriodOp::During { 1 } else { month };
                    match value(day) {
                        Val::Num(amount) => amount / BigRational::from_integer(share.into()),
                        other => panic!("{other:?} is no number"),
                    }
                });
                Val::Num(shares.sum())
            }
            PeriodOp::MonthOf => num(month(self.date(&of[0], element))),
            PeriodOp::QuarterOf => num((month(self.date(&of[0], element)) + 2) / 3),
            PeriodOp::Ends
            | PeriodOp::Common
            | PeriodOp::InYear
            | PeriodOp::InMonth
            | PeriodOp::Since
            | PeriodOp::Until => panic!("{op:?} is no value"),
        }
    }

    /// The days of a period.
    fn days(&self, period: &Expr, element: Element) -> Days {
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
                let within = |from: Date, to: Date| move |day: &i64| (from.days()..to.days()).contains(day);
                match op {
                    PeriodOp::Common => {
                        let other = self.days(&of[1], element);
                        days = common(&days, &other).collect();
                    }
                    PeriodOp::InYear => {
                        let day = |year| Date::new(year, 1, 1).expect("a date of the calendar");
                        let year = date(1).year();
                        days.retain(within(day(year), day(year + 1)));
                    }
                    PeriodOp::InMonth => {
                        let first = date(1).first_of_month();
                        days.retain(within(first, first.plus_months(1).expect("a date of the calendar")));
                    }
                    PeriodOp::Since => {
                        let from = date(1).days();
                        days.retain(|day| *day >= from);
                    }
                    PeriodOp::Until => {
                        let to = date(1).days();
                        days.retain(|day| *day <= to);
                    }
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

fn all(first: Date, last: Date) -> Days {
    (first.days()..=last.days()).collect()
}

/// The days that are in both.
fn common<'d>(one: &'d Days, other: &'d Days) -> impl Iterator<Item = i64> + 'd {
    one.iter().copied().filter(|day| other.binary_search(day).is_ok())
}

/// The month of a date, as its figures write it.
fn month(date: Date) -> i64 {
    let written = date.to_string();
    written.split('-').nth(1).and_then(|month| month.parse().ok()).expect("a month")
}

fn date_of(day: i64) -> Date {
    let origin = Date::new(2000, 1, 1).expect("a date");
    origin.plus_days(day - origin.days()).expect("a date of the calendar")
}
