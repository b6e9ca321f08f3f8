//! The parameters: how the conditions weigh, what the rules hold answers against, what was retained of the texts.

use crate::decision::{Leaf, Op, Step};
use crate::known::Known;
use crate::pages::Rules;
use crate::papers::fill::{Fill, capital};
use crate::policy::{Definition, ExprKind, ParameterId, Quantity};
use crate::render::document::{Block, Cell, Grid};

impl Fill<'_> {
    /// The weights, or that there are none; the rules with their figures; the values that have days; the readings.
    pub(super) fn parameters(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Para(self.weights())];
        blocks.extend(self.rules());
        blocks.extend(self.definitions());
        let values = self.dated_values();
        if !values.is_empty() {
            let heads = ["Paramètre", "Valeur appliquée", "En vigueur"].map(str::to_owned).to_vec();
            blocks.push(Block::Grid(Grid { caption: "Valeurs datées".to_owned(), heads, rows: values }));
        }
        let readings = self.readings();
        if !readings.is_empty() {
            let heads = ["Lecture", "Options", "Dans ce dossier"].map(str::to_owned).to_vec();
            blocks.push(Block::Grid(Grid {
                caption: "Lectures des textes".to_owned(),
                heads,
                rows: readings,
            }));
        }
        blocks
    }

    /// Nothing weighs more than something else: what the decision asks says how its conditions go together.
    fn weights(&self) -> String {
        let policy = self.words().policy;
        let none = "Aucune condition n'a plus de poids qu'une autre";
        if !policy.decision.stated {
            return format!("{none} : chaque résultat suit la règle qui le donne.");
        }
        let together = match &policy.exprs.get(policy.decision.favourable).kind {
            ExprKind::Bullets { quantity: Quantity::All, .. } | ExprKind::And(_) | ExprKind::AllCriteria => {
                "les conditions sont cumulatives, aucune n'en compense une autre".to_owned()
            }
            ExprKind::Or(_) => "il suffit que l'une des conditions soit remplie".to_owned(),
            ExprKind::Bullets { quantity: Quantity::AtLeast(n), of } => {
                format!(
                    "il faut qu'au moins {n} conditions sur {} soient remplies, toutes de même poids",
                    of.len()
                )
            }
            ExprKind::Bullets { quantity: Quantity::AtMost(n), of } => {
                format!(
                    "il faut qu'au plus {n} conditions sur {} soient remplies, toutes de même poids",
                    of.len()
                )
            }
            ExprKind::Bullets { quantity: Quantity::Exactly(n), of } => {
                format!(
                    "il faut qu'exactement {n} conditions sur {} soient remplies, toutes de même poids",
                    of.len()
                )
            }
            _ => "la décision est favorable si sa condition est remplie".to_owned(),
        };
        let eased = policy.criteria.iter().any(|criterion| {
            !criterion.unless.is_empty()
                || matches!(
                    policy.exprs.get(criterion.requires).kind,
                    ExprKind::Or(_)
                        | ExprKind::Bullets {
                            quantity: Quantity::AtLeast(_) | Quantity::AtMost(_) | Quantity::Exactly(_),
                            ..
                        }
                )
        });
        let but = if eased {
            ", sauf là où une règle le dit (« au moins », « au plus », « sauf si »)"
        } else {
            ""
        };
        format!("{none} : {together}{but}.")
    }

    /// Each item with what it asks or gives, and what it came to.
    fn rules(&self) -> Vec<Block> {
        let (words, decision) = (self.words(), self.decision());
        let stated = words.policy.decision.stated.then_some(&decision.decision);
        let results = stated.into_iter().chain(&decision.criteria).chain(&decision.objectives);
        let results =
            results.chain(&decision.missions).chain(&decision.fundings).chain(&decision.obligations);
        let told = results.filter(|result| !self.withholds(result.item)).map(|result| {
            let came_to = words.came_to(result.item, result.status, result.value.as_ref());
            let title = capital(&words.pair(words.item(result.item), &came_to));
            Block::Part { anchor: None, title, blocks: self.spoken().item(result.item) }
        });
        told.collect()
    }

    /// What the text calls by a name, each with what it says of it.
    fn definitions(&self) -> Vec<Block> {
        let definitions = self.words().policy.definitions.iter();
        let of_withheld = |definition: &&Definition| {
            self.withheld_names().any(|name| definition.label.ends_with(&format!("({name})")))
        };
        let told = definitions.filter(|one| !one.result && !of_withheld(one)).map(|definition| Block::Part {
            anchor: None,
            title: format!(
                "Ce que les règles du traitement appellent {}",
                self.words().quoted(&definition.label)
            ),
            blocks: self.spoken().definition(definition),
        });
        told.collect()
    }

    fn spoken(&self) -> Rules<'_> {
        Rules { policy: self.words().policy, lang: self.words().lang }
    }

    /// The values of the text that change with time, as they were taken.
    fn dated_values(&self) -> Vec<Vec<Cell>> {
        let decision = self.decision();
        let results =
            std::iter::once(&decision.decision).chain(&decision.criteria).chain(&decision.objectives);
        let results =
            results.chain(&decision.missions).chain(&decision.fundings).chain(&decision.obligations);
        let steps = results.flat_map(|result| &result.by_reading).flat_map(|case| &case.because.parts);
        let mut taken: Vec<(ParameterId, &Step)> = Vec::new();
        steps.for_each(|(_, step)| self.taken(step, &mut taken));
        taken.sort_by_key(|(parameter, _)| *parameter);
        let row = |(parameter, step): (ParameterId, &Step)| {
            let name = step.expr.map_or_else(String::new, |expr| self.words().name(expr).into_owned());
            let value = self.words().outcome_of(step);
            [name, value, self.in_force(parameter, &step.value)].map(Cell::plain).to_vec()
        };
        taken.into_iter().map(row).collect()
    }

    fn taken<'s>(&self, step: &'s Step, taken: &mut Vec<(ParameterId, &'s Step)>) {
        if let Op::Leaf(Leaf::Parameter(parameter)) = &step.op
            && !taken.iter().any(|(_, known)| known.expr == step.expr && known.value == step.value)
        {
            taken.push((*parameter, step));
        }
        if let Op::Shared(body) = &step.op {
            self.taken(body, taken);
        }
        step.operands.iter().for_each(|operand| self.taken(operand, taken));
    }

    /// From when to when a value holds.
    fn in_force(&self, parameter: ParameterId, value: &Known) -> String {
        let words = self.words();
        let periods = &words.policy.parameters[parameter.index()].periods;
        let value = value.value();
        let mut same = periods.iter().filter(|period| value.as_ref() == Some(&period.value));
        match (same.next(), same.next()) {
            (Some(period), None) => match (period.from, period.until) {
                (Some(from), Some(until)) => format!("du {} au {}", words.date(from), words.date(until)),
                (Some(from), None) => format!("depuis le {}", words.date(from)),
                (None, Some(until)) => format!("jusqu'au {}", words.date(until)),
                (None, None) => "toujours".to_owned(),
            },
            _ => "selon la date".to_owned(),
        }
    }

    /// Each reading with its options, and what became of it.
    fn readings(&self) -> Vec<Vec<Cell>> {
        let words = self.words();
        let told = self.decision().readings.iter().map(|result| {
            let options = (0_u16..).zip(&result.outcomes);
            let options: Vec<String> =
                options.map(|(option, _)| words.option(result.reading, option).to_owned()).collect();
            let by_text = words.policy.readings[result.reading.index()].retained.is_some();
            let became = match result.retained {
                Some(option) if by_text => {
                    format!("{}, retenue par le texte", words.quoted(words.option(result.reading, option)))
                }
                Some(option) => {
                    let by = self.by_whom(result.origin.as_ref());
                    format!("{}, retenue {by}", words.quoted(words.option(result.reading, option)))
                }
                None if result.changes.is_empty() => "sans effet, aucune n'est retenue".to_owned(),
                None => {
                    let names: Vec<String> =
                        result.changes.iter().map(|item| words.quoted(words.item(*item))).collect();
                    format!("aucune n'est retenue ; en dépend {}", words.list(&names, ("et", "and")))
                }
            };
            vec![
                Cell::plain(words.reading(result.reading)),
                Cell::plain(words.list(&options, ("ou", "or"))),
                Cell::plain(became),
            ]
        });
        told.collect()
    }
}
