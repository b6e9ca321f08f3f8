//! What someone who handles files reads in a decision, and may send as it stands: nothing contradicts, the facts of a
//! refusal stand beside it, and no question is asked whose answer changes nothing.

use conforme::decision::Decision;
use conforme::dossier::Dossier;
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::render::json;
use conforme::render::table::Columns;
use conforme::render::text::{self, TextOptions};
use conforme::table::{Cell, Style};
use serde::Deserialize;
use serde_json::Value;

use crate::prose;
use crate::support::policies::changed;

/// A dossier of the project with some passages replaced, decided.
pub fn decided(policy: &str, case: &str, changes: &[(&str, &str)]) -> (&'static Policy, Dossier, Decision) {
    let name = format!("policies/{policy}/cases/{case}.yaml");
    let policy = changed(policy, |text| text);
    let mut dossier = std::fs::read_to_string(name).unwrap();
    for (before, after) in changes {
        assert!(dossier.contains(before), "{before}");
        dossier = dossier.replace(before, after);
    }
    let dossier = conforme::dossier::read(dossier.as_bytes(), "dossier.yaml", policy).unwrap();
    let request = Request { examined_on: dossier.examined_on.unwrap(), readings: Vec::new() };
    let decision = decide(policy, &dossier, &request).unwrap();
    (policy, dossier, decision)
}

/// The same as people read it, and as programs do.
fn read(policy: &str, case: &str, changes: &[(&str, &str)]) -> (String, Value) {
    let (policy, dossier, decision) = decided(policy, case, changes);
    let brief = prose(&text::decision(policy, &dossier, &decision, &TextOptions::default()));
    let json = json::decision(policy, &dossier, &decision);
    let mut reader = serde_json::Deserializer::from_str(&json);
    reader.disable_recursion_limit();
    (brief, Value::deserialize(&mut reader).unwrap())
}

/// A policy and a case of it, what is replaced in it; what is read then, and what is not.
pub type Row = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
    &'static [&'static str],
);

