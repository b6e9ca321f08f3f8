//! An obligation on one line: the date, the time limit, what either waits for.

use super::summary::part;
use super::{Audience, Words};
use crate::decision::{Leaf, MissingPlace, Op, Part, ReadingCase, Status, Step};
use crate::known::{DateRange, Known};
use crate::phrase::{after_date, alone};
use crate::policy::Type;
use crate::render::Lang;
use crate::time::Date;

/// When an obligation was fulfilled, as far as the examination can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    On(Date),
    NotYet,
    Unknown,
}

impl Words<'_> {
    /// When an obligation was fulfilled.
    pub(crate) fn done(&self, case: &ReadingCase) -> Done {
        match part(&case.because, Part::FulfilledBy).map(|s| &s.value) {
            Some(Known::Date(range)) => match (range.value(), range.from) {
                (Some(date), _) if date <= self.examined_on => Done::On(date),
                (_, Some(from)) if from > self.examined_on => Done::NotYet,
                _ => Done::Unknown,
            },
            _ => Done::Unknown,
        }
    }

    /// An obligation that applies: the date, the time limit, and by how much it was kept or missed.
    pub(super) fn obligation(&self, case: &ReadingCase) -> String {
        let due = case.due().unwrap_or(DateRange { from: None, to: None });
        let limit = due.from.filter(|from| Some(*from) == due.to);
        if case.status == Status::Elapsed
            && let Some(limit) = limit
        {
            return format!(
                "{} {}{}",
                self.say("le terme était le", "the time limit was"),
                self.weekday_date(limit),
                self.ago(limit)
            );
        }
        let done = if case.status == Status::Pending { Done::NotYet } else { self.done(case) };
        let done_on = self.say("obligation remplie le", "done on");
        match (done, limit) {
            (Done::On(date), Some(limit)) if date == limit => {
                format!(
                    "{done_on} {}, {}",
                    self.weekday_date(date),
                    self.say("le dernier jour du délai", "the last day")
                )
            }
            (Done::On(date), Some(limit)) if date < limit => format!(
                "{done_on} {}, {}",
                self.weekday_date(date),
                self.beside_limit("avant le terme", "before the time limit", limit)
            ),
            (Done::On(date), Some(limit)) => format!(
                "{} {}, {} {}",
                self.say("obligation remplie en retard, le", "done late, on"),
                self.weekday_date(date),
                self.days(limit.days_until(date)),
                self.beside_limit("après le terme", "after the time limit", limit)
            ),
            (Done::NotYet, Some(limit)) if limit < self.examined_on => {
                format!(
                    "{} {}{}",
                    self.say(
                        "obligation pas encore remplie ; le terme était le",
                        "not done yet; the time limit was"
                    ),
                    self.weekday_date(limit),
                    self.ago(limit)
                )
            }
            (Done::NotYet, Some(limit)) if limit == self.examined_on => format!(
                "{} {}, {}",
                self.say("à faire au plus tard le", "to be done no later than"),
                self.weekday_date(limit),
                self.say("jour de l'examen", "the day of examination")
            ),
            (Done::NotYet, Some(limit)) if self.audience != Audience::Agency => format!(
                "{} {}",
                self.say("à faire au plus tard le", "to be done no later than"),
                self.weekday_date(limit)
            ),
            (Done::NotYet, Some(limit)) => format!(
                "{} {} ({} {})",
                self.say("à faire au plus tard le", "to be done no later than"),
                self.weekday_date(limit),
                self.say("dans", "in"),
                self.days(self.examined_on.days_until(limit))
            ),
            (Done::Unknown, Some(limit)) if case.status == Status::Fulfilled => format!(
                "{} {}",
                self.say("obligation remplie dans le délai,", "done in time,"),
                self.beside_limit("avant le terme", "before the time limit", limit)
            ),
            (Done::Unknown, Some(limit)) if case.status == Status::Missed => format!(
                "{} {}",
                self.say("en retard ; le terme était le", "late; the time limit was"),
                self.weekday_date(limit)
            ),
            (Done::Unknown, Some(limit)) if case.status == Status::Pending => format!(
                "{} {}",
                self.say("à faire au plus tard le", "to be done no later than"),
                self.weekday_date(limit)
            ),
            (Done::Unknown, Some(limit)) => format!(
                "{} {}{}{}",
                self.say("au plus tard le", "no later than"),
                self.weekday_date(limit),
                self.lang.then(),
                self.say("on ne sait pas si l'obligation est remplie", "not known whether it is done")
            ),
            (done, None) => {
                let limit = match (due.from, due.to) {
                    (Some(from), Some(to)) => format!(
                        "{} {} {} {}",
                        self.say("terme inconnu, entre le", "time limit not known, between"),
                        self.weekday_date(from),
                        self.say("et le", "and"),
                        self.weekday_date(to)
                    ),
                    _ => self.no_limit(case),
                };
                // Where the ends of what is not known settle it all the same, that comes first.
                let settled = match case.status {
                    Status::Fulfilled => self.say("dans le délai", "in time"),
                    Status::Missed => self.say("en retard", "late"),
                    Status::Pending => self.say("à faire", "to be done"),
                    _ => "",
                };
                let event = match done {
                    Done::On(date) => {
                        format!("{done_on} {}", self.weekday_date(date))
                    }
                    Done::NotYet => self.say("obligation pas encore remplie", "not done yet").to_owned(),
                    Done::Unknown => String::new(),
                };
                let said = [settled.to_owned(), event].into_iter().filter(|part| !part.is_empty());
                let said: Vec<String> = said.collect();
                if said.is_empty() {
                    limit
                } else {
                    [said.join(", ").as_str(), self.lang.then(), &limit].concat()
                }
            }
        }
    }

    /// « , il y a 3 jours »; nothing for who reads it on another day.
    fn ago(&self, limit: Date) -> String {
        let since = self.days(limit.days_until(self.examined_on));
        match self.audience {
            Audience::Agency => self.lang.pick(format!(", il y a {since}"), format!(", {since} ago")),
            Audience::Person | Audience::Addressee => String::new(),
        }
    }

    /// « après le terme (jeudi 10 avril 2025) ».
    fn beside_limit(&self, french: &'static str, english: &'static str, limit: Date) -> String {
        let limit = self.weekday_date(limit);
        self.lang.pick(format!("{french} ({limit})"), format!("{english} of {limit}"))
    }

    /// What a time limit that nothing bounds waits for.
    fn no_limit(&self, case: &ReadingCase) -> String {
        let unknown = self.say("terme inconnu", "time limit not known");
        let places = part(&case.because, Part::Deadline).map(lacking_of).unwrap_or_default();
        // What has not happened starts no time limit; nothing is missing then.
        if !places.is_empty() && places.iter().all(|place| place.is_not_yet(self.policy, self.dossier)) {
            let names: Vec<String> = places
                .iter()
                .map(|place| self.pair(after_date(&self.label(*place)), self.say("pas encore", "not yet")))
                .collect();
            let names = names.join(self.lang.then());
            return self.lang.pick(
                format!("le délai ne court pas encore ({names})"),
                format!("the time limit does not run yet ({names})"),
            );
        }
        let lists = places.iter().all(|place| matches!(place, MissingPlace::List(_)));
        let lacking: Vec<(String, Type)> =
            places.into_iter().map(|place| (self.label(place), self.type_of(place))).collect();
        match lacking.as_slice() {
            [] => unknown.to_owned(),
            some => {
                let dates = some.iter().all(|(_, ty)| *ty == Type::Date);
                let date = match (dates, some) {
                    (false, [_]) if lists => self.lang.pick("la liste ", ""),
                    (false, _) if lists => self.lang.pick("les listes ", ""),
                    (false, _) => "",
                    (true, [_]) => self.lang.pick("la date ", ""),
                    (true, _) => self.lang.pick("les dates ", ""),
                };
                let name = |(label, _): &(String, Type)| match dates && self.lang == Lang::Fr {
                    true => self.quoted(after_date(label)),
                    false => self.quoted(&alone(label)),
                };
                let names: Vec<String> = some.iter().map(name).collect();
                let names = self.list(&names, ("et", "and"));
                self.lang.pick(
                    format!("{unknown} : il manque {date}{names}"),
                    format!("{unknown}: {names} missing"),
                )
            }
        }
    }

    fn days(&self, days: i64) -> String {
        match (self.lang, days) {
            (crate::render::Lang::Fr, 1) => "un jour".to_owned(),
            (crate::render::Lang::En, 1) => "one day".to_owned(),
            _ => self.number(&days.into(), crate::policy::Type::Days),
        }
    }
}

/// The facts that a step reads and that are not known, each once, in the order in which they are read.
pub(crate) fn lacking_of(step: &Step) -> Vec<MissingPlace> {
    fn collect(step: &Step, found: &mut Vec<MissingPlace>) {
        let place = match &step.op {
            Op::Leaf(Leaf::Fact(fact)) => MissingPlace::Fact(*fact),
            Op::Leaf(Leaf::Cell(row, field)) => MissingPlace::Cell { row: *row, field: *field },
            Op::Leaf(Leaf::List(list)) => MissingPlace::List(*list),
            Op::Shared(body) => return collect(body, found),
            Op::Leaf(Leaf::Parameter(_) | Leaf::Literal | Leaf::Reading(_) | Leaf::ExaminationDate)
            | Op::Expr
            | Op::Cases { .. }
            | Op::Case { .. }
            | Op::Served { .. }
            | Op::Item => return step.operands.iter().for_each(|operand| collect(operand, found)),
        };
        if !step.value.is_single() && !found.contains(&place) {
            found.push(place);
        }
    }
    let mut found = Vec::new();
    collect(step, &mut found);
    found
}
