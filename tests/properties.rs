//! Properties that hold of every policy and dossier that the generator draws.
//!
//! The oracle is [`support::naive`]: complete facts, one reading at a time, plain recursion. What the
//! engine says of an incomplete dossier is held against every completion.

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;

use conforme::check::check;
use conforme::decision::{Decision, MissingPlace, Outcome, Status};
use conforme::dossier::{Dossier, Sheet};
use conforme::eval::plain::{Batch, Brief, Plain};
use conforme::eval::{Decider, Request, decide};

use conforme::known::Known;
use conforme::policy::{ItemRef, Policy, ReadingId, Type};
use conforme::render::Explain;
use conforme::render::json::Printer;
use conforme::source::SourceFile;
use conforme::syntax::tree::Document;
use proptest::prelude::*;
use support::generate::{Draw, Given, LIST, Partial, Sample, open_sample, sample};
use support::naive::{Facts, Naive, Val, big};
use support::shuffle::shuffle;

/// A drawn policy that the checker accepts, with its tree for the oracle.
struct Ready {
    sample: Sample,
    policy: Policy,
    document: Document,
}

fn ready(sample: Sample) -> Option<Ready> {
    let file = SourceFile::new("essai.pol", sample.policy.clone());
    let (document, _) = conforme::syntax::parse(&file);
    let policy = check(&file).policy?;
    Some(Ready { sample, policy, document })
}

/// What the engine says of a partial dossier under some settled readings; `None` when sent back.
fn decided(ready: &Ready, dossier: &Partial, readings: &[(ReadingId, u16)]) -> Option<Decision> {
    let dossier = conforme::dossier::read(dossier.yaml().as_bytes(), "essai.yaml", &ready.policy)
        .unwrap_or_else(|mistakes| panic!("the drawn dossier is of its types: {mistakes:?}"));
    let request = Request { examined_on: ready.sample.examined_on, readings: readings.to_vec() };
    decide(&ready.policy, &dossier, &request).ok()
}

/// Every choice of an option for each reading.
fn readings(policy: &Policy) -> Vec<Vec<(ReadingId, u16)>> {
    let mut all = vec![Vec::new()];
    for (rank, reading) in policy.readings.iter().enumerate() {
        let count = policy.choices[reading.choice.index()].options.len();
        all = all
            .iter()
            .flat_map(|chosen: &Vec<(ReadingId, u16)>| {
                (0..count).map(move |option| {
                    let mut longer = chosen.clone();
                    longer.push((ReadingId(rank as u32), option as u16));
                    longer
                })
            })
            .collect();
    }
    all
}

fn with_readings(policy: &Policy, facts: &Facts, chosen: &[(ReadingId, u16)]) -> Facts {
    let mut facts = facts.clone();
    for (reading, option) in chosen {
        let reading = &policy.readings[reading.index()];
        let option = &policy.choices[reading.choice.index()].options[usize::from(*option)];
        facts.readings.insert(reading.head.name.to_string(), option.to_string());
    }
    facts
}

fn naive<'a>(ready: &'a Ready, facts: &'a Facts) -> Naive<'a> {
    Naive {
        document: &ready.document,
        facts,
        examined_on: ready.sample.examined_on,
        around: RefCell::default(),
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::NotMet => "not_met",
        Status::Waived => "waived",
        Status::Reached => "reached",
        Status::NotReached => "not_reached",
        Status::Covered => "covered",
        Status::NotCovered => "not_covered",
        Status::Due => "due",
        Status::NotDue => "not_due",
        Status::Fulfilled => "fulfilled",
        Status::Pending => "pending",
        Status::Missed => "missed",
        Status::Elapsed => "elapsed",
        Status::Favourable => "favourable",
        Status::Unfavourable => "unfavourable",
        Status::NotApplicable => "not_applicable",
        Status::Undetermined => "undetermined",
        Status::DependsOnReading => "depends_on_reading",
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..most)
}

