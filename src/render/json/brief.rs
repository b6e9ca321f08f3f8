//! What was decided, without why: `conforme.brief/1`.
//!
//! All that does not change from one dossier to the next is put together once for a policy.

use std::fmt::Write as _;
use std::sync::Arc;

use super::value::{amount, iso};
use super::writer::Writer;
use crate::currency::Currency;
use crate::decision::Status;
use crate::eval::plain::{Brief, Detail};
use crate::known::{DateRange, End, Known};
use crate::number::{Ratio, Small};
use crate::policy::{FundingKind, ItemRef, Policy, Type};
use crate::render::words::{outcome_key, status_key};
use crate::value::Value;

/// Writes the briefs of one policy.
#[derive(Debug)]
pub struct Briefs {
    /// For each item but the decision, what stands before its status; what else it has.
    items: Vec<(Box<str>, Kind)>,
    /// What stands after the last item.
    end: Box<str>,
}

/// What an item tells beside its status.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Condition,
    Funding(Currency),
    /// Its type; the options of a choice.
    Result(Type, Vec<Arc<str>>),
    Obligation,
}

/// The keys under which items stand, in the order of a decision.
const KEYS: [&str; 7] =
    ["criteria", "objectives", "missions", "funding", "contributions", "results", "obligations"];

impl Briefs {
    /// Puts together what all briefs of a policy have in common.
    pub fn new(policy: &Policy) -> Briefs {
        let has = |kind: FundingKind| policy.fundings.iter().any(|funding| funding.kind == kind);
        let keys: Vec<&str> = KEYS
            .into_iter()
            .filter(|key| match *key {
                "contributions" => has(FundingKind::Contribution),
                "results" => has(FundingKind::Result),
                _ => true,
            })
            .collect();
        let rank = |key: &str| keys.iter().position(|own| *own == key).unwrap_or(keys.len());
        let mut items = Vec::new();
        let mut before = String::new();
        let mut next = 0;
        let mut empty = true;
        for item in policy.items() {
            let (key, kind) = match item {
                ItemRef::Decision => continue,
                ItemRef::Criterion(_) => ("criteria", Kind::Condition),
                ItemRef::Objective(_) => ("objectives", Kind::Condition),
                ItemRef::Mission(_) => ("missions", Kind::Condition),
                ItemRef::Funding(id) => {
                    let funding = &policy.fundings[id.index()];
                    match funding.kind {
                        FundingKind::Funding => ("funding", Kind::Funding(policy.currency)),
                        FundingKind::Contribution => ("contributions", Kind::Funding(policy.currency)),
                        FundingKind::Result => {
                            let ty = policy.exprs.get(funding.amount).ty;
                            let options = match ty {
                                Type::Choice(choice) => policy.choices[choice.index()].options.clone(),
                                _ => Vec::new(),
                            };
                            ("results", Kind::Result(ty, options))
                        }
                    }
                }
                ItemRef::Obligation(_) => ("obligations", Kind::Obligation),
            };
            let key = rank(key);
            if next <= key {
                begin(&keys, &mut before, &mut next, key);
                empty = true;
            }
            if !empty {
                before.push(',');
            }
            empty = false;
            let mut name = Writer::with_capacity(64);
            name.text(&policy.head(item).name);
            let _ = write!(before, "{{\"name\":{},\"status\":\"", name.finish());
            items.push((std::mem::take(&mut before).into(), kind));
        }
        begin(&keys, &mut before, &mut next, keys.len());
        Briefs { items, end: before.into() }
    }

    /// Writes a brief as one JSON object, without a line end.
    pub fn write(&self, brief: &Brief, out: &mut String) {
        out.push_str("{\"schema\":\"conforme.brief/1\",\"outcome\":\"");
        out.push_str(outcome_key(brief.outcome));
        out.push('"');
        for ((before, kind), (status, detail)) in self.items.iter().zip(brief.items().skip(1)) {
            out.push_str(before);
            let given = matches!(kind, Kind::Result(..)) && status == Status::Due;
            out.push_str(if given { "given" } else { status_key(status) });
            out.push('"');
            match kind {
                Kind::Condition => {}
                Kind::Funding(currency) => write_amount(detail, *currency, out),
                Kind::Result(ty, options) => write_value(detail, *ty, options, out),
                Kind::Obligation => write_due(detail.due(), out),
            }
            out.push('}');
        }
        out.push_str(&self.end);
        out.push('}');
    }
}

