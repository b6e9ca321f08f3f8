//! The page of a policy: what a lawyer reads beside the texts, prints, annotates and signs.

mod entry;
mod figures;
mod proof;
mod questions;
mod readings;
mod rules;

use std::collections::BTreeSet;

use self::entry::{Entry, Named, What};
use self::figures::Figure;
pub(crate) use self::rules::Rules;
use crate::decision::Decision;
use crate::diff;
use crate::history::{History, Sight};
use crate::policy::{Citation, ItemRef, Policy};
use crate::render::document::{Block, Cell, Document, Grid, Section, Target, anchor};
use crate::render::pictures::timeline;
use crate::render::words::one_line;
use crate::render::{self, Lang};

/// All that the page of a policy tells.
pub struct PolicyPage<'a> {
    /// All texts of the policy.
    pub history: &'a History,
    /// The version that is shown.
    pub policy: &'a Policy,
    /// Which texts are seen.
    pub sight: Sight,
    /// The cases that stand beside it and are decided under that version, by their names.
    pub cases: &'a [CaseTold<'a>],
    /// The text that changes are told from, with what people call it.
    pub since: Option<(&'a str, &'a Policy)>,
    /// The language of frame words.
    pub lang: Lang,
}

/// A case as its page tells it.
pub struct CaseTold<'a> {
    /// Its name.
    pub name: &'a str,
    /// The version that decided it.
    pub policy: &'a Policy,
    /// What was decided.
    pub decision: &'a Decision,
}

