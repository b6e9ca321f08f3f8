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

    fn result(&self, item: &Item) -> Option<Result> {
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
    fn period_of(&self, expr: &Expr) -> Option<Unit> {
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

    /// The amounts of the elements that count, together.
    fn of_each(&self, each: &EachDecl, amount: &ValueBody) -> BigRational {
        let singular = |list: &String| *list == *each.list.text || *list == format!("{}s", each.list.text);
        let (list, rows) = self.facts.lists.iter().find(|(list, _)| singular(list)).expect("a list");
        let mut total = BigRational::zero();
        for row in 0..rows.len() {
            let element = Some((list.as_str(), row));
            if each.filter.as_ref().is_none_or(|filter| self.truth(filter, element)) {
                match self.body(amount, element) {
                    Val::Num(amount) => total += amount,
                    other => panic!("the amount of an element cannot be {other:?}"),
                }
            }
        }
        total
    }

    fn condition(&self, condition: &Condition, element: Element) -> bool {
        let mut held = 0u32;
        let mut asked = 0u32;
        for bullet in &condition.bullets {
            if bullet.only_if.as_ref().is_some_and(|only_if| !self.truth(only_if, element)) {
                continue;
            }
            asked += 1;
            held += u32::from(self.truth(&bullet.expr, element));
        }
        match condition.mode {
            Mode::All => held == asked,
            Mode::Any => held >= 1,
            Mode::None => held == 0,
            Mode::AtLeast(n) => held >= n,
            Mode::AtMost(n) => held <= n,
            Mode::Exactly(n) => held == n,
        }
    }

    pub fn truth(&self, expr: &Expr, element: Element) -> bool {
        match self.value(expr, element) {
            Val::Bool(truth) => truth,
            other => panic!("a condition cannot be {other:?}"),
        }
    }

    pub fn number(&self, expr: &Expr, element: Element) -> BigRational {
        match self.value(expr, element) {
            Val::Num(number) => number,
            Val::Span(months, 0) => BigRational::from_integer(months.into()),
            Val::Span(0, days) => BigRational::from_integer(days.into()),
            other => panic!("a number cannot be {other:?}"),
        }
    }

    pub fn date(&self, expr: &Expr, element: Element) -> Date {
        match self.value(expr, element) {
            Val::Date(date) => date,
            other => panic!("a date cannot be {other:?}"),
        }
    }

    fn body(&self, body: &ValueBody, element: Element) -> Val {
        let value = match &body.form {
            ValueForm::Single(expr) => self.value(expr, element),
            ValueForm::Cases(lines) => {
                let line = lines.iter().find(|line| match &line.when {
                    When::If(condition) | When::ElseIf(condition) => self.truth(condition, element),
                    When::Otherwise(_) => true,
                });
                self.value(&line.expect("the lines cover every case").value, element)
            }
            ValueForm::Scale(scale) => self.scale(scale, element),
            ValueForm::Table(table) => self.table(table, element),
            ValueForm::Share(_) => panic!("only a check makes one"),
        };
        let holds = |exception: &Exception| self.condition(&exception.condition, element);
        let mut value = value;
        let mut rest = body.then.as_slice();
        while let Some(then) = rest.first() {
            match then {
                Then::Adjust(adjusting) => {
                    rest = &rest[1..];
                    if adjusting.only_if.as_ref().is_none_or(|only_if| self.truth(only_if, element)) {
                        for adjustment in &adjusting.adjustments {
                            value = self.adjust(value, &adjustment.value, element);
                        }
                    }
                }
                Then::Except(_) => {
                    // Those that stand together: the ones that come first, then the others, none of which
                    // holds along with another.
                    let run = rest.iter().take_while(|then| matches!(then, Then::Except(_))).count();
                    let exceptions = || {
                        rest[..run].iter().filter_map(|then| match then {
                            Then::Except(exception) => Some(exception),
                            Then::Adjust(_) => None,
                        })
                    };
                    let chosen = exceptions().find(|one| one.first && holds(one));
                    if let Some(exception) = chosen.or_else(|| exceptions().find(|one| holds(one))) {
                        value = match &exception.value {
                            Some(given) => self.value(given, element),
                            None => Val::Bool(self.contrary(body)),
                        };
                    }
                    rest = &rest[run..];
                }
            }
        }
        value
    }

    /// What a bare exception says: the contrary of a rule that is written out, `non` of any other.
    fn contrary(&self, body: &ValueBody) -> bool {
        match &body.form {
            ValueForm::Single(Expr { kind: ExprKind::Literal(Literal::Truth(truth)), .. }) => !truth,
            _ => false,
        }
    }

    fn table(&self, table: &TableDecl, element: Element) -> Val {
        let of: Vec<Val> = table.of.iter().map(|of| self.value(of, element)).collect();
        let takes = |of: &Val, band: &Band| match band {
            Band::Otherwise => true,
            Band::Beyond => panic!("a cell names its bound"),
            Band::Options(options) => options.iter().any(|option| match (&option.kind, of) {
                (ExprKind::Name(path), Val::Opt(own)) => *path.text == **own,
                _ => self.value(option, element) == *of,
            }),
            Band::Between { low, high } => {
                let Val::Num(of) = of else { panic!("a range is of numbers") };
                let end = |(expr, included): &(Expr, bool)| (of.cmp(&self.number(expr, element)), *included);
                low.as_ref()
                    .map(end)
                    .is_none_or(|(order, included)| order.is_gt() || included && order.is_eq())
                    && high
                        .as_ref()
                        .map(end)
                        .is_none_or(|(order, included)| order.is_lt() || included && order.is_eq())
            }
        };
        let mut lines = table.lines.iter().filter(|line| match line.cells.as_slice() {
            [only] => only.value == Band::Otherwise,
            cells => of.iter().zip(cells).all(|(of, cell)| takes(of, &cell.value)),
        });
        self.value(&lines.next().expect("a table covers every case").value, element)
    }

    fn scale(&self, scale: &ScaleDecl, element: Element) -> Val {
        let of = self.value(&scale.of, element);
        let mut previous: Option<BigRational> = None;
        let mut sum = BigRational::zero();
        for line in &scale.lines {
            let (low, high) = match &line.band {
                Band::Options(options) => {
                    let named = |option: &Expr| match (&option.kind, &of) {
                        (ExprKind::Name(path), Val::Opt(own)) => *path.text == **own,
                        _ => self.value(option, element) == of,
                    };
                    if options.iter().any(named) {
                        return self.value(&line.value, element);
                    }
                    continue;
                }
                Band::Between { low, high } => {
                    let end = |end: &Option<(Expr, bool)>| {
                        end.as_ref().map(|(expr, included)| (self.number(expr, element), *included))
                    };
                    (end(low), end(high))
                }
                Band::Otherwise => return self.value(&line.value, element),
                Band::Beyond => (previous.clone().map(|value| (value, false)), None),
            };
            let Val::Num(of) = &of else { panic!("a scale is read by a number") };
            previous = high.as_ref().map(|(value, _)| value.clone());
            if scale.by_slices.is_some() {
                let zero = BigRational::zero();
                let low = low.map_or(zero, |(value, _)| value);
                let top = match high {
                    Some((high, _)) if high < *of => high,
                    _ => of.clone(),
                };
                if top > low {
                    sum += (top - low) * self.number(&line.value, element);
                }
                continue;
            }
            let above = low.is_none_or(|(value, included)| *of > value || (included && *of == value));
            let below = high.is_none_or(|(value, included)| *of < value || (included && *of == value));
            if above && below {
                return self.value(&line.value, element);
            }
        }
        assert!(scale.by_slices.is_some(), "a scale covers every value");
        Val::Num(sum)
    }

    fn adjust(&self, value: Val, adjustment: &Adjustment, element: Element) -> Val {
        if let Val::Range(low, high) = value {
            let one = |value| match self.adjust(Val::Num(value), adjustment, element) {
                Val::Num(value) => value,
                other => panic!("an adjusted number cannot be {other:?}"),
            };
            return Val::Range(one(low), one(high));
        }
        let Val::Num(value) = value else { panic!("only a number is adjusted") };
        let of = |expr| self.number(expr, element);
        Val::Num(match adjustment {
            Adjustment::AtMost(most) => value.min(of(most)),
            Adjustment::AtLeast(least) => value.max(of(least)),
            Adjustment::Prorata(part, whole) => value * of(part) / of(whole),
            Adjustment::Increase(rate) => value.clone() + value * of(rate),
            Adjustment::Decrease(rate) => value.clone() - value * of(rate),
            Adjustment::Round(rounding) => round(value, rounding),
            Adjustment::Brought(_) => panic!("brought where its period is known"),
        })
    }

    fn field<'s>(&'s self, list: &str, row: usize, field: &str) -> Option<&'s Val> {
        self.facts.lists.get(list)?.get(row)?.get(field)
    }

    /// « poids de l'élément », « celui de l'élément » to the right of a name: of the element around, where there is one.
    fn of_element(&self, path: &str, left: Option<&Expr>, element: Element) -> Option<Val> {
        let said = path.strip_suffix(" de l'élément").or_else(|| path.strip_suffix(" de la commune"))?;
        let field = match left.map(|left| &left.kind) {
            Some(ExprKind::Name(left)) if said == "celui" => &left.parts.last().expect("a name").text,
            _ => said,
        };
        let mut around = self.around.borrow().clone();
        let (list, row) = match (around.pop(), element) {
            (Some(own), _) => own,
            (None, Some((list, row))) => (list.to_owned(), row),
            (None, None) => return None,
        };
        let outer = self.around.replace(around);
        let value = self.name(field, Some((&list, row)));
        self.around.replace(outer);
        Some(value)
    }

    pub fn name(&self, path: &str, element: Element) -> Val {
        if let Some((list, row)) = element {
            let own = path.strip_prefix(list).and_then(|rest| rest.strip_prefix('.')).unwrap_or(path);
            if let Some(value) = self.field(list, row, own) {
                return value.clone();
            }
            if let Some(value) = self.of_sharing(own, Some(row)) {
                return value;
            }
            let whole = format!("{list}.{own}");
            if let Some(Item { kind: ItemKind::Definition(definition), .. }) = self.item(&whole) {
                let around = self.around.take();
                let value = self.body(&definition.body, element);
                self.around.replace(around);
                return value;
            }
        }
        if let Some(value) = self.of_element(path, None, element) {
            return value;
        }
        if let Some(value) = self.facts.facts.get(path) {
            return value.clone();
        }
        if let Some(option) = self.facts.readings.get(path) {
            return Val::Opt(option.clone());
        }
        if let Some(value) = self.of_sharing(path, None) {
            return value;
        }
        let Some(item) = self.item(path) else { return Val::Opt(path.to_owned()) };
        match &item.kind {
            ItemKind::Definition(definition) => self.body(&definition.body, None),
            ItemKind::Parameter(periods, _) => self.parameter(periods, self.examined_on),
            _ => match self.result(item).map(|result| result.status) {
                Some("met" | "waived" | "reached" | "covered" | "due" | "fulfilled" | "favourable") => {
                    Val::Bool(true)
                }
                Some("not_applicable") => Val::Bool(matches!(item.kind, ItemKind::Criterion { .. })),
                Some(_) => Val::Bool(false),
                None => panic!("{path} is no value"),
            },
        }
    }

    pub fn parameter(&self, periods: &[PeriodValue], on: Date) -> Val {
        let held = periods.iter().rfind(|period| {
            period.from.as_ref().is_none_or(|from| from.value <= on)
                && period.until.as_ref().is_none_or(|until| on <= until.value)
        });
        self.value(&held.expect("the parameter has a value at that date").value, None)
    }

    pub fn value(&self, expr: &Expr, element: Element) -> Val {
        let truth = |expr: &Expr| self.truth(expr, element);
        let number = |expr: &Expr| self.number(expr, element);
        match &expr.kind {
            ExprKind::Literal(literal) => match literal {
                Literal::Truth(truth) => Val::Bool(*truth),
                Literal::Number(n) | Literal::Percent(n) | Literal::Amount(n) => Val::Num(big(n)),
                Literal::Date(date) => Val::Date(*date),
                Literal::Duration(duration) => Val::Span(duration.months, duration.days),
                Literal::Text(text) => Val::Text(fold(text)),
                Literal::WorkingDays(_) => panic!("only beside a date"),
            },
            ExprKind::Name(path) => self.name(&path.text, element),
            ExprKind::ExaminationDate => Val::Date(self.examined_on),
            ExprKind::AllCriteria => Val::Bool(self.document.items.iter().all(|item| match &item.kind {
                ItemKind::Criterion { .. } => {
                    self.result(item).is_some_and(|result| result.status != "not_met")
                }
                _ => true,
            })),
            ExprKind::Paren(inner) => self.value(inner, element),
            ExprKind::Not(inner) => Val::Bool(!truth(inner)),
            ExprKind::And(of) => Val::Bool(of.iter().all(truth)),
            ExprKind::Or(of) => Val::Bool(of.iter().any(truth)),
            ExprKind::Negate(inner) => Val::Num(-number(inner)),
            ExprKind::Arith { op, left, right } => self.arith(*op, left, right, element),
            ExprKind::Compare { op, left, right, .. } => Val::Bool(self.compare(*op, left, right, element)),
            ExprKind::Is { negated, subject: written, values } => {
                let subject = self.value(written, element);
                let among = values.iter().any(|value| {
                    let ExprKind::Name(path) = &value.kind else {
                        return self.value(value, element) == subject;
                    };
                    match (self.of_element(&path.text, Some(written), element), &subject) {
                        (Some(own), subject) => own == *subject,
                        (None, Val::Opt(own)) if self.is_option(&path.text) => *path.text == **own,
                        (None, subject) => self.value(value, element) == *subject,
                    }
                });
                Val::Bool(among != *negated)
            }
            ExprKind::Between { negated, subject, low, high } => {
                let within = self.compare(CompareOp::Ge, subject, low, element)
                    && self.compare(CompareOp::Le, subject, high, element);
                Val::Bool(within != *negated)
            }
            ExprKind::Within { negated, date, duration, origin } => {
                let (date, origin) = (self.date(date, element), self.date(origin, element));
                let end = shift(origin, &self.value(duration, element), 1);
                Val::Bool((origin <= date && date <= end) != *negated)
            }
            ExprKind::Adjusted { base, adjustment } => {
                if let Adjustment::Brought(to) = **adjustment {
                    let months =
                        |unit: Unit| BigRational::from_integer(unit.months().expect("months").into());
                    let by = self.period_of(base).expect("a period");
                    return Val::Num(self.number(base, element) * months(to) / months(by));
                }
                self.adjust(self.value(base, element), adjustment, element)
            }
            ExprKind::Extremum { greatest, of } => {
                let all = of.iter().map(|expr| self.value(expr, element));
                all.reduce(
                    |a, b| if (order(&a, &b) == std::cmp::Ordering::Greater) == *greatest { a } else { b },
                )
                .expect("two values or more")
            }
            ExprKind::Aggregate { kind, path, filter, property } => {
                let around = element.map(|(list, row)| (list.to_owned(), row));
                let depth = self.around.borrow().len();
                self.around.borrow_mut().extend(around);
                let value = self.aggregate(*kind, path, filter.as_deref(), property.as_deref());
                self.around.borrow_mut().truncate(depth);
                value
            }
            ExprKind::Rank { by, filter, in_order } => {
                let (list, row) = element.expect("a rank is of an element");
                let key = |other: usize| match self.value(by, Some((list, other))) {
                    Val::Date(date) => BigRational::from_integer(date.days().into()),
                    Val::Num(number) => number,
                    other => panic!("nothing is ranked by {other:?}"),
                };
                let counts = |other: usize| {
                    filter.as_ref().is_none_or(|filter| self.truth(filter, Some((list, other))))
                };
                let before = |other: usize| {
                    key(other) < key(row) || *in_order && key(other) == key(row) && other < row
                };
                let rows = self.facts.lists.get(list).map_or(0, Vec::len);
                let less = (0..rows).filter(|other| counts(*other) && before(*other)).count();
                num(i64::try_from(less).expect("few elements") + 1)
            }
            ExprKind::Elapsed { from, to, unit } => {
                let (from, to) = (self.date(from, element), self.date(to, element));
                num(elapsed(from, to, *unit))
            }
            ExprKind::DayOf { day, date } => Val::Date(day.of(self.date(date, element))),
            // Day by day: the first one after a month that has no such day.
            ExprKind::Failing { of, missing } => match &of.kind {
                ExprKind::Paren(inner) => self.value(
                    &Expr {
                        kind: ExprKind::Failing { of: inner.clone(), missing: *missing },
                        span: expr.span,
                    },
                    element,
                ),
                ExprKind::Arith { op, left, right } => {
                    let Val::Span(months, days) = self.value(right, element) else { panic!("months") };
                    let sign = if *op == ArithOp::Sub { -1 } else { 1 };
                    let moved = later(self.date(left, element), sign * months, *missing)
                        .expect("a date of the calendar");
                    Val::Date(moved.plus_days(sign * days).expect("a date of the calendar"))
                }
                ExprKind::Elapsed { from, to, unit } => {
                    let unit = match unit {
                        ElapsedUnit::Years(_) => ElapsedUnit::Years(*missing),
                        _ => ElapsedUnit::Months(*missing),
                    };
                    num(elapsed(self.date(from, element), self.date(to, element), unit))
                }
                other => panic!("{other:?}"),
            },
            ExprKind::WeekdayOf(date) => {
                let names = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
                let days = self.date(date, element).days();
                // 5 January 1970 was a Monday.
                Val::Opt(names[usize::try_from((days - 4).rem_euclid(7)).expect("seven days")].into())
            }
            ExprKind::YearOf(date) => num(i64::from(self.date(date, element).year())),
            ExprKind::Period { op, of } => self.period_value(*op, of, element),
            ExprKind::AtDate { parameter, date } => {
                let on = self.date(date, element);
                match self.item(&parameter.text).map(|item| &item.kind) {
                    Some(ItemKind::Parameter(periods, _)) => self.parameter(periods, on),
                    _ => panic!("{} is no parameter", parameter.text),
                }
            }
            ExprKind::AmountOf(path) => {
                let item = self.item(&path.text).expect("a financing");
                let amount = self.result(item).and_then(|result| result.amount);
                Val::Num(amount.map_or_else(BigRational::zero, |(low, _)| low))
            }
            ExprKind::Range { low, high } => Val::Range(number(low), number(high)),
            ExprKind::Invalid => panic!("an expression that could not be read"),
        }
    }

    /// Beside an option, a name is an option too, unless it names something that is one.
    fn is_option(&self, text: &str) -> bool {
        !matches!(self.facts.facts.get(text), Some(Val::Opt(_)))
            && !self.facts.readings.contains_key(text)
            && !matches!(self.item(text), Some(Item { kind: ItemKind::Definition(_), .. }))
    }

    fn arith(&self, op: ArithOp, left: &Expr, right: &Expr, element: Element) -> Val {
        if let ExprKind::Literal(Literal::WorkingDays(days)) = &right.kind {
            let count = if op == ArithOp::Sub { -days.count } else { days.count };
            let days = conforme::time::WorkingDays { count, ..*days };
            return Val::Date(days.from(self.date(left, element)));
        }
        let (left, right) = (self.value(left, element), self.value(right, element));
        match (op, left, right) {
            (ArithOp::Add, Val::Num(a), Val::Num(b)) => Val::Num(a + b),
            (ArithOp::Sub, Val::Num(a), Val::Num(b)) => Val::Num(a - b),
            (ArithOp::Mul, Val::Num(a), Val::Num(b)) => Val::Num(a * b),
            (ArithOp::Div, Val::Num(a), Val::Num(b)) => Val::Num(a / b),
            (ArithOp::Pow, Val::Num(a), Val::Num(b)) => {
                let times: u32 = b.to_integer().try_into().expect("an exponent");
                let one = BigRational::from_integer(1.into());
                Val::Num((0..times).fold(one, |product, _| product * &a))
            }
            (ArithOp::Add, Val::Date(date), span) => Val::Date(shift(date, &span, 1)),
            (ArithOp::Sub, Val::Date(a), Val::Date(b)) => Val::Span(0, a.days() - b.days()),
            (ArithOp::Sub, Val::Date(date), span) => Val::Date(shift(date, &span, -1)),
            (ArithOp::Add, Val::Span(a, b), Val::Span(c, d)) => Val::Span(a + c, b + d),
            (ArithOp::Sub, Val::Span(a, b), Val::Span(c, d)) => Val::Span(a - c, b - d),
            (op, left, right) => panic!("{op:?} of {left:?} and {right:?}"),
        }
    }

    fn compare(&self, op: CompareOp, left: &Expr, right: &Expr, element: Element) -> bool {
        let own = match &right.kind {
            ExprKind::Name(path) => self.of_element(&path.text, Some(left), element),
            _ => None,
        };
        let (a, b) = (self.value(left, element), own.unwrap_or_else(|| self.value(right, element)));
        if let (Val::Opt(a), Val::Opt(b)) = (&a, &b) {
            let scale = self.scale_of(a, b);
            let rank = |option: &str| scale.iter().position(|own| own == option);
            return holds(op, rank(a).cmp(&rank(b)));
        }
        match op {
            CompareOp::Eq => a == b,
            CompareOp::Ne => a != b,
            CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => holds(op, order(&a, &b)),
        }
    }

    /// The options of the choice or scale that holds both.
    fn scale_of(&self, a: &str, b: &str) -> Vec<String> {
        let types = self.document.items.iter().flat_map(|item| match &item.kind {
            ItemKind::Dossier(facts) => facts.iter().map(|fact| &fact.ty).collect(),
            ItemKind::Definition(definition) => {
                definition.options.iter().map(|options| &options.value).collect()
            }
            _ => Vec::new(),
        });
        let options = types.filter_map(|ty| match ty {
            TypeExpr::Choice(names) | TypeExpr::Scale(names) => {
                Some(names.iter().map(|name| name.text.to_string()).collect::<Vec<_>>())
            }
            _ => None,
        });
        let both = |options: &Vec<String>| options.iter().any(|o| o == a) && options.iter().any(|o| o == b);
        options.into_iter().find(both).expect("two options of one scale")
    }

    fn aggregate(&self, kind: Aggregate, path: &Path, filter: Option<&Expr>, property: Option<&Expr>) -> Val {
        let (list, field) = match self.facts.lists.get(&*path.text) {
            Some(_) => (&*path.text, None),
            None => path.text.rsplit_once('.').map(|(list, field)| (list, Some(field))).expect("a field"),
        };
        let rows = self.facts.lists.get(list).map_or(0, Vec::len);
        let kept: Vec<usize> = (0..rows)
            .filter(|row| filter.is_none_or(|filter| self.truth(filter, Some((list, *row)))))
            .collect();
        let values = || {
            let field = field.expect("a field of the list");
            kept.iter().map(move |row| match self.name(field, Some((list, *row))) {
                Val::Num(value) => value,
                other => panic!("an aggregate of {other:?}"),
            })
        };
        match kind {
            Aggregate::Count => num(i64::try_from(kept.len()).expect("few elements")),
            Aggregate::Sum => Val::Num(values().fold(BigRational::zero(), |sum, value| sum + value)),
            Aggregate::Greatest => Val::Num(values().max().expect("a list that is not empty")),
            Aggregate::Least => Val::Num(values().min().expect("a list that is not empty")),
            Aggregate::All => {
                let property = property.expect("vérifient");
                Val::Bool(kept.iter().all(|row| self.truth(property, Some((list, *row)))))
            }
            Aggregate::Exists => Val::Bool(!kept.is_empty()),
            Aggregate::None => Val::Bool(kept.is_empty()),
        }
    }
}