proptest! {
    #![proptest_config(config())]

    /// On complete facts and one reading of each, the engine and the oracle agree on everything.
    #[test]
    fn agrees_with_the_naive_evaluator(bytes in bytes(260)) {
        let Some(ready) = ready(sample(&bytes, 0)) else { return Ok(()) };
        for facts in ready.sample.dossier.completions(ready.sample.examined_on, 4) {
            for chosen in readings(&ready.policy) {
                let facts = with_readings(&ready.policy, &facts, &chosen);
                let naive = naive(&ready, &facts);
                let decision = decided(&ready, &ready.sample.dossier, &chosen);
                prop_assert_eq!(decision.is_some(), naive.coherent(), "{}", ready.sample.policy);
                let Some(decision) = decision else { continue };
                for item in ready.policy.items().filter(|item| is_stated(&ready.policy, *item)) {
                    let name = ready.policy.head(item).name.to_string();
                    let result = decision.item(item);
                    let expected = &naive.results()[&name];
                    prop_assert_eq!(word(result.status), expected.status, "{} in\n{}", name, ready.sample.policy);
                    let amount = result.amount().map(ends);
                    prop_assert_eq!(amount, expected.amount.clone(), "{} in\n{}", name, ready.sample.policy);
                    let due = result.due().map(|due| (due.from, due.to));
                    prop_assert_eq!(due, expected.due.map(|due| (Some(due), Some(due))), "{}", name);
                    let words = result.value.as_ref().map(|known| words(&ready.policy, item, known));
                    let expected = expected.word.clone().map(|word| vec![word]);
                    prop_assert_eq!(words.filter(|words| !words.is_empty()), expected, "{}", name);
                }
            }
        }
    }

    /// Where the plain evaluator answers, it answers as the general one; of complete facts and one
    /// reading of each, it does answer wherever the dossier is examined.
    #[test]
    fn plain_agrees_with_the_general_evaluator(bytes in bytes(260), holes in 0usize..3) {
        let Some(ready) = ready(open_sample(&bytes, holes)) else { return Ok(()) };
        let plain = Plain::new(&ready.policy);
        let decider = Decider::new(&ready.policy);
        let printer = Printer::new(&ready.policy);
        let yaml = ready.sample.dossier.yaml();
        let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &ready.policy).expect("a dossier");
        let written = on_sheet(&ready, &yaml);
        for chosen in readings(&ready.policy).into_iter().chain([Vec::new()]) {
            let brief = plain.decide(&dossier, ready.sample.examined_on, &chosen);
            if let Some((read, sheet)) = &written {
                let same = plain.decide(read, ready.sample.examined_on, &chosen);
                let told = plain.decide_answers(sheet, ready.sample.examined_on, &chosen);
                prop_assert_eq!(told, same, "{}\n{}", ready.sample.policy, &yaml);
            }
            let request = Request { examined_on: ready.sample.examined_on, readings: chosen.clone() };
            let decision = decider.decide_generally(&dossier, &request).ok();
            let context = || format!("{}\n{yaml}", ready.sample.policy);
            match (brief, &decision) {
                (Some(brief), Some(decision)) => {
                    prop_assert_eq!(brief, Brief::of(decision), "{}", context());
                    let quickly = decider.decide(&dossier, &request).expect("as above");
                    let told = |decision| printer.decision(&dossier, decision);
                    prop_assert_eq!(told(&quickly), told(decision), "{}", context());
                }
                (Some(_), None) => prop_assert!(false, "decided though sent back:\n{}", context()),
                (None, Some(_)) if chosen.len() == ready.policy.readings.len() => {
                    let left = !is_complete(&ready.sample.dossier) || gives_a_text(&ready.policy) || is_open(&ready);
                    prop_assert!(left, "left to the other:\n{}", context());
                }
                (None, _) => {}
            }
        }
    }

    /// Column by column, dossiers are decided as each alone; of what has a place in its column, all are.
    #[test]
    fn a_batch_is_decided_as_each_of_its_dossiers(bytes in bytes(260), holes in 0usize..3) {
        let Some(ready) = ready(open_sample(&bytes, holes)) else { return Ok(()) };
        let plain = Plain::new(&ready.policy);
        let mut sheets: Vec<Sheet> = on_sheet(&ready, &ready.sample.dossier.yaml()).map(|(_, sheet)| sheet).into_iter().collect();
        for (rank, facts) in completions(&ready).iter().enumerate().take(70) {
            let given = |(path, value): (&String, &Val)| (path.clone(), Given::Known(value.clone()));
            let mut dossier = Partial { facts: facts.facts.iter().map(given).collect(), list: None };
            // Lists of several lengths, and some that are not given.
            let known = |row: &BTreeMap<String, Val>| {
                row.iter().map(given).collect()
            };
            let rows = facts.lists.get(LIST).filter(|_| rank % 7 != 3);
            dossier.list = rows.map(|rows| rows.iter().skip(rank % 2).take(rank % 4 + 1).map(known).collect());
            sheets.extend(on_sheet(&ready, &dossier.yaml()).map(|(_, sheet)| sheet));
        }
        let mut batch = Batch::new(&ready.policy);
        prop_assert!(sheets.iter().all(|sheet| batch.push(sheet)));
        for chosen in readings(&ready.policy).into_iter().chain([Vec::new()]) {
            let briefs = plain.decide_batch(&batch, ready.sample.examined_on, &chosen).expect("a shallow text");
            for (row, sheet) in sheets.iter().enumerate() {
                let alone = plain.decide_answers(sheet, ready.sample.examined_on, &chosen);
                let told = briefs.brief(row);
                let context = || format!("{row} of {}\n{}", ready.sample.policy, ready.sample.dossier.yaml());
                prop_assert_eq!(told, alone, "{}", context());
            }
        }
    }

    /// Without its trees, a decision is as long as what it says: some hundred bytes an item, and a question with
    /// what each answer gives.
    #[test]
    fn a_decision_without_its_trees_is_short(bytes in bytes(260), holes in 0usize..5) {
        let Some(ready) = ready(open_sample(&bytes, holes)) else { return Ok(()) };
        let yaml = ready.sample.dossier.yaml();
        let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &ready.policy).expect("a dossier");
        let Some(decision) = decided(&ready, &ready.sample.dossier, &[]) else { return Ok(()) };
        // A drawn text has up to some twenty facts and fifteen items, each with its sentence of warning at worst.
        for (explain, most) in [(Explain::None, 8 << 10), (Explain::Brief, 16 << 10)] {
            let printed = Printer::new(&ready.policy).explaining(explain).decision(&dossier, &decision);
            prop_assert!(printed.len() <= most, "{} bytes:\n{}", printed.len(), printed);
        }
    }

    /// What is decided without why, the items of which all is known plainly, is what is decided in full:
    /// whatever is missing, whichever readings are left open.
    #[test]
    fn a_brief_is_that_of_the_whole_decision(bytes in bytes(260), holes in 0usize..5, settled in any::<usize>()) {
        let Some(ready) = ready(open_sample(&bytes, holes)) else { return Ok(()) };
        let decider = Decider::new(&ready.policy);
        let yaml = ready.sample.dossier.yaml();
        let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &ready.policy).expect("a dossier");
        let all = readings(&ready.policy);
        let chosen = &all[settled % all.len()];
        // All readings open, some settled, all settled.
        for most in [0, chosen.len() / 2, chosen.len()] {
            let readings = chosen[..most].to_vec();
            let request = Request { examined_on: ready.sample.examined_on, readings };
            let brief = decider.brief(&dossier, &request).ok();
            let whole = decider.decide_generally(&dossier, &request).ok();
            let whole = whole.as_ref().map(Brief::of);
            prop_assert_eq!(brief, whole, "{}\n{}", ready.sample.policy, yaml);
        }
    }

    /// No determined status or outcome is contradicted by any completion under any reading; an
    /// incomplete outcome has a decisive fact; and a fact that is not decisive changes no outcome.
    #[test]
    fn is_never_contradicted_by_a_completion(bytes in bytes(260)) {
        let Some(ready) = ready(open_sample(&bytes, 3)) else { return Ok(()) };
        let Some(decision) = decided(&ready, &ready.sample.dossier, &[]) else {
            for facts in completions(&ready) {
                for chosen in readings(&ready.policy).iter().take(1) {
                    let facts = with_readings(&ready.policy, &facts, chosen);
                    prop_assert!(!naive(&ready, &facts).coherent(), "refused though a completion holds:\n{}\n{}", ready.sample.policy, ready.sample.dossier.yaml());
                }
            }
            return Ok(());
        };
        let context = || format!("{}\n{}", ready.sample.policy, ready.sample.dossier.yaml());
        let completions = completions(&ready);
        let first = &readings(&ready.policy)[0];
        let some = completions.iter().any(|facts| naive(&ready, &with_readings(&ready.policy, facts, first)).coherent());
        prop_assert!(some || completions.len() >= MOST, "examined though no completion holds:\n{}", context());
        // What the text does not say yet, nobody can answer.
        if decision.outcome == Outcome::Incomplete && !is_open(&ready) {
            prop_assert!(decision.missing.iter().any(|missing| missing.decisive), "no decisive fact:\n{}", context());
        }
        // The outcome of each completion, by what it says of each missing place.
        let holes = holes(&ready.sample.dossier);
        let decisive: Vec<bool> = holes.iter().map(|hole| is_decisive(&ready.policy, &decision, hole)).collect();
        for chosen in readings(&ready.policy) {
            let mut outcomes: BTreeMap<String, bool> = BTreeMap::new();
            for facts in &completions {
                let facts = with_readings(&ready.policy, facts, &chosen);
                let naive = naive(&ready, &facts);
                if !naive.coherent() {
                    continue;
                }
                let favourable = naive.favourable();
                match decision.outcome {
                    Outcome::Favourable => prop_assert!(favourable, "{}", context()),
                    Outcome::Unfavourable => prop_assert!(!favourable, "{}", context()),
                    Outcome::Incomplete | Outcome::DependsOnReading | Outcome::Calculated => {}
                }
                for (name, expected) in naive.results() {
                    let item = item(&ready.policy, &name);
                    let result = decision.item(item);
                    let one = |status: &str| match (item, status) {
                        (ItemRef::Criterion(_), "met" | "waived" | "not_applicable") => "met".to_owned(),
                        _ => status.to_owned(),
                    };
                    // What nothing makes due may turn out to be without object.
                    let pays_nothing = result.status == Status::NotDue && expected.status == "not_applicable";
                    let open = matches!(result.status, Status::Undetermined | Status::DependsOnReading);
                    if !open && !pays_nothing {
                        prop_assert_eq!(one(word(result.status)), one(expected.status), "{} in\n{}", name, context());
                    }
                    if let (Some(amount), Some((low, high))) = (result.amount(), &expected.amount) {
                        prop_assert!(within(amount, low) && within(amount, high), "{}", context());
                    }
                    if let (Some(known), Some(expected)) = (&result.value, &expected.word) {
                        let words = words(&ready.policy, item, known);
                        prop_assert!(words.is_empty() || words.contains(expected), "{:?} {}", words, context());
                    }
                    if let (Some(due), Some(expected)) = (result.due(), expected.due) {
                        let from = due.from.is_none_or(|from| from <= expected);
                        prop_assert!(from && due.to.is_none_or(|to| expected <= to), "{}", context());
                    }
                }
                // Facts that are not decisive are free: what the others say fixes the outcome.
                if is_open(&ready) {
                    continue;
                }
                let key: Vec<String> = holes
                    .iter()
                    .zip(&decisive)
                    .filter(|(_, decisive)| **decisive)
                    .map(|(hole, _)| format!("{hole:?}={:?}", at(&facts, hole)))
                    .collect();
                let key = key.join(" ");
                if let Some(before) = outcomes.insert(key, favourable) {
                    prop_assert_eq!(before, favourable, "a fact that is not decisive decides:\n{}", context());
                }
            }
        }
    }
}

