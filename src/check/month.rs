//! What is due by month, in proportion to the days; months and quarters of the calendar.

use super::names::{Found, Scope, What};
use super::period::Ends;
use super::types::{Ty, arithmetic};
use super::{Checker, Typed};
use crate::diagnostic::Diagnostic;
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};
use crate::policy::{ExprId, ExprKind as Kind, ParameterId, Type};
use crate::source::Span;
use crate::syntax::tree::{ArithOp, ElapsedUnit, Expr, ExprKind, PeriodOp};
use crate::time::{Date, DayOf, DayOfYear, MissingDay};
use crate::unit::{Measure, Unit};
use crate::value::Value;

const DATE: Ty = Ty::Of(Type::Date);
const DAYS: Ty = Ty::Of(Type::Days);
const INTEGER: Ty = Ty::Of(Type::Integer);
const NUMBER: Ty = Ty::Of(Type::Number);

impl Checker<'_> {
    /// `mois de D`, `trimestre civil de D`.
    pub(super) fn rank_in_year(&mut self, op: PeriodOp, date: &Expr, span: Span, scope: Scope) -> Typed {
        if op == PeriodOp::MonthOf && self.is_period_name(date, scope) {
            self.report_month_of_period(date, span);
            return self.unknown(span);
        }
        let what = if op == PeriodOp::MonthOf { "le mois" } else { "le trimestre" };
        let date = self.lower_date(date, what, scope);
        let Some(first) = DayOfYear::new(1, 1).filter(|_| !date.ty.is_unknown()) else {
            return self.unknown(span);
        };
        let first = self.day_of(DayOf::Year(first), date.id, span);
        let before = Kind::Elapsed { from: first, to: date.id, unit: ElapsedUnit::Months(MissingDay::Last) };
        let mut before = self.push(before, INTEGER, span).id;
        if op == PeriodOp::QuarterOf {
            let three = self.number(3, INTEGER, span);
            let quarters = self.push(Kind::Div(before, three), Ty::Ratio, span).id;
            let rounding = Rounding { step: Ratio::one(), direction: Direction::Down };
            before = self.push(Kind::Round { value: quarters, rounding }, INTEGER, span).id;
        }
        let one = self.number(1, INTEGER, span);
        self.push(Kind::Add(before, one), INTEGER, span)
    }

    fn is_period_name(&self, expr: &Expr, scope: Scope) -> bool {
        let ExprKind::Name(path) = &expr.kind else { return false };
        let found = self.names.resolve(&path.text, scope);
        matches!(found, Found::Symbol(symbol) if matches!(symbol.what, What::Period(_)))
    }

    /// `mois de stage`, of a period: of which month a day is, no count of months.
    fn report_month_of_period(&mut self, period: &Expr, span: Span) {
        let (words, name) = (self.words(span), self.words(period.span));
        let message = format!("« {words} » dit de quel mois est un jour ; « {name} » est une période");
        let end = span.start as usize + self.file.slice(span).trim_end().len();
        let place = Span::new(span.start as usize, end);
        let mut problem = Diagnostic::error("periode-sans-valeur", message).at(self.file, place, "");
        if let Some(of) = words.strip_prefix("mois ") {
            let (start, help) = (span.start as usize, format!("écrire « mois entiers {of} »"));
            let edit = (Span::new(start, start + "mois".len()), "mois entiers".to_owned());
            problem = problem.help(&help).remedy(help, self.file, [edit]);
        }
        self.report(problem);
    }

    /// `X pour chaque mois de P au prorata des jours`.
    pub(super) fn by_month(&mut self, base: Typed, of: &Expr, span: Span, scope: Scope) -> Typed {
        let ends = self.lower_period(of, scope);
        match ends.filter(|_| !base.ty.is_unknown()) {
            Some(ends) => self.for_each(Unit::MONTH, base, (ends, of.span), span),
            None => self.unknown(span),
        }
    }

    /// `X pendant la durée de P`: what is due by the month or by the day.
    pub(super) fn during(
        &mut self,
        base: Typed,
        of: &Expr,
        by_days: bool,
        span: Span,
        scope: Scope,
    ) -> Typed {
        let per = base.ty.measure().filter(|measure| measure.money).and_then(|measure| measure.per);
        let ends = self.lower_period(of, scope);
        let (false, Some(ends)) = (base.ty.is_unknown(), ends) else { return self.unknown(span) };
        match per {
            Some(Unit::MONTH) if by_days => self.for_each(Unit::MONTH, base, (ends, of.span), span),
            Some(Unit::DAY) if !by_days => self.for_each(Unit::DAY, base, (ends, of.span), span),
            _ => {
                self.report_during(base, per, of, span);
                self.unknown(span)
            }
        }
    }

    /// What is due for each month or each day of a period, written at a place of its own.
    fn for_each(&mut self, unit: Unit, base: Typed, (ends, period): (Ends, Span), span: Span) -> Typed {
        let Some(ty) = for_each(unit, base.ty) else {
            let message = format!(
                "« {} » est {} : cela ne se partage pas par mois",
                self.words(base.span),
                self.type_words(base.ty)
            );
            let label = "un montant ou un nombre est attendu";
            self.error("types-incompatibles", message, base.span, label, None);
            return self.unknown(span);
        };
        if let Some(parameter) = self.changing(base.id) {
            return self.change_within(unit, Typed { ty, ..base }, parameter, ends, span);
        }
        if let Some(parameter) = self.changes_within(base.id) {
            self.report_change(unit, parameter, base.span);
            return self.unknown(span);
        }
        let count = self.lasted(unit, ends, period);
        self.push(Kind::Mul(base.id, count), ty, span)
    }

    /// How many months or days a period lasts.
    fn lasted(&mut self, unit: Unit, ends: Ends, span: Span) -> ExprId {
        match unit {
            Unit::DAY => self.counted_in(PeriodOp::Days, ends, span).id,
            _ => self.months(ends, span),
        }
    }

    fn report_during(&mut self, base: Typed, per: Option<Unit>, of: &Expr, span: Span) {
        let (words, period) = (self.words(base.span), self.words(of.span));
        let after = self.file.slice(Span::new(base.span.end as usize, span.end as usize));
        let blank = after.len() - after.trim_start().len();
        let after = Span::new(base.span.end as usize + blank, span.end as usize);
        let (message, place, label, help) = match per {
            Some(Unit::MONTH) => (
                format!("« {words} pendant la durée de {period} » ne dit pas ce que vaut un mois entamé"),
                after,
                "et les mois qui ne sont pas entiers ?",
                format!(
                    "ajouter « au prorata des jours » ; pour ne compter que les mois entiers, multiplier un montant \
                     par « mois entiers de {period} »"
                ),
            ),
            Some(Unit::DAY) => (
                "un montant par jour compte déjà chaque jour de la période".to_owned(),
                after,
                "« au prorata des jours » est de trop",
                "ôter « au prorata des jours »".to_owned(),
            ),
            Some(per) if per.months().is_some() => (
                format!("« {words} » est {} : la période se compte en mois", self.type_words(base.ty)),
                base.span,
                "par mois ?",
                format!("écrire « ({words} ramené au mois) pendant la durée de … au prorata des jours »"),
            ),
            _ => (
                format!("« {words} » ne dit pas combien est dû chaque mois de la période"),
                base.span,
                "par mois, par jour ?",
                if base.ty.is_money() {
                    format!("écrire « {words} par mois » si c'est ce qui est dû chaque mois")
                } else {
                    "un montant par mois se dit « 600 € par mois », ou se déclare « montant par mois »"
                        .to_owned()
                },
            ),
        };
        let problem = Diagnostic::error("periode-absente", message).at(self.file, place, label).help(help);
        self.report(problem);
    }

    /// A parameter named as such, whose value changes with time.
    fn changing(&self, value: ExprId) -> Option<ParameterId> {
        let Kind::Parameter { parameter, at } = &self.exprs.get(value).kind else { return None };
        (self.is_of_the_day(*at) && self.changes(*parameter)).then_some(*parameter)
    }

    fn changes(&self, parameter: ParameterId) -> bool {
        self.parameters.get(parameter.index()).is_some_and(|parameter| parameter.periods.len() > 1)
    }

    /// Whether a parameter is read without a date of its own.
    fn is_of_the_day(&self, at: Option<ExprId>) -> bool {
        at.is_none() || at == self.version_date
    }

    /// A parameter that changes with time, in a value that is worked out of it.
    fn changes_within(&self, expr: ExprId) -> Option<ParameterId> {
        let mut pending = vec![expr];
        while let Some(id) = pending.pop() {
            let kind = &self.exprs.get(id).kind;
            match kind {
                Kind::Parameter { parameter, at } if self.is_of_the_day(*at) && self.changes(*parameter) => {
                    return Some(*parameter);
                }
                Kind::Definition(definition) => pending.push(self.definitions[definition.index()].body),
                _ => {}
            }
            kind.for_each_operand(&mut |operand| pending.push(operand));
        }
        None
    }

    fn report_change(&mut self, unit: Unit, parameter: ParameterId, span: Span) {
        let name = self.parameters[parameter.index()].head.name.clone();
        let (each, turn) = match unit {
            Unit::DAY => ("jour", "pendant la durée de …"),
            _ => ("mois", "pour chaque mois de … au prorata des jours"),
        };
        let message = format!("« {name} » change avec le temps : rien ne dit sa valeur de chaque {each}");
        let help = format!(
            "écrire « {name} {turn} » : chaque jour compte alors pour sa valeur ; ou dire à quelle date elle se \
             prend, « {name} à la date de … »"
        );
        let declared = self.parameters[parameter.index()].head.span;
        let diagnostic = Diagnostic::error("valeur-qui-change", message)
            .at(self.file, span, format!("valeur de quel {each} ?"))
            .at(self.file, declared, "déclaré ici")
            .help(help);
        self.report(diagnostic);
    }

    /// Each value of a parameter, for the part of the period in which it holds; `due` is what they add up to.
    fn change_within(
        &mut self,
        unit: Unit,
        due: Typed,
        parameter: ParameterId,
        ends: Ends,
        span: Span,
    ) -> Typed {
        let (ty, product, place) = (self.parameter_types[parameter.index()], due.ty, due.span);
        let periods = self.parameters[parameter.index()].periods.clone();
        let mut total: Option<ExprId> = None;
        for (rank, period) in periods.iter().enumerate() {
            let next = periods.get(rank + 1).and_then(|next| next.from);
            let eve = next.and_then(|next| next.plus_days(-1));
            if let (Some(until), Some(eve)) = (period.until, eve)
                && until < eve
            {
                self.report_gap(parameter, until, place);
                return self.unknown(span);
            }
            let first = period.from.filter(|_| rank > 0).map(|day| self.date(day, span));
            let last = eve.or(period.until.filter(|_| next.is_some())).map(|day| self.date(day, span));
            let part = self.both(ends, first, last, span);
            let count = self.lasted(unit, part, span);
            let value = self.push(Kind::Const(period.value.clone()), ty, span).id;
            let term = self.push(Kind::Mul(value, count), product, span).id;
            total = Some(match total {
                Some(before) => self.push(Kind::Add(before, term), product, span).id,
                None => term,
            });
        }
        // Where it has no value on the first or the last day, the dossier is sent back.
        for (open, end) in [
            (periods.first().is_some_and(|period| period.from.is_none()), ends.first),
            (periods.last().is_some_and(|period| period.until.is_none()), ends.last),
        ] {
            if let (false, Some(before)) = (open, total) {
                let value = self.push(Kind::Parameter { parameter, at: Some(end.id) }, ty, span).id;
                let none = self.number(0, INTEGER, span);
                let nothing = self.push(Kind::Mul(none, value), product, span).id;
                total = Some(self.push(Kind::Add(before, nothing), product, span).id);
            }
        }
        match total {
            Some(id) => Typed { id, ty: product, span },
            None => self.unknown(span),
        }
    }

    fn report_gap(&mut self, parameter: ParameterId, until: Date, place: Span) {
        let name = self.parameters[parameter.index()].head.name.clone();
        let message = format!(
            "« {name} » n'a pas de valeur après le {} : il manque des jours à la période",
            super::words::date(until)
        );
        let help = "donner au paramètre une valeur pour chaque jour, ou dire à quelle date elle se prend";
        self.error(
            "valeur-qui-change",
            message,
            place,
            "valeur inconnue certains jours",
            Some(help.to_owned()),
        );
    }

    fn date(&mut self, day: Date, span: Span) -> Typed {
        self.push(Kind::Const(Value::Date(day)), DATE, span)
    }

    /// How many months a period lasts, a month that is not whole for the part of its days: what is left of
    /// the first month, what has passed of the last one, and the months between them. In one month, both
    /// parts overlap by the month that is then taken off.
    fn months(&mut self, ends: Ends, span: Span) -> ExprId {
        let (first, last) = (ends.first.id, ends.last.id);
        let (start, end) =
            (self.day_of(DayOf::FirstOfMonth, first, span), self.day_of(DayOf::LastOfMonth, first, span));
        let left = self.part_of_month([first, end], [start, end], span);
        let (last_start, last_end) =
            (self.day_of(DayOf::FirstOfMonth, last, span), self.day_of(DayOf::LastOfMonth, last, span));
        let passed = self.part_of_month([last_start, last], [last_start, last_end], span);
        let parts = self.push(Kind::Add(left, passed), NUMBER, span).id;
        let between =
            Kind::Elapsed { from: start, to: last_start, unit: ElapsedUnit::Months(MissingDay::Last) };
        let between = self.push(between, INTEGER, span).id;
        let one = self.number(1, INTEGER, span);
        let between = self.push(Kind::Sub(between, one), INTEGER, span).id;
        let months = self.push(Kind::Add(parts, between), NUMBER, span);
        let months = self.never_negative(months, span).id;
        self.exprs.count_by(months, Measure { money: false, of: Some(Unit::MONTH), per: None });
        months
    }

    /// The days from one to another, by those of a month.
    fn part_of_month(&mut self, part: [ExprId; 2], month: [ExprId; 2], span: Span) -> ExprId {
        let part = self.days_from(part, span);
        let month = self.days_from(month, span);
        // A month has a day at least: what is divided by is seen not to be zero.
        let one = self.number(1, DAYS, span);
        let month = self.push(Kind::Extremum { greatest: true, of: vec![month, one] }, DAYS, span).id;
        self.push(Kind::Div(part, month), Ty::Ratio, span).id
    }

    fn days_from(&mut self, [first, last]: [ExprId; 2], span: Span) -> ExprId {
        let between = self.push(Kind::DaysBetween(last, first), DAYS, span).id;
        let one = self.number(1, DAYS, span);
        self.push(Kind::Add(between, one), DAYS, span).id
    }
}

/// The type of what is due for some months or days, where it is something.
fn for_each(unit: Unit, base: Ty) -> Option<Ty> {
    let by_month = base.measure().is_none_or(|measure| measure.per != Some(unit));
    arithmetic(
        ArithOp::Mul,
        base,
        match unit {
            Unit::DAY => DAYS,
            _ if by_month => NUMBER,
            _ => Ty::Of(Type::Months),
        },
    )
}
