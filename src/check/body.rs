//! Values in their clause: one value, lines of cases, a scale; then what applies to all of them.

use super::names::Scope;
use super::types::{Ty, arithmetic, unify};
use super::{Checker, Typed};
use crate::diagnostic::Diagnostic;
use crate::policy::{
    Band as Line, BandRange, CaseLine as Case, ChoiceId, ExprId, ExprKind as Kind, Type, Written,
};
use crate::source::Span;
use crate::syntax::tree::{
    ArithOp, Band, CaseLine, Expr, ExprKind, ScaleDecl, ScaleLine, Then, ValueBody, ValueForm, When,
};
use crate::value::Value;

/// What a clause wants its values to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Any value.
    Any,
    /// An amount, perhaps a range.
    Amount,
    /// An amount of each element of a list: never a range.
    EachAmount,
    /// One of the options that a definition announces: a bare name is first one of them.
    Option(ChoiceId),
}

/// When a line holds.
#[derive(Clone, Copy)]
struct Condition {
    id: ExprId,
    else_if: bool,
}

impl Checker<'_> {
    /// A `vaut` or `montant`.
    pub(super) fn lower_body(&mut self, body: &ValueBody, wanted: Wanted, scope: Scope) -> Typed {
        let start = body.span.start as usize;
        let form = body.then.first().map_or(body.span, |first| {
            let before = Span::new(start, first.span().start as usize);
            Span::new(start, start + self.file.slice(before).trim_end().len())
        });
        let mut typed = match &body.form {
            ValueForm::Single(expr) => self.lower_value(expr, wanted, scope),
            ValueForm::Cases(lines) => self.lower_cases(lines, wanted, form, scope),
            ValueForm::Scale(scale) => self.lower_scale(scale, wanted, form, scope),
            ValueForm::Table(table) => self.lower_table(table, wanted, form, scope),
            ValueForm::Share(share) => self.lower_share(share, body.span, scope),
        };
        self.check_clauses(&body.then);
        let mut rest = body.then.as_slice();
        while let Some((then, after)) = rest.split_first() {
            match then {
                Then::Adjust(adjusting) => {
                    typed = self.lower_clause(typed, adjusting, start, scope);
                    rest = after;
                }
                Then::Except(_) => {
                    let run = rest.iter().take_while(|then| matches!(then, Then::Except(_))).count();
                    let (exceptions, after) = rest.split_at(run);
                    typed = self.lower_exceptions(typed, exceptions, body, wanted, scope);
                    rest = after;
                }
            }
        }
        typed
    }

    /// A value of a clause.
    pub(super) fn lower_value(&mut self, expr: &Expr, wanted: Wanted, scope: Scope) -> Typed {
        match wanted {
            Wanted::Any => return self.lower(expr, scope),
            Wanted::Option(choice) => {
                let ty = Ty::Of(Type::Choice(choice));
                let any = Typed { id: self.poison, ty, span: expr.span };
                let typed = self.lower_like(any, expr, scope);
                return self.expect(typed, ty, "ce que donne cette définition");
            }
            Wanted::Amount | Wanted::EachAmount => {}
        }
        if wanted == Wanted::EachAmount && matches!(expr.kind, ExprKind::Range { .. }) {
            let message = "« pour chaque » additionne des montants : une fourchette ne s'y additionne pas";
            let help = "donner un montant à chacun, ou écrire la fourchette du tout sans « pour chaque »";
            self.error("fourchette", message.to_owned(), expr.span, "fourchette", Some(help.to_owned()));
            return self.unknown(expr.span);
        }
        if let ExprKind::Range { low, high } = &expr.kind {
            let low = self.lower_amount(low, scope);
            let high = self.lower_amount(high, scope);
            if low.ty.is_unknown() || high.ty.is_unknown() {
                return self.unknown(expr.span);
            }
            self.check_range(low, high, expr.span);
            let Some((low, high, ty)) = self.agree(low, high) else {
                let message = "les deux bouts d'une fourchette se comptent de même".to_owned();
                let diagnostic = Diagnostic::error("types-incompatibles", message)
                    .at(self.file, high.span, self.type_words(high.ty))
                    .at(self.file, low.span, self.type_words(low.ty));
                let ends = ((low.span, low.ty), (high.span, high.ty));
                self.report(self.with_one_period(diagnostic, ends.0, ends.1));
                return self.unknown(expr.span);
            };
            return self.push(Kind::Range { low: low.id, high: high.id }, ty, expr.span);
        }
        self.lower_amount(expr, scope)
    }

    fn check_range(&mut self, low: Typed, high: Typed, span: Span) {
        if let (Some(a), Some(b)) = (self.const_value(low.id), self.const_value(high.id))
            && let (Value::Number(a), Value::Number(b)) = (a, b)
            && b < a
        {
            let message = format!(
                "cette fourchette est vide : « {} » dépasse « {} »",
                self.words(low.span),
                self.words(high.span)
            );
            let help = format!("écrire « entre {} et {} »", self.words(high.span), self.words(low.span));
            self.error("fourchette-vide", message, span, "le moins élevé vient d'abord", Some(help));
        }
    }

    fn lower_amount(&mut self, expr: &Expr, scope: Scope) -> Typed {
        let typed = self.lower(expr, scope);
        if typed.ty.is_unknown() || typed.ty.is_money() {
            return typed;
        }
        let message = format!(
            "un montant est attendu ; « {} » est {}",
            self.words(expr.span),
            self.type_words(typed.ty)
        );
        let diagnostic = Diagnostic::error("types-incompatibles", message).at(
            self.file,
            expr.span,
            "un montant s'écrit en euros",
        );
        self.report(self.with_unit(diagnostic, Ty::Of(Type::Amount), expr));
        self.unknown(expr.span)
    }

    pub(super) fn const_value(&self, id: ExprId) -> Option<&Value> {
        match &self.exprs.get(id).kind {
            Kind::Const(value) => Some(value),
            _ => None,
        }
    }

    fn lower_cases(&mut self, lines: &[CaseLine], wanted: Wanted, span: Span, scope: Scope) -> Typed {
        let mut cases: Vec<(Option<Condition>, Typed, Span)> = Vec::new();
        let mut common: Option<(Ty, Span)> = None;
        for line in lines {
            let when = match &line.when {
                When::If(when) => Some(Condition { id: self.condition(when, scope).id, else_if: false }),
                When::ElseIf(when) => Some(Condition { id: self.condition(when, scope).id, else_if: true }),
                When::Otherwise(_) => None,
            };
            let value = self.lower_value(&line.value, wanted, scope);
            common = self.join(common, value, &line.value);
            cases.push((when, value, line.span));
        }
        let ty = common.map_or(Ty::Unknown, |(ty, _)| ty);
        let mut kept = Vec::new();
        let mut otherwise = None;
        for (when, value, span) in cases {
            let value = self.coerce(value, ty).id;
            match when {
                Some(Condition { id: when, else_if }) => {
                    kept.push(Case { when, else_if, value, span, written: Written::Line });
                }
                None => otherwise = Some(value),
            }
        }
        self.push(Kind::Cases { lines: kept, otherwise }, ty, span)
    }

    /// The type of all lines so far, or a word on the one that differs.
    pub(super) fn join(
        &mut self,
        common: Option<(Ty, Span)>,
        value: Typed,
        written: &Expr,
    ) -> Option<(Ty, Span)> {
        let Some((ty, first)) = common else { return Some((value.ty, written.span)) };
        if let Some(both) = unify(ty, value.ty) {
            return Some((both, first));
        }
        let of = |words: &str, ty: &str| {
            format!("toutes les lignes donnent la même sorte de valeur ; « {words} » est {ty}")
        };
        // A figure without a unit, where another line has one, lacks its own.
        if let (true, Some(texts)) = (is_plain_number(ty), self.unit_text(value.ty, first)) {
            let message = of(&self.words(first), &self.type_words(ty));
            let diagnostic = Diagnostic::error("types-incompatibles", message)
                .at(self.file, first, self.type_words(ty))
                .at(self.file, written.span, self.type_words(value.ty))
                .instead(self.file, first, &texts);
            self.report(diagnostic);
            return Some((value.ty, written.span));
        }
        let message = of(&self.words(written.span), &self.type_words(value.ty));
        let diagnostic = Diagnostic::error("types-incompatibles", message)
            .at(self.file, written.span, self.type_words(value.ty))
            .at(self.file, first, self.type_words(ty));
        self.report(self.with_unit(diagnostic, ty, written));
        Some((Ty::Unknown, first))
    }

    fn lower_scale(&mut self, scale: &ScaleDecl, wanted: Wanted, span: Span, scope: Scope) -> Typed {
        let mut of = self.lower(&scale.of, scope);
        if matches!(of.ty, Ty::Of(Type::Truth | Type::Text)) {
            let message = format!(
                "un barème se lit selon un nombre, une date ou un choix ; « {} » est {}",
                self.words(scale.of.span),
                self.type_words(of.ty)
            );
            let help = "écrire des lignes « vaut … si … » et « vaut … dans les autres cas »";
            self.error(
                "types-incompatibles",
                message,
                scale.of.span,
                "barème impossible",
                Some(help.to_owned()),
            );
            of = self.unknown(scale.of.span);
        }
        let mut common: Option<(Ty, Span)> = None;
        let mut lines: Vec<(Option<BandRange>, Typed, Span)> = Vec::new();
        let mut before: Option<(Typed, bool)> = None;
        let last = scale.lines.len().saturating_sub(1);
        for (rank, line) in scale.lines.iter().enumerate() {
            if rank < last && line.band == Band::Otherwise {
                self.report_early_rest(line.band_span);
            }
            let range = self.lower_band(&mut of, line, &mut before, scope);
            let value = match scale.by_slices {
                Some(_) => self.lower(&line.value, scope),
                None => self.lower_value(&line.value, wanted, scope),
            };
            common = self.join(common, value, &line.value);
            lines.push((range, value, line.span));
        }
        let mut ty = common.map_or(Ty::Unknown, |(ty, _)| ty);
        if let Some(slices) = scale.by_slices {
            ty = self.type_of_slices(of, ty, slices);
        }
        if of.ty.is_unknown() || ty.is_unknown() {
            return self.unknown(span);
        }
        let mut bands = Vec::new();
        let line_ty = common.map_or(Ty::Unknown, |(ty, _)| ty);
        for (range, value, span) in lines {
            let Some(range) = range else { return self.unknown(span) };
            let value = self.coerce(value, line_ty).id;
            bands.push(Line { range, value, span });
        }
        let rest = scale.lines.last().filter(|line| line.band == Band::Otherwise);
        if rest.is_some_and(|line| !self.take_the_rest(of, &mut bands, line)) {
            return self.unknown(span);
        }
        // What is left stays the last.
        let sorted = bands.len() - usize::from(rest.is_some());
        self.sort_bands(bands.get_mut(..sorted).unwrap_or_default());
        self.push(Kind::Scale { of: of.id, bands, by_slices: scale.by_slices.is_some() }, ty, span)
    }

    pub(super) fn report_early_rest(&mut self, place: Span) {
        let message = "les autres cas viennent en dernier".to_owned();
        let help = "mettre cette ligne après les autres".to_owned();
        self.error("autres-cas-avant-la-fin", message, place, "d'autres lignes suivent", Some(help));
    }

    /// Gives the last line the options that no line before it names; whether there are any.
    fn take_the_rest(&mut self, of: Typed, bands: &mut [Line], line: &ScaleLine) -> bool {
        let Ty::Of(Type::Choice(choice)) = of.ty else { return false };
        let Some((last, before)) = bands.split_last_mut() else { return false };
        let named: Vec<u16> = before
            .iter()
            .flat_map(|line| match &line.range {
                BandRange::Options(ranks) => ranks.as_slice(),
                BandRange::Between { .. } => &[],
            })
            .copied()
            .collect();
        let count = u16::try_from(self.choices[choice.index()].options.len()).unwrap_or(u16::MAX);
        let rest: Vec<u16> = (0..count).filter(|rank| !named.contains(rank)).collect();
        if rest.is_empty() {
            let message = "il n'y a pas d'autres cas : chaque option a déjà sa ligne".to_owned();
            self.error("ligne-vide", message, line.band_span, "", Some("ôter cette ligne".to_owned()));
            return false;
        }
        last.range = BandRange::Options(rest);
        true
    }

    fn type_of_slices(&mut self, of: Typed, rate: Ty, slices: Span) -> Ty {
        if of.ty.is_unknown() || rate.is_unknown() {
            return Ty::Unknown;
        }
        let product = of.ty.is_numeric().then(|| arithmetic(ArithOp::Mul, of.ty, rate)).flatten();
        if let Some(ty) = product {
            return ty;
        }
        let message = format!(
            "« par tranches » applique un taux à chaque tranche ; « {} » est {} et ses lignes donnent {}",
            self.words(of.span),
            self.type_words(of.ty),
            self.type_words(rate)
        );
        let help = "les lignes donnent des pourcentages d'un montant, ou des montants par unité d'un nombre";
        self.error("types-incompatibles", message, slices, "tranches impossibles", Some(help.to_owned()));
        Ty::Unknown
    }

    /// The values of one line; `before` is the upper end of the line above.
    fn lower_band(
        &mut self,
        of: &mut Typed,
        line: &ScaleLine,
        before: &mut Option<(Typed, bool)>,
        scope: Scope,
    ) -> Option<BandRange> {
        match &line.band {
            Band::Options(options) => {
                let ranks = self.lower_options(*of, options, line, scope);
                *before = None;
                ranks.map(BandRange::Options)
            }
            // Its options are known once those of all other lines are.
            Band::Otherwise => match of.ty {
                Ty::Of(Type::Choice(_)) => Some(BandRange::Options(Vec::new())),
                Ty::Unknown => None,
                Ty::Of(_) | Ty::Measured(_) | Ty::Ratio => {
                    let message = format!(
                        "« {} » est {} : « dans les autres cas » ne finit qu'un barème d'options",
                        self.words(of.span),
                        self.type_words(of.ty)
                    );
                    let help = "finir par « au-delà », ou écrire la borne : « à partir de … », « plus de … »";
                    self.error("types-incompatibles", message, line.band_span, "", Some(help.to_owned()));
                    None
                }
            },
            Band::Beyond => {
                let Some((end, included)) = before.take() else {
                    if !of.ty.is_unknown() && !self.lost.any {
                        let help = "écrire la borne : « à partir de … » ou « plus de … »";
                        let message = "« au-delà » suit une ligne qui finit par une borne".to_owned();
                        self.error(
                            "au-dela",
                            message,
                            line.band_span,
                            "au-delà de quoi ?",
                            Some(help.to_owned()),
                        );
                    }
                    return None;
                };
                // What is wrong with the line above has been told.
                if end.ty.is_unknown() {
                    return None;
                }
                let low = (end.id, !included);
                self.band_between(*of, Some(low), None, line)
            }
            Band::Between { low, high } => {
                let low_end = self.lower_end(of, low.as_ref(), scope);
                let high_end = self.lower_end(of, high.as_ref(), scope);
                *before = high_end;
                let bad = |end: Option<(Typed, bool)>| end.is_some_and(|(end, _)| end.ty.is_unknown());
                if of.ty.is_unknown() || bad(low_end) || bad(high_end) {
                    return None;
                }
                let end = |end: Option<(Typed, bool)>| end.map(|(end, included)| (end.id, included));
                self.band_between(*of, end(low_end), end(high_end), line)
            }
        }
    }

    fn lower_end(
        &mut self,
        of: &mut Typed,
        end: Option<&(Expr, bool)>,
        scope: Scope,
    ) -> Option<(Typed, bool)> {
        let (expr, included) = end?;
        let typed = self.lower_like(*of, expr, scope);
        match self.agree(*of, typed) {
            Some((subject, end, ty)) => {
                if ty.is_unknown() {
                    return Some((self.unknown(expr.span), *included));
                }
                *of = subject;
                Some((end, *included))
            }
            None => {
                let message = format!(
                    "le barème se lit selon {} ; « {} » est {}",
                    self.type_words(of.ty),
                    self.words(expr.span),
                    self.type_words(typed.ty)
                );
                let label = self.type_words(typed.ty);
                let problem =
                    Diagnostic::error("types-incompatibles", message).at(self.file, expr.span, label);
                self.report(self.with_unit(problem, of.ty, expr));
                Some((self.unknown(expr.span), *included))
            }
        }
    }

    /// A range of numbers or dates; of the degrees of a scale, those that it holds.
    fn band_between(
        &mut self,
        of: Typed,
        low: Option<(ExprId, bool)>,
        high: Option<(ExprId, bool)>,
        line: &ScaleLine,
    ) -> Option<BandRange> {
        let Ty::Of(Type::Choice(choice)) = of.ty else { return Some(BandRange::Between { low, high }) };
        if !self.choices[choice.index()].ordered {
            let message =
                format!("« {} » n'est pas une échelle : ses options n'ont pas d'ordre", self.words(of.span));
            let help = "nommer l'option ou les options de cette ligne, ou déclarer « parmi a < b < c »";
            self.error("sans-ordre", message, line.band_span, "suppose un ordre", Some(help.to_owned()));
            return None;
        }
        let rank = |end: Option<(ExprId, bool)>| match end {
            None => Some(None),
            Some((id, included)) => match self.const_value(id) {
                Some(Value::Choice(rank)) => Some(Some((*rank, included))),
                _ => None,
            },
        };
        let (Some(low), Some(high)) = (rank(low), rank(high)) else {
            let message = "les bornes de cette ligne sont des options de l'échelle".to_owned();
            self.error("types-incompatibles", message, line.band_span, "option attendue", None);
            return None;
        };
        let count = u16::try_from(self.choices[choice.index()].options.len()).unwrap_or(u16::MAX);
        let above = |rank: u16| low.is_none_or(|(low, included)| rank > low || (included && rank == low));
        let below = |rank: u16| high.is_none_or(|(high, included)| rank < high || (included && rank == high));
        Some(BandRange::Options((0..count).filter(|rank| above(*rank) && below(*rank)).collect()))
    }

    fn lower_options(
        &mut self,
        of: Typed,
        options: &[Expr],
        line: &ScaleLine,
        scope: Scope,
    ) -> Option<Vec<u16>> {
        let Ty::Of(Type::Choice(_)) = of.ty else {
            if !of.ty.is_unknown() {
                let message = format!(
                    "« {} » est {} : cette ligne veut une borne",
                    self.words(of.span),
                    self.type_words(of.ty)
                );
                let help = "par exemple « jusqu'à 10 », « de 11 à 20 », « à partir de 21 » ou « au-delà »";
                self.error(
                    "types-incompatibles",
                    message,
                    line.band_span,
                    "borne attendue",
                    Some(help.to_owned()),
                );
            }
            return None;
        };
        let mut ranks = Vec::new();
        let mut whole = true;
        for option in options {
            let typed = self.lower_like(of, option, scope);
            match (typed.ty, self.const_value(typed.id)) {
                (Ty::Of(Type::Choice(_)), Some(Value::Choice(rank))) => ranks.push(*rank),
                (Ty::Unknown, _) => whole = false,
                _ => {
                    whole = false;
                    let message =
                        format!("une option est attendue ; « {} » n'en est pas une", self.words(option.span));
                    self.error("types-incompatibles", message, option.span, "option attendue", None);
                }
            }
        }
        whole.then_some(ranks)
    }

    /// Lines stand in ascending order in the policy, whatever the file's, where their ends are constants.
    fn sort_bands(&self, bands: &mut [Line]) {
        let key = |line: &Line| match &line.range {
            BandRange::Options(ranks) => ranks.first().map(|rank| (0, Some(Value::Choice(*rank)))),
            BandRange::Between { low: None, .. } => Some((0, None)),
            BandRange::Between { low: Some((low, _)), .. } => {
                self.const_value(*low).map(|value| (1, Some(value.clone())))
            }
        };
        let Some(keys) = bands.iter().map(key).collect::<Option<Vec<_>>>() else { return };
        let mut order: Vec<usize> = (0..bands.len()).collect();
        order.sort_by(|a, b| match (&keys[*a], &keys[*b]) {
            ((_, Some(Value::Number(a))), (_, Some(Value::Number(b)))) => a.cmp(b),
            ((_, Some(Value::Date(a))), (_, Some(Value::Date(b)))) => a.cmp(b),
            ((_, Some(Value::Choice(a))), (_, Some(Value::Choice(b)))) => a.cmp(b),
            ((a, _), (b, _)) => a.cmp(b),
        });
        let sorted: Vec<Line> = order.iter().map(|index| bands[*index].clone()).collect();
        bands.clone_from_slice(&sorted);
    }
}

/// Whether it is a number without a unit.
fn is_plain_number(ty: Ty) -> bool {
    matches!(ty, Ty::Of(Type::Integer | Type::Number) | Ty::Ratio)
}