/// At most so many completions are tried, whatever the values that the text does not give.
const MOST: usize = 2_000;

/// Whether the text does not give a value for every day.
fn is_open(ready: &Ready) -> bool {
    let ends = ["31 août 2025\n", "31 décembre 2025\n"];
    ends.iter().any(|end| ready.sample.policy.contains(end))
}

/// Every completion of the drawn dossier, with some of the values that the text does not give yet.
fn completions(ready: &Ready) -> Vec<Facts> {
    let all = |most| ready.sample.dossier.completions(ready.sample.examined_on, most);
    if !is_open(ready) {
        return all(MOST);
    }
    let later = [[0, 0], [1, 5], [5, 1], [9, 2]];
    let with = |facts: &Facts| later.map(|values| Facts { later: values.to_vec(), ..facts.clone() });
    all(MOST / later.len()).iter().flat_map(with).collect()
}

/// A drawn dossier, as it is read and on a sheet.
fn on_sheet(ready: &Ready, yaml: &str) -> Option<(Dossier, Sheet)> {
    let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", &ready.policy).expect("a dossier");
    let mut sheet = Sheet::new(&ready.policy);
    sheet.take(&dossier)?;
    Some((dossier, sheet))
}

/// Whether a text has the item: one that only works values out has no decision.
fn is_stated(policy: &Policy, item: ItemRef) -> bool {
    item != ItemRef::Decision || policy.decision.stated
}

