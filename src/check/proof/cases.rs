//! Lines of cases exclude one another and cover everything.

use super::explore::Found;
use super::question::{self, can_be};
use super::walk::Walk;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::{CaseLine, Written};
use crate::source::Span;

/// Two lines that apply at once, and a case in which none does.
pub(super) fn check(walk: &mut Walk<'_>, lines: &[CaseLine], otherwise: bool) {
    let policy = walk.base.policy;
    let read: Vec<_> = lines.iter().map(|line| line.when).collect();
    let written = lines.first().map_or(Written::Line, |line| line.written);
    let whole = lines.iter().map(|line| line.span).reduce(Span::to).unwrap_or_default();

    let overlap = can_be(walk.base, &walk.held, &read, &|space| {
        let applies = space.lines(lines);
        (space.count(applies.clone(), 2, usize::MAX), applies)
    });
    if let Some(example) = question::example(&overlap) {
        let mut holding = example.holding.iter().filter_map(|rank| lines.get(*rank));
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
            Written::Line | Written::Clause => (
                "deux lignes",
                "préciser l'une des deux conditions, ou écrire « sinon si » sur la seconde ligne pour que la première l'emporte",
                "cette ligne s'applique",
            ),
        };
        let message = match words::example(policy, example) {
            case if case.is_empty() => format!("{two} s'appliquent toujours ensemble"),
            case => format!("{two} s'appliquent à la fois, par exemple si {case}"),
        };
        let mut diagnostic = Diagnostic::error("cas-qui-se-recouvrent", message).help(help);
        for text in [one, "celle-ci aussi"] {
            if let Some(line) = holding.next() {
                diagnostic = diagnostic.at(&policy.file, line.span, text);
            }
        }
        walk.found.push(diagnostic);
    }

    let gap = if otherwise {
        Found::Nothing
    } else {
        can_be(walk.base, &walk.held, &read, &|space| {
            let applies = space.lines(lines);
            (space.count(applies, 0, 0), Vec::new())
        })
    };
    if let Some(example) = question::example(&gap) {
        let help = match written {
            Written::Row => {
                "ajouter une ligne pour ce cas, ou finir le tableau par « dans les autres cas : … »"
            }
            Written::Line | Written::Clause | Written::Exception => {
                "ajouter une ligne pour ce cas, ou finir par une ligne « dans les autres cas »"
            }
        };
        let message = match words::example(policy, example) {
            case if case.is_empty() => "aucune ligne ne s'applique jamais".to_owned(),
            case => format!("aucune ligne ne s'applique, par exemple si {case}"),
        };
        walk.found.push(
            Diagnostic::error("cas-oublie", message)
                .at(&policy.file, whole, "ces lignes laissent un cas de côté")
                .help(help),
        );
    }

    if matches!(overlap, Found::TooMany) || matches!(gap, Found::TooMany) {
        let help = match written {
            Written::Row => "donner une partie de ce tableau dans une « définition » à part",
            Written::Line | Written::Clause | Written::Exception => {
                "écrire « sinon si » sur les lignes, qui se lisent alors dans l'ordre, et finir par « dans les autres cas »"
            }
        };
        walk.found.push(
            Diagnostic::error(
                "trop-de-cas",
                format!(
                    "les conditions de ces lignes se combinent de plus de {} façons : rien ne prouve qu'elles s'excluent et couvrent tout",
                    words::number(crate::policy::Type::Integer, &whole_number(limits::COMBINATIONS))
                ),
            )
            .at(&policy.file, whole, "trop de combinaisons")
            .help(help),
        );
    }
}

fn whole_number(n: usize) -> crate::number::Ratio {
    crate::number::Ratio::from(i64::try_from(n).unwrap_or(i64::MAX))
}
