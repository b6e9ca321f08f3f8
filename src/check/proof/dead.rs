//! What never comes to anything: an exception that changes nothing, a line that no dossier reaches. Text and rule may
//! agree word for word and the condition still be the wrong way round.

use super::Held;
use super::question::may_be;
use super::walk::Walk;
use crate::diagnostic::Diagnostic;
use crate::policy::{CaseLine, Criterion, Derogation, ExprId, Funding, Policy, Written};
use crate::source::Span;

/// Most lines of one set of cases that are looked at: each is held against all those above it.
const LINES: usize = 50;
/// Most exceptions of one rule that are held against one another.
const EXCEPTIONS: usize = 10;

/// Exceptions of a criterion whose cases meet it already.
pub(super) fn of_criterion(walk: &mut Walk<'_>, criterion: &Criterion) {
    let rule =
        Rule { matters: criterion.requires, truth: false, why: "ce que la règle exige est déjà rempli" };
    exceptions(walk, &criterion.unless, &rule);
    always_met(walk, criterion);
}

/// A criterion that its exceptions leave to nobody to fail.
fn always_met(walk: &mut Walk<'_>, criterion: &Criterion) {
    let policy = walk.base.policy;
    let required = policy.exprs.get(criterion.requires).span;
    let failed = Held::not_so(criterion.requires);
    if criterion.unless.is_empty() || !policy.is_own(required) || !walk.may_be(&[failed]) {
        return;
    }
    let besides = criterion.unless.iter().map(|exception| Held::not_so(exception.condition));
    if walk.may_be(&std::iter::once(failed).chain(besides).collect::<Vec<_>>()) {
        return;
    }
    let message = format!(
        "aucun dossier ne peut manquer le critère « {} » : ses exceptions couvrent tous les autres cas",
        criterion.head.name
    );
    let problem = Diagnostic::warning("critere-toujours-rempli", message)
        .at(&policy.file, required, "n'exige rien de personne")
        .help("vérifier la valeur et le sens de chaque comparaison");
    walk.found.push(problem);
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
                .filter(|other| *other != rank && all.len() <= EXCEPTIONS)
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

/// Lines that no dossier reaches; `otherwise`: what holds where none applies.
pub(super) fn lines(walk: &mut Walk<'_>, lines: &[CaseLine], otherwise: Option<ExprId>) {
    if walk.again || lines.len() > LINES || !walk.may_be(&[]) {
        return;
    }
    let policy = walk.base.policy;
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
    let written = lines.first().map_or(Written::Line, |line| line.written);
    if let Some(otherwise) = otherwise.filter(|_| written != Written::Clause && found.is_empty()) {
        let none: Vec<Held> = lines.iter().map(|line| Held::not_so(line.when)).collect();
        let place = policy.exprs.get(otherwise).span;
        if policy.is_own(place) && !walk.may_be(&none) {
            found.push(nothing_left(policy, written, place));
        }
    }
    walk.found.extend(found);
}

/// What is said of the last line, or of a rule, where those before it, or its exceptions, leave it nothing.
fn nothing_left(policy: &Policy, written: Written, place: Span) -> Diagnostic {
    let problem = |problem: Diagnostic| problem.at(&policy.file, place, "jamais atteint");
    match written {
        Written::Exception => problem(Diagnostic::error(
            "ligne-morte",
            "la règle ne s'applique jamais : ses exceptions couvrent tous les cas",
        ))
        .help("vérifier la valeur et le sens de chaque comparaison"),
        Written::Line | Written::Row | Written::Clause | Written::Group => problem(Diagnostic::warning(
            "ligne-morte",
            "il n'y a pas d'autres cas : les lignes au-dessus les couvrent tous",
        ))
        .help("ôter cette ligne, ou vérifier le sens de chaque comparaison"),
    }
}

fn dead(walk: &Walk<'_>, line: &CaseLine, above: &[&CaseLine]) -> Diagnostic {
    let policy = walk.base.policy;
    let place = |expr: ExprId| policy.exprs.get(expr).span;
    let what = if line.written == Written::Exception { "cette exception" } else { "cette ligne" };
    let own = Held::so(line.when);
    if !may_be(walk.base, &[own]) {
        return Diagnostic::error("ligne-morte", format!("{what} ne s'applique à aucun dossier"))
            .at(&policy.file, place(line.when), "n'est jamais vrai")
            .help("vérifier la valeur et le sens de chaque comparaison");
    }
    // What stands above it in the same cases, or in force around them: « sauf d'abord si ».
    let before = above.iter().map(|other| (Held::not_so(other.when), other.span));
    let around = walk.held.iter().filter_map(|held| Some((*held, place(held.subject()?))));
    let covers = before.chain(around).find(|(other, _)| !may_be(walk.base, &[own, *other]));
    let (why, said) = match covers {
        Some((Held::Condition { truth: true, .. } | Held::Band { .. }, _)) => {
            ("ce qui est en vigueur ici exclut tous ses cas", "exclut ces cas")
        }
        Some(_) | None if line.else_if => ("ce qui la précède couvre tous ses cas", "couvre déjà ces cas"),
        Some(_) | None => ("ce qui l'emporte sur elle couvre tous ses cas", "couvre déjà ces cas"),
    };
    let problem = Diagnostic::error("ligne-morte", format!("{what} ne s'applique jamais : {why}")).at(
        &policy.file,
        line.span,
        "jamais atteinte",
    );
    let problem = covers.into_iter().fold(problem, |problem, (_, at)| problem.at(&policy.file, at, said));
    problem.help("la mettre avant ce qui la couvre, ou vérifier le sens de chaque comparaison")
}

impl Walk<'_> {
    /// Whether some dossier may be under these conditions besides those in force.
    fn may_be(&self, besides: &[Held]) -> bool {
        may_be(self.base, &self.held.iter().chain(besides).copied().collect::<Vec<_>>())
    }
}
