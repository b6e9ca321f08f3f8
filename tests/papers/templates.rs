//! Templates: what is wrong with one is told at its place.

use conforme::papers::Template;
use conforme::render::diagnostics;
use conforme::source::SourceFile;

use crate::{agency, case, letter, plain, shelf};

/// A template of one text, and what is said of it.
fn said(text: &str) -> String {
    match Template::read(&SourceFile::new("modele.yaml", text)) {
        Ok(_) => "bien".to_owned(),
        Err(problems) => diagnostics::text(&problems, 80, false),
    }
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let rows = [
        "autorite: ARS\n",
        "signature: ARS\n",
        "prénom: Camille\n",
        "signataire:\n  prenom: Camille\n  fonction: directrice\n",
        "signataire: Camille Modèle\n",
        "lieu: Ville\nlieu: Autre ville\n",
        "lieu: [Ville, Autre ville]\n",
        "recours:\n- délai: deux mois\n",
        "dispositifs: ess\n",
        "dispositifs:\n  ess: aides\n",
        "dispositifs:\n  ess:\n    demandes: aides\n    reçue le: [lundi]\n    non communiqué: fonds\n",
        "dispositifs:\n  ess:\n    demande: aides\n  ess:\n    demande: aide\n",
        "accusé de réception:\n  délivré: peut-être\n  silence: refus\n",
        "formules:\n  favorable: Votre demande {dosier} est accueillie par {qui}.\n",
        "formules:\n  favorable: Votre demande {dossier est accueillie.\n",
        "autorité: ARS de {service}\nservice: bureau de {dossier}\n",
        "- autorité\n",
        "autorité: ARS\n---\nautorité: ARS\n",
        "autorité: &a ARS\n<<: *a\n",
    ];
    let told = rows.map(|row| format!("{row}\n{}", said(row)));
    insta::assert_snapshot!(told.join("\n────\n\n"));
}

#[test]
fn what_is_left_empty_is_no_mistake() {
    for text in ["", "# rien\n", "lieu:\n", "signataire:\n", "signataire:\n  prénom:\n", "recours: []\n"] {
        assert_eq!(said(text), "bien", "{text}");
    }
}

#[test]
fn names_in_braces_are_filled() {
    let text = "autorité: ARS modèle\nservice: bureau {dossier}\nformules:\n  appel: \"{service}, {dossier}, {décision}, \
                {date d'examen}\"\n";
    let template = Template::read(&SourceFile::new("modele.yaml", text)).unwrap();
    let letter = plain(&letter(&case("ess", "01-"), &template));
    let wanted =
        "\nbureau ESS Cardiologie des Landes, ESS Cardiologie des Landes, éligibilité, 1er octobre 2025\n";
    assert!(letter.contains(wanted), "{letter}");
}

#[test]
fn an_acknowledgment_that_was_not_delivered_is_in_the_request() {
    let base = include_str!("../../policies/modeles/ars.yaml").replace("délivré: oui", "délivré: non");
    let rejected = Template::read(&SourceFile::new("ars.yaml", base.clone())).unwrap();
    let text = plain(&letter(&case("ess", "12-"), &rejected));
    for wanted in [
        "Cette lettre vaut accusé de réception",
        "articles L. 112-3 et R. 112-5",
        "la demande sera réputée rejetée au terme de deux mois à compter de sa réception",
        "Cette date est reportée de la durée de la suspension dite ci-dessus (article L. 114-5)",
        "dans les deux mois à compter de ce jour",
        "tribunal administratif",
    ] {
        assert!(text.contains(wanted), "« {wanted} » manque dans\n{text}");
    }
    // The remedies against a decision that is notified run from another day.
    assert!(!text.contains("de sa notification"), "{text}");
    let accepted = SourceFile::new("ars.yaml", base.replace("silence: rejet", "silence: acceptation"));
    let text = plain(&letter(&case("ess", "12-"), &Template::read(&accepted).unwrap()));
    for wanted in [
        "ne court qu'à compter de la réception",
        "réputée acceptée deux mois après la réception de ces pièces et informations",
        "article L. 232-3",
    ] {
        assert!(text.contains(wanted), "« {wanted} » manque dans\n{text}");
    }
    assert!(
        !text.contains("tribunal administratif") && !text.contains("[à compléter : date à laquelle"),
        "{text}"
    );
}

#[test]
fn a_template_beside_the_policies_is_no_case() {
    let files: Vec<&str> = shelf().files().map(|(path, _)| path).collect();
    assert!(files.contains(&"modeles/ars.yaml"));
    for id in shelf().ids() {
        assert!(shelf().cases(id).all(|case| case.name != "ars"), "{id}");
    }
}

/// What a letter on respite says with a template.
fn respite(template: &str) -> String {
    let template = Template::read(&SourceFile::new("modele.yaml", template)).unwrap();
    plain(&letter(&case("alr", "01-"), &template))
}

#[test]
fn a_scheme_has_an_authority_of_its_own() {
    let ars = plain(&letter(&case("csq", "01-"), agency()));
    assert!(ars.contains("recours hiérarchique") && ars.contains("Camille Modèle"), "{ars}");
    let own = plain(&letter(&case("alr", "01-"), agency()));
    for wanted in ["Communauté de communes (modèle)", "Dominique Modèle", "recours gracieux", "tribunal"] {
        assert!(own.contains(wanted), "« {wanted} » manque dans\n{own}");
    }
    for other in ["recours hiérarchique", "Camille Modèle", "Agence régionale", "offre-de-soins"] {
        assert!(!own.contains(other), "« {other} » se lit dans\n{own}");
    }
}

const GENERAL: &str = "\
autorité: Agence A
adresse: 1, rue A
signataire:
  prénom: Anne
  nom: Dupont
  qualité: Directrice
  délégation: par délégation du 3 mars
formules:
  appel: Madame,
recours: devant A
dispositifs:
  alr:
";

#[test]
fn another_authority_takes_nothing_of_the_first() {
    let text = respite(&format!("{GENERAL}    autorité: Communauté B\n"));
    for other in ["1, rue A", "Anne", "par délégation", "devant A", "Agence A"] {
        assert!(!text.contains(other), "« {other} » se lit dans\n{text}");
    }
    for wanted in ["Communauté B", "[à compléter : adresse postale du service]", "Madame,"] {
        assert!(text.contains(wanted), "« {wanted} » manque dans\n{text}");
    }
}

#[test]
fn another_signatory_has_no_delegation_of_the_first() {
    let text = respite(&format!("{GENERAL}    signataire:\n      nom: Martin\n"));
    assert!(text.contains("[à compléter : prénom du signataire] Martin"), "{text}");
    assert!(!text.contains("par délégation") && !text.contains("Directrice"), "{text}");
    assert!(text.contains("1, rue A") && text.contains("devant A"), "{text}");
    // And of what is said of this scheme alone, the rest is said of all.
    let text = respite(&format!("{GENERAL}    recours: devant B\n"));
    assert!(text.contains("devant B") && !text.contains("devant A"), "{text}");
    assert!(text.contains("Anne Dupont") && text.contains("par délégation du 3 mars"), "{text}");
}
