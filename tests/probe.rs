//! Dossiers that stand at every bound: what is stood at, that each loads, and that the quick evaluator
//! agrees with the whole one.

mod support;

use std::collections::BTreeMap;

use conforme::dossier::{self, Dossier};
use conforme::eval::plain::Brief;
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::probe::{self, Bound, Fitter, Options, Probed, Side, Sketch, Swift, operands};
use conforme::source::SourceFile;
use conforme::time::Date;
use proptest::prelude::*;

fn policy(path: &str) -> Policy {
    let text = std::fs::read_to_string(path).expect("the policy");
    conforme::check::check(&SourceFile::new(path, text)).policy.expect("a policy that checks")
}

fn cases(policy: &Policy, id: &str) -> Vec<Sketch> {
    let mut paths: Vec<_> = std::fs::read_dir(format!("policies/{id}/cases"))
        .expect("the cases")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).expect("a case");
            let dossier = dossier::read(&bytes, "cas.yaml", policy).expect("a case that loads");
            let on = dossier.examined_on.expect("a date");
            Sketch::of(policy, &dossier, on)
        })
        .collect()
}

fn today() -> Date {
    Date::new(2025, 10, 1).expect("a date")
}

/// What a bound compares, as it is written.
fn written(policy: &Policy, bound: Bound) -> String {
    let text = |expr| {
        let text = policy.file.slice(policy.exprs.get(expr).span);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    match operands(policy, bound) {
        Some((left, right)) => format!("{} | {}", text(left), text(right)),
        None => format!("{}, dernier jour {}", text(bound.expr), bound.part),
    }
}

fn reached(policy: &Policy, probed: &Probed) -> BTreeMap<String, Vec<Side>> {
    let own = probed.reached.iter().map(|((_, bound), sides)| (written(policy, *bound), sides.clone()));
    own.collect()
}

const ALL: [Side; 3] = [Side::Below, Side::On, Side::Above];

#[test]
fn every_bound_of_ess_is_stood_at_from_its_cases_and_from_nothing() {
    let policy = policy("policies/ess/ess.pol");
    for seeds in [cases(&policy, "ess"), Vec::new()] {
        let probed = probe::dossiers(&[&policy], &seeds, &Options::new(today()));
        let reached = reached(&policy, &probed);
        for bound in [
            "territoire.médecins | 10",
            "taux d'adhésion | 10 %",
            "taux d'adhésion | 50 %",
            "effectif de référence | 0",
            "consultations avancées.demi-journées | 1",
            "lettre d'intention.reçue le | date d'examen",
            "contrat.signé le | date d'examen",
        ] {
            let sides = &reached[bound];
            // A count of professionals is never less than nothing.
            let wanted: &[Side] = if bound.starts_with("effectif") { &[Side::On, Side::Above] } else { &ALL };
            assert_eq!(sides, wanted, "{bound}, from {} seeds: {reached:#?}", seeds.len());
        }
    }
}

#[test]
fn the_levels_of_a_scale_and_a_time_limit_are_tried_on_both_sides() {
    let policy = policy("policies/ess/ess.pol");
    let seeds = cases(&policy, "ess");
    let probed = probe::dossiers(&[&policy], &seeds, &Options::new(today()));
    let fitter = Fitter::new(&policy);
    let swift = Swift::new(&policy);
    let rank = policy.items().position(|item| &*policy.head(item).name == "dépôt du projet de santé");
    let mut deposits = std::collections::BTreeSet::new();
    let mut levels = std::collections::BTreeSet::new();
    for probe in &probed.probes {
        let fitted = fitter.dossier(&probe.sketch).expect("a dossier of its policy");
        let yaml = probe.sketch.yaml("ess", "essai");
        if let Some(level) = yaml.lines().find_map(|line| line.strip_prefix("  échelon: ")) {
            levels.insert(level.to_owned());
        }
        let brief = swift.brief(&fitted.dossier, probe.sketch.examined_on).expect("an examined dossier");
        let obligation = brief.item(rank.expect("the obligation")).expect("the obligation");
        let deposit = yaml.lines().find_map(|line| line.strip_prefix("  déposé le: ")).map(str::to_owned);
        let due = obligation.due().and_then(|due| due.value());
        if let (Some(due), Some(deposit)) = (due, deposit.and_then(|day| Date::parse_iso(&day))) {
            deposits.insert(due.days_until(deposit));
        }
    }
    assert_eq!(levels.len(), 4, "{levels:?}");
    for days in [-1, 0, 1] {
        assert!(deposits.contains(&days), "a deposit {days} days after the limit: {deposits:?}");
    }
}

#[test]
fn the_bounds_of_the_other_policy_are_stood_at_or_told() {
    let policy = policy("policies/csq/csq.pol");
    let probed = probe::dossiers(&[&policy], &cases(&policy, "csq"), &Options::new(today()));
    let reached = reached(&policy, &probed);
    for bound in
        ["population | 10 000", "population | 4 000", "population | 19 999", "dépenses retenues | 10 000 €"]
    {
        assert_eq!(reached.get(bound).map(Vec::as_slice), Some(&ALL[..]), "{bound}: {reached:#?}");
    }
    // A definition gives 1 500 or 2 000 inhabitants.
    assert_eq!(reached["population | population minimale"], ALL);
    let all: usize = reached.values().map(Vec::len).sum();
    println!("{all} sides of {} bounds", reached.len());
    let open: Vec<_> = reached.iter().filter(|(_, sides)| sides.len() < 3).collect();
    assert!(all > reached.len() * 5 / 2, "not stood at: {open:#?}");
}

/// Every dossier that is made is written, read back the same, and examined.
fn loads(policy: &Policy, id: &str, probed: &Probed) {
    let fitter = Fitter::new(policy);
    for probe in &probed.probes {
        let yaml = probe.sketch.yaml(id, "essai");
        let read = dossier::read(yaml.as_bytes(), "essai.yaml", policy)
            .unwrap_or_else(|mistakes| panic!("{yaml}\n{mistakes:#?}"));
        assert_eq!(Sketch::of(policy, &read, probe.sketch.examined_on), probe.sketch, "{yaml}");
        let made: Dossier = fitter.dossier(&probe.sketch).expect("a dossier").dossier;
        let request = Request { examined_on: probe.sketch.examined_on, readings: Vec::new() };
        if let Err(mistakes) = decide(policy, &made, &request) {
            panic!("{yaml}\n{mistakes:#?}");
        }
    }
}

#[test]
fn every_dossier_that_is_made_loads_and_is_examined() {
    for id in support::policies::POLICIES {
        let policy = support::policies::policy(id);
        let options = Options { parents: 2, ..Options::new(today()) };
        loads(policy, id, &probe::dossiers(&[policy], &cases(policy, id), &options));
        loads(policy, id, &probe::dossiers(&[policy], &[], &options));
    }
}

#[test]
fn the_same_inputs_make_the_same_dossiers() {
    let policy = policy("policies/csq/csq.pol");
    let make = || {
        let probed = probe::dossiers(&[&policy], &[], &Options { parents: 2, ..Options::new(today()) });
        probed.probes.iter().map(|probe| probe.sketch.yaml("csq", "essai")).collect::<Vec<_>>()
    };
    assert_eq!(make(), make());
}

#[test]
fn the_values_of_one_answer_are_tried_up_to_the_limit() {
    // Three values at each bound: just below it, on it, just above.
    let bounds = conforme::limits::PROBE_VALUES / 3;
    let cut = |bounds: usize| {
        let mut text = String::from(
            "dispositif aide « Aide »\n  en vigueur depuis le 1er janvier 2025\n\nsource loi « Loi », texte opposable\n\n\
             dossier\n  n : entier ≥ 0\n    « Combien ? »\n",
        );
        for rank in 1..=bounds {
            text += &format!("\ncritère c{rank}\n  selon loi « au moins {0} »\n  exige n ≥ {0}\n", 10 * rank);
        }
        text += "\ndécision droit\n  favorable si tous les critères sont remplis\n";
        let checked = conforme::check::check(&SourceFile::new("aide.pol", text));
        let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
        probe::dossiers(&[&policy], &[], &Options { parents: 1, ..Options::new(today()) }).cut
    };
    assert_eq!(cut(bounds), 0);
    assert!(cut(bounds + 1) > 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dossiers_of_drawn_policies_load_and_are_decided_as_the_whole_evaluator_does(
        bytes in prop::collection::vec(any::<u8>(), 40..160),
    ) {
        let sample = support::generate::sample(&bytes, 0);
        let checked = conforme::check::check(&SourceFile::new("essai.pol", sample.policy.clone()));
        let Some(policy) = checked.policy else { return Ok(()) };
        let options = Options { most: 40, parents: 2, ..Options::new(sample.examined_on) };
        let probed = probe::dossiers(&[&policy], &[], &options);
        loads(&policy, "essai", &probed);
        let fitter = Fitter::new(&policy);
        let swift = Swift::new(&policy);
        for probe in &probed.probes {
            let made = fitter.dossier(&probe.sketch).expect("a dossier").dossier;
            let request = Request { examined_on: sample.examined_on, readings: Vec::new() };
            let whole = Brief::of(&decide(&policy, &made, &request).expect("examined"));
            let quick = swift.brief(&made, sample.examined_on).expect("examined");
            prop_assert_eq!(whole, quick, "{}\n{}", sample.policy, probe.sketch.yaml("essai", "essai"));
        }
    }
}
