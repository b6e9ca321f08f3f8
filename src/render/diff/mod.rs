//! What a change of a policy does, as people and programs read it.

mod bound;
mod dossier;
mod effects;
mod heading;
mod json;
mod kinds;
mod limits;
mod sentence;
mod text;

use super::document::{Block, Document, Section, Tone, Verdict};
use super::text::TextOptions;
use super::{Lang, html, markdown};
use crate::currency::Currency;
use crate::diff::{Change, Effects, Side};
use crate::phrase;

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
    /// What the new text counts in.
    fn currency(&self) -> Currency {
        self.after.policy().map_or(Currency::Euro, |policy| policy.currency)
    }

    /// The identifier of the policy.
    fn id(&self) -> &str {
        self.after.policy().map_or("", |policy| &policy.id)
    }

    /// The changes of rules, and the sources that come and go with them.
    fn rules_and_sources(&self) -> (Vec<&Change>, Vec<&Change>) {
        crate::diff::rules_and_sources(self.changes)
    }

    /// To which dossiers alone a change goes.
    fn scope(&self, words: &str, lang: Lang) -> String {
        let found = [self.after, self.before].into_iter().find_map(|side| side.conditions(words));
        match found {
            Some((policy, conditions)) => phrase::scope(policy, &conditions, lang),
            None => words.to_owned(),
        }
    }
}

/// A change for a terminal.
pub fn text(told: &Told<'_>, options: &TextOptions) -> String {
    super::text::report(&document(told, options.lang), options)
}

/// A change as Markdown.
pub fn markdown(told: &Told<'_>, lang: Lang) -> String {
    markdown::page(&document(told, lang), lang)
}

/// A change as a page of its own.
pub fn html(told: &Told<'_>, lang: Lang) -> String {
    html::page(&document(told, lang), lang)
}

/// A change as a document of a word processor.
#[cfg(feature = "docx")]
pub fn docx(told: &Told<'_>, lang: Lang) -> Vec<u8> {
    super::docx::document(&document(told, lang), lang)
}

/// A change as one JSON object (`conforme.diff/1`).
pub fn json(told: &Told<'_>, lang: Lang) -> String {
    json::object(told, lang).to_string()
}

/// A change of one item, with the passages on both sides.
pub(crate) fn block(change: &Change, lang: Lang) -> Block {
    text::change(change, lang)
}

/// A change as a document, before any layout.
pub(crate) fn document(told: &Told<'_>, lang: Lang) -> Document {
    let (rules, sources) = told.rules_and_sources();
    let mut sections = Vec::new();
    let mut scopes: Vec<Option<&str>> = rules.iter().map(|change| change.scope.as_deref()).collect();
    scopes.dedup();
    for scope in scopes {
        let own = rules.iter().filter(|change| change.scope.as_deref() == scope);
        let blocks = own.map(|change| text::change(change, lang)).collect();
        let title = lang.pick("Ce qui change dans le texte", "What changes in the text");
        let title = match scope {
            None => title.to_owned(),
            Some(scope) => lang.pair(
                &format!(
                    "{title}, {}",
                    lang.pick("pour les seuls dossiers suivants", "for these dossiers only")
                ),
                &told.scope(scope, lang),
            ),
        };
        sections.push(Section { title, blocks });
    }
    effects::sections(told, lang, &mut sections);
    Document {
        head: Vec::new(),
        title: told.after.policy().map_or_else(String::new, |policy| policy.title.to_string()),
        subtitle: heading::lines(told, &sources, lang),
        verdict: Some(verdict(told, rules.len(), lang)),
        sections,
        hint: None,
    }
}

fn verdict(told: &Told<'_>, changes: usize, lang: Lang) -> Verdict {
    let word = match changes {
        0 => lang.pick("AUCUN CHANGEMENT", "NO CHANGE").to_owned(),
        1 => lang.pick("1 CHANGEMENT", "1 CHANGE").to_owned(),
        n => format!("{n} {}", lang.pick("CHANGEMENTS", "CHANGES")),
    };
    let totals: Vec<_> = told.effects.totals.iter().filter(|totals| totals.tried > 0).collect();
    let differ: usize = totals.iter().map(|totals| totals.differ).sum();
    let all: Vec<String> =
        totals.iter().map(|totals| effects::counted(totals.origin, totals.decided, lang)).collect();
    let some = |differ: bool| -> Vec<String> {
        let own = totals.iter().filter(|totals| (totals.differ > 0) == differ);
        let told = own.map(|totals| {
            let some = effects::counted(totals.origin, totals.differ, lang);
            let said =
                lang.pick(format!("{some} sur {}", totals.tried), format!("{some} of {}", totals.tried));
            if differ { said } else { effects::certainly(said, totals, lang) }
        });
        told.collect()
    };
    let listed = |of: &[String]| match of {
        [] => lang.pick("aucun dossier", "no dossier").to_owned(),
        [only] => only.clone(),
        [all @ .., last] => format!("{} {} {last}", all.join(", "), lang.pick("et", "and")),
    };
    let witnesses = told.effects.witnesses.len();
    let why = match (changes, witnesses) {
        (0, 0) => lang.pick(
            format!("les deux textes disent la même chose, et décident de même {}", listed(&all)),
            format!("both texts say the same, and decide alike {}", listed(&all)),
        ),
        (_, 0) => lang.pick(
            format!("aucun dossier essayé n'est décidé autrement : {}", listed(&all)),
            format!("no dossier tried is decided otherwise: {}", listed(&all)),
        ),
        (_, _) => {
            let otherwise = match differ {
                1 => lang.pick("est décidé autrement", "is decided otherwise"),
                _ => lang.pick("sont décidés autrement", "are decided otherwise"),
            };
            let said = format!("{} {otherwise}", listed(&some(true)));
            match some(false) {
                none if none.is_empty() => said,
                none => format!("{said} ; {}", listed(&none)),
            }
        }
    };
    let tone = if changes == 0 && witnesses == 0 { Tone::Good } else { Tone::Open };
    Verdict { word, tone, why }
}

/// A sentence and what stands under it.
fn entry(title: String, blocks: Vec<Block>) -> Block {
    Block::Entry { title, blocks }
}
