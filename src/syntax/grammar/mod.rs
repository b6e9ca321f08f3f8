//! The grammar of `grammar/*.pest`, and what its rules become.
//!
//! Architecture invariant: this module and its children are the only ones that see `pest`. They take
//! a stretch of the file and give back pieces of [`super::tree`]; what they cannot read they report,
//! once, and deliver what can be delivered.

use std::cell::{Cell, Ref, RefCell};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;
use pest::Parser as _;
use pest::iterators::{Pair, Pairs};

use super::declared::Names;
use super::keyword::Keyword;
use super::layout::Layout;
use super::tree::{Expr, ExprKind, Name, Path, Quote, Spanned};
use super::vocabulary;
use crate::currency::Currency;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::{SourceFile, Span};

mod adjustment;
mod condition;
mod connective;
mod expression;
mod fact;
mod header;
mod literal;
mod mistake;
mod name;
mod period;
mod plain;
mod ranked;
mod sharing;
mod token;
mod value;

pub(super) use condition::Head as ConditionHead;
pub(super) use fact::SourceLine;
pub(crate) use mistake::{dashed_date, date_of, exception_on_the_line, nearly_adjusts, small_word};
pub(super) use name::{reads_as_phrase, starts_reserved};
pub(super) use sharing::{SharingLine, SharingRemainder};
pub(super) use token::{Token, TokenKind, tokens};
pub(super) use value::ValueLine;

/// The parser that `grammar/*.pest` describe.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/words.pest"]
#[grammar = "../grammar/literals.pest"]
#[grammar = "../grammar/expressions.pest"]
#[grammar = "../grammar/lines.pest"]
#[grammar = "../grammar/tokens.pest"]
struct Grammar;

/// Reads pieces of one file.
pub(super) struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    /// The file's text as the rules read it: as long, names that hold words of the language hidden.
    text: &'a str,
    names: &'a Names,
    /// The number under which items are kept that were read with these names, once that was looked for.
    kept_under: Cell<Option<u64>>,
    /// The lines that the layout refused, in order: they are not read, nor reported again.
    broken: &'a [Span],
    problems: RefCell<Vec<Diagnostic>>,
    /// The currency of each amount, as it is written.
    signs: RefCell<Vec<Spanned<Currency>>>,
    /// Where a currency stands that is none.
    unknown_currency: Cell<Option<Span>>,
    /// Whether the line being read has been refused for its depth: said once.
    too_deep: Cell<bool>,
}

/// The keyword that a text starts with, and its length in bytes.
pub(super) fn head(text: &str) -> Option<(Keyword, usize)> {
    let plain = plain::keyword(text);
    if plain.is_some() || !vocabulary::may_start_line(text) {
        return plain;
    }
    if text.len() > LINE_KEPT {
        return head_by_rule(text);
    }
    // The lines of a text are cut out again whenever it is read again.
    HEADS.with_borrow_mut(|heads| {
        if let Some(known) = heads.get(text) {
            return *known;
        }
        if heads.len() >= MOST_HEADS {
            heads.clear();
        }
        *heads.entry(text.into()).or_insert(head_by_rule(text))
    })
}

/// So many lines are known by their heads; longer ones are not kept.
const MOST_HEADS: usize = 4096;
const LINE_KEPT: usize = 160;

thread_local! {
    static HEADS: RefCell<Heads> = RefCell::new(Heads::default());
}

/// What lines start with.
type Heads = HashMap<Box<str>, Option<(Keyword, usize)>, RandomState>;

fn head_by_rule(text: &str) -> Option<(Keyword, usize)> {
    let pair = Grammar::parse(Rule::head, text).ok()?.next()?;
    Some((keyword_of(pair.as_rule())?, pair.as_str().len()))
}

/// The keyword of what a change bears on, with which a text starts, and where it stands in it.
pub(super) fn subject(text: &str) -> Option<(Keyword, Range<usize>)> {
    let pair = Grammar::parse(Rule::changed, text).ok()?.next()?.into_inner().next_back()?;
    Some((keyword_of(pair.as_rule())?, pair.as_span().start()..pair.as_span().end()))
}

/// Whether a text reads as a line of adjustments.
pub(super) fn reads_as_adjustment(text: &str) -> bool {
    Grammar::parse(Rule::adjust_line, text).is_ok()
}

/// Whether a text reads as what a line may be worth.
pub(super) fn reads_as_value(text: &str) -> bool {
    Grammar::parse(Rule::value_line, text).is_ok()
}

impl<'a> Reader<'a> {
    /// A reader of a file whose lines have been cut out, and whose `text` hides these names.
    pub fn new(file: &'a Arc<SourceFile>, text: &'a str, names: &'a Names, layout: &'a Layout) -> Self {
        let problems = layout.faults.iter().map(|fault| mistake::fault(file, *fault)).collect();
        let too_deep = Cell::new(false);
        let (problems, signs) = (RefCell::new(problems), RefCell::default());
        Reader {
            file,
            text,
            names,
            kept_under: Cell::new(None),
            broken: &layout.broken,
            problems,
            signs,
            unknown_currency: Cell::new(None),
            too_deep,
        }
    }

