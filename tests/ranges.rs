//! What answers to what is missing give, and how narrow amounts and time limits are.
//!
//! Each promise is kept: a value drawn in a range of answers, put in the dossier, gives the outcome and
//! the amounts that were promised. Amounts hold what every completion gives, and on small domains they are
//! as narrow as trying them all. Figures are worked out by hand.

#![allow(missing_docs, clippy::panic, clippy::expect_used, clippy::unwrap_used)]

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use conforme::check::check;
use conforme::currency::Currency;
use conforme::decision::{Answered, Decision, Missing, MissingPlace, Outcome, Status, Warning};
use conforme::eval::{Request, decide};
use conforme::known::{DateRange, End, Interval, Known};
use conforme::number::Ratio;
use conforme::policy::{ItemRef, Policy, Type};
use conforme::render::text::TextOptions;
use conforme::source::SourceFile;
use conforme::syntax::tree::Document;
use conforme::time::Date;
use num_rational::BigRational;
use proptest::prelude::*;
use support::generate::{Draw, Given, LIST, Partial, sample};
use support::naive::{Facts, Naive, Val, big, num};

/// Few by default, for the suite stays short; as many as `PROPTEST_CASES` says.
fn config(few: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { few };
    ProptestConfig { cases, failure_persistence: None, ..asked }
}

fn read(name: &str, text: &str) -> Option<(Policy, Document)> {
    let file = SourceFile::new(name, text.to_owned());
    let (document, _) = conforme::syntax::parse(&file);
    Some((check(&file).policy?, document))
}

fn decided(policy: &Policy, yaml: &str, on: Date) -> Option<Decision> {
    let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", policy)
        .unwrap_or_else(|wrong| panic!("{wrong:?}\n{yaml}"));
    decide(policy, &dossier, &Request { examined_on: on, readings: Vec::new() }).ok()
}

// --- promises ---------------------------------------------------------------------------------------

/// Values of a range of answers, its ends and what is next to them first, as a dossier says them.
fn drawn(known: &Known, ty: Type, currency: Currency) -> Vec<Val> {
    let number = |value: Ratio| Val::Num(big(&value));
    match known {
        Known::Truth(truth) => truth.value().map(Val::Bool).into_iter().collect(),
        Known::Number(interval) => {
            let step = match ty {
                Type::Amount => Ratio::new(1, 10_i128.pow(currency.decimals().into())).unwrap(),
                Type::Percent | Type::Number => Ratio::new(1, 100_000).unwrap(),
                _ => Ratio::one(),
            };
            let ends = [&interval.low, &interval.high].map(|end| end.value().cloned());
            let mut values: Vec<Ratio> = Vec::new();
            for end in ends.iter().flatten() {
                for by in [Ratio::zero(), step.clone(), step.neg(), Ratio::from(7), Ratio::from(-7)] {
                    values.push(end.add(&by));
                }
            }
            if let [Some(low), Some(high)] = &ends {
                let middle = low.add(high).div(&Ratio::from(2)).unwrap();
                values.push(middle.div(&step).unwrap().floor().mul(&step));
            }
            values.extend(ends.iter().all(Option::is_none).then(|| Ratio::from(3)));
            values.into_iter().filter(|value| interval.contains(value)).map(number).collect()
        }
        Known::Date(range) => {
            let mut days: Vec<Date> = Vec::new();
            for end in range.from.into_iter().chain(range.to) {
                days.extend([0, 1, -1, 40, -40].iter().filter_map(|by| end.plus_days(*by)));
            }
            days.retain(|day| range.contains(*day));
            days.into_iter().map(Val::Date).collect()
        }
        Known::Text(set) => set.value().map(|text| Val::Text(text.folded.to_string())).into_iter().collect(),
        Known::Choice(_) => Vec::new(),
    }
}

fn put(policy: &Policy, dossier: &Partial, missing: &Missing, value: Val) -> Partial {
    let mut dossier = dossier.clone();
    match missing.place {
        MissingPlace::Fact(fact) => {
            let path = policy.facts[fact.index()].path.to_string();
            dossier.facts.insert(path, Given::Known(value));
        }
        MissingPlace::Cell { row, field } => {
            let name = policy.fields[field.index()].name.to_string();
            let rows = dossier.list.as_mut().unwrap_or_else(|| panic!("{LIST}"));
            rows[row as usize].insert(name, Given::Known(value));
        }
        MissingPlace::List(_) => panic!("no list is missing"),
    }
    dossier
}

