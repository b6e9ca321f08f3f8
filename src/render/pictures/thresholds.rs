//! Where a dossier stands against each threshold that its decision held it against.

use super::drawing::{Drawing, LINE, WIDTH, place};
use crate::decision::{Combination, Decision, ItemResult, Op, Part, ReadingCase, Step};
use crate::dossier::Dossier;
use crate::known::{End, Interval, Known, Truth};
use crate::number::Ratio;
use crate::policy::{ExprKind, Policy, Type};
use crate::render::Lang;
use crate::render::document::{Picture, Sign};
use crate::render::words::{Words, by_readings, merged, operand, part, truth};
use crate::syntax::tree::CompareOp;

/// How high the band is in which the value stands.
const BAND: u32 = 16;

/// A picture for each number that the decision, the criteria and the objectives hold against a figure; what is the same
/// under several readings once.
pub(crate) fn thresholds(
    policy: &Policy,
    dossier: &Dossier,
    decision: &Decision,
    lang: Lang,
) -> Vec<Picture> {
    let words = Words::new(policy, dossier, decision.examined_on, lang);
    let items = std::iter::once(&decision.decision).chain(&decision.criteria).chain(&decision.objectives);
    items.flat_map(|item| of_item(&words, item)).collect()
}

fn of_item(words: &Words<'_>, item: &ItemResult) -> Vec<Picture> {
    let cases: Vec<(&Combination, Vec<Stand>)> =
        item.by_reading.iter().map(|case| (&case.readings, stands(words, case))).collect();
    let mut all: Vec<&Stand> = Vec::new();
    for stand in cases.iter().flat_map(|(_, stands)| stands) {
        if !all.contains(&stand) {
            all.push(stand);
        }
    }
    let name = words.item(item.item);
    let drawn = |stand: &Stand| {
        let under =
            cases.iter().map(|(combination, stands)| ((*combination).clone(), stands.contains(stand)));
        let options: Vec<String> = by_readings(under.collect())
            .into_iter()
            .filter(|(_, held)| *held)
            .map(|(combination, _)| words.options(&combination))
            .filter(|options| !options.is_empty())
            .collect();
        let named = match options.as_slice() {
            [] => name.to_owned(),
            some => format!("{name} ({})", some.join(words.say(" ; ", "; "))),
        };
        stand.clone().drawn(&named, words.lang)
    };
    all.into_iter().map(drawn).collect()
}

/// A number held against a figure, or two.
#[derive(Debug, Clone, PartialEq)]
struct Stand {
    /// What is held.
    name: String,
    /// All of it in words.
    told: String,
    value: Interval,
    value_said: String,
    /// The figures, each with what is asked of it.
    bounds: Vec<(Ratio, String)>,
    /// What is asked: from where to where.
    asked: Vec<(Option<Ratio>, Option<Ratio>)>,
    truth: Truth,
    /// What is lacking.
    lacking: Option<String>,
}

fn stands(words: &Words<'_>, case: &ReadingCase) -> Vec<Stand> {
    let Some(root) = part(&case.because, Part::Condition) else { return Vec::new() };
    let mut all = Vec::new();
    conditions(words, root, false, &mut all);
    let failing = all.iter().filter(|condition| condition.truth().fails()).count();
    // What would do is said of the whole: of one that fails alone, it is said beside it.
    let lacking = words.remedy(&case.to_meet, true).filter(|_| failing == 1);
    let stand =
        |condition: &Condition| held(words, condition, lacking.clone().filter(|_| condition.truth().fails()));
    all.iter().filter_map(stand).collect()
}

/// A condition that is made of no others, or its contrary.
struct Condition {
    step: Step,
    negated: bool,
}

impl Condition {
    fn truth(&self) -> Truth {
        if self.negated { !truth(&self.step) } else { truth(&self.step) }
    }
}

