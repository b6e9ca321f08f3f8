//! Whether two conditions meet in a rule as the passage says: under « et », or under « ou ».

use super::super::accord::same as same_figure;
use super::super::article::{Article, Articles};
use super::super::facts::said;
use super::super::finding::{Finding, OR_WHY, quoted, words};
use super::super::prose::Mention;
use super::super::prose::token::Token;
use super::super::quantity::{Bound, is_floor};
use super::super::rule::{Case, Joint, Leaf, Tree};
use super::super::words::{find_option, same, stem, stems};
use super::text::{Met, Text};
use super::{DENIES, Join, distributes, is_asked_for, puts_together};

/// Where something stands.
type Place = (usize, usize);

/// How near two words of a name stand that say it in one place, in tokens.
const TOGETHER: usize = 4;
/// Places of one condition beyond which nothing is told of it.
const MOST: usize = 4;

/// The first two conditions of an item that meet otherwise than the passage says.
pub(super) fn compare(articles: &Articles, article: &Article) -> Option<Finding> {
    if article.rule.trees.is_empty() {
        return None;
    }
    let text = Text::new(article.quoted.iter());
    article.rule.trees.iter().find_map(|tree| {
        let places: Vec<Vec<Place>> =
            tree.leaves.iter().enumerate().map(|(at, _)| places(articles, &text, tree, at)).collect();
        let all = || tree.leaves.iter().zip(&places);
        let said: Vec<Place> = places.iter().flatten().copied().collect();
        let pairs =
            all().enumerate().flat_map(|(rank, one)| all().skip(rank + 1).map(move |other| (one, other)));
        pairs.into_iter().find_map(|(one, other)| {
            let joint = tree.joint(one.0, other.0)?;
            let met = met(&text, (tree, &said), one, other)?;
            let differs = (met.join == Join::All) != joint.every;
            differs.then(|| finding(articles, &text, tree, (one.0, other.0), joint, met))?
        })
    })
}

fn finding(
    articles: &Articles,
    text: &Text,
    tree: &Tree,
    (one, other): (&Leaf, &Leaf),
    joint: &Joint,
    Met { join, from, to }: Met,
) -> Option<Finding> {
    let span = text.span(from, to)?;
    let word = quoted(articles.policy, span);
    let alone = tree.joints.len() == 1;
    let whole = |leaf: &Leaf| words(articles.policy, leaf.span);
    let pair = format!("« {} » et « {} »", whole(one), whole(other));
    let out = one.plain != other.plain;
    let message = match (join, alone) {
        _ if out => format!(
            "le texte écarte {word} en tout cas, la règle le retient si l'autre condition est remplie"
        ),
        (Join::One, true) => format!("le texte dit {word}, la règle exige les deux"),
        (Join::All, true) if to > from + 1 => {
            format!("le texte veut les deux ({word}), la règle se contente de l'un")
        }
        (Join::All, true) => format!("le texte dit {word}, la règle se contente de l'un"),
        (Join::One, false) => {
            format!("le texte se contente de l'un ({word}), la règle exige les deux : {pair}")
        }
        (Join::All, false) => {
            format!("le texte veut les deux ({word}), la règle se contente de l'un : {pair}")
        }
    };
    let write = match (join, joint.bullets && alone, joint.main) {
        (Join::One, true, true) => "écrire « exige l'un de » au-dessus des puces",
        (Join::One, true, false) => "écrire « l'un de » au-dessus des puces",
        (Join::All, true, true) => "écrire « exige » au-dessus des puces, sans « l'un de »",
        (Join::All, true, false) => "ôter « l'un de » au-dessus des puces",
        (Join::One, false, _) if alone => "écrire « ou »",
        (Join::All, false, _) if alone => "écrire « et »",
        (Join::One, false, _) => "les réunir par « ou », entre parenthèses",
        (Join::All, false, _) => "les réunir par « et », entre parenthèses",
    };
    Some(Finding {
        article: 0,
        code: "concordance-liste",
        message,
        text: span,
        text_label: match join {
            _ if out => "écarté ici",
            Join::One => "l'un suffit",
            Join::All => "l'un et l'autre",
        }
        .to_owned(),
        rule: joint.span,
        rule_label: if join == Join::One { "toutes sont exigées" } else { "une suffit" }.to_owned(),
        help: format!("{write}, {OR_WHY}"),
    })
}

