//! What is read of sentences: each figure with its bound, as `sign figure unit`.

use super::Passage;

/// `~` marks a figure that demands nothing, `≈` a bound that does not say on which side it falls, `!` an aim.
fn shown(text: &str) -> String {
    let passage = Passage::read(text, 0);
    let mentions: Vec<String> = passage
        .mentions
        .iter()
        .map(|mention| {
            let weak = if mention.weak { "~" } else { "" };
            let aim = if mention.aim.is_some() { "!" } else { "" };
            let bound = mention.bound.map_or(String::new(), |bound| {
                format!("{}{} ", if bound.exact { "" } else { "≈" }, bound.op.sign())
            });
            format!("{weak}{aim}{bound}{}", mention.quantity.words())
        })
        .collect();
    mentions.join(" · ")
}

fn table(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, expected)| shown(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  attendu : {expected}\n  lu :      {}", shown(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn figures_and_units() {
    table(&[
        ("soixante-trois ans et neuf mois", "63 ans et 9 mois"),
        ("2 millions d'euros", "2 000 000 €"),
        ("58 690 F CFP", "58 690 F CFP"),
        ("2 millions de francs CFP", "2 000 000 F CFP"),
        ("une prime de 1 000 francs", "1 000 F CFP"),
        ("une somme de 80\n    000 euros", "80 000 €"),
        ("le taux est de 10% puis de 10 % et de 12,5 pour cent", "10 % · 10 % · 12,5 %"),
        ("10 p. 100 des voix", "10 %"),
        ("12 euros et 50 centimes", "12,50 €"),
        ("1,5 million d'euros", "1 500 000 €"),
        ("trois semaines", "21 jours"),
        ("un an et demi de services", "1 an et 6 mois"),
        ("un million et demi d'euros", "1 500 000 €"),
        ("quinze jours ouvrables", "15 jours ouvrables"),
        ("un an, deux ans et six mois", "1 an · 2 ans et 6 mois"),
        ("deux ans, six mois et dix jours", "2 ans, 6 mois et 10 jours"),
        ("la moitié des membres, le tiers des voix, les deux tiers des sièges", "1/2 · 1/3 · 2/3"),
        ("les trois quarts du coût", "3/4"),
        ("une prime de mille deux cents euros", "1 200 €"),
        ("le 1er janvier 2025 et le 31/12/2026", "le 1er janvier 2025 · le 31 décembre 2026"),
        ("au 1er juillet de chaque année", "le 1er juillet · ~1 an"),
        ("un véhicule neuf de marque", ""),
        ("neuf logements", "9"),
    ]);
}

#[test]
fn what_is_no_figure_of_the_law() {
    table(&[
        ("au 2° du II de l'article 3", ""),
        ("les articles 3, 4 et 5 de la loi n° 2019-774 du 24 juillet 2019", ""),
        ("l'article L. 1411-11-1 du code de la santé publique", ""),
        ("le décret du 3 mars 2020 modifié", ""),
        ("des consultations après vingt heures", "~> 20 heures"),
        ("confié à un tiers.", "~1/3"),
        ("acteurs du 1er, 2e et 3° recours", "~1 · ~2"),
        ("les deux parents", "~2"),
        ("un établissement de catégorie 2", "~2"),
        ("un médecin", ""),
        ("24 heures sur 24", "~24 heures · ~24"),
        ("tous les deux ans", "~2 ans"),
        ("les douze mois précédant la demande", "~1 an"),
        ("versée en quatre fractions égales", "~4"),
        ("l'effectif apprécié au 31 décembre 2025", "~le 31 décembre 2025"),
        ("un mois de salaire", "~1 mois"),
        ("d'ici à 2030", "~2030"),
        ("l'intervalle entre deux dons", "~2"),
        ("un médecin de secteur 2", "~2"),
    ]);
}