/// Refused for want of months, in a family whose second child may be in a situation of disability.
const MALO: &[(&str, &str)] = &[("résidence: {du: 15/01/2024", "résidence: {du: 15/07/2025")];
/// Refused for two reasons, the Saturday not known, nor the visits.
const SATURDAY: &[(&str, &str)] = &[
    ("déposée le: 2025-03-14", "déposée le: 2026-03-14"),
    ("examiné le: 2025-06-02", "examiné le: 2026-06-02"),
    ("  samedi: oui\n  samedis assurés: 45\n  domicile: non\n", ""),
];
const MEMBERS_UNKNOWN: &[(&str, &str)] = &[(
    "- RPPS: '10001234500'
  exercice: libéral
- RPPS: '10001234501'
  exercice: libéral
- RPPS: '10001234502'
  exercice: libéral
- RPPS: '10001234503'
  exercice: libéral
- RPPS: '10001234599'
  exercice: mixte
",
    "  inconnu
",
)];
const ROWS: &[Row] = &[
    // A scale in several lines is read in the text, and not on one line of a decision: then no rule is told, for not
    // all of them are. What tells whether something is due is asked for that, whatever it moves beside.
    (
        "csq",
        "01-favorable",
        &[("prix: 8 000 €, ", "")],
        &[
            "À demander pour savoir si un financement est dû 1. 1re dépense : quel est le montant de la facture ?",
        ],
        &["par tranches", "…", "se compare"],
    ),
    // What each range of answers comes to is told before any rule is.
    (
        "csq",
        "11-population-inconnue",
        &[("quartier prioritaire: non", "quartier prioritaire: inconnu")],
        &["entre 1 et 1 499 : défavorable · entre 1 500 et 1 999 : incomplet · 2 000 et plus : favorable"],
        &["se compare"],
    ),
    // A reading may leave nothing due: that is no amount like another.
    (
        "ess",
        "01-favorable",
        &[("  déposé le: '2025-09-10'\n", "")],
        &["selon la lecture, de 50 000 € à 100 000 € ou rien"],
        &["pas encore : « dotation annuelle » : de 50 000 €"],
    ),
    (
        "ess",
        "08-sous-le-seuil",
        &[("consultations avancées:\n  demi-journées: 12\n", "")],
        &[
            "À demander pour savoir si un financement est dû 1. Combien de demi-journées",
            "0 : financement non dû · 1 : selon la lecture, 200 € ou rien · 2 et plus : selon la lecture, 400 € ou plus, ou rien",
        ],
        &["pour fixer le montant"],
    ),
    // Not due under any reading, and under one for no other reason than the decision: nothing depends on the reading.
    (
        "ess",
        "08-sous-le-seuil",
        &[("déposé le: '2025-09-10'", "déposé le: pas encore")],
        &["financements non dus, la décision étant défavorable : crédit d'amorçage, dotation annuelle"],
        &["Financement, selon la lecture (ouverture de la dotation annuelle)"],
    ),
    // 3 447,03 ÷ 1 149 = 3,000026…, and 3 447,03 ÷ 699 = 4,93137…: each range is told within itself.
    (
        "alr",
        "12-parts-inconnues",
        &[],
        &[
            "moins de 3,00002 (environ) : défavorable",
            "au moins 3,00003 (environ) et moins de 4,9313 (environ) : favorable",
            "4,9314 (environ) et plus : favorable",
        ],
        &[],
    ),
    // 5 151,05 ÷ 3 = 1 717,01666…: what goes into the grounds is not told as exact.
    (
        "alr",
        "04-famille-aisee",
        &[
            ("ressources de l'année: 41 328 €", "ressources de l'année: 61 776 €"),
            ("familiales: 3,03 €", "familiales: 3,05 €"),
        ],
        &["quotient familial : ≈ 1 717,0167 € par mois"],
        &[],
    ),
    // An answer that would send the dossier back is not proposed: his days are given.
    (
        "alr",
        "13-situation-inconnue",
        &[(
            "inscrit: oui\n    jours de présence: 21 jours",
            "inscrit: inconnu\n    jours de présence: 21 jours",
        )],
        &["est-il inscrit dans un accueil de loisirs ?", "oui : "],
        &["non : incomplet", "non : « aide"],
    ),
    // A day that ends a period is asked for as such, and a period that goes on is told as going on.
    (
        "alr",
        "01-deux-enfants",
        &[("résidence: {du: 10/03/2025, au: en cours}\n", "")],
        &[
            "Depuis quand la famille réside-t-elle dans la communauté ? (premier jour)",
            "Jusqu'à quand la famille réside-t-elle dans la communauté ? (dernier jour, ou « en cours »)",
        ],
        &[],
    ),
    (
        "alr",
        "01-deux-enfants",
        &[],
        &["prime de rentrée : montant encore ouvert – résidence : toujours en cours"],
        &["pas encore"],
    ),
    // What holds from a day on is told from that day on, the day itself included.
    (
        "csq",
        "01-favorable",
        &[(
            "  - {prix: 8 000 €, facturée le: 2025-03-31}\n",
            "  - {prix: 8 000 €, facturée le: 2025-03-31}\n  - {prix: 12 000 €}\n",
        )],
        &[
            "le 31 décembre 2024 au plus tard : « aide à l'équipement » : 5 600 €",
            "le 1er janvier 2025 au plus tôt : « aide à l'équipement » : 12 000 €, « remise des justificatifs » : dans le délai, terme le 31 mai 2025 au plus tôt",
        ],
        &["le 2 janvier 2025", "c'est fait"],
    ),
    // What is left is no more than the envelope less what is given: 300 € or 600 €, less 299 € to 599 €.
    (
        "alr",
        "01-deux-enfants",
        &[
            ("inscrit: oui\n    jours de présence: 30 jours\n    séjour médicalisé: non", "inscrit: inconnu"),
            ("inscrit: oui\n    jours de présence: 21 jours\n    séjour médicalisé: non", "inscrit: inconnu"),
        ],
        &[
            "restant jusqu'à 301 €, reporté",
            "Il y a trop de réponses possibles pour les essayer toutes : ",
            "« fonds des communes »",
        ],
        &[],
    ),
    // Whether it is asked at all is open, not what was answered.
    (
        "ess",
        "01-favorable",
        &[("  autres ESS présentes: oui\n", ""), ("  autres ESS: oui\n", "  autres ESS: non\n")],
        &[
            "collaboration avec les autres ESS : non, ce qui ne compte que si « autres ESS sur le territoire : oui », point à établir",
        ],
        &["aussi à établir"],
    ),
    (
        "ess",
        "18-presque-rien",
        &[],
        &[
            "collaboration avec les autres ESS : à établir, ce qui ne compte que si « autres ESS sur le territoire : oui », point aussi à établir",
        ],
        &[],
    ),
    // A financing that no answer makes due is not due: nothing is asked for it.
    (
        "csq",
        "01-favorable",
        SATURDAY,
        &[
            "prime du samedi, prime de renouvellement",
            "pour « services » : consultations le samedi ; visites à domicile pour le reste : samedis assurés par an",
        ],
        &["pour savoir si un financement est dû", "? prime du samedi"],
    ),
    // What the answer moves is what it is asked for.
    (
        "alr",
        "13-situation-inconnue",
        MALO,
        &[
            "À demander pour fixer le résultat 1. 2e enfant (prénom : Malo)",
            "pour « jours de répit » · à écrire",
            "ordinaire ou suivi médical : sans objet · handicap : 5 jours",
            "aide à l'accueil, prime de rentrée, prise en charge du répit, fonds des communes",
        ],
        &["pour fixer le montant", "pour « ressources »", "? prise en charge du répit"],
    ),
    // Met by itself or by the exception: which of them, nobody knows.
    (
        "csq",
        "08-derogation",
        &[("installé le: 2025-03-03", "installé le: inconnu")],
        &[
            "FAVORABLE toutes les conditions sont remplies, au besoin par exception pour « ancienneté dans le quartier »",
            "✔ ancienneté dans le quartier, au besoin par exception",
            "Exception (dérogation du directeur) : accordée (directeur de l'agence : « le quartier manque de kinésithérapeutes »)",
            "convention, art. 2, III : « Le directeur de l'agence peut admettre",
        ],
        &[],
    ),
    // Met by itself: the exception that was granted is not told.
    (
        "csq",
        "08-derogation",
        &[("installé le: 2025-03-03", "installé le: 2025-01-03")],
        &["FAVORABLE toutes les conditions sont remplies Critères", "✔ ancienneté dans le quartier –"],
        &["exception"],
    ),
    // The rules keep those who are counted from being more than all.
    (
        "ess",
        "01-favorable",
        &[
            ("  médecins: 34\n  médecins libéraux: 30\n", "  médecins: 60\n"),
            ("  exercice: mixte\n", ""),
            (
                "circonstances exceptionnelles:\n  valeur: non\n  par: ARS Nouvelle-Aquitaine\n  motif: seuil atteint\n",
                "",
            ),
        ],
        &["adhérents comptés : 4 ou 5, sur un nombre de 4 à 60, soit entre 6,67 % et 100 %"],
        &["125 %"],
    ),
    // The figure and the threshold that make a family what it is, and the passages in the order of their text.
    (
        "alr",
        "04-famille-aisee",
        &[],
        &[
            "aisée (il faut : au plus intermédiaire) – quotient familial : 1 149,01 € par mois (plus de 1 149 € par mois, second plafond)",
            "divisée par le nombre de parts » délibération des barèmes, art. 2, I : « La famille est dite modeste",
            "augmenté d'un supplément par enfant. » délibération des barèmes, art. 2, II : « Le second lui est supérieur",
        ],
        &[],
    ),
    (
        "alr",
        "11-aucun-enfant-inscrit",
        &[],
        &["✘ inscription aucun enfant (inscrit : oui), il en faut au moins un"],
        &["oui) : non"],
    ),
    // One of two values is no range.
    (
        "csq",
        "12-quartier-inconnu",
        &[],
        &["(au moins « population minimale », 1 500 ou 2 000 selon le cas)"],
        &["de 1 500"],
    ),
    (
        "alr",
        "13-situation-inconnue",
        &[("situation: inconnu", "situation: handicap"), ("parent isolé: non", "parent isolé: inconnu")],
        &["jours de répit 5 ou 10 jours"],
        &["entre 5 jours"],
    ),
    (
        "alr",
        "13-situation-inconnue",
        &[("parent isolé: non", "parent isolé: inconnu")],
        &["? jours de répit : 5 ou 10 jours, s'il y a lieu"],
        &[],
    ),
    // What no more can be said of all those who are counted.
    (
        "csq",
        "05-un-seul-service",
        &[("  soirée: oui", "  soirée: non")],
        &["✘ services aucune condition réunie, 1 au plus peut l'être encore (il en faut au moins 2 sur 3)"],
        &[],
    ),
    // A question is asked for all that waits for it.
    (
        "ess",
        "01-favorable",
        MEMBERS_UNKNOWN,
        &["pour « seuil d'adhésion » et « ensemble de professionnels » · à écrire dans adhérents"],
        &[],
    ),
];

