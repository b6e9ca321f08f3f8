//! What every decision mentions: the algorithm, the remedies.

use super::frame::titled;
use crate::papers::fill::{Fill, blank, sentence};
use crate::papers::template::Place;
use crate::policy::Citation;
use crate::render::document::{Block, Cell, Section};
use crate::render::words::one_line;

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
            "L'article L. 311-3-1 vous garantit le droit d'obtenir, sur demande, la communication des règles définissant ce \
             traitement et des principales caractéristiques de sa mise en œuvre."
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
             R. 343-1). La saisine de la commission est un préalable obligatoire à l'exercice d'un recours \
             contentieux (article L. 342-1)."
                .to_owned(),
        ));
        let commission = self.line(
            Place::Commission,
            "adresses postale et électronique de la Commission d'accès aux documents administratifs",
        );
        blocks.push(Block::Para(self.words().pair("Adresses de la commission", &commission)));
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

    /// The texts that are applied: all those of the scheme that bind, with the articles that the letter rests on, and
    /// those that the agency names.
    pub(super) fn texts(&self, law: &[Citation]) -> Option<Section> {
        let sources = self.words().policy.sources.iter().enumerate().filter(|(_, source)| source.binding);
        let mut titles: Vec<String> = Vec::new();
        for (rank, source) in sources {
            let cited = law.iter().filter(|citation| citation.source.index() == rank);
            let title =
                visa(&one_line(&source.title), cited.filter_map(|citation| citation.place.as_deref()));
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
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

/// « le code de la santé publique, notamment son article L. 1411-11-1 ».
fn visa<'p>(title: &str, places: impl Iterator<Item = &'p str>) -> String {
    let (text, mut articles) = match title.split_once(", article ") {
        Some((text, article)) => (text, vec![article.to_owned()]),
        None => (title, Vec::new()),
    };
    for place in places {
        let article = place.split(',').next().and_then(|first| first.trim().strip_prefix("art. "));
        if let Some(article) = article.map(str::to_owned).filter(|article| !articles.contains(article)) {
            articles.push(article);
        }
    }
    // In the order of the text, where they are numbers.
    articles.sort_by_key(|article| {
        let digits: String = article.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or(u32::MAX)
    });
    let kinds = [
        ("Code", "le code"),
        ("Décret", "le décret"),
        ("Règlement", "le règlement"),
        ("Accord", "l'accord"),
        ("Arrêté", "l'arrêté"),
        ("Avenant", "l'avenant"),
        ("Instruction", "l'instruction"),
        ("Ordonnance", "l'ordonnance"),
        ("Loi", "la loi"),
        ("Convention", "la convention"),
        ("Délibération", "la délibération"),
        ("Décision", "la décision"),
    ];
    let kind = kinds.iter().find_map(|(name, said)| {
        let rest = text.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| format!("{said}{rest}"))
    });
    let text = kind.unwrap_or_else(|| text.to_owned());
    match articles.as_slice() {
        [] => text,
        [one] => format!("{text}, notamment son article {one}"),
        [some @ .., last] => format!("{text}, notamment ses articles {} et {last}", some.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::visa;

    #[test]
    fn a_text_is_called_as_a_visa_calls_it() {
        for (title, places, said) in [
            (
                "Code de la santé publique, article L. 1411-11-1",
                &[][..],
                "le code de la santé publique, notamment son article L. 1411-11-1",
            ),
            (
                "Délibération n° 3 du 13 juin 2024",
                &["art. 10", "art. 2, III", "art. 2, I"],
                "la délibération n° 3 du 13 juin 2024, notamment ses articles 2 et 10",
            ),
            ("Arrêté du 4 mars 2023", &[], "l'arrêté du 4 mars 2023"),
            ("Cahier des charges", &["art. 1er"], "Cahier des charges, notamment son article 1er"),
            ("Codex", &[], "Codex"),
        ] {
            assert_eq!(visa(title, places.iter().copied()), said);
        }
    }
}
