//! The sheet of CRPA, art. R. 311-3-1-2: four headings, of any decision.

mod data;
mod parameters;

use super::fill::{Fill, blank, sentence};
use super::template::Place;
use crate::decision::{Outcome, ReadingStatus};
use crate::render::document::{Block, Document, Section};
use crate::render::words::one_line;

/// The headings, in the order and in the words of the article.
const HEADINGS: [&str; 4] = [
    "1° Degré et mode de contribution du traitement algorithmique à la prise de décision",
    "2° Données traitées et leurs sources",
    "3° Paramètres de traitement et, le cas échéant, leur pondération, appliqués à la situation de l'intéressé",
    "4° Opérations effectuées par le traitement",
];

/// The sheet.
pub(super) fn document(fill: &Fill<'_>) -> Document {
    let words = fill.words();
    let subtitle = vec![
        fill.line(Place::Authority, "désignation de l'autorité"),
        fill.line(Place::Service, "service chargé du dossier"),
        words.pair("Date", &blank("date de la communication")),
        words.pair("Dossier", &fill.dossier()),
        words.pair("Dispositif", &one_line(&words.policy.title)),
        "Informations communiquées à la demande de l'intéressé (code des relations entre le public et l'administration, \
         articles L. 311-3-1 et R. 311-3-1-2)"
            .to_owned(),
    ];
    let contents = [fill.contribution(), fill.data(), fill.parameters(), fill.operations()];
    let sections = HEADINGS.iter().zip(contents);
    let sections = sections.map(|(title, blocks)| Section { title: (*title).to_owned(), blocks });
    Document {
        head: Vec::new(),
        title: "Traitement algorithmique du dossier : informations communiquées".to_owned(),
        subtitle,
        verdict: None,
        sections: sections.collect(),
        hint: None,
    }
}

impl Fill<'_> {
    /// What the algorithm does of the decision, and what people do.
    fn contribution(&self) -> Vec<Block> {
        let (words, decision) = (self.words(), self.decision());
        let mut blocks = vec![
            Block::Para(self.examined()),
            Block::Para(
                "Le traitement applique à ces réponses, une par une, des règles écrites d'avance. Il ne s'appuie sur aucun \
                 autre dossier, n'attribue pas de note et n'estime aucune probabilité : les mêmes réponses donnent toujours le même \
                 résultat. Il ne remplace aucune réponse qui manque."
                    .to_owned(),
            ),
        ];
        let result = match decision.outcome {
            Outcome::Favourable | Outcome::Unfavourable => {
                format!("Son résultat est {}", words.outcome(decision.outcome))
            }
            Outcome::Calculated => "Son résultat est complet".to_owned(),
            Outcome::Incomplete => "Il n'a pas conclu".to_owned(),
            Outcome::DependsOnReading => "Il n'a pas choisi à la place de l'autorité".to_owned(),
        };
        blocks.push(Block::Para(format!("{} {}", sentence(&result), sentence(&words.verdict(decision)))));
        blocks.push(Block::Para(match decision.judgements.len() {
            0 => "Aucune appréciation humaine ne figure dans ce dossier.".to_owned(),
            1 => "Une appréciation n'est pas portée par le traitement, mais par l'autorité ; il la reprend telle quelle \
                  (2°)."
                .to_owned(),
            n => format!(
                "{n} appréciations ne sont pas portées par le traitement, mais par l'autorité ; il les reprend telles quelles \
                 (2°)."
            ),
        }));
        if decision.readings.iter().any(|reading| reading.retained.is_some()) {
            let said = "Là où les textes se lisent de plusieurs façons et où une lecture est retenue, ce n'est pas le \
                        traitement qui la retient : le 3° dit qui, et pourquoi.";
            blocks.push(Block::Para(said.to_owned()));
        }
        if decision.readings.iter().any(|reading| reading.status != ReadingStatus::Settled) {
            let said = "Là où aucune lecture n'est retenue, le traitement les applique toutes et dit ce que donne chacune.";
            blocks.push(Block::Para(said.to_owned()));
        }
        match decision.outcome {
            Outcome::Favourable | Outcome::Unfavourable | Outcome::Calculated => {
                blocks.extend(self.paras(Place::Part, "part de l'agent et du traitement dans la décision"));
            }
            Outcome::Incomplete | Outcome::DependsOnReading => {
                blocks.push(Block::Para("À ce stade, aucune décision n'est prise.".to_owned()));
            }
        }
        blocks
    }

    /// Every item, with how it was worked out.
    fn operations(&self) -> Vec<Block> {
        let words = self.words();
        let mut blocks = vec![Block::Para(
            "Chaque règle est appliquée comme suit ; « voir plus haut » renvoie à un calcul déjà montré. Devant chaque \
             point, ✔ dit que la condition est remplie ou que l'élément est retenu, ✘ qu'il n'en est rien, – que le point ne \
             s'applique pas, ? que la réponse manque, ~ qu'elle dépend de la lecture du texte."
                .to_owned(),
        )];
        blocks.extend(self.report.calculations(&|item| !self.withholds(item)));
        let missing: Vec<String> = self
            .decision()
            .missing
            .iter()
            .map(|missing| words.quoted(&words.listed(missing.place)))
            .collect();
        if !missing.is_empty() {
            let head = "Ce qui manque, et que le traitement laisse ouvert";
            blocks.push(Block::Para(sentence(&words.pair(head, &words.list(&missing, ("et", "and"))))));
        }
        blocks
    }
}
