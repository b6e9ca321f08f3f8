//! What a rule claims case by case: the lines of a table, the bullets under `si`, the adjustments of an amount.

use super::{Asked, Bound, Mention, Place, Reader, share};
use crate::concordance::quantity::is_floor;
use crate::policy::{Band, BandRange, CaseLine, ChoiceId, ExprId, ExprKind, Guarded, Policy, Type};
use crate::source::Span;
use crate::syntax::tree::CompareOp;

/// What is claimed of one thing, case by case.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// Each case.
    pub of: Vec<Claim>,
    /// What holds in all other cases.
    pub otherwise: Option<Mention>,
    /// By what those others are known, where that is left of what the cases are known by.
    pub rest: Option<Case>,
}

/// What is claimed in a case.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The case: all of these.
    pub case: Vec<Case>,
    /// The figure that holds in it.
    pub value: Option<Mention>,
    /// Where it stands.
    pub span: Span,
    /// In a table with two entries, the words of each.
    pub entries: Option<[String; 2]>,
}

/// What a case is known by.
#[derive(Debug, Clone)]
pub enum Case {
    /// A fact, that is so or is not.
    Fact(Asked),
    /// One of these options, or none of them.
    Options {
        /// The type.
        choice: ChoiceId,
        /// The options.
        ranks: Vec<u16>,
        /// One of them; else none.
        plain: bool,
        /// The condition.
        span: Span,
    },
    /// A figure and its bound.
    Figure(Mention),
    /// What is compared with the figure.
    Named(String),
}

impl Case {
    /// Whether it is asked for, not denied.
    pub fn plain(&self) -> bool {
        match self {
            Case::Fact(asked) => asked.plain,
            Case::Options { plain, .. } => *plain,
            Case::Figure(_) | Case::Named(_) => true,
        }
    }

    /// Whether two cases are one.
    pub fn same(&self, other: &Case) -> bool {
        match (self, other) {
            (Case::Fact(a), Case::Fact(b)) => a.name == b.name && a.plain == b.plain,
            (
                Case::Options { choice: a, ranks: one, plain: p, .. },
                Case::Options { choice: b, ranks, plain, .. },
            ) => a == b && one == ranks && p == plain,
            (Case::Named(a), Case::Named(b)) => a == b,
            (Case::Figure(a), Case::Figure(b)) => a.quantity == b.quantity && a.bound == b.bound,
            _ => false,
        }
    }
}

impl<'a> Reader<'a> {
    /// A reader of a part of a rule, that claims nothing of its own.
    fn shallow(policy: &'a Policy, constants: &'a [bool]) -> Self {
        Reader { shallow: true, ..Reader::new(policy, constants) }
    }
}

