//! What each item reads.

use super::*;

impl Walk<'_, '_> {
    pub(super) fn names(&self) -> &Names {
        &self.checker.names
    }

    pub(super) fn item(&mut self, item: &Item) {
        let scope = match &item.kind {
            ItemKind::Definition(_) => {
                item.name.as_ref().and_then(|name| self.names().list_above(&name.text))
            }
            _ => None,
        };
        if let Some(applies) = &item.applies {
            self.held(applies, scope);
        }
        match &item.kind {
            // Facts have their own check; sources and parameters read nothing; a reading's condition
            // is that of the item.
            ItemKind::Source(_)
            | ItemKind::Dossier(_)
            | ItemKind::Parameter(..)
            | ItemKind::Columns(_)
            | ItemKind::Reading(_)
            | ItemKind::Sharing(_) => {}
            ItemKind::Coherence(condition)
            | ItemKind::Objective(condition)
            | ItemKind::Mission(condition)
            | ItemKind::Decision(condition) => self.condition(condition, None),
            ItemKind::Definition(definition) => {
                let scope = item.name.as_ref().and_then(|name| self.names().list_above(&name.text));
                self.body(&definition.body, definition.options.as_ref().map(|options| &options.value), scope);
            }
            ItemKind::Criterion { requires, unless } => {
                self.condition(requires, None);
                self.derogations(unless);
            }
            ItemKind::Result(result) => self.body(&result.body, None, None),
            ItemKind::Funding(funding) | ItemKind::Contribution(funding) => {
                if let Some(due) = &funding.due {
                    self.condition(due, None);
                }
                self.derogations(&funding.unless);
                let each = funding.each.as_ref();
                let scope = each.and_then(|each| self.names().list(&each.list.text, true));
                each.and_then(|each| each.filter.as_ref()).iter().for_each(|filter| self.held(filter, scope));
                self.body(&funding.amount, None, scope);
                for part in &funding.parts {
                    self.name(part, None, false);
                }
                funding.rest.iter().for_each(|rest| self.expr(&rest.value, None));
            }
            ItemKind::Obligation(obligation) => {
                self.derogations(&obligation.unless);
                self.body(&obligation.deadline, None, None);
                if let Some(act) = &obligation.fulfilled_by {
                    self.expr(act, None);
                }
            }
        }
    }

    pub(super) fn condition(&mut self, condition: &Condition, scope: Scope) {
        for bullet in &condition.bullets {
            self.held(&bullet.expr, scope);
            if let Some(only_if) = &bullet.only_if {
                self.held(only_if, scope);
            }
        }
    }

    pub(super) fn derogations(&mut self, unless: &[Derogation]) {
        for derogation in unless {
            self.condition(&derogation.condition, None);
        }
    }

    /// The values of a line of a scale.
    pub(super) fn band(&mut self, of: &Expr, band: &Band, scope: Scope) {
        match band {
            Band::Between { low, high } => {
                for (end, _) in [low, high].into_iter().flatten() {
                    self.option_or_expr(of, end, scope);
                }
            }
            Band::Options(options) => {
                for option in options {
                    self.option_or_expr(of, option, scope);
                }
            }
            Band::Beyond | Band::Otherwise => {}
        }
    }

