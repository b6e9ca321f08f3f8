//! What a jurist asks of a letter: each thing that is given or refused has its facts and its law, or its mark; nothing of the
//! agency's own work is told to the person.

use conforme::decision::Outcome;
use conforme::dossier;
use conforme::eval::{Request, decide};
use conforme::papers;

use crate::{agency, case, each, letter, note, plain};

pub fn told(id: &str, start: &str) -> String {
    plain(&letter(&case(id, start), agency()))
}

pub fn noted(id: &str, start: &str) -> String {
    plain(&note(&case(id, start), agency()))
}

#[track_caller]
pub fn says(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "« {wanted} » manque dans\n{text}");
    }
}

#[track_caller]
pub fn hides(text: &str, others: &[&str]) {
    for other in others {
        assert!(!text.contains(other), "« {other} » se lit dans\n{text}");
    }
}

/// What stands under a heading.
pub fn under<'t>(text: &'t str, heading: &str) -> &'t str {
    let (_, after) = text.split_once(heading).unwrap_or_else(|| panic!("« {heading} » manque dans\n{text}"));
    after.split("\n##").next().unwrap_or(after)
}

#[test]
fn each_amount_and_right_has_its_law_or_its_mark() {
    each(|name, of| {
        if !matches!(of.decision.outcome, Outcome::Favourable | Outcome::Unfavourable | Outcome::Calculated) {
            return;
        }
        let text = plain(&letter(&of, agency()));
        for funding in &of.policy.fundings {
            let own = &*funding.head.name;
            if own == "fonds des communes" {
                continue;
            }
            let founded = text.split("\n### ").skip(1).any(|part| {
                let heading = part.lines().next().unwrap_or_default().to_lowercase();
                heading.contains(&own.to_lowercase())
                    && part.split("\n##").next().is_some_and(|part| part.contains("En droit"))
            });
            let marked = text.contains(&format!("[à compléter : {own}, "));
            assert!(founded || marked, "{name} : « {own} » sans motif ni marque dans\n{text}");
        }
    });
}

#[test]
fn a_refusal_beside_a_favourable_decision_has_its_facts_and_its_law() {
    let text = told("ess", "27-");
    says(&text, &["sauf en ce qui n'est pas accordé ci-dessous", "N'est pas accordé : crédit d'amorçage."]);
    let part = under(&text, "### Crédit d'amorçage : non accordé");
    says(
        part,
        &[
            "Au 1er octobre 2025, date d'examen, contrat signé : pas encore.",
            "[à compléter : texte opposable qui fonde ce financement]",
        ],
    );
}

#[test]
fn an_open_reading_leaves_one_mark_in_the_letter_and_its_options_in_the_note() {
    for (start, item, reading) in [
        ("02-", "forfait des consultations avancées", "champ du forfait"),
        ("08-", "forfait des consultations avancées", "champ du forfait"),
        ("16-", "dotation annuelle", "ouverture de la dotation annuelle"),
        ("27-", "dotation annuelle", "ouverture de la dotation annuelle"),
    ] {
        let text = told("ess", start);
        let mark = format!(
            "[à compléter : {item}, à accorder ou à refuser selon la lecture retenue de « {reading} », par qui et pourquoi : ne pas compléter à la main, établir de nouveau la lettre une fois la lecture retenue]"
        );
        says(&text, &[&mark]);
        assert_eq!(text.matches(&format!("« {reading} »")).count(), 1, "{text}");
        hides(&text, &["quelle que soit la décision", "Lectures à retenir", "avant signature"]);
        says(&noted("ess", start), &["Note à l'attention du signataire – à retirer avant envoi", "L. 211-5"]);
    }
    // 200 € × 12, due under one option only.
    says(
        &noted("ess", "02-"),
        &["« toute consultation »", "financement dû, 2 400 €", "« équipes créées »", "financement non dû"],
    );
    says(
        &told("ess", "19-"),
        &["obligation et échéance selon la lecture retenue de « départ des six mois »"],
    );
}