fn holds(op: CompareOp, order: std::cmp::Ordering) -> bool {
    match op {
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
    }
}

fn order(a: &Val, b: &Val) -> std::cmp::Ordering {
    match (a, b) {
        (Val::Num(a), Val::Num(b)) => a.cmp(b),
        (Val::Date(a), Val::Date(b)) => a.cmp(b),
        (Val::Span(a, b), Val::Span(c, d)) => (a, b).cmp(&(c, d)),
        (a, b) => panic!("no order between {a:?} and {b:?}"),
    }
}

fn shift(date: Date, by: &Val, sign: i64) -> Date {
    match by {
        Val::Span(months, days) => date
            .plus_months(sign * months)
            .and_then(|date| date.plus_days(sign * days))
            .expect("a date of the calendar"),
        other => panic!("a date is not moved by {other:?}"),
    }
}

/// The greatest n with from + n units ≤ to, by counting; backwards, with a minus sign.
pub fn elapsed(from: Date, to: Date, unit: ElapsedUnit) -> i64 {
    if to < from {
        return -elapsed(to, from, unit);
    }
    let at = |n: i64| match unit {
        ElapsedUnit::Days => from.plus_days(n),
        ElapsedUnit::Months(missing) => later(from, n, missing),
        ElapsedUnit::Years(missing) => later(from, 12 * n, missing),
    };
    let fits = |n: i64| at(n).expect("a date of the calendar") <= to;
    let mut n = 0;
    while fits(n + 1) {
        n += 1;
    }
    n
}

