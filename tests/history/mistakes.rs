//! What is wrong with a history: the texts, then what their authors read.

use std::fmt::Write as _;

use super::{BASE, RAISED, history, told};

fn read(texts: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, text) in texts {
        // The base text is the same all along.
        if *text != BASE {
            let _ = writeln!(out, "── {name}\n{text}");
        }
    }
    let found = history(texts).check(&["aide", "autre"], &|_| Vec::new());
    out + &told(&found)
}

/// An amendment in force from 1 January 2027.
fn amendment(number: u32, changes: &str) -> String {
    format!(
        "avenant {number} à aide « Avenant »\n  en vigueur depuis le 1er janvier 2027\n\nsource avenant{number} « Avenant », texte opposable\n\n{changes}"
    )
}

macro_rules! shown {
    ($text:expr) => {
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!($text));
    };
}

#[test]
fn nothing_is_wrong_with_the_texts_of_these_tests() {
    assert_eq!(history(&[("aide.pol", BASE), ("a.pol", RAISED)]).check(&["aide"], &|_| Vec::new()), []);
}

#[test]
fn a_gap() {
    let first = BASE.replace("2025\n", "2025 jusqu'au 30 novembre 2025\n");
    let second = BASE.replace("1er janvier 2025", "1er janvier 2026");
    shown!(read(&[("un.pol", &first), ("deux.pol", &second)]));
}

#[test]
fn an_overlap() {
    let first = BASE.replace("2025\n", "2025 jusqu'au 31 janvier 2026\n");
    let second = BASE.replace("1er janvier 2025", "1er janvier 2026");
    shown!(read(&[("un.pol", &first), ("deux.pol", &second)]));
}

#[test]
fn an_amendment_of_no_text() {
    let other = RAISED.replace("à aide", "à aides");
    let texts = history(&[("a.pol", &other)]);
    shown!(told(&texts.check(&["aide", "aides"], &|_| Vec::new())));
}

#[test]
fn an_amendment_of_nothing() {
    let changes = "remplace critère seuils
  selon avenant1 « au moins 15 »
  exige n ≥ 15

remplace définition seuil
  selon avenant1 « au moins 15 »
  vaut 15

abroge fait m
  selon avenant1 « supprimé »

retient lecture base : tous
  selon avenant1 « tous »
";
    shown!(read(&[("aide.pol", BASE), ("a.pol", &amendment(1, changes))]));
}

#[test]
fn an_addition_of_what_is_there() {
    let changes = "ajoute critère seuil\n  selon avenant1 « au moins 15 »\n  exige n ≥ 15\n";
    shown!(read(&[("aide.pol", BASE), ("a.pol", &amendment(1, changes))]));
}

#[test]
fn two_amendments_of_one_item_on_one_day() {
    let replaces = |number: u32, least: u32| {
        let changes = format!(
            "remplace critère seuil\n  selon avenant{number} « au moins {least} »\n  exige n ≥ {least}\n"
        );
        amendment(number, &changes)
    };
    shown!(read(&[("aide.pol", BASE), ("a.pol", &replaces(1, 15)), ("b.pol", &replaces(2, 20))]));
}

#[test]
fn two_amendments_whose_scopes_exclude_one_another_are_no_mistake() {
    let of = |number: u32, region: &str| {
        let changes = format!(
            "ajoute fait région : texte\n  « Dans quelle région ? »\n\nremplace critère seuil\n  selon avenant{number} « au moins 15 »\n  exige n ≥ 15\n"
        );
        amendment(number, &changes).replace("2027\n\n", &format!("2027\n  pour région est « {region} »\n\n"))
    };
    let texts = history(&[("aide.pol", BASE), ("a.pol", &of(1, "Corse")), ("b.pol", &of(2, "Bretagne"))]);
    assert_eq!(told(&texts.check(&["aide"], &|_| Vec::new())), told(&[]));
    // Scopes that meet are.
    let both = of(2, "Bretagne").replace("est « Bretagne »", "n'est pas « Bretagne »");
    shown!(read(&[("aide.pol", BASE), ("a.pol", &of(1, "Corse")), ("b.pol", &both)]));
}

#[test]
fn an_item_repealed_while_others_use_it() {
    let base = BASE.replace(
        "critère seuil",
        "définition reste
  vaut n - 3

critère reste suffisant
  selon A « un reste »
  exige reste ≥ 1

critère seuil",
    );
    let base = base.replace("exige n ≥ 10", "exige reste + n ≥ 10");
    let changes = "abroge définition reste\n  selon avenant1 « est abrogé »\n";
    shown!(read(&[("aide.pol", &base), ("a.pol", &amendment(1, changes))]));
    // Beside a change of nothing, in one run.
    let changes = "abroge définition reste\n  selon avenant1 « est abrogé »\n\nabroge critère seuill\n";
    shown!(read(&[("aide.pol", &base), ("a.pol", &amendment(1, changes))]));
    let changes = "abroge fait n\n  selon avenant1 « est abrogé »\n\nabroge source A\n";
    shown!(read(&[("aide.pol", BASE), ("a.pol", &amendment(1, changes))]));
}

