//! From the syntax tree to a checked policy.
//!
//! Names are resolved, expressions are typed and lowered into [`crate::policy`], then what must be
//! proved is proved ([`proof`]). All mistakes of a file are found in one run, one message for one
//! mistake: what depends on a mistake that has been reported is left without a word.
//!
//! The path: [`names`] and [`declare`] gather what is declared, [`facts`] reads the `dossier`
//! blocks, [`order`] says which item reads which and puts them in order, [`item`] lowers each with
//! [`expr`] and its kin, [`unused`] says what nothing reads.

mod aggregate;
mod announced;
mod arithmetic;
mod asked;
mod body;
mod cited;
mod clause;
mod columns;
mod compare;
mod component;
pub(crate) mod constant;
mod covered;
mod declare;
mod depth;
mod each;
mod element;
mod expr;
mod facts;
mod given;
mod glued;
mod grouping;
pub(crate) mod item;
mod labels;
mod leaning;
mod lookup;
mod lost;
mod month;
mod names;
mod options;
mod order;
mod period;
mod phrase;
pub mod proof;
mod read;
mod remedy;
mod reserved;
mod seen;
mod sharing;
mod silent;
mod table;
mod texts;
mod tried;
mod turned;
mod types;
mod unused;
mod words;

use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::currency::Currency;
use crate::diagnostic::{Diagnostic, Label};
use crate::policy::{self, Choice, Declared, ExprId, ExprKind, Exprs, ItemRef, Policy, Type};
use crate::source::{SourceFile, Span};
use crate::syntax;
use crate::syntax::tree::Document;
use crate::value::Value;
use lost::Lost;
use names::{Names, What};
use read::{Read, read, read_noting, read_parsed};
pub use seen::{Named, Said, Seen, Sort, seen};
use types::Ty;

/// How many places one message shows.
const MOST_PLACES: usize = 8;

/// What the check of a file found.
#[derive(Debug)]
pub struct Checked {
    /// The policy, where no error was found.
    pub policy: Option<Policy>,
    /// Errors and warnings, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a consolidated text is made of, which its file does not say.
#[derive(Debug, Clone, Default)]
pub struct Consolidation {
    /// The base text, then the amendments, as they were applied.
    pub texts: Vec<policy::TextOf>,
    /// The amendments in force that were not applied.
    pub aside: Vec<policy::TextOf>,
    /// The amendment that each condition of the header is of, by rank.
    pub scopes: Vec<usize>,
    /// Facts of amendments that do not go to this text's dossiers: they are asked all the same.
    pub beside: Vec<Arc<str>>,
    /// Facts that are asked no more, each with the text that repealed it, by rank in `texts`.
    pub repealed: Vec<(Arc<str>, usize)>,
    /// The texts that it leans on, whose lines follow its own.
    pub leaned: Vec<policy::LeanedOn>,
}

impl Consolidation {
    /// Whether it is a text as it was written, with those that it leans on.
    fn is_unchanged(&self) -> bool {
        let Consolidation { texts, aside, scopes, beside, repealed, leaned: _ } = self;
        let changed = !aside.is_empty() || !scopes.is_empty() || !beside.is_empty() || !repealed.is_empty();
        texts.len() <= 1 && !changed
    }

