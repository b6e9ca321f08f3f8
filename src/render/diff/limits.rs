//! Which limits kept dossiers from being tried, and what that means for who reads that nothing differs.

use crate::diff::Covered;
use crate::limits;
use crate::number::Ratio;
use crate::render::Lang;
use crate::render::document::Block;

/// Each limit that was reached, with its figure.
pub(super) fn said(covered: &Covered, lang: Lang, blocks: &mut Vec<Block>) {
    let number = |n: usize| {
        i64::try_from(n).map_or_else(|_| n.to_string(), |n| lang.wording().number(&Ratio::from(n)))
    };
    let parents = number(covered.parents);
    let varied = match covered.waited {
        0 => None,
        1 => Some(lang.pick(
            format!(
                "Un autre point de départ, où une règle prend un statut de plus, n'a pas été varié de la sorte : {parents} le \
                 sont au plus pour chaque texte, dont un seul où une réponse manque."
            ),
            format!(
                "One more dossier, in which a rule takes one more status, was not varied in this way: at most {parents} are for \
                 each text, of them only one in which an answer is missing."
            ),
        )),
        n => Some(lang.pick(
            format!(
                "{} autres points de départ, où une règle prend un statut de plus, n'ont pas été variés de la sorte : {parents} \
                 le sont au plus pour chaque texte, dont un seul où une réponse manque.",
                number(n)
            ),
            format!(
                "{} more dossiers, in which a rule takes one more status, were not varied in this way: at most {parents} are for \
                 each text, of them only one in which an answer is missing.",
                number(n)
            ),
        )),
    };
    blocks.extend(varied.map(Block::Para));
    if covered.dropped > 0 {
        blocks.push(Block::Para(dropped(covered, &number, lang)));
    }
    if covered.cut > 0 {
        let (most, cut) = (limits::PROBE_VALUES, number(covered.cut));
        blocks.push(Block::Para(lang.pick(
            format!("Limite de {most} valeurs essayées d'une même réponse dans un dossier : {cut} autres ne l'ont pas été."),
            format!("Limit of {most} values of one answer tried in a dossier: {cut} others were not."),
        )));
    }
    if covered.dropped + covered.cut > 0 {
        let said = lang.pick(
            "Ce qui ne changerait que dans ce qui n'a pas été essayé n'est pas montré ici ; « --dossiers » essaie les dossiers \
             qu'on lui donne, quel que soit leur nombre.",
            "What would differ only in what was not tried is not shown here; “--dossiers” tries the dossiers that it is given, \
             however many.",
        );
        blocks.push(Block::Para(said.to_owned()));
    }
}

fn dropped(covered: &Covered, number: &dyn Fn(usize) -> String, lang: Lang) -> String {
    let (most, left) = (number(covered.most), number(covered.dropped));
    let each = number(covered.most / covered.texts.max(1));
    let texts = match covered.texts {
        0..=2 => lang.pick("chacun des deux textes".to_owned(), "each of the two texts".to_owned()),
        n => lang.pick(
            format!("chacun des {n} textes que font les avenants, selon les dossiers"),
            format!("each of the {n} texts that amendments make, according to the dossier"),
        ),
    };
    lang.pick(
        format!("Limite de {most} dossiers fabriqués, soit {each} pour {texts} : jusqu'à {left} autres n'ont pas été essayés."),
        format!("Limit of {most} dossiers made up, {each} for {texts}: up to {left} others were not tried."),
    )
}
