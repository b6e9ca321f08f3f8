//! A change for programs: one object of the schema `conforme.diff/1`.

use serde_json::{Value, json};

use super::Told;
use super::dossier::differences;
use super::effects::summary;
use super::heading::texts;
use super::kinds::key;
use super::text::sentences;
use crate::currency::Currency;
use crate::diff::{Came, Change, Difference, Origin, Passage, Replayed, Side, Stood, Totals, What, Witness};
use crate::known::{End, Interval};
use crate::render::Lang;
use crate::render::words::{one_line, outcome_key, status_key};
use crate::wording::Decimal;

pub(super) fn object(told: &Told<'_>, lang: Lang) -> Value {
    let text = |side: &Side<'_>, name: &str| {
        let policy = side.policy();
        json!({
            "name": name,
            "id": policy.map(|policy| &*policy.id),
            "title": policy.map(|policy| &*policy.title),
            "in_force_from": policy.and_then(|policy| policy.from).map(|from| from.to_string()),
            "in_force_until": policy.and_then(|policy| policy.until).map(|until| until.to_string()),
            "amendments": amendments(side),
            "sha256": policy.map(|policy| policy.sha256.as_str()),
        })
    };
    let covered = &told.effects.covered;
    let (rules, with_them) = told.rules_and_sources();
    let sources = |added: bool| -> Vec<Value> {
        let own = with_them.iter().filter_map(|change| match &change.what {
            What::Added(said) if added => Some((change, said)),
            What::Repealed(said) if !added => Some((change, said)),
            What::Added(_) | What::Repealed(_) | What::Renamed(..) | What::Changed(_) => None,
        });
        own.map(|(change, said)| {
            json!({"name": &*change.subject.name, "title": said.first().map(|(_, title)| title)})
        })
        .collect()
    };
    json!({
        "schema": "conforme.diff/1",
        "before": text(told.before, told.before_name),
        "after": text(told.after, told.after_name),
        "sources_added": sources(true),
        "sources_removed": sources(false),
        "changes": rules.iter().map(|one| change(told, one, lang)).collect::<Vec<_>>(),
        "totals": told.effects.totals.iter().map(totals).collect::<Vec<_>>(),
        "witnesses": told.effects.witnesses.iter().map(|one| witness(told, one, lang)).collect::<Vec<_>>(),
        "covered": {
            "made": covered.made,
            "postponed_to": covered.postponed_to.map(|day| day.to_string()),
            "varied": covered.varied,
            "not_varied": covered.waited,
            "limited": covered.dropped + covered.cut > 0,
            "not_made": covered.dropped + covered.cut,
            "bounds_before": bounds(&covered.bounds.0),
            "bounds_after": bounds(&covered.bounds.1),
            "unread": covered.unread.iter().map(|name| &**name).collect::<Vec<_>>(),
        },
    })
}

/// The amendments that a side holds, for all dossiers or for some.
fn amendments(side: &Side<'_>) -> Vec<Value> {
    let day = |day: Option<crate::time::Date>| day.map(|day| day.to_string());
    let amendments = texts(side).into_iter().filter(|text| text.number.is_some());
    let told = amendments.map(|text| {
        json!({
            "number": text.number,
            "title": one_line(&text.title),
            "in_force_from": day(text.from),
            "in_force_until": day(text.until),
            "published_on": day(text.published),
            "draft": text.draft,
            "scope": text.scope.iter().map(|scope| &**scope).collect::<Vec<_>>(),
        })
    });
    told.collect()
}

fn change(told: &Told<'_>, change: &Change, lang: Lang) -> Value {
    let (what, from) = match &change.what {
        What::Added(_) => ("added", None),
        What::Repealed(_) => ("repealed", None),
        What::Renamed(from, _) => ("renamed", Some(&**from)),
        What::Changed(_) => ("changed", None),
    };
    let passages = |of: &[Passage]| -> Vec<Value> {
        of.iter().map(|passage| json!({"source": passage.source, "quote": passage.quote})).collect()
    };
    json!({
        "kind": key(change.subject.kind),
        "name": &*change.subject.name,
        "change": what,
        "scope": change.scope,
        "scope_said": change.scope.as_deref().map(|scope| told.scope(scope, lang)),
        "renamed_from": from,
        "sentences": sentences(change, lang),
        "sources_before": passages(&change.before),
        "sources_after": passages(&change.after),
    })
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Case => "case",
        Origin::Folder => "folder",
        Origin::Made => "made",
    }
}

