//! What a rule turns round against its passage, one row each: the right rule draws no remark, the wrong one a remark
//! that begins so and helps so.

use conforme::check::check;
use conforme::concordance::review;
use conforme::source::SourceFile;

const HEAD: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi », texte opposable

dossier
  demande.déposée le : date
  séjour.départ le : date
  séjour.retour le : date
  rapport.remis le : date
  autre bourse : oui ou non
  handicap : oui ou non
  convention : oui ou non
  accord : oui ou non
  assurance : oui ou non
  âge : entier ≥ 0
  frais : montant ≥ 0 €
  travaux : liste
  travaux.nature : parmi isolation, chauffage, autre
  travaux.prix : montant ≥ 0 €
  travaux.facturé le : date
  rang : parmi ouvrier < employé < maîtrise < cadre
  objet : parmi panneaux, chaudière, reste

paramètre point
  selon loi, art. 9
  vaut 5 € depuis le 1er janvier 2020
  vaut 6 € depuis le 1er janvier 2025

décision d
  favorable si convention

";

/// Each remark: what it says, and the first words of its help.
pub(super) fn remarks(item: &str) -> Vec<(String, String)> {
    let text = format!("{HEAD}{item}\n");
    let checked = check(&SourceFile::new("essai.pol", text.clone()));
    let policy = checked.policy.unwrap_or_else(|| panic!("{text}\n{:?}", checked.diagnostics));
    let said = review(&policy).into_iter().map(|remark| remark.diagnostic);
    said.map(|one| {
        let help = one.help.unwrap_or_default();
        (one.message, help.split([';', ',']).next().unwrap_or("").trim().to_owned())
    })
    .collect()
}

#[track_caller]
pub(super) fn turned(item: &str, right: &str, wrong: &str, message: &str, help: &str) {
    let right = item.replace("RÈGLE", right);
    assert_eq!(remarks(&right), [], "{right}");
    let wrong = item.replace("RÈGLE", wrong);
    let said = remarks(&wrong);
    let [(told, advice)] = said.as_slice() else { panic!("{wrong}\n{said:#?}") };
    assert!(told.contains(message) && advice == help, "{wrong}\n{told}\n{advice}");
}

#[test]
fn a_ceiling_stands_after_what_is_added() {
    let item = "financement aide\n  selon loi « Elle est majorée de 25 % en cas de handicap. Elle ne peut excéder 3 600 €. »\n  montant frais\nRÈGLE\n  arrondi au centime\n";
    turned(
        item,
        "  majoré de 25 % si handicap\n  plafonné à 3 600 €",
        "  plafonné à 3 600 €\n  majoré de 25 % si handicap",
        "le texte limite à 3 600 € ce qui a été majoré",
        "mettre la ligne qui limite à 3 600 € sous celle qui majore",
    );
    let item = "financement aide\n  selon loi « L'aide est augmentée de 100 €, dans la limite de 600 €. »\n  montant frais\nRÈGLE\n";
    turned(
        item,
        "  augmenté de 100 €\n  plafonné à 600 €",
        "  plafonné à 600 €\n  augmenté de 100 €",
        "le texte limite à 600 € ce qui a été majoré",
        "mettre la ligne qui limite à 600 € sous celle qui majore",
    );
}

#[test]
fn a_time_is_counted_from_the_day_of_the_passage() {
    let item = "obligation rapport\n  selon loi « Le rapport est remis dans les DÉLAI suivant son retour. »\n  au plus tard RÈGLE\n  remplie par rapport.remis le\n";
    for (said, by) in
        [("deux mois", "2 mois"), ("trente jours ouvrés", "30 jours ouvrés"), ("quinze jours", "15 jours")]
    {
        turned(
            &item.replace("DÉLAI", said),
            &format!("séjour.retour le + {by}"),
            &format!("séjour.départ le + {by}"),
            "la règle depuis « séjour.départ le »",
            "écrire « séjour.retour le »",
        );
    }
    // The passage names no date of the dossier.
    let other = item.replace("DÉLAI", "deux mois").replace("son retour", "la notification");
    assert_eq!(remarks(&other.replace("RÈGLE", "séjour.départ le + 2 mois")), []);
}

