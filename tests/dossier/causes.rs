//! What is said of an answer that cannot be read is its own cause.

use conforme::check::check;
use conforme::dossier;
use conforme::policy::Policy;
use conforme::source::SourceFile;

const TEXT: &str = "dispositif essai « Un essai »
  en vigueur depuis le 1er janvier 2020

source loi « Règlement inventé », texte opposable

dossier

  prix : montant par an ≥ 0 €
    « Quel prix ? »
  habitants : entier ≥ 0
    « Combien d'habitants ? »
  services.samedi « consultations le samedi » : oui ou non
    « Le samedi ? »
  gens « les personnes » : liste
    « Quelles personnes ? »
  gens.né le « date de naissance » : date
    « Quand ? »

critère prix modique
  selon loi
  exige prix ≤ 100 € par an

critère taille
  selon loi
  exige habitants ≥ 10

critère samedi
  selon loi
  exige services.samedi

critère âge
  selon loi
  exige tous les gens vérifient né le < 1er janvier 2000

décision accord
  selon loi
  favorable si tous les critères sont remplis
";

fn policy() -> Policy {
    let checked = check(&SourceFile::new("essai.pol", TEXT));
    checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

/// An amount of another period or currency is not told to be written in figures, which it is.
#[test]
fn what_is_wrong_with_an_amount_is_told_by_its_cause() {
    let policy = policy();
    for (answer, label) in [
        ("prix: 12 000 € par mois", "ce n'est pas la période demandée"),
        ("prix: 12 000 €/mois", "ce n'est pas la période demandée"),
        ("prix: 12 EUR", "écrire le montant seul, ou suivi de « € »"),
        ("prix: 12 $", "écrire le montant seul, ou suivi de « € »"),
        ("prix: 1.234,50", "aucun point entre les milliers : une espace, ou rien"),
        ("prix: 1.234.567", "aucun point entre les milliers : une espace, ou rien"),
        ("prix: douze", "écrire le montant en chiffres"),
        ("habitants: 5000 habitants", "écrire le nombre en chiffres"),
        ("habitants: 50 00", "une espace ne sépare que les milliers"),
    ] {
        let found = dossier::read(format!("{answer}\n").as_bytes(), "d.yaml", &policy).unwrap_err();
        assert_eq!(found[0].labels[0].text, label, "{answer}");
    }
}

/// The words that a decision uses for a question are known, and the name that a dossier uses is told.
#[test]
fn a_label_in_the_place_of_a_name_is_told_the_name() {
    let policy = policy();
    for (text, name) in [
        ("Consultations le samedi: oui", "services.samedi"),
        ("les personnes: []", "gens"),
        ("gens:\n- date de naissance: 2020-01-01", "né le"),
    ] {
        let found = dossier::read(format!("{text}\n").as_bytes(), "d.yaml", &policy).unwrap_err();
        let help = format!("c'est le libellé de « {name} » : écrire ce nom-là");
        assert_eq!(found[0].help.as_deref(), Some(help.as_str()), "{text}");
    }
}

/// Dossiers in JSON, one a line, are told where they go.
#[test]
fn a_dossier_a_line_is_told_its_file() {
    let text = "{\"prix\": 3}\n{\"prix\": 4}\n";
    let found = dossier::read(text.as_bytes(), "entrée standard", &policy()).unwrap_err();
    assert_eq!(found[0].code, "second-document");
    assert!(found[0].help.as_deref().unwrap().contains("« .jsonl »"), "{:?}", found[0].help);
}

/// A tabulation is shown on the line where it stands.
#[test]
fn a_tabulation_is_shown_where_it_stands() {
    let policy = policy();
    for text in
        ["dispositif: essai\n\tservices: 3\n", "services:\n\tprix: 3\n", "services:\n  prix: 3\n\tautre: 3\n"]
    {
        let found = dossier::read(text.as_bytes(), "d.yaml", &policy).unwrap_err();
        assert_eq!(found[0].code, "tabulation-en-retrait", "{text:?}");
        let span = found[0].labels[0].span;
        assert_eq!(text.get(span.range()), Some("\t"), "{text:?}");
    }
}
