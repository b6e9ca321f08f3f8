//! One walk through every expression of a policy, with the conditions in force at each place.

use std::collections::HashSet;

use super::base::Base;
use super::knowledge::Knowledge;
use super::{Held, apart, cases, certain, conditional, dead, divisor, elapsed, money, scale};
use crate::diagnostic::Diagnostic;
use crate::policy::{Derogation, ExprId, ExprKind, Guarded, Head, ListId, Quantity, ShapeId, Written};
use crate::source::Span;
use crate::syntax::tree::Aggregate;

/// Where in an item an expression stands: it tells where a condition can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// In a clause that takes no `si` at its end: `exige`, `au plus tard`.
    Clause,
    /// In a condition of its own: `si`, `sauf si`.
    Condition,
    /// In the `dont` of an aggregate.
    Filter,
    /// In what an aggregate reads of each element.
    Element,
    /// In `favorable si`.
    Decision,
    /// In a line that takes one: a bullet, `vaut`, `montant`.
    Line,
    /// In a line that has one.
    Guarded,
    /// In the last line of cases.
    Otherwise,
}

/// How a condition that is read stands among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// It is required with others, or alone.
    And,
    /// It is one of the branches of `ou`.
    Or,
    /// It is a bullet of `l'un de`, `au moins 2 de`, `aucun de`.
    Bullet,
}

/// The walk, and what it found so far.
pub(super) struct Walk<'p> {
    /// What holds of the whole policy.
    pub base: &'p Base<'p>,
    /// The conditions in force.
    pub held: Vec<Held>,
    /// Where the expression in turn stands.
    pub site: Site,
    /// The condition that is being read, and how it stands among others.
    pub operand: Option<(ExprId, Joined)>,
    /// Whether it is read to be denied.
    pub denied: bool,
    /// The `si` of the line in turn.
    pub guard: Option<ExprId>,
    /// The `prévu si` of the financing in turn.
    pub due: Option<ExprId>,
    /// What was found.
    pub found: Vec<Diagnostic>,
    /// What is known under no condition.
    pub plain: Knowledge<'p>,
    /// Whether comparisons that are certain are told: what a coherence rule says is certain.
    advise: bool,
    /// Facts whose condition was missed in the item in turn: each is reported once.
    pub missed: HashSet<(u8, u32)>,
    /// What was missed there, not told yet.
    pub misses: Vec<conditional::Miss>,
    /// The name of the item in turn and the condition that it has, where it takes a line `si …`.
    pub opens: Option<(Span, Option<ExprId>)>,
    /// Whether it is an amount.
    pub is_paid: bool,
    /// Whether what is read stands elsewhere too, and is looked at there: what a clause with a `si` is done to.
    pub again: bool,
    /// How many bullets stand beside the one in turn, itself included.
    pub bullets: usize,
    /// What was told of already, by shape: an age that may be negative.
    pub told: HashSet<ShapeId>,
}

