//! Conditions over rows: the rows of which they hold.

use std::collections::BTreeMap;

use super::batch::Held;
use super::bits::Bits;
use super::run::Wide;
use super::values::{Col, Days, Nums, Picks};
use crate::eval::plain::program::{At, Band, Ends, Node, Nodes, Sort};
use crate::eval::plain::sorts::Day;
use crate::eval::plain::steps::YES;
use crate::number::Small;
use crate::syntax::tree::CompareOp;

impl<'a> Wide<'a> {
    /// The rows, of some, of which a condition holds.
    pub fn condition(&mut self, node: &'a Node, rows: &Bits) -> Bits {
        let program = self.program;
        match node {
            Node::Truth(true) => rows.clone(),
            Node::Truth(false) => Bits::none(self.len()),
            Node::Not(of) => rows.without(&self.value(*of, rows)),
            Node::All(of) => {
                program.operands(*of).iter().fold(rows.clone(), |left, at| self.value(*at, &left))
            }
            Node::Any(of) => self.any(*of, rows),
            Node::Implies(when, then) => {
                let when: Bits = self.value(*when, rows);
                let mut holds = rows.without(&when);
                holds.join(&self.value(*then, &when));
                holds
            }
            Node::Steps(start) => self.steps(*start, rows),
            Node::Once(unit, of) => self.at_dossiers(rows, |run, rows| {
                run.unit(*unit, rows, |run, rows| run.value::<Bits>(*of, rows))
            }),
            Node::Tally { least, most, of } => {
                let mut counts = vec![0_u32; self.len()];
                for at in program.operands(*of) {
                    let holds: Bits = self.value(*at, rows);
                    holds.rows().for_each(|row| counts[row] += 1);
                }
                Bits::of(counts.len(), |row| (*least..=*most).contains(&counts[row])).and(rows)
            }
            Node::Whole { fact, least, most } => {
                let number: Nums<'a> =
                    self.at_dossiers(rows, |run, rows| Nums::held(run, &run.batch.facts[fact.index()], rows));
                let (least, most) = (Small::from(*least), Small::from(*most));
                let enough = self.ordered(&number, CompareOp::Ge, &Nums::One(least));
                enough.and(&self.ordered(&number, CompareOp::Le, &Nums::One(most))).and(rows)
            }
            Node::Compare { sort, op, left, right } => match sort {
                Sort::Number => {
                    let (left, right): (Nums<'a>, Nums<'a>) =
                        (self.value(*left, rows), self.value(*right, rows));
                    self.ordered(&left, *op, &right).and(rows)
                }
                Sort::Day => {
                    let (left, right): (Days<'a>, Days<'a>) =
                        (self.value(*left, rows), self.value(*right, rows));
                    self.days_ordered(&left, *op, &right, rows)
                }
                Sort::Pick => {
                    let (left, right): (Picks<'a>, Picks<'a>) =
                        (self.value(*left, rows), self.value(*right, rows));
                    Bits::of(self.len(), |row| op.holds(left.at(row).0.cmp(&right.at(row).0))).and(rows)
                }
                Sort::Truth => {
                    let (left, right): (Bits, Bits) = (self.value(*left, rows), self.value(*right, rows));
                    let mut differ = left.without(&right);
                    differ.join(&right.without(&left));
                    match op {
                        CompareOp::Eq => rows.without(&differ),
                        CompareOp::Ne => differ.and(rows),
                        CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => self.none_of(rows),
                    }
                }
                Sort::Word => match (op, self.named(*left, std::slice::from_ref(right), rows)) {
                    (CompareOp::Eq, Some(same)) => same,
                    (CompareOp::Ne, Some(same)) => rows.without(&same),
                    _ => self.by_row(node, rows),
                },
            },
            Node::Among { sort: Sort::Word, subject, values } => {
                let named = self.named(*subject, program.operands(*values), rows);
                named.unwrap_or_else(|| self.by_row(node, rows))
            }
            Node::FactIn { fact, options } => {
                let picks: Picks<'a> = self
                    .at_dossiers(rows, |run, rows| Picks::held(run, &run.batch.facts[fact.index()], rows));
                self.options(&picks, *options).and(rows)
            }
            Node::ReadingIn { reading, options } => {
                let picks = self.at_dossiers(rows, |run, rows| run.reading(*reading, rows));
                self.options(&picks, *options).and(rows)
            }
            Node::PickIn { subject, options } => {
                let picks: Picks<'a> = self.value(*subject, rows);
                self.options(&picks, *options).and(rows)
            }
            Node::Between { sort: Sort::Number, subject, low, high } => {
                let subject: Nums<'a> = self.value(*subject, rows);
                let (low, high): (Nums<'a>, Nums<'a>) = (self.value(*low, rows), self.value(*high, rows));
                let above = self.ordered(&subject, CompareOp::Ge, &low).and(rows);
                above.and(&self.ordered(&subject, CompareOp::Le, &high))
            }
            Node::Holds(item) => self.at_dossiers(rows, |run, rows| run.holds(*item as usize).and(rows)),
            Node::AllCriteria(_) => self.at_dossiers(rows, |run, rows| {
                run.program.criteria.clone().fold(rows.clone(), |left, item| left.and(&run.holds(item)))
            }),
            node => self.by_row(node, rows),
        }
    }

