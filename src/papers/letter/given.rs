//! What a decision gives, refuses or leaves open: each with its facts and its law, or its mark.

use super::frame::titled;
use super::operative::BY_HAND;
use super::reasons::NO_GROUND;
use crate::concordance::prose::Passage;
use crate::decision::{ItemResult, Missing, MissingPlace, Outcome, Part, ReadingCase, Status, Step};
use crate::papers::fill::{Fill, blank, capital, sentence};
use crate::policy::{Citation, ExprKind, FundingKind, ItemRef, SourceId};
use crate::render::document::{Block, Section};
use crate::render::words::{lacking_of, one_line, part};
use crate::value::Value;
use crate::wording::french::is_feminine;

/// What becomes of an amount or a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is due.
    Granted,
    /// It is not.
    Refused,
    /// It is not, for the sole reason that the request is rejected.
    Rejected,
    /// Its rule is about something else.
    Aside,
    /// A reading has still to be retained.
    ByReading,
    /// Something is missing.
    Open,
}

impl Fill<'_> {
    /// The amounts and rights that the letter tells of.
    pub(super) fn told_fundings(&self) -> impl Iterator<Item = (&ItemResult, Fate)> {
        let told = self.decision().fundings.iter().filter(|result| !self.withholds(result.item));
        told.map(|result| (result, self.fate(result)))
    }

    fn fate(&self, result: &ItemResult) -> Fate {
        let rejected = || {
            self.decision().outcome == Outcome::Unfavourable
                && result.by_reading.iter().all(|case| self.report.own_reasons(case).is_empty())
        };
        match result.status {
            Status::Due if self.moving(result.item).is_empty() => Fate::Granted,
            Status::NotDue if rejected() => Fate::Rejected,
            Status::NotDue => Fate::Refused,
            Status::NotApplicable => Fate::Aside,
            Status::Due | Status::DependsOnReading => Fate::ByReading,
            _ => Fate::Open,
        }
    }

    /// « 80 000 €, une fois ».
    pub(super) fn amount(&self, result: &ItemResult) -> String {
        let words = self.words();
        let value = result.value.as_ref().map(|value| words.given_value(result.item, value));
        let often = Some(words.often_of(result.item)).filter(|often| !often.is_empty());
        value.into_iter().chain(often).collect::<Vec<_>>().join(", ")
    }

    /// Each amount and right with its grounds, then each obligation with its own.
    pub(super) fn given(&self, law: &mut Vec<Citation>) -> Vec<Section> {
        let words = self.words();
        let (mut parts, mut rejected, mut asides) = (Vec::new(), Vec::new(), Vec::new());
        let mut consulted = Vec::new();
        for (result, fate) in self.told_fundings() {
            let own = self.report.whole_law(result.item);
            let known = |citation: &Citation| law.iter().any(|known| known.span == citation.span);
            match fate {
                Fate::Rejected => rejected.push((words.item(result.item).to_owned(), own.clone())),
                Fate::ByReading => {}
                Fate::Aside => asides.push(self.part_of(result, fate, &own, &known)),
                Fate::Granted | Fate::Refused | Fate::Open => {
                    parts.push(self.part_of(result, fate, &own, &known));
                }
            }
            consulted.extend(own);
        }
        parts.extend(asides);
        parts.extend(self.rejected(&rejected));
        let mut sections = Vec::new();
        self.report.versions(&mut sections);
        let duties = self.duties(&mut consulted);
        let told = [("amounts", String::new(), consulted.clone())];
        let informed = self.consulted(&told, law, NO_GROUND);
        let (amounts, duties) = (titled("Montants et droits", parts), titled("Obligations", duties));
        sections.extend(amounts);
        sections.extend(duties);
        sections.extend(titled("Documents consultés", informed.into_iter().collect()));
        law.extend(consulted);
        sections
    }

    fn part_of(
        &self,
        result: &ItemResult,
        fate: Fate,
        law: &[Citation],
        known: &dyn Fn(&Citation) -> bool,
    ) -> Block {
        let words = self.words();
        let name = capital(words.item(result.item));
        let mut facts: Vec<String> = Vec::new();
        let mut marks = Vec::new();
        let title = match fate {
            Fate::Granted => {
                facts.extend(self.grounds_of(result));
                if let Some(case) = result.by_reading.first() {
                    facts.extend(self.calculations(result.item, case));
                }
                let waits = self.missing_for(result);
                if !waits.is_empty() && self.open_amount(result) {
                    let what = words.list(&waits, ("et", "and"));
                    facts.push(words.pair("ce qui n'est pas encore connu, et peut le changer", &what));
                } else if self.open_amount(result) {
                    marks.push(Block::Para(blank("ce qui fonde le montant arrêté")));
                }
                words.pair(&name, &self.amount(result))
            }
            Fate::Aside => {
                let why = result.by_reading.first().map(|case| words.not_applicable(case));
                facts.extend(
                    why.map(|why| why.strip_prefix("sans objet – ").map(str::to_owned).unwrap_or(why)),
                );
                words.pair(&name, "sans objet")
            }
            Fate::Open => {
                facts.extend(self.grounds_of(result));
                words.pair(&name, "il n'y est pas encore statué")
            }
            Fate::Refused | Fate::Rejected | Fate::ByReading => {
                if self.decision().outcome == Outcome::Unfavourable && self.rests_on_decision(result) {
                    facts.push("la demande est rejetée, pour les motifs énoncés ci-dessus".to_owned());
                }
                facts.extend(self.grounds_of(result));
                let feminine = is_feminine(words.item(result.item));
                words.pair(&name, if feminine { "non accordée" } else { "non accordé" })
            }
        };
        let missing = self.missing_for(result);
        if !missing.is_empty() && !self.open_amount(result) {
            facts.push(words.pair("il manque", &words.list(&missing, ("et", "and"))));
        }
        let what = match result.item {
            ItemRef::Funding(id) => match words.policy.fundings[id.index()].kind {
                FundingKind::Contribution => "cette contribution",
                FundingKind::Result => "ce droit",
                FundingKind::Funding => "ce financement",
            },
            _ => "cette obligation",
        };
        let mut blocks = self.in_fact(facts);
        // What was quoted above is called by its place.
        let (again, new): (Vec<Citation>, Vec<Citation>) = law.iter().cloned().partition(|one| known(one));
        let again = self.places(again.iter().filter(|citation| self.binds(citation)));
        let mut founded = match again.is_empty() || new.iter().any(|citation| self.binds(citation)) {
            true => self.binding(&new, what),
            false => Vec::new(),
        };
        if !again.is_empty() {
            let source = words.pair("textes cités plus haut", &again.join(" ; "));
            founded.push(Block::Para(sentence(&source)));
        }
        blocks.push(Block::Entry { title: "En droit".to_owned(), blocks: founded });
        blocks.extend(marks);
        Block::Part { anchor: None, title, blocks }
    }

    /// « Délibération du 13 juin 2024, art. 3, I ; art. 4 »: a line for each text, with the places of the passages.
    pub(super) fn places<'c>(&self, law: impl Iterator<Item = &'c Citation>) -> Vec<String> {
        let mut texts: Vec<(SourceId, Vec<&str>)> = Vec::new();
        for citation in law {
            let place = citation.place.as_deref();
            match texts.iter_mut().find(|(known, _)| *known == citation.source) {
                Some((_, places)) => places.extend(place.filter(|place| !places.contains(place))),
                None => texts.push((citation.source, place.into_iter().collect())),
            }
        }
        let told = texts.into_iter().map(|(source, places)| {
            let title = one_line(&self.words().policy.sources[source.index()].title);
            if places.is_empty() { title } else { format!("{title}, {}", places.join(" ; ")) }
        });
        told.collect()
    }

    fn in_fact(&self, facts: Vec<String>) -> Vec<Block> {
        let facts: Vec<Block> = facts.iter().map(|fact| Block::Para(sentence(fact))).collect();
        match facts.is_empty() {
            true => Vec::new(),
            false => vec![Block::Entry { title: "En fait".to_owned(), blocks: facts }],
        }
    }

    /// Whether it is due only if the decision is favourable, under every reading.
    fn rests_on_decision(&self, result: &ItemResult) -> bool {
        result.by_reading.iter().all(|case| {
            part(&case.because, Part::Condition).is_some_and(|step| self.report.rests_on_decision(step))
        })
    }

    /// Why it is due or not, the decision itself left out; what readings say alike once.
    fn grounds_of(&self, result: &ItemResult) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        if self.decision().outcome == Outcome::Favourable && result.status == Status::Due {
            let reads = self.rests_on_decision(result);
            lines.extend(
                reads.then(|| "il est fait droit à la demande, pour les motifs énoncés ci-dessus".to_owned()),
            );
        }
        let cases = result.by_reading.iter();
        let own: Vec<_> = cases.map(|case| (case.readings.clone(), self.report.own_reasons(case))).collect();
        lines.extend(self.alike(&own));
        lines
    }

    /// What is asked for, and what only time will tell, on which an amount or a right waits.
    fn missing_for(&self, result: &ItemResult) -> Vec<String> {
        let words = self.words();
        let waits = |step: &Step| lacking_of(step);
        let lacking =
            result.by_reading.iter().flat_map(|case| &case.because.parts).flat_map(|(_, step)| waits(step));
        let mut told: Vec<String> = Vec::new();
        for place in lacking.flat_map(|place| self.asked_first(place)) {
            let said = match (words.ends(place), place.is_not_yet(words.policy, words.dossier)) {
                (Some(period), true) => format!("la fin de {}, qui est en cours", words.quoted(&period)),
                (None, true) => format!("{}, qui n'a pas encore eu lieu", words.quoted(&words.listed(place))),
                (_, false) => words.quoted(&words.listed(place)),
            };
            if matches!(result.status, Status::Due | Status::Undetermined) && !told.contains(&said) {
                told.push(said);
            }
        }
        told
    }

    /// The answers that tell whether a place is asked for at all, where these are missing too; else the place itself.
    fn asked_first(&self, place: MissingPlace) -> Vec<MissingPlace> {
        let missing = &self.decision().missing;
        let asked = |place: &MissingPlace| missing.iter().any(|missing| missing.place == *place);
        let own = missing.iter().find(|missing| missing.place == place);
        let first: Vec<MissingPlace> =
            own.into_iter().flat_map(|own| &own.after).copied().filter(asked).collect();
        if first.is_empty() { vec![place] } else { first }
    }

    /// Whether it lies between two amounts: the one that is given is for whoever signs to fix.
    pub(super) fn open_amount(&self, result: &ItemResult) -> bool {
        result.status == Status::Due
            && result.value.as_ref().is_some_and(|value| !value.is_single())
            && (!self.words().is_result(result.item) || !self.missing_for(result).is_empty())
    }

    /// What the rejection alone keeps from being due: together, with the texts by their places.
    fn rejected(&self, all: &[(String, Vec<Citation>)]) -> Option<Block> {
        let words = self.words();
        let names: Vec<String> = all.iter().map(|(name, _)| name.clone()).collect();
        let cited = all.iter().flat_map(|(_, law)| law).filter(|citation| self.binds(citation));
        let places = self.places(cited).into_iter();
        let mut law: Vec<Block> = places.map(|place| Block::Quote { source: place, passage: None }).collect();
        // That a text founds an amount does not say that it keeps it for requests that are granted.
        let each: Vec<String> = names.iter().map(|name| words.quoted(name)).collect();
        let what = format!(
            "texte opposable qui réserve {} aux demandes accueillies",
            words.list(&each, ("et", "and"))
        );
        law.push(Block::Para(blank(&what)));
        let facts = vec!["la demande est rejetée, pour les motifs énoncés ci-dessus".to_owned()];
        let mut blocks = self.in_fact(facts);
        blocks.push(Block::Entry { title: "En droit".to_owned(), blocks: law });
        let feminine = names.iter().all(|name| is_feminine(name));
        let agreed = match (names.len() > 1, feminine) {
            (false, false) => "non accordé",
            (false, true) => "non accordée",
            (true, false) => "non accordés",
            (true, true) => "non accordées",
        };
        let title = words.pair(&capital(&words.list(&names, ("et", "and"))), agreed);
        (!all.is_empty()).then_some(Block::Part { anchor: None, title, blocks })
    }

    /// What is to be done, and by when.
    fn duties(&self, law: &mut Vec<Citation>) -> Vec<Block> {
        let words = self.words();
        let told = self.decision().obligations.iter();
        let told =
            told.filter(|result| !self.withholds(result.item) && result.status != Status::NotApplicable);
        let mut blocks = Vec::new();
        for result in told {
            let own = self.report.whole_law(result.item);
            let readings = self.moving(result.item);
            let mut inner = match readings.as_slice() {
                [] => {
                    let cases = result.by_reading.iter();
                    let said: Vec<_> = cases
                        .map(|case| (case.readings.clone(), vec![words.case(result.item, case)]))
                        .collect();
                    self.in_fact(self.alike(&said))
                }
                readings => {
                    let names: Vec<String> =
                        readings.iter().map(|reading| words.quoted(words.reading(*reading))).collect();
                    let by = words.list(&names, ("et", "and"));
                    let mark = format!(
                        "obligation et échéance selon la lecture retenue de {by}, par qui et pourquoi{BY_HAND}"
                    );
                    vec![Block::Para(blank(&mark))]
                }
            };
            let mut founded = self.binding(&own, "cette obligation");
            if own.iter().any(|citation| self.binds(citation)) && !self.fixes_limit(result, &own) {
                founded.push(Block::Para(blank("texte opposable qui fixe ce délai")));
            }
            inner.push(Block::Entry { title: "En droit".to_owned(), blocks: founded });
            law.extend(own);
            let title = capital(words.item(result.item));
            blocks.push(Block::Part { anchor: None, title, blocks: inner });
        }
        blocks
    }

    /// Whether a passage that binds says every duration by which a time limit is counted.
    fn fixes_limit(&self, result: &ItemResult, law: &[Citation]) -> bool {
        let binding = law.iter().filter(|citation| self.binds(citation));
        let quotes: Vec<Passage> =
            binding.filter_map(|citation| Some(Passage::read(citation.quote.as_deref()?, 0))).collect();
        let said = |value: &crate::number::Ratio| {
            let mut mentions = quotes.iter().flat_map(|quote| &quote.mentions);
            mentions.any(|mention| {
                mention.quantity.is_time() && mention.quantity.number().as_ref() == Some(value)
            })
        };
        let limits = |case: &ReadingCase| {
            part(&case.because, Part::Deadline).is_none_or(|step| self.durations(step, &said))
        };
        result.by_reading.iter().all(limits)
    }

    fn durations(&self, step: &Step, said: &dyn Fn(&crate::number::Ratio) -> bool) -> bool {
        let literal = step.expr.map(|expr| &self.words().policy.exprs.get(expr).kind);
        let known = match literal {
            Some(ExprKind::Const(Value::Number(value))) => said(value),
            _ => true,
        };
        known && step.operands.iter().all(|inner| self.durations(inner, said))
    }

    /// What is asked for besides, of what the letter tells.
    pub(super) fn concerns(&self, missing: &Missing) -> bool {
        missing.affects.iter().any(|item| !self.withholds(*item))
    }
}