    /// The text of a place as the rules read it.
    pub fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// What has been reported.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        self.problems.into_inner()
    }

    /// What the text declares.
    pub fn names(&self) -> &'a Names {
        self.names
    }

    /// The number under which items are kept that were read with the same names.
    pub fn kept_under(&self) -> &Cell<Option<u64>> {
        &self.kept_under
    }

    /// The currency of each amount that was read.
    pub fn signs(&self) -> Ref<'_, Vec<Spanned<Currency>>> {
        self.signs.borrow()
    }

    /// Amounts of an item that was read before.
    pub fn add_signs(&self, signs: impl Iterator<Item = Spanned<Currency>>) {
        self.signs.borrow_mut().extend(signs);
    }

    /// The file being read.
    pub fn file(&self) -> &'a Arc<SourceFile> {
        self.file
    }

    /// Reports a mistake; past the bound only that there are more.
    pub fn report(&self, problem: Diagnostic) {
        let mut problems = self.problems.borrow_mut();
        match problems.len().cmp(&limits::MISTAKES) {
            Ordering::Less => problems.push(problem),
            Ordering::Equal => problems.push(Diagnostic {
                labels: problem.labels,
                ..Diagnostic::error(
                    "trop-d-erreurs",
                    format!("d'autres erreurs suivent : seules {} sont montrées", limits::MISTAKES),
                )
            }),
            Ordering::Greater => {}
        }
    }

    /// Reports a mistake at a place.
    pub fn report_at(&self, code: &'static str, message: String, span: Span, label: &str, help: &str) {
        let problem = Diagnostic::error(code, message).at(self.file, span, label);
        self.report(if help.is_empty() { problem } else { problem.help(help) });
    }

    /// Whether one more mistake would not be shown.
    pub fn is_full(&self) -> bool {
        self.count() > limits::MISTAKES
    }

    /// How many mistakes have been reported.
    pub fn count(&self) -> usize {
        self.problems.borrow().len()
    }

    /// Whether a stretch is of a line that the layout refused.
    pub fn is_broken(&self, span: Span) -> bool {
        let line = self.broken.partition_point(|line| line.end <= span.start);
        self.broken.get(line).is_some_and(|line| line.start < span.end)
    }

    /// Reads a stretch of the file with a rule; a mistake is reported.
    fn parse(&self, rule: Rule, span: Span) -> Option<(Pair<'a, Rule>, Source<'_, 'a>)> {
        if self.is_broken(span) {
            return None;
        }
        self.too_deep.set(false);
        let source = Source { reader: self, base: span.start as usize };
        match Grammar::parse(rule, self.slice(span)) {
            Ok(mut pairs) => pairs.next().map(|pair| (pair, source)),
            Err(error) => {
                if !self.is_full() {
                    self.report(mistake::explain(
                        self.file,
                        (self.slice(span), self.names),
                        span,
                        rule,
                        &error,
                    ));
                }
                None
            }
        }
    }

    /// Whether a stretch can be read with a rule; nothing is reported.
    fn try_parse(&self, rule: Rule, span: Span) -> Option<(Pair<'a, Rule>, Source<'_, 'a>)> {
        let pair = Grammar::parse(rule, self.slice(span)).ok()?.next()?;
        Some((pair, Source { reader: self, base: span.start as usize }))
    }
}

/// Where the pairs of one parse stand in the file.
#[derive(Clone, Copy)]
struct Source<'r, 'a> {
    reader: &'r Reader<'a>,
    base: usize,
}

impl<'a> Source<'_, 'a> {
    fn span(&self, pair: &Pair<'a, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.base + span.start(), self.base + span.end())
    }

    /// What the file has where a pair stands.
    fn written(&self, pair: &Pair<'a, Rule>) -> &'a str {
        self.reader.file.slice(self.span(pair))
    }

    fn name(&self, pair: &Pair<'a, Rule>) -> Name {
        Name { text: shown(self.written(pair)), span: self.span(pair) }
    }

    /// The name of an `option` pair, its article left out.
    fn option(&self, pair: Pair<'a, Rule>) -> Option<Name> {
        pair.into_inner().find(|p| p.as_rule() == Rule::declared_name).map(|p| self.name(&p))
    }

    fn path(&self, pair: Pair<'a, Rule>) -> Path {
        let whole = self.span(&pair);
        let parts: Vec<Name> =
            pair.into_inner().filter(|p| p.as_rule() != Rule::article).map(|p| self.name(&p)).collect();
        path_of(parts, whole)
    }

    fn quote(&self, pair: &Pair<'a, Rule>) -> Quote {
        let inner = self.written(pair).strip_prefix('«').and_then(|t| t.strip_suffix('»')).unwrap_or("");
        Quote { text: folded(inner), span: self.span(pair) }
    }

    fn invalid(&self, span: Span) -> Expr {
        Expr { kind: ExprKind::Invalid, span }
    }
}

