//! Scales of which a bound is worked out from what a dossier says: each line ends where the next one begins, and its
//! bounds are in order, whatever the dossier.

use super::super::base::Base;
use super::super::granularity::grain;
use super::super::knowledge::Knowledge;
use super::super::order::{AtLeast, Proof, above};
use super::super::witness::Witness;
use super::super::{Held, words};
use crate::diagnostic::Diagnostic;
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::{Band, BandRange, ExprId, ExprKind, Policy};
use crate::source::Span;
use crate::value::Value;

/// An end of a line, with whether it is included.
type End = (ExprId, bool);

/// A line.
struct Rung {
    low: Option<End>,
    high: Option<End>,
    span: Span,
}

/// The first mistake of such a scale.
pub(super) fn check(base: &Base<'_>, held: &[Held], of: ExprId, bands: &[Band]) -> Option<Diagnostic> {
    let rungs: Vec<Rung> = bands
        .iter()
        .filter_map(|band| match band.range {
            BandRange::Between { low, high } => Some(Rung { low, high, span: band.span }),
            BandRange::Options(_) => None,
        })
        .collect();
    let scale = Scale { base, held, of, policy: base.policy };
    rungs
        .iter()
        .find_map(|rung| scale.goes_up(rung))
        .or_else(|| rungs.windows(2).find_map(|pair| scale.meet(pair)))
        .or_else(|| scale.ends(rungs.first()?, rungs.last()?))
}

struct Scale<'b, 'p> {
    base: &'b Base<'p>,
    held: &'b [Held],
    of: ExprId,
    policy: &'p Policy,
}

