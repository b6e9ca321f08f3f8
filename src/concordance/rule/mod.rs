//! What a rule says that its passages may be compared with: figures with the bound that they put on
//! something, options of scales and choices, and how conditions are joined.

mod choice;
mod claim;
mod condition;
mod deadline;
mod event;
mod place;
mod tree;
mod value;

pub use claim::{Case, Claim, Claims, is_one_case};
pub use place::{Asking, Place};
pub use tree::{Joint, Leaf, Tree};

use std::collections::HashSet;

use super::quantity::{Bound, Quantity};
use crate::currency::Currency;
use crate::number::Ratio;
use crate::number::round::Rounding;
use crate::policy::{ChoiceId, DefinitionId, ExprId, ExprKind, Policy, Quantity as HowMany, ReadingId, Type};
use crate::source::Span;
use crate::syntax::tree::CompareOp;
use crate::value::Value;

/// So many comparisons of an item are held against one another at most.
const COMPARED: usize = 24;

/// What a figure does in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Something is compared with it.
    Compared,
    /// A ceiling or a floor of what is worked out.
    Limit,
    /// An end of a line of a scale.
    Band,
    /// An end of a slice, where it makes no difference on which side the end itself falls.
    Slice,
    /// An end of a range of amounts.
    Range,
    /// How long something may take, or must have lasted.
    Time,
    /// How many conditions must hold.
    HowMany,
    /// The first day of a value of a parameter.
    Since,
    /// As many as there are criteria.
    Criteria,
    /// A value, a rate, a factor.
    Value,
}

/// A figure of a rule.
#[derive(Debug, Clone)]
pub struct Mention {
    /// What is underlined: the comparison, or the figure itself.
    pub span: Span,
    /// Where the figure is written: it may be read from several places.
    pub written: Span,
    /// The figure.
    pub quantity: Quantity,
    /// The bound that it puts.
    pub bound: Option<Bound>,
    /// What it does.
    pub role: Role,
    /// Whether what it bounds must be so for the item to hold: its direction is the text's.
    pub sure: bool,
    /// What is compared takes whole values.
    pub whole: bool,
    /// It stands in what a criterion requires, and under no condition.
    pub required: bool,
    /// It stands in the definition of a value, and is read from there.
    pub borrowed: bool,
    /// The days over which what it bounds is counted, where its name says.
    pub per: Option<i64>,
    /// The months that one of what it counts is, where that is a time between two dates: 12 of `en années entières`.
    pub counted: Option<i64>,
}

/// An option that something must be, or be compared with.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// What is underlined.
    pub span: Span,
    /// The type.
    pub choice: ChoiceId,
    /// The options.
    pub options: Vec<u16>,
    /// How the subject compares with it; `=` and `≠` where it is one of them or none.
    pub op: CompareOp,
    /// It stands in what a criterion requires.
    pub required: bool,
    /// It stands in the `dont` of a list.
    pub kept: bool,
}

/// A fact that a condition asks for by its name.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its last name.
    pub name: String,
    /// Its question; empty where there is none.
    pub question: String,
    /// Where it is asked for.
    pub span: Span,
    /// It must be so, under no condition.
    pub required: bool,
    /// What for.
    pub asking: Asking,
    /// It is asked for as it is, not denied.
    pub plain: bool,
}

/// A date of the dossier and the question that asks for it, or one that is worked out.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// As the author reads it: « premier jour du congé » of a period.
    pub written: String,
    /// Its question; empty where there is none.
    pub question: String,
    /// It is a definition's.
    pub worked_out: bool,
}

/// Two dates that are compared with one another.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// The left one.
    pub first: Event,
    /// The right one.
    pub second: Event,
    /// How they compare.
    pub op: CompareOp,
    /// The comparison.
    pub span: Span,
    /// Some time must have passed between them.
    pub apart: bool,
}

/// A date of the dossier from which a time is counted forward.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Its name.
    pub name: String,
    /// Where it is read.
    pub span: Span,
}

/// Two quantities that have names, compared with one another.
#[derive(Debug, Clone)]
pub struct Against {
    /// The name of the left one.
    pub left: String,
    /// The name of the right one.
    pub right: String,
    /// How they compare.
    pub op: CompareOp,
    /// The comparison.
    pub span: Span,
    /// Each is one quantity, not worked out of several.
    pub sure: bool,
}

/// How some conditions are joined.
#[derive(Debug, Clone)]
pub struct Joined {
    /// All of them.
    pub span: Span,
    /// How many must hold.
    pub how: HowMany,
    /// Each: its name, empty where it has none, its place, and whether it is asked for plainly.
    pub of: Vec<Asked>,
    /// What a person would call the main condition of the item.
    pub main: bool,
    /// It is the `dont` of a list.
    pub filter: bool,
    /// They stand one under the other.
    pub bullets: bool,
}

/// `arrondi …`.
#[derive(Debug, Clone)]
pub struct Rounded {
    /// Where it is said.
    pub span: Span,
    /// How; of a percentage, as it is shown.
    pub rounding: Rounding,
}