/// Goes through the whole policy.
pub(super) fn walk(base: &Base<'_>) -> Vec<Diagnostic> {
    let mut walk = Walk {
        base,
        held: Vec::new(),
        site: Site::Clause,
        operand: None,
        denied: false,
        guard: None,
        due: None,
        found: Vec::new(),
        plain: Knowledge::new(base),
        advise: false,
        missed: HashSet::new(),
        misses: Vec::new(),
        opens: None,
        is_paid: false,
        again: false,
        bullets: 0,
        told: HashSet::new(),
    };
    let policy = base.policy;
    for coherence in &policy.coherences {
        walk.item(None, |walk| walk.visit(coherence.condition));
    }
    walk.advise = true;
    for fact in &policy.facts {
        walk.item(fact.ask.asked_if, |_| {});
    }
    for list in &policy.lists {
        walk.item(list.asked_if, |_| {});
    }
    for field in &policy.fields {
        walk.item(field.ask.asked_if, |_| {});
    }
    for reading in &policy.readings {
        walk.item(reading.applies, |_| {});
    }
    // A result is gone through where it is given, under its condition.
    for definition in policy.definitions.iter().filter(|definition| !definition.result) {
        walk.item(definition.applies, |walk| {
            walk.held.extend(definition.list.map(Held::Element));
            walk.at(Site::Line, |walk| walk.visit(definition.body));
        });
    }
    for criterion in &policy.criteria {
        walk.element(criterion.applies, &criterion.head, |walk| {
            walk.visit(criterion.requires);
            walk.derogations(&criterion.unless);
            dead::of_criterion(walk, criterion);
        });
    }
    for objective in &policy.objectives {
        walk.item(objective.applies, |walk| walk.visit(objective.aims));
    }
    for mission in &policy.missions {
        walk.item(mission.applies, |walk| walk.visit(mission.covered));
    }
    if policy.decision.stated {
        walk.item(None, |walk| walk.at(Site::Decision, |walk| walk.visit(policy.decision.favourable)));
    }
    for funding in &policy.fundings {
        walk.element(funding.applies, &funding.head, |walk| {
            walk.is_paid = true;
            if let Some(due) = funding.due {
                walk.at(Site::Condition, |walk| walk.visit(due));
            }
            walk.derogations(&funding.unless);
            dead::of_funding(walk, funding);
            walk.held.extend(funding.due.map(Held::so));
            walk.held.extend(funding.unless.iter().map(|derogation| Held::not_so(derogation.condition)));
            walk.due = funding.due;
            walk.at(Site::Line, |walk| walk.visit(funding.amount));
            money::check(walk, funding);
        });
    }
    for obligation in &policy.obligations {
        walk.element(obligation.applies, &obligation.head, |walk| {
            walk.derogations(&obligation.unless);
            walk.visit(obligation.deadline);
            if let Some(act) = obligation.fulfilled_by {
                walk.visit(act);
            }
        });
    }
    walk.found
}

