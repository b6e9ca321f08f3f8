//! What an expression is worth, by one recursion.

use super::*;

impl Naive<'_> {
    pub fn truth(&self, expr: &Expr, element: Element) -> bool {
        match self.value(expr, element) {
            Val::Bool(truth) => truth,
            // A criterion under the name of a fact.
            other => match &expr.kind {
                ExprKind::Paren(inner) => self.truth(inner, element),
                ExprKind::Name(path) => match self.item(&path.text).map(|item| self.read(item, &path.text)) {
                    Some(Val::Bool(truth)) => truth,
                    _ => panic!("a condition cannot be {other:?}"),
                },
                _ => panic!("a condition cannot be {other:?}"),
            },
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
                if let Some(value) = self.column(&parameter.text, on) {
                    return value;
                }
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
    pub(super) fn is_option(&self, text: &str) -> bool {
        !matches!(self.facts.facts.get(text), Some(Val::Opt(_)))
            && !self.facts.readings.contains_key(text)
            && !matches!(self.item(text), Some(Item { kind: ItemKind::Definition(_), .. }))
    }

    pub(super) fn arith(&self, op: ArithOp, left: &Expr, right: &Expr, element: Element) -> Val {
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

    pub(super) fn compare(&self, op: CompareOp, left: &Expr, right: &Expr, element: Element) -> bool {
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
    pub(super) fn scale_of(&self, a: &str, b: &str) -> Vec<String> {
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
}