    /// The rows of which an answer is one of some words; `None` where more is compared.
    fn named(&mut self, subject: At, words: &[At], rows: &Bits) -> Option<Bits> {
        let program = self.program;
        let word = |at: &At| match program.node(*at) {
            Node::Word(rank) => program.words.get(*rank as usize).map(|word| &**word),
            _ => None,
        };
        let words: Vec<&str> = words.iter().map(word).collect::<Option<_>>()?;
        let named = |run: &mut Self, held: &'a Held, rows: &Bits| {
            let text = |row: usize| run.batch.text(held, row);
            let (given, same): (Bits, Bits) = (
                Bits::of(run.len(), |row| text(row).is_some()),
                Bits::of(run.len(), |row| text(row).is_some_and(|text| words.contains(&text))),
            );
            run.lose(&rows.without(&given));
            same.and(rows)
        };
        let batch = self.batch;
        match program.node(subject) {
            Node::Fact(fact) => {
                Some(self.at_dossiers(rows, |run, rows| named(run, &batch.facts[fact.index()], rows)))
            }
            Node::Field { list, rank } if self.list == Some(*list) => {
                Some(named(self, &batch.lists[list.index()].fields[*rank as usize], rows))
            }
            _ => None,
        }
    }

    /// The rows of which some of the nodes hold.
    pub fn any(&mut self, of: Nodes, rows: &Bits) -> Bits {
        let mut holds = Bits::none(self.len());
        for at in self.program.operands(of) {
            holds.join(&self.value::<Bits>(*at, &rows.without(&holds)));
        }
        holds
    }

    /// The rows of which a condition holds, whose steps start there. A step leads to earlier ones only.
    fn steps(&mut self, start: u32, rows: &Bits) -> Bits {
        let program = self.program;
        let mut come: BTreeMap<u32, Bits> = BTreeMap::from([(start, rows.clone())]);
        let mut holds = Bits::none(self.len());
        while let Some((at, here)) = come.pop_last() {
            let Some(step) = program.steps.get(at as usize) else {
                if at == YES {
                    holds.join(&here);
                }
                continue;
            };
            let yes: Bits = self.of(&step.test, &here);
            let no = here.without(&yes);
            for (next, rows) in [(step.yes, yes), (step.no, no)] {
                come.entry(next).and_modify(|own| own.join(&rows)).or_insert(rows);
            }
        }
        holds
    }

    /// The rows of which numbers stand so to others. They are compared of rows that are not asked for as well.
    pub fn ordered(&self, left: &Nums<'a>, op: CompareOp, right: &Nums<'a>) -> Bits {
        let rows = self.len();
        match (left, right) {
            (Nums::Over(num, den), Nums::One(with)) => match with.over(*den) {
                Some(with) => compared(num, op, |_| with),
                None => Bits::of(rows, |row| op.holds(left.at(row).cmp(with))),
            },
            (Nums::Over(num, den), Nums::Over(with, of)) if den == of => compared(num, op, |row| with[row]),
            _ => Bits::of(rows, |row| op.holds(left.at(row).cmp(&right.at(row)))),
        }
    }

    fn days_ordered(&mut self, left: &Days<'a>, op: CompareOp, right: &Days<'a>, rows: &Bits) -> Bits {
        let order = |row: usize| match (left.at(row), right.at(row)) {
            (Day::On(a), Day::On(b)) => Some(a.cmp(&b)),
            (Day::Later, Day::On(date)) => (date <= self.today).then_some(std::cmp::Ordering::Greater),
            (Day::On(date), Day::Later) => (date <= self.today).then_some(std::cmp::Ordering::Less),
            (Day::Later, Day::Later) => None,
        };
        let untold = Bits::of(self.len(), |row| order(row).is_none()).and(rows);
        let holds = Bits::of(self.len(), |row| order(row).is_some_and(|order| op.holds(order))).and(rows);
        self.lose(&untold);
        holds
    }

    /// The rows that each line of a scale holds, with its value, and those that none holds; `None` where its lines
    /// are told otherwise than by numbers and options.
    pub fn bands(&mut self, scale: u32, rows: &Bits) -> Option<(Vec<(Bits, At)>, Bits)> {
        let scale = &self.program.scales[scale as usize];
        let by_options = |band: &Band| matches!(band.range, Ends::Options(_));
        let mut left = rows.clone();
        let mut bands = Vec::with_capacity(scale.bands.len());
        if scale.sort == Sort::Pick && scale.bands.iter().all(by_options) {
            let subject: Picks<'a> = self.value(scale.of, rows);
            for band in &scale.bands {
                let Ends::Options(options) = band.range else { continue };
                let is = |row: usize| options.contains(subject.at(row).0);
                let here = Bits::of(self.len(), is).and(&left);
                left = left.without(&here);
                bands.push((here, band.value));
            }
            return Some((bands, left));
        }
        if scale.sort != Sort::Number || scale.bands.iter().any(by_options) {
            return None;
        }
        let subject: Nums<'a> = self.value(scale.of, rows);
        for band in &scale.bands {
            let Ends::Between { low, high } = &band.range else { continue };
            let mut here = left.clone();
            let (above, below) = ((CompareOp::Gt, CompareOp::Ge), (CompareOp::Lt, CompareOp::Le));
            for (end, (open, closed)) in [(low, above), (high, below)] {
                if let Some((end, included)) = end {
                    let end: Nums<'a> = self.value(*end, &here);
                    here = here.and(&self.ordered(&subject, if *included { closed } else { open }, &end));
                }
            }
            left = left.without(&here);
            bands.push((here, band.value));
        }
        Some((bands, left))
    }
}

/// The rows of which a number stands so to another.
#[inline]
fn compared(num: &[i64], op: CompareOp, with: impl Fn(usize) -> i64) -> Bits {
    match op {
        CompareOp::Eq => Bits::of(num.len(), |row| num[row] == with(row)),
        CompareOp::Ne => Bits::of(num.len(), |row| num[row] != with(row)),
        CompareOp::Lt => Bits::of(num.len(), |row| num[row] < with(row)),
        CompareOp::Le => Bits::of(num.len(), |row| num[row] <= with(row)),
        CompareOp::Gt => Bits::of(num.len(), |row| num[row] > with(row)),
        CompareOp::Ge => Bits::of(num.len(), |row| num[row] >= with(row)),
    }
}
