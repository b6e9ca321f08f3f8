//! Rules in sentences: what each asks or gives, with its figures.

use crate::papers::fill::Fill;
use crate::phrase::alone;
use crate::policy::{CaseLine, ExprId, ExprKind, ItemRef, Quantity, Type, Written};
use crate::render::document::Cell;
use crate::syntax::tree::Aggregate;
use crate::wording::french::singular;

impl Fill<'_> {
    /// What an item asks or gives.
    pub(super) fn rule(&self, item: ItemRef) -> String {
        let policy = self.words().policy;
        match item {
            ItemRef::Criterion(id) => {
                let criterion = &policy.criteria[id.index()];
                let unless = criterion.unless.iter().map(|unless| unless.condition).collect();
                self.with_conditions(self.asked_by(criterion.requires), criterion.applies, unless)
            }
            ItemRef::Objective(id) => {
                let objective = &policy.objectives[id.index()];
                self.with_conditions(self.asked_by(objective.aims), objective.applies, Vec::new())
            }
            ItemRef::Mission(id) => {
                let mission = &policy.missions[id.index()];
                self.with_conditions(self.asked_by(mission.covered), mission.applies, Vec::new())
            }
            ItemRef::Decision => self.asked_by(policy.decision.favourable),
            ItemRef::Funding(id) => {
                let funding = &policy.fundings[id.index()];
                let unless = funding.unless.iter().map(|unless| unless.condition).collect();
                let mut said = self.asked_by(funding.amount);
                if let Some(due) = funding.due {
                    said = format!("{said} – à condition : {}", self.asked_by(due));
                }
                self.with_conditions(said, funding.applies, unless)
            }
            ItemRef::Obligation(id) => {
                let obligation = &policy.obligations[id.index()];
                let unless = obligation.unless.iter().map(|unless| unless.condition).collect();
                let by = format!("au plus tard : {}", self.asked_by(obligation.deadline));
                self.with_conditions(by, obligation.applies, unless)
            }
        }
    }

    fn with_conditions(&self, mut said: String, applies: Option<ExprId>, unless: Vec<ExprId>) -> String {
        if let Some(applies) = applies {
            said = format!("{said} – si : {}", self.asked_by(applies));
        }
        for condition in unless {
            said = format!("{said} – sauf si : {}", self.asked_by(condition));
        }
        said
    }

    /// What the text calls by a name, each with what it says of it.
    pub(super) fn definitions(&self) -> Vec<Vec<Cell>> {
        let definitions = self.words().policy.definitions.iter();
        let told = definitions.filter(|definition| !definition.result).map(|definition| {
            vec![Cell::plain(&*definition.label), Cell::plain(self.asked_by(definition.body))]
        });
        told.collect()
    }

    /// A condition or a value as it is said aloud, its bullets and lines one after the other.
    fn asked_by(&self, expr: ExprId) -> String {
        let words = self.words();
        let whole = words.policy.exprs.get(expr);
        match &whole.kind {
            ExprKind::Bullets { quantity, of } => {
                let head = match quantity {
                    Quantity::All => String::new(),
                    Quantity::AtLeast(n) => format!("au moins {n} : "),
                    Quantity::AtMost(n) => format!("au plus {n} : "),
                    Quantity::Exactly(n) => format!("exactement {n} : "),
                };
                let said = of.iter().map(|bullet| {
                    let then = self.asked_by(bullet.then);
                    match bullet.only_if {
                        Some(only_if) => format!("{then} (si {})", words.phrase(only_if)),
                        None => then,
                    }
                });
                format!("{head}{}", said.collect::<Vec<_>>().join(" ; "))
            }
            ExprKind::Cases { lines, otherwise } => self.lines(lines, *otherwise),
            ExprKind::Scale { of, bands, by_slices } => {
                let by = if *by_slices { " par tranches" } else { "" };
                let bands: Vec<String> = bands.iter().map(|band| words.line(band.span)).collect();
                format!("selon {}{by} – {}", words.quoted(&words.name(*of)), bands.join(" ; "))
            }
            ExprKind::Round { value: base, .. }
            | ExprKind::Scaled { base, .. }
            | ExprKind::Prorata { base, .. } => self.adjusted(expr, *base),
            ExprKind::Extremum { of, .. } => match of.first() {
                Some(base) => self.adjusted(expr, *base),
                None => words.phrase(expr),
            },
            ExprKind::Aggregate { kind: Aggregate::Sum, list, filter, of: Some(of) }
                if self.is_worked_out(*of) =>
            {
                let list = singular(&words.policy.lists[list.index()].label);
                let only = filter.map(|filter| format!(" ({})", words.phrase(filter)));
                format!("pour chaque {list}{} – {}", only.unwrap_or_default(), self.asked_by(*of))
            }
            // No date follows « contrat signé le ».
            ExprKind::Fact(_) | ExprKind::Field(_) if whole.ty == Type::Date => alone(&words.name(expr)),
            _ => self.said(expr),
        }
    }

    /// Whether a value of an element comes about in a way that has no name of its own.
    fn is_worked_out(&self, of: ExprId) -> bool {
        !matches!(
            self.words().policy.exprs.get(of).kind,
            ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_)
        )
    }

    /// A value in several lines, or with exceptions.
    fn lines(&self, lines: &[CaseLine], otherwise: Option<ExprId>) -> String {
        let words = self.words();
        let mut said: Vec<String> = Vec::new();
        let rule = otherwise.map(|otherwise| self.asked_by(otherwise));
        let excepts = lines.iter().any(|line| line.written == Written::Exception);
        if let (true, Some(rule)) = (excepts, &rule) {
            said.push(rule.clone());
        }
        for line in lines {
            said.push(match line.written {
                Written::Row => words.line(line.span),
                Written::Exception => {
                    format!("sauf si {} – {}", self.asked_by(line.when), self.asked_by(line.value))
                }
                Written::Line | Written::Clause | Written::Group => {
                    format!("{} si {}", self.asked_by(line.value), self.asked_by(line.when))
                }
            });
        }
        if let (false, Some(rule)) = (excepts, rule) {
            said.push(format!("{rule} dans les autres cas"));
        }
        said.join(" ; ")
    }

    /// « base, arrondi à l'euro ».
    fn adjusted(&self, whole: ExprId, base: ExprId) -> String {
        match self.words().adjustment(whole) {
            Some(how) if !how.is_empty() => format!("{}, {how}", self.asked_by(base)),
            Some(_) | None => self.said(whole),
        }
    }

    /// An expression as it is said aloud, without the keyword that leads to it.
    fn said(&self, expr: ExprId) -> String {
        let said = self.words().phrase(expr);
        let bare = ["montant ", "vaut "].iter().find_map(|lead| said.strip_prefix(lead));
        bare.unwrap_or(&said).to_owned()
    }
}
