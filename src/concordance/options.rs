//! Words of a scale or a choice: « a minima, départemental » and `échelon ≥ départemental`.

mod chosen;
mod upside_down;

use std::collections::HashSet;

use self::chosen::{linked, none_of, one_of};
use super::article::{Article, Articles, Nature, Quoted};
use super::facts::is_negative;
use super::finding::{Finding, OR_WHY, quoted, words};
use super::prose::aim::Aim;
use super::prose::bound::around;
use super::prose::sense::Kind;
use super::quantity::{holds_at_bound, is_floor, with_those_above};
use super::rule::{Case, Choosing};
use super::words::find_option;
use crate::policy::ChoiceId;
use crate::source::Span;
use crate::syntax::tree::CompareOp;

/// An option's name in a passage.
pub(super) struct Occurrence<'p> {
    quoted: &'p Quoted,
    /// Its rank.
    pub rank: u16,
    from: usize,
    to: usize,
    /// What the words around it say, and where they stand.
    bound: Option<(CompareOp, Span)>,
    /// It is aimed at, or left free.
    aim: bool,
    /// « non », « hors », « autre que », « ne sont pas retenus ».
    pub denied: bool,
    /// Its sentence denies nothing.
    firm: bool,
}

/// What does not agree in the options of all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut turned: HashSet<ChoiceId> = HashSet::new();
    for (at, article) in articles.compared() {
        for choosing in &article.rule.choosings {
            if turned.contains(&choosing.choice) {
                continue;
            }
            let passages = passages(articles, article);
            let occurrences = occurrences(articles, choosing, &passages);
            if let Some(finding) = upside_down::finding(articles, article, choosing, &occurrences) {
                turned.insert(choosing.choice);
                found.push(Finding { article: at, ..finding });
                continue;
            }
            if occurrences.is_empty() {
                continue;
            }
            let finding = match choosing.op {
                CompareOp::Eq => one_of(articles, choosing, &article.rule.choosings, &occurrences),
                CompareOp::Ne => none_of(articles, choosing, &article.rule.choosings, &occurrences),
                CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => {
                    on_scale(articles, choosing, &occurrences)
                }
            };
            found.extend(finding.map(|finding| Finding { article: at, ..finding }));
        }
        let ordered = |case: &&Choosing| !matches!(case.op, CompareOp::Eq | CompareOp::Ne);
        for case in article.rule.cases.iter().filter(ordered) {
            let occurrences = occurrences(articles, case, &passages(articles, article));
            let same = |one: &Occurrence| one.bound.is_some() && case.options.first() == Some(&one.rank);
            // Only of the option that the case names: what else the passage says is of other cases.
            let own: Vec<Occurrence> = occurrences.into_iter().filter(same).collect();
            let finding = on_scale(articles, case, &own).filter(|_| !own.is_empty());
            found.extend(finding.map(|finding| Finding { article: at, ..finding }));
        }
        for case in article.rule.cases.iter().filter(|case| case.kept) {
            let occurrences = occurrences(articles, case, &passages(articles, article));
            let finding = match case.op {
                CompareOp::Eq => one_of(articles, case, &article.rule.cases, &occurrences),
                CompareOp::Ne => none_of(articles, case, &article.rule.cases, &occurrences),
                CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => None,
            };
            found.extend(finding.map(|finding| Finding { article: at, ..finding }));
        }
        found.extend(in_cases(articles, article).map(|finding| Finding { article: at, ..finding }));
    }
    found
}