    /// What a policy that is a consolidated text was made of; nothing of one that no amendment touches.
    pub fn of(policy: &Policy) -> Option<Consolidation> {
        let version = &policy.version;
        let path = |declared: &Declared| match *declared {
            Declared::Fact(fact) => Arc::clone(&policy.facts[fact.index()].path),
            Declared::List(list) => Arc::clone(&policy.lists[list.index()].path),
            Declared::Field(field) => {
                let field = &policy.fields[field.index()];
                Arc::from(format!("{}.{}", policy.lists[field.list.index()].path, field.name))
            }
        };
        let touched = !version.leaned.is_empty()
            || version.texts.len() > 1
            || !version.aside.is_empty()
            || !version.scopes.is_empty();
        touched.then(|| Consolidation {
            texts: version.texts.clone(),
            aside: version.aside.clone(),
            scopes: version.scopes.iter().map(|(rank, _)| *rank).collect(),
            beside: version.beside.iter().map(path).collect(),
            repealed: version.repealed.clone(),
            leaned: version.leaned.clone(),
        })
    }
}

/// Checks a policy file. What an amendment says is checked in the texts that it makes
/// ([`crate::history`]): of its file, only whether it reads.
pub fn check(file: &Arc<SourceFile>) -> Checked {
    let (document, problems) = syntax::parse(file);
    check_parsed(&document, &problems)
}

/// Checks a policy file of which this is the syntax, with what is wrong with it.
pub(crate) fn check_parsed(document: &Document, problems: &[Diagnostic]) -> Checked {
    check_as(document, problems, None)
}

/// Checks a consolidated text.
pub fn check_consolidated(file: &Arc<SourceFile>, consolidation: &Consolidation) -> Checked {
    let (document, problems) = syntax::parse(file);
    check_as(&document, &problems, Some(consolidation))
}

/// Whether a text reads, whatever is not proved of it.
pub fn reads(file: &Arc<SourceFile>) -> bool {
    read(file, None).policy.is_some()
}

/// The errors of a text, by themselves: what may mend them is not looked for.
pub fn errors(file: &Arc<SourceFile>, consolidation: Option<&Consolidation>) -> Vec<Diagnostic> {
    let Read { policy, mut diagnostics, .. } = read(file, consolidation);
    if let Some(policy) = &policy {
        match depth::check_depth(policy) {
            Some(refused) => diagnostics.push(refused),
            None => diagnostics.extend(proof::prove(policy)),
        }
    }
    diagnostics.retain(Diagnostic::is_error);
    diagnostics
}

fn check_as(document: &Document, problems: &[Diagnostic], consolidation: Option<&Consolidation>) -> Checked {
    let file = &document.file;
    let parsed = (document.clone(), problems.to_vec());
    let Read { mut policy, mut diagnostics, leaned_from, currency } =
        read_parsed(parsed, consolidation, &mut |_| {});
    let is_written_so = consolidation.is_none_or(Consolidation::is_unchanged);
    if let Some(checked) = &policy {
        match depth::check_depth(checked) {
            Some(refused) => diagnostics.push(refused),
            None => diagnostics.extend(proof::prove(checked)),
        }
        if is_written_so {
            tried::settle_proved(file, &mut diagnostics);
        }
        if diagnostics.iter().any(Diagnostic::is_error) {
            policy = None;
        }
    } else if is_written_so {
        tried::settle(file, document, &mut diagnostics);
    }
    // What is to be said of a text that is right is said where it is checked itself.
    let told_there = |diagnostic: &Diagnostic| {
        let place = diagnostic.labels.first().map(|label| label.span.start);
        !diagnostic.is_error() && place.zip(leaned_from).is_some_and(|(at, from)| at >= from)
    };
    diagnostics.retain(|diagnostic| !told_there(diagnostic));
    diagnostics.sort_by_key(|d| d.labels.first().map(|label| label.span));
    // Parameters side by side share lines, and what is wrong with them.
    diagnostics.dedup();
    // A text that writes of euros itself is told in its own words.
    if !["€", "euro", "centime"].iter().any(|euros| file.text().contains(euros)) {
        diagnostics.iter_mut().for_each(|diagnostic| count_in(currency, diagnostic));
    }
    Checked { policy, diagnostics }
}

/// Examples of amounts are in the currency of the text that they help with; what names the currencies is none.
fn count_in(currency: Currency, diagnostic: &mut Diagnostic) {
    if diagnostic.code == "monnaie-inconnue" {
        return;
    }
    let labels = diagnostic.labels.iter_mut().map(|label| &mut label.text);
    for said in labels.chain([&mut diagnostic.message]).chain(&mut diagnostic.help) {
        *said = currency.examples(said);
    }
}

/// What an item of the file is in the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// A `dossier` block.
    Dossier,
    /// A source.
    Source(policy::SourceId),
    /// A coherence rule.
    Coherence(policy::CoherenceId),
    /// A parameter.
    Parameter(policy::ParameterId),
    /// A reading.
    Reading(policy::ReadingId),
    /// A definition; its slot is given when it is lowered, in the order of reading.
    Definition,
    /// A result: reported, and read as a value.
    Result(policy::FundingId),
    /// Another item that a decision reports.
    Reported(ItemRef),
    /// An item of a text that is leaned on: a definition here.
    Leaned,
    /// A second decision: its mistake has been reported.
    Refused,
}

