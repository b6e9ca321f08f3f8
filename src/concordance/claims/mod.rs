//! What a rule claims case by case, held against where a passage says each case and each figure.
//!
//! A passage says a figure near its case, and goes through several in one order. Where two figures of the rule, exchanged,
//! stand nearer to their cases and in better order than they do, it gives each of them to the case of the other.

mod grid;
mod place;

use grid::Grid;
use place::{Passages, Ways};

use super::accord;
use super::article::{Article, Articles, Quoted};
use super::finding::{Finding, HELP, OR_WHY, quoted, words};
use super::options::passages;
use super::prose::{Passage, bound};
use super::quantity::{Quantity, is_floor};
use super::rule::{Case, Claim, Claims, Mention, is_one_case};
use super::write;

/// How much better an exchange must place two figures.
const BETTER: i64 = 8;
/// So many claims are exchanged with all others; of more, each with the next ones.
const ALL: usize = 24;
const NEXT: usize = 3;
/// How far from a figure its case is said at most, where nothing else tells that it is; of a passage with one figure, and of
/// one with several.
const NEAR: [i64; 2] = [40, 14];

/// What does not agree in what the items claim case by case.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let finding = article.rule.claims.iter().chain([&article.rule.compared]).find_map(|claims| {
            let all = passages(articles, article);
            match claims.of.as_slice() {
                [] => None,
                [_] => one(articles, article, claims, &all),
                _ => several(articles, claims, &all),
            }
        });
        found.extend(finding.map(|finding| Finding { article: at, ..finding }));
    }
    found
}

/// A case alone, or with what holds in all others.
fn one(articles: &Articles, article: &Article, claims: &Claims, all: &[&Quoted]) -> Option<Finding> {
    let turned = affirmed(claims);
    let two = |quoted: &&Quoted| {
        turned.otherwise.as_ref()?;
        exchanged(articles, &turned, &Passages::new(articles, quoted, &turned))
    };
    let contrary =
        |quoted: &&Quoted| contrary(articles, article, claims, &Passages::new(articles, quoted, claims));
    all.iter().find_map(|quoted| two(quoted).or_else(|| contrary(quoted)))
}

/// Several cases.
fn several(articles: &Articles, claims: &Claims, all: &[&Quoted]) -> Option<Finding> {
    let read: Vec<Passages> = all.iter().map(|quoted| Passages::new(articles, quoted, claims)).collect();
    let apart =
        || read.iter().filter(|_| all.len() > 1).find_map(|places| elsewhere(articles, claims, places));
    let exchanged = || read.iter().find_map(|places| exchanged(articles, claims, places));
    apart().or_else(exchanged).or_else(|| all.iter().find_map(|quoted| turned_bound(claims, quoted)))
}

/// `a si non X`, `b dans les autres cas` as b of X, a of all others.
fn affirmed(claims: &Claims) -> Claims {
    if let ([claim], Some(otherwise)) = (claims.of.as_slice(), &claims.otherwise)
        && let [case] = claim.case.as_slice()
        && !case.plain()
        && let Some(value) = &claim.value
    {
        let case = match case.clone() {
            Case::Fact(asked) => Case::Fact(super::rule::Asked { plain: true, ..asked }),
            Case::Options { choice, ranks, span, .. } => Case::Options { choice, ranks, plain: true, span },
            other @ (Case::Figure(_) | Case::Named(_)) => other,
        };
        let turned = Claim { case: vec![case], value: Some(otherwise.clone()), ..claim.clone() };
        return Claims { of: vec![turned], otherwise: Some(value.clone()), rest: None };
    }
    claims.clone()
}

/// A passage, of several, that says one case and one figure, which the rule has in another case.
fn elsewhere(articles: &Articles, claims: &Claims, places: &Passages) -> Option<Finding> {
    let all: Vec<&Claim> = claims.of.iter().collect();
    let only = |said: &dyn Fn(usize) -> bool| {
        let mut found = (0..all.len()).filter(|at| said(*at));
        found.next().filter(|_| found.next().is_none())
    };
    let value = only(&|at| places.says_value(at))?;
    let case = only(&|at| places.says_case(at))?;
    if case == value || all.len() < 2 {
        return None;
    }
    told(articles, claims, places, &all, (value, case))
}

