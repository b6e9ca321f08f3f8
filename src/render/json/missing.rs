//! What is missing, and what each answer would give, for programs.

use super::Document;
use super::writer::Writer;
use crate::decision::{Answered, Given, Missing};
use crate::known::{DateRange, End, Known};
use crate::policy::{ItemRef, Type};
use crate::render::words::{outcome_key, status_key};

impl Document<'_> {
    pub(super) fn missing(&self, w: &mut Writer, missing: &Missing) {
        let words = self.words;
        w.key("path").text(&words.path(missing.place));
        w.key("label").text(&words.label(missing.place));
        w.key("question").text(&words.question(missing.place));
        let judge = words.judge(missing.place);
        w.key("asked_of").text(if judge.is_some() { "authority" } else { "applicant" });
        w.key("judge").maybe(judge);
        w.key("decisive").truth(missing.decisive);
        w.key("affects").list(|w| missing.affects.iter().for_each(|item| w.text(words.item(*item))));
        w.key("after").list(|w| missing.after.iter().for_each(|place| w.text(&words.path(*place))));
        w.key("outcomes").list(|w| {
            for one in &missing.outcomes {
                w.object(|w| self.answered(w, missing, one));
            }
        });
    }

    fn answered(&self, w: &mut Writer, missing: &Missing, one: &Answered) {
        let words = self.words;
        let ty = words.type_of(missing.place);
        match &one.value {
            Known::Number(interval) if interval.value().is_none() => {
                for (key, excluded, end) in
                    [("from", "from_excluded", &interval.low), ("to", "to_excluded", &interval.high)]
                {
                    match end.value() {
                        Some(value) => words.write_number(w.key(key), value, ty),
                        None => w.key(key).null(),
                    }
                    if matches!(end, End::Excluded(_)) {
                        w.key(excluded).truth(true);
                    }
                }
            }
            Known::Date(range) if range.value().is_none() => {
                w.key("from").maybe(range.from.map(|d| d.to_string()).as_deref());
                w.key("to").maybe(range.to.map(|d| d.to_string()).as_deref());
            }
            // A truth is told in the policy's words: it is what the dossier would say.
            known @ Known::Truth(_) => w.key("value").text(&words.known(known, ty)),
            known @ (Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_)) => {
                words.write_known(w.key("value"), known, ty);
            }
        }
        w.key("outcome").text(outcome_key(one.outcome));
        let of = |wanted: &dyn Fn(&ItemRef) -> bool| -> Vec<&Given> {
            one.gives.iter().filter(|given| wanted(&given.item)).collect()
        };
        let results = of(&|item| words.is_result(*item));
        if !results.is_empty() {
            w.key("values").list(|w| {
                for given in results {
                    w.object(|w| {
                        w.key("name").text(words.item(given.item));
                        w.key("status").text(words.status_key(given.item, given.status));
                        match (&given.value, given.item) {
                            (Some(value), ItemRef::Funding(id)) => {
                                let value_of = words.policy.fundings[id.index()].amount;
                                words.write_known(w.key("value"), value, words.policy.exprs.get(value_of).ty);
                            }
                            (_, _) => w.key("value").null(),
                        }
                    });
                }
            });
        }
        let fundings = of(&|item| matches!(item, ItemRef::Funding(_)) && !words.is_result(*item));
        if !fundings.is_empty() {
            w.key("amounts").list(|w| {
                for given in fundings {
                    w.object(|w| self.amount_given(w, given));
                }
            });
        }
        let obligations = of(&|item| matches!(item, ItemRef::Obligation(_)));
        if !obligations.is_empty() {
            w.key("dates").list(|w| {
                for given in obligations {
                    w.object(|w| self.date_given(w, given));
                }
            });
        }
    }

    fn amount_given(&self, w: &mut Writer, given: &Given) {
        w.key("name").text(self.words.item(given.item));
        w.key("status").text(status_key(given.status));
        match given.amount() {
            Some(amount) => self.words.write_ends(w, amount, Type::Amount),
            None => {
                w.key("min").null();
                w.key("max").null();
            }
        }
        w.key("currency").text(self.words.policy.currency.code());
    }

    fn date_given(&self, w: &mut Writer, given: &Given) {
        w.key("name").text(self.words.item(given.item));
        w.key("status").text(status_key(given.status));
        let day = given.due().and_then(DateRange::value);
        let ends = given.due().filter(|_| day.is_none());
        w.key("due").maybe(day.map(|d| d.to_string()).as_deref());
        w.key("due_from").maybe(ends.and_then(|d| d.from).map(|d| d.to_string()).as_deref());
        w.key("due_to").maybe(ends.and_then(|d| d.to).map(|d| d.to_string()).as_deref());
    }
}
