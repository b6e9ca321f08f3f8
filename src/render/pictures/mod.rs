//! Drawings of what was checked and decided: the versions of a text in time, a scale, where a dossier stands.
//!
//! Architecture invariant: a drawing says nothing that its words do not, and no colour says anything alone: a sign or a
//! label stands beside it. It has no size of its own; all of it is read at the width of a small screen.

mod drawing;
mod scale;
mod thresholds;
mod timeline;

#[cfg(test)]
mod tests;

pub(crate) use scale::scale;
use thresholds::thresholds;
pub(crate) use timeline::timeline;

use super::Lang;
use super::document::{Block, Section};
use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;

/// Where a dossier stands against each threshold; nothing where it is held against none.
pub(crate) fn standing(
    policy: &Policy,
    dossier: &Dossier,
    decision: &Decision,
    lang: Lang,
) -> Option<Section> {
    let blocks: Vec<Block> =
        thresholds(policy, dossier, decision, lang).into_iter().map(Block::Picture).collect();
    let title = lang.pick("Où se situe le dossier", "Where the dossier stands").to_owned();
    (!blocks.is_empty()).then_some(Section { title, blocks })
}
