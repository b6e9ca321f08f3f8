//! Literals: figures, dates, durations, texts.

use std::sync::Arc;

use pest::iterators::Pair;

use super::{Rule, Source, folded};
use crate::currency::Currency;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::number::Ratio;
use crate::source::Span;
use crate::syntax::declared::Sort;
use crate::syntax::tree::{Expr, ExprKind, Literal, Path, Spanned};
use crate::time::{Date, DayOfYear, Duration, Holidays, Week, WorkingDays};
pub(super) use crate::wording::MONTHS;

impl<'a> Source<'_, 'a> {
    /// A literal; `Invalid` where it was refused.
    pub(super) fn literal(&self, pair: Pair<'a, Rule>) -> Expr {
        let span = self.span(&pair);
        // `parmi deux, trois`: what a text declares under the name of a number is no number there.
        if pair.as_rule() == Rule::worded {
            let name = self.name(&pair);
            if self.reader.names.declares(&name.text, Sort::Any) {
                let path = Path { text: Arc::clone(&name.text), parts: vec![name], span };
                return Expr { kind: ExprKind::Name(path), span };
            }
        }
        let literal = match pair.as_rule() {
            Rule::quantity => self.quantity(pair),
            Rule::worded => match pair.clone().into_inner().nth(1) {
                Some(_) => self.duration(pair).map(Literal::Duration),
                None => self.ratio(&pair).map(Literal::Number),
            },
            Rule::working_days => self.working_days(pair).map(Literal::WorkingDays),
            Rule::truth => Some(Literal::Truth(pair.as_str() == "oui")),
            Rule::quotation => Some(Literal::Text(self.quote(&pair).text)),
            _ => self.date(pair).map(Literal::Date),
        };
        Expr { kind: literal.map_or(ExprKind::Invalid, ExprKind::Literal), span }
    }

    fn quantity(&self, pair: Pair<'a, Rule>) -> Option<Literal> {
        let mut parts = pair.clone().into_inner();
        let (number, unit) = (parts.next()?, parts.next());
        let sign = unit.as_ref().and_then(|unit| match unit.as_rule() {
            Rule::euros => Some(Spanned { value: Currency::Euro, span: self.span(unit) }),
            Rule::francs => Some(Spanned { value: Currency::CfpFranc, span: self.span(unit) }),
            _ => None,
        });
        self.reader.signs.borrow_mut().extend(sign);
        let unit = unit.map(|unit| unit.as_rule());
        if self.is_english_thousands(&number, unit) {
            return None;
        }
        match unit {
            None => self.ratio(&number).map(Literal::Number),
            Some(Rule::percent) => {
                self.ratio(&number).and_then(|n| n.div(&Ratio::from(100))).map(Literal::Percent)
            }
            Some(Rule::euros | Rule::francs) => self.ratio(&number).map(Literal::Amount),
            Some(Rule::measure_unit) => self.ratio(&number).map(Literal::Number),
            Some(_) => self.duration(pair).map(Literal::Duration),
        }
    }

    /// `5 jours ouvrés`
    fn working_days(&self, pair: Pair<'a, Rule>) -> Option<WorkingDays> {
        let mut parts = pair.into_inner();
        let number = parts.next()?;
        let count = self.ratio(&number)?;
        let whole = count.to_i64().filter(|n| (1..=limits::WORKING_DAYS.into()).contains(n));
        let Some(count) = whole.and_then(|n| i32::try_from(n).ok()).filter(|_| count.is_integer()) else {
            let most = limits::WORKING_DAYS;
            let message =
                format!("un délai en jours ouvrés ou ouvrables est un nombre entier, de 1 à {most}");
            let help = "compter un délai plus long en mois, ou en jours du calendrier";
            self.reader.report_at("delai-ouvre", message, self.span(&number), "", help);
            return None;
        };
        let week =
            if parts.next().is_some_and(|p| p.as_rule() == Rule::six_days) { Week::Six } else { Week::Five };
        Some(WorkingDays { count, week, holidays: holidays(parts.next().as_ref()) })
    }

    /// `12,000 €`: three decimals after a comma are thousands of another tongue, and would be read as 12 €. A price
    /// of a thousandth is no such thing where it starts with 0, and may be written with a fourth figure.
    fn is_english_thousands(&self, number: &Pair<'a, Rule>, unit: Option<Rule>) -> bool {
        let Some((whole, decimals)) = number.as_str().split_once(',') else { return false };
        let grouped = decimals.len() == 3 && !whole.starts_with('0') && whole.len() <= 3;
        let doubtful = match unit {
            Some(Rule::euros | Rule::francs) => grouped,
            None => grouped && decimals == "000",
            Some(_) => false,
        };
        if doubtful {
            let span = self.span(number);
            let message = "une virgule ne sépare pas les milliers".to_owned();
            let file = self.reader.file();
            let help = format!(
                "écrire « {whole} {decimals} » ; pour des millièmes, ajouter un chiffre : « {whole},{decimals}0 »"
            );
            let problem = Diagnostic::error("virgule-des-milliers", message).at(file, span, "").help(help);
            self.reader.report(problem.instead(file, span, &[format!("{whole} {decimals}")]));
        }
        doubtful
    }

    /// A figure, its spaces put aside, or a number in words.
    fn ratio(&self, pair: &Pair<'a, Rule>) -> Option<Ratio> {
        if let Some(count) = in_words(pair.as_str()) {
            return Some(Ratio::from(i64::from(count)));
        }
        let digits: String = pair.as_str().chars().filter(|c| !c.is_whitespace()).collect();
        let count = digits.bytes().filter(u8::is_ascii_digit).count();
        if count > limits::DIGITS {
            self.reader.report_at(
                "nombre-trop-long",
                format!("un nombre a {} chiffres au plus, celui-ci en a {count}", limits::DIGITS),
                self.span(pair),
                "",
                "",
            );
            return None;
        }
        Ratio::parse_decimal(&digits)
    }

    /// A date with its place.
    pub(super) fn spanned_date(&self, pair: Pair<'a, Rule>) -> Option<Spanned<Date>> {
        let span = self.span(&pair);
        self.date(pair).map(|value| Spanned { value, span })
    }

    /// A date: in words, in figures, or in a form that is refused with the right one.
    fn date(&self, pair: Pair<'a, Rule>) -> Option<Date> {
        let (rule, text, span) = (pair.as_rule(), pair.as_str(), self.span(&pair));
        let figures = |part: &str| part.trim_end_matches("er").parse::<i16>().ok();
        let mut parts = pair.into_inner().map(|p| p.as_str());
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        let (day, month, year) = match rule {
            Rule::date_words | Rule::date_misspelt => {
                let position = MONTHS.iter().position(|m| *m == second);
                let Some(month) = position.and_then(|p| i16::try_from(p + 1).ok()) else {
                    let problem = Diagnostic::error("mois-inconnu", format!("mois inconnu : « {second} »"))
                        .at(self.reader.file(), span, "");
                    self.reader.report(
                        match crate::text::nearest(second, MONTHS).or_else(|| abbreviated(second)) {
                            Some(month) => {
                                let date = format!("{first} {month} {third}");
                                problem.help(format!("vouliez-vous dire « {date} » ?")).instead(
                                    self.reader.file(),
                                    span,
                                    &[date],
                                )
                            }
                            None => {
                                problem.help("les mois s'écrivent en toutes lettres : « 1er janvier 2025 »")
                            }
                        },
                    );
                    return None;
                };
                (figures(first)?, month, figures(third)?)
            }
            Rule::date_iso => {
                let (year, month, day) = (figures(first)?, figures(second)?, figures(third)?);
                let name = usize::try_from(month).ok().and_then(|m| MONTHS.get(m.checked_sub(1)?));
                let message = format!("une date s'écrit comme en français, pas « {text} »");
                let problem = Diagnostic::error("date-mal-ecrite", message).at(self.reader.file(), span, "");
                self.reader.report(match name {
                    Some(name) => {
                        let er = if day == 1 { "er" } else { "" };
                        problem.instead(self.reader.file(), span, &[format!("{day}{er} {name} {year}")])
                    }
                    None => problem.help("par exemple « 1er janvier 2025 »"),
                });
                return None;
            }
            _ => (figures(first)?, figures(second)?, figures(third)?),
        };
        self.checked_date(text, span, (day, month, year))
    }

    fn checked_date(&self, text: &str, span: Span, (day, month, year): (i16, i16, i16)) -> Option<Date> {
        let text = folded(text);
        if !(limits::FIRST_YEAR..=limits::LAST_YEAR).contains(&year) {
            self.reader.report_at(
                "date-hors-limites",
                format!(
                    "une date tombe entre {} et {}, celle-ci en {year}",
                    limits::FIRST_YEAR,
                    limits::LAST_YEAR
                ),
                span,
                "",
                "",
            );
            return None;
        }
        let date =
            i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(m, d)| Date::new(year, m, d));
        if date.is_none() {
            let last = i8::try_from(month).ok().and_then(|m| Date::new(year, m, 1)).map(Date::last_of_month);
            let name = usize::try_from(month).ok().and_then(|m| MONTHS.get(m.checked_sub(1)?));
            let help = match (last, name) {
                (Some(last), Some(name)) => format!("{name} {year} a {} jours", last.day()),
                _ => "le mois va de 01 à 12 : jour/mois/année".to_string(),
            };
            self.reader.report_at(
                "date-impossible",
                format!("cette date n'existe pas : « {text} »"),
                span,
                "",
                &help,
            );
        }
        date
    }

    /// A day that every year has: `31 décembre`.
    pub(super) fn day_of_year(&self, pair: Pair<'a, Rule>) -> Option<DayOfYear> {
        let (span, text) = (self.span(&pair), folded(pair.as_str()));
        let mut parts = pair.into_inner().map(|p| p.as_str());
        let day = parts.next()?.trim_end_matches("er").parse::<i8>().ok();
        let name = parts.next()?;
        let month = MONTHS.iter().position(|m| *m == name).and_then(|p| i8::try_from(p + 1).ok())?;
        let found = day.and_then(|day| DayOfYear::new(month, day));
        if found.is_none() {
            let leap = (month, day) == (2, Some(29));
            let last = Date::new(2001, month, 1).map_or(31, |first| first.last_of_month().day());
            let (message, help) = if leap {
                (
                    "le 29 février n'existe pas tous les ans".to_owned(),
                    "écrire « dernier jour du mois de … », avec une date de février".to_owned(),
                )
            } else {
                (format!("ce jour n'existe pas : « {text} »"), format!("{name} a {last} jours"))
            };
            self.reader.report_at("date-impossible", message, span, "", &help);
        }
        found
    }

    /// A duration with its place.
    pub(super) fn spanned_duration(&self, pair: Pair<'a, Rule>) -> Option<Spanned<Duration>> {
        let span = self.span(&pair);
        self.duration(pair).map(|value| Spanned { value, span })
    }

    fn duration(&self, pair: Pair<'a, Rule>) -> Option<Duration> {
        let span = self.span(&pair);
        let (mut months, mut days) = (0_i64, 0_i64);
        let most = Ratio::from(limits::DURATION_YEARS * 366);
        let mut parts = pair.into_inner();
        while let (Some(number), Some(unit)) = (parts.next(), parts.next()) {
            let count = self.ratio(&number)?;
            if !count.is_integer() {
                let place = self.span(&number).to(self.span(&unit));
                let message = "une durée compte des années, des mois ou des jours entiers".to_string();
                let problem =
                    Diagnostic::error("duree-non-entiere", message).at(self.reader.file(), place, "");
                let months = count.mul(&Ratio::from(12));
                let whole = unit.as_rule() == Rule::years && months.is_integer() && parts.peek().is_none();
                self.reader.report(match months.to_i64().filter(|_| whole) {
                    Some(months) => problem.instead(self.reader.file(), place, &[format!("{months} mois")]),
                    None => problem.help("par exemple « 1 an et 6 mois »"),
                });
                return None;
            }
            // Beyond the bound of the whole the count itself no longer matters.
            let count = if count > most { limits::DURATION_YEARS * 366 + 1 } else { count.to_i64()? };
            match unit.as_rule() {
                Rule::years => months += 12 * count,
                Rule::months => months += count,
                _ => days += count,
            }
        }
        if months > limits::DURATION_YEARS * 12 || days > limits::DURATION_YEARS * 366 {
            self.reader.report_at(
                "duree-hors-limites",
                format!("une durée va jusqu'à {} ans", limits::DURATION_YEARS),
                span,
                "",
                "",
            );
            return None;
        }
        Some(Duration { months, days })
    }
}