#[test]
fn a_time_limit_is_carried_over_where_the_passage_does() {
    let item = "obligation rapport\n  selon loi « Le rapport est remis dans le mois qui suit le retour. Le délai qui expire un samedi est reporté au premier jour ouvrable. »\n  au plus tard séjour.retour le + RÈGLE\n  remplie par rapport.remis le\n";
    turned(
        item,
        "1 mois\n  reporté au premier jour ouvrable",
        "1 mois",
        "le texte reporte ce délai",
        "ajouter dessous la ligne « reporté au premier jour ouvrable »",
    );
    turned(
        item,
        "1 mois\n  reporté au premier jour ouvrable",
        "30 jours\n  reporté au premier jour ouvrable",
        "la règle dit « 30 jours »",
        "écrire « 1 mois »",
    );
}

#[test]
fn a_sign_the_wrong_way_round_is_turned() {
    let item = "critère essayé\n  selon loi « La demande est déposée au moins quinze jours avant le départ. »\n  exige RÈGLE\n";
    let right = "demande.déposée le + 15 jours ≤ séjour.départ le";
    for (wrong, sign) in [
        ("demande.déposée le - 15 jours ≤ séjour.départ le", "+"),
        ("demande.déposée le + 15 jours ≥ séjour.départ le", "≤"),
    ] {
        let said = remarks(&item.replace("RÈGLE", wrong));
        assert_eq!(remarks(&item.replace("RÈGLE", right)), []);
        let [(message, _)] = said.as_slice() else { panic!("{said:#?}") };
        assert!(message.contains("au moins quinze jours"), "{message}");
        let text = format!("{HEAD}{}\n", item.replace("RÈGLE", wrong));
        let policy = check(&SourceFile::new("essai.pol", text)).policy.unwrap();
        let help = review(&policy)[0].diagnostic.help.clone().unwrap();
        assert!(help.contains(&format!("écrire « {sign} »")), "{help}");
    }
}

/// What an amount reads is rounded by its own passage; the amount by its own.
#[test]
fn each_rounding_is_its_own() {
    let item = "définition base\n  selon loi « La base est la moitié des frais, arrondie à l'euro inférieur. »\n  vaut 50 % × frais\n  arrondi à l'euro inférieur\n\nfinancement aide\n  selon loi « Elle est de 60 % de la base, arrondie à l'euro supérieur. »\n  montant 60 % × baseRÈGLE\n";
    turned(
        item,
        "\n  arrondi à l'euro supérieur",
        "",
        "la règle n'arrondit pas",
        "ajouter la ligne « arrondi à l'euro supérieur » sous la valeur",
    );
}

#[test]
fn long_after_is_after() {
    turned(
        "critère essayé\n  selon loi « La demande est déposée au moins deux mois après le retour. »\n  exige RÈGLE\n",
        "demande.déposée le ≥ séjour.retour le + 2 mois",
        "séjour.retour le ≥ demande.déposée le + 2 mois",
        "la règle après",
        "écrire « demande.déposée le ≥ séjour.retour le + 2 mois »",
    );
}

#[test]
fn what_refuses_a_person_refuses_what_is_said_of_it() {
    for said in [
        "L'apprenti qui perçoit une autre bourse n'a pas droit à l'aide.",
        "Ne peut prétendre à l'aide l'apprenti qui perçoit une autre bourse.",
    ] {
        turned(
            &format!("critère essayé\n  selon loi « {said} »\n  exige RÈGLE\n"),
            "non autre bourse",
            "autre bourse",
            "le texte écarte « bourse », la règle l'exige",
            "écrire « autre bourse est non »",
        );
    }
}

#[test]
fn all_bullets_are_not_two_of_them() {
    turned(
        "critère essayé\n  selon loi « La demande comporte au moins deux des pièces suivantes : la convention, l'accord, l'assurance. »\n  exigeRÈGLE\n    - convention\n    - accord\n    - assurance\n",
        " au moins 2 de",
        "",
        "la règle exige toutes les puces",
        "écrire « au moins 2 de » au-dessus des puces",
    );
}

#[test]
fn what_to_write_is_said() {
    let age = "critère essayé\n  selon loi « La personne a au moins seize ans. »\n  exige âge ≥ RÈGLE\n";
    turned(age, "16", "18", "la règle dit « ≥ 18 »", "écrire « 16 »");
    let answer = "obligation réponse\n  selon loi « Le rapport est remis dans les trente jours ouvrés suivant le retour. »\n  au plus tard séjour.retour le + RÈGLE\n  remplie par rapport.remis le\n";
    turned(
        answer,
        "30 jours ouvrés",
        "30 jours ouvrables",
        "la règle dit « 30 jours ouvrables »",
        "écrire « 30 jours ouvrés »",
    );
    turned(answer, "30 jours ouvrés", "30 jours", "la règle dit « 30 jours »", "écrire « 30 jours ouvrés »");
}

