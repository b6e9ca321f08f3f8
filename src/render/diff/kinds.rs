//! What subjects and clauses are called.

use crate::diff::{Clause, Kind, Subject};
use crate::render::Lang;

/// A subject, with its kind before its name.
pub(super) fn subject(subject: &Subject, lang: Lang) -> String {
    let kind = match subject.kind {
        Kind::Text => return lang.pick("le texte", "the text").to_owned(),
        Kind::Criterion => lang.pick("critère", "criterion"),
        Kind::Decision => lang.pick("décision", "decision"),
        Kind::Funding => lang.pick("financement", "funding"),
        Kind::Sharing => lang.pick("répartition", "sharing out"),
        Kind::Contribution => lang.pick("contribution", "contribution"),
        Kind::Result => lang.pick("résultat", "result"),
        Kind::Obligation => lang.pick("obligation", "obligation"),
        Kind::Mission => lang.pick("mission", "mission"),
        Kind::Objective => lang.pick("objectif", "objective"),
        Kind::Reading => lang.pick("lecture", "reading"),
        Kind::Parameter => lang.pick("paramètre", "parameter"),
        Kind::Definition => lang.pick("définition", "definition"),
        Kind::Fact => lang.pick("fait", "fact"),
        Kind::Coherence => lang.pick("cohérence", "coherence"),
        Kind::Source => lang.pick("source", "source"),
    };
    format!("{kind} {}", lang.quoted(&subject.name))
}

/// Whether the word for a kind is feminine in French.
pub(super) fn feminine(kind: Kind) -> bool {
    match kind {
        Kind::Decision
        | Kind::Sharing
        | Kind::Contribution
        | Kind::Obligation
        | Kind::Mission
        | Kind::Reading
        | Kind::Definition
        | Kind::Coherence
        | Kind::Source => true,
        Kind::Text
        | Kind::Criterion
        | Kind::Funding
        | Kind::Result
        | Kind::Objective
        | Kind::Parameter
        | Kind::Fact => false,
    }
}

/// A key of a kind, for programs.
pub(super) fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Criterion => "criterion",
        Kind::Decision => "decision",
        Kind::Funding => "funding",
        Kind::Sharing => "sharing",
        Kind::Contribution => "contribution",
        Kind::Result => "result",
        Kind::Obligation => "obligation",
        Kind::Mission => "mission",
        Kind::Objective => "objective",
        Kind::Reading => "reading",
        Kind::Parameter => "parameter",
        Kind::Definition => "definition",
        Kind::Fact => "fact",
        Kind::Coherence => "coherence",
        Kind::Source => "source",
    }
}

/// What a clause is, where a sentence starts with it.
pub(super) fn clause(clause: Clause, lang: Lang) -> &'static str {
    match clause {
        Clause::Applies => lang.pick("la condition d'application", "the condition under which it applies"),
        Clause::Requires => lang.pick("ce qui est exigé", "what is required"),
        Clause::Unless => lang.pick("la dérogation", "the derogation"),
        Clause::Aims => lang.pick("la cible", "the target"),
        Clause::Due => lang.pick("la condition", "the condition"),
        Clause::Favourable => {
            lang.pick("la condition d'une décision favorable", "the condition of a favourable decision")
        }
        Clause::Amount => lang.pick("le montant", "the amount"),
        Clause::Deadline => lang.pick("le délai", "the time limit"),
        Clause::FulfilledBy => lang.pick("ce qui remplit l'obligation", "what fulfils the obligation"),
        Clause::Value => lang.pick("la valeur", "the value"),
        Clause::Asked => {
            lang.pick("la condition sous laquelle il est demandé", "the condition under which it is asked")
        }
        Clause::Question => lang.pick("la question", "the question"),
        Clause::Answers => lang.pick("la réponse attendue", "the answer expected"),
    }
}

/// The word that opens a clause of a thing: that of the language of policies, where it has one.
pub(super) fn keyword(kind: Kind, clause: Clause) -> &'static str {
    match clause {
        Clause::Applies | Clause::Asked => "si",
        Clause::Requires => "exige",
        Clause::Unless => "sauf si",
        Clause::Aims => "vise",
        Clause::Due => match kind {
            Kind::Contribution => "due si",
            Kind::Mission | Kind::Sharing => "prévue si",
            _ => "prévu si",
        },
        Clause::Favourable => "favorable si",
        Clause::Amount => "montant",
        Clause::Deadline => "au plus tard",
        Clause::FulfilledBy => "remplie par",
        Clause::Question => "question :",
        Clause::Answers => "réponse attendue :",
        Clause::Value => "",
    }
}
