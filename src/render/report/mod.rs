//! A decision as people read it, before any layout.

mod aside;
mod ask;
mod cases;
mod compared;
mod conditions;
mod detail;
mod excerpt;
mod follow_up;
mod funding;
mod hinge;
mod passages;
mod person;
mod readings;
mod results;
mod scale;
mod sharing;
mod version;

pub(crate) use person::{Condition, Exempted};

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::decision::{Decision, Warning};
use crate::dossier::Dossier;
use crate::policy::{Citation, FundingKind, Policy, ReadingId, SourceId};
use crate::render::document::{Block, Cell, Document, Node, Section, Sign, Tone, Verdict};
use crate::render::words::{Words, one_line};
use crate::render::{Explain, Lang};

/// Makes a report out of a decision.
pub(crate) struct Builder<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) decision: &'a Decision,
    explain: Explain,
    /// Whether it stands beside the form that the dossier is filled in with.
    by_form: bool,
    /// The sources that have been named so far, by their short names.
    named: RefCell<BTreeSet<SourceId>>,
    /// The readings of which an option has been told so far.
    read: RefCell<BTreeSet<ReadingId>>,
}

/// The report of a decision.
pub(crate) fn of(
    policy: &Policy,
    dossier: &Dossier,
    decision: &Decision,
    explain: Explain,
    lang: Lang,
) -> Document {
    builder(policy, dossier, decision, explain, lang).report()
}

/// The same beside the form of the dossier, which says itself where each answer goes.
pub(crate) fn by_form(policy: &Policy, dossier: &Dossier, decision: &Decision, lang: Lang) -> Document {
    let builder = builder(policy, dossier, decision, Explain::Brief, lang);
    Document { hint: None, ..Builder { by_form: true, ..builder }.report() }
}

fn builder<'a>(
    policy: &'a Policy,
    dossier: &'a Dossier,
    decision: &'a Decision,
    explain: Explain,
    lang: Lang,
) -> Builder<'a> {
    let words = Words::new(policy, dossier, decision.examined_on, lang);
    let (named, read) = (RefCell::default(), RefCell::default());
    Builder { words, decision, explain, by_form: false, named, read }
}

