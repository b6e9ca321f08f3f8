//! A decision for programs: `conforme.decision/1`.
//!
//! Written straight into a string, in one order: the same decision gives the same bytes.

mod brief;
mod details;
mod facts;
mod fragments;
mod missing;
mod operation;
mod pattern;
mod remedy;
mod tree;
mod value;
mod version;
mod writer;

pub(super) use value::amount;

pub use brief::Briefs;

use crate::decision::{Decision, ItemResult, Outcome, Part, ReadingCase, ReadingStatus, Status, ToMeet};
use crate::dossier::Dossier;
use crate::known::{Interval, Known};
use crate::policy::{Funding, FundingId, FundingKind, ItemRef, Policy, ReadingId, Type};
use crate::render::words::{Words, outcome_key, part, status_key};
use crate::render::{Explain, Lang};
use crate::syntax::tree::{Fate, Frequency};
use fragments::Fragments;
use tree::Trees;
use writer::Writer;

/// A decision as one JSON object, without a line end.
pub fn decision(policy: &Policy, dossier: &Dossier, decision: &Decision) -> String {
    Printer::new(policy).decision(dossier, decision)
}

/// Prints many decisions of one policy: its own passages are made once.
#[derive(Debug)]
pub struct Printer<'p> {
    policy: &'p Policy,
    fragments: Fragments,
    explain: Explain,
}

impl<'p> Printer<'p> {
    /// A printer for the decisions of a policy.
    pub fn new(policy: &'p Policy) -> Self {
        Printer { policy, fragments: Fragments::of(policy), explain: Explain::Full }
    }

    /// Explains so much: `Full`, each tree; `Brief`, a summary and the sources; `None`, no more than what
    /// was decided and what is missing.
    #[must_use]
    pub fn explaining(self, explain: Explain) -> Self {
        Printer { explain, ..self }
    }

    /// As [`decision`].
    pub fn decision(&self, dossier: &Dossier, decision: &Decision) -> String {
        let words = Words::new(self.policy, dossier, decision.examined_on, Lang::Fr);
        let mut document = Document {
            words,
            decision,
            fragments: &self.fragments,
            trees: Trees::new(&words, &self.fragments),
            explain: self.explain,
        };
        let mut w = Writer::with_capacity(64 << 10);
        w.object(|w| document.write(w));
        w.finish()
    }
}

struct Document<'a> {
    words: Words<'a>,
    decision: &'a Decision,
    fragments: &'a Fragments,
    trees: Trees<'a>,
    explain: Explain,
}

impl<'a> Document<'a> {
    fn write(&mut self, w: &mut Writer) {
        let (words, decision) = (self.words, self.decision);
        let policy = words.policy;
        w.key("schema").text("conforme.decision/1");
        w.key("policy").object(|w| {
            w.key("id").text(&policy.id);
            w.key("title").text(&policy.title);
            w.key("in_force_from").maybe(policy.from.map(|d| d.to_string()).as_deref());
            w.key("in_force_until").maybe(policy.until.map(|d| d.to_string()).as_deref());
            w.key("sha256").text(&policy.sha256);
            version::write(w, policy, decision);
        });
        w.key("dossier").object(|w| {
            w.key("name").maybe(words.dossier.name.as_deref());
            w.key("file").text(words.dossier.file.name());
            if let Some(line) = words.dossier.file.called().line() {
                w.key("line").whole(i64::from(line));
            }
            w.key("sha256").text(&words.dossier.sha256());
        });
        w.key("examined_on").text(&decision.examined_on.to_string());
        match self.explain {
            Explain::None => w.key("explain").text("none"),
            Explain::Brief => w.key("explain").text("brief"),
            Explain::Full => {}
        }
        w.key("outcome").text(outcome_key(decision.outcome));
        if !policy.decision.stated {
            w.key("decision").null();
        } else {
            w.key("decision").object(|w| {
                w.key("name").text(words.item(ItemRef::Decision));
                self.sources(w, ItemRef::Decision);
                self.summary(w, || words.verdict(decision));
                self.explanation(w, &decision.decision);
            });
        }
        let policy = words.policy;
        let of_kind = |kind: FundingKind| {
            let of = policy.fundings.iter().zip(&decision.fundings);
            of.filter(|(funding, _)| funding.kind == kind).map(|(_, result)| result).collect::<Vec<_>>()
        };
        let all = |results: &'a [ItemResult]| results.iter().collect::<Vec<_>>();
        for (key, always, results) in [
            ("criteria", true, all(&decision.criteria)),
            ("objectives", true, all(&decision.objectives)),
            ("missions", true, all(&decision.missions)),
            ("funding", true, of_kind(FundingKind::Funding)),
            ("contributions", false, of_kind(FundingKind::Contribution)),
            ("results", false, of_kind(FundingKind::Result)),
            ("obligations", true, all(&decision.obligations)),
        ] {
            if !always && results.is_empty() {
                continue;
            }
            w.key(key).list(|w| {
                for result in results {
                    w.object(|w| self.item(w, result));
                }
            });
        }
        w.key("readings").list(|w| {
            for result in &decision.readings {
                w.object(|w| self.reading(w, result));
            }
        });
        w.key("missing").list(|w| {
            for missing in &decision.missing {
                w.object(|w| self.missing(w, missing));
            }
        });
        w.key("without_effect").list(|w| {
            for place in &decision.without_effect {
                w.object(|w| {
                    w.key("path").text(&words.path(*place));
                    w.key("label").text(&words.label(*place));
                });
            }
        });
        w.key("judgements").list(|w| {
            for judgement in &decision.judgements {
                w.object(|w| {
                    w.key("path").text(&words.path(judgement.place));
                    w.key("label").text(&words.label(judgement.place));
                    let ty = words.type_of(judgement.place);
                    words.write_known(w.key("value"), &judgement.value, ty);
                    let origin = judgement.origin.as_ref();
                    w.key("by").maybe(origin.and_then(|o| o.by.as_deref()));
                    w.key("reason").maybe(origin.and_then(|o| o.reason.as_deref()));
                    let as_of = origin.and_then(|o| o.as_of).map(|d| d.to_string());
                    w.key("as_of").maybe(as_of.as_deref());
                });
            }
        });
        w.key("warnings").list(|w| {
            for warning in &decision.warnings {
                w.object(|w| {
                    w.key("code").text(Words::warning_code(warning));
                    w.key("message").text(&words.warning(warning));
                });
            }
        });
    }

