//! What is read, and as what.

use conforme::dossier::{self, Answer, Dossier};
use conforme::number::Ratio;
use conforme::policy::{FactId, Policy};
use conforme::render::diagnostics;
use conforme::time::Date;
use conforme::value::Value;

use crate::policies::every_type;

fn read(policy: &Policy, text: &str) -> Dossier {
    dossier::read(text.as_bytes(), "dossier.yaml", policy)
        .unwrap_or_else(|e| panic!("{text}\n{}", diagnostics::text(&e, 100, false)))
}

fn fact(policy: &Policy, path: &str) -> FactId {
    FactId(policy.facts.iter().position(|f| &*f.path == path).unwrap() as u32)
}

/// What is known of a fact, in few letters.
fn answer(policy: &Policy, dossier: &Dossier, path: &str) -> String {
    shown(&dossier.fact(fact(policy, path)).answer)
}

fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Missing => "?".into(),
        Answer::NotYet => "pas encore".into(),
        Answer::Known(Value::Truth(truth)) => if *truth { "oui" } else { "non" }.into(),
        Answer::Known(Value::Number(n)) => n.to_string(),
        Answer::Known(Value::Date(date)) => date.to_string(),
        Answer::Known(Value::Text(text)) => format!("«{}»", text.shown),
        Answer::Known(Value::Choice(rank)) => format!("#{rank}"),
    }
}

#[test]
fn every_writing_of_every_type() {
    let policy = every_type();
    for (path, written, expected) in [
        ("ouvert", "oui", "oui"),
        ("ouvert", "Oui", "oui"),
        ("ouvert", "'non'", "non"),
        ("ouvert", "true", "oui"),
        ("ouvert", "False", "non"),
        ("médecins", "12", "12"),
        ("médecins", "1 200", "1200"),
        ("médecins", "\"1\u{202f}200\u{a0}000\"", "1200000"),
        ("médecins", "007", "7"),
        ("médecins", "1234567890123456789012345678901234567890", "1234567890123456789012345678901234567890"),
        ("delta", "-3", "-3"),
        ("delta", "−3", "-3"),
        ("superficie", "3,5", "7/2"),
        ("superficie", "3.5", "7/2"),
        ("superficie", "1 234,25", "4937/4"),
        ("superficie", "12", "12"),
        ("superficie", "0.1", "1/10"),
        ("part", "10 %", "1/10"),
        ("part", "3,5%", "7/200"),
        ("part", "\"12\u{a0}%\"", "3/25"),
        ("budget", "80 000 €", "80000"),
        ("budget", "80000", "80000"),
        ("budget", "80 000,50 €", "160001/2"),
        ("budget", "0.5", "1/2"),
        ("budget", "200 euros", "200"),
        ("début", "2025-02-03", "2025-02-03"),
        ("début", "'2025-02-03'", "2025-02-03"),
        ("début", "03/02/2025", "2025-02-03"),
        ("début", "3/2/2025", "2025-02-03"),
        ("début", "1er février 2025", "2025-02-01"),
        ("début", "le 3 Février 2025", "2025-02-03"),
        ("début", "31 aout 2025", "2025-08-31"),
        ("début", "pas encore", "pas encore"),
        ("début", "\"Pas encore\"", "pas encore"),
        ("préavis", "15 jours", "15"),
        ("préavis", "1 jour", "1"),
        ("durée", "6 mois", "6"),
        ("durée", "2 ans et 6 mois", "30"),
        ("durée", "1 an", "12"),
        ("statut", "libéral", "#0"),
        ("statut", "Salarié", "#2"),
        ("échelon", "RÉGIONAL", "#2"),
        ("nom", "Cardiologie", "«Cardiologie»"),
        ("nom", "00123", "«00123»"),
        ("nom", "0,10", "«0,10»"),
        ("nom", "1e3", "«1e3»"),
        ("nom", "2025-01-01", "«2025-01-01»"),
        ("nom", "oui", "«oui»"),
        ("nom", "123456789012345678901234567890", "«123456789012345678901234567890»"),
        ("nom", "'null'", "«null»"),
        ("nom", "\"~\"", "«~»"),
        ("nom", "pas encore", "«pas encore»"),
        ("nom", "\"a\\tb\\u00e9\\ud83d\\ude00\"", "«a\tbé😀»"),
        ("nom", "deux\n  lignes", "«deux lignes»"),
    ] {
        let read = read(&policy, &format!("{path}: {written}\n"));
        assert_eq!(answer(&policy, &read, path), expected, "{path}: {written}");
    }
}

#[test]
fn not_known_however_it_is_said() {
    let policy = every_type();
    for (path, _) in policy.facts.iter().map(|f| (&*f.path, ())) {
        for written in
            ["", "null", "~", "inconnu", "Inconnu", "\"inconnu\"", "''", "\"  \"", "{valeur: inconnu}"]
        {
            let read = read(&policy, &format!("{path}: {written}\n"));
            assert_eq!(answer(&policy, &read, path), "?", "{path}: {written}");
            assert!(read.fact(fact(&policy, path)).place.is_some());
        }
    }
    let nothing = read(&policy, "");
    assert!(nothing.facts.iter().all(|f| f.answer == Answer::Missing && f.place.is_none()));
    for written in ["", "null", "inconnu"] {
        assert!(read(&policy, &format!("adhérents: {written}\n")).lists[0].is_none());
        assert!(read(&policy, &format!("territoire: {written}\n")).facts.iter().all(|f| f.place.is_none()));
    }
    assert_eq!(read(&policy, "adhérents: []").lists[0].as_ref().map(|r| r.spans.len()), Some(0));
}