/// An expression that was typed and lowered.
#[derive(Debug, Clone, Copy)]
struct Typed {
    id: ExprId,
    ty: Ty,
    span: Span,
}

/// What is known of a definition once it is lowered.
#[derive(Debug, Clone, Copy)]
struct Lowered {
    /// Of a period, that of its first day; that of its last day comes next.
    id: policy::DefinitionId,
    ty: Ty,
    is_period: bool,
}

/// What is kept of each expression beside the policy.
#[derive(Debug, Clone, Copy, Default)]
struct Trait {
    /// 1 + that of its deepest operand.
    depth: usize,
    /// Whether it may be a range, by way of the amount of a financing.
    ranged: bool,
}

/// One run over one file.
struct Checker<'a> {
    doc: &'a Document,
    file: &'a Arc<SourceFile>,
    /// What could not be read.
    lost: Lost<'a>,
    names: Names,
    slots: Vec<Slot>,
    choices: Vec<Choice>,
    /// Choice types by what they are.
    interned: HashMap<(Vec<Arc<str>>, bool), policy::ChoiceId>,
    /// Where each choice type is first declared.
    choice_spans: Vec<Span>,
    exprs: Exprs,
    traits: Vec<Trait>,
    poison: ExprId,
    nesting: usize,
    facts: Vec<policy::Fact>,
    lists: Vec<policy::List>,
    fields: Vec<policy::Field>,
    periods: Vec<policy::Period>,
    declared: Vec<policy::Declared>,
    /// Where the syntax held mistakes: the groups and lists that facts stand under.
    prefixes: HashSet<String>,
    /// Facts whose type could not be read, by the place of their name.
    untyped: BTreeSet<Span>,
    /// By item of the file: the type of a parameter, before anything is lowered.
    parameter_types: Vec<Ty>,
    parameters: Vec<policy::Parameter>,
    reading_choices: Vec<policy::ChoiceId>,
    /// Definitions whose mistake is in their name: what they say is not judged.
    refused: BTreeSet<usize>,
    /// What was declared of one element of a list, by its whole name and without its list.
    astray: BTreeSet<String>,
    /// By item of the file, for definitions.
    lowered: Vec<Option<Lowered>>,
    definitions: Vec<policy::Definition>,
    /// By item of the file: the amounts of the financings of texts that are leaned on.
    amounts: HashMap<usize, Lowered>,
    /// The types of the amounts of financings that are by a period.
    paces: HashMap<policy::FundingId, Ty>,
    /// Financings whose amount may be a range.
    ranged: BTreeSet<policy::FundingId>,
    version: Option<policy::Version>,
    /// `version applicable à la date …`, where it reads facts only.
    version_date: Option<ExprId>,
    used: unused::Used,
    diagnostics: Vec<Diagnostic>,
    /// Kept until it is known that the file holds no error.
    remarks: Vec<Diagnostic>,
    /// The aggregates whose conditions are being read, the innermost last.
    around: Vec<silent::Around>,
    /// Whether the amount of something paid as a whole is being read.
    paid: bool,
    /// What was said of a name, by code and name: said again elsewhere, it is the same mistake.
    said: HashMap<(&'static str, String), usize>,
    /// Labels of facts, by the list whose elements they are of.
    labels: labels::Labels,
    /// What the names stand for that were resolved so far.
    noted: RefCell<Vec<(Said, seen::Meant)>>,
}