    fn item(&mut self, w: &mut Writer, result: &ItemResult) {
        let words = self.words;
        w.key("name").text(words.item(result.item));
        w.key("status").text(words.status_key(result.item, result.status));
        may_be(w, &result.may_be());
        self.sources(w, result.item);
        self.summary(w, || words.summary(result));
        match result.item {
            ItemRef::Criterion(_) | ItemRef::Objective(_) => {
                let alone = match result.by_reading.as_slice() {
                    [case] if case.readings.is_empty() => Some(&case.to_meet),
                    _ => None,
                };
                self.to_meet(w, || words.remedies(result), alone);
            }
            ItemRef::Funding(id) if words.is_result(result.item) => {
                let wide = result.by_reading.iter().any(|case| case.wide);
                self.value(w, id, result.value.as_ref(), wide);
            }
            ItemRef::Funding(id) => {
                let funding = &words.policy.fundings[id.index()];
                let wide = result.by_reading.iter().any(|case| case.wide);
                self.amount(w, result.amount(), wide);
                if let [case] = result.by_reading.as_slice() {
                    self.parts(w, funding, case);
                }
                w.key("frequency").maybe(funding.frequency.map(frequency_key));
                let lasting = funding.lasting.map(|d| value::iso(d.months, d.days));
                w.key("for").maybe(lasting.as_deref());
                if let [case] = result.by_reading.as_slice() {
                    self.shares(w, result.item, case);
                }
            }
            ItemRef::Obligation(_) => {
                let day = result.due().and_then(crate::known::DateRange::value);
                let ends = result.due().filter(|_| day.is_none());
                w.key("due").maybe(day.map(|d| d.to_string()).as_deref());
                w.key("due_from").maybe(ends.and_then(|d| d.from).map(|d| d.to_string()).as_deref());
                w.key("due_to").maybe(ends.and_then(|d| d.to).map(|d| d.to_string()).as_deref());
                match day.filter(|_| result.status == Status::Pending) {
                    Some(day) => w.key("days_left").whole(self.decision.examined_on.days_until(day)),
                    None => w.key("days_left").null(),
                }
            }
            ItemRef::Mission(_) | ItemRef::Decision => {}
        }
        self.explanation(w, result);
    }