#[test]
fn a_dated_value_is_read_at_the_date_of_the_passage() {
    let item = "financement aide\n  selon loi « 200 points, à la valeur en vigueur à la date de la demande ; 100 points pour les autres. »\n  montant 200 × RÈGLE si handicap\n  montant 100 × (point à la date de demande.déposée le) dans les autres cas\n";
    turned(
        item,
        "(point à la date de demande.déposée le)",
        "point",
        "la règle lit « point » au jour de l'examen",
        "écrire « (point à la date de demande.déposée le) »",
    );
}

/// A parameter that only limits is compared on the line that gives it.
#[test]
fn a_parameter_that_limits_has_its_day() {
    let item = "paramètre plafond\n  selon loi « Le plafond est de 380 €. Il est porté à 392 € à compter du 1er avril 2026. »\n  vaut 380 € depuis le 1er janvier 2025\n  vaut 392 € depuis le 1er avril 2026\n\nfinancement prime\n  selon loi « La prime est égale aux frais, dans la limite du plafond. »\n  montant frais\n  plafonné à plafond\n";
    assert_eq!(remarks(item), []);
}

/// A condition that all but one financing have.
#[test]
fn what_is_due_whatever_the_decision_is_remarked() {
    let item = "financement aide\n  selon loi « L'aide est de 100 €. »\n  prévu si d\n  montant 100 €\n\nfinancement voyage\n  selon loi « Le voyage est remboursé. »\nRÈGLE  montant frais\n";
    turned(
        item,
        "  prévu si d\n",
        "",
        "« voyage » est dû quelle que soit la décision",
        "ajouter la ligne « prévu si d »",
    );
    // Nothing tells that it must be, where it has a condition of its own, or no other depends on the decision.
    assert_eq!(remarks(&item.replace("RÈGLE", "  prévu si handicap\n")), []);
    assert_eq!(remarks(&item.replace("RÈGLE", "").replace("  prévu si d\n", "")), []);
}

/// To leave out one option says as much as to name all the others.
#[test]
fn an_option_left_out_is_not_one_that_is_named() {
    let item = "définition dépenses\n  selon loi « Les travaux d'isolation et de chauffage sont retenus. »\n  vaut somme de travaux.prix dont RÈGLE\n";
    for rule in ["nature n'est pas autre", "nature est parmi isolation, chauffage"] {
        assert_eq!(remarks(&item.replace("RÈGLE", rule)), [], "{rule}");
    }
}

/// The whole help of the only remark on an item.
#[track_caller]
pub(super) fn advice(item: &str) -> String {
    let checked = check(&SourceFile::new("essai.pol", format!("{HEAD}{item}\n")));
    let policy = checked.policy.unwrap_or_else(|| panic!("{item}\n{:?}", checked.diagnostics));
    let said: Vec<_> = review(&policy).into_iter().map(|remark| remark.diagnostic).collect();
    let [one] = said.as_slice() else { panic!("{item}\n{said:#?}") };
    one.help.clone().unwrap_or_default()
}

#[test]
fn an_end_that_is_left_out_is_written_with_two_signs() {
    let item =
        "critère c\n  selon loi « âgé d'au moins dix-huit ans et de moins de trente ans »\n  exige RÈGLE";
    assert_eq!(remarks(&item.replace("RÈGLE", "âge ≥ 18 et âge < 30")), []);
    let told = advice(&item.replace("RÈGLE", "âge est entre 18 et 30"));
    assert!(told.contains("écrire « âge ≥ 18 et âge < 30 »"), "{told}");
}

/// Wrong words in place of the right ones, what is said of them, and what to write.
#[track_caller]
fn each(item: &str, right: &str, wrong: &[(&str, &str, &str)]) {
    for (wrong, message, help) in wrong {
        turned(item, right, wrong, message, help);
    }
}

