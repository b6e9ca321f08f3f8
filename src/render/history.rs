//! The history of a policy: its texts on a line of time, and the versions that they make.

use serde::Serialize;

use super::document::{Block, Cell, Document, Section};
use super::text::TextOptions;
use super::{Lang, html, markdown, text};
use crate::history::{Era, History, Sight, Text};
use crate::known::DateRange;
use crate::phrase;
use crate::time::Date;
use crate::wording::{English, French, Spaces, Wording};

/// For a terminal.
pub fn text(history: &History, sight: &Sight, options: &TextOptions) -> String {
    text::report(&Page { lang: options.lang }.report(history, sight), options)
}

/// As Markdown.
pub fn markdown(history: &History, sight: &Sight, lang: Lang) -> String {
    markdown::page(&Page { lang }.report(history, sight), lang)
}

/// As one HTML page.
pub fn html(history: &History, sight: &Sight, lang: Lang) -> String {
    html::page(&Page { lang }.report(history, sight), lang)
}

/// The texts on a line of time, and the versions that they make.
pub(crate) fn sections(history: &History, sight: &Sight, lang: Lang) -> Vec<Section> {
    Page { lang }.report(history, sight).sections
}

/// As a document of a word processor.
#[cfg(feature = "docx")]
pub fn docx(history: &History, sight: &Sight, lang: Lang) -> Vec<u8> {
    super::docx::document(&Page { lang }.report(history, sight), lang)
}

/// A version in words: its days, and the texts that make it.
pub(crate) fn era_said(history: &History, era: &Era, lang: Lang) -> (String, String) {
    let page = Page { lang };
    (page.days(era.days), page.of_texts(history, era))
}

struct Page {
    lang: Lang,
}

impl Page {
    fn say(&self, french: &'static str, english: &'static str) -> &'static str {
        self.lang.pick(french, english)
    }

    fn date(&self, date: Date) -> String {
        match self.lang {
            Lang::Fr => French(Spaces::Plain).date(date),
            Lang::En => English(Spaces::Plain).date(date),
        }
    }

    fn report(&self, history: &History, sight: &Sight) -> Document {
        let title = history.texts().first().map_or_else(String::new, |text| text.title().to_string());
        let mut subtitle = vec![format!("{} · {}", history.id(), self.count(history))];
        if let Some(day) = sight.known_on {
            let head =
                self.say("versions telles qu'elles étaient connues le", "versions as they were known on");
            subtitle.push(format!("{head} {}", self.date(day)));
        }
        let mut texts: Vec<(usize, &Text)> = history.texts().iter().enumerate().collect();
        texts.sort_by_key(|(_, text)| (text.from(), text.number()));
        let line = Section {
            title: self.say("Les textes, dans le temps", "The texts, in time").to_owned(),
            blocks: texts.into_iter().map(|(rank, text)| self.text(history, rank, text, &title)).collect(),
        };
        let rows: Vec<Vec<Cell>> = history.eras(sight).iter().map(|era| self.era(history, era)).collect();
        let said = if sight.draft {
            self.say("Les versions en vigueur, projets compris", "The versions in force, drafts included")
        } else {
            self.say("Les versions en vigueur", "The versions in force")
        };
        let blocks = if rows.is_empty() {
            vec![Block::Para(self.say("aucune", "none").to_owned())]
        } else {
            vec![Block::Table(rows)]
        };
        let versions = Section { title: said.to_owned(), blocks };
        Document {
            head: Vec::new(),
            title,
            subtitle,
            verdict: None,
            sections: vec![line, versions],
            hint: self.hint(history, sight),
        }
    }

    fn hint(&self, history: &History, sight: &Sight) -> Option<String> {
        let drafts = history.texts().iter().any(Text::is_draft);
        (drafts && !sight.draft).then(|| {
            let said = self.say(
                "Les versions que feraient les projets : --draft",
                "The versions that drafts would make: --draft",
            );
            said.to_owned()
        })
    }

    fn count(&self, history: &History) -> String {
        let of = |count: usize, one: (&'static str, &'static str), many: (&'static str, &'static str)| {
            let (fr, en) = if count == 1 { one } else { many };
            format!("{count} {}", self.say(fr, en))
        };
        let texts = history.texts();
        let amendments = texts.iter().filter(|text| text.is_amendment()).count();
        let drafts = texts.iter().filter(|text| text.is_draft()).count();
        let mut said = vec![of(texts.len() - amendments, ("texte", "text"), ("textes", "texts"))];
        if amendments > 0 {
            said.push(of(amendments, ("avenant", "amendment"), ("avenants", "amendments")));
        }
        if drafts > 0 {
            let drafts = of(drafts, ("projet", "of them a draft"), ("projets", "of them drafts"));
            said.push(format!("{}{drafts}", self.say("dont ", "")));
        }
        said.join(", ")
    }

    /// One text: since when, what, and what it does.
    fn text(&self, history: &History, rank: usize, text: &Text, title: &str) -> Block {
        let mark = if text.is_draft() { "○" } else { "●" };
        let since =
            text.from().map_or_else(|| self.say("depuis toujours", "always").to_owned(), |d| self.date(d));
        let name = match text.number() {
            Some(number) => format!("{} {number}", self.say("avenant n°", "amendment no.")),
            None => self.say("texte de base", "base text").to_owned(),
        };
        let draft = if text.is_draft() { self.say(", projet", ", draft") } else { "" };
        let mut blocks = Vec::new();
        if **text.title() != *title {
            blocks.push(Block::Para(text.title().to_string()));
        }
        let mut when = Vec::new();
        if let Some(until) = text.until() {
            when.push(format!("{} {}", self.say("jusqu'au", "until"), self.date(until)));
        }
        if let Some(day) = text.published() {
            when.push(format!("{} {}", self.say("publié le", "published on"), self.date(day)));
        }
        if !when.is_empty() {
            blocks.push(Block::Para(when.join(" · ")));
        }
        if let Some(scope) = scope_said(history, rank, text, self.lang) {
            let head = self.say("pour les seuls dossiers suivants", "for these dossiers only");
            blocks.push(Block::Para(self.lang.pair(head, &scope)));
        }
        for done in text.changes() {
            let what = format!("{} {} « {} »", done.verb, done.kind.word(), done.name);
            let what = done.option.map_or_else(|| what.clone(), |option| format!("{what} : {option}"));
            blocks.push(Block::Para(format!("– {what}")));
        }
        if text.is_amendment() || text.notes().next().is_none() {
            return Block::Entry { title: format!("{mark} {since} · {name}{draft}"), blocks };
        }
        blocks.extend(text.notes().map(|note| Block::Para(note.to_owned())));
        Block::Entry { title: format!("{mark} {since} · {name}{draft}"), blocks }
    }

    fn era(&self, history: &History, era: &Era) -> Vec<Cell> {
        vec![Cell::plain(self.days(era.days)), Cell::plain(self.of_texts(history, era))]
    }

    /// Which texts make a version: `avec l'avenant n° 2`.
    fn of_texts(&self, history: &History, era: &Era) -> String {
        let texts = history.texts();
        let named = |rank: &usize| {
            let text = &texts[*rank];
            let number = text.number().map_or_else(String::new, |number| number.to_string());
            let some =
                if text.is_scoped() { self.say(" (certains dossiers)", " (some dossiers)") } else { "" };
            format!("{} {number}{some}", self.say("n°", "no."))
        };
        let amendments: Vec<String> = era.amendments.iter().map(named).collect();
        match (era.bases.len(), amendments.as_slice()) {
            (1, []) => self.say("texte de base", "base text").to_owned(),
            (1, [_]) => format!("{} {}", self.say("avec l'avenant", "with amendment"), amendments.join("")),
            (1, _) => {
                format!("{} {}", self.say("avec les avenants", "with amendments"), amendments.join(", "))
            }
            _ => self.say("deux textes à la fois", "two texts at once").to_owned(),
        }
    }

    fn days(&self, days: DateRange) -> String {
        match (days.from, days.to) {
            (Some(from), Some(to)) => {
                let (from, to) = (self.date(from), self.date(to));
                format!("{} {from} {} {to}", self.say("du", "from"), self.say("au", "to"))
            }
            (Some(from), None) => format!("{} {}", self.say("depuis le", "since"), self.date(from)),
            (None, Some(to)) => format!("{} {}", self.say("jusqu'au", "until"), self.date(to)),
            (None, None) => self.say("toujours", "always").to_owned(),
        }
    }
}