    /// `because` and `by_reading`: one tree where no reading matters, else one under each combination.
    fn explanation(&mut self, w: &mut Writer, result: &ItemResult) {
        let words = self.words;
        let alone = matches!(result.by_reading.as_slice(), [case] if case.readings.is_empty());
        match result.by_reading.as_slice() {
            [case] if alone => {
                self.because(w, result.item, case);
                w.key("by_reading").list(|_| {});
            }
            cases => {
                if self.explain == Explain::Full {
                    w.key("because").object(|w| {
                        w.key("op").text("by_reading");
                        w.key("text").text(words.item(result.item));
                        w.key("value").null();
                        w.key("span").null();
                        w.key("operands").list(|_| {});
                        w.key("facts").list(|_| {});
                    });
                }
                w.key("by_reading").list(|w| {
                    for case in cases {
                        w.object(|w| self.case(w, result.item, case));
                    }
                });
            }
        }
    }

    fn case(&mut self, w: &mut Writer, item: ItemRef, case: &ReadingCase) {
        let words = self.words;
        w.key("readings").object(|w| {
            for (reading, option) in &case.readings {
                w.named(words.reading(*reading)).text(words.option(*reading, *option));
            }
        });
        w.key("status").text(match (item, case.status) {
            (ItemRef::Decision, Status::Undetermined) => outcome_key(Outcome::Incomplete),
            (item, status) => words.status_key(item, status),
        });
        may_be(w, &case.may_be(item));
        self.summary(w, || words.case(item, case));
        match item {
            ItemRef::Criterion(_) | ItemRef::Objective(_) => {
                self.to_meet(w, || words.remedy(&case.to_meet, false), Some(&case.to_meet));
            }
            ItemRef::Funding(id) if words.is_result(item) => {
                self.value(w, id, case.value.as_ref(), case.wide);
            }
            ItemRef::Funding(id) => {
                self.amount(w, case.amount(), case.wide);
                self.parts(w, &words.policy.fundings[id.index()], case);
                self.shares(w, item, case);
            }
            ItemRef::Obligation(_) => {
                let (from, to) = case.due().map_or((None, None), |d| (d.from, d.to));
                let day = from.filter(|_| from == to);
                w.key("due").maybe(day.map(|d| d.to_string()).as_deref());
                let end = |d: Option<crate::time::Date>| d.filter(|_| day.is_none()).map(|d| d.to_string());
                w.key("due_from").maybe(end(from).as_deref());
                w.key("due_to").maybe(end(to).as_deref());
            }
            ItemRef::Mission(_) | ItemRef::Decision => {}
        }
        self.because(w, item, case);
    }

    /// The tree of an explanation, where it is told.
    fn because(&mut self, w: &mut Writer, item: ItemRef, case: &ReadingCase) {
        if self.explain == Explain::Full {
            w.key("because");
            self.trees.because(&self.words, w, item, &case.because);
        }
    }

    /// One sentence, where any reason is told.
    fn summary(&self, w: &mut Writer, summary: impl FnOnce() -> String) {
        if self.explain != Explain::None {
            w.key("summary").text(&summary());
        }
    }

    /// What would be enough, where any reason is told.
    fn to_meet(&self, w: &mut Writer, said: impl FnOnce() -> Option<String>, to_meet: Option<&ToMeet>) {
        if self.explain != Explain::None {
            w.key("to_meet").maybe(said().as_deref());
            remedy::write(&self.words, w, to_meet);
        }
    }

    fn amount(&self, w: &mut Writer, amount: Option<&Interval>, wide: bool) {
        self.amount_as(w, "amount", amount, wide);
    }

    fn amount_as(&self, w: &mut Writer, key: &'static str, amount: Option<&Interval>, wide: bool) {
        match amount {
            Some(amount) => w.key(key).object(|w| {
                self.words.write_ends(w, amount, Type::Amount);
                if wide {
                    w.key("may_be_narrower").truth(true);
                }
                w.key("currency").text(self.words.policy.currency.code());
            }),
            None => w.key(key).null(),
        }
    }

    /// The value of a result, with its type.
    fn value(&self, w: &mut Writer, id: FundingId, value: Option<&Known>, wide: bool) {
        let policy = self.words.policy;
        let ty = policy.exprs.get(policy.fundings[id.index()].amount).ty;
        w.key("type").text(type_key(ty));
        match value {
            Some(value) => self.words.write_known(w.key("value"), value, ty),
            None => w.key("value").null(),
        }
        if let Some(measure) = policy.exprs.measure(policy.fundings[id.index()].amount) {
            for (key, unit) in [("in", measure.of), ("per", measure.per)] {
                if let Some(unit) = unit {
                    w.key(key).text(unit.key());
                }
            }
        }
        if wide {
            w.key("may_be_narrower").truth(true);
        }
    }

