//! What a letter says of what is given in part, not yet, or on a condition, and what whoever signs is told of it.

use crate::grounds::{hides, noted, says, told, under};
use crate::{agency, each, plain};

/// The day of the examination bounds what is known, not what is to be done.
#[test]
fn the_day_of_the_examination_is_no_time_limit() {
    // Signed on 10 March 2025, examined on 1 October 2025.
    let letter = told("ess", "07-");
    says(&letter, &["Contrat signé le 10 mars 2025, avant la date d'examen (1er octobre 2025)."]);
    each(|name, of| {
        let text = plain(&crate::letter(&of, agency()));
        for other in [", date d'examen)", "l'exige au plus tard le"] {
            let line = text.lines().find(|line| line.contains(other) && line.contains("date d'examen"));
            assert_eq!(line, None, "{name}");
        }
    });
}

#[test]
fn what_the_author_noted_is_told_to_who_signs_in_the_authors_words() {
    let note = noted("ess", "01-");
    says(
        &note,
        &[
            "À vérifier avant de signer, pour « crédit d'amorçage », note de l'auteur du texte : « Les sources ne disent pas à quel moment les critères s'apprécient",
            "sur « périmètre géographique » : « La cible régionale est “possible”",
            "qui répond oui ou non l'apprécie. »",
            "Note de l'auteur du texte : « Seul ameli.fr donne cette date",
        ],
    );
    let noted_words = "Les sources ne disent pas à quel moment";
    hides(&told("ess", "01-"), &[noted_words, "Note de l'auteur"]);
    // Of an amount that is refused, there is nothing to check before it is paid.
    hides(&noted("ess", "27-"), &[noted_words]);
}

#[test]
fn an_amount_between_two_is_marked_and_what_is_not_known_is_told() {
    let text = told("alr", "01-");
    says(
        under(&text, "## Décision"),
        &["prime de rentrée, de 125 € à 187,50 €, une fois, [à compléter : montant arrêté]."],
    );
    says(
        under(&text, "### Prime de rentrée"),
        &["Ce qui n'est pas encore connu, et peut le changer : la fin de « résidence », qui est en cours."],
    );
    assert_eq!(text.matches("montant arrêté").count(), 1, "{text}");
}

#[test]
fn what_an_amount_waits_for_is_asked_for_and_only_missions_are_optional() {
    let text = told("ess", "18-");
    let asked = under(&text, "## Pièces et informations à fournir");
    let (_, awaited) = asked.split_once("Sans les réponses qui suivent").unwrap();
    says(
        awaited,
        &[
            "13. À quelle date le contrat a-t-il été signé",
            "ni sur l'obligation « dépôt du projet de santé ».",
            "Combien de demi-journées de consultations avancées",
        ],
    );
    let optional = under(&text, "## Autres informations utiles");
    hides(optional, &["contrat", "demi-journées", "crédit d'amorçage"]);
    says(optional, &["second recours", "égal accès"]);
}

#[test]
fn a_refusal_or_an_open_reading_is_said_where_the_request_is_granted() {
    // The seed money is refused, the annual grant hangs on a reading.
    says(
        &told("ess", "27-"),
        &[
            "Objet : décision partiellement favorable sur votre demande",
            "Je fais droit à votre demande : création et financement d'une équipe de soins spécialisés, sauf en ce qui n'est pas \
             accordé ci-dessous, [à compléter : et sauf dotation annuelle, selon la lecture à retenir].",
        ],
    );
    says(&noted("ess", "27-"), &["Refus partiel : « crédit d'amorçage »", "articles L. 211-2 et L. 211-5"]);
    // Nothing is refused, the annual grant hangs on a reading.
    says(
        &told("ess", "16-"),
        &[
            "Objet : décision [à compléter : favorable, ou partiellement favorable] sur votre demande",
            "spécialisés, [à compléter : en totalité, ou sauf dotation annuelle].",
        ],
    );
    hides(&noted("ess", "16-"), &["Refus partiel"]);
    // Nothing is refused and nothing hangs on anything.
    says(&told("csq", "01-"), &["Objet : décision favorable sur votre demande"]);
    hides(&noted("ess", "08-"), &["Refus partiel"]);
}