impl Walk<'_> {
    fn item(&mut self, applies: Option<ExprId>, inside: impl FnOnce(&mut Self)) {
        self.held.clear();
        self.missed.clear();
        self.due = None;
        if let Some(applies) = applies {
            self.at(Site::Condition, |walk| walk.visit(applies));
            self.held.push(Held::so(applies));
        }
        inside(self);
        conditional::settle(self);
    }

    /// An item that takes a line `si …`.
    fn element(&mut self, applies: Option<ExprId>, head: &Head, inside: impl FnOnce(&mut Self)) {
        self.item(applies, |walk| {
            walk.opens = Some((head.span, applies));
            inside(walk);
        });
        self.opens = None;
        self.is_paid = false;
    }

    fn derogations(&mut self, derogations: &[Derogation]) {
        for derogation in derogations {
            self.at(Site::Condition, |walk| walk.visit(derogation.condition));
        }
    }

    /// Goes on with more conditions in force.
    pub fn with(&mut self, held: impl IntoIterator<Item = Held>, inside: impl FnOnce(&mut Self)) {
        let before = self.held.len();
        self.held.extend(held);
        inside(self);
        self.held.truncate(before);
    }

    fn at(&mut self, site: Site, inside: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.site, site);
        self.joined(None, false, inside);
        self.site = outside;
    }

    /// Goes on with what is read as one condition, or as none.
    fn joined(&mut self, operand: Option<(ExprId, Joined)>, denied: bool, inside: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.operand, operand);
        let before = std::mem::replace(&mut self.denied, denied);
        inside(self);
        self.operand = outside;
        self.denied = before;
    }

    fn visit(&mut self, expr: ExprId) {
        if self.site == Site::Condition && self.operand.is_none() {
            let denied = self.denied;
            self.joined(Some((expr, Joined::And)), denied, |walk| walk.go_through(expr));
        } else {
            self.go_through(expr);
        }
    }

    fn go_through(&mut self, expr: ExprId) {
        let policy = self.base.policy;
        let kind = &policy.exprs.get(expr).kind;
        match kind {
            ExprKind::And(of) => {
                let before = self.held.len();
                for operand in of {
                    self.joined(Some((*operand, Joined::And)), self.denied, |walk| walk.visit(*operand));
                    self.held.push(Held::so(*operand));
                }
                self.held.truncate(before);
                if self.advise {
                    certain::both(self, expr, of);
                }
            }
            ExprKind::Or(of) => {
                if self.advise {
                    certain::either(self, expr, of);
                }
                for operand in of {
                    self.joined(Some((*operand, Joined::Or)), self.denied, |walk| walk.visit(*operand));
                }
            }
            ExprKind::Not(of) => self.joined(self.operand, !self.denied, |walk| walk.visit(*of)),
            ExprKind::Bullets { quantity, of } => {
                let beside = std::mem::replace(&mut self.bullets, of.len());
                for Guarded { only_if, then } in of {
                    if let Some(only_if) = only_if {
                        self.at(Site::Condition, |walk| walk.visit(*only_if));
                    }
                    let site = if only_if.is_some() { Site::Guarded } else { Site::Line };
                    let guard = std::mem::replace(&mut self.guard, *only_if);
                    let joined = if *quantity == Quantity::All { Joined::And } else { Joined::Bullet };
                    self.at(site, |walk| {
                        walk.joined(Some((*then, joined)), false, |walk| {
                            walk.with(only_if.map(Held::so), |walk| walk.visit(*then));
                        });
                    });
                    self.guard = guard;
                }
                self.bullets = beside;
            }
            ExprKind::Cases { lines, otherwise } => {
                let mut above: Vec<Held> = Vec::new();
                // What stands above a clause is read whether the clause applies or not.
                let is_clause = lines.first().is_some_and(|line| line.written == Written::Clause);
                if let Some(base) = otherwise.filter(|_| is_clause) {
                    self.visit(base);
                }
                for line in lines {
                    let free = if line.else_if { above.clone() } else { Vec::new() };
                    self.with(free, |walk| {
                        walk.at(Site::Condition, |walk| walk.visit(line.when));
                        let guard = walk.guard.replace(line.when);
                        let again = walk.again;
                        walk.again |= is_clause;
                        walk.at(Site::Guarded, |walk| {
                            walk.with([Held::so(line.when)], |walk| walk.visit(line.value));
                        });
                        walk.guard = guard;
                        walk.again = again;
                    });
                    above.push(Held::not_so(line.when));
                }
                if let Some(otherwise) = otherwise.as_ref().filter(|_| !is_clause) {
                    self.at(Site::Otherwise, |walk| walk.with(above, |walk| walk.visit(*otherwise)));
                }
                cases::check(self, lines, *otherwise);
            }
            ExprKind::Scale { of, bands, by_slices } => {
                self.visit(*of);
                for (rank, band) in bands.iter().enumerate() {
                    if let crate::policy::BandRange::Between { low, high } = &band.range {
                        for (end, _) in [low, high].into_iter().flatten() {
                            self.visit(*end);
                        }
                    }
                    self.with([Held::Band { scale: expr, band: rank }], |walk| walk.visit(band.value));
                }
                scale::check(self, expr, *of, bands);
                if *by_slices {
                    money::slices(self, bands);
                }
                if self.advise {
                    elapsed::scale(self, expr, *of, bands);
                }
            }
            ExprKind::Aggregate { kind, list, filter, of } => {
                conditional::list(self, expr, *list);
                if matches!(kind, Aggregate::Greatest | Aggregate::Least) {
                    divisor::emptiness(self, expr, *list, *filter);
                }
                self.each(*list, |walk| {
                    filter.iter().for_each(|filter| walk.filter(*list, *filter));
                    if let Some(of) = of {
                        walk.at(Site::Element, |walk| walk.visit(*of));
                        if matches!(kind, Aggregate::All) {
                            apart::check(walk, *list, *of);
                        }
                    }
                });
            }
            ExprKind::Covered { list, filter, first, last } => {
                self.covered(expr, *list, *filter, [*first, *last]);
            }
            ExprKind::Rank { list, by, filter, .. } => {
                conditional::list(self, expr, *list);
                self.visit(*by);
                self.each(*list, |walk| {
                    filter.iter().for_each(|filter| walk.filter(*list, *filter));
                    walk.visit(*by);
                });
            }
            ExprKind::Share(share) => {
                conditional::list(self, expr, share.list);
                self.visit(share.envelope);
                self.each(share.list, |walk| {
                    share.filter.iter().for_each(|filter| walk.filter(share.list, *filter));
                    for read in share.of_each().skip(usize::from(share.filter.is_some())) {
                        walk.at(Site::Element, |walk| walk.visit(read));
                    }
                    money::measures(walk, share);
                });
            }
            ExprKind::Around { list, of } => self.each(*list, |walk| walk.visit(*of)),
            ExprKind::Fact(fact) => conditional::fact(self, expr, *fact),
            ExprKind::Field(field) => conditional::field(self, expr, *field),
            ExprKind::Definition(definition) => conditional::definition(self, expr, *definition),
            ExprKind::Div(a, b) => {
                self.visit(*a);
                self.visit(*b);
                divisor::check(self, *b);
            }
            ExprKind::Extremum { greatest, of } => {
                self.operands(kind);
                if *greatest && self.advise {
                    elapsed::floor(self, expr, of);
                }
            }
            ExprKind::Power { base, exponent } => {
                self.visit(*base);
                self.visit(*exponent);
                divisor::exponent(self, *exponent);
            }
            ExprKind::Prorata { base, part, whole } => {
                self.visit(*base);
                self.visit(*part);
                self.visit(*whole);
                divisor::check(self, *whole);
                divisor::turned_share(self, *part, *whole);
            }
            ExprKind::Compare { .. }
            | ExprKind::Among { .. }
            | ExprKind::Between { .. }
            | ExprKind::Within { .. } => {
                self.operands(kind);
                if self.advise {
                    certain::check(self, expr);
                    elapsed::check(self, expr);
                }
            }
            ExprKind::Elapsed { .. } => {
                self.operands(kind);
                if self.advise {
                    elapsed::order(self, expr);
                }
            }
            ExprKind::Const(_)
            | ExprKind::Parameter { .. }
            | ExprKind::Reading(_)
            | ExprKind::ExaminationDate
            | ExprKind::Holds(_)
            | ExprKind::AllCriteria
            | ExprKind::AmountOf(_)
            | ExprKind::Add(..)
            | ExprKind::Sub(..)
            | ExprKind::Mul(..)
            | ExprKind::Negate(_)
            | ExprKind::Scaled { .. }
            | ExprKind::Shift { .. }
            | ExprKind::DaysBetween(..)
            | ExprKind::DayOf { .. }
            | ExprKind::YearOf(_)
            | ExprKind::WeekdayOf(_)
            | ExprKind::Round { .. }
            | ExprKind::Allotted { .. }
            | ExprKind::Range { .. } => self.operands(kind),
        }
    }

    fn operands(&mut self, kind: &ExprKind) {
        let mut operands = Vec::new();
        kind.for_each_operand(&mut |operand| operands.push(operand));
        for operand in operands {
            self.visit(operand);
        }
    }

    /// The days that periods cover, each of an element that counts.
    fn covered(&mut self, expr: ExprId, list: ListId, filter: Option<ExprId>, ends: [ExprId; 2]) {
        conditional::list(self, expr, list);
        self.each(list, |walk| {
            filter.into_iter().for_each(|filter| walk.filter(list, filter));
            ends.into_iter().for_each(|day| walk.at(Site::Element, |walk| walk.visit(day)));
        });
    }

    /// The `dont` of a list, in force for what is read of its elements.
    fn filter(&mut self, list: ListId, filter: ExprId) {
        self.at(Site::Filter, |walk| walk.visit(filter));
        apart::check(self, list, filter);
        self.held.push(Held::so(filter));
    }

    /// Goes on with each element of a list: what is in force of one element is not of another.
    fn each(&mut self, list: ListId, inside: impl FnOnce(&mut Self)) {
        let outside = self.held.clone();
        let base = self.base;
        self.held.retain(|held| held.subject().is_none_or(|expr| !base.is_of_element(expr, list)));
        self.held.push(Held::Element(list));
        inside(self);
        self.held = outside;
    }
}
