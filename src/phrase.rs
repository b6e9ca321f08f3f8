//! What an author wrote, as it is said aloud: signs in words, labels in place of paths, no keyword that only the
//! grammar needs. What has neither stands as it is written.

mod dates;
mod lists;

use crate::policy::{ExprId, ExprKind, Policy, Type};
use crate::source::Span;
use crate::syntax::tree::{CompareOp, ElapsedUnit, Frequency};
use crate::time::{DayOf, Duration, MissingDay};
use crate::wording::Lang;
use crate::wording::french::before;

/// To which dossiers an amendment goes: conditions all of which hold, « contrat signé le 1er janvier 2027 ou après ».
pub(crate) fn scope(policy: &Policy, conditions: &[ExprId], lang: Lang) -> String {
    let phrases = Phrases { policy, lang };
    let said = |one: &ExprId| match policy.exprs.get(*one).kind {
        // « région est « Bretagne » » reads as it stands, and has no colon.
        ExprKind::Among { .. } => phrases.written(*one),
        _ => phrases.condition(*one),
    };
    let said: Vec<String> = conditions.iter().map(said).collect();
    said.join(lang.pick(" et ", " and "))
}

/// How often something is paid.
pub(crate) fn frequency(frequency: Frequency, lang: Lang) -> &'static str {
    match frequency {
        Frequency::Once => lang.pick("une fois", "once"),
        Frequency::Monthly => lang.pick("chaque mois", "every month"),
        Frequency::Quarterly => lang.pick("chaque trimestre", "every quarter"),
        Frequency::Yearly => lang.pick("chaque année", "every year"),
        Frequency::PerEvent => lang.pick("à chaque intervention", "per intervention"),
    }
}

/// The name of an event, « contrat signé » of « contrat signé le »: a date stands after the whole of it.
pub(crate) fn event(label: &str) -> Option<&str> {
    label.strip_suffix(" le").filter(|head| !head.is_empty())
}

/// A label that stands alone, « contrat signé (date) »: nothing follows that « le » would wait for.
pub(crate) fn alone(label: &str) -> String {
    match event(label) {
        Some(event) => format!("{event} (date)"),
        None => label.to_owned(),
    }
}

/// A label after the word « date », which says already what it is: « contrat signé ».
pub(crate) fn after_date(label: &str) -> &str {
    event(label).unwrap_or(label)
}

/// Whether a phrase holds a colon of its own, outside parentheses and quotation marks: before another colon it is to be
/// put in quotation marks.
pub(crate) fn has_colon(phrase: &str) -> bool {
    let mut depth = 0_i32;
    let mut before = ' ';
    phrase.chars().any(|c| {
        match c {
            '(' | '«' | '“' => depth += 1,
            ')' | '»' | '”' => depth -= 1,
            _ => {}
        }
        let found = c == ' ' && before == ':' && depth <= 0;
        before = c;
        found
    })
}

/// Says the expressions of a policy.
#[derive(Clone, Copy)]
pub(crate) struct Phrases<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) lang: Lang,
}