/// A name that nothing declares any more reads as other words: who used it is told, and never a remedy for those words.
#[test]
fn a_repealed_name_that_other_words_would_read() {
    let names = [
        "siège dans le département",
        "nombre d'enfants",
        "frais d'hébergement et de repas",
        "logé à moins de 30 km",
        "enfants de moins de 3 ans",
        "aide.reçue",
    ];
    for name in names {
        let base = BASE
            .replace(
                "  signé le : date",
                &format!("  {name} : entier ≥ 0\n    « Combien ? »\n  signé le : date"),
            )
            .replace("exige n ≥ 10", &format!("exige n + {name} ≥ 10"))
            .replace(
                "objectif signature",
                &format!("critère autre\n  selon A\n  exige {name} ≥ 1\n\nobjectif signature"),
            );
        assert_eq!(history(&[("aide.pol", &base)]).check(&["aide"], &|_| Vec::new()), [], "{name}");
        let change = amendment(1, &format!("abroge le fait {name}\n  selon avenant1 « est abrogé »\n"));
        let found = history(&[("aide.pol", &base), ("a.pol", &change)]).check(&["aide"], &|_| Vec::new());
        let said: Vec<(&str, &str)> =
            found.iter().map(|found| (found.code, found.message.as_str())).collect();
        let message = format!(
            "le fait « {name} » est abrogé, et le critère « seuil » et le critère « autre » l'emploient encore"
        );
        assert_eq!(said, [("abroge-mais-employe", message.as_str())]);
        assert!(found.iter().all(|found| found.remedies.is_empty()), "{name}");
    }
}

/// What is repealed makes room for another thing of its name, whatever its kind.
#[test]
fn a_repealed_thing_makes_room_for_one_of_its_name() {
    let changes = "abroge fait n\n  selon avenant1 « est abrogé »\n\najoute une définition n\n  selon avenant1\n  vaut 12\n";
    let change = amendment(1, changes);
    let found = history(&[("aide.pol", BASE), ("a.pol", &change)]).check(&["aide"], &|_| Vec::new());
    assert_eq!(told(&found.into_iter().filter(|found| found.is_error()).collect::<Vec<_>>()), told(&[]));
}

/// Another error of who uses what is repealed is told as it was.
#[test]
fn a_repealed_decision_that_a_payment_reads() {
    let base = BASE.replace(
        "décision éligibilité",
        "financement prime\n  selon A « une prime »\n  prévu si éligibilité\n  montant 10 €\n  une fois\n\ndécision éligibilité",
    );
    let changes = "abroge décision éligibilité\n  selon avenant1 « est abrogée »\n";
    shown!(read(&[("aide.pol", &base), ("a.pol", &amendment(1, changes))]));
}

