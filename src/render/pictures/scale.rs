//! A scale as steps: a line for each of its bands, as long as what it gives.

use super::drawing::{Drawing, LINE, WIDTH, place, wide};
use crate::number::Ratio;
use crate::phrase::Phrases;
use crate::policy::expr::{Band, BandRange};
use crate::policy::{ExprId, ExprKind, Policy, Type};
use crate::render::Lang;
use crate::render::document::Picture;
use crate::render::words::number;
use crate::value::Value;

/// The room for what a band is of, and where the steps begin.
const NAMES: u32 = 130;
const START: u32 = NAMES + 10;
/// The room that what a band gives has beside its step, at most.
const VALUES: u32 = 110;
const HEIGHT: u32 = 14;

/// A scale, where an expression is one.
pub(crate) fn scale(policy: &Policy, expr: ExprId, lang: Lang) -> Option<Picture> {
    let ExprKind::Scale { of, bands, by_slices } = &policy.exprs.get(expr).kind else { return None };
    let said = Said { policy, phrases: Phrases { policy, lang }, lang };
    let steps: Vec<Step> = bands.iter().map(|band| said.step(*of, band)).collect();
    let name = said.phrases.value(*of);
    let by = lang.pick("Barème selon", "Scale by");
    let slices = match by_slices {
        true => lang.pick(", par tranches : à chaque tranche son taux", ", in slices: each at its own rate"),
        false => "",
    };
    Some(drawn(&steps, format!("{by} {}{slices}", lang.quoted(&name)), lang))
}

/// A band in words.
#[derive(Debug, Clone)]
struct Step {
    of: String,
    gives: String,
    /// How much, where that is a figure.
    value: Option<Ratio>,
}

struct Said<'p> {
    policy: &'p Policy,
    phrases: Phrases<'p>,
    lang: Lang,
}

impl Said<'_> {
    fn step(&self, of: ExprId, band: &Band) -> Step {
        let ty = self.policy.exprs.get(of).ty;
        let of = match (&band.range, ty) {
            (BandRange::Options(ranks), Type::Choice(choice)) => {
                let options = &self.policy.choices[choice.index()].options;
                let names: Vec<&str> = ranks
                    .iter()
                    .filter_map(|rank| options.get(usize::from(*rank)))
                    .map(|name| &**name)
                    .collect();
                names.join(self.lang.pick(" ou ", " or "))
            }
            (BandRange::Between { low, high }, ty) if ty != Type::Date => self.between(
                low.map(|(end, own)| (self.value(end), own)),
                high.map(|(end, own)| (self.value(end), own)),
            ),
            _ => self.written(band),
        };
        let value = match &self.policy.exprs.get(band.value).kind {
            ExprKind::Const(Value::Number(value)) => Some(value.clone()),
            _ => None,
        };
        let per = self.policy.exprs.measure(band.value).filter(|_| value.is_some());
        let per = per.map_or_else(String::new, |per| self.lang.pick(per.to_string(), per.english()));
        Step { of, gives: self.value(band.value) + &per, value }
    }

    fn value(&self, expr: ExprId) -> String {
        let own = self.policy.exprs.get(expr);
        match &own.kind {
            ExprKind::Const(Value::Number(value)) => number(self.policy, self.lang, value, own.ty),
            _ => self.phrases.held(expr),
        }
    }

    /// A line as its author wrote it, before its colon.
    fn written(&self, band: &Band) -> String {
        let line = self.policy.file.slice(band.span).split_whitespace().collect::<Vec<_>>().join(" ");
        line.split(" : ").next().unwrap_or_default().to_owned()
    }

    /// `de 10 à moins de 20`: each end with whether it is of the band.
    fn between(&self, low: Option<(String, bool)>, high: Option<(String, bool)>) -> String {
        let say = |french, english| self.lang.pick(french, english);
        match (low, high) {
            (None, None) => say("toujours", "always").to_owned(),
            (None, Some((high, true))) => format!("{} {high}", say("jusqu'à", "up to")),
            (None, Some((high, false))) => format!("{} {high}", say("moins de", "less than")),
            (Some((low, true)), None) => format!("{} {low}", say("à partir de", "from")),
            (Some((low, false)), None) => format!("{} {low}", say("plus de", "more than")),
            (Some((low, true)), Some((high, true))) if low == high => low,
            (Some((low, true)), Some((high, true))) => {
                format!("{} {low} {} {high}", say("de", "from"), say("à", "to"))
            }
            (Some((low, true)), Some((high, false))) => {
                format!("{} {low} {} {high}", say("de", "from"), say("à moins de", "to less than"))
            }
            (Some((low, false)), Some((high, true))) => {
                format!("{} {low}, {} {high}", say("plus de", "more than"), say("jusqu'à", "up to"))
            }
            (Some((low, false)), Some((high, false))) => {
                format!("{} {low}, {} {high}", say("plus de", "more than"), say("moins de", "less than"))
            }
        }
    }
}

