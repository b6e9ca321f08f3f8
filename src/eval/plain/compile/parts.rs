//! Comparisons, points, cases and scales.

use super::*;

impl Compiler<'_> {
    pub(super) fn bullets(&mut self, quantity: Quantity, of: &[Guarded]) -> Node {
        let bullets: Vec<At> = of.iter().map(|bullet| self.bullet(quantity, bullet)).collect();
        let count = id(bullets.len());
        let of = self.nodes(bullets);
        match quantity {
            Quantity::All => Node::All(of),
            Quantity::AtLeast(1) => Node::Any(of),
            Quantity::AtLeast(least) => Node::Tally { least, most: count, of },
            Quantity::AtMost(most) => Node::Tally { least: 0, most, of },
            Quantity::Exactly(exactly) => Node::Tally { least: exactly, most: exactly, of },
        }
    }

    /// Under « all », a bullet whose `si` is not so asks nothing; elsewhere it counts for nothing.
    pub(super) fn bullet(&mut self, quantity: Quantity, bullet: &Guarded) -> At {
        let then = self.expr(bullet.then);
        let Some(only_if) = bullet.only_if else { return then };
        let only_if = self.expr(only_if);
        let node = match quantity {
            Quantity::All => Node::Implies(only_if, then),
            Quantity::AtLeast(_) | Quantity::AtMost(_) | Quantity::Exactly(_) => {
                Node::All(self.nodes(vec![only_if, then]))
            }
        };
        self.push(node)
    }

    pub(super) fn comparison(&mut self, op: CompareOp, left: ExprId, right: ExprId) -> Node {
        if let (Type::Choice(choice), ExprKind::Const(Value::Choice(option))) =
            (self.policy.exprs.get(left).ty, &self.policy.exprs.get(right).kind)
        {
            let count = id(self.policy.choices[choice.index()].options.len());
            if count <= u64::BITS {
                let holds = |other: &u32| op.holds(other.cmp(&u32::from(*option)));
                let options = (0..count).filter(holds).fold(0, |all, other| all | 1 << other);
                return self.one_of(left, options);
            }
        }
        if let Some(node) = self.whole(op, left, right) {
            return node;
        }
        let sort = self.sort(left);
        Node::Compare { sort, op, left: self.expr(left), right: self.expr(right) }
    }

    /// A fact that is a whole number beside a whole constant.
    fn whole(&self, op: CompareOp, left: ExprId, right: ExprId) -> Option<Node> {
        let (left, right) = (self.policy.exprs.get(left), self.policy.exprs.get(right));
        let (ExprKind::Fact(fact), ExprKind::Const(Value::Number(bound))) = (&left.kind, &right.kind) else {
            return None;
        };
        let bound = bound.to_i64().filter(|_| left.ty == Type::Integer)?;
        let (least, most) = match op {
            CompareOp::Eq => (bound, bound),
            CompareOp::Ne => return None,
            CompareOp::Lt => (i64::MIN, bound.checked_sub(1)?),
            CompareOp::Le => (i64::MIN, bound),
            CompareOp::Gt => (bound.checked_add(1)?, i64::MAX),
            CompareOp::Ge => (bound, i64::MAX),
        };
        Some(Node::Whole { fact: *fact, least, most })
    }

    /// Whether a choice is one of some options.
    pub(super) fn one_of(&mut self, subject: ExprId, options: u64) -> Node {
        match self.node(subject) {
            Node::Fact(fact) => Node::FactIn { fact, options },
            Node::Reading(reading) => Node::ReadingIn { reading, options },
            node => Node::PickIn { subject: self.push(node), options },
        }
    }

    pub(super) fn among(&mut self, subject: ExprId, values: &[ExprId]) -> Node {
        let policy = self.policy;
        let bit = |value: &ExprId| match &policy.exprs.get(*value).kind {
            ExprKind::Const(Value::Choice(option)) => 1u64.checked_shl(u32::from(*option)),
            _ => None,
        };
        let options = values.iter().map(bit).try_fold(0u64, |all, bit| Some(all | bit?));
        if let Some(options) = options {
            return self.one_of(subject, options);
        }
        if let [value] = values
            && let ExprKind::Const(Value::Truth(truth)) = policy.exprs.get(*value).kind
        {
            return if truth { self.node(subject) } else { Node::Not(self.expr(subject)) };
        }
        Node::Among { sort: self.sort(subject), subject: self.expr(subject), values: self.exprs(values) }
    }

    /// A literal duration of months and days is two shifts, one after the other.
    pub(super) fn shift(&mut self, date: ExprId, by: ExprId, then_days: i64, back: bool) -> Node {
        let days = self.in_days(by);
        let node = Node::Shift { date: self.expr(date), by: self.expr(by), days, back };
        if then_days == 0 {
            return node;
        }
        let date = self.push(node);
        let by = self.push(Node::Number(then_days.into()));
        Node::Shift { date, by, days: true, back }
    }

    pub(super) fn cases(&mut self, lines: &[CaseLine], otherwise: Option<ExprId>) -> Node {
        // Lines exclude one another or are read in order: the first that holds is the one.
        let of = lines.iter().flat_map(|line| [line.when, line.value]);
        let of = of.map(|expr| self.expr(expr)).collect();
        Node::Cases { lines: self.nodes(of), otherwise: self.maybe(otherwise) }
    }

    pub(super) fn scale(&mut self, of: ExprId, bands: &[crate::policy::Band]) -> Scale {
        let sort = self.sort(of);
        let of = self.expr(of);
        let bands = bands
            .iter()
            .map(|band| Band {
                range: match &band.range {
                    BandRange::Options(options) => Ends::Options(OptionSet::of(options.iter().copied())),
                    BandRange::Between { low, high } => Ends::Between {
                        low: low.map(|(end, included)| (self.expr(end), included)),
                        high: high.map(|(end, included)| (self.expr(end), included)),
                    },
                },
                value: self.expr(band.value),
            })
            .collect();
        Scale { of, sort, bands }
    }
}
