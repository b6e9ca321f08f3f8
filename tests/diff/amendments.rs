//! The four draft amendments on three dossiers, whole: as a lawyer reads it, in Markdown, for programs. What
//! is worked out by hand stands in the tests below the snapshots.

use std::sync::OnceLock;

use conforme::diff::{Given, Origin, Side, Tried, effects, parts};
use conforme::history::{History, Sight, Text};
use conforme::probe::Options;
use conforme::render::Lang;
use conforme::render::diff::{Told, json, markdown, text};
use conforme::render::text::TextOptions;
use conforme::source::SourceFile;
use conforme::time::Date;
use serde_json::Value;

/// All that is printed of one amendment.
struct Printed {
    text: String,
    markdown: String,
    json: Value,
}

fn history(files: &[&str]) -> std::sync::Arc<History> {
    let texts = files.iter().map(|file| {
        let source = std::fs::read_to_string(format!("policies/{file}")).expect("a text");
        Text::new(SourceFile::new(*file, source)).expect("a text that reads")
    });
    History::all(texts).remove(0)
}

/// The text as it is, against the text with an amendment, over dossiers of `tests/diff/dossiers`.
fn compared(amendment: Option<&str>, day: Date) -> Printed {
    let sight = Sight { draft: true, known_on: None };
    let (old, new) = (
        history(&["ess/ess.pol"]),
        match amendment {
            Some(file) => history(&["ess/ess.pol", file]),
            None => history(&["ess/ess.pol"]),
        },
    );
    let (before, after) = (
        Side::on(&old, day, &sight).expect("the old text"),
        Side::on(&new, day, &sight).expect("the new text"),
    );
    let given = Given::new(&before, &after, None, day);
    let tried: Vec<Tried> = ["quatre-sur-trente", "douze-sur-soixante", "cinq-sur-soixante"]
        .into_iter()
        .map(|name| {
            let bytes = std::fs::read(format!("tests/diff/dossiers/{name}.yaml")).expect("a dossier");
            given.read(&bytes, name, Origin::Case).unwrap_or_else(|| panic!("{name} is sent back"))
        })
        .collect();
    let changes = parts(&before, &after);
    let effects = effects(&before, &after, &tried, &Options { most: 400, ..Options::new(day) });
    let told = Told {
        before_name: "ess",
        after_name: "ess",
        before: &before,
        after: &after,
        changes: &changes,
        effects: &effects,
    };
    let options = TextOptions { width: 80, lang: Lang::Fr, ..TextOptions::default() };
    Printed {
        text: text(&told, &options),
        markdown: markdown(&told, Lang::Fr),
        json: serde_json::from_str(&json(&told, Lang::Fr)).expect("JSON"),
    }
}

/// The same, worked out once for all the tests of an amendment.
fn printed(rank: usize) -> &'static Printed {
    static ALL: [OnceLock<Printed>; 5] = [const { OnceLock::new() }; 5];
    let day = |y, m, d| Date::new(y, m, d).expect("a day");
    let (file, day) = match rank {
        1 => (Some("exemples/avenant-1-seuil.pol"), day(2027, 1, 1)),
        2 => (Some("exemples/avenant-2-dotation.pol"), day(2027, 1, 1)),
        3 => (Some("exemples/avenant-3-lecture.pol"), day(2026, 7, 1)),
        4 => (Some("exemples/avenant-4-nouvelle-aquitaine.pol"), day(2027, 1, 1)),
        _ => (None, day(2027, 1, 1)),
    };
    ALL[rank].get_or_init(|| compared(file, day))
}

macro_rules! shown {
    ($name:expr, $rank:expr) => {
        let printed = printed($rank);
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.add_filter("[0-9a-f]{64}", "[SHA-256]");
        settings.bind(|| {
            insta::assert_snapshot!(concat!($name, "-text"), printed.text);
            insta::assert_snapshot!(concat!($name, "-markdown"), printed.markdown);
            let json = serde_json::to_string_pretty(&printed.json).expect("JSON");
            insta::assert_snapshot!(concat!($name, "-json"), json);
        });
    };
}

#[test]
fn a_higher_threshold_for_contracts_to_come() {
    shown!("avenant-1", 1);
}

#[test]
fn a_scale_in_place_of_a_range() {
    shown!("avenant-2", 2);
}

#[test]
fn a_reading_settled() {
    shown!("avenant-3", 3);
}

#[test]
fn a_variant_of_one_region() {
    shown!("avenant-4", 4);
}

#[test]
fn two_equal_texts() {
    shown!("textes-egaux", 0);
    let equal = &printed(0).json;
    assert_eq!(equal["changes"], serde_json::json!([]));
    assert_eq!(equal["witnesses"], serde_json::json!([]));
    assert!(equal["totals"].as_array().expect("totals").iter().all(|one| one["differ"] == 0));
}

/// The first witness of which something holds.
fn witness(json: &Value, holds: impl Fn(&Value) -> bool) -> &Value {
    let witnesses = json["witnesses"].as_array().expect("witnesses");
    witnesses.iter().find(|one| holds(one)).unwrap_or_else(|| panic!("{json:#}"))
}

fn difference<'j>(witness: &'j Value, name: &str) -> &'j Value {
    let all = witness["differences"].as_array().expect("differences");
    all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{witness:#}"))
}