impl Builder<'_> {
    fn report(&self) -> Document {
        let (words, decision) = (&self.words, self.decision);
        let policy = words.policy;
        let (title, mut subtitle) = match &words.dossier.name {
            Some(name) => (name.to_string(), vec![policy.title.to_string()]),
            None => (policy.title.to_string(), Vec::new()),
        };
        subtitle.push(self.dates());
        subtitle.extend(words.amendments());
        subtitle.extend(words.leaned());
        subtitle.extend(words.version_reasons(decision.version.as_deref()));
        let verdict = Verdict {
            word: words.outcome(decision.outcome).to_uppercase(),
            tone: Tone::of(decision.outcome),
            why: words.verdict(decision),
        };
        let mut sections = Vec::new();
        self.versions(&mut sections);
        self.decisive_readings(&mut sections);
        self.questions(&mut sections);
        self.conditions(&mut sections);
        self.retained_readings(&mut sections);
        self.results(&mut sections);
        self.fundings(FundingKind::Funding, &mut sections);
        self.fundings(FundingKind::Contribution, &mut sections);
        self.obligations(&mut sections);
        self.objectives(&mut sections);
        self.missions(&mut sections);
        self.other_questions(&mut sections);
        if self.explain == Explain::Full {
            self.detail(&mut sections);
        }
        self.to_know(&mut sections);
        self.cited_readings(&mut sections);
        self.legend(&mut sections);
        let hint = (self.explain == Explain::Brief).then(|| {
            words
                .say(
                    "Pour le détail de chaque calcul : ajouter --explain full à la commande",
                    "For every calculation in full: add --explain full to the command",
                )
                .to_owned()
        });
        Document { head: Vec::new(), title, subtitle, verdict: Some(verdict), sections, hint }
    }

    fn dates(&self) -> String {
        let words = &self.words;
        let examined = format!(
            "{} {}",
            words.say("dossier examiné le", "dossier examined on"),
            words.date(self.decision.examined_on)
        );
        match words.base_text() {
            version if version.is_empty() => examined,
            version => format!("{version} · {examined}"),
        }
    }

    pub(crate) fn to_know(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let warnings = &self.decision.warnings;
        let mut blocks = self.unsigned();
        let others = warnings.iter().filter(|warning| !is_unsigned(warning));
        // Two rules that count the same months from one date are told in the same words.
        let mut said: Vec<String> = others.map(|warning| words.warning(warning)).collect();
        let mut told = BTreeSet::new();
        said.retain(|sentence| told.insert(sentence.clone()));
        blocks.extend(said.into_iter().map(Block::Para));
        if self.explain == Explain::Full {
            let policy = words.policy;
            let heads = policy.items().map(|item| policy.head(item));
            let noted = heads.filter(|head| !head.notes.is_empty());
            let notes = noted.flat_map(|head| head.notes.iter().map(move |note| (&head.name, note)));
            let said: Vec<Block> = notes
                .map(|(name, note)| {
                    let label = format!(
                        "{} {}",
                        words.say("Note de l'auteur,", "Author's note,"),
                        words.quoted(name)
                    );
                    Block::Para(words.pair(&label, &one_line(note)))
                })
                .collect();
            blocks.extend(said);
        }
        if !blocks.is_empty() {
            sections.push(Section { title: words.say("À savoir", "Good to know").to_owned(), blocks });
        }
    }

    /// The judgements, then the readings, that lack an author or a reason: a sentence each.
    fn unsigned(&self) -> Vec<Block> {
        let words = &self.words;
        let warnings = &self.decision.warnings;
        let named = |of: &dyn Fn(&Warning) -> Option<String>| -> Vec<String> {
            warnings.iter().filter_map(of).collect()
        };
        let judged = named(&|warning| match warning {
            Warning::JudgementUnsigned(place) => Some(words.quoted(&words.label(*place))),
            _ => None,
        });
        let retained = named(&|warning| match warning {
            Warning::ReadingUnsigned(reading) => Some(words.quoted(words.reading(*reading))),
            _ => None,
        });
        let (readings, who) = match retained.len() {
            1 => (words.say("la lecture ", "the reading "), words.say("qui l'a retenue", "who retained it")),
            _ => (
                words.say("les lectures ", "the readings "),
                words.say("qui les a retenues", "who retained them"),
            ),
        };
        let asked = [(judged, "", words.say("qui en a jugé", "who judged")), (retained, readings, who)];
        let asked = asked.into_iter().filter(|(names, ..)| !names.is_empty());
        let said = asked.map(|(names, kind, who)| {
            let ask = words.say("À préciser dans le dossier pour", "To be said in the dossier for");
            let why = words.say("et pourquoi (motif)", "and why (motif)");
            let head = format!("{ask} {kind}{}", words.list(&names, ("et", "and")));
            Block::Para(words.pair(&head, &format!("{who} (par) {why}.")))
        });
        said.collect()
    }

    /// The short name of a source, with the place in it: the legend then tells its title.
    fn source(&self, citation: &Citation) -> String {
        self.named.borrow_mut().insert(citation.source);
        let name = &self.words.policy.sources[citation.source.index()].name;
        match &citation.place {
            Some(place) => format!("{name}, {place}"),
            None => name.to_string(),
        }
    }

    /// What the short names of sources stand for, where any was used.
    fn legend(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let named = self.named.borrow();
        let rows = named.iter().map(|id| {
            let source = &words.policy.sources[id.index()];
            let nature = match source.binding {
                true => words.say("texte opposable", "binding text"),
                false => words.say("document d'information", "information document"),
            };
            let title = words.quoted(&one_line(&source.title));
            vec![Cell::plain(source.name.to_string()), Cell::plain(format!("{title}, {nature}"))]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        if !rows.is_empty() {
            let title = words.say("Textes cités", "Texts cited").to_owned();
            sections.push(Section { title, blocks: vec![Block::Table(rows)] });
        }
    }

    /// The passages of an item or definition.
    fn quotes(&self, citations: &[Citation]) -> Vec<Block> {
        citations
            .iter()
            .map(|citation| {
                let source = self.source(citation);
                Block::Quote { source, passage: citation.quote.as_deref().map(one_line) }
            })
            .collect()
    }
}

/// Whether it asks for an author or a reason.
fn is_unsigned(warning: &Warning) -> bool {
    match warning {
        Warning::JudgementUnsigned(_) | Warning::ReadingUnsigned(_) => true,
        Warning::NotBinding(_)
        | Warning::ReasonsRequired
        | Warning::TrialLimit(_)
        | Warning::AccentsDiffer { .. }
        | Warning::WideRange(_)
        | Warning::Unread(_)
        | Warning::OldValue(..)
        | Warning::UnknownValue(..)
        | Warning::Tied { .. }
        | Warning::MissingDay { .. } => false,
    }
}
