//! The commands, on a text that leans on another which stands beside it.

use std::process::Command;

use super::{decide, histories};

fn run(args: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_conforme")).args(args).output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap(),
        output.status.code(),
    )
}

#[test]
fn the_text_beside_is_found() {
    let (said, code) = run(&["check", "tests/leaning/complement.pol"]);
    assert_eq!((said.trim(), code), ("1 texte vérifié : aucune erreur", Some(0)));
    let (shown, code) = run(&["show", "tests/leaning/complement.pol", "--on", "2025-06-01"]);
    assert!(
        code == Some(0) && shown.contains("s'appuie sur aide-socle") && !shown.contains("plafond de base"),
        "{shown}"
    );
}

#[test]
fn a_decision_says_what_it_leans_on() {
    let folder = std::env::temp_dir().join(format!("conforme-appui-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let dossier = folder.join("dossier.yaml");
    let answers = "dispositif: complément\nexaminé le: 2025-06-01\nrevenu: 14 000 €\napprenti: oui\nhébergé: non\nenfants: []\n";
    std::fs::write(&dossier, answers).unwrap();
    let path = dossier.to_string_lossy().into_owned();
    let (text, code) = run(&["decide", &path, "--policies", "tests/leaning"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("s'appuie sur « Aide socle », en vigueur depuis le 1er janvier 2025"), "{text}");
    assert!(text.contains("critère ressources (Aide socle) : non"), "{text}");
    assert!(text.contains("arrêté, art. 1 : « dont le revenu n'excède pas le plafond »"), "{text}");
    assert_eq!(code, Some(1));
    let (json, _) = run(&["decide", &path, "--policies", "tests/leaning", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["policy"]["leans_on"][0]["id"], "aide-socle");
    assert_eq!(json["policy"]["leans_on"][0]["texts"][0]["title"], "Aide socle");
    assert_eq!(json["criteria"][0]["because"]["operands"][0]["span"]["file"], "aide-socle.pol");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_reading_of_the_other_text_is_retained_by_its_whole_name() {
    let base = "dispositif socle « Socle »
  en vigueur depuis le 1er janvier 2025

source loi « Loi », texte opposable

dossier
  revenu : montant ≥ 0 €
    « Quel revenu ? »

lecture base « Quel plafond ? »
  - basse : selon loi « mille »
  - haute : selon loi « deux mille »

critère ressources
  selon loi
  exige revenu ≤ plafond

définition plafond
  vaut 1 000 € si base est basse
  vaut 2 000 € si base est haute

décision accord
  favorable si tous les critères sont remplis
";
    let more = "dispositif suite « Suite »
  en vigueur depuis le 1er janvier 2025
  s'appuie sur socle

source loi « Loi », texte opposable

critère socle
  selon loi
  exige socle.décision est favorable

décision accord
  favorable si tous les critères sont remplis
";
    let all = histories(&[base, more]);
    let outcome = |dossier: &str| decide(&all, "suite", dossier, "2025-06-01").unwrap().outcome;
    assert_eq!(outcome("revenu: 1 500 €\n"), "DependsOnReading");
    assert_eq!(outcome("revenu: 500 €\n"), "Favourable");
    assert_eq!(outcome("revenu: 1 500 €\nlectures:\n  socle.base: haute\n"), "Favourable");
    assert_eq!(outcome("revenu: 1 500 €\nlectures:\n  socle.base: basse\n"), "Unfavourable");
}