/// The conditions of which a step is made, through definitions; not those of each element of a list.
fn conditions(words: &Words<'_>, step: &Step, negated: bool, out: &mut Vec<Condition>) {
    let step = words.behind(step);
    if let Op::Cases { .. } = step.op {
        // Tried for each answer: what is so of all of them together.
        let cases: Vec<&Step> = step.operands.iter().flat_map(|case| &case.operands).collect();
        if let Some(step) = merged(&cases) {
            conditions(words, &step, negated, out);
        }
        return;
    }
    let Some(kind) = step.expr.map(|expr| &words.policy.exprs.get(expr).kind) else { return };
    match kind {
        ExprKind::Not(inner) => {
            if let Some(inner) = operand(step, *inner) {
                conditions(words, inner, !negated, out);
            }
        }
        ExprKind::And(of) | ExprKind::Or(of) => {
            for inner in of.iter().filter_map(|inner| operand(step, *inner)) {
                conditions(words, inner, negated, out);
            }
        }
        ExprKind::Bullets { of, .. } => {
            for inner in of.iter().filter_map(|bullet| operand(step, bullet.then)) {
                conditions(words, inner, negated, out);
            }
        }
        _ => out.push(Condition { step: step.clone(), negated }),
    }
}

fn held(words: &Words<'_>, condition: &Condition, lacking: Option<String>) -> Option<Stand> {
    let (Condition { step, negated }, truth) = (condition, condition.truth());
    let figure = |step: &Step| match &step.value {
        Known::Number(own) => own.value().cloned(),
        _ => None,
    };
    let (of, bounds, asked, others) = match words.policy.exprs.get(step.expr?).kind {
        ExprKind::Compare { op, left, right } => {
            let (l, r) = (operand(step, left)?, operand(step, right)?);
            let op = if *negated { op.negated() } else { op };
            let fixed =
                |e| matches!(words.policy.exprs.get(e).kind, ExprKind::Const(_) | ExprKind::Parameter { .. });
            let turned = fixed(left) && !fixed(right);
            let (written, l, r) = if turned { (op.flipped(), r, l) } else { (op, l, r) };
            let literal = matches!(words.policy.exprs.get(r.expr?).kind, ExprKind::Const(_));
            let (op, bound) = match literal && words.ty(l) == Type::Integer {
                true => whole(written, figure(r)?),
                false => (written, figure(r)?),
            };
            let said = words.bound(written, l, r);
            let asked = match op {
                CompareOp::Ge | CompareOp::Gt => (Some(bound.clone()), None),
                CompareOp::Le | CompareOp::Lt => (None, Some(bound.clone())),
                // A value among others is no threshold.
                CompareOp::Eq | CompareOp::Ne => return None,
            };
            (l, vec![(bound, said)], vec![asked], vec![r])
        }
        ExprKind::Between { subject, low, high } => {
            let (of, l, h) = (operand(step, subject)?, operand(step, low)?, operand(step, high)?);
            let (low, high) = (figure(l)?, figure(h)?);
            let asked = match *negated {
                false => vec![(Some(low.clone()), Some(high.clone()))],
                true => vec![(None, Some(low.clone())), (Some(high.clone()), None)],
            };
            (of, vec![(low, words.outcome_of(l)), (high, words.outcome_of(h))], asked, vec![l, h])
        }
        _ => return None,
    };
    let Known::Number(value) = &of.value else { return None };
    let name = words.name(of.expr?);
    let (said, unmet) = match (truth.holds(), truth.fails()) {
        (true, _) => (words.say("condition remplie", "condition met"), false),
        (_, true) => (words.say("condition non remplie", "condition not met"), true),
        _ => (words.say("à établir", "to be settled"), false),
    };
    let told =
        [Some(words.sentence(step, *negated)), Some(said.to_owned()), lacking.clone().filter(|_| unmet)];
    let told: Vec<String> = told.into_iter().flatten().collect();
    Some(Stand {
        name: name.into_owned(),
        told: told.join(words.lang.then()),
        value: value.clone(),
        value_said: words.outcome_beside(of, &others),
        bounds,
        asked,
        truth,
        lacking,
    })
}