/// A text as it was written is not kept by the plain evaluator.
fn gives_a_text(policy: &Policy) -> bool {
    policy.fundings.iter().any(|given| policy.exprs.get(given.amount).ty == Type::Text)
}

fn is_complete(dossier: &Partial) -> bool {
    dossier.list.is_some() && holes(dossier).is_empty()
}

proptest! {
    #![proptest_config(config())]

    /// Items and bullets may be shuffled: no outcome, status, amount, date or decisive fact changes.
    #[test]
    fn order_changes_nothing(bytes in bytes(260), seed in any::<u64>()) {
        let Some(ready) = ready(open_sample(&bytes, 3)) else { return Ok(()) };
        let shuffled = Sample { policy: shuffle(&ready.sample.policy, seed), ..ready.sample.clone() };
        let text = shuffled.policy.clone();
        let other = self::ready(shuffled);
        prop_assert!(other.is_some(), "shuffled, the policy is refused:\n{}", text);
        let Some(other) = other else { return Ok(()) };
        let before = decided(&ready, &ready.sample.dossier, &[]);
        let after = decided(&other, &other.sample.dossier, &[]);
        prop_assert_eq!(before.is_some(), after.is_some(), "{}\n{}", ready.sample.policy, text);
        let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
        prop_assert_eq!(before.outcome, after.outcome, "{}\n{}", ready.sample.policy, text);
        for item in ready.policy.items() {
            let name = &ready.policy.head(item).name;
            let (a, b) = (before.item(item), after.item(self::item(&other.policy, name)));
            prop_assert_eq!((a.status, &a.value), (b.status, &b.value), "{}\n{}", name, text);
        }
        for hole in holes(&ready.sample.dossier) {
            prop_assert_eq!(
                is_decisive(&ready.policy, &before, &hole),
                is_decisive(&other.policy, &after, &hole),
                "{:?}\n{}\n{}", hole, text, ready.sample.dossier.yaml()
            );
        }
    }
}

