//! `conforme test --coverage`: what no case shows of a policy.

use conforme::policy::Policy;
use conforme::workshop::coverage::{Coverage, html, json, seen, text};

use super::book::{Desk, Found};
use crate::cli::args::TestFormat;
use crate::cli::{TO_CORRECT, output, print};

/// Tells what is lacking; 1 where something is.
pub fn run(desk: &Desk, format: TestFormat) -> u8 {
    let mut code = 0;
    let mut reports = Vec::new();
    for id in desk.ids() {
        let errors = desk.errors(id);
        if !errors.is_empty() {
            output::problems(&errors);
            code = TO_CORRECT;
            continue;
        }
        let found = match desk.cases(id) {
            Ok(found) => found,
            Err(problem) => {
                output::problems(&[problem]);
                code = TO_CORRECT;
                continue;
            }
        };
        for broken in found.iter().filter_map(|found| found.case.as_ref().err()) {
            output::problems(broken);
            code = TO_CORRECT;
        }
        for version in desk.versions(id) {
            let coverage = of(version.policy, &found);
            code = code.max(u8::from(!coverage.is_complete()));
            reports.push(coverage);
        }
    }
    for (rank, coverage) in reports.iter().enumerate() {
        match format {
            TestFormat::Json => print::out(&format!("{}\n", json::report(coverage))),
            TestFormat::Html => print::out(&html::report(coverage)),
            TestFormat::Text => {
                print::out(if rank > 0 { "\n" } else { "" });
                print::out(&text::report(coverage, print::stdout_look()));
            }
        }
    }
    code
}

/// What the cases that a version decides show of it.
pub fn of<'p>(policy: &'p Policy, found: &[Found<'_>]) -> Coverage<'p> {
    let mut coverage = Coverage::new(policy);
    for case in found.iter().filter_map(|found| found.case.as_ref().ok()) {
        if std::ptr::eq(case.policy, policy) {
            coverage.add(&seen(case.policy, &case.decision));
        }
    }
    coverage
}
