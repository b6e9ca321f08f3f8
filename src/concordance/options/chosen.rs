//! Options that a rule names one by one, against those of its passage.

use super::{Articles, Choosing, Finding, OR_WHY, Occurrence, name, quoted, span, words};

/// An option that the rule admits: the passage leaves it out, says another one, or one more, or none of it.
pub(super) fn one_of(
    articles: &Articles,
    choosing: &Choosing,
    beside: &[Choosing],
    occurrences: &[Occurrence],
) -> Option<Finding> {
    let policy = articles.policy;
    let chosen = |rank: &u16| choosing.options.contains(rank);
    let firm: Vec<&Occurrence> = occurrences.iter().filter(|occurrence| !occurrence.denied).collect();
    let finding =
        |at: &Occurrence, message: String, label: &str, rule_label: String, write: String| Finding {
            article: 0,
            code: "concordance-option",
            message,
            text: span(at),
            text_label: label.to_owned(),
            rule: choosing.span,
            rule_label,
            help: format!("{write}, {OR_WHY}"),
        };
    let names = |ranks: &[u16]| {
        ranks.iter().map(|rank| name(articles, choosing, *rank)).collect::<Vec<_>>().join(", ")
    };
    let rule_says = names(&choosing.options);
    let written = words(policy, choosing.span);
    // The condition with other options: `nature est A`, `nature est parmi A, B`.
    let admit = |ranks: &[u16]| {
        let among = if ranks.len() > 1 { "est parmi " } else { "est " };
        let subject =
            written.split_once(" est ").map(|(subject, _)| format!("{subject} ")).unwrap_or_default();
        format!("écrire « {subject}{among}{} »", names(ranks))
    };
    // Denied in the text, admitted by the rule.
    let denied = occurrences
        .iter()
        .find(|one| one.denied && chosen(&one.rank) && !firm.iter().any(|other| other.rank == one.rank));
    if let Some(denied) = denied {
        return Some(finding(
            denied,
            format!("le texte écarte {}, la règle le retient", quoted(policy, span(denied))),
            "écarté ici",
            format!("retient « {rule_says} »"),
            match choosing.options.as_slice() {
                [_] => format!("écrire « {} »", written.replacen(" est ", " n'est pas ", 1)),
                several => {
                    let kept: Vec<u16> =
                        several.iter().copied().filter(|rank| *rank != denied.rank).collect();
                    admit(&kept)
                }
            },
        ));
    }
    if !firm.iter().any(|one| chosen(&one.rank)) {
        let other = firm.first()?;
        return Some(finding(
            other,
            format!("le texte dit {}, la règle dit « {rule_says} »", quoted(policy, span(other))),
            "autre chose que la règle",
            format!("retient « {rule_says} »"),
            admit(&together(other, &firm)),
        ));
    }
    // One more in the same enumeration of the text.
    // « étudiants boursiers ou apprentis »: the rule may have each in a branch of its own.
    let said = |rank: u16| {
        beside.iter().any(|other| other.choice == choosing.choice && other.options.contains(&rank))
    };
    let more = firm.iter().find(|one| {
        !said(one.rank) && !one.aim && firm.iter().any(|other| chosen(&other.rank) && linked(one, other))
    });
    if let Some(more) = more {
        return Some(finding(
            more,
            format!("le texte dit aussi {}, la règle ne l'a pas", quoted(policy, span(more))),
            "n'est pas dans la règle",
            format!("retient « {rule_says} »"),
            admit(&[choosing.options.as_slice(), &[more.rank]].concat()),
        ));
    }
    // One more in the rule than in the enumeration; what else a list keeps may be said in another way.
    if choosing.kept {
        return None;
    }
    let absent = choosing.options.iter().find(|rank| !occurrences.iter().any(|one| one.rank == **rank))?;
    let first = firm.iter().find(|one| chosen(&one.rank))?;
    (choosing.options.len() > 1).then(|| {
        finding(
            first,
            format!("la règle admet « {} », le texte cité n'en dit rien", name(articles, choosing, *absent)),
            "le texte",
            format!("retient « {rule_says} »"),
            admit(&choosing.options.iter().copied().filter(|rank| rank != absent).collect::<Vec<_>>()),
        )
    })
}

/// An option that the rule leaves out: the passage asks for it, or leaves out another one.
pub(super) fn none_of(
    articles: &Articles,
    choosing: &Choosing,
    beside: &[Choosing],
    occurrences: &[Occurrence],
) -> Option<Finding> {
    let policy = articles.policy;
    let rule_says =
        choosing.options.iter().map(|rank| name(articles, choosing, *rank)).collect::<Vec<_>>().join(", ");
    let written = words(policy, choosing.span);
    let (subject, rest) = written.split_once(" n'est pas ")?;
    let finding = |at: &Occurrence, says: &str, label: &str, write: String| Finding {
        article: 0,
        code: "concordance-option",
        message: format!("le texte {says} {}, la règle écarte « {rule_says} »", quoted(policy, span(at))),
        text: span(at),
        text_label: label.to_owned(),
        rule: choosing.span,
        rule_label: format!("écarte « {rule_says} »"),
        help: format!("écrire « {write} », {OR_WHY}"),
    };
    let mut named = occurrences.iter().filter(|one| choosing.options.contains(&one.rank)).peekable();
    if let Some(first) = named.peek().copied() {
        let asked = named.all(|one| one.firm && !one.denied && !one.aim);
        return asked.then(|| finding(first, "demande", "demandé ici", format!("{subject} est {rest}")));
    }
    if choosing.options.len() > 1 {
        return None;
    }
    let ruled = |rank: u16| {
        let mut others = beside.iter().filter(|other| other.choice == choosing.choice);
        others.any(|other| other.options.contains(&rank))
    };
    let other = occurrences.iter().find(|one| one.denied && !ruled(one.rank))?;
    let other_name = name(articles, choosing, other.rank);
    Some(finding(other, "écarte", "écarté ici", format!("{subject} n'est pas {other_name}")))
}

/// Whether two options stand in one enumeration of a passage.
pub(super) fn linked(a: &Occurrence, b: &Occurrence) -> bool {
    if !std::ptr::eq(a.quoted, b.quoted) {
        return false;
    }
    let (from, to) = if a.from < b.from { (a.to, b.from) } else { (b.to, a.from) };
    let gap = a.quoted.passage.tokens.get(from..to).unwrap_or_default();
    let small = [
        "de", "d'", "du", "des", "la", "le", "l'", "les", "un", "une", "en", "dans", "à", "au", "aux", "par",
    ];
    // « 25 % pour une association, 15 % pour une commune »: each has its own.
    let mut mentions = a.quoted.passage.mentions.iter();
    if mentions.any(|mention| from <= mention.from && mention.from < to) {
        return false;
    }
    let said = gap.iter().filter(|token| !token.is(&small)).count();
    said <= 4 && gap.len() <= 7 && gap.iter().any(|token| token.is(&[",", "ou", "et"]))
}

/// The options of the enumeration in which one stands.
fn together(one: &Occurrence, all: &[&Occurrence]) -> Vec<u16> {
    let mut group = vec![one];
    let mut ranks = vec![one.rank];
    for other in all {
        if group.iter().any(|own| linked(own, other)) && !ranks.contains(&other.rank) {
            ranks.push(other.rank);
            group.push(other);
        }
    }
    ranks
}