#[test]
fn words_of_comparison() {
    table(&[
        ("au moins 10 médecins", "≥ 10"),
        ("d'au moins 2 000 habitants", "≥ 2 000"),
        ("10 médecins au moins", "≥ 10"),
        ("trois années d'exercice au moins", "≥ 3 ans"),
        ("un minimum de 10 %", "≥ 10 %"),
        ("une durée minimale de six mois", "≥ 6 mois"),
        ("le montant maximum est fixé à 500 euros", "≤ 500 €"),
        ("plus de 50 salariés", "> 50"),
        ("n'ont pas plus de 25 ans", "≤ 25 ans"),
        ("un effectif supérieur à 250", "> 250"),
        ("supérieur ou égal à 250", "≥ 250"),
        ("égale ou supérieure à 20 %", "≥ 20 %"),
        ("au moins égal à 12 mois", "≥ 1 an"),
        ("n'excède pas 10 000 €", "≤ 10 000 €"),
        ("ne peut excéder 6 000 € ni être inférieure à 500 €", "≤ 6 000 € · ≥ 500 €"),
        ("sans pouvoir excéder 30 %", "≤ 30 %"),
        ("n'est pas inférieur à 3", "≥ 3"),
        ("dépasse 40 heures", "> 40 heures"),
        ("moins de 35 ans", "< 35 ans"),
        ("jusqu'à 4 000 habitants", "≤ 4 000"),
        ("dans la limite de quarante heures", "≤ 40 heures"),
        ("dans un délai de six mois", "≈≤ 6 mois"),
        ("dans les deux mois suivant la notification", "≈≤ 2 mois"),
        ("dans un délai maximum de trente jours", "≤ 30 jours"),
        ("au plus tard quinze jours avant l'ouverture", "≥ 15 jours"),
        ("avant le 1er juillet 2026", "< le 1er juillet 2026"),
        ("à compter du 1er janvier 2025", "≥ le 1er janvier 2025"),
        ("au plus tard le 31 mars 2026", "≤ le 31 mars 2026"),
        ("comprise entre 50 000 et 100 000 euros", "≥ 50 000 € · ≤ 100 000 €"),
        ("de 4 001 à 8 000 habitants", "≥ 4 001 · ≤ 8 000"),
        ("de 10 à moins de 20 salariés", "≥ 10 · < 20"),
        ("âgés de 18 ans ou plus", "≥ 18 ans"),
        ("18 ans révolus", "≈≥ 18 ans"),
        ("depuis au moins trois mois", "≥ 3 mois"),
        // « ~ »: a rule may say without a figure that there is one.
        ("au moins un pharmacien", "~≥ 1"),
        ("à partir du 3e enfant", "≥ 3"),
        ("Au-delà de 10 000 habitants, la commune compte au moins un pharmacien", "> 10 000 · ~≥ 1"),
        ("au moins quatre professionnels, dont au moins un médecin", "≥ 4 · ~≥ 1"),
        ("le taux passe de 10 % à 15 %", "10 % · 15 %"),
        ("la part qui excède 30 000 €", "> 30 000 €"),
        ("ne peut être attribuée qu'aux communes de moins de 2 000 habitants", "< 2 000"),
        ("70 % jusqu'à 10 000 €, puis 50 %", "70 % · ≤ 10 000 € · 50 %"),
        ("égal au moins à la moitié", "≥ 1/2"),
        ("rester sous le seuil de onze personnes", "< 11"),
        ("à la majorité des voix exprimées", "~> 1/2"),
        ("à la majorité des deux tiers", "≈≥ 2/3"),
        ("il a atteint sa majorité", "~≥ 18 ans"),
        ("sans que le remboursement puisse être supérieur à 400 euros", "≤ 400 €"),
        ("le nombre minimal de candidats admis est de trois", "≥ 3"),
        ("ne peut dépasser neuf mètres", "≤ 9"),
        ("entre le onzième et le treizième mois", "~≥ 11 mois · ~≤ 1 an et 1 mois"),
        ("une note au moins égale à 10 sur 20", "≥ 10 · ~20"),
        ("de la troisième catégorie ou d'une catégorie inférieure", "~≤ 3"),
    ]);
}

#[test]
fn aims() {
    table(&[
        ("objectif à terme : 50 % des spécialistes", "!50 %"),
        ("à terme l'équipe doit avoir une cible d'au moins 50 %", "!≥ 50 %"),
        ("départemental (avec une cible régionale possible), au moins 10 médecins", "≥ 10"),
        ("la population cible compte au moins 10 personnes", "≥ 10"),
    ]);
}
