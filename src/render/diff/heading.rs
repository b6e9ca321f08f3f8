//! What is compared: which text on which day, amended by what, and the sources that come with it.

use super::Told;
use crate::diff::{Change, Clause, Side, What};
use crate::policy::TextOf;
use crate::render::Lang;
use crate::render::words::one_line;
use crate::time::Date;

/// The lines below the title.
pub(super) fn lines(told: &Told<'_>, sources: &[&Change], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (side, name, when) in [
        (told.before, told.before_name, lang.pick("avant", "before")),
        (told.after, told.after_name, lang.pick("après", "after")),
    ] {
        let texts = texts(side);
        let base = texts.iter().find(|text| text.number.is_none());
        let days = base.map_or_else(
            || in_force(side.policy().and_then(|policy| policy.from), None, lang),
            |base| in_force(base.from, base.until, lang),
        );
        let amendments: Vec<&TextOf> = texts.iter().filter(|text| text.number.is_some()).copied().collect();
        let Some((first, rest)) = amendments.split_first() else {
            lines.push(lang.pair(when, &format!("{name}{days}")));
            continue;
        };
        let days = days.strip_prefix(", ").map_or_else(String::new, |days| format!(" ({days})"));
        let by = lang.pick("modifié par", "amended by");
        lines.push(lang.pair(when, &format!("{name}{days}, {by} {}", amendment(first, lang))));
        let and = lang.pick("et par", "and by");
        lines.extend(rest.iter().map(|text| format!("{and} {}", amendment(text, lang))));
    }
    for change in sources {
        let (said, head) = match &change.what {
            What::Added(said) => (said, lang.pick("source nouvelle", "new source")),
            What::Repealed(said) => {
                (said, lang.pick("source qui n'est plus citée", "source no longer quoted"))
            }
            What::Renamed(..) | What::Changed(_) => continue,
        };
        let title = said.iter().find(|(clause, _)| *clause == Clause::Value).map_or("", |(_, title)| title);
        lines.push(lang.pair(head, &format!("{}, {}", change.subject.name, lang.quoted(title))));
    }
    if let Some(day) = told.effects.covered.postponed_to {
        let day = lang.wording().date(day);
        lines.push(lang.pick(
            format!("dossiers examinés le {day}, s'ils disent une date plus ancienne : le premier jour où les deux textes se comparent"),
            format!("dossiers that say an earlier date examined on {day}: the first day on which both texts compare"),
        ));
    }
    lines
}

/// The texts that a side is made of, each once: its base text, then the amendments to it by date.
pub(super) fn texts<'p>(side: &Side<'p>) -> Vec<&'p TextOf> {
    let mut texts: Vec<&TextOf> = Vec::new();
    for variant in side.variants() {
        for text in &variant.policy.version.texts {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    // By what they are known: their days, then their numbers.
    texts.sort_by_key(|text| (text.number.is_some(), text.from, text.number));
    texts
}

/// « l'avenant n° 1 (« … », projet), en vigueur depuis le … ».
fn amendment(text: &TextOf, lang: Lang) -> String {
    let number = text.number.map_or_else(String::new, |number| number.to_string());
    let draft = if text.draft { lang.pick(", projet", ", draft") } else { "" };
    format!(
        "{} {number} ({}{draft}){}",
        lang.pick("l'avenant n°", "amendment no."),
        lang.quoted(&one_line(&text.title)),
        in_force(text.from, text.until, lang)
    )
}

fn in_force(from: Option<Date>, until: Option<Date>, lang: Lang) -> String {
    let date = |date| lang.wording().date(date);
    let mut said = String::new();
    if let Some(from) = from {
        said = format!(", {} {}", lang.pick("en vigueur depuis le", "in force since"), date(from));
    }
    if let Some(until) = until {
        said = format!("{said} {} {}", lang.pick("jusqu'au", "until"), date(until));
    }
    said
}