#[test]
fn a_list_keeps_what_the_passage_keeps() {
    each(
        "définition dépenses\n  selon loi « Sont retenus les travaux facturés à compter du 1er avril 2025. Les travaux de chauffage ne sont pas retenus. »\n  vaut somme de travaux.prix dont RÈGLE\n",
        "facturé le ≥ 1er avril 2025 et nature n'est pas chauffage",
        &[
            (
                "facturé le ≥ 1er avril 2025 ou nature n'est pas chauffage",
                "le texte écarte « chauffage » en tout cas",
                "écrire « et »",
            ),
            (
                "facturé le ≥ 1er avril 2025 et nature est chauffage",
                "le texte écarte « chauffage », la règle le retient",
                "écrire « nature n'est pas chauffage »",
            ),
            (
                "facturé le ≥ 1er avril 2025 et nature n'est pas isolation",
                "le texte écarte « chauffage », la règle écarte « isolation »",
                "écrire « nature n'est pas chauffage »",
            ),
            (
                "facturé le < 1er avril 2025 et nature n'est pas chauffage",
                "le texte dit « à compter du 1er avril 2025 »",
                "le texte demande au moins le 1er avril 2025",
            ),
        ],
    );
    each(
        "définition dépenses\n  selon loi « Les travaux de chauffage facturés à compter du dépôt de la demande »\n  vaut somme de travaux.prix dont RÈGLE\n",
        "nature est chauffage et facturé le ≥ demande.déposée le",
        &[(
            "nature est chauffage ou facturé le ≥ demande.déposée le",
            "le texte veut les deux",
            "écrire « et »",
        )],
    );
    each(
        "définition dépenses\n  selon loi « Les travaux facturés à compter du dépôt de la demande, hors chauffage »\n  vaut somme de travaux.prix dont RÈGLE et nature n'est pas chauffage\n",
        "facturé le ≥ demande.déposée le",
        &[(
            "facturé le ≤ demande.déposée le",
            "le texte met « facturé le » après « demande.déposée le »",
            "écrire « facturé le ≥ demande.déposée le »",
        )],
    );
}

#[test]
fn a_bullet_asks_for_what_the_passage_asks_for() {
    let item = "critère essayé\n  selon loi « Le demandeur remplit au moins deux des conditions suivantes : il n'a pas d'autre bourse ; il a une convention ; il a une assurance. »\n  exige au moins deux de\n    - PREMIÈRE\n    - RÈGLE\n    - assurance\n";
    each(
        &item.replace("RÈGLE", "convention").replace("PREMIÈRE", "RÈGLE"),
        "non autre bourse",
        &[("autre bourse", "la règle l'exige", "écrire « autre bourse est non »")],
    );
    each(
        &item.replace("PREMIÈRE", "non autre bourse"),
        "convention",
        &[("non convention", "le texte demande « convention »", "écrire « convention »")],
    );
    each(
        "critère essayé\n  selon loi « Le demandeur a une convention et une assurance. »\n  exigeRÈGLE\n    - convention\n    - assurance\n",
        "",
        &[(" aucun de", "le texte demande « convention »", "écrire « exige » au lieu de « exige aucun de »")],
    );
}

#[test]
fn an_exception_is_made_for_the_case_of_the_passage() {
    for said in [
        "La convention est exigée, sauf si le demandeur a une assurance.",
        "La convention est exigée. Cette condition ne s'applique pas au demandeur qui a une assurance.",
        "La convention est exigée. Ce critère peut être écarté par le directeur en cas d'assurance.",
        "La convention est exigée. Cette condition est levée lorsque le demandeur a une assurance.",
        "La convention est exigée. Le directeur peut lever cette exigence en cas d'assurance.",
    ] {
        each(
            &format!("critère essayé\n  selon loi « {said} »\n  exige convention\n  sauf si RÈGLE\n"),
            "assurance",
            &[("non assurance", "le texte excepte ce cas", "écrire « sauf si assurance »")],
        );
    }
}

#[test]
fn a_rule_is_for_the_case_of_the_passage() {
    for (said, right, wrong) in [
        ("Lorsque le demandeur a une assurance, une convention est exigée.", "assurance", "non assurance"),
        ("La convention n'est pas exigée si le demandeur a une assurance.", "non assurance", "assurance"),
        (
            "Tant que le demandeur n'a pas d'assurance, une convention est exigée.",
            "non assurance",
            "assurance",
        ),
    ] {
        each(
            &format!("critère essayé\n  selon loi « {said} »\n  si RÈGLE\n  exige convention\n"),
            right,
            &[(wrong, "le texte parle de ce cas", &format!("écrire « si {right} »"))],
        );
    }
}