impl<'a> Checker<'a> {
    fn new(doc: &'a Document, lost: Lost<'a>) -> Self {
        let mut exprs = Exprs::default();
        let poison = exprs.push(ExprKind::Const(Value::Truth(false)), Type::Truth, Span::default());
        Checker {
            doc,
            file: &doc.file,
            lost,
            names: Names::default(),
            slots: Vec::new(),
            choices: Vec::new(),
            interned: HashMap::new(),
            choice_spans: Vec::new(),

            exprs,
            traits: vec![Trait::default()],
            poison,
            nesting: 0,
            facts: Vec::new(),
            lists: Vec::new(),
            fields: Vec::new(),
            periods: Vec::new(),
            declared: Vec::new(),
            prefixes: HashSet::new(),
            untyped: BTreeSet::new(),
            parameter_types: Vec::new(),
            parameters: Vec::new(),
            reading_choices: Vec::new(),
            refused: BTreeSet::new(),
            astray: BTreeSet::new(),
            lowered: vec![None; doc.items.len()],
            definitions: Vec::new(),
            amounts: HashMap::new(),
            paces: HashMap::new(),
            ranged: BTreeSet::new(),
            version: None,
            version_date: None,
            used: unused::Used::default(),
            diagnostics: Vec::new(),
            remarks: Vec::new(),
            around: Vec::new(),
            paid: false,
            said: HashMap::new(),
            labels: labels::Labels::default(),
            noted: RefCell::default(),
        }
    }

    fn run(
        &mut self,
        consolidation: Option<&Consolidation>,
        note: &mut dyn FnMut(&Checker<'_>),
    ) -> Option<Policy> {
        self.declare();
        self.read_facts();
        self.read_parameters();
        self.read_readings();
        self.read_version_date();
        let graph = order::Graph::of(self);
        let order = graph.order(self);
        let mut items = self.lower_items(&order);
        // Last, when what a name stands for is known of all: these may read facts only.
        self.check_header(consolidation);
        self.lower_conditions_of_facts();
        items.imply(self.period_coherences());
        graph.check_readings(self);
        self.warn_of_unused(&graph);
        self.warn_of_silence();
        note(self);
        self.assemble(items)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether this was said of this name already: the place is then added to what was said, for it is
    /// one mistake. Where it was not, the caller says it next.
    fn said_before(&mut self, code: &'static str, name: &str, span: Span) -> bool {
        match self.said.entry((code, name.to_owned())) {
            Entry::Vacant(entry) => {
                entry.insert(self.diagnostics.len());
                false
            }
            Entry::Occupied(entry) => {
                if let Some(said) = self.diagnostics.get_mut(*entry.get())
                    && said.labels.len() < MOST_PLACES
                    && said.labels.iter().all(|label| label.span != span)
                {
                    said.labels.push(Label {
                        file: Arc::clone(self.file),
                        span,
                        text: "ici aussi".to_owned(),
                    });
                }
                true
            }
        }
    }

    /// An error at a place.
    fn error(&mut self, code: &'static str, message: String, span: Span, label: &str, help: Option<String>) {
        let mut diagnostic = Diagnostic::error(code, message).at(self.file, span, label);
        diagnostic.help = help;
        self.report(diagnostic);
    }

    fn has_errors(&self) -> bool {
        self.lost.any || self.diagnostics.iter().any(Diagnostic::is_error)
    }

    fn question_type(&self, ask: &policy::Question) -> Ty {
        if self.untyped.contains(&ask.span) {
            Ty::Unknown
        } else {
            ask.measure.map_or(Ty::Of(ask.ty), Ty::Measured)
        }
    }

    fn what_type(&self, what: What) -> Option<Ty> {
        match what {
            What::Fact(fact) => Some(self.question_type(&self.facts[fact.index()].ask)),
            What::Field(field) => Some(self.question_type(&self.fields[field.index()].ask)),
            What::List(_) | What::Period(_) => None,
            What::Item(item) => match self.slots[item] {
                Slot::Parameter(parameter) => Some(self.parameter_types[parameter.index()]),
                Slot::Reading(reading) => Some(Ty::Of(Type::Choice(self.reading_choices[reading.index()]))),
                Slot::Definition | Slot::Result(_) | Slot::Leaned => {
                    self.lowered[item].filter(|lowered| !lowered.is_period).map(|lowered| lowered.ty)
                }
                Slot::Reported(_) => Some(Ty::Of(Type::Truth)),
                Slot::Dossier | Slot::Source(_) | Slot::Coherence(_) | Slot::Refused => None,
            },
        }
    }
}
