//! Dates and what is moved from them, as they are said.

use super::{Lang, Phrases, event};
use crate::policy::{ExprId, ExprKind};
use crate::syntax::tree::CompareOp;
use crate::time::{DayOf, Duration, Holidays, MissingDay, Week, WorkingDays};
use crate::value::Value;

impl Phrases<'_> {
    /// A date against another: a fact whose name ends in « le » takes the day after it.
    pub(super) fn dated(&self, left: ExprId, op: CompareOp, right: ExprId) -> String {
        let lang = self.lang;
        let when = match &self.policy.exprs.get(right).kind {
            ExprKind::Const(Value::Date(day)) => {
                let day = lang.wording().date(*day);
                match op {
                    CompareOp::Ge => lang.pick(format!("le {day} ou après"), format!("{day} or after")),
                    CompareOp::Le => lang.pick(format!("le {day} ou avant"), format!("{day} or before")),
                    CompareOp::Gt => lang.pick(format!("après le {day}"), format!("after {day}")),
                    CompareOp::Lt => lang.pick(format!("avant le {day}"), format!("before {day}")),
                    CompareOp::Eq => lang.pick(format!("le {day}"), day),
                    CompareOp::Ne => {
                        lang.pick(format!("un autre jour que le {day}"), format!("a day other than {day}"))
                    }
                }
            }
            _ => self.against(op, right),
        };
        self.elapsed_since(left, op, right).unwrap_or_else(|| self.after(left, &when))
    }

    /// « 3 mois écoulés depuis « installation » à la date d'examen »: a time after a date, against the day of another.
    fn elapsed_since(&self, left: ExprId, op: CompareOp, right: ExprId) -> Option<String> {
        let (by, date) = match &self.policy.exprs.get(left).kind {
            ExprKind::Shift { date, by, then_days: 0, back: false } => (self.held(*by), *date),
            ExprKind::DayOf { day: DayOf::Moved(moved), date }
                if moved.missing == MissingDay::Unsaid && moved.months >= 0 && moved.days >= 0 =>
            {
                (self.lang.wording().duration(Duration { months: moved.months, days: moved.days }), *date)
            }
            _ => return None,
        };
        let named = matches!(
            self.policy.exprs.get(right).kind,
            ExprKind::ExaminationDate | ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_)
        );
        let least = match op {
            CompareOp::Le => "",
            CompareOp::Lt => "plus de ",
            CompareOp::Ge => "pas plus de ",
            CompareOp::Gt => "moins de ",
            CompareOp::Eq | CompareOp::Ne => return None,
        };
        let (since, day) = (self.origin(date), self.on(right));
        let elapsed = if by.starts_with("1 ") && !by.contains(" et ") { "écoulé" } else { "écoulés" };
        let counted = by.starts_with(|c: char| c.is_ascii_digit());
        (named && counted && self.lang == Lang::Fr)
            .then(|| format!("{least}{by} {elapsed} depuis {since} {day}"))
    }

    /// « au plus tard à la date d'examen »: what a date is asked to be, told from another.
    pub(crate) fn against(&self, op: CompareOp, right: ExprId) -> String {
        let lang = self.lang;
        match op {
            CompareOp::Ge => format!("{} {}", lang.pick("au plus tôt", "no earlier than"), self.on(right)),
            CompareOp::Le => format!("{} {}", lang.pick("au plus tard", "no later than"), self.on(right)),
            CompareOp::Gt => format!("{} {}", lang.pick("après", "after"), self.moment(right)),
            CompareOp::Lt => format!("{} {}", lang.pick("avant", "before"), self.moment(right)),
            CompareOp::Eq => self.on(right),
            CompareOp::Ne => {
                format!("{} {}", lang.pick("un autre jour que", "another day than"), self.moment(right))
            }
        }
    }

    /// What is said of a date after its name.
    pub(super) fn after(&self, date: ExprId, said: &str) -> String {
        let name = self.value(date);
        match event(&name) {
            Some(event) if self.lang == Lang::Fr => format!("{event} {said}"),
            Some(_) => self.lang.pair(&name, said),
            None => match self.policy.exprs.get(date).kind {
                ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_) => {
                    self.lang.pair(&name, said)
                }
                _ => format!("{name}, {said}"),
            },
        }
    }

    /// A moment that another is told from: « engagement signé », the date of examination.
    pub(crate) fn moment(&self, date: ExprId) -> String {
        match &self.policy.exprs.get(date).kind {
            ExprKind::ExaminationDate => {
                self.lang.pick("la date d'examen", "the date of examination").to_owned()
            }
            ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_) => {
                let name = self.value(date);
                self.lang.quoted(event(&name).unwrap_or(&name))
            }
            _ => self.value(date),
        }
    }

    /// The moment that a time runs from: « la date « engagement signé » ».
    pub(crate) fn origin(&self, date: ExprId) -> String {
        match &self.policy.exprs.get(date).kind {
            ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_) => {
                let name = self.value(date);
                match event(&name) {
                    Some(event) => {
                        format!("{} {}", self.lang.pick("la date", "the date"), self.lang.quoted(event))
                    }
                    None => self.lang.quoted(&name),
                }
            }
            _ => self.moment(date),
        }
    }

    /// The same as a day on which something happens: « le jour de « engagement signé » », « à la date d'examen ».
    pub(super) fn on(&self, date: ExprId) -> String {
        let said = self.moment(date);
        let named = matches!(
            self.policy.exprs.get(date).kind,
            ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_)
        );
        match (named, event(&self.value(date))) {
            (true, Some(_)) => format!("{} {said}", self.lang.pick("le jour de", "the day of")),
            (true, None) => format!("{}{said}", self.lang.pick("à ", "")),
            (false, _) if self.policy.exprs.get(date).kind == ExprKind::ExaminationDate => {
                format!("{}{said}", self.lang.pick("à ", ""))
            }
            (false, _) => said,
        }
    }

    /// « , à défaut le premier du mois suivant »
    pub(super) fn failing(&self, missing: MissingDay) -> String {
        match missing {
            MissingDay::Unsaid => String::new(),
            MissingDay::Last => {
                self.lang.pick(", à défaut le dernier du mois", ", or else the last of the month").to_owned()
            }
            MissingDay::Next => self
                .lang
                .pick(", à défaut le premier du mois suivant", ", or else the first of the next month")
                .to_owned(),
        }
    }

    /// « 5 jours ouvrés après le dépôt », « le dépôt, reporté au premier jour ouvrable ».
    pub(super) fn working_days(&self, days: WorkingDays, date: ExprId) -> String {
        let lang = self.lang;
        let moment = self.moment(date);
        let holidays = match days.holidays {
            Holidays::France => String::new(),
            own => lang.pick(format!(" {}", own.words()), format!(" ({})", own.words())),
        };
        let count = days.count.unsigned_abs();
        if count == 0 {
            return lang.pick(
                format!("{moment}, reporté au premier jour ouvrable{holidays}"),
                format!("first working day{holidays} from {moment}"),
            );
        }
        let (s, later) = (if count > 1 { "s" } else { "" }, days.count > 0);
        let week = match days.week {
            Week::Five => lang.pick("ouvré", ""),
            Week::Six => lang.pick("ouvrable", ", Saturdays included,"),
        };
        let way = if later { lang.pick("après", "after") } else { lang.pick("avant", "before") };
        lang.pick(
            format!("{count} jour{s} {week}{s}{holidays} {way} {moment}"),
            format!("{count} working day{s}{holidays}{week} {way} {moment}"),
        )
    }
}