/// A missing place as the oracle names it: a path, or a row and a field.
type Hole = (Option<usize>, String);

fn holes(dossier: &Partial) -> Vec<Hole> {
    let missing = |given: &Given| matches!(given, Given::Missing | Given::NotYet);
    let facts =
        dossier.facts.iter().filter(|(_, given)| missing(given)).map(|(path, _)| (None, path.clone()));
    let rows = dossier.list.iter().flatten().enumerate().flat_map(|(row, fields)| {
        fields.iter().filter(|(_, given)| missing(given)).map(move |(field, _)| (Some(row), field.clone()))
    });
    facts.chain(rows).collect()
}

fn at(facts: &Facts, (row, path): &Hole) -> Option<Val> {
    match row {
        None => facts.facts.get(path).cloned(),
        Some(row) => facts.lists.get(LIST)?.get(*row)?.get(path).cloned(),
    }
}

fn is_decisive(policy: &Policy, decision: &Decision, (row, path): &Hole) -> bool {
    decision.missing.iter().filter(|missing| missing.decisive).any(|missing| match (missing.place, row) {
        (MissingPlace::Fact(fact), None) => *policy.facts[fact.index()].path == **path,
        (MissingPlace::Cell { row: own, field }, Some(row)) => {
            own as usize == *row && *policy.fields[field.index()].name == **path
        }
        (_, _) => false,
    })
}

