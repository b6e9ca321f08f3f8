//! Scales of which all bounds are known: no gap, no overlap, ascending.

use super::super::cells::{Cell, Cells, sample};
use super::super::formula::{Epoch, Space, Test};
use super::super::knowledge::Knowledge;
use super::super::{granularity, words};
use super::quoted::{self, Cut};
use crate::concordance::quantity::with_those_above;
use crate::diagnostic::Diagnostic;
use crate::known::{End, Interval};
use crate::number::Ratio;
use crate::policy::{Band, BandRange, ExprId, Policy, Type};
use crate::source::Span;
use crate::syntax::tree::CompareOp;
use crate::unit::Measure;

/// A line with its ends as numbers.
struct Rung {
    low: Option<(Ratio, bool)>,
    high: Option<(Ratio, bool)>,
    span: Span,
}

impl Rung {
    /// Where it begins, and whether that is in it.
    fn low(&self) -> Option<(&Ratio, bool)> {
        self.low.as_ref().map(|(at, with)| (at, *with))
    }

    /// Where it ends, and whether that is in it.
    fn high(&self) -> Option<(&Ratio, bool)> {
        self.high.as_ref().map(|(at, with)| (at, *with))
    }
}

/// What the passages settle of two lines.
struct Settled {
    /// What to write.
    range: String,
    /// The line to write it on.
    line: Span,
    /// It is the second.
    of_second: bool,
}

/// A scale of numbers or dates at one time.
pub(super) struct Ladder<'p> {
    policy: &'p Policy,
    ty: Type,
    rungs: Vec<Rung>,
    cells: Cells,
    scale: ExprId,
}

impl<'p> Ladder<'p> {
    /// `None` where an end is worked out from what a dossier says.
    pub fn new(
        knowledge: &Knowledge<'p>,
        epoch: &Epoch,
        scale: ExprId,
        (of, bands): (ExprId, &[Band]),
    ) -> Option<Self> {
        let policy = knowledge.base().policy;
        let mut space = Space::new(policy, knowledge, epoch);
        let mut end = |end: &Option<(ExprId, bool)>| match end {
            None => Some(None),
            Some((expr, included)) => {
                space.linear(*expr).as_constant().map(|number| Some((number.clone(), *included)))
            }
        };
        let mut rungs = Vec::with_capacity(bands.len());
        for band in bands {
            let BandRange::Between { low, high } = &band.range else { continue };
            rungs.push(Rung { low: end(low)?, high: end(high)?, span: band.span });
        }
        let tests: Vec<Test> = rungs
            .iter()
            .flat_map(|rung| [&rung.low, &rung.high].into_iter().flatten())
            .map(|(at, _)| Test::Number(CompareOp::Ge, at.clone()))
            .collect();
        let step = granularity::grain(knowledge.base(), of).step().cloned();
        let cells = Cells::numbers(&knowledge.numbers(of), step, tests.iter());
        Some(Ladder { policy, ty: policy.exprs.get(of).ty, rungs, cells, scale })
    }

    /// What is wrong with it.
    pub fn mistakes(&self) -> Vec<Diagnostic> {
        let mut found = self.disorder();
        if !found.is_empty() {
            return found;
        }
        let holding = self.holding();
        let mut cell = 0;
        while cell < holding.len() {
            // Neighbouring cells of one fault are told at once; impossible cells belong to either.
            let fault = |cell: usize| {
                (self.cells.possible[cell] && holding[cell].len() != 1).then(|| holding[cell].clone())
            };
            let Some(lines) = fault(cell) else {
                cell += 1;
                continue;
            };
            let first = cell;
            let mut last = cell;
            while cell < holding.len() && (!self.cells.possible[cell] || fault(cell).as_ref() == Some(&lines))
            {
                if self.cells.possible[cell] {
                    last = cell;
                }
                cell += 1;
            }
            found.push(self.fault(&holding, first, last));
        }
        found
    }

    /// By cell, the lines in which it is.
    fn holding(&self) -> Vec<Vec<usize>> {
        let mut holding = vec![Vec::new(); self.cells.cells.len()];
        for (rank, rung) in self.rungs.iter().enumerate() {
            let mut inside = vec![true; holding.len()];
            let ends = [
                rung.low.as_ref().map(|(at, included)| {
                    Test::Number(if *included { CompareOp::Ge } else { CompareOp::Gt }, at.clone())
                }),
                rung.high.as_ref().map(|(at, included)| {
                    Test::Number(if *included { CompareOp::Le } else { CompareOp::Lt }, at.clone())
                }),
            ];
            for test in ends.iter().flatten() {
                for (inside, accepted) in inside.iter_mut().zip(self.cells.accepted(test)) {
                    *inside &= accepted;
                }
            }
            for (cell, _) in inside.iter().enumerate().filter(|(_, inside)| **inside) {
                holding[cell].push(rank);
            }
        }
        holding
    }