    /// `dont`: the parts of an amount that the text has shown.
    fn parts(&self, w: &mut Writer, funding: &Funding, case: &ReadingCase) {
        if funding.parts.is_empty() {
            return;
        }
        w.key("parts").list(|w| {
            for (name, step) in self.words.shares(funding, case) {
                w.object(|w| {
                    w.key("name").text(&name);
                    match &step.value {
                        Known::Number(amount) => self.amount(w, Some(amount), false),
                        Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => {
                            self.amount(w, None, false);
                        }
                    }
                });
            }
        });
    }

    /// What each element has; of an envelope shared out, what is left.
    fn shares(&self, w: &mut Writer, item: ItemRef, case: &ReadingCase) {
        let words = self.words;
        if !words.is_of_elements(item) {
            return;
        }
        let number = |w: &mut Writer, key: &'static str, known: Option<&Known>| match known {
            Some(Known::Number(number)) => self.amount_as(w, key, Some(number), false),
            _ => self.amount_as(w, key, None, false),
        };
        w.key("shares").list(|w| {
            let amount = part(&case.because, Part::Amount);
            let all = amount.map(|amount| words.allotted_of(amount, case.amount()));
            for shared in all.unwrap_or_default() {
                let Some((_, share)) = &shared.had else { continue };
                w.object(|w| {
                    w.key("list").text(&words.policy.lists[shared.list.index()].path);
                    w.key("element").whole(i64::from(shared.row) + 1);
                    w.key("label").text(&words.element(shared.row, shared.list));
                    number(w, "amount", Some(share));
                });
            }
        });
        let Some(rest) = words.shared_out(item) else { return };
        w.key("rest").object(|w| {
            number(w, "amount", words.left_of(case).map(Known::Number).as_ref());
            w.key("fate").maybe(rest.fate.map(|fate| match fate {
                Fate::Carried => "carried_over",
                Fate::Kept => "not_allotted",
            }));
        });
    }

    fn sources(&self, w: &mut Writer, item: ItemRef) {
        if self.explain == Explain::None {
            return;
        }
        let fragments = self.fragments;
        w.key("sources").list(|w| {
            w.elements(fragments.item_sources(item));
            self.readings_of(item).for_each(|reading| w.elements(fragments.reading_sources(reading)));
        });
    }

    /// The readings that were found to move an item, and those it was worked out under.
    fn readings_of(&self, item: ItemRef) -> impl Iterator<Item = ReadingId> + '_ {
        let result = self.decision.item(item);
        self.decision
            .readings
            .iter()
            .filter(move |r| {
                r.changes.contains(&item)
                    || result.by_reading.iter().any(|c| c.readings.iter().any(|(id, _)| *id == r.reading))
            })
            .map(|r| r.reading)
    }

    fn reading(&self, w: &mut Writer, result: &crate::decision::ReadingResult) {
        let words = self.words;
        w.key("name").text(words.reading(result.reading));
        w.key("status").text(match result.status {
            ReadingStatus::Settled => "settled",
            ReadingStatus::Indifferent => "indifferent",
            ReadingStatus::Decisive => "decisive",
        });
        w.key("retained").maybe(result.retained.map(|o| words.option(result.reading, o)));
        w.key("by").maybe(result.origin.as_ref().and_then(|o| o.by.as_deref()));
        w.key("reason").maybe(result.origin.as_ref().and_then(|o| o.reason.as_deref()));
        w.key("options").list(|w| {
            for (option, outcome) in (0_u16..).zip(&result.outcomes) {
                w.object(|w| {
                    w.key("name").text(words.option(result.reading, option));
                    w.key("outcome").text(outcome_key(*outcome));
                });
            }
        });
        w.key("changes").list(|w| result.changes.iter().for_each(|item| w.text(words.item(*item))));
    }
}

fn frequency_key(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Once => "once",
        Frequency::Monthly => "monthly",
        Frequency::Quarterly => "quarterly",
        Frequency::Yearly => "yearly",
        Frequency::PerEvent => "per_event",
    }
}

fn type_key(ty: Type) -> &'static str {
    match ty {
        Type::Truth => "truth",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Percent => "percent",
        Type::Amount => "amount",
        Type::Date => "date",
        Type::Months => "months",
        Type::Days => "days",
        Type::Text => "text",
        Type::Choice(_) => "choice",
    }
}

/// The statuses that an item may have besides the one that is told, where it may have several.
fn may_be(w: &mut Writer, all: &[Status]) {
    if !all.is_empty() {
        w.key("may_be").list(|w| all.iter().for_each(|status| w.text(status_key(*status))));
    }
}
