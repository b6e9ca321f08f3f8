//! All thresholds, amounts, rates, dates and time limits of a policy, each with the rule that puts it and the passage
//! that says it.

use std::collections::BTreeSet;

use super::entry::{Entry, What};
use crate::phrase::Phrases;
use crate::policy::{Citation, ExprId, ExprKind, Policy, Type};
use crate::render::Lang;
use crate::render::words::one_line;
use crate::source::Span;

/// A figure where a rule puts it.
pub(super) struct Figure {
    /// What is put: « taux d'adhésion : au moins 10 % ».
    pub(super) said: String,
    /// The figures as they are written.
    pub(super) written: Vec<String>,
    /// What kind of figure it is.
    pub(super) kind: Kind,
}

/// What figures are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// What something is compared with.
    Threshold,
    /// What is paid, owed or worked out.
    Value,
    /// When.
    Time,
}

impl Kind {
    pub(super) fn word(self, lang: Lang) -> &'static str {
        match self {
            Kind::Threshold => lang.pick("seuil", "threshold"),
            Kind::Value => lang.pick("valeur", "value"),
            Kind::Time => lang.pick("délai ou date", "time limit or date"),
        }
    }
}

/// The figures of an entry, in the order in which they are written, each once.
pub(super) fn of(policy: &Policy, entry: &Entry<'_>, lang: Lang) -> Vec<Figure> {
    let mut walk = Walk { phrases: Phrases { policy, lang }, figures: Vec::new(), told: BTreeSet::new() };
    for root in &entry.roots {
        walk.expr(*root, *root);
    }
    if let What::Parameter(id) = entry.what {
        let parameter = &policy.parameters[id.index()];
        for period in &parameter.periods {
            let given = policy.given_by(parameter, period);
            let since = period.from.map(|day| {
                let since = lang.pick("depuis le", "from");
                format!("{given} {since} {}", lang.wording().date(day))
            });
            let said = since.unwrap_or_else(|| given.clone());
            walk.figures.push(Figure { said, written: vec![given], kind: Kind::Value });
        }
    }
    walk.figures
}

struct Walk<'p> {
    phrases: Phrases<'p>,
    figures: Vec<Figure>,
    told: BTreeSet<Span>,
}

impl Walk<'_> {
    /// `clause` is the smallest condition, or line, that the expression stands in.
    fn expr(&mut self, id: ExprId, clause: ExprId) {
        let policy = self.phrases.policy;
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Const(_) if is_figure(expr.ty) && !is_trivial(policy, id) => self.add(id, clause),
            ExprKind::Compare { .. } | ExprKind::Between { .. } | ExprKind::Within { .. } => {
                expr.kind.for_each_operand(&mut |operand| self.expr(operand, id));
            }
            ExprKind::Cases { lines, otherwise } => {
                for line in lines {
                    self.expr(line.when, line.when);
                    self.expr(line.value, line.value);
                }
                if let Some(otherwise) = otherwise {
                    self.expr(*otherwise, *otherwise);
                }
            }
            ExprKind::Scale { bands, .. } => {
                for band in bands {
                    band.range.ends().for_each(|end| self.line(end, band.span));
                    self.line(band.value, band.span);
                }
            }
            ExprKind::Bullets { of, .. } => {
                for one in of {
                    self.expr(one.then, one.then);
                    if let Some(only_if) = one.only_if {
                        self.expr(only_if, only_if);
                    }
                }
            }
            kind => kind.for_each_operand(&mut |operand| self.expr(operand, clause)),
        }
    }

    fn add(&mut self, id: ExprId, clause: ExprId) {
        let policy = self.phrases.policy;
        let (own, whole) = (policy.exprs.get(id), policy.exprs.get(clause));
        let written = one_line(policy.file.slice(own.span));
        if !self.told.insert(whole.span) {
            if let Some(last) = self.figures.last_mut().filter(|last| !last.written.contains(&written)) {
                last.written.push(written);
            }
            return;
        }
        let kind = match (own.ty, whole.ty) {
            (Type::Date | Type::Months | Type::Days, _) => Kind::Time,
            (_, Type::Truth) => Kind::Threshold,
            _ => Kind::Value,
        };
        self.figures.push(Figure { said: self.phrases.said(clause), written: vec![written], kind });
    }

    /// A figure of a line of a scale: the whole line is told, once.
    fn line(&mut self, id: ExprId, line: Span) {
        let policy = self.phrases.policy;
        let expr = policy.exprs.get(id);
        if !matches!(expr.kind, ExprKind::Const(_)) || !is_figure(expr.ty) {
            return;
        }
        let written = one_line(policy.file.slice(expr.span));
        if self.told.insert(line) {
            let said = policy.spelled(line);
            let said = said.trim_start_matches(['-', ' ']).to_owned();
            self.figures.push(Figure { said, written: vec![written], kind: Kind::Value });
        } else if let Some(last) = self.figures.last_mut() {
            last.written.push(written);
        }
    }
}

fn is_figure(ty: Type) -> bool {
    match ty {
        Type::Integer
        | Type::Number
        | Type::Percent
        | Type::Amount
        | Type::Date
        | Type::Months
        | Type::Days => true,
        Type::Truth | Type::Text | Type::Choice(_) => false,
    }
}

/// Whether a figure is written in no text: 0, or none at all.
fn is_trivial(policy: &Policy, id: ExprId) -> bool {
    let written = policy.file.slice(policy.exprs.get(id).span);
    !written.chars().any(|c| c.is_ascii_digit())
        || written.trim_matches(['0', ' ', '%', '€', '\u{a0}']).is_empty()
}

/// The passages that have the figures; where none has, the first one.
pub(super) fn passages<'c>(citations: &[&'c Citation], written: &[String]) -> Vec<&'c Citation> {
    let quoted = || citations.iter().copied().filter(|citation| citation.quote.is_some());
    let found: Vec<&Citation> = quoted().filter(|citation| has(citation, written)).collect();
    if found.is_empty() { quoted().take(1).collect() } else { found }
}

fn has(citation: &Citation, written: &[String]) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let quote = bare(citation.quote.as_deref().unwrap_or_default());
    written.iter().any(|figure| {
        let digits: String = bare(figure).chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
        !digits.is_empty()
            && quote.match_indices(digits.as_str()).any(|(at, _)| {
                let before = quote[..at].chars().next_back();
                let after = quote[at + digits.len()..].chars().next();
                !before.is_some_and(|c| c.is_ascii_digit()) && !after.is_some_and(|c| c.is_ascii_digit())
            })
    })
}