#[test]
fn the_operative_part_names_what_was_asked_for() {
    let text = told("ess", "08-");
    says(
        &text,
        &[
            "Objet : rejet de votre demande – création et financement d'une équipe de soins spécialisés",
            "Je rejette votre demande : création et financement d'une équipe de soins spécialisés.",
            "Ne sont pas accordés : crédit d'amorçage ; dotation annuelle.",
        ],
    );
    hides(&text, &["éligibilité"]);
    says(
        &told("csq", "01-"),
        &[
            "Objet : décision favorable sur votre demande – création et dotations d'une communauté",
            "Je fais droit à votre demande : création et dotations d'une communauté de santé de quartier.",
            "Sont dues : dotation de fonctionnement, 12 000 €, chaque année, pendant 3 ans",
        ],
    );
    // Without a template, the title of the scheme.
    let text = plain(&letter(&case("ess", "08-"), &papers::Template::default()));
    says(&text, &["Je rejette votre demande : Équipes de soins spécialisés : conditions de création"]);
}

#[test]
fn the_commission_is_to_be_seized_before_the_court() {
    says(
        &told("ess", "08-"),
        &[
            "L'article L. 311-3-1 vous garantit le droit",
            "préalable obligatoire à l'exercice d'un recours contentieux (article L. 342-1)",
            "TSA 50730, 75334 Paris Cedex 07",
        ],
    );
}

#[test]
fn an_amount_cites_what_it_was_worked_out_by_and_no_exception_that_was_not_applied() {
    let text = told("alr", "01-");
    let aid = under(&text, "### Aide à l'accueil : 601 €");
    // 9 € × 30 × 1,25 = 337,50 €, and 10 € × 21 × 1,25 = 262,50 €, to the euro above.
    says(
        aid,
        &[
            "338 € – aide par jour (9 € par jour) × jours de présence (30 jours), le tout majoré de 25 %, arrondi à l'euro supérieur",
            "263 € – aide par jour (10 € par jour) × jours de présence (21 jours), le tout majoré de 25 %",
            "« Avant six ans, elle est de 9 € par jour",
        ],
    );
    hides(&text, &["520 €", "ce droit est de dix jours", "160 €"]);
    says(&text, &["une participation de 3 € par journée de présence"]);
    says(&text, &["« Le socle et le supplément sont fixés à 600 € et 40 € par mois"]);
    says(&told("alr", "07-"), &["520 €"]);
    let text = told("csq", "01-");
    // 10 + 12,5 + 40 (of 45) hours, at the rate of 2025.
    says(
        under(&text, "### Indemnité de coordination : 3 250 €"),
        &[
            "(62,5) × taux horaire",
            "(52 €)",
            "« Le taux est de 50 € par heure",
            "quarante heures par professionnel",
        ],
    );
    says(
        under(&text, "### Prime de renouvellement : 2 000 €"),
        &["Médecins de moins de 45 ans : 1 (au moins 1)"],
    );
}

#[test]
fn a_refusal_that_tells_of_an_exception_cites_it() {
    says(
        under(&told("alr", "04-"), "### Ressources : critère non rempli"),
        &[
            "L'exception ne s'applique pas",
            "« Cette condition ne s'applique pas lorsqu'un enfant est en situation de handicap. »",
        ],
    );
    for start in ["08-", "31-"] {
        says(
            &told("ess", start),
            &[
                "L'exception « circonstances exceptionnelles » n'a pas été accordée (",
                "[à compléter : texte opposable qui fonde l'exception « circonstances exceptionnelles »]",
                "« exceptions possibles en raison de circonstances exceptionnelles »",
            ],
        );
    }
}

#[test]
fn every_binding_text_of_the_scheme_is_in_the_visas() {
    says(&told("ess", "02-"), &["– le code de la santé publique, notamment son article L. 1411-11-1 ;"]);
    says(
        &told("alr", "04-"),
        &[
            "– la délibération fictive n° 2024-31 du 13 juin 2024, notamment ses articles ",
            "– la délibération fictive n° 2023-41 du 9 novembre 2023, notamment ses articles 1er et 2 ;",
        ],
    );
}