pub fn round(value: BigRational, rounding: &conforme::number::round::Rounding) -> BigRational {
    use conforme::number::round::Direction;
    let step = big(&rounding.step);
    let units = value / &step;
    let half = BigRational::new(1.into(), 2.into());
    let floor = units.floor();
    let units = match rounding.direction {
        Direction::Down => floor,
        Direction::Up => units.ceil(),
        Direction::TowardZero => units.trunc(),
        Direction::HalfAway if units.is_negative() => -((-units) + half).floor(),
        Direction::HalfAway => (units + half).floor(),
        Direction::HalfEven => {
            let rest = &units - &floor;
            let even = (floor.to_integer() % BigInt::from(2)).is_zero();
            if rest < half || (rest == half && even) {
                floor
            } else {
                units.floor() + BigRational::from_integer(1.into())
            }
        }
    };
    units * step
}

pub fn big(ratio: &conforme::number::Ratio) -> BigRational {
    BigRational::new(ratio.numerator().parse().expect("digits"), ratio.denominator().parse().expect("digits"))
}

/// A text as it is compared.
pub fn fold(text: &str) -> String {
    text.replace('’', "'").to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// So many months later; a day that the month does not have is its last, or the day after that.
fn later(from: Date, months: i64, missing: conforme::time::MissingDay) -> Option<Date> {
    let moved = from.plus_months(months)?;
    let next = missing == conforme::time::MissingDay::Next && moved.day() < from.day();
    if next { moved.plus_days(1) } else { Some(moved) }
}