impl Reader<'_> {
    /// The lines of `vaut … si …`; one alone over what is worked out otherwise is an adjustment, that others may follow.
    pub(super) fn claim_lines(&mut self, lines: &[CaseLine], otherwise: Option<ExprId>) {
        if self.shallow {
            return;
        }
        let mut of: Vec<Claim> =
            lines.iter().map(|line| self.claim(line.when, line.value, line.span)).collect();
        let adjusts = |otherwise| lines.iter().all(|line| self.first_operand(line.value) == Some(otherwise));
        let otherwise = otherwise.filter(|otherwise| !adjusts(*otherwise));
        let otherwise = otherwise.and_then(|otherwise| self.first_figure(otherwise));
        let rest = self.rest(&of);
        // `sinon si âge ≤ 20` after `si âge < 10`: from 10 on.
        let left: Vec<Option<Mention>> = of.iter().map(left).collect();
        for (claim, before) in of.iter_mut().skip(1).zip(left) {
            claim.case.extend(before.filter(|before| goes_on(claim, before)).map(Case::Figure));
        }
        self.further(lines, &of);
        match (of.as_slice(), &otherwise) {
            ([_], None) => self.rule.adjusted.of.extend(of),
            _ => self.rule.claims.push(Claims { of, otherwise, rest }),
        }
    }

    /// `365,88 € + 0,07 € × d si …` over `564,07 € + 0,04 € × d si …`: the second figure of each line, where each has as many.
    fn further(&mut self, lines: &[CaseLine], of: &[Claim]) {
        let figures = |line: &CaseLine| {
            let mut reader = Reader::shallow(self.policy, self.constants);
            reader.value(line.value, None, Place::MUST);
            reader.rule.mentions.into_iter().filter(|mention| !mention.is_structural()).collect::<Vec<_>>()
        };
        let all: Vec<Vec<Mention>> = lines.iter().map(figures).collect();
        if lines.len() > 1 && all.iter().all(|figures| figures.len() == 2) {
            let seconds = all.into_iter().map(|figures| figures.into_iter().nth(1));
            let of = of.iter().zip(seconds).map(|(claim, value)| Claim { value, ..claim.clone() });
            self.rule.claims.push(Claims { of: of.collect(), ..Claims::default() });
        }
    }

    /// What `plafonné à`, `majoré de`, `augmenté de` change.
    fn first_operand(&self, value: ExprId) -> Option<ExprId> {
        match &self.policy.exprs.get(value).kind {
            ExprKind::Extremum { of, .. } => of.first().copied(),
            ExprKind::Scaled { base, .. } => Some(*base),
            ExprKind::Add(of, _) | ExprKind::Sub(of, _) => Some(*of),
            ExprKind::Round { value, .. } => self.first_operand(*value),
            _ => None,
        }
    }

    /// What is left where none of the cases is: the other options, what lies past the last bound.
    fn rest(&self, of: &[Claim]) -> Option<Case> {
        let last = of.last()?;
        if let Some(figure) = left(last) {
            return of.iter().all(|claim| left(claim).is_some()).then_some(Case::Figure(figure));
        }
        let [Case::Options { choice, plain: true, span, .. }] = last.case.as_slice() else { return None };
        let mut known = Vec::new();
        for claim in of {
            match claim.case.as_slice() {
                [Case::Options { choice: its, ranks, plain: true, .. }] if its == choice => {
                    known.extend(ranks);
                }
                _ => return None,
            }
        }
        let options = u16::try_from(self.policy.choices[choice.index()].options.len()).ok()?;
        let ranks = (0..options).filter(|rank| !known.contains(rank)).collect();
        Some(Case::Options { choice: *choice, ranks, plain: true, span: *span })
    }

    /// The lines of a scale.
    pub(super) fn claim_bands(&mut self, of: ExprId, bands: &[Band]) {
        if self.shallow {
            return;
        }
        let policy = self.policy;
        let ty = policy.exprs.get(of).ty;
        let line = |band: &Band| {
            let case = match (&band.range, ty) {
                (BandRange::Between { low, high }, _) => {
                    let ends = [(low, CompareOp::Ge, CompareOp::Gt), (high, CompareOp::Le, CompareOp::Lt)];
                    let ends = ends.into_iter().filter_map(|(end, with, without)| {
                        let (end, included) = end.as_ref()?;
                        let mut reader = Reader::shallow(policy, self.constants);
                        let op = if *included { with } else { without };
                        let bound = reader.compared(band.span, op, false, Place::MUST);
                        reader.value(*end, Some(bound), Place::MUST);
                        reader.rule.mentions.into_iter().next().map(Case::Figure)
                    });
                    ends.collect()
                }
                (BandRange::Options(ranks), Type::Choice(choice)) => {
                    vec![Case::Options { choice, ranks: ranks.clone(), plain: true, span: band.span }]
                }
                (BandRange::Options(_), _) => Vec::new(),
            };
            Claim { case, value: self.first_figure(band.value), span: band.span, entries: None }
        };
        let of = bands.iter().map(line).collect();
        self.rule.claims.push(Claims { of, ..Claims::default() });
    }

    /// `majoration ≥ 20 % si …` over `majoration ≥ 40 % si …`: bullets that bound one thing.
    pub(super) fn claim_bullets(&mut self, bullets: &[Guarded]) {
        if self.shallow {
            return;
        }
        let policy = self.policy;
        let mut groups: Vec<(String, Claims)> = Vec::new();
        for bullet in bullets {
            let Some(when) = bullet.only_if else { continue };
            let then = policy.exprs.get(bullet.then);
            let (ExprKind::Compare { left, .. } | ExprKind::Between { subject: left, .. }) = then.kind else {
                continue;
            };
            let about = policy.file.slice(policy.exprs.get(left).span).to_owned();
            let claim = self.claim(when, bullet.then, then.span);
            match groups.iter_mut().find(|(other, _)| *other == about) {
                Some((_, claims)) => claims.of.push(claim),
                None => groups.push((about, Claims { of: vec![claim], ..Claims::default() })),
            }
        }
        self.rule.claims.extend(groups.into_iter().map(|(_, claims)| claims));
    }

    /// `si …` over an item: the figure that its case is known by, whatever holds in it.
    pub fn claim_case(&mut self, when: ExprId) {
        let span = self.policy.exprs.get(when).span;
        let claim = Claim { value: None, ..self.claim(when, when, span) };
        if let [Case::Figure(_)] = claim.case.as_slice() {
            self.rule.claims.push(Claims { of: vec![claim], ..Claims::default() });
        }
    }

    /// `a ≥ 10`: the figure with which something that has a name is compared.
    pub(super) fn claim_compared(&mut self, name: String, comparison: ExprId) {
        if self.shallow || self.filtering {
            return;
        }
        let span = self.policy.exprs.get(comparison).span;
        let value = self.first_figure(comparison);
        self.rule.compared.of.push(Claim { case: vec![Case::Named(name)], value, span, entries: None });
    }

    fn claim(&self, when: ExprId, value: ExprId, span: Span) -> Claim {
        let exprs = &self.policy.exprs;
        let words = |id: ExprId| {
            let denied = matches!(exprs.get(id).kind, ExprKind::Not(_));
            format!("{denied}{}", self.policy.file.slice(exprs.get(id).span))
        };
        let entries = match &exprs.get(when).kind {
            ExprKind::And(of) => <[ExprId; 2]>::try_from(of.as_slice()).ok().map(|of| of.map(words)),
            _ => None,
        };
        Claim { case: self.cases(when), value: self.first_figure(value), span, entries }
    }

    /// What a condition is known by.
    pub(super) fn cases(&self, when: ExprId) -> Vec<Case> {
        let mut reader = Reader::shallow(self.policy, self.constants);
        reader.condition(when, Place::MUST);
        let rule = reader.rule;
        let figures = rule
            .mentions
            .into_iter()
            .filter(|mention| mention.bound.is_some() || !mention.is_structural())
            .map(Case::Figure);
        let options = rule.choosings.into_iter().map(|one| Case::Options {
            choice: one.choice,
            plain: one.op != CompareOp::Ne,
            ranks: one.options,
            span: one.span,
        });
        let mut case: Vec<Case> =
            figures.chain(options).chain(rule.asked.into_iter().map(Case::Fact)).collect();
        if case.is_empty() {
            case.extend(self.named(when, Place::OPEN).map(Case::Fact));
        }
        case
    }

    /// The first figure of a value, or of a bound.
    fn first_figure(&self, value: ExprId) -> Option<Mention> {
        let expr = self.policy.exprs.get(value);
        let mut reader = Reader::shallow(self.policy, self.constants);
        match &expr.kind {
            ExprKind::Compare { .. } => reader.condition(value, Place::MUST),
            // Of two ends, the upper one.
            ExprKind::Between { high, .. } => reader.value(*high, None, Place::MUST),
            // `majoré de 20 % si …`: what it is added to is worked out above.
            ExprKind::Scaled { rate, .. } => reader.value(*rate, None, Place::MUST),
            ExprKind::Extremum { of, .. } => {
                of.iter().rev().for_each(|of| reader.value(*of, None, Place::MUST))
            }
            _ => reader.value(value, None, Place::MUST),
        }
        let alone = matches!(expr.kind, ExprKind::Const(_)) || share(self.policy, value).is_some();
        let mut all = reader.rule.mentions.into_iter();
        all.find(|mention| alone || !mention.is_structural())
    }
}

/// Whether nothing tells the cases of two claims apart.
pub fn is_one_case(one: &Claim, other: &Claim) -> bool {
    one.case.iter().all(|case| other.case.iter().any(|its| its.same(case)))
}

/// What lies past the only bound of a case.
fn left(claim: &Claim) -> Option<Mention> {
    let [Case::Figure(figure)] = claim.case.as_slice() else { return None };
    let bound = figure.bound?;
    is_floor(bound.op)?;
    Some(Mention { bound: Some(Bound { op: bound.op.negated(), ..bound }), ..figure.clone() })
}

/// Whether a case goes on where another ends: of the same sort, bounded the other way round.
fn goes_on(claim: &Claim, from: &Mention) -> bool {
    let side = |mention: &Mention| mention.bound.and_then(|bound| is_floor(bound.op));
    let sort = |mention: &Mention| std::mem::discriminant(&mention.quantity);
    match claim.case.as_slice() {
        [Case::Figure(own)] => sort(own) == sort(from) && side(own).is_some() && side(own) != side(from),
        _ => false,
    }
}
