//! How an amount is worked out, on one line: « aide par jour (9 € par jour) × jours de présence (30 jours), majoré de
//! 25 % ».

use crate::decision::{Leaf, Op, Part, ReadingCase, Step};
use crate::known::Known;
use crate::papers::fill::Fill;
use crate::policy::{Band, CaseLine, ExprId, ExprKind, ItemRef, Written};
use crate::render::words::{operand, part};
use crate::syntax::tree::Aggregate;
use crate::wording::french::{is_feminine, singular};

impl Fill<'_> {
    /// How an amount or a result is worked out: a line, or one for each element of which it is made up.
    pub(super) fn calculations(&self, item: ItemRef, case: &ReadingCase) -> Vec<String> {
        let words = self.words();
        let Some(step) = part(&case.because, Part::Amount).or_else(|| part(&case.because, Part::Value))
        else {
            return Vec::new();
        };
        if !words.is_of_elements(item) {
            let (how, mut why) = self.worked_out(step);
            why.extend(how.map(|said| words.pair("calcul", &said)));
            return why;
        }
        let shared = words.allotted_of(step, case.amount());
        let each = shared.iter().filter_map(|shared| {
            let (step, value) = shared.had.as_ref()?;
            let had = match value {
                Known::Number(share) => words.payment(share),
                _ => words.figure(step),
            };
            let had = words.pair(&words.element(shared.row, shared.list), &had);
            Some(match self.worked_out(step).0 {
                Some(how) => format!("{had} – {how}"),
                None => had,
            })
        });
        each.collect()
    }

    /// How it is worked out, where it is; and why that line of cases applies.
    fn worked_out(&self, step: &Step) -> (Option<String>, Vec<String>) {
        let (mut done, mut why) = (Vec::new(), Vec::new());
        let Some(core) = self.core(step, &mut done, &mut why) else { return (None, why) };
        let plain = matches!(core.op, Op::Leaf(Leaf::Literal));
        if plain && done.is_empty() || matches!(self.kind(core), Some(ExprKind::Range { .. })) {
            return (None, why);
        }
        // What is done is done to the whole, and not to its last figure; and it agrees with nothing that is named before.
        if let Some(first) = done.last_mut() {
            *first = format!("le tout {first}");
        }
        self.chosen(core, &mut why);
        done.push(self.term(core, None));
        done.reverse();
        (Some(done.join(", ")), why)
    }

    /// « dépenses retenues (8 000 €) × 70 % », where one slice holds it all; else « 10 000 € × 70 % + 2 345,67 € × 50 %
    /// (tranches de dépenses retenues) ».
    fn by_slices(&self, step: &Step, of: &Step, bands: &[Band]) -> Option<String> {
        let words = self.words();
        let mut slices = Vec::new();
        for band in bands {
            // A line whose value was not needed holds nothing.
            let Some(rate) = operand(step, band.value) else { continue };
            let (slice, by) = words.slice(step, of, band, rate)?;
            if !slice.is_zero() {
                slices.push((words.slice_said(of, rate, (&slice, &by)), words.figure(rate)));
            }
        }
        match slices.as_slice() {
            [] => None,
            [(_, rate)] => Some(format!("{} × {rate}", self.term(of, Some("×")))),
            several => {
                let each: Vec<&str> = several.iter().map(|(said, _)| said.as_str()).collect();
                Some(format!("{}, soit par tranches {}", self.term(of, None), each.join(" + ")))
            }
        }
    }

    fn kind(&self, step: &Step) -> Option<&ExprKind> {
        step.expr.map(|expr| &self.words().policy.exprs.get(expr).kind)
    }

    /// What an amount is before it is rounded, capped or raised; what is done to it, the last first, and why.
    fn core<'s>(&self, step: &'s Step, done: &mut Vec<String>, why: &mut Vec<String>) -> Option<&'s Step> {
        let words = self.words();
        let within = |expr: ExprId| operand(step, expr);
        let (base, by) = match (&step.op, self.kind(step)) {
            (Op::Shared(body), Some(kind)) if !matches!(kind, ExprKind::Definition(_)) => {
                return self.core(body, done, why);
            }
            (Op::Expr, Some(ExprKind::Around { .. })) => return self.core(step.operands.first()?, done, why),
            (Op::Expr, Some(ExprKind::Cases { lines, otherwise })) => {
                let mut taken = lines.iter().map(|line| line.value).chain(*otherwise).filter_map(within);
                return match (taken.next(), taken.next()) {
                    (Some(only), None) => {
                        let line = lines.iter().find(|line| within(line.value).is_some());
                        why.extend(self.set_aside(step, lines, line));
                        let when = line.and_then(|line| within(line.when));
                        why.extend(when.map(|when| words.why(when)));
                        self.core(only, done, why)
                    }
                    // Which of them it is stays open.
                    _ => None,
                };
            }
            (Op::Expr, Some(ExprKind::Round { value, .. })) => (within(*value)?, None),
            (Op::Expr, Some(ExprKind::Scaled { base, rate, .. })) => (within(*base)?, within(*rate)),
            (Op::Expr, Some(ExprKind::Extremum { of, .. })) => {
                (within(*of.first()?)?, of.get(1).and_then(|bound| within(*bound)))
            }
            (Op::Expr | Op::Leaf(_) | Op::Shared(_) | Op::Item, _) => return Some(step),
            _ => return None,
        };
        let Some(said) = step.expr.and_then(|expr| words.adjustment(expr)) else { return Some(step) };
        // What changes nothing is not told.
        let binds = base.value != step.value;
        let named = by.filter(|by| !matches!(by.op, Op::Leaf(Leaf::Literal)));
        let rated = matches!(self.kind(step), Some(ExprKind::Scaled { .. }));
        match named {
            Some(by) if binds || rated => {
                self.chosen(by, why);
                done.push(self.figured(&said, by));
            }
            None if binds => done.push(said),
            Some(_) | None => {}
        }
        self.core(base, done, why)
    }

    /// « dotation de base : 10 000 € – habitants du quartier : 4 000 (jusqu'à 4 000) »: why a figure that has a name is the
    /// one that it is, where a line of the text gives it as it stands.
    fn chosen(&self, step: &Step, why: &mut Vec<String>) {
        let words = self.words();
        match (&step.op, self.kind(step)) {
            (Op::Shared(body), Some(ExprKind::Definition(_))) => {
                let given =
                    self.line_taken(body).is_some_and(|value| matches!(value.op, Op::Leaf(Leaf::Literal)));
                let chose =
                    words.chosen_by(body).iter().map(|reason| reason.line(words.lang)).collect::<Vec<_>>();
                if given && !chose.is_empty() {
                    let figure = words.pair(&self.called(step), &words.figure(step));
                    why.push(format!("{figure} – {}", chose.join(" ; ")));
                }
            }
            (
                Op::Expr,
                Some(
                    ExprKind::Add(..)
                    | ExprKind::Sub(..)
                    | ExprKind::Mul(..)
                    | ExprKind::Div(..)
                    | ExprKind::Prorata { .. },
                ),
            ) => step.operands.iter().for_each(|operand| self.chosen(operand, why)),
            _ => {}
        }
    }

    /// The value of the one line of a scale or of cases that applies.
    fn line_taken<'s>(&self, step: &'s Step) -> Option<&'s Step> {
        let values: Vec<ExprId> = match self.kind(step)? {
            ExprKind::Scale { bands, by_slices: false, .. } => bands.iter().map(|band| band.value).collect(),
            ExprKind::Cases { lines, otherwise } => {
                lines.iter().map(|line| line.value).chain(*otherwise).collect()
            }
            _ => return None,
        };
        let mut taken = values.into_iter().filter_map(|value| operand(step, value));
        taken.next().filter(|_| taken.next().is_none())
    }

    /// « augmenté de 20 % (majoration) »: what is done by something that has a name, with its figure.
    fn figured(&self, said: &str, by: &Step) -> String {
        let name = by.expr.map(|expr| self.words().name(expr)).unwrap_or_default();
        let figure = self.words().figure(by);
        let called = by.expr.is_some_and(|expr| self.words().is_called(expr));
        match said.strip_suffix(&*name) {
            Some(lead) if called => {
                let lead =
                    lead.strip_suffix("d'").map_or_else(|| lead.to_owned(), |lead| format!("{lead}de "));
                format!("{lead}{figure} ({name})")
            }
            _ => format!("{said} ({figure})"),
        }
    }

    /// « le cas qui précède dans la règle ne s'applique pas – aucun médecin de moins de 35 ans »: lines are tried in their
    /// order, up to the one that is taken.
    fn set_aside(&self, step: &Step, lines: &[CaseLine], taken: Option<&CaseLine>) -> Option<String> {
        let before = lines.iter().take_while(|line| taken.is_none_or(|taken| taken.value != line.value));
        let before = before.filter(|line| line.written != Written::Exception);
        let why: Vec<String> =
            before.filter_map(|line| operand(step, line.when)).map(|when| self.words().why(when)).collect();
        let head = match why.len() {
            0 => return None,
            1 => "le cas qui précède dans la règle ne s'applique pas",
            _ => "les cas qui précèdent dans la règle ne s'appliquent pas",
        };
        Some(format!("{head} – {}", why.join(" ; ")))
    }

    /// A figure as it is, a name with its figure, and what is made of them; a sum within a product stands in parentheses.
    fn term(&self, step: &Step, within: Option<&str>) -> String {
        let words = self.words();
        let named = || format!("{} ({})", self.called(step), words.figure(step));
        let (sign, a, b) = match (&step.op, self.kind(step)) {
            (Op::Leaf(Leaf::Literal), _) => return words.figure(step),
            (Op::Expr, Some(ExprKind::Add(a, b))) => ("+", a, b),
            (Op::Expr, Some(ExprKind::Sub(a, b))) => ("-", a, b),
            (Op::Expr, Some(ExprKind::Mul(a, b))) => ("×", a, b),
            (Op::Expr, Some(ExprKind::Div(a, b))) => ("÷", a, b),
            (Op::Expr, Some(ExprKind::Prorata { base, part, whole })) => {
                let [base, part, whole] = [base, part, whole].map(|expr| operand(step, *expr));
                let (Some(base), Some(part), Some(whole)) = (base, part, whole) else { return named() };
                let [base, part, whole] = [base, part, whole].map(|inner| self.term(inner, Some("×")));
                return format!("{base} × {part} ÷ {whole}");
            }
            (Op::Expr, Some(ExprKind::Scale { of, bands, by_slices })) => {
                let Some(of) = operand(step, *of) else { return words.figure(step) };
                let slices = if *by_slices { "barème par tranches" } else { "barème" };
                let told = by_slices.then(|| self.by_slices(step, of, bands)).flatten();
                return told.unwrap_or_else(|| format!("{slices} selon {}", self.term(of, None)));
            }
            _ => return named(),
        };
        let (Some(a), Some(b)) = (operand(step, *a), operand(step, *b)) else { return named() };
        let sum = |sign: &str| matches!(sign, "+" | "-");
        let said = format!("{} {sign} {}", self.term(a, Some(sign)), self.term(b, Some(sign)));
        match within {
            Some(outer) if sum(sign) && !sum(outer) => format!("({said})"),
            _ => said,
        }
    }

    /// What a figure is called in a line of a calculation: what is summed by its elements, a dated value by its day.
    fn called(&self, step: &Step) -> String {
        let words = self.words();
        let policy = words.policy;
        let Some(expr) = step.expr else { return String::new() };
        match &policy.exprs.get(expr).kind {
            ExprKind::Aggregate { kind: Aggregate::Sum, list, filter, of: Some(of) } => {
                let all = match is_feminine(&singular(&policy.lists[list.index()].label)) {
                    true => "toutes les",
                    false => "tous les",
                };
                let all = if filter.is_some() { "les" } else { all };
                format!("{} pour {all} {}", words.name(*of), words.phrases().among(*list, *filter))
            }
            ExprKind::Parameter { parameter, at: Some(day) } => {
                format!("{} à {}", policy.parameters[parameter.index()].label, words.phrases().origin(*day))
            }
            _ => words.name(expr).into_owned(),
        }
    }
}
