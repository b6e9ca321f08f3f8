//! What the explanation in full says, read aloud: each element named once, lists in the plural, no line of the policy
//! put end to end, no file shown among the conditions.

use conforme::render::text::{self, TextOptions};
use conforme::render::{Explain, Lang};

use crate::prose;
use crate::reader::{Row, decided};

const ROWS: &[Row] = &[
    // What is said of dates of a list agrees with it.
    (
        "csq",
        "couverture/signature-inconnue",
        &[],
        &["pour les dépenses (facturées au plus tôt le jour de « engagement signé »)"],
        &[
            "(facturée au plus tôt le jour de « engagement signé ») : ",
            "╭─",
            "pour engagement signé : à établir",
        ],
    ),
    // The lines of a sharing out are told with commas, and a financing that has a name is quoted or put aside.
    (
        "alr",
        "01-deux-enfants",
        &[("{nom: Val-Doré, membre: oui, journées: 40}", "{nom: Val-Doré, membre: oui}")],
        &[
            "au prorata de journées, dans la limite de 500 € chacune, arrondi à",
            "1re commune (nom : Val-Doré), part (fonds des communes) : entre 0 € et",
            "enveloppe (fonds des communes) : 600 €",
        ],
        &["de fonds des communes", "journées dans la limite"],
    ),
    // An element is named once.
    (
        "alr",
        "couverture/sejour-inconnu",
        &[],
        &["séjour médicalisé : à établir"],
        &["(prénom : Malo), 2e enfant", "(prénom : Lina), 1er enfant"],
    ),
    // The two days of a part of a period are told apart.
    (
        "alr",
        "01-deux-enfants",
        &[],
        &["premier jour de « résidence dans l'année", "dernier jour de « résidence dans l'année"],
        &[],
    ),
    // A parameter of another text is called by its label.
    (
        "alr",
        "01-deux-enfants",
        &[("examiné le: 2025-09-15", "examiné le: 2026-09-15")],
        &["« socle (Barèmes applicables aux familles) » garde sa valeur depuis le 1er janvier 2025"],
        &["baremes.socle"],
    ),
];

#[test]
fn what_is_told_in_full() {
    let mut wrong = Vec::new();
    for (policy, case, changes, says, never) in ROWS {
        let (policy_read, dossier, decision) = decided(policy, case, changes);
        let options = TextOptions { explain: Explain::Full, lang: Lang::Fr, ..TextOptions::default() };
        let full = prose(&text::decision(policy_read, &dossier, &decision, &options));
        let unsaid = says.iter().filter(|wanted| !full.contains(**wanted));
        wrong.extend(
            unsaid.map(|wanted| format!("{policy} {case} : « {wanted} » ne se lit pas dans :\n{full}")),
        );
        let said = never.iter().filter(|unwanted| full.contains(**unwanted));
        wrong.extend(said.map(|unwanted| format!("{policy} {case} : « {unwanted} » se lit dans :\n{full}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
