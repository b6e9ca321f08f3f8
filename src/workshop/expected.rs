//! What a case states by hand, against what was decided: no acceptance overrides it.

use super::case::Case;
use super::statements::{NOTHING, Statement, Subject, statements, status_words};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Stated, written_date};
use crate::policy::{ItemRef, Policy};
use crate::render::Lang;
use crate::render::words::Words;
use crate::source::Span;
use crate::text;

/// Something that a case states and that is not so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it is about: `critère seuil d'adhésion`.
    pub name: String,
    /// What the case states.
    pub stated: String,
    /// What was decided.
    pub decided: String,
}

/// What is stated and not so.
///
/// # Errors
///
/// What is stated of nothing that the policy has, or in words that no decision prints.
pub(super) fn check(case: &Case<'_>) -> Result<Vec<Failure>, Vec<Diagnostic>> {
    let decided = statements(case.policy, &case.dossier, &case.decision);
    let words = Words::new(case.policy, &case.dossier, case.decision.examined_on, Lang::Fr);
    let mut checker = Checker { case, words, failures: Vec::new(), mistakes: Vec::new() };
    for stated in &case.stated {
        match decided.iter().find(|own| is_named(case.policy, own.subject, &stated.subject)) {
            Some(own) => checker.line(stated, own),
            None => checker.nothing_of_that_name(stated, &decided),
        }
    }
    if checker.mistakes.is_empty() { Ok(checker.failures) } else { Err(checker.mistakes) }
}

fn is_named(policy: &Policy, subject: Subject, name: &str) -> bool {
    let whole = match subject {
        Subject::Item(ItemRef::Decision) if policy.decision.stated => {
            Some(format!("décision {}", policy.decision.head.name))
        }
        _ => None,
    };
    [Some(subject.name(policy)), whole].into_iter().flatten().any(|own| text::tidy(&own) == name)
}

struct Checker<'c, 'p> {
    case: &'c Case<'p>,
    words: Words<'c>,
    failures: Vec<Failure>,
    mistakes: Vec<Diagnostic>,
}

impl Checker<'_, '_> {
    fn line(&mut self, stated: &Stated, own: &Statement) {
        let name = own.subject.name(self.case.policy);
        let failed = if matches!(own.subject, Subject::ToAsk | Subject::ToComplete) {
            let sorted = |mut parts: Vec<String>| {
                parts.sort_unstable();
                parts
            };
            let stated = stated.parts.iter().filter(|(part, _)| text::fold(part) != NOTHING);
            let own = own.parts.iter().filter(|part| *part != NOTHING);
            sorted(stated.map(|(part, _)| self.normal(part)).collect())
                != sorted(own.map(|part| self.normal(part)).collect())
        } else {
            let said: Vec<String> =
                own.parts.iter().chain(&own.by_reading).map(|part| self.normal(part)).collect();
            let wrong: Vec<&(String, Span)> =
                stated.parts.iter().filter(|(part, _)| !said.contains(&self.normal(part))).collect();
            let strange = wrong.iter().filter(|(part, _)| !self.may_be_said(own.subject, part));
            let strange: Vec<Diagnostic> =
                strange.map(|(part, span)| self.no_such_word(own.subject, &name, part, *span)).collect();
            let failed = !wrong.is_empty();
            self.mistakes.extend(strange);
            failed
        };
        if failed {
            let stated: Vec<&str> = stated.parts.iter().map(|(part, _)| part.as_str()).collect();
            self.failures.push(Failure { name, stated: stated.join(", "), decided: own.said() });
        }
    }

    /// A part as it is compared: dates in words, amounts without spaces.
    fn normal(&self, part: &str) -> String {
        if let Some(date) = written_date(part) {
            return self.words.date(date);
        }
        let folded = text::fold(part);
        let sign = text::fold(self.case.policy.currency.sign());
        if !folded.contains(&sign) {
            return folded;
        }
        let amount = folded.replace([' ', '\u{a0}', '\u{202f}'], "");
        // Two ways to write one range.
        match amount.strip_prefix(&format!("de0{}à", sign.replace(' ', ""))) {
            Some(most) => format!("jusqu'à{most}"),
            None => amount,
        }
    }

    /// Whether a decision may print this of such a line.
    fn may_be_said(&self, subject: Subject, part: &str) -> bool {
        let folded = text::fold(part);
        let is_status = status_words(&self.words, subject).iter().any(|word| *word == folded);
        let is_value = match subject {
            // What a result may be, its type says: whatever it is not is told as a difference.
            Subject::Item(item @ ItemRef::Funding(_)) if self.words.is_result(item) => true,
            Subject::Item(ItemRef::Funding(id)) => {
                let often = self.words.often(&self.case.policy.fundings[id.index()]);
                folded.contains(&text::fold(self.case.policy.currency.sign())) || often.contains(&folded)
            }
            Subject::Item(ItemRef::Obligation(_)) => {
                written_date(part).is_some() || folded.starts_with("entre le ")
            }
            Subject::Reading(reading) => {
                let choice = self.case.policy.readings[reading.index()].choice;
                self.case.policy.choices[choice.index()]
                    .options
                    .iter()
                    .any(|option| text::fold(option) == folded)
            }
            Subject::Item(
                ItemRef::Decision | ItemRef::Criterion(_) | ItemRef::Objective(_) | ItemRef::Mission(_),
            )
            | Subject::ToAsk
            | Subject::ToComplete => false,
        };
        is_status || is_value || folded.contains(" : ")
    }

    fn no_such_word(&self, subject: Subject, name: &str, part: &str, span: Span) -> Diagnostic {
        let known = status_words(&self.words, subject);
        let help = match text::nearest(part, known.iter().copied()) {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None => format!("attendu : {}", known.join(", ")),
        };
        Diagnostic::error("resultat-inconnu", format!("{name} : résultat inconnu, « {part} »"))
            .at(&self.case.dossier.file, span, "")
            .help(help)
    }

    fn nothing_of_that_name(&mut self, stated: &Stated, decided: &[Statement]) {
        let names: Vec<String> = decided.iter().map(|own| own.subject.name(self.case.policy)).collect();
        let nearest = text::nearest(&stated.subject, names.iter().map(String::as_str));
        // The author may have left out what kind of item it is.
        let bare =
            names.iter().find(|name| name.split_once(' ').is_some_and(|(_, own)| own == stated.subject));
        let help = match bare.map(String::as_str).or(nearest) {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None => {
                "écrire « décision », « critère NOM », « financement NOM », « contribution NOM », « répartition NOM », « résultat NOM », « obligation NOM », « objectif NOM », \
                 « mission NOM », « lecture NOM » ou « à demander »"
                    .to_owned()
            }
        };
        self.mistakes.push(
            Diagnostic::error("attendu-inconnu", format!("rien ne s'appelle « {} »", stated.subject))
                .at(&self.case.dossier.file, stated.subject_span, "énoncé ici")
                .help(help),
        );
    }
}
