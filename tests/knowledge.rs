//! How sharp the evaluator is without a single trial: what a context, a derogation or a coherence rule
//! teaches, and what is read for it. Expectations are worked out by hand.

#![allow(missing_docs, clippy::panic, clippy::expect_used)]

use conforme::check::check;
use conforme::decision::{MissingPlace, Status};
use conforme::dossier;
use conforme::eval::{Evaluator, Learnt, StatusSet, World, learn};
use conforme::known::{DateRange, Interval, Known};
use conforme::number::Ratio;
use conforme::policy::{CriterionId, FactId, ItemRef, ObligationId, Policy};
use conforme::source::SourceFile;
use conforme::time::Date;

const POLICY: &str = "\
dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2020

source T « Texte », texte opposable

dossier
  médecins : entier ≥ 0
  libéraux : entier ≥ 0
  dérogation : oui ou non
  urgent : oui ou non
  niveau : parmi bas < moyen < haut
  signé le : date
  déposé le : date
  prix : montant ≥ 0 €
  membres : liste
  membres.actif : oui ou non
  membres.âge : entier ≥ 0

cohérence effectifs
  exige
    - libéraux ≤ médecins
    - nombre de membres ≤ médecins
    - tous les membres vérifient âge ≤ 70

définition actifs
  vaut nombre de membres dont actif

définition adultes
  vaut somme de membres.âge dont âge ≥ 18

définition aînés
  vaut (nombre de membres dont âge ≤ 80) - (nombre de membres)

définition taux
  vaut libéraux ÷ médecins  si médecins > 0
  vaut 0 %                  dans les autres cas

définition prime
  vaut selon prix
    moins de 100 €               : 10 €
    de 100 € à moins de 1 000 €  : 20 €
    à partir de 1 000 €          : 30 €

définition remise
  vaut prix ÷ 2  si prix < 1 000 €
  vaut 500 €     dans les autres cas

définition total
  vaut prix - remise + prime

définition délai
  vaut signé le + 6 mois

critère nombre
  selon T « nombre »
  exige actifs ≥ 10
  sauf si dérogation

critère à droite
  selon T « à droite »
  exige médecins ≥ 10 et (médecins > 5 ou urgent)

critère assez
  selon T « assez »
  si urgent
  exige taux ≤ 100 %

critère ordre
  selon T « ordre »
  exige
    - niveau est soit bas, soit moyen, soit haut
    - total ≥ 0 €

décision accord
  favorable si tous les critères sont remplis

obligation dépôt
  selon T « dépôt »
  si signé le ≤ date d'examen
  au plus tard délai
  remplie par déposé le
";

struct Case {
    policy: Policy,
    world: World,
    learnt: Learnt,
}

/// What is known of a dossier, coherence rules included.
fn of(yaml: &str) -> Case {
    let checked = check(&SourceFile::new("essai.pol", POLICY));
    let policy = checked.policy.unwrap_or_else(|| {
        panic!("{}", conforme::render::diagnostics::text(&checked.diagnostics, 100, false))
    });
    let dossier = dossier::read(yaml.as_bytes(), "essai.yaml", &policy).expect("a dossier");
    let mut world = World::of(&policy, &dossier, date("2025-10-01"));
    let learnt = learn(&policy, &mut world).expect("coherent");
    Case { policy, world, learnt }
}

impl Case {
    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(&self.policy, &self.world, &self.learnt)
    }

    fn value(&self, definition: &str) -> Known {
        let found = self.policy.definitions.iter().find(|found| &*found.head.name == definition);
        self.evaluator().value(found.expect("a definition").body)
    }

    fn criterion(&self, name: &str) -> (StatusSet, Vec<MissingPlace>) {
        let rank =
            self.policy.criteria.iter().position(|found| &*found.head.name == name).expect("a criterion");
        let mut evaluator = self.evaluator();
        let statuses = evaluator.statuses(ItemRef::Criterion(CriterionId(rank as u32)));
        (statuses, evaluator.reads().iter().collect())
    }

    fn fact(&self, path: &str) -> FactId {
        FactId(self.policy.facts.iter().position(|fact| &*fact.path == path).expect("a fact") as u32)
    }
}

fn date(text: &str) -> Date {
    Date::parse_iso(text).expect("a date")
}

fn whole(low: i64, high: i64) -> Known {
    Known::Number(Interval::between(low.into(), high.into(), true).expect("numbers"))
}