/// A case for an option that the text does not name, where it names another that no case has.
fn in_cases(articles: &Articles, article: &Article) -> Option<Finding> {
    let equal = |case: &&Choosing| case.op == CompareOp::Eq && !case.kept;
    let lines = article.rule.claims.iter().flat_map(|claims| &claims.of).filter_map(|claim| {
        let options = |case: &Case| match case {
            Case::Options { choice, ranks, plain: true, .. } => Some((*choice, ranks.clone())),
            Case::Options { .. } | Case::Fact(_) | Case::Named(_) | Case::Figure(_) => None,
        };
        let (choice, options) = claim.case.iter().find_map(options)?;
        Some(Choosing { span: claim.span, choice, options, op: CompareOp::Eq, required: false, kept: false })
    });
    let cases: Vec<Choosing> = article.rule.cases.iter().filter(equal).cloned().chain(lines).collect();
    let all = cases.iter().chain(&article.rule.choosings).chain(&article.rule.cases);
    let ruled: HashSet<(ChoiceId, u16)> =
        all.flat_map(|one| one.options.iter().map(|rank| (one.choice, *rank))).collect();
    for case in &cases {
        let passages = passages(articles, article);
        let occurrences = occurrences(articles, case, &passages);
        let unruled = |one: &&Occurrence| !one.denied && !ruled.contains(&(case.choice, one.rank));
        let absent = case.options.iter().find(|rank| !occurrences.iter().any(|one| one.rank == **rank));
        let Some(absent) = absent else {
            // « les zones de haute montagne et de montagne », `vaut 10 % si zone est haute montagne`.
            let own: Vec<&Occurrence> =
                occurrences.iter().filter(|one| !one.denied && case.options.contains(&one.rank)).collect();
            let more = occurrences.iter().filter(unruled).find(|one| own.iter().any(|own| linked(own, one)));
            let Some(more) = more else { continue };
            let (says, its) = (name(articles, case, more.rank), words(articles.policy, case.span));
            return Some(Finding {
                article: 0,
                code: "concordance-option",
                message: format!(
                    "le texte dit aussi {}, la règle ne l'a pas",
                    quoted(articles.policy, span(more))
                ),
                text: span(more),
                text_label: "n'est pas dans la règle".to_owned(),
                rule: case.span,
                rule_label: format!("« {its} » laisse « {says} » de côté"),
                help: format!("y ajouter « {says} », {OR_WHY}"),
            });
        };
        let other = occurrences.iter().find(unruled);
        let Some(other) = other else { continue };
        let rule_says = name(articles, case, *absent);
        return Some(Finding {
            article: 0,
            code: "concordance-option",
            message: format!(
                "le texte dit {}, la règle dit « {rule_says} »",
                quoted(articles.policy, span(other))
            ),
            text: span(other),
            text_label: "n'est pas dans la règle".to_owned(),
            rule: case.span,
            rule_label: format!("le texte ne dit rien de « {rule_says} »"),
            help: format!("écrire « {} », {OR_WHY}", name(articles, case, other.rank)),
        });
    }
    None
}

/// What an item quotes; of a definition that quotes nothing, what its readers do.
pub(super) fn passages<'p>(articles: &'p Articles, article: &'p Article) -> Vec<&'p Quoted> {
    if article.quoted.is_empty() && article.nature == Nature::Shared {
        return article.above.iter().flat_map(|above| &articles.all[*above].quoted).collect();
    }
    article.quoted.iter().collect()
}

