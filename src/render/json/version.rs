//! Which version of the text a decision is on, and why, as JSON.

use super::writer::Writer;
use crate::decision::{ChosenBy, Decision};
use crate::policy::{Policy, TextOf};
use crate::render::words::outcome_key;
use crate::time::Date;

/// What `policy` says beside the text's own identity.
pub(super) fn write(w: &mut Writer, policy: &Policy, decision: &Decision) {
    let version = &policy.version;
    texts(w, "texts", &version.texts);
    texts(w, "not_applied", &version.aside);
    w.key("leans_on").list(|w| {
        for leaned in &version.leaned {
            w.object(|w| {
                w.key("id").text(&leaned.id);
                texts(w, "texts", &leaned.texts);
            });
        }
    });
    let choice = decision.version.as_deref();
    w.key("chosen_by").object(|w| match choice.map(|choice| &choice.by) {
        None | Some(ChosenBy::Examination) => {
            w.key("reason").text("examination");
            w.key("expression").maybe(None);
            date(w, "from", Some(decision.examined_on));
            date(w, "to", Some(decision.examined_on));
        }
        Some(ChosenBy::Said { words, known }) => {
            w.key("reason").text("text");
            w.key("expression").text(words);
            date(w, "from", known.from);
            date(w, "to", known.to);
        }
    });
    date(w, "known_on", choice.and_then(|choice| choice.known_on));
    w.key("drafts").truth(choice.is_some_and(|choice| choice.drafts));
    w.key("candidates").list(|w| {
        let several = choice.filter(|choice| choice.candidates.len() > 1);
        for candidate in several.iter().flat_map(|choice| &choice.candidates) {
            w.object(|w| {
                date(w, "in_force_from", candidate.days.from);
                date(w, "in_force_until", candidate.days.to);
                texts(w, "texts", &candidate.texts);
                w.key("outcome").text(outcome_key(candidate.outcome));
            });
        }
    });
}

fn texts(w: &mut Writer, key: &'static str, texts: &[TextOf]) {
    w.key(key).list(|w| {
        for text in texts {
            w.object(|w| {
                w.key("kind").text(if text.number.is_some() { "amendment" } else { "base" });
                match text.number {
                    Some(number) => w.key("number").whole(i64::from(number)),
                    None => w.key("number").maybe(None),
                }
                w.key("title").text(&text.title);
                date(w, "in_force_from", text.from);
                date(w, "in_force_until", text.until);
                date(w, "published_on", text.published);
                w.key("draft").truth(text.draft);
                w.key("scope").list(|w| text.scope.iter().for_each(|scope| w.text(scope)));
                w.key("sha256").text(&text.sha256);
            });
        }
    });
}

fn date(w: &mut Writer, key: &'static str, date: Option<Date>) {
    w.key(key).maybe(date.map(|date| date.to_string()).as_deref());
}