/// « au moins 1 » of a whole number that is to be more than 0: as it is said.
fn whole(op: CompareOp, bound: Ratio) -> (CompareOp, Ratio) {
    match op {
        CompareOp::Gt if bound.is_integer() => (CompareOp::Ge, bound.add(&Ratio::one())),
        CompareOp::Lt if bound.is_integer() => (CompareOp::Le, bound.sub(&Ratio::one())),
        _ => (op, bound),
    }
}

impl Stand {
    /// The ends of the line: from 0, if nothing lies below it, to a little past the greatest.
    fn ends(&self) -> (Ratio, Ratio) {
        let known = [&self.value.low, &self.value.high].into_iter().filter_map(End::value);
        let all: Vec<&Ratio> = known.chain(self.bounds.iter().map(|(bound, _)| bound)).collect();
        let zero = Ratio::zero();
        let low = all.iter().copied().min().unwrap_or(&zero);
        let high = all.iter().copied().max().unwrap_or(&zero);
        let low = if low.signum() >= 0 { zero.clone() } else { low.clone() };
        let high = if high.signum() > 0 { high.clone() } else { zero };
        let past =
            high.sub(&low).div(&Ratio::from(5)).filter(|past| !past.is_zero()).unwrap_or_else(Ratio::one);
        let low = if low.is_zero() { low } else { low.sub(&past) };
        (low, high.add(&past))
    }

