//! What a body says: conditions, cases, scales, tables, adjustments and exceptions, one after the other.

use super::*;

impl Naive<'_> {
    pub fn condition(&self, condition: &Condition, element: Element) -> bool {
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

    pub(super) fn body(&self, body: &ValueBody, element: Element) -> Val {
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
    pub(super) fn contrary(&self, body: &ValueBody) -> bool {
        match &body.form {
            ValueForm::Single(Expr { kind: ExprKind::Literal(Literal::Truth(truth)), .. }) => !truth,
            _ => false,
        }
    }

    pub(super) fn table(&self, table: &TableDecl, element: Element) -> Val {
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

    pub(super) fn scale(&self, scale: &ScaleDecl, element: Element) -> Val {
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
                let top = match high {
                    Some((high, _)) if high < *of => high,
                    _ => of.clone(),
                };
                // What is below zero is all in the first line, which has no lower end.
                let slice = match low {
                    Some((low, _)) => (top - low).max(BigRational::zero()),
                    None => top,
                };
                sum += slice * self.number(&line.value, element);
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

    pub(super) fn adjust(&self, value: Val, adjustment: &Adjustment, element: Element) -> Val {
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
}
