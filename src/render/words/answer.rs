//! What answers would give, in words.

use std::borrow::Cow;

use super::{Audience, Words};
use crate::decision::{Answered, Given, Missing, MissingPlace, Outcome, Status};
use crate::known::{DateRange, End, Interval, Known};
use crate::number::Ratio;
use crate::number::round::Direction;
use crate::policy::{ExprKind, ItemRef, Reach, Type};
use crate::wording::is_rounded;

/// Past this many ranges of one answer, with what each gives, the outcome of each is said alone.
const RANGES: usize = 3;
/// Past this many ranges by outcome, the rules are said and not the ranges.
const OUTCOMES: usize = 5;
/// Past this many rules, none is said.
const RULES: usize = 3;

impl Words<'_> {
    /// Who is to be asked: the authority where the text leaves it to its own judgement (`None`: who asks
    /// for the decision).
    pub(crate) fn judge(&self, place: MissingPlace) -> Option<&str> {
        let ask = match place {
            MissingPlace::Fact(fact) => &self.policy.facts[fact.index()].ask,
            MissingPlace::Cell { field, .. } => &self.policy.fields[field.index()].ask,
            MissingPlace::List(_) => return None,
        };
        ask.judge.as_deref()
    }

    /// `oui : favorable · non : défavorable`; nothing where no answer settles anything by itself.
    pub(crate) fn answers(&self, missing: &Missing) -> String {
        let mut told: Cow<'_, [Answered]> = Cow::Borrowed(&missing.outcomes);
        let mut most = RANGES;
        if ranges(&told) > RANGES && missing.decisive {
            // What is paid leaves too much to say: the outcome matters first.
            told = Cow::Owned(by_outcome(&missing.outcomes));
            most = OUTCOMES;
        }
        if ranges(&told) > most {
            return self.rules(missing);
        }
        let mut groups: Vec<(Vec<String>, bool, &Answered)> = Vec::new();
        for one in told.iter() {
            let value = self.answer(missing.place, &one.value);
            let range = is_range(&one.value) && !one.value.is_single();
            let same = |group: &&mut (Vec<String>, bool, &Answered)| {
                group.2.outcome == one.outcome && group.2.gives == one.gives
            };
            match groups.iter_mut().find(same) {
                Some((values, ranges, _)) => {
                    values.push(value);
                    *ranges |= range;
                }
                None => groups.push((vec![value], range, one)),
            }
        }
        // Where the other answer would send the dossier back, the only one that is left is told.
        let other_refused =
            matches!(missing.outcomes.as_slice(), [one] if matches!(one.value, Known::Truth(_)));
        if groups.len() < 2 && !other_refused {
            return String::new();
        }
        let said = groups.iter().map(|(values, ranges, one)| {
            // A range holds words of its own: a comma tells it from the next.
            let values = match ranges {
                true => values.join(self.say(", ou ", ", or ")),
                false => self.list(values, ("ou", "or")),
            };
            self.pair(&values, &self.consequence(missing, one))
        });
        let by = if self.audience == Audience::Agency { " · " } else { self.lang.then() };
        said.collect::<Vec<_>>().join(by)
    }

    /// `non : défavorable`: the answers that settle all by themselves, where there are too many questions to tell
    /// what each answer gives.
    pub(crate) fn refusing(&self, missing: &Missing) -> String {
        let told = by_outcome(&missing.outcomes);
        let against = told.iter().filter(|one| one.outcome == Outcome::Unfavourable);
        let values: Vec<String> = against.map(|one| self.answer(missing.place, &one.value)).collect();
        match values.is_empty() || values.len() > RANGES {
            true => String::new(),
            false => self.pair(&self.list(&values, ("ou", "or")), self.outcome(Outcome::Unfavourable)),
        }
    }

    /// The outcome where it hangs on the answer, and what is paid or due.
    fn consequence(&self, missing: &Missing, one: &Answered) -> String {
        let told = missing.decisive && self.policy.decision.stated;
        let outcome = told.then(|| self.outcome(one.outcome).to_owned());
        let alone = one.gives.len() == 1 && !told;
        let gives = one.gives.iter().map(|given| {
            let said = self.gives(given);
            match (alone, given.amount().is_some()) {
                (true, _) => said,
                (false, true) => self.pair(&self.quoted(self.item(given.item)), &said),
                (false, false) => match given.due().map(|due| (due.from, due.to)) {
                    Some((Some(_), _) | (_, Some(_))) => {
                        self.pair(&self.quoted(self.item(given.item)), &said)
                    }
                    Some((None, None)) | None => self.named_status(given.item, given.status),
                },
            }
        });
        outcome.into_iter().chain(gives).collect::<Vec<_>>().join(", ")
    }

    fn gives(&self, given: &Given) -> String {
        let status = self.status_said(given.item, given.status);
        match given.item {
            ItemRef::Funding(_) => match &given.value {
                Some(value) if given.status == Status::DependsOnReading => {
                    let value = self.given_value(given.item, value);
                    // « 400 € ou plus, ou rien »
                    let comma = if value.contains(self.say(" ou ", " or ")) { "," } else { "" };
                    format!(
                        "{} {value}{comma} {}",
                        self.say("selon la lecture,", "depending on the reading,"),
                        self.say("ou rien", "or nothing")
                    )
                }
                Some(value) => self.given_value(given.item, value),
                None => status,
            },
            ItemRef::Decision
            | ItemRef::Criterion(_)
            | ItemRef::Objective(_)
            | ItemRef::Mission(_)
            | ItemRef::Obligation(_) => match given.due().and_then(DateRange::value) {
                Some(day) => {
                    let limit = self.date(day);
                    let by = format!("{} {limit}", self.say("le", "by")) + self.say(" au plus tard", "");
                    match given.status {
                        Status::Undetermined => by,
                        Status::Pending => format!("{status} {by}"),
                        Status::Fulfilled => {
                            format!(
                                "{} {limit}",
                                self.say("dans le délai, terme du", "in time, time limit of")
                            )
                        }
                        Status::Missed => {
                            format!(
                                "{} {limit}",
                                self.say("en retard sur le terme du", "late for the time limit of")
                            )
                        }
                        Status::Elapsed => self
                            .lang
                            .pick(format!("terme du {limit} passé"), format!("time limit of {limit} passed")),
                        _ => format!("{status}, {by}"),
                    }
                }
                // Of a time limit of which only an end is told, that end.
                None => match given.due().filter(|due| due.from.is_some() || due.to.is_some()) {
                    Some(due) if given.status == Status::Undetermined => {
                        format!("{} {}", self.say("terme", "time limit"), self.date_range(due))
                    }
                    Some(due) => {
                        let status = match given.status {
                            Status::Fulfilled => self.say("dans le délai", "in time"),
                            _ => &status,
                        };
                        format!("{status}, {} {}", self.say("terme", "time limit"), self.date_range(due))
                    }
                    None => status,
                },
            },
        }
    }

    /// An answer: one value, or any of a range, its ends said as they are.
    fn answer(&self, place: MissingPlace, known: &Known) -> String {
        let ty = self.type_of(place);
        match known {
            Known::Text(set) if set.value().is_none() => {
                self.say("toute autre réponse", "any other answer").to_owned()
            }
            Known::Number(interval) if interval.value().is_none() => self.answer_between(place, interval, ty),
            Known::Date(range) => match range.value() {
                Some(day) => format!("{} {}", self.say("le", "on"), self.date(day)),
                None => self.answer_from_to(*range),
            },
            Known::Text(_) | Known::Number(_) | Known::Truth(_) | Known::Choice(_) => self.known(known, ty),
        }
    }

    fn answer_between(&self, place: MissingPlace, interval: &Interval, ty: Type) -> String {
        // What is said of a range is so of each answer in it: an end that no decimal says is told from within.
        let n = |end: &End, within: Direction| end.value().map(|value| self.turning_point(value, ty, within));
        let (first, last) = (n(&interval.low, Direction::Up), n(&interval.high, Direction::Down));
        let high_left_out = matches!(interval.high, End::Excluded(_));
        // Below the first value that leaves out its end, the least that may be declared goes without saying.
        let from_the_least = high_left_out && self.least(place).is_some_and(|least| least == interval.low);
        let low = match (&interval.low, first) {
            (End::Included(_), Some(low)) if !from_the_least => Some((low, true)),
            (End::Excluded(_), Some(low)) => Some((low, false)),
            _ => None,
        };
        let high = last.map(|high| (high, !high_left_out));
        let (more_than, less_than) = (self.say("plus de", "more than"), self.say("moins de", "less than"));
        let (or_more, or_less) = (self.say("et plus", "or more"), self.say("et moins", "or less"));
        let (and, between) = (self.say("et", "and"), self.say("entre", "between"));
        let above = |(low, included): &(String, bool)| {
            if *included { format!("{low} {or_more}") } else { format!("{more_than} {low}") }
        };
        let below = |(high, included): &(String, bool)| {
            if *included { format!("{high} {or_less}") } else { format!("{less_than} {high}") }
        };
        match (&low, &high) {
            (None, None) => self.say("toute valeur", "any value").to_owned(),
            (Some(low), None) => above(low),
            (None, Some(high)) => below(high),
            (Some((low, true)), Some((high, true))) => format!("{between} {low} {and} {high}"),
            (Some((low, true)), Some(high)) => {
                format!("{} {low} {and} {}", self.say("au moins", "at least"), below(high))
            }
            (Some(low), Some((high, true))) => {
                format!("{} {and} {} {high}", above(low), self.say("au plus", "at most"))
            }
            (Some(low), Some(high)) => format!("{} {and} {}", above(low), below(high)),
        }
    }

    /// Where what an answer gives changes: said to be near, where no decimal says it.
    fn turning_point(&self, value: &Ratio, ty: Type, within: Direction) -> String {
        let wording = self.lang.wording();
        let (said, shown) = match ty {
            Type::Percent => {
                let hundredths = value.mul(&Ratio::from(100));
                (wording.with_percent(&wording.near(&hundredths, within)), hundredths)
            }
            Type::Number => (wording.near(value, within), value.clone()),
            Type::Integer
            | Type::Amount
            | Type::Months
            | Type::Days
            | Type::Truth
            | Type::Date
            | Type::Text
            | Type::Choice(_) => return self.number(value, ty),
        };
        if is_rounded(&shown) { format!("{said} {}", self.say("(environ)", "(about)")) } else { said }
    }

    fn answer_from_to(&self, range: DateRange) -> String {
        match (range.from, range.to) {
            (None, None) => self.say("toute date", "any date").to_owned(),
            _ => self.date_range(range),
        }
    }

    /// The least that a place is declared to be.
    fn least(&self, place: MissingPlace) -> Option<End> {
        let domain = match place {
            MissingPlace::Fact(fact) => &self.policy.facts[fact.index()].ask.domain,
            MissingPlace::Cell { field, .. } => &self.policy.fields[field.index()].ask.domain,
            MissingPlace::List(_) => return None,
        };
        match domain {
            Known::Number(interval) => Some(interval.low.clone()),
            Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => None,
        }
    }

    /// `« demande reçue au plus tard à la date d'examen »`: the conditions that turn on an answer; nothing where not all
    /// of them can be said.
    fn rules(&self, missing: &Missing) -> String {
        let conditions = self.policy.comparisons_of(missing.place.declared(), &missing.affects);
        let mut said: Vec<String> = Vec::new();
        for condition in conditions {
            let mut read = Reach::default();
            read.add_expr(self.policy, condition);
            if !read.reads(missing.place.declared()) {
                continue;
            }
            // What stands in several lines is a table to be read in the text, not a rule on one line.
            if is_in_lines(&self.policy.exprs.get(condition).kind) {
                return String::new();
            }
            let words = self.quoted(&self.phrase(condition));
            if !said.contains(&words) {
                said.push(words);
            }
        }
        let head = match said.len() {
            1 => self.say("la réponse se compare à la règle", "the answer is held against the rule"),
            2..=RULES => self.say("la réponse se compare aux règles", "the answer is held against the rules"),
            _ => return String::new(),
        };
        self.pair(head, &self.list(&said, ("et", "and")))
    }
}

/// Whether it is written as lines below one another, or stands on what is.
fn is_in_lines(kind: &ExprKind) -> bool {
    matches!(kind, ExprKind::Scale { .. } | ExprKind::Cases { .. })
}

fn ranges(told: &[Answered]) -> usize {
    told.iter().filter(|one| is_range(&one.value)).count()
}

/// The same answers with their outcome alone; neighbours of one outcome as one.
fn by_outcome(told: &[Answered]) -> Vec<Answered> {
    let mut all: Vec<Answered> = Vec::new();
    for one in told {
        match all.last_mut() {
            Some(before) if before.outcome == one.outcome && is_range(&one.value) => {
                before.value = before.value.union(&one.value);
            }
            _ => all.push(Answered { gives: Vec::new(), ..one.clone() }),
        }
    }
    all
}

fn is_range(known: &Known) -> bool {
    matches!(known, Known::Number(_) | Known::Date(_))
}