/// Ends the list under way and begins those up to a key; past the last key, ends all.
fn begin(keys: &[&str], before: &mut String, next: &mut usize, key: usize) {
    while *next <= key {
        if *next > 0 {
            before.push(']');
        }
        if let Some(key) = keys.get(*next) {
            let _ = write!(before, ",\"{key}\":[");
        }
        *next += 1;
    }
}

fn write_amount(detail: &Detail, currency: Currency, out: &mut String) {
    match detail {
        Detail::Paid(min, max) => {
            out.push_str(",\"amount\":{\"min\":");
            write_small(*min, out);
            out.push_str(",\"max\":");
            write_small(*max, out);
        }
        Detail::Other(value) => {
            let Known::Number(amount) = value.as_ref() else { return };
            out.push_str(",\"amount\":{\"min\":");
            write_end(&amount.low, out);
            out.push_str(",\"max\":");
            write_end(&amount.high, out);
            for (key, end) in [("min_excluded", &amount.low), ("max_excluded", &amount.high)] {
                if matches!(end, End::Excluded(_)) {
                    let _ = write!(out, ",\"{key}\":true");
                }
            }
        }
        Detail::None | Detail::Due(_) => {
            out.push_str(",\"amount\":null");
            return;
        }
    }
    out.push_str(",\"currency\":\"");
    out.push_str(currency.code());
    out.push_str("\"}");
}

/// The value of a result, where it is one.
fn write_value(detail: &Detail, ty: Type, options: &[Arc<str>], out: &mut String) {
    out.push_str(",\"value\":");
    let mut w = Writer::with_capacity(32);
    match detail.value().and_then(|known| known.value()) {
        None => w.null(),
        Some(Value::Truth(truth)) => w.truth(truth),
        Some(Value::Date(date)) => w.shown(date),
        Some(Value::Text(text)) => w.text(&text.shown),
        Some(Value::Choice(option)) => w.text(options.get(usize::from(option)).map_or("", |name| name)),
        Some(Value::Number(number)) => match (ty, number.to_i64()) {
            (Type::Amount, _) => return write_euros(&number, out),
            (Type::Months, Some(n)) => w.text(&iso(n, 0)),
            (Type::Days, Some(n)) => w.text(&iso(0, n)),
            (Type::Integer | Type::Number, Some(n)) => w.whole(n),
            (_, _) => w.object(|w| {
                w.key("num").text(&number.numerator());
                w.key("den").text(&number.denominator());
            }),
        },
    }
    out.push_str(&w.finish());
}

/// Whole euros are what nearly all amounts are.
fn write_small(amount: Small, out: &mut String) {
    match amount.to_i64() {
        Some(euros) => {
            out.push('"');
            out.push_str(itoa::Buffer::new().format(euros));
            out.push_str(".00\"");
        }
        None => write_euros(&amount.to_ratio(), out),
    }
}

fn write_end(end: &End, out: &mut String) {
    match end.value() {
        None => out.push_str("null"),
        Some(value) => write_euros(value, out),
    }
}

fn write_euros(value: &Ratio, out: &mut String) {
    let _ = match amount(value) {
        Some(amount) => write!(out, "\"{amount}\""),
        None => write!(out, "{{\"num\":\"{}\",\"den\":\"{}\"}}", value.numerator(), value.denominator()),
    };
}

fn write_due(due: Option<DateRange>, out: &mut String) {
    let day = due.and_then(DateRange::value);
    let ends = due.filter(|_| day.is_none());
    for (key, date) in [
        (",\"due\":", day),
        (",\"due_from\":", ends.and_then(|d| d.from)),
        (",\"due_to\":", ends.and_then(|d| d.to)),
    ] {
        out.push_str(key);
        match date {
            Some(date) => {
                let _ = write!(out, "\"{date}\"");
            }
            None => out.push_str("null"),
        }
    }
}