#[test]
fn what_is_read_is_what_is_so() {
    let mut wrong = Vec::new();
    for (policy, case, changes, says, never) in ROWS {
        let (brief, _) = read(policy, case, changes);
        let unsaid = says.iter().filter(|wanted| !brief.contains(**wanted));
        wrong.extend(
            unsaid.map(|wanted| format!("{policy} {case} : « {wanted} » ne se lit pas dans :\n{brief}")),
        );
        let said = never.iter().filter(|unwanted| brief.contains(**unwanted));
        wrong.extend(said.map(|unwanted| format!("{policy} {case} : « {unwanted} » se lit dans :\n{brief}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Every reading of which an option is told has its question and its options below, but where it stands by itself.
#[test]
fn a_reading_that_is_told_is_explained() {
    for (case, readings) in [
        ("08-sous-le-seuil", ["base du seuil", "départ des six mois", "champ du forfait"].as_slice()),
        ("12-incomplet", &["base du seuil", "départ des six mois", "champ du forfait"]),
        (
            "31-aucun-adherent",
            &["base du seuil", "composition de l'équipe", "départ des six mois", "champ du forfait"],
        ),
    ] {
        let (brief, _) = read("ess", case, &[]);
        let (_, cited) = brief.split_once("Lectures citées").unwrap();
        for reading in readings {
            assert!(cited.contains(reading), "{case} : {reading}\n{brief}");
        }
        assert!(cited.contains("(libéraux ou tous)"), "{brief}");
    }
}

/// Lines that say the same are one, under the reading that moves them.
#[test]
fn a_reading_that_moves_nothing_is_not_told() {
    let changes = [
        ("  médecins: 34\n", "  médecins: 60\n"),
        (
            "circonstances exceptionnelles:\n  valeur: non\n  par: ARS Nouvelle-Aquitaine\n  motif: seuil atteint\n",
            "",
        ),
        ("lectures:\n  départ des six mois: signature\n", ""),
        ("reçue le: '2025-02-03'", "reçue le: '2025-04-02'"),
        ("signé le: '2025-03-10'", "signé le: '2025-05-10'"),
        ("déposé le: '2025-09-10'", "déposé le: pas encore"),
    ];
    let (brief, _) = read("ess", "01-favorable", &changes);
    let wanted = "dépôt du projet de santé, selon la lecture (départ des six mois) \
                  signature à faire au plus tard le lundi 10 novembre 2025 (dans 40 jours) \
                  réception à faire au plus tard le jeudi 2 octobre 2025 (dans un jour) Objectifs";
    assert!(brief.contains(wanted), "{brief}");
}

#[test]
fn what_no_answer_makes_due_is_not_due_to_programs_too() {
    let (_, json) = read("csq", "01-favorable", SATURDAY);
    let prime =
        json["funding"].as_array().unwrap().iter().find(|one| one["name"] == "prime du samedi").unwrap();
    assert_eq!(prime["status"], "not_due");
    let asked: Vec<&Value> = json["missing"].as_array().unwrap().iter().collect();
    assert!(
        asked.iter().all(|one| one["affects"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item != "prime du samedi")),
        "{asked:?}"
    );
    let (_, json) = read("alr", "13-situation-inconnue", MALO);
    let [asked] = json["missing"].as_array().unwrap().as_slice() else { panic!("{}", json["missing"]) };
    assert!(asked["outcomes"].as_array().unwrap().iter().all(|one| one["amounts"].is_null()), "{asked}");
}

/// In a sheet as in a text, nothing is asked that changes nothing any more.
#[test]
fn a_sheet_asks_for_no_more_than_a_decision() {
    let policy = changed("csq", |text| text);
    let mut dossier = std::fs::read_to_string("policies/csq/cases/01-favorable.yaml").unwrap();
    for (before, after) in SATURDAY {
        dossier = dossier.replace(before, after);
    }
    let dossier = conforme::dossier::read(dossier.as_bytes(), "dossier.yaml", policy).unwrap();
    let request = Request { examined_on: dossier.examined_on.unwrap(), readings: Vec::new() };
    let decision = decide(policy, &dossier, &request).unwrap();
    assert!(!decision.missing.is_empty());
    let columns = Columns::new(policy, Style::French);
    let asked = columns.names().iter().position(|name| name == "à demander").unwrap();
    assert_eq!(columns.decided(policy, &dossier, &decision)[asked], Cell::empty());
}

/// A share is what the others leave of the whole: of one element, all of it.
#[test]
fn the_share_of_the_only_one_is_the_whole() {
    let only = [
        (
            "    inscrit: oui\n    jours de présence: 30 jours\n    séjour médicalisé: non\n  - prénom: Malo\n    né le: 2016-06-30\n    situation: inconnu\n    inscrit: oui\n    jours de présence: 21 jours\n    séjour médicalisé: non\n",
            "    jours de présence: 1 jour\n",
        ),
        ("    situation: ordinaire\n", ""),
    ];
    let (brief, json) = read("alr", "13-situation-inconnue", &only);
    let aid =
        json["funding"].as_array().unwrap().iter().find(|one| one["name"] == "aide à l'accueil").unwrap();
    assert_eq!(aid["shares"][0]["amount"]["min"], aid["amount"]["min"], "{aid}");
    assert_eq!(aid["shares"][0]["amount"]["max"], aid["amount"]["max"], "{aid}");
    assert!(!brief.contains("jusqu'à 520 €"), "{brief}");
}

/// A range that may be wider than what a list that is not known can give says so; one that some list reaches does not.
#[test]
fn a_range_over_an_unknown_list_says_whether_it_may_be_narrower() {
    let wide = |policy: &str, case: &str, changes: &[(&str, &str)]| -> Vec<String> {
        let (_, json) = read(policy, case, changes);
        let fundings = json["funding"].as_array().unwrap().iter();
        let wide = fundings.filter(|one| one["amount"]["may_be_narrower"] == true);
        wide.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    // Favourable, one child is enrolled: 300 € at least are shared out.
    assert_eq!(wide("alr", "couverture/enfants-inconnus", &[]), ["fonds des communes"]);
    assert_eq!(wide("csq", "14-equipe-inconnue", &[]), [""; 0]);
    let unknown = [("dépenses:\n  - {prix: 8 000 €, facturée le: 2025-03-31}\n", "dépenses: inconnu\n")];
    assert_eq!(wide("csq", "01-favorable", &unknown), [""; 0]);
}
