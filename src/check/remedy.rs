//! What to write in place of a value of another unit. A remedy may be followed blindly: none rescales what
//! the author meant without saying so.

use super::names::{Found, Scope, What};
use super::types::Ty;
use super::{Checker, Slot};
use crate::diagnostic::Diagnostic;
use crate::number::Ratio;
use crate::policy::{ItemRef, Type};
use crate::source::Span;
use crate::syntax;
use crate::syntax::tree::{
    ArithOp, ElapsedUnit, Expr, ExprKind, ItemKind, Literal, Path, PeriodOp, ValueForm,
};
use crate::time::{Duration, MissingDay};
use crate::unit::{Measure, Unit};
use crate::wording::french::{is_feminine, singular};
use crate::wording::{French, Spaces, Wording};

/// « ramenée », of what this names first.
fn brought(name: &str) -> &'static str {
    let noun = name.trim_start_matches(['(', ' ']).split([' ', '.']).next().unwrap_or("");
    let (one, many) = (singular(noun), noun.ends_with(['s', 'x']) && singular(noun) != noun);
    match (is_feminine(&one), many) {
        (true, true) => "ramenées",
        (true, false) => "ramenée",
        (false, true) => "ramenés",
        (false, false) => "ramené",
    }
}

/// « ressources », of « (ressources ÷ 12) »: what its author has brought to another period by a figure.
fn undivided(said: &str) -> Option<&str> {
    const FIGURES: [&str; 3] = ["12", "4", "3"];
    let inner = said.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let said = inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(said).trim();
    let (own, figure) = said.rsplit_once(' ')?;
    let own = own.strip_suffix(['÷', '/', '×', '*']).filter(|_| FIGURES.contains(&figure))?;
    let own = own.trim_end();
    // « a + b ÷ 12 » divides b alone.
    (!own.contains(" + ") && !own.contains(" - ") || own.starts_with('(')).then_some(own)
}