    /// Lines that hold nothing, or stand below the one before them.
    fn disorder(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for rung in &self.rungs {
            if let (Some((low, low_in)), Some((high, high_in))) = (&rung.low, &rung.high)
                && (low > high || (low == high && !(*low_in && *high_in)))
            {
                found.push(
                    Diagnostic::error(
                        "ligne-vide",
                        format!(
                            "cette ligne doit aller du plus petit au plus grand : elle va de {} à {}",
                            self.show(low),
                            self.show(high)
                        ),
                    )
                    .at(
                        &self.policy.file,
                        rung.span,
                        "aucune valeur n'est dans cette ligne",
                    ),
                );
            }
        }
        if !found.is_empty() {
            return found;
        }
        for pair in self.rungs.windows(2) {
            let [above, below] = pair else { continue };
            let start = |rung: &Rung| rung.low.as_ref().map(|(low, _)| low.clone());
            // Without a start a line starts below all others.
            if start(below) < start(above) {
                found.push(
                    Diagnostic::error(
                        "bareme-desordonne",
                        "les lignes d'un barème se suivent dans l'ordre croissant",
                    )
                    .at(&self.policy.file, below.span, "cette ligne commence plus bas")
                    .at(&self.policy.file, above.span, "que celle-ci, qui la précède")
                    .help("remettre les lignes dans l'ordre, de la plus petite valeur à la plus grande"),
                );
            }
        }
        found
    }

    /// A gap or an overlap from one cell to another.
    fn fault(&self, holding: &[Vec<usize>], first: usize, last: usize) -> Diagnostic {
        let values = self.between(first, last);
        let file = &self.policy.file;
        let lines = &holding[first];
        if let [one, other, ..] = lines.as_slice() {
            let verb = if values.many { "sont" } else { "est" };
            let (one, other) = (&self.rungs[*one], &self.rungs[*other]);
            let problem = Diagnostic::error(
                "bareme-qui-se-recouvre",
                format!("{} {verb} dans deux lignes du barème", values.subject),
            )
            .at(file, one.span, "ici")
            .at(file, other.span, "et ici");
            return match self.settled(one, other) {
                Some(settled) => self.offer(problem, settled),
                None => problem.help(self.parted(one, other)),
            };
        }
        let before = (0..first).rev().find_map(|cell| holding[cell].last());
        let after = (last + 1..holding.len()).find_map(|cell| holding[cell].first());
        let mut diagnostic =
            Diagnostic::error("bareme-troue", format!("rien n'est prévu {} dans ce barème", values.object));
        let help = match (before, after) {
            (Some(_), None) => "finir le barème par une ligne « au-delà »",
            (None, Some(_)) => "commencer le barème par une ligne « jusqu'à » ou « moins de »",
            _ => "prolonger l'une des deux lignes, ou en ajouter une entre elles",
        };
        let ends = before.zip(after).map(|(a, b)| (&self.rungs[*a], &self.rungs[*b]));
        let settled = ends.and_then(|(a, b)| self.settled(a, b));
        let joined = ends.and_then(|(a, b)| self.joined(a, b));
        if let Some(before) = before {
            let text =
                if after.is_some() { "cette ligne s'arrête avant" } else { "le barème s'arrête ici" };
            diagnostic = diagnostic.at(file, self.rungs[*before].span, text);
        }
        if let Some(after) = after {
            let text = if before.is_some() { "celle-ci commence après" } else { "le barème commence ici" };
            diagnostic = diagnostic.at(file, self.rungs[*after].span, text);
        }
        if diagnostic.labels.is_empty()
            && let Some(rung) = self.rungs.first()
        {
            diagnostic = diagnostic.at(file, rung.span, "aucune ligne ne convient");
        }
        match settled {
            Some(settled) => self.offer(diagnostic, settled),
            None => diagnostic.help(joined.unwrap_or_else(|| help.to_owned())),
        }
    }