/// The only month that starts with these letters, three at the least: « janv. ».
fn abbreviated(month: &str) -> Option<&'static str> {
    let letters = crate::text::plain_letters(month);
    let mut near = MONTHS.into_iter().filter(|own| crate::text::plain_letters(own).starts_with(&letters));
    near.next().filter(|_| letters.len() >= 3 && near.next().is_none())
}

/// The number that a word says, up to sixteen.
pub(super) fn in_words(written: &str) -> Option<u32> {
    const WORDS: [&str; 16] = [
        "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
        "treize", "quatorze", "quinze", "seize",
    ];
    let written = if written == "une" { "un" } else { written };
    let rank = WORDS.iter().position(|word| *word == written)?;
    u32::try_from(rank + 1).ok()
}

/// Whose public holidays: « d'Alsace-Moselle », « de la Réunion »; those of all France where nothing is said.
pub(super) fn holidays(pair: Option<&Pair<'_, Rule>>) -> Holidays {
    let Some(said) = pair.and_then(|pair| pair.as_str().split_whitespace().last()) else {
        return Holidays::France;
    };
    let named = |words: &str| !words.is_empty() && words.ends_with(said.trim_start_matches(is_elided));
    Holidays::ALL.iter().find(|(words, _)| named(words)).map_or(Holidays::France, |(_, holidays)| *holidays)
}

fn is_elided(sign: char) -> bool {
    matches!(sign, 'd' | '\'' | '’' | 'ʼ')
}

/// How many days a month has at most, by its name.
pub(super) fn longest_month(name: &str) -> Option<u32> {
    MONTHS.iter().position(|month| *month == name).map(|rank| match rank {
        1 => 29,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    })
}