/// To which dossiers alone a text goes, in words; as it is written where what it amends is broken.
fn scope_said(history: &History, rank: usize, text: &Text, lang: Lang) -> Option<String> {
    let said = history.conditions(rank).map(|(policy, conditions)| phrase::scope(policy, &conditions, lang));
    let written = || text.scope_words().join(lang.pick(" et ", " and "));
    text.is_scoped().then(|| said.unwrap_or_else(written))
}

#[derive(Serialize)]
struct All<'h> {
    schema: &'static str,
    id: &'h str,
    texts: Vec<One<'h>>,
    versions: Vec<Version>,
}

#[derive(Serialize)]
struct One<'h> {
    kind: &'static str,
    number: Option<u32>,
    title: &'h str,
    file: &'h str,
    in_force_from: Option<String>,
    in_force_until: Option<String>,
    published_on: Option<String>,
    draft: bool,
    scope: Vec<String>,
    scope_said: Option<String>,
    notes: Vec<&'h str>,
    changes: Vec<Change<'h>>,
}

#[derive(Serialize)]
struct Change<'h> {
    action: &'static str,
    kind: &'static str,
    name: &'h str,
    option: Option<&'h str>,
}

#[derive(Serialize)]
struct Version {
    from: Option<String>,
    until: Option<String>,
    /// Ranks among `texts`.
    bases: Vec<usize>,
    amendments: Vec<usize>,
}

/// One object, `conforme.history/1`: the texts, and the versions by the ranks of their texts.
pub fn json(history: &History, sight: &Sight, lang: Lang) -> String {
    let iso = |date: Option<Date>| date.map(|date| date.to_string());
    let texts = history.texts().iter().enumerate().map(|(rank, text)| One {
        kind: if text.is_amendment() { "amendment" } else { "base" },
        number: text.number(),
        title: text.title(),
        file: text.file.name(),
        in_force_from: iso(text.from()),
        in_force_until: iso(text.until()),
        published_on: iso(text.published()),
        draft: text.is_draft(),
        scope: text.scope_words(),
        scope_said: scope_said(history, rank, text, lang),
        notes: text.notes().collect(),
        changes: text.changes().into_iter().map(change).collect(),
    });
    let versions = history.eras(sight).into_iter().map(|era| Version {
        from: iso(era.days.from),
        until: iso(era.days.to),
        bases: era.bases,
        amendments: era.amendments,
    });
    let all = All {
        schema: "conforme.history/1",
        id: history.id(),
        texts: texts.collect(),
        versions: versions.collect(),
    };
    // Strings and numbers only: it cannot fail.
    serde_json::to_string(&all).unwrap_or_default()
}

fn change(done: crate::history::Done<'_>) -> Change<'_> {
    let action = match done.verb {
        "remplace" => "replace",
        "ajoute" => "add",
        "abroge" => "repeal",
        "modifie" => "reword",
        _ => "retain",
    };
    Change { action, kind: done.kind.word(), name: done.name, option: done.option }
}