fn totals(totals: &Totals) -> Value {
    let amounts = totals.amounts.iter().map(|(name, moved)| {
        json!({
            "name": &**name,
            "up": moved.up,
            "down": moved.down,
            "settled": moved.settled,
            "otherwise": moved.otherwise,
            "uncertain": moved.uncertain,
            "by": (totals.origin != Origin::Made).then(|| euros(&moved.by)),
            "ranges": moved.ranges,
        })
    });
    json!({
        "origin": origin(totals.origin),
        "tried": totals.tried,
        "decided": totals.decided,
        "differ": totals.differ,
        "may_differ": totals.may_differ,
        "newly_favourable": totals.newly_favourable,
        "newly_unfavourable": totals.newly_unfavourable,
        "otherwise": totals.otherwise,
        "sent_back_before": totals.sent_back.0,
        "sent_back_after": totals.sent_back.1,
        "amounts": amounts.collect::<Vec<_>>(),
    })
}

fn euros(value: &crate::number::Ratio) -> String {
    let amount = Decimal::rounded(value, 2);
    format!("{}{}", amount.sign(), amount.written(".", ""))
}

fn amount(amount: &Interval, currency: Currency) -> Value {
    let end = |end: &End| end.value().map(euros);
    json!({"min": end(&amount.low), "max": end(&amount.high), "currency": currency.code()})
}

fn witness(told: &Told<'_>, witness: &Witness<'_>, lang: Lang) -> Value {
    let came = |came: &Option<Came>| {
        came.as_ref().map(|came| {
            json!({
                "status": status_key(came.status),
                "amount": came.amount().map(|paid| amount(paid, told.currency())),
                "due_from": came.due().and_then(|due| due.from).map(|day| day.to_string()),
                "due_to": came.due().and_then(|due| due.to).map(|day| day.to_string()),
            })
        })
    };
    let differences_in = witness.differences.iter().map(|difference| match difference {
        Difference::SentBack { after } => json!({
            "kind": "sent_back", "name": null,
            "before": if *after { "examined" } else { "sent_back" },
            "after": if *after { "sent_back" } else { "examined" },
        }),
        Difference::Outcome(was, is) => json!({
            "kind": "outcome", "name": null, "before": outcome_key(*was), "after": outcome_key(*is),
        }),
        Difference::Item(subject, was, is) => {
            let said = |replayed: &Option<Replayed<'_>>| {
                replayed.as_ref().and_then(|replayed| summary(replayed, subject, lang))
            };
            json!({
                "kind": key(subject.kind), "name": &*subject.name, "before": came(was), "after": came(is),
                "summary_before": said(&witness.decisions.0),
                "summary_after": said(&witness.decisions.1),
            })
        }
    });
    let near = witness.near.as_ref().map(|near| {
        let changed = differences(near, &witness.sketch, lang);
        let changed = changed.into_iter();
        changed
            .map(|(path, was, is)| json!({"path": path.path(), "there": was, "here": is}))
            .collect::<Vec<_>>()
    });
    let names = |of: &[std::sync::Arc<str>]| of.iter().map(|path| path.to_string()).collect::<Vec<_>>();
    json!({
        "origin": origin(witness.origin),
        "name": witness.name.as_deref(),
        "differs_from_it_in": near,
        "differences": differences_in.collect::<Vec<_>>(),
        "refused": witness.refused.iter().map(|problem| &problem.message).collect::<Vec<_>>(),
        "known_only_before": names(&witness.only.0),
        "known_only_after": names(&witness.only.1),
        "dossier": witness.sketch.yaml(told.id(), "essai"),
    })
}

fn bounds(bounds: &[Stood]) -> Vec<Value> {
    let bound = |stood: &Stood| json!({"text": stood.text, "line": stood.line, "part": stood.part, "sides": stood.sides, "of": stood.of});
    bounds.iter().map(bound).collect()
}