    /// What to write on one of two lines, where the passages say of one of their ends that it is right, and of the
    /// other nothing.
    fn settled(&self, first: &Rung, second: &Rung) -> Option<Settled> {
        let step = self.cells.step.as_ref();
        let (end, ends) = first.high.as_ref()?;
        let (start, starts) = second.low.as_ref()?;
        let (below, above) = (Cut::new(end, !ends, step), Cut::new(start, *starts, step));
        let all = quoted::bounds(self.policy, self.scale, self.ty);
        let said = |between: bool| {
            let told = all.iter().filter(move |bound| between || !bound.between);
            told.filter_map(|bound| Some((Cut::of(bound, step)?, bound))).collect::<Vec<_>>()
        };
        [said(false), said(true)].iter().find_map(|said| {
            let has = |cut: &Cut| said.iter().any(|(own, _)| own == cut);
            let (of_second, cut) = match (has(&below), has(&above)) {
                (true, false) => (true, below.clone()),
                (false, true) => (false, above.clone()),
                _ => return None,
            };
            // As the passage says it, else as the other line does.
            let of_line = |op: CompareOp| matches!(op, CompareOp::Ge | CompareOp::Gt) == of_second;
            let in_words =
                all.iter().filter(|bound| Cut::of(bound, step).as_ref() == Some(&cut) && of_line(bound.op));
            let (number, with) = if of_second { (end, !ends) } else { (start, *starts) };
            let mut ways = in_words
                .filter_map(|bound| Some((&bound.at, with_those_above(bound.op)?)))
                .chain([(number, with)]);
            ways.find_map(|(at, with)| {
                let range = match of_second {
                    true => self.range(Some((at, with)), second.high()),
                    false => self.range(first.low(), Some((at, !with))),
                }?;
                Some(Settled { range, line: if of_second { second.span } else { first.span }, of_second })
            })
        })
    }

    /// A line with these ends, each with whether it is in it.
    fn range(&self, low: Option<(&Ratio, bool)>, high: Option<(&Ratio, bool)>) -> Option<String> {
        let show = |at: &Ratio| self.show(at);
        match (low, high) {
            (Some((low, _)), Some((high, _))) if low >= high => None,
            (None, Some((high, true))) => Some(format!("jusqu'à {}", show(high))),
            (None, Some((high, false))) => Some(format!("moins de {}", show(high))),
            (Some((low, true)), None) => Some(format!("à partir de {}", show(low))),
            (Some((low, false)), None) => Some(format!("plus de {}", show(low))),
            (Some((low, true)), Some((high, true))) => Some(format!("de {} à {}", show(low), show(high))),
            (Some((low, true)), Some((high, false))) => {
                Some(format!("de {} à moins de {}", show(low), show(high)))
            }
            (Some((low, false)), Some((high, true))) => {
                Some(format!("plus de {} jusqu'à {}", show(low), show(high)))
            }
            (Some((low, false)), Some((high, false))) => {
                Some(format!("plus de {} à moins de {}", show(low), show(high)))
            }
            (None, None) => None,
        }
    }

    /// Offers what the passages settle.
    fn offer(&self, problem: Diagnostic, settled: Settled) -> Diagnostic {
        let line = self.policy.file.slice(settled.line);
        let Some(range) = line.split(':').next().map(str::trim_end) else { return problem };
        let start = settled.line.start as usize;
        let rank = if settled.of_second { "seconde" } else { "première" };
        problem
            .help(format!("écrire « {} » sur la {rank} ligne, comme le dit le passage cité", settled.range))
            .instead(&self.policy.file, Span::new(start, start + range.len()), &[&settled.range])
    }

    /// How two lines that nearly touch are joined: what to write on each.
    fn joined(&self, first: &Rung, second: &Rung) -> Option<String> {
        let (end, ends) = first.high.as_ref()?;
        let (start, starts) = second.low.as_ref()?;
        // Farther from each other, a line may be missing.
        if self.ty == Type::Date || start.sub(end) > Ratio::one() {
            return None;
        }
        let upper = self.range(Some((end, !ends)), second.high());
        let lower = self.range(first.low(), Some((start, !starts)));
        let (upper, lower) = (upper?, lower?);
        Some(format!(
            "selon le texte, écrire « {upper} » sur la seconde ligne, ou « {lower} » sur la première"
        ))
    }

    /// How two lines that share values are parted: what to write on each, and where the values then go.
    fn parted(&self, first: &Rung, second: &Rung) -> String {
        let date = self.ty == Type::Date;
        let (Some((end, true)), Some((start, true))) = (&first.high, &second.low) else {
            return "ne laisser ces valeurs que dans l'une des deux lignes".to_owned();
        };
        if date {
            return "ne laisser ces dates que dans l'une des deux lignes".to_owned();
        }
        let shared = if start == end {
            self.show(end)
        } else {
            format!("ce qui va de {} à {}", self.show(start), self.show(end))
        };
        // Only where something is left in it.
        let lower = match &first.low {
            None => Some(format!("moins de {}", self.show(start))),
            Some((low, own)) if low < start => self.range(Some((low, *own)), Some((start, false))),
            Some(_) => None,
        };
        let upper = match &second.high {
            None => Some(format!("plus de {}", self.show(end))),
            Some((high, own)) if high > end => self.range(Some((end, false)), Some((high, *own))),
            Some(_) => None,
        };
        let first = upper.map(|upper| format!("dans la première ligne, écrire « {upper} » sur la seconde"));
        let second = lower.map(|lower| format!("dans la seconde ligne, écrire « {lower} » sur la première"));
        match (first, second) {
            (Some(first), Some(second)) => format!("pour que {shared} soit {first} ; {second}"),
            (Some(only), None) | (None, Some(only)) => format!("pour que {shared} soit {only}"),
            (None, None) => "ne laisser ces valeurs que dans l'une des deux lignes".to_owned(),
        }
    }

