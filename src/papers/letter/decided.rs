//! A decision that is notified: favourable, unfavourable, or the results of a text that decides nothing.

use super::frame::{titled, untitled};
use super::reasons::{Founded, NO_GROUND};
use crate::decision::{ItemResult, Outcome, Part, Status};
use crate::papers::fill::{Fill, sentence};
use crate::papers::template::Place;
use crate::policy::{Citation, FundingKind, ItemRef};
use crate::render::document::{Block, Document, Section};
use crate::render::words::{lacking_of, part};

/// The letter.
pub(super) fn document(fill: &Fill<'_>) -> Document {
    let words = fill.words();
    let (outcome, name) = (fill.decision().outcome, words.quoted(words.item(ItemRef::Decision)));
    let about = match outcome {
        Outcome::Calculated => "résultats du calcul".to_owned(),
        Outcome::Favourable | Outcome::Unfavourable | Outcome::Incomplete | Outcome::DependsOnReading => {
            format!("décision {} ({name})", words.outcome(outcome))
        }
    };
    let (reasons, mut law) = fill.reasons();
    let given = fill.given(&mut law);
    let binding = fill.titles(law.iter().filter(|citation| fill.binds(citation)));
    let mut sections = vec![untitled(fill.paras_of(outcome))];
    sections.extend(fill.texts(binding));
    sections.push(Section { title: "Décision".to_owned(), blocks: fill.ruling(&name) });
    sections.extend(reasons);
    sections.extend(titled("Appréciations portées par l'autorité", fill.judged()));
    sections.extend(fill.retained());
    sections.extend(given);
    sections.extend(fill.unsettled());
    sections.extend(titled("Informations restant à fournir", fill.still_asked()));
    sections.extend(titled("Voies et délais de recours", fill.remedies()));
    sections.extend(fill.mention());
    fill.letter(&about, "date de la décision", sections)
}

impl Fill<'_> {
    fn paras_of(&self, outcome: Outcome) -> Vec<Block> {
        let (place, what) = match outcome {
            Outcome::Unfavourable => (Place::Unfavourable, "formule d'une décision défavorable"),
            Outcome::Calculated => (Place::Calculated, "formule d'un résultat"),
            _ => (Place::Favourable, "formule d'une décision favorable"),
        };
        self.paras(place, what)
    }

    /// What is decided, in the words of the decision.
    fn ruling(&self, name: &str) -> Vec<Block> {
        let words = self.words();
        let verdict = Block::Para(sentence(&words.verdict(self.decision())));
        let decided = match self.decision().outcome {
            Outcome::Calculated => {
                "Le texte appliqué ne prévoit ni accord ni refus ; il donne ce qui suit.".to_owned()
            }
            outcome => format!("Pour {name}, la décision est {}.", words.outcome(outcome)),
        };
        vec![Block::Para(self.examined()), Block::Para(decided), verdict]
    }

    /// What the decision gives: amounts, results, what is to be done; with the passages that found it.
    fn given(&self, law: &mut Vec<Citation>) -> Vec<Section> {
        let mut sections = Vec::new();
        self.report.versions(&mut sections);
        self.report.results(&mut sections);
        self.report.fundings(FundingKind::Funding, &mut sections);
        self.report.fundings(FundingKind::Contribution, &mut sections);
        let obligations = &self.decision().obligations;
        if obligations.iter().any(|obligation| obligation.status != Status::NotApplicable) {
            self.report.obligations(&mut sections);
        }
        if self.decision().outcome != Outcome::Unfavourable {
            self.report.objectives(&mut sections);
            self.report.missions(&mut sections);
        }
        for section in &mut sections {
            if let Some(more) = section.title.strip_prefix("Suivi") {
                section.title = format!("Obligations{more}");
            }
        }
        let founded = self.founded();
        let mut told = self.law_of_all(&founded);
        told.extend(self.consulted(&founded, law, NO_GROUND));
        law.extend(founded.into_iter().flat_map(|(_, _, law)| law));
        sections.extend(titled("Fondement des montants, résultats et obligations", told));
        sections.extend(titled("Montants à arrêter", self.open_amounts()));
        sections
    }

    /// What is due, given or to be done, with its passages.
    fn founded(&self) -> Vec<Founded> {
        let words = self.words();
        let fundings = self.decision().fundings.iter().filter(|result| result.status == Status::Due);
        let obligations = self.decision().obligations.iter().filter(|result| {
            matches!(result.status, Status::Pending | Status::Fulfilled | Status::Missed | Status::Elapsed)
        });
        let told = fundings.chain(obligations).map(|result| {
            let kind = match result.item {
                ItemRef::Funding(id) => match &words.policy.fundings[id.index()] {
                    funding if funding.kind == FundingKind::Contribution => "la contribution",
                    funding if funding.kind == FundingKind::Result => "le résultat",
                    funding if funding.is_shared_out() => "la répartition",
                    _ => "le financement",
                },
                _ => "l'obligation",
            };
            (kind, words.item(result.item).to_owned(), self.report.whole_law(result.item))
        });
        told.collect()
    }

    /// What is due, and between two amounts whatever is still learnt: which of them is left to whoever signs.
    fn open_amounts(&self) -> Vec<Block> {
        let words = self.words();
        let open = |result: &&ItemResult| {
            result.status == Status::Due
                && !words.is_result(result.item)
                && result.value.as_ref().is_some_and(|value| !value.is_single())
                && result.by_reading.iter().all(|case| {
                    part(&case.because, Part::Amount).is_none_or(|step| lacking_of(step).is_empty())
                })
        };
        let open = self.decision().fundings.iter().filter(open).map(|result| {
            let amount = result.value.as_ref().map(|value| words.given_value(result.item, value));
            let mark = crate::papers::fill::blank("montant arrêté, et ce qui le fonde");
            let name = words.item(result.item);
            Block::Para(sentence(&words.pair(name, &format!("{} ; {mark}", amount.unwrap_or_default()))))
        });
        open.collect()
    }
}
