//! Concordance: whether a rule says what the passage that it quotes says.
//!
//! Passages and rules are read apart, into the same things: figures with the bound that they put ([`prose`],
//! [`rule`]); then they are held against one another, item by item ([`article`]): figures and bounds ([`figures`]),
//! words of scales and choices ([`options`]), how conditions are joined ([`lists`]), what holds in which case ([`claims`]),
//! what is ordered, allowed or aimed at ([`force`]), how a value is rounded ([`roundings`]), how often it is paid
//! ([`frequencies`]), what is added to it or taken off ([`changes`]), what only bounds it ([`ceilings`]),
//! what is affirmed, denied or excepted ([`facts`]), what is due under no condition ([`granted`]), what is compared with a named quantity ([`named`]), at which date a value is read ([`dated`]), which of two events
//! comes first ([`order`]), from which day a time is counted ([`origins`]) and to which ([`lapses`]), which date is meant ([`subjects`]). The passages themselves are held against the whole text of
//! their sources, where it is given ([`source_text`]).
//! Where they differ, a warning shows both. The author may answer it in the file, by
//! `concordance : motif « … »` under the item; an answer to nothing is itself a warning.
//!
//! Architecture invariant: nothing is decided here. A warning changes no result.

pub mod about;
pub mod accord;
pub mod article;
pub mod ceilings;
pub mod changes;
pub mod claims;
pub mod dated;
pub mod facts;
pub mod figures;
pub mod finding;
pub mod force;
pub mod frequencies;
pub mod granted;
pub mod lapses;
pub mod lexicon;
pub mod lists;
pub mod named;
pub mod options;
pub mod order;
pub mod origins;
pub mod prose;
pub mod quantity;
pub mod roundings;
pub mod rule;
pub mod source_text;
pub mod subjects;
pub mod words;
pub mod write;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::policy::{Answer, Policy};
use crate::source::Span;
use article::Articles;
use finding::Finding;

/// A disagreement, with the reason that its author gives for it.
#[derive(Debug, Clone)]
pub struct Remark {
    /// What is said of it.
    pub diagnostic: Diagnostic,
    /// Why the rule is right, where the author says so.
    pub answer: Option<Arc<str>>,
}

/// Compares the rules of a policy with the passages that they quote: all remarks, in the order of the file.
pub fn review(policy: &Policy) -> Vec<Remark> {
    let articles = Articles::of(policy);
    let mut findings = figures::compare(&articles);
    findings.extend(options::compare(&articles));
    findings.extend(lists::compare(&articles));
    findings.extend(claims::compare(&articles));
    findings.extend(force::compare(&articles));
    findings.extend(roundings::compare(&articles));
    findings.extend(frequencies::compare(&articles));
    findings.extend(changes::compare(&articles));
    findings.extend(facts::compare(&articles));
    findings.extend(order::compare(&articles));
    findings.extend(ceilings::compare(&articles));
    findings.extend(granted::compare(&articles));
    // Which of two dates comes first says more than from which a time is counted.
    let of_dates: Vec<Finding> = origins::compare(&articles)
        .into_iter()
        .filter(|one| {
            !findings.iter().any(|other| other.article == one.article && meets(other.text, one.text))
        })
        .collect();
    findings.extend(of_dates);
    // What figures tell of a comparison is told once.
    let told = |finding: &Finding| {
        findings.iter().any(|other| other.rule == finding.rule && other.code == finding.code)
    };
    let named: Vec<Finding> =
        named::compare(&articles).into_iter().filter(|finding| !told(finding)).collect();
    findings.extend(named);
    let told = |finding: &Finding| {
        findings.iter().any(|other| meets(other.rule, finding.rule) && other.code == finding.code)
    };
    let lapses: Vec<Finding> =
        lapses::compare(&articles).into_iter().filter(|finding| !told(finding)).collect();
    findings.extend(lapses);
    findings.extend(dated::compare(&articles));
    let of_subjects = subjects::compare(&articles).into_iter().filter(|one| {
        !findings.iter().any(|other| other.article == one.article && other.code != "concordance-frequence")
    });
    let of_subjects: Vec<Finding> = of_subjects.collect();
    findings.extend(of_subjects);
    // Two ends of one comparison that are mended by the same words are one difference, and so is one comparison that
    // two passages bound.
    let mut mended: Vec<(Span, String)> = Vec::new();
    let counted: Vec<Span> =
        findings.iter().filter(|one| one.code == "concordance-liste").map(|one| one.rule).collect();
    findings.retain(|finding| {
        // How many conditions must hold is told of the list as a whole.
        if finding.help.contains(finding::NOT_NONE) && counted.contains(&finding.rule) {
            return false;
        }
        let Some(write) = finding.to_write() else { return true };
        let known = mended.iter().any(|(rule, words)| meets(*rule, finding.rule) && words == write);
        if !known {
            mended.push((finding.rule, write.to_owned()));
        }
        !known
    });
    // An answer may stand under each item that the remark shows words of.
    let shown = |at: usize, finding: &Finding| {
        let whole = articles.all[at].head.whole;
        let inside = |span: Span| whole.start <= span.start && span.end <= whole.end;
        at == finding.article || inside(finding.text) || inside(finding.rule)
    };
    let mut remarks: Vec<Remark> = findings
        .iter()
        .map(|finding| {
            let articles = articles.all.iter().enumerate().filter(|(at, _)| shown(*at, finding));
            let answers: Vec<&Answer> = articles.flat_map(|(_, article)| article.answers()).collect();
            let answer = answers.iter().find(|answer| says_why(answer));
            let mut diagnostic = finding.diagnostic(policy);
            if let (None, Some(begun)) = (answer, answers.first()) {
                diagnostic = diagnostic.at(&policy.file, begun.span, "le motif est encore à dire");
            }
            Remark { diagnostic, answer: answer.map(|answer| Arc::clone(&answer.reason)) }
        })
        .collect();
    let mut passed_over = articles.all.iter().filter(|article| article.passed_over);
    if let Some(first) = passed_over.next() {
        let others = match passed_over.count() {
            0 => String::new(),
            1 => " et 1 autre élément".to_owned(),
            n => format!(" et {n} autres éléments"),
        };
        let diagnostic = Diagnostic::warning(
            "concordance-trop-longue",
            format!("« {} »{others} : trop de citations et de chiffres pour être comparés", first.head.name),
        )
        .at(&policy.file, first.head.span, "n'est pas comparé à ce qu'il cite")
        .help(
            "citer le passage qui dit la règle, et lui seul ; partager les barèmes en plusieurs définitions",
        );
        remarks.push(Remark { diagnostic, answer: None });
    }
    for (at, article) in articles.compared() {
        if findings.iter().any(|finding| shown(at, finding)) {
            continue;
        }
        for answer in article.answers() {
            let diagnostic = Diagnostic::warning(
                "concordance-sans-objet",
                format!("« {} » : cette réponse ne répond à rien", article.head.name),
            )
            .at(&policy.file, answer.span, "aucune remarque de concordance ici")
            .help("la retirer : la règle et le texte cité s'accordent");
            remarks.push(Remark { diagnostic, answer: None });
        }
    }
    remarks.sort_by_key(|remark| remark.diagnostic.labels.first().map(|label| label.span));
    remarks
}

/// What stands where an author is to say why: it says nothing yet.
pub const TO_SAY: &str = "à dire";

/// Whether an answer gives a reason.
fn says_why(answer: &Answer) -> bool {
    let said = crate::text::tidy(&answer.reason);
    said != TO_SAY && said.chars().any(char::is_alphanumeric)
}

/// Whether two places share some words.
fn meets(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}