    /// A value; where options are announced, a name among them is one.
    pub(super) fn body(&mut self, body: &ValueBody, options: Option<&TypeExpr>, scope: Scope) {
        match &body.form {
            ValueForm::Single(expr) => self.given(expr, options, scope),
            ValueForm::Cases(lines) => {
                for line in lines {
                    self.given(&line.value, options, scope);
                    match &line.when {
                        When::If(when) | When::ElseIf(when) => self.held(when, scope),
                        When::Otherwise(_) => {}
                    }
                }
            }
            ValueForm::Scale(scale) => {
                self.expr(&scale.of, scope);
                for line in &scale.lines {
                    self.band(&scale.of, &line.band, scope);
                    self.given(&line.value, options, scope);
                }
            }
            ValueForm::Table(table) => {
                table.of.iter().for_each(|of| self.expr(of, scope));
                for line in &table.lines {
                    for (of, cell) in table.of.iter().zip(&line.cells) {
                        self.band(of, &cell.value, scope);
                    }
                    self.given(&line.value, options, scope);
                }
            }
            ValueForm::Share(share) => {
                self.expr(&share.envelope, None);
                match &share.what {
                    ShareOf::Part(sharing) => {
                        sharing.of_each().for_each(|expr| self.expr(expr, scope));
                        sharing.conditions().for_each(|expr| self.held(expr, scope));
                    }
                    ShareOf::Given(total) | ShareOf::Left(total) => self.expr(total, None),
                }
            }
        }
        for then in &body.then {
            match then {
                Then::Adjust(adjusting) => {
                    for adjustment in &adjusting.adjustments {
                        self.adjustment(&adjustment.value, scope);
                    }
                    if let Some(only_if) = &adjusting.only_if {
                        self.held(only_if, scope);
                    }
                }
                Then::Except(exception) => {
                    self.condition(&exception.condition, scope);
                    if let Some(value) = &exception.value {
                        self.given(value, options, scope);
                    }
                }
            }
        }
    }

    pub(super) fn given(&mut self, value: &Expr, options: Option<&TypeExpr>, scope: Scope) {
        match (&value.kind, options) {
            (ExprKind::Name(path), Some(TypeExpr::Choice(names) | TypeExpr::Scale(names)))
                if names.iter().any(|name| name.text == path.text) =>
            {
                self.name(path, scope, true);
            }
            _ => self.expr(value, scope),
        }
    }

    pub(super) fn adjustment(&mut self, adjustment: &Adjustment, scope: Scope) {
        match adjustment {
            Adjustment::AtMost(e)
            | Adjustment::AtLeast(e)
            | Adjustment::Increase(e)
            | Adjustment::Decrease(e) => {
                self.expr(e, scope);
            }
            Adjustment::Prorata(part, whole) => {
                self.expr(part, scope);
                self.expr(whole, scope);
            }
            Adjustment::Round(_) | Adjustment::Brought(_) => {}
        }
    }

    pub(super) fn name(&mut self, path: &Path, scope: Scope, unsure: bool) {
        if let Found::Symbol(symbol) = self.names().resolve(&path.text, scope)
            && let What::Item(to) = symbol.what
        {
            self.edges.push(Edge { to, span: path.span, unsure });
        }
    }

    /// « celui de la commune », to the right of a name, or « rang de la commune »: what is read of another element.
    pub(super) fn of_element(&mut self, path: &Path, subject: Option<&Path>) {
        let Some((field, list)) = self.names().of_element(&path.text) else { return };
        let own = subject.and_then(|subject| subject.parts.last());
        let field = match own.filter(|_| element::is_same(field)) {
            Some(own) => &own.text,
            None => field,
        };
        let whole = format!("{}.{field}", self.names().list_path(list));
        if let Some(Symbol { what: What::Item(to), .. }) = self.names().get(&whole) {
            self.edges.push(Edge { to, span: path.span, unsure: false });
        }
    }

    /// A name to the right of `subject`: an option of its type is no item.
    pub(super) fn option_or_expr(&mut self, subject: &Expr, value: &Expr, scope: Scope) {
        let ExprKind::Name(path) = &value.kind else {
            self.expr(value, scope);
            return;
        };
        let ExprKind::Name(subject) = &subject.kind else {
            self.name(path, scope, true);
            return;
        };
        self.of_element(path, Some(subject));
        let known = match self.names().resolve(&subject.text, scope) {
            Found::Symbol(symbol) => self.checker.what_type(symbol.what),
            Found::Ambiguous { .. } | Found::Nothing => None,
        };
        match known {
            Some(Ty::Of(Type::Choice(choice))) if self.checker.option_rank(choice, &path.text).is_some() => {}
            Some(_) => self.name(path, scope, false),
            None => self.name(path, scope, true),
        }
    }

