//! A decision as people read it, before any layout: sections, lines, signs and passages.
//!
//! Architecture invariant: one report, several printers. A report holds words and no layout: no
//! width, no colour, no mark-up. Spaces are plain; the printers put the no-break ones.

mod aside;
mod ask;
mod compared;
mod conditions;
mod detail;
mod excerpt;
mod follow_up;
mod funding;
mod hinge;
mod passages;
mod readings;
mod results;
mod scale;
mod sharing;
mod version;

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::decision::{Decision, Outcome, Status, Warning};
use crate::diagnostic::Label;
use crate::dossier::Dossier;
use crate::policy::{Citation, FundingKind, Policy, ReadingId, SourceId};
use crate::render::words::{Words, one_line};
use crate::render::{Explain, Lang};

/// What is told of a decision.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    /// What was decided on.
    pub(crate) title: String,
    /// Under what, and when.
    pub(crate) subtitle: Vec<String>,
    /// The outcome, and why in a line, where something was decided.
    pub(crate) verdict: Option<Verdict>,
    pub(crate) sections: Vec<Section>,
    /// How to know more, for who reads it in a terminal.
    pub(crate) hint: Option<String>,
}

/// The outcome.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    pub(crate) word: String,
    pub(crate) tone: Tone,
    pub(crate) why: String,
}

/// A part with its title; the one under the verdict has none.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// A sentence or more.
    Para(String),
    /// A line with a sign, and what is said of it.
    Item { sign: Sign, title: String, blocks: Vec<Block> },
    /// A name with what is said of it; no sign.
    Entry { title: String, blocks: Vec<Block> },
    /// Rows of cells, aligned; the last cell takes what room is left.
    Table(Vec<Vec<Cell>>),
    /// A passage of a source, word for word.
    Quote { source: String, passage: Option<String> },
    /// What is to be typed as it is.
    ToWrite(String),
    /// A question to ask.
    Ask { rank: usize, question: String, lines: Vec<String> },
    /// Places in the policy and the dossier.
    Frames(Vec<Label>),
    /// Steps of a calculation.
    Tree(Vec<Node>),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) tone: Tone,
    /// A sign in a column of its own.
    pub(crate) sign: Option<Sign>,
}

impl Cell {
    pub(crate) fn plain(text: impl Into<String>) -> Cell {
        Cell::toned(text, Tone::Plain)
    }

    pub(crate) fn toned(text: impl Into<String>, tone: Tone) -> Cell {
        Cell { text: text.into(), tone, sign: None }
    }

    pub(crate) fn sign(sign: Sign) -> Cell {
        Cell { text: sign.character().to_owned(), tone: sign.tone(), sign: Some(sign) }
    }
}

/// A step of a calculation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) sign: Option<Sign>,
    pub(crate) text: String,
    pub(crate) inner: Vec<Node>,
}

impl Node {
    /// Says which element of a list it is about, where it does not yet.
    pub(super) fn of_element(&mut self, element: &str) {
        if !self.text.starts_with(element) {
            self.text = format!("{element}, {}", self.text);
        }
    }
}

/// What stands before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Holds.
    Yes,
    /// Fails.
    No,
    /// Open.
    Open,
    /// Not applicable.
    Aside,
    /// Depends on the reading.
    Depends,
}

impl Sign {
    pub(crate) fn character(self) -> &'static str {
        match self {
            Sign::Yes => "✔",
            Sign::No => "✘",
            Sign::Open => "?",
            Sign::Aside => "–",
            Sign::Depends => "~",
        }
    }

    pub(crate) fn tone(self) -> Tone {
        match self {
            Sign::Yes => Tone::Good,
            Sign::No => Tone::Bad,
            Sign::Open | Sign::Depends => Tone::Open,
            Sign::Aside => Tone::Faint,
        }
    }

    /// For those who hear a page instead of seeing it.
    pub(crate) fn word(self, lang: Lang) -> &'static str {
        match self {
            Sign::Yes => lang.pick("oui", "yes"),
            Sign::No => lang.pick("non", "no"),
            Sign::Open => lang.pick("à établir", "to be settled"),
            Sign::Aside => lang.pick("sans objet", "not applicable"),
            Sign::Depends => lang.pick("selon la lecture", "depends on the reading"),
        }
    }

    pub(crate) fn of(status: Status) -> Sign {
        match status {
            Status::Met
            | Status::Waived
            | Status::Reached
            | Status::Covered
            | Status::Due
            | Status::Fulfilled
            | Status::Favourable => Sign::Yes,
            Status::NotMet | Status::Missed | Status::Unfavourable => Sign::No,
            Status::NotReached
            | Status::NotCovered
            | Status::NotDue
            | Status::Elapsed
            | Status::NotApplicable => Sign::Aside,
            Status::Pending | Status::Undetermined => Sign::Open,
            Status::DependsOnReading => Sign::Depends,
        }
    }
}

/// What colour repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Good,
    Bad,
    Open,
    Faint,
}

impl Tone {
    pub(crate) fn of(outcome: Outcome) -> Tone {
        match outcome {
            Outcome::Favourable | Outcome::Calculated => Tone::Good,
            Outcome::Unfavourable => Tone::Bad,
            Outcome::Incomplete | Outcome::DependsOnReading => Tone::Open,
        }
    }
}

/// Makes a report out of a decision.
struct Builder<'a> {
    words: Words<'a>,
    decision: &'a Decision,
    explain: Explain,
    /// The sources that have been named so far, by their short names.
    named: RefCell<BTreeSet<SourceId>>,
    /// The readings of which an option has been told so far.
    read: RefCell<BTreeSet<ReadingId>>,
}

impl Report {
    /// The report of a decision.
    pub(crate) fn new(
        policy: &Policy,
        dossier: &Dossier,
        decision: &Decision,
        explain: Explain,
        lang: Lang,
    ) -> Report {
        let words = Words::new(policy, dossier, decision.examined_on, lang);
        Builder { words, decision, explain, named: RefCell::default(), read: RefCell::default() }.report()
    }
}

impl Builder<'_> {
    fn report(&self) -> Report {
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
        Report { title, subtitle, verdict: Some(verdict), sections, hint }
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

    fn to_know(&self, sections: &mut Vec<Section>) {
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