/// How the passage joins two conditions, where all places of both say the same.
fn met(
    text: &Text,
    (tree, said): (&Tree, &[Place]),
    one: (&Leaf, &Vec<Place>),
    other: (&Leaf, &Vec<Place>),
) -> Option<Met> {
    let mut found: Option<Met> = None;
    for a in one.1 {
        for b in other.1 {
            let (first, second) =
                if a.0 <= b.0 { ((one.0, *a), (other.0, *b)) } else { ((other.0, *b), (one.0, *a)) };
            let met = at_places(text, (tree, said), first, second)?;
            if found.is_some_and(|known| known.join != met.join) {
                return None;
            }
            found.get_or_insert(met);
        }
    }
    found
}

fn at_places(
    text: &Text,
    (tree, said): (&Tree, &[Place]),
    (first, a): (&Leaf, Place),
    (second, b): (&Leaf, Place),
) -> Option<Met> {
    if a.1 > b.0 {
        return None;
    }
    let tokens = &text.tokens;
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is(words));
    let excludes = |at: usize| is(at, &["hors", "sauf", "exception", "exclusion", "excepté"]);
    // « ne peut être rompu avant l'échéance du terme qu'en cas de ».
    let only = |at: usize| {
        let mut after = (at + 1..at + 16).filter(|at| is(*at, &["que", "qu'"]));
        is(at, &["ne", "n'"])
            && after.any(|que| {
                que < at + 8 || is(que + 1, &["en", "si", "s'", "à", "lorsque", "lorsqu'", "pour"])
            })
    };
    // What denies the whole denies no part of its case: « n'est pas due lorsque … », « Sauf urgence, … ».
    let opens =
        (text.sentence(a.0)..a.0).rev().find(|at| is(*at, &["lorsque", "lorsqu'", "si", "s'", "quand"]));
    let of_whole = |at: usize| first.plain && second.plain && opens.is_some_and(|opens| at < opens);
    let closed = |at: usize| excludes(at) && (at..a.0).any(|at| is(at, &[","]));
    let denied: Vec<usize> = (text.sentence(a.0)..b.1)
        .filter(|at| is(*at, &DENIES) && !text.is_spent(*at) && !only(*at) && !of_whole(*at) && !closed(*at))
        .collect();
    let inner = denied.iter().find(|at| (a.1..b.0).contains(*at)).copied();
    let met = text.met(a, b, said).filter(|met| {
        // « A, B ou C »: C must be a condition too, where the word stands after both.
        let after = |place: &&Place| met.from < place.0 && place.0 <= met.from + TOGETHER * 2;
        met.from < b.0 || said.iter().any(|place| after(&place))
    });
    let met = met.filter(|met| {
        // « A ou B s'il a C », « après A, B ou C »: of both, or of one.
        let inner = || said.iter().filter(|place| a.1 <= place.0 && place.1 <= b.0);
        let loose = inner().max().is_some_and(|place| !text.joins_between(place.1, b.0))
            || inner().min().is_some_and(|place| !text.joins_between(a.1, place.0));
        !loose || text.is_clause(met.from)
    });
    if first.plain != second.plain && text.ends_between(a.1, b.0) {
        // « … sont retenus. Les travaux de chauffage ne le sont pas. »
        let (from, to) = if second.plain { a } else { b };
        let own = text.sentences.iter().find(|one| (one.from..one.to).contains(&from))?;
        let out = own.leaves_out((from, to)) || own.is_denied(tokens, (from, to)) == Some(true);
        return out.then_some(Met { join: Join::All, from, to });
    }
    match (first.plain, second.plain) {
        // « A, hors B »: A, and not B.
        (true, false) if denied.len() == 1 && inner.is_some_and(excludes) => {
            Some(Met { join: Join::All, from: b.0, to: b.1 })
        }
        (true, true) if denied.is_empty() || tree.except && inner.is_none() => met.filter(|met| {
            let plural = tree.except || tree.filter && puts_together(tokens, met.from);
            let shared = plural || distributes(tokens) && !is_asked_for(tokens, a.0);
            let word = is(met.from, &["et", "ainsi"]);
            met.join == Join::One || !word || text.is_clause(met.from) || !shared
        }),
        // « … ; 2° il ne perçoit pas B »: denied as the rule does.
        (true, false) if !denied.is_empty() => {
            let met = met?;
            let own = text.sentences.iter().find(|one| (one.from..one.to).contains(&b.0))?;
            let local = denied.iter().all(|denied| *denied > met.from && *denied < b.0);
            (local && own.is_denied(tokens, b) == Some(true)).then_some(met)
        }
        // « ne … ni A ou B »: neither.
        (false, false) if denied.len() == 1 && inner.is_none() && !denied.iter().any(|at| excludes(*at)) => {
            met.filter(|met| met.join == Join::One).map(|met| Met { join: Join::All, ..met })
        }
        _ => None,
    }
}