/// A path of these parts; `whole` is taken where there is none.
fn path_of(parts: Vec<Name>, whole: Span) -> Path {
    let span = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => whole,
    };
    let text = match parts.as_slice() {
        [only] => Arc::clone(&only.text),
        several => several.iter().map(|p| &*p.text).collect::<Vec<_>>().join(".").into(),
    };
    Path { text, parts, span }
}

/// The first child of a rule.
fn child<'i>(pairs: &mut Pairs<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    pairs.find(|pair| pair.as_rule() == rule)
}

/// A name as it is shown: the text is NFC already; one space between words, straight apostrophes.
fn shown(text: &str) -> Arc<str> {
    if text.is_ascii() && !text.contains("  ") && !text.contains('\t') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | 'ʼ' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.into()
}

/// A text trimmed, each run of white space folded into one space.
fn folded(text: &str) -> Arc<str> {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.into()
}

fn keyword_of(rule: Rule) -> Option<Keyword> {
    Some(match rule {
        Rule::k_policy => Keyword::Policy,
        Rule::k_commons => Keyword::Commons,
        Rule::k_source => Keyword::Source,
        Rule::k_dossier => Keyword::Dossier,
        Rule::k_coherence => Keyword::Coherence,
        Rule::k_parameter => Keyword::Parameter,
        Rule::k_reading => Keyword::Reading,
        Rule::k_definition => Keyword::Definition,
        Rule::k_criterion => Keyword::Criterion,
        Rule::k_objective => Keyword::Objective,
        Rule::k_mission => Keyword::Mission,
        Rule::k_decision => Keyword::Decision,
        Rule::k_funding => Keyword::Funding,
        Rule::k_contribution => Keyword::Contribution,
        Rule::k_result => Keyword::Result,
        Rule::k_including => Keyword::Including,
        Rule::k_unit => Keyword::Unit,
        Rule::k_obligation => Keyword::Obligation,
        Rule::k_amendment => Keyword::Amendment,
        Rule::k_replaces => Keyword::Replaces,
        Rule::k_adds => Keyword::Adds,
        Rule::k_repeals => Keyword::Repeals,
        Rule::k_rewords => Keyword::Rewords,
        Rule::k_retains_reading => Keyword::RetainsReading,
        Rule::k_retains => Keyword::Retains,
        Rule::k_fact => Keyword::Fact,
        Rule::k_instead_of => Keyword::InsteadOf,
        Rule::k_applies_to => Keyword::AppliesTo,
        Rule::k_for => Keyword::For,
        Rule::k_for_each => Keyword::ForEach,
        Rule::k_in_force => Keyword::InForce,
        Rule::k_published => Keyword::Published,
        Rule::k_currency => Keyword::Currency,
        Rule::k_status => Keyword::Status,
        Rule::k_leans_on => Keyword::LeansOn,
        Rule::k_version_at => Keyword::VersionAt,
        Rule::k_note => Keyword::Note,
        Rule::k_cites => Keyword::Cites,
        Rule::k_concordance => Keyword::Concordance,
        Rule::k_requires => Keyword::Requires,
        Rule::k_unless_any => Keyword::UnlessAny,
        Rule::k_unless => Keyword::Unless,
        Rule::k_unless_first => Keyword::UnlessFirst,
        Rule::k_aims => Keyword::Aims,
        Rule::k_planned => Keyword::Planned,
        Rule::k_favourable => Keyword::Favourable,
        Rule::k_amount => Keyword::Amount,
        Rule::k_worth => Keyword::Worth,
        Rule::k_once => Keyword::Once,
        Rule::k_each => Keyword::Each,
        Rule::k_revised => Keyword::Revised,
        Rule::k_per_event => Keyword::PerEvent,
        Rule::k_lasting => Keyword::Lasting,
        Rule::k_deadline => Keyword::Deadline,
        Rule::k_working_day => Keyword::WorkingDay,
        Rule::k_fulfilled => Keyword::Fulfilled,
        Rule::k_adjusts => Keyword::Adjusts,
        Rule::k_applies => Keyword::Applies,
        Rule::k_sharing => Keyword::Sharing,
        Rule::k_envelope => Keyword::Envelope,
        Rule::k_between => Keyword::Between,
        Rule::k_equally => Keyword::Equally,
        Rule::k_in_order => Keyword::InOrder,
        Rule::k_first => Keyword::First,
        Rule::k_then => Keyword::Then,
        Rule::k_remainder => Keyword::Remainder,
        Rule::k_left => Keyword::Left,
        _ => return None,
    })
}