#[test]
fn what_is_not_decided_yet_is_said_in_the_operative_part() {
    let text = told("csq", "06-");
    says(
        under(&text, "## Décision"),
        &[
            "sauf ce sur quoi il n'est pas encore statué.",
            "Il n'est pas encore statué sur : prime du samedi.",
        ],
    );
    says(
        &text,
        &[
            "### Prime du samedi : il n'y est pas encore statué",
            "Deux conditions réunies, ce qui suffit, une encore à établir (il en faut au moins deux sur trois)",
        ],
    );
    says(
        under(&text, "## Informations restant à fournir"),
        &["dans un délai d'un mois à compter de la réception", "offre-de-soins@ars.example"],
    );
}

#[test]
fn what_is_beside_the_point_is_not_granted() {
    says(
        under(&told("alr", "01-"), "## Décision"),
        &[
            "répit, sauf ce qui est sans objet : prise en charge du répit et jours de répit.",
            "Vous devez acquitter : participation de la famille, 153 €.",
        ],
    );
}

#[test]
fn a_time_that_is_over_is_marked_and_who_signs_is_warned() {
    // Received on 14 March 2025, two months, examined on 2 June 2025.
    let text = told("csq", "14-");
    says(
        &text,
        &[
            "[à compléter : le délai de deux mois est expiré depuis le 14 mai 2025 ; dire si la demande est réputée rejetée]",
            "L'autorité apprécie « dérogation du directeur » ; vous pouvez en faire état.",
        ],
    );
    hides(&text, &["est suspendu"]);
    let warned = "le délai de deux mois compté de la réception de la demande (14 mars 2025) est expiré depuis le 14 mai 2025";
    for start in ["14-", "01-", "06-"] {
        says(&noted("csq", start), &[warned]);
    }
    // Received on 1 September 2025, examined on 15 September; and received on a day that nobody says.
    for (id, start) in [("alr", "01-"), ("ess", "18-")] {
        hides(&noted(id, start), &["est expiré depuis"]);
        hides(&told(id, start), &["est expiré depuis"]);
    }
}

#[test]
fn what_the_authority_has_to_judge_is_told_to_who_signs() {
    says(&noted("csq", "14-"), &["L'autorité a encore à apprécier : « dérogation du directeur »."]);
    says(&noted("ess", "18-"), &["L'autorité a encore à apprécier : « circonstances exceptionnelles »."]);
    hides(&noted("ess", "01-"), &["encore à apprécier"]);
}

#[test]
fn what_a_rejection_alone_refuses_wants_a_text_that_says_so() {
    says(&told("csq", "07-"), &["[à compléter : texte opposable qui réserve « dotation de fonctionnement »"]);
}

#[test]
fn a_question_by_choice_lists_its_choices() {
    says(&told("ess", "18-"), &["réponses possibles : « spécialité » ou « pathologie »"]);
}

#[test]
fn what_differs_by_reading_says_which() {
    // Five of the thirty who practise privately, or of all thirty-four.
    says(
        &told("ess", "27-"),
        &[
            "Adhérents comptés : 5 sur 30, soit 16,67 % selon la lecture « libéraux », ou 5 sur 34, soit 14,71 % selon « tous » (au moins 10 %).",
        ],
    );
    each(|name, of| {
        let text = plain(&crate::letter(&of, agency()));
        assert!(!text.to_lowercase().contains("quelle que soit la lecture du texte"), "{name}");
    });
}

#[test]
fn a_calculation_is_told_by_its_figures() {
    let text = told("csq", "01-");
    // 8 000 € is below 10 000 €, where the first slice ends, at 70 %; 45 Saturdays of 52.
    says(
        under(&text, "### Aide à l'équipement : 5 600 €"),
        &["Calcul : dépenses retenues (8 000 €) × 70 %."],
    );
    says(&text, &["6 000 € × samedis assurés par an (45) ÷ 52, le tout arrondi au centime."]);
}

#[test]
fn of_what_is_counted_and_is_not_there_it_is_said_that_there_is_none() {
    says(
        &told("csq", "07-"),
        &["Aucun professionnel (métier : pharmacien), alors qu'il en faut au moins un."],
    );
    says(
        &told("alr", "04-"),
        &[
            "L'exception ne s'applique pas – aucun enfant (situation : handicap), alors qu'il en faut au moins un.",
        ],
    );
}