/// Where a passage speaks of a condition.
fn places(articles: &Articles, text: &Text, tree: &Tree, rank: usize) -> Vec<Place> {
    let Some(leaf) = tree.leaves.get(rank) else { return Vec::new() };
    let tokens = &text.tokens;
    let mut found: Vec<Place> = Vec::new();
    let mut told = false;
    for case in &leaf.cases {
        match case {
            Case::Figure(figure) => {
                told = true;
                let floor = |bound: Option<Bound>| bound.and_then(|bound| is_floor(bound.op));
                let opposed = |one: &&Mention| {
                    floor(one.bound).zip(floor(figure.bound)).is_some_and(|(text, rule)| text != rule)
                };
                let said = text.mentions.iter().filter(|one| same_figure(one, figure) && !one.between);
                let said = said.filter(|one| !opposed(one));
                found.extend(said.map(|one| (one.from, one.to)));
            }
            Case::Options { choice, ranks, .. } => {
                told = true;
                let options = &articles.policy.choices[choice.index()].options;
                let own = ranks.iter().filter_map(|rank| options.get(usize::from(*rank)));
                let all: Vec<Place> = own.flat_map(|option| find_option(tokens, option)).collect();
                // « étudiant, apprenti »: one place.
                if ranks.len() > 1 {
                    let ends =
                        all.iter().map(|(from, _)| *from).min().zip(all.iter().map(|(_, to)| *to).max());
                    found.extend(ends.filter(|(from, to)| to - from <= ranks.len() * TOGETHER));
                } else {
                    found.extend(all);
                }
            }
            Case::Fact(_) | Case::Named(_) => {}
        }
    }
    if !told {
        found = named(text, tree, leaf);
    }
    found.sort_unstable();
    found.dedup();
    if found.len() > MOST { Vec::new() } else { found }
}

/// Where the words of its names stand: all of one near one another, else those that no other name has.
fn named(text: &Text, tree: &Tree, leaf: &Leaf) -> Vec<Place> {
    let (tokens, all) = (&text.tokens, &text.sentences);
    let mut whole: Vec<Place> = Vec::new();
    for name in &leaf.names {
        let wanted = stems(name);
        let said = all.iter().filter_map(|sentence| said(tokens, sentence, &wanted));
        let said: Vec<Place> = said.filter(|_| !wanted.is_empty()).collect();
        // « indemnisation », not « indemnités ».
        let exact = |place: &&Place| tokens.get(place.0).is_some_and(|token| name.starts_with(&token.text));
        let exactly: Vec<Place> = said.iter().filter(exact).copied().collect();
        whole.extend(if exactly.is_empty() { said } else { exactly });
    }
    if !whole.is_empty() {
        return whole;
    }
    let others = tree.leaves.iter().filter(|other| other.span != leaf.span).flat_map(|other| &other.names);
    let others: Vec<String> = others.flat_map(|name| stems(name)).collect();
    let own = leaf.names.iter().flat_map(|name| stems(name));
    let own: Vec<String> = own.filter(|word| !others.iter().any(|other| same(other, word))).collect();
    let is = |token: &Token| token.is_word() && own.iter().any(|word| same(word, &stem(&token.text)));
    let mut found: Vec<Place> = Vec::new();
    for (at, _) in tokens.iter().enumerate().filter(|(_, token)| is(token)) {
        match found.last_mut() {
            Some(last) if at <= last.1 + TOGETHER => last.1 = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}