    /// A value with what it is counted by: « 1 000 € par mois ».
    fn show(&self, number: &Ratio) -> String {
        let bands = self.rungs.iter().map(|rung| self.policy.file.slice(rung.span));
        let measure = bands.filter_map(|band| Measure::read(band.split(':').next()?)).next();
        let measure = measure.filter(|measure| match self.ty {
            Type::Amount => measure.money,
            Type::Number | Type::Integer => !measure.money,
            _ => false,
        });
        format!(
            "{}{}",
            words::number(self.policy.currency, self.ty, number),
            measure.map_or_else(String::new, |m| m.to_string())
        )
    }

    /// Whether a value is one that a text writes: no twelfth of a cent.
    fn is_written(&self, end: &End) -> bool {
        let cents = |number: &Ratio| number.mul(&Ratio::from(100)).is_integer();
        self.ty != Type::Amount || end.value().is_none_or(cents)
    }

    /// The values from one cell to another, in words.
    fn between(&self, first: usize, last: usize) -> Values {
        let numbers = |cell: usize| match &self.cells.cells[cell] {
            Cell::Numbers(interval) => interval.clone(),
            _ => Interval::all(false),
        };
        let (low, high) = (numbers(first).low, numbers(last).high);
        let step = self.cells.step.as_ref();
        let whole = Interval { low, high, whole: false };
        // With a step, ends that are left out are those of the next value that counts.
        let (low, high) = match step {
            Some(step) => {
                let smallest = match &whole.low {
                    End::Infinite => End::Infinite,
                    _ => sample(&whole, Some(step)).map_or(End::Infinite, End::Included),
                };
                let greatest = match &whole.high {
                    End::Infinite => End::Infinite,
                    _ => sample(&whole.neg(), Some(step)).map_or(End::Infinite, |n| End::Included(n.neg())),
                };
                match self.is_written(&smallest) && self.is_written(&greatest) {
                    true => (smallest, greatest),
                    false => (whole.low.clone(), whole.high.clone()),
                }
            }
            None => (whole.low.clone(), whole.high.clone()),
        };
        Values::new(self, &low, &high, &whole)
    }
}

/// Some values, as subject and as object of a sentence.
struct Values {
    subject: String,
    object: String,
    many: bool,
}

impl Values {
    fn new(ladder: &Ladder<'_>, low: &End, high: &End, whole: &Interval) -> Values {
        let show = |n: &Ratio| ladder.show(n);
        let many = |text: String| Values { subject: format!("les valeurs {text}"), object: text, many: true };
        let date = ladder.ty == Type::Date;
        // « à partir du 1er janvier », but « à partir de 10 ».
        let of = if date { "du" } else { "de" };
        match (low, high) {
            (End::Included(a), End::Included(b)) if a == b => {
                let subject = if date { format!("le {}", show(a)) } else { show(a) };
                Values { object: format!("pour {subject}"), subject, many: false }
            }
            (End::Included(a), End::Included(b)) if date => many(format!("du {} au {}", show(a), show(b))),
            (End::Included(a), End::Included(b)) => many(format!("de {} à {}", show(a), show(b))),
            (End::Included(a) | End::Excluded(a), End::Included(b) | End::Excluded(b)) => {
                many(format!("entre {} et {}", show(a), show(b)))
            }
            (_, End::Infinite) => match &whole.low {
                End::Infinite => many("pour aucune valeur".to_owned()),
                End::Included(a) => many(format!("à partir {of} {}", show(a))),
                End::Excluded(a) if date => many(format!("après le {}", show(a))),
                End::Excluded(a) => many(format!("au-delà de {}", show(a))),
            },
            (End::Infinite, _) => match &whole.high {
                End::Infinite => many("pour aucune valeur".to_owned()),
                End::Included(b) if date => many(format!("jusqu'au {}", show(b))),
                End::Included(b) => many(format!("jusqu'à {}", show(b))),
                End::Excluded(b) if date => many(format!("avant le {}", show(b))),
                End::Excluded(b) => many(format!("en dessous de {}", show(b))),
            },
        }
    }
}