/// What a proof that is not found leaves to say.
enum Failing {
    /// Answers under which it is not so, and what the two bounds are then.
    Case { case: String, first: String, second: String, below_zero: Option<ExprId> },
    /// It may be so all the same.
    Unproved(&'static str),
}

impl Scale<'_, '_> {
    /// Nothing where `a` is always above `b` by so much.
    fn failing(&self, a: ExprId, b: ExprId, by: &AtLeast) -> Option<Failing> {
        let lead = match above(self.base, self.held, a, b, by) {
            Proof::Found => return None,
            Proof::NotFound => "rien ne prouve que",
            Proof::GivenUp => "la preuve, trop longue, n'est pas trouvée que",
        };
        let below = |knowledge: &Knowledge<'_>| match (exact(knowledge, a), exact(knowledge, b)) {
            (Some((_, a)), Some((_, b))) => match a.sub(&b).cmp(&by.least) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Equal => by.strict,
                std::cmp::Ordering::Greater => false,
            },
            _ => false,
        };
        let Some(witness) = Witness::find(self.base, self.held, &[a, b], &below) else {
            return Some(Failing::Unproved(lead));
        };
        let knowledge = witness.knowledge(self.base, self.held);
        let shown = |expr| {
            exact(&knowledge, expr).map_or_else(String::new, |(value, _)| {
                words::value(self.policy, self.policy.exprs.get(expr).ty, &value)
            })
        };
        Some(Failing::Case {
            case: witness.words(self.policy),
            first: shown(b),
            second: shown(a),
            below_zero: witness.below_zero(),
        })
    }

    fn name(&self, expr: ExprId) -> String {
        format!("« {} »", words::expression(self.policy, expr))
    }

    /// A line goes from its lower bound to its upper one.
    fn goes_up(&self, rung: &Rung) -> Option<Diagnostic> {
        let ((low, low_in), (high, high_in)) = (rung.low?, rung.high?);
        let by = AtLeast { least: Ratio::zero(), strict: !low_in && !high_in };
        let failing = self.failing(high, low, &by)?;
        let (low_name, high_name) = (self.name(low), self.name(high));
        let mut negative = None;
        let message = match failing {
            Failing::Case { case, first, second, below_zero } => {
                negative = below_zero;
                format!(
                    "cette ligne ne va pas toujours du plus petit au plus grand : si {case}, elle va de {first} à {second}"
                )
            }
            Failing::Unproved(lead) => format!("{lead} {low_name} ne dépasse jamais {high_name}"),
        };
        let constant = |expr| matches!(self.policy.exprs.get(expr).kind, ExprKind::Const(_));
        let fact = |expr| matches!(self.policy.exprs.get(expr).kind, ExprKind::Fact(_) | ExprKind::Field(_));
        let (bare_low, bare_high) =
            (words::expression(self.policy, low), words::expression(self.policy, high));
        let help = if let Some(fact) = negative {
            words::never_negative(self.policy, fact)
        } else if constant(low) && fact(high) {
            format!("si {high_name} n'est jamais en dessous, le dire où il est déclaré : « ≥ {bare_low} »")
        } else if constant(high) && fact(low) {
            format!("si {low_name} n'est jamais au-dessus, le dire où il est déclaré : « ≤ {bare_high} »")
        } else {
            format!(
                "si aucun dossier sensé n'est dans ce cas, l'écrire dans une « cohérence » : « exige {bare_low} ≤ {bare_high} »"
            )
        };
        Some(
            Diagnostic::error("bareme-desordonne", message)
                .at(&self.policy.file, rung.span, "l'ordre de ces bornes n'est pas sûr")
                .help(help),
        )
    }

    /// A line ends where the next one begins.
    fn meet(&self, pair: &[Rung]) -> Option<Diagnostic> {
        let [first, second] = pair else { return None };
        let file = &self.policy.file;
        let (Some((end, end_in)), Some((start, start_in))) = (first.high, second.low) else {
            let (which, text) =
                if first.high.is_none() { (first, "n'a pas de fin") } else { (second, "n'a pas de début") };
            return Some(
                Diagnostic::error("bareme-qui-se-recouvre", "deux lignes de ce barème se recouvrent")
                    .at(file, which.span, format!("cette ligne {text}"))
                    .help("n'ouvrir que la première ligne (« jusqu'à », « moins de ») et la dernière (« au-delà »)"),
            );
        };
        // Bounds that are both in, or both out, leave room only where values go by steps.
        let step = grain(self.base, self.of)
            .step()
            .filter(|step| [end, start].iter().all(|bound| grain(self.base, *bound).is_multiple_of(step)))
            .cloned();
        let apart = step.unwrap_or_else(Ratio::zero);
        let (gap, overlap) = match (end_in, start_in) {
            (true, false) | (false, true) => {
                (AtLeast::as_much(Ratio::zero()), AtLeast::as_much(Ratio::zero()))
            }
            (true, true) => (AtLeast::as_much(apart.neg()), AtLeast { least: Ratio::zero(), strict: true }),
            (false, false) => (AtLeast { least: Ratio::zero(), strict: true }, AtLeast::as_much(apart.neg())),
        };
        let same = self.policy.exprs.get(end).shape == self.policy.exprs.get(start).shape;
        let (end_name, start_name) = (self.name(end), self.name(start));
        let (code, message) = if let Some(failing) = self.failing(end, start, &gap) {
            let message = match failing {
                _ if same => format!("rien n'est prévu pour {end_name} dans ce barème"),
                Failing::Case { case, second, first, .. } => {
                    format!(
                        "rien n'est prévu entre deux lignes de ce barème si {case} : l'une finit à {second}, l'autre commence à {first}"
                    )
                }
                Failing::Unproved(lead) => {
                    format!(
                        "{lead} la seconde ligne commence où finit la première : de {end_name} à {start_name}"
                    )
                }
            };
            ("bareme-troue", message)
        } else {
            let failing = self.failing(start, end, &overlap)?;
            let message = match failing {
                _ if same => format!("{end_name} est dans deux lignes du barème"),
                Failing::Case { case, second, first, .. } => {
                    format!(
                        "deux lignes de ce barème se recouvrent si {case} : l'une finit à {first}, l'autre commence à {second}"
                    )
                }
                Failing::Unproved(lead) => {
                    format!(
                        "{lead} la seconde ligne ne commence pas avant la fin de la première : {start_name}, {end_name}"
                    )
                }
            };
            ("bareme-qui-se-recouvre", message)
        };
        let bare = words::expression(self.policy, end);
        Some(
            Diagnostic::error(code, message)
                .at(file, first.span, "cette ligne finit ici")
                .at(file, second.span, "celle-ci commence là")
                .help(format!(
                    "commencer une ligne où finit l'autre : « jusqu'à {bare} », puis « plus de {bare} »"
                )),
        )
    }

    /// Nothing lies below the first line or above the last.
    fn ends(&self, first: &Rung, last: &Rung) -> Option<Diagnostic> {
        let strict = |(_, included): End| AtLeast { least: Ratio::zero(), strict: !included };
        let below = first.low.filter(|low| self.failing(self.of, low.0, &strict(*low)).is_some());
        let above = last.high.filter(|high| self.failing(high.0, self.of, &strict(*high)).is_some());
        let (rung, (end, _), place, help) = match (below, above) {
            (Some(low), _) => {
                (first, low, "en dessous de", "commencer le barème par une ligne « jusqu'à » ou « moins de »")
            }
            (None, Some(high)) => (last, high, "au-delà de", "finir le barème par une ligne « au-delà »"),
            (None, None) => return None,
        };
        let message = format!("rien n'est prévu {place} {} dans ce barème", self.name(end));
        Some(Diagnostic::error("bareme-troue", message).at(&self.policy.file, rung.span, "").help(help))
    }
}

/// The one value that an expression has, and that value as a number.
fn exact(knowledge: &Knowledge<'_>, expr: ExprId) -> Option<(Value, Ratio)> {
    let known: Known = knowledge.known(expr);
    Some((known.value()?, knowledge.numbers(expr).value()?.clone()))
}