#[test]
fn four_of_thirty_are_enough_for_ten_per_cent_and_not_for_fifteen() {
    // 4 ÷ 30 = 13.33 %; the contract is of 15 January 2027, the first cases to which the amendment goes
    // being those of 1 January.
    let first = &printed(1).json["witnesses"][0];
    assert_eq!((first["origin"].as_str(), first["name"].as_str()), (Some("case"), Some("quatre-sur-trente")));
    let outcome = &first["differences"][0];
    assert_eq!(
        (outcome["before"].as_str(), outcome["after"].as_str()),
        (Some("favourable"), Some("unfavourable"))
    );
    let threshold = difference(first, "seuil d'adhésion");
    assert_eq!(threshold["before"]["status"], "met");
    assert_eq!(threshold["after"]["status"], "not_met");
    assert_eq!(
        threshold["summary_after"],
        "adhérents comptés : 4 sur 30, soit 13,33 % (il faut : au moins 15 %)"
    );
    // 80 000 € that is no longer due.
    let credit = difference(first, "crédit d'amorçage");
    assert_eq!(credit["before"]["amount"]["min"], "80000.00");
    assert_eq!(credit["after"]["status"], "not_due");
    // 12 of 60 are a fifth; and 5 of 60 signed before 1 January 2027: neither changes.
    let cases = &printed(1).json["totals"][0];
    assert_eq!((cases["decided"].as_u64(), cases["differ"].as_u64()), (Some(3), Some(1)));
    assert_eq!(cases["newly_unfavourable"], 1);
}

#[test]
fn fifteen_per_cent_is_stood_at_from_below_on_and_above() {
    let bounds = printed(1).json["covered"]["bounds_after"].as_array().expect("bounds").clone();
    let raised = bounds.iter().find(|one| one["text"] == "taux d'adhésion ≥ 15 %").expect("the bound");
    assert_eq!((raised["sides"].as_u64(), raised["of"].as_u64()), (Some(3), Some(3)));
    // A divisor that counts doctors cannot be less than none.
    let divisor = bounds.iter().find(|one| one["text"] == "effectif de référence > 0").expect("the bound");
    assert_eq!((divisor["sides"].as_u64(), divisor["of"].as_u64()), (Some(2), Some(2)));
}

#[test]
fn each_line_of_a_scale_has_its_witness() {
    // Nine at most: 50 000 €; ten to nineteen: 75 000 €; twenty and more: 100 000 €.
    let json = &printed(2).json;
    for amount in ["50000.00", "75000.00", "100000.00"] {
        witness(json, |one| {
            let all = one["differences"].as_array().expect("differences");
            all.iter().any(|one| {
                one["name"] == "dotation annuelle"
                    && one["before"]["amount"]["min"] == "50000.00"
                    && one["before"]["amount"]["max"] == "100000.00"
                    && one["after"]["amount"]["min"] == amount
                    && one["after"]["amount"]["max"] == amount
            })
        });
    }
}

#[test]
fn five_of_sixty_are_favourable_once_only_liberal_doctors_count() {
    // 5 ÷ 35 = 14.29 % of liberal doctors; 5 ÷ 60 = 8.33 % of all.
    let json = &printed(3).json;
    let found = witness(json, |one| one["name"] == "cinq-sur-soixante" && one["origin"] == "case");
    let outcome = &found["differences"][0];
    let came = (outcome["before"].as_str(), outcome["after"].as_str());
    assert_eq!(came, (Some("depends_on_reading"), Some("favourable")));
    // A dossier that retains the reading which is settled otherwise is sent back, and told why.
    let refused = witness(json, |one| one["differences"][0]["kind"] == "sent_back");
    assert!(refused["refused"][0].as_str().expect("a reason").contains("base du seuil"), "{refused:#}");
}

#[test]
fn twelve_half_days_are_worth_six_hundred_euros_more_in_the_region() {
    // 12 × 200 € = 2 400 €; 12 × 250 € = 3 000 €.
    let found = witness(&printed(4).json, |one| one["differences"][0]["after"]["amount"]["min"] == "3000.00");
    assert_eq!(found["differences"][0]["before"]["amount"]["min"], "2400.00");
    assert_eq!(found["known_only_after"], serde_json::json!(["territoire.région"]));
    let scopes: Vec<_> =
        printed(4).json["changes"].as_array().expect("changes").iter().map(|one| &one["scope"]).collect();
    assert!(
        scopes.contains(&&serde_json::json!("territoire.région est « Nouvelle-Aquitaine »")),
        "{scopes:?}"
    );
}

#[test]
fn a_dossier_that_does_not_say_where_it_is_may_be_one_of_the_region() {
    // Twelve half-days each, and no region: 2 400 €, or 3 000 € in Nouvelle-Aquitaine.
    let cases = &printed(4).json["totals"][0];
    assert_eq!((&cases["tried"], &cases["differ"], &cases["may_differ"]), (&3.into(), &0.into(), &3.into()));
    // To an amendment that goes to all nothing has to be known.
    assert_eq!(printed(2).json["totals"][0]["may_differ"], 0);
}

#[test]
fn what_an_amendment_says_of_itself_is_no_change_of_a_rule() {
    for rank in 1..=4 {
        let json = &printed(rank).json;
        let kinds: Vec<_> =
            json["changes"].as_array().expect("changes").iter().map(|one| &one["kind"]).collect();
        assert!(!kinds.iter().any(|kind| *kind == "text" || *kind == "source"), "{kinds:?}");
        assert_eq!(json["sources_added"].as_array().map(Vec::len), Some(1));
        assert_eq!(json["after"]["amendments"][0]["number"], rank);
        assert_eq!(json["before"]["amendments"], serde_json::json!([]));
    }
}

#[test]
fn a_scope_is_said_in_words() {
    let scope = &printed(1).json["changes"][0]["scope_said"];
    assert_eq!(scope, "contrat signé le 1er janvier 2027 ou après");
}