fn members(active: usize, unknown: usize) -> String {
    let one = |answer: &str| format!("  - {{actif: {answer}, âge: 30}}\n");
    format!("médecins: 50\nmembres:\n{}{}", one("oui").repeat(active), one("inconnu").repeat(unknown))
}

#[test]
fn an_element_partly_known_counts_between_bounds() {
    assert_eq!(of(&members(10, 2)).value("actifs"), whole(10, 12));
    // Ten suffice: nobody is asked.
    let (statuses, reads) = of(&members(10, 2)).criterion("nombre");
    assert_eq!((statuses, reads), (StatusSet::only(Status::Met), Vec::new()));
}

#[test]
fn a_derogation_that_holds_settles_only_that_nothing_is_barred() {
    let known = of(&(members(9, 2) + "dérogation: oui\n"));
    let (statuses, reads) = known.criterion("nombre");
    assert_eq!(statuses, StatusSet::only(Status::Met).with(Status::Waived, true));
    assert_eq!(statuses.settled(), Status::Met);
    assert_eq!(reads.len(), 2, "both members that are not known: {reads:?}");
    let (statuses, _) = of(&(members(7, 2) + "dérogation: oui\n")).criterion("nombre");
    assert_eq!(statuses, StatusSet::only(Status::Waived));
}

#[test]
fn what_stands_on_the_right_is_read_knowing_the_left() {
    let known = of("urgent: inconnu\n");
    let (statuses, reads) = known.criterion("à droite");
    assert_eq!(statuses.settled(), Status::Undetermined);
    // Ten or more are more than five, whatever the urgency.
    assert_eq!(reads, [MissingPlace::Fact(known.fact("médecins"))]);
}

#[test]
fn coherence_rules_narrow_facts_lists_and_elements() {
    let known = of("médecins: 34\nmembres:\n  - {actif: oui}\n  - {actif: non, âge: 40}\n");
    assert_eq!(known.world.facts[known.fact("libéraux").index()], whole(0, 34));
    // The first is 70 at most, so that neither is above 80.
    assert_eq!(known.value("aînés"), whole(0, 0));
    assert_eq!(known.value("adultes"), whole(40, 110));
    let known = of("libéraux: 12\n");
    let at_least = Known::Number(Interval::at_least(Ratio::from(12), true));
    assert_eq!(known.world.facts[known.fact("médecins").index()], at_least);
    // An absent list has no more elements than there are physicians.
    assert_eq!(of("médecins: 5\n").value("actifs"), whole(0, 5));
    // Counted twice, one against the other: intervals do not know that they move together.
    assert_eq!(of("médecins: 5\n").value("aînés"), whole(-5, 5));
}

#[test]
fn a_line_is_worth_what_it_is_under_its_condition() {
    let percent = |low: i128, high: i128| {
        let of = |n| Ratio::new(n, 100).expect("a percentage");
        Known::Number(Interval::between(of(low), of(high), false).expect("percentages"))
    };
    // Physicians are 10 at least, as 10 of them are self-employed.
    let Known::Number(rate) = of("libéraux: 10\n").value("taux") else { panic!("a number") };
    assert!(Known::Number(rate).is_subset(&percent(0, 100)));
    assert_eq!(of("").value("prime"), whole(10, 30));
    // Half of less than 1 000 € is less than 500 €.
    let euros = Interval::between(0.into(), 500.into(), false).expect("euros");
    assert_eq!(of("").value("remise"), Known::Number(euros));
}

#[test]
fn an_item_that_does_not_apply_reads_nothing_else() {
    let known = of("urgent: non\n");
    assert_eq!(known.criterion("assez"), (StatusSet::only(Status::NotApplicable), Vec::new()));
    // One of all its options, whichever: only the price is open.
    let (_, reads) = known.criterion("ordre");
    assert_eq!(reads, [MissingPlace::Fact(known.fact("prix"))]);
}

#[test]
fn a_time_limit_is_known_under_what_the_item_supposes() {
    let known = of("");
    let mut evaluator = known.evaluator();
    let conforme::eval::ItemKnown::Obligation { deadline, .. } =
        evaluator.item(ItemRef::Obligation(ObligationId(0)))
    else {
        panic!("an obligation")
    };
    let latest = DateRange { from: None, to: Some(date("2026-04-01")) };
    assert!(deadline.is_subset(latest), "{deadline:?}: six months after the examination at the latest");
}
