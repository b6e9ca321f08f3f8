//! Lines of cases exclude one another and cover everything.

use super::dead;
use super::explore::{Example, Found};
use super::knowledge::Knowledge;
use super::question::{self, can_be};
use super::repeated;
use super::walk::Walk;
use super::witness::{self, Witness};
use super::words;
use crate::currency::Currency;
use crate::diagnostic::Diagnostic;
use crate::known::Truth;
use crate::limits;
use crate::policy::{CaseLine, ExprId, Policy, Written};
use crate::source::Span;

/// Two lines that apply at once, and a case in which none does; where there is neither, a line that no dossier reaches.
pub(super) fn check(walk: &mut Walk<'_>, lines: &[CaseLine], otherwise: Option<ExprId>) {
    let policy = walk.base.policy;
    let read: Vec<_> = lines.iter().map(|line| line.when).collect();
    let written = lines.first().map_or(Written::Line, |line| line.written);
    let whole = lines.iter().map(|line| line.span).reduce(Span::to).unwrap_or_default();

    let overlap = can_be(walk.base, &walk.held, &read, &|space| {
        let applies = space.lines(lines);
        (space.count(applies.clone(), 2, usize::MAX), applies)
    });
    let gap = if otherwise.is_some() {
        Found::Nothing
    } else {
        can_be(walk.base, &walk.held, &read, &|space| {
            let applies = space.lines(lines);
            (space.count(applies, 0, 0), Vec::new())
        })
    };
    if question::example(&overlap).is_some()
        && question::example(&gap).is_some()
        && let Some(repeated) = repeated::told(policy, lines)
    {
        walk.found.push(repeated);
        return;
    }
    if let Some(example) = question::example(&overlap) {
        let (two, help, one) = match written {
            Written::Exception => (
                "deux exceptions",
                "préciser l'une des deux conditions, ou écrire « sauf d'abord si » sur celle qui l'emporte",
                "cette exception s'applique",
            ),
            Written::Row => (
                "deux lignes du tableau",
                "ne laisser ce cas que dans l'une des deux lignes",
                "cette ligne s'applique",
            ),
            Written::Line | Written::Clause | Written::Group => (
                "deux lignes",
                "préciser l'une des deux conditions, ou écrire « sinon si » sur la seconde ligne pour que la première l'emporte",
                "cette ligne s'applique",
            ),
        };
        let together = |knowledge: &Knowledge<'_>| {
            apply(knowledge, lines).iter().filter(|applies| applies.holds()).count() >= 2
        };
        let case = case_of(walk, example, &read, &together);
        let mut holding = example.holding.clone();
        if let Case::Answers(witness) = &case {
            let applies = apply(&witness.knowledge(walk.base, &walk.held), lines);
            holding = (0..lines.len()).filter(|rank| applies.get(*rank).is_some_and(|a| a.holds())).collect();
        }
        let mut holding = holding.iter().filter_map(|rank| lines.get(*rank));
        let message = match case.words(policy) {
            None => format!("rien ne prouve que {two} ne s'appliquent pas à la fois"),
            Some(case) if case.is_empty() => format!("{two} s'appliquent toujours ensemble"),
            Some(case) => format!("{two} s'appliquent à la fois, par exemple si {case}"),
        };
        let mut diagnostic = Diagnostic::error("cas-qui-se-recouvrent", message).help(help);
        let labels = match case {
            Case::Unproved => ["cette ligne", "et celle-ci"],
            Case::Found(_) | Case::Answers(_) => [one, "celle-ci aussi"],
        };
        for text in labels {
            if let Some(line) = holding.next() {
                diagnostic = diagnostic.at(&policy.file, line.span, text);
            }
        }
        walk.found.push(diagnostic);
    }

    if let Some(example) = question::example(&gap) {
        let help = match written {
            Written::Row => {
                "ajouter une ligne pour ce cas, ou finir le tableau par « dans les autres cas : … »"
            }
            Written::Line | Written::Clause | Written::Exception | Written::Group => {
                "ajouter une ligne pour ce cas, ou finir par une ligne « dans les autres cas »"
            }
        };
        let none = |knowledge: &Knowledge<'_>| apply(knowledge, lines).iter().all(|applies| applies.fails());
        let case = case_of(walk, example, &read, &none);
        let leave = match case {
            Case::Unproved => "ces lignes laissent peut-être un cas de côté",
            Case::Found(_) | Case::Answers(_) => "ces lignes laissent un cas de côté",
        };
        let message = match case.words(policy) {
            None => "rien ne prouve qu'une de ces lignes s'applique toujours".to_owned(),
            Some(case) if case.is_empty() => "aucune ligne ne s'applique jamais".to_owned(),
            Some(case) => format!("aucune ligne ne s'applique, par exemple si {case}"),
        };
        walk.found.push(Diagnostic::error("cas-oublie", message).at(&policy.file, whole, leave).help(help));
    }

    if matches!(overlap, Found::Nothing) && matches!(gap, Found::Nothing) {
        dead::lines(walk, lines, otherwise);
    }
    if matches!(overlap, Found::TooMany) || matches!(gap, Found::TooMany) {
        let help = match written {
            Written::Row => "donner une partie de ce tableau dans une « définition » à part",
            Written::Line | Written::Clause | Written::Exception | Written::Group => {
                "écrire « sinon si » sur les lignes, qui se lisent alors dans l'ordre, et finir par « dans les autres cas »"
            }
        };
        walk.found.push(
            Diagnostic::error(
                "trop-de-cas",
                format!(
                    "les conditions de ces lignes se combinent de plus de {} façons : rien ne prouve qu'elles s'excluent et couvrent tout",
                    words::number(Currency::Euro, crate::policy::Type::Integer, &whole_number(limits::COMBINATIONS))
                ),
            )
            .at(&policy.file, whole, "trop de combinaisons")
            .help(help),
        );
    }
}

/// Whether each line applies, as far as is known.
fn apply(knowledge: &Knowledge<'_>, lines: &[CaseLine]) -> Vec<Truth> {
    let mut above = Truth::NO;
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let when = knowledge.truth(line.when);
        let applies = if line.else_if { when.and(!above) } else { when };
        above = above.or(applies);
        all.push(applies);
    }
    all
}

/// In which case something is so.
enum Case<'e> {
    /// As a search tells it.
    Found(&'e Example),
    /// Under these answers of a dossier.
    Answers(Witness),
    /// Answers were looked for, and none found: nothing tells whether there is one.
    Unproved,
}

impl Case<'_> {
    fn words(&self, policy: &Policy) -> Option<String> {
        match self {
            Case::Found(example) => Some(words::example(policy, example)),
            Case::Answers(witness) => Some(witness.words(policy)),
            Case::Unproved => None,
        }
    }
}

/// An example of answers of a dossier alone where it can be told so: what is worked out from them has no value of
/// its own.
fn case_of<'e>(
    walk: &Walk<'_>,
    example: &'e Example,
    read: &[ExprId],
    so: &dyn Fn(&Knowledge<'_>) -> bool,
) -> Case<'e> {
    if witness::is_of_inputs(walk.base.policy, example) {
        return Case::Found(example);
    }
    match Witness::find(walk.base, &walk.held, read, so) {
        Some(witness) => Case::Answers(witness),
        None if Witness::is_sought(walk.base, read) => Case::Unproved,
        None => Case::Found(example),
    }
}

fn whole_number(n: usize) -> crate::number::Ratio {
    crate::number::Ratio::from(i64::try_from(n).unwrap_or(i64::MAX))
}
