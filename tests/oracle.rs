//! The oracle itself is held against the hand-worked expectations, wherever a case is complete.

mod support;

use std::cell::RefCell;

use conforme::source::SourceFile;
use support::cases::read;
use support::naive::Naive;

#[test]
fn the_naive_evaluator_gives_the_outcomes_worked_out_by_hand() {
    let text = std::fs::read_to_string("policies/ess/ess.pol").expect("the policy");
    let (document, mistakes) = conforme::syntax::parse(&SourceFile::new("ess.pol", text));
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let expected = std::fs::read_to_string("tests/expected/ess.yaml").expect("the expectations");
    let expected: serde_yaml::Mapping = serde_yaml::from_str(&expected).expect("YAML");
    let mut tried = 0;
    for (name, expected) in expected {
        let name = name.as_str().expect("a name").to_owned();
        let yaml = std::fs::read_to_string(format!("policies/ess/cases/{name}.yaml")).expect("the case");
        let mut case = read(&document, &yaml);
        // A fact that is asked only of some is missing where it is not asked.
        case.holes.retain(|hole| hole.1 != "collaboration.autres ESS" || name.starts_with("18"));
        if !case.holes.is_empty() || !case.absent_lists.is_empty() {
            continue;
        }
        for (chosen, outcome) in expected["readings"].as_mapping().expect("readings") {
            let (base, links) = chosen.as_str().expect("two options").split_once(" / ").expect("two options");
            let readings = [
                ("base du seuil", base),
                ("composition de l'équipe", "plusieurs médecins"),
                ("formalisation des liens", links),
                ("départ des six mois", "signature"),
                ("ouverture de la dotation annuelle", "critères seuls"),
                ("champ du forfait", "toute consultation"),
            ];
            case.facts.readings =
                readings.iter().map(|(name, option)| ((*name).to_owned(), (*option).to_owned())).collect();
            if outcome.as_str() == Some("depends_on_reading") {
                // What it depends on is the one reading that the combination leaves open.
                let favourable = ["plusieurs médecins", "un médecin suffit"].map(|option| {
                    case.facts.readings.insert("composition de l'équipe".to_owned(), option.to_owned());
                    let (facts, examined_on) = (&case.facts, case.examined_on);
                    Naive { document: &document, facts, examined_on, around: RefCell::default() }.favourable()
                });
                assert_eq!(favourable, [false, true], "{name}");
                continue;
            }
            let naive = Naive {
                document: &document,
                facts: &case.facts,
                examined_on: case.examined_on,
                around: RefCell::default(),
            };
            assert!(naive.coherent(), "{name}");
            let favourable = if naive.favourable() { "favourable" } else { "unfavourable" };
            assert_eq!(Some(favourable), outcome.as_str(), "{name}, {chosen:?}");
            let results = naive.results();
            for (obligation, expected) in
                expected.get("obligations").and_then(|o| o.as_mapping()).into_iter().flatten()
            {
                let status = expected[0].as_str().expect("a status");
                if status != "depends_on_reading" {
                    let result = &results[obligation.as_str().expect("a name")];
                    assert_eq!(result.status, status, "{name}");
                    let due = result.due.map(|due| due.to_string());
                    assert_eq!(due.as_deref(), expected[1].as_str(), "{name}");
                }
            }
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried}");
}