impl PolicyPage<'_> {
    /// As one HTML page that needs nothing else.
    pub fn html(&self) -> String {
        render::html::page(&self.document(), self.lang)
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        render::markdown::page(&self.document(), self.lang)
    }

    /// As a document of a word processor.
    #[cfg(feature = "docx")]
    pub fn docx(&self) -> Vec<u8> {
        render::docx::document(&self.document(), self.lang)
    }

    /// What is told, before any layout.
    pub(crate) fn document(&self) -> Document {
        let policy = self.policy;
        let entries = Entry::all(policy);
        let mut sections = Vec::new();
        self.changes(&mut sections);
        self.contents(&entries, &mut sections);
        self.texts(&mut sections);
        sections.extend(readings::section(self, &entries));
        self.rules(&entries, &mut sections);
        self.figures(&entries, &mut sections);
        self.deadlines(&entries, &mut sections);
        self.silences(&entries, &mut sections);
        sections.push(questions::section(policy, self.lang));
        let mut history = render::history::sections(self.history, &self.sight, self.lang);
        if let Some(first) = history.first_mut() {
            first.blocks.insert(0, Block::Picture(timeline(self.history, &self.sight, self.lang)));
        }
        sections.extend(history);
        proof::sections(self, &entries, &mut sections);
        self.as_written(&mut sections);
        self.review(&mut sections);
        Document {
            head: Vec::new(),
            title: policy.title.to_string(),
            subtitle: self.subtitle(),
            verdict: None,
            sections,
            hint: None,
        }
    }

    fn say(&self, french: &'static str, english: &'static str) -> &'static str {
        self.lang.pick(french, english)
    }

    fn section(&self, title: (&'static str, &'static str), blocks: Vec<Block>, sections: &mut Vec<Section>) {
        if !blocks.is_empty() {
            sections.push(Section { title: self.say(title.0, title.1).to_owned(), blocks });
        }
    }

    fn subtitle(&self) -> Vec<String> {
        let policy = self.policy;
        let wording = self.lang.wording();
        let from = policy.from.map(|day| {
            format!("{} {}", self.say("en vigueur depuis le", "in force since"), wording.date(day))
        });
        let until =
            policy.until.map(|day| format!("{} {}", self.say("jusqu'au", "until"), wording.date(day)));
        let when: Vec<String> = from.into_iter().chain(until).collect();
        let mut lines = Vec::new();
        if !when.is_empty() {
            lines.push(when.join(", "));
        }
        for text in policy.version.texts.iter().filter(|text| text.number.is_some()) {
            let number = text.number.map_or_else(String::new, |number| number.to_string());
            let amended = self.say("avec l'avenant n°", "with amendment no.");
            lines.push(format!("{amended} {number} {}", self.lang.quoted(&text.title)));
        }
        let mark: String = policy.sha256.chars().take(12).collect();
        lines.push(
            self.lang
                .pair(self.say("empreinte du texte (SHA-256)", "SHA-256 of the text"), &format!("{mark}…")),
        );
        lines
    }

    /// What changed, at the head, where a date or a version is given.
    fn changes(&self, sections: &mut Vec<Section>) {
        let Some((name, before)) = self.since else { return };
        let title = format!("{} {name}", self.say("Ce qui a changé depuis", "What changed since"));
        let changes = diff::changes(before, self.policy);
        let blocks = match changes.is_empty() {
            true => vec![Block::Para(
                self.say("Rien : les deux textes disent la même chose.", "Nothing.").to_owned(),
            )],
            false => changes.iter().map(|change| render::diff::block(change, self.lang)).collect(),
        };
        sections.push(Section { title, blocks });
    }

    fn contents(&self, entries: &[Entry<'_>], sections: &mut Vec<Section>) {
        let lines = entries.iter().map(|entry| vec![self.link(entry)]).collect();
        let blocks = vec![Block::Folded {
            title: self.say("Toutes les règles, une par une", "All rules, one by one").to_owned(),
            blocks: vec![Block::List(lines)],
        }];
        self.section(("Sommaire", "Contents"), blocks, sections);
    }

    fn link(&self, entry: &Entry<'_>) -> Cell {
        Cell::link(entry.title(self.lang), Target::Here(entry.anchor()))
    }

    fn reading_link(&self, name: &str) -> Cell {
        let whole = format!("lecture {name}");
        Cell::link(entry::title(&whole, name, self.lang), Target::Here(anchor(&whole)))
    }

    /// What is quoted, and what of it binds.
    fn texts(&self, sections: &mut Vec<Section>) {
        let terms = self.policy.sources.iter().map(|source| {
            let name = Cell::plain(source.name.to_string());
            let said =
                format!("{}, {}", self.lang.quoted(&one_line(&source.title)), self.nature(source.binding));
            Block::Part {
                anchor: Some(source_anchor(&source.name)),
                title: name.text,
                blocks: vec![Block::Para(said)],
            }
        });
        let mut blocks: Vec<Block> = terms.collect();
        blocks.extend(self.passages(&self.policy.citations));
        self.section(("Les textes", "The texts"), blocks, sections);
    }

    fn nature(&self, binding: bool) -> &'static str {
        match binding {
            true => self.say("texte opposable", "binding text"),
            false => self.say("document d'information", "information document"),
        }
    }

    /// Passages, each with its source and whether that binds.
    fn passages(&self, citations: &[Citation]) -> Vec<Block> {
        citations
            .iter()
            .map(|citation| {
                let source = &self.policy.sources[citation.source.index()];
                let place = citation.place.as_deref().map_or_else(String::new, |place| format!(", {place}"));
                let named = format!("{}{place} ({})", source.name, self.nature(source.binding));
                Block::Passage {
                    source: Cell::link(named, Target::Here(source_anchor(&source.name))),
                    binding: source.binding,
                    passage: citation.quote.as_deref().map(one_line),
                }
            })
            .collect()
    }

    fn rules(&self, entries: &[Entry<'_>], sections: &mut Vec<Section>) {
        let rules = Rules { policy: self.policy, lang: self.lang };
        let mut blocks = Vec::new();
        for entry in entries {
            let mut left = self.passages(&entry.head.citations);
            for derogation in entry.unless(self.policy) {
                left.extend(self.passages(&derogation.citations));
            }
            if left.is_empty() {
                let none =
                    self.say("Aucun passage : l'auteur définit lui-même.", "No passage: the author's own.");
                left.push(Block::Para(none.to_owned()));
            }
            let mut right = match entry.what {
                What::Item(item) => rules.item(item),
                What::Definition(id) => rules.definition(&self.policy.definitions[id.index()]),
                What::Parameter(id) => rules.parameter(&self.policy.parameters[id.index()]),
                What::Coherence(rank) => rules.coherence(self.policy.coherences[rank].condition),
            };
            right.extend(self.names(entry, entries));
            for note in &entry.head.notes {
                right.push(Block::Para(
                    self.lang.pair(self.say("Note de l'auteur", "Author's note"), &one_line(note)),
                ));
            }
            let written = self.policy.file.slice(entry.head.whole).to_owned();
            right.push(Block::Folded {
                title: self.written_at(entry),
                blocks: vec![Block::ToWrite(written.trim_end().to_owned())],
            });
            blocks.push(Block::Part {
                anchor: Some(entry.anchor()),
                title: entry.title(self.lang),
                blocks: vec![Block::Beside(vec![left, right])],
            });
        }
        self.section(("Les règles, à côté des textes", "The rules beside the texts"), blocks, sections);
    }

    fn written_at(&self, entry: &Entry<'_>) -> String {
        let (file, span) = self.policy.file.origin(entry.head.whole);
        let line = file.line_of(span.start);
        let told = self.say("Tel qu'il est écrit", "As written");
        format!("{told} ({}, {} {line})", file.name(), self.say("ligne", "line"))
    }

    /// The rules that a rule names, as links.
    fn names(&self, entry: &Entry<'_>, entries: &[Entry<'_>]) -> Option<Block> {
        let policy = self.policy;
        let mut cells = vec![Cell::plain(self.say("S'appuie sur :", "Rests on:"))];
        for named in entry.names(policy) {
            let found =
                |what: What| entries.iter().find(|other| other.what == what).map(|other| self.link(other));
            cells.extend(match named {
                Named::Item(item) => found(What::Item(item)),
                Named::Definition(id) => found(What::Definition(id)),
                Named::Parameter(id) => found(What::Parameter(id)),
                Named::Reading(id) => Some(self.reading_link(&policy.readings[id.index()].head.name)),
            });
        }
        (cells.len() > 1).then(|| Block::Line(separated(cells)))
    }

    fn figures(&self, entries: &[Entry<'_>], sections: &mut Vec<Section>) {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for entry in entries {
            let unless = entry.unless(self.policy).iter().flat_map(|derogation| &derogation.citations);
            let citations: Vec<&Citation> = entry.head.citations.iter().chain(unless).collect();
            // Figures of one rule that one passage says stand together.
            let mut together: Vec<(Vec<Figure>, String)> = Vec::new();
            for figure in figures::of(self.policy, entry, self.lang) {
                let passage = self.said_by(&figures::passages(&citations, &figure.written));
                match together.iter_mut().find(|(_, known)| *known == passage) {
                    Some((figures, _)) if figures.iter().any(|one| one.said == figure.said) => {}
                    Some((figures, _)) => figures.push(figure),
                    None => together.push((vec![figure], passage)),
                }
            }
            for (figures, passage) in together {
                let said: Vec<&str> = figures.iter().map(|figure| figure.said.as_str()).collect();
                let kinds: BTreeSet<figures::Kind> = figures.iter().map(|figure| figure.kind).collect();
                let kinds: Vec<&str> = kinds.into_iter().map(|kind| kind.word(self.lang)).collect();
                rows.push(vec![
                    Cell::plain(said.join(self.lang.then())),
                    Cell::plain(kinds.join(", ")),
                    self.link(entry),
                    Cell::plain(passage),
                ]);
            }
        }
        if rows.is_empty() {
            return;
        }
        let heads = [
            ("Ce qui est dit", "What is said"),
            ("Nature", "Kind"),
            ("Règle", "Rule"),
            ("Passage", "Passage"),
        ];
        let grid = Grid {
            caption: self
                .say(
                    "Seuils, montants, taux, délais et dates",
                    "Thresholds, amounts, rates, time limits, dates",
                )
                .to_owned(),
            heads: heads.map(|(fr, en)| self.say(fr, en).to_owned()).to_vec(),
            rows,
        };
        self.section(("Tous les chiffres", "All figures"), vec![Block::Grid(grid)], sections);
    }

    /// Passages in a line, each with the name of its source.
    fn said_by(&self, passages: &[&Citation]) -> String {
        let told = passages.iter().map(|citation| {
            let source = &self.policy.sources[citation.source.index()].name;
            let quote = citation.quote.as_deref().map(one_line).unwrap_or_default();
            self.lang.pair(source, &self.lang.quoted(&quote))
        });
        match passages.is_empty() {
            true => self.say("aucun passage cité", "no passage quoted").to_owned(),
            false => told.collect::<Vec<_>>().join(self.lang.then()),
        }
    }

    fn deadlines(&self, entries: &[Entry<'_>], sections: &mut Vec<Section>) {
        let rules = Rules { policy: self.policy, lang: self.lang };
        let terms = entries.iter().filter_map(|entry| match entry.what {
            What::Item(item @ ItemRef::Obligation(_)) => Some((vec![self.link(entry)], rules.item(item))),
            _ => None,
        });
        let terms: Vec<_> = terms.collect();
        if !terms.is_empty() {
            self.section(("Les délais à tenir", "Time limits"), vec![Block::Terms(terms)], sections);
        }
    }

    /// What the texts leave silent, in their author's words.
    fn silences(&self, entries: &[Entry<'_>], sections: &mut Vec<Section>) {
        let mut terms: Vec<(Vec<Cell>, Vec<Block>)> = Vec::new();
        let notes = |notes: &[std::sync::Arc<str>]| -> Vec<Block> {
            notes.iter().map(|note| Block::Para(one_line(note))).collect()
        };
        if !self.policy.notes.is_empty() {
            terms.push((
                vec![Cell::plain(self.say("le texte dans son ensemble", "the whole text"))],
                notes(&self.policy.notes),
            ));
        }
        for reading in self.policy.readings.iter().filter(|reading| !reading.head.notes.is_empty()) {
            terms.push((vec![self.reading_link(&reading.head.name)], notes(&reading.head.notes)));
        }
        for entry in entries.iter().filter(|entry| !entry.head.notes.is_empty()) {
            terms.push((vec![self.link(entry)], notes(&entry.head.notes)));
        }
        if !terms.is_empty() {
            self.section(
                ("Ce que les textes taisent, et ce que l'auteur en a fait", "What the texts leave silent"),
                vec![Block::Terms(terms)],
                sections,
            );
        }
    }

    fn as_written(&self, sections: &mut Vec<Section>) {
        let text = self.policy.file.text();
        let own = self.policy.version.leaned_from.and_then(|from| text.get(..from as usize)).unwrap_or(text);
        let blocks = vec![Block::Folded {
            title: self
                .say("Le texte entier, tel que conforme le lit", "The whole text, as conforme reads it")
                .to_owned(),
            blocks: vec![Block::ToWrite(own.trim_end().to_owned())],
        }];
        self.section(("Le texte", "The text"), blocks, sections);
    }

    fn review(&self, sections: &mut Vec<Section>) {
        let mark: String = self.policy.sha256.chars().take(12).collect();
        let read = self.lang.pair(self.say("Texte relu (empreinte)", "Text reviewed (SHA-256)"), &mark);
        let blank = |lead: &str| format!("{lead} …………………………………………");
        let lines = [
            ("Relu par (prénom, nom, qualité) :", "Reviewed by (name, quality):"),
            ("Le :", "On:"),
            (
                "Avis : ☐ conforme aux textes   ☐ conforme, avec les réserves ci-dessous   ☐ à corriger",
                "Opinion: ☐ agrees with the texts   ☐ agrees, but for what follows   ☐ to be corrected",
            ),
            ("Réserves :", "But for:"),
            ("Signature :", "Signature:"),
        ];
        let lines = lines
            .map(|(fr, en)| self.say(fr, en))
            .map(|line| if line.contains('☐') { line.to_owned() } else { blank(line) });
        let blocks = vec![Block::Signature(std::iter::once(read).chain(lines).collect())];
        self.section(("Relecture", "Review"), blocks, sections);
    }
}

/// Links with a comma between them; the first piece leads.
fn separated(cells: Vec<Cell>) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::new();
    for (rank, cell) in cells.into_iter().enumerate() {
        if rank > 1 {
            out.push(Cell::plain(","));
        }
        out.push(cell);
    }
    out
}

fn source_anchor(name: &str) -> String {
    format!("texte-{}", anchor(name))
}
