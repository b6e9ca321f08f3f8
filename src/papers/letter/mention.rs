//! What every decision mentions: the algorithm, the remedies.

use super::frame::titled;
use crate::papers::fill::{Fill, blank, sentence};
use crate::papers::template::Place;
use crate::render::document::{Block, Cell, Section};

impl Fill<'_> {
    /// The mention of the algorithm (CRPA, art. L. 311-3-1 and R. 311-3-1-1): its purpose, the right to its rules, how to
    /// use it, and how to go to the commission (art. R. 311-12 and R. 343-1).
    pub(super) fn mention(&self) -> Option<Section> {
        let mut blocks = vec![Block::Para(
            "Cette décision est prise sur le fondement d'un traitement algorithmique (code des relations entre le \
             public et l'administration, article L. 311-3-1)."
                .to_owned(),
        )];
        let purpose = self.line(Place::Purpose, "finalité du traitement algorithmique");
        blocks.push(Block::Para(sentence(&self.words().pair("Finalité du traitement", &purpose))));
        blocks.push(Block::Para(
            "Vous avez le droit d'obtenir, sur demande, la communication des règles définissant ce traitement et des \
             principales caractéristiques de sa mise en œuvre."
                .to_owned(),
        ));
        blocks.extend(self.paras(Place::Rules, "modalités d'exercice du droit à communication"));
        blocks.push(Block::Para(
            "Le silence gardé pendant un mois par l'administration sur cette demande vaut décision de refus (articles \
             R*. 311-12 et R. 311-13 du même code). Vous disposez d'un délai de deux mois, à compter de la notification du refus ou \
             de l'expiration de ce délai d'un mois, pour saisir la Commission d'accès aux documents administratifs, par lettre, télécopie \
             ou voie électronique. La saisine précise son objet, indique vos nom, prénoms et domicile ou, pour une \
             personne morale, sa forme, sa dénomination, son siège social et les nom et prénoms de son représentant, et \
             elle est accompagnée d'une copie de la décision de refus ou de la demande restée sans réponse (article \
             R. 343-1)."
                .to_owned(),
        ));
        blocks.extend(self.paras(
            Place::Commission,
            "adresses postale et électronique de la Commission d'accès aux documents administratifs",
        ));
        titled("Traitement algorithmique", blocks)
    }

    /// The remedies and their time limits, in the agency's words.
    pub(super) fn remedies(&self) -> Vec<Block> {
        self.paras(
            Place::Remedies,
            "voies et délais de recours (code des relations entre le public et l'administration, article L. 411-2 ; \
             code de justice administrative, articles R. 421-1 et R. 421-5)",
        )
    }

    /// The texts that are applied: those that bind and that the rules cite, and those that the agency names.
    pub(super) fn texts(&self, mut titles: Vec<String>) -> Option<Section> {
        titles.extend(self.own(Place::Texts));
        if titles.is_empty() {
            titles.push(blank("textes opposables visés"));
        }
        let last = titles.len() - 1;
        let ended = titles.iter().enumerate().map(|(rank, title)| {
            let end = if rank == last { "." } else { " ;" };
            vec![Cell::plain(format!("{title}{end}"))]
        });
        let lines = Block::List(ended.collect());
        titled("Textes visés", vec![Block::Para("Vu :".to_owned()), lines])
    }
}