    /// As it is drawn for an item.
    fn drawn(self, item: &str, lang: Lang) -> Picture {
        let (low, high) = self.ends();
        let at = |value: &Ratio| place(value, (&low, &high), WIDTH);
        let end = |end: &End, open: u32| end.value().map_or(open, at);
        let mut drawing = Drawing::default();
        let labels: Vec<(u32, String)> =
            self.bounds.iter().map(|(bound, said)| (at(bound), said.clone())).collect();
        let lines = drawing.labels(0, &labels);
        let top = lines * LINE + 8;
        for (from, to) in &self.asked {
            let (from, to) = (from.as_ref().map_or(0, at), to.as_ref().map_or(WIDTH, at));
            drawing.area((from, top), (to - from, BAND), "plain");
        }
        let class = match (self.truth.holds(), self.truth.fails()) {
            (true, _) => "held",
            (_, true) => "failed",
            _ => "asked",
        };
        let (bar, middle) = (top + BAND / 2 - 3, top + BAND / 2);
        let (from, to) = match self.value.value() {
            Some(value) => {
                let (zero, own) = (at(&Ratio::zero()), at(value));
                drawing.area((zero.min(own), bar), (zero.abs_diff(own), 6), class);
                drawing.dot((own, middle), 6, class);
                (own, own)
            }
            // What it may be: from one end to the other; an end that is known is marked.
            None => {
                let (from, to) = (end(&self.value.low, 0), end(&self.value.high, WIDTH));
                drawing.area((from, bar), (to.saturating_sub(from), 6), class);
                for own in [&self.value.low, &self.value.high].into_iter().filter_map(End::value) {
                    drawing.dot((at(own), middle), 4, class);
                }
                (from, to)
            }
        };
        drawing.line((0, top + BAND), (WIDTH, top + BAND), "axis");
        for (bound, _) in &self.bounds {
            let x = at(bound);
            drawing.line((x, top - 6), (x, top + BAND + 4), "now");
        }
        let sign = match class {
            "held" => Sign::Yes,
            "failed" => Sign::No,
            _ => Sign::Open,
        };
        let said = format!("{} {}", sign.character(), self.value_said);
        drawing.labels(top + BAND + 6, &[(from.midpoint(to), said)]);
        drawing.y = top + BAND + 6 + LINE;
        if let Some(lacking) = &self.lacking {
            let at = (0, drawing.y);
            let said = lang.pair(lang.pick("pour y remédier", "to remedy this"), lacking);
            drawing.y += drawing.words(at, WIDTH, &said);
        }
        drawing.y += 6;
        drawing.finish(lang.pair(item, &self.told), lang.pair(item, &self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::Stand;
    use crate::known::{End, Interval, Truth};
    use crate::number::Ratio;
    use crate::render::Lang;
    use crate::render::document::{Picture, Shape};

    fn stand(value: Interval, bound: i64, truth: Truth, said: &str) -> Picture {
        let bound = Ratio::from(bound);
        Stand {
            name: "taux".to_owned(),
            told: "taux".to_owned(),
            value,
            value_said: said.to_owned(),
            bounds: vec![(bound.clone(), "au moins 10".to_owned())],
            asked: vec![(Some(bound), None)],
            truth,
            lacking: None,
        }
        .drawn("seuil", Lang::Fr)
    }

    fn areas(picture: &Picture) -> Vec<(u32, u32, &'static str)> {
        let area = |shape: &Shape| match shape {
            Shape::Area { at, size, class } => Some((at.0, size.0, *class)),
            _ => None,
        };
        picture.shapes.iter().filter_map(area).collect()
    }

    fn texts(picture: &Picture) -> Vec<(&str, u32)> {
        let text = |shape: &'_ Shape| match shape {
            Shape::Text { at, .. } => Some(at.0),
            _ => None,
        };
        let places: Vec<u32> = picture.shapes.iter().filter_map(text).collect();
        let said = picture.shapes.iter().filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        said.zip(places).collect()
    }

    #[test]
    fn a_value_stands_beside_its_threshold() {
        // 10 and a fifth: the line goes to 12, 360 / 12 = 30 for each.
        let picture = stand(Interval::point(Ratio::from(5)), 10, Truth::NO, "5");
        assert_eq!(areas(&picture), [(300, 60, "plain"), (0, 150, "failed")]);
        assert_eq!(texts(&picture), [("au moins 10", 300), ("✘ 5", 150)]);
        // 20 and a fifth: to 24, 15 for each.
        let picture = stand(Interval::point(Ratio::from(20)), 10, Truth::YES, "20");
        assert_eq!(areas(&picture), [(150, 210, "plain"), (0, 300, "held")]);
        assert_eq!(texts(&picture), [("au moins 10", 150), ("✔ 20", 300)]);
    }

    #[test]
    fn what_is_not_known_is_drawn_from_end_to_end() {
        let between = Interval::between(Ratio::from(3), Ratio::from(6), true).unwrap();
        let picture = stand(between, 10, Truth::NO, "entre 3 et 6");
        assert_eq!(areas(&picture), [(300, 60, "plain"), (90, 90, "failed")]);
        assert_eq!(texts(&picture)[1], ("✘ entre 3 et 6", 135));
        let open = Interval::new(End::Included(Ratio::from(3)), End::Infinite, true).unwrap();
        let picture = stand(open, 10, Truth::OPEN, "3 ou plus");
        assert_eq!(areas(&picture), [(300, 60, "plain"), (90, 270, "asked")]);
        assert_eq!(texts(&picture)[1], ("? 3 ou plus", 225));
    }

    #[test]
    fn what_lies_below_zero_is_drawn_from_zero() {
        // From -10 less a fifth of 20 to 10 and that fifth: -14 to 14, zero in the middle.
        let picture = stand(Interval::point(Ratio::from(-10)), 10, Truth::NO, "-10");
        let [(_, _, "plain"), (from, wide, "failed")] = areas(&picture)[..] else { panic!("{picture:?}") };
        // 360 × 4 / 28 = 51,43; zero at 180.
        assert_eq!((from, wide), (51, 129));
    }
}