/// Two figures of which each is given to the case of the other.
fn exchanged(articles: &Articles, claims: &Claims, places: &Passages) -> Option<Finding> {
    let case = claims.rest.clone().into_iter().collect();
    let rest = Claim { case, value: claims.otherwise.clone(), span: claims.of.first()?.span, entries: None };
    let all: Vec<&Claim> = claims.of.iter().chain(claims.otherwise.as_ref().map(|_| &rest)).collect();
    if let Some(grid) = Grid::new(claims, places) {
        let pair = if grid.is_sound() { None } else { grid.exchanged() };
        return pair.and_then(|pair| told(articles, claims, places, &all, pair));
    }
    let said: Vec<usize> = (0..all.len()).filter(|at| places.says_value(*at)).collect();
    let own: Vec<usize> = (0..all.len()).collect();
    let ways = Ways::new(places, &all, &own);
    let mut best: Option<(i64, usize, usize)> = None;
    for (rank, one) in said.iter().enumerate() {
        let others = said.iter().skip(rank + 1).take(if said.len() > ALL { NEXT } else { ALL });
        for other in others {
            let value =
                |at: usize| all.get(at).and_then(|claim| claim.value.as_ref()).map(|value| &value.quantity);
            let cases = all.get(*one).zip(all.get(*other));
            let alike = cases.is_some_and(|(a, b)| !a.case.is_empty() && is_one_case(a, b));
            if alike || value(*one) == value(*other) {
                continue;
            }
            let better = ways.gained(places, &all, (*one, *other));
            if better >= BETTER && best.is_none_or(|(known, ..)| better > known) {
                best = Some((better, *one, *other));
            }
        }
    }
    let (_, one, other) = best?;
    told(articles, claims, places, &all, (one, other))
}

fn told(
    articles: &Articles,
    claims: &Claims,
    places: &Passages,
    all: &[&Claim],
    (one, other): (usize, usize),
) -> Option<Finding> {
    let (first, second) = (all.get(one)?, all.get(other)?);
    let (gives, other_gives) = (first.value.as_ref()?, second.value.as_ref()?);
    let (shown, its) = (words_of(gives), words_of(other_gives));
    let claim = if first.case.is_empty() { second } else { first };
    let help = format!("échanger « {its} » et « {shown} », {OR_WHY}");
    if other == 1
        && claims.of.len() == 1
        && let Some(place) = places.case_of(one)
    {
        let text = places.span(place);
        return Some(Finding {
            article: 0,
            code: "concordance-bareme",
            message: format!(
                "le texte donne « {its} » dans ce cas ({}), la règle donne « {shown} »",
                quoted(articles.policy, text)
            ),
            text,
            text_label: format!("« {its} » dans ce cas"),
            rule: claim.span,
            rule_label: format!("« {shown} » dans ce cas"),
            help,
        });
    }
    Some(Finding {
        article: 0,
        code: "concordance-bareme",
        message: format!("la règle ne donne pas « {shown} » à la même ligne que le texte"),
        text: places.value_of(one).map_or(places.whole(), |place| places.span(place)),
        text_label: "le texte va dans un autre ordre".to_owned(),
        rule: claim.span,
        rule_label: "une autre ligne du texte".to_owned(),
        help,
    })
}

fn words_of(value: &Mention) -> String {
    value.quantity.words()
}

