//! `conforme test --mutate`: the small changes of a policy that no case notices.

use std::num::NonZero;

use conforme::policy::Policy;
use conforme::probe::{self, Sketch};
use conforme::time::Date;
use conforme::workshop::mutation::text::{self, Tally};
use conforme::workshop::mutation::{Bench, Effort, Fate, Mutation, Witnesses, json, mutations};
use conforme::workshop::{Case, Version, missing, told_apart};

use super::book::{Desk, Found};
use crate::cli::args::TestFormat;
use crate::cli::{TO_CORRECT, clock, output, print};

/// Tells the changes that no case notices; 1 where there are any.
pub fn run(desk: &Desk, format: TestFormat, budget: Option<u64>) -> u8 {
    let Some(today) = clock::today() else {
        output::problems(&[clock::unknown()]);
        return TO_CORRECT;
    };
    let mut code = 0;
    for (rank, id) in desk.ids().iter().enumerate() {
        let errors = desk.errors(id);
        let found = match desk.cases(id) {
            Ok(found) if errors.is_empty() => found,
            Ok(_) => {
                output::problems(&errors);
                code = TO_CORRECT;
                continue;
            }
            Err(problem) => {
                output::problems(&[problem]);
                code = TO_CORRECT;
                continue;
            }
        };
        for version in desk.versions(id) {
            let tally = tally(version, &found, &options(version.policy, today, budget));
            code = code.max(u8::from(!tally.unseen.is_empty()));
            match format {
                TestFormat::Json => print::out(&format!("{}\n", json::report(&tally))),
                TestFormat::Text | TestFormat::Html => {
                    print::out(if rank > 0 { "\n" } else { "" });
                    print::out(&text::report(&tally, print::stdout_look()));
                    if tally.is_cut() {
                        further(desk, "test", id, "--mutate", tally.steps);
                    }
                }
            }
        }
    }
    code
}

/// How the search for dossiers goes, with as many threads as there are.
pub fn options(policy: &Policy, today: Date, budget: Option<u64>) -> probe::Options {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let options = probe::Options::new(missing::examined_on(policy, today));
    probe::Options { workers, steps: budget.unwrap_or(options.steps), ..options }
}

/// Says how to search further than a budget let it.
pub fn further(desk: &Desk, command: &str, id: &str, option: &str, steps: u64) {
    let more = desk.command(command, &[id], &format!("{option} --budget {}", steps.saturating_mul(4)));
    print::out(&format!("\nPour aller plus loin :\n  {more}\n"));
}

fn tally(version: Version<'_>, found: &[Found<'_>], options: &probe::Options) -> Tally {
    let policy = version.policy;
    let decided = found.iter().filter_map(|found| found.case.as_ref().ok());
    let cases: Vec<&Case<'_>> = decided.filter(|case| std::ptr::eq(case.policy, policy)).collect();
    let bench = Bench::new(policy, &cases);
    let (id, version_of) = (policy.id.to_string(), told_apart(policy));
    let mut tally = Tally { policy: id, version: version_of, steps: options.steps, ..Tally::default() };
    let mutations = mutations(&policy.file);
    let fates = bench.try_all(&mutations, options);
    for (mutation, fate) in mutations.into_iter().zip(fates) {
        tally.tried += 1;
        match fate {
            Fate::Refused => tally.refused += 1,
            Fate::Noticed(_) => tally.noticed += 1,
            Fate::Same(reason) => tally.same.push((mutation, reason)),
            Fate::Unseen => tally.unseen.push((mutation, None)),
            Fate::Untold => tally.untold += 1,
        }
    }
    if !tally.unseen.is_empty() {
        let seeds: Vec<(String, Sketch)> = cases
            .iter()
            .map(|case| (case.name.clone(), Sketch::of(policy, &case.dossier, case.decision.examined_on)))
            .collect();
        let mut witnesses = Witnesses::new(policy, version.aims(), seeds, options);
        for effort in Effort::ALL {
            let open = tally.unseen.iter().filter(|(_, witness)| witness.is_none());
            let open: Vec<&Mutation> = open.map(|(mutation, _)| mutation).collect();
            if open.is_empty() {
                break;
            }
            witnesses.look(effort, &open);
            let told = witnesses.telling_all(&open);
            let open = tally.unseen.iter_mut().filter(|(_, witness)| witness.is_none());
            for ((_, witness), telling) in open.zip(told) {
                *witness = witnesses.nearest(&telling);
            }
        }
        let unsought = |(mutation, witness): &&(Mutation, Option<_>)| {
            witness.is_none() && witnesses.is_unsought(mutation)
        };
        tally.unsought = tally.unseen.iter().filter(unsought).count();
        tally.dossiers = witnesses.count() + cases.len();
    }
    tally
}