    /// An expression where a condition is expected.
    pub(super) fn held(&mut self, expr: &Expr, scope: Scope) {
        match self.names().held(expr, scope) {
            Some(Symbol { what: What::Item(to), .. }) => {
                self.edges.push(Edge { to, span: expr.span, unsure: false });
            }
            _ => self.expr(expr, scope),
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr, scope: Scope) {
        // What is nested deeper is refused when it is lowered.
        if self.nesting > limits::EXPRESSION_DEPTH {
            return;
        }
        self.nesting += 1;
        self.kind(expr, scope);
        self.nesting -= 1;
    }

    pub(super) fn kind(&mut self, expr: &Expr, scope: Scope) {
        match &expr.kind {
            ExprKind::Literal(_) | ExprKind::ExaminationDate | ExprKind::Invalid => {}
            ExprKind::Name(path) => {
                self.of_element(path, None);
                self.name(path, scope, false);
            }
            ExprKind::AmountOf(path) => self.name(path, scope, false),
            ExprKind::AllCriteria => {
                let within = self.checker.names.within();
                if within > 0 {
                    let own = self.checker.criteria_of(within);
                    self.edges.extend(own.map(|(to, _)| Edge { to, span: expr.span, unsure: false }));
                    return;
                }
                let to = self.checker.doc.items.len();
                self.edges.push(Edge { to, span: expr.span, unsure: false });
            }
            ExprKind::Not(e) => self.held(e, scope),
            ExprKind::Paren(e)
            | ExprKind::Negate(e)
            | ExprKind::YearOf(e)
            | ExprKind::WeekdayOf(e)
            | ExprKind::Failing { of: e, .. }
            | ExprKind::DayOf { date: e, .. } => self.expr(e, scope),
            ExprKind::Rank { by, filter, .. } => {
                self.expr(by, scope);
                filter.iter().for_each(|filter| self.held(filter, scope));
            }
            ExprKind::Period { op: PeriodOp::Covered, of } => {
                let list =
                    of.first().and_then(period_base).and_then(|path| self.names().list_above(&path.text));
                for e in of {
                    self.held(e, list.or(scope));
                }
            }
            ExprKind::And(of) | ExprKind::Or(of) => of.iter().for_each(|e| self.held(e, scope)),
            ExprKind::Extremum { of, .. } | ExprKind::Period { of, .. } => {
                for e in of {
                    self.expr(e, scope);
                }
            }
            ExprKind::Arith { left, right, .. }
            | ExprKind::Elapsed { from: left, to: right, .. }
            | ExprKind::Range { low: left, high: right } => {
                self.expr(left, scope);
                self.expr(right, scope);
            }
            ExprKind::Compare { left, right, .. } => {
                self.expr(left, scope);
                self.option_or_expr(left, right, scope);
            }
            ExprKind::Is { subject, values, .. } => {
                self.expr(subject, scope);
                for value in values {
                    self.option_or_expr(subject, value, scope);
                }
            }
            ExprKind::Between { subject, low, high, .. } => {
                self.expr(subject, scope);
                self.option_or_expr(subject, low, scope);
                self.option_or_expr(subject, high, scope);
            }
            ExprKind::Within { date, duration, origin, .. } => {
                self.expr(date, scope);
                self.expr(duration, scope);
                self.expr(origin, scope);
            }
            ExprKind::Adjusted { base, adjustment } => {
                self.expr(base, scope);
                self.adjustment(adjustment, scope);
            }
            ExprKind::Aggregate { path, filter, property, .. } => {
                let list =
                    self.names().list(&path.text, true).or_else(|| self.names().list_above(&path.text));
                if list.is_some_and(|list| self.names().list_path(list) != &path.text) {
                    self.name(path, list, false);
                }
                for e in [filter, property].into_iter().flatten() {
                    self.held(e, list.or(scope));
                }
            }
            ExprKind::AtDate { parameter, date } => {
                self.name(parameter, scope, false);
                self.expr(date, scope);
            }
        }
    }
}
