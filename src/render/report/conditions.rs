//! The conditions of the decision and the criteria: a sign each, and for those that are not simply
//! met why, what would meet them, who judged, and the passages.

use super::passages::in_text_order;
use super::{Block, Builder, Cell, Section, Sign, Tone};
use crate::decision::{
    Combination, ItemResult, MissingPlace, Op, Part, ReadingCase, ReadingStatus, Status, Step,
};
use crate::known::Truth;
use crate::policy::{Citation, Criterion, ExprId, ExprKind, ItemRef, Reach};
use crate::render::Explain;
use crate::render::words::{Exception, Reason, by_readings, derogations, one_line, operand, part, truth};

/// A condition of the decision that is neither a criterion nor all of them.
struct Own<'s> {
    reason: Reason<'s>,
    truths: Vec<Truth>,
    /// What it comes to under each combination of the readings, and on what figures.
    cases: Vec<(Combination, (String, Truth))>,
}

impl Builder<'_> {
    /// Conditions that fail or stay open, then every criterion.
    pub(super) fn conditions(&self, sections: &mut Vec<Section>) {
        let words = &self.words;
        let own: Vec<Block> = self.own_conditions().iter().map(|own| self.own(own)).collect();
        if !own.is_empty() {
            sections.push(Section { title: words.say("Conditions", "Conditions").to_owned(), blocks: own });
        }
        let criteria: Vec<Block> = self.decision.criteria.iter().map(|c| self.criterion(c)).collect();
        if !criteria.is_empty() {
            sections.push(Section { title: words.say("Critères", "Criteria").to_owned(), blocks: criteria });
        }
    }

    /// The conditions of the decision, criteria left out, that do not hold under every reading.
    fn own_conditions(&self) -> Vec<Own<'_>> {
        let words = &self.words;
        let mut all: Vec<Own<'_>> = Vec::new();
        for case in &self.decision.decision.by_reading {
            for (_, step) in &case.because.parts {
                for reason in words.reasons(step) {
                    if reason.truth.holds() || self.is_criterion(reason.expr) {
                        continue;
                    }
                    match all.iter_mut().find(|own| own.reason.expr == reason.expr) {
                        Some(own) => own.truths.push(reason.truth),
                        None => all.push(Own { truths: vec![reason.truth], reason, cases: Vec::new() }),
                    }
                }
            }
        }
        for own in &mut all {
            own.cases = self.under_each(own.reason.expr);
        }
        all
    }

    /// The names of the conditions of the decision, criteria left out, that wait for a missing fact.
    pub(crate) fn own_conditions_on(&self, place: MissingPlace) -> Vec<String> {
        let policy = self.words.policy;
        let open = self.own_conditions().into_iter().filter(|own| own.truths.iter().any(|t| t.is_open()));
        let named = open.filter_map(|own| {
            let expr = own.reason.expr?;
            let mut read = Reach::default();
            read.add_expr(policy, expr);
            read.reads(place.declared()).then(|| self.words.name(expr).into_owned())
        });
        named.collect()
    }

    /// What a condition of the decision comes to under each combination of the readings, wherever it was needed.
    pub(super) fn under_each(&self, expr: Option<ExprId>) -> Vec<(Combination, (String, Truth))> {
        let told = |case: &ReadingCase| {
            let reasons =
                case.because.parts.iter().find_map(|(_, step)| self.words.reasons_within(step, expr?));
            let reason = reasons?.into_iter().next()?;
            let named = |e: ExprId| matches!(self.words.policy.exprs.get(e).kind, ExprKind::Definition(_));
            let said = match reason.inner.as_slice() {
                [] => reason.text.clone(),
                _ if !expr.is_some_and(named) => reason.line(self.words.lang),
                // The name of a definition stands above.
                inner => inner
                    .iter()
                    .map(|reason| reason.line(self.words.lang))
                    .collect::<Vec<_>>()
                    .join(self.words.lang.then()),
            };
            Some((case.readings.clone(), (said, reason.truth)))
        };
        self.decision.decision.by_reading.iter().filter_map(told).collect()
    }

    pub(super) fn is_criterion(&self, expr: Option<ExprId>) -> bool {
        expr.is_some_and(|e| {
            matches!(
                self.words.policy.exprs.get(e).kind,
                ExprKind::AllCriteria | ExprKind::Holds(ItemRef::Criterion(_))
            )
        })
    }

    fn own(&self, own: &Own<'_>) -> Block {
        let words = &self.words;
        let every = own.truths.len() == self.decision.decision.by_reading.len();
        let sign = if own.truths.iter().all(|t| t.fails()) && every {
            Sign::No
        } else if own.truths.iter().any(|t| t.is_open()) {
            Sign::Open
        } else {
            Sign::Depends
        };
        let definition = own.reason.expr.and_then(|e| match words.policy.exprs.get(e).kind {
            ExprKind::Definition(d) => Some(d),
            _ => None,
        });
        let groups = by_readings(own.cases.clone());
        let mut blocks: Vec<Block> = match groups.as_slice() {
            [] | [_] => own.reason.inner.iter().map(|inner| Block::Para(inner.line(words.lang))).collect(),
            // The figures of one reading are not the rule.
            groups => vec![Block::Table(self.under_readings(groups))],
        };
        blocks.extend(self.quotes(own.reason.citations));
        let title = match (definition, own.reason.expr) {
            (Some(definition), _) => words.definition(definition).to_owned(),
            (None, Some(expr)) if groups.len() > 1 => words.name(expr).into_owned(),
            (None, _) => own.reason.text.clone(),
        };
        Block::Item { sign, title, blocks }
    }

    /// A row for each reading: whether it holds, and on what figures.
    fn under_readings(&self, groups: &[(Combination, (String, Truth))]) -> Vec<Vec<Cell>> {
        let differ = groups.iter().any(|(_, (_, truth))| groups.iter().any(|(_, (_, other))| other != truth));
        let row = |(combination, (said, truth)): &(Combination, (String, Truth))| {
            let sign = match truth.value() {
                Some(true) => Sign::Yes,
                Some(false) => Sign::No,
                None => Sign::Open,
            };
            let mut row = vec![Cell::plain(self.options(combination))];
            row.extend(differ.then(|| Cell::sign(sign)));
            row.push(Cell::plain(said.clone()));
            row
        };
        groups.iter().map(row).collect()
    }

    /// A criterion with what is to be said of it.
    fn criterion(&self, result: &ItemResult) -> Block {
        let words = &self.words;
        let ItemRef::Criterion(id) = result.item else {
            return Block::Para(words.item(result.item).to_owned());
        };
        let criterion = &words.policy.criteria[id.index()];
        let mut title = criterion.head.name.to_string();
        let mut blocks = Vec::new();
        let full = self.explain == Explain::Full;
        let excepted = words.by_exception(result);
        match result.status {
            Status::Met if excepted.is_none() && full => {
                blocks.extend(self.grounds(result));
                let mut citations = criterion.head.citations.clone();
                for step in result.by_reading.iter().filter_map(|c| part(&c.because, Part::Condition)) {
                    self.applied(step, &mut citations);
                }
                in_text_order(citations.get_mut(criterion.head.citations.len()..).unwrap_or_default());
                blocks.extend(self.quotes(&citations));
            }
            Status::Met if excepted.is_none() => {}
            Status::NotApplicable => {
                let said: Vec<String> = result.by_reading.iter().map(|c| words.not_applicable(c)).collect();
                blocks.extend(said.into_iter().next().map(Block::Para));
                if full {
                    blocks.extend(self.quotes(&criterion.head.citations));
                }
            }
            _ => {
                if let Some(how) = excepted {
                    let how = match how {
                        Exception::Always => words.say("par exception", "by derogation"),
                        Exception::ByReading => words
                            .say("par exception selon la lecture", "by derogation, depending on the reading"),
                        Exception::IfNeeded => {
                            words.say("au besoin par exception", "if need be by derogation")
                        }
                    };
                    title = format!("{title}, {how}");
                }
                if result.status == Status::Undetermined {
                    let said = result.by_reading.iter().find_map(|c| words.perhaps_not_applicable(c));
                    blocks.extend(said.map(Block::Para));
                }
                blocks.extend(self.grounds(result));
                blocks.extend(self.derogations(criterion, result));
                blocks.extend(self.remedy(result));
                blocks.extend(self.out_of_reach(result));
                blocks.extend(self.passages(criterion, result));
            }
        }
        // Of what is open, what is missing was told.
        if full && !matches!(result.status, Status::Met | Status::NotApplicable | Status::Undetermined) {
            let labels = self.excerpt(result);
            if !labels.is_empty() {
                blocks.push(Block::Frames(labels));
            }
        }
        Block::Item { sign: Sign::of(result.status), title, blocks }
    }

    /// What makes a criterion fail or leaves it open, per option where that differs.
    fn grounds(&self, result: &ItemResult) -> Vec<Block> {
        let words = &self.words;
        let cases: Vec<(Combination, (Vec<String>, Status))> = result
            .by_reading
            .iter()
            .map(|case| {
                // What makes a rule bind is one of the facts on which a refusal rests.
                let binds = part(&case.because, Part::Applies).filter(|_| case.status == Status::NotMet);
                let mut lines = binds.map(|step| words.binds(step)).unwrap_or_default();
                let reasons =
                    part(&case.because, Part::Condition).map(|s| words.reasons(s)).unwrap_or_default();
                lines.extend(reasons.iter().map(|reason| reason.line(words.lang)));
                (case.readings.clone(), (lines, case.status))
            })
            .collect();
        let groups = by_readings(cases);
        if let [(_, (lines, _))] = groups.as_slice() {
            return lines.iter().cloned().map(Block::Para).collect();
        }
        let differ = groups.iter().any(|(_, (_, status))| *status != result.status);
        let rows = groups
            .iter()
            .map(|(combination, (lines, status))| {
                let mut row = vec![Cell::plain(self.options(combination))];
                if differ {
                    row.push(match status {
                        // A tick beside figures that fail would be read as if they did not.
                        Status::Waived => {
                            Cell::toned(words.say("par exception", "by derogation"), Tone::Good)
                        }
                        status => Cell::sign(Sign::of(*status)),
                    });
                }
                row.push(Cell::plain(lines.join(words.lang.then())));
                row
            })
            .collect();
        vec![Block::Table(rows)]
    }

    /// What was decided on each derogation: who judged, and why.
    fn derogations(&self, criterion: &Criterion, result: &ItemResult) -> Vec<Block> {
        let words = &self.words;
        let cases: Vec<(Combination, Vec<String>)> = result
            .by_reading
            .iter()
            .map(|case| {
                let said = derogations(&case.because).map(|(_, step)| self.derogation(step)).collect();
                (case.readings.clone(), said)
            })
            .collect();
        let mut blocks: Vec<Block> = by_readings(cases)
            .into_iter()
            .flat_map(|(combination, said)| {
                said.into_iter().map(move |said| match combination.as_slice() {
                    [] => Block::Para(said),
                    some => Block::Para(words.pair(&self.options(some), &said)),
                })
            })
            .collect();
        if words.by_exception(result).is_some() {
            let held = |rank: u32| {
                result
                    .by_reading
                    .iter()
                    .any(|c| derogations(&c.because).any(|(r, step)| r == rank && truth(step).holds()))
            };
            for (rank, derogation) in (0_u32..).zip(&criterion.unless) {
                if held(rank) {
                    blocks.extend(self.quotes(&derogation.citations));
                }
            }
        }
        blocks
    }

    fn derogation(&self, step: &Step) -> String {
        let words = &self.words;
        let fact = step.expr.and_then(|e| match words.policy.exprs.get(e).kind {
            ExprKind::Fact(fact) => Some(fact),
            _ => None,
        });
        let exception = words.say("Exception", "Derogation");
        let Some(fact) = fact.filter(|f| words.policy.facts[f.index()].ask.judge.is_some()) else {
            return words.pair(exception, &words.why(step));
        };
        let name = format!("{exception} ({})", words.policy.facts[fact.index()].label);
        let word = match truth(step).value() {
            Some(true) => words.say("accordée", "granted"),
            Some(false) => words.say("non accordée", "not granted"),
            None => words.say("on ne sait pas si elle est accordée", "not known whether it is granted"),
        };
        let mut said = words.pair(&name, word);
        if !truth(step).is_open() {
            said.push_str(&self.judged(words.dossier.fact(fact).origin.as_deref()));
        }
        said
    }

    /// ` (ARS Nouvelle-Aquitaine, 20 février 2025 : « seuil atteint »)`.
    fn judged(&self, origin: Option<&crate::dossier::Origin>) -> String {
        let words = &self.words;
        let date = origin.and_then(|o| o.as_of).map(|d| words.date(d));
        let reason = origin.and_then(|o| o.reason.as_deref()).map(|r| words.quoted(&one_line(r)));
        let by = origin.and_then(|o| o.by.as_deref()).map(one_line);
        let who = by.into_iter().chain(date).collect::<Vec<_>>().join(", ");
        match (who.is_empty(), reason) {
            (false, Some(reason)) => format!(" ({})", words.pair(&who, &reason)),
            (false, None) => format!(" ({who}, {})", words.say("sans motif", "no reason given")),
            (true, Some(reason)) => format!(" ({reason}, {})", words.say("sans auteur", "no author")),
            (true, None) => format!(", {}", words.say("sans auteur ni motif", "no author, no reason")),
        }
    }

    /// What would meet it.
    fn remedy(&self, result: &ItemResult) -> Vec<Block> {
        let words = &self.words;
        let cases = result
            .by_reading
            .iter()
            .map(|c: &ReadingCase| (c.readings.clone(), words.remedy(&c.to_meet, true)))
            .collect();
        let groups: Vec<(Combination, String)> =
            by_readings(cases).into_iter().filter_map(|(c, said)| Some((c, said?))).collect();
        let title = words.say("Pour y remédier", "To meet it");
        match groups.as_slice() {
            [] => Vec::new(),
            // Met under the others: the option is named.
            [(combination, said)] => {
                let said = match combination.as_slice() {
                    [] => said.clone(),
                    some => {
                        return vec![Block::Para(
                            words.pair(&format!("{title} ({})", self.options(some)), said),
                        )];
                    }
                };
                vec![Block::Para(words.pair(title, &said))]
            }
            groups => {
                let rows = groups
                    .iter()
                    .map(|(combination, said)| {
                        vec![Cell::plain(self.options(combination)), Cell::plain(said.clone())]
                    })
                    .collect();
                vec![Block::Entry {
                    title: format!("{title}{}", words.say(" :", ":")),
                    blocks: vec![Block::Table(rows)],
                }]
            }
        }
    }

    /// What no answer that the text allows would meet.
    fn out_of_reach(&self, result: &ItemResult) -> Vec<Block> {
        let words = &self.words;
        let cases = result
            .by_reading
            .iter()
            .map(|c| (c.readings.clone(), c.to_meet.beyond.as_ref().map(|beyond| words.out_of_reach(beyond))))
            .collect();
        let title = words.say("Hors d'atteinte", "Out of reach");
        let told = by_readings(cases).into_iter().filter_map(|(combination, said)| {
            let title = match combination.as_slice() {
                [] => title.to_owned(),
                some => format!("{title} ({})", self.options(some)),
            };
            Some(Block::Para(words.pair(&title, &said?)))
        });
        told.collect()
    }

    /// The passages of a criterion that fails: those of the readings that decide are left to their own
    /// section, those of the options that were not retained are no ground.
    fn passages(&self, criterion: &Criterion, result: &ItemResult) -> Vec<Block> {
        let mut citations: Vec<Citation> = Vec::new();
        // One of several fails, whatever is still learnt: each of them is a ground.
        let one_of_them = self.words.open_grounds(self.decision).contains(&result.item);
        if one_of_them || matches!(result.status, Status::NotMet | Status::DependsOnReading) {
            citations.extend(criterion.head.citations.iter().filter(|c| !self.is_set_aside(c)).cloned());
        }
        let own = citations.len();
        for case in &result.by_reading {
            if case.status != Status::NotMet && !one_of_them {
                continue;
            }
            let Some(step) = part(&case.because, Part::Condition) else { continue };
            for reason in self.words.reasons(step) {
                add(reason.citations, &mut citations);
                self.applied(reason.step, &mut citations);
            }
        }
        // The rule itself first, then what it rests on.
        in_text_order(citations.get_mut(own..).unwrap_or_default());
        self.quotes(&citations)
    }

    /// Whether a passage is that of a reading that decides, which is told apart, or of an option that was not retained.
    pub(super) fn is_set_aside(&self, citation: &Citation) -> bool {
        let shown: Vec<&str> = self
            .decision
            .readings
            .iter()
            .flat_map(|r| {
                let options = self.words.policy.readings[r.reading.index()].citations.iter().enumerate();
                options.filter(|(option, _)| match r.retained {
                    Some(retained) => *option != usize::from(retained),
                    None => r.status == ReadingStatus::Decisive,
                })
            })
            .flat_map(|(_, citations)| citations)
            .filter_map(|c| c.quote.as_deref())
            .collect();
        citation.quote.as_deref().is_some_and(|q| shown.iter().any(|s| one_line(q).contains(&one_line(s))))
    }

    /// The passages of the definitions whose value a condition was held against: beside « au moins 2 000 », the one that
    /// makes it 1 500. Of one that gives what it gives « dans les autres cas », the passages tell the cases that are not so.
    pub(super) fn applied(&self, step: &Step, citations: &mut Vec<Citation>) {
        let exprs = &self.words.policy.exprs;
        if let (Op::Shared(body), Some(expr)) = (&step.op, step.expr) {
            let otherwise = match body.expr.map(|e| &exprs.get(e).kind) {
                Some(ExprKind::Cases { otherwise: Some(other), .. }) => operand(body, *other).is_some(),
                _ => false,
            };
            if let (false, ExprKind::Definition(definition)) = (otherwise, &exprs.get(expr).kind) {
                add(&self.words.policy.definitions[definition.index()].head.citations, citations);
            }
            self.applied(body, citations);
        }
        let is_list = step.expr.is_some_and(|e| matches!(exprs.get(e).kind, ExprKind::Aggregate { .. }));
        if !is_list {
            step.operands.iter().for_each(|operand| self.applied(operand, citations));
        }
    }
}

/// Adds the passages that are not there yet.
pub(super) fn add(more: &[Citation], citations: &mut Vec<Citation>) {
    for citation in more {
        if !citations.iter().any(|known| known.span == citation.span) {
            citations.push(citation.clone());
        }
    }
}
