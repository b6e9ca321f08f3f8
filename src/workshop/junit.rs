//! What came of the cases, for the programs that run tests: JUnit's XML, a suite a policy.

use quick_junit::{NonSuccessKind, NonSuccessReruns, Report, TestCase, TestCaseStatus, TestSuite};

use super::case::{Judged, Orphan, Verdict};
use super::report;
use crate::diagnostic::Diagnostic;
use crate::render::diagnostics::{self, Look};

/// The report on these policies, each with what is wrong with its texts: one without a case has a suite of
/// no test, one that cannot be tried a test that says so. It states no time: the same cases give the same
/// bytes. `None` where it cannot be written.
pub fn report(
    policies: &[(String, Vec<Diagnostic>)],
    judged: &[Judged],
    orphans: &[Orphan],
) -> Option<String> {
    let mut report = Report::new("conforme");
    let mut suites: Vec<&str> = policies.iter().map(|(policy, _)| policy.as_str()).collect();
    suites.extend(judged.iter().map(|case| case.policy.as_str()));
    suites.extend(orphans.iter().map(|orphan| orphan.policy.as_str()));
    suites.sort_unstable();
    suites.dedup();
    for policy in suites {
        let mut suite = TestSuite::new(policy);
        for (_, wrong) in policies.iter().filter(|(own, wrong)| own == policy && !wrong.is_empty()) {
            suite.add_test_case(TestCase::new("vérification du texte", untried(wrong)));
        }
        for case in judged.iter().filter(|case| case.policy == policy) {
            suite.add_test_case(TestCase::new(case.name.as_str(), status(case)));
        }
        for orphan in orphans.iter().filter(|orphan| orphan.policy == policy) {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message("une décision est approuvée, le dossier n'est plus là");
            suite.add_test_case(TestCase::new(orphan.name.as_str(), status));
        }
        report.add_test_suite(suite);
    }
    report.to_string().ok()
}

/// What is wrong with a policy of which no case can be tried.
fn untried(wrong: &[Diagnostic]) -> TestCaseStatus {
    TestCaseStatus::NonSuccess {
        kind: NonSuccessKind::Error,
        message: Some("le texte est à corriger, ses cas ne sont pas décidés".into()),
        ty: None,
        description: Some(diagnostics::text_with(wrong, Look::PLAIN).into()),
        reruns: NonSuccessReruns::default(),
    }
}

fn status(case: &Judged) -> TestCaseStatus {
    if case.passes() {
        return TestCaseStatus::success();
    }
    let kind = if case.is_broken() { NonSuccessKind::Error } else { NonSuccessKind::Failure };
    let message = match &case.verdict {
        _ if !case.failures.is_empty() => "contraire à ce que le dossier attend",
        Verdict::NeverApproved => "jamais approuvé",
        Verdict::Broken(_) => "à corriger",
        Verdict::Differs(_) | Verdict::Reworded | Verdict::AsApproved => {
            "la décision n'est plus celle qui est approuvée"
        }
    };
    TestCaseStatus::NonSuccess {
        kind,
        message: Some(message.into()),
        ty: None,
        description: Some(report::case(case, Look::PLAIN).into()),
        reruns: NonSuccessReruns::default(),
    }
}