fn type_of(policy: &Policy, place: MissingPlace) -> Type {
    match place {
        MissingPlace::Fact(fact) => policy.facts[fact.index()].ask.ty,
        MissingPlace::Cell { field, .. } => policy.fields[field.index()].ask.ty,
        MissingPlace::List(_) => Type::Integer,
    }
}

/// The values of an answer: those of a choice by name.
fn values(policy: &Policy, missing: &Missing, one: &Answered) -> Vec<Val> {
    match (&one.value, type_of(policy, missing.place)) {
        (Known::Choice(set), Type::Choice(choice)) => {
            let options = &policy.choices[choice.index()].options;
            set.iter().map(|option| Val::Opt(options[usize::from(option)].to_string())).collect()
        }
        (known, ty) => drawn(known, ty, policy.currency),
    }
}

fn holds(range: &Interval, part: &Interval) -> bool {
    let hull = |interval: &Interval| Interval { whole: false, ..interval.clone() };
    hull(part).is_subset(&hull(range))
}

fn is_limited(decision: &Decision) -> bool {
    decision.warnings.iter().any(|warning| matches!(warning, Warning::TrialLimit(_)))
}

/// Holds a decision to what it promises of each answer.
fn keeps_its_word(policy: &Policy, dossier: &Partial, decision: &Decision, on: Date) {
    for missing in &decision.missing {
        for one in &missing.outcomes {
            for value in values(policy, missing, one) {
                let context = || format!("{one:?}: {value:?} in {}\n{}", dossier.yaml(), policy.file.text());
                let answered = put(policy, dossier, missing, value.clone());
                // An answer that no rule of coherence allows promises nothing.
                let Some(then) = decided(policy, &answered.yaml(), on) else { continue };
                // What is said of several answers at once, in a text that decides nothing, is the least that some of
                // them give.
                let least = match one.outcome {
                    Outcome::Incomplete => {
                        matches!(then.outcome, Outcome::Calculated | Outcome::DependsOnReading)
                    }
                    Outcome::DependsOnReading => then.outcome == Outcome::Calculated,
                    Outcome::Favourable | Outcome::Unfavourable | Outcome::Calculated => false,
                };
                let under_some = !policy.decision.stated && !one.value.is_single() && least;
                if !is_limited(&then) && !under_some {
                    assert_eq!(then.outcome, one.outcome, "{}", context());
                }
                for given in &one.gives {
                    let result = then.item(given.item);
                    if given.status != Status::Undetermined && given.status != Status::DependsOnReading {
                        assert_eq!(result.status, given.status, "{}", context());
                    }
                    if let Some(amount) = result.amount() {
                        let promised = given.amount().unwrap_or_else(|| panic!("{}", context()));
                        assert!(holds(promised, amount), "{amount:?} {promised:?} {}", context());
                    }
                    if let (Some(value), Some(promised)) = (&result.value, &given.value) {
                        assert!(value.is_subset(promised), "{value:?} {promised:?} {}", context());
                    }
                    if let Some(due) = result.due() {
                        let promised = given.due().unwrap_or_else(|| panic!("{}", context()));
                        assert!(due.is_subset(promised), "{due:?} {promised:?} {}", context());
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(96))]

    /// Any value of a range of answers gives the outcome, the amounts and the dates promised of it.
    #[test]
    fn each_answer_gives_what_is_promised(bytes in proptest::collection::vec(any::<u8>(), 0..260), holes in 1usize..4) {
        let drawn = sample(&bytes, holes);
        let Some((policy, _)) = read("essai.pol", &drawn.policy) else { return Ok(()) };
        let Some(decision) = decided(&policy, &drawn.dossier.yaml(), drawn.examined_on) else { return Ok(()) };
        keeps_its_word(&policy, &drawn.dossier, &decision, drawn.examined_on);
    }
}

// --- narrow amounts ---------------------------------------------------------------------------------

const SMALL: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2020

source T « Texte », texte opposable

dossier
  a1 : oui ou non
  a2 : oui ou non
  n1 : entier entre 0 et 3
  n2 : entier entre 0 et 3
  m1 : entier entre 0 et 3
  c1 : parmi rouge, vert, bleu
";

fn amount(draw: &mut Draw<'_>, depth: usize) -> String {
    let constant = format!("{} €", draw.below(6));
    match draw.below(if depth == 0 { 3 } else { 8 }) {
        0 => constant,
        1 => format!("{} € × n1", 1 + draw.below(3)),
        2 => format!("{} € × {}", 1 + draw.below(3), draw.pick(&["n2", "m1"])),
        3 => format!("({} + {})", amount(draw, depth - 1), amount(draw, depth - 1)),
        4 => format!("({} - {})", amount(draw, depth - 1), amount(draw, depth - 1)),
        5 => format!("({}) × {}", amount(draw, depth - 1), draw.pick(&["n1", "n2", "m1"])),
        6 => format!("({}) au minimum {constant}", amount(draw, depth - 1)),
        _ => format!("({}) plafonné à {constant}", amount(draw, depth - 1)),
    }
}

fn test_of(draw: &mut Draw<'_>) -> String {
    match draw.below(5) {
        0 => "a1".to_owned(),
        1 => "a2".to_owned(),
        2 => format!("c1 est {}", draw.pick(&["rouge", "vert"])),
        3 => format!("n1 ≤ {}", draw.below(3)),
        _ => "n2 > m1".to_owned(),
    }
}

fn small_policy(draw: &mut Draw<'_>) -> String {
    let mut text = SMALL.to_owned();
    let _ = write!(text, "\ncritère seul\n  selon T « seul »\n  exige {}\n", test_of(draw));
    let _ = write!(text, "\ndécision aide\n  favorable si tous les critères sont remplis\n");
    let due = if draw.one_in(2) { "  prévu si aide\n" } else { "" };
    let _ = write!(text, "\nfinancement somme\n  selon T « somme »\n{due}");
    for _ in 0..draw.below(3) {
        let _ = writeln!(text, "  montant {} si {}", amount(draw, 2), test_of(draw));
    }
    match text.ends_with(due) {
        true => writeln!(text, "  montant {}", amount(draw, 2)),
        false => writeln!(text, "  montant {} dans les autres cas", amount(draw, 2)),
    }
    .unwrap();
    text
}

fn small_values(path: &str) -> Vec<Val> {
    match path {
        "a1" | "a2" => vec![Val::Bool(true), Val::Bool(false)],
        "c1" => ["rouge", "vert", "bleu"].map(|option| Val::Opt(option.to_owned())).to_vec(),
        _ => (0..=3).map(num).collect(),
    }
}

fn ends(interval: &Interval) -> Option<(BigRational, BigRational)> {
    Some((big(interval.low.value()?), big(interval.high.value()?)))
}

proptest! {
    #![proptest_config(config(128))]

    /// An amount goes from the least to the greatest that some completion gives, where the trials did not
    /// end before; where they did, it holds them all and says that it may be narrower.
    #[test]
    fn an_amount_is_as_narrow_as_trying_all(bytes in proptest::collection::vec(any::<u8>(), 0..160)) {
        let mut draw = Draw::new(&bytes);
        let mut known: BTreeMap<&str, Option<Val>> = BTreeMap::new();
        for path in ["a1", "a2", "n1", "n2", "m1", "c1"] {
            let values = small_values(path);
            let value = values[draw.below(values.len())].clone();
            known.insert(path, (!draw.one_in(2)).then_some(value));
        }
        let text = small_policy(&mut draw);
        let Some((policy, document)) = read("essai.pol", &text) else { return Ok(()) };
        let mut yaml = "dispositif: essai\n".to_owned();
        let mut all = vec![Facts::default()];
        for (path, value) in &known {
            let word = match value {
                None => "inconnu".to_owned(),
                Some(Val::Bool(truth)) => if *truth { "oui" } else { "non" }.to_owned(),
                Some(Val::Num(number)) => number.to_string(),
                Some(Val::Opt(option)) => option.clone(),
                Some(other) => panic!("{other:?}"),
            };
            let _ = writeln!(yaml, "{path}: {word}");
            let values = value.clone().map_or_else(|| small_values(path), |value| vec![value]);
            all = all.iter().flat_map(|facts| values.iter().map(move |value| {
                let mut facts = facts.clone();
                facts.facts.insert((*path).to_owned(), value.clone());
                facts
            })).collect();
        }
        let on = Date::new(2025, 10, 1).unwrap();
        let decision = decided(&policy, &yaml, on).expect("nothing forbids it");
        let mut paid: Vec<BigRational> = Vec::new();
        for facts in &all {
            let results = Naive { document: &document, facts, examined_on: on, around: RefCell::default() }.results();
            paid.extend(results["somme"].amount.iter().map(|(low, _)| low.clone()));
        }
        let result = &decision.fundings[0];
        let context = || format!("{text}\n{yaml}");
        let (Some(least), Some(most)) = (paid.iter().min(), paid.iter().max()) else {
            prop_assert!(result.amount().is_none() || result.status == Status::Undetermined, "{}", context());
            return Ok(());
        };
        let (low, high) = result.amount().and_then(ends).expect("an amount that has ends");
        prop_assert!(low <= *least && *most <= high, "{low} {high} for {least} {most}: {}", context());
        if !result.by_reading.iter().any(|case| case.wide) {
            prop_assert_eq!((&low, &high), (least, most), "{}", context());
        }
    }
}

// --- worked out by hand -----------------------------------------------------------------------------

const INTERNSHIP: &str = include_str!("ranges/stage.pol");

fn internship(facts: &str) -> (Policy, Decision, String) {
    let (policy, _) = read("stage.pol", INTERNSHIP).expect("the policy checks");
    let on = Date::new(2025, 6, 1).unwrap();
    let yaml = format!("dispositif: stage\n{facts}");
    let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &policy).expect("a dossier");
    let request = Request { examined_on: on, readings: Vec::new() };
    let decision = decide(&policy, &dossier, &request).expect("it is examined");
    let text = conforme::render::text::decision(&policy, &dossier, &decision, &TextOptions::default());
    let plain = text.replace(['\u{a0}', '\u{202f}'], " ");
    (policy, decision, plain)
}

fn about<'d>(policy: &Policy, decision: &'d Decision, path: &str) -> &'d Missing {
    let is = |missing: &&Missing| match missing.place {
        MissingPlace::Fact(fact) => *policy.facts[fact.index()].path == *path,
        MissingPlace::List(_) | MissingPlace::Cell { .. } => false,
    };
    decision.missing.iter().find(is).unwrap_or_else(|| panic!("{path} is missing"))
}