fn drawn(steps: &[Step], caption: String, lang: Lang) -> Picture {
    let values: Option<Vec<&Ratio>> = steps.iter().map(|step| step.value.as_ref()).collect();
    // Lengths say something of figures that are all there and none below zero.
    let values = values.filter(|values| values.iter().all(|value| value.signum() >= 0));
    let most = values.as_ref().and_then(|values| values.iter().max().copied()).filter(|most| !most.is_zero());
    let widest = steps.iter().map(|step| wide(&step.gives)).max().unwrap_or(0).min(VALUES);
    let room = WIDTH - START - widest - 10;
    let mut drawing = Drawing::default();
    drawing.y = 4;
    let top = drawing.y;
    for (rank, step) in steps.iter().enumerate() {
        let y = drawing.y;
        let names = drawing.words((0, y), NAMES, &step.of);
        let length = match (&values, most) {
            (Some(values), Some(most)) => place(values[rank], (&Ratio::zero(), most), room),
            _ => 0,
        };
        if length > 0 {
            drawing.area((START, y + 2), (length, HEIGHT), "plain");
        }
        let beside = START + length + 6;
        let gives = drawing.words((beside, y), WIDTH - beside, &step.gives);
        drawing.y += names.max(gives).max(LINE) + 6;
    }
    drawing.line((START, top), (START, drawing.y), "axis");
    let told: Vec<String> = steps.iter().map(|step| lang.pair(&step.of, &step.gives)).collect();
    Picture { repeats: true, ..drawing.finish(lang.pair(&caption, &told.join(lang.then())), caption) }
}

#[cfg(test)]
mod tests {
    use super::{Step, drawn, scale};
    use crate::number::Ratio;
    use crate::policy::{ExprId, ExprKind, Policy};
    use crate::render::Lang;
    use crate::render::document::{Picture, Shape};

    const SCALE: &str = "
définition prime
  selon texte « selon l'âge »
  vaut selon âge
    jusqu'à 0      : 0 €
    de 1 à 2       : 100 €
    plus de 2 jusqu'à 17 : 150 €
    à partir de 18 : 400 €

financement aide
  selon texte « une prime »
  montant prime
";

    fn policy() -> Policy {
        let text = [include_str!("../../../tests/support/majorite.pol"), SCALE].concat();
        let file = crate::source::SourceFile::new("prime.pol", text);
        let checked = crate::check::check(&file);
        let problems = checked.diagnostics;
        checked.policy.unwrap_or_else(|| panic!("{problems:?}"))
    }

    fn pictures(policy: &Policy) -> Vec<Picture> {
        let all = (0..).map(ExprId).take(policy.exprs.len());
        all.filter(|expr| matches!(policy.exprs.get(*expr).kind, ExprKind::Scale { .. }))
            .filter_map(|expr| scale(policy, expr, Lang::Fr))
            .collect()
    }

    #[test]
    fn a_scale_is_told_line_by_line() {
        let policy = policy();
        let all = pictures(&policy);
        let [picture] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(
            picture.told,
            "Barème selon « âge » : jusqu'à 0 : 0 € ; de 1 à 2 : 100 € ; plus de 2, jusqu'à 17 : 150 € ; \
             à partir de 18 : 400 €"
        );
    }

    #[test]
    fn a_step_is_as_long_as_what_it_gives() {
        let step = |of: &str, gives: &str, value| Step {
            of: of.to_owned(),
            gives: gives.to_owned(),
            value: Some(Ratio::from(value)),
        };
        let steps =
            [step("0", "0 €", 0), step("de 1 à 2", "100 €", 100), step("à partir de 3", "400 €", 400)];
        let picture = drawn(&steps, "Barème".to_owned(), Lang::Fr);
        let long: Vec<((u32, u32), u32)> = picture
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Area { at, size, .. } => Some((*at, size.0)),
                _ => None,
            })
            .collect();
        // From 140 to 360, less 35 for « 400 € » and 10 between: 175 for the greatest, a quarter for 100 €, none for 0.
        assert_eq!(long, [((140, 30), 43), ((140, 54), 175)]);
        // Below zero, words alone.
        let below = [step("0", "-1 €", -1), step("1", "2 €", 2)];
        let picture = drawn(&below, "Barème".to_owned(), Lang::Fr);
        assert!(!picture.shapes.iter().any(|shape| matches!(shape, Shape::Area { .. })));
    }
}
