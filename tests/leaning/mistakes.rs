//! What is said where a text cannot lean on another.

use super::{BASE, MORE, wrong};

/// The codes and messages of what is wrong with a text.
fn told(texts: &[&str], id: &str) -> Vec<String> {
    let found = wrong(texts, id);
    found
        .iter()
        .filter(|found| found.is_error())
        .map(|found| format!("{} : {}", found.code, found.message))
        .collect()
}

fn changed(from: &str, to: &str) -> String {
    assert!(MORE.contains(from), "{from}");
    MORE.replacen(from, to, 1)
}

#[test]
fn what_cannot_be_leaned_on_is_told() {
    let rows: [(&str, &str, &[&str]); 9] = [
        (
            "s'appuie sur aide-socle",
            "s'appuie sur aide-socl",
            &["appui-inconnu : aucun texte ne s'appelle « aide-socl »"],
        ),
        (
            "s'appuie sur aide-socle",
            "s'appuie sur complément",
            &["appui-en-boucle : « complément » s'appuie sur soi-même"],
        ),
        (
            "  en vigueur depuis le 1er janvier 2025",
            "  en vigueur depuis le 1er janvier 2024",
            &[
                "appui-hors-vigueur : aucune version de « aide-socle » n'est en vigueur du 1er janvier 2024 au 31 décembre 2024, où ce texte s'appuie dessus",
            ],
        ),
        (
            "aide-socle.plafond - revenu",
            "aide-socle.plafon - revenu",
            &["nom-inconnu : « aide-socle » n'a rien qui s'appelle « plafon »"],
        ),
        (
            "aide-socle.plafond - revenu",
            "aide-socle - revenu",
            &["texte-sans-valeur : « aide-socle » est un texte, non une valeur"],
        ),
        (
            "exige apprenti ou",
            "exige hébergé ou",
            &[
                "fait-d-un-autre-texte : « hébergé » est un fait de « aide-socle », que ce texte ne déclare pas",
            ],
        ),
        (
            "revenu : montant ≥ 0 €",
            "revenu : montant ≥ 1 €",
            &["fait-different : « revenu » n'est pas déclaré ici comme dans « aide-socle »"],
        ),
        (
            "  s'appuie sur aide-socle\n",
            "",
            &[
                "nom-inconnu : nom inconnu : « aide-socle.décision »",
                "nom-inconnu : nom inconnu : « aide-socle.prime »",
                "nom-inconnu : nom inconnu : « aide-socle.jours accordés »",
                "nom-inconnu : nom inconnu : « aide-socle.plafond »",
            ],
        ),
        ("  s'appuie sur aide-socle\n", "  s'appuie sur aide-socle\n  s'appuie sur aide-socle\n", &[]),
    ];
    for (from, to, expected) in rows {
        assert_eq!(told(&[BASE, &changed(from, to)], "complément"), expected, "{to}");
    }
}

#[test]
fn a_circle_is_told_with_its_chain() {
    let text = |id: &str, on: &str| {
        format!(
            "dispositif {id} « {id} »\n  en vigueur depuis le 1er janvier 2025\n  s'appuie sur {on}\n\n\
             source loi « Loi », texte opposable\n\nrésultat valeur\n  selon loi\n  vaut {on}.valeur\n"
        )
    };
    let (a, b, c) = (text("a", "b"), text("b", "c"), text("c", "a"));
    let texts: [&str; 3] = [&a, &b, &c];
    let chain = "« s'appuie sur « b », qui s'appuie sur « c », qui s'appuie sur « a »";
    assert_eq!(told(&texts, "a"), [format!("appui-en-boucle : « a » {}", chain.trim_start_matches("« "))]);
    let found = wrong(&texts, "b");
    assert!(
        found
            .iter()
            .any(|one| one.code == "appui-en-boucle" && one.message.starts_with("« b » s'appuie sur « c »"))
    );
}