/// Where they say the options of what is chosen among.
pub(super) fn occurrences<'p>(
    articles: &Articles,
    choosing: &Choosing,
    passages: &[&'p Quoted],
) -> Vec<Occurrence<'p>> {
    let options = &articles.policy.choices[choosing.choice.index()].options;
    let mut found: Vec<Occurrence<'p>> = Vec::new();
    for quoted in passages {
        let tokens = &quoted.passage.tokens;
        let sentences = &quoted.passage.sentences;
        let mut here = Vec::new();
        for (rank, option) in options.iter().enumerate() {
            let rank = u16::try_from(rank).unwrap_or(u16::MAX);
            here.extend(find_option(tokens, option).into_iter().map(|(from, to)| (from, to, rank)));
        }
        // The longest name that stands at a place is meant.
        let mut longest: Vec<(usize, usize, u16)> = here
            .iter()
            .filter(|(from, to, _)| !here.iter().any(|(f, t, _)| f <= from && to <= t && t - f > to - from))
            .copied()
            .collect();
        longest.sort_unstable();
        for (from, to, rank) in longest {
            let said = around(tokens, from, to);
            let sentence = sentences.iter().find(|sentence| (sentence.from..sentence.to).contains(&from));
            // « sans emploi » is what it is called.
            let own = options.get(usize::from(rank)).is_some_and(|option| is_negative(option));
            let denied = sentence.and_then(|sentence| sentence.is_denied(tokens, (from, to)));
            let denied = denied.map(|denied| denied != own);
            let excepted = sentence.is_some_and(|sentence| sentence.kind(from) == Kind::Exception);
            let span = |said: super::prose::bound::Said| {
                quoted.passage.span(said.from.unwrap_or(from), said.to.unwrap_or(to))
            };
            found.push(Occurrence {
                quoted,
                rank,
                from,
                to,
                bound: said.map(|said| (said.bound.op, span(said))),
                aim: quoted.passage.aims.iter().any(|aim: &Aim| aim.from <= from && to <= aim.until),
                denied: denied == Some(true) || excepted && denied.is_none(),
                firm: denied == Some(false),
            });
        }
    }
    found
}

fn name(articles: &Articles, choosing: &Choosing, rank: u16) -> String {
    let options = &articles.policy.choices[choosing.choice.index()].options;
    options.get(usize::from(rank)).map_or(String::new(), |name| name.to_string())
}

/// The words of an option, with what bounds it.
pub(super) fn span(occurrence: &Occurrence) -> Span {
    let own = occurrence.quoted.passage.span(occurrence.from, occurrence.to);
    occurrence.bound.map_or(own, |(_, span)| span)
}

fn on_scale(articles: &Articles, choosing: &Choosing, occurrences: &[Occurrence]) -> Option<Finding> {
    let policy = articles.policy;
    let wanted = *choosing.options.first()?;
    let first_above = |rank: u16, op| with_those_above(op).map(|with| u32::from(rank) + u32::from(!with));
    let bounds: Vec<&Occurrence> =
        occurrences.iter().filter(|occurrence| occurrence.bound.is_some() && !occurrence.aim).collect();
    let agrees = |occurrence: &&&Occurrence| {
        let Some((op, _)) = occurrence.bound else { return false };
        first_above(occurrence.rank, op) == first_above(wanted, choosing.op)
            && is_floor(op) == is_floor(choosing.op)
    };
    if bounds.iter().any(|bound| agrees(&bound)) {
        return None;
    }
    let rule_says = format!("{} {}", choosing.op.sign(), name(articles, choosing, wanted));
    // « a minima, employé et, au plus, agent de maîtrise »: each end is held against its own.
    let alike =
        |bound: &&&Occurrence| bound.bound.is_some_and(|(op, _)| is_floor(op) == is_floor(choosing.op));
    let own = bounds.iter().find(alike).filter(|own| own.rank != wanted);
    if let Some(bound) = bounds.iter().find(|bound| bound.rank == wanted).filter(|_| own.is_none()) {
        let (op, span) = bound.bound?;
        let answer = |op| if holds_at_bound(op) { "oui" } else { "non" };
        let label = format!("soit « {} {} »", op.sign(), name(articles, choosing, wanted));
        let write = format!("écrire « {} », {OR_WHY}", op.sign());
        let help = if answer(op) == answer(choosing.op) {
            write
        } else {
            format!(
                "à « {} » exactement, le texte dit {} et la règle dit {} ; {write}",
                name(articles, choosing, wanted),
                answer(op),
                answer(choosing.op)
            )
        };
        return Some(Finding {
            article: 0,
            code: "concordance-comparaison",
            message: format!("le texte dit {}, la règle dit « {rule_says} »", quoted(policy, span)),
            text: span,
            text_label: label,
            rule: choosing.span,
            rule_label: "n'est pas la même comparaison".to_owned(),
            help,
        });
    }
    if let Some(finding) = enumerated(articles, choosing, occurrences, &rule_says) {
        return Some(finding);
    }
    let other = own.or(bounds.first()).copied().or_else(|| {
        // Without words of comparison, a name that the text has firmly and the rule has not.
        let firm = |occurrence: &&Occurrence| !occurrence.aim && !occurrence.denied;
        let named = occurrences.iter().any(|occurrence| occurrence.rank == wanted && firm(&occurrence));
        if named { None } else { occurrences.iter().find(firm) }
    })?;
    let span = span(other);
    Some(Finding {
        article: 0,
        code: "concordance-option",
        message: format!("le texte dit {}, la règle dit « {rule_says} »", quoted(policy, span)),
        text: span,
        text_label: format!("porte sur « {} »", name(articles, choosing, other.rank)),
        rule: choosing.span,
        rule_label: format!("retient « {} »", name(articles, choosing, wanted)),
        help: format!("écrire « {} », {OR_WHY}", name(articles, choosing, other.rank)),
    })
}

