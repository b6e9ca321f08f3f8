//! What never comes to anything: an exception that changes nothing, a line that no dossier reaches. Text and rule may
//! agree word for word and the condition still be the wrong way round.

use super::Held;
use super::explore::Found;
use super::question::can_be;
use super::walk::Walk;
use crate::diagnostic::Diagnostic;
use crate::policy::{CaseLine, Criterion, Derogation, ExprId, Funding, Written};

/// Most lines of one set of cases that are looked at: each is held against all those above it.
const LINES: usize = 50;

/// Exceptions of a criterion whose cases meet it already.
pub(super) fn of_criterion(walk: &mut Walk<'_>, criterion: &Criterion) {
    let rule =
        Rule { matters: criterion.requires, truth: false, why: "ce que la règle exige est déjà rempli" };
    exceptions(walk, &criterion.unless, &rule);
}

/// Exclusions of what is not due in their cases anyway.
pub(super) fn of_funding(walk: &mut Walk<'_>, funding: &Funding) {
    let Some(due) = funding.due else { return };
    let rule = Rule { matters: due, truth: true, why: "rien n'est dû de toute façon" };
    exceptions(walk, &funding.unless, &rule);
}

/// What exceptions are made to: they change something only where it is so, or is not.
struct Rule {
    matters: ExprId,
    truth: bool,
    /// What is said where it is otherwise.
    why: &'static str,
}

/// Says of each exception that it changes nothing: no dossier is in its case, or only some to which the rule, or another
/// exception, does the same.
fn exceptions(walk: &mut Walk<'_>, all: &[Derogation], rule: &Rule) {
    let policy = walk.base.policy;
    let place = |expr: ExprId| policy.exprs.get(expr).span;
    if all.is_empty() || all.len() > LINES || !walk.may_be(&[]) {
        return;
    }
    let so = |rank: usize| all.get(rank).map(|exception| Held::so(exception.condition));
    let covers = |other: usize, rank: usize| {
        let denied = all.get(other).map(|other| Held::not_so(other.condition));
        !walk.may_be(&so(rank).into_iter().chain(denied).collect::<Vec<_>>())
    };
    let mut found = Vec::new();
    for (rank, exception) in all.iter().enumerate() {
        let at = place(exception.condition);
        if !policy.is_own(at) {
            continue;
        }
        let own = Held::so(exception.condition);
        let changes = Held::Condition { expr: rule.matters, truth: rule.truth };
        let (why, beside) = if walk.may_be(&[own, changes]) {
            // Of two that are one and the same, the second is told.
            let other = (0..all.len())
                .filter(|other| *other != rank)
                .find(|other| covers(*other, rank) && (*other < rank || !covers(rank, *other)));
            let Some(other) = other.and_then(|other| all.get(other)) else { continue };
            ("une autre exception couvre déjà ce cas", Some((place(other.condition), "couvre déjà ce cas")))
        } else if walk.may_be(&[own]) {
            let label = if rule.truth { "n'est jamais vrai alors" } else { "toujours vrai alors" };
            (rule.why, Some((place(rule.matters), label)))
        } else {
            ("aucun dossier n'est dans ce cas", None)
        };
        let message = format!("cette exception ne change jamais rien : {why}");
        // A text may well shut out what it does not give.
        let told = if rule.truth { Diagnostic::warning } else { Diagnostic::error };
        let problem = told("exception-sans-effet", message).at(&policy.file, at, "sans effet");
        let problem =
            beside.into_iter().fold(problem, |problem, (at, said)| problem.at(&policy.file, at, said));
        found.push(problem.help("vérifier la valeur et le sens de chaque comparaison, ou ôter l'exception"));
    }
    walk.found.extend(found);
}

/// Lines that no dossier reaches.
pub(super) fn lines(walk: &mut Walk<'_>, lines: &[CaseLine]) {
    let policy = walk.base.policy;
    if lines.len() > LINES || !walk.may_be(&[]) {
        return;
    }
    let mut found = Vec::new();
    let mut above: Vec<&CaseLine> = Vec::new();
    for line in lines {
        let free = above.iter().filter(|_| line.else_if).map(|other| Held::not_so(other.when));
        let reached: Vec<Held> = free.chain([Held::so(line.when)]).collect();
        if policy.is_own(line.span) && !walk.may_be(&reached) {
            found.push(dead(walk, line, &above));
        }
        above.push(line);
    }
    walk.found.extend(found);
}

fn dead(walk: &Walk<'_>, line: &CaseLine, above: &[&CaseLine]) -> Diagnostic {
    let policy = walk.base.policy;
    let what = if line.written == Written::Exception { "cette exception" } else { "cette ligne" };
    if !walk.may_be(&[Held::so(line.when)]) {
        let at = policy.exprs.get(line.when).span;
        return Diagnostic::error("ligne-morte", format!("{what} ne s'applique à aucun dossier"))
            .at(&policy.file, at, "n'est jamais vrai")
            .help("vérifier la valeur et le sens de chaque comparaison");
    }
    let message = format!("{what} ne s'applique jamais : ce qui la précède couvre tous ses cas");
    let problem = Diagnostic::error("ligne-morte", message).at(&policy.file, line.span, "jamais atteinte");
    let covers = |other: &&&CaseLine| !walk.may_be(&[Held::so(line.when), Held::not_so(other.when)]);
    let problem = match above.iter().find(covers) {
        Some(other) => problem.at(&policy.file, other.span, "couvre déjà ces cas"),
        None => problem,
    };
    problem.help("la mettre avant ce qui la couvre, ou vérifier le sens de chaque comparaison")
}

impl Walk<'_> {
    /// Whether some dossier may be under these conditions besides those in force: where nothing proves that none is.
    fn may_be(&self, besides: &[Held]) -> bool {
        let held: Vec<Held> = self.held.iter().chain(besides).copied().collect();
        let read: Vec<ExprId> = besides.iter().filter_map(|held| held.subject()).collect();
        !matches!(can_be(self.base, &held, &read, &|space| (space.is(true), Vec::new())), Found::Nothing)
    }
}