fn euros(interval: Option<&Interval>) -> (i64, i64) {
    let end = |end: &End| end.value().and_then(Ratio::to_i64).expect("whole euros");
    let interval = interval.expect("an amount");
    (end(&interval.low), end(&interval.high))
}

/// Answers that leave nothing else open.
const CALM: &str = "jours: 0\nsaison: 1\nbilan: {long: oui, remis le: pas encore}\n";

const GRANTED: &str = "heures: 120\ndevis: 500 €\nfacture: 500 €\ntype: entreprise\nsalariés: 6\n";

#[test]
fn a_fact_that_moves_an_amount_alone_is_asked_with_what_each_answer_gives() {
    let (policy, decision, text) = internship(&format!("{GRANTED}revenu: 0 €\n"));
    assert_eq!(decision.outcome, Outcome::Favourable);
    let missing = about(&policy, &decision, "logé");
    assert!(!missing.decisive);
    // 120 × 3 and 120 × 4.
    let paid = |one: &Answered| (one.outcome, one.gives[0].status, euros(one.gives[0].amount()));
    let told: Vec<_> = missing.outcomes.iter().map(paid).collect();
    let due = |amount| (Outcome::Favourable, Status::Due, (amount, amount));
    assert_eq!(told, [due(360), due(480)]);
    assert!(text.contains("À demander pour fixer le montant\n  1. Le stagiaire est-il logé ?"), "{text}");
    assert!(text.contains("oui : 360 € · non : 480 €"), "{text}");
    let without_effect = text.split_once("sans effet").map_or("", |(_, rest)| rest);
    assert!(!without_effect.contains("logé"), "{text}");
}