/// What is added or taken off.
#[derive(Debug, Clone)]
pub enum Operand {
    /// A figure.
    Figure(Quantity),
    /// What a definition comes to.
    Definition(DefinitionId),
    /// What a fact or a parameter is, by its name.
    Value(String),
}

/// Something added to a value, or taken off it.
#[derive(Debug, Clone)]
pub struct Added {
    /// What.
    pub operand: Operand,
    /// Added; else taken off.
    pub adds: bool,
    /// The whole operation.
    pub span: Span,
}

/// What a passage may call a value by: its figures, and the name that it has.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// The figures that it may come to.
    pub figures: Vec<Quantity>,
    /// Its name.
    pub name: Option<String>,
}

/// A ceiling under what is then added, a floor above what is then taken off: what is paid may go past it.
#[derive(Debug, Clone)]
pub struct Passed {
    /// The limit.
    pub limit: Named,
    /// It is a floor.
    pub floor: bool,
    /// Where it is said.
    pub span: Span,
    /// What goes past it.
    pub by: Named,
}

/// A time that is counted from one date of the dossier to another.
#[derive(Debug, Clone)]
pub struct Lapse {
    /// From which.
    pub from: Event,
    /// To which.
    pub to: Event,
    /// Where it is counted.
    pub span: Span,
    /// By months or days added to a date: which of the two comes first is said nowhere else.
    pub by_shift: bool,
}

/// Everything that a rule says.
#[derive(Debug, Clone, Default)]
pub struct Rule {
    /// Figures.
    pub mentions: Vec<Mention>,
    /// Options.
    pub choosings: Vec<Choosing>,
    /// Options of the cases in which something applies.
    pub cases: Vec<Choosing>,
    /// Facts asked for.
    pub asked: Vec<Asked>,
    /// Joined conditions.
    pub joined: Vec<Joined>,
    /// How the parts of each condition are joined.
    pub trees: Vec<Tree>,
    /// What it claims case by case.
    pub claims: Vec<Claims>,
    /// Adjustments of one amount, each in its case.
    pub adjusted: Claims,
    /// What is compared with figures, each by its name.
    pub compared: Claims,
    /// Dates of the dossier that are read, each where it is.
    pub dates: Vec<(Event, Span)>,
    /// Dates compared with one another.
    pub ordered: Vec<Ordered>,
    /// Parameters read on the day of the examination, each where it is read.
    pub undated: Vec<(crate::policy::ParameterId, Span)>,
    /// Parameters that are read at a date of their own, and where it is said.
    pub dated: Vec<(crate::policy::ParameterId, Option<Event>, Span)>,
    /// A date is carried over to a working day.
    pub carried: bool,
    /// Dates of the dossier from which a time is counted.
    pub origins: Vec<Origin>,
    /// Named quantities compared with one another, where they must compare so.
    pub against: Vec<Against>,
    /// Roundings.
    pub roundings: Vec<Rounded>,
    /// What it adds and takes off.
    pub added: Vec<Added>,
    /// Limits that what is added or taken off afterwards may go past.
    pub passed: Vec<Passed>,
    /// Limits of what has been added to or taken off before, which nothing goes past.
    pub held: Vec<Passed>,
    /// Times counted between dates of the dossier.
    pub lapses: Vec<Lapse>,
    /// It works something out, that may be rounded.
    pub computes: bool,
    /// Definitions that it reads.
    pub definitions: Vec<DefinitionId>,
    /// Parameters that it reads.
    pub parameters: Vec<crate::policy::ParameterId>,
    /// Readings that it reads.
    pub readings: Vec<ReadingId>,
}

impl Rule {
    /// The conditions of which none must hold, among which something stands.
    pub fn none_of(&self, span: Span) -> Option<&Joined> {
        self.joined.iter().find(|joined| {
            let inside = joined.span.start <= span.start && span.end <= joined.span.end;
            inside && joined.main && joined.how == HowMany::AtMost(0)
        })
    }

    /// How many things it says that passages are compared with.
    pub fn size(&self, policy: &Policy) -> usize {
        let options = |choosing: &Choosing| policy.choices[choosing.choice.index()].options.len();
        let cases = |claims: &Claims| claims.of.iter().map(|claim| 1 + claim.case.len()).sum::<usize>();
        self.mentions.len()
            + self.asked.len()
            + self.roundings.len()
            + self.ordered.len()
            + self.added.len()
            + self.choosings.iter().chain(&self.cases).map(options).sum::<usize>()
            + self.joined.iter().map(|joined| joined.of.len()).sum::<usize>()
            + self.trees.iter().map(|tree| tree.leaves.len()).sum::<usize>()
            + self.claims.iter().map(cases).sum::<usize>()
    }
}

/// Reads rules of a policy.
pub struct Reader<'a> {
    policy: &'a Policy,
    rule: Rule,
    /// Definitions that come to constants.
    constants: &'a [bool],
    /// Definitions whose values were read from a bound: each once.
    followed: HashSet<DefinitionId>,
    /// What is read stands in the `dont` of a list.
    filtering: bool,
    /// It stands in an exception.
    excepting: bool,
    /// What is read is joined with more, of which the tree is known.
    joining: bool,
    /// What is added to the value that is read, or taken off it, where something is.
    moving: Option<(Named, bool)>,
    /// It reads a part of what another reads whole.
    shallow: bool,
}

