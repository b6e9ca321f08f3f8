//! The grounds of a decision: of fact, then of law.

use super::frame::titled;
use crate::decision::MissingPlace;
use crate::decision::{ItemResult, Outcome, Status};
use crate::papers::fill::{Fill, blank, capital, sentence};
use crate::policy::{Citation, ExprKind, ItemRef, ReadingId};
use crate::render::document::{Block, Section};
use crate::render::report::{Condition, Exempted};

/// What is told of documents that only inform, beside a decision.
pub(super) const NO_GROUND: &str = "Documents d'information consultés, qui ne fondent pas la décision";

/// What something is, its name, and the passages that found it.
pub(super) type Founded = (&'static str, String, Vec<Citation>);

impl Fill<'_> {
    /// What a letter says of the grounds, and the passages on which they rest.
    pub(super) fn reasons(&self) -> (Vec<Section>, Vec<Citation>) {
        match self.decision().outcome {
            Outcome::Unfavourable => self.refused(),
            _ => self.granted(),
        }
    }

    /// Each ground of a refusal with its facts and its law (CRPA, art. L. 211-5), then what is met.
    fn refused(&self) -> (Vec<Section>, Vec<Citation>) {
        let (mut blocks, mut law) = (Vec::new(), Vec::new());
        for condition in self.report.own_told() {
            blocks.push(self.ground(&condition, "condition non remplie", "cette condition"));
            law.extend(condition.law);
        }
        let grounds = self.ground_criteria();
        for result in &self.decision().criteria {
            if !grounds.contains(&result.item) {
                continue;
            }
            let condition = self.report.told(result);
            let status = self.words().status_said(result.item, result.status);
            blocks.push(self.ground(&condition, &status, "ce critère"));
            law.extend(condition.law);
            law.extend(condition.refusing.into_iter().flat_map(|(_, exception)| exception));
        }
        let sections =
            titled("Motifs de la décision", blocks).into_iter().chain(self.without_bearing(&grounds));
        (sections.collect(), law)
    }

    /// The criteria on which a refusal rests.
    fn ground_criteria(&self) -> Vec<ItemRef> {
        let (words, decision) = (self.words(), self.decision());
        let grounds = words.grounds(decision);
        let open = words.open_grounds(decision);
        let named = if grounds.certain.is_empty() { &grounds.by_reading } else { &grounds.certain };
        let bears = |item: ItemRef| named.iter().any(|name| name == words.item(item)) || open.contains(&item);
        decision.criteria.iter().map(|result| result.item).filter(|item| bears(*item)).collect()
    }

    fn ground(&self, condition: &Condition, status: &str, what: &str) -> Block {
        let mut blocks = vec![Block::Entry { title: "En fait".to_owned(), blocks: self.facts(condition) }];
        let mut founded = self.binding(&condition.law, what);
        let mut law = condition.law.clone();
        // A refusal that tells why an exception does not hold tells which exception.
        for (name, exception) in &condition.refusing {
            let what = format!("l'exception {}", self.words().quoted(name));
            founded.extend(self.binding(exception, &what));
            law.extend(exception.iter().cloned());
        }
        blocks.push(Block::Entry { title: "En droit".to_owned(), blocks: founded });
        blocks.extend(self.informing(&law));
        let remedies =
            condition.remedies.iter().map(|(combination, said)| self.said_under(combination, said));
        let remedies: Vec<Block> = remedies.collect();
        if !remedies.is_empty() {
            let title = "Pour que ce critère soit rempli".to_owned();
            blocks.push(Block::Entry { title, blocks: remedies });
        }
        let title = self.words().pair(&capital(&condition.name), status);
        Block::Part { anchor: None, title, blocks }
    }

    /// The facts of a condition, and what was decided of its exceptions.
    pub(super) fn facts(&self, condition: &Condition) -> Vec<Block> {
        let mut blocks = Vec::new();
        let told = if condition.alike { self.alike(&condition.facts) } else { Vec::new() };
        blocks.extend(told.iter().map(|line| Block::Para(sentence(line))));
        for (combination, lines) in condition.facts.iter().filter(|_| !condition.alike) {
            match combination.as_slice() {
                [] => blocks.extend(lines.iter().map(|line| Block::Para(sentence(line)))),
                some => blocks.push(self.said_under(some, &lines.join(" ; "))),
            }
        }
        for (name, value) in &condition.conventions {
            let said =
                format!("{} vaut {value} par convention de la règle appliquée", self.words().quoted(name));
            blocks.push(Block::Para(sentence(&format!(
                "{said} : {}",
                blank("texte qui fonde cette convention")
            ))));
        }
        for (combination, exceptions) in &condition.exceptions {
            let said =
                exceptions.iter().map(|exempted| self.said_under(combination, &self.exception(exempted)));
            blocks.extend(said);
        }
        blocks
    }

    /// A sentence, under a combination of readings.
    fn said_under(&self, combination: &[(ReadingId, u16)], said: &str) -> Block {
        Block::Para(sentence(&match combination {
            [] => said.to_owned(),
            some => format!("{}, {said}", self.under(some)),
        }))
    }

    fn exception(&self, exempted: &Exempted) -> String {
        let words = self.words();
        let Some(fact) = exempted.judged else {
            let head = match exempted.truth.value() {
                Some(true) => "l'exception s'applique",
                Some(false) => "l'exception ne s'applique pas",
                None => "on ne sait pas si l'exception s'applique",
            };
            // What is told holds colons of its own.
            return format!("{head} – {}", exempted.why);
        };
        let name = words.quoted(&words.policy.facts[fact.index()].label);
        let origin = words.dossier.fact(fact).origin.as_deref();
        match exempted.truth.value() {
            Some(true) => format!("l'exception {name} a été accordée {}", self.by_whom(origin)),
            Some(false) => format!("l'exception {name} n'a pas été accordée {}", self.by_whom(origin)),
            None => format!("l'autorité ne s'est pas prononcée sur l'exception {name}"),
        }
    }

    /// « selon la lecture « libéraux » de « base du seuil » ».
    fn under(&self, combination: &[(ReadingId, u16)]) -> String {
        let words = self.words();
        let named = combination.iter().map(|(reading, option)| {
            let option = words.quoted(words.option(*reading, *option));
            format!("{option} de {}", words.quoted(words.reading(*reading)))
        });
        let named: Vec<String> = named.collect();
        format!("selon la lecture {}", words.list(&named, ("et", "and")))
    }

    /// What a refusal does not rest on: what is met, what stays open.
    fn without_bearing(&self, grounds: &[ItemRef]) -> Option<Section> {
        let words = self.words();
        let others: Vec<&ItemResult> =
            self.decision().criteria.iter().filter(|result| !grounds.contains(&result.item)).collect();
        let named = |of: &dyn Fn(Status) -> bool| -> Vec<String> {
            let of = others.iter().filter(|result| of(result.status));
            of.map(|result| words.quoted(words.item(result.item))).collect()
        };
        let met = named(&|status| matches!(status, Status::Met | Status::Waived));
        let open = named(&|status| {
            matches!(status, Status::Undetermined | Status::DependsOnReading | Status::NotMet)
        });
        let idle = named(&|status| status == Status::NotApplicable);
        let told = [
            ("Critères remplis", met),
            ("Critères sur lesquels la décision ne se fonde pas", open),
            ("Critères sans objet", idle),
        ];
        let told = told.into_iter().filter(|(_, names)| !names.is_empty());
        let told = told.map(|(head, names)| {
            Block::Para(sentence(&words.pair(head, &words.list(&names, ("et", "and")))))
        });
        titled("Autres critères examinés", told.collect())
    }

    /// What a favourable decision rests on: the facts of each condition, then the law of all of them.
    fn granted(&self) -> (Vec<Section>, Vec<Citation>) {
        let words = self.words();
        let (mut facts, mut told, mut exceptions) = (Vec::new(), Vec::new(), Vec::new());
        for condition in if words.policy.decision.stated { self.report.own_told() } else { Vec::new() } {
            facts.push(Block::Entry {
                title: words.pair(&capital(&condition.name), "condition remplie"),
                blocks: self.facts(&condition),
            });
            told.push(("la condition", condition.name, condition.law));
        }
        for result in &self.decision().criteria {
            let condition = self.report.told(result);
            let status = words.status_said(result.item, result.status);
            let title = match result.status {
                // Its one line says so, and why.
                Status::NotApplicable => capital(&condition.name),
                _ => words.pair(&capital(&condition.name), &status),
            };
            facts.push(Block::Entry { title, blocks: self.facts(&condition) });
            if let Some(exempting) = condition.exempting {
                let title = format!("Pour l'exception au critère {}", words.quoted(&condition.name));
                let mut inner = self.binding(&exempting, "cette exception");
                inner.extend(self.informing(&exempting));
                exceptions.push(Block::Entry { title, blocks: inner });
            }
            if matches!(result.status, Status::Met | Status::Waived) {
                told.push(("le critère", condition.name, condition.law));
            }
        }
        let mut law = self.law_of_all(&told);
        law.extend(exceptions);
        law.extend(self.consulted(&told, &[], NO_GROUND));
        let sections = [titled("Motifs de fait", facts), titled("Motifs de droit", law)];
        let all = told.into_iter().flat_map(|(_, _, law)| law).collect();
        (sections.into_iter().flatten().collect(), all)
    }

    /// Passages that bind by what they found; what no text that binds founds together, then what only informs.
    pub(super) fn law_of_all(&self, told: &[Founded]) -> Vec<Block> {
        let words = self.words();
        let mut blocks = Vec::new();
        let mut unfounded: Vec<String> = Vec::new();
        for (kind, name, law) in told {
            if law.iter().any(|citation| self.binds(citation)) {
                let name = format!("Pour {kind} {}", words.quoted(name));
                blocks.push(Block::Entry { title: name, blocks: self.binding(law, "") });
            } else {
                unfounded.push(format!("{kind} {}", words.quoted(name)));
            }
        }
        if !unfounded.is_empty() {
            let what = words.list(&unfounded, ("et", "and"));
            blocks.extend(self.binding(&[], &what));
        }
        blocks
    }

    /// The documents that only inform, by their titles; those of passages that were told already are not told again.
    pub(super) fn consulted(&self, told: &[Founded], known: &[Citation], head: &str) -> Option<Block> {
        let words = self.words();
        let informs = |citation: &&Citation| !self.binds(citation);
        let known = self.titles(known.iter().filter(informs));
        let titles = self.titles(told.iter().flat_map(|(_, _, law)| law).filter(informs));
        let titles = titles.iter().filter(|title| !known.contains(title));
        let titles: Vec<String> = titles.map(|title| words.quoted(title)).collect();
        let said = || Block::Para(sentence(&words.pair(head, &words.list(&titles, ("et", "and")))));
        (!titles.is_empty()).then(said)
    }

    /// Facts that the authority judged, who did, when and why; exceptions are told with what they are exceptions to.
    pub(super) fn judged(&self) -> Vec<Block> {
        let words = self.words();
        let judgements = self.decision().judgements.iter().filter(|judgement| !self.excepts(judgement.place));
        let told = judgements.map(|judgement| {
            let said = words.known_at(judgement.place, &judgement.value);
            let said = words.told(&words.label(judgement.place), &judgement.value, &said);
            Block::Para(sentence(&format!("{said} {}", self.by_whom(judgement.origin.as_ref()))))
        });
        told.collect()
    }

    /// Whether a fact is by itself an exception to a criterion.
    fn excepts(&self, place: MissingPlace) -> bool {
        let policy = self.words().policy;
        let mut exceptions = policy.criteria.iter().flat_map(|criterion| &criterion.unless);
        exceptions.any(|exception| match policy.exprs.get(exception.condition).kind {
            ExprKind::Fact(fact) => place == MissingPlace::Fact(fact),
            _ => false,
        })
    }
}
