//! Parameters side by side, a column each.

use super::{cents, paid, refused};
use conforme::source::SourceFile;
use conforme::syntax;

const BESIDE: &str = "\
dossier
  adulte : oui ou non
  depuis quand : date

paramètre forfait adulte, forfait enfant
  selon T « x »
  vaut 9 €, 3 € depuis le 1er janvier 2020
  vaut 10 €, 4 € depuis le 1er janvier 2024
  vaut 11 €, 5 € depuis le 1er janvier 2025

financement aide
  selon T « x »
  montant forfait adulte à la date de depuis quand  si adulte
  montant forfait enfant à la date de depuis quand  dans les autres cas
";

#[test]
fn each_column_is_a_parameter() {
    for (adult, day, euros) in [
        ("non", "2023-12-31", 3),
        ("oui", "2024-12-31", 10),
        ("non", "2024-12-31", 4),
        ("oui", "2025-01-01", 11),
        ("non", "2025-01-01", 5),
    ] {
        let facts = format!("adulte: {adult}\ndepuis quand: {day}");
        assert_eq!(paid(BESIDE, &facts)[0], cents(euros * 100), "{facts}");
    }
    // One name says one value, as ever; three stand side by side as two do, of any type.
    let three = "paramètre premier, second, ouverture\n  vaut 10 €, 20 %, 1er mars 2025\n\n";
    let items = format!(
        "dossier\n  jour : date\n\n{three}financement aide\n  selon T « x »\n  montant premier × second si jour ≥ ouverture\n  montant 0 € dans les autres cas\n"
    );
    assert_eq!(paid(&items, "jour: 2025-03-01")[0], cents(200));
}

#[test]
fn what_is_uneven_is_told_once() {
    for (lines, code, says) in [
        (
            "  vaut 10 € depuis le 1er janvier 2024\n",
            "colonnes-inegales",
            "cette ligne a une valeur pour 2 paramètres : a, b",
        ),
        ("  vaut 10 €, 4 €, 2 €\n", "colonnes-inegales", "3 valeurs pour 2 paramètres"),
        (
            "  vaut 10 €, 4 € depuis le 1er janvier 2025\n  vaut 11 €, 5 € depuis le 1er janvier 2025\n",
            "periodes-en-double",
            "",
        ),
        (
            "  vaut 10 €, 4 € depuis le 1er janvier 2020\n  vaut 11 €, 5 % depuis le 1er janvier 2025\n",
            "types-incompatibles",
            "« b »",
        ),
    ] {
        let items = format!(
            "dossier\n  n : entier ≥ 0\n\nparamètre a, b\n  selon T « x »\n{lines}\nfinancement aide\n  selon T « x »\n  montant a × n + b\n"
        );
        let (found, text) = refused(&items);
        assert_eq!(found, [code], "{text}");
        assert!(text.contains(says), "{text}");
    }
    let alone = "dossier\n  n : entier ≥ 0\n\nparamètre a\n  vaut 10 €, 4 €\n\nfinancement aide\n  selon T « x »\n  montant a × n\n";
    let (found, text) = refused(alone);
    assert_eq!(found, ["colonnes-inegales"], "{text}");
    assert!(text.contains("2 valeurs pour un seul paramètre : a"), "{text}");
}

#[test]
fn columns_are_lined_up() {
    let text = "\
dispositif t « Essai »

paramètre forfait adulte, forfait enfant
  vaut 10 €, 4 € depuis le 1er janvier 2024
  vaut 1 100,50 €, 50 € depuis le 1er janvier 2025

financement aide
  montant selon âge, sexe
    moins de 30, F : 10 €
    moins de 30, M : 12 €
    à partir de 30, F ou M : 15 €
    dans les autres cas : 1 €
";
    let laid = "\
dispositif t « Essai »

paramètre forfait adulte, forfait enfant
  vaut 10 €,       4 €  depuis le 1er janvier 2024
  vaut 1 100,50 €, 50 € depuis le 1er janvier 2025

financement aide
  montant selon âge, sexe
    moins de 30,    F      : 10 €
    moins de 30,    M      : 12 €
    à partir de 30, F ou M : 15 €
    dans les autres cas    : 1 €
";
    let format = |text: &str| syntax::format(&SourceFile::new("t.pol", text)).expect("a text that reads");
    assert_eq!(format(text), laid);
    assert_eq!(format(laid), laid);
    let read = |text: &str| syntax::parse(&SourceFile::new("t.pol", text)).0.without_spans();
    assert_eq!(read(text), read(laid));
}