impl<'a> Reader<'a> {
    /// A reader of a rule of this policy.
    pub fn new(policy: &'a Policy, constants: &'a [bool]) -> Self {
        Reader {
            policy,
            constants,
            rule: Rule::default(),
            followed: HashSet::new(),
            filtering: false,
            excepting: false,
            joining: false,
            moving: None,
            shallow: false,
        }
    }

    /// What was read.
    pub fn finish(mut self) -> Rule {
        let adjusted = std::mem::take(&mut self.rule.adjusted);
        self.rule.claims.push(adjusted);
        // Of what is compared twice, a figure tells no more than its bound.
        let all = std::mem::take(&mut self.rule.compared.of);
        let once = |claim: &&Claim| all.iter().filter(|other| is_one_case(claim, other)).count() == 1;
        self.rule.compared.of = all.iter().filter(once).take(COMPARED).cloned().collect();
        self.rule
    }

    /// Whether a value reads no fact: a constant, a parameter, or a definition that comes to constants.
    fn is_constant(&self, id: ExprId) -> bool {
        is_constant(self.policy, self.constants, id)
    }
}

/// Which definitions come to constants; each reads earlier ones only.
pub fn constants(policy: &Policy) -> Vec<bool> {
    let mut known = Vec::with_capacity(policy.definitions.len());
    for definition in &policy.definitions {
        let constant = match &policy.exprs.get(definition.body).kind {
            ExprKind::Cases { lines, otherwise } => lines
                .iter()
                .map(|line| line.value)
                .chain(*otherwise)
                .all(|value| is_constant(policy, &known, value)),
            ExprKind::Scale { bands, .. } => bands.iter().all(|band| is_constant(policy, &known, band.value)),
            _ => is_constant(policy, &known, definition.body),
        };
        known.push(constant);
    }
    known
}

fn is_constant(policy: &Policy, known: &[bool], id: ExprId) -> bool {
    match &policy.exprs.get(id).kind {
        ExprKind::Const(_) | ExprKind::Parameter { .. } => true,
        // `2 ÷ 3`.
        ExprKind::Div(..) => share(policy, id).is_some(),
        ExprKind::Definition(definition) => known.get(definition.index()).copied().unwrap_or(false),
        _ => false,
    }
}

/// The fraction of a whole that two numbers make: `2 ÷ 3`.
fn share(policy: &Policy, id: ExprId) -> Option<Ratio> {
    let ExprKind::Div(a, b) = policy.exprs.get(id).kind else { return None };
    let counts = |id| matches!(policy.exprs.get(id).ty, Type::Integer | Type::Number);
    match (&policy.exprs.get(a).kind, &policy.exprs.get(b).kind) {
        (ExprKind::Const(Value::Number(x)), ExprKind::Const(Value::Number(y))) if counts(a) && counts(b) => {
            x.div(y).filter(|share| *share < Ratio::one())
        }
        _ => None,
    }
}

/// What a constant bounds.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    span: Span,
    op: CompareOp,
    exact: bool,
    role: Role,
    sure: bool,
    whole: bool,
    required: bool,
    borrowed: bool,
    per: Option<i64>,
    counted: Option<i64>,
}

/// A constant as a figure; none of a truth, a text or an option.
pub fn quantity(currency: Currency, value: &Value, ty: Type) -> Option<Quantity> {
    Some(match (value, ty) {
        (Value::Date(date), _) => Quantity::Date(*date),
        (Value::Number(n), Type::Percent) => Quantity::Percent(n.clone()),
        (Value::Number(n), Type::Amount) => match currency {
            Currency::Euro => Quantity::Euros(n.clone()),
            Currency::CfpFranc => Quantity::Francs(n.clone()),
        },
        (Value::Number(n), Type::Months) => Quantity::Months(n.clone()),
        (Value::Number(n), Type::Days) => Quantity::Days(n.clone()),
        (Value::Number(n), Type::Integer | Type::Number) => Quantity::Count { value: n.clone(), bare: false },
        _ => return None,
    })
}

impl Mention {
    /// Whether it may be of the rule's own making: none, one or more, a conversion.
    pub fn is_structural(&self) -> bool {
        let Some(value) = self.quantity.number() else { return false };
        let one = value == Ratio::one();
        let counted = matches!(self.quantity, Quantity::Count { .. });
        if value.is_zero() {
            return true;
        }
        match self.bound.map(|bound| bound.op) {
            Some(CompareOp::Ge | CompareOp::Lt | CompareOp::Eq | CompareOp::Ne) => {
                one && counted && self.role == Role::Compared
            }
            Some(CompareOp::Gt | CompareOp::Le) => false,
            None => {
                let conversion = [1, 7, 12, 24, 30, 52, 60, 100, 360, 365, 1_000];
                (counted && conversion.iter().any(|n| value == Ratio::from(*n)))
                    || (one && matches!(self.quantity, Quantity::Percent(_) | Quantity::Days(_)))
            }
        }
    }
}
