//! `conforme test --mutate`: the small changes of a policy that no case notices.

use conforme::policy::Policy;
use conforme::probe::{self, Sketch};
use conforme::workshop::mutation::text::{self, Tally};
use conforme::workshop::mutation::{Bench, Fate, Witnesses, json, mutations};
use conforme::workshop::{Case, missing};

use super::book::{Desk, Found};
use crate::cli::args::TestFormat;
use crate::cli::{TO_CORRECT, clock, output, print};

/// Tells the changes that no case notices; 1 where there are any.
pub fn run(desk: &Desk, format: TestFormat) -> u8 {
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
        for policy in desk.policies(id) {
            let tally = tally(policy, &found, &probe::Options::new(missing::examined_on(policy, today)));
            code = code.max(u8::from(!tally.unseen.is_empty()));
            match format {
                TestFormat::Json => print::out(&format!("{}\n", json::report(&tally))),
                TestFormat::Text | TestFormat::Html => {
                    print::out(if rank > 0 { "\n" } else { "" });
                    print::out(&text::report(&tally, print::stdout_look()));
                }
            }
        }
    }
    code
}

fn tally(policy: &Policy, found: &[Found<'_>], options: &probe::Options) -> Tally {
    let decided = found.iter().filter_map(|found| found.case.as_ref().ok());
    let cases: Vec<&Case<'_>> = decided.filter(|case| std::ptr::eq(case.policy, policy)).collect();
    let bench = Bench::new(policy, &cases);
    let mut tally =
        Tally { policy: policy.id.to_string(), file: policy.file.name().to_owned(), ..Tally::default() };
    for mutation in mutations(&policy.file) {
        tally.tried += 1;
        match bench.try_out(&mutation) {
            Fate::Refused => tally.refused += 1,
            Fate::Noticed(_) => tally.noticed += 1,
            Fate::Same(reason) => tally.same.push((mutation, reason)),
            Fate::Unseen => tally.unseen.push((mutation, None)),
        }
    }
    if !tally.unseen.is_empty() {
        let seeds: Vec<(String, Sketch)> = cases
            .iter()
            .map(|case| (case.name.clone(), Sketch::of(policy, &case.dossier, case.decision.examined_on)))
            .collect();
        let mut witnesses = Witnesses::new(policy, seeds, options);
        for (mutation, witness) in &mut tally.unseen {
            *witness = witnesses.find(mutation);
        }
        if tally.unseen.iter().any(|(_, witness)| witness.is_none()) {
            witnesses.widen();
            for (mutation, witness) in tally.unseen.iter_mut().filter(|(_, witness)| witness.is_none()) {
                *witness = witnesses.find(mutation);
            }
        }
        tally.dossiers = witnesses.count() + cases.len();
    }
    tally
}
