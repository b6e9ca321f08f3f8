//! The outcome in one line, and what the reader should know.

use super::Words;
use super::sentence::truth;
use crate::decision::{Decision, Outcome, ReadingStatus, Status, Warning};
use crate::policy::{CriterionId, ExprKind, ItemRef};

impl Words<'_> {
    /// Why the outcome is what it is, in one line.
    pub(crate) fn verdict(&self, decision: &Decision) -> String {
        match decision.outcome {
            Outcome::Favourable => self.favourable(decision),
            Outcome::Unfavourable => self.unfavourable(decision),
            Outcome::Incomplete => {
                let missing = decision.missing.iter().filter(|m| m.decisive).count();
                match missing {
                    0 | 1 => self
                        .say("une information indispensable manque", "one item of information is needed")
                        .to_owned(),
                    n => format!(
                        "{n} {}",
                        self.say("informations indispensables manquent", "items of information are needed")
                    ),
                }
            }
            Outcome::DependsOnReading => {
                let points = decision.readings.iter().filter(|r| r.status == ReadingStatus::Decisive).count();
                match points {
                    0 | 1 => self
                        .say(
                            "les textes divergent sur un point déterminant",
                            "the texts differ on a point that decides",
                        )
                        .to_owned(),
                    n => format!(
                        "{} {n} {}",
                        self.say("les textes divergent sur", "the texts differ on"),
                        self.say("points déterminants", "points that decide")
                    ),
                }
            }
        }
    }

    fn favourable(&self, decision: &Decision) -> String {
        let waived: Vec<String> = decision
            .criteria
            .iter()
            .filter(|c| c.status == Status::Waived)
            .map(|c| self.quoted(self.item(c.item)))
            .collect();
        let all = self.say("toutes les conditions sont remplies", "every condition is met");
        if waived.is_empty() {
            all.to_owned()
        } else {
            format!(
                "{all}, {} {}",
                self.say("par exception pour", "by derogation for"),
                self.list(&waived, ("et", "and"))
            )
        }
    }

    fn unfavourable(&self, decision: &Decision) -> String {
        let failing = self.failing(decision);
        let names: Vec<String> = failing.iter().map(|n| self.quoted(n)).collect();
        match names.len() {
            0 => self.some_condition(decision),
            1 => self.pair(
                self.say("une condition n'est pas remplie", "one condition is not met"),
                &names.concat(),
            ),
            n => {
                let head =
                    format!("{n} {}", self.say("conditions ne sont pas remplies", "conditions are not met"));
                self.pair(&head, &self.list(&names, ("et", "and")))
            }
        }
    }

    /// Where none fails for certain, but one or another does whatever is still learnt.
    fn some_condition(&self, decision: &Decision) -> String {
        let said = self
            .say(
                "quoi qu'on apprenne, une condition au moins n'est pas remplie",
                "whatever is still learnt, at least one condition is not met",
            )
            .to_owned();
        let open = decision.criteria.iter().filter(|criterion| criterion.status == Status::Undetermined);
        let names: Vec<String> = open.map(|criterion| self.quoted(self.item(criterion.item))).collect();
        // Which ones is known where the decision rests on criteria alone.
        if names.is_empty() || !self.rests_on_criteria_alone(decision) {
            return said;
        }
        self.pair(&said, &self.list(&names, ("ou", "or")))
    }

    fn rests_on_criteria_alone(&self, decision: &Decision) -> bool {
        decision.decision.by_reading.iter().flat_map(|case| &case.because.parts).all(|(_, step)| {
            step.expr.is_some_and(|e| matches!(self.policy.exprs.get(e).kind, ExprKind::AllCriteria))
        })
    }

    /// The names of the conditions of the decision that fail under every combination, the criteria
    /// each by its own name.
    pub(crate) fn failing(&self, decision: &Decision) -> Vec<String> {
        let mut names = Vec::new();
        for case in &decision.decision.by_reading {
            for (_, step) in &case.because.parts {
                for reason in self.reasons(step) {
                    let kind = reason.step.expr.map(|e| &self.policy.exprs.get(e).kind);
                    match kind {
                        Some(ExprKind::AllCriteria) => {
                            names.extend((0..decision.criteria.len()).filter_map(|i| {
                                let id = CriterionId(u32::try_from(i).ok()?);
                                let result = decision.item(ItemRef::Criterion(id));
                                matches!(result.status, Status::NotMet | Status::DependsOnReading)
                                    .then(|| self.item(result.item).to_owned())
                            }));
                        }
                        Some(ExprKind::Holds(item)) => names.push(self.item(*item).to_owned()),
                        Some(ExprKind::Definition(d)) if truth(reason.step).fails() => {
                            names.push(self.definition(*d).to_owned())
                        }
                        _ => names.push(reason.text.clone()),
                    }
                }
            }
        }
        let mut seen = Vec::new();
        names.retain(|name| {
            let fresh = !seen.contains(name);
            if fresh {
                seen.push(name.clone());
            }
            fresh
        });
        names
    }

    /// What the reader of a decision should know, in a sentence.
    pub(crate) fn warning(&self, warning: &Warning) -> String {
        match warning {
            Warning::JudgementUnsigned(place) => format!(
                "{} {} : {}",
                self.say("Appréciation sans auteur ou sans motif", "A judgement without author or reason"),
                self.quoted(&self.path(*place)),
                self.say("compléter « par » et « motif » dans le dossier.", "add “par” and “motif” to the dossier.")
            ),
            Warning::ReadingUnsigned(reading) => format!(
                "{} {} : {}",
                self.say("Lecture retenue sans auteur ou sans motif", "A reading retained without author or reason"),
                self.quoted(self.reading(*reading)),
                self.say("compléter « par » et « motif » dans le dossier.", "add “par” and “motif” to the dossier.")
            ),
            Warning::NotBinding(_) => self
                .say(
                    "Les règles appliquées viennent de documents d'information. Avant de notifier, viser les textes opposables (CRPA, art. L. 211-5).",
                    "The rules applied come from information documents. Before notifying, cite the binding texts (CRPA, art. L. 211-5).",
                )
                .to_owned(),
            Warning::TrialLimit(items) => {
                let names: Vec<String> = items.iter().map(|i| self.quoted(self.item(*i))).collect();
                format!(
                    "{} {}.",
                    self.say(
                        "Trop de réponses possibles pour trancher par essais, ce point reste ouvert :",
                        "Too many possible answers to settle by trials, this stays open:"
                    ),
                    self.list(&names, ("et", "and"))
                )
            }
            Warning::AccentsDiffer { place, given, compared } => format!(
                "{} : {} {} {}{} {}",
                self.quoted(&self.path(*place)),
                self.quoted(&given.shown),
                self.say("n'est pas", "is not"),
                self.quoted(&compared.shown),
                self.say(" :", ":"),
                self.say(
                    "seuls les accents diffèrent. Si c'est le même, corriger le dossier.",
                    "only the accents differ. If it is the same, correct the dossier."
                )
            ),
            Warning::Unread(path) => format!(
                "{} : {}",
                self.quoted(path),
                self.say("réponse donnée, que rien ne lit.", "answer given that nothing reads.")
            ),
        }
    }

    /// A stable name of a warning, for programs.
    pub(crate) fn warning_code(warning: &Warning) -> &'static str {
        match warning {
            Warning::JudgementUnsigned(_) => "judgement_unsigned",
            Warning::ReadingUnsigned(_) => "reading_unsigned",
            Warning::NotBinding(_) => "not_binding",
            Warning::TrialLimit(_) => "trial_limit",
            Warning::AccentsDiffer { .. } => "accents_differ",
            Warning::Unread(_) => "unread",
        }
    }
}