fn item(policy: &Policy, name: &str) -> ItemRef {
    policy.items().find(|item| *policy.head(*item).name == *name).expect("an item of this name")
}

/// What a result may be, in words; nothing of a number or a date, and of any text at all.
fn words(policy: &Policy, item: ItemRef, known: &Known) -> Vec<String> {
    let ty = match item {
        ItemRef::Funding(id) => policy.exprs.get(policy.fundings[id.index()].amount).ty,
        _ => return Vec::new(),
    };
    match (known, ty) {
        (Known::Truth(truth), _) => [(truth.may_hold, "oui"), (truth.may_fail, "non")]
            .into_iter()
            .filter(|(may, _)| *may)
            .map(|(_, word)| word.to_owned())
            .collect(),
        (Known::Choice(set), Type::Choice(choice)) => {
            let options = &policy.choices[choice.index()].options;
            set.iter().map(|option| options[usize::from(option)].to_string()).collect()
        }
        (Known::Text(conforme::known::TextSet::OneOf(texts)), _) => {
            texts.iter().map(|text| text.folded.to_string()).collect()
        }
        (Known::Text(_) | Known::Number(_) | Known::Date(_) | Known::Choice(_), _) => Vec::new(),
    }
}

fn ends(amount: &conforme::known::Interval) -> (num_rational::BigRational, num_rational::BigRational) {
    use conforme::known::End;
    let end = |end: &End| match end {
        End::Included(value) => big(value),
        other => panic!("a complete dossier gives an amount, not {other:?}"),
    };
    (end(&amount.low), end(&amount.high))
}

fn within(amount: &conforme::known::Interval, value: &num_rational::BigRational) -> bool {
    use conforme::known::End;
    let above = match &amount.low {
        End::Infinite => true,
        End::Included(low) => big(low) <= *value,
        End::Excluded(low) => big(low) < *value,
    };
    above
        && match &amount.high {
            End::Infinite => true,
            End::Included(high) => *value <= big(high),
            End::Excluded(high) => *value < big(high),
        }
}

/// Most drawn policies must pass the checker, and their dossiers go onto a sheet, or the properties above
/// would test nothing.
#[test]
fn most_drawn_policies_are_accepted() {
    let (mut accepted, mut on_sheets) = (0, 0);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..200)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 24) as u8
            })
            .collect();
        let drawn = sample(&bytes, 0);
        let _ = Draw::new(&bytes);
        let ready = ready(drawn);
        accepted += usize::from(ready.is_some());
        let plainly = |ready: &Ready| {
            let (_, sheet) = on_sheet(ready, &ready.sample.dossier.yaml())?;
            let chosen = &readings(&ready.policy)[0];
            Plain::new(&ready.policy).decide_answers(&sheet, ready.sample.examined_on, chosen)
        };
        on_sheets += usize::from(ready.as_ref().and_then(plainly).is_some());
    }
    assert!(accepted >= 120, "only {accepted} of 200 drawn policies are accepted");
    assert!(on_sheets >= 80, "only {on_sheets} of {accepted} drawn dossiers are decided on a sheet");
}