impl Phrases<'_> {
    /// Any expression.
    pub(crate) fn said(&self, id: ExprId) -> String {
        match self.policy.exprs.get(id).ty {
            Type::Truth => self.condition(id),
            Type::Integer
            | Type::Number
            | Type::Percent
            | Type::Amount
            | Type::Date
            | Type::Months
            | Type::Days
            | Type::Text
            | Type::Choice(_) => self.value(id),
        }
    }

    /// A condition: « professionnels : au moins 4 », « contrat signé au plus tard à la date d'examen ».
    pub(crate) fn condition(&self, id: ExprId) -> String {
        self.condition_or_not(id, false)
    }

    fn condition_or_not(&self, id: ExprId, negated: bool) -> String {
        let lang = self.lang;
        let expr = self.policy.exprs.get(id);
        let (yes, no) = (lang.pick("oui", "yes"), lang.pick("non", "no"));
        match &expr.kind {
            kind @ (ExprKind::And(of) | ExprKind::Or(of)) => {
                let every = matches!(kind, ExprKind::And(_)) != negated;
                let by = if every { lang.pick(" et ", " and ") } else { lang.pick(" ou ", " or ") };
                let inner = |id: &ExprId| match self.policy.exprs.get(*id).kind {
                    ExprKind::And(_) | ExprKind::Or(_) => {
                        format!("({})", self.condition_or_not(*id, negated))
                    }
                    _ => self.condition_or_not(*id, negated),
                };
                of.iter().map(inner).collect::<Vec<_>>().join(by)
            }
            ExprKind::Not(inner) => self.condition_or_not(*inner, !negated),
            ExprKind::Compare { op, left, right } => {
                let op = if negated { op.negated() } else { *op };
                match self.policy.exprs.get(*left).ty {
                    Type::Date => self.dated(*left, op, *right),
                    _ => self.compared(*left, op, *right),
                }
            }
            ExprKind::Among { subject, values } => {
                let values: Vec<String> = values.iter().map(|value| self.held(*value)).collect();
                let values = match values.as_slice() {
                    [all @ .., last] if !all.is_empty() => {
                        format!("{} {} {last}", all.join(", "), lang.pick("ou", "or"))
                    }
                    some => some.concat(),
                };
                let wanted = if negated {
                    format!("{} {values}", lang.pick("autre que", "other than"))
                } else {
                    values
                };
                lang.pair(&self.value(*subject), &wanted)
            }
            ExprKind::Between { subject, low, high } => {
                let (low, high) = (self.held(*low), self.held(*high));
                let within = match negated {
                    false => {
                        format!("{} {low} {} {high}", lang.pick("entre", "between"), lang.pick("et", "and"))
                    }
                    true => {
                        format!("{} {low} {} {high}", lang.pick("hors de", "outside"), lang.pick("à", "to"))
                    }
                };
                lang.pair(&self.value(*subject), &within)
            }
            ExprKind::Within { date, duration, origin } => {
                let within = if negated {
                    lang.pick("hors des", "not within")
                } else {
                    lang.pick("dans les", "within")
                };
                let duration = self.value(*duration);
                let of = lang.pick("suivant", "of");
                self.after(*date, &format!("{within} {duration} {of} {}", self.origin(*origin)))
            }
            ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_) => {
                lang.pair(&self.value(id), if negated { no } else { yes })
            }
            ExprKind::Aggregate { kind, list, filter, of } if !negated => {
                self.each(id, *kind, *list, *filter, *of).unwrap_or_else(|| self.written(id))
            }
            ExprKind::Aggregate { .. }
            | ExprKind::Const(_)
            | ExprKind::Parameter { .. }
            | ExprKind::Reading(_)
            | ExprKind::ExaminationDate
            | ExprKind::Holds(_)
            | ExprKind::AllCriteria
            | ExprKind::AmountOf(_)
            | ExprKind::Bullets { .. }
            | ExprKind::Add(..)
            | ExprKind::Sub(..)
            | ExprKind::Mul(..)
            | ExprKind::Div(..)
            | ExprKind::Power { .. }
            | ExprKind::Negate(_)
            | ExprKind::Scaled { .. }
            | ExprKind::Prorata { .. }
            | ExprKind::Shift { .. }
            | ExprKind::DaysBetween(..)
            | ExprKind::Elapsed { .. }
            | ExprKind::DayOf { .. }
            | ExprKind::YearOf(_)
            | ExprKind::WeekdayOf(_)
            | ExprKind::Round { .. }
            | ExprKind::Extremum { .. }
            | ExprKind::Covered { .. }
            | ExprKind::Rank { .. }
            | ExprKind::Around { .. }
            | ExprKind::Share(_)
            | ExprKind::Allotted { .. }
            | ExprKind::Cases { .. }
            | ExprKind::Scale { .. }
            | ExprKind::Range { .. } => match negated {
                false => self.written(id),
                true => lang.pair(&lang.quoted(&self.written(id)), no),
            },
        }
    }

    /// « effectif : au moins 10 ».
    fn compared(&self, left: ExprId, op: CompareOp, right: ExprId) -> String {
        let (lang, name, value) = (self.lang, self.value(left), self.held(right));
        let chosen = matches!(self.policy.exprs.get(left).ty, Type::Choice(_))
            && matches!(op, CompareOp::Lt | CompareOp::Gt);
        let sign = match op {
            // « moins d'aisée » would be no French.
            CompareOp::Gt if chosen => lang.pick("au-dessus de", "above"),
            CompareOp::Lt if chosen => lang.pick("au-dessous de", "below"),
            CompareOp::Eq => return lang.pair(&name, &value),
            CompareOp::Ne => lang.pick("autre que", "other than"),
            CompareOp::Ge => lang.pick("au moins", "at least"),
            CompareOp::Gt => lang.pick("plus de", "more than"),
            CompareOp::Le => lang.pick("au plus", "at most"),
            CompareOp::Lt => lang.pick("moins de", "less than"),
        };
        let value = if chosen { lang.quoted(&value) } else { value };
        lang.pair(&name, &lang.pick(before(sign, &value), format!("{sign} {value}")))
    }

    /// What something is held against: a name in quotation marks, as it stands in the middle of a sentence.
    pub(crate) fn held(&self, id: ExprId) -> String {
        match &self.policy.exprs.get(id).kind {
            ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_) => {
                self.lang.quoted(&alone(&self.value(id)))
            }
            ExprKind::Parameter { at: None, .. } => self.lang.quoted(&self.value(id)),
            _ => self.value(id),
        }
    }

    /// A value: its name, or how it comes about.
    pub(crate) fn value(&self, id: ExprId) -> String {
        let lang = self.lang;
        let from_to = |from: ExprId, to: ExprId| {
            let to_word = lang.pick("à", "to");
            format!("{} {to_word} {}", self.moment(from), self.moment(to))
        };
        match &self.policy.exprs.get(id).kind {
            ExprKind::Fact(fact) => self.policy.facts[fact.index()].label.to_string(),
            ExprKind::Field(field) => self.policy.fields[field.index()].label.to_string(),
            ExprKind::Definition(definition) => self.policy.definitions[definition.index()].label.to_string(),
            ExprKind::Parameter { parameter, at } => {
                let name = self.policy.parameters[parameter.index()].label.to_string();
                match at {
                    None => name,
                    Some(at) => {
                        format!("{name}{} {}", lang.pick(",", " on"), self.on(*at))
                    }
                }
            }
            ExprKind::ExaminationDate => lang.pick("date d'examen", "date of examination").to_owned(),
            ExprKind::Add(a, b) => format!("{} + {}", self.value(*a), self.term(*b, true)),
            ExprKind::Sub(a, b) => format!("{} - {}", self.value(*a), self.term(*b, true)),
            // « prime ramenée au mois » divides by no figure that is written.
            ExprKind::Mul(_, b) | ExprKind::Div(_, b) if self.is_unwritten(*b) => self.written(id),
            ExprKind::Mul(a, b) => format!("{} × {}", self.term(*a, false), self.term(*b, true)),
            ExprKind::Div(a, b) => format!("{} ÷ {}", self.term(*a, false), self.term(*b, true)),
            ExprKind::Power { base, exponent } => {
                let power = lang.pick("puissance", "to the power of");
                format!("{} {power} {}", self.factor(*base), self.factor(*exponent))
            }
            ExprKind::Shift { date, by, then_days: 0, back } => {
                let way = if *back { lang.pick("avant", "before") } else { lang.pick("après", "after") };
                format!("{} {way} {}", self.held(*by), self.moment(*date))
            }
            ExprKind::DayOf { day: DayOf::Moved(moved), date } => {
                let back = moved.months < 0;
                let way = if back { lang.pick("avant", "before") } else { lang.pick("après", "after") };
                let by = Duration { months: moved.months.abs(), days: moved.days.abs() };
                let by = lang.wording().duration(by);
                format!("{by} {way} {}{}", self.moment(*date), self.failing(moved.missing))
            }
            ExprKind::DayOf { day: DayOf::Working(days), date } => self.working_days(*days, *date),
            ExprKind::DaysBetween(to, from) => {
                format!("{} {}", lang.pick("nombre de jours, de", "number of days from"), from_to(*from, *to))
            }
            ExprKind::Elapsed { from, to, unit } => {
                let (unit, missing) = match unit {
                    ElapsedUnit::Years(missing) => {
                        (lang.pick("nombre d'années entières, de", "whole years from"), *missing)
                    }
                    ElapsedUnit::Months(missing) => {
                        (lang.pick("nombre de mois entiers, de", "whole months from"), *missing)
                    }
                    ElapsedUnit::Days => (lang.pick("nombre de jours, de", "days from"), MissingDay::Unsaid),
                };
                format!("{unit} {}{}", from_to(*from, *to), self.failing(missing))
            }
            ExprKind::YearOf(date) => {
                format!("{} {}", lang.pick("année de", "year of"), self.moment(*date))
            }
            ExprKind::WeekdayOf(date) => {
                format!("{} {}", lang.pick("jour de la semaine de", "day of the week of"), self.moment(*date))
            }
            ExprKind::Aggregate { kind, list, filter, of } => {
                self.over(*kind, *list, *filter, *of).unwrap_or_else(|| self.written(id))
            }
            ExprKind::Extremum { greatest, of } if self.is_pick(id) => {
                let lead = match (greatest, self.policy.exprs.get(id).ty) {
                    (true, Type::Date) => lang.pick("le plus tard de", "the later of"),
                    (false, Type::Date) => lang.pick("le plus tôt de", "the earlier of"),
                    (true, _) => lang.pick("la plus grande valeur entre", "the greater of"),
                    (false, _) => lang.pick("la plus petite valeur entre", "the lesser of"),
                };
                let of: Vec<String> = of.iter().map(|one| self.held(*one)).collect();
                format!("{lead} {}", of.join(lang.pick(" et ", " and ")))
            }
            ExprKind::Round { .. }
            | ExprKind::Scaled { .. }
            | ExprKind::Prorata { .. }
            | ExprKind::Extremum { .. } => match self.adjusted_figure(id) {
                Some((base, how)) => format!("{}, {how}", self.value(base)),
                None => self.written(id),
            },
            ExprKind::Shift { .. }
            | ExprKind::Const(_)
            | ExprKind::Reading(_)
            | ExprKind::Holds(_)
            | ExprKind::AllCriteria
            | ExprKind::AmountOf(_)
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Bullets { .. }
            | ExprKind::Compare { .. }
            | ExprKind::Among { .. }
            | ExprKind::Between { .. }
            | ExprKind::Within { .. }
            | ExprKind::Negate(_)
            | ExprKind::DayOf { .. }
            | ExprKind::Covered { .. }
            | ExprKind::Rank { .. }
            | ExprKind::Around { .. }
            | ExprKind::Share(_)
            | ExprKind::Allotted { .. }
            | ExprKind::Cases { .. }
            | ExprKind::Scale { .. }
            | ExprKind::Range { .. } => self.written(id),
        }
    }

    /// A value that something is done to, and what, as it is written after it: « arrondi à l'euro ».
    pub(crate) fn adjusted(&self, id: ExprId) -> Option<(ExprId, String)> {
        let whole = self.policy.exprs.get(id);
        let base = match &whole.kind {
            ExprKind::Round { value, .. } => *value,
            ExprKind::Scaled { base, .. } | ExprKind::Prorata { base, .. } => *base,
            ExprKind::Extremum { of, .. } => *of.first()?,
            _ => return None,
        };
        // A figure is told nowhere else.
        if matches!(self.policy.exprs.get(base).kind, ExprKind::Const(_)) {
            return None;
        }
        let inner = self.policy.exprs.get(base).span;
        let line = |start: u32, end: u32| self.policy.spelled(Span { start, end });
        let before = line(whole.span.start, inner.start);
        // `le plus petit de a, b` stands around its values, `(a) arrondi` beside its.
        let beside = matches!(before.trim_end_matches('(').trim_end(), "" | "montant" | "vaut" | "- montant");
        if !beside || inner.end > whole.span.end {
            return None;
        }
        let after = line(inner.end, whole.span.end);
        Some((base, after.trim_start_matches([')', ',']).trim().to_owned()))
    }

    /// The same of a figure, where what is done to it is written apart: days are bounded by what their period is called,
    /// and « mois entiers de P » is one phrase.
    fn adjusted_figure(&self, id: ExprId) -> Option<(ExprId, String)> {
        let is_day = self.policy.exprs.get(id).ty == Type::Date;
        self.adjusted(id).filter(|(_, how)| !is_day && !how.is_empty())
    }

    /// Whether it is a figure that stands for other words.
    fn is_unwritten(&self, id: ExprId) -> bool {
        let node = self.policy.exprs.get(id);
        let words = || self.policy.file.slice(node.span).trim_start();
        matches!(node.kind, ExprKind::Const(_)) && words().starts_with("ramen")
    }

    /// An operand of a product, or the second one of any sum: in parentheses where it is a sum itself.
    fn term(&self, id: ExprId, second: bool) -> String {
        let said = self.value(id);
        match self.policy.exprs.get(id).kind {
            ExprKind::Add(..) | ExprKind::Sub(..) => format!("({said})"),
            ExprKind::Mul(..) | ExprKind::Div(..) if second => format!("({said})"),
            ExprKind::Aggregate { .. } | ExprKind::Parameter { at: Some(_), .. } => format!("({said})"),
            _ if self.adjusted_figure(id).is_some() => format!("({said})"),
            _ => said,
        }
    }

    /// A base or an exponent.
    fn factor(&self, id: ExprId) -> String {
        match self.policy.exprs.get(id).kind {
            ExprKind::Power { .. } => format!("({})", self.value(id)),
            _ => self.term(id, true),
        }
    }

    /// Whether a bound is written around its values, « le plus petit de a, b », and not after one.
    fn is_pick(&self, id: ExprId) -> bool {
        let written = self.written(id);
        written.starts_with("le plus ") || written.starts_with("plus ")
    }

    /// In the author's words, labels in place of paths.
    fn written(&self, id: ExprId) -> String {
        self.policy.spelled(self.policy.exprs.get(id).span)
    }
}