#[test]
fn trials_narrow_an_amount() {
    let (policy, decision, text) = internship(&format!("{GRANTED}logé: oui\n{CALM}"));
    // 0 € up to 1 000 €, then 1 100 € less the income, never below 0 €.
    assert_eq!(euros(decision.fundings[1].amount()), (0, 100));
    assert!(text.contains("jusqu'à 100 €"), "{text}");
    assert!(!decision.warnings.iter().any(|warning| matches!(warning, Warning::WideRange(_))));
    let told: Vec<_> =
        about(&policy, &decision, "revenu").outcomes.iter().map(|one| euros(one.gives[0].amount())).collect();
    // Up to 1 000 €, and above.
    assert_eq!(told, [(0, 0), (0, 100)]);
}

#[test]
fn an_answer_that_leaves_a_reading_open_says_so() {
    let text = include_str!("ranges/lecture.pol");
    let on = Date::new(2026, 1, 1).unwrap();
    let policy = read("essai.pol", text).unwrap().0;
    let outcomes = |dossier: &str, label: &str| -> Vec<Outcome> {
        let decision = decided(&policy, dossier, on).unwrap();
        about(&policy, &decision, label).outcomes.iter().map(|one| one.outcome).collect()
    };
    // 100 € × n or 200 € × n: the same for none, another for one.
    assert_eq!(outcomes("m: 2\n", "n"), [Outcome::DependsOnReading]);
    assert_eq!(decided(&policy, "m: 2\nn: 1\n", on).unwrap().outcome, Outcome::DependsOnReading);
    assert_eq!(decided(&policy, "m: 2\nn: 0\n", on).unwrap().outcome, Outcome::Calculated);
    assert_eq!(outcomes("n: 0\n", "m"), [Outcome::Calculated]);
    assert_eq!(outcomes("n: 1\n", "m"), [Outcome::DependsOnReading]);
    // What nobody has said is missing first.
    assert_eq!(outcomes("{}\n", "m"), [Outcome::Incomplete]);
}