/// « modérée, moyenne ou forte » over `≥ moyen`: a line up of steps, one of which the rule leaves out.
fn enumerated(
    articles: &Articles,
    choosing: &Choosing,
    occurrences: &[Occurrence],
    rule_says: &str,
) -> Option<Finding> {
    let wanted = *choosing.options.first()?;
    let firm: Vec<&Occurrence> = occurrences
        .iter()
        .filter(|occurrence| !occurrence.aim && !occurrence.denied && occurrence.bound.is_none())
        .collect();
    let kept = |rank: u16| match choosing.op {
        CompareOp::Ge => rank >= wanted,
        CompareOp::Gt => rank > wanted,
        CompareOp::Le => rank <= wanted,
        CompareOp::Lt => rank < wanted,
        CompareOp::Eq | CompareOp::Ne => true,
    };
    let linked = |a: &Occurrence, b: &Occurrence| {
        std::ptr::eq(a.quoted, b.quoted)
            && a.to <= b.from
            && a.quoted
                .passage
                .tokens
                .get(a.to..b.from)
                .is_some_and(|gap| gap.len() <= 4 && gap.iter().any(|token| token.is(&[",", "ou"])))
    };
    let mut groups: Vec<Vec<&Occurrence>> = Vec::new();
    for one in firm {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| linked(last, one)) => group.push(one),
            _ => groups.push(vec![one]),
        }
    }
    // A line up alone, closed by « ou »: what a text goes through one by one is a table.
    let [group] = groups.as_slice() else { return None };
    let any = group.windows(2).any(|pair| match pair {
        [a, b] => a
            .quoted
            .passage
            .tokens
            .get(a.to..b.from)
            .is_some_and(|gap| gap.iter().any(|token| token.text == "ou")),
        _ => false,
    });
    let out = group.iter().find(|one| !kept(one.rank))?;
    if !any || !group.iter().any(|one| kept(one.rank)) {
        return None;
    }
    let least = name(articles, choosing, out.rank);
    Some(Finding {
        article: 0,
        code: "concordance-option",
        message: format!(
            "le texte dit aussi {}, la règle dit « {rule_says} »",
            quoted(articles.policy, span(out))
        ),
        text: span(out),
        text_label: "la règle l'écarte".to_owned(),
        rule: choosing.span,
        rule_label: format!("laisse « {least} » de côté"),
        help: format!("écrire « {} {least} », {OR_WHY}", with_itself(choosing.op).sign()),
    })
}

/// The same way, with the bound itself.
fn with_itself(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Gt => CompareOp::Ge,
        CompareOp::Lt => CompareOp::Le,
        CompareOp::Ge | CompareOp::Le | CompareOp::Eq | CompareOp::Ne => op,
    }
}