/// « 1 500 habitants dans un quartier prioritaire » and `vaut 1 500 si non quartier prioritaire`, or the other way round.
fn contrary(articles: &Articles, article: &Article, claims: &Claims, places: &Passages) -> Option<Finding> {
    let [claim] = claims.of.as_slice() else { return None };
    if claims.otherwise.is_some() && places.says_value(1) {
        return None;
    }
    let (rank, place) = {
        let figure = matches!(claim.case.as_slice(), [Case::Figure(_)]);
        places.contrary(0, claim.value.as_ref().map(|_| NEAR), figure)?
    };
    let case = claim.case.get(rank)?;
    let text = places.span(place);
    let written = match case {
        Case::Fact(asked) => words(articles.policy, asked.span),
        Case::Options { span, .. } => words(articles.policy, *span),
        Case::Figure(figure) => words(articles.policy, figure.span),
        Case::Named(_) => return None,
    };
    let write = match (case.plain(), case) {
        (_, Case::Figure(figure)) => {
            let turned = figure.bound.map(|bound| bound.op.negated().sign());
            figure.bound.zip(turned).map(|(bound, turned)| written.replace(bound.op.sign(), turned))
        }
        (true, _) => Some(format!("non {written}")),
        (false, Case::Fact(_)) => Some(written.strip_prefix("non ").unwrap_or(&written).to_owned()),
        (false, _) => write::affirmed(&written),
    };
    let shown = claim.value.as_ref().map(|value| &value.quantity);
    let shown = shown.filter(|value| !matches!(value, Quantity::Count { .. }) || !article.rule.computes);
    let shown = shown.map(Quantity::words);
    Some(Finding {
        article: 0,
        code: "concordance-bareme",
        message: match shown {
            Some(shown) => format!(
                "le texte donne « {shown} » dans ce cas ({}), la règle dans le cas contraire",
                quoted(articles.policy, text)
            ),
            None => format!(
                "le texte parle de ce cas ({}), la règle du cas contraire",
                quoted(articles.policy, text)
            ),
        },
        text,
        text_label: "dans ce cas".to_owned(),
        rule: claim.span,
        rule_label: "dans le cas contraire".to_owned(),
        help: match write {
            Some(write) => format!("écrire « si {write} », {OR_WHY}"),
            None => HELP.to_owned(),
        },
    })
}

/// `durée ≥ 3 ans si …` over `durée ≤ 6 ans si …`, where no word of the passage bounds that way.
fn turned_bound(claims: &Claims, quoted: &Quoted) -> Option<Finding> {
    let side = |claim: &Claim| {
        let value = claim.value.as_ref()?;
        is_floor(value.bound?.op)
    };
    let of = |floor: bool| claims.of.iter().filter(move |claim| side(claim) == Some(floor));
    if of(true).next().is_none() || of(false).next().is_none() {
        return None;
    }
    let passage = &quoted.passage;
    let says = |floor: bool| bound::says(&passage.tokens, floor);
    let floor = match (says(true), says(false)) {
        (true, false) => false,
        (false, true) => true,
        (true, true) | (false, false) => return None,
    };
    let claim = of(floor).next()?;
    let value = claim.value.as_ref()?;
    let text = passage.mentions.iter().find(|text| accord::same(text, value))?;
    // « classées dans les groupes 1 à 4 »: of both sides.
    let ranges = text
        .from
        .checked_sub(1)
        .and_then(|at| passage.tokens.get(at))
        .is_some_and(|before| before.is(&["à", "au"]));
    if text.between || ranges && text.bound.is_none() && !says_to(passage, text.from) {
        return None;
    }
    let op = value.bound?.op;
    let (sign, limits) = if floor { ("≤", "au plus") } else { ("≥", "au moins") };
    let figure = value.quantity.words();
    Some(Finding {
        article: 0,
        code: "concordance-comparaison",
        message: format!(
            "le texte ne borne que d'un côté (« {limits} »), la règle dit « {} {figure} »",
            op.sign()
        ),
        text: text.span,
        text_label: "rien ici n'est dit de l'autre côté".to_owned(),
        rule: value.span,
        rule_label: "de l'autre côté".to_owned(),
        help: format!("écrire « {sign} {figure} », {OR_WHY}"),
    })
}

/// Whether « à » before a figure follows a word, not a number: « égale à 4 ».
fn says_to(passage: &Passage, at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|at| passage.tokens.get(at));
    before.is_some_and(crate::concordance::prose::token::Token::is_word)
}