#[test]
fn a_binding_passage_that_says_no_time_limit_leaves_the_mark() {
    let mark = "[à compléter : texte opposable qui fixe ce délai]";
    says(
        under(&told("ess", "01-"), "### Dépôt du projet de santé"),
        &["« sur la base d'un projet de santé", mark],
    );
    hides(&told("csq", "01-"), &[mark]);
    hides(&told("alr", "01-"), &[mark]);
}

#[test]
fn what_is_good_to_know_is_told_to_who_signs() {
    let warned = "viennent de documents d'information, qui ne sont pas opposables";
    says(&noted("ess", "01-"), &["## À vérifier avant signature", warned]);
    hides(&told("ess", "01-"), &[warned]);
}

#[test]
fn a_convention_of_the_rule_is_told_as_one() {
    let text = std::fs::read_to_string("policies/ess/cases/31-aucun-adherent.yaml").unwrap();
    let text = text.replace("médecins libéraux: 30", "médecins libéraux: 0");
    let of = case("ess", "31-");
    let dossier = dossier::read(text.as_bytes(), "d.yaml", of.policy).unwrap();
    let request = Request { examined_on: of.decision.examined_on, readings: Vec::new() };
    let decision = decide(of.policy, &dossier, &request).unwrap();
    let letter = plain(&papers::letter(of.policy, &dossier, &decision, agency()).markdown());
    says(
        &letter,
        &[
            "« taux d'adhésion » vaut 0 % par convention de la règle appliquée : [à compléter : texte qui fonde cette convention]",
        ],
    );
    hides(&told("ess", "31-"), &["par convention de la règle"]);
}

#[test]
fn what_does_not_concern_the_person_is_told_to_who_signs() {
    for start in ["01-", "04-"] {
        hides(&told("alr", start).to_lowercase(), &["fonds des communes", "réponse de la communauté"]);
    }
    says(
        &noted("alr", "01-"),
        &["## Non communiqué au demandeur", "Fonds des communes", "au plus tard le lundi 29 septembre 2025"],
    );
}

#[test]
fn the_day_of_receipt_is_the_dossiers_where_it_says_it() {
    says(&told("alr", "01-"), &["Demande reçue le : 1er septembre 2025"]);
    says(&told("ess", "01-"), &["Demande reçue le : [à compléter : date de réception de la demande]"]);
}

#[test]
fn a_request_says_by_when_and_what_is_optional() {
    says(
        &told("ess", "18-"),
        &[
            "dans un délai d'un mois à compter de la réception de cette lettre",
            "Facultatif : ces réponses ne portent que sur des objectifs et des missions",
            "Sans les réponses qui suivent, il ne peut être statué sur « crédit d'amorçage », « dotation annuelle » et",
            "Seulement si la réponse sur « autres ESS sur le territoire » le demande : L'équipe collabore-t-elle avec les autres ESS",
        ],
    );
    hides(&told("ess", "12-"), &["Facultatif"]);
    // A decision that is taken waits for nothing.
    hides(&told("alr", "16-"), &["Facultatif"]);
    says(
        &told("alr", "16-"),
        &[
            "Leur absence ne change pas le sens de la décision",
            "Calcul : 3 + 2 × enfants en situation de handicap (2).",
        ],
    );
}

#[test]
fn no_sign_no_file_word_and_no_lower_case_heading_stands_in_a_letter() {
    each(|name, of| {
        let text = plain(&letter(&of, agency()));
        for sign in ["✔", "✘", "(il faut", "accordée par :", "Je retiens"] {
            assert!(!text.contains(sign), "{name} : « {sign} » se lit dans\n{text}");
        }
        for heading in text.lines().filter_map(|line| line.strip_prefix("##")) {
            let heading = heading.trim_start_matches(['#', ' ']);
            assert!(!heading.starts_with(char::is_lowercase), "{name} : {heading}");
        }
    });
    says(&told("ess", "02-"), &["Médecins du territoire : 9, alors qu'il en faut au moins 10."]);
    says(&told("ess", "31-"), &["Deux conditions ne sont pas remplies"]);
    says(&told("ess", "01-"), &["Ce qui suit est sans effet sur la présente décision."]);
}
