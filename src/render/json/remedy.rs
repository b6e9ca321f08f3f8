//! What would meet an item, for programs: what to put in the dossier.

use super::writer::Writer;
use crate::decision::{Change, MissingPlace, ToMeet};
use crate::policy::Type;
use crate::render::words::Words;

/// `to_meet_facts` and `out_of_reach`; nothing in them where readings differ.
pub(super) fn write(words: &Words<'_>, w: &mut Writer, to_meet: Option<&ToMeet>) {
    w.key("to_meet_facts").list(|w| {
        for way in to_meet.into_iter().flat_map(|to_meet| &to_meet.ways) {
            let (place, counted, ty) = match way.change {
                Change::Answer(place) => (place, None, words.type_of(place)),
                Change::Elements { list, counted } => {
                    (MissingPlace::List(list), Some(words.name(counted)), Type::Integer)
                }
            };
            w.object(|w| {
                w.key("path").text(&words.path(place));
                w.key("label").text(&words.label(place));
                w.key("counted").maybe(counted.as_deref());
                words.write_known(w.key("from"), &way.now, ty);
                words.write_known(w.key("to"), &way.needed, ty);
            });
        }
    });
    match to_meet.and_then(|to_meet| to_meet.beyond.as_ref()) {
        Some(beyond) => w.key("out_of_reach").object(|w| {
            let ty = words.type_of(beyond.place);
            w.key("path").text(&words.path(beyond.place));
            w.key("label").text(&words.label(beyond.place));
            words.write_known(w.key("from"), &beyond.now, ty);
            words.write_known(w.key("to"), &beyond.needed, ty);
            words.write_known(w.key(if beyond.up { "max" } else { "min" }), &beyond.bound, ty);
        }),
        None => w.key("out_of_reach").null(),
    }
}