#[test]
fn groups_are_nested_or_dotted_in_yaml_and_in_json() {
    let policy = every_type();
    for text in [
        "territoire:\n  continu: oui\n  médecins: 34\n  médecins libéraux: 30\n",
        "territoire.continu: oui\nterritoire.médecins: 34\nterritoire.médecins  libéraux: 30\n",
        "territoire: {continu: oui, médecins: 34}\nterritoire.médecins libéraux: 30\n",
        "\u{feff}territoire:\r\n  continu: oui\r\n  médecins: 34\r\n  médecins libéraux: 30\r\n",
        "{\"territoire\": {\"continu\": true, \"médecins\": 34, \"m\\u00e9decins libe\u{301}raux\": \"30\"}}",
        "{\n\t\"territoire\": {\n\t\t\"continu\":true,\n\t\t\"médecins\":34, \"médecins libéraux\"\t: 30\n\t}\n}\n",
        "---\nterritoire:\n    continu: oui\n    médecins:    34   # au 1er janvier\n    médecins libéraux: 30\n...\n",
    ] {
        let read = read(&policy, text);
        assert_eq!(answer(&policy, &read, "territoire.continu"), "oui", "{text}");
        assert_eq!(answer(&policy, &read, "territoire.médecins"), "34", "{text}");
        assert_eq!(answer(&policy, &read, "territoire.médecins libéraux"), "30", "{text}");
        let place = read.fact(fact(&policy, "territoire.médecins")).place.unwrap();
        assert_eq!(read.file.slice(place.value), "34", "{text}");
    }
}

#[test]
fn answers_say_where_they_come_from() {
    let policy = every_type();
    let read = read(
        &policy,
        "dispositif: essai\ndossier: ESS 40\nexaminé le: 1er octobre 2025\n\
         médecins: {valeur: 34, source: \"Cnam, effectifs 2024\", au: 2024-12-31, par: X, motif: comptés}\n\
         lectures:\n  base du seuil: {valeur: Tous, par: ARS, motif: usage}\n  départ: inconnu\nattendu: [1, {a: b}]\n",
    );
    assert_eq!(read.name.as_deref(), Some("ESS 40"));
    assert_eq!(read.examined_on, Date::new(2025, 10, 1));
    let given = read.fact(fact(&policy, "médecins"));
    assert_eq!(given.answer, Answer::Known(Value::Number(Ratio::from(34))));
    assert_eq!(read.file.slice(given.place.unwrap().value), "34");
    let origin = given.origin.as_ref().unwrap();
    assert_eq!(origin.source.as_deref(), Some("Cnam, effectifs 2024"));
    assert_eq!(origin.as_of, Date::new(2024, 12, 31));
    assert_eq!((origin.by.as_deref(), origin.reason.as_deref()), (Some("X"), Some("comptés")));
    let retained = read.readings[0].as_ref().unwrap();
    assert_eq!(retained.option, 1);
    assert_eq!(retained.origin.as_ref().unwrap().by.as_deref(), Some("ARS"));
    assert!(read.readings[1].is_none());
}

#[test]
fn the_policy_that_a_dossier_asks_for() {
    for (text, asked) in [
        ("dispositif: essai", Some("essai")),
        ("{\"dossier\": 1}", None),
        ("", None),
        ("dispositif: inconnu\n", None),
        (
            "a: {dispositif: x, b: [dispositif, y]}\n? [dispositif]\n: z\ndispositif:  'les  uns'",
            Some("les uns"),
        ),
        ("[dispositif, x]", None),
        ("dispositif: essai\nce qui suit:\n - le lecteur\n  le dira", Some("essai")),
    ] {
        assert_eq!(
            dossier::file(text.as_bytes(), "d").and_then(|file| dossier::identify(&file)).unwrap().as_deref(),
            asked,
            "{text}"
        );
    }
    for text in ["dispositif: [essai]", "dispositif: *a", "nom: ]\ndispositif: essai"] {
        assert!(
            dossier::file(text.as_bytes(), "d").and_then(|file| dossier::identify(&file)).is_err(),
            "{text}"
        );
    }
}

#[test]
fn lists_keep_every_element_and_its_place() {
    let policy = every_type();
    let text =
        "adhérents:\n- {RPPS: 00123, exercice: mixte}\n- RPPS: \"10\"\n  adresse: {ville: Dax}\n- {}\n";
    let read = read(&policy, text);
    let rows = read.lists[0].as_ref().unwrap();
    let cells: Vec<String> = rows.cells.iter().map(|c| shown(&c.answer)).collect();
    assert_eq!(cells, ["«00123»", "#1", "?", "?", "«10»", "?", "«Dax»", "?", "?", "?", "?", "?"]);
    let elements: Vec<&str> = rows.spans.iter().map(|s| read.file.slice(*s)).collect();
    assert_eq!(elements, ["{RPPS: 00123, exercice: mixte}", "RPPS: \"10\"\n  adresse: {ville: Dax}", "{}"]);
    assert_eq!(read.file.slice(rows.key), "adhérents");
}