#[test]
fn a_text_with_errors_carries_no_other() {
    let broken = BASE.replacen("exige revenu ≤ plafond", "exige revenu ≤ plafon", 1);
    assert_eq!(
        told(&[&broken, MORE], "complément"),
        ["appui-en-erreur : « aide-socle » a des erreurs : un texte ne peut pas s'y appuyer"]
    );
}

#[test]
fn what_is_said_of_the_other_text_is_not_said_again() {
    // It has remarks of its own: a definition that nothing reads.
    let idle = format!("{BASE}\ndéfinition inutile\n  vaut 3\n");
    let of = |id: &str| wrong(&[&idle, MORE], id).into_iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(of("aide-socle"), ["jamais-lu"]);
    assert_eq!(of("complément"), Vec::<&str>::new());
}

#[test]
fn texts_that_are_too_long_together_are_refused() {
    let long = format!("{BASE}{}", "# rien\n".repeat((conforme::limits::POLICY_BYTES - BASE.len()) / 7));
    assert_eq!(
        wrong(&[&long, MORE], "complément").iter().map(|one| one.code).collect::<Vec<_>>(),
        ["appui-trop-grand"]
    );
}

#[test]
fn a_text_named_by_no_one_is_not_read_through_another() {
    // It leans on « complément », which leans on « aide-socle »: it reads the first, not the second.
    let third = "dispositif suite « Suite »
  en vigueur depuis le 1er janvier 2025
  s'appuie sur complément

source loi « Loi », texte opposable

critère complément
  selon loi
  exige complément.décision

critère socle
  selon loi
  exige aide-socle.décision

décision accord
  favorable si tous les critères sont remplis
";
    assert_eq!(
        told(&[BASE, MORE, third], "suite"),
        ["appui-non-dit : ce texte ne dit pas qu'il s'appuie sur « aide-socle »"]
    );
    let third = third.replacen("exige aide-socle.décision", "exige complément.apprenti", 1);
    assert_eq!(told(&[BASE, MORE, &third], "suite"), Vec::<String>::new());
}

#[test]
fn a_text_leans_on_none_of_another_currency() {
    let base = "dispositif socle « Socle »
  en vigueur depuis le 1er janvier 2025
  monnaie « F CFP »

source loi « Loi », texte opposable

dossier
  revenu : montant ≥ 0 F
    « Quel revenu ? »

critère ressources
  selon loi, art. 1
  exige revenu ≤ 10 000 F

décision d
  favorable si ressources
";
    let more = "dispositif suite « Suite »
  en vigueur depuis le 1er janvier 2025
  s'appuie sur socle

source loi « Loi », texte opposable

critère âge
  selon loi, art. 2
  exige socle.ressources

décision d
  favorable si âge
";
    let codes = |more: &str| -> Vec<&'static str> {
        wrong(&[base, more], "suite").iter().filter(|one| one.is_error()).map(|one| one.code).collect()
    };
    assert_eq!(codes(more), ["appui-autre-monnaie"]);
    assert_eq!(codes(&more.replace("  s'appuie", "  monnaie « F CFP »\n  s'appuie")), Vec::<&str>::new());
}

/// What is advised is tried in a text that leans on another as in any: a line that does not read has the one remedy
/// that mends it.
#[test]
fn what_is_advised_is_tried() {
    let rows = [
        ("exige apprenti ou", "exige est apprenti ou"),
        ("aide-socle.plafond - revenu", "aide-socle.plafond moins revenu"),
    ];
    for (right, written) in rows {
        let text = changed(right, written);
        let found = wrong(&[BASE, &text], "complément");
        let [one] = found.as_slice() else { panic!("{written} : {found:?}") };
        let [remedy] = one.remedies.as_slice() else { panic!("{written} : {one:?}") };
        let mut mended = one.labels[0].file.text().to_owned();
        for edit in &remedy.edits {
            let (file, span) = edit.file.origin(edit.span);
            assert_eq!(file.text(), text, "{written}");
            mended.replace_range(span.range(), &edit.text);
        }
        assert_eq!(mended, MORE, "{written}");
    }
}