impl Checker<'_> {
    /// What to write where a plain number stands and this unit is wanted.
    pub(super) fn unit_help(&self, wanted: Ty, written: &Expr) -> Option<String> {
        let own = Measure::read(self.file.slice(written.span));
        if let (ExprKind::Literal(_), Some(own)) = (&written.kind, own) {
            let bare = self.unit_text(wanted, written.span)?.into_iter().next()?;
            return Some(format!(
                "écrire « {bare} », ou dire l'unité où ce nombre est déclaré : « nombre en{own} »"
            ));
        }
        let (plain, number) = match &written.kind {
            ExprKind::Literal(Literal::Number(number)) => (self.words(written.span), number),
            ExprKind::Paren(inner) | ExprKind::Negate(inner) => return self.unit_help(wanted, inner),
            ExprKind::Literal(Literal::Amount(_)) if matches!(wanted, Ty::Measured(m) if m.money) => {
                return self
                    .unit_text(wanted, written.span)?
                    .first()
                    .map(|text| format!("écrire « {text} »"));
            }
            _ => return None,
        };
        match wanted {
            Ty::Measured(_) => self
                .unit_text(wanted, written.span)
                .and_then(|texts| texts.into_iter().next().map(|text| format!("écrire « {text} »"))),
            Ty::Of(Type::Amount) => Some(format!("écrire « {plain} {} »", self.currency().sign())),
            Ty::Of(Type::Percent) => Some(match as_share(number) {
                Some(percent) => {
                    let both = vec![format!("{percent} %"), format!("{plain} %")];
                    match self.cited_share(written.span, both).as_slice() {
                        [only] => format!("écrire « {only} », comme le dit le passage cité"),
                        _ => format!(
                            "écrire « {percent} % », ou « {plain} % » si c'est bien moins d'un pour cent"
                        ),
                    }
                }
                None => format!("écrire « {plain} % »"),
            }),
            Ty::Of(Type::Months) => Some(format!("écrire « {plain} mois »")),
            Ty::Of(Type::Days) => Some(format!("écrire « {plain} jours »")),
            Ty::Of(Type::Text) => Some(format!("écrire « {plain} » entre guillemets")),
            Ty::Of(Type::Integer | Type::Number | Type::Truth | Type::Date | Type::Choice(_))
            | Ty::Ratio
            | Ty::Unknown => None,
        }
    }

    /// A diagnostic with what to write where a plain number stands and this unit is wanted.
    pub(super) fn with_unit(&self, diagnostic: Diagnostic, wanted: Ty, written: &Expr) -> Diagnostic {
        let Some(help) = self.unit_help(wanted, written) else { return diagnostic };
        let diagnostic = diagnostic.help(help);
        match self.unit_text(wanted, written.span) {
            Some(texts) => diagnostic.instead(self.file, written.span, &texts),
            None => diagnostic,
        }
    }

    /// The same, ready made: a plain figure with its unit; both readings where there are two.
    pub(super) fn unit_text(&self, wanted: Ty, written: Span) -> Option<Vec<String>> {
        let plain = self.file.slice(written);
        if let Some(own) = Measure::read(plain) {
            let bare = plain.trim_end_matches(|c: char| !c.is_ascii_digit());
            return (wanted.is_plain() && !own.money && own.per.is_none()).then(|| vec![bare.to_owned()]);
        }
        if !plain.starts_with(|c: char| c.is_ascii_digit()) || plain.contains('\n') {
            return None;
        }
        let share = Ratio::parse_decimal(plain).and_then(|number| as_share(&number));
        let unit = match wanted {
            Ty::Measured(measure) => {
                let sign = self.currency().sign();
                let euros =
                    if measure.money && !plain.ends_with(sign) { format!(" {sign}") } else { String::new() };
                return Some(vec![format!("{plain}{euros}{measure}")]);
            }
            Ty::Of(Type::Amount) => self.currency().sign(),
            Ty::Of(Type::Percent) => "%",
            Ty::Of(Type::Months) => "mois",
            Ty::Of(Type::Days) => "jours",
            Ty::Of(
                Type::Integer | Type::Number | Type::Truth | Type::Date | Type::Choice(_) | Type::Text,
            )
            | Ty::Ratio
            | Ty::Unknown => return None,
        };
        let own = format!("{plain} {unit}");
        Some(match share.filter(|_| unit == "%") {
            Some(share) => self.cited_share(written, vec![format!("{share} %"), own]),
            None => vec![own],
        })
    }

    /// Two amounts by different periods: each brought to the period of the other.
    pub(super) fn with_one_period(
        &self,
        mut diagnostic: Diagnostic,
        (left, a): (Span, Ty),
        (right, b): (Span, Ty),
    ) -> Diagnostic {
        let (Some(of_a), Some(of_b)) = (a.measure(), b.measure()) else { return diagnostic };
        if !of_a.converts(of_b) {
            return diagnostic;
        }
        let mut said = Vec::new();
        let both = [(right, of_a.per), (left, of_b.per)];
        if let Some((place, text)) =
            both.into_iter().find_map(|(place, per)| Some((place, self.cited_per(place, per?)?)))
        {
            return diagnostic
                .instead(self.file, place, &[&text])
                .help(format!("écrire « {text} », comme le dit le passage cité"));
        }
        let scaled = |place: Span| undivided(self.file.slice(place));
        let one = both.iter().filter(|(place, _)| scaled(*place).is_some()).count() == 1;
        for (place, to) in both {
            let Some(words) = to.and_then(brought_words) else { continue };
            // « prime annuelle ÷ 12 » is by month already, as its author has it: the other is right.
            let own = match scaled(place) {
                Some(own) => own,
                None if one => continue,
                None => self.file.slice(place),
            };
            let text = format!("({own} {} {words})", brought(own));
            said.push(format!("« {} »", crate::text::tidy(&text)));
            diagnostic = diagnostic.instead(self.file, place, &[text]);
        }
        let said = said.join(" ou ");
        diagnostic.help(match one {
            true => format!("une division ne change pas la période d'un montant : écrire {said} à la place"),
            false => format!("ramener l'un à la période de l'autre, selon le texte : {said}"),
        })
    }

    /// A duration as a count, where the value on its left is counted in its unit: « 18 » for « 18 ans ».
    pub(super) fn count_text(&self, number: &Expr, duration: &Expr) -> Option<String> {
        let (limit, wanted) = self.counted(duration)?;
        let (unit, name) = self.elapsed(number);
        let unit = unit?;
        // « 12 mois » of a definition that counts whole years, and that others read.
        let years =
            name.is_some() && (in_unit(unit), in_unit(wanted)) == ("en années entières", "en mois entiers");
        match years && limit % 12 == 0 {
            true => Some((limit / 12).to_string()),
            false => (unit == wanted).then(|| limit.to_string()),
        }
    }

    /// `01-02-2025`, `1/2/25`: read as a calculation, and meant as a day.
    pub(super) fn date_in_figures(&self, written: &Expr) -> Option<Diagnostic> {
        let text = self.file.slice(written.span);
        let parts: Vec<&str> = text.split(['-', '/', '−']).collect();
        let [day, month, year] = parts.as_slice() else { return None };
        let years = match year.len() {
            4 => vec![(*year).to_owned()],
            2 => vec![format!("20{year}"), format!("19{year}")],
            _ => return None,
        };
        let dates: Vec<String> = years.iter().filter_map(|year| syntax::date_of(day, month, year)).collect();
        let message = format!("une date s'écrit comme en français, pas « {text} »");
        let problem = Diagnostic::error("date-mal-ecrite", message).at(self.file, written.span, "");
        (!dates.is_empty()).then(|| problem.instead(self.file, written.span, &dates))
    }

    /// What to write after `augmenté de`, `diminué de`: nobody raises by a fifth of one per cent who writes 0,20.
    pub(super) fn rate_help(&self, written: &Expr) -> Option<String> {
        let ExprKind::Literal(Literal::Number(number)) = &written.kind else { return None };
        let plain = self.words(written.span);
        let one = Ratio::one();
        Some(match as_share(number) {
            Some(percent) => format!("écrire « {percent} % »"),
            None if number > &one && !number.is_integer() => {
                let percent = shown(&number.sub(&one));
                format!("écrire « {plain} % », ou « {percent} % » si « {plain} » est un coefficient")
            }
            None => format!("écrire « {plain} % »"),
        })
    }

    /// What to write where two values of one unit are multiplied, or a number is divided by a unit.
    /// `montant de prime`, for a financing or a contribution that is named where a value is meant.
    pub(super) fn amount_due(&self, name: &str, scope: Scope) -> Option<String> {
        let Found::Symbol(symbol) = self.names.resolve(name, scope) else { return None };
        let What::Item(item) = symbol.what else { return None };
        matches!(self.slots[item], Slot::Reported(ItemRef::Funding(_))).then(|| format!("montant de {name}"))
    }

    /// `14 €` for « 14 € par m² », in a product that is held against an amount: what is to be written for it, and where.
    pub(super) fn rate_meant(&self, wanted: Ty, product: &Expr, ty: Ty) -> Option<(String, Span)> {
        let Ty::Measured(measure) = ty else { return None };
        let unit = measure.of.filter(|_| measure.money && measure.per.is_none())?;
        let ExprKind::Arith { op: ArithOp::Mul, left, right } = &product.kind else { return None };
        let is_amount = |expr: &&Expr| matches!(expr.kind, ExprKind::Literal(Literal::Amount(_)));
        let rate =
            [&**left, &**right].into_iter().find(is_amount).filter(|_| wanted == Ty::Of(Type::Amount))?;
        let plain = self.file.slice(rate.span);
        (!plain.contains(" par ")).then(|| (format!("{plain} par {}", unit.one()), rate.span))
    }

    pub(super) fn factor_help(&self, op: ArithOp, right: &Expr, a: Ty, b: Ty) -> Option<String> {
        let words = self.words(right.span);
        let amount = Ty::Of(Type::Amount);
        match (op, &right.kind) {
            (ArithOp::Mul, ExprKind::Literal(Literal::Amount(_))) if a == amount && b == amount => {
                let bare = words.trim_end_matches(['€', ' ', '\u{a0}', '\u{202f}']);
                Some(format!(
                    "un montant se multiplie par un nombre ou un pourcentage : « {bare} » ou « {bare} % »"
                ))
            }
            (ArithOp::Mul, _) if a == amount && b == amount => Some(format!(
                "un montant se multiplie par un nombre ou un pourcentage : si « {words} » n'est pas en euros, le déclarer ainsi"
            )),
            (ArithOp::Div, _) if a.is_plain() && b == amount => Some(
                "un montant se divise par un montant ou par un nombre, non un nombre par un montant"
                    .to_owned(),
            ),
            _ => None,
        }
    }

    /// What to write where a number is compared with a duration: both count the same unit, or the remedy
    /// would turn years into days.
    pub(super) fn count_help(&self, number: &Expr, duration: &Expr) -> Option<String> {
        let (limit, wanted) = self.counted(duration)?;
        let (unit, name) = self.elapsed(number);
        let in_words = in_unit(wanted);
        Some(match (unit, name) {
            (Some(unit), _) if unit == wanted => format!("écrire « {limit} »"),
            // Twelve months are one year: the definition, which others read, stays what it is.
            (Some(unit), Some(_))
                if (in_unit(unit), in_unit(wanted)) == ("en années entières", "en mois entiers")
                    && limit % 12 == 0 =>
            {
                format!("écrire « {} »", limit / 12)
            }
            (Some(unit), Some(name)) => format!(
                "« {name} » se compte {} : la compter {in_words}, et écrire « {limit} »",
                in_unit(unit)
            ),
            (Some(_), None) => format!("compter {in_words}, et écrire « {limit} »"),
            (None, _) => format!(
                "« {} » est un nombre sans unité : écrire « {limit} » s'il se compte {in_words}",
                self.words(number.span)
            ),
        })
    }

    /// Both ends of « entre 18 ans et 67 ans » as counts, where the value is counted in their unit.
    pub(super) fn counted_ends(&self, number: &Expr, low: &Expr, high: &Expr) -> Option<[i64; 2]> {
        let ((low, unit), (high, other)) = (self.counted(low)?, self.counted(high)?);
        (unit == other && self.elapsed(number).0 == Some(unit)).then_some([low, high])
    }

    /// What to write where a date is compared with a part of one: « année de déposée le » beside « année de signée le », or
    /// beside 2025, or beside what is named a year.
    pub(super) fn part_of_date(&self, date: &Expr, number: &Expr) -> Option<(String, Span)> {
        let ExprKind::Name(path) = &date.kind else { return None };
        let part = self.part(number)?;
        Some((format!("{part} de {}", path.text), date.span))
    }

    /// The part of a date that a number is.
    fn part(&self, number: &Expr) -> Option<&'static str> {
        const YEARS: [&str; 4] = ["année", "exercice", "millésime", "an"];
        match &number.kind {
            ExprKind::Paren(inner) => self.part(inner),
            ExprKind::YearOf(_) => Some("année"),
            ExprKind::Period { op: PeriodOp::MonthOf, .. } => Some("mois"),
            ExprKind::Period { op: PeriodOp::QuarterOf, .. } => Some("trimestre"),
            ExprKind::Literal(_) => {
                let digits: String = self.words(number.span).chars().filter(char::is_ascii_digit).collect();
                (digits.len() == 4).then_some("année")
            }
            // « année de D + 1 ».
            ExprKind::Arith { op: ArithOp::Add | ArithOp::Sub, left, right } => {
                self.part(left).filter(|_| matches!(right.kind, ExprKind::Literal(_)))
            }
            ExprKind::Name(path) => match self.body(path) {
                Some(body) => self.part(body),
                None => {
                    let name = path.parts.last().map_or(&*path.text, |part| &*part.text);
                    let first = name.split(' ').next().unwrap_or("");
                    YEARS.contains(&first).then_some("année")
                }
            },
            _ => None,
        }
    }

    /// What to write where a date is compared with a number: an age was meant.
    pub(super) fn age_help(&self, date: &Expr) -> Option<String> {
        let ExprKind::Name(born) = &date.kind else { return None };
        let age = self.doc.items.iter().enumerate().find_map(|(index, item)| {
            let ItemKind::Definition(definition) = &item.kind else { return None };
            let ValueForm::Single(body) = &definition.body.form else { return None };
            let ExprKind::Elapsed { from, unit: ElapsedUnit::Years(_), .. } = &body.kind else { return None };
            matches!(&from.kind, ExprKind::Name(path) if path.text == born.text)
                .then(|| self.item_name(index))
        });
        Some(match age {
            Some(age) => format!("pour un âge, écrire « {age} » à la place de « {} »", born.text),
            None => format!("pour un âge : « entre {} et date d'examen en années entières »", born.text),
        })
    }

    /// A written duration as a count, in the unit in which it is written.
    fn counted(&self, duration: &Expr) -> Option<(i64, ElapsedUnit)> {
        let ExprKind::Literal(Literal::Duration(Duration { months, days })) = &duration.kind else {
            return None;
        };
        let in_years = self.words(duration.span).contains("an");
        match (months, days) {
            (0, days) => Some((*days, ElapsedUnit::Days)),
            (months, 0) if months % 12 == 0 && in_years => {
                Some((months / 12, ElapsedUnit::Years(MissingDay::Unsaid)))
            }
            (months, 0) => Some((*months, ElapsedUnit::Months(MissingDay::Unsaid))),
            _ => None,
        }
    }

    /// In what unit a value counts time, and the name by which it is read, if it does.
    fn elapsed(&self, expr: &Expr) -> (Option<ElapsedUnit>, Option<String>) {
        match &expr.kind {
            ExprKind::Elapsed { unit, .. } => (Some(*unit), None),
            ExprKind::Paren(inner) => self.elapsed(inner),
            ExprKind::Name(path) => match self.body(path) {
                Some(body) => (self.elapsed(body).0, Some(path.text.to_string())),
                None => (None, None),
            },
            _ => (None, None),
        }
    }

    /// What a definition is worth, where it is one expression.
    fn body(&self, path: &Path) -> Option<&Expr> {
        let definition = match self.names.resolve(&path.text, None) {
            Found::Symbol(symbol) => {
                let What::Item(item) = symbol.what else { return None };
                let ItemKind::Definition(definition) = &self.doc.items[item].kind else { return None };
                definition
            }
            // « âge », where `enfants.âge` is worked out for each.
            _ => {
                let own = |name: &str| name.rsplit_once('.').is_some_and(|(_, last)| last == &*path.text);
                let mut all = self.doc.items.iter().filter_map(|item| match &item.kind {
                    ItemKind::Definition(definition) if own(&item.name.as_ref()?.text) => Some(definition),
                    _ => None,
                });
                let only = all.next()?;
                if all.next().is_some() {
                    return None;
                }
                only
            }
        };
        match &definition.body.form {
            ValueForm::Single(expr) if !matches!(expr.kind, ExprKind::Name(_)) => Some(expr),
            _ => None,
        }
    }
}

fn in_unit(unit: ElapsedUnit) -> &'static str {
    match unit {
        ElapsedUnit::Years(_) => "en années entières",
        ElapsedUnit::Months(_) => "en mois entiers",
        ElapsedUnit::Days => "en jours",
    }
}

/// « 20 » for 0,20: what a number below 1 is as a percentage, where it may be a ratio.
fn as_share(number: &Ratio) -> Option<String> {
    let may_be = number.signum() > 0 && number < &Ratio::one();
    may_be.then(|| shown(number))
}

fn shown(share: &Ratio) -> String {
    French(Spaces::Plain).exact(&share.mul(&Ratio::from(100)))
}

/// « au mois », « à l'année »: to what an amount is brought.
pub(super) fn brought_words(to: Unit) -> Option<&'static str> {
    match to {
        Unit::MONTH => Some("au mois"),
        Unit::QUARTER => Some("au trimestre"),
        Unit::YEAR => Some("à l'année"),
        _ => None,
    }
}
