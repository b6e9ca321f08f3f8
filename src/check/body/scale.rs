//! Scales and their lines.

use super::*;

impl Checker<'_> {
    pub(super) fn lower_scale(
        &mut self,
        scale: &ScaleDecl,
        wanted: Wanted,
        span: Span,
        scope: Scope,
    ) -> Typed {
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
        if self.rates_without_slices(scale, of, wanted) {
            return self.unknown(span);
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

    /// Lines that give rates where an amount is due, read by an amount: « par tranches » was left out; whether it is
    /// told.
    fn rates_without_slices(&mut self, scale: &ScaleDecl, of: Typed, wanted: Wanted) -> bool {
        let is_rate = |line: &ScaleLine| {
            matches!(line.value.kind, ExprKind::Literal(crate::syntax::tree::Literal::Percent(_)))
        };
        let due = matches!(wanted, Wanted::Amount | Wanted::EachAmount) && scale.by_slices.is_none();
        if !due || !of.ty.is_money() || scale.lines.is_empty() || !scale.lines.iter().all(is_rate) {
            return false;
        }
        let place = scale.of.span;
        let words = self.words(place);
        let says = format!("{words} par tranches");
        let message = "ces lignes donnent des taux, et non des montants".to_owned();
        let first = scale.lines.first().map_or(String::new(), |line| self.words(line.value.span));
        let help = format!(
            "écrire « {says} » si chaque taux va à sa tranche ; s'il va au tout, « {first} × {words} » sur la ligne, et ainsi des autres"
        );
        let problem =
            Diagnostic::error("types-incompatibles", message).at(self.file, place, "par tranches ?");
        self.report(problem.help(help).instead(self.file, place, &[says]));
        true
    }

    /// Gives the last line the options that no line before it names; whether there are any.
    pub(super) fn take_the_rest(&mut self, of: Typed, bands: &mut [Line], line: &ScaleLine) -> bool {
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

    /// A scale of so much by hour, read by hours, where an amount is due: « par tranches » was left out; whether it is
    /// told.
    pub(in crate::check) fn slices_left_out(&mut self, base: Typed) -> bool {
        let mut todo = vec![base.id];
        while let Some(id) = todo.pop() {
            match &self.exprs.get(id).kind {
                Kind::Scale { of, by_slices: false, .. } => {
                    let (of, rate) = (*of, self.exprs.measure(id));
                    let unit = self.exprs.measure(of).and_then(|measure| measure.of);
                    let Some(unit) = unit.filter(|_| rate.is_some_and(|rate| rate.money && rate.per == unit))
                    else {
                        continue;
                    };
                    let place = self.exprs.get(of).span;
                    let message = format!(
                        "ces lignes donnent des montants par {}, qui s'appliquent par tranches",
                        unit.one()
                    );
                    let says = format!("{} par tranches", self.words(place));
                    let problem = Diagnostic::error("types-incompatibles", message).at(self.file, place, "");
                    self.report(problem.instead(self.file, place, &[says]));
                    return true;
                }
                kind => kind.for_each_operand(&mut |operand| todo.push(operand)),
            }
        }
        false
    }

    pub(super) fn type_of_slices(&mut self, of: Typed, rate: Ty, slices: Span) -> Ty {
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
    pub(super) fn lower_band(
        &mut self,
        of: &mut Typed,
        line: &ScaleLine,
        before: &mut Option<(Typed, bool)>,
        scope: Scope,
    ) -> Option<BandRange> {
        match &line.band {
            // « 1 : 10 € », of what is counted or measured: that value alone.
            Band::Options(options) if is_measured(of.ty) && is_one_value(options) => {
                let one = options.first().map(|one| (one.clone(), true));
                let end = self.lower_end(of, one.as_ref(), scope);
                *before = end;
                let (end, included) = end.filter(|(end, _)| !end.ty.is_unknown())?;
                let end = Some((end.id, included));
                self.band_between(*of, end, end, line)
            }
            Band::Options(options) => {
                let ranks = self.lower_options(*of, options, line, scope);
                // What is wrong with this line is told: what is beyond it cannot be.
                let wrong = ranks.is_none().then(|| (self.unknown(line.band_span), true));
                *before = wrong;
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

    pub(super) fn lower_end(
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
    pub(super) fn band_between(
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

    pub(super) fn lower_options(
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
                // The blanks before « : » are no part of it.
                let written = self.file.slice(line.band_span).trim_end().len();
                let start = line.band_span.start as usize;
                self.error(
                    "types-incompatibles",
                    message,
                    Span::new(start, start + written),
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
    pub(super) fn sort_bands(&self, bands: &mut [Line]) {
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

/// Whether values of a type have bounds: numbers, amounts, durations, dates.
fn is_measured(ty: Ty) -> bool {
    match ty {
        Ty::Of(ty) => ty.is_numeric() || ty == Type::Date,
        Ty::Measured(_) | Ty::Ratio => true,
        Ty::Unknown => false,
    }
}

/// Whether a line names one value: « 5 - 12 » is a range that is badly written, not what is left of 5.
fn is_one_value(options: &[Expr]) -> bool {
    matches!(options, [Expr { kind: ExprKind::Literal(_) | ExprKind::Name(_), .. }])
}