#[test]
fn an_exception_is_made_for_want_of_what_the_passage_names() {
    for said in [
        "La convention est exigée. Cette condition peut être écartée en l'absence d'assurance.",
        "La convention est exigée, sauf à défaut d'assurance.",
    ] {
        each(
            &format!("critère essayé\n  selon loi « {said} »\n  exige convention\n  sauf si RÈGLE\n"),
            "non assurance",
            &[("assurance", "le texte excepte ce cas", "écrire « sauf si non assurance »")],
        );
    }
    // What cannot be set aside is no exception.
    let kept = "La convention est exigée. Ce critère ne peut être écarté en cas d'assurance, sauf handicap.";
    for rule in ["handicap", "handicap et non assurance"] {
        let item = format!("critère essayé\n  selon loi « {kept} »\n  exige convention\n  sauf si {rule}\n");
        assert_eq!(remarks(&item), [], "{item}");
    }
}

#[test]
fn a_value_is_given_in_the_case_of_the_passage() {
    each(
        "financement aide\n  selon loi « L'aide est majorée de 20 % en cas de handicap. »\n  montant frais\n  majoré de 20 % si RÈGLE\n  arrondi au centime\n",
        "handicap",
        &[("non handicap", "le texte donne « 20 % » dans ce cas", "écrire « si handicap »")],
    );
    each(
        "financement aide\n  selon loi « Elle est de 450 € pour les panneaux et de 300 € dans les autres cas. »\n  montant RÈGLE dans les autres cas\n",
        "450 € si objet est panneaux\n  montant 300 €",
        &[(
            "300 € si objet est panneaux\n  montant 450 €",
            "le texte donne « 450 € » dans ce cas",
            "échanger « 450 € » et « 300 € »",
        )],
    );
}

#[test]
fn what_is_added_in_a_later_sentence_is_added_to_what_was_limited() {
    each(
        "financement aide\n  selon loi « L'aide est versée dans la limite de 600 €. Elle est augmentée de 100 €. »\n  montant frais\nRÈGLE\n",
        "  plafonné à 600 €\n  augmenté de 100 €",
        &[(
            "  augmenté de 100 €\n  plafonné à 600 €",
            "le texte limite à 600 € ce qui est majoré ensuite",
            "mettre la ligne qui limite à 600 € au-dessus de celle qui majore",
        )],
    );
}

#[test]
fn a_time_since_something_starts_there() {
    each(
        "critère essayé\n  selon loi « revenu d'un séjour depuis moins de dix ans à la date de la demande »\n  exige RÈGLE\n",
        "demande.déposée le < séjour.retour le + 10 ans",
        &[(
            "séjour.retour le < demande.déposée le + 10 ans",
            "le texte compte ce temps depuis « séjour.retour le »",
            "écrire « demande.déposée le < séjour.retour le + 10 ans »",
        )],
    );
}

#[test]
fn the_date_that_is_meant_is_the_one_that_is_named() {
    each(
        "critère essayé\n  selon loi « La demande est déposée au plus tard le 30 juin 2025. »\n  exige RÈGLE ≤ 30 juin 2025\n",
        "demande.déposée le",
        &[("rapport.remis le", "le texte parle de « demande.déposée le »", "écrire « demande.déposée le »")],
    );
    // The day since which the law is in force, in whose place the rule has another.
    each(
        "critère essayé\n  selon loi « La demande est déposée à compter du 1er janvier 2025. »\n  exige demande.déposée le ≥ RÈGLE\n",
        "1er janvier 2025",
        &[("1er mai 2025", "la règle dit « ≥ le 1er mai 2025 »", "écrire « le 1er janvier 2025 »")],
    );
}

#[test]
fn not_before_is_from_then_on() {
    each(
        "critère essayé\n  selon loi « Le rapport n'est pas remis avant le retour. »\n  exige rapport.remis le RÈGLE séjour.retour le\n",
        "≥",
        &[(
            "≤",
            "le texte met « rapport.remis le » après « séjour.retour le »",
            "écrire « rapport.remis le ≥ séjour.retour le »",
        )],
    );
}

#[test]
fn each_end_of_a_frame_is_its_own() {
    each(
        "critère essayé\n  selon loi « La personne est, a minima, employé et, au plus, maîtrise. »\n  exige rang est entre RÈGLE\n",
        "employé et maîtrise",
        &[
            ("ouvrier et maîtrise", "le texte dit « a minima, employé »", "écrire « employé »"),
            ("employé et cadre", "le texte dit « au plus, maîtrise »", "écrire « maîtrise »"),
        ],
    );
}
