//! What a change of a policy does, as people and programs read it.

mod dossier;
mod effects;
mod json;
mod kinds;
mod sentence;
mod text;

use super::report::{Block, Report, Section, Tone, Verdict};
use super::text::TextOptions;
use super::{Lang, html, markdown};
use crate::diff::{Change, Effects, Side};

/// All that is told of a change.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// How people call the old text.
    pub before_name: &'a str,
    /// How people call the new one.
    pub after_name: &'a str,
    /// The old text.
    pub before: &'a Side<'a>,
    /// The new one.
    pub after: &'a Side<'a>,
    /// What differs in the text.
    pub changes: &'a [Change],
    /// What that does to dossiers.
    pub effects: &'a Effects<'a>,
}

impl Told<'_> {
    /// The identifier of the policy.
    fn id(&self) -> &str {
        self.after.policy().map_or("", |policy| &policy.id)
    }
}

/// A change for a terminal.
pub fn text(told: &Told<'_>, options: &TextOptions) -> String {
    super::text::report(&report(told, options.lang), options)
}

/// A change as Markdown.
pub fn markdown(told: &Told<'_>, lang: Lang) -> String {
    markdown::report(&report(told, lang), lang)
}

/// A change as a page of its own.
pub fn html(told: &Told<'_>, lang: Lang) -> String {
    html::report(&report(told, lang), lang)
}

/// A change as one JSON object (`conforme.diff/1`).
pub fn json(told: &Told<'_>, lang: Lang) -> String {
    json::object(told, lang).to_string()
}

fn report(told: &Told<'_>, lang: Lang) -> Report {
    let since = |side: &Side<'_>| match side.policy().and_then(|policy| policy.from) {
        Some(from) => format!(
            " ({} {})",
            lang.pick("en vigueur depuis le", "in force since"),
            lang.wording().date(from)
        ),
        None => String::new(),
    };
    let subtitle = vec![
        lang.pair(lang.pick("avant", "before"), &format!("{}{}", told.before_name, since(told.before))),
        lang.pair(lang.pick("après", "after"), &format!("{}{}", told.after_name, since(told.after))),
    ];
    let mut sections = Vec::new();
    let scopes = told.changes.iter().map(|change| change.scope.as_deref());
    let mut scopes: Vec<Option<&str>> = scopes.collect();
    scopes.dedup();
    for scope in scopes {
        let own = told.changes.iter().filter(|change| change.scope.as_deref() == scope);
        let blocks = own.map(|change| text::change(change, lang)).collect();
        let title = lang.pick("Ce qui change dans le texte", "What changes in the text");
        let title = match scope {
            None => title.to_owned(),
            Some(scope) => {
                format!("{title}, {} {scope}", lang.pick("pour les dossiers dont", "for dossiers whose"))
            }
        };
        sections.push(Section { title, blocks });
    }
    effects::sections(told, lang, &mut sections);
    Report {
        title: told.after.policy().map_or_else(String::new, |policy| policy.title.to_string()),
        subtitle,
        verdict: Some(verdict(told, lang)),
        sections,
        hint: None,
    }
}

fn verdict(told: &Told<'_>, lang: Lang) -> Verdict {
    let witnesses = told.effects.witnesses.len();
    let decided: usize = told.effects.totals.iter().map(|totals| totals.decided).sum();
    let word = match told.changes.len() {
        0 => lang.pick("AUCUN CHANGEMENT", "NO CHANGE").to_owned(),
        1 => lang.pick("1 CHANGEMENT", "1 CHANGE").to_owned(),
        n => format!("{n} {}", lang.pick("CHANGEMENTS", "CHANGES")),
    };
    let differ: usize = told.effects.totals.iter().map(|totals| totals.differ).sum();
    let why = match (told.changes.is_empty(), witnesses) {
        (true, 0) => lang.pick(
            format!("les deux textes disent la même chose, et décident de même {decided} dossiers"),
            format!("both texts say the same, and decide {decided} dossiers alike"),
        ),
        (false, 0) => lang.pick(
            format!("sur {decided} dossiers essayés, aucun n'est décidé autrement"),
            format!("of {decided} dossiers tried, none is decided otherwise"),
        ),
        (_, _) if differ == 1 => lang.pick(
            format!("sur {decided} dossiers essayés, un seul n'est plus décidé de même"),
            format!("of {decided} dossiers tried, one is decided otherwise"),
        ),
        (_, _) => lang.pick(
            format!("sur {decided} dossiers essayés, {differ} ne sont plus décidés de même"),
            format!("of {decided} dossiers tried, {differ} are decided otherwise"),
        ),
    };
    let tone = if told.changes.is_empty() && witnesses == 0 { Tone::Good } else { Tone::Open };
    Verdict { word, tone, why }
}

/// A sentence and what stands under it.
fn entry(title: String, blocks: Vec<Block>) -> Block {
    Block::Entry { title, blocks }
}
