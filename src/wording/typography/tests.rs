use proptest::prelude::*;

use super::*;

/// With the no-break spaces made visible: `_` the full one, `·` the narrow one.
fn seen(text: &str) -> String {
    text.replace('\u{a0}', "_").replace('\u{202f}', "·")
}

#[test]
fn prose_gets_no_break_spaces() {
    for (plain, set) in [
        ("base du seuil : libéraux", "base du seuil_: libéraux"),
        ("Le territoire est-il d'un seul tenant ?", "Le territoire est-il d'un seul tenant·?"),
        ("Attention ! Trop tard ; voilà.", "Attention·! Trop tard·; voilà."),
        ("Vraiment ?! Non !", "Vraiment·?! Non·!"),
        ("aide : « au moins 10 % »", "aide_: «_au moins 10_%_»"),
        ("« Combien ? »", "«_Combien·?_»"),
        ("crédit de 80 000 € une fois", "crédit de 80·000_€ une fois"),
        ("de 50 000 € à 1 234 567,89 €", "de 50·000_€ à 1·234·567,89_€"),
        ("(CRPA, art. L. 211-5)", "(CRPA, art._L._211-5)"),
        ("CJA, art. R. 421-1", "CJA, art._R._421-1"),
        ("art. 12 du décret", "art._12 du décret"),
        ("le 3 juin 2025", "le 3_juin 2025"),
        ("dès le 1er mars", "dès le 1er_mars"),
        ("dans 214 jours, pendant 3 ans", "dans 214_jours, pendant 3_ans"),
        ("l'avenant n° 4, lignes 4 et 12 (page 3)", "l'avenant n°_4, lignes_4 et 12 (page_3)"),
        ("colignes 4", "colignes 4"),
        ("lot A3 mars", "lot A3 mars"),
        ("les 35 marsouins", "les 35 marsouins"),
        ("Fin. La suite", "Fin. La suite"),
        ("(voir note : 3)", "(voir note_: 3)"),
        ("déjà\u{a0}: fait ; oui", "déjà_: fait·; oui"),
        ("deux  espaces  ?", "deux  espaces·?"),
    ] {
        assert_eq!(seen(&french(plain)), set);
    }
}

#[test]
fn what_is_no_french_punctuation_stays() {
    for text in [
        "a?b=c!",
        "12:30",
        "x != y",
        "| nom | :--- |",
        "en % du total",
        "20 dossiers",
        "en 2025 100 dossiers",
        "05 56 00 11 22",
        "0 123",
        "12 3456",
        "1 000 00",
        "3,14 159",
        "«sans espace»",
        "\n  : seul",
        "`base du seuil : libéraux ?`",
        "```\nmontant : 80 000 €\n```",
        "",
    ] {
        assert_eq!(seen(&french(text)), text);
    }
    assert_eq!(seen(&french("écrire `a : b` : oui ` : fin")), "écrire `a : b`_: oui `_: fin");
}

proptest! {
    #[test]
    fn typography_only_changes_spaces(text in "[a-z0-9 \u{a0}\u{202f},.;:!?%€«»`\n()-]{0,40}") {
        let set = french(&text);
        prop_assert_eq!(&french(&set), &set);
        let bare = |text: &str| text.chars().filter(|c| !is_space(*c)).collect::<String>();
        prop_assert_eq!(bare(&set), bare(&text));
    }
}