/// A rule that reads a parameter at some date is told what the one in its place does not give any more.
#[test]
fn a_parameter_that_forgets_its_past_values() {
    let base = |read: &str, values: &str| {
        BASE.replace("critère seuil", &format!("paramètre minimum\n  selon A « x »\n{values}\ncritère seuil"))
            .replace("n ≥ 10", &format!("n ≥ {read}"))
    };
    let remarks = |base: &str, values: &str| {
        let change = amendment(1, &format!("remplace paramètre minimum\n  selon avenant1 « x »\n{values}"));
        let found = history(&[("aide.pol", base), ("a.pol", &change)]).check(&["aide"], &|_| Vec::new());
        let said = found.into_iter().filter(|found| found.is_error() || found.code == "valeurs-oubliees");
        said.map(|found| format!("{} : {}", found.message, found.help.unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let dated = "  vaut 10 depuis le 1er janvier 2025\n  vaut 12 depuis le 1er janvier 2026\n";
    let new = "  vaut 15 depuis le 1er janvier 2027\n";
    let at = base("minimum à la date de signé le", dated);
    assert_eq!(
        remarks(&at, new),
        [
            "« minimum » n'a plus de valeur pour les jours d'avant le 1er janvier 2027 : reprendre aussi ce qu'il valait : \
             « vaut 10 depuis le 1er janvier 2025 », « vaut 12 depuis le 1er janvier 2026 »"
        ]
    );
    assert_eq!(
        remarks(&at, "  vaut 15\n"),
        [
            "« minimum » vaut désormais aussi pour les jours d'avant le 1er janvier 2027 : reprendre les valeurs d'avant \
             (« vaut 10 depuis le 1er janvier 2025 », « vaut 12 depuis le 1er janvier 2026 »), et dire de la nouvelle \
             depuis quand : « depuis le … »"
        ]
    );
    // All of it is said again, or nothing reads it at another date.
    assert_eq!(remarks(&at, &format!("{dated}{new}")), [""; 0]);
    assert_eq!(remarks(&base("minimum", dated), new), [""; 0]);
    assert_eq!(remarks(&base("minimum", "  vaut 10\n"), "  vaut 15\n"), [""; 0]);
}

#[test]
fn an_amendment_outside_the_period_of_its_text() {
    let base = BASE.replace("2025\n", "2025 jusqu'au 31 décembre 2026\n");
    shown!(read(&[("aide.pol", &base), ("a.pol", RAISED)]));
    let longer = RAISED.replace("2027\n  publié", "2027 jusqu'au 31 décembre 2029\n  publié");
    let base = BASE.replace("2025\n", "2025 jusqu'au 31 décembre 2028\n");
    shown!(read(&[("aide.pol", &base), ("a.pol", &longer)]));
}

#[test]
fn one_number_twice_and_no_date() {
    let second = RAISED.replace("1er janvier 2027\n  publié", "1er janvier 2028\n  publié");
    let undated = amendment(3, "abroge source A\n").replace("  en vigueur depuis le 1er janvier 2027\n", "");
    shown!(read(&[("aide.pol", BASE), ("a.pol", RAISED), ("b.pol", &second), ("c.pol", &undated)]));
}

#[test]
fn a_mistake_of_an_amendment_is_told_once_at_its_place() {
    let changes = "remplace critère seuil\n  selon avenant1 « au moins 15 »\n  exige m ≥ 15\n";
    let scoped = amendment(2, "ajoute critère autre\n  selon avenant2 « autre »\n  exige n ≥ 1\n")
        .replace("2027\n\n", "2027\n  pour signé le ≥ 1er mars 2027\n\n");
    shown!(read(&[("aide.pol", BASE), ("a.pol", &amendment(1, changes)), ("b.pol", &scoped)]));
}

#[test]
fn an_option_that_the_reading_does_not_have() {
    let base = BASE.replace(
        "critère seuil",
        "lecture base\n  « Lesquels ? »\n  - tous  : selon A « tous »\n  - seuls : selon A « les seuls »\n\ncritère seuil\n  si base est tous",
    );
    let changes = "retient lecture base : seul\n  selon avenant1 « seul »\n";
    shown!(read(&[("aide.pol", &base), ("a.pol", &amendment(1, changes))]));
}

#[test]
fn a_parameter_whose_new_value_comes_too_late() {
    let base = BASE
        .replace("critère seuil", "paramètre minimum\n  vaut 10\n\ncritère seuil")
        .replace("n ≥ 10", "n ≥ minimum");
    let changes = "remplace paramètre minimum\n  selon avenant1 « 15 »\n  vaut 15 depuis le 1er mars 2027\n";
    shown!(read(&[("aide.pol", &base), ("a.pol", &amendment(1, changes))]));
}

#[test]
fn so_many_amendments_to_some_dossiers_are_refused() {
    let of = |number: usize| {
        let changes = format!(
            "ajoute fait f{number} : oui ou non\n  « {number} ? »\n\najoute critère c{number}\n  selon avenant{number} « c »\n  exige n ≥ {number}\n"
        );
        amendment(u32::try_from(number).unwrap(), &changes)
            .replace("2027\n\n", &format!("2027\n  pour f{number}\n\n"))
    };
    let all: Vec<(String, String)> = (1..=7).map(|number| (format!("a{number}.pol"), of(number))).collect();
    let texts = |count: usize| {
        let mut texts = vec![("aide.pol", BASE)];
        texts.extend(all.iter().take(count).map(|(name, text)| (name.as_str(), text.as_str())));
        history(&texts).check(&["aide"], &|_| Vec::new())
    };
    // Six make 64 texts; seven make more.
    assert_eq!(told(&texts(6)), told(&[]));
    shown!(told(&texts(7)));
}

#[test]
fn so_many_texts_are_refused() {
    let all: Vec<(String, String)> = (1..=200)
        .map(|number| {
            let text = amendment(number, &format!("ajoute source S{number} « S », texte opposable\n"));
            (format!("a{number}.pol"), text)
        })
        .collect();
    let texts = |count: usize| {
        let mut texts = vec![("aide.pol", BASE)];
        texts.extend(all.iter().take(count).map(|(name, text)| (name.as_str(), text.as_str())));
        history(&texts).check(&["aide"], &|_| Vec::new())
    };
    // The base text and 199 amendments, all on one day; then one more.
    assert!(texts(199).iter().all(|found| !found.is_error()));
    shown!(told(&texts(200)));
}

/// Parameters that stand side by side are changed together.
#[test]
fn one_of_two_parameters_side_by_side() {
    let base = BASE.replace(
        "critère seuil",
        "paramètre plancher, plafond\n  selon A « x »\n  vaut 1, 9\n\ncritère borné\n  selon A « x »\n  exige n est entre plancher et plafond\n\ncritère seuil",
    );
    let said = |name: &str, values: &str| {
        let change =
            amendment(1, &format!("remplace paramètre {name}\n  selon avenant1 « x »\n  vaut {values}\n"));
        let texts = history(&[("aide.pol", &base), ("a.pol", &change)]);
        let found: Vec<_> =
            texts.check(&["aide"], &|_| Vec::new()).into_iter().filter(|d| d.is_error()).collect();
        told(&found).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(said("plancher, plafond", "2, 8"), "");
    let one = said("plafond", "8");
    assert!(one.contains("écrire « remplace paramètre plancher, plafond »"), "{one}");
}