#[test]
fn a_range_that_trials_cannot_narrow_says_so() {
    // 100 × (200 - 100) is the most: found for certain only by trying one number after another.
    let (_, decision, text) = internship(&format!("{GRANTED}logé: oui\nrevenu: 0 €\n"));
    let result = &decision.fundings[2];
    let (low, high) = euros(result.amount());
    assert!(low <= 0 && high >= 10_000, "{low} {high}");
    assert!(result.by_reading[0].wide);
    assert!(decision.warnings.iter().any(|warning| matches!(warning, Warning::WideRange(_))));
    let on_one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(on_one_line.contains("plus large"), "{text}");
}

#[test]
fn a_value_alone_leaves_out_the_ends_beside_it() {
    let (policy, decision, text) = internship(
        "heures: 120\nlogé: oui\nrevenu: 0 €\ndevis: 500 €\ntype: entreprise\nsalariés: 6\ndérogation: non\n",
    );
    let five_hundred = || Ratio::from(500);
    let between = |low, high| Known::Number(Interval { low, high, whole: false });
    let told: Vec<(Known, Outcome)> = about(&policy, &decision, "facture")
        .outcomes
        .iter()
        .map(|one| (one.value.clone(), one.outcome))
        .collect();
    assert_eq!(
        told,
        [
            (between(End::Included(Ratio::zero()), End::Excluded(five_hundred())), Outcome::Unfavourable),
            (Known::Number(Interval::point(five_hundred())), Outcome::Favourable),
            (between(End::Excluded(five_hundred()), End::Infinite), Outcome::Unfavourable),
        ]
    );
    assert!(text.contains("moins de 500 €, ou plus de 500 € : défavorable · 500 € : favorable"), "{text}");
}

#[test]
fn what_the_authority_judges_is_not_asked_of_the_applicant() {
    let (policy, decision, text) = internship(
        "heures: 120\nlogé: oui\nrevenu: 0 €\ndevis: 500 €\nfacture: 1 €\ntype: entreprise\nsalariés: 6\n",
    );
    assert!(about(&policy, &decision, "dérogation").decisive);
    assert!(text.contains("À apprécier par l'autorité\n  1. Y a-t-il lieu de déroger ?"), "{text}");
    assert!(text.contains("appréciation : le directeur"), "{text}");
    assert!(!text.contains("À demander, avec un délai"), "{text}");
    assert!(text.contains("une appréciation de l'autorité manque"), "{text}");
}

#[test]
fn what_decides_which_questions_apply_is_asked_first_and_alone() {
    let (policy, decision, text) =
        internship(&format!("heures: 120\nlogé: oui\nrevenu: 0 €\ndevis: 500 €\nfacture: 500 €\n{CALM}"));
    let first = about(&policy, &decision, "type").place;
    assert_eq!(decision.missing[0].place, first);
    for later in ["âge", "salariés"] {
        assert_eq!(about(&policy, &decision, later).after, [first], "{later}");
    }
    assert!(text.contains("  1. Qui demande ?"), "{text}");
    assert!(!text.contains("  2. "), "{text}");
    assert!(text.contains("Selon la réponse, à demander ensuite : "), "{text}");
}

#[test]
fn past_three_ranges_neither_ranges_nor_some_of_the_rules_are_said() {
    let (_, _, text) = internship(&format!("{GRANTED}logé: oui\nrevenu: 0 €\n"));
    assert!(text.contains("à écrire dans jours"), "{text}");
    assert!(!text.contains("se compare"), "{text}");
    assert!(!text.contains("entre 11 et 20"), "{text}");
}

#[test]
fn each_answer_says_the_time_limit_that_it_gives() {
    let (policy, decision, _) = internship(&format!("{GRANTED}logé: oui\nrevenu: 0 €\n"));
    let missing = about(&policy, &decision, "bilan.long");
    let told: Vec<Option<DateRange>> = missing.outcomes.iter().map(|one| one.gives[0].due()).collect();
    let day = |month, day| Some(DateRange::day(Date::new(2025, month, day).unwrap()));
    assert_eq!(told, [day(12, 1), day(9, 1)]);
    assert!(matches!(missing.affects[..], [ItemRef::Obligation(_)]));
}
